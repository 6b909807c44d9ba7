// SPDX-License-Identifier: MIT
// Type conversion (ECMA-262 7.1). Does not own comparison (convert_compare.c) or BigInt arithmetic (num/).
#include "vm/convert.h"

#include <math.h>

#include "format/base/numtext.h"
#include "vm/num/bigint.h"
#include "vm/text/atom.h"
#include "vm/vm.h"

// ---- primitives

// 7.1.1.1
static Value ordinary_to_primitive_rjs(VM *vm, Value v, enum Hint h) {
    for (int i = 0; i < 2; i++) {
        bool string_turn = (h == HINT_STRING) == (i == 0);
        Value f = get_rjs(vm, v, string_turn ? A_(vm, toString) : A_(vm, valueOf));
        if (v_is_exc(f)) return f;
        if (!v_is_callable(f)) continue;
        Value r = CALL0(vm, f, v);
        if (v_is_exc(r) || !v_is_object(r)) return r;
    }
    return vm_throw(vm, ERR_TO_PRIMITIVE);
}

Value to_primitive_rjs(VM *vm, Value v, enum Hint h) {
    if (!v_is_object(v)) return v;
    Value f = get_method_rjs(vm, v, SYM_(vm, toPrimitive));
    if (v_is_exc(f)) return f;
    if (v_is_undefined(f)) return ordinary_to_primitive_rjs(vm, v, h == HINT_DEFAULT ? HINT_NUMBER : h);
    Value hint = h == HINT_DEFAULT ? A_(vm, default) : h == HINT_NUMBER ? A_(vm, number) : A_(vm, string);
    Value r = CALL1(vm, f, v, hint);
    return v_is_exc(r) || !v_is_object(r) ? r : vm_throw(vm, ERR_TO_PRIMITIVE);
}

bool to_boolean_slow(Value v) {
    if (v_is_double(v)) return v != V_NAN && v_double(v) != 0;
    if (v_is_string(v)) return v_string(v)->length != 0;
    if (v_is_bigint(v)) return !bigint_is_zero(v);
    if (v_is_object(v)) return !(v_object(v)->cell.aux & OBJ2_HTMLDDA);
    return v_is_symbol(v);
}

// ---- numbers

f64 string_to_number(VM *vm, String *s) {
    Chars c = str_chars(vm, s);
    return c.wide ? num_from_utf16(c.p, c.len) : num_from_latin1(c.p, c.len);
}

static Value primitive_to_number(VM *vm, Value v) {
    if (v_is_number(v)) return v;
    if (v_is_bool(v)) return v_from_int(v == V_TRUE);
    if (v_is_null(v)) return v_from_int(0);
    if (v_is_undefined(v)) return V_NAN;
    if (v_is_string(v)) return v_from_num(string_to_number(vm, v_string(v)));
    if (v_is_symbol(v)) return vm_throw(vm, ERR_SYMBOL_TO_NUMBER);
    return vm_throw(vm, ERR_BIGINT_TO_NUMBER);
}

Value to_number_slow_rjs(VM *vm, Value v) {
    if (v_is_object(v)) {
        v = to_primitive_rjs(vm, v, HINT_NUMBER);
        if (v_is_exc(v)) return v;
    }
    return primitive_to_number(vm, v);
}

Value to_numeric_rjs(VM *vm, Value v) {
    if (v_is_number(v)) return v;
    if (v_is_object(v)) {
        v = to_primitive_rjs(vm, v, HINT_NUMBER);
        if (v_is_exc(v)) return v;
    }
    return v_is_bigint(v) ? v : primitive_to_number(vm, v);
}

bool to_f64_rjs(VM *vm, Value v, f64 *out) {
    v = to_number_rjs(vm, v);
    if (v_is_exc(v)) return false;
    *out = v_num(v);
    return true;
}

bool to_integer_rjs(VM *vm, Value v, f64 *out) {
    if (v_is_int(v)) {
        *out = v_int(v);
        return true;
    }
    f64 d;
    if (!to_f64_rjs(vm, v, &d)) return false;
    *out = d != d ? 0 : trunc(d) + 0.0; // + 0.0: -0 becomes +0
    return true;
}

i32 f64_to_int32(f64 d) {
    i32 i = (i32)d;
    if ((f64)i == d) return i;
    if (!isfinite(d)) return 0;
    u64 bits;
    memcpy(&bits, &d, 8);
    int e = (int)(bits >> 52 & 0x7FF) - 1075;
    u64 m = (bits & 0xFFFFFFFFFFFFFull) | 1ull << 52;
    u32 r = e >= 0 ? (e >= 32 ? 0 : (u32)(m << e)) : e <= -53 ? 0 : (u32)(m >> -e);
    return (i32)((bits >> 63) ? 0u - r : r);
}

bool to_int32_rjs(VM *vm, Value v, i32 *out) {
    if (v_is_int(v)) {
        *out = v_int(v);
        return true;
    }
    f64 d;
    if (!to_f64_rjs(vm, v, &d)) return false;
    *out = f64_to_int32(d);
    return true;
}

bool to_uint32_rjs(VM *vm, Value v, u32 *out) { return to_int32_rjs(vm, v, (i32 *)out); }

bool to_length_rjs(VM *vm, Value v, i64 *out) {
    f64 d;
    if (!to_integer_rjs(vm, v, &d)) return false;
    *out = d <= 0 ? 0 : d > 9007199254740991.0 ? 9007199254740991ll : (i64)d;
    return true;
}

bool to_index_rjs(VM *vm, Value v, i64 *out, const char *what) {
    *out = 0;
    if (v_is_undefined(v)) return true;
    f64 d;
    if (!to_integer_rjs(vm, v, &d)) return false;
    if (d < 0 || d > 9007199254740991.0) {
        (void)vm_throw(vm, ERR_INVALID_WHAT, what);
        return false;
    }
    *out = (i64)d;
    return true;
}

bool to_relative_index_rjs(VM *vm, Value v, i64 len, i64 dflt, i64 *out) {
    if (v_is_undefined(v)) {
        *out = dflt;
        return true;
    }
    f64 d;
    if (!to_integer_rjs(vm, v, &d)) return false;
    if (d < 0) *out = d + (f64)len < 0 ? 0 : (i64)(d + (f64)len);
    else *out = d > (f64)len ? len : (i64)d;
    return true;
}

// ---- strings and keys

Value number_to_string(VM *vm, f64 d, int radix) {
    char text[NUM_TEXT_MAX];
    if (radix == 10) {
        if (d >= 0 && d < 10 && d == (i32)d) return v_from_string(str_char(vm, (u16)('0' + (i32)d)));
        u32 n = d == (i32)d ? num_i32_to_text((i32)d, text) : num_to_text(d, text);
        return v_from_string(str_new_latin1(vm, (const u8 *)text, n));
    }
    char wide[NUM_RADIX_MAX];
    return v_from_string(str_new_latin1(vm, (const u8 *)wide, num_to_radix(d, (u32)radix, wide)));
}

String *to_string_slow_rjs(VM *vm, Value v) {
    if (v_is_object(v)) {
        v = to_primitive_rjs(vm, v, HINT_STRING);
        if (v_is_exc(v)) return NULL;
    }
    if (v_is_string(v)) return v_string(v);
    if (v_is_number(v)) return v_string(number_to_string(vm, v_num(v), 10));
    if (v_is_bool(v)) return atom_c(vm, v == V_TRUE ? "true" : "false");
    if (v_is_null(v)) return v_string(A_(vm, null_));
    if (v_is_undefined(v)) return v_string(A_(vm, undefined));
    if (v_is_bigint(v)) {
        Value s = bigint_to_string(vm, v, 10);
        return v_is_exc(s) ? NULL : v_string(s);
    }
    (void)vm_throw(vm, ERR_SYMBOL_TO_STRING);
    return NULL;
}

bool to_property_key_rjs(VM *vm, Value v, PropKey *out) {
    if (v_is_int(v) && v_int(v) >= 0) {
        *out = key_from_index((u32)v_int(v));
        return true;
    }
    if (v_is_object(v)) {
        v = to_primitive_rjs(vm, v, HINT_STRING);
        if (v_is_exc(v)) return false;
    }
    if (v_is_symbol(v)) {
        *out = v;
        return true;
    }
    String *s = to_string_rjs(vm, v);
    if (!s) return false;
    *out = key_from_string(vm, s);
    return true;
}

int canonical_numeric_index(VM *vm, PropKey k, f64 *out) {
    if (key_is_index(k)) {
        *out = key_index(k);
        return 1;
    }
    if (!v_is_string(k)) return 0;
    String *s = v_string(k);
    Chars c = str_chars(vm, s);
    if (!c.len || c.len > NUM_TEXT_MAX || c.wide) return 0;
    const u8 *p = c.p;
    if (!((p[0] >= '0' && p[0] <= '9') || p[0] == '-' || p[0] == 'I' || p[0] == 'N')) return 0;
    if (c.len == 2 && p[0] == '-' && p[1] == '0') {
        *out = -0.0;
        return 1;
    }
    f64 d = num_from_latin1(p, c.len);
    char text[NUM_TEXT_MAX];
    u32 n = num_to_text(d, text);
    if (n != c.len || memcmp(text, p, n)) return 0;
    *out = d;
    return 1;
}

// ---- objects

static Value wrap(VM *vm, CellKind kind, Value proto, Value v) {
    PrimitiveObject *o =
        (PrimitiveObject *)object_alloc(vm, kind, sizeof(PrimitiveObject), shape_root(vm, proto), 0);
    o->value = v;
    if (kind == CELL_STRINGOBJ) o->o.cell.flags |= OBJ_EXOTIC;
    return v_obj(o);
}

Value to_object(VM *vm, Value v) {
    Realm *r = vm->realm;
    switch (v_tag(v)) {
    case TAG_OBJECT: case TAG_ARRAY: return v;
    case TAG_NULL: case TAG_UNDEFINED: return vm_throw(vm, ERR_NULLISH_TO_OBJECT);
    case TAG_BOOL: return wrap(vm, CELL_BOOLEAN, r->BooleanPrototype, v);
    case TAG_STRING: return wrap(vm, CELL_STRINGOBJ, r->StringPrototype, v);
    case TAG_SYMBOL: return wrap(vm, CELL_SYMBOLOBJ, r->SymbolPrototype, v);
    case TAG_BIGINT: return wrap(vm, CELL_BIGINTOBJ, r->BigIntPrototype, v);
    default: return wrap(vm, CELL_NUMBER, r->NumberPrototype, v);
    }
}

Value require_object_coercible(VM *vm, Value v, const char *method) {
    return v_is_nullish(v) ? vm_throw(vm, ERR_NULLISH_RECEIVER, method) : v;
}
