// SPDX-License-Identifier: MIT
console.log((255).toString(16)); // expect: ff
console.log((-255.5).toString(16)); // expect: -ff.8
console.log((0.1).toString(3)); // expect: 0.0022002200220022002200220022002201
console.log((1e21).toString(36)); // expect: 5v1j4f4ds7c000
