// SPDX-License-Identifier: MIT
const c = 1;
for (const assign of [() => (c = 2), () => c++, () => (c += 1), () => ([c] = [3]), () => (c &&= 4)]) {
    try {
        assign();
    } catch (e) {
        console.log(e.name, e.message); // => TypeError Assignment to constant variable.
        // => TypeError Assignment to constant variable.
        // => TypeError Assignment to constant variable.
        // => TypeError Assignment to constant variable.
        // => TypeError Assignment to constant variable.
    }
}
console.log(c); // => 1
