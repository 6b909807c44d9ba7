// SPDX-License-Identifier: MIT
// Jumps: a jump to a jump goes to its end; a jump to the next instruction goes away, and so does code that nothing reaches.
#include "compiler/opt/pass.h"

// Index of the label operand of an instruction, or NULL.
static u32 *label_operand(Ins *i) {
    if (i->op >= INS_LABEL || !(op_info[i->op].flags & OPF_JUMP)) return NULL;
    const char *operands = op_info[i->op].operands;
    return operands[0] == 'L' ? &i->a : operands[1] == 'L' ? &i->b : &i->c;
}

// For each label the index of the instruction behind it.
static u32 *label_targets(Code *c) {
    u32 *at = arena_alloc(c->arena, (c->label_count + 1) * sizeof(u32)), next = c->count;
    for (u32 i = 0; i < c->label_count; i++) at[i] = c->count;
    for (u32 i = c->count; i-- > 0;) {
        if (c->ins[i].op < INS_LABEL) next = i;
        else if (c->ins[i].op == INS_LABEL) at[c->ins[i].a] = next;
    }
    return at;
}

static void thread_jumps(Code *c, const u32 *at) {
    enum { MOST = 16 }; // a cycle of jumps is an endless loop of the program
    for (u32 i = 0; i < c->count; i++) {
        u32 *label = label_operand(&c->ins[i]);
        for (u32 k = 0; label && k < MOST; k++) {
            u32 target = at[*label];
            if (target >= c->count || c->ins[target].op != OP_Jump || c->ins[target].a == *label) break;
            *label = c->ins[target].a;
        }
    }
}

static void count_refs(Code *c) {
    for (u32 i = 0; i < c->label_count; i++) c->labels[i].refs = 0;
    for (u32 i = 0; i < c->count; i++) {
        u32 *label = label_operand(&c->ins[i]);
        if (label) c->labels[*label].refs++;
    }
    for (u32 i = 0; i < c->handler_count; i++) c->labels[c->handlers[i].target].refs++;
}

typedef struct Reach {
    Code *c;
    bool *live, *known; // instructions; labels that wait or have been followed
    u32 *at, *work, waiting;
} Reach;

static void reach_label(Reach *r, u32 label) {
    if (r->known[label]) return;
    r->known[label] = true;
    r->work[r->waiting++] = label;
}

// Marks what is executed from instruction i on, up to where control leaves or what is marked already.
static void reach_from(Reach *r, u32 i) {
    Code *c = r->c;
    for (; i < c->count && !r->live[i]; i++) {
        Ins *ins = &c->ins[i];
        r->live[i] = true;
        if (ins->op >= INS_LABEL) continue;
        u32 *label = label_operand(ins);
        if (label) reach_label(r, *label);
        if (op_info[ins->op].flags & OPF_END) return;
    }
}

static void remove_unreachable(Code *c, u32 *at) {
    Reach r = {.c = c, .at = at};
    r.live = arena_zalloc(c->arena, c->count + 1);
    r.known = arena_zalloc(c->arena, c->label_count + 1);
    r.work = arena_alloc(c->arena, (c->label_count + 1) * sizeof(u32));
    reach_from(&r, 0);
    for (u32 i = 0; i < c->handler_count; i++) reach_label(&r, c->handlers[i].target);
    while (r.waiting) reach_from(&r, r.at[r.work[--r.waiting]]);
    for (u32 i = 0; i < c->count; i++)
        if (!r.live[i] && c->ins[i].op < INS_LABEL) c->ins[i].op = INS_DELETED;
}

static void remove_empty_jumps(Code *c) {
    for (u32 i = 0; i < c->count; i++) {
        if (c->ins[i].op != OP_Jump) continue;
        for (u32 k = i + 1; k < c->count && c->ins[k].op >= INS_LABEL; k++) {
            if (c->ins[k].op != INS_LABEL || c->ins[k].a != c->ins[i].a) continue;
            c->ins[i].op = INS_DELETED;
            break;
        }
    }
}

// Labels that nothing refers to would only keep instructions apart.
static void remove_labels(Code *c) {
    bool *range = arena_zalloc(c->arena, c->label_count + 1);
    for (u32 i = 0; i < c->handler_count; i++) range[c->handlers[i].start] = range[c->handlers[i].end] = true;
    for (u32 i = 0; i < c->count; i++) {
        Ins *ins = &c->ins[i];
        if (ins->op == INS_LABEL && !c->labels[ins->a].refs && !range[ins->a]) ins->op = INS_DELETED;
    }
}

void opt_jumps(Code *c) {
    if (!c->label_count) return;
    u32 *at = label_targets(c);
    thread_jumps(c, at);
    remove_unreachable(c, at);
    remove_empty_jumps(c);
    count_refs(c);
    remove_labels(c);
}
