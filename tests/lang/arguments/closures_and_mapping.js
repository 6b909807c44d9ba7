// SPDX-License-Identifier: MIT
function f(a) {
    const read = () => a;
    arguments[0] = 'via arguments';
    return read();
}
console.log(f('original')); // => via arguments
