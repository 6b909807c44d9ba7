// SPDX-License-Identifier: MIT
function f() {
    let x = 1;
    try {
        return x;
    } finally {
        x = 2;
    }
}
console.log(f()); // => 1
