// SPDX-License-Identifier: MIT
// dxtc: compiles one source file into one module file.
#include "compiler/dxc.h"

#include <stdio.h>
#include <stdlib.h>

enum { EXIT_USAGE = 2, EXIT_COMPILE = 3 };

static int usage(void) {
    fputs("usage: dxtc [-O0] [--script|--module|--commonjs] [--test] FILE -o OUT.dxt\n", stderr);
    return EXIT_USAGE;
}

static int compile(const DxcOptions *options, const char *path, const char *out_path) {
    Buf text = {0}, bytes = {0}, messages = {0};
    Arena arena = {0};
    int error = file_read(path, &text);
    if (error) {
        fprintf(stderr, "dxtc: %s: %s\n", path, strerror(error));
        return EXIT_USAGE;
    }
    DiagList diags;
    diag_init(&diags, &arena, path, buf_cstr(&text), text.len);
    DxtModule module;
    DxcResult result = dxc_compile(options, path, buf_cstr(&text), text.len, &arena, &module, &diags);
    diag_sort(&diags);
    diag_print(&diags, &messages);
    fwrite(messages.data, 1, messages.len, stderr);
    int status = EXIT_COMPILE;
    if (result == DXC_OK) {
        DxtStatus s = dxt_write(&module, &bytes);
        error = s == DXT_OK ? file_write_atomic(out_path, bytes.data, bytes.len) : 0;
        status = s == DXT_OK && !error ? 0 : EXIT_USAGE;
        if (s != DXT_OK) fprintf(stderr, "dxtc: %s: %s\n", path, dxt_status_text(s));
        if (error) fprintf(stderr, "dxtc: %s: %s\n", out_path, strerror(error));
    }
    buf_free(&text);
    buf_free(&bytes);
    buf_free(&messages);
    arena_free(&arena);
    return status;
}

int main(int argc, char **argv) {
    DxcOptions options = dxc_options_default();
    const char *in = NULL, *out = NULL;
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "-o") && i + 1 < argc) out = argv[++i];
        else if (!strcmp(argv[i], "-O0")) options.optimize = 0;
        else if (!strcmp(argv[i], "--script")) options.goal = DXC_GOAL_SCRIPT;
        else if (!strcmp(argv[i], "--module")) options.goal = DXC_GOAL_MODULE;
        else if (!strcmp(argv[i], "--commonjs")) options.goal = DXC_GOAL_COMMONJS;
        else if (!strcmp(argv[i], "--test")) options.test_file = true;
        else if (argv[i][0] == '-' || in) return usage();
        else in = argv[i];
    }
    if (!in || !out) return usage();
    return compile(&options, in, out);
}
