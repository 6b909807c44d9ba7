// SPDX-License-Identifier: MIT
// Internal to heap/: what the heap keeps in malloc memory beside the region.
#ifndef DX_HEAP_STATE_H
#define DX_HEAP_STATE_H

#include "vm/vm.h"

#define HEAP_PAGE 4096u
#define HEAP_CELLS (REGION_BASE + dx_align_up(sizeof(VM), HEAP_PAGE)) // first cell; the VM struct has the pages before

typedef struct FreeRun { char *at; size_t bytes; } FreeRun;
typedef struct RunList { FreeRun *runs; u32 count, cap, next; } RunList; // runs[next..count) are unused

// What heap_mark_level remembers, and the pages saved since.
typedef struct HeapLevel {
    char *limit;       // old_limit of this level
    VM *vm;            // copy of the VM struct up to get_cache
    u64 *dirty;        // one bit a page of [REGION_BASE, limit)
    u32 *pages;        // numbers of the saved pages
    u8 (*copies)[HEAP_PAGE];
    u32 count, cap;
    u8 *pristine;      // DX_DEBUG: all bytes of [HEAP_CELLS, limit) at the mark
} HeapLevel;
#define HEAP_LEVELS 8

typedef struct HeapState {
    char *region_end;      // end of the reservation
    u64 limit;             // bytes the heap may span
    u64 base_threshold;    // bytes between collections when much is alive; see heap_next_threshold
    u64 live;              // bytes in cells that the last collection kept
    RunList big, small;    // free runs of at least HEAP_BIG_RUN bytes, and the others
    HeapLevel levels[HEAP_LEVELS];
    u32 depth;             // levels in use
    u32 no_collect;        // collections are off while positive
    u64 collections;
    u64 *starts, *marks;   // the collector's bitmaps, zero between collections
    size_t starts_words, marks_words;
    char **anchors; // addresses known to be cell starts since the last collection or level change, any order
    u32 anchor_count, anchor_cap;
    u64 stress_count;
    char *c_stack_end;     // highest address of the C stack
    void (*extra_roots)(VM *vm, void (*range)(const void *from, const void *to));
} HeapState;
#define HEAP_BIG_RUN 32768u
#define HEAP_MIN_RUN 256u

void heap_open(
    VM *vm, u64 limit,
    u64 threshold); // fills the Heap of a placed or zeroed VM struct; heap.top is set by the caller
bool heap_reserve(u64 *bytes);                    // maps the region; false: the address range is not free
void heap_close(VM *vm);
void heap_fill_free(char *from, char *to);        // FREE cell over [from, to)
void heap_each(VM *vm, void (*visit)(VM *vm, Cell *c, void *ctx),
               void *ctx); // every cell, live or not; visit allocates nothing
void heap_check(VM *vm);                          // walks every cell; panics on a broken one
void runlist_push(RunList *l, char *at, size_t bytes);
void anchor_push(HeapState *st, char *at);

// A small live set is collected more often: allocation then goes round in memory that the caches hold, and
// marking costs nothing.
DX_INLINE u64 heap_next_threshold(const HeapState *st) {
    u64 floor = st->base_threshold / 16, want = st->live * 2;
    if (want < floor) return floor;
    if (want < st->base_threshold) return want;
    return st->live / 2 > st->base_threshold ? st->live / 2 : st->base_threshold;
}

#endif
