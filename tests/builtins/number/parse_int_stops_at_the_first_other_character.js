// SPDX-License-Identifier: MIT
console.log(parseInt('12px')); // expect: 12
console.log(parseInt(' -0x1f')); // expect: -31
console.log(parseInt('zz', 36)); // expect: 1295
console.log(parseInt('')); // expect: NaN
console.log(parseInt(0.0000005)); // expect: 5
