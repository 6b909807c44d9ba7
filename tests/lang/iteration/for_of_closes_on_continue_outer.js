// SPDX-License-Identifier: MIT
const log = [];
const make = (name, n) => ({ [Symbol.iterator]: () => ({ next: () => ({ value: 1, done: n-- <= 0 }), return: () => (log.push(name), {}) }) });
outer: for (const x of make('outer', 2)) for (const y of make('inner', 9)) continue outer;
console.log(log.join()); // => inner,inner
