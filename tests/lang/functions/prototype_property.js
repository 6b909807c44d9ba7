// SPDX-License-Identifier: MIT
function F() {}
console.log(F.prototype.constructor === F, 'prototype' in (() => {}), 'prototype' in { m() {} }.m, Object.keys(F.prototype).length); // => true false false 0
F.prototype.hello = () => 'hi';
console.log(new F().hello(), Object.getPrototypeOf(new F()) === F.prototype); // => hi true
