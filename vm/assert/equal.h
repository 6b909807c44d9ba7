// SPDX-License-Identifier: MIT
// Deep equality of values as the matchers define it. Dialect differences are flags; what needs the test runtime comes in as callbacks.
#ifndef DX_EQUAL_H
#define DX_EQUAL_H

#include "vm/convert.h"

enum EqualFlag {
    EQUAL_STRICT = 1,          // toStrictEqual: types, undefined properties and holes count
    EQUAL_SUBSET = 2,          // toMatchObject
    EQUAL_ARRAY_LENGTH = 4,    // arrays of different length differ although the rest is undefined (Vitest)
    EQUAL_ERROR_PROPS = 8,     // errors: name, message, own properties; cause if expected has it (Vitest); Bun: cause on both sides
    EQUAL_ERROR_CAUSE = 16,
    EQUAL_SYMBOL_UNDEFINED = 32, // a symbol key holding undefined counts (Vitest)
    EQUAL_NAN_DATE = 64,       // two invalid dates are equal (Vitest)
    EQUAL_TYPED_LOOSE = 128,   // Buffer and Uint8Array with the same bytes are equal (Bun)
    EQUAL_BUFFER_BYTES = 256,  // ArrayBuffers compare their bytes in toEqual too (Bun)
};

typedef struct EqualHooks { // all optional
    int (*is_asymmetric)(VM *vm, Value v);                         // 1, 0, -1 thrown
    int (*asymmetric_match)(VM *vm, Value matcher, Value other);   // 1, 0, -1
    int (*custom)(VM *vm, Value a, Value b);                       // equality testers of the user: 1 equal, 0 not, 2 no opinion, -1
    bool (*is_url)(Value v);
} EqualHooks;
extern EqualHooks equal_hooks;

int deep_equal_rjs(VM *vm, Value a, Value b, u32 flags) DX_MUST_USE; // 1 equal, 0 not, -1 thrown. a: received, b: expected

#endif
