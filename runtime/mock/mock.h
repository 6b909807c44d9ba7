// SPDX-License-Identifier: MIT
// Mock functions as expect/ and pretty-format see them.
#ifndef DX_MOCK_H
#define DX_MOCK_H

#include "runtime/runtime.h"

typedef struct MockText { String *name; Array *calls, *results; } MockText; // name NULL when it is the default

bool mock_is(VM *vm, Value v);                                    // a mock function (jest.fn, vi.fn, mock, spies)
bool mock_text_rjs(VM *vm, Value f, MockText *out) DX_MUST_USE;   // for printing and matchers
bool mock_all_rjs(VM *vm, u32 how) DX_MUST_USE;                   // clearAllMocks (0), resetAllMocks (1), restoreAllMocks (2)
Array *mock_calls(VM *vm, Value f);                               // array of argument arrays
Array *mock_results(VM *vm, Value f);                             // array of {type, value}
Array *mock_settled(VM *vm, Value f);                             // settledResults: {type, value} of returned promises
String *mock_name(VM *vm, Value f);                               // getMockName()
Array *mock_call_order(VM *vm, Value f);                          // invocationCallOrder

#endif
