// SPDX-License-Identifier: MIT
// Text → module (spec/dxt.md, "Text form"): reads what disasm.c writes, and hand-written modules, where
// strings may be quoted in place. Checks syntax only; what the result means is the verifier's business, so
// broken modules can be written for its tests.
#include "format/container.h"

#include "format/base/utf.h"

#include <stdlib.h>

typedef struct Label { u32 name, pc; } Label;
typedef struct Fixup {
    u32 name, at, base;
} Fixup; // an i32 at code offset `at`, relative to `base`; base DXT_NONE: a handler's u32

typedef struct Assembler {
    const char *p, *end;
    u32 line;
    bool failed;
    DxtFault *fault;
    DxtModule m;
    Buf strings, string_off, consts, funcs, code, handlers, requests, imports, exports, scopes, names, sites,
        tests, data, pos, cold;
    Buf source, path;
    Buf labels, fixups;   // of the current function
    bool in_func;
    bool ops_ready;
    u16 op_slots[1024];   // hash of opcode names → number + 1
} Assembler;

#define ROWS(buf, T) ((T *)(void *)(buf).data)
#define COUNT(buf, T) ((u32)((buf).len / sizeof(T)))

static bool fail(Assembler *a, const char *what) {
    if (!a->failed)
        dxt_fault(a->fault, RULE_SYNTAX, DXT_NONE, a->line, "%s", what);
    a->failed = true;
    return false;
}

// ---- tokens

static void skip_blank(Assembler *a) {
    while (a->p < a->end && (*a->p == ' ' || *a->p == '\t' || *a->p == '\r'))
        a->p++;
    if (a->p < a->end && *a->p == ';') {
        while (a->p < a->end && *a->p != '\n')
            a->p++;
    }
}

static bool at_line_end(Assembler *a) {
    skip_blank(a);
    return a->p == a->end || *a->p == '\n';
}

typedef struct Word { const char *p; size_t n; } Word;

static Word read_word(Assembler *a) {
    skip_blank(a);
    const char *start = a->p;
    while (a->p < a->end && !strchr(" \t\r\n;\"", *a->p))
        a->p++;
    if (a->p == start)
        fail(a, "a word is missing");
    return (Word){start, (size_t)(a->p - start)};
}

static bool word_is(Word w, const char *text) {
    return strlen(text) == w.n && !memcmp(w.p, text, w.n);
}

static i64 read_int(Assembler *a) {
    Word w = read_word(a);
    char text[32], *stop;
    if (word_is(w, "none"))
        return DXT_NONE;
    if (word_is(w, "captured") || word_is(w, "this"))
        return SLOT_CAPTURED;
    if (w.n >= sizeof text)
        return fail(a, "bad number");
    memcpy(text, w.p, w.n);
    text[w.n] = 0;
    i64 v = text[0] == '-' ? strtoll(text, &stop, 0) : (i64)strtoull(text, &stop, 0);
    if (*stop || stop == text)
        fail(a, "bad number");
    return v;
}

static u32 read_u32(Assembler *a) {
    i64 v = read_int(a);
    if (v < 0 || v > UINT32_MAX)
        fail(a, "number out of range");
    return (u32)v;
}

static u16 read_u16(Assembler *a) {
    u32 v = read_u32(a);
    if (v > UINT16_MAX)
        fail(a, "number out of range");
    return (u16)v;
}

static u64 read_f64(Assembler *a) {
    Word w = read_word(a);
    char text[64], *stop;
    u64 bits = 0;
    bool raw = word_is(w, "bits");
    if (raw)
        w = read_word(a);
    if (w.n >= sizeof text || a->failed)
        return (u64)fail(a, "bad double");
    memcpy(text, w.p, w.n);
    text[w.n] = 0;
    if (raw) {
        bits = strtoull(text, &stop, 16);
    } else {
        f64 d = strtod(text, &stop);
        memcpy(&bits, &d, 8);
    }
    if (*stop || stop == text)
        fail(a, "bad double");
    return bits;
}

static u32 read_hex(Assembler *a, u32 max_digits) {
    u32 v = 0, n = 0;
    for (; a->p < a->end && n < max_digits; a->p++, n++) {
        char c = *a->p;
        u32 d = c >= '0' && c <= '9' ? (u32)(c - '0') : c >= 'A' && c <= 'F' ? (u32)(c - 'A' + 10)
              : c >= 'a' && c <= 'f' ? (u32)(c - 'a' + 10) : 16;
        if (d == 16)
            break;
        v = v * 16 + d;
    }
    if (!n)
        fail(a, "bad escape");
    return v;
}

// A quoted text: bytes (\xHH is a byte) and, as WTF-8, code points (\u{..}).
static bool read_quoted(Assembler *a, Buf *out) {
    skip_blank(a);
    if (a->p == a->end || *a->p != '"')
        return fail(a, "a quoted text is missing");
    for (a->p++; a->p < a->end && *a->p != '"' && *a->p != '\n' && !a->failed;) {
        char c = *a->p++;
        if (c != '\\') {
            buf_u8(out, (u8)c);
            continue;
        }
        c = a->p < a->end ? *a->p++ : 0;
        if (c == 'x') {
            buf_u8(out, (u8)read_hex(a, 2));
        } else if (c == 'u' && a->p < a->end && *a->p == '{') {
            u8 bytes[4];
            a->p++;
            u32 point = read_hex(a, 6);
            if (point > 0x10FFFF || a->p == a->end || *a->p++ != '}')
                return fail(a, "bad escape");
            buf_put(out, bytes, utf8_encode(point, bytes));
        } else if (c == 'n' || c == 'r' || c == 't' || c == '"' || c == '\\') {
            buf_u8(out, (u8)(c == 'n' ? '\n' : c == 'r' ? '\r' : c == 't' ? '\t' : c));
        } else {
            return fail(a, "bad escape");
        }
    }
    if (a->p == a->end || *a->p != '"')
        return fail(a, "an unfinished text");
    a->p++;
    return !a->failed;
}

static void add_string(Assembler *a) {
    Buf text = {0};
    if (read_quoted(a, &text))
        buf_u32(&a->string_off, dxt_string_put_utf8(&a->strings, (const char *)text.data, text.len));
    buf_free(&text);
}

// $n, none, or a quoted text, which is added to the table if it is not there.
static u32 read_string_index(Assembler *a) {
    skip_blank(a);
    if (a->p < a->end && *a->p == '$') {
        a->p++;
        return read_u32(a);
    }
    if (a->p == a->end || *a->p != '"')
        return read_u32(a);
    size_t before = a->strings.len;
    u32 n = COUNT(a->string_off, u32);
    add_string(a);
    if (a->failed)
        return 0;
    u32 *off = ROWS(a->string_off, u32);
    size_t bytes = a->strings.len - off[n];
    for (u32 i = 0; i < n; i++) {
        const String *s = (const String *)(a->strings.data + off[i]);
        if ((size_t)s->cell.size * 8 == bytes && !memcmp(s, a->strings.data + off[n], bytes)) {
            a->strings.len = before;
            a->string_off.len -= 4;
            return i;
        }
    }
    return n;
}

// ---- functions

static int label_order(const void *x, const void *y) {
    u32 a = ((const Label *)x)->name, b = ((const Label *)y)->name;
    return a < b ? -1 : a > b;
}

static void func_close(Assembler *a) {
    if (!a->in_func)
        return;
    DxtFunc *f = &ROWS(a->funcs, DxtFunc)[COUNT(a->funcs, DxtFunc) - 1];
    f->code_len = (u32)a->code.len - f->code_off;
    f->handler_count = (u16)(COUNT(a->handlers, DxtHandler) - f->handler_first);
    f->pos_count = COUNT(a->pos, DxtPos) - f->pos_first;
    u32 n = COUNT(a->labels, Label);
    if (n)
        qsort(a->labels.data, n, sizeof(Label), label_order);
    for (u32 i = 0; i < COUNT(a->fixups, Fixup); i++) {
        const Fixup *x = &ROWS(a->fixups, Fixup)[i];
        const Label key = {x->name, 0},
                    *l = n ? bsearch(&key, a->labels.data, n, sizeof key, label_order) : NULL;
        if (!l) {
            fail(a, "an undefined label in the function before");
            break;
        }
        u8 *at = x->base == DXT_NONE ? a->handlers.data + x->at : a->code.data + x->at;
        u32 v = x->base == DXT_NONE ? l->pc : l->pc - x->base;
        memcpy(at, &v, 4);
    }
    a->labels.len = a->fixups.len = 0;
    a->in_func = false;
}

static void read_func(Assembler *a) {
    func_close(a);
    DxtFunc f = {.name = read_string_index(a), .parent = DXT_NONE, .code_off = (u32)a->code.len};
    f.handler_first = COUNT(a->handlers, DxtHandler);
    f.pos_first = COUNT(a->pos, DxtPos);
    while (!a->failed && !at_line_end(a)) {
        Word w = read_word(a);
        if (word_is(w, "flags"))
            f.flags = read_u32(a);
        else if (word_is(w, "params"))
            f.nparams = read_u16(a);
        else if (word_is(w, "length"))
            f.length = read_u16(a);
        else if (word_is(w, "locals"))
            f.nlocals = read_u16(a);
        else if (word_is(w, "stack"))
            f.max_stack = read_u16(a);
        else if (word_is(w, "ics"))
            f.ic_count = read_u16(a);
        else if (word_is(w, "src"))
            f.src_start = read_u32(a), f.src_end = read_u32(a);
        else if (word_is(w, "parent"))
            f.parent = read_u32(a);
        else
            fail(a, "unknown field of a function");
    }
    buf_put(&a->funcs, &f, sizeof f);
    a->in_func = true;
}

static u32 func_pc(Assembler *a) {
    return (u32)a->code.len - ROWS(a->funcs, DxtFunc)[COUNT(a->funcs, DxtFunc) - 1].code_off;
}

static u32 read_label_name(Assembler *a) {
    skip_blank(a);
    if (a->p == a->end || *a->p != 'L')
        return (u32)fail(a, "a label is missing");
    a->p++;
    return read_u32(a);
}

static void read_handler(Assembler *a) {
    DxtHandler h = {0};
    u32 at = (u32)a->handlers.len;
    for (u32 i = 0; i < 3 && !a->failed; i++) {
        Fixup x = {read_label_name(a), at + i * 4, DXT_NONE};
        buf_put(&a->fixups, &x, sizeof x);
    }
    h.depth = read_u16(a);
    if (!at_line_end(a))
        h.reserved = read_u16(a);
    buf_put(&a->handlers, &h, sizeof h);
}

static void read_pos(Assembler *a, bool with_pc) {
    DxtPos p = {.pc = with_pc ? read_u32(a) : func_pc(a)};
    p.offset = read_u32(a);
    p.span = read_u32(a);
    buf_put(&a->pos, &p, sizeof p);
}

static void read_operand(Assembler *a, char kind, u32 pc) {
    switch (kind) {
    case 's': case 'c': case 'n': case 'd': case 'e': buf_u16(&a->code, read_u16(a)); break;
    case 'b': {
        u32 v = read_u32(a);
        if (v > 255)
            fail(a, "number out of range");
        buf_u8(&a->code, (u8)v);
        break;
    }
    case 'i': {
        i64 v = read_int(a);
        if (v < INT32_MIN || v > INT32_MAX)
            fail(a, "number out of range");
        buf_u32(&a->code, (u32)v);
        break;
    }
    case 'f': buf_u64(&a->code, read_f64(a)); break;
    case 'S': buf_u32(&a->code, read_string_index(a)); break;
    case 'L': {
        Fixup x = {read_label_name(a), (u32)a->code.len, pc};
        buf_put(&a->fixups, &x, sizeof x);
        buf_u32(&a->code, 0);
        break;
    }
    default: buf_u32(&a->code, read_u32(a));
    }
}

static u32 op_hash(const char *p, size_t n) {
    u32 h = 2166136261u;
    for (size_t i = 0; i < n; i++)
        h = (h ^ (u8)p[i]) * 16777619u;
    return h ^ h >> 13;
}

static int op_find(Assembler *a, Word w) {
    if (!a->ops_ready) {
        a->ops_ready = true;
        for (u32 op = 0; op < 256; op++) {
            if (!op_info[op].name)
                continue;
            u32 h = op_hash(op_info[op].name, strlen(op_info[op].name));
            while (a->op_slots[h & 1023])
                h++;
            a->op_slots[h & 1023] = (u16)(op + 1);
        }
    }
    for (u32 h = op_hash(w.p, w.n);; h++) {
        u32 op = a->op_slots[h & 1023];
        if (!op)
            return -1;
        if (word_is(w, op_info[op - 1].name))
            return (int)op - 1;
    }
}

// A line within a function; false if the word starts no such line.
static bool read_code_line(Assembler *a, Word w) {
    if (w.n > 1 && w.p[0] == 'L' && w.p[w.n - 1] == ':') {
        char *stop;
        Label l = {(u32)strtoul(w.p + 1, &stop, 10), func_pc(a)};
        if (stop != w.p + w.n - 1)
            fail(a, "bad label");
        buf_put(&a->labels, &l, sizeof l);
        return true;
    }
    if (word_is(w, "handler")) {
        read_handler(a);
    } else if (word_is(w, "pos") || word_is(w, "posat")) {
        read_pos(a, w.n == 5);
    } else if (word_is(w, "byte")) {
        buf_u8(&a->code, (u8)read_u32(a));
    } else {
        int op = op_find(a, w);
        if (op < 0)
            return false;
        u32 pc = func_pc(a);
        buf_u8(&a->code, (u8)op);
        for (const char *k = op_info[op].operands; *k && !a->failed; k++)
            read_operand(a, *k, pc);
    }
    return true;
}

// ---- rows

static void read_module(Assembler *a) {
    static const char *const kinds[] = {"none", "esm", "script", "commonjs", "json", "text"};
    Word w = read_word(a);
    DxtModule *m = &a->m;
    m->kind = 6;
    for (u32 i = 0; i < DX_COUNTOF(kinds); i++) {
        if (word_is(w, kinds[i]))
            m->kind = i;
    }
    if (m->kind == 6)
        fail(a, "unknown kind of module");
    while (!a->failed && !at_line_end(a)) {
        w = read_word(a);
        if (word_is(w, "flags"))
            m->flags = read_u32(a);
        else if (word_is(w, "main"))
            m->main_func = read_u32(a);
        else if (word_is(w, "init"))
            m->init_func = read_u32(a);
        else if (word_is(w, "env"))
            m->env_slots = read_u32(a);
        else if (word_is(w, "dialect"))
            m->dialect = read_u32(a);
        else
            fail(a, "unknown field of the module");
    }
}

static void read_const(Assembler *a) {
    Word w = read_word(a);
    DxtConst k = {0};
    if (word_is(w, "f64")) {
        k.kind = DXT_CONST_F64, k.bits = read_f64(a);
    } else if (word_is(w, "i32")) {
        k.kind = DXT_CONST_I32, k.bits = (u64)read_int(a);
    } else if (word_is(w, "string")) {
        k.kind = DXT_CONST_STRING, k.bits = read_string_index(a);
    } else if (word_is(w, "bigint")) {
        k.kind = DXT_CONST_BIGINT, k.bits = read_string_index(a);
    } else if (word_is(w, "regexp")) {
        k.kind = DXT_CONST_REGEXP, k.bits = read_string_index(a);
        k.bits |= (u64)read_string_index(a) << 32;
        k.aux = read_u32(a);
    } else if (word_is(w, "template")) {
        k.kind = DXT_CONST_TEMPLATE, k.bits = read_u32(a);
    } else if (word_is(w, "raw")) {
        k.kind = read_u32(a), k.aux = read_u32(a), k.bits = (u64)read_int(a);
    } else {
        fail(a, "unknown kind of constant");
    }
    buf_put(&a->consts, &k, sizeof k);
}

// A row of u32 fields; letters of `fields`: $ string index, # number.
static void read_row(Assembler *a, Buf *rows, const char *fields) {
    u32 row[8], n = 0;
    for (; *fields && !a->failed; fields++)
        row[n++] = *fields == '$' ? read_string_index(a) : read_u32(a);
    buf_put(rows, row, n * 4);
}

static void read_request(Assembler *a) {
    DxtRequest r = {.module = DXT_NONE};
    r.specifier = read_string_index(a);
    r.attributes = read_string_index(a);
    r.flags = read_u32(a);
    buf_put(&a->requests, &r, sizeof r);
}

static void read_line(Assembler *a) {
    Word w = read_word(a);
    if (a->failed)
        return;
    if (a->in_func && read_code_line(a, w))
        return;
    if (word_is(w, "func"))
        read_func(a);
    else if (word_is(w, "string"))
        add_string(a);
    else if (word_is(w, "source"))
        read_quoted(a, &a->source);
    else if (word_is(w, "const"))
        read_const(a);
    else if (word_is(w, "data"))
        read_quoted(a, &a->data);
    else if (word_is(w, "site"))
        read_row(a, &a->sites, "###$##");
    else if (word_is(w, "test"))
        read_row(a, &a->tests, "$#######");
    else if (word_is(w, "import"))
        read_row(a, &a->imports, "#$");
    else if (word_is(w, "export"))
        read_row(a, &a->exports, "$##$");
    else if (word_is(w, "scope"))
        read_row(a, &a->scopes, "####");
    else if (word_is(w, "name"))
        read_row(a, &a->names, "$#");
    else if (word_is(w, "request"))
        read_request(a);
    else if (word_is(w, "path"))
        read_quoted(a, &a->path);
    else if (word_is(w, "cold"))
        read_quoted(a, &a->cold);
    else if (word_is(w, "module"))
        read_module(a);
    else
        fail(a, a->in_func ? "neither an instruction nor a row" : "unknown row");
}

static DxtStatus finish(Assembler *a, Buf *out) {
    DxtModule *m = &a->m;
    func_close(a);
    if (a->failed)
        return DXT_E_SYNTAX;
    if (a->strings.len > UINT32_MAX || a->code.len > UINT32_MAX || a->data.len > UINT32_MAX ||
        a->source.len > UINT32_MAX)
        return dxt_fault(a->fault, RULE_SIZE_LIMIT, DXT_NONE, a->line, "the module is too large");
    m->path = buf_cstr(&a->path);
    m->strings = a->strings.data;
#define TAKE(field, count, buf, T) (m->field = ROWS(a->buf, T), m->count = COUNT(a->buf, T))
    TAKE(string_off, string_count, string_off, u32);
    TAKE(consts, const_count, consts, DxtConst);
    TAKE(funcs, func_count, funcs, DxtFunc);
    TAKE(code, code_len, code, u8);
    TAKE(handlers, handler_count, handlers, DxtHandler);
    TAKE(requests, request_count, requests, DxtRequest);
    TAKE(imports, import_count, imports, DxtImport);
    TAKE(exports, export_count, exports, DxtExport);
    TAKE(scopes, scope_count, scopes, DxtScope);
    TAKE(scope_names, scope_name_count, names, DxtScopeName);
    TAKE(sites, site_count, sites, DxtSite);
    TAKE(tests, test_count, tests, DxtTest);
    TAKE(data, data_len, data, u8);
    TAKE(pos, pos_count, pos, DxtPos);
    TAKE(source, source_len, source, char);
    if (a->cold.len)
        TAKE(cold, cold_len, cold, u8);
#undef TAKE
    DxtStatus s = dxt_write(m, out);
    return s ? dxt_fault(a->fault, RULE_SIZE_LIMIT, DXT_NONE, a->line, "the module cannot be written: %s",
                         dxt_status_text(s))
             : s;
}

DxtStatus dxt_assemble(const char *text, size_t len, Buf *out, DxtFault *fault) {
    Assembler *a = mem_zalloc(sizeof *a);
    a->p = text, a->end = text + len, a->line = 1, a->fault = fault;
    a->m.kind = MODULE_SCRIPT;
    a->m.init_func = DXT_NONE;
    while (a->p < a->end && !a->failed) {
        if (!at_line_end(a))
            read_line(a);
        if (!a->failed && !at_line_end(a))
            fail(a, "more than the line takes");
        if (a->p < a->end && !a->failed)
            a->p++, a->line++;
    }
    DxtStatus s = finish(a, out);
    Buf *bufs[] = {&a->strings, &a->string_off, &a->consts, &a->funcs, &a->code,   &a->handlers, &a->requests,
                   &a->imports, &a->exports,    &a->scopes, &a->names, &a->sites,  &a->tests,    &a->data,
                   &a->pos,     &a->cold,       &a->source, &a->path,  &a->labels, &a->fixups};
    for (u32 i = 0; i < DX_COUNTOF(bufs); i++)
        buf_free(bufs[i]);
    mem_free(a);
    return s;
}
