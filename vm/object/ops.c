// SPDX-License-Identifier: MIT
// The specification's abstract operations on objects (ECMA-262 7.3) over the internal methods of object.c.
#include "vm/object/layout.h"
#include "vm/vm.h"

Value get_rjs(VM *vm, Value obj, PropKey k) { return object_get_rjs(vm, obj, k, obj); }

// The prototype that property lookups on a primitive start at, or V_HOLE for undefined and null.
static Value primitive_proto(VM *vm, Value v) {
    Realm *r = vm->realm;
    switch (v_tag(v)) {
    case TAG_STRING: return r->StringPrototype;
    case TAG_BOOL: return r->BooleanPrototype;
    case TAG_SYMBOL: return r->SymbolPrototype;
    case TAG_BIGINT: return r->BigIntPrototype;
    default: return v_is_number(v) ? r->NumberPrototype : V_HOLE;
    }
}

Value get_v_rjs(VM *vm, Value v, PropKey k) {
    if (DX_LIKELY(v_is_object(v))) return object_get_rjs(vm, v, k, v);
    if (v_is_string(v)) {
        if (k == A_(vm, length)) return v_from_u32(v_string(v)->length);
        if (key_is_index(k) && key_index(k) < v_string(v)->length)
            return v_from_string(str_char(vm, chars_at(str_chars(vm, v_string(v)), key_index(k))));
    }
    Value proto = primitive_proto(vm, v);
    if (proto == V_HOLE) return vm_throw(vm, ERR_READ_PROP, v, k);
    return object_get_rjs(vm, proto, k, v);
}

int set_rjs(VM *vm, Value obj, PropKey k, Value v, bool throw_on_false) {
    int r = object_set_rjs(vm, obj, k, v, obj);
    if (DX_LIKELY(r) || !throw_on_false) return r;
    PropDesc d;
    Value at = obj;
    int has = 0;
    while (v_is_object(at) && v_object(at)->cell.kind != CELL_PROXY) { // why it failed, for the message
        has = object_get_own_rjs(vm, at, k, &d);
        if (has) break;
        at = v_object(at)->shape->proto;
    }
    if (has < 0) return -1;
    if (v_is_object(at) && v_object(at)->cell.kind == CELL_PROXY)
        (void)vm_throw(vm, ERR_PROXY_SET_FALSISH, k);
    else if (has && d.get != V_HOLE) (void)vm_throw(vm, ERR_SET_NO_SETTER, k, obj);
    else if (has && (at != obj || !(d.attrs & ATTR_W))) (void)vm_throw(vm, ERR_READ_ONLY, k, obj);
    else (void)vm_throw(vm, ERR_NOT_EXTENSIBLE, k);
    return -1;
}

int create_data_property_rjs(VM *vm, Value obj, PropKey k, Value v) {
    PropDesc d = {v, V_HOLE, V_HOLE, ATTR_WEC, ATTR_WEC};
    return object_define_own_rjs(vm, obj, k, &d);
}

int define_property_or_throw_rjs(VM *vm, Value obj, PropKey k, const PropDesc *d) {
    int r = object_define_own_rjs(vm, obj, k, d);
    if (r) return r;
    PropDesc now;
    Object *o = v_object(obj);
    if (o->cell.kind == CELL_PROXY) {
        (void)vm_throw(vm, ERR_PROXY_DEFINE_FALSISH, k);
        return -1;
    }
    r = object_get_own_rjs(vm, obj, k, &now);
    if (r < 0) return -1;
    (void)vm_throw(vm, r ? ERR_REDEFINE : ERR_DEFINE_NOT_EXT, k);
    return -1;
}

int create_data_property_or_throw_rjs(VM *vm, Value obj, PropKey k, Value v) {
    PropDesc d = {v, V_HOLE, V_HOLE, ATTR_WEC, ATTR_WEC};
    return define_property_or_throw_rjs(vm, obj, k, &d);
}

int delete_or_throw_rjs(VM *vm, Value obj, PropKey k) {
    int r = object_delete_rjs(vm, obj, k);
    if (r) return r;
    if (v_object(obj)->cell.kind == CELL_PROXY) (void)vm_throw(vm, ERR_PROXY_DELETE_FALSISH, k);
    else (void)vm_throw(vm, ERR_CANNOT_DELETE, k, obj);
    return -1;
}

Value get_method_rjs(VM *vm, Value v, PropKey k) {
    Value f = get_v_rjs(vm, v, k);
    if (v_is_exc(f)) return f;
    if (v_is_nullish(f)) return V_UNDEFINED;
    return v_is_callable(f) ? f : vm_throw(vm, ERR_V_NOT_FUNCTION, f);
}

Value invoke_rjs(VM *vm, Value v, PropKey k, int argc, const Value *argv) {
    Value f = get_v_rjs(vm, v, k);
    if (v_is_exc(f)) return f;
    if (!v_is_callable(f)) return vm_throw(vm, ERR_INVOKE_NOT_FUNCTION, v, k);
    return vm_call(vm, f, v, argc, argv);
}

int has_own_rjs(VM *vm, Value obj, PropKey k) {
    PropDesc d;
    return object_get_own_rjs(vm, obj, k, &d);
}

i64 length_of_array_like_rjs(VM *vm, Value obj) {
    if (DX_LIKELY(v_is_array(obj))) return v_array(obj)->length;
    Value v = object_get_rjs(vm, obj, A_(vm, length), obj);
    i64 n;
    return v_is_exc(v) || !to_length_rjs(vm, v, &n) ? -1 : n;
}

Value species_constructor_rjs(VM *vm, Value obj, Value dflt) {
    Value c = get_rjs(vm, obj, A_(vm, constructor));
    if (v_is_exc(c) || v_is_undefined(c)) return v_is_exc(c) ? c : dflt;
    if (!v_is_object(c)) return vm_throw(vm, ERR_CTOR_OBJECT);
    Value s = get_rjs(vm, c, SYM_(vm, species));
    if (v_is_exc(s)) return s;
    if (v_is_nullish(s)) return dflt;
    return v_is_constructor(s) ? s : vm_throw(vm, ERR_SPECIES_CTOR);
}

int is_array_rjs(VM *vm, Value v) {
    for (;;) {
        if (v_is_array(v)) return 1;
        if (!v_is_kind(v, CELL_PROXY)) return 0;
        v = ((ProxyObject *)v_ptr(v))->target;
        if (v_is_null(v)) {
            (void)vm_throw(vm, ERR_PROXY_REVOKED, "IsArray");
            return -1;
        }
    }
}

int ordinary_has_instance_rjs(VM *vm, Value c, Value o) {
    if (!v_is_callable(c)) return 0;
    if (v_is_kind(c, CELL_BOUND)) return instance_of_rjs(vm, o, ((BoundFunction *)v_ptr(c))->target);
    if (!v_is_object(o)) return 0;
    Value p = get_rjs(vm, c, A_(vm, prototype));
    if (v_is_exc(p)) return -1;
    if (!v_is_object(p)) {
        (void)vm_throw(vm, ERR_INSTANCEOF_PROTO, p);
        return -1;
    }
    for (;;) {
        o = object_get_proto_rjs(vm, o);
        if (!v_is_object(o)) return v_is_exc(o) ? -1 : 0;
        if (o == p) return 1;
    }
}

int instance_of_rjs(VM *vm, Value v, Value target) {
    if (!v_is_object(target)) {
        (void)vm_throw(vm, ERR_INSTANCEOF_OBJECT);
        return -1;
    }
    Value h = get_method_rjs(vm, target, SYM_(vm, hasInstance));
    if (v_is_exc(h)) return -1;
    if (v_is_undefined(h)) {
        if (v_is_callable(target)) return ordinary_has_instance_rjs(vm, target, v);
        (void)vm_throw(vm, ERR_INSTANCEOF_CALLABLE);
        return -1;
    }
    if (h == vm->realm->FunctionProtoHasInstance) return ordinary_has_instance_rjs(vm, target, v);
    Value r = CALL1(vm, h, target, v);
    return v_is_exc(r) ? -1 : to_boolean(r);
}

Value create_iter_result(VM *vm, Value value, bool done) {
    Object *o = object_alloc(vm, CELL_OBJECT, sizeof(Object), vm->realm->shape_iter_result, 2);
    o->slots[0] = value;
    o->slots[1] = v_from_bool(done);
    return v_from_ptr(TAG_OBJECT, o);
}

// One field of a property descriptor object: V_HOLE when absent.
static Value desc_field(VM *vm, Value obj, PropKey k) {
    int has = object_has_rjs(vm, obj, k);
    if (has <= 0) return has ? V_EXC : V_HOLE;
    return get_rjs(vm, obj, k);
}

Value to_property_descriptor_rjs(VM *vm, Value obj, PropDesc *out) {
    if (!v_is_object(obj)) return vm_throw(vm, ERR_DESC_OBJECT, obj);
    *out = (PropDesc){V_HOLE, V_HOLE, V_HOLE, 0, 0};
    const struct {
        PropKey k;
        u8 bit;
    } flags[] = {{A_(vm, enumerable), ATTR_E}, {A_(vm, configurable), ATTR_C}};
    for (int i = 0; i < 2; i++) {
        Value v = desc_field(vm, obj, flags[i].k);
        if (v_is_exc(v)) return v;
        if (v == V_HOLE) continue;
        out->has |= flags[i].bit;
        if (to_boolean(v)) out->attrs |= flags[i].bit;
    }
    if (v_is_exc(out->value = desc_field(vm, obj, A_(vm, value)))) return V_EXC;
    Value w = desc_field(vm, obj, A_(vm, writable));
    if (v_is_exc(w)) return w;
    if (w != V_HOLE) {
        out->has |= ATTR_W;
        if (to_boolean(w)) out->attrs |= ATTR_W;
    }
    if (v_is_exc(out->get = desc_field(vm, obj, A_(vm, get)))) return V_EXC;
    if (out->get != V_HOLE && !v_is_undefined(out->get) && !v_is_callable(out->get))
        return vm_throw(vm, ERR_GETTER_CALLABLE, out->get);
    if (v_is_exc(out->set = desc_field(vm, obj, A_(vm, set)))) return V_EXC;
    if (out->set != V_HOLE && !v_is_undefined(out->set) && !v_is_callable(out->set))
        return vm_throw(vm, ERR_SETTER_CALLABLE, out->set);
    if ((out->get != V_HOLE || out->set != V_HOLE) && (out->value != V_HOLE || (out->has & ATTR_W)))
        return vm_throw(vm, ERR_DESC_BOTH);
    return V_UNDEFINED;
}

Value from_property_descriptor(VM *vm, const PropDesc *d) {
    Object *o = object_new(vm);
    if (d->value != V_HOLE) object_add(vm, o, A_(vm, value), d->value, ATTR_WEC);
    if (d->has & ATTR_W) object_add(vm, o, A_(vm, writable), v_from_bool(d->attrs & ATTR_W), ATTR_WEC);
    if (d->get != V_HOLE) object_add(vm, o, A_(vm, get), d->get, ATTR_WEC);
    if (d->set != V_HOLE) object_add(vm, o, A_(vm, set), d->set, ATTR_WEC);
    if (d->has & ATTR_E) object_add(vm, o, A_(vm, enumerable), v_from_bool(d->attrs & ATTR_E), ATTR_WEC);
    if (d->has & ATTR_C) object_add(vm, o, A_(vm, configurable), v_from_bool(d->attrs & ATTR_C), ATTR_WEC);
    return v_obj(o);
}

// 10.1.13. There is one realm, so of GetFunctionRealm only the failure on a revoked proxy is left.
Realm *function_realm(VM *vm, Value f) {
    while (v_is_object(f)) {
        Object *o = v_object(f);
        switch (o->cell.kind) {
        case CELL_FUNCTION: return ((Function *)o)->code->module->realm;
        case CELL_NATIVE: return ((NativeFunction *)o)->realm;
        case CELL_BOUND: f = ((BoundFunction *)o)->target; break;
        case CELL_PROXY:
            if (v_is_null(f = ((ProxyObject *)o)->target)) {
                (void)vm_throw(vm, ERR_PROXY_REVOKED, "get");
                return NULL;
            }
            break;
        default: return vm->realm;
        }
    }
    return vm->realm;
}

Value proto_from_ctor_rjs(VM *vm, Value new_target, u32 intrinsic) {
    if (v_is_object(new_target)) {
        Value p = get_rjs(vm, new_target, A_(vm, prototype));
        if (v_is_exc(p) || v_is_object(p)) return p;
        Realm *r = function_realm(vm, new_target);
        return r ? r->intrinsics[intrinsic] : V_EXC;
    }
    return vm->realm->intrinsics[intrinsic];
}
