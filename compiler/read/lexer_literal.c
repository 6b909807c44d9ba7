// SPDX-License-Identifier: MIT
// Literals of the lexer: numbers, strings and template parts with their escapes, and what an identifier may be made of.
#include "compiler/read/parser.h"
#include "format/base/utf.h"
#include "format/base/unicode.h"

#include <gmp.h>
#include <stdlib.h>

bool lex_is_id_start(u32 c) {
    if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '$' || c == '_';
    return unicode_is_id_start(c);
}

bool lex_is_id_part(u32 c) {
    if (c < 0x80) return (c >= '0' && c <= '9') || lex_is_id_start(c);
    return c == 0x200c || c == 0x200d || unicode_is_id_continue(c);
}

static int digit_value(u8 c) {
    if (c >= '0' && c <= '9') return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'z' ? c - 'a' + 10 : 99;
}

// Appends digits of `base` from s to the scratch, dropping separators. Gives the end; reports a misplaced separator.
static const char *scan_digits(Parser *p, const char *s, int base, bool separators) {
    bool last_digit = false;
    for (;; s++) {
        if (digit_value((u8)*s) < base) {
            buf_u8(&p->scratch, (u8)*s);
            last_digit = true;
        } else if (*s == '_' && separators) {
            u32 here = (u32)(s - p->src);
            if (!last_digit) {
                fail(p, s[-1] == '_' ? DIAG_SEPARATOR_TWICE : DIAG_INVALID_TOKEN, here, here + 1, NULL);
                return s;
            }
            last_digit = false;
        } else {
            break;
        }
    }
    if (s[-1] == '_' && separators) fail(p, DIAG_SEPARATOR_TRAILING, (u32)(s - p->src), (u32)(s - p->src) + 1, NULL);
    return s;
}

// Binary and octal digits as the digits of a C hexadecimal literal, so that strtod rounds them.
static f64 radix_value(Buf *digits, u32 bits) {
    const u8 *d = digits->data;
    size_t n = digits->len;
    f64 small = 0;
    if (n * bits <= 52) {
        for (size_t i = 0; i < n; i++) small = small * (1 << bits) + digit_value(d[i]);
        return small;
    }
    Buf hex = {0};
    buf_str(&hex, "0x");
    size_t total = n * bits, pad = (4 - total % 4) % 4;
    u32 acc = 0, have = (u32)pad;
    for (size_t i = 0; i < n; i++) {
        acc = acc << bits | (u32)digit_value(d[i]);
        have += bits;
        while (have >= 4) {
            have -= 4;
            buf_u8(&hex, (u8)"0123456789abcdef"[(acc >> have) & 15]);
        }
    }
    f64 v = strtod(buf_cstr(&hex), NULL);
    buf_free(&hex);
    return v;
}

static f64 decimal_value(Buf *digits) {
    if (digits->len <= 15) {
        u64 v = 0;
        size_t i = 0;
        for (; i < digits->len && digits->data[i] >= '0' && digits->data[i] <= '9'; i++) v = v * 10 + (u64)(digits->data[i] - '0');
        if (i == digits->len) return (f64)v;
    }
    return strtod(buf_cstr(digits), NULL);
}

static void number_done(Parser *p, const char *s, bool bigint) {
    if (p->panic) return;
    u32 c = (u8)*s, n = 1;
    if (c >= 0x80) c = utf8_decode((const u8 *)s, (const u8 *)p->end, UTF_WTF8, &n);
    if (c == '\\' || (c != UTF_BAD && lex_is_id_part(c))) {
        fail(p, DIAG_INVALID_TOKEN, p->tok.start, (u32)(s - p->src) + n, NULL);
        return;
    }
    p->tok.kind = bigint ? T_BIGINT : T_NUMBER;
    p->tok.end = (u32)(s - p->src);
    p->cur = s;
}

static void lex_radix(Parser *p, const char *s, u32 bits) {
    Buf *b = &p->scratch;
    s = scan_digits(p, s + 2, 1 << bits, true);
    if (p->panic) return;
    if (!b->len) {
        fail(p, DIAG_INVALID_TOKEN, p->tok.start, (u32)(s - p->src), NULL);
        return;
    }
    if (*s == 'n') { // constants and property keys hold decimal text
        mpz_t z;
        mpz_init_set_str(z, buf_cstr(b), 1 << bits);
        b->len = 0;
        buf_reserve(b, mpz_sizeinbase(z, 10) + 2);
        mpz_get_str((char *)b->data, 10, z);
        mpz_clear(z);
        p->tok.str = str_table_intern(p->strings, (char *)b->data, strlen((char *)b->data));
        number_done(p, s + 1, true);
        return;
    }
    p->tok.num = radix_value(b, bits);
    number_done(p, s, false);
}

// 017 (octal) and 089 (decimal) of sloppy code; s[0] is '0', s[1] a digit.
static const char *lex_legacy(Parser *p, const char *s, bool *octal) {
    const char *e = s;
    *octal = true;
    for (; *e >= '0' && *e <= '9'; e++)
        if (*e >= '8') *octal = false;
    if (*e == '_') {
        fail(p, *octal ? DIAG_SEPARATOR_AFTER_ZERO : DIAG_INVALID_TOKEN, (u32)(e - p->src), (u32)(e - p->src) + 1, NULL);
        return s;
    }
    p->tok.octal = *octal ? OCTAL_NUMBER : OCTAL_DECIMAL;
    p->tok.octal_at = p->tok.start;
    if (*octal) s++;
    buf_put(&p->scratch, s, (size_t)(e - s));
    return e;
}

static const char *scan_fraction(Parser *p, const char *s) {
    Buf *b = &p->scratch;
    if (*s == '.') {
        buf_u8(b, '.');
        s++;
        if (*s == '_') fail(p, DIAG_INVALID_TOKEN, (u32)(s - p->src), (u32)(s - p->src) + 1, NULL);
        else if (digit_value((u8)*s) < 10) s = scan_digits(p, s, 10, true);
    }
    if (!p->panic && (*s | 0x20) == 'e') {
        buf_u8(b, 'e');
        s++;
        if (*s == '+' || *s == '-') buf_u8(b, (u8)*s++);
        if (digit_value((u8)*s) >= 10) fail(p, DIAG_INVALID_TOKEN, p->tok.start, (u32)(s - p->src), NULL);
        else s = scan_digits(p, s, 10, true);
    }
    return s;
}

void lex_number(Parser *p) {
    const char *s = p->cur;
    Buf *b = &p->scratch;
    b->len = 0;
    bool octal = false, legacy = false;
    if (*s == '0') {
        char x = s[1] | 0x20;
        if (x == 'x') { lex_radix(p, s, 4); return; }
        if (x == 'o') { lex_radix(p, s, 3); return; }
        if (x == 'b') { lex_radix(p, s, 1); return; }
        if (s[1] == '_') {
            fail(p, DIAG_SEPARATOR_AFTER_ZERO, p->tok.start + 1, p->tok.start + 2, NULL);
            return;
        }
        legacy = digit_value((u8)s[1]) < 10;
    }
    if (legacy) s = lex_legacy(p, s, &octal);
    else if (*s != '.') s = scan_digits(p, s, 10, true);
    if (p->panic) return;
    if (*s == 'n' && !legacy && b->len) {
        p->tok.str = str_table_intern(p->strings, (char *)b->data, b->len);
        number_done(p, s + 1, true);
        return;
    }
    if (octal) {
        p->tok.num = radix_value(b, 3);
    } else {
        if (*s == '.' || (*s | 0x20) == 'e') s = scan_fraction(p, s);
        if (p->panic) return;
        p->tok.num = decimal_value(b);
    }
    number_done(p, s, false);
}

u32 lex_unicode_escape(Parser *p, const char **at) {
    const char *s = *at;
    u32 c = 0;
    if (*s == '{') {
        s++;
        const char *first = s;
        for (; digit_value((u8)*s) < 16; s++) {
            c = c * 16 + (u32)digit_value((u8)*s);
            if (c > 0x10ffff) {
                *at = s;
                return UTF_BAD;
            }
        }
        *at = s;
        if (s == first || *s != '}') return UTF_BAD;
        *at = s + 1;
        return c;
    }
    for (int i = 0; i < 4; i++, s++) {
        if (digit_value((u8)*s) >= 16) {
            *at = s;
            return UTF_BAD;
        }
        c = c * 16 + (u32)digit_value((u8)*s);
    }
    *at = s;
    return c;
}

// Appends c to the scratch; a trail surrogate joins a lead that an escape put just before it.
static void put_code_point(Buf *b, u32 c) {
    if (utf_is_trail(c) && b->len >= 3 && b->data[b->len - 3] == 0xed && b->data[b->len - 2] >= 0xa0 && b->data[b->len - 2] < 0xb0) {
        const u8 *d = b->data + b->len - 3;
        u32 lead = 0xd000u | (u32)(d[1] & 0x3f) << 6 | (d[2] & 0x3f);
        b->len -= 3;
        c = utf_pair(lead, c);
    }
    u8 bytes[4];
    buf_put(b, bytes, utf8_encode(c, bytes));
}

// Legacy octal escapes \0 … \377; s is at the first digit.
static const char *octal_escape(Parser *p, const char *s, Token *t) {
    if (*s == '0' && digit_value((u8)s[1]) >= 10) {
        buf_u8(&p->scratch, 0);
        return s + 1;
    }
    if (!t->octal) {
        t->octal = OCTAL_ESCAPE;
        t->octal_at = (u32)(s - p->src) - 1;
    }
    u32 c = 0;
    int most = *s <= '3' ? 3 : 2;
    for (int i = 0; i < most && *s >= '0' && *s <= '7'; i++) c = c * 8 + (u32)(*s++ - '0');
    put_code_point(&p->scratch, c);
    return s;
}

// One escape sequence; *at is after the backslash. Appends what it stands for; gives the DiagId of what is wrong, or 0.
static u32 read_escape(Parser *p, const char **at, Token *t, bool in_template) {
    const char *s = *at;
    Buf *b = &p->scratch;
    u8 c = (u8)*s++;
    u32 bad = 0;
    switch (c) {
    case 'n': buf_u8(b, '\n'); break;
    case 't': buf_u8(b, '\t'); break;
    case 'r': buf_u8(b, '\r'); break;
    case 'b': buf_u8(b, '\b'); break;
    case 'f': buf_u8(b, '\f'); break;
    case 'v': buf_u8(b, '\v'); break;
    case '\r':
        if (*s == '\n') s++;
        break;
    case '\n': break;
    case 'x':
        if (digit_value((u8)s[0]) < 16 && digit_value((u8)s[1]) < 16) {
            put_code_point(b, (u32)(digit_value((u8)s[0]) * 16 + digit_value((u8)s[1])));
            s += 2;
        } else {
            bad = DIAG_BAD_HEX_ESCAPE;
        }
        break;
    case 'u': {
        u32 u = lex_unicode_escape(p, &s);
        if (u == UTF_BAD) bad = digit_value((u8)*s) < 16 ? DIAG_UNDEFINED_CODE_POINT : DIAG_BAD_UNICODE_ESCAPE;
        else put_code_point(b, u);
        break;
    }
    case '0' ... '7':
        if (in_template && !(c == '0' && digit_value((u8)*s) >= 10)) bad = DIAG_TEMPLATE_OCTAL;
        else s = octal_escape(p, s - 1, t);
        break;
    case '8': case '9':
        if (in_template) {
            bad = DIAG_TEMPLATE_8_OR_9;
        } else {
            if (!t->octal) {
                t->octal = OCTAL_8_OR_9;
                t->octal_at = (u32)(s - p->src) - 2;
            }
            buf_u8(b, c);
        }
        break;
    default: {
        u32 n = 1, u = c;
        if (c >= 0x80) u = utf8_decode((const u8 *)s - 1, (const u8 *)p->end, UTF_WTF8, &n);
        s += n - 1;
        if (u != 0x2028 && u != 0x2029) buf_put(b, s - n, n);
    }
    }
    *at = s;
    return bad;
}

void lex_string(Parser *p, char quote) {
    const char *s = p->cur + 1, *from = s;
    Buf *b = &p->scratch;
    bool plain = true;
    for (;; s++) {
        char c = *s;
        if (c == quote) break;
        if (c == '\\') {
            if (plain) b->len = 0;
            plain = false;
            buf_put(b, from, (size_t)(s - from));
            const char *escape = s++;
            if (s >= p->end) break;
            u32 bad = read_escape(p, &s, &p->tok, false);
            if (bad) {
                fail(p, (DiagId)bad, (u32)(escape - p->src), (u32)(s - p->src), NULL);
                return;
            }
            from = s--;
        } else if (c == '\n' || c == '\r' || (c == 0 && s >= p->end)) {
            break;
        }
    }
    if (*s != quote) {
        fail(p, DIAG_INVALID_TOKEN, p->tok.start, (u32)(s - p->src), NULL);
        return;
    }
    if (plain) {
        p->tok.str = str_table_intern(p->strings, from, (size_t)(s - from));
    } else {
        buf_put(b, from, (size_t)(s - from));
        p->tok.str = str_table_intern(p->strings, (char *)b->data, b->len);
    }
    p->tok.kind = T_STRING;
    p->tok.end = (u32)(s + 1 - p->src);
    p->cur = s + 1;
}

// The raw text of a template part: line ends become LF.
static Str *template_raw(Parser *p, const char *from, const char *to) {
    Buf *b = &p->scratch;
    b->len = 0;
    for (; from < to; from++) {
        if (*from != '\r') buf_u8(b, (u8)*from);
        else if (from[1] != '\n') buf_u8(b, '\n');
    }
    return str_table_intern(p->strings, (char *)b->data, b->len);
}

bool lex_template(Parser *p, TemplatePart *part, bool tagged) {
    const char *s = p->cur, *from = s, *run = s;
    Buf *b = &p->scratch;
    b->len = 0;
    u32 bad = 0;
    bool plain = true;
    Token unused = {0};
    part->cooked = part->raw = p->s_empty;
    if (p->panic) return false;
    for (;; s++) {
        char c = *s;
        if (c == '`' || (c == '$' && s[1] == '{')) break;
        if (c == 0 && s >= p->end) {
            fail(p, DIAG_UNTERMINATED_TEMPLATE, (u32)(from - p->src) - 1, (u32)(s - p->src), NULL);
            p->give_up = !p->speculating;
            return false;
        }
        if (c != '\\' && c != '\r') continue;
        plain = false;
        buf_put(b, run, (size_t)(s - run));
        if (c == '\r') {
            if (s[1] != '\n') buf_u8(b, '\n');
        } else {
            const char *escape = s++;
            if (s >= p->end) { s--; run = s; continue; }
            u32 wrong = read_escape(p, &s, &unused, true);
            if (wrong && !tagged) {
                fail(p, (DiagId)wrong, (u32)(escape - p->src), (u32)(s - p->src), NULL);
                return false;
            }
            if (wrong) {
                bad = wrong;
                s = escape + 2; // the raw scan goes on right after the escaped character
                if (escape[1] == '\r' && *s == '\n') s++;
            }
            s--;
        }
        run = s + 1;
    }
    buf_put(b, run, (size_t)(s - run));
    part->cooked = bad ? NULL : str_table_intern(p->strings, (char *)b->data, b->len);
    part->raw = plain ? part->cooked : template_raw(p, from, s);
    bool more = *s == '$';
    p->tok.end = (u32)(s - p->src) + (more ? 2 : 1);
    p->cur = p->src + p->tok.end;
    return more;
}
