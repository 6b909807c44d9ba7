// SPDX-License-Identifier: MIT
class A {
    static list = [1];
    static who() {
        return this.name;
    }
}
class B extends A {}
console.log(B.who(), B.list === A.list, Object.hasOwn(B, 'list'), Object.getPrototypeOf(B) === A); // => B true false true
