// SPDX-License-Identifier: MIT
// The insertion-ordered hash table behind Map, Set, WeakMap, WeakSet. Natives: map_set.c, weak.c.
#include "vm/collection.h"
#include "vm/num/bigint.h"

// ---- keys: SameValueZero

static Value normalize_key(Value k) { // one representation for equal numbers; -0 is +0
    return v_is_double(k) ? (v_double(k) == 0 ? v_from_int(0) : v_from_num(v_double(k))) : k;
}

static u32 key_hash(VM *vm, Value k) {
    if (v_is_string(k)) return str_hash(vm, v_string(k));
    if (v_is_bigint(k)) return bigint_hash(k);
    u64 h = k * 0x9E3779B97F4A7C15ull;
    return (u32)(h >> 32);
}

static bool key_equal(VM *vm, Value a, Value b) {
    if (a == b) return true;
    if (v_is_string(a)) return v_is_string(b) && str_equal(vm, v_string(a), v_string(b));
    return v_is_bigint(a) && v_is_bigint(b) && same_value_zero(vm, a, b);
}

// ---- tables

HashTable *table_new(VM *vm, u32 cap, bool weak) {
    u32 nbuckets = 4;
    while (nbuckets < cap) nbuckets *= 2;
    size_t bytes = sizeof(HashTable) + (size_t)cap * sizeof(HashEntry) + (size_t)nbuckets * 4;
    HashTable *t = heap_alloc(vm, bytes, CELL_HASHTABLE);
    t->cell.flags = weak ? TABLE_WEAK : 0;
    t->next = NULL;
    t->used = t->live = 0;
    t->cap = cap;
    t->nbuckets = nbuckets;
    memset(table_heads(t), 0xFF, (size_t)nbuckets * 4);
    return t;
}

static HashEntry *table_find_hashed(VM *vm, HashTable *t, Value key, u32 h) {
    for (u32 i = table_heads(t)[h & (t->nbuckets - 1)]; i != TABLE_END; i = t->entries[i].chain)
        if (t->entries[i].hash == h && key_equal(vm, t->entries[i].key, key)) return &t->entries[i];
    return NULL;
}

HashEntry *table_find(VM *vm, HashTable *t, Value key) {
    if (t->live == 0) return NULL;
    key = normalize_key(key);
    return table_find_hashed(vm, t, key, key_hash(vm, key));
}

static void table_append(VM *vm, HashTable *t, Value key, Value value, u32 h) {
    u32 *head = &table_heads(t)[h & (t->nbuckets - 1)];
    HashEntry *e = &t->entries[t->used];
    heap_touch(vm, e, sizeof *e);
    *e = (HashEntry){key, value, h, *head};
    HEAP_STORE(vm, *head, t->used);
    heap_touch(vm, &t->used, 8);
    t->used++;
    t->live++;
}

// A copy of the live entries with room for more; the old table keeps its entries and points to the new one.
static HashTable *table_regrow(VM *vm, CollectionObject *c) {
    HashTable *old = c->table, *t;
    u32 cap = old->live < old->cap / 2 ? old->cap : old->cap * 2;
    t = table_new(vm, cap < 8 ? 8 : cap, old->cell.flags & TABLE_WEAK);
    for (u32 i = 0; i < old->used; i++)
        if (old->entries[i].key != V_DELETED) table_append(vm, t, old->entries[i].key, old->entries[i].value, old->entries[i].hash);
    HEAP_STORE(vm, old->next, t);
    HEAP_STORE(vm, c->table, t);
    return t;
}

void collection_put(VM *vm, CollectionObject *c, Value key, Value value) {
    key = normalize_key(key);
    u32 h = key_hash(vm, key);
    HashEntry *e = table_find_hashed(vm, c->table, key, h);
    if (e) {
        heap_set(vm, &e->value, value);
        return;
    }
    HashTable *t = c->table->used == c->table->cap ? table_regrow(vm, c) : c->table;
    table_append(vm, t, key, value, h);
}

bool collection_delete(VM *vm, CollectionObject *c, Value key) {
    HashTable *t = c->table;
    HashEntry *e = table_find(vm, t, key);
    if (!e) return false;
    u32 *link = &table_heads(t)[e->hash & (t->nbuckets - 1)], at = (u32)(e - t->entries);
    while (*link != at) link = &t->entries[*link].chain;
    HEAP_STORE(vm, *link, e->chain);
    heap_touch(vm, e, sizeof *e);
    e->key = V_DELETED;
    e->value = V_UNDEFINED;
    HEAP_STORE(vm, t->live, t->live - 1);
    return true;
}

void collection_clear(VM *vm, CollectionObject *c) {
    HashTable *old = c->table, *t = table_new(vm, 8, old->cell.flags & TABLE_WEAK);
    heap_touch(vm, old, sizeof *old);
    old->cell.flags |= TABLE_CLEARED;
    old->next = t;
    HEAP_STORE(vm, c->table, t);
}

HashEntry *table_next(HashTable **table, u64 *index) {
    HashTable *t = *table;
    while (t->next) { // translate the position into the successor
        u64 live_before = 0;
        if (!(t->cell.flags & TABLE_CLEARED))
            for (u64 i = 0; i < *index && i < t->used; i++) live_before += t->entries[i].key != V_DELETED;
        *index = live_before;
        t = t->next;
    }
    *table = t;
    while (*index < t->used && t->entries[*index].key == V_DELETED) ++*index;
    return *index < t->used ? &t->entries[*index] : NULL;
}

Value collection_new(VM *vm, CellKind kind, Value proto) {
    CollectionObject *c = (CollectionObject *)object_alloc(vm, kind, sizeof(CollectionObject), shape_root(vm, proto), 0);
    c->table = NULL;
    c->table = table_new(vm, 8, kind == CELL_WEAKMAP || kind == CELL_WEAKSET);
    return v_obj(c);
}
Value map_new(VM *vm) { return collection_new(vm, CELL_MAP, vm->realm->MapPrototype); }
Value set_object_new(VM *vm) { return collection_new(vm, CELL_SET, vm->realm->SetPrototype); }
