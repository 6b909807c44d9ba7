// SPDX-License-Identifier: MIT
const b = Buffer.alloc(8);
b.writeUInt32BE(0xdeadbeef, 0);
b.writeInt16LE(-2, 4);
console.log(b.readUInt32BE(0).toString(16), b.readInt16LE(4)); // => deadbeef -2
try { b.readUInt8(9); } catch (e) { console.log(e.code); } // => ERR_OUT_OF_RANGE
