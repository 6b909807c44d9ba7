// SPDX-License-Identifier: MIT
// Artifacts as JSON, for tools and for comparing readers (spec/dxt.md, "JSON form"). Texts that are bytes
// (path, source, data) appear with one character a byte (U+0000..U+00FF); 64-bit fields as hexadecimal
// strings.
#include "cli/dxvm_artifacts.h"

static void put_unit(Buf *o, u32 c) {
    if (c == '"' || c == '\\')
        buf_printf(o, "\\%c", (int)c);
    else if (c >= 32 && c < 127)
        buf_u8(o, (u8)c);
    else
        buf_printf(o, "\\u%04x", c);
}

static void put_string(Buf *o, const String *s) {
    buf_u8(o, '"');
    for (u32 i = 0; i < s->length; i++)
        put_unit(o, s->cell.flags & STR_UTF16 ? s->u.utf16[i] : s->u.latin1[i]);
    buf_u8(o, '"');
}

static void put_bytes(Buf *o, const void *p, size_t n) {
    buf_u8(o, '"');
    for (size_t i = 0; i < n; i++)
        put_unit(o, ((const u8 *)p)[i]);
    buf_u8(o, '"');
}

static void put_hash(Buf *o, const u8 hash[16]) {
    buf_u8(o, '"');
    for (u32 i = 0; i < 16; i++)
        buf_printf(o, "%02x", hash[i]);
    buf_u8(o, '"');
}

static void put_key(Buf *o, const char *key) {
    if (o->data[o->len - 1] != '{')
        buf_u8(o, ',');
    buf_printf(o, "\"%s\":", key);
}

static void put_u32(Buf *o, const char *key, u32 v) {
    put_key(o, key);
    buf_printf(o, "%u", v);
}

static void put_u64(Buf *o, const char *key, u64 v) {
    put_key(o, key);
    buf_printf(o, "\"%016llx\"", (unsigned long long)v);
}

static void item(Buf *o) { // between the items of an array
    if (o->data[o->len - 1] != '[')
        buf_u8(o, ',');
}

// Rows that are nothing but u32 fields, as arrays of numbers.
static void put_rows(Buf *o, const char *key, const void *rows, u32 count, u32 fields) {
    put_key(o, key);
    buf_u8(o, '[');
    const u32 *p = rows;
    for (u32 i = 0; i < count; i++) {
        item(o);
        for (u32 j = 0; j < fields; j++)
            buf_printf(o, "%c%u", j ? ',' : '[', *p++);
        buf_u8(o, ']');
    }
    buf_u8(o, ']');
}

static void put_code(Buf *o, const u8 *code, u32 len) {
    put_key(o, "code");
    buf_u8(o, '[');
    for (u32 pc = 0; pc < len;) {
        const OpInfo *info = &op_info[code[pc]];
        const u8 *p = code + pc + 1;
        u64 bits;
        item(o);
        buf_printf(o, "[\"%s\"", info->name);
        for (const char *k = info->operands; *k; p += op_operand_size(*k), k++) {
            switch (*k) {
            case 'b': buf_printf(o, ",%u", *p); break;
            case 's': case 'c': case 'n': case 'd': case 'e': buf_printf(o, ",%u", op_u16(p)); break;
            case 'i': buf_printf(o, ",%d", op_i32(p)); break;
            case 'L': buf_printf(o, ",%u", (u32)((i64)pc + op_i32(p))); break;
            case 'f':
                memcpy(&bits, p, 8);
                buf_printf(o, ",\"%016llx\"", (unsigned long long)bits);
                break;
            default: buf_printf(o, ",%u", op_u32(p));
            }
        }
        buf_u8(o, ']');
        pc += info->length;
    }
    buf_u8(o, ']');
}

static void put_func(Buf *o, const DxtModule *m, const DxtFunc *f) {
    item(o);
    buf_u8(o, '{');
    put_u32(o, "name", f->name);
    put_u32(o, "flags", f->flags);
    put_u32(o, "params", f->nparams);
    put_u32(o, "length", f->length);
    put_u32(o, "locals", f->nlocals);
    put_u32(o, "stack", f->max_stack);
    put_u32(o, "ics", f->ic_count);
    put_u32(o, "src_start", f->src_start);
    put_u32(o, "src_end", f->src_end);
    put_u32(o, "parent", f->parent);
    put_key(o, "handlers");
    buf_u8(o, '[');
    for (u32 i = 0; i < f->handler_count; i++) {
        const DxtHandler *h = &m->handlers[f->handler_first + i];
        item(o);
        buf_printf(o, "[%u,%u,%u,%u]", h->start, h->end, h->target, h->depth);
    }
    buf_u8(o, ']');
    put_rows(o, "pos", m->pos + f->pos_first, f->pos_count, 3);
    put_code(o, m->code + f->code_off, f->code_len);
    buf_u8(o, '}');
}

void dxvm_json_module(const DxtModule *m, Buf *o) {
    buf_u8(o, '{');
    put_key(o, "kind");
    buf_printf(o, "%u", m->kind);
    put_u32(o, "flags", m->flags);
    put_u32(o, "main_func", m->main_func);
    put_u32(o, "init_func", m->init_func);
    put_u32(o, "env_slots", m->env_slots);
    put_u32(o, "dialect", m->dialect);
    put_key(o, "hash");
    put_hash(o, m->hash);
    put_key(o, "path");
    put_bytes(o, m->path, strlen(m->path));
    put_key(o, "strings");
    buf_u8(o, '[');
    for (u32 i = 0; i < m->string_count; i++) {
        item(o);
        put_string(o, dxt_string(m, i));
    }
    buf_u8(o, ']');
    put_key(o, "consts");
    buf_u8(o, '[');
    for (u32 i = 0; i < m->const_count; i++) {
        item(o);
        buf_printf(o, "[%u,%u,\"%016llx\"]", m->consts[i].kind, m->consts[i].aux,
                   (unsigned long long)m->consts[i].bits);
    }
    buf_u8(o, ']');
    put_rows(o, "requests", m->requests, m->request_count, 4);
    put_rows(o, "imports", m->imports, m->import_count, 2);
    put_rows(o, "exports", m->exports, m->export_count, 4);
    put_rows(o, "scopes", m->scopes, m->scope_count, 4);
    put_rows(o, "scope_names", m->scope_names, m->scope_name_count, 2);
    put_rows(o, "sites", m->sites, m->site_count, 6);
    put_rows(o, "tests", m->tests, m->test_count, 8);
    put_key(o, "data");
    put_bytes(o, m->data, m->data_len);
    put_key(o, "functions");
    buf_u8(o, '[');
    for (u32 i = 0; i < m->func_count; i++)
        put_func(o, m, &m->funcs[i]);
    buf_u8(o, ']');
    put_key(o, "source");
    put_bytes(o, m->source, m->source_len);
    buf_u8(o, '}');
}

// ---- layouts

static void put_name(Buf *o, const DxtLayout *l, u64 hash, u32 off, u32 len) {
    put_u64(o, "name_hash", hash);
    put_key(o, "name");
    put_bytes(o, l->names + off, len);
}

static void put_files(Buf *o, const DxtLayout *l) {
    put_key(o, "files");
    buf_u8(o, '[');
    for (u32 i = 0; i < l->file_count; i++) {
        const DxtlFile *f = &l->files[i];
        item(o);
        buf_u8(o, '{');
        put_u64(o, "path_hash", f->path_hash);
        put_key(o, "dxt_hash");
        put_hash(o, f->dxt_hash);
        put_u64(o, "dxt_offset", f->dxt_offset);
        put_u32(o, "dxt_size", f->dxt_size);
        put_u32(o, "module", f->module);
        put_u32(o, "test_count", f->test_count);
        put_u32(o, "first_test", f->first_test);
        put_u32(o, "suite_count", f->suite_count);
        put_u32(o, "first_suite", f->first_suite);
        put_u32(o, "flags", f->flags);
        put_u32(o, "dialect", f->dialect);
        buf_u8(o, '}');
    }
    buf_u8(o, ']');
}

static void put_tests(Buf *o, const DxtLayout *l) {
    put_key(o, "tests");
    buf_u8(o, '[');
    for (u32 i = 0; i < l->test_count; i++) {
        const DxtlTest *t = &l->tests[i];
        item(o);
        buf_u8(o, '{');
        put_name(o, l, t->name_hash, t->name_off, t->name_len);
        put_u64(o, "code_off", t->code_off);
        put_u64(o, "dependencies", t->dependencies);
        put_u32(o, "code_len", t->code_len);
        put_u32(o, "file", t->file);
        put_u32(o, "suite", t->suite);
        put_u32(o, "row", t->row);
        put_u32(o, "func", t->func);
        put_u32(o, "timeout_ms", t->timeout_ms);
        put_u32(o, "flags", t->flags);
        put_u32(o, "assertions", t->assertions);
        buf_u8(o, '}');
    }
    buf_u8(o, ']');
    put_key(o, "suites");
    buf_u8(o, '[');
    for (u32 i = 0; i < l->suite_count; i++) {
        const DxtlSuite *s = &l->suites[i];
        item(o);
        buf_u8(o, '{');
        put_name(o, l, s->name_hash, s->name_off, s->name_len);
        put_u32(o, "file", s->file);
        put_u32(o, "parent", s->parent);
        put_u32(o, "row", s->row);
        put_u32(o, "first_test", s->first_test);
        put_u32(o, "test_count", s->test_count);
        put_u32(o, "flags", s->flags);
        buf_u8(o, '}');
    }
    buf_u8(o, ']');
}

static void put_inputs(Buf *o, const DxtLayout *l) {
    put_key(o, "inputs");
    buf_u8(o, '[');
    for (u32 i = 0; i < l->input_count; i++) {
        const DxtlInput *in = &l->inputs[i];
        item(o);
        buf_u8(o, '{');
        put_u32(o, "path", in->path);
        put_u32(o, "flags", in->flags);
        put_u64(o, "size", in->size);
        put_u64(o, "mtime_ns", in->mtime_ns);
        put_u64(o, "ctime_ns", in->ctime_ns);
        put_u64(o, "inode", in->inode);
        put_key(o, "hash");
        put_hash(o, in->hash);
        buf_u8(o, '}');
    }
    buf_u8(o, ']');
    put_key(o, "paths");
    buf_u8(o, '[');
    for (u32 i = 0; i < l->path_count; i++) {
        item(o);
        put_bytes(o, dxtl_path(l, i), strlen(dxtl_path(l, i)));
    }
    buf_u8(o, ']');
}

void dxvm_json_layout(DxtLayout *l, Buf *o) {
    buf_u8(o, '{');
    put_key(o, "hash");
    put_hash(o, l->hash);
    put_key(o, "source_hash");
    put_hash(o, l->source_hash);
    put_u64(o, "created_ns", l->created_ns);
    put_files(o, l);
    put_tests(o, l);
    put_inputs(o, l);
    put_rows(o, "graph_first", l->graph_first, l->module_count + 1, 1);
    put_rows(o, "graph_edges", l->graph_edges, l->graph_first[l->module_count], 1);
    put_key(o, "unique_strings");
    buf_u8(o, '[');
    for (u32 i = 0; i < l->unique_count; i++) {
        item(o);
        put_string(o, (const String *)(l->strings + l->unique_off[i]));
    }
    buf_u8(o, ']');
    put_key(o, "modules");
    buf_u8(o, '[');
    for (u32 i = 0; i < l->module_count; i++) {
        item(o);
        dxvm_json_module(dxtl_module(l, i), o);
    }
    buf_u8(o, ']');
    buf_u8(o, '}');
}
