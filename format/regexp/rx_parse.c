// SPDX-License-Identifier: MIT
// Pattern text to tree: disjunctions, terms, groups, quantifiers, escapes and every early error of 22.2.1 and Annex B.1.2.
// The order in which errors are noticed is V8's. Character classes are in rx_class.c.
#include "format/base/unicode.h"
#include "format/regexp/rx_parser.h"

void *rxp_fail(Parser *p, const char *message) {
    if (!p->err->message) {
        p->err->message = message;
        p->err->offset = (u32)p->pos;
    }
    return NULL;
}

// Without u the pattern is code units; with it a surrogate pair is one character.
u32 rxp_current(Parser *p, u32 *units) {
    *units = 1;
    if (p->pos >= p->n)
        return RX_END;
    u32 c = p->s[p->pos];
    if (p->unicode && rx_is_lead(c) && p->pos + 1 < p->n && rx_is_trail(p->s[p->pos + 1])) {
        *units = 2;
        return rx_pair(c, p->s[p->pos + 1]);
    }
    return c;
}

// ---- nodes

RxNode *rxp_node(Parser *p, RxKind kind) {
    RxNode *n = ARENA_NEW(p->arena, RxNode);
    n->kind = (u8)kind;
    return n;
}

void rxp_add_kid(Parser *p, RxNode *parent, RxNode *kid) {
    if (parent->nkids == parent->kids_cap) {
        u32 cap = parent->kids_cap ? parent->kids_cap * 2 : 4;
        RxNode **kids = arena_alloc(p->arena, cap * sizeof(*kids));
        if (parent->nkids)
            memcpy(kids, parent->kids, parent->nkids * sizeof(*kids));
        parent->kids = kids;
        parent->kids_cap = cap;
    }
    parent->kids[parent->nkids++] = kid;
}

RxNode *rxp_set(Parser *p, CharSet *set) {
    set_normalize(set);
    RxNode *n = rxp_node(p, RXN_SET);
    n->set = p->icase ? set_close_case(p->arena, set, p->unicode) : set;
    return n;
}

RxNode *rxp_char(Parser *p, u32 c) {
    const u32 *members;
    u32 count = p->icase ? rx_case_class(c, p->unicode, &members) : 0;
    if (!count) {
        RxNode *n = rxp_node(p, RXN_CHAR);
        n->a = c;
        return n;
    }
    CharSet *set = charset_new(p->arena);
    for (u32 i = 0; i < count; i++)
        set_add(p->arena, set, members[i], members[i]);
    set_normalize(set);
    RxNode *n = rxp_node(p, RXN_SET);
    n->set = set;
    return n;
}

// ---- escapes

static int hex_digit(u32 c) {
    if (c - '0' < 10u)
        return (int)(c - '0');
    c |= 0x20;
    return c - 'a' < 6u ? (int)(c - 'a' + 10) : -1;
}

bool rxp_hex(Parser *p, u32 digits, u32 *out) {
    u32 v = 0;
    for (u32 i = 0; i < digits; i++) {
        int d = hex_digit(rxp_at(p, i));
        if (d < 0)
            return false;
        v = v * 16 + (u32)d;
    }
    p->pos += digits;
    *out = v;
    return true;
}

bool rxp_unicode_escape(Parser *p, u32 *out, bool unicode) {
    size_t start = p->pos;
    if (unicode && rxp_at(p, 0) == '{') {
        u32 v = 0, digits = 0;
        for (p->pos++; hex_digit(rxp_at(p, 0)) >= 0; p->pos++, digits++) {
            v = v * 16 + (u32)hex_digit(rxp_at(p, 0));
            if (v > 0x10ffff)
                break;
        }
        if (!digits || v > 0x10ffff || rxp_at(p, 0) != '}') {
            p->pos = start;
            return false;
        }
        p->pos++;
        *out = v;
        return true;
    }
    if (!rxp_hex(p, 4, out))
        return false;
    if (unicode && rx_is_lead(*out) && rxp_at(p, 0) == '\\' && rxp_at(p, 1) == 'u') {
        size_t after = p->pos;
        u32 trail;
        p->pos += 2;
        if (rxp_hex(p, 4, &trail) && rx_is_trail(trail))
            *out = rx_pair(*out, trail);
        else
            p->pos = after;
    }
    return true;
}

// Up to three octal digits, at most 0377; pos at the first.
static u32 octal_escape(Parser *p) {
    u32 v = rxp_at(p, 0) - '0';
    p->pos++;
    if (rxp_at(p, 0) - '0' < 8u) {
        v = v * 8 + rxp_at(p, 0) - '0';
        p->pos++;
        if (v < 32 && rxp_at(p, 0) - '0' < 8u) {
            v = v * 8 + rxp_at(p, 0) - '0';
            p->pos++;
        }
    }
    return v;
}

// \c in B.1.2: without a letter the backslash stands for itself; classes also take digits and the underscore.
static u32 control_escape(Parser *p, bool in_class) {
    u32 letter = rxp_at(p, 0);
    if ((letter | 0x20) - 'a' < 26u && letter < 128) {
        p->pos++;
        return letter & 31;
    }
    if (p->unicode) {
        rxp_fail(p, "Invalid Unicode escape");
        return RX_END;
    }
    if (in_class && (letter - '0' < 10u || letter == '_')) {
        p->pos++;
        return letter & 31;
    }
    p->pos--;
    return '\\';
}

static bool is_syntax_character(u32 c) { return c && c < 128 && strchr("^$\\.*+?()[]{}|/", (int)c); }

static void scan_captures(Parser *p);

static bool identity_escape_allowed(Parser *p, u32 c, bool in_class) {
    if (p->sets && in_class && c && c < 128 && strchr("&-!#%,:;<=>@`~", (int)c))
        return true;
    if (p->unicode)
        return is_syntax_character(c) || (in_class && c == '-');
    if (c != 'k')
        return true;
    scan_captures(p);
    return !p->has_names;
}

u32 rxp_character_escape(Parser *p, bool in_class) {
    p->pos++;
    u32 units, c = rxp_current(p, &units), v;
    p->pos += units;
    switch (c) {
    case 't': return '\t';
    case 'n': return '\n';
    case 'v': return '\v';
    case 'f': return '\f';
    case 'r': return '\r';
    case 'c': return control_escape(p, in_class);
    case '0':
        if (rxp_at(p, 0) - '0' >= 10u)
            return 0;
        // fall through
    case '1': case '2': case '3': case '4': case '5': case '6': case '7':
        if (p->unicode) {
            rxp_fail(p, in_class ? "Invalid class escape" : "Invalid decimal escape");
            return RX_END;
        }
        p->pos--;
        return octal_escape(p);
    case 'x':
        if (rxp_hex(p, 2, &v))
            return v;
        if (!p->unicode)
            return 'x';
        rxp_fail(p, "Invalid escape");
        return RX_END;
    case 'u':
        if (rxp_unicode_escape(p, &v, p->unicode))
            return v;
        if (!p->unicode)
            return 'u';
        rxp_fail(p, "Invalid Unicode escape");
        return RX_END;
    default:
        if (identity_escape_allowed(p, c, in_class))
            return c;
        rxp_fail(p, "Invalid escape");
        return RX_END;
    }
}

// ---- groups' names and numbers

// Counts the groups of the whole pattern without parsing it; \k and decimal escapes depend on groups further right.
static void scan_captures(Parser *p) {
    if (p->scanned)
        return;
    p->scanned = true;
    u32 count = 1, classes = 0; // open brackets; only v nests them
    for (size_t i = 0; i < p->n; i++) {
        u32 c = p->s[i];
        if (c == '\\') {
            i++;
        } else if (c == '[') {
            classes = p->sets ? classes + 1 : 1;
        } else if (c == ']') {
            classes -= classes > 0;
        } else if (c == '(' && !classes) {
            if (i + 1 >= p->n || p->s[i + 1] != '?') {
                count++;
            } else if (i + 2 < p->n && p->s[i + 2] == '<' && (i + 3 == p->n || (p->s[i + 3] != '=' && p->s[i + 3] != '!'))) {
                count++;
                p->has_names = true;
            }
        }
    }
    p->total = count;
}

static bool is_id_part(u32 c, bool start) {
    if (c < 128)
        return c == '$' || c == '_' || (c | 0x20) - 'a' < 26u || (!start && c - '0' < 10u);
    if (!start && (c == 0x200c || c == 0x200d))
        return true;
    return start ? unicode_is_id_start(c) : unicode_is_id_continue(c);
}

// pos after '<'; reads through '>'. Names are UTF-16; escapes and surrogate pairs count as one character with or without u.
static u16 *parse_group_name(Parser *p, u32 *len) {
    size_t end = p->pos; // escapes are longer than what they stand for
    while (end < p->n && p->s[end] != '>')
        end++;
    u16 *units = arena_alloc(p->arena, (end - p->pos + 1) * sizeof(u16));
    u32 n = 0;
    for (bool start = true;; start = false) {
        u32 c = rxp_at(p, 0);
        if (c == RX_END)
            return rxp_fail(p, "Invalid capture group name");
        p->pos++;
        if (rx_is_lead(c) && rx_is_trail(rxp_at(p, 0)))
            c = rx_pair(c, p->s[p->pos++]);
        if (c == '\\' && rxp_at(p, 0) == 'u') {
            p->pos++;
            if (!rxp_unicode_escape(p, &c, true))
                return rxp_fail(p, "Invalid Unicode escape");
        } else if (c == '>' && !start) {
            break;
        }
        if (!is_id_part(c, start))
            return rxp_fail(p, "Invalid capture group name");
        if (c > 0xffff) {
            units[n++] = (u16)(0xd7c0 + (c >> 10));
            units[n++] = (u16)(0xdc00 | (c & 0x3ff));
        } else {
            units[n++] = (u16)c;
        }
    }
    *len = n;
    return units;
}

static bool same_name(const RxName *x, const u16 *units, u32 len) { return x->len == len && !memcmp(x->units, units, len * 2u); }

// A disjunction of which the two stand in different alternatives, + 1; 0: they might both participate.
static u32 kept_apart(const RxAltPath *x, const RxAltPath *y) {
    for (; x; x = x->parent)
        for (const RxAltPath *q = y; q; q = q->parent)
            if (q->disjunction == x->disjunction && q->alternative != x->alternative)
                return x->disjunction + 1;
    return 0;
}

static RxName *add_name(Parser *p, u16 *units, u32 len, u32 group) {
    u64 hash = hash_bytes(units, len * sizeof(u16));
    u32 first = rx_table_get(&p->names_by_hash, hash);
    u32 apart = 0, apart_to = 0;
    for (u32 i = first; i;) {
        const RxName *old = &p->names[i - 1];
        u32 by = same_name(old, units, len) ? kept_apart(old->path, p->path) : 0;
        if (!by && same_name(old, units, len))
            return rxp_fail(p, "Duplicate capture group name");
        u32 before = by && old->apart == by ? old->apart_to : old->next; // alternatives come one after the other
        if (i == first)
            apart = by, apart_to = before;
        i = before;
    }
    if (p->nnames == p->names_cap) {
        p->names_cap = p->names_cap ? p->names_cap * 2 : 8;
        RxName *names = arena_alloc(p->arena, p->names_cap * sizeof(RxName));
        if (p->nnames)
            memcpy(names, p->names, p->nnames * sizeof(RxName));
        p->names = names;
    }
    RxName *name = &p->names[p->nnames++];
    *name = (RxName){units, len, group, p->path, first, apart, apart_to};
    rx_table_put(&p->names_by_hash, p->arena, hash, p->nnames);
    return name;
}

// ---- references

static RxNode *backref_node(Parser *p) {
    RxNode *n = rxp_node(p, RXN_BACKREF);
    n->behind = p->backward;
    n->fold = p->icase ? (p->unicode ? 2 : 1) : 0;
    return n;
}

// A reference inside its own group always finds it undefined: every iteration around it reset it.
static RxNode *numbered_backref(Parser *p, u32 index) {
    for (const RxOpenGroup *g = p->open; g; g = g->parent)
        if (g->index == index)
            return rxp_node(p, RXN_EMPTY);
    RxNode *n = backref_node(p);
    n->list = arena_alloc(p->arena, sizeof(u32));
    n->list[0] = index;
    n->nlist = 1;
    return n;
}

// pos at the backslash before a digit 1..9. False leaves pos alone: not a reference.
static bool parse_backref_index(Parser *p, u32 *index) {
    size_t start = p->pos;
    u32 v = 0;
    for (p->pos++; rxp_at(p, 0) - '0' < 10u; p->pos++) {
        v = v * 10 + rxp_at(p, 0) - '0';
        if (v > RX_MAX_CAPTURES)
            goto no;
    }
    if (v >= p->captures) {
        scan_captures(p);
        if (v >= p->total)
            goto no;
    }
    *index = v;
    return true;
no:
    p->pos = start;
    return false;
}

// pos after \k.
static RxNode *named_backref(Parser *p) {
    if (rxp_at(p, 0) != '<')
        return rxp_fail(p, "Invalid named reference");
    p->pos++;
    u32 len;
    u16 *units = parse_group_name(p, &len);
    if (!units)
        return NULL;
    for (const RxOpenGroup *g = p->open; g; g = g->parent)
        if (g->name && same_name(g->name, units, len))
            return rxp_node(p, RXN_EMPTY);
    RxNode *n = backref_node(p);
    RxNamedRef *ref = ARENA_NEW(p->arena, RxNamedRef);
    *ref = (RxNamedRef){p->refs, n, units, len};
    p->refs = ref;
    return n;
}

static bool resolve_named_refs(Parser *p) {
    for (RxNamedRef *ref = p->refs; ref; ref = ref->next) {
        u32 first = rx_table_get(&p->names_by_hash, hash_bytes(ref->units, ref->len * sizeof(u16))), n = 0;
        for (u32 i = first; i; i = p->names[i - 1].next)
            n += same_name(&p->names[i - 1], ref->units, ref->len);
        if (!n) {
            rxp_fail(p, "Invalid named capture referenced");
            return false;
        }
        ref->node->list = arena_alloc(p->arena, n * sizeof(u32));
        ref->node->nlist = n;
        for (u32 i = first; i; i = p->names[i - 1].next) // the chain is from last to first
            if (same_name(&p->names[i - 1], ref->units, ref->len))
                ref->node->list[--n] = p->names[i - 1].group;
    }
    return true;
}

// ---- terms

static RxNode *parse_disjunction(Parser *p, bool in_group);

static RxNode *assertion(Parser *p, RxKind kind, u32 units) {
    RxNode *n = rxp_node(p, kind);
    n->multi = p->multi;
    p->pos += units;
    return n;
}

static RxNode *word_boundary(Parser *p) {
    bool negative = rxp_at(p, 1) == 'B';
    RxNode *n = assertion(p, RXN_WORD, 2);
    n->negative = negative;
    n->fold = p->icase && p->unicode ? 2 : 0;
    return n;
}

// pos at the backslash of an escape that is not \b or \B.
static RxNode *parse_atom_escape(Parser *p) {
    u32 c = rxp_at(p, 1), index;
    if (c == RX_END)
        return rxp_fail(p, "\\ at end of pattern");
    if (c - '1' < 9u) {
        if (parse_backref_index(p, &index))
            return numbered_backref(p, index);
        if (p->unicode)
            return rxp_fail(p, "Invalid escape");
        if (c >= '8') {
            p->pos += 2;
            return rxp_char(p, c);
        }
    }
    if (c == 'k') {
        if (!p->unicode)
            scan_captures(p);
        if (p->unicode || p->has_names) {
            p->pos += 2;
            return named_backref(p);
        }
    }
    CharSet *set;
    const u8 *strings;
    int kind = rxp_class_escape(p, false, &set, &strings);
    if (kind < 0)
        return NULL;
    if (kind == 1)
        return rxp_set(p, set);
    if (kind == 2)
        return rxp_strings_node(p, strings);
    c = rxp_character_escape(p, false);
    return c == RX_END ? NULL : rxp_char(p, c);
}

static RxNode *dot(Parser *p) {
    CharSet *set = charset_new(p->arena);
    u32 max = p->unicode ? 0x10ffff : 0xffff;
    if (p->dotall) {
        set_add(p->arena, set, 0, max);
    } else {
        set_add(p->arena, set, 0, 9);
        set_add(p->arena, set, 0xb, 0xc);
        set_add(p->arena, set, 0xe, 0x2027);
        set_add(p->arena, set, 0x202a, max);
    }
    p->pos++;
    RxNode *n = rxp_node(p, RXN_SET);
    n->set = set;
    return n;
}

// (?ims-ims: of 22.2.1, pos at the first letter or dash; reads through the colon.
static bool parse_modifiers(Parser *p) {
    u32 seen = 0, add = 0;
    bool removing = false;
    for (;; p->pos++) {
        u32 c = rxp_at(p, 0);
        u32 bit = c == 'i' ? RX_IGNORE_CASE : c == 'm' ? RX_MULTILINE : c == 's' ? RX_DOT_ALL : 0;
        if (c == ':') {
            break;
        } else if (c == '-') {
            if (removing)
                return rxp_fail(p, "Multiple dashes in flag group");
            removing = true;
        } else if (!bit) {
            return rxp_fail(p, "Invalid group");
        } else if (seen & bit) {
            return rxp_fail(p, "Repeated flag in flag group");
        } else {
            seen |= bit;
            add |= removing ? 0 : bit;
        }
    }
    if (!seen)
        return rxp_fail(p, "Invalid flag group");
    p->pos++;
    if (seen & RX_IGNORE_CASE)
        p->icase = add & RX_IGNORE_CASE;
    if (seen & RX_MULTILINE)
        p->multi = add & RX_MULTILINE;
    if (seen & RX_DOT_ALL)
        p->dotall = add & RX_DOT_ALL;
    return true;
}

// The body of a group and its closing parenthesis.
static RxNode *parse_group_body(Parser *p) {
    if (++p->depth > RX_MAX_DEPTH)
        return rxp_fail(p, "Regular expression too large");
    RxNode *body = parse_disjunction(p, true);
    p->depth--;
    p->pos++;
    return body;
}

static RxNode *parse_lookaround(Parser *p, bool behind, bool negative) {
    RxNode *n = rxp_node(p, RXN_LOOK);
    bool outer = p->backward;
    n->behind = behind;
    n->negative = negative;
    n->cap_from = p->captures;
    p->backward = behind;
    RxNode *body = parse_group_body(p);
    p->backward = outer;
    n->cap_to = p->captures;
    if (!body)
        return NULL;
    rxp_add_kid(p, n, body);
    return n;
}

static RxNode *parse_capture(Parser *p, bool named) {
    if (p->captures > RX_MAX_CAPTURES)
        return rxp_fail(p, "Too many captures");
    RxNode *n = rxp_node(p, RXN_GROUP);
    n->a = p->captures++;
    n->cap_from = n->a;
    RxOpenGroup group = {p->open, n->a, NULL};
    if (named) {
        u32 len;
        u16 *units = parse_group_name(p, &len);
        if (!units || !add_name(p, units, len, n->a))
            return NULL;
        RxName *copy = ARENA_NEW(p->arena, RxName);
        *copy = p->names[p->nnames - 1];
        group.name = copy;
    }
    p->open = &group;
    RxNode *body = parse_group_body(p);
    p->open = group.parent;
    n->cap_to = p->captures;
    if (!body)
        return NULL;
    rxp_add_kid(p, n, body);
    return n;
}

// pos at '('. *quantifiable is false for the assertions that take no quantifier.
static RxNode *parse_group(Parser *p, bool *quantifiable) {
    p->pos++;
    if (rxp_at(p, 0) != '?')
        return parse_capture(p, false);
    p->pos++;
    u32 c = rxp_at(p, 0);
    bool icase = p->icase, multi = p->multi, dotall = p->dotall;
    RxNode *n;
    switch (c) {
    case ':':
        p->pos++;
        return parse_group_body(p);
    case '=':
    case '!':
        p->pos++;
        *quantifiable = !p->unicode;
        return parse_lookaround(p, false, c == '!');
    case '<':
        c = rxp_at(p, 1);
        if (c != '=' && c != '!') {
            p->pos++;
            return parse_capture(p, true);
        }
        p->pos += 2;
        *quantifiable = false;
        return parse_lookaround(p, true, c == '!');
    case 'i': case 'm': case 's': case '-':
        if (!parse_modifiers(p))
            return NULL;
        n = parse_group_body(p);
        p->icase = icase;
        p->multi = multi;
        p->dotall = dotall;
        return n;
    default:
        return rxp_fail(p, "Invalid group");
    }
}

// {n} {n,} {n,m}, pos at '{'. False leaves pos alone.
static bool parse_interval(Parser *p, u32 *min, u32 *max) {
    size_t start = p->pos;
    u32 value[2] = {0, RX_INFINITE};
    for (int k = 0; k < 2; k++) {
        p->pos++;
        if (rxp_at(p, 0) - '0' < 10u) {
            u64 v = 0;
            for (; rxp_at(p, 0) - '0' < 10u; p->pos++)
                v = v > RX_INFINITE ? v : v * 10 + rxp_at(p, 0) - '0';
            value[k] = v > RX_INFINITE ? RX_INFINITE : (u32)v;
        } else if (k == 0) {
            goto no;
        }
        if (rxp_at(p, 0) == '}') {
            p->pos++;
            *min = value[0];
            *max = k == 0 ? value[0] : value[1];
            return true;
        }
        if (rxp_at(p, 0) != ',' || k == 1)
            goto no;
    }
no:
    p->pos = start;
    return false;
}

// The quantifier after an atom, if there is one. Returns the atom, wrapped when quantified; NULL on failure.
static RxNode *parse_quantifier(Parser *p, RxNode *atom, u32 cap_from, bool allowed) {
    u32 min, max;
    switch (rxp_at(p, 0)) {
    case '*': min = 0, max = RX_INFINITE, p->pos++; break;
    case '+': min = 1, max = RX_INFINITE, p->pos++; break;
    case '?': min = 0, max = 1, p->pos++; break;
    case '{':
        if (!parse_interval(p, &min, &max))
            return p->unicode ? rxp_fail(p, "Incomplete quantifier") : atom;
        if (max < min)
            return rxp_fail(p, "numbers out of order in {} quantifier");
        break;
    default: return atom;
    }
    RxNode *n = rxp_node(p, RXN_REPEAT);
    n->a = min;
    n->b = max;
    n->cap_from = cap_from;
    n->cap_to = p->captures;
    if (rxp_at(p, 0) == '?') {
        n->lazy = true;
        p->pos++;
    }
    if (!allowed)
        return rxp_fail(p, "Invalid quantifier");
    rxp_add_kid(p, n, atom);
    return n;
}

static RxNode *parse_literal(Parser *p) {
    u32 units, c = rxp_current(p, &units), min, max;
    if (c == '{' && parse_interval(p, &min, &max))
        return rxp_fail(p, "Nothing to repeat");
    if (p->unicode && (c == '{' || c == '}' || c == ']'))
        return rxp_fail(p, "Lone quantifier brackets");
    p->pos += units;
    return rxp_char(p, c);
}

// One term with its quantifier.
static RxNode *parse_term(Parser *p) {
    u32 cap_from = p->captures;
    bool quantifiable = true;
    u32 c = rxp_at(p, 0);
    RxNode *atom;
    if (c == '\\' && (rxp_at(p, 1) | 0x20) == 'b')
        return word_boundary(p);
    switch (c) {
    case '^': return assertion(p, RXN_BOL, 1);
    case '$': return assertion(p, RXN_EOL, 1);
    case '(': atom = parse_group(p, &quantifiable); break;
    case '*': case '+': case '?': return rxp_fail(p, "Nothing to repeat");
    case '.': atom = dot(p); break;
    case '[': atom = rxp_class(p); break;
    case '\\': atom = parse_atom_escape(p); break;
    default: atom = parse_literal(p); break;
    }
    if (!atom)
        return NULL;
    return parse_quantifier(p, atom, cap_from, quantifiable);
}

static RxNode *parse_disjunction(Parser *p, bool in_group) {
    RxAltPath *outer = p->path;
    RxNode *alt = NULL, *seq = rxp_node(p, RXN_SEQ);
    u32 id = p->disjunctions++;
    for (u32 k = 0;; k++) {
        p->path = ARENA_NEW(p->arena, RxAltPath);
        *p->path = (RxAltPath){outer, id, k};
        u32 c;
        while ((c = rxp_at(p, 0)) != '|' && c != ')' && c != RX_END) {
            RxNode *term = parse_term(p);
            if (!term)
                return NULL;
            rxp_add_kid(p, seq, term);
        }
        if (c == RX_END && in_group)
            return rxp_fail(p, "Unterminated group");
        if (c == ')' && !in_group)
            return rxp_fail(p, "Unmatched ')'");
        RxNode *done = seq->nkids == 1 ? seq->kids[0] : seq;
        if (!seq->nkids)
            done = rxp_node(p, RXN_EMPTY);
        if (c == '|' && !alt)
            alt = rxp_node(p, RXN_ALT);
        if (alt)
            rxp_add_kid(p, alt, done);
        if (c != '|') {
            p->path = outer;
            return alt ? alt : done;
        }
        p->pos++;
        seq = rxp_node(p, RXN_SEQ);
    }
}

int rx_parse(Arena *arena, const u16 *pattern, size_t n, u32 flags, RxTree *tree, RxError *err) {
    *err = (RxError){0};
    Parser p = {.arena = arena, .s = pattern, .n = n, .err = err, .captures = 1};
    p.sets = flags & RX_UNICODE_SETS;
    p.unicode = p.sets || (flags & RX_UNICODE);
    p.icase = flags & RX_IGNORE_CASE;
    p.multi = flags & RX_MULTILINE;
    p.dotall = flags & RX_DOT_ALL;
    RxNode *root = parse_disjunction(&p, false);
    if (!root || !resolve_named_refs(&p))
        return -1;
    *tree = (RxTree){root, p.captures, p.names, p.nnames, flags};
    return 0;
}
