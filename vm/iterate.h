// SPDX-License-Identifier: MIT
// Iteration from C (ECMA-262 7.4). A record lives on the C stack.
#ifndef DX_ITERATE_H
#define DX_ITERATE_H

#include "vm/convert.h"

typedef struct IterRecord { Value iterator, next; u32 index; bool fast_array, done; } IterRecord;
DX_MUST_USE bool iter_get_rjs(VM *vm, Value iterable, IterRecord *it);              // GetIterator(sync); arrays with pristine iteration go fast
DX_MUST_USE bool iter_from_method_rjs(VM *vm, Value iterable, Value method, IterRecord *it);
DX_MUST_USE bool iter_direct_rjs(VM *vm, Value obj, IterRecord *it);                // GetIteratorDirect
// One step: 1 and *out, 0 done, -1 thrown (record marked done).
int iter_step_rjs(VM *vm, IterRecord *it, Value *out) DX_MUST_USE;
// Close after an abrupt completion. With a pending exception (V_EXC in flight) the original one is kept. Returns V_EXC if something is thrown, else undefined.
Value iter_close_rjs(VM *vm, IterRecord *it);
typedef bool (*IterVisit)(VM *vm, Value v, void *ctx); // false: exception pending, iteration is closed
DX_MUST_USE bool iterate_rjs(VM *vm, Value iterable, IterVisit visit, void *ctx);
// Iterator objects of the library (cell kind ITERATOR). %ArrayIteratorPrototype% and its next are exec's (builtins/iterators_core.c).
enum IterKind { ITER_KEYS, ITER_VALUES, ITER_ENTRIES };
typedef struct IteratorObject {
    Object o;
    u32 kind;        // IterKind, or the library file's own enum
    u32 state;       // the file's own
    u64 index;       // next position
    Value target;    // what is iterated; undefined once exhausted
    Value extra[3];
} IteratorObject;
IteratorObject *iterator_object_new(VM *vm, Value proto, u32 kind, Value target); // extra[] undefined, index 0
Value array_iterator_new(VM *vm, Value array, enum IterKind kind);                 // CreateArrayIterator
bool array_iteration_pristine(VM *vm); // Array.prototype[@@iterator] and %ArrayIteratorPrototype%.next untouched

#endif
