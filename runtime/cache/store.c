// SPDX-License-Identifier: MIT
// Directories of the store, names of layouts, times. Modules are pool.c's. Everything is written under a temporary name and renamed: a
// reader sees a whole file or none.
#include "runtime/cache/store.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
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

// ---- pruning

enum { ABANDONED_SECONDS = 3600 }; // a temporary file this old has no writer any more

typedef struct Kept {
    char name[48];      // 32 digits and a suffix
    time_t used;
} Kept;

static int compare_use(const void *a, const void *b) { // latest first
    time_t x = ((const Kept *)a)->used, y = ((const Kept *)b)->used;
    return x < y ? 1 : x > y ? -1 : 0;
}

static void remove_abandoned(int dir, const char *name, time_t now) {
    struct stat st;
    if (!fstatat(dir, name, &st, 0) && st.st_mtime < now - ABANDONED_SECONDS) unlinkat(dir, name, 0);
}

// A layout's record of times is written by every run that uses it: its age is when the layout was used last.
static void prune_layouts(int times, DIR *d) {
    Kept *kept = NULL;
    u32 count = 0, cap = 0;
    time_t now = time(NULL);
    for (struct dirent *e; (e = readdir(d));) {
        size_t n = strlen(e->d_name);
        struct stat st, record;
        if (n > 4 && !strcmp(e->d_name + n - 4, ".tmp")) remove_abandoned(dirfd(d), e->d_name, now);
        if (n != 37 || strcmp(e->d_name + 32, ".dxtl") || fstatat(dirfd(d), e->d_name, &st, 0)) continue;
        if (count == cap) kept = mem_realloc(kept, (cap = cap ? cap * 2 : 128) * sizeof *kept);
        Kept *k = &kept[count++];
        memcpy(k->name, e->d_name, n + 1);
        char key[33] = {0};
        memcpy(key, e->d_name, 32);
        k->used = !fstatat(times, key, &record, 0) && record.st_mtime > st.st_mtime ? record.st_mtime : st.st_mtime;
    }
    if (count > STORE_LAYOUTS) qsort(kept, count, sizeof *kept, compare_use);
    for (u32 i = STORE_LAYOUTS; i < count; i++) {
        unlinkat(dirfd(d), kept[i].name, 0);
        kept[i].name[32] = 0;
        unlinkat(times, kept[i].name, 0);
    }
    mem_free(kept);
}

static void prune_pool(const Store *s) {
    char path[4096];
    snprintf(path, sizeof path, "%s/pool", s->directory);
    DIR *d = opendir(path);
    for (struct dirent *e; d && (e = readdir(d));) {
        size_t n = strlen(e->d_name);
        if (n > 4 && !strcmp(e->d_name + n - 4, ".tmp")) remove_abandoned(dirfd(d), e->d_name, time(NULL));
    }
    if (d) closedir(d);
}

void store_prune(const Store *s) {
    char layouts[4096], times[4096];
    if (!s->directory[0]) return;
    snprintf(layouts, sizeof layouts, "%s/layouts", s->directory);
    snprintf(times, sizeof times, "%s/times", s->directory);
    DIR *d = opendir(layouts);
    int t = open(times, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (d && t >= 0) prune_layouts(t, d);
    if (d) closedir(d);
    if (t >= 0) close(t);
    prune_pool(s);
}

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
