// SPDX-License-Identifier: MIT
// Assignments and updates. A target that is not a name is first evaluated to its parts (object; object and key; this, home and key),
// which stay on the operand stack until the store.
#include "compiler/emit/assign.h"

static bool is_super(const Node *n) {
    if (n->kind == N_MEMBER) return n->member.object->kind == N_SUPER;
    return n->kind == N_INDEX && n->binary.left->kind == N_SUPER;
}

static Str *target_name(Emitter *m, const Node *n) {
    if (n->kind == N_MEMBER) return n->member.name;
    return n->kind == N_INDEX ? key_str(m, n->binary.right) : NULL;
}

bool target_is_dynamic(const Emitter *m, const Node *n) {
    if (n->kind != N_IDENT) return false;
    return n->extra & REF_DYNAMIC || (!n->ident.binding && m->fs->flags & FUNC_STRICT);
}

bool target_is_reference(const Emitter *m, const Node *n) {
    return target_is_dynamic(m, n) || n->kind == N_MEMBER || n->kind == N_INDEX || n->kind == N_PRIVATE_MEMBER;
}

u32 target_parts(Emitter *m, const Node *n) {
    if (!target_is_reference(m, n)) return 0;
    if (target_is_dynamic(m, n)) return 1;
    if (is_super(n)) return 3;
    return target_name(m, n) ? 1 : 2;
}

static bool key_is_primitive(const Node *k) { return k->kind == N_NUMBER || k->kind == N_STRING || k->kind == N_TEMPLATE || k->kind == N_UPDATE; }

void target_prepare(Emitter *m, Node *n, bool twice) {
    if (is_super(n)) {
        emit_super_reference(m, n);
        if (n->kind == N_INDEX && twice) OP0(m, ToElementKey);
        return;
    }
    switch (n->kind) {
    case N_IDENT: dynamic_op(m, OP_ResolveDyn, n->ident.name, n); break;
    case N_MEMBER: emit_expr(m, n->member.object); break;
    case N_PRIVATE_MEMBER:
        emit_expr(m, n->member.object);
        private_load(m, n);
        break;
    case N_INDEX: {
        u32 index;
        Node *key = n->binary.right;
        emit_expr(m, n->binary.left);
        if (key_str(m, key)) break;
        if (key->kind == N_STRING && str_is_index(key->string.value, &index)) emit_number(m, index);
        else emit_expr(m, key);
        if (twice && !key_is_primitive(key)) {
            OP0(m, ToElementKey);
            at_pos(m, n->binary.left->end, n->binary.left->start, n->binary.left->end);
        }
        break;
    }
    default: break;
    }
}

static u32 target_offset(const Node *n) {
    if (n->kind == N_INDEX) return n->binary.left->end;
    return n->end - n->member.name->len > n->start ? n->end - n->member.name->len : n->start;
}

static void at_target(Emitter *m, const Node *n) {
    if (n->kind == N_IDENT) {
        at_node(m, n);
        return;
    }
    const Node *object = n->kind == N_INDEX ? n->binary.left : n->member.object;
    at_pos(m, target_offset(n), object->start, object->end);
}

// The store of an assignment stands at its operator.
static void at_operator(Emitter *m, const Node *assign) {
    const Node *left = assign->binary.left;
    u32 offset = operator_offset(m, assign->extra, true, left->end, assign->binary.right->start);
    if (left->kind == N_IDENT) {
        at_pos(m, offset, left->start, left->end);
        return;
    }
    const Node *object = left->kind == N_INDEX ? left->binary.left : left->member.object;
    at_pos(m, offset, object->start, object->end);
}

void target_get(Emitter *m, Node *n) {
    Str *name = target_name(m, n);
    if (n->kind == N_IDENT) dynamic_op(m, OP_LoadDynRef, n->ident.name, NULL);
    else if (n->kind == N_PRIVATE_MEMBER) OP0(m, GetPrivate);
    else if (is_super(n)) OP0(m, GetSuper);
    else if (name) emit_get(m, name);
    else OP0(m, GetIndex);
    at_target(m, n);
}

void target_set(Emitter *m, Node *n) {
    Str *name = target_name(m, n);
    if (n->kind == N_IDENT) dynamic_op(m, OP_StoreDynRef, n->ident.name, NULL);
    else if (n->kind == N_PRIVATE_MEMBER) OP0(m, SetPrivate);
    else if (is_super(n)) OP0(m, SetSuper);
    else if (name) OP1(m, SetProp, module_string(m, name));
    else OP0(m, SetIndex);
    at_target(m, n);
}

static void target_dup(Emitter *m, u32 parts) {
    if (parts == 1) OP0(m, Dup);
    else if (parts == 2) OP0(m, Dup2);
    else for (u32 i = 0; i < 3; i++) OP1(m, PickN, 2);
}

// parts v → v parts v
static void tuck(Emitter *m, u32 parts) {
    OP0(m, Dup);
    if (parts == 1) OP0(m, Rot3);
    else if (parts == 2) OP0(m, Rot4);
    else if (parts == 3) OP0(m, Rot5);
}

// The read of a compound assignment stands where its object does.
static void at_start(Emitter *m, const Node *n) {
    if (n->kind == N_IDENT) {
        at_node(m, n);
        return;
    }
    const Node *object = n->kind == N_INDEX ? n->binary.left : n->member.object;
    u32 offset = object->kind == N_MEMBER ? target_offset(object) : object->start;
    at_pos(m, offset, object->start, object->end);
}

// v → v, stored into a name.
static void ident_store_keep(Emitter *m, Node *n) {
    Binding *b = n->ident.binding;
    bool plain = b && b->placed && !b->in_env && !(n->extra & (REF_CHECK | REF_DYNAMIC)) && !(b->flags & BF_CONST) && b->kind != BIND_FUNC_NAME;
    if (plain) {
        OP1(m, SetLocal, b->slot);
        return;
    }
    OP0(m, Dup);
    ident_store(m, n);
}

static void store_ident(Emitter *m, Node *n, bool want) {
    if (want) ident_store_keep(m, n);
    else ident_store(m, n);
}

// A call as a target (sloppy mode keeps it for run time): calls, then throws.
static void emit_invalid_target(Emitter *m, Node *n, u32 kind, bool want) {
    emit_effect(m, n);
    OP2(m, ThrowError, kind, module_string(m, m->s_empty));
    at_node(m, n);
    if (want) OP0(m, PushUndefined);
}

bool target_gives_name(const Node *n) {
    bool member = n->kind == N_IDENT && n->ident.binding && n->ident.binding->kind == BIND_MEMBER;
    return n->kind == N_IDENT && !(n->flags & NF_PAREN) && !member;
}

// The right side of an assignment, which a name on the left may name.
static void emit_right(Emitter *m, Node *left, Node *right) {
    if (target_gives_name(left)) emit_named(m, right, left->ident.name);
    else emit_expr(m, right);
}

static void emit_plain(Emitter *m, Node *n, bool want) {
    Node *left = n->binary.left, *right = n->binary.right;
    if (left->kind == N_IDENT && !target_is_dynamic(m, left)) {
        emit_right(m, left, right);
        store_ident(m, left, want);
        at_operator(m, n);
        return;
    }
    if (left->kind == N_ARRAY_PATTERN || left->kind == N_OBJECT_PATTERN) {
        emit_expr(m, right);
        if (want) OP0(m, Dup);
        emit_pattern_of(m, left, STORE_ASSIGN, right);
        return;
    }
    target_prepare(m, left, false);
    emit_right(m, left, right);
    target_set(m, left);
    at_operator(m, n);
    if (!want) OP0(m, Pop);
}

static void emit_logical_assign(Emitter *m, Node *n, bool want) {
    Node *left = n->binary.left;
    u32 parts = target_parts(m, left), short_cut = label_new(m), end = label_new(m);
    if (!parts) {
        ident_load(m, left);
    } else {
        target_prepare(m, left, true);
        target_dup(m, parts);
        target_get(m, left);
    }
    if (n->extra == OP_AND) OP1(m, JumpIfNotKeep, short_cut);
    else if (n->extra == OP_OR) OP1(m, JumpIfKeep, short_cut);
    else OP1(m, JumpIfNotNullishKeep, short_cut);
    emit_right(m, left, n->binary.right);
    if (!parts) ident_store_keep(m, left);
    else target_set(m, left);
    if (!parts) {
        label_bind(m, short_cut);
    } else {
        OP1(m, Jump, end);
        label_bind(m, short_cut);
        for (u32 i = 0; i < parts; i++) OP0(m, Nip);
        label_bind(m, end);
    }
    if (!want) OP0(m, Pop);
}

void emit_assign(Emitter *m, Node *n, bool want) {
    Node *left = n->binary.left;
    u32 op = n->extra;
    if (left->kind == N_CALL) {
        emit_invalid_target(m, left, THROW_INVALID_ASSIGN_LHS, want);
        return;
    }
    if (op == OP_NONE) {
        emit_plain(m, n, want);
        return;
    }
    if (op == OP_AND || op == OP_OR || op == OP_NULLISH) {
        emit_logical_assign(m, n, want);
        return;
    }
    if (left->kind == N_IDENT && !target_is_dynamic(m, left)) {
        ident_load(m, left);
        emit_expr(m, n->binary.right);
        emit_binary_op(m, op, n);
        store_ident(m, left, want);
        return;
    }
    target_prepare(m, left, true);
    target_dup(m, target_parts(m, left));
    target_get(m, left);
    at_start(m, left);
    emit_expr(m, n->binary.right);
    emit_binary_op(m, op, n);
    target_set(m, left);
    at_operator(m, n);
    if (!want) OP0(m, Pop);
}

void emit_update(Emitter *m, Node *n, bool want) {
    Node *arg = n->unary.arg;
    bool prefix = n->flags & NF_PREFIX, keep_old = want && !prefix;
    Opcode op = n->extra == OP_INC ? OP_Inc : OP_Dec;
    if (arg->kind == N_CALL) {
        emit_invalid_target(m, arg, prefix ? THROW_INVALID_PREFIX_LHS : THROW_INVALID_POSTFIX_LHS, want);
        return;
    }
    u32 parts = target_parts(m, arg);
    if (parts) {
        target_prepare(m, arg, true);
        target_dup(m, parts);
        target_get(m, arg);
        at_start(m, arg);
    } else {
        ident_load(m, arg);
    }
    OP0(m, ToNumeric);
    at_node(m, arg);
    if (keep_old) tuck(m, parts);
    code_op(&m->fs->code, op, 0, 0, 0, 0);
    at_node(m, n);
    if (parts) {
        target_set(m, arg);
        if (!want || keep_old) OP0(m, Pop);
    } else {
        store_ident(m, arg, want && prefix);
    }
}
