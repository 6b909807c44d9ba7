// SPDX-License-Identifier: MIT
// The matcher for one unit width; included by rx_exec.c for Latin-1 (RX_WIDE 0) and UTF-16 (RX_WIDE 1).
//
// One loop over the instructions, threaded by computed goto, no recursion. The backtrack stack holds two kinds of entries:
//   choice  (pc, position, aux)               go on there
//   undo    (RX_UNDO | pair, old, old)        put a register pair back, then keep popping
// Its bottom is a choice of code word 0, NEXT_START. A position is an index into the subject.

#if RX_WIDE
// Code point that starts at p, which moves past it.
static inline u32 rx_read_point(const u16 **p, const u16 *end) {
    u32 c = *(*p)++;
    if (rx_is_lead(c) && *p < end && rx_is_trail(**p))
        c = rx_pair(c, *(*p)++);
    return c;
}

static inline u32 rx_read_point_back(const u16 **p, const u16 *start) {
    u32 c = *--*p;
    if (rx_is_trail(c) && *p > start && rx_is_lead((*p)[-1])) {
        --*p;
        c = rx_pair((*p)[0], c);
    }
    return c;
}

// class_span by code points: at most max, *count the number read.
static const u16 *rx_class_span_points(const u32 *class, const u16 *p, const u16 *end, u32 max, u32 *count) {
    u32 n = 0;
    while (n < max && p < end) {
        const u16 *q = p;
        u32 c = rx_read_point(&q, end);
        if (!RX_IN_CLASS(class, c))
            break;
        p = q;
        n++;
    }
    *count = n;
    return p;
}
#endif

static inline bool RX_FN(word_at)(const RX_UNIT *p, const RX_UNIT *end, u32 extra) {
    if (p >= end)
        return false;
    u32 c = *p;
    return c < 128 ? word_table[c] : RX_WIDE && extra && (c == 0x17f || c == 0x212a);
}

// The end of the text equal to [from, to) that starts (back: ends) at p, or NULL. fold as in BACKREF.
static const RX_UNIT *RX_FN(backref)(const RX_UNIT *from, const RX_UNIT *to, const RX_UNIT *p, const RX_UNIT *s,
                                     const RX_UNIT *end, u32 arg, bool unicode) {
    size_t n = (size_t)(to - from);
    bool back = arg & 1;
    u32 fold = arg >> 1 & 3;
    if ((size_t)(back ? p - s : end - p) < n)
        return NULL;
    const RX_UNIT *q = back ? p - n : p;
    if (!fold) {
        if (memcmp(from, q, n * sizeof(RX_UNIT)))
            return NULL;
    } else {
#if RX_WIDE
        for (const RX_UNIT *a = from, *b = q; a < to;) {
            u32 x = fold == 2 ? rx_read_point(&a, to) : *a++, y = fold == 2 ? rx_read_point(&b, q + n) : *b++;
            if (x != y && rx_canonicalize(x, fold == 2) != rx_canonicalize(y, fold == 2))
                return NULL;
        }
#else
        for (size_t i = 0; i < n; i++)
            if (from[i] != q[i] && rx_canonicalize(from[i], fold == 2) != rx_canonicalize(q[i], fold == 2))
                return NULL;
#endif
    }
#if RX_WIDE
    // Under u half a pair is no character.
    if (unicode && n) {
        if (q > s && rx_is_trail(q[0]) && rx_is_lead(q[-1]))
            return NULL;
        if (q + n < end && rx_is_lead(q[n - 1]) && rx_is_trail(q[n]))
            return NULL;
    }
#endif
    return back ? q : q + n;
}

static int RX_FN(match)(const RxHead *h, const RX_UNIT *s, u32 len, u32 start, bool sticky, i32 *captures, RxScratch *scratch) {
    static const void *const labels[] = {
#define RX_OP(name, words, kinds, text) &&L_##name,
#include "format/regexp/rx_ops.def"
#undef RX_OP
    };
    const u32 *const code = (const u32 *)h + h->code_off, *const data = (const u32 *)h + h->data_off, *pc;
    const RX_UNIT *p, *const end = s + len;
    i32 *const regs = scratch->regs;
    RxEntry *sp = scratch->stack, *limit = sp + scratch->stack_cap;
    u32 budget = RX_POLL_EVERY, required = 0;
    const bool unicode = h->flags & (RX_UNICODE | RX_UNICODE_SETS);
#if RX_WIDE
    if (unicode && start > 0 && start < len && rx_is_trail(s[start]) && rx_is_lead(s[start - 1]))
        start--;
#endif

#define NEXT goto *labels[*pc & 255]
#define STEP(n)                                                                                                                  \
    do {                                                                                                                         \
        pc += (n);                                                                                                               \
        NEXT;                                                                                                                    \
    } while (0)
#define JUMP(t)                                                                                                                  \
    do {                                                                                                                         \
        pc = code + (t);                                                                                                         \
        NEXT;                                                                                                                    \
    } while (0)
#define FAIL goto fail
#define POLL(t)                                                                                                                  \
    do {                                                                                                                         \
        if (DX_UNLIKELY(--budget == 0)) {                                                                                        \
            budget = RX_POLL_EVERY;                                                                                              \
            if (scratch->poll && scratch->poll(scratch->poll_ctx))                                                               \
                return RX_E_STOPPED;                                                                                             \
        }                                                                                                                        \
    } while (0)
#define PUSH(PC, POS, AUX)                                                                                                       \
    do {                                                                                                                         \
        if (DX_UNLIKELY(sp == limit) && !stack_grow(scratch, &sp, &limit))                                                       \
            return RX_E_MEMORY;                                                                                                  \
        sp->pc = (PC);                                                                                                           \
        sp->pos = (POS);                                                                                                         \
        sp->aux = (AUX);                                                                                                         \
        sp++;                                                                                                                    \
    } while (0)
#define PUSH_UNDO(k) PUSH(RX_UNDO | (k), (u32)regs[2 * (k)], (u32)regs[2 * (k) + 1])
#define AT ((u32)(p - s))
#define HERE ((u32)(pc - code))
#define ARG (*pc >> 8)
#define CLASS (data + pc[1])

try_start:
    if (start > len || len - start < h->min_len)
        return RX_NO_MATCH;
    if (!sticky) {
        start = RX_FN(find_start)(h, s, len, start);
        if (start == RX_NONE)
            return RX_NO_MATCH;
#if RX_WIDE
        if (unicode && start > 0 && start < len && rx_is_trail(s[start]) && rx_is_lead(s[start - 1])) {
            start++;
            goto try_start;
        }
#endif
        if (h->required && start >= required) {
            const RX_UNIT *at = RX_FN(find_literal)(s + start, end, data + h->required);
            if (!at)
                return RX_NO_MATCH;
            required = (u32)(at - s) + 1;
        }
        if (h->whole_literal) {
            captures[0] = (i32)start;
            captures[1] = (i32)(start + RX_LIT_LEN(data[h->prefix]));
            return RX_MATCH;
        }
    }
    sp = scratch->stack;
    PUSH(0, 0, 0);
    regs[0] = (i32)start;
    p = s + start;
    pc = code + 1;
    NEXT;

L_NEXT_START:
    if (sticky)
        return RX_NO_MATCH;
    start++;
    goto try_start;

L_FAIL:
fail:
    for (;;) {
        --sp;
        if ((i32)sp->pc >= 0)
            break;
        u32 k = sp->pc & ~RX_UNDO;
        regs[2 * k] = (i32)sp->pos;
        regs[2 * k + 1] = (i32)sp->aux;
    }
    POLL();
    p = s + sp->pos;
    pc = code + sp->pc;
    NEXT;

L_MATCH:
    memcpy(captures, regs, h->captures * 2 * sizeof(i32));
    return RX_MATCH;

L_JMP:
    JUMP(pc[1]);

    // ---- characters

L_CHAR:
    if (p == end || *p != ARG)
        FAIL;
    p++;
    STEP(1);

L_CHAR2: {
    u32 w = pc[1];
    if (end - p < 2 || p[0] != (w & 0xffff) || p[1] != w >> 16)
        FAIL;
    p += 2;
    STEP(2);
}

L_CHAR3: {
    u32 w = pc[1];
    if (end - p < 3 || p[0] != (w & 0xffff) || p[1] != w >> 16 || p[2] != pc[2])
        FAIL;
    p += 3;
    STEP(3);
}

L_CHAR4: {
    u32 w = pc[1], x = pc[2];
    if (end - p < 4 || p[0] != (w & 0xffff) || p[1] != w >> 16 || p[2] != (x & 0xffff) || p[3] != x >> 16)
        FAIL;
    p += 4;
    STEP(3);
}

L_STR: {
    u32 n = ARG >> 1, units = (n + 1) / 2;
    const void *lit = pc + 1 + (RX_WIDE ? 0 : units);
    if ((size_t)(end - p) < n || (!RX_WIDE && !(ARG & 1)) || memcmp(p, lit, n * sizeof(RX_UNIT)))
        FAIL;
    p += n;
    STEP(1 + units + (n + 3) / 4);
}

L_ALT2: {
    u32 w = pc[1];
    if (p == end || (*p != (w & 0xffff) && *p != w >> 16))
        FAIL;
    p++;
    STEP(2);
}

L_ANY:
    if (p == end)
        FAIL;
    p++;
    STEP(1);

L_SET:
    if (p == end || !RX_IN_CLASS(CLASS, (u32)*p))
        FAIL;
    p++;
    STEP(2);

L_SETU: {
    if (p == end)
        FAIL;
#if RX_WIDE
    u32 c = rx_read_point(&p, end);
#else
    u32 c = *p++;
#endif
    if (!RX_IN_CLASS(CLASS, c))
        FAIL;
    STEP(2);
}

L_CHAR_BACK:
    if (p == s || p[-1] != ARG)
        FAIL;
    p--;
    STEP(1);

L_SET_BACK:
    if (p == s || !RX_IN_CLASS(CLASS, (u32)p[-1]))
        FAIL;
    p--;
    STEP(2);

L_SETU_BACK: {
    if (p == s)
        FAIL;
#if RX_WIDE
    u32 c = rx_read_point_back(&p, s);
#else
    u32 c = *--p;
#endif
    if (!RX_IN_CLASS(CLASS, c))
        FAIL;
    STEP(2);
}

    // ---- runs of one class: pc[1] class, pc[2] min, pc[3] max, pc[4] filter of what may follow

#define ROOM(max) ((max) < (u32)(end - p) ? p + (max) : end)
// Whether what follows the run can start at q, as far as one unit tells.
#define FOLLOW_OK(q, filter, arg) (!(filter) || ((q) == end ? (arg) >> 1 & 1 : RX_IN_FILTER(data + (filter), (u32)*(q), (arg) & 1)))

L_EXACT: {
    const RX_UNIT *q = RX_FN(class_span)(CLASS, p, ROOM(pc[3]));
    if ((u32)(q - p) < pc[2])
        FAIL;
    p = q;
    STEP(4);
}

L_GREEDY: {
    const RX_UNIT *q = RX_FN(class_span)(CLASS, p, ROOM(pc[3])), *least = p + pc[2];
    if ((u32)(q - p) < pc[2])
        FAIL;
    p = q;
    u32 filter = pc[4], arg = ARG;
    if (filter)
        while (!FOLLOW_OK(p, filter, arg)) {
            if (p == least)
                FAIL;
            p--;
        }
    if (p > least)
        PUSH(HERE + 5, AT, (u32)(least - s));
    STEP(6);
}

L_GREEDY_MORE: { // sp is the entry just popped: its aux is the shortest end of the run
    const RX_UNIT *least = s + sp->aux;
    u32 filter = pc[-1], arg = pc[-5] >> 8;
    do {
        if (p <= least)
            FAIL;
        p--;
    } while (filter && !FOLLOW_OK(p, filter, arg));
    if (p > least) {
        sp->pos = AT;
        sp++;
    }
    STEP(1);
}

L_LAZY: {
    const RX_UNIT *q = RX_FN(class_span)(CLASS, p, ROOM(pc[2]));
    if ((u32)(q - p) < pc[2])
        FAIL;
    p = q;
    PUSH(HERE + 5, AT, pc[3] - pc[2]);
    if (FOLLOW_OK(p, pc[4], ARG))
        STEP(6);
    FAIL;
}

L_LAZY_MORE: { // aux: how many more may be taken
    u32 left = sp->aux, filter = pc[-1], arg = pc[-5] >> 8;
    const u32 *class = data + pc[-4];
    do {
        if (!left || p == end || !RX_IN_CLASS(class, (u32)*p))
            FAIL;
        p++;
        left -= left != RX_INFINITE;
    } while (!FOLLOW_OK(p, filter, arg));
    sp->pos = AT;
    sp->aux = left;
    sp++;
    STEP(1);
}

#if RX_WIDE
L_EXACTU: {
    u32 n;
    p = rx_class_span_points(CLASS, p, end, pc[3], &n);
    if (n < pc[2])
        FAIL;
    STEP(4);
}

L_GREEDYU: {
    u32 n;
    const u16 *least = rx_class_span_points(CLASS, p, end, pc[2], &n);
    if (n < pc[2])
        FAIL;
    p = rx_class_span_points(CLASS, least, end, pc[3] - pc[2], &n);
    if (p > least)
        PUSH(HERE + 5, AT, (u32)(least - s));
    if (FOLLOW_OK(p, pc[4], ARG))
        STEP(6);
    FAIL;
}

L_GREEDYU_MORE: {
    const u16 *least = s + sp->aux;
    u32 filter = pc[-1], arg = pc[-5] >> 8;
    do {
        if (p <= least)
            FAIL;
        rx_read_point_back(&p, least);
    } while (!FOLLOW_OK(p, filter, arg));
    if (p > least) {
        sp->pos = AT;
        sp++;
    }
    STEP(1);
}

L_LAZYU: {
    u32 n;
    p = rx_class_span_points(CLASS, p, end, pc[2], &n);
    if (n < pc[2])
        FAIL;
    PUSH(HERE + 5, AT, pc[3] - pc[2]);
    if (FOLLOW_OK(p, pc[4], ARG))
        STEP(6);
    FAIL;
}

L_LAZYU_MORE: {
    u32 left = sp->aux, filter = pc[-1], arg = pc[-5] >> 8;
    const u32 *class = data + pc[-4];
    do {
        if (!left || p == end)
            FAIL;
        u32 c = rx_read_point(&p, end);
        if (!RX_IN_CLASS(class, c))
            FAIL;
        left -= left != RX_INFINITE;
    } while (!FOLLOW_OK(p, filter, arg));
    sp->pos = AT;
    sp->aux = left;
    sp++;
    STEP(1);
}
#else
L_EXACTU:
    goto L_EXACT;
L_GREEDYU:
    goto L_GREEDY;
L_GREEDYU_MORE:
    goto L_GREEDY_MORE;
L_LAZYU:
    goto L_LAZY;
L_LAZYU_MORE:
    goto L_LAZY_MORE;
#endif

    // ---- choices

L_SPLIT:
    PUSH(pc[1], AT, 0);
    STEP(2);

L_SPLITJ:
    PUSH(HERE + 2, AT, 0);
    JUMP(pc[1]);

#define PEEK_BITS                                                                                                                \
    (p == end ? ARG >> 2 & 3 : RX_ABOVE(*p) ? ARG & 3 : pc[2 + (*p >> 4 & 15)] >> (2 * (*p & 15)) & 3)

L_SPLITF: {
    u32 may = PEEK_BITS;
    if (may == 1)
        STEP(18);
    if (may == 3) {
        PUSH(pc[1], AT, 0);
        STEP(18);
    }
    if (may == 0)
        FAIL;
    POLL();
    JUMP(pc[1]);
}

L_SPLITFJ: {
    u32 may = PEEK_BITS;
    if (may == 1)
        STEP(18);
    if (may == 0)
        FAIL;
    if (may == 3)
        PUSH(HERE + 18, AT, 0);
    POLL();
    JUMP(pc[1]);
}

L_SWITCH: {
    u32 i = p == end ? pc[1] >> 8 & 255 : RX_ABOVE(*p) ? pc[1] & 255 : ((const u8 *)(pc + 2))[*p & 255];
    if (i == 255)
        FAIL;
    JUMP(pc[66 + i]);
}

L_TREE: {
    u32 back = pc[1], c, lo = 0, hi = ARG;
    if (p == (back ? s : end))
        FAIL;
#if RX_WIDE
    c = back ? rx_read_point_back(&p, s) : rx_read_point(&p, end);
#else
    c = back ? *--p : *p++;
#endif
    while (lo < hi) {
        u32 mid = (lo + hi) / 2;
        if (pc[2 + 2 * mid] < c)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo == ARG || pc[2 + 2 * lo] != c)
        FAIL;
    JUMP(pc[3 + 2 * lo]);
}

    // ---- captures and loops

L_OPEN: {
    u32 k = ARG;
    PUSH_UNDO(k);
    regs[2 * k] = (i32)AT;
    STEP(1);
}

L_CLOSE:
    regs[2 * ARG + 1] = (i32)AT;
    STEP(1);

L_OPEN_BACK: {
    u32 k = ARG;
    PUSH_UNDO(k);
    regs[2 * k + 1] = (i32)AT;
    STEP(1);
}

L_CLOSE_BACK:
    regs[2 * ARG] = (i32)AT;
    STEP(1);

L_RESET:
    for (u32 k = pc[1]; k < pc[2]; k++)
        if (regs[2 * k + 1] >= 0 || regs[2 * k] >= 0) {
            PUSH_UNDO(k);
            regs[2 * k] = regs[2 * k + 1] = -1;
        }
    STEP(3);

L_LOOP_INIT: {
    u32 k = pc[1];
    PUSH_UNDO(k);
    regs[2 * k] = 0;
    regs[2 * k + 1] = (i32)AT;
    STEP(2);
}

L_LOOP_ENTER: {
    u32 k = pc[1];
    PUSH_UNDO(k);
    regs[2 * k] = (i32)((u32)regs[2 * k] + 1);
    regs[2 * k + 1] = (i32)AT;
    STEP(2);
}

L_LOOP_NEXT: {
    u32 k = pc[1], count = (u32)regs[2 * k];
    if ((ARG & 2) && count > pc[2] && regs[2 * k + 1] == (i32)AT)
        FAIL;
    if (count >= pc[3])
        STEP(5);
    POLL();
    if (count < pc[2])
        JUMP(pc[4]);
    if (ARG & 1) {
        PUSH(HERE + 5, AT, 0);
        JUMP(pc[4]);
    }
    PUSH(pc[4], AT, 0);
    STEP(5);
}

    // ---- assertions

L_BOL:
    if (p != s)
        FAIL;
    STEP(1);

L_EOL:
    if (p != end)
        FAIL;
    STEP(1);

L_BOL_M:
    if (p != s && !RX_FN(is_line_end)(p[-1]))
        FAIL;
    STEP(1);

L_EOL_M:
    if (p != end && !RX_FN(is_line_end)(*p))
        FAIL;
    STEP(1);

L_WORD: {
    bool before = p > s && RX_FN(word_at)(p - 1, end, ARG & 2), after = RX_FN(word_at)(p, end, ARG & 2);
    if ((before != after) == (ARG & 1))
        FAIL;
    STEP(1);
}

L_BACKREF: {
    u32 n = ARG >> 8;
    for (u32 i = 1; i <= n; i++) {
        u32 k = pc[i];
        if (regs[2 * k] < 0 || regs[2 * k + 1] <= regs[2 * k])
            continue;
        const RX_UNIT *q = RX_FN(backref)(s + regs[2 * k], s + regs[2 * k + 1], p, s, end, ARG, unicode);
        if (!q)
            FAIL;
        p = q;
        break;
    }
    STEP(1 + n);
}

L_LOOK: {
    u32 pair = pc[1];
    for (u32 k = pc[2]; k < pc[3]; k++)
        PUSH_UNDO(k);
    regs[2 * pair] = (i32)(sp - (RxEntry *)scratch->stack);
    regs[2 * pair + 1] = (i32)AT;
    STEP(4);
}

L_LOOK_END: {
    u32 height = (u32)regs[2 * pc[1]], pos = (u32)regs[2 * pc[1] + 1];
    if (height - 1 >= (u32)(sp - (RxEntry *)scratch->stack) || pos > len)
        FAIL;
    sp = (RxEntry *)scratch->stack + height;
    p = s + pos;
    STEP(2);
}

L_NLOOK:
    regs[2 * pc[1]] = (i32)(sp - (RxEntry *)scratch->stack);
    PUSH(pc[2], AT, 0);
    STEP(3);

L_NLOOK_END: {
    u32 height = (u32)regs[2 * pc[1]];
    if (height - 1 >= (u32)(sp - (RxEntry *)scratch->stack))
        FAIL;
    while (sp > (RxEntry *)scratch->stack + height) {
        --sp;
        if (sp->pc & RX_UNDO) {
            u32 k = sp->pc & ~RX_UNDO;
            regs[2 * k] = (i32)sp->pos;
            regs[2 * k + 1] = (i32)sp->aux;
        }
    }
    FAIL;
}

#undef NEXT
#undef STEP
#undef JUMP
#undef FAIL
#undef POLL
#undef PUSH
#undef PUSH_UNDO
#undef AT
#undef HERE
#undef ARG
#undef CLASS
#undef ROOM
#undef FOLLOW_OK
#undef PEEK_BITS
}
