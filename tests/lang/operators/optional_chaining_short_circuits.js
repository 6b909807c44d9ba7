// SPDX-License-Identifier: MIT
let n = 0;
const o = { a: { f() { return this.v; }, v: 5 }, nul: null };
console.log(o?.a?.v, o.nul?.x.y.z[n++].w(n++), o.nope?.(n++), o.a?.f(), o.a.f?.(), n); // => 5 undefined undefined 5 5 0
console.log(delete o?.a?.v, delete o.nul?.x, o?.['a']?.['v'], (o.nul?.x)?.y); // => true true undefined undefined
try {
    (o.nul?.x).y;
} catch (e) {
    console.log(e.message); // => Cannot read properties of undefined (reading 'y')
}
