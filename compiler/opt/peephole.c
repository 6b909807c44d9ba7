// SPDX-License-Identifier: MIT
// Peephole rules over the instruction list: superinstructions from the pairs that profiles show, and instructions that cancel out.
// A label between two instructions keeps them apart, so exception ranges and jump targets stay exact. The merged instruction takes
// the position of the part that can throw.
#include "compiler/opt/pass.h"

// The instructions from `at` on, up to the next label; returns how many of `want` there are.
static u32 window(const Code *c, u32 at, Ins **w, u32 want) {
    u32 n = 0;
    for (u32 i = at; i < c->count && n < want; i++) {
        if (c->ins[i].op == INS_DELETED) continue;
        if (c->ins[i].op == INS_LABEL) break;
        w[n++] = &c->ins[i];
    }
    return n;
}

static void become(Ins *into, const Ins *pos, u32 op, u32 a, u32 b, u32 x) {
    Ins r = {.op = (u16)op, .a = a, .b = b, .c = x};
    if (pos) r.has_pos = pos->has_pos, r.offset = pos->offset, r.expr = pos->expr, r.expr_len = pos->expr_len;
    *into = r;
}

static void drop(Ins **w, u32 from, u32 to) {
    for (u32 i = from; i < to; i++) w[i]->op = INS_DELETED;
}

static bool pushes_pure(u32 op) {
    switch (op) {
    case OP_Push: case OP_Dup: case OP_LoadLocal: case OP_LoadUp: case OP_LoadEnv: case OP_PushInt: case OP_PushFloat: case OP_PushTrue:
    case OP_PushFalse: case OP_PushNull: case OP_PushUndefined: case OP_PushString: case OP_PushThis: case OP_PickN: return true;
    default: return false;
    }
}

// Compare and jump in one; 0: no such instruction.
static u32 compare_jump(u32 compare, bool if_not) {
    switch (compare) {
    case OP_Lt: return if_not ? OP_JumpIfNotLt : OP_JumpIfLt;
    case OP_Le: return if_not ? OP_JumpIfNotLe : OP_JumpIfLe;
    case OP_Gt: return if_not ? OP_JumpIfNotGt : OP_JumpIfGt;
    case OP_Ge: return if_not ? OP_JumpIfNotGe : OP_JumpIfGe;
    case OP_StrictEq: return if_not ? OP_JumpIfStrictNe : OP_JumpIfStrictEq;
    case OP_StrictNe: return if_not ? OP_JumpIfStrictEq : OP_JumpIfStrictNe;
    default: return 0;
    }
}

static bool rule_cancel(Ins **w, u32 n) {
    if (n >= 2 && w[1]->op == OP_Pop && pushes_pure(w[0]->op)) {
        drop(w, 0, 2);
        return true;
    }
    if (n >= 2 && w[0]->op == OP_StoreLocal && w[1]->op == OP_LoadLocal && w[0]->a == w[1]->a) {
        become(w[0], NULL, OP_SetLocal, w[0]->a, 0, 0);
        drop(w, 1, 2);
        return true;
    }
    if (n >= 2 && w[0]->op == OP_SetLocal && w[1]->op == OP_Pop) {
        become(w[0], NULL, OP_StoreLocal, w[0]->a, 0, 0);
        drop(w, 1, 2);
        return true;
    }
    if (n >= 2 && w[0]->op == OP_LogNot && (w[1]->op == OP_JumpIf || w[1]->op == OP_JumpIfNot)) {
        w[1]->op = w[1]->op == OP_JumpIf ? OP_JumpIfNot : OP_JumpIf;
        drop(w, 0, 1);
        return true;
    }
    if (n >= 2 && w[0]->op == OP_PushUndefined && w[1]->op == OP_Return) {
        become(w[0], w[1], OP_ReturnUndefined, 0, 0, 0);
        drop(w, 1, 2);
        return true;
    }
    return false;
}

static bool rule_local_loop_test(Ins **w, u32 n) {
    if (n < 4 || w[0]->op != OP_LoadLocal || w[2]->op != OP_Lt || (w[3]->op != OP_JumpIfNot && w[3]->op != OP_JumpIf)) return false;
    bool yes = w[3]->op == OP_JumpIf;
    if (w[1]->op == OP_LoadLocal) become(w[0], w[2], yes ? OP_JumpIfLocalLt : OP_JumpIfLocalNotLt, w[0]->a, w[1]->a, w[3]->a);
    else if (w[1]->op == OP_PushInt) become(w[0], w[2], yes ? OP_JumpIfLocalLtInt : OP_JumpIfLocalNotLtInt, w[0]->a, w[1]->a, w[3]->a);
    else return false;
    drop(w, 1, 4);
    return true;
}

static bool rule_local_is_int(Ins **w, u32 n) { // cases of a switch
    if (n < 4 || w[0]->op != OP_LoadLocal || w[1]->op != OP_PushInt || (w[3]->op != OP_JumpIf && w[3]->op != OP_JumpIfNot)) return false;
    if (w[2]->op != OP_StrictEq && w[2]->op != OP_StrictNe) return false;
    bool eq = (w[2]->op == OP_StrictEq) == (w[3]->op == OP_JumpIf);
    become(w[0], NULL, eq ? OP_JumpIfLocalEqInt : OP_JumpIfLocalNeInt, w[0]->a, w[1]->a, w[3]->a);
    drop(w, 1, 4);
    return true;
}

static bool rule_update_local(Ins **w, u32 n) {
    if (n < 4 || w[0]->op != OP_LoadLocal || w[1]->op != OP_ToNumeric || w[3]->op != OP_StoreLocal || w[3]->a != w[0]->a) return false;
    if (w[2]->op != OP_Inc && w[2]->op != OP_Dec) return false;
    become(w[0], w[1], w[2]->op == OP_Inc ? OP_IncLocal : OP_DecLocal, w[0]->a, 0, 0);
    drop(w, 1, 4);
    return true;
}

// What GetLocalProp and SetLocalPropPop can name: a local with a small number, or this.
static bool is_receiver(const Ins *i) { return i->op == OP_PushThis || (i->op == OP_LoadLocal && i->a <= SLOT_OR_THIS_MOST); }
static u32 receiver_slot(const Ins *i) { return i->op == OP_PushThis ? SLOT_THIS : i->a; }

// x.p op= …: the second copy of x is the local itself.
static bool rule_compound(Ins **w, u32 n) {
    if (n < 3 || !is_receiver(w[0]) || w[1]->op != OP_Dup || w[2]->op != OP_GetProp) return false;
    become(w[1], w[2], OP_GetLocalProp, receiver_slot(w[0]), w[2]->a, 0);
    drop(w, 2, 3);
    return true;
}

static bool rule_load_local(Ins **w, u32 n) {
    if (w[0]->op != OP_LoadLocal || n < 2) return false;
    u32 slot = w[0]->a;
    switch (w[1]->op) {
    case OP_GetProp:
        if (!is_receiver(w[0])) return false;
        become(w[0], w[1], OP_GetLocalProp, slot, w[1]->a, 0);
        break;
    case OP_GetMethod: become(w[0], w[1], OP_GetLocalMethod, slot, w[1]->a, 0); break;
    case OP_Add: become(w[0], w[1], OP_AddLocal, slot, 0, 0); break;
    case OP_Sub: become(w[0], w[1], OP_SubLocal, slot, 0, 0); break;
    case OP_Mul: become(w[0], w[1], OP_MulLocal, slot, 0, 0); break;
    case OP_Return: become(w[0], w[1], OP_ReturnLocal, slot, 0, 0); break;
    case OP_StoreLocal: become(w[0], NULL, OP_MoveLocal, w[1]->a, slot, 0); break;
    case OP_LoadLocal:
        if (n >= 3 && w[2]->op == OP_GetIndex) {
            become(w[0], w[2], OP_GetLocalIndex, slot, w[1]->a, 0);
            drop(w, 1, 3);
            return true;
        }
        // The second load may make a better pair with what follows it.
        if (n >= 3 && (w[2]->op == OP_GetProp || w[2]->op == OP_GetMethod || w[2]->op == OP_Add || w[2]->op == OP_Sub || w[2]->op == OP_Mul))
            return false;
        become(w[0], NULL, OP_LoadLocal2, slot, w[1]->a, 0);
        break;
    default: return false;
    }
    drop(w, 1, 2);
    return true;
}

static bool rule_pair(Ins **w, u32 n) {
    if (n < 2) return false;
    u32 jump = w[1]->op == OP_JumpIf || w[1]->op == OP_JumpIfNot ? compare_jump(w[0]->op, w[1]->op == OP_JumpIfNot) : 0;
    if (jump) {
        become(w[0], w[0], jump, w[1]->a, 0, 0);
    } else if (w[0]->op == OP_PushInt && (w[1]->op == OP_Add || w[1]->op == OP_Sub || w[1]->op == OP_BitAnd || w[1]->op == OP_Mod)) {
        u32 op = w[1]->op == OP_Add ? OP_AddInt : w[1]->op == OP_Sub ? OP_SubInt : w[1]->op == OP_Mod ? OP_ModInt : OP_AndInt;
        become(w[0], w[1], op, w[0]->a, 0, 0);
    } else if (w[0]->op == OP_LoadUp && w[1]->op == OP_PushUndefined) {
        become(w[0], NULL, OP_LoadUpCallee, w[0]->a, w[0]->b, 0);
    } else if (w[0]->op == OP_PushThis && w[1]->op == OP_GetProp) {
        become(w[0], w[1], OP_GetLocalProp, SLOT_THIS, w[1]->a, 0);
    } else if (w[0]->op == OP_SetProp && w[1]->op == OP_Pop) {
        become(w[0], w[0], OP_SetPropPop, w[0]->a, 0, 0);
    } else if (w[0]->op == OP_SetIndex && w[1]->op == OP_Pop) {
        become(w[0], w[0], OP_SetIndexPop, 0, 0, 0);
    } else {
        return false;
    }
    drop(w, 1, 2);
    return true;
}

// i++ and the test of a loop's end.
static bool rule_loop_end(Ins **w, u32 n) {
    if (n < 2 || w[0]->op != OP_IncLocal || w[1]->a != w[0]->a) return false;
    if (w[1]->op == OP_JumpIfLocalLt) become(w[0], w[1], OP_LoopLt, w[1]->a, w[1]->b, w[1]->c);
    else if (w[1]->op == OP_JumpIfLocalLtInt) become(w[0], w[1], OP_LoopLtInt, w[1]->a, w[1]->b, w[1]->c);
    else return false;
    drop(w, 1, 2);
    return true;
}

// ---- stores to properties of a local or of this

static bool only_reads_slots(u32 op) {
    switch (op) {
    case OP_LoadLocal: case OP_LoadLocal2: case OP_LoadLocalCheck: case OP_GetLocalProp: case OP_GetLocalIndex: case OP_GetLocalMethod:
    case OP_AddLocal: case OP_SubLocal: case OP_MulLocal: return true;
    default: return false;
    }
}

// x.p = …: the object that waits below the value is the local itself, as long as nothing between stores to the local, jumps, or touches
// what waits. `this` is stored to at the start of a function only.
static void rule_store_to(Code *c, u32 at) {
    enum { FAR = 64 }; // instructions that the value may take
    Ins *from = &c->ins[at];
    bool is_this = from->op == OP_PushThis;
    u32 depth = 0; // values above the object
    for (u32 j = at + 1, n = 0; j < c->count && n < FAR; j++) {
        Ins *i = &c->ins[j];
        if (i->op == INS_DELETED) continue;
        if (i->op == INS_LABEL) return;
        const OpInfo *info = &op_info[i->op];
        n++;
        if (i->op == OP_SetPropPop && depth == 1) {
            become(i, i, OP_SetLocalPropPop, receiver_slot(from), i->a, 0);
            from->op = INS_DELETED;
            return;
        }
        u32 pops = ins_pops(i), reach = info->flags & OPF_PICK ? i->a + 1 : pops;
        if (info->flags & (OPF_JUMP | OPF_END) || i->op == OP_CoerceThis || reach > depth) return;
        if (!is_this && strchr(info->operands, 's') && !only_reads_slots(i->op)) return;
        depth += (u32)info->pushes - pops;
    }
}

void opt_peephole(Code *c) {
    Ins *w[4];
    for (u32 i = 0; i < c->count; i++) {
        while (c->ins[i].op < INS_LABEL) {
            u32 n = window(c, i, w, 4);
            if (rule_cancel(w, n)) continue; // the instruction may be gone, or be the start of a new pair
            if (rule_local_loop_test(w, n) || rule_local_is_int(w, n) || rule_update_local(w, n) || rule_compound(w, n) || rule_load_local(w, n) || rule_pair(w, n)) continue;
            if (w[0]->op == OP_LoadUp && w[0]->a == 0) become(w[0], NULL, OP_LoadUp0, w[0]->b, 0, 0);
            break;
        }
    }
    for (u32 i = 0; i < c->count; i++) { // what is made of merged instructions
        if (is_receiver(&c->ins[i])) rule_store_to(c, i);
        else if (c->ins[i].op == OP_IncLocal) rule_loop_end(w, window(c, i, w, 2));
    }
}

void opt_function(Code *code, const DxtFunc *row) {
    (void)row;
    opt_jumps(code);
    if (opt_loops(code)) opt_jumps(code);
    opt_peephole(code);
}
