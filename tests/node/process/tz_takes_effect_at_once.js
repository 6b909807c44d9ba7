// SPDX-License-Identifier: MIT
// Date follows process.env.TZ.
process.env.TZ = 'America/New_York';
console.log(new Date(0).getHours()); // => 19
process.env.TZ = 'Asia/Tokyo';
console.log(new Date(0).getHours()); // => 9
