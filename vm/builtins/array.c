// SPDX-License-Identifier: MIT
// Array and Array.prototype (ECMA-262 23.1), except sorting (array_sort.c) and iteration with callbacks (array_iterate.c).
// Every method works on any array-like; dense arrays take the vector paths of array_util.h and the memmove paths here.
#include "vm/builtins/array_util.h"

#define MAX_SAFE 9007199254740991ll

// ---- helpers

static DX_MUST_USE bool this_and_length_rjs(VM *vm, Value self, Value *obj, i64 *len) {
    *obj = to_object(vm, self);
    if (v_is_exc(*obj)) return false;
    *len = length_of_array_like_rjs(vm, *obj);
    return *len >= 0;
}

static Value array_create_rjs(VM *vm, i64 len) { // ArrayCreate
    if (len > 0xFFFFFFFFll) return vm_throw(vm, ERR_ARRAY_LENGTH);
    Array *a = array_new(vm, len > 1 << 16 ? 0 : (u32)len);
    a->length = (u32)len;
    return v_from_array(a);
}

// ArraySpeciesCreate (23.1.3.?): *plain tells that the result is a fresh ordinary array.
Value array_species_create_rjs(VM *vm, Value original, i64 len) {
    int is = is_array_rjs(vm, original);
    if (is < 0) return V_EXC;
    if (!is) return array_create_rjs(vm, len);
    Value c = get_rjs(vm, original, A_(vm, constructor));
    if (v_is_exc(c)) return V_EXC;
    if (vm->further_realms && v_is_constructor(c)) { // the other realm's Array stands for this one's
        Realm *r = function_realm(vm, c);
        if (!r) return V_EXC;
        if (r != vm->realm && c == r->Array) c = V_UNDEFINED;
    }
    if (v_is_object(c)) {
        c = get_rjs(vm, c, SYM_(vm, species));
        if (v_is_exc(c)) return V_EXC;
        if (v_is_null(c)) c = V_UNDEFINED;
    }
    if (v_is_undefined(c) || c == vm->realm->Array) return array_create_rjs(vm, len);
    if (!v_is_constructor(c)) return vm_throw(vm, ERR_SPECIES_CTOR);
    return vm_construct(vm, c, 1, (Value[]){v_from_i64(len)}, c);
}

// ---- constructor (23.1.1.1) and statics

static Value array_ctor(VM *vm, Value self, int argc, Value *argv) {
    Value nt = native_new_target(vm);
    if (v_is_undefined(nt)) nt = native_callee(vm);
    Value proto = nt == vm->realm->Array ? vm->realm->ArrayPrototype : proto_from_ctor_rjs(vm, nt, REALM_ArrayPrototype);
    if (v_is_exc(proto)) return V_EXC;
    Value r;
    if (argc == 1 && v_is_number(argv[0])) {
        f64 d = v_num(argv[0]);
        if (d != (f64)(u32)(i64)d || d < 0 || d > 4294967295.0) return vm_throw(vm, ERR_ARRAY_LENGTH);
        r = array_create_rjs(vm, (i64)d);
    } else {
        r = array_create_from_list(vm, argv, (u32)argc);
    }
    if (proto != vm->realm->ArrayPrototype && object_set_proto_rjs(vm, r, proto) < 0) return V_EXC;
    return r;
}

static Value array_is_array(VM *vm, Value self, int argc, Value *argv) { // 23.1.2.2
    int r = is_array_rjs(vm, ARG(0));
    return r < 0 ? V_EXC : v_from_bool(r);
}

static Value construct_or_array_rjs(VM *vm, Value c, bool with_len, i64 len) {
    if (v_is_constructor(c)) {
        if (c == vm->realm->Array) return array_create_rjs(vm, with_len ? len : 0);
        return vm_construct(vm, c, with_len ? 1 : 0, (Value[]){v_from_i64(len)}, c);
    }
    return array_create_rjs(vm, with_len ? len : 0);
}

static Value array_of(VM *vm, Value self, int argc, Value *argv) { // 23.1.2.3
    Value a = construct_or_array_rjs(vm, self, true, argc);
    if (v_is_exc(a)) return V_EXC;
    for (int i = 0; i < argc; i++)
        if (!elem_create_rjs(vm, a, i, argv[i])) return V_EXC;
    return set_length_rjs(vm, a, argc) ? a : V_EXC;
}

static Value array_from_iterable_rjs(VM *vm, Value c, Value items, Value method, Value mapfn, Value this_arg) {
    Value a = construct_or_array_rjs(vm, c, false, 0);
    if (v_is_exc(a)) return V_EXC;
    IterRecord it;
    if (!iter_from_method_rjs(vm, items, method, &it)) return V_EXC;
    for (i64 k = 0;; k++) {
        Value v;
        int st = iter_step_rjs(vm, &it, &v);
        if (st < 0) return V_EXC;
        if (st == 0) return set_length_rjs(vm, a, k) ? a : V_EXC;
        if (!v_is_undefined(mapfn)) {
            v = CALL2(vm, mapfn, this_arg, v, v_from_i64(k));
            if (v_is_exc(v)) return iter_close_rjs(vm, &it), V_EXC;
        }
        if (!elem_create_rjs(vm, a, k, v)) return iter_close_rjs(vm, &it), V_EXC;
    }
}

static Value array_from_fn(VM *vm, Value self, int argc, Value *argv) { // 23.1.2.1
    Value items = ARG(0), mapfn = ARG(1), this_arg = ARG(2);
    if (!v_is_undefined(mapfn) && !v_is_callable(mapfn)) return vm_throw(vm, ERR_V_NOT_FUNCTION, mapfn);
    if (v_is_nullish(items)) return vm_throw(vm, ERR_V_NOT_ITERABLE, items);
    Value method = get_method_rjs(vm, items, SYM_(vm, iterator));
    if (v_is_exc(method)) return V_EXC;
    if (!v_is_undefined(method)) return array_from_iterable_rjs(vm, self, items, method, mapfn, this_arg);
    Value like = to_object(vm, items);
    if (v_is_exc(like)) return V_EXC;
    i64 len = length_of_array_like_rjs(vm, like);
    if (len < 0) return V_EXC;
    Value a = construct_or_array_rjs(vm, self, true, len);
    if (v_is_exc(a)) return V_EXC;
    for (i64 k = 0; k < len; k++) {
        Value v = elem_get_rjs(vm, like, k);
        if (v_is_exc(v)) return V_EXC;
        if (!v_is_undefined(mapfn)) {
            v = CALL2(vm, mapfn, this_arg, v, v_from_i64(k));
            if (v_is_exc(v)) return V_EXC;
        }
        if (!elem_create_rjs(vm, a, k, v)) return V_EXC;
    }
    return set_length_rjs(vm, a, len) ? a : V_EXC;
}

static Value return_this(VM *vm, Value self, int argc, Value *argv) { return self; } // get [@@species]

// ---- access

static Value array_proto_at(VM *vm, Value self, int argc, Value *argv) { // 23.1.3.1
    Value o; i64 len; f64 rel;
    if (!this_and_length_rjs(vm, self, &o, &len) || !to_integer_rjs(vm, ARG(0), &rel)) return V_EXC;
    f64 k = rel >= 0 ? rel : (f64)len + rel;
    return k < 0 || k >= (f64)len ? V_UNDEFINED : elem_get_rjs(vm, o, (i64)k);
}

static Value array_proto_with(VM *vm, Value self, int argc, Value *argv) { // 23.1.3.39
    Value o; i64 len; f64 rel;
    if (!this_and_length_rjs(vm, self, &o, &len) || !to_integer_rjs(vm, ARG(0), &rel)) return V_EXC;
    f64 k = rel >= 0 ? rel : (f64)len + rel;
    if (k < 0 || k >= (f64)len) return vm_throw(vm, ERR_INVALID_INDEX, v_from_num(rel));
    Value a = array_create_rjs(vm, len);
    if (v_is_exc(a)) return V_EXC;
    v_array(a)->length = 0;
    for (i64 i = 0; i < len; i++) {
        Value v = i == (i64)k ? ARG(1) : elem_get_rjs(vm, o, i);
        if (v_is_exc(v)) return V_EXC;
        array_push(vm, v_array(a), v);
    }
    return a;
}

// ---- concat (23.1.3.2)

static DX_MUST_USE int is_concat_spreadable_rjs(VM *vm, Value v) {
    if (!v_is_object(v)) return 0;
    Value s = get_rjs(vm, v, SYM_(vm, isConcatSpreadable));
    if (v_is_exc(s)) return -1;
    return v_is_undefined(s) ? is_array_rjs(vm, v) : to_boolean(s);
}

static DX_MUST_USE bool concat_one_rjs(VM *vm, Value a, Value item, i64 *n) {
    int spread = is_concat_spreadable_rjs(vm, item);
    if (spread < 0) return false;
    if (!spread) {
        if (*n >= MAX_SAFE) return vm_throw(vm, ERR_CUSTOM_TYPE, "Invalid array length"), false;
        return elem_create_rjs(vm, a, (*n)++, item);
    }
    i64 len = length_of_array_like_rjs(vm, item);
    if (len < 0) return false;
    if (*n + len > MAX_SAFE) return vm_throw(vm, ERR_CUSTOM_TYPE, "Invalid array length"), false;
    if (v_is_array(a) && array_is_packed(item) && *n == (i64)v_array(a)->length && *n + len < 0x7FFFFFFF) {
        elements_reserve(vm, v_object(a), (u32)(*n + len));
        for (i64 k = 0; k < len; k++) array_push(vm, v_array(a), obj_elems(v_object(item))->v[k]);
        *n += len;
        return true;
    }
    for (i64 k = 0; k < len; k++, (*n)++) {
        Value v = elem_get_if_present_rjs(vm, item, k);
        if (v_is_exc(v)) return false;
        if (v != V_HOLE && !elem_create_rjs(vm, a, *n, v)) return false;
    }
    return true;
}

static Value array_proto_concat(VM *vm, Value self, int argc, Value *argv) {
    Value o = to_object(vm, self);
    if (v_is_exc(o)) return V_EXC;
    Value a = array_species_create_rjs(vm, o, 0);
    if (v_is_exc(a)) return V_EXC;
    i64 n = 0;
    if (!concat_one_rjs(vm, a, o, &n)) return V_EXC;
    for (int i = 0; i < argc; i++)
        if (!concat_one_rjs(vm, a, argv[i], &n)) return V_EXC;
    return set_length_rjs(vm, a, n) ? a : V_EXC;
}

// ---- moving elements in place

// Moves element from → to, deleting `to` when `from` is absent. The step shared by copyWithin, shift, splice, unshift.
static DX_MUST_USE bool elem_move_rjs(VM *vm, Value o, i64 from, i64 to) {
    Value v = elem_get_if_present_rjs(vm, o, from);
    if (v_is_exc(v)) return false;
    return v == V_HOLE ? elem_delete_rjs(vm, o, to) : elem_set_rjs(vm, o, to, v);
}

static Value array_proto_copy_within(VM *vm, Value self, int argc, Value *argv) { // 23.1.3.4
    Value o; i64 len, to, from, fin;
    if (!this_and_length_rjs(vm, self, &o, &len) || !to_relative_index_rjs(vm, ARG(0), len, 0, &to) ||
        !to_relative_index_rjs(vm, ARG(1), len, 0, &from) || !to_relative_index_rjs(vm, ARG(2), len, len, &fin))
        return V_EXC;
    i64 count = fin - from < len - to ? fin - from : len - to, step = 1;
    if (from < to && to < from + count) step = -1, from += count - 1, to += count - 1;
    for (; count > 0; count--, from += step, to += step)
        if (!elem_move_rjs(vm, o, from, to)) return V_EXC;
    return o;
}

static Value array_proto_fill(VM *vm, Value self, int argc, Value *argv) { // 23.1.3.7
    Value o; i64 len, k, fin;
    if (!this_and_length_rjs(vm, self, &o, &len) || !to_relative_index_rjs(vm, ARG(1), len, 0, &k) || !to_relative_index_rjs(vm, ARG(2), len, len, &fin))
        return V_EXC;
    if (v_is_array(o) && array_is_plain(vm, v_object(o)) && fin <= v_array(o)->length && elements_fill(vm, v_object(o), (u32)k, (u32)(fin > k ? fin : k), ARG(0)))
        return o;
    for (; k < fin; k++)
        if (!elem_set_rjs(vm, o, k, ARG(0))) return V_EXC;
    return o;
}

// The vector of an array whose elements may be moved with memmove, or NULL.
static Elements *movable_elements(Value o) {
    if (!array_is_packed(o)) return NULL;
    Object *a = v_object(o);
    if (a->cell.flags & OBJ_NON_EXTENSIBLE || a->cell.aux) return NULL;
    return obj_elems(a);
}

static Value array_proto_pop(VM *vm, Value self, int argc, Value *argv) { // 23.1.3.22
    if (v_is_array(self)) {
        Array *a = v_array(self);
        Elements *e = obj_elems(&a->o);
        if (obj_is_dense(&a->o) && !a->o.cell.aux && e && a->length && e->len == a->length && e->v[e->len - 1] != V_HOLE) {
            Value v = e->v[e->len - 1];
            HEAP_STORE(vm, e->len, e->len - 1);
            HEAP_STORE(vm, a->length, a->length - 1);
            return v;
        }
    }
    Value o; i64 len;
    if (!this_and_length_rjs(vm, self, &o, &len)) return V_EXC;
    if (len == 0) return set_length_rjs(vm, o, 0) ? V_UNDEFINED : V_EXC;
    Value v = elem_get_rjs(vm, o, len - 1);
    if (v_is_exc(v) || !elem_delete_rjs(vm, o, len - 1) || !set_length_rjs(vm, o, len - 1)) return V_EXC;
    return v;
}

// Setting an element that the array lacks meets no setter: nothing indexed on the prototypes.
static bool elements_plain_on_protos(VM *vm, const Array *a) {
    Realm *r = vm->realm;
    return a->o.shape->proto == r->ArrayPrototype && !v_object(r->ArrayPrototype)->elems && !v_object(r->ObjectPrototype)->elems;
}

static Value array_proto_push(VM *vm, Value self, int argc, Value *argv) { // 23.1.3.23
    if (v_is_array(self)) {
        Array *a = v_array(self);
        Elements *e = obj_elems(&a->o);
        if (obj_is_dense(&a->o) && !(a->o.cell.flags & OBJ_NON_EXTENSIBLE) && !a->o.cell.aux && (e ? e->len : 0) == a->length && a->length < 0x7FFFFFFF && elements_plain_on_protos(vm, a)) {
            for (int i = 0; i < argc; i++) array_push(vm, a, argv[i]);
            return v_from_u32(a->length);
        }
    }
    Value o; i64 len;
    if (!this_and_length_rjs(vm, self, &o, &len)) return V_EXC;
    if (len + argc > MAX_SAFE)
        return vm_throw(vm, ERR_CUSTOM_TYPE, "Pushing elements past the maximum array length");
    for (int i = 0; i < argc; i++)
        if (!elem_set_rjs(vm, o, len + i, argv[i])) return V_EXC;
    return set_length_rjs(vm, o, len + argc) ? v_from_i64(len + argc) : V_EXC;
}

static Value array_proto_reverse(VM *vm, Value self, int argc, Value *argv) { // 23.1.3.26
    Value o; i64 len;
    if (!this_and_length_rjs(vm, self, &o, &len)) return V_EXC;
    Elements *e = movable_elements(o);
    if (e) {
        heap_touch(vm, e->v, (size_t)len * 8);
        for (i64 i = 0, j = len - 1; i < j; i++, j--) {
            Value t = e->v[i];
            e->v[i] = e->v[j];
            e->v[j] = t;
        }
        return o;
    }
    for (i64 lower = 0; lower < len / 2; lower++) {
        i64 upper = len - 1 - lower;
        Value lv = elem_get_if_present_rjs(vm, o, lower);
        if (v_is_exc(lv)) return V_EXC;
        Value uv = elem_get_if_present_rjs(vm, o, upper);
        if (v_is_exc(uv)) return V_EXC;
        if (uv != V_HOLE && !elem_set_rjs(vm, o, lower, uv)) return V_EXC;
        if (uv == V_HOLE && lv != V_HOLE && !elem_delete_rjs(vm, o, lower)) return V_EXC;
        if (lv != V_HOLE && !elem_set_rjs(vm, o, upper, lv)) return V_EXC;
        if (lv == V_HOLE && uv != V_HOLE && !elem_delete_rjs(vm, o, upper)) return V_EXC;
    }
    return o;
}

static Value array_proto_shift(VM *vm, Value self, int argc, Value *argv) { // 23.1.3.27
    Value o; i64 len;
    if (!this_and_length_rjs(vm, self, &o, &len)) return V_EXC;
    if (len == 0) return set_length_rjs(vm, o, 0) ? V_UNDEFINED : V_EXC;
    Elements *e = movable_elements(o);
    if (e) {
        Value first = e->v[0];
        heap_touch(vm, e, sizeof(Elements) + (size_t)len * 8);
        memmove(e->v, e->v + 1, (size_t)(len - 1) * 8);
        e->len--;
        HEAP_STORE(vm, v_array(o)->length, (u32)(len - 1));
        return first;
    }
    Value first = elem_get_rjs(vm, o, 0);
    if (v_is_exc(first)) return V_EXC;
    for (i64 k = 1; k < len; k++)
        if (!elem_move_rjs(vm, o, k, k - 1)) return V_EXC;
    if (!elem_delete_rjs(vm, o, len - 1) || !set_length_rjs(vm, o, len - 1)) return V_EXC;
    return first;
}

static Value array_proto_unshift(VM *vm, Value self, int argc, Value *argv) { // 23.1.3.37
    Value o; i64 len;
    if (!this_and_length_rjs(vm, self, &o, &len)) return V_EXC;
    if (argc > 0) {
        if (len + argc > MAX_SAFE) return vm_throw(vm, ERR_CUSTOM_TYPE, "Invalid array length");
        Elements *e = movable_elements(o);
        if ((e || len == 0) && v_is_array(o) && !v_object(o)->cell.aux && obj_is_dense(v_object(o)) &&
            !(v_object(o)->cell.flags & OBJ_NON_EXTENSIBLE) && len + argc < 0x7FFFFFFF && elements_plain_on_protos(vm, v_array(o))) {
            e = elements_reserve(vm, v_object(o), (u32)(len + argc));
            heap_touch(vm, e, sizeof(Elements) + (size_t)(len + argc) * 8);
            memmove(e->v + argc, e->v, (size_t)len * 8);
            memcpy(e->v, argv, (size_t)argc * 8);
            e->len = (u32)(len + argc);
            HEAP_STORE(vm, v_array(o)->length, (u32)(len + argc));
            return v_from_i64(len + argc);
        }
        for (i64 k = len; k > 0; k--)
            if (!elem_move_rjs(vm, o, k - 1, k + argc - 1)) return V_EXC;
        for (int j = 0; j < argc; j++)
            if (!elem_set_rjs(vm, o, j, argv[j])) return V_EXC;
    }
    return set_length_rjs(vm, o, len + argc) ? v_from_i64(len + argc) : V_EXC;
}

// ---- parts

static Value array_proto_slice(VM *vm, Value self, int argc, Value *argv) { // 23.1.3.28
    Value o; i64 len, k, fin;
    if (!this_and_length_rjs(vm, self, &o, &len) || !to_relative_index_rjs(vm, ARG(0), len, 0, &k) || !to_relative_index_rjs(vm, ARG(1), len, len, &fin))
        return V_EXC;
    i64 count = fin > k ? fin - k : 0;
    Value a = array_species_create_rjs(vm, o, count);
    if (v_is_exc(a)) return V_EXC;
    array_begin_fill(vm, a, o);
    i64 n = 0;
    for (; k < fin; k++, n++) {
        Value v = elem_get_if_present_rjs(vm, o, k);
        if (v_is_exc(v)) return V_EXC;
        if (v != V_HOLE && !elem_create_rjs(vm, a, n, v)) return V_EXC;
    }
    return set_length_rjs(vm, a, n) ? a : V_EXC;
}

static Value array_proto_splice(VM *vm, Value self, int argc, Value *argv) { // 23.1.3.31
    Value o; i64 len, start;
    if (!this_and_length_rjs(vm, self, &o, &len) || !to_relative_index_rjs(vm, ARG(0), len, 0, &start)) return V_EXC;
    int items = argc > 2 ? argc - 2 : 0;
    i64 del = 0;
    if (argc == 1) del = len - start;
    if (argc >= 2) {
        f64 d;
        if (!to_integer_rjs(vm, argv[1], &d)) return V_EXC;
        del = d < 0 ? 0 : d > (f64)(len - start) ? len - start : (i64)d;
    }
    if (len + items - del > MAX_SAFE) return vm_throw(vm, ERR_CUSTOM_TYPE, "Invalid array length");
    Value a = array_species_create_rjs(vm, o, del);
    if (v_is_exc(a)) return V_EXC;
    array_begin_fill(vm, a, o);
    for (i64 k = 0; k < del; k++) {
        Value v = elem_get_if_present_rjs(vm, o, start + k);
        if (v_is_exc(v)) return V_EXC;
        if (v != V_HOLE && !elem_create_rjs(vm, a, k, v)) return V_EXC;
    }
    if (!set_length_rjs(vm, a, del)) return V_EXC;
    Elements *e = movable_elements(o);
    if (e && (i64)v_array(o)->length == len && len + items - del < 0x7FFFFFFF) {
        if (items > del) e = elements_reserve(vm, v_object(o), (u32)(len + items - del));
        heap_touch(vm, e, sizeof(Elements) + (size_t)(len + items - del) * 8);
        memmove(e->v + start + items, e->v + start + del, (size_t)(len - start - del) * 8);
        if (items) memcpy(e->v + start, argv + 2, (size_t)items * 8);
        e->len = (u32)(len + items - del);
        HEAP_STORE(vm, v_array(o)->length, e->len);
        return a;
    }
    if (items < del) {
        for (i64 k = start; k < len - del; k++)
            if (!elem_move_rjs(vm, o, k + del, k + items)) return V_EXC;
        for (i64 k = len; k > len - del + items; k--)
            if (!elem_delete_rjs(vm, o, k - 1)) return V_EXC;
    } else if (items > del) {
        for (i64 k = len - del; k > start; k--)
            if (!elem_move_rjs(vm, o, k + del - 1, k + items - 1)) return V_EXC;
    }
    for (int j = 0; j < items; j++)
        if (!elem_set_rjs(vm, o, start + j, argv[2 + j])) return V_EXC;
    return set_length_rjs(vm, o, len - del + items) ? a : V_EXC;
}

static Value array_proto_to_spliced(VM *vm, Value self, int argc, Value *argv) { // 23.1.3.35
    Value o; i64 len, start;
    if (!this_and_length_rjs(vm, self, &o, &len) || !to_relative_index_rjs(vm, ARG(0), len, 0, &start)) return V_EXC;
    int items = argc > 2 ? argc - 2 : 0;
    i64 skip = argc == 1 ? len - start : 0;
    if (argc >= 2) {
        f64 d;
        if (!to_integer_rjs(vm, argv[1], &d)) return V_EXC;
        skip = d < 0 ? 0 : d > (f64)(len - start) ? len - start : (i64)d;
    }
    i64 total = len + items - skip;
    if (total > MAX_SAFE) return vm_throw(vm, ERR_CUSTOM_TYPE, "Invalid array length");
    Value a = array_create_rjs(vm, total);
    if (v_is_exc(a)) return V_EXC;
    v_array(a)->length = 0;
    for (i64 i = 0; i < total; i++) {
        Value v;
        if (i >= start && i < start + items) v = argv[2 + i - start];
        else v = elem_get_rjs(vm, o, i < start ? i : i - items + skip);
        if (v_is_exc(v)) return V_EXC;
        array_push(vm, v_array(a), v);
    }
    return a;
}

static Value array_proto_to_reversed(VM *vm, Value self, int argc, Value *argv) { // 23.1.3.33
    Value o; i64 len;
    if (!this_and_length_rjs(vm, self, &o, &len)) return V_EXC;
    Value a = array_create_rjs(vm, len);
    if (v_is_exc(a)) return V_EXC;
    v_array(a)->length = 0;
    for (i64 k = len - 1; k >= 0; k--) {
        Value v = elem_get_rjs(vm, o, k);
        if (v_is_exc(v)) return V_EXC;
        array_push(vm, v_array(a), v);
    }
    return a;
}

// ---- flattening (23.1.3.13)

static DX_MUST_USE bool flatten_into_rjs(VM *vm, Value target, i64 *n, Value source, i64 len, f64 depth, Value mapper, Value this_arg) {
    if (vm_stack_low(vm)) return false;
    for (i64 k = 0; k < len; k++) {
        Value v = elem_get_if_present_rjs(vm, source, k);
        if (v == V_HOLE) continue;
        if (v_is_exc(v)) return false;
        if (!v_is_undefined(mapper)) {
            v = vm_call(vm, mapper, this_arg, 3, (Value[]){v, v_from_i64(k), source});
            if (v_is_exc(v)) return false;
        }
        int flat = depth > 0 ? is_array_rjs(vm, v) : 0;
        if (flat < 0) return false;
        if (flat) {
            i64 inner = length_of_array_like_rjs(vm, v);
            if (inner < 0 || !flatten_into_rjs(vm, target, n, v, inner, depth - 1, V_UNDEFINED, V_UNDEFINED)) return false;
        } else {
            if (*n >= MAX_SAFE) return vm_throw(vm, ERR_CUSTOM_TYPE, "Invalid array length"), false;
            if (!elem_create_rjs(vm, target, (*n)++, v)) return false;
        }
    }
    return true;
}

static Value array_proto_flat(VM *vm, Value self, int argc, Value *argv) {
    Value o; i64 len, n = 0; f64 depth = 1;
    if (!this_and_length_rjs(vm, self, &o, &len)) return V_EXC;
    if (!v_is_undefined(ARG(0)) && !to_integer_rjs(vm, argv[0], &depth)) return V_EXC;
    Value a = array_species_create_rjs(vm, o, 0);
    if (v_is_exc(a) || !flatten_into_rjs(vm, a, &n, o, len, depth, V_UNDEFINED, V_UNDEFINED)) return V_EXC;
    return a;
}

static Value array_proto_flat_map(VM *vm, Value self, int argc, Value *argv) {
    Value o; i64 len, n = 0;
    if (!this_and_length_rjs(vm, self, &o, &len)) return V_EXC;
    if (!v_is_callable(ARG(0))) return vm_throw(vm, ERR_CUSTOM_TYPE, "flatMap mapper function is not callable");
    Value a = array_species_create_rjs(vm, o, 0);
    if (v_is_exc(a) || !flatten_into_rjs(vm, a, &n, o, len, 1, argv[0], ARG(1))) return V_EXC;
    return a;
}

// ---- searching without callbacks

static Value array_proto_includes(VM *vm, Value self, int argc, Value *argv) { // 23.1.3.16
    Value o; i64 len, k;
    if (!this_and_length_rjs(vm, self, &o, &len)) return V_EXC;
    if (len == 0) return V_FALSE;
    if (!to_relative_index_rjs(vm, ARG(1), len, 0, &k)) return V_EXC;
    for (; k < len; k++) {
        Value v = elem_get_rjs(vm, o, k);
        if (v_is_exc(v)) return V_EXC;
        if (v == ARG(0) || same_value_zero(vm, v, ARG(0))) return V_TRUE;
    }
    return V_FALSE;
}

static Value array_proto_index_of(VM *vm, Value self, int argc, Value *argv) { // 23.1.3.17
    Value o; i64 len, k;
    if (!this_and_length_rjs(vm, self, &o, &len)) return V_EXC;
    if (len == 0) return v_from_int(-1);
    if (!to_relative_index_rjs(vm, ARG(1), len, 0, &k)) return V_EXC;
    for (; k < len; k++) {
        Value v = elem_get_if_present_rjs(vm, o, k);
        if (v_is_exc(v)) return V_EXC;
        if (v != V_HOLE && is_strictly_equal(vm, v, ARG(0))) return v_from_i64(k);
    }
    return v_from_int(-1);
}

static Value array_proto_last_index_of(VM *vm, Value self, int argc, Value *argv) { // 23.1.3.20
    Value o; i64 len;
    if (!this_and_length_rjs(vm, self, &o, &len)) return V_EXC;
    if (len == 0) return v_from_int(-1);
    f64 n = (f64)len - 1;
    if (argc > 1 && !to_integer_rjs(vm, argv[1], &n)) return V_EXC;
    i64 k = n >= 0 ? (n < (f64)(len - 1) ? (i64)n : len - 1) : n == -__builtin_inf() ? -1 : (i64)((f64)len + n);
    for (; k >= 0; k--) {
        Value v = elem_get_if_present_rjs(vm, o, k);
        if (v_is_exc(v)) return V_EXC;
        if (v != V_HOLE && is_strictly_equal(vm, v, ARG(0))) return v_from_i64(k);
    }
    return v_from_int(-1);
}

// ---- text. Cycles print as the empty string (V8's join stack): vm->joining is the innermost join, the chain lives on the C stack.

typedef struct JoinChain { Value obj; struct JoinChain *up; } JoinChain;

static bool join_in_progress(VM *vm, Value o) {
    for (JoinChain *c = vm->joining; c; c = c->up)
        if (c->obj == o) return true;
    return false;
}

static DX_MUST_USE bool join_element_rjs(VM *vm, StrBuf *sb, Value v, bool locale, int argc, Value *argv) {
    if (v_is_nullish(v)) return true;
    if (locale) {
        v = invoke_rjs(vm, v, key_c(vm, "toLocaleString"), argc < 2 ? argc : 2, argv);
        if (v_is_exc(v)) return false;
    }
    String *s = to_string_rjs(vm, v);
    if (!s) return false;
    sb_str(vm, sb, s);
    return true;
}

static Value array_join_rjs(VM *vm, Value o, i64 len, String *sep, bool locale, int argc, Value *argv) {
    if (vm_stack_low(vm)) return V_EXC;
    if (join_in_progress(vm, o)) return A_(vm, empty);
    JoinChain link = {o, vm->joining};
    vm->joining = &link;
    StrBuf sb = {0};
    bool ok = true;
    for (i64 k = 0; k < len && ok; k++) {
        if (k) sb_str(vm, &sb, sep);
        if (sb.len > STRING_MAX_LENGTH) break;
        if (elem_interrupted(vm)) {
            ok = false;
            break;
        }
        Value v = elem_get_rjs(vm, o, k);
        ok = !v_is_exc(v) && join_element_rjs(vm, &sb, v, locale, argc, argv);
    }
    vm->joining = link.up;
    if (!ok) return sb_free(&sb), V_EXC;
    return sb_finish(vm, &sb);
}

static Value array_proto_join(VM *vm, Value self, int argc, Value *argv) { // 23.1.3.18
    Value o; i64 len;
    if (!this_and_length_rjs(vm, self, &o, &len)) return V_EXC;
    String *sep = v_is_undefined(ARG(0)) ? v_string(vm->char_strings[',']) : to_string_rjs(vm, argv[0]);
    return sep ? array_join_rjs(vm, o, len, sep, false, 0, NULL) : V_EXC;
}

static Value array_proto_to_locale_string(VM *vm, Value self, int argc, Value *argv) { // 23.1.3.32
    Value o; i64 len;
    if (!this_and_length_rjs(vm, self, &o, &len)) return V_EXC;
    return array_join_rjs(vm, o, len, v_string(vm->char_strings[',']), true, argc, argv);
}

static Value array_proto_to_string(VM *vm, Value self, int argc, Value *argv) { // 23.1.3.36
    Value o = to_object(vm, self);
    if (v_is_exc(o)) return V_EXC;
    Value f = get_rjs(vm, o, A_(vm, join));
    if (v_is_exc(f)) return V_EXC;
    if (!v_is_callable(f)) f = vm->realm->ObjProtoToString;
    return CALL0(vm, f, o);
}

static Value array_proto_iterator(VM *vm, Value self, int argc, Value *argv) { // entries, keys, values
    u32 kind = native_magic(vm);
    Value o = to_object(vm, self);
    return v_is_exc(o) ? V_EXC : array_iterator_new(vm, o, (enum IterKind)kind);
}

// ---- tables

const NativeRow array_rows[] = {
    CTOR("Array", 1, array_ctor),
    FN("from", 1, array_from_fn),
    FN("isArray", 1, array_is_array),
    FN("of", 0, array_of),
    GETTER("@@species", return_this),
    ROWS_END,
};
const NativeRow array_proto_rows[] = {
    FN("at", 1, array_proto_at),
    FN("concat", 1, array_proto_concat),
    FN("copyWithin", 2, array_proto_copy_within),
    FN("fill", 1, array_proto_fill),
    FN("flat", 0, array_proto_flat),
    FN("flatMap", 1, array_proto_flat_map),
    FN("includes", 1, array_proto_includes),
    FN("indexOf", 1, array_proto_index_of),
    FN("join", 1, array_proto_join),
    FN("lastIndexOf", 1, array_proto_last_index_of),
    FN("pop", 0, array_proto_pop),
    FN("push", 1, array_proto_push),
    FN("reverse", 0, array_proto_reverse),
    FN("shift", 0, array_proto_shift),
    FN("unshift", 1, array_proto_unshift),
    FN("slice", 2, array_proto_slice),
    FN("splice", 2, array_proto_splice),
    FN("toLocaleString", 0, array_proto_to_locale_string),
    FN("toReversed", 0, array_proto_to_reversed),
    FN("toSpliced", 2, array_proto_to_spliced),
    FN("toString", 0, array_proto_to_string),
    FN("with", 2, array_proto_with),
    FN_MAGIC("entries", 0, array_proto_iterator, ITER_ENTRIES),
    FN_MAGIC("keys", 0, array_proto_iterator, ITER_KEYS),
    FN_MAGIC("values", 0, array_proto_iterator, ITER_VALUES),
    ALIAS("@@iterator", "values"),
    ROWS_END,
};

static void install_unscopables(VM *vm) { // 23.1.3.41
    static const char *const names[] = {"at", "copyWithin", "entries", "fill", "find", "findIndex", "findLast", "findLastIndex",
                                        "flat", "flatMap", "includes", "keys", "toReversed", "toSorted", "toSpliced", "values"};
    Object *u = object_new_proto(vm, V_NULL);
    for (u32 i = 0; i < DX_COUNTOF(names); i++) object_put(vm, u, key_c(vm, names[i]), V_TRUE, ATTR_WEC);
    object_put(vm, v_object(vm->realm->ArrayPrototype), SYM_(vm, unscopables), v_obj(u), ATTR_C);
}

void builtin_array_install(VM *vm) {
    Realm *r = vm->realm;
    if (!v_is_object(r->ArrayPrototype)) { // an Array exotic object
        Array *p = array_new(vm, 0);
        r->ArrayPrototype = v_from_array(p);
        DX_CHECK(object_set_proto_rjs(vm, r->ArrayPrototype, r->ObjectPrototype) > 0);
    }
    r->Array = builtin_class(vm, TABLE_array_rows, TABLE_array_proto_rows, r->ArrayPrototype, r->FunctionPrototype);
    builtin_install(vm, r->ArrayPrototype, TABLE_array_iterate_rows);
    builtin_install(vm, r->ArrayPrototype, TABLE_array_sort_rows);
    r->ArrayProtoValues = object_own_data(vm, v_object(r->ArrayPrototype), key_c(vm, "values"));
    install_unscopables(vm);
}
