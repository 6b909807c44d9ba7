// SPDX-License-Identifier: MIT
const tag = (s, ...v) => s.join('|') + ' ' + s.raw.join('|') + ' ' + v.join();
console.log(tag`a\t${1}b${2}`); // => a	|b| a\t|b| 1,2
console.log(String.raw`a\n${1}\u0041`); // => a\n1\u0041
