// SPDX-License-Identifier: MIT
// The tables of the module being made: strings, constants, requests, imports, functions; and their hand-over to DxtModule.
#include "compiler/emit/emit.h"
#include "compiler/opt/opt.h"

static u64 mix(u64 k) {
    k ^= k >> 32;
    k *= 0x9E3779B97F4A7C15ull;
    return k ^ k >> 29;
}

static u32 *map_at(Map *map, u64 key) {
    u32 mask = map->cap - 1, i = (u32)mix(key) & mask;
    while (map->keys[i] && map->keys[i] != key) i = (i + 1) & mask;
    map->keys[i] = key;
    return &map->values[i];
}

// The value of a key (not 0), or *fresh set and 0 stored.
static u32 *map_get(Arena *arena, Map *map, u64 key, bool *fresh) {
    if (map->count * 2 >= map->cap) {
        Map old = *map;
        map->cap = old.cap ? old.cap * 2 : 64;
        map->keys = arena_zalloc(arena, map->cap * sizeof(u64));
        map->values = arena_zalloc(arena, map->cap * sizeof(u32));
        for (u32 i = 0; i < old.cap; i++)
            if (old.keys[i]) *map_at(map, old.keys[i]) = old.values[i];
    }
    u32 *v = map_at(map, key);
    *fresh = *v == 0;
    if (*fresh) map->count++;
    return v; // holds index + 1
}

u32 module_string(Emitter *m, const Str *s) {
    bool fresh;
    u32 *v = map_get(m->arena, &m->str_map, (u64)(uintptr_t)s, &fresh);
    if (fresh) {
        u32 at = dxt_string_put_utf8(&m->str_bytes, s->data, s->len);
        buf_u32(&m->str_offs, at);
        *v = (u32)(m->str_offs.len / 4);
    }
    return *v - 1;
}

Str *module_str(Emitter *m, const char *text) { return str_table_intern_z(m->strings, text); }
u32 module_string_z(Emitter *m, const char *text) { return module_string(m, module_str(m, text)); }

Str *module_str_concat(Emitter *m, const char *prefix, const Str *s) {
    size_t n = strlen(prefix);
    char *p = arena_alloc(m->arena, n + s->len + 1);
    memcpy(p, prefix, n);
    memcpy(p + n, s->data, s->len);
    return str_table_intern(m->strings, p, n + s->len);
}

u32 module_const(Emitter *m, DxtConst row) {
    bool fresh = true;
    u32 *v = NULL;
    if (row.kind == DXT_CONST_BIGINT) v = map_get(m->arena, &m->const_map, (u64)row.kind << 32 | row.bits, &fresh);
    if (fresh) {
        buf_put(&m->consts, &row, sizeof row);
        u32 n = (u32)(m->consts.len / sizeof row);
        if (!v) return n - 1;
        *v = n;
    }
    return *v - 1;
}

u32 module_request(Emitter *m, Str *specifier, Str *type_attribute, u32 flags) {
    u32 name = module_string(m, specifier), type = type_attribute ? module_string(m, type_attribute) : DXT_NONE;
    bool fresh;
    u32 *v = map_get(m->arena, &m->request_map, (u64)(name + 1) << 32 | type, &fresh);
    if (fresh) {
        DxtRequest row = {name, DXT_NONE, type, flags};
        buf_put(&m->requests, &row, sizeof row);
        *v = (u32)(m->requests.len / sizeof row);
    } else {
        ((DxtRequest *)(void *)m->requests.data)[*v - 1].flags |= flags;
    }
    return *v - 1;
}

u32 module_import(Emitter *m, u32 request, u32 name) {
    bool fresh;
    u32 *v = map_get(m->arena, &m->import_map, (u64)(request + 1) << 32 | name, &fresh);
    if (fresh) {
        DxtImport row = {request, name};
        buf_put(&m->imports, &row, sizeof row);
        *v = (u32)(m->imports.len / sizeof row);
    }
    return *v - 1;
}

static u32 name_flags(const Binding *b) {
    u32 flags = b->flags & BF_CONST ? 1 : 0;
    if (b->flags & BF_LEXICAL) flags |= 2;
    if (b->kind == BIND_FUNC_NAME) flags |= 4;
    const Node *fn = b->scope->node;
    bool complex = b->scope->kind == SCOPE_FUNCTION && fn && fn->kind != N_CLASS && !(fn->function.flags & FN_SIMPLE_PARAMS);
    if (b->flags & BF_ARGUMENTS && complex) flags |= 2; // eval in a parameter may not declare it again
    return b->kind == BIND_PARAM ? flags | 8 : flags;
}

// Rows of SNAM in slot order, then those of imports; how many they are.
static u32 put_scope_names(Emitter *m, const Scope *s, u32 count) {
    u32 imports = 0;
    DxtScopeName *rows = arena_alloc(m->arena, (count + 1) * sizeof *rows);
    for (u32 i = 0; i < count; i++) rows[i] = (DxtScopeName){module_string(m, m->s_empty), 0};
    for (const Binding *b = s->first; b; b = b->next)
        if (b->placed && b->in_env && b->slot < count) rows[b->slot] = (DxtScopeName){module_string(m, b->name), name_flags(b)};
    buf_put(&m->scope_names, rows, count * sizeof *rows);
    for (const Binding *b = s->first; b; b = b->next) {
        if (b->kind != BIND_IMPORT || !b->import_row) continue;
        DxtScopeName row = {module_string(m, b->name), 3 | SCOPE_NAME_IMPORT | (b->import_row - 1) << SCOPE_NAME_ROW};
        buf_put(&m->scope_names, &row, sizeof row);
        imports++;
    }
    return count + imports;
}

u32 module_scope(Emitter *m, Scope *s) {
    while (s && !(s->dynamic && (s->owner || s->kind == SCOPE_MODULE) && s->kind != SCOPE_WITH)) s = s->env_parent;
    if (!s) return m->eval_names ? m->eval_names - 1 : SCOPE_NONE;
    if (!s->scope_row) {
        u32 parent = s->kind == SCOPE_MODULE ? SCOPE_NONE : module_scope(m, s->env_parent);
        DxtScope row = {(u32)(m->scope_names.len / sizeof(DxtScopeName)), 0, 0, parent == SCOPE_NONE ? DXT_NONE : parent};
        row.flags = (s->sloppy_eval ? SCOPE_VARS : 0) | (s->kind == SCOPE_MODULE ? SCOPE_MODULE_ENV : 0);
        row.count = put_scope_names(m, s, s->env_count);
        buf_put(&m->scopes, &row, sizeof row);
        s->scope_row = (u32)(m->scopes.len / sizeof row);
    }
    return s->scope_row - 1;
}

void module_private_names(Emitter *m, Str *const *names, u32 count) {
    DxtScope row = {(u32)(m->scope_names.len / sizeof(DxtScopeName)), count, 0, DXT_NONE};
    for (u32 i = 0; i < count; i++) {
        DxtScopeName name = {module_string(m, module_str_concat(m, "#", names[i])), 3};
        buf_put(&m->scope_names, &name, sizeof name);
    }
    buf_put(&m->scopes, &row, sizeof row);
    m->eval_names = (u32)(m->scopes.len / sizeof row);
}

u32 module_eval_site(Emitter *m) {
    u32 parent = module_scope(m, m->fs->env ? m->fs->env : m->fs->captured);
    Scope *f = scope_this_function(m->fs->scope);
    u32 facts = f->node ? f->node->function.flags : 0;
    DxtScope row = {0, 0, SCOPE_SITE, parent == SCOPE_NONE ? DXT_NONE : parent};
    if (m->fs->scope->strict) row.flags |= SCOPE_SITE_STRICT;
    if (f->kind == SCOPE_FUNCTION && (f->node || !f->parent || f->parent->kind == SCOPE_CLASS)) row.flags |= SCOPE_SITE_NEW_TARGET;
    if (facts & FN_METHOD || (!f->node && f->parent && f->parent->kind == SCOPE_CLASS)) row.flags |= SCOPE_SITE_SUPER;
    if (!f->node && f->parent) row.flags |= SCOPE_SITE_FIELD;
    if (m->eval && !f->parent) row.flags |= (m->eval_allows & (SCOPE_SITE_SUPER | SCOPE_SITE_SUPER_CALL | SCOPE_SITE_FIELD)) | (f->eval_this ? SCOPE_SITE_THIS : 0);
    if (facts & FN_DERIVED_CTOR) row.flags |= SCOPE_SITE_SUPER_CALL;
    buf_put(&m->scopes, &row, sizeof row);
    return (u32)(m->scopes.len / sizeof row) - 1;
}

u32 module_func(Emitter *m) {
    if (m->unit_count == m->unit_cap) {
        u32 cap = m->unit_cap ? m->unit_cap * 2 : 32;
        FuncUnit **p = arena_alloc(m->arena, cap * sizeof *p);
        if (m->unit_count) memcpy(p, m->units, m->unit_count * sizeof *p);
        m->units = p;
        m->unit_cap = cap;
    }
    m->units[m->unit_count] = ARENA_NEW(m->arena, FuncUnit);
    return m->unit_count++;
}

void module_not_supported(Emitter *m, const Node *n, const char *what) {
    diag_add(m->diags, DIAG_NOT_SUPPORTED, n->start, n->end, what);
}

// Moves a growing buffer into the arena of the result.
static const void *settle(Emitter *m, Buf *b) {
    void *p = arena_alloc(m->arena, b->len + 8);
    if (b->len) memcpy(p, b->data, b->len);
    buf_free(b);
    return p;
}

void module_assemble(Emitter *m) {
    DxtModule *out = m->out;
    DxtFunc *funcs = arena_alloc(m->arena, m->unit_count * sizeof(DxtFunc) + 8);
    for (u32 i = 0; i < m->unit_count; i++) {
        FuncUnit *u = m->units[i];
        if (!code_limit_caches(&u->code) && m->options->optimize) opt_function(&u->code, &u->row);
        const char *why = code_assemble(&u->code, &m->code, &u->row);
        if (why) diag_add(m->diags, DIAG_FUNCTION_TOO_LARGE, u->row.src_start, u->row.src_start, why);
        funcs[i] = u->row;
    }
    out->funcs = funcs;
    out->func_count = m->unit_count;
    out->string_count = (u32)(m->str_offs.len / 4);
    buf_align(&m->str_bytes, 8);
    out->strings = settle(m, &m->str_bytes);
    out->string_off = settle(m, &m->str_offs);
#define SETTLE(buf, field, count_field, type) \
    (out->count_field = (u32)(m->buf.len / sizeof(type)), out->field = settle(m, &m->buf))
    SETTLE(consts, consts, const_count, DxtConst);
    SETTLE(requests, requests, request_count, DxtRequest);
    SETTLE(imports, imports, import_count, DxtImport);
    SETTLE(exports, exports, export_count, DxtExport);
    SETTLE(scopes, scopes, scope_count, DxtScope);
    SETTLE(scope_names, scope_names, scope_name_count, DxtScopeName);
    SETTLE(sites, sites, site_count, DxtSite);
    SETTLE(tests, tests, test_count, DxtTest);
    SETTLE(data, data, data_len, u8);
    SETTLE(code.code, code, code_len, u8);
    SETTLE(code.handlers, handlers, handler_count, DxtHandler);
    SETTLE(code.pos, pos, pos_count, DxtPos);
#undef SETTLE
    out->source = m->ast->text;
    out->source_len = m->ast->text_len;
}
