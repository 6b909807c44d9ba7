// SPDX-License-Identifier: MIT
class A {
    m() {}
    get g() {
        return 1;
    }
    static s() {}
}
console.log(Object.keys(A.prototype).length, Object.keys(A).length, Object.getOwnPropertyNames(A.prototype).join()); // => 0 0 constructor,m,g
console.log(Object.getOwnPropertyNames(A).join()); // => length,name,prototype,s
