// SPDX-License-Identifier: MIT
const b = new ArrayBuffer(4, { maxByteLength: 8 });
const view = new Uint8Array(b);
b.resize(6);
console.log(view.length, b.resizable, b.maxByteLength);
const moved = b.transfer(2);
console.log(b.detached, moved.byteLength, view.length);

// => 6 true 8
// => true 2 0
