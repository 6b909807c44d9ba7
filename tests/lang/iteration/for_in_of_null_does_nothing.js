// SPDX-License-Identifier: MIT
let n = 0;
for (const k in null) n++;
for (const k in undefined) n++;
for (const k in 'ab') n += Number(k) + 1;
console.log(n); // => 3
