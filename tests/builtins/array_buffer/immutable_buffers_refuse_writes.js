// SPDX-License-Identifier: MIT
'use strict';
const source = new Uint8Array([1, 2, 3, 4]);
const part = source.buffer.sliceToImmutable(1, 3), all = source.buffer.transferToImmutable();
console.log(part.immutable, part.byteLength, all.immutable, source.buffer.detached, new ArrayBuffer(1).immutable); // => true 2 true true false
const view = new Uint8Array(all);
const attempt = (f) => { try { f(); console.log('written'); } catch (e) { console.log(e.name); } };
for (const f of [() => { view[0] = 9; }, () => view.fill(0), () => view.set([1]), () => view.sort(), () => new DataView(all).setInt8(0, 1),
                 () => all.transfer(), () => Atomics.store(view, 0, 1), () => { for (let i = 0; i < 1000; i++) view[i % 4] = i; }]) attempt(f);
// => TypeError
// => TypeError
// => TypeError
// => TypeError
// => TypeError
// => TypeError
// => TypeError
// => TypeError
console.log(view.join(), view.toSorted((a, b) => b - a).join(), view.map((x) => x * 2).join()); // => 1,2,3,4 4,3,2,1 2,4,6,8
console.log(JSON.stringify(Object.getOwnPropertyDescriptor(view, 0))); // => {"value":1,"writable":false,"enumerable":true,"configurable":false}
console.log(Object.isFrozen(Object.freeze(view))); // => true
