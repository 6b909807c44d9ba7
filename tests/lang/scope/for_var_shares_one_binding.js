// SPDX-License-Identifier: MIT
var fns = [];
for (var i = 0; i < 3; i++) fns.push(() => i);
console.log(fns.map(f => f()).join()); // => 3,3,3
