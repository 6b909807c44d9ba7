// SPDX-License-Identifier: MIT
// Fake timers, module mocks and what else of the jest and vi objects lives outside mock.c.
#ifndef DX_MOCK_TIMERS_H
#define DX_MOCK_TIMERS_H

#include "runtime/web/web.h"

void fake_timers_reset(VM *vm);          // a file begins or ended: real clocks
void module_mocks_reset(VM *vm);
void object_install_table(VM *vm, Value obj, u32 table); // replaces what is there

#endif
