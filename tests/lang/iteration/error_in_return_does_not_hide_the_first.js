// SPDX-License-Identifier: MIT
const it = { [Symbol.iterator]: () => ({ next: () => ({ value: 1, done: false }), return() { throw new Error('from return'); } }) };
try {
    for (const x of it) throw new Error('first');
} catch (e) {
    console.log(e.message); // => first
}
try {
    for (const x of it) break;
} catch (e) {
    console.log(e.message); // => from return
}
