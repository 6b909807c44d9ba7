// SPDX-License-Identifier: MIT
// Loop inversion: `L: test; jump if not to E; body; jump L` becomes `… body; test; jump if to the body`, so that every iteration takes one
// jump instead of two. The test is copied only when it is short and makes no function.
#include "compiler/opt/pass.h"

enum { LONGEST_TEST = 8 };

static u32 inverse(u32 op) {
    switch (op) {
    case OP_JumpIf: return OP_JumpIfNot;
    case OP_JumpIfNot: return OP_JumpIf;
    default: return 0;
    }
}

// Instructions of the test that starts at `at`: up to and with its conditional jump. 0: not a test that may be copied.
static u32 test_length(const Code *c, u32 at) {
    for (u32 n = 0; at + n < c->count && n < LONGEST_TEST; n++) {
        const Ins *i = &c->ins[at + n];
        if (i->op >= INS_LABEL || i->op == OP_NewFunction || i->op == OP_DefineClass || op_info[i->op].flags & OPF_END) return 0;
        if (op_info[i->op].flags & OPF_JUMP) return inverse(i->op) ? n + 1 : 0;
    }
    return 0;
}

// For each label whether the range of a handler starts or ends at it.
static bool *handler_edges(Code *c) {
    bool *edge = arena_zalloc(c->arena, c->label_count + 1);
    for (u32 i = 0; i < c->handler_count; i++) edge[c->handlers[i].start] = edge[c->handlers[i].end] = true;
    return edge;
}

// Index of the label's instruction behind it, when nothing but that label lies there.
static u32 label_index(const u32 *at, u32 label) { return at[label]; }

typedef struct Inversion {
    u32 jump, test, length, body; // the backward jump; first instruction of the test; its length; label of the body
} Inversion;

bool opt_loops(Code *c) {
    u32 *at = arena_alloc(c->arena, (c->label_count + 1) * sizeof(u32)), next = c->count;
    for (u32 i = 0; i < c->label_count; i++) at[i] = c->count;
    for (u32 i = c->count; i-- > 0;) {
        if (c->ins[i].op < INS_LABEL) next = i;
        else if (c->ins[i].op == INS_LABEL) at[c->ins[i].a] = next;
    }
    Inversion *list = arena_alloc(c->arena, (c->count + 1) * sizeof *list);
    bool *edge = handler_edges(c);
    u32 found = 0, extra = 0;
    for (u32 i = 0; i < c->count; i++) {
        Ins *j = &c->ins[i];
        if (j->op != OP_Jump || label_index(at, j->a) >= i) continue;
        u32 test = at[j->a], length = test_length(c, test);
        if (!length || edge[j->a]) continue;
        list[found++] = (Inversion){i, test, length, 0};
        extra += length + 1;
    }
    if (!found) return false;
    // A label behind each test, where the copy jumps to; then the list is written again with the copies in place of the jumps.
    u32 *body_at = arena_zalloc(c->arena, (c->count + 1) * sizeof(u32)); // index of the conditional jump → label + 1
    Ins *out = arena_alloc(c->arena, (c->count + extra) * sizeof(Ins));
    u32 n = 0, k = 0;
    for (u32 f = 0; f < found; f++) {
        u32 branch = list[f].test + list[f].length - 1;
        if (!body_at[branch]) body_at[branch] = code_label(c) + 1;
        list[f].body = body_at[branch] - 1;
    }
    for (u32 i = 0; i < c->count; i++) {
        if (k < found && list[k].jump == i) {
            for (u32 t = 0; t < list[k].length; t++) out[n++] = c->ins[list[k].test + t];
            Ins *branch = &out[n - 1], *exit = &out[n++];
            *exit = (Ins){.op = OP_Jump, .a = branch->a};
            branch->op = (u16)inverse(branch->op);
            branch->a = list[k].body;
            k++;
            continue;
        }
        out[n++] = c->ins[i];
        if (body_at[i]) out[n++] = (Ins){.op = INS_LABEL, .a = body_at[i] - 1};
    }
    c->ins = out;
    c->count = c->cap = n;
    return true;
}
