// SPDX-License-Identifier: MIT
const d = new Date(Date.UTC(2024, 0, 31, 10, 20, 30, 400));
d.setUTCMonth(1);
console.log(d.toISOString()); // expect: 2024-03-02T10:20:30.400Z
d.setUTCHours(25, 61);
console.log(d.toISOString()); // expect: 2024-03-03T02:01:30.400Z
console.log(d.setUTCDate(NaN)); // expect: NaN
