// SPDX-License-Identifier: MIT
function f(arguments) {
    return arguments;
}
function g() {
    var arguments = 'local';
    return arguments;
}
function h() {
    var arguments;
    return arguments.length;
}
console.log(f('mine'), g(1), h(1, 2)); // => mine local 2
