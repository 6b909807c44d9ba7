// SPDX-License-Identifier: MIT
// Proxy (ECMA-262 10.5, 28.2): the internal methods with their invariants, and the constructor.
#include "vm/builtins/builtins.h"
#include "vm/object/layout.h"
#include "vm/vm.h"

Value proxy_call_rjs(VM *vm, Object *p, Value self, int argc, const Value *argv) DX_MUST_USE;
Value proxy_construct_rjs(VM *vm, Object *p, int argc, const Value *argv, Value new_target) DX_MUST_USE;

typedef struct Trap { Value target, handler, fn; } Trap; // fn undefined: forward to the target

// Looks the trap up. False: thrown.
static DX_MUST_USE bool trap_get_rjs(VM *vm, Object *p, const char *name, Trap *t) {
    ProxyObject *x = (ProxyObject *)p;
    if (vm_stack_low(vm)) return false;
    if (v_is_null(x->handler)) {
        (void)vm_throw(vm, ERR_PROXY_REVOKED, name);
        return false;
    }
    t->target = x->target;
    t->handler = x->handler;
    t->fn = get_rjs(vm, t->handler, key_c(vm, name));
    if (v_is_exc(t->fn)) return false;
    if (v_is_null(t->fn)) t->fn = V_UNDEFINED;
    if (v_is_undefined(t->fn) || v_is_callable(t->fn)) return true;
    (void)vm_throw(vm, ERR_PROXY_TRAP, t->fn, name);
    return false;
}

static int fail(VM *vm, const char *trap, const char *what) {
    (void)vm_throw(vm, ERR_PROXY_INVARIANT, trap, what);
    return -1;
}
static int fail_key(VM *vm, const char *trap, const char *what, PropKey k, const char *rest) {
    (void)vm_throw(vm, ERR_PROXY_INVARIANT_KEY, trap, what, k, rest);
    return -1;
}

// 10.5.1
Value proxy_get_proto_rjs(VM *vm, Object *p) {
    Trap t;
    if (!trap_get_rjs(vm, p, "getPrototypeOf", &t)) return V_EXC;
    if (v_is_undefined(t.fn)) return object_get_proto_rjs(vm, t.target);
    Value r = CALL1(vm, t.fn, t.handler, t.target);
    if (v_is_exc(r)) return r;
    if (!v_is_object(r) && !v_is_null(r))
        return fail(vm, "getPrototypeOf", "trap returned neither object nor null"), V_EXC;
    int ext = object_is_extensible_rjs(vm, t.target);
    if (ext) return ext < 0 ? V_EXC : r;
    Value actual = object_get_proto_rjs(vm, t.target);
    if (v_is_exc(actual) || actual == r) return actual;
    return fail(vm, "getPrototypeOf",
                "proxy target is non-extensible but the trap did not return its actual prototype"),
           V_EXC;
}

// 10.5.2
int proxy_set_proto_rjs(VM *vm, Object *p, Value proto) {
    Trap t;
    if (!trap_get_rjs(vm, p, "setPrototypeOf", &t)) return -1;
    if (v_is_undefined(t.fn)) return object_set_proto_rjs(vm, t.target, proto);
    Value r = CALL2(vm, t.fn, t.handler, t.target, proto);
    if (v_is_exc(r)) return -1;
    if (!to_boolean(r)) return 0;
    int ext = object_is_extensible_rjs(vm, t.target);
    if (ext) return ext;
    Value actual = object_get_proto_rjs(vm, t.target);
    if (v_is_exc(actual)) return -1;
    if (actual == proto) return 1;
    return fail(vm, "setPrototypeOf",
                "trap returned truish for setting a new prototype on the non-extensible proxy target");
}

// 10.5.3
int proxy_is_extensible_rjs(VM *vm, Object *p) {
    Trap t;
    if (!trap_get_rjs(vm, p, "isExtensible", &t)) return -1;
    if (v_is_undefined(t.fn)) return object_is_extensible_rjs(vm, t.target);
    Value r = CALL1(vm, t.fn, t.handler, t.target);
    if (v_is_exc(r)) return -1;
    int want = object_is_extensible_rjs(vm, t.target);
    if (want < 0 || want == to_boolean(r)) return want;
    return fail(vm, "isExtensible",
                want ? "trap result does not reflect extensibility of proxy target (which is 'true')"
                     : "trap result does not reflect extensibility of proxy target (which is 'false')");
}

// 10.5.4
int proxy_prevent_extensions_rjs(VM *vm, Object *p) {
    Trap t;
    if (!trap_get_rjs(vm, p, "preventExtensions", &t)) return -1;
    if (v_is_undefined(t.fn)) return object_prevent_extensions_rjs(vm, t.target);
    Value r = CALL1(vm, t.fn, t.handler, t.target);
    if (v_is_exc(r)) return -1;
    if (!to_boolean(r)) return 0;
    int ext = object_is_extensible_rjs(vm, t.target);
    if (ext < 0) return -1;
    return ext ? fail(vm, "preventExtensions", "trap returned truish but the proxy target is extensible") : 1;
}

// 10.5.5
int proxy_get_own_rjs(VM *vm, Object *p, PropKey k, PropDesc *out) {
    static const char *const name = "getOwnPropertyDescriptor";
    Trap t;
    if (!trap_get_rjs(vm, p, name, &t)) return -1;
    if (v_is_undefined(t.fn) || (v_is_symbol(k) && (v_symbol(k)->cell.flags & SYM_PRIVATE)))
        return object_get_own_rjs(vm, t.target, k, out);
    Value r = CALL2(vm, t.fn, t.handler, t.target, key_to_value(vm, k));
    if (v_is_exc(r)) return -1;
    if (!v_is_object(r) && !v_is_undefined(r))
        return fail_key(vm, name, "trap returned neither object nor undefined for property", k, "");
    PropDesc now;
    int has = object_get_own_rjs(vm, t.target, k, &now);
    if (has < 0) return -1;
    if (v_is_undefined(r)) {
        if (!has) return 0;
        if (!(now.attrs & ATTR_C))
            return fail_key(vm, name, "trap returned undefined for property", k,
                            " which is non-configurable in the proxy target");
        int ext = object_is_extensible_rjs(vm, t.target);
        if (ext < 0) return -1;
        return ext ? 0
                   : fail_key(vm, name, "trap returned undefined for property", k,
                              " which exists in the non-extensible proxy target");
    }
    int ext = object_is_extensible_rjs(vm, t.target);
    if (ext < 0 || v_is_exc(to_property_descriptor_rjs(vm, r, out))) return -1;
    if (out->get == V_HOLE && out->set == V_HOLE) { // CompletePropertyDescriptor
        if (out->value == V_HOLE) out->value = V_UNDEFINED;
        out->has = ATTR_WEC;
    } else {
        if (out->get == V_HOLE) out->get = V_UNDEFINED;
        if (out->set == V_HOLE) out->set = V_UNDEFINED;
        out->has = ATTR_E | ATTR_C;
    }
    if (!descriptor_compatible(vm, ext, out, has ? &now : NULL))
        return fail_key(vm, name, "trap returned descriptor for property", k,
                        " that is incompatible with the existing property in the proxy target");
    if (!(out->attrs & ATTR_C)) {
        if (!has || (now.attrs & ATTR_C))
            return fail_key(vm, name, "trap reported non-configurability for property", k,
                            " which is either non-existent or configurable in the proxy target");
        if ((out->has & ATTR_W) && !(out->attrs & ATTR_W) && (now.attrs & ATTR_W))
            return fail_key(vm, name, "trap reported non-configurable and writable for property", k,
                            " which is non-configurable, non-writable in the proxy target");
    }
    return 1;
}

// 10.5.6
int proxy_define_own_rjs(VM *vm, Object *p, PropKey k, const PropDesc *d) {
    static const char *const name = "defineProperty";
    Trap t;
    if (!trap_get_rjs(vm, p, name, &t)) return -1;
    if (v_is_undefined(t.fn)) return object_define_own_rjs(vm, t.target, k, d);
    Value desc = from_property_descriptor(vm, d);
    Value r = vm_call(vm, t.fn, t.handler, 3, (Value[]){t.target, key_to_value(vm, k), desc});
    if (v_is_exc(r)) return -1;
    if (!to_boolean(r)) return 0;
    PropDesc now;
    int has = object_get_own_rjs(vm, t.target, k, &now);
    if (has < 0) return -1;
    int ext = object_is_extensible_rjs(vm, t.target);
    if (ext < 0) return -1;
    bool fixed = (d->has & ATTR_C) && !(d->attrs & ATTR_C);
    if (!has) {
        if (!ext)
            return fail_key(vm, name, "trap returned truish for adding property", k,
                            "  to the non-extensible proxy target");
        if (fixed)
            return fail_key(vm, name, "trap returned truish for defining non-configurable property", k,
                            " which is either non-existent or configurable in the proxy target");
        return 1;
    }
    if (!descriptor_compatible(vm, ext, d, &now))
        return fail_key(vm, name, "trap returned truish for adding property", k,
                        "  that is incompatible with the existing property in the proxy target");
    if (fixed && (now.attrs & ATTR_C))
        return fail_key(vm, name, "trap returned truish for defining non-configurable property", k,
                        " which is either non-existent or configurable in the proxy target");
    if (now.get == V_HOLE && !(now.attrs & ATTR_C) && (now.attrs & ATTR_W) && (d->has & ATTR_W) &&
        !(d->attrs & ATTR_W))
        return fail_key(vm, name, "trap returned truish for defining non-configurable property", k,
                        " which cannot be non-writable");
    return 1;
}

// 10.5.7
int proxy_has_rjs(VM *vm, Object *p, PropKey k) {
    Trap t;
    if (!trap_get_rjs(vm, p, "has", &t)) return -1;
    if (v_is_undefined(t.fn)) return object_has_rjs(vm, t.target, k);
    Value r = CALL2(vm, t.fn, t.handler, t.target, key_to_value(vm, k));
    if (v_is_exc(r)) return -1;
    if (to_boolean(r)) return 1;
    PropDesc now;
    int has = object_get_own_rjs(vm, t.target, k, &now);
    if (has <= 0) return has;
    if (!(now.attrs & ATTR_C))
        return fail_key(vm, "has", "trap returned falsish for property", k,
                        " which exists in the proxy target as non-configurable");
    int ext = object_is_extensible_rjs(vm, t.target);
    if (ext < 0) return -1;
    return ext ? 0
               : fail_key(vm, "has", "trap returned falsish for property", k,
                          " but the proxy target is not extensible");
}

// 10.5.8
Value proxy_get_rjs(VM *vm, Object *p, PropKey k, Value receiver) {
    Trap t;
    if (!trap_get_rjs(vm, p, "get", &t)) return V_EXC;
    if (v_is_undefined(t.fn)) return object_get_rjs(vm, t.target, k, receiver);
    Value r = vm_call(vm, t.fn, t.handler, 3, (Value[]){t.target, key_to_value(vm, k), receiver});
    if (v_is_exc(r)) return r;
    PropDesc now;
    int has = object_get_own_rjs(vm, t.target, k, &now);
    if (has < 0) return V_EXC;
    if (!has || (now.attrs & ATTR_C)) return r;
    if (now.get == V_HOLE && !(now.attrs & ATTR_W) && !same_value(vm, r, now.value))
        return vm_throw(vm, ERR_PROXY_GET_VALUE, k, now.value, r);
    if (now.get != V_HOLE && v_is_undefined(now.get) && !v_is_undefined(r))
        return vm_throw(vm, ERR_PROXY_GET_ACCESSOR, k, r);
    return r;
}

// 10.5.9
int proxy_set_rjs(VM *vm, Object *p, PropKey k, Value v, Value receiver) {
    Trap t;
    if (!trap_get_rjs(vm, p, "set", &t)) return -1;
    if (v_is_undefined(t.fn)) return object_set_rjs(vm, t.target, k, v, receiver);
    Value r = vm_call(vm, t.fn, t.handler, 4, (Value[]){t.target, key_to_value(vm, k), v, receiver});
    if (v_is_exc(r)) return -1;
    if (!to_boolean(r)) return 0;
    PropDesc now;
    int has = object_get_own_rjs(vm, t.target, k, &now);
    if (has < 0) return -1;
    if (!has || (now.attrs & ATTR_C)) return 1;
    if (now.get == V_HOLE && !(now.attrs & ATTR_W) && !same_value(vm, v, now.value))
        return fail_key(vm, "set", "trap returned truish for property", k,
                        " which exists in the proxy target as a non-configurable and non-writable data "
                        "property with a different value");
    if (now.get != V_HOLE && v_is_undefined(now.set))
        return fail_key(vm, "set", "trap returned truish for property", k,
                        " which exists in the proxy target as a non-configurable and non-writable accessor "
                        "property without a setter");
    return 1;
}

// 10.5.10
int proxy_delete_rjs(VM *vm, Object *p, PropKey k) {
    static const char *const name = "deleteProperty";
    Trap t;
    if (!trap_get_rjs(vm, p, name, &t)) return -1;
    if (v_is_undefined(t.fn)) return object_delete_rjs(vm, t.target, k);
    Value r = CALL2(vm, t.fn, t.handler, t.target, key_to_value(vm, k));
    if (v_is_exc(r)) return -1;
    if (!to_boolean(r)) return 0;
    PropDesc now;
    int has = object_get_own_rjs(vm, t.target, k, &now);
    if (has <= 0) return has < 0 ? -1 : 1;
    if (!(now.attrs & ATTR_C))
        return fail_key(vm, name, "trap returned truish for property", k,
                        " which is non-configurable in the proxy target");
    int ext = object_is_extensible_rjs(vm, t.target);
    if (ext) return ext;
    return fail_key(vm, name, "trap returned truish for property", k,
                    " but the proxy target is non-extensible");
}

static bool list_has(VM *vm, Array *a, Value key) {
    for (u32 i = 0; i < a->length; i++)
        if (same_value(vm, obj_elems(&a->o)->v[i], key)) return true;
    return false;
}

// 10.5.11: checks the trap's list against the target
static bool own_keys_valid_rjs(VM *vm, Value target, Array *keys) {
    int ext = object_is_extensible_rjs(vm, target);
    Array *real = ext < 0 ? NULL : object_own_keys_rjs(vm, target, KEYS_ALL);
    if (!real) return false;
    u32 found = 0;
    for (u32 i = 0; i < real->length; i++) {
        Value key = obj_elems(&real->o)->v[i];
        PropKey k;
        PropDesc d;
        if (!to_property_key_rjs(vm, key, &k)) return false;
        int has = object_get_own_rjs(vm, target, k, &d);
        if (has < 0) return false;
        bool listed = list_has(vm, keys, key);
        found += listed;
        if (!listed && ((has && !(d.attrs & ATTR_C)) || !ext)) {
            (void)fail_key(vm, "ownKeys", "trap result did not include", k, "");
            return false;
        }
    }
    if (!ext && found != keys->length) {
        (void)fail(vm, "ownKeys", "trap returned extra keys but proxy target is non-extensible");
        return false;
    }
    return true;
}

Array *proxy_own_keys_rjs(VM *vm, Object *p) {
    Trap t;
    if (!trap_get_rjs(vm, p, "ownKeys", &t)) return NULL;
    if (v_is_undefined(t.fn)) return object_own_keys_rjs(vm, t.target, KEYS_ALL);
    Value r = CALL1(vm, t.fn, t.handler, t.target);
    if (v_is_exc(r)) return NULL;
    if (!v_is_object(r)) {
        (void)vm_throw(vm, ERR_APPLY_ARRAY_LIKE);
        return NULL;
    }
    i64 n = length_of_array_like_rjs(vm, r);
    if (n < 0) return NULL;
    Array *keys = array_new(vm, 0);
    Object *seen = object_new_proto(vm, V_NULL);
    for (i64 i = 0; i < n; i++) {
        PropKey k;
        if (!to_property_key_rjs(vm, v_from_i64(i), &k)) return NULL;
        Value v = get_rjs(vm, r, k);
        if (v_is_exc(v)) return NULL;
        if (!v_is_string(v) && !v_is_symbol(v)) {
            (void)vm_throw(vm, ERR_NOT_PROPERTY_NAME, v);
            return NULL;
        }
        if (!to_property_key_rjs(vm, v, &k)) return NULL;
        if (object_own_data(vm, seen, k) != V_HOLE) {
            (void)fail(vm, "ownKeys", "trap returned duplicate entries");
            return NULL;
        }
        object_put(vm, seen, k, V_TRUE, ATTR_WEC);
        array_push(vm, keys, v);
    }
    return own_keys_valid_rjs(vm, t.target, keys) ? keys : NULL;
}

// 10.5.12
Value proxy_call_rjs(VM *vm, Object *p, Value self, int argc, const Value *argv) {
    Trap t;
    if (!trap_get_rjs(vm, p, "apply", &t)) return V_EXC;
    if (v_is_undefined(t.fn)) return vm_call(vm, t.target, self, argc, argv);
    Value args = array_create_from_list(vm, argv, (u32)argc);
    return vm_call(vm, t.fn, t.handler, 3, (Value[]){t.target, self, args});
}

// 10.5.13
Value proxy_construct_rjs(VM *vm, Object *p, int argc, const Value *argv, Value new_target) {
    Trap t;
    if (!trap_get_rjs(vm, p, "construct", &t)) return V_EXC;
    if (v_is_undefined(t.fn)) return vm_construct(vm, t.target, argc, argv, new_target);
    Value args = array_create_from_list(vm, argv, (u32)argc);
    Value r = vm_call(vm, t.fn, t.handler, 3, (Value[]){t.target, args, new_target});
    if (v_is_exc(r) || v_is_object(r)) return r;
    return vm_throw(vm, ERR_PROXY_CONSTRUCT, r);
}

// 10.5.14
static Value proxy_create(VM *vm, Value target, Value handler) {
    if (!v_is_object(target) || !v_is_object(handler)) return vm_throw(vm, ERR_PROXY_NON_OBJECT);
    ProxyObject *p =
        (ProxyObject *)object_alloc(vm, CELL_PROXY, sizeof(ProxyObject), shape_root(vm, V_NULL), 0);
    p->o.cell.flags = (u8)(OBJ_EXOTIC | (v_object(target)->cell.flags & (OBJ_CALLABLE | OBJ_CONSTRUCTOR)));
    p->target = target;
    p->handler = handler;
    return v_obj(p);
}

// 28.2.1.1
static Value proxy_ctor(VM *vm, Value self, int argc, Value *argv) {
    if (v_is_undefined(native_new_target(vm))) return vm_throw(vm, ERR_CTOR_NEEDS_NEW, "Proxy");
    return proxy_create(vm, ARG(0), ARG(1));
}

static Value proxy_revoker(VM *vm, Value self, int argc, Value *argv) {
    Value *slot = native_slots(vm);
    if (!v_is_kind(*slot, CELL_PROXY)) return V_UNDEFINED;
    ProxyObject *p = v_ptr(*slot);
    heap_set(vm, slot, V_NULL);
    heap_set(vm, &p->target, V_NULL);
    heap_set(vm, &p->handler, V_NULL);
    return V_UNDEFINED;
}

const NativeRow proxy_internal_rows[] = {FN("", 0, proxy_revoker), ROWS_END};

// 28.2.2.1
static Value proxy_revocable(VM *vm, Value self, int argc, Value *argv) {
    Value p = proxy_create(vm, ARG(0), ARG(1));
    if (v_is_exc(p)) return p;
    NativeFunction *f = native_new(vm, NATIVE_ID(proxy_internal_rows, 0), 1);
    f->slots[0] = p;
    Object *o = object_new(vm);
    object_add(vm, o, A_(vm, proxy), p, ATTR_WEC);
    object_add(vm, o, A_(vm, revoke), v_obj(f), ATTR_WEC);
    return v_obj(o);
}

const NativeRow proxy_rows[] = {CTOR("Proxy", 2, proxy_ctor), FN("revocable", 2, proxy_revocable), ROWS_END};

void builtin_proxy_install(VM *vm) {
    Realm *r = vm->realm;
    r->Proxy = native_make(vm, NATIVE_ID(proxy_rows, 0)); // a constructor without prototype
    Object *c = v_object(r->Proxy);
    PropKey name = key_c(vm, "revocable");
    object_put(vm, c, name, native_make(vm, NATIVE_ID(proxy_rows, 1)), ATTR_WC);
    object_put(vm, v_object(r->global), key_c(vm, "Proxy"), r->Proxy, ATTR_WC);
}
