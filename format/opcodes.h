// SPDX-License-Identifier: MIT
// C view of opcodes.def.
#ifndef DX_OPCODES_H
#define DX_OPCODES_H

#include "format/base/base.h"

enum OpFlag {
    OPF_JUMP = 1, OPF_END = 2, OPF_CALL = 4, OPF_THROW = 8, OPF_VARG = 16, OPF_VARG2 = 32, // VARG2: pops grows by twice the count
    OPF_SUSP = 64, OPF_PICK = 128, // PICK: needs operand+1 values, takes none
};

typedef enum Opcode {
#define OP(num, name, operands, pops, pushes, jump, flags, picture, sentence) OP_##name = num,
#include "format/opcodes.def"
#undef OP
} Opcode;

typedef struct OpInfo {
    const char *name, *operands; // name NULL: not an opcode
    i8 pops, pushes, jump;       // as in opcodes.def
    u8 flags;                    // OpFlag
    u8 length;                   // bytes, opcode included
    const char *picture, *sentence;
} OpInfo;

extern const OpInfo op_info[256];

// Operand b of ThrowError: THROW_KIND(number, NAME, error type, V8's text with %s for the name operand).
#define THROW_KINDS(THROW_KIND) \
    THROW_KIND(0, CONST_ASSIGN, TypeError, "Assignment to constant variable.") \
    THROW_KIND(1, UNSUPPORTED_SUPER, ReferenceError, "Unsupported reference to 'super'") \
    THROW_KIND(2, INVALID_ASSIGN_LHS, ReferenceError, "Invalid left-hand side in assignment") \
    THROW_KIND(3, NO_THROW_METHOD, TypeError, "The iterator does not provide a 'throw' method.") \
    THROW_KIND(4, INVALID_POSTFIX_LHS, ReferenceError, "Invalid left-hand side expression in postfix operation") \
    THROW_KIND(5, INVALID_PREFIX_LHS, ReferenceError, "Invalid left-hand side expression in prefix operation") \
    THROW_KIND(6, INVALID_FOR_LHS, ReferenceError, "Invalid left-hand side in for-loop") \
    THROW_KIND(7, NOT_DEFINED, ReferenceError, "%s is not defined")
enum ThrowKind {
#define THROW_KIND(number, name, type, text) THROW_##name = number,
    THROW_KINDS(THROW_KIND)
#undef THROW_KIND
};

// Constant expressions over an operand string of opcodes.def (a literal): letter i, or 0; bytes of an instruction.
#define OP_LETTER(s, i) (sizeof(s) > (i) ? (s)[(i) < sizeof(s) ? (i) : 0] : 0)
#define OP_LETTER_SIZE(c)                                                                       \
    ((c) == 0 ? 0                                                                               \
     : (c) == 'b' ? 1                                                                           \
     : (c) == 's' || (c) == 'c' || (c) == 'n' || (c) == 'd' || (c) == 'e' ? 2                   \
     : (c) == 'f' ? 8 : 4)
#define OP_LENGTH(s)                                                                            \
    (1 + OP_LETTER_SIZE(OP_LETTER(s, 0)) + OP_LETTER_SIZE(OP_LETTER(s, 1)) +                    \
     OP_LETTER_SIZE(OP_LETTER(s, 2)) + OP_LETTER_SIZE(OP_LETTER(s, 3)))

#define SLOT_CAPTURED 0xFFFFu // environment operand: the function's captured environment
#define SLOT_THIS 0xFFFFu     // GetLocalProp, SetLocalPropPop: the frame's this; the other slots are at most SLOT_OR_THIS_MOST
#define SLOT_OR_THIS_MOST 0x7FFFu
#define SCOPE_NONE 0xFFFFFFFFu

DX_INLINE u16 op_u16(const u8 *p) { u16 v; memcpy(&v, p, 2); return v; }
DX_INLINE u32 op_u32(const u8 *p) { u32 v; memcpy(&v, p, 4); return v; }
DX_INLINE i32 op_i32(const u8 *p) { i32 v; memcpy(&v, p, 4); return v; }
DX_INLINE f64 op_f64(const u8 *p) { f64 v; memcpy(&v, p, 8); return v; }
DX_INLINE u32 op_operand_size(char kind) {
    switch (kind) {
    case 'b': return 1;
    case 's': case 'c': case 'n': case 'd': case 'e': return 2;
    case 'f': return 8;
    default: return 4;
    }
}

#endif
