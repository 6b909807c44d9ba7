// SPDX-License-Identifier: MIT
function f(a, b = a + 1, c = () => a + b) {
    a = 10;
    return [a, b, c()].join();
}
console.log(f(1), f(1, undefined), f(1, null), f.length); // => 10,2,12 10,2,12 10,,10 1
