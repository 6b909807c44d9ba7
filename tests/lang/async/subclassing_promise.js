// SPDX-License-Identifier: MIT
class Mine extends Promise {
    static get [Symbol.species]() {
        return Promise;
    }
}
const m = Mine.resolve(1);
console.log(m instanceof Mine, m.then(() => {}) instanceof Mine, Mine.all([]) instanceof Mine); // => true false true
