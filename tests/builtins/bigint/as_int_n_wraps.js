// SPDX-License-Identifier: MIT
console.log(String(BigInt.asIntN(8, 255n))); // expect: -1
console.log(String(BigInt.asUintN(8, -1n))); // expect: 255
console.log(String(BigInt.asUintN(64, -1n))); // expect: 18446744073709551615
console.log(1n < 1.5, 2n == '2', 0n === -0n); // expect: true true true
