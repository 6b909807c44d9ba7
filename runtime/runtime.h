// SPDX-License-Identifier: MIT
// Inside of runtime/: the state of a file's run, shared by suite/, expect/, mock/, snapshot/, loop/.
// JS values kept by C structures are indices into a root array that hangs on the VM (runtime_root): C memory is not scanned.
#ifndef DX_RUNTIME_H
#define DX_RUNTIME_H

#include "runtime/dxtest.h"
#include "vm/builtins/builtins.h"
#include "vm/host.h"

enum RuntimeTable {
    RT_BEFORE_FIRST = NATIVE_TABLE_COUNT - 1,
#define RUNTIME_TABLE(rows) RT_##rows,
#include "runtime/tables.def"
#undef RUNTIME_TABLE
    RT_END
};
#define RUNTIME_TABLE(rows) extern const NativeRow rows[];
#include "runtime/tables.def"
#undef RUNTIME_TABLE
#define RUNTIME_ID(rows, i) ((u32)RT_##rows << 10 | (u32)(i))

// vm->roots[]: who uses which
enum { ROOT_VALUES = 8, ROOT_TIMERS, ROOT_EXPECT, ROOT_MOCK, ROOT_SNAPSHOT, ROOT_CURRENT, ROOT_STUBS, ROOT_TICKS, ROOT_FAKE_TIMERS, ROOT_FAKE_SAVED, ROOT_FAKE_JOBS,
       ROOT_FAKE_PROTO, ROOT_MODULE_MOCKS, ROOT_STUBBED_ENV, ROOT_REPLACED, ROOT_CHANNELS, ROOT_FAKE_CONFIG, ROOT_AUTOMOCK };

#define NO_ROOT 0xFFFFFFFFu

enum TestFlagBits { // of a declared test or suite, and of the callable `test.skip.only...` objects
    TF_SKIP = 1, TF_ONLY = 2, TF_TODO = 4, TF_FAILING = 8, TF_CONCURRENT = 16, TF_SUITE = 32, TF_SEQUENTIAL = 64, TF_FOR = 128, TF_FROM_EACH = 256,
    TF_SHUFFLE = 512,
};

typedef struct Hook { u32 fn, timeout_ms, fixtures; struct Hook *next; } Hook; // timeout 0: default; fixtures: root, of test.beforeAll
enum HookKind { HOOK_BEFORE_ALL, HOOK_AFTER_ALL, HOOK_BEFORE_EACH, HOOK_AFTER_EACH, HOOK_KINDS };

typedef struct Suite Suite;
typedef struct Test {
    struct Test *next_all;       // every test of the file in declaration order
    Suite *parent;
    const char *title;           // UTF-8
    u32 flags, fn, args;         // roots; args: array of the row, NO_ROOT without
    u32 fixtures;                // root of what test.extend made (fixture.c), NO_ROOT
    u32 timeout_ms, retry, repeats, line;
    bool selected;               // passes -t / only / skip
    // result
    enum DxtestStatus status;
    DxtestFailure *failures; u32 failure_count, failure_cap;
    u64 started_ns, duration_ns;
    u32 assertions, retries;
    // expect.assertions / hasAssertions
    i32 expected_assertions;     // -1 none
    bool has_assertions;
    u32 expected_site;           // root of an error captured where it was asked for, NO_ROOT
    Hook *finished, *failed;     // onTestFinished / onTestFailed, newest first
    bool ctx_skipped;
    bool again_later, put_off;   // Jest: to run again after the suite's other tests; it does so now
    u64 counted;                 // assertions of the attempt, while another test's are in vm->assertions
} Test;

typedef struct Child { struct Child *next; Suite *suite; Test *test; } Child; // one of the two
struct Suite {
    Suite *parent;
    const char *title;
    u32 flags, timeout_ms, retry;
    u32 number;                  // 0: the file
    Child *first, *last;
    Hook *hooks[HOOK_KINDS], *hooks_last[HOOK_KINDS];
    u32 fn, args;                // Vitest: the body, run once the file is evaluated; NO_ROOT once run
    bool has_selected;
    DxtestFailure *before_all_failure;
};

struct Dxtest {
    VM *vm;
    DxtLayout *layout;
    DxtestOptions opt;
    struct DxProgram *program;
    // the file in progress
    enum DxDialect dialect;
    const char *file_path;       // absolute
    u32 file_module;
    Arena *arena;                // of the result
    DxtestFileResult *result;
    Suite *root, *declaring;     // suite whose describe body runs
    u32 suite_count;
    Test *tests, **tests_tail;
    Test *current;               // test on whose behalf code runs; NULL outside. Changed by test_enter alone
    u64 idle_assertions;         // vm->assertions of no test
    bool collecting, has_only;
    u32 default_timeout_ms, hook_timeout_ms; // hooks: 0 as tests
    u32 max_concurrency, mocks_before_test;  // as the options, until vi.setConfig
    u32 retry_times, retry_wait_ms; // jest.retryTimes
    bool retry_now;
    bool hooks_in_order;         // Vitest's sequence.hooks: 'list'
    u32 root_count, free_root;   // roots given back form a list
    // running (run.c, attempt.c)
    u64 progress, next_deadline; // calls that came to an end; earliest deadline of those waited for
    bool loop_dry;               // nothing is left that could settle a promise
    u32 bodies;                  // bodies of concurrent tests that run
    u32 file_fixtures;           // root: cleanups of fixtures that live as long as the file
    u64 file_deadline_ns;
    Buf console;
    void *snapshot_state;        // snapshot/
    u32 name_root;               // RegExp of -t, NO_ROOT without
};
extern Dxtest *dxtest;           // the one run of this process

u32 runtime_root(Dxtest *t, Value v);        // keeps v alive until the file ends or runtime_root_free
void runtime_root_set(Dxtest *t, u32 root, Value v);
void runtime_root_free(Dxtest *t, u32 *root); // gives it back; *root becomes NO_ROOT
Value runtime_value(Dxtest *t, u32 root);    // undefined for NO_ROOT
char *runtime_utf8(Dxtest *t, String *s);    // copy in the result's arena
u64 runtime_now_ns(void);                    // monotonic; for durations and deadlines, never shown to JS
enum DxDialect runtime_dialect(void);
void runtime_config_reset(Dxtest *t);        // what a file may set for itself (timeouts, concurrency ...) is as configured again

// suite/declare.c
void declare_reset(Dxtest *t);
bool declare_deferred_rjs(Dxtest *t, Suite *s); // runs the describe bodies that Vitest keeps until the file is evaluated
Hook *hook_new(Dxtest *t, Value fn, u32 timeout_ms);
// suite/title.c: title of row `index` of an each table; NULL on throw
String *each_title_rjs(VM *vm, String *pattern, Value row, Value table, u32 index, bool spread);
// suite/run.c
void run_collected(Dxtest *t);
const char *test_full_name(Dxtest *t, const Test *x, const char *joiner);
// suite/context.c: Vitest's test context
Value vitest_context_new(Dxtest *t, Test *x);
Value vitest_suite_task(Dxtest *t, const Suite *s); // what beforeAll and afterAll are given
void vitest_context_result(Dxtest *t, Test *x, Value ctx); // the test is over but for its last hooks
void vitest_context_abort(VM *vm, Value ctx, Value reason);
// Makes x the test on whose behalf code runs (failures of jobs, assertion counts, snapshots); returns the one before.
Test *test_enter(Dxtest *t, Test *x);
// Calls f and waits for a returned promise (or for done) until the deadline. V_EXC with the exception pending on failure or timeout.
Value run_and_wait_rjs(Dxtest *t, Value f, Value self, int argc, Value *argv, u32 timeout_ms, const char *what) DX_MUST_USE;
void promise_mark_handled(VM *vm, Value promise); // its rejection is somebody's business: not an unhandled one
// suite/failure.c: turns an error value into text, in the arena
DxtestFailure failure_from_error(Dxtest *t, Value error);
void test_add_failure(Dxtest *t, Test *test, Value error);
void file_add_failure(Dxtest *t, Value error);

// loop/loop.c (loop/loop.h)
#include "runtime/loop/loop.h"

// expect/, mock/, snapshot/ (each has its own header); installers of globals
void expect_install(VM *vm);
void mock_install(VM *vm);
void suite_install(VM *vm);
Value test_api_module(VM *vm, const char *specifier); // exports object of vitest, bun:test, @jest/globals, node:test; V_HOLE: not one of them

#endif
