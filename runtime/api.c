// SPDX-License-Identifier: MIT
// dxtest.h: opening a run, running one file in a fresh realm, collecting its results; the test API as globals and as modules.
#include "runtime/console.h"
#include "runtime/expect/expect.h"
#include "runtime/snapshot/snapshot.h"
#include "runtime/loop/loop.h"
#include "runtime/mock/timers.h"
#include "runtime/node/node.h"
#include "runtime/web/web.h"
#include "vm/exec/module.h"

Dxtest *dxtest;

static const NativeRow *const runtime_tables[] = {
#define RUNTIME_TABLE(rows) rows,
#include "runtime/tables.def"
#undef RUNTIME_TABLE
};

void dxtest_register(void) {
    expect_init();
    native_register(runtime_tables, DX_COUNTOF(runtime_tables));
}

// ---- values kept by C structures

u32 runtime_root(Dxtest *t, Value v) {
    VM *vm = t->vm;
    if (t->free_root != NO_ROOT) {
        u32 root = t->free_root;
        t->free_root = (u32)v_int(runtime_value(t, root));
        runtime_root_set(t, root, v);
        return root;
    }
    ValueArray *a = v_is_undefined(vm->roots[ROOT_VALUES]) ? NULL : v_ptr(vm->roots[ROOT_VALUES]);
    u32 cap = a ? values_capacity(a) : 0;
    if (t->root_count == cap) {
        ValueArray *grown = values_new(vm, cap ? cap * 2 : 64);
        if (a) memcpy(grown->v, a->v, cap * 8);
        vm->roots[ROOT_VALUES] = v_from_ptr(TAG_INTERNAL, grown);
        a = grown;
    }
    heap_set(vm, &a->v[t->root_count], v);
    return t->root_count++;
}
Value runtime_value(Dxtest *t, u32 root) {
    return root == NO_ROOT ? V_UNDEFINED : ((ValueArray *)v_ptr(t->vm->roots[ROOT_VALUES]))->v[root];
}
void runtime_root_set(Dxtest *t, u32 root, Value v) { heap_set(t->vm, &((ValueArray *)v_ptr(t->vm->roots[ROOT_VALUES]))->v[root], v); }
void runtime_root_free(Dxtest *t, u32 *root) {
    if (*root == NO_ROOT) return;
    runtime_root_set(t, *root, v_from_int((i32)t->free_root));
    t->free_root = *root;
    *root = NO_ROOT;
}
char *runtime_utf8(Dxtest *t, String *s) {
    Buf b = {0};
    str_to_utf8(t->vm, s, &b);
    char *r = arena_strndup(t->arena, b.data ? (char *)b.data : "", b.len);
    buf_free(&b);
    return r;
}
enum DxDialect runtime_dialect(void) { return dxtest ? dxtest->dialect : DIALECT_JEST; }

void runtime_config_reset(Dxtest *t) {
    t->default_timeout_ms = t->opt.timeout_ms ? t->opt.timeout_ms : 5000;
    t->hook_timeout_ms = t->dialect == DIALECT_VITEST ? 10000 : 0;
    t->max_concurrency = t->opt.max_concurrency ? t->opt.max_concurrency : t->dialect == DIALECT_BUN ? 20 : 5;
    t->mocks_before_test = t->opt.mocks_before_test;
    t->hooks_in_order = t->retry_now = false;
    t->retry_times = t->retry_wait_ms = 0;
}

// ---- globals and modules

void dxtest_install_globals(VM *vm) {
    vm->realm->TestApi = v_obj(object_new(vm));
    suite_install(vm);
    expect_install(vm);
    mock_install(vm);
    loop_install(vm);
    console_install(vm, RT_console_rows, RT_performance_rows);
    web_install(vm);
    builtin_install(vm, vm->realm->global, RT_web_global_rows);
    builtin_install(vm, vm->realm->global, RT_fetch_global_rows);
    node_install(vm);
    Array *names = object_own_keys_rjs(vm, vm->realm->TestApi, KEYS_STRINGS);
    for (u32 i = 0; i < names->length; i++) {
        PropKey k = key_from_string(vm, v_string(obj_elems(&names->o)->v[i]));
        object_put(vm, v_object(vm->realm->global), k, object_own_data(vm, v_object(vm->realm->TestApi), k), ATTR_WC);
    }
}

Value test_api_module(VM *vm, const char *specifier) {
    static const char *const names[] = {"vitest", "bun:test", "@jest/globals", "@vitest/runner", "vitest/globals"};
    for (u32 i = 0; i < DX_COUNTOF(names); i++)
        if (!strcmp(specifier, names[i])) return vm->realm->TestApi;
    return V_HOLE;
}

static bool load_builtin(VM *vm, const char *specifier, Value *exports) {
    Value v = test_api_module(vm, specifier);
    if (v == V_HOLE) return node_module(vm, specifier, exports);
    *exports = v;
    return true;
}

// ---- host

static void host_write(void *ctx, int fd, const char *bytes, size_t n) {
    Dxtest *t = dxtest;
    if (t) buf_put(&t->console, bytes, n);
}
static void on_job_error(VM *vm, Value error) { // an exception left a timer or a job
    Dxtest *t = dxtest;
    if (!t) return;
    if (t->current) test_add_failure(t, t->current, error);
    else file_add_failure(t, error);
}

static void plug(DxHost *host) {
    loop_plug(host);
    host->clone_object = web_clone_object;
}

void dxtest_loop_open(VM *vm) {
    loop_reset(vm);
    if (vm->host) plug(vm->host);
}

Dxtest *dxtest_open(VM *vm, DxtLayout *layout, const DxtestOptions *o) {
    static DxHost host = {.write = host_write, .on_job_error = on_job_error, .load_builtin = load_builtin, .test_op = expect_test_op};
    Dxtest *t = mem_zalloc(sizeof *t);
    t->vm = vm;
    t->layout = layout;
    t->opt = *o;
    if (vm->host) { // what the embedder plugged in before stays, output and errors are ours
        DxHost *h = vm->host;
        h->write = host_write;
        h->on_job_error = on_job_error;
        h->test_op = expect_test_op;
        if (!h->load_builtin) h->load_builtin = load_builtin;
    } else vm->host = &host;
    plug(vm->host);
    t->program = program_new(vm, layout->modules, layout->module_count);
    heap_mark_level(vm);
    snapshot_run_begin();
    dxtest = t;
    return t;
}

void dxtest_close(Dxtest *t) {
    if (dxtest == t) dxtest = NULL;
    t->vm->expect_fn = 0;
    buf_free(&t->console);
    mem_free(t);
}

// ---- results

static void fill_test(Dxtest *t, const Test *x, DxtestTest *out) {
    u32 n = 0;
    for (const Suite *s = x->parent; s && s->parent; s = s->parent) n++;
    const char **names = arena_alloc(t->arena, (n + 1) * sizeof *names);
    out->ancestors = names;
    out->ancestor_count = n;
    for (const Suite *s = x->parent; s && s->parent; s = s->parent) names[--n] = s->title;
    out->title = x->title;
    out->full_name = test_full_name(t, x, " ");
    out->status = x->status;
    out->failures = x->failures;
    out->failure_count = x->status == TEST_FAILED ? x->failure_count : 0;
    out->duration_ns = x->duration_ns;
    out->assertions = x->assertions;
    out->retries = x->retries;
    out->line = x->line;
}

static void fill_suite(Dxtest *t, const Suite *s) { // in the order of the source's tree
    DxtestFileResult *r = t->result;
    for (const Child *c = s->first; c; c = c->next) {
        if (c->suite) fill_suite(t, c->suite);
        else fill_test(t, c->test, &r->tests[r->test_count++]);
    }
}

static void fill_result(Dxtest *t) {
    DxtestFileResult *r = t->result;
    u32 n = 0;
    for (Test *x = t->tests; x; x = x->next_all) n++;
    r->tests = arena_zalloc(t->arena, (n + 1) * sizeof *r->tests);
    for (Test *x = t->tests; x; x = x->next_all) {
        if (x->status == TEST_PENDING) x->status = TEST_SKIPPED;
        r->passed += x->status == TEST_PASSED;
        r->failed += x->status == TEST_FAILED;
        r->skipped += x->status == TEST_SKIPPED;
        r->todo += x->status == TEST_TODO_STATUS;
    }
    if (t->tests) fill_suite(t, t->root);
    r->console = arena_strndup(t->arena, t->console.data ? (char *)t->console.data : "", t->console.len);
    r->console_len = t->console.len;
    r->impure = t->vm->impure;
}

// ---- one file

static bool evaluate_module(Dxtest *t, u32 index) {
    VM *vm = t->vm;
    Value r = module_start_rjs(vm, program_module(vm, t->program, index)), promise = r;
    if (v_is_object(promise)) {
        promise_mark_handled(vm, promise);
        if (!loop_wait_promise(t->vm, promise, UINT64_MAX)) r = vm_throw(vm, ERR_CUSTOM_ERROR, "the module's top-level await never settled");
        else if (promise_state(promise) == PROMISE_REJECTED) r = vm_throw_value(vm, promise_result(promise));
    }
    if (!v_is_exc(r)) return true;
    file_add_failure(t, vm_take_exception(vm));
    return false;
}

static bool evaluate_file(Dxtest *t) {
    for (u32 i = 0; i < t->opt.setup_count; i++)
        if (!evaluate_module(t, t->opt.setup_modules[i])) return false;
    return evaluate_module(t, t->file_module);
}

static bool all_ran(const Dxtest *t) {
    if (t->opt.name_pattern || t->has_only) return false;
    for (const Test *x = t->tests; x; x = x->next_all)
        if (x->status == TEST_SKIPPED && x->selected) return false;
    return true;
}

void dxtest_run_file(Dxtest *t, u32 file_index, DxtestFileResult *out) {
    VM *vm = t->vm;
    const DxtlFile *f = &t->layout->files[file_index];
    u64 started = runtime_now_ns();
    t->result = out;
    t->arena = &out->arena;
    t->file_module = f->module;
    t->file_path = t->layout->modules[f->module].path;
    t->dialect = f->dialect ? (enum DxDialect)f->dialect : t->opt.dialect ? t->opt.dialect : DIALECT_JEST;
    runtime_config_reset(t);
    t->loop_dry = false;
    t->bodies = 0;
    t->idle_assertions = 0;
    t->root_count = 0;
    t->free_root = t->file_fixtures = NO_ROOT;
    vm->host->job_enter = NULL;
    vm->host->job_leave = NULL;
    t->console.len = 0;
    vm->impure = 0;
    out->path = arena_strndup(t->arena, t->file_path, strlen(t->file_path));
    for (u32 i = ROOT_VALUES; i < DX_COUNTOF(vm->roots); i++) vm->roots[i] = V_UNDEFINED;
    vm->roots[ROOT_FINREGS] = V_UNDEFINED;
    declare_reset(t);
    loop_reset(t->vm);
    fake_timers_reset(vm);
    module_mocks_reset(vm);
    process_file_begin(vm);
    expect_file_begin(t);
    snapshot_file_begin(t);
    t->collecting = true;
    bool ok = evaluate_file(t);
    if (ok && !declare_deferred_rjs(t, t->root)) {
        file_add_failure(t, vm_take_exception(vm));
        ok = false;
    }
    t->collecting = false;
    if (ok && !t->tests && t->dialect != DIALECT_BUN)
        file_add_failure(t, error_new(vm, REALM_ErrorPrototype, v_str(vm, "Your test suite must contain at least one test.")));
    if (ok) run_collected(t);
    if (!ok) t->tests = NULL;
    snapshot_file_end(t, ok && all_ran(t));
    fill_result(t);
    loop_reset(t->vm);
    fake_timers_reset(vm);
    module_mocks_reset(vm);
    if (t->program->share_wanted) {
        heap_pop_level(vm);
        program_share(vm, t->program);
        heap_mark_level(vm);
    } else {
        heap_reset(vm);
    }
    out->duration_ns = runtime_now_ns() - started;
}

void dxtest_result_free(DxtestFileResult *r) { arena_free(&r->arena); }
