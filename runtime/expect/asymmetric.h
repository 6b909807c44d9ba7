// SPDX-License-Identifier: MIT
// Asymmetric matchers: expect.any, anything, arrayContaining ..., and user objects with an asymmetricMatch method.
#ifndef DX_ASYMMETRIC_H
#define DX_ASYMMETRIC_H

#include "runtime/runtime.h"

int is_asymmetric_rjs(VM *vm, Value v) DX_MUST_USE;                        // 1, 0, -1 thrown. An object whose $$typeof is Symbol.for('jest.asymmetricMatcher')
int asymmetric_match_rjs(VM *vm, Value matcher, Value received) DX_MUST_USE; // calls matcher.asymmetricMatch: 1, 0, -1
Value asymmetric_custom_new(VM *vm, Value fn, String *name, bool inverse, int argc, Value *argv);
void asymmetric_install(VM *vm, Value expect);                             // expect.any ... and expect.not.*

#endif
