// SPDX-License-Identifier: MIT
// node:vm on realms of our own. A context is an ordinary object that carries its realm; before a script runs the object's properties are put on
// that realm's global, afterwards the global's new and changed ones are copied back. What Node intercepts live is thus seen at the script's end.
#include "runtime/node/node.h"

// realm->VmContextKey: private symbol; its value on a contextified object is the realm.

static Value context_key(VM *vm) {
    if (!v_is_symbol(vm->realm->VmContextKey)) {
        Symbol *s = symbol_new(vm, v_str(vm, "vm context"));
        s->cell.flags |= SYM_PRIVATE;
        HEAP_STORE(vm, vm->realm->VmContextKey, v_from_ptr(TAG_SYMBOL, s));
    }
    return vm->realm->VmContextKey;
}
static Realm *context_realm(VM *vm, Value object) { // NULL: no context
    Value v = v_is_object(object) ? object_own_data(vm, v_object(object), context_key(vm)) : V_HOLE;
    return v == V_HOLE ? NULL : (Realm *)v_ptr(v);
}
static Realm *contextify(VM *vm, Value object) {
    Realm *r = context_realm(vm, object);
    if (r) return r;
    r = realm_new(vm);
    object_put(vm, v_object(object), context_key(vm), v_from_ptr(TAG_INTERNAL, r), 0);
    return r;
}

// What the context object computes is reached through: slots object, key.
static Value forward_get(VM *vm, Value self, int argc, Value *argv) {
    Value *s = native_slots(vm);
    return get_rjs(vm, s[0], s[1]);
}
static Value forward_set(VM *vm, Value self, int argc, Value *argv) {
    Value *s = native_slots(vm);
    return set_rjs(vm, s[0], s[1], ARG(0), true) < 0 ? V_EXC : V_UNDEFINED;
}
const NativeRow vm_forward_rows[] = {FN("get", 0, forward_get), FN("set", 1, forward_set), ROWS_END};

// Own enumerable properties of one on the other: values are copied, accessors forwarded (`forward`) or left alone.
static bool copy_own_rjs(VM *vm, Value from, Value to, bool forward) {
    Array *keys = object_own_keys_rjs(vm, from, KEYS_STRINGS | KEYS_ENUMERABLE_ONLY);
    if (!keys) return false;
    for (u32 i = 0; i < keys->length; i++) {
        PropKey k = key_from_string(vm, v_string(obj_elems(&keys->o)->v[i]));
        PropDesc d;
        int has = object_get_own_rjs(vm, from, k, &d);
        if (has < 0) return false;
        if (!has || (d.value == V_HOLE && !forward)) continue;
        if (d.value == V_HOLE) {
            d.get = closure(vm, RUNTIME_ID(vm_forward_rows, 0), 2, from, k);
            d.set = closure(vm, RUNTIME_ID(vm_forward_rows, 1), 2, from, k);
            d.has = d.attrs = ATTR_E | ATTR_C;
            if (object_define_own_rjs(vm, to, k, &d) < 0) return false;
        } else if (set_rjs(vm, to, k, d.value, false) < 0) return false;
    }
    return true;
}

// The script's completion value. sandbox undefined: this realm.
static Value run_rjs(VM *vm, Value code, Value sandbox) {
    String *s = to_string_rjs(vm, code);
    if (!s) return V_EXC;
    if (v_is_undefined(sandbox)) return CALL1(vm, vm->realm->Eval, V_UNDEFINED, v_from_string(s));
    Realm *inner = contextify(vm, sandbox), *outer = vm->realm;
    if (!copy_own_rjs(vm, sandbox, inner->global, true)) return V_EXC;
    vm->realm = inner;
    Value r = CALL1(vm, inner->Eval, V_UNDEFINED, v_from_string(s));
    vm->realm = outer;
    bool thrown = v_is_exc(r);
    Value error = thrown ? vm_take_exception(vm) : V_UNDEFINED;
    if (!copy_own_rjs(vm, inner->global, sandbox, false)) return V_EXC;
    if (thrown) return vm_throw_value(vm, error);
    return r == inner->global_this || r == inner->global ? sandbox : r; // the inner `this` is, seen from outside, the object it stands for
}

static Value sandbox_of(VM *vm, Value v) { return v_is_object(v) ? v : v_obj(object_new(vm)); }
static Value need_context(VM *vm, Value v) {
    if (context_realm(vm, v)) return v;
    return throw_coded(vm, REALM_TypeErrorPrototype, "ERR_INVALID_ARG_TYPE", "The \"contextifiedObject\" argument must be an vm.Context");
}

static Value vm_run_in_new_context(VM *vm, Value self, int argc, Value *argv) { return run_rjs(vm, ARG(0), sandbox_of(vm, ARG(1))); }
static Value vm_run_in_this_context(VM *vm, Value self, int argc, Value *argv) { return run_rjs(vm, ARG(0), V_UNDEFINED); }
static Value vm_run_in_context(VM *vm, Value self, int argc, Value *argv) {
    Value c = need_context(vm, ARG(1));
    return v_is_exc(c) ? V_EXC : run_rjs(vm, ARG(0), c);
}
static Value vm_create_context(VM *vm, Value self, int argc, Value *argv) {
    Value o = sandbox_of(vm, ARG(0));
    contextify(vm, o);
    return o;
}
static Value vm_is_context(VM *vm, Value self, int argc, Value *argv) { return v_from_bool(context_realm(vm, ARG(0)) != NULL); }

// ---- Script: the source is kept in a private property

static Value script_ctor(VM *vm, Value self, int argc, Value *argv) {
    Value nt = native_new_target(vm);
    if (v_is_undefined(nt)) return vm_throw(vm, ERR_CTOR_NEEDS_NEW, "Script");
    String *s = to_string_rjs(vm, ARG(0));
    Value proto = s ? proto_from_ctor_rjs(vm, nt, REALM_ObjectPrototype) : V_EXC;
    if (v_is_exc(proto)) return V_EXC;
    Object *o = object_new_proto(vm, proto);
    object_put(vm, o, context_key(vm), v_from_string(s), 0);
    return v_obj(o);
}
static Value script_run(VM *vm, Value self, int argc, Value *argv) { // runInThisContext (0), runInNewContext (1), runInContext (2)
    u32 how = native_magic(vm);
    Value code = v_is_object(self) ? object_own_data(vm, v_object(self), context_key(vm)) : V_HOLE;
    if (!v_is_string(code)) return vm_throw(vm, ERR_INCOMPATIBLE, "Script.prototype.runInContext", self);
    if (how == 0) return run_rjs(vm, code, V_UNDEFINED);
    Value c = how == 1 ? sandbox_of(vm, ARG(0)) : need_context(vm, ARG(0));
    return v_is_exc(c) ? V_EXC : run_rjs(vm, code, c);
}

const NativeRow vm_module_rows[] = {
    FN("runInNewContext", 2, vm_run_in_new_context), FN("runInThisContext", 1, vm_run_in_this_context), FN("runInContext", 2, vm_run_in_context),
    FN("createContext", 0, vm_create_context), FN("isContext", 1, vm_is_context), ROWS_END,
};
const NativeRow vm_script_ctor_rows[] = {CTOR("Script", 1, script_ctor), ROWS_END};
const NativeRow vm_script_proto_rows[] = {
    FN_MAGIC("runInThisContext", 0, script_run, 0), FN_MAGIC("runInNewContext", 1, script_run, 1), FN_MAGIC("runInContext", 1, script_run, 2), ROWS_END,
};

Value vm_module(VM *vm) {
    Value exports = v_obj(object_new(vm)), proto = v_obj(object_new(vm));
    exports_rows(vm, exports, RT_vm_module_rows);
    exports_rows(vm, exports, RT_vm_script_ctor_rows);
    Value ctor = object_own_data(vm, v_object(exports), key_c(vm, "Script"));
    builtin_install(vm, proto, RT_vm_script_proto_rows);
    object_put(vm, v_object(proto), A_(vm, constructor), ctor, ATTR_WC);
    object_put(vm, v_object(ctor), A_(vm, prototype), proto, 0);
    return exports;
}
