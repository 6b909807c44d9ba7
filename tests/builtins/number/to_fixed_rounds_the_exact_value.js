// SPDX-License-Identifier: MIT
console.log((1.005).toFixed(2)); // expect: 1.00
console.log((2.5).toFixed(0)); // expect: 3
console.log((-1.5).toFixed(0)); // expect: -2
console.log((1e21).toFixed(2)); // expect: 1e+21
console.log((0).toFixed(2)); // expect: 0.00
