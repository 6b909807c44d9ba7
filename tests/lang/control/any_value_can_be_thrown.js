// SPDX-License-Identifier: MIT
for (const v of [1, 'text', null, undefined, { a: 1 }, Symbol.iterator]) {
    try {
        throw v;
    } catch (e) {
        console.log(typeof e, e === v); // => number true
        // => string true
        // => object true
        // => undefined true
        // => object true
        // => symbol true
    }
}
