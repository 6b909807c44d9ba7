// SPDX-License-Identifier: MIT
// The context that Vitest passes to tests and each-hooks: task, expect, signal, skip, annotate, onTestFinished, onTestFailed. It is a function,
// which throws when it is called as the old `done` callback was.
#include "runtime/suite/suite.h"

#include "runtime/expect/expect.h"

enum { CTX_SIGNAL, CTX_TASK, CTX_SLOTS }; // slots of the context: signal once asked for; the task object

static Value context_call(VM *vm, Value self, int argc, Value *argv) { return throw_error(vm, "done() callback is deprecated, use promise instead"); }

static Value *context_slots(Value ctx) {
    bool is = v_is_kind(ctx, CELL_NATIVE) && ((NativeFunction *)v_ptr(ctx))->id == RUNTIME_ID(context_call_rows, 0);
    return is ? ((NativeFunction *)v_ptr(ctx))->slots : NULL;
}
static Value context_signal(VM *vm, Value self, int argc, Value *argv) { // get signal: aborted when the test runs out of time
    Value *s = context_slots(self);
    if (s && v_is_undefined(s[CTX_SIGNAL])) heap_set(vm, &s[CTX_SIGNAL], abort_signal_new(vm));
    return s ? s[CTX_SIGNAL] : V_UNDEFINED;
}
void vitest_context_abort(VM *vm, Value ctx, Value reason) {
    Value *s = context_slots(ctx);
    if (s && v_is_object(s[CTX_SIGNAL])) abort_signal_abort_rjs(vm, s[CTX_SIGNAL], reason);
}

static Value context_skip(VM *vm, Value self, int argc, Value *argv) { // skip(note) or skip(condition, note): ends the body
    Dxtest *t = dxtest;
    if (!t || !t->current) return vm_throw(vm, ERR_CUSTOM_ERROR, "skip() can only be called inside a test");
    if (argc > 0 && v_is_bool(argv[0]) && !to_boolean(argv[0])) return V_UNDEFINED;
    t->current->ctx_skipped = true;
    return vm_throw(vm, ERR_CUSTOM_ERROR, "test is skipped; abort execution");
}
static Value context_annotate(VM *vm, Value self, int argc, Value *argv) { // annotate(message, type?, attachment?): kept on task.annotations
    Value task = native_slots(vm)[0], type = v_is_string(ARG(1)) ? argv[1] : v_str(vm, "notice"), attachment = v_is_object(ARG(1)) ? argv[1] : ARG(2);
    Value note = v_obj(object_new(vm)), all = object_own_data(vm, v_object(task), key_c(vm, "annotations"));
    prop_put(vm, note, "message", ARG(0));
    prop_put(vm, note, "type", type);
    if (!v_is_undefined(attachment)) prop_put(vm, note, "attachment", attachment);
    if (v_is_array(all)) array_push(vm, v_array(all), note);
    return promise_resolve_value_rjs(vm, vm->realm->Promise, note);
}

static Value text(VM *vm, const char *s) { return v_from_string(str_new_utf8(vm, s, strlen(s))); }

static Value file_task(Dxtest *t) {
    VM *vm = t->vm;
    Value file = v_obj(object_new(vm));
    prop_put(vm, file, "type", v_str(vm, "suite"));
    prop_put(vm, file, "filepath", text(vm, t->file_path));
    prop_put(vm, file, "name", text(vm, t->file_path));
    return file;
}
static Value suite_task(Dxtest *t, const Suite *s) {
    VM *vm = t->vm;
    if (!s || !s->parent) return V_UNDEFINED;
    Value o = v_obj(object_new(vm));
    prop_put(vm, o, "type", v_str(vm, "suite"));
    prop_put(vm, o, "name", text(vm, s->title));
    prop_put(vm, o, "suite", suite_task(t, s->parent));
    return o;
}
Value vitest_suite_task(Dxtest *t, const Suite *s) {
    if (!s->parent) return file_task(t);
    Value o = suite_task(t, s);
    prop_put(t->vm, o, "file", file_task(t));
    return o;
}
static Value test_task(Dxtest *t, Test *x) {
    VM *vm = t->vm;
    Value task = v_obj(object_new(vm)), file = file_task(t);
    prop_put(vm, task, "type", v_str(vm, "test"));
    prop_put(vm, task, "name", text(vm, x->title));
    prop_put(vm, task, "fullName", text(vm, test_full_name(t, x, " > ")));
    prop_put(vm, task, "mode", v_str(vm, "run"));
    prop_put(vm, task, "suite", suite_task(t, x->parent));
    prop_put(vm, task, "file", file);
    prop_put(vm, task, "meta", v_obj(object_new(vm)));
    prop_put(vm, task, "annotations", v_from_array(array_new(vm, 0)));
    prop_put(vm, task, "timeout", v_from_u32(test_timeout(t, x->timeout_ms)));
    prop_put(vm, task, "retry", v_from_u32(x->retry));
    prop_put(vm, task, "repeats", v_from_u32(x->repeats));
    prop_put(vm, task, "fails", v_from_bool(x->flags & TF_FAILING));
    prop_put(vm, task, "concurrent", v_from_bool(x->flags & TF_CONCURRENT));
    return task;
}
void vitest_context_result(Dxtest *t, Test *x, Value ctx) { // task.result, as hooks of the test's end see it
    VM *vm = t->vm;
    Value *s = context_slots(ctx), result = v_obj(object_new(vm));
    if (!s) return;
    Array *errors = array_new(vm, x->failure_count);
    for (u32 i = 0; i < x->failure_count; i++) {
        Value e = v_obj(object_new(vm));
        prop_put(vm, e, "message", text(vm, x->failures[i].message));
        prop_put(vm, e, "stack", text(vm, x->failures[i].stack));
        array_push(vm, errors, e);
    }
    prop_put(vm, result, "state", v_str(vm, x->ctx_skipped ? "skip" : x->failure_count ? "fail" : "pass"));
    if (x->failure_count) prop_put(vm, result, "errors", v_from_array(errors));
    object_put(vm, v_object(s[CTX_TASK]), key_c(vm, "result"), result, ATTR_WEC);
}

Value vitest_context_new(Dxtest *t, Test *x) {
    VM *vm = t->vm;
    Value task = test_task(t, x), api = vm->realm->TestApi;
    Value ctx = closure(vm, RUNTIME_ID(context_call_rows, 0), CTX_SLOTS, V_UNDEFINED, task);
    prop_put(vm, ctx, "task", task);
    prop_put(vm, ctx, "expect", expect_function(vm));
    builtin_install(vm, ctx, RT_context_rows);
    prop_put(vm, ctx, "annotate", closure(vm, RUNTIME_ID(context_call_rows, 1), 1, task));
    prop_put(vm, ctx, "onTestFinished", object_own_data(vm, v_object(api), key_c(vm, "onTestFinished")));
    prop_put(vm, ctx, "onTestFailed", object_own_data(vm, v_object(api), key_c(vm, "onTestFailed")));
    return ctx;
}

const NativeRow context_call_rows[] = {FN("", 0, context_call), FN("annotate", 1, context_annotate), ROWS_END};
const NativeRow context_rows[] = {FN_ATTR("skip", 0, context_skip, ATTR_WEC), GETTER("signal", context_signal), ROWS_END};
