// SPDX-License-Identifier: MIT
// What each kind of cell refers to. The default scans every word of a cell and checks it before use, so kinds
// of other rooms need no entry here; the kinds that are frequent, have uninitialised parts or hold weak
// references have their own case.
#include "vm/heap/trace.h"

#include "format/base/mem.h"
#include "vm/collection.h"
#include "vm/text/atom.h"

bool trace_is_leaf(const Cell *c) {
    switch (c->kind) {
    case CELL_FREE: case CELL_BIGINT: case CELL_BYTES: return true;
    case CELL_STRING: return !(c->flags & (STR_ROPE | STR_REF));
    default: return false;
    }
}

static void weak_push(Tracer *t, Cell *c) {
    if (t->weak_count == t->weak_cap) {
        t->weak_cap = t->weak_cap ? t->weak_cap * 2 : 64;
        t->weak = mem_realloc(t->weak, t->weak_cap * sizeof *t->weak);
    }
    t->weak[t->weak_count++] = c;
}

static void trace_slots(Tracer *t, Object *o) {
    if (!o->slots) return;
    trace_words(t, o->slots, o->slots + o->shape->count);
    trace_word(t, (u64)(uintptr_t)o->slots & ~7ull);
}

static void trace_object(Tracer *t, Object *o) {
    trace_word(t, (u64)(uintptr_t)o->shape);
    trace_word(t, (u64)(uintptr_t)o->elems);
    char *cell_end = (char *)o + (size_t)o->cell.size * 8;
    bool inline_slots = (char *)o->slots >= (char *)o && (char *)o->slots <= cell_end;
    char *fixed_end = inline_slots ? (char *)o->slots : cell_end;
    if (inline_slots) trace_words(t, o->slots, o->slots + o->shape->count);
    else trace_slots(t, o);
    if (o->cell.kind == CELL_WEAKREF) { // its value does not count
        weak_push(t, (Cell *)o);
        return;
    }
    // Past growth the inline area is unused but was initialised once; scanning it costs little and keeps
    // nothing that matters.
    if (fixed_end > (char *)(o + 1)) trace_words(t, o + 1, fixed_end);
}

void trace_children(Tracer *t, Cell *c) {
    char *end = (char *)c + (size_t)c->size * 8;
    switch (c->kind) {
    case CELL_STRING: {
        String *s = (String *)c;
        trace_word(t, (u64)(uintptr_t)s->u.rope.left);
        if (c->flags & STR_ROPE) trace_word(t, (u64)(uintptr_t)s->u.rope.right);
        break;
    }
    case CELL_ELEMENTS: {
        Elements *e = (Elements *)c;
        trace_words(t, e->v, e->v + e->len);
        break;
    }
    case CELL_ATOMTABLE: weak_push(t, c); break;
    case CELL_HASHTABLE: {
        HashTable *h = (HashTable *)c;
        trace_word(t, (u64)(uintptr_t)h->next);
        if (c->flags & TABLE_WEAK) weak_push(t, c);
        else trace_words(t, h->entries, h->entries + h->used);
        break;
    }
    default:
        if (c->kind >= CELL_FIRST_OBJECT) trace_object(t, (Object *)c);
        else trace_words(t, c + 1, end);
    }
}

// ---- weak cells

static bool is_pointer(Value v) {
    u32 tag = v_tag(v);
    return (tag >= TAG_STRING && tag <= TAG_ARRAY) ||
           (tag >= TAG_SYMBOL && tag <= TAG_INTERNAL && (v & VALUE_PAYLOAD) >= 4096);
}

bool trace_ephemerons(Tracer *t) {
    bool any = false;
    for (size_t i = 0; i < t->weak_count; i++) {
        if (t->weak[i]->kind != CELL_HASHTABLE) continue;
        HashTable *h = (HashTable *)t->weak[i];
        for (HashEntry *e = h->entries; e < h->entries + h->used; e++) {
            if (!is_pointer(e->key) || !trace_is_marked(t, v_ptr(e->key))) continue;
            if (!is_pointer(e->value) || trace_is_marked(t, v_ptr(e->value))) continue;
            trace_word(t, e->value);
            any = true;
        }
    }
    return any;
}

void trace_weak_finish(Tracer *t) {
    for (size_t i = 0; i < t->weak_count; i++) {
        Cell *c = t->weak[i];
        if (c->kind == CELL_ATOMTABLE) {
            atom_table_sweep(t->vm, (AtomTable *)c, (AtomAlive)trace_is_marked, t);
        } else if (c->kind == CELL_WEAKREF) {
            PrimitiveObject *w = (PrimitiveObject *)c;
            if (is_pointer(w->value) && !trace_is_marked(t, v_ptr(w->value)))
                heap_set(t->vm, &w->value, V_UNDEFINED);
        } else if (c->kind == CELL_HASHTABLE) {
            HashTable *h = (HashTable *)c;
            for (HashEntry *e = h->entries; e < h->entries + h->used; e++) {
                if (!is_pointer(e->key) || trace_is_marked(t, v_ptr(e->key))) continue;
                heap_touch(t->vm, e, sizeof *e);
                e->key = V_DELETED;
                e->value = V_UNDEFINED;
                HEAP_STORE(t->vm, h->live, h->live - 1);
            }
        }
    }
}
