// SPDX-License-Identifier: MIT
// Map, Set, WeakMap, WeakSet storage: an insertion-ordered hash table in one heap cell.
//
//   | header | entries[cap] in insertion order (deleted: key V_DELETED) | heads[nbuckets] |
//
// A table that is outgrown, compacted or cleared points to its successor through `next`; iterators that still hold it translate their
// position (table_advance), so iteration survives any mutation.
#ifndef DX_COLLECTION_H
#define DX_COLLECTION_H

#include "vm/convert.h"

typedef struct HashEntry { Value key, value; u32 hash, chain; } HashEntry; // chain: next entry index of the bucket, TABLE_END
typedef struct HashTable {
    Cell cell;              // flags: TABLE_WEAK (keys are weak: ephemerons), TABLE_CLEARED
    struct HashTable *next; // successor, NULL while current
    u32 used, live, cap, nbuckets; // entries appended; not deleted; room; power of two
    HashEntry entries[];
} HashTable;
enum { TABLE_WEAK = 1, TABLE_CLEARED = 2 };
#define TABLE_END 0xFFFFFFFFu
typedef struct CollectionObject { Object o; HashTable *table; } CollectionObject;

HashTable *table_new(VM *vm, u32 cap, bool weak);
HashEntry *table_find(VM *vm, HashTable *t, Value key);           // NULL if absent; key normalised by the callee (-0)
void collection_put(VM *vm, CollectionObject *c, Value key, Value value);
bool collection_delete(VM *vm, CollectionObject *c, Value key);
void collection_clear(VM *vm, CollectionObject *c);
// Next live entry at or after *index of *table (both updated); NULL at the end.
HashEntry *table_next(HashTable **table, u64 *index);
Value collection_new(VM *vm, CellKind kind, Value proto); // MAP, SET, WEAKMAP, WEAKSET
Value map_new(VM *vm);
Value set_object_new(VM *vm);
DX_INLINE u32 *table_heads(HashTable *t) { return (u32 *)(t->entries + t->cap); }

#endif
