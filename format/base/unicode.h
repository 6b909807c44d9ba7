// SPDX-License-Identifier: MIT
// Unicode properties, case mapping and normalization; the tables are made from the Unicode database at build time
// (gen_unicode.py). Does not own: case folding and property classes of regular expressions (vm/regexp), encodings (utf.h).
#ifndef DX_UNICODE_H
#define DX_UNICODE_H

#include "format/base/base.h"
#include "format/base/mem.h"

// The Unicode properties; what ECMAScript adds ($ _ U+200C U+200D) is the caller's.
bool unicode_is_id_start(u32 c);
bool unicode_is_id_continue(u32 c);
bool unicode_is_cased(u32 c);
bool unicode_is_case_ignorable(u32 c);
// Terminal columns of a code point: 0 (combining, format), 2 (East Asian wide, emoji) or 1.
u32 unicode_width(u32 c);

u32 unicode_simple_upper(u32 c);
u32 unicode_simple_lower(u32 c);
// Full mappings (SpecialCasing.txt without its conditional lines): writes 1..3 code points, returns how many.
u32 unicode_full_upper(u32 c, u32 out[3]);
u32 unicode_full_lower(u32 c, u32 out[3]);

// Whole strings as String.prototype.toUpperCase / toLowerCase map them, final sigma included. Lone surrogates stay.
// Room in out: 3 * n units. They return the units written.
size_t unicode_upper_utf16(const u16 *p, size_t n, u16 *out);
size_t unicode_lower_utf16(const u16 *p, size_t n, u16 *out);
void unicode_lower_latin1(const u8 *p, size_t n, u8 *out);
// False (out undefined) if the result is longer or leaves Latin-1: 0xB5, 0xDF or 0xFF occurs.
bool unicode_upper_latin1(const u8 *p, size_t n, u8 *out);

typedef enum UnicodeForm { UNICODE_NFC, UNICODE_NFD, UNICODE_NFKC, UNICODE_NFKD } UnicodeForm;
// Appends the normalized text to out as u16 units. Lone surrogates stay.
void unicode_normalize(const u16 *p, size_t n, UnicodeForm form, Buf *out);

#endif
