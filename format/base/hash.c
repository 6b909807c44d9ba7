// SPDX-License-Identifier: MIT
// Non-cryptographic hashes; hash.h defines them. The content hash is BLAKE3 (blake3.c).
#include "format/base/hash.h"
#include "format/base/blake3.h"

#define K0 0x9E3779B97F4A7C15ull
#define K1 0xE7037ED1A0B428DBull
#define K2 0x8EBC6AF09C88C6E3ull
#define K3 0x589965CC75374CC3ull

DX_INLINE u64 mum(u64 a, u64 b) {
    unsigned __int128 r = (unsigned __int128)a * b;
    return (u64)r ^ (u64)(r >> 64);
}

DX_INLINE u64 load64(const void *p) {
    u64 v;
    memcpy(&v, p, 8);
    return v;
}

DX_INLINE u32 load32(const void *p) {
    u32 v;
    memcpy(&v, p, 4);
    return v;
}

u64 hash_bytes(const void *data, size_t n) {
    const u8 *p = data;
    u64 h = K0 ^ n;
    size_t left = n;
    for (; left >= 16; p += 16, left -= 16) h = mum(load64(p) ^ K1, load64(p + 8) ^ h);
    if (left) {
        u64 w[2] = {0, 0};
        memcpy(w, p, left);
        h = mum(w[0] ^ K1, w[1] ^ h);
    }
    return mum(h ^ K2, n ^ K3);
}

DX_INLINE u32 string_finish(u64 h, u32 n) {
    u64 r = mum(h ^ K2, n ^ K3);
    return (u32)(r ^ r >> 32);
}

// Four Latin-1 units widened to the word that the same four UTF-16 units make.
DX_INLINE u64 widen4(u32 four) {
    u64 x = four;
    x = (x | x << 16) & 0x0000FFFF0000FFFFull;
    return (x | x << 8) & 0x00FF00FF00FF00FFull;
}

u32 hash_latin1(const u8 *p, u32 n) {
    u64 h = K0 ^ n;
    u32 left = n;
    for (; left >= 8; p += 8, left -= 8) h = mum(widen4(load32(p)) ^ K1, widen4(load32(p + 4)) ^ h);
    if (left) {
        u32 a = 0, b = 0;
        if (left >= 4) {
            a = load32(p);
            if (left > 4) b = load32(p + left - 4) >> (8 - left) * 8;
        } else {
            a = p[0] | (left > 1 ? (u32)p[1] << 8 : 0) | (left > 2 ? (u32)p[2] << 16 : 0);
        }
        h = mum(widen4(a) ^ K1, widen4(b) ^ h);
    }
    return string_finish(h, n);
}

u32 hash_utf16(const u16 *p, u32 n) {
    u64 h = K0 ^ n;
    u32 left = n;
    for (; left >= 8; p += 8, left -= 8) h = mum(load64(p) ^ K1, load64(p + 4) ^ h);
    if (left) {
        u64 w[2] = {0, 0};
        memcpy(w, p, left * 2);
        h = mum(w[0] ^ K1, w[1] ^ h);
    }
    return string_finish(h, n);
}

Hash128 hash128_bytes(const void *p, size_t n) {
    u8 full[BLAKE3_LEN];
    Hash128 r;
    blake3(p, n, full);
    memcpy(r.bytes, full, sizeof r.bytes);
    return r;
}
