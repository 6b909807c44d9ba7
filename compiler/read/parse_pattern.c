// SPDX-License-Identifier: MIT
// Patterns: binding patterns read as such, and the in-place conversion of array and object literals into assignment or
// binding patterns (the kinds share their layout, so only `kind` changes).
#include "compiler/read/parser.h"

static void check_eval_arguments(Parser *p, const Node *n) {
    u8 word = n->ident.name->keyword;
    if ((word == T_EVAL || word == T_ARGUMENTS) && p->strict)
        complain(p, DIAG_UNEXPECTED_EVAL_ARGUMENTS, n->start, n->end, NULL);
}

static Node *bad_target(Parser *p, Node *n, DiagId id) {
    fail(p, id, n->start, n->end, NULL);
    return n;
}

static Node *to_pattern(Parser *p, Node *n, bool binding);

// A target inside a pattern, perhaps with a default.
static Node *to_element(Parser *p, Node *n, bool binding) {
    if (n->kind == N_ASSIGN_PATTERN || (n->kind == N_ASSIGN && n->extra == OP_NONE && !(n->flags & NF_PAREN))) {
        n->kind = N_ASSIGN_PATTERN;
        n->extra = 0;
        n->binary.left = to_pattern(p, n->binary.left, binding);
        return n;
    }
    return to_pattern(p, n, binding);
}

static void to_array_pattern(Parser *p, Node *n, bool binding) {
    bool trailing = n->flags & NF_TRAILING_COMMA;
    n->kind = N_ARRAY_PATTERN;
    NodeList *l = &n->list.items;
    for (u32 i = 0; i < l->count && !p->panic; i++) {
        Node *e = l->items[i];
        if (!e) continue;
        if (e->kind != N_SPREAD && e->kind != N_REST) {
            l->items[i] = to_element(p, e, binding);
            continue;
        }
        if (i + 1 < l->count || trailing) bad_target(p, e, DIAG_ELEMENT_AFTER_REST);
        e->kind = N_REST;
        e->unary.arg = to_pattern(p, e->unary.arg, binding);
    }
}

static void to_object_pattern(Parser *p, Node *n, bool binding) {
    bool trailing = n->flags & NF_TRAILING_COMMA;
    n->kind = N_OBJECT_PATTERN;
    NodeList *l = &n->list.items;
    for (u32 i = 0; i < l->count && !p->panic; i++) {
        Node *e = l->items[i];
        if (e->kind == N_SPREAD || e->kind == N_REST) {
            if (i + 1 < l->count || trailing) bad_target(p, e, DIAG_ELEMENT_AFTER_REST);
            e->kind = N_REST;
            Node *arg = e->unary.arg;
            bool simple = arg->kind == N_IDENT || (!binding && (arg->kind == N_MEMBER || arg->kind == N_INDEX || arg->kind == N_PRIVATE_MEMBER));
            if (!simple) {
                fail(p, DIAG_REST_NOT_SIMPLE, arg->start, arg->end, NULL);
                return;
            }
            e->unary.arg = to_pattern(p, arg, binding);
        } else if (e->kind == N_PROPERTY && e->extra == PROP_INIT) {
            e->flags &= (u16)~NF_PROTO;
            e->property.value = to_element(p, e->property.value, binding);
        } else {
            bad_target(p, e->kind == N_PROPERTY ? e->property.key : e, DIAG_INVALID_DESTRUCTURING_TARGET);
        }
    }
}

static Node *to_pattern(Parser *p, Node *n, bool binding) {
    bool paren = n->flags & NF_PAREN;
    switch (n->kind) {
    case N_IDENT:
        if (binding && paren) return bad_target(p, n, DIAG_INVALID_DESTRUCTURING_TARGET);
        check_eval_arguments(p, n);
        return n;
    case N_MEMBER: case N_INDEX: case N_PRIVATE_MEMBER:
        if (binding) return bad_target(p, n, DIAG_INVALID_DESTRUCTURING_TARGET);
        return n;
    case N_ARRAY: case N_ARRAY_PATTERN:
        if (paren) return bad_target(p, n, DIAG_INVALID_DESTRUCTURING_TARGET);
        to_array_pattern(p, n, binding);
        return n;
    case N_OBJECT: case N_OBJECT_PATTERN:
        if (paren) return bad_target(p, n, DIAG_INVALID_DESTRUCTURING_TARGET);
        to_object_pattern(p, n, binding);
        return n;
    default:
        return bad_target(p, n, DIAG_INVALID_DESTRUCTURING_TARGET);
    }
}

Node *to_binding(Parser *p, Node *n) { return to_pattern(p, n, true); }

Node *to_assign_target(Parser *p, Node *n, DiagId otherwise) {
    switch (n->kind) {
    case N_IDENT: case N_MEMBER: case N_INDEX: case N_PRIVATE_MEMBER:
        return to_pattern(p, n, false);
    case N_ARRAY: case N_OBJECT:
        if (n->flags & NF_PAREN) return bad_target(p, n, otherwise);
        return to_pattern(p, n, false);
    case N_CALL: // sloppy code calls and then throws, for the web's sake
        if (!p->strict && !p->ts && n->call.callee->kind != N_SUPER) return n;
        // fall through
    default:
        if (!p->panic) complain(p, otherwise, n->start, n->end, NULL);
        return n;
    }
}

// Binding patterns --------------------------------------------------------------------------------------------------

static Node *with_default(Parser *p, Node *target, u32 start) {
    if (!eat(p, T_ASSIGN)) return target;
    Node *d = node_new(p, N_ASSIGN_PATTERN, start);
    d->binary.left = target;
    d->binary.right = parse_in_brackets(p, parse_assign);
    return node_end(p, d);
}

static Node *parse_rest_binding(Parser *p, TokenKind close, bool only_ident) {
    Node *r = node_new(p, N_REST, p->tok.start);
    lex_next(p);
    r->unary.arg = only_ident ? parse_binding_ident(p) : parse_binding_target(p);
    node_end(p, r);
    if (at(p, T_ASSIGN)) fail(p, DIAG_INVALID_DESTRUCTURING_TARGET, r->start, r->end, NULL);
    else if (!at(p, close)) fail(p, DIAG_ELEMENT_AFTER_REST, r->start, r->end, NULL);
    return r;
}

static Node *parse_array_binding(Parser *p) {
    Node *n = node_new(p, N_ARRAY_PATTERN, p->tok.start);
    u32 base = p->stack_len;
    lex_next(p);
    while (!at(p, T_RBRACKET) && !at(p, T_EOF)) {
        if (eat(p, T_COMMA)) {
            list_push(p, NULL);
            continue;
        }
        u32 start = p->tok.start;
        if (at(p, T_ELLIPSIS)) list_push(p, parse_rest_binding(p, T_RBRACKET, false));
        else list_push(p, with_default(p, parse_binding_target(p), start));
        if (at(p, T_RBRACKET) || !expect(p, T_COMMA)) break;
    }
    n->list.items = list_take(p, base);
    expect(p, T_RBRACKET);
    return node_end(p, n);
}

static Node *parse_property_binding(Parser *p) {
    Token name = p->tok;
    Node *n = node_new(p, N_PROPERTY, name.start);
    n->extra = PROP_INIT;
    n->property.key = parse_property_key(p, &n->flags);
    u32 start = p->tok.start;
    if (at(p, T_COLON)) {
        lex_next(p);
        start = p->tok.start;
        n->property.value = with_default(p, parse_binding_target(p), start);
    } else if (n->flags & NF_COMPUTED || !is_word(&name)) {
        fail_token(p);
        n->property.value = node_error(p);
    } else {
        n->flags |= NF_SHORTHAND;
        n->property.value = check_ident(p, &name, true) ? with_default(p, ident_from(p, &name), name.start) : node_error(p);
    }
    return node_end(p, n);
}

static Node *parse_object_binding(Parser *p) {
    Node *n = node_new(p, N_OBJECT_PATTERN, p->tok.start);
    u32 base = p->stack_len;
    lex_next(p);
    while (!at(p, T_RBRACE) && !at(p, T_EOF)) {
        list_push(p, at(p, T_ELLIPSIS) ? parse_rest_binding(p, T_RBRACE, true) : parse_property_binding(p));
        if (at(p, T_RBRACE) || !expect(p, T_COMMA)) break;
    }
    n->list.items = list_take(p, base);
    expect(p, T_RBRACE);
    return node_end(p, n);
}

Node *parse_binding_target(Parser *p) {
    if (!at(p, T_LBRACKET) && !at(p, T_LBRACE)) return parse_binding_ident(p);
    Node *n = enter(p) ? (at(p, T_LBRACKET) ? parse_array_binding(p) : parse_object_binding(p)) : node_error(p);
    leave(p);
    return n;
}

void pattern_each_name(Parser *p, Node *n, NameVisitor visit, void *arg) {
    if (!n) return;
    switch (n->kind) {
    case N_IDENT: visit(p, n, arg); return;
    case N_PARAM: pattern_each_name(p, n->param.target, visit, arg); return;
    case N_ASSIGN_PATTERN: pattern_each_name(p, n->binary.left, visit, arg); return;
    case N_REST: pattern_each_name(p, n->unary.arg, visit, arg); return;
    case N_PROPERTY: pattern_each_name(p, n->property.value, visit, arg); return;
    case N_ARRAY_PATTERN: case N_OBJECT_PATTERN:
        for (u32 i = 0; i < n->list.items.count; i++) pattern_each_name(p, n->list.items.items[i], visit, arg);
        return;
    default: return;
    }
}
