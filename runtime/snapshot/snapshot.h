// SPDX-License-Identifier: MIT
// Snapshot files: reading and writing .snap as Jest, Vitest and Bun lay them out; state of the file in progress.
#ifndef DX_SNAPSHOT_H
#define DX_SNAPSHOT_H

#include "runtime/runtime.h"

void snapshot_file_begin(Dxtest *t);
// Writes what changed (unless ci), counts obsolete keys (only when every test of the file ran), fills result->snapshots.
void snapshot_file_end(Dxtest *t, bool all_ran);
void snapshot_count_inline(Dxtest *t); // inline snapshots take numbers of the same sequence
// toMatchSnapshot: received text against the stored one. Returns 1 match or stored, 0 mismatch (*expected filled, UTF-8 in the arena,
// NULL when CI refuses to write a new one), and the key in *key.
int snapshot_match(Dxtest *t, const char *received, size_t len, const char *hint, const char **expected, const char **key);

#endif
