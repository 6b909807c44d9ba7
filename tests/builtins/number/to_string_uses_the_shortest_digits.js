// SPDX-License-Identifier: MIT
console.log(0.1 + 0.2); // expect: 0.30000000000000004
console.log(5e-324); // expect: 5e-324
console.log(String(123456789012345680000)); // expect: 123456789012345680000
console.log(String(1e21)); // expect: 1e+21
console.log(String(0.000001)); // expect: 0.000001
console.log(String(1e-7)); // expect: 1e-7
