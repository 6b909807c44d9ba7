// SPDX-License-Identifier: MIT
// Layouts: built from text modules, opened lazily and verified, strings shared, tests flattened with full
// names; then damaged.
#include "format/base/hash.h"
#include "format/layout.h"
#include "tests/format/test.h"

enum { MODULES = 2 };
static Buf images[MODULES];
static DxtModule modules[MODULES];
static Buf layout;

static void build(const char *dir) {
    static const char *const names[MODULES] = {"every_section", "environments"};
    static const u32 to_second[] = {1, DXT_NONE}, nothing[] = {0};
    static const u32 *resolved[MODULES] = {to_second, nothing};
    static const u32 entries[] = {0, 1};
    static const char *const paths[] = {"package.json", "src"};
    DxtlInput inputs[2] = {{.size = 7, .mtime_ns = 8, .inode = 9, .hash = {1}}, {.flags = INPUT_DIRECTORY}};
    for (u32 i = 0; i < MODULES; i++) {
        char path[1024];
        Buf text = {0};
        DxtFault fault = {0};
        snprintf(path, sizeof path, "%s/good/%s.dxa", dir, names[i]);
        T_CHECK(!file_read(path, &text) && !dxt_assemble((const char *)text.data, text.len, &images[i], NULL),
                "%s", path);
        T_CHECK(!dxt_open(images[i].data, images[i].len, true, &modules[i], &fault), "%s: %s", path,
                fault.detail);
        buf_free(&text);
    }
    DxtlBuild b = {.modules = modules,
                   .module_count = MODULES,
                   .resolved = resolved,
                   .entries = entries,
                   .entry_count = 2,
                   .inputs = inputs,
                   .input_paths = paths,
                   .input_count = 2};
    Buf again = {0};
    T_CHECK(!dxtl_write(&b, &layout) && !dxtl_write(&b, &again), "writing");
    T_CHECK(layout.len == again.len && !memcmp(layout.data, again.data, layout.len),
            "two layouts of the same input differ");
    buf_free(&again);
}

static bool text_is(const DxtLayout *l, u32 off, u32 len, const char *text) {
    return len == strlen(text) && !memcmp(l->names + off, text, len);
}

static void check_views(void) {
    DxtLayout l;
    DxtFault fault = {0};
    T_CHECK(!dxtl_open_bytes(layout.data, layout.len, true, &l, &fault), "rule %u: %s", fault.rule,
            fault.detail);
    T_CHECK(l.module_count == 2 && l.file_count == 2 && l.test_count == 2 && l.suite_count == 1, "counts");
    T_CHECK(text_is(&l, l.tests[0].name_off, l.tests[0].name_len, "suite a"), "full name");
    T_CHECK(text_is(&l, l.tests[1].name_off, l.tests[1].name_len, "b"), "full name");
    T_CHECK(l.tests[0].name_hash == hash_bytes("suite a", 7) && l.tests[0].timeout_ms == 1500 &&
                l.tests[0].assertions == 2,
            "test row");
    T_CHECK(l.tests[0].suite == 0 && l.tests[1].suite == DXT_NONE && l.suites[0].test_count == 1, "suite");
    T_CHECK(!memcmp(layout.data + l.tests[0].code_off, modules[0].code + modules[0].funcs[3].code_off,
                    l.tests[0].code_len),
            "code");
    T_CHECK(!strcmp(dxtl_path(&l, l.inputs[1].path), "src") && l.inputs[0].inode == 9, "inputs");
    T_CHECK(l.graph_first[1] - l.graph_first[0] == 1 && l.graph_edges[0] == 1 && l.graph_first[2] == 1,
            "graph");
    for (u32 i = 0; i < MODULES; i++) {
        DxtModule *m = dxtl_module(&l, i);
        Buf a = {0}, b = {0};
        T_CHECK(m && !memcmp(m->hash, modules[i].hash, 16), "module %u", i);
        for (u32 j = 0; m && j < m->string_count; j++) {
            const String *s = dxt_string(m, j), *t = dxt_string(&modules[i], j);
            T_CHECK(s->cell.size == t->cell.size && !memcmp(s, t, s->cell.size * 8), "module %u string %u", i,
                    j);
        }
        T_CHECK(!dxt_disassemble(&modules[i], &a) && !dxt_disassemble(m, &b), "module %u", i);
        buf_free(&a);
        T_CHECK(!dxt_assemble((const char *)b.data, b.len, &a, NULL) && a.len == images[i].len &&
                    !memcmp(a.data, images[i].data, a.len),
                "module %u does not come back from the layout", i);
        buf_free(&a);
        buf_free(&b);
    }
    dxtl_close(&l);
    T_CHECK(!dxtl_open_bytes(layout.data, layout.len, false, &l, NULL) && !l.modules[1].path &&
                dxtl_module(&l, 1)->path,
            "lazily");
    dxtl_close(&l);
}

static DxtlHeader *header(Buf *b) { return (DxtlHeader *)b->data; }
static void *rows(Buf *b, u32 sec) {
    return b->data + ((DxtlSection *)(b->data + sizeof(DxtlHeader)))[sec].offset;
}
static DxtlSection *section(Buf *b, u32 i) { return (DxtlSection *)(b->data + sizeof(DxtlHeader)) + i; }

static void expect_rule(u32 rule, const char *name, bool fix, void (*damage)(Buf *b)) {
    Buf b = {0};
    DxtFault fault = {0};
    DxtLayout l;
    buf_put(&b, layout.data, layout.len);
    damage(&b);
    if (fix)
        layout_seal(b.data, b.len);
    DxtStatus s = dxtl_open_bytes(b.data, b.len, true, &l, &fault);
    T_CHECK(s && fault.rule == rule, "%s: rule %u instead of %u: %s", name, fault.rule, rule, fault.detail);
    if (!s)
        dxtl_close(&l);
    buf_free(&b);
}

static void cut(Buf *b) { b->len = 64; }
static void magic(Buf *b) { b->data[3] = 'x'; }
static void version(Buf *b) { header(b)->version = 9; }
static void size(Buf *b) { header(b)->file_size++; }
static void content(Buf *b) { b->data[b->len - 1] ^= 1; }
static void sections(Buf *b) { header(b)->section_count++; }
static void checksum(Buf *b) {
    header(b)->checksum ^= 1;
    Hash128 h = hash128_bytes(b->data + 24, b->len - 24);
    memcpy(header(b)->hash, h.bytes, 16);
}
static void tag(Buf *b) { section(b, 1)->tag[1] = 'x'; }
static void place(Buf *b) { section(b, 1)->offset += 8; }
static void row_size(Buf *b) { section(b, 1)->row = 8; }
static void count(Buf *b) { header(b)->test_count++; }
static void module_place(Buf *b) { ((DxtlModuleRow *)rows(b, LAY_MODT))[1].offset -= 8; }
static void module_string(Buf *b) {
    u8 *image = b->data + ((DxtlModuleRow *)rows(b, LAY_MODT))[0].offset;
    DxtSection *s = (DxtSection *)(image + sizeof(DxtHeader));
    ((u32 *)(image + s[SEC_STRX].offset))[0] += 8;
}
static void module_request(Buf *b) {
    u8 *image = b->data + ((DxtlModuleRow *)rows(b, LAY_MODT))[0].offset;
    DxtSection *s = (DxtSection *)(image + sizeof(DxtHeader));
    ((DxtRequest *)(image + s[SEC_REQS].offset))[0].module = 2;
}
static void file_module(Buf *b) { ((DxtlFile *)rows(b, LAY_FILE))[0].module = 9; }
static void file_tests(Buf *b) { ((DxtlFile *)rows(b, LAY_FILE))[0].test_count++; }
static void test_code(Buf *b) { ((DxtlTest *)rows(b, LAY_TEST))[0].code_off += 8; }
static void test_name(Buf *b) { ((DxtlTest *)rows(b, LAY_TEST))[0].name_len = 1000; }
static void test_suite(Buf *b) { ((DxtlTest *)rows(b, LAY_TEST))[0].suite = 7; }
static void suite_parent(Buf *b) { ((DxtlSuite *)rows(b, LAY_SUIT))[0].parent = 0; }
static void input_path(Buf *b) { ((DxtlInput *)rows(b, LAY_INPT))[0].path = 2; }
static void graph_edge(Buf *b) { ((u32 *)rows(b, LAY_GRPE))[0] = 2; }
static void graph_order(Buf *b) { ((u32 *)rows(b, LAY_GRPX))[1] = 9; }
static void path_text(Buf *b) { ((u8 *)rows(b, LAY_PTHS))[3] = 0; }
static void unique(Buf *b) { // the second string becomes a copy of an equally long other one
    u32 *off = rows(b, LAY_STRQ);
    u8 *cells = rows(b, LAY_STRS);
    for (u32 i = 0; i + 1 < header(b)->unique_count; i++) {
        String *s = (String *)(cells + off[i]), *t = (String *)(cells + off[i + 1]);
        if (s->cell.size == t->cell.size) {
            memcpy(t, s, s->cell.size * 8);
            return;
        }
    }
}

// Also without verification, as a run opens what an earlier one left.
static void every_flipped_bit_is_seen(void) {
    DxtLayout l;
    Buf b = {0};
    buf_put(&b, layout.data, layout.len);
    for (size_t i = 24; i < b.len; i++) {
        b.data[i] ^= (u8)(1u << (i & 7));
        T_CHECK(dxtl_open_bytes(b.data, b.len, false, &l, NULL) != DXT_OK, "byte %zu", i);
        b.data[i] ^= (u8)(1u << (i & 7));
    }
    buf_free(&b);
}

void test_layout(const char *dir, const char *out) {
    build(dir);
    if (out)
        T_CHECK(!file_write_atomic(out, layout.data, layout.len), "%s", out);
    check_views();
#define BAD(rule, fix, f) expect_rule(rule, #f, fix, f)
    BAD(1, false, cut), BAD(2, false, magic), BAD(3, false, version), BAD(4, false, size),
        BAD(6, true, sections), BAD(208, false, checksum);
    BAD(7, true, tag), BAD(9, true, place), BAD(10, true, row_size), BAD(200, true, count),
        BAD(202, true, module_place);
    BAD(201, true, module_string), BAD(50, true, module_request), BAD(203, true, file_module),
        BAD(203, true, file_tests);
    BAD(204, true, test_code), BAD(204, true, test_name), BAD(204, true, test_suite),
        BAD(204, true, suite_parent);
    BAD(205, true, input_path), BAD(206, true, graph_edge), BAD(206, true, graph_order),
        BAD(12, true, path_text);
    BAD(207, true, unique), BAD(5, false, content);
#undef BAD
    every_flipped_bit_is_seen();
    for (u32 i = 0; i < MODULES; i++) {
        dxt_close(&modules[i]);
        buf_free(&images[i]);
    }
    buf_free(&layout);
}
