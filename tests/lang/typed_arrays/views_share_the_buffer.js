// SPDX-License-Identifier: MIT
const buffer = new ArrayBuffer(8);
const bytes = new Uint8Array(buffer);
const words = new Uint16Array(buffer, 2, 2);
words[0] = 0x0102;
console.log(bytes[2], bytes[3], words.byteOffset, words.length, words.byteLength, buffer.slice(2, 4).byteLength); // => 2 1 2 2 4 2
new DataView(buffer).setFloat32(4, 1.5, true);
console.log(new Float32Array(buffer)[1], new DataView(buffer).getUint16(2), [...bytes].join()); // => 1.5 513 0,0,2,1,0,0,192,63
