// SPDX-License-Identifier: MIT
// The compression functions, straight from the standards: one pass over the message and its padding.
#include "runtime/web/digest.h"

#include <math.h>
#include <strings.h>

#include "format/base/mem.h"

static const struct { const char *name; u8 size, block; } kinds[DIGEST_COUNT] = {{"md5", 16, 64}, {"sha1", 20, 64}, {"sha224", 28, 64}, {"sha256", 32, 64}, {"sha384", 48, 128}, {"sha512", 64, 128}};

int digest_named(const char *name, size_t n) {
    char plain[16];
    size_t k = 0;
    if (n > 4 && !strncasecmp(name, "RSA-", 4)) name += 4, n -= 4;
    for (size_t i = 0; i < n && k + 1 < sizeof plain; i++)
        if (name[i] != '-') plain[k++] = name[i];
    plain[k] = 0;
    for (int i = 0; i < DIGEST_COUNT; i++)
        if (!strcasecmp(plain, kinds[i].name)) return i;
    return -1;
}
u32 digest_size(int kind) { return kinds[kind].size; }
u32 digest_block(int kind) { return kinds[kind].block; }

static u32 rol(u32 x, u32 n) { return x << n | x >> (32 - n); }
static u32 ror(u32 x, u32 n) { return x >> n | x << (32 - n); }
static u64 ror64(u64 x, u32 n) { return x >> n | x << (64 - n); }
static u32 be32(const u8 *p) { return (u32)p[0] << 24 | (u32)p[1] << 16 | (u32)p[2] << 8 | p[3]; }
static u32 le32(const u8 *p) { return (u32)p[3] << 24 | (u32)p[2] << 16 | (u32)p[1] << 8 | p[0]; }

static void md5_block(u32 *h, const u8 *p) {
    static const u8 turns[16] = {7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21};
    static u32 k[64];
    if (!k[0])
        for (int i = 0; i < 64; i++) k[i] = (u32)(i64)(fabs(sin(i + 1)) * 4294967296.0);
    u32 a = h[0], b = h[1], c = h[2], d = h[3];
    for (u32 i = 0; i < 64; i++) {
        u32 f, g;
        if (i < 16) f = (b & c) | (~b & d), g = i;
        else if (i < 32) f = (d & b) | (~d & c), g = (5 * i + 1) & 15;
        else if (i < 48) f = b ^ c ^ d, g = (3 * i + 5) & 15;
        else f = c ^ (b | ~d), g = 7 * i & 15;
        u32 t = d;
        d = c;
        c = b;
        b += rol(a + f + k[i] + le32(p + 4 * g), turns[(i >> 4) * 4 + (i & 3)]);
        a = t;
    }
    h[0] += a; h[1] += b; h[2] += c; h[3] += d;
}
static void sha1_block(u32 *h, const u8 *p) {
    u32 w[80], a = h[0], b = h[1], c = h[2], d = h[3], e = h[4];
    for (u32 i = 0; i < 80; i++) w[i] = i < 16 ? be32(p + 4 * i) : rol(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    for (u32 i = 0; i < 80; i++) {
        u32 f = i < 20 ? (b & c) | (~b & d) : i < 40 ? b ^ c ^ d : i < 60 ? (b & c) | (b & d) | (c & d) : b ^ c ^ d;
        u32 k = i < 20 ? 0x5A827999 : i < 40 ? 0x6ED9EBA1 : i < 60 ? 0x8F1BBCDC : 0xCA62C1D6, t = rol(a, 5) + f + e + k + w[i];
        e = d; d = c; c = rol(b, 30); b = a; a = t;
    }
    h[0] += a; h[1] += b; h[2] += c; h[3] += d; h[4] += e;
}
static const u64 k512[80] = { // the first 32 bits of each are SHA-256's constants
    0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc, 0x3956c25bf348b538, 0x59f111f1b605d019, 0x923f82a4af194f9b, 0xab1c5ed5da6d8118,
    0xd807aa98a3030242, 0x12835b0145706fbe, 0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2, 0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235, 0xc19bf174cf692694,
    0xe49b69c19ef14ad2, 0xefbe4786384f25e3, 0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65, 0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5,
    0x983e5152ee66dfab, 0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4, 0xc6e00bf33da88fc2, 0xd5a79147930aa725, 0x06ca6351e003826f, 0x142929670a0e6e70,
    0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed, 0x53380d139d95b3df, 0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b,
    0xa2bfe8a14cf10364, 0xa81a664bbc423001, 0xc24b8b70d0f89791, 0xc76c51a30654be30, 0xd192e819d6ef5218, 0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8,
    0x19a4c116b8d2d0c8, 0x1e376c085141ab53, 0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8, 0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb, 0x5b9cca4f7763e373, 0x682e6ff3d6b2b8a3,
    0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec, 0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b,
    0xca273eceea26619c, 0xd186b8c721c0c207, 0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178, 0x06f067aa72176fba, 0x0a637dc5a2c898a6, 0x113f9804bef90dae, 0x1b710b35131c471b,
    0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc, 0x431d67c49c100d4c, 0x4cc5d4becb3e42b6, 0x597f299cfc657e2a, 0x5fcb6fab3ad6faec, 0x6c44198c4a475817};
static void sha256_block(u32 *h, const u8 *p) {
    u32 w[64], s[8];
    for (u32 i = 0; i < 64; i++) {
        if (i < 16) w[i] = be32(p + 4 * i);
        else w[i] = w[i - 16] + (ror(w[i - 15], 7) ^ ror(w[i - 15], 18) ^ w[i - 15] >> 3) + w[i - 7] + (ror(w[i - 2], 17) ^ ror(w[i - 2], 19) ^ w[i - 2] >> 10);
    }
    memcpy(s, h, 32);
    for (u32 i = 0; i < 64; i++) {
        u32 t1 = s[7] + (ror(s[4], 6) ^ ror(s[4], 11) ^ ror(s[4], 25)) + ((s[4] & s[5]) ^ (~s[4] & s[6])) + (u32)(k512[i] >> 32) + w[i];
        u32 t2 = (ror(s[0], 2) ^ ror(s[0], 13) ^ ror(s[0], 22)) + ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));
        memmove(s + 1, s, 28);
        s[4] += t1;
        s[0] = t1 + t2;
    }
    for (u32 i = 0; i < 8; i++) h[i] += s[i];
}
static void sha512_block(u64 *h, const u8 *p) {
    u64 w[80], s[8];
    for (u32 i = 0; i < 80; i++) {
        if (i < 16) w[i] = (u64)be32(p + 8 * i) << 32 | be32(p + 8 * i + 4);
        else w[i] = w[i - 16] + (ror64(w[i - 15], 1) ^ ror64(w[i - 15], 8) ^ w[i - 15] >> 7) + w[i - 7] + (ror64(w[i - 2], 19) ^ ror64(w[i - 2], 61) ^ w[i - 2] >> 6);
    }
    memcpy(s, h, 64);
    for (u32 i = 0; i < 80; i++) {
        u64 t1 = s[7] + (ror64(s[4], 14) ^ ror64(s[4], 18) ^ ror64(s[4], 41)) + ((s[4] & s[5]) ^ (~s[4] & s[6])) + k512[i] + w[i];
        u64 t2 = (ror64(s[0], 28) ^ ror64(s[0], 34) ^ ror64(s[0], 39)) + ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));
        memmove(s + 1, s, 56);
        s[4] += t1;
        s[0] = t1 + t2;
    }
    for (u32 i = 0; i < 8; i++) h[i] += s[i];
}
void digest_bytes(int kind, const u8 *p, size_t n, u8 *out) {
    static const u32 init32[4][8] = {
        {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476}, {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0},
        {0xc1059ed8, 0x367cd507, 0x3070dd17, 0xf70e5939, 0xffc00b31, 0x68581511, 0x64f98fa7, 0xbefa4fa4},
        {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19}};
    static const u64 init64[2][8] = {
        {0xcbbb9d5dc1059ed8, 0x629a292a367cd507, 0x9159015a3070dd17, 0x152fecd8f70e5939, 0x67332667ffc00b31, 0x8eb44a8768581511, 0xdb0c2e0d64f98fa7, 0x47b5481dbefa4fa4},
        {0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1, 0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179}};
    bool wide = kind >= DIGEST_SHA384;
    u32 block = kinds[kind].block, h[8];
    u64 h64[8];
    if (wide) memcpy(h64, init64[kind - DIGEST_SHA384], 64);
    else memcpy(h, init32[kind], 32);
    u8 tail[256] = {0};
    size_t whole = n / block * block, rest = n - whole, padded = rest + 1 + block / 8 <= block ? block : 2 * block;
    if (rest) memcpy(tail, p + whole, rest);
    tail[rest] = 0x80;
    for (u32 i = 0; i < 8; i++) tail[kind == DIGEST_MD5 ? padded - 8 + i : padded - 1 - i] = (u8)((u64)n * 8 >> (8 * i));
    for (size_t at = 0; at < whole + padded; at += block) {
        const u8 *b = at < whole ? p + at : tail + (at - whole);
        if (wide) sha512_block(h64, b);
        else if (kind == DIGEST_MD5) md5_block(h, b);
        else if (kind == DIGEST_SHA1) sha1_block(h, b);
        else sha256_block(h, b);
    }
    for (u32 i = 0; i < kinds[kind].size; i++)
        out[i] = wide ? (u8)(h64[i / 8] >> (56 - 8 * (i % 8))) : kind == DIGEST_MD5 ? (u8)(h[i / 4] >> (8 * (i % 4))) : (u8)(h[i / 4] >> (24 - 8 * (i % 4)));
}
void digest_hmac(int kind, const u8 *key, size_t key_n, const u8 *p, size_t n, u8 *out) {
    u8 pad[128] = {0}, inner[DIGEST_MAX];
    u32 block = kinds[kind].block;
    if (key_n > block) digest_bytes(kind, key, key_n, pad);
    else if (key_n) memcpy(pad, key, key_n);
    Buf b = {0};
    for (u32 i = 0; i < block; i++) buf_u8(&b, pad[i] ^ 0x36);
    buf_put(&b, p, n);
    digest_bytes(kind, b.data, b.len, inner);
    b.len = 0;
    for (u32 i = 0; i < block; i++) buf_u8(&b, pad[i] ^ 0x5C);
    buf_put(&b, inner, kinds[kind].size);
    digest_bytes(kind, b.data, b.len, out);
    buf_free(&b);
}
