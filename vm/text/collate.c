// SPDX-License-Identifier: MIT
// localeCompare for the root locale: white space and punctuation before digits before letters; letters compare by base letter, then
// accents, then case (lower first). A three-level key over the canonical decomposition. Does not own locale tailoring.
#include "format/base/unicode.h"
#include "vm/convert.h"

static u32 primary_class(u32 c) { // order of character classes in the root collation
    if (c == ' ' || (c >= 9 && c <= 13)) return 0;
    if (c >= '0' && c <= '9') return 5;
    if (c != '_' && unicode_is_id_continue(c)) return 6;
    return c < 0x80 ? 1 : 3;
}
static u32 punctuation_rank(u32 c) { // root collation order of ASCII punctuation and symbols
    static const char order[] = "_-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$";
    const char *p = c < 0x80 && c ? strchr(order, (int)c) : NULL;
    return p ? (u32)(p - order) : 64 + c;
}
static bool is_combining(u32 c) { return c >= 0x300 && c <= 0x36F; }

// level 0: primary weight; 1: accents; 2: case. 0 at the end.
static u32 next_weight(const u16 *p, size_t n, size_t *i, int level) {
    while (*i < n) {
        u32 c = p[(*i)++];
        if ((c & 0xFC00) == 0xD800 && *i < n && (p[*i] & 0xFC00) == 0xDC00) c = 0x10000 + ((c - 0xD800) << 10) + (p[(*i)++] - 0xDC00u);
        if (level == 0) {
            if (is_combining(c)) continue;
            u32 low = unicode_simple_lower(c), cls = primary_class(low);
            return (cls << 24) + (cls >= 5 ? low : punctuation_rank(low)) + 1;
        }
        if (level == 1) return is_combining(c) ? c : 1;
        return unicode_simple_lower(c) != c ? 2 : 1;
    }
    return 0;
}

static void decompose(VM *vm, String *s, Buf *out) {
    Chars c = str_chars(vm, s);
    Buf units = {0};
    for (u32 i = 0; i < c.len; i++) buf_u16(&units, chars_at(c, i));
    unicode_normalize((const u16 *)units.data, c.len, UNICODE_NFD, out);
    buf_free(&units);
}

int str_locale_compare(VM *vm, String *a, String *b) {
    if (str_equal(vm, a, b)) return 0;
    Buf x = {0}, y = {0};
    decompose(vm, a, &x);
    decompose(vm, b, &y);
    int r = 0;
    for (int level = 0; level < 3 && r == 0; level++) {
        for (size_t i = 0, j = 0; r == 0;) {
            u32 u = next_weight((const u16 *)x.data, x.len / 2, &i, level), v = next_weight((const u16 *)y.data, y.len / 2, &j, level);
            if (u != v) r = u < v ? -1 : 1;
            if (!u || !v) break;
        }
    }
    buf_free(&x);
    buf_free(&y);
    return r;
}
