// SPDX-License-Identifier: MIT
class A {
    #x = { y: 5 };
    #f = () => 'called';
    test(o) {
        const { y } = this.#x;
        [this.#x] = ['new'];
        return [y, this.#x, o?.#x, this.#f?.()].join();
    }
}
console.log(new A().test(null)); // => 5,new,,called
