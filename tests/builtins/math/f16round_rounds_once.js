// SPDX-License-Identifier: MIT
console.log(Math.f16round(1.337)); // expect: 1.3369140625
console.log(Math.f16round(65519)); // expect: 65504
console.log(Math.f16round(65520)); // expect: Infinity
console.log(Math.f16round(1 + 2 ** -11 + 2 ** -40)); // expect: 1.0009765625
