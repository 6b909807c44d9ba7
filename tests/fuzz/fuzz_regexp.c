// SPDX-License-Identifier: MIT
// Two properties: any pattern gives an error or a program that the verifier accepts; any bytes that the verifier accepts execute without
// leaving memory. Input: byte 0 flags and mode, byte 1 the pattern's length, then pattern, then subject (mode bit: program bytes).
// Replay files with -DREPLAY; otherwise a libFuzzer entry.
#include <stdio.h>
#include <stdlib.h>

#include "format/base/mem.h"
#include "format/regexp/regexp.h"
#include "vm/regexp/rx_exec.h"

int LLVMFuzzerTestOneInput(const u8 *data, size_t n);

static int polls;
static int poll_limit(void *ctx) {
    (void)ctx;
    return ++polls > 3;
}

static void run(const u8 *prog, const u8 *subject, size_t n) {
    RxScratch scratch = {.poll = poll_limit, .max_bytes = 1 << 20};
    i32 *captures = mem_alloc(2 * (size_t)rx_capture_count(prog) * sizeof(i32));
    // Exactly sized copies, so that a read past the end is seen.
    u8 *narrow = mem_alloc(n + 1);
    u16 *wide = mem_alloc((n / 2 + 1) * 2);
    if (n) {
        memcpy(narrow, subject, n);
        memcpy(wide, subject, n / 2 * 2);
    }
    for (u32 at = 0; at <= 1 && at <= n / 2; at++) {
        polls = 0;
        rx_exec(prog, narrow, (u32)n, false, at, captures, &scratch);
        polls = 0;
        rx_exec(prog, wide, (u32)(n / 2), true, at, captures, &scratch);
    }
    mem_free(wide);
    mem_free(narrow);
    mem_free(captures);
    rx_scratch_free(&scratch);
}

// The rest of the input is XORed into a valid program from the header's end on: near misses are what the verifier must catch.
static void run_damaged(Buf *prog, const u8 *damage, size_t n) {
    for (size_t i = 0; i + 3 <= n; i += 3)
        prog->data[(damage[i] | (size_t)damage[i + 1] << 8) % prog->len] ^= damage[i + 2];
    if (rx_verify(prog->data, prog->len))
        run(prog->data, (const u8 *)"aab abba \xe9 x", 12);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t n) {
    if (n < 3)
        return 0;
    u32 flags = data[0] & 0x3e;
    bool damaged = data[0] & 0x80;
    if ((flags & RX_UNICODE) && (data[0] & 0x40))
        flags ^= RX_UNICODE | RX_UNICODE_SETS;
    size_t len = data[1] < n - 2 ? data[1] : n - 2;
    Buf prog = {0};
    RxError err;
    int status;
    if (data[0] & 1 && len >= 2) {
        u16 *wide = mem_alloc(len);
        memcpy(wide, data + 2, len / 2 * 2);
        status = rx_compile(wide, len / 2, flags, &prog, &err);
        mem_free(wide);
    } else {
        status = rx_compile_latin1(data + 2, len, flags, &prog, &err);
    }
    if (!status) {
        if (!rx_verify(prog.data, prog.len))
            abort();
        if (damaged)
            run_damaged(&prog, data + 2 + len, n - 2 - len);
        else
            run(prog.data, data + 2 + len, n - 2 - len);
    }
    buf_free(&prog);
    return 0;
}

#ifdef REPLAY
int main(int argc, char **argv) {
    for (int i = 1; i < argc; i++) {
        Buf b = {0};
        if (file_read(argv[i], &b)) {
            perror(argv[i]);
            return 2;
        }
        LLVMFuzzerTestOneInput(b.data, b.len);
        buf_free(&b);
    }
    printf("fuzz_regexp: %d inputs replayed\n", argc - 1);
    return 0;
}
#endif
