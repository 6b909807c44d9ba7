// SPDX-License-Identifier: MIT
console.log(.5, 5., 0xFF, 0b1010, 0o17, 1_000_000.5, 1e3, 2E-2, 0.0000001, 1n + 0x10n); // => 0.5 5 255 10 15 1000000.5 1000 0.02 1e-7 17n
console.log(1..toString(), 1.5.toFixed(), 5 .constructor.name, (5).valueOf()); // => 1 2 Number 5
