// SPDX-License-Identifier: MIT
class A {
    get x() {
        return 'getter';
    }
}
class B extends A {
    set x(v) {}
}
console.log(new B().x, new A().x); // => undefined getter
