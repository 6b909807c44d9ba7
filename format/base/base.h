// SPDX-License-Identifier: MIT
// The leaf header every room includes: integer names, compiler attributes, assertions.
#ifndef DX_BASE_H
#define DX_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;
typedef int8_t i8;
typedef int16_t i16;
typedef int32_t i32;
typedef int64_t i64;
typedef double f64;

#define DX_LIKELY(x)   __builtin_expect(!!(x), 1)
#define DX_UNLIKELY(x) __builtin_expect(!!(x), 0)
#define DX_MUST_USE    __attribute__((warn_unused_result))
#define DX_NORETURN    __attribute__((noreturn))
#define DX_NOINLINE    __attribute__((noinline))
#define DX_INLINE      static inline __attribute__((always_inline))
#define DX_PRINTF(f, a) __attribute__((format(printf, f, a)))
#define DX_COUNTOF(a)  (sizeof(a) / sizeof((a)[0]))

// A broken invariant of this program (never bad input): says where and aborts.
DX_NORETURN void dx_panic(const char *file, int line, const char *what);
#define DX_CHECK(c) (DX_LIKELY(c) ? (void)0 : dx_panic(__FILE__, __LINE__, #c))
#ifdef DX_DEBUG
#define DX_ASSERT(c) DX_CHECK(c)
#else
#define DX_ASSERT(c) ((void)0)
#endif

DX_INLINE u32 dx_min_u32(u32 a, u32 b) { return a < b ? a : b; }
DX_INLINE u32 dx_max_u32(u32 a, u32 b) { return a > b ? a : b; }
// memcmp(a, b, n) == 0, for texts that are mostly short: two overlapping words decide.
DX_INLINE bool bytes_equal(const void *pa, const void *pb, size_t n) {
    const u8 *a = pa, *b = pb;
    u64 x, y, u, v;
    u32 i, j, k, l;
    if (n > 16) return memcmp(a, b, n) == 0;
    if (n >= 8) {
        memcpy(&x, a, 8), memcpy(&y, b, 8), memcpy(&u, a + n - 8, 8), memcpy(&v, b + n - 8, 8);
        return ((x ^ y) | (u ^ v)) == 0;
    }
    if (n >= 4) {
        memcpy(&i, a, 4), memcpy(&j, b, 4), memcpy(&k, a + n - 4, 4), memcpy(&l, b + n - 4, 4);
        return ((i ^ j) | (k ^ l)) == 0;
    }
    return !n || (a[0] == b[0] && a[n / 2] == b[n / 2] && a[n - 1] == b[n - 1]);
}
DX_INLINE u64 dx_align_up(u64 n, u64 a) { return (n + a - 1) & ~(a - 1); }

#endif
