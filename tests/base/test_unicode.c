// SPDX-License-Identifier: MIT
// Case, classes, width by example; normalization by the Unicode database's own test file.
#include "format/base/unicode.h"
#include "format/base/utf.h"
#include "tests/base/test.h"

#include <stdlib.h>
#include <unistd.h>

#define NORMALIZATION_TEST "/usr/share/unicode/NormalizationTest.txt.bz2"

static size_t to_units(const char *utf8, u16 *out) { return utf8_to_utf16((const u8 *)utf8, strlen(utf8), UTF_WTF8, out); }

static void case_one(const char *in, const char *upper, const char *lower) {
    u16 text[64], got[192];
    u8 back[256];
    size_t n = to_units(in, text);
    size_t len = utf_utf16_to_utf8(got, unicode_upper_utf16(text, n, got), UTF_WTF8, back);
    T_CHECK(len == strlen(upper) && memcmp(back, upper, len) == 0, "upper of %s: %.*s", in, (int)len, back);
    len = utf_utf16_to_utf8(got, unicode_lower_utf16(text, n, got), UTF_WTF8, back);
    T_CHECK(len == strlen(lower) && memcmp(back, lower, len) == 0, "lower of %s: %.*s", in, (int)len, back);
}

static void cases(void) {
    case_one("Straße", "STRASSE", "straße");
    case_one("ΑΣ", "ΑΣ", "ας");
    case_one("ΑΣΑ", "ΑΣΑ", "ασα");
    case_one("Σ", "Σ", "σ");
    case_one("ΑΣ.", "ΑΣ.", "ας.");
    case_one("İ", "İ", "i̇");
    case_one("ﬃ", "FFI", "ﬃ");
    case_one("𐐀𐐨", "𐐀𐐀", "𐐨𐐨");
    case_one("ŉ", "ʼN", "ŉ");
    case_one("ǅ", "Ǆ", "ǆ");
    case_one("\xED\xA0\x81x", "\xED\xA0\x81X", "\xED\xA0\x81x"); // a lone surrogate
    for (u32 c = 0; c < 256; c++) {
        u8 b = (u8)c, up = 0, low;
        u32 full[3];
        unicode_lower_latin1(&b, 1, &low);
        T_CHECK(low == unicode_simple_lower(c), "lower %02x", c);
        bool fits = unicode_upper_latin1(&b, 1, &up);
        bool want = unicode_full_upper(c, full) == 1 && full[0] < 256;
        T_CHECK(fits == want && (!fits || up == full[0]), "upper %02x: %02x", c, up);
    }
}

static void classes(void) {
    T_CHECK(unicode_is_id_start('a') && !unicode_is_id_start('1') && !unicode_is_id_start('$'), "ASCII");
    T_CHECK(unicode_is_id_continue('1') && unicode_is_id_continue('_') && !unicode_is_id_continue(0x200B), "continue");
    T_CHECK(unicode_is_id_start(0x4E00) && unicode_is_id_start(0x2118) && unicode_is_id_continue(0xB7), "others");
    T_CHECK(!unicode_is_id_start(0x110000), "beyond the last");
    T_CHECK(unicode_width('a') == 1 && unicode_width(0x4E00) == 2 && unicode_width(0x301) == 0, "width");
    T_CHECK(unicode_width(0x1F600) == 2 && unicode_width(0x200B) == 0 && unicode_width(0xE9) == 1, "width");
}

// "0041 030A" -> units
static size_t parse_field(const char *s, u16 *out) {
    size_t n = 0;
    for (;;) {
        char *end;
        u32 c = (u32)strtoul(s, &end, 16);
        if (end == s) return n;
        if (c > 0xFFFF) {
            out[n++] = utf_lead_of(c);
            c = utf_trail_of(c);
        }
        out[n++] = (u16)c;
        s = end;
    }
}

// Columns: source; NFC; NFD; NFKC; NFKD.
static void normalization_line(char *line) {
    u16 col[5][64];
    size_t len[5];
    char *s = line;
    for (int i = 0; i < 5; i++) {
        len[i] = parse_field(s, col[i]);
        s = strchr(s, ';') + 1;
    }
    static const u8 want[4][5] = {{1, 1, 1, 3, 3}, {2, 2, 2, 4, 4}, {3, 3, 3, 3, 3}, {4, 4, 4, 4, 4}};
    Buf out = {0};
    for (int form = 0; form < 4; form++) {
        for (int i = 0; i < 5; i++) {
            int w = want[form][i];
            out.len = 0;
            unicode_normalize(col[i], len[i], (UnicodeForm)form, &out);
            T_CHECK(out.len == len[w] * 2 && memcmp(out.data, col[w], out.len) == 0, "form %d of column %d: %s", form, i, line);
        }
    }
    buf_free(&out);
}

static void normalization(void) {
    if (access(NORMALIZATION_TEST, R_OK) != 0) {
        printf("skipped: no " NORMALIZATION_TEST "\n");
        return;
    }
    FILE *f = popen("bzcat " NORMALIZATION_TEST, "r");
    char line[1024];
    u32 lines = 0;
    while (f && fgets(line, sizeof line, f)) {
        if (line[0] == '#' || line[0] == '@') continue;
        normalization_line(line);
        lines++;
    }
    T_CHECK(f && pclose(f) == 0 && lines > 18000, "%u lines of the normalization test", lines);
}

void test_unicode(void) {
    cases();
    classes();
    normalization();
}
