// SPDX-License-Identifier: MIT
// Sets of characters, and the Unicode facts they are built from: properties, case classes, emoji sequences (generated tables).
#include <stdlib.h>

#include "format/regexp/rx_ast.h"

typedef enum RxPropKind {
    RX_PROP_CATEGORY, // value: mask over the general categories, which are the first sets of the table
    RX_PROP_SCRIPT,
    RX_PROP_EXTENSION,
    RX_PROP_BINARY,
    RX_PROP_STRINGS, // value: offset into the string data
} RxPropKind;

typedef struct RxPropName {
    const char *name;
    RxPropKind kind;
    u32 value;
} RxPropName;

#include "rx_unicode.inc"

#define CODE_POINT_MAX 0x10ffffu

// ---- ranges

CharSet *charset_new(Arena *a) { return ARENA_NEW(a, CharSet); }

void set_add(Arena *a, CharSet *s, u32 first, u32 last) {
    if (s->n && first == s->r[2 * s->n - 1] + 1) {
        s->r[2 * s->n - 1] = last;
        return;
    }
    if (s->n == s->cap) {
        u32 cap = s->cap ? s->cap * 2 : 4;
        u32 *r = arena_alloc(a, (size_t)cap * 2 * sizeof(u32));
        if (s->n)
            memcpy(r, s->r, (size_t)s->n * 2 * sizeof(u32));
        s->r = r;
        s->cap = cap;
    }
    s->r[2 * s->n] = first;
    s->r[2 * s->n + 1] = last;
    s->n++;
}

void set_add_all(Arena *a, CharSet *s, const CharSet *other) {
    for (u32 i = 0; i < other->n; i++)
        set_add(a, s, other->r[2 * i], other->r[2 * i + 1]);
}

static int range_compare(const void *x, const void *y) {
    u32 a = *(const u32 *)x, b = *(const u32 *)y;
    return a < b ? -1 : a > b;
}

void set_normalize(CharSet *s) {
    bool sorted = true;
    for (u32 i = 1; i < s->n && sorted; i++)
        sorted = s->r[2 * i] > s->r[2 * i - 1] + 1;
    if (sorted)
        return;
    qsort(s->r, s->n, 2 * sizeof(u32), range_compare);
    u32 n = 0;
    for (u32 i = 0; i < s->n; i++) {
        u32 lo = s->r[2 * i], hi = s->r[2 * i + 1];
        if (n && lo <= s->r[2 * n - 1] + 1) {
            s->r[2 * n - 1] = dx_max_u32(s->r[2 * n - 1], hi);
        } else {
            s->r[2 * n] = lo;
            s->r[2 * n + 1] = hi;
            n++;
        }
    }
    s->n = n;
}

bool set_has(const CharSet *s, u32 c) {
    u32 lo = 0, hi = s->n;
    while (lo < hi) {
        u32 mid = (lo + hi) / 2;
        if (c > s->r[2 * mid + 1])
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < s->n && c >= s->r[2 * lo];
}

CharSet *set_invert(Arena *a, const CharSet *s, u32 max) {
    CharSet *out = charset_new(a);
    u32 at = 0;
    for (u32 i = 0; i < s->n && s->r[2 * i] <= max; i++) {
        if (s->r[2 * i] > at)
            set_add(a, out, at, s->r[2 * i] - 1);
        at = s->r[2 * i + 1] + 1;
    }
    if (at <= max)
        set_add(a, out, at, max);
    return out;
}

CharSet *set_intersect(Arena *a, const CharSet *x, const CharSet *y) {
    CharSet *out = charset_new(a);
    for (u32 i = 0, j = 0; i < x->n && j < y->n;) {
        u32 lo = dx_max_u32(x->r[2 * i], y->r[2 * j]), hi = dx_min_u32(x->r[2 * i + 1], y->r[2 * j + 1]);
        if (lo <= hi)
            set_add(a, out, lo, hi);
        if (x->r[2 * i + 1] < y->r[2 * j + 1])
            i++;
        else
            j++;
    }
    return out;
}

CharSet *set_subtract(Arena *a, const CharSet *x, const CharSet *y) {
    return set_intersect(a, x, set_invert(a, y, CODE_POINT_MAX));
}

// ---- case

typedef struct CaseTable {
    const u32 *chars, *members;
    const u16 *classes, *starts;
    u32 n;
} CaseTable;

static const CaseTable case_tables[2] = {
    {rx_case_upper_chars, rx_case_upper_members, rx_case_upper_class, rx_case_upper_starts, DX_COUNTOF(rx_case_upper_chars)},
    {rx_case_fold_chars, rx_case_fold_members, rx_case_fold_class, rx_case_fold_starts, DX_COUNTOF(rx_case_fold_chars)},
};

// Index of the first entry at or after c.
static u32 case_find(const CaseTable *t, u32 c) {
    u32 lo = 0, hi = t->n;
    while (lo < hi) {
        u32 mid = (lo + hi) / 2;
        if (t->chars[mid] < c)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

u32 rx_case_class(u32 c, bool unicode, const u32 **members) {
    const CaseTable *t = &case_tables[unicode];
    u32 i = case_find(t, c);
    if (i == t->n || t->chars[i] != c)
        return 0;
    u32 k = t->classes[i];
    *members = t->members + t->starts[k];
    return (u32)t->starts[k + 1] - t->starts[k];
}

u32 rx_canonicalize(u32 c, bool unicode) {
    if (c < 128) {
        if (unicode)
            return c - 'A' < 26u ? c + 32 : c;
        return c - 'a' < 26u ? c - 32 : c;
    }
    const u32 *members;
    return rx_case_class(c, unicode, &members) ? members[0] : c;
}

CharSet *set_close_case(Arena *a, const CharSet *s, bool unicode) {
    const CaseTable *t = &case_tables[unicode];
    CharSet *out = charset_new(a);
    set_add_all(a, out, s);
    for (u32 i = 0; i < s->n; i++)
        for (u32 k = case_find(t, s->r[2 * i]); k < t->n && t->chars[k] <= s->r[2 * i + 1]; k++) {
            u32 class = t->classes[k];
            for (u32 m = t->starts[class]; m < t->starts[class + 1]; m++)
                set_add(a, out, t->members[m], t->members[m]);
        }
    set_normalize(out);
    return out;
}

CharSet *set_folded_universe(Arena *a) {
    const CaseTable *t = &case_tables[1];
    CharSet *out = charset_new(a);
    u32 at = 0;
    for (u32 k = 0; k < t->n; k++)
        if (t->members[t->starts[t->classes[k]]] != t->chars[k]) {
            if (t->chars[k] > at)
                set_add(a, out, at, t->chars[k] - 1);
            at = t->chars[k] + 1;
        }
    set_add(a, out, at, CODE_POINT_MAX);
    return out;
}

CharSet *set_fold(Arena *a, const CharSet *s) {
    const CaseTable *t = &case_tables[1];
    CharSet *out = set_intersect(a, s, set_folded_universe(a));
    for (u32 i = 0; i < s->n; i++)
        for (u32 k = case_find(t, s->r[2 * i]); k < t->n && t->chars[k] <= s->r[2 * i + 1]; k++) {
            u32 to = t->members[t->starts[t->classes[k]]];
            set_add(a, out, to, to);
        }
    set_normalize(out);
    return out;
}

// ---- properties

static u32 read_varint(const u8 **p) {
    u32 v = 0;
    for (u32 shift = 0;; shift += 7) {
        u8 b = *(*p)++;
        v |= (u32)(b & 0x7f) << shift;
        if (b < 0x80)
            return v;
    }
}

static void property_add(Arena *a, CharSet *s, u32 index) {
    const u8 *p = rx_prop_data + rx_prop_sets[index];
    u32 at = 0;
    for (u32 n = read_varint(&p); n; n--) {
        u32 first = at + read_varint(&p);
        u32 last = first + read_varint(&p);
        set_add(a, s, first, last);
        at = last + 1;
    }
}

static const RxPropName *property_find(const char *name, RxPropKind kind) {
    for (u32 i = 0; i < DX_COUNTOF(rx_prop_names); i++)
        if (rx_prop_names[i].kind == kind && !strcmp(rx_prop_names[i].name, name))
            return &rx_prop_names[i];
    return NULL;
}

int rx_property(Arena *a, const char *name, const char *value, CharSet **set, const u8 **strings) {
    const RxPropName *found = NULL;
    if (value) {
        if (!strcmp(name, "General_Category") || !strcmp(name, "gc"))
            found = property_find(value, RX_PROP_CATEGORY);
        else if (!strcmp(name, "Script") || !strcmp(name, "sc"))
            found = property_find(value, RX_PROP_SCRIPT);
        else if (!strcmp(name, "Script_Extensions") || !strcmp(name, "scx"))
            found = property_find(value, RX_PROP_EXTENSION);
    } else {
        found = property_find(name, RX_PROP_CATEGORY);
        if (!found)
            found = property_find(name, RX_PROP_BINARY);
        if (!found && strings && (found = property_find(name, RX_PROP_STRINGS))) {
            *strings = rx_string_data + found->value;
            return 1;
        }
    }
    if (!found)
        return -1;
    *set = charset_new(a);
    if (found->kind == RX_PROP_CATEGORY) {
        for (u32 i = 0; i < 32; i++)
            if (found->value >> i & 1)
                property_add(a, *set, i);
        set_normalize(*set);
    } else {
        property_add(a, *set, found->value);
    }
    return 0;
}

u32 rx_strings_count(const u8 **data) { return read_varint(data); }

u32 rx_strings_next(const u8 **data, u32 cps[16]) {
    u32 n = read_varint(data);
    DX_CHECK(n <= 16);
    for (u32 i = 0; i < n; i++)
        cps[i] = read_varint(data);
    return n;
}
