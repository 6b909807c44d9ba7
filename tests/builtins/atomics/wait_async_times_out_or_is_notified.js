// SPDX-License-Identifier: MIT
const cells = new Int32Array(new SharedArrayBuffer(8));
const soon = Atomics.waitAsync(cells, 0, 0, 5), forever = Atomics.waitAsync(cells, 1, 0), woken = Atomics.waitAsync(cells, 1, 0, 1e12);
console.log(soon.async, forever.async, Atomics.waitAsync(cells, 0, 1).value, Atomics.waitAsync(cells, 0, 0, 0).value); // => true true not-equal timed-out
console.log(Atomics.notify(cells, 1, 1), Atomics.notify(cells, 1), Atomics.notify(cells, 1)); // => 1 1 0
console.log(await forever.value, await woken.value, await soon.value); // => ok ok timed-out
console.log(Atomics.notify(cells, 0), Atomics.wait(cells, 0, 0, 1)); // => 0 timed-out
export {};
