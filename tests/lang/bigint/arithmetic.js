// SPDX-License-Identifier: MIT
console.log(String(2n ** 100n), String(-7n / 2n), String(-7n % 2n), String(5n - 10n), String(12345678901234567890n * 98765432109876543210n)); // => 1267650600228229401496703205376 -3 -1 -5 1219326311370217952237463801111263526900
console.log(String(-5n >> 1n), String(1n << 70n), String(-1n & 0xffn), String(5n ^ 3n), String(~5n), String(-(3n))); // => -3 1180591620717411303424 255 6 -6 -3
