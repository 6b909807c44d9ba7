// SPDX-License-Identifier: MIT
const o = {};
for (let i = 0; i < 1000; i++) o['k' + i] = i;
for (let i = 0; i < 1000; i++) if (i % 10) delete o['k' + i];
o.k1 = 'again';
console.log(Object.keys(o).length, Object.keys(o)[50], Object.keys(o).at(-1), o.k990, o.k1); // expect: 101 k500 k1 990 again
const p = Object.create(o);
console.log(p.k500, 'k501' in p, (o.k501 = 5, p.k501), delete o.k501, p.k501); // expect: 500 false 5 true undefined
