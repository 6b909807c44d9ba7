// SPDX-License-Identifier: MIT
// Loops: while, do, and the forms of for.
#include "compiler/read/parser.h"

// Labels that stand directly before this loop learn it: `continue label` goes to the loop.
static void label_loop(Parser *p, Node *loop) {
    u32 start = loop->start;
    for (JumpTarget *t = p->fn->jumps; t && t->label && t->body_start == start; t = t->up) {
        t->loop = loop;
        start = t->start;
    }
}

Node *parse_loop_body(Parser *p, Node *loop) {
    JumpTarget t = {.up = p->fn->jumps, .node = loop, .loop = loop, .is_loop = true};
    label_loop(p, loop);
    p->fn->jumps = &t;
    Node *body = parse_body(p);
    p->fn->jumps = t.up;
    return body;
}

Node *parse_while(Parser *p) {
    Node *n = node_new(p, N_WHILE, p->tok.start);
    lex_next(p);
    expect(p, T_LPAREN);
    n->loop.test = parse_expression(p);
    expect(p, T_RPAREN);
    n->loop.body = parse_loop_body(p, n);
    return node_end(p, n);
}

Node *parse_do_while(Parser *p) {
    Node *n = node_new(p, N_DO_WHILE, p->tok.start);
    lex_next(p);
    n->loop.body = parse_loop_body(p, n);
    expect(p, T_WHILE);
    expect(p, T_LPAREN);
    n->loop.test = parse_expression(p);
    expect(p, T_RPAREN);
    eat(p, T_SEMI); // a semicolon is always inserted here
    return node_end(p, n);
}

static Node *parse_for_rest(Parser *p, Node *n, Node *init) {
    n->for_.init = init;
    expect(p, T_SEMI);
    if (!at(p, T_SEMI)) n->for_.test = parse_expression(p);
    expect(p, T_SEMI);
    if (!at(p, T_RPAREN)) n->for_.update = parse_expression(p);
    expect(p, T_RPAREN);
    n->for_.body = parse_loop_body(p, n);
    return node_end(p, n);
}

static Node *parse_for_each(Parser *p, Node *n, Node *left, bool is_await) {
    bool of = at(p, T_OF);
    Node *e = node_new(p, of ? N_FOR_OF : N_FOR_IN, n->start);
    e->for_each.left = left;
    if (is_await) e->flags |= NF_AWAIT;
    if (is_await && !of) fail_token(p);
    lex_next(p);
    e->for_each.right = of ? parse_assign(p) : parse_expression(p);
    expect(p, T_RPAREN);
    e->for_each.body = parse_loop_body(p, e);
    return node_end(p, e);
}

static bool at_each(const Parser *p) { return at(p, T_IN) || (at(p, T_OF) && !p->tok.escaped); }

static void check_for_declaration(Parser *p, Node *var, bool is_await) {
    bool of = at(p, T_OF);
    const char *loop = is_await ? "for-await-of" : of ? "for-of" : "for-in";
    if (var->var.decls.count != 1) {
        complain(p, DIAG_FOR_ONE_BINDING, var->start, var->end, loop);
        return;
    }
    Node *d = var->var.decls.items[0];
    if (!of && var->extra >= VAR_USING) complain(p, DIAG_USING_NOT_ALLOWED, var->start, var->end, NULL);
    if (!d->declarator.init) return;
    if (!of && !p->strict && var->extra == VAR_VAR && d->declarator.target->kind == N_IDENT) return; // B.3.5
    complain(p, DIAG_FOR_INIT, var->start, var->end, loop);
}

static Node *parse_for_declaration(Parser *p, Node *n, VarKind kind, u32 start, bool is_await) {
    bool no_in = p->no_in;
    p->no_in = true;
    Node *var = parse_var(p, kind, start, true);
    p->no_in = no_in;
    if (!at_each(p)) {
        if (is_await && !p->panic) fail_token(p);
        return parse_for_rest(p, n, var);
    }
    check_for_declaration(p, var, is_await);
    return parse_for_each(p, n, var, is_await);
}

static Node *parse_for_expression(Parser *p, Node *n, bool is_await) {
    Token first = p->tok;
    bool no_in = p->no_in;
    Cover outer = p->cover;
    p->cover = (Cover){NOWHERE, NOWHERE};
    p->no_in = true;
    Node *e = parse_assign_cover(p);
    if (at_each(p)) {
        p->no_in = no_in;
        bool of = at(p, T_OF);
        if (of && first.kind == T_LET) fail(p, DIAG_FOR_OF_LET, first.start, first.end, NULL);
        if (of && first.kind == T_ASYNC && !is_await && is_bare(e, N_IDENT)) fail(p, DIAG_FOR_OF_ASYNC, first.start, first.end, NULL);
        if (is_bare(e, N_ARRAY) || is_bare(e, N_OBJECT)) p->cover = (Cover){NOWHERE, NOWHERE};
        e = to_assign_target(p, e, DIAG_INVALID_FOR_LHS);
        cover_check(p);
        p->cover = outer;
        return parse_for_each(p, n, e, is_await);
    }
    cover_check(p);
    p->cover = outer;
    if (at(p, T_COMMA)) {
        Node *s = node_new(p, N_SEQUENCE, first.start);
        u32 base = p->stack_len;
        list_push(p, e);
        while (eat(p, T_COMMA)) list_push(p, parse_assign(p));
        s->list.items = list_take(p, base);
        e = node_end(p, s);
    }
    p->no_in = no_in;
    if (is_await && !p->panic) fail_token(p);
    return parse_for_rest(p, n, e);
}

// `using` in a for head: a name must follow, and `using of` is a declaration only when `of` is what it declares.
static bool for_using_follows(Parser *p, bool is_await_using) {
    Mark m = mark_take(p);
    if (is_await_using) lex_next(p);
    bool yes = at(p, T_USING);
    lex_next(p);
    yes = yes && is_ident_like(&p->tok) && !p->tok.newline;
    if (yes && at(p, T_OF) && !is_await_using) {
        lex_next(p);
        yes = at(p, T_ASSIGN) || at(p, T_SEMI) || at(p, T_COMMA) || at(p, T_COLON);
    }
    yes = yes && !p->panic;
    mark_restore(p, &m);
    return yes;
}

Node *parse_for(Parser *p) {
    Node *n = node_new(p, N_FOR, p->tok.start);
    bool is_await = false;
    lex_next(p);
    if (at(p, T_AWAIT)) {
        if (p->unknown_goal && p->fn->is_top) need_module(p);
        if (!await_is_keyword(p)) fail_token(p);
        if (p->fn->is_top) p->ast->has_module_syntax = true;
        p->fn->uses |= FN_HAS_AWAIT;
        is_await = true;
        lex_next(p);
    }
    expect(p, T_LPAREN);
    u32 start = p->tok.start;
    Token next;
    switch (p->tok.kind) {
    case T_SEMI:
        if (is_await) fail_token(p);
        return parse_for_rest(p, n, NULL);
    case T_VAR:
        lex_next(p);
        return parse_for_declaration(p, n, VAR_VAR, start, is_await);
    case T_CONST:
        lex_next(p);
        return parse_for_declaration(p, n, VAR_CONST, start, is_await);
    case T_LET:
        next = lex_peek(p);
        if (!is_ident_like(&next) && next.kind != T_LBRACKET && next.kind != T_LBRACE) break;
        lex_next(p);
        return parse_for_declaration(p, n, VAR_LET, start, is_await);
    case T_USING:
        if (!for_using_follows(p, false)) break;
        lex_next(p);
        return parse_for_declaration(p, n, VAR_USING, start, is_await);
    case T_AWAIT:
        if (!await_is_keyword(p) || !for_using_follows(p, true)) break;
        p->fn->uses |= FN_HAS_AWAIT;
        lex_next(p);
        lex_next(p);
        return parse_for_declaration(p, n, VAR_AWAIT_USING, start, is_await);
    default: break;
    }
    return parse_for_expression(p, n, is_await);
}
