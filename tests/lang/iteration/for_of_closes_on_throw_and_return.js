// SPDX-License-Identifier: MIT
const log = [];
const make = name => ({ [Symbol.iterator]: () => ({ next: () => ({ value: 1, done: false }), return: () => (log.push(name), {}) }) });
try {
    for (const x of make('throw')) throw new Error('out');
} catch (e) {
    log.push(e.message);
}
(() => {
    for (const x of make('return')) return;
})();
console.log(log.join()); // => throw,out,return
