// SPDX-License-Identifier: MIT
// Random damage behind a correct hash: whatever is accepted must also survive the readers. Finds crashes only
// with sanitizers; the fuzz targets of tests/fuzz do the same with coverage.
#include "format/container.h"
#include "tests/format/test.h"

#define ROUNDS 3000

static void damage_once(Buf *b) {
    static const u8 favourites[] = {0, 1, 0x7F, 0x80, 0xFF, 0xFE, 0x70, 0x90, 0x1B};
    u32 n = 1 + (u32)(test_random() % 4);
    DxtSection sec[SEC_COUNT];
    memcpy(sec, b->data + sizeof(DxtHeader), sizeof sec); // before it is damaged
    for (u32 i = 0; i < n; i++) {
        u32 s = (u32)(test_random() % SEC_COUNT);
        u64 at = sec[s].size ? sec[s].offset + test_random() % sec[s].size : test_random() % b->len;
        if (test_random() & 1)
            b->data[at] ^= (u8)(1u << (test_random() & 7));
        else
            b->data[at] = favourites[test_random() % sizeof favourites];
    }
}

static void one(const char *path, const Buf *text) {
    Buf image = {0};
    u32 accepted = 0;
    if (dxt_assemble((const char *)text->data, text->len, &image, NULL))
        return;
    for (u32 i = 0; i < ROUNDS; i++) {
        Buf b = {0}, out = {0}, again = {0};
        DxtModule m;
        DxtFault fault;
        buf_put(&b, image.data, image.len);
        damage_once(&b);
        test_fix_hash(&b);
        if (!dxt_open(b.data, b.len, true, &m, &fault)) {
            accepted++;
            if (!dxt_disassemble(&m, &out) && !dxt_assemble((const char *)out.data, out.len, &again, NULL))
                T_CHECK(again.len == b.len && !memcmp(again.data, b.data, b.len),
                        "%s: round %u does not come back", path, i);
            dxt_close(&m);
        }
        buf_free(&b);
        buf_free(&out);
        buf_free(&again);
    }
    T_CHECK(accepted < ROUNDS, "%s: every damage was accepted", path);
    buf_free(&image);
}

void test_damage(const char *dir) {
    char path[1024];
    snprintf(path, sizeof path, "%s/good", dir);
    test_each_file(path, ".dxa", one);
}
