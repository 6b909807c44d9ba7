// SPDX-License-Identifier: MIT
// What the parser hands to the emitter: a tree in which flags and modifiers are already applied (sets closed under case, dots and
// classes as sets), and the sets of characters it is made of. Everything lives in the compilation's arena.
#ifndef DX_RX_AST_H
#define DX_RX_AST_H

#include "format/regexp/rx_prog.h"

// Sorted, disjoint, non-adjacent ranges of code points after set_normalize; set_add only appends.
typedef struct CharSet {
    u32 *r; // first, last, first, last ...
    u32 n, cap; // ranges
} CharSet;

typedef enum RxKind {
    RXN_EMPTY, // matches the empty string
    RXN_CHAR,  // code point a
    RXN_SET,   // one character of set
    RXN_SEQ,   // kids in order
    RXN_ALT,   // kids tried in order
    RXN_GROUP, // capture a around kids[0]
    RXN_REPEAT, // kids[0], a..b times, greedy or lazy
    RXN_BOL,
    RXN_EOL,   // `multi`: at lines
    RXN_WORD,  // negative: \B; fold: with u and i
    RXN_LOOK,  // kids[0]; behind, negative
    RXN_BACKREF, // groups list, fold
    RXN_TRIE,  // strings of a class as a tree: cps[i] leads to kids[i]; `terminal` when one ends here
} RxKind;

typedef struct RxNode {
    u8 kind;
    bool lazy, multi, negative, behind, terminal;
    u8 fold; // BACKREF, TRIE: 0 exact, 1 legacy, 2 Unicode. WORD: 2
    u32 a, b;
    u32 cap_from, cap_to; // captures inside: REPEAT, LOOK
    CharSet *set;
    u32 *list; // BACKREF: group numbers; TRIE: code points
    u32 nkids, kids_cap, nlist;
    struct RxNode **kids;
} RxNode;

typedef struct RxName {
    u16 *units;
    u32 len, group;
    struct RxAltPath *path; // which alternatives it stands in
    u32 next;               // index + 1 of the one before it with the same hash
    u32 apart, apart_to;    // those from next to before apart_to stand in earlier alternatives of disjunction apart - 1
} RxName;

typedef struct RxTree {
    RxNode *root;
    u32 captures; // including 0
    RxName *names;
    u32 nnames;
    u32 flags;
} RxTree;

int rx_parse(Arena *arena, const u16 *pattern, size_t n, u32 flags, RxTree *tree, RxError *err);
void rx_emit(Arena *arena, const RxTree *tree, Buf *out);

// Sets (rx_set.c).
CharSet *charset_new(Arena *a);
void set_add(Arena *a, CharSet *s, u32 first, u32 last);
void set_add_all(Arena *a, CharSet *s, const CharSet *other);
void set_normalize(CharSet *s);
bool set_has(const CharSet *s, u32 c);
CharSet *set_invert(Arena *a, const CharSet *s, u32 max);          // within 0..max
CharSet *set_intersect(Arena *a, const CharSet *x, const CharSet *y);
CharSet *set_subtract(Arena *a, const CharSet *x, const CharSet *y);
CharSet *set_close_case(Arena *a, const CharSet *s, bool unicode); // every character that some member is the same as under i
CharSet *set_fold(Arena *a, const CharSet *s);                     // each member replaced by its simple case folding
CharSet *set_folded_universe(Arena *a);                            // the characters that fold to themselves

// \p{name=value} or \p{value} (value NULL). 0: *set is filled; 1: a property of strings, *strings its data (see rx_strings_next);
// -1: unknown. `strings` NULL refuses properties of strings.
int rx_property(Arena *a, const char *name, const char *value, CharSet **set, const u8 **strings);
// Reads the number of strings, then one string at a time: returns its length and writes at most 16 code points.
u32 rx_strings_count(const u8 **data);
u32 rx_strings_next(const u8 **data, u32 cps[16]);
// Every code point (members[0] the canonical one) equal to c under i, or 0 when c stands alone.
u32 rx_case_class(u32 c, bool unicode, const u32 **members);

#endif
