// SPDX-License-Identifier: MIT
console.log(1n === 1, 1n == 1, 2n > 1, [3n, 1, 2n].sort((a, b) => (a < b ? -1 : 1)).join(), Number(2n ** 60n), BigInt('0xff') === 255n, BigInt(' 12 ') === 12n, parseInt('9n'), typeof Object(1n)); // => false true true 1,2,3 1152921504606847000 true true 9 object
console.log(String(BigInt.asIntN(8, 255n)), String(BigInt.asUintN(8, -1n)), (255n).toString(16), 0n ? 'truthy' : 'falsy', 1n && 'and'); // => -1 255 ff falsy and
