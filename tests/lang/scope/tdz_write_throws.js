// SPDX-License-Identifier: MIT
try {
    x = 1;
} catch (e) {
    console.log(e.message); // => Cannot access 'x' before initialization
}
let x = 2;
console.log(x); // => 2
