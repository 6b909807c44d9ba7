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

static void list_open(Buf *o, const char *key) {
    put_key(o, key);
    buf_u8(o, '[');
}

// Rows that are nothing but u32 fields, as arrays of numbers.
static void put_rows(Buf *o, const char *key, const void *rows, u32 count, u32 fields) {
    list_open(o, key);
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
    list_open(o, "code");
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

// Members of a row as the JSON form has them: the key, where the field lies, how many bytes it has; 16 are a hash.
typedef struct Field {
    const char *key;
    u16 offset, size;
} Field;
#define FIELD_AS(key, row, name) {key, offsetof(row, name), sizeof(((row *)0)->name)}
#define FIELD(row, name) FIELD_AS(#name, row, name)

static void put_fields(Buf *o, const void *row, const Field *fields, u32 count) {
    for (u32 i = 0; i < count; i++) {
        const u8 *p = (const u8 *)row + fields[i].offset;
        u64 v = 0;
        if (fields[i].size == 16) {
            put_key(o, fields[i].key);
            put_hash(o, p);
            continue;
        }
        memcpy(&v, p, fields[i].size);
        if (fields[i].size == 8)
            put_u64(o, fields[i].key, v);
        else
            put_u32(o, fields[i].key, (u32)v);
    }
}
#define PUT_FIELDS(o, row, fields) put_fields(o, row, fields, DX_COUNTOF(fields))

static void put_func(Buf *o, const DxtModule *m, const DxtFunc *f) {
    static const Field fields[] = {
        FIELD(DxtFunc, name), FIELD(DxtFunc, flags), FIELD_AS("params", DxtFunc, nparams), FIELD(DxtFunc, length), FIELD_AS("locals", DxtFunc, nlocals),
        FIELD_AS("stack", DxtFunc, max_stack), FIELD_AS("ics", DxtFunc, ic_count), FIELD(DxtFunc, src_start), FIELD(DxtFunc, src_end), FIELD(DxtFunc, parent),
    };
    item(o);
    buf_u8(o, '{');
    PUT_FIELDS(o, f, fields);
    list_open(o, "handlers");
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
    list_open(o, "strings");
    for (u32 i = 0; i < m->string_count; i++) {
        item(o);
        put_string(o, dxt_string(m, i));
    }
    buf_u8(o, ']');
    list_open(o, "consts");
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
    list_open(o, "functions");
    for (u32 i = 0; i < m->func_count; i++)
        put_func(o, m, &m->funcs[i]);
    buf_u8(o, ']');
    put_key(o, "source");
    put_bytes(o, m->source, m->source_len);
    buf_u8(o, '}');
}

// ---- layouts

// Rows of one section as an array of objects; rows with a full name begin with it.
static void put_objects(Buf *o, const DxtLayout *l, const char *key, const void *rows, u32 count, u32 size, const Field *fields, u32 field_count, const u32 *name_at) {
    list_open(o, key);
    for (u32 i = 0; i < count; i++) {
        const u8 *row = (const u8 *)rows + (size_t)i * size;
        item(o);
        buf_u8(o, '{');
        if (name_at) {
            u64 hash;
            memcpy(&hash, row, 8);
            put_u64(o, "name_hash", hash);
            put_key(o, "name");
            put_bytes(o, l->names + op_u32(row + *name_at), op_u32(row + *name_at + 4)); // offset, then length
        }
        put_fields(o, row, fields, field_count);
        buf_u8(o, '}');
    }
    buf_u8(o, ']');
}
#define PUT_OBJECTS(o, l, key, rows, count, fields, name_at) put_objects(o, l, key, rows, count, sizeof *(rows), fields, DX_COUNTOF(fields), name_at)

#define ROW DxtlFile
static const Field file_fields[] = {
    FIELD(ROW, path_hash), FIELD(ROW, dxt_hash), FIELD(ROW, dxt_offset), FIELD(ROW, dxt_size),
    FIELD(ROW, module), FIELD(ROW, test_count), FIELD(ROW, first_test), FIELD(ROW, suite_count),
    FIELD(ROW, first_suite), FIELD(ROW, flags), FIELD(ROW, dialect),
};
#undef ROW
#define ROW DxtlTest
static const Field test_fields[] = {
    FIELD(ROW, code_off), FIELD(ROW, dependencies), FIELD(ROW, code_len), FIELD(ROW, file),
    FIELD(ROW, suite), FIELD(ROW, row), FIELD(ROW, func), FIELD(ROW, timeout_ms),
    FIELD(ROW, flags), FIELD(ROW, assertions),
};
#undef ROW
#define ROW DxtlSuite
static const Field suite_fields[] = {
    FIELD(ROW, file), FIELD(ROW, parent), FIELD(ROW, row), FIELD(ROW, first_test),
    FIELD(ROW, test_count), FIELD(ROW, flags),
};
#undef ROW
#define ROW DxtlInput
static const Field input_fields[] = {
    FIELD(ROW, path), FIELD(ROW, flags), FIELD(ROW, size), FIELD(ROW, mtime_ns),
    FIELD(ROW, ctime_ns), FIELD(ROW, inode), FIELD(ROW, hash),
};
#undef ROW

void dxvm_json_layout(DxtLayout *l, Buf *o) {
    buf_u8(o, '{');
    put_key(o, "hash");
    put_hash(o, l->hash);
    put_key(o, "source_hash");
    put_hash(o, l->source_hash);
    put_u64(o, "created_ns", l->created_ns);
    static const u32 test_name = offsetof(DxtlTest, name_off), suite_name = offsetof(DxtlSuite, name_off);
    PUT_OBJECTS(o, l, "files", l->files, l->file_count, file_fields, NULL);
    PUT_OBJECTS(o, l, "tests", l->tests, l->test_count, test_fields, &test_name);
    PUT_OBJECTS(o, l, "suites", l->suites, l->suite_count, suite_fields, &suite_name);
    PUT_OBJECTS(o, l, "inputs", l->inputs, l->input_count, input_fields, NULL);
    list_open(o, "paths");
    for (u32 i = 0; i < l->path_count; i++) {
        item(o);
        put_bytes(o, dxtl_path(l, i), strlen(dxtl_path(l, i)));
    }
    buf_u8(o, ']');
    put_rows(o, "graph_first", l->graph_first, l->module_count + 1, 1);
    put_rows(o, "graph_edges", l->graph_edges, l->graph_first[l->module_count], 1);
    list_open(o, "unique_strings");
    for (u32 i = 0; i < l->unique_count; i++) {
        item(o);
        put_string(o, (const String *)(l->strings + l->unique_off[i]));
    }
    buf_u8(o, ']');
    list_open(o, "modules");
    for (u32 i = 0; i < l->module_count; i++) {
        item(o);
        dxvm_json_module(dxtl_module(l, i), o);
    }
    buf_u8(o, ']');
    buf_u8(o, '}');
}
