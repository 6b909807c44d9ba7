// SPDX-License-Identifier: MIT
const [a, b = a * 2, c = a + b] = [2];
console.log(a, b, c); // => 2 4 6
function f({ x, y = x }, z = x + y) {
    return z;
}
console.log(f({ x: 3 })); // => 6
