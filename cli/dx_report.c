// SPDX-License-Identifier: MIT
// Text only: counts and verdicts come from the results. Colours are Jest's.
#include "cli/dx_report.h"

#include <errno.h>
#include <time.h>
#include <unistd.h>

#define FLUSH_NS 200000000u // a run that takes longer shows what it has
#define SLOW_NS 5000000000u // a file slower than this has its time shown

static const char *const sgr[] = {"\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[31m", "\x1b[32m", "\x1b[33m", "\x1b[35m", "\x1b[22m", "\x1b[39m", "\x1b[7m", "\x1b[27m"};
typedef enum Sgr { RESET, BOLD, DIM, RED, GREEN, YELLOW, MAGENTA, NORMAL, PLAIN, INVERSE, UPRIGHT } Sgr;

static void style(Report *r, Sgr s) {
    if (r->options.color) buf_str(&r->out, sgr[s]);
}

static const char *shown_path(const Report *r, const char *path) {
    size_t n = strlen(r->options.root);
    return !strncmp(path, r->options.root, n) && path[n] == '/' ? path + n + 1 : path;
}

// ---- one file

static void put_badge(Report *r, bool pass) {
    if (!r->options.color) {
        buf_str(&r->out, pass ? "PASS" : "FAIL");
        return;
    }
    buf_printf(&r->out, "\x1b[0m\x1b[7m\x1b[1m%s %s \x1b[39m\x1b[22m\x1b[27m\x1b[0m", pass ? "\x1b[32m" : "\x1b[31m", pass ? "PASS" : "FAIL");
}

static void put_header(Report *r, const DxtestFileResult *f, bool pass) {
    const char *path = shown_path(r, f->path), *slash = strrchr(path, '/');
    put_badge(r, pass);
    buf_u8(&r->out, ' ');
    if (slash) {
        style(r, DIM);
        buf_put(&r->out, path, (size_t)(slash + 1 - path));
        style(r, NORMAL);
    }
    style(r, BOLD);
    buf_str(&r->out, slash ? slash + 1 : path);
    style(r, NORMAL);
    if (f->duration_ns > SLOW_NS) buf_printf(&r->out, " (%.3f s)", (double)f->duration_ns / 1e9);
    buf_u8(&r->out, '\n');
}

static void put_indented(Buf *out, const char *text, u32 spaces) {
    while (*text) {
        size_t n = strcspn(text, "\n");
        if (n) buf_printf(out, "%*s", (int)spaces, "");
        buf_put(out, text, n);
        buf_u8(out, '\n');
        text += n + (text[n] == '\n');
    }
}

static void put_failure(Report *r, const DxtestFailure *f) {
    put_indented(&r->out, f->message, 4);
    if (f->code_frame && *f->code_frame) {
        buf_u8(&r->out, '\n');
        put_indented(&r->out, f->code_frame, 4);
    }
    if (f->stack && *f->stack) {
        buf_u8(&r->out, '\n');
        style(r, DIM);
        put_indented(&r->out, f->stack, 6);
        style(r, NORMAL);
    }
    buf_u8(&r->out, '\n');
}

static void put_bullet(Report *r, const DxtestTest *t) {
    style(r, RED);
    style(r, BOLD);
    buf_str(&r->out, "  ● ");
    for (u32 i = 0; t && i < t->ancestor_count; i++) buf_printf(&r->out, "%s › ", t->ancestors[i]);
    buf_str(&r->out, t ? t->title : "Test suite failed to run");
    style(r, NORMAL);
    style(r, PLAIN);
    buf_str(&r->out, "\n\n");
}

static void put_failures(Report *r, const DxtestFileResult *f) {
    for (u32 i = 0; i < f->file_failure_count; i++) {
        put_bullet(r, NULL);
        put_failure(r, &f->file_failures[i]);
    }
    for (u32 i = 0; i < f->test_count; i++) {
        const DxtestTest *t = &f->tests[i];
        for (u32 j = 0; t->status == TEST_FAILED && j < t->failure_count; j++) {
            put_bullet(r, t);
            put_failure(r, &t->failures[j]);
        }
    }
}

static void put_test(Report *r, const DxtestTest *t, u32 indent) {
    static const struct { const char *mark, *word; Sgr color; } marks[] = {
        [TEST_PASSED] = {"✓", "", GREEN}, [TEST_FAILED] = {"✕", "", RED}, [TEST_SKIPPED] = {"○", "skipped ", YELLOW},
        [TEST_TODO_STATUS] = {"✎", "todo ", MAGENTA}, [TEST_PENDING] = {"○", "skipped ", YELLOW},
    };
    u32 s = t->status > TEST_PENDING ? TEST_PENDING : t->status;
    buf_printf(&r->out, "%*s", (int)indent, "");
    style(r, marks[s].color);
    buf_str(&r->out, marks[s].mark);
    style(r, PLAIN);
    buf_u8(&r->out, ' ');
    style(r, DIM);
    buf_printf(&r->out, "%s%s", marks[s].word, t->title);
    if (t->duration_ns >= 1000000) buf_printf(&r->out, " (%llu ms)", (unsigned long long)(t->duration_ns / 1000000));
    style(r, NORMAL);
    buf_u8(&r->out, '\n');
}

static u32 common_ancestors(const DxtestTest *a, const DxtestTest *b) {
    u32 n = 0;
    while (a && n < a->ancestor_count && n < b->ancestor_count && !strcmp(a->ancestors[n], b->ancestors[n])) n++;
    return n;
}

static void put_tree(Report *r, const DxtestFileResult *f) {
    const DxtestTest *before = NULL;
    for (u32 pass = 0; pass < 2; pass++) { // tests of the file itself stand before its suites
        for (u32 i = 0; i < f->test_count; i++) {
            const DxtestTest *t = &f->tests[i];
            if ((t->ancestor_count > 0) != (pass == 1)) continue;
            for (u32 n = common_ancestors(before, t); n < t->ancestor_count; n++) buf_printf(&r->out, "%*s%s\n", (int)(2 + n * 2), "", t->ancestors[n]);
            put_test(r, t, 2 + t->ancestor_count * 2);
            before = t;
        }
    }
    if (f->test_count) buf_u8(&r->out, '\n');
}

static const char *plural(u32 n) { return n == 1 ? "" : "s"; }

static void put_snapshot_lines(Report *r, const DxtestFileResult *f) {
    const struct { u32 n; const char *what; Sgr color; } rows[] = {
        {f->snapshots.added, "written", GREEN}, {f->snapshots.updated, "updated", GREEN}, {f->snapshots.removed, "removed", GREEN},
        {f->snapshots.unmatched, "failed", RED}, {f->snapshots.obsolete, "obsolete", YELLOW},
    };
    for (u32 i = 0; i < DX_COUNTOF(rows); i++) {
        if (!rows[i].n) continue;
        style(r, rows[i].color);
        buf_printf(&r->out, " › %u snapshot%s %s.\n", rows[i].n, plural(rows[i].n), rows[i].what);
        style(r, PLAIN);
    }
    for (u32 i = 0; i < f->obsolete_count; i++) buf_printf(&r->out, "   • %s\n", f->obsolete_keys[i]);
}

static void count(Report *r, const DxtestFileResult *f, bool pass) {
    ReportTotals *t = &r->totals;
    t->files++;
    t->files_failed += !pass;
    t->files_skipped += pass && f->test_count && f->skipped + f->todo == f->test_count && f->skipped;
    t->tests += f->test_count;
    t->passed += f->passed;
    t->failed += f->failed;
    t->skipped += f->skipped;
    t->todo += f->todo;
    u32 *to = (u32 *)&t->snapshots;
    const u32 *from = (const u32 *)&f->snapshots;
    for (u32 i = 0; i < sizeof t->snapshots / sizeof *to; i++) to[i] += from[i];
    t->files_written += f->snapshots.added > 0;
    t->files_updated += f->snapshots.updated > 0;
    t->files_unmatched += f->snapshots.unmatched > 0;
    t->files_obsolete += f->snapshots.obsolete > 0;
}

static u64 now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (u64)t.tv_sec * 1000000000u + (u64)t.tv_nsec;
}

void report_file(Report *r, const DxtestFileResult *f) {
    bool pass = !f->failed && !f->file_failure_count;
    count(r, f, pass);
    bool all_skipped = pass && f->test_count && !f->passed && r->options.name_filter;
    if (all_skipped) return; // -t left nothing in it
    put_header(r, f, pass);
    if (r->options.verbose || r->options.file_count == 1) put_tree(r, f);
    if (f->console_len && !r->options.silent) {
        buf_put(&r->out, f->console, f->console_len);
        if (f->console[f->console_len - 1] != '\n') buf_u8(&r->out, '\n');
    }
    if (!pass) put_failures(r, f);
    put_snapshot_lines(r, f);
    u64 now = now_ns();
    if (!r->flushed_ns) r->flushed_ns = now;
    if (now - r->flushed_ns > FLUSH_NS) report_flush(r);
}

void report_flush(Report *r) {
    const u8 *p = r->out.data;
    for (size_t left = r->out.len; left;) {
        ssize_t n = write(1, p, left);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) {
            r->write_error = errno;
            break;
        }
        p += n;
        left -= (size_t)n;
    }
    r->out.len = 0;
    r->flushed_ns = now_ns();
}

// ---- the end

static void put_count(Report *r, u32 n, const char *what, Sgr color) {
    if (!n) return;
    style(r, BOLD);
    style(r, color);
    buf_printf(&r->out, "%u %s", n, what);
    style(r, PLAIN);
    style(r, NORMAL);
    buf_str(&r->out, ", ");
}

static void put_label(Report *r, const char *label) {
    style(r, BOLD);
    buf_str(&r->out, label);
    style(r, NORMAL);
}

static void put_snapshot_summary(Report *r) {
    const ReportTotals *t = &r->totals;
    const struct { u32 n, files; const char *form, *hint; Sgr color; } rows[] = {
        {t->snapshots.added, t->files_written, "written from", "", GREEN},
        {t->snapshots.unmatched, t->files_unmatched, "failed from", " Inspect your code changes or run `dx test -u` to update them.", RED},
        {t->snapshots.updated, t->files_updated, "updated from", "", GREEN},
        {t->snapshots.obsolete, t->files_obsolete, "obsolete from", t->snapshots.obsolete == 1 ? " Run `dx test -u` to remove it." : " Run `dx test -u` to remove them.", YELLOW},
    };
    bool head = false;
    for (u32 i = 0; i < DX_COUNTOF(rows); i++) {
        if (!rows[i].n) continue;
        if (!head) put_label(r, "Snapshot Summary\n");
        head = true;
        style(r, rows[i].color);
        buf_printf(&r->out, " › %u snapshot%s %s %u test suite%s.", rows[i].n, plural(rows[i].n), rows[i].form, rows[i].files, plural(rows[i].files));
        style(r, PLAIN);
        buf_printf(&r->out, "%s\n", rows[i].hint);
    }
    if (head) buf_u8(&r->out, '\n');
}

void report_summary(Report *r, const ReportTimes *times, bool bailed) {
    const ReportTotals *t = &r->totals;
    if (r->totals.files) buf_u8(&r->out, '\n');
    put_snapshot_summary(r);
    put_label(r, "Test Suites: ");
    put_count(r, t->files_failed, "failed", RED);
    put_count(r, t->files_skipped, "skipped", YELLOW);
    put_count(r, t->files - t->files_failed - t->files_skipped, "passed", GREEN);
    u32 ran = t->files - t->files_skipped;
    if (ran != r->options.file_count) buf_printf(&r->out, "%u of %u total\n", ran, r->options.file_count);
    else buf_printf(&r->out, "%u total\n", t->files);
    put_label(r, "Tests:       ");
    put_count(r, t->failed, "failed", RED);
    put_count(r, t->skipped, "skipped", YELLOW);
    put_count(r, t->todo, "todo", MAGENTA);
    put_count(r, t->passed, "passed", GREEN);
    buf_printf(&r->out, "%u total\n", t->tests);
    put_label(r, "Snapshots:   ");
    put_count(r, t->snapshots.unmatched, "failed", RED);
    put_count(r, t->snapshots.obsolete, "obsolete", YELLOW);
    put_count(r, t->snapshots.removed, "removed", GREEN);
    put_count(r, t->snapshots.updated, "updated", GREEN);
    put_count(r, t->snapshots.added, "written", GREEN);
    put_count(r, t->snapshots.matched, "passed", GREEN);
    buf_printf(&r->out, "%u total\n", t->snapshots.matched + t->snapshots.added + t->snapshots.updated + t->snapshots.unmatched);
    put_label(r, "Time:        ");
    buf_printf(&r->out, "%.3f s\n", (double)times->total_ns / 1e9);
    style(r, DIM);
    buf_printf(&r->out, "Split:       compile %.1f ms, layout %.1f ms, execute %.1f ms", (double)times->compile_ns / 1e6, (double)times->layout_ns / 1e6,
               (double)times->execute_ns / 1e6);
    if (!times->warm) buf_printf(&r->out, " (%u modules compiled, %u from the store)", times->compiled, times->from_store);
    buf_u8(&r->out, '\n');
    buf_printf(&r->out, "Ran all test suites%s%s.%s\n", r->options.patterns ? " matching the given patterns" : "",
               r->options.name_filter ? (r->options.patterns ? " and names" : " with tests matching the name pattern") : "",
               bailed ? " Stopped early: --bail." : "");
    style(r, NORMAL);
}
