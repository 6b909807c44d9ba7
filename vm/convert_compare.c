// SPDX-License-Identifier: MIT
// Equality, order and typeof (ECMA-262 7.2, 13.5.3).
#include "vm/convert.h"
#include "vm/num/bigint.h"
#include "vm/vm.h"

static bool same_non_number(VM *vm, Value a, Value b) {
    if (a == b) return true;
    if (v_is_string(a) && v_is_string(b)) return str_equal(vm, v_string(a), v_string(b));
    if (v_is_bigint(a) && v_is_bigint(b)) return bigint_equal(a, b);
    return false;
}

bool is_strictly_equal(VM *vm, Value a, Value b) {
    if (v_is_number(a) && v_is_number(b)) return v_num(a) == v_num(b);
    return same_non_number(vm, a, b);
}

bool same_value(VM *vm, Value a, Value b) {
    if (v_is_number(a) && v_is_number(b)) {
        f64 x = v_num(a), y = v_num(b);
        if (x != x) return y != y;
        return x == y && (x != 0 || __builtin_signbit(x) == __builtin_signbit(y));
    }
    return same_non_number(vm, a, b);
}

bool same_value_zero(VM *vm, Value a, Value b) {
    if (v_is_number(a) && v_is_number(b)) {
        f64 x = v_num(a), y = v_num(b);
        return x == y || (x != x && y != y);
    }
    return same_non_number(vm, a, b);
}

static bool is_htmldda(Value v) { return v_is_object(v) && (v_object(v)->cell.aux & OBJ2_HTMLDDA); }

// 7.2.14
bool is_loosely_equal_rjs(VM *vm, Value a, Value b, bool *out) {
    for (;;) {
        if (v_is_number(a) && v_is_number(b)) {
            *out = v_num(a) == v_num(b);
            return true;
        }
        if (v_is_nullish(a) || v_is_nullish(b)) {
            *out = (v_is_nullish(a) || is_htmldda(a)) && (v_is_nullish(b) || is_htmldda(b));
            return true;
        }
        bool oa = v_is_object(a), ob = v_is_object(b);
        if ((oa && ob) || v_tag(a) == v_tag(b)) {
            *out = same_non_number(vm, a, b);
            return true;
        }
        if (v_is_bool(a)) a = v_from_int(a == V_TRUE);
        else if (v_is_bool(b)) b = v_from_int(b == V_TRUE);
        else if (oa) {
            if (v_is_exc(a = to_primitive_rjs(vm, a, HINT_DEFAULT))) return false;
        } else if (ob) {
            if (v_is_exc(b = to_primitive_rjs(vm, b, HINT_DEFAULT))) return false;
        } else if (v_is_bigint(a) || v_is_bigint(b)) {
            if (v_is_bigint(b)) {
                Value t = a;
                a = b;
                b = t;
            }
            if (v_is_string(b)) {
                b = string_to_bigint(vm, v_string(b));
                *out = v_is_bigint(b) && bigint_equal(a, b);
            } else {
                *out = v_is_number(b) && bigint_compare_f64(a, v_num(b)) == 0;
            }
            return true;
        } else if (v_is_number(a) && v_is_string(b)) {
            b = v_from_num(string_to_number(vm, v_string(b)));
        } else if (v_is_string(a) && v_is_number(b)) {
            a = v_from_num(string_to_number(vm, v_string(a)));
        } else {
            *out = same_non_number(vm, a, b);
            return true;
        }
    }
}

static int less_f64(f64 x, f64 y) { return x != x || y != y ? 2 : x < y; }

static int less_bigint(VM *vm, Value a, Value b) {
    if (v_is_string(a) || v_is_string(b)) {
        if (v_is_string(a)) a = string_to_bigint(vm, v_string(a));
        else b = string_to_bigint(vm, v_string(b));
        if (v_is_undefined(a) || v_is_undefined(b)) return 2;
        return bigint_compare(a, b) < 0;
    }
    Value n = v_is_bigint(a) ? to_numeric_rjs(vm, b) : to_numeric_rjs(vm, a);
    if (v_is_exc(n)) return -1;
    if (v_is_bigint(n)) return v_is_bigint(a) ? bigint_compare(a, n) < 0 : bigint_compare(n, b) < 0;
    int c = v_is_bigint(a) ? bigint_compare_f64(a, v_num(n)) : bigint_compare_f64(b, v_num(n));
    if (c == 2) return 2;
    return v_is_bigint(a) ? c < 0 : c > 0;
}

// 7.2.13
int is_less_than_rjs(VM *vm, Value a, Value b, bool left_first) {
    if (left_first) {
        if (v_is_exc(a = to_primitive_rjs(vm, a, HINT_NUMBER))) return -1;
        if (v_is_exc(b = to_primitive_rjs(vm, b, HINT_NUMBER))) return -1;
    } else {
        if (v_is_exc(b = to_primitive_rjs(vm, b, HINT_NUMBER))) return -1;
        if (v_is_exc(a = to_primitive_rjs(vm, a, HINT_NUMBER))) return -1;
    }
    if (v_is_string(a) && v_is_string(b)) return str_compare(vm, v_string(a), v_string(b)) < 0;
    if ((v_is_bigint(a) && (v_is_bigint(b) || v_is_string(b))) || (v_is_bigint(b) && v_is_string(a))) {
        return v_is_bigint(a) && v_is_bigint(b) ? bigint_compare(a, b) < 0 : less_bigint(vm, a, b);
    }
    Value x = to_numeric_rjs(vm, a);
    if (v_is_exc(x)) return -1;
    Value y = to_numeric_rjs(vm, b);
    if (v_is_exc(y)) return -1;
    if (v_is_bigint(x) || v_is_bigint(y)) return less_bigint(vm, x, y);
    return less_f64(v_num(x), v_num(y));
}

Value typeof_value(VM *vm, Value v) {
    switch (v_tag(v)) {
    case TAG_UNDEFINED: return A_(vm, undefined);
    case TAG_NULL: return A_(vm, object);
    case TAG_BOOL: return A_(vm, boolean);
    case TAG_STRING: return A_(vm, string);
    case TAG_SYMBOL: return A_(vm, symbol);
    case TAG_BIGINT: return A_(vm, bigint);
    case TAG_OBJECT: case TAG_ARRAY:
        if (is_htmldda(v)) return A_(vm, undefined);
        return v_is_callable(v) ? A_(vm, function) : A_(vm, object);
    default: return A_(vm, number);
    }
}
