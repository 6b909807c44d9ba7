// SPDX-License-Identifier: MIT
function f() {
    return [[...arguments].join(), Array.prototype.slice.call(arguments, 1).join(), Object.prototype.toString.call(arguments), Object.keys(arguments).join()].join(' ');
}
console.log(f('a', 'b', 'c')); // => a,b,c b,c [object Arguments] 0,1,2
