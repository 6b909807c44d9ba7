// SPDX-License-Identifier: MIT
for (const f of [() => { const [a] = {}; }, () => { let [b] = 5; }]) {
    try {
        f();
    } catch (e) {
        console.log(e.name, e.message); // => TypeError {} is not iterable
        // => TypeError 5 is not iterable
    }
}
