// SPDX-License-Identifier: MIT
console.log(new Date(Date.UTC(2024, 0, 5, 15, 4, 9, 7)).toISOString()); // expect: 2024-01-05T15:04:09.007Z
console.log(Date.parse('2024-01-05T15:04:09.007Z')); // expect: 1704467049007
console.log(new Date('2024-01-05').getTime()); // expect: 1704412800000
console.log(new Date(-62198755200000).toISOString()); // expect: -000001-01-01T00:00:00.000Z
console.log(new Date(8.64e15 + 1).getTime()); // expect: NaN
