// SPDX-License-Identifier: MIT
// Module mocks and automocks.
#ifndef DX_MOCK_MODULES_H
#define DX_MOCK_MODULES_H

#include "runtime/mock/timers.h"

// The automock of a module's exports or of any value; spy: functions stay and are recorded. V_EXC.
Value automock_rjs(VM *vm, Value exports, bool spy) DX_MUST_USE;
Value mock_new(VM *vm, Value impl) DX_MUST_USE;

#endif
