// SPDX-License-Identifier: MIT
// Public header of runtime/: runs the tests of a file of a layout and gives its results. The caller (cli/) finds, compiles, schedules, reports.
//
//     dxtest_register(); vm = vm_boot(…); t = dxtest_open(vm, layout, &options);
//     for each file: dxtest_run_file(t, i, &result); …; dxtest_result_free(&result);
//     dxtest_close(t);
//
// One Dxtest at a time in a process; no call fails: what goes wrong in a file is in its result. Texts are UTF-8, times nanoseconds unless the
// name says ms; pointers in options must live as long as the Dxtest.
#ifndef DXTEST_H
#define DXTEST_H

#include "format/base/mem.h"
#include "format/dxt.h"

typedef struct VM VM;

enum DxDialect { DIALECT_AUTO, DIALECT_JEST, DIALECT_VITEST, DIALECT_BUN, DIALECT_NODE };

typedef struct DxtestOptions {
    const char *root;            // project directory, absolute: paths are shown relative to it
    const char *name_pattern;    // -t: ECMAScript pattern on the full name, NULL all
    enum DxDialect dialect;      // for files that import no runner
    u32 timeout_ms;              // of a test without its own; 0 is 5000
    u32 max_concurrency;         // concurrent tests at a time; 0: as the file's runner has it
    u32 retry;                   // how often a failed test is run again
    const u32 *setup_modules; u32 setup_count; // modules of the layout, run in this order in each file's realm before the file
    u32 mocks_before_test;       // configured: 1 clear, 2 reset, 4 restore all mocks before each test
    bool update_snapshots;       // -u: what does not match is written, what is obsolete goes
    bool ci;                     // new snapshots are not written
    bool color;                  // ANSI colours in messages, diffs and code frames
} DxtestOptions;

enum DxtestStatus { TEST_PASSED, TEST_FAILED, TEST_SKIPPED, TEST_TODO_STATUS, TEST_PENDING };

typedef struct DxtestFailure {
    const char *message;     // what Jest prints below the title: matcher message or "Error: text"; UTF-8
    const char *stack;       // "    at ..." lines with source positions, cleaned of DX's own frames
    const char *code_frame;  // ready to print, or NULL
} DxtestFailure;

typedef struct DxtestTest {
    const char *title, *full_name;         // full_name: ancestors joined by a space
    const char *const *ancestors; u32 ancestor_count;
    enum DxtestStatus status;
    DxtestFailure *failures; u32 failure_count;
    u64 duration_ns;                       // hooks included
    u32 assertions, line, retries;         // that passed or failed; of the call, from 1; runs after the first
} DxtestTest;

typedef struct DxtestSnapshotCounts { u32 added, matched, unmatched, updated, obsolete, removed; } DxtestSnapshotCounts;

typedef struct DxtestFileResult { // strings live in `arena`
    Arena arena;
    const char *path;
    DxtestTest *tests; u32 test_count;
    DxtestFailure *file_failures; u32 file_failure_count; // the file could not run, or a hook outside tests failed
    u32 passed, failed, skipped, todo;
    DxtestSnapshotCounts snapshots;
    const char *const *obsolete_keys; u32 obsolete_count;
    char *console; size_t console_len;       // captured output, in the form Jest prints it
    u64 duration_ns;
    u32 impure;                               // ImpureFlag of vm/vm.h
} DxtestFileResult;

typedef struct Dxtest Dxtest;
void dxtest_register(void);                                     // native tables; before vm_boot (also in mkimage)
void dxtest_install_globals(VM *vm);                            // into the realm image
void dxtest_loop_open(VM *vm);                                  // timers without a test run: after vm_boot, before any code
void dxtest_drain(VM *vm);                                      // without a test run: jobs and timers until none is left
// Plugs output, errors and test opcodes into vm->host. vm and layout stay the caller's and must outlive the Dxtest; the options are copied.
Dxtest *dxtest_open(VM *vm, DxtLayout *layout, const DxtestOptions *o);
// Runs row file_index of the layout's files in a fresh realm and resets the heap afterwards: no Value survives the call.
// out: zeroed; free with dxtest_result_free.
void dxtest_run_file(Dxtest *t, u32 file_index, DxtestFileResult *out);
void dxtest_result_free(DxtestFileResult *r);
void dxtest_close(Dxtest *t);

#endif
