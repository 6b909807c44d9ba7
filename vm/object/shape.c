// SPDX-License-Identifier: MIT
// Shapes: transitions, property tables, dictionaries, the root shape of each prototype. Does not own values
// (object.c).
//
//   root(proto) --x--> {x} --y--> {x,y} --...          one chain for all objects made alike
//                         \--z--> {x,z}
//
// An object used as a prototype gets a dictionary shape of its own; the root shape of its children hangs in
// that shape's `transitions`. A dictionary changes in place when a property is added. Whatever moves or
// changes existing properties of a dictionary gives it a new Shape cell, so an inline cache may remember
// (shape, slot) of an OWN property of a dictionary; what it may not remember for a dictionary is that a
// property is absent.
#include "vm/object/layout.h"
#include "vm/vm.h"

#define LOOKUP_CACHE 1024u

// ---- tables

static PropTable *table_new(VM *vm, u32 cap) {
    u32 buckets = 8;
    while (buckets < cap * 2) buckets *= 2;
    cap = buckets / 2;
    size_t bytes = sizeof(PropTable) + (size_t)cap * sizeof(PropEntry) + (size_t)buckets * 4;
    PropTable *t = heap_alloc(vm, bytes, CELL_PROPTABLE);
    t->cap = cap;
    t->used = t->live = 0;
    t->mask = buckets - 1;
    memset(t->e, 0, bytes - sizeof(PropTable));
    return t;
}

static void table_append(VM *vm, PropTable *t, PropKey k, u8 attrs) {
    u32 *index = table_index(t), i = key_hash(k) & t->mask;
    while (index[i]) i = (i + 1) & t->mask;
    PropEntry *e = &t->e[t->used];
    heap_touch(vm, &t->cap, 16);
    heap_touch(vm, e, sizeof *e);
    heap_touch(vm, &index[i], 4);
    *e = (PropEntry){k, attrs, 0};
    index[i] = ++t->used;
    t->live++;
}

DX_INLINE int table_find(PropTable *t, PropKey k, u32 limit) {
    u32 *index = table_index(t), i = key_hash(k) & t->mask, n;
    for (; (n = index[i]); i = (i + 1) & t->mask)
        if (t->e[n - 1].key == k && n <= limit) return (int)(n - 1);
    return -1;
}

// Copies the entries a shape sees into a table with room for `cap`.
static PropTable *table_from_shape(VM *vm, Shape *s, u32 cap) {
    PropTable *t = table_new(vm, cap > s->count ? cap : s->count);
    PropTable *old = NULL;
    Shape *p = s;
    for (; p->count; p = p->parent) {
        if ((old = p->table)) break;
        t->e[p->count - 1] = (PropEntry){p->key, p->attrs, 0};
    }
    for (u32 i = 0; old && i < p->count; i++) t->e[i] = old->e[i];
    u32 *index = table_index(t);
    for (u32 i = 0; i < s->count; i++) {
        t->used++;
        if (t->e[i].key == V_DELETED) continue;
        t->live++;
        u32 b = key_hash(t->e[i].key) & t->mask;
        while (index[b]) b = (b + 1) & t->mask;
        index[b] = i + 1;
    }
    return t;
}

// ---- lookup, through a cache of recent answers. An entry stays right as long as its shape lives: shapes do
// not change, dictionaries only grow (so their "absent" holds for an epoch, and only where additions begin a
// new one). Cleared when cells can be reused: collections and resets.

static struct LookupEntry {
    Shape *shape;
    PropKey key;
    i32 slot;
    u32 attrs, epoch, pad;
} lookup_cache[LOOKUP_CACHE];

void shape_cache_clear(void) { memset(lookup_cache, 0, sizeof lookup_cache); }

static struct LookupEntry *lookup_entry(Shape *s, PropKey k) {
    return &lookup_cache[((uintptr_t)s >> 4 ^ (uintptr_t)k >> 3) % LOOKUP_CACHE];
}

static int lookup_uncached(VM *vm, Shape *s, PropKey k, u8 *attrs) {
    PropTable *t = s->table;
    if (!t) {
        if (s->count <= SMALL_SHAPE) {
            for (Shape *p = s; p->count; p = p->parent) {
                if (p->table) {
                    int i = table_find(p->table, k, p->count);
                    if (i >= 0) *attrs = (u8)p->table->e[i].attrs;
                    return i;
                }
                if (p->key == k) {
                    *attrs = p->attrs;
                    return (int)p->count - 1;
                }
            }
            return -1;
        }
        t = table_from_shape(vm, s, s->count * 2);
        HEAP_STORE(vm, s->table, t);
    }
    int i = table_find(t, k, s->count);
    if (i >= 0) *attrs = (u8)t->e[i].attrs;
    return i;
}

static DX_NOINLINE int lookup_slow(VM *vm, Shape *s, PropKey k, u8 *attrs) {
    int i = lookup_uncached(vm, s, k, attrs);
    if (i >= 0 || (s->cell.flags & (SHAPE_DICT | SHAPE_PROTO)) != SHAPE_DICT)
        *lookup_entry(s, k) = (struct LookupEntry){s, k, i, i >= 0 ? *attrs : 0, vm->proto_epoch, 0};
    return i;
}

int shape_lookup(VM *vm, Shape *s, PropKey k, u8 *attrs) {
    struct LookupEntry *e = lookup_entry(s, k);
    if (DX_UNLIKELY(e->shape != s || e->key != k)) return lookup_slow(vm, s, k, attrs);
    if (DX_UNLIKELY(e->slot < 0 && e->epoch != vm->proto_epoch)) return lookup_slow(vm, s, k, attrs);
    *attrs = (u8)e->attrs;
    return e->slot;
}

void shape_list(VM *vm, Shape *s, PropKey *keys, u8 *attrs) {
    Shape *p = s;
    for (; p->count; p = p->parent) {
        if (p->table) break;
        keys[p->count - 1] = p->key;
        attrs[p->count - 1] = p->attrs;
    }
    for (u32 i = 0; i < p->count; i++) {
        keys[i] = p->table->e[i].key;
        attrs[i] = (u8)p->table->e[i].attrs;
    }
}

// ---- making shapes

static Shape *shape_alloc(VM *vm, Value proto, u8 flags) {
    Shape *s = heap_alloc0(vm, sizeof(Shape), CELL_SHAPE);
    s->cell.flags = flags;
    s->proto = proto;
    s->key = V_EMPTY;
    s->transitions = V_UNDEFINED;
    s->inline_hint = 4;
    return s;
}

Shape *shape_root(VM *vm, Value proto) {
    if (!v_is_object(proto)) {
        if (!vm->realm->shape_null) HEAP_STORE(vm, vm->realm->shape_null, shape_alloc(vm, V_NULL, 0));
        return vm->realm->shape_null;
    }
    Object *o = v_object(proto);
    if (DX_UNLIKELY(!(o->cell.flags & OBJ_PROTO))) object_make_proto(vm, o);
    if (DX_LIKELY(o->shape->transitions != V_UNDEFINED)) return v_ptr(o->shape->transitions);
    Shape *root = shape_alloc(vm, proto, 0);
    heap_set(vm, &o->shape->transitions, v_from_ptr(TAG_INTERNAL, root));
    return root;
}

void object_make_proto(VM *vm, Object *o) {
    if (o->cell.flags & OBJ_PROTO) return;
    object_to_dictionary(vm, o);
    heap_touch(vm, o, 8);
    o->cell.flags |= OBJ_PROTO;
    HEAP_STORE(vm, o->shape->cell.flags, o->shape->cell.flags | SHAPE_PROTO);
}

static u32 trans_hash(PropKey k, u8 attrs) { return key_hash(k) + attrs * 0x85EBCA6Bu; }

static Shape *trans_find(Shape *s, PropKey k, u8 attrs) {
    if (s->transitions == V_UNDEFINED) return NULL;
    Cell *c = v_ptr(s->transitions);
    if (c->kind == CELL_SHAPE) {
        Shape *n = (Shape *)c;
        return n->key == k && n->attrs == attrs ? n : NULL;
    }
    Transitions *t = (Transitions *)c;
    for (u32 i = trans_hash(k, attrs) & t->mask; t->e[i]; i = (i + 1) & t->mask)
        if (t->e[i]->key == k && t->e[i]->attrs == attrs) return t->e[i];
    return NULL;
}

static void trans_put(VM *vm, Transitions *t, Shape *n) {
    u32 i = trans_hash(n->key, n->attrs) & t->mask;
    while (t->e[i]) i = (i + 1) & t->mask;
    heap_touch(vm, &t->mask, 8);
    HEAP_STORE(vm, t->e[i], n);
    t->count++;
}

static void trans_add(VM *vm, Shape *s, Shape *n) {
    if (s->transitions == V_UNDEFINED) {
        heap_set(vm, &s->transitions, v_from_ptr(TAG_INTERNAL, n));
        return;
    }
    Cell *c = v_ptr(s->transitions);
    Transitions *old = c->kind == CELL_SHAPE ? NULL : (Transitions *)c;
    if (!old || old->count * 2 > old->mask) {
        u32 size = old ? (old->mask + 1) * 2 : 8;
        Transitions *t = heap_alloc0(vm, sizeof(Transitions) + (size_t)size * 8, CELL_TRANSITIONS);
        t->mask = size - 1;
        if (!old) trans_put(vm, t, (Shape *)c);
        for (u32 i = 0; old && i <= old->mask; i++)
            if (old->e[i]) trans_put(vm, t, old->e[i]);
        heap_set(vm, &s->transitions, v_from_ptr(TAG_INTERNAL, t));
        old = t;
    }
    trans_put(vm, old, n);
}

static u8 special_flag(PropKey k, u8 attrs) {
    return attrs != ATTR_WEC || v_is_symbol(k) ? SHAPE_HAS_SPECIAL : 0;
}

Shape *shape_add(VM *vm, Shape *s, PropKey k, u8 attrs) {
    Shape *n = trans_find(s, k, attrs);
    if (DX_LIKELY(n)) return n;
    n = shape_alloc(vm, s->proto, (u8)(s->cell.flags | special_flag(k, attrs)));
    n->parent = s;
    n->key = k;
    n->attrs = attrs;
    n->count = s->count + 1;
    n->inline_hint = s->inline_hint;
    PropTable *t = s->table;
    if (t && t->used == s->count && t->used < t->cap) {
        table_append(vm, t, k, attrs);
        n->table = t;
    }
    trans_add(vm, s, n);
    return n;
}

Shape *shape_of_integrity(VM *vm, Shape *s, PropKey trans) {
    Shape *n = trans_find(s, trans, 0);
    if (n) return n;
    n = shape_alloc(vm, s->proto, (u8)(s->cell.flags | SHAPE_NON_EXTENSIBLE));
    n->key = trans;
    n->count = s->count;
    n->inline_hint = s->inline_hint;
    PropTable *t = table_from_shape(vm, s, s->count); // a shape without usable parent always has its table
    n->table = t;
    for (u32 i = 0; i < n->count && trans != TRANS_NON_EXTENSIBLE; i++) {
        PropEntry *e = &t->e[i];
        if (key_is_private(e->key)) continue;
        e->attrs &= ~(u32)ATTR_C;
        if (trans == TRANS_FROZEN && !(e->attrs & ATTR_ACCESSOR)) e->attrs &= ~(u32)ATTR_W;
        n->cell.flags |= SHAPE_HAS_SPECIAL;
    }
    trans_add(vm, s, n);
    return n;
}

// ---- dictionaries

void object_to_dictionary(VM *vm, Object *o) {
    Shape *s = o->shape;
    if (s->cell.flags & SHAPE_DICT) return;
    Shape *d = shape_alloc(vm, s->proto, (u8)(s->cell.flags | SHAPE_DICT));
    d->count = s->count;
    d->table = table_from_shape(vm, s, s->count + s->count / 2 + 4);
    HEAP_STORE(vm, o->shape, d);
}

Shape *shape_renew(VM *vm, Object *o) {
    Shape *old = o->shape;
    DX_ASSERT(old->cell.flags & SHAPE_DICT);
    Shape *n = heap_alloc(vm, sizeof(Shape), CELL_SHAPE);
    memcpy((char *)n + sizeof(Cell), (char *)old + sizeof(Cell), sizeof(Shape) - sizeof(Cell));
    n->cell.flags = old->cell.flags;
    HEAP_STORE(vm, o->shape, n);
    return n;
}

// Room for one more entry; drops removed ones (which moves slots) when they are many.
static void dict_grow(VM *vm, Object *o) {
    Shape *s = o->shape;
    PropTable *old = s->table;
    if (old->live + old->live / 2 + 8 < old->used) {
        PropTable *t = table_new(vm, old->live * 2 + 8);
        s = shape_renew(vm, o);
        u32 n = 0;
        for (u32 i = 0; i < old->used; i++) {
            if (old->e[i].key == V_DELETED) continue;
            table_append(vm, t, old->e[i].key, (u8)old->e[i].attrs);
            Value v = o->slots[i];
            heap_set(vm, &o->slots[n++], v);
        }
        s->table = t;
        s->count = n;
        return;
    }
    PropTable *t = table_from_shape(vm, s, old->cap * 2);
    HEAP_STORE(vm, s->table, t);
}

void object_grow_slots(VM *vm, Object *o, u32 need) {
    u32 have = obj_slot_capacity(o), count = o->shape->count;
    u32 cap = have < 4 ? 8 : have * 2;
    if (cap < need) cap = need;
    Cell *c = heap_alloc(vm, sizeof(Cell) + (size_t)cap * 8, CELL_SLOTS);
    Value *v = (Value *)(c + 1);
    memcpy(v, o->slots, (size_t)dx_min_u32(count, have) * 8);
    for (u32 i = dx_min_u32(count, have); i < cap; i++) v[i] = V_UNDEFINED;
    HEAP_STORE(vm, o->slots, v);
}

void object_add(VM *vm, Object *o, PropKey k, Value v, u8 attrs) {
    DX_ASSERT(!key_is_index(k));
    Shape *s = o->shape;
    if (s->count >= DICT_LIMIT && !(s->cell.flags & SHAPE_DICT)) {
        object_to_dictionary(vm, o);
        s = o->shape;
    }
    if (s->cell.flags & SHAPE_DICT) {
        if (s->table->used == s->table->cap) dict_grow(vm, o);
        s = o->shape;
        u32 n = s->count;
        if (n >= obj_slot_capacity(o)) object_grow_slots(vm, o, n + 1);
        heap_set(vm, &o->slots[n], v);
        table_append(vm, s->table, k, attrs);
        heap_touch(vm, s, sizeof *s);
        s->count = n + 1;
        s->cell.flags |= special_flag(k, attrs);
        if (o->cell.flags & OBJ_PROTO) vm->proto_epoch++;
        return;
    }
    u32 n = s->count;
    Shape *next = shape_add(vm, s, k, attrs);
    if (DX_UNLIKELY(n >= obj_slot_capacity(o))) object_grow_slots(vm, o, n + 1);
    heap_set(vm, &o->slots[n], v);
    HEAP_STORE(vm, o->shape, next);
}

void object_delete_slot(VM *vm, Object *o, PropKey k, int slot) {
    Shape *s = o->shape;
    if (!(s->cell.flags & SHAPE_DICT) && s->key == k && s->parent) { // the newest property: one step back
        HEAP_STORE(vm, o->shape, s->parent);
        heap_set(vm, &o->slots[slot], V_UNDEFINED);
        return;
    }
    object_to_dictionary(vm, o);
    s = shape_renew(vm, o);
    PropTable *t = s->table;
    heap_touch(vm, &t->e[slot], sizeof(PropEntry));
    heap_touch(vm, &t->cap, 16);
    t->e[slot].key = V_DELETED;
    t->live--;
    heap_set(vm, &o->slots[slot], V_UNDEFINED);
    object_proto_changed(vm, o);
}

void object_set_attrs(VM *vm, Object *o, PropKey k, int slot, u8 attrs) {
    object_to_dictionary(vm, o);
    Shape *s = shape_renew(vm, o);
    HEAP_STORE(vm, s->table->e[slot].attrs, attrs);
    s->cell.flags |= special_flag(k, attrs);
    object_proto_changed(vm, o);
}

void object_proto_changed(VM *vm, Object *o) {
    if (o->cell.flags & OBJ_PROTO) vm->proto_epoch++;
}

void object_change_proto(VM *vm, Object *o, Value proto) {
    if (v_is_object(proto)) object_make_proto(vm, v_object(proto));
    Shape *s = o->shape;
    if (s->cell.flags & (SHAPE_DICT | SHAPE_NON_EXTENSIBLE)) {
        object_to_dictionary(vm, o);
        shape_renew(vm, o)->proto = proto;
    } else {
        Shape *n = shape_root(vm, proto);
        PropKey *keys = mem_alloc((size_t)(s->count + 1) * 9);
        u8 *attrs = (u8 *)(keys + s->count);
        shape_list(vm, s, keys, attrs);
        for (u32 i = 0; i < s->count; i++) n = shape_add(vm, n, keys[i], attrs[i]);
        mem_free(keys);
        HEAP_STORE(vm, o->shape, n);
    }
    object_proto_changed(vm, o);
}
