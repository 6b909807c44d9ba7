// SPDX-License-Identifier: MIT
// Directories of the store, names of layouts, times. Modules are pool.c's. Everything is written under a temporary name and renamed: a
// reader sees a whole file or none.
#include "runtime/cache/store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static bool make_directory(const char *path) { return !mkdir(path, 0777) || errno == EEXIST; }

static bool make_parents(char *path) {
    for (char *p = path + 1; *p; p++) {
        if (*p != '/') continue;
        *p = 0;
        bool ok = make_directory(path);
        *p = '/';
        if (!ok) return false;
    }
    return make_directory(path);
}

bool store_open(Store *s, const char *directory) {
    char path[4096];
    s->directory[0] = 0;
    int n = snprintf(path, sizeof path, "%s/layouts", directory);
    if (n < 0 || (size_t)n >= sizeof s->directory || !make_parents(path)) return false;
    static const char *const inner[] = {"pool", "times"};
    for (u32 i = 0; i < DX_COUNTOF(inner); i++) {
        snprintf(path, sizeof path, "%s/%s", directory, inner[i]);
        if (!make_directory(path)) return false;
    }
    snprintf(path, sizeof path, "%s/.gitignore", directory);
    if (access(path, F_OK)) file_write_atomic(path, "*\n", 2);
    return store_use(s, directory);
}

bool store_use(Store *s, const char *directory) {
    size_t n = strlen(directory);
    if (n >= sizeof s->directory) return false;
    memcpy(s->directory, directory, n + 1);
    char pool[4096];
    snprintf(pool, sizeof pool, "%s/pool", directory);
    pool_init(&s->pool, pool);
    return true;
}

static void entry_path(const Store *s, const char *kind, const u8 key[16], const char *suffix, char *out, size_t cap) {
    char hex[33];
    for (u32 i = 0; i < 16; i++) snprintf(hex + i * 2, 3, "%02x", key[i]);
    snprintf(out, cap, "%s/%s/%s%s", s->directory, kind, hex, suffix);
}

void store_layout_path(const Store *s, const u8 key[16], char *out, size_t cap) { entry_path(s, "layouts", key, ".dxtl", out, cap); }

// ---- times

bool store_times_load(const Store *s, const u8 key[16], StoreTime *rows, u32 count) {
    char path[4096];
    if (!s->directory[0]) return false;
    entry_path(s, "times", key, "", path, sizeof path);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return false;
    StoreTime *old = mem_alloc(((size_t)count + 1) * sizeof *old);
    ssize_t n = read(fd, old, (size_t)count * sizeof *old);
    close(fd);
    u32 have = n > 0 ? (u32)((size_t)n / sizeof *old) : 0;
    for (u32 i = 0; i < count; i++) {
        if (i < have && old[i].path_hash == rows[i].path_hash) { // the usual case: the same files as last time
            rows[i] = old[i];
            continue;
        }
        for (u32 j = 0; j < have; j++)
            if (old[j].path_hash == rows[i].path_hash) rows[i] = old[j];
    }
    mem_free(old);
    return have > 0;
}

void store_times_save(const Store *s, const u8 key[16], const StoreTime *rows, u32 count) {
    char path[4096];
    if (!s->directory[0]) return;
    entry_path(s, "times", key, "", path, sizeof path);
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0666); // in place: rows stand for themselves
    if (fd < 0) return;
    if (write(fd, rows, (size_t)count * sizeof *rows) < 0) unlink(path);
    close(fd);
}
