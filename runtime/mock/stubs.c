// SPDX-License-Identifier: MIT
// What else the jest and vi objects replace for a while, or wait for: stubEnv, replaceProperty, waitFor, waitUntil.
#include "runtime/mock/modules.h"

#include "runtime/node/node.h"

// ---- stubEnv: vm->roots[ROOT_STUBBED_ENV], flat array of name, value or undefined

static Value api_stub_env(VM *vm, Value self, int argc, Value *argv) {
    String *name = to_string_rjs(vm, ARG(0));
    Value env = name ? process_env(vm) : V_EXC;
    if (v_is_exc(env)) return V_EXC;
    PropKey k = key_from_string(vm, name);
    int has = object_has_rjs(vm, env, k);
    Value old = has > 0 ? get_rjs(vm, env, k) : V_UNDEFINED;
    if (has < 0 || v_is_exc(old)) return V_EXC;
    if (!v_is_array(vm->roots[ROOT_STUBBED_ENV])) vm->roots[ROOT_STUBBED_ENV] = v_from_array(array_new(vm, 4));
    Array *a = v_array(vm->roots[ROOT_STUBBED_ENV]);
    bool known = false;
    for (u32 i = 0; i < a->length; i += 2) known |= same_value(vm, obj_elems(&a->o)->v[i], v_from_string(name));
    if (!known) {
        array_push(vm, a, v_from_string(name));
        array_push(vm, a, old);
    }
    Value v = ARG(1);
    if (v_is_bool(v)) v = v_str(vm, v == V_TRUE ? "1" : "");
    int r = v_is_undefined(v) ? object_delete_rjs(vm, env, k) : object_set_rjs(vm, env, k, v, env);
    return r < 0 ? V_EXC : self;
}
static Value api_unstub_envs(VM *vm, Value self, int argc, Value *argv) {
    Value list = vm->roots[ROOT_STUBBED_ENV], env = v_is_array(list) ? process_env(vm) : V_UNDEFINED;
    if (v_is_exc(env)) return V_EXC;
    for (u32 i = 0; v_is_array(list) && i < v_array(list)->length; i += 2) {
        Value *e = obj_elems(v_object(list))->v;
        PropKey k = key_from_string(vm, v_string(e[i]));
        int r = v_is_undefined(e[i + 1]) ? object_delete_rjs(vm, env, k) : object_set_rjs(vm, env, k, e[i + 1], env);
        if (r < 0) return V_EXC;
    }
    vm->roots[ROOT_STUBBED_ENV] = V_UNDEFINED;
    return self;
}

// ---- replaceProperty: vm->roots[ROOT_REPLACED], flat array of object, key, original

static bool replaced_restore_rjs(VM *vm, Value obj, PropKey k) { // k V_HOLE: all
    Value list = vm->roots[ROOT_REPLACED];
    if (!v_is_array(list)) return true;
    Array *rest = array_new(vm, 4);
    for (u32 i = 0; i < v_array(list)->length; i += 3) {
        Value *e = obj_elems(v_object(list))->v;
        PropKey key;
        if (!to_property_key_rjs(vm, e[i + 1], &key)) return false;
        if (k == V_HOLE || (e[i] == obj && key == k)) {
            if (object_set_rjs(vm, e[i], key, e[i + 2], e[i]) < 0) return false;
            continue;
        }
        for (u32 x = 0; x < 3; x++) array_push(vm, rest, e[i + x]);
    }
    vm->roots[ROOT_REPLACED] = v_from_array(rest);
    return true;
}
bool replaced_restore_all_rjs(VM *vm) { return replaced_restore_rjs(vm, V_UNDEFINED, V_HOLE); }
static Value replaced_act(VM *vm, Value self, int argc, Value *argv) { // replaceValue (0), restore (1); slots: object, key
    bool restore = native_magic(vm);
    Value *s = native_slots(vm), obj = s[0];
    PropKey k;
    if (!to_property_key_rjs(vm, s[1], &k)) return V_EXC;
    if (restore) return replaced_restore_rjs(vm, obj, k) ? V_UNDEFINED : V_EXC;
    return object_set_rjs(vm, obj, k, ARG(0), obj) < 0 ? V_EXC : self;
}
static Value replace_error(VM *vm, const char *fmt, Value key) {
    Buf b = {0};
    if (!utf8_arg_rjs(vm, v_is_symbol(key) ? symbol_descriptive_string(vm, v_symbol(key)) : key, &b)) return V_EXC;
    String *s = str_format(vm, fmt, buf_cstr(&b), buf_cstr(&b));
    buf_free(&b);
    return vm_throw_value(vm, error_new(vm, REALM_ErrorPrototype, v_from_string(s)));
}
static Value api_replace_property(VM *vm, Value self, int argc, Value *argv) {
    PropKey k;
    if (!v_is_object(ARG(0))) return throw_error(vm, "Cannot use replaceProperty on a primitive value; an object must be given");
    if (v_is_nullish(ARG(1))) return throw_error(vm, "No property name supplied");
    if (!to_property_key_rjs(vm, argv[1], &k)) return V_EXC;
    int has = object_has_rjs(vm, argv[0], k);
    Value old = has > 0 ? get_rjs(vm, argv[0], k) : V_EXC;
    if (has == 0) return replace_error(vm, "Property `%s` does not exist in the provided object", argv[1]);
    if (v_is_exc(old)) return V_EXC;
    if (v_is_callable(old)) return replace_error(vm, "Cannot replace the `%s` property because it is a function. Use `jest.spyOn(object, '%s')` instead.", argv[1]);
    if (!v_is_array(vm->roots[ROOT_REPLACED])) vm->roots[ROOT_REPLACED] = v_from_array(array_new(vm, 6));
    Array *a = v_array(vm->roots[ROOT_REPLACED]);
    bool known = false;
    for (u32 i = 0; i < a->length; i += 3) known |= obj_elems(&a->o)->v[i] == argv[0] && same_value(vm, obj_elems(&a->o)->v[i + 1], argv[1]);
    if (!known) {
        array_push(vm, a, argv[0]);
        array_push(vm, a, argv[1]);
        array_push(vm, a, old);
    }
    if (object_set_rjs(vm, argv[0], k, ARG(2), argv[0]) < 0) return V_EXC;
    Value out = v_obj(object_new(vm));
    prop_put(vm, out, "replaceValue", closure(vm, RUNTIME_ID(stub_rows, 0), 2, argv[0], argv[1]));
    prop_put(vm, out, "restore", closure(vm, RUNTIME_ID(stub_rows, 1), 2, argv[0], argv[1]));
    return out;
}

// ---- waitFor, waitUntil: tries, then tries again after each interval of the real clock

enum { W_PROMISE, W_CALLBACK, W_DEADLINE, W_INTERVAL, W_UNTIL, W_COUNT };
static bool wait_later_rjs(VM *vm, Value *s, Value error) { // error V_HOLE: not yet truthy
    if ((f64)(runtime_now_ns() / 1000000) >= v_num(s[W_DEADLINE])) {
        if (error == V_HOLE) error = error_new(vm, REALM_ErrorPrototype, v_str(vm, "Timed out in waitUntil!"));
        promise_reject(vm, s[W_PROMISE], error);
        return true;
    }
    Value api = object_own_data(vm, v_object(vm->realm->TestApi), A_(vm, vi));
    Value fake = call_method_rjs(vm, api, "isFakeTimers", 0, NULL);
    if (fake == V_TRUE && v_is_exc(call_method_rjs(vm, api, "advanceTimersByTime", 1, &s[W_INTERVAL]))) return false;
    Value f = closure(vm, RUNTIME_ID(stub_rows, 2), W_COUNT, s[0], s[1], s[2], s[3], s[4]);
    return !v_is_exc(CALL2(vm, native_make(vm, RUNTIME_ID(timer_global_rows, 0)), V_UNDEFINED, f, s[W_INTERVAL]));
}
static Value wait_settled(VM *vm, Value self, int argc, Value *argv) { // magic 1: the callback's promise was rejected
    bool failed = native_magic(vm);
    Value *s = native_slots(vm);
    if (!failed && (s[W_UNTIL] != V_TRUE || to_boolean(ARG(0)))) {
        promise_resolve(vm, s[W_PROMISE], ARG(0));
        return V_UNDEFINED;
    }
    return wait_later_rjs(vm, s, failed ? ARG(0) : V_HOLE) ? V_UNDEFINED : V_EXC;
}
static Value wait_try(VM *vm, Value self, int argc, Value *argv) {
    Value *s = native_slots(vm), r = CALL0(vm, s[W_CALLBACK], V_UNDEFINED);
    if (v_is_exc(r)) {
        if (vm_terminated(vm)) return V_EXC;
        Value e = vm_take_exception(vm);
        if (s[W_UNTIL] == V_TRUE) return promise_reject(vm, s[W_PROMISE], e), V_UNDEFINED;
        return wait_later_rjs(vm, s, e) ? V_UNDEFINED : V_EXC;
    }
    if (v_is_kind(r, CELL_PROMISE)) {
        promise_then_native(vm, r, closure(vm, RUNTIME_ID(stub_rows, 3), W_COUNT, s[0], s[1], s[2], s[3], s[4]), closure(vm, RUNTIME_ID(stub_rows, 4), W_COUNT, s[0], s[1], s[2], s[3], s[4]));
        return V_UNDEFINED;
    }
    if (s[W_UNTIL] == V_TRUE && !to_boolean(r)) return wait_later_rjs(vm, s, V_HOLE) ? V_UNDEFINED : V_EXC;
    promise_resolve(vm, s[W_PROMISE], r);
    return V_UNDEFINED;
}
static Value api_wait(VM *vm, Value self, int argc, Value *argv) { // waitFor (0), waitUntil (1)
    bool until = native_magic(vm);
    f64 timeout = 1000, interval = 50;
    Value o = ARG(1);
    if (v_is_number(o)) timeout = v_num(o);
    else if (v_is_object(o)) {
        Value t = prop_rjs(vm, o, "timeout"), i = prop_rjs(vm, o, "interval");
        if (v_is_exc(t) || v_is_exc(i)) return V_EXC;
        if (v_is_number(t)) timeout = v_num(t);
        if (v_is_number(i)) interval = v_num(i);
    }
    vm_mark_impure(vm, IMPURE_CLOCK);
    Value p = promise_new(vm);
    Value f = closure(vm, RUNTIME_ID(stub_rows, 2), W_COUNT, p, ARG(0), v_from_num((f64)(runtime_now_ns() / 1000000) + timeout), v_from_num(interval), v_from_bool(until));
    return v_is_exc(CALL0(vm, f, V_UNDEFINED)) ? V_EXC : p;
}

const NativeRow stub_rows[] = {
    FN_MAGIC("replaceValue", 1, replaced_act, 0), FN_MAGIC("restore", 0, replaced_act, 1), FN("", 0, wait_try), FN_MAGIC("", 1, wait_settled, 0),
    FN_MAGIC("", 1, wait_settled, 1), ROWS_END,
};
const NativeRow stub_api_rows[] = { // on the jest and vi objects
    FN("stubEnv", 2, api_stub_env), FN("unstubAllEnvs", 0, api_unstub_envs), FN("replaceProperty", 3, api_replace_property),
    FN_MAGIC("waitFor", 2, api_wait, 0), FN_MAGIC("waitUntil", 2, api_wait, 1), ROWS_END,
};
