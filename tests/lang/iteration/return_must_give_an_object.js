// SPDX-License-Identifier: MIT
const it = { [Symbol.iterator]: () => ({ next: () => ({ value: 1, done: false }), return: () => 1 }) };
try {
    for (const x of it) break;
} catch (e) {
    console.log(e.name, e.message); // => TypeError Iterator result 1 is not an object
}
