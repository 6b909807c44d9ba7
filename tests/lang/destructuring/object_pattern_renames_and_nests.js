// SPDX-License-Identifier: MIT
const { a: { b: [first, second] }, c: renamed = 'dflt' } = { a: { b: 'xy' } };
console.log(first, second, renamed); // => x y dflt
