// SPDX-License-Identifier: MIT
// The parser's state, shared by its two files: rx_parse.c (terms, groups, quantifiers, escapes) and rx_class.c (character classes).
#ifndef DX_RX_PARSER_H
#define DX_RX_PARSER_H

#include "format/regexp/rx_ast.h"
#include "format/regexp/rx_table.h"

#define RX_END 0x200000u // not a code point: past the pattern's end
#define RX_MAX_DEPTH 1500 // nesting of groups and classes; bounds C recursion in parser and emitter

// One alternative of one disjunction, linked to the alternative around it: two groups of the same name are fine when their
// paths meet in different alternatives.
typedef struct RxAltPath {
    struct RxAltPath *parent;
    u32 disjunction, alternative;
} RxAltPath;

typedef struct RxOpenGroup {
    struct RxOpenGroup *parent;
    u32 index;
    const RxName *name;
} RxOpenGroup;

typedef struct RxNamedRef {
    struct RxNamedRef *next;
    RxNode *node;
    u16 *units;
    u32 len;
} RxNamedRef;

typedef struct Parser {
    Arena *arena;
    const u16 *s;
    size_t n, pos;
    RxError *err; // message set: failed
    bool unicode, sets; // u or v; v
    bool icase, multi, dotall; // flags as modified here
    bool backward; // inside a lookbehind
    bool scanned, has_names; // the whole pattern was counted; it has named groups
    u32 captures, total; // groups opened so far + 1; groups of the whole pattern + 1
    u32 disjunctions, depth;
    RxAltPath *path;
    RxOpenGroup *open;
    RxName *names;
    u32 nnames, names_cap;
    RxTable names_by_hash; // → index + 1
    RxNamedRef *refs;
} Parser;

// Records the first error; always returns NULL.
void *rxp_fail(Parser *p, const char *message);
u32 rxp_current(Parser *p, u32 *units);  // code point at pos (code unit without u), RX_END at the end
DX_INLINE u32 rxp_at(const Parser *p, size_t k) { return p->pos + k < p->n ? p->s[p->pos + k] : RX_END; }
RxNode *rxp_node(Parser *p, RxKind kind);
void rxp_add_kid(Parser *p, RxNode *parent, RxNode *kid);
RxNode *rxp_char(Parser *p, u32 c);
RxNode *rxp_set(Parser *p, CharSet *set); // closes it under case when i is on
// pos at a backslash that starts neither a class escape nor a reference: the character it stands for, RX_END on failure.
u32 rxp_character_escape(Parser *p, bool in_class);
bool rxp_hex(Parser *p, u32 digits, u32 *out);   // exactly `digits`; pos unchanged on failure
bool rxp_unicode_escape(Parser *p, u32 *out, bool unicode); // pos after \u

// \d \D \s \S \w \W and with u \p \P, pos at the backslash. 0 not one of them; 1 *set filled (folded under v and i);
// 2 (only with v) a property of strings, *strings; -1 failed.
int rxp_class_escape(Parser *p, bool in_class, CharSet **set, const u8 **strings);
RxNode *rxp_class(Parser *p); // pos at '['
RxNode *rxp_strings_node(Parser *p, const u8 *strings); // \p{RGI_Emoji} outside a class

#endif
