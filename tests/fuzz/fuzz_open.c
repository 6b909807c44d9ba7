// SPDX-License-Identifier: MIT
// Property: any bytes are either refused, or accepted and then readable in full, and the listing of an
// accepted module assembles to the same bytes.
#include "tests/fuzz/mutate.h"

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed) {
    return mutate_artifact(data, size, max_size, seed);
}

static void check_module(DxtModule *m, const u8 *bytes, size_t size) {
    Buf text = {0}, again = {0};
    if (!dxt_disassemble(m, &text)) {
        DX_CHECK(!dxt_assemble((const char *)text.data, text.len, &again, NULL));
        DX_CHECK(!bytes || (again.len == size && !memcmp(again.data, bytes, size)));
    }
    buf_free(&text);
    buf_free(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    u8 *bytes = aligned_alloc(16, (size + 16) & ~(size_t)15);
    memcpy(bytes, data, size);
    DxtModule m;
    DxtLayout l;
    DxtFault fault;
    if (!dxt_open(bytes, size, true, &m, &fault)) {
        check_module(&m, bytes, size);
        dxt_close(&m);
    }
    if (!dxtl_open_bytes(bytes, size, true, &l, &fault)) {
        for (u32 i = 0; i < l.module_count; i++)
            check_module(dxtl_module(&l, i), NULL, 0);
        dxtl_close(&l);
    }
    free(bytes);
    return 0;
}
