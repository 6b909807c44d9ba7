// SPDX-License-Identifier: MIT
// node:assert. Loose forms are the legacy ones unless reached through `strict`.
#include "runtime/inspect.h"
#include "runtime/node/node.h"
#include "vm/assert/equal.h"

enum AssertOp { A_OK, A_EQUAL, A_NOT_EQUAL, A_STRICT, A_NOT_STRICT, A_DEEP, A_NOT_DEEP, A_DEEP_STRICT, A_NOT_DEEP_STRICT, A_FAIL, A_IF_ERROR, A_MATCH, A_NOT_MATCH };
static const char *const operators[] = {"==", "==", "!=", "strictEqual", "notStrictEqual", "deepEqual", "notDeepEqual", "deepStrictEqual", "notDeepStrictEqual", "fail", "ifError", "match", "doesNotMatch"};

static Value assertion_error(VM *vm, Value message, Value actual, Value expected, const char *op, bool generated) {
    Value e = error_new(vm, REALM_ErrorPrototype, message), exports = node_exports(vm, "assert");
    Value ctor = prop_rjs(vm, exports, "AssertionError"), proto = v_is_object(ctor) ? get_rjs(vm, ctor, A_(vm, prototype)) : V_EXC;
    if (v_is_exc(proto) || object_set_proto_rjs(vm, e, proto) < 0) return V_EXC;
    prop_put(vm, e, "generatedMessage", v_from_bool(generated));
    prop_put(vm, e, "code", v_str(vm, "ERR_ASSERTION"));
    prop_put(vm, e, "actual", actual);
    prop_put(vm, e, "expected", expected);
    prop_put(vm, e, "operator", v_str(vm, op));
    return e;
}
static bool show(VM *vm, Value v, Buf *b) { return inspect_rjs(vm, v, &inspect_defaults, b); }
static Value fail(VM *vm, enum AssertOp op, Value message, Value actual, Value expected) {
    if (v_is_kind(message, CELL_ERROR)) return vm_throw_value(vm, message);
    bool generated = v_is_undefined(message);
    if (generated) {
        static const char *const heads[] = {"The expression evaluated to a falsy value", NULL, NULL, "Expected values to be strictly equal:", "Expected \"actual\" to be strictly unequal to: ",
            "Expected values to be loosely deep-equal:", "Expected \"actual\" not to be loosely deep-equal to:", "Expected values to be strictly deep-equal:",
            "Expected \"actual\" not to be strictly deep-equal to:", "Failed", "ifError got unwanted exception: ", "The input did not match the regular expression ",
            "The input was expected to not match the regular expression "};
        Buf b = {0};
        if (heads[op]) buf_str(&b, heads[op]);
        bool ok = true;
        switch (op) {
        case A_OK: case A_FAIL: break;
        case A_EQUAL: case A_NOT_EQUAL: ok = show(vm, actual, &b) && (buf_printf(&b, " %s ", operators[op]), show(vm, expected, &b)); break;
        case A_STRICT: buf_str(&b, "\n\n"); ok = show(vm, actual, &b) && (buf_str(&b, " !== "), show(vm, expected, &b)); buf_u8(&b, '\n'); break;
        case A_NOT_STRICT: ok = show(vm, expected, &b); break;
        case A_MATCH: case A_NOT_MATCH: ok = show(vm, expected, &b) && (buf_str(&b, ". Input:\n\n"), show(vm, actual, &b)); buf_u8(&b, '\n'); break;
        case A_IF_ERROR: {
            Value m = v_is_object(actual) ? get_rjs(vm, actual, A_(vm, message)) : actual;
            ok = !v_is_exc(m) && (v_is_string(m) ? (usv_utf8(vm, v_string(m), &b), true) : show(vm, m, &b));
            break;
        }
        default: buf_str(&b, "\n\n"); ok = show(vm, actual, &b) && (buf_str(&b, op == A_DEEP ? "\n\nshould loosely deep-equal\n\n" : op == A_DEEP_STRICT ? "\n\nshould equal\n\n" : "\n\n"), show(vm, expected, &b)); break;
        }
        message = buf_take_str(vm, &b);
        if (!ok) return V_EXC;
    }
    Value e = assertion_error(vm, message, actual, expected, operators[op], generated);
    return v_is_exc(e) ? V_EXC : vm_throw_value(vm, e);
}
static Value assert_op(VM *vm, Value self, int argc, Value *argv) {
    enum AssertOp op = native_magic(vm);
    Value a = ARG(0), b = ARG(1), message = ARG(2);
    bool same;
    int r;
    switch (op) {
    case A_OK: return to_boolean(a) ? V_UNDEFINED : fail(vm, op, ARG(1), a, V_TRUE);
    case A_EQUAL: case A_NOT_EQUAL:
        if (!is_loosely_equal_rjs(vm, a, b, &same)) return V_EXC;
        if (!same && same_value(vm, a, b)) same = true; // NaN
        return same == (op == A_EQUAL) ? V_UNDEFINED : fail(vm, op, message, a, b);
    case A_STRICT: case A_NOT_STRICT: return same_value(vm, a, b) == (op == A_STRICT) ? V_UNDEFINED : fail(vm, op, message, a, b);
    case A_FAIL: return fail(vm, op, a, V_UNDEFINED, V_UNDEFINED);
    case A_IF_ERROR: return v_is_nullish(a) ? V_UNDEFINED : fail(vm, op, V_UNDEFINED, a, V_NULL);
    case A_MATCH: case A_NOT_MATCH: {
        Value t = call_method_rjs(vm, b, "test", 1, &a);
        if (v_is_exc(t)) return V_EXC;
        return to_boolean(t) == (op == A_MATCH) ? V_UNDEFINED : fail(vm, op, message, a, b);
    }
    default: break;
    }
    bool strict = op == A_DEEP_STRICT || op == A_NOT_DEEP_STRICT;
    r = deep_equal_rjs(vm, a, b, (strict ? EQUAL_STRICT : 0) | EQUAL_ARRAY_LENGTH | EQUAL_NAN_DATE | EQUAL_ERROR_PROPS | EQUAL_SYMBOL_UNDEFINED);
    if (r < 0) return V_EXC;
    return r == (op == A_DEEP || op == A_DEEP_STRICT) ? V_UNDEFINED : fail(vm, op, message, a, b);
}

// ---- throws, rejects

static Value check_thrown_rjs(VM *vm, Value e, Value expected, Value message) {
    if (v_is_undefined(expected) || v_is_string(expected)) return V_UNDEFINED;
    if (v_is_kind(expected, CELL_REGEXP)) {
        String *s = to_string_rjs(vm, e);
        Value text = s ? v_from_string(s) : V_EXC, ok = s ? call_method_rjs(vm, expected, "test", 1, &text) : V_EXC;
        return v_is_exc(ok) ? V_EXC : to_boolean(ok) ? V_UNDEFINED : fail(vm, A_MATCH, message, text, expected);
    }
    if (v_is_callable(expected)) {
        Value proto = get_rjs(vm, expected, A_(vm, prototype));
        if (v_is_exc(proto)) return V_EXC;
        int is = v_is_object(proto) ? instance_of_rjs(vm, e, expected) : 0;
        if (is < 0) return V_EXC;
        if (is) return V_UNDEFINED;
        if (v_is_object(proto)) { // an error class that does not fit: the error itself comes through
            int err = ordinary_has_instance_rjs(vm, vm->realm->Error, proto);
            if (err < 0) return V_EXC;
            if (err || expected == vm->realm->Error) return vm_throw_value(vm, e);
        }
        Value ok = CALL1(vm, expected, V_UNDEFINED, e);
        return v_is_exc(ok) ? V_EXC : ok == V_TRUE ? V_UNDEFINED : fail(vm, A_OK, v_is_undefined(message) ? v_str(vm, "The validation function is expected to return \"true\".") : message, e, expected);
    }
    Array *keys = object_own_keys_rjs(vm, expected, KEYS_STRINGS);
    for (u32 i = 0; keys && i < keys->length; i++) {
        PropKey k = key_from_string(vm, v_string(obj_elems(&keys->o)->v[i]));
        Value want = get_rjs(vm, expected, k), got = v_is_object(e) ? get_rjs(vm, e, k) : V_UNDEFINED;
        if (v_is_exc(want) || v_is_exc(got)) return V_EXC;
        if (v_is_kind(want, CELL_REGEXP) && v_is_string(got)) {
            Value ok = call_method_rjs(vm, want, "test", 1, &got);
            if (v_is_exc(ok)) return V_EXC;
            if (to_boolean(ok)) continue;
        }
        int r = deep_equal_rjs(vm, got, want, EQUAL_STRICT);
        if (r < 0) return V_EXC;
        if (!r) return fail(vm, A_DEEP_STRICT, message, e, expected);
    }
    return keys ? V_UNDEFINED : V_EXC;
}
static Value missing_exception(VM *vm, Value expected, Value message, const char *what) {
    if (v_is_string(expected)) message = expected;
    Buf b = {0};
    buf_printf(&b, "Missing expected %s", what);
    if (v_is_callable(expected)) {
        Buf n = {0};
        buf_printf(&b, " (%s)", str_to_cstr(vm, v_string(function_name(vm, expected)), &n));
        buf_free(&n);
    }
    buf_u8(&b, '.');
    Value text = buf_take_str(vm, &b), e = assertion_error(vm, v_is_undefined(message) ? text : message, V_UNDEFINED, expected, what[0] == 'e' ? "throws" : "rejects", v_is_undefined(message));
    return v_is_exc(e) ? V_EXC : vm_throw_value(vm, e);
}
static Value assert_throws(VM *vm, Value self, int argc, Value *argv) { // throws (0), doesNotThrow (1)
    bool not = native_magic(vm);
    if (!v_is_callable(ARG(0))) return throw_arg_type(vm, "fn", "of type function", ARG(0));
    Value r = CALL0(vm, argv[0], V_UNDEFINED);
    if (!v_is_exc(r)) return not ? V_UNDEFINED : missing_exception(vm, ARG(1), ARG(2), "exception");
    if (vm_terminated(vm)) return V_EXC;
    Value e = vm_take_exception(vm);
    if (!not) return check_thrown_rjs(vm, e, ARG(1), ARG(2));
    Value m = v_is_object(e) ? get_rjs(vm, e, A_(vm, message)) : e;
    Buf b = {0};
    if (v_is_exc(m) || !utf8_arg_rjs(vm, m, &b)) return V_EXC;
    Value text = v_from_string(str_format(vm, "Got unwanted exception.\nActual message: \"%s\"", buf_cstr(&b)));
    buf_free(&b);
    return fail(vm, A_FAIL, text, e, V_UNDEFINED);
}
static Value assert_settled(VM *vm, Value self, int argc, Value *argv) { // slots: expected, message, promise, not; magic 1: rejected
    bool was_rejected = native_magic(vm);
    Value *s = native_slots(vm), p = s[2], r;
    bool not = s[3] == V_TRUE;
    if (!was_rejected) r = not ? V_UNDEFINED : missing_exception(vm, s[0], s[1], "rejection");
    else r = not ? fail(vm, A_FAIL, v_str(vm, "Got unwanted rejection."), ARG(0), V_UNDEFINED) : check_thrown_rjs(vm, ARG(0), s[0], s[1]);
    if (v_is_exc(r)) promise_reject(vm, p, vm_take_exception(vm));
    else promise_resolve(vm, p, V_UNDEFINED);
    return V_UNDEFINED;
}
static Value assert_rejects(VM *vm, Value self, int argc, Value *argv) { // rejects (0), doesNotReject (1)
    bool not = native_magic(vm);
    Value r = v_is_callable(ARG(0)) ? CALL0(vm, argv[0], V_UNDEFINED) : ARG(0), p = v_is_exc(r) ? V_EXC : promise_resolve_value_rjs(vm, vm->realm->Promise, r), out = promise_new(vm);
    if (v_is_exc(p)) return rejected(vm);
    Value n = v_from_bool(not);
    promise_then_native(vm, p, closure(vm, RUNTIME_ID(assert_internal_rows, 0), 4, ARG(1), ARG(2), out, n), closure(vm, RUNTIME_ID(assert_internal_rows, 1), 4, ARG(1), ARG(2), out, n));
    return out;
}
static Value assertion_error_ctor(VM *vm, Value self, int argc, Value *argv) {
    static const char *const names[] = {"actual", "expected", "operator"};
    Value message = prop_rjs(vm, ARG(0), "message");
    if (v_is_exc(message)) return V_EXC;
    Value e = assertion_error(vm, v_is_undefined(message) ? v_str(vm, "Failed") : message, V_UNDEFINED, V_UNDEFINED, "fail", v_is_undefined(message));
    for (u32 i = 0; !v_is_exc(e) && i < 3; i++) {
        Value v = prop_rjs(vm, ARG(0), names[i]);
        if (v_is_exc(v)) return V_EXC;
        prop_put(vm, e, names[i], v);
    }
    return e;
}
const NativeRow assert_internal_rows[] = {FN_MAGIC("", 1, assert_settled, 0), FN_MAGIC("", 1, assert_settled, 1), ROWS_END};
const NativeRow assert_rows[] = {
    CTOR("AssertionError", 1, assertion_error_ctor), FN_MAGIC("ok", 2, assert_op, A_OK), FN_MAGIC("equal", 3, assert_op, A_EQUAL), FN_MAGIC("notEqual", 3, assert_op, A_NOT_EQUAL),
    FN_MAGIC("strictEqual", 3, assert_op, A_STRICT), FN_MAGIC("notStrictEqual", 3, assert_op, A_NOT_STRICT), FN_MAGIC("deepEqual", 3, assert_op, A_DEEP),
    FN_MAGIC("notDeepEqual", 3, assert_op, A_NOT_DEEP), FN_MAGIC("deepStrictEqual", 3, assert_op, A_DEEP_STRICT), FN_MAGIC("notDeepStrictEqual", 3, assert_op, A_NOT_DEEP_STRICT),
    FN_MAGIC("fail", 1, assert_op, A_FAIL), FN_MAGIC("ifError", 1, assert_op, A_IF_ERROR), FN_MAGIC("match", 3, assert_op, A_MATCH), FN_MAGIC("doesNotMatch", 3, assert_op, A_NOT_MATCH),
    FN_MAGIC("throws", 3, assert_throws, 0), FN_MAGIC("doesNotThrow", 3, assert_throws, 1), FN_MAGIC("rejects", 3, assert_rejects, 0), FN_MAGIC("doesNotReject", 3, assert_rejects, 1), ROWS_END,
};
const NativeRow assert_call_rows[] = {FN_MAGIC("ok", 2, assert_op, A_OK), FN_MAGIC("strict", 2, assert_op, A_OK), ROWS_END};
static Value exports_new(VM *vm, bool strict) {
    static const char *const pairs[][2] = {{"equal", "strictEqual"}, {"notEqual", "notStrictEqual"}, {"deepEqual", "deepStrictEqual"}, {"notDeepEqual", "notDeepStrictEqual"}};
    Value f = native_make(vm, RUNTIME_ID(assert_call_rows, strict));
    func_materialize(vm, v_object(f));
    exports_rows(vm, f, RT_assert_rows);
    for (u32 i = 0; strict && i < DX_COUNTOF(pairs); i++) prop_put(vm, f, pairs[i][0], object_own_data(vm, v_object(f), key_c(vm, pairs[i][1])));
    return f;
}
Value assert_module(VM *vm) {
    Value f = exports_new(vm, false), s = exports_new(vm, true), ctor = object_own_data(vm, v_object(f), key_c(vm, "AssertionError")), proto = v_obj(object_new_proto(vm, vm->realm->ErrorPrototype));
    func_materialize(vm, v_object(ctor));
    object_put(vm, v_object(ctor), A_(vm, prototype), proto, 0);
    object_put(vm, v_object(proto), A_(vm, constructor), ctor, ATTR_WC);
    object_put(vm, v_object(proto), A_(vm, name), v_str(vm, "AssertionError"), ATTR_WC);
    prop_put(vm, s, "AssertionError", ctor);
    prop_put(vm, f, "strict", s);
    prop_put(vm, s, "strict", s);
    return f;
}
Value assert_strict_module(VM *vm) { return object_own_data(vm, v_object(node_exports(vm, "assert")), key_c(vm, "strict")); }
