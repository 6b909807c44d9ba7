// SPDX-License-Identifier: MIT
class Foo { constructor() { this.x = 1; this.nested = { a: 1, b: { c: 2 } }; } get z() { return 1; } static s = 1; }
const circ = { name: 'c' };
circ.self = circ;
console.log({ a: { b: { c: { d: 1 } } } }, [[[[1]]]], [1, , 3], Object.assign([1, 2], { x: 1 })); // => { a: { b: { c: [Object] } } } [ [ [ [Array] ] ] ] [ 1, <1 empty item>, 3 ] [ 1, 2, x: 1 ]
console.log(new Foo(), Foo, Object.create(null), circ); // => Foo { x: 1, nested: { a: 1, b: { c: 2 } } } [class Foo] { s: 1 } [Object: null prototype] {} <ref *1> { name: 'c', self: [Circular *1] }
console.log(new Map([['a', { b: 1 }]]), new Set(['x', { y: 1 }]), new Map([[1, 2]]).entries(), [new Date(0)]); // => Map(1) { 'a' => { b: 1 } } Set(2) { 'x', { y: 1 } } [Map Entries] { [ 1, 2 ] } [ 1970-01-01T00:00:00.000Z ]
console.log([undefined, null, -0, 1n, 'a\'b', `q"'`], { [Symbol('k')]: 1, 'a-b': 2, ok_1: 5 }, { get a() { return 1; } }); // => [ undefined, null, -0, 1n, "a'b", `q"'` ] { 'a-b': 2, ok_1: 5, [Symbol(k)]: 1 } { a: [Getter] }
console.log('%s is %d, %i, %j %o%%', 'Bob', 42.5, 42.9, { a: 1 }, 'x', 'more'); // => Bob is 42.5, 42, {"a":1} 'x'% more
console.log(Promise.resolve(4), new Uint8Array([1, 2]), async () => {}, function* g() {}, new Number(3)); // => Promise { 4 } Uint8Array(2) [ 1, 2 ] [AsyncFunction (anonymous)] [GeneratorFunction: g] [Number: 3]
