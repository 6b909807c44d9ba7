// SPDX-License-Identifier: MIT
// The console object, writing through host->write.
#ifndef DX_CONSOLE_H
#define DX_CONSOLE_H

#include "vm/native.h"

extern const NativeRow console_rows[], performance_rows[];
// Puts `console` and `performance` on the global object. The tables must be registered under the given numbers (native_register).
void console_install(VM *vm, u32 console_table, u32 performance_table);

#endif
