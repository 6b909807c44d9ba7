// SPDX-License-Identifier: MIT
function f(a) {
    delete arguments[0];
    arguments[0] = 'new';
    return a;
}
console.log(f('old')); // => old
