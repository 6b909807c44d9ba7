// SPDX-License-Identifier: MIT
for (const f of [() => [...1], () => [...{}], () => Math.max(...undefined), () => new Array(...null)]) {
    try {
        f();
    } catch (e) {
        console.log(e.name, e.message); // => TypeError 1 is not iterable
        // => TypeError {} is not iterable
        // => TypeError undefined is not iterable (cannot read property undefined)
        // => TypeError null is not iterable (cannot read property null)
    }
}
