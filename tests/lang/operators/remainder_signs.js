// SPDX-License-Identifier: MIT
console.log(5 % 3, -5 % 3, 5 % -3, 5.5 % 2, 1 % 0, Infinity % 2, 2 % Infinity, -7 % 7 === 0); // => 2 -2 2 1.5 NaN NaN 2 true
