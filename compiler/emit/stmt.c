// SPDX-License-Identifier: MIT
// Statements other than loops and try.
#include "compiler/emit/assign.h"
#include "compiler/emit/testapi.h"

void emit_stmts(Emitter *m, const NodeList *list) {
    for (u32 i = 0; i < list->count;) {
        u32 taken = m->options->test_file ? emit_assertions(m, list, i) : 0;
        if (!taken) emit_stmt(m, list->items[i]);
        i += taken ? taken : 1;
    }
}

// Assigned to a property of the namespace's object: that gives a function no name.
static bool is_namespace_member(const Binding *b) { return b && b->kind == BIND_MEMBER && b->object->scope->kind == SCOPE_NAMESPACE; }

static void emit_declarator(Emitter *m, Node *d, u32 var_kind) {
    Node *target = d->declarator.target, *init = d->declarator.init;
    if (!init) {
        if (var_kind == VAR_VAR || target->kind != N_IDENT || target->ident.binding->kind == BIND_MEMBER) return;
        OP0(m, PushUndefined);
        binding_init(m, target->ident.binding);
        return;
    }
    bool dynamic = target_is_dynamic(m, target);
    if (dynamic) target_prepare(m, target, false);
    if (target->kind == N_IDENT && !is_namespace_member(target->ident.binding)) emit_named(m, init, target->ident.name);
    else emit_expr(m, init);
    if (dynamic) {
        target_set(m, target);
        OP0(m, Pop);
        return;
    }
    if (var_kind == VAR_USING || var_kind == VAR_AWAIT_USING) lower_using_value(m, var_kind == VAR_AWAIT_USING);
    emit_pattern_of(m, target, STORE_INIT, init);
}

void emit_var(Emitter *m, Node *n) {
    if (n->flags & NF_DECLARE) return;
    for (u32 i = 0; i < n->var.decls.count; i++) emit_declarator(m, n->var.decls.items[i], n->extra);
}

static void emit_block(Emitter *m, Node *n) {
    Scope *s = n->block.scope;
    if (s->first) scope_open(m, s);
    lower_using_stmts(m, &n->block.stmts);
    if (s->first) scope_close(m, s);
}

// A sloppy function in a block: when the declaration is reached, the block's value goes to the var (B.3.3).
static void emit_function_decl(Emitter *m, Node *n) {
    if (n->function.flags & FN_NO_BODY || !n->function.name) return;
    Binding *b = n->function.name->ident.binding;
    if (!b || b->decl != n || !b->object || b->kind != BIND_FUNCTION) return;
    binding_load(m, b, false);
    binding_init(m, b->object);
}

static void emit_class_decl(Emitter *m, Node *n) {
    if (n->flags & NF_DECLARE) return;
    emit_class(m, n, NULL);
    binding_init(m, n->class_.name->ident.binding);
}

static void emit_if(Emitter *m, Node *n) {
    u32 end = label_new(m);
    for (;;) {
        u32 yes = label_new(m), no = label_new(m);
        emit_branch(m, n->conditional.test, yes, no, true);
        label_bind(m, yes);
        emit_stmt(m, n->conditional.yes);
        if (n->conditional.no) OP1(m, Jump, end);
        label_bind(m, no);
        n = n->conditional.no;
        if (!n) break;
        if (n->kind != N_IF) {
            emit_stmt(m, n);
            break;
        }
    }
    label_bind(m, end);
}

void emit_switch(Emitter *m, Node *n) {
    Control c, u;
    u32 count = n->switch_.cases.count, value = slot_new(m), fallback = NO_LABEL;
    u32 *labels = arena_alloc(m->arena, (count + 1) * sizeof(u32));
    emit_expr(m, n->switch_.value);
    OP1(m, StoreLocal, value);
    scope_open(m, n->switch_.scope);
    bool has_using = false, async_using = m->fs->flags & FUNC_ASYNC;
    for (u32 i = 0; i < count; i++) has_using |= lower_has_using(&n->switch_.cases.items[i]->case_.body);
    if (has_using) lower_using_begin(m, &u, async_using);
    control_push(m, &c, CONTROL_BREAK, n);
    c.break_label = label_new(m);
    for (u32 i = 0; i < count; i++) {
        Node *k = n->switch_.cases.items[i];
        labels[i] = label_new(m);
        if (!k->case_.test) {
            fallback = labels[i];
            continue;
        }
        OP1(m, LoadLocal, value);
        emit_expr(m, k->case_.test);
        OP0(m, StrictEq);
        OP1(m, JumpIf, labels[i]);
    }
    OP1(m, Jump, fallback != NO_LABEL ? fallback : c.break_label);
    for (u32 i = 0; i < count; i++) {
        label_bind(m, labels[i]);
        emit_stmts(m, &n->switch_.cases.items[i]->case_.body);
    }
    label_bind(m, c.break_label);
    control_pop(m);
    if (has_using) lower_using_end(m, &u);
    scope_close(m, n->switch_.scope);
    slot_free(m, value);
}

static void emit_labeled(Emitter *m, Node *n) {
    Control c;
    control_push(m, &c, CONTROL_BREAK, n);
    c.break_label = label_new(m);
    emit_stmt(m, n->labeled.body);
    label_bind(m, c.break_label);
    control_pop(m);
}

static void emit_return_stmt(Emitter *m, Node *n) {
    FuncState *fs = m->fs;
    if (!n->unary.arg) {
        if (!fs->control && !(fs->flags & FUNC_DERIVED_CTOR)) {
            OP0(m, ReturnUndefined);
            return;
        }
        OP0(m, PushUndefined);
    } else if (emit_single_assertion(m, n->unary.arg)) {
        OP0(m, PushUndefined);
    } else {
        emit_expr(m, n->unary.arg);
        if ((fs->flags & (FUNC_ASYNC | FUNC_GENERATOR)) == (FUNC_ASYNC | FUNC_GENERATOR)) emit_await(m, n);
    }
    control_return(m);
}

static void emit_expr_stmt(Emitter *m, Node *n) {
    if (m->fs->completion_slot != NO_LABEL) {
        emit_expr(m, n->unary.arg);
        OP1(m, StoreLocal, m->fs->completion_slot);
    } else if (!(n->flags & NF_DIRECTIVE) && !emit_single_assertion(m, n->unary.arg)) {
        emit_effect(m, n->unary.arg);
    }
}

void emit_with(Emitter *m, Node *n) {
    Scope *s = n->with.scope;
    FuncState *fs = m->fs;
    emit_expr(m, n->with.object);
    s->owner = fs;
    s->env_slot = env_slot_new(m);
    s->env_parent = fs->env ? fs->env : fs->captured;
    OP2(m, NewWithEnv, s->env_slot, env_operand(m));
    at_node(m, n->with.object);
    fs->env = fs->scope = s;
    emit_stmt(m, n->with.body);
    scope_close(m, s);
}

void completion_reset(Emitter *m) {
    if (m->fs->completion_slot == NO_LABEL) return;
    OP0(m, PushUndefined);
    OP1(m, StoreLocal, m->fs->completion_slot);
}

// Statements whose value is undefined unless something inside gives one.
static void reset_completion(Emitter *m, const Node *n) {
    switch (n->kind) {
    case N_IF: case N_FOR: case N_FOR_IN: case N_FOR_OF: case N_WHILE: case N_DO_WHILE: case N_SWITCH: case N_TRY: case N_WITH:
        completion_reset(m);
        break;
    default: break;
    }
}

void emit_stmt(Emitter *m, Node *n) {
    if (emit_too_deep(m, n)) return;
    bool whole = n->kind == N_EXPR || n->kind == N_RETURN || n->kind == N_THROW || n->kind == N_IF || n->kind == N_SWITCH;
    m->fs->stmt_first = whole ? m->fs->code.count : NO_LABEL;
    m->fs->stmt_start = n->start;
    reset_completion(m, n);
    switch (n->kind) {
    case N_EMPTY: case N_IMPORT: case N_EXPORT_NAMED: case N_EXPORT_ALL: break;
    case N_EXPR: emit_expr_stmt(m, n); break;
    case N_BLOCK: emit_block(m, n); break;
    case N_VAR: emit_var(m, n); break;
    case N_FUNCTION_DECL: emit_function_decl(m, n); break;
    case N_CLASS_DECL: emit_class_decl(m, n); break;
    case N_IF: emit_if(m, n); break;
    case N_FOR: emit_for(m, n); break;
    case N_FOR_IN: emit_for_in(m, n); break;
    case N_FOR_OF: emit_for_of(m, n); break;
    case N_WHILE: case N_DO_WHILE: emit_while(m, n); break;
    case N_RETURN: emit_return_stmt(m, n); break;
    case N_THROW:
        emit_expr(m, n->unary.arg);
        OP0(m, Throw);
        at_node(m, n);
        break;
    case N_BREAK: control_jump(m, n->jump.target, false); break;
    case N_CONTINUE: control_jump(m, n->jump.target, true); break;
    case N_TRY: emit_try(m, n); break;
    case N_WITH: emit_with(m, n); break;
    case N_SWITCH: emit_switch(m, n); break;
    case N_LABELED: emit_labeled(m, n); break;
    case N_DEBUGGER: break; // there is nothing to stop for
    case N_TS_ENUM: lower_enum(m, n); break;
    case N_TS_MODULE: lower_namespace(m, n); break;
    case N_TS_IMPORT_EQUALS: lower_import_equals(m, n); break;
    case N_EXPORT_DECL: case N_EXPORT_DEFAULT: case N_TS_EXPORT_ASSIGN: emit_module_item(m, n); break;
    default: module_not_supported(m, n, node_kind_name((NodeKind)n->kind));
    }
}
