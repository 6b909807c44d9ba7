// SPDX-License-Identifier: MIT
// Boolean (ECMA-262 20.3).
#include "vm/builtins/builtins.h"

static Value this_boolean(VM *vm, Value self, const char *method) {
    if (v_is_kind(self, CELL_BOOLEAN)) self = ((PrimitiveObject *)v_ptr(self))->value;
    return v_is_bool(self) ? self : vm_throw(vm, ERR_NOT_GENERIC, method, "Boolean");
}

// 20.3.1.1
static Value boolean_ctor(VM *vm, Value self, int argc, Value *argv) {
    Value new_target = native_new_target(vm), b = v_from_bool(to_boolean(ARG(0)));
    if (v_is_undefined(new_target)) return b;
    Value proto = proto_from_ctor_rjs(vm, new_target, REALM_BooleanPrototype);
    if (v_is_exc(proto)) return proto;
    PrimitiveObject *o = (PrimitiveObject *)object_alloc(vm, CELL_BOOLEAN, sizeof *o, shape_root(vm, proto), 0);
    o->value = b;
    return v_obj(o);
}

// 20.3.3.2
static Value boolean_proto_to_string(VM *vm, Value self, int argc, Value *argv) {
    Value b = this_boolean(vm, self, "Boolean.prototype.toString");
    return v_is_exc(b) ? b : v_str(vm, b == V_TRUE ? "true" : "false");
}

// 20.3.3.3
static Value boolean_proto_value_of(VM *vm, Value self, int argc, Value *argv) {
    return this_boolean(vm, self, "Boolean.prototype.valueOf");
}

const NativeRow boolean_ctor_rows[] = {
    CTOR("Boolean", 1, boolean_ctor),
    ROWS_END,
};

const NativeRow boolean_proto_rows[] = {
    FN("toString", 0, boolean_proto_to_string),
    FN("valueOf", 0, boolean_proto_value_of),
    ROWS_END,
};

void builtin_boolean_install(VM *vm) {
    Realm *r = vm->realm;
    PrimitiveObject *p = (PrimitiveObject *)object_alloc(vm, CELL_BOOLEAN, sizeof *p, shape_root(vm, r->ObjectPrototype), 4);
    p->value = V_FALSE;
    r->BooleanPrototype = v_obj(p);
    r->Boolean = builtin_class(vm, TABLE_boolean_ctor_rows, TABLE_boolean_proto_rows, r->BooleanPrototype, r->FunctionPrototype);
}
