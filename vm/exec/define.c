// SPDX-License-Identifier: MIT
// Opcodes that make things: classes and methods, private names, object spread and rest, arguments and
// template objects, super references, delete, and the errors compiled into code.
#include "vm/exec/exec.h"
#include "vm/object/layout.h"
#include "vm/text.h"

// ---- classes (15.7.14) up to the members

Value define_class_rjs(VM *vm, Module *m, u32 func, Env *env, Value heritage, Value *proto_out) {
    Value proto_parent = vm->realm->ObjectPrototype, ctor_parent = vm->realm->FunctionPrototype;
    if (heritage == V_NULL) {
        proto_parent = V_NULL;
    } else if (heritage != V_HOLE) {
        if (!v_is_constructor(heritage)) return vm_throw(vm, ERR_EXTENDS_VALUE, heritage);
        proto_parent = get_rjs(vm, heritage, A_(vm, prototype));
        if (v_is_exc(proto_parent)) return V_EXC;
        if (!v_is_object(proto_parent) && proto_parent != V_NULL)
            return vm_throw(vm, ERR_EXTENDS_PROTO, proto_parent);
        ctor_parent = heritage;
    }
    Object *proto = object_new_proto(vm, proto_parent);
    Value proto_value = v_from_ptr(TAG_OBJECT, proto);
    Function *f = function_new(vm, module_code(vm, m, func), env);
    Value ctor = v_from_ptr(TAG_OBJECT, f);
    f->o.cell.flags &= (u8)~OBJ_LAZY_FUNC;
    f->o.cell.flags |= OBJ_CALLABLE | OBJ_CONSTRUCTOR;
    if (ctor_parent != vm->realm->FunctionPrototype)
        object_change_proto(vm, &f->o, ctor_parent); // fresh: no cycle to look for
    object_put(vm, &f->o, A_(vm, length), v_from_int(f->code->info->length), ATTR_C);
    object_put(vm, &f->o, A_(vm, name), f->code->strings[f->code->info->name], ATTR_C);
    object_put(vm, &f->o, A_(vm, prototype), proto_value, 0);
    object_put(vm, proto, A_(vm, constructor), ctor, ATTR_WC);
    f->home = proto_value;
    *proto_out = proto_value;
    return ctor;
}

int define_method_rjs(VM *vm, Value o, Value k, Value f, u32 b) {
    static const char *const prefix[4] = {NULL, "get", "set", NULL};
    PropKey key;
    if (!v_is_object(o) || !v_is_kind(f, CELL_FUNCTION))
        return v_is_exc(vm_throw(vm, ERR_CUSTOM_ERROR, "Invalid bytecode")) ? -1 : 0;
    if (!to_property_key_rjs(vm, k, &key)) return -1;
    if (!(b & 8) && set_function_name(vm, f, key, prefix[b & 3]) < 0) return -1;
    HEAP_STORE(vm, ((Function *)v_ptr(f))->home, o);
    PropDesc d = {.value = V_HOLE, .get = V_HOLE, .set = V_HOLE, .attrs = ATTR_C, .has = ATTR_C | ATTR_E};
    if (b & 4) d.attrs |= ATTR_E;
    switch (b & 3) {
    case 1: d.get = f; break;
    case 2: d.set = f; break;
    default:
        d.value = f;
        d.attrs |= ATTR_W;
        d.has |= ATTR_W;
        if (!key_is_index(key) &&
            !(v_object(o)->cell.flags & (OBJ_EXOTIC | OBJ_LAZY_FUNC | OBJ_NON_EXTENSIBLE)) &&
            v_object(o)->cell.kind != CELL_ARRAY) {
            u8 attrs;
            if (shape_lookup(vm, v_object(o)->shape, key, &attrs) < 0) {
                object_add(vm, v_object(o), key, f, d.attrs);
                return 1;
            }
        }
    }
    if (key == A_(vm, prototype) && v_is_kind(o, CELL_FUNCTION) &&
        ((Function *)v_ptr(o))->code->flags & FUNC_CLASS_CTOR)
        return v_is_exc(vm_throw(vm, ERR_STATIC_PROTOTYPE)) ? -1 : 0;
    return define_property_or_throw_rjs(vm, o, key, &d);
}

// ---- private names (7.3.28 - 7.3.32): symbols flagged SYM_PRIVATE, kept in the object's own shape, seen by
// no reflection

static int private_slot(VM *vm, Value o, Value p, u8 *attrs) {
    if (!v_is_object(o) || !v_is_symbol(p)) return -1;
    return shape_lookup(vm, v_object(o)->shape, p, attrs);
}

// Private fields and methods share the cache of property gets: own data properties, so no epoch is needed;
// its room holds the attributes.
Value *private_field_cached(VM *vm, Value o, Value p, bool write) {
    Shape *shape = v_object(o)->shape;
    GetCacheEntry *e = &vm->get_cache.e[GET_CACHE_INDEX(shape, p)];
    if (DX_UNLIKELY(e->shape != shape || e->key != p)) {
        u8 attrs;
        int i = shape_lookup(vm, shape, p, &attrs);
        if (i < 0 || attrs & ATTR_ACCESSOR) return NULL;
        *e = (GetCacheEntry){shape, p, NULL, (u32)i, attrs};
    }
    return write && !(e->epoch & ATTR_W) ? NULL : &v_object(o)->slots[e->slot];
}

static const char *class_of_receiver(const char *receiver) {
    const char *at = strstr(receiver, "class ");
    return at ? at + 6 : receiver;
}

// o has no p, in V8's words. (The verifier does not know which values are private names: anything may stand in for one.)
static Value private_missing(VM *vm, Value o, Value p, bool write) {
    if (!v_is_symbol(p)) return vm_throw(vm, ERR_CUSTOM_ERROR, "Invalid bytecode");
    Value receiver = v_symbol(p)->receiver;
    if (receiver == V_UNDEFINED) {
        if (v_is_nullish(o)) return vm_throw(vm, write ? ERR_SET_PROP : ERR_READ_PROP, o, p);
        return vm_throw(vm, write ? ERR_PRIVATE_WRITE : ERR_PRIVATE_READ, p);
    }
    Buf tmp = {0};
    const char *text = str_to_cstr(vm, v_string(receiver), &tmp);
    Value r;
    if (v_is_nullish(o) && *text == 'a') r = vm_throw(vm, ERR_READ_PROP, o, key_c(vm, class_of_receiver(text)));
    else r = vm_throw(vm, ERR_PRIVATE_BRAND, text);
    buf_free(&tmp);
    return r;
}

static Value private_twice(VM *vm, Value p) {
    Value receiver = v_symbol(p)->receiver;
    if (receiver == V_UNDEFINED) return vm_throw(vm, ERR_PRIVATE_TWICE, p);
    Buf tmp = {0};
    Value r = vm_throw(vm, ERR_PRIVATE_METHODS_TWICE, class_of_receiver(str_to_cstr(vm, v_string(receiver), &tmp)));
    buf_free(&tmp);
    return r;
}

Value private_get_rjs(VM *vm, Value o, Value p) {
    u8 attrs;
    int i = private_slot(vm, o, p, &attrs);
    if (i < 0) return private_missing(vm, o, p, false);
    Value v = v_object(o)->slots[i];
    if (!(attrs & ATTR_ACCESSOR)) return v;
    Value get = ((Accessor *)v_ptr(v))->get;
    if (get == V_UNDEFINED) return vm_throw(vm, ERR_PRIVATE_NO_GETTER, p);
    return vm_call(vm, get, o, 0, NULL);
}

int private_set_rjs(VM *vm, Value o, Value p, Value v) {
    u8 attrs;
    int i = private_slot(vm, o, p, &attrs);
    if (i < 0) return v_is_exc(private_missing(vm, o, p, true)) ? -1 : 0;
    if (attrs & ATTR_ACCESSOR) {
        Value set = ((Accessor *)v_ptr(v_object(o)->slots[i]))->set;
        if (set == V_UNDEFINED) return v_is_exc(vm_throw(vm, ERR_PRIVATE_NO_SETTER, p)) ? -1 : 0;
        return v_is_exc(vm_call(vm, set, o, 1, &v)) ? -1 : 1;
    }
    if (!(attrs & ATTR_W)) return v_is_exc(vm_throw(vm, ERR_PRIVATE_METHOD_WRITE, p)) ? -1 : 0;
    heap_set(vm, &v_object(o)->slots[i], v);
    return 1;
}

int private_define(VM *vm, Value o, Value p, Value v, u32 b) {
    u8 attrs;
    if (!v_is_object(o) || !v_is_symbol(p))
        return v_is_exc(vm_throw(vm, ERR_CUSTOM_ERROR, "Invalid bytecode")) ? -1 : 0;
    Object *ob = v_object(o);
    int i = private_slot(vm, o, p, &attrs);
    if (b >= 2 && i >= 0 && attrs & ATTR_ACCESSOR) { // the other half of a pair
        Accessor *a = v_ptr(ob->slots[i]);
        Value *half = b == 2 ? &a->get : &a->set;
        if (*half == V_UNDEFINED) {
            heap_set(vm, half, v);
            return 1;
        }
    }
    if (i >= 0) return v_is_exc(private_twice(vm, p)) ? -1 : 0;
    if (ob->cell.flags & OBJ_LAZY_FUNC) func_materialize(vm, ob);
    if (b >= 2) object_put_accessor(vm, ob, p, b == 2 ? v : V_UNDEFINED, b == 3 ? v : V_UNDEFINED, 0);
    else object_add(vm, ob, p, v, b == 0 ? ATTR_W : 0);
    return 1;
}

int private_has(VM *vm, Value p, Value o) {
    u8 attrs;
    if (!v_is_symbol(p)) return v_is_exc(private_missing(vm, o, p, false)) ? -1 : 0;
    if (!v_is_object(o)) return v_is_exc(vm_throw(vm, ERR_PRIVATE_IN, p, o)) ? -1 : 0;
    return private_slot(vm, o, p, &attrs) >= 0;
}

// ---- spread and rest of objects (7.3.25)

static bool excluded_key(VM *vm, PropKey k, const Value *excluded, u32 n) {
    for (u32 i = 0; i < n; i++) {
        PropKey e;
        if (excluded[i] == k) return true;
        if (v_is_object(excluded[i]) || v_is_internal(excluded[i]))
            continue; // keys went through ToPropertyKey
        if (to_property_key_rjs(vm, excluded[i], &e) && e == k) return true;
    }
    return false;
}

int copy_data_properties_rjs(VM *vm, Value target, Value src, const Value *excluded, u32 n) {
    if (v_is_nullish(src) || v_is_internal(src)) return 1;
    Value from = to_object(vm, src);
    if (v_is_exc(from)) return -1;
    Array *keys = object_own_keys_rjs(vm, from, KEYS_ALL);
    if (!keys) return -1;
    Object *o = v_object(from), *to = v_object(target);
    bool plain = !(o->cell.flags & OBJ_EXOTIC);
    for (u32 i = 0; i < keys->length; i++) {
        PropKey k;
        if (!to_property_key_rjs(vm, obj_elems(&keys->o)->v[i], &k)) return -1;
        if (n && excluded_key(vm, k, excluded, n)) continue;
        Value v;
        u8 attrs;
        int slot;
        if (plain && !key_is_index(k) && !(o->cell.flags & OBJ_LAZY_FUNC) && o->cell.kind != CELL_ARRAY &&
            (slot = shape_lookup(vm, o->shape, k, &attrs)) >= 0 && !(attrs & (ATTR_ACCESSOR | ATTR_LAZY))) {
            if (!(attrs & ATTR_E)) continue;
            v = o->slots[slot];
        } else {
            PropDesc d;
            int has = object_get_own_rjs(vm, from, k, &d);
            if (has < 0) return -1;
            if (!has || !(d.attrs & ATTR_E)) continue;
            v = object_get_rjs(vm, from, k, from);
            if (v_is_exc(v)) return -1;
        }
        if (!key_is_index(k) && !(to->cell.flags & (OBJ_EXOTIC | OBJ_NON_EXTENSIBLE | OBJ_LAZY_FUNC)) &&
            to->cell.kind == CELL_OBJECT && shape_lookup(vm, to->shape, k, &attrs) < 0)
            object_add(vm, to, k, v, ATTR_WEC);
        else if (create_data_property_or_throw_rjs(vm, target, k, v) < 0) return -1;
    }
    return 1;
}

// ---- arguments (10.4.4)

Value arguments_new(VM *vm, Frame *f, Env *mapped) {
    Realm *r = vm->realm;
    ArgumentsObject *a = (ArgumentsObject *)object_alloc(vm, CELL_ARGUMENTS, sizeof(ArgumentsObject),
                                                         shape_root(vm, r->ObjectPrototype), 3);
    a->env = NULL;
    a->mapped_count = 0;
    a->mapped = NULL;
    u32 argc = f->argc;
    if (argc) {
        Elements *e = elements_reserve(vm, &a->o, argc);
        memcpy(e->v, f->args, argc * sizeof(Value));
        e->len = argc;
    }
    object_add(vm, &a->o, A_(vm, length), v_from_int((i32)argc), ATTR_WC);
    if ((f->code->flags & (FUNC_STRICT | FUNC_SIMPLE_PARAMS)) == FUNC_SIMPLE_PARAMS) {
        u32 n = mapped ? dx_min_u32(dx_min_u32(argc, f->code->nparams), mapped->count) : 0;
        object_add(vm, &a->o, A_(vm, callee), v_from_ptr(TAG_OBJECT, f->func), ATTR_WC);
        if (n) {
            a->mapped = bytes_new(vm, n);
            memset(a->mapped->data, 1, n);
            a->env = mapped;
            a->mapped_count = n;
            a->o.cell.flags |= OBJ_EXOTIC;
        }
    } else {
        object_put_accessor(vm, &a->o, A_(vm, callee), r->ThrowTypeError, r->ThrowTypeError, 0);
    }
    object_add(vm, &a->o, SYM_(vm, iterator), r->ArrayProtoValues, ATTR_WC);
    return v_from_ptr(TAG_OBJECT, a);
}

// ---- template objects (13.2.8.4), one per site and module instance

Value template_object(VM *vm, Module *m, u32 konst) {
    const DxtModule *d = m->dxt;
    if (m->templates == V_UNDEFINED) {
        ValueArray *all = values_new(vm, d->const_count);
        HEAP_STORE(vm, m->templates, v_internal(all));
    }
    ValueArray *all = v_ptr(m->templates);
    if (all->v[konst] != V_UNDEFINED) return all->v[konst];
    const u8 *p = d->data + d->consts[konst].bits;
    u32 n = op_u32(p);
    Array *cooked = array_new(vm, n), *raw = array_new(vm, n);
    for (u32 i = 0; i < n; i++) {
        u32 c = op_u32(p + 4 + i * 8), r = op_u32(p + 8 + i * 8);
        array_push(vm, cooked, c == DXT_NONE ? V_UNDEFINED : m->strings[c]);
        array_push(vm, raw, m->strings[r]);
    }
    Value raw_value = v_from_array(raw), v = v_from_array(cooked);
    if (set_integrity_rjs(vm, raw_value, true) < 0) return V_EXC;
    object_put(vm, &cooked->o, A_(vm, raw), raw_value, 0);
    if (set_integrity_rjs(vm, v, true) < 0) return V_EXC;
    heap_set(vm, &all->v[konst], v);
    return v;
}

// ---- super references (13.3.7)

Value super_base_rjs(VM *vm, Value home) {
    if (!v_is_object(home)) return vm_throw(vm, ERR_CUSTOM_ERROR, "Invalid bytecode");
    return v_object(home)->cell.flags & OBJ_EXOTIC ? object_get_proto_rjs(vm, home)
                                                   : v_object(home)->shape->proto;
}

// A value as messages name it as a property, without converting it.
static PropKey shown_key(VM *vm, Value k) {
    return v_is_string(k) || v_is_symbol(k) ? k : v_from_string(value_display(vm, v_is_internal(k) ? V_UNDEFINED : k));
}

// The key of a super reference. An object is converted here, after the base was found; a base that is not an
// object is an error before that. False: thrown, by `error` for such a base.
static bool super_key_rjs(VM *vm, Value self, Value base, Value k, ErrorId error, PropKey *key) {
    if (self == V_TDZ || self == V_HOLE) return vm_throw(vm, ERR_THIS_TDZ), false;
    if (!v_is_object(base)) return vm_throw(vm, error, v_is_internal(base) ? V_UNDEFINED : base, shown_key(vm, k)), false;
    if (v_is_string(k) && (v_string(k)->cell.flags & (STR_ATOM | STR_INDEX)) == STR_ATOM) {
        *key = k;
        return true;
    }
    return to_property_key_rjs(vm, k, key);
}

Value super_get_rjs(VM *vm, Value self, Value base, Value k) {
    PropKey key;
    if (!super_key_rjs(vm, self, base, k, ERR_READ_PROP, &key)) return V_EXC;
    if (!key_is_index(key)) return prop_get_from_rjs(vm, self, v_object(base), key);
    return object_get_rjs(vm, base, key, self);
}

int super_set_rjs(VM *vm, Value self, Value base, Value k, Value v, bool strict) {
    PropKey key;
    if (!super_key_rjs(vm, self, base, k, ERR_SET_PROP, &key)) return -1;
    int ok = object_set_rjs(vm, base, key, v, self);
    return ok == 0 && strict ? set_refused_rjs(vm, base, self, key) : ok;
}

int delete_rjs(VM *vm, Value o, Value k, bool strict) {
    if (v_is_nullish(o) || v_is_internal(o)) return v_is_exc(vm_throw(vm, ERR_NULLISH_TO_OBJECT)) ? -1 : 0;
    PropKey key;
    if (!to_property_key_rjs(vm, k, &key)) return -1;
    Value ob = to_object(vm, o);
    if (v_is_exc(ob)) return -1;
    int ok = object_delete_rjs(vm, ob, key);
    if (ok == 0 && strict) return v_is_exc(vm_throw(vm, ERR_CANNOT_DELETE, key, ob)) ? -1 : 0;
    return ok;
}

// ---- errors compiled into code

Value throw_kind(VM *vm, u32 kind, Value name) {
#define THROW_KIND(number, id, type, text) [number] = {ERR_CUSTOM_##type, text},
#define ERR_CUSTOM_TypeError ERR_CUSTOM_TYPE
#define ERR_CUSTOM_ReferenceError ERR_CUSTOM_REFERENCE
    static const struct { ErrorId id; const char *text; } kinds[] = {THROW_KINDS(THROW_KIND)};
#undef THROW_KIND
    Buf text = {0}, tmp = {0};
    const char *arg = v_is_string(name) ? str_to_cstr(vm, v_string(name), &tmp) : "";
    if (kind >= DX_COUNTOF(kinds)) kind = 0;
    for (const char *p = kinds[kind].text; *p; p++) {
        if (p[0] == '%' && p[1] == 's') buf_str(&text, arg), p++;
        else buf_u8(&text, (u8)*p);
    }
    Value r = vm_throw(vm, kinds[kind].id, buf_cstr(&text));
    buf_free(&text);
    buf_free(&tmp);
    return r;
}

Value throw_unbound(VM *vm, Value name) {
    return name == A_(vm, this) ? vm_throw(vm, ERR_THIS_TDZ) : vm_throw(vm, ERR_TDZ, name);
}

Value check_coercible(VM *vm, Value v, Value name) {
    Buf prop = {0}, what = {0};
    if (v_is_internal(v)) v = V_UNDEFINED;
    const char *p = v_is_string(name) ? str_to_cstr(vm, v_string(name), &prop) : "";
    if (!culprit_text(vm, &what)) buf_str(&what, v == V_NULL ? "null" : "undefined");
    Value r;
    if (*p) r = vm_throw(vm, ERR_DESTRUCTURE_PROP, p, buf_cstr(&what), v);
    else r = vm_throw(vm, ERR_DESTRUCTURE, buf_cstr(&what), v);
    buf_free(&prop);
    buf_free(&what);
    return r;
}
