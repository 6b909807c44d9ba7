// SPDX-License-Identifier: MIT
class A {
    log = ['A'];
}
class B extends A {
    own = this.log.push('B field');
    constructor(public name: string) {
        super();
        this.log.push('B body ' + this.name);
    }
}
console.log(new B('n').log.join());

// => A,B field,B body n
