// SPDX-License-Identifier: MIT
// The instruction list: appending with stack tracking, and assembly into bytes.
#include "compiler/emit/code.h"

static void *grow(Arena *a, void *old, u32 count, u32 *cap, size_t size) {
    if (count < *cap) return old;
    u32 n = *cap ? *cap * 2 : 16;
    void *p = arena_alloc(a, n * size);
    if (count) memcpy(p, old, count * size);
    *cap = n;
    return p;
}

void code_init(Code *c, Arena *arena) {
    memset(c, 0, sizeof *c);
    c->arena = arena;
}

u32 code_label(Code *c) {
    c->labels = grow(c->arena, c->labels, c->label_count, &c->label_cap, sizeof(Label));
    c->labels[c->label_count] = (Label){-1, 0, false};
    return c->label_count++;
}

static Ins *append(Code *c) {
    c->ins = grow(c->arena, c->ins, c->count, &c->cap, sizeof(Ins));
    Ins *i = &c->ins[c->count++];
    memset(i, 0, sizeof *i);
    return i;
}

static void append_label(Code *c, u32 label) {
    Ins *i = append(c);
    i->op = INS_LABEL;
    i->a = label;
    c->labels[label].bound = true;
}

void code_bind(Code *c, u32 label) {
    Label *l = &c->labels[label];
    if (c->dead) {
        if (l->refs && l->depth >= 0) {
            c->depth = (u32)l->depth;
            c->dead = false;
        }
    } else if (l->depth >= 0) {
        DX_CHECK((u32)l->depth == c->depth);
    }
    if (!c->dead) l->depth = (i32)c->depth;
    append_label(c, label);
}

void code_bind_loop(Code *c, u32 label) { code_bind(c, label); }

void code_bind_catch(Code *c, u32 label) {
    Label *l = &c->labels[label];
    c->dead = l->refs == 0;
    if (!c->dead) {
        c->depth = (u32)l->depth;
        if (c->depth > c->max_depth) c->max_depth = c->depth;
    }
    append_label(c, label);
}

// True when nothing that can throw lies between the two labels.
static bool range_is_empty(const Code *c, u32 start, u32 end) {
    bool inside = false;
    for (u32 i = c->count; i-- > 0;) {
        const Ins *ins = &c->ins[i];
        if (ins->op == INS_LABEL && ins->a == end) inside = true;
        else if (ins->op == INS_LABEL && ins->a == start) return true;
        else if (inside && ins->op < INS_LABEL && op_info[ins->op].flags & (OPF_CALL | OPF_THROW | OPF_SUSP)) return false;
    }
    return true;
}

void code_handler(Code *c, u32 start, u32 end, u32 target, u32 depth) {
    if (range_is_empty(c, start, end)) return;
    c->handlers = grow(c->arena, c->handlers, c->handler_count, &c->handler_cap, sizeof(CodeHandler));
    c->handlers[c->handler_count++] = (CodeHandler){start, end, target, depth};
    Label *l = &c->labels[target];
    l->refs++;
    l->depth = (i32)depth + 1;
}

// Values taken besides op_info.pops.
static u32 extra_pops(const OpInfo *info, u32 a, u32 b) {
    if (!(info->flags & (OPF_VARG | OPF_VARG2))) return 0;
    u32 n = info->operands[0] == 'n' || info->operands[0] == 'm' ? a : b;
    return info->flags & OPF_VARG2 ? 2 * n : n;
}

u32 ins_pops(const Ins *i) { return (u32)op_info[i->op].pops + extra_pops(&op_info[i->op], i->a, i->b); }

void code_op(Code *c, Opcode op, u32 a, u32 b, u32 x, u32 y) {
    c->appended = !c->dead;
    if (c->dead) return;
    const OpInfo *info = &op_info[op];
    u32 pops = (u32)info->pops + extra_pops(info, a, b);
    if (info->flags & OPF_PICK) DX_CHECK(c->depth > a);
    DX_CHECK(c->depth >= pops);
    Ins *i = append(c);
    i->op = (u16)op;
    i->a = a;
    i->b = b;
    i->c = x;
    i->d = y;
    u32 base = c->depth - pops;
    if (info->flags & OPF_JUMP) {
        u32 operand = info->operands[0] == 'L' ? a : info->operands[1] == 'L' ? b : x;
        Label *l = &c->labels[operand];
        u32 at = base + (u32)info->jump;
        if (l->depth >= 0) DX_CHECK((u32)l->depth == at);
        l->depth = (i32)at;
        l->refs++;
        if (at > c->max_depth) c->max_depth = at;
    }
    c->depth = base + (u32)info->pushes;
    if (c->depth > c->max_depth) c->max_depth = c->depth;
    if (info->flags & OPF_END) c->dead = true;
}

void code_float(Code *c, f64 v) {
    u64 bits = 0x7ff8000000000000; // the one NaN a module may hold: arithmetic of the compiler's machine gives others
    if (v == v) memcpy(&bits, &v, 8);
    code_op(c, OP_PushFloat, (u32)bits, (u32)(bits >> 32), 0, 0);
}

void code_pos(Code *c, u32 offset, u32 expr_start, u32 expr_end) {
    if (!c->appended || !c->count) return;
    Ins *i = &c->ins[c->count - 1];
    if (i->op >= INS_LABEL) return;
    i->has_pos = 1;
    i->offset = offset;
    i->expr = expr_start;
    i->expr_len = expr_end > expr_start ? expr_end - expr_start : 0;
}

// ---- inline caches

static bool has_cache(u32 op) { return op < INS_LABEL && strchr(op_info[op].operands, 'c'); }

// The instructions without a cache that do what `i` does; returns how many.
static u32 uncached(const Ins *i, Ins out[3]) {
    Ins key = {.op = OP_PushString, .a = i->a}, swap = {.op = OP_Swap}, last = *i;
    switch (i->op) {
    case OP_GetProp: case OP_GetMethod:
        last.op = i->op == OP_GetProp ? OP_GetIndex : OP_GetIndexMethod;
        out[0] = key, out[1] = last;
        return 2;
    case OP_SetProp: case OP_DefineProp: // the value is on top
        last.op = i->op == OP_SetProp ? OP_SetIndex : OP_DefineIndex;
        out[0] = key, out[1] = swap, out[2] = last;
        return 3;
    default: // GetGlobal, SetGlobal, TypeofGlobal: by name from the captured environment outwards
        last.op = i->op == OP_GetGlobal ? OP_LoadDyn : i->op == OP_SetGlobal ? OP_StoreDyn : OP_TypeofDyn;
        last.b = SLOT_CAPTURED;
        out[0] = last;
        return 1;
    }
}

bool code_limit_caches(Code *c) {
    enum { MOST = 65535 };
    u32 caches = 0, n = 0;
    for (u32 i = 0; i < c->count; i++) caches += has_cache(c->ins[i].op);
    if (caches <= MOST) return false;
    Ins *out = arena_alloc(c->arena, (c->count + 2 * (size_t)(caches - MOST)) * sizeof(Ins));
    caches = 0;
    for (u32 i = 0; i < c->count; i++) {
        if (has_cache(c->ins[i].op) && ++caches > MOST) n += uncached(&c->ins[i], out + n);
        else out[n++] = c->ins[i];
    }
    c->ins = out;
    c->count = c->cap = n;
    c->max_depth++;
    return true;
}

// ---- assembly

static void put_operand(Code *c, Buf *b, char letter, u32 v) {
    switch (letter) {
    case 'b':
        c->too_wide |= v > 0xff;
        buf_u8(b, (u8)v);
        break;
    case 's': case 'n': case 'd': case 'e':
        c->too_wide |= v > 0xffff;
        buf_u16(b, (u16)v);
        break;
    default: buf_u32(b, v); break;
    }
}

static void put_ins(Code *c, const Ins *i, Buf *b, u32 base, const u32 *label_at, u32 *ics) {
    u32 here = (u32)b->len - base;
    const OpInfo *info = &op_info[i->op];
    const u32 values[4] = {i->a, i->b, i->c, i->d};
    u32 next = 0;
    buf_u8(b, (u8)i->op);
    for (const char *p = info->operands; *p; p++) {
        if (*p == 'c') {
            buf_u16(b, (u16)(*ics)++);
        } else if (*p == 'f') {
            buf_u32(b, i->a);
            buf_u32(b, i->b);
            next += 2;
        } else if (*p == 'L') {
            buf_u32(b, label_at[values[next++]] - here);
        } else {
            put_operand(c, b, *p, values[next++]);
        }
    }
}

static void put_pos(CodeOut *out, const Ins *i, u32 pc) {
    i64 back = (i64)i->offset - i->expr;
    u32 len = i->expr_len;
    if (back < -2048 || back > 2047 || len > 0xfffff || !len) back = len = 0;
    DxtPos row = {pc, i->offset, ((u32)back & 0xfff) | len << 12};
    buf_put(&out->pos, &row, sizeof row);
    out->pos_total++;
}

// How many there are.
static u32 put_handlers(Code *c, CodeOut *out, DxtFunc *f, const u32 *label_at) {
    f->handler_first = out->handler_total;
    u32 n = 0;
    for (u32 i = 0; i < c->handler_count; i++) {
        const CodeHandler *h = &c->handlers[i];
        u32 start = label_at[h->start], end = label_at[h->end];
        if (start >= end) continue;
        DxtHandler row = {start, end, label_at[h->target], (u16)h->depth, 0};
        buf_put(&out->handlers, &row, sizeof row);
        n++;
    }
    out->handler_total += n;
    f->handler_count = (u16)n;
    return n;
}

const char *code_assemble(Code *c, CodeOut *out, DxtFunc *f) {
    u32 *label_at = arena_zalloc(c->arena, (c->label_count + 1) * sizeof(u32));
    u32 at = 0, ics = 0, base = (u32)out->code.len;
    for (u32 i = 0; i < c->count; i++) {
        if (c->ins[i].op == INS_LABEL) label_at[c->ins[i].a] = at;
        else if (c->ins[i].op != INS_DELETED) at += op_info[c->ins[i].op].length;
    }
    f->code_off = base;
    f->pos_first = out->pos_total;
    for (u32 i = 0; i < c->count; i++) {
        const Ins *ins = &c->ins[i];
        if (ins->op >= INS_LABEL) continue;
        if (ins->has_pos && op_info[ins->op].flags & (OPF_CALL | OPF_THROW | OPF_SUSP)) put_pos(out, ins, (u32)out->code.len - base);
        put_ins(c, ins, &out->code, base, label_at, &ics);
    }
    buf_u8(&out->code, OP_End);
    f->code_len = (u32)out->code.len - base;
    f->pos_count = out->pos_total - f->pos_first;
    f->max_stack = (u16)c->max_depth;
    f->ic_count = (u16)ics;
    if (put_handlers(c, out, f, label_at) > 0xffff) return "more than 65535 ranges of try and of loops over iterators";
    if (c->max_depth > 0xffff) return "an expression needs more than 65535 stack entries";
    if (c->too_wide) return "an instruction takes more than 65535 values";
    return at < 0x7fffffff ? NULL : "more than 2 GB of instructions";
}
