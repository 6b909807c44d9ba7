// SPDX-License-Identifier: MIT
// The artifact store: compiled modules under their key, layouts under a name made of what was asked, and how long each file took last
// time. A directory of its own ($XDG_CACHE_HOME/dx or <project>/.dx); several runs may use it at once. Knows nothing of source text.
#ifndef DX_CACHE_STORE_H
#define DX_CACHE_STORE_H

#include "format/dxt.h"
#include "runtime/cache/pool.h"

typedef struct Store {
    char directory[4000];  // "" : there is none, nothing is kept
    Pool pool;             // compiled modules
    u32 bad_entries;       // layouts found damaged and ignored (pool.bad counts the pool's); they are rebuilt
} Store;

// Makes the directories. False: nothing can be written there (the run goes on without).
bool store_open(Store *s, const char *directory);

bool store_use(Store *s, const char *directory); // only to read what is there

// Removes what nobody will ask for again: the layouts used least recently, past STORE_LAYOUTS of them, and what killed runs left half written.
// For a run that has just written a layout.
enum { STORE_LAYOUTS = 64 };
void store_prune(const Store *s);

void store_layout_path(const Store *s, const u8 key[16], char *out, size_t cap);

// ---- how each file of a layout fared last time; rows are advice, a torn or foreign one does no harm
typedef struct StoreTime {
    u64 path_hash;
    u32 duration_us;
    u32 flags;       // 1: failed; bits 8..15: how much of the time it waited, in 255ths
} StoreTime;
enum { TIME_FAILED = 1 };
// One row per path hash, in that order; zero duration where nothing is known. False: no record at all.
bool store_times_load(const Store *s, const u8 key[16], StoreTime *rows, u32 count);
void store_times_save(const Store *s, const u8 key[16], const StoreTime *rows, u32 count);

#endif
