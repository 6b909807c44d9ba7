// SPDX-License-Identifier: MIT
import { value } from './slow.js';
console.log('main', value);
const more = await Promise.resolve('awaited');
console.log(more);

// => slow starts
// => slow ends
// => main slow value
// => awaited
