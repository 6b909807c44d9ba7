// SPDX-License-Identifier: MIT
const log = [];
const d = n => (log.push(n), n);
const { a = d('a'), b = d('b'), c = d('c') } = { b: 1 };
console.log(log.join(), a, b, c); // => a,c a 1 c
