// SPDX-License-Identifier: MIT
// Runs every unit test of format/base; exit code 1 if one failed.
#include "tests/base/test.h"

int main(void) {
    test_mem();
    test_hash();
    test_utf();
    test_numtext();
    test_unicode();
    return test_report("base");
}
