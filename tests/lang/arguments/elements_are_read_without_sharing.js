// SPDX-License-Identifier: MIT
function read(x) { return arguments.length + arguments[0]; }
function written(x) { x = 2; return arguments[0]; }
function through(x) { arguments[0] = 5; return x; }
function escaped(x) { const all = arguments; all[0] = 7; return x; }
function called(f) { return arguments[0](); }
function updated(x) { arguments[0]++; return x; }
function pattern(x) { [arguments[0]] = [9]; return x; }
console.log(read(1, 2), written(1), through(1), escaped(1), called(function () { return this.length; }), updated(1), pattern(1));
// => 3 2 5 7 1 2 9
