// SPDX-License-Identifier: MIT
const p = { inherited: 1 };
const a = { __proto__: p };
const __proto__ = p;
const b = { __proto__ };
const c = { ['__proto__']: p };
console.log(Object.getPrototypeOf(a) === p, Object.hasOwn(b, '__proto__'), Object.hasOwn(c, '__proto__'), a.inherited); // => true true true 1
console.log(Object.getPrototypeOf({ __proto__: null }), Object.getPrototypeOf({ __proto__: 1 }) === Object.prototype); // => null true
