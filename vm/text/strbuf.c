// SPDX-License-Identifier: MIT
// A string under construction: Latin-1 bytes until a wider unit arrives, then UTF-16. Lives in malloc memory.
#include "format/base/utf.h"
#include "vm/text.h"
#include "vm/vm.h"

// Past the longest string nothing more is kept: sb_finish throws, and what is on the way there stays bounded.
static bool sb_full(StrBuf *b, size_t more) {
    if (b->len + more <= STRING_MAX_LENGTH) return false;
    b->len = STRING_MAX_LENGTH + 1;
    return true;
}

static void widen(StrBuf *b) {
    Buf wide = {0};
    buf_reserve(&wide, b->buf.len * 2 + 64);
    latin1_widen(b->buf.data, b->buf.len, (u16 *)(void *)wide.data);
    wide.len = b->buf.len * 2;
    buf_free(&b->buf);
    b->buf = wide;
    b->wide = true;
}

void sb_unit(StrBuf *b, u16 unit) {
    if (DX_UNLIKELY(sb_full(b, 1))) return;
    if (!b->wide) {
        if (unit < 256) {
            if (b->buf.len == b->buf.cap) buf_reserve(&b->buf, 1);
            b->buf.data[b->buf.len++] = (u8)unit;
            b->len++;
            return;
        }
        widen(b);
    }
    buf_reserve(&b->buf, 2);
    memcpy(b->buf.data + b->buf.len, &unit, 2);
    b->buf.len += 2;
    b->len++;
}

void sb_cp(StrBuf *b, u32 c) {
    if (c < 0x10000) {
        sb_unit(b, (u16)c);
    } else {
        sb_unit(b, utf_lead_of(c));
        sb_unit(b, utf_trail_of(c));
    }
}

void sb_chars(StrBuf *b, Chars c, u32 from, u32 to) {
    u32 n = to - from;
    if (!n || sb_full(b, n)) return;
    if (c.wide && !b->wide) {
        const u16 *p = (const u16 *)c.p + from;
        if (utf16_fits_latin1(p, n)) {
            buf_reserve(&b->buf, n);
            utf16_narrow(p, n, b->buf.data + b->buf.len);
            b->buf.len += n;
            b->len += n;
            return;
        }
        widen(b);
    }
    size_t bytes = (size_t)n << b->wide;
    buf_reserve(&b->buf, bytes);
    u8 *to_p = b->buf.data + b->buf.len;
    if (b->wide && !c.wide) latin1_widen((const u8 *)c.p + from, n, (u16 *)(void *)to_p);
    else memcpy(to_p, (const u8 *)c.p + ((size_t)from << c.wide), bytes);
    b->buf.len += bytes;
    b->len += n;
}

void sb_ascii(StrBuf *b, const char *s) { sb_chars(b, (Chars){s, (u32)strlen(s), false}, 0, (u32)strlen(s)); }

void sb_str(VM *vm, StrBuf *b, String *s) {
    Chars c = str_chars(vm, s);
    sb_chars(b, c, 0, c.len);
}

Value sb_finish(VM *vm, StrBuf *b) {
    Value r;
    if (b->len > STRING_MAX_LENGTH) {
        r = vm_throw(vm, ERR_STRING_LENGTH);
    } else if (b->wide) {
        u16 *to;
        String *s = str_alloc_utf16(vm, b->len, &to);
        memcpy(to, b->buf.data, b->buf.len);
        r = v_from_string(s);
    } else {
        r = v_from_string(str_new_latin1(vm, b->buf.data, b->len));
    }
    sb_free(b);
    return r;
}

void sb_free(StrBuf *b) {
    buf_free(&b->buf);
    *b = (StrBuf){0};
}
