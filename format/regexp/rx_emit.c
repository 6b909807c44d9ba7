// SPDX-License-Identifier: MIT
// Tree to program: chooses instructions, lays out code, class records and literals, and decides how a search finds its starts.
// Each piece is emitted knowing what can follow it (RxFirst), so that a choice whose next unit settles it is never stored.
#include "format/regexp/rx_first.h"
#include "format/regexp/rx_table.h"

typedef struct Words {
    u32 *w;
    u32 n, cap;
} Words;

typedef struct Emitter {
    Arena *arena;
    const RxTree *tree;
    bool unicode;
    u32 pairs;
    Words code, data;
    RxTable records; // hashes of class records and filters → offset in data + 1, for sharing
} Emitter;

// A backtracking matcher's weight limit for copying the body of {n} instead of counting.
#define UNROLL_WEIGHT 48

static u32 *words_push(Emitter *e, Words *v, u32 n) {
    if (v->n + n > v->cap || !v->w) {
        u32 cap = (v->n + n) * 2 + 64;
        u32 *w = arena_alloc(e->arena, (size_t)cap * sizeof(u32));
        if (v->n)
            memcpy(w, v->w, (size_t)v->n * sizeof(u32));
        v->w = w;
        v->cap = cap;
    }
    u32 *at = v->w + v->n;
    memset(at, 0, (size_t)n * sizeof(u32));
    v->n += n;
    return at;
}

static u32 op0(Emitter *e, RxOp op, u32 arg) {
    u32 at = e->code.n;
    *words_push(e, &e->code, 1) = op | arg << 8;
    return at;
}

static u32 op1(Emitter *e, RxOp op, u32 arg, u32 a) {
    u32 at = e->code.n, *w = words_push(e, &e->code, 2);
    w[0] = op | arg << 8;
    w[1] = a;
    return at;
}

static u32 op2(Emitter *e, RxOp op, u32 arg, u32 a, u32 b) {
    u32 at = op1(e, op, arg, a);
    *words_push(e, &e->code, 1) = b;
    return at;
}

static void patch(Emitter *e, u32 at) { e->code.w[at + 1] = e->code.n; }

// ---- data

// The same words are stored once.
static u32 data_share(Emitter *e, const u32 *w, u32 n) {
    u64 hash = hash_bytes(w, n * sizeof(u32));
    u32 found = rx_table_get(&e->records, hash);
    if (found && found - 1 + n <= e->data.n && !memcmp(e->data.w + found - 1, w, n * sizeof(u32)))
        return found - 1;
    u32 at = e->data.n;
    memcpy(words_push(e, &e->data, n), w, n * sizeof(u32));
    rx_table_put(&e->records, e->arena, hash, at + 1);
    return at;
}

// Fills list with the units of a set of 1 to 4 BMP characters.
static u32 set_few(const CharSet *s, u16 list[4]) {
    u32 n = 0;
    for (u32 i = 0; i < s->n; i++)
        for (u32 c = s->r[2 * i]; c <= s->r[2 * i + 1]; c++) {
            if (n == 4 || c > 0xffff)
                return 0;
            list[n++] = (u16)c;
        }
    for (u32 i = n; n && i < 4; i++)
        list[i] = list[0];
    return n;
}

static u32 class_record(Emitter *e, const CharSet *s) {
    u32 ranges = 0;
    for (u32 i = 0; i < s->n; i++)
        ranges += s->r[2 * i + 1] > 255;
    u32 n = RX_CLASS_WORDS(ranges), *w = arena_zalloc(e->arena, n * sizeof(u32));
    RxFirst f = {0};
    first_add_set(&f, s);
    memcpy(w, f.low, sizeof f.low);
    u32 max = e->unicode ? 0x10ffff : 0xffff, kind = RX_CLASS_PLAIN;
    CharSet *missing = set_invert(e->arena, s, max);
    u16 list[4] = {0};
    if (!missing->n)
        kind = RX_CLASS_ALL;
    else if (set_few(missing, list))
        kind = RX_CLASS_NONE_OF;
    else if (set_few(s, list))
        kind = RX_CLASS_ONE_OF;
    else
        memset(list, 0, sizeof list);
    w[RX_CLASS_INFO] = ranges | kind << 24;
    memcpy(w + RX_CLASS_LIST, list, sizeof list);
    u32 *out = w + RX_CLASS_RANGES;
    for (u32 i = 0; i < s->n; i++)
        if (s->r[2 * i + 1] > 255) {
            *out++ = dx_max_u32(s->r[2 * i], 256);
            *out++ = s->r[2 * i + 1];
        }
    return data_share(e, w, n);
}

// Units, then the same as bytes; the bytes mean something only when all units are below 256.
static void pack_units(u32 *out, const u16 *units, u32 n) {
    memcpy(out, units, n * 2);
    u8 *bytes = (u8 *)(out + (n + 1) / 2);
    for (u32 i = 0; i < n; i++)
        bytes[i] = (u8)units[i];
}

static bool all_narrow(const u16 *units, u32 n) {
    for (u32 i = 0; i < n; i++)
        if (units[i] > 255)
            return false;
    return true;
}

static u32 literal_record(Emitter *e, const u16 *units, u32 n) {
    u32 words = 1 + (n + 1) / 2 + (n + 3) / 4, *w = arena_zalloc(e->arena, words * sizeof(u32));
    bool narrow = all_narrow(units, n);
    w[0] = n | (u32)narrow << 31;
    pack_units(w + 1, units, n);
    return data_share(e, w, words);
}

// ---- single characters

static bool has_surrogates_or_astral(const CharSet *s) {
    for (u32 i = 0; i < s->n; i++)
        if (s->r[2 * i + 1] > 0xffff || (s->r[2 * i] <= 0xdfff && s->r[2 * i + 1] >= 0xd800))
            return true;
    return false;
}

static bool is_surrogate(u32 c) { return c >= 0xd800 && c <= 0xdfff; }

// With u a lone surrogate must not match half of a pair, so it is matched as a set of code points.
static bool char_is_set(const Emitter *e, u32 c) { return e->unicode && is_surrogate(c); }

static CharSet *char_set(Emitter *e, u32 c) {
    CharSet *s = charset_new(e->arena);
    set_add(e->arena, s, c, c);
    return s;
}

static bool needs_code_points(const Emitter *e, const CharSet *s) { return e->unicode && has_surrogates_or_astral(s); }

static void emit_set(Emitter *e, const CharSet *s, bool back) {
    u16 few[4];
    u32 n = set_few(s, few);
    if (!s->n) {
        op0(e, RXO_FAIL, 0);
        return;
    }
    if (needs_code_points(e, s)) {
        op1(e, back ? RXO_SETU_BACK : RXO_SETU, 0, class_record(e, s));
    } else if (back) {
        op1(e, RXO_SET_BACK, 0, class_record(e, s));
    } else if (n == 1) {
        op0(e, RXO_CHAR, few[0]);
    } else if (n == 2) {
        op1(e, RXO_ALT2, 0, few[0] | (u32)few[1] << 16);
    } else if (s->n == 1 && s->r[0] == 0 && s->r[1] == 0xffff) {
        op0(e, RXO_ANY, 0);
    } else {
        op1(e, RXO_SET, 0, class_record(e, s));
    }
}

static u32 char_units(u32 c, u16 *out) {
    if (c <= 0xffff) {
        out[0] = (u16)c;
        return 1;
    }
    out[0] = (u16)(0xd7c0 + (c >> 10));
    out[1] = (u16)(0xdc00 | (c & 0x3ff));
    return 2;
}

static void emit_units(Emitter *e, const u16 *u, u32 n) {
    while (n) {
        u32 take = n;
        if (n == 1) {
            op0(e, RXO_CHAR, u[0]);
        } else if (n == 2) {
            op1(e, RXO_CHAR2, 0, u[0] | (u32)u[1] << 16);
        } else if (n == 3) {
            op2(e, RXO_CHAR3, 0, u[0] | (u32)u[1] << 16, u[2]);
        } else if (n == 4) {
            op2(e, RXO_CHAR4, 0, u[0] | (u32)u[1] << 16, u[2] | (u32)u[3] << 16);
        } else {
            take = dx_min_u32(n, 4096);
            op0(e, RXO_STR, take << 1 | all_narrow(u, take));
            pack_units(words_push(e, &e->code, (take + 1) / 2 + (take + 3) / 4), u, take);
        }
        u += take;
        n -= take;
    }
}

static void emit_char(Emitter *e, u32 c, bool back) {
    u16 units[2];
    if (char_is_set(e, c)) {
        emit_set(e, char_set(e, c), back);
        return;
    }
    u32 n = char_units(c, units);
    if (!back) {
        emit_units(e, units, n);
        return;
    }
    while (n)
        op0(e, RXO_CHAR_BACK, units[--n]);
}

// ---- choices

static u32 choice_bits(const RxFirst *f, u32 c) { return f->low[c >> 5] >> (c & 31) & 1; }

// A choice between what follows (first a) and a target (first b), patched later. `jump`: the target is tried first.
static u32 emit_split(Emitter *e, const RxFirst *a, const RxFirst *b, bool jump, bool back) {
    bool useful = a->high != b->high || a->end != b->end || !a->high || !a->end;
    for (int i = 0; i < 8 && !useful; i++)
        useful = (a->low[i] & b->low[i]) != ~0u;
    if (!useful || back)
        return op1(e, jump ? RXO_SPLITJ : RXO_SPLIT, 0, 0);
    u32 arg = a->high | (u32)b->high << 1 | (u32)a->end << 2 | (u32)b->end << 3;
    u32 at = op1(e, jump ? RXO_SPLITFJ : RXO_SPLITF, arg, 0);
    u32 *table = words_push(e, &e->code, 16);
    for (u32 c = 0; c < 256; c++)
        table[c >> 4] |= (choice_bits(a, c) | choice_bits(b, c) << 1) << (2 * (c & 15));
    return at;
}

static void emit(Emitter *e, const RxNode *n, bool back, const RxFirst *follow);

// SWITCH to the first alternative that the next unit allows; its targets are patched as the alternatives are emitted.
static u32 emit_switch(Emitter *e, const RxFirst *firsts, u32 n) {
    u32 at = op1(e, RXO_SWITCH, n, 0);
    u8 *table = (u8 *)words_push(e, &e->code, 64 + n);
    u32 high = 255, end = 255;
    memset(table, 255, 256);
    for (u32 i = n; i-- > 0;) {
        for (u32 c = 0; c < 256; c++)
            if (choice_bits(&firsts[i], c))
                table[c] = (u8)i;
        high = firsts[i].high ? i : high;
        end = firsts[i].end ? i : end;
    }
    e->code.w[at + 1] = high | end << 8;
    return at;
}

static void emit_alt(Emitter *e, const RxNode *n, bool back, const RxFirst *follow) {
    u32 count = n->nkids;
    RxFirst *firsts = arena_alloc(e->arena, count * sizeof(RxFirst));
    RxFirst *rest = arena_zalloc(e->arena, (count + 1) * sizeof(RxFirst)); // what the alternatives from i on allow
    u32 *ends = arena_alloc(e->arena, count * sizeof(u32));
    for (u32 i = count; i-- > 0;) {
        firsts[i] = first_of(n->kids[i], back, follow);
        rest[i] = rest[i + 1];
        first_join(&rest[i], &firsts[i]);
    }
    u32 choose = count >= 4 && count < 255 && !back && !first_is_all(&firsts[0]) ? emit_switch(e, firsts, count) : 0;
    for (u32 i = 0; i < count; i++) {
        if (choose)
            e->code.w[choose + 66 + i] = e->code.n;
        u32 split = i + 1 < count ? emit_split(e, &firsts[i], &rest[i + 1], false, back) : 0;
        emit(e, n->kids[i], back, follow);
        if (i + 1 < count) {
            ends[i] = op1(e, RXO_JMP, 0, 0);
            patch(e, split);
        }
    }
    for (u32 i = 0; i + 1 < count; i++)
        patch(e, ends[i]);
}

static int tree_order(const u32 *x, const u32 *y) { return *x < *y ? -1 : *x > *y; }

static void sort_pairs(u32 *w, u32 n) {
    for (u32 gap = n / 2; gap; gap /= 2)
        for (u32 i = gap; i < n; i++) {
            u32 c = w[2 * i], t = w[2 * i + 1], k = i;
            for (; k >= gap && tree_order(&w[2 * (k - gap)], &c) > 0; k -= gap) {
                w[2 * k] = w[2 * (k - gap)];
                w[2 * k + 1] = w[2 * (k - gap) + 1];
            }
            w[2 * k] = c;
            w[2 * k + 1] = t;
        }
}

static void emit_trie(Emitter *e, const RxNode *n) {
    u32 split = 0, total = 0;
    if (!n->nkids)
        return;
    if (n->terminal)
        split = op1(e, RXO_SPLIT, 0, 0);
    for (u32 i = 0; i < n->nlist; i++) {
        const u32 *members;
        u32 count = n->fold ? rx_case_class(n->list[i], true, &members) : 0;
        total += count ? count : 1;
    }
    u32 at = op1(e, RXO_TREE, total, n->behind);
    words_push(e, &e->code, 2 * total);
    u32 *ends = arena_alloc(e->arena, n->nkids * sizeof(u32)), used = 0;
    for (u32 i = 0; i < n->nlist; i++) {
        const u32 *members = &n->list[i];
        u32 count = n->fold ? rx_case_class(n->list[i], true, &members) : 0;
        for (u32 k = 0; k < (count ? count : 1); k++) {
            u32 *pair = e->code.w + at + 2 + 2 * used++;
            pair[0] = count ? members[k] : n->list[i];
            pair[1] = e->code.n;
        }
        emit_trie(e, n->kids[i]);
        ends[i] = op1(e, RXO_JMP, 0, 0);
    }
    sort_pairs(e->code.w + at + 2, total);
    for (u32 i = 0; i < n->nkids; i++)
        patch(e, ends[i]);
    if (split)
        patch(e, split);
}

// ---- repetition

// The set of a node that always consumes exactly one character.
static const CharSet *single_set(Emitter *e, const RxNode *n) {
    if (n->kind == RXN_SET)
        return n->set;
    if (n->kind == RXN_CHAR)
        return char_set(e, n->a);
    return NULL;
}

static bool first_meets(const RxFirst *f, const CharSet *s) {
    RxFirst g = {0};
    first_add_set(&g, s);
    for (int i = 0; i < 8; i++)
        if (f->low[i] & g.low[i])
            return true;
    return f->high && g.high;
}

static void emit_set_loop(Emitter *e, const RxNode *n, const CharSet *s, const RxFirst *follow) {
    bool code_points = needs_code_points(e, s);
    u32 class = class_record(e, s);
    // Giving characters back cannot help when what follows cannot start with any of them.
    bool exact = n->a == n->b || follow->sure || (!n->lazy && !first_meets(follow, s));
    if (exact) {
        u32 *w = words_push(e, &e->code, 4);
        w[0] = code_points ? RXO_EXACTU : RXO_EXACT;
        w[1] = class;
        w[2] = n->a;
        w[3] = n->lazy ? n->a : n->b;
        return;
    }
    u32 filter = 0, arg = 0;
    if (!first_is_all(follow)) {
        filter = data_share(e, follow->low, 8);
        arg = follow->high | (u32)follow->end << 1;
    }
    RxOp op = n->lazy ? (code_points ? RXO_LAZYU : RXO_LAZY) : (code_points ? RXO_GREEDYU : RXO_GREEDY);
    u32 *w = words_push(e, &e->code, 5);
    w[0] = op | arg << 8;
    w[1] = class;
    w[2] = n->a;
    w[3] = n->b;
    w[4] = filter;
    op0(e, op + 1, 0);
}

static void emit_reset(Emitter *e, const RxNode *repeat) {
    u32 from = repeat->cap_from;
    // Opening the group that is the whole body sets its own pair anew.
    if (repeat->kids[0]->kind == RXN_GROUP)
        from++;
    if (from < repeat->cap_to)
        op2(e, RXO_RESET, 0, from, repeat->cap_to);
}

// x* and x+ whose body always consumes: no counter, no empty check.
static void emit_simple_loop(Emitter *e, const RxNode *n, bool back, const RxFirst *follow) {
    const RxNode *body = n->kids[0];
    RxFirst enter = first_of(body, back, follow), after = enter;
    first_join(&after, follow);
    u32 skip = n->a == 0 ? emit_split(e, &enter, follow, n->lazy, back) : 0;
    u32 top = e->code.n;
    emit_reset(e, n);
    emit(e, body, back, &after);
    u32 again = emit_split(e, follow, &enter, !n->lazy, back);
    e->code.w[again + 1] = top;
    if (skip)
        patch(e, skip);
}

static void emit_counted_loop(Emitter *e, const RxNode *n, bool back, const RxFirst *follow) {
    const RxNode *body = n->kids[0];
    u32 pair = e->pairs++;
    RxFirst enter = first_of(body, back, follow), after = enter;
    first_join(&after, follow);
    if (node_nullable(body))
        after = rx_first_all;
    op1(e, RXO_LOOP_INIT, 0, pair);
    u32 skip = n->a == 0 ? emit_split(e, &enter, follow, n->lazy, back) : 0;
    u32 top = op1(e, RXO_LOOP_ENTER, 0, pair);
    emit_reset(e, n);
    emit(e, body, back, &after);
    u32 *w = words_push(e, &e->code, 5);
    w[0] = RXO_LOOP_NEXT | ((u32)!n->lazy | (u32)node_nullable(body) << 1) << 8;
    w[1] = pair;
    w[2] = n->a;
    w[3] = n->b;
    w[4] = top;
    if (skip)
        patch(e, skip);
}

static void emit_repeat(Emitter *e, const RxNode *n, bool back, const RxFirst *follow) {
    const RxNode *body = n->kids[0];
    const CharSet *s = back ? NULL : single_set(e, body);
    if (n->b == 0 || body->kind == RXN_EMPTY)
        return;
    if (n->a == 1 && n->b == 1) {
        emit(e, body, back, follow);
    } else if (s && !(n->a == 0 && n->b == 1)) {
        emit_set_loop(e, n, s, follow);
    } else if (node_nullable(body)) {
        emit_counted_loop(e, n, back, follow);
    } else if (n->a == 0 && n->b == 1) {
        RxFirst enter = first_of(body, back, follow);
        u32 skip = emit_split(e, &enter, follow, n->lazy, back);
        emit(e, body, back, follow);
        patch(e, skip);
    } else if (n->a <= 1 && n->b == RX_INFINITE) {
        emit_simple_loop(e, n, back, follow);
    } else if (n->a == n->b && node_weight(n) <= UNROLL_WEIGHT) {
        RxFirst again = first_of(body, back, follow);
        for (u32 i = 0; i < n->a; i++) {
            if (i)
                emit_reset(e, n);
            emit(e, body, back, i + 1 < n->a ? &again : follow);
        }
    } else {
        emit_counted_loop(e, n, back, follow);
    }
}

// ---- the rest

static void emit_look(Emitter *e, const RxNode *n) {
    u32 pair = e->pairs++;
    if (n->negative) {
        u32 at = op2(e, RXO_NLOOK, 0, pair, 0);
        emit(e, n->kids[0], n->behind, &rx_first_sure);
        op1(e, RXO_NLOOK_END, 0, pair);
        e->code.w[at + 2] = e->code.n;
        return;
    }
    u32 *w = words_push(e, &e->code, 4);
    w[0] = RXO_LOOK;
    w[1] = pair;
    w[2] = n->cap_from;
    w[3] = n->cap_to;
    emit(e, n->kids[0], n->behind, &rx_first_sure);
    op1(e, RXO_LOOK_END, 0, pair);
}

static void emit_backref(Emitter *e, const RxNode *n) {
    op0(e, RXO_BACKREF, (u32)n->behind | (u32)n->fold << 1 | n->nlist << 8);
    memcpy(words_push(e, &e->code, n->nlist), n->list, n->nlist * sizeof(u32));
}

static void emit_seq(Emitter *e, const RxNode *n, bool back, const RxFirst *follow) {
    RxFirst *f = arena_alloc(e->arena, (n->nkids + 1) * sizeof(RxFirst)); // f[i]: what the first i kids to come leave to follow
    f[n->nkids] = *follow;
    for (u32 i = n->nkids; i-- > 0;)
        f[i] = first_of(n->kids[back ? n->nkids - 1 - i : i], back, &f[i + 1]);
    u16 *run = NULL;
    for (u32 i = 0; i < n->nkids;) {
        const RxNode *kid = n->kids[back ? n->nkids - 1 - i : i];
        if (back || kid->kind != RXN_CHAR || char_is_set(e, kid->a)) {
            emit(e, kid, back, &f[i + 1]);
            i++;
            continue;
        }
        if (!run)
            run = arena_alloc(e->arena, n->nkids * 2 * sizeof(u16));
        u32 len = 0;
        for (; i < n->nkids && n->kids[i]->kind == RXN_CHAR && !char_is_set(e, n->kids[i]->a); i++)
            len += char_units(n->kids[i]->a, run + len);
        emit_units(e, run, len);
    }
}

static void emit(Emitter *e, const RxNode *n, bool back, const RxFirst *follow) {
    switch ((RxKind)n->kind) {
    case RXN_EMPTY: break;
    case RXN_CHAR: emit_char(e, n->a, back); break;
    case RXN_SET: emit_set(e, n->set, back); break;
    case RXN_SEQ: emit_seq(e, n, back, follow); break;
    case RXN_ALT: emit_alt(e, n, back, follow); break;
    case RXN_GROUP:
        op0(e, back ? RXO_OPEN_BACK : RXO_OPEN, n->a);
        emit(e, n->kids[0], back, follow);
        op0(e, back ? RXO_CLOSE_BACK : RXO_CLOSE, n->a);
        break;
    case RXN_REPEAT: emit_repeat(e, n, back, follow); break;
    case RXN_BOL: op0(e, n->multi ? RXO_BOL_M : RXO_BOL, 0); break;
    case RXN_EOL: op0(e, n->multi ? RXO_EOL_M : RXO_EOL, 0); break;
    case RXN_WORD: op0(e, RXO_WORD, (u32)n->negative | (n->fold ? 2 : 0)); break;
    case RXN_LOOK: emit_look(e, n); break;
    case RXN_BACKREF: emit_backref(e, n); break;
    case RXN_TRIE: emit_trie(e, n); break;
    }
}

// ---- searching

typedef struct Run {
    u16 *units;
    u32 n, cap;
} Run;

static void run_push(Emitter *e, Run *r, u32 c) {
    if (r->n + 2 > r->cap) {
        r->cap = r->cap * 2 + 16;
        u16 *u = arena_alloc(e->arena, r->cap * sizeof(u16));
        if (r->n)
            memcpy(u, r->units, r->n * sizeof(u16));
        r->units = u;
    }
    r->n += char_units(c, r->units + r->n);
}

// Collects the literal that every match starts with. True while the whole node was literal.
static bool prefix_of(Emitter *e, const RxNode *n, Run *r) {
    switch ((RxKind)n->kind) {
    case RXN_EMPTY: return true;
    case RXN_CHAR:
        if (char_is_set(e, n->a) || r->n > 250)
            return false;
        run_push(e, r, n->a);
        return true;
    case RXN_SEQ:
        for (u32 i = 0; i < n->nkids; i++)
            if (!prefix_of(e, n->kids[i], r))
                return false;
        return true;
    case RXN_GROUP: return prefix_of(e, n->kids[0], r);
    case RXN_REPEAT:
        for (u32 i = 0; i < n->a; i++)
            if (!prefix_of(e, n->kids[0], r))
                return false;
        return n->a == n->b;
    default: return false;
    }
}

// Remembers in *best the longest literal run that every match must contain; *now is the run that ends here.
static void required_of(Emitter *e, const RxNode *n, Run *now, Run *best) {
    if (n->kind == RXN_CHAR && !char_is_set(e, n->a) && now->n < 250) {
        run_push(e, now, n->a);
        if (now->n > best->n) {
            best->n = 0;
            for (u32 i = 0; i < now->n; i++)
                run_push(e, best, now->units[i]);
        }
        return;
    }
    if (n->kind == RXN_SEQ) {
        for (u32 i = 0; i < n->nkids; i++)
            required_of(e, n->kids[i], now, best);
        return;
    }
    if (n->kind == RXN_GROUP) {
        required_of(e, n->kids[0], now, best);
        return;
    }
    if (n->kind == RXN_BOL || n->kind == RXN_EOL || n->kind == RXN_WORD || n->kind == RXN_EMPTY)
        return;
    now->n = 0;
    if (n->kind == RXN_REPEAT && n->a) {
        required_of(e, n->kids[0], now, best);
        now->n = 0;
    }
}

static void plan_first(Emitter *e, RxHead *h) {
    RxFirst f = first_of(e->tree->root, false, &rx_first_all);
    if (f.end)
        return;
    u32 n = 0;
    for (u32 c = 0; c < 256; c++)
        if (choice_bits(&f, c)) {
            if (n < 4)
                h->few[n] = (u16)c;
            n++;
        }
    if (n == 256 && f.high)
        return;
    h->search = RX_SEARCH_SET;
    h->search_high = f.high;
    h->first = data_share(e, f.low, 8);
    if (n && n <= 4 && !f.high) {
        h->search = RX_SEARCH_FEW;
        h->few_count = (u8)n;
        for (u32 i = n; i < 4; i++)
            h->few[i] = h->few[0];
    }
}

static void plan_search(Emitter *e, RxHead *h) {
    const RxNode *root = e->tree->root;
    Run prefix = {0}, now = {0}, best = {0};
    h->min_len = node_min_units(root);
    if (node_starts_at_zero(root)) {
        h->search = RX_SEARCH_START;
        return;
    }
    bool whole = prefix_of(e, root, &prefix);
    if (prefix.n >= 2 || (whole && prefix.n)) {
        h->search = RX_SEARCH_LITERAL;
        h->prefix = literal_record(e, prefix.units, prefix.n);
        h->whole_literal = whole && e->tree->captures == 1;
    } else {
        plan_first(e, h);
        if (h->search == RX_SEARCH_EACH && node_starts_at_line(root))
            h->search = RX_SEARCH_LINE;
    }
    required_of(e, root, &now, &best);
    if (best.n > prefix.n && (best.n >= 2 || h->search == RX_SEARCH_SET || h->search == RX_SEARCH_EACH))
        h->required = literal_record(e, best.units, best.n);
}

static void write_names(Emitter *e, Words *names) {
    const RxTree *t = e->tree;
    u32 *w = words_push(e, names, 3 * t->nnames);
    for (u32 i = 0; i < t->nnames; i++) {
        w[3 * i] = names->n;
        w[3 * i + 1] = t->names[i].len;
        w[3 * i + 2] = t->names[i].group;
        memcpy(words_push(e, names, (t->names[i].len + 1) / 2), t->names[i].units, t->names[i].len * 2);
        w = names->w;
    }
}

void rx_emit(Arena *arena, const RxTree *tree, Buf *out) {
    Emitter e = {.arena = arena, .tree = tree, .pairs = tree->captures};
    e.unicode = tree->flags & (RX_UNICODE | RX_UNICODE_SETS);
    words_push(&e, &e.data, 1); // offset 0 means none
    op0(&e, RXO_NEXT_START, 0);
    emit(&e, tree->root, false, &rx_first_sure);
    op0(&e, RXO_CLOSE, 0);
    op0(&e, RXO_MATCH, 0);
    RxHead h = {.magic = RX_MAGIC, .version = RX_VERSION, .flags = (u16)tree->flags, .captures = tree->captures};
    plan_search(&e, &h);
    Words names = {0};
    write_names(&e, &names);
    h.pairs = e.pairs;
    h.code_off = sizeof(RxHead) / 4;
    h.code_words = e.code.n;
    h.data_off = h.code_off + e.code.n;
    h.data_words = e.data.n;
    h.names_off = h.data_off + e.data.n;
    h.names = tree->nnames;
    h.size = (h.names_off + names.n) * 4;
    buf_put(out, &h, sizeof h);
    buf_put(out, e.code.w, (size_t)e.code.n * 4);
    buf_put(out, e.data.w, (size_t)e.data.n * 4);
    buf_put(out, names.w, (size_t)names.n * 4);
}
