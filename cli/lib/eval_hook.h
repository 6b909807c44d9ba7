// SPDX-License-Identifier: MIT
// Compilation on demand: what the VM calls for eval, new Function and scripts given as text. Only binaries that hold the compiler plug it in.
#ifndef DX_CLI_EVAL_HOOK_H
#define DX_CLI_EVAL_HOOK_H

#include "vm/host.h"

// DxHost.compile. The module lives as long as the process. False: a SyntaxError (or ReferenceError) is pending in the VM.
bool eval_hook_compile(VM *vm, const char *source, size_t len, u32 kind, const void *scope, DxtModule **out);

#endif
