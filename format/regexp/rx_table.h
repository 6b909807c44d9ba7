// SPDX-License-Identifier: MIT
// A table from hashes to numbers: how names, class strings and records find their like in a pattern that has thousands of them. Equal hashes
// say nothing: what a number leads to is compared by the caller, which chains those that share one.
#ifndef DX_RX_TABLE_H
#define DX_RX_TABLE_H

#include "format/base/hash.h"
#include "format/base/mem.h"

typedef struct RxTable {
    struct RxCell { u64 hash; u32 value; } *cells;
    u32 cap, count;
} RxTable; // zero-initialise; lives in the arena given

DX_INLINE struct RxCell *rx_table_cell(const RxTable *t, u64 hash) {
    u32 i = (u32)(hash >> 32) & (t->cap - 1);
    while (t->cells[i].value && t->cells[i].hash != hash)
        i = (i + 1) & (t->cap - 1);
    return &t->cells[i];
}

// 0 when nothing has that hash.
DX_INLINE u32 rx_table_get(const RxTable *t, u64 hash) { return t->cap ? rx_table_cell(t, hash)->value : 0; }

// value is not 0; replaces what was there.
DX_INLINE void rx_table_put(RxTable *t, Arena *a, u64 hash, u32 value) {
    if (t->count * 2 >= t->cap) {
        RxTable wider = {.cap = t->cap ? t->cap * 2 : 16, .count = t->count};
        wider.cells = arena_zalloc(a, wider.cap * sizeof *wider.cells);
        for (u32 i = 0; i < t->cap; i++)
            if (t->cells[i].value)
                *rx_table_cell(&wider, t->cells[i].hash) = t->cells[i];
        *t = wider;
    }
    struct RxCell *c = rx_table_cell(t, hash);
    t->count += !c->value;
    *c = (struct RxCell){hash, value};
}

#endif
