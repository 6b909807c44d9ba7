// SPDX-License-Identifier: MIT
console.log(typeof later, later); // => undefined undefined
var later = 1;
console.log(later); // => 1
