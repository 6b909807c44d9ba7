// SPDX-License-Identifier: MIT
// ES module linkage: the request, import and export tables, and the statements `export default` and `export`.
#include "compiler/emit/emit.h"

static bool is_elided(Emitter *m, const Node *spec) {
    if (spec->flags & NF_TYPE_ONLY) return true;
    if (!m->ast->is_typescript || m->options->verbatim_module_syntax) return false;
    Binding *b = spec->import_spec.local->ident.binding;
    return b && b->refs == 0;
}

static Str *type_attribute(const NodeList *attrs) {
    for (u32 i = 0; i < attrs->count; i++)
        if (str_equals(attrs->items[i]->import_attr.key, "type")) return attrs->items[i]->import_attr.value;
    return NULL;
}

static u32 static_request(Emitter *m, Str *source, const NodeList *attrs) {
    return module_request(m, source, type_attribute(attrs), REQ_STATIC | (m->ast->is_typescript || m->options->lax_imports ? REQ_LAX : 0));
}

// Without braces an import is for its effects; in TypeScript empty ones, or ones that name types alone, are left out unless told otherwise.
bool import_is_kept(Emitter *m, const Node *n) {
    if (n->flags & NF_TYPE_ONLY) return false;
    if (n->flags & NF_BARE || !m->ast->is_typescript || m->options->verbatim_module_syntax) return true;
    for (u32 i = 0; i < n->import.specs.count; i++)
        if (!is_elided(m, n->import.specs.items[i])) return true;
    return false;
}

static void link_import(Emitter *m, Node *n) {
    if (n->flags & (NF_DEFER | NF_SOURCE_PHASE)) module_not_supported(m, n, "import defer and import source");
    if (!import_is_kept(m, n)) return;
    u32 request = static_request(m, n->import.source, &n->import.attrs);
    for (u32 i = 0; i < n->import.specs.count; i++) {
        Node *s = n->import.specs.items[i];
        if (is_elided(m, s)) continue;
        Str *name = s->import_spec.imported;
        s->import_spec.local->ident.binding->import_row = module_import(m, request, name ? module_string(m, name) : DXT_NONE) + 1;
    }
}

void import_load(Emitter *m, Binding *b) {
    if (b->object) {
        commonjs_load_import(m, b);
        return;
    }
    if (!b->import_row) { // written as a type import, used as a value
        OP1(m, GetGlobal, module_string(m, b->name));
        return;
    }
    const DxtImport *row = (const DxtImport *)(const void *)m->imports.data + (b->import_row - 1);
    if (row->name == DXT_NONE) OP1(m, ImportNs, b->import_row - 1);
    else OP2(m, LoadImport, b->import_row - 1, module_string(m, b->name));
}

static void put_export(Emitter *m, const Str *name, u32 kind, u32 slot, u32 import_name) {
    DxtExport row = {name ? module_string(m, name) : DXT_NONE, kind, slot, import_name};
    buf_put(&m->exports, &row, sizeof row);
}

// export { local as name }: an imported name is exported from where it came.
static void export_binding(Emitter *m, const Str *name, Binding *b) {
    if (!b) return;
    if (b->kind != BIND_IMPORT) {
        put_export(m, name, 0, b->slot, 0);
        return;
    }
    if (!b->import_row) return;
    const DxtImport *row = (const DxtImport *)(const void *)m->imports.data + (b->import_row - 1);
    if (row->name == DXT_NONE) put_export(m, name, 3, row->request, 0);
    else put_export(m, name, 1, row->request, row->name);
}

// export … from: some of it is more than types
bool export_has_values(Emitter *m, const Node *n) {
    const NodeList *specs = &n->export_named.specs;
    if (n->flags & NF_TYPE_ONLY || !n->export_named.source) return false;
    if (m->options->verbatim_module_syntax) return true;
    for (u32 i = 0; i < specs->count; i++)
        if (!(specs->items[i]->flags & NF_TYPE_ONLY)) return true;
    return specs->count == 0 && !m->ast->is_typescript;
}

static void link_export_named(Emitter *m, Node *n) {
    if (n->flags & NF_TYPE_ONLY) return;
    NodeList *specs = &n->export_named.specs;
    u32 request = export_has_values(m, n) ? static_request(m, n->export_named.source, &n->export_named.attrs) : DXT_NONE;
    for (u32 i = 0; i < specs->count; i++) {
        Node *s = specs->items[i];
        if (s->flags & NF_TYPE_ONLY) continue;
        if (request == DXT_NONE) export_binding(m, s->export_spec.exported, s->export_spec.local->ident.binding);
        else put_export(m, s->export_spec.exported, 1, request, module_string(m, s->export_spec.local->string.value));
    }
}

static void export_names(Emitter *m, Node *target) {
    switch (target->kind) {
    case N_IDENT: export_binding(m, target->ident.name, target->ident.binding); break;
    case N_ARRAY_PATTERN: case N_OBJECT_PATTERN:
        for (u32 i = 0; i < target->list.items.count; i++)
            if (target->list.items.items[i]) export_names(m, target->list.items.items[i]);
        break;
    case N_PROPERTY: export_names(m, target->property.value); break;
    case N_ASSIGN_PATTERN: export_names(m, target->binary.left); break;
    case N_REST: export_names(m, target->unary.arg); break;
    default: break;
    }
}

// TypeScript lets a name be exported by several declarations that merge.
static void export_once(Emitter *m, Node *id) {
    Binding *b = id->ident.binding;
    if (!b) return;
    u32 name = module_string(m, id->ident.name), count = (u32)(m->exports.len / sizeof(DxtExport));
    const DxtExport *rows = (const DxtExport *)(const void *)m->exports.data;
    if (b->flags & BF_DECLARED_TWICE || b->kind == BIND_ENUM)
        for (u32 i = 0; i < count; i++)
            if (rows[i].name == name) return;
    export_binding(m, id->ident.name, b);
}

static void link_export_decl(Emitter *m, Node *d) {
    switch (d->kind) {
    case N_VAR:
        for (u32 i = 0; i < d->var.decls.count && !(d->flags & NF_DECLARE); i++)
            export_names(m, d->var.decls.items[i]->declarator.target);
        break;
    case N_FUNCTION_DECL:
        if (!(d->function.flags & FN_NO_BODY)) export_once(m, d->function.name);
        break;
    case N_CLASS_DECL:
        if (!(d->flags & NF_DECLARE)) export_once(m, d->class_.name);
        break;
    case N_TS_ENUM:
        if (!(d->flags & NF_DECLARE)) export_once(m, d->ts_enum.name);
        break;
    case N_TS_MODULE:
        if (!(d->flags & NF_DECLARE)) export_once(m, d->ts_module.name);
        break;
    case N_TS_IMPORT_EQUALS:
        if (!(d->flags & NF_TYPE_ONLY)) export_once(m, d->ts_import_equals.name);
        break;
    default: break;
    }
}

static Binding *default_binding(Emitter *m, const Node *d) {
    if (d->kind == N_FUNCTION_DECL && d->function.name) return d->function.name->ident.binding;
    if (d->kind == N_CLASS_DECL && d->class_.name) return d->class_.name->ident.binding;
    return scope_find(m->ast->scope, module_str(m, "*default*"));
}

const char unnamed_default[] = "default_1"; // tsc's name for what has none there

static void link_item(Emitter *m, Node *n) {
    switch (n->kind) {
    case N_EXPORT_NAMED: link_export_named(m, n); break;
    case N_EXPORT_DECL: link_export_decl(m, n->unary.arg); break;
    case N_EXPORT_DEFAULT:
        if (!(n->unary.arg->kind == N_FUNCTION_DECL && n->unary.arg->function.flags & FN_NO_BODY))
            export_binding(m, m->s_default, default_binding(m, n->unary.arg));
        break;
    case N_EXPORT_ALL:
        if (n->flags & NF_TYPE_ONLY) break;
        put_export(m, n->export_all.exported, n->export_all.exported ? 3 : 2, static_request(m, n->export_all.source, &n->export_all.attrs), 0);
        break;
    default: break;
    }
}

void emit_module_linkage(Emitter *m) {
    NodeList *body = &m->ast->body;
    // Requests are made in source order, imports before the exports that may name them.
    for (u32 i = 0; i < body->count; i++) {
        Node *n = body->items[i];
        if (n->kind == N_IMPORT) link_import(m, n);
        else if (n->kind == N_EXPORT_NAMED && export_has_values(m, n)) static_request(m, n->export_named.source, &n->export_named.attrs);
        else if (n->kind == N_EXPORT_ALL && !(n->flags & NF_TYPE_ONLY)) static_request(m, n->export_all.source, &n->export_all.attrs);
    }
    for (u32 i = 0; i < body->count; i++) link_item(m, body->items[i]);
}

static void emit_export_default(Emitter *m, Node *n) {
    Node *d = n->unary.arg;
    if (d->kind == N_FUNCTION_DECL) return; // hoisted
    if (d->kind == N_CLASS_DECL && d->class_.name) {
        emit_stmt(m, d);
        return;
    }
    bool tsc_names = m->commonjs || (d->kind == N_CLASS_DECL && lower_names_default(m, d));
    if (d->kind == N_CLASS_DECL) emit_class(m, d, tsc_names ? module_str(m, unnamed_default) : m->s_default);
    else if (m->commonjs) emit_expr(m, d);
    else emit_named(m, d, m->s_default);
    binding_init(m, default_binding(m, d));
}

// export = value
static void emit_export_assign(Emitter *m, Node *n) {
    if (!m->commonjs) {
        diag_add(m->diags, DIAG_TS_EXPORT_ASSIGN, n->start, n->end, NULL);
        return;
    }
    binding_load(m, scope_find(m->ast->scope, module_str(m, "module")), false);
    emit_expr(m, n->unary.arg);
    OP1(m, SetProp, module_string_z(m, "exports"));
    OP0(m, Pop);
}

void emit_module_item(Emitter *m, Node *n) {
    switch (n->kind) {
    case N_EXPORT_DECL: emit_stmt(m, n->unary.arg); break;
    case N_EXPORT_DEFAULT: emit_export_default(m, n); break;
    case N_TS_EXPORT_ASSIGN: emit_export_assign(m, n); break;
    default: emit_stmt(m, n);
    }
}
