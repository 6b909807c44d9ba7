// SPDX-License-Identifier: MIT
// Calling a function of the test file and waiting for what it returns: promise or `done`, within a time limit.
#include "runtime/suite/suite.h"

#include "runtime/expect/pretty.h"
#include "vm/cells.h"

static u64 deadline_after(u32 timeout_ms) {
    return timeout_ms >= 0xFFFFFFFE ? UINT64_MAX : runtime_now_ns() + (u64)timeout_ms * 1000000;
}

static Value throw_timeout(Dxtest *t, u32 ms, const char *what, bool done) {
    VM *vm = t->vm;
    bool hook = strcmp(what, "test") != 0;
    String *s;
    if (t->dialect == DIALECT_VITEST) {
        s = str_format(vm, "%s timed out in %ums.\nIf this is a long-running %s, pass a timeout value as the last argument or configure it globally with \"%s\".",
                       hook ? "Hook" : "Test", ms, hook ? "hook" : "test", hook ? "hookTimeout" : "testTimeout");
        return vm_throw_value(vm, error_new(vm, REALM_ErrorPrototype, v_from_string(s)));
    }
    s = str_format(vm, "Exceeded timeout of %u ms for a %s%s.\nAdd a timeout value to this test to increase the timeout, if this is a long-running test. See https://jestjs.io/docs/api#testname-fn-timeout.",
                   ms, hook ? "hook" : "test", done ? " while waiting for `done()` to be called" : "");
    return vm_throw_value(vm, v_from_string(s));
}

void promise_mark_handled(VM *vm, Value promise) {
    PromiseObject *p = (PromiseObject *)v_ptr(promise);
    HEAP_STORE(vm, p->flags, p->flags | PROMISE_HANDLED);
}

// ---- done

static Value done_call(VM *vm, Value self, int argc, Value *argv) { // done(error?): slot 0 the promise it settles
    Value promise = native_slots(vm)[0];
    if (promise_state(promise) != PROMISE_PENDING) return V_UNDEFINED;
    if (argc > 0 && to_boolean(argv[0])) promise_reject(vm, promise, argv[0]);
    else promise_fulfill(vm, promise, V_UNDEFINED);
    return V_UNDEFINED;
}
const NativeRow run_rows[] = {FN("done", 1, done_call), ROWS_END};

// The callback of the done protocol is passed when the function declares one parameter more than it is given.
static bool wants_done(VM *vm, Value f, int argc) {
    if (dxtest->dialect == DIALECT_VITEST) return false;
    Value n = object_find_data(vm, f, A_(vm, length));
    if (v_object(f)->cell.flags & OBJ_LAZY_FUNC && v_is_kind(f, CELL_FUNCTION)) n = v_from_int(((Function *)v_ptr(f))->code->info->length);
    return v_is_int(n) && v_int(n) > argc;
}

static Value throw_returned_value(Dxtest *t, Value r, const char *what) { // Jest takes only undefined or a promise
    VM *vm = t->vm;
    String *shown = pretty_inline_rjs(vm, r, 0);
    if (!shown) return V_EXC;
    Buf b = {0};
    Value msg = v_from_string(str_format(vm, "%s functions can only return Promise or undefined.\nReturned value: %s", what, str_to_cstr(vm, shown, &b)));
    buf_free(&b);
    return vm_throw_value(vm, error_new(vm, REALM_ErrorPrototype, msg));
}

// ---- calling

void call_prepare(Call *c, u32 timeout_ms, const char *what) {
    *c = (Call){deadline_after(timeout_ms), timeout_ms, NO_ROOT, NO_ROOT, what, false};
}

void call_await(Dxtest *t, Call *c, Value promise) {
    promise_mark_handled(t->vm, promise);
    t->loop_dry = false; // what was called may have set timers
    c->promise = runtime_root(t, promise);
}

static Value with_done(Dxtest *t, Call *c, int argc, Value *argv) { // the arguments and the callback
    VM *vm = t->vm;
    Value promise = promise_new(vm);
    NativeFunction *d = native_new(vm, RUNTIME_ID(run_rows, 0), 1);
    d->slots[0] = promise;
    Array *all = array_new(vm, (u32)argc + 1);
    for (int i = 0; i < argc; i++) array_push(vm, all, argv[i]);
    array_push(vm, all, v_obj(d));
    t->loop_dry = false;
    c->done = runtime_root(t, promise);
    return v_from_array(all);
}

// Vitest fails what took too long even where no timer could end it.
static bool overran(Dxtest *t, Call *c) {
    if (t->dialect != DIALECT_VITEST || c->what[0] == 'd' || c->deadline == UINT64_MAX || runtime_now_ns() < c->deadline) return false;
    c->timed_out = true;
    return v_is_exc(throw_timeout(t, c->timeout_ms, c->what, false));
}

enum CallState call_start_rjs(Dxtest *t, Call *c, Value f, Value self, int argc, Value *argv, Value *out) {
    VM *vm = t->vm;
    bool is_describe = c->what[0] == 'd', thenable = false;
    Value all = !is_describe && wants_done(vm, f, argc) ? with_done(t, c, argc, argv) : V_UNDEFINED;
    if (v_is_array(all)) argv = obj_elems(v_object(all))->v, argc++;
    Value r = vm_call(vm, f, self, argc, argv);
    if (v_is_object(r)) {
        Value then = get_rjs(vm, r, A_(vm, then));
        thenable = v_is_callable(then);
        if (v_is_exc(then)) r = V_EXC;
    }
    if (thenable && is_describe && t->dialect == DIALECT_JEST)
        r = vm_throw(vm, ERR_CUSTOM_ERROR, "Returning a Promise from \"describe\" is not supported. Tests must be defined synchronously.");
    else if (thenable) r = promise_resolve_value_rjs(vm, vm->realm->Promise, r);
    if (!v_is_exc(r) && !thenable && c->done == NO_ROOT && !v_is_undefined(r) && c->what[0] == 't' && t->dialect == DIALECT_JEST)
        r = throw_returned_value(t, r, c->what);
    if (v_is_exc(r)) {
        runtime_root_free(t, &c->done);
        return CALL_THREW;
    }
    *out = r;
    if (thenable) {
        call_await(t, c, r);
        if (t->dialect == DIALECT_BUN) runtime_root_free(t, &c->done); // there the promise decides alone
    }
    if (!thenable && c->done == NO_ROOT) return overran(t, c) ? CALL_THREW : CALL_DONE;
    loop_jobs(vm);
    return call_poll_rjs(t, c, out);
}

enum CallState call_poll_rjs(Dxtest *t, Call *c, Value *out) {
    VM *vm = t->vm;
    while (c->promise != NO_ROOT || c->done != NO_ROOT) {
        u32 *at = c->promise != NO_ROOT ? &c->promise : &c->done;
        Value p = runtime_value(t, *at);
        bool late = t->loop_dry || runtime_now_ns() >= c->deadline;
        if (promise_state(p) == PROMISE_PENDING && !late) {
            if (c->deadline < t->next_deadline) t->next_deadline = c->deadline;
            return CALL_WAITING;
        }
        t->progress++;
        bool pending = promise_state(p) == PROMISE_PENDING, rejected = promise_state(p) == PROMISE_REJECTED, done = at == &c->done;
        runtime_root_free(t, at);
        if (!pending && !rejected) {
            if (!done) *out = promise_result(p);
            continue;
        }
        runtime_root_free(t, &c->done);
        c->timed_out = pending;
        if (pending) throw_timeout(t, c->timeout_ms, c->what, done);
        else vm_throw_value(vm, promise_result(p));
        return CALL_THREW;
    }
    return overran(t, c) ? CALL_THREW : CALL_DONE;
}

Value run_and_wait_rjs(Dxtest *t, Value f, Value self, int argc, Value *argv, u32 timeout_ms, const char *what) {
    Call c;
    Value r = V_UNDEFINED;
    call_prepare(&c, timeout_ms, what);
    enum CallState s = call_start_rjs(t, &c, f, self, argc, argv, &r);
    while (s == CALL_WAITING) {
        if (!loop_jobs(t->vm)) t->loop_dry = !loop_turn(t->vm, c.deadline);
        loop_jobs(t->vm);
        s = call_poll_rjs(t, &c, &r);
        t->loop_dry = false;
    }
    return s == CALL_DONE ? r : V_EXC;
}
