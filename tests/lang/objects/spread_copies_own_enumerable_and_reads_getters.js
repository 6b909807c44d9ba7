// SPDX-License-Identifier: MIT
let reads = 0;
const source = { get g() { return ++reads; }, a: 1, [Symbol.for('s')]: 's' };
const copy = { a: 0, ...source, ...null, ...'hi', ...[9], b: 2 };
console.log(copy.g, copy.g, copy.a, copy[Symbol.for('s')], copy[0], copy[1], copy.b); // => 1 1 1 s 9 i 2
