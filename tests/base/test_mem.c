// SPDX-License-Identifier: MIT
#include "format/base/mem.h"
#include "tests/base/test.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static void arenas(void) {
    Arena a = {0};
    char *blocks[300];
    for (int i = 0; i < 300; i++) {
        size_t n = (size_t)i * i + 1; // some larger than a chunk
        blocks[i] = arena_alloc(&a, n);
        T_CHECK(((uintptr_t)blocks[i] & 7) == 0, "alignment of block %d", i);
        memset(blocks[i], i, n);
    }
    for (int i = 0; i < 300; i++) T_CHECK((u8)blocks[i][(size_t)i * i] == (u8)i, "block %d was overwritten", i);
    T_CHECK(strcmp(arena_strndup(&a, "hello world", 5), "hello") == 0, "strndup");
    T_CHECK(*(u64 *)arena_zalloc(&a, 8) == 0, "zalloc");
    arena_alloc(&a, (size_t)3 << 20);
    arena_free(&a);
    T_CHECK(a.total == 0 && arena_alloc(&a, 10), "reuse after free");
    arena_free(&a);
}

static void buffers(void) {
    Buf b = {0};
    buf_u8(&b, 1);
    buf_u16(&b, 0x2345);
    buf_u32(&b, 0x6789ABCD);
    buf_u64(&b, 0x1122334455667788ull);
    static const u8 want[] = {1, 0x45, 0x23, 0xCD, 0xAB, 0x89, 0x67, 0x88, 0x77, 0x66, 0x55, 0x44, 0x33, 0x22, 0x11};
    T_CHECK(b.len == sizeof want && memcmp(b.data, want, b.len) == 0, "little-endian words");
    buf_align(&b, 8);
    T_CHECK(b.len == 16 && b.data[15] == 0, "alignment");
    b.len = 0;
    for (int i = 0; i < 1000; i++) buf_printf(&b, "%d,", i);
    buf_printf(&b, "%1000d", 7);
    buf_str(&b, "end");
    T_CHECK(b.len == 3890 + 1000 + 3 && strlen(buf_cstr(&b)) == b.len, "length %zu", b.len);
    buf_free(&b);
}

static void files(void) {
    char dir[] = "/tmp/dx-test-XXXXXX", path[64];
    if (!mkdtemp(dir)) {
        T_CHECK(false, "mkdtemp");
        return;
    }
    snprintf(path, sizeof path, "%s/file", dir);
    Buf b = {0};
    T_CHECK(file_read(path, &b) == ENOENT, "missing file");
    T_CHECK(file_write_atomic(path, "first", 5) == 0, "write");
    T_CHECK(file_write_atomic(path, "second!", 7) == 0, "overwrite");
    T_CHECK(file_read(path, &b) == 0 && b.len == 7 && memcmp(b.data, "second!", 7) == 0, "read back");
    T_CHECK(file_read(dir, &b) == EISDIR, "directory");
    b.len = 0;
    T_CHECK(file_read("/proc/self/status", &b) == 0 && b.len > 0, "file of unknown size");
    unlink(path);
    T_CHECK(rmdir(dir) == 0, "no temporary file stays behind");
    snprintf(path, sizeof path, "%s/none/file", dir);
    T_CHECK(file_write_atomic(path, "x", 1) == ENOENT, "missing directory");
    buf_free(&b);
}

void test_mem(void) {
    arenas();
    buffers();
    files();
}
