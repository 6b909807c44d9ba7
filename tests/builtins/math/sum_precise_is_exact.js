// SPDX-License-Identifier: MIT
console.log(Math.sumPrecise([1e20, 0.1, -1e20])); // expect: 0.1
console.log(Math.sumPrecise([1e308, 1e308, -1e308])); // expect: 1e+308
console.log(Object.is(Math.sumPrecise([]), -0)); // expect: true
console.log(Math.sumPrecise([0.1, 0.2, 0.3])); // expect: 0.6
