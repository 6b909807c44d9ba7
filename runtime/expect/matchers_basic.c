// SPDX-License-Identifier: MIT
// Matchers on one value and on numbers, instances, types; equality matchers.
#include <math.h>
#include <stdio.h>

#include "runtime/expect/match.h"
#include "runtime/expect/pretty.h"
#include "vm/assert/equal.h"

// ---- equality

u32 equal_flags(enum DxDialect d, bool strict) {
    u32 f = strict ? EQUAL_STRICT : 0;
    if (d == DIALECT_VITEST) f |= EQUAL_ARRAY_LENGTH | EQUAL_ERROR_PROPS | EQUAL_SYMBOL_UNDEFINED | EQUAL_NAN_DATE;
    if (d == DIALECT_BUN) f |= EQUAL_ERROR_PROPS | EQUAL_ERROR_CAUSE | EQUAL_TYPED_LOOSE | EQUAL_BUFFER_BYTES;
    return f;
}
int equals_rjs(VM *vm, Value received, Value expected) {
    return deep_equal_rjs(vm, received, expected, equal_flags(runtime_dialect(), false));
}

bool match_to_be(Match *m) {
    VM *vm = m->vm;
    Value expected = MARG(0);
    m->pass = same_value(vm, m->received, expected);
    if (!WRONG(m)) return true;
    put_hint(m, "expected", "Object.is equality");
    if (m->is_not) return put(m, "Expected: not "), put_expected(m, expected);
    if (v_is_object(expected) && !v_is_kind(expected, CELL_MAP) && !v_is_kind(expected, CELL_SET)) {
        int strict = deep_equal_rjs(vm, m->received, expected, equal_flags(runtime_dialect(), true));
        int loose = strict ? strict : equals_rjs(vm, m->received, expected);
        if (strict < 0 || loose < 0) return false;
        if (loose) {
            put(m, "If it should pass with deep equality, replace \"toBe\" with \"");
            put(m, strict ? "toStrictEqual" : "toEqual");
            put(m, "\"\n\n");
        }
    }
    return put_diff_or_values(m, expected, m->received, "Expected", "Received");
}

static bool equality(Match *m, u32 flags) {
    VM *vm = m->vm;
    Value expected = MARG(0);
    int r = deep_equal_rjs(vm, m->received, expected, flags);
    if (r < 0) return false;
    m->pass = r;
    if (!WRONG(m)) return true;
    put_hint(m, "expected", flags & EQUAL_SUBSET ? NULL : "deep equality");
    if (!m->is_not) return put_diff_or_values(m, expected, m->received, "Expected", "Received");
    String *x = pretty_inline_rjs(vm, expected, 10), *y = x ? pretty_inline_rjs(vm, m->received, 10) : NULL;
    if (!y) return false;
    put(m, "Expected: not ");
    if (!put_expected(m, expected)) return false;
    put(m, "\n");
    if (str_equal(vm, x, y)) return true;
    put(m, "Received:     ");
    return put_received(m, m->received);
}
bool match_to_equal(Match *m) { return equality(m, equal_flags(runtime_dialect(), false)); }
bool match_to_strict_equal(Match *m) { return equality(m, equal_flags(runtime_dialect(), true)); }

// The part of `object` that `subset` speaks of, for the diff (getObjectSubset).
static Value object_subset_rjs(VM *vm, Value object, Value subset, u32 depth) {
    if (depth > 100 || !v_is_object(object) || !v_is_object(subset)) return object;
    int ra = is_array_rjs(vm, object), rb = ra < 0 ? -1 : is_array_rjs(vm, subset);
    if (rb < 0) return V_EXC;
    if (ra && rb && v_is_array(object) && v_is_array(subset) && v_array(object)->length == v_array(subset)->length) {
        Array *out = array_new(vm, v_array(subset)->length);
        for (u32 i = 0; i < v_array(subset)->length; i++) {
            Value x = get_rjs(vm, object, key_from_index(i)), y = v_is_exc(x) ? V_EXC : get_rjs(vm, subset, key_from_index(i));
            Value z = v_is_exc(y) ? V_EXC : object_subset_rjs(vm, x, y, depth + 1);
            if (v_is_exc(z)) return V_EXC;
            array_push(vm, out, z);
        }
        return v_from_array(out);
    }
    if (ra || rb || !v_is_kind(object, CELL_OBJECT)) return object;
    int same = deep_equal_rjs(vm, object, subset, equal_flags(runtime_dialect(), false) | EQUAL_SUBSET);
    if (same) return same < 0 ? V_EXC : subset;
    Object *out = object_new_proto(vm, obj_proto(v_object(object)));
    Array *keys = object_own_keys_rjs(vm, subset, KEYS_ALL | KEYS_ENUMERABLE_ONLY);
    if (!keys) return V_EXC;
    for (u32 i = 0; i < keys->length; i++) {
        PropKey k;
        if (!to_property_key_rjs(vm, obj_elems(&keys->o)->v[i], &k)) return V_EXC;
        int has = object_has_rjs(vm, object, k);
        if (has < 0) return V_EXC;
        if (!has) continue;
        Value x = get_rjs(vm, object, k), y = v_is_exc(x) ? V_EXC : get_rjs(vm, subset, k);
        Value z = v_is_exc(y) ? V_EXC : object_subset_rjs(vm, x, y, depth + 1);
        if (v_is_exc(z)) return V_EXC;
        object_put(vm, out, k, z, ATTR_WEC);
    }
    return out->shape->count || out->elems ? v_obj(out) : object;
}

bool match_to_match_object(Match *m) {
    VM *vm = m->vm;
    Value expected = MARG(0);
    if (!v_is_object(m->received) && runtime_dialect() != DIALECT_VITEST) return usage_error(m, "expected", "received value must be a non-null object", "Received", m->received);
    if (!v_is_object(expected)) return usage_error(m, "expected", "expected value must be a non-null object", "Expected", expected);
    int r = deep_equal_rjs(vm, m->received, expected, (equal_flags(runtime_dialect(), false) | EQUAL_SUBSET));
    if (r < 0) return false;
    m->pass = r;
    if (!WRONG(m)) return true;
    put_hint(m, "expected", NULL);
    if (m->is_not) {
        put(m, "Expected: not ");
        if (!put_expected(m, expected)) return false;
        put(m, "\nReceived:     ");
        return put_received(m, m->received);
    }
    Value part = object_subset_rjs(vm, m->received, expected, 0);
    return !v_is_exc(part) && put_diff_or_values(m, expected, part, "Expected", "Received");
}

// ---- one value

static bool unary(Match *m, bool pass) {
    m->pass = pass;
    if (m->argc > 0 && runtime_dialect() == DIALECT_JEST && !v_is_undefined(m->argv[0])) return usage_error(m, "", "this matcher must not have an expected argument", "Expected", m->argv[0]);
    if (!WRONG(m)) return true;
    put_hint(m, "", NULL);
    put(m, "Received: ");
    return put_received(m, m->received);
}
bool match_truthy(Match *m) { return unary(m, to_boolean(m->received)); }
bool match_falsy(Match *m) { return unary(m, !to_boolean(m->received)); }
bool match_null(Match *m) { return unary(m, v_is_null(m->received)); }
bool match_undefined(Match *m) { return unary(m, v_is_undefined(m->received)); }
bool match_defined(Match *m) { return unary(m, !v_is_undefined(m->received)); }
bool match_nan(Match *m) { return unary(m, v_is_double(m->received) && isnan(v_double(m->received))); }

// ---- order

static bool is_numeric(Value v) { return v_is_number(v) || v_is_bigint(v); }
static bool ordered(Match *m, const char *op, bool swap, bool or_equal) { // swap: received < expected
    VM *vm = m->vm;
    Value expected = MARG(0);
    if (!is_numeric(m->received)) return usage_error(m, "expected", "received value must be a number or bigint", "Received", m->received);
    if (!is_numeric(expected)) return usage_error(m, "expected", "expected value must be a number or bigint", "Expected", expected);
    Value a = swap ? m->received : expected, b = swap ? expected : m->received;
    int lt = is_less_than_rjs(vm, a, b, true), gt = is_less_than_rjs(vm, b, a, true);
    if (lt < 0 || gt < 0) return false;
    m->pass = lt == 1 || (or_equal && gt == 0 && lt == 0);
    if (!WRONG(m)) return true;
    put_hint(m, "expected", NULL);
    put(m, m->is_not ? "Expected: not " : "Expected: ");
    put(m, op);
    put(m, " ");
    if (!put_expected(m, expected)) return false;
    put(m, m->is_not ? "\nReceived:     " : "\nReceived: ");
    put(m, strlen(op) == 2 ? "   " : "  ");
    return put_received(m, m->received);
}
bool match_greater(Match *m) { return ordered(m, ">", false, false); }
bool match_greater_equal(Match *m) { return ordered(m, ">=", false, true); }
bool match_less(Match *m) { return ordered(m, "<", true, false); }
bool match_less_equal(Match *m) { return ordered(m, "<=", true, true); }

bool match_close_to(Match *m) {
    Value expected = MARG(0);
    bool given = m->argc > 1 && !v_is_undefined(m->argv[1]);
    const char *label = given ? "expected, precision" : "expected";
    if (runtime_dialect() == DIALECT_VITEST) {
        f64 d;
        if (v_is_string(m->received) && to_f64_rjs(m->vm, m->received, &d)) m->received = v_from_num(d);
    }
    if (!v_is_number(expected)) return usage_error(m, label, "expected value must be a number", "Expected", expected);
    if (!v_is_number(m->received)) return usage_error(m, label, "received value must be a number", "Received", m->received);
    if (given && !v_is_number(m->argv[1])) return usage_error(m, label, "precision must be a number", "Precision", m->argv[1]);
    f64 a = v_num(m->received), b = v_num(expected), digits = given ? v_num(m->argv[1]) : 2, want = 0, have = 0;
    if (a == b && isinf(a)) m->pass = true;
    else {
        want = pow(10, -digits) / 2;
        have = fabs(b - a);
        m->pass = have < want;
    }
    if (!WRONG(m)) return true;
    put_hint(m, label, NULL);
    put(m, m->is_not ? "Expected: not " : "Expected: ");
    if (!put_expected(m, expected)) return false;
    if (m->is_not && have == 0) return true;
    put(m, m->is_not ? "\nReceived:     " : "\nReceived: ");
    if (!put_received(m, m->received)) return false;
    put(m, m->is_not ? "\n\nExpected precision:        " : "\n\nExpected precision:    ");
    if (!put_expected(m, v_from_num(digits))) return false;
    put(m, m->is_not ? "\nExpected difference: not < " : "\nExpected difference: < ");
    if (!put_expected(m, v_from_num(want))) return false;
    put(m, m->is_not ? "\nReceived difference:       " : "\nReceived difference:   ");
    return put_received(m, v_from_num(have));
}

// ---- types

static void put_function_name(Match *m, Value f, bool expected) {
    Buf b = {0};
    String *n = v_is_callable(f) ? v_string(function_name(m->vm, f)) : v_string(A_(m->vm, empty));
    const char *s = n->length ? str_to_cstr(m->vm, n, &b) : "anonymous function";
    expected ? put_expected_text(m, s) : put_received_text(m, s);
    buf_free(&b);
}

bool match_instance_of(Match *m) {
    VM *vm = m->vm;
    Value c = MARG(0);
    if (!v_is_callable(c)) return usage_error(m, "expected", "expected value must be a function", "Expected", c);
    int r = instance_of_rjs(vm, m->received, c);
    if (r < 0) return false;
    m->pass = r;
    if (!WRONG(m)) return true;
    put_hint(m, "expected", NULL);
    put(m, m->is_not ? "Expected constructor: not " : "Expected constructor: ");
    put_function_name(m, c, true);
    Value ctor = v_is_object(m->received) ? get_rjs(vm, m->received, A_(vm, constructor)) : V_UNDEFINED;
    if (v_is_exc(ctor)) return false;
    if (m->is_not) {
        if (ctor == c) return true;
        put(m, "\nReceived constructor:     ");
        put_function_name(m, ctor, false);
        put(m, " extends ");
        put_function_name(m, c, true);
        put(m, "\n");
        return true;
    }
    if (!v_is_object(m->received)) {
        put(m, "\n\nReceived value has no prototype\nReceived value: ");
        return put_received(m, m->received);
    }
    if (!v_is_callable(ctor)) {
        put(m, "\n\nReceived value has no own constructor property\nReceived value: ");
        return put_received(m, m->received);
    }
    put(m, "\nReceived constructor: ");
    put_function_name(m, ctor, false);
    put(m, "\n");
    return true;
}

bool match_type_of(Match *m) {
    VM *vm = m->vm;
    Value expected = MARG(0), t = typeof_value(vm, m->received);
    m->pass = v_is_string(expected) && str_equal(vm, v_string(t), v_string(expected));
    if (!WRONG(m)) return true;
    put_hint(m, "expected", NULL);
    if (!put_labelled(m, m->is_not ? "Expected type: not " : "Expected type: ", true, expected)) return false;
    if (!put_labelled(m, "Received type: ", false, t)) return false;
    put(m, "Received value: ");
    return put_received(m, m->received);
}
