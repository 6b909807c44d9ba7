// SPDX-License-Identifier: MIT
class A {
    set x(v) {
        throw new Error('setter');
    }
}
class B extends A {
    x = 1;
}
const d = Object.getOwnPropertyDescriptor(new B(), 'x');
console.log(d.value, d.writable, d.enumerable, d.configurable); // => 1 true true true
