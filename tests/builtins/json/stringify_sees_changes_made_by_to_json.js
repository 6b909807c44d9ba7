// SPDX-License-Identifier: MIT
const o = { a: { toJSON() { delete o.b; o.c = 3; return 1; } }, b: 2, d: 4 };
console.log(JSON.stringify(o)); // expect: {"a":1,"d":4}
const list = [{ toJSON() { list.length = 1; return 0; } }, 1, 2];
console.log(JSON.stringify(list)); // expect: [0,null,null]
