// SPDX-License-Identifier: MIT
// TypeScript enums: an object with names to values and, for numbers, values to names. Initialisers that are constant expressions are
// computed here, as tsc does; others are evaluated in place.
#include "compiler/emit/emit.h"

#include "compiler/lower/lower.h"
#include "format/base/numtext.h"

#include <math.h>

typedef struct EnumValue {
    bool is_string;
    f64 number;
    Str *string;
} EnumValue;

static i32 to_int32(f64 v) {
    if (!isfinite(v)) return 0;
    return (i32)(u32)(i64)fmod(trunc(v), 4294967296.0);
}

static bool evaluate(Emitter *m, Node *n, EnumValue *out);

static bool evaluate_unary(Emitter *m, Node *n, EnumValue *out) {
    EnumValue v;
    if (!evaluate(m, n->unary.arg, &v) || v.is_string) return false;
    *out = v;
    switch (n->extra) {
    case OP_PLUS: return true;
    case OP_MINUS: out->number = -v.number; return true;
    case OP_BIT_NOT: out->number = ~to_int32(v.number); return true;
    default: return false;
    }
}

static Str *value_text(Emitter *m, const EnumValue *v) {
    char text[64];
    if (v->is_string) return v->string;
    return str_table_intern(m->strings, text, num_to_text(v->number, text));
}

static Str *concat(Emitter *m, Str *a, Str *b) {
    char *p = arena_alloc(m->arena, a->len + b->len + 1);
    memcpy(p, a->data, a->len);
    memcpy(p + a->len, b->data, b->len);
    return str_table_intern(m->strings, p, a->len + b->len);
}

static bool evaluate_binary(Emitter *m, Node *n, EnumValue *out) {
    EnumValue a, b;
    if (!evaluate(m, n->binary.left, &a) || !evaluate(m, n->binary.right, &b)) return false;
    *out = (EnumValue){0};
    if (a.is_string || b.is_string) {
        if (n->extra != OP_ADD) return false;
        *out = (EnumValue){true, 0, concat(m, value_text(m, &a), value_text(m, &b))};
        return true;
    }
    u32 shift = (u32)to_int32(b.number) & 31;
    switch (n->extra) {
    case OP_ADD: out->number = a.number + b.number; break;
    case OP_SUB: out->number = a.number - b.number; break;
    case OP_MUL: out->number = a.number * b.number; break;
    case OP_DIV: out->number = a.number / b.number; break;
    case OP_MOD: out->number = fmod(a.number, b.number); break;
    case OP_EXP: out->number = pow(a.number, b.number); break;
    case OP_SHL: out->number = (i32)((u32)to_int32(a.number) << shift); break;
    case OP_SHR: out->number = to_int32(a.number) >> shift; break;
    case OP_USHR: out->number = (u32)to_int32(a.number) >> shift; break;
    case OP_BIT_AND: out->number = to_int32(a.number) & to_int32(b.number); break;
    case OP_BIT_OR: out->number = to_int32(a.number) | to_int32(b.number); break;
    case OP_BIT_XOR: out->number = to_int32(a.number) ^ to_int32(b.number); break;
    default: return false;
    }
    return true;
}

// A member known before, or 0 for one that is declared later in the same run of code, as tsc has it.
static bool evaluate_declared(Emitter *m, const Node *at, const Binding *b, EnumValue *out) {
    if (b->kind != BIND_MEMBER || !b->decl || b->decl->kind != N_TS_ENUM_MEMBER) return false;
    for (const Scope *s = b->scope; !b->constant && s; s = s->merged) { // the name may stand in this block for a member of an earlier one
        const Binding *old = scope_find(s, b->name);
        if (old && old->decl == b->decl) b = old;
    }
    bool later = b->decl->start > at->start && b->scope->func == m->fs->scope->func;
    if (!b->constant && !later) return false;
    *out = later ? (EnumValue){0} : *b->constant;
    return true;
}

// E.A or E["A"] of an enum of this file, E a dotted name.
static bool evaluate_member(Emitter *m, const Node *at, const Node *object, const Str *name, EnumValue *out) {
    bool is_type;
    const Binding *e = name ? scope_entity(object, &is_type) : NULL;
    for (const Scope *s = e ? e->block : NULL; s; s = s->merged) {
        const Binding *b = s->kind == SCOPE_ENUM ? scope_find(s, name) : NULL;
        if (b) return evaluate_declared(m, at, b, out);
    }
    return false;
}

// A const without a type annotation, declared before, whose initialiser is constant too.
static bool evaluate_const(Emitter *m, const Node *at, const Binding *b, EnumValue *out) {
    const Node *d = b->decl;
    if (b->kind != BIND_CONST || !d || d->kind != N_DECLARATOR || d->declarator.type || d->end > at->start) return false;
    return d->declarator.init && evaluate(m, d->declarator.init, out);
}

static bool evaluate_ident(Emitter *m, const Node *n, EnumValue *out) {
    const Binding *b = n->ident.binding;
    if (b) return evaluate_declared(m, n, b, out) || evaluate_const(m, n, b, out);
    bool nan = str_equals(n->ident.name, "NaN");
    if (!nan && !str_equals(n->ident.name, "Infinity")) return false;
    *out = (EnumValue){false, nan ? NAN : INFINITY, NULL};
    return true;
}

static bool evaluate_template(Emitter *m, Node *n, EnumValue *out) {
    Str *text = n->template.parts[0].cooked;
    for (u32 i = 0; i < n->template.exprs.count; i++) {
        EnumValue v;
        if (!evaluate(m, n->template.exprs.items[i], &v)) return false;
        text = concat(m, concat(m, text, value_text(m, &v)), n->template.parts[i + 1].cooked);
    }
    *out = (EnumValue){true, 0, text};
    return true;
}

static const Str *index_name(const Node *n) {
    if (n->kind == N_STRING) return n->string.value;
    return n->kind == N_TEMPLATE && !n->template.exprs.count ? n->template.parts[0].cooked : NULL;
}

static bool evaluate(Emitter *m, Node *n, EnumValue *out) {
    if (n->flags & NF_ASSERTED) return false; // tsc computes nothing through type assertions
    switch (n->kind) {
    case N_NUMBER: *out = (EnumValue){false, n->number.value, NULL}; return true;
    case N_STRING: *out = (EnumValue){true, 0, n->string.value}; return true;
    case N_TEMPLATE: return evaluate_template(m, n, out);
    case N_UNARY: return evaluate_unary(m, n, out);
    case N_BINARY: return evaluate_binary(m, n, out);
    case N_MEMBER: return evaluate_member(m, n, n->member.object, n->member.name, out);
    case N_INDEX: return evaluate_member(m, n, n->binary.left, index_name(n->binary.right), out);
    case N_IDENT: return evaluate_ident(m, n, out);
    default: return false;
    }
}

static void push_value(Emitter *m, const EnumValue *v) {
    if (v->is_string) emit_string(m, v->string);
    else emit_number(m, v->number == 0 ? 0 : v->number); // tsc writes 0 for -0
}

// Initialisers that are strings whatever their value get no reverse entry.
static bool is_string_syntax(const Node *n) {
    if (n->flags & NF_ASSERTED) return false;
    if (n->kind == N_BINARY && n->extra == OP_ADD) return is_string_syntax(n->binary.left) || is_string_syntax(n->binary.right);
    return n->kind == N_STRING || n->kind == N_TEMPLATE;
}

static void emit_member(Emitter *m, Scope *s, Node *member, EnumValue *next, bool *known) {
    Node *key = member->property.key, *init = member->property.value;
    Binding *b = key->kind == N_STRING ? scope_find(s, key->string.value) : NULL;
    EnumValue v = *next;
    bool constant = init ? evaluate(m, init, &v) : *known, string = constant ? v.is_string : init && is_string_syntax(init);
    binding_load(m, s->first, false); // the object
    if (!string) OP0(m, Dup);
    Str *name = key_str(m, key);
    if (!name) emit_key(m, key);
    if (constant) push_value(m, &v);
    else if (init) emit_expr(m, init);
    else OP0(m, PushUndefined);
    if (name) OP1(m, SetProp, module_string(m, name));
    else OP0(m, SetIndex);
    if (!string) { // o v → reverse entry
        emit_key(m, key);
        OP0(m, SetIndex);
    }
    OP0(m, Pop);
    *known = constant && !v.is_string;
    next->number = v.number + 1;
    if (constant && b) {
        b->constant = arena_alloc(m->arena, sizeof(EnumValue));
        *b->constant = v;
    }
}

// → object: the existing one, or a new one that is also stored in the variable
void lower_object(Emitter *m, const Node *n, Binding *b, Binding *namespace_object) {
    if (n->extra && b->kind == BIND_ENUM && b->flags & BF_LEXICAL) {
        OP0(m, PushUndefined);
        binding_init(m, b);
    }
    u32 have = label_new(m), end = label_new(m);
    if (namespace_object && b->flags & BF_EXPORTED) {
        binding_load(m, namespace_object, false);
        emit_get(m, b->name);
    } else {
        binding_load(m, b, false);
    }
    OP1(m, JumpIfKeep, have);
    OP1(m, NewObject, 4);
    if (namespace_object && b->flags & BF_EXPORTED) {
        binding_load(m, namespace_object, false);
        OP1(m, PickN, 1);
        OP1(m, SetProp, module_string(m, b->name));
        OP0(m, Pop);
    }
    label_bind(m, have);
    if (b->kind == BIND_ENUM) {
        OP0(m, Dup);
        binding_init(m, b);
    }
    label_bind(m, end);
}

// The object of the namespace whose body this statement stands in, or NULL.
Binding *lower_namespace_object(Emitter *m) { return m->fs->scope->kind == SCOPE_NAMESPACE ? m->fs->scope->first : NULL; }

void lower_enum(Emitter *m, Node *n) {
    if (n->flags & NF_DECLARE) return;
    Scope *s = n->ts_enum.scope;
    lower_object(m, n, n->ts_enum.name->ident.binding, lower_namespace_object(m));
    scope_place(m, s);
    binding_init(m, s->first);
    EnumValue next = {0};
    bool known = true;
    for (u32 i = 0; i < n->ts_enum.members.count; i++) emit_member(m, s, n->ts_enum.members.items[i], &next, &known);
    scope_close(m, s);
}
