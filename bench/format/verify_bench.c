// SPDX-License-Identifier: MIT
// Times opening with and without verification, and its parts, for one .dxt: best of n rounds, in MB of file
// (or code) a second.
#include "format/container.h"

#include "format/base/hash.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static f64 now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (f64)t.tv_sec + (f64)t.tv_nsec * 1e-9;
}

int main(int argc, char **argv) {
    Buf file = {0};
    DxtModule m;
    DxtFault fault = {0};
    u32 rounds = argc > 2 ? (u32)atoi(argv[2]) : 10;
    f64 best[5] = {1e9, 1e9, 1e9, 1e9, 1e9};
    if (argc < 2 || file_read(argv[1], &file) || dxt_open(file.data, file.len, true, &m, &fault)) {
        fprintf(stderr, "usage: verify_bench FILE.dxt [ROUNDS] (%s)\n", fault.detail);
        return 2;
    }
    const DxtSection *sec = (const DxtSection *)(file.data + sizeof(DxtHeader));
    static volatile u8 sink;
    for (u32 i = 0; i < rounds; i++) {
        f64 t[6] = {now()};
        dxt_open(file.data, file.len, false, &m, NULL);
        t[1] = now();
        sink = hash128_bytes(file.data + 24, file.len - 24).bytes[0];
        t[2] = now();
        dxt_check_strings(m.strings, sec[SEC_STRS].size, m.string_off, m.string_count, NULL);
        t[3] = now();
        dxt_check_rows(&m, DXT_FORM_MODULE, 0, NULL);
        t[4] = now();
        dxt_verify(&m, NULL);
        t[5] = now();
        for (u32 j = 0; j < 5; j++)
            best[j] = t[j + 1] - t[j] < best[j] ? t[j + 1] - t[j] : best[j];
    }
    (void)sink;
    printf("open without verification  %9.3f ms\n", best[0] * 1e3);
    printf("content hash               %9.3f ms  %7.0f MB/s of file\n", best[1] * 1e3,
           (f64)file.len / best[1] / 1e6);
    printf("strings                    %9.3f ms  %7.0f MB/s of strings\n", best[2] * 1e3,
           (f64)sec[SEC_STRS].size / best[2] / 1e6);
    printf("rows                       %9.3f ms\n", best[3] * 1e3);
    printf("bytecode                   %9.3f ms  %7.0f MB/s of code (%u bytes)\n", best[4] * 1e3,
           m.code_len / best[4] / 1e6, m.code_len);
    buf_free(&file);
    return 0;
}
