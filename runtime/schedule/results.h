// SPDX-License-Identifier: MIT
// The binary form of a file's results (spec/dxr.md): how a worker hands them to the process that reports.
#ifndef DX_SCHEDULE_RESULTS_H
#define DX_SCHEDULE_RESULTS_H

#include "runtime/dxtest.h"

void results_put(Buf *out, u32 file, u64 cpu_ns, const DxtestFileResult *r); // appends one record
// Reads one record; strings are copied into the result's arena. Returns the bytes it takes, 0 if it is malformed.
size_t results_get(const u8 *p, size_t len, u32 *file, u64 *cpu_ns, DxtestFileResult *out);

#endif
