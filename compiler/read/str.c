// SPDX-License-Identifier: MIT
// The string table of a compilation: open addressing over arena-allocated strings.
#include "compiler/read/str.h"

enum { FIRST_CELLS = 1024 };

void str_table_init(StrTable *t, Arena *arena) {
    t->arena = arena;
    t->cap = FIRST_CELLS;
    t->count = 0;
    t->cells = arena_zalloc(arena, sizeof(Str *) * t->cap);
}

void str_table_free(StrTable *t) { memset(t, 0, sizeof *t); }

static void table_grow(StrTable *t) {
    u32 cap = t->cap * 2;
    Str **cells = arena_zalloc(t->arena, sizeof(Str *) * cap);
    for (u32 i = 0; i < t->cap; i++) {
        Str *s = t->cells[i];
        if (!s) continue;
        u32 at = s->hash & (cap - 1);
        while (cells[at]) at = (at + 1) & (cap - 1);
        cells[at] = s;
    }
    t->cells = cells; // the old ones go with the arena
    t->cap = cap;
}

static bool all_ascii(const char *s, size_t len) {
    u8 any = 0;
    for (size_t i = 0; i < len; i++) any |= (u8)s[i];
    return any < 0x80;
}

Str *str_intern_hashed(StrTable *t, const char *s, size_t len, u32 hash) {
    hash ^= hash >> 15;
    u32 at = hash & (t->cap - 1);
    for (Str *c; (c = t->cells[at]); at = (at + 1) & (t->cap - 1))
        if (c->hash == hash && c->len == len && memcmp(c->data, s, len) == 0) return c;
    Str *n = arena_alloc(t->arena, sizeof(Str) + len + 1);
    *n = (Str){.len = (u32)len, .hash = hash, .is_ascii = all_ascii(s, len)};
    memcpy(n->data, s, len);
    n->data[len] = 0;
    t->cells[at] = n;
    if (++t->count * 2 > t->cap) table_grow(t);
    return n;
}

Str *str_table_intern(StrTable *t, const char *s, size_t len) {
    u32 h = STR_HASH_SEED;
    for (size_t i = 0; i < len; i++) h = str_hash_step(h, (u8)s[i]);
    return str_intern_hashed(t, s, len, h);
}

Str *str_table_intern_z(StrTable *t, const char *s) { return str_table_intern(t, s, strlen(s)); }

u32 str_utf16_len(const Str *s) {
    if (s->is_ascii) return s->len;
    u32 n = 0;
    for (u32 i = 0; i < s->len; i++) {
        u8 c = (u8)s->data[i];
        if ((c & 0xc0) != 0x80) n += c >= 0xf0 ? 2 : 1;
    }
    return n;
}

bool str_equals(const Str *s, const char *text) { return strlen(text) == s->len && memcmp(s->data, text, s->len) == 0; }
