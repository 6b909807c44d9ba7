// SPDX-License-Identifier: MIT
let a, o = {};
[(a), (o.x)] = [1, 2];
({ a: (a), y: (o.y) } = { a: 3, y: 4 });
console.log(a, o.x, o.y); // => 3 2 4
