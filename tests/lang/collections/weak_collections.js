// SPDX-License-Identifier: MIT
const k = {};
const w = new WeakMap([[k, 1]]);
const ws = new WeakSet([k]);
console.log(w.get(k), w.has({}), ws.has(k), w.delete(k), w.has(k), new WeakRef(k).deref() === k); // => 1 false true true false true
try {
    w.set(1, 1);
} catch (e) {
    console.log(e.message); // => Invalid value used as weak map key
}
