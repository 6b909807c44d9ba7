// SPDX-License-Identifier: MIT
// Compilation on demand: what the VM calls for eval, new Function and scripts given as text. Only binaries that hold the compiler plug it in.
#ifndef DX_CLI_EVAL_HOOK_H
#define DX_CLI_EVAL_HOOK_H

#include "compiler/diag.h"
#include "vm/host.h"

// DxHost.compile. The module lives as long as the process. False: a SyntaxError (or ReferenceError) is pending in the VM.
bool eval_hook_compile(VM *vm, const char *source, size_t len, u32 kind, const void *scope, DxtModule **out);

// Frees every module compiled so: only when the realm was put back and nothing can refer to them.
void eval_hook_release(void);
// Throws the first error of the list as the SyntaxError or ReferenceError it is. Always false.
bool eval_hook_throw(VM *vm, DiagList *diags);

#endif
