// SPDX-License-Identifier: MIT
// dxtc: TypeScript and JavaScript → modules (.dxt, dxtc_compile.c) or everything the named files reach, linked (.dxtl). Behaves as a C
// compiler does in a build.
#include "cli/dxtc.h"

#include "format/base/utf.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const char help_text[] =
    "usage: dxtc [options] FILE|DIRECTORY... -o OUT\n"
    "\n"
    "  -o OUT.dxt            compile the one FILE into a module, as -c does\n"
    "  -c                    compile every FILE for itself and leave what it imports alone: with -o OUT.dxt one of them, with\n"
    "                        -o DIRECTORY each into DIRECTORY/FILE.dxt, the tree below the current directory repeated there\n"
    "  -o OUT.dxtl           compile and link the files, and all they import, into a layout\n"
    "  -MMD                  also write OUT.d: the files the result was made from, as a make rule\n"
    "  -MF FILE              the same, to FILE\n"
    "  -j N                  use N threads, 64 at the most; -j alone: one a core\n"
    "  -O0                   leave the instructions as emitted\n"
    "  --test                every FILE is a test file (default: files named *.test.*, *.spec.*, *_test.*, or in __tests__)\n"
    "  --module --commonjs --script\n"
    "                        what the source is (default: by extension and syntax)\n"
    "  --conditions A,B      more conditions of package.json exports\n"
    "  --prefer-require      packages give their CommonJS side, as under Jest\n"
    "  --stats               print sizes and times in ms to stderr; with -c the processor time of each phase\n"
    "  --help, --version\n"
    "\n"
    "Exit status: 0 written, 2 wrong usage, a file or configuration that cannot be read, 3 compile errors.\n";

int usage(const char *what, const char *arg) {
    fprintf(stderr, "dxtc: %s%s%s\ndxtc: try 'dxtc --help'\n", what, arg ? " " : "", arg ? arg : "");
    return EXIT_USAGE;
}

// ---- arguments

static void add_conditions(Args *a, const char *list) {
    while (*list) {
        size_t n = strcspn(list, ",");
        a->conditions = mem_realloc(a->conditions, (a->condition_count + 1) * sizeof *a->conditions);
        char *copy = mem_alloc(n + 1);
        memcpy(copy, list, n);
        copy[n] = 0;
        a->conditions[a->condition_count++] = copy;
        list += n + (list[n] == ',');
    }
}

// The value of an option that may be glued to it; NULL: missing.
static const char *option_value(int argc, char **argv, int *i, size_t flag_len) {
    const char *rest = argv[*i] + flag_len;
    if (*rest == '=') return rest + 1;
    if (*rest) return rest;
    return *i + 1 < argc ? argv[++*i] : NULL;
}

static bool parse_jobs(const char *text, u32 *jobs) { // NULL: as many as there are cores
    char *end = "";
    long n = text ? strtol(text, &end, 10) : sysconf(_SC_NPROCESSORS_ONLN);
    if (!text && n > LINK_JOBS) n = LINK_JOBS;
    *jobs = (u32)n;
    return !*end && n >= 1 && n <= LINK_JOBS;
}

static int parse_args(int argc, char **argv, Args *a) {
    a->compile = dxc_options_default();
    a->jobs = 1;
    a->inputs = mem_zalloc(((size_t)argc + 1) * sizeof *a->inputs);
    for (int i = 1; i < argc; i++) {
        const char *s = argv[i], *v;
        if (!s[0]) return usage("an empty file name", NULL);
        if (s[0] != '-') a->inputs[a->input_count++] = s;
        else if (!strcmp(s, "-O0")) a->compile.optimize = 0;
        else if (!strcmp(s, "-O1") || !strcmp(s, "-O")) a->compile.optimize = 1;
        else if (!strcmp(s, "--script")) a->compile.goal = DXC_GOAL_SCRIPT;
        else if (!strcmp(s, "--module")) a->compile.goal = DXC_GOAL_MODULE;
        else if (!strcmp(s, "--commonjs")) a->compile.goal = DXC_GOAL_COMMONJS;
        else if (!strcmp(s, "--test")) a->test = true;
        else if (!strcmp(s, "--prefer-require")) a->require = true;
        else if (!strcmp(s, "-c")) a->alone = true;
        else if (!strcmp(s, "--stats")) a->stats = true;
        else if (!strcmp(s, "-MMD") || !strcmp(s, "-MD")) a->dependencies = true;
        else if (text_starts_with(s, "-MF")) {
            if (!(a->depfile = option_value(argc, argv, &i, 3))) return usage("-MF needs a file name", NULL);
            a->dependencies = true;
        } else if (text_starts_with(s, "-o")) {
            if (!(a->out = option_value(argc, argv, &i, 2))) return usage("-o needs a file name", NULL);
        } else if (text_starts_with(s, "-j")) {
            v = s[2] ? s + 2 : i + 1 < argc && argv[i + 1][0] >= '0' && argv[i + 1][0] <= '9' ? argv[++i] : NULL;
            if (!parse_jobs(v, &a->jobs)) return usage("-j needs a number of threads from 1 to 64, not", v);
        } else if (!strcmp(s, "--conditions") || text_starts_with(s, "--conditions=")) {
            if (!(v = option_value(argc, argv, &i, strlen("--conditions")))) return usage("--conditions needs names", NULL);
            add_conditions(a, v);
        } else return usage("unknown option", s);
    }
    if (!a->input_count) return usage("no input files", NULL);
    if (!a->out || !*a->out) return usage("no output: -o OUT.dxt or -o OUT.dxtl, or -c -o DIRECTORY", NULL);
    bool layout = text_ends_with(a->out, ".dxtl");
    if (a->alone && layout) return usage("-c makes modules; without it they are linked into", a->out);
    if (!a->alone && !layout && !text_ends_with(a->out, ".dxt")) return usage("the output must end in .dxt or .dxtl:", a->out);
    if (!layout && !a->alone && a->input_count > 1) return usage("a .dxt holds one file; link several into a .dxtl", NULL);
    return 0;
}

// ---- inputs

static bool is_source(const char *name) {
    static const char *const ext[] = {".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"};
    if (text_ends_with(name, ".d.ts") || text_ends_with(name, ".d.mts") || text_ends_with(name, ".d.cts")) return false;
    for (u32 i = 0; i < DX_COUNTOF(ext); i++)
        if (text_ends_with(name, ext[i])) return true;
    return false;
}

bool looks_like_test(const char *path) {
    if (strstr(path, "/__tests__/")) return true;
    const char *base = path_basename(path), *dot = strrchr(base, '.');
    size_t n = dot ? (size_t)(dot - base) : 0;
    static const char *const ends[] = {".test", ".spec", "_test"};
    for (u32 i = 0; i < DX_COUNTOF(ends); i++) {
        size_t m = strlen(ends[i]);
        if (n > m && !memcmp(base + n - m, ends[i], m)) return true;
    }
    return false;
}

static bool names_add(Names *n, const char *path) { // false: artifacts could not name it
    if (!utf8_valid((const u8 *)path, strlen(path))) {
        fprintf(stderr, "dxtc: %s: the file's name is not UTF-8\n", path);
        return false;
    }
    if (n->count == n->cap) {
        n->cap = n->cap ? n->cap * 2 : 64;
        n->v = mem_realloc(n->v, n->cap * sizeof *n->v);
    }
    n->v[n->count++] = path;
    return true;
}
static int compare_names(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

// An exit status after having said what is wrong.
static int walk(Names *out, const char *directory) {
    DIR *d = opendir(directory);
    int status = 0;
    if (!d) {
        fprintf(stderr, "dxtc: %s: %s\n", directory, strerror(errno));
        return EXIT_USAGE;
    }
    for (struct dirent *e; (e = readdir(d));) {
        if (e->d_name[0] == '.' || !strcmp(e->d_name, "node_modules")) continue;
        const char *path = path_join(&out->arena, directory, e->d_name);
        struct stat st;
        if (e->d_type == DT_DIR || (e->d_type == DT_UNKNOWN && !stat(path, &st) && S_ISDIR(st.st_mode))) {
            status |= walk(out, path);
        } else if (e->d_type != DT_DIR && is_source(e->d_name) && !names_add(out, path)) status = EXIT_USAGE;
    }
    closedir(d);
    return status;
}

int collect(const Args *a, const char *cwd, Names *out) {
    Probe probe = {0};
    int status = 0;
    for (u32 i = 0; i < a->input_count && !status; i++) {
        const char *path = path_join(&out->arena, cwd, a->inputs[i]);
        ProbeKind kind = probe_path(&probe, path)->kind;
        if (kind == PROBE_ABSENT) {
            fprintf(stderr, "dxtc: %s: %s\n", a->inputs[i], access(path, F_OK) ? strerror(errno) : "neither a file nor a directory");
            status = EXIT_USAGE;
        } else if (kind == PROBE_FILE) status = names_add(out, path) ? 0 : EXIT_USAGE;
        else {
            u32 first = out->count;
            status = walk(out, path);
            qsort(out->v + first, out->count - first, sizeof *out->v, compare_names);
        }
    }
    probe_free(&probe);
    if (!status && !out->count) status = usage("no source files below the directories", NULL);
    return status;
}

// ---- output

int write_file(const char *path, const Buf *bytes) {
    int error = file_write_atomic(path, bytes->data, bytes->len);
    if (error) fprintf(stderr, "dxtc: %s: %s\n", path, strerror(error));
    return error ? EXIT_USAGE : 0;
}

static void put_make_name(Buf *b, const char *name) {
    for (; *name; name++) {
        if (*name == ' ' || *name == '#' || *name == '\\') buf_u8(b, '\\');
        if (*name == '$') buf_u8(b, '$');
        buf_u8(b, (u8)*name);
    }
}

int write_depfile(const char *out, const char *depfile, const char *source, const Probe *probe) {
    Buf b = {0}, name = {0};
    put_make_name(&b, out);
    buf_str(&b, ":");
    if (source) {
        buf_str(&b, " \\\n  ");
        put_make_name(&b, source);
    }
    for (u32 i = 0; i < probe->count; i++) {
        if (!probe->facts[i]->used) continue;
        buf_str(&b, " \\\n  ");
        put_make_name(&b, probe->facts[i]->path);
    }
    buf_str(&b, "\n");
    if (!depfile) buf_printf(&name, "%.*s.d", (int)(strrchr(out, '.') - out), out);
    int status = write_file(depfile ? depfile : buf_cstr(&name), &b);
    buf_free(&b);
    buf_free(&name);
    return status;
}

// The facts the linker used, as the layout records them: files with their hash; directories and absences are dx's business.
static DxtStatus write_layout(Link *l, Buf *out) {
    u32 n = 0;
    DxtlInput *inputs = mem_zalloc((l->probe.count + 1) * sizeof *inputs);
    const char **paths = mem_alloc((l->probe.count + 1) * sizeof *paths);
    for (u32 i = 0; i < l->probe.count; i++) {
        const ProbeFact *f = l->probe.facts[i];
        if (!f->used) continue;
        inputs[n] = (DxtlInput){.size = f->stamp.size}; // no times: the same sources give the same bytes
        memcpy(inputs[n].hash, f->hash, 16);
        paths[n++] = f->path;
    }
    DxtStatus s = link_write(l, inputs, paths, n, out);
    mem_free(inputs);
    mem_free(paths);
    return s;
}

double now_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static int compare_inputs(const void *a, const void *b) {
    return strcmp((*(ProbeFact *const *)a)->path, (*(ProbeFact *const *)b)->path);
}

static int report(Link *l) {
    for (u32 i = 0; i < l->count; i++)
        if (l->modules[i]->diagnostics) fputs(l->modules[i]->diagnostics, stderr);
    if (l->warnings.len) fwrite(l->warnings.data, 1, l->warnings.len, stderr);
    if (l->config_errors.len) {
        fwrite(l->config_errors.data, 1, l->config_errors.len, stderr);
        return EXIT_USAGE;
    }
    if (!l->errors) return 0;
    fprintf(stderr, "dxtc: %u file%s with errors\n", l->errors, l->errors == 1 ? "" : "s");
    return EXIT_COMPILE;
}

static int link_files(const Args *a, const Names *names, double start) {
    LinkOptions o = {.compile = a->compile, .jobs = a->jobs, .resolve = {a->conditions, a->condition_count, a->require, NULL, NULL}};
    Link l;
    link_init(&l, &o);
    for (u32 i = 0; i < names->count; i++) link_entry(&l, names->v[i], a->test || looks_like_test(names->v[i]));
    link_run(&l);
    double compiled = now_ms();
    int status = report(&l);
    Buf out = {0};
    if (!status) {
        if (l.probe.count) qsort(l.probe.facts, l.probe.count, sizeof *l.probe.facts, compare_inputs); // order of asking depends on the threads
        DxtStatus s = write_layout(&l, &out);
        if (s) fprintf(stderr, "dxtc: %s: %s\n", a->out, dxt_status_text(s));
        status = s ? EXIT_USAGE : write_file(a->out, &out);
        if (!status && a->dependencies) status = write_depfile(a->out, a->depfile, NULL, &l.probe);
    }
    if (a->stats)
        fprintf(stderr, "dxtc: %u module%s, %llu bytes of source, %zu bytes written; compile %.1f ms, link %.1f ms\n", l.count, l.count == 1 ? "" : "s",
                (unsigned long long)l.source_bytes, out.len, compiled - start, now_ms() - compiled);
    buf_free(&out);
    link_free(&l);
    return status;
}

static int link_all(const Args *a, const char *cwd) {
    Names names = {0};
    double start = now_ms();
    int status = collect(a, cwd, &names);
    if (!status) status = link_files(a, &names, start);
    mem_free(names.v);
    arena_free(&names.arena);
    return status;
}

int main(int argc, char **argv) {
    Args a = {0};
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--help") || !strcmp(argv[i], "-h")) return fputs(help_text, stdout), exit_status("dxtc", EXIT_OK);
        if (!strcmp(argv[i], "--version")) return puts("dxtc 0.1.0"), exit_status("dxtc", EXIT_OK);
    }
    int status = parse_args(argc, argv, &a);
    char cwd[4096];
    if (!status && !getcwd(cwd, sizeof cwd)) return perror("dxtc: current directory"), EXIT_USAGE;
    if (!status) {
        status = text_ends_with(a.out, ".dxtl") ? link_all(&a, cwd) : compile_alone(&a, cwd);
    }
    for (u32 i = 0; i < a.condition_count; i++) mem_free((void *)a.conditions[i]);
    mem_free(a.conditions);
    mem_free(a.inputs);
    return status;
}
