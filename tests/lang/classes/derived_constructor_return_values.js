// SPDX-License-Identifier: MIT
class A {}
const other = { other: true };
class B extends A {
    constructor(v) {
        super();
        return v;
    }
}
console.log(new B(other) === other, new B(undefined) instanceof B); // => true true
try {
    new B(1);
} catch (e) {
    console.log(e.message); // => Derived constructors may only return object or undefined
}
class C {
    constructor() {
        return 1;
    }
}
console.log(new C() instanceof C); // => true
