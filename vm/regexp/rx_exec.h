// SPDX-License-Identifier: MIT
// The matcher: runs a program made by format/regexp over a subject string. Owns backtracking and its memory; knows nothing of
// JS values. It neither runs user code nor touches the JS heap.
#ifndef DX_RX_EXEC_H
#define DX_RX_EXEC_H

#include "format/base/base.h"

enum {
    RX_MATCH = 1,
    RX_NO_MATCH = 0,
    RX_E_MEMORY = -1,  // the backtrack stack passed RxScratch.max_bytes
    RX_E_STOPPED = -2, // poll said stop
};

// Working memory, kept between calls so that matching allocates nothing in the steady state.
// Zero-initialise; rx_scratch_free at the end. One thread at a time.
typedef struct RxScratch {
    void *stack;      // backtrack entries, malloc memory
    size_t stack_cap; // entries
    size_t max_bytes; // 0 means 256 MB
    i32 *regs;        // capture and loop registers
    size_t regs_cap;
    // Called about every 2^16 backtracks; non-zero stops the match. May be NULL.
    int (*poll)(void *ctx);
    void *poll_ctx;
} RxScratch;

void rx_scratch_free(RxScratch *s);

// Finds the first match at or after last_index (only at last_index when the program has the y flag; the caller reads lastIndex as
// the specification says). `subject` is Latin-1 bytes or UTF-16 units, `len` units long; last_index <= len, len < 2^30.
// With RX_MATCH captures[2*i] and captures[2*i+1] hold start and end of capture i, or -1 and -1;
// `captures` has room for 2 * rx_capture_count(prog) entries and is left alone otherwise.
int rx_exec(const u8 *prog, const void *subject, u32 len, bool is_utf16, u32 last_index, i32 *captures, RxScratch *s);
// The same with the y flag given by the caller.
int rx_exec_sticky(const u8 *prog, const void *subject, u32 len, bool is_utf16, u32 last_index, bool sticky, i32 *captures,
                   RxScratch *s);

#endif
