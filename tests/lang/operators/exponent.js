// SPDX-License-Identifier: MIT
console.log(2 ** 3 ** 2, (-2) ** 2, 2 ** -1, (2 ** 0.5).toFixed(4), 2n ** 64n, NaN ** 0, 1 ** Infinity); // => 512 4 0.5 1.4142 18446744073709551616n 1 NaN
let x = 3;
x **= 2;
console.log(x); // => 9
