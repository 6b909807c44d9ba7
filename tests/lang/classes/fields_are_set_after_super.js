// SPDX-License-Identifier: MIT
class A {
    constructor() {
        this.seen = this.x;
    }
}
class B extends A {
    x = 1;
}
const b = new B();
console.log(b.seen, b.x); // => undefined 1
