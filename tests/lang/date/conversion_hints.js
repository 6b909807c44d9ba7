// SPDX-License-Identifier: MIT
const d = new Date(5);
console.log(+d, d - 1, typeof (d + 1), d[Symbol.toPrimitive]('number'), `${new Date(NaN)}`, d < new Date(6), Number(new Date(7))); // => 5 4 string 5 Invalid Date true 7
