// SPDX-License-Identifier: MIT
// Runs the front end over files: `parse_tool [--dump|--ranges] [--module|--script|--commonjs] [--strict] [--bench N] [--list FILE] file…`.
// Prints diagnostics, or with --verdict one line `ok FILE` / `bad FILE: message` per file. Exit code 1 when a file had errors.
#include "compiler/read/read.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

typedef struct Tool {
    bool dump, ranges, verdict, strict;
    ReadGoal goal;
    bool list;
    int bench;
    u64 bytes, errors, files;
    double seconds;
} Tool;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void run_once(Tool *t, const char *path, const Buf *text, bool say) {
    Arena arena = {0};
    DiagList diags;
    StrTable strings;
    diag_init(&diags, &arena, path, (const char *)text->data, text->len);
    str_table_init(&strings, &arena);
    ReadOptions o = {.lang = read_lang_of_file(path), .goal = t->goal, .file = path, .strict = t->strict, .strings = &strings,
                     .experimental_decorators = true, .check_regexp = read_check_regexp};
    if (strstr(path, ".mjs") || strstr(path, ".mts")) o.goal = READ_MODULE;
    double start = now();
    Ast *ast = read_source(&arena, &o, text->data ? (const char *)text->data : "", text->len, &diags);
    t->seconds += now() - start;
    t->bytes += text->len;
    if (say) {
        Buf out = {0};
        if (diags.errors) t->errors++;
        if (t->verdict) {
            if (diags.errors) buf_printf(&out, "bad %s: %s\n", path, diags.items[0].message);
            else buf_printf(&out, "ok %s\n", path);
        } else {
            if (t->dump && t->list) buf_printf(&out, "=== %s\n", path);
            diag_print(&diags, &out);
            if (t->dump) ast_dump(ast, &out, t->ranges);
        }
        fwrite(out.data, 1, out.len, stdout);
        buf_free(&out);
    }
    str_table_free(&strings);
    arena_free(&arena);
}

static void run_file(Tool *t, const char *path) {
    Buf text = {0};
    t->files++;
    if (file_read(path, &text) != 0) {
        printf("bad %s: cannot be read\n", path);
        t->errors++;
        return;
    }
    run_once(t, path, &text, true);
    for (int i = 1; i < t->bench; i++) run_once(t, path, &text, false);
    buf_free(&text);
}

// A file of lines `mode path`; mode is module, script or strict. For large runs in one process.
static void run_list(Tool *t, const char *list) {
    t->list = true;
    FILE *f = fopen(list, "r");
    if (!f) {
        printf("bad %s: cannot be read\n", list);
        exit(2);
    }
    char mode[32], path[4096];
    while (fscanf(f, "%31s %4095[^\n]", mode, path) == 2) {
        t->goal = strcmp(mode, "module") == 0 ? READ_MODULE : strcmp(mode, "unknown") == 0 ? READ_UNKNOWN : READ_SCRIPT;
        t->strict = strcmp(mode, "strict") == 0;
        run_file(t, path);
    }
    fclose(f);
}

int main(int argc, char **argv) {
    Tool t = {.goal = READ_UNKNOWN, .bench = 1};
    for (int i = 1; i < argc; i++) {
        const char *a = argv[i];
        if (strcmp(a, "--dump") == 0) t.dump = true;
        else if (strcmp(a, "--ranges") == 0) t.dump = t.ranges = true;
        else if (strcmp(a, "--verdict") == 0) t.verdict = true;
        else if (strcmp(a, "--module") == 0) t.goal = READ_MODULE;
        else if (strcmp(a, "--script") == 0) t.goal = READ_SCRIPT;
        else if (strcmp(a, "--commonjs") == 0) t.goal = READ_COMMONJS;
        else if (strcmp(a, "--strict") == 0) t.strict = true;
        else if (strcmp(a, "--bench") == 0 && i + 1 < argc) t.bench = atoi(argv[++i]);
        else if (strcmp(a, "--list") == 0 && i + 1 < argc) run_list(&t, argv[++i]);
        else run_file(&t, a);
    }
    if (t.bench > 1 || !t.dump)
        fprintf(stderr, "%llu files, %llu with errors, %.1f MB in %.3f s: %.1f MB/s\n", (unsigned long long)t.files,
                (unsigned long long)t.errors, (double)t.bytes / 1e6, t.seconds, (double)t.bytes / 1e6 / (t.seconds > 0 ? t.seconds : 1));
    return t.errors ? 1 : 0;
}
