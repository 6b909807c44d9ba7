// SPDX-License-Identifier: MIT
class A {
    a = 1;
    b = this.a + 1;
    c = () => this.b;
    static d = () => this.name;
}
console.log(new A().c(), A.d()); // => 2 A
