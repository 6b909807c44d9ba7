// SPDX-License-Identifier: MIT
const o = { a: null };
for (const f of [() => o.b.c, () => o.a.c, () => o.a.b(), () => o.m(), () => o['x y'](), () => undefined[Symbol.iterator], () => { o.a.z = 1; }]) {
    try {
        f();
    } catch (e) {
        console.log(e.message); // => Cannot read properties of undefined (reading 'c')
        // => Cannot read properties of null (reading 'c')
        // => Cannot read properties of null (reading 'b')
        // => o.m is not a function
        // => o.x y is not a function
        // => undefined is not iterable (cannot read property Symbol(Symbol.iterator))
        // => Cannot set properties of null (setting 'z')
    }
}
