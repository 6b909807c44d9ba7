// SPDX-License-Identifier: MIT
// Analyses of a piece of pattern; see the header. All of them are conservative: a wrong answer costs speed, never a match.
#include "format/regexp/rx_first.h"

const RxFirst rx_first_all = {{~0u, ~0u, ~0u, ~0u, ~0u, ~0u, ~0u, ~0u}, true, true, false};
const RxFirst rx_first_sure = {{~0u, ~0u, ~0u, ~0u, ~0u, ~0u, ~0u, ~0u}, true, true, true};

void first_add_set(RxFirst *f, const CharSet *s) {
    for (u32 i = 0; i < s->n; i++) {
        for (u32 c = s->r[2 * i]; c < 256 && c <= s->r[2 * i + 1]; c++)
            f->low[c >> 5] |= 1u << (c & 31);
        f->high |= s->r[2 * i + 1] > 255;
    }
}

static void first_add_char(RxFirst *f, u32 c) {
    if (c < 256)
        f->low[c >> 5] |= 1u << (c & 31);
    else
        f->high = true;
}

bool node_nullable(const RxNode *n) {
    switch ((RxKind)n->kind) {
    case RXN_CHAR:
    case RXN_SET: return false;
    case RXN_SEQ:
        for (u32 i = 0; i < n->nkids; i++)
            if (!node_nullable(n->kids[i]))
                return false;
        return true;
    case RXN_ALT:
        for (u32 i = 0; i < n->nkids; i++)
            if (node_nullable(n->kids[i]))
                return true;
        return false;
    case RXN_GROUP: return node_nullable(n->kids[0]);
    case RXN_REPEAT: return n->a == 0 || n->b == 0 || node_nullable(n->kids[0]);
    case RXN_TRIE: return false;
    default: return true;
    }
}

// Adds what n can start with; true when n can succeed without consuming, so that what follows counts too.
static bool first_add(RxFirst *f, const RxNode *n, bool back) {
    switch ((RxKind)n->kind) {
    case RXN_CHAR: first_add_char(f, n->a); return false;
    case RXN_SET: first_add_set(f, n->set); return false;
    case RXN_SEQ:
        for (u32 i = 0; i < n->nkids; i++)
            if (!first_add(f, n->kids[back ? n->nkids - 1 - i : i], back))
                return false;
        return true;
    case RXN_ALT: {
        bool empty = false;
        for (u32 i = 0; i < n->nkids; i++)
            empty |= first_add(f, n->kids[i], back);
        return empty;
    }
    case RXN_GROUP: return first_add(f, n->kids[0], back);
    case RXN_REPEAT:
        if (n->b == 0)
            return true;
        return first_add(f, n->kids[0], back) || n->a == 0;
    case RXN_EOL:
        if (back)
            return true;
        f->end = true;
        if (n->multi) {
            first_add_char(f, '\n');
            first_add_char(f, '\r');
            f->high = true;
        }
        return false;
    case RXN_LOOK:
        if (n->negative || n->behind != back)
            return true;
        return first_add(f, n->kids[0], back);
    case RXN_BACKREF: *f = rx_first_all; return true;
    case RXN_TRIE:
        for (u32 i = 0; i < n->nlist; i++) {
            const u32 *members;
            u32 count = n->fold ? rx_case_class(n->list[i], true, &members) : 0;
            first_add_char(f, n->list[i]);
            for (u32 k = 0; k < count; k++)
                first_add_char(f, members[k]);
        }
        return false;
    default: return true;
    }
}

RxFirst first_of(const RxNode *node, bool back, const RxFirst *follow) {
    RxFirst f = {0};
    if (first_add(&f, node, back))
        first_join(&f, follow);
    return f;
}

static u32 saturate(u64 v) { return v > RX_INFINITE ? RX_INFINITE : (u32)v; }

u32 node_min_units(const RxNode *n) {
    u64 sum = 0;
    switch ((RxKind)n->kind) {
    case RXN_CHAR: return n->a > 0xffff ? 2 : 1;
    case RXN_SET: return 1;
    case RXN_SEQ:
        for (u32 i = 0; i < n->nkids; i++)
            sum = saturate(sum + node_min_units(n->kids[i]));
        return (u32)sum;
    case RXN_ALT: {
        u32 least = RX_INFINITE;
        for (u32 i = 0; i < n->nkids; i++)
            least = dx_min_u32(least, node_min_units(n->kids[i]));
        return least;
    }
    case RXN_GROUP: return node_min_units(n->kids[0]);
    case RXN_REPEAT: return saturate((u64)n->a * node_min_units(n->kids[0]));
    case RXN_TRIE: return 1;
    default: return 0;
    }
}

u32 node_weight(const RxNode *n) {
    u64 sum = 1;
    for (u32 i = 0; i < n->nkids; i++)
        sum = saturate(sum + node_weight(n->kids[i]));
    if (n->kind == RXN_REPEAT && n->a > 1 && n->a == n->b)
        sum = saturate(sum * n->a);
    return (u32)sum;
}

bool node_starts_at_zero(const RxNode *n) {
    switch ((RxKind)n->kind) {
    case RXN_BOL: return !n->multi;
    case RXN_SEQ: return node_starts_at_zero(n->kids[0]);
    case RXN_GROUP: return node_starts_at_zero(n->kids[0]);
    case RXN_REPEAT: return n->a > 0 && node_starts_at_zero(n->kids[0]);
    case RXN_ALT:
        for (u32 i = 0; i < n->nkids; i++)
            if (!node_starts_at_zero(n->kids[i]))
                return false;
        return true;
    default: return false;
    }
}

bool node_starts_at_line(const RxNode *n) {
    switch ((RxKind)n->kind) {
    case RXN_BOL: return true;
    case RXN_SEQ: return node_starts_at_line(n->kids[0]);
    case RXN_GROUP: return node_starts_at_line(n->kids[0]);
    case RXN_ALT:
        for (u32 i = 0; i < n->nkids; i++)
            if (!node_starts_at_line(n->kids[i]))
                return false;
        return true;
    default: return false;
    }
}
