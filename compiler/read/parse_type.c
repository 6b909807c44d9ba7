// SPDX-License-Identifier: MIT
// TypeScript types: read and dropped. What stays is the range of an annotation and a rough kind (for emitDecoratorMetadata):
// each parse_… function below leaves it in p->type.
#include "compiler/read/parser.h"

static void type_is(Parser *p, TypeNoteKind kind) { p->type = (TypeNote){.kind = kind}; }

// The note of an inner type, for those who want one.
static const TypeNote *type_keep(Parser *p) {
    if (!p->options->experimental_decorators) return NULL;
    TypeNote *t = arena_alloc(p->arena, sizeof *t);
    *t = p->type;
    return t;
}

static bool split_lt(Parser *p) {
    if (at(p, T_SHL) || at(p, T_LE) || at(p, T_SHL_ASSIGN)) lex_split(p, T_LT);
    return at(p, T_LT);
}

static bool split_gt(Parser *p) {
    switch (p->tok.kind) {
    case T_SHR: case T_USHR: case T_GE: case T_SHR_ASSIGN: case T_USHR_ASSIGN: lex_split(p, T_GT); return true;
    default: return at(p, T_GT);
    }
}

static void expect_gt(Parser *p) {
    split_gt(p);
    expect(p, T_GT);
}

// Parameters and type arguments -------------------------------------------------------------------------------------

void parse_type_params(Parser *p) {
    split_lt(p);
    expect(p, T_LT);
    while (!split_gt(p) && !at(p, T_EOF)) {
        while (at(p, T_CONST) || at(p, T_IN) || at(p, T_OUT)) {
            if (at(p, T_OUT)) {
                Token next = lex_peek(p);
                if (!is_word(&next) || next.kind == T_EXTENDS) break;
            }
            lex_next(p);
        }
        if (!is_ident_like(&p->tok)) fail_token(p);
        lex_next(p);
        if (eat(p, T_EXTENDS)) parse_type(p);
        if (eat(p, T_ASSIGN)) parse_type(p);
        if (split_gt(p) || !expect(p, T_COMMA)) break;
    }
    expect_gt(p);
}

static void parse_type_args_open(Parser *p) {
    bool no_conditional = p->no_conditional_type;
    p->no_conditional_type = false;
    split_lt(p);
    expect(p, T_LT);
    u32 count = 0;
    do {
        if (split_gt(p)) break;
        parse_type(p);
        count++;
    } while (eat(p, T_COMMA));
    if (count != 1) type_is(p, TYPE_ANY);
    p->no_conditional_type = no_conditional;
    if (!split_gt(p)) fail_token(p);
}

void parse_type_args(Parser *p) {
    u32 where = p->tok.start;
    if (!enter(p)) {
        leave(p);
        return;
    }
    if (p->speculating && memo_failed(p, where, MEMO_TYPE_ARGS)) fail_token(p);
    parse_type_args_open(p);
    if (p->panic) memo_fail(p, where, MEMO_TYPE_ARGS);
    expect(p, T_GT);
    leave(p);
}

static bool starts_expression(const Parser *p) {
    switch (p->tok.kind) {
    case T_NUMBER: case T_BIGINT: case T_STRING: case T_PRIVATE_NAME: case T_LBRACE: case T_LBRACKET: case T_BANG: case T_TILDE: case T_INC:
    case T_DEC: case T_AT: case T_THIS: case T_SUPER: case T_NULL: case T_TRUE: case T_FALSE: case T_NEW: case T_FUNCTION: case T_CLASS:
    case T_DELETE: case T_TYPEOF: case T_VOID: case T_IMPORT: case T_DIV_ASSIGN:
        return true;
    case T_AS: case T_SATISFIES:
        return false;
    default: return is_ident_like(&p->tok);
    }
}

// After `f<T>` in an expression: were these type arguments? The rule of TypeScript.
static bool type_args_may_end(const Parser *p) {
    switch (p->tok.kind) {
    case T_LPAREN: case T_TEMPLATE: return true;
    case T_LT: case T_GT: case T_PLUS: case T_MINUS: return false;
    default: return p->tok.newline || token_prec((TokenKind)p->tok.kind) || !starts_expression(p);
    }
}

bool try_type_args_in_expr(Parser *p) {
    u32 where = p->tok.start;
    if (memo_failed(p, where, MEMO_TYPE_ARGS)) return false;
    Mark m = mark_take(p);
    parse_type_args(p);
    if (!p->panic && type_args_may_end(p)) {
        mark_commit(p, &m);
        return true;
    }
    mark_restore(p, &m);
    memo_fail(p, where, MEMO_TYPE_ARGS);
    return false;
}

static void parse_signature_params(Parser *p) {
    bool ambient = p->ambient;
    p->ambient = true; // names here bind nothing
    expect(p, T_LPAREN);
    while (!at(p, T_RPAREN) && !at(p, T_EOF)) {
        if (at(p, T_AT)) parse_decorators(p);
        while (at(p, T_PUBLIC) || at(p, T_PRIVATE) || at(p, T_PROTECTED) || at(p, T_READONLY) || at(p, T_OVERRIDE)) {
            Token next = lex_peek(p);
            if (!is_word(&next) && next.kind != T_LBRACE && next.kind != T_LBRACKET) break;
            lex_next(p);
        }
        eat(p, T_ELLIPSIS);
        if (is_word(&p->tok)) lex_next(p);
        else parse_binding_target(p);
        eat(p, T_QUESTION);
        if (eat(p, T_COLON)) parse_type(p);
        if (eat(p, T_ASSIGN)) parse_assign(p);
        if (at(p, T_RPAREN) || !expect(p, T_COMMA)) break;
    }
    expect(p, T_RPAREN);
    p->ambient = ambient;
}

// <T>(a: A): R of a method or call signature.
static void parse_signature(Parser *p) {
    if (at(p, T_LT) || at(p, T_SHL)) parse_type_params(p);
    parse_signature_params(p);
    if (at(p, T_COLON)) parse_return_type(p);
}

// { … } -------------------------------------------------------------------------------------------------------------

// [K in T as U], [key: T] or [expr].
static void parse_bracket_member(Parser *p) {
    lex_next(p);
    if (is_ident_like(&p->tok)) {
        Token next = lex_peek(p);
        if (next.kind == T_IN || next.kind == T_COLON) {
            lex_next(p);
            lex_next(p);
            parse_type(p);
            if (eat(p, T_AS)) parse_type(p);
            expect(p, T_RBRACKET);
            return;
        }
    }
    parse_in_brackets(p, parse_assign);
    expect(p, T_RBRACKET);
}

static bool at_type_member_end(const Token *t) {
    switch (t->kind) {
    case T_LPAREN: case T_LT: case T_QUESTION: case T_COLON: case T_SEMI: case T_COMMA: case T_RBRACE: case T_EOF: return true;
    default: return false;
    }
}

static void parse_type_member(Parser *p) {
    if (at(p, T_PLUS) || at(p, T_MINUS)) lex_next(p); // of a mapped type
    if (at(p, T_READONLY) || at(p, T_GET) || at(p, T_SET)) {
        Token next = lex_peek(p);
        if (!at_type_member_end(&next) && !next.newline) lex_next(p);
    }
    if (at(p, T_NEW)) {
        Token next = lex_peek(p);
        if (next.kind == T_LPAREN || next.kind == T_LT) {
            lex_next(p);
            parse_signature(p);
            return;
        }
    }
    if (at(p, T_LPAREN) || at(p, T_LT)) {
        parse_signature(p);
        return;
    }
    if (at(p, T_LBRACKET)) parse_bracket_member(p);
    else if (is_word(&p->tok) || at(p, T_STRING) || at(p, T_NUMBER) || at(p, T_BIGINT) || at(p, T_PRIVATE_NAME)) lex_next(p);
    else fail_token(p);
    if (at(p, T_PLUS) || at(p, T_MINUS)) lex_next(p);
    eat(p, T_QUESTION);
    if (at(p, T_LPAREN) || at(p, T_LT)) parse_signature(p);
    else if (eat(p, T_COLON)) parse_type(p);
}

void skip_type_member_list(Parser *p) {
    bool no_conditional = p->no_conditional_type, no_in = p->no_in;
    p->no_conditional_type = p->no_in = false;
    expect(p, T_LBRACE);
    while (!at(p, T_RBRACE) && !at(p, T_EOF)) {
        parse_type_member(p);
        if (at(p, T_COMMA) || at(p, T_SEMI)) lex_next(p);
        else if (!at(p, T_RBRACE) && !p->tok.newline) fail_token(p);
    }
    p->no_conditional_type = no_conditional;
    p->no_in = no_in;
    expect(p, T_RBRACE);
}

// Primary types -----------------------------------------------------------------------------------------------------

// name: or name?: before a tuple element.
static void skip_tuple_label(Parser *p) {
    if (!is_word(&p->tok)) return;
    Token next = lex_peek(p);
    if (next.kind == T_COLON) {
        lex_next(p);
        lex_next(p);
        return;
    }
    if (next.kind != T_QUESTION) return;
    Mark m = mark_take(p);
    lex_next(p);
    lex_next(p);
    bool yes = at(p, T_COLON);
    mark_restore(p, &m);
    if (!yes) return;
    lex_next(p);
    lex_next(p);
    lex_next(p);
}

static void parse_tuple(Parser *p) {
    lex_next(p);
    while (!at(p, T_RBRACKET) && !at(p, T_EOF)) {
        eat(p, T_ELLIPSIS);
        skip_tuple_label(p);
        parse_type(p);
        eat(p, T_QUESTION);
        if (at(p, T_RBRACKET) || !expect(p, T_COMMA)) break;
    }
    expect(p, T_RBRACKET);
    type_is(p, TYPE_ARRAY);
}

static void parse_template_type(Parser *p) {
    TemplatePart part;
    for (;;) {
        bool more = lex_template(p, &part, true);
        lex_next(p);
        if (!more) break;
        parse_type(p);
        if (!at(p, T_RBRACE)) {
            fail_token(p);
            break;
        }
    }
    type_is(p, TYPE_STRING);
}

// After a name: .member…, <arguments>.
static void parse_entity_tail(Parser *p, Node *name) {
    while (at(p, T_DOT)) {
        lex_next(p);
        if (!is_word(&p->tok) && !at(p, T_PRIVATE_NAME)) {
            fail_token(p);
            return;
        }
        if (name) {
            Node *m = node_new(p, N_MEMBER, name->start);
            m->member.object = name;
            m->member.name = p->tok.str;
            name = m;
        }
        lex_next(p);
    }
    bool arguments = (at(p, T_LT) || at(p, T_SHL)) && !p->tok.newline;
    if (arguments) parse_type_args(p);
    const TypeNote *element = arguments ? type_keep(p) : NULL;
    p->type = (TypeNote){.kind = TYPE_REFERENCE, .name = name, .element = element};
}

static void parse_import_type(Parser *p) {
    lex_next(p);
    expect(p, T_LPAREN);
    parse_type(p);
    if (eat(p, T_COMMA)) {
        if (at(p, T_LBRACE)) parse_in_brackets(p, parse_assign);
        eat(p, T_COMMA);
    }
    expect(p, T_RPAREN);
    parse_entity_tail(p, NULL);
    type_is(p, TYPE_ANY);
}

static void parse_typeof(Parser *p) {
    lex_next(p);
    if (at(p, T_IMPORT)) {
        parse_import_type(p);
    } else if (is_word(&p->tok)) {
        lex_next(p);
        parse_entity_tail(p, NULL);
    } else {
        fail_token(p);
    }
    type_is(p, TYPE_ANY);
}

static TypeNoteKind keyword_type(TokenKind k) {
    switch (k) {
    case T_ANY: case T_OBJECT_TYPE: return TYPE_ANY;
    case T_UNKNOWN: return TYPE_UNKNOWN;
    case T_STRING_TYPE: return TYPE_STRING;
    case T_NUMBER_TYPE: return TYPE_NUMBER;
    case T_BOOLEAN_TYPE: return TYPE_BOOLEAN;
    case T_BIGINT_TYPE: return TYPE_BIGINT;
    case T_SYMBOL_TYPE: return TYPE_SYMBOL;
    case T_UNDEFINED: return TYPE_NULLISH;
    case T_NEVER: return TYPE_NEVER;
    default: return TYPE_NONE;
    }
}

// A name, or a predicate `x is T` / `asserts x is T`.
static void parse_named_type(Parser *p) {
    Token t = p->tok;
    lex_next(p);
    bool this_word = t.kind == T_THIS;
    if (t.kind == T_ASSERTS && (is_ident_like(&p->tok) || at(p, T_THIS)) && !p->tok.newline) {
        lex_next(p);
        if (eat(p, T_IS)) parse_type(p);
        type_is(p, TYPE_VOID);
        return;
    }
    if (at(p, T_IS) && !p->tok.newline) {
        lex_next(p);
        parse_type(p);
        type_is(p, TYPE_BOOLEAN);
        return;
    }
    TypeNoteKind k = keyword_type((TokenKind)t.kind);
    if (k != TYPE_NONE && !at(p, T_DOT)) {
        type_is(p, k);
        return;
    }
    if (this_word) {
        type_is(p, TYPE_ANY);
        return;
    }
    parse_entity_tail(p, p->options->experimental_decorators ? ident_from(p, &t) : NULL);
}

static void parse_simple_type(Parser *p, TypeNoteKind kind) {
    lex_next(p);
    type_is(p, kind);
}

static void parse_primary_type(Parser *p) {
    switch (p->tok.kind) {
    case T_STRING: parse_simple_type(p, TYPE_STRING); return;
    case T_NUMBER: parse_simple_type(p, TYPE_NUMBER); return;
    case T_BIGINT: parse_simple_type(p, TYPE_BIGINT); return;
    case T_TRUE: case T_FALSE: parse_simple_type(p, TYPE_BOOLEAN); return;
    case T_NULL: parse_simple_type(p, TYPE_NULLISH); return;
    case T_VOID: parse_simple_type(p, TYPE_VOID); return;
    case T_CONST: parse_simple_type(p, TYPE_ANY); return; // as const
    case T_MINUS: {
        lex_next(p);
        bool number = at(p, T_NUMBER);
        if (!number && !at(p, T_BIGINT)) fail_token(p);
        parse_simple_type(p, number ? TYPE_NUMBER : TYPE_BIGINT);
        return;
    }
    case T_TEMPLATE: parse_template_type(p); return;
    case T_TYPEOF: parse_typeof(p); return;
    case T_IMPORT: parse_import_type(p); return;
    case T_LBRACE:
        skip_type_member_list(p);
        type_is(p, TYPE_OBJECT);
        return;
    case T_LBRACKET: parse_tuple(p); return;
    case T_LPAREN:
        lex_next(p);
        parse_type(p);
        expect(p, T_RPAREN);
        return;
    default:
        if (is_ident_like(&p->tok) || at(p, T_THIS)) parse_named_type(p);
        else if (at(p, T_EOF) || p->panic) fail_token(p);
        else fail_token(p);
    }
}

static void parse_postfixes(Parser *p) {
    for (;;) {
        if (p->tok.newline) return;
        if (at(p, T_LBRACKET)) {
            lex_next(p);
            if (eat(p, T_RBRACKET)) {
                const TypeNote *element = type_keep(p);
                p->type = (TypeNote){.kind = TYPE_ARRAY, .element = element};
                continue;
            }
            parse_type(p);
            expect(p, T_RBRACKET);
            type_is(p, TYPE_ANY);
        } else if (at(p, T_BANG)) {
            lex_next(p);
        } else {
            return;
        }
    }
}

// Inside brackets of any kind a conditional type is one again.
static void parse_postfix_type(Parser *p) {
    bool no_conditional = p->no_conditional_type;
    p->no_conditional_type = false;
    parse_primary_type(p);
    parse_postfixes(p);
    p->no_conditional_type = no_conditional;
}

// infer U, and infer U extends C when that does not open a conditional type.
static void parse_infer(Parser *p) {
    lex_next(p);
    lex_next(p);
    if (at(p, T_EXTENDS)) {
        Mark m = mark_take(p);
        bool outer = p->no_conditional_type;
        lex_next(p);
        p->no_conditional_type = true;
        parse_type(p);
        p->no_conditional_type = outer;
        if (!p->panic && (outer || !at(p, T_QUESTION))) mark_commit(p, &m);
        else mark_restore(p, &m);
    }
    type_is(p, TYPE_ANY);
}

static void parse_operator_type(Parser *p) {
    Token next;
    if (!enter(p)) {
        leave(p);
        return;
    }
    switch (p->tok.kind) {
    case T_KEYOF: case T_READONLY: {
        bool keyof = at(p, T_KEYOF);
        lex_next(p);
        parse_operator_type(p);
        if (keyof) type_is(p, TYPE_ANY);
        break;
    }
    case T_UNIQUE:
        next = lex_peek(p);
        if (next.kind == T_SYMBOL_TYPE) lex_next(p);
        parse_postfix_type(p);
        if (next.kind == T_SYMBOL_TYPE) type_is(p, TYPE_ANY);
        break;
    case T_INFER:
        next = lex_peek(p);
        if (is_ident_like(&next) && !next.newline) parse_infer(p);
        else parse_postfix_type(p);
        break;
    default: parse_postfix_type(p);
    }
    leave(p);
}

// Function types ----------------------------------------------------------------------------------------------------

static bool function_type_follows(Parser *p) {
    if (at(p, T_LT)) return true;
    if (at(p, T_NEW)) return true;
    if (at(p, T_ABSTRACT)) return lex_peek(p).kind == T_NEW;
    if (!at(p, T_LPAREN)) return false;
    Mark m = mark_take(p);
    bool yes = false;
    lex_next(p);
    if (at(p, T_RPAREN)) {
        lex_next(p);
        yes = at(p, T_ARROW);
    } else if (at(p, T_ELLIPSIS)) {
        yes = true;
    } else {
        bool ambient = p->ambient;
        p->ambient = true;
        if (is_word(&p->tok)) lex_next(p);
        else if (at(p, T_LBRACE) || at(p, T_LBRACKET)) parse_binding_target(p);
        else p->panic = true;
        p->ambient = ambient;
        if (!p->panic) {
            yes = at(p, T_COLON) || at(p, T_COMMA) || at(p, T_ASSIGN);
            if (at(p, T_QUESTION)) {
                lex_next(p);
                yes = at(p, T_COLON) || at(p, T_COMMA) || at(p, T_RPAREN) || at(p, T_ASSIGN);
            } else if (at(p, T_RPAREN)) {
                lex_next(p);
                yes = at(p, T_ARROW);
            }
        }
    }
    mark_restore(p, &m);
    return yes;
}

static void parse_function_type(Parser *p) {
    eat(p, T_ABSTRACT);
    eat(p, T_NEW);
    if (at(p, T_LT) || at(p, T_SHL)) parse_type_params(p);
    parse_signature_params(p);
    expect(p, T_ARROW);
    bool no_conditional = p->no_conditional_type;
    p->no_conditional_type = false; // `A extends () => B extends C ? 1 : 2 ? D : E` is TypeScript
    parse_type(p);
    p->no_conditional_type = no_conditional;
    type_is(p, TYPE_FUNCTION);
}

// Unions, intersections, conditionals -------------------------------------------------------------------------------

static void parse_union_member(Parser *p) {
    if (function_type_follows(p)) parse_function_type(p);
    else parse_operator_type(p);
}

static bool same_name(const Node *a, const Node *b) {
    for (; a && b && a->kind == N_MEMBER && b->kind == N_MEMBER; a = a->member.object, b = b->member.object)
        if (a->member.name != b->member.name) return false;
    return a && b && a->kind == N_IDENT && b->kind == N_IDENT && a->ident.name == b->ident.name;
}

static bool same_type(const TypeNote *a, const TypeNote *b) {
    return a->kind == b->kind && (a->kind != TYPE_REFERENCE || same_name(a->name, b->name));
}

// Joins `left` with the type just read, as the metadata does: null and undefined are noted only, different kinds are Object.
static void type_join(Parser *p, TypeNote left, bool intersection) {
    TypeNote right = p->type;
    TypeNoteKind neutral = intersection ? TYPE_UNKNOWN : TYPE_NEVER;
    bool nullable = left.nullable || right.nullable || left.kind == TYPE_NULLISH || right.kind == TYPE_NULLISH;
    if (intersection && (left.kind == TYPE_NEVER || right.kind == TYPE_NEVER)) type_is(p, TYPE_NEVER);
    else if (right.kind == TYPE_NULLISH || right.kind == neutral) p->type = left;
    else if (left.kind != TYPE_NULLISH && left.kind != neutral && !same_type(&left, &right)) type_is(p, TYPE_ANY);
    p->type.nullable = nullable;
}

static void parse_union(Parser *p) {
    if (at(p, T_BIT_OR) || at(p, T_BIT_AND)) lex_next(p);
    parse_union_member(p);
    while (at(p, T_BIT_OR) || at(p, T_BIT_AND)) {
        TypeNote left = p->type;
        bool intersection = at(p, T_BIT_AND);
        lex_next(p);
        parse_union_member(p);
        type_join(p, left, intersection);
    }
}

void parse_type(Parser *p) {
    bool conditional = false;
    TypeNote arms = {0};
    if (!enter(p)) {
        leave(p);
        return;
    }
    // a ? b : (next conditional): a loop over the last arm.
    for (;;) {
        parse_union(p);
        if (p->no_conditional_type || !at(p, T_EXTENDS) || p->tok.newline) break;
        lex_next(p);
        p->no_conditional_type = true;
        parse_type(p);
        p->no_conditional_type = false;
        expect(p, T_QUESTION);
        parse_type(p);
        if (conditional) type_join(p, arms, false);
        arms = p->type;
        conditional = true;
        if (!expect(p, T_COLON)) break;
    }
    if (conditional) type_join(p, arms, false);
    leave(p);
}

// Annotations -------------------------------------------------------------------------------------------------------

TypeNote *parse_type_annotation(Parser *p) {
    lex_next(p);
    bool no_conditional = p->no_conditional_type;
    p->no_conditional_type = false;
    u32 start = p->tok.start;
    parse_type(p);
    p->no_conditional_type = no_conditional;
    TypeNote *t = arena_alloc(p->arena, sizeof *t);
    *t = p->type;
    t->start = start;
    t->end = p->prev_end;
    return t;
}

TypeNote *parse_return_type(Parser *p) { return parse_type_annotation(p); }
