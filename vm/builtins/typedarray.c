// SPDX-License-Identifier: MIT
// %TypedArray% and its eleven kinds (ECMA-262 23.2), constructors and element access. Methods of the prototype: typedarray_proto.c.
#include "vm/builtins/typedarray.h"
#include "vm/num/bigint.h"

u64 typed_length(const TypedArrayObject *t, bool *out_of_bounds) {
    const BufferObject *b = t->buffer;
    u32 size = element_size[t->type];
    bool out = b->detached || t->offset > b->length || (!t->tracking && t->offset + t->length * size > b->length);
    if (out_of_bounds) *out_of_bounds = out;
    if (out) return 0;
    return t->tracking ? (b->length - t->offset) / size : t->length;
}

Value typed_load(VM *vm, const TypedArrayObject *t, u64 i) {
    return element_load(vm, (ElementType)t->type, typed_data(t) + i * element_size[t->type]);
}

bool typed_store_rjs(VM *vm, TypedArrayObject *t, f64 index, Value v) {
    Value n = element_convert_rjs(vm, (ElementType)t->type, v);
    if (v_is_exc(n)) return false;
    if (!(index >= 0) || index >= (f64)typed_length(t, NULL) || index != (f64)(u64)index) return true;
    if (t->buffer->immutable) return true;
    u8 *p = typed_data(t) + (u64)index * element_size[t->type];
    heap_touch(vm, p, element_size[t->type]);
    element_store(vm, (ElementType)t->type, p, n);
    return true;
}

#define ELEMENT(name, ctype, size) REALM_##name##ArrayPrototype,
static const u16 proto_fields[] = {
#include "vm/elements.def"
};
#undef ELEMENT
#define ELEMENT(name, ctype, size) #name "Array",
const char *const typed_names[] = {
#include "vm/elements.def"
};
#undef ELEMENT

static TypedArrayObject *typed_alloc(VM *vm, ElementType type, Value proto, BufferObject *b, u64 offset, u64 length, bool tracking) {
    TypedArrayObject *t = (TypedArrayObject *)object_alloc(vm, CELL_TYPEDARRAY, sizeof(TypedArrayObject), shape_root(vm, proto), 0);
    t->o.cell.flags |= OBJ_EXOTIC;
    t->buffer = b;
    t->offset = offset;
    t->length = length;
    t->type = (u8)type;
    t->tracking = tracking;
    return t;
}

Value typed_array_new_proto(VM *vm, ElementType type, u64 length, Value proto) {
    if (length > (1ull << 33) / element_size[type]) return vm_throw(vm, ERR_TYPED_LENGTH, v_from_num((f64)length));
    Value b = array_buffer_new(vm, length * element_size[type]);
    return v_is_exc(b) ? V_EXC : v_obj(typed_alloc(vm, type, proto, (BufferObject *)v_ptr(b), 0, length, false));
}
Value typed_array_new(VM *vm, ElementType type, u64 length) { return typed_array_new_proto(vm, type, length, vm->realm->intrinsics[proto_fields[type]]); }
Value uint8_array_from_bytes(VM *vm, const void *p, u64 n) {
    Value v = typed_array_new(vm, EL_Uint8, n);
    if (!v_is_exc(v) && n) memcpy(typed_data((TypedArrayObject *)v_ptr(v)), p, n);
    return v;
}

bool element_is_big(ElementType t) { return t == EL_BigInt64 || t == EL_BigUint64; }

TypedArrayObject *typed_validate(VM *vm, Value v, AccessMode access, const char *method) {
    if (!v_is_kind(v, CELL_TYPEDARRAY)) return vm_throw(vm, ERR_CUSTOM_TYPE, "this is not a typed array."), NULL;
    TypedArrayObject *t = (TypedArrayObject *)v_ptr(v);
    bool out;
    typed_length(t, &out);
    if (access == ACCESS_WRITE && t->buffer->immutable) return vm_throw(vm, ERR_IMMUTABLE_BUFFER, method), NULL;
    if (out) return vm_throw(vm, ERR_DETACHED, method), NULL;
    return t;
}

// ---- constructors (23.2.5.1)

static Value from_typed_rjs(VM *vm, ElementType type, Value proto, TypedArrayObject *src) {
    bool out;
    u64 n = typed_length(src, &out);
    if (out) return vm_throw(vm, ERR_DETACHED, "Construct");
    if (element_is_big(type) != element_is_big((ElementType)src->type)) return vm_throw(vm, ERR_BIGINT_MIX);
    Value v = typed_array_new_proto(vm, type, n, proto);
    if (v_is_exc(v)) return V_EXC;
    TypedArrayObject *t = (TypedArrayObject *)v_ptr(v);
    if (t->type == src->type) memcpy(typed_data(t), typed_data(src), n * element_size[type]);
    else
        for (u64 i = 0; i < n; i++) element_store(vm, type, typed_data(t) + i * element_size[type], typed_load(vm, src, i));
    return v;
}
static Value from_buffer_rjs(VM *vm, ElementType type, Value proto, BufferObject *b, Value offset, Value length) {
    i64 off, len = 0;
    u32 size = element_size[type];
    if (!to_index_rjs(vm, offset, &off, "offset")) return V_EXC;
    if (off % size) return vm_throw(vm, ERR_TYPED_OFFSET, typed_names[type], (int)size);
    if (!v_is_undefined(length) && !to_index_rjs(vm, length, &len, "typed array length")) return V_EXC;
    if (b->detached) return vm_throw(vm, ERR_DETACHED, "Construct");
    bool tracking = false;
    if (v_is_undefined(length)) {
        if (b->resizable) tracking = true;
        else if (b->length % size) return vm_throw(vm, ERR_TYPED_MULTIPLE, typed_names[type], (int)size);
        if ((u64)off > b->length) return vm_throw(vm, ERR_OFFSET_OUTSIDE, v_from_i64(off));
        len = (i64)((b->length - (u64)off) / size);
    } else if ((u64)off + (u64)len * size > b->length) return vm_throw(vm, ERR_TYPED_LENGTH, v_from_i64(len));
    return v_obj(typed_alloc(vm, type, proto, b, (u64)off, (u64)len, tracking));
}
// Values of an array-like or of a list into a fresh typed array of that length.
static bool fill_from_rjs(VM *vm, Value target, Value src, i64 n) {
    TypedArrayObject *t = (TypedArrayObject *)v_ptr(target);
    for (i64 i = 0; i < n; i++) {
        Value v = elem_get_rjs(vm, src, i);
        if (v_is_exc(v) || !typed_store_rjs(vm, t, (f64)i, v)) return false;
    }
    return true;
}
static bool push_value(VM *vm, Value v, void *ctx) { return array_push(vm, (Array *)ctx, v), true; }

static Value from_object_rjs(VM *vm, ElementType type, Value proto, Value src) {
    Value method = get_method_rjs(vm, src, SYM_(vm, iterator));
    if (v_is_exc(method)) return V_EXC;
    if (!v_is_undefined(method)) {
        Array *list = array_new(vm, 16);
        if (!iterate_rjs(vm, src, push_value, list)) return V_EXC;
        src = v_from_array(list);
    }
    i64 n = length_of_array_like_rjs(vm, src);
    if (n < 0) return V_EXC;
    Value t = typed_array_new_proto(vm, type, (u64)n, proto);
    return v_is_exc(t) || !fill_from_rjs(vm, t, src, n) ? V_EXC : t;
}

static Value typed_ctor(VM *vm, Value self, int argc, Value *argv) { // magic: element type
    ElementType type = (ElementType)native_magic(vm);
    Value nt = native_new_target(vm), callee = native_callee(vm);
    if (v_is_undefined(nt)) return vm_throw(vm, ERR_CTOR_NEEDS_NEW, typed_names[type]);
    Value first = ARG(0), proto;
    if (!v_is_object(first)) {
        f64 n;
        if (!to_integer_rjs(vm, first, &n)) return V_EXC;
        if (n < 0 || n > 9007199254740991.0) return vm_throw(vm, ERR_TYPED_LENGTH, v_from_num(n));
        proto = nt == callee ? vm->realm->intrinsics[proto_fields[type]] : proto_from_ctor_rjs(vm, nt, proto_fields[type]);
        return v_is_exc(proto) ? V_EXC : typed_array_new_proto(vm, type, (u64)n, proto);
    }
    proto = nt == callee ? vm->realm->intrinsics[proto_fields[type]] : proto_from_ctor_rjs(vm, nt, proto_fields[type]);
    if (v_is_exc(proto)) return V_EXC;
    if (v_is_kind(first, CELL_TYPEDARRAY)) return from_typed_rjs(vm, type, proto, (TypedArrayObject *)v_ptr(first));
    if (v_is_kind(first, CELL_ARRAYBUFFER) || v_is_kind(first, CELL_SHAREDBUFFER)) return from_buffer_rjs(vm, type, proto, (BufferObject *)v_ptr(first), ARG(1), ARG(2));
    return from_object_rjs(vm, type, proto, first);
}
static Value typed_abstract_ctor(VM *vm, Value self, int argc, Value *argv) { return vm_throw(vm, ERR_CUSTOM_TYPE, "Abstract class TypedArray not directly constructable"); }

// TypedArrayCreateFromCtor: V_EXC unless it gives a valid typed array of at least that length
Value typed_create_rjs(VM *vm, Value c, i64 n) {
    Value v = vm_construct(vm, c, 1, (Value[]){v_from_i64(n)}, c);
    if (v_is_exc(v)) return V_EXC;
    TypedArrayObject *t = typed_validate(vm, v, ACCESS_WRITE, "%TypedArray%");
    if (!t) return V_EXC;
    if ((i64)typed_length(t, NULL) < n) return vm_throw(vm, ERR_CUSTOM_TYPE, "Derived TypedArray constructor created an array which was too small");
    return v;
}
Value typed_species_create_rjs(VM *vm, Value exemplar, int argc, Value *argv, AccessMode access) {
    TypedArrayObject *e = (TypedArrayObject *)v_ptr(exemplar);
    Value c = species_constructor_rjs(vm, exemplar, obj_elems(v_object(vm->realm->TypedArrays))->v[e->type]);
    if (v_is_exc(c)) return V_EXC;
    Value v = vm_construct(vm, c, argc, argv, c);
    TypedArrayObject *t = v_is_exc(v) ? NULL : typed_validate(vm, v, access, "%TypedArray%");
    if (!t) return V_EXC;
    if (argc == 1 && v_is_number(argv[0]) && (f64)typed_length(t, NULL) < v_num(argv[0])) return vm_throw(vm, ERR_CUSTOM_TYPE, "Derived TypedArray constructor created an array which was too small");
    if (element_is_big((ElementType)t->type) != element_is_big((ElementType)e->type)) return vm_throw(vm, ERR_CUSTOM_TYPE, "Content type of source and created typed arrays differ");
    return v;
}

// ---- %TypedArray%.from, of

static Value typed_from(VM *vm, Value self, int argc, Value *argv) { // 23.2.2.1
    if (!v_is_constructor(self)) return vm_throw(vm, ERR_V_NOT_CONSTRUCTOR, self);
    Value src = ARG(0), f = ARG(1);
    if (!v_is_undefined(f) && !v_is_callable(f)) return vm_throw(vm, ERR_V_NOT_FUNCTION, f);
    Value method = get_method_rjs(vm, src, SYM_(vm, iterator));
    if (v_is_exc(method)) return V_EXC;
    if (!v_is_undefined(method)) {
        Array *list = array_new(vm, 16);
        IterRecord it;
        if (!iter_from_method_rjs(vm, src, method, &it)) return V_EXC;
        for (Value v;;) {
            int st = iter_step_rjs(vm, &it, &v);
            if (st < 0) return V_EXC;
            if (!st) break;
            array_push(vm, list, v);
        }
        src = v_from_array(list);
    } else if (v_is_exc(src = to_object(vm, src))) return V_EXC;
    i64 n = length_of_array_like_rjs(vm, src);
    Value out = n < 0 ? V_EXC : typed_create_rjs(vm, self, n);
    if (v_is_exc(out)) return V_EXC;
    for (i64 i = 0; i < n; i++) {
        Value v = elem_get_rjs(vm, src, i);
        if (!v_is_exc(v) && !v_is_undefined(f)) v = CALL2(vm, f, ARG(2), v, v_from_i64(i));
        if (v_is_exc(v) || set_rjs(vm, out, key_from_i64(vm, i), v, true) < 0) return V_EXC;
    }
    return out;
}
static Value typed_of(VM *vm, Value self, int argc, Value *argv) { // 23.2.2.2
    if (!v_is_constructor(self)) return vm_throw(vm, ERR_V_NOT_CONSTRUCTOR, self);
    Value out = typed_create_rjs(vm, self, argc);
    if (v_is_exc(out)) return V_EXC;
    for (int i = 0; i < argc; i++)
        if (set_rjs(vm, out, key_from_i64(vm, i), argv[i], true) < 0) return V_EXC;
    return out;
}
static Value return_this(VM *vm, Value self, int argc, Value *argv) { return self; }

const NativeRow typedarray_rows[] = {CTOR("TypedArray", 0, typed_abstract_ctor), FN("from", 1, typed_from), FN("of", 0, typed_of), GETTER("@@species", return_this), ROWS_END};
#define ELEMENT(N, ctype, size) \
    const NativeRow N##array_rows[] = {{.name = #N "Array", .fn = typed_ctor, .kind = ROW_CTOR, .length = 3, .attrs = ATTR_WC, .magic = EL_##N}, VALUE_NUM("BYTES_PER_ELEMENT", size, 0), ROWS_END}; \
    const NativeRow N##array_proto_rows[] = {VALUE_NUM("BYTES_PER_ELEMENT", size, 0), ROWS_END};
#include "vm/elements.def"
#undef ELEMENT

void builtin_typedarray_install(VM *vm) {
    Realm *r = vm->realm;
    r->TypedArrayPrototype = v_obj(object_new(vm));
    r->TypedArray = builtin_class(vm, TABLE_typedarray_rows, TABLE_typedarray_proto_rows, r->TypedArrayPrototype, r->FunctionPrototype);
    DX_CHECK(object_delete_rjs(vm, r->global, key_c(vm, "TypedArray")) > 0); // not a global
    builtin_install(vm, r->TypedArrayPrototype, TABLE_typedarray_iterate_rows);
    object_put(vm, v_object(r->TypedArrayPrototype), A_(vm, toString), object_own_data(vm, v_object(r->ArrayPrototype), A_(vm, toString)), ATTR_WC);
    r->TypedArrays = v_from_array(array_new(vm, EL_COUNT));
#define ELEMENT(N, ctype, size) \
    r->N##ArrayPrototype = v_obj(object_new_proto(vm, r->TypedArrayPrototype)); \
    array_push(vm, v_array(r->TypedArrays), builtin_class(vm, TABLE_##N##array_rows, TABLE_##N##array_proto_rows, r->N##ArrayPrototype, r->TypedArray));
#include "vm/elements.def"
#undef ELEMENT
}
