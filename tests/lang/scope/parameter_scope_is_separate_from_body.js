// SPDX-License-Identifier: MIT
var x = 'outer';
function f(get = () => x) {
    var x = 'body';
    return get() + ' ' + x;
}
console.log(f()); // => outer body
function g(x, get = () => x) {
    var x;
    const before = x;
    x = 'changed';
    return before + ' ' + get();
}
console.log(g('param')); // => param param
