// SPDX-License-Identifier: MIT
// Snapshot files: reading and writing .snap as Jest, Vitest and Bun lay them out; state of the file in progress.
#ifndef DX_SNAPSHOT_H
#define DX_SNAPSHOT_H

#include "runtime/runtime.h"

void snapshot_run_begin(void);
void snapshot_file_begin(Dxtest *t);
// Writes what changed (unless ci), counts obsolete keys (only when every test of the file ran), fills result->snapshots.
void snapshot_file_end(Dxtest *t, bool all_ran);
const char *snapshot_count_inline(Dxtest *t); // inline snapshots take numbers of the same sequence; the key
// toMatchSnapshot: received text against the stored one. Returns 1 match or stored, 0 mismatch (*expected filled, UTF-8 in the arena,
// NULL when CI refuses to write a new one), and the key in *key.
int snapshot_match(Dxtest *t, const char *received, size_t len, const char *hint, const char **expected, const char **key);

// inline.c: `text` shall stand in the call where `site`, an Error made there, says. The source is written by snapshot_file_end.
enum InlineResult { INLINE_KEPT, INLINE_OTHER_VALUE /* the same call already gave another text */, INLINE_NOWHERE /* no call is found there */ };
int inline_add(Dxtest *t, Value site, const char *text);
void inline_reset(void);
void inline_write(Dxtest *t);

#endif
