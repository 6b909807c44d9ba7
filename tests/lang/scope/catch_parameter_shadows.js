// SPDX-License-Identifier: MIT
var e = 'outer';
try {
    throw 'inner';
} catch (e) {
    var e = 'changed';
    console.log(e); // => changed
}
console.log(e); // => outer
