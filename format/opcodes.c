// SPDX-License-Identifier: MIT
// The table behind opcodes.h. A number used twice does not compile (duplicate case in op_check_unique).
#include "format/opcodes.h"

enum { VARG = OPF_VARG, VARG2 = OPF_VARG2, JUMP = OPF_JUMP, END = OPF_END, CALL = OPF_CALL, THROW = OPF_THROW, SUSP = OPF_SUSP, PICK = OPF_PICK };

#define LEN1(c) ((c) == 0 ? 0 : (c) == 'b' ? 1 : ((c) == 's' || (c) == 'c' || (c) == 'n' || (c) == 'd' || (c) == 'e') ? 2 : (c) == 'f' ? 8 : 4)
#define AT(s, i) (sizeof(s) > (i) ? (s)[(i) < sizeof(s) ? (i) : 0] : 0)
#define OPLEN(s) (1 + LEN1(AT(s, 0)) + LEN1(AT(s, 1)) + LEN1(AT(s, 2)) + LEN1(AT(s, 3)))

const OpInfo op_info[256] = {
#define OP(num, name, operands, pops, pushes, jump, flags, picture, sentence) \
    [num] = {#name, operands, pops, pushes, jump, flags, OPLEN(operands), picture, sentence},
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
