// SPDX-License-Identifier: MIT
// Import and export declarations in a CommonJS module, as TypeScript writes them out: what is imported is required before anything else
// runs and looked up at each use; what is exported is a property of `exports`, written whenever its variable is (Binding.exported_as).
// Exported variables have no other place: resolve/ has made them members of `exports`.
#include "compiler/emit/emit.h"

// Does the module say that it was written as an ES module? A .cts file always does, unless it has `export =`.
static bool is_es_in_disguise(const Emitter *m) {
    const char *dot = strrchr(m->ast->file, '.');
    bool yes = dot && !strcmp(dot, ".cts");
    for (u32 i = 0; i < m->ast->body.count; i++) {
        u32 kind = m->ast->body.items[i]->kind;
        if (kind == N_TS_EXPORT_ASSIGN) return false;
        yes |= kind == N_EXPORT_DECL || kind == N_EXPORT_NAMED || kind == N_EXPORT_DEFAULT || kind == N_EXPORT_ALL;
    }
    return yes;
}

static void load_exports(Emitter *m) { binding_load(m, scope_find(m->ast->scope, module_str(m, "exports")), false); }

void emit_require(Emitter *m, Str *specifier, const Node *at) {
    module_request(m, specifier, NULL, REQ_REQUIRE);
    if (m->commonjs) {
        binding_load(m, scope_find(m->ast->scope, m->s_require), false);
    } else {
        OP0(m, ImportMeta);
        emit_get(m, m->s_require);
    }
    OP0(m, PushUndefined);
    emit_string(m, specifier);
    OP1(m, Call, 1);
    at_node(m, at);
}

// ---- what is exported

// v → v ; the value goes to every name it is exported under
void export_value(Emitter *m, const Binding *b) {
    for (const ExportName *e = b->exported_as; e; e = e->next) {
        load_exports(m);
        OP1(m, PickN, 1);
        OP1(m, SetProp, module_string(m, e->name));
        OP0(m, Pop);
    }
}

static void add_name(Emitter *m, Binding *b, Str *name) {
    if (!b || b->kind == BIND_IMPORT || (b->kind == BIND_MEMBER && b->name == name)) return;
    for (const ExportName *e = b->exported_as; e; e = e->next)
        if (e->name == name) return;
    ExportName *e = ARENA_NEW(m->arena, ExportName);
    e->name = name;
    ExportName **end = &b->exported_as;
    while (*end) end = &(*end)->next;
    *end = e;
}

// Names that are undefined until their value is there: all but functions.
typedef struct Names { Str **items; u32 count, cap; } Names;

static void announce(Emitter *m, Names *names, Str *name, const Binding *b) {
    if (b && b->kind == BIND_FUNCTION) return;
    for (u32 i = 0; i < names->count; i++)
        if (names->items[i] == name) return;
    if (names->count == names->cap) {
        u32 cap = names->cap ? names->cap * 2 : 16;
        Str **p = arena_alloc(m->arena, cap * sizeof *p);
        if (names->count) memcpy(p, names->items, names->count * sizeof *p);
        names->items = p;
        names->cap = cap;
    }
    names->items[names->count++] = name;
}

static void declare_pattern(Emitter *m, Names *names, Node *target) {
    switch (target->kind) {
    case N_IDENT: announce(m, names, target->ident.name, target->ident.binding); break;
    case N_ARRAY_PATTERN: case N_OBJECT_PATTERN:
        for (u32 i = 0; i < target->list.items.count; i++)
            if (target->list.items.items[i]) declare_pattern(m, names, target->list.items.items[i]);
        break;
    case N_PROPERTY: declare_pattern(m, names, target->property.value); break;
    case N_ASSIGN_PATTERN: declare_pattern(m, names, target->binary.left); break;
    case N_REST: declare_pattern(m, names, target->unary.arg); break;
    default: break;
    }
}

static Node *declared_name(Node *d) {
    switch (d->kind) {
    case N_FUNCTION_DECL: return d->function.flags & FN_NO_BODY ? NULL : d->function.name;
    case N_CLASS_DECL: return d->class_.name;
    case N_TS_ENUM: return d->ts_enum.name;
    case N_TS_MODULE: return d->ts_module.name;
    case N_TS_IMPORT_EQUALS: return d->flags & NF_TYPE_ONLY ? NULL : d->ts_import_equals.name;
    default: return NULL;
    }
}

static void declare_decl(Emitter *m, Names *names, Node *d) {
    if (d->flags & NF_DECLARE) return;
    for (u32 i = 0; d->kind == N_VAR && i < d->var.decls.count; i++) declare_pattern(m, names, d->var.decls.items[i]->declarator.target);
    Node *name = declared_name(d);
    if (!name || !name->ident.binding) return;
    add_name(m, name->ident.binding, name->ident.name);
    announce(m, names, name->ident.name, name->ident.binding);
}

static void declare_list(Emitter *m, Names *names, Node *n) {
    for (u32 i = 0; i < n->export_named.specs.count; i++) {
        Node *s = n->export_named.specs.items[i];
        if ((s->flags | n->flags) & NF_TYPE_ONLY) continue;
        Binding *b = n->export_named.source ? NULL : s->export_spec.local->ident.binding;
        if (!n->export_named.source && !b) continue; // a type
        if (b && b->kind == BIND_FUNCTION) add_name(m, b, s->export_spec.exported);
        else if (b) add_name(m, b, s->export_spec.exported);
        announce(m, names, s->export_spec.exported, b);
    }
}

static void declare_default(Emitter *m, Node *n) {
    Node *name = declared_name(n->unary.arg);
    Binding *b = name ? name->ident.binding : scope_find(m->ast->scope, module_str(m, "*default*"));
    add_name(m, b, m->s_default);
}

// ---- what is imported

// module → module ; or what stands for it under esModuleInterop when all of it is wanted
static void interop_star(Emitter *m, const Node *at) {
    if (!m->options->es_module_interop) return;
    u32 module = slot_new(m);
    OP1(m, StoreLocal, module);
    lower_helper(m, HELPER_IMPORT_STAR);
    OP0(m, PushUndefined);
    OP1(m, LoadLocal, module);
    OP1(m, Call, 1);
    at_node(m, at);
    slot_free(m, module);
}

// module → value of a name; a CommonJS module without __esModule is its own default
static void imported_value(Emitter *m, Str *name) {
    u32 whole = label_new(m);
    if (!name) return;
    if (name == m->s_default) {
        OP0(m, Dup);
        emit_get(m, module_str(m, "__esModule"));
        OP1(m, JumpIfNot, whole);
    }
    emit_get(m, name);
    label_bind(m, whole);
}

void commonjs_load_import(Emitter *m, Binding *b) {
    binding_load(m, b->object, false);
    imported_value(m, b->decl->import_spec.imported);
}

static bool has_star(const Node *n) {
    for (u32 i = 0; i < n->import.specs.count; i++)
        if (!n->import.specs.items[i]->import_spec.imported) return true;
    return false;
}

static Binding *required_binding(Emitter *m, const Node *n) {
    for (Binding *b = m->ast->scope->first; b; b = b->next)
        if (b->kind == BIND_HIDDEN && b->decl == n) return b;
    return NULL;
}

static void require_import(Emitter *m, Node *n) {
    if (!import_is_kept(m, n)) return;
    emit_require(m, n->import.source, n);
    if (has_star(n)) interop_star(m, n);
    binding_init(m, required_binding(m, n));
}

// module → ; a getter of `exports` that gives the module's name, or the module
static void define_getter(Emitter *m, Str *exported, Str *name, const Node *at) {
    u32 module = slot_new(m);
    OP1(m, StoreLocal, module);
    lower_helper(m, HELPER_EXPORT_GETTER);
    OP0(m, PushUndefined);
    load_exports(m);
    emit_string(m, exported);
    OP1(m, LoadLocal, module);
    if (name) emit_string(m, name);
    else OP0(m, PushUndefined);
    OP1(m, Call, 4);
    at_node(m, at);
    OP0(m, Pop);
    slot_free(m, module);
}

static void require_reexported(Emitter *m, Node *n) {
    if (!export_has_values(m, n)) return;
    u32 module = slot_new(m);
    emit_require(m, n->export_named.source, n);
    OP1(m, StoreLocal, module);
    for (u32 i = 0; i < n->export_named.specs.count; i++) {
        Node *s = n->export_named.specs.items[i];
        if (s->flags & NF_TYPE_ONLY) continue;
        OP1(m, LoadLocal, module);
        define_getter(m, s->export_spec.exported, s->export_spec.local->string.value, n);
    }
    slot_free(m, module);
}

static void require_all(Emitter *m, Node *n) {
    u32 module = slot_new(m);
    emit_require(m, n->export_all.source, n);
    if (n->export_all.exported) {
        interop_star(m, n);
        OP1(m, StoreLocal, module);
        load_exports(m);
        OP1(m, LoadLocal, module);
        OP1(m, SetProp, module_string(m, n->export_all.exported));
    } else {
        OP1(m, StoreLocal, module);
        lower_helper(m, HELPER_EXPORT_STAR);
        OP0(m, PushUndefined);
        load_exports(m);
        OP1(m, LoadLocal, module);
        OP1(m, Call, 2);
        at_node(m, n);
    }
    OP0(m, Pop);
    slot_free(m, module);
}

// export { a } of an imported a
static void export_imported(Emitter *m, Node *n) {
    for (u32 i = 0; i < n->export_named.specs.count; i++) {
        Node *s = n->export_named.specs.items[i];
        Binding *b = (s->flags | n->flags) & NF_TYPE_ONLY ? NULL : s->export_spec.local->ident.binding;
        if (!b || b->kind != BIND_IMPORT) continue;
        binding_load(m, b->object, false);
        define_getter(m, s->export_spec.exported, b->decl->import_spec.imported, n);
    }
}

// ---- the start of the module

// Which names each variable is exported under, and the names that are there from the start.
static Names collect_names(Emitter *m) {
    Names names = {0};
    for (u32 i = 0; i < m->ast->body.count; i++) {
        Node *n = m->ast->body.items[i];
        switch (n->kind) {
        case N_EXPORT_DECL: declare_decl(m, &names, n->unary.arg); break;
        case N_EXPORT_NAMED: declare_list(m, &names, n); break;
        case N_EXPORT_DEFAULT: declare_default(m, n); break;
        case N_EXPORT_ALL:
            if (n->export_all.exported && !(n->flags & NF_TYPE_ONLY)) announce(m, &names, n->export_all.exported, NULL);
            break;
        default: break;
        }
    }
    return names;
}

void commonjs_announce(Emitter *m) {
    if (!is_es_in_disguise(m)) return;
    Names names = collect_names(m);
    lower_helper(m, HELPER_ES_MODULE);
    OP0(m, PushUndefined);
    load_exports(m);
    for (u32 i = 0; i < names.count; i++) emit_string(m, names.items[i]);
    OP1(m, NewArray, names.count);
    OP1(m, Call, 2);
    OP0(m, Pop);
}

void commonjs_require_imports(Emitter *m) {
    for (u32 i = 0; i < m->ast->body.count; i++) {
        Node *n = m->ast->body.items[i];
        if (n->flags & NF_TYPE_ONLY) continue;
        if (n->kind == N_IMPORT) require_import(m, n);
        else if (n->kind == N_EXPORT_NAMED && n->export_named.source) require_reexported(m, n);
        else if (n->kind == N_EXPORT_ALL) require_all(m, n);
    }
    for (u32 i = 0; i < m->ast->body.count; i++) {
        Node *n = m->ast->body.items[i];
        if (n->kind == N_EXPORT_NAMED && !n->export_named.source) export_imported(m, n);
    }
}
