// SPDX-License-Identifier: MIT
// DEFLATE (RFC 1951) and its gzip (RFC 1952) and zlib (RFC 1950) wrappers, over bytes in memory.
#ifndef DX_WEB_DEFLATE_H
#define DX_WEB_DEFLATE_H

#include "format/base/mem.h"

enum DeflateFormat { DEFLATE_RAW, DEFLATE_ZLIB, DEFLATE_GZIP };
void deflate_bytes(enum DeflateFormat f, const u8 *p, size_t n, Buf *out);
bool inflate_bytes(enum DeflateFormat f, const u8 *p, size_t n, Buf *out); // false: malformed, or the check does not fit

#endif
