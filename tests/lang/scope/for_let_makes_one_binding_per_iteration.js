// SPDX-License-Identifier: MIT
const fns = [];
for (let i = 0; i < 3; i++) fns.push(() => i);
console.log(fns.map(f => f()).join()); // => 0,1,2
