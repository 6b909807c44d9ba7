// SPDX-License-Identifier: MIT
// Classes: heritage, members with their JavaScript and TypeScript modifiers, decorators, and the checks of private names.
#include "compiler/read/parser.h"

enum { PRIV_GETTER = 1, PRIV_SETTER = 2, PRIV_OTHER = 4, PRIV_STATIC = 8 };

// Decorators --------------------------------------------------------------------------------------------------------

static Node *parse_decorator(Parser *p) {
    u32 start = p->tok.start;
    Node *n;
    if (at(p, T_LPAREN)) {
        lex_next(p);
        n = parse_in_brackets(p, parse_expression);
        expect(p, T_RPAREN);
        n->flags |= NF_PAREN;
        if (!p->ts) return n;
    } else {
        Token t = p->tok;
        if (!check_ident(p, &t, false)) return node_error(p);
        n = ident_from(p, &t);
        lex_next(p);
    }
    for (bool called = false;;) {
        if (at(p, T_DOT) && (!called || p->ts)) {
            n = parse_dot_member(p, n, start);
        } else if (at(p, T_LPAREN) && (!called || p->ts)) {
            Node *c = node_new(p, N_CALL, start);
            c->call.callee = n;
            parse_arguments_into(p, c);
            n = c;
            called = true;
        } else if (p->ts && (at(p, T_LT) || at(p, T_SHL)) && try_type_args_in_expr(p)) {
            continue;
        } else if (p->ts && at(p, T_BANG)) {
            lex_next(p);
        } else {
            return n;
        }
    }
}

NodeList parse_decorators(Parser *p) {
    u32 base = p->stack_len;
    while (eat(p, T_AT)) list_push(p, parse_decorator(p));
    return list_take(p, base);
}

// Private names -----------------------------------------------------------------------------------------------------

static void declare_private(Parser *p, const Node *key, MemberKind kind, bool is_static) {
    u32 *bits = name_map_at(&p->class_->privates, key->string.value);
    u32 mine = (kind == MEMBER_GETTER ? PRIV_GETTER : kind == MEMBER_SETTER ? PRIV_SETTER : PRIV_OTHER);
    bool pair = (*bits & 7 & ~(u32)(PRIV_GETTER | PRIV_SETTER)) == 0 && mine != PRIV_OTHER && !(*bits & mine) &&
                ((*bits & PRIV_STATIC) != 0) == is_static;
    if (*bits && !pair) complain(p, DIAG_PRIVATE_REDECLARED, key->start, key->end, key->string.value->data);
    *bits |= mine | (is_static ? PRIV_STATIC : 0);
}

static bool outside_declares(const Parser *p, const Str *name) {
    for (u32 i = 0; i < p->options->private_name_count; i++)
        if (p->options->private_names[i] == name) return true;
    return false;
}

// Uses this class does not declare are the enclosing class's to check.
static void check_private_uses(Parser *p, ClassCtx *c) {
    u32 kept = c->first_use;
    for (u32 i = c->first_use; i < p->private_use_count; i++) {
        PrivateUse *u = &p->private_uses[i];
        if (!name_map_get(&c->privates, u->name)) p->private_uses[kept++] = *u;
    }
    p->private_use_count = kept;
}

void check_private_names_at_end(Parser *p) {
    for (u32 i = 0; i < p->private_use_count; i++) {
        PrivateUse *u = &p->private_uses[i];
        if (!outside_declares(p, u->name)) diag_add(p->diags, DIAG_PRIVATE_UNDECLARED, u->start, u->end, u->name->data);
    }
}

// Members -----------------------------------------------------------------------------------------------------------

typedef struct Member {
    u16 flags;    // NF_*
    u32 fn_flags; // FN_*
    bool accessor, have_name;
    Token name;   // with have_name: a word that looked like a modifier
    u32 text_start; // where the method's own text begins: after `static` and TypeScript's words
} Member;

// After a word: does the member's name end here, so that the word is the name?
static bool at_name_end(const Parser *p) {
    switch (p->tok.kind) {
    case T_LPAREN: case T_ASSIGN: case T_SEMI: case T_RBRACE: case T_EOF: return true;
    case T_LT: case T_QUESTION: case T_BANG: case T_COLON: case T_COMMA: return p->ts;
    default: return false;
    }
}

// What the word before the current token adds as a modifier; 0 when it is none. *last: nothing may follow but the name.
static bool apply_modifier(Parser *p, Member *m, const Token *word, bool *last) {
    u16 flag = 0;
    bool line = p->tok.newline; // most modifiers must be on the line of what they modify
    *last = false;
    switch (word->kind) {
    case T_STATIC:
        if (m->flags & NF_STATIC) return false;
        flag = NF_STATIC;
        line = false;
        break;
    case T_ASYNC: m->fn_flags |= line ? 0 : FN_ASYNC; *last = true; break;
    case T_GET: case T_SET:
        if (at(p, T_STAR)) return false;
        m->fn_flags |= word->kind == T_GET ? FN_GETTER : FN_SETTER;
        *last = true;
        return true;
    case T_ACCESSOR:
        if (at(p, T_STAR)) return false;
        m->accessor = !line;
        *last = !p->ts;
        break;
    default:
        if (!p->ts) return false;
        switch (word->kind) {
        case T_PUBLIC: case T_PRIVATE: case T_PROTECTED: case T_OVERRIDE: flag = NF_ACCESS; break;
        case T_READONLY: flag = NF_READONLY; break;
        case T_DECLARE: flag = NF_DECLARE; break;
        case T_ABSTRACT: flag = NF_ABSTRACT; break;
        default: return false;
        }
    }
    if (line) return false;
    m->flags |= flag;
    return true;
}

static bool is_modifier_word(const Parser *p) {
    switch (p->tok.kind) {
    case T_STATIC: case T_ASYNC: case T_GET: case T_SET: case T_ACCESSOR: return true;
    case T_PUBLIC: case T_PRIVATE: case T_PROTECTED: case T_OVERRIDE: case T_READONLY: case T_DECLARE: case T_ABSTRACT: return p->ts;
    default: return false;
    }
}

static void parse_modifiers(Parser *p, Member *m) {
    for (;;) {
        Token word = p->tok;
        bool last;
        m->text_start = word.start;
        if (!is_modifier_word(p)) return;
        lex_next(p);
        if (at_name_end(p) || !apply_modifier(p, m, &word, &last)) {
            m->have_name = true;
            m->name = word;
            return;
        }
        if (word.kind == T_STATIC && at(p, T_LBRACE)) return;
        if (last) return;
    }
}

static Node *parse_static_block(Parser *p, Node *n) {
    Node *fn = node_new(p, N_FUNCTION, p->tok.start);
    fn->function.flags = FN_METHOD | FN_SIMPLE_PARAMS | FN_STRICT | FN_STATIC;
    fn->function.text_start = fn->function.body_start = fn->start;
    FnCtx ctx;
    fn_ctx_open(p, &ctx, FN_METHOD);
    ctx.allow_return = false;
    ctx.in_field = ctx.in_static_block = true;
    lex_next(p);
    fn->function.body = parse_statement_list(p, T_RBRACE, LIST_BLOCK, NULL);
    fn->function.flags |= ctx.uses & FN_USES_MASK;
    fn_ctx_close(p, &ctx);
    expect(p, T_RBRACE);
    n->extra = MEMBER_STATIC_BLOCK;
    n->member_def.value = node_end(p, fn);
    return node_end(p, n);
}

static bool is_private_constructor(const Node *k) {
    return k->kind == N_PRIVATE_NAME && k->string.value->keyword == T_CONSTRUCTOR;
}

static bool key_is(const Node *n, TokenKind word) {
    const Node *k = n->member_def.key;
    return !(n->flags & NF_COMPUTED) && k->kind == N_STRING && k->string.value->keyword == word;
}

static void check_method_name(Parser *p, const Node *n, u32 f) {
    const Node *k = n->member_def.key;
    if (n->flags & NF_STATIC) {
        if (key_is(n, T_PROTOTYPE)) complain(p, DIAG_STATIC_PROTOTYPE, k->start, k->end, NULL);
        return;
    }
    if (!key_is(n, T_CONSTRUCTOR)) return;
    if (f & (FN_GETTER | FN_SETTER)) complain(p, DIAG_CTOR_IS_ACCESSOR, k->start, k->end, NULL);
    else if (f & FN_GENERATOR) complain(p, DIAG_CTOR_IS_GENERATOR, k->start, k->end, NULL);
    else if (f & FN_ASYNC) complain(p, DIAG_CTOR_IS_ASYNC, k->start, k->end, NULL);
}

static void check_abstract(Parser *p, const Node *n, bool ctor) {
    if (!(n->flags & NF_ABSTRACT)) return;
    if (ctor) complain(p, DIAG_TS_ACCESSOR_AND_FIELD, n->start, n->member_def.key->end, "abstract");
    else if (!(n->member_def.value->function.flags & FN_NO_BODY))
        complain(p, DIAG_TS_ABSTRACT_BODY, n->start, n->member_def.key->end, n->member_def.key->kind == N_STRING ? n->member_def.key->string.value->data : "method");
}

// Gives NULL when nothing of it is left at run time (overload, abstract).
static Node *parse_class_method(Parser *p, Node *n, const Member *m) {
    u32 f = FN_METHOD | m->fn_flags | (n->flags & NF_STATIC ? FN_STATIC : 0);
    bool ctor = !(n->flags & NF_STATIC) && key_is(n, T_CONSTRUCTOR);
    check_method_name(p, n, f);
    if (is_private_constructor(n->member_def.key)) complain(p, DIAG_CTOR_IS_PRIVATE, n->start, n->member_def.key->end, NULL);
    n->extra = f & FN_GETTER ? MEMBER_GETTER : f & FN_SETTER ? MEMBER_SETTER : ctor ? MEMBER_CONSTRUCTOR : MEMBER_METHOD;
    if (ctor) f |= FN_CLASS_CTOR | (p->class_->derived ? FN_DERIVED_CTOR : 0);
    n->member_def.value = parse_method(p, m->text_start, f);
    node_end(p, n);
    check_abstract(p, n, ctor);
    if (n->member_def.value->function.flags & FN_NO_BODY) return NULL;
    if (n->member_def.key->kind == N_PRIVATE_NAME)
        declare_private(p, n->member_def.key, (MemberKind)n->extra, n->flags & NF_STATIC);
    if (ctor && p->class_->node->class_.ctor) complain(p, DIAG_DUPLICATE_CTOR, n->start, n->member_def.key->end, NULL);
    if (ctor) p->class_->node->class_.ctor = n;
    return n;
}

static Node *parse_field(Parser *p, Node *n, const Member *m) {
    const Node *k = n->member_def.key;
    n->extra = m->accessor ? MEMBER_ACCESSOR : MEMBER_FIELD;
    if (is_private_constructor(k)) complain(p, DIAG_FIELD_PRIVATE_CONSTRUCTOR, k->start, k->end, NULL);
    if (key_is(n, T_CONSTRUCTOR)) complain(p, DIAG_FIELD_CONSTRUCTOR, k->start, k->end, NULL);
    if (n->flags & NF_STATIC && key_is(n, T_PROTOTYPE)) complain(p, DIAG_STATIC_PROTOTYPE, k->start, k->end, NULL);
    if (k->kind == N_PRIVATE_NAME) declare_private(p, k, MEMBER_FIELD, n->flags & NF_STATIC);
    if (p->ts && at(p, T_COLON)) n->member_def.type = parse_type_annotation(p);
    if (at(p, T_ASSIGN)) {
        FnCtx ctx;
        fn_ctx_open(p, &ctx, FN_METHOD);
        ctx.allow_return = false;
        ctx.in_field = true;
        lex_next(p);
        n->member_def.value = parse_assign(p);
        n->member_def.fn_flags = ctx.uses & FN_USES_MASK;
        fn_ctx_close(p, &ctx);
    }
    semicolon(p);
    node_end(p, n);
    bool absent = n->flags & (NF_ABSTRACT | NF_DECLARE);
    if (absent && !p->options->experimental_decorators) n->member_def.decorators.count = 0; // only the legacy form decorates what is not there
    if (!(n->flags & NF_ABSTRACT)) return n;
    n->extra = MEMBER_FIELD; // its decorators run, the names in its key are used
    return n->member_def.decorators.count || n->flags & NF_COMPUTED ? n : NULL;
}

// [key: T]: U — nothing at run time.
static bool skip_index_signature(Parser *p) {
    Mark m = mark_take(p);
    lex_next(p);
    bool yes = is_ident_like(&p->tok);
    lex_next(p);
    yes = yes && at(p, T_COLON);
    mark_restore(p, &m);
    if (!yes) return false;
    lex_next(p);
    lex_next(p);
    parse_type_annotation(p);
    expect(p, T_RBRACKET);
    if (at(p, T_COLON)) parse_type_annotation(p);
    if (!eat(p, T_COMMA)) semicolon(p);
    return true;
}

static Node *parse_member_key(Parser *p, Node *n, const Member *m) {
    Node *k;
    if (m->have_name) {
        k = node_string(p, m->name.str, m->name.start, m->name.end);
        k->flags |= NF_NAME_KEY;
        return k;
    }
    if (!at(p, T_PRIVATE_NAME)) return parse_property_key(p, &n->flags);
    k = node_new(p, N_PRIVATE_NAME, p->tok.start);
    k->string.value = p->tok.str;
    lex_next(p);
    return k;
}

static Node *parse_class_member(Parser *p) {
    Node *n = node_new(p, N_CLASS_MEMBER, p->tok.start);
    Member m = {0};
    if (at(p, T_AT)) n->member_def.decorators = parse_decorators(p);
    parse_modifiers(p, &m);
    n->flags = m.flags;
    if (!m.have_name && m.flags & NF_STATIC && at(p, T_LBRACE)) {
        if (n->member_def.decorators.count) fail(p, DIAG_DECORATOR_POSITION, n->start, p->tok.end, NULL);
        return parse_static_block(p, n);
    }
    if (p->ts && !m.have_name && at(p, T_LBRACKET) && skip_index_signature(p)) return NULL;
    if (!m.have_name && !(m.fn_flags & (FN_GETTER | FN_SETTER)) && !m.accessor && at(p, T_STAR)) {
        m.fn_flags |= FN_GENERATOR;
        lex_next(p);
    }
    n->member_def.key = parse_member_key(p, n, &m);
    if (p->ts && eat(p, T_QUESTION)) n->flags |= NF_OPTIONAL;
    if (p->ts && at(p, T_BANG)) {
        n->flags |= NF_DEFINITE;
        lex_next(p);
    }
    if (at(p, T_LPAREN) || (p->ts && at(p, T_LT)) || m.fn_flags) {
        if (m.accessor) fail_token(p);
        return parse_class_method(p, n, &m);
    }
    return parse_field(p, n, &m);
}

// Class -------------------------------------------------------------------------------------------------------------

static void parse_heritage(Parser *p, Node *n) {
    if (eat(p, T_EXTENDS)) {
        n->class_.super = parse_lhs(p);
        if (is_bare(n->class_.super, N_ARROW)) fail(p, DIAG_MALFORMED_ARROW_PARAMS, n->class_.super->start, p->prev_end, NULL);
        if (p->ts && at(p, T_LT)) parse_type_args(p);
    }
    if (p->ts && eat(p, T_IMPLEMENTS)) {
        do parse_type(p);
        while (eat(p, T_COMMA));
    }
}

static void parse_class_name(Parser *p, Node *n, u32 how) {
    bool none = at(p, T_LBRACE) || at(p, T_EXTENDS) || (p->ts && (at(p, T_IMPLEMENTS) || at(p, T_LT)));
    if (none) {
        if (!(how & (FUNC_EXPR | FUNC_DEFAULT))) fail_token(p);
        return;
    }
    Node *name = parse_binding_ident(p);
    if (name->kind == N_IDENT) n->class_.name = name;
}

Node *parse_class(Parser *p, u32 start, u32 how, NodeList decorators, u16 node_flags) {
    Node *n = node_new(p, how & FUNC_EXPR ? N_CLASS : N_CLASS_DECL, start);
    bool strict = p->strict, no_in = p->no_in, no_colon = p->no_conditional_colon;
    n->flags = node_flags;
    n->class_.decorators = decorators;
    if (!enter(p)) {
        leave(p);
        return n;
    }
    p->strict = true;
    p->no_in = p->no_conditional_colon = false;
    lex_next(p);
    parse_class_name(p, n, how);
    if (p->ts && at(p, T_LT)) parse_type_params(p);
    parse_heritage(p, n);
    ClassCtx c = {.up = p->class_, .first_use = p->private_use_count, .derived = n->class_.super != NULL, .node = n};
    p->class_ = &c;
    u32 base = p->stack_len;
    expect(p, T_LBRACE);
    while (!at(p, T_RBRACE) && !at(p, T_EOF)) {
        if (eat(p, T_SEMI)) continue;
        Node *m = parse_class_member(p);
        if (m) list_push(p, m);
    }
    n->class_.members = list_take(p, base);
    check_private_uses(p, &c);
    name_map_free(&c.privates);
    p->class_ = c.up;
    p->strict = strict;
    p->no_in = no_in;
    p->no_conditional_colon = no_colon;
    expect(p, T_RBRACE);
    leave(p);
    return node_end(p, n);
}
