// SPDX-License-Identifier: MIT
const log = [];
const v = n => ({ toString: () => (log.push('str' + n), n), n: log.push('make' + n) });
`${v(1)}${v(2)}`;
console.log(log.join()); // => make1,str1,make2,str2
