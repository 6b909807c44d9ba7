// SPDX-License-Identifier: MIT
class A {
    constructor(x) {
        this.x = x;
    }
    hi() {
        return 'A ' + this.x;
    }
    static make() {
        return 'A.make ' + this.name;
    }
    get g() {
        return 'g' + this.x;
    }
}
class B extends A {
    constructor() {
        super(5);
    }
    hi() {
        return 'B > ' + super.hi();
    }
    static make() {
        return 'B > ' + super.make();
    }
    get g() {
        return 'B' + super.g + super['g'];
    }
}
console.log(new B().hi(), '|', B.make(), '|', new B().g); // => B > A 5 | B > A.make B | Bg5g5
