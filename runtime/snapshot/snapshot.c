// SPDX-License-Identifier: MIT
// Snapshot files of Jest, Vitest and Bun. The stored file is read at the first snapshot of a test file; it is rewritten (temporary name,
// rename) only when something was added, updated or removed. Keys and values are kept unescaped, as UTF-8.
#define _GNU_SOURCE
#include "runtime/snapshot/snapshot.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct Entry { char *key, *value; u32 key_hash; bool used, fresh; } Entry;
typedef struct Counter { const char *name; u32 n; } Counter;
typedef struct State {
    char *path;
    Entry *e; u32 count, cap;
    Counter *counters; u32 counter_count, counter_cap;
    bool loaded, dirty, locked; // locked: the file is not ours to write
    DxtestSnapshotCounts c;
} State;
static State st;

static const char *header(void) {
    switch (runtime_dialect()) {
    case DIALECT_VITEST: return "// Vitest Snapshot v1, https://vitest.dev/guide/snapshot.html";
    case DIALECT_BUN: return "// Bun Snapshot v1, https://bun.sh/docs/test/snapshots";
    default: return "// Jest Snapshot v1, https://jestjs.io/docs/snapshot-testing";
    }
}

static void state_free(void) {
    for (u32 i = 0; i < st.count; i++) mem_free(st.e[i].key), mem_free(st.e[i].value);
    mem_free(st.e);
    mem_free(st.counters);
    mem_free(st.path);
    st = (State){0};
}

// ---- reading

// A template literal at s[at] == '`'. Returns the position behind it, 0 when malformed.
static size_t read_template(const char *s, size_t len, size_t at, char **out) {
    Buf b = {0};
    for (size_t i = at + 1; i < len; i++) {
        if (s[i] == '`') {
            *out = mem_alloc(b.len + 1);
            if (b.len) memcpy(*out, b.data, b.len);
            (*out)[b.len] = 0;
            buf_free(&b);
            return i + 1;
        }
        if (s[i] == '\\' && i + 1 < len) i++;
        else if (s[i] == '\r' && i + 1 < len && s[i + 1] == '\n') continue;
        buf_u8(&b, (u8)s[i]);
    }
    buf_free(&b);
    return 0;
}

static Entry *entry_add(char *key, char *value) {
    if (st.count == st.cap) st.e = mem_realloc(st.e, (st.cap = st.cap ? st.cap * 2 : 32) * sizeof *st.e);
    u32 h = 2166136261u;
    for (const char *p = key; *p; p++) h = (h ^ (u8)*p) * 16777619u;
    st.e[st.count] = (Entry){key, value, h, false, false};
    return &st.e[st.count++];
}
static Entry *entry_find(const char *key) {
    u32 h = 2166136261u;
    for (const char *p = key; *p; p++) h = (h ^ (u8)*p) * 16777619u;
    for (u32 i = 0; i < st.count; i++)
        if (st.e[i].key_hash == h && !strcmp(st.e[i].key, key)) return &st.e[i];
    return NULL;
}

static size_t skip_space_and_comments(const char *s, size_t len, size_t at) {
    for (;;) {
        while (at < len && (s[at] == ' ' || s[at] == '\t' || s[at] == '\n' || s[at] == '\r' || s[at] == ';')) at++;
        if (at + 1 >= len || s[at] != '/' || s[at + 1] != '/') return at;
        while (at < len && s[at] != '\n') at++;
    }
}

static size_t skip_text(const char *s, size_t len, size_t at, const char *text) { // 0: it is not there
    size_t n = strlen(text);
    return at && len - at >= n && !memcmp(s + at, text, n) ? at + n : 0;
}

static void remove_extra_line_breaks(char *value) {
    size_t n = strlen(value);
    if (n <= 2 || value[0] != '\n' || value[n - 1] != '\n') return;
    memmove(value, value + 1, n - 2);
    value[n - 2] = 0;
}

// exports[`key`] = `value`; again and again, comments between. Returns where it stops being that, SIZE_MAX: all is well.
static size_t parse_file(const char *s, size_t len) {
    size_t at = len >= 3 && !memcmp(s, "\xEF\xBB\xBF", 3) ? 3 : 0;
    while ((at = skip_space_and_comments(s, len, at)) < len) {
        char *key = NULL, *value = NULL;
        size_t next = len - at >= 8 && !memcmp(s + at, "exports[", 8) ? at + 8 : 0;
        if (next && next < len && s[next] == '`') next = read_template(s, len, next, &key);
        else next = 0;
        next = skip_text(s, len, next, "] = ");
        next = next && next < len && s[next] == '`' ? read_template(s, len, next, &value) : 0;
        if (!next) {
            mem_free(key);
            return at;
        }
        remove_extra_line_breaks(value);
        entry_add(key, value);
        at = next;
    }
    return SIZE_MAX;
}

// A file that cannot be read as snapshots (a merge's leftovers, a foreign file) fails the tests and stays as it is, unless -u asks for a new one.
static void refuse_file(Dxtest *t, const char *why, u32 line) {
    if (t->opt.update_snapshots && line) return;
    VM *vm = t->vm;
    Buf at = {0};
    if (line) buf_printf(&at, ":%u", line);
    Value text = v_from_string(str_format(vm, "%s%s: %s; the snapshot file is left as it is", st.path, buf_cstr(&at), why));
    buf_free(&at);
    file_add_failure(t, error_new(vm, REALM_ErrorPrototype, text));
    st.locked = true;
}

static struct { char folder[PATH_MAX]; bool there; } asked; // the last answer of has_folder

void snapshot_run_begin(void) { asked.folder[0] = 0; }

// False when the file's folder holds no __snapshots__, as with most; asked once for the files of one folder in a row.
static bool has_folder(const Dxtest *t) {
    char folder[PATH_MAX];
    const char *slash = strrchr(t->file_path, '/');
    int n = snprintf(folder, sizeof folder, "%.*s__snapshots__", slash ? (int)(slash - t->file_path + 1) : 0, t->file_path);
    if (n < 0 || n >= (int)sizeof folder) return true;
    if (strcmp(folder, asked.folder)) {
        memcpy(asked.folder, folder, (size_t)n + 1);
        asked.there = access(folder, F_OK) == 0 || errno != ENOENT;
    }
    return asked.there;
}

static void load(Dxtest *t) {
    if (st.loaded) return;
    st.loaded = true;
    const char *slash = strrchr(t->file_path, '/');
    Buf b = {0};
    buf_printf(&b, "%.*s__snapshots__/%s.snap", slash ? (int)(slash - t->file_path + 1) : 0, t->file_path, slash ? slash + 1 : t->file_path);
    st.path = (char *)mem_alloc(b.len + 1);
    memcpy(st.path, b.data, b.len);
    st.path[b.len] = 0;
    buf_free(&b);
    Buf file = {0};
    int error = file_read(st.path, &file);
    if (error && error != ENOENT) refuse_file(t, strerror(error), 0);
    size_t fault = error || !file.len ? SIZE_MAX : parse_file((const char *)file.data, file.len);
    if (fault != SIZE_MAX) {
        u32 line = 1;
        for (size_t i = 0; i < fault; i++) line += file.data[i] == '\n';
        refuse_file(t, "not a snapshot (exports[`name`] = `value`;)", line);
    }
    buf_free(&file);
}

// ---- writing

static void put_template(Buf *b, const char *s) {
    buf_u8(b, '`');
    for (; *s; s++) {
        if (*s == '`' || *s == '\\' || (*s == '$' && s[1] == '{')) buf_u8(b, '\\');
        buf_u8(b, (u8)*s);
    }
    buf_u8(b, '`');
}

static int natural_compare(const char *a, const char *b) { // digit runs compare as numbers
    while (*a && *b) {
        bool da = *a >= '0' && *a <= '9', db = *b >= '0' && *b <= '9';
        if (da && db) {
            char *ea, *eb;
            unsigned long long x = strtoull(a, &ea, 10), y = strtoull(b, &eb, 10);
            if (x != y) return x < y ? -1 : 1;
            a = ea;
            b = eb;
            continue;
        }
        if (*a != *b) return (u8)*a < (u8)*b ? -1 : 1;
        a++, b++;
    }
    return *a ? 1 : *b ? -1 : 0;
}
static int compare_entries(const void *a, const void *b) { return natural_compare(((const Entry *)a)->key, ((const Entry *)b)->key); }

static void save(Dxtest *t) {
    if (st.count == 0) {
        unlink(st.path);
        return;
    }
    if (runtime_dialect() != DIALECT_BUN) qsort(st.e, st.count, sizeof *st.e, compare_entries);
    Buf b = {0};
    buf_str(&b, header());
    buf_str(&b, "\n");
    for (u32 i = 0; i < st.count; i++) {
        buf_str(&b, "\nexports[");
        put_template(&b, st.e[i].key);
        buf_str(&b, "] = ");
        bool lines = strchr(st.e[i].value, '\n') != NULL;
        Buf v = {0};
        buf_printf(&v, lines ? "\n%s\n" : "%s", st.e[i].value);
        put_template(&b, buf_cstr(&v));
        buf_free(&v);
        buf_str(&b, ";\n");
    }
    char *slash = strrchr(st.path, '/');
    *slash = 0;
    int made = mkdir(st.path, 0777);
    *slash = '/';
    int err = made && errno != EEXIST ? errno : file_write_atomic(st.path, b.data, b.len);
    buf_free(&b);
    if (err) {
        VM *vm = t->vm;
        Value text = v_from_string(str_format(vm, "cannot write the snapshot file %s: %s", st.path, strerror(err)));
        file_add_failure(t, error_new(vm, REALM_ErrorPrototype, text));
    }
}

// ---- the file in progress

void snapshot_file_begin(Dxtest *t) {
    state_free();
    inline_reset();
}

static u32 next_count(Dxtest *t, const char *name) {
    for (u32 i = 0; i < st.counter_count; i++)
        if (!strcmp(st.counters[i].name, name)) return ++st.counters[i].n;
    if (st.counter_count == st.counter_cap) st.counters = mem_realloc(st.counters, (st.counter_cap = st.counter_cap ? st.counter_cap * 2 : 32) * sizeof(Counter));
    st.counters[st.counter_count++] = (Counter){arena_strndup(t->arena, name, strlen(name)), 1};
    return 1;
}

const char *snapshot_count_inline(Dxtest *t) {
    const char *name = test_full_name(t, t->current, t->dialect == DIALECT_VITEST ? " > " : " ");
    Buf b = {0};
    buf_printf(&b, "%s %u", name, next_count(t, name));
    char *key = arena_strndup(t->arena, (char *)b.data, b.len);
    buf_free(&b);
    return key;
}

int snapshot_match(Dxtest *t, const char *received, size_t len, const char *hint, const char **expected, const char **key) {
    load(t);
    bool vitest = t->dialect == DIALECT_VITEST;
    Buf b = {0};
    buf_str(&b, test_full_name(t, t->current, vitest ? " > " : " "));
    if (hint && hint[0]) buf_printf(&b, vitest ? " > %s" : ": %s", hint);
    u32 n = next_count(t, buf_cstr(&b));
    buf_printf(&b, " %u", n);
    *key = arena_strndup(t->arena, (char *)b.data, b.len);
    buf_free(&b);
    *expected = NULL;
    Entry *e = entry_find(*key);
    bool same = e && strlen(e->value) == len && !memcmp(e->value, received, len);
    if (e) e->used = true;
    if (same) return st.c.matched++, 1;
    if (e && !t->opt.update_snapshots) {
        st.c.unmatched++;
        *expected = arena_strndup(t->arena, e->value, strlen(e->value));
        return 0;
    }
    if (!e && t->opt.ci && !t->opt.update_snapshots) return st.c.unmatched++, 0;
    char *value = mem_alloc(len + 1);
    memcpy(value, received, len);
    value[len] = 0;
    if (e) {
        mem_free(e->value);
        e->value = value;
        st.c.updated++;
    } else {
        char *k = mem_alloc(strlen(*key) + 1);
        memcpy(k, *key, strlen(*key) + 1);
        e = entry_add(k, value);
        e->used = e->fresh = true;
        st.c.added++;
    }
    st.dirty = true;
    return 1;
}

static bool key_of_skipped_test(Dxtest *t, const char *key) { // a skipped or todo test keeps its snapshots
    for (Test *x = t->tests; x; x = x->next_all) {
        if (x->status != TEST_SKIPPED && x->status != TEST_TODO_STATUS) continue;
        const char *name = test_full_name(t, x, t->dialect == DIALECT_VITEST ? " > " : " ");
        size_t n = strlen(name);
        if (!strncmp(key, name, n) && (key[n] == ' ' || key[n] == ':')) return true;
    }
    return false;
}

void snapshot_file_end(Dxtest *t, bool all_ran) {
    if (all_ran && t->tests && has_folder(t)) load(t); // obsolete keys count also when no test took a snapshot
    const char **obsolete = arena_alloc(t->arena, (st.count + 1) * sizeof *obsolete);
    u32 kept = 0;
    for (u32 i = 0; i < st.count; i++) {
        bool gone = all_ran && !st.e[i].used && !key_of_skipped_test(t, st.e[i].key);
        if (gone && t->opt.update_snapshots) {
            st.c.removed++;
            st.dirty = true;
            mem_free(st.e[i].key);
            mem_free(st.e[i].value);
            continue;
        }
        if (gone) obsolete[st.c.obsolete++] = arena_strndup(t->arena, st.e[i].key, strlen(st.e[i].key));
        st.e[kept++] = st.e[i];
    }
    st.count = kept;
    if (st.locked) st.c.added = st.c.updated = st.c.removed = 0;
    else if (st.dirty) save(t), asked.folder[0] = 0;
    inline_write(t);
    const DxtestSnapshotCounts *inl = &t->result->snapshots; // inline ones so far
    st.c.matched += inl->matched;
    st.c.added += inl->added;
    st.c.updated += inl->updated;
    st.c.unmatched += inl->unmatched;
    t->result->snapshots = st.c;
    t->result->obsolete_keys = obsolete;
    t->result->obsolete_count = st.c.obsolete;
    state_free();
}
