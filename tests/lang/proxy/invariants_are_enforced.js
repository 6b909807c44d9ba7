// SPDX-License-Identifier: MIT
const fixed = Object.defineProperty({}, 'x', { value: 1 });
const p = new Proxy(fixed, { get: () => 2, ownKeys: () => [], deleteProperty: () => true, set: () => false });
for (const f of [() => p.x, () => Object.keys(p), () => delete p.x, () => { 'use strict'; p.y = 1; }]) {
    try {
        f();
        console.log('no error');
    } catch (e) {
        console.log(e.name); // => TypeError
        // => TypeError
        // => TypeError
        // => TypeError
    }
}
