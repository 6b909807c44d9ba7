// SPDX-License-Identifier: MIT
const later = (v) => new Promise((resolve) => queueMicrotask(() => queueMicrotask(() => resolve(v))));
const all = await Promise.allKeyed({ b: later(1), a: 2, [Symbol.for('s')]: later(3) });
console.log(Object.keys(all).join(), all.b, all.a, all[Symbol.for('s')], Object.getPrototypeOf(all)); // => b,a 1 2 3 null
const settled = await Promise.allSettledKeyed({ ok: 1, bad: Promise.reject(new Error('no')) });
console.log(settled.ok.status, settled.bad.status, settled.bad.reason.message); // => fulfilled rejected no
try { await Promise.allKeyed({ x: Promise.reject(new Error('first')) }); } catch (e) { console.log(e.message); } // => first
export {};
