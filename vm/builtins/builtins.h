// SPDX-License-Identifier: MIT
// The ECMAScript library: one installer per file, called in this order when the realm image is built.
// Each file: types and helpers, natives, row tables (listed in tables.def), installer. It creates its prototypes and constructor with
// builtin_class / builtin_install and stores them in vm->realm->XPrototype / ->X.
#ifndef DX_BUILTINS_H
#define DX_BUILTINS_H

#include "vm/convert.h"
#include "vm/iterate.h"
#include "vm/native.h"

#define BUILTIN(name) void builtin_##name##_install(VM *vm);
#include "vm/builtins/installers.def"
#undef BUILTIN

// The promise that a handler made by Promise.all and its like (*combinator: "all" …, *index: of the element) or a resolve
// function (*combinator: NULL) settles; undefined: another function.
Value promise_passed_to(Value handler, const char **combinator, u32 *index);

#endif
