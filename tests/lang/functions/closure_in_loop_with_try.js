// SPDX-License-Identifier: MIT
const fns = [];
for (const x of [1, 2]) {
    try {
        throw x * 10;
    } catch (e) {
        fns.push(() => x + e);
    }
}
console.log(fns.map(f => f()).join()); // => 11,22
