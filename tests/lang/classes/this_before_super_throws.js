// SPDX-License-Identifier: MIT
class A {}
class B extends A {
    constructor() {
        try {
            this.x = 1;
        } catch (e) {
            console.log(e.name, e.message); // => ReferenceError Must call super constructor in derived class before accessing 'this' or returning from derived constructor
        }
        super();
    }
}
new B();
class C extends A {
    constructor() {}
}
try {
    new C();
} catch (e) {
    console.log(e.message); // => Must call super constructor in derived class before accessing 'this' or returning from derived constructor
}
