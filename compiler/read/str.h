// SPDX-License-Identifier: MIT
// Interned strings of one compilation. Equal contents <=> equal pointer, within one StrTable.
// Contents are WTF-8: UTF-8 in which a lone surrogate may stand as its 3-byte form (JS strings may hold them); a surrogate
// *pair* is always the one 4-byte form, so every JS string has exactly one spelling here.
#ifndef DX_READ_STR_H
#define DX_READ_STR_H

#include "format/base/base.h"
#include "format/base/mem.h"

typedef struct Str {
    u32 len;       // bytes, without the NUL
    u32 hash;
    u32 slot;      // for the passes after reading (an atom index, say); 0 when interned
    u8 is_ascii;   // every byte < 0x80: bytes = UTF-16 units
    u8 keyword;    // private to the lexer: token kind of a keyword or contextual keyword, else 0
    u8 spare[2];
    char data[];   // NUL-terminated
} Str;

typedef struct StrTable {
    Arena *arena;  // where the strings live
    Str **cells;   // open addressing, power of two
    u32 cap, count;
} StrTable;

void str_table_init(StrTable *t, Arena *arena);
void str_table_free(StrTable *t); // forgets all; the memory goes with the arena
Str *str_table_intern(StrTable *t, const char *s, size_t len);
Str *str_intern_hashed(StrTable *t, const char *s, size_t len, u32 hash); // hash as str_hash gives
Str *str_table_intern_z(StrTable *t, const char *s);
// FNV-1a; the lexer computes it while it scans a name.
#define STR_HASH_SEED 2166136261u
DX_INLINE u32 str_hash_step(u32 h, u8 c) { return (h ^ c) * 16777619u; }
u32 str_utf16_len(const Str *s); // length in UTF-16 units
bool str_equals(const Str *s, const char *text);

#endif
