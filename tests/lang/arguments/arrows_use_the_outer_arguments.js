// SPDX-License-Identifier: MIT
function f() {
    return [1].map(() => arguments[0])[0];
}
console.log(f('outer')); // => outer
