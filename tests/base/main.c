// SPDX-License-Identifier: MIT
// Runs every unit test of format/base; exit code 1 if one failed.
#include "tests/base/test.h"

int test_failures;
u64 test_checks;

u64 test_random(void) { // xorshift64*
    static u64 s = 0x2545F4914F6CDD1Dull;
    s ^= s >> 12;
    s ^= s << 25;
    s ^= s >> 27;
    return s * 0x2545F4914F6CDD1Dull;
}

int main(void) {
    test_mem();
    test_hash();
    test_utf();
    test_numtext();
    test_unicode();
    printf("base: %llu checks, %d failed\n", (unsigned long long)test_checks, test_failures);
    return test_failures != 0;
}
