// SPDX-License-Identifier: MIT
// Growing byte buffers: the writer side of every file format, and text building outside the JS heap.
#include "format/base/mem.h"

#include <stdarg.h>
#include <stdio.h>

void buf_reserve(Buf *b, size_t more) {
    if (b->cap - b->len >= more) return;
    DX_CHECK(more <= SIZE_MAX / 4 && b->len <= SIZE_MAX / 4);
    size_t cap = b->cap ? b->cap * 2 : 64;
    if (cap < b->len + more) cap = b->len + more;
    b->data = mem_realloc(b->data, cap);
    b->cap = cap;
}

void buf_put(Buf *b, const void *p, size_t n) {
    if (!n) return;
    buf_reserve(b, n);
    memcpy(b->data + b->len, p, n);
    b->len += n;
}

void buf_u8(Buf *b, u8 v) {
    buf_reserve(b, 1);
    b->data[b->len++] = v;
}

void buf_u16(Buf *b, u16 v) {
    buf_u8(b, (u8)v);
    buf_u8(b, (u8)(v >> 8));
}

void buf_u32(Buf *b, u32 v) {
    u8 le[4] = {(u8)v, (u8)(v >> 8), (u8)(v >> 16), (u8)(v >> 24)};
    buf_put(b, le, 4);
}

void buf_u64(Buf *b, u64 v) {
    buf_u32(b, (u32)v);
    buf_u32(b, (u32)(v >> 32));
}

void buf_zero(Buf *b, size_t n) {
    if (!n) return;
    buf_reserve(b, n);
    memset(b->data + b->len, 0, n);
    b->len += n;
}

void buf_align(Buf *b, size_t a) { buf_zero(b, dx_align_up(b->len, a) - b->len); }

void buf_str(Buf *b, const char *s) { buf_put(b, s, strlen(s)); }

void buf_printf(Buf *b, const char *fmt, ...) {
    va_list ap;
    for (size_t room = 128;;) {
        buf_reserve(b, room);
        va_start(ap, fmt);
        int n = vsnprintf((char *)b->data + b->len, room, fmt, ap);
        va_end(ap);
        DX_CHECK(n >= 0);
        if ((size_t)n < room) {
            b->len += (size_t)n;
            return;
        }
        room = (size_t)n + 1;
    }
}

const char *buf_cstr(Buf *b) {
    buf_reserve(b, 1);
    b->data[b->len] = 0;
    return (const char *)b->data;
}

void buf_free(Buf *b) {
    mem_free(b->data);
    *b = (Buf){0};
}
