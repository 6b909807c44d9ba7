// SPDX-License-Identifier: MIT
// What a heap cell's header and a string look like, in memory and in an artifact alike: strings of a .dxt/.dxtl
// are used straight from the mapping, so the compiler writes exactly these bytes.
//
//   byte 0        4      5      6      7      8           12         16
//        | size   | kind | mark | flags| aux  | length    | hash     | code units ... (padded to 8)
#ifndef DX_STRCELL_H
#define DX_STRCELL_H

#include "format/base/base.h"

typedef struct Cell {
    u32 size;  // whole cell, header included, in units of 8 bytes
    u8 kind;   // CellKind (vm/classes.def); 1 = string
    u8 mark;   // collector's; 0 in artifacts
    u8 flags;  // per kind; strings: StrFlag
    u8 aux;    // per kind; objects: ObjFlag2
} Cell;

#define CELL_KIND_STRING 1

enum StrFlag {
    STR_UTF16 = 1,   // code units are u16, else Latin-1 bytes. A string that fits Latin-1 MAY be stored as UTF-16 only while a rope
    STR_ATOM = 2,    // interned: pointer equality is string equality among atoms
    STR_INDEX = 4,   // the text is a canonical array index ("0".."4294967294"); only valid with STR_HASHED
    STR_HASHED = 8,  // `hash` and STR_INDEX are valid
    STR_ROPE = 16,   // u.rope valid; flattened in place on first use (becomes STR_REF)
    STR_REF = 32,    // u.ref: the characters are those of another flat string from an offset (substring, flattened rope)
    STR_EXTERNAL_ATOM = 64, // reserved, zero
    // 128: never in artifacts; the VM's string builders
};

typedef struct String {
    Cell cell;
    u32 length; // code units
    u32 hash;   // hash_latin1/hash_utf16 of format/base/hash.h; same value in either width
    union {
        u8 latin1[8];  // flexible
        u16 utf16[4];  // flexible
        struct { struct String *left, *right; } rope;
        struct { struct String *base; u32 offset; u32 pad; } ref; // base is flat (neither ROPE nor REF)
    } u;
} String;

#define STRING_MAX_LENGTH 536870888u // V8's: "Invalid string length" beyond
#define STRING_HEADER 16

DX_INLINE u32 string_cell_bytes(u32 length, bool utf16) {
    u64 n = STRING_HEADER + (u64)length * (utf16 ? 2 : 1);
    return (u32)dx_align_up(n < 24 ? 24 : n, 8);
}

#endif
