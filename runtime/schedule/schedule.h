// SPDX-License-Identifier: MIT
// Runs the files of a layout over processes. The calling process is worker 0 and starts at once; others are forked while the work left
// is worth a fork. A file that crashes or hangs its worker costs its own verdict only.
#ifndef DX_SCHEDULE_H
#define DX_SCHEDULE_H

#include "runtime/dxtest.h"

typedef struct Schedule {
    const u32 *order;           // rows of FILE, in the order they shall start
    const u32 *expected_us;     // how long each (same index as `order`) took last time, 0 unknown
    const u32 *idle_us;         // how much of that it waited (timers, the outside)
    u32 count;
    u32 workers;                // most processes, this one included; 1: no fork
    u32 waiting_workers;        // more of them while files mostly wait
    u32 file_limit_ms;          // a file that runs longer is killed; 0: none
    u32 bail;                   // stop starting files after so many failed tests; 0: never
    const char *(*path)(void *ctx, u32 file);   // for files that died
    // Makes a VM with the layout in this process. Called once a process; `again`: it was forked from one that had made its own.
    Dxtest *(*open)(void *ctx, bool again);
    void (*worker)(void *ctx, u32 number);      // in each process before `open`; may be NULL
    // In the calling process, in order of completion. Takes *r over. cpu_ns: what the file took of a processor, 0 unknown.
    void (*done)(void *ctx, u32 file, u64 cpu_ns, DxtestFileResult *r);
    void *ctx;
} Schedule;

typedef struct ScheduleOutcome { u32 forked, crashed, bailed; } ScheduleOutcome;
ScheduleOutcome schedule_run(const Schedule *s);

#endif
