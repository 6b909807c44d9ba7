// SPDX-License-Identifier: MIT
// The work queue and the graph. One lock covers the queue, the table of modules and the resolver; reading, compiling and writing modules
// happen outside it. What comes out does not depend on how the threads took turns: order_modules numbers modules by the graph alone.
#include "compiler/link/link.h"

#include "compiler/link/data.h"
#include "format/base/hash.h"
#include "format/base/utf.h"

#include <malloc.h>
#include <pthread.h>
#include <stdio.h>

typedef struct Linker {
    Link *l;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    u32 next, active;   // queue: modules[next..count) wait
} Linker;

void link_init(Link *l, const LinkOptions *options) {
    memset(l, 0, sizeof *l);
    l->options = *options;
    resolver_init(&l->resolver, &l->probe, &l->arena, &options->resolve);
    l->resolver.warnings = &l->warnings;
    l->resolver.errors = &l->config_errors;
}

static LinkModule *module_add(Link *l, const char *path) {
    if (l->count == l->cap) {
        l->cap = l->cap ? l->cap * 2 : 128;
        l->modules = mem_realloc(l->modules, l->cap * sizeof *l->modules);
    }
    LinkModule *m = ARENA_NEW(&l->arena, LinkModule);
    m->path = m->file = path;
    m->order = l->count;
    return l->modules[l->count++] = m;
}

static LinkModule *entry_add(Link *l, const char *path) {
    path = arena_strndup(&l->arena, path, strlen(path));
    void **slot = path_map_slot(&l->by_path, path);
    if (*slot) return NULL;
    LinkModule *m = *slot = module_add(l, path);
    if ((l->entry_count & (l->entry_count + 1)) == 0) l->entries = mem_realloc(l->entries, ((size_t)l->entry_count * 2 + 2) * sizeof *l->entries);
    l->entries[l->entry_count++] = m->order;
    return m;
}

void link_entry(Link *l, const char *path, bool is_test) {
    LinkModule *m = entry_add(l, path);
    if (m) m->is_test = is_test;
}

void link_entry_text(Link *l, const char *path, const char *text) {
    LinkModule *m = entry_add(l, path);
    if (m) m->text = arena_strndup(&l->arena, text, strlen(text));
}

// ---- one module's source

static bool is_typescript(const char *path) {
    return text_ends_with(path, ".ts") || text_ends_with(path, ".tsx") || text_ends_with(path, ".mts") || text_ends_with(path, ".cts");
}
static bool is_javascript(const char *path) {
    return text_ends_with(path, ".js") || text_ends_with(path, ".jsx") || text_ends_with(path, ".mjs") || text_ends_with(path, ".cjs");
}

static bool is_code(const char *path) { return is_typescript(path) || is_javascript(path); }

const char *link_typed_path(Arena *arena, const char *path, const char *type) {
    bool text = !strcmp(type, "text") && (is_code(path) || text_ends_with(path, ".json"));
    if (!text && strcmp(type, "bytes")) return path;
    size_t n = strlen(path), k = strlen(type);
    char *out = arena_alloc(arena, n + k + 2);
    memcpy(out, path, n);
    out[n] = '?';
    memcpy(out + n + 1, type, k + 1);
    return out;
}

static DxcGoal goal_of(Resolver *r, const char *path) {
    if (text_ends_with(path, ".mjs") || text_ends_with(path, ".mts")) return DXC_GOAL_MODULE;
    if (text_ends_with(path, ".cjs")) return DXC_GOAL_COMMONJS;
    if (!text_ends_with(path, ".js") || !path_in_node_modules(path)) return DXC_GOAL_AUTO; // own sources: what their syntax says
    const Package *p = resolver_package(r, path);
    const char *type = p ? json_string(json_get(p->json, "type"), NULL) : NULL;
    return type && !strcmp(type, "module") ? DXC_GOAL_MODULE : DXC_GOAL_AUTO;
}

// `preserve` leaves the choice to whoever comes after tsc: to the file's pragmas.
static DxcJsx jsx_of(const char *option) {
    return !strcmp(option, "react") ? DXC_JSX_CLASSIC : !strcmp(option, "react-jsx") ? DXC_JSX_AUTOMATIC :
           !strcmp(option, "react-jsxdev") ? DXC_JSX_DEVELOPMENT : DXC_JSX_DEFAULT;
}

DxcOptions link_compile_options(const Link *l, Resolver *r, const char *path, bool is_test) {
    DxcOptions o = l->options.compile;
    if (o.goal == DXC_GOAL_AUTO) o.goal = goal_of(r, path);
    o.test_file = is_test;
    o.lax_imports &= !path_in_node_modules(path);
    const TsConfig *c = resolver_tsconfig(r, path);
    if (!c) return o;
    if (is_typescript(path)) {
        o.legacy_class_fields = tsconfig_legacy_fields(c);
        o.es_module_interop = tsconfig_interop(c);
        o.verbatim_module_syntax = c->verbatim_module_syntax;
    }
    o.experimental_decorators = c->experimental_decorators;
    o.decorator_metadata = c->decorator_metadata;
    o.strict_null_checks = c->strict_null_checks >= 0 ? c->strict_null_checks : c->strict;
    if (c->jsx) o.jsx = jsx_of(c->jsx);
    if (c->jsx_factory) o.jsx_factory = c->jsx_factory;
    if (c->jsx_fragment) o.jsx_fragment = c->jsx_fragment;
    if (c->jsx_import_source) o.jsx_import_source = c->jsx_import_source;
    return o;
}

// ---- compiling

static void key_make(const Link *l, const LinkModule *m, const DxcOptions *o, const Buf *text, u8 key[16]) {
    Buf b = {0};
    buf_printf(&b, "%s|%s|%d %d %d %d %d %d %d %d %d %d|%s|%s|%s|", l->options.version ? l->options.version : "", m->path, o->goal, o->test_file,
               o->dialect, o->legacy_class_fields, o->es_module_interop, o->verbatim_module_syntax, o->experimental_decorators + 2 * o->decorator_metadata + 4 * o->strict_null_checks, o->lax_imports, o->jsx, o->optimize,
               o->jsx_factory ? o->jsx_factory : "", o->jsx_fragment ? o->jsx_fragment : "", o->jsx_import_source ? o->jsx_import_source : "");
    Hash128 h = hash128_bytes(text->data, text->len);
    buf_put(&b, h.bytes, 16);
    h = hash128_bytes(b.data, b.len);
    memcpy(key, h.bytes, 16);
    buf_free(&b);
}

typedef struct Work { // what one thread does to one module
    DxcOptions options;
    ProbeFact fact;
    Arena arena;
    Buf text;
    const char *why;   // diagnostics, in `arena`; NULL: none
    DiagList *diags;   // those of the parser, where they are why
    u8 key[16];
} Work;

static void work_fails(Work *w, Buf *why) { // takes the buffer
    w->why = arena_strndup(&w->arena, buf_cstr(why), why->len);
    buf_free(why);
}

static void compile(const LinkModule *m, Work *w, Buf *out) {
    DxtModule module;
    const char *text = buf_cstr(&w->text);
    DiagList *diags = ARENA_NEW(&w->arena, DiagList);
    Buf why = {0};
    diag_init(diags, &w->arena, m->path, text, w->text.len);
    if (dxc_compile(&w->options, m->path, text, w->text.len, &w->arena, &module, diags) == DXC_OK) {
        DxtStatus s = dxt_write(&module, out);
        if (s == DXT_OK) return;
        buf_printf(&why, "%s: error: %s\n", m->path, dxt_status_text(s));
    } else {
        diag_sort(diags);
        diag_print(diags, &why);
        w->diags = diags;
    }
    work_fails(w, &why);
}

// What stands for a file that has no code: importing it throws what was wrong with it, from the place of the first error in its text.
static void compile_thrower(LinkModule *m, Work *w) {
    Buf text = {0}, brief = {0};
    if (w->diags) diag_print_brief(w->diags, &brief);
    else buf_str(&brief, w->why);
    buf_printf(&text, "throw new %s(", w->diags ? "SyntaxError" : "Error");
    data_put_literal(&text, buf_cstr(&brief), brief.len && brief.data[brief.len - 1] == '\n' ? brief.len - 1 : brief.len);
    buf_str(&text, ");");
    DxcOptions o = dxc_options_default();
    o.goal = DXC_GOAL_COMMONJS;
    DxtModule module;
    DiagList none;
    diag_init(&none, &w->arena, m->path, buf_cstr(&text), text.len);
    DxcResult r = dxc_compile(&o, m->path, buf_cstr(&text), text.len, &w->arena, &module, &none);
    DX_CHECK(r == DXC_OK);
    if (w->diags) {
        DxtPos *pos = (DxtPos *)(void *)module.pos;
        DxtFunc *funcs = (DxtFunc *)(void *)module.funcs;
        for (u32 i = 0; i < module.pos_count; i++) pos[i] = (DxtPos){.pc = pos[i].pc, .offset = w->diags->items[0].start};
        for (u32 i = 0; i < module.func_count; i++) funcs[i].src_start = 0, funcs[i].src_end = (u32)w->text.len;
        module.source = buf_cstr(&w->text);
        module.source_len = (u32)w->text.len;
    }
    m->bytes.len = 0;
    DxtStatus s = dxt_write(&module, &m->bytes);
    DX_CHECK(s == DXT_OK);
    buf_free(&text);
    buf_free(&brief);
}

static void module_source(LinkModule *m, Work *w) {
    if (m->text) {
        buf_str(&w->text, m->text);
        w->options.goal = DXC_GOAL_COMMONJS;
        return;
    }
    int error = probe_read_fact(m->file, &w->text, &w->fact);
    if (error) {
        Buf b = {0};
        buf_printf(&b, "%s: error: %s\n", m->path, strerror(error));
        work_fails(w, &b);
    } else if (m->type || !is_code(m->path)) {
        w->why = data_to_source(&w->arena, m->file, m->type, &w->text);
        w->options.goal = DXC_GOAL_COMMONJS;
    }
}

static bool module_open(LinkModule *m, bool verify, DxtFault *fault) {
    return dxt_open(m->bytes.data, m->bytes.len, verify, &m->module, fault) == DXT_OK;
}

// What this process has just written need not be hashed again; its instructions are proven before anything runs them. Debug builds check all.
static bool module_prove(LinkModule *m, DxtFault *fault) {
#ifdef DX_DEBUG
    return module_open(m, true, fault);
#else
    return module_open(m, false, fault) && dxt_verify(&m->module, fault) == DXT_OK;
#endif
}

static void module_make(Link *l, LinkModule *m, Work *w) {
    DxtFault fault = {0};
    const LinkStore *store = &l->options.store;
    module_source(m, w);
    if (!w->why) {
        key_make(l, m, &w->options, &w->text, w->key);
        if (store->load && store->load(store->ctx, w->key, &m->bytes)) {
            m->from_store = module_open(m, false, &fault) && !strcmp(m->module.path, m->path);
            if (m->from_store) return;
            m->bytes.len = 0;
        }
        compile(m, w, &m->bytes);
    }
    if (w->why) {
        m->failed = true;
        compile_thrower(m, w);
    }
    if (!module_prove(m, &fault)) {
        Buf b = {0};
        buf_printf(&b, "%s: error: the compiled module does not verify: rule %u, function %u, offset %llu: %s\n", m->path, fault.rule, fault.func,
                   (unsigned long long)fault.offset, fault.detail);
        work_fails(w, &b);
        w->diags = NULL;
        m->failed = true;
        compile_thrower(m, w);
        DX_CHECK(module_open(m, false, &fault));
    } else if (!m->failed && store->save) store->save(store->ctx, w->key, m->bytes.data, m->bytes.len);
}

// ---- the graph

static const char *string_text(const DxtModule *m, u32 index, Buf *tmp) {
    const String *s = dxt_string(m, index);
    tmp->len = 0;
    if (s->cell.flags & STR_UTF16) {
        buf_reserve(tmp, (size_t)s->length * 3 + 1);
        tmp->len = utf_utf16_to_utf8(s->u.utf16, s->length, UTF_8, tmp->data);
    } else {
        buf_reserve(tmp, (size_t)s->length * 2 + 1);
        tmp->len = utf_latin1_to_utf8(s->u.latin1, s->length, tmp->data);
    }
    return buf_cstr(tmp);
}

static LinkModule *module_of_path(Linker *k, const char *path) {
    void **slot = path_map_slot(&k->l->by_path, path);
    if (!*slot) *slot = module_add(k->l, path);
    return *slot;
}

// The module a request for a file leads to. NULL: one that stays outside.
static LinkModule *module_of_request(Linker *k, const char *path, const char *type) {
    const Link *l = k->l;
    const char *name = link_typed_path(&k->l->arena, path, type);
    if (l->options.known && l->options.known(l->options.known_ctx, name)) return NULL;
    LinkModule *m = module_of_path(k, name);
    if (name != path) {
        m->file = path;
        m->type = name + strlen(path) + 1;
    }
    return m;
}

static void resolve_requests(Linker *k, LinkModule *m) {
    Link *l = k->l;
    Buf tmp = {0};
    const DxtModule *d = &m->module;
    m->resolved = arena_alloc(&l->arena, (d->request_count + 1) * sizeof *m->resolved);
    for (u32 i = 0; i < d->request_count; i++) {
        const char *specifier = string_text(d, d->requests[i].specifier, &tmp);
        bool import = d->requests[i].flags & (REQ_STATIC | REQ_DYNAMIC);
        Resolution x = resolver_find(&l->resolver, m->path, specifier, import);
        m->resolved[i] = DXT_NONE;
        if (x.kind == RESOLVED_FILE) {
            const char *type = d->requests[i].attributes == DXT_NONE ? "" : string_text(d, d->requests[i].attributes, &tmp);
            const LinkModule *target = module_of_request(k, x.path, type);
            if (target) m->resolved[i] = target->order;
        } else if (x.kind == RESOLVED_EMPTY) {
            LinkModule *empty = module_of_path(k, "dx:empty");
            empty->text = "module.exports = {};";
            m->resolved[i] = empty->order;
        } else if (x.kind == RESOLVED_MISSING)
            buf_printf(&l->warnings, "%s: warning: cannot find module '%s'\n", m->path, specifier);
    }
    buf_free(&tmp);
}

static void module_done(Linker *k, LinkModule *m, Work *w) { // under the lock
    Link *l = k->l;
    if (!m->text && w->fact.used) probe_note(&l->probe, m->file, &w->fact);
    if (w->why) m->diagnostics = arena_strndup(&l->arena, w->why, strlen(w->why));
    l->errors += m->failed;
    l->compiled += !m->from_store;
    l->loaded += m->from_store;
    l->source_bytes += w->text.len;
    resolve_requests(k, m);
}

static void work(Linker *k) {
    Link *l = k->l;
    pthread_mutex_lock(&k->lock);
    for (;;) {
        while (k->next == l->count && k->active) pthread_cond_wait(&k->changed, &k->lock);
        if (k->next == l->count) break;
        LinkModule *m = l->modules[k->next++];
        k->active++;
        Work w = {0};
        w.options = m->text ? l->options.compile : link_compile_options(l, &l->resolver, m->path, m->is_test);
        pthread_mutex_unlock(&k->lock);
        module_make(l, m, &w);
        pthread_mutex_lock(&k->lock);
        module_done(k, m, &w);
        k->active--;
        pthread_cond_broadcast(&k->changed);
        buf_free(&w.text);
        arena_free(&w.arena);
    }
    pthread_cond_broadcast(&k->changed);
    pthread_mutex_unlock(&k->lock);
}

static void *thread_main(void *linker) {
    work(linker);
    dxt_write_end();
    return NULL;
}

static void order_modules(Link *l) {
    LinkModule **final = mem_alloc((l->count + 1) * sizeof *final);
    u32 *stack = mem_alloc((l->count + 1) * sizeof *stack), *at = mem_zalloc((l->count + 1) * sizeof *at);
    bool *seen = mem_zalloc(l->count + 1);
    u32 n = 0;
    for (u32 e = 0; e < l->entry_count; e++) { // entries first, in the order given
        seen[l->entries[e]] = true;
        final[n++] = l->modules[l->entries[e]];
    }
    for (u32 e = 0; e < l->entry_count; e++) {
        u32 depth = 0;
        stack[depth++] = l->entries[e];
        while (depth) {
            u32 m = stack[depth - 1];
            if (at[m] == l->modules[m]->module.request_count) {
                depth--;
                continue;
            }
            u32 to = l->modules[m]->resolved[at[m]++];
            if (to == DXT_NONE || seen[to]) continue;
            seen[to] = true;
            final[n++] = l->modules[to];
            stack[depth++] = to;
        }
    }
    DX_CHECK(n == l->count);
    for (u32 i = 0; i < n; i++) final[i]->order = i;
    for (u32 i = 0; i < n; i++)
        for (u32 r = 0; r < final[i]->module.request_count; r++)
            if (final[i]->resolved[r] != DXT_NONE) final[i]->resolved[r] = l->modules[final[i]->resolved[r]]->order;
    for (u32 e = 0; e < l->entry_count; e++) l->entries[e] = e;
    mem_free(l->modules);
    l->modules = final;
    l->cap = l->count;
    mem_free(stack);
    mem_free(at);
    mem_free(seen);
}

// Compiling takes and gives back megabytes for each file: memory that has been touched once is kept for the next.
void link_keep_memory(void) {
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
    mallopt(M_MMAP_THRESHOLD, 1 << 25);
    mallopt(M_TOP_PAD, 1 << 22);
}

void link_run(Link *l) {
    Linker k = {.l = l};
    link_keep_memory();
    pthread_mutex_init(&k.lock, NULL);
    pthread_cond_init(&k.changed, NULL);
    u32 jobs = l->options.jobs ? l->options.jobs : 1;
    pthread_t threads[LINK_JOBS];
    u32 n = 0;
    if (jobs > LINK_JOBS) jobs = LINK_JOBS;
    while (n + 1 < jobs && !pthread_create(&threads[n], NULL, thread_main, &k)) n++;
    work(&k);
    while (n) pthread_join(threads[--n], NULL);
    pthread_cond_destroy(&k.changed);
    pthread_mutex_destroy(&k.lock);
    order_modules(l);
}

DxtStatus link_write(Link *l, const DxtlInput *inputs, const char *const *input_paths, u32 input_count, Buf *out) {
    DxtModule *modules = mem_alloc((l->count + 1) * sizeof *modules);
    const u32 **resolved = mem_alloc((l->count + 1) * sizeof *resolved);
    for (u32 i = 0; i < l->count; i++) {
        modules[i] = l->modules[i]->module;
        resolved[i] = l->modules[i]->resolved;
    }
    DxtlBuild b = {.modules = modules, .module_count = l->count, .resolved = resolved, .entries = l->entries, .entry_count = l->entry_count,
                   .inputs = inputs, .input_paths = input_paths, .input_count = input_count};
    DxtStatus s = dxtl_write(&b, out);
    mem_free(modules);
    mem_free(resolved);
    return s;
}

void link_free(Link *l) {
    for (u32 i = 0; i < l->count; i++) {
        dxt_close(&l->modules[i]->module);
        buf_free(&l->modules[i]->bytes);
    }
    mem_free(l->modules);
    mem_free(l->entries);
    PathMap *maps[] = {&l->by_path, l->resolver.packages, l->resolver.configs, l->resolver.reals};
    for (u32 i = 0; i < DX_COUNTOF(maps); i++) mem_free(maps[i]->keys), mem_free(maps[i]->values);
    buf_free(&l->warnings);
    buf_free(&l->config_errors);
    probe_free(&l->probe);
    arena_free(&l->arena);
    memset(l, 0, sizeof *l);
}
