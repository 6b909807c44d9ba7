// SPDX-License-Identifier: MIT
function* g() {}
try {
    new g();
} catch (e) {
    console.log(e.message); // => g is not a constructor
}
console.log('prototype' in g, g().constructor === Object.getPrototypeOf(g).prototype.constructor); // => true true
