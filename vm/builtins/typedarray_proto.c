// SPDX-License-Identifier: MIT
// %TypedArray%.prototype (ECMA-262 23.2.3). Lengths are read again after anything that may run user code: buffers can shrink.
#include "vm/builtins/typedarray.h"
#include "vm/sort.h"

#define THIS_TYPED(name) THIS_TYPED_FOR(ACCESS_READ, name)
#define THIS_TYPED_FOR(access, name) \
    TypedArrayObject *t = typed_validate(vm, self, access, "%TypedArray%.prototype." name); \
    if (!t) return V_EXC; \
    i64 len = (i64)typed_length(t, NULL); \
    (void)len

static Value at_index(VM *vm, TypedArrayObject *t, i64 i) { return i >= 0 && (u64)i < typed_length(t, NULL) ? typed_load(vm, t, (u64)i) : V_UNDEFINED; }
static u32 size_of(const TypedArrayObject *t) { return element_size[t->type]; }

// ---- fields

static Value typed_field(VM *vm, Value self, int argc, Value *argv) { // buffer (0), byteLength (1), byteOffset (2), length (3), @@toStringTag (4)
    u32 which = native_magic(vm);
    if (!v_is_kind(self, CELL_TYPEDARRAY)) return which == 4 ? V_UNDEFINED : vm_throw(vm, ERR_INCOMPATIBLE, "get TypedArray.prototype field", self);
    TypedArrayObject *t = (TypedArrayObject *)v_ptr(self);
    bool out;
    u64 n = typed_length(t, &out);
    switch (which) {
    case 0: return v_obj(t->buffer);
    case 1: return v_from_num((f64)(n * size_of(t)));
    case 2: return v_from_num(out ? 0 : (f64)t->offset);
    case 3: return v_from_num((f64)n);
    default: return v_str(vm, typed_names[t->type]);
    }
}

// ---- elements

static Value typed_proto_at(VM *vm, Value self, int argc, Value *argv) {
    THIS_TYPED("at");
    f64 rel;
    if (!to_integer_rjs(vm, ARG(0), &rel)) return V_EXC;
    f64 k = rel >= 0 ? rel : (f64)len + rel;
    return k < 0 || k >= (f64)len ? V_UNDEFINED : at_index(vm, t, (i64)k);
}
static Value typed_proto_with(VM *vm, Value self, int argc, Value *argv) { // 23.2.3.36
    THIS_TYPED("with");
    f64 rel;
    if (!to_integer_rjs(vm, ARG(0), &rel)) return V_EXC;
    f64 k = rel >= 0 ? rel : (f64)len + rel;
    Value v = element_convert_rjs(vm, (ElementType)t->type, ARG(1));
    if (v_is_exc(v)) return V_EXC;
    if (!(k >= 0) || k >= (f64)typed_length(t, NULL)) return vm_throw(vm, ERR_CUSTOM_RANGE, "Invalid typed array index");
    Value out = typed_array_new(vm, (ElementType)t->type, (u64)len);
    if (v_is_exc(out)) return V_EXC;
    TypedArrayObject *r = (TypedArrayObject *)v_ptr(out);
    for (i64 i = 0; i < len; i++)
        if (!typed_store_rjs(vm, r, (f64)i, i == (i64)k ? v : at_index(vm, t, i))) return V_EXC;
    return out;
}
static Value typed_proto_fill(VM *vm, Value self, int argc, Value *argv) { // 23.2.3.9
    THIS_TYPED_FOR(ACCESS_WRITE, "fill");
    i64 k, fin;
    Value v = element_convert_rjs(vm, (ElementType)t->type, ARG(0));
    if (v_is_exc(v) || !to_relative_index_rjs(vm, ARG(1), len, 0, &k) || !to_relative_index_rjs(vm, ARG(2), len, len, &fin)) return V_EXC;
    if (!(t = typed_validate(vm, self, ACCESS_WRITE, "%TypedArray%.prototype.fill"))) return V_EXC;
    i64 now = (i64)typed_length(t, NULL);
    if (fin > now) fin = now;
    if (k < fin) heap_touch(vm, typed_data(t) + (u64)k * size_of(t), (size_t)(fin - k) * size_of(t));
    for (; k < fin; k++) element_store(vm, (ElementType)t->type, typed_data(t) + (u64)k * size_of(t), v);
    return self;
}
static Value typed_proto_copy_within(VM *vm, Value self, int argc, Value *argv) { // 23.2.3.6
    THIS_TYPED_FOR(ACCESS_WRITE, "copyWithin");
    i64 to, from, fin;
    if (!to_relative_index_rjs(vm, ARG(0), len, 0, &to) || !to_relative_index_rjs(vm, ARG(1), len, 0, &from) || !to_relative_index_rjs(vm, ARG(2), len, len, &fin)) return V_EXC;
    i64 count = fin - from < len - to ? fin - from : len - to;
    if (count <= 0) return self;
    if (!(t = typed_validate(vm, self, ACCESS_WRITE, "%TypedArray%.prototype.copyWithin"))) return V_EXC;
    i64 now = (i64)typed_length(t, NULL), most = now - (from > to ? from : to);
    if (count > most) count = most;
    if (count <= 0) return self;
    u8 *base = typed_data(t);
    heap_touch(vm, base + (u64)to * size_of(t), (size_t)count * size_of(t));
    memmove(base + (u64)to * size_of(t), base + (u64)from * size_of(t), (size_t)count * size_of(t));
    return self;
}
static Value typed_proto_reverse(VM *vm, Value self, int argc, Value *argv) {
    THIS_TYPED_FOR(ACCESS_WRITE, "reverse");
    heap_touch(vm, typed_data(t), (size_t)len * size_of(t));
    for (i64 i = 0, j = len - 1; i < j; i++, j--) {
        u8 *p = typed_data(t) + (u64)i * size_of(t), *q = typed_data(t) + (u64)j * size_of(t), tmp[8];
        memcpy(tmp, p, size_of(t));
        memcpy(p, q, size_of(t));
        memcpy(q, tmp, size_of(t));
    }
    return self;
}
static Value typed_proto_to_reversed(VM *vm, Value self, int argc, Value *argv) {
    THIS_TYPED("toReversed");
    Value out = typed_array_new(vm, (ElementType)t->type, (u64)len);
    if (v_is_exc(out)) return V_EXC;
    u32 size = size_of(t);
    for (i64 i = 0; i < len; i++) memcpy(typed_data((TypedArrayObject *)v_ptr(out)) + (u64)i * size, typed_data(t) + (u64)(len - 1 - i) * size, size);
    return out;
}

// ---- parts

static Value typed_proto_slice(VM *vm, Value self, int argc, Value *argv) { // 23.2.3.27
    THIS_TYPED("slice");
    i64 from, to;
    if (!to_relative_index_rjs(vm, ARG(0), len, 0, &from) || !to_relative_index_rjs(vm, ARG(1), len, len, &to)) return V_EXC;
    i64 count = to > from ? to - from : 0;
    Value n = v_from_i64(count), out = typed_species_create_rjs(vm, self, 1, &n, ACCESS_WRITE);
    if (v_is_exc(out)) return V_EXC;
    if (count == 0) return out;
    if (!(t = typed_validate(vm, self, ACCESS_READ, "%TypedArray%.prototype.slice"))) return V_EXC;
    TypedArrayObject *r = (TypedArrayObject *)v_ptr(out);
    i64 now = (i64)typed_length(t, NULL);
    if (to > now) to = now;
    if (r->type == t->type) {
        u8 *dst = typed_data(r), *src = typed_data(t) + (u64)from * size_of(t);
        i64 limit = (to - from) * size_of(t), room = (i64)typed_length(r, NULL) * size_of(r);
        if (limit > room) limit = room;
        if (limit > 0) heap_touch(vm, dst, (size_t)limit);
        for (i64 i = 0; i < limit; i++) dst[i] = src[i]; // byte by byte: the arrays may share a buffer
        return out;
    }
    for (i64 i = from, k = 0; i < to; i++, k++)
        if (set_rjs(vm, out, key_from_i64(vm, k), at_index(vm, t, i), true) < 0) return V_EXC;
    return out;
}
static Value typed_proto_subarray(VM *vm, Value self, int argc, Value *argv) { // 23.2.3.31
    if (!v_is_kind(self, CELL_TYPEDARRAY)) return vm_throw(vm, ERR_INCOMPATIBLE, "%TypedArray%.prototype.subarray", self);
    TypedArrayObject *t = (TypedArrayObject *)v_ptr(self);
    i64 len = (i64)typed_length(t, NULL), from, to;
    if (!to_relative_index_rjs(vm, ARG(0), len, 0, &from) || !to_relative_index_rjs(vm, ARG(1), len, len, &to)) return V_EXC;
    Value args[3] = {v_obj(t->buffer), v_from_num((f64)t->offset + (f64)from * size_of(t)), v_from_i64(to > from ? to - from : 0)};
    return typed_species_create_rjs(vm, self, t->tracking && v_is_undefined(ARG(1)) ? 2 : 3, args, ACCESS_READ);
}
static Value typed_proto_set(VM *vm, Value self, int argc, Value *argv) { // 23.2.3.26
    if (!v_is_kind(self, CELL_TYPEDARRAY)) return vm_throw(vm, ERR_INCOMPATIBLE, "%TypedArray%.prototype.set", self);
    TypedArrayObject *t = (TypedArrayObject *)v_ptr(self);
    if (t->buffer->immutable) return vm_throw(vm, ERR_IMMUTABLE_BUFFER, "%TypedArray%.prototype.set");
    f64 off;
    if (!to_integer_rjs(vm, ARG(1), &off)) return V_EXC;
    if (off < 0) return vm_throw(vm, ERR_CUSTOM_RANGE, "offset is out of bounds");
    if (v_is_kind(ARG(0), CELL_TYPEDARRAY)) {
        bool out, out_src;
        TypedArrayObject *s = (TypedArrayObject *)v_ptr(argv[0]);
        i64 len = (i64)typed_length(t, &out), n = (i64)typed_length(s, &out_src);
        if (out || out_src) return vm_throw(vm, ERR_DETACHED, "%TypedArray%.prototype.set");
        if (element_is_big((ElementType)t->type) != element_is_big((ElementType)s->type)) return vm_throw(vm, ERR_BIGINT_MIX);
        if (off + (f64)n > (f64)len) return vm_throw(vm, ERR_CUSTOM_RANGE, "offset is out of bounds");
        u8 *dst = typed_data(t) + (u64)off * size_of(t);
        heap_touch(vm, dst, (size_t)n * size_of(t));
        if (s->type == t->type) return memmove(dst, typed_data(s), (size_t)n * size_of(t)), V_UNDEFINED;
        ByteCell *copy = bytes_new(vm, (size_t)n * size_of(s) + 1);
        memcpy(copy->data, typed_data(s), (size_t)n * size_of(s));
        for (i64 i = 0; i < n; i++) element_store(vm, (ElementType)t->type, dst + (u64)i * size_of(t), element_load(vm, (ElementType)s->type, copy->data + (u64)i * size_of(s)));
        return V_UNDEFINED;
    }
    bool out;
    i64 len = (i64)typed_length(t, &out);
    if (out) return vm_throw(vm, ERR_DETACHED, "%TypedArray%.prototype.set");
    Value src = to_object(vm, ARG(0));
    i64 n = v_is_exc(src) ? -1 : length_of_array_like_rjs(vm, src);
    if (n < 0) return V_EXC;
    if (off + (f64)n > (f64)len) return vm_throw(vm, ERR_CUSTOM_RANGE, "offset is out of bounds");
    for (i64 i = 0; i < n; i++) {
        Value v = elem_get_rjs(vm, src, i);
        if (v_is_exc(v) || !typed_store_rjs(vm, t, off + (f64)i, v)) return V_EXC;
    }
    return V_UNDEFINED;
}

// ---- searching

static Value typed_proto_search(VM *vm, Value self, int argc, Value *argv) { // indexOf (0), lastIndexOf (1), includes (2)
    u32 how = native_magic(vm);
    THIS_TYPED("indexOf");
    if (len == 0) return how == 2 ? V_FALSE : v_from_int(-1);
    i64 k;
    if (how == 1) {
        f64 n = (f64)len - 1;
        if (argc > 1 && !to_integer_rjs(vm, argv[1], &n)) return V_EXC;
        k = n >= 0 ? (n < (f64)len - 1 ? (i64)n : len - 1) : n == -__builtin_inf() ? -1 : (i64)((f64)len + n);
    } else if (!to_relative_index_rjs(vm, ARG(1), len, 0, &k)) return V_EXC;
    i64 now = (i64)typed_length(t, NULL);
    for (; how == 1 ? k >= 0 : k < len; how == 1 ? k-- : k++) {
        if (k >= now) {
            if (how == 2 && v_is_undefined(ARG(0))) return V_TRUE; // an index out of bounds reads undefined
            continue;
        }
        Value v = typed_load(vm, t, (u64)k);
        if (how == 2 ? same_value_zero(vm, v, ARG(0)) : is_strictly_equal(vm, v, ARG(0))) return how == 2 ? V_TRUE : v_from_i64(k);
    }
    return how == 2 ? V_FALSE : v_from_int(-1);
}

// ---- callbacks

static DX_MUST_USE Value call3_rjs(VM *vm, Value f, Value self, Value v, i64 k, Value o) {
    Value args[3] = {v, v_from_i64(k), o};
    return vm_call(vm, f, self, 3, args);
}
enum { EACH_EVERY, EACH_SOME, EACH_FOREACH };
static Value typed_proto_each(VM *vm, Value self, int argc, Value *argv) {
    u32 how = native_magic(vm);
    THIS_TYPED("forEach");
    if (v_is_exc(callable_or_throw(vm, ARG(0)))) return V_EXC;
    for (i64 k = 0; k < len; k++) {
        Value r = call3_rjs(vm, argv[0], ARG(1), at_index(vm, t, k), k, self);
        if (v_is_exc(r)) return V_EXC;
        if (how == EACH_EVERY && !to_boolean(r)) return V_FALSE;
        if (how == EACH_SOME && to_boolean(r)) return V_TRUE;
    }
    return how == EACH_FOREACH ? V_UNDEFINED : v_from_bool(how == EACH_EVERY);
}
static Value typed_proto_find(VM *vm, Value self, int argc, Value *argv) { // bit 0: index, bit 1: from the end
    u32 how = native_magic(vm);
    THIS_TYPED("find");
    if (v_is_exc(callable_or_throw(vm, ARG(0)))) return V_EXC;
    for (i64 i = 0; i < len; i++) {
        i64 k = how & 2 ? len - 1 - i : i;
        Value v = at_index(vm, t, k), r = call3_rjs(vm, argv[0], ARG(1), v, k, self);
        if (v_is_exc(r)) return V_EXC;
        if (to_boolean(r)) return how & 1 ? v_from_i64(k) : v;
    }
    return how & 1 ? v_from_int(-1) : V_UNDEFINED;
}
static Value typed_proto_reduce(VM *vm, Value self, int argc, Value *argv) {
    bool right = native_magic(vm);
    THIS_TYPED("reduce");
    if (v_is_exc(callable_or_throw(vm, ARG(0)))) return V_EXC;
    Value acc = argc > 1 ? argv[1] : V_HOLE;
    for (i64 i = 0; i < len; i++) {
        i64 k = right ? len - 1 - i : i;
        Value v = at_index(vm, t, k);
        if (acc == V_HOLE) {
            acc = v;
            continue;
        }
        Value args[4] = {acc, v, v_from_i64(k), self};
        if (v_is_exc(acc = vm_call(vm, argv[0], V_UNDEFINED, 4, args))) return V_EXC;
    }
    return acc == V_HOLE ? vm_throw(vm, ERR_REDUCE_EMPTY) : acc;
}
static Value typed_proto_map(VM *vm, Value self, int argc, Value *argv) { // 23.2.3.22
    THIS_TYPED("map");
    if (v_is_exc(callable_or_throw(vm, ARG(0)))) return V_EXC;
    Value n = v_from_i64(len), out = typed_species_create_rjs(vm, self, 1, &n, ACCESS_WRITE);
    if (v_is_exc(out)) return V_EXC;
    for (i64 k = 0; k < len; k++) {
        Value v = call3_rjs(vm, argv[0], ARG(1), at_index(vm, t, k), k, self);
        if (v_is_exc(v) || set_rjs(vm, out, key_from_i64(vm, k), v, true) < 0) return V_EXC;
    }
    return out;
}
static Value typed_proto_filter(VM *vm, Value self, int argc, Value *argv) { // 23.2.3.10
    THIS_TYPED("filter");
    if (v_is_exc(callable_or_throw(vm, ARG(0)))) return V_EXC;
    Array *kept = array_new(vm, 8);
    for (i64 k = 0; k < len; k++) {
        Value v = at_index(vm, t, k), r = call3_rjs(vm, argv[0], ARG(1), v, k, self);
        if (v_is_exc(r)) return V_EXC;
        if (to_boolean(r)) array_push(vm, kept, v);
    }
    Value n = v_from_u32(kept->length), out = typed_species_create_rjs(vm, self, 1, &n, ACCESS_WRITE);
    if (v_is_exc(out)) return V_EXC;
    for (u32 i = 0; i < kept->length; i++)
        if (set_rjs(vm, out, key_from_index(i), obj_elems(&kept->o)->v[i], true) < 0) return V_EXC;
    return out;
}

// ---- sorting

static int compare_elements(Value a, Value b) { // numeric; -0 before +0, NaN last; BigInts by value
    if (!v_is_number(a)) return is_less_than_rjs(NULL, a, b, true) == 1 ? -1 : is_less_than_rjs(NULL, b, a, true) == 1;
    f64 x = v_num(a), y = v_num(b);
    if (x != x || y != y) return (x != x) - (y != y);
    if (x != y) return x < y ? -1 : 1;
    return !!__builtin_signbit(y) - !!__builtin_signbit(x); // equal, or zeros of two signs
}
static Value typed_proto_sort(VM *vm, Value self, int argc, Value *argv) { // sort (0), toSorted (1)
    bool copy = native_magic(vm);
    if (!v_is_undefined(ARG(0)) && !v_is_callable(ARG(0))) return vm_throw(vm, ERR_CUSTOM_TYPE, "The comparison function must be either a function or undefined");
    THIS_TYPED_FOR(copy ? ACCESS_READ : ACCESS_WRITE, "sort");
    Value out = copy ? typed_array_new(vm, (ElementType)t->type, (u64)len) : self;
    if (v_is_exc(out)) return V_EXC;
    ValueArray *v = values_new(vm, (u32)len + 1);
    for (i64 i = 0; i < len; i++) v->v[i] = typed_load(vm, t, (u64)i);
    if (!sort_values_rjs(vm, v->v, (u32)len, ARG(0), v_is_undefined(ARG(0)) ? compare_elements : NULL)) return V_EXC;
    TypedArrayObject *r = (TypedArrayObject *)v_ptr(out);
    i64 now = (i64)typed_length(r, NULL);
    if (now > len) now = len;
    heap_touch(vm, now ? typed_data(r) : (u8 *)r, (size_t)now * size_of(r));
    for (i64 i = 0; i < now; i++) element_store(vm, (ElementType)r->type, typed_data(r) + (u64)i * size_of(r), v->v[i]);
    return out;
}

// ---- text, iteration

static Value typed_proto_join(VM *vm, Value self, int argc, Value *argv) { // join (0), toLocaleString (1)
    bool locale = native_magic(vm);
    THIS_TYPED("join");
    String *sep = locale || v_is_undefined(ARG(0)) ? v_string(vm->char_strings[',']) : to_string_rjs(vm, argv[0]);
    if (!sep) return V_EXC;
    StrBuf sb = {0};
    for (i64 k = 0; k < len; k++) {
        if (k) sb_str(vm, &sb, sep);
        Value v = at_index(vm, t, k);
        if (v_is_undefined(v)) continue;
        if (locale) v = invoke_rjs(vm, v, key_c(vm, "toLocaleString"), argc < 2 ? argc : 2, argv);
        String *s = v_is_exc(v) ? NULL : to_string_rjs(vm, v);
        if (!s) return sb_free(&sb), V_EXC;
        sb_str(vm, &sb, s);
    }
    return sb_finish(vm, &sb);
}
static Value typed_proto_iterator(VM *vm, Value self, int argc, Value *argv) {
    u32 kind = native_magic(vm);
    THIS_TYPED("values");
    return array_iterator_new(vm, self, (enum IterKind)kind);
}

const NativeRow typedarray_proto_rows[] = {
    GETTER_MAGIC("buffer", typed_field, 0), GETTER_MAGIC("byteLength", typed_field, 1), GETTER_MAGIC("byteOffset", typed_field, 2), GETTER_MAGIC("length", typed_field, 3),
    GETTER_MAGIC("@@toStringTag", typed_field, 4),
    FN("at", 1, typed_proto_at), FN("with", 2, typed_proto_with), FN("fill", 1, typed_proto_fill), FN("copyWithin", 2, typed_proto_copy_within), FN("reverse", 0, typed_proto_reverse),
    FN("toReversed", 0, typed_proto_to_reversed), FN("slice", 2, typed_proto_slice), FN("subarray", 2, typed_proto_subarray), FN("set", 1, typed_proto_set),
    FN_MAGIC("indexOf", 1, typed_proto_search, 0), FN_MAGIC("lastIndexOf", 1, typed_proto_search, 1), FN_MAGIC("includes", 1, typed_proto_search, 2),
    FN_MAGIC("join", 1, typed_proto_join, 0), FN_MAGIC("toLocaleString", 0, typed_proto_join, 1),
    FN_MAGIC("entries", 0, typed_proto_iterator, ITER_ENTRIES), FN_MAGIC("keys", 0, typed_proto_iterator, ITER_KEYS), FN_MAGIC("values", 0, typed_proto_iterator, ITER_VALUES),
    ALIAS("@@iterator", "values"), ROWS_END,
};
const NativeRow typedarray_iterate_rows[] = {
    FN_MAGIC("every", 1, typed_proto_each, EACH_EVERY), FN_MAGIC("some", 1, typed_proto_each, EACH_SOME), FN_MAGIC("forEach", 1, typed_proto_each, EACH_FOREACH),
    FN_MAGIC("find", 1, typed_proto_find, 0), FN_MAGIC("findIndex", 1, typed_proto_find, 1), FN_MAGIC("findLast", 1, typed_proto_find, 2), FN_MAGIC("findLastIndex", 1, typed_proto_find, 3),
    FN_MAGIC("reduce", 1, typed_proto_reduce, 0), FN_MAGIC("reduceRight", 1, typed_proto_reduce, 1), FN("map", 1, typed_proto_map), FN("filter", 1, typed_proto_filter),
    FN_MAGIC("sort", 1, typed_proto_sort, 0), FN_MAGIC("toSorted", 1, typed_proto_sort, 1), ROWS_END,
};
