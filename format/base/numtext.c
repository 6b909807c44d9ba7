// SPDX-License-Identifier: MIT
// Double to text. Shortest digits by the Schubfach method (R. Giulietti, "The Schubfach way to render doubles");
// fixed numbers of digits by exact big-decimal expansion. Start at num_to_text.
#include "format/base/numtext.h"
#include "format/base/numpow.h"

#include <math.h>

const NumPow NUM_POW10[NUMPOW_HIGH - NUMPOW_LOW + 1] = {
#include "pow10.inc"
};

#define SIG_BITS 52
#define SIG_MASK ((1ull << SIG_BITS) - 1)

// ---- integers ----

static const char PAIRS[201] = "00010203040506070809101112131415161718192021222324252627282930313233343536373839"
                               "40414243444546474849505152535455565758596061626364656667686970717273747576777879"
                               "8081828384858687888990919293949596979899";

static const u64 POWERS[20] = { // of ten
    1ull, 10ull, 100ull, 1000ull, 10000ull, 100000ull, 1000000ull, 10000000ull, 100000000ull, 1000000000ull, 10000000000ull, 100000000000ull,
    1000000000000ull, 10000000000000ull, 100000000000000ull, 1000000000000000ull, 10000000000000000ull, 100000000000000000ull,
    1000000000000000000ull, 10000000000000000000ull,
};

DX_INLINE u32 count_digits(u64 v) {
    u32 guess = (u32)(64 - __builtin_clzll(v | 1)) * 1233 >> 12; // floor(bits * log10(2))
    return guess + (guess == 0 || v >= POWERS[guess] ? 1 : 0);
}

u32 num_u64_to_text(u64 v, char *out) {
    u32 n = count_digits(v);
    char *p = out + n;
    while (v >= 100) {
        p -= 2;
        memcpy(p, PAIRS + v % 100 * 2, 2);
        v /= 100;
    }
    if (v >= 10) memcpy(p - 2, PAIRS + v * 2, 2);
    else p[-1] = (char)('0' + v);
    return n;
}

u32 num_i32_to_text(i32 v, char *out) {
    if (v >= 0) return num_u64_to_text((u64)v, out);
    *out = '-';
    return 1 + num_u64_to_text((u64)-(i64)v, out + 1);
}

// ---- shortest digits ----

// floor(g * cp / 2^128) with the lowest bit set if anything was cut off, so that later comparisons with even
// numbers are those of the exact product.
DX_INLINE u64 round_to_odd(NumPow g, u64 cp) {
    unsigned __int128 x = (unsigned __int128)g.lo * cp;
    unsigned __int128 y = (unsigned __int128)g.hi * cp + (u64)(x >> 64);
    return (u64)(y >> 64) | ((u64)y > 1);
}

typedef struct Decimal {
    u64 digits;
    i32 exponent;
} Decimal; // digits x 10^exponent

static Decimal shortest(u64 bits) {
    u64 sig = bits & SIG_MASK;
    u32 biased = (u32)(bits >> SIG_BITS) & 0x7FF;
    u64 c = biased ? sig | 1ull << SIG_BITS : sig;
    i32 q = (biased ? (i32)biased : 1) - 1075;
    bool closer = sig == 0 && biased > 1; // the neighbour below is only half as far away
    u64 open = c & 1;                     // an odd significand does not own the ends of its interval
    i32 k = (q * 1262611 - (closer ? 524031 : 0)) >> 22;
    i32 h = q + numpow_log2(-k) + 1;
    NumPow g = numpow_ceil(-k);
    // Four times: the interval's lower end, the value, the upper end, each scaled by 10^-k.
    u64 lower = round_to_odd(g, (4 * c - 2 + closer) << h) + open;
    u64 value = round_to_odd(g, (4 * c) << h);
    u64 upper = round_to_odd(g, (4 * c + 2) << h) - open;
    u64 s = value / 4;
    if (s >= 10) { // one digit fewer, if exactly one such number lies inside
        u64 t = s / 10;
        bool down = lower <= 40 * t, up = 40 * t + 40 <= upper;
        if (down != up) return (Decimal){t + up, k + 1};
    }
    bool down = lower <= 4 * s, up = 4 * s + 4 <= upper;
    if (down != up) return (Decimal){s + up, k};
    u64 middle = 4 * s + 2;
    return (Decimal){s + (value > middle || (value == middle && (s & 1))), k};
}

u32 num_shortest_digits(f64 v, char *digits, i32 *point) {
    Decimal d;
    if (v < 9007199254740992.0 && v == (f64)(u64)v) d = (Decimal){(u64)v, 0};
    else d = shortest(num_bits(v));
    u32 n = num_u64_to_text(d.digits, digits);
    *point = (i32)n + d.exponent;
    while (digits[n - 1] == '0') n--;
    return n;
}

// ---- layout ----

static u32 put_special(f64 v, char *out) {
    const char *s = v != v ? "NaN" : v > 0 ? "Infinity" : "-Infinity";
    u32 n = (u32)strlen(s);
    memcpy(out, s, n);
    return n;
}

static u32 put_exponent(i32 e, char *out) {
    out[0] = 'e';
    out[1] = e < 0 ? '-' : '+';
    return 2 + num_u64_to_text((u64)(e < 0 ? -e : e), out + 2);
}

// digits as d.ddd, then the exponent e.
static u32 put_scientific(const char *digits, u32 n, i32 e, char *out) {
    char *p = out;
    *p++ = digits[0];
    if (n > 1) {
        *p++ = '.';
        memcpy(p, digits + 1, n - 1);
        p += n - 1;
    }
    return (u32)(p - out) + put_exponent(e, p);
}

// 0.DIGITS x 10^point in plain notation.
static u32 put_plain(const char *digits, u32 n, i32 point, char *out) {
    char *p = out;
    if (point <= 0) {
        memcpy(p, "0.", 2);
        memset(p + 2, '0', (u32)-point);
        p += 2 - point;
        memcpy(p, digits, n);
        return (u32)(p + n - out);
    }
    if ((u32)point >= n) {
        memcpy(p, digits, n);
        memset(p + n, '0', (u32)point - n);
        return (u32)point;
    }
    memcpy(p, digits, (u32)point);
    p[point] = '.';
    memcpy(p + point + 1, digits + point, n - (u32)point);
    return n + 1;
}

u32 num_to_text(f64 v, char *out) {
    i32 small = v >= -2147483648.0 && v <= 2147483647.0 ? (i32)v : 0;
    if ((f64)small == v) return num_i32_to_text(small, out); // -0 prints as 0
    if (!isfinite(v)) return put_special(v, out);
    u32 sign = v < 0;
    if (sign) *out++ = '-';
    char digits[20];
    i32 point;
    u32 n = num_shortest_digits(fabs(v), digits, &point);
    if (point > -6 && point <= 21) return sign + put_plain(digits, n, point, out);
    return sign + put_scientific(digits, n, point - 1, out);
}

// ---- exact digits ----

#define LIMB 1000000000u
#define LIMBS 100 // 9 digits each; the longest is a 54-bit number times 5^1140

typedef struct BigDecimal {
    u32 n;
    u32 limb[LIMBS]; // least significant first
} BigDecimal;

static void big_mul(BigDecimal *b, u32 factor) {
    u64 carry = 0;
    for (u32 i = 0; i < b->n; i++) {
        u64 t = (u64)b->limb[i] * factor + carry;
        b->limb[i] = (u32)(t % LIMB);
        carry = t / LIMB;
    }
    while (carry) {
        DX_ASSERT(b->n < LIMBS);
        b->limb[b->n++] = (u32)(carry % LIMB);
        carry /= LIMB;
    }
}

// m x 2^e with e < 0 is m x 5^-e x 10^e.
u32 num_exact_digits(u64 m, i32 e, char *digits, i32 *point) {
    i32 zeros = __builtin_ctzll(m);
    m >>= zeros;
    e += zeros;
    BigDecimal b = {.n = 0};
    for (; m; m /= LIMB) b.limb[b.n++] = (u32)(m % LIMB);
    for (i32 left = e; left > 0; left -= 29) big_mul(&b, 1u << (left < 29 ? left : 29));
    i32 fives = e < 0 ? -e : 0;
    for (; fives >= 13; fives -= 13) big_mul(&b, 1220703125u);
    u32 rest = 1;
    while (fives--> 0) rest *= 5;
    if (rest > 1) big_mul(&b, rest);
    u32 n = num_u64_to_text(b.limb[b.n - 1], digits);
    for (u32 i = b.n - 1; i-- > 0;) {
        u32 v = b.limb[i];
        for (int d = 8; d >= 0; d--, v /= 10) digits[n + (u32)d] = (char)('0' + v % 10);
        n += 9;
    }
    *point = (i32)n + (e < 0 ? e : 0);
    while (digits[n - 1] == '0') n--;
    return n;
}

static u32 exact_of_double(f64 v, char *digits, i32 *point) {
    u64 bits = num_bits(v);
    u32 biased = (u32)(bits >> SIG_BITS) & 0x7FF;
    u64 c = biased ? (bits & SIG_MASK) | 1ull << SIG_BITS : bits & SIG_MASK;
    return num_exact_digits(c, (i32)(biased ? biased : 1) - 1075, digits, point);
}

// Cuts n digits to keep (>= 0), a tie going up as the specification asks ("let n be the larger"); pads with zeros.
// Returns the count, which is keep, or 1 when keep is 0 and the value rounded up to one digit.
static u32 round_digits(char *digits, u32 n, u32 keep, i32 *point) {
    if (keep >= n) {
        memset(digits + n, '0', keep - n);
        return keep;
    }
    if (digits[keep] < '5') return keep;
    u32 i = keep;
    while (i > 0 && digits[i - 1] == '9') digits[--i] = '0';
    if (i > 0) {
        digits[i - 1]++;
        return keep;
    }
    digits[0] = '1'; // 99.9 became 100, or 0.7 became 1
    if (keep > 1) memset(digits + 1, '0', keep - 1);
    ++*point;
    return keep ? keep : 1;
}

// toFixed where |v| x 10^fraction and its rounding fit 128-bit integers exactly; 0 if they do not.
static u32 fixed_small(f64 v, u32 fraction, char *out) {
    u64 bits = num_bits(v), power = POWERS[fraction];
    i32 shift = 1075 - (i32)(bits >> SIG_BITS & 0x7FF); // v = significand / 2^shift
    if (shift < 1 || shift > 116) return 0;
    unsigned __int128 scaled = (unsigned __int128)((bits & SIG_MASK) | 1ull << SIG_BITS) * power;
    scaled += (unsigned __int128)1 << (shift - 1); // half, so that a tie goes up
    scaled >>= shift;
    if ((u64)(scaled >> 64)) return 0;
    char *p = out;
    if (v < 0) *p++ = '-';
    p += num_u64_to_text((u64)scaled / power, p);
    if (fraction) {
        *p++ = '.';
        u64 rest = (u64)scaled % power;
        for (u32 i = fraction; i-- > 0; rest /= 10) p[i] = (char)('0' + rest % 10);
        p += fraction;
    }
    return (u32)(p - out);
}

u32 num_to_fixed(f64 v, i32 fraction, char *out) {
    if (!(fabs(v) < 1e21)) return num_to_text(v, out);
    u32 quick = fraction < 16 ? fixed_small(v, (u32)fraction, out) : 0;
    if (quick) return quick;
    char *p = out;
    if (v < 0) *p++ = '-';
    char digits[NUM_EXACT_MAX];
    i32 point = 0;
    u32 n = v == 0 ? 0 : exact_of_double(fabs(v), digits, &point);
    if (point + fraction < 0) n = 0; // below half of the last place
    else if (n) n = round_digits(digits, n, dx_min_u32(n, (u32)(point + fraction)), &point);
    if (n == 0) point = 0;
    if (point <= 0) *p++ = '0';
    for (i32 i = 0; i < point; i++) *p++ = i < (i32)n ? digits[i] : '0';
    if (fraction) *p++ = '.';
    for (i32 i = point; i < point + fraction; i++) *p++ = i >= 0 && i < (i32)n ? digits[i] : '0';
    return (u32)(p - out);
}

// Sign and digits of v: `keep` of them, or the shortest if keep is 0. Zero has only zeros and the exponent 0.
static u32 digits_for(f64 v, u32 keep, char *digits, i32 *point) {
    if (v == 0) {
        *point = 1;
        memset(digits, '0', keep ? keep : 1);
        return keep ? keep : 1;
    }
    if (!keep) return num_shortest_digits(fabs(v), digits, point);
    u32 n = exact_of_double(fabs(v), digits, point);
    return round_digits(digits, n, keep, point);
}

u32 num_to_exponential(f64 v, i32 fraction, char *out) {
    if (!isfinite(v)) return put_special(v, out);
    u32 sign = v < 0;
    if (sign) *out++ = '-';
    char digits[NUM_EXACT_MAX];
    i32 point;
    u32 n = digits_for(v, (u32)(fraction + 1), digits, &point);
    return sign + put_scientific(digits, n, point - 1, out);
}

u32 num_to_precision(f64 v, i32 precision, char *out) {
    if (!isfinite(v)) return put_special(v, out);
    u32 sign = v < 0;
    if (sign) *out++ = '-';
    char digits[NUM_EXACT_MAX];
    i32 point;
    u32 n = digits_for(v, (u32)precision, digits, &point);
    i32 e = point - 1;
    if (e < -6 || e >= precision) return sign + put_scientific(digits, n, e, out);
    return sign + put_plain(digits, n, point, out);
}

// ---- other radices ----

static const char RADIX_DIGITS[] = "0123456789abcdefghijklmnopqrstuvwxyz";

static u32 radix_digit(char c) { return (u32)(c <= '9' ? c - '0' : c - 'a' + 10); }

// Fraction digits until they tell v from its neighbours (delta is half the distance to the next double), into
// out[0..]; returns how many, and sets *carry if rounding went up into the integer part.
static u32 radix_fraction(f64 fraction, f64 delta, u32 radix, char *out, bool *carry) {
    u32 n = 0;
    do {
        fraction *= radix;
        delta *= radix;
        u32 digit = (u32)fraction;
        out[n++] = RADIX_DIGITS[digit];
        fraction -= digit;
        bool above = fraction > 0.5 || (fraction == 0.5 && (digit & 1));
        if (!above || fraction + delta <= 1) continue;
        while (n > 0 && radix_digit(out[n - 1]) + 1 == radix) n--;
        if (n) out[n - 1] = RADIX_DIGITS[radix_digit(out[n - 1]) + 1];
        else *carry = true;
        return n;
    } while (fraction >= delta);
    return n;
}

u32 num_to_radix(f64 v, u32 radix, char *out) {
    if (radix == 10) return num_to_text(v, out);
    if (!isfinite(v)) return put_special(v, out);
    char whole[1100], part[1100];
    f64 a = fabs(v), integer = floor(a), fraction = a - integer;
    f64 delta = 0.5 * (num_of_bits(num_bits(a) + 1) - a);
    if (delta < 5e-324) delta = 5e-324;
    bool carry = false;
    u32 part_len = fraction >= delta ? radix_fraction(fraction, delta, radix, part, &carry) : 0;
    if (carry) integer += 1;
    u32 at = sizeof whole;
    while (integer / radix >= 9007199254740992.0) { // digits below the precision are zeros
        integer /= radix;
        whole[--at] = '0';
    }
    do {
        f64 rest = fmod(integer, radix);
        whole[--at] = RADIX_DIGITS[(u32)rest];
        integer = (integer - rest) / radix;
    } while (integer > 0);
    char *p = out;
    if (v < 0) *p++ = '-';
    memcpy(p, whole + at, sizeof whole - at);
    p += sizeof whole - at;
    if (part_len) {
        *p++ = '.';
        memcpy(p, part, part_len);
        p += part_len;
    }
    return (u32)(p - out);
}
