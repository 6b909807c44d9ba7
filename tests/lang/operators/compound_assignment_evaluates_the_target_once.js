// SPDX-License-Identifier: MIT
let n = 0;
const list = [1, 2, 3];
list[n++] += 10;
list[n++] *= 5;
const o = { get p() { return list; } };
o.p[n++] **= 2;
console.log(list.join(), n); // => 11,10,9 3
