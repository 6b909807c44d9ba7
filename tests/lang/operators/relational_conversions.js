// SPDX-License-Identifier: MIT
console.log('10' < '9', '10' < 9, null >= 0, undefined >= 0, 'a' < 'b', 'a' < 1, 2n > 1, 1n < 1.5, [2] > 1, NaN <= NaN); // => true false true false true false true true true false
