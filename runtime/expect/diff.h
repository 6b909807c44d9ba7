// SPDX-License-Identifier: MIT
// Line and character diffs in the layout of jest-diff.
#ifndef DX_DIFF_H
#define DX_DIFF_H

#include "vm/builtins/builtins.h"

typedef struct DiffOptions {
    const char *a_label, *b_label; // "Expected", "Received"
    bool color, expand, counts;    // counts: "- Expected  - 1"
    u32 context;                   // lines round a change, default 5
} DiffOptions;

// Unified diff of two UTF-8 texts. `a_cmp`/`b_cmp`: the same lines as compared (indentation removed); NULL: compare what is shown.
void diff_lines(const char *a, const char *b, const char *a_cmp, const char *b_cmp, const DiffOptions *o, Buf *out);

#endif
