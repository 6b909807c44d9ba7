// SPDX-License-Identifier: MIT
// Text encodings: UTF-8 (files, output), WTF-8 (UTF-8 that also carries lone surrogates: how artifacts store JS strings
// that are not well-formed), UTF-16 and Latin-1 (JS strings), and line tables over UTF-8 source text.
//
// A converter never fails: ill-formed input becomes U+FFFD, one for each maximal subpart (the WHATWG rule that
// TextDecoder and Node's file reading follow). Output room is the caller's; lengths come from the *_len / scan functions.
#ifndef DX_UTF_H
#define DX_UTF_H

#include "format/base/base.h"

#define UTF_BAD 0xFFFFFFFFu // what utf8_decode gives for an ill-formed sequence
#define UTF_REPLACEMENT 0xFFFDu

typedef enum UtfKind {
    UTF_8,   // surrogates are ill-formed
    UTF_WTF8 // ED A0..BF xx decodes to the surrogate it spells
} UtfKind;

DX_INLINE bool utf_is_lead(u32 c) { return (c & 0xFFFFFC00u) == 0xD800; }
DX_INLINE bool utf_is_trail(u32 c) { return (c & 0xFFFFFC00u) == 0xDC00; }
DX_INLINE bool utf_is_surrogate(u32 c) { return (c & 0xFFFFF800u) == 0xD800; }
DX_INLINE u32 utf_pair(u32 lead, u32 trail) { return 0x10000 + ((lead - 0xD800) << 10) + (trail - 0xDC00); }
DX_INLINE u16 utf_lead_of(u32 c) { return (u16)(0xD7C0 + (c >> 10)); }
DX_INLINE u16 utf_trail_of(u32 c) { return (u16)(0xDC00 | (c & 0x3FF)); }

// Code point at p (p < end), or UTF_BAD; *len is the number of bytes it takes (for UTF_BAD the maximal subpart).
u32 utf8_decode(const u8 *p, const u8 *end, UtfKind kind, u32 *len);
// Writes c (surrogates allowed) as 1..4 bytes; returns how many.
u32 utf8_encode(u32 c, u8 *out);

typedef struct UtfScan {
    size_t units; // UTF-16 code units after conversion
    bool valid;   // no ill-formed sequence (for UTF_WTF8: nor a surrogate pair spelled as two 3-byte sequences)
    bool ascii;   // bytes are the text
    bool latin1;  // every code point < 256 (ill-formed input counts as U+FFFD)
} UtfScan;
UtfScan utf8_scan(const u8 *p, size_t n, UtfKind kind);
bool utf8_valid(const u8 *p, size_t n); // well-formed UTF-8
bool utf_all_ascii(const u8 *p, size_t n);

size_t utf8_to_utf16(const u8 *p, size_t n, UtfKind kind, u16 *out);
size_t utf8_to_latin1(const u8 *p, size_t n, u8 *out); // the scan said latin1

size_t utf_latin1_len(const u8 *p, size_t n); // bytes of UTF-8
size_t utf_latin1_to_utf8(const u8 *p, size_t n, u8 *out);
size_t utf_utf16_len(const u16 *p, size_t n); // bytes of WTF-8, and of UTF-8 (U+FFFD is as long as a lone surrogate)
// UTF_8 replaces lone surrogates by U+FFFD; UTF_WTF8 keeps them.
size_t utf_utf16_to_utf8(const u16 *p, size_t n, UtfKind kind, u8 *out);

bool utf16_fits_latin1(const u16 *p, size_t n);
bool utf16_well_formed(const u16 *p, size_t n); // no lone surrogate
void utf16_narrow(const u16 *p, size_t n, u8 *out);
void latin1_widen(const u8 *p, size_t n, u16 *out);

// Code point at index i < n; *len is 1 or 2. A lone surrogate is itself.
DX_INLINE u32 utf16_at(const u16 *p, size_t n, size_t i, u32 *len) {
    u32 c = p[i];
    if (utf_is_lead(c) && i + 1 < n && utf_is_trail(p[i + 1])) {
        *len = 2;
        return utf_pair(c, p[i + 1]);
    }
    *len = 1;
    return c;
}

// Line starts of UTF-8 source text. ECMAScript line terminators: LF, CR, CR LF, U+2028, U+2029.
typedef struct LineTable {
    u32 *starts; // byte offset of each line's first byte; starts[0] is 0
    u32 count;   // at least 1
    u32 cap;
} LineTable; // zero-initialise

void line_table_build(LineTable *t, const u8 *src, u32 n);
void line_table_free(LineTable *t);
u32 line_table_find(const LineTable *t, u32 offset); // 0-based line that holds the byte
// 0-based column in UTF-16 code units of a byte offset on that line.
u32 line_table_column(const LineTable *t, const u8 *src, u32 line, u32 offset);

#endif
