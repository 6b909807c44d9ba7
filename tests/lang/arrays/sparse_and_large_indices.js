// SPDX-License-Identifier: MIT
const a = [];
a[4294967294] = 'last';
a[4294967295] = 'not an index';
console.log(a.length, Object.keys(a).length, a.at(-1)); // => 4294967295 2 last
const b = [1, 2];
b[100000] = 3;
console.log(b.length, b.filter(() => true).join(), 50000 in b); // => 100001 1,2,3 false
