// SPDX-License-Identifier: MIT
// How far down the C stack of a thread reaches, for code that recurses as deeply as its input asks.
#ifndef DX_STACK_H
#define DX_STACK_H

#include "format/base/base.h"

// Left below the floor for functions that do not ask.
enum { STACK_RESERVE = 256 << 10 };

// The address the calling thread's frames should stay above; the same at each call.
char *stack_floor(void);

DX_INLINE bool stack_low(const char *floor) { return DX_UNLIKELY((char *)__builtin_frame_address(0) < floor); }

#endif
