// SPDX-License-Identifier: MIT
// Names of expressions in error messages, as V8 prints them.
#ifndef DX_CALLSITE_H
#define DX_CALLSITE_H

#include "format/base/mem.h"

typedef enum CallsiteKind {
    CALLSITE_UNKNOWN, // not understood: nothing was added to out
    CALLSITE_VALUE,
    CALLSITE_CALL,    // a call or an instantiation whose callee out got, when that was asked for
} CallsiteKind;

typedef enum CallsiteUse {
    CALLSITE_AS_CALLEE,   // it was called, and may be the beginning of an optional chain
    CALLSITE_AS_OPERAND,  // it is a whole expression
    CALLSITE_AS_ITERABLE, // so it is; of a call the callee is named
} CallsiteUse;

// Appends the name of the expression whose source is text[0..len).
CallsiteKind callsite_print(const char *text, size_t len, CallsiteUse use, Buf *out);

#endif
