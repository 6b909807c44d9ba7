// SPDX-License-Identifier: MIT
console.log(Math.max(), Math.min(), Math.max(1, NaN), Math.sign(-3), Math.trunc(-4.7), Math.cbrt(27), Math.hypot(3, 4), Math.clz32(1), Math.fround(5.5), Math.log2(8), Math.round(-1.5), Math.round(2.5), Math.atan2(0, -0) === Math.PI); // => -Infinity Infinity NaN -1 -4 3 5 31 5.5 3 -1 3 true
