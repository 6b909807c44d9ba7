// SPDX-License-Identifier: MIT
// Property access behind the inline caches: lookups that fill them, the shared cache of megamorphic gets,
// computed keys, globals.
//
// What a cache may remember (see object/shape.c): (shape, slot) of an own data property, dictionary or not; a
// property found on a prototype as (receiver shape, holder, slot) under vm->proto_epoch, when the receiver's
// shape is not a dictionary; the shape after an add, under the epoch too, because a setter or read-only
// property appearing on a prototype would have to be honoured.
#include "vm/exec/exec.h"
#include "vm/text.h"

bool code_in_strict_part(const FuncCode *c, const u8 *pc) {
    int depth = 0;
    for (const u8 *p = c->code; p < pc; p += op_info[*p].length)
        if (*p == OP_StrictPart) depth += p[1] ? 1 : -1;
    return depth > 0;
}

static void ic_set(VM *vm, Ic *ic, Shape *shape, Object *holder, u32 slot) {
    heap_touch(vm, ic, sizeof *ic);
    ic->shape = shape;
    ic->u.holder = holder;
    ic->slot = holder ? slot | IC_HOLDER : slot;
    ic->epoch = vm->proto_epoch;
}

static void ic_set_next(VM *vm, Ic *ic, Shape *shape, Shape *next, u32 slot) {
    heap_touch(vm, ic, sizeof *ic);
    ic->shape = shape;
    ic->u.next = next;
    ic->slot = slot;
    ic->epoch = vm->proto_epoch;
}

// Where property reads of a value begin: the object itself or the prototype of a primitive; NULL for null and
// undefined.
static Object *base_object(VM *vm, Value v) {
    if (v_is_object(v)) return v_object(v);
    Realm *r = vm->realm;
    if (v_is_string(v)) return v_object(r->StringPrototype);
    if (v_is_number(v)) return v_object(r->NumberPrototype);
    if (v_is_bool(v)) return v_object(r->BooleanPrototype);
    if (v_is_symbol(v)) return v_object(r->SymbolPrototype);
    if (v_is_bigint(v)) return v_object(r->BigIntPrototype);
    return NULL;
}

static Value throw_read(VM *vm, Value o, PropKey k) {
    if (v_is_internal(o)) o = V_UNDEFINED;
    if (k == SYM_(vm, iterator)) return vm_throw(vm, ERR_V_NOT_ITERABLE_SYM, o);
    return vm_throw(vm, ERR_READ_PROP, o, k);
}

// True if named key k of o is an ordinary property as far as o itself goes, so that shapes tell the truth.
static bool named_ordinary(VM *vm, const Object *o, PropKey k) {
    if (!(o->cell.flags & OBJ_EXOTIC)) return true;
    switch (o->cell.kind) {
    case CELL_STRINGOBJ: return k != A_(vm, length);
    case CELL_TYPEDARRAY: {
        f64 n;
        return v_is_symbol(k) || !canonical_numeric_index(vm, k, &n);
    }
    case CELL_ARGUMENTS: return true;
    default: return false;
    }
}

static bool lazy_key(VM *vm, PropKey k) {
    return k == A_(vm, prototype) || k == A_(vm, name) || k == A_(vm, length) || k == A_(vm, arguments) ||
           k == A_(vm, caller);
}

// Looks k up along ordinary objects. 1: found as data or accessor (holder, slot, attrs); 0: absent; -1: the
// generic path must decide.
static int find_named(VM *vm, Object *o, PropKey k, Object **holder, u32 *slot, u8 *attrs) {
    for (u32 depth = 0; depth < 10000; depth++) {
        if (!named_ordinary(vm, o, k)) return -1;
        if (o->cell.flags & OBJ_LAZY_FUNC && lazy_key(vm, k)) func_materialize(vm, o);
        if (o->cell.kind == CELL_ARRAY && k == A_(vm, length)) return -1;
        int i = shape_lookup(vm, o->shape, k, attrs);
        if (i >= 0) {
            if (*attrs & ATTR_LAZY) return -1;
            *holder = o;
            *slot = (u32)i;
            return 1;
        }
        if (!v_is_object(o->shape->proto)) return 0;
        o = v_object(o->shape->proto);
    }
    return -1;
}


// What the shared cache knows of k read from an object of that shape, or NULL.
DX_INLINE const GetCacheEntry *get_cached(VM *vm, const Shape *shape, PropKey k) {
    const GetCacheEntry *e = &vm->get_cache.e[GET_CACHE_INDEX(shape, k)];
    return e->shape == shape && e->key == k && e->epoch == vm->proto_epoch && vm->get_cache.epoch == vm->proto_epoch ? e : NULL;
}

// `o` began the lookup for receiver v; the shared cache was asked. ic may be NULL.
static Value get_named(VM *vm, Value v, Object *o, PropKey k, Ic *ic) {
    Shape *shape = o->shape;
    u32 c;
    Object *holder;
    u32 slot;
    u8 attrs;
    int found = find_named(vm, o, k, &holder, &slot, &attrs);
    if (found < 0) return v_is_object(v) ? object_get_rjs(vm, v, k, v) : get_v_rjs(vm, v, k);
    if (!found) return V_UNDEFINED;
    shape = o->shape; // a lazy function may have been materialised
    bool own = holder == o, cacheable = own || !(shape->cell.flags & SHAPE_DICT);
    if (attrs & ATTR_ACCESSOR) {
        Value get = ((Accessor *)v_ptr(holder->slots[slot]))->get;
        if (ic && cacheable) ic_set(vm, ic, shape, own ? NULL : holder, slot | IC_ACCESSOR);
        return get == V_UNDEFINED ? V_UNDEFINED : vm_call(vm, get, v, 0, NULL);
    }
    if (cacheable) {
        if (ic) ic_set(vm, ic, shape, own ? NULL : holder, slot);
        c = GET_CACHE_INDEX(shape, k);
        vm->get_cache.epoch = vm->proto_epoch;
        vm->get_cache.e[c].shape = shape;
        vm->get_cache.e[c].key = k;
        vm->get_cache.e[c].holder = own ? NULL : holder;
        vm->get_cache.e[c].slot = slot;
        vm->get_cache.e[c].epoch = vm->proto_epoch;
    }
    return holder->slots[slot];
}

Value prop_get_from_rjs(VM *vm, Value receiver, Object *o, PropKey k) {
    Shape *shape = o->shape;
    GetCacheEntry *e = &vm->get_cache.e[GET_CACHE_INDEX(shape, k)];
    if (e->shape == shape && e->key == k && e->epoch == vm->proto_epoch)
        return (e->holder ? e->holder : o)->slots[e->slot];
    Object *holder;
    u32 slot;
    u8 attrs;
    int found = find_named(vm, o, k, &holder, &slot, &attrs);
    if (found < 0) return object_get_rjs(vm, v_obj(o), k, receiver);
    if (!found) return V_UNDEFINED;
    if (attrs & ATTR_ACCESSOR) {
        Value get = ((Accessor *)v_ptr(holder->slots[slot]))->get;
        return get == V_UNDEFINED ? V_UNDEFINED : vm_call(vm, get, receiver, 0, NULL);
    }
    shape = o->shape;
    if (holder == o) *e = (GetCacheEntry){shape, k, NULL, slot, vm->proto_epoch};
    return holder->slots[slot];
}

Value prop_get_rjs(VM *vm, Value v, PropKey k, Ic *ic) {
    Object *o = base_object(vm, v);
    if (DX_UNLIKELY(!o)) return throw_read(vm, v, k);
    const GetCacheEntry *e = get_cached(vm, o->shape, k); // sites that see many shapes live on this
    if (e) {
        ic_set(vm, ic, o->shape, e->holder, e->slot);
        return (e->holder ? e->holder : o)->slots[e->slot];
    }
    if (DX_UNLIKELY(key_is_index(k))) return prop_get_index_rjs(vm, v, v_from_u32(key_index(k)));
    if (o->shape == ic->shape && ic->slot & IC_ACCESSOR && (!ic->u.holder || ic->epoch == vm->proto_epoch)) {
        Accessor *a = v_ptr((ic->u.holder ? ic->u.holder : o)->slots[ic->slot & IC_SLOT]);
        return a->get == V_UNDEFINED ? V_UNDEFINED : vm_call(vm, a->get, v, 0, NULL);
    }
    if (k == A_(vm, length)) {
        if (v_is_array(v)) {
            ic_set(vm, ic, o->shape, NULL, IC_LENGTH);
            return v_from_u32(v_array(v)->length);
        }
        if (v_is_string(v)) return v_from_int((i32)v_string(v)->length);
    }
    if (v_is_string(v) && o->cell.flags & OBJ_EXOTIC && k == A_(vm, length))
        return v_from_int((i32)v_string(v)->length);
    return get_named(vm, v, o, k, ic);
}

Value prop_get_index_rjs(VM *vm, Value v, Value k) {
    if (v_is_double(k) && v_double(k) >= 0 && v_double(k) < 2147483647.0 &&
        v_double(k) == (f64)(i32)v_double(k))
        k = v_from_int((i32)v_double(k)); // -0 is "0" too
    if (v_is_int(k) && v_int(k) >= 0) {
        PropKey key = key_from_index((u32)v_int(k));
        if (v_is_object(v)) {
            Object *o = v_object(v);
            if (obj_is_dense(o)) {
                Elements *e = obj_elems(o);
                if (e && key_index(key) < e->len && e->v[key_index(key)] != V_HOLE)
                    return e->v[key_index(key)];
            }
            return object_get_rjs(vm, v, key, v);
        }
        if (v_is_string(v) && (u32)v_int(k) < v_string(v)->length) {
            Chars c = str_chars(vm, v_string(v));
            return v_from_string(str_char(vm, chars_at(c, (u32)v_int(k))));
        }
        if (v_is_nullish(v) || v_is_internal(v)) return throw_read(vm, v, key);
        return get_v_rjs(vm, v, key);
    }
    if (v_is_nullish(v) || v_is_internal(v)) {
        PropKey key;
        if (v_is_object(k)) key = v_from_string(value_display(vm, k)); // the key is not converted first
        else if (!to_property_key_rjs(vm, k, &key)) return V_EXC;
        return throw_read(vm, v, key);
    }
    PropKey key;
    if (!to_property_key_rjs(vm, k, &key)) return V_EXC;
    if (key_is_index(key)) {
        if (v_is_object(v)) return object_get_rjs(vm, v, key, v);
        return get_v_rjs(vm, v, key);
    }
    if (key == A_(vm, length)) {
        if (v_is_array(v)) return v_from_u32(v_array(v)->length);
        if (v_is_string(v)) return v_from_int((i32)v_string(v)->length);
    }
    Object *o = base_object(vm, v);
    const GetCacheEntry *e = get_cached(vm, o->shape, key);
    return e ? (e->holder ? e->holder : o)->slots[e->slot] : get_named(vm, v, o, key, NULL);
}

// ---- sets

int set_refused_rjs(VM *vm, Value holder, Value receiver, PropKey k) {
    PropDesc d;
    int own = 0;
    for (; v_is_object(holder) && own == 0; holder = own ? holder : object_get_proto_rjs(vm, holder)) {
        own = object_get_own_rjs(vm, holder, k, &d);
        if (own < 0) return -1;
    }
    if (v_is_exc(holder)) return -1;
    if (own && (d.get != V_HOLE || d.set != V_HOLE)) (void)vm_throw(vm, ERR_SET_NO_SETTER, k, receiver);
    else if (own) (void)vm_throw(vm, ERR_READ_ONLY, k, receiver);
    else (void)vm_throw(vm, ERR_NOT_EXTENSIBLE, k);
    return -1;
}

static int set_failed(VM *vm, Value v, PropKey k, bool strict) { // [[Set]] gave false
    if (!strict) return 0;
    if (!v_is_object(v)) {
        Buf tmp = {0};
        String *t = v_string(typeof_value(vm, v));
        (void)vm_throw(vm, ERR_STRICT_CREATE, k, str_to_cstr(vm, t, &tmp), v);
        buf_free(&tmp);
        return -1;
    }
    return set_refused_rjs(vm, v, v, k);
}

static int set_generic_rjs(VM *vm, Value v, PropKey k, Value x, bool strict) {
    Value o = v;
    if (!v_is_object(v)) {
        if (v_is_nullish(v) || v_is_internal(v)) {
            (void)vm_throw(vm, ERR_SET_PROP, v_is_internal(v) ? V_UNDEFINED : v, k);
            return -1;
        }
        o = v_from_ptr(TAG_OBJECT, base_object(vm, v));
        if (v_is_string(v) &&
            (k == A_(vm, length) || (key_is_index(k) && key_index(k) < v_string(v)->length))) {
            if (!strict) return 0;
            (void)vm_throw(vm, ERR_READ_ONLY_PRIM, k, "string", v);
            return -1;
        }
    }
    int ok = object_set_rjs(vm, o, k, x, v);
    return ok ? ok : set_failed(vm, v, k, strict);
}

int prop_set_rjs(VM *vm, Value v, PropKey k, Value x, Ic *ic, bool strict) {
    if (!v_is_object(v) || key_is_index(k)) return set_generic_rjs(vm, v, k, x, strict);
    Object *o = v_object(v), *holder;
    u32 slot;
    u8 attrs;
    if (o->cell.flags & OBJ_EXOTIC || (o->cell.kind == CELL_ARRAY && k == A_(vm, length)))
        return set_generic_rjs(vm, v, k, x, strict);
    if (o->cell.flags & OBJ_LAZY_FUNC) func_materialize(vm, o); // its own properties come first
    Shape *before = o->shape;
    int found = find_named(vm, o, k, &holder, &slot, &attrs);
    if (found < 0) return set_generic_rjs(vm, v, k, x, strict);
    if (found && attrs & ATTR_ACCESSOR) {
        Value set = ((Accessor *)v_ptr(holder->slots[slot]))->set;
        if (set == V_UNDEFINED) return set_failed(vm, v, k, strict);
        return v_is_exc(vm_call(vm, set, v, 1, &x)) ? -1 : 1;
    }
    if (found && !(attrs & ATTR_W)) return set_failed(vm, v, k, strict);
    if (found && holder == o) {
        ic_set_next(vm, ic, o->shape, NULL, slot);
        heap_set(vm, &o->slots[slot], x);
        return 1;
    }
    if (o->cell.flags & OBJ_NON_EXTENSIBLE) return set_failed(vm, v, k, strict);
    before = o->shape;
    object_add(vm, o, k, x, ATTR_WEC);
    if (!(before->cell.flags & SHAPE_DICT) && !(o->shape->cell.flags & SHAPE_DICT) &&
        o->shape->parent == before)
        ic_set_next(vm, ic, before, o->shape, o->shape->count - 1);
    return 1;
}

int prop_set_index_rjs(VM *vm, Value v, Value k, Value x, bool strict) {
    if (v_is_double(k) && v_double(k) >= 0 && v_double(k) < 2147483647.0 &&
        v_double(k) == (f64)(i32)v_double(k))
        k = v_from_int((i32)v_double(k));
    PropKey key;
    if (v_is_int(k) && v_int(k) >= 0) {
        key = key_from_index((u32)v_int(k));
        if (v_is_object(v) && array_is_plain(vm, v_object(v))) { // appending, filling holes
            element_define(vm, v_object(v), key_index(key), x, ATTR_WEC);
            return 1;
        }
    } else {
        if ((v_is_nullish(v) || v_is_internal(v)) && v_is_object(k)) {
            (void)vm_throw(vm, ERR_SET_PROP, v_is_internal(v) ? V_UNDEFINED : v,
                           v_from_string(value_display(vm, k)));
            return -1;
        }
        if (!to_property_key_rjs(vm, k, &key)) return -1;
        if (!key_is_index(key) && v_is_object(v)) {
            Ic scratch = {0};
            return prop_set_rjs(vm, v, key, x, &scratch, strict);
        }
    }
    return set_generic_rjs(vm, v, key, x, strict);
}

int prop_define_rjs(VM *vm, Value v, PropKey k, Value x, Ic *ic) {
    if (!v_is_object(v)) {
        (void)vm_throw(vm, ERR_CUSTOM_ERROR, "Invalid bytecode");
        return -1;
    }
    Object *o = v_object(v);
    if (!key_is_index(k) && !(o->cell.flags & (OBJ_EXOTIC | OBJ_NON_EXTENSIBLE | OBJ_LAZY_FUNC)) &&
        o->cell.kind != CELL_ARRAY) {
        u8 attrs;
        Shape *before = o->shape;
        int slot = shape_lookup(vm, before, k, &attrs);
        if (slot < 0) {
            object_add(vm, o, k, x, ATTR_WEC);
            if (!(before->cell.flags & SHAPE_DICT) && !(o->shape->cell.flags & SHAPE_DICT) &&
                o->shape->parent == before)
                ic_set_next(vm, ic, before, o->shape, o->shape->count - 1);
            return 1;
        }
        if (attrs == ATTR_WEC) {
            heap_set(vm, &o->slots[slot], x);
            return 1;
        }
    }
    return create_data_property_or_throw_rjs(vm, v, k, x);
}

// ---- globals (9.1.1.4): lexical declarations first, then the global object

static int global_lexical_slot(VM *vm, PropKey k, Object **lex, u8 *attrs) {
    if (!v_is_object(vm->realm->lexical)) return -1;
    *lex = v_object(vm->realm->lexical);
    return shape_lookup(vm, (*lex)->shape, k, attrs);
}

Value prop_get_global_rjs(VM *vm, PropKey k, Ic *ic, bool for_typeof) {
    Object *lex, *global = v_object(vm->realm->global), *holder;
    u32 slot;
    u8 attrs;
    int i = global_lexical_slot(vm, k, &lex, &attrs);
    if (i >= 0) {
        if (lex->slots[i] == V_TDZ) return throw_unbound(vm, k);
        ic_set(vm, ic, global->shape, lex, (u32)i);
        return lex->slots[i];
    }
    int found = find_named(vm, global, k, &holder, &slot, &attrs);
    if (found > 0) {
        if (!(attrs & ATTR_ACCESSOR)) {
            ic_set(vm, ic, global->shape, holder, slot);
            return holder->slots[slot];
        }
        Value get = ((Accessor *)v_ptr(holder->slots[slot]))->get;
        return get == V_UNDEFINED ? V_UNDEFINED : vm_call(vm, get, vm->realm->global_this, 0, NULL);
    }
    if (found < 0) {
        int has = object_has_rjs(vm, vm->realm->global, k);
        if (has < 0) return V_EXC;
        if (has) return object_get_rjs(vm, vm->realm->global, k, vm->realm->global_this);
    }
    if (for_typeof) return V_UNDEFINED;
    return vm_throw(vm, ERR_NOT_DEFINED, k);
}

int global_has_rjs(VM *vm, PropKey k) {
    Object *lex;
    u8 attrs;
    return global_lexical_slot(vm, k, &lex, &attrs) >= 0 ? 1 : object_has_rjs(vm, vm->realm->global, k);
}

int prop_set_global_rjs(VM *vm, PropKey k, Value v, Ic *ic, bool strict) {
    Object *lex;
    u8 attrs;
    int i = global_lexical_slot(vm, k, &lex, &attrs);
    if (i >= 0) {
        if (lex->slots[i] == V_TDZ) return v_is_exc(throw_unbound(vm, k)) ? -1 : 0;
        if (!(attrs & ATTR_W)) return v_is_exc(vm_throw(vm, ERR_CONST_ASSIGN)) ? -1 : 0;
        heap_set(vm, &lex->slots[i], v);
        return 1;
    }
    Value global = vm->realm->global;
    int has = object_has_rjs(vm, global, k);
    if (has < 0) return -1;
    if (!has && strict) return v_is_exc(vm_throw(vm, ERR_NOT_DEFINED, k)) ? -1 : 0;
    int ok = object_set_rjs(vm, global, k, v, vm->realm->global_this);
    return ok ? ok : set_failed(vm, global, k, strict);
}
