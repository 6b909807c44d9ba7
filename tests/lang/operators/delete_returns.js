// SPDX-License-Identifier: MIT
const o = { a: 1 };
console.log(delete o.a, delete o.b, delete 5, (() => { var v; return delete v; })()); // => true true true false
