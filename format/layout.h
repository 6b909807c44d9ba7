// SPDX-License-Identifier: MIT
// Inside of format/: header and tables of layout files (spec/dxtl.md). Not for other rooms.
#ifndef DXTL_LAYOUT_H
#define DXTL_LAYOUT_H

#include "format/container.h"

#define DXTL_MAGIC "DXTL"
#define DXTL_VERSION 2

enum LayoutSection {
#define SECTION(name, tag, row, sentence) LAY_##name,
#include "format/layout.def"
#undef SECTION
    LAY_COUNT
};

typedef struct DxtlHeader { // 128 bytes
    u8 magic[4];
    u32 version;
    u8 hash[16];        // of all bytes from file_size on
    u64 file_size;
    u8 source_hash[16];
    u64 created_ns;
    u32 file_count, test_count, suite_count, module_count;
    u32 section_count, path_count, unique_count, input_count;
    u64 files_off, tests_off, suites_off,
        modules_off; // the sections' offsets again, as the first design had them
    u64 checksum;       // layout_checksum
} DxtlHeader;

typedef struct DxtlSection { // 24 bytes
    u8 tag[4];
    u32 row;            // bytes a row
    u64 offset, size;
} DxtlSection;

typedef struct DxtlModuleRow { // 32 bytes, section MODT
    u64 offset;         // of the image in the file
    u32 size, reserved;
    u8 dxt_hash[16];    // content hash of the .dxt it was made from
} DxtlModuleRow;

#define DXTL_TABLE_END (sizeof(DxtlHeader) + LAY_COUNT * sizeof(DxtlSection))

_Static_assert(sizeof(DxtlHeader) == 128 && sizeof(DxtlSection) == 24 && sizeof(DxtlModuleRow) == 32,
               "layout header");
_Static_assert(DXTL_TABLE_END % 8 == 0, "layout header");

// hash_bytes of bytes 24..119 XOR hash_bytes of the bytes behind the header: cheap enough for every opening.
u64 layout_checksum(const u8 *file, size_t len);
// Writes checksum and content hash into the header of a whole file: the last thing that is done to it.
void layout_seal(u8 *file, size_t len);

extern const char layout_tags[LAY_COUNT][5];
extern const u8 layout_rows[LAY_COUNT];

#endif
