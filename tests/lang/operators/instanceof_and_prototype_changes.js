// SPDX-License-Identifier: MIT
function F() {}
const f = new F();
console.log(f instanceof F); // => true
F.prototype = {};
console.log(f instanceof F, new F() instanceof F, Object.create(F.prototype) instanceof F); // => false true true
