// SPDX-License-Identifier: MIT
// Artifacts named on the command line, and the commands that look at them without running them. argv[0] is the command's name. Exit codes as everywhere in dxvm:
// 0 ok, 2 usage or unreadable file, 4 artifact rejected ("file: error: rule N: text (function f, offset o)").
#ifndef DXVM_ARTIFACTS_H
#define DXVM_ARTIFACTS_H

#include "cli/exit_status.h"
#include "format/dxt.h"

typedef struct Artifact { // one opened and verified file of either kind; which, its first bytes say
    Buf bytes;
    bool is_layout;
    DxtModule module;
    DxtLayout layout;
} Artifact;

int artifact_open(const char *path, Artifact *a); // EXIT_OK, or an exit status after having said what is wrong; then nothing is to be closed
void artifact_close(Artifact *a);

int dxvm_dump(int argc, char **argv);   // dump [--json] FILE...
int dxvm_verify(int argc, char **argv); // verify FILE...
int dxvm_info(int argc, char **argv);   // info FILE...
int dxvm_asm(int argc, char **argv);    // asm -o OUT FILE

// Prints "path: error: ..." to stderr; returns EXIT_REJECTED, or EXIT_USAGE for a file that cannot be read.
int dxvm_report_fault(const char *path, const DxtFault *fault);

void dxvm_json_module(const DxtModule *m, Buf *out); // cold part must be open
void dxvm_json_layout(DxtLayout *l, Buf *out);

#endif
