// SPDX-License-Identifier: MIT
const source = { get a() { console.log('get a'); return 1; }, b: 2 };
const target = {};
({ ...target[(console.log('key'), 'k')] } = source);
// => key
// => get a
console.log(target.k.a + target.k.b); // => 3
({ b: target.b, ...(console.log('object'), target).rest } = source);
// => object
// => get a
console.log(target.b, Object.keys(target.rest).join()); // => 2 a
