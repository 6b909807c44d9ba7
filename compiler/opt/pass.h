// SPDX-License-Identifier: MIT
// Private to opt/: the passes, in the order they run.
#ifndef DX_OPT_PASS_H
#define DX_OPT_PASS_H

#include "compiler/opt/opt.h"

void opt_jumps(Code *c);    // jump threading, jumps to the next instruction, code that nothing reaches
bool opt_loops(Code *c);    // loop inversion; true: jumps have changed
void opt_peephole(Code *c);

#endif
