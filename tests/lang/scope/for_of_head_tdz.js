// SPDX-License-Identifier: MIT
try {
    for (let x of [x]) console.log(x);
} catch (e) {
    console.log(e.message); // => Cannot access 'x' before initialization
}
