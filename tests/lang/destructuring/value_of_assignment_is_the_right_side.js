// SPDX-License-Identifier: MIT
let a;
const source = { a: 1, b: 2 };
console.log(({ a } = source) === source, a); // => true 1
