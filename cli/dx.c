// SPDX-License-Identifier: MIT
// dx: what a person types. A warm `dx test` opens one layout by a name made of directory and arguments, asks the file system whether its
// inputs are as they were, and runs it; everything else is dx_build.c.
#define _GNU_SOURCE // dl_iterate_phdr
#include "cli/dx_build.h"
#include "cli/dx_load.h"
#include "cli/dx_match.h"
#include "cli/dx_report.h"
#include "cli/exit_status.h"
#include "cli/lib/eval_hook.h"
#include "format/base/hash.h"
#include "format/base/utf.h"
#include "runtime/cache/validity.h"
#include "runtime/schedule/schedule.h"
#include "vm/host.h"

#include <elf.h>
#include <errno.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define DX_VERSION "0.1.0"

typedef struct App {
    DxArgs args;
    char cwd[4096];
    const char *version;      // of the compiler: its build id
    Store store;
    u8 key[16];               // names the layout and the times
    DxtLayout layout;
    char layout_path[4200];   // "" : only in memory
    Settings settings;
    u32 *setup;               // module indices
    Buf built_bytes;          // when there is no file
    ReportTimes times;
    Report report;
    StoreTime *rows;          // per test file
    u32 *order, *expected, *idle, *place; // place[file]: position in order
    DxtestFileResult *results; bool *have;
    u32 next_shown;
    VM *vm;
} App;

static u64 now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (u64)t.tv_sec * 1000000000u + (u64)t.tv_nsec;
}

// ---- names of things in the store

static int find_build_id(struct dl_phdr_info *info, size_t size, void *out) {
    for (int i = 0; i < info->dlpi_phnum; i++) {
        if (info->dlpi_phdr[i].p_type != PT_NOTE) continue;
        const u8 *p = (const u8 *)(info->dlpi_addr + info->dlpi_phdr[i].p_vaddr), *end = p + info->dlpi_phdr[i].p_memsz;
        while (p + sizeof(ElfW(Nhdr)) <= end) {
            const ElfW(Nhdr) *n = (const ElfW(Nhdr) *)(const void *)p;
            const u8 *name = p + sizeof *n, *desc = name + dx_align_up(n->n_namesz, 4);
            if (n->n_type == NT_GNU_BUILD_ID && n->n_namesz == 4 && !memcmp(name, "GNU", 4)) {
                char *text = out;
                for (u32 k = 0; k < n->n_descsz && k < 20; k++) snprintf(text + k * 2, 3, "%02x", desc[k]);
                return 1;
            }
            p = desc + dx_align_up(n->n_descsz, 4);
        }
    }
    return 1; // the program itself comes first
}

static const char *build_version(void) {
    static char text[64] = DX_VERSION;
    dl_iterate_phdr(find_build_id, text);
    return text;
}

static void layout_key(App *app) {
    const DxArgs *a = &app->args;
    Buf b = {0};
    buf_printf(&b, "%s\n%s\n%s\n%s\n", app->version, app->cwd, a->directory ? a->directory : "", a->config ? a->config : "");
    for (u32 i = 0; i < a->condition_count; i++) buf_printf(&b, "c%s\n", a->conditions[i]);
    for (u32 i = 0; i < a->pattern_count; i++) buf_printf(&b, "p%s\n", a->patterns[i]);
    Hash128 h = hash128_bytes(b.data, b.len);
    memcpy(app->key, h.bytes, 16);
    buf_free(&b);
}

// ---- the store's place

static const char *user_store(Arena *arena) { // NULL: the store lies in the project
    const char *xdg = getenv("XDG_CACHE_HOME");
    return xdg && xdg[0] == '/' ? path_join(arena, xdg, "dx") : NULL;
}

static const char *start_directory(const App *app, Arena *arena) {
    return app->args.directory ? path_join(arena, app->cwd, app->args.directory) : app->cwd;
}

// ---- the layout

// Opens what a former run left; 0 when it may be used, else why not is a notice or nothing.
static bool open_kept(App *app) {
    Arena arena = {0};
    const char *user = user_store(&arena);
    bool found = false;
    const char *dir = start_directory(app, &arena);
    DxtFault fault = {0};
    for (;;) {
        if (!store_use(&app->store, user ? user : path_join(&arena, dir, ".dx"))) break;
        store_layout_path(&app->store, app->key, app->layout_path, sizeof app->layout_path);
        DxtStatus s = dxtl_open(app->layout_path, false, &app->layout, &fault);
        SettingsState settings = s == DXT_OK ? settings_read(&app->layout, &app->settings) : SETTINGS_NONE;
        found = settings == SETTINGS_GOOD;
        if (s == DXT_OK && !found) dxtl_close(&app->layout);
        if (settings == SETTINGS_NONE && (s != DXT_E_IO || access(app->layout_path, F_OK) == 0)) app->store.bad_entries++;
        if (found || user || !dir[1]) break;
        dir = path_dirname(&arena, dir); // the project may begin further up
    }
    arena_free(&arena);
    return found;
}

static void write_layout(App *app, const Buf *bytes) {
    if (!app->store.directory[0]) return;
    store_layout_path(&app->store, app->key, app->layout_path, sizeof app->layout_path);
    if (file_write_atomic(app->layout_path, bytes->data, bytes->len)) app->layout_path[0] = 0;
}

static bool reuse_layout(App *app) {
    const char *which = NULL;
    if (app->args.no_cache || !open_kept(app)) return false;
    Validity v = validity_check(&app->layout, app->cwd, &which);
    if (v == INVALID) {
        dxtl_close(&app->layout);
        return false;
    }
    if (v == VALID_RESTAMP) {
        Buf b = {0};
        dxtl_copy(&app->layout, &b);
        write_layout(app, &b);
        buf_free(&b);
    }
    return true;
}

static bool usable_directory(const char *path) {
    struct stat st;
    const char *why = NULL;
    if (stat(path, &st)) why = strerror(errno);
    else if (!S_ISDIR(st.st_mode)) why = strerror(ENOTDIR);
    else if (!utf8_valid((const u8 *)path, strlen(path)) || strpbrk(path, "\n\r")) why = "a project's path must be UTF-8 without line breaks";
    if (why) fprintf(stderr, "dx: %s: %s\n", path, why);
    return !why;
}

static int build(App *app) {
    Arena arena = {0};
    char root[4096];
    const char *start = start_directory(app, &arena), *user = user_store(&arena);
    if (!usable_directory(start)) return EXIT_USAGE;
    if (app->args.directory) snprintf(root, sizeof root, "%s", start);
    else build_project_root(start, root, sizeof root);
    app->store.directory[0] = app->layout_path[0] = 0;
    if (!app->args.no_cache) store_open(&app->store, user ? user : path_join(&arena, root, ".dx"));
    Built built;
    int status = build_layout(&app->args, app->cwd, root, &app->store, app->version, &built);
    arena_free(&arena);
    if (status) return status;
    u32 bad = app->store.bad_entries + app->store.pool.bad;
    if (bad) fprintf(stderr, "dx: %u damaged %s in the store rebuilt\n", bad, bad == 1 ? "entry" : "entries");
    write_layout(app, &built.bytes);
    store_prune(&app->store);
    app->times.compile_ns = built.compile_ns;
    app->times.layout_ns = built.layout_ns;
    app->times.compiled = built.compiled;
    app->times.from_store = built.loaded;
    app->built_bytes = built.bytes;
    DxtFault fault = {0};
    if (dxtl_open_bytes(app->built_bytes.data, app->built_bytes.len, false, &app->layout, &fault) || settings_read(&app->layout, &app->settings) != SETTINGS_GOOD) {
        fprintf(stderr, "dx: the layout just built is not sound: %s\n", fault.detail);
        return EXIT_REJECTED;
    }
    return 0;
}

// ---- running

static void fill_views(App *app) { // the VM takes the modules' views as they are
    for (u32 i = 0; i < app->layout.module_count; i++) dxtl_module(&app->layout, i);
}

// NODE_OPTIONS=--max-old-space-size=MB, as people set it for Jest and Vitest; 0: none, and what else it says is Node's.
static u64 heap_limit_asked(void) {
    static const char name[] = "--max-old-space-size=";
    const char *p = getenv("NODE_OPTIONS");
    u64 mb = 0;
    for (; p && *p; p++) { // V8 takes _ for - in names
        u32 i = 0;
        while (name[i] && (p[i] == name[i] || (i > 1 && name[i] == '-' && p[i] == '_'))) i++;
        if (!name[i]) mb = strtoull(p + i, NULL, 10); // the last one counts
    }
    return mb > 1 << 20 ? 0 : mb << 20;
}

static Dxtest *open_run(void *ctx, bool again) {
    App *app = ctx;
    static DxHost host = {.compile = eval_hook_compile, .find_module = load_find_module, .load_module = load_module, .resolve_module = load_resolve};
    load_open(&(LoadContext){&app->args, app->cwd, app->settings.root, app->version, &app->store, &app->layout});
    if (again) { // the VM of the process that forked this one goes, perhaps a crashed one
        DxtFault fault;
        if (app->layout_path[0] && dxtl_open(app->layout_path, false, &app->layout, &fault)) _exit(72);
        fill_views(app);
        if (app->vm) vm_shutdown(app->vm);
    }
    dxtest_register();
    app->vm = vm_boot(&(VmOptions){.heap_limit = heap_limit_asked()});
    app->vm->host = &host;
    const DxArgs *a = &app->args;
    const Settings *s = &app->settings;
    DxtestOptions o = {
        .root = s->root, .name_pattern = a->name_pattern, .dialect = (enum DxDialect)s->dialect,
        .timeout_ms = a->timeout_ms ? a->timeout_ms : s->timeout_ms ? s->timeout_ms : 5000,
        .max_concurrency = a->max_concurrency ? a->max_concurrency : s->max_concurrency,
        .retry = a->retry ? a->retry : s->retry, .update_snapshots = a->update, .ci = a->ci, .color = app->report.options.color,
        .setup_modules = app->setup, .setup_count = s->setup_count, .mocks_before_test = s->mocks_before_test,
    };
    return dxtest_open(app->vm, &app->layout, &o);
}

static void set_environment(void *ctx, u32 worker) {
    char number[12];
    snprintf(number, sizeof number, "%u", worker + 1);
    setenv("NODE_ENV", "test", 0);
    setenv("JEST_WORKER_ID", number, 1);
    App *app = ctx;
    if (app->settings.dialect != DIALECT_VITEST) return;
    setenv("VITEST", "true", 1);
    setenv("VITEST_WORKER_ID", number, 1);
    setenv("VITEST_POOL_ID", number, 1);
    setenv("TEST", "true", 1);
}

static const char *file_path(void *ctx, u32 file) {
    App *app = ctx;
    const DxtModule *m = dxtl_module(&app->layout, app->layout.files[file].module);
    return m && m->path ? m->path : "?";
}

static void file_done(void *ctx, u32 file, u64 cpu_ns, DxtestFileResult *r) {
    App *app = ctx;
    u32 at = app->place[file];
    app->results[at] = *r;
    app->have[at] = true;
    StoreTime *row = &app->rows[file];
    row->duration_us = (u32)(r->duration_ns / 1000) + 1;
    row->flags = r->failed || r->file_failure_count ? TIME_FAILED : 0;
    if (cpu_ns && cpu_ns < r->duration_ns) row->flags |= (u32)((r->duration_ns - cpu_ns) * 255 / r->duration_ns) << 8;
    for (; app->next_shown < app->settings.test_count && app->have[app->next_shown]; app->next_shown++) {
        report_file(&app->report, &app->results[app->next_shown]);
        dxtest_result_free(&app->results[app->next_shown]);
    }
}

static u32 idle_of(const StoreTime *t) { return (u32)((u64)t->duration_us * (t->flags >> 8 & 255) / 255); }

// What failed last time comes first, then what waits long, then the layout's order.
static u32 rank(const StoreTime *t) { return t->flags & TIME_FAILED ? 0 : idle_of(t) > 50000 ? 1 : 2; }

static void plan(App *app) {
    u32 n = app->settings.test_count, at = 0;
    app->rows = mem_zalloc(((size_t)n + 1) * sizeof *app->rows);
    app->order = mem_alloc(((size_t)n + 1) * 4 * sizeof *app->order);
    app->expected = app->order + n + 1;
    app->place = app->expected + n + 1;
    app->idle = app->place + n + 1;
    app->results = mem_zalloc(((size_t)n + 1) * sizeof *app->results);
    app->have = mem_zalloc((size_t)n + 1);
    for (u32 i = 0; i < n; i++) app->rows[i].path_hash = app->layout.files[i].path_hash;
    if (!app->args.no_cache) store_times_load(&app->store, app->key, app->rows, n);
    for (u32 k = 0; k < 3; k++)
        for (u32 i = 0; i < n; i++)
            if (rank(&app->rows[i]) == k) app->place[i] = at, app->order[at++] = i;
    for (u32 i = 0; i < n; i++) {
        app->expected[i] = app->rows[app->order[i]].duration_us;
        app->idle[i] = idle_of(&app->rows[app->order[i]]);
    }
    app->setup = mem_alloc(((size_t)app->settings.setup_count + 1) * sizeof *app->setup);
    for (u32 i = 0; i < app->settings.setup_count; i++) app->setup[i] = app->layout.files[n + i].module;
}

static u32 workers(const DxArgs *a) {
    if (a->no_parallel) return 1;
    long n = a->jobs ? (long)a->jobs : sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : (u32)n;
}

static int run(App *app, u64 start) {
    const DxArgs *a = &app->args;
    u32 n = app->settings.test_count;
    plan(app);
    app->report.options = (ReportOptions){
        .root = app->settings.root, .verbose = a->verbose, .silent = a->silent || app->settings.silent, .ci = a->ci, .name_filter = a->name_pattern != NULL,
        .patterns = a->pattern_count > 0, .file_count = n, .color = app->report.options.color,
    };
    Schedule s = {.order = app->order, .expected_us = app->expected, .idle_us = app->idle, .count = n, .workers = workers(a),
                  .waiting_workers = a->jobs ? 0 : workers(a) * 3, .file_limit_ms = a->file_limit_ms,
                  .bail = a->bail ? a->bail : app->settings.bail, .path = file_path, .open = open_run, .worker = set_environment, .done = file_done, .ctx = app};
    fill_views(app);
    u64 executing = now_ns();
    ScheduleOutcome outcome = schedule_run(&s);
    for (; app->next_shown < n; app->next_shown++) // --bail left gaps
        if (app->have[app->next_shown]) {
            report_file(&app->report, &app->results[app->next_shown]);
            dxtest_result_free(&app->results[app->next_shown]);
        }
    app->times.execute_ns = now_ns() - executing;
    app->times.total_ns = now_ns() - start;
    report_summary(&app->report, &app->times, outcome.bailed);
    report_flush(&app->report);
    if (!a->no_cache) store_times_save(&app->store, app->key, app->rows, n);
    const ReportTotals *t = &app->report.totals;
    bool vitest = app->settings.dialect == DIALECT_VITEST, bun = app->settings.dialect == DIALECT_BUN;
    if (app->report.write_error) {
        fprintf(stderr, "dx: standard output: %s\n", strerror(app->report.write_error));
        return EXIT_USAGE;
    }
    bool obsolete = t->snapshots.obsolete && !bun && (!vitest || a->ci); // as each runner has it
    return t->failed || t->files_failed || obsolete ? EXIT_FAILED : EXIT_OK;
}

static int no_tests(const App *app) {
    bool fine = app->args.pass_with_no_tests || app->settings.pass_with_no_tests;
    printf("No tests found%s\n", fine ? ", exiting with code 0" : ", exiting with code 1");
    if (!fine) printf("Run with `--passWithNoTests` to exit with code 0\nIn %s\n", app->settings.root);
    return fine ? EXIT_OK : EXIT_FAILED;
}

static int list(App *app) {
    for (u32 i = 0; i < app->settings.test_count; i++) puts(file_path(app, i));
    return EXIT_OK;
}

static bool use_color(const DxArgs *a) {
    const char *no = getenv("NO_COLOR"), *force = getenv("FORCE_COLOR");
    if (a->color) return a->color > 0;
    if (force && *force && strcmp(force, "0")) return true;
    return !(no && *no) && isatty(1);
}

static bool pattern_is_good(const char *pattern) {
    Arena arena = {0};
    Matcher m;
    const char *why = "";
    bool good = !pattern || match_regex(&m, &arena, pattern, "i", &why);
    if (!good) fprintf(stderr, "dx: -t: invalid regular expression /%s/: %s\n", pattern, why);
    arena_free(&arena);
    return good;
}

static int test_command(int argc, char **argv) {
    static App app;
    u64 start = now_ns();
    for (int i = 0; i < argc; i++)
        if (!strcmp(argv[i], "--help") || !strcmp(argv[i], "-h")) return args_help(stdout), EXIT_OK;
    int status = args_parse(&app.args, argc, argv);
    if (status) return status;
    if (!pattern_is_good(app.args.name_pattern)) return EXIT_USAGE;
    if (!getcwd(app.cwd, sizeof app.cwd)) return perror("dx: current directory"), EXIT_USAGE;
    app.version = build_version();
    app.report.options.color = use_color(&app.args);
    layout_key(&app);
    app.times.warm = reuse_layout(&app);
    if (app.times.warm) app.times.layout_ns = now_ns() - start;
    else if ((status = build(&app))) return status;
    if (app.args.list) return list(&app);
    if (!app.settings.test_count) return no_tests(&app);
    return run(&app, start);
}

static int usage(FILE *to) {
    fputs("usage: dx test [options] [pattern...]   run the project's tests (dx test --help)\n"
          "       dx --version | --help\n", to);
    return to == stdout ? EXIT_OK : EXIT_USAGE;
}

static int command(int argc, char **argv) {
    if (argc < 2) return usage(stderr);
    if (!strcmp(argv[1], "test")) return test_command(argc - 2, argv + 2);
    if (!strcmp(argv[1], "--version") || !strcmp(argv[1], "-V")) return puts("dx " DX_VERSION), EXIT_OK;
    if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") || !strcmp(argv[1], "help")) return usage(stdout);
    fprintf(stderr, "dx: unknown command %s\n", argv[1]);
    return usage(stderr);
}

int main(int argc, char **argv) {
    int status = exit_status("dx", command(argc, argv));
    _exit(status); // the kernel gives memory back faster than anything here could
}
