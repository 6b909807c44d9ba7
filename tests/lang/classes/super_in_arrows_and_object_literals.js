// SPDX-License-Identifier: MIT
const base = { hi: () => 'base' };
const o = {
    __proto__: base,
    hi() {
        return [1].map(() => super.hi() + '!')[0];
    },
};
console.log(o.hi()); // => base!
class A {
    m() {
        return 'A';
    }
}
class B extends A {
    constructor() {
        const init = () => super();
        init();
    }
    m() {
        return (() => () => super.m())()();
    }
}
console.log(new B().m()); // => A
