// SPDX-License-Identifier: MIT
console.log(JSON.stringify(JSON.parse('{"a":1,"b":2,"a":3,"1":4,"0":5}'))); // expect: {"0":5,"1":4,"a":3,"b":2}
console.log(Object.keys(JSON.parse('{"__proto__":1}')).join()); // expect: __proto__
console.log(Object.is(JSON.parse('-0'), -0)); // expect: true
