// SPDX-License-Identifier: MIT
const list = [1, 2, 3];
const seen = [];
for (const x of list) {
    seen.push(x);
    if (list.length < 5) list.push(x * 10);
}
console.log(seen.join()); // => 1,2,3,10,20
