// SPDX-License-Identifier: MIT
// The check of a warm start: one stat an input, nothing else as long as they agree.
#include "runtime/cache/validity.h"

#include "format/base/hash.h"
#include "format/layout.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>

static u64 mtime_of(const struct stat *st) { return (u64)st->st_mtim.tv_sec * 1000000000u + (u64)st->st_mtim.tv_nsec; }

static void stamp(DxtlInput *input, const struct stat *st) {
    input->size = (u64)st->st_size;
    input->mtime_ns = mtime_of(st);
    input->inode = st->st_ino;
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

bool validity_directory(const char *path, DxtlInput *input) {
    struct stat st;
    if (stat(path, &st) || !S_ISDIR(st.st_mode)) return false; // before the names: a change in between shows next time
    stamp(input, &st);
    input->size = 0; // file systems disagree about what it means
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

static Validity input_check(const DxtlInput *input, const char *path, const char *shown) {
    struct stat st;
    bool there = !fstatat(AT_FDCWD, *shown ? shown : ".", &st, 0);
    if (input->flags & INPUT_ABSENT) return there ? INVALID : VALID;
    if (!there || !!S_ISDIR(st.st_mode) != !!(input->flags & INPUT_DIRECTORY)) return INVALID;
    bool same = mtime_of(&st) == input->mtime_ns && st.st_ino == input->inode;
    if (input->flags & INPUT_DIRECTORY) return same ? VALID : same_content(input, path) ? VALID_RESTAMP : INVALID;
    if (same && (u64)st.st_size == input->size) return VALID;
    return (u64)st.st_size == input->size && same_content(input, path) ? VALID_RESTAMP : INVALID;
}

Validity validity_check(const DxtLayout *l, const char *cwd, const char **which) {
    Validity result = VALID;
    size_t n = strlen(cwd);
    for (u32 i = 0; i < l->input_count; i++) {
        const char *path = dxtl_path(l, l->inputs[i].path), *shown = path;
        if (!strncmp(path, cwd, n) && (path[n] == '/' || !path[n])) shown = path + n + (path[n] == '/');
        Validity v = input_check(&l->inputs[i], path, shown);
        if (v > result) result = v;
        if (v == INVALID) {
            *which = path;
            return v;
        }
    }
    return result;
}

void validity_restamp(const DxtLayout *l, Buf *out) {
    buf_put(out, l->base, l->map_len);
    // The mapping is private and string cells may carry marks of a running VM: only a layout nobody has run yet comes here.
    DxtlInput *inputs = (DxtlInput *)(void *)(out->data + ((const u8 *)l->inputs - l->base));
    for (u32 i = 0; i < l->input_count; i++) {
        struct stat st;
        if (inputs[i].flags & INPUT_ABSENT || stat(dxtl_path(l, l->inputs[i].path), &st)) continue;
        stamp(&inputs[i], &st);
        if (inputs[i].flags & INPUT_DIRECTORY) inputs[i].size = 0;
    }
    Hash128 h = hash128_bytes(out->data + 24, out->len - 24);
    memcpy(out->data + 8, h.bytes, 16);
}
