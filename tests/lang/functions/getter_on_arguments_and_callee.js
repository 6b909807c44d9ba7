// SPDX-License-Identifier: MIT
function f() {
    return arguments.callee === f && arguments.length;
}
console.log(f(1, 2)); // => 2
function g() {
    'use strict';
    return arguments.callee;
}
try {
    g();
} catch (e) {
    console.log(e.name); // => TypeError
}
