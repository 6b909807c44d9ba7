// SPDX-License-Identifier: MIT
// The command line of `dx test`.
#ifndef DX_CLI_ARGS_H
#define DX_CLI_ARGS_H

#include "format/base/base.h"

#include <stdio.h>

typedef struct DxArgs {
    const char **patterns; u32 pattern_count;     // which files
    const char **conditions; u32 condition_count;
    const char *name_pattern, *config, *directory;
    u32 bail, jobs, timeout_ms, file_limit_ms, retry, max_concurrency;
    bool list, update, ci, silent, verbose, pass_with_no_tests, no_cache, no_parallel;
    int color;                                    // 1 on, -1 off, 0 by terminal
} DxArgs;

// 0, or the exit status after having said what is wrong.
int args_parse(DxArgs *a, int argc, char **argv);
void args_free(DxArgs *a);
void args_help(FILE *to);

#endif
