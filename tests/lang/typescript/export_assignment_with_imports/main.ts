// SPDX-License-Identifier: MIT
import lib = require('./lib');
import same from './lib';
console.log(lib(2), same === lib, lib.twice);

// => 9 true 4
