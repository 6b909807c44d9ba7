// SPDX-License-Identifier: MIT
// known-failures.txt: lines of "path mode | message" under headings that say why (lines starting with #). The runner fails when the list and
// the run differ in either direction.
#include "tests/test262/runner.h"

#include <stdio.h>
#include <stdlib.h>

const char *const mode_names[MODE_COUNT] = {"sloppy", "strict", "module", "raw"};

typedef struct Entry { char *path, *message; Mode mode; u32 heading; bool seen, fresh; } Entry;
struct Known { Arena arena; Entry *entries; u32 count, cap; char **headings; u32 heading_count; };

static Entry *entry_add(Known *k, const char *path, size_t n, Mode mode, const char *message) {
    if (k->count == k->cap) k->entries = mem_realloc(k->entries, (k->cap = k->cap ? k->cap * 2 : 256) * sizeof *k->entries);
    Entry *e = &k->entries[k->count++];
    *e = (Entry){arena_strndup(&k->arena, path, n), arena_strndup(&k->arena, message, strlen(message)), mode, 0, false, false};
    return e;
}

static Entry *entry_find(Known *k, const char *path, Mode mode) {
    for (u32 i = 0; i < k->count; i++)
        if (k->entries[i].mode == mode && !strcmp(k->entries[i].path, path)) return &k->entries[i];
    return NULL;
}

static u32 heading_add(Known *k, const char *text) {
    for (u32 i = 0; i < k->heading_count; i++)
        if (!strcmp(k->headings[i], text)) return i;
    k->headings = mem_realloc(k->headings, (k->heading_count + 1) * sizeof *k->headings);
    k->headings[k->heading_count] = arena_strndup(&k->arena, text, strlen(text));
    return k->heading_count++;
}

static bool line_read(Known *k, char *line, u32 *heading) {
    if (!*line) return true;
    if (*line == '#') {
        *heading = heading_add(k, line);
        return true;
    }
    char *bar = strstr(line, " | "), *space = NULL;
    for (char *p = line; bar && p < bar; p++)
        if (*p == ' ') space = p;
    if (!space) return false;
    *bar = *space = 0;
    for (Mode m = 0; m < MODE_COUNT; m++) {
        if (strcmp(space + 1, mode_names[m])) continue;
        entry_add(k, line, (size_t)(space - line), m, bar + 3)->heading = *heading;
        return true;
    }
    return false;
}

Known *known_read(const char *path) {
    Known *k = mem_zalloc(sizeof *k);
    u32 heading = heading_add(k, "# not examined yet");
    Buf text = {0};
    if (file_read(path, &text)) return k;
    buf_cstr(&text);
    u32 number = 1;
    for (char *p = (char *)text.data; *p; number++) {
        char *end = strchr(p, '\n'), *next = end ? end + 1 : p + strlen(p);
        if (end) *end = 0;
        if (!line_read(k, p, &heading)) {
            fprintf(stderr, "%s:%u: not \"path mode | message\"\n", path, number);
            return NULL;
        }
        p = next;
    }
    buf_free(&text);
    return k;
}

const char *known_message(Known *k, const char *path, Mode mode) {
    Entry *e = entry_find(k, path, mode);
    if (!e) return NULL;
    e->seen = true;
    return e->message;
}

u32 known_fixed(Known *k, bool (*was_run)(const char *path, Mode mode), void (*fixed)(const char *path, Mode mode)) {
    u32 n = 0;
    for (u32 i = 0; i < k->count; i++) {
        const Entry *e = &k->entries[i];
        if (e->seen || !was_run(e->path, e->mode)) continue;
        fixed(e->path, e->mode);
        n++;
    }
    return n;
}

void known_begin(Known *k) {
    for (u32 i = 0; i < k->count; i++) k->entries[i].fresh = false;
}

void known_failure(Known *k, const char *path, Mode mode, const char *message) {
    Entry *e = entry_find(k, path, mode);
    if (!e) e = entry_add(k, path, strlen(path), mode, message);
    else if (strcmp(e->message, message)) e->message = arena_strndup(&k->arena, message, strlen(message));
    e->fresh = true;
}

static int entry_order(const void *a, const void *b) {
    const Entry *x = a, *y = b;
    int c = strcmp(x->path, y->path);
    return c ? c : (int)x->mode - (int)y->mode;
}

bool known_write(Known *k, const char *path, bool (*was_run)(const char *path, Mode mode)) {
    Buf out = {0};
    if (k->count) qsort(k->entries, k->count, sizeof *k->entries, entry_order);
    for (u32 n = 1; n <= k->heading_count; n++) {
        u32 h = n % k->heading_count; // what nobody looked at comes last
        bool headed = false;
        for (u32 i = 0; i < k->count; i++) {
            const Entry *e = &k->entries[i];
            if (e->heading != h || (!e->fresh && was_run(e->path, e->mode))) continue;
            if (!headed) buf_printf(&out, "%s%s\n", out.len ? "\n" : "", k->headings[h]);
            headed = true;
            buf_printf(&out, "%s %s | %s\n", e->path, mode_names[e->mode], e->message);
        }
    }
    int status = file_write_atomic(path, out.data, out.len);
    buf_free(&out);
    return status == 0;
}
