// SPDX-License-Identifier: MIT
try {
    let a = a + 1;
} catch (e) {
    console.log(e.message); // => Cannot access 'a' before initialization
}
try {
    const { b = b } = {};
} catch (e) {
    console.log(e.message); // => Cannot access 'b' before initialization
}
