// SPDX-License-Identifier: MIT
// Compare kernels of the assertion opcodes. Each has a portable version and an AVX2 one picked at start; both give the same results
// (tests/vm/test_simd.c). Masks and indices refer to elements.
#ifndef DX_SIMD_H
#define DX_SIMD_H

#include "format/base/base.h"

typedef struct SimdKernels {
    const char *name;
    u64 (*mismatch_u64)(const u64 *a, const u64 *b, u64 n);        // index of the first unequal word, n if none
    u64 (*mismatch_bytes)(const u8 *a, const u8 *b, u64 n);
    u64 (*pairs_unequal)(const u64 *pairs, u32 n);                 // n <= 64 pairs {actual, expected}: bit i set where the words differ
    u64 (*words_unequal_to)(const u64 *v, u32 n, u64 what);        // n <= 64: bit i set where v[i] != what
} SimdKernels;

extern const SimdKernels simd_portable, *simd; // simd: the ones in use
void simd_init(void);                          // picks by CPU
const SimdKernels *simd_avx2(void);            // NULL where the CPU or compiler lacks it

#endif
