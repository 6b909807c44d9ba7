// SPDX-License-Identifier: MIT
const a = { d: new Date(5), m: new Map([[1, { x: 1 }]]), s: new Set('ab'), r: /x/gi, e: new RangeError('bad'), n: [1, , 3], b: Object(7) };
a.self = a;
const c = structuredClone(a);
console.log(c !== a, c.self === c, c.d.getTime(), c.m.get(1).x, [...c.s].join(), String(c.r), 1 in c.n, typeof c.b); // expect: true true 5 1 a,b /x/gi false object
console.log(c.e instanceof RangeError, c.e.message, c.e !== a.e); // expect: true bad true
class K { constructor() { this.own = 1; } get inherited() { return 2; } }
console.log(JSON.stringify(structuredClone(new K())), structuredClone(new K()) instanceof K); // expect: {"own":1} false
for (const v of [() => 1, Symbol('q'), { deep: [new WeakMap()] }]) {
    try { structuredClone(v); } catch (e) { console.log(e instanceof DOMException, e.name, e.code, e.message); }
}
// expect: true DataCloneError 25 () => 1 could not be cloned.
// expect: true DataCloneError 25 Symbol(q) could not be cloned.
// expect: true DataCloneError 25 #<WeakMap> could not be cloned.
const shared = { v: 1 };
const two = structuredClone([shared, shared]);
console.log(two[0] === two[1]); // expect: true
