// SPDX-License-Identifier: MIT
// Stands in for the fuzzer: runs a target once on every file given, and with -m N also on N mutations of each. A crash is a failure;
// the input in hand is left in the file that -k names.
#include "tests/fuzz/mutate.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed) __attribute__((weak));

static const char *keep; // -k
static u8 *current;
static size_t current_size;

static void on_crash(int sig) {
    int fd = keep ? open(keep, O_WRONLY | O_CREAT | O_TRUNC, 0644) : -1;
    if (fd >= 0 && write(fd, current, current_size) >= 0)
        close(fd);
    signal(sig, SIG_DFL);
    raise(sig);
}

static void run_one(u8 *data, size_t size) {
    current = data, current_size = size;
    LLVMFuzzerTestOneInput(data, size);
}

int main(int argc, char **argv) {
    u32 rounds = 0, files = 0;
    static u8 stack[1 << 16];
    sigaltstack(&(stack_t){.ss_sp = stack, .ss_size = sizeof stack}, NULL);
    struct sigaction act = {.sa_handler = on_crash, .sa_flags = SA_ONSTACK};
    const int signals[] = {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL, SIGALRM};
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "-m") && i + 1 < argc) {
            rounds = (u32)atoi(argv[++i]);
            continue;
        }
        if (!strcmp(argv[i], "-k") && i + 1 < argc) {
            keep = argv[++i];
            for (u32 j = 0; j < DX_COUNTOF(signals); j++)
                sigaction(signals[j], &act, NULL);
            continue;
        }
        Buf b = {0};
        if (file_read(argv[i], &b)) {
            fprintf(stderr, "%s: cannot be read\n", argv[i]);
            return 2;
        }
        run_one(b.data, b.len);
        size_t room = b.len + 4096, size = b.len;
        u8 *copy = malloc(room);
        for (u32 r = 0; r < rounds && LLVMFuzzerCustomMutator; r++) {
            if (r % 8 == 0) { // eight mutations in a row, then from the start again
                memcpy(copy, b.data, b.len);
                size = b.len;
            }
            size = LLVMFuzzerCustomMutator(copy, size, room, r + 1);
            alarm(keep ? 20 : 0);
            run_one(copy, size);
        }
        free(copy);
        buf_free(&b);
        files++;
    }
    printf("replay: %u files, %u mutations each\n", files, rounds);
    return 0;
}
