// SPDX-License-Identifier: MIT
// A hash table of stat results, and path arithmetic.
#include "compiler/link/probe.h"

#include "format/base/hash.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static void fact_fill(ProbeFact *f, const struct stat *st, u64 clock) {
    f->kind = S_ISREG(st->st_mode) ? PROBE_FILE : S_ISDIR(st->st_mode) ? PROBE_DIRECTORY : PROBE_ABSENT;
    f->stamp = file_stamp(st, clock);
}

static u32 *table_slot(Probe *p, const char *path) {
    u64 h = hash_bytes(path, strlen(path));
    for (;; h++) {
        u32 *slot = &p->table[h & p->mask];
        if (!*slot || !strcmp(p->facts[*slot - 1]->path, path)) return slot;
    }
}

static void table_grow(Probe *p) {
    if (p->table && p->count * 2 < p->mask) return;
    p->mask = p->table ? p->mask * 2 + 1 : 1023;
    mem_free(p->table);
    p->table = mem_zalloc(((size_t)p->mask + 1) * sizeof *p->table);
    for (u32 i = 0; i < p->count; i++) *table_slot(p, p->facts[i]->path) = i + 1;
}

static ProbeFact *fact_of(Probe *p, const char *path, bool *is_new) {
    table_grow(p);
    u32 *slot = table_slot(p, path);
    *is_new = !*slot;
    if (*slot) return p->facts[*slot - 1];
    if (p->count == p->cap) {
        p->cap = p->cap ? p->cap * 2 : 512;
        p->facts = mem_realloc(p->facts, p->cap * sizeof *p->facts);
    }
    ProbeFact *f = ARENA_NEW(&p->arena, ProbeFact);
    f->path = arena_strndup(&p->arena, path, strlen(path));
    p->facts[p->count++] = f;
    *slot = p->count;
    return f;
}

ProbeFact *probe_path(Probe *p, const char *path) {
    bool is_new;
    ProbeFact *f = fact_of(p, path, &is_new);
    struct stat st;
    u64 clock = file_clock();
    if (is_new && !stat(path, &st)) fact_fill(f, &st, clock);
    return f;
}

bool probe_is_file(Probe *p, const char *path) { return probe_path(p, path)->kind == PROBE_FILE; }
bool probe_is_directory(Probe *p, const char *path) { return probe_path(p, path)->kind == PROBE_DIRECTORY; }

int probe_read_fact(const char *path, Buf *out, ProbeFact *fact) {
    struct stat st;
    u64 clock = file_clock();
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return errno;
    int error = fstat(fd, &st) ? errno : S_ISDIR(st.st_mode) ? EISDIR : 0;
    if (!error) {
        fact_fill(fact, &st, clock);
        buf_reserve(out, (size_t)st.st_size + 1);
    }
    while (!error) {
        if (out->cap == out->len) buf_reserve(out, 65536);
        ssize_t n = read(fd, out->data + out->len, out->cap - out->len);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) error = errno;
        if (n <= 0) break;
        out->len += (size_t)n;
        if (out->len == fact->stamp.size && fact->kind == PROBE_FILE) break; // all of it
    }
    close(fd);
    if (error) return error;
    fact->used = true;
    Hash128 h = hash128_bytes(out->data, out->len);
    memcpy(fact->hash, h.bytes, 16);
    return 0;
}

void probe_note(Probe *p, const char *path, const ProbeFact *fact) {
    bool is_new;
    ProbeFact *f = fact_of(p, path, &is_new);
    const char *kept = f->path;
    *f = *fact;
    f->path = kept;
}

int probe_read(Probe *p, const char *path, Buf *out) {
    ProbeFact fact = {0};
    int error = probe_read_fact(path, out, &fact);
    if (!error) probe_note(p, path, &fact);
    return error;
}

void probe_free(Probe *p) {
    mem_free(p->facts);
    mem_free(p->table);
    arena_free(&p->arena);
    memset(p, 0, sizeof *p);
}

// ---- paths

char *path_join(Arena *a, const char *base, const char *relative) {
    size_t n = relative[0] == '/' ? 0 : strlen(base), m = strlen(relative);
    char *text = arena_alloc(a, n + m + 3), *out = text;
    memcpy(text, base, n);
    text[n] = '/';
    memcpy(text + n + 1, relative, m + 1);
    for (const char *p = text; *p;) { // normalised in place: what is written is never longer than what was read
        while (*p == '/') p++;
        size_t len = strcspn(p, "/");
        if (len == 2 && p[0] == '.' && p[1] == '.') {
            while (out > text && *--out != '/') {}
        } else if (len && !(len == 1 && p[0] == '.')) {
            *out++ = '/';
            memmove(out, p, len);
            out += len;
        }
        p += len;
    }
    if (out == text) *out++ = '/';
    *out = 0;
    return text;
}

char *path_dirname(Arena *a, const char *path) {
    const char *slash = strrchr(path, '/');
    return arena_strndup(a, path, slash && slash > path ? (size_t)(slash - path) : 1);
}

const char *path_basename(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

bool path_inside(const char *path, const char *directory) {
    size_t n = strlen(directory);
    if (n == 1) return true; // "/"
    return !strncmp(path, directory, n) && (path[n] == '/' || !path[n]);
}

bool path_in_node_modules(const char *path) { return strstr(path, "/node_modules/") != NULL; }

bool text_ends_with(const char *text, const char *suffix) {
    size_t n = strlen(text), m = strlen(suffix);
    return n >= m && !memcmp(text + n - m, suffix, m);
}
bool text_starts_with(const char *text, const char *prefix) { return !strncmp(text, prefix, strlen(prefix)); }
