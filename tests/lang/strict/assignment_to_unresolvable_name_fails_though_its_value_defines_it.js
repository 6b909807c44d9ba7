// SPDX-License-Identifier: MIT
// The reference is resolved first (13.15.2); what the right side defines comes too late.
export {};
const attempt = (f) => { try { f(); console.log('assigned'); } catch (e) { console.log(e.name, e.message); } };
attempt(() => { unheard = (globalThis.unheard = 5); }); // => ReferenceError unheard is not defined
console.log(globalThis.unheard); // => 5
attempt(() => { unheard = 6; }); // => assigned
console.log(globalThis.unheard); // => 6
attempt(() => { [unheardToo] = [(globalThis.unheardToo = 1)]; }); // => assigned
attempt(() => { [missing] = { [Symbol.iterator]() { globalThis.missing = 1; return [2][Symbol.iterator](); } }; }); // => assigned
attempt(() => { [late] = { *[Symbol.iterator]() { globalThis.late = 1; yield 2; } }; }); // => ReferenceError late is not defined
