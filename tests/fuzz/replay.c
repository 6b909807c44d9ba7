// SPDX-License-Identifier: MIT
// Stands in for the fuzzer: runs a target once on every file given, and with -m N also on N mutations of
// each. A crash is a failure.
#include "tests/fuzz/mutate.h"

#include <stdio.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed)
    __attribute__((weak));

int main(int argc, char **argv) {
    u32 rounds = 0, files = 0;
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "-m") && i + 1 < argc) {
            rounds = (u32)atoi(argv[++i]);
            continue;
        }
        Buf b = {0};
        if (file_read(argv[i], &b)) {
            fprintf(stderr, "%s: cannot be read\n", argv[i]);
            return 2;
        }
        LLVMFuzzerTestOneInput(b.data, b.len);
        size_t room = b.len + 4096, size = b.len;
        u8 *copy = malloc(room);
        for (u32 r = 0; r < rounds && LLVMFuzzerCustomMutator; r++) {
            if (r % 8 == 0) { // eight mutations in a row, then from the start again
                memcpy(copy, b.data, b.len);
                size = b.len;
            }
            size = LLVMFuzzerCustomMutator(copy, size, room, r + 1);
            LLVMFuzzerTestOneInput(copy, size);
        }
        free(copy);
        buf_free(&b);
        files++;
    }
    printf("replay: %u files, %u mutations each\n", files, rounds);
    return 0;
}
