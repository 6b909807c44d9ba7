// SPDX-License-Identifier: MIT
// BigInt arithmetic (ECMA-262 6.1.6.2) over GMP's low-level functions. One- and two-limb operands avoid them.
// Does not own: text and conversions (bigint_text.c), the BigInt global (vm/builtins/bigint.c).
#include "vm/num/bigint.h"
#include "format/base/hash.h"

#include <gmp.h>

_Static_assert(sizeof(mp_limb_t) == 8 && GMP_NAIL_BITS == 0, "BigInt limbs are GMP limbs");
#define LIMBS(p) ((mp_limb_t *)(p))

DX_INLINE Value v_from_bigint(const BigInt *b) { return v_from_ptr(TAG_BIGINT, b); }

static BigInt *alloc_limbs(VM *vm, u32 n) {
    BigInt *b = heap_alloc(vm, sizeof(BigInt) + (size_t)n * 8, CELL_BIGINT);
    b->n = n;
    b->negative = 0;
    return b;
}

// Drops leading zero limbs of a fresh cell.
static Value finish(BigInt *b, bool negative) {
    while (b->n && b->limb[b->n - 1] == 0) b->n--;
    b->negative = negative && b->n;
    return v_from_bigint(b);
}

static Value too_big(VM *vm) { return vm_throw(vm, ERR_BIGINT_TOO_BIG); }

static Value finish_checked(VM *vm, BigInt *b, bool negative) {
    Value v = finish(b, negative);
    return DX_UNLIKELY(b->n > BIGINT_MAX_LIMBS) ? too_big(vm) : v;
}

static Value from_u128(VM *vm, unsigned __int128 m, bool negative) {
    BigInt *r = alloc_limbs(vm, (u64)(m >> 64) ? 2 : 1);
    r->limb[0] = (u64)m;
    if (r->n == 2) r->limb[1] = (u64)(m >> 64);
    return finish(r, negative);
}

Value bigint_from_u64(VM *vm, u64 v) { return from_u128(vm, v, false); }
Value bigint_from_i64(VM *vm, i64 v) { return from_u128(vm, v < 0 ? -(u64)v : (u64)v, v < 0); }

static int compare_magnitude(const BigInt *a, const BigInt *b) {
    if (a->n != b->n) return a->n < b->n ? -1 : 1;
    return a->n ? mpn_cmp(LIMBS(a->limb), LIMBS(b->limb), a->n) : 0;
}

bool bigint_equal(Value a, Value b) {
    BigInt *x = v_bigint(a), *y = v_bigint(b);
    return x->n == y->n && x->negative == y->negative && memcmp(x->limb, y->limb, (size_t)x->n * 8) == 0;
}

int bigint_compare(Value a, Value b) {
    BigInt *x = v_bigint(a), *y = v_bigint(b);
    if (x->negative != y->negative) return x->negative ? -1 : 1;
    int c = compare_magnitude(x, y);
    return x->negative ? -c : c;
}

u32 bigint_hash(Value a) {
    BigInt *x = v_bigint(a);
    u64 h = hash_bytes(x->limb, (size_t)x->n * 8) + x->negative;
    return (u32)(h ^ h >> 32);
}

// ---- + - ----

static Value add_magnitude(VM *vm, const BigInt *x, const BigInt *y, bool negative) {
    if (x->n < y->n) {
        const BigInt *t = x;
        x = y;
        y = t;
    }
    if (x->n <= 1) {
        return from_u128(vm, (unsigned __int128)(x->n ? x->limb[0] : 0) + (y->n ? y->limb[0] : 0), negative);
    }
    BigInt *r = alloc_limbs(vm, x->n + 1);
    if (y->n) {
        r->limb[x->n] = mpn_add(LIMBS(r->limb), LIMBS(x->limb), x->n, LIMBS(y->limb), y->n);
    } else {
        memcpy(r->limb, x->limb, (size_t)x->n * 8);
        r->limb[x->n] = 0;
    }
    return finish_checked(vm, r, negative);
}

// x - y in magnitude, with the sign of the bigger one (negative is x's sign).
static Value sub_magnitude(VM *vm, const BigInt *x, const BigInt *y, bool negative) {
    int order = compare_magnitude(x, y);
    if (order == 0) return bigint_from_u64(vm, 0);
    if (order < 0) {
        const BigInt *t = x;
        x = y;
        y = t;
        negative = !negative;
    }
    BigInt *r = alloc_limbs(vm, x->n);
    if (y->n) mpn_sub(LIMBS(r->limb), LIMBS(x->limb), x->n, LIMBS(y->limb), y->n);
    else memcpy(r->limb, x->limb, (size_t)x->n * 8);
    return finish(r, negative);
}

static Value add_signed(VM *vm, const BigInt *x, const BigInt *y, bool y_negative) {
    if (x->negative == y_negative) return add_magnitude(vm, x, y, x->negative);
    return sub_magnitude(vm, x, y, x->negative);
}

Value bigint_add(VM *vm, Value a, Value b) { return add_signed(vm, v_bigint(a), v_bigint(b), v_bigint(b)->negative); }
Value bigint_sub(VM *vm, Value a, Value b) { return add_signed(vm, v_bigint(a), v_bigint(b), !v_bigint(b)->negative); }
Value bigint_inc(VM *vm, Value a) { return bigint_add(vm, a, bigint_from_u64(vm, 1)); }
Value bigint_dec(VM *vm, Value a) { return bigint_sub(vm, a, bigint_from_u64(vm, 1)); }

Value bigint_neg(VM *vm, Value a) {
    BigInt *x = v_bigint(a), *r = alloc_limbs(vm, x->n);
    memcpy(r->limb, x->limb, (size_t)x->n * 8);
    return finish(r, !x->negative);
}

// ---- * / % ** ----

Value bigint_mul(VM *vm, Value a, Value b) {
    BigInt *x = v_bigint(a), *y = v_bigint(b);
    bool negative = x->negative != y->negative;
    if (x->n == 0 || y->n == 0) return bigint_from_u64(vm, 0);
    if (x->n == 1 && y->n == 1) return from_u128(vm, (unsigned __int128)x->limb[0] * y->limb[0], negative);
    if ((u64)x->n + y->n > BIGINT_MAX_LIMBS + 1) return too_big(vm);
    if (x->n < y->n) {
        BigInt *t = x;
        x = y;
        y = t;
    }
    BigInt *r = alloc_limbs(vm, x->n + y->n);
    if (x == y) mpn_sqr(LIMBS(r->limb), LIMBS(x->limb), x->n);
    else mpn_mul(LIMBS(r->limb), LIMBS(x->limb), x->n, LIMBS(y->limb), y->n);
    return finish_checked(vm, r, negative);
}

// Truncating division; either result may be unwanted.
static Value divide(VM *vm, Value a, Value b, bool want_remainder) {
    BigInt *x = v_bigint(a), *y = v_bigint(b);
    if (y->n == 0) return vm_throw(vm, ERR_BIGINT_DIV_ZERO);
    bool negative = want_remainder ? x->negative : x->negative != y->negative;
    if (compare_magnitude(x, y) < 0) return want_remainder ? a : bigint_from_u64(vm, 0);
    if (x->n == 1) {
        u64 m = want_remainder ? x->limb[0] % y->limb[0] : x->limb[0] / y->limb[0];
        return from_u128(vm, m, negative);
    }
    BigInt *q = alloc_limbs(vm, x->n - y->n + 1);
    BigInt *r = alloc_limbs(vm, y->n);
    mpn_tdiv_qr(LIMBS(q->limb), LIMBS(r->limb), 0, LIMBS(x->limb), x->n, LIMBS(y->limb), y->n);
    return finish(want_remainder ? r : q, negative);
}

Value bigint_div(VM *vm, Value a, Value b) { return divide(vm, a, b, false); }
Value bigint_rem(VM *vm, Value a, Value b) { return divide(vm, a, b, true); }

DX_INLINE u64 bit_length(const BigInt *x) { return x->n ? (u64)x->n * 64 - (u64)__builtin_clzll(x->limb[x->n - 1]) : 0; }

Value bigint_pow(VM *vm, Value a, Value b) {
    BigInt *x = v_bigint(a), *y = v_bigint(b);
    if (y->negative) return vm_throw(vm, ERR_BIGINT_NEG_EXP);
    if (y->n == 0) return bigint_from_u64(vm, 1);
    bool odd = y->limb[0] & 1;
    if (x->n == 0) return a;
    if (x->n == 1 && x->limb[0] == 1) return x->negative && !odd ? bigint_neg(vm, a) : a;
    u64 exponent = y->limb[0];
    if (y->n > 1 || exponent > 1u << 30 || (bit_length(x) - 1) * exponent > (u64)BIGINT_MAX_LIMBS * 64) return too_big(vm);
    if (x->n == 1 && x->limb[0] == 2) {
        Value r = bigint_shl(vm, bigint_from_u64(vm, 1), bigint_from_u64(vm, exponent));
        return v_is_exc(r) || !(x->negative && odd) ? r : bigint_neg(vm, r);
    }
    Value result = bigint_from_u64(vm, 1), square = a;
    for (;;) {
        if (exponent & 1) result = bigint_mul(vm, result, square);
        exponent >>= 1;
        if (!exponent || v_is_exc(result)) return result;
        square = bigint_mul(vm, square, square);
        if (v_is_exc(square)) return square;
    }
}

// ---- shifts ----

static Value shift_left(VM *vm, const BigInt *x, u64 by) {
    if (x->n == 0) return bigint_from_u64(vm, 0);
    if (by > (u64)BIGINT_MAX_LIMBS * 64) return too_big(vm);
    u32 words = (u32)(by / 64), bits = (u32)(by % 64);
    if ((u64)x->n + words > BIGINT_MAX_LIMBS) return too_big(vm);
    BigInt *r = alloc_limbs(vm, x->n + words + 1);
    memset(r->limb, 0, (size_t)words * 8);
    u64 *to = r->limb + words;
    if (bits) {
        to[x->n] = mpn_lshift(LIMBS(to), LIMBS(x->limb), x->n, bits);
    } else {
        memcpy(to, x->limb, (size_t)x->n * 8);
        to[x->n] = 0;
    }
    return finish_checked(vm, r, x->negative);
}

// Rounds towards minus infinity.
static Value shift_right(VM *vm, const BigInt *x, u64 by) {
    u64 length = bit_length(x);
    if (by >= length) return x->negative ? bigint_from_i64(vm, -1) : bigint_from_u64(vm, 0);
    u32 words = (u32)(by / 64), bits = (u32)(by % 64);
    u32 n = x->n - words;
    bool lost = bits && (x->limb[words] & ((1ull << bits) - 1));
    for (u32 i = 0; i < words && !lost; i++) lost = x->limb[i] != 0;
    BigInt *r = alloc_limbs(vm, n + 1);
    r->limb[n] = 0;
    if (bits) mpn_rshift(LIMBS(r->limb), LIMBS(x->limb + words), n, bits);
    else memcpy(r->limb, x->limb + words, (size_t)n * 8);
    if (x->negative && lost) mpn_add_1(LIMBS(r->limb), LIMBS(r->limb), n + 1, 1);
    return finish(r, x->negative);
}

static Value shift(VM *vm, Value a, Value b, bool left) {
    BigInt *y = v_bigint(b);
    u64 by = y->n == 0 ? 0 : y->n == 1 ? y->limb[0] : UINT64_MAX;
    return left != (bool)y->negative ? shift_left(vm, v_bigint(a), by) : shift_right(vm, v_bigint(a), by);
}

Value bigint_shl(VM *vm, Value a, Value b) { return shift(vm, a, b, true); }
Value bigint_shr(VM *vm, Value a, Value b) { return shift(vm, a, b, false); }

// ---- bits: on the infinite two's complement of each operand ----

typedef struct Twos { // reads a number's two's complement, limb by limb
    const BigInt *x;
    u64 carry; // of the + 1 in -m = ~m + 1
} Twos;

DX_INLINE u64 twos_limb(Twos *t, u32 i) {
    u64 m = i < t->x->n ? t->x->limb[i] : 0;
    if (!t->x->negative) return m;
    u64 v = ~m + t->carry;
    t->carry = t->carry && m == 0;
    return v;
}

// r holds two's complement of a negative number; makes it the magnitude.
static Value finish_twos(VM *vm, BigInt *r, bool negative) {
    if (negative) {
        u64 carry = 1;
        for (u32 i = 0; i < r->n; i++) {
            u64 m = r->limb[i];
            r->limb[i] = ~m + carry;
            carry = carry && m == 0;
        }
    }
    return finish_checked(vm, r, negative);
}

typedef enum BitOp { BIT_AND, BIT_OR, BIT_XOR } BitOp;

DX_INLINE u64 bit_apply(BitOp op, u64 a, u64 b) { return op == BIT_AND ? a & b : op == BIT_OR ? a | b : a ^ b; }

static Value bitwise(VM *vm, Value a, Value b, BitOp op) {
    BigInt *x = v_bigint(a), *y = v_bigint(b);
    Twos tx = {x, 1}, ty = {y, 1};
    BigInt *r = alloc_limbs(vm, dx_max_u32(x->n, y->n) + 1);
    for (u32 i = 0; i < r->n; i++) {
        u64 l = twos_limb(&tx, i); // the order of the two reads does not matter
        r->limb[i] = bit_apply(op, l, twos_limb(&ty, i));
    }
    return finish_twos(vm, r, bit_apply(op, x->negative, y->negative));
}

Value bigint_and(VM *vm, Value a, Value b) { return bitwise(vm, a, b, BIT_AND); }
Value bigint_or(VM *vm, Value a, Value b) { return bitwise(vm, a, b, BIT_OR); }
Value bigint_xor(VM *vm, Value a, Value b) { return bitwise(vm, a, b, BIT_XOR); }

Value bigint_not(VM *vm, Value a) { // -a - 1
    BigInt one = {.n = 1};
    union { BigInt b; u64 room[sizeof(BigInt) / 8 + 1]; } u = {.b = one};
    u.room[sizeof(BigInt) / 8] = 1;
    BigInt *x = v_bigint(a);
    return x->negative ? sub_magnitude(vm, x, &u.b, false) : add_magnitude(vm, x, &u.b, true);
}

// ---- asIntN, asUintN ----

// The low `bits` bits of a as an unsigned number. bits < 2^53.
static Value low_bits(VM *vm, u64 bits, const BigInt *x) {
    if (bits == 0 || x->n == 0) return bigint_from_u64(vm, 0);
    if (!x->negative && bit_length(x) <= bits) return v_from_bigint(x);
    u64 limbs = (bits + 63) / 64;
    if (limbs > BIGINT_MAX_LIMBS) return too_big(vm); // a negative number: 2^bits - |a|
    BigInt *r = alloc_limbs(vm, (u32)limbs);
    Twos t = {x, 1};
    for (u32 i = 0; i < r->n; i++) r->limb[i] = twos_limb(&t, i);
    if (bits % 64) r->limb[r->n - 1] &= (1ull << bits % 64) - 1;
    return finish(r, false);
}

Value bigint_as_uint_n(VM *vm, u64 bits, Value a) { return low_bits(vm, bits, v_bigint(a)); }

Value bigint_as_int_n(VM *vm, u64 bits, Value a) {
    if (bits == 0) return bigint_from_u64(vm, 0);
    if (bit_length(v_bigint(a)) < bits) return a;
    Value u = low_bits(vm, bits, v_bigint(a));
    if (v_is_exc(u) || bit_length(v_bigint(u)) < bits) return u;
    Value modulus = bigint_shl(vm, bigint_from_u64(vm, 1), bigint_from_u64(vm, bits));
    return v_is_exc(modulus) ? modulus : bigint_sub(vm, u, modulus);
}

u64 bigint_to_u64(Value a) {
    BigInt *x = v_bigint(a);
    u64 m = x->n ? x->limb[0] : 0;
    return x->negative ? -m : m;
}
