// SPDX-License-Identifier: MIT
// The layout of a compiled regular expression, shared by the compiler, the verifier and the matcher; nobody else looks inside.
//
//   header (RxHead) | code: u32 words (rx_ops.def) | data: u32 words | names
//
// Data holds class records, filters (8 words, one bit a unit below 256) and literals. Offsets count words from the section's start.
#ifndef DX_RX_PROG_H
#define DX_RX_PROG_H

#include "format/base/base.h"
#include "format/regexp/regexp.h"

#define RX_MAGIC 0x58525844u // "DXRX"
#define RX_VERSION 1
#define RX_MAX_CAPTURES 65535u
#define RX_INFINITE 0x7fffffffu

typedef enum RxOp {
#define RX_OP(name, words, kinds, text) RXO_##name,
#include "format/regexp/rx_ops.def"
#undef RX_OP
    RXO__COUNT
} RxOp;

// How a search finds starts worth trying.
enum {
    RX_SEARCH_EACH = 0,    // every position
    RX_SEARCH_START = 1,   // only position 0
    RX_SEARCH_LITERAL = 2, // where the literal at `prefix` stands
    RX_SEARCH_FEW = 3,     // where one of few[] stands
    RX_SEARCH_SET = 4,     // where a unit of the filter `first` stands; search_high: also any unit above 255
    RX_SEARCH_LINE = 5,    // starts of lines
};

typedef struct RxHead {
    u32 magic;
    u32 size; // whole program in bytes
    u16 version;
    u16 flags; // RX_GLOBAL ...
    u32 captures;
    u32 pairs; // register pairs: captures, then loops and assertions
    u32 code_off, code_words;  // code_off etc. in words from the program's start
    u32 data_off, data_words;
    u32 names_off, names; // (offset in words, units, group) triples, then the text
    u32 min_len;          // no match is shorter, in units
    u8 search;            // RX_SEARCH_*
    u8 search_high;
    u8 whole_literal; // the pattern is its prefix: finding it is matching it
    u8 few_count;
    u16 few[4];   // padded by repeating
    u32 first;    // filter of RX_SEARCH_SET
    u32 prefix;   // literal of RX_SEARCH_LITERAL
    u32 required; // literal that every match contains, 0 none
} RxHead;

// Class record: 8 words bitmap below 256, then this, then `ranges` pairs (first, last) of code points above 255, sorted.
enum { RX_CLASS_PLAIN = 0, RX_CLASS_ONE_OF = 1, RX_CLASS_NONE_OF = 2, RX_CLASS_ALL = 3 };
#define RX_CLASS_INFO 8    // ranges | kind << 24
#define RX_CLASS_LIST 9    // 2 words: four units, those of ONE_OF or missing from NONE_OF, padded by repeating
#define RX_CLASS_RANGES 11
#define RX_CLASS_WORDS(ranges) (RX_CLASS_RANGES + 2 * (ranges))

// Literal record: word 0 units | narrow << 31, then (n+1)/2 words of units, then (n+3)/4 words of the same
// as bytes, meaningful when narrow (all below 256).
#define RX_LIT_LEN(w) ((w) & 0x7fffffffu)
#define RX_LIT_NARROW(w) ((w) >> 31)

// Words of the instruction at code[at]; 0 when the opcode is unknown or the length passes `limit`.
u32 rx_op_words(const u32 *code, u32 at, u32 limit);

DX_INLINE bool rx_is_lead(u32 c) { return (c & 0xfffffc00u) == 0xd800; }
DX_INLINE bool rx_is_trail(u32 c) { return (c & 0xfffffc00u) == 0xdc00; }
DX_INLINE u32 rx_pair(u32 lead, u32 trail) { return 0x10000 + ((lead - 0xd800) << 10) + (trail - 0xdc00); }

// Canonicalize of the specification under i: with u or v by simple case folding, without by toUppercase.
u32 rx_canonicalize(u32 c, bool unicode);

#endif
