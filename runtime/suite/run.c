// SPDX-License-Identifier: MIT
// Runs what a file declared: selection (-t, only, skip), hooks, waiting for promises and `done`, timeouts, retries. The driver is C and
// synchronous: a test that returns no promise costs one call; otherwise the event loop turns until the promise settles.
#include "runtime/mock/mock.h"
#include "runtime/expect/expect.h"
#include "runtime/expect/pretty.h"
#include "vm/cells.h"

// ---- waiting

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

static Value settle_rjs(Dxtest *t, Value promise, u32 timeout_ms, const char *what, bool done) {
    VM *vm = t->vm;
    promise_mark_handled(vm, promise);
    if (!loop_wait_promise(t->vm, promise, deadline_after(timeout_ms))) return throw_timeout(t, timeout_ms, what, done);
    if (promise_state(promise) == PROMISE_REJECTED) return vm_throw_value(vm, promise_result(promise));
    return promise_result(promise);
}

static Value done_call(VM *vm, Value self, int argc, Value *argv) { // done(error?): slot 0 the promise it settles
    Value promise = native_slots(vm)[0];
    if (promise_state(promise) != PROMISE_PENDING) return V_UNDEFINED;
    if (argc > 0 && to_boolean(argv[0])) promise_reject(vm, promise, argv[0]);
    else promise_fulfill(vm, promise, V_UNDEFINED);
    return V_UNDEFINED;
}

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

Value run_and_wait_rjs(Dxtest *t, Value f, Value self, int argc, Value *argv, u32 timeout_ms, const char *what) {
    VM *vm = t->vm;
    Value done_promise = V_UNDEFINED, args[64];
    bool is_describe = what[0] == 'd';
    if (!is_describe && argc < 63 && wants_done(vm, f, argc)) {
        done_promise = promise_new(vm);
        NativeFunction *d = native_new(vm, RUNTIME_ID(run_rows, 0), 1);
        d->slots[0] = done_promise;
        if (argc) memcpy(args, argv, (size_t)argc * 8);
        args[argc] = v_obj(d);
        argv = args;
        argc++;
    }
    Value r = vm_call(vm, f, self, argc, argv);
    if (v_is_exc(r)) return V_EXC;
    bool thenable = false;
    if (v_is_object(r)) {
        Value then = get_rjs(vm, r, A_(vm, then));
        if (v_is_exc(then)) return V_EXC;
        thenable = v_is_callable(then);
    }
    if (thenable) {
        Value p = promise_resolve_value_rjs(vm, vm->realm->Promise, r);
        if (v_is_exc(p)) return V_EXC;
        if (is_describe && t->dialect == DIALECT_JEST)
            return vm_throw(vm, ERR_CUSTOM_ERROR, "Returning a Promise from \"describe\" is not supported. Tests must be defined synchronously.");
        r = settle_rjs(t, p, timeout_ms, what, false);
        if (v_is_exc(r) || v_is_undefined(done_promise) || t->dialect == DIALECT_BUN) return r;
    }
    if (!v_is_undefined(done_promise)) return settle_rjs(t, done_promise, timeout_ms, what, true);
    if (!thenable && !v_is_undefined(r) && what[0] == 't' && t->dialect == DIALECT_JEST) return throw_returned_value(t, r, what);
    return r;
}

// ---- selection

static bool has_only_test(const Suite *s) {
    for (const Child *c = s->first; c; c = c->next)
        if (c->test && (c->test->flags & TF_ONLY)) return true;
    return false;
}

const char *test_full_name(Dxtest *t, const Test *x, const char *joiner) {
    Buf b = {0};
    const Suite *chain[256];
    u32 n = 0;
    for (const Suite *s = x->parent; s && s->parent && n < 256; s = s->parent) chain[n++] = s;
    while (n) buf_str(&b, chain[--n]->title), buf_str(&b, joiner);
    buf_str(&b, x->title);
    char *r = arena_strndup(t->arena, (char *)b.data, b.len);
    buf_free(&b);
    return r;
}

static bool name_matches(Dxtest *t, const Test *x) {
    if (t->name_root == NO_ROOT) return true;
    VM *vm = t->vm;
    const char *full = test_full_name(t, x, " ");
    String *s = str_new_utf8(vm, full, strlen(full));
    Value test = get_rjs(vm, vm->realm->RegExpPrototype, key_c(vm, "test"));
    Value r = CALL1(vm, test, runtime_value(t, t->name_root), v_from_string(s));
    if (v_is_exc(r)) return vm_take_exception(vm), false;
    return to_boolean(r);
}

// mode: TF_SKIP / TF_ONLY / TF_TODO in force for the suite, inherited when it has none of its own (jest-circus).
static void select_suite(Dxtest *t, Suite *s, u32 mode) {
    u32 own = s->flags & (TF_SKIP | TF_ONLY | TF_TODO);
    if (mode & (TF_SKIP | TF_TODO)) own |= mode & (TF_SKIP | TF_TODO);
    if (own) mode = own;
    bool pass_only = !((mode & TF_ONLY) && has_only_test(s));
    for (Child *c = s->first; c; c = c->next) {
        if (c->suite) {
            c->suite->flags |= s->flags & (TF_CONCURRENT | TF_FAILING) & ~(c->suite->flags & TF_SEQUENTIAL ? TF_CONCURRENT : 0);
            select_suite(t, c->suite, mode);
            s->has_selected |= c->suite->has_selected;
            continue;
        }
        Test *x = c->test;
        if (!(x->flags & TF_SEQUENTIAL)) x->flags |= s->flags & TF_CONCURRENT;
        x->flags |= s->flags & TF_FAILING;
        u32 m = x->flags & (TF_SKIP | TF_ONLY | TF_TODO);
        if (!m && pass_only) m = mode;
        if (mode & (TF_SKIP | TF_TODO)) m = mode & (TF_SKIP | TF_TODO);
        x->selected = false;
        if (m & TF_TODO) x->status = TEST_TODO_STATUS;
        else if ((m & TF_SKIP) || (t->has_only && !(m & TF_ONLY)) || !name_matches(t, x)) x->status = TEST_SKIPPED;
        else x->selected = s->has_selected = true, x->status = TEST_PENDING;
    }
}

// ---- one test

static u32 timeout_of(Dxtest *t, u32 own) { return own ? own : t->default_timeout_ms; }

static Value test_this(Dxtest *t) { return t->dialect == DIALECT_JEST ? v_obj(object_new(t->vm)) : V_UNDEFINED; }

// Runs a hook; a failure is recorded on the test. Vitest: a function returned by a before hook is a cleanup.
static bool run_hook(Dxtest *t, Test *x, Hook *h, Value self, Value ctx) {
    VM *vm = t->vm;
    bool pass_ctx = t->dialect == DIALECT_VITEST;
    Value r = run_and_wait_rjs(t, runtime_value(t, h->fn), self, pass_ctx ? 1 : 0, &ctx, timeout_of(t, h->timeout_ms), "hook");
    if (v_is_exc(r)) {
        Value e = vm_take_exception(vm);
        if (!x->ctx_skipped) test_add_failure(t, x, e); // skip() in a hook throws too
        return false;
    }
    if (pass_ctx && v_is_callable(r)) {
        Hook *cleanup = hook_new(t, r, 0);
        cleanup->next = x->finished;
        x->finished = cleanup;
    }
    return true;
}

static bool before_each(Dxtest *t, Test *x, Suite *s, Value self, Value ctx) {
    if (s->parent && !before_each(t, x, s->parent, self, ctx)) return false;
    for (Hook *h = s->hooks[HOOK_BEFORE_EACH]; h; h = h->next)
        if (!run_hook(t, x, h, self, ctx)) return false;
    return true;
}

static void run_list(Dxtest *t, Test *x, Hook *list, bool reverse, Value self, Value ctx) {
    Hook *order[256];
    u32 n = 0;
    for (Hook *h = list; h && n < 256; h = h->next) order[n++] = h;
    for (u32 i = 0; i < n; i++) run_hook(t, x, order[reverse ? n - 1 - i : i], self, ctx);
}

static void after_each(Dxtest *t, Test *x, Value self, Value ctx) {
    for (Suite *s = x->parent; s; s = s->parent) run_list(t, x, s->hooks[HOOK_AFTER_EACH], t->dialect == DIALECT_VITEST, self, ctx);
    run_list(t, x, x->finished, false, self, ctx); // newest first already
    x->finished = NULL;
    if (x->failure_count) run_list(t, x, x->failed, false, self, ctx);
    x->failed = NULL;
}

static Value run_body(Dxtest *t, Test *x, Value self, Value ctx) {
    Value args = runtime_value(t, x->args), list[64];
    int n = v_is_array(args) ? (int)v_array(args)->length : 0;
    if (n > 62) n = 62;
    if (n) memcpy(list, obj_elems(v_object(args))->v, (size_t)n * 8);
    if (t->dialect == DIALECT_VITEST && (!n || x->flags & TF_FOR)) list[n++] = ctx;
    return run_and_wait_rjs(t, runtime_value(t, x->fn), self, n, list, timeout_of(t, x->timeout_ms), "test");
}

static void attempt(Dxtest *t, Test *x) {
    VM *vm = t->vm;
    Value self = test_this(t), ctx = t->dialect == DIALECT_VITEST ? vitest_context_new(t, x) : V_UNDEFINED;
    bool each_hooks = !(x->flags & TF_CONCURRENT && t->dialect == DIALECT_JEST);
    x->failure_count = 0;
    x->expected_assertions = -1;
    x->has_assertions = x->ctx_skipped = false;
    vm->assertions = 0;
    t->current = x;
    vm->roots[ROOT_CURRENT] = ctx;
    for (u32 how = 0; how < 3; how++)
        if (t->opt.mocks_before_test >> how & 1 && !mock_all_rjs(vm, how)) test_add_failure(t, x, vm_take_exception(vm));
    if (!each_hooks || before_each(t, x, x->parent, self, ctx)) {
        Value r = run_body(t, x, self, ctx);
        if (v_is_exc(r)) {
            Value e = vm_take_exception(vm);
            if (!x->ctx_skipped) test_add_failure(t, x, e);
        }
        Value missing = expect_assertions_error(t, x);
        if (missing != V_HOLE && !x->failure_count) test_add_failure(t, x, missing);
    }
    if (each_hooks) after_each(t, x, self, ctx);
    t->current = NULL;
    x->assertions = (u32)vm->assertions;
}

static void run_test(Dxtest *t, Test *x) {
    VM *vm = t->vm;
    x->started_ns = runtime_now_ns();
    u32 tries = (x->retry ? x->retry : t->opt.retry) + 1;
    for (u32 rep = 0; rep <= x->repeats; rep++) {
        for (u32 i = 0; i < tries; i++) {
            attempt(t, x);
            x->retries = i;
            if (!x->failure_count || x->ctx_skipped) break;
        }
        if (x->failure_count) break;
    }
    x->duration_ns = runtime_now_ns() - x->started_ns;
    if (x->flags & TF_FAILING) {
        bool failed = x->failure_count > 0;
        x->failure_count = 0;
        if (!failed)
            test_add_failure(t, x, error_new(vm, REALM_ErrorPrototype, v_str(vm, "Failing test passed even though it was supposed to fail. Remove `.failing` to remove error.")));
    }
    x->status = x->failure_count ? TEST_FAILED : x->ctx_skipped ? TEST_SKIPPED : TEST_PASSED;
}

// ---- suites

static bool before_all(Dxtest *t, Suite *s) {
    VM *vm = t->vm;
    for (Hook *h = s->hooks[HOOK_BEFORE_ALL]; h; h = h->next) {
        Value r = run_and_wait_rjs(t, runtime_value(t, h->fn), V_UNDEFINED, 0, NULL, timeout_of(t, h->timeout_ms), "hook");
        if (v_is_exc(r)) {
            s->before_all_failure = ARENA_NEW(t->arena, DxtestFailure);
            *s->before_all_failure = failure_from_error(t, vm_take_exception(vm));
            return false;
        }
        if (t->dialect == DIALECT_VITEST && v_is_callable(r)) { // cleanup: after the after-hooks
            Hook *c = hook_new(t, r, 0);
            if (s->hooks_last[HOOK_AFTER_ALL]) c->next = s->hooks[HOOK_AFTER_ALL];
            s->hooks[HOOK_AFTER_ALL] = c;
        }
    }
    return true;
}

static void after_all(Dxtest *t, Suite *s) {
    Hook *order[256];
    u32 n = 0;
    bool reverse = t->dialect == DIALECT_VITEST;
    for (Hook *h = s->hooks[HOOK_AFTER_ALL]; h && n < 256; h = h->next) order[n++] = h;
    for (u32 i = 0; i < n; i++) {
        Hook *h = order[reverse ? n - 1 - i : i];
        Value r = run_and_wait_rjs(t, runtime_value(t, h->fn), V_UNDEFINED, 0, NULL, timeout_of(t, h->timeout_ms), "hook");
        if (v_is_exc(r)) file_add_failure(t, vm_take_exception(t->vm));
    }
}

// beforeAll failed: Jest fails every test with that error, Vitest and Bun report it once and skip them.
static void fail_suite(Dxtest *t, Suite *s, const DxtestFailure *f) {
    for (Child *c = s->first; c; c = c->next) {
        if (c->suite) fail_suite(t, c->suite, f);
        else if (c->test->selected && t->dialect == DIALECT_JEST) {
            c->test->failures = arena_alloc(t->arena, sizeof *f);
            c->test->failures[0] = *f;
            c->test->failure_count = 1;
            c->test->status = TEST_FAILED;
        } else if (c->test->selected) c->test->status = TEST_SKIPPED;
    }
}

static void run_suite(Dxtest *t, Suite *s) {
    bool run_hooks = s->has_selected || t->dialect == DIALECT_BUN;
    bool ok = !run_hooks || before_all(t, s);
    if (!ok) {
        fail_suite(t, s, s->before_all_failure);
        if (t->dialect != DIALECT_JEST) {
            DxtestFileResult *r = t->result;
            DxtestFailure *grown = arena_alloc(t->arena, (r->file_failure_count + 1) * sizeof *grown);
            if (r->file_failure_count) memcpy(grown, r->file_failures, r->file_failure_count * sizeof *grown);
            grown[r->file_failure_count++] = *s->before_all_failure;
            r->file_failures = grown;
        }
    }
    for (Child *c = s->first; ok && c; c = c->next) {
        if (c->suite) run_suite(t, c->suite);
        else if (c->test->selected) run_test(t, c->test);
    }
    if (run_hooks) after_all(t, s);
}

void run_collected(Dxtest *t) {
    VM *vm = t->vm;
    t->name_root = NO_ROOT;
    if (t->opt.name_pattern) {
        Value args[2] = {v_str(vm, t->opt.name_pattern), v_str(vm, "i")};
        Value re = vm_construct(vm, vm->realm->RegExp, t->dialect == DIALECT_JEST ? 2 : 1, args, vm->realm->RegExp);
        if (v_is_exc(re)) return file_add_failure(t, vm_take_exception(vm));
        t->name_root = runtime_root(t, re);
    }
    select_suite(t, t->root, 0);
    run_suite(t, t->root);
}

const NativeRow run_rows[] = {FN("done", 1, done_call), ROWS_END};
