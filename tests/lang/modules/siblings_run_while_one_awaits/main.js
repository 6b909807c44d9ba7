// SPDX-License-Identifier: MIT
import './waits.js';
import './sibling.js';
import './waits_longer.js';
console.log('main');

// => waits: before
// => sibling
// => longer: before
// => waits: after
// => longer: after
// => main
