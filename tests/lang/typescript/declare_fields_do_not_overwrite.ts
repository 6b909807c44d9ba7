// SPDX-License-Identifier: MIT
class A {
    kind: string;
    constructor() {
        this.kind = this.constructor.name;
    }
}
class B extends A {
    declare kind: 'B';
}
console.log(new B().kind);

// => B
