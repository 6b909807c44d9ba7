// SPDX-License-Identifier: MIT
// Frontmatter of a test (the small part of YAML that test262 uses) and the rows of scope.txt.
#include "tests/test262/runner.h"

#include <stdio.h>
#include <stdlib.h>

// ---- lines

typedef struct Lines { const char *p, *end; } Lines;
typedef struct Line { const char *p; size_t len; u32 indent; } Line;

// CR, LF and CR LF end a line. False at the end. Blanks around the text are not part of it.
static bool line_next(Lines *l, Line *out) {
    if (l->p >= l->end) return false;
    const char *from = l->p;
    while (l->p < l->end && *l->p != '\n' && *l->p != '\r') l->p++;
    const char *to = l->p;
    if (l->p < l->end && *l->p == '\r') l->p++;
    if (l->p < l->end && *l->p == '\n') l->p++;
    out->indent = 0;
    while (from < to && (*from == ' ' || *from == '\t')) from++, out->indent++;
    while (to > from && (to[-1] == ' ' || to[-1] == '\t')) to--;
    out->p = from;
    out->len = (size_t)(to - from);
    return true;
}

static bool line_key(const Line *line, const char *key, const char **value, size_t *len) {
    size_t n = strlen(key);
    if (line->len <= n || memcmp(line->p, key, n) || line->p[n] != ':') return false;
    const char *p = line->p + n + 1, *end = line->p + line->len;
    while (p < end && *p == ' ') p++;
    *value = p;
    *len = (size_t)(end - p);
    return true;
}

// ---- lists: [a, b] (perhaps over several lines) or lines of "- a"

static void list_add(Arena *arena, char **names, u32 *count, const char *p, size_t n) {
    while (n && (*p == ' ' || *p == '"' || *p == '\'')) p++, n--;
    while (n && (p[n - 1] == ' ' || p[n - 1] == '"' || p[n - 1] == '\'')) n--;
    if (n && *count < META_NAMES) names[(*count)++] = arena_strndup(arena, p, n);
}

// Adds what stands in brackets; true once the closing bracket was seen.
static bool list_inline(Arena *arena, char **names, u32 *count, const char *p, size_t n) {
    const char *end = p + n, *from = p;
    for (; p < end; p++) {
        if (*p == '[') from = p + 1;
        if (*p != ',' && *p != ']') continue;
        list_add(arena, names, count, from, (size_t)(p - from));
        from = p + 1;
        if (*p == ']') return true;
    }
    list_add(arena, names, count, from, (size_t)(end - from));
    return false;
}

static void list_read(Arena *arena, Lines *lines, const char *value, size_t len, char **names, u32 *count) {
    Line line;
    if (len) {
        bool closed = list_inline(arena, names, count, value, len);
        while (!closed && line_next(lines, &line)) closed = list_inline(arena, names, count, line.p, line.len);
        return;
    }
    for (Lines ahead = *lines; line_next(&ahead, &line); *lines = ahead) {
        if (!line.len) continue;
        if (line.p[0] == '[') {
            bool closed = list_inline(arena, names, count, line.p, line.len);
            while (!closed && line_next(&ahead, &line)) closed = list_inline(arena, names, count, line.p, line.len);
            *lines = ahead;
            return;
        }
        if (line.p[0] != '-') return;
        list_add(arena, names, count, line.p + 1, line.len - 1);
    }
}

static u32 flag_of(const char *name) {
    static const struct { const char *name; u32 flag; } rows[] = {
        {"onlyStrict", FLAG_ONLY_STRICT}, {"noStrict", FLAG_NO_STRICT}, {"module", FLAG_MODULE},
        {"raw", FLAG_RAW}, {"async", FLAG_ASYNC}, {"CanBlockIsFalse", FLAG_CANNOT_BLOCK},
    };
    for (u32 i = 0; i < DX_COUNTOF(rows); i++)
        if (!strcmp(rows[i].name, name)) return rows[i].flag;
    return 0; // generated, non-deterministic, CanBlockIsTrue: nothing to do
}

static void negative_read(Arena *arena, Lines *lines, Meta *out) {
    Line line;
    const char *value;
    size_t len;
    out->negative_phase = out->negative_type = "";
    for (Lines ahead = *lines; line_next(&ahead, &line); *lines = ahead) {
        if (line.len && !line.indent) return;
        if (line_key(&line, "phase", &value, &len)) out->negative_phase = arena_strndup(arena, value, len);
        if (line_key(&line, "type", &value, &len)) out->negative_type = arena_strndup(arena, value, len);
    }
}

static const char *find(const char *p, const char *end, const char *what) {
    size_t n = strlen(what);
    for (; (size_t)(end - p) >= n; p++)
        if (!memcmp(p, what, n)) return p;
    return NULL;
}

bool meta_read(Arena *arena, const char *text, size_t len, Meta *out) {
    memset(out, 0, sizeof *out);
    const char *from = find(text, text + len, "/*---"), *to = from ? find(from, text + len, "---*/") : NULL;
    if (!to) return false;
    Lines lines = {from + 5, to};
    Line line;
    const char *value;
    size_t n;
    while (line_next(&lines, &line)) {
        if (line_key(&line, "flags", &value, &n)) {
            char *names[META_NAMES];
            u32 count = 0;
            list_read(arena, &lines, value, n, names, &count);
            for (u32 i = 0; i < count; i++) out->flags |= flag_of(names[i]);
        } else if (line_key(&line, "includes", &value, &n)) {
            list_read(arena, &lines, value, n, out->includes, &out->include_count);
        } else if (line_key(&line, "features", &value, &n)) {
            list_read(arena, &lines, value, n, out->features, &out->feature_count);
        } else if (!line.indent && line.len == 9 && !memcmp(line.p, "negative:", 9)) {
            negative_read(arena, &lines, out);
        }
    }
    return true;
}

bool meta_includes(const Meta *m, const char *name) {
    for (u32 i = 0; i < m->include_count; i++)
        if (!strcmp(m->includes[i], name)) return true;
    return false;
}

// ---- scope

typedef struct ScopeRow { enum { ROW_FEATURE, ROW_INCLUDE, ROW_PATH } kind; char *name, *reason; } ScopeRow;
struct Scope { Arena arena; ScopeRow *rows; u32 count, cap; };

static bool scope_add(Scope *s, Line line) {
    static const char *const kinds[] = {"feature ", "include ", "path "};
    for (u32 k = 0; k < DX_COUNTOF(kinds); k++) {
        size_t n = strlen(kinds[k]);
        if (line.len <= n || memcmp(line.p, kinds[k], n)) continue;
        const char *p = line.p + n, *end = line.p + line.len;
        while (p < end && *p == ' ') p++;
        const char *name = p;
        while (p < end && *p != ' ') p++;
        const char *name_end = p;
        while (p < end && *p == ' ') p++;
        if (p == end) return false; // every row says why
        if (s->count == s->cap) s->rows = mem_realloc(s->rows, (s->cap = s->cap ? s->cap * 2 : 32) * sizeof *s->rows);
        s->rows[s->count++] = (ScopeRow){k, arena_strndup(&s->arena, name, (size_t)(name_end - name)), arena_strndup(&s->arena, p, (size_t)(end - p))};
        return true;
    }
    return false;
}

Scope *scope_read(const char *path) {
    Buf text = {0};
    if (file_read(path, &text)) return perror(path), NULL;
    Scope *s = mem_zalloc(sizeof *s);
    Lines lines = {(const char *)text.data, (const char *)text.data + text.len};
    Line line;
    for (u32 number = 1; line_next(&lines, &line); number++) {
        if (!line.len || line.p[0] == '#' || scope_add(s, line)) continue;
        fprintf(stderr, "%s:%u: not \"feature|include|path NAME REASON\"\n", path, number);
        buf_free(&text);
        return NULL;
    }
    buf_free(&text);
    return s;
}

const char *scope_reason(const Scope *s, const char *path, const Meta *m) {
    for (u32 i = 0; i < s->count; i++) {
        const ScopeRow *r = &s->rows[i];
        if (r->kind == ROW_PATH && !strncmp(path, r->name, strlen(r->name))) return r->reason;
        u32 count = r->kind == ROW_FEATURE ? m->feature_count : r->kind == ROW_INCLUDE ? m->include_count : 0;
        char *const *names = r->kind == ROW_FEATURE ? m->features : m->includes;
        for (u32 k = 0; k < count; k++)
            if (!strcmp(names[k], r->name)) return r->reason;
    }
    return NULL;
}
