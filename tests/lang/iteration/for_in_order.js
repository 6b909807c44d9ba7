// SPDX-License-Identifier: MIT
const o = { b: 1, 2: 1, a: 1, 1: 1, [Symbol('s')]: 1 };
const keys = [];
for (const k in o) keys.push(k);
console.log(keys.join()); // => 1,2,b,a
