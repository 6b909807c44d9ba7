// SPDX-License-Identifier: MIT
class A {
    m() {
        return (function () {
            return this;
        })();
    }
    w() {
        undeclaredName = 1;
    }
}
console.log(new A().m()); // => undefined
try {
    new A().w();
} catch (e) {
    console.log(e.name); // => ReferenceError
}
