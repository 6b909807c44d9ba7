// SPDX-License-Identifier: MIT
// Runs what a file declared: selection (-t, only, skip), suites as tasks, and the driver that steps the tree of tasks and turns the event
// loop in between. A test that returns no promise costs one step.
#include "runtime/suite/suite.h"

// ---- selection

static bool has_only_test(const Suite *s) {
    for (const Child *c = s->first; c; c = c->next)
        if (c->test && (c->test->flags & TF_ONLY)) return true;
    return false;
}

static void put_ancestors(Buf *b, const Suite *s, const char *joiner) {
    if (!s || !s->parent) return;
    put_ancestors(b, s->parent, joiner);
    buf_str(b, s->title);
    buf_str(b, joiner);
}
const char *test_full_name(Dxtest *t, const Test *x, const char *joiner) {
    Buf b = {0};
    put_ancestors(&b, x->parent, joiner);
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
            c->suite->flags |= s->flags & (TF_CONCURRENT | TF_FAILING | TF_SHUFFLE) & ~(c->suite->flags & TF_SEQUENTIAL ? TF_CONCURRENT : 0);
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

// ---- tasks

static Task *pool;

Task *task_new(Dxtest *t, Suite *s, Test *x) {
    Task *k = pool;
    StepList list = {0}, cleanups = {0};
    if (k) {
        pool = k->next;
        list = k->list;
        cleanups = k->cleanups;
    } else k = mem_alloc(sizeof *k);
    *k = (Task){.suite = s, .test = x, .list = list, .cleanups = cleanups};
    k->list.count = k->list.at = k->cleanups.count = k->cleanups.at = 0;
    k->fixtures = x ? x->fixtures : NO_ROOT;
    k->self = k->ctx = k->pending = k->ready = k->fixture_cleanups = NO_ROOT;
    return k;
}
void task_free(Dxtest *t, Task *k) {
    u32 *const roots[] = {&k->self, &k->ctx, &k->pending, &k->ready, &k->fixture_cleanups};
    for (u32 i = 0; i < DX_COUNTOF(roots); i++) runtime_root_free(t, roots[i]);
    k->next = pool;
    pool = k;
}

// ---- suites

enum { SUITE_BEGIN, SUITE_BEFORE, SUITE_CHILDREN, SUITE_AFTER, SUITE_CLEANUP, SUITE_FIXTURES, SUITE_END };

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

static void add_file_failure(Dxtest *t, const DxtestFailure *f) {
    DxtestFileResult *r = t->result;
    DxtestFailure *grown = arena_alloc(t->arena, (r->file_failure_count + 1) * sizeof *grown);
    if (r->file_failure_count) memcpy(grown, r->file_failures, r->file_failure_count * sizeof *grown);
    grown[r->file_failure_count++] = *f;
    r->file_failures = grown;
}

static void before_all_failed(Dxtest *t, Task *k) {
    Suite *s = k->suite;
    s->before_all_failure = ARENA_NEW(t->arena, DxtestFailure);
    *s->before_all_failure = failure_from_error(t, vm_take_exception(t->vm));
    k->ok = false;
    fail_suite(t, s, s->before_all_failure);
    if (t->dialect != DIALECT_JEST) add_file_failure(t, s->before_all_failure);
}

// Vitest's get the suite twice (as older and newer versions have it), or, declared through a test object, the fixtures that live as long as
// the file and the suite.
static enum CallState hook_begin(Dxtest *t, Task *k, const Step *s, Value *r) {
    VM *vm = t->vm;
    bool vitest = t->dialect == DIALECT_VITEST;
    Value f = runtime_value(t, s->fn);
    k->fixtures = s->fixtures;
    if (!k->fixtures_known) call_prepare(&k->call, hook_timeout(t, s->timeout_ms), "hook");
    if (vitest && k->ctx == NO_ROOT) k->ctx = runtime_root(t, s->fixtures == NO_ROOT ? vitest_suite_task(t, k->suite) : v_obj(object_new(vm)));
    enum CallState state = vitest ? fixtures_step_rjs(t, k, f, 0) : CALL_DONE;
    if (state != CALL_DONE) return state;
    Value args[2] = {runtime_value(t, k->ctx), vitest ? vitest_suite_task(t, k->suite) : V_UNDEFINED};
    return call_start_rjs(t, &k->call, f, V_UNDEFINED, vitest ? 2 : 0, args, r);
}

// The hooks of the list, one after the other. True: through.
static bool hooks_step(Dxtest *t, Task *k) {
    bool before = k->phase == SUITE_BEFORE;
    while (k->list.at < k->list.count) {
        Step *s = &k->list.v[k->list.at];
        Value r = V_UNDEFINED;
        enum CallState state = CALL_DONE;
        if (!k->waiting) {
            state = hook_begin(t, k, s, &r);
            if (state == CALL_WAITING && k->setting_up) return false;
        } else state = call_poll_rjs(t, &k->call, &r);
        k->waiting = state == CALL_WAITING;
        if (k->waiting) return false;
        k->list.at++;
        k->fixtures_known = false;
        runtime_root_free(t, &k->ctx);
        runtime_root_free(t, &k->ready);
        if (state == CALL_THREW && before) return before_all_failed(t, k), true;
        if (state == CALL_THREW) file_add_failure(t, vm_take_exception(t->vm));
        else if (before && t->dialect == DIALECT_VITEST && v_is_callable(r)) steps_add(&k->cleanups, runtime_root(t, r), s->timeout_ms);
    }
    return true;
}

static void shuffle(const Child **v, u32 n) { // Fisher-Yates, another order each time
    u64 x = runtime_now_ns() | 1;
    for (u32 i = n; i > 1; i--) {
        x ^= x << 13, x ^= x >> 7, x ^= x << 17; // xorshift64
        u32 j = (u32)(x % i);
        const Child *last = v[i - 1];
        v[i - 1] = v[j];
        v[j] = last;
    }
}
static void child_insert(Task *k, u32 at, const Child *c) {
    memmove(k->order + at + 1, k->order + at, (k->child_count - at) * sizeof *k->order);
    k->order[at] = c;
    k->child_count++;
}
static void order_children(Dxtest *t, Task *k) {
    const Suite *s = k->suite;
    u32 n = 0, suites = 0;
    for (const Child *c = s->first; c; c = c->next) n++;
    k->order = arena_alloc(t->arena, (2 * n + 1) * sizeof *k->order); // room for those that run again at the end
    bool shuffled = s->flags & TF_SHUFFLE && t->dialect == DIALECT_VITEST;
    u32 group = UINT32_MAX; // Jest: all concurrent tests of the suite run where the first stands
    for (const Child *c = s->first; c; c = c->next) { // shuffled: suites apart from tests
        bool concurrent = c->test && t->dialect == DIALECT_JEST && c->test->flags & TF_CONCURRENT;
        if (c->test && !c->test->selected) continue;
        if (shuffled && c->suite) child_insert(k, suites++, c);
        else if (concurrent && group != UINT32_MAX) child_insert(k, group++, c);
        else k->order[k->child_count++] = c;
        if (concurrent && group == UINT32_MAX) group = k->child_count;
    }
    if (!shuffled) return;
    vm_mark_impure(t->vm, IMPURE_RANDOM);
    shuffle(k->order, suites);
    shuffle(k->order + suites, k->child_count - suites);
}

static bool runs_beside_others(const Dxtest *t, const Suite *s, const Test *x) {
    return (s ? s->flags : x->flags) & TF_CONCURRENT;
}
static bool may_begin(const Dxtest *t, const Task *k) {
    const Child *c = k->order[k->child_at];
    if (!k->running) return true;
    return k->running_count < t->max_concurrency && runs_beside_others(t, c->suite, c->test) && runs_beside_others(t, k->running->suite, k->running->test);
}
static bool suite_step(Dxtest *t, Task *k);
static bool task_step(Dxtest *t, Task *k) { return k->suite ? suite_step(t, k) : test_step(t, k); }

static void child_done(Dxtest *t, Task *k, Task *c) {
    if (c->test && c->test->again_later) k->order[k->child_count++] = c->child;
    task_free(t, c);
}

// Steps the children that run and begins those that may. True: all are done.
static bool children_step(Dxtest *t, Task *k) {
    Task **at = &k->running;
    while (*at) {
        Task *c = *at;
        if (!task_step(t, c)) {
            at = &c->next;
            continue;
        }
        *at = c->next;
        k->running_count--;
        child_done(t, k, c);
    }
    while (k->child_at < k->child_count && may_begin(t, k)) {
        const Child *next = k->order[k->child_at++];
        Task *c = task_new(t, next->suite, next->test);
        c->child = next;
        if (task_step(t, c)) {
            child_done(t, k, c);
            continue;
        }
        *at = c;
        at = &c->next;
        k->running_count++;
    }
    return !k->running;
}

static bool file_fixtures_down(Dxtest *t, Task *k) { // after the file's last hook
    enum CallState s;
    if (k->suite->parent || t->file_fixtures == NO_ROOT) return true;
    while ((s = fixtures_down_rjs(t, &k->call, t->file_fixtures, &k->waiting)) == CALL_THREW) file_add_failure(t, vm_take_exception(t->vm));
    return s == CALL_DONE;
}

static void suite_enter(Dxtest *t, Task *k) { // what the phase that comes next needs
    bool vitest = t->dialect == DIALECT_VITEST;
    k->list.count = k->list.at = 0;
    if (k->phase == SUITE_BEFORE && k->hooks_run) steps_add_hooks(&k->list, k->suite->hooks[HOOK_BEFORE_ALL], false);
    if (k->phase == SUITE_CHILDREN && k->ok) order_children(t, k);
    if (k->phase == SUITE_AFTER && k->hooks_run) steps_add_hooks(&k->list, k->suite->hooks[HOOK_AFTER_ALL], vitest && !t->hooks_in_order);
    if (k->phase != SUITE_CLEANUP) return;
    for (u32 i = 0; i < k->cleanups.count; i++) {
        Step *s = &k->cleanups.v[t->hooks_in_order ? i : k->cleanups.count - 1 - i];
        steps_add(&k->list, s->fn, s->timeout_ms);
    }
}
static bool suite_step(Dxtest *t, Task *k) {
    for (;;) {
        bool through = true;
        switch (k->phase) {
        case SUITE_BEGIN:
            k->ok = true;
            k->hooks_run = k->suite->has_selected || t->dialect == DIALECT_BUN;
            break;
        case SUITE_CHILDREN: through = children_step(t, k); break;
        case SUITE_FIXTURES: through = file_fixtures_down(t, k); break;
        case SUITE_END: return true;
        default: through = hooks_step(t, k);
        }
        if (!through) return false;
        k->phase++;
        suite_enter(t, k);
    }
}

// ---- the driver

static void run_tree(Dxtest *t) {
    Task *root = task_new(t, t->root, NULL);
    for (;;) {
        u64 before = t->progress;
        t->next_deadline = UINT64_MAX;
        if (suite_step(t, root)) break;
        if (t->progress != before) t->loop_dry = false;
        else if (!loop_jobs(t->vm)) t->loop_dry = !loop_turn(t->vm, t->next_deadline);
    }
    t->loop_dry = false;
    task_free(t, root);
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
    run_tree(t);
}
