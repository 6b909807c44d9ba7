// SPDX-License-Identifier: MIT
let n = 0;
do n++;
while (n < 5) console.log(n); // => 5
for (let i = 0, j = 10; i < j; i += 3, j--) n += j - i;
console.log(n); // => 23
while (n-- > 20);
console.log(n); // => 19
