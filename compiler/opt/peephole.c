// SPDX-License-Identifier: MIT
// Peephole rules over the instruction list.
#include "compiler/opt/opt.h"

void opt_function(Code *code, const DxtFunc *row) {
    (void)code;
    (void)row;
}
