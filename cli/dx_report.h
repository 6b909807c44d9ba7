// SPDX-License-Identifier: MIT
// The default reporter: what Jest's users expect to read, collected and written at the end (and on the way when a run takes long).
#ifndef DX_CLI_REPORT_H
#define DX_CLI_REPORT_H

#include "runtime/dxtest.h"

typedef struct ReportOptions {
    const char *root;       // paths are shown relative to it
    bool verbose, silent, color, ci, name_filter, patterns;
    u32 file_count;         // of the run
} ReportOptions;

typedef struct ReportTotals {
    u32 files, files_failed, files_skipped;
    u32 tests, passed, failed, skipped, todo;
    DxtestSnapshotCounts snapshots;
    u32 files_written, files_updated, files_unmatched, files_obsolete; // files with such snapshots
} ReportTotals;

typedef struct Report {
    ReportOptions options;
    ReportTotals totals;
    Buf out;
    u64 flushed_ns;
    int write_error;          // errno of output that did not arrive
} Report;

void report_file(Report *r, const DxtestFileResult *f);
typedef struct ReportTimes { u64 total_ns, compile_ns, layout_ns, execute_ns; u32 compiled, from_store; bool warm; } ReportTimes;
void report_summary(Report *r, const ReportTimes *t, bool bailed);
void report_flush(Report *r);   // one write

#endif
