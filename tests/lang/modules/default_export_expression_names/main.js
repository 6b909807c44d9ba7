// SPDX-License-Identifier: MIT
import arrow from './arrow.js';
import value, { read } from './value.js';
console.log(arrow.name, value, read()); // => default at export later
