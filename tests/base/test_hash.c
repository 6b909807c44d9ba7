// SPDX-License-Identifier: MIT
#include "format/base/blake3.h"
#include "format/base/hash.h"
#include "format/base/mem.h"
#include "tests/base/test.h"

static const struct {
    u32 len;
    const char *hex;
} BLAKE3_VECTORS[] = {
#include "tests/base/blake3_vectors.inc"
};

static void to_hex(const u8 *p, char *out) {
    for (int i = 0; i < BLAKE3_LEN; i++) snprintf(out + i * 2, 3, "%02x", p[i]);
}

static void blake3_vectors(void) {
    static u8 input[102400];
    for (u32 i = 0; i < sizeof input; i++) input[i] = (u8)(i % 251);
    for (u32 i = 0; i < DX_COUNTOF(BLAKE3_VECTORS); i++) {
        u32 len = BLAKE3_VECTORS[i].len;
        u8 out[BLAKE3_LEN];
        char hex[BLAKE3_LEN * 2 + 1];
        blake3(input, len, out);
        to_hex(out, hex);
        T_CHECK(strcmp(hex, BLAKE3_VECTORS[i].hex) == 0, "blake3 of %u bytes: %s", len, hex);
        static const u32 steps[] = {1, 63, 64, 65, 1000, 1024, 5000, 9000};
        for (u32 k = 0; k < DX_COUNTOF(steps); k++) { // piecewise updates give the same
            Blake3 s;
            blake3_init(&s);
            for (u32 at = 0; at < len; at += steps[k]) blake3_update(&s, input + at, dx_min_u32(steps[k], len - at));
            blake3_final(&s, out);
            to_hex(out, hex);
            T_CHECK(strcmp(hex, BLAKE3_VECTORS[i].hex) == 0, "blake3 of %u bytes in steps of %u", len, steps[k]);
        }
    }
}

static void strings(void) {
    u8 *narrow = mem_alloc(64);
    u16 *wide = mem_alloc(128);
    for (u32 n = 0; n <= 40; n++) {
        for (int round = 0; round < 50; round++) {
            for (u32 i = 0; i < n; i++) wide[i] = narrow[i] = (u8)test_random();
            T_CHECK(hash_latin1(narrow, n) == hash_utf16(wide, n), "width changes the hash of %u units", n);
        }
        u8 *exact = mem_alloc(n); // reads past the end show under asan
        memset(exact, 'a', n);
        hash_latin1(exact, n);
        hash_bytes(exact, n);
        mem_free(exact);
    }
    u32 a = hash_latin1((const u8 *)"ab", 2), b = hash_latin1((const u8 *)"ba", 2);
    T_CHECK(a != b, "order");
    T_CHECK(hash_latin1((const u8 *)"\0", 1) != hash_latin1((const u8 *)"", 0), "length");
    mem_free(narrow);
    mem_free(wide);
}

// The stored values: changing these changes the file formats.
static void stored_values(void) {
    T_CHECK(hash_latin1((const u8 *)"", 0) == 0x8FF7E80B, "%#x", hash_latin1((const u8 *)"", 0));
    T_CHECK(hash_latin1((const u8 *)"prototype", 9) == 0xD1145938, "%#x", hash_latin1((const u8 *)"prototype", 9));
    T_CHECK(hash_bytes("prototype", 9) == 0x0F8A1B4B11AF6191ull, "%#llx",
            (unsigned long long)hash_bytes("prototype", 9));
}

static void distribution(void) {
    enum { BITS = 16, N = 1 << BITS };
    u32 *count = mem_zalloc(N * sizeof(u32));
    u32 most = 0;
    for (u32 i = 0; i < N; i++) {
        char name[16];
        u32 n = (u32)snprintf(name, sizeof name, "key%u", i);
        u32 c = ++count[hash_latin1((const u8 *)name, n) & (N - 1)];
        if (c > most) most = c;
    }
    T_CHECK(most < 12, "one bucket got %u of %u keys in as many buckets", most, N);
    mem_free(count);
}

void test_hash(void) {
    blake3_vectors();
    strings();
    stored_values();
    distribution();
}
