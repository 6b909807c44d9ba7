// SPDX-License-Identifier: MIT
// Inside of the bytecode verifier: its tables, shared by verify.c (every instruction by itself) and
// verify_flow.c (reachable instructions along control flow). What is proven, and why that suffices, is
// spec/verifier.md.
#ifndef DXT_VERIFY_H
#define DXT_VERIFY_H

#include "format/container.h"

// A hash-consed environment shape: equal chains have equal numbers. SHAPE_ROOT ends every chain.
typedef struct Shape {
    u32 parent, jump; // jump: an ancestor, so that any ancestor is found in O(log depth)
    u32 depth;        // members of the chain, SHAPE_ROOT not counted
    u32 size;         // slots; SHAPE_WITH for a with environment (no slots that bytecode may name)
} Shape;
enum { SHAPE_NONE, SHAPE_ROOT, SHAPE_FIRST };
#define SHAPE_WITH 0x80000000u
#define SHAPE_DEPTH_LIMIT 65535u

// An internal value on the operand stack; the internal values of a stack are a hash-consed list, top first.
typedef struct Internal {
    u32 below;  // next one further down, 0 none
    u32 pos;    // stack position from the bottom
    u32 kind;   // InternalKind
    u32 count;  // length of the list
} Internal;
enum InternalKind {
    INT_SYNC0 = 1,
    INT_SYNC1,
    INT_SYNC2,
    INT_ASYNC0,
    INT_ASYNC1,
    INT_ASYNC2,
    INT_FORIN,
    INT_ENV
};
#define INTERNAL_LIMIT 8192u

typedef struct ConsTable { // open addressing over indices into an array of 16-byte rows; compares the first 3
                           // words of a row
    u32 (*rows)[4];
    u32 count, cap;
    u32 *slots;
    u32 mask;
} ConsTable;
u32 cons_add(ConsTable *t, u32 a, u32 b, u32 c, bool *fresh); // index of the row {a, b, c, ?}

typedef struct LabelState { // what is known at a jump or handler target
    u32 depth, list;
    u8 seen, pending, gen;
} LabelState;
enum GenState { GEN_BEFORE, GEN_STARTED, GEN_MIXED };

typedef struct Verifier {
    const DxtModule *m;
    DxtFault *fault;
    u32 func;                 // function being verified
    const DxtFunc *f;
    const u8 *code;
    bool dead; // nothing instantiates the function: environment shapes are unknown and not checked

    u64 *starts, *labels; // bit per byte of the function's code: an instruction starts, a label points here
    u32 *label_rank;          // per 64-bit word of `labels`: labels before it
    u32 bitmap_words;         // capacity
    u32 label_count;
    LabelState *states;       // per label
    u32 state_cap;
    u32 *label_envs;          // label_count × env_count shapes
    size_t label_envs_cap;
    u32 *handler_at;          // per byte of code: handler row + 1; only valid when the function has handlers
    u32 *handler_next;
    u32 handler_cap;

    u32 epoch;                // function number + 1: makes the marks below fresh without clearing
    u32 *slot_value, *slot_env; // epoch of the last ordinary / environment use of a frame slot
    u32 *env_index;           // environment slot → 0 .. env_count-1
    u32 *ic_mark;
    u32 env_count;
    u32 *envs;                // shapes in the current state, by env_index
    u32 env_cap;

    ConsTable shapes;         // rows {parent, size, 0, -}; extra in shape_info
    Shape *shape_info;
    u32 shape_cap;
    ConsTable internals;      // rows {below, pos, kind, count}

    u32 *func_shape;          // captured shape of each function, SHAPE_NONE while nothing instantiates it
    u8 *func_done;
    u32 *queue;
    u32 queue_len;
    bool plain_ready;
    u8 plain[256];            // opcodes that flow_plain takes
    u64 work, work_limit;
} Verifier;

// What kind of frame slot an `s` operand names: SLOT_KIND_BITS an operand, first operand lowest. An instruction that is not in the table, and
// has no `d` or `e` operand, has nothing to do with environments.
enum SlotKind { SLOT_VALUE, SLOT_ENV, SLOT_ENV_OR_CAPTURED, SLOT_ENV_NEW, SLOT_VALUE_OR_THIS }; // NEW: becomes one by the instruction
enum { SLOT_KIND_BITS = 3, SLOT_KIND_MASK = 7 };
extern const u8 verify_slot_kinds[256];

DxtStatus verify_flow(Verifier *v); // reachable instructions of v->func, whose operands are sound

u32 shape_make(Verifier *v, u32 parent, u32 size); // SHAPE_NONE: the chain is too long
void verify_instantiate(Verifier *v, u32 func, u32 shape);

#define VFAULT(rule, pc, ...) dxt_fault(v->fault, RULE_##rule, v->func, (pc), __VA_ARGS__)

DX_INLINE bool bit_get(const u64 *bits, u32 i) { return bits[i >> 6] >> (i & 63) & 1; }
DX_INLINE void bit_set(u64 *bits, u32 i) { bits[i >> 6] |= 1ull << (i & 63); }

#endif
