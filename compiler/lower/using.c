// SPDX-License-Identifier: MIT
// `using` and `await using`: the block's resources are collected in an array in a frame slot; a finally part disposes of them.
#include "compiler/emit/emit.h"

bool lower_has_using(const NodeList *list) {
    for (u32 i = 0; i < list->count; i++)
        if (list->items[i]->kind == N_VAR && list->items[i]->extra >= VAR_USING) return true;
    return false;
}

static bool has_async_using(const NodeList *list) {
    for (u32 i = 0; i < list->count; i++)
        if (list->items[i]->kind == N_VAR && list->items[i]->extra == VAR_AWAIT_USING) return true;
    return false;
}

void lower_using_begin(Emitter *m, Control *c, bool async) {
    u32 saved = m->fs->using_slot, slot = slot_new(m);
    OP1(m, NewArray, 0);
    OP1(m, StoreLocal, slot);
    finally_begin(m, c);
    c->saved_using = saved;
    c->async_using = async;
    m->fs->using_slot = slot;
}

void lower_using_end(Emitter *m, Control *c) {
    u32 slot = m->fs->using_slot;
    m->fs->using_slot = c->saved_using;
    finally_middle(m, c);
    u32 nothing = label_new(m);
    OP1(m, LoadLocal, slot);
    emit_get(m, str_table_intern_z(m->strings, "length"));
    OP1(m, JumpIfNot, nothing); // left before any declaration: nothing is awaited
    lower_helper(m, c->async_using ? HELPER_DISPOSE_ASYNC : HELPER_DISPOSE);
    OP0(m, PushUndefined);
    OP1(m, LoadLocal, slot);
    OP1(m, LoadLocal, c->kind_slot); // 1 is a throw completion
    OP1(m, PushInt, 1);
    OP0(m, StrictEq);
    OP1(m, LoadLocal, c->value_slot);
    OP1(m, Call, 3);
    if (c->async_using) OP0(m, Await);
    OP0(m, Pop);
    label_bind(m, nothing);
    finally_end(m, c);
    slot_free(m, slot);
}

void lower_using_stmts(Emitter *m, const NodeList *list) {
    Control c;
    bool has = lower_has_using(list);
    if (has) lower_using_begin(m, &c, has_async_using(list));
    emit_stmts(m, list);
    if (has) lower_using_end(m, &c);
}

void lower_using_value(Emitter *m, bool async) {
    u32 value = slot_new(m);
    OP1(m, StoreLocal, value);
    lower_helper(m, HELPER_USE);
    OP0(m, PushUndefined);
    OP1(m, LoadLocal, m->fs->using_slot);
    OP1(m, LoadLocal, value);
    if (async) OP0(m, PushTrue);
    else OP0(m, PushFalse);
    OP1(m, Call, 3);
    slot_free(m, value);
}
