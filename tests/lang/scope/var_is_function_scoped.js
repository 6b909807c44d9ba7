// SPDX-License-Identifier: MIT
function f() {
    if (true) {
        var x = 1;
    }
    for (var i = 0; i < 3; i++);
    return x + i;
}
console.log(f()); // => 4
