// SPDX-License-Identifier: MIT
// Number text: double -> text as ECMAScript prints it (numtext.c) and text -> double (numparse.c). All exact: shortest
// round-trip digits, correctly rounded parsing. No locale, no allocation, except that parsing UTF-16 of more than 128
// units may take temporary memory. Does not own BigInt text (vm/num).
#ifndef DX_NUMTEXT_H
#define DX_NUMTEXT_H

#include "format/base/base.h"

#define NUM_TEXT_MAX 32   // room for num_to_text
#define NUM_FORMAT_MAX 160 // room for num_to_fixed, num_to_exponential, num_to_precision
#define NUM_RADIX_MAX 2200 // room for num_to_radix
#define NUM_EXACT_MAX 800  // room for num_exact_digits

// Writers return the length; they add no NUL.
u32 num_to_text(f64 v, char *out);       // Number::toString(v, 10)
u32 num_i32_to_text(i32 v, char *out);
u32 num_u64_to_text(u64 v, char *out);   // up to 20 digits
// Number::toString(v, radix), 2 <= radix <= 36; same digits as V8 (which are implementation-approximated in the spec).
u32 num_to_radix(f64 v, u32 radix, char *out);
// Number.prototype.toFixed / toExponential / toPrecision after argument checks. digits: 0..100, 0..100 or -1 for
// "as many as necessary", 1..100. NaN and infinities print as in num_to_text, toFixed prints so from 1e21 on.
u32 num_to_fixed(f64 v, i32 digits, char *out);
u32 num_to_exponential(f64 v, i32 digits, char *out);
u32 num_to_precision(f64 v, i32 digits, char *out);

// Shortest digits that read back as v (finite, > 0): returns their count (1..17) in digits ('0'..'9'), no zeros at the
// ends; v = 0.DIGITS x 10^*point, closest to v among the shortest.
u32 num_shortest_digits(f64 v, char *digits, i32 *point);
// All digits of m x 2^e exactly (m > 0, -1140 <= e <= 971), same form.
u32 num_exact_digits(u64 m, i32 e, char *digits, i32 *point);

// Readers.
f64 num_from_latin1(const u8 *p, size_t n);  // StringToNumber
f64 num_from_utf16(const u16 *p, size_t n);
f64 num_parse_float_latin1(const u8 *p, size_t n);
f64 num_parse_float_utf16(const u16 *p, size_t n);
f64 num_parse_int_latin1(const u8 *p, size_t n, i32 radix); // radix after ToInt32; 0 means not given
f64 num_parse_int_utf16(const u16 *p, size_t n, i32 radix);
// The longest prefix that is an unsigned StrDecimalLiteral other than Infinity; *used = 0 if there is none.
f64 num_from_decimal(const u8 *p, size_t n, size_t *used);
// A NumericLiteral of source text (no BigInt suffix; separators and legacy octal allowed). False if it is none.
bool num_from_literal(const u8 *p, size_t n, f64 *out);
// WhiteSpace or LineTerminator of ECMAScript.
bool num_is_space(u32 c);

#endif
