// SPDX-License-Identifier: MIT
// Automocks: a value rebuilt with every function a mock (or, spying, a mock that calls the original).
#include "runtime/mock/modules.h"

#include "runtime/mock/mock.h"
#include "vm/collection.h"

// What each kind of value becomes differs between Jest and Vitest.
typedef struct Auto { VM *vm; CollectionObject *seen; bool vitest, spy; } Auto;
static Value auto_value_rjs(Auto *a, Value v);

static bool auto_property_rjs(Auto *a, Value from, Value to, PropKey k) {
    VM *vm = a->vm;
    PropDesc d;
    int has = object_get_own_rjs(vm, from, k, &d);
    if (has <= 0) return has == 0;
    if (d.value == V_HOLE) {
        if (a->vitest && !a->spy) object_put(vm, v_object(to), k, V_UNDEFINED, ATTR_WEC);
        else if (a->spy) object_put_accessor(vm, v_object(to), k, d.get, d.set, ATTR_E | ATTR_C);
        return true;
    }
    if (v_is_symbol(k) && !a->vitest) return true;
    Value v = auto_value_rjs(a, d.value);
    if (v_is_exc(v)) return false;
    if (v != V_HOLE) object_put(vm, v_object(to), k, v, ATTR_WEC);
    return true;
}
static bool auto_keys_rjs(Auto *a, Value from, Value to, bool methods) { // methods: of a prototype chain
    VM *vm = a->vm;
    for (Value at = from; v_is_object(at) && at != vm->realm->ObjectPrototype && at != vm->realm->FunctionPrototype;) {
        Array *keys = object_own_keys_rjs(vm, at, KEYS_ALL);
        if (!keys) return false;
        for (u32 i = 0; i < keys->length; i++) {
            PropKey k;
            if (!to_property_key_rjs(vm, obj_elems(&keys->o)->v[i], &k)) return false;
            if (k == A_(vm, constructor) || (v_is_callable(from) && (k == A_(vm, length) || k == A_(vm, name) || k == A_(vm, prototype) || k == A_(vm, arguments) || k == A_(vm, caller)))) continue;
            int has = has_own_rjs(vm, to, k);
            if (has < 0 || (!has && !auto_property_rjs(a, at, to, k))) return false;
        }
        if (v_is_callable(from)) break;
        at = object_get_proto_rjs(vm, at);
        if (v_is_exc(at)) return false;
    }
    return true;
}
static Value auto_value_rjs(Auto *a, Value v) {
    VM *vm = a->vm;
    if (!v_is_object(v)) return v;
    if (vm_stack_low(vm)) return V_EXC;
    HashEntry *e = table_find(vm, a->seen->table, v);
    if (e) return e->value;
    if (v_is_callable(v)) {
        if (mock_is(vm, v)) return v;
        Value m = mock_new(vm, a->spy ? v : V_UNDEFINED);
        if (v_is_exc(m)) return V_EXC;
        collection_put(vm, a->seen, v, m);
        Value proto = object_find_data(vm, v, A_(vm, prototype));
        if (v_is_kind(v, CELL_FUNCTION)) proto = get_rjs(vm, v, A_(vm, prototype));
        if (v_is_exc(proto)) return V_EXC;
        Value own = object_own_data(vm, v_object(m), A_(vm, prototype));
        if (v_is_object(proto) && v_is_object(own) && !auto_keys_rjs(a, proto, own, true)) return V_EXC;
        return auto_keys_rjs(a, v, m, false) ? m : V_EXC;
    }
    switch (((Cell *)v_ptr(v))->kind) {
    case CELL_ARRAY: return a->spy ? v : v_from_array(array_new(vm, 0));
    case CELL_MAP: case CELL_SET: return v;
    case CELL_REGEXP: return a->vitest ? v : vm_construct(vm, vm->realm->RegExp, 0, NULL, vm->realm->RegExp);
    case CELL_OBJECT: case CELL_NAMESPACE: case CELL_HOST: break;
    default: return a->vitest ? v : V_HOLE;
    }
    Value out = v_obj(object_new(vm));
    collection_put(vm, a->seen, v, out);
    return auto_keys_rjs(a, v, out, false) ? out : V_EXC;
}
Value automock_rjs(VM *vm, Value exports, bool spy) {
    Auto a = {vm, v_ptr(map_new(vm)), runtime_dialect() == DIALECT_VITEST, spy};
    Value v = auto_value_rjs(&a, exports);
    return v == V_HOLE ? V_UNDEFINED : v;
}

