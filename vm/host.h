// SPDX-License-Identifier: MIT
// What the embedder plugs in: output, module loading beyond the layout, compilation on demand, error reporting.
#ifndef DX_HOST_H
#define DX_HOST_H

#include "vm/vm.h"

typedef struct DxHost {
    void *ctx;
    void (*write)(void *ctx, int fd, const char *bytes, size_t n);                    // console output
    void (*on_job_error)(VM *vm, Value error);                                        // an exception left a job
    void (*on_rejection)(VM *vm, Value promise, int handled);                         // HostPromiseRejectionTracker: 0 reject, 1 handle
    // eval/new Function: compiles source; fills *out (owned by the callee, lives as long as the process) or throws SyntaxError. NULL: dxvm.
    bool (*compile)(VM *vm, const char *source, size_t len, u32 kind, const void *scope, DxtModule **out);
    // A request the layout did not resolve (computed require/import, builtin module): returns the module's exports/namespace or V_EXC.
    Value (*load_module)(VM *vm, Module *from, Value specifier, u32 flags);
    bool (*load_builtin)(VM *vm, const char *specifier, Value *exports);              // node:fs, vitest, bun:test ...
} DxHost;

#endif
