// SPDX-License-Identifier: MIT
// IEEE 754 binary16 to and from double, rounded once to nearest even.
#ifndef DX_HALF_H
#define DX_HALF_H

#include "format/base/base.h"

DX_INLINE f64 half_to_f64(u16 h) {
    u32 exponent = h >> 10 & 31, fraction = h & 0x3FF;
    f64 v;
    if (exponent == 31) v = fraction ? __builtin_nan("") : __builtin_inf();
    else if (exponent == 0) v = fraction * 0x1p-24;
    else v = (1024 + fraction) * 0x1p-25 * (f64)(1u << exponent);
    return h & 0x8000 ? -v : v;
}

DX_INLINE u16 half_from_f64(f64 v) {
    u64 bits;
    memcpy(&bits, &v, 8);
    u16 sign = (u16)(bits >> 48 & 0x8000);
    f64 a = __builtin_fabs(v);
    if (v != v) return 0x7E00;
    if (a >= 65520) return sign | 0x7C00;
    // Adding this constant leaves, in the lowest bits of the sum, a in units of the result's last place, rounded.
    i32 exponent = (i32)(bits >> 52 & 0x7FF) - 1023;
    if (exponent < -14) exponent = -14;
    u64 magic_bits = (u64)(exponent + 42 + 1023) << 52; // 2^(exponent - 10 + 52)
    f64 magic;
    memcpy(&magic, &magic_bits, 8);
    f64 sum = a + magic;
    u64 sum_bits;
    memcpy(&sum_bits, &sum, 8);
    u32 units = (u32)(sum_bits - magic_bits); // 0..2048
    // A carry out of the fraction, or of the subnormal range, moves into the exponent by itself.
    return sign | (u16)(((u32)(exponent + 14) << 10) + units);
}

#endif
