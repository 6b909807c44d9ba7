// SPDX-License-Identifier: MIT
// One test: hooks, fixtures, body, clean-up, retries. A test is a task of phases; each calls functions of the file one after the other and
// goes on once they have settled. Concurrent tests are entered and left at each step, so that what code does counts for the right one.
#include "runtime/suite/suite.h"

#include "runtime/expect/expect.h"
#include "runtime/mock/mock.h"

enum { PHASE_BEGIN, PHASE_BEFORE, PHASE_BODY, PHASE_AFTER, PHASE_CLEANUP, PHASE_FIXTURES, PHASE_FINISHED, PHASE_FAILED, PHASE_END };

u32 test_timeout(const Dxtest *t, u32 own) { return own ? own : t->default_timeout_ms; }
u32 hook_timeout(const Dxtest *t, u32 own) { return own ? own : t->hook_timeout_ms ? t->hook_timeout_ms : t->default_timeout_ms; }

// ---- whose code runs

Test *test_enter(Dxtest *t, Test *x) {
    VM *vm = t->vm;
    Test *before = t->current;
    *(before ? &before->counted : &t->idle_assertions) = vm->assertions;
    vm->assertions = x ? x->counted : t->idle_assertions;
    t->current = x;
    return before;
}

// A node of vm->async_context {hole, the Test, outer}: jobs and timers that a concurrent test makes carry it along.
static Value context_of(VM *vm, Test *x) {
    ValueArray *c = values_new(vm, 3);
    c->v[0] = V_HOLE;
    c->v[1] = v_from_ptr(TAG_INTERNAL, x);
    c->v[2] = vm->async_context;
    return v_from_ptr(TAG_INTERNAL, c);
}
static void *job_enter(VM *vm) {
    for (Value c = vm->async_context; v_is_internal(c); c = ((ValueArray *)v_ptr(c))->v[2])
        if (((ValueArray *)v_ptr(c))->v[0] == V_HOLE) return test_enter(dxtest, v_ptr(((ValueArray *)v_ptr(c))->v[1]));
    return dxtest->current;
}
static void job_leave(VM *vm, void *before) {
    if (dxtest->current != before) test_enter(dxtest, before);
}
static void watch_jobs(VM *vm) {
    vm->host->job_enter = job_enter;
    vm->host->job_leave = job_leave;
}

// ---- lists of hooks

void steps_add(StepList *l, u32 fn, u32 timeout_ms) {
    if (l->count == l->cap) l->v = mem_realloc(l->v, (l->cap = l->cap ? l->cap * 2 : 8) * sizeof *l->v);
    l->v[l->count++] = (Step){fn, timeout_ms, NO_ROOT};
}
void steps_add_hooks(StepList *l, const Hook *h, bool reverse) {
    u32 from = l->count;
    for (; h; h = h->next) {
        steps_add(l, h->fn, h->timeout_ms);
        l->v[l->count - 1].fixtures = h->fixtures;
    }
    for (u32 a = from, b = l->count; reverse && a + 1 < b; a++) {
        Step x = l->v[a];
        l->v[a] = l->v[--b];
        l->v[b] = x;
    }
}
static void steps_clear(StepList *l) { l->count = l->at = 0; }

static void add_before_each(StepList *l, const Suite *s) {
    if (s->parent) add_before_each(l, s->parent);
    steps_add_hooks(l, s->hooks[HOOK_BEFORE_EACH], false);
}

static void test_failed(Dxtest *t, Test *x) { // by the pending exception; skip() throws too
    Value e = vm_take_exception(t->vm);
    if (!x->ctx_skipped) test_add_failure(t, x, e);
}

// The functions of the list, one after the other. True: through. A failing one ends the list when `stop`.
static bool list_step(Dxtest *t, Task *k, bool stop) {
    bool vitest = t->dialect == DIALECT_VITEST;
    while (k->list.at < k->list.count) {
        Step *s = &k->list.v[k->list.at];
        Value r = V_UNDEFINED, ctx = runtime_value(t, k->ctx), f = runtime_value(t, s->fn);
        enum CallState state = CALL_DONE;
        if (!k->waiting) {
            if (!k->fixtures_known) call_prepare(&k->call, hook_timeout(t, s->timeout_ms), "hook");
            if (vitest) state = fixtures_step_rjs(t, k, f, 0);
            if (state == CALL_DONE) state = call_start_rjs(t, &k->call, f, runtime_value(t, k->self), vitest ? 1 : 0, &ctx, &r);
            else if (state == CALL_WAITING) return false; // for a fixture
        } else state = call_poll_rjs(t, &k->call, &r);
        k->waiting = state == CALL_WAITING;
        if (k->waiting) return false;
        k->list.at++;
        k->fixtures_known = false;
        if (state == CALL_THREW) {
            test_failed(t, k->test);
            if (stop) return k->failed_before = true;
        } else if (vitest && stop && v_is_callable(r)) steps_add(&k->cleanups, runtime_root(t, r), s->timeout_ms);
    }
    return true;
}

// ---- phases

// jest.retryTimes(n, {waitBeforeRetry}). True: the time is over.
static bool pause_step(Dxtest *t, Task *k) {
    VM *vm = t->vm;
    Value r;
    if (!k->tries || !t->retry_wait_ms) return true;
    if (!k->paused) {
        Value p = promise_new(vm), timer = CALL2(vm, native_make(vm, RUNTIME_ID(timer_global_rows, 0)), V_UNDEFINED, closure(vm, RUNTIME_ID(run_rows, 0), 1, p), v_from_u32(t->retry_wait_ms));
        if (v_is_exc(timer)) vm_take_exception(vm);
        call_prepare(&k->call, 0xFFFFFFFE, "hook");
        call_await(t, &k->call, p);
        k->paused = true;
    }
    enum CallState s = call_poll_rjs(t, &k->call, &r);
    if (s == CALL_WAITING) return false;
    if (s == CALL_THREW) vm_take_exception(vm);
    k->paused = false;
    return true;
}

static bool begin(Dxtest *t, Task *k) {
    Test *x = k->test;
    VM *vm = t->vm;
    if (x->put_off && !k->tries) k->tries = 1;
    if (!pause_step(t, k)) return false;
    x->failure_count = 0;
    x->expected_assertions = -1;
    x->has_assertions = x->ctx_skipped = false;
    k->failed_before = k->before_ran = false;
    vm->assertions = 0;
    if (t->dialect == DIALECT_VITEST) {
        if (k->ctx == NO_ROOT) k->ctx = runtime_root(t, vitest_context_new(t, x));
    } else if (t->dialect == DIALECT_JEST) k->self = runtime_root(t, v_obj(object_new(vm)));
    for (u32 how = 0; how < 3; how++)
        if (t->mocks_before_test >> how & 1 && !mock_all_rjs(vm, how)) test_add_failure(t, x, vm_take_exception(vm));
    if (!(x->flags & TF_CONCURRENT && t->dialect == DIALECT_JEST)) add_before_each(&k->list, x->parent);
    return true;
}

static enum CallState start_body(Dxtest *t, Task *k, Value *r) {
    Test *x = k->test;
    Value args = runtime_value(t, x->args), ctx = runtime_value(t, k->ctx), f = runtime_value(t, x->fn), two[2];
    int n = v_is_array(args) ? (int)v_array(args)->length : 0;
    Value *list = n ? obj_elems(v_object(args))->v : NULL;
    if (!k->fixtures_known) call_prepare(&k->call, test_timeout(t, x->timeout_ms), "test");
    if (t->dialect == DIALECT_VITEST && (!n || x->flags & TF_FOR)) {
        enum CallState s = fixtures_step_rjs(t, k, f, x->flags & TF_FOR ? 1 : 0);
        if (s != CALL_DONE) return s;
        if (n) two[0] = list[0];
        two[n++] = ctx;
        list = two;
    }
    return call_start_rjs(t, &k->call, f, runtime_value(t, k->self), n, list, r);
}

static bool body(Dxtest *t, Task *k) {
    Test *x = k->test;
    Value r = V_UNDEFINED;
    bool concurrent = x->flags & TF_CONCURRENT;
    if (k->failed_before) return true;
    if (concurrent && !k->before_ran) { // the others' hooks run before any body
        k->before_ran = true;
        t->progress++;
        return false;
    }
    if (!k->body_runs) {
        if (concurrent && t->bodies >= t->max_concurrency) return false;
        k->body_runs = true;
        t->bodies += concurrent;
    }
    enum CallState s = k->waiting ? call_poll_rjs(t, &k->call, &r) : start_body(t, k, &r);
    if (s == CALL_WAITING) {
        k->waiting = !k->setting_up;
        return false;
    }
    k->waiting = k->fixtures_known = k->body_runs = false;
    t->bodies -= concurrent;
    if (s == CALL_THREW && k->call.timed_out) {
        Value e = vm_take_exception(t->vm);
        vitest_context_abort(t->vm, runtime_value(t, k->ctx), e);
        test_add_failure(t, x, e);
    } else if (s == CALL_THREW) test_failed(t, x);
    Value missing = expect_assertions_error(t, x);
    if (missing != V_HOLE && !x->failure_count) test_add_failure(t, x, missing);
    return true;
}

static void after_each_list(Dxtest *t, Task *k) {
    Test *x = k->test;
    if (x->flags & TF_CONCURRENT && t->dialect == DIALECT_JEST) return;
    for (Suite *s = x->parent; s; s = s->parent) steps_add_hooks(&k->list, s->hooks[HOOK_AFTER_EACH], t->dialect == DIALECT_VITEST && !t->hooks_in_order);
}

static bool fixtures_down(Dxtest *t, Task *k) {
    enum CallState s;
    while ((s = fixtures_down_rjs(t, &k->call, k->fixture_cleanups, &k->waiting)) == CALL_THREW) test_failed(t, k->test);
    return s == CALL_DONE;
}

// What the phase that comes next calls.
static void enter_phase(Dxtest *t, Task *k) {
    Test *x = k->test;
    steps_clear(&k->list);
    switch (k->phase) {
    case PHASE_AFTER: after_each_list(t, k); break;
    case PHASE_CLEANUP:
        for (u32 i = k->cleanups.count; i--;) {
            Step *s = &k->cleanups.v[t->hooks_in_order ? k->cleanups.count - 1 - i : i];
            steps_add(&k->list, s->fn, s->timeout_ms);
        }
        steps_clear(&k->cleanups);
        break;
    case PHASE_FINISHED: // kept newest first
        if (x->finished || x->failed) vitest_context_result(t, x, runtime_value(t, k->ctx));
        steps_add_hooks(&k->list, x->finished, false);
        x->finished = NULL;
        break;
    case PHASE_FAILED:
        if (x->failure_count) steps_add_hooks(&k->list, x->failed, false);
        x->failed = NULL;
        break;
    default: break;
    }
}

static void flip_failing(Dxtest *t, Test *x) {
    bool failed = x->failure_count > 0;
    x->failure_count = 0;
    if (failed) return;
    static const char jest[] = "Failing test passed even though it was supposed to fail. Remove `.failing` to remove error.";
    test_add_failure(t, x, error_new(t->vm, REALM_ErrorPrototype, v_str(t->vm, t->dialect == DIALECT_VITEST ? "Expect test to fail" : jest)));
}

// True: the test is done; else another attempt begins.
static bool end(Dxtest *t, Task *k) {
    Test *x = k->test;
    u32 tries = (x->retry ? x->retry : t->retry_times ? t->retry_times : t->opt.retry) + 1;
    x->assertions = (u32)t->vm->assertions;
    x->retries = k->tries;
    runtime_root_free(t, &k->self);
    runtime_root_free(t, &k->ready);
    runtime_root_free(t, &k->fixture_cleanups);
    bool failed = x->failure_count && !x->ctx_skipped;
    x->again_later = failed && tries > 1 && t->dialect == DIALECT_JEST && !t->retry_now && !x->put_off;
    if (x->again_later) return x->put_off = true;
    if (failed && ++k->tries < tries) return false;
    k->tries = 0;
    if (!failed && !x->ctx_skipped && k->repeats++ < x->repeats) return false;
    x->duration_ns = runtime_now_ns() - x->started_ns;
    if (x->flags & TF_FAILING && !x->ctx_skipped) flip_failing(t, x);
    x->status = x->ctx_skipped ? TEST_SKIPPED : x->failure_count ? TEST_FAILED : TEST_PASSED;
    return true;
}

static bool phase_step(Dxtest *t, Task *k) {
    switch (k->phase) {
    case PHASE_BEGIN: return begin(t, k);
    case PHASE_BEFORE: return list_step(t, k, true);
    case PHASE_BODY: return body(t, k);
    case PHASE_FIXTURES: return fixtures_down(t, k);
    default: return list_step(t, k, false);
    }
}

bool test_step(Dxtest *t, Task *k) {
    Test *x = k->test, *before = t->current;
    VM *vm = t->vm;
    bool concurrent = x->flags & TF_CONCURRENT, done = false;
    Value context = vm->async_context;
    if (!x->started_ns) x->started_ns = runtime_now_ns();
    if (t->current != x) before = test_enter(t, x);
    if (concurrent) {
        watch_jobs(vm);
        vm->async_context = context_of(vm, x);
    }
    while (!done && phase_step(t, k)) {
        if (k->phase == PHASE_BEGIN) {
            k->phase++; // its list is filled already
            continue;
        }
        if (++k->phase < PHASE_END) enter_phase(t, k);
        else if (end(t, k)) done = true;
        else k->phase = PHASE_BEGIN, steps_clear(&k->list);
    }
    vm->async_context = context;
    if (concurrent) test_enter(t, before == x ? NULL : before);
    else if (done) test_enter(t, NULL);
    return done;
}
