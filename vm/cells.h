// SPDX-License-Identifier: MIT
// Layouts of the cells that execution owns (frames, generators, promises, jobs, stack traces, module namespaces, arguments), here so that the
// collector can trace them and library files can read them. Every pointer and Value below is traced; TAG_INTERNAL values whose payload is
// at least 4096 are cell pointers and traced as such wherever a Value may stand.
#ifndef DX_CELLS_H
#define DX_CELLS_H

#include "vm/function.h"

// A suspended frame (FRAMECOPY), allocated once per activation with room for the whole frame and used again at each suspension.
// It is the activation of async functions itself; generators reach it through GeneratorObject.
typedef struct FrameCopy {
    Cell cell;
    FuncCode *code;
    Function *func;
    const u8 *pc;        // instruction to go on with
    Value new_target;
    Value promise;       // async functions: the result promise; undefined else
    Value owner;         // generators: the generator object; undefined else
    u32 count;           // values saved in v; 0 while the frame is on the stack
    u32 state;           // FrameState
    Value v[];           // [callee][this] slots, locals, operands
} FrameCopy;
enum FrameState { FRAME_START, FRAME_SUSPENDED, FRAME_RUNNING, FRAME_DONE, FRAME_DRAINING };

typedef struct GeneratorObject { // GENERATOR, ASYNCGENERATOR
    Object o;
    FrameCopy *frame;    // NULL once completed
    u32 state;           // FrameState
    u32 pad;
    Value queue;         // async: ValueArray (internal pointer) of requests {mode, value, promise}*, or undefined
    u32 queue_head, queue_count;
} GeneratorObject;

typedef struct Reaction { // one PerformPromiseThen
    Cell cell;           // flags: ReactionFlag
    struct Reaction *next;
    Value on_fulfilled, on_rejected; // callables or undefined; REACTION_AWAIT: on_fulfilled is the activation (internal pointer)
    Value promise;       // derived promise, or undefined
    Value resolve, reject; // capability functions when the derived promise is not an ordinary one, else undefined
    Value context;         // vm->async_context where it was registered
} Reaction;
enum ReactionFlag { REACTION_AWAIT = 1, REACTION_FORWARD = 2, REACTION_GEN_RETURN = 4 }; // FORWARD: settles `promise` alike; GEN_RETURN: on_fulfilled is the async generator

typedef struct PromiseObject {
    Object o;
    u32 state;           // PromiseState
    u32 flags;           // PromiseFlag
    Value result;
    Reaction *reactions; // newest first while pending
} PromiseObject;
enum PromiseFlag { PROMISE_HANDLED = 1, PROMISE_RESOLVED = 2 }; // RESOLVED: a resolve function was called (already resolved)

typedef struct JobQueue { // HOSTCELL: the waiting jobs, each {kind << 8 | count, async context, values...}
    Cell cell;
    Value head, tail;    // ints: positions in buf
    Value buf;           // ValueArray (internal pointer)
} JobQueue;

typedef struct StackEntry {
    FuncCode *code;      // NULL: native function
    Value func, self;    // callee and its this value (names are worked out when the text is asked for)
    u32 pc;              // inside the instruction that was executing
    u32 flags;           // StackEntryFlag
} StackEntry;
enum StackEntryFlag { STACK_CONSTRUCT = 1, STACK_ASYNC = 2, STACK_NATIVE = 4, STACK_COMBINATOR = 8 }; // COMBINATOR: func is the handler that Promise.all and its like gave to a promise
typedef struct StackTrace { Cell cell; u32 count; u32 pad; StackEntry e[]; } StackTrace; // newest first

typedef struct ErrorObject { Object o; StackTrace *trace; } ErrorObject; // trace: NULL without frames

typedef struct NamespaceObject { // module namespace exotic object (10.4.6)
    Object o;
    Module *module;
    ValueArray *names;   // exported names (atoms), sorted by code units
    ByteCell *slots;     // Value *[count]: the bindings, NULL while unresolved
    u32 count, pad;
} NamespaceObject;
// The binding behind an export (its value may be V_TDZ) or NULL. Never runs code.
Value *namespace_slot(const NamespaceObject *ns, PropKey k);

typedef struct ArgumentsObject { // own indexed properties live in elems as usual; while mapped[i] is set, index i reads and writes env->v[i]
    Object o;
    Env *env;            // NULL: unmapped
    u32 mapped_count;    // min(argc, nparams)
    u32 pad;
    ByteCell *mapped;    // u8[mapped_count]: 1 still mapped
} ArgumentsObject;

#endif
