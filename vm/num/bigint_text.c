// SPDX-License-Identifier: MIT
// BigInt to and from text and doubles: StringToBigInt, BigInt::toString, ToBigInt, comparison with numbers.
#include "format/base/numtext.h"
#include "vm/num/bigint.h"

#include <gmp.h>
#include <math.h>

#define LIMBS(p) ((mp_limb_t *)(p))

// ---- doubles ----

Value bigint_from_f64(VM *vm, f64 v) {
    int e;
    f64 m = frexp(fabs(v), &e); // |v| = m * 2^e, 0.5 <= m < 1
    if (v == 0) return bigint_from_u64(vm, 0);
    if (e <= 63) return bigint_from_i64(vm, (i64)v);
    Value r = bigint_shl(vm, bigint_from_u64(vm, (u64)ldexp(m, 53)), bigint_from_i64(vm, e - 53));
    return v < 0 ? bigint_neg(vm, r) : r;
}

Value number_to_bigint(VM *vm, f64 v) {
    if (!isfinite(v) || v != trunc(v)) return vm_throw(vm, ERR_BIGINT_NOT_INT, v_from_num(v));
    return bigint_from_f64(vm, v);
}

DX_INLINE u64 bit_length(const BigInt *x) { return x->n ? (u64)x->n * 64 - (u64)__builtin_clzll(x->limb[x->n - 1]) : 0; }

// The 64 bits from the highest set bit down (x->n > 0), and whether anything set lies below them.
static u64 top_bits(const BigInt *x, bool *rest) {
    u32 lz = (u32)__builtin_clzll(x->limb[x->n - 1]);
    u64 top = x->limb[x->n - 1] << lz;
    u32 i = x->n - 1;
    *rest = false;
    if (lz && i > 0) {
        i--;
        top |= x->limb[i] >> (64 - lz);
        *rest = (x->limb[i] << lz) != 0;
    }
    while (i > 0 && !*rest) *rest = x->limb[--i] != 0;
    return top;
}

f64 bigint_to_f64(Value a) {
    BigInt *x = v_bigint(a);
    u64 length = bit_length(x);
    if (length == 0) return 0;
    if (length > 1024) return x->negative ? -INFINITY : INFINITY;
    bool rest;
    u64 top = top_bits(x, &rest);
    // 55 bits: the significand, the rounding bit and a bit for everything below.
    u64 m = top >> 9 | ((top & 0x1FF) != 0 || rest);
    f64 d = ldexp((f64)m, (int)length - 55);
    return x->negative ? -d : d;
}

int bigint_compare_f64(Value a, f64 b) {
    BigInt *x = v_bigint(a);
    if (b != b) return 2;
    int sign = x->negative ? -1 : x->n ? 1 : 0, other = b > 0 ? 1 : b < 0 ? -1 : 0;
    if (sign != other) return sign < other ? -1 : 1;
    if (sign == 0) return 0;
    if (isinf(b)) return -sign;
    int e;
    f64 m = frexp(fabs(b), &e);
    if (e <= 0) return sign; // |b| < 1 <= |a|
    u64 length = bit_length(x);
    if (length != (u64)e) return length < (u64)e ? -sign : sign;
    bool rest;
    u64 top = top_bits(x, &rest), want = (u64)ldexp(m, 64);
    if (top != want) return top < want ? -sign : sign;
    return rest ? sign : 0;
}

// ---- text ----

DX_INLINE u32 digit_value(u8 c) {
    if ((u8)(c - '0') < 10) return c - '0';
    u8 l = c | 0x20;
    return l >= 'a' && l <= 'z' ? l - 'a' + 10u : 99;
}

Value bigint_from_digits(VM *vm, const u8 *p, size_t n, u32 radix, bool negative) {
    u64 small = 0;
    for (size_t i = 0; i < n; i++)
        if (digit_value(p[i]) >= radix) return V_UNDEFINED;
    while (n > 1 && *p == '0') p++, n--;
    f64 bits = (f64)n * log2(radix);
    if (bits < 63) {
        for (size_t i = 0; i < n; i++) small = small * radix + digit_value(p[i]);
        return bigint_from_i64(vm, negative ? -(i64)small : (i64)small);
    }
    if (bits > (f64)BIGINT_MAX_LIMBS * 64 + 8) return vm_throw(vm, ERR_BIGINT_TOO_BIG);
    u8 *digits = mem_alloc(n);
    for (size_t i = 0; i < n; i++) digits[i] = (u8)digit_value(p[i]);
    BigInt *b = heap_alloc(vm, sizeof(BigInt) + ((size_t)(bits / 64) + 2) * 8, CELL_BIGINT);
    b->n = (u32)mpn_set_str(LIMBS(b->limb), digits, n, (int)radix);
    mem_free(digits);
    while (b->n && b->limb[b->n - 1] == 0) b->n--;
    b->negative = negative && b->n;
    if (b->n > BIGINT_MAX_LIMBS) return vm_throw(vm, ERR_BIGINT_TOO_BIG);
    return v_from_ptr(TAG_BIGINT, b);
}

// StringIntegerLiteral: white space around; a sign only before decimal digits; 0x, 0o, 0b.
static Value parse_trimmed(VM *vm, const u8 *p, size_t n) {
    if (n == 0) return bigint_from_u64(vm, 0);
    if (n > 2 && p[0] == '0') {
        u8 c = p[1] | 0x20;
        u32 radix = c == 'x' ? 16 : c == 'o' ? 8 : c == 'b' ? 2 : 0;
        if (radix) return bigint_from_digits(vm, p + 2, n - 2, radix, false);
    }
    bool negative = *p == '-';
    if (*p == '-' || *p == '+') p++, n--;
    return n ? bigint_from_digits(vm, p, n, 10, negative) : V_UNDEFINED;
}

Value string_to_bigint(VM *vm, String *s) {
    Chars c = str_chars(vm, s);
    u32 from = 0, to = c.len;
    while (from < to && num_is_space(chars_at(c, from))) from++;
    while (to > from && num_is_space(chars_at(c, to - 1))) to--;
    if (!c.wide) return parse_trimmed(vm, (const u8 *)c.p + from, to - from);
    u8 *narrow = mem_alloc(to - from);
    for (u32 i = from; i < to; i++) {
        u16 u = chars_at(c, i);
        narrow[i - from] = u < 0x80 ? (u8)u : 0x7F; // not a digit of any radix
    }
    Value v = parse_trimmed(vm, narrow, to - from);
    mem_free(narrow);
    return v;
}

Value to_bigint_rjs(VM *vm, Value v) {
    v = to_primitive_rjs(vm, v, HINT_NUMBER);
    if (v_is_exc(v) || v_is_bigint(v)) return v;
    if (v_is_bool(v)) return bigint_from_u64(vm, v == V_TRUE);
    if (!v_is_string(v)) return vm_throw(vm, ERR_TO_BIGINT, v);
    Value r = string_to_bigint(vm, v_string(v));
    return v_is_undefined(r) ? vm_throw(vm, ERR_TO_BIGINT_SYNTAX, v) : r;
}

Value bigint_to_string(VM *vm, Value a, u32 radix) {
    BigInt *x = v_bigint(a);
    if (x->n <= 1 && radix == 10) {
        char text[24] = "-";
        u32 n = num_u64_to_text(x->n ? x->limb[0] : 0, text + 1);
        return v_from_string(str_new_latin1(vm, (u8 *)text + !x->negative, n + x->negative));
    }
    if (x->n == 0) return v_from_string(str_char(vm, '0'));
    size_t room = mpn_sizeinbase(LIMBS(x->limb), x->n, (int)radix) + 2;
    if (room > STRING_MAX_LENGTH) return vm_throw(vm, ERR_STRING_LENGTH);
    u8 *digits = mem_alloc(room);
    u64 *copy = mem_alloc((size_t)(x->n + 1) * 8); // mpn_get_str writes over its operand
    memcpy(copy, x->limb, (size_t)x->n * 8);
    size_t n = mpn_get_str(digits + 1, (int)radix, LIMBS(copy), x->n), from = 1;
    n++;
    while (from + 1 < n && digits[from] == 0) from++;
    for (size_t i = from; i < n; i++) digits[i] = (u8)"0123456789abcdefghijklmnopqrstuvwxyz"[digits[i]];
    if (x->negative) digits[--from] = '-';
    Value r = v_from_string(str_new_latin1(vm, digits + from, (u32)(n - from)));
    mem_free(copy);
    mem_free(digits);
    return r;
}
