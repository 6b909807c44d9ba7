// SPDX-License-Identifier: MIT
const log = [];
function* g() {
    yield* { [Symbol.iterator]: () => ({ next: () => ({ value: 1, done: false }), return: () => (log.push('closed'), {}) }) };
}
const it = g();
it.next();
try {
    it.throw(1);
} catch (e) {
    console.log(e.name, e.message); // => TypeError The iterator does not provide a 'throw' method.
}
console.log(log.join()); // => closed
