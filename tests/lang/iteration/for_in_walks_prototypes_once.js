// SPDX-License-Identifier: MIT
const base = { x: 1, shared: 1 };
const o = Object.create(base, { shared: { value: 2, enumerable: false } });
o.own = 1;
const keys = [];
for (const k in o) keys.push(k);
console.log(keys.join()); // => own,x
