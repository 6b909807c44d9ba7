// SPDX-License-Identifier: MIT
try {
    typeof x;
} catch (e) {
    console.log(e.message); // => Cannot access 'x' before initialization
}
const x = 1;
console.log(typeof undeclared); // => undefined
