// SPDX-License-Identifier: MIT
// The BigInt global (ECMA-262 21.2). Arithmetic and text are vm/num/bigint.h.
#include "vm/builtins/builtins.h"
#include "vm/num/bigint.h"

static DX_MUST_USE Value this_bigint(VM *vm, Value self, const char *method) {
    if (v_is_kind(self, CELL_BIGINTOBJ)) self = ((PrimitiveObject *)v_ptr(self))->value;
    return v_is_bigint(self) ? self : vm_throw(vm, ERR_NOT_GENERIC, method, "BigInt");
}

// 21.2.1.1
static Value bigint_ctor(VM *vm, Value self, int argc, Value *argv) {
    if (!v_is_undefined(native_new_target(vm))) return vm_throw(vm, ERR_NOT_CONSTRUCTOR, "BigInt");
    Value v = to_primitive_rjs(vm, ARG(0), HINT_NUMBER);
    if (v_is_exc(v)) return v;
    return v_is_number(v) ? number_to_bigint(vm, v_num(v)) : to_bigint_rjs(vm, v);
}

// 21.2.2.1, 21.2.2.2; magic: signed
static Value bigint_as_n(VM *vm, Value self, int argc, Value *argv) {
    bool is_signed = native_magic(vm);
    i64 bits;
    if (!to_index_rjs(vm, ARG(0), &bits, "value: not (convertible to) a safe integer")) return V_EXC;
    Value b = to_bigint_rjs(vm, ARG(1));
    if (v_is_exc(b)) return b;
    return is_signed ? bigint_as_int_n(vm, (u64)bits, b) : bigint_as_uint_n(vm, (u64)bits, b);
}

// 21.2.3.3
static Value bigint_proto_to_string(VM *vm, Value self, int argc, Value *argv) {
    Value b = this_bigint(vm, self, "BigInt.prototype.toString");
    f64 radix = 10;
    if (v_is_exc(b) || (!v_is_undefined(ARG(0)) && !to_integer_rjs(vm, ARG(0), &radix))) return V_EXC;
    if (!(radix >= 2 && radix <= 36)) return vm_throw(vm, ERR_CUSTOM_RANGE, "toString() radix argument must be between 2 and 36");
    return bigint_to_string(vm, b, (u32)radix);
}

// 21.2.3.2, locale en-US: groups of three digits
static Value bigint_proto_to_locale_string(VM *vm, Value self, int argc, Value *argv) {
    Value b = this_bigint(vm, self, "BigInt.prototype.toLocaleString");
    if (v_is_exc(b)) return b;
    if (!v_is_undefined(ARG(1))) return vm_throw(vm, ERR_CUSTOM_TYPE, "BigInt.prototype.toLocaleString: options need Intl, which this engine does not have");
    Value text = bigint_to_string(vm, b, 10);
    if (v_is_exc(text)) return text;
    Chars c = str_chars(vm, v_string(text));
    StrBuf out = {0};
    for (u32 i = 0; i < c.len; i++) {
        u32 left = c.len - i;
        if (i > (u32)bigint_is_negative(b) && left % 3 == 0) sb_unit(&out, ',');
        sb_unit(&out, chars_at(c, i));
    }
    return sb_finish(vm, &out);
}

// 21.2.3.4
static Value bigint_proto_value_of(VM *vm, Value self, int argc, Value *argv) {
    return this_bigint(vm, self, "BigInt.prototype.valueOf");
}

const NativeRow bigint_ctor_rows[] = {
    CTOR("BigInt", 1, bigint_ctor),
    FN_MAGIC("asIntN", 2, bigint_as_n, 1),
    FN_MAGIC("asUintN", 2, bigint_as_n, 0),
    ROWS_END,
};

const NativeRow bigint_proto_rows[] = {
    FN("toLocaleString", 0, bigint_proto_to_locale_string),
    FN("toString", 0, bigint_proto_to_string),
    FN("valueOf", 0, bigint_proto_value_of),
    VALUE_STR("@@toStringTag", "BigInt", ATTR_C),
    ROWS_END,
};

void builtin_bigint_install(VM *vm) {
    Realm *r = vm->realm;
    r->BigIntPrototype = v_obj(object_new(vm));
    r->BigInt = builtin_class(vm, TABLE_bigint_ctor_rows, TABLE_bigint_proto_rows, r->BigIntPrototype, r->FunctionPrototype);
}
