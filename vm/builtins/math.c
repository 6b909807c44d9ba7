// SPDX-License-Identifier: MIT
// Math (ECMA-262 21.3). Transcendental functions are the C library's; where the standard leaves the result to the
// implementation they may differ from another engine's in the last bit.
#include "vm/builtins/builtins.h"
#include "vm/num/half.h"
#include "vm/num/number.h"

#include <math.h>

// ---- functions of one number ----

static f64 round_half_up(f64 x) { // 21.3.2.28
    f64 r = floor(x);
    if (x - r >= 0.5) r += 1;
    return copysign(r, x);
}

static f64 sign_of(f64 x) { return x > 0 ? 1 : x < 0 ? -1 : x; }
static f64 cube_root(f64 x) { return (f64)cbrtl(x); } // exact for cubes, which cbrt is not everywhere
static f64 to_float(f64 x) { return (f64)(float)x; }
static f64 to_half(f64 x) { return half_to_f64(half_from_f64(x)); }

// MATH_UNARY(native name, JS name, C function)
#define MATH_UNARY_TABLE                                                                                     \
    MATH_UNARY(acos, acos) MATH_UNARY(acosh, acosh) MATH_UNARY(asin, asin) MATH_UNARY(asinh, asinh)          \
    MATH_UNARY(atan, atan) MATH_UNARY(atanh, atanh) MATH_UNARY(cbrt, cube_root) MATH_UNARY(cos, cos)              \
    MATH_UNARY(cosh, cosh) MATH_UNARY(exp, exp) MATH_UNARY(expm1, expm1) MATH_UNARY(f16round, to_half)       \
    MATH_UNARY(fround, to_float) MATH_UNARY(log, log) MATH_UNARY(log10, log10) MATH_UNARY(log1p, log1p)      \
    MATH_UNARY(log2, log2) MATH_UNARY(sign, sign_of) MATH_UNARY(sin, sin) MATH_UNARY(sinh, sinh)             \
    MATH_UNARY(sqrt, sqrt) MATH_UNARY(tan, tan) MATH_UNARY(tanh, tanh)

#define MATH_UNARY(name, f)                                                                                  \
    static Value math_##name(VM *vm, Value self, int argc, Value *argv) {                                    \
        f64 x;                                                                                               \
        return to_f64_rjs(vm, ARG(0), &x) ? v_from_num(f(x)) : V_EXC;                                        \
    }
MATH_UNARY_TABLE
#undef MATH_UNARY

// Those that leave integers as they are.
#define MATH_ROUNDING(name, f)                                                                               \
    static Value math_##name(VM *vm, Value self, int argc, Value *argv) {                                    \
        f64 x;                                                                                               \
        if (v_is_int(ARG(0))) return argv[0];                                                                \
        return to_f64_rjs(vm, ARG(0), &x) ? v_from_num(f(x)) : V_EXC;                                        \
    }
MATH_ROUNDING(ceil, ceil)   // 21.3.2.10
MATH_ROUNDING(floor, floor) // 21.3.2.16
MATH_ROUNDING(round, round_half_up)
MATH_ROUNDING(trunc, trunc) // 21.3.2.37

// 21.3.2.1
static Value math_abs(VM *vm, Value self, int argc, Value *argv) {
    f64 x;
    if (v_is_int(ARG(0)) && v_int(argv[0]) >= 0) return argv[0];
    return to_f64_rjs(vm, ARG(0), &x) ? v_from_num(fabs(x)) : V_EXC;
}

// 21.3.2.11
static Value math_clz32(VM *vm, Value self, int argc, Value *argv) {
    u32 n;
    if (!to_uint32_rjs(vm, ARG(0), &n)) return V_EXC;
    return v_from_int(n ? __builtin_clz(n) : 32);
}

// ---- of two ----

// 21.3.2.8
static Value math_atan2(VM *vm, Value self, int argc, Value *argv) {
    f64 y, x;
    return to_f64_rjs(vm, ARG(0), &y) && to_f64_rjs(vm, ARG(1), &x) ? v_from_num(atan2(y, x)) : V_EXC;
}

// 21.3.2.20
static Value math_imul(VM *vm, Value self, int argc, Value *argv) {
    u32 a, b;
    if (DX_LIKELY(argc >= 2 && v_is_int(argv[0]) && v_is_int(argv[1]))) return v_from_int((i32)((u32)v_int(argv[0]) * (u32)v_int(argv[1])));
    return to_uint32_rjs(vm, ARG(0), &a) && to_uint32_rjs(vm, ARG(1), &b) ? v_from_int((i32)(a * b)) : V_EXC;
}

// 21.3.2.27
static Value math_pow(VM *vm, Value self, int argc, Value *argv) {
    f64 base, exponent;
    if (!to_f64_rjs(vm, ARG(0), &base) || !to_f64_rjs(vm, ARG(1), &exponent)) return V_EXC;
    return v_from_num(number_pow(base, exponent));
}

// ---- of many ----

// 21.3.2.25, 21.3.2.26; every argument is converted, even after a NaN. +0 is larger than -0.
static Value extreme(VM *vm, int argc, Value *argv, bool max) {
    f64 best = max ? -INFINITY : INFINITY;
    bool nan = false;
    for (int i = 0; i < argc; i++) {
        f64 x;
        if (!to_f64_rjs(vm, argv[i], &x)) return V_EXC;
        if (x != x) nan = true;
        else if (max ? x > best : x < best) best = x;
        else if (x == 0 && best == 0 && (bool)signbit(x) != max) best = x;
    }
    return nan ? V_NAN : v_from_num(best);
}

static Value math_max(VM *vm, Value self, int argc, Value *argv) {
    if (argc == 2 && v_is_int(argv[0]) && v_is_int(argv[1])) return v_int(argv[0]) > v_int(argv[1]) ? argv[0] : argv[1];
    return extreme(vm, argc, argv, true);
}

static Value math_min(VM *vm, Value self, int argc, Value *argv) {
    if (argc == 2 && v_is_int(argv[0]) && v_is_int(argv[1])) return v_int(argv[0]) < v_int(argv[1]) ? argv[0] : argv[1];
    return extreme(vm, argc, argv, false);
}

// 21.3.2.19: scaled by the largest, with Kahan's compensated sum
static Value math_hypot(VM *vm, Value self, int argc, Value *argv) {
    f64 largest = 0;
    bool nan = false;
    for (int i = 0; i < argc; i++) {
        f64 x;
        if (!to_f64_rjs(vm, argv[i], &x)) return V_EXC;
        argv[i] = v_from_raw_double(fabs(x));
        if (x != x) nan = true;
        else if (fabs(x) > largest) largest = fabs(x);
    }
    if (isinf(largest)) return v_from_num(INFINITY);
    if (nan) return V_NAN;
    if (largest == 0) return v_from_int(0);
    f64 sum = 0, compensation = 0;
    for (int i = 0; i < argc; i++) {
        f64 n = v_double(argv[i]) / largest, summand = n * n - compensation, next = sum + summand;
        compensation = (next - sum) - summand;
        sum = next;
    }
    return v_from_num(sqrt(sum) * largest);
}

// ---- sumPrecise: an exact sum in fixed point. Digit i weighs 2^(32 i - 1074); carries are moved late. ----

#define SUM_DIGITS 70 // 2098 bits of double range, 64 bits of headroom for the count

typedef struct ExactSum {
    i64 digit[SUM_DIGITS];
    u32 pending; // additions since carries were last moved
    bool plus_inf, minus_inf, nan, only_minus_zero;
} ExactSum;

static void sum_carry(ExactSum *s) {
    i64 carry = 0;
    for (u32 i = 0; i < SUM_DIGITS - 1; i++) {
        i64 v = s->digit[i] + carry;
        carry = v >> 32;
        s->digit[i] = v & 0xFFFFFFFF;
    }
    s->digit[SUM_DIGITS - 1] += carry; // holds the sign
    s->pending = 0;
}

static void sum_add(ExactSum *s, f64 x) {
    if (x != x) s->nan = true;
    else if (isinf(x)) *(x > 0 ? &s->plus_inf : &s->minus_inf) = true;
    if (!isfinite(x)) return;
    if (x != 0 || !signbit(x)) s->only_minus_zero = false;
    u64 bits;
    memcpy(&bits, &x, 8);
    u32 exponent = bits >> 52 & 0x7FF;
    u64 m = bits & ((1ull << 52) - 1);
    if (exponent) m |= 1ull << 52;
    u32 shift = exponent ? exponent - 1 : 0; // weight 2^(shift - 1074)
    unsigned __int128 wide = (unsigned __int128)m << shift % 32;
    i64 sign = x < 0 ? -1 : 1;
    for (u32 i = 0; i < 3; i++) s->digit[shift / 32 + i] += sign * (i64)(u32)(wide >> 32 * i);
    if (++s->pending == 1u << 29) sum_carry(s);
}

static f64 sum_result(ExactSum *s) {
    if (s->nan || (s->plus_inf && s->minus_inf)) return NAN;
    if (s->plus_inf || s->minus_inf) return s->plus_inf ? INFINITY : -INFINITY;
    if (s->only_minus_zero) return -0.0;
    sum_carry(s);
    bool negative = s->digit[SUM_DIGITS - 1] < 0;
    if (negative) {
        for (u32 i = 0; i < SUM_DIGITS; i++) s->digit[i] = -s->digit[i];
        sum_carry(s);
    }
    i32 top = SUM_DIGITS - 1;
    while (top >= 0 && s->digit[top] == 0) top--;
    if (top < 0) return 0;
    // The top 96 bits hold 64 significant ones; the rest only matters as "something".
    unsigned __int128 m = 0;
    for (i32 i = top; i > top - 3; i--) m = m << 32 | (i >= 0 ? (u64)s->digit[i] : 0);
    bool sticky = false;
    for (i32 i = top - 3; i >= 0; i--) sticky |= s->digit[i] != 0;
    i32 length = (u64)(m >> 64) ? 128 - __builtin_clzll((u64)(m >> 64)) : 64 - __builtin_clzll((u64)m);
    i32 weight = 32 * (top - 2) - 1074; // of m's lowest bit
    // Keep 53 bits and a rounding bit, fewer for subnormal results (their last place is 2^-1074).
    i32 drop = length - 54;
    if (weight + drop < -1075) drop = -1075 - weight;
    if (drop > 0) {
        sticky |= (m & (((unsigned __int128)1 << drop) - 1)) != 0;
        m >>= drop;
    } else {
        drop = 0;
    }
    u64 kept = (u64)m << 1 | sticky; // 55 bits at most: the conversion rounds once
    f64 d = ldexp((f64)kept, weight + drop - 1);
    return negative ? -d : d;
}

static bool sum_visit(VM *vm, Value v, void *ctx) {
    if (v_is_number(v)) {
        sum_add(ctx, v_num(v));
        return true;
    }
    vm_throw(vm, ERR_NOT_A_NUMBER, v);
    return false;
}

// Math.sumPrecise (ES2026)
static Value math_sum_precise(VM *vm, Value self, int argc, Value *argv) {
    ExactSum sum = {.only_minus_zero = true};
    if (v_is_exc(require_object_coercible(vm, ARG(0), "Math.sumPrecise"))) return V_EXC;
    if (!iterate_rjs(vm, ARG(0), sum_visit, &sum)) return V_EXC;
    return v_from_num(sum_result(&sum));
}

// ---- random ----

// 21.3.2.27, xorshift128+
static Value math_random(VM *vm, Value self, int argc, Value *argv) {
    vm_mark_impure(vm, IMPURE_RANDOM);
    u64 a = vm->random_state[0], b = vm->random_state[1];
    if (!(a | b)) b = 0x9E3779B97F4A7C15ull; // the generator never leaves zero
    vm->random_state[0] = b;
    a ^= a << 23;
    vm->random_state[1] = a ^ b ^ (a >> 17) ^ (b >> 26);
    return v_from_num((f64)((vm->random_state[1] + b) >> 11) * 0x1p-53);
}

// ---- tables ----

const NativeRow math_rows[] = {
#define MATH_UNARY(name, f) FN(#name, 1, math_##name),
    MATH_UNARY_TABLE
#undef MATH_UNARY
    FN("abs", 1, math_abs),
    FN("atan2", 2, math_atan2),
    FN("ceil", 1, math_ceil),
    FN("clz32", 1, math_clz32),
    FN("floor", 1, math_floor),
    FN("hypot", 2, math_hypot),
    FN("imul", 2, math_imul),
    FN("max", 2, math_max),
    FN("min", 2, math_min),
    FN("pow", 2, math_pow),
    FN("random", 0, math_random),
    FN("round", 1, math_round),
    FN("sumPrecise", 1, math_sum_precise),
    FN("trunc", 1, math_trunc),
    VALUE_NUM("E", 2.7182818284590452354, 0),
    VALUE_NUM("LN10", 2.302585092994046, 0),
    VALUE_NUM("LN2", 0.6931471805599453, 0),
    VALUE_NUM("LOG10E", 0.4342944819032518, 0),
    VALUE_NUM("LOG2E", 1.4426950408889634, 0),
    VALUE_NUM("PI", 3.1415926535897932, 0),
    VALUE_NUM("SQRT1_2", 0.7071067811865476, 0),
    VALUE_NUM("SQRT2", 1.4142135623730951, 0),
    VALUE_STR("@@toStringTag", "Math", ATTR_C),
    ROWS_END,
};

void builtin_math_install(VM *vm) {
    Realm *r = vm->realm;
    Object *math = object_new(vm);
    r->Math = v_obj(math);
    builtin_install(vm, r->Math, TABLE_math_rows);
    object_put(vm, v_object(r->global), key_c(vm, "Math"), r->Math, ATTR_WC);
}
