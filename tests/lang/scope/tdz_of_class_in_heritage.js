// SPDX-License-Identifier: MIT
try {
    class C extends C {}
} catch (e) {
    console.log(e.message); // => Cannot access 'C' before initialization
}
