// SPDX-License-Identifier: MIT
console.log(JSON.stringify({ a: { toJSON: key => 'key ' + key } })); // expect: {"a":"key a"}
console.log(JSON.stringify({ a: 1, b: [2] }, (k, v) => (typeof v === 'number' ? v * 2 : v))); // expect: {"a":2,"b":[4]}
console.log(JSON.stringify({ a: 1, b: 2, c: { a: 3 } }, ['c', 'a'])); // expect: {"c":{"a":3},"a":1}
console.log(JSON.stringify([undefined, () => 1, Symbol(), NaN])); // expect: [null,null,null,null]
