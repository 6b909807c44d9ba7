// SPDX-License-Identifier: MIT
// DOMException for C callers.
#ifndef DX_BUILTINS_DOM_EXCEPTION_H
#define DX_BUILTINS_DOM_EXCEPTION_H

#include "vm/vm.h"

Value dom_exception_new(VM *vm, const char *name, Value message); // name such as "AbortError"; message a string
Value throw_dom(VM *vm, const char *name, Value message);         // V_EXC

#endif
