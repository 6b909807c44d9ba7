// SPDX-License-Identifier: MIT
// Indexed properties: dense vectors with holes, sparse tables for far or unusual ones, array length. No user
// code runs here except in ArraySetLength's conversion.
//
// Dense:  elems->v[0 .. len) , V_HOLE where absent; all have the attributes that the object's integrity level
// says. Sparse: open addressing by index, any attributes, accessors. An object that went sparse stays so
// until it is emptied.
#include <stdlib.h>

#include "vm/object/layout.h"
#include "vm/vm.h"

#define DENSE_GAP 4096u          // a write so far past the end may still grow a dense vector
#define DENSE_MAX (1u << 27)

// ---- dense

Elements *elements_reserve(VM *vm, Object *o, u32 cap) {
    Elements *old = obj_elems(o);
    if (old && old->cap >= cap && !(o->cell.aux & OBJ2_ELEMS_COW)) return old;
    if (cap < 4) cap = 4;
    u64 bytes = dx_align_up(sizeof(Elements) + (u64)cap * 8, 8);
    Elements *e = heap_alloc(vm, bytes, CELL_ELEMENTS);
    e->cap = cap;
    e->len = old ? old->len : 0;
    if (old) memcpy(e->v, old->v, (size_t)old->len * 8);
    heap_touch(vm, o, sizeof(Object));
    o->elems = &e->cell;
    o->cell.aux &= (u8)~OBJ2_ELEMS_COW;
    return e;
}

void elements_unshare(VM *vm, Object *o) {
    if (o->cell.aux & OBJ2_ELEMS_COW) elements_reserve(vm, o, obj_elems(o) ? obj_elems(o)->cap : 4);
}

void array_push(VM *vm, Array *a, Value v) {
    Elements *e = (Elements *)a->o.elems;
    u32 n = a->length;
    if (DX_LIKELY(e && e->len == n && n < e->cap && !(a->o.cell.aux & OBJ2_ELEMS_COW) &&
                  obj_is_dense(&a->o))) {
        heap_set(vm, &e->v[n], v);
        HEAP_STORE(vm, e->len, n + 1);
        HEAP_STORE(vm, a->length, n + 1);
        return;
    }
    element_define(vm, &a->o, n, v, ATTR_WEC);
}

static u32 grown(u32 need) {
    u64 cap = (u64)need + need / 2 + 4;
    return cap > DENSE_MAX ? (need > DENSE_MAX ? need : DENSE_MAX) : (u32)cap;
}

// Whether index i (at or past elems->len) should be stored densely.
static bool dense_fits(const Object *o, u32 i) {
    const Elements *e = obj_elems(o);
    u32 len = e ? e->len : 0;
    if (i < len || i - len <= DENSE_GAP) return i < DENSE_MAX;
    if (e && i < e->cap) return true;
    if (o->cell.kind == CELL_ARRAY && i < ((const Array *)o)->length &&
        ((const Array *)o)->length <= (32u << 20))
        return true; // new Array(n)
    if (i >= DENSE_MAX || i >= (u64)len * 4) return false;
    u64 live = 0; // what is there must be worth it: powers of two as keys would double the vector at each
    for (u32 k = 0; k < len; k++) live += e->v[k] != V_HOLE;
    return i < live * 4;
}

static void dense_put(VM *vm, Object *o, u32 i, Value v) {
    Elements *e = obj_elems(o);
    if (!e || i >= e->cap || (o->cell.aux & OBJ2_ELEMS_COW)) {
        u32 need = i + 1;
        if (e && i < e->cap) need = e->cap;
        else if (o->cell.kind == CELL_ARRAY && ((Array *)o)->length > need &&
                 ((Array *)o)->length <= (32u << 20))
            need = ((Array *)o)->length;
        else need = e || o->cell.kind == CELL_ARRAY ? grown(need) : need + 3;
        e = elements_reserve(vm, o, need);
    }
    if (i >= e->len) {
        heap_touch(vm, &e->v[e->len], (size_t)(i - e->len + 1) * 8);
        for (u32 k = e->len; k < i; k++) e->v[k] = V_HOLE;
        HEAP_STORE(vm, e->len, i + 1);
        e->v[i] = v;
        return;
    }
    heap_set(vm, &e->v[i], v);
}

// ---- sparse

static SparseElements *sparse_new(VM *vm, u32 size) {
    SparseElements *s =
        heap_alloc0(vm, sizeof(SparseElements) + (size_t)size * sizeof(SparseEntry), CELL_SPARSE);
    s->mask = size - 1;
    for (u32 i = 0; i < size; i++) s->e[i].attrs = SPARSE_EMPTY;
    return s;
}

static u32 sparse_hash(u32 i) { return (u32)((u64)i * 0x9E3779B97F4A7C15ull >> 32); }

static SparseEntry *sparse_find(const SparseElements *s, u32 index) {
    for (u32 i = sparse_hash(index) & s->mask;; i = (i + 1) & s->mask) {
        const SparseEntry *e = &s->e[i];
        if (e->attrs == SPARSE_EMPTY) return NULL;
        if (e->index == index && e->attrs != SPARSE_GONE) return (SparseEntry *)e;
    }
}

static void sparse_insert_fresh(SparseElements *s, SparseEntry x) {
    u32 i = sparse_hash(x.index) & s->mask;
    while (s->e[i].attrs != SPARSE_EMPTY) i = (i + 1) & s->mask;
    s->e[i] = x;
    s->used++;
    s->live++;
}

static void sparse_put(VM *vm, Object *o, u32 index, Value v, u8 attrs) {
    SparseElements *s = (SparseElements *)o->elems;
    SparseEntry *e = sparse_find(s, index);
    if (e) {
        heap_touch(vm, e, sizeof *e);
        e->v = v;
        e->attrs = attrs;
        return;
    }
    if ((s->used + 1) * 4 > (s->mask + 1) * 3) {
        u32 size = s->mask + 1;
        while (s->live * 2 >= size) size *= 2;
        SparseElements *n = sparse_new(vm, size);
        for (u32 i = 0; i <= s->mask; i++)
            if (s->e[i].attrs < SPARSE_EMPTY) sparse_insert_fresh(n, s->e[i]);
        HEAP_STORE(vm, o->elems, &n->cell);
        s = n;
    }
    u32 i = sparse_hash(index) & s->mask;
    while (s->e[i].attrs != SPARSE_EMPTY) i = (i + 1) & s->mask;
    heap_touch(vm, &s->mask, 16);
    heap_touch(vm, &s->e[i], sizeof(SparseEntry));
    s->e[i] = (SparseEntry){index, attrs, v};
    s->used++;
    s->live++;
}

void elements_to_sparse(VM *vm, Object *o) {
    if (o->cell.flags & OBJ_SPARSE) return;
    Elements *e = obj_elems(o);
    u32 n = 0, size = 8, len = e ? e->len : 0;
    for (u32 i = 0; i < len; i++) n += e->v[i] != V_HOLE;
    while (size < n * 2 + 2) size *= 2;
    SparseElements *s = sparse_new(vm, size);
    u8 attrs = elements_attrs(o);
    for (u32 i = 0; i < len; i++)
        if (e->v[i] != V_HOLE) sparse_insert_fresh(s, (SparseEntry){i, attrs, e->v[i]});
    heap_touch(vm, o, sizeof(Object));
    o->elems = &s->cell;
    o->cell.flags |= OBJ_SPARSE;
    o->cell.aux &= (u8)~(OBJ2_ELEMS_COW | OBJ2_ELEMS_SEALED | OBJ2_ELEMS_FROZEN);
    object_proto_changed(vm, o);
}

// ---- both

Value element_own(const Object *o, u32 i, u8 *attrs) {
    if (o->cell.flags & OBJ_SPARSE) {
        SparseEntry *e = sparse_find((const SparseElements *)o->elems, i);
        if (!e) return V_HOLE;
        *attrs = (u8)e->attrs;
        return e->v;
    }
    const Elements *e = obj_elems(o);
    if (!e || i >= e->len) return V_HOLE;
    *attrs = elements_attrs(o);
    return e->v[i];
}

void element_define(VM *vm, Object *o, u32 i, Value v, u8 attrs) {
    if (!(o->cell.flags & OBJ_SPARSE)) {
        bool present = obj_elems(o) && i < obj_elems(o)->len && obj_elems(o)->v[i] != V_HOLE;
        bool plain = attrs == (present ? elements_attrs(o) : ATTR_WEC) &&
                     (present || !(o->cell.aux & (OBJ2_ELEMS_SEALED | OBJ2_ELEMS_FROZEN)));
        if (plain && dense_fits(o, i)) dense_put(vm, o, i, v);
        else elements_to_sparse(vm, o);
    }
    if (o->cell.flags & OBJ_SPARSE) sparse_put(vm, o, i, v, attrs);
    if (o->cell.kind == CELL_ARRAY && i >= ((Array *)o)->length) HEAP_STORE(vm, ((Array *)o)->length, i + 1);
    if (DX_UNLIKELY(o->cell.flags & OBJ_PROTO)) vm->proto_epoch++;
}

bool element_remove(VM *vm, Object *o, u32 i) {
    if (o->cell.flags & OBJ_SPARSE) {
        SparseElements *s = (SparseElements *)o->elems;
        SparseEntry *e = sparse_find(s, i);
        if (!e) return false;
        heap_touch(vm, e, sizeof *e);
        e->attrs = SPARSE_GONE;
        e->v = V_UNDEFINED;
        HEAP_STORE(vm, s->live, s->live - 1);
        if (!s->live) { // empty again: dense
            heap_touch(vm, o, sizeof(Object));
            o->elems = NULL;
            o->cell.flags &= (u8)~OBJ_SPARSE;
        }
    } else {
        Elements *e = obj_elems(o);
        if (!e || i >= e->len || e->v[i] == V_HOLE) return false;
        elements_unshare(vm, o);
        e = obj_elems(o);
        if (i == e->len - 1) {
            u32 n = i;
            while (n && e->v[n - 1] == V_HOLE) n--;
            HEAP_STORE(vm, e->len, n);
        } else {
            heap_set(vm, &e->v[i], V_HOLE);
        }
    }
    object_proto_changed(vm, o);
    return true;
}

u32 elements_count(const Object *o) {
    if (o->cell.flags & OBJ_SPARSE) return ((const SparseElements *)o->elems)->live;
    return o->elems ? obj_elems(o)->len : 0;
}

static int by_u32(const void *a, const void *b) {
    u32 x = *(const u32 *)a, y = *(const u32 *)b;
    return x < y ? -1 : x > y;
}

u32 *elements_indices(VM *vm, const Object *o, u32 *n) {
    u32 max = elements_count(o);
    *n = 0;
    if (!max) return NULL;
    u32 *out = mem_alloc((size_t)max * 4);
    if (o->cell.flags & OBJ_SPARSE) {
        const SparseElements *s = (const SparseElements *)o->elems;
        for (u32 i = 0; i <= s->mask; i++)
            if (s->e[i].attrs < SPARSE_EMPTY) out[(*n)++] = s->e[i].index;
        qsort(out, *n, 4, by_u32);
    } else {
        const Elements *e = obj_elems(o);
        for (u32 i = 0; i < max; i++)
            if (e->v[i] != V_HOLE) out[(*n)++] = i;
    }
    return out;
}

bool elements_truncate(VM *vm, Array *a, u32 *len) {
    Object *o = &a->o;
    u32 want = *len;
    if (!(o->cell.flags & OBJ_SPARSE)) {
        Elements *e = obj_elems(o);
        if (!e || e->len <= want) return true;
        if (o->cell.aux & (OBJ2_ELEMS_SEALED | OBJ2_ELEMS_FROZEN)) {
            u32 n = e->len;
            while (n > want && e->v[n - 1] == V_HOLE) n--;
            *len = n;
            return n == want;
        }
        elements_unshare(vm, o);
        e = obj_elems(o);
        HEAP_STORE(vm, e->len, want);
        if (!want) HEAP_STORE(vm, o->elems, NULL);
        object_proto_changed(vm, o);
        return true;
    }
    u32 n, *idx = elements_indices(vm, o, &n);
    bool ok = true;
    while (n && idx[n - 1] >= want) {
        u8 attrs;
        element_own(o, idx[n - 1], &attrs);
        if (!(attrs & ATTR_C)) {
            *len = idx[n - 1] + 1;
            ok = false;
            break;
        }
        element_remove(vm, o, idx[--n]);
    }
    mem_free(idx);
    return ok;
}

// ---- arrays

Array *array_new(VM *vm, u32 hint) {
    Array *a = (Array *)object_alloc(vm, CELL_ARRAY, sizeof(Array), vm->realm->shape_array, 0);
    a->length = a->pad = 0;
    if (hint) elements_reserve(vm, &a->o, hint);
    return a;
}

Array *array_from(VM *vm, const Value *v, u32 n) {
    Array *a = array_new(vm, n);
    if (n) {
        Elements *e = (Elements *)a->o.elems;
        memcpy(e->v, v, (size_t)n * 8);
        e->len = a->length = n;
    }
    return a;
}

Value array_create_from_list(VM *vm, const Value *v, u32 n) { return v_from_array(array_from(vm, v, n)); }

bool array_is_fast(VM *vm, Value v) {
    if (!v_is_array(v)) return false;
    Array *a = v_array(v);
    if (!obj_is_dense(&a->o)) return false;
    Elements *e = (Elements *)a->o.elems;
    if (!a->length) return true;
    if (!e || e->len < a->length) return false;
    for (Value p = obj_proto(&a->o); v_is_object(p); p = obj_proto(v_object(p))) {
        Object *o = v_object(p);
        if (o->elems || (o->cell.flags & OBJ_EXOTIC)) return false;
    }
    return true;
}

bool array_is_plain(VM *vm, const Object *o) {
    return o->shape == vm->realm->shape_array && o->cell.kind == CELL_ARRAY && !o->cell.aux &&
           !(o->cell.flags & (OBJ_NON_EXTENSIBLE | OBJ_EXOTIC | OBJ_SPARSE | OBJ_PROTO)) &&
           !v_object(vm->realm->ArrayPrototype)->elems && !v_object(vm->realm->ObjectPrototype)->elems;
}

bool elements_fill(VM *vm, Object *o, u32 from, u32 to, Value v) {
    if (from >= to) return true;
    if (to > (32u << 20)) return false;
    Elements *e = obj_elems(o);
    if (!e || e->cap < to)
        e = elements_reserve(vm, o, ((Array *)o)->length > (32u << 20) ? to : ((Array *)o)->length);
    u32 start = from < e->len ? from : e->len;
    heap_touch(vm, &e->v[start], (size_t)(to - start) * 8);
    for (u32 i = e->len; i < from; i++) e->v[i] = V_HOLE;
    for (u32 i = from; i < to; i++) e->v[i] = v;
    if (to > e->len) HEAP_STORE(vm, e->len, to);
    return true;
}

// 10.4.2.4 with a plain value
int array_set_length_rjs(VM *vm, Array *a, Value len) {
    u32 n;
    f64 d;
    if (v_is_int(len) && v_int(len) >= 0) {
        n = (u32)v_int(len);
    } else {
        if (!to_uint32_rjs(vm, len, &n) || !to_f64_rjs(vm, len, &d)) return -1;
        if ((f64)n != d) {
            (void)vm_throw(vm, ERR_ARRAY_LENGTH);
            return -1;
        }
    }
    if (n == a->length) return a->o.cell.aux & OBJ2_LENGTH_READONLY ? 0 : 1;
    if (a->o.cell.aux & OBJ2_LENGTH_READONLY) return 0;
    bool ok = n > a->length || elements_truncate(vm, a, &n);
    HEAP_STORE(vm, a->length, n);
    return ok;
}
