// SPDX-License-Identifier: MIT
class A {
    #m() {}
    get #g() {
        return 1;
    }
    test() {
        for (const f of [() => (this.#m = 1), () => (this.#g = 1)]) {
            try {
                f();
            } catch (e) {
                console.log(e.name, e.message); // => TypeError Private method '#m' is not writable
                // => TypeError '#g' was defined without a setter
            }
        }
    }
}
new A().test();
