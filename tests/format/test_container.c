// SPDX-License-Identifier: MIT
// Containers damaged on purpose: each header field, table entry, string cell and the compressed part, with
// the rule that must notice.
#include "format/container.h"
#include "tests/format/test.h"

static Buf original; // every_section, assembled

typedef void (*Damage)(Buf *b);

static DxtSection *section(Buf *b, u32 i) { return (DxtSection *)(b->data + sizeof(DxtHeader)) + i; }
static u8 *section_bytes(Buf *b, u32 i) { return b->data + section(b, i)->offset; }
static DxtHeader *header(Buf *b) { return (DxtHeader *)b->data; }
static String *string_at(Buf *b, u32 i) {
    return (String *)(section_bytes(b, SEC_STRS) + ((u32 *)section_bytes(b, SEC_STRX))[i]);
}

static void expect_rule(u32 rule, const char *name, bool fix, Damage damage) {
    Buf b = {0};
    DxtFault fault = {0};
    DxtModule m;
    buf_put(&b, original.data, original.len);
    damage(&b);
    if (fix)
        test_fix_hash(&b);
    DxtStatus s = dxt_open(b.data, b.len, true, &m, &fault);
    if (!s) {
        s = dxt_cold(&m, &fault);
        dxt_close(&m);
    }
    T_CHECK(s && fault.rule == rule, "%s: rule %u instead of %u: %s", name, fault.rule, rule, fault.detail);
    buf_free(&b);
}

static void cut_short(Buf *b) { b->len = 100; }
static void cut_to_two(Buf *b) { b->len = 2; }
static void magic(Buf *b) { b->data[0] = 'x'; }
static void version(Buf *b) { header(b)->version++; }
static void file_size(Buf *b) { header(b)->file_size += 8; }
static void append(Buf *b) { buf_zero(b, 8); }
static void append_told(Buf *b) { buf_zero(b, 8), header(b)->file_size = b->len; }
static void content(Buf *b) { section_bytes(b, SEC_COLD)[12] ^= 1; }
static void form(Buf *b) { header(b)->form = 1; }
static void kind(Buf *b) { header(b)->kind = 9; }
static void tag(Buf *b) { section(b, 3)->tag[0] = 'x'; }
static void misaligned(Buf *b) { section(b, 3)->offset += 4; }
static void overlap(Buf *b) { section(b, 3)->offset -= 8; }
static void beyond(Buf *b) { section(b, SEC_COLD)->size += 64; }
static void rows(Buf *b) { section(b, SEC_FUNC)->size -= 4; }
static void padding(Buf *b) { section_bytes(b, SEC_PATH)[section(b, SEC_PATH)->size] = 1; }
static void path_zero(Buf *b) { section_bytes(b, SEC_PATH)[1] = 0; }
static void path_utf8(Buf *b) { section_bytes(b, SEC_PATH)[1] = 0xFF; }
static void path_end(Buf *b) { section_bytes(b, SEC_PATH)[section(b, SEC_PATH)->size - 1] = 'x'; }
static void source_len(Buf *b) { ((u32 *)section_bytes(b, SEC_COLD))[1] = 0x7FFFFFFF; }
static void source_more(Buf *b) { ((u32 *)section_bytes(b, SEC_COLD))[1] += 1; }
static void string_order(Buf *b) { ((u32 *)section_bytes(b, SEC_STRX))[1] += 8; }
static void string_kind(Buf *b) { string_at(b, 1)->cell.kind = 2; }
static void string_mark(Buf *b) { string_at(b, 1)->cell.mark = 1; }
static void string_size(Buf *b) { string_at(b, 1)->cell.size += 1; }
static void string_huge(Buf *b) {
    string_at(b, 1)->cell.size = 0x20000000, string_at(b, 1)->length = 0xFFFFFFF0;
}
static void string_flags(Buf *b) { string_at(b, 1)->cell.flags |= STR_ATOM; }
static void string_hash(Buf *b) { string_at(b, 1)->hash ^= 1; }
static void string_index(Buf *b) { string_at(b, 2)->cell.flags &= (u8)~STR_INDEX; }
static void string_no_index(Buf *b) { string_at(b, 3)->cell.flags |= STR_INDEX; }
static void string_pad(Buf *b) { string_at(b, 1)->u.latin1[5] = 1; }
static void string_wide(Buf *b) { string_at(b, 1)->cell.flags |= STR_UTF16; }
static void code_gap(Buf *b) { ((DxtFunc *)section_bytes(b, SEC_FUNC))[1].code_off++; }
static void code_short(Buf *b) { ((DxtFunc *)section_bytes(b, SEC_FUNC))[3].code_len--; }
static void code_empty(Buf *b) { ((DxtFunc *)section_bytes(b, SEC_FUNC))[0].code_len = 0; }
static void handlers(Buf *b) { ((DxtFunc *)section_bytes(b, SEC_FUNC))[0].handler_count = 0; }
static void handlers_beyond(Buf *b) { ((DxtFunc *)section_bytes(b, SEC_FUNC))[0].handler_count = 9; }
static void positions(Buf *b) { ((DxtFunc *)section_bytes(b, SEC_FUNC))[1].pos_count++; }
static void reserved(Buf *b) { ((DxtFunc *)section_bytes(b, SEC_FUNC))[0].reserved[1] = 1; }
static void handler_reserved(Buf *b) { ((DxtHandler *)section_bytes(b, SEC_HNDL))[0].reserved = 1; }
static void request_linked(Buf *b) { ((DxtRequest *)section_bytes(b, SEC_REQS))[0].module = 0; }
static void cold_head(Buf *b) { section(b, SEC_COLD)->size = 4; }

void test_container(const char *dir) {
    char path[1024];
    Buf text = {0};
    snprintf(path, sizeof path, "%s/good/every_section.dxa", dir);
    T_CHECK(!file_read(path, &text) && !dxt_assemble((const char *)text.data, text.len, &original, NULL),
            "%s", path);
    buf_free(&text);
#define BAD(rule, fix, f) expect_rule(rule, #f, fix, f)
    BAD(1, false, cut_short), BAD(1, false, cut_to_two), BAD(2, false, magic), BAD(3, false, version);
    BAD(4, false, file_size), BAD(4, false, append), BAD(9, true, append_told), BAD(5, false, content);
    BAD(6, true, form), BAD(30, true, kind), BAD(7, true, tag), BAD(8, true, misaligned),
        BAD(9, true, overlap);
    BAD(9, true, beyond), BAD(10, true, rows), BAD(11, true, padding), BAD(12, true, path_zero),
        BAD(12, true, path_utf8);
    BAD(12, true, path_end), BAD(13, true, source_len), BAD(14, true, source_more), BAD(14, true, content);
    BAD(20, true, string_order), BAD(21, true, string_kind), BAD(21, true, string_mark),
        BAD(21, true, string_size);
    BAD(27, true, string_huge), BAD(22, true, string_flags), BAD(24, true, string_hash),
        BAD(25, true, string_index);
    BAD(25, true, string_no_index), BAD(26, true, string_pad), BAD(23, true, string_wide),
        BAD(41, true, code_gap);
    BAD(41, true, code_short), BAD(41, true, code_empty), BAD(42, true, handlers),
        BAD(42, true, handlers_beyond);
    BAD(44, true, positions), BAD(46, true, reserved), BAD(46, true, handler_reserved),
        BAD(50, true, request_linked);
    BAD(11, true, cold_head);
#undef BAD
    buf_free(&original);
}
