// SPDX-License-Identifier: MIT
console.log(typeof f); // => undefined
{
    function f() {
        return 1;
    }
}
console.log(f()); // => 1
