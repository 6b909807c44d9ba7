// SPDX-License-Identifier: MIT
// Typed arrays and DataView: fills, copies, a convolution, byte views, endianness, BigInt hash.
const print = globalThis.console ? console.log : globalThis.print;

const n = 600000;
const floats = new Float64Array(n);
for (let i = 0; i < n; i++) floats[i] = Math.sin(i) * 1000;
const smooth = new Float64Array(n);
for (let round = 0; round < 4; round++)
    for (let i = 2; i < n - 2; i++) smooth[i] = (floats[i - 2] + 4 * floats[i - 1] + 6 * floats[i] + 4 * floats[i + 1] + floats[i + 2]) / 16;
let total = 0;
for (let i = 0; i < n; i++) total += Math.round(smooth[i]);

const bytes = new Uint8Array(65536);
for (let i = 0; i < bytes.length; i++) bytes[i] = i * 31 + (i >> 3);
let crc = -1;
const table = Int32Array.from({ length: 256 }, (_, k) => {
    for (let b = 0; b < 8; b++) k = k & 1 ? (k >>> 1) ^ 0xedb88320 : k >>> 1;
    return k;
});
for (let round = 0; round < 40; round++) for (const b of bytes) crc = (crc >>> 8) ^ table[(crc ^ b) & 255];

const view = new DataView(bytes.buffer);
let mixed = 0;
for (let i = 0; i < 60000; i += 4) {
    view.setInt16(i, i, true);
    mixed = (mixed + view.getUint32(i, i % 8 === 0) + view.getInt8(i + 1)) % 1000003;
}
const copy = bytes.slice(100, 5000);
copy.set(bytes.subarray(0, 100), 50);
copy.sort();
const clamped = Uint8ClampedArray.of(-5, 300, 12.5);
let big = 0xcbf29ce484222325n;
for (let i = 0; i < 60000; i++) big = BigInt.asUintN(64, (big ^ BigInt(bytes[i])) * 0x100000001b3n);
print('typed_arrays', total, crc >>> 0, mixed, copy[2000], clamped.join(), big.toString(16), smooth.indexOf(0));
