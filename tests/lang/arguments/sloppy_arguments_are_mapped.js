// SPDX-License-Identifier: MIT
function f(a, b) {
    a = 'changed';
    arguments[1] = 'also';
    return [arguments[0], b, arguments.length].join();
}
console.log(f(1, 2), f(1)); // => changed,also,2 changed,,1
