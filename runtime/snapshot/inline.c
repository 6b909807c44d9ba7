// SPDX-License-Identifier: MIT
// Inline snapshots on their way into the source: which calls get which text, and the edits of the files at the end of a run. A file changes
// by text edits alone and is replaced as a whole (temporary name, rename); what was changed by others since it was compiled stays untouched.
#define _GNU_SOURCE
#include "runtime/snapshot/snapshot.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct Edit { const DxtModule *module; u32 call, from, to; char *text; const char *before; } Edit; // call: offset of the matcher's name
static struct { Edit *e; u32 count, cap; } edits;

void inline_reset(void) {
    for (u32 i = 0; i < edits.count; i++) mem_free(edits.e[i].text);
    edits.count = 0;
}

// ---- reading a call's arguments

static bool is_name(char c) { return c == '_' || c == '$' || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || (u8)c >= 0x80; }

static u32 skip_space(const char *s, u32 n, u32 at) { // and comments
    while (at < n) {
        if (strchr(" \t\r\n", s[at])) at++;
        else if (s[at] == '/' && at + 1 < n && s[at + 1] == '/') {
            while (at < n && s[at] != '\n') at++;
        } else if (s[at] == '/' && at + 1 < n && s[at + 1] == '*') {
            const char *end = memmem(s + at + 2, n - at - 2, "*/", 2);
            at = end ? (u32)(end - s) + 2 : n;
        } else break;
    }
    return at;
}
static u32 skip_quoted(const char *s, u32 n, u32 at) { // '...', "..." or /regular expression/
    char quote = s[at];
    bool set = false;
    for (at++; at < n && (s[at] != quote || set); at++) {
        if (s[at] == '\\') at++;
        else if (quote == '/' && s[at] == '[') set = true;
        else if (s[at] == ']') set = false;
    }
    return at < n ? at + 1 : n;
}
static u32 skip_bracketed(const char *s, u32 n, u32 at);
static u32 skip_template(const char *s, u32 n, u32 at) {
    for (at++; at < n && s[at] != '`'; at++) {
        if (s[at] == '\\') at++;
        else if (s[at] == '$' && at + 1 < n && s[at + 1] == '{') at = skip_bracketed(s, n, at + 1) - 1;
    }
    return at < n ? at + 1 : n;
}
// One token; *operand: whether a slash after it divides.
static u32 skip_token(const char *s, u32 n, u32 at, bool *operand) {
    char c = s[at];
    bool divides = *operand;
    *operand = true;
    if (c == '\'' || c == '"') return skip_quoted(s, n, at);
    if (c == '`') return skip_template(s, n, at);
    if (c == '/' && !divides) return skip_quoted(s, n, at);
    if (strchr("([{", c)) return skip_bracketed(s, n, at);
    if (is_name(c)) {
        u32 from = at;
        while (at < n && is_name(s[at])) at++;
        static const char *const words[] = {"return", "typeof", "case", "in", "of", "void", "delete", "new", "await", "yield"};
        for (u32 i = 0; i < DX_COUNTOF(words); i++)
            if (strlen(words[i]) == at - from && !memcmp(s + from, words[i], at - from)) *operand = false;
        return at;
    }
    *operand = false;
    return at + 1;
}
static u32 skip_bracketed(const char *s, u32 n, u32 at) { // behind the closing bracket
    bool operand = false;
    for (at = skip_space(s, n, at + 1); at < n && !strchr(")]}", s[at]); at = skip_space(s, n, at)) at = skip_token(s, n, at, &operand);
    return at < n ? at + 1 : n;
}

// Where the text of the call at `e->call` goes. False: the source is not what it should be.
static bool edit_place(Edit *e) {
    const char *s = e->module->source;
    u32 n = e->module->source_len, at = e->call;
    while (at < n && is_name(s[at])) at++;
    at = skip_space(s, n, at);
    if (at < n && s[at] == '<') { // type arguments
        while (at < n && s[at] != '(') at++;
    }
    if (at >= n || s[at] != '(') return false;
    bool operand = false, literal = false, comma = false;
    u32 start = 0, end = 0;
    for (at = skip_space(s, n, at + 1); at < n && s[at] != ')'; at = skip_space(s, n, at)) {
        if (s[at] == ',') {
            comma = true;
            operand = false;
            end = ++at;
            continue;
        }
        if (!start || comma) start = at, literal = strchr("`'\"", s[at]) != NULL, comma = false;
        at = skip_token(s, n, at, &operand);
        end = at;
        if (literal && s[skip_space(s, n, at)] != ')' && s[skip_space(s, n, at)] != ',') literal = false;
        if (literal) break;
    }
    if (at >= n) return false;
    e->from = literal ? start : start ? end : at;
    e->to = literal ? end : e->from;
    e->before = !start || literal ? "" : comma ? " " : ", ";
    return true;
}

// ---- the text as a template literal

static bool has_prettier(const char *root) { // then Jest's snapshots are indented
    Buf b = {0};
    buf_printf(&b, "%s/node_modules/prettier/package.json", root ? root : ".");
    bool has = !access(buf_cstr(&b), R_OK);
    buf_free(&b);
    return has;
}
static void put_literal(Dxtest *t, const Edit *e, Buf *b) {
    const char *s = e->module->source, *text = e->text;
    u32 line = e->call, end;
    while (line && s[line - 1] != '\n') line--;
    for (end = line; s[end] == ' ' || s[end] == '\t';) end++;
    bool lines = strchr(text, '\n') != NULL, flush = t->dialect == DIALECT_JEST && !has_prettier(t->opt.root);
    bool tabs = memchr(s + line, '\t', end - line) && t->dialect != DIALECT_BUN;
    buf_str(b, lines ? "`\n" : "`");
    bool at_start = lines && !flush;
    for (; *text; text++) {
        if (at_start && *text != '\n') {
            buf_put(b, s + line, end - line);
            buf_str(b, tabs ? "\t" : "  ");
        }
        at_start = lines && !flush && *text == '\n';
        if (*text == '`' || *text == '\\' || (*text == '$' && text[1] == '{')) buf_u8(b, '\\');
        buf_u8(b, (u8)*text);
    }
    if (lines) buf_u8(b, '\n');
    if (lines && !flush) buf_put(b, s + line, end - line);
    buf_u8(b, '`');
}

// ---- collecting

int inline_add(Dxtest *t, Value site, const char *text) {
    StackFrameInfo frames[64];
    DxtFault fault;
    u32 n = error_stack_frames(t->vm, site, frames, 64), i = 0;
    while (i < n && (frames[i].native || !frames[i].module)) i++;
    if (i == n) return INLINE_NOWHERE;
    const DxtModule *m = frames[i].module;
    if (dxt_cold((DxtModule *)m, &fault) != DXT_OK || !m->source) return INLINE_NOWHERE;
    for (u32 k = 0; k < edits.count; k++) {
        Edit *e = &edits.e[k];
        if (e->module != m || e->call != frames[i].offset) continue;
        return strcmp(e->text, text) ? INLINE_OTHER_VALUE : INLINE_KEPT;
    }
    Edit e = {.module = m, .call = frames[i].offset};
    static const char *const names[] = {"toMatchInlineSnapshot", "toThrowErrorMatchingInlineSnapshot"};
    bool named = false;
    for (u32 k = 0; k < 2; k++) named |= e.call + strlen(names[k]) <= m->source_len && !memcmp(m->source + e.call, names[k], strlen(names[k]));
    if (!named || !edit_place(&e)) return INLINE_NOWHERE;
    e.text = mem_alloc(strlen(text) + 1);
    memcpy(e.text, text, strlen(text) + 1);
    if (edits.count == edits.cap) edits.e = mem_realloc(edits.e, (edits.cap = edits.cap ? edits.cap * 2 : 16) * sizeof *edits.e);
    edits.e[edits.count++] = e;
    return INLINE_KEPT;
}

// ---- writing

static int compare_edits(const void *a, const void *b) {
    const Edit *x = a, *y = b;
    if (x->module != y->module) return x->module < y->module ? -1 : 1;
    return x->from < y->from ? -1 : x->from > y->from;
}
static void write_failed(Dxtest *t, const char *path, const char *why) {
    String *text = str_format(t->vm, "cannot write inline snapshots into %s: %s", path, why);
    file_add_failure(t, error_new(t->vm, REALM_ErrorPrototype, v_from_string(text)));
}
static void write_file(Dxtest *t, const Edit *e, u32 n) {
    const DxtModule *m = e->module;
    Buf now = {0}, out = {0};
    bool same = file_read(m->path, &now) == 0 && now.len == m->source_len && !memcmp(now.data, m->source, now.len);
    u32 at = 0;
    for (u32 i = 0; i < n && same; i++) {
        buf_put(&out, m->source + at, e[i].from - at);
        buf_str(&out, e[i].before);
        put_literal(t, &e[i], &out);
        at = e[i].to;
    }
    if (same) buf_put(&out, m->source + at, m->source_len - at);
    int err = same ? file_write_atomic(m->path, out.data, out.len) : 0;
    if (!same) write_failed(t, m->path, "the file changed while the tests ran");
    if (err) write_failed(t, m->path, strerror(err));
    buf_free(&now);
    buf_free(&out);
}
void inline_write(Dxtest *t) {
    if (edits.count) qsort(edits.e, edits.count, sizeof *edits.e, compare_edits);
    for (u32 i = 0, k; i < edits.count; i = k) {
        for (k = i; k < edits.count && edits.e[k].module == edits.e[i].module;) k++;
        write_file(t, edits.e + i, k - i);
    }
    inline_reset();
}
