// SPDX-License-Identifier: MIT
const d = new Date(Date.UTC(2024, 0, 31));
d.setUTCMonth(1);
console.log(d.toISOString()); // => 2024-03-02T00:00:00.000Z
d.setUTCDate(0);
console.log(d.toISOString(), d.setUTCHours(25, 61), new Date(Date.UTC(2024, 12, 0)).toISOString()); // => 2024-02-29T00:00:00.000Z 1709258460000 2024-12-31T00:00:00.000Z
console.log(new Date(8.64e15).toISOString(), isNaN(new Date(8.64e15 + 1))); // => +275760-09-13T00:00:00.000Z true
