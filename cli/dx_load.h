// SPDX-License-Identifier: MIT
// What DxHost asks of dx while tests run: modules that the layout does not hold, because their specifier was computed.
#ifndef DX_CLI_LOAD_H
#define DX_CLI_LOAD_H

#include "cli/dx_build.h"
#include "vm/host.h"

typedef struct LoadContext {
    const DxArgs *args;
    const char *cwd, *root, *version;
    Store *store;
    DxtLayout *layout;
} LoadContext;

// For this process, before its VM runs anything. Nothing is read or resolved until a test asks.
void load_open(const LoadContext *context);
// Members of DxHost.
bool load_find_module(VM *vm, Module *from, Value specifier, Value type, Module **out);
Value load_module(VM *vm, Module *from, Value specifier, u32 flags);
Value load_resolve(VM *vm, Module *from, Value specifier);

#endif
