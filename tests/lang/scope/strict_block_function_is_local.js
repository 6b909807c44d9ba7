// SPDX-License-Identifier: MIT
'use strict';
{
    function f() {}
    console.log(typeof f); // => function
}
console.log(typeof f); // => undefined
