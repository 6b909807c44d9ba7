// SPDX-License-Identifier: MIT
// Hash functions. All are deterministic across runs and machines, because their values are stored in artifacts;
// the definitions below are part of the file formats.
//
// Notation: mum(a, b) = low 64 bits XOR high 64 bits of the 128-bit product a*b. Words are little-endian.
//   K0 = 0x9E3779B97F4A7C15   K1 = 0xE7037ED1A0B428DB   K2 = 0x8EBC6AF09C88C6E3   K3 = 0x589965CC75374CC3
//
// hash_bytes(p, n):
//   h = K0 ^ n. For each full 16-byte piece with words a, b:  h = mum(a ^ K1, b ^ h).
//   If 1..15 bytes remain, they are padded with zero bytes to 16 and taken the same way.
//   Result: mum(h ^ K2, n ^ K3).
//
// String hash of n UTF-16 code units (hash_latin1, hash_utf16; the width of the storage does not matter):
//   h = K0 ^ n. For each full group of 8 units, seen as two 64-bit words a, b of 4 units each (first unit in the
//   lowest 16 bits):  h = mum(a ^ K1, b ^ h).  If 1..7 units remain, padded with zero units, the same once more.
//   r = mum(h ^ K2, n ^ K3); result: (u32)(r ^ r >> 32).
//
// hash128 is the first 16 bytes of BLAKE3: it names content, so collisions must not be constructible.
#ifndef DX_HASH_H
#define DX_HASH_H

#include "format/base/base.h"

u64 hash_bytes(const void *p, size_t n);
u32 hash_latin1(const u8 *p, u32 n);
u32 hash_utf16(const u16 *p, u32 n);

typedef struct Hash128 {
    u8 bytes[16];
} Hash128;
Hash128 hash128_bytes(const void *p, size_t n);

#endif
