// SPDX-License-Identifier: MIT
class Counter {
    #n = 0;
    #bump(by) {
        this.#n += by;
    }
    get #double() {
        return this.#n * 2;
    }
    set #double(v) {
        this.#n = v / 2;
    }
    go() {
        this.#bump(3);
        this.#double += 10;
        this.#n++;
        return this.#n + ' ' + this.#double;
    }
}
console.log(new Counter().go()); // => 9 18
