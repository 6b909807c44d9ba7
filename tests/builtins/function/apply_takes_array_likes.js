// SPDX-License-Identifier: MIT
console.log(Math.max.apply(null, { length: 3, 0: 1, 1: 7, 2: 3 }), (function () { return arguments.length; }).apply(null, [, 1])); // expect: 7 2
for (const f of [() => (() => 1).apply(null, 1), () => Reflect.apply(1, null, [])]) {
    try { f(); } catch (e) { console.log(e.constructor === TypeError, e.message); }
}
// expect: true CreateListFromArrayLike called on non-object
// expect: true Function.prototype.apply was called on 1, which is a number and not a function
