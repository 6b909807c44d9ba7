// SPDX-License-Identifier: MIT
// The C unit tests of format/base: one file per header, one function each, called from main.c.
#ifndef DX_TEST_BASE_H
#define DX_TEST_BASE_H

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

void test_mem(void);
void test_hash(void);
void test_utf(void);
void test_numtext(void);
void test_unicode(void);

#endif
