// SPDX-License-Identifier: MIT
// Chains of member accesses and calls: `a.b[c]?.d(e).f`. Walked as a list, because they may be of any length.
//
// While a chain runs, its value so far is the only thing it has on the operand stack; as a callee it is two values, `f this`. So
// an optional link leaves at one of two depths: null1 with the nullish object, null2 with f and this of an optional call.
#include "compiler/emit/testapi.h"

typedef struct Chain {
    u32 null1, null2;
    bool used;
    bool called; // behind a call or `?.`: V8 then puts a property access at its dot, else at the name
} Chain;

static bool is_link(const Node *n) {
    switch (n->kind) {
    case N_MEMBER: case N_INDEX: case N_PRIVATE_MEMBER: case N_CALL: case N_TAGGED_TEMPLATE: return true;
    default: return false;
    }
}

static Node *link_object(const Node *n) {
    switch (n->kind) {
    case N_INDEX: return n->binary.left;
    case N_CALL: return n->call.callee;
    case N_TAGGED_TEMPLATE: return n->tagged.tag;
    default: return n->member.object;
    }
}

static bool is_call(const Node *n) { return n->kind == N_CALL || n->kind == N_TAGGED_TEMPLATE; }

// Where V8 says a call happens: the name called, else the opening parenthesis.
static u32 call_offset(Emitter *m, const Node *call, const Node *callee) {
    if (call->kind == N_TAGGED_TEMPLATE) return call->tagged.quasi->start;
    bool named = !(callee->flags & NF_PAREN) && !(call->flags & NF_OPTIONAL);
    if (named && callee->kind == N_IDENT) return callee->start;
    if (named && callee->kind == N_MEMBER)
        return callee->end - callee->member.name->len > callee->start ? callee->end - callee->member.name->len : callee->start;
    if (call->kind != N_CALL || m->no_positions) return callee->end;
    u32 end = call->call.args.count ? call->call.args.items[0]->start : call->end;
    for (u32 at = callee->end; at < end; at++)
        if (m->ast->text[at] == '(') return at;
    return callee->end;
}

static u32 member_offset(Emitter *m, const Chain *c, const Node *n) {
    u32 len = n->member.name->len + (n->kind == N_PRIVATE_MEMBER), at = n->end - n->start > len ? n->end - len : n->start;
    if (!c->called && !(n->flags & NF_OPTIONAL)) return at;
    while (at > n->member.object->end && !m->no_positions && m->ast->text[at] != (n->flags & NF_OPTIONAL ? '?' : '.')) at--;
    return at;
}

static void optional_object(Emitter *m, Chain *c, const Node *n) {
    if (!(n->flags & NF_OPTIONAL)) return;
    c->used = true;
    OP0(m, Dup);
    OP1(m, JumpIfNullish, c->null1);
}

void emit_super_reference(Emitter *m, Node *n) {
    this_load(m, n);
    if (n->kind == N_INDEX) emit_expr(m, n->binary.right); // may change the home object's prototype
    pseudo_load(m, PSEUDO_HOME, n);
    OP0(m, SuperBase);
    if (n->kind == N_INDEX) OP0(m, Swap);
    else emit_string(m, n->member.name);
}

// super.x, super[x]: → v, or f this
static void emit_super_member(Emitter *m, Node *n, bool callee) {
    if (callee) this_load(m, n);
    emit_super_reference(m, n);
    OP0(m, GetSuper);
    at_node(m, n);
    if (callee) OP0(m, Swap);
}

// o → v, or f o
static void emit_member_link(Emitter *m, const Chain *c, Node *n, bool callee) {
    if (n->kind == N_PRIVATE_MEMBER) {
        if (callee) OP0(m, Dup);
        private_load(m, n);
        OP0(m, GetPrivate);
        at_pos(m, member_offset(m, c, n), n->start, n->end);
        if (callee) OP0(m, Swap);
        return;
    }
    Str *name = n->kind == N_MEMBER ? n->member.name : key_str(m, n->binary.right);
    if (name) {
        if (callee) OP1(m, GetMethod, module_string(m, name));
        else OP1(m, GetProp, module_string(m, name));
        Node *object = link_object(n);
        at_pos(m, n->kind == N_MEMBER ? member_offset(m, c, n) : object->end, object->start, object->end);
        return;
    }
    u32 index;
    if (n->binary.right->kind == N_STRING && str_is_index(n->binary.right->string.value, &index)) emit_number(m, index);
    else emit_expr(m, n->binary.right);
    if (callee) OP0(m, GetIndexMethod);
    else OP0(m, GetIndex);
    at_pos(m, n->binary.left->end, n->binary.left->start, n->binary.left->end);
}

static void note_require(Emitter *m, const Node *n) {
    const Node *f = n->call.callee;
    if (f->kind != N_IDENT || f->ident.name != m->s_require || n->call.args.count < 1) return;
    if (n->call.args.items[0]->kind != N_STRING) return;
    if (f->ident.binding && !(m->commonjs && f->ident.binding->scope == m->ast->scope && f->ident.binding->kind == BIND_PARAM)) return;
    module_request(m, n->call.args.items[0]->string.value, NULL, REQ_REQUIRE);
}

// f this → r
static void emit_call_link(Emitter *m, Node *n) {
    Node *callee = link_object(n);
    if (n->kind == N_TAGGED_TEMPLATE) {
        emit_template_object(m, n->tagged.quasi);
        emit_args(m, &n->tagged.quasi->template.exprs, 0);
        OP1(m, Call, n->tagged.quasi->template.exprs.count + 1);
    } else if (has_spread(&n->call.args)) {
        m->spread_start = call_offset(m, n, callee);
        emit_spread_array(m, &n->call.args, 0);
        m->spread_start = 0;
        if (n->flags & NF_DIRECT_EVAL && callee->kind == N_IDENT) OP2(m, CallEvalSpread, env_operand(m), module_eval_site(m));
        else OP0(m, CallFunction);
    } else {
        note_require(m, n);
        if (m->options->test_file) testapi_mark_callbacks(m, n);
        emit_args(m, &n->call.args, 0);
        if (n->flags & NF_DIRECT_EVAL && callee->kind == N_IDENT) OP3(m, CallEval, n->call.args.count, env_operand(m), module_eval_site(m));
        else OP1(m, Call, n->call.args.count);
    }
    at_pos(m, call_offset(m, n, callee), callee->start, callee->end);
}

static void emit_base(Emitter *m, Node *base, bool callee) {
    if (callee && base->kind == N_CHAIN) {
        emit_chain(m, base, true);
        return;
    }
    if (callee && base->kind == N_IDENT && base->extra & REF_DYNAMIC) {
        dynamic_op(m, OP_LoadDynCall, base->ident.name, base);
        return;
    }
    emit_expr(m, base);
    if (callee) OP0(m, PushUndefined);
}

static void emit_links(Emitter *m, Node *n, bool want_this, Chain *c) {
    u32 count = 0;
    for (Node *p = n; is_link(p); p = link_object(p)) count++;
    Node **links = arena_alloc(m->arena, count * sizeof *links);
    Node *p = n;
    for (u32 i = 0; i < count; i++, p = link_object(p)) links[i] = p;
    Node *base = p;
    if (base->kind != N_SUPER) emit_base(m, base, count && is_call(links[count - 1]));
    for (u32 i = count; i-- > 0;) {
        Node *l = links[i];
        bool callee = i ? is_call(links[i - 1]) : want_this;
        if (link_object(l)->kind == N_SUPER) {
            if (l->kind == N_CALL) emit_super_call(m, l);
            else emit_super_member(m, l, callee);
            if (l->kind == N_CALL && callee) OP0(m, PushUndefined);
        } else if (is_call(l)) {
            if (l->flags & NF_OPTIONAL && l->kind == N_CALL) {
                c->used = true;
                OP1(m, PickN, 1);
                OP1(m, JumpIfNullish, c->null2);
            }
            emit_call_link(m, l);
            if (callee) OP0(m, PushUndefined);
        } else {
            optional_object(m, c, l);
            emit_member_link(m, c, l, callee);
        }
        c->called = !(l->flags & NF_PAREN) && (c->called || is_call(l) || l->flags & NF_OPTIONAL);
    }
    if (!count && want_this) OP0(m, PushUndefined);
}

// delete a?.b.c: a chain that is cut short has nothing to delete.
void emit_delete_chain(Emitter *m, Node *n, Node *last, void (*remove)(Emitter *m, Node *n, Node *last)) {
    Chain c = {label_new(m), label_new(m), false, false};
    emit_links(m, link_object(last), false, &c);
    optional_object(m, &c, last);
    remove(m, n, last);
    u32 end = label_new(m);
    OP1(m, Jump, end);
    label_bind(m, c.null2);
    OP0(m, Pop);
    label_bind(m, c.null1);
    OP0(m, Pop);
    OP0(m, PushTrue);
    label_bind(m, end);
}

void emit_chain(Emitter *m, Node *n, bool want_this) {
    Chain c = {label_new(m), label_new(m), false};
    bool delimited = n->kind == N_CHAIN;
    emit_links(m, delimited ? n->unary.arg : n, want_this, &c);
    if (!c.used) return;
    DX_CHECK(delimited);
    u32 end = label_new(m);
    OP1(m, Jump, end);
    label_bind(m, c.null2);
    OP0(m, Pop);
    label_bind(m, c.null1);
    OP0(m, Pop);
    OP0(m, PushUndefined);
    if (want_this) OP0(m, PushUndefined);
    label_bind(m, end);
}
