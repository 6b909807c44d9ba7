// SPDX-License-Identifier: MIT
class A {}
A.prototype.x = 'proto';
class B extends A {
    set(v) {
        super.x = v;
        return super.x;
    }
}
const b = new B();
console.log(b.set('own'), b.x, Object.hasOwn(b, 'x')); // => proto own true
