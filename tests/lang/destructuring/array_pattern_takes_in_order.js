// SPDX-License-Identifier: MIT
const [a, , b, ...rest] = [1, 2, 3, 4, 5];
console.log(a, b, rest.join()); // => 1 3 4,5
