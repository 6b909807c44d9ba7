// SPDX-License-Identifier: MIT
const fns = [];
for (const x of ['a', 'b']) fns.push(() => x);
for (const k in { p: 1, q: 2 }) fns.push(() => k);
console.log(fns.map(f => f()).join()); // => a,b,p,q
