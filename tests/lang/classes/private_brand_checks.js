// SPDX-License-Identifier: MIT
class A {
    #x = 1;
    #m() {}
    static has(o) {
        return #x in o && #m in o;
    }
    static read(o) {
        return o.#x;
    }
    static write(o) {
        o.#x = 2;
    }
    static call(o) {
        o.#m();
    }
}
console.log(A.has(new A()), A.has({})); // => true false
for (const f of [A.read, A.write, A.call]) {
    try {
        f({});
    } catch (e) {
        console.log(e.name, e.message); // => TypeError Cannot read private member #x from an object whose class did not declare it
        // => TypeError Cannot write private member #x to an object whose class did not declare it
        // => TypeError Receiver must be an instance of class A
    }
}
