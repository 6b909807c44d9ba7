// SPDX-License-Identifier: MIT
// Interned strings, property keys, symbols. Among atoms, equal text is the same pointer.
#include "vm/text/atom.h"

#include "format/base/hash.h"
#include "format/base/numtext.h"
#include "vm/vm.h"

#define ENTRY_EMPTY 0
#define ENTRY_REMOVED 1
static u64 entry_of(const String *s, u32 hash) { return (u64)(uintptr_t)s | (u64)(hash >> 16) << 48; }
static String *entry_string(u64 e) { return (String *)(uintptr_t)(e & VALUE_PAYLOAD); }

AtomTable *atom_table_new(VM *vm, u32 cap) {
    AtomTable *t = heap_alloc0(vm, sizeof(AtomTable) + (size_t)cap * 8, CELL_ATOMTABLE);
    t->cap = cap;
    return t;
}

static void table_put_fresh(AtomTable *t, u64 entry, u32 hash) {
    u32 mask = t->cap - 1, i = hash & mask;
    while (t->e[i] != ENTRY_EMPTY) i = (i + 1) & mask;
    t->e[i] = entry;
    t->used++;
    t->live++;
}

static void table_grow(VM *vm) {
    AtomTable *old = vm->atom_table;
    u32 cap = old->cap;
    while (old->live * 2 >= cap) cap *= 2;
    AtomTable *t = atom_table_new(vm, cap);
    old = vm->atom_table; // (the allocation may have swept it)
    for (u32 i = 0; i < old->cap; i++)
        if (old->e[i] > ENTRY_REMOVED) table_put_fresh(t, old->e[i], entry_string(old->e[i])->hash);
    vm->atom_table = t;
}

void atom_table_sweep(VM *vm, AtomTable *t, AtomAlive alive, void *ctx) {
    for (u32 i = 0; i < t->cap; i++) {
        if (t->e[i] <= ENTRY_REMOVED || alive(ctx, entry_string(t->e[i]))) continue;
        heap_set(vm, &t->e[i], ENTRY_REMOVED);
        HEAP_STORE(vm, t->live, t->live - 1);
    }
}

static bool chars_equal(Chars a, Chars b) {
    if (a.len != b.len) return false;
    if (a.wide == b.wide) return !memcmp(a.p, b.p, (size_t)a.len << a.wide);
    const u16 *w = a.wide ? a.p : b.p;
    const u8 *n = a.wide ? b.p : a.p;
    for (u32 i = 0; i < a.len; i++)
        if (w[i] != n[i]) return false;
    return true;
}

// The atom with these characters, or NULL and the place to put it.
static String *table_find(VM *vm, Chars c, u32 hash, u32 *at) {
    AtomTable *t = vm->atom_table;
    u32 mask = t->cap - 1, i = hash & mask;
    u32 free_at = TAG_NAN, has_free = 0;
    u64 tag = hash >> 16;
    for (;; i = (i + 1) & mask) {
        u64 e = t->e[i];
        if (e == ENTRY_EMPTY) break;
        if (e == ENTRY_REMOVED) {
            if (!has_free) free_at = i, has_free = 1;
            continue;
        }
        if (e >> 48 != tag) continue;
        String *s = entry_string(e);
        if (s->hash == hash && chars_equal(str_chars(vm, s), c)) return s;
    }
    *at = has_free ? free_at : i;
    return NULL;
}

static void table_insert(VM *vm, String *s, u32 at) {
    AtomTable *t = vm->atom_table;
    heap_touch(vm, &t->e[at], 8);
    heap_touch(vm, &t->used, 8);
    if (t->e[at] == ENTRY_EMPTY) t->used++;
    t->live++;
    t->e[at] = entry_of(s, s->hash);
    heap_touch(vm, s, 8);
    s->cell.flags |= STR_ATOM;
}

static void table_room(VM *vm) {
    AtomTable *t = vm->atom_table;
    if (DX_UNLIKELY(t->used * 4 >= t->cap * 3)) table_grow(vm);
}

String *str_intern(VM *vm, String *s) {
    if (s->cell.flags & STR_ATOM) return s;
    u32 hash = str_hash(vm, s), at;
    Chars c = str_chars(vm, s);
    String *found = table_find(vm, c, hash, &at);
    if (found) return found;
    // A reference would keep its whole base; a string of an artifact lies in read-only memory.
    if ((s->cell.flags & STR_REF) || !heap_contains(s)) {
        String *copy = c.wide ? str_new_utf16(vm, c.p, c.len) : str_new_latin1(vm, c.p, c.len);
        if (copy->cell.flags & STR_ATOM) return copy;
        s = copy;
        str_hash(vm, s);
    }
    table_room(vm);
    table_find(vm, c, hash, &at); // (an allocation may have moved things)
    table_insert(vm, s, at);
    return s;
}

static String *intern_latin1(VM *vm, const u8 *p, u32 n) {
    u32 hash = hash_latin1(p, n), at;
    String *found = table_find(vm, (Chars){p, n, false}, hash, &at);
    return found ? found : str_intern(vm, str_new_latin1(vm, p, n));
}

String *atom_c(VM *vm, const char *text) {
    size_t n = strlen(text);
    for (size_t i = 0; i < n; i++)
        if ((u8)text[i] >= 0x80) return str_intern(vm, str_new_utf8(vm, text, n));
    return intern_latin1(vm, (const u8 *)text, (u32)n);
}

// ---- keys

bool str_parse_index(Chars c, u32 *out) {
    if (c.len == 0 || c.len > 10) return false;
    u16 first = chars_at(c, 0);
    if (first < '0' || first > '9' || (first == '0' && c.len > 1)) return false;
    u64 n = 0;
    for (u32 i = 0; i < c.len; i++) {
        u16 d = chars_at(c, i);
        if (d < '0' || d > '9') return false;
        n = n * 10 + (d - '0');
    }
    if (n >= 0xFFFFFFFFu) return false;
    *out = (u32)n;
    return true;
}

PropKey key_from_string(VM *vm, String *s) {
    if (s->cell.flags & STR_ATOM) {
        if (DX_LIKELY(!(s->cell.flags & STR_INDEX))) return v_from_string(s);
    } else if (s->length <= 10) {
        str_hash(vm, s);
    }
    if (s->length <= 10 && (s->cell.flags & STR_INDEX || !(s->cell.flags & STR_HASHED))) {
        u32 index;
        if (str_parse_index(str_chars(vm, s), &index)) return key_from_index(index);
    }
    return v_from_string(str_intern(vm, s));
}

PropKey key_c(VM *vm, const char *text) { return key_from_string(vm, atom_c(vm, text)); }

Value key_to_value(VM *vm, PropKey k) {
    if (!key_is_index(k)) return k;
    u32 n = key_index(k);
    if (n < 10) return v_from_string(str_char(vm, (u16)('0' + n)));
    char text[24];
    return v_from_string(str_new_latin1(vm, (const u8 *)text, num_u64_to_text(n, text)));
}

String *key_display(VM *vm, PropKey k) {
    if (!v_is_symbol(k)) return v_string(key_to_value(vm, k));
    Symbol *s = v_symbol(k);
    if (s->cell.flags & SYM_PRIVATE)
        return v_is_string(s->description) ? v_string(s->description) : v_string(A_(vm, empty));
    return v_string(symbol_descriptive_string(vm, s));
}

// ---- symbols

Symbol *symbol_new(VM *vm, Value description) {
    Symbol *s = heap_alloc(vm, sizeof(Symbol), CELL_SYMBOL);
    s->receiver = V_UNDEFINED;
    u64 x = (u64)(uintptr_t)s * 0x9E3779B97F4A7C15ull; // the address never changes
    s->hash = (u32)(x >> 32) ^ (u32)x;
    s->pad = 0;
    s->description = description;
    return s;
}

Value symbol_descriptive_string(VM *vm, Symbol *s) {
    StrBuf b = {0};
    sb_ascii(&b, "Symbol(");
    if (v_is_string(s->description)) sb_str(vm, &b, v_string(s->description));
    sb_ascii(&b, ")");
    return sb_finish(vm, &b);
}
