// SPDX-License-Identifier: MIT
// Inside of format/: header and section table of module files, the rule numbers, and the fault helper. Not
// for other rooms.
#ifndef DXT_CONTAINER_H
#define DXT_CONTAINER_H

#include "format/dxt.h"

#define DXT_MAGIC "DXTM"
#define DXT_VERSION 1
#define DXT_FORM_MODULE 0 // a .dxt
#define DXT_FORM_LINKED 1 // an image within a .dxtl

enum Section {
#define SECTION(name, tag, row, sentence) SEC_##name,
#include "format/sections.def"
#undef SECTION
    SEC_COUNT
};

enum Rule {
#define RULE(number, name, status, sentence) RULE_##name = number,
#include "format/rules.def"
#undef RULE
};

typedef struct DxtHeader { // 64 bytes
    u8 magic[4];
    u32 version;
    u8 hash[16];    // of all bytes from file_size on (linked form: of the .dxt the image was made from)
    u64 file_size;
    u32 kind, flags, main_func, init_func, env_slots, dialect;
    u32 form;
    u32 section_count;
} DxtHeader;

typedef struct DxtSection { // 12 bytes, SEC_COUNT of them behind the header
    u8 tag[4];
    u32 offset, size;
} DxtSection;

#define DXT_TABLE_END ((u32)((sizeof(DxtHeader) + SEC_COUNT * sizeof(DxtSection) + 7) & ~7u))

typedef struct DxtColdHead { // first bytes of section COLD
    u32 pos_count, source_len;
} DxtColdHead;

#define DXT_COLD_LIMIT (1u << 30)   // bytes of source, and of position rows
#define DXT_SLOT_LIMIT 65534u       // frame slots of a function

_Static_assert(sizeof(DxtHeader) == 64 && sizeof(DxtSection) == 12, "container layout");
_Static_assert(sizeof(DxtFunc) == 64 && sizeof(DxtHandler) == 16 && sizeof(DxtConst) == 16, "row layout");
_Static_assert(sizeof(DxtRequest) == 16 && sizeof(DxtImport) == 8 && sizeof(DxtExport) == 16, "row layout");
_Static_assert(sizeof(DxtScope) == 16 && sizeof(DxtScopeName) == 8 && sizeof(DxtSite) == 24, "row layout");
_Static_assert(sizeof(DxtTest) == 32 && sizeof(DxtPos) == 12, "row layout");
_Static_assert(sizeof(DxtlFile) == 72 && sizeof(DxtlTest) == 72 && sizeof(DxtlSuite) == 40 &&
                   sizeof(DxtlInput) == 56,
               "row layout");

extern const char section_tags[SEC_COUNT][5];
extern const u8 section_rows[SEC_COUNT]; // bytes a row

// Fills *fault (may be NULL) and returns the rule's status.
DxtStatus dxt_fault(DxtFault *fault, u32 rule, u32 func, u64 offset, const char *fmt, ...) DX_PRINTF(5, 6);
#define FAULT(rule, offset, ...) dxt_fault(fault, RULE_##rule, DXT_NONE, (offset), __VA_ARGS__)

// Size of the cell at p (room bytes, 8-aligned), or 0 with *rule naming the broken rule.
u32 strcell_check(const u8 *p, u64 room, u32 *rule);

// Header and section table of a module image of the given form; fills *m. For the linked form the caller sets
// m->strings.
DxtStatus dxt_container_open(const u8 *bytes, size_t len, u32 form, DxtModule *m, DxtFault *fault);
// Every row of a module whose table is sound (rules 12, 20-56). string cells are checked only in module
// files; module_count bounds the requests of a linked image.
DxtStatus dxt_check_rows(const DxtModule *m, u32 form, u32 module_count, DxtFault *fault);
DxtStatus dxt_check_strings(const u8 *cells, u64 len, const u32 *off, u32 count, DxtFault *fault);
bool dxt_path_ok(const u8 *text, size_t n); // n includes the zero byte

// Writes a module image. Linked form: string_off/string_uid and resolved modules come from the arrays, hash
// from `hash`.
typedef struct DxtLink {
    const u32 *string_off, *string_uid, *resolved;
    const u8 *hash;
} DxtLink;
DxtStatus dxt_write_image(const DxtModule *m, const DxtLink *link, Buf *out);

#endif
