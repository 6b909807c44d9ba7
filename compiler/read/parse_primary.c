// SPDX-License-Identifier: MIT
// Operands: literals, names, array and object literals, templates, argument lists.
#include "compiler/read/parser.h"

void check_octal(Parser *p, const Token *t) {
    if (DX_LIKELY(!t->octal) || !p->strict) return;
    DiagId id = t->octal == OCTAL_NUMBER    ? DIAG_STRICT_OCTAL
                : t->octal == OCTAL_DECIMAL ? DIAG_STRICT_DECIMAL_ZERO
                : t->octal == OCTAL_ESCAPE  ? DIAG_STRICT_OCTAL_ESCAPE
                                            : DIAG_STRICT_8_OR_9;
    complain(p, id, t->octal_at, t->octal >= OCTAL_ESCAPE ? t->octal_at + 2 : t->end, NULL);
}

static Node *parse_literal(Parser *p) {
    Token t = p->tok;
    Node *n;
    check_octal(p, &t);
    switch (t.kind) {
    case T_NUMBER:
        n = node_new(p, N_NUMBER, t.start);
        n->number.value = t.num;
        break;
    case T_BIGINT:
        n = node_new(p, N_BIGINT, t.start);
        n->string.value = t.str;
        break;
    default:
        n = node_string(p, t.str, t.start, t.end);
        break;
    }
    lex_next(p);
    return n;
}

Node *parse_template(Parser *p, bool tagged) {
    Node *n = node_new(p, N_TEMPLATE, p->tok.start);
    u32 base = p->stack_len, count = 0, cap = 0;
    TemplatePart *parts = NULL;
    for (;;) {
        if (count == cap) {
            TemplatePart *wider = arena_alloc(p->arena, sizeof *parts * (cap = cap ? cap * 2 : 4));
            if (count) memcpy(wider, parts, sizeof *parts * count);
            parts = wider;
        }
        bool more = lex_template(p, &parts[count++], tagged);
        lex_next(p);
        if (!more) break;
        list_push(p, parse_in_brackets(p, parse_expression));
        if (!at(p, T_RBRACE)) {
            if (at(p, T_EOF)) fail(p, DIAG_UNTERMINATED_TEMPLATE, n->start, p->tok.end, NULL);
            else fail(p, DIAG_UNTERMINATED_TEMPLATE_EXPR, p->tok.start, p->tok.end, NULL);
        }
    }
    n->template.parts = parts;
    n->template.exprs = list_take(p, base);
    return node_end(p, n);
}

void parse_arguments_into(Parser *p, Node *call) {
    u32 base = p->stack_len;
    bool no_in = p->no_in, no_colon = p->no_conditional_colon;
    p->no_in = p->no_conditional_colon = false;
    lex_next(p);
    while (!at(p, T_RPAREN) && !at(p, T_EOF)) {
        u32 start = p->tok.start;
        if (eat(p, T_ELLIPSIS)) {
            Node *s = node_new(p, N_SPREAD, start);
            s->unary.arg = parse_assign(p);
            list_push(p, node_end(p, s));
        } else {
            list_push(p, parse_assign(p));
        }
        if (at(p, T_RPAREN)) break;
        if (!at(p, T_COMMA)) {
            fail(p, DIAG_MISSING_PAREN_AFTER_ARGS, p->tok.start, p->tok.end, NULL);
            break;
        }
        lex_next(p);
    }
    call->call.args = list_take(p, base);
    if (call->call.args.count > 65535) complain(p, DIAG_TOO_MANY_ARGUMENTS, call->start, p->tok.end, NULL);
    p->no_in = no_in;
    p->no_conditional_colon = no_colon;
    expect(p, T_RPAREN);
    node_end(p, call);
}

// Array and object literals; both may turn out to be patterns, so elements are read as covers ----------------------

static Node *parse_spread(Parser *p, bool cover) {
    Node *s = node_new(p, N_SPREAD, p->tok.start);
    lex_next(p);
    s->unary.arg = cover ? parse_assign_cover(p) : parse_assign(p);
    return node_end(p, s);
}

static Node *parse_array(Parser *p) {
    Node *n = node_new(p, N_ARRAY, p->tok.start);
    u32 base = p->stack_len;
    lex_next(p);
    while (!at(p, T_RBRACKET) && !at(p, T_EOF)) {
        if (eat(p, T_COMMA)) {
            list_push(p, NULL);
            continue;
        }
        list_push(p, at(p, T_ELLIPSIS) ? parse_spread(p, true) : parse_assign_cover(p));
        if (at(p, T_RBRACKET) || !expect(p, T_COMMA)) break;
        if (at(p, T_RBRACKET)) n->flags |= NF_TRAILING_COMMA;
    }
    n->list.items = list_take(p, base);
    expect(p, T_RBRACKET);
    return node_end(p, n);
}

static Node *parse_computed_key(Parser *p) {
    lex_next(p);
    Node *key = parse_in_brackets(p, parse_assign);
    expect(p, T_RBRACKET);
    return key;
}

Node *parse_property_key(Parser *p, u16 *flags) {
    Token t = p->tok;
    switch (t.kind) {
    case T_STRING: case T_NUMBER: case T_BIGINT: return parse_literal(p);
    case T_LBRACKET: *flags |= NF_COMPUTED; return parse_computed_key(p);
    default: break;
    }
    if (!is_word(&t)) {
        fail_token(p);
        return node_error(p);
    }
    lex_next(p);
    Node *n = node_string(p, t.str, t.start, t.end);
    n->flags |= NF_NAME_KEY;
    return n;
}

// {a} or {a = 1}; `name` was just read.
static void parse_shorthand(Parser *p, Node *prop, const Token *name) {
    prop->flags |= NF_SHORTHAND;
    if (!check_ident(p, name, false)) return;
    prop->property.value = ident_from(p, name);
    if (!at(p, T_ASSIGN)) return;
    if (p->cover.init == NOWHERE) p->cover.init = p->tok.start;
    lex_next(p);
    Node *d = node_new(p, N_ASSIGN_PATTERN, name->start);
    d->binary.left = prop->property.value;
    d->binary.right = parse_assign(p);
    prop->property.value = node_end(p, d);
}

// After a modifier word: does the property end here, so that the word was its name?
static bool at_property_end(const Parser *p) {
    switch (p->tok.kind) {
    case T_COMMA: case T_COLON: case T_LPAREN: case T_RBRACE: case T_ASSIGN: case T_EOF: return true;
    case T_LT: return p->ts;
    default: return false;
    }
}

static Node *parse_property(Parser *p, bool *seen_proto) {
    Token first = p->tok;
    Node *n = node_new(p, N_PROPERTY, first.start);
    u32 fn_flags = FN_METHOD;
    bool modified = false;
    n->extra = PROP_INIT;
    if (first.kind == T_ASYNC || first.kind == T_GET || first.kind == T_SET) {
        lex_next(p);
        modified = !at_property_end(p) && !(first.kind == T_ASYNC && p->tok.newline);
        if (modified && first.kind == T_ASYNC) fn_flags |= FN_ASYNC;
        if (modified && first.kind == T_GET) fn_flags |= FN_GETTER;
        if (modified && first.kind == T_SET) fn_flags |= FN_SETTER;
    }
    if (at(p, T_STAR) && !(fn_flags & (FN_GETTER | FN_SETTER)) && (modified || p->tok.start == first.start)) {
        lex_next(p);
        fn_flags |= FN_GENERATOR;
    }
    Token name = p->tok;
    if (p->tok.start != first.start && !modified && !(fn_flags & FN_GENERATOR)) {
        name = first;
        n->property.key = node_string(p, first.str, first.start, first.end);
        n->property.key->flags |= NF_NAME_KEY;
    } else {
        n->property.key = parse_property_key(p, &n->flags);
    }
    if (at(p, T_LPAREN) || (p->ts && at(p, T_LT)) || fn_flags != FN_METHOD) {
        n->extra = fn_flags & FN_GETTER ? PROP_GETTER : fn_flags & FN_SETTER ? PROP_SETTER : PROP_METHOD;
        n->property.value = parse_method(p, first.start, fn_flags);
        need_body(p, n->property.value);
    } else if (eat(p, T_COLON)) {
        if (!(n->flags & NF_COMPUTED) && name.str && (name.kind == T_STRING || is_word(&name)) && name.str->keyword == T_DUNDER_PROTO) {
            n->flags |= NF_PROTO;
            if (*seen_proto && p->cover.proto == NOWHERE) p->cover.proto = first.start;
            *seen_proto = true;
        }
        n->property.value = parse_assign_cover(p);
    } else if (is_ident_like(&name) && !(n->flags & NF_COMPUTED)) {
        parse_shorthand(p, n, &name);
    } else if (name.kind > T_LAST_IDENT || name.kind == T_ESCAPED_RESERVED) {
        fail_given_token(p, &name);
    } else {
        fail_token(p);
    }
    if (!n->property.value) n->property.value = node_error(p);
    return node_end(p, n);
}

static Node *parse_object(Parser *p) {
    Node *n = node_new(p, N_OBJECT, p->tok.start);
    u32 base = p->stack_len;
    bool seen_proto = false;
    lex_next(p);
    while (!at(p, T_RBRACE) && !at(p, T_EOF)) {
        list_push(p, at(p, T_ELLIPSIS) ? parse_spread(p, true) : parse_property(p, &seen_proto));
        if (at(p, T_RBRACE) || !expect(p, T_COMMA)) break;
        if (at(p, T_RBRACE)) n->flags |= NF_TRAILING_COMMA;
    }
    n->list.items = list_take(p, base);
    expect(p, T_RBRACE);
    return node_end(p, n);
}

static Node *parse_regexp(Parser *p) {
    Node *n = node_new(p, N_REGEXP, p->tok.start);
    lex_regexp(p, &n->regexp.pattern, &n->regexp.flags);
    return node_end(p, n);
}

static Node *parse_word(Parser *p, NodeKind kind) {
    Node *n = node_new(p, kind, p->tok.start);
    lex_next(p);
    return n;
}

static Node *parse_name(Parser *p) {
    Token t = p->tok;
    lex_next(p);
    if (at(p, T_ARROW) && p->arrow_at == t.start && !p->tok.newline) return parse_arrow_from_ident(p, &t, false, t.start);
    if (!check_ident(p, &t, false)) return node_error(p);
    return ident_from(p, &t);
}

// In a .tsx file `<T,>(…) =>`, `<T = U>(…) =>` and `<T extends U>(…) =>` are arrow functions, also with `const`; anything else at `<` is an element.
static bool tsx_arrow_follows(Parser *p) {
    if (!p->ts || p->arrow_at != p->tok.start) return false;
    Mark m = mark_take(p);
    lex_next(p);
    bool yes = false;
    eat(p, T_CONST);
    if (is_ident_like(&p->tok)) {
        lex_next(p);
        yes = at(p, T_COMMA) || at(p, T_ASSIGN);
        if (at(p, T_EXTENDS)) {
            lex_next(p);
            yes = !(at(p, T_ASSIGN) || at(p, T_GT) || at(p, T_SLASH));
        }
    }
    yes = yes && !p->panic;
    mark_restore(p, &m);
    return yes;
}

static Node *parse_angle(Parser *p) {
    if (!p->jsx) {
        fail_token(p);
        return node_error(p);
    }
    if (!tsx_arrow_follows(p)) return parse_jsx(p);
    u32 start = p->tok.start;
    parse_type_params(p);
    p->arrow_at = p->tok.start;
    Node *n = at(p, T_LPAREN) ? parse_paren(p) : node_error(p);
    if (!is_bare(n, N_ARROW)) {
        fail_token(p);
        return n;
    }
    n->start = n->function.text_start = start;
    return n;
}

Node *parse_primary(Parser *p) {
    Token *t = &p->tok;
    switch (t->kind) {
    case T_NUMBER: case T_BIGINT: case T_STRING: return parse_literal(p);
    case T_THIS:
        p->fn->uses |= FN_USES_THIS;
        return parse_word(p, N_THIS);
    case T_NULL: return parse_word(p, N_NULL);
    case T_TRUE: return parse_word(p, N_TRUE);
    case T_FALSE: return parse_word(p, N_FALSE);
    case T_LPAREN: return parse_paren(p);
    case T_LBRACKET: return parse_in_brackets(p, parse_array);
    case T_LBRACE: return parse_in_brackets(p, parse_object);
    case T_FUNCTION: return parse_function(p, t->start, false, FUNC_EXPR);
    case T_CLASS: return parse_class(p, t->start, FUNC_EXPR, (NodeList){0}, 0);
    case T_AT: {
        u32 start = t->start;
        NodeList decorators = parse_decorators(p);
        if (!at(p, T_CLASS)) {
            fail_token(p);
            return node_error(p);
        }
        return parse_class(p, start, FUNC_EXPR, decorators, 0);
    }
    case T_TEMPLATE: return parse_template(p, false);
    case T_SLASH: case T_DIV_ASSIGN: return parse_regexp(p);
    case T_LT: return parse_angle(p);
    case T_ASYNC: return parse_async(p);
    default: return parse_name(p);
    }
}
