// SPDX-License-Identifier: MIT
// Loops. `for (let …)` copies its environment between iterations; for-in and for-of make a fresh one for each.
#include "compiler/emit/emit.h"

static bool is_lexical(const Node *left) { return left->kind == N_VAR && left->extra != VAR_VAR; }

void emit_while(Emitter *m, Node *n) {
    Control c;
    bool do_while = n->kind == N_DO_WHILE;
    u32 body = label_new(m);
    control_push(m, &c, CONTROL_LOOP, n);
    c.break_label = label_new(m);
    c.continue_label = label_new(m);
    if (do_while) {
        code_bind_loop(&m->fs->code, body);
        emit_stmt(m, n->loop.body);
        label_bind(m, c.continue_label);
        emit_branch(m, n->loop.test, body, c.break_label, false);
    } else {
        code_bind_loop(&m->fs->code, c.continue_label);
        emit_branch(m, n->loop.test, body, c.break_label, true);
        label_bind(m, body);
        emit_stmt(m, n->loop.body);
        OP1(m, Jump, c.continue_label);
    }
    label_bind(m, c.break_label);
    control_pop(m);
}

void emit_for(Emitter *m, Node *n) {
    Control c, u;
    bool has_using = n->for_.init && n->for_.init->kind == N_VAR && n->for_.init->extra > VAR_CONST;
    Scope *s = n->for_.scope;
    if (s) scope_open(m, s);
    if (has_using) lower_using_begin(m, &u, n->for_.init->extra == VAR_AWAIT_USING);
    if (n->for_.init) {
        if (n->for_.init->kind == N_VAR) emit_var(m, n->for_.init);
        else emit_effect(m, n->for_.init);
    }
    bool copies = s && s->env_count;
    if (copies) OP1(m, CopyEnv, s->env_slot);
    u32 loop = label_new(m), body = label_new(m);
    control_push(m, &c, CONTROL_LOOP, n);
    c.break_label = label_new(m);
    c.continue_label = label_new(m);
    code_bind_loop(&m->fs->code, loop);
    if (n->for_.test) emit_branch(m, n->for_.test, body, c.break_label, true);
    label_bind(m, body);
    emit_stmt(m, n->for_.body);
    label_bind(m, c.continue_label);
    if (copies) OP1(m, CopyEnv, s->env_slot);
    if (n->for_.update) emit_effect(m, n->for_.update);
    OP1(m, Jump, loop);
    label_bind(m, c.break_label);
    control_pop(m);
    if (has_using) lower_using_end(m, &u);
    if (s) scope_close(m, s);
}

// ---- for-in, for-of

static Node *each_target(Node *n) {
    Node *left = n->for_each.left;
    return left->kind == N_VAR ? left->var.decls.items[0]->declarator.target : left;
}

static bool each_using(const Node *n) { return n->for_each.left->kind == N_VAR && n->for_each.left->extra > VAR_CONST; }

// v → ; into this iteration's variable or target
static void emit_each_value(Emitter *m, Node *n) {
    Scope *s = n->for_each.scope;
    if (s && s->env_count) scope_new_env(m, s);
    if (s) scope_dead_zones(m, s);
    if (each_using(n)) lower_using_value(m, n->for_each.left->extra == VAR_AWAIT_USING);
    emit_pattern(m, each_target(n), is_lexical(n->for_each.left) || n->for_each.left->kind == N_VAR ? STORE_INIT : STORE_ASSIGN);
}

static void emit_head(Emitter *m, Node *n) {
    Node *left = n->for_each.left;
    if (n->for_each.scope) {
        scope_place(m, n->for_each.scope);
        scope_dead_zones(m, n->for_each.scope);
    }
    if (left->kind == N_VAR && left->var.decls.items[0]->declarator.init) emit_var(m, left);
    emit_expr(m, n->for_each.right);
}

void emit_for_in(Emitter *m, Node *n) {
    Control c;
    emit_head(m, n);
    OP0(m, ForInStart);
    at_node(m, n->for_each.right);
    control_push(m, &c, CONTROL_LOOP, n);
    c.break_label = label_new(m);
    c.continue_label = label_new(m);
    code_bind_loop(&m->fs->code, c.continue_label);
    OP1(m, ForInNext, c.break_label);
    at_node(m, n->for_each.right);
    emit_each_value(m, n);
    emit_stmt(m, n->for_each.body);
    OP1(m, Jump, c.continue_label);
    label_bind(m, c.break_label);
    OP0(m, Pop);
    control_pop(m);
    if (n->for_each.scope) scope_close(m, n->for_each.scope);
}

// v → ; one iteration. `for (using x of …)` disposes of x at its end.
static void emit_each_body(Emitter *m, Node *n) {
    if (!each_using(n)) {
        emit_each_value(m, n);
        emit_stmt(m, n->for_each.body);
        return;
    }
    Control u;
    u32 value = slot_new(m);
    OP1(m, StoreLocal, value);
    lower_using_begin(m, &u, n->for_each.left->extra == VAR_AWAIT_USING);
    OP1(m, LoadLocal, value);
    emit_each_value(m, n);
    emit_stmt(m, n->for_each.body);
    lower_using_end(m, &u);
    slot_free(m, value);
}

static void emit_async_next(Emitter *m, Node *n, u32 done) {
    OP0(m, AsyncIterNext);
    at_node(m, n->for_each.right);
    emit_await(m, n->for_each.right);
    OP1(m, AsyncIterResult, done);
    at_node(m, n->for_each.right);
}

// it next st exception → ; closes (awaiting, errors dropped) and throws on
static void emit_async_close_throw(Emitter *m) {
    Control c;
    u32 error = slot_new(m), none = label_new(m), out = label_new(m), handler = label_new(m);
    OP1(m, StoreLocal, error);
    control_push(m, &c, CONTROL_CATCH, NULL);
    control_protect(m, &c, handler, c.depth - 3);
    OP0(m, IterReturnCall);
    OP1(m, JumpIfNot, none);
    OP0(m, Await);
    label_bind(m, none);
    control_unprotect(m, &c);
    control_pop(m);
    OP1(m, PopN, 4);
    OP1(m, Jump, out);
    code_bind_catch(&m->fs->code, handler);
    OP0(m, Pop);
    label_bind(m, out);
    OP1(m, LoadLocal, error);
    OP0(m, Throw);
    slot_free(m, error);
}

void emit_for_of(Emitter *m, Node *n) {
    Control iter, c;
    bool async = n->flags & NF_AWAIT;
    u32 done = label_new(m), handler = label_new(m), end = label_new(m), next = label_new(m);
    emit_head(m, n);
    if (async) OP0(m, GetAsyncIterator);
    else OP0(m, GetIterator);
    bool unnamed = n->for_each.right->kind == N_CONDITIONAL || n->for_each.right->kind == N_CHAIN; // V8 describes the value then
    if (unnamed) at_pos(m, n->for_each.right->start, 0, 0);
    else at_node(m, n->for_each.right);
    control_push(m, &iter, async ? CONTROL_ASYNC_ITER : CONTROL_ITER, NULL);
    control_push(m, &c, CONTROL_LOOP, n);
    c.break_label = label_new(m);
    c.continue_label = label_new(m);
    code_bind_loop(&m->fs->code, next);
    if (async) emit_async_next(m, n, done);
    else OP1(m, ForOfNext, done);
    at_node(m, n->for_each.right);
    control_protect(m, &iter, handler, iter.depth);
    emit_each_body(m, n);
    label_bind(m, c.continue_label);
    control_unprotect(m, &iter);
    OP1(m, Jump, next);
    control_pop(m);
    control_pop(m);
    code_bind_catch(&m->fs->code, handler);
    if (async) {
        emit_async_close_throw(m);
    } else {
        OP0(m, Rot4);
        OP0(m, IteratorCloseThrow);
        OP0(m, Throw);
    }
    label_bind(m, c.break_label);
    if (async) emit_async_close(m);
    else OP0(m, IteratorClose);
    at_node(m, n->for_each.right);
    OP1(m, Jump, end);
    label_bind(m, done);
    OP1(m, PopN, 3);
    label_bind(m, end);
    if (n->for_each.scope) scope_close(m, n->for_each.scope);
}
