// SPDX-License-Identifier: MIT
console.log((1, 2, 3), void 'x', 'a' in { a: undefined }, (() => { let r = 0; for (r = 1, r += 1; r < 5; r += 2, r++); return r; })()); // => 3 undefined true 5
