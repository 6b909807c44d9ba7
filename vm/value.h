// SPDX-License-Identifier: MIT
// Value: a NaN-boxed 64-bit word. Doubles are themselves (NaN canonical 0x7FF8000000000000); otherwise the top 16 bits
// are the tag and the low 48 the payload.
//
//   63            48 47                                             0
//   [ tag          ][ int32 / bool / address of a cell               ]
//
// A payload address points into the heap region or into a mapped artifact, never into malloc memory.
#ifndef DX_VALUE_H
#define DX_VALUE_H

#include "format/base/base.h"
#include "format/strcell.h"

typedef u64 Value;
typedef Value PropKey; // atom string, symbol (also private names), or array index: tag INT with a u32 payload 0..0xFFFFFFFE

enum ValueTag {
    TAG_NAN = 0x7FF8, TAG_INT = 0x7FF9, TAG_BOOL = 0x7FFA, TAG_NULL = 0x7FFB, TAG_UNDEFINED = 0x7FFC,
    TAG_STRING = 0x7FFD, TAG_OBJECT = 0x7FFE, TAG_ARRAY = 0x7FFF, TAG_SYMBOL = 0xFFF9, TAG_BIGINT = 0xFFFA, TAG_INTERNAL = 0xFFFB,
};
#define TAGGED(tag, payload) (((u64)(tag) << 48) | (u64)(payload))
#define VALUE_PAYLOAD 0x0000FFFFFFFFFFFFull

#define V_NULL      TAGGED(TAG_NULL, 0)
#define V_UNDEFINED TAGGED(TAG_UNDEFINED, 0)
#define V_FALSE     TAGGED(TAG_BOOL, 0)
#define V_TRUE      TAGGED(TAG_BOOL, 1)
#define V_NAN       0x7FF8000000000000ull
#define V_HOLE      TAGGED(TAG_INTERNAL, 1) // absent element / argument / heritage; "not found" of lookups
#define V_TDZ       TAGGED(TAG_INTERNAL, 2) // uninitialised binding
#define V_EXC       TAGGED(TAG_INTERNAL, 3) // an exception is pending in vm->exception; every native may return it
#define V_EMPTY     TAGGED(TAG_INTERNAL, 4) // no value (empty completion, free table entry)
#define V_DELETED   TAGGED(TAG_INTERNAL, 5) // tombstone of hash tables
// internal pointers (environments, iterator states on the VM stack): TAG_INTERNAL with an address >= 4096

DX_INLINE u32 v_tag(Value v) { return (u32)(v >> 48); }
DX_INLINE bool v_is_double(Value v) { return (v & 0x7FFF000000000000ull) < 0x7FF9000000000000ull; }
DX_INLINE bool v_is_int(Value v) { return v_tag(v) == TAG_INT; }
DX_INLINE bool v_is_number(Value v) { return v_is_int(v) || v_is_double(v); }
DX_INLINE bool v_is_bool(Value v) { return v_tag(v) == TAG_BOOL; }
DX_INLINE bool v_is_null(Value v) { return v == V_NULL; }
DX_INLINE bool v_is_undefined(Value v) { return v == V_UNDEFINED; }
DX_INLINE bool v_is_nullish(Value v) { return v == V_NULL || v == V_UNDEFINED; }
DX_INLINE bool v_is_string(Value v) { return v_tag(v) == TAG_STRING; }
DX_INLINE bool v_is_symbol(Value v) { return v_tag(v) == TAG_SYMBOL; }
DX_INLINE bool v_is_bigint(Value v) { return v_tag(v) == TAG_BIGINT; }
DX_INLINE bool v_is_array(Value v) { return v_tag(v) == TAG_ARRAY; }   // an Array exotic object (not: a Proxy for one)
DX_INLINE bool v_is_object(Value v) { return (v >> 49) == (TAG_OBJECT >> 1); } // objects and arrays
DX_INLINE bool v_is_internal(Value v) { return v_tag(v) == TAG_INTERNAL; }
DX_INLINE bool v_is_exc(Value v) { return v == V_EXC; }

DX_INLINE i32 v_int(Value v) { return (i32)(u32)v; }
DX_INLINE f64 v_double(Value v) { f64 d; memcpy(&d, &v, 8); return d; }
DX_INLINE f64 v_num(Value v) { return v_is_int(v) ? (f64)v_int(v) : v_double(v); } // v is a number
DX_INLINE void *v_ptr(Value v) { return (void *)(v & VALUE_PAYLOAD); }

DX_INLINE Value v_from_int(i32 i) { return TAGGED(TAG_INT, (u32)i); }
DX_INLINE Value v_from_bool(bool b) { return b ? V_TRUE : V_FALSE; }
DX_INLINE Value v_from_raw_double(f64 d) { // no int conversion; canonicalises NaN
    u64 u;
    if (DX_UNLIKELY(d != d)) return V_NAN;
    memcpy(&u, &d, 8);
    return u;
}
DX_INLINE Value v_from_num(f64 d) { // int32 form when it fits and is not -0
    i32 i = (i32)d; // x86 gives INT_MIN out of range, which then fails the compare or is right
    u64 u;
    memcpy(&u, &d, 8);
    if (d >= -2147483648.0 && d <= 2147483647.0 && (f64)i == d && (i != 0 || u == 0)) return v_from_int(i);
    return v_from_raw_double(d);
}
DX_INLINE Value v_from_i64(i64 n) { return n == (i32)n ? v_from_int((i32)n) : v_from_raw_double((f64)n); }
DX_INLINE Value v_from_u32(u32 n) { return n <= 0x7FFFFFFF ? v_from_int((i32)n) : v_from_raw_double((f64)n); }
DX_INLINE Value v_from_ptr(u32 tag, const void *p) { return TAGGED(tag, (uintptr_t)p); }

typedef struct Object Object;
typedef struct Array Array;
typedef struct Symbol Symbol;
typedef struct BigInt BigInt;
DX_INLINE String *v_string(Value v) { return (String *)v_ptr(v); }
DX_INLINE Object *v_object(Value v) { return (Object *)v_ptr(v); }
DX_INLINE Array *v_array(Value v) { return (Array *)v_ptr(v); }
DX_INLINE Symbol *v_symbol(Value v) { return (Symbol *)v_ptr(v); }
DX_INLINE Value v_from_string(const String *s) { return v_from_ptr(TAG_STRING, s); }
DX_INLINE Value v_from_array(const Array *a) { return v_from_ptr(TAG_ARRAY, a); }
Value v_from_object(const Object *o);  // picks TAG_ARRAY for Array cells (see object.h for the inline)

// property keys
DX_INLINE bool key_is_index(PropKey k) { return v_tag(k) == TAG_INT; }
DX_INLINE u32 key_index(PropKey k) { return (u32)k; }
DX_INLINE PropKey key_from_index(u32 i) { return TAGGED(TAG_INT, i); } // i != 0xFFFFFFFF

#endif
