// SPDX-License-Identifier: MIT
// Expressions from the comma down to member access: precedence climbing, assignment, conditional, unary, calls and chains.
// Operands are in parse_primary.c, parentheses and arrows in parse_arrow.c, patterns in parse_pattern.c.
#include "compiler/read/parser.h"

static const Cover no_cover = {NOWHERE, NOWHERE};

enum { PREC_RELATIONAL = 8 };

void cover_check(Parser *p) {
    if (p->cover.init != NOWHERE) fail(p, DIAG_INVALID_SHORTHAND_INIT, p->cover.init, p->cover.init + 1, NULL);
    if (p->cover.proto != NOWHERE) complain(p, DIAG_DUPLICATE_PROTO, p->cover.proto, p->cover.proto + 9, NULL);
    p->cover = no_cover;
}

Node *parse_assign(Parser *p) {
    Cover outer = p->cover;
    p->cover = no_cover;
    Node *n = parse_assign_cover(p);
    cover_check(p);
    p->cover = outer;
    return n;
}

Node *parse_expression(Parser *p) {
    u32 start = p->tok.start;
    Node *first = parse_assign(p);
    if (!at(p, T_COMMA)) return first;
    u32 base = p->stack_len;
    list_push(p, first);
    while (eat(p, T_COMMA)) list_push(p, parse_assign(p));
    Node *n = node_new(p, N_SEQUENCE, start);
    n->list.items = list_take(p, base);
    return node_end(p, n);
}

Node *parse_in_brackets(Parser *p, Node *(*what)(Parser *)) {
    bool no_in = p->no_in, no_colon = p->no_conditional_colon;
    p->no_in = p->no_conditional_colon = false;
    Node *n = what(p);
    p->no_in = no_in;
    p->no_conditional_colon = no_colon;
    return n;
}

// Assignment and conditional ----------------------------------------------------------------------------------------

static bool yield_has_argument(const Parser *p) {
    if (p->tok.newline) return false;
    switch (p->tok.kind) {
    case T_RPAREN: case T_RBRACKET: case T_RBRACE: case T_COMMA: case T_SEMI: case T_COLON: case T_EOF: case T_IN: case T_QUESTION:
        return false;
    default:
        return true;
    }
}

static Node *parse_yield(Parser *p) {
    u32 start = p->tok.start;
    if (p->fn->in_params) complain(p, DIAG_YIELD_IN_PARAMS, start, p->tok.end, NULL);
    if (p->first_yield == NOWHERE) p->first_yield = start;
    p->fn->uses |= FN_HAS_YIELD;
    Node *n = node_new(p, N_YIELD, start);
    lex_next(p);
    if (at(p, T_STAR) && !p->tok.newline) {
        n->kind = N_YIELD_STAR;
        lex_next(p);
        n->unary.arg = parse_assign(p);
    } else if (yield_has_argument(p)) {
        n->unary.arg = parse_assign(p);
    }
    return node_end(p, n);
}

static Node *parse_assignment_rest(Parser *p, Node *left, u32 start) {
    TokenKind k = (TokenKind)p->tok.kind;
    if (k == T_ASSIGN) {
        if (is_bare(left, N_ARRAY) || is_bare(left, N_OBJECT)) p->cover = no_cover;
        left = to_assign_target(p, left, DIAG_INVALID_ASSIGN_LHS);
    } else {
        bool logical = k == T_LOGICAL_AND_ASSIGN || k == T_LOGICAL_OR_ASSIGN || k == T_NULLISH_ASSIGN;
        if (left->kind == N_ARRAY || left->kind == N_OBJECT || (logical && left->kind == N_CALL))
            complain(p, DIAG_INVALID_ASSIGN_LHS, left->start, left->end, NULL);
        else left = to_assign_target(p, left, DIAG_INVALID_ASSIGN_LHS);
    }
    Node *n = node_new(p, N_ASSIGN, start);
    n->extra = token_op(k);
    lex_next(p);
    n->binary.left = left;
    n->binary.right = parse_assign(p);
    return node_end(p, n);
}

static bool at_assignment(const Parser *p) { return p->tok.kind >= T_ASSIGN && p->tok.kind <= T_NULLISH_ASSIGN; }

// `?` that opens a conditional, not the mark of an optional parameter of a TypeScript arrow function.
static bool at_conditional(const Parser *p) {
    if (!at(p, T_QUESTION)) return false;
    if (!p->ts) return true;
    int c = lex_peek_char(p);
    return c != ':' && c != ',' && c != ')' && c != '=';
}

// a ? b : c ? d : …, with a loop over the right arms.
static Node *parse_conditional_rest(Parser *p, Node *test, u32 start) {
    Node *first = NULL, *last = NULL;
    for (;;) {
        Node *n = node_new(p, N_CONDITIONAL, start);
        n->conditional.test = test;
        lex_next(p);
        bool no_in = p->no_in, no_colon = p->no_conditional_colon;
        p->no_in = false;
        p->no_conditional_colon = p->ts;
        n->conditional.yes = parse_assign(p);
        p->no_in = no_in;
        p->no_conditional_colon = no_colon;
        expect(p, T_COLON);
        if (last) last->conditional.no = n;
        else first = n;
        last = n;
        start = p->tok.start;
        if (at(p, T_YIELD) && yield_is_keyword(p)) {
            n->conditional.no = parse_yield(p);
            break;
        }
        p->arrow_at = start;
        p->cover = no_cover;
        test = parse_binary(p, 0);
        if (at_conditional(p) && !is_bare(test, N_ARROW)) {
            cover_check(p);
            continue;
        }
        n->conditional.no = at_assignment(p) && !is_bare(test, N_ARROW) ? parse_assignment_rest(p, test, start) : test;
        cover_check(p);
        break;
    }
    for (Node *n = first;; n = n->conditional.no) {
        node_end(p, n);
        if (n == last) return first;
    }
}

static void cover_merge(Cover *into, const Cover *more) {
    if (into->init == NOWHERE) into->init = more->init;
    if (into->proto == NOWHERE) into->proto = more->proto;
}

Node *parse_assign_cover(Parser *p) {
    u32 start = p->tok.start;
    Node *n;
    if (!enter(p)) {
        leave(p);
        return node_error(p);
    }
    if (at(p, T_YIELD) && yield_is_keyword(p)) {
        n = parse_yield(p);
        leave(p);
        return n;
    }
    Cover outer = p->cover;
    p->cover = no_cover;
    p->arrow_at = start;
    n = parse_binary(p, 0);
    if (!is_bare(n, N_ARROW)) {
        if (at_assignment(p)) {
            n = parse_assignment_rest(p, n, start);
        } else if (at_conditional(p)) {
            cover_check(p);
            n = parse_conditional_rest(p, n, start);
        } else if (at(p, T_ARROW) && !p->ts && n->kind != N_IDENT && !(n->flags & NF_PAREN)) {
            fail(p, DIAG_MALFORMED_ARROW_PARAMS, n->start, n->end, NULL);
        }
    }
    if (p->cover.init != NOWHERE || p->cover.proto != NOWHERE) {
        if (!is_bare(n, N_ARRAY) && !is_bare(n, N_OBJECT)) cover_check(p);
    }
    cover_merge(&outer, &p->cover);
    p->cover = outer;
    leave(p);
    return n;
}

// Binary operators --------------------------------------------------------------------------------------------------

static void private_use(Parser *p, const Token *t) {
    if (p->private_use_count == p->private_use_cap) {
        p->private_use_cap = p->private_use_cap ? p->private_use_cap * 2 : 32;
        p->private_uses = mem_realloc(p->private_uses, sizeof(PrivateUse) * p->private_use_cap);
    }
    p->private_uses[p->private_use_count++] = (PrivateUse){t->str, t->start, t->end};
}

// #name in object
static Node *parse_private_in(Parser *p, u32 min_prec) {
    Token t = p->tok;
    lex_next(p);
    if (!at(p, T_IN) || p->no_in || min_prec >= PREC_RELATIONAL) {
        if (at(p, T_IN)) fail_token(p);
        else fail_given_token(p, &t);
        return node_error(p);
    }
    private_use(p, &t);
    Node *n = node_new(p, N_PRIVATE_IN, t.start);
    n->member.name = t.str;
    lex_next(p);
    n->member.object = parse_binary(p, PREC_RELATIONAL);
    return node_end(p, n);
}

static void check_exponent_base(Parser *p, const Node *left) {
    if (!is_bare(left, N_UNARY) && !is_bare(left, N_AWAIT)) return;
    fail(p, DIAG_UNEXPECTED_TOKEN_UNARY_EXP, left->start, p->tok.end, NULL);
}

static void check_nullish_mix(Parser *p, Op op, const Node *operand, const Token *at_op) {
    if (!is_bare(operand, N_LOGICAL)) return;
    bool nullish = operand->extra == OP_NULLISH;
    if (nullish == (op == OP_NULLISH)) return;
    const char *text = at_op->kind == T_EOF ? (nullish ? "??" : operand->extra == OP_OR ? "||" : "&&") : token_text(at_op->kind);
    fail(p, DIAG_NULLISH_MIX, at_op->start, at_op->end, text);
}

static Node *parse_binary_rest(Parser *p, Node *left, u32 min_prec, u32 start) {
    for (;;) {
        if (is_bare(left, N_ARROW)) return left;
        Token op_tok = p->tok;
        u32 prec = token_prec((TokenKind)op_tok.kind);
        if (prec == 0) {
            bool cast = p->ts && (at(p, T_AS) || at(p, T_SATISFIES)) && !p->tok.newline && PREC_RELATIONAL > min_prec;
            if (!cast) return left;
            lex_next(p);
            parse_type(p);
            left->flags |= NF_ASSERTED;
            continue;
        }
        if (prec <= min_prec || (op_tok.kind == T_IN && p->no_in)) return left;
        Op op = token_op((TokenKind)op_tok.kind);
        bool logical = op == OP_AND || op == OP_OR || op == OP_NULLISH;
        if (op == OP_EXP) check_exponent_base(p, left);
        if (logical) check_nullish_mix(p, op, left, &op_tok);
        Node *n = node_new(p, logical ? N_LOGICAL : N_BINARY, start);
        n->extra = op;
        lex_next(p);
        n->binary.left = left;
        if (op == OP_EXP) {
            if (enter(p)) n->binary.right = parse_binary(p, prec - 1);
            else n->binary.right = node_error(p);
            leave(p);
        } else {
            n->binary.right = parse_binary(p, prec);
        }
        if (op == OP_NULLISH) {
            Token none = {.kind = T_EOF, .start = n->binary.right->start, .end = n->binary.right->end};
            check_nullish_mix(p, op, n->binary.right, &none);
        }
        if (is_bare(n->binary.right, N_ARROW)) fail(p, DIAG_MALFORMED_ARROW_PARAMS, n->binary.right->start, n->binary.right->end, NULL);
        left = node_end(p, n);
    }
}

Node *parse_binary(Parser *p, u32 min_prec) {
    u32 start = p->tok.start;
    Node *left = DX_UNLIKELY(at(p, T_PRIVATE_NAME)) ? parse_private_in(p, min_prec) : parse_unary(p);
    return parse_binary_rest(p, left, min_prec, start);
}

// Unary -------------------------------------------------------------------------------------------------------------

static void check_delete(Parser *p, const Node *arg) {
    if (arg->kind == N_CHAIN) arg = arg->unary.arg;
    if (arg->kind == N_IDENT && p->strict) complain(p, DIAG_STRICT_DELETE, arg->start, arg->end, NULL);
    if (arg->kind == N_PRIVATE_MEMBER) complain(p, DIAG_DELETE_PRIVATE, arg->start, arg->end, NULL);
}

static Node *parse_prefix(Parser *p) {
    TokenKind k = (TokenKind)p->tok.kind;
    bool update = k == T_INC || k == T_DEC;
    Node *n = node_new(p, update ? N_UPDATE : N_UNARY, p->tok.start);
    n->extra = k == T_PLUS ? OP_PLUS : k == T_MINUS ? OP_MINUS : token_op(k);
    if (!enter(p)) {
        leave(p);
        n->unary.arg = node_error(p);
        return n;
    }
    lex_next(p);
    n->unary.arg = parse_unary(p);
    leave(p);
    if (update) {
        n->flags |= NF_PREFIX;
        Node *arg = n->unary.arg;
        if (arg->kind == N_ARRAY || arg->kind == N_OBJECT) complain(p, DIAG_INVALID_PREFIX_LHS, arg->start, arg->end, NULL);
        else n->unary.arg = to_assign_target(p, arg, DIAG_INVALID_PREFIX_LHS);
    }
    if (k == T_DELETE) check_delete(p, n->unary.arg);
    return node_end(p, n);
}

// After the word `await` where it may be a name: does an operand follow that cannot continue an expression?
static bool await_operand_follows(Parser *p) {
    Token t = lex_peek(p);
    if (t.newline) return false;
    switch (t.kind) {
    case T_NUMBER: case T_BIGINT: case T_STRING: case T_LBRACE: case T_TILDE: case T_BANG: case T_FUNCTION: case T_CLASS: case T_NEW:
    case T_THIS: case T_NULL: case T_TRUE: case T_FALSE: case T_IMPORT: case T_SUPER: case T_TYPEOF: case T_VOID: case T_DELETE:
        return true;
    case T_OF: case T_AS: case T_SATISFIES:
        return false;
    default:
        return is_ident_like(&t);
    }
}

static Node *parse_await(Parser *p) {
    u32 start = p->tok.start;
    if (p->fn->in_params && p->fn->is_async) complain(p, DIAG_AWAIT_IN_PARAMS, start, p->tok.end, NULL);
    if (p->first_await == NOWHERE) p->first_await = start;
    p->fn->uses |= FN_HAS_AWAIT;
    if (p->fn->is_top) p->ast->has_module_syntax = true;
    Node *n = node_new(p, N_AWAIT, start);
    if (!enter(p)) {
        leave(p);
        n->unary.arg = node_error(p);
        return n;
    }
    lex_next(p);
    n->unary.arg = parse_unary(p);
    leave(p);
    return node_end(p, n);
}

// <T>x, or <T>(x) => … in a .ts file. The content is read once: an arrow function comes back from parse_unary by itself.
static Node *parse_type_assertion(Parser *p) {
    u32 start = p->tok.start;
    bool may_be_arrow = p->arrow_at == start, params = false;
    if (!enter(p)) {
        leave(p);
        return node_error(p);
    }
    if (may_be_arrow) {
        Mark m = mark_take(p);
        parse_type_params(p);
        params = !p->panic && at(p, T_LPAREN);
        if (params) mark_commit(p, &m);
        else mark_restore(p, &m);
    }
    if (!params) {
        lex_next(p);
        parse_type(p);
        if (at(p, T_GT) || at(p, T_SHR) || at(p, T_USHR) || at(p, T_GE)) lex_split(p, T_GT);
        expect(p, T_GT);
    } else {
        p->arrow_at = p->tok.start;
    }
    Node *n = parse_unary(p);
    if (is_bare(n, N_ARROW)) {
        n->start = start;
        n->function.text_start = start;
    }
    else n->flags |= NF_ASSERTED;
    leave(p);
    return n;
}

static Node *parse_postfix(Parser *p) {
    u32 start = p->tok.start;
    Node *n = parse_lhs(p);
    if (!(at(p, T_INC) || at(p, T_DEC)) || p->tok.newline || is_bare(n, N_ARROW)) return n;
    if (n->kind == N_ARRAY || n->kind == N_OBJECT) complain(p, DIAG_INVALID_POSTFIX_LHS, n->start, n->end, NULL);
    else n = to_assign_target(p, n, DIAG_INVALID_POSTFIX_LHS);
    Node *u = node_new(p, N_UPDATE, start);
    u->extra = token_op((TokenKind)p->tok.kind);
    lex_next(p);
    u->unary.arg = n;
    return node_end(p, u);
}

Node *parse_unary(Parser *p) {
    switch (p->tok.kind) {
    case T_DELETE: case T_VOID: case T_TYPEOF: case T_PLUS: case T_MINUS: case T_TILDE: case T_BANG: case T_INC: case T_DEC:
        return parse_prefix(p);
    case T_AWAIT:
        if (await_is_keyword(p)) return parse_await(p);
        if (p->unknown_goal && p->fn->is_top && !p->fn->in_params && await_operand_follows(p)) {
            need_module(p);
            return node_error(p);
        }
        if (!p->module && !p->fn->in_static_block && await_operand_follows(p)) {
            fail(p, DIAG_AWAIT_OUTSIDE_ASYNC, p->tok.start, p->tok.end, NULL);
            return node_error(p);
        }
        if (p->module && !p->fn->is_async && !p->fn->in_static_block) {
            fail(p, await_operand_follows(p) ? DIAG_AWAIT_OUTSIDE_ASYNC : DIAG_UNEXPECTED_RESERVED, p->tok.start, p->tok.end, NULL);
            return node_error(p);
        }
        return parse_postfix(p);
    case T_LT:
        if (p->ts && !p->jsx) return parse_type_assertion(p);
        return parse_postfix(p);
    default:
        return parse_postfix(p);
    }
}

// Member access and calls -------------------------------------------------------------------------------------------

static Node *parse_super(Parser *p) {
    Node *n = node_new(p, N_SUPER, p->tok.start);
    Token t = p->tok;
    lex_next(p);
    bool ok;
    if (at(p, T_LPAREN)) {
        ok = p->fn->allow_super_call;
        p->fn->uses |= FN_USES_SUPER_CALL | FN_USES_THIS;
    } else if (at(p, T_DOT) || at(p, T_LBRACKET)) {
        ok = p->fn->allow_super_property;
        p->fn->uses |= FN_USES_SUPER_PROPERTY | FN_USES_THIS;
    } else if (at(p, T_QUESTION_DOT)) {
        DiagId id = p->fn->allow_super_property ? DIAG_OPTIONAL_CHAIN_SUPER : DIAG_UNEXPECTED_SUPER;
        fail(p, id, t.start, p->tok.end, NULL);
        return n;
    } else {
        ok = false;
    }
    if (!ok) fail(p, DIAG_UNEXPECTED_SUPER, t.start, t.end, NULL);
    return n;
}

// After `.` or `?.`: a name.
static Node *parse_member_name(Parser *p, Node *object, u32 start, bool optional) {
    bool is_private = at(p, T_PRIVATE_NAME);
    if (is_private) {
        if (object->kind == N_SUPER) fail(p, DIAG_SUPER_PRIVATE, p->tok.start, p->tok.end, NULL);
        private_use(p, &p->tok);
    } else if (!is_word(&p->tok)) {
        fail_token(p);
        return object;
    }
    Node *n = node_new(p, is_private ? N_PRIVATE_MEMBER : N_MEMBER, start);
    n->member.object = object;
    n->member.name = p->tok.str;
    if (optional) n->flags |= NF_OPTIONAL;
    lex_next(p);
    return n;
}

Node *parse_dot_member(Parser *p, Node *object, u32 start) {
    lex_next(p);
    return parse_member_name(p, object, start, false);
}

static Node *parse_index(Parser *p, Node *object, u32 start, bool optional) {
    Node *n = node_new(p, N_INDEX, start);
    if (optional) n->flags |= NF_OPTIONAL;
    lex_next(p);
    n->binary.left = object;
    n->binary.right = parse_in_brackets(p, parse_expression);
    expect(p, T_RBRACKET);
    return node_end(p, n);
}

static Node *parse_call(Parser *p, Node *callee, u32 start, bool optional) {
    Node *n = node_new(p, N_CALL, start);
    n->call.callee = callee;
    if (optional) n->flags |= NF_OPTIONAL;
    if (!optional && callee->kind == N_IDENT && callee->ident.name->keyword == T_EVAL) {
        n->flags |= NF_DIRECT_EVAL;
        p->fn->uses |= FN_HAS_DIRECT_EVAL | FN_HAS_INNER_EVAL | FN_USES_THIS | FN_USES_ARGUMENTS | FN_USES_NEW_TARGET;
        if (p->fn->allow_super_property) p->fn->uses |= FN_USES_SUPER_PROPERTY;
    }
    parse_arguments_into(p, n);
    return n;
}

// What follows `?.`.
static Node *parse_optional_link(Parser *p, Node *object, u32 start) {
    lex_next(p);
    if (p->ts && (at(p, T_LT) || at(p, T_SHL))) {
        if (!try_type_args_in_expr(p) || !at(p, T_LPAREN)) {
            fail_token(p);
            return object;
        }
    }
    if (at(p, T_LPAREN)) return parse_call(p, object, start, true);
    if (at(p, T_LBRACKET)) return parse_index(p, object, start, true);
    if (at(p, T_TEMPLATE)) {
        fail(p, DIAG_TEMPLATE_IN_CHAIN, p->tok.start, p->tok.end, NULL);
        return object;
    }
    return parse_member_name(p, object, start, true);
}

static Node *parse_tail(Parser *p, Node *n, u32 start, bool calls) {
    bool chain = false;
    for (;;) {
        switch (p->tok.kind) {
        case T_DOT:
            n = parse_dot_member(p, n, start);
            continue;
        case T_QUESTION_DOT:
            if (!calls) {
                fail(p, DIAG_OPTIONAL_CHAIN_NEW, p->tok.start, p->tok.end, NULL);
                return n;
            }
            chain = true;
            n = parse_optional_link(p, n, start);
            continue;
        case T_LBRACKET:
            n = parse_index(p, n, start, false);
            continue;
        case T_LPAREN:
            if (!calls) break;
            n = parse_call(p, n, start, false);
            continue;
        case T_TEMPLATE: {
            if (chain) {
                fail(p, DIAG_TEMPLATE_IN_CHAIN, p->tok.start, p->tok.end, NULL);
                return n;
            }
            Node *t = node_new(p, N_TAGGED_TEMPLATE, start);
            t->tagged.tag = n;
            t->tagged.quasi = parse_template(p, true);
            n = node_end(p, t);
            continue;
        }
        case T_BANG:
            if (!p->ts || p->tok.newline) break;
            lex_next(p);
            n->flags |= NF_ASSERTED;
            continue;
        case T_LT: case T_SHL:
            if (p->ts && try_type_args_in_expr(p)) {
                if (at(p, T_QUESTION_DOT) && !calls) break;
                continue;
            }
            break;
        default: break;
        }
        break;
    }
    if (chain) {
        Node *c = node_new(p, N_CHAIN, start);
        c->unary.arg = n;
        n = node_end(p, c);
    }
    return n;
}

static Node *parse_new(Parser *p) {
    u32 start = p->tok.start;
    if (!enter(p)) {
        leave(p);
        return node_error(p);
    }
    bool escaped = p->tok.escaped;
    lex_next(p);
    Node *n;
    if (at(p, T_DOT)) {
        lex_next(p);
        n = node_new(p, N_NEW_TARGET, start);
        if (!at(p, T_TARGET) || escaped) fail_token(p);
        else if (!p->fn->allow_new_target) complain(p, DIAG_UNEXPECTED_NEW_TARGET, start, p->tok.end, NULL);
        p->fn->uses |= FN_USES_NEW_TARGET;
        lex_next(p);
        leave(p);
        return node_end(p, n);
    }
    n = node_new(p, N_NEW, start);
    u32 callee_start = p->tok.start;
    Node *callee;
    if (at(p, T_NEW)) callee = parse_new(p);
    else if (at(p, T_SUPER)) callee = parse_super(p);
    else if (at(p, T_IMPORT)) callee = parse_import_expr(p);
    else callee = parse_primary(p);
    if (callee->kind == N_IMPORT_CALL && !(callee->flags & NF_PAREN)) fail(p, DIAG_IMPORT_CALL_NEW, start, p->prev_end, NULL);
    if (callee->kind == N_SUPER && at(p, T_LPAREN)) fail(p, DIAG_UNEXPECTED_SUPER, callee->start, callee->end, NULL);
    n->call.callee = parse_tail(p, callee, callee_start, false);
    if (at(p, T_LPAREN)) parse_arguments_into(p, n);
    leave(p);
    return node_end(p, n);
}

Node *parse_lhs(Parser *p) {
    u32 start = p->tok.start;
    Node *n;
    switch (p->tok.kind) {
    case T_NEW: n = parse_new(p); break;
    case T_SUPER: n = parse_super(p); break;
    case T_IMPORT: n = parse_import_expr(p); break;
    default: n = parse_primary(p); break;
    }
    if (is_bare(n, N_ARROW)) return n;
    return parse_tail(p, n, start, true);
}
