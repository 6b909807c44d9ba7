// SPDX-License-Identifier: MIT
// What every file of the parser stands on: failing, speculating, making nodes and lists, identifiers and semicolons.
#include "compiler/read/parser.h"

static const char *const texts[T_COUNT] = {
#define PUNCT(kind, text, prec, op) [T_##kind] = text,
#define WORD(kind, text, class) [T_##kind] = text,
#include "compiler/read/token.def"
};

static const u8 precs[T_COUNT] = {
#define PUNCT(kind, text, prec, op) [T_##kind] = prec,
#include "compiler/read/token.def"
    [T_IN] = 8, [T_INSTANCEOF] = 8,
};

static const u8 ops[T_COUNT] = {
#define PUNCT(kind, text, prec, op) [T_##kind] = OP_##op,
#include "compiler/read/token.def"
    [T_IN] = OP_IN, [T_INSTANCEOF] = OP_INSTANCEOF, [T_TYPEOF] = OP_TYPEOF, [T_VOID] = OP_VOID, [T_DELETE] = OP_DELETE,
};

static const u8 node_sizes[N_KIND_COUNT] = {
#define NODE(kind, member, name) [N_##kind] = offsetof(Node, member) + sizeof(((Node *)0)->member),
#include "compiler/read/ast.def"
#undef NODE
};

const char *token_text(TokenKind k) { return texts[k] ? texts[k] : ""; }
u8 token_prec(TokenKind k) { return precs[k]; }
Op token_op(TokenKind k) { return (Op)ops[k]; }

void complain(Parser *p, DiagId id, u32 start, u32 end, const char *arg) {
    if (p->panic) return;
    if (p->speculating) {
        p->panic = true;
        return;
    }
    if (p->too_deep != NOWHERE && id != DIAG_TOO_DEEP) { // perhaps this is no mistake in the reading that was given up
        id = DIAG_TOO_DEEP;
        start = end = p->too_deep;
        p->give_up = true;
    }
    diag_add(p->diags, id, start, end, arg ? arg : "");
}

void fail(Parser *p, DiagId id, u32 start, u32 end, const char *arg) {
    if (p->panic) return;
    complain(p, id, start, end, arg);
    p->panic = true;
    p->tok.kind = T_EOF;
}

void fail_given_token(Parser *p, const Token *t) {
    char buf[80];
    switch (t->kind) {
    case T_EOF: fail(p, DIAG_UNEXPECTED_END, t->start, t->end, NULL); return;
    case T_NUMBER: case T_BIGINT: fail(p, DIAG_UNEXPECTED_NUMBER, t->start, t->end, NULL); return;
    case T_STRING: fail(p, DIAG_UNEXPECTED_STRING, t->start, t->end, NULL); return;
    case T_TEMPLATE: fail(p, DIAG_UNEXPECTED_TEMPLATE, t->start, t->end, NULL); return;
    case T_ESCAPED_RESERVED: fail(p, DIAG_ESCAPED_KEYWORD, t->start, t->end, NULL); return;
    case T_ENUM: fail(p, DIAG_UNEXPECTED_RESERVED, t->start, t->end, NULL); return;
    case T_PRIVATE_NAME:
        snprintf(buf, sizeof buf, "#%.*s", (int)dx_min_u32(t->str->len, 60), t->str->data);
        fail(p, DIAG_UNEXPECTED_IDENT, t->start, t->end, buf);
        return;
    default: break;
    }
    if (t->kind >= T_IDENT && t->kind <= T_LAST_IDENT) {
        if (t->kind >= T_FIRST_STRICT && p->strict) fail(p, DIAG_UNEXPECTED_STRICT_RESERVED, t->start, t->end, NULL);
        else fail(p, DIAG_UNEXPECTED_IDENT, t->start, t->end, t->str->data);
        return;
    }
    fail(p, DIAG_UNEXPECTED_TOKEN, t->start, t->end, token_text(t->kind));
}

void fail_token(Parser *p) { fail_given_token(p, &p->tok); }

// Speculation -------------------------------------------------------------------------------------------------------

Mark mark_take(Parser *p) {
    Mark m = {p->cur, p->tok, p->prev_end, p->stack_len, p->private_use_count, p->arrow_at, p->depth, p->first_await,
              p->first_yield, p->fn->uses, p->cover, p->strict, p->speculating, p->no_in, p->no_conditional_colon,
              p->no_conditional_type};
    p->speculating = true;
    return m;
}

void mark_restore(Parser *p, const Mark *m) {
    p->cur = m->cur;
    p->tok = m->tok;
    p->prev_end = m->prev_end;
    p->stack_len = m->stack_len;
    p->private_use_count = m->private_use_count;
    p->arrow_at = m->arrow_at;
    p->depth = m->depth;
    p->first_await = m->first_await;
    p->first_yield = m->first_yield;
    p->fn->uses = m->uses;
    p->cover = m->cover;
    p->strict = m->strict;
    p->no_in = m->no_in;
    p->no_conditional_colon = m->no_conditional_colon;
    p->no_conditional_type = m->no_conditional_type;
    p->speculating = m->speculating;
    p->panic = p->give_up;
    if (p->panic) p->tok.kind = T_EOF;
}

void mark_commit(Parser *p, const Mark *m) { p->speculating = m->speculating; }

static u32 memo_find(Parser *p, u64 key) {
    u32 i = (u32)((key * 0x9e3779b97f4a7c15ull) >> 32) & (p->failed_cap - 1);
    while (p->failed[i] && p->failed[i] != key) i = (i + 1) & (p->failed_cap - 1);
    return i;
}

bool memo_failed(Parser *p, u32 where, u32 what) {
    if (!p->failed_count) return false;
    u64 key = (u64)where * 4 + what + 1;
    return p->failed[memo_find(p, key)] == key;
}

void memo_fail(Parser *p, u32 where, u32 what) {
    if (p->failed_count * 2 >= p->failed_cap) {
        u32 old = p->failed_cap;
        u64 *cells = p->failed;
        p->failed_cap = old ? old * 2 : 64;
        p->failed = mem_zalloc(sizeof(u64) * p->failed_cap);
        for (u32 i = 0; i < old; i++)
            if (cells[i]) p->failed[memo_find(p, cells[i])] = cells[i];
        mem_free(cells);
    }
    u64 key = (u64)where * 4 + what + 1;
    u32 i = memo_find(p, key);
    if (!p->failed[i]) p->failed_count++;
    p->failed[i] = key;
}

// Nodes -------------------------------------------------------------------------------------------------------------

Node *node_new(Parser *p, NodeKind kind, u32 start) {
    Node *n = arena_zalloc(p->arena, node_sizes[kind]);
    n->kind = (u16)kind;
    n->start = start;
    n->end = p->tok.end;
    p->ast->node_count++;
    return n;
}

Node *node_end(Parser *p, Node *n) {
    n->end = p->prev_end;
    return n;
}

Node *node_error(Parser *p) { return node_new(p, N_ERROR, p->tok.start); }

Node *node_string(Parser *p, Str *s, u32 start, u32 end) {
    Node *n = node_new(p, N_STRING, start);
    n->end = end;
    n->string.value = s;
    return n;
}

void list_push(Parser *p, Node *n) {
    if (p->stack_len == p->stack_cap) {
        p->stack_cap = p->stack_cap ? p->stack_cap * 2 : 256;
        p->stack = mem_realloc(p->stack, sizeof(Node *) * p->stack_cap);
    }
    p->stack[p->stack_len++] = n;
}

NodeList list_take(Parser *p, u32 base) {
    NodeList l = {NULL, p->stack_len - base};
    if (l.count) {
        l.items = arena_alloc(p->arena, sizeof(Node *) * l.count);
        memcpy(l.items, p->stack + base, sizeof(Node *) * l.count);
    }
    p->stack_len = base;
    return l;
}

static struct NameCell *name_map_cell(const NameMap *m, Str *name) {
    u32 i = name->hash & (m->cap - 1);
    while (m->cells[i].name && m->cells[i].name != name) i = (i + 1) & (m->cap - 1);
    return &m->cells[i];
}

u32 *name_map_at(NameMap *m, Str *name) {
    if (m->count * 2 >= m->cap) {
        NameMap wider = {.cap = m->cap ? m->cap * 2 : 16, .count = m->count};
        wider.cells = mem_zalloc(sizeof *wider.cells * wider.cap);
        for (u32 i = 0; i < m->cap; i++)
            if (m->cells[i].name) *name_map_cell(&wider, m->cells[i].name) = m->cells[i];
        mem_free(m->cells);
        *m = wider;
    }
    struct NameCell *c = name_map_cell(m, name);
    if (!c->name) {
        c->name = name;
        m->count++;
    }
    return &c->value;
}

u32 name_map_get(const NameMap *m, Str *name) { return m->cap ? name_map_cell(m, name)->value : 0; }

void name_map_free(NameMap *m) {
    mem_free(m->cells);
    memset(m, 0, sizeof *m);
}

bool enter(Parser *p) {
    if (DX_LIKELY(p->depth < AST_MAX_DEPTH && !stack_low(p->stack_floor))) {
        p->depth++;
        return true;
    }
    p->depth++; // the caller leaves in any case
    if (!p->panic) {
        p->give_up = !p->speculating; // another reading may be shallower
        p->too_deep = p->tok.start;
        fail(p, DIAG_TOO_DEEP, p->tok.start, p->tok.end, NULL);
    }
    return false;
}

// Semicolons --------------------------------------------------------------------------------------------------------

bool can_insert_semicolon(const Parser *p) { return at(p, T_SEMI) || at(p, T_RBRACE) || at(p, T_EOF) || p->tok.newline; }

void semicolon(Parser *p) {
    if (eat(p, T_SEMI) || can_insert_semicolon(p)) return;
    fail_token(p);
}

// Identifiers -------------------------------------------------------------------------------------------------------

bool yield_is_keyword(const Parser *p) { return p->fn->is_generator; }

bool await_is_keyword(const Parser *p) {
    if (p->fn->in_static_block) return false; // neither keyword nor identifier there
    return p->fn->is_async || (p->fn->is_top && (p->module || p->options->allow_await));
}

static bool word_is_reserved_here(const Parser *p, u8 word) {
    if (word == T_AWAIT) return p->module || p->fn->is_async || p->fn->in_static_block;
    if (word == T_YIELD && p->fn->is_generator) return true;
    return word >= T_FIRST_STRICT && p->strict;
}

bool check_ident(Parser *p, const Token *t, bool binding) {
    if (!is_ident_like(t)) {
        fail_given_token(p, t);
        return false;
    }
    u8 word = t->str->keyword; // not t->kind: escapes do not help
    if (DX_LIKELY(!word)) return true;
    if (t->escaped && word_is_reserved_here(p, word)) {
        fail(p, DIAG_ESCAPED_KEYWORD, t->start, t->end, NULL);
        return false;
    }
    if (word == T_YIELD && (p->strict || p->fn->is_generator)) {
        if (p->strict) fail(p, DIAG_UNEXPECTED_STRICT_RESERVED, t->start, t->end, NULL);
        else fail(p, DIAG_UNEXPECTED_IDENT, t->start, t->end, "yield");
    } else if (word == T_AWAIT) {
        if (word_is_reserved_here(p, word)) fail(p, DIAG_UNEXPECTED_RESERVED, t->start, t->end, NULL);
        else if (p->first_await == NOWHERE) p->first_await = t->start;
    } else if (word >= T_FIRST_STRICT && p->strict) {
        fail(p, DIAG_UNEXPECTED_STRICT_RESERVED, t->start, t->end, NULL);
    } else if (word == T_EVAL || word == T_ARGUMENTS) {
        if (binding && p->strict && !p->ambient) complain(p, DIAG_UNEXPECTED_EVAL_ARGUMENTS, t->start, t->end, NULL);
        if (word == T_ARGUMENTS && !binding) {
            p->fn->uses |= FN_USES_ARGUMENTS;
            if (p->fn->in_field) complain(p, DIAG_ARGUMENTS_IN_FIELD, t->start, t->end, NULL);
        }
    }
    return !p->panic;
}

Node *ident_from(Parser *p, const Token *t) {
    Node *n = node_new(p, N_IDENT, t->start);
    n->end = t->end;
    n->ident.name = t->str ? t->str : p->s_empty;
    return n;
}

Node *parse_binding_ident(Parser *p) {
    Token t = p->tok;
    if (!check_ident(p, &t, true)) return node_error(p);
    Node *n = ident_from(p, &t);
    lex_next(p);
    return n;
}
