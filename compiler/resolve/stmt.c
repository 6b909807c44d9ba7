// SPDX-License-Identifier: MIT
// The walk over statements and module items; the entry of the pass.
#include "compiler/resolve/pass.h"

static BindKind bind_kind_of(u32 var_kind) {
    switch (var_kind) {
    case VAR_VAR: return BIND_VAR;
    case VAR_LET: return BIND_LET;
    default: return BIND_CONST;
    }
}

// Values that cost no more to push than to load.
static bool is_literal(const Node *n) {
    if (n->kind == N_UNARY && n->extra == OP_MINUS) n = n->unary.arg;
    return n->kind == N_NUMBER || n->kind == N_TRUE || n->kind == N_FALSE || n->kind == N_NULL || n->kind == N_STRING;
}

static void resolve_var(Resolver *r, Node *n, u32 loop_init_end) {
    BindKind kind = bind_kind_of(n->extra);
    for (u32 i = 0; i < n->var.decls.count; i++) {
        Node *d = n->var.decls.items[i];
        if (d->declarator.init) resolve_expr(r, d->declarator.init);
        resolve_pattern(r, d->declarator.target, kind, loop_init_end ? loop_init_end : d->end);
        Node *target = d->declarator.target;
        if (n->extra == VAR_CONST && target->kind == N_IDENT && d->declarator.init && is_literal(d->declarator.init) && target->ident.binding->kind == BIND_CONST)
            target->ident.binding->literal = d->declarator.init;
        if (n->extra == VAR_CONST && target->kind == N_IDENT && r->ast->is_typescript) target->ident.binding->decl = d;
    }
}

static bool is_lexical_var(const Node *n) { return n && n->kind == N_VAR && n->extra != VAR_VAR; }

static void resolve_function_decl(Resolver *r, Node *n) {
    if (n->function.flags & FN_NO_BODY) return;
    if (n->function.name) {
        Scope *s = r->scope;
        r->plain_function = !(n->function.flags & (FN_ASYNC | FN_GENERATOR));
        Binding *b = resolver_declare(r, n->function.name->ident.name, BIND_FUNCTION, n->function.name->start);
        b->decl = n; // the last of several wins
        n->function.name->ident.binding = b;
        bool plain = !(n->function.flags & (FN_ASYNC | FN_GENERATOR));
        if (!s->strict && !s->var_scope && plain && b->kind == BIND_FUNCTION) {
            BlockFunction *f = ARENA_NEW(r->arena, BlockFunction);
            Scope *v = s;
            while (!v->var_scope) v = v->parent;
            f->block = b;
            f->next = v->block_functions;
            v->block_functions = f;
        }
    }
    resolve_function(r, n);
}

static void resolve_class_decl(Resolver *r, Node *n) {
    if (n->flags & NF_DECLARE) return;
    if (n->class_.name) {
        Binding *b = resolver_declare(r, n->class_.name->ident.name, BIND_CLASS, n->class_.name->start);
        if (b->init_end == UINT32_MAX) b->init_end = n->end;
        b->decl = n;
        n->class_.name->ident.binding = b;
    }
    resolve_class(r, n);
}

// A function declaration standing alone under `if` or a label is in a block of its own (B.3.3).
static void resolve_sub(Resolver *r, Node **slot) {
    Node *n = *slot;
    if (!n) return;
    if (n->kind == N_FUNCTION_DECL) {
        Node *block = ARENA_NEW(r->arena, Node);
        block->kind = N_BLOCK;
        block->start = n->start;
        block->end = n->end;
        block->block.stmts.items = arena_alloc(r->arena, sizeof(Node *));
        block->block.stmts.items[0] = n;
        block->block.stmts.count = 1;
        *slot = n = block;
    }
    resolve_stmt(r, n);
}

static void resolve_block(Resolver *r, Node *n) {
    n->block.scope = resolver_enter(r, SCOPE_BLOCK, n, n->start);
    resolve_stmts(r, &n->block.stmts);
    resolver_leave(r);
}

static void resolve_for(Resolver *r, Node *n) {
    bool lexical = is_lexical_var(n->for_.init);
    if (lexical) n->for_.scope = resolver_enter(r, SCOPE_FOR, n, n->start);
    if (n->for_.init) {
        if (n->for_.init->kind == N_VAR) resolve_var(r, n->for_.init, 0);
        else resolve_expr(r, n->for_.init);
    }
    if (n->for_.test) resolve_expr(r, n->for_.test);
    if (n->for_.update) resolve_expr(r, n->for_.update);
    resolve_sub(r, &n->for_.body);
    if (lexical) resolver_leave(r);
}

static void resolve_for_each(Resolver *r, Node *n) {
    bool lexical = is_lexical_var(n->for_each.left);
    if (lexical) n->for_each.scope = resolver_enter(r, SCOPE_FOR, n, n->start);
    resolve_expr(r, n->for_each.right);
    if (n->for_each.left->kind == N_VAR) resolve_var(r, n->for_each.left, n->for_each.right->end);
    else resolve_pattern(r, n->for_each.left, BIND_THROUGH, 0);
    resolve_sub(r, &n->for_each.body);
    if (lexical) resolver_leave(r);
}

static void resolve_try(Resolver *r, Node *n) {
    resolve_stmt(r, n->try_.block);
    if (n->try_.handler) {
        Node *c = n->try_.handler;
        c->catch_.scope = resolver_enter(r, SCOPE_CATCH, c, c->start);
        if (c->catch_.param)
            resolve_pattern(r, c->catch_.param, c->catch_.param->kind == N_IDENT ? BIND_CATCH : BIND_LET, c->catch_.param->end);
        resolve_stmt(r, c->catch_.body);
        resolver_leave(r);
    }
    if (n->try_.finalizer) resolve_stmt(r, n->try_.finalizer);
}

static void resolve_switch(Resolver *r, Node *n) {
    resolve_expr(r, n->switch_.value);
    u32 saved = r->case_end;
    n->switch_.scope = resolver_enter(r, SCOPE_SWITCH, n, n->start);
    for (u32 i = 0; i < n->switch_.cases.count; i++) {
        Node *c = n->switch_.cases.items[i];
        r->case_end = c->end;
        if (c->case_.test) resolve_expr(r, c->case_.test);
        resolve_stmts(r, &c->case_.body);
    }
    resolver_leave(r);
    r->case_end = saved;
}

// ---- modules

static void resolve_import(Resolver *r, Node *n) {
    if (n->flags & NF_TYPE_ONLY) return;
    Binding *required = NULL; // in a TypeScript file with `export =`, imports are calls of require
    if (r->options->commonjs) {
        required = scope_add(r->arena, r->scope, str_table_intern_z(r->strings, "%import"), BIND_HIDDEN, n->start);
        required->flags |= BF_CAPTURED;
        required->decl = n;
    }
    for (u32 i = 0; i < n->import.specs.count; i++) {
        Node *s = n->import.specs.items[i];
        if (s->flags & NF_TYPE_ONLY) continue;
        Node *id = s->import_spec.local;
        Binding *b = resolver_declare(r, id->ident.name, BIND_IMPORT, id->start);
        if (!b->decl) b->decl = s;
        b->object = required;
        id->ident.binding = b;
    }
}

static void resolve_export_named(Resolver *r, Node *n) {
    if (n->flags & NF_TYPE_ONLY || n->export_named.source) return;
    for (u32 i = 0; i < n->export_named.specs.count; i++) {
        Node *s = n->export_named.specs.items[i];
        if (!(s->flags & NF_TYPE_ONLY) && s->export_spec.local->kind == N_IDENT)
            resolver_ref(r, s->export_spec.local, s->export_spec.local->ident.name, REFF_EXPORT);
    }
}

static void mark_exported(Node *target) {
    switch (target->kind) {
    case N_IDENT: target->ident.binding->flags |= BF_EXPORTED; break;
    case N_ARRAY_PATTERN: case N_OBJECT_PATTERN:
        for (u32 i = 0; i < target->list.items.count; i++)
            if (target->list.items.items[i]) mark_exported(target->list.items.items[i]);
        break;
    case N_PROPERTY: mark_exported(target->property.value); break;
    case N_ASSIGN_PATTERN: mark_exported(target->binary.left); break;
    case N_REST: mark_exported(target->unary.arg); break;
    default: break;
    }
}

// Exported variables of a namespace are properties of its object, those of a CommonJS module of `exports`.
static void namespace_members(Resolver *r, Node *target) {
    switch (target->kind) {
    case N_IDENT:
        target->ident.binding->kind = BIND_MEMBER;
        target->ident.binding->flags &= (u16) ~(BF_LEXICAL | BF_CONST);
        target->ident.binding->object = r->scope->first;
        break;
    case N_ARRAY_PATTERN: case N_OBJECT_PATTERN:
        for (u32 i = 0; i < target->list.items.count; i++)
            if (target->list.items.items[i]) namespace_members(r, target->list.items.items[i]);
        break;
    case N_PROPERTY: namespace_members(r, target->property.value); break;
    case N_ASSIGN_PATTERN: namespace_members(r, target->binary.left); break;
    case N_REST: namespace_members(r, target->unary.arg); break;
    default: break;
    }
}

static void resolve_import_equals(Resolver *r, Node *n) {
    if (scope_find_any(r->scope, n->ts_import_equals.name->ident.name) && resolver_names_types(r, n)) {
        n->kind = N_EMPTY;
        return;
    }
    Binding *b = resolver_declare(r, n->ts_import_equals.name->ident.name, BIND_CONST, n->start);
    b->init_end = n->end;
    b->decl = n;
    n->ts_import_equals.name->ident.binding = b;
    if (n->ts_import_equals.entity && !(n->flags & NF_TYPE_ONLY)) resolve_expr(r, n->ts_import_equals.entity);
}

static void resolve_export_decl(Resolver *r, Node *n) {
    Node *d = n->unary.arg;
    if (d->kind == N_VAR && d->flags & NF_DECLARE) resolve_var(r, d, 0);
    else resolve_stmt(r, d);
    bool in_namespace = r->scope->kind == SCOPE_NAMESPACE || r->options->commonjs; // `exports` takes the place of the object
    switch (d->kind) {
    case N_VAR:
        for (u32 i = 0; i < d->var.decls.count; i++) {
            Node *target = d->var.decls.items[i]->declarator.target;
            if (in_namespace) namespace_members(r, target);
            mark_exported(target);
        }
        break;
    case N_FUNCTION_DECL:
        if (d->function.name && d->function.name->ident.binding) mark_exported(d->function.name);
        break;
    case N_CLASS_DECL:
        if (d->class_.name && d->class_.name->ident.binding) mark_exported(d->class_.name);
        break;
    case N_TS_ENUM:
        if (d->ts_enum.name->ident.binding) mark_exported(d->ts_enum.name);
        break;
    case N_TS_MODULE:
        if (d->ts_module.name->kind == N_IDENT && d->ts_module.name->ident.binding) mark_exported(d->ts_module.name);
        break;
    case N_TS_IMPORT_EQUALS: mark_exported(d->ts_import_equals.name); break;
    default: break;
    }
}

// `export default X` of a name that this file declares only as a type: nothing is left. Asked when every name is declared.
static void drop_default_type(Resolver *r) {
    for (u32 i = 0; i < r->ast->body.count; i++) {
        Node *n = r->ast->body.items[i], *d = n->unary.arg;
        if (n->kind != N_EXPORT_DEFAULT || d->kind != N_IDENT || d->ident.binding) continue;
        for (const TypeName *t = r->ast->types; t; t = t->next)
            if (t->name == d->ident.name) n->kind = N_EMPTY;
    }
}

static void resolve_export_default(Resolver *r, Node *n) {
    Node *d = n->unary.arg;
    bool named = (d->kind == N_FUNCTION_DECL && d->function.name) || (d->kind == N_CLASS_DECL && d->class_.name);
    if (d->kind == N_FUNCTION_DECL && d->function.flags & FN_NO_BODY) return;
    resolve_stmt(r, d);
    if (named) {
        mark_exported(d->kind == N_FUNCTION_DECL ? d->function.name : d->class_.name);
        return;
    }
    Binding *b = scope_add(r->arena, r->scope, str_table_intern_z(r->strings, "*default*"), BIND_HIDDEN, n->start);
    b->flags |= BF_EXPORTED | BF_LEXICAL;
    if (d->kind == N_FUNCTION_DECL) {
        b->kind = BIND_FUNCTION;
        b->decl = d;
    }
}

// ---- TypeScript

static bool module_has_values(const NodeList *body) {
    for (u32 i = 0; i < body->count; i++) {
        const Node *n = body->items[i];
        if (n->kind == N_EXPORT_DECL) n = n->unary.arg;
        if (n->kind == N_EMPTY && !(n->flags & NF_DECLARE)) continue; // types; declared values make a namespace
        if (n->kind == N_TS_IMPORT_EQUALS && n == body->items[i]) continue;
        if (n->kind == N_TS_MODULE && !module_has_values(&n->ts_module.body)) continue;
        return true;
    }
    return false;
}

// The block of the same name before: in this scope, or in the enclosing namespace's own earlier block.
static Scope *previous_block(Resolver *r, const Binding *b) {
    for (Scope *outer = r->scope->merged; !b->block && outer; outer = outer->merged) {
        Binding *old = scope_find(outer, b->name);
        if (old && old->block && old->flags & BF_EXPORTED) b = old;
    }
    return b->block;
}

static Scope *object_scope(Resolver *r, ScopeKind kind, Node *n, Node *name) {
    bool inner = !r->scope->var_scope || r->scope->kind == SCOPE_NAMESPACE || r->scope->node;
    Binding *old = scope_find(r->scope, name->ident.name), *b = resolver_declare(r, name->ident.name, BIND_ENUM, name->start);
    name->ident.binding = b;
    n->extra = !old; // the variable begins here
    if (!old && inner) { // a `let`, at the top of a file a `var`
        b->flags |= BF_LEXICAL;
        b->valid_end = UINT32_MAX;
        b->init_end = n->start;
    }
    b->refs++; // the object is stored there
    Scope *merged = previous_block(r, b);
    if (!b->decl || b->kind == BIND_ENUM) b->decl = n;
    Scope *s = resolver_enter(r, kind, n, n->start);
    s->merged = merged;
    b->block = s;
    scope_add(r->arena, s, str_table_intern_z(r->strings, "%object"), BIND_HIDDEN, n->start);
    return s;
}

static void resolve_module_decl(Resolver *r, Node *n) {
    if (n->flags & NF_DECLARE || n->ts_module.name->kind != N_IDENT || !module_has_values(&n->ts_module.body)) {
        n->flags |= NF_DECLARE;
        return;
    }
    n->ts_module.scope = object_scope(r, SCOPE_NAMESPACE, n, n->ts_module.name);
    resolve_stmts(r, &n->ts_module.body);
    resolver_leave(r);
}

static void resolve_enum_decl(Resolver *r, Node *n) {
    if (n->flags & NF_DECLARE) return;
    Scope *s = n->ts_enum.scope = object_scope(r, SCOPE_ENUM, n, n->ts_enum.name);
    for (u32 i = 0; i < n->ts_enum.members.count; i++) {
        Node *m = n->ts_enum.members.items[i];
        if (m->property.value) resolve_expr(r, m->property.value);
        if (m->property.key->kind != N_STRING || scope_find(s, m->property.key->string.value)) continue;
        Binding *b = scope_add(r->arena, s, m->property.key->string.value, BIND_MEMBER, m->start);
        b->object = s->first;
        b->decl = m;
    }
    resolver_leave(r);
}

// ---- statements

void resolve_stmts(Resolver *r, const NodeList *list) {
    for (u32 i = 0; i < list->count; i++) resolve_stmt(r, list->items[i]);
}

// Is the C stack used up? Then that is said, and the node is left alone.
bool resolver_too_deep(Resolver *r, const Node *n) {
    if (!stack_low(r->stack_floor)) return false;
    diag_add(r->diags, DIAG_TOO_DEEP, n->start, n->start);
    return true;
}

void resolve_stmt(Resolver *r, Node *n) {
    if (resolver_too_deep(r, n)) return;
    for (;;) {
        switch (n->kind) {
        case N_EXPR: case N_THROW: case N_RETURN:
            if (n->unary.arg) resolve_expr(r, n->unary.arg);
            return;
        case N_TS_EXPORT_ASSIGN: resolve_expr(r, n->unary.arg); return;
        case N_BLOCK: resolve_block(r, n); return;
        case N_VAR: if (!(n->flags & NF_DECLARE)) resolve_var(r, n, 0); return;
        case N_FUNCTION_DECL: resolve_function_decl(r, n); return;
        case N_CLASS_DECL: resolve_class_decl(r, n); return;
        case N_IF:
            resolve_expr(r, n->conditional.test);
            resolve_sub(r, &n->conditional.yes);
            if (!n->conditional.no) return;
            if (n->conditional.no->kind != N_IF) {
                resolve_sub(r, &n->conditional.no);
                return;
            }
            n = n->conditional.no;
            continue;
        case N_FOR: resolve_for(r, n); return;
        case N_FOR_IN: case N_FOR_OF: resolve_for_each(r, n); return;
        case N_WHILE: case N_DO_WHILE:
            resolve_expr(r, n->loop.test);
            resolve_sub(r, &n->loop.body);
            return;
        case N_TRY: resolve_try(r, n); return;
        case N_SWITCH: resolve_switch(r, n); return;
        case N_LABELED: resolve_sub(r, &n->labeled.body); return;
        case N_WITH:
            resolve_expr(r, n->with.object);
            resolver_mark_dynamic(r);
            n->with.scope = resolver_enter(r, SCOPE_WITH, n, n->start);
            resolve_sub(r, &n->with.body);
            resolver_leave(r);
            return;
        case N_IMPORT: resolve_import(r, n); return;
        case N_EXPORT_NAMED: resolve_export_named(r, n); return;
        case N_EXPORT_DECL: resolve_export_decl(r, n); return;
        case N_EXPORT_DEFAULT: resolve_export_default(r, n); return;
        case N_TS_ENUM: resolve_enum_decl(r, n); return;
        case N_TS_MODULE: resolve_module_decl(r, n); return;
        case N_TS_IMPORT_EQUALS: resolve_import_equals(r, n); return;
        case N_EMPTY: case N_BREAK: case N_CONTINUE: case N_DEBUGGER: case N_EXPORT_ALL: case N_ERROR: return;
        default: resolve_expr(r, n); return; // `export default` of an expression
        }
    }
}

void resolve_program(Ast *ast, const ResolveOptions *options, DiagList *diags) {
    Resolver r = {.ast = ast, .arena = ast->arena, .strings = ast->strings, .diags = diags, .options = options, .stack_floor = stack_floor()};
    r.arguments = str_table_intern_z(ast->strings, "arguments");
    ScopeKind kind = ast->is_module ? SCOPE_MODULE : options->commonjs || options->eval ? SCOPE_FUNCTION : SCOPE_SCRIPT;
    Scope *s = resolver_enter(&r, kind, NULL, 0);
    s->strict = ast->is_module || (ast->fn_flags & FN_STRICT);
    ast->scope = s;
    static const char *const params[] = {"exports", "require", "module", "__filename", "__dirname"};
    s->eval_root = options->eval_direct;
    s->eval_this = options->eval_this;
    s->eval_vars = options->eval && !s->strict;
    if (options->commonjs)
        for (u32 i = 0; i < 5; i++) scope_add(r.arena, s, str_table_intern_z(ast->strings, params[i]), BIND_PARAM, 0);
    if (options->commonjs && ast->is_typescript) s->first->flags |= BF_CAPTURED; // any function may assign to what is exported
    resolve_stmts(&r, &ast->body);
    resolver_leave(&r);
    if (!ast->is_typescript) return;
    resolver_drop_aliases(&ast->body);
    drop_default_type(&r);
}
