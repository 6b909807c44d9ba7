// SPDX-License-Identifier: MIT
// Public header of runtime/: runs the tests of a file of a layout and gives its results. The caller (cli/) finds, compiles, schedules, reports.
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
    u32 timeout_ms;              // default 5000
    u32 max_concurrency;         // default 5
    u32 retry;
    const u32 *setup_modules; u32 setup_count; // modules of the layout, run in this order in each file's realm before the file
    u32 mocks_before_test;       // configured: 1 clear, 2 reset, 4 restore all mocks before each test
    bool update_snapshots, ci, color, run_only_flag, verbose_console;
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
    u64 duration_ns;
    u32 assertions, line, retries;
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
void dxtest_loop_open(VM *vm);                                  // timers without a test run: before any code
void dxtest_drain(VM *vm);                                      // without a test run: jobs and timers until none is left
Dxtest *dxtest_open(VM *vm, DxtLayout *layout, const DxtestOptions *o);
// Runs one file in a fresh realm and resets the heap afterwards. out: zeroed; free with dxtest_result_free.
void dxtest_run_file(Dxtest *t, u32 file_index, DxtestFileResult *out);
void dxtest_result_free(DxtestFileResult *r);
void dxtest_close(Dxtest *t);

#endif
