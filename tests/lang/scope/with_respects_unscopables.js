// SPDX-License-Identifier: MIT
var values = 'outer';
with ([]) {
    console.log(values); // => outer
}
var o = { a: 1, [Symbol.unscopables]: { a: true } };
var a = 'var a';
with (o) console.log(a); // => var a
