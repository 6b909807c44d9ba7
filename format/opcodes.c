// SPDX-License-Identifier: MIT
// The table behind opcodes.h. A number used twice does not compile (duplicate case in op_check_unique).
#include "format/opcodes.h"

enum { VARG = OPF_VARG, VARG2 = OPF_VARG2, JUMP = OPF_JUMP, END = OPF_END, CALL = OPF_CALL, THROW = OPF_THROW, SUSP = OPF_SUSP, PICK = OPF_PICK };

const OpInfo op_info[256] = {
#define OP(num, name, operands, pops, pushes, jump, flags, picture, sentence) \
    [num] = {#name, operands, pops, pushes, jump, flags, OP_LENGTH(operands), picture, sentence},
#include "format/opcodes.def"
#undef OP
};

__attribute__((unused)) static void op_check_unique(int op) {
    switch (op) {
#define OP(num, name, operands, pops, pushes, jump, flags, picture, sentence) case num:
#include "format/opcodes.def"
#undef OP
        break;
    }
}
