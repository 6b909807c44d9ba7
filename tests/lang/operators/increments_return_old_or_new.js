// SPDX-License-Identifier: MIT
let a = 1;
const o = { b: '5', c: 1n };
console.log(a++, ++a, a--, --a, o.b++, o.b, ++o.c, -o.c, +'0x10', -'-1', ~5, !!'x'); // => 1 3 3 1 5 6 2n -2n 16 1 -6 true
