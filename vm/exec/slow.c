// SPDX-License-Identifier: MIT
// Slow cases of the arithmetic and comparison opcodes: conversions, strings, BigInts
// (ECMA-262 13.15.3, 7.2.13).
#include "vm/exec/exec.h"
#include "vm/num/bigint.h"
#include "vm/num/number.h"
#include "vm/text.h"

#include <math.h>

f64 number_mod(f64 a, f64 b) {
    if (b == 0 || isinf(a) || a != a || b != b) return NAN;
    if (isinf(b) || a == 0) return a;
    if (fabs(a) <= 9007199254740991.0 && fabs(b) <= 9007199254740991.0 && a == (f64)(i64)a &&
        b == (f64)(i64)b) {
        f64 r = (f64)((i64)a % (i64)b);
        return r == 0 && a < 0 ? -0.0 : r;
    }
    return fmod(a, b);
}

Value slow_add_rjs(VM *vm, Value a, Value b) {
    if (v_is_string(a) && v_is_string(b)) return str_concat(vm, v_string(a), v_string(b));
    a = to_primitive_rjs(vm, a, HINT_DEFAULT);
    if (v_is_exc(a)) return V_EXC;
    b = to_primitive_rjs(vm, b, HINT_DEFAULT);
    if (v_is_exc(b)) return V_EXC;
    if (v_is_string(a) || v_is_string(b)) {
        String *x = to_string_rjs(vm, a);
        if (!x) return V_EXC;
        String *y = to_string_rjs(vm, b);
        if (!y) return V_EXC;
        return str_concat(vm, x, y);
    }
    return slow_arith_rjs(vm, OP_Add, a, b);
}

static Value bigint_arith(VM *vm, u32 op, Value a, Value b) {
    switch (op) {
    case OP_Add: return bigint_add(vm, a, b);
    case OP_Sub: return bigint_sub(vm, a, b);
    case OP_Mul: return bigint_mul(vm, a, b);
    case OP_Div: return bigint_div(vm, a, b);
    case OP_Mod: return bigint_rem(vm, a, b);
    case OP_Exp: return bigint_pow(vm, a, b);
    case OP_BitAnd: return bigint_and(vm, a, b);
    case OP_BitOr: return bigint_or(vm, a, b);
    case OP_BitXor: return bigint_xor(vm, a, b);
    case OP_Shl: return bigint_shl(vm, a, b);
    case OP_Shr: return bigint_shr(vm, a, b);
    default: return vm_throw(vm, ERR_BIGINT_SHR);
    }
}

Value slow_arith_rjs(VM *vm, u32 op, Value a, Value b) {
    a = to_numeric_rjs(vm, a);
    if (v_is_exc(a)) return V_EXC;
    b = to_numeric_rjs(vm, b);
    if (v_is_exc(b)) return V_EXC;
    if (v_is_bigint(a) || v_is_bigint(b)) {
        if (!(v_is_bigint(a) && v_is_bigint(b))) return vm_throw(vm, ERR_BIGINT_MIX);
        return bigint_arith(vm, op, a, b);
    }
    f64 x = v_num(a), y = v_num(b);
    switch (op) {
    case OP_Add: return v_from_num(x + y);
    case OP_Sub: return v_from_num(x - y);
    case OP_Mul: return v_from_num(x * y);
    case OP_Div: return v_from_num(x / y);
    case OP_Mod: return v_from_num(number_mod(x, y));
    case OP_Exp: return v_from_num(number_pow(x, y));
    case OP_BitAnd: return v_from_int(f64_to_int32(x) & f64_to_int32(y));
    case OP_BitOr: return v_from_int(f64_to_int32(x) | f64_to_int32(y));
    case OP_BitXor: return v_from_int(f64_to_int32(x) ^ f64_to_int32(y));
    case OP_Shl: return v_from_int((i32)((u32)f64_to_int32(x) << (f64_to_int32(y) & 31)));
    case OP_Shr: return v_from_int(f64_to_int32(x) >> (f64_to_int32(y) & 31));
    default: return v_from_u32((u32)f64_to_int32(x) >> (f64_to_int32(y) & 31));
    }
}

Value slow_unary_rjs(VM *vm, u32 op, Value a) {
    a = to_numeric_rjs(vm, a);
    if (v_is_exc(a)) return V_EXC;
    if (v_is_bigint(a)) {
        switch (op) {
        case OP_Neg: return bigint_neg(vm, a);
        case OP_BitNot: return bigint_not(vm, a);
        case OP_Inc: return bigint_inc(vm, a);
        default: return bigint_dec(vm, a);
        }
    }
    f64 x = v_num(a);
    switch (op) {
    case OP_Neg: return v_from_num(-x);
    case OP_BitNot: return v_from_int(~f64_to_int32(x));
    case OP_Inc: return v_from_num(x + 1);
    default: return v_from_num(x - 1);
    }
}

int slow_compare_rjs(VM *vm, u32 op, Value a, Value b) {
    int r;
    if (v_is_string(a) && v_is_string(b)) {
        int c = str_compare(vm, v_string(a), v_string(b));
        switch (op) {
        case OP_Lt: return c < 0;
        case OP_Le: return c <= 0;
        case OP_Gt: return c > 0;
        default: return c >= 0;
        }
    }
    switch (op) { // 13.10.1; undefined (2) counts as false
    case OP_Lt: r = is_less_than_rjs(vm, a, b, true); return r == 2 ? 0 : r;
    case OP_Gt: r = is_less_than_rjs(vm, b, a, false); return r == 2 ? 0 : r;
    case OP_Le: r = is_less_than_rjs(vm, b, a, false); break;
    default: r = is_less_than_rjs(vm, a, b, true); break;
    }
    return r < 0 ? -1 : r == 0;
}

bool slow_bump_rjs(VM *vm, Value *slot, u32 op) {
    Value v = to_numeric_rjs(vm, *slot);
    if (!v_is_exc(v)) v = slow_unary_rjs(vm, op, v);
    if (v_is_exc(v)) return false;
    *slot = v;
    return true;
}

bool slow_strict_equal(VM *vm, Value a, Value b) {
    if (a == b) return !v_is_double(a) || v_double(a) == v_double(a);
    u32 ta = v_tag(a), tb = v_tag(b);
    if (ta == TAG_STRING && tb == TAG_STRING) {
        String *x = v_string(a), *y = v_string(b);
        if (x->length != y->length) return false;
        if (x->cell.flags & y->cell.flags & STR_ATOM) return false;
        return str_equal(vm, x, y);
    }
    if (v_is_number(a) && v_is_number(b)) return v_num(a) == v_num(b);
    if (ta == TAG_BIGINT && tb == TAG_BIGINT) return bigint_equal(a, b);
    return false;
}
