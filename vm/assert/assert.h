// SPDX-License-Identifier: MIT
// Passing cases of the assertion opcodes, decided without user code. Everything else goes through host->test_op, which runs the matcher of
// the object path and throws its error.
#ifndef DX_ASSERT_H
#define DX_ASSERT_H

#include "vm/object.h"
#include "vm/vm.h"

// Verdict of the assertion opcodes without a runtime: 1 pass, 0 fail, 2 needs host->test_op. Runs no user code.
int assert_fast(VM *vm, u32 op, const Value *v);
// Batches of n <= 64: bit i set where assertion i is not decided as passing.
u64 assert_batch(VM *vm, u32 op, const Value *v, u32 n);

// False once a program put another expect in the place of the runner's, or the property may have moved: whether an assertion means the
// runner's only the runtime can tell then.
DX_INLINE bool expect_pristine(VM *vm) {
    if (!vm->expect_fn) return true;
    const Object *global = v_object(vm->realm->global);
    return vm->expect_slot < global->shape->count && global->slots[vm->expect_slot] == vm->expect_fn;
}

#endif
