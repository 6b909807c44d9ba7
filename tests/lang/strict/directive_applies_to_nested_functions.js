// SPDX-License-Identifier: MIT
function outer() {
    'use strict';
    return (function () {
        return this === undefined;
    })();
}
function sloppy() {
    return (function () {
        return this === undefined;
    })();
}
console.log(outer(), sloppy()); // => true false
