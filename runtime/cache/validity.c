// SPDX-License-Identifier: MIT
// The check of a warm start: one stat an input, nothing else as long as they agree.
#include "runtime/cache/validity.h"

#include "format/base/hash.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>

void validity_stamp(DxtlInput *input, const FileStamp *s) {
    input->size = s->size;
    input->mtime_ns = s->mtime_ns;
    input->ctime_ns = s->ctime_ns;
    input->inode = s->inode;
}

static bool same_stamp(const DxtlInput *input, const FileStamp *s) {
    return input->mtime_ns == s->mtime_ns && input->ctime_ns == s->ctime_ns && input->ctime_ns && input->inode == s->inode && input->size == s->size;
}

// ---- directories

bool validity_ignores(const char *name) {
    size_t n = strlen(name);
    return name[0] == '.' || !strcmp(name, "__snapshots__") || !strcmp(name, "coverage") || (n > 5 && !strcmp(name + n - 5, ".snap"));
}

static int compare_names(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static bool names_hash(const char *path, u8 hash[16]) {
    DIR *d = opendir(path);
    if (!d) return false;
    Arena arena = {0};
    char **names = NULL;
    u32 count = 0, cap = 0;
    for (struct dirent *e; (e = readdir(d));) {
        if (validity_ignores(e->d_name)) continue;
        if (count == cap) names = mem_realloc(names, (cap = cap ? cap * 2 : 64) * sizeof *names);
        names[count++] = arena_strndup(&arena, e->d_name, strlen(e->d_name));
    }
    closedir(d);
    if (count) qsort(names, count, sizeof *names, compare_names);
    Buf b = {0};
    for (u32 i = 0; i < count; i++) buf_put(&b, names[i], strlen(names[i]) + 1);
    Hash128 h = hash128_bytes(b.data, b.len);
    memcpy(hash, h.bytes, 16);
    buf_free(&b);
    mem_free(names);
    arena_free(&arena);
    return true;
}

static FileStamp directory_stamp(const struct stat *st, u64 clock) {
    FileStamp s = file_stamp(st, clock);
    s.size = 0; // file systems disagree about what it means
    return s;
}

bool validity_directory(const char *path, DxtlInput *input) {
    struct stat st;
    u64 clock = file_clock();
    if (stat(path, &st) || !S_ISDIR(st.st_mode)) return false; // before the names: a change in between shows next time
    FileStamp now = directory_stamp(&st, clock);
    validity_stamp(input, &now);
    input->flags = INPUT_DIRECTORY;
    return names_hash(path, input->hash);
}

// ---- checking

static bool same_content(const DxtlInput *input, const char *path) {
    u8 hash[16];
    if (input->flags & INPUT_DIRECTORY) return names_hash(path, hash) && !memcmp(hash, input->hash, 16);
    Buf b = {0};
    bool same = !file_read(path, &b);
    if (same) {
        Hash128 h = hash128_bytes(b.data, b.len);
        same = !memcmp(h.bytes, input->hash, 16);
    }
    buf_free(&b);
    return same;
}

// Where the contents alone are as they were, the input gets its new stamp here, which was taken before they were read.
static Validity input_check(DxtlInput *input, const char *path, const char *shown) {
    struct stat st;
    bool directory = input->flags & INPUT_DIRECTORY;
    u64 clock = file_clock();
    bool there = !fstatat(AT_FDCWD, *shown ? shown : ".", &st, 0);
    if (input->flags & INPUT_ABSENT) return there ? INVALID : VALID;
    if (!there || !!S_ISDIR(st.st_mode) != directory) return INVALID;
    FileStamp now = directory ? directory_stamp(&st, clock) : file_stamp(&st, clock);
    if (same_stamp(input, &now)) return VALID;
    if (input->size != now.size || !same_content(input, path)) return INVALID;
    validity_stamp(input, &now);
    return VALID_RESTAMP;
}

Validity validity_check(DxtLayout *l, const char *cwd, const char **which) {
    Validity result = VALID;
    DxtlInput *inputs = (DxtlInput *)(void *)l->inputs; // the mapping is private
    size_t n = strlen(cwd);
    for (u32 i = 0; i < l->input_count; i++) {
        const char *path = dxtl_path(l, l->inputs[i].path), *shown = path;
        if (!strncmp(path, cwd, n) && (path[n] == '/' || !path[n])) shown = path + n + (path[n] == '/');
        Validity v = input_check(&inputs[i], path, shown);
        if (v > result) result = v;
        if (v == INVALID) {
            *which = path;
            return v;
        }
    }
    return result;
}
