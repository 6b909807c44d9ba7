// SPDX-License-Identifier: MIT
console.log(Math.max()); // expect: -Infinity
console.log(Math.max(1, NaN, 3)); // expect: NaN
console.log(Object.is(Math.max(-0, 0), 0)); // expect: true
console.log(Object.is(Math.min(0, -0), -0)); // expect: true
