// SPDX-License-Identifier: MIT
console.log(Date.parse('Fri, 05 Jan 2024 15:04:09 GMT')); // expect: 1704467049000
console.log(Date.parse('Jan 5, 2024 3:04 PM UTC')); // expect: 1704467040000
console.log(Date.parse('Mon, 25 Dec 1995 13:30:00 GMT+0430')); // expect: 819882000000
console.log(Date.parse('2024-02-31T00:00:00Z')); // expect: 1709337600000
console.log(Date.parse('2024-13-01'), Date.parse('hello 2024x')); // expect: NaN NaN
