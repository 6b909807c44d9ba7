// SPDX-License-Identifier: MIT
// Assertions as instructions: `expect(a).matcher(b);` as a statement becomes a, b and one opcode, with a row of SITE that says
// where it stands. Operands are evaluated in source order. What is not in the table below, `.resolves`, messages and spreads
// take the ordinary path: a program cannot tell which it got. Runs of assertions on operands without side effects become one batch.
#include "compiler/emit/testapi.h"

typedef enum Shape {
    SHAPE_NONE,     // matcher()
    SHAPE_ONE,      // matcher(expected)
    SHAPE_OPTIONAL, // matcher(expected?)
    SHAPE_HINT,     // matcher("hint"?)
    SHAPE_DIGITS,   // matcher(expected, digits?)
} Shape;

static const struct Matcher {
    const char *name;
    Opcode op;
    Shape shape;
} matchers[] = {
    {"toBe", OP_AssertEq, SHAPE_ONE}, {"toEqual", OP_AssertDeepEq, SHAPE_ONE}, {"toStrictEqual", OP_AssertStrictDeepEq, SHAPE_ONE},
    {"toBeTruthy", OP_AssertTruthy, SHAPE_NONE}, {"toBeFalsy", OP_AssertFalsy, SHAPE_NONE}, {"toBeNull", OP_AssertNull, SHAPE_NONE},
    {"toBeDefined", OP_AssertDefined, SHAPE_NONE}, {"toBeUndefined", OP_AssertUndefined, SHAPE_NONE},
    {"toContain", OP_AssertContains, SHAPE_ONE}, {"toHaveLength", OP_AssertLength, SHAPE_ONE}, {"toMatch", OP_AssertMatch, SHAPE_ONE},
    {"toThrow", OP_AssertThrows, SHAPE_OPTIONAL}, {"toThrowError", OP_AssertThrows, SHAPE_OPTIONAL},
    {"toMatchSnapshot", OP_AssertSnapshot, SHAPE_HINT}, {"toBeInstanceOf", OP_AssertInstanceOf, SHAPE_ONE},
    {"toBeCloseTo", OP_AssertCloseTo, SHAPE_DIGITS}, {"toHaveBeenCalled", OP_MockVerify, SHAPE_NONE},
    {"toHaveBeenCalledTimes", OP_SpyVerify, SHAPE_ONE},
};

typedef struct Assertion {
    const struct Matcher *matcher;
    Node *call, *actual;
    NodeList args;
    bool negated, global; // global: `expect` is no import
} Assertion;

static bool shape_accepts(Shape shape, const NodeList *args) {
    switch (shape) {
    case SHAPE_NONE: return args->count == 0;
    case SHAPE_ONE: return args->count == 1;
    case SHAPE_OPTIONAL: return args->count <= 1;
    case SHAPE_HINT: return args->count == 0 || (args->count == 1 && args->items[0]->kind == N_STRING);
    default: return args->count == 1 || args->count == 2;
    }
}

static const struct Matcher *matcher_find(const Str *name) {
    for (u32 i = 0; i < DX_COUNTOF(matchers); i++)
        if (str_equals(name, matchers[i].name)) return &matchers[i];
    return NULL;
}

// Is the statement expect(actual)[.not].matcher(args)?
static bool assertion_of(Emitter *m, Node *stmt, Assertion *out) {
    if (stmt->kind != N_EXPR || stmt->unary.arg->kind != N_CALL) return false;
    Node *call = stmt->unary.arg, *callee = call->call.callee;
    if (callee->kind != N_MEMBER || (call->flags | callee->flags) & (NF_OPTIONAL | NF_PAREN)) return false;
    Node *object = callee->member.object;
    bool negated = false;
    if (object->kind == N_MEMBER && str_equals(object->member.name, "not")) {
        negated = true;
        object = object->member.object;
    }
    if (object->kind != N_CALL || object->call.callee->kind != N_IDENT || object->call.args.count != 1) return false;
    if (has_spread(&object->call.args) || has_spread(&call->call.args)) return false;
    const struct Matcher *matcher = matcher_find(callee->member.name);
    if (!matcher || !shape_accepts(matcher->shape, &call->call.args)) return false;
    Str *name = testapi_name(m, object->call.callee);
    if (!name || !str_equals(name, "expect")) return false;
    *out = (Assertion){matcher, call, object->call.args.items[0], call->call.args, negated, !object->call.callee->ident.binding};
    return true;
}

static u32 matcher_offset(const Assertion *a) {
    Node *callee = a->call->call.callee;
    return callee->end - callee->member.name->len;
}

static u32 site_new(Emitter *m, const Assertion *a) {
    DxtSite row = {.offset = matcher_offset(a), .matcher = module_string_z(m, a->matcher->name), .func = m->fs->index};
    row.flags = (a->negated ? SITE_NOT : 0u) | (a->global ? SITE_GLOBAL : 0u);
    ast_position(m->ast, row.offset, &row.line, &row.column);
    buf_put(&m->sites, &row, sizeof row);
    return (u32)(m->sites.len / sizeof row) - 1;
}

static void emit_operands(Emitter *m, const Assertion *a) {
    if (a->matcher->shape == SHAPE_NONE) return;
    if (a->args.count) emit_expr(m, a->args.items[0]);
    else OP0(m, PushHole);
    if (a->matcher->shape != SHAPE_DIGITS) return;
    if (a->args.count == 2) emit_expr(m, a->args.items[1]);
    else OP0(m, PushHole);
}

// `expect(typeof x).toBe("…")`: x itself goes on the stack.
static bool is_typeof(const Assertion *a) {
    const Node *n = a->actual;
    if (a->matcher->op != OP_AssertEq || a->args.items[0]->kind != N_STRING) return false;
    if (n->kind != N_UNARY || n->extra != OP_TYPEOF) return false;
    return n->unary.arg->kind != N_IDENT || n->unary.arg->ident.binding;
}

static Opcode special_op(const Assertion *a) {
    Opcode op = a->matcher->op;
    if (op == OP_AssertEq && a->args.items[0]->kind == N_STRING) return OP_AssertStringEq;
    if (op == OP_AssertDeepEq && a->args.items[0]->kind == N_ARRAY) return OP_AssertArrayEq;
    return op;
}

static void emit_assertion(Emitter *m, const Assertion *a) {
    bool type = is_typeof(a);
    emit_expr(m, type ? a->actual->unary.arg : a->actual);
    emit_operands(m, a);
    u32 site = site_new(m, a);
    if (a->negated) OP0(m, Not);
    code_op(&m->fs->code, type ? OP_AssertType : special_op(a), site, 0, 0, 0);
    at_pos(m, matcher_offset(a), a->call->start, a->call->end);
}

// ---- batches

// Cannot run user code, throw or change anything a neighbour reads.
static bool is_pure(const Node *n) {
    switch (n->kind) {
    case N_NUMBER: case N_STRING: case N_TRUE: case N_FALSE: case N_NULL: return true;
    case N_IDENT:
        return n->ident.binding && n->ident.binding->placed && !(n->extra & REF_CHECK) && n->ident.binding->kind != BIND_IMPORT;
    case N_UNARY: return (n->extra == OP_NOT || n->extra == OP_TYPEOF || n->extra == OP_VOID) && is_pure(n->unary.arg);
    case N_BINARY: return (n->extra == OP_SEQ || n->extra == OP_SNE) && is_pure(n->binary.left) && is_pure(n->binary.right);
    default: return false;
    }
}

// The batch opcode an assertion may join, 0: none.
static Opcode batch_op(Emitter *m, const Assertion *a) {
    if (a->negated || !is_pure(a->actual)) return (Opcode)0;
    if (a->matcher->op == OP_AssertTruthy) return OP_BatchAssertTruthy;
    if (a->matcher->op == OP_AssertNull) return OP_BatchAssertNull;
    if (a->matcher->op != OP_AssertEq || is_typeof(a)) return (Opcode)0;
    f64 v;
    Node *expected = a->args.items[0];
    if (expected->kind == N_STRING) return OP_BatchAssertStringEq;
    if (!const_fold(m, expected, &v)) return (Opcode)0;
    bool integer = v == (f64)(i32)v && v >= -2147483648.0 && v <= 2147483647.0 && !(v == 0 && 1 / v < 0);
    return integer ? OP_BatchAssertEqI32 : OP_BatchAssertEqF64;
}

static u32 emit_batch(Emitter *m, const NodeList *list, u32 first, Opcode op) {
    enum { LEAST = 4, MOST = 1024 };
    Assertion a;
    u32 count = 0;
    while (first + count < list->count && count < MOST && assertion_of(m, list->items[first + count], &a) && batch_op(m, &a) == op) count++;
    if (count < LEAST) return 0;
    u32 site = 0;
    for (u32 i = 0; i < count; i++) {
        assertion_of(m, list->items[first + i], &a);
        emit_expr(m, a.actual);
        emit_operands(m, &a);
        u32 row = site_new(m, &a);
        if (i == 0) site = row;
    }
    code_op(&m->fs->code, op, count, site, 0, 0);
    assertion_of(m, list->items[first], &a);
    at_pos(m, matcher_offset(&a), a.call->start, a.call->end);
    return count;
}

u32 emit_assertions(Emitter *m, const NodeList *list, u32 first) {
    Assertion a;
    if (!assertion_of(m, list->items[first], &a)) return 0;
    m->out->flags |= MODF_USES_TEST_API;
    Opcode op = batch_op(m, &a);
    if (op) {
        u32 taken = emit_batch(m, list, first, op);
        if (taken) return taken;
    }
    emit_assertion(m, &a);
    return 1;
}

bool emit_single_assertion(Emitter *m, Node *expr) {
    Node stmt = {.kind = N_EXPR, .start = expr->start, .end = expr->end, .unary.arg = expr}, *item = &stmt;
    NodeList list = {&item, 1};
    return m->options->test_file && expr->kind == N_CALL && emit_assertions(m, &list, 0) == 1;
}
