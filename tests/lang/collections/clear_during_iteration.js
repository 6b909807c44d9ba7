// SPDX-License-Identifier: MIT
const m = new Map([[1, 1], [2, 2]]);
const seen = [];
for (const [k] of m) {
    seen.push(k);
    if (k === 1) {
        m.clear();
        m.set(3, 3);
    }
}
console.log(seen.join(), m.size); // => 1,3 1
