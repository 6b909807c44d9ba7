// SPDX-License-Identifier: MIT
// Suspension: await, yield, yield*.
#include "compiler/emit/emit.h"

static bool is_async(const Emitter *m) { return m->fs->flags & FUNC_ASYNC; }

void emit_await(Emitter *m, const Node *n) {
    OP0(m, Await);
    at_node(m, n);
}

void emit_yield(Emitter *m, Node *n) {
    if (n->unary.arg) emit_expr(m, n->unary.arg);
    else OP0(m, PushUndefined);
    u32 go = label_new(m);
    OP0(m, Yield);
    at_node(m, n);
    OP1(m, JumpIfNot, go);
    control_return(m);
    label_bind(m, go);
    // Both outcomes have the received value on the stack; on the way to `go` it is the value of the expression.
}

// it next st received mode → the loop of yield*; leaves it next st v with the mode of the last step in a slot.
static void delegate_loop(Emitter *m, Node *n, u32 mode_slot, u32 no_method) {
    u32 loop = label_new(m), done = label_new(m);
    code_bind_loop(&m->fs->code, loop);
    OP1(m, SetLocal, mode_slot);
    OP0(m, DelegateCall);
    at_node(m, n);
    OP1(m, JumpIf, no_method); // how != 0: r on the stack, how in no slot: told apart by the mode
    if (is_async(m)) emit_await(m, n);
    OP0(m, DelegateResult);
    at_node(m, n);
    OP1(m, JumpIf, done);
    OP0(m, YieldDelegate);
    at_node(m, n);
    OP1(m, Jump, loop);
    label_bind(m, done);
}

static void compare_mode(Emitter *m, u32 mode_slot, u32 mode) {
    OP1(m, LoadLocal, mode_slot);
    OP1(m, PushInt, mode);
    OP0(m, StrictEq);
}

// V8 says of what `yield*` gets that it is not iterable: by the expression where that has a position of its own, else by the value.
static bool has_operator_position(const Node *n) {
    switch (n->kind) {
    case N_BINARY: case N_LOGICAL: case N_ASSIGN: case N_UPDATE: case N_CALL: case N_NEW: case N_MEMBER: case N_INDEX: case N_PRIVATE_MEMBER:
    case N_TAGGED_TEMPLATE: case N_SEQUENCE: case N_AWAIT: case N_YIELD: return true;
    default: return false;
    }
}

void emit_yield_star(Emitter *m, Node *n) {
    enum { MODE_THROW = 1, MODE_RETURN = 2 };
    Control c;
    emit_expr(m, n->unary.arg);
    if (is_async(m)) OP0(m, GetAsyncIterator);
    else OP0(m, GetIterator);
    if (has_operator_position(n->unary.arg)) at_node(m, n);
    else at_pos(m, n->start, 0, 0);
    control_push(m, &c, CONTROL_STACK, NULL);
    u32 mode = slot_new(m), no_method = label_new(m), normal = label_new(m), end = label_new(m), thrown = label_new(m);
    OP0(m, PushUndefined);
    OP1(m, PushInt, 0);
    delegate_loop(m, n, mode, no_method);
    compare_mode(m, mode, MODE_RETURN);
    OP1(m, JumpIfNot, normal);
    control_return(m);
    label_bind(m, no_method); // return without a method returns r; throw without one (async, the iterator was closed) throws
    if (is_async(m)) {
        OP0(m, Await);
        compare_mode(m, mode, MODE_THROW);
        OP1(m, JumpIf, thrown);
    }
    control_return(m);
    label_bind(m, thrown);
    OP2(m, ThrowError, THROW_NO_THROW_METHOD, module_string(m, m->s_empty));
    at_node(m, n);
    label_bind(m, normal);
    OP0(m, Rot4);
    OP1(m, PopN, 3);
    label_bind(m, end);
    control_pop(m);
    slot_free(m, mode);
}
