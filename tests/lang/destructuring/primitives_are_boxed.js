// SPDX-License-Identifier: MIT
const { length, [0]: first } = 'abc';
const { toFixed } = 1;
console.log(length, first, toFixed === Number.prototype.toFixed); // => 3 a true
