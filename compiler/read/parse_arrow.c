// SPDX-License-Identifier: MIT
// Everything that may be an arrow function: `( … )`, `async …`, `x =>`. The content of the parentheses is read once, as a
// cover; in TypeScript an item may carry `?`, a type and a default, which settles that it is a parameter. Only
// `c ? (a) : b => …` needs a second look, and a position that failed is remembered, so no input is read exponentially often.
#include "compiler/read/parser.h"

typedef struct Head {
    u32 start;          // of the whole function or expression
    u32 base;           // first item on the list stack
    u32 inner_start, inner_end; // what stands between the parentheses
    bool is_async;
    bool must_be_arrow; // something legal only in parameters was seen …
    Token witness;      // … here
    u32 rest_comma;     // a comma after a rest item, before `)`; 0: none
    u32 uses;           // FN_* facts of the items
    u32 await_at, yield_at;
} Head;

static const u32 arrow_inherits = FN_USES_THIS | FN_USES_ARGUMENTS | FN_USES_SUPER_PROPERTY | FN_USES_SUPER_CALL |
                                  FN_USES_NEW_TARGET | FN_HAS_DIRECT_EVAL | FN_HAS_INNER_EVAL | FN_HAS_WITH;

// The arrow and the body; tok is `=>`.
static Node *parse_arrow_body(Parser *p, Head *h, NodeList params, TypeNote *return_type) {
    Node *fn = node_new(p, N_ARROW, h->start);
    fn->function.text_start = h->start;
    fn->function.return_type = return_type;
    fn->function.flags = FN_ARROW | (h->is_async ? FN_ASYNC : 0);
    if (p->tok.newline) fail_token(p);
    bool no_in = p->no_in, no_colon = p->no_conditional_colon;
    FnCtx ctx;
    fn_ctx_open(p, &ctx, fn->function.flags);
    ctx.uses = h->uses & arrow_inherits;
    function_take_params(p, fn, params);
    lex_next(p);
    fn->function.body_start = p->tok.start;
    if (at(p, T_LBRACE)) {
        parse_function_body(p, fn);
    } else {
        p->no_in = no_in;
        p->no_conditional_colon = no_colon;
        fn->function.flags |= FN_EXPR_BODY;
        Node *ret = node_new(p, N_RETURN, p->tok.start);
        ret->unary.arg = parse_assign(p);
        node_end(p, ret);
        u32 base = p->stack_len;
        list_push(p, ret);
        fn->function.body = list_take(p, base);
        if (p->strict) fn->function.flags |= FN_STRICT;
    }
    fn->function.flags |= ctx.uses & FN_USES_MASK;
    function_check_names(p, fn);
    fn_ctx_close(p, &ctx);
    return node_end(p, fn);
}

// One item, converted.
static Node *to_param(Parser *p, Node *n) {
    if (n->kind == N_PARAM) { // had a type
        n->param.target = to_binding(p, n->param.target);
        return n;
    }
    if (n->kind == N_SPREAD) {
        if (n->unary.arg->kind == N_ASSIGN) fail(p, DIAG_REST_INITIALIZER, n->start, n->end, NULL);
        Node *param = param_new(p, to_binding(p, n->unary.arg), NULL, NF_REST);
        param->start = n->start;
        return param;
    }
    if (is_bare(n, N_ASSIGN) && n->extra == OP_NONE) {
        Node *param = param_new(p, to_binding(p, n->binary.left), n->binary.right, 0);
        param->end = n->end; // past the parentheses of a default
        return param;
    }
    switch (n->kind) {
    case N_IDENT: case N_ARRAY: case N_OBJECT: case N_ARRAY_PATTERN: case N_OBJECT_PATTERN:
        if (!(n->flags & NF_PAREN)) return param_new(p, to_binding(p, n), NULL, 0);
        fail(p, DIAG_INVALID_DESTRUCTURING_TARGET, n->start, n->end, NULL);
        return n;
    default:
        fail(p, DIAG_INVALID_DESTRUCTURING_TARGET, n->start, n->end, NULL);
        return n;
    }
}

static NodeList take_params(Parser *p, Head *h) {
    if (h->yield_at != NOWHERE) complain(p, DIAG_YIELD_IN_PARAMS, h->yield_at, h->yield_at + 5, NULL);
    if (h->await_at != NOWHERE && (h->is_async || await_is_keyword(p)))
        complain(p, DIAG_AWAIT_IN_PARAMS, h->await_at, h->await_at + 5, NULL);
    if (h->rest_comma) complain(p, DIAG_PARAM_AFTER_REST, h->rest_comma, h->rest_comma + 1, NULL);
    NodeList l = list_take(p, h->base);
    u32 kept = 0;
    for (u32 i = 0; i < l.count; i++) {
        Node *n = l.items[i];
        if (n->kind == N_PARAM && n->param.target->kind == N_THIS) continue; // (this: T, …)
        n = to_param(p, n);
        if (n->kind == N_PARAM && n->flags & NF_REST && i + 1 < l.count) fail(p, DIAG_PARAM_AFTER_REST, n->start, n->end, NULL);
        l.items[kept++] = n;
    }
    l.count = kept;
    return l;
}

static void head_witness(Head *h, const Token *t) {
    if (!h->must_be_arrow) h->witness = *t;
    h->must_be_arrow = true;
}

// `?`, `: T` and `= v` after an item: a TypeScript parameter.
static Node *parse_typed_rest(Parser *p, Head *h, Node *item, u32 start, bool rest) {
    head_witness(h, &p->tok);
    Node *n = node_new(p, N_PARAM, start);
    n->param.target = item;
    if (rest) n->flags |= NF_REST;
    if (eat(p, T_QUESTION)) n->flags |= NF_OPTIONAL;
    if (at(p, T_COLON)) n->param.type = parse_type_annotation(p);
    if (at(p, T_ASSIGN)) {
        lex_next(p);
        n->param.init = parse_assign(p);
    }
    return node_end(p, n);
}

static Node *parse_item(Parser *p, Head *h, bool can_be_arrow) {
    Token first = p->tok;
    bool rest = eat(p, T_ELLIPSIS);
    if (rest && !h->is_async) head_witness(h, &first);
    Node *item = parse_assign_cover(p);
    if (p->ts && can_be_arrow && (at(p, T_COLON) || at(p, T_QUESTION))) return parse_typed_rest(p, h, item, first.start, rest);
    if (!rest) return item;
    Node *s = node_new(p, N_SPREAD, first.start);
    s->unary.arg = item;
    node_end(p, s);
    return s;
}

static bool is_rest(const Node *n) { return n->kind == N_SPREAD || (n->kind == N_PARAM && n->flags & NF_REST); }

static void parse_items(Parser *p, Head *h, bool can_be_arrow) {
    bool no_in = p->no_in, no_colon = p->no_conditional_colon;
    p->no_in = p->no_conditional_colon = false;
    lex_next(p);
    h->inner_start = p->tok.start;
    if (at(p, T_RPAREN) && !h->is_async) head_witness(h, &p->tok);
    while (!at(p, T_RPAREN) && !at(p, T_EOF)) {
        list_push(p, parse_item(p, h, can_be_arrow));
        if (at(p, T_RPAREN)) break;
        if (!at(p, T_COMMA) && h->is_async) fail(p, DIAG_MISSING_PAREN_AFTER_ARGS, p->tok.start, p->tok.end, NULL);
        if (!expect(p, T_COMMA)) break;
        if (at(p, T_RPAREN) && !h->is_async) head_witness(h, &p->tok);
        if (at(p, T_RPAREN) && is_rest(p->stack[p->stack_len - 1])) h->rest_comma = p->tok.start;
    }
    p->no_in = no_in;
    p->no_conditional_colon = no_colon;
    h->inner_end = p->prev_end;
    expect(p, T_RPAREN);
}

static Node *parse_arrow_from_head(Parser *p, Head *h, TypeNote *return_type) {
    p->cover = (Cover){NOWHERE, NOWHERE};
    NodeList params = take_params(p, h);
    return parse_arrow_body(p, h, params, return_type);
}

// tok is `:` after `( … )`. Gives the arrow function, or NULL with everything as before (the items may be converted: then
// *again is set and the caller reads them once more).
static Node *try_typed_arrow(Parser *p, Head *h, bool *again) {
    u32 where = p->tok.start;
    bool sure = h->must_be_arrow;
    if (!sure && memo_failed(p, where, MEMO_ARROW)) return NULL;
    Mark m = mark_take(p);
    if (sure) p->speculating = m.speculating;
    TypeNote *type = parse_return_type(p);
    if (!p->panic && at(p, T_ARROW) && !p->tok.newline) {
        if (sure || !p->no_conditional_colon) {
            mark_commit(p, &m);
            return parse_arrow_from_head(p, h, type);
        }
        *again = true;
        Node *fn = parse_arrow_from_head(p, h, type);
        if (!p->panic && at(p, T_COLON)) {
            mark_commit(p, &m);
            *again = false;
            return fn;
        }
    }
    if (sure) {
        fail_token(p);
        return NULL;
    }
    mark_restore(p, &m);
    memo_fail(p, where, MEMO_ARROW);
    return NULL;
}

static Node *head_to_expression(Parser *p, Head *h, const Token *name) {
    if (h->must_be_arrow) {
        fail_given_token(p, &h->witness);
        p->stack_len = h->base;
        return node_error(p);
    }
    cover_check(p);
    NodeList l = list_take(p, h->base);
    if (h->is_async) {
        Node *call = node_new(p, N_CALL, h->start);
        call->call.callee = ident_from(p, name);
        call->call.args = l;
        return node_end(p, call);
    }
    Node *n;
    if (l.count == 1) {
        n = l.items[0];
    } else {
        n = node_new(p, N_SEQUENCE, h->inner_start);
        n->list.items = l;
        n->end = h->inner_end;
    }
    n->flags |= NF_PAREN;
    return n;
}

// tok is `(`. `name`: the word async before it, or NULL.
static Node *parse_head(Parser *p, u32 start, const Token *name, bool can_be_arrow) {
    Mark before = {0};
    bool ambiguous = p->ts && can_be_arrow && p->no_conditional_colon;
    if (ambiguous) {
        before = mark_take(p);
        mark_commit(p, &before);
    }
    Cover outer = p->cover;
    u32 uses = p->fn->uses, await_at = p->first_await, yield_at = p->first_yield;
    Node *n = NULL;
    for (bool again = true; again;) {
        again = false;
        Head h = {.start = start, .base = p->stack_len, .is_async = name != NULL};
        p->cover = (Cover){NOWHERE, NOWHERE};
        p->first_await = p->first_yield = NOWHERE;
        p->fn->uses &= ~(u32)FN_USES_MASK;
        parse_items(p, &h, can_be_arrow);
        h.uses = p->fn->uses;
        h.await_at = p->first_await;
        h.yield_at = p->first_yield;
        n = NULL;
        if (p->panic) n = node_error(p);
        else if (can_be_arrow && at(p, T_ARROW)) n = parse_arrow_from_head(p, &h, NULL);
        else if (can_be_arrow && p->ts && at(p, T_COLON)) n = try_typed_arrow(p, &h, &again);
        if (again) {
            mark_restore(p, &before);
            continue;
        }
        if (p->panic) p->stack_len = h.base;
        if (!n) n = p->panic ? node_error(p) : head_to_expression(p, &h, name);
        p->fn->uses |= uses;
        p->first_await = await_at != NOWHERE ? await_at : p->first_await;
        p->first_yield = yield_at != NOWHERE ? yield_at : p->first_yield;
    }
    p->cover = outer;
    return n;
}

Node *parse_paren(Parser *p) { return parse_head(p, p->tok.start, NULL, p->arrow_at == p->tok.start); }

Node *parse_arrow_from_ident(Parser *p, const Token *name, bool is_async, u32 start) {
    Head h = {.start = start, .base = p->stack_len, .is_async = is_async, .await_at = NOWHERE, .yield_at = NOWHERE};
    if (name->str && name->str->keyword == T_AWAIT && is_async) fail(p, DIAG_UNEXPECTED_RESERVED, name->start, name->end, NULL);
    if (!check_ident(p, name, true)) return node_error(p);
    list_push(p, ident_from(p, name));
    NodeList params = take_params(p, &h);
    return parse_arrow_body(p, &h, params, NULL);
}

Node *parse_async(Parser *p) {
    Token async = p->tok;
    bool can_be_arrow = p->arrow_at == async.start;
    lex_next(p);
    if (at(p, T_ARROW) && can_be_arrow && !p->tok.newline) return parse_arrow_from_ident(p, &async, false, async.start);
    if (!p->tok.newline) {
        if (at(p, T_FUNCTION)) return parse_function(p, async.start, true, FUNC_EXPR);
        if (at(p, T_LPAREN)) return parse_head(p, async.start, &async, can_be_arrow);
        if (can_be_arrow && is_ident_like(&p->tok) && lex_peek(p).kind == T_ARROW) {
            Token name = p->tok;
            lex_next(p);
            return parse_arrow_from_ident(p, &name, true, async.start);
        }
        if (can_be_arrow && p->ts && at(p, T_LT)) { // async <T>(x) => …
            Mark m = mark_take(p);
            parse_type_params(p);
            if (!p->panic && at(p, T_LPAREN)) {
                mark_commit(p, &m);
                return parse_head(p, async.start, &async, true);
            }
            mark_restore(p, &m);
        }
    }
    return ident_from(p, &async);
}
