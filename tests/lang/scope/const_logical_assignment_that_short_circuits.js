// SPDX-License-Identifier: MIT
const c = 1;
console.log((c ||= 2), (c ??= 3)); // => 1 1
