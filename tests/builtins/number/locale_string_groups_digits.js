// SPDX-License-Identifier: MIT
console.log((1234567.891).toLocaleString()); // expect: 1,234,567.891
console.log((1234.5).toLocaleString('en-US', { style: 'currency', currency: 'USD' })); // expect: $1,234.50
console.log((0.256).toLocaleString('en-US', { style: 'percent' })); // expect: 26%
console.log((1.005).toLocaleString('en-US', { maximumFractionDigits: 2 })); // expect: 1.01
