// SPDX-License-Identifier: MIT
const log = [];
const it = { [Symbol.iterator]: () => ({ next: () => ({ value: 1, done: false }), return: () => (log.push('return'), {}) }) };
try {
    [(() => { throw new Error('target'); })().x] = it;
} catch (e) {
    console.log(e.message, log.join()); // => target return
}
