// SPDX-License-Identifier: MIT
// Character classes: the escapes \d \s \w \p{...}, [...] of Annex B and u, and the set notation of v with its strings.
#include <stdlib.h>

#include "format/regexp/rx_parser.h"

// ---- class escapes

static void add_digits(Arena *a, CharSet *s) { set_add(a, s, '0', '9'); }

static void add_spaces(Arena *a, CharSet *s) {
    static const u32 spaces[] = {9,      0xd,    0x20,   0x20,   0xa0,   0xa0,   0x1680, 0x1680, 0x2000, 0x200a,
                                 0x2028, 0x2029, 0x202f, 0x202f, 0x205f, 0x205f, 0x3000, 0x3000, 0xfeff, 0xfeff};
    for (u32 i = 0; i < DX_COUNTOF(spaces); i += 2)
        set_add(a, s, spaces[i], spaces[i + 1]);
}

// WordCharacters(rer): under u and i also the two characters that fold to s and k.
static void add_words(Parser *p, CharSet *s) {
    set_add(p->arena, s, '0', '9');
    set_add(p->arena, s, 'A', 'Z');
    set_add(p->arena, s, '_', '_');
    set_add(p->arena, s, 'a', 'z');
    if (p->unicode && p->icase) {
        set_add(p->arena, s, 0x17f, 0x17f);
        set_add(p->arena, s, 0x212a, 0x212a);
    }
}

static u32 max_char(const Parser *p) { return p->unicode ? 0x10ffff : 0xffff; }

// CharacterComplement: under v and i only characters that fold to themselves exist.
static CharSet *complement(Parser *p, const CharSet *s) {
    CharSet *out = set_invert(p->arena, s, max_char(p));
    return p->sets && p->icase ? set_intersect(p->arena, out, set_folded_universe(p->arena)) : out;
}

static CharSet *maybe_fold(Parser *p, CharSet *s) { return p->sets && p->icase ? set_fold(p->arena, s) : s; }

// The text between the braces of \p{...}: name and, after '=', value. pos at '{'; false when malformed.
static bool read_property_text(Parser *p, char name[64], char value[64], bool *has_value) {
    char *out = name;
    u32 n = 0;
    *has_value = false;
    if (rxp_at(p, 0) != '{')
        return false;
    for (p->pos++;; p->pos++) {
        u32 c = rxp_at(p, 0);
        if (c == '}') {
            out[n] = 0;
            p->pos++;
            return n > 0;
        }
        if (c == '=' && !*has_value && n) {
            out[n] = 0;
            *has_value = true;
            out = value;
            n = 0;
            continue;
        }
        if (!((c | 0x20) - 'a' < 26u || c - '0' < 10u || c == '_') || c > 127 || n == 63)
            return false;
        out[n++] = (char)c;
    }
}

static int property_escape(Parser *p, bool negative, bool in_class, CharSet **set, const u8 **strings) {
    char name[64], value[64];
    bool has_value;
    p->pos += 2;
    int found = -1;
    if (read_property_text(p, name, value, &has_value))
        found = rx_property(p->arena, name, has_value ? value : NULL, set, p->sets && !negative ? strings : NULL);
    if (found < 0) {
        rxp_fail(p, in_class ? "Invalid property name in character class" : "Invalid property name");
        return -1;
    }
    if (found == 1)
        return 2;
    *set = maybe_fold(p, *set);
    if (negative)
        *set = complement(p, *set);
    return 1;
}

int rxp_class_escape(Parser *p, bool in_class, CharSet **set, const u8 **strings) {
    u32 c = rxp_at(p, 1);
    if ((c == 'p' || c == 'P') && p->unicode)
        return property_escape(p, c == 'P', in_class, set, strings);
    CharSet *s = charset_new(p->arena);
    switch (c) {
    case 'd': case 'D': add_digits(p->arena, s); break;
    case 's': case 'S': add_spaces(p->arena, s); break;
    case 'w': case 'W': add_words(p, s); break;
    default: return 0;
    }
    set_normalize(s);
    s = maybe_fold(p, s);
    *set = c & 0x20 ? s : complement(p, s);
    p->pos += 2;
    return 1;
}

// ---- [...] without v

// One ClassAtom. 0: *c; 1: *set; -1 failed.
static int class_atom(Parser *p, u32 *c, CharSet **set) {
    u32 units;
    *c = rxp_current(p, &units);
    if (*c != '\\') {
        p->pos += units;
        return 0;
    }
    u32 next = rxp_at(p, 1);
    if (next == RX_END) {
        rxp_fail(p, "\\ at end of pattern");
        return -1;
    }
    if (next == 'b' || (next == '-' && p->unicode)) {
        *c = next == 'b' ? 8 : '-';
        p->pos += 2;
        return 0;
    }
    int kind = rxp_class_escape(p, true, set, NULL);
    if (kind)
        return kind;
    *c = rxp_character_escape(p, true);
    return *c == RX_END ? -1 : 0;
}

static void add_atom(Parser *p, CharSet *out, int kind, u32 c, CharSet *set) {
    if (kind)
        set_add_all(p->arena, out, set);
    else
        set_add(p->arena, out, c, c);
}

static bool class_ranges(Parser *p, CharSet *out) {
    while (p->pos < p->n && rxp_at(p, 0) != ']') {
        u32 c1, c2;
        CharSet *s1, *s2;
        int k1 = class_atom(p, &c1, &s1);
        if (k1 < 0)
            return false;
        if (rxp_at(p, 0) != '-') {
            add_atom(p, out, k1, c1, s1);
            continue;
        }
        p->pos++;
        if (p->pos >= p->n)
            break;
        if (rxp_at(p, 0) == ']') {
            add_atom(p, out, k1, c1, s1);
            set_add(p->arena, out, '-', '-');
            break;
        }
        int k2 = class_atom(p, &c2, &s2);
        if (k2 < 0)
            return false;
        if (k1 || k2) {
            if (p->unicode)
                return rxp_fail(p, "Invalid character class");
            add_atom(p, out, k1, c1, s1);
            set_add(p->arena, out, '-', '-');
            add_atom(p, out, k2, c2, s2);
        } else if (c1 > c2) {
            return rxp_fail(p, "Range out of order in character class");
        } else {
            set_add(p->arena, out, c1, c2);
        }
    }
    if (p->pos >= p->n)
        return rxp_fail(p, "Unterminated character class");
    p->pos++;
    return true;
}

// ---- set notation

typedef struct ClassString {
    u32 *cps;
    u32 n;
} ClassString;

// A CharSet of the specification: characters, and strings of a length other than 1. With v and i all of it is folded.
typedef struct ClassValue {
    CharSet *set;
    ClassString *strings;
    u32 n, cap;
    bool may_have_strings; // MayContainStrings, decided by syntax
} ClassValue;

static void value_init(Parser *p, ClassValue *v) { *v = (ClassValue){.set = charset_new(p->arena)}; }

static bool string_equal(const ClassString *x, const ClassString *y) {
    return x->n == y->n && !memcmp(x->cps, y->cps, x->n * sizeof(u32));
}

static u64 string_hash(const ClassString *s) { return hash_bytes(s->cps, s->n * sizeof(u32)); }

static void value_push_string(Parser *p, ClassValue *v, ClassString s) {
    if (v->n == v->cap) {
        v->cap = v->cap ? v->cap * 2 : 16;
        ClassString *list = arena_alloc(p->arena, v->cap * sizeof(*list));
        if (v->n)
            memcpy(list, v->strings, v->n * sizeof(*list));
        v->strings = list;
    }
    v->strings[v->n++] = s;
}

// A string of one character is that character. Duplicates stay: equality matters only in subtraction and intersection.
static void value_add_string(Parser *p, ClassValue *v, const u32 *cps, u32 n) {
    if (n > RX_MAX_DEPTH) { // the tree of strings is as deep as they are long
        rxp_fail(p, "Regular expression too large");
        return;
    }
    ClassString s = {arena_alloc(p->arena, (n + 1) * sizeof(u32)), n};
    for (u32 i = 0; i < n; i++)
        s.cps[i] = p->icase ? rx_canonicalize(cps[i], true) : cps[i];
    if (n == 1)
        set_add(p->arena, v->set, s.cps[0], s.cps[0]);
    else
        value_push_string(p, v, s);
}

static void value_add_property_strings(Parser *p, ClassValue *v, const u8 *data) {
    u32 cps[16];
    for (u32 n = rx_strings_count(&data); n; n--) {
        u32 len = rx_strings_next(&data, cps);
        value_add_string(p, v, cps, len);
    }
    v->may_have_strings = true;
}

static void value_add_range(Parser *p, ClassValue *v, u32 first, u32 last) {
    CharSet *s = charset_new(p->arena);
    set_add(p->arena, s, first, last);
    set_add_all(p->arena, v->set, maybe_fold(p, s));
}

static void value_union(Parser *p, ClassValue *v, const ClassValue *other) {
    set_add_all(p->arena, v->set, other->set);
    for (u32 i = 0; i < other->n; i++)
        value_push_string(p, v, other->strings[i]);
    v->may_have_strings |= other->may_have_strings;
}

// Keeps those that are among the other's, or those that are not.
static void value_keep_strings(Parser *p, ClassValue *v, const ClassValue *other, bool in) {
    RxTable table = {0};
    u32 *next = arena_alloc(p->arena, (other->n + 1) * sizeof(u32)), n = 0; // index + 1 of the one before it with the same hash
    for (u32 i = 0; i < other->n; i++) {
        u64 hash = string_hash(&other->strings[i]);
        next[i] = rx_table_get(&table, hash);
        rx_table_put(&table, p->arena, hash, i + 1);
    }
    for (u32 i = 0; i < v->n; i++) {
        u32 at = rx_table_get(&table, string_hash(&v->strings[i]));
        while (at && !string_equal(&other->strings[at - 1], &v->strings[i]))
            at = next[at - 1];
        if ((at != 0) == in)
            v->strings[n++] = v->strings[i];
    }
    v->n = n;
}

static int string_order(const void *x, const void *y) {
    const ClassString *a = x, *b = y;
    for (u32 i = 0; i < a->n && i < b->n; i++)
        if (a->cps[i] != b->cps[i])
            return a->cps[i] < b->cps[i] ? -1 : 1;
    return a->n < b->n ? -1 : a->n > b->n;
}

// A tree over sorted strings list[0..n) that agree in their first `depth` characters. Longer strings come before their prefixes.
static RxNode *trie_node(Parser *p, const ClassString *list, u32 n, u32 depth) {
    RxNode *node = rxp_node(p, RXN_TRIE);
    node->fold = p->icase ? 2 : 0;
    node->behind = p->backward;
    u32 i = 0;
    while (i < n && list[i].n == depth)
        i++;
    node->terminal = i > 0;
    node->list = arena_alloc(p->arena, (n + 1) * sizeof(u32));
    while (i < n) {
        u32 c = list[i].cps[depth], end = i;
        while (end < n && list[end].cps[depth] == c)
            end++;
        node->list[node->nlist++] = c;
        rxp_add_kid(p, node, trie_node(p, list + i, end - i, depth + 1));
        i = end;
    }
    return node;
}

// CompileAtom of a CharSet with strings: longest first, so strings, then characters, then the empty string.
static RxNode *value_node(Parser *p, ClassValue *v) {
    set_normalize(v->set);
    if (!v->n)
        return rxp_set(p, v->set);
    RxNode *alt = rxp_node(p, RXN_ALT);
    bool empty = false;
    ClassString *list = arena_alloc(p->arena, v->n * sizeof(*list));
    u32 n = 0;
    for (u32 i = 0; i < v->n; i++) {
        empty |= v->strings[i].n == 0;
        if (!v->strings[i].n)
            continue;
        list[n] = v->strings[i];
        if (p->backward) {
            list[n].cps = arena_alloc(p->arena, list[n].n * sizeof(u32));
            for (u32 k = 0; k < list[n].n; k++)
                list[n].cps[k] = v->strings[i].cps[list[n].n - 1 - k];
        }
        n++;
    }
    if (n) {
        qsort(list, n, sizeof(*list), string_order);
        rxp_add_kid(p, alt, trie_node(p, list, n, 0));
    }
    if (v->set->n)
        rxp_add_kid(p, alt, rxp_set(p, v->set));
    if (empty)
        rxp_add_kid(p, alt, rxp_node(p, RXN_EMPTY));
    return alt->nkids == 1 ? alt->kids[0] : alt;
}

RxNode *rxp_strings_node(Parser *p, const u8 *strings) {
    ClassValue v;
    value_init(p, &v);
    value_add_property_strings(p, &v, strings);
    return value_node(p, &v);
}

typedef enum OperandKind { OPERAND_FAILED, OPERAND_CHAR, OPERAND_SET } OperandKind;

static bool set_class(Parser *p, ClassValue *out);

static bool is_double_punctuator(Parser *p) {
    u32 c = rxp_at(p, 0);
    return c < 128 && c && strchr("&!#$%*+,.:;<=>?@^`~", (int)c) && rxp_at(p, 1) == c;
}

static OperandKind set_character(Parser *p, u32 *c) {
    u32 units;
    *c = rxp_current(p, &units);
    if (*c == '\\') {
        if (rxp_at(p, 1) == RX_END)
            return rxp_fail(p, "\\ at end of pattern"), OPERAND_FAILED;
        if (rxp_at(p, 1) == 'b') {
            p->pos += 2;
            *c = 8;
            return OPERAND_CHAR;
        }
        *c = rxp_character_escape(p, true);
        return *c == RX_END ? OPERAND_FAILED : OPERAND_CHAR;
    }
    if (*c < 128 && *c && strchr("()[]{}/-|", (int)*c))
        return rxp_fail(p, "Invalid character in character class"), OPERAND_FAILED;
    if (is_double_punctuator(p))
        return rxp_fail(p, "Invalid set operation in character class"), OPERAND_FAILED;
    p->pos += units;
    return OPERAND_CHAR;
}

// \q{abc|d|}, pos at the backslash.
static bool string_disjunction(Parser *p, ClassValue *v) {
    p->pos += 2;
    if (rxp_at(p, 0) != '{')
        return rxp_fail(p, "Invalid escape");
    u32 *cps = arena_alloc(p->arena, (p->n - p->pos + 1) * sizeof(u32)), n = 0;
    for (p->pos++;;) {
        u32 c = rxp_at(p, 0);
        if (c == RX_END)
            return rxp_fail(p, "Unterminated character class");
        if (c == '|' || c == '}') {
            value_add_string(p, v, cps, n);
            v->may_have_strings |= n != 1;
            n = 0;
            p->pos++;
            if (c == '}')
                return true;
            continue;
        }
        if (set_character(p, &cps[n++]) == OPERAND_FAILED)
            return false;
    }
}

// One ClassSetOperand; a plain character is returned in *c and not added to v.
static OperandKind set_operand(Parser *p, ClassValue *v, u32 *c) {
    value_init(p, v);
    if (rxp_at(p, 0) == '[')
        return set_class(p, v) ? OPERAND_SET : OPERAND_FAILED;
    if (rxp_at(p, 0) == '\\') {
        if (rxp_at(p, 1) == 'q')
            return string_disjunction(p, v) ? OPERAND_SET : OPERAND_FAILED;
        CharSet *set;
        const u8 *strings;
        switch (rxp_class_escape(p, true, &set, &strings)) {
        case 1: set_add_all(p->arena, v->set, set); return OPERAND_SET;
        case 2: value_add_property_strings(p, v, strings); return OPERAND_SET;
        case -1: return OPERAND_FAILED;
        }
    }
    return set_character(p, c);
}

static void value_add_operand(Parser *p, ClassValue *out, OperandKind kind, const ClassValue *v, u32 c) {
    if (kind == OPERAND_CHAR)
        value_add_range(p, out, c, c);
    else
        value_union(p, out, v);
}

// A && B && C or A -- B -- C; the first operand is in *out, pos at the operator.
static bool set_operation(Parser *p, ClassValue *out, u32 op) {
    while (p->pos < p->n && rxp_at(p, 0) != ']') {
        if (rxp_at(p, 0) != op || rxp_at(p, 1) != op)
            return rxp_fail(p, "Invalid set operation in character class");
        p->pos += 2;
        if (rxp_at(p, 0) == '&' && op == '&')
            return rxp_fail(p, "Invalid character in character class");
        if (p->pos >= p->n)
            break;
        ClassValue v, right;
        u32 c;
        OperandKind kind = set_operand(p, &v, &c);
        if (kind == OPERAND_FAILED)
            return false;
        value_init(p, &right);
        value_add_operand(p, &right, kind, &v, c);
        set_normalize(right.set);
        set_normalize(out->set);
        out->set = op == '&' ? set_intersect(p->arena, out->set, right.set) : set_subtract(p->arena, out->set, right.set);
        value_keep_strings(p, out, &right, op == '&');
        if (op == '&')
            out->may_have_strings &= right.may_have_strings;
    }
    return true;
}

// The rest of a union whose first operand is (kind, first, c).
static bool set_union(Parser *p, ClassValue *out, OperandKind kind, ClassValue *first, u32 c) {
    ClassValue v = *first;
    bool pending = true, after_range = false;
    while (p->pos < p->n && rxp_at(p, 0) != ']') {
        if (rxp_at(p, 0) == '-') {
            if (rxp_at(p, 1) == '-')
                return rxp_fail(p, "Invalid set operation in character class");
            if (kind != OPERAND_CHAR || after_range)
                return rxp_fail(p, "Invalid character class");
            p->pos++;
            if (p->pos >= p->n)
                break;
            u32 last;
            kind = set_operand(p, &v, &last);
            if (kind == OPERAND_FAILED)
                return false;
            if (kind != OPERAND_CHAR)
                return rxp_fail(p, "Invalid character class");
            if (c > last)
                return rxp_fail(p, "Range out of order in character class");
            value_add_range(p, out, c, last);
            pending = false;
            after_range = true;
            continue;
        }
        if (pending)
            value_add_operand(p, out, kind, &v, c);
        kind = set_operand(p, &v, &c);
        if (kind == OPERAND_FAILED)
            return false;
        pending = true;
        after_range = false;
    }
    if (pending)
        value_add_operand(p, out, kind, &v, c);
    return true;
}

static const char negative_strings[] = "Negated character class may contain strings";

static bool set_contents(Parser *p, ClassValue *out, bool negative) {
    value_init(p, out);
    if (rxp_at(p, 0) == ']' || p->pos >= p->n)
        return true;
    ClassValue first;
    u32 c;
    OperandKind kind = set_operand(p, &first, &c);
    if (kind == OPERAND_FAILED)
        return false;
    u32 next = rxp_at(p, 0);
    if ((next == '-' || next == '&') && rxp_at(p, 1) == next) {
        value_add_operand(p, out, kind, &first, c);
        if (negative && next == '-' && out->may_have_strings)
            return rxp_fail(p, negative_strings);
        return set_operation(p, out, next);
    }
    return set_union(p, out, kind, &first, c);
}

// pos at '['; reads through ']'.
static bool set_class(Parser *p, ClassValue *out) {
    if (++p->depth > RX_MAX_DEPTH)
        return rxp_fail(p, "Regular expression too large");
    p->pos++;
    bool negative = rxp_at(p, 0) == '^';
    p->pos += negative;
    if (!set_contents(p, out, negative))
        return false;
    if (p->pos >= p->n)
        return rxp_fail(p, "Unterminated character class");
    if (negative && out->may_have_strings)
        return rxp_fail(p, negative_strings);
    p->pos++;
    p->depth--;
    set_normalize(out->set);
    if (negative)
        out->set = complement(p, out->set);
    return true;
}

RxNode *rxp_class(Parser *p) {
    if (p->sets) {
        ClassValue v;
        return set_class(p, &v) ? value_node(p, &v) : NULL;
    }
    p->pos++;
    bool negative = rxp_at(p, 0) == '^';
    p->pos += negative;
    CharSet *set = charset_new(p->arena);
    if (!class_ranges(p, set))
        return NULL;
    set_normalize(set);
    RxNode *n = rxp_set(p, set);
    if (negative)
        n->set = set_invert(p->arena, n->set, max_char(p));
    return n;
}
