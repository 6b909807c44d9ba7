// SPDX-License-Identifier: MIT
console.log(null == undefined, null == 0, '1' == 1, true == '1', [1] == 1, '' == 0, NaN == NaN, ({}) == '[object Object]', 1n == 1, 1n == '1', Symbol.iterator == Object(Symbol.iterator)); // => true false true true true true false true true true true
