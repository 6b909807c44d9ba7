// SPDX-License-Identifier: MIT
// Scanning for one unit width; included by rx_exec.c for Latin-1 (RX_WIDE 0) and UTF-16 (RX_WIDE 1). Owns the vector code: finding
// one of a few units, finding a literal, the length of a run of class members.

// ---- one of four units

#if defined(__SSE2__)
#if RX_WIDE
#define RX_LANES 8
#define RX_SPLAT(c) _mm_set1_epi16((short)(c))
#define RX_EQ(a, b) _mm_cmpeq_epi16(a, b)
#define RX_MASK_INDEX(m) ((u32)__builtin_ctz(m) >> 1)
#else
#define RX_LANES 16
#define RX_SPLAT(c) _mm_set1_epi8((char)(c))
#define RX_EQ(a, b) _mm_cmpeq_epi8(a, b)
#define RX_MASK_INDEX(m) ((u32)__builtin_ctz(m))
#endif
#endif

// The first unit of [p, end) that is one of few[0..3], or end.
static const RX_UNIT *RX_FN(find_few)(const RX_UNIT *p, const RX_UNIT *end, const u16 few[4]) {
    u32 a = few[0], b = few[1], c = few[2], d = few[3];
#if !RX_WIDE
    // Units that a Latin-1 subject cannot hold stand for a listed one that it can; lists are sorted, so few[0] is the least.
    if (a > 255)
        return end;
    b = b > 255 ? a : b;
    c = c > 255 ? a : c;
    d = d > 255 ? a : d;
#endif
#if defined(__SSE2__)
    if (end - p >= RX_LANES) {
        __m128i va = RX_SPLAT(a), vb = RX_SPLAT(b), vc = RX_SPLAT(c), vd = RX_SPLAT(d);
        do {
            __m128i v = _mm_loadu_si128((const __m128i *)p);
            __m128i hit = _mm_or_si128(_mm_or_si128(RX_EQ(v, va), RX_EQ(v, vb)), _mm_or_si128(RX_EQ(v, vc), RX_EQ(v, vd)));
            u32 mask = (u32)_mm_movemask_epi8(hit);
            if (mask)
                return p + RX_MASK_INDEX(mask);
            p += RX_LANES;
        } while (end - p >= RX_LANES);
    }
#endif
    for (; p < end; p++)
        if (*p == a || *p == b || *p == c || *p == d)
            return p;
    return end;
}

static const RX_UNIT *RX_FN(find_unit)(const RX_UNIT *p, const RX_UNIT *end, u32 c) {
#if RX_WIDE
    u16 few[4] = {(u16)c, (u16)c, (u16)c, (u16)c};
    return RX_FN(find_few)(p, end, few);
#else
    const void *at = c < 256 && p < end ? memchr(p, (int)c, (size_t)(end - p)) : NULL;
    return at ? at : end;
#endif
}

// ---- literals

// The first place in [p, end) where the literal record stands, or NULL. Compares its first and last unit before the rest.
static const RX_UNIT *RX_FN(find_literal)(const RX_UNIT *p, const RX_UNIT *end, const u32 *record) {
    u32 n = RX_LIT_LEN(record[0]);
#if RX_WIDE
    const RX_UNIT *lit = (const RX_UNIT *)(record + 1);
#else
    const RX_UNIT *lit = (const RX_UNIT *)(record + 1 + (n + 1) / 2);
    if (!RX_LIT_NARROW(record[0]))
        return NULL;
#endif
    if ((size_t)(end - p) < n)
        return NULL;
    if (n == 1) {
        const RX_UNIT *at = RX_FN(find_unit)(p, end, lit[0]);
        return at == end ? NULL : at;
    }
    const RX_UNIT *last = end - n; // the last possible place
    size_t middle = (n - 1) * sizeof(RX_UNIT);
#if defined(__SSE2__)
    __m128i va = RX_SPLAT(lit[0]), vb = RX_SPLAT(lit[n - 1]);
    for (; last - p >= RX_LANES - 1; p += RX_LANES) {
        __m128i x = _mm_loadu_si128((const __m128i *)p), y = _mm_loadu_si128((const __m128i *)(p + n - 1));
        u32 mask = (u32)_mm_movemask_epi8(_mm_and_si128(RX_EQ(x, va), RX_EQ(y, vb)));
#if RX_WIDE
        mask &= 0x5555;
#endif
        for (; mask; mask &= mask - 1) {
            const RX_UNIT *at = p + RX_MASK_INDEX(mask);
            if (!memcmp(at, lit, middle))
                return at;
        }
    }
#endif
    for (; p <= last; p++)
        if (*p == lit[0] && p[n - 1] == lit[n - 1] && !memcmp(p, lit, middle))
            return p;
    return NULL;
}

// ---- classes

#if RX_WIDE
#define RX_ABOVE(c) ((c) > 255)
#define RX_IN_FILTER(f, c, high) ((c) < 256 ? ((f)[(c) >> 5] >> ((c) & 31) & 1) : (high))
#define RX_IN_CLASS(k, c) ((c) < 256 ? ((k)[(c) >> 5] >> ((c) & 31) & 1) : class_has_high(k, c))
#else
#define RX_ABOVE(c) false
#define RX_IN_FILTER(f, c, high) ((f)[(c) >> 5] >> ((c) & 31) & 1)
#define RX_IN_CLASS(k, c) ((k)[(c) >> 5] >> ((c) & 31) & 1)
#endif

// The end of the run of class members that starts at p.
static const RX_UNIT *RX_FN(class_span)(const u32 *class, const RX_UNIT *p, const RX_UNIT *end) {
    switch (class[RX_CLASS_INFO] >> 24) {
    case RX_CLASS_ALL: return end;
    case RX_CLASS_NONE_OF: return RX_FN(find_few)(p, end, (const u16 *)(class + RX_CLASS_LIST));
    default:
        while (p < end && RX_IN_CLASS(class, (u32)*p))
            p++;
        return p;
    }
}

static const RX_UNIT *RX_FN(find_in_filter)(const RX_UNIT *p, const RX_UNIT *end, const u32 *filter, bool high) {
    (void)high;
    for (; end - p >= 4; p += 4) {
        if (RX_IN_FILTER(filter, (u32)p[0], high))
            return p;
        if (RX_IN_FILTER(filter, (u32)p[1], high))
            return p + 1;
        if (RX_IN_FILTER(filter, (u32)p[2], high))
            return p + 2;
        if (RX_IN_FILTER(filter, (u32)p[3], high))
            return p + 3;
    }
    while (p < end && !RX_IN_FILTER(filter, (u32)*p, high))
        p++;
    return p;
}

static bool RX_FN(is_line_end)(u32 c) { return c == '\n' || c == '\r' || (RX_WIDE && (c == 0x2028 || c == 0x2029)); }

// The next start at or after `from` that the program's search allows, or RX_NONE.
static u32 RX_FN(find_start)(const RxHead *h, const RX_UNIT *s, u32 len, u32 from) {
    const u32 *data = (const u32 *)h + h->data_off;
    const RX_UNIT *p = s + from, *end = s + len;
    switch (h->search) {
    case RX_SEARCH_EACH: return from;
    case RX_SEARCH_START: return from ? RX_NONE : 0;
    case RX_SEARCH_LITERAL: p = RX_FN(find_literal)(p, end, data + h->prefix); return p ? (u32)(p - s) : RX_NONE;
    case RX_SEARCH_FEW:
        p = h->few_count == 1 ? RX_FN(find_unit)(p, end, h->few[0]) : RX_FN(find_few)(p, end, h->few);
        return p < end ? (u32)(p - s) : RX_NONE;
    case RX_SEARCH_SET:
        p = RX_FN(find_in_filter)(p, end, data + h->first, h->search_high);
        return p < end ? (u32)(p - s) : RX_NONE;
    default:
        if (!from || RX_FN(is_line_end)(p[-1]))
            return from;
        while (p < end && !RX_FN(is_line_end)(*p))
            p++;
        return p < end ? (u32)(p + 1 - s) : RX_NONE;
    }
}
