// SPDX-License-Identifier: MIT
// TypeScript declarations. What has no run-time meaning (types, interfaces, everything declared) becomes an EMPTY statement;
// enums, namespaces and `import =` stay as nodes.
#include "compiler/read/parser.h"

static Node *empty(Parser *p, u32 start) { return node_end(p, node_new(p, N_EMPTY, start)); }

// An alias or, with alias NULL, another name of a type.
static void type_declare(Parser *p, Str *name, const TypeNote *alias) {
    TypeName *t = ARENA_NEW(p->arena, TypeName);
    t->name = name;
    if (alias) t->alias = *alias;
    t->next = p->ast->types;
    p->ast->types = t;
}

static Node *parse_type_alias(Parser *p) {
    u32 start = p->tok.start;
    lex_next(p);
    Str *name = p->tok.str;
    lex_next(p);
    if (at(p, T_LT)) parse_type_params(p);
    expect(p, T_ASSIGN);
    parse_type(p);
    type_declare(p, name, &p->type);
    semicolon(p);
    return empty(p, start);
}

static Node *parse_interface(Parser *p) {
    u32 start = p->tok.start;
    lex_next(p);
    type_declare(p, p->tok.str, NULL);
    lex_next(p);
    if (at(p, T_LT)) parse_type_params(p);
    if (eat(p, T_EXTENDS)) {
        do parse_type(p);
        while (eat(p, T_COMMA));
    }
    skip_type_member_list(p);
    return empty(p, start);
}

// Enums -------------------------------------------------------------------------------------------------------------

static Node *parse_enum_key(Parser *p) {
    Token t = p->tok;
    bool bracket = eat(p, T_LBRACKET);
    if (bracket) t = p->tok;
    if (t.kind == T_NUMBER || t.kind == T_BIGINT) {
        fail(p, DIAG_TS_ENUM_KEY, t.start, t.end, NULL);
        return node_error(p);
    }
    if (bracket && t.kind == T_TEMPLATE) {
        Node *quasi = parse_template(p, false);
        expect(p, T_RBRACKET);
        if (quasi->template.exprs.count) fail(p, DIAG_TS_ENUM_KEY, t.start, p->prev_end, NULL);
        return node_string(p, quasi->template.parts[0].cooked, t.start, p->prev_end);
    }
    if (t.kind != T_STRING && (bracket || !is_word(&t))) {
        fail_token(p);
        return node_error(p);
    }
    lex_next(p);
    if (bracket) expect(p, T_RBRACKET);
    Node *n = node_string(p, t.str, t.start, t.end);
    if (t.kind != T_STRING) n->flags |= NF_NAME_KEY;
    return n;
}

Node *parse_ts_enum(Parser *p, u32 start, u16 flags) {
    Node *n = node_new(p, N_TS_ENUM, start);
    n->flags |= flags;
    lex_next(p);
    n->ts_enum.name = parse_binding_ident(p);
    expect(p, T_LBRACE);
    u32 base = p->stack_len;
    while (!at(p, T_RBRACE) && !at(p, T_EOF)) {
        Node *m = node_new(p, N_TS_ENUM_MEMBER, p->tok.start);
        m->property.key = parse_enum_key(p);
        if (eat(p, T_ASSIGN)) m->property.value = parse_in_brackets(p, parse_assign);
        list_push(p, node_end(p, m));
        if (at(p, T_RBRACE) || !expect(p, T_COMMA)) break;
    }
    n->ts_enum.members = list_take(p, base);
    expect(p, T_RBRACE);
    if (p->ambient) n->kind = N_EMPTY;
    return node_end(p, n);
}

// Namespaces --------------------------------------------------------------------------------------------------------

static bool leaves_nothing(const NodeList *l) {
    for (u32 i = 0; i < l->count; i++)
        if (l->items[i]->kind != N_EMPTY || l->items[i]->flags & NF_DECLARE) return false;
    return true;
}

static void parse_module_body(Parser *p, Node *n) {
    FnCtx ctx;
    fn_ctx_open(p, &ctx, 0);
    ctx.allow_return = ctx.allow_new_target = false;
    bool outer = p->in_namespace;
    p->in_namespace = true;
    lex_next(p);
    n->ts_module.body = parse_statement_list(p, T_RBRACE, LIST_TOP, NULL);
    p->in_namespace = outer;
    fn_ctx_close(p, &ctx);
    expect(p, T_RBRACE);
}

// namespace A.B.C { … }; tok is the first name. Nested names become nested exported namespaces.
static Node *parse_module_named(Parser *p, u32 start) {
    Node *n = node_new(p, N_TS_MODULE, start);
    Token name = p->tok;
    if (!is_ident_like(&name)) fail_token(p);
    n->ts_module.name = ident_from(p, &name);
    lex_next(p);
    if (!enter(p)) {
        leave(p);
        return n;
    }
    if (at(p, T_DOT)) {
        lex_next(p);
        u32 inner_start = p->tok.start;
        Node *inner = parse_module_named(p, inner_start);
        if (inner->kind != N_EMPTY) {
            Node *e = node_new(p, N_EXPORT_DECL, inner_start);
            e->unary.arg = inner;
            node_end(p, e);
            u32 base = p->stack_len;
            list_push(p, e);
            n->ts_module.body = list_take(p, base);
        }
    } else if (at(p, T_LBRACE)) {
        parse_module_body(p, n);
    } else if (p->ambient) {
        semicolon(p);
    } else {
        fail_token(p);
    }
    leave(p);
    if (p->ambient || leaves_nothing(&n->ts_module.body)) {
        if (n->ts_module.name->kind == N_IDENT) type_declare(p, n->ts_module.name->ident.name, NULL);
        n->kind = N_EMPTY;
    }
    else check_ident(p, &name, true); // a variable of that name is left
    return node_end(p, n);
}

Node *parse_ts_module(Parser *p, u32 start, u16 flags) {
    bool global = at(p, T_GLOBAL);
    if (!global) lex_next(p);
    if (!global && !at(p, T_STRING)) {
        Node *n = parse_module_named(p, start);
        n->flags |= flags;
        return n;
    }
    if (!p->ambient) complain(p, global ? DIAG_TS_ACCESSOR_AND_FIELD : DIAG_TS_MODULE_NAME, p->tok.start, p->tok.end, "global");
    Node *n = node_new(p, N_TS_MODULE, start);
    lex_next(p);
    if (at(p, T_LBRACE)) parse_module_body(p, n);
    else semicolon(p);
    n->kind = N_EMPTY;
    return node_end(p, n);
}

// import x = … ------------------------------------------------------------------------------------------------------

Node *parse_ts_import_equals(Parser *p, u32 start, Node *name, u16 flags) {
    Node *n = node_new(p, N_TS_IMPORT_EQUALS, start);
    n->flags |= flags;
    n->ts_import_equals.name = name;
    lex_next(p);
    if (at(p, T_REQUIRE) && lex_peek(p).kind == T_LPAREN) {
        lex_next(p);
        lex_next(p);
        if (!at(p, T_STRING)) fail_token(p);
        n->ts_import_equals.require = p->tok.str;
        lex_next(p);
        expect(p, T_RPAREN);
    } else {
        Token t = p->tok;
        if (!is_ident_like(&t)) {
            fail_token(p);
            return n;
        }
        Node *e = ident_from(p, &t);
        lex_next(p);
        while (at(p, T_DOT)) e = parse_dot_member(p, e, t.start);
        n->ts_import_equals.entity = e;
    }
    semicolon(p);
    if (p->ambient || flags & NF_TYPE_ONLY) n->kind = N_EMPTY;
    return node_end(p, n);
}

// Dispatch ----------------------------------------------------------------------------------------------------------

static bool declare_takes(const Token *t) {
    switch (t->kind) {
    case T_VAR: case T_LET: case T_CONST: case T_FUNCTION: case T_CLASS: case T_ABSTRACT: case T_ENUM: case T_NAMESPACE: case T_MODULE:
    case T_GLOBAL: case T_INTERFACE: case T_TYPE: case T_IMPORT: case T_ASYNC: case T_USING: case T_AWAIT:
        return !t->newline;
    default: return false;
    }
}

// declare …: nothing is left but the flag, when a value was declared.
static Node *parse_declare(Parser *p, bool exported) {
    u32 start = p->tok.start;
    lex_next(p);
    Node *inner = NULL;
    bool outer = p->ambient, value = at(p, T_VAR) || at(p, T_LET) || at(p, T_CONST) || at(p, T_FUNCTION) || at(p, T_CLASS) || at(p, T_ABSTRACT) || at(p, T_ENUM);
    p->ambient = true;
    if (at(p, T_GLOBAL)) parse_ts_module(p, start, NF_DECLARE);
    else inner = parse_statement_item(p);
    p->ambient = outer;
    if (exported && inner && inner->kind == N_VAR) return inner;
    Node *n = empty(p, start);
    if (value) n->flags |= NF_DECLARE;
    return n;
}

Node *parse_ts_declaration(Parser *p, bool exported) {
    u32 start = p->tok.start;
    Token next;
    switch (p->tok.kind) {
    case T_ENUM: return parse_ts_enum(p, start, 0);
    case T_TYPE: case T_INTERFACE: case T_NAMESPACE: case T_MODULE: case T_DECLARE: case T_ABSTRACT: case T_GLOBAL: break;
    case T_CONST: return NULL;
    default: return NULL;
    }
    next = lex_peek(p);
    if (next.newline) return NULL;
    switch (p->tok.kind) {
    case T_TYPE: return is_ident_like(&next) ? parse_type_alias(p) : NULL;
    case T_INTERFACE: return is_ident_like(&next) ? parse_interface(p) : NULL;
    case T_NAMESPACE: return is_ident_like(&next) ? parse_ts_module(p, start, 0) : NULL;
    case T_MODULE: return is_ident_like(&next) || next.kind == T_STRING ? parse_ts_module(p, start, 0) : NULL;
    case T_GLOBAL: return next.kind == T_LBRACE && p->ambient ? parse_ts_module(p, start, 0) : NULL;
    case T_DECLARE: return declare_takes(&next) ? parse_declare(p, exported) : NULL;
    case T_ABSTRACT:
        if (next.kind != T_CLASS) return NULL;
        lex_next(p);
        return parse_class(p, start, FUNC_DECL, (NodeList){0}, NF_ABSTRACT);
    default: return NULL;
    }
}
