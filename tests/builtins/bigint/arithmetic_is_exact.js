// SPDX-License-Identifier: MIT
console.log(String(2n ** 100n)); // expect: 1267650600228229401496703205376
console.log(String(-7n / 2n), String(-7n % 2n)); // expect: -3 -1
console.log(String(-5n >> 1n)); // expect: -3
console.log(String(-5n & 0xffn), String(~5n)); // expect: 251 -6
console.log((-(2n ** 64n)).toString(16)); // expect: -10000000000000000
