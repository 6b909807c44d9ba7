// SPDX-License-Identifier: MIT
// Between collect.c (roots, marks, sweeping) and trace.c (what each kind of cell refers to).
#ifndef DX_HEAP_TRACE_H
#define DX_HEAP_TRACE_H

#include "vm/heap/state.h"

typedef struct Tracer {
    VM *vm;
    u64 *starts, *marks;   // a bit for each 8 bytes of the region
    char *end;
    size_t first_word;     // of `starts`: the first that can have bits
    Cell **stack; size_t depth, cap;
    Cell **weak; size_t weak_count, weak_cap; // live weak cells found on the way
} Tracer;

void trace_word(Tracer *t, u64 w);                           // a Value or a pointer, checked before use
void trace_words(Tracer *t, const void *from, const void *to);
void trace_cell(Tracer *t, Cell *c);                         // c is known to be a cell's start
bool trace_is_marked(Tracer *t, const void *p);

bool trace_is_leaf(const Cell *c);            // refers to nothing
void trace_children(Tracer *t, Cell *c);
bool trace_ephemerons(Tracer *t);             // true: something new was marked
void trace_weak_finish(Tracer *t);            // clears dead entries of weak cells

#endif
