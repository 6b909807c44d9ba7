// SPDX-License-Identifier: MIT
function f(a) {
    'use strict';
    a = 'changed';
    arguments[1] = 'x';
    return arguments[0];
}
console.log(f(1)); // => 1
