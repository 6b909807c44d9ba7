// SPDX-License-Identifier: MIT
import first from './data.json' with { type: 'json' };
const { default: second } = await import('./data.json', { with: { type: 'json' } });
console.log(first === second, second.list[1]); // => true 2
