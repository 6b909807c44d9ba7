// SPDX-License-Identifier: MIT
console.log(Math.round(2.5)); // expect: 3
console.log(Math.round(-2.5)); // expect: -2
console.log(Object.is(Math.round(-0.2), -0)); // expect: true
console.log(Math.round(0.49999999999999994)); // expect: 0
