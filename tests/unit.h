// SPDX-License-Identifier: MIT
// What the unit tests in C share: a check that counts and reports, and random numbers that are always the same.
#ifndef DX_TESTS_UNIT_H
#define DX_TESTS_UNIT_H

#include "format/base/base.h"

#include <stdio.h>

extern int test_failures;
extern u64 test_checks;

// Reports a false condition with a formatted message; testing goes on.
#define T_CHECK(c, ...)                                                                                      \
    do {                                                                                                     \
        test_checks++;                                                                                       \
        if (!(c) && test_failures++ < 50) {                                                                  \
            fprintf(stderr, "%s:%d: %s: ", __FILE__, __LINE__, #c);                                          \
            fprintf(stderr, __VA_ARGS__);                                                                    \
            fputc('\n', stderr);                                                                             \
        }                                                                                                    \
    } while (0)

u64 test_random(void); // fixed sequence
int test_report(const char *what); // prints the counts; an exit status

#endif
