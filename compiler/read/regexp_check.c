// SPDX-License-Identifier: MIT
// Early errors of RegExp literals, by asking the regular-expression compiler. Apart from the lexer so that a caller who compiles the
// literals anyway need not do it twice.
#include "compiler/read/read.h"
#include "format/base/utf.h"
#include "format/regexp/regexp.h"

const char *read_check_regexp(Arena *arena, const Str *pattern, const Str *flags) {
    (void)arena;
    u16 flag_units[16];
    if (flags->len > DX_COUNTOF(flag_units)) return "Invalid flags";
    latin1_widen((const u8 *)flags->data, flags->len, flag_units);
    int bits = rx_flags_parse(flag_units, flags->len);
    if (bits < 0) return "Invalid flags";
    Buf program = {0};
    RxError error;
    int bad;
    if (pattern->is_ascii) {
        bad = rx_compile_latin1((const u8 *)pattern->data, pattern->len, (u32)bits, &program, &error);
    } else {
        u16 *units = mem_alloc(sizeof(u16) * (pattern->len + 1));
        size_t n = utf8_to_utf16((const u8 *)pattern->data, pattern->len, UTF_WTF8, units);
        bad = rx_compile(units, n, (u32)bits, &program, &error);
        mem_free(units);
    }
    buf_free(&program);
    return bad ? error.message : NULL;
}
