// SPDX-License-Identifier: MIT
// The context object that Vitest passes to tests and each-hooks: task, expect, skip, annotate, onTestFinished, onTestFailed.
#include "runtime/expect/expect.h"

static Value context_skip(VM *vm, Value self, int argc, Value *argv) { // skip(note) or skip(condition, note): ends the body
    Dxtest *t = dxtest;
    if (!t || !t->current) return vm_throw(vm, ERR_CUSTOM_ERROR, "skip() can only be called inside a test");
    if (argc > 0 && v_is_bool(argv[0]) && !to_boolean(argv[0])) return V_UNDEFINED;
    t->current->ctx_skipped = true;
    return vm_throw(vm, ERR_CUSTOM_ERROR, "test is skipped; abort execution");
}
static Value context_annotate(VM *vm, Value self, int argc, Value *argv) { return promise_resolve_value_rjs(vm, vm->realm->Promise, V_UNDEFINED); }

static void put(VM *vm, Object *o, const char *k, Value v) { object_put(vm, o, key_c(vm, k), v, ATTR_WEC); }
static Value text(VM *vm, const char *s) { return v_from_string(str_new_utf8(vm, s, strlen(s))); }

static Value suite_task(Dxtest *t, const Suite *s) {
    VM *vm = t->vm;
    if (!s || !s->parent) return V_UNDEFINED;
    Object *o = object_new(vm);
    put(vm, o, "type", v_str(vm, "suite"));
    put(vm, o, "name", text(vm, s->title));
    put(vm, o, "suite", suite_task(t, s->parent));
    return v_obj(o);
}

Value vitest_context_new(Dxtest *t, Test *x) {
    VM *vm = t->vm;
    Object *task = object_new(vm), *file = object_new(vm), *ctx = object_new(vm);
    put(vm, file, "filepath", text(vm, t->file_path));
    put(vm, file, "name", text(vm, t->file_path));
    put(vm, task, "type", v_str(vm, "test"));
    put(vm, task, "name", text(vm, x->title));
    put(vm, task, "fullName", text(vm, test_full_name(t, x, " > ")));
    put(vm, task, "mode", v_str(vm, "run"));
    put(vm, task, "suite", suite_task(t, x->parent));
    put(vm, task, "file", v_obj(file));
    put(vm, task, "meta", v_obj(object_new(vm)));
    put(vm, task, "timeout", v_from_u32(x->timeout_ms ? x->timeout_ms : t->default_timeout_ms));
    put(vm, ctx, "task", v_obj(task));
    put(vm, ctx, "expect", expect_function(vm));
    builtin_install(vm, v_obj(ctx), RT_context_rows);
    Value api = vm->realm->TestApi;
    put(vm, ctx, "onTestFinished", object_own_data(vm, v_object(api), key_c(vm, "onTestFinished")));
    put(vm, ctx, "onTestFailed", object_own_data(vm, v_object(api), key_c(vm, "onTestFailed")));
    return v_obj(ctx);
}

const NativeRow context_rows[] = {FN_ATTR("skip", 0, context_skip, ATTR_WEC), FN_ATTR("annotate", 1, context_annotate, ATTR_WEC), ROWS_END};
