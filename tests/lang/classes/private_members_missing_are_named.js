// SPDX-License-Identifier: MIT
class A {
    #field = 1;
    #method() {}
    get #getter() { return 1; }
    static #own() {}
    static touch(o) {
        for (const f of [() => o.#field, () => (o.#field = 1), () => o.#method(), () => (o.#getter = 1), () => o.#own()]) {
            try {
                f();
            } catch (e) {
                console.log(e.message);
            }
        }
    }
}
A.touch({});
// => Cannot read private member #field from an object whose class did not declare it
// => Cannot write private member #field to an object whose class did not declare it
// => Receiver must be an instance of class A
// => Receiver must be an instance of class A
// => Receiver must be class A
A.touch(null);
// => Cannot read properties of null (reading '#field')
// => Cannot set properties of null (setting '#field')
// => Cannot read properties of null (reading 'A')
// => Cannot read properties of null (reading 'A')
// => Receiver must be class A
class Same { constructor(o) { return o; } }
class Twice extends Same { #m() {} }
try {
    new Twice(new Twice({}));
} catch (e) {
    console.log(e.message); // => Cannot initialize private methods of class Twice twice on the same object
}
