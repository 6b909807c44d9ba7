// SPDX-License-Identifier: MIT
// One table of options; Jest's, Vitest's and Bun's spellings of the same thing are rows of their own.
#include "cli/dx_args.h"

#include "format/base/mem.h"

#include <stdio.h>
#include <stdlib.h>

enum { EXIT_USAGE = 2 };

typedef enum Kind {
    FLAG,        // stores `value` as a bool (--no-x: its opposite where the row says so)
    NUMBER,      // needs a number
    OPTIONAL,    // a number only when glued with '='; else 1
    TEXT,
    LIST,        // comma-separated or repeated
    COLOR,
    REPORTER,    // default and verbose are there
    ACCEPTED,    // known, changes nothing
    MISSING,     // known, not there yet: an error that says so
} Kind;

typedef struct Option { const char *name; Kind kind; u32 offset; int value; } Option;
#define AT(field) (u32) offsetof(DxArgs, field)

static const Option options[] = {
    {"-t", TEXT, AT(name_pattern), 0}, {"--testNamePattern", TEXT, AT(name_pattern), 0}, {"--test-name-pattern", TEXT, AT(name_pattern), 0},
    {"-u", FLAG, AT(update), 1}, {"--updateSnapshot", FLAG, AT(update), 1}, {"--update-snapshots", FLAG, AT(update), 1}, {"--update", FLAG, AT(update), 1},
    {"--ci", FLAG, AT(ci), 1}, {"--no-ci", FLAG, AT(ci), 0},
    {"--silent", FLAG, AT(silent), 1},
    {"-v", FLAG, AT(verbose), 1}, {"--verbose", FLAG, AT(verbose), 1},
    {"--list", FLAG, AT(list), 1}, {"--listTests", FLAG, AT(list), 1},
    {"--bail", OPTIONAL, AT(bail), 0}, {"-b", OPTIONAL, AT(bail), 0},
    {"--passWithNoTests", FLAG, AT(pass_with_no_tests), 1}, {"--pass-with-no-tests", FLAG, AT(pass_with_no_tests), 1},
    {"-j", NUMBER, AT(jobs), 0}, {"-w", NUMBER, AT(jobs), 0}, {"--maxWorkers", NUMBER, AT(jobs), 0}, {"--max-workers", NUMBER, AT(jobs), 0},
    {"--parallel", OPTIONAL, AT(jobs), 0}, {"--no-parallel", FLAG, AT(no_parallel), 1}, {"-i", FLAG, AT(no_parallel), 1}, {"--runInBand", FLAG, AT(no_parallel), 1},
    {"--timeout", NUMBER, AT(timeout_ms), 0}, {"--testTimeout", NUMBER, AT(timeout_ms), 0}, {"--test-timeout", NUMBER, AT(timeout_ms), 0},
    {"--file-timeout", NUMBER, AT(file_limit_ms), 0},
    {"--retry", NUMBER, AT(retry), 0}, {"--maxConcurrency", NUMBER, AT(max_concurrency), 0}, {"--max-concurrency", NUMBER, AT(max_concurrency), 0},
    {"-c", TEXT, AT(config), 0}, {"--config", TEXT, AT(config), 0}, {"--root", TEXT, AT(directory), 0}, {"--rootDir", TEXT, AT(directory), 0},
    {"--cwd", TEXT, AT(directory), 0},
    {"--conditions", LIST, AT(conditions), 0},
    {"--color", COLOR, AT(color), 1}, {"--colors", COLOR, AT(color), 1}, {"--no-color", COLOR, AT(color), -1}, {"--no-colors", COLOR, AT(color), -1},
    {"--cache", FLAG, AT(no_cache), 0}, {"--no-cache", FLAG, AT(no_cache), 1},
    {"--predict", ACCEPTED, 0, 0}, {"--no-predict", ACCEPTED, 0, 0}, {"--run", ACCEPTED, 0, 0}, {"--isolate", ACCEPTED, 0, 0}, {"--no-watch", ACCEPTED, 0, 0},
    {"--forceExit", ACCEPTED, 0, 0}, {"--no-coverage", ACCEPTED, 0, 0}, {"--globals", ACCEPTED, 0, 0},
    {"--coverage", MISSING, 0, 0}, {"--watch", MISSING, 0, 0}, {"--watchAll", MISSING, 0, 0}, {"--shard", MISSING, 0, 0},
    {"--reporter", REPORTER, 0, 0}, {"--reporters", REPORTER, 0, 0}, {"--json", MISSING, 0, 0}, {"--randomize", MISSING, 0, 0},
    {"--onlyChanged", MISSING, 0, 0}, {"--changed", MISSING, 0, 0}, {"--projects", MISSING, 0, 0},
};

const char args_help[] =
    "usage: dx test [options] [pattern...]\n"
    "\n"
    "Finds, compiles and runs the tests of the project. A pattern selects the files whose path contains it (or matches it as a\n"
    "regular expression in a Jest project).\n"
    "\n"
    "  -t, --testNamePattern RE   only tests whose full name matches\n"
    "  -u, --updateSnapshot       write snapshots anew\n"
    "      --ci                   do not write new snapshots (default when CI is set)\n"
    "      --bail[=N]             stop after N failed tests (1)\n"
    "      --list                 print the test files and stop\n"
    "  -v, --verbose              a line for each test; notices about configuration\n"
    "      --silent               no console output of tests\n"
    "  -j N                       at most N processes (default: one a core)\n"
    "      --no-parallel          one process\n"
    "      --timeout MS           of a test (5000)\n"
    "      --file-timeout MS      of a file, after which its process is killed (300000; 0: never)\n"
    "      --retry N              run failed tests again\n"
    "  -c, --config FILE          jest.config.* or vitest.config.* to use\n"
    "      --root DIR             the project's directory (default: nearest package.json)\n"
    "      --conditions A,B       more conditions of package.json exports\n"
    "      --passWithNoTests      no test files: exit status 0\n"
    "      --no-cache             read and write nothing in the store\n"
    "      --color, --no-color\n"
    "\n"
    "Exit status: 0 passed, 1 tests failed or none found, 2 usage, 4 artifact rejected.\n";

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
    if (*end == '%' && !end[1]) v = 0; // --maxWorkers=50%: by cores
    else if (end == text || *end || v > 1u << 30) return complain("not a number:", text);
    *(u32 *)(void *)((char *)a + o->offset) = (u32)v;
    return 0;
}

static int apply(DxArgs *a, const Option *o, const char *glued, int argc, char **argv, int *i) {
    void *field = (char *)a + o->offset;
    bool needs = o->kind == NUMBER || o->kind == TEXT || o->kind == LIST;
    if (needs && !glued && *i + 1 < argc) glued = argv[++*i];
    switch (o->kind) {
    case FLAG:
        *(bool *)field = glued && !strcmp(glued, "false") ? !o->value : o->value;
        return 0;
    case NUMBER: return set_number(a, o, glued);
    case OPTIONAL:
        if (glued && !strcmp(glued, "false")) glued = "0";
        if (glued && strcmp(glued, "true")) return set_number(a, o, glued);
        if (o->offset == AT(bail)) a->bail = 1;
        return 0;
    case TEXT:
        if (!glued) return complain("a value must follow", o->name);
        *(const char **)field = glued;
        return 0;
    case LIST:
        if (!glued) return complain("a value must follow", o->name);
        for (const char *p = glued; *p;) {
            size_t n = strcspn(p, ",");
            if (n) list_add(&a->conditions, &a->condition_count, p, n);
            p += n + (p[n] == ',');
        }
        return 0;
    case COLOR: a->color = o->value; return 0;
    case REPORTER:
        if (!glued && *i + 1 < argc) glued = argv[++*i];
        a->verbose |= glued && !strcmp(glued, "verbose");
        if (glued && (!strcmp(glued, "default") || !strcmp(glued, "verbose"))) return 0;
        fprintf(stderr, "dx: reporter %s is not supported yet\n", glued ? glued : "");
        return EXIT_USAGE;
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
