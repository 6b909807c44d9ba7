// SPDX-License-Identifier: MIT
// Entry points of the matcher and what both unit widths share. The matcher itself is rx_match.inc.h, its searching rx_find.inc.h.
#include "vm/regexp/rx_exec.h"

#include <stdlib.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "format/base/mem.h"
#include "format/regexp/rx_prog.h"

typedef struct RxEntry {
    u32 pc, pos, aux;
} RxEntry;

#define RX_UNDO 0x80000000u
#define RX_NONE 0xffffffffu
#define RX_POLL_EVERY 65536u
#define RX_FIRST_ENTRIES 512u
#define RX_KEEP_ENTRIES (1u << 18) // what one bad match may leave allocated
#define RX_DEFAULT_BYTES ((size_t)256 << 20)

static const bool word_table[128] = {
    ['0'] = 1, ['1'] = 1, ['2'] = 1, ['3'] = 1, ['4'] = 1, ['5'] = 1, ['6'] = 1, ['7'] = 1, ['8'] = 1, ['9'] = 1, ['_'] = 1,
    ['A'] = 1, ['B'] = 1, ['C'] = 1, ['D'] = 1, ['E'] = 1, ['F'] = 1, ['G'] = 1, ['H'] = 1, ['I'] = 1, ['J'] = 1, ['K'] = 1,
    ['L'] = 1, ['M'] = 1, ['N'] = 1, ['O'] = 1, ['P'] = 1, ['Q'] = 1, ['R'] = 1, ['S'] = 1, ['T'] = 1, ['U'] = 1, ['V'] = 1,
    ['W'] = 1, ['X'] = 1, ['Y'] = 1, ['Z'] = 1, ['a'] = 1, ['b'] = 1, ['c'] = 1, ['d'] = 1, ['e'] = 1, ['f'] = 1, ['g'] = 1,
    ['h'] = 1, ['i'] = 1, ['j'] = 1, ['k'] = 1, ['l'] = 1, ['m'] = 1, ['n'] = 1, ['o'] = 1, ['p'] = 1, ['q'] = 1, ['r'] = 1,
    ['s'] = 1, ['t'] = 1, ['u'] = 1, ['v'] = 1, ['w'] = 1, ['x'] = 1, ['y'] = 1, ['z'] = 1,
};

// Class membership of a code point above 255.
static bool class_has_high(const u32 *class, u32 c) {
    const u32 *r = class + RX_CLASS_RANGES;
    u32 lo = 0, hi = class[RX_CLASS_INFO] & 0xffffff, n = hi;
    while (lo < hi) {
        u32 mid = (lo + hi) / 2;
        if (c > r[2 * mid + 1])
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < n && c >= r[2 * lo];
}

// Makes room for at least one more entry; false past the limit.
static DX_NOINLINE bool stack_grow(RxScratch *s, RxEntry **sp, RxEntry **limit) {
    size_t used = (size_t)(*sp - (RxEntry *)s->stack), cap = s->stack_cap * 2;
    size_t max = (s->max_bytes ? s->max_bytes : RX_DEFAULT_BYTES) / sizeof(RxEntry);
    if (cap > max)
        cap = max;
    if (cap <= used)
        return false;
    s->stack = mem_realloc(s->stack, cap * sizeof(RxEntry));
    s->stack_cap = cap;
    *sp = (RxEntry *)s->stack + used;
    *limit = (RxEntry *)s->stack + cap;
    return true;
}

#define RX_WIDE 0
#define RX_UNIT u8
#define RX_FN(name) name##_latin1
#include "vm/regexp/rx_find.inc.h"
#include "vm/regexp/rx_match.inc.h"
#undef RX_WIDE
#undef RX_UNIT
#undef RX_FN
#undef RX_LANES
#undef RX_SPLAT
#undef RX_EQ
#undef RX_MASK_INDEX
#undef RX_IN_FILTER
#undef RX_IN_CLASS
#undef RX_ABOVE

#define RX_WIDE 1
#define RX_UNIT u16
#define RX_FN(name) name##_utf16
#include "vm/regexp/rx_find.inc.h"
#include "vm/regexp/rx_match.inc.h"

void rx_scratch_free(RxScratch *s) {
    mem_free(s->stack);
    mem_free(s->regs);
    s->stack = NULL;
    s->regs = NULL;
    s->stack_cap = s->regs_cap = 0;
}

int rx_exec_sticky(const u8 *prog, const void *subject, u32 len, bool is_utf16, u32 last_index, bool sticky, i32 *captures,
                   RxScratch *s) {
    const RxHead *h = (const RxHead *)prog;
    if (!s->stack) {
        s->stack = mem_alloc(RX_FIRST_ENTRIES * sizeof(RxEntry));
        s->stack_cap = RX_FIRST_ENTRIES;
    }
    if (s->regs_cap < 2 * (size_t)h->pairs) {
        mem_free(s->regs);
        s->regs_cap = 2 * (size_t)h->pairs + 16;
        s->regs = mem_alloc(s->regs_cap * sizeof(i32));
    }
    memset(s->regs, 0xff, 2 * (size_t)h->pairs * sizeof(i32));
    int status = is_utf16 ? match_utf16(h, subject, len, last_index, sticky, captures, s)
                          : match_latin1(h, subject, len, last_index, sticky, captures, s);
    if (DX_UNLIKELY(s->stack_cap > RX_KEEP_ENTRIES)) {
        mem_free(s->stack);
        s->stack = NULL;
    }
    return status;
}

int rx_exec(const u8 *prog, const void *subject, u32 len, bool is_utf16, u32 last_index, i32 *captures, RxScratch *s) {
    return rx_exec_sticky(prog, subject, len, is_utf16, last_index, rx_flags(prog) & RX_STICKY, captures, s);
}
