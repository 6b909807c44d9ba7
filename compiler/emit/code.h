// SPDX-License-Identifier: MIT
// One function's instructions while they are being made: a list with symbolic labels, exception ranges and source positions.
// The emitter appends, opt/ rewrites the list, code_assemble turns it into bytes. Operand-stack depths are tracked on the
// way, so that nothing is appended where control cannot come (`dead`).
#ifndef DX_EMIT_CODE_H
#define DX_EMIT_CODE_H

#include "format/dxt.h"

enum { INS_LABEL = 0x100, INS_DELETED = 0x101 };

typedef struct Ins {
    u16 op;          // Opcode, INS_LABEL (a = label) or INS_DELETED
    u8 has_pos, unused;
    u32 a, b, c, d;  // operands in the order of the opcode's letters, inline-cache operands left out; a double is a (low) and b
    u32 offset, expr, expr_len; // position, culprit range
} Ins;

typedef struct Label {
    i32 depth;   // operand stack at the label, -1: not known yet
    u32 refs;    // jumps and handlers that lead here
    bool bound;
} Label;

typedef struct CodeHandler {
    u32 start, end, target; // labels
    u32 depth;
} CodeHandler;

typedef struct Code {
    Arena *arena;
    Ins *ins;
    u32 count, cap;
    Label *labels;
    u32 label_count, label_cap;
    CodeHandler *handlers;
    u32 handler_count, handler_cap;
    u32 depth, max_depth; // of the operand stack
    bool too_wide;        // an operand did not fit its instruction
    bool dead;
    bool appended;        // the last code_op added an instruction (positions belong to it)
} Code;

void code_init(Code *c, Arena *arena);
u32 code_label(Code *c);                  // a fresh label
void code_bind(Code *c, u32 label);       // here; revives dead code when something jumps to the label
void code_bind_loop(Code *c, u32 label);  // here; backward jumps will follow
// Here, entered with an exception on a stack cut to `depth`. Call right after code_handler.
void code_bind_catch(Code *c, u32 label);
// Exceptions between labels start and end go to target. Inner ranges must be added first. Empty ranges are dropped.
void code_handler(Code *c, u32 start, u32 end, u32 target, u32 depth);
void code_op(Code *c, Opcode op, u32 a, u32 b, u32 x, u32 y);
void code_float(Code *c, f64 v);
u32 ins_pops(const Ins *i);               // values an instruction (no label, not deleted) takes from the operand stack
// Position of the last instruction appended: offset as stacks report it, and the source range of the culprit expression.
void code_pos(Code *c, u32 offset, u32 expr_start, u32 expr_end);

// Functions with more property accesses than there are inline-cache numbers: those past the limit become accesses by computed key.
// True when the function had to be changed.
bool code_limit_caches(Code *c);

typedef struct CodeOut { // what code_assemble appends to
    Buf code, handlers, pos;
    u32 handler_total, pos_total;
} CodeOut;
// Fills code_off … ic_count, max_stack, handler and position rows of *f. False when a limit of the format is passed.
const char *code_assemble(Code *c, CodeOut *out, DxtFunc *f); // NULL, or what is too large about the function

#endif
