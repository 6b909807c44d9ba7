// SPDX-License-Identifier: MIT
// ArrayBuffer, typed arrays, DataView.
#ifndef DX_BUFFER_H
#define DX_BUFFER_H

#include "vm/convert.h"

typedef struct BufferObject {
    Object o;
    u8 *data;          // in a ByteCell, or in the agent cluster's memory when shared; NULL when detached; never malloc memory
    ByteCell *store;   // keeps it alive; NULL in the cluster's memory
    u64 length, max_length;
    u8 detached, resizable, shared;
    u8 immutable;      // proposal-immutable-arraybuffer: whoever writes looks here first
    u32 pad;
} BufferObject;

typedef enum ElementType {
#define ELEMENT(name, ctype, size) EL_##name,
#include "vm/elements.def"
#undef ELEMENT
    EL_COUNT
} ElementType;

typedef struct TypedArrayObject { // also DataView
    Object o;
    BufferObject *buffer;
    u64 offset;        // bytes
    u64 length;        // elements (DataView: bytes); meaningless when tracking
    u8 type;           // ElementType
    u8 tracking;       // length follows the buffer
    u8 pad[6];
} TypedArrayObject;

extern const u8 element_size[EL_COUNT];
// Current element count: 0 when out of bounds or detached (then *out_of_bounds if given).
u64 typed_length(const TypedArrayObject *t, bool *out_of_bounds);
DX_INLINE u8 *typed_data(const TypedArrayObject *t) { return t->buffer->data + t->offset; }
Value typed_load(VM *vm, const TypedArrayObject *t, u64 index);                       // index in bounds
// TypedArraySetElement: converts (may run user code), then stores if still in bounds. False: thrown.
bool typed_store_rjs(VM *vm, TypedArrayObject *t, f64 index, Value v) DX_MUST_USE;
Value array_buffer_new(VM *vm, u64 bytes);                                            // zeroed; V_EXC RangeError
Value shared_buffer_over(VM *vm, u8 *data, u64 bytes);                                // over memory of the agent cluster
Value typed_array_new(VM *vm, ElementType type, u64 length);                          // fresh buffer
Value uint8_array_from_bytes(VM *vm, const void *p, u64 n);

#endif
