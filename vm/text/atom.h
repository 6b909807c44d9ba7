// SPDX-License-Identifier: MIT
// The weak set of interned strings; internal to text/ and heap/.
#ifndef DX_TEXT_ATOM_H
#define DX_TEXT_ATOM_H

#include "vm/text.h"

// Open addressing, linear probing. An entry is the string's address with the high half of its hash in the top 16 bits; 0 empty, 1 removed.
typedef struct AtomTable { Cell cell; u32 cap, used, live, pad; u64 e[]; } AtomTable; // cap: power of two; used counts removed entries too

AtomTable *atom_table_new(VM *vm, u32 cap);
typedef bool (*AtomAlive)(void *ctx, const void *cell);
void atom_table_sweep(VM *vm, AtomTable *t, AtomAlive alive, void *ctx); // drops atoms that are not alive
bool str_parse_index(Chars c, u32 *out); // canonical array index 0..4294967294

#endif
