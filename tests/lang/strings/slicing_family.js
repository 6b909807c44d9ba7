// SPDX-License-Identifier: MIT
const s = 'abcdef';
console.log(s.slice(-3, -1), s.substring(4, 1), s.substr(-3, 2), s.at(-1), s.charAt(99) === '', s.slice(4, 1) === '', s[2], s[-1]); // => de bcd de f true true c undefined
