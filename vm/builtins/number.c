// SPDX-License-Identifier: MIT
// Number (ECMA-262 21.1) and the global functions on numbers (19.2.2 to 19.2.5). Number text is format/base/numtext.h.
#include "format/base/numtext.h"
#include "vm/builtins/builtins.h"
#include "vm/builtins/locale.h"
#include "vm/exec/exec.h"
#include "vm/num/bigint.h"

#include <math.h>

#define MAX_SAFE 9007199254740991.0

// ThisNumberValue (21.1.3.7.1)
static DX_MUST_USE bool this_number(VM *vm, Value self, const char *method, f64 *out) {
    if (v_is_kind(self, CELL_NUMBER)) self = ((PrimitiveObject *)v_ptr(self))->value;
    if (v_is_number(self)) {
        *out = v_num(self);
        return true;
    }
    vm_throw(vm, ERR_NOT_GENERIC, method, "Number");
    return false;
}

static Value text_value(VM *vm, const char *p, u32 n) { return v_from_string(str_new_latin1(vm, (const u8 *)p, n)); }

// 21.1.1.1
static Value number_ctor(VM *vm, Value self, int argc, Value *argv) {
    Value new_target = native_new_target(vm), n = v_from_int(0);
    if (argc > 0) {
        n = to_numeric_rjs(vm, argv[0]);
        if (v_is_exc(n)) return n;
        if (v_is_bigint(n)) n = v_from_num(bigint_to_f64(n));
    }
    if (v_is_undefined(new_target)) return n;
    Value proto = proto_from_ctor_rjs(vm, new_target, REALM_NumberPrototype);
    if (v_is_exc(proto)) return proto;
    PrimitiveObject *o = (PrimitiveObject *)object_alloc(vm, CELL_NUMBER, sizeof *o, shape_root(vm, proto), 0);
    o->value = n;
    return v_obj(o);
}

static bool is_integral(Value v) { return v_is_int(v) || (v_is_double(v) && isfinite(v_double(v)) && trunc(v_double(v)) == v_double(v)); }

// 21.1.2.2 - 21.1.2.5
static Value number_is_finite(VM *vm, Value self, int argc, Value *argv) {
    return v_from_bool(v_is_number(ARG(0)) && isfinite(v_num(ARG(0))));
}
static Value number_is_integer(VM *vm, Value self, int argc, Value *argv) { return v_from_bool(is_integral(ARG(0))); }
static Value number_is_nan(VM *vm, Value self, int argc, Value *argv) { return v_from_bool(ARG(0) == V_NAN); }
static Value number_is_safe_integer(VM *vm, Value self, int argc, Value *argv) {
    return v_from_bool(is_integral(ARG(0)) && fabs(v_num(ARG(0))) <= MAX_SAFE);
}

// An argument in lo..hi, or the RangeError `message`.
static DX_MUST_USE bool digits_in_range(VM *vm, f64 d, i32 lo, i32 hi, const char *message) {
    if (d >= lo && d <= hi) return true;
    vm_throw(vm, ERR_CUSTOM_RANGE, message);
    return false;
}

// 21.1.3.2
static Value number_proto_to_exponential(VM *vm, Value self, int argc, Value *argv) {
    f64 x, d;
    char out[NUM_FORMAT_MAX];
    if (!this_number(vm, self, "Number.prototype.toExponential", &x) || !to_integer_rjs(vm, ARG(0), &d)) return V_EXC;
    if (isfinite(x) && !digits_in_range(vm, d, 0, 100, "toExponential() argument must be between 0 and 100")) return V_EXC;
    return text_value(vm, out, num_to_exponential(x, v_is_undefined(ARG(0)) ? -1 : (i32)d, out));
}

// 21.1.3.3
static Value number_proto_to_fixed(VM *vm, Value self, int argc, Value *argv) {
    f64 x, d;
    char out[NUM_FORMAT_MAX];
    if (!this_number(vm, self, "Number.prototype.toFixed", &x) || !to_integer_rjs(vm, ARG(0), &d)) return V_EXC;
    if (!digits_in_range(vm, d, 0, 100, "toFixed() digits argument must be between 0 and 100")) return V_EXC;
    return text_value(vm, out, num_to_fixed(x, (i32)d, out));
}

// 21.1.3.5
static Value number_proto_to_precision(VM *vm, Value self, int argc, Value *argv) {
    f64 x, d;
    char out[NUM_FORMAT_MAX];
    if (!this_number(vm, self, "Number.prototype.toPrecision", &x)) return V_EXC;
    if (v_is_undefined(ARG(0))) return number_to_string(vm, x, 10);
    if (!to_integer_rjs(vm, ARG(0), &d)) return V_EXC;
    if (isfinite(x) && !digits_in_range(vm, d, 1, 100, "toPrecision() argument must be between 1 and 100")) return V_EXC;
    return text_value(vm, out, num_to_precision(x, (i32)d, out));
}

// 21.1.3.6
static Value number_proto_to_string(VM *vm, Value self, int argc, Value *argv) {
    f64 x, radix = 10;
    if (!this_number(vm, self, "Number.prototype.toString", &x)) return V_EXC;
    if (!v_is_undefined(ARG(0)) && !to_integer_rjs(vm, ARG(0), &radix)) return V_EXC;
    if (!digits_in_range(vm, radix, 2, 36, "toString() radix argument must be between 2 and 36")) return V_EXC;
    return number_to_string(vm, x, (int)radix);
}

// 21.1.3.7
static Value number_proto_value_of(VM *vm, Value self, int argc, Value *argv) {
    f64 x;
    return this_number(vm, self, "Number.prototype.valueOf", &x) ? v_from_num(x) : V_EXC;
}

// 21.1.3.4, in the locale en-US
static Value number_proto_to_locale_string(VM *vm, Value self, int argc, Value *argv) {
    f64 x;
    if (!this_number(vm, self, "Number.prototype.toLocaleString", &x)) return V_EXC;
    return locale_number_text_rjs(vm, x, ARG(0), ARG(1));
}

// ---- global functions ----

// 19.2.5
static Value global_parse_int(VM *vm, Value self, int argc, Value *argv) {
    if (v_is_int(ARG(0)) && (v_is_undefined(ARG(1)) || ARG(1) == v_from_int(10))) return argv[0];
    String *s = to_string_rjs(vm, ARG(0));
    i32 radix;
    if (!s || !to_int32_rjs(vm, ARG(1), &radix)) return V_EXC;
    Chars c = str_chars(vm, s);
    return v_from_num(c.wide ? num_parse_int_utf16(c.p, c.len, radix) : num_parse_int_latin1(c.p, c.len, radix));
}

// 19.2.4
static Value global_parse_float(VM *vm, Value self, int argc, Value *argv) {
    if (v_is_int(ARG(0))) return argv[0];
    String *s = to_string_rjs(vm, ARG(0));
    if (!s) return V_EXC;
    Chars c = str_chars(vm, s);
    return v_from_num(c.wide ? num_parse_float_utf16(c.p, c.len) : num_parse_float_latin1(c.p, c.len));
}

// 19.2.3
static Value global_is_nan(VM *vm, Value self, int argc, Value *argv) {
    f64 d;
    return to_f64_rjs(vm, ARG(0), &d) ? v_from_bool(d != d) : V_EXC;
}

// 19.2.2
static Value global_is_finite(VM *vm, Value self, int argc, Value *argv) {
    f64 d;
    return to_f64_rjs(vm, ARG(0), &d) ? v_from_bool(isfinite(d)) : V_EXC;
}

// ---- tables ----

const NativeRow number_ctor_rows[] = {
    CTOR("Number", 1, number_ctor),
    FN("isFinite", 1, number_is_finite),
    FN("isInteger", 1, number_is_integer),
    FN("isNaN", 1, number_is_nan),
    FN("isSafeInteger", 1, number_is_safe_integer),
    VALUE_NUM("EPSILON", 0x1p-52, 0),
    VALUE_NUM("MAX_SAFE_INTEGER", MAX_SAFE, 0),
    VALUE_NUM("MAX_VALUE", 0x1.FFFFFFFFFFFFFp1023, 0),
    VALUE_NUM("MIN_SAFE_INTEGER", -MAX_SAFE, 0),
    VALUE_NUM("MIN_VALUE", 0x1p-1074, 0),
    VALUE_NUM("NaN", NAN, 0),
    VALUE_NUM("NEGATIVE_INFINITY", -INFINITY, 0),
    VALUE_NUM("POSITIVE_INFINITY", INFINITY, 0),
    ROWS_END,
};

const NativeRow number_proto_rows[] = {
    FN("toExponential", 1, number_proto_to_exponential),
    FN("toFixed", 1, number_proto_to_fixed),
    FN("toLocaleString", 0, number_proto_to_locale_string),
    FN("toPrecision", 1, number_proto_to_precision),
    FN("toString", 1, number_proto_to_string),
    FN("valueOf", 0, number_proto_value_of),
    ROWS_END,
};

// 19.2.1
static Value global_eval(VM *vm, Value self, int argc, Value *argv) { return eval_indirect_rjs(vm, ARG(0)); }

const NativeRow number_global_rows[] = {
    FN("eval", 1, global_eval),
    FN("parseInt", 2, global_parse_int),
    FN("parseFloat", 1, global_parse_float),
    FN("isNaN", 1, global_is_nan),
    FN("isFinite", 1, global_is_finite),
    ROWS_END,
};

void builtin_number_install(VM *vm) {
    Realm *r = vm->realm;
    PrimitiveObject *p = (PrimitiveObject *)object_alloc(vm, CELL_NUMBER, sizeof *p, shape_root(vm, r->ObjectPrototype), 8);
    p->value = v_from_int(0);
    r->NumberPrototype = v_obj(p);
    r->Number = builtin_class(vm, TABLE_number_ctor_rows, TABLE_number_proto_rows, r->NumberPrototype, r->FunctionPrototype);
    builtin_install(vm, r->global, TABLE_number_global_rows);
    r->Eval = object_own_data(vm, v_object(r->global), key_c(vm, "eval"));
    static const char *const shared[] = {"parseFloat", "parseInt"}; // 21.1.2.12, 21.1.2.13: the same function objects
    for (u32 i = 0; i < DX_COUNTOF(shared); i++) {
        PropKey k = key_c(vm, shared[i]);
        object_put(vm, v_object(r->Number), k, object_own_data(vm, v_object(r->global), k), ATTR_WC);
    }
}
