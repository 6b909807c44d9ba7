// SPDX-License-Identifier: MIT
const o = { n: 'o', m() { return this?.n; } };
console.log(o.m?.(), o?.m(), (o?.m)(), (o.m)?.(), o['m']?.()); // => o o o o o
