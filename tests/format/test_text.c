// SPDX-License-Identifier: MIT
// Text modules: good ones verify, come back byte for byte from the disassembler, and are written the same way
// twice; bad ones are refused by the rule their first line names.
#include "format/base/hash.h"
#include "tests/format/test.h"

#include <stdlib.h>

void test_fix_hash(Buf *dxt) {
    if (dxt->len < 24)
        return;
    Hash128 h = hash128_bytes(dxt->data + DXT_HASH_AT + 16, dxt->len - DXT_HASH_AT - 16);
    memcpy(dxt->data + DXT_HASH_AT, h.bytes, 16);
}

static void good(const char *path, const Buf *text) {
    Buf a = {0}, b = {0}, dis = {0};
    DxtFault fault = {0};
    DxtModule m;
    DxtStatus s = dxt_assemble((const char *)text->data, text->len, &a, &fault);
    T_CHECK(s == DXT_OK, "%s: line %llu: %s", path, (unsigned long long)fault.offset, fault.detail);
    if (!s) {
        s = dxt_open(a.data, a.len, true, &m, &fault);
        T_CHECK(s == DXT_OK, "%s: rule %u function %u offset %llu: %s", path, fault.rule, fault.func,
                (unsigned long long)fault.offset, fault.detail);
    }
    if (!s) {
        T_CHECK(dxt_cold(&m, &fault) == DXT_OK, "%s: %s", path, fault.detail);
        T_CHECK(dxt_disassemble(&m, &dis) == 0, "%s", path);
        s = dxt_assemble((const char *)dis.data, dis.len, &b, &fault);
        T_CHECK(s == DXT_OK, "%s: listing: %s", path, fault.detail);
        T_CHECK(a.len == b.len && !memcmp(a.data, b.data, a.len), "%s: the listing gives other bytes", path);
        b.len = 0;
        T_CHECK(dxt_write(&m, &b) == DXT_OK && a.len == b.len && !memcmp(a.data, b.data, a.len),
                "%s: writing again differs", path);
        m.cold = NULL; // from source and positions instead of the stored frame
        b.len = 0;
        T_CHECK(dxt_write(&m, &b) == DXT_OK && a.len == b.len && !memcmp(a.data, b.data, a.len),
                "%s: compressing again differs", path);
        dxt_close(&m);
    }
    buf_free(&a);
    buf_free(&b);
    buf_free(&dis);
}

static void bad(const char *path, const Buf *text) {
    Buf a = {0};
    DxtFault fault = {0};
    DxtModule m;
    u32 rule = (u32)strtoul((const char *)text->data + strlen("; rule "), NULL, 10);
    if (!dxt_assemble((const char *)text->data, text->len, &a, &fault))
        dxt_open(a.data, a.len, true, &m, &fault);
    T_CHECK(fault.rule == rule, "%s: rule %u: %s", path, fault.rule, fault.detail);
    T_CHECK(dxt_rule_text(rule), "rule %u", rule);
    buf_free(&a);
}

void test_text(const char *dir) {
    char path[1024];
    snprintf(path, sizeof path, "%s/good", dir);
    test_each_file(path, ".dxa", good);
    snprintf(path, sizeof path, "%s/bad", dir);
    test_each_file(path, ".dxa", bad);
}
