// SPDX-License-Identifier: MIT
// Whether a layout still says what its inputs say: (size, time, inode) of every file, directory and absence it was made from, contents only
// where those differ.
#ifndef DX_CACHE_VALIDITY_H
#define DX_CACHE_VALIDITY_H

#include "format/dxt.h"

typedef enum Validity {
    VALID,
    VALID_RESTAMP, // contents are the same, some times are not: worth writing the layout anew with validity_restamp
    INVALID,
} Validity;

// cwd: stats go relative to it where they can. *which: the first input that changed (for messages).
Validity validity_check(const DxtLayout *l, const char *cwd, const char **which);
// The layout's bytes with the inputs' present times.
void validity_restamp(const DxtLayout *l, Buf *out);

// Present state of a directory as an input: its names, without what a run itself makes (hidden names, snapshots). False: none there.
bool validity_directory(const char *path, DxtlInput *input);
bool validity_ignores(const char *name); // a directory entry that does not matter

#endif
