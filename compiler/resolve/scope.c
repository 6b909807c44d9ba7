// SPDX-License-Identifier: MIT
// Scope tables: adding and finding bindings.
#include "compiler/resolve/resolve.h"

enum { LINEAR_LIMIT = 8 };

static u32 ptr_hash(const Str *s) { return s->hash * 0x9E3779B1u; }

static void table_put(Scope *s, Binding *b) {
    u32 mask = s->table_cap - 1, i = ptr_hash(b->name) & mask;
    while (s->table[i]) i = (i + 1) & mask;
    s->table[i] = b;
}

static void table_grow(Arena *arena, Scope *s) {
    s->table_cap = s->table_cap ? s->table_cap * 2 : 32;
    s->table = arena_zalloc(arena, s->table_cap * sizeof *s->table);
    for (Binding *b = s->first; b; b = b->next) table_put(s, b);
}

Binding *scope_find_any(const Scope *s, const Str *name) {
    if (!s->table) {
        for (Binding *b = s->first; b; b = b->next)
            if (b->name == name) return b;
        return NULL;
    }
    u32 mask = s->table_cap - 1;
    for (u32 i = ptr_hash(name) & mask; s->table[i]; i = (i + 1) & mask)
        if (s->table[i]->name == name) return s->table[i];
    return NULL;
}

Binding *scope_find(const Scope *s, const Str *name) {
    Binding *b = scope_find_any(s, name);
    return b && b->kind != BIND_THROUGH ? b : NULL;
}

Binding *scope_add(Arena *arena, Scope *s, Str *name, BindKind kind, u32 pos) {
    Binding *b = ARENA_NEW(arena, Binding);
    b->name = name;
    b->kind = kind;
    b->pos = pos;
    b->valid_end = UINT32_MAX;
    b->scope = s;
    if (s->last) s->last->next = b;
    else s->first = b;
    s->last = b;
    s->count++;
    if (s->table ? s->count * 2 > s->table_cap : s->count > LINEAR_LIMIT) table_grow(arena, s);
    else if (s->table) table_put(s, b);
    return b;
}

Scope *scope_new(Arena *arena, ScopeKind kind, Scope *parent, Node *node, u32 start) {
    Scope *s = ARENA_NEW(arena, Scope);
    s->kind = kind;
    s->parent = parent;
    s->node = node;
    s->start = start;
    s->strict = parent && parent->strict;
    bool is_func = kind == SCOPE_FUNCTION || kind == SCOPE_MODULE || kind == SCOPE_SCRIPT;
    s->func = is_func ? s : parent->func;
    s->var_scope = is_func || kind == SCOPE_BODY || kind == SCOPE_NAMESPACE;
    return s;
}

Scope *scope_this_function(Scope *s) {
    s = s->func;
    while (s->arrow) s = s->parent->func;
    return s;
}

Binding *scope_pseudo(Arena *arena, StrTable *strings, Scope *from, Pseudo which) {
    static const char *const names[PSEUDO_COUNT] = {"this", "new.target", "%home", "%function"};
    Scope *f = scope_this_function(from);
    Binding *b = f->pseudo[which];
    if (!b) {
        b = f->pseudo[which] = scope_add(arena, f, str_table_intern_z(strings, names[which]), BIND_PSEUDO, f->start);
        if (which == PSEUDO_THIS && f->derived) b->flags |= BF_LEXICAL | BF_CHECKED;
    }
    if (from->func != f) b->flags |= BF_CAPTURED;
    b->refs++;
    return b;
}
