// SPDX-License-Identifier: MIT
// Arithmetic on numbers that C does differently from ECMAScript (6.1.6.1).
#ifndef DX_NUMBER_H
#define DX_NUMBER_H

#include "format/base/base.h"

#include <math.h>

// Number::exponentiate: unlike C, pow(x, NaN) is NaN and pow(±1, ±Infinity) is NaN.
DX_INLINE f64 number_pow(f64 base, f64 exponent) {
    if (exponent != exponent || ((base == 1 || base == -1) && isinf(exponent))) return NAN;
    return pow(base, exponent);
}

#endif
