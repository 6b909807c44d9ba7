// SPDX-License-Identifier: MIT
// Compression finds repeats through a hash of three bytes and writes one block with the fixed codes; decompression reads every kind of block.
#include "runtime/web/deflate.h"

static const u16 length_base[29] = {3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258};
static const u8 length_extra[29] = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
static const u16 dist_base[30] = {1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577};
static const u8 dist_extra[30] = {0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13};

static u32 crc32_of(const u8 *p, size_t n) {
    u32 c = 0xFFFFFFFFu;
    for (size_t i = 0; i < n; i++) {
        c ^= p[i];
        for (u32 k = 0; k < 8; k++) c = c >> 1 ^ (0xEDB88320u & (0u - (c & 1)));
    }
    return ~c;
}
static u32 adler32_of(const u8 *p, size_t n) {
    u32 a = 1, b = 0;
    for (size_t i = 0; i < n; i++) a = (a + p[i]) % 65521, b = (b + a) % 65521;
    return b << 16 | a;
}

// ---- writing

typedef struct Bits { Buf *out; u64 acc; u32 n; } Bits;
static void put(Bits *b, u32 v, u32 n) { // low bit first
    b->acc |= (u64)v << b->n;
    for (b->n += n; b->n >= 8; b->n -= 8, b->acc >>= 8) buf_u8(b->out, (u8)b->acc);
}
static void put_code(Bits *b, u32 code, u32 n) { // Huffman codes go high bit first
    u32 r = 0;
    for (u32 i = 0; i < n; i++) r |= (code >> i & 1) << (n - 1 - i);
    put(b, r, n);
}
static void put_symbol(Bits *b, u32 s) { // fixed literal and length codes
    if (s < 144) put_code(b, 0x30 + s, 8);
    else if (s < 256) put_code(b, 0x190 + s - 144, 9);
    else if (s < 280) put_code(b, s - 256, 7);
    else put_code(b, 0xC0 + s - 280, 8);
}
static void put_match(Bits *b, u32 length, u32 distance) {
    u32 l = 28, d = 29;
    while (length_base[l] > length) l--;
    while (dist_base[d] > distance) d--;
    put_symbol(b, 257 + l);
    put(b, length - length_base[l], length_extra[l]);
    put_code(b, d, 5);
    put(b, distance - dist_base[d], dist_extra[d]);
}
static void compress(const u8 *p, size_t n, Buf *out) {
    enum { HASH = 1 << 14 };
    size_t *last = mem_zalloc(HASH * sizeof *last); // position + 1
    Bits b = {out, 0, 0};
    put(&b, 1, 1);
    put(&b, 1, 2);
    for (size_t i = 0; i < n;) {
        u32 best = 0;
        size_t from = 0;
        if (i + 3 <= n) {
            u32 h = (p[i] * 2654435761u ^ p[i + 1] * 40503u ^ p[i + 2] * 2246822519u) >> 7 & (HASH - 1);
            if (last[h] && i - (last[h] - 1) <= 32768) {
                from = last[h] - 1;
                while (best < 258 && i + best < n && p[from + best] == p[i + best]) best++;
            }
            last[h] = i + 1;
        }
        if (best >= 3) put_match(&b, best, (u32)(i - from)), i += best;
        else put_symbol(&b, p[i++]);
    }
    put_symbol(&b, 256);
    if (b.n) put(&b, 0, 8 - b.n);
    mem_free(last);
}
static void be32(Buf *out, u32 v) {
    for (u32 i = 0; i < 4; i++) buf_u8(out, (u8)(v >> (24 - 8 * i)));
}
void deflate_bytes(enum DeflateFormat f, const u8 *p, size_t n, Buf *out) {
    if (f == DEFLATE_GZIP) buf_put(out, "\x1f\x8b\x08\0\0\0\0\0\0\x03", 10);
    if (f == DEFLATE_ZLIB) buf_put(out, "\x78\x9c", 2);
    compress(p, n, out);
    if (f == DEFLATE_GZIP) buf_u32(out, crc32_of(p, n)), buf_u32(out, (u32)n);
    if (f == DEFLATE_ZLIB) be32(out, adler32_of(p, n));
}

// ---- reading

typedef struct In { const u8 *p; size_t n, at; u32 acc, bits; bool bad; } In;
typedef struct Codes { u16 count[16], symbol[288]; } Codes; // canonical: how many of each length, symbols in order

static u32 take(In *in, u32 n) {
    while (in->bits < n) {
        if (in->at >= in->n) return in->bad = true, 0;
        in->acc |= (u32)in->p[in->at++] << in->bits;
        in->bits += 8;
    }
    u32 v = in->acc & ((1u << n) - 1);
    in->acc >>= n;
    in->bits -= n;
    return v;
}
static void build(Codes *c, const u8 *lengths, u32 n) {
    u16 offset[16] = {0};
    memset(c->count, 0, sizeof c->count);
    for (u32 i = 0; i < n; i++) c->count[lengths[i]]++;
    c->count[0] = 0;
    for (u32 i = 1; i < 15; i++) offset[i + 1] = offset[i] + c->count[i];
    for (u32 i = 0; i < n; i++)
        if (lengths[i]) c->symbol[offset[lengths[i]]++] = (u16)i;
}
static u32 symbol(In *in, const Codes *c) {
    int code = 0, first = 0, index = 0;
    for (u32 len = 1; len < 16 && !in->bad; len++) {
        code |= (int)take(in, 1);
        int count = c->count[len];
        if (code - count < first) return c->symbol[index + code - first];
        index += count;
        first = (first + count) << 1;
        code <<= 1;
    }
    in->bad = true;
    return 256;
}
static void read_codes(In *in, Codes *lit, Codes *dist) {
    static const u8 order[19] = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
    u8 lengths[320] = {0};
    u32 nlit = take(in, 5) + 257, ndist = take(in, 5) + 1, ncode = take(in, 4) + 4;
    for (u32 i = 0; i < ncode; i++) lengths[order[i]] = (u8)take(in, 3);
    Codes c;
    build(&c, lengths, 19);
    memset(lengths, 0, sizeof lengths);
    for (u32 i = 0; i < nlit + ndist && !in->bad;) {
        u32 s = symbol(in, &c), times = 1;
        u8 v = (u8)s;
        if (s == 16) {
            if (!i) in->bad = true;
            else v = lengths[i - 1];
            times = 3 + take(in, 2);
        } else if (s > 16) {
            v = 0;
            times = s == 17 ? 3 + take(in, 3) : 11 + take(in, 7);
        }
        if (i + times > nlit + ndist) in->bad = true;
        else while (times--) lengths[i++] = v;
    }
    if (nlit > 286 || ndist > 30) in->bad = true;
    build(lit, lengths, nlit > 288 ? 288 : nlit);
    build(dist, lengths + nlit, ndist);
}
static bool decompress(In *in, Buf *out) {
    for (bool last = false; !last && !in->bad;) {
        last = take(in, 1);
        u32 kind = take(in, 2);
        if (kind == 0) {
            in->acc = in->bits = 0;
            if (in->at + 4 > in->n) return false;
            u32 len = in->p[in->at] | (u32)in->p[in->at + 1] << 8;
            in->at += 4;
            if (in->at + len > in->n) return false;
            buf_put(out, in->p + in->at, len);
            in->at += len;
            continue;
        }
        if (kind == 3) return false;
        Codes lit, dist;
        if (kind == 1) {
            u8 l[288];
            for (u32 i = 0; i < 288; i++) l[i] = i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8;
            build(&lit, l, 288);
            memset(l, 5, 30);
            build(&dist, l, 30);
        } else read_codes(in, &lit, &dist);
        for (u32 s; !in->bad && (s = symbol(in, &lit)) != 256;) {
            if (s < 256) {
                buf_u8(out, (u8)s);
                continue;
            }
            if (s > 285) return false;
            u32 len = length_base[s - 257] + take(in, length_extra[s - 257]), d = symbol(in, &dist);
            if (in->bad || d > 29) return false;
            size_t back = dist_base[d] + take(in, dist_extra[d]);
            if (back > out->len) return false;
            buf_reserve(out, len);
            for (; len; len--) buf_u8(out, out->data[out->len - back]);
        }
    }
    return !in->bad;
}
bool inflate_bytes(enum DeflateFormat f, const u8 *p, size_t n, Buf *out) {
    size_t at = 0, from = out->len;
    if (f == DEFLATE_ZLIB) {
        if (n < 6 || (p[0] & 15) != 8 || (p[0] << 8 | p[1]) % 31) return false;
        at = 2;
    }
    if (f == DEFLATE_GZIP) {
        if (n < 18 || p[0] != 0x1F || p[1] != 0x8B || p[2] != 8) return false;
        u8 flags = p[3];
        at = 10;
        if (flags & 4) at += 2 + (at + 1 < n ? (size_t)(p[at] | p[at + 1] << 8) : n);
        for (u32 i = 0; i < 2; i++)
            if (flags & (8 << i)) {
                while (at < n && p[at]) at++;
                at++;
            }
        if (flags & 2) at += 2;
        if (at >= n) return false;
    }
    In in = {p, n, at, 0, 0, false};
    if (!decompress(&in, out)) return false;
    const u8 *t = p + in.at;
    size_t len = out->len - from;
    if (f == DEFLATE_ZLIB) return in.at + 4 <= n && ((u32)t[0] << 24 | (u32)t[1] << 16 | (u32)t[2] << 8 | t[3]) == adler32_of(out->data + from, len);
    if (f == DEFLATE_GZIP) return in.at + 8 <= n && (t[0] | (u32)t[1] << 8 | (u32)t[2] << 16 | (u32)t[3] << 24) == crc32_of(out->data + from, len);
    return true;
}
