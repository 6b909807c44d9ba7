// SPDX-License-Identifier: MIT
// Rewriting of one function's instruction list before assembly. Changes no behaviour, never deepens the operand stack.
#ifndef DX_OPT_H
#define DX_OPT_H

#include "compiler/emit/code.h"

void opt_function(Code *code, const DxtFunc *row);

#endif
