// SPDX-License-Identifier: MIT
#include "format/base/mem.h"
#include "format/base/utf.h"
#include "tests/base/test.h"

static void every_code_point(void) {
    for (u32 c = 0; c < 0x110000; c++) {
        u8 out[4];
        u32 len, n = utf8_encode(c, out);
        u32 back = utf8_decode(out, out + n, UTF_WTF8, &len);
        T_CHECK(back == c && len == n, "U+%04X came back as %X", c, back);
        if (utf_is_surrogate(c)) {
            T_CHECK(utf8_decode(out, out + n, UTF_8, &len) == UTF_BAD && len == 1, "surrogate %X as UTF-8", c);
        }
        for (u32 cut = 1; cut < n; cut++) {
            T_CHECK(utf8_decode(out, out + cut, UTF_WTF8, &len) == UTF_BAD && len == cut, "U+%04X cut at %u", c, cut);
        }
    }
}

// Ill-formed input: the replacement characters that TextDecoder gives.
static void ill_formed(void) {
    static const struct {
        const char *in;
        u32 count; // of U+FFFD
    } cases[] = {
        {"\x80", 1},         {"\xC0\x80", 2},         {"\xE0\x80\x80", 3}, {"\xED\xA0\x80", 3},
        {"\xF4\x90\x80\x80", 4}, {"\xF0\x9F\x98", 1}, {"\xE2\x82", 1},     {"\xFF", 1},
        {"\xF5\x80", 2},     {"\xC2", 1},             {"\xF0\x80\x80", 3},
    };
    for (u32 i = 0; i < DX_COUNTOF(cases); i++) {
        const u8 *p = (const u8 *)cases[i].in;
        size_t n = strlen(cases[i].in);
        u16 out[8];
        size_t units = utf8_to_utf16(p, n, UTF_8, out);
        UtfScan s = utf8_scan(p, n, UTF_8);
        T_CHECK(units == cases[i].count && s.units == units && !s.valid, "case %u: %zu units", i, units);
        for (size_t k = 0; k < units; k++) T_CHECK(out[k] == UTF_REPLACEMENT, "case %u unit %zu", i, k);
    }
    T_CHECK(utf8_scan((const u8 *)"\xED\xA0\x80", 3, UTF_WTF8).valid, "lone surrogate in WTF-8");
    T_CHECK(!utf8_scan((const u8 *)"\xED\xA0\x80\xED\xB0\x80", 6, UTF_WTF8).valid, "pair in WTF-8");
}

static void round_trips(void) {
    for (int round = 0; round < 20000; round++) {
        u32 n = (u32)(test_random() % 40);
        u16 text[40], back[40];
        u8 bytes[120];
        u64 style = test_random() % 4;
        for (u32 i = 0; i < n; i++) {
            u64 r = test_random();
            text[i] = style == 0 ? r & 0x7F : style == 1 ? r & 0xFF : style == 2 ? (u16)r : 0xD800 | (r & 0x7FF);
        }
        size_t len = utf_utf16_len(text, n);
        T_CHECK(utf_utf16_to_utf8(text, n, UTF_WTF8, bytes) == len, "length");
        UtfScan s = utf8_scan(bytes, len, UTF_WTF8);
        T_CHECK(s.valid && s.units == n, "scan: %zu units of %u", s.units, n);
        T_CHECK(utf8_to_utf16(bytes, len, UTF_WTF8, back) == n && memcmp(text, back, n * 2) == 0, "round trip");
        T_CHECK(s.latin1 == utf16_fits_latin1(text, n), "width");
        T_CHECK(utf8_valid(bytes, len) == utf16_well_formed(text, n), "well-formedness");
        if (s.latin1) {
            u8 narrow[40], back8[40], bytes8[80];
            utf16_narrow(text, n, narrow);
            T_CHECK(utf_latin1_len(narrow, n) == len, "Latin-1 length");
            T_CHECK(utf_latin1_to_utf8(narrow, n, bytes8) == len && memcmp(bytes, bytes8, len) == 0, "Latin-1 to UTF-8");
            T_CHECK(utf8_to_latin1(bytes, len, back8) == n && memcmp(narrow, back8, n) == 0, "UTF-8 to Latin-1");
        }
    }
}

static void lines(void) {
    const char *src = "a\nbc\r\nd\re\xE2\x80\xA8" "f\xE2\x80\xA9\xF0\x9F\x98\x80\xC3\xA9x\n";
    LineTable t = {0};
    line_table_build(&t, (const u8 *)src, (u32)strlen(src));
    static const u32 want[] = {0, 2, 6, 8, 12, 16, 24};
    T_CHECK(t.count == DX_COUNTOF(want) && memcmp(t.starts, want, sizeof want) == 0, "%u lines", t.count);
    T_CHECK(line_table_find(&t, 0) == 0 && line_table_find(&t, 5) == 1 && line_table_find(&t, 24) == 6, "find");
    T_CHECK(line_table_column(&t, (const u8 *)src, 5, 22) == 3, "column after an emoji and a two-byte letter");
    line_table_free(&t);
}

void test_utf(void) {
    every_code_point();
    ill_formed();
    round_trips();
    lines();
}
