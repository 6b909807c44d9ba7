// SPDX-License-Identifier: MIT
// Module → text (spec/dxt.md, "Text form"). Every row of every section is written, so that asm.c gives the
// same bytes again; comments (from `;` on) repeat what indices mean. Expects a module whose rows are sound;
// bytecode may be anything.
#include "format/container.h"

#include "format/base/utf.h"

#include <math.h>

typedef struct Lister {
    DxtModule *m;
    Buf *out;
    u8 *marks; // per byte of the current function's code, and one behind: a label is wanted
} Lister;

static void put_index(Buf *out, const char *sigil, u32 i) {
    if (i == DXT_NONE)
        buf_str(out, "none");
    else
        buf_printf(out, "%s%u", sigil, i);
}

static void put_unit(Buf *out, u32 c) {
    switch (c) {
    case '"': buf_str(out, "\\\""); return;
    case '\\': buf_str(out, "\\\\"); return;
    case '\n': buf_str(out, "\\n"); return;
    case '\r': buf_str(out, "\\r"); return;
    case '\t': buf_str(out, "\\t"); return;
    }
    if (c >= 32 && c < 127)
        buf_u8(out, (u8)c);
    else
        buf_printf(out, "\\u{%X}", c);
}

// The first `limit` code units of a string cell in quotes; "..." behind when cut.
static void put_string(Buf *out, const String *s, u32 limit) {
    u32 n = dx_min_u32(s->length, limit);
    buf_u8(out, '"');
    for (u32 i = 0, len = 1; i < n; i += len) {
        u32 c = s->cell.flags & STR_UTF16 ? utf16_at(s->u.utf16, s->length, i, &len) : s->u.latin1[i];
        put_unit(out, c);
    }
    buf_str(out, n < s->length ? "\"..." : "\"");
}

static void put_bytes(Buf *out, const u8 *p, size_t n) {
    buf_u8(out, '"');
    for (size_t i = 0; i < n; i++) {
        u8 c = p[i];
        if (c == '"' || c == '\\' || c == '\n' || c == '\r' || c == '\t' || (c >= 32 && c < 127))
            put_unit(out, c);
        else
            buf_printf(out, "\\x%02X", c);
    }
    buf_u8(out, '"');
}

static void put_f64(Buf *out, u64 bits) {
    f64 d;
    memcpy(&d, &bits, 8);
    if (isfinite(d))
        buf_printf(out, "%.17g", d);
    else
        buf_printf(out, "bits %016llx", (unsigned long long)bits);
}

static void comment_string(const Lister *l, u32 i) {
    if (i < l->m->string_count) {
        buf_str(l->out, " ; ");
        put_string(l->out, dxt_string(l->m, i), 40);
    }
}

// ---- rows

static void list_consts(Lister *l) {
    const DxtModule *m = l->m;
    Buf *o = l->out;
    for (u32 i = 0; i < m->const_count; i++) {
        const DxtConst *k = &m->consts[i];
        switch (k->kind) {
        case DXT_CONST_F64:
            buf_str(o, "const f64 ");
            put_f64(o, k->bits);
            break;
        case DXT_CONST_I32: buf_printf(o, "const i32 %d", (i32)(u32)k->bits); break;
        case DXT_CONST_STRING: case DXT_CONST_BIGINT:
            buf_printf(o, "const %s $%u", k->kind == DXT_CONST_STRING ? "string" : "bigint", (u32)k->bits);
            comment_string(l, (u32)k->bits);
            break;
        case DXT_CONST_REGEXP:
            buf_printf(o, "const regexp $%u $%u ", (u32)k->bits, (u32)(k->bits >> 32));
            put_index(o, "", k->aux);
            comment_string(l, (u32)k->bits);
            break;
        case DXT_CONST_TEMPLATE: buf_printf(o, "const template %u", (u32)k->bits); break;
        default: buf_printf(o, "const raw %u %u 0x%llx", k->kind, k->aux, (unsigned long long)k->bits);
        }
        buf_str(o, "\n");
    }
}

static void list_rows(Lister *l) {
    const DxtModule *m = l->m;
    Buf *o = l->out;
    for (u32 i = 0; i < m->data_len; i += 48) {
        buf_str(o, "data ");
        put_bytes(o, m->data + i, dx_min_u32(48, m->data_len - i));
        buf_str(o, "\n");
    }
    for (u32 i = 0; i < m->request_count; i++) {
        const DxtRequest *r = &m->requests[i];
        buf_printf(o, "request $%u ", r->specifier);
        put_index(o, "$", r->attributes);
        buf_printf(o, " 0x%x", r->flags);
        comment_string(l, r->specifier);
        buf_str(o, "\n");
    }
    for (u32 i = 0; i < m->import_count; i++) {
        buf_printf(o, "import %u ", m->imports[i].request);
        put_index(o, "$", m->imports[i].name);
        comment_string(l, m->imports[i].name);
        buf_str(o, "\n");
    }
    for (u32 i = 0; i < m->export_count; i++) {
        const DxtExport *e = &m->exports[i];
        buf_str(o, "export ");
        put_index(o, "$", e->name);
        buf_printf(o, " %u %u ", e->kind, e->slot_or_request);
        put_index(o, "$", e->import_name);
        comment_string(l, e->name);
        buf_str(o, "\n");
    }
    for (u32 i = 0; i < m->scope_count; i++) {
        const DxtScope *s = &m->scopes[i];
        buf_printf(o, "scope %u %u 0x%x ", s->first_name, s->count, s->flags);
        put_index(o, "", s->parent);
        buf_printf(o, " ; %u\n", i);
    }
    for (u32 i = 0; i < m->scope_name_count; i++) {
        buf_printf(o, "name $%u 0x%x", m->scope_names[i].name, m->scope_names[i].flags);
        comment_string(l, m->scope_names[i].name);
        buf_str(o, "\n");
    }
    for (u32 i = 0; i < m->site_count; i++) {
        const DxtSite *s = &m->sites[i];
        buf_printf(o, "site %u %u %u $%u 0x%x %u", s->offset, s->line, s->column, s->matcher, s->flags,
                   s->func);
        comment_string(l, s->matcher);
        buf_str(o, "\n");
    }
    for (u32 i = 0; i < m->test_count; i++) {
        const DxtTest *t = &m->tests[i];
        buf_printf(o, "test $%u ", t->name);
        put_index(o, "", t->parent);
        buf_printf(o, " 0x%x %u ", t->flags, t->timeout_ms);
        put_index(o, "", t->func);
        buf_printf(o, " %u %u %u", t->offset, t->line, t->column);
        comment_string(l, t->name);
        buf_str(o, "\n");
    }
}

// ---- functions

static bool op_whole(const DxtFunc *f, const u8 *code, u32 pc) {
    return op_info[code[pc]].name && op_info[code[pc]].length <= f->code_len - pc;
}

static void mark_labels(Lister *l, const DxtFunc *f, const u8 *code) {
    memset(l->marks, 0, (size_t)f->code_len + 1);
    for (u32 pc = 0; pc < f->code_len;) {
        if (!op_whole(f, code, pc)) {
            pc++;
            continue;
        }
        const OpInfo *info = &op_info[code[pc]];
        if (info->flags & OPF_JUMP) {
            i64 target = (i64)pc + op_i32(code + pc + info->length - 4);
            if (target >= 0 && target <= f->code_len)
                l->marks[target] = 1;
        }
        pc += info->length;
    }
    for (u32 i = 0; i < f->handler_count; i++) {
        const DxtHandler *h = &l->m->handlers[f->handler_first + i];
        u32 at[3] = {h->start, h->end, h->target};
        for (u32 j = 0; j < 3; j++) {
            if (at[j] <= f->code_len)
                l->marks[at[j]] = 1;
        }
    }
}

static void list_op(Lister *l, const u8 *code, u32 pc) {
    const DxtModule *m = l->m;
    const OpInfo *info = &op_info[code[pc]];
    const u8 *p = code + pc + 1;
    u32 note = DXT_NONE, func = DXT_NONE;
    Buf *o = l->out;
    buf_printf(o, "    %s", info->name);
    for (const char *k = info->operands; *k; k++) {
        buf_u8(o, ' ');
        switch (*k) {
        case 's':
            if (op_u16(p) == SLOT_CAPTURED)
                buf_str(o, code[pc] == OP_GetLocalProp || code[pc] == OP_SetLocalPropPop ? "this" : "captured");
            else
                buf_printf(o, "%u", op_u16(p));
            break;
        case 'S':
            buf_printf(o, "$%u", op_u32(p));
            note = op_u32(p);
            break;
        case 'b': buf_printf(o, "%u", *p); break;
        case 'i': buf_printf(o, "%d", op_i32(p)); break;
        case 'f': {
            u64 bits;
            memcpy(&bits, p, 8);
            put_f64(o, bits);
            break;
        }
        case 'L': buf_printf(o, "L%u", (u32)((i64)pc + op_i32(p))); break;
        case 'c': case 'n': case 'd': case 'e': buf_printf(o, "%u", op_u16(p)); break;
        case 'F':
            func = op_u32(p);
            // fall through
        default: put_index(o, "", op_u32(p));
        }
        p += op_operand_size(*k);
    }
    if (func < m->func_count)
        note = m->funcs[func].name;
    if (note != DXT_NONE)
        comment_string(l, note);
    buf_str(o, "\n");
}

static void list_func(Lister *l, u32 index) {
    const DxtModule *m = l->m;
    const DxtFunc *f = &m->funcs[index];
    const u8 *code = m->code + f->code_off;
    Buf *o = l->out;
    buf_printf(o, "\nfunc $%u flags 0x%x params %u length %u locals %u stack %u ics %u src %u %u parent ",
               f->name, f->flags, f->nparams, f->length, f->nlocals, f->max_stack, f->ic_count, f->src_start,
               f->src_end);
    put_index(o, "", f->parent);
    buf_printf(o, " ; %u ", index);
    put_string(o, dxt_string(m, f->name), 40);
    buf_str(o, "\n");
    mark_labels(l, f, code);
    for (u32 i = 0; i < f->handler_count; i++) {
        const DxtHandler *h = &m->handlers[f->handler_first + i];
        buf_printf(o, "    handler L%u L%u L%u %u\n", h->start, h->end, h->target, h->depth);
    }
    u32 pos = f->pos_first, pos_end = f->pos_first + f->pos_count;
    for (u32 pc = 0; pc < f->code_len;) {
        if (l->marks[pc])
            buf_printf(o, "L%u:\n", pc);
        for (; m->pos && pos < pos_end && m->pos[pos].pc <= pc; pos++) {
            const DxtPos *p = &m->pos[pos];
            if (p->pc == pc)
                buf_printf(o, "    pos %u %u\n", p->offset, p->span);
            else
                buf_printf(o, "    posat %u %u %u\n", p->pc, p->offset, p->span);
        }
        if (!op_whole(f, code, pc)) {
            buf_printf(o, "    byte %u\n", code[pc++]);
            continue;
        }
        list_op(l, code, pc);
        pc += op_info[code[pc]].length;
    }
    for (; m->pos && pos < pos_end; pos++)
        buf_printf(o, "    posat %u %u %u\n", m->pos[pos].pc, m->pos[pos].offset, m->pos[pos].span);
    if (l->marks[f->code_len])
        buf_printf(o, "L%u:\n", f->code_len);
}

// ---- the cold part

// True if writing the module again would compress source and positions to the stored bytes; else the text
// carries those.
static bool cold_is_ours(const DxtModule *m) {
    if (!m->cold)
        return true;
    DxtModule again = *m;
    again.cold = NULL;
    Buf image = {0};
    bool same = false;
    if (!dxt_write_image(&again, NULL, &image)) {
        const DxtSection *cold = (const DxtSection *)(image.data + sizeof(DxtHeader)) + SEC_COLD;
        same = cold->size == m->cold_len && !memcmp(image.data + cold->offset, m->cold, m->cold_len);
    }
    buf_free(&image);
    return same;
}

static void list_cold(Lister *l) {
    const DxtModule *m = l->m;
    Buf *o = l->out;
    if (!cold_is_ours(m)) {
        for (u32 i = 0; i < m->cold_len; i += 48) {
            buf_str(o, "cold ");
            put_bytes(o, m->cold + i, dx_min_u32(48, m->cold_len - i));
            buf_str(o, "\n");
        }
    }
    for (u32 i = 0; i < m->source_len;) {
        u32 end = i;
        while (end < m->source_len && m->source[end] != '\n')
            end++;
        end += end < m->source_len;
        buf_str(o, "source ");
        put_bytes(o, (const u8 *)m->source + i, end - i);
        buf_str(o, "\n");
        i = end;
    }
}

int dxt_disassemble(DxtModule *m, Buf *out) {
    static const char *const kinds[] = {"none", "esm", "script", "commonjs", "json", "text"};
    if (dxt_cold(m, NULL))
        return -1;
    u32 longest = 0;
    for (u32 i = 0; i < m->func_count; i++)
        longest = dx_max_u32(longest, m->funcs[i].code_len);
    Lister l = {m, out, mem_alloc((size_t)longest + 1)};
    buf_printf(out, "module %s flags 0x%x main %u init ", m->kind <= 5 ? kinds[m->kind] : "none", m->flags,
               m->main_func);
    put_index(out, "", m->init_func);
    buf_printf(out, " env %u dialect %u\npath ", m->env_slots, m->dialect);
    put_bytes(out, (const u8 *)m->path, strlen(m->path));
    buf_str(out, "\n");
    for (u32 i = 0; i < m->string_count; i++) {
        buf_str(out, "string ");
        put_string(out, dxt_string(m, i), UINT32_MAX);
        buf_printf(out, " ; $%u\n", i);
    }
    list_consts(&l);
    list_rows(&l);
    list_cold(&l);
    for (u32 i = 0; i < m->func_count; i++)
        list_func(&l, i);
    mem_free(l.marks);
    return 0;
}
