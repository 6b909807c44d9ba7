// SPDX-License-Identifier: MIT
// Exit statuses of dx, dxtc and dxvm, and what every one of them does last.
#ifndef DX_CLI_EXIT_STATUS_H
#define DX_CLI_EXIT_STATUS_H

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum {
    EXIT_OK = 0,
    EXIT_FAILED = 1,   // tests failed, the program threw
    EXIT_USAGE = 2,    // wrong arguments or configuration; a file that cannot be read or written, standard output included
    EXIT_COMPILE = 3,  // errors in the source
    EXIT_REJECTED = 4, // an artifact that is not sound
};

// `status`, unless what was printed did not arrive: a full disk must not look like success.
static inline int exit_status(const char *program, int status) {
    if (!fflush(stdout) && !ferror(stdout)) return status;
    if (status == EXIT_OK || status == EXIT_FAILED) status = EXIT_USAGE;
    fprintf(stderr, "%s: standard output: %s\n", program, strerror(errno));
    return status;
}

#endif
