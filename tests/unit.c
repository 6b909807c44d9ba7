// SPDX-License-Identifier: MIT
// See unit.h.
#include "tests/unit.h"

int test_failures;
u64 test_checks;

u64 test_random(void) { // xorshift64*
    static u64 s = 0x2545F4914F6CDD1Dull;
    s ^= s >> 12;
    s ^= s << 25;
    s ^= s >> 27;
    return s * 0x2545F4914F6CDD1Dull;
}

int test_report(const char *what) {
    printf("%s: %llu checks, %d failed\n", what, (unsigned long long)test_checks, test_failures);
    return test_failures != 0;
}
