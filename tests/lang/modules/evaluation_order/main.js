// SPDX-License-Identifier: MIT
import './one.js';
import './two.js';
import './one.js';
console.log('main');

// => shared
// => one
// => two
// => main
