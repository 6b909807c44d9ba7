// SPDX-License-Identifier: MIT
const d = new Date('2024-02-29T12:34:56.789Z');
console.log(d.toISOString(), d.getTime(), d.getUTCDay(), JSON.stringify({ d }), Date.UTC(2024, 1, 30), new Date(0).toISOString()); // => 2024-02-29T12:34:56.789Z 1709210096789 4 {"d":"2024-02-29T12:34:56.789Z"} 1709251200000 1970-01-01T00:00:00.000Z
console.log(new Date('2024-02-29').getTime() === Date.UTC(2024, 1, 29), new Date('2024-01-01T00:00:00+02:00').toISOString(), isNaN(new Date('nonsense'))); // => true 2023-12-31T22:00:00.000Z true
