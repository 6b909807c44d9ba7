// SPDX-License-Identifier: MIT
function f(a, b = 2) {
    a = 'changed';
    return arguments[0];
}
function g(...r) {
    arguments[0] = 'changed';
    return r[0];
}
console.log(f(1), g(1)); // => 1 1
