// SPDX-License-Identifier: MIT
class T {
    #c = 0;
    get f() {
        return this.#c * 2;
    }
    set f(v) {
        this.#c = v / 2;
    }
    static get zero() {
        return 'zero';
    }
}
const t = new T();
t.f = 10;
t.f += 2;
console.log(t.f, T.zero, Object.keys(t).length, 'f' in t); // => 12 zero 0 true
