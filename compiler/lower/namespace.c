// SPDX-License-Identifier: MIT
// TypeScript namespaces: a block with its own scope whose exported variables are properties of the namespace's object; and
// `import a = …`.
#include "compiler/lower/lower.h"

static void export_to_object(Emitter *m, Binding *b) {
    if (!b || !b->placed) return;
    binding_load(m, lower_namespace_object(m), false);
    binding_load(m, b, false);
    OP1(m, SetProp, module_string(m, b->name));
    OP0(m, Pop);
}

static void emit_export(Emitter *m, Node *d) {
    if (d->kind != N_FUNCTION_DECL) emit_stmt(m, d); // functions are hoisted, but exported where they stand, as tsc does
    else if (!(d->function.flags & FN_NO_BODY)) export_to_object(m, d->function.name->ident.binding);
    if (d->kind == N_CLASS_DECL && d->class_.name) export_to_object(m, d->class_.name->ident.binding);
    if (d->kind == N_TS_IMPORT_EQUALS && !(d->flags & NF_TYPE_ONLY)) export_to_object(m, d->ts_import_equals.name->ident.binding);
}

void lower_namespace(Emitter *m, Node *n) {
    if (n->flags & NF_DECLARE) return;
    Scope *s = n->ts_module.scope;
    Binding *outer = lower_namespace_object(m);
    lower_object(m, n, n->ts_module.name->ident.binding, outer);
    scope_place(m, s);
    binding_init(m, s->first);
    scope_dead_zones(m, s);
    scope_functions(m, s);
    for (u32 i = 0; i < n->ts_module.body.count; i++) {
        Node *item = n->ts_module.body.items[i];
        if (item->kind == N_EXPORT_DECL) emit_export(m, item->unary.arg);
        else emit_stmt(m, item);
    }
    scope_close(m, s);
}

void lower_import_equals(Emitter *m, Node *n) {
    Binding *b = n->ts_import_equals.name->ident.binding;
    if (n->flags & NF_TYPE_ONLY) return; // nothing is left of it
    if (n->ts_import_equals.entity) {
        emit_expr(m, n->ts_import_equals.entity);
    } else {
        emit_require(m, n->ts_import_equals.require, n);
    }
    binding_init(m, b);
}
