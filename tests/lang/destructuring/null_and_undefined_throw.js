// SPDX-License-Identifier: MIT
for (const f of [() => { const { a } = null; }, () => { const {} = undefined; }, () => { const [x] = null; }, () => (({ p }) => p)(undefined)]) {
    try {
        f();
    } catch (e) {
        console.log(e.name, e.message); // => TypeError Cannot destructure property 'a' of 'null' as it is null.
        // => TypeError Cannot destructure 'undefined' as it is undefined.
        // => TypeError null is not iterable
        // => TypeError Cannot destructure property 'p' of 'undefined' as it is undefined.
    }
}
