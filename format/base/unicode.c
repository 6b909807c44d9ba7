// SPDX-License-Identifier: MIT
// Lookups in the generated two-stage tables, case mapping of strings, and the normalization algorithm of UAX #15.
#include "format/base/unicode.h"
#include "format/base/utf.h"

typedef struct CaseRecord {
    i32 upper, lower;        // what to add for the simple mapping
    u16 at;                  // CASE_POOL: full upper mapping, then full lower mapping
    u8 upper_len, lower_len; // 0 if the full mapping is the simple one
} CaseRecord;

typedef struct DecompRecord {
    u16 at; // DECOMP_POOL: canonical decomposition, complete and ordered
    u8 len; // 0 if there is none
    u16 compat_at;
    u8 compat_len;
} DecompRecord;

typedef struct ComposePair {
    u32 first, second, composite; // sorted by first, then second
} ComposePair;

#include "unicode.inc"

#define LOOK_UP(NAME, c) NAME##_STAGE2[(u32)NAME##_STAGE1[(c) >> NAME##_SHIFT] << NAME##_SHIFT | ((c) & ((1u << NAME##_SHIFT) - 1))]

// Bits of PROP, in the generator's order.
enum { ID_START = 1, ID_CONTINUE = 2, CASED = 4, CASE_IGNORABLE = 8, WIDE = 16, ZERO_WIDTH = 32 };

static bool has(u32 c, u8 bit) { return c < 0x110000 && (LOOK_UP(PROP, c) & bit); }

bool unicode_is_id_start(u32 c) { return has(c, ID_START); }
bool unicode_is_id_continue(u32 c) { return has(c, ID_CONTINUE); }
bool unicode_is_cased(u32 c) { return has(c, CASED); }
bool unicode_is_case_ignorable(u32 c) { return has(c, CASE_IGNORABLE); }

u32 unicode_width(u32 c) {
    if (c < 0x300) return c < 0x20 || (c >= 0x7F && c < 0xA0) ? 0 : 1;
    return has(c, ZERO_WIDTH) ? 0 : has(c, WIDE) ? 2 : 1;
}

// ---- case ----

DX_INLINE const CaseRecord *case_record(u32 c) { return &CASE_RECORDS[LOOK_UP(CASE, c)]; }

u32 unicode_simple_upper(u32 c) { return c + (u32)case_record(c)->upper; }
u32 unicode_simple_lower(u32 c) { return c + (u32)case_record(c)->lower; }

u32 unicode_full_upper(u32 c, u32 out[3]) {
    const CaseRecord *r = case_record(c);
    out[0] = c + (u32)r->upper;
    for (u32 i = 0; i < r->upper_len; i++) out[i] = CASE_POOL[r->at + i];
    return r->upper_len ? r->upper_len : 1;
}

u32 unicode_full_lower(u32 c, u32 out[3]) {
    const CaseRecord *r = case_record(c);
    out[0] = c + (u32)r->lower;
    for (u32 i = 0; i < r->lower_len; i++) out[i] = CASE_POOL[r->at + r->upper_len + i];
    return r->lower_len ? r->lower_len : 1;
}

static u16 *put_unit_pair(u16 *o, u32 c) {
    if (c > 0xFFFF) {
        *o++ = utf_lead_of(c);
        *o++ = utf_trail_of(c);
    } else {
        *o++ = (u16)c;
    }
    return o;
}

size_t unicode_upper_utf16(const u16 *p, size_t n, u16 *out) {
    u16 *o = out;
    u32 len, mapped[3];
    for (size_t i = 0; i < n; i += len) {
        u32 c = utf16_at(p, n, i, &len);
        u32 count = unicode_full_upper(c, mapped);
        for (u32 k = 0; k < count; k++) o = put_unit_pair(o, mapped[k]);
    }
    return (size_t)(o - out);
}

// Final_Sigma of the Unicode standard, section 3.13: a cased letter before it and none after, case-ignorable ones skipped.
static bool is_final_sigma(const u16 *p, size_t n, size_t at) {
    bool before = false;
    for (size_t i = at; i > 0;) {
        u32 c = p[--i];
        if (utf_is_trail(c) && i > 0 && utf_is_lead(p[i - 1])) {
            i--;
            c = utf_pair(p[i], c);
        }
        if (unicode_is_case_ignorable(c)) continue;
        before = unicode_is_cased(c);
        break;
    }
    if (!before) return false;
    u32 len;
    for (size_t i = at + 1; i < n; i += len) {
        u32 c = utf16_at(p, n, i, &len);
        if (!unicode_is_case_ignorable(c)) return !unicode_is_cased(c);
    }
    return true;
}

size_t unicode_lower_utf16(const u16 *p, size_t n, u16 *out) {
    u16 *o = out;
    u32 len, mapped[3];
    for (size_t i = 0; i < n; i += len) {
        u32 c = utf16_at(p, n, i, &len);
        if (c == 0x3A3) { // capital sigma
            *o++ = is_final_sigma(p, n, i) ? 0x3C2 : 0x3C3;
            continue;
        }
        u32 count = unicode_full_lower(c, mapped);
        for (u32 k = 0; k < count; k++) o = put_unit_pair(o, mapped[k]);
    }
    return (size_t)(o - out);
}

void unicode_lower_latin1(const u8 *p, size_t n, u8 *out) {
    for (size_t i = 0; i < n; i++) {
        u8 c = p[i];
        bool up = (u8)(c - 'A') < 26 || (c >= 0xC0 && c <= 0xDE && c != 0xD7);
        out[i] = up ? c | 0x20 : c;
    }
}

bool unicode_upper_latin1(const u8 *p, size_t n, u8 *out) {
    bool fits = true;
    for (size_t i = 0; i < n; i++) {
        u8 c = p[i];
        bool low = (u8)(c - 'a') < 26 || (c >= 0xE0 && c != 0xF7);
        fits &= c != 0xB5 && c != 0xDF && c != 0xFF;
        out[i] = low ? c & 0xDF : c;
    }
    return fits;
}

// ---- normalization ----

// Hangul syllables, Unicode standard section 3.12.
enum { S_BASE = 0xAC00, L_BASE = 0x1100, V_BASE = 0x1161, T_BASE = 0x11A7, L_COUNT = 19, V_COUNT = 21, T_COUNT = 28 };
enum { S_COUNT = L_COUNT * V_COUNT * T_COUNT };

DX_INLINE u8 combining_class(u32 c) { return LOOK_UP(CCC, c); }

typedef struct Points {
    u32 *p;
    size_t n, cap;
    size_t ordered; // everything before this index is in canonical order for good (last starter)
} Points;

// Appends a code point, moving it before marks of higher combining class.
static void points_add(Points *s, u32 c) {
    if (s->n == s->cap) {
        s->cap = s->cap ? s->cap * 2 : 64;
        s->p = mem_realloc(s->p, s->cap * sizeof(u32));
    }
    u8 class = combining_class(c);
    size_t i = s->n++;
    if (class == 0) s->ordered = i + 1;
    for (; class && i > s->ordered && combining_class(s->p[i - 1]) > class; i--) s->p[i] = s->p[i - 1];
    s->p[i] = c;
}

static void add_decomposed(Points *s, u32 c, bool compat) {
    if (c - S_BASE < S_COUNT) {
        u32 index = c - S_BASE, t = index % T_COUNT;
        points_add(s, L_BASE + index / (V_COUNT * T_COUNT));
        points_add(s, V_BASE + index % (V_COUNT * T_COUNT) / T_COUNT);
        if (t) points_add(s, T_BASE + t);
        return;
    }
    const DecompRecord *r = &DECOMP_RECORDS[LOOK_UP(DECOMP, c)];
    const u32 *d = DECOMP_POOL + (compat ? r->compat_at : r->at);
    u32 len = compat ? r->compat_len : r->len;
    if (!len) points_add(s, c);
    for (u32 i = 0; i < len; i++) points_add(s, d[i]);
}

// The primary composite of a pair, or 0.
static u32 compose_pair(u32 a, u32 b) {
    if (a - L_BASE < L_COUNT && b - V_BASE < V_COUNT) return S_BASE + ((a - L_BASE) * V_COUNT + (b - V_BASE)) * T_COUNT;
    if (a - S_BASE < S_COUNT && (a - S_BASE) % T_COUNT == 0 && b - T_BASE - 1 < T_COUNT - 1) return a + (b - T_BASE);
    u32 lo = 0, hi = DX_COUNTOF(COMPOSE_PAIRS);
    while (lo < hi) {
        u32 mid = (lo + hi) / 2;
        const ComposePair *m = &COMPOSE_PAIRS[mid];
        if (m->first == a && m->second == b) return m->composite;
        if (m->first < a || (m->first == a && m->second < b)) lo = mid + 1;
        else hi = mid;
    }
    return 0;
}

// Each mark joins the last starter unless a mark of the same or a higher class stands between them.
static void compose(Points *s) {
    size_t starter = SIZE_MAX, out = 0;
    u32 last_class = 0;
    for (size_t i = 0; i < s->n; i++) {
        u32 c = s->p[i], class = combining_class(c);
        bool adjacent = starter != SIZE_MAX && starter + 1 == out;
        if (starter != SIZE_MAX && (adjacent || last_class < class)) {
            u32 joined = compose_pair(s->p[starter], c);
            if (joined) {
                s->p[starter] = joined;
                continue;
            }
        }
        if (class == 0) starter = out;
        last_class = class;
        s->p[out++] = c;
    }
    s->n = out;
}

void unicode_normalize(const u16 *p, size_t n, UnicodeForm form, Buf *out) {
    // Below the first composing or decomposing character nothing changes.
    u16 floor = form == UNICODE_NFC ? 0x300 : form == UNICODE_NFD ? 0xC0 : 0xA0;
    size_t same = 0;
    while (same < n && p[same] < floor) same++;
    if (same && same < n) same--; // the last one may take a mark
    buf_put(out, p, same * 2);
    bool compat = form == UNICODE_NFKC || form == UNICODE_NFKD;
    Points s = {0};
    u32 len;
    for (size_t i = same; i < n; i += len) add_decomposed(&s, utf16_at(p, n, i, &len), compat);
    if (form == UNICODE_NFC || form == UNICODE_NFKC) compose(&s);
    buf_reserve(out, s.n * 4);
    for (size_t i = 0; i < s.n; i++) {
        u16 units[2], *end = put_unit_pair(units, s.p[i]);
        buf_put(out, units, (size_t)(end - units) * 2);
    }
    mem_free(s.p);
}
