// SPDX-License-Identifier: MIT
const k = 'dyn';
class A {
    [k + 1]() {
        return 'method';
    }
    get [k + 2]() {
        return 'getter';
    }
    static [k + 3] = 'static';
    async [k + 4]() {}
    *[Symbol.iterator]() {
        yield 'it';
    }
}
const a = new A();
console.log(a.dyn1(), a.dyn2, A.dyn3, [...a].join(), a.dyn1.name); // => method getter static it dyn1
