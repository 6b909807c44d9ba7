// SPDX-License-Identifier: MIT
const [a = 1, b = 2, c = 3, d = 4] = [undefined, null, 0];
console.log(a, b, c, d); // => 1 null 0 4
