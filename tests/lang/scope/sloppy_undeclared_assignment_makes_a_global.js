// SPDX-License-Identifier: MIT
function f() {
    madeHere = 7;
}
f();
console.log(madeHere, delete globalThis.madeHere, typeof madeHere); // => 7 true undefined
