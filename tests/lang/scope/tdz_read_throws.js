// SPDX-License-Identifier: MIT
try {
    x;
} catch (e) {
    console.log(e.name + ': ' + e.message); // => ReferenceError: Cannot access 'x' before initialization
}
let x = 1;
