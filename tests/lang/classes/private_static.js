// SPDX-License-Identifier: MIT
class A {
    static #count = 0;
    static #next() {
        return ++A.#count;
    }
    id = A.#next();
}
new A();
console.log(new A().id); // => 2
