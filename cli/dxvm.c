// SPDX-License-Identifier: MIT
// dxvm: executes, inspects and verifies artifacts. Only the table of commands lives here. Links no parser and
// no compiler.
#include "cli/dxvm_artifacts.h"

#include <stdio.h>

#define DXVM_VERSION "0.1.0"

int dxvm_run(int argc, char **argv); // cli/dxvm_run.c

typedef struct Command {
    const char *name, *arguments, *sentence;
    int (*run)(int argc, char **argv);
} Command;

static const Command *commands(u32 *count) {
    static const Command table[] = {
        {"run", "[--steps N] FILE [ARG...]", "verify an artifact and run it, for N steps at the most; ARGs are process.argv[2...]", dxvm_run},
        {"dump", "[--json] FILE...", "print an artifact as text that asm reads back, or as JSON", dxvm_dump},
        {"verify", "FILE...", "check artifacts completely", dxvm_verify},
        {"info", "FILE...", "print sizes and counts", dxvm_info},
        {"asm", "-o OUT FILE", "make a module from text", dxvm_asm},
    };
    *count = DX_COUNTOF(table);
    return table;
}

static void help(FILE *to) {
    u32 n;
    const Command *table = commands(&n);
    fputs("usage: dxvm COMMAND ...\n\n", to);
    for (u32 i = 0; i < n; i++)
        fprintf(to, "  %-7s %-26s %s\n", table[i].name, table[i].arguments, table[i].sentence);
    fputs("\nExit status: 0 ok, 1 the program threw or ran out of steps, 2 wrong usage or a file that cannot be read or written, 4 artifact rejected.\n", to);
}

static int command(int argc, char **argv) {
    u32 n;
    const Command *table = commands(&n);
    if (argc < 2) {
        help(stderr);
        return EXIT_USAGE;
    }
    bool wants_help = !strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") || (argc == 3 && !strcmp(argv[2], "--help"));
    for (u32 i = 0; i < n && !wants_help; i++)
        if (!strcmp(argv[1], table[i].name)) return table[i].run(argc - 1, argv + 1);
    if (wants_help) help(stdout);
    else if (!strcmp(argv[1], "--version")) puts("dxvm " DXVM_VERSION);
    else {
        fprintf(stderr, "dxvm: unknown command %s\ndxvm: try 'dxvm --help'\n", argv[1]);
        return EXIT_USAGE;
    }
    return EXIT_OK;
}

int main(int argc, char **argv) { return exit_status("dxvm", command(argc, argv)); }
