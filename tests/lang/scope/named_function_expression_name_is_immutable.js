// SPDX-License-Identifier: MIT
const f = function me() {
    me = 1;
    return typeof me;
};
console.log(f()); // => function
const g = function me() {
    'use strict';
    try {
        me = 1;
    } catch (e) {
        return e.message;
    }
};
console.log(g()); // => Assignment to constant variable.
