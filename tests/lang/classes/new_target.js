// SPDX-License-Identifier: MIT
function F() {
    return { t: new.target };
}
class A {
    constructor() {
        this.name = new.target.name;
    }
}
class B extends A {}
console.log(new B().name, F().t, new F().t === F, Reflect.construct(A, [], B) instanceof B); // => B undefined true true
