// SPDX-License-Identifier: MIT
function f(a, b = 1) {}
f.extra = 1;
console.log(Object.getOwnPropertyNames(f).join()); // expect: length,name,arguments,caller,prototype,extra
console.log(f.length, f.name, f.prototype.constructor === f, f.caller == null); // expect: 1 f true true
console.log(Object.getOwnPropertyNames(() => 1).join(), Object.getOwnPropertyNames(class { static s() {} }).join()); // expect: length,name length,name,prototype,s
console.log(delete f.name, 'name' in f, Object.hasOwn(f, 'name'), f.name === ''); // expect: true true false true
try { (function () { 'use strict'; }).caller; } catch (e) { console.log(e.name); } // expect: TypeError
