// SPDX-License-Identifier: MIT
try {
    for (const x of { [Symbol.iterator]: () => ({ next: () => 1 }) });
} catch (e) {
    console.log(e.name, e.message); // => TypeError Iterator result 1 is not an object
}
