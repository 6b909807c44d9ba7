// SPDX-License-Identifier: MIT
const o = { a: 1, b: 2, c: 3 };
const keys = [];
for (const k in o) {
    keys.push(k);
    delete o.b;
}
console.log(keys.join()); // => a,c
