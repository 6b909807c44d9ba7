// SPDX-License-Identifier: MIT
class T {
    get [Symbol.toStringTag]() {
        return 'Tagged';
    }
}
class A extends Array {
    static get [Symbol.species]() {
        return Array;
    }
}
console.log(String(new T()), new A(1, 2).map(x => x) instanceof A, Object.prototype.toString.call(function* () {}()), Object.prototype.toString.call(null), Object.prototype.toString.call([])); // => [object Tagged] false [object Generator] [object Null] [object Array]
