// SPDX-License-Identifier: MIT
function f() {
    return 1;
}
console.log(f()); // => 2
function f() {
    return 2;
}
var f;
console.log(f()); // => 2
