// SPDX-License-Identifier: MIT
// BigInt values: sign and magnitude, 64-bit limbs in a heap cell; arithmetic on GMP's mpn functions. No function here
// runs user code except to_bigint_rjs. Functions that make a BigInt return V_EXC when it would pass V8's limit of 2^30
// bits (RangeError) or where their line says so. Arguments named a, b are BigInt values.
#ifndef DX_BIGINT_H
#define DX_BIGINT_H

#include "vm/convert.h"

struct BigInt {
    Cell cell;
    u32 n;        // limbs in use; limb[n-1] != 0; zero has none
    u32 negative; // 0 or 1; zero is never negative
    u64 limb[];   // least significant first
};

#define BIGINT_MAX_LIMBS (1u << 24) // 2^30 bits

DX_INLINE BigInt *v_bigint(Value v) { return (BigInt *)v_ptr(v); }
DX_INLINE bool bigint_is_zero(Value a) { return v_bigint(a)->n == 0; }
DX_INLINE bool bigint_is_negative(Value a) { return v_bigint(a)->negative; }

// ---- making
Value bigint_from_i64(VM *vm, i64 v);
Value bigint_from_u64(VM *vm, u64 v);
Value bigint_from_f64(VM *vm, f64 v);      // v is an integer, finite
Value number_to_bigint(VM *vm, f64 v);     // NumberToBigInt: RangeError unless integral
// Digits only (no sign, prefix or separator), at least one; V_UNDEFINED if one is not of the radix. Literals of a module are radix 10.
Value bigint_from_digits(VM *vm, const u8 *p, size_t n, u32 radix, bool negative);
Value string_to_bigint(VM *vm, String *s); // StringToBigInt; V_UNDEFINED if s is no StringIntegerLiteral
Value to_bigint_rjs(VM *vm, Value v) DX_MUST_USE; // ToBigInt

// ---- arithmetic (6.1.6.2); inside one call both operands are BigInts already (BIGINT_MIX is the caller's)
Value bigint_add(VM *vm, Value a, Value b) DX_MUST_USE;
Value bigint_sub(VM *vm, Value a, Value b) DX_MUST_USE;
Value bigint_mul(VM *vm, Value a, Value b) DX_MUST_USE;
Value bigint_div(VM *vm, Value a, Value b) DX_MUST_USE; // RangeError on zero
Value bigint_rem(VM *vm, Value a, Value b) DX_MUST_USE; // RangeError on zero
Value bigint_pow(VM *vm, Value a, Value b) DX_MUST_USE; // RangeError on a negative exponent
Value bigint_shl(VM *vm, Value a, Value b) DX_MUST_USE;
Value bigint_shr(VM *vm, Value a, Value b) DX_MUST_USE; // signed; >>> is a TypeError of the caller
Value bigint_and(VM *vm, Value a, Value b) DX_MUST_USE;
Value bigint_or(VM *vm, Value a, Value b) DX_MUST_USE;
Value bigint_xor(VM *vm, Value a, Value b) DX_MUST_USE;
Value bigint_not(VM *vm, Value a) DX_MUST_USE;
Value bigint_neg(VM *vm, Value a);
Value bigint_inc(VM *vm, Value a) DX_MUST_USE;
Value bigint_dec(VM *vm, Value a) DX_MUST_USE;
Value bigint_as_int_n(VM *vm, u64 bits, Value a) DX_MUST_USE;
Value bigint_as_uint_n(VM *vm, u64 bits, Value a) DX_MUST_USE;

// ---- comparing and converting
bool bigint_equal(Value a, Value b);
int bigint_compare(Value a, Value b);         // <0, 0, >0
int bigint_compare_f64(Value a, f64 b);       // <0, 0, >0 by mathematical value; 2 if b is NaN
u32 bigint_hash(Value a);                     // equal values, equal hashes
f64 bigint_to_f64(Value a);                   // rounded to nearest even
u64 bigint_to_u64(Value a);                   // modulo 2^64 (typed arrays)
Value bigint_to_string(VM *vm, Value a, u32 radix) DX_MUST_USE; // V_EXC: longer than a string may be

#endif
