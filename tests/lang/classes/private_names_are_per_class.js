// SPDX-License-Identifier: MIT
function make() {
    return class {
        #x = 1;
        static read(o) {
            return o.#x;
        }
    };
}
const [A, B] = [make(), make()];
console.log(A.read(new A())); // => 1
try {
    A.read(new B());
} catch (e) {
    console.log(e.name); // => TypeError
}
