// SPDX-License-Identifier: MIT
// BLAKE3: chunks of 1024 bytes are leaves of a binary tree; whole chunks are hashed several at a time, one
// chunk per vector lane (8 with AVX2, 4 otherwise). Start at blake3_update.
#include "format/base/blake3.h"
#include "format/base/cpu.h"

enum { CHUNK_START = 1, CHUNK_END = 2, PARENT = 4, ROOT = 8 };

static const u32 IV[8] = {
    0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19,
};

// Message word order of each of the 7 rounds.
static const u8 SCHEDULE[7][16] = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
    {2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8},
    {3, 4, 10, 12, 13, 2, 7, 14, 6, 5, 9, 0, 11, 15, 8, 1},
    {10, 7, 12, 9, 14, 3, 13, 15, 4, 0, 11, 2, 5, 8, 1, 6},
    {12, 13, 9, 11, 15, 10, 14, 8, 7, 2, 5, 3, 0, 1, 6, 4},
    {9, 14, 11, 5, 8, 12, 15, 1, 13, 3, 0, 10, 2, 6, 4, 7},
    {11, 15, 5, 0, 1, 9, 8, 6, 14, 10, 2, 12, 3, 4, 7, 13},
};

#define ROTR(x, n) ((x) >> (n) | (x) << (32 - (n)))
#define G(a, b, c, d, x, y)                                                                                  \
    do {                                                                                                     \
        a += b + (x);                                                                                        \
        d = ROTR(d ^ a, 16);                                                                                 \
        c += d;                                                                                              \
        b = ROTR(b ^ c, 12);                                                                                 \
        a += b + (y);                                                                                        \
        d = ROTR(d ^ a, 8);                                                                                  \
        c += d;                                                                                              \
        b = ROTR(b ^ c, 7);                                                                                  \
    } while (0)
#define ROUND(v, m, s)                                                                                       \
    do {                                                                                                     \
        G(v[0], v[4], v[8], v[12], m[s[0]], m[s[1]]);                                                        \
        G(v[1], v[5], v[9], v[13], m[s[2]], m[s[3]]);                                                        \
        G(v[2], v[6], v[10], v[14], m[s[4]], m[s[5]]);                                                       \
        G(v[3], v[7], v[11], v[15], m[s[6]], m[s[7]]);                                                       \
        G(v[0], v[5], v[10], v[15], m[s[8]], m[s[9]]);                                                       \
        G(v[1], v[6], v[11], v[12], m[s[10]], m[s[11]]);                                                     \
        G(v[2], v[7], v[8], v[13], m[s[12]], m[s[13]]);                                                      \
        G(v[3], v[4], v[9], v[14], m[s[14]], m[s[15]]);                                                      \
    } while (0)

DX_INLINE u32 load32(const u8 *p) {
    u32 v;
    memcpy(&v, p, 4);
    return v;
}

static void compress(u32 cv[8], const u8 block[64], u32 len, u64 counter, u32 flags) {
    u32 m[16], v[16];
    memcpy(m, block, 64);
    memcpy(v, cv, 32);
    memcpy(v + 8, IV, 16);
    v[12] = (u32)counter;
    v[13] = (u32)(counter >> 32);
    v[14] = len;
    v[15] = flags;
    for (int r = 0; r < 7; r++) ROUND(v, m, SCHEDULE[r]);
    for (int i = 0; i < 8; i++) cv[i] = v[i] ^ v[i + 8];
}

static void parent_cv(const u32 left[8], const u32 right[8], u32 flags, u32 out[8]) {
    u8 block[64];
    memcpy(block, left, 32);
    memcpy(block + 32, right, 32);
    memcpy(out, IV, 32);
    compress(out, block, 64, 0, PARENT | flags);
}

// Defines NAME: hashes LANES consecutive whole chunks, one per lane, none of them the root.
#define DEFINE_LANES(NAME, LANES, ATTR)                                                                      \
    typedef u32 NAME##_vec __attribute__((vector_size(LANES * 4)));                                          \
    ATTR static void NAME(const u8 *in, u64 counter, u32 out[][8]) {                                         \
        NAME##_vec cv[8], v[16], m[16], lo, hi;                                                              \
        for (int i = 0; i < 8; i++) cv[i] = (NAME##_vec){0} + IV[i];                                         \
        for (int l = 0; l < LANES; l++) lo[l] = (u32)(counter + l), hi[l] = (u32)((counter + l) >> 32);      \
        for (int b = 0; b < BLAKE3_CHUNK / 64; b++) {                                                        \
            for (int w = 0; w < 16; w++)                                                                     \
                for (int l = 0; l < LANES; l++) m[w][l] = load32(in + l * BLAKE3_CHUNK + b * 64 + w * 4);    \
            for (int i = 0; i < 8; i++) v[i] = cv[i];                                                        \
            for (int i = 0; i < 4; i++) v[8 + i] = (NAME##_vec){0} + IV[i];                                  \
            v[12] = lo;                                                                                      \
            v[13] = hi;                                                                                      \
            v[14] = (NAME##_vec){0} + 64;                                                                    \
            v[15] = (NAME##_vec){0} + ((b == 0 ? CHUNK_START : 0) | (b == 15 ? CHUNK_END : 0));              \
            for (int r = 0; r < 7; r++) ROUND(v, m, SCHEDULE[r]);                                            \
            for (int i = 0; i < 8; i++) cv[i] = v[i] ^ v[i + 8];                                             \
        }                                                                                                    \
        for (int l = 0; l < LANES; l++)                                                                      \
            for (int i = 0; i < 8; i++) out[l][i] = cv[i][l];                                                \
    }

DEFINE_LANES(chunks_4, 4, )
#if defined(__x86_64__)
DEFINE_LANES(chunks_8, 8, __attribute__((target("avx2"))))
static bool have_8(void) { return cpu_has_avx2(); }
#else
DEFINE_LANES(chunks_8, 8, )
static bool have_8(void) { return false; }
#endif

void blake3_init(Blake3 *s) {
    memset(s, 0, sizeof *s);
    memcpy(s->cv, IV, sizeof s->cv);
}

// A finished chunk joins every subtree of its size on the stack: as many as the new chunk count has trailing zeros.
static void push_chunk(Blake3 *s, const u32 cv[8]) {
    u32 joined[8];
    memcpy(joined, cv, sizeof joined);
    for (u64 total = ++s->chunk; !(total & 1); total >>= 1) parent_cv(s->stack[--s->depth], joined, 0, joined);
    memcpy(s->stack[s->depth++], joined, sizeof joined);
}

static u32 start_flag(const Blake3 *s) { return s->blocks_done ? 0 : CHUNK_START; }

// The last block of the input is never compressed here: blake3_final gives it its flags.
void blake3_update(Blake3 *s, const void *data, size_t n) {
    const u8 *p = data;
    while (n) {
        if (s->block_len == 64 && s->blocks_done == 15) {
            u32 cv[8];
            memcpy(cv, s->cv, sizeof cv);
            compress(cv, s->block, 64, s->chunk, CHUNK_END | start_flag(s));
            push_chunk(s, cv);
            memcpy(s->cv, IV, sizeof s->cv);
            s->block_len = s->blocks_done = 0;
        } else if (s->block_len == 64) {
            compress(s->cv, s->block, 64, s->chunk, start_flag(s));
            s->blocks_done++;
            s->block_len = 0;
        }
        u32 lanes = n > 8 * BLAKE3_CHUNK && have_8() ? 8 : n > 4 * BLAKE3_CHUNK ? 4 : 0;
        if (lanes && !s->block_len && !s->blocks_done) {
            u32 cvs[8][8];
            (lanes == 8 ? chunks_8 : chunks_4)(p, s->chunk, cvs);
            for (u32 i = 0; i < lanes; i++) push_chunk(s, cvs[i]);
            p += lanes * BLAKE3_CHUNK;
            n -= lanes * BLAKE3_CHUNK;
            continue;
        }
        size_t take = 64 - s->block_len < n ? 64 - s->block_len : n;
        memcpy(s->block + s->block_len, p, take);
        s->block_len += (u8)take;
        p += take;
        n -= take;
    }
}

void blake3_final(const Blake3 *s, u8 out[BLAKE3_LEN]) {
    u32 cv[8];
    u8 block[64] = {0};
    memcpy(block, s->block, s->block_len);
    memcpy(cv, s->cv, sizeof cv);
    u32 depth = s->depth;
    compress(cv, block, s->block_len, depth ? s->chunk : 0, CHUNK_END | start_flag(s) | (depth ? 0 : ROOT));
    while (depth--) parent_cv(s->stack[depth], cv, depth ? 0 : ROOT, cv);
    memcpy(out, cv, BLAKE3_LEN);
}

void blake3(const void *p, size_t n, u8 out[BLAKE3_LEN]) {
    Blake3 s;
    blake3_init(&s);
    blake3_update(&s, p, n);
    blake3_final(&s, out);
}
