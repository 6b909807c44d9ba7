// SPDX-License-Identifier: MIT
const m = new Map([[1, 'a'], [2, 'b'], [3, 'c']]);
const seen = [];
for (const [k] of m) {
    seen.push(k);
    m.delete(2);
    if (k === 1) m.set(4, 'd');
}
console.log(seen.join()); // => 1,3,4
