// SPDX-License-Identifier: MIT
var x = 'outer';
var y = 'outer y';
with ({ x: 'inner' }) {
    console.log(x, y); // => inner outer y
    x = 'changed';
    console.log(x); // => changed
}
console.log(x); // => outer
