// SPDX-License-Identifier: MIT
// The message kit of the matchers: hints, values on one line, labels, diffs (as jest-matcher-utils words and colours them).
#include "runtime/expect/asymmetric.h"
#include "runtime/expect/diff.h"
#include "runtime/expect/match.h"
#include "runtime/expect/pretty.h"

static bool color(void) { return dxtest && dxtest->opt.color; }

static void put_utf8(StrBuf *sb, const char *s) {
    for (const u8 *p = (const u8 *)s; *p;) {
        u32 c = *p++;
        u32 more = c >= 0xF0 ? 3 : c >= 0xE0 ? 2 : c >= 0xC0 ? 1 : 0;
        c &= more == 3 ? 7 : more == 2 ? 15 : more == 1 ? 31 : 127;
        while (more-- && (*p & 0xC0) == 0x80) c = c << 6 | (*p++ & 63);
        sb_cp(sb, c);
    }
}
void put(Match *m, const char *s) { put_utf8(&m->out, s); }

enum { GREEN = 32, RED = 31, DIM = 2 };
static void paint(Match *m, int c, bool on) {
    if (!color()) return;
    if (c == DIM) put(m, on ? "\033[2m" : "\033[22m");
    else put(m, on ? (c == GREEN ? "\033[32m" : "\033[31m") : "\033[39m");
}
static void painted(Match *m, int c, const char *s) {
    paint(m, c, true);
    put(m, s);
    paint(m, c, false);
}
void put_expected_text(Match *m, const char *s) { painted(m, GREEN, s); }
void put_received_text(Match *m, const char *s) { painted(m, RED, s); }

#define MAX_LENGTH 10000
bool put_value(Match *m, Value v) { // stringify
    for (u32 depth = 10, width = 10;;) {
        PrettyOptions o = {.indent = 2, .min = true, .max_depth = depth, .max_width = width, .escape_string = true, .escape_regex = true, .call_to_json = true, .print_function_name = true, .plugins = V_UNDEFINED};
        StrBuf sb = {0};
        if (!pretty_format_rjs(m->vm, v, &o, &sb)) return sb_free(&sb), false;
        if (sb.len >= MAX_LENGTH && (depth > 1 || width > 1)) {
            sb_free(&sb);
            if (depth > 1) depth /= 2;
            else width /= 2;
            continue;
        }
        Value s = sb_finish(m->vm, &sb);
        if (v_is_exc(s)) return false;
        sb_str(m->vm, &m->out, v_string(s));
        return true;
    }
}
bool put_expected(Match *m, Value v) {
    paint(m, GREEN, true);
    bool ok = put_value(m, v);
    paint(m, GREEN, false);
    return ok;
}
bool put_received(Match *m, Value v) {
    paint(m, RED, true);
    bool ok = put_value(m, v);
    paint(m, RED, false);
    return ok;
}
bool put_labelled(Match *m, const char *label, bool expected, Value v) {
    put(m, label);
    bool ok = expected ? put_expected(m, v) : put_received(m, v);
    put(m, "\n");
    return ok;
}

void put_hint_received(Match *m, const char *received_label, const char *expected_label, const char *comment) {
    painted(m, DIM, "expect(");
    painted(m, RED, received_label);
    painted(m, DIM, ")");
    if (m->promise[0]) {
        painted(m, DIM, ".");
        put(m, m->promise);
    }
    if (m->is_not) {
        painted(m, DIM, ".");
        put(m, "not");
    }
    painted(m, DIM, ".");
    put(m, m->name);
    painted(m, DIM, "(");
    if (expected_label[0]) painted(m, GREEN, expected_label);
    painted(m, DIM, ")");
    if (comment) {
        if (color()) put(m, "\033[2m");
        put(m, " // ");
        put(m, comment);
        if (color()) put(m, "\033[22m");
    }
    put(m, "\n\n");
}
void put_hint(Match *m, const char *expected_label, const char *comment) { put_hint_received(m, "received", expected_label, comment); }

const char *type_name(VM *vm, Value v) { // jest-get-type
    if (v_is_undefined(v)) return "undefined";
    if (v_is_null(v)) return "null";
    if (v_is_bool(v)) return "boolean";
    if (v_is_number(v)) return "number";
    if (v_is_string(v)) return "string";
    if (v_is_bigint(v)) return "bigint";
    if (v_is_symbol(v)) return "symbol";
    if (v_is_callable(v)) return "function";
    switch (((Cell *)v_ptr(v))->kind) {
    case CELL_ARRAY: return "array";
    case CELL_REGEXP: return "regexp";
    case CELL_MAP: return "map";
    case CELL_SET: return "set";
    case CELL_DATE: return "date";
    default: return "object";
    }
}

bool usage_error(Match *m, const char *expected_label, const char *text, const char *which, Value v) {
    VM *vm = m->vm;
    m->out.len = 0;
    sb_free(&m->out);
    m->out = (StrBuf){0};
    put_hint(m, expected_label, !strcmp(m->name, "toContain") ? "indexOf" : !strcmp(m->name, "toContainEqual") ? "deep equality" : NULL);
    if (color()) put(m, "\033[1m");
    put(m, "Matcher error");
    if (color()) put(m, "\033[22m");
    put(m, ": ");
    put(m, text);
    if (which) {
        bool expected = !strncmp(which, "Expected", 8) || !strncmp(which, "expected", 8);
        put(m, "\n\n");
        if (!v_is_nullish(v)) {
            put(m, which);
            put(m, " has type:  ");
            put(m, type_name(vm, v));
            put(m, "\n");
        }
        put(m, which);
        put(m, " has value: ");
        if (!(expected ? put_expected(m, v) : put_received(m, v))) return false;
    }
    Value s = sb_finish(vm, &m->out);
    if (!v_is_exc(s)) vm_throw_value(vm, error_new(vm, REALM_ErrorPrototype, s));
    return false;
}

// ---- diffs

static char *pretty_utf8_rjs(VM *vm, Value v, u32 indent) { // malloc; NULL: thrown
    PrettyOptions o = pretty_diff_options;
    o.indent = indent;
    o.escape_string = false;
    o.max_depth = 20;
    StrBuf sb = {0};
    if (!pretty_format_rjs(vm, v, &o, &sb)) return sb_free(&sb), NULL;
    Value s = sb_finish(vm, &sb);
    if (v_is_exc(s)) return NULL;
    Buf b = {0};
    str_to_utf8(vm, v_string(s), &b);
    buf_u8(&b, 0);
    return (char *)b.data;
}

static bool has_newline(VM *vm, Value s) {
    Chars c = str_chars(vm, v_string(s));
    for (u32 i = 0; i < c.len; i++)
        if (chars_at(c, i) == '\n' || chars_at(c, i) == '\r') return true;
    return false;
}

static bool line_diffable(VM *vm, Value expected, Value received) { // isLineDiffable
    const char *te = type_name(vm, expected), *tr = type_name(vm, received);
    if (strcmp(te, tr)) return false;
    if (v_is_string(expected)) return v_string(expected)->length && v_string(received)->length && (has_newline(vm, expected) || has_newline(vm, received));
    if (!v_is_object(expected) || !strcmp(te, "date") || !strcmp(te, "function") || !strcmp(te, "regexp")) return false;
    if (v_is_kind(expected, CELL_ERROR) && v_is_kind(received, CELL_ERROR)) return false;
    int asym = is_asymmetric_rjs(vm, received);
    if (asym < 0) vm_take_exception(vm);
    return asym == 0;
}

static char *string_utf8(VM *vm, Value s) {
    Buf b = {0};
    str_to_utf8(vm, v_string(s), &b);
    buf_u8(&b, 0);
    return (char *)b.data;
}

static int put_diff_rjs(Match *m, Value expected, Value received, const char *la, const char *lb) { // 1 printed, 0 no difference shown, -1
    VM *vm = m->vm;
    char *a, *b, *ac = NULL, *bc = NULL;
    if (v_is_string(expected)) {
        a = string_utf8(vm, expected);
        b = string_utf8(vm, received);
    } else {
        a = pretty_utf8_rjs(vm, expected, 2);
        b = a ? pretty_utf8_rjs(vm, received, 2) : NULL;
        ac = b ? pretty_utf8_rjs(vm, expected, 0) : NULL;
        bc = ac ? pretty_utf8_rjs(vm, received, 0) : NULL;
        if (!bc) return mem_free(a), mem_free(b), mem_free(ac), -1;
    }
    int r = 0;
    if (strcmp(ac ? ac : a, bc ? bc : b)) {
        DiffOptions o = {la, lb, color(), false, true, 0};
        Buf out = {0};
        diff_lines(a, b, ac, bc, &o, &out);
        put(m, buf_cstr(&out));
        buf_free(&out);
        r = 1;
    }
    mem_free(a);
    mem_free(b);
    mem_free(ac);
    mem_free(bc);
    return r;
}

bool put_diff_or_values(Match *m, Value expected, Value received, const char *la, const char *lb) {
    VM *vm = m->vm;
    if (line_diffable(vm, expected, received)) {
        int r = put_diff_rjs(m, expected, received, la, lb);
        if (r) return r > 0;
    }
    u32 w = (u32)(strlen(la) > strlen(lb) ? strlen(la) : strlen(lb));
    String *x = pretty_inline_rjs(vm, expected, 10), *y = x ? pretty_inline_rjs(vm, received, 10) : NULL;
    if (!y) return false;
    put(m, la);
    put(m, ": ");
    for (u32 i = (u32)strlen(la); i < w; i++) put(m, " ");
    if (!put_expected(m, expected)) return false;
    put(m, "\n");
    put(m, lb);
    put(m, ": ");
    for (u32 i = (u32)strlen(lb); i < w; i++) put(m, " ");
    if (str_equal(vm, x, y)) return put(m, "serializes to the same string"), true;
    return put_received(m, received);
}
