// SPDX-License-Identifier: MIT
// Expressions: dispatch, literals, operators, logical expressions and branching on conditions.
#include "compiler/emit/emit.h"

#include <math.h>

bool str_is_index(const Str *s, u32 *index) {
    if (s->len == 0 || s->len > 10 || (s->data[0] == '0' && s->len > 1)) return false;
    u64 v = 0;
    for (u32 i = 0; i < s->len; i++) {
        if (s->data[i] < '0' || s->data[i] > '9') return false;
        v = v * 10 + (u64)(s->data[i] - '0');
    }
    *index = (u32)v;
    return v < 4294967295u;
}

void emit_number(Emitter *m, f64 v) {
    if (v >= -2147483648.0 && v <= 2147483647.0 && v == (f64)(i32)v && !(v == 0 && signbit(v))) OP1(m, PushInt, (u32)(i32)v);
    else code_float(&m->fs->code, isnan(v) ? NAN : v); // one NaN: others are no values
}

void emit_string(Emitter *m, const Str *s) { OP1(m, PushString, module_string(m, s)); }

Str *key_str(Emitter *m, const Node *key) {
    u32 index;
    if (key->kind == N_STRING && !str_is_index(key->string.value, &index)) return key->string.value;
    return NULL;
}

void emit_key(Emitter *m, Node *key) {
    u32 index;
    switch (key->kind) {
    case N_STRING:
        if (str_is_index(key->string.value, &index)) emit_number(m, index);
        else emit_string(m, key->string.value);
        break;
    case N_NUMBER: emit_number(m, key->number.value); break;
    case N_BIGINT: emit_string(m, key->string.value); break;
    default:
        emit_expr(m, key);
        OP0(m, ToPropertyKey);
        at_node(m, key);
    }
}

void emit_get(Emitter *m, const Str *name) { OP1(m, GetProp, module_string(m, name)); }

void emit_named(Emitter *m, Node *n, Str *name) {
    if (!is_anonymous_function(n)) emit_expr(m, n);
    else if (n->kind == N_CLASS) emit_class(m, n, name);
    else emit_closure(m, n, name);
}

// ---- operators

static const Opcode binary_ops[OP_COUNT] = {
    [OP_ADD] = OP_Add, [OP_SUB] = OP_Sub, [OP_MUL] = OP_Mul, [OP_DIV] = OP_Div, [OP_MOD] = OP_Mod, [OP_EXP] = OP_Exp,
    [OP_SHL] = OP_Shl, [OP_SHR] = OP_Shr, [OP_USHR] = OP_UShr, [OP_BIT_AND] = OP_BitAnd, [OP_BIT_OR] = OP_BitOr,
    [OP_BIT_XOR] = OP_BitXor, [OP_EQ] = OP_Eq, [OP_NE] = OP_Ne, [OP_SEQ] = OP_StrictEq, [OP_SNE] = OP_StrictNe, [OP_LT] = OP_Lt,
    [OP_GT] = OP_Gt, [OP_LE] = OP_Le, [OP_GE] = OP_Ge, [OP_IN] = OP_In, [OP_INSTANCEOF] = OP_InstanceOf,
};

// Skips white space, comments and closing parentheses.
static u32 skip_trivia(const Ast *ast, u32 at, u32 to) {
    const char *t = ast->text;
    while (at < to) {
        if (at + 1 < to && t[at] == '/' && t[at + 1] == '/') {
            while (at < to && t[at] != '\n') at++;
        } else if (at + 1 < to && t[at] == '/' && t[at + 1] == '*') {
            for (at += 2; at + 1 < to && !(t[at] == '*' && t[at + 1] == '/');) at++;
            at += 2;
        } else if ((u8)t[at] <= ' ' || t[at] == ')') {
            at++;
        } else {
            break;
        }
    }
    return at;
}

u32 operator_offset(Emitter *m, u32 op, bool assign, u32 from, u32 to) {
    const char *text = op == OP_NONE ? "=" : op_text((Op)op);
    size_t len = strlen(text);
    (void)assign;
    for (u32 at = from; at + len <= to && !m->no_positions; at++) {
        at = skip_trivia(m->ast, at, to);
        if (at + len <= to && !memcmp(m->ast->text + at, text, len)) return at;
    }
    return from;
}

void emit_binary_op(Emitter *m, u32 op, const Node *at) {
    code_op(&m->fs->code, binary_ops[op], 0, 0, 0, 0);
    u32 offset = operator_offset(m, op, at->kind == N_ASSIGN, at->binary.left->end, at->binary.right->start);
    at_pos(m, offset, at->start, at->end);
}

static i32 to_int32(f64 v) {
    if (!isfinite(v)) return 0;
    f64 r = fmod(trunc(v), 4294967296.0);
    return (i32)(u32)(i64)r;
}

static bool fold_binary(u32 op, f64 a, f64 b, f64 *out) {
    switch (op) {
    case OP_ADD: *out = a + b; break;
    case OP_SUB: *out = a - b; break;
    case OP_MUL: *out = a * b; break;
    case OP_DIV: *out = a / b; break;
    case OP_SHL: *out = (i32)((u32)to_int32(a) << (to_int32(b) & 31)); break;
    case OP_SHR: *out = to_int32(a) >> (to_int32(b) & 31); break;
    case OP_USHR: *out = (u32)to_int32(a) >> (to_int32(b) & 31); break;
    case OP_BIT_AND: *out = to_int32(a) & to_int32(b); break;
    case OP_BIT_OR: *out = to_int32(a) | to_int32(b); break;
    case OP_BIT_XOR: *out = to_int32(a) ^ to_int32(b); break;
    default: return false;
    }
    return *out == *out; // a NaN is left to the machine
}

// The value of a literal, a signed literal or an operation on two of them. Does not descend further.
bool const_fold(Emitter *m, Node *n, f64 *out) {
    if (n->kind == N_NUMBER) {
        *out = n->number.value;
        return true;
    }
    if (n->kind != N_UNARY || n->unary.arg->kind != N_NUMBER) return false;
    f64 v = n->unary.arg->number.value;
    switch (n->extra) {
    case OP_MINUS: *out = -v; return true;
    case OP_PLUS: *out = v; return true;
    case OP_BIT_NOT: *out = ~to_int32(v); return true;
    default: return false;
    }
}

// The nodes of a left spine of one kind (LOGICAL: of one operator), outermost first.
static Node **spine_of(Emitter *m, Node *n, u32 *count) {
    u32 c = 0;
    bool logical = n->kind == N_LOGICAL;
    for (Node *p = n; p->kind == n->kind && (!logical || p->extra == n->extra); p = p->binary.left) c++;
    Node **list = arena_alloc(m->arena, c * sizeof *list);
    *count = c;
    for (u32 i = 0; i < c; i++, n = n->binary.left) list[i] = n;
    return list;
}

static void emit_binary(Emitter *m, Node *n) {
    u32 count;
    Node **spine = spine_of(m, n, &count);
    f64 acc, right, sum;
    Node *first = spine[count - 1]->binary.left;
    bool folded = const_fold(m, first, &acc);
    if (!folded) emit_expr(m, first);
    for (u32 i = count; i-- > 0;) {
        Node *b = spine[i];
        if (folded && const_fold(m, b->binary.right, &right) && fold_binary(b->extra, acc, right, &sum)) {
            acc = sum;
            continue;
        }
        if (folded) emit_number(m, acc);
        folded = false;
        emit_expr(m, b->binary.right);
        emit_binary_op(m, b->extra, b);
    }
    if (folded) emit_number(m, acc);
}

static void emit_logical(Emitter *m, Node *n) {
    u32 count, end = label_new(m);
    Node **spine = spine_of(m, n, &count);
    emit_expr(m, spine[count - 1]->binary.left);
    for (u32 i = count; i-- > 0;) {
        if (n->extra == OP_AND) OP1(m, JumpIfNotKeep, end);
        else if (n->extra == OP_OR) OP1(m, JumpIfKeep, end);
        else OP1(m, JumpIfNotNullishKeep, end);
        emit_expr(m, spine[i]->binary.right);
    }
    label_bind(m, end);
}

static void branch_logical(Emitter *m, Node *n, u32 if_true, u32 if_false, bool fall_true) {
    u32 count;
    Node **spine = spine_of(m, n, &count);
    for (u32 i = count; i-- > 0;) {
        Node *operand = i == count - 1 ? spine[i]->binary.left : NULL;
        if (operand) {
            u32 next = label_new(m);
            if (n->extra == OP_AND) emit_branch(m, operand, next, if_false, true);
            else emit_branch(m, operand, if_true, next, false);
            label_bind(m, next);
        }
        if (i == 0) {
            emit_branch(m, spine[0]->binary.right, if_true, if_false, fall_true);
            break;
        }
        u32 next = label_new(m);
        if (n->extra == OP_AND) emit_branch(m, spine[i]->binary.right, next, if_false, true);
        else emit_branch(m, spine[i]->binary.right, if_true, next, false);
        label_bind(m, next);
    }
}

void emit_branch(Emitter *m, Node *n, u32 if_true, u32 if_false, bool fall_true) {
    if (n->kind == N_UNARY && n->extra == OP_NOT) {
        emit_branch(m, n->unary.arg, if_false, if_true, !fall_true);
        return;
    }
    if (n->kind == N_LOGICAL && n->extra != OP_NULLISH) {
        branch_logical(m, n, if_true, if_false, fall_true);
        return;
    }
    if (n->kind == N_TRUE || n->kind == N_FALSE) {
        bool value = n->kind == N_TRUE;
        if (value && !fall_true) OP1(m, Jump, if_true);
        if (!value && fall_true) OP1(m, Jump, if_false);
        return;
    }
    emit_expr(m, n);
    if (fall_true) OP1(m, JumpIfNot, if_false);
    else OP1(m, JumpIf, if_true);
}

// `a ? b : c ? d : …` is a loop on the last arm.
static void emit_conditional(Emitter *m, Node *n) {
    u32 end = label_new(m);
    for (; n->kind == N_CONDITIONAL; n = n->conditional.no) {
        u32 yes = label_new(m), no = label_new(m);
        emit_branch(m, n->conditional.test, yes, no, true);
        label_bind(m, yes);
        emit_expr(m, n->conditional.yes);
        OP1(m, Jump, end);
        label_bind(m, no);
    }
    emit_expr(m, n);
    label_bind(m, end);
}

// o → boolean
static void emit_delete_link(Emitter *m, Node *n, Node *link) {
    Str *name = link->kind == N_MEMBER ? link->member.name : key_str(m, link->binary.right);
    if (name) {
        OP1(m, DeleteProp, module_string(m, name));
    } else {
        emit_expr(m, link->binary.right);
        OP0(m, DeleteIndex);
    }
    at_node(m, n);
}

static void emit_delete(Emitter *m, Node *n) {
    Node *arg = n->unary.arg;
    if (arg->kind == N_CHAIN && (arg->unary.arg->kind == N_MEMBER || arg->unary.arg->kind == N_INDEX)) {
        emit_delete_chain(m, n, arg->unary.arg, emit_delete_link);
        return;
    }
    if ((arg->kind == N_MEMBER && arg->member.object->kind == N_SUPER) || (arg->kind == N_INDEX && arg->binary.left->kind == N_SUPER)) {
        this_load(m, arg);
        OP0(m, Pop);
        if (arg->kind == N_INDEX) emit_effect(m, arg->binary.right);
        OP2(m, ThrowError, THROW_UNSUPPORTED_SUPER, module_string(m, m->s_empty));
        at_node(m, n);
        return;
    }
    if (arg->kind == N_MEMBER || arg->kind == N_INDEX) {
        emit_expr(m, arg->kind == N_MEMBER ? arg->member.object : arg->binary.left);
        emit_delete_link(m, n, arg);
        return;
    }
    if (arg->kind == N_IDENT && arg->extra & REF_DYNAMIC) {
        dynamic_op(m, OP_DeleteDyn, arg->ident.name, arg);
        return;
    }
    if (arg->kind == N_IDENT) {
        if (arg->ident.binding && is_eval_var(arg->ident.binding)) {
            dynamic_op(m, OP_DeleteDyn, arg->ident.name, arg);
            return;
        }
        if (arg->ident.binding) {
            OP0(m, PushFalse);
            return;
        }
        OP1(m, GetGlobal, module_string_z(m, "globalThis"));
        OP1(m, DeleteProp, module_string(m, arg->ident.name));
        at_node(m, arg);
        return;
    }
    emit_effect(m, n->unary.arg);
    OP0(m, PushTrue);
}

static void emit_typeof(Emitter *m, Node *arg) {
    if (arg->kind == N_IDENT && arg->extra & REF_DYNAMIC) {
        dynamic_op(m, OP_TypeofDyn, arg->ident.name, arg);
        return;
    }
    if (arg->kind == N_IDENT && !arg->ident.binding && arg->ident.name != m->s_undefined) {
        OP1(m, TypeofGlobal, module_string(m, arg->ident.name));
        at_node(m, arg);
        return;
    }
    emit_expr(m, arg);
    OP0(m, TypeOf);
}

static void emit_unary(Emitter *m, Node *n) {
    f64 v;
    if (const_fold(m, n, &v)) {
        emit_number(m, v);
        return;
    }
    switch (n->extra) {
    case OP_DELETE: emit_delete(m, n); return;
    case OP_TYPEOF: emit_typeof(m, n->unary.arg); return;
    case OP_VOID:
        emit_effect(m, n->unary.arg);
        OP0(m, PushUndefined);
        return;
    default: break;
    }
    emit_expr(m, n->unary.arg);
    switch (n->extra) {
    case OP_PLUS: OP0(m, ToNumber); break;
    case OP_MINUS: OP0(m, Neg); break;
    case OP_NOT: OP0(m, LogNot); break;
    default: OP0(m, BitNot); break;
    }
    at_node(m, n);
}

// ---- arguments and spread

bool has_spread(const NodeList *args) {
    for (u32 i = 0; i < args->count; i++)
        if (args->items[i] && args->items[i]->kind == N_SPREAD) return true;
    return false;
}

void emit_args(Emitter *m, const NodeList *args, u32 first) {
    for (u32 i = first; i < args->count; i++) emit_expr(m, args->items[i]);
}

void emit_spread_array(Emitter *m, const NodeList *items, u32 first) {
    enum { CHUNK = 128 }; // elements gathered on the operand stack
    m->fs->stmt_first = NO_LABEL;
    u32 i = first;
    while (i < items->count && i - first < CHUNK && !(items->items[i] && items->items[i]->kind == N_SPREAD)) {
        if (items->items[i]) emit_expr(m, items->items[i]);
        else OP0(m, PushHole);
        i++;
    }
    OP1(m, NewArray, i - first);
    for (; i < items->count; i++) {
        Node *e = items->items[i];
        if (e && e->kind == N_SPREAD) {
            emit_expr(m, e->unary.arg);
            OP0(m, AppendSpread);
            if (m->spread_start) at_pos(m, m->spread_start, e->unary.arg->start, e->unary.arg->end);
            else at_node(m, e->unary.arg);
        } else {
            if (e) emit_expr(m, e);
            else OP0(m, PushHole);
            OP0(m, AppendElem);
        }
    }
}

static void emit_new(Emitter *m, Node *n) {
    emit_expr(m, n->call.callee);
    if (n->call.callee->kind == N_IDENT) at_node(m, n);
    if (has_spread(&n->call.args)) {
        emit_spread_array(m, &n->call.args, 0);
        OP0(m, NewSpread);
    } else {
        emit_args(m, &n->call.args, 0);
        OP1(m, New, n->call.args.count);
    }
    at_pos(m, n->start, n->call.callee->start, n->call.callee->end);
}

// The value of `key` in an object literal, when both are plain to see.
static Node *literal_property(const Node *object, const char *key) {
    for (u32 i = 0; object && object->kind == N_OBJECT && i < object->list.items.count; i++) {
        Node *p = object->list.items.items[i];
        if (p->kind == N_PROPERTY && p->property.key->kind == N_STRING && str_equals(p->property.key->string.value, key)) return p->property.value;
    }
    return NULL;
}

static void emit_import_call(Emitter *m, Node *n) {
    Node *spec = n->call.args.items[0], *type = n->call.args.count > 1 ? literal_property(literal_property(n->call.args.items[1], "with"), "type") : NULL;
    if (n->flags & (NF_DEFER | NF_SOURCE_PHASE)) module_not_supported(m, n, "import defer and import source");
    if (spec->kind == N_STRING) module_request(m, spec->string.value, type && type->kind == N_STRING ? type->string.value : NULL, REQ_DYNAMIC);
    emit_expr(m, spec);
    if (n->call.args.count > 1) emit_expr(m, n->call.args.items[1]);
    else OP0(m, PushUndefined);
    OP1(m, DynImport, 0);
    at_node(m, n);
}

void private_load(Emitter *m, Node *n) {
    if (n->member.binding) binding_load(m, n->member.binding, false);
    else dynamic_op(m, OP_LoadDyn, module_str_concat(m, "#", n->member.name), n); // eval code inside a class
}

static void emit_private_in(Emitter *m, Node *n) {
    private_load(m, n);
    emit_expr(m, n->member.object);
    OP0(m, HasPrivate);
    at_node(m, n);
}

static void emit_bigint(Emitter *m, Node *n) {
    DxtConst row = {DXT_CONST_BIGINT, 0, module_string(m, n->string.value)};
    OP1(m, Push, module_const(m, row));
}

// Is the C stack used up? Then that is said, and what is emitted will not be used.
bool emit_too_deep(Emitter *m, const Node *n) {
    if (!stack_low(m->stack_floor)) return false;
    diag_add(m->diags, DIAG_TOO_DEEP, n->start, n->start);
    return true;
}

void emit_expr(Emitter *m, Node *n) {
    if (emit_too_deep(m, n)) {
        OP0(m, PushUndefined);
        return;
    }
    switch (n->kind) {
    case N_IDENT: ident_load(m, n); break;
    case N_THIS: this_load(m, n); break;
    case N_NULL: OP0(m, PushNull); break;
    case N_TRUE: OP0(m, PushTrue); break;
    case N_FALSE: OP0(m, PushFalse); break;
    case N_NUMBER: emit_number(m, n->number.value); break;
    case N_STRING: case N_JSX_TEXT: emit_string(m, n->string.value); break;
    case N_BIGINT: emit_bigint(m, n); break;
    case N_REGEXP: emit_regexp(m, n); break;
    case N_TEMPLATE: emit_template(m, n); break;
    case N_ARRAY: emit_array(m, n); break;
    case N_OBJECT: emit_object(m, n); break;
    case N_FUNCTION: case N_ARROW: emit_closure(m, n, NULL); break;
    case N_CLASS: emit_class(m, n, NULL); break;
    case N_UNARY: emit_unary(m, n); break;
    case N_UPDATE: emit_update(m, n, true); break;
    case N_BINARY: emit_binary(m, n); break;
    case N_LOGICAL: emit_logical(m, n); break;
    case N_ASSIGN: emit_assign(m, n, true); break;
    case N_CONDITIONAL: emit_conditional(m, n); break;
    case N_NEW: emit_new(m, n); break;
    case N_MEMBER: case N_INDEX: case N_PRIVATE_MEMBER: case N_CALL: case N_TAGGED_TEMPLATE: case N_CHAIN:
        emit_chain(m, n, false);
        break;
    case N_PRIVATE_IN: emit_private_in(m, n); break;
    case N_SEQUENCE:
        for (u32 i = 0; i + 1 < n->list.items.count; i++) emit_effect(m, n->list.items.items[i]);
        emit_expr(m, n->list.items.items[n->list.items.count - 1]);
        break;
    case N_YIELD: emit_yield(m, n); break;
    case N_YIELD_STAR: emit_yield_star(m, n); break;
    case N_AWAIT:
        emit_expr(m, n->unary.arg);
        emit_await(m, n);
        break;
    case N_IMPORT_CALL: emit_import_call(m, n); break;
    case N_IMPORT_META: OP0(m, ImportMeta); break;
    case N_NEW_TARGET: pseudo_load(m, PSEUDO_NEW_TARGET, n); break;
    case N_JSX_ELEMENT: lower_jsx(m, n); break;
    case N_JSX_EXPR: emit_expr(m, n->unary.arg); break;
    default: module_not_supported(m, n, node_kind_name((NodeKind)n->kind)); OP0(m, PushUndefined);
    }
}

void emit_effect(Emitter *m, Node *n) {
    switch (n->kind) {
    case N_ASSIGN: emit_assign(m, n, false); return;
    case N_UPDATE: emit_update(m, n, false); return;
    case N_SEQUENCE:
        for (u32 i = 0; i < n->list.items.count; i++) emit_effect(m, n->list.items.items[i]);
        return;
    case N_UNARY:
        if (n->extra == OP_VOID) {
            emit_effect(m, n->unary.arg);
            return;
        }
        break;
    case N_LOGICAL:
        if (n->extra != OP_NULLISH) {
            u32 go = label_new(m), end = label_new(m);
            if (n->extra == OP_AND) emit_branch(m, n->binary.left, go, end, true);
            else emit_branch(m, n->binary.left, end, go, false);
            label_bind(m, go);
            emit_effect(m, n->binary.right);
            label_bind(m, end);
            return;
        }
        break;
    case N_CONDITIONAL: {
        u32 yes = label_new(m), no = label_new(m), end = label_new(m);
        emit_branch(m, n->conditional.test, yes, no, true);
        label_bind(m, yes);
        emit_effect(m, n->conditional.yes);
        OP1(m, Jump, end);
        label_bind(m, no);
        emit_effect(m, n->conditional.no);
        label_bind(m, end);
        return;
    }
    default: break;
    }
    emit_expr(m, n);
    OP0(m, Pop);
}
