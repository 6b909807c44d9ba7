// SPDX-License-Identifier: MIT
// The bytecode verifier's second half: abstract interpretation of the reachable instructions of one function.
// The abstract state is the stack depth, which stack entries are internal values (a hash-consed list), the
// shape held by each environment slot, and whether a generator has started. States meet at labels only; depth
// and list must be equal there, environments and the generator's state are joined (unequal: unusable), so a
// label is taken again only when it lost something.
#include "format/verify.h"

typedef struct Flow { // the current state; environments are in v->envs
    u32 pc, depth, list, gen;
    u32 handler; // row + 1 that covers pc, 0 none
    bool dirty;  // the state that a handler sees has changed since it was told
} Flow;

static const Internal *internal(const Verifier *v, u32 list) {
    return (const Internal *)v->internals.rows[list];
}

// Pushes an internal value; 0 means too many.
static u32 internal_push(Verifier *v, u32 below, u32 pos, u32 kind) {
    bool fresh;
    u32 count = internal(v, below)->count + 1;
    if (count > INTERNAL_LIMIT)
        return 0;
    u32 id = cons_add(&v->internals, below, pos, kind, &fresh);
    v->internals.rows[id][3] = count;
    return id;
}

static u32 internal_cut(const Verifier *v, u32 list, u32 depth) { // without the values at depth and above
    while (list && internal(v, list)->pos >= depth)
        list = internal(v, list)->below;
    return list;
}

static u32 label_index(const Verifier *v, u32 pc) {
    return v->label_rank[pc >> 6] + (u32)__builtin_popcountll(v->labels[pc >> 6] & ((1ull << (pc & 63)) - 1));
}

// The state flows to the label at pc.
static DxtStatus flow_to(Verifier *v, Flow *s, u32 pc, u32 depth, u32 list) {
    u32 i = label_index(v, pc);
    LabelState *l = &v->states[i];
    u32 *envs = v->label_envs + (size_t)i * v->env_count;
    v->work += v->env_count + 1;
    if (!l->seen) {
        *l = (LabelState){.depth = depth, .list = list, .seen = 1, .pending = 1, .gen = (u8)s->gen};
        memcpy(envs, v->envs, v->env_count * 4);
        return DXT_OK;
    }
    if (l->depth != depth)
        return VFAULT(STACK_MERGE, s->pc, "depth %u meets %u at %u", depth, l->depth, pc);
    if (l->list != list)
        return VFAULT(TYPE_MERGE, s->pc, "other internal values at %u", pc);
    if (l->gen != s->gen && l->gen != GEN_MIXED)
        l->gen = GEN_MIXED, l->pending = 1;
    for (u32 e = 0; e < v->env_count; e++) {
        if (envs[e] != v->envs[e] && envs[e])
            envs[e] = SHAPE_NONE, l->pending = 1;
    }
    return DXT_OK;
}

// ---- internal values

// The list after a triple (or its kept form) of an iteration instruction has been found at depth-pops; 0: not
// there.
static u32 triple_at(const Verifier *v, const Flow *s, u32 pops, u8 op) {
    const Internal *top = internal(v, s->list);
    if (!s->list || top->pos + pops - 2 != s->depth)
        return 0;
    bool sync = top->kind == INT_SYNC2, async = top->kind == INT_ASYNC2;
    if (op == OP_ForOfNext || op == OP_IteratorStep || op == OP_IteratorRest)
        return sync ? s->list : 0;
    if (op == OP_AsyncIterNext || op == OP_AsyncIterResult)
        return async ? s->list : 0;
    return sync || async ? s->list : 0;
}

static DxtStatus push_internals(Verifier *v, Flow *s, u32 list, u32 pos, u32 first, u32 n) {
    for (u32 i = 0; i < n; i++) {
        list = internal_push(v, list, pos + i, first + i);
        if (!list)
            return VFAULT(TYPE_COUNT, s->pc, "more than %u internal values", INTERNAL_LIMIT);
    }
    s->list = list;
    return DXT_OK;
}

// A rearrangement of the top n entries that include internal ones: order[i] is the old place (0 lowest) of
// new entry i.
static DxtStatus rearrange(Verifier *v, Flow *s, u32 n, const char *order) {
    u8 old[5] = {0}, new[5];
    u32 base = s->depth - n, list = s->list;
    for (; list && internal(v, list)->pos >= base; list = internal(v, list)->below)
        old[internal(v, list)->pos - base] = (u8)internal(v, list)->kind;
    for (u32 i = 0; i < n; i++)
        new[i] = old[(u32)(order[i] - '0')];
    for (u32 side = 0; side < 2; side++) { // whole before and after; only one triple fits into five entries
        const u8 *t = side ? new : old;
        for (u32 i = 0; i < n; i++) {
            u8 k = t[i];
            bool first = k == INT_SYNC0 || k == INT_ASYNC0, later = k && !first && k <= INT_ASYNC2;
            if ((first && (i + 2 >= n || t[i + 1] != k + 1 || t[i + 2] != k + 2)) ||
                (later && (i == 0 || t[i - 1] != k - 1)))
                return VFAULT(TYPE_MOVE, s->pc, "an iterator would be torn apart");
        }
    }
    for (u32 i = 0; i < n; i++) {
        if (new[i])
            list = internal_push(v, list, base + i, new[i]);
    }
    s->list = list;
    return DXT_OK;
}

static DxtStatus stack_op(Verifier *v, Flow *s, u8 op, u32 pops, bool *done) {
    const Internal *top = internal(v, s->list);
    u32 top_pos = top->pos;
    *done = true;
    switch (op) {
    case OP_Pop: case OP_PopN:
        s->list = internal_cut(v, s->list, s->depth - pops);
        return DXT_OK;
    case OP_Nip:
        if (top_pos == s->depth - 1)
            return VFAULT(TYPE_MOVE, s->pc, "Nip over an internal value");
        s->list = internal_cut(v, s->list, s->depth - 2);
        return DXT_OK;
    case OP_Swap: return rearrange(v, s, 2, "10");
    case OP_Rot3: return rearrange(v, s, 3, "201");
    case OP_Rot3R: return rearrange(v, s, 3, "120");
    case OP_Rot4: return rearrange(v, s, 4, "3012");
    case OP_Rot5: return rearrange(v, s, 5, "40123");
    case OP_IteratorClose: case OP_IteratorCloseThrow:
        if (!triple_at(v, s, pops, op))
            return VFAULT(TYPE_ITER, s->pc, "no iterator for %s", op_info[op].name);
        s->list = internal_cut(v, s->list, s->depth - 3);
        return DXT_OK;
    case OP_ForOfNext:
    case OP_IteratorStep:
    case OP_IteratorRest:
    case OP_AsyncIterNext:
    case OP_AsyncIterResult:
    case OP_IterReturnCall: case OP_DelegateCall: case OP_DelegateResult: case OP_IteratorDone:
        if (!triple_at(v, s, pops, op))
            return VFAULT(TYPE_ITER, s->pc, "no iterator for %s", op_info[op].name);
        return DXT_OK;
    case OP_ForInNext:
        if (top->kind != INT_FORIN || top_pos != s->depth - 1)
            return VFAULT(TYPE_FORIN, s->pc, "no for-in iterator");
        return DXT_OK;
    }
    *done = false;
    return DXT_OK;
}


// ---- environments

static DxtStatus env_get(Verifier *v, const Flow *s, u32 slot, u32 *shape) {
    *shape = slot == SLOT_CAPTURED ? v->func_shape[v->func] : v->envs[v->env_index[slot]];
    if (*shape == SHAPE_NONE)
        return VFAULT(ENV_SET, s->pc, "slot %u holds no environment on some path", slot);
    return DXT_OK;
}

static u32 shape_size(const Verifier *v, u32 shape) {
    u32 n = v->shape_info[shape].size;
    return shape < SHAPE_FIRST || (n & SHAPE_WITH) ? 0 : n;
}

static DxtStatus env_new(Verifier *v, Flow *s, u32 slot, u32 parent, u32 size) {
    u32 shape = shape_make(v, parent, size);
    if (!shape)
        return VFAULT(OP_NEW_ENV, s->pc, "the chain is longer than %u", SHAPE_DEPTH_LIMIT);
    v->envs[v->env_index[slot]] = shape;
    s->dirty = true;
    return DXT_OK;
}

static DxtStatus env_up(Verifier *v, const Flow *s, u32 d, u32 e) {
    u32 shape = v->func_shape[v->func];
    const Shape *info = v->shape_info;
    if (v->dead)
        return DXT_OK;
    if (d >= info[shape].depth)
        return VFAULT(ENV_DEPTH, s->pc, "depth %u of %u", d, info[shape].depth);
    u32 want = info[shape].depth - d;
    while (info[shape].depth != want)
        shape = info[info[shape].jump].depth >= want ? info[shape].jump : info[shape].parent;
    if (e >= shape_size(v, shape))
        return VFAULT(ENV_DEPTH, s->pc, "slot %u of %u at depth %u", e, shape_size(v, shape), d);
    return DXT_OK;
}

// The environments and slots that the operands name; *shape: of the last environment named, SHAPE_NONE without one.
static DxtStatus env_operands(Verifier *v, const Flow *s, u8 op, const u8 *p, u32 *shape) {
    u32 kinds = verify_slot_kinds[op], depth = 0;
    DxtStatus status = DXT_OK;
    *shape = SHAPE_NONE;
    for (const char *k = op_info[op].operands; *k && !status; p += op_operand_size(*k), k++) {
        if (*k == 's') {
            if ((kinds & SLOT_KIND_MASK) == SLOT_ENV || (kinds & SLOT_KIND_MASK) == SLOT_ENV_OR_CAPTURED)
                status = env_get(v, s, op_u16(p), shape);
            kinds >>= SLOT_KIND_BITS;
        } else if (*k == 'd') {
            depth = op_u16(p);
        } else if (*k == 'e') {
            if (!*shape)
                status = env_up(v, s, depth, op_u16(p));
            else if (op_u16(p) >= shape_size(v, *shape))
                status = VFAULT(ENV_INDEX, s->pc, "slot %u of %u", op_u16(p), shape_size(v, *shape));
        }
    }
    return status;
}

static DxtStatus env_op(Verifier *v, Flow *s, u8 op, const u8 *p) {
    const char *operands = op_info[op].operands;
    if (operands[0] == 'd' || operands[0] == 'e') // the frequent forms: depth and entry, entry alone
        return env_up(v, s, operands[0] == 'd' ? op_u16(p) : 0, op_u16(operands[0] == 'd' ? p + 2 : p));
    u32 shape;
    DxtStatus status = env_operands(v, s, op, p, &shape);
    if (status)
        return status;
    switch (op) {
    case OP_NewEnv: return env_new(v, s, op_u16(p), shape, op_u16(p + 4));
    case OP_NewWithEnv: return env_new(v, s, op_u16(p), shape, SHAPE_WITH);
    case OP_CopyEnv:
        if (v->shape_info[shape].size & SHAPE_WITH)
            return VFAULT(ENV_SET, s->pc, "CopyEnv of a with environment");
        return DXT_OK;
    case OP_MapArguments:
        if (shape_size(v, shape) < v->f->nparams)
            return VFAULT(ENV_ARGUMENTS, s->pc, "%u slots for %u parameters", shape_size(v, shape), v->f->nparams);
        return DXT_OK;
    case OP_NewFunction: case OP_DefineClass: {
        u32 f = op_u32(p);
        if (v->dead)
            return DXT_OK;
        if (v->func_shape[f] == SHAPE_NONE)
            verify_instantiate(v, f, shape);
        else if (v->func_shape[f] != shape)
            return VFAULT(ENV_SHAPE, s->pc, "function %u gets an environment of another shape", f);
        return DXT_OK;
    }
    }
    return DXT_OK;
}

// ---- one instruction

// What flow_step needs of an opcode, close together. class: environments by operand letters, suspension and returns by flags, so
// that a new opcode of these kinds cannot be forgotten here; internal values are listed.
typedef struct OpFacts {
    u8 pops, pushes, flags, length, class;
} OpFacts;
enum { CLASS_ENV = 1, CLASS_GEN = 2, CLASS_PUSH = 4, CLASS_WANTS = 8 };
#define HAS(s, c) (OP_LETTER(s, 0) == (c) || OP_LETTER(s, 1) == (c) || OP_LETTER(s, 2) == (c) || OP_LETTER(s, 3) == (c))
#define CLASS(operands, flags)                                                                            \
    ((HAS(operands, 'e') ? CLASS_ENV : 0) |                                                               \
     ((flags) & SUSP || ((flags) & (END | CALL)) == (END | CALL) ? CLASS_GEN : 0))
enum {
    VARG = OPF_VARG, VARG2 = OPF_VARG2, JUMP = OPF_JUMP, END = OPF_END, CALL = OPF_CALL, THROW = OPF_THROW, SUSP = OPF_SUSP,
    PICK = OPF_PICK,
};
static const OpFacts op_facts[256] = {
#define OP(num, name, operands, pops, pushes, jump, flags, picture, sentence) \
    [num] = {pops, pushes, flags, OP_LENGTH(operands), CLASS(operands, flags)},
#include "format/opcodes.def"
#undef OP
};

// Instructions that push internal values, or find them among their operands.
static const u8 internal_class[256] = {
    [OP_PushEnvOf] = CLASS_PUSH, [OP_GetIterator] = CLASS_PUSH, [OP_GetAsyncIterator] = CLASS_PUSH,
    [OP_ForInStart] = CLASS_PUSH, [OP_IteratorClose] = CLASS_WANTS, [OP_IteratorCloseThrow] = CLASS_WANTS,
    [OP_ForOfNext] = CLASS_WANTS, [OP_IteratorStep] = CLASS_WANTS, [OP_IteratorRest] = CLASS_WANTS,
    [OP_AsyncIterNext] = CLASS_WANTS, [OP_AsyncIterResult] = CLASS_WANTS, [OP_IterReturnCall] = CLASS_WANTS,
    [OP_DelegateCall] = CLASS_WANTS, [OP_DelegateResult] = CLASS_WANTS, [OP_IteratorDone] = CLASS_WANTS,
    [OP_ForInNext] = CLASS_WANTS,
};

static DxtStatus gen_op(Verifier *v, Flow *s, u8 op) {
    if (!(v->f->flags & FUNC_GENERATOR))
        return DXT_OK;
    if (s->gen != (op == OP_GenStart ? GEN_BEFORE : GEN_STARTED))
        return VFAULT(GEN_START, s->pc, "%s %s GenStart", op_info[op].name,
                      s->gen == GEN_BEFORE ? "before" : "after");
    if (op == OP_GenStart)
        s->gen = GEN_STARTED, s->dirty = true;
    return DXT_OK;
}

static DxtStatus push_op(Verifier *v, Flow *s, u8 op) { // s->depth is the depth without what the op pushes
    switch (op) {
    case OP_GetIterator: return push_internals(v, s, s->list, s->depth, INT_SYNC0, 3);
    case OP_GetAsyncIterator: return push_internals(v, s, s->list, s->depth, INT_ASYNC0, 3);
    case OP_ForInStart: return push_internals(v, s, s->list, s->depth, INT_FORIN, 1);
    default: return push_internals(v, s, s->list, s->depth, INT_ENV, 1);
    }
}

// The handler that covers the instruction learns the state before it.
static DxtStatus tell_handler(Verifier *v, Flow *s) {
    u32 row = v->handler_at[s->pc];
    if (row != s->handler)
        s->handler = row, s->dirty = true;
    if (!row)
        return DXT_OK;
    const DxtHandler *h = &v->m->handlers[v->f->handler_first + row - 1];
    if (s->depth < h->depth)
        return VFAULT(HANDLER_DEPTH, s->pc, "depth %u, handler %u wants %u", s->depth, row - 1, h->depth);
    if (!s->dirty)
        return DXT_OK;
    s->dirty = false;
    return flow_to(v, s, h->target, h->depth + 1u, internal_cut(v, s->list, h->depth));
}

static u32 count_operand(const OpInfo *info, const u8 *p) { // the first operand, n or m
    return info->operands[0] == 'n' ? op_u16(p) : op_u32(p);
}

// What counted and internal operands ask for; *need becomes the number of operands taken.
static DxtStatus operands_varied(Verifier *v, const Flow *s, const OpInfo *info, const u8 *p, u64 *need) {
    u64 n = count_operand(info, p);
    if (!(info->flags & OPF_PICK)) {
        *need += info->flags & OPF_VARG2 ? n * 2 : n;
        return DXT_OK;
    }
    if (n + 1 > s->depth)
        return VFAULT(STACK_UNDER, s->pc, "%s %llu at depth %u", info->name, (unsigned long long)n, s->depth);
    for (u32 l = s->list; l && internal(v, l)->pos >= s->depth - 1 - n; l = internal(v, l)->below) {
        if (internal(v, l)->pos == s->depth - 1 - n)
            return VFAULT(TYPE_MOVE, s->pc, "%s of an internal value", info->name);
    }
    return DXT_OK;
}

// What lies below a handler's depth is for its target: a covered instruction that may throw must not have
// begun to take it, and no covered instruction may change which of it is internal. taken: operands gone after
// the instruction, kept triples not counted.
static DxtStatus check_kept(Verifier *v, const Flow *s, u32 list_before, u32 depth_before, u64 taken, u8 op) {
    u32 depth = v->m->handlers[v->f->handler_first + s->handler - 1].depth;
    if (depth_before - taken < depth && (op_info[op].flags & (OPF_CALL | OPF_THROW)))
        return VFAULT(HANDLER_TYPE, s->pc, "%s takes what handler %u keeps", op_info[op].name,
                      s->handler - 1);
    if (s->list != list_before && internal_cut(v, s->list, depth) != internal_cut(v, list_before, depth))
        return VFAULT(HANDLER_TYPE, s->pc, "%s takes an internal value that handler %u keeps",
                      op_info[op].name, s->handler - 1);
    return DXT_OK;
}

static u32 kept_by(u8 op) { // operands of an iteration instruction that stay where they are
    if (!(internal_class[op] & CLASS_WANTS) || op == OP_IteratorClose || op == OP_IteratorCloseThrow)
        return 0;
    return op == OP_ForInNext ? 1 : 3;
}

// Executes the instruction at s->pc, which is not End.
static DxtStatus flow_step(Verifier *v, Flow *s) {
    const u8 *p = v->code + s->pc;
    u8 op = *p++;
    const OpFacts facts = op_facts[op];
    u64 need = facts.pops;
    u32 class = facts.class | internal_class[op], list_before = s->list;
    DxtStatus status = DXT_OK;
    if (facts.flags & (OPF_VARG | OPF_VARG2 | OPF_PICK))
        status = operands_varied(v, s, &op_info[op], p, &need);
    if (status)
        return status;
    if (need > s->depth)
        return VFAULT(STACK_UNDER, s->pc, "%s at depth %u", op_info[op].name, s->depth);
    if ((s->list && internal(v, s->list)->pos >= s->depth - need) || (class & CLASS_WANTS)) {
        bool done;
        status = stack_op(v, s, op, (u32)need, &done);
        if (!status && !done)
            return VFAULT(TYPE_VALUE, s->pc, "%s of an internal value", op_info[op].name);
        if (status)
            return status;
    }
    if ((class & CLASS_ENV) || verify_slot_kinds[op])
        status = env_op(v, s, op, p);
    if (!status && (class & CLASS_GEN))
        status = gen_op(v, s, op);
    u32 depth_before = s->depth;
    s->depth -= (u32)need;
    if (!status && (class & CLASS_PUSH))
        status = push_op(v, s, op);
    if (!status && s->handler)
        status = check_kept(v, s, list_before, depth_before, need - kept_by(op), op);
    if (status)
        return status;
    u32 base = s->depth;
    s->depth += facts.pushes;
    if (s->depth > v->f->max_stack)
        return VFAULT(STACK_OVER, s->pc, "depth %u, max_stack %u", s->depth, v->f->max_stack);
    if (facts.flags & OPF_JUMP) {
        u32 target = s->pc + op_u32(p + facts.length - 5); // the label is the last operand
        u32 depth = base + (u32)op_info[op].jump;
        if (depth > v->f->max_stack)
            return VFAULT(STACK_OVER, s->pc, "depth %u, max_stack %u", depth, v->f->max_stack);
        status = flow_to(v, s, target, depth, s->list);
    }
    s->pc += facts.length;
    return status;
}

// What flow_plain may do for an opcode; PLAIN_NOT leaves it to flow_step.
enum { PLAIN_NOT, PLAIN_FIXED, PLAIN_COUNTED, PLAIN_UP };
static u8 op_plainness(u8 op) {
    const OpFacts *f = &op_facts[op];
    char first = f->length ? op_info[op].operands[0] : 0;
    if (!f->length || internal_class[op] || verify_slot_kinds[op] ||
        (f->flags & (OPF_VARG2 | OPF_PICK | OPF_JUMP | OPF_END)))
        return PLAIN_NOT;
    if (first == 'd' || first == 'e')
        return PLAIN_UP;
    if (f->class)
        return PLAIN_NOT;
    return f->flags & OPF_VARG ? PLAIN_COUNTED : PLAIN_FIXED;
}

// Passes over plain instructions while no internal value and no handler is about; stops before anything else, faults included.
static void flow_plain(Verifier *v, Flow *s) {
    const u8 *code = v->code;
    const u64 *labels = v->labels;
    u32 max = v->f->max_stack, steps = 0;
    for (;; steps++) {
        const u8 *p = code + s->pc;
        const OpFacts f = op_facts[*p];
        u32 plain = v->plain[*p], need = f.pops;
        if (plain != PLAIN_FIXED) {
            if (plain == PLAIN_NOT)
                break;
            if (plain == PLAIN_COUNTED) {
                u32 n = count_operand(&op_info[*p], p + 1);
                if (n > max)
                    break;
                need += n;
            } else {
                bool deep = op_info[*p].operands[0] == 'd';
                if (env_up(v, s, deep ? op_u16(p + 1) : 0, op_u16(deep ? p + 3 : p + 1)))
                    break; // flow_step finds it again
            }
        }
        u32 left = s->depth - need + f.pushes;
        if (s->depth < need || left > max)
            break;
        s->depth = left;
        s->pc += f.length;
        if (bit_get(labels, s->pc))
            break;
    }
    v->work += steps;
}

// Runs from a state up to the next label or the end of the path.
static DxtStatus flow_run(Verifier *v, Flow *s) {
    bool handlers = v->f->handler_count > 0;
    u32 start = s->pc;
    s->handler = 0;
    s->dirty = true;
    for (;;) {
        if (!handlers && !s->list && (s->pc == start || !bit_get(v->labels, s->pc)))
            flow_plain(v, s);
        if (s->pc != start && bit_get(v->labels, s->pc))
            return flow_to(v, s, s->pc, s->depth, s->list);
        start = DXT_NONE;
        u8 op = v->code[s->pc];
        if (op == OP_End)
            return VFAULT(REACH_END, s->pc, "control reaches End");
        if (handlers) {
            DxtStatus status = tell_handler(v, s);
            if (status)
                return status;
        }
        DxtStatus status = flow_step(v, s);
        if (status || (op_facts[op].flags & OPF_END))
            return status;
        v->work++;
    }
}

static DxtStatus room_for_flow(Verifier *v) {
    size_t cells = (size_t)v->label_count * v->env_count;
    v->work += v->label_count;
    if (cells > (1u << 24))
        return VFAULT(WORK, 0, "%u labels with %u environment slots", v->label_count, v->env_count);
    if (v->label_count > v->state_cap) {
        mem_free(v->states);
        v->states = mem_alloc(v->label_count * sizeof *v->states);
        v->state_cap = v->label_count;
    }
    for (u32 i = 0; i < v->label_count; i++)
        v->states[i].seen = v->states[i].pending = 0;
    if (cells >= v->label_envs_cap) { // one more than needed: never a null pointer
        mem_free(v->label_envs);
        v->label_envs_cap = cells + 1;
        v->label_envs = mem_alloc(v->label_envs_cap * 4);
    }
    if (v->env_count >= v->env_cap) {
        mem_free(v->envs);
        v->env_cap = v->env_count + 1;
        v->envs = mem_alloc(v->env_cap * 4);
    }
    for (u32 i = 0; i < v->env_count; i++)
        v->envs[i] = SHAPE_NONE;
    return DXT_OK;
}

DxtStatus verify_flow(Verifier *v) {
    if (!v->plain_ready) {
        v->plain_ready = true;
        for (u32 op = 0; op < 256; op++)
            v->plain[op] = op_plainness((u8)op);
    }
    DxtStatus status = room_for_flow(v);
    if (status)
        return status;
    Flow s = {.gen = v->f->flags & FUNC_GENERATOR ? GEN_BEFORE : GEN_STARTED};
    if (bit_get(v->labels, 0))
        status = flow_to(v, &s, 0, 0, 0);
    else
        status = flow_run(v, &s);
    u32 words = v->f->code_len / 64 + 1;
    for (bool again = true; again && !status;) { // labels by pc; again while an earlier one was touched
        again = false;
        for (u32 w = 0; w < words && !status; w++) {
            for (u64 bits = v->labels[w]; bits && !status; bits &= bits - 1) {
                u32 pc = w * 64 + (u32)__builtin_ctzll(bits), i = label_index(v, pc);
                LabelState *l = &v->states[i];
                if (!l->pending)
                    continue;
                again = true;
                l->pending = 0;
                s = (Flow){.pc = pc, .depth = l->depth, .list = l->list, .gen = l->gen};
                memcpy(v->envs, v->label_envs + (size_t)i * v->env_count, v->env_count * 4);
                v->work += v->env_count + 1;
                status = flow_run(v, &s);
                if (!status && v->work > v->work_limit)
                    status = VFAULT(WORK, pc, "too many steps");
            }
        }
        v->work += words;
    }
    return status;
}
