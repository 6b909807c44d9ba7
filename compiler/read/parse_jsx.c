// SPDX-License-Identifier: MIT
// JSX: elements, attributes and children. Inside text and attribute strings the JavaScript lexer does not run: this file reads
// from p->cur directly and lets the lexer go on only where JavaScript tokens stand. Text is trimmed as React's compilers do
// (lines trimmed, empty ones dropped, joined by a space) before its entities are decoded, so `&nbsp;` survives.
#include "compiler/read/parser.h"
#include "format/base/utf.h"

static const struct {
    const char *name;
    u32 code;
} entities[] = {
#define ENTITY(name, code) {name, code},
#include "compiler/read/jsx_entities.def"
};

// Text --------------------------------------------------------------------------------------------------------------

// Code point of the reference whose inside is s[0..n), or UTF_BAD.
static u32 entity_value(const char *s, size_t n) {
    if (n >= 2 && s[0] == '#') {
        bool hex = (s[1] | 0x20) == 'x';
        u32 c = 0;
        size_t i = hex ? 2 : 1;
        if (i == n) return UTF_BAD;
        for (; i < n; i++) {
            u8 d = (u8)s[i], v = d >= '0' && d <= '9' ? d - '0' : hex && (d | 0x20) >= 'a' && (d | 0x20) <= 'f' ? (d | 0x20) - 'a' + 10 : 99;
            if (v == 99) return UTF_BAD;
            c = c * (hex ? 16 : 10) + v;
            if (c > 0x10ffff) return UTF_BAD;
        }
        return c;
    }
    for (size_t i = 0; i < DX_COUNTOF(entities); i++)
        if (strlen(entities[i].name) == n && memcmp(entities[i].name, s, n) == 0) return entities[i].code;
    return UTF_BAD;
}

static void put_decoded(Buf *b, const char *s, const char *end) {
    enum { LONGEST = 10 };
    while (s < end) {
        if (*s == '&') {
            const char *semi = memchr(s, ';', dx_min_u32((u32)(end - s), LONGEST + 2));
            u32 c = semi ? entity_value(s + 1, (size_t)(semi - s) - 1) : UTF_BAD;
            if (c != UTF_BAD) {
                u8 bytes[4];
                buf_put(b, bytes, utf8_encode(c, bytes));
                s = semi + 1;
                continue;
            }
        }
        buf_u8(b, (u8)*s++);
    }
}

Str *jsx_entities_decode(Parser *p, const char *s, size_t n) {
    if (!memchr(s, '&', n)) return str_table_intern(p->strings, s, n);
    p->scratch.len = 0;
    put_decoded(&p->scratch, s, s + n);
    return str_table_intern(p->strings, (char *)p->scratch.data, p->scratch.len);
}

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\v' || c == '\f'; }

// The text of a child, or NULL when only layout.
static Str *trim_text(Parser *p, const char *s, const char *end) {
    Buf *b = &p->scratch;
    b->len = 0;
    bool any = false, first = true;
    for (;;) {
        const char *stop = s;
        while (stop < end && *stop != '\n' && *stop != '\r') stop++;
        bool last = stop == end;
        const char *from = s, *to = stop;
        if (!first)
            while (from < to && is_blank(*from)) from++;
        if (!last)
            while (to > from && is_blank(to[-1])) to--;
        if (from < to) {
            if (any) buf_u8(b, ' ');
            put_decoded(b, from, to);
            any = true;
        }
        if (last) break;
        s = stop + 1;
        first = false;
    }
    return any ? str_table_intern(p->strings, (char *)b->data, b->len) : NULL;
}

// Names -------------------------------------------------------------------------------------------------------------

static bool is_name_byte(u8 c) {
    return c == '-' || c == '$' || c == '_' || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c >= 0x80;
}

// A JSX identifier at tok: a word that may go on with hyphens.
static Str *parse_jsx_word(Parser *p) {
    if (!is_word(&p->tok) || p->tok.escaped) {
        fail_token(p);
        return p->s_empty;
    }
    const char *from = p->src + p->tok.start, *s = p->cur;
    Str *str = p->tok.str;
    if (*s == '-') {
        while (is_name_byte((u8)*s)) s++;
        str = str_table_intern(p->strings, from, (size_t)(s - from));
        p->tok.end = (u32)(s - p->src);
        p->cur = s;
    }
    lex_next(p);
    return str;
}

static Str *join(Parser *p, Str *a, const char *with, Str *b) {
    p->scratch.len = 0;
    buf_put(&p->scratch, a->data, a->len);
    buf_str(&p->scratch, with);
    buf_put(&p->scratch, b->data, b->len);
    return str_table_intern(p->strings, (char *)p->scratch.data, p->scratch.len);
}

static bool is_intrinsic(const Str *s) {
    return (s->data[0] >= 'a' && s->data[0] <= 'z') || memchr(s->data, '-', s->len);
}

// The name of an element; *full gets its text, for the closing tag. tok is the name or `>` of a fragment.
static Node *parse_jsx_tag(Parser *p, Str **full) {
    *full = p->s_empty;
    if (at(p, T_GT) || p->panic) return NULL;
    Token t = p->tok;
    Str *s = parse_jsx_word(p);
    *full = s;
    if (at(p, T_COLON)) {
        lex_next(p);
        Str *local = parse_jsx_word(p);
        *full = join(p, s, ":", local);
        if (at(p, T_DOT)) fail(p, DIAG_JSX_NAMESPACE_MEMBER, t.start, p->tok.end, NULL);
        return node_string(p, *full, t.start, p->prev_end);
    }
    Node *n;
    if (t.kind == T_THIS && !memchr(s->data, '-', s->len)) {
        n = node_new(p, N_THIS, t.start);
        p->fn->uses |= FN_USES_THIS;
    } else if (!at(p, T_DOT) && is_intrinsic(s)) {
        return node_string(p, s, t.start, p->prev_end);
    } else {
        t.str = s;
        n = ident_from(p, &t);
    }
    n->end = p->prev_end;
    while (at(p, T_DOT)) {
        lex_next(p);
        Str *name = parse_jsx_word(p);
        Node *m = node_new(p, N_MEMBER, t.start);
        m->member.object = n;
        m->member.name = name;
        n = node_end(p, m);
        *full = join(p, *full, ".", name);
    }
    return n;
}

// Attributes --------------------------------------------------------------------------------------------------------

static Node *parse_element(Parser *p, bool nested);

// Behind blanks and comments.
static const char *skip_trivia(const char *s, const char *end) {
    for (;;) {
        const char *close = NULL;
        if (is_blank(*s) || *s == '\n' || *s == '\r') close = s + 1;
        else if (s[0] == '/' && s[1] == '*') {
            for (const char *c = s + 2; c + 1 < end && !close; c++)
                if (c[0] == '*' && c[1] == '/') close = c + 2;
        } else if (s[0] == '/' && s[1] == '/') {
            for (close = s; close < end && *close != '\n' && *close != '\r';) close++;
        }
        if (!close) return s;
        s = close;
    }
}

// tok is `=`; the value is a JSX string, an expression in braces, or an element.
static Node *parse_attr_value(Parser *p) {
    const char *s = skip_trivia(p->cur, p->end);
    if (*s == '"' || *s == '\'') {
        const char *close = memchr(s + 1, *s, (size_t)(p->end - s - 1));
        u32 start = (u32)(s - p->src);
        if (!close) {
            fail(p, DIAG_INVALID_TOKEN, start, start + 1, NULL);
            return node_error(p);
        }
        Node *n = node_string(p, jsx_entities_decode(p, s + 1, (size_t)(close - s) - 1), start, (u32)(close + 1 - p->src));
        p->tok.end = n->end;
        p->cur = close + 1;
        lex_next(p);
        return n;
    }
    lex_next(p);
    if (at(p, T_LT)) {
        Node *n = parse_element(p, true);
        lex_next(p);
        return n;
    }
    expect(p, T_LBRACE);
    if (at(p, T_RBRACE)) fail(p, DIAG_JSX_EMPTY_ATTR, p->tok.start, p->tok.end, NULL);
    Node *n = parse_in_brackets(p, parse_expression);
    expect(p, T_RBRACE);
    return n;
}

static Node *parse_attr(Parser *p) {
    u32 start = p->tok.start;
    if (eat(p, T_LBRACE)) {
        Node *s = node_new(p, N_SPREAD, start);
        expect(p, T_ELLIPSIS);
        s->unary.arg = parse_in_brackets(p, parse_assign);
        expect(p, T_RBRACE);
        return node_end(p, s);
    }
    Node *n = node_new(p, N_JSX_ATTR, start);
    n->jsx_attr.name = parse_jsx_word(p);
    if (at(p, T_COLON)) {
        lex_next(p);
        n->jsx_attr.name = join(p, n->jsx_attr.name, ":", parse_jsx_word(p));
    }
    if (at(p, T_ASSIGN)) n->jsx_attr.value = parse_attr_value(p);
    return node_end(p, n);
}

// Children ----------------------------------------------------------------------------------------------------------

static void parse_text(Parser *p) {
    const char *from = p->cur, *s = from;
    while (*s != '{' && *s != '<' && s < p->end) {
        if (*s == '>' || *s == '}') {
            u32 here = (u32)(s - p->src);
            fail(p, DIAG_UNEXPECTED_TOKEN, here, here + 1, *s == '>' ? ">" : "}");
            return;
        }
        s++;
    }
    Str *text = trim_text(p, from, s);
    if (text) {
        Node *n = node_new(p, N_JSX_TEXT, (u32)(from - p->src));
        n->end = (u32)(s - p->src);
        n->string.value = text;
        list_push(p, n);
    }
    p->tok.end = (u32)(s - p->src);
    p->cur = s;
}

// {expr}, {...expr}, {} — leaves the lexer after `}`, whose following text is not tokens.
static void parse_child_expr(Parser *p) {
    lex_next(p);
    u32 start = p->tok.start;
    lex_next(p);
    if (at(p, T_RBRACE)) return;
    bool spread = eat(p, T_ELLIPSIS);
    Node *n = node_new(p, spread ? N_SPREAD : N_JSX_EXPR, start);
    n->unary.arg = parse_in_brackets(p, spread ? parse_assign : parse_expression);
    if (!at(p, T_RBRACE)) fail_token(p);
    n->end = p->tok.end;
    list_push(p, n);
}

// tok is `<` and the next character `/`.
static void parse_closing(Parser *p, Str *open) {
    u32 start = p->tok.start;
    lex_next(p);
    lex_next(p);
    Str *close;
    parse_jsx_tag(p, &close);
    if (!p->panic && close != open) fail(p, DIAG_JSX_MISMATCH, start, p->tok.end, open->data);
    if (at(p, T_SHR) || at(p, T_USHR) || at(p, T_GE)) lex_split(p, T_GT);
    if (!at(p, T_GT)) fail_token(p);
}

static void parse_children(Parser *p, Str *open, u32 start) {
    while (!p->panic) {
        parse_text(p);
        if (p->panic) return;
        if (p->cur >= p->end) {
            fail(p, DIAG_JSX_UNTERMINATED, start, start + 1, NULL);
            p->give_up = !p->speculating;
            return;
        }
        if (*p->cur == '{') {
            parse_child_expr(p);
            continue;
        }
        p->cur++; // `<`, whatever follows it
        p->tok.kind = T_LT;
        p->tok.start = (u32)(p->cur - p->src) - 1;
        p->tok.end = p->tok.start + 1;
        if (lex_peek(p).kind == T_SLASH) {
            parse_closing(p, open);
            return;
        }
        list_push(p, parse_element(p, true));
    }
}

// tok is `<`. A nested element leaves tok at its last `>` with nothing read after it.
static Node *parse_element(Parser *p, bool nested) {
    Node *n = node_new(p, N_JSX_ELEMENT, p->tok.start);
    n->extra = nested ? n->start : p->prev_end;
    if (!enter(p)) {
        leave(p);
        return n;
    }
    Str *name;
    lex_next(p);
    n->jsx.tag = parse_jsx_tag(p, &name);
    if (p->ts && n->jsx.tag && (at(p, T_LT) || at(p, T_SHL))) parse_type_args(p);
    u32 base = p->stack_len;
    while (!at(p, T_GT) && !at(p, T_SLASH) && !at(p, T_SHR) && !at(p, T_USHR) && !at(p, T_GE) && !at(p, T_EOF)) list_push(p, parse_attr(p));
    n->jsx.attrs = list_take(p, base);
    bool closed = at(p, T_SLASH) && n->jsx.tag;
    if (closed) lex_next(p);
    if (at(p, T_SHR) || at(p, T_USHR) || at(p, T_GE)) lex_split(p, T_GT);
    if (!at(p, T_GT)) fail_token(p);
    if (!closed && !p->panic) {
        parse_children(p, name, n->start);
        n->jsx.children = list_take(p, base);
    }
    p->stack_len = base;
    n->end = p->tok.end;
    leave(p);
    if (!nested) lex_next(p);
    return n;
}

Node *parse_jsx(Parser *p) {
    Node *n = parse_element(p, false);
    p->ast->is_jsx = true;
    if (at(p, T_LT) && !p->panic) fail(p, DIAG_JSX_ADJACENT, p->tok.start, p->tok.end, NULL);
    return n;
}
