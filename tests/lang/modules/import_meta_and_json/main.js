// SPDX-License-Identifier: MIT
import data from './data.json' with { type: 'json' };
console.log(data.name, data.list.length, typeof import.meta, typeof import.meta.url); // => fixture 3 object string
