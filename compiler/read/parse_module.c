// SPDX-License-Identifier: MIT
// Import and export declarations with their attributes, `import( )` and `import.meta`, and what makes a text a module.
#include "compiler/read/parser.h"

bool need_module(Parser *p) {
    p->ast->has_module_syntax = true;
    if (p->module) return true;
    if (p->unknown_goal) {
        p->restart_as_module = true;
        p->panic = true;
        p->tok.kind = T_EOF;
    }
    return false;
}

static bool at_module_top(const Parser *p) { return p->list_kind == LIST_TOP; }

// For a declaration at tok, `after` being the token behind its keyword; false when it may not stand here.
static bool module_declaration_allowed(Parser *p, const Token *after) {
    u32 start = p->tok.start, end = p->tok.end;
    if (p->ambient && p->ts) return true;
    if (p->in_namespace && at_module_top(p)) {
        bool whole = p->tok.kind == T_IMPORT || after->kind == T_DEFAULT || after->kind == T_STAR || after->kind == T_LBRACE;
        if (whole) complain(p, DIAG_TS_IN_NAMESPACE, start, end, p->tok.kind == T_IMPORT ? "Import" : "Export");
        return true;
    }
    if (!at_module_top(p)) {
        if (p->tok.kind != T_IMPORT) fail_token(p);
        else if (p->module) fail_given_token(p, after);
        else fail(p, DIAG_IMPORT_OUTSIDE_MODULE, start, end, NULL);
        return false;
    }
    if (need_module(p)) return true;
    if (p->restart_as_module) return false;
    if (p->tok.kind == T_IMPORT) fail(p, DIAG_IMPORT_OUTSIDE_MODULE, start, end, NULL);
    else fail_token(p);
    return false;
}

void export_name(Parser *p, Str *name, u32 start, u32 end) {
    if (p->in_namespace || p->ambient) return;
    u32 *seen = name_map_at(&p->exported, name);
    if (*seen) complain(p, DIAG_DUPLICATE_EXPORT, start, end, name->data);
    *seen = 1;
}

static void export_ident(Parser *p, Node *ident, void *arg) {
    (void)arg;
    export_name(p, ident->ident.name, ident->start, ident->end);
}

static void check_well_formed(Parser *p, const Token *t) {
    for (u32 i = 0; i + 1 < t->str->len; i++)
        if ((u8)t->str->data[i] == 0xed && (u8)t->str->data[i + 1] >= 0xa0) {
            complain(p, DIAG_MODULE_NAME_SURROGATE, t->start, t->end, NULL);
            return;
        }
}

// A ModuleExportName: any word, or a string.
static Token parse_export_word(Parser *p) {
    Token t = p->tok;
    if (t.kind == T_STRING) check_well_formed(p, &t);
    else if (!is_word(&t)) fail_token(p);
    if (!t.str) t.str = p->s_empty;
    lex_next(p);
    return t;
}

static NodeList parse_attributes(Parser *p) {
    u32 base = p->stack_len;
    bool with = at(p, T_WITH) || (at(p, T_IDENT) && !p->tok.newline && str_equals(p->tok.str, "assert"));
    if (!with) return (NodeList){0};
    lex_next(p);
    expect(p, T_LBRACE);
    NameMap seen = {0};
    while (!at(p, T_RBRACE) && !at(p, T_EOF)) {
        Token key = p->tok;
        Node *n = node_new(p, N_IMPORT_ATTR, key.start);
        if (key.kind != T_STRING && !is_word(&key)) fail_token(p);
        lex_next(p);
        expect(p, T_COLON);
        if (!at(p, T_STRING)) fail_token(p);
        if (p->panic) break;
        n->import_attr.key = key.str;
        n->import_attr.value = p->tok.str;
        lex_next(p);
        u32 *dup = name_map_at(&seen, key.str);
        if (*dup) complain(p, DIAG_DUPLICATE_ATTRIBUTE, key.start, key.end, key.str->data);
        *dup = 1;
        list_push(p, node_end(p, n));
        if (at(p, T_RBRACE) || !expect(p, T_COMMA)) break;
    }
    name_map_free(&seen);
    expect(p, T_RBRACE);
    return list_take(p, base);
}

static Str *parse_from(Parser *p) {
    if (!at(p, T_FROM)) {
        fail_token(p);
        return p->s_empty;
    }
    lex_next(p);
    Str *s = p->tok.str;
    if (!at(p, T_STRING)) {
        fail_token(p);
        return p->s_empty;
    }
    lex_next(p);
    return s;
}

// Import ------------------------------------------------------------------------------------------------------------

// The word `type`; TypeScript reads it with escapes too.
static bool at_type(const Parser *p) { return p->ts && (at(p, T_TYPE) || (at(p, T_IDENT) && p->tok.escaped && p->tok.str->keyword == T_TYPE)); }

// `type` before a specifier: consumed when it is a modifier. {type}, {type as x} name an import `type`; {type x}, {type as},
// {type as as x} are type-only.
static bool eat_specifier_type(Parser *p) {
    if (!at_type(p)) return false;
    Token next = lex_peek(p);
    if (!is_word(&next) && next.kind != T_STRING) return false;
    if (next.kind != T_AS) {
        lex_next(p);
        return true;
    }
    Mark m = mark_take(p);
    lex_next(p); // as
    lex_next(p);
    bool type_only = true;
    if (at(p, T_AS)) { // type as as …
        lex_next(p);
        type_only = is_word(&p->tok) || at(p, T_STRING);
    } else if (is_word(&p->tok) || at(p, T_STRING)) { // type as x
        type_only = false;
    }
    mark_restore(p, &m);
    if (type_only) lex_next(p);
    return type_only;
}

static Node *parse_import_spec(Parser *p) {
    Node *n = node_new(p, N_IMPORT_SPEC, p->tok.start);
    if (eat_specifier_type(p)) n->flags |= NF_TYPE_ONLY;
    Token name = parse_export_word(p);
    n->import_spec.imported = name.str;
    if (eat(p, T_AS)) {
        n->import_spec.local = parse_binding_ident(p);
    } else if (name.kind == T_STRING || !is_ident_like(&name)) {
        if (name.kind == T_STRING) fail(p, DIAG_IMPORT_STRING_NEEDS_AS, name.start, name.end, NULL);
        else fail_given_token(p, &name);
        n->import_spec.local = node_error(p);
    } else {
        n->import_spec.local = check_ident(p, &name, true) ? ident_from(p, &name) : node_error(p);
    }
    return node_end(p, n);
}

static void push_import_local(Parser *p, Str *imported, u32 start) {
    Node *n = node_new(p, N_IMPORT_SPEC, start);
    n->import_spec.imported = imported;
    n->import_spec.local = parse_binding_ident(p);
    list_push(p, node_end(p, n));
}

static void parse_import_clause(Parser *p) {
    if (is_ident_like(&p->tok)) {
        push_import_local(p, p->s_default, p->tok.start);
        if (!eat(p, T_COMMA)) return;
    }
    if (at(p, T_STAR)) {
        u32 start = p->tok.start;
        lex_next(p);
        expect(p, T_AS);
        push_import_local(p, NULL, start);
        return;
    }
    expect(p, T_LBRACE);
    while (!at(p, T_RBRACE) && !at(p, T_EOF)) {
        list_push(p, parse_import_spec(p));
        if (at(p, T_RBRACE) || !expect(p, T_COMMA)) break;
    }
    expect(p, T_RBRACE);
}

// tok is a word after `import`: does it modify the import, rather than name the default import?
static bool import_modifier_follows(Parser *p) {
    Token next = lex_peek(p);
    switch (at_type(p) ? T_TYPE : (TokenKind)p->tok.kind) {
    case T_TYPE:
        if (!p->ts) return false;
        if (next.kind == T_LBRACE || next.kind == T_STAR) return true;
        break;
    case T_DEFER: return next.kind == T_STAR;
    case T_SOURCE: break;
    default: return false;
    }
    if (!is_ident_like(&next)) return false;
    if (next.kind != T_FROM) return true;
    Mark m = mark_take(p); // import type from from "x"  /  import type from = …  are modified
    lex_next(p);
    lex_next(p);
    bool yes = at(p, T_FROM) || (at(p, T_ASSIGN) && p->ts);
    mark_restore(p, &m);
    return yes;
}

// import x = …: gives the node, or NULL with nothing consumed. tok is after `import` and modifiers.
static Node *try_import_equals(Parser *p, u32 start, u16 flags) {
    if (!p->ts || !is_ident_like(&p->tok) || lex_peek(p).kind != T_ASSIGN) return NULL;
    Node *name = parse_binding_ident(p);
    return parse_ts_import_equals(p, start, name, flags);
}

Node *parse_import(Parser *p) {
    Node *n = node_new(p, N_IMPORT, p->tok.start);
    Token keyword = p->tok;
    lex_next(p);
    if (import_modifier_follows(p)) {
        n->flags |= at_type(p) ? NF_TYPE_ONLY : at(p, T_DEFER) ? NF_DEFER : NF_SOURCE_PHASE;
        lex_next(p);
    }
    Node *equals = try_import_equals(p, n->start, n->flags & NF_TYPE_ONLY);
    if (equals) return equals;
    Token now = p->tok;
    p->tok = keyword;
    bool allowed = module_declaration_allowed(p, &now);
    if (!allowed) return node_error(p);
    p->tok = now;
    u32 base = p->stack_len;
    if (at(p, T_STRING) && !(n->flags & (NF_TYPE_ONLY | NF_DEFER | NF_SOURCE_PHASE))) {
        n->import.source = p->tok.str;
        n->flags |= NF_BARE;
        lex_next(p);
    } else {
        parse_import_clause(p);
        n->import.source = parse_from(p);
    }
    n->import.specs = list_take(p, base);
    n->import.attrs = parse_attributes(p);
    semicolon(p);
    return node_end(p, n);
}

// Export ------------------------------------------------------------------------------------------------------------

static Node *parse_export_spec(Parser *p, Token *bad_local) {
    Node *n = node_new(p, N_EXPORT_SPEC, p->tok.start);
    if (eat_specifier_type(p)) n->flags |= NF_TYPE_ONLY;
    Token local = parse_export_word(p);
    // Only with `from` may the first name be a string or a reserved word.
    bool plain = is_ident_like(&local) && !(local.str->keyword >= T_FIRST_STRICT && p->strict) && local.str->keyword != T_AWAIT;
    if (!plain && bad_local->kind == T_EOF) *bad_local = local;
    n->export_spec.local = ident_from(p, &local);
    n->export_spec.exported = local.str;
    Token name = local;
    if (eat(p, T_AS)) {
        name = parse_export_word(p);
        n->export_spec.exported = name.str;
    }
    n->extra = name.start;
    return node_end(p, n);
}

static Node *parse_export_named(Parser *p, u32 start, u16 flags) {
    Node *n = node_new(p, N_EXPORT_NAMED, start);
    Token bad_local = {.kind = T_EOF};
    u32 base = p->stack_len;
    n->flags |= flags;
    lex_next(p);
    while (!at(p, T_RBRACE) && !at(p, T_EOF)) {
        list_push(p, parse_export_spec(p, &bad_local));
        if (at(p, T_RBRACE) || !expect(p, T_COMMA)) break;
    }
    n->export_named.specs = list_take(p, base);
    expect(p, T_RBRACE);
    NodeList specs = n->export_named.specs;
    if (at(p, T_FROM)) {
        n->export_named.source = parse_from(p);
        n->export_named.attrs = parse_attributes(p);
        for (u32 i = 0; i < specs.count; i++) {
            Node *l = specs.items[i]->export_spec.local;
            specs.items[i]->export_spec.local = node_string(p, l->ident.name, l->start, l->end);
        }
    } else if (bad_local.kind != T_EOF && !(bad_local.kind == T_DEFAULT && flags & NF_TYPE_ONLY)) {
        if (bad_local.kind == T_AWAIT) fail(p, DIAG_UNEXPECTED_RESERVED, bad_local.start, bad_local.end, NULL);
        fail_given_token(p, &bad_local);
    }
    for (u32 i = 0; i < specs.count; i++) {
        Node *s = specs.items[i];
        if (!((s->flags | flags) & NF_TYPE_ONLY)) export_name(p, s->export_spec.exported, s->extra, s->end);
    }
    semicolon(p);
    return node_end(p, n);
}

static Node *parse_export_all(Parser *p, u32 start, u16 flags) {
    Node *n = node_new(p, N_EXPORT_ALL, start);
    n->flags |= flags;
    lex_next(p);
    if (eat(p, T_AS)) {
        Token name = parse_export_word(p);
        n->export_all.exported = name.str;
        if (!(flags & NF_TYPE_ONLY)) export_name(p, name.str, name.start, name.end);
    }
    n->export_all.source = parse_from(p);
    n->export_all.attrs = parse_attributes(p);
    semicolon(p);
    return node_end(p, n);
}

static Node *parse_default_value(Parser *p, NodeList decorators) {
    u32 start = p->tok.start;
    if (at(p, T_AT)) decorators = parse_decorators(p);
    if (at(p, T_FUNCTION)) return parse_function(p, start, false, FUNC_DECL | FUNC_DEFAULT);
    if (at(p, T_ASYNC)) {
        Token next = lex_peek(p);
        if (next.kind == T_FUNCTION && !next.newline) {
            lex_next(p);
            return parse_function(p, start, true, FUNC_DECL | FUNC_DEFAULT);
        }
    }
    if (at(p, T_CLASS)) return parse_class(p, start, FUNC_DECL | FUNC_DEFAULT, decorators, 0);
    if (p->ts && at(p, T_ABSTRACT)) {
        Token next = lex_peek(p);
        if (next.kind == T_CLASS && !next.newline) {
            lex_next(p);
            return parse_class(p, start, FUNC_DECL | FUNC_DEFAULT, decorators, NF_ABSTRACT);
        }
    }
    if (decorators.count) fail_token(p);
    if (p->ts && at(p, T_INTERFACE)) {
        Node *n = parse_ts_declaration(p, true);
        if (n) return n;
    }
    Node *e = parse_assign(p);
    semicolon(p);
    return e;
}

static Node *parse_export_default(Parser *p, u32 start, u32 name_end, NodeList decorators) {
    Node *n = node_new(p, N_EXPORT_DEFAULT, start);
    u32 name_start = p->tok.start;
    lex_next(p);
    Node *v = parse_default_value(p, decorators);
    n->unary.arg = v;
    node_end(p, n);
    if (v->kind == N_EMPTY || (v->kind == N_FUNCTION_DECL && v->function.flags & FN_NO_BODY)) {
        n->kind = N_EMPTY; // an interface or an overload
        return n;
    }
    export_name(p, p->s_default, name_start, name_end);
    return n;
}

static void export_declared_names(Parser *p, Node *d) {
    switch (d->kind) {
    case N_VAR:
        for (u32 i = 0; i < d->var.decls.count; i++) pattern_each_name(p, d->var.decls.items[i]->declarator.target, export_ident, NULL);
        break;
    case N_FUNCTION_DECL:
        if (d->function.name) export_ident(p, d->function.name, NULL);
        break;
    case N_CLASS_DECL:
        if (d->class_.name) export_ident(p, d->class_.name, NULL);
        break;
    default: break; // enums and namespaces merge
    }
}

static Node *parse_export_declaration(Parser *p, u32 start, NodeList decorators) {
    Node *d;
    switch (p->tok.kind) {
    case T_VAR: case T_CONST: case T_FUNCTION: d = parse_statement_item(p); break;
    case T_LET: d = parse_statement_item(p); break;
    case T_CLASS: d = parse_class(p, decorators.count ? start : p->tok.start, FUNC_DECL, decorators, 0); break;
    case T_AT: d = parse_statement_item(p); break;
    case T_ASYNC: {
        Token next = lex_peek(p);
        if (next.kind != T_FUNCTION || next.newline) fail_token(p);
        d = parse_statement_item(p);
        break;
    }
    case T_ABSTRACT:
        if (p->ts && lex_peek(p).kind == T_CLASS) {
            u32 at_word = p->tok.start;
            lex_next(p);
            d = parse_class(p, decorators.count ? start : at_word, FUNC_DECL, decorators, NF_ABSTRACT);
            break;
        } // fall through
    default:
        d = p->ts ? parse_ts_declaration(p, true) : NULL;
        if (!d) {
            fail_token(p);
            return node_error(p);
        }
    }
    if (d->kind == N_EMPTY || p->panic) return d;
    bool declaration = d->kind == N_VAR || d->kind == N_FUNCTION_DECL || d->kind == N_CLASS_DECL || d->kind == N_TS_ENUM || d->kind == N_TS_MODULE;
    if (!declaration || (d->kind == N_VAR && d->extra >= VAR_USING)) {
        fail(p, DIAG_USING_NOT_ALLOWED, d->start, d->end, NULL);
        return d;
    }
    Node *n = node_new(p, N_EXPORT_DECL, start);
    n->unary.arg = d;
    export_declared_names(p, d);
    return node_end(p, n);
}

// `export = e` and `export as namespace N`, `export import a = …` of TypeScript; NULL when it is none of them.
static Node *parse_ts_export(Parser *p, u32 start) {
    if (!p->ts) return NULL;
    if (at(p, T_ASSIGN)) {
        Node *n = node_new(p, N_TS_EXPORT_ASSIGN, start);
        lex_next(p);
        n->unary.arg = parse_expression(p);
        semicolon(p);
        if (p->ambient) n->kind = N_EMPTY;
        return node_end(p, n);
    }
    if (at(p, T_AS)) {
        Node *n = node_new(p, N_EMPTY, start);
        lex_next(p);
        expect(p, T_NAMESPACE);
        parse_binding_ident(p);
        semicolon(p);
        return node_end(p, n);
    }
    if (!at(p, T_IMPORT)) return NULL;
    u16 flags = 0;
    lex_next(p);
    if (at(p, T_TYPE) && import_modifier_follows(p)) {
        flags |= NF_TYPE_ONLY;
        lex_next(p);
    }
    Node *alias = try_import_equals(p, start, flags);
    if (!alias) {
        fail_token(p);
        return node_error(p);
    }
    if (alias->kind == N_EMPTY) return alias;
    Node *n = node_new(p, N_EXPORT_DECL, start);
    n->unary.arg = alias;
    return node_end(p, n);
}

Node *parse_export(Parser *p, NodeList decorators) {
    Token keyword = p->tok;
    lex_next(p);
    Node *ts = parse_ts_export(p, keyword.start);
    if (ts) return ts;
    Token now = p->tok;
    p->tok = keyword;
    bool allowed = module_declaration_allowed(p, &now);
    if (!allowed) return node_error(p);
    p->tok = now;
    u32 start = keyword.start;
    if (p->ts && at(p, T_TYPE)) {
        Token next = lex_peek(p);
        if (next.kind == T_LBRACE || next.kind == T_STAR) {
            lex_next(p);
            return at(p, T_STAR) ? parse_export_all(p, start, NF_TYPE_ONLY) : parse_export_named(p, start, NF_TYPE_ONLY);
        }
    }
    switch (p->tok.kind) {
    case T_STAR: return parse_export_all(p, start, 0);
    case T_LBRACE: return parse_export_named(p, start, 0);
    case T_DEFAULT: return parse_export_default(p, start, p->tok.end, decorators);
    default: return parse_export_declaration(p, start, decorators);
    }
}

// In expressions ----------------------------------------------------------------------------------------------------

static Node *parse_import_call(Parser *p, u32 start, u16 flags) {
    Node *n = node_new(p, N_IMPORT_CALL, start);
    n->flags |= flags;
    u32 base = p->stack_len;
    expect(p, T_LPAREN);
    if (at(p, T_RPAREN)) fail(p, DIAG_IMPORT_CALL_ARITY, start, p->tok.end, NULL);
    list_push(p, parse_in_brackets(p, parse_assign));
    if (eat(p, T_COMMA) && !at(p, T_RPAREN) && !flags) {
        list_push(p, parse_in_brackets(p, parse_assign));
        eat(p, T_COMMA);
    }
    n->call.args = list_take(p, base);
    expect(p, T_RPAREN);
    return node_end(p, n);
}

Node *parse_import_expr(Parser *p) {
    Token t = p->tok;
    lex_next(p);
    if (at(p, T_LPAREN)) return parse_import_call(p, t.start, 0);
    if (!at(p, T_DOT)) {
        if (!p->module) fail(p, DIAG_IMPORT_OUTSIDE_MODULE, t.start, t.end, NULL);
        else fail_token(p);
        return node_error(p);
    }
    lex_next(p);
    if (at(p, T_DEFER) || at(p, T_SOURCE)) {
        u16 flag = at(p, T_DEFER) ? NF_DEFER : NF_SOURCE_PHASE;
        lex_next(p);
        return parse_import_call(p, t.start, flag);
    }
    if (!at(p, T_META)) {
        fail_token(p);
        return node_error(p);
    }
    if (!need_module(p) && !p->restart_as_module) fail(p, DIAG_IMPORT_META_OUTSIDE_MODULE, t.start, p->tok.end, NULL);
    Node *n = node_new(p, N_IMPORT_META, t.start);
    lex_next(p);
    return node_end(p, n);
}

void module_finish(Parser *p) { check_private_names_at_end(p); }
