// SPDX-License-Identifier: MIT
// The C unit tests of format/base: one file per header, one function each, called from main.c.
#ifndef DX_TEST_BASE_H
#define DX_TEST_BASE_H

#include "tests/unit.h"

void test_mem(void);
void test_hash(void);
void test_utf(void);
void test_numtext(void);
void test_unicode(void);

#endif
