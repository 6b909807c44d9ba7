// SPDX-License-Identifier: MIT
// The regular-expression compiler's public face: pattern in, relocatable program out. Owns the syntax, early errors and the
// program's layout (rx_prog.h); does not own matching, which is vm/regexp/.
//
// A program is one byte string without pointers: it may lie in a module file and be executed from the mapping.
// The same pattern and flags always give the same bytes. It must start at a 4-byte boundary.
#ifndef DX_REGEXP_H
#define DX_REGEXP_H

#include "format/base/base.h"
#include "format/base/mem.h"

// One bit per flag; the letters' order is the order of RegExp.prototype.flags.
enum {
    RX_HAS_INDICES = 1 << 0,  // d
    RX_GLOBAL = 1 << 1,       // g
    RX_IGNORE_CASE = 1 << 2,  // i
    RX_MULTILINE = 1 << 3,    // m
    RX_DOT_ALL = 1 << 4,      // s
    RX_UNICODE = 1 << 5,      // u
    RX_UNICODE_SETS = 1 << 6, // v
    RX_STICKY = 1 << 7,       // y
};

typedef struct RxError {
    const char *message; // static text, V8's wording, such as "Unterminated group"
    u32 offset;          // code unit of the pattern where it was noticed
} RxError;

// Reads flag letters; -1 when a letter is unknown, doubled, or u and v meet.
int rx_flags_parse(const u16 *units, size_t n);
// Writes the letters of `flags` in canonical order and a NUL; returns their number.
int rx_flags_text(u32 flags, char out[9]);

// Compiles. 0: the program was appended to `out` (at an aligned place when out->len was a multiple of 4).
// -1: a SyntaxError, described by *err; `out` is unchanged.
int rx_compile(const u16 *pattern, size_t n, u32 flags, Buf *out, RxError *err);
// The same for a Latin-1 pattern.
int rx_compile_latin1(const u8 *pattern, size_t n, u32 flags, Buf *out, RxError *err);

// The whole message of the SyntaxError as V8 words it, in UTF-8 (a lone surrogate as U+FFFD):
// "Invalid regular expression: /a**/u: Nothing to repeat".
void rx_error_text(Buf *out, const u16 *pattern, size_t n, u32 flags, const RxError *err);

// True when any bytes whatsoever can be handed to rx_exec without leaving memory. Programs from a trusted writer need no call.
bool rx_verify(const u8 *prog, size_t len);

// Facts of a valid program.
u32 rx_flags(const u8 *prog);
u32 rx_size(const u8 *prog);          // bytes
u32 rx_capture_count(const u8 *prog); // including capture 0
u32 rx_name_count(const u8 *prog);    // (name, group) pairs in pattern order; duplicate names appear once a group
// Pair i: *name is little-endian UTF-16 inside the program, *len its units; returns the group's number.
u32 rx_name_get(const u8 *prog, u32 i, const u16 **name, u32 *len);

// Writes a listing of the program for people.
void rx_dump(const u8 *prog, Buf *out);

#endif
