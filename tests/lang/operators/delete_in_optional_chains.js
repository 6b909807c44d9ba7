// SPDX-License-Identifier: MIT
class Foo {
    static #self = Foo;
    static u = 1;
    static getSelf() { return this; }
    static remove(o) { return delete o?.Foo.#self?.getSelf?.().u; }
    static removeShort(o) { return delete o?.Foo.#self.u; }
}
console.log(Foo.remove({ Foo }), 'u' in Foo, Foo.remove(null), Foo.removeShort({ Foo }), Foo.removeShort(undefined)); // => true false true true true
const o = { a: null, b: { c: 1, d: 2 }, f: () => o.b, k: null };
console.log(delete o?.b.c, o.b.c, delete o?.['b']['d'], 'd' in o.b, delete o.k?.x.y.z, delete o.k?.[console.log('no')], delete o.f?.().q);
// => true undefined true false true true true
// Only the chain is cut short: what it passes through must be there.
for (const f of [() => delete o?.a.b, () => delete o?.a.b.c, () => delete o.a?.b.c, () => delete o.b?.nope.c])
    try { console.log(f()); } catch (e) { console.log(e.name); } // => TypeError
// => TypeError
// => true
// => TypeError
