// SPDX-License-Identifier: MIT
// Whether a layout still says what its inputs say: the stamp (size, times, inode) of every file, directory and absence it was made from,
// contents only where stamps differ.
#ifndef DX_CACHE_VALIDITY_H
#define DX_CACHE_VALIDITY_H

#include "format/dxt.h"

typedef enum Validity {
    VALID,
    VALID_RESTAMP, // contents are the same, some stamps were not: the layout holds the new ones, worth writing with dxtl_copy
    INVALID,
} Validity;

// cwd: stats go relative to it where they can. *which: the first input that changed (for messages).
Validity validity_check(DxtLayout *l, const char *cwd, const char **which);
void validity_stamp(DxtlInput *input, const FileStamp *stamp);

// Present state of a directory as an input: its names, without what a run itself makes (hidden names, snapshots). False: none there.
bool validity_directory(const char *path, DxtlInput *input);
bool validity_ignores(const char *name); // a directory entry that does not matter

#endif
