// SPDX-License-Identifier: MIT
// expect.poll(fn).matcher(...): calls fn and the assertion again after each interval of the real clock, until it holds or the time is up.
// It begins when somebody waits for it, and says so when nobody does.
#include "runtime/expect/expectation.h"

enum { P_FN, P_INDEX, P_CUSTOM, P_FLAGS, P_MESSAGE, P_ARGS, P_INTERVAL, P_TIMEOUT, P_DEADLINE, P_PROMISE, P_SITE, P_NAME, P_COUNT }; // of the shared ValueArray
enum { ROW_THEN, ROW_CATCH, ROW_FINALLY, ROW_TRY, ROW_GOT, ROW_FAILED, ROW_PASSED, ROW_AWAITED };

static ValueArray *state_of(VM *vm) { return v_ptr(native_slots(vm)[0]); }
static Value with_state(VM *vm, u32 row, ValueArray *p) { return closure(vm, RUNTIME_ID(poll_rows, row), 1, v_from_ptr(TAG_INTERNAL, p)); }

static bool again_rjs(VM *vm, ValueArray *p, Value error) {
    if ((f64)(runtime_now_ns() / 1000000) >= v_num(p->v[P_DEADLINE])) {
        if (v_is_object(error) && object_find_data(vm, error, A_(vm, cause)) == V_HOLE)
            object_put(vm, v_object(error), A_(vm, cause), error_new(vm, REALM_ErrorPrototype, v_str(vm, "Matcher did not succeed in time.")), ATTR_WC);
        promise_reject(vm, p->v[P_PROMISE], error);
        return true;
    }
    Value api = object_own_data(vm, v_object(vm->realm->TestApi), A_(vm, vi)), fake = call_method_rjs(vm, api, "isFakeTimers", 0, NULL);
    if (fake == V_TRUE && v_is_exc(call_method_rjs(vm, api, "advanceTimersByTime", 1, &p->v[P_INTERVAL]))) return false;
    return !v_is_exc(CALL2(vm, native_make(vm, RUNTIME_ID(timer_global_rows, 0)), V_UNDEFINED, with_state(vm, ROW_TRY, p), p->v[P_INTERVAL]));
}
static bool failed_rjs(VM *vm, ValueArray *p) { // by the pending exception
    return !vm_terminated(vm) && again_rjs(vm, p, vm_take_exception(vm));
}
static Value poll_failed(VM *vm, Value self, int argc, Value *argv) { return again_rjs(vm, state_of(vm), ARG(0)) ? V_UNDEFINED : V_EXC; }
static Value poll_passed(VM *vm, Value self, int argc, Value *argv) {
    promise_resolve(vm, state_of(vm)->v[P_PROMISE], V_UNDEFINED);
    return V_UNDEFINED;
}
static Value poll_got(VM *vm, Value self, int argc, Value *argv) { // what fn gave: the assertion
    ValueArray *p = state_of(vm);
    Call c = {(u32)v_int(p->v[P_INDEX]), p->v[P_CUSTOM], p->v[P_NAME], p->v[P_SITE]};
    Array *args = v_array(p->v[P_ARGS]);
    Value r = call_run_rjs(vm, &c, ARG(0), (u32)v_int(p->v[P_FLAGS]), p->v[P_MESSAGE], (int)args->length, args->length ? obj_elems(&args->o)->v : NULL, false, NULL);
    if (v_is_exc(r)) return failed_rjs(vm, p) ? V_UNDEFINED : V_EXC;
    if (v_is_kind(r, CELL_PROMISE)) promise_then_native(vm, r, with_state(vm, ROW_PASSED, p), with_state(vm, ROW_FAILED, p));
    else promise_resolve(vm, p->v[P_PROMISE], V_UNDEFINED);
    return V_UNDEFINED;
}
static Value poll_try(VM *vm, Value self, int argc, Value *argv) {
    ValueArray *p = state_of(vm);
    Value r = CALL0(vm, p->v[P_FN], V_UNDEFINED), promise = v_is_exc(r) ? V_EXC : promise_resolve_value_rjs(vm, vm->realm->Promise, r);
    if (v_is_exc(promise)) return failed_rjs(vm, p) ? V_UNDEFINED : V_EXC;
    promise_then_native(vm, promise, with_state(vm, ROW_GOT, p), with_state(vm, ROW_FAILED, p));
    return V_UNDEFINED;
}
static Value poll_then(VM *vm, Value self, int argc, Value *argv) { // then, catch, finally (magic)
    static const char *const names[] = {"then", "catch", "finally"};
    u32 how = native_magic(vm);
    ValueArray *p = state_of(vm);
    if (v_is_undefined(p->v[P_PROMISE])) {
        heap_set(vm, &p->v[P_PROMISE], promise_new(vm));
        heap_set(vm, &p->v[P_DEADLINE], v_from_num((f64)(runtime_now_ns() / 1000000) + v_num(p->v[P_TIMEOUT])));
        vm_mark_impure(vm, IMPURE_CLOCK);
        if (v_is_exc(CALL0(vm, with_state(vm, ROW_TRY, p), V_UNDEFINED))) return V_EXC;
    }
    return call_method_rjs(vm, p->v[P_PROMISE], names[how], argc, argv);
}
static Value poll_awaited(VM *vm, Value self, int argc, Value *argv) { // when the test is over
    ValueArray *p = state_of(vm);
    if (!v_is_undefined(p->v[P_PROMISE])) return V_UNDEFINED;
    Call c = {(u32)v_int(p->v[P_INDEX]), p->v[P_CUSTOM], p->v[P_NAME], V_UNDEFINED};
    const char *not = (u32)v_int(p->v[P_FLAGS]) & EX_NOT ? "not." : "";
    return throw_error(vm, "expect.poll(assertion).%s%s() was not awaited. This assertion is asynchronous and must be awaited; otherwise, it is not executed to avoid unhandled rejections:\n\nawait expect.poll(assertion).%s%s()\n",
                       not, call_name(&c), not, call_name(&c));
}
const NativeRow poll_rows[] = {
    FN_MAGIC("then", 2, poll_then, 0), FN_MAGIC("catch", 1, poll_then, 1), FN_MAGIC("finally", 1, poll_then, 2), FN("", 0, poll_try), FN("", 1, poll_got),
    FN("", 1, poll_failed), FN("", 0, poll_passed), FN("", 0, poll_awaited), ROWS_END,
};

Value poll_start(VM *vm, HostObject *o, const Call *c, int argc, Value *argv) {
    static const char *const unsupported[] = {"toMatchSnapshot", "toMatchInlineSnapshot", "toThrowErrorMatchingSnapshot", "toThrowErrorMatchingInlineSnapshot", "throws", "Throw", "throw", "toThrow", "toThrowError"};
    for (u32 i = 0; i < DX_COUNTOF(unsupported); i++)
        if (!strcmp(call_name(c), unsupported[i]))
            return throw_error(vm, "expect.poll() is not supported in combination with .%s(). Use vi.waitFor() if your assertion condition is unstable.", unsupported[i]);
    ValueArray *p = values_new(vm, P_COUNT);
    Value *times = obj_elems(v_object(o->data[3]))->v;
    const Value init[P_COUNT] = {
        [P_FN] = o->data[0], [P_INDEX] = v_from_int((i32)c->index), [P_CUSTOM] = c->custom, [P_FLAGS] = v_from_int((i32)((u32)v_int(o->data[1]) & ~(u32)EX_POLL)),
        [P_MESSAGE] = o->data[2], [P_ARGS] = array_create_from_list(vm, argv, (u32)argc), [P_INTERVAL] = times[0], [P_TIMEOUT] = times[1],
        [P_DEADLINE] = V_UNDEFINED, [P_PROMISE] = V_UNDEFINED, [P_SITE] = V_UNDEFINED, [P_NAME] = c->name,
    };
    memcpy(p->v, init, sizeof init);
    Value result = v_obj(object_new(vm));
    static const char *const names[] = {"then", "catch", "finally"};
    for (u32 i = 0; i < 3; i++) prop_put(vm, result, names[i], with_state(vm, ROW_THEN + i, p));
    Hook *h = hook_new(dxtest, with_state(vm, ROW_AWAITED, p), 0);
    h->next = dxtest->current->finished;
    dxtest->current->finished = h;
    return result;
}

Value expect_poll(VM *vm, Value self, int argc, Value *argv) { // (fn, {interval, timeout, message})
    Value interval = v_from_int(50), timeout = v_from_int(1000), message = V_UNDEFINED, o = ARG(1);
    if (!dxtest || !dxtest->current) return throw_error(vm, "expect.poll() must be called inside a test");
    if (!v_is_callable(ARG(0))) return vm_throw(vm, ERR_V_NOT_FUNCTION, ARG(0));
    if (v_is_object(o)) {
        Value i = prop_rjs(vm, o, "interval"), t = v_is_exc(i) ? V_EXC : prop_rjs(vm, o, "timeout");
        message = v_is_exc(t) ? V_EXC : prop_rjs(vm, o, "message");
        if (v_is_exc(message)) return V_EXC;
        if (v_is_number(i)) interval = i;
        if (v_is_number(t)) timeout = t;
    }
    vm->assertions++;
    Value e = expectation_new(vm, argv[0], EX_POLL, message);
    expectation_of(e)->data[3] = array_create_from_list(vm, (Value[]){interval, timeout}, 2);
    return e;
}
