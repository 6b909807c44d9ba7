// SPDX-License-Identifier: MIT
console.log(Number.isInteger(5.0), Number.isSafeInteger(2 ** 53), Number.EPSILON > 0, Number.MAX_SAFE_INTEGER, isNaN('x'), Number.isNaN('x'), isFinite('1'), Number.MIN_VALUE); // => true false true 9007199254740991 true false true 5e-324
