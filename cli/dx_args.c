// SPDX-License-Identifier: MIT
// One table of options, which --help is printed from; Jest's, Vitest's and Bun's spellings of the same thing are rows of their own.
#include "cli/dx_args.h"

#include "cli/exit_status.h"
#include "format/base/mem.h"

#include <stdlib.h>

typedef enum Kind {
    FLAG,        // stores `value` as a bool; "=false" stores the opposite
    NUMBER,      // needs a number
    CORES,       // a number, or a percentage, which stands for the default
    OPTIONAL,    // a number only when glued with '='
    TEXT,
    LIST,        // comma-separated or repeated
    COLOR,
    REPORTER,    // default and verbose are there
    ACCEPTED,    // known, changes nothing
    MISSING,     // known, not there yet: an error that says so
} Kind;

// `takes` and `help` are what `dx test --help` prints; rows without help are other runners' names for the row above them.
typedef struct Option {
    const char *name;
    Kind kind;
    u32 offset;
    int value;
    const char *takes, *help;
} Option;
#define AT(field) (u32) offsetof(DxArgs, field)
#define ALSO NULL, NULL

static const Option options[] = {
    {"-t", TEXT, AT(name_pattern), 0, "RE", "only tests whose full name matches the regular expression"},
    {"--testNamePattern", TEXT, AT(name_pattern), 0, ALSO},
    {"--test-name-pattern", TEXT, AT(name_pattern), 0, ALSO},
    {"-u", FLAG, AT(update), 1, "", "write snapshots anew"},
    {"--updateSnapshot", FLAG, AT(update), 1, ALSO},
    {"--update-snapshots", FLAG, AT(update), 1, ALSO},
    {"--update", FLAG, AT(update), 1, ALSO},
    {"--ci", FLAG, AT(ci), 1, "", "do not write new snapshots (default when CI is set)"},
    {"--no-ci", FLAG, AT(ci), 0, ALSO},
    {"--bail", OPTIONAL, AT(bail), 1, "[=N]", "stop after N failed tests (1)"},
    {"-b", OPTIONAL, AT(bail), 1, ALSO},
    {"--list", FLAG, AT(list), 1, "", "print the test files and stop"},
    {"--listTests", FLAG, AT(list), 1, ALSO},
    {"-v", FLAG, AT(verbose), 1, "", "a line for each test; every notice"},
    {"--verbose", FLAG, AT(verbose), 1, ALSO},
    {"--reporter", REPORTER, 0, 0, "NAME", "default or verbose"},
    {"--reporters", REPORTER, 0, 0, ALSO},
    {"--silent", FLAG, AT(silent), 1, "", "no console output of tests"},
    {"-j", CORES, AT(jobs), 0, "N", "at most N processes (default, and 0: one a core)"},
    {"-w", CORES, AT(jobs), 0, ALSO},
    {"--maxWorkers", CORES, AT(jobs), 0, ALSO},
    {"--max-workers", CORES, AT(jobs), 0, ALSO},
    {"--parallel", OPTIONAL, AT(jobs), 0, ALSO},
    {"--no-parallel", FLAG, AT(no_parallel), 1, "", "one process"},
    {"-i", FLAG, AT(no_parallel), 1, ALSO},
    {"--runInBand", FLAG, AT(no_parallel), 1, ALSO},
    {"--timeout", NUMBER, AT(timeout_ms), 0, "MS", "of a test (5000)"},
    {"--testTimeout", NUMBER, AT(timeout_ms), 0, ALSO},
    {"--test-timeout", NUMBER, AT(timeout_ms), 0, ALSO},
    {"--file-timeout", NUMBER, AT(file_limit_ms), 0, "MS", "of a file, after which its process is killed (300000; 0: never)"},
    {"--retry", NUMBER, AT(retry), 0, "N", "run a failed test up to N times more"},
    {"--maxConcurrency", NUMBER, AT(max_concurrency), 0, "N", "tests marked concurrent at a time (5)"},
    {"--max-concurrency", NUMBER, AT(max_concurrency), 0, ALSO},
    {"-c", TEXT, AT(config), 0, "FILE", "jest.config.*, vitest.config.* or vite.config.* to use"},
    {"--config", TEXT, AT(config), 0, ALSO},
    {"--root", TEXT, AT(directory), 0, "DIR", "the project's directory (default: that of the nearest package.json)"},
    {"--rootDir", TEXT, AT(directory), 0, ALSO},
    {"--cwd", TEXT, AT(directory), 0, ALSO},
    {"--conditions", LIST, AT(conditions), 0, "A,B", "more conditions of package.json exports"},
    {"--passWithNoTests", FLAG, AT(pass_with_no_tests), 1, "", "no test files: exit status 0"},
    {"--pass-with-no-tests", FLAG, AT(pass_with_no_tests), 1, ALSO},
    {"--no-cache", FLAG, AT(no_cache), 1, "", "read and write nothing in the store"},
    {"--cache", FLAG, AT(no_cache), 0, ALSO},
    {"--color", COLOR, AT(color), 1, "", "colours, also where the output is no terminal"},
    {"--colors", COLOR, AT(color), 1, ALSO},
    {"--no-color", COLOR, AT(color), -1, "", "no colours"},
    {"--no-colors", COLOR, AT(color), -1, ALSO},
    {"--no-predict", ACCEPTED, 0, 0, "", "accepted, for every test is run anyway; so are --run --isolate --globals --forceExit --no-watch"},
    {"--predict", ACCEPTED, 0, 0, ALSO}, {"--run", ACCEPTED, 0, 0, ALSO}, {"--isolate", ACCEPTED, 0, 0, ALSO}, {"--no-watch", ACCEPTED, 0, 0, ALSO},
    {"--forceExit", ACCEPTED, 0, 0, ALSO}, {"--no-coverage", ACCEPTED, 0, 0, ALSO}, {"--globals", ACCEPTED, 0, 0, ALSO},
    {"--coverage", MISSING, 0, 0, ALSO}, {"--watch", MISSING, 0, 0, ALSO}, {"--watchAll", MISSING, 0, 0, ALSO}, {"--shard", MISSING, 0, 0, ALSO},
    {"--json", MISSING, 0, 0, ALSO}, {"--randomize", MISSING, 0, 0, ALSO}, {"--onlyChanged", MISSING, 0, 0, ALSO}, {"--changed", MISSING, 0, 0, ALSO},
    {"--projects", MISSING, 0, 0, ALSO},
};

// A described row and the names that follow it: "-t, --testNamePattern RE". Two names are shown, all are understood.
static u32 help_row(FILE *to, u32 i) {
    const Option *o = &options[i], *also = i + 1 < DX_COUNTOF(options) && !options[i + 1].help && o->name[1] != '-' ? o + 1 : NULL;
    if (also && also->name[1] != '-') also = NULL;
    int n = fprintf(to, "  %s%s%s%s%s", also || o->name[1] != '-' ? "" : "    ", o->name, also ? ", " : "", also ? also->name : "",
                    *o->takes && *o->takes != '[' ? " " : "");
    n += fprintf(to, "%s", o->takes);
    fprintf(to, "%*s%s\n", n < 29 ? 29 - n : 1, "", o->help);
    for (i++; i < DX_COUNTOF(options) && !options[i].help; i++) {}
    return i;
}

void args_help(FILE *to) {
    fputs("usage: dx test [options] [pattern...]\n"
          "\n"
          "Finds, compiles and runs the tests of the project. A pattern selects the files whose path contains it (or matches it as a\n"
          "regular expression in a Jest project).\n"
          "\n", to);
    for (u32 i = 0; i < DX_COUNTOF(options);) i = help_row(to, i);
    fputs("\n"
          "The names that Jest, Vitest and Bun have for these are understood too.\n"
          "\n"
          "Exit status: 0 passed, 1 tests failed or none found, 2 wrong usage, wrong configuration or output that cannot be written,\n"
          "4 artifact rejected.\n", to);
}

static int complain(const char *what, const char *arg) {
    fprintf(stderr, "dx: %s%s%s\ndx: try 'dx test --help'\n", what, *arg ? " " : "", arg);
    return EXIT_USAGE;
}

static void list_add(const char ***list, u32 *count, const char *text, size_t n) {
    char *copy = mem_alloc(n + 1);
    memcpy(copy, text, n);
    copy[n] = 0;
    *list = mem_realloc(*list, ((size_t)*count + 1) * sizeof **list);
    (*list)[(*count)++] = copy;
}

static const Option *find(const char *arg, const char **glued) {
    size_t n = strcspn(arg, "=");
    for (u32 i = 0; i < DX_COUNTOF(options); i++) {
        if (strlen(options[i].name) != n || memcmp(options[i].name, arg, n)) continue;
        *glued = arg[n] ? arg + n + 1 : NULL;
        return &options[i];
    }
    if (arg[1] == 'j' && arg[2] >= '0' && arg[2] <= '9') { // -j4
        *glued = arg + 2;
        for (u32 i = 0; i < DX_COUNTOF(options); i++)
            if (!strcmp(options[i].name, "-j")) return &options[i];
    }
    return NULL;
}

static int set_number(DxArgs *a, const Option *o, const char *text) {
    char *end;
    if (!text) return complain("a number must follow", o->name);
    unsigned long v = strtoul(text, &end, 10);
    bool percent = *end == '%' && !end[1] && end != text && o->kind == CORES;
    if (!percent && (end == text || *end || *text < '0' || *text > '9')) return complain("not a number:", text);
    if (v > 1u << 30) return complain("too large a number:", text);
    *(u32 *)(void *)((char *)a + o->offset) = percent ? 0 : (u32)v;
    return 0;
}

static int set_flag(bool *field, const Option *o, const char *text) {
    bool yes = !text || !strcmp(text, "true");
    if (!yes && strcmp(text, "false")) return complain("neither true nor false:", text);
    *field = yes ? o->value : !o->value;
    return 0;
}

static int set_reporter(DxArgs *a, const char *text) {
    bool verbose = !strcmp(text, "verbose");
    a->verbose |= verbose;
    if (verbose || !strcmp(text, "default")) return 0;
    fprintf(stderr, "dx: reporter %s is not supported yet\n", text);
    return EXIT_USAGE;
}

static int add_list(DxArgs *a, const char *text) {
    for (const char *p = text; *p;) {
        size_t n = strcspn(p, ",");
        if (n) list_add(&a->conditions, &a->condition_count, p, n);
        p += n + (p[n] == ',');
    }
    return 0;
}

// `glued`: what stood behind '=', or NULL.
static int apply(DxArgs *a, const Option *o, const char *glued, int argc, char **argv, int *i) {
    void *field = (char *)a + o->offset;
    bool needs = o->kind == NUMBER || o->kind == CORES || o->kind == TEXT || o->kind == LIST || o->kind == REPORTER;
    if (needs && !glued && *i + 1 < argc) glued = argv[++*i];
    if (needs && !glued) return complain(o->kind == NUMBER || o->kind == CORES ? "a number must follow" : "a value must follow", o->name);
    switch (o->kind) {
    case FLAG: return set_flag(field, o, glued);
    case NUMBER: case CORES: return set_number(a, o, glued);
    case OPTIONAL:
        if (glued && !strcmp(glued, "false")) glued = "0";
        if (glued && strcmp(glued, "true")) return set_number(a, o, glued);
        *(u32 *)field = (u32)o->value;
        return 0;
    case TEXT:
        if (!*glued && o->offset != AT(name_pattern)) return complain("a value must follow", o->name);
        *(const char **)field = glued;
        return 0;
    case LIST: return add_list(a, glued);
    case COLOR: a->color = o->value; return 0;
    case REPORTER: return set_reporter(a, glued);
    case ACCEPTED: return 0;
    case MISSING: fprintf(stderr, "dx: %s is not supported yet\n", o->name); return EXIT_USAGE;
    }
    return 0;
}

int args_parse(DxArgs *a, int argc, char **argv) {
    memset(a, 0, sizeof *a);
    a->file_limit_ms = 300000;
    const char *ci = getenv("CI");
    a->ci = ci && *ci && strcmp(ci, "false") && strcmp(ci, "0");
    for (int i = 0; i < argc; i++) {
        const char *glued = NULL, *arg = argv[i];
        if (!strcmp(arg, "--")) {
            for (i++; i < argc; i++) list_add(&a->patterns, &a->pattern_count, argv[i], strlen(argv[i]));
            break;
        }
        if (arg[0] != '-' || !arg[1]) {
            list_add(&a->patterns, &a->pattern_count, arg, strlen(arg));
            continue;
        }
        const Option *o = find(arg, &glued);
        if (!o) return complain("unknown option", arg);
        int status = apply(a, o, glued, argc, argv, &i);
        if (status) return status;
    }
    return 0;
}

void args_free(DxArgs *a) {
    for (u32 i = 0; i < a->pattern_count; i++) mem_free((void *)a->patterns[i]);
    for (u32 i = 0; i < a->condition_count; i++) mem_free((void *)a->conditions[i]);
    mem_free(a->patterns);
    mem_free(a->conditions);
}
