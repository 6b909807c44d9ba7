// SPDX-License-Identifier: MIT
// The queue is one atomic counter in shared memory. A worker appends its results to a log of its own, also shared, and says so by moving
// `published`; the parent reads the logs between its own files, and when it has none left waits on a pipe for each worker: a byte means
// news, its end means that the worker is gone. A crash of worker 0 itself is caught by a signal handler on its own stack: what the VM then
// holds is worth nothing, so the parent only supervises from there on.
#define _GNU_SOURCE // pipe2
#include "runtime/schedule/schedule.h"
#include "runtime/schedule/results.h"
#include "vm/vm.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { WORKERS_MAX = 64, UNKNOWN_FILES_A_WORKER = 12, FORK_WORTH_US = 2500, WAIT_WORTH_US = 50000, GROW_AFTER_NS = 100000000 };
#define LOG_BYTES ((size_t)1 << 28) // address space a worker; only what is written takes memory

typedef struct Slot { // shared, one a worker
    u32 current;      // index in `order` + 1; 0: between files
    u32 waiting;      // the parent sleeps: a byte into the pipe wakes it
    u64 started_ns;
    u64 published;    // bytes of the log that are whole records
} Slot;

typedef struct Shared {
    u32 next, stop;
    Slot slots[WORKERS_MAX];
} Shared;

typedef struct Worker { pid_t pid; int pipe; u8 *log; u64 read; bool alive, killed; } Worker;

typedef struct Run {
    const Schedule *s;
    Shared *shared;
    Worker workers[WORKERS_MAX];
    u32 worker_count;
    u32 failed_tests;
    bool own_vm;      // this process has made its VM: what is forked from here on has to make its own in its place
    u64 started_ns;
    ScheduleOutcome outcome;
} Run;

static u64 now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (u64)t.tv_sec * 1000000000u + (u64)t.tv_nsec;
}

static u64 cpu_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (u64)t.tv_sec * 1000000000u + (u64)t.tv_nsec;
}

// ---- taking work

// Index in `order`, or `count` when there is none.
static u32 take(Run *run) {
    const Schedule *s = run->s;
    if (__atomic_load_n(&run->shared->stop, __ATOMIC_RELAXED)) return s->count;
    u32 i = __atomic_fetch_add(&run->shared->next, 1, __ATOMIC_RELAXED);
    return i < s->count ? i : s->count;
}

static u32 left(const Run *run) {
    u32 next = __atomic_load_n(&run->shared->next, __ATOMIC_RELAXED);
    return run->shared->stop || next >= run->s->count ? 0 : run->s->count - next;
}

// ---- results

static void deliver(Run *run, u32 file, u64 cpu_ns, DxtestFileResult *r) {
    run->failed_tests += r->failed + (r->file_failure_count > 0);
    if (run->s->bail && run->failed_tests >= run->s->bail && !run->shared->stop) {
        __atomic_store_n(&run->shared->stop, 1, __ATOMIC_RELAXED);
        run->outcome.bailed = 1;
    }
    run->s->done(run->s->ctx, file, cpu_ns, r);
}

static void deliver_death(Run *run, u32 index, const char *what) {
    DxtestFileResult r = {0};
    u32 file = run->s->order[index];
    const char *path = run->s->path(run->s->ctx, file);
    r.path = arena_strndup(&r.arena, path, strlen(path));
    r.file_failures = arena_zalloc(&r.arena, sizeof *r.file_failures);
    r.file_failures->message = arena_strndup(&r.arena, what, strlen(what));
    r.file_failure_count = 1;
    r.tests = arena_zalloc(&r.arena, sizeof *r.tests);
    r.console = (char *)"";
    run->outcome.crashed++;
    deliver(run, file, 0, &r);
}

static void drain(Run *run) {
    for (u32 i = 1; i < run->worker_count; i++) {
        Worker *w = &run->workers[i];
        u64 published = __atomic_load_n(&run->shared->slots[i].published, __ATOMIC_ACQUIRE);
        while (w->read < published) {
            DxtestFileResult r = {0};
            u32 file;
            u64 cpu_ns = 0;
            size_t n = results_get(w->log + w->read, published - w->read, &file, &cpu_ns, &r);
            if (!n) { // a crash may have scribbled over the log
                arena_free(&r.arena);
                w->read = published;
                break;
            }
            w->read += n;
            deliver(run, file, cpu_ns, &r);
        }
    }
}

// ---- a forked worker

static void publish(Run *run, u32 me, u32 file, u64 cpu_ns, const DxtestFileResult *r, Buf *record) {
    Slot *slot = &run->shared->slots[me];
    Worker *w = &run->workers[me];
    record->len = 0;
    results_put(record, file, cpu_ns, r);
    if (slot->published + record->len > LOG_BYTES) { // say so rather than lose it
        DxtestFailure f = {.message = "the results of this file and those before it take more than 256 MB"};
        DxtestFileResult small = {.path = r->path, .file_failures = &f, .file_failure_count = 1};
        record->len = 0;
        results_put(record, file, cpu_ns, &small);
        if (slot->published + record->len > LOG_BYTES) _exit(70);
    }
    memcpy(w->log + slot->published, record->data, record->len);
    __atomic_store_n(&slot->current, 0, __ATOMIC_RELAXED);
    __atomic_store_n(&slot->published, slot->published + record->len, __ATOMIC_RELEASE);
    if (__atomic_load_n(&slot->waiting, __ATOMIC_SEQ_CST) && write(w->pipe, "", 1) < 0) _exit(71); // the parent is gone
}

static DX_NORETURN void worker_main(Run *run, u32 me) {
    const Schedule *s = run->s;
    Slot *slot = &run->shared->slots[me];
    Buf record = {0};
    Dxtest *t = NULL;
    if (s->worker) s->worker(s->ctx, me);
    for (u32 i; (i = take(run)) < s->count;) {
        slot->started_ns = now_ns();
        __atomic_store_n(&slot->current, i + 1, __ATOMIC_RELAXED);
        if (!t) t = s->open(s->ctx, run->own_vm);
        DxtestFileResult r = {0};
        u64 cpu = cpu_ns();
        dxtest_run_file(t, s->order[i], &r);
        publish(run, me, s->order[i], cpu_ns() - cpu, &r, &record);
        dxtest_result_free(&r);
    }
    _exit(0);
}

static bool spawn(Run *run, u32 me) {
    Worker *w = &run->workers[me];
    int ends[2];
    if (!w->log) {
        w->log = mmap(NULL, LOG_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (w->log == MAP_FAILED) return w->log = NULL, false;
    }
    if (pipe2(ends, O_CLOEXEC)) return false;
    fflush(NULL);
    pid_t pid = fork();
    if (pid < 0) {
        close(ends[0]);
        close(ends[1]);
        return false;
    }
    if (!pid) {
        close(ends[0]);
        for (u32 i = 1; i < run->worker_count; i++)
            if (i != me && run->workers[i].alive) close(run->workers[i].pipe); // their ends are theirs and the parent's
        w->pipe = ends[1];
        prctl(PR_SET_PDEATHSIG, SIGKILL); // no results without somebody to take them
        struct itimerval off = {0};
        setitimer(ITIMER_REAL, &off, NULL);
        static const int caught[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGALRM};
        for (u32 i = 0; i < DX_COUNTOF(caught); i++) signal(caught[i], SIG_DFL);
        worker_main(run, me);
    }
    close(ends[1]);
    *w = (Worker){.pid = pid, .pipe = ends[0], .log = w->log, .read = w->read, .alive = true};
    if (run->worker_count <= me) run->worker_count = me + 1;
    run->outcome.forked++;
    return true;
}

// How many processes the work is worth: each further one must have more to do than a fork costs.
static u32 worth(const Schedule *s) {
    u64 busy = 0, idle = 0;
    u32 unknown = 0;
    for (u32 i = 0; i < s->count; i++) {
        busy += s->expected_us[i] - s->idle_us[i];
        idle += s->idle_us[i];
        unknown += !s->expected_us[i];
    }
    u64 n = 1 + busy / FORK_WORTH_US + unknown / UNKNOWN_FILES_A_WORKER;
    if (n > s->workers) n = s->workers;
    if (s->workers > 1) n += idle / WAIT_WORTH_US < s->waiting_workers ? idle / WAIT_WORTH_US : s->waiting_workers; // waiting takes no processor
    if (n > s->count) n = s->count;
    return n > WORKERS_MAX ? WORKERS_MAX : n ? (u32)n : 1;
}

// ---- supervising

static const char heap_full_text[] = "JavaScript heap out of memory: the file was stopped at the heap's limit";

static void describe_death(char *out, size_t cap, int status, const Worker *w, u32 limit_ms) {
    if (w->killed) snprintf(out, cap, "the file did not end within %g s and was killed", limit_ms / 1000.0);
    else if (WIFSIGNALED(status)) snprintf(out, cap, "worker crashed (signal %d)", WTERMSIG(status));
    else if (WEXITSTATUS(status) == HEAP_FULL_STATUS) snprintf(out, cap, "%s", heap_full_text);
    else snprintf(out, cap, "worker exited with status %d before the file ended", WEXITSTATUS(status));
}

static void reap(Run *run, u32 me) {
    Worker *w = &run->workers[me];
    int status = 0;
    while (waitpid(w->pid, &status, 0) < 0 && errno == EINTR) {}
    close(w->pipe);
    w->alive = false;
    drain(run);
    u32 current = run->shared->slots[me].current;
    run->shared->slots[me].current = 0;
    char what[96];
    describe_death(what, sizeof what, status, w, run->s->file_limit_ms);
    if (current) deliver_death(run, current - 1, what);
    if (current && left(run)) spawn(run, me);
}

static void kill_hung(Run *run) {
    u64 now = now_ns(), limit = (u64)run->s->file_limit_ms * 1000000u;
    for (u32 i = 1; limit && i < run->worker_count; i++) {
        Worker *w = &run->workers[i];
        Slot *slot = &run->shared->slots[i];
        if (!w->alive || !__atomic_load_n(&slot->current, __ATOMIC_RELAXED) || now - slot->started_ns < limit || now < slot->started_ns) continue;
        w->killed = true;
        kill(w->pid, SIGKILL);
    }
}

// News from workers: results, deaths, hangs. block: sleeps until there is some. False: no worker is left.
static bool supervise_once(Run *run, bool block) {
    struct pollfd polls[WORKERS_MAX];
    u32 index[WORKERS_MAX], n = 0;
    for (u32 i = 1; i < run->worker_count; i++) {
        if (!run->workers[i].alive) continue;
        if (block) __atomic_store_n(&run->shared->slots[i].waiting, 1, __ATOMIC_SEQ_CST);
        polls[n] = (struct pollfd){.fd = run->workers[i].pipe, .events = POLLIN};
        index[n++] = i;
    }
    drain(run);
    if (!n) return false;
    int timeout = !block ? 0 : run->s->file_limit_ms ? 200 : -1;
    if (poll(polls, n, timeout) < 0) return errno == EINTR;
    for (u32 i = 0; i < n; i++) {
        char bytes[256];
        if (!polls[i].revents) continue;
        ssize_t got = read(polls[i].fd, bytes, sizeof bytes);
        if (got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN)) reap(run, index[i]);
    }
    kill_hung(run);
    return true;
}

// ---- worker 0

enum { HEAP_FULL = -1 }; // a way to leave that is no signal
static sigjmp_buf crash_exit;
static volatile sig_atomic_t crash_guard; // a file is running in this process
static pid_t crash_owner;

static void on_crash(int signal_number) {
    if (crash_guard && getpid() == crash_owner) {
        crash_guard = 0;
        siglongjmp(crash_exit, signal_number);
    }
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

// In this process a file that fills the heap takes its VM with it, not the run.
static bool on_heap_limit(VM *vm) {
    if (!crash_guard || getpid() != crash_owner) return false;
    crash_guard = 0;
    heap_discard(vm);
    siglongjmp(crash_exit, HEAP_FULL);
}

static void catch_crashes(const Schedule *s) {
    enum { ALT_STACK = 65536 };
    static u8 *stack;
    if (!stack) stack = mem_alloc(ALT_STACK);
    stack_t alt = {.ss_sp = stack, .ss_size = ALT_STACK};
    sigaltstack(&alt, NULL);
    struct sigaction action = {.sa_handler = on_crash, .sa_flags = SA_ONSTACK | SA_NODEFER};
    static const int caught[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
    for (u32 i = 0; i < DX_COUNTOF(caught); i++) sigaction(caught[i], &action, NULL);
    if (s->file_limit_ms) sigaction(SIGALRM, &action, NULL);
    heap_limit_hook = on_heap_limit;
    crash_owner = getpid();
}

static void arm(u32 ms) {
    struct itimerval t = {.it_value = {ms / 1000, (ms % 1000) * 1000}};
    setitimer(ITIMER_REAL, &t, NULL);
}

// A run of which nothing was known turns out to wait: more workers, as `worth` would have had.
static void grow(Run *run) {
    const Schedule *s = run->s;
    u64 wall = now_ns() - run->started_ns;
    u32 most = s->workers + s->waiting_workers;
    if (s->workers < 2 || run->worker_count >= most || run->worker_count >= WORKERS_MAX || left(run) < 2 || wall < GROW_AFTER_NS || cpu_ns() * 2 > wall) return;
    spawn(run, run->worker_count);
}

// Runs files here until the queue is empty (true) or one took the VM down with it (false).
static bool run_own(Run *run) {
    const Schedule *s = run->s;
    static volatile u32 running; // lives across the jump
    static Dxtest *volatile t;
    int how = sigsetjmp(crash_exit, 1);
    if (how) {
        char what[96];
        arm(0);
        if (how == SIGALRM) snprintf(what, sizeof what, "the file did not end within %g s and was stopped", s->file_limit_ms / 1000.0);
        else if (how == HEAP_FULL) snprintf(what, sizeof what, "%s", heap_full_text);
        else snprintf(what, sizeof what, "worker crashed (signal %d)", how);
        deliver_death(run, running, what);
        return false;
    }
    t = NULL;
    for (u32 i; (i = take(run)) < s->count;) {
        DxtestFileResult r = {0};
        running = i;
        if (!t) t = s->open(s->ctx, false);
        run->own_vm = true;
        crash_guard = 1;
        if (s->file_limit_ms) arm(s->file_limit_ms);
        u64 cpu = cpu_ns();
        dxtest_run_file(t, s->order[i], &r);
        crash_guard = 0;
        deliver(run, s->order[i], cpu_ns() - cpu, &r);
        if (run->worker_count > 1) supervise_once(run, false);
        grow(run);
    }
    if (s->file_limit_ms) arm(0);
    return true;
}

ScheduleOutcome schedule_run(const Schedule *s) {
    Run run = {.s = s, .worker_count = 1, .started_ns = now_ns()};
    run.shared = mmap(NULL, sizeof *run.shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    DX_CHECK(run.shared != MAP_FAILED);
    u32 n = worth(s);
    for (u32 i = 1; i < n; i++)
        if (!spawn(&run, i)) break;
    catch_crashes(s);
    if (s->worker) s->worker(s->ctx, 0);
    if (!run_own(&run)) {
        for (u32 i = 1; i <= s->workers && i < WORKERS_MAX && left(&run); i++) // at least one, so that what is left still runs
            if (!run.workers[i].alive) spawn(&run, i);
    }
    while (supervise_once(&run, true)) {}
    for (u32 i = 1; i < run.worker_count; i++)
        if (run.workers[i].log) munmap(run.workers[i].log, LOG_BYTES);
    munmap(run.shared, sizeof *run.shared);
    return run.outcome;
}
