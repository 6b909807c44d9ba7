// SPDX-License-Identifier: MIT
// See mutate.h. Kinds of mutation: bytes within a random section; an edit of a random function's instructions, with labels and handlers
// moved along, written back as a module. Edits are tried until one verifies, now and then the first is taken as it is.
#include "tests/fuzz/mutate.h"

#include "format/base/hash.h"
#include "format/layout.h"

#define TRIES 12

static u64 state;
static u32 pick(u32 n) { // 0 .. n-1
    state = state * 6364136223846793005ull + 1442695040888963407ull;
    return n ? (u32)(state >> 33) % n : 0;
}

void mutate_fix_hash(u8 *data, size_t size) {
    if (size < sizeof(DxtlHeader))
        return;
    if (!memcmp(data, DXTL_MAGIC, 4)) {
        layout_seal(data, size);
        return;
    }
    Hash128 h = hash128_bytes(data + DXT_HASH_AT + 16, size - DXT_HASH_AT - 16);
    memcpy(data + DXT_HASH_AT, h.bytes, 16);
}

static void bytes_random(u8 *p, size_t n) {
    static const u32 favourites[] = {0, 1, 2, 3, 7, 8, 0xFF, 0xFFFF, 0xFFFFFFFF, 0x7FFFFFFF, 0x80000000};
    size_t at = pick((u32)n);
    switch (pick(4)) {
    case 0: p[at] ^= (u8)(1u << pick(8)); break;
    case 1: p[at] = (u8)pick(256); break;
    case 2: p[at] = (u8)(p[at] + pick(9) - 4); break;
    default: {
        u32 v = favourites[pick(DX_COUNTOF(favourites))];
        at &= ~(size_t)3;
        memcpy(p + at, &v, n - at < 4 ? n - at : 4);
    }
    }
}

// ---- instructions

typedef struct Edit { // of one function
    const DxtModule *m;
    DxtFunc f;        // the row as it will be
    const u8 *old;    // its code
    Buf code;         // the new code
    Buf handlers;     // DxtHandler rows, the function's
    u32 starts[2048], count; // first bytes of its instructions
} Edit;

static void operand_random(Edit *e, char kind, u8 *p) {
    static const u32 ints[] = {0, 1, 2, 0xFFFFFFFF, 0x7FFFFFFF, 0x80000000, 1000, 65536};
    const DxtModule *m = e->m;
    u32 v = 0;
    switch (kind) {
    case 's': v = pick(8) ? pick((u32)e->f.nparams + e->f.nlocals) : 0xFFFF; break;
    case 'S': v = pick(m->string_count); break;
    case 'K': v = pick(m->const_count); break;
    case 'F': v = pick(m->func_count); break;
    case 'L': v = e->starts[pick(e->count)]; break; // made relative by the caller
    case 'M': v = pick(m->import_count); break;
    case 'A': v = pick(m->site_count); break;
    case 'P': v = pick(2) ? DXT_NONE : pick(m->scope_count); break;
    case 'c': v = e->f.ic_count++; break;
    case 'b': v = pick(4) ? pick(4) : pick(16); break;
    case 'i': v = ints[pick(DX_COUNTOF(ints))]; break;
    default: v = pick(4);
    }
    if (kind == 'f') {
        static const f64 doubles[] = {0, -0.0, 0.5, 1e300, -1, 4294967296.0, 5e-324, 1.0 / 0.0};
        memcpy(p, &doubles[pick(DX_COUNTOF(doubles))], 8);
    } else {
        memcpy(p, &v, op_operand_size(kind));
    }
}

static void op_put(Edit *e, Buf *out, u8 op, u32 pc) {
    buf_u8(out, op);
    for (const char *k = op_info[op].operands; *k; k++) {
        u8 bytes[8];
        operand_random(e, *k, bytes);
        if (*k == 'L') {
            u32 target = op_u32(bytes) - pc;
            memcpy(bytes, &target, 4);
        }
        buf_put(out, bytes, op_operand_size(*k));
    }
}

static void push_any(Edit *e, Buf *out) {
    static const u8 pushes[] = {OP_PushInt,  OP_PushFloat,  OP_PushTrue, OP_PushNull,  OP_PushUndefined, OP_PushString,
                                OP_PushHole, OP_PushThis,   OP_PushFunc, OP_NewObject, OP_LoadLocal,     OP_Push,
                                OP_PushHome, OP_NewPrivateName, OP_PushRest, OP_PushArguments, OP_ImportMeta, OP_PushNewTarget};
    u8 op = pushes[pick(DX_COUNTOF(pushes))];
    if ((op == OP_LoadLocal && !((u32)e->f.nparams + e->f.nlocals)) || (op == OP_Push && !e->m->const_count))
        op = OP_PushNull;
    op_put(e, out, op, 0);
}

static u8 op_any(void) {
    u8 op = (u8)pick(255);
    while (!op_info[op].name)
        op++;
    return op;
}

// An instruction with operands pushed before and results popped behind: fits anywhere.
static void wrapped_put(Edit *e, Buf *out, u32 pc) {
    u8 op = op_any();
    const OpInfo *info = &op_info[op];
    Buf body = {0};
    u32 need = (u32)info->pops, at;
    op_put(e, &body, op, 0);
    if (info->flags & (OPF_VARG | OPF_VARG2)) {
        u32 n = info->operands[0] == 'n' ? op_u16(body.data + 1) : op_u32(body.data + 1);
        need += info->flags & OPF_VARG2 ? n * 2 : n;
    }
    if (info->flags & OPF_PICK)
        need = (u32)op_u16(body.data + 1) + 1;
    for (u32 i = 0; i < need; i++)
        push_any(e, out);
    at = pc + (u32)out->len;
    if (info->flags & OPF_JUMP) { // to the instruction behind: both ways leave as much as the fall-through way, if they agree
        u32 over = info->length;
        memcpy(body.data + info->length - 4, &over, 4);
    }
    (void)at;
    buf_put(out, body.data, body.len);
    for (u32 i = 0; i < (u32)info->pushes + (info->flags & OPF_PICK ? need : 0); i++)
        buf_u8(out, OP_Pop);
    u32 room = e->f.max_stack + need + (u32)info->pushes + 2;
    e->f.max_stack = (u16)dx_min_u32(room, 60000);
    buf_free(&body);
}

static u32 moved(u32 x, u32 at, u32 removed, u32 added) { // where position x of the old code lies in the new
    return x <= at ? x : x >= at + removed ? x - removed + added : at;
}

// Replaces `removed` bytes at `at` by `put`, keeping labels and handlers on their instructions.
static void splice(Edit *e, u32 at, u32 removed, const Buf *put) {
    u32 added = (u32)put->len;
    buf_put(&e->code, e->old, at);
    buf_put(&e->code, put->data, put->len);
    buf_put(&e->code, e->old + at + removed, e->f.code_len - at - removed);
    for (u32 i = 0; i < e->count; i++) {
        u32 pc = e->starts[i];
        const OpInfo *info = &op_info[e->old[pc]];
        if (!(info->flags & OPF_JUMP) || (pc >= at && pc < at + removed) || pc + info->length > e->f.code_len)
            continue;
        u32 new_pc = pc >= at ? pc - removed + added : pc;
        u32 target = moved(pc + op_u32(e->old + pc + info->length - 4), at, removed, added) - new_pc;
        memcpy(e->code.data + new_pc + info->length - 4, &target, 4);
    }
    for (u32 i = 0; i < e->f.handler_count; i++) {
        DxtHandler *h = (DxtHandler *)(void *)e->handlers.data + i;
        h->start = moved(h->start, at, removed, added);
        h->end = moved(h->end, at, removed, added);
        h->target = moved(h->target, at, removed, added);
    }
    e->f.code_len += added - removed;
}

static void edit_once(Edit *e) {
    u32 at = e->starts[pick(e->count)], length = op_info[e->old[at]].length;
    Buf put = {0};
    if (at + length > e->f.code_len)
        return;
    switch (pick(8)) {
    case 0: // nothing there any more
        break;
    case 1: // another one of the same form
        for (u32 i = 0; i < 64; i++) {
            u8 op = op_any();
            const OpInfo *a = &op_info[op], *b = &op_info[e->old[at]];
            if (a->pops == b->pops && a->pushes == b->pushes && !strcmp(a->operands, b->operands)) {
                buf_u8(&put, op);
                buf_put(&put, e->old + at + 1, length - 1);
                break;
            }
        }
        break;
    case 2: op_put(e, &put, e->old[at], at); break; // the same with other operands
    case 3: op_put(e, &put, op_any(), at); break;
    case 4: // a copy of another one, before
        buf_put(&put, e->old + e->starts[pick(e->count)], 1);
        put.len = 0;
        op_put(e, &put, e->old[e->starts[pick(e->count)]], at);
        length = 0;
        break;
    default:
        wrapped_put(e, &put, at);
        length = 0;
    }
    splice(e, at, length, &put);
    buf_free(&put);
}

// ---- modules

static bool strings_sound(const DxtModule *m, const u8 *data, size_t size) {
    for (u32 j = 0; j < m->string_count; j++) {
        u32 rule;
        size_t room = size - (size_t)(m->strings - data);
        if (m->string_off[j] + 24ull > room || (m->string_off[j] & 7) ||
            !strcell_check(m->strings + m->string_off[j], room - m->string_off[j], &rule))
            return false;
    }
    return true;
}

// One edit of one function; the new image is appended to out.
static bool module_edit(const DxtModule *source, Buf *out) {
    static Edit edit;
    DxtModule m = *source;
    Edit *e = &edit;
    u32 i = pick(m.func_count);
    memset(e, 0, sizeof *e);
    e->m = source, e->f = m.funcs[i], e->old = m.code + e->f.code_off;
    if ((u64)e->f.code_off + e->f.code_len > m.code_len || (u64)e->f.handler_first + e->f.handler_count > m.handler_count)
        return false;
    for (u32 pc = 0; pc < e->f.code_len && op_info[e->old[pc]].name && e->count < 2048; pc += op_info[e->old[pc]].length)
        e->starts[e->count++] = pc;
    if (!e->count)
        return false;
    Buf code = {0}, handlers = {0};
    DxtFunc *funcs = malloc(m.func_count * sizeof *funcs);
    memcpy(funcs, m.funcs, m.func_count * sizeof *funcs);
    buf_put(&e->handlers, m.handlers + e->f.handler_first, e->f.handler_count * sizeof(DxtHandler));
    edit_once(e);
    buf_put(&code, m.code, m.code_len);
    buf_put(&handlers, m.handlers, m.handler_count * sizeof(DxtHandler));
    e->f.code_off = (u32)code.len, e->f.code_len = (u32)e->code.len;
    e->f.handler_first = m.handler_count;
    buf_put(&code, e->code.data, e->code.len);
    buf_put(&handlers, e->handlers.data, e->handlers.len);
    if (!pick(16))
        e->f.flags ^= 1u << pick(18);
    if (!pick(16))
        e->f.nlocals += 2;
    e->f.pos_count = 0; // positions of an edited function would be wrong
    funcs[i] = e->f;
    m.cold = NULL, m.pos = NULL, m.source = NULL, m.pos_count = m.source_len = 0;
    for (u32 j = 0; j < m.func_count; j++)
        funcs[j].pos_first = funcs[j].pos_count = funcs[j].src_start = funcs[j].src_end = 0;
    DxtSite *sites = malloc(m.site_count * sizeof *sites + 1);
    DxtTest *tests = malloc(m.test_count * sizeof *tests + 1);
    for (u32 j = 0; j < m.site_count; j++)
        sites[j] = m.sites[j], sites[j].offset = 0;
    for (u32 j = 0; j < m.test_count; j++)
        tests[j] = m.tests[j], tests[j].offset = 0;
    m.funcs = funcs, m.code = code.data, m.code_len = (u32)code.len, m.sites = sites, m.tests = tests;
    m.handlers = (const DxtHandler *)(void *)handlers.data, m.handler_count += e->f.handler_count;
    bool written = !dxt_write(&m, out);
    free(funcs), free(sites), free(tests);
    buf_free(&code), buf_free(&handlers), buf_free(&e->code), buf_free(&e->handlers);
    return written;
}

static size_t module_rewrite(u8 *data, size_t size, size_t max_size) {
    DxtModule m, again;
    if (dxt_open(data, size, false, &m, NULL) || !m.func_count || !strings_sound(&m, data, size))
        return size;
    for (u32 i = 0, blind = !pick(8); i < TRIES; i++) {
        Buf out = {0};
        bool take = module_edit(&m, &out) && out.len <= max_size &&
                    (blind || dxt_open(out.data, out.len, true, &again, NULL) == DXT_OK);
        if (take) {
            memcpy(data, out.data, out.len);
            size = out.len;
        }
        buf_free(&out);
        if (take)
            break;
    }
    return size;
}

// Bytes of a random section, of the layout itself or of one of its images.
static void layout_edit(u8 *data, size_t size) {
    DxtlSection table[LAY_COUNT];
    DxtSection sections[SEC_COUNT];
    DxtlModuleRow row;
    memcpy(table, data + sizeof(DxtlHeader), sizeof table);
    const DxtlSection *modt = &table[LAY_MODT], *any = &table[pick(LAY_COUNT)];
    if (pick(3) && modt->size >= sizeof row && modt->offset <= size && modt->size <= size - modt->offset) {
        memcpy(&row, data + modt->offset + pick((u32)(modt->size / sizeof row)) * sizeof row, sizeof row);
        if (row.offset <= size && row.size <= size - row.offset && row.size > DXT_TABLE_END) {
            memcpy(sections, data + row.offset + sizeof(DxtHeader), sizeof sections);
            const DxtSection *s = &sections[pick(SEC_COUNT)];
            if (s->size && (u64)s->offset + s->size <= row.size)
                bytes_random(data + row.offset + s->offset, s->size);
            return;
        }
    }
    if (any->size && any->offset <= size && any->size <= size - any->offset)
        bytes_random(data + any->offset, any->size);
    else
        bytes_random(data + 24, size - 24);
}

size_t mutate_artifact(u8 *data, size_t size, size_t max_size, unsigned seed) {
    state = seed * 0x9E3779B97F4A7C15ull + size;
    pick(1);
    bool module = size >= DXT_TABLE_END && !memcmp(data, DXT_MAGIC, 4);
    if (module && pick(5)) { // an aligned copy: fuzzers hand out any address
        u8 *copy = aligned_alloc(16, (max_size + 15) & ~(size_t)15);
        memcpy(copy, data, size);
        for (u32 n = 1 + pick(3); n; n--)
            size = module_rewrite(copy, size, max_size);
        memcpy(data, copy, size);
        free(copy);
    } else if (module) {
        DxtSection sec[SEC_COUNT];
        memcpy(sec, data + sizeof(DxtHeader), sizeof sec);
        const DxtSection *s = &sec[pick(SEC_COUNT)];
        if (s->size && (u64)s->offset + s->size <= size)
            bytes_random(data + s->offset, s->size);
        else
            bytes_random(data + 24, size - 24);
    } else if (size > DXTL_TABLE_END && !memcmp(data, DXTL_MAGIC, 4)) {
        layout_edit(data, size);
    } else if (size > 128) {
        bytes_random(data + 24, size - 24);
    } else {
        return LLVMFuzzerMutate ? LLVMFuzzerMutate(data, size, max_size) : size;
    }
    mutate_fix_hash(data, size);
    return size;
}
