// SPDX-License-Identifier: MIT
// Text to double, correctly rounded. Up to 19 digits: exact floating-point arithmetic where that is exact, else the
// Eisel-Lemire product (D. Lemire, "Number parsing at a gigabyte per second"; N. Mushtak and D. Lemire, "Fast number
// parsing without fallback"). More digits: if the two nearest candidates differ, the text is compared with the exact
// decimal expansion of the point halfway between them. Start at num_from_decimal.
#include "format/base/mem.h"
#include "format/base/numpow.h"
#include "format/base/numtext.h"

#include <math.h>

#define STACK_UNITS 128 // longer UTF-16 texts are narrowed in temporary memory

bool num_is_space(u32 c) {
    if (c <= 0x20) return c == 0x20 || (c >= 9 && c <= 13);
    if (c < 0xA0) return false;
    return c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
           c == 0x205F || c == 0x3000 || c == 0xFEFF;
}

DX_INLINE bool is_digit(u8 c) { return (u8)(c - '0') < 10; }

// ---- decimal ----

// w x 10^q, w > 0 exact.
static f64 eisel_lemire(u64 w, i64 q) {
    if (q < NUMPOW_LOW) return 0;
    if (q > 308) return INFINITY;
    i32 lz = __builtin_clzll(w);
    w <<= lz;
    NumPow g = q < 0 ? numpow_ceil((i32)q) : NUM_POW10[q - NUMPOW_LOW];
    unsigned __int128 first = (unsigned __int128)w * g.hi;
    u64 hi = (u64)(first >> 64), lo = (u64)first;
    if ((hi & 0x1FF) == 0x1FF) { // the bits below the significand are all ones: the lower half may carry
        u64 add = (u64)((unsigned __int128)w * g.lo >> 64);
        lo += add;
        if (lo < add) hi++;
    }
    i32 top = (i32)(hi >> 63);
    u64 m = hi >> (top + 9); // 54 bits: significand and the rounding bit
    i32 e = ((217706 * (i32)q) >> 16) + 63 + top - lz + 1023;
    if (e <= 0) { // subnormal
        if (1 - e >= 64) return 0;
        m >>= 1 - e;
        m = (m + (m & 1)) >> 1; // a carry into bit 52 makes it the smallest normal number
        return num_of_bits(m);
    }
    // Exactly halfway between two doubles (possible for small powers only): to even.
    if (lo <= 1 && q >= -4 && q <= 23 && (m & 3) == 1 && m << (top + 9) == hi) m &= ~1ull;
    m = (m + (m & 1)) >> 1;
    if (m >= 2ull << 52) {
        m = 1ull << 52;
        e++;
    }
    if (e >= 2047) return INFINITY;
    return num_of_bits((m & ~(1ull << 52)) | (u64)e << 52);
}

static f64 scale_exact(u64 w, i64 q) {
    static const f64 POWERS[23] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                   1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    if (w == 0) return 0;
    if (w <= 1ull << 53 && q >= -22 && q <= 22) return q < 0 ? (f64)w / POWERS[-q] : (f64)w * POWERS[q];
    return eisel_lemire(w, q);
}

// A decimal number as it stands in the text.
typedef struct DecimalText {
    const u8 *digits, *end; // from the first significant digit; may hold one '.'
    u64 w;                  // the first 19 significant digits
    i64 q;                  // w x 10^q is the value, or its lower bound if long_
    i64 point;              // value = 0.DIGITS x 10^point
    bool long_;             // more than 19 significant digits
} DecimalText;

// Compares the text's digits with n digits at the same decimal point: <0, 0, >0.
static int compare_digits(const DecimalText *t, const char *digits, u32 n) {
    const u8 *p = t->digits;
    for (u32 i = 0; i < n; i++) {
        if (p < t->end && *p == '.') p++;
        u8 c = p < t->end ? *p++ : '0';
        if (c != (u8)digits[i]) return c < (u8)digits[i] ? -1 : 1;
    }
    for (; p < t->end; p++)
        if (*p != '0' && *p != '.') return 1;
    return 0;
}

static f64 round_long(const DecimalText *t) {
    f64 low = scale_exact(t->w, t->q), high = eisel_lemire(t->w + 1, t->q);
    if (low == high) return low;
    u64 bits = num_bits(low);
    u64 m = bits & ((1ull << 52) - 1);
    i32 biased = (i32)(bits >> 52);
    if (biased) m |= 1ull << 52;
    // Halfway to the next double: one more bit.
    char digits[NUM_EXACT_MAX];
    i32 point;
    u32 n = num_exact_digits(2 * m + 1, (biased ? biased : 1) - 1076, digits, &point);
    int order = t->point != point ? (t->point < point ? -1 : 1) : compare_digits(t, digits, n);
    if (order == 0) return (m & 1) ? high : low;
    return order < 0 ? low : high;
}

// The exponent part at p, if there is a whole one; clamped, since beyond that every result is 0 or Infinity.
static const u8 *read_exponent(const u8 *p, const u8 *end, i64 *exponent) {
    const u8 *s = p;
    *exponent = 0;
    if (p == end || (*p | 0x20) != 'e') return s;
    p++;
    bool negative = p < end && *p == '-';
    if (p < end && (*p == '-' || *p == '+')) p++;
    if (p == end || !is_digit(*p)) return s;
    i64 e = 0;
    for (; p < end && is_digit(*p); p++)
        if (e < 1ll << 40) e = e * 10 + (*p - '0');
    *exponent = negative ? -e : e;
    return p;
}

f64 num_from_decimal(const u8 *p, size_t n, size_t *used) {
    const u8 *start = p, *end = p + n, *dot = NULL;
    DecimalText t = {0};
    u64 w = 0;
    u32 kept = 0;
    *used = 0;
    while (p < end && *p == '0') p++;
    t.digits = p;
    for (; p < end && is_digit(*p) && kept < 19; p++, kept++) w = w * 10 + (*p - '0');
    while (p < end && is_digit(*p)) p++;
    const u8 *int_end = p;
    i64 point = int_end - t.digits, zeros = 0;
    bool any = p > start;
    if (p < end && *p == '.' && (any || (p + 1 < end && is_digit(p[1])))) {
        dot = p++;
        any = true;
        if (kept == 0) { // no significant digit yet
            while (p < end && *p == '0') p++;
            zeros = p - dot - 1;
            t.digits = p;
            point = -zeros;
        }
        for (; p < end && is_digit(*p) && kept < 19; p++, kept++) w = w * 10 + (*p - '0');
        while (p < end && is_digit(*p)) p++;
    }
    if (!any) return 0;
    t.end = p;
    i64 total = (p - t.digits) - (dot && dot >= t.digits ? 1 : 0); // significant digits in the text
    i64 exponent;
    p = read_exponent(p, end, &exponent);
    *used = (size_t)(p - start);
    if (w == 0) return 0;
    t.w = w;
    t.point = point + exponent;
    t.q = t.point - kept;
    t.long_ = total > kept;
    return t.long_ ? round_long(&t) : scale_exact(w, t.q);
}

// ---- radix digits ----

DX_INLINE u32 digit_value(u8 c) {
    if (is_digit(c)) return c - '0';
    u8 l = c | 0x20;
    return l >= 'a' && l <= 'z' ? l - 'a' + 10u : 99;
}

// Digits of a power-of-two radix, rounded to nearest even: 64 bits and whether anything set follows.
static f64 radix_power_of_two(const u8 *p, const u8 *end, u32 shift) {
    u64 m = 0;
    i64 e = 0;
    bool sticky = false;
    for (; p < end; p++) {
        u32 d = digit_value(*p);
        if (m >> (64 - shift)) {
            sticky |= d != 0;
            e += shift;
        } else {
            m = m << shift | d;
        }
    }
    if (e > 2000) return INFINITY;
    // Down to 55 bits (53, a rounding bit, a sticky bit), so that the conversion to double rounds once.
    i32 extra = m ? 64 - __builtin_clzll(m) - 55 : 0;
    if (extra > 0) {
        sticky |= (m & ((1ull << extra) - 1)) != 0;
        m >>= extra;
        e += extra;
    }
    return ldexp((f64)(m | (u64)(sticky && e > 0)), (i32)e);
}

// Other radices: in parts that fit 32 bits, with V8's rounding of each step.
static f64 radix_by_parts(const u8 *p, const u8 *end, u32 radix) {
    f64 v = 0;
    while (p < end) {
        u32 part = 0, multiplier = 1;
        for (; p < end && multiplier * (u64)radix <= 0xFFFFFFFFu / 36; p++) {
            part = part * radix + digit_value(*p);
            multiplier *= radix;
        }
        v = v * multiplier + part;
    }
    return v;
}

static f64 radix_value(const u8 *p, const u8 *end, u32 radix) {
    if (radix == 10) {
        size_t used;
        return num_from_decimal(p, (size_t)(end - p), &used);
    }
    if ((radix & (radix - 1)) == 0) return radix_power_of_two(p, end, (u32)__builtin_ctz(radix));
    return radix_by_parts(p, end, radix);
}

static const u8 *radix_run(const u8 *p, const u8 *end, u32 radix) {
    while (p < end && digit_value(*p) < radix) p++;
    return p;
}

// The radix that 0x, 0o, 0b name, or 0.
static u32 prefix_radix(const u8 *p, const u8 *end) {
    if (end - p < 2 || p[0] != '0') return 0;
    u8 c = p[1] | 0x20;
    return c == 'x' ? 16 : c == 'o' ? 8 : c == 'b' ? 2 : 0;
}

// ---- grammars ----

static bool is_infinity(const u8 *p, size_t n) { return n >= 8 && memcmp(p, "Infinity", 8) == 0; }

f64 num_from_latin1(const u8 *p, size_t n) {
    const u8 *end = p + n;
    while (p < end && num_is_space(*p)) p++;
    while (p < end && num_is_space(end[-1])) end--;
    if (p == end) return 0;
    u32 radix = prefix_radix(p, end);
    if (radix) return end - p > 2 && radix_run(p + 2, end, radix) == end ? radix_value(p + 2, end, radix) : NAN;
    bool negative = *p == '-';
    if (*p == '-' || *p == '+') p++;
    n = (size_t)(end - p);
    size_t used;
    f64 v = num_from_decimal(p, n, &used);
    if (!used && n == 8 && is_infinity(p, n)) {
        v = INFINITY;
        used = n;
    }
    if (!used || used != n) return NAN;
    return negative ? -v : v;
}

f64 num_parse_float_latin1(const u8 *p, size_t n) {
    const u8 *end = p + n;
    while (p < end && num_is_space(*p)) p++;
    bool negative = p < end && *p == '-';
    if (p < end && (*p == '-' || *p == '+')) p++;
    n = (size_t)(end - p);
    size_t used;
    f64 v = num_from_decimal(p, n, &used);
    if (!used) {
        if (!is_infinity(p, n)) return NAN;
        v = INFINITY;
    }
    return negative ? -v : v;
}

f64 num_parse_int_latin1(const u8 *p, size_t n, i32 radix) {
    const u8 *end = p + n;
    while (p < end && num_is_space(*p)) p++;
    bool negative = p < end && *p == '-';
    if (p < end && (*p == '-' || *p == '+')) p++;
    if (radix != 0 && (radix < 2 || radix > 36)) return NAN;
    if ((radix == 0 || radix == 16) && prefix_radix(p, end) == 16) {
        p += 2;
        radix = 16;
    }
    if (radix == 0) radix = 10;
    end = radix_run(p, end, (u32)radix);
    if (p == end) return NAN;
    f64 v = radix_value(p, end, (u32)radix);
    return negative ? -v : v;
}

// Number text is ASCII, so of UTF-16 only white space needs care. Units above 0xFF become a byte that no number
// contains (0x7F), or a blank if they are white space.
static const u8 *narrow(const u16 *p, size_t n, u8 *room) {
    u8 *out = n <= STACK_UNITS ? room : mem_alloc(n);
    for (size_t i = 0; i < n; i++) out[i] = p[i] <= 0xFF ? (u8)p[i] : num_is_space(p[i]) ? ' ' : 0x7F;
    return out;
}

static f64 free_narrow(const u8 *text, const u8 *room, f64 v) {
    if (text != room) mem_free((void *)text);
    return v;
}

f64 num_from_utf16(const u16 *p, size_t n) {
    u8 room[STACK_UNITS];
    const u8 *text = narrow(p, n, room);
    return free_narrow(text, room, num_from_latin1(text, n));
}

f64 num_parse_float_utf16(const u16 *p, size_t n) {
    u8 room[STACK_UNITS];
    const u8 *text = narrow(p, n, room);
    return free_narrow(text, room, num_parse_float_latin1(text, n));
}

f64 num_parse_int_utf16(const u16 *p, size_t n, i32 radix) {
    u8 room[STACK_UNITS];
    const u8 *text = narrow(p, n, room);
    return free_narrow(text, room, num_parse_int_latin1(text, n, radix));
}

// 017 is octal, 019 and 08.5 are decimal (Annex B legacy forms).
static bool literal_value(const u8 *p, size_t n, f64 *out) {
    const u8 *end = p + n;
    u32 radix = prefix_radix(p, end);
    if (radix) {
        if (n == 2 || radix_run(p + 2, end, radix) != end) return false;
        *out = radix_value(p + 2, end, radix);
        return true;
    }
    if (n > 1 && p[0] == '0' && radix_run(p, end, 8) == end) {
        *out = radix_value(p, end, 8);
        return true;
    }
    size_t used;
    *out = num_from_decimal(p, n, &used);
    return used == n && n > 0;
}

bool num_from_literal(const u8 *p, size_t n, f64 *out) {
    if (!memchr(p, '_', n)) return literal_value(p, n, out);
    u8 room[STACK_UNITS], *text = n <= STACK_UNITS ? room : mem_alloc(n);
    size_t len = 0;
    bool ok = true;
    for (size_t i = 0; i < n; i++) { // a separator stands between two digits
        if (p[i] != '_') text[len++] = p[i];
        else ok = ok && i > 0 && i + 1 < n && digit_value(p[i - 1]) < 16 && digit_value(p[i + 1]) < 16;
    }
    ok = ok && literal_value(text, len, out);
    if (text != room) mem_free(text);
    return ok;
}
