// SPDX-License-Identifier: MIT
// What the emitter asks about a piece of pattern before it writes code: which units it can start with, whether it can be empty, its
// least width and its size.
#ifndef DX_RX_FIRST_H
#define DX_RX_FIRST_H

#include "format/regexp/rx_ast.h"

// The units a match can begin with (the last unit, when matching backward), never too few. `end`: it can also succeed with no
// unit left. A piece that may be empty has everything its follow has.
typedef struct RxFirst {
    u32 low[8]; // one bit a unit below 256
    bool high;  // some unit above
    bool end;
    bool sure; // what follows always succeeds, so nothing before it is ever tried again
} RxFirst;

extern const RxFirst rx_first_all, rx_first_sure;

DX_INLINE bool first_is_all(const RxFirst *f) {
    u32 and = 0xffffffff;
    for (int i = 0; i < 8; i++)
        and &= f->low[i];
    return and == 0xffffffff && f->high && f->end;
}
DX_INLINE void first_join(RxFirst *to, const RxFirst *from) {
    for (int i = 0; i < 8; i++)
        to->low[i] |= from->low[i];
    to->high |= from->high;
    to->end |= from->end;
}
// Adds the set's units below 256, and `high` when it has others.
void first_add_set(RxFirst *f, const CharSet *s);
// First of node followed by something whose first is *follow.
RxFirst first_of(const RxNode *node, bool back, const RxFirst *follow);
bool node_nullable(const RxNode *node);
u32 node_min_units(const RxNode *node); // saturates
u32 node_weight(const RxNode *node);    // rough number of instructions; saturates
bool node_starts_at_zero(const RxNode *node); // every match begins with ^ (not m)
bool node_starts_at_line(const RxNode *node); // every match begins with ^ under m

#endif
