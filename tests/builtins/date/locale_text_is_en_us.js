// SPDX-License-Identifier: MIT
const d = new Date(Date.UTC(2024, 0, 5, 15, 4, 9));
const in_utc = (o) => d.toLocaleString('en-US', { timeZone: 'UTC', ...o });
console.log(in_utc({})); // expect: 1/5/2024, 3:04:09 PM
console.log(in_utc({ dateStyle: 'full', timeStyle: 'short' })); // expect: Friday, January 5, 2024 at 3:04 PM
console.log(in_utc({ month: 'short', day: 'numeric', year: 'numeric' })); // expect: Jan 5, 2024
console.log(d.toLocaleString('en-US', { timeZone: 'America/New_York', timeZoneName: 'short' })); // expect: 1/5/2024, 10:04:09 AM EST
