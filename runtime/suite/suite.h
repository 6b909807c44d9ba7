// SPDX-License-Identifier: MIT
// Inside of suite/: calls that may be waited for, and the tasks a run is made of. Nothing here blocks: a step does what can be done without
// waiting and says whether it is done; run.c turns the loop between steps. So concurrent tests are tasks that are stepped in turn.
#ifndef DX_SUITE_H
#define DX_SUITE_H

#include "runtime/web/web.h"

// ---- a call whose outcome may be still to come (call.c)

typedef struct Call {
    u64 deadline;        // as runtime_now_ns()
    u32 timeout_ms;
    u32 promise, done;   // roots: what is waited for
    const char *what;    // "test", "hook", "describe"
    bool timed_out;
} Call;
enum CallState { CALL_WAITING, CALL_DONE, CALL_THREW }; // THREW: the exception is pending in the VM

void call_prepare(Call *c, u32 timeout_ms, const char *what);
enum CallState call_start_rjs(Dxtest *t, Call *c, Value f, Value self, int argc, Value *argv, Value *out);
void call_await(Dxtest *t, Call *c, Value promise);              // waits for a promise made otherwise
enum CallState call_poll_rjs(Dxtest *t, Call *c, Value *out);    // asks again

// ---- tasks

typedef struct Step { u32 fn, timeout_ms, fixtures; } Step;      // a hook to call
typedef struct StepList { Step *v; u32 count, cap, at; } StepList;
void steps_add(StepList *l, u32 fn, u32 timeout_ms);
void steps_add_hooks(StepList *l, const Hook *h, bool reverse);

typedef struct Task {        // reused: t's pool keeps the lists' memory
    struct Task *next;       // siblings that run at once, or the pool
    Suite *suite;            // one of the two
    Test *test;
    u32 phase;
    bool waiting;            // `call` is under way
    Call call;
    StepList list;           // what the phase calls, one after the other
    StepList cleanups;       // what before-hooks returned
    // of a test
    u32 self, ctx;           // roots
    u32 tries, repeats;      // so far
    bool failed_before, before_ran, body_runs, paused;
    const Child *child;      // of the suite it runs for
    // fixtures of the call under way (fixture.c): roots
    u32 fixtures;            // root: of the test or of the suite's hook; not this task's to free
    bool fixtures_known, setting_up;
    Call set_up;             // the fixture waited for
    u32 pending, pending_at; // entries to set up
    u32 ready;               // entries set up in this attempt
    u32 fixture_cleanups;    // what `use` suspended
    // of a suite
    const Child **order;
    u32 child_at, child_count, running_count;
    struct Task *running;
    bool hooks_run, ok;
} Task;

Task *task_new(Dxtest *t, Suite *s, Test *x);
void task_free(Dxtest *t, Task *k);
bool test_step(Dxtest *t, Task *k);                              // attempt.c; true: done
u32 hook_timeout(const Dxtest *t, u32 own);
u32 test_timeout(const Dxtest *t, u32 own);

// ---- fixtures (fixture.c)
// What test.extend(...) makes of the fixtures of `base` (undefined: none); V_EXC.
Value fixtures_extend_rjs(VM *vm, Value base, int argc, Value *argv) DX_MUST_USE;
bool fixtures_override_rjs(VM *vm, Value fixtures, int argc, Value *argv) DX_MUST_USE;
// Sets up what parameter `index` of f destructures. CALL_DONE: f can be called.
enum CallState fixtures_step_rjs(Dxtest *t, Task *k, Value f, u32 index);
// Takes the fixtures of the attempt down, the newest first. CALL_THREW: one threw, call again for the rest.
enum CallState fixtures_down_rjs(Dxtest *t, Call *c, u32 cleanups, bool *waiting);

#endif
