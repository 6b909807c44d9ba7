// SPDX-License-Identifier: MIT
// Weak definitions for a build without typed arrays: no such object can exist then, so none of these is reached.
#include "vm/buffer.h"

#define ABSENT __attribute__((weak))
ABSENT u64 typed_length(const TypedArrayObject *t, bool *out_of_bounds) { dx_panic(__FILE__, __LINE__, "typed arrays are not in this build"); }
ABSENT Value typed_load(VM *vm, const TypedArrayObject *t, u64 i) { dx_panic(__FILE__, __LINE__, "typed arrays are not in this build"); }
ABSENT bool typed_store_rjs(VM *vm, TypedArrayObject *t, f64 i, Value v) { dx_panic(__FILE__, __LINE__, "typed arrays are not in this build"); }
ABSENT Value array_buffer_new(VM *vm, u64 bytes) { return vm_throw(vm, ERR_CUSTOM_TYPE, "typed arrays are not in this build"); }
