// SPDX-License-Identifier: MIT
// Part of test_core.
#ifndef DX_TEST_SIMD_H
#define DX_TEST_SIMD_H

#include "tests/unit.h"
#include "vm/assert/simd.h"

void test_simd(void); // counts in test_checks and test_failures

#endif
