// SPDX-License-Identifier: MIT
// Weak stand-ins, so that the heap and objects are tested in a program without the interpreter. Reaching one is a failure of the test.
#include "vm/buffer.h"
#include "vm/builtins/builtins.h"
#include "vm/builtins/function.h"

#define STUB(ret, name, args) __attribute__((weak)) ret name args { dx_panic(__FILE__, __LINE__, #name " needs the interpreter"); }
STUB(Value, vm_call, (VM *vm, Value f, Value self, int argc, const Value *argv))
STUB(Value, vm_construct, (VM *vm, Value f, int argc, const Value *argv, Value nt))
__attribute__((weak)) bool vm_stack_low(VM *vm) { return false; }
STUB(int, iter_step_rjs, (VM *vm, IterRecord *it, Value *out))
STUB(bool, iterate_rjs, (VM *vm, Value iterable, IterVisit visit, void *ctx))
STUB(Value, iter_close_rjs, (VM *vm, IterRecord *it))
STUB(IteratorObject *, iterator_object_new, (VM *vm, Value proto, u32 kind, Value target))
STUB(bool, typed_store_rjs, (VM *vm, TypedArrayObject *t, f64 index, Value v))
STUB(Value, typed_load, (VM *vm, const TypedArrayObject *t, u64 index))
STUB(Value, array_buffer_new, (VM *vm, u64 bytes))
STUB(u64, typed_length, (const TypedArrayObject *t, bool *out))
STUB(bool, iter_get_rjs, (VM *vm, Value iterable, IterRecord *it))
STUB(Value, vm_compile_function_rjs, (VM *vm, String *source))
STUB(Value *, namespace_slot, (const NamespaceObject *ns, PropKey k))
STUB(bool, iter_from_method_rjs, (VM *vm, Value iterable, Value method, IterRecord *it))
STUB(bool, iter_direct_rjs, (VM *vm, Value obj, IterRecord *it))
STUB(Value, array_iterator_new, (VM *vm, Value array, enum IterKind kind))
STUB(bool, array_iteration_pristine, (VM *vm))
