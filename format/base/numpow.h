// SPDX-License-Identifier: MIT
// Internal to number text: powers of ten to 128 bits.
#ifndef DX_NUMPOW_H
#define DX_NUMPOW_H

#include "format/base/base.h"

#define NUMPOW_LOW (-342)
#define NUMPOW_HIGH 324

typedef struct NumPow {
    u64 hi, lo; // (hi, lo) in [2^127, 2^128): 10^k scaled by a power of two, rounded down
} NumPow;
extern const NumPow NUM_POW10[NUMPOW_HIGH - NUMPOW_LOW + 1];

// Rounded up where 10^k has more than 128 bits (or is a fraction).
DX_INLINE NumPow numpow_ceil(i32 k) {
    NumPow p = NUM_POW10[k - NUMPOW_LOW];
    if (k < 0 || k > 55) {
        if (++p.lo == 0) p.hi++;
    }
    return p;
}

DX_INLINE i32 numpow_log2(i32 k) { return (k * 1741647) >> 19; } // floor(log2(10^k)), |k| <= 1233

DX_INLINE u64 num_bits(f64 v) {
    u64 b;
    memcpy(&b, &v, 8);
    return b;
}
DX_INLINE f64 num_of_bits(u64 b) {
    f64 v;
    memcpy(&v, &b, 8);
    return v;
}

#endif
