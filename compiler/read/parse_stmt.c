// SPDX-License-Identifier: MIT
// Statements other than loops (parse_loop.c), statement lists with directives, and the recovery after an error: the list that
// holds the broken statement skips to where the next one seems to begin.
#include "compiler/read/parser.h"

// Recovery ----------------------------------------------------------------------------------------------------------

static bool starts_statement(TokenKind k) {
    switch (k) {
    case T_VAR: case T_CONST: case T_LET: case T_FUNCTION: case T_CLASS: case T_IF: case T_FOR: case T_WHILE: case T_DO: case T_RETURN:
    case T_IMPORT: case T_EXPORT: case T_TRY: case T_SWITCH: case T_THROW: case T_BREAK: case T_CONTINUE:
        return true;
    default:
        return false;
    }
}

// Reads one token without reporting; a bad character is stepped over.
static void skip_token(Parser *p) {
    bool template = at(p, T_TEMPLATE);
    if (template) {
        const char *close = memchr(p->cur, '`', (size_t)(p->end - p->cur));
        p->cur = close ? close + 1 : p->end;
    }
    for (;;) {
        p->panic = false;
        lex_next(p);
        if (!p->panic) return;
        u32 next = dx_max_u32(p->tok.start, (u32)(p->cur - p->src)) + 1;
        p->cur = p->src + next;
        if (p->cur >= p->end) {
            p->panic = false;
            p->cur = p->end;
            lex_next(p);
            return;
        }
    }
}

// The statement that began at `from` failed: goes to the next statement of this list, or to the list's end.
static void recover(Parser *p, u32 from, TokenKind end) {
    u32 where = dx_max_u32(p->tok.start, from);
    p->panic = false;
    p->speculating = true; // says nothing while skipping
    p->cur = p->src + dx_min_u32(where, (u32)(p->end - p->src));
    p->tok.kind = T_SEMI;
    skip_token(p);
    for (u32 depth = 0; !at(p, T_EOF); skip_token(p)) {
        if (depth == 0 && p->tok.start > from && p->tok.newline && starts_statement((TokenKind)p->tok.kind)) break;
        if (at(p, T_LBRACE)) depth++;
        if (at(p, T_SEMI) && depth == 0) {
            skip_token(p);
            break;
        }
        if (!at(p, T_RBRACE)) continue;
        if (depth == 0 && end == T_RBRACE) break;
        if (depth) depth--;
    }
    p->panic = p->speculating = false;
}

// Lists -------------------------------------------------------------------------------------------------------------

// A directive "use strict" was read; tok is after it.
static void use_strict(Parser *p, Node *fn, const Node *statement, const Token *first_octal) {
    p->strict = true;
    if (first_octal->octal) check_octal(p, first_octal);
    if (!fn) return;
    fn->function.flags |= FN_USE_STRICT;
    if (!(fn->function.flags & FN_SIMPLE_PARAMS)) complain(p, DIAG_USE_STRICT_PARAMS, statement->start, statement->end, NULL);
}

static void parse_directives(Parser *p, Node *fn) {
    Token first_octal = {0};
    while (at(p, T_STRING)) {
        Token t = p->tok;
        Node *s = parse_statement_item(p);
        list_push(p, s);
        const Node *e = s->kind == N_EXPR ? s->unary.arg : NULL;
        if (p->panic || !e || e->kind != N_STRING || e->flags & NF_PAREN || e->end != t.end) return;
        s->flags |= NF_DIRECTIVE;
        if (t.octal && !first_octal.octal) first_octal = t;
        if (t.str == p->s_use_strict && t.end - t.start == sizeof "use strict" + 1) use_strict(p, fn, s, &first_octal);
    }
}

NodeList parse_statement_list(Parser *p, TokenKind end, ListKind kind, Node *fn) {
    u32 base = p->stack_len;
    ListKind outer = p->list_kind;
    p->list_kind = kind;
    if (kind == LIST_FUNCTION || (kind == LIST_TOP && end == T_EOF)) {
        u32 from = p->tok.start;
        parse_directives(p, fn);
        if (p->panic && !p->speculating && !p->give_up && !p->restart_as_module) recover(p, from, end);
    }
    while (!at(p, end) && !at(p, T_EOF)) {
        if (kind == LIST_CASE && (at(p, T_CASE) || at(p, T_DEFAULT) || at(p, T_RBRACE))) break;
        u32 from = p->tok.start, depth = p->depth;
        p->list_kind = kind;
        list_push(p, parse_statement_item(p));
        if (!p->panic || p->speculating || p->give_up || p->restart_as_module) continue;
        recover(p, from, end);
        p->depth = depth;
        if (end == T_EOF && p->tok.start <= from && !at(p, T_EOF)) skip_token(p);
    }
    p->list_kind = outer;
    return list_take(p, base);
}

Node *parse_block(Parser *p) {
    Node *n = node_new(p, N_BLOCK, p->tok.start);
    expect(p, T_LBRACE);
    n->block.stmts = parse_statement_list(p, T_RBRACE, LIST_BLOCK, NULL);
    expect(p, T_RBRACE);
    return node_end(p, n);
}

// Variables ---------------------------------------------------------------------------------------------------------

static void check_lexical_name(Parser *p, Node *name, void *arg) {
    (void)arg;
    if (name->ident.name->keyword == T_LET) complain(p, DIAG_LET_LEXICALLY_BOUND, name->start, name->end, NULL);
}

static Node *parse_declarator(Parser *p, VarKind kind, bool in_for) {
    Node *d = node_new(p, N_DECLARATOR, p->tok.start);
    bool pattern = at(p, T_LBRACKET) || at(p, T_LBRACE);
    if (pattern && kind >= VAR_USING) fail(p, DIAG_USING_PATTERN, p->tok.start, p->tok.end, NULL);
    d->declarator.target = parse_binding_target(p);
    if (kind != VAR_VAR) pattern_each_name(p, d->declarator.target, check_lexical_name, NULL);
    if (p->ts && at(p, T_BANG) && !p->tok.newline) {
        d->flags |= NF_DEFINITE;
        lex_next(p);
    }
    if (p->ts && at(p, T_COLON)) d->declarator.type = parse_type_annotation(p);
    if (eat(p, T_ASSIGN)) {
        d->declarator.init = parse_assign(p);
    } else if (!(in_for && (at(p, T_IN) || at(p, T_OF))) && !p->ambient) {
        const char *what = pattern ? "destructuring" : kind == VAR_CONST ? "const" : kind >= VAR_USING ? "using" : NULL;
        if (what) complain(p, DIAG_MISSING_INIT, p->tok.start, p->tok.end, what);
    }
    return node_end(p, d);
}

Node *parse_var(Parser *p, VarKind kind, u32 start, bool in_for) {
    Node *n = node_new(p, N_VAR, start);
    n->extra = kind;
    u32 base = p->stack_len;
    do list_push(p, parse_declarator(p, kind, in_for));
    while (eat(p, T_COMMA));
    n->var.decls = list_take(p, base);
    return node_end(p, n);
}

static Node *parse_var_statement(Parser *p, VarKind kind, u32 start) {
    if (kind >= VAR_USING) {
        bool script_top = p->fn->is_top && p->list_kind == LIST_TOP && p->options->goal == READ_SCRIPT;
        if (script_top || p->list_kind == LIST_CASE) complain(p, DIAG_USING_NOT_ALLOWED, start, p->tok.end, NULL);
    }
    Node *n = parse_var(p, kind, start, false);
    semicolon(p);
    node_end(p, n);
    if (!p->ambient) return n;
    n->flags |= NF_DECLARE;
    if (!p->in_namespace) n->kind = N_EMPTY; // in a namespace the names are properties of its object
    return n;
}

// `let` begins a declaration when a name or a pattern follows.
static bool let_declaration_follows(Parser *p) {
    Token t = lex_peek(p);
    return is_ident_like(&t) || t.kind == T_LBRACKET || t.kind == T_LBRACE || t.kind == T_ESCAPED_RESERVED;
}

bool using_declaration_follows(Parser *p) {
    Token t = lex_peek(p);
    return is_ident_like(&t) && !t.newline;
}

// tok is `await`: is it `await using name`?
bool await_using_follows(Parser *p) {
    if (!await_is_keyword(p) && !(p->unknown_goal && p->fn->is_top)) return false;
    Mark m = mark_take(p);
    lex_next(p);
    bool yes = at(p, T_USING) && !p->tok.newline;
    lex_next(p);
    yes = yes && is_ident_like(&p->tok) && !p->tok.newline && !p->panic;
    mark_restore(p, &m);
    return yes;
}

// Simple statements -------------------------------------------------------------------------------------------------

static Node *parse_paren_expr(Parser *p) {
    expect(p, T_LPAREN);
    Node *n = parse_in_brackets(p, parse_expression);
    expect(p, T_RPAREN);
    return n;
}

// The body of if, loops, with and labels: no declarations.
Node *parse_body(Parser *p) {
    bool outer = p->no_labeled_function;
    p->no_labeled_function = true;
    Node *n = parse_statement(p);
    p->no_labeled_function = outer;
    return n;
}

// `if (c) function f() {}` of sloppy code, as if in a block (B.3.3).
static Node *parse_if_body(Parser *p) {
    if (!at(p, T_FUNCTION) || p->strict) return parse_body(p);
    Node *b = node_new(p, N_BLOCK, p->tok.start);
    u32 base = p->stack_len;
    Node *fn = parse_function(p, p->tok.start, false, FUNC_DECL);
    if (fn->function.flags & FN_GENERATOR) fail(p, DIAG_GENERATOR_IN_STATEMENT, fn->start, fn->end, NULL);
    list_push(p, fn);
    b->block.stmts = list_take(p, base);
    return node_end(p, b);
}

// With a loop over `else if`.
static Node *parse_if(Parser *p) {
    Node *first = NULL, *last = NULL;
    for (;;) {
        Node *n = node_new(p, N_IF, p->tok.start);
        lex_next(p);
        n->conditional.test = parse_paren_expr(p);
        n->conditional.yes = parse_if_body(p);
        if (last) last->conditional.no = n;
        else first = n;
        last = n;
        if (!eat(p, T_ELSE)) break;
        if (at(p, T_IF)) continue;
        n->conditional.no = parse_if_body(p);
        break;
    }
    for (Node *n = first;; n = n->conditional.no) {
        node_end(p, n);
        if (n == last) return first;
    }
}

static Node *parse_return(Parser *p) {
    Node *n = node_new(p, N_RETURN, p->tok.start);
    if (!p->fn->allow_return) complain(p, DIAG_ILLEGAL_RETURN, p->tok.start, p->tok.end, NULL);
    lex_next(p);
    if (!can_insert_semicolon(p)) n->unary.arg = parse_expression(p);
    semicolon(p);
    return node_end(p, n);
}

static Node *parse_throw(Parser *p) {
    Node *n = node_new(p, N_THROW, p->tok.start);
    lex_next(p);
    if (p->tok.newline) fail(p, DIAG_NEWLINE_AFTER_THROW, p->tok.start, p->tok.end, NULL);
    n->unary.arg = parse_expression(p);
    semicolon(p);
    return node_end(p, n);
}

static const JumpTarget *find_target(Parser *p, bool is_continue, Str *label) {
    for (const JumpTarget *t = p->fn->jumps; t; t = t->up) {
        if (label ? t->label == label : !t->label && (t->is_loop || !is_continue)) return t;
    }
    return NULL;
}

static Node *parse_jump(Parser *p) {
    bool is_continue = at(p, T_CONTINUE);
    Node *n = node_new(p, is_continue ? N_CONTINUE : N_BREAK, p->tok.start);
    lex_next(p);
    Token t = p->tok;
    if (is_ident_like(&t) && !t.newline) {
        check_ident(p, &t, false);
        n->jump.label = t.str;
        lex_next(p);
    }
    const JumpTarget *target = find_target(p, is_continue, n->jump.label);
    if (target) n->jump.target = is_continue && n->jump.label ? target->loop : target->node;
    if (!n->jump.target && !p->panic) {
        u32 end = n->jump.label ? t.end : n->end;
        if (target) complain(p, DIAG_ILLEGAL_CONTINUE, n->start, end, n->jump.label->data);
        else if (n->jump.label) complain(p, DIAG_UNDEFINED_LABEL, t.start, end, n->jump.label->data);
        else complain(p, is_continue ? DIAG_NO_ITERATION : DIAG_ILLEGAL_BREAK, n->start, end, NULL);
    }
    semicolon(p);
    return node_end(p, n);
}

static Node *parse_try(Parser *p) {
    Node *n = node_new(p, N_TRY, p->tok.start);
    lex_next(p);
    n->try_.block = parse_block(p);
    if (at(p, T_CATCH)) {
        Node *c = node_new(p, N_CATCH, p->tok.start);
        lex_next(p);
        if (eat(p, T_LPAREN)) {
            c->catch_.param = parse_binding_target(p);
            if (p->ts && at(p, T_COLON)) parse_type_annotation(p);
            expect(p, T_RPAREN);
        }
        c->catch_.body = parse_block(p);
        n->try_.handler = node_end(p, c);
    }
    if (eat(p, T_FINALLY)) n->try_.finalizer = parse_block(p);
    else if (!n->try_.handler) fail(p, DIAG_NO_CATCH_OR_FINALLY, p->tok.start, p->tok.end, NULL);
    return node_end(p, n);
}

static Node *parse_case(Parser *p, bool *has_default) {
    Node *c = node_new(p, N_CASE, p->tok.start);
    if (at(p, T_DEFAULT)) {
        if (*has_default) complain(p, DIAG_MULTIPLE_DEFAULTS, p->tok.start, p->tok.end, NULL);
        *has_default = true;
        lex_next(p);
    } else {
        expect(p, T_CASE);
        bool no_colon = p->no_conditional_colon;
        p->no_conditional_colon = p->ts;
        c->case_.test = parse_expression(p);
        p->no_conditional_colon = no_colon;
    }
    expect(p, T_COLON);
    c->case_.body = parse_statement_list(p, T_RBRACE, LIST_CASE, NULL);
    return node_end(p, c);
}

static Node *parse_switch(Parser *p) {
    Node *n = node_new(p, N_SWITCH, p->tok.start);
    lex_next(p);
    n->switch_.value = parse_paren_expr(p);
    JumpTarget t = {.up = p->fn->jumps, .node = n};
    p->fn->jumps = &t;
    expect(p, T_LBRACE);
    u32 base = p->stack_len;
    bool has_default = false;
    while (!at(p, T_RBRACE) && !at(p, T_EOF)) list_push(p, parse_case(p, &has_default));
    n->switch_.cases = list_take(p, base);
    p->fn->jumps = t.up;
    expect(p, T_RBRACE);
    return node_end(p, n);
}

static Node *parse_with(Parser *p) {
    Node *n = node_new(p, N_WITH, p->tok.start);
    if (p->strict) complain(p, DIAG_STRICT_WITH, p->tok.start, p->tok.end, NULL);
    p->fn->uses |= FN_HAS_WITH;
    lex_next(p);
    n->with.object = parse_paren_expr(p);
    n->with.body = parse_body(p);
    return node_end(p, n);
}

static Node *parse_labeled(Parser *p, Node *name) {
    Node *n = node_new(p, N_LABELED, name->start);
    n->labeled.label = name->ident.name;
    for (const JumpTarget *t = p->fn->jumps; t; t = t->up)
        if (t->label == n->labeled.label) complain(p, DIAG_LABEL_REDECLARED, name->start, name->end, t->label->data);
    lex_next(p);
    JumpTarget t = {.up = p->fn->jumps, .label = n->labeled.label, .node = n, .start = n->start, .body_start = p->tok.start};
    p->fn->jumps = &t;
    if (at(p, T_FUNCTION) && !p->strict && !p->no_labeled_function) {
        n->labeled.body = parse_function(p, p->tok.start, false, FUNC_DECL);
        if (n->labeled.body->function.flags & FN_GENERATOR)
            fail(p, DIAG_GENERATOR_IN_STATEMENT, n->labeled.body->start, n->labeled.body->end, NULL);
    } else {
        n->labeled.body = parse_statement(p);
    }
    p->fn->jumps = t.up;
    return node_end(p, n);
}

static Node *parse_expression_statement(Parser *p) {
    u32 start = p->tok.start;
    bool let_bracket = at(p, T_LET) && lex_peek(p).kind == T_LBRACKET;
    if (let_bracket) fail(p, DIAG_LEXICAL_IN_STATEMENT, p->tok.start, p->tok.end, NULL);
    Node *e = parse_expression(p);
    if (at(p, T_COLON) && is_bare(e, N_IDENT) && e->start == start && e->end == p->prev_end) return parse_labeled(p, e);
    Node *n = node_new(p, N_EXPR, start);
    n->unary.arg = e;
    semicolon(p);
    return node_end(p, n);
}

// A declaration where only a statement may stand.
static Node *misplaced(Parser *p, DiagId id) {
    fail(p, id, p->tok.start, p->tok.end, NULL);
    return node_error(p);
}

static Node *parse_statement_inner(Parser *p) {
    Token *t = &p->tok;
    Node *n;
    switch (t->kind) {
    case T_LBRACE: return parse_block(p);
    case T_SEMI:
        n = node_new(p, N_EMPTY, t->start);
        lex_next(p);
        return n;
    case T_VAR: {
        u32 start = t->start;
        lex_next(p);
        return parse_var_statement(p, VAR_VAR, start);
    }
    case T_IF: return parse_if(p);
    case T_FOR: return parse_for(p);
    case T_WHILE: return parse_while(p);
    case T_DO: return parse_do_while(p);
    case T_RETURN: return parse_return(p);
    case T_BREAK: case T_CONTINUE: return parse_jump(p);
    case T_THROW: return parse_throw(p);
    case T_TRY: return parse_try(p);
    case T_SWITCH: return parse_switch(p);
    case T_WITH: return parse_with(p);
    case T_DEBUGGER:
        n = node_new(p, N_DEBUGGER, t->start);
        lex_next(p);
        semicolon(p);
        return node_end(p, n);
    case T_FUNCTION: return misplaced(p, p->strict ? DIAG_STRICT_FUNCTION_IN_STATEMENT : DIAG_SLOPPY_FUNCTION_IN_STATEMENT);
    case T_CLASS: case T_AT: case T_CONST:
        fail_token(p);
        return node_error(p);
    case T_LET: {
        Token next = lex_peek(p);
        if ((is_ident_like(&next) || next.kind == T_LBRACE) && !next.newline) return misplaced(p, DIAG_LEXICAL_IN_STATEMENT);
        return parse_expression_statement(p);
    }
    case T_ASYNC: {
        Token next = lex_peek(p);
        if (next.kind == T_FUNCTION && !next.newline) return misplaced(p, DIAG_ASYNC_FUNCTION_IN_STATEMENT);
        return parse_expression_statement(p);
    }
    default: return parse_expression_statement(p);
    }
}

Node *parse_statement(Parser *p) {
    Node *n = enter(p) ? parse_statement_inner(p) : node_error(p);
    leave(p);
    return n;
}

// Declarations ------------------------------------------------------------------------------------------------------

static Node *parse_function_declaration(Parser *p, bool is_async) {
    u32 start = p->tok.start;
    if (is_async) lex_next(p);
    Node *n = parse_function(p, start, is_async, FUNC_DECL);
    if (n->function.flags & FN_NO_BODY) {
        n->kind = N_EMPTY;
        n->flags |= NF_DECLARE;
    }
    return n;
}

static Node *parse_class_declaration(Parser *p) {
    u32 start = p->tok.start;
    NodeList decorators = {0};
    if (at(p, T_AT)) decorators = parse_decorators(p);
    if (decorators.count && at(p, T_EXPORT)) return parse_export(p, decorators);
    if (p->ts && at(p, T_ABSTRACT)) {
        lex_next(p);
        if (at(p, T_CLASS)) return parse_class(p, start, FUNC_DECL, decorators, NF_ABSTRACT);
    }
    if (!at(p, T_CLASS)) {
        fail_token(p);
        return node_error(p);
    }
    return parse_class(p, start, FUNC_DECL, decorators, 0);
}

static Node *parse_item_inner(Parser *p) {
    Token *t = &p->tok;
    u32 start = t->start;
    switch (t->kind) {
    case T_FUNCTION: return parse_function_declaration(p, false);
    case T_CLASS: case T_AT: return parse_class_declaration(p);
    case T_CONST:
        lex_next(p);
        if (p->ts && at(p, T_ENUM)) return parse_ts_enum(p, start, NF_CONST);
        return parse_var_statement(p, VAR_CONST, start);
    case T_LET:
        if (!let_declaration_follows(p)) break;
        lex_next(p);
        return parse_var_statement(p, VAR_LET, start);
    case T_USING:
        if (!using_declaration_follows(p)) break;
        lex_next(p);
        return parse_var_statement(p, VAR_USING, start);
    case T_AWAIT:
        if (!await_using_follows(p)) break;
        if (p->unknown_goal) need_module(p);
        if (p->fn->is_top) p->ast->has_module_syntax = true;
        p->fn->uses |= FN_HAS_AWAIT;
        lex_next(p);
        lex_next(p);
        return parse_var_statement(p, VAR_AWAIT_USING, start);
    case T_ASYNC: {
        Token next = lex_peek(p);
        if (next.kind == T_FUNCTION && !next.newline) return parse_function_declaration(p, true);
        break;
    }
    case T_IMPORT: {
        Token next = lex_peek(p);
        if (next.kind == T_LPAREN || next.kind == T_DOT) break;
        return parse_import(p);
    }
    case T_EXPORT: return parse_export(p, (NodeList){0});
    default:
        if (p->ts) {
            Node *n = parse_ts_declaration(p, false);
            if (n) return n;
        }
    }
    return parse_statement_inner(p);
}

Node *parse_statement_item(Parser *p) {
    bool outer = p->no_labeled_function;
    p->no_labeled_function = false;
    Node *n = enter(p) ? parse_item_inner(p) : node_error(p);
    leave(p);
    p->no_labeled_function = outer;
    return n;
}
