// SPDX-License-Identifier: MIT
// Ways out of statements: break, continue and return through whatever stands between (iterators to close, finally blocks), and
// try statements.
//
// A protected range is a list of pieces: clean-up code on the way out of a construct must not be covered by the construct's own
// handler, so the piece ends before the clean-up and a new one starts behind it. Completions pass through a finally block as two frame
// slots: kind (0 normal, 1 throw, then one number for every distinct way out) and value.
#include "compiler/emit/emit.h"

enum { KIND_NORMAL, KIND_THROW, KIND_FIRST_EXIT };

void control_push(Emitter *m, Control *c, ControlKind kind, Node *node) {
    memset(c, 0, sizeof *c);
    c->outer = m->fs->control;
    c->kind = (u8)kind;
    c->node = node;
    c->depth = m->fs->code.depth;
    c->break_label = c->continue_label = c->range_start = c->handler = NO_LABEL;
    m->fs->control = c;
}

void control_pop(Emitter *m) { m->fs->control = m->fs->control->outer; }

static void range_open(Emitter *m, Control *c) {
    c->range_start = label_new(m);
    label_bind(m, c->range_start);
}

static void range_close(Emitter *m, Control *c) {
    u32 end = label_new(m);
    label_bind(m, end);
    code_handler(&m->fs->code, c->range_start, end, c->handler, c->handler_depth);
    c->range_start = NO_LABEL;
}

void control_protect(Emitter *m, Control *c, u32 handler, u32 depth) {
    c->handler = handler;
    c->handler_depth = depth;
    range_open(m, c);
}

void control_unprotect(Emitter *m, Control *c) {
    range_close(m, c);
    c->handler = NO_LABEL;
}

// Reopens the ranges paused by a way out, from the innermost entry to `last`.
static void ranges_resume(Emitter *m, Control *last) {
    for (Control *c = m->fs->control; c; c = c->outer) {
        if (c->handler != NO_LABEL && c->range_start == NO_LABEL) range_open(m, c);
        if (c == last) break;
    }
}

static void drop_to(Emitter *m, u32 depth) {
    if (is_dead(m)) return;
    u32 n = m->fs->code.depth - depth;
    if (n == 1) OP0(m, Pop);
    else if (n) OP1(m, PopN, n);
}

void emit_async_close(Emitter *m) {
    u32 none = label_new(m);
    OP0(m, IterReturnCall);
    OP1(m, JumpIfNot, none);
    OP0(m, Await);
    OP1(m, CheckObject, 2);
    label_bind(m, none);
    OP1(m, PopN, 4);
}

// Joins the exits of a finally block: same target, same number.
static u32 exit_code(Emitter *m, Control *c, Node *target, bool is_continue) {
    for (Exit *e = c->exits; e; e = e->next)
        if (e->target == target && e->is_continue == is_continue) return e->code;
    Exit *e = ARENA_NEW(m->arena, Exit);
    e->target = target;
    e->is_continue = is_continue;
    e->code = KIND_FIRST_EXIT + c->exit_count++;
    e->next = c->exits;
    c->exits = e;
    return e->code;
}

static void leave_through_finally(Emitter *m, Control *c, Node *target, bool is_continue) {
    drop_to(m, c->depth);
    OP1(m, PushInt, exit_code(m, c, target, is_continue));
    OP1(m, StoreLocal, c->kind_slot);
    OP1(m, Jump, c->finally_label);
}

// Clean-up of one entry that is left for good. True when control went to a finally block, which goes on from there.
static bool leave_entry(Emitter *m, Control *c, Node *target, bool is_continue) {
    if (c->range_start != NO_LABEL) range_close(m, c);
    switch (c->kind) {
    case CONTROL_ITER:
        drop_to(m, c->depth);
        OP0(m, IteratorClose);
        return false;
    case CONTROL_ASYNC_ITER:
        drop_to(m, c->depth);
        emit_async_close(m);
        return false;
    case CONTROL_FINALLY:
        leave_through_finally(m, c, target, is_continue);
        return true;
    default: return false;
    }
}

static Node *continue_target(Node *n) {
    while (n->kind == N_LABELED) n = n->labeled.body;
    return n;
}

void control_jump(Emitter *m, Node *target, bool is_continue) {
    if (is_continue) target = continue_target(target);
    Control *c = m->fs->control;
    for (; c; c = c->outer) {
        if (c->node == target) {
            drop_to(m, c->depth);
            OP1(m, Jump, is_continue ? c->continue_label : c->break_label);
            break;
        }
        if (leave_entry(m, c, target, is_continue)) break;
    }
    ranges_resume(m, c);
}

static void emit_return(Emitter *m) {
    if (m->fs->flags & FUNC_DERIVED_CTOR) {
        Binding *b = m->fs->scope->func->pseudo[PSEUDO_THIS];
        if (b) binding_load(m, b, false);
        else OP0(m, PushHole); // super() is never called
        OP0(m, CheckCtorReturn);
        if (m->fs->node) at_node(m, m->fs->node);
    }
    OP0(m, Return);
}

void control_return(Emitter *m) {
    bool cleanup = false;
    for (Control *c = m->fs->control; c; c = c->outer)
        if (c->kind == CONTROL_ITER || c->kind == CONTROL_ASYNC_ITER || c->kind == CONTROL_FINALLY) cleanup = true;
    if (!cleanup) { // the check of a derived constructor's result happens outside its try statements
        for (Control *c = m->fs->control; c && m->fs->flags & FUNC_DERIVED_CTOR; c = c->outer)
            if (c->range_start != NO_LABEL) range_close(m, c);
        emit_return(m);
        ranges_resume(m, NULL);
        return;
    }
    u32 value = slot_new(m);
    OP1(m, StoreLocal, value);
    Control *c = m->fs->control;
    for (; c; c = c->outer) {
        if (c->kind == CONTROL_FINALLY) {
            OP1(m, LoadLocal, value);
            OP1(m, StoreLocal, c->value_slot);
        }
        if (leave_entry(m, c, NULL, false)) break;
    }
    if (!c) {
        OP1(m, LoadLocal, value);
        emit_return(m);
    }
    ranges_resume(m, c);
    slot_free(m, value);
}

// ---- try

static void emit_catch(Emitter *m, Node *c) {
    Scope *s = c->catch_.scope;
    scope_open(m, s);
    if (c->catch_.param) emit_pattern(m, c->catch_.param, STORE_INIT);
    else OP0(m, Pop);
    completion_reset(m); // what the try block gave does not count
    emit_stmt(m, c->catch_.body);
    scope_close(m, s);
}

static void emit_try_catch(Emitter *m, Node *n) {
    if (!n->try_.handler) {
        emit_stmt(m, n->try_.block);
        return;
    }
    Control c;
    u32 handler = label_new(m), end = label_new(m);
    control_push(m, &c, CONTROL_CATCH, NULL);
    control_protect(m, &c, handler, c.depth);
    emit_stmt(m, n->try_.block);
    control_unprotect(m, &c);
    control_pop(m);
    OP1(m, Jump, end);
    code_bind_catch(&m->fs->code, handler);
    emit_catch(m, n->try_.handler);
    label_bind(m, end);
}

static void compare_kind(Emitter *m, const Control *c, u32 kind, u32 otherwise) {
    OP1(m, LoadLocal, c->kind_slot);
    OP1(m, PushInt, kind);
    OP0(m, StrictEq);
    OP1(m, JumpIfNot, otherwise);
}

// Behind the finally block: goes on the way the protected part was left.
static void emit_finally_dispatch(Emitter *m, const Control *c) {
    u32 next = label_new(m);
    compare_kind(m, c, KIND_THROW, next);
    OP1(m, LoadLocal, c->value_slot);
    OP0(m, Throw);
    label_bind(m, next);
    for (const Exit *e = c->exits; e; e = e->next) {
        next = label_new(m);
        compare_kind(m, c, e->code, next);
        if (e->target) {
            control_jump(m, e->target, e->is_continue);
        } else {
            OP1(m, LoadLocal, c->value_slot);
            control_return(m);
        }
        label_bind(m, next);
    }
}

void finally_begin(Emitter *m, Control *c) {
    control_push(m, c, CONTROL_FINALLY, NULL);
    c->kind_slot = slot_new(m);
    c->value_slot = slot_new(m);
    c->finally_label = label_new(m);
    control_protect(m, c, label_new(m), c->depth);
}

void finally_middle(Emitter *m, Control *c) {
    u32 handler = c->handler, completion = m->fs->completion_slot;
    control_unprotect(m, c);
    control_pop(m);
    OP1(m, PushInt, KIND_NORMAL);
    OP1(m, StoreLocal, c->kind_slot);
    OP1(m, Jump, c->finally_label);
    code_bind_catch(&m->fs->code, handler);
    OP1(m, StoreLocal, c->value_slot);
    OP1(m, PushInt, KIND_THROW);
    OP1(m, StoreLocal, c->kind_slot);
    label_bind(m, c->finally_label);
    c->saved_completion = NO_LABEL;
    if (completion != NO_LABEL) { // the finalizer's own value does not count
        c->saved_completion = slot_new(m);
        OP2(m, MoveLocal, c->saved_completion, completion);
        completion_reset(m); // left by break or continue, it does
    }
}

void finally_end(Emitter *m, Control *c) {
    if (c->saved_completion != NO_LABEL) {
        OP2(m, MoveLocal, m->fs->completion_slot, c->saved_completion);
        slot_free(m, c->saved_completion);
    }
    emit_finally_dispatch(m, c);
    slot_free(m, c->kind_slot);
    slot_free(m, c->value_slot);
}

void emit_try(Emitter *m, Node *n) {
    if (!n->try_.finalizer) {
        emit_try_catch(m, n);
        return;
    }
    Control c;
    finally_begin(m, &c);
    emit_try_catch(m, n);
    finally_middle(m, &c);
    emit_stmt(m, n->try_.finalizer);
    finally_end(m, &c);
}
