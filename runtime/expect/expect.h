// SPDX-License-Identifier: MIT
// What suite/ needs of expect/.
#ifndef DX_EXPECT_H
#define DX_EXPECT_H

#include "runtime/runtime.h"

Value expect_test_op(VM *vm, u32 op, Value *v, u32 n, u32 site, Module *module); // host->test_op
void expect_init(void);                          // once a process: equality hooks, compare kernels
void expect_file_begin(Dxtest *t);               // drops extensions, serializers, counters of the file before
// After the body: the error of an unmet expect.assertions(n) / hasAssertions(), or V_HOLE.
Value expect_assertions_error(Dxtest *t, Test *test);
// True for errors thrown by matchers (their message is printed without "Error: ").
bool expect_is_matcher_error(VM *vm, Value error);
Value expect_serializers(VM *vm);                // array of expect.addSnapshotSerializer plugins, newest first
Value expect_function(VM *vm);                   // the global expect
u32 expect_global_slot(VM *vm);                  // slot of the global object that holds expect
// Counts and runs built-in matcher `index` (matcher_find).
Value expect_run_matcher_rjs(VM *vm, u32 index, Value received, bool negate, int argc, Value *argv) DX_MUST_USE;
bool expect_matcher_is_builtin(VM *vm, u32 index); // not replaced through expect.extend
Value expect_matcher_context(VM *vm, bool is_not, const char *promise); // the `this` of custom matchers

#endif
