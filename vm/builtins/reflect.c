// SPDX-License-Identifier: MIT
// Reflect (ECMA-262 28.1).
#include "vm/builtins/builtins.h"
#include "vm/builtins/function.h"

#define TARGET(name) \
    if (!v_is_object(ARG(0))) return vm_throw(vm, ERR_CALLED_ON_NON_OBJECT, "Reflect." name)
#define KEY(i) \
    PropKey k; \
    if (!to_property_key_rjs(vm, ARG(i), &k)) return V_EXC

static Value bool_or_exc(int r) { return r < 0 ? V_EXC : v_from_bool(r); }

static Value reflect_apply(VM *vm, Value self, int argc, Value *argv) {
    if (!v_is_callable(ARG(0))) return throw_apply_target(vm, ARG(0));
    u32 n;
    ValueArray *list = list_from_array_like_rjs(vm, ARG(2), &n);
    return list ? vm_call(vm, argv[0], argv[1], (int)n, list->v) : V_EXC;
}
static Value reflect_construct(VM *vm, Value self, int argc, Value *argv) {
    if (!v_is_constructor(ARG(0))) return vm_throw(vm, ERR_V_NOT_CONSTRUCTOR, ARG(0));
    Value nt = argc > 2 ? argv[2] : argv[0];
    if (!v_is_constructor(nt)) return vm_throw(vm, ERR_V_NOT_CONSTRUCTOR, nt);
    u32 n;
    ValueArray *list = list_from_array_like_rjs(vm, ARG(1), &n);
    return list ? vm_construct(vm, argv[0], (int)n, list->v, nt) : V_EXC;
}
static Value reflect_define_property(VM *vm, Value self, int argc, Value *argv) {
    TARGET("defineProperty");
    KEY(1);
    PropDesc d;
    if (v_is_exc(to_property_descriptor_rjs(vm, ARG(2), &d))) return V_EXC;
    return bool_or_exc(object_define_own_rjs(vm, argv[0], k, &d));
}
static Value reflect_delete_property(VM *vm, Value self, int argc, Value *argv) {
    TARGET("deleteProperty");
    KEY(1);
    return bool_or_exc(object_delete_rjs(vm, argv[0], k));
}
static Value reflect_get(VM *vm, Value self, int argc, Value *argv) {
    TARGET("get");
    KEY(1);
    return object_get_rjs(vm, argv[0], k, argc > 2 ? argv[2] : argv[0]);
}
static Value reflect_get_own_property_descriptor(VM *vm, Value self, int argc, Value *argv) {
    TARGET("getOwnPropertyDescriptor");
    KEY(1);
    PropDesc d;
    int r = object_get_own_rjs(vm, argv[0], k, &d);
    return r < 0 ? V_EXC : r ? from_property_descriptor(vm, &d) : V_UNDEFINED;
}
static Value reflect_get_prototype_of(VM *vm, Value self, int argc, Value *argv) {
    TARGET("getPrototypeOf");
    return object_get_proto_rjs(vm, argv[0]);
}
static Value reflect_has(VM *vm, Value self, int argc, Value *argv) {
    TARGET("has");
    KEY(1);
    return bool_or_exc(object_has_rjs(vm, argv[0], k));
}
static Value reflect_is_extensible(VM *vm, Value self, int argc, Value *argv) {
    TARGET("isExtensible");
    return bool_or_exc(object_is_extensible_rjs(vm, argv[0]));
}
static Value reflect_own_keys(VM *vm, Value self, int argc, Value *argv) {
    TARGET("ownKeys");
    Array *keys = object_own_keys_rjs(vm, argv[0], KEYS_ALL);
    return keys ? v_from_array(keys) : V_EXC;
}
static Value reflect_prevent_extensions(VM *vm, Value self, int argc, Value *argv) {
    TARGET("preventExtensions");
    return bool_or_exc(object_prevent_extensions_rjs(vm, argv[0]));
}
static Value reflect_set(VM *vm, Value self, int argc, Value *argv) {
    TARGET("set");
    KEY(1);
    return bool_or_exc(object_set_rjs(vm, argv[0], k, ARG(2), argc > 3 ? argv[3] : argv[0]));
}
static Value reflect_set_prototype_of(VM *vm, Value self, int argc, Value *argv) {
    TARGET("setPrototypeOf");
    if (!v_is_object(ARG(1)) && !v_is_null(ARG(1))) return vm_throw(vm, ERR_PROTO_OBJECT, ARG(1));
    return bool_or_exc(object_set_proto_rjs(vm, argv[0], argv[1]));
}

const NativeRow reflect_rows[] = {
    FN("apply", 3, reflect_apply),
    FN("construct", 2, reflect_construct),
    FN("defineProperty", 3, reflect_define_property),
    FN("deleteProperty", 2, reflect_delete_property),
    FN("get", 2, reflect_get),
    FN("getOwnPropertyDescriptor", 2, reflect_get_own_property_descriptor),
    FN("getPrototypeOf", 1, reflect_get_prototype_of),
    FN("has", 2, reflect_has),
    FN("isExtensible", 1, reflect_is_extensible),
    FN("ownKeys", 1, reflect_own_keys),
    FN("preventExtensions", 1, reflect_prevent_extensions),
    FN("set", 3, reflect_set),
    FN("setPrototypeOf", 2, reflect_set_prototype_of),
    VALUE_STR("@@toStringTag", "Reflect", ATTR_C),
    ROWS_END,
};

void builtin_reflect_install(VM *vm) {
    vm->realm->Reflect = v_obj(object_new(vm));
    builtin_install(vm, vm->realm->Reflect, TABLE_reflect_rows);
    object_put(vm, v_object(vm->realm->global), key_c(vm, "Reflect"), vm->realm->Reflect, ATTR_WC);
}
