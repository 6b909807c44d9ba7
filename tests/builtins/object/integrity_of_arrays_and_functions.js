// SPDX-License-Identifier: MIT
'use strict';
const t = f => { try { return f(); } catch (e) { return e.message; } };
const a = Object.freeze([1, 2]);
console.log(t(() => a.push(3))); // expect: Cannot add property 2, object is not extensible
console.log(t(() => { a[0] = 5; })); // expect: Cannot assign to read only property '0' of object '[object Array]'
console.log(t(() => { a.length = 0; })); // expect: Cannot assign to read only property 'length' of object '[object Array]'
const s = Object.seal({ x: 1, get y() { return 2; } });
s.x = 3;
console.log(s.x, t(() => { delete s.x; }), t(() => { s.y = 1; })); // expect: 3 Cannot delete property 'x' of #<Object> Cannot set property y of #<Object> which has only a getter
const f = Object.freeze(function named() {});
console.log(Object.isFrozen(f), f.name, Object.isFrozen('s'), Object.isSealed(Object.preventExtensions({}))); // expect: true named true true
console.log(t(() => { f.prop = 1; })); // expect: Cannot add property prop, object is not extensible
console.log(t(() => Object.defineProperty(a, 0, { value: 9 }))); // expect: Cannot redefine property: 0
