// SPDX-License-Identifier: MIT
class A {}
class B extends A {
    constructor() {
        super();
        try {
            super();
        } catch (e) {
            console.log(e.name, e.message); // => ReferenceError Super constructor may only be called once
        }
    }
}
new B();
