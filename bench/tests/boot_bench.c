// SPDX-License-Identifier: MIT
// Times vm_boot in fresh processes: the native tables registered, the realm image placed, stacks mapped. A child each round, because only
// the first boot of a process meets pages that are not mapped yet. Prints the median and the least, in microseconds.
#include "runtime/dxtest.h"
#include "vm/vm.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static f64 now_us(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (f64)t.tv_sec * 1e6 + (f64)t.tv_nsec / 1e3;
}

static int by_size(const void *a, const void *b) { return (*(const f64 *)a > *(const f64 *)b) - (*(const f64 *)a < *(const f64 *)b); }

static f64 boot_once(void) {
    int ends[2];
    f64 us = -1;
    if (pipe(ends)) return -1;
    pid_t child = fork();
    if (child == 0) {
        f64 start = now_us();
        dxtest_register();
        VM *vm = vm_boot(NULL);
        us = vm ? now_us() - start : -1;
        _exit(write(ends[1], &us, sizeof us) != sizeof us);
    }
    close(ends[1]);
    if (read(ends[0], &us, sizeof us) != sizeof us) us = -1;
    close(ends[0]);
    if (child > 0) waitpid(child, NULL, 0);
    return us;
}

int main(int argc, char **argv) {
    enum { MOST = 10000 };
    static f64 us[MOST];
    int n = argc > 1 ? atoi(argv[1]) : 300;
    if (n < 1 || n > MOST) return fprintf(stderr, "usage: boot_bench [ROUNDS, at most %d]\n", MOST), 2;
    for (int i = 0; i < n; i++)
        if ((us[i] = boot_once()) < 0) return perror("boot_bench"), 1;
    qsort(us, (size_t)n, sizeof us[0], by_size);
    printf("%.1f %.1f\n", us[n / 2], us[0]);
    return 0;
}
