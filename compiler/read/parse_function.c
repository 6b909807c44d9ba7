// SPDX-License-Identifier: MIT
// Functions: contexts, parameters, bodies with their directives, and the checks that need the whole function (duplicate
// parameters, names that strictness forbids). Arrow functions begin in parse_arrow.c and end here too.
#include "compiler/read/parser.h"

static const u32 inner_facts = FN_HAS_INNER_EVAL | FN_HAS_WITH; // what every enclosing function inherits
static const u32 arrow_facts = FN_USES_THIS | FN_USES_ARGUMENTS | FN_USES_SUPER_PROPERTY | FN_USES_SUPER_CALL |
                               FN_USES_NEW_TARGET | FN_HAS_DIRECT_EVAL;

void fn_ctx_open(Parser *p, FnCtx *c, u32 f) {
    FnCtx *o = p->fn;
    memset(c, 0, sizeof *c);
    c->is_arrow = f & FN_ARROW;
    c->is_async = f & FN_ASYNC;
    c->is_generator = f & FN_GENERATOR;
    c->allow_return = true;
    c->allow_new_target = c->is_arrow ? o->allow_new_target : true;
    c->allow_super_property = c->is_arrow ? o->allow_super_property : (f & FN_METHOD) != 0;
    c->allow_super_call = c->is_arrow ? o->allow_super_call : (f & FN_DERIVED_CTOR) != 0;
    c->in_field = c->is_arrow && o->in_field;
    c->outer = o;
    c->saved_strict = p->strict;
    c->saved_no_in = p->no_in;
    c->saved_no_colon = p->no_conditional_colon;
    c->saved_no_conditional_type = p->no_conditional_type;
    c->saved_await = p->first_await;
    c->saved_yield = p->first_yield;
    p->no_in = p->no_conditional_colon = p->no_conditional_type = false;
    p->fn = c;
}

void fn_ctx_close(Parser *p, FnCtx *c) {
    p->fn = c->outer;
    p->fn->uses |= c->uses & (c->is_arrow ? inner_facts | arrow_facts : inner_facts);
    p->strict = c->saved_strict;
    p->no_in = c->saved_no_in;
    p->no_conditional_colon = c->saved_no_colon;
    p->no_conditional_type = c->saved_no_conditional_type;
    p->first_await = c->saved_await;
    p->first_yield = c->saved_yield;
}

// Parameters --------------------------------------------------------------------------------------------------------

Node *param_new(Parser *p, Node *target, Node *init, u16 flags) {
    Node *n = node_new(p, N_PARAM, target->start);
    n->end = init ? init->end : target->end;
    n->param.target = target;
    n->param.init = init;
    n->flags = flags;
    return n;
}

// The words before a TypeScript parameter property.
static void parse_param_modifiers(Parser *p, Node *n, bool constructor) {
    for (;;) {
        u16 flag;
        switch (p->tok.kind) {
        case T_PUBLIC: case T_PRIVATE: case T_PROTECTED: case T_OVERRIDE: flag = NF_ACCESS; break;
        case T_READONLY: flag = NF_READONLY; break;
        default: return;
        }
        Token next = lex_peek(p);
        if (!is_ident_like(&next) && next.kind != T_LBRACE && next.kind != T_LBRACKET && next.kind != T_THIS) return;
        if (!constructor) complain(p, DIAG_TS_PARAM_PROPERTY, p->tok.start, p->tok.end, NULL);
        n->flags |= flag;
        lex_next(p);
    }
}

static Node *parse_param(Parser *p, bool constructor) {
    Node *n = node_new(p, N_PARAM, p->tok.start);
    if (at(p, T_AT)) {
        Token t = p->tok;
        n->param.decorators = parse_decorators(p);
        if (!p->options->experimental_decorators && !p->ts) fail_given_token(p, &t);
        else if (!p->options->experimental_decorators) complain(p, DIAG_TS_PARAM_DECORATOR, t.start, t.end, NULL);
    }
    if (p->ts) parse_param_modifiers(p, n, constructor);
    bool rest = eat(p, T_ELLIPSIS);
    if (rest) n->flags |= NF_REST;
    if (p->ts && at(p, T_THIS)) {
        n->param.target = node_new(p, N_THIS, p->tok.start);
        lex_next(p);
    } else {
        n->param.target = parse_binding_target(p);
    }
    if (p->ts && eat(p, T_QUESTION)) n->flags |= NF_OPTIONAL;
    if (p->ts && at(p, T_COLON)) n->param.type = parse_type_annotation(p);
    if (at(p, T_ASSIGN)) {
        if (rest) fail(p, DIAG_REST_INITIALIZER, p->tok.start, p->tok.end, NULL);
        lex_next(p);
        n->param.init = parse_assign(p);
    }
    bool last = p->ambient && at(p, T_COMMA) && lex_peek(p).kind == T_RPAREN; // what is declared elsewhere may end in a comma
    if (rest && at(p, T_COMMA) && !last) fail(p, DIAG_PARAM_AFTER_REST, p->tok.start, p->tok.end, NULL);
    return node_end(p, n);
}

void function_take_params(Parser *p, Node *fn, NodeList params) {
    fn->function.params = params;
    fn->function.flags |= FN_SIMPLE_PARAMS;
    bool counting = true;
    if (params.count > 65534) complain(p, DIAG_TOO_MANY_PARAMETERS, fn->start, p->tok.end, NULL);
    for (u32 i = 0; i < params.count; i++) {
        Node *n = params.items[i];
        if (n->kind != N_PARAM) continue; // an error was reported
        if (n->param.init || n->flags & NF_REST) counting = false;
        if (counting) fn->function.length++;
        if (n->param.init || n->flags & NF_REST || n->param.target->kind != N_IDENT) fn->function.flags &= ~(u32)FN_SIMPLE_PARAMS;
    }
}

// The parameters of `new Function` must end where its first arguments do.
static void check_params_end(Parser *p, const Node *fn) {
    u32 end = p->options->function_params_end;
    if (!end || fn->start != 1 || p->tok.start == end) return;
    fail(p, p->tok.start < end ? DIAG_ARG_TERMINATES_EARLY : DIAG_ARG_UNEXPECTED_END, p->tok.start, p->tok.end, NULL);
}

bool parse_params(Parser *p, Node *fn, bool constructor) {
    u32 base = p->stack_len;
    p->fn->in_params = true;
    expect(p, T_LPAREN);
    while (!at(p, T_RPAREN) && !at(p, T_EOF)) {
        Node *n = parse_param(p, constructor);
        if (n->param.target->kind != N_THIS) list_push(p, n);
        if (at(p, T_RPAREN)) break;
        if (!at(p, T_COMMA)) check_params_end(p, fn);
        if (!at(p, T_COMMA) && !at(p, T_EOF)) fail(p, DIAG_MISSING_PAREN_AFTER_PARAMS, p->tok.start, p->tok.end, NULL);
        if (!expect(p, T_COMMA)) break;
    }
    if (at(p, T_RPAREN)) check_params_end(p, fn);
    p->fn->in_params = false;
    function_take_params(p, fn, list_take(p, base));
    return expect(p, T_RPAREN);
}

// Checks after the body ---------------------------------------------------------------------------------------------

typedef struct NameSet {
    NameMap seen;
    bool unique; // a repetition is an error
    u32 *flags;
} NameSet;

static void check_param_name(Parser *p, Node *n, void *arg) {
    NameSet *s = arg;
    u8 word = n->ident.name->keyword;
    if (p->strict && word >= T_FIRST_STRICT && word <= T_LAST_IDENT)
        complain(p, DIAG_UNEXPECTED_STRICT_RESERVED, n->start, n->end, NULL);
    if (p->strict && (word == T_EVAL || word == T_ARGUMENTS))
        complain(p, DIAG_UNEXPECTED_EVAL_ARGUMENTS, n->start, n->end, NULL);
    u32 *seen = name_map_at(&s->seen, n->ident.name);
    if (!*seen) {
        *seen = 1;
        return;
    }
    *s->flags |= FN_DUPLICATE_PARAMS;
    if (s->unique) complain(p, DIAG_DUPLICATE_PARAM, n->start, n->end, NULL);
}

void function_check_names(Parser *p, Node *fn) {
    if (p->panic || p->ambient) return;
    u32 f = fn->function.flags;
    NameSet set = {.flags = &fn->function.flags};
    set.unique = p->strict || (f & (FN_ARROW | FN_METHOD)) || !(f & FN_SIMPLE_PARAMS);
    Node *name = fn->function.name;
    if (name && p->strict && (f & FN_USE_STRICT)) {
        u8 word = name->ident.name->keyword;
        if (word >= T_FIRST_STRICT && word <= T_LAST_IDENT) complain(p, DIAG_UNEXPECTED_STRICT_RESERVED, name->start, name->end, NULL);
        if (word == T_EVAL || word == T_ARGUMENTS) complain(p, DIAG_UNEXPECTED_EVAL_ARGUMENTS, name->start, name->end, NULL);
    }
    for (u32 i = 0; i < fn->function.params.count; i++) pattern_each_name(p, fn->function.params.items[i], check_param_name, &set);
    name_map_free(&set.seen);
}

void parse_function_body(Parser *p, Node *fn) {
    fn->function.body_start = p->tok.start;
    expect(p, T_LBRACE);
    fn->function.body = parse_statement_list(p, T_RBRACE, LIST_FUNCTION, fn);
    if (p->strict) fn->function.flags |= FN_STRICT;
    expect(p, T_RBRACE);
}

// Function and method -----------------------------------------------------------------------------------------------

// From the parameters on. In TypeScript a body may be missing: an overload, abstract or declared function.
static void parse_function_rest(Parser *p, Node *fn, FnCtx *ctx, bool constructor) {
    if (p->ts && at(p, T_LT)) parse_type_params(p);
    parse_params(p, fn, constructor);
    if (p->ts && at(p, T_COLON)) fn->function.return_type = parse_return_type(p);
    if (p->ts && !at(p, T_LBRACE) && can_insert_semicolon(p)) {
        fn->function.flags |= FN_NO_BODY;
        eat(p, T_SEMI);
    } else {
        parse_function_body(p, fn);
        function_check_names(p, fn);
    }
    fn->function.flags |= ctx->uses & FN_USES_MASK;
}

// Only declarations and class members may go without.
void need_body(Parser *p, const Node *fn) {
    if (fn->function.flags & FN_NO_BODY) complain(p, DIAG_TS_EXPECTED, p->prev_end, p->prev_end, "{");
}

Node *parse_function(Parser *p, u32 start, bool is_async, u32 how) {
    Node *fn = node_new(p, how & FUNC_EXPR ? N_FUNCTION : N_FUNCTION_DECL, start);
    fn->function.text_start = start;
    u32 flags = is_async ? FN_ASYNC : 0;
    lex_next(p);
    if (eat(p, T_STAR)) flags |= FN_GENERATOR;
    fn->function.flags = flags;
    // A declaration's name belongs to the scope outside, an expression's to the function itself.
    if (!(how & FUNC_EXPR)) {
        if (!at(p, T_LPAREN) || !(how & FUNC_DEFAULT)) {
            if (at(p, T_LPAREN)) fail(p, DIAG_FUNCTION_NAME_MISSING, p->tok.start, p->tok.end, NULL);
            else if (!(p->ts && at(p, T_LT) && how & FUNC_DEFAULT)) fn->function.name = parse_binding_ident(p);
        }
    }
    FnCtx ctx;
    fn_ctx_open(p, &ctx, flags);
    if (how & FUNC_EXPR && !at(p, T_LPAREN) && !(p->ts && at(p, T_LT))) {
        fn->function.name = parse_binding_ident(p);
    }
    if (fn->function.name && fn->function.name->kind != N_IDENT) fn->function.name = NULL;
    parse_function_rest(p, fn, &ctx, false);
    if (how & FUNC_EXPR) need_body(p, fn);
    fn_ctx_close(p, &ctx);
    return node_end(p, fn);
}

static void check_accessor_params(Parser *p, const Node *fn) {
    u32 n = fn->function.params.count;
    if (fn->function.flags & FN_GETTER && n) complain(p, DIAG_GETTER_PARAMS, fn->start, fn->end, NULL);
    if (!(fn->function.flags & FN_SETTER)) return;
    if (n != 1) complain(p, DIAG_SETTER_PARAMS, fn->start, fn->end, NULL);
    else if (fn->function.params.items[0]->flags & NF_REST) complain(p, DIAG_SETTER_REST, fn->start, fn->end, NULL);
}

Node *parse_method(Parser *p, u32 start, u32 fn_flags) {
    Node *fn = node_new(p, N_FUNCTION, start);
    fn->function.flags = fn_flags;
    fn->function.text_start = start;
    FnCtx ctx;
    fn_ctx_open(p, &ctx, fn_flags);
    parse_function_rest(p, fn, &ctx, fn_flags & FN_CLASS_CTOR);
    fn_ctx_close(p, &ctx);
    node_end(p, fn);
    if (!p->panic) check_accessor_params(p, fn);
    return fn;
}
