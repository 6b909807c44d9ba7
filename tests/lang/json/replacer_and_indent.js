// SPDX-License-Identifier: MIT
const o = { a: [1, { b: 2 }], c: {}, d: [] };
console.log(JSON.stringify(o, null, 2));
console.log(JSON.stringify(o, ['a', 'b']), JSON.stringify(o, (k, v) => (k === 'b' ? v + 1 : v)), JSON.stringify([1], null, '--'), JSON.stringify({ a: 1 }, null, 20).length);

// => {
// =>   "a": [
// =>     1,
// =>     {
// =>       "b": 2
// =>     }
// =>   ],
// =>   "c": {},
// =>   "d": []
// => }
// => {"a":[1,{"b":2}]} {"a":[1,{"b":3}],"c":{},"d":[]} [
// => --1
// => ] 20
