// SPDX-License-Identifier: MIT
// The stable sort behind Array and typed arrays.
#ifndef DX_SORT_H
#define DX_SORT_H

#include "vm/value.h"

typedef struct VM VM;
typedef int (*SortCompare)(Value a, Value b); // <0, 0, >0; runs no code
// Sorts v[0..n) (memory reachable by the collector). comparator: a function or undefined (by string order); `compare` overrides both.
// False: an exception is pending; v then holds the same values in some order.
bool sort_values_rjs(VM *vm, Value *v, u32 n, Value comparator, SortCompare compare) __attribute__((warn_unused_result));

#endif
