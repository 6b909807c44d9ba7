// SPDX-License-Identifier: MIT
// Compare kernels: portable C and AVX2.
#include "vm/assert/simd.h"
#include "format/base/cpu.h"

static u64 mismatch_u64_c(const u64 *a, const u64 *b, u64 n) {
    for (u64 i = 0; i < n; i++)
        if (a[i] != b[i]) return i;
    return n;
}
static u64 mismatch_bytes_c(const u8 *a, const u8 *b, u64 n) {
    for (u64 i = 0; i < n; i++)
        if (a[i] != b[i]) return i;
    return n;
}
static u64 pairs_unequal_c(const u64 *p, u32 n) {
    u64 mask = 0;
    for (u32 i = 0; i < n; i++) mask |= (u64)(p[2 * i] != p[2 * i + 1]) << i;
    return mask;
}
static u64 words_unequal_to_c(const u64 *v, u32 n, u64 what) {
    u64 mask = 0;
    for (u32 i = 0; i < n; i++) mask |= (u64)(v[i] != what) << i;
    return mask;
}
const SimdKernels simd_portable = {"portable", mismatch_u64_c, mismatch_bytes_c, pairs_unequal_c, words_unequal_to_c};
const SimdKernels *simd = &simd_portable;

#if defined(__x86_64__)
#include <immintrin.h>
#define AVX2 __attribute__((target("avx2")))

AVX2 static u64 mismatch_u64_avx2(const u64 *a, const u64 *b, u64 n) {
    u64 i = 0;
    for (; i + 16 <= n; i += 16) { // four vectors a step, one branch
        __m256i e = _mm256_cmpeq_epi64(_mm256_loadu_si256((const __m256i *)(a + i)), _mm256_loadu_si256((const __m256i *)(b + i)));
        for (int k = 1; k < 4; k++)
            e = _mm256_and_si256(e, _mm256_cmpeq_epi64(_mm256_loadu_si256((const __m256i *)(a + i + 4 * k)), _mm256_loadu_si256((const __m256i *)(b + i + 4 * k))));
        if (_mm256_movemask_epi8(e) != -1) break;
    }
    return i + mismatch_u64_c(a + i, b + i, n - i);
}
AVX2 static u64 mismatch_bytes_avx2(const u8 *a, const u8 *b, u64 n) {
    u64 i = 0;
    for (; i + 32 <= n; i += 32) {
        __m256i e = _mm256_cmpeq_epi8(_mm256_loadu_si256((const __m256i *)(a + i)), _mm256_loadu_si256((const __m256i *)(b + i)));
        u32 m = (u32)_mm256_movemask_epi8(e);
        if (m != 0xFFFFFFFFu) return i + (u64)__builtin_ctz(~m);
    }
    return i + mismatch_bytes_c(a + i, b + i, n - i);
}
AVX2 static u64 pairs_unequal_avx2(const u64 *p, u32 n) {
    u64 mask = 0;
    u32 i = 0;
    for (; i + 4 <= n; i += 4) { // [a0 e0 a1 e1] [a2 e2 a3 e3] → actuals, expecteds
        __m256i x = _mm256_loadu_si256((const __m256i *)(p + 2 * i)), y = _mm256_loadu_si256((const __m256i *)(p + 2 * i + 4));
        __m256i a = _mm256_unpacklo_epi64(x, y), e = _mm256_unpackhi_epi64(x, y); // order: 0 2 1 3
        u32 eq = (u32)_mm256_movemask_pd(_mm256_castsi256_pd(_mm256_cmpeq_epi64(a, e)));
        u32 ne = ~eq & 15;
        mask |= (u64)((ne & 1) | (ne & 2) << 1 | (ne & 4) >> 1 | (ne & 8)) << i;
    }
    return i < n ? mask | pairs_unequal_c(p + 2 * i, n - i) << i : mask;
}
AVX2 static u64 words_unequal_to_avx2(const u64 *v, u32 n, u64 what) {
    u64 mask = 0;
    u32 i = 0;
    __m256i w = _mm256_set1_epi64x((long long)what);
    for (; i + 4 <= n; i += 4) {
        u32 eq = (u32)_mm256_movemask_pd(_mm256_castsi256_pd(_mm256_cmpeq_epi64(_mm256_loadu_si256((const __m256i *)(v + i)), w)));
        mask |= (u64)(~eq & 15) << i;
    }
    return i < n ? mask | words_unequal_to_c(v + i, n - i, what) << i : mask;
}
static const SimdKernels avx2_kernels = {"avx2", mismatch_u64_avx2, mismatch_bytes_avx2, pairs_unequal_avx2, words_unequal_to_avx2};
const SimdKernels *simd_avx2(void) { return cpu_has_avx2() ? &avx2_kernels : NULL; }
#else
const SimdKernels *simd_avx2(void) { return NULL; }
#endif

void simd_init(void) {
    const SimdKernels *k = simd_avx2();
    simd = k ? k : &simd_portable;
}
