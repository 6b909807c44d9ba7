// SPDX-License-Identifier: MIT
// Type conversion and comparison (ECMA-262 7.1, 7.2). Functions have the specification's names in lower case and do exactly what it says. Those
// that give a Value or String give V_EXC or NULL when something was thrown, those that give bool and fill `out` give false.
#ifndef DX_CONVERT_H
#define DX_CONVERT_H

#include "vm/vm.h"
#include "vm/text.h"

enum Hint { HINT_DEFAULT, HINT_NUMBER, HINT_STRING };
Value to_primitive_rjs(VM *vm, Value v, enum Hint h) DX_MUST_USE;
bool to_boolean_slow(Value v);
DX_INLINE bool to_boolean(Value v) {
    if (v_is_bool(v)) return v == V_TRUE;
    if (v_is_int(v)) return (u32)v != 0;
    if (v_is_nullish(v)) return false;
    return to_boolean_slow(v);
}
Value to_numeric_rjs(VM *vm, Value v) DX_MUST_USE;   // number or bigint value
Value to_number_slow_rjs(VM *vm, Value v) DX_MUST_USE;
DX_INLINE DX_MUST_USE Value to_number_rjs(VM *vm, Value v) { return v_is_number(v) ? v : to_number_slow_rjs(vm, v); } // number value or V_EXC
DX_MUST_USE bool to_f64_rjs(VM *vm, Value v, f64 *out);        // false: thrown
DX_MUST_USE bool to_integer_rjs(VM *vm, Value v, f64 *out);    // ToIntegerOrInfinity
DX_MUST_USE bool to_int32_rjs(VM *vm, Value v, i32 *out);
DX_MUST_USE bool to_uint32_rjs(VM *vm, Value v, u32 *out);
DX_MUST_USE bool to_length_rjs(VM *vm, Value v, i64 *out);     // 0..2^53-1
DX_MUST_USE bool to_index_rjs(VM *vm, Value v, i64 *out, const char *what); // ToIndex; RangeError "Invalid <what>"
// Relative index arguments of slice, at, fill...: ToIntegerOrInfinity, then clamped to 0..len
DX_MUST_USE bool to_relative_index_rjs(VM *vm, Value v, i64 len, i64 dflt_if_undefined, i64 *out);
i32 f64_to_int32(f64 d);                                        // modulo 2^32
String *to_string_slow_rjs(VM *vm, Value v) DX_MUST_USE;        // NULL on throw
DX_INLINE DX_MUST_USE String *to_string_rjs(VM *vm, Value v) { return v_is_string(v) ? v_string(v) : to_string_slow_rjs(vm, v); }
Value to_object(VM *vm, Value v) DX_MUST_USE;                   // V_EXC for null/undefined
DX_MUST_USE bool to_property_key_rjs(VM *vm, Value v, PropKey *out);
Value number_to_string(VM *vm, f64 d, int radix);               // Number::toString
f64 string_to_number(VM *vm, String *s);                        // StringToNumber
bool is_loosely_equal_rjs(VM *vm, Value a, Value b, bool *out) DX_MUST_USE; // false: thrown
bool is_strictly_equal(VM *vm, Value a, Value b);
bool same_value(VM *vm, Value a, Value b);
bool same_value_zero(VM *vm, Value a, Value b);
int is_less_than_rjs(VM *vm, Value a, Value b, bool left_first) DX_MUST_USE; // 1 true, 0 false, 2 undefined, -1 thrown
Value typeof_value(VM *vm, Value v);                            // string atom
String *value_display(VM *vm, Value v);                         // as V8 renders a value in its error messages (%V); no user code
// canonical numeric index check of typed arrays: 1 and *out, or 0
int canonical_numeric_index(VM *vm, PropKey k, f64 *out);
Value require_object_coercible(VM *vm, Value v, const char *method) DX_MUST_USE; // V_EXC "<method> called on null or undefined"

#endif
