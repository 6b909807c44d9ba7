// SPDX-License-Identifier: MIT
const o = { get me() { return this.tag; } };
console.log(Reflect.get(o, 'me', { tag: 'receiver' }), Reflect.has(o, 'me'), Reflect.defineProperty(Object.freeze({}), 'x', {}), Reflect.set(Object.freeze([1]), 0, 2), Reflect.getPrototypeOf([]) === Array.prototype); // => receiver true false false true
console.log(Reflect.apply(Math.max, null, [1, 3]), Reflect.construct(Date, [0]).getTime(), Reflect.ownKeys({ b: 1, 1: 1, a: 1 }).join()); // => 3 0 1,b,a
