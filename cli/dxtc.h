// SPDX-License-Identifier: MIT
// Between the files of dxtc: its arguments, and what linking (dxtc.c) and compiling alone (dxtc_compile.c) share.
#ifndef DX_DXTC_H
#define DX_DXTC_H

#include "cli/exit_status.h"
#include "compiler/link/link.h"

typedef struct Args {
    DxcOptions compile;
    const char **inputs; u32 input_count;
    const char **conditions; u32 condition_count;
    const char *out, *depfile;
    u32 jobs;
    bool alone, dependencies, stats, test, require;
} Args;

typedef struct Names { const char **v; u32 count, cap; Arena arena; } Names; // absolute paths of source files

int usage(const char *what, const char *arg);
bool looks_like_test(const char *path);
int collect(const Args *a, const char *cwd, Names *out); // the files named and those below directories named; an exit status
int write_file(const char *path, const Buf *bytes);      // an exit status; says why not
double now_ms(void);
// The make rule of one output: `source` (NULL: none) and every file whose content went into `probe`.
int write_depfile(const char *out, const char *depfile, const char *source, const Probe *probe);

// -c: every file for itself, imports not followed. An exit status.
int compile_alone(const Args *a, const char *cwd);

#endif
