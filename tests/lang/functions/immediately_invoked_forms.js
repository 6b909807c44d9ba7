// SPDX-License-Identifier: MIT
console.log((function () { return 1; })(), (() => 2)(), !function () { return false; }(), void function () {}(), new (class { v = 5; })().v); // => 1 2 true undefined 5
