// SPDX-License-Identifier: MIT
// The test262 runner: which files run in which modes, worker processes, comparison with the known failures, the report.
//
//   test262 [-j WORKERS] [-v] [--update] [--failures FILE] CHECKOUT [DIR | FILE.js ...]
//
// Exit codes: 0 as the list of known failures says, 1 new, changed or fixed entries, 2 usage.
#include "tests/test262/runner.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#ifndef ROOM
#define ROOM "tests/test262"
#endif
enum { WORKERS_MAX = 64, SLEEPERS = 6, CPU_SECONDS = 10, WALL_SECONDS = 60, SLOWDOWN_ASAN = 5 };
#ifdef DX_DEBUG
#define SLOWDOWN SLOWDOWN_ASAN
#else
#define SLOWDOWN 1
#endif

typedef struct TestFile { char *path; const char *reason; u32 first_job, job_count; } TestFile; // reason: out of scope
typedef struct Job { u32 file; Mode mode; } Job;
typedef struct Queue { u32 *jobs; u32 count, cap; } Queue;
typedef struct Slot { u32 current; f64 cpu, wall; } Slot; // current: job + 1, 0 idle; times at its start
typedef struct Shared { u32 next[2]; Slot slots[WORKERS_MAX]; Result results[]; } Shared;

static struct {
    Arena arena;
    const char *checkout;
    TestFile *files;
    u32 file_count, file_cap;
    Job *jobs;
    u32 job_count, job_cap;
    Queue queues[2];  // 1: tests with several agents, which sleep most of their time and have workers of their own
    Shared *shared;
    u32 workers;      // of queue 0; SLEEPERS more take queue 1
    pid_t pids[WORKERS_MAX];
    Scope *scope;
    Known *known;
    bool verbose, update;
} run = {.workers = 2};

// ---- finding files

static int by_path(const void *a, const void *b) { return strcmp(((const TestFile *)a)->path, ((const TestFile *)b)->path); }

static bool ends_with(const char *s, const char *suffix) {
    size_t n = strlen(s), k = strlen(suffix);
    return n >= k && !strcmp(s + n - k, suffix);
}

static void find_files(const char *relative) {
    Buf full = {0};
    buf_printf(&full, "%s/%s", run.checkout, relative);
    struct stat st;
    if (stat(buf_cstr(&full), &st)) {
        perror(buf_cstr(&full));
        exit(2);
    }
    if (!S_ISDIR(st.st_mode)) {
        if (run.file_count == run.file_cap) run.files = mem_realloc(run.files, (run.file_cap = run.file_cap ? run.file_cap * 2 : 1024) * sizeof *run.files);
        run.files[run.file_count++] = (TestFile){.path = arena_strndup(&run.arena, relative, strlen(relative))};
        buf_free(&full);
        return;
    }
    DIR *dir = opendir(buf_cstr(&full));
    for (struct dirent *e; dir && (e = readdir(dir));) {
        if (e->d_name[0] == '.' || strstr(e->d_name, "_FIXTURE")) continue;
        if (e->d_type == DT_REG && !ends_with(e->d_name, ".js")) continue;
        Buf name = {0};
        buf_printf(&name, "%s/%s", relative, e->d_name);
        find_files(buf_cstr(&name));
        buf_free(&name);
    }
    if (dir) closedir(dir);
    buf_free(&full);
}

static void job_add(u32 file, Mode mode, bool sleeps) {
    if (run.job_count == run.job_cap) run.jobs = mem_realloc(run.jobs, (run.job_cap = run.job_cap ? run.job_cap * 2 : 1024) * sizeof *run.jobs);
    Queue *q = &run.queues[sleeps];
    if (q->count == q->cap) q->jobs = mem_realloc(q->jobs, (q->cap = q->cap ? q->cap * 2 : 1024) * sizeof *q->jobs);
    q->jobs[q->count++] = run.job_count;
    run.jobs[run.job_count++] = (Job){file, mode};
    run.files[file].job_count++;
}

static void file_plan(u32 index) {
    TestFile *f = &run.files[index];
    Buf full = {0}, text = {0};
    Arena scratch = {0};
    Meta meta = {0};
    buf_printf(&full, "%s/%s", run.checkout, f->path);
    f->first_job = run.job_count;
    if (!file_read(buf_cstr(&full), &text)) meta_read(&scratch, (const char *)text.data, text.len, &meta);
    f->reason = scope_reason(run.scope, f->path, &meta);
    if (f->reason) goto out;
    bool sleeps = meta_includes(&meta, "atomicsHelper.js");
    if (meta.flags & FLAG_MODULE) job_add(index, MODE_MODULE, sleeps);
    else if (meta.flags & FLAG_RAW) job_add(index, MODE_RAW, sleeps);
    else {
        if (!(meta.flags & FLAG_ONLY_STRICT)) job_add(index, MODE_SLOPPY, sleeps);
        if (!(meta.flags & FLAG_NO_STRICT)) job_add(index, MODE_STRICT, sleeps);
    }
out:
    arena_free(&scratch);
    buf_free(&full);
    buf_free(&text);
}

// ---- workers

static f64 clock_of(clockid_t id) {
    struct timespec t;
    return clock_gettime(id, &t) ? 0 : (f64)t.tv_sec + (f64)t.tv_nsec * 1e-9;
}

static u32 queue_of(u32 worker) { return worker >= run.workers; }

static void work(u32 w) {
    Slot *slot = &run.shared->slots[w];
    const Queue *q = &run.queues[queue_of(w)];
    run_begin();
    for (;;) {
        u32 at = __atomic_fetch_add(&run.shared->next[queue_of(w)], 1, __ATOMIC_RELAXED);
        if (at >= q->count) break;
        u32 i = q->jobs[at];
        slot->cpu = clock_of(CLOCK_PROCESS_CPUTIME_ID);
        slot->wall = clock_of(CLOCK_MONOTONIC);
        __atomic_store_n(&slot->current, i + 1, __ATOMIC_RELEASE);
        run_job(run.files[run.jobs[i].file].path, run.jobs[i].mode, &run.shared->results[i]);
        __atomic_store_n(&slot->current, 0, __ATOMIC_RELEASE);
    }
}

static void worker_start(u32 w) {
    fflush(NULL);
    pid_t pid = fork();
    if (pid < 0) {
        perror("fork");
        exit(2);
    }
    run.pids[w] = pid;
    if (pid) return;
    work(w);
    _exit(0);
}

static void worker_lost(u32 w, int status, const char *why) {
    Slot *slot = &run.shared->slots[w];
    if (slot->current) {
        Result *r = &run.shared->results[slot->current - 1];
        r->outcome = OUTCOME_FAIL;
        if (why) snprintf(r->message, sizeof r->message, "%s", why);
        else if (WIFSIGNALED(status)) snprintf(r->message, sizeof r->message, "crash: signal %d", WTERMSIG(status));
        else snprintf(r->message, sizeof r->message, "crash: the process ended with code %d", WEXITSTATUS(status));
        slot->current = 0;
    }
    run.pids[w] = 0;
    if (run.shared->next[queue_of(w)] < run.queues[queue_of(w)].count) worker_start(w);
}

static void worker_check_time(u32 w) {
    Slot *slot = &run.shared->slots[w];
    clockid_t clock;
    u32 current = __atomic_load_n(&slot->current, __ATOMIC_ACQUIRE);
    if (!current || clock_getcpuclockid(run.pids[w], &clock)) return;
    f64 cpu = clock_of(clock) - slot->cpu, wall = clock_of(CLOCK_MONOTONIC) - slot->wall;
    if (slot->current != current || (cpu < CPU_SECONDS * SLOWDOWN && wall < WALL_SECONDS * SLOWDOWN)) return;
    kill(run.pids[w], SIGKILL);
    waitpid(run.pids[w], NULL, 0);
    worker_lost(w, 0, "timeout");
}

static void run_all(void) {
    size_t bytes = sizeof(Shared) + (run.job_count + 1) * sizeof(Result);
    run.shared = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    DX_CHECK(run.shared != MAP_FAILED);
    u32 workers = run.workers + (run.queues[1].count ? SLEEPERS : 0);
    for (u32 w = 0; w < workers; w++) worker_start(w);
    for (u32 alive = 1; alive;) {
        alive = 0;
        for (u32 w = 0; w < workers; w++) {
            int status;
            if (!run.pids[w]) continue;
            pid_t got = waitpid(run.pids[w], &status, WNOHANG);
            if (got == run.pids[w]) worker_lost(w, status, NULL);
            else worker_check_time(w);
            alive += run.pids[w] != 0;
        }
        if (alive) usleep(10000);
    }
}

// ---- report

typedef struct Total { char name[96]; u32 passed, failed, out; } Total;

static void total_name(const char *path, char *out, size_t cap) { // test/language/expressions/…: three parts
    size_t n = 0, parts = 0;
    for (; path[n] && n + 1 < cap; n++) {
        if (path[n] == '/' && ++parts == 3) break;
        out[n] = path[n];
    }
    out[n] = 0;
    if (parts < 3) // a file directly in the folder
        while (n && out[n - 1] != '/') out[--n] = 0;
}

static bool was_run(const char *path, Mode mode) { // the file was among those to run
    u32 lo = 0, hi = run.file_count;
    while (lo < hi) {
        u32 mid = (lo + hi) / 2;
        int c = strcmp(run.files[mid].path, path);
        if (!c) {
            return true; // listed, but out of scope or no mode of the test any more: fixed as well
        }
        if (c < 0) lo = mid + 1;
        else hi = mid;
    }
    return false;
}

static void print_fixed(const char *path, Mode mode) { printf("fixed: %s %s\n", path, mode_names[mode]); }

// New and changed failures are printed. Their number.
static u32 compare_known(void) {
    u32 wrong = 0;
    for (u32 i = 0; i < run.job_count; i++) {
        const Result *r = &run.shared->results[i];
        const char *path = run.files[run.jobs[i].file].path;
        if (r->outcome == OUTCOME_PASS) continue;
        const char *known = known_message(run.known, path, run.jobs[i].mode);
        if (known && !strcmp(known, r->message)) continue;
        printf("%s: %s %s | %s\n", known ? "changed" : "new", path, mode_names[run.jobs[i].mode], r->message);
        wrong++;
    }
    return wrong + known_fixed(run.known, was_run, print_fixed);
}

static void update_known(void) {
    known_begin(run.known);
    for (u32 i = 0; i < run.job_count; i++)
        if (run.shared->results[i].outcome != OUTCOME_PASS)
            known_failure(run.known, run.files[run.jobs[i].file].path, run.jobs[i].mode, run.shared->results[i].message);
    if (!known_write(run.known, ROOM "/known-failures.txt", was_run)) perror(ROOM "/known-failures.txt");
}

static bool file_passed(const TestFile *f) {
    for (u32 j = 0; j < f->job_count; j++)
        if (run.shared->results[f->first_job + j].outcome != OUTCOME_PASS) return false;
    return true;
}

static void total_print(const Total *t) {
    u32 in = t->passed + t->failed;
    printf("%-44s %6u passed %6u failed %6u out of scope  %6.2f %%\n", t->name, t->passed, t->failed, t->out, in ? 100.0 * t->passed / in : 100.0);
}

static void report_totals(f64 seconds) {
    Total all = {.name = "files"}, runs = {.name = "runs (a file in a mode)"}, one = {0};
    for (u32 i = 0; i < run.file_count; i++) {
        const TestFile *f = &run.files[i];
        char name[sizeof one.name];
        total_name(f->path, name, sizeof name);
        if (strcmp(name, one.name)) {
            if (one.name[0]) total_print(&one);
            one = (Total){0};
            memcpy(one.name, name, sizeof name);
        }
        bool passed = file_passed(f);
        one.out += f->reason != NULL;
        one.passed += !f->reason && passed;
        one.failed += !f->reason && !passed;
        all.out += f->reason != NULL;
        all.passed += !f->reason && passed;
        all.failed += !f->reason && !passed;
    }
    if (one.name[0]) total_print(&one);
    for (u32 i = 0; i < run.job_count; i++) {
        bool passed = run.shared->results[i].outcome == OUTCOME_PASS;
        runs.passed += passed;
        runs.failed += !passed;
    }
    printf("%.1f s with %u workers\n", seconds, run.workers);
    total_print(&runs);
    total_print(&all);
}

static void write_failures(const char *path) {
    Buf out = {0};
    for (u32 i = 0; i < run.job_count; i++)
        if (run.shared->results[i].outcome != OUTCOME_PASS)
            buf_printf(&out, "%s %s | %s\n", run.files[run.jobs[i].file].path, mode_names[run.jobs[i].mode], run.shared->results[i].message);
    if (file_write_atomic(path, out.data, out.len)) perror(path);
    buf_free(&out);
}

// ---- command line

static int usage(void) {
    fprintf(stderr, "usage: test262 [-j WORKERS] [-v] [--update] [--failures FILE] CHECKOUT [DIR | FILE.js ...]\n");
    return 2;
}

int main(int argc, char **argv) {
    const char *failures = NULL;
    int i = 1;
    for (; i < argc && argv[i][0] == '-'; i++) {
        if (!strcmp(argv[i], "-v")) run.verbose = true;
        else if (!strcmp(argv[i], "--update")) run.update = true;
        else if (!strcmp(argv[i], "-j") && i + 1 < argc) run.workers = (u32)atoi(argv[++i]);
        else if (!strcmp(argv[i], "--failures") && i + 1 < argc) failures = argv[++i];
        else return usage();
    }
    if (i >= argc || run.workers < 1 || run.workers > WORKERS_MAX - SLEEPERS) return usage();
    run.checkout = argv[i++];
    run.scope = scope_read(ROOM "/scope.txt");
    run.known = known_read(ROOM "/known-failures.txt");
    if (!run.scope || !run.known) return 2;
    if (i == argc) find_files("test");
    for (; i < argc; i++) find_files(argv[i]);
    if (run.file_count) qsort(run.files, run.file_count, sizeof *run.files, by_path);
    for (u32 f = 0; f < run.file_count; f++) file_plan(f);
    f64 start = clock_of(CLOCK_MONOTONIC);
    run_boot(run.checkout);
    run_all();
    f64 seconds = clock_of(CLOCK_MONOTONIC) - start;
    if (failures) write_failures(failures);
    u32 wrong = run.update ? 0 : compare_known();
    if (run.update) update_known();
    if (run.verbose)
        for (u32 f = 0; f < run.file_count; f++)
            if (run.files[f].reason) printf("out of scope: %s | %s\n", run.files[f].path, run.files[f].reason);
    if (wrong) printf("%u differences from " ROOM "/known-failures.txt\n", wrong);
    report_totals(seconds);
    run_end();
    return wrong != 0;
}
