// SPDX-License-Identifier: MIT
// Compiled modules under their key, in pack files: what one build compiled goes out as one file, because making a file costs more than
// compiling a module. A pack is immutable; readers map it.
//
//   "DXPK" | u32 version | u32 count | u32 zero | count rows {key 16, offset u64, length u32, zero u32} sorted by key | entries, 8-aligned
#ifndef DX_CACHE_POOL_H
#define DX_CACHE_POOL_H

#include <pthread.h>

#include "format/base/mem.h"

typedef struct PackRow { u8 key[16]; u64 offset; u32 length, zero; } PackRow;
typedef struct Pack { char *path; const u8 *bytes; size_t len; const PackRow *rows; u32 count; } Pack;
typedef struct PoolEntry { u8 key[16]; u8 *bytes; u32 length; } PoolEntry;
typedef struct Pool {
    char directory[4096];
    pthread_mutex_t lock;
    bool opened;             // the packs are mapped
    Pack *packs; u32 pack_count;
    PoolEntry *pending; u32 pending_count, pending_cap; // saved since the last flush
    u32 bad;                 // damaged packs and entries seen; packs are removed
} Pool;

void pool_init(Pool *p, const char *directory);
// The entry's bytes in *out if its content hash holds. Safe from several threads, as is pool_save.
bool pool_load(Pool *p, const u8 key[16], Buf *out);
void pool_save(Pool *p, const u8 key[16], const u8 *bytes, size_t len);
// Writes what was saved as one pack; past a number of packs everything is written into one and the others go. A pool that cannot be written is no failure.
void pool_flush(Pool *p);
void pool_free(Pool *p);

#endif
