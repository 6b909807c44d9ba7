// SPDX-License-Identifier: MIT
// Writing and reading of result records. The reader believes nothing: every length is checked against the record.
#include "runtime/schedule/results.h"

enum { RECORD_FILE = 1, RECORD_VERSION = 1 };
#define TEXT_NONE 0xFFFFFFFFu

// ---- writing

static void put_text(Buf *out, const char *s) {
    size_t n = s ? strlen(s) : 0;
    buf_u32(out, s ? (u32)n : TEXT_NONE);
    if (n) buf_put(out, s, n);
}

static void put_failures(Buf *out, const DxtestFailure *f, u32 count) {
    buf_u32(out, count);
    for (u32 i = 0; i < count; i++) {
        put_text(out, f[i].message);
        put_text(out, f[i].stack);
        put_text(out, f[i].code_frame);
    }
}

static void put_test(Buf *out, const DxtestTest *t) {
    put_text(out, t->title);
    put_text(out, t->full_name);
    buf_u32(out, t->ancestor_count);
    for (u32 i = 0; i < t->ancestor_count; i++) put_text(out, t->ancestors[i]);
    buf_u32(out, t->status);
    buf_u32(out, t->assertions);
    buf_u32(out, t->line);
    buf_u32(out, t->retries);
    buf_u64(out, t->duration_ns);
    put_failures(out, t->failures, t->failure_count);
}

void results_put(Buf *out, u32 file, u64 cpu_ns, const DxtestFileResult *r) {
    size_t start = out->len;
    buf_u32(out, 0); // length, below
    buf_u16(out, RECORD_FILE);
    buf_u16(out, RECORD_VERSION);
    buf_u32(out, file);
    put_text(out, r->path);
    const u32 numbers[] = {r->passed, r->failed, r->skipped, r->todo, r->snapshots.added, r->snapshots.matched, r->snapshots.unmatched,
                           r->snapshots.updated, r->snapshots.obsolete, r->snapshots.removed, r->impure};
    for (u32 i = 0; i < DX_COUNTOF(numbers); i++) buf_u32(out, numbers[i]);
    buf_u64(out, r->duration_ns);
    buf_u64(out, cpu_ns);
    buf_u32(out, (u32)r->console_len);
    if (r->console_len) buf_put(out, r->console, r->console_len);
    buf_u32(out, r->obsolete_count);
    for (u32 i = 0; i < r->obsolete_count; i++) put_text(out, r->obsolete_keys[i]);
    put_failures(out, r->file_failures, r->file_failure_count);
    buf_u32(out, r->test_count);
    for (u32 i = 0; i < r->test_count; i++) put_test(out, &r->tests[i]);
    u32 len = (u32)(out->len - start);
    memcpy(out->data + start, &len, 4);
}

// ---- reading

typedef struct Reader { const u8 *p, *end; Arena *arena; bool bad; } Reader;

static u64 get(Reader *r, u32 size) {
    u64 v = 0;
    if (r->bad || (size_t)(r->end - r->p) < size) {
        r->bad = true;
        return 0;
    }
    memcpy(&v, r->p, size);
    r->p += size;
    return v;
}
static u32 get32(Reader *r) { return (u32)get(r, 4); }

static const char *get_text(Reader *r) {
    u32 n = get32(r);
    if (r->bad || n == TEXT_NONE) return NULL;
    if ((size_t)(r->end - r->p) < n) {
        r->bad = true;
        return NULL;
    }
    const char *s = arena_strndup(r->arena, (const char *)r->p, n);
    r->p += n;
    return s;
}

// A count of things that take at least `least` bytes each.
static u32 get_count(Reader *r, u32 least) {
    u32 n = get32(r);
    if (r->bad || (u64)n * least > (u64)(r->end - r->p)) {
        r->bad = true;
        return 0;
    }
    return n;
}

static const char *or_empty(const char *s) { return s ? s : ""; }

static DxtestFailure *get_failures(Reader *r, u32 *count) {
    *count = get_count(r, 12);
    DxtestFailure *f = arena_zalloc(r->arena, ((size_t)*count + 1) * sizeof *f);
    for (u32 i = 0; i < *count; i++) {
        f[i].message = or_empty(get_text(r));
        f[i].stack = get_text(r);
        f[i].code_frame = get_text(r);
    }
    return f;
}

static void get_test(Reader *r, DxtestTest *t) {
    t->title = or_empty(get_text(r));
    t->full_name = or_empty(get_text(r));
    t->ancestor_count = get_count(r, 4);
    const char **names = arena_alloc(r->arena, ((size_t)t->ancestor_count + 1) * sizeof *names);
    for (u32 i = 0; i < t->ancestor_count; i++) names[i] = or_empty(get_text(r));
    t->ancestors = names;
    t->status = (enum DxtestStatus)get32(r);
    t->assertions = get32(r);
    t->line = get32(r);
    t->retries = get32(r);
    t->duration_ns = get(r, 8);
    t->failures = get_failures(r, &t->failure_count);
}

static void get_file(Reader *r, u64 *cpu_ns, DxtestFileResult *out) {
    out->path = or_empty(get_text(r));
    u32 *const numbers[] = {&out->passed, &out->failed, &out->skipped, &out->todo, &out->snapshots.added, &out->snapshots.matched,
                            &out->snapshots.unmatched, &out->snapshots.updated, &out->snapshots.obsolete, &out->snapshots.removed, &out->impure};
    for (u32 i = 0; i < DX_COUNTOF(numbers); i++) *numbers[i] = get32(r);
    out->duration_ns = get(r, 8);
    *cpu_ns = get(r, 8);
    u32 n = get_count(r, 1);
    out->console = arena_strndup(r->arena, (const char *)r->p, n);
    out->console_len = n;
    r->p += n;
    out->obsolete_count = get_count(r, 4);
    const char **keys = arena_alloc(r->arena, ((size_t)out->obsolete_count + 1) * sizeof *keys);
    for (u32 i = 0; i < out->obsolete_count; i++) keys[i] = or_empty(get_text(r));
    out->obsolete_keys = keys;
    out->file_failures = get_failures(r, &out->file_failure_count);
    out->test_count = get_count(r, 40);
    out->tests = arena_zalloc(r->arena, ((size_t)out->test_count + 1) * sizeof *out->tests);
    for (u32 i = 0; i < out->test_count; i++) get_test(r, &out->tests[i]);
}

size_t results_get(const u8 *p, size_t len, u32 *file, u64 *cpu_ns, DxtestFileResult *out) {
    u32 size;
    if (len < 12) return 0;
    memcpy(&size, p, 4);
    if (size < 12 || size > len) return 0;
    Reader r = {.p = p + 4, .end = p + size, .arena = &out->arena};
    if (get(&r, 2) != RECORD_FILE || get(&r, 2) != RECORD_VERSION) return 0;
    *file = get32(&r);
    get_file(&r, cpu_ns, out);
    return r.bad ? 0 : size;
}
