// SPDX-License-Identifier: MIT
// Shared by the typed array and buffer files.
#ifndef DX_TYPEDARRAY_H
#define DX_TYPEDARRAY_H

#include "vm/buffer.h"
#include "vm/builtins/array_util.h"

extern const char *const typed_names[];                                   // "Int8Array" ...
Value element_load(VM *vm, ElementType type, const u8 *p);
void element_store(VM *vm, ElementType type, u8 *p, Value v);             // v converted already; p already touched
Value element_convert_rjs(VM *vm, ElementType type, Value v) DX_MUST_USE; // ToNumber or ToBigInt
bool element_is_big(ElementType t);
typedef enum AccessMode { ACCESS_READ, ACCESS_WRITE } AccessMode;
// ValidateTypedArray; NULL: thrown. To write, the buffer must not be immutable.
TypedArrayObject *typed_validate(VM *vm, Value v, AccessMode access, const char *method);
Value typed_create_rjs(VM *vm, Value c, i64 n) DX_MUST_USE; // writable
Value typed_species_create_rjs(VM *vm, Value exemplar, int argc, Value *argv, AccessMode access) DX_MUST_USE;
Value typed_array_new_proto(VM *vm, ElementType type, u64 length, Value proto);

#endif
