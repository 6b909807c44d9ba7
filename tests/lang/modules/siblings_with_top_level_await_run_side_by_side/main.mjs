// SPDX-License-Identifier: MIT
import { log } from './log.mjs';
import './slow.mjs';
import './quick.mjs';
import './waits_for_quick.mjs';
console.log(log.join()); // => slow 1,quick 1,slow 2,quick 2,slow 3,waits
for (let i = 0; i < 2; i++) await import('./waits_for_failing.mjs').catch(e => console.log(e.message));
// => late
// => late
