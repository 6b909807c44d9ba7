// SPDX-License-Identifier: MIT
// The lexer: white space, comments, words, punctuators, and the goal-dependent forms the parser asks for by position (regular
// expressions, template parts, a split '>'). Numbers and strings are in lexer_literal.c. It keeps no mode: a '/' is always
// lexed as a division and read again as a regular expression where an operand must stand.
#include "compiler/read/parser.h"
#include "format/base/utf.h"

enum { C_OTHER, C_ID, C_DIGIT, C_SPACE };

static const u8 char_class[256] = {
    ['$'] = C_ID, ['_'] = C_ID, ['a' ... 'z'] = C_ID, ['A' ... 'Z'] = C_ID, ['0' ... '9'] = C_DIGIT,
    [' '] = C_SPACE, ['\t'] = C_SPACE, ['\v'] = C_SPACE, ['\f'] = C_SPACE,
};

#define ID_PART(c) (char_class[(u8)(c)] == C_ID || char_class[(u8)(c)] == C_DIGIT)

// Bytes of U+2028/U+2029 at s (the text ends with a NUL, so looking ahead is safe), else 0.
static inline u32 line_separator(const char *s) {
    return (u8)s[0] == 0xe2 && (u8)s[1] == 0x80 && ((u8)s[2] & 0xfe) == 0xa8 ? 3 : 0;
}

// Bytes of a non-ASCII white space character at s, else 0. Category Zs and U+FEFF.
static u32 wide_space(const char *s) {
    const u8 *b = (const u8 *)s;
    if (b[0] == 0xc2) return b[1] == 0xa0 ? 2 : 0;
    if (b[0] == 0xe1) return b[1] == 0x9a && b[2] == 0x80 ? 3 : 0;
    if (b[0] == 0xe2 && b[1] == 0x80) return b[2] <= 0x8a || b[2] == 0xaf ? 3 : 0;
    if (b[0] == 0xe2 && b[1] == 0x81) return b[2] == 0x9f ? 3 : 0;
    if (b[0] == 0xe3) return b[1] == 0x80 && b[2] == 0x80 ? 3 : 0;
    if (b[0] == 0xef) return b[1] == 0xbb && b[2] == 0xbf ? 3 : 0;
    return 0;
}

static const char *skip_line(Parser *p, const char *s) {
    static const char url[] = " sourceMappingURL=";
    if ((s[0] == '#' || s[0] == '@') && strncmp(s + 1, url, sizeof url - 1) == 0) {
        const char *from = s + sizeof url, *to = from;
        while ((u8)*to > ' ') to++;
        p->ast->source_map_start = (u32)(from - p->src);
        p->ast->source_map_end = (u32)(to - p->src);
    }
    for (;; s++) {
        u8 c = (u8)*s;
        if (c == '\n' || c == '\r' || (c == 0xe2 && line_separator(s)) || (c == 0 && s >= p->end)) return s;
    }
}

// s is after the opening; NULL when it is not closed.
static const char *skip_block_comment(Parser *p, const char *s, bool *newline) {
    for (;; s++) {
        u8 c = (u8)*s;
        if (c == '*' && s[1] == '/') return s + 2;
        if (c == '\n' || c == '\r' || (c == 0xe2 && line_separator(s))) *newline = true;
        if (c == 0 && s >= p->end) return NULL;
    }
}

// An HTML-like comment at s (B.1.1): `<!--` anywhere, `-->` first on its line.
static bool html_comment_at(Parser *p, const char *s, bool newline) {
    if (p->ts) return false;
    bool found = *s == '<' ? strncmp(s, "<!--", 4) == 0 : newline && strncmp(s, "-->", 3) == 0;
    if (found && p->module) {
        fail(p, DIAG_HTML_COMMENT_IN_MODULE, (u32)(s - p->src), (u32)(s - p->src) + (*s == '<' ? 4 : 3), NULL);
        return false;
    }
    if (found && p->html_comment == NOWHERE) p->html_comment = (u32)(s - p->src);
    return found;
}

static const char *skip_space(Parser *p, const char *s, bool *newline) {
    for (;;) {
        u8 c = (u8)*s;
        if (char_class[c] == C_SPACE) {
            s++;
        } else if (c == '\n' || c == '\r') {
            *newline = true;
            s++;
        } else if (c == '/' && s[1] == '/') {
            s = skip_line(p, s + 2);
        } else if (c == '/' && s[1] == '*') {
            const char *after = skip_block_comment(p, s + 2, newline);
            if (!after) {
                fail(p, DIAG_INVALID_TOKEN, (u32)(s - p->src), (u32)(s - p->src) + 2, NULL);
                p->give_up = !p->speculating;
                return p->end;
            }
            s = after;
        } else if (DX_UNLIKELY((c == '<' && s[1] == '!') || (c == '-' && s[1] == '-')) && html_comment_at(p, s, *newline)) {
            s = skip_line(p, s + 3);
        } else if (c >= 0x80) {
            u32 n = line_separator(s);
            if (n) *newline = true;
            else n = wide_space(s);
            if (!n) return s;
            s += n;
        } else {
            return s;
        }
    }
}

static void bad_char(Parser *p, const char *s) {
    u32 n = 1;
    if ((u8)*s >= 0x80) utf8_decode((const u8 *)s, (const u8 *)p->end, UTF_WTF8, &n);
    fail(p, DIAG_INVALID_TOKEN, (u32)(s - p->src), (u32)(s - p->src) + n, NULL);
}

// A word with escapes or non-ASCII characters; s is its first byte. Gives NULL and reports when it is none.
static Str *slow_word(Parser *p, const char *s, const char **after, bool *escaped) {
    Buf *b = &p->scratch;
    b->len = 0;
    *escaped = false;
    for (bool first = true;; first = false) {
        const char *from = s;
        u32 c = (u8)*s, n = 1;
        if (c == '\\') {
            if (s[1] != 'u') {
                bad_char(p, s);
                return NULL;
            }
            *escaped = true;
            s += 2;
            c = lex_unicode_escape(p, &s);
            if (c == UTF_BAD) {
                fail(p, DIAG_BAD_UNICODE_ESCAPE, (u32)(from - p->src), (u32)(s - p->src), NULL);
                return NULL;
            }
        } else {
            if (c >= 0x80) c = utf8_decode((const u8 *)s, (const u8 *)p->end, UTF_WTF8, &n);
            s += n;
        }
        bool good = c != UTF_BAD && (first ? lex_is_id_start(c) : lex_is_id_part(c));
        if (!good) {
            if (first || *from == '\\') {
                bad_char(p, from);
                return NULL;
            }
            *after = from;
            return str_table_intern(p->strings, (const char *)b->data, b->len);
        }
        u8 bytes[4];
        buf_put(b, bytes, utf8_encode(c, bytes));
    }
}

static void lex_slow_word(Parser *p, const char *s) {
    bool escaped;
    Token *t = &p->tok;
    const char *after;
    Str *str = slow_word(p, s, &after, &escaped);
    if (!str) return;
    t->str = str;
    t->escaped = escaped;
    t->kind = str->keyword ? str->keyword : T_IDENT;
    // With an escape a contextual word is only a name, and a reserved one only a property name.
    if (escaped && t->kind > T_LAST_IDENT) t->kind = T_ESCAPED_RESERVED;
    else if (escaped) t->kind = T_IDENT;
    t->end = (u32)(after - p->src);
    p->cur = after;
}

static inline void lex_word(Parser *p, const char *s) {
    const char *from = s;
    u32 h = STR_HASH_SEED;
    while (ID_PART(*s)) h = str_hash_step(h, (u8)*s++);
    if (DX_UNLIKELY(*s == '\\' || (u8)*s >= 0x80)) {
        lex_slow_word(p, from);
        return;
    }
    Str *str = str_intern_hashed(p->strings, from, (size_t)(s - from), h);
    p->tok.str = str;
    p->tok.kind = str->keyword ? str->keyword : T_IDENT;
    p->tok.end = (u32)(s - p->src);
    p->cur = s;
}

static void lex_private(Parser *p, const char *s) {
    u32 start = p->tok.start;
    u8 c = (u8)s[1];
    if (char_class[c] != C_ID && c != '\\' && c < 0x80) {
        bad_char(p, s);
        return;
    }
    lex_slow_word(p, s + 1);
    if (p->panic) return;
    p->tok.start = start;
    p->tok.kind = T_PRIVATE_NAME;
}

#define PUNCT_IS(n, k)                                                                                               \
    do {                                                                                                             \
        p->tok.kind = (k);                                                                                           \
        p->cur = s + (n);                                                                                            \
        p->tok.end = (u32)(p->cur - p->src);                                                                         \
        return;                                                                                                      \
    } while (0)

// The operators that begin with a doubled or assigned character.
static void lex_operator(Parser *p, const char *s) {
    char c = s[0], d = s[1], e = d ? s[2] : 0;
    switch (c) {
    case '=':
        if (d == '=') { if (e == '=') PUNCT_IS(3, T_SEQ); else PUNCT_IS(2, T_EQ); }
        if (d == '>') PUNCT_IS(2, T_ARROW);
        PUNCT_IS(1, T_ASSIGN);
    case '!':
        if (d == '=') { if (e == '=') PUNCT_IS(3, T_SNE); else PUNCT_IS(2, T_NE); }
        PUNCT_IS(1, T_BANG);
    case '+':
        if (d == '+') PUNCT_IS(2, T_INC);
        if (d == '=') PUNCT_IS(2, T_ADD_ASSIGN);
        PUNCT_IS(1, T_PLUS);
    case '-':
        if (d == '-') PUNCT_IS(2, T_DEC);
        if (d == '=') PUNCT_IS(2, T_SUB_ASSIGN);
        PUNCT_IS(1, T_MINUS);
    case '*':
        if (d == '*') { if (e == '=') PUNCT_IS(3, T_EXP_ASSIGN); else PUNCT_IS(2, T_STARSTAR); }
        if (d == '=') PUNCT_IS(2, T_MUL_ASSIGN);
        PUNCT_IS(1, T_STAR);
    case '/':
        if (d == '=') PUNCT_IS(2, T_DIV_ASSIGN);
        PUNCT_IS(1, T_SLASH);
    case '%':
        if (d == '=') PUNCT_IS(2, T_MOD_ASSIGN);
        PUNCT_IS(1, T_PERCENT);
    case '^':
        if (d == '=') PUNCT_IS(2, T_XOR_ASSIGN);
        PUNCT_IS(1, T_BIT_XOR);
    case '<':
        if (d == '<') { if (e == '=') PUNCT_IS(3, T_SHL_ASSIGN); else PUNCT_IS(2, T_SHL); }
        if (d == '=') PUNCT_IS(2, T_LE);
        PUNCT_IS(1, T_LT);
    case '>':
        if (d == '>' && e == '>') { if (s[3] == '=') PUNCT_IS(4, T_USHR_ASSIGN); else PUNCT_IS(3, T_USHR); }
        if (d == '>') { if (e == '=') PUNCT_IS(3, T_SHR_ASSIGN); else PUNCT_IS(2, T_SHR); }
        if (d == '=') PUNCT_IS(2, T_GE);
        PUNCT_IS(1, T_GT);
    case '&':
        if (d == '&') { if (e == '=') PUNCT_IS(3, T_LOGICAL_AND_ASSIGN); else PUNCT_IS(2, T_AND); }
        if (d == '=') PUNCT_IS(2, T_AND_ASSIGN);
        PUNCT_IS(1, T_BIT_AND);
    case '|':
        if (d == '|') { if (e == '=') PUNCT_IS(3, T_LOGICAL_OR_ASSIGN); else PUNCT_IS(2, T_OR); }
        if (d == '=') PUNCT_IS(2, T_OR_ASSIGN);
        PUNCT_IS(1, T_BIT_OR);
    case '?':
        if (d == '?') { if (e == '=') PUNCT_IS(3, T_NULLISH_ASSIGN); else PUNCT_IS(2, T_NULLISH); }
        if (d == '.' && char_class[(u8)e] != C_DIGIT) PUNCT_IS(2, T_QUESTION_DOT);
        PUNCT_IS(1, T_QUESTION);
    default:
        bad_char(p, s);
    }
}

static void lex_token(Parser *p) {
    Token *t = &p->tok;
    bool newline = t->end == 0 && t->kind == T_EOF; // the start of the text counts as the start of a line
    const char *s = skip_space(p, p->cur, &newline);
    if (p->panic) return;
    t->newline = newline;
    t->escaped = false;
    t->octal = OCTAL_NONE;
    t->start = (u32)(s - p->src);
    u8 c = (u8)*s;
    switch (c) {
    case 'a' ... 'z': case 'A' ... 'Z': case '$': case '_':
        lex_word(p, s);
        return;
    case '0' ... '9':
        p->cur = s;
        lex_number(p);
        return;
    case '"': case '\'':
        p->cur = s;
        lex_string(p, (char)c);
        return;
    case '{': PUNCT_IS(1, T_LBRACE);
    case '}': PUNCT_IS(1, T_RBRACE);
    case '(': PUNCT_IS(1, T_LPAREN);
    case ')': PUNCT_IS(1, T_RPAREN);
    case '[': PUNCT_IS(1, T_LBRACKET);
    case ']': PUNCT_IS(1, T_RBRACKET);
    case ';': PUNCT_IS(1, T_SEMI);
    case ',': PUNCT_IS(1, T_COMMA);
    case ':': PUNCT_IS(1, T_COLON);
    case '~': PUNCT_IS(1, T_TILDE);
    case '@': PUNCT_IS(1, T_AT);
    case '`': PUNCT_IS(1, T_TEMPLATE);
    case '.':
        if (char_class[(u8)s[1]] == C_DIGIT) {
            p->cur = s;
            lex_number(p);
            return;
        }
        if (s[1] == '.' && s[2] == '.') PUNCT_IS(3, T_ELLIPSIS);
        PUNCT_IS(1, T_DOT);
    case '#':
        lex_private(p, s);
        return;
    case '\\':
        lex_slow_word(p, s);
        return;
    case 0:
        if (s >= p->end) {
            t->kind = T_EOF;
            t->end = t->start;
            p->cur = s;
            return;
        }
        bad_char(p, s);
        return;
    default:
        if (c >= 0x80) lex_slow_word(p, s);
        else lex_operator(p, s);
    }
}

void lex_next(Parser *p) {
    p->prev_end = p->tok.end;
    if (DX_LIKELY(!p->panic)) lex_token(p);
}

Token lex_peek(Parser *p) {
    const char *cur = p->cur;
    Token t = p->tok;
    u32 html = p->html_comment;
    bool speculating = p->speculating, panic = p->panic;
    if (panic) return t;
    p->speculating = true; // a bad token is reported when it is reached
    lex_token(p);
    Token next = p->tok;
    p->cur = cur;
    p->tok = t;
    p->speculating = speculating;
    p->panic = panic;
    p->html_comment = html;
    return next;
}

int lex_peek_char(const Parser *p) {
    if (p->panic) return -1;
    const char *s = p->cur;
    while (char_class[(u8)*s] == C_SPACE || *s == '\n' || *s == '\r') s++;
    return s >= p->end ? -1 : (u8)*s;
}

void lex_split(Parser *p, TokenKind kind) {
    p->tok.kind = (u8)kind;
    p->tok.end = p->tok.start + 1;
    p->cur = p->src + p->tok.end;
}

static bool regexp_flags_valid(const Str *flags) {
    u32 seen = 0;
    for (u32 i = 0; i < flags->len; i++) {
        const char *at_flag = strchr("dgimsuvy", flags->data[i]);
        if (!at_flag || !*at_flag) return false;
        u32 bit = 1u << (*at_flag - 'd');
        if (seen & bit) return false;
        seen |= bit;
    }
    return (seen & (1u << ('u' - 'd') | 1u << ('v' - 'd'))) != (1u << ('u' - 'd') | 1u << ('v' - 'd'));
}

void lex_regexp(Parser *p, Str **pattern, Str **flags) {
    const char *start = p->src + p->tok.start, *s = start + 1;
    *pattern = *flags = p->s_empty;
    if (p->panic) return;
    for (bool in_class = false;; s++) {
        u8 c = (u8)*s;
        if (c == '/' && !in_class) break;
        if (c == '[') in_class = true;
        else if (c == ']') in_class = false;
        else if (c == '\\') c = (u8)*++s;
        if (c == '\n' || c == '\r' || (c == 0xe2 && line_separator(s)) || (c == 0 && s >= p->end)) {
            fail(p, DIAG_UNTERMINATED_REGEXP, (u32)(start - p->src), (u32)(s - p->src), NULL);
            return;
        }
    }
    *pattern = str_table_intern(p->strings, start + 1, (size_t)(s - start) - 1);
    const char *from = ++s;
    while (ID_PART(*s)) s++;
    *flags = str_table_intern(p->strings, from, (size_t)(s - from));
    u32 end = (u32)(s - p->src);
    if ((u8)*s >= 0x80 || *s == '\\') {
        u32 n = 1;
        u32 c = *s == '\\' ? 'x' : utf8_decode((const u8 *)s, (const u8 *)p->end, UTF_WTF8, &n);
        if (*s == '\\' || lex_is_id_part(c)) {
            fail(p, DIAG_BAD_REGEXP_FLAGS, (u32)(start - p->src), end + n, NULL);
            return;
        }
    }
    if (!regexp_flags_valid(*flags)) {
        fail(p, DIAG_BAD_REGEXP_FLAGS, (u32)(start - p->src), end, NULL);
        return;
    }
    const char *why = p->options->check_regexp ? p->options->check_regexp(p->arena, *pattern, *flags) : NULL;
    if (why && !p->speculating)
        diag_add(p->diags, DIAG_BAD_REGEXP, (u32)(start - p->src), end, (*pattern)->data, (*flags)->data, why);
    p->tok.end = end;
    p->cur = s;
    lex_next(p);
}
