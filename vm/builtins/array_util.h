// SPDX-License-Identifier: MIT
// Element access shared by the array natives: fast on dense arrays, generic on anything else. Indices up to 2^53-1.
#ifndef DX_ARRAY_UTIL_H
#define DX_ARRAY_UTIL_H

#include "vm/builtins/builtins.h"

PropKey key_from_i64(VM *vm, i64 i);

// The dense value at i, or V_HOLE when the generic path must decide (holes, sparse, exotic, out of the vector).
DX_INLINE Value elem_peek(Value obj, i64 i) {
    if (!v_is_array(obj)) return V_HOLE;
    const Object *o = v_object(obj);
    const Elements *e = obj_elems(o);
    if (!obj_is_dense(o) || !e || i >= (i64)e->len) return V_HOLE;
    return e->v[i];
}
// The generic paths poll: loops over array-likes run up to 2^53 times without calling any function.
DX_INLINE bool elem_interrupted(VM *vm) { return DX_UNLIKELY(vm->interrupt) && !exec_poll(vm); }
DX_INLINE DX_MUST_USE Value elem_get_rjs(VM *vm, Value obj, i64 i) { // Get(O, ToString(i))
    Value v = elem_peek(obj, i);
    if (DX_LIKELY(v != V_HOLE)) return v;
    if (elem_interrupted(vm)) return V_EXC;
    return object_get_rjs(vm, obj, key_from_i64(vm, i), obj);
}
DX_INLINE DX_MUST_USE int elem_has_rjs(VM *vm, Value obj, i64 i) {
    if (elem_peek(obj, i) != V_HOLE) return 1;
    if (elem_interrupted(vm)) return -1;
    return object_has_rjs(vm, obj, key_from_i64(vm, i));
}
// Get if HasProperty: V_HOLE when absent, V_EXC on a throw.
DX_INLINE DX_MUST_USE Value elem_get_if_present_rjs(VM *vm, Value obj, i64 i) {
    Value v = elem_peek(obj, i);
    if (DX_LIKELY(v != V_HOLE)) return v;
    if (elem_interrupted(vm)) return V_EXC;
    PropKey k = key_from_i64(vm, i);
    int has = object_has_rjs(vm, obj, k);
    if (has <= 0) return has < 0 ? V_EXC : V_HOLE;
    return object_get_rjs(vm, obj, k, obj);
}
DX_MUST_USE bool elem_set_rjs(VM *vm, Value obj, i64 i, Value v);          // Set(O, i, v, true)
DX_MUST_USE bool elem_create_rjs(VM *vm, Value obj, i64 i, Value v);       // CreateDataPropertyOrThrow
DX_MUST_USE bool elem_delete_rjs(VM *vm, Value obj, i64 i);                // DeletePropertyOrThrow
DX_MUST_USE bool set_length_rjs(VM *vm, Value obj, i64 len);               // Set(O, "length", len, true)
// A plain array natives own: appends without checks.
DX_INLINE Value new_array_value(VM *vm, u32 hint) { return v_from_array(array_new(vm, hint)); }
// `a` is a dense array with no holes in [0, length) and default attributes: its values may be read and overwritten as a vector.
bool array_is_packed(Value a);
// `a` came from ArraySpeciesCreate with the final length. If it is a fresh plain array, its length goes back to 0 so that elements are
// appended (put the length right at the end, holes may trail) and true is returned.
bool array_begin_fill(VM *vm, Value a, Value source);
Value callable_or_throw(VM *vm, Value f); // V_EXC TypeError "... is not a function"

#endif
