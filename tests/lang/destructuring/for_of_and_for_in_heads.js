// SPDX-License-Identifier: MIT
for (const { id, tags: [t] } of [{ id: 1, tags: 'a' }, { id: 2, tags: 'b' }]) console.log(id, t); // => 1 a
// => 2 b
for (const [i, { length }] of ['x', 'yy'].entries()) console.log(i, length); // => 0 1
// => 1 2
for (const [first] in { abc: 1 }) console.log(first); // => a
const o = {};
for ([o.k, o.v] of Object.entries({ z: 26 })) console.log(o.k + o.v); // => z26
