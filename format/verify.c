// SPDX-License-Identifier: MIT
// The bytecode verifier's first half and its driver: each instruction by itself (opcode, operands, labels),
// handler rows, the order in which functions are taken (a function's captured environment shape is known once
// something instantiates it). Control flow, stack and environments are verify_flow.c's. Linear in the code's
// size.
#include "format/verify.h"

// ---- tables

u32 cons_add(ConsTable *t, u32 a, u32 b, u32 c, bool *fresh) {
    if (t->count * 2 >= t->mask) { // mask 0 at first
        u32 n = t->mask ? (t->mask + 1) * 2 : 64;
        mem_free(t->slots);
        t->slots = mem_zalloc(n * 4);
        t->mask = n - 1;
        for (u32 i = 0; i < t->count; i++) {
            u32 h = (t->rows[i][0] * 0x9E3779B1u ^ t->rows[i][1] * 0x85EBCA77u ^ t->rows[i][2] * 0xC2B2AE3Du);
            for (h ^= h >> 15; t->slots[h & t->mask]; h++)
                ;
            t->slots[h & t->mask] = i + 1;
        }
    }
    u32 h = (a * 0x9E3779B1u ^ b * 0x85EBCA77u ^ c * 0xC2B2AE3Du);
    for (h ^= h >> 15;; h++) {
        u32 *slot = &t->slots[h & t->mask];
        if (!*slot) {
            if (t->count == t->cap) {
                t->cap = t->cap ? t->cap * 2 : 64;
                t->rows = mem_realloc(t->rows, t->cap * sizeof *t->rows);
            }
            u32 *row = t->rows[t->count];
            row[0] = a, row[1] = b, row[2] = c, row[3] = 0;
            *slot = ++t->count;
            *fresh = true;
            return t->count - 1;
        }
        u32 *row = t->rows[*slot - 1];
        if (row[0] == a && row[1] == b && row[2] == c) {
            *fresh = false;
            return *slot - 1;
        }
    }
}

u32 shape_make(Verifier *v, u32 parent, u32 size) {
    bool fresh;
    u32 id = cons_add(&v->shapes, parent, size, 0, &fresh);
    if (!fresh)
        return id;
    if (id >= v->shape_cap) {
        v->shape_cap = v->shape_cap ? v->shape_cap * 2 : 64;
        v->shape_info = mem_realloc(v->shape_info, v->shape_cap * sizeof(Shape));
    }
    const Shape *p = &v->shape_info[parent];
    Shape s = {.parent = parent, .jump = parent, .size = size};
    if (id >= SHAPE_FIRST) {
        s.depth = p->depth + 1;
        const Shape *j = &v->shape_info[p->jump];
        if (p->depth - j->depth == j->depth - v->shape_info[j->jump].depth)
            s.jump = j->jump;
        if (s.depth > SHAPE_DEPTH_LIMIT)
            return SHAPE_NONE;
    }
    v->shape_info[id] = s;
    return id;
}

void verify_instantiate(Verifier *v, u32 func, u32 shape) {
    v->func_shape[func] = shape;
    v->queue[v->queue_len++] = func;
}

// ---- one instruction

const u8 verify_slot_kinds[256] = {
    [OP_NewEnv] = SLOT_ENV_NEW | SLOT_ENV_OR_CAPTURED << SLOT_KIND_BITS,
    [OP_NewWithEnv] = SLOT_ENV_NEW | SLOT_ENV_OR_CAPTURED << SLOT_KIND_BITS,
    [OP_CopyEnv] = SLOT_ENV,
    [OP_MapArguments] = SLOT_ENV,
    [OP_LoadEnv] = SLOT_ENV,
    [OP_StoreEnv] = SLOT_ENV,
    [OP_LoadEnvCheck] = SLOT_ENV,
    [OP_StoreEnvCheck] = SLOT_ENV,
    [OP_PushEnvOf] = SLOT_ENV_OR_CAPTURED,
    [OP_NewFunction] = SLOT_ENV_OR_CAPTURED,
    [OP_DefineClass] = SLOT_ENV_OR_CAPTURED,
    [OP_LoadDyn] = SLOT_ENV_OR_CAPTURED,
    [OP_StoreDyn] = SLOT_ENV_OR_CAPTURED,
    [OP_TypeofDyn] = SLOT_ENV_OR_CAPTURED,
    [OP_LoadDynCall] = SLOT_ENV_OR_CAPTURED,
    [OP_DeleteDyn] = SLOT_ENV_OR_CAPTURED,
    [OP_DeclareDyn] = SLOT_ENV_OR_CAPTURED,
    [OP_CallEval] = SLOT_ENV_OR_CAPTURED,
    [OP_CallEvalSpread] = SLOT_ENV_OR_CAPTURED,
    [OP_GetLocalProp] = SLOT_VALUE_OR_THIS,
    [OP_SetLocalPropPop] = SLOT_VALUE_OR_THIS,
    [OP_ResolveDyn] = SLOT_ENV_OR_CAPTURED,
    [OP_LoadDynRef] = SLOT_ENV_OR_CAPTURED,
    [OP_StoreDynRef] = SLOT_ENV_OR_CAPTURED,
};

static bool op_is_assertion(u8 op) { // a site is its only operand: Assert…, MockVerify, SpyVerify
    return op_info[op].name && op_info[op].operands[0] == 'A' && !op_info[op].operands[1];
}

static bool flags_ok(u8 op, u8 b) {
    switch (op) {
    case OP_PushArguments: return b <= 1;
    case OP_ThrowError:
        switch (b) {
#define THROW_KIND(number, name, type, text) case number:
            THROW_KINDS(THROW_KIND)
#undef THROW_KIND
            return true;
        }
        return false;
    case OP_CheckObject: return b <= 2;
    case OP_DefineMethod: return b <= 15 && (b & 3) <= 2;
    case OP_SetFunctionName: return b <= 2;
    case OP_DefinePrivate: return b <= 3;
    case OP_DeclareGlobal: return b <= 31 && (b & 7) <= 4;
    }
    return true;
}

static bool const_ok(u8 op, u32 kind) {
    if (op == OP_NewRegExp)
        return kind == DXT_CONST_REGEXP;
    if (op == OP_GetTemplate)
        return kind == DXT_CONST_TEMPLATE;
    return kind >= DXT_CONST_F64 && kind <= DXT_CONST_BIGINT;
}

static DxtStatus slot_use(Verifier *v, u32 pc, u32 slot, u32 kind) {
    const DxtFunc *f = v->f;
    if (kind == SLOT_ENV_OR_CAPTURED && slot == SLOT_CAPTURED)
        return DXT_OK;
    if (kind == SLOT_VALUE_OR_THIS && slot == SLOT_THIS)
        return DXT_OK;
    if (slot >= (u32)f->nparams + f->nlocals || (kind == SLOT_VALUE_OR_THIS && slot > SLOT_OR_THIS_MOST))
        return VFAULT(OP_SLOT, pc, "slot %u of %u", slot, f->nparams + f->nlocals);
    if (kind == SLOT_VALUE || kind == SLOT_VALUE_OR_THIS) {
        v->slot_value[slot] = v->epoch;
        if (v->slot_env[slot] == v->epoch)
            return VFAULT(ENV_SLOT, pc, "slot %u holds environments", slot);
        return DXT_OK;
    }
    if (slot < f->nparams || v->slot_value[slot] == v->epoch)
        return VFAULT(ENV_SLOT, pc, "slot %u holds ordinary values", slot);
    if (v->slot_env[slot] != v->epoch) {
        v->slot_env[slot] = v->epoch;
        v->env_index[slot] = v->env_count++;
    }
    return DXT_OK;
}

// Rules about one opcode that its operand letters do not say.
static DxtStatus check_special(Verifier *v, u32 pc, u8 op) {
    const DxtModule *m = v->m;
    const u8 *p = v->code + pc;
    switch (op) {
    case OP_PushFloat: {
        u64 bits;
        memcpy(&bits, p + 1, 8);
        if ((bits & 0x7FFFFFFFFFFFFFFFull) > 0x7FF0000000000000ull && bits != 0x7FF8000000000000ull)
            return VFAULT(OP_NAN, pc, "NaN %016llx", (unsigned long long)bits);
        return DXT_OK;
    }
    case OP_LoadImport:
        if (m->imports[op_u32(p + 1)].name == DXT_NONE)
            return VFAULT(OP_IMPORT, pc, "import %u is a namespace", op_u32(p + 1));
        return DXT_OK;
    case OP_DefineClass:
        if (!(m->funcs[op_u32(p + 1)].flags & FUNC_CLASS_CTOR))
            return VFAULT(OP_FUNC, pc, "function %u is no class constructor", op_u32(p + 1));
        return DXT_OK;
    case OP_NewEnv: {
        u32 scope = op_u32(p + 7);
        if (scope == SCOPE_NONE)
            return DXT_OK;
        u32 names = m->scopes[scope].count, hidden = m->scopes[scope].flags & SCOPE_VARS ? 1 : 0;
        if (names + hidden > op_u16(p + 5))
            return VFAULT(OP_SCOPE, pc, "scope %u names %u of %u slots", scope, names, op_u16(p + 5));
        return DXT_OK;
    }
    case OP_Not:
        if (!op_is_assertion(p[1]))
            return VFAULT(OP_NOT, pc, "Not before %s",
                          op_info[p[1]].name ? op_info[p[1]].name : "no instruction");
        return DXT_OK;
    case OP_Await:
        if (!(v->f->flags & FUNC_ASYNC))
            return VFAULT(OP_SUSPEND, pc, "Await in a function that is not async");
        return DXT_OK;
    case OP_GenStart: case OP_Yield: case OP_YieldDelegate:
        if (!(v->f->flags & FUNC_GENERATOR))
            return VFAULT(OP_SUSPEND, pc, "%s in a function that is no generator", op_info[op].name);
        return DXT_OK;
    }
    return DXT_OK;
}

static const u8 special[256] = {
    [OP_PushFloat] = 1,
    [OP_LoadImport] = 1,
    [OP_DefineClass] = 1,
    [OP_NewEnv] = 1,
    [OP_Not] = 1,
    [OP_Await] = 1,
    [OP_GenStart] = 1,
    [OP_Yield] = 1,
    [OP_YieldDelegate] = 1,
};

static DxtStatus check_operands(Verifier *v, u32 pc, const OpInfo *info) {
    const DxtModule *m = v->m;
    u8 op = v->code[pc];
    const u8 *p = v->code + pc + 1;
    u32 kinds = verify_slot_kinds[op];
    for (const char *k = info->operands; *k; k++) {
        switch (*k) {
        case 's': {
            DxtStatus s = slot_use(v, pc, op_u16(p), kinds & SLOT_KIND_MASK);
            if (s)
                return s;
            kinds >>= SLOT_KIND_BITS;
            break;
        }
        case 'S':
            if (op_u32(p) >= m->string_count)
                return VFAULT(OP_STRING, pc, "string %u of %u", op_u32(p), m->string_count);
            break;
        case 'K':
            if (op_u32(p) >= m->const_count || !const_ok(op, m->consts[op_u32(p)].kind))
                return VFAULT(OP_CONST, pc, "constant %u of %u", op_u32(p), m->const_count);
            break;
        case 'F':
            if (op_u32(p) >= m->func_count)
                return VFAULT(OP_FUNC, pc, "function %u of %u", op_u32(p), m->func_count);
            break;
        case 'L': {
            i64 target = (i64)pc + op_i32(p);
            if (target < 0 || target >= v->f->code_len)
                return VFAULT(OP_LABEL, pc, "label at %lld", (long long)target);
            bit_set(v->labels, (u32)target);
            break;
        }
        case 'c': {
            u32 ic = op_u16(p);
            if (ic >= v->f->ic_count || v->ic_mark[ic] == v->epoch)
                return VFAULT(OP_IC, pc, "inline cache %u of %u%s", ic, v->f->ic_count,
                              ic < v->f->ic_count ? " used twice" : "");
            v->ic_mark[ic] = v->epoch;
            break;
        }
        case 'M':
            if (op_u32(p) >= m->import_count)
                return VFAULT(OP_IMPORT, pc, "import %u of %u", op_u32(p), m->import_count);
            break;
        case 'A': { // behind a count: that many sites
            u64 sites = info->operands[0] == 'm' ? op_u32(v->code + pc + 1) : 1;
            if (!sites || op_u32(p) + sites > m->site_count)
                return VFAULT(OP_SITE, pc, "site %u of %u", op_u32(p), m->site_count);
            break;
        }
        case 'P':
            if (op_u32(p) >= m->scope_count && op_u32(p) != SCOPE_NONE)
                return VFAULT(OP_SCOPE, pc, "scope %u of %u", op_u32(p), m->scope_count);
            break;
        case 'b':
            if (!flags_ok(op, *p))
                return VFAULT(OP_FLAGS, pc, "%s %u", info->name, *p);
            break;
        }
        p += op_operand_size(*k);
    }
    return special[op] ? check_special(v, pc, op) : DXT_OK;
}

// Frequent operand patterns have a path of their own in scan_code; the table comes from opcodes.def like
// everything else.
enum { PATTERN_NONE, PATTERN_FREE, PATTERN_SLOT, PATTERN_STRING, PATTERN_STRING_IC, PATTERN_OTHER };
#define IS_FREE(c) ((c) == 'i' || (c) == 'n' || (c) == 'm') // any value will do
#define IS(s, i, c) (OP_LETTER(s, i) == (c))
#define PATTERN(s)                                                                \
    (IS(s, 0, 0)                                        ? PATTERN_NONE            \
     : IS_FREE(OP_LETTER(s, 0)) && IS(s, 1, 0)          ? PATTERN_FREE            \
     : IS(s, 0, 's') && IS(s, 1, 0)                     ? PATTERN_SLOT            \
     : IS(s, 0, 'S') && IS(s, 1, 0)                     ? PATTERN_STRING          \
     : IS(s, 0, 'S') && IS(s, 1, 'c') && IS(s, 2, 0)    ? PATTERN_STRING_IC       \
                                                        : PATTERN_OTHER)
static const u8 patterns[256] = {
#define OP(num, name, operands, pops, pushes, jump, flags, picture, sentence) [num] = PATTERN(operands),
#include "format/opcodes.def"
#undef OP
};
static const u8 lengths[256] = {
#define OP(num, name, operands, pops, pushes, jump, flags, picture, sentence) \
    [num] = OP_LENGTH(operands),
#include "format/opcodes.def"
#undef OP
};

// ---- one function

static void room_for_code(Verifier *v, u32 len) {
    u32 words = len / 64 + 1;
    if (words > v->bitmap_words) {
        mem_free(v->starts), mem_free(v->labels), mem_free(v->label_rank);
        v->bitmap_words = words;
        v->starts = mem_alloc(words * 8);
        v->labels = mem_alloc(words * 8);
        v->label_rank = mem_alloc(words * 4);
    }
    memset(v->starts, 0, words * 8);
    memset(v->labels, 0, words * 8);
}

static DxtStatus scan_code(Verifier *v) {
    const DxtModule *m = v->m;
    u32 len = v->f->code_len, pc = 0, slots = (u32)v->f->nparams + v->f->nlocals, epoch = v->epoch;
    const u8 *code = v->code;
    u64 *starts = v->starts;
    u8 op;
    do {
        op = code[pc];
        u32 n = lengths[op];
        if (DX_UNLIKELY(!n))
            return VFAULT(OPCODE, pc, "opcode %02x", op);
        if (DX_UNLIKELY(n > len - pc))
            return VFAULT(OP_WHOLE, pc, "%s is cut off", op_info[op].name);
        bit_set(starts, pc);
        bool fine = false;
        switch (patterns[op]) {
        case PATTERN_NONE:
            if (op == OP_End)
                goto end;
            // fall through
        case PATTERN_FREE: fine = !special[op]; break;
        case PATTERN_SLOT: {
            u32 slot = op_u16(code + pc + 1);
            fine = slot < slots && verify_slot_kinds[op] == SLOT_VALUE && v->slot_env[slot] != epoch;
            if (fine)
                v->slot_value[slot] = epoch;
            break;
        }
        case PATTERN_STRING: fine = op_u32(code + pc + 1) < m->string_count; break;
        case PATTERN_STRING_IC: {
            u32 ic = op_u16(code + pc + 5);
            fine = op_u32(code + pc + 1) < m->string_count && ic < v->f->ic_count && v->ic_mark[ic] != epoch;
            if (fine)
                v->ic_mark[ic] = epoch;
            break;
        }
        }
        if (!fine) {
            DxtStatus s = check_operands(v, pc, &op_info[op]);
            if (s)
                return s;
        }
        pc += n;
    } while (pc < len);
end:
    if (op != OP_End || pc != len - 1)
        return VFAULT(OP_END, pc, op == OP_End ? "End within the code" : "no End");
    return DXT_OK;
}

static DxtStatus scan_handlers(Verifier *v) {
    const DxtFunc *f = v->f;
    u32 len = f->code_len;
    if (!f->handler_count)
        return DXT_OK;
    if (len + 1 > v->handler_cap) {
        mem_free(v->handler_at), mem_free(v->handler_next);
        v->handler_cap = len + 1;
        v->handler_at = mem_alloc(v->handler_cap * 4);
        v->handler_next = mem_alloc(v->handler_cap * 4);
    }
    memset(v->handler_at, 0, len * 4);
    for (u32 i = 0; i <= len; i++)
        v->handler_next[i] = i; // first byte from i on that no row covers yet
    for (u32 i = 0; i < f->handler_count; i++) {
        const DxtHandler *h = &v->m->handlers[f->handler_first + i];
        if (h->start >= h->end || h->end > len || h->target >= len || !bit_get(v->starts, h->start) ||
            !bit_get(v->starts, h->target) || (h->end < len && !bit_get(v->starts, h->end)))
            return VFAULT(HANDLER_ROW, h->start, "handler %u", i);
        if (h->reserved)
            return VFAULT(ROW_RESERVED, h->start, "handler %u", i);
        if ((u32)h->depth + 1 > f->max_stack)
            return VFAULT(HANDLER_STACK, h->target, "depth %u, max_stack %u", h->depth, f->max_stack);
        bit_set(v->labels, h->target);
        for (u32 at = h->start;;) {
            u32 root = at;
            while (v->handler_next[root] != root)
                root = v->handler_next[root];
            while (v->handler_next[at] != root) { // compress
                u32 next = v->handler_next[at];
                v->handler_next[at] = root;
                at = next;
            }
            if (root >= h->end)
                break;
            v->handler_at[root] = i + 1;
            v->handler_next[root] = at = root + 1;
        }
    }
    return DXT_OK;
}

static DxtStatus scan_labels(Verifier *v) {
    u32 words = v->f->code_len / 64 + 1, n = 0;
    for (u32 w = 0; w < words; w++) {
        u64 stray = v->labels[w] & ~v->starts[w];
        if (stray)
            return VFAULT(OP_LABEL, w * 64 + (u32)__builtin_ctzll(stray),
                          "a label points into an instruction");
        v->label_rank[w] = n;
        n += (u32)__builtin_popcountll(v->labels[w]);
    }
    v->label_count = n;
    return DXT_OK;
}

static DxtStatus verify_func(Verifier *v, u32 index) {
    v->func = index;
    v->f = &v->m->funcs[index];
    v->code = v->m->code + v->f->code_off;
    v->epoch = index + 1;
    v->env_count = 0;
    v->func_done[index] = 1;
    room_for_code(v, v->f->code_len);
    DxtStatus s = scan_code(v);
    if (!s)
        s = scan_handlers(v);
    if (!s)
        s = scan_labels(v);
    return s ? s : verify_flow(v);
}

static void verifier_free(Verifier *v) {
    void *blocks[] = {
        v->starts,       v->labels,       v->label_rank, v->states,         v->label_envs,      v->handler_at,
        v->handler_next, v->slot_value,   v->slot_env,   v->env_index,      v->ic_mark,         v->envs,
        v->shapes.rows,  v->shapes.slots, v->shape_info, v->internals.rows, v->internals.slots, v->func_shape,
        v->func_done,    v->queue,
    };
    for (u32 i = 0; i < DX_COUNTOF(blocks); i++)
        mem_free(blocks[i]);
}

static DxtStatus verify_module(Verifier *v) {
    const DxtModule *m = v->m;
    bool fresh;
    shape_make(v, 0, 0); // row SHAPE_NONE
    shape_make(v, 0, 1); // row SHAPE_ROOT
    cons_add(&v->internals, 0, 0, 0, &fresh); // row 0: the empty list
    u32 body =
        m->funcs[m->main_func].flags & FUNC_EVAL ? SHAPE_ROOT : shape_make(v, SHAPE_ROOT, m->env_slots);
    verify_instantiate(v, m->main_func, body);
    if (m->init_func != DXT_NONE && m->init_func != m->main_func)
        verify_instantiate(v, m->init_func, body);
    while (v->queue_len) {
        DxtStatus s = verify_func(v, v->queue[--v->queue_len]);
        if (s)
            return s;
    }
    v->dead = true;
    for (u32 i = 0; i < m->func_count; i++) {
        if (v->func_done[i])
            continue;
        v->func_shape[i] = SHAPE_ROOT;
        DxtStatus s = verify_func(v, i);
        if (s)
            return s;
    }
    return DXT_OK;
}

DxtStatus dxt_verify(const DxtModule *m, DxtFault *fault) {
    Verifier v = {.m = m, .fault = fault};
    u32 slots = 0, ics = 0; // of the function that has most
    for (u32 i = 0; i < m->func_count; i++) {
        slots = dx_max_u32(slots, (u32)m->funcs[i].nparams + m->funcs[i].nlocals);
        ics = dx_max_u32(ics, m->funcs[i].ic_count);
    }
    v.slot_value = mem_zalloc(slots * 4);
    v.slot_env = mem_zalloc(slots * 4);
    v.env_index = mem_alloc(slots * 4);
    v.ic_mark = mem_zalloc(ics * 4);
    v.func_shape = mem_zalloc(m->func_count * 4);
    v.func_done = mem_zalloc(m->func_count);
    v.queue = mem_alloc(m->func_count * 4);
    v.work_limit = (1u << 26) + (u64)m->code_len * 256;
    DxtStatus s = verify_module(&v);
    verifier_free(&v);
    return s;
}
