// SPDX-License-Identifier: MIT
// The assertion opcodes' way out of the interpreter. The interpreter decides passing cases that need no user code; everything else goes through
// assert_slow, which runs the matcher on the object path and throws its error.
#ifndef DX_ASSERT_H
#define DX_ASSERT_H

#include "vm/vm.h"

// op: the opcode; v: its operands as in opcodes.def; site: row of the module's SITE section. Returns undefined, or V_EXC with the matcher's error.
// Counts the assertion. NULL when no test runtime is linked: the opcodes then throw a plain Error.
typedef Value (*AssertSlow)(VM *vm, u32 op, const Value *v, const DxtModule *m, u32 site, bool negate);
extern AssertSlow assert_slow;

// Verdict of the assertion opcodes without a runtime: 1 pass, 0 fail, 2 needs assert_slow. Runs no user code.
int assert_fast(VM *vm, u32 op, const Value *v);
// Batches of n <= 64: bit i set where assertion i is not decided as passing.
u64 assert_batch(VM *vm, u32 op, const Value *v, u32 n);

#endif
