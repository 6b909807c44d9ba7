// SPDX-License-Identifier: MIT
// Conversions between UTF-8, WTF-8, UTF-16 and Latin-1, each with a fast path over runs of ASCII; line tables.
// Does not own: case, normalization, character classes (unicode.c).
#include "format/base/utf.h"
#include "format/base/mem.h"

#define ASCII_MASK 0x8080808080808080ull

DX_INLINE u64 load64(const void *p) {
    u64 v;
    memcpy(&v, p, 8);
    return v;
}

// Length of the ASCII run at p.
DX_INLINE size_t ascii_run(const u8 *p, const u8 *end) {
    const u8 *s = p;
    while (end - p >= 8) {
        u64 high = load64(p) & ASCII_MASK;
        if (high) return (size_t)(p - s) + (size_t)(__builtin_ctzll(high) >> 3);
        p += 8;
    }
    while (p < end && *p < 0x80) p++;
    return (size_t)(p - s);
}

// The second byte's range is what makes a sequence shortest-form, a scalar value and at most U+10FFFF
// (Unicode table 3-7); the bytes after it only need to be continuation bytes.
u32 utf8_decode(const u8 *p, const u8 *end, UtfKind kind, u32 *len) {
    u32 b = *p;
    *len = 1;
    if (b < 0x80) return b;
    if (b < 0xC2 || b > 0xF4) return UTF_BAD;
    u32 need = b < 0xE0 ? 1 : b < 0xF0 ? 2 : 3;
    u32 lo = b == 0xE0 ? 0xA0 : b == 0xF0 ? 0x90 : 0x80;
    u32 hi = b == 0xED && kind == UTF_8 ? 0x9F : b == 0xF4 ? 0x8F : 0xBF;
    u32 c = b & (0x3F >> need);
    for (u32 i = 1; i <= need; i++) {
        if (p + i >= end || p[i] < lo || p[i] > hi) return UTF_BAD;
        c = c << 6 | (p[i] & 0x3F);
        lo = 0x80;
        hi = 0xBF;
        *len = i + 1;
    }
    return c;
}

u32 utf8_encode(u32 c, u8 *out) {
    if (c < 0x80) {
        out[0] = (u8)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (u8)(0xC0 | c >> 6);
        out[1] = (u8)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (u8)(0xE0 | c >> 12);
        out[1] = (u8)(0x80 | (c >> 6 & 0x3F));
        out[2] = (u8)(0x80 | (c & 0x3F));
        return 3;
    }
    out[0] = (u8)(0xF0 | c >> 18);
    out[1] = (u8)(0x80 | (c >> 12 & 0x3F));
    out[2] = (u8)(0x80 | (c >> 6 & 0x3F));
    out[3] = (u8)(0x80 | (c & 0x3F));
    return 4;
}

UtfScan utf8_scan(const u8 *p, size_t n, UtfKind kind) {
    UtfScan r = {0, true, true, true};
    const u8 *end = p + n;
    u32 before = 0;
    while (p < end) {
        size_t run = ascii_run(p, end);
        r.units += run;
        p += run;
        if (run) before = 0;
        if (p == end) break;
        r.ascii = false;
        u32 len, c = utf8_decode(p, end, kind, &len);
        if (c == UTF_BAD || (utf_is_lead(before) && utf_is_trail(c))) r.valid = false;
        if (c > 0xFF) r.latin1 = false; // UTF_BAD too
        r.units += c != UTF_BAD && c > 0xFFFF ? 2 : 1;
        before = c;
        p += len;
    }
    return r;
}

bool utf8_valid(const u8 *p, size_t n) { return utf8_scan(p, n, UTF_8).valid; }

bool utf_all_ascii(const u8 *p, size_t n) { return ascii_run(p, p + n) == n; }

size_t utf8_to_utf16(const u8 *p, size_t n, UtfKind kind, u16 *out) {
    const u8 *end = p + n;
    u16 *o = out;
    while (p < end) {
        size_t run = ascii_run(p, end);
        latin1_widen(p, run, o);
        p += run;
        o += run;
        if (p == end) break;
        u32 len, c = utf8_decode(p, end, kind, &len);
        if (c == UTF_BAD) c = UTF_REPLACEMENT;
        if (c > 0xFFFF) {
            *o++ = utf_lead_of(c);
            *o++ = utf_trail_of(c);
        } else {
            *o++ = (u16)c;
        }
        p += len;
    }
    return (size_t)(o - out);
}

// Copies ASCII bytes and moves both ends on; false: that was all.
DX_INLINE bool copy_ascii(const u8 **p, const u8 *end, u8 **o) {
    if (*p == end) return false; // `o` may be NULL
    size_t run = ascii_run(*p, end);
    if (run) memcpy(*o, *p, run); // nothing may come from or go to NULL
    *p += run;
    *o += run;
    return *p < end;
}

size_t utf8_to_latin1(const u8 *p, size_t n, u8 *out) {
    const u8 *end = p + n;
    u8 *o = out;
    while (copy_ascii(&p, end, &o)) {
        u32 len, c = utf8_decode(p, end, UTF_WTF8, &len);
        DX_ASSERT(c < 0x100);
        *o++ = (u8)c;
        p += len;
    }
    return (size_t)(o - out);
}

size_t utf_latin1_len(const u8 *p, size_t n) {
    size_t len = n, i = 0;
    for (; i + 8 <= n; i += 8) len += (size_t)__builtin_popcountll(load64(p + i) & ASCII_MASK);
    for (; i < n; i++) len += p[i] >> 7;
    return len;
}

size_t utf_latin1_to_utf8(const u8 *p, size_t n, u8 *out) {
    const u8 *end = p + n;
    u8 *o = out;
    while (copy_ascii(&p, end, &o)) {
        *o++ = (u8)(0xC0 | *p >> 6);
        *o++ = (u8)(0x80 | (*p++ & 0x3F));
    }
    return (size_t)(o - out);
}

size_t utf_utf16_len(const u16 *p, size_t n) {
    size_t len = 0;
    for (size_t i = 0; i < n; i++) {
        u32 c = p[i];
        if (utf_is_lead(c) && i + 1 < n && utf_is_trail(p[i + 1])) {
            len += 4;
            i++;
        } else {
            len += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
        }
    }
    return len;
}

size_t utf_utf16_to_utf8(const u16 *p, size_t n, UtfKind kind, u8 *out) {
    u8 *o = out;
    u32 len;
    for (size_t i = 0; i < n; i += len) {
        u32 c = utf16_at(p, n, i, &len);
        if (c < 0x80) {
            *o++ = (u8)c;
            continue;
        }
        if (utf_is_surrogate(c) && kind == UTF_8) c = UTF_REPLACEMENT;
        o += utf8_encode(c, o);
    }
    return (size_t)(o - out);
}

bool utf16_fits_latin1(const u16 *p, size_t n) {
    size_t i = 0;
    for (; i + 16 <= n; i += 16) {
        u16 any = 0;
        for (int k = 0; k < 16; k++) any |= p[i + k]; // the compiler makes vector code of this
        if (any > 0xFF) return false;
    }
    for (; i < n; i++)
        if (p[i] > 0xFF) return false;
    return true;
}

bool utf16_well_formed(const u16 *p, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (!utf_is_surrogate(p[i])) continue;
        if (!utf_is_lead(p[i]) || i + 1 == n || !utf_is_trail(p[i + 1])) return false;
        i++;
    }
    return true;
}

void utf16_narrow(const u16 *p, size_t n, u8 *out) {
    for (size_t i = 0; i < n; i++) out[i] = (u8)p[i];
}

void latin1_widen(const u8 *p, size_t n, u16 *out) {
    for (size_t i = 0; i < n; i++) out[i] = p[i];
}

static void add_line(LineTable *t, u32 start) {
    if (t->count == t->cap) {
        t->cap = t->cap ? t->cap * 2 : 64;
        t->starts = mem_realloc(t->starts, t->cap * sizeof(u32));
    }
    t->starts[t->count++] = start;
}

void line_table_build(LineTable *t, const u8 *src, u32 n) {
    t->count = 0;
    add_line(t, 0);
    for (u32 i = 0; i < n; i++) {
        u8 c = src[i];
        if (DX_LIKELY(c != '\n' && c != '\r' && c != 0xE2)) continue;
        if (c == '\r' && i + 1 < n && src[i + 1] == '\n') i++;
        if (c == 0xE2) { // U+2028 and U+2029 are E2 80 A8 and E2 80 A9
            if (i + 2 >= n || src[i + 1] != 0x80 || (src[i + 2] & 0xFE) != 0xA8) continue;
            i += 2;
        }
        add_line(t, i + 1);
    }
}

void line_table_free(LineTable *t) {
    mem_free(t->starts);
    *t = (LineTable){0};
}

u32 line_table_find(const LineTable *t, u32 offset) {
    u32 lo = 0, hi = t->count; // the answer is in [lo, hi)
    while (hi - lo > 1) {
        u32 mid = lo + (hi - lo) / 2;
        if (t->starts[mid] <= offset) lo = mid;
        else hi = mid;
    }
    return lo;
}

u32 line_table_column(const LineTable *t, const u8 *src, u32 line, u32 offset) {
    u32 col = 0;
    for (u32 i = t->starts[line]; i < offset; i++) {
        if ((src[i] & 0xC0) != 0x80) col += src[i] >= 0xF0 ? 2 : 1; // one or two units for each leading byte
    }
    return col;
}
