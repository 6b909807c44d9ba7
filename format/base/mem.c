// SPDX-License-Identifier: MIT
// The gate to malloc. Owns: the out-of-memory message, failure injection in debug builds, dx_panic.
// Does not own: arenas (arena.c), buffers (buf.c), the JS heap (vm/heap).
#include "format/base/mem.h"

#include <stdio.h>
#include <stdlib.h>

void dx_panic(const char *file, int line, const char *what) {
    fflush(stdout);
    fprintf(stderr, "%s:%d: internal error: broken invariant: %s\n", file, line, what);
    abort();
}

DX_NORETURN static void out_of_memory(size_t size) {
    fprintf(stderr, "out of memory (allocating %zu bytes)\n", size);
    exit(2);
}

#ifdef DX_DEBUG
// DX_FAIL_ALLOC=N makes the Nth allocation of the process fail: every path that allocates must survive being
// the one that ends the process (no half-written file, no held lock).
static bool injected_failure(void) {
    static long countdown = -1;
    static bool looked;
    if (!looked) {
        const char *env = getenv("DX_FAIL_ALLOC");
        looked = true;
        if (env) countdown = strtol(env, NULL, 10);
    }
    if (countdown <= 0) return false;
    return --countdown == 0;
}
#define FRESH_BYTE 0xA5 // uninitialised memory reads as this in debug builds
#else
#define injected_failure() false
#endif

void *mem_alloc(size_t size) {
    void *p = injected_failure() ? NULL : malloc(size ? size : 1);
    if (DX_UNLIKELY(!p)) out_of_memory(size);
#ifdef DX_DEBUG
    memset(p, FRESH_BYTE, size);
#endif
    return p;
}

void *mem_zalloc(size_t size) {
    void *p = injected_failure() ? NULL : calloc(1, size ? size : 1);
    if (DX_UNLIKELY(!p)) out_of_memory(size);
    return p;
}

void *mem_realloc(void *p, size_t size) {
    void *q = injected_failure() ? NULL : realloc(p, size ? size : 1);
    if (DX_UNLIKELY(!q)) out_of_memory(size);
    return q;
}

void mem_free(void *p) { free(p); }
