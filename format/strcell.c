// SPDX-License-Identifier: MIT
// String cells as artifacts hold them: making one, checking one. Strings in the VM's heap are vm/text/'s.
#include "format/base/hash.h"
#include "format/base/utf.h"
#include "format/container.h"

// The text is a canonical array index: "0".."4294967294".
static bool text_is_index(const u8 *p, u32 n) {
    if (n == 0 || n > 10 || (p[0] == '0' && n > 1))
        return false;
    u64 v = 0;
    for (u32 i = 0; i < n; i++) {
        if (p[i] < '0' || p[i] > '9')
            return false;
        v = v * 10 + (p[i] - '0');
    }
    return v <= 4294967294u;
}

static u32 cell_begin(Buf *cells, u32 length, u8 flags, u32 hash) {
    buf_align(cells, 8);
    u32 at = (u32)cells->len, bytes = string_cell_bytes(length, flags & STR_UTF16);
    String head = {.cell = {.size = bytes / 8, .kind = CELL_KIND_STRING, .flags = flags},
                   .length = length,
                   .hash = hash};
    buf_reserve(cells, bytes);
    buf_put(cells, &head, STRING_HEADER);
    return at;
}

u32 dxt_string_put_latin1(Buf *cells, const u8 *text, u32 n) {
    u32 at =
        cell_begin(cells, n, STR_HASHED | (text_is_index(text, n) ? STR_INDEX : 0), hash_latin1(text, n));
    buf_put(cells, text, n);
    buf_zero(cells, at + string_cell_bytes(n, false) - cells->len);
    return at;
}

u32 dxt_string_put_utf16(Buf *cells, const u16 *units, u32 n) {
    if (utf16_fits_latin1(units, n)) {
        u8 small[256], *text = n <= sizeof small ? small : mem_alloc(n);
        utf16_narrow(units, n, text);
        u32 at = dxt_string_put_latin1(cells, text, n);
        if (text != small)
            mem_free(text);
        return at;
    }
    u32 at = cell_begin(cells, n, STR_HASHED | STR_UTF16, hash_utf16(units, n));
    buf_put(cells, units, (size_t)n * 2);
    buf_zero(cells, at + string_cell_bytes(n, true) - cells->len);
    return at;
}

u32 dxt_string_put_utf8(Buf *cells, const char *text, size_t n) {
    if (!n)
        text = "";
    UtfScan scan = utf8_scan((const u8 *)text, n, UTF_WTF8);
    if (scan.ascii)
        return dxt_string_put_latin1(cells, (const u8 *)text, (u32)n);
    u16 *units = mem_alloc(scan.units * 2 + 2);
    size_t len = utf8_to_utf16((const u8 *)text, n, UTF_WTF8, units);
    u32 at = dxt_string_put_utf16(cells, units, (u32)len);
    mem_free(units);
    return at;
}

u32 strcell_check(const u8 *p, u64 room, u32 *rule) {
    const String *s = (const String *)p;
    *rule = RULE_STRING_PLACE;
    if (room < 24 || ((uintptr_t)p & 7))
        return 0;
    *rule = RULE_STRING_CELL;
    if (s->cell.kind != CELL_KIND_STRING || s->cell.mark || s->cell.aux)
        return 0;
    *rule = RULE_STRING_FLAGS;
    u8 flags = s->cell.flags;
    if ((flags & ~(STR_UTF16 | STR_INDEX)) != STR_HASHED)
        return 0;
    *rule = RULE_STRING_LENGTH;
    if (s->length > STRING_MAX_LENGTH)
        return 0;
    bool wide = flags & STR_UTF16;
    u32 bytes = string_cell_bytes(s->length, wide), used = STRING_HEADER + s->length * (wide ? 2u : 1u);
    *rule = RULE_STRING_CELL;
    if (s->cell.size != bytes / 8 || bytes > room)
        return 0;
    *rule = RULE_STRING_PAD;
    for (u32 i = used; i < bytes; i++) {
        if (p[i])
            return 0;
    }
    *rule = RULE_STRING_WIDTH;
    if (wide && utf16_fits_latin1(s->u.utf16, s->length))
        return 0;
    *rule = RULE_STRING_HASH;
    if (s->hash != (wide ? hash_utf16(s->u.utf16, s->length) : hash_latin1(s->u.latin1, s->length)))
        return 0;
    *rule = RULE_STRING_INDEX;
    if (!(flags & STR_INDEX) != (wide || !text_is_index(s->u.latin1, s->length)))
        return 0;
    return bytes;
}
