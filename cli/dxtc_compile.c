// SPDX-License-Identifier: MIT
// dxtc -c: every file for itself into a .dxt, as a C compiler makes objects; what it imports is not looked for. Options come from package.json
// and tsconfig.json as in linking. Threads take files in turns; messages and results are in the order of the files, whoever made them.
#include "cli/dxtc.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>

typedef struct Unit {
    const char *path;   // absolute
    const char *name;   // as messages and the module say it
    const char *out;
    const char *depfile;
    bool mirrored;      // `out` lies in a tree of directories that may have to be made
    Buf messages;
    int status;
} Unit;

typedef struct Times {
    double read, write;          // ms gone by
    u64 module_ns, prove_ns;     // processor time, as the compiler's own
    DxcTimes compiler;
} Times;

typedef struct Alone {
    const Args *args;
    Link link;          // options and configuration files; links nothing
    pthread_mutex_t lock; // of the resolver, the times and the sums
    Unit *units;
    u32 count;
    _Atomic u32 next;
    Times times;
    u64 source_bytes, out_bytes;
} Alone;

// ---- one file

static void say(Unit *u, const char *path, const char *what) {
    buf_printf(&u->messages, "dxtc: %s: %s\n", path, what);
    u->status = EXIT_USAGE;
}

static int make_parents(const char *path) {
    Buf b = {0};
    buf_str(&b, path);
    char *s = (char *)buf_cstr(&b);
    int error = 0;
    for (char *p = s + 1; *p && !error; p++) {
        if (*p != '/') continue;
        *p = 0;
        if (mkdir(s, 0777) && errno != EEXIST) error = errno;
        *p = '/';
    }
    buf_free(&b);
    return error;
}

// What the compiler has just written must verify: otherwise the fault is its own, and better found here than when the module is run.
static void prove(Unit *u, const Buf *bytes) {
    DxtModule m;
    DxtFault fault = {0};
    if (dxt_open(bytes->data, bytes->len, false, &m, &fault) == DXT_OK && dxt_verify(&m, &fault) == DXT_OK) return;
    buf_printf(&u->messages, "%s: error: the compiled module does not verify: rule %u, function %u, offset %llu: %s\n", u->name, fault.rule, fault.func,
               (unsigned long long)fault.offset, fault.detail);
    u->status = EXIT_COMPILE;
}

static void compile_text(Unit *u, const DxcOptions *o, const Buf *text, Arena *arena, Buf *bytes, Times *t) {
    DiagList diags;
    DxtModule module;
    diag_init(&diags, arena, u->name, (const char *)text->data, text->len);
    DxcResult result = dxc_compile(o, u->name, (const char *)text->data, text->len, arena, &module, &diags);
    diag_sort(&diags);
    diag_print(&diags, &u->messages);
    if (result != DXC_OK) {
        u->status = EXIT_COMPILE;
        return;
    }
    u64 start = dxc_cpu_ns();
    DxtStatus s = dxt_write(&module, bytes);
    u64 written = dxc_cpu_ns();
    t->module_ns += written - start;
    if (s) {
        buf_printf(&u->messages, "%s: error: %s\n", u->name, dxt_status_text(s));
        u->status = EXIT_COMPILE;
    } else prove(u, bytes);
    t->prove_ns += dxc_cpu_ns() - written;
}

static void write_result(Unit *u, const Buf *bytes, Times *t) {
    double start = now_ms();
    int error = file_write_atomic(u->out, bytes->data, bytes->len);
    if (error == ENOENT && u->mirrored && !(error = make_parents(u->out))) error = file_write_atomic(u->out, bytes->data, bytes->len);
    if (error) say(u, u->out, strerror(error));
    t->write += now_ms() - start;
}

static void unit_make(Alone *a, Unit *u, Times *t, u64 *source_bytes, u64 *out_bytes) {
    Buf text = {0}, bytes = {0};
    Arena arena = {0};
    ProbeFact fact;
    double start = now_ms();
    int error = probe_read_fact(u->path, &text, &fact);
    if (error) say(u, u->name, strerror(error));
    else {
        buf_cstr(&text);
        t->read += now_ms() - start;
        *source_bytes += text.len;
        pthread_mutex_lock(&a->lock);
        DxcOptions o = link_compile_options(&a->link, &a->link.resolver, u->path, a->args->test || looks_like_test(u->path));
        pthread_mutex_unlock(&a->lock);
        o.times = a->args->stats ? &t->compiler : NULL;
        compile_text(u, &o, &text, &arena, &bytes, t);
    }
    if (!u->status) write_result(u, &bytes, t);
    *out_bytes += bytes.len;
    buf_free(&text);
    buf_free(&bytes);
    arena_free(&arena);
}

// ---- all of them

static void times_add(Times *sum, const Times *t) {
    sum->read += t->read;
    sum->write += t->write;
    sum->module_ns += t->module_ns;
    sum->prove_ns += t->prove_ns;
    sum->compiler.parse_ns += t->compiler.parse_ns;
    sum->compiler.scopes_ns += t->compiler.scopes_ns;
    sum->compiler.emit_ns += t->compiler.emit_ns;
    sum->compiler.assemble_ns += t->compiler.assemble_ns;
}

static void *work(void *arg) {
    Alone *a = arg;
    Times t = {0};
    u64 source_bytes = 0, out_bytes = 0;
    for (u32 i; (i = atomic_fetch_add(&a->next, 1)) < a->count;) unit_make(a, &a->units[i], &t, &source_bytes, &out_bytes);
    pthread_mutex_lock(&a->lock);
    times_add(&a->times, &t);
    a->source_bytes += source_bytes;
    a->out_bytes += out_bytes;
    pthread_mutex_unlock(&a->lock);
    dxt_write_end();
    return NULL;
}

static void run_threads(Alone *a) {
    u32 n = dx_min_u32(a->args->jobs, a->count), started = 0;
    pthread_t *threads = mem_alloc((n + 1) * sizeof *threads);
    link_keep_memory();
    while (started + 1 < n && !pthread_create(&threads[started], NULL, work, a)) started++;
    work(a);
    for (u32 i = 0; i < started; i++) pthread_join(threads[i], NULL);
    mem_free(threads);
}

static void print_stats(const Alone *a, double total) {
    const Times *t = &a->times;
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    fprintf(stderr, "dxtc: %u module%s, %llu bytes of source, %llu bytes written; %.1f ms: read %.2f, parse %.2f, scopes %.2f, emit %.2f, assemble %.2f, "
            "module %.2f, verify %.2f, write %.2f; peak %ld KB\n", a->count, a->count == 1 ? "" : "s", (unsigned long long)a->source_bytes,
            (unsigned long long)a->out_bytes, total, t->read, t->compiler.parse_ns / 1e6, t->compiler.scopes_ns / 1e6, t->compiler.emit_ns / 1e6,
            t->compiler.assemble_ns / 1e6, t->module_ns / 1e6, t->prove_ns / 1e6, t->write, usage.ru_maxrss);
}

static int report(Alone *a) {
    u32 failed = 0;
    int status = 0;
    Buf *warnings = &a->link.warnings;
    if (warnings->len) fwrite(warnings->data, 1, warnings->len, stderr);
    const Buf *errors = &a->link.config_errors;
    if (errors->len) {
        fwrite(errors->data, 1, errors->len, stderr);
        status = EXIT_USAGE;
    }
    for (u32 i = 0; i < a->count; i++) {
        Unit *u = &a->units[i];
        if (u->messages.len) fwrite(u->messages.data, 1, u->messages.len, stderr);
        if (!u->status && a->args->dependencies) u->status = write_depfile(u->out, u->depfile, u->name, &a->link.probe);
        failed += u->status == EXIT_COMPILE;
        if (u->status && status != EXIT_USAGE) status = u->status;
        buf_free(&u->messages);
    }
    if (failed > 1) fprintf(stderr, "dxtc: %u files with errors\n", failed);
    return status;
}

// ---- names

// The output of one of several files: OUT holds the tree below the current directory, each name with .dxt behind it.
static int mirror(const Args *a, const char *cwd, Names *names, Unit *u) {
    if (!path_inside(u->path, cwd)) return usage("outside the current directory, whose tree -o DIRECTORY repeats:", u->path);
    const char *below = u->path + (cwd[1] ? strlen(cwd) + 1 : 1);
    size_t n = strlen(a->out), m = strlen(below);
    char *out = arena_alloc(&names->arena, n + m + 6);
    memcpy(out, a->out, n);
    if (out[n - 1] != '/') out[n++] = '/';
    memcpy(out + n, below, m);
    memcpy(out + n + m, ".dxt", 5);
    u->out = out;
    u->name = below;
    u->mirrored = true;
    return 0;
}

static int units_fill(const Args *a, const char *cwd, Names *names, Alone *all) {
    bool single = text_ends_with(a->out, ".dxt");
    if (single && names->count > 1) return usage("-o OUT.dxt takes one FILE; for several, name a directory after -o", NULL);
    if (!single && a->depfile) return usage("-MF goes with one output", NULL);
    all->units = mem_zalloc(names->count * sizeof *all->units);
    all->count = names->count;
    for (u32 i = 0; i < names->count; i++) {
        Unit *u = &all->units[i];
        bool given = !strcmp(path_join(&names->arena, cwd, a->inputs[0]), names->v[i]);
        *u = (Unit){.path = names->v[i], .name = given ? a->inputs[0] : names->v[i], .out = a->out, .depfile = a->depfile};
        int status = single ? 0 : mirror(a, cwd, names, u);
        if (status) return status;
    }
    return 0;
}

int compile_alone(const Args *a, const char *cwd) {
    Names names = {0};
    LinkOptions o = {.compile = a->compile, .resolve = {a->conditions, a->condition_count, a->require, NULL, NULL}};
    Alone all = {.args = a};
    double start = now_ms();
    link_init(&all.link, &o);
    pthread_mutex_init(&all.lock, NULL);
    int status = collect(a, cwd, &names);
    if (!status) status = units_fill(a, cwd, &names, &all);
    if (!status) {
        run_threads(&all);
        status = report(&all);
        if (a->stats) print_stats(&all, now_ms() - start);
    }
    pthread_mutex_destroy(&all.lock);
    link_free(&all.link);
    mem_free(all.units);
    mem_free(names.v);
    arena_free(&names.arena);
    return status;
}
