// SPDX-License-Identifier: MIT
// dxvm: executes, inspects and verifies artifacts. Only the table of commands lives here. Links no parser and
// no compiler.
#include "cli/dxvm_artifacts.h"

#include <stdio.h>

#define DXVM_VERSION "0.1.0"

int dxvm_run(int argc, char **argv) __attribute__((weak)); // cli/dxvm_run.c, when the VM is linked

typedef struct Command {
    const char *name, *arguments, *sentence;
    int (*run)(int argc, char **argv);
} Command;

static const Command *commands(u32 *count) {
    static Command table[] = {
        {"run", "FILE [ARG...]", "verify an artifact and run it", NULL},
        {"dump", "[--json] FILE...", "print an artifact as text that asm reads back, or as JSON", dxvm_dump},
        {"verify", "FILE...", "check artifacts completely", dxvm_verify},
        {"info", "FILE...", "print sizes and counts", dxvm_info},
        {"asm", "-o OUT FILE", "make a module from text", dxvm_asm},
    };
    table[0].run = dxvm_run;
    *count = DX_COUNTOF(table);
    return table;
}

static void help(FILE *to) {
    u32 n;
    const Command *table = commands(&n);
    fputs("usage: dxvm COMMAND ...\n\n", to);
    for (u32 i = 0; i < n; i++)
        fprintf(to, "  %-7s %-18s %s\n", table[i].name, table[i].arguments, table[i].sentence);
    fputs("\nExit codes: 0 ok, 1 the program failed, 2 usage, 4 artifact rejected.\n", to);
}

int main(int argc, char **argv) {
    u32 n;
    const Command *table = commands(&n);
    if (argc < 2) {
        help(stderr);
        return EXIT_USAGE;
    }
    if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h")) {
        help(stdout);
        return EXIT_OK;
    }
    if (!strcmp(argv[1], "--version")) {
        puts("dxvm " DXVM_VERSION);
        return EXIT_OK;
    }
    for (u32 i = 0; i < n; i++) {
        if (strcmp(argv[1], table[i].name))
            continue;
        if (table[i].run)
            return table[i].run(argc - 1, argv + 1);
        fprintf(stderr, "dxvm: %s: this build has no virtual machine\n", argv[1]);
        return EXIT_USAGE;
    }
    fprintf(stderr, "dxvm: unknown command %s (see dxvm --help)\n", argv[1]);
    return EXIT_USAGE;
}
