// SPDX-License-Identifier: MIT
// Errors as Jest prints them: message, code frame of the first frame in user code, stack lines with project-relative paths.
#include "runtime/expect/expect.h"
#include "runtime/expect/pretty.h"
#include "runtime/runtime.h"

#define MAX_FRAMES 64

static char *arena_text(Dxtest *t, Buf *b) {
    char *s = arena_strndup(t->arena, b->data ? (char *)b->data : "", b->len);
    buf_free(b);
    return s;
}

// ---- code frame (@babel/code-frame: two lines above, three below, a caret)

static u32 line_start(const char *src, u32 len, u32 line, u32 *end) { // 1-based; len+1 when past the end
    u32 at = 0;
    for (u32 n = 1; n < line; n++) {
        const char *nl = memchr(src + at, '\n', len - at);
        if (!nl) return len + 1;
        at = (u32)(nl - src) + 1;
    }
    const char *nl = memchr(src + at, '\n', len - at);
    *end = nl ? (u32)(nl - src) : len;
    return at;
}

static const char *code_frame(Dxtest *t, const StackFrameInfo *f) {
    DxtModule *m = (DxtModule *)f->module;
    DxtFault fault;
    if (!m || dxt_cold(m, &fault) != DXT_OK || !m->source) return NULL;
    u32 first = f->line > 2 ? f->line - 2 : 1, last = f->line + 3, end, width = 1;
    while (last > f->line && line_start(m->source, m->source_len, last, &end) > m->source_len) last--;
    for (u32 n = last; n >= 10; n /= 10) width++;
    bool color = t->opt.color;
    const char *gray = color ? "\033[90m" : "", *red = color ? "\033[31m\033[1m" : "", *off = color ? "\033[39m\033[22m" : "";
    Buf b = {0};
    for (u32 n = first; n <= last; n++) {
        u32 from = line_start(m->source, m->source_len, n, &end);
        if (from > m->source_len) break;
        if (end > from && m->source[end - 1] == '\r') end--;
        bool here = n == f->line;
        buf_printf(&b, "%s%s%s %s%*u |%s%s%.*s\n", here ? red : "", here ? ">" : " ", here ? off : "", gray, (int)width, n, off, end > from ? " " : "", (int)(end - from), m->source + from);
        if (here) buf_printf(&b, "  %s%*s |%s %*s%s^%s\n", gray, (int)width, "", off, (int)f->column - 1, "", red, off);
    }
    if (b.len && b.data[b.len - 1] == '\n') b.len--;
    return arena_text(t, &b);
}

// ---- stack

static const char *relative(Dxtest *t, const char *path) {
    size_t n = t->opt.root ? strlen(t->opt.root) : 0;
    if (n && !strncmp(path, t->opt.root, n) && path[n] == '/') return path + n + 1;
    return path;
}

static const char *stack_lines(Dxtest *t, const StackFrameInfo *f, u32 n) {
    Buf b = {0}, name = {0};
    for (u32 i = 0; i < n; i++) {
        if (f[i].native || !f[i].file) continue;
        const char *fn = v_is_string(f[i].function_name) ? str_to_cstr(t->vm, v_string(f[i].function_name), &name) : "";
        buf_printf(&b, fn[0] ? "at %s (%s:%u:%u)\n" : "at %s%s:%u:%u\n", fn, relative(t, f[i].file), f[i].line, f[i].column);
    }
    buf_free(&name);
    if (b.len) b.len--;
    return arena_text(t, &b);
}

// ---- message

static void put_value_utf8(VM *vm, Buf *b, Value v) {
    if (v_is_string(v)) str_to_utf8(vm, v_string(v), b);
}

static Value data_property(VM *vm, Value o, PropKey k) { // no user code: an accessor reads as undefined
    Value v = object_find_data(vm, o, k);
    return v == V_HOLE ? V_UNDEFINED : v;
}

static bool looks_like_error(VM *vm, Value v) {
    return v_is_object(v) && (v_is_kind(v, CELL_ERROR) || v_is_string(data_property(vm, v, A_(vm, message))));
}

// The first lines of the stack text, for errors whose message is not a data property.
static bool put_stack_header(VM *vm, Buf *b, Value err) {
    if (!v_is_kind(err, CELL_ERROR)) return false;
    Value stack = error_stack_text(vm, err);
    if (!v_is_string(stack)) return false;
    Buf text = {0};
    str_to_utf8(vm, v_string(stack), &text);
    const char *s = buf_cstr(&text), *end = strstr(s, "\n    at ");
    size_t n = end ? (size_t)(end - s) : strlen(s), skip = !strncmp(s, "Error: ", 7) ? 7 : 0;
    if (n > skip) buf_put(b, s + skip, n - skip);
    buf_free(&text);
    return n > skip;
}

static void put_error_message(VM *vm, Buf *b, Value err) {
    Value name = data_property(vm, err, A_(vm, name)), msg = data_property(vm, err, A_(vm, message));
    if (!v_is_string(msg) && put_stack_header(vm, b, err)) return;
    Buf text = {0}, title = {0};
    put_value_utf8(vm, &text, msg);
    put_value_utf8(vm, &title, name);
    bool plain = title.len == 0 || (title.len == 5 && !memcmp(title.data, "Error", 5)) || expect_is_matcher_error(vm, err);
    if (!plain) {
        buf_put(b, title.data, title.len);
        if (text.len) buf_str(b, ": ");
    }
    buf_put(b, text.data, text.len);
    if (plain && !text.len) buf_str(b, title.len ? "Error" : "Error: No message was provided");
    buf_free(&text);
    buf_free(&title);
}

static void put_thrown_value(VM *vm, Buf *b, Value v) { // not an error: what Jest calls `thrown:`
    StrBuf sb = {0};
    PrettyOptions o = pretty_diff_options;
    buf_str(b, "thrown: ");
    Value text = pretty_format_rjs(vm, v, &o, &sb) ? sb_finish(vm, &sb) : (sb_free(&sb), V_EXC);
    if (v_is_exc(text)) {
        vm_take_exception(vm);
        buf_str(b, "a value that cannot be printed");
    } else str_to_utf8(vm, v_string(text), b);
}

static void put_causes(Dxtest *t, Buf *b, Value err, u32 depth) {
    VM *vm = t->vm;
    Value cause = data_property(vm, err, A_(vm, cause));
    if (depth < 8 && looks_like_error(vm, cause)) {
        buf_str(b, "\n\nCause:\n");
        put_error_message(vm, b, cause);
        put_causes(t, b, cause, depth + 1);
    }
    Value errors = data_property(vm, err, A_(vm, errors));
    if (depth < 8 && v_is_array(errors) && obj_is_dense(v_object(errors)) && obj_elems(v_object(errors))) {
        buf_str(b, "\n\nErrors contained in AggregateError:");
        Elements *e = obj_elems(v_object(errors));
        for (u32 i = 0; i < e->len; i++) {
            buf_str(b, "\n");
            if (looks_like_error(vm, e->v[i])) put_error_message(vm, b, e->v[i]);
            else if (e->v[i] != V_HOLE) put_thrown_value(vm, b, e->v[i]);
        }
    }
}

DxtestFailure failure_from_error(Dxtest *t, Value err) {
    VM *vm = t->vm;
    DxtestFailure f = {"", "", NULL};
    Buf b = {0};
    StackFrameInfo frames[MAX_FRAMES];
    u32 n = v_is_object(err) ? error_stack_frames(vm, err, frames, MAX_FRAMES) : 0;
    if (looks_like_error(vm, err)) {
        put_error_message(vm, &b, err);
        put_causes(t, &b, err, 0);
    } else put_thrown_value(vm, &b, err);
    f.message = arena_text(t, &b);
    f.stack = stack_lines(t, frames, n);
    for (u32 i = 0; i < n && !f.code_frame; i++)
        if (!frames[i].native && frames[i].file && !strstr(frames[i].file, "/node_modules/")) f.code_frame = code_frame(t, &frames[i]);
    return f;
}

void test_add_failure(Dxtest *t, Test *test, Value err) {
    if (test->failure_count == test->failure_cap) {
        u32 cap = test->failure_cap ? test->failure_cap * 2 : 2;
        DxtestFailure *grown = arena_alloc(t->arena, cap * sizeof *grown);
        if (test->failure_count) memcpy(grown, test->failures, test->failure_count * sizeof *grown);
        test->failures = grown;
        test->failure_cap = cap;
    }
    test->failures[test->failure_count++] = failure_from_error(t, err);
}

void file_add_failure(Dxtest *t, Value err) {
    DxtestFileResult *r = t->result;
    DxtestFailure *grown = arena_alloc(t->arena, (r->file_failure_count + 1) * sizeof *grown);
    if (r->file_failure_count) memcpy(grown, r->file_failures, r->file_failure_count * sizeof *grown);
    grown[r->file_failure_count++] = failure_from_error(t, err);
    r->file_failures = grown;
}
