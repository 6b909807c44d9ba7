// SPDX-License-Identifier: MIT
// The compare kernels of the assertion opcodes: each against what its contract says (vm/assert/simd.h), the portable ones and those of this
// CPU alike. Inputs lie at the end of a page behind which nothing may be read, begin at every offset, and differ in every place.
#include "tests/vm/test_simd.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum { WORDS = 150, BATCH = 64 };

// Room for n bytes that end where readable memory ends.
static u8 *at_the_edge(size_t n) {
    static u8 *maps[2];
    static u32 next;
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    u8 **map = &maps[next++ & 1];
    if (!*map) {
        *map = mmap(NULL, page * 2, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        T_CHECK(*map != MAP_FAILED && !mprotect(*map + page, page, PROT_NONE), "mmap");
    }
    return *map + page - n;
}

static void test_mismatch(const SimdKernels *k) {
    for (u64 n = 0; n <= WORDS; n++) {
        u64 *a = (u64 *)(void *)at_the_edge(n * 8), *b = (u64 *)(void *)at_the_edge(n * 8);
        for (u64 i = 0; i < n; i++) a[i] = b[i] = test_random();
        T_CHECK(k->mismatch_u64(a, b, n) == n, "%s: %llu equal words", k->name, (unsigned long long)n);
        for (u64 i = n; i-- > 0;) { // the first of several counts
            b[i] ^= 1ull << (test_random() & 63);
            T_CHECK(k->mismatch_u64(a, b, n) == i, "%s: word %llu of %llu", k->name, (unsigned long long)i, (unsigned long long)n);
        }
    }
}

static void test_mismatch_bytes(const SimdKernels *k) {
    for (u64 n = 0; n <= 200; n++) {
        u8 *a = at_the_edge(n), *b = at_the_edge(n);
        for (u64 i = 0; i < n; i++) a[i] = b[i] = (u8)test_random();
        T_CHECK(k->mismatch_bytes(a, b, n) == n, "%s: %llu equal bytes", k->name, (unsigned long long)n);
        for (u64 i = n; i-- > 0;) {
            b[i] ^= (u8)(1u << (test_random() & 7));
            T_CHECK(k->mismatch_bytes(a, b, n) == i, "%s: byte %llu of %llu", k->name, (unsigned long long)i, (unsigned long long)n);
        }
    }
}

static void test_masks(const SimdKernels *k) {
    for (u32 round = 0; round < 50; round++)
        for (u32 n = 0; n <= BATCH; n++) {
            u64 *pairs = (u64 *)(void *)at_the_edge((size_t)n * 16), *words = (u64 *)(void *)at_the_edge((size_t)n * 8);
            u64 what = test_random(), unequal_pairs = 0, unequal_words = 0;
            for (u32 i = 0; i < n; i++) {
                u64 difference = test_random() & 1 ? 0 : 1ull << (test_random() & 63);
                pairs[2 * i] = test_random();
                pairs[2 * i + 1] = pairs[2 * i] ^ difference;
                words[i] = what ^ difference;
                unequal_pairs |= (u64)(difference != 0) << i;
                unequal_words |= (u64)(difference != 0) << i;
            }
            T_CHECK(k->pairs_unequal(pairs, n) == unequal_pairs, "%s: %u pairs", k->name, n);
            T_CHECK(k->words_unequal_to(words, n, what) == unequal_words, "%s: %u words", k->name, n);
        }
}

void test_simd(void) {
    const SimdKernels *kernels[] = {&simd_portable, simd_avx2()};
    for (u32 i = 0; i < DX_COUNTOF(kernels); i++) {
        if (!kernels[i]) continue; // not on this CPU
        test_mismatch(kernels[i]);
        test_mismatch_bytes(kernels[i]);
        test_masks(kernels[i]);
    }
}
