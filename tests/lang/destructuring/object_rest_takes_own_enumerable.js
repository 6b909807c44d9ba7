// SPDX-License-Identifier: MIT
const proto = { inherited: 1 };
const o = Object.create(proto, { hidden: { value: 1, enumerable: false } });
Object.assign(o, { a: 1, b: 2, [Symbol.for('s')]: 3 });
const { a, ...rest } = o;
console.log(Object.keys(rest).join(), rest[Symbol.for('s')], 'inherited' in rest, 'hidden' in rest); // => b 3 false false
