// SPDX-License-Identifier: MIT
// One engine for both: a glob is translated and compiled as a regular expression. Offsets inside are UTF-16 units.
#include "cli/dx_match.h"

#include "format/base/utf.h"
#include "format/regexp/regexp.h"
#include "vm/regexp/rx_exec.h"

typedef struct Units { u16 *u; size_t n; } Units;

static Units units_of(const char *text) {
    size_t n = strlen(text);
    Units x = {mem_alloc((n + 1) * 2), 0};
    x.n = utf8_to_utf16((const u8 *)text, n, UTF_8, x.u);
    return x;
}

bool match_regex(Matcher *m, Arena *arena, const char *pattern, const char *flags, const char **why) {
    Units p = units_of(pattern), f = units_of(flags);
    Buf program = {0};
    RxError error = {.message = "Invalid flags"};
    int bits = rx_flags_parse(f.u, f.n);
    bool ok = bits >= 0 && !rx_compile(p.u, p.n, (u32)bits & ~(u32)(RX_GLOBAL | RX_STICKY), &program, &error);
    if (ok) {
        m->program = memcpy(arena_alloc(arena, program.len), program.data, program.len);
        m->captures = rx_capture_count(m->program);
    } else if (why) *why = error.message;
    buf_free(&program);
    mem_free(p.u);
    mem_free(f.u);
    return ok;
}

// ---- globs

static const char *group_end(const char *p) { // p behind '(': the matching ')', or NULL
    for (int depth = 1; *p; p++) {
        if (*p == '\\' && p[1]) p++;
        else if (*p == '(') depth++;
        else if (*p == ')' && !--depth) return p;
    }
    return NULL;
}

static void glob_put(Buf *out, const char *p, const char *end, int braces);

static const char *put_group(Buf *out, const char *p, const char *end, char kind) { // p at '('
    const char *close = group_end(p + 1);
    if (!close || close >= end) return NULL;
    Buf inner = {0};
    glob_put(&inner, p + 1, close, 1);
    if (kind == '!') {
        Buf rest = {0};
        glob_put(&rest, close + 1, end, 0);
        buf_printf(out, "(?:(?!(?:%s)%s$)[^/]*?)", buf_cstr(&inner), buf_cstr(&rest));
        buf_free(&rest);
    } else buf_printf(out, "(?:%s)%s", buf_cstr(&inner), kind == '?' ? "?" : kind == '*' ? "*" : kind == '+' ? "+" : "");
    buf_free(&inner);
    return close;
}

static const char *put_class(Buf *out, const char *p, const char *end) { // p at '['
    const char *close = p + 1;
    if (*close == '!' || *close == '^') close++;
    if (*close == ']') close++;
    while (close < end && *close != ']') close++;
    if (close >= end) return NULL;
    buf_str(out, p[1] == '!' || p[1] == '^' ? "[^" : "[");
    for (const char *q = p + 1 + (p[1] == '!' || p[1] == '^'); q < close; q++) {
        if (*q == '[' || *q == '\\') buf_u8(out, '\\');
        buf_u8(out, (u8)*q);
    }
    buf_u8(out, ']');
    return close;
}

// braces: how many open { or ( make ',' and '|' alternatives
static void glob_put(Buf *out, const char *p, const char *end, int braces) {
    const char *start = p;
    for (; p < end; p++) {
        const char *next = NULL;
        bool segment = p == start || p[-1] == '/';
        if (*p == '\\' && p + 1 < end) {
            buf_printf(out, "\\%c", *++p);
        } else if (strchr("?*+@!", *p) && p + 1 < end && p[1] == '(' && (next = put_group(out, p + 1, end, *p))) {
            p = next;
        } else if (*p == '(' && (next = put_group(out, p, end, '@'))) {
            p = next;
        } else if (*p == '*' && p + 1 < end && p[1] == '*' && segment) {
            while (p + 1 < end && p[1] == '*') p++;
            if (p + 1 < end && p[1] == '/') p++, buf_str(out, "(?:[^/]+/)*");
            else buf_str(out, ".*");
        } else if (*p == '*') {
            while (p + 1 < end && p[1] == '*') p++;
            buf_str(out, "[^/]*");
        } else if (*p == '?') buf_str(out, "[^/]");
        else if (*p == '[' && (next = put_class(out, p, end))) p = next;
        else if (*p == '{') buf_str(out, "(?:"), braces++;
        else if (*p == '}' && braces) buf_str(out, ")"), braces--;
        else if ((*p == ',' && braces) || (*p == '|' && braces)) buf_str(out, "|");
        else {
            if (strchr(".+^$()[]{}|/", *p)) buf_u8(out, '\\');
            buf_u8(out, (u8)*p);
        }
    }
}

bool match_glob(Matcher *m, Arena *arena, const char *glob) {
    Buf b = {0};
    while (glob[0] == '.' && glob[1] == '/') glob += 2;
    buf_str(&b, "^(?:");
    glob_put(&b, glob, glob + strlen(glob), 0);
    buf_str(&b, ")$");
    bool ok = match_regex(m, arena, buf_cstr(&b), "", NULL);
    buf_free(&b);
    return ok;
}

// ---- matching

static bool run(const Matcher *m, const Units *u, i32 *captures) {
    static RxScratch scratch;
    return rx_exec(m->program, u->u, (u32)u->n, true, 0, captures, &scratch) == RX_MATCH;
}

bool match_test(const Matcher *m, const char *text) {
    Units u = units_of(text);
    i32 *captures = mem_alloc(m->captures * 2 * sizeof *captures);
    bool hit = run(m, &u, captures);
    mem_free(captures);
    mem_free(u.u);
    return hit;
}

static void put_units(Buf *out, const Units *u, i32 from, i32 to) {
    if (from < 0 || to <= from) return;
    buf_reserve(out, (size_t)(to - from) * 3);
    out->len += utf_utf16_to_utf8(u->u + from, (size_t)(to - from), UTF_8, out->data + out->len);
}

static void put_expansion(Buf *out, const Matcher *m, const Units *u, const i32 *captures, const char *replacement) {
    for (const char *p = replacement; *p; p++) {
        u32 n = p[0] == '$' && p[1] >= '0' && p[1] <= '9' ? (u32)(p[1] - '0') : 0;
        if (n && n < m->captures) put_units(out, u, captures[n * 2], captures[n * 2 + 1]), p++;
        else if (p[0] == '$' && p[1] == '&') put_units(out, u, captures[0], captures[1]), p++;
        else if (p[0] == '$' && p[1] == '$') buf_u8(out, '$'), p++;
        else buf_u8(out, (u8)*p);
    }
}

static const char *replace(const Matcher *m, Arena *arena, const char *text, const char *replacement, bool whole) {
    Units u = units_of(text);
    i32 *captures = mem_alloc(m->captures * 2 * sizeof *captures);
    const char *result = NULL;
    if (run(m, &u, captures)) {
        Buf b = {0};
        if (!whole) put_units(&b, &u, 0, captures[0]);
        put_expansion(&b, m, &u, captures, replacement);
        if (!whole) put_units(&b, &u, captures[1], (i32)u.n);
        result = arena_strndup(arena, buf_cstr(&b), b.len);
        buf_free(&b);
    }
    mem_free(captures);
    mem_free(u.u);
    return result;
}

const char *match_replace(const Matcher *m, Arena *arena, const char *text, const char *replacement) {
    return replace(m, arena, text, replacement, false);
}
const char *match_expand(const Matcher *m, Arena *arena, const char *text, const char *replacement) {
    return replace(m, arena, text, replacement, true);
}
