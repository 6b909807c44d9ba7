// SPDX-License-Identifier: MIT
const f = (a, ...rest) => Array.isArray(rest) && rest.length;
console.log(f(1), f(1, 2, 3), f.length, (function (...all) { return all; })(1).map(x => x + 1)[0]); // => 0 2 1 2
