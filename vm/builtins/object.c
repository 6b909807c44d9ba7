// SPDX-License-Identifier: MIT
// Object and Object.prototype (ECMA-262 20.1, B.2.2).
#include "vm/builtins/array_util.h"
#include "vm/collection.h"

// ---- constructor

static Value object_ctor(VM *vm, Value self, int argc, Value *argv) { // 20.1.1.1
    Value nt = native_new_target(vm), callee = native_callee(vm);
    if (!v_is_undefined(nt) && nt != callee) {
        Value proto = proto_from_ctor_rjs(vm, nt, REALM_ObjectPrototype);
        return v_is_exc(proto) ? V_EXC : v_obj(object_new_proto(vm, proto));
    }
    return v_is_nullish(ARG(0)) ? v_obj(object_new(vm)) : to_object(vm, argv[0]);
}

// ---- copying and entries

static DX_MUST_USE bool assign_one_rjs(VM *vm, Value target, Value source) {
    if (v_is_nullish(source)) return true;
    Value from = to_object(vm, source);
    if (v_is_exc(from)) return false;
    Array *keys = object_own_keys_rjs(vm, from, KEYS_ALL);
    if (!keys) return false;
    for (u32 i = 0; i < keys->length; i++) {
        PropKey k;
        PropDesc d;
        if (!to_property_key_rjs(vm, obj_elems(&keys->o)->v[i], &k)) return false;
        int has = object_get_own_rjs(vm, from, k, &d);
        if (has < 0) return false;
        if (!has || !(d.attrs & ATTR_E)) continue;
        Value v = get_rjs(vm, from, k);
        if (v_is_exc(v) || set_rjs(vm, target, k, v, true) < 0) return false;
    }
    return true;
}

static Value object_assign(VM *vm, Value self, int argc, Value *argv) { // 20.1.2.1
    Value to = to_object(vm, ARG(0));
    if (v_is_exc(to)) return V_EXC;
    for (int i = 1; i < argc; i++)
        if (!assign_one_rjs(vm, to, argv[i])) return V_EXC;
    return to;
}

static Value object_entries(VM *vm, Value self, int argc, Value *argv) { // keys, values, entries (IterKind)
    u32 kind = native_magic(vm);
    Value o = to_object(vm, ARG(0));
    if (v_is_exc(o)) return V_EXC;
    Array *keys = object_own_keys_rjs(vm, o, KEYS_STRINGS | (v_is_kind(o, CELL_PROXY) ? 0 : KEYS_ENUMERABLE_ONLY));
    if (!keys) return V_EXC;
    if (kind == ITER_KEYS && !v_is_kind(o, CELL_PROXY)) return v_from_array(keys);
    Array *out = array_new(vm, keys->length);
    for (u32 i = 0; i < keys->length; i++) {
        Value name = obj_elems(&keys->o)->v[i];
        PropKey k;
        PropDesc d;
        if (!to_property_key_rjs(vm, name, &k)) return V_EXC;
        int has = object_get_own_rjs(vm, o, k, &d);
        if (has < 0) return V_EXC;
        if (!has || !(d.attrs & ATTR_E)) continue;
        if (kind == ITER_KEYS) {
            array_push(vm, out, name);
            continue;
        }
        Value v = get_rjs(vm, o, k);
        if (v_is_exc(v)) return V_EXC;
        array_push(vm, out, kind == ITER_VALUES ? v : array_create_from_list(vm, (Value[]){name, v}, 2));
    }
    return v_from_array(out);
}

static bool from_entries_one(VM *vm, Value item, void *ctx) {
    Value obj = *(Value *)ctx;
    if (!v_is_object(item)) return vm_throw(vm, ERR_ITER_VALUE_ENTRY, item), false;
    Value k = get_rjs(vm, item, key_from_index(0));
    if (v_is_exc(k)) return false;
    Value v = get_rjs(vm, item, key_from_index(1));
    PropKey key;
    if (v_is_exc(v) || !to_property_key_rjs(vm, k, &key)) return false;
    return create_data_property_or_throw_rjs(vm, obj, key, v) >= 0;
}
static Value object_from_entries(VM *vm, Value self, int argc, Value *argv) { // 20.1.2.7
    if (v_is_nullish(ARG(0))) return vm_throw(vm, ERR_V_NOT_ITERABLE, ARG(0));
    Value obj = v_obj(object_new(vm));
    return iterate_rjs(vm, argv[0], from_entries_one, &obj) ? obj : V_EXC;
}

static Value object_group_by(VM *vm, Value self, int argc, Value *argv) { // 20.1.2.13
    Value items = ARG(0), f = ARG(1);
    if (v_is_nullish(items)) return vm_throw(vm, ERR_V_NOT_ITERABLE, items);
    if (!v_is_callable(f)) return vm_throw(vm, ERR_V_NOT_FUNCTION, f);
    Value obj = v_obj(object_new_proto(vm, V_NULL));
    IterRecord it;
    if (!iter_get_rjs(vm, items, &it)) return V_EXC;
    for (i64 i = 0;; i++) {
        Value v;
        PropKey k;
        int st = iter_step_rjs(vm, &it, &v);
        if (st <= 0) return st < 0 ? V_EXC : obj;
        Value key = CALL2(vm, f, V_UNDEFINED, v, v_from_i64(i));
        if (v_is_exc(key) || !to_property_key_rjs(vm, key, &k)) return iter_close_rjs(vm, &it), V_EXC;
        Value group = get_rjs(vm, obj, k);
        if (v_is_exc(group)) return V_EXC;
        if (!v_is_undefined(group)) array_push(vm, v_array(group), v);
        else if (create_data_property_or_throw_rjs(vm, obj, k, v_from_array(array_from(vm, &v, 1))) < 0) return V_EXC;
    }
}

// ---- prototypes, extensibility, integrity

static Value object_create(VM *vm, Value self, int argc, Value *argv); // needs define_properties_rjs below

static Value object_get_prototype_of(VM *vm, Value self, int argc, Value *argv) { // 20.1.2.12
    Value o = to_object(vm, ARG(0));
    return v_is_exc(o) ? V_EXC : object_get_proto_rjs(vm, o);
}
static Value object_set_prototype_of(VM *vm, Value self, int argc, Value *argv) { // 20.1.2.24
    Value o = ARG(0), proto = ARG(1);
    if (v_is_nullish(o)) return vm_throw(vm, ERR_NULLISH_RECEIVER, "Object.setPrototypeOf");
    if (!v_is_object(proto) && !v_is_null(proto)) return vm_throw(vm, ERR_PROTO_OBJECT, proto);
    if (!v_is_object(o)) return o;
    int r = object_set_proto_rjs(vm, o, proto);
    if (r < 0) return V_EXC;
    if (r) return o;
    for (Value p = proto; v_is_object(p) && !(v_object(p)->cell.flags & OBJ_EXOTIC); p = obj_proto(v_object(p)))
        if (p == o) return vm_throw(vm, ERR_PROTO_CYCLE);
    if (o == vm->realm->ObjectPrototype) return vm_throw(vm, ERR_PROTO_IMMUTABLE, o);
    if (v_is_kind(o, CELL_PROXY)) return vm_throw(vm, ERR_PROXY_FALSISH, "setPrototypeOf");
    return vm_throw(vm, ERR_PROTO_NOT_EXT, o);
}
static Value object_is_extensible(VM *vm, Value self, int argc, Value *argv) {
    if (!v_is_object(ARG(0))) return V_FALSE;
    int r = object_is_extensible_rjs(vm, argv[0]);
    return r < 0 ? V_EXC : v_from_bool(r);
}
static Value object_prevent_extensions(VM *vm, Value self, int argc, Value *argv) { // 20.1.2.20
    if (!v_is_object(ARG(0))) return ARG(0);
    int r = object_prevent_extensions_rjs(vm, argv[0]);
    if (r < 0) return V_EXC;
    return r ? argv[0] : vm_throw(vm, v_is_kind(argv[0], CELL_PROXY) ? ERR_PROXY_FALSISH : ERR_CANNOT_PREVENT_EXT, "preventExtensions");
}
static Value object_set_integrity(VM *vm, Value self, int argc, Value *argv) { // seal (0), freeze (1)
    bool frozen = native_magic(vm);
    if (!v_is_object(ARG(0))) return ARG(0);
    int r = set_integrity_rjs(vm, argv[0], frozen);
    if (r < 0) return V_EXC;
    return r ? argv[0] : vm_throw(vm, frozen ? ERR_CANNOT_FREEZE : ERR_CANNOT_SEAL);
}
static Value object_test_integrity(VM *vm, Value self, int argc, Value *argv) { // isSealed (0), isFrozen (1)
    bool frozen = native_magic(vm);
    if (!v_is_object(ARG(0))) return V_TRUE;
    int r = test_integrity_rjs(vm, argv[0], frozen);
    return r < 0 ? V_EXC : v_from_bool(r);
}
static Value object_is(VM *vm, Value self, int argc, Value *argv) { return v_from_bool(same_value(vm, ARG(0), ARG(1))); }

// ---- property descriptors

static Value object_define_property(VM *vm, Value self, int argc, Value *argv) { // 20.1.2.4
    if (!v_is_object(ARG(0))) return vm_throw(vm, ERR_CALLED_ON_NON_OBJECT, "Object.defineProperty");
    PropKey k;
    PropDesc d;
    if (!to_property_key_rjs(vm, ARG(1), &k) || v_is_exc(to_property_descriptor_rjs(vm, ARG(2), &d))) return V_EXC;
    return define_property_or_throw_rjs(vm, argv[0], k, &d) < 0 ? V_EXC : argv[0];
}

static DX_MUST_USE bool define_properties_rjs(VM *vm, Value obj, Value props) { // ObjectDefineProperties
    props = to_object(vm, props);
    if (v_is_exc(props)) return false;
    Array *keys = object_own_keys_rjs(vm, props, KEYS_ALL);
    if (!keys) return false;
    Array *descs = array_new(vm, keys->length); // [key, descriptor object] pairs, read before anything is defined
    for (u32 i = 0; i < keys->length; i++) {
        PropKey k;
        PropDesc d;
        Value name = obj_elems(&keys->o)->v[i];
        if (!to_property_key_rjs(vm, name, &k)) return false;
        int has = object_get_own_rjs(vm, props, k, &d);
        if (has < 0) return false;
        if (!has || !(d.attrs & ATTR_E)) continue;
        Value v = get_rjs(vm, props, k);
        if (v_is_exc(v) || v_is_exc(to_property_descriptor_rjs(vm, v, &d))) return false;
        array_push(vm, descs, name);
        array_push(vm, descs, from_property_descriptor(vm, &d));
    }
    for (u32 i = 0; i < descs->length; i += 2) {
        PropKey k;
        PropDesc d;
        Elements *e = obj_elems(&descs->o);
        if (!to_property_key_rjs(vm, e->v[i], &k) || v_is_exc(to_property_descriptor_rjs(vm, e->v[i + 1], &d))) return false;
        if (define_property_or_throw_rjs(vm, obj, k, &d) < 0) return false;
    }
    return true;
}
static Value object_define_properties(VM *vm, Value self, int argc, Value *argv) { // 20.1.2.3
    if (!v_is_object(ARG(0))) return vm_throw(vm, ERR_CALLED_ON_NON_OBJECT, "Object.defineProperties");
    return define_properties_rjs(vm, argv[0], ARG(1)) ? argv[0] : V_EXC;
}
static Value object_create(VM *vm, Value self, int argc, Value *argv) { // 20.1.2.2
    if (!v_is_object(ARG(0)) && !v_is_null(ARG(0))) return vm_throw(vm, ERR_PROTO_OBJECT, ARG(0));
    Value o = v_obj(object_new_proto(vm, argv[0]));
    return v_is_undefined(ARG(1)) || define_properties_rjs(vm, o, argv[1]) ? o : V_EXC;
}

static Value object_get_own_property_descriptor(VM *vm, Value self, int argc, Value *argv) { // 20.1.2.8
    Value o = to_object(vm, ARG(0));
    PropKey k;
    PropDesc d;
    if (v_is_exc(o) || !to_property_key_rjs(vm, ARG(1), &k)) return V_EXC;
    int r = object_get_own_rjs(vm, o, k, &d);
    return r < 0 ? V_EXC : r ? from_property_descriptor(vm, &d) : V_UNDEFINED;
}
static Value object_get_own_property_descriptors(VM *vm, Value self, int argc, Value *argv) { // 20.1.2.9
    Value o = to_object(vm, ARG(0));
    if (v_is_exc(o)) return V_EXC;
    Array *keys = object_own_keys_rjs(vm, o, KEYS_ALL);
    if (!keys) return V_EXC;
    Value out = v_obj(object_new(vm));
    for (u32 i = 0; i < keys->length; i++) {
        PropKey k;
        PropDesc d;
        if (!to_property_key_rjs(vm, obj_elems(&keys->o)->v[i], &k)) return V_EXC;
        int r = object_get_own_rjs(vm, o, k, &d);
        if (r < 0) return V_EXC;
        if (r && create_data_property_or_throw_rjs(vm, out, k, from_property_descriptor(vm, &d)) < 0) return V_EXC;
    }
    return out;
}
static Value object_get_own_property_keys(VM *vm, Value self, int argc, Value *argv) { // names (KEYS_STRINGS), symbols (KEYS_SYMBOLS)
    u32 which = native_magic(vm);
    Value o = to_object(vm, ARG(0));
    if (v_is_exc(o)) return V_EXC;
    Array *keys = object_own_keys_rjs(vm, o, (int)which);
    return keys ? v_from_array(keys) : V_EXC;
}
static Value object_has_own(VM *vm, Value self, int argc, Value *argv) { // 20.1.2.14
    Value o = to_object(vm, ARG(0));
    PropKey k;
    if (v_is_exc(o) || !to_property_key_rjs(vm, ARG(1), &k)) return V_EXC;
    int r = has_own_rjs(vm, o, k);
    return r < 0 ? V_EXC : v_from_bool(r);
}

// ---- Object.prototype

static Value object_proto_has_own_property(VM *vm, Value self, int argc, Value *argv) { // 20.1.3.2
    PropKey k;
    if (!to_property_key_rjs(vm, ARG(0), &k)) return V_EXC;
    Value o = to_object(vm, self);
    if (v_is_exc(o)) return V_EXC;
    int r = has_own_rjs(vm, o, k);
    return r < 0 ? V_EXC : v_from_bool(r);
}
static Value object_proto_property_is_enumerable(VM *vm, Value self, int argc, Value *argv) { // 20.1.3.4
    PropKey k;
    PropDesc d;
    if (!to_property_key_rjs(vm, ARG(0), &k)) return V_EXC;
    Value o = to_object(vm, self);
    if (v_is_exc(o)) return V_EXC;
    int r = object_get_own_rjs(vm, o, k, &d);
    return r < 0 ? V_EXC : v_from_bool(r && (d.attrs & ATTR_E));
}
static Value object_proto_is_prototype_of(VM *vm, Value self, int argc, Value *argv) { // 20.1.3.3
    if (!v_is_object(ARG(0))) return V_FALSE;
    Value o = to_object(vm, self), v = argv[0];
    if (v_is_exc(o)) return V_EXC;
    for (;;) {
        v = object_get_proto_rjs(vm, v);
        if (v_is_exc(v)) return V_EXC;
        if (v_is_null(v)) return V_FALSE;
        if (v == o) return V_TRUE;
    }
}
static const char *builtin_tag(Value o, int is_array) { // 20.1.3.6 steps 5-13
    if (is_array) return "Array";
    if (v_is_callable(o)) return "Function";
    switch (((Cell *)v_ptr(o))->kind) {
    case CELL_ARGUMENTS: return "Arguments";
    case CELL_ERROR: return "Error";
    case CELL_BOOLEAN: return "Boolean";
    case CELL_NUMBER: return "Number";
    case CELL_STRINGOBJ: return "String";
    case CELL_DATE: return "Date";
    case CELL_REGEXP: return "RegExp";
    default: return "Object";
    }
}
static Value object_proto_to_string(VM *vm, Value self, int argc, Value *argv) { // 20.1.3.6
    if (v_is_undefined(self)) return v_str(vm, "[object Undefined]");
    if (v_is_null(self)) return v_str(vm, "[object Null]");
    Value o = to_object(vm, self);
    int arr = is_array_rjs(vm, o);
    if (arr < 0) return V_EXC;
    const char *tag = builtin_tag(o, arr);
    Value t = get_rjs(vm, o, SYM_(vm, toStringTag));
    if (v_is_exc(t)) return V_EXC;
    StrBuf sb = {0};
    sb_ascii(&sb, "[object ");
    if (v_is_string(t)) sb_str(vm, &sb, v_string(t));
    else sb_ascii(&sb, tag);
    sb_ascii(&sb, "]");
    return sb_finish(vm, &sb);
}
static Value object_proto_to_locale_string(VM *vm, Value self, int argc, Value *argv) { // 20.1.3.5
    return invoke_rjs(vm, self, A_(vm, toString), 0, NULL);
}
static Value object_proto_value_of(VM *vm, Value self, int argc, Value *argv) { return to_object(vm, self); }

static Value object_proto_get_proto(VM *vm, Value self, int argc, Value *argv) { // get __proto__ (20.1.3.8.1)
    Value o = to_object(vm, self);
    return v_is_exc(o) ? V_EXC : object_get_proto_rjs(vm, o);
}
static Value object_proto_set_proto(VM *vm, Value self, int argc, Value *argv) { // set __proto__
    if (v_is_nullish(self)) return vm_throw(vm, ERR_NULLISH_RECEIVER, "Object.prototype.__proto__");
    if ((!v_is_object(ARG(0)) && !v_is_null(ARG(0))) || !v_is_object(self)) return V_UNDEFINED;
    Value args[2] = {self, argv[0]};
    return v_is_exc(object_set_prototype_of(vm, V_UNDEFINED, 2, args)) ? V_EXC : V_UNDEFINED;
}
static Value object_proto_define_accessor(VM *vm, Value self, int argc, Value *argv) { // __defineGetter__ (0), __defineSetter__ (1)
    bool setter = native_magic(vm);
    Value o = to_object(vm, self);
    PropKey k;
    if (v_is_exc(o)) return V_EXC;
    if (!v_is_callable(ARG(1)))
        return vm_throw(vm, ERR_CUSTOM_TYPE, setter ? "Object.prototype.__defineSetter__: Expecting function" : "Object.prototype.__defineGetter__: Expecting function");
    PropDesc d = {V_HOLE, setter ? V_HOLE : argv[1], setter ? argv[1] : V_HOLE, ATTR_E | ATTR_C, ATTR_E | ATTR_C};
    if (!to_property_key_rjs(vm, argv[0], &k)) return V_EXC;
    return define_property_or_throw_rjs(vm, o, k, &d) < 0 ? V_EXC : V_UNDEFINED;
}
static Value object_proto_lookup_accessor(VM *vm, Value self, int argc, Value *argv) { // __lookupGetter__ (0), __lookupSetter__ (1)
    bool setter = native_magic(vm);
    Value o = to_object(vm, self);
    PropKey k;
    if (v_is_exc(o) || !to_property_key_rjs(vm, ARG(0), &k)) return V_EXC;
    while (v_is_object(o)) {
        PropDesc d;
        int r = object_get_own_rjs(vm, o, k, &d);
        if (r < 0) return V_EXC;
        if (r) {
            Value f = setter ? d.set : d.get;
            return f == V_HOLE ? V_UNDEFINED : f;
        }
        o = object_get_proto_rjs(vm, o);
    }
    return v_is_exc(o) ? V_EXC : V_UNDEFINED;
}

const NativeRow object_rows[] = {
    CTOR("Object", 1, object_ctor),
    FN("assign", 2, object_assign),
    FN("create", 2, object_create),
    FN("defineProperties", 2, object_define_properties),
    FN("defineProperty", 3, object_define_property),
    FN_MAGIC("entries", 1, object_entries, ITER_ENTRIES),
    FN_MAGIC("freeze", 1, object_set_integrity, 1),
    FN("fromEntries", 1, object_from_entries),
    FN("getOwnPropertyDescriptor", 2, object_get_own_property_descriptor),
    FN("getOwnPropertyDescriptors", 1, object_get_own_property_descriptors),
    FN_MAGIC("getOwnPropertyNames", 1, object_get_own_property_keys, KEYS_STRINGS),
    FN_MAGIC("getOwnPropertySymbols", 1, object_get_own_property_keys, KEYS_SYMBOLS),
    FN("getPrototypeOf", 1, object_get_prototype_of),
    FN("groupBy", 2, object_group_by),
    FN("hasOwn", 2, object_has_own),
    FN("is", 2, object_is),
    FN("isExtensible", 1, object_is_extensible),
    FN_MAGIC("isFrozen", 1, object_test_integrity, 1),
    FN_MAGIC("isSealed", 1, object_test_integrity, 0),
    FN_MAGIC("keys", 1, object_entries, ITER_KEYS),
    FN("preventExtensions", 1, object_prevent_extensions),
    FN_MAGIC("seal", 1, object_set_integrity, 0),
    FN("setPrototypeOf", 2, object_set_prototype_of),
    FN_MAGIC("values", 1, object_entries, ITER_VALUES),
    ROWS_END,
};
const NativeRow object_proto_rows[] = {
    FN_MAGIC("__defineGetter__", 2, object_proto_define_accessor, 0),
    FN_MAGIC("__defineSetter__", 2, object_proto_define_accessor, 1),
    FN("hasOwnProperty", 1, object_proto_has_own_property),
    FN_MAGIC("__lookupGetter__", 1, object_proto_lookup_accessor, 0),
    FN_MAGIC("__lookupSetter__", 1, object_proto_lookup_accessor, 1),
    FN("isPrototypeOf", 1, object_proto_is_prototype_of),
    FN("propertyIsEnumerable", 1, object_proto_property_is_enumerable),
    FN("toString", 0, object_proto_to_string),
    FN("valueOf", 0, object_proto_value_of),
    ACCESSOR("__proto__", object_proto_get_proto, object_proto_set_proto),
    FN("toLocaleString", 0, object_proto_to_locale_string),
    ROWS_END,
};

void builtin_object_install(VM *vm) {
    Realm *r = vm->realm;
    r->Object = builtin_class(vm, TABLE_object_rows, TABLE_object_proto_rows, r->ObjectPrototype, r->FunctionPrototype);
    r->ObjProtoToString = object_own_data(vm, v_object(r->ObjectPrototype), A_(vm, toString));
}
