// SPDX-License-Identifier: MIT
// Functions from source text at run time.
#ifndef DX_BUILTINS_FUNCTION_H
#define DX_BUILTINS_FUNCTION_H

#include "vm/vm.h"

enum { FUNCTION_PROTO_APPLY, FUNCTION_PROTO_BIND, FUNCTION_PROTO_CALL }; // rows of function_proto_rows the interpreter knows

// CreateDynamicFunction; prefix: "function", "function*", "async function", "async function*". argv: parameters, then the body.
Value function_from_source_rjs(VM *vm, Value new_target, u32 intrinsic, const char *prefix, int argc, Value *argv) DX_MUST_USE;
// Compiles "(function anonymous(...) {...})" as a script of its own and gives its value. V_EXC EvalError without host->compile. (exec/)
Value vm_compile_function_rjs(VM *vm, String *source, u32 brace) DX_MUST_USE; // brace: where the body begins

ValueArray *list_from_array_like_rjs(VM *vm, Value v, u32 *n) DX_MUST_USE; // CreateListFromArrayLike (7.3.18); NULL: thrown
Value throw_apply_target(VM *vm, Value f); // TypeError of apply's callee that is no function

#endif
