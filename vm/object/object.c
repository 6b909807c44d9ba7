// SPDX-License-Identifier: MIT
// Objects: creation and the essential internal methods of ordinary objects and arrays
// (ECMA-262 10.1, 10.4.2); object_* is where every other kind is dispatched from. Shapes are shape.c, indexed
// storage elements.c, exotic kinds exotic.c.
#include "vm/object/layout.h"
#include "vm/vm.h"

// ---- creation

Object *object_alloc(VM *vm, CellKind kind, size_t struct_bytes, Shape *root, u32 inline_slots) {
    size_t bytes = struct_bytes + (size_t)inline_slots * 8;
    Object *o = heap_alloc(vm, bytes, kind);
    o->shape = root;
    o->slots = (Value *)((char *)o + struct_bytes);
    o->elems = NULL;
    memset(o + 1, 0, bytes - sizeof(Object));
    return o;
}

Object *object_new(VM *vm) {
    return object_alloc(vm, CELL_OBJECT, sizeof(Object), vm->realm->shape_object, 4);
}

Object *object_new_proto(VM *vm, Value proto) {
    Shape *root = shape_root(vm, proto);
    return object_alloc(vm, CELL_OBJECT, sizeof(Object), root, root->inline_hint);
}

Value v_from_object(const Object *o) { return v_obj(o); }

// ---- own properties

// Where an own property was found: `value` is the slot's content (an Accessor as internal pointer).
typedef struct Found { Value value; int slot; u8 attrs; } Found; // slot: -1 for elements and array length

static bool is_length(VM *vm, const Object *o, PropKey k) {
    return o->cell.kind == CELL_ARRAY && k == A_(vm, length);
}

Value lazy_slot(VM *vm, Object *o, int slot) {
    Value v = o->slots[slot];
    if (!v_is_internal(v)) return v;
    v = error_stack_text(vm, v_obj(o));
    heap_set(vm, &o->slots[slot], v);
    return v;
}

// Lookup in an ordinary object or array. Lazy functions and slots are materialised.
DX_INLINE bool own_find(VM *vm, Object *o, PropKey k, Found *f) {
    if (key_is_index(k)) {
        f->slot = -1;
        f->value = element_own(o, key_index(k), &f->attrs);
        return f->value != V_HOLE;
    }
    if (DX_UNLIKELY(is_length(vm, o, k))) {
        f->slot = -1;
        f->value = v_from_u32(((Array *)o)->length);
        f->attrs = o->cell.aux & OBJ2_LENGTH_READONLY ? 0 : ATTR_W;
        return true;
    }
    if (DX_UNLIKELY(o->cell.flags & OBJ_LAZY_FUNC)) func_materialize(vm, o);
    int i = shape_lookup(vm, o->shape, k, &f->attrs);
    if (i < 0) return false;
    f->slot = i;
    f->value = DX_UNLIKELY(f->attrs & ATTR_LAZY) ? lazy_slot(vm, o, i) : o->slots[i];
    return true;
}

static Accessor *accessor_of(Value v) { return v_ptr(v); }

static Accessor *accessor_new(VM *vm, Value get, Value set) {
    Accessor *a = heap_alloc(vm, sizeof(Accessor), CELL_ACCESSOR);
    a->get = get;
    a->set = set;
    return a;
}

static void found_desc(const Found *f, PropDesc *out) {
    *out = (PropDesc){V_HOLE, V_HOLE, V_HOLE, (u8)(f->attrs & ATTR_WEC), ATTR_WEC};
    if (f->attrs & ATTR_ACCESSOR) {
        out->get = accessor_of(f->value)->get;
        out->set = accessor_of(f->value)->set;
        out->attrs &= (u8)~ATTR_W;
        out->has = ATTR_E | ATTR_C;
    } else {
        out->value = f->value;
    }
}

int ordinary_get_own(VM *vm, Object *o, PropKey k, PropDesc *out) {
    Found f;
    if (!own_find(vm, o, k, &f)) return 0;
    found_desc(&f, out);
    return 1;
}

int object_get_own_rjs(VM *vm, Value obj, PropKey k, PropDesc *out) {
    Object *o = v_object(obj);
    if (DX_UNLIKELY(o->cell.flags & OBJ_EXOTIC)) return exotic_get_own_rjs(vm, o, k, out);
    return ordinary_get_own(vm, o, k, out);
}

// ---- get

Value object_get_rjs(VM *vm, Value obj, PropKey k, Value receiver) {
    for (;;) {
        Object *o = v_object(obj);
        Found f;
        if (DX_UNLIKELY(o->cell.flags & OBJ_EXOTIC)) {
            bool handled;
            Value v = exotic_get_rjs(vm, o, k, receiver, &handled);
            if (handled) return v;
        } else if (own_find(vm, o, k, &f)) {
            if (DX_LIKELY(!(f.attrs & ATTR_ACCESSOR))) return f.value;
            Value get = accessor_of(f.value)->get;
            return v_is_undefined(get) ? V_UNDEFINED : CALL0(vm, get, receiver);
        }
        obj = o->shape->proto;
        if (!v_is_object(obj)) return V_UNDEFINED;
    }
}

int object_has_rjs(VM *vm, Value obj, PropKey k) {
    for (;;) {
        Object *o = v_object(obj);
        Found f;
        if (DX_UNLIKELY(o->cell.flags & OBJ_EXOTIC)) {
            int r = exotic_has_rjs(vm, o, k);
            if (r != 2) return r; // 2: not an own property, look further
        } else if (own_find(vm, o, k, &f)) {
            return 1;
        }
        obj = o->shape->proto;
        if (!v_is_object(obj)) return 0;
    }
}

// ---- set

static int call_setter(VM *vm, Value set, Value receiver, Value v) {
    if (v_is_undefined(set)) return 0;
    return v_is_exc(CALL1(vm, set, receiver, v)) ? -1 : 1;
}

// The property is absent on the whole chain and o, an ordinary object, is the receiver.
static int add_new(VM *vm, Object *o, PropKey k, Value v) {
    if (DX_UNLIKELY(o->cell.flags & OBJ_NON_EXTENSIBLE) && !key_is_private(k)) return 0;
    if (key_is_index(k)) {
        if (o->cell.kind == CELL_ARRAY && (o->cell.aux & OBJ2_LENGTH_READONLY) &&
            key_index(k) >= ((Array *)o)->length)
            return 0;
        element_define(vm, o, key_index(k), v, ATTR_WEC);
    } else {
        if (o->cell.flags & OBJ_LAZY_FUNC) func_materialize(vm, o);
        object_add(vm, o, k, v, ATTR_WEC);
    }
    return 1;
}

static int overwrite(VM *vm, Object *o, PropKey k, Value v, const Found *f) {
    if (f->slot >= 0) {
        heap_set(vm, &o->slots[f->slot], v);
        return 1;
    }
    if (key_is_index(k)) {
        element_define(vm, o, key_index(k), v, f->attrs);
        return 1;
    }
    return array_set_length_rjs(vm, (Array *)o, v);
}

// OrdinarySetWithOwnDescriptor from the point where a writable data property (or nothing) was found off the
// receiver.
static int set_on_receiver_rjs(VM *vm, PropKey k, Value v, Value receiver) {
    if (!v_is_object(receiver)) return 0;
    PropDesc have;
    int r = object_get_own_rjs(vm, receiver, k, &have);
    if (r < 0) return -1;
    PropDesc d = {v, V_HOLE, V_HOLE, ATTR_WEC, 0};
    if (r) {
        if (have.get != V_HOLE || !(have.attrs & ATTR_W)) return 0;
    } else {
        d.has = ATTR_WEC;
    }
    return object_define_own_rjs(vm, receiver, k, &d);
}

int ordinary_set_with_own_rjs(VM *vm, Value obj, PropKey k, Value v, Value receiver, const PropDesc *own) {
    if (own->get != V_HOLE) return call_setter(vm, own->set, receiver, v);
    if (!(own->attrs & ATTR_W)) return 0;
    return set_on_receiver_rjs(vm, k, v, receiver);
}

int object_set_rjs(VM *vm, Value obj, PropKey k, Value v, Value receiver) {
    Value at = obj;
    for (;;) {
        Object *o = v_object(at);
        Found f;
        if (DX_UNLIKELY(o->cell.flags & OBJ_EXOTIC)) {
            int r = exotic_set_rjs(vm, o, k, v, receiver);
            if (r != 2) return r; // 2: not an own property, look further
        } else if (own_find(vm, o, k, &f)) {
            if (f.attrs & ATTR_ACCESSOR) return call_setter(vm, accessor_of(f.value)->set, receiver, v);
            if (!(f.attrs & ATTR_W)) return 0;
            if (DX_LIKELY(at == receiver)) return overwrite(vm, o, k, v, &f);
            break;
        }
        at = o->shape->proto;
        if (!v_is_object(at)) break;
    }
    if (!v_is_object(receiver)) return 0;
    // Found on a prototype or nowhere. The receiver, when it is the start of the walk and ordinary, has no
    // such own property.
    if (DX_LIKELY(receiver == obj && !(v_object(receiver)->cell.flags & OBJ_EXOTIC)))
        return add_new(vm, v_object(receiver), k, v);
    return set_on_receiver_rjs(vm, k, v, receiver);
}

// ---- define

static bool desc_is_accessor(const PropDesc *d) { return d->get != V_HOLE || d->set != V_HOLE; }
static bool desc_is_data(const PropDesc *d) { return d->value != V_HOLE || (d->has & ATTR_W); }

int descriptor_compatible(VM *vm, bool extensible, const PropDesc *d, const PropDesc *current) {
    if (!current) return extensible;
    if (current->attrs & ATTR_C) return 1;
    if ((d->has & ATTR_C) && (d->attrs & ATTR_C)) return 0;
    if ((d->has & ATTR_E) && ((d->attrs ^ current->attrs) & ATTR_E)) return 0;
    bool acc = current->get != V_HOLE;
    if (desc_is_accessor(d)) {
        if (!acc) return 0;
        if (d->get != V_HOLE && d->get != current->get) return 0;
        if (d->set != V_HOLE && d->set != current->set) return 0;
        return 1;
    }
    if (!desc_is_data(d)) return 1;
    if (acc) return 0;
    if (current->attrs & ATTR_W) return 1;
    if ((d->has & ATTR_W) && (d->attrs & ATTR_W)) return 0;
    return d->value == V_HOLE || same_value(vm, d->value, current->value);
}

// Stores value and attributes of an own property, present (found) or new, without checks.
static void own_store(VM *vm, Object *o, PropKey k, const Found *found, Value v, u8 attrs) {
    if (key_is_index(k)) {
        element_define(vm, o, key_index(k), v, attrs);
        return;
    }
    if (!found) {
        object_add(vm, o, k, v, attrs);
        return;
    }
    if ((found->attrs & ~ATTR_LAZY) != attrs) object_set_attrs(vm, o, k, found->slot, attrs);
    heap_set(vm, &o->slots[found->slot], v);
}

static int define_array_length(VM *vm, Array *a, const PropDesc *d, const PropDesc *current) {
    if (d->value == V_HOLE) {
        if (!descriptor_compatible(vm, true, d, current)) return 0;
    } else {
        u32 n;
        f64 num;
        if (!to_uint32_rjs(vm, d->value, &n) || !to_f64_rjs(vm, d->value, &num)) return -1;
        if ((f64)n != num) {
            (void)vm_throw(vm, ERR_ARRAY_LENGTH);
            return -1;
        }
        PropDesc checked = *d, now = *current;
        checked.value = v_from_u32(n);
        now.value = v_from_u32(a->length);
        now.attrs = a->o.cell.aux & OBJ2_LENGTH_READONLY ? 0 : ATTR_W;
        if (!descriptor_compatible(vm, true, &checked, &now)) return 0;
        bool ok = n >= a->length || elements_truncate(vm, a, &n);
        HEAP_STORE(vm, a->length, n);
        if (!ok) {
            if ((d->has & ATTR_W) && !(d->attrs & ATTR_W))
                HEAP_STORE(vm, a->o.cell.aux, a->o.cell.aux | OBJ2_LENGTH_READONLY);
            return 0;
        }
    }
    if ((d->has & ATTR_W) && !(d->attrs & ATTR_W))
        HEAP_STORE(vm, a->o.cell.aux, a->o.cell.aux | OBJ2_LENGTH_READONLY);
    return 1;
}

int ordinary_define_own(VM *vm, Object *o, PropKey k, const PropDesc *d) {
    Found f;
    PropDesc current;
    bool has = own_find(vm, o, k, &f);
    if (has) found_desc(&f, &current);
    if (is_length(vm, o, k)) return define_array_length(vm, (Array *)o, d, &current);
    if (!has) {
        if ((o->cell.flags & OBJ_NON_EXTENSIBLE) && !key_is_private(k)) return 0;
        if (key_is_index(k) && o->cell.kind == CELL_ARRAY && (o->cell.aux & OBJ2_LENGTH_READONLY) &&
            key_index(k) >= ((Array *)o)->length)
            return 0;
        u8 attrs = d->attrs & d->has;
        if (desc_is_accessor(d)) {
            Accessor *a = accessor_new(vm, d->get == V_HOLE ? V_UNDEFINED : d->get,
                                       d->set == V_HOLE ? V_UNDEFINED : d->set);
            own_store(vm, o, k, NULL, v_from_ptr(TAG_INTERNAL, a), (u8)((attrs & ~ATTR_W) | ATTR_ACCESSOR));
        } else {
            own_store(vm, o, k, NULL, d->value == V_HOLE ? V_UNDEFINED : d->value, attrs);
        }
        return 1;
    }
    if (!descriptor_compatible(vm, true, d, &current)) return 0;
    u8 attrs = (u8)((current.attrs & ~d->has) | (d->attrs & d->has));
    bool was_accessor = current.get != V_HOLE;
    if (desc_is_accessor(d)) {
        Value get = d->get != V_HOLE ? d->get : was_accessor ? current.get : V_UNDEFINED;
        Value set = d->set != V_HOLE ? d->set : was_accessor ? current.set : V_UNDEFINED;
        own_store(vm, o, k, &f, v_from_ptr(TAG_INTERNAL, accessor_new(vm, get, set)),
                  (u8)((attrs & ~ATTR_W) | ATTR_ACCESSOR));
        object_proto_changed(vm, o);
    } else if (was_accessor && !desc_is_data(d)) {
        own_store(vm, o, k, &f, f.value, (u8)((attrs & ~ATTR_W) | ATTR_ACCESSOR));
    } else {
        if (was_accessor && !(d->has & ATTR_W)) attrs &= (u8)~ATTR_W;
        own_store(vm, o, k, &f, d->value != V_HOLE ? d->value : was_accessor ? V_UNDEFINED : f.value, attrs);
    }
    return 1;
}

int object_define_own_rjs(VM *vm, Value obj, PropKey k, const PropDesc *d) {
    Object *o = v_object(obj);
    if (DX_UNLIKELY(o->cell.flags & OBJ_EXOTIC)) return exotic_define_own_rjs(vm, o, k, d);
    return ordinary_define_own(vm, o, k, d);
}

// ---- delete, extensibility, prototype

int ordinary_delete(VM *vm, Object *o, PropKey k) {
    Found f;
    if (!own_find(vm, o, k, &f)) return 1;
    if (!(f.attrs & ATTR_C)) return 0;
    if (key_is_index(k)) element_remove(vm, o, key_index(k));
    else object_delete_slot(vm, o, k, f.slot);
    return 1;
}

int object_delete_rjs(VM *vm, Value obj, PropKey k) {
    Object *o = v_object(obj);
    if (DX_UNLIKELY(o->cell.flags & OBJ_EXOTIC)) return exotic_delete_rjs(vm, o, k);
    return ordinary_delete(vm, o, k);
}

Value object_get_proto_rjs(VM *vm, Value obj) {
    Object *o = v_object(obj);
    if (DX_UNLIKELY(o->cell.kind == CELL_PROXY)) return proxy_get_proto_rjs(vm, o);
    return o->shape->proto;
}

int object_set_proto_rjs(VM *vm, Value obj, Value proto) {
    Object *o = v_object(obj);
    if (o->cell.kind == CELL_PROXY) return proxy_set_proto_rjs(vm, o, proto);
    if (o->shape->proto == proto) return 1;
    if (o->cell.flags & OBJ_NON_EXTENSIBLE) return 0;
    if (o->cell.kind == CELL_NAMESPACE) return 0;
    if (obj == vm->realm->ObjectPrototype) return 0; // immutable prototype exotic object
    for (Value p = proto; v_is_object(p); p = v_object(p)->shape->proto) {
        if (p == obj) return 0;
        if (v_object(p)->cell.kind == CELL_PROXY) break;
    }
    if (o->cell.flags & OBJ_LAZY_FUNC) func_materialize(vm, o);
    object_change_proto(vm, o, proto);
    return 1;
}

int object_is_extensible_rjs(VM *vm, Value obj) {
    Object *o = v_object(obj);
    if (o->cell.kind == CELL_PROXY) return proxy_is_extensible_rjs(vm, o);
    return !(o->cell.flags & OBJ_NON_EXTENSIBLE);
}

static void lower_shape(VM *vm, Object *o, PropKey trans) {
    if (o->cell.flags & OBJ_LAZY_FUNC) func_materialize(vm, o);
    Shape *s = o->shape;
    if (!(s->cell.flags & SHAPE_DICT)) {
        HEAP_STORE(vm, o->shape, shape_of_integrity(vm, s, trans));
        return;
    }
    s = shape_renew(vm, o);
    s->cell.flags |= SHAPE_NON_EXTENSIBLE;
    for (u32 i = 0; i < s->count && trans != TRANS_NON_EXTENSIBLE; i++) {
        PropEntry *e = &s->table->e[i];
        if (e->key == V_DELETED || key_is_private(e->key)) continue;
        heap_touch(vm, e, sizeof *e);
        e->attrs &= ~(u32)ATTR_C;
        if (trans == TRANS_FROZEN && !(e->attrs & ATTR_ACCESSOR)) e->attrs &= ~(u32)ATTR_W;
        s->cell.flags |= SHAPE_HAS_SPECIAL;
    }
}

int object_prevent_extensions_rjs(VM *vm, Value obj) {
    Object *o = v_object(obj);
    if (o->cell.kind == CELL_PROXY) return proxy_prevent_extensions_rjs(vm, o);
    if (o->cell.flags & OBJ_NON_EXTENSIBLE) return 1;
    if (o->cell.kind == CELL_TYPEDARRAY && !typed_array_fixed_length(o)) return 0;
    lower_shape(vm, o, TRANS_NON_EXTENSIBLE);
    heap_touch(vm, o, 8);
    o->cell.flags |= OBJ_NON_EXTENSIBLE;
    object_proto_changed(vm, o);
    return 1;
}

// SetIntegrityLevel on an ordinary object or array in one go.
static void integrity_fast(VM *vm, Object *o, bool frozen) {
    lower_shape(vm, o, frozen ? TRANS_FROZEN : TRANS_SEALED);
    heap_touch(vm, o, sizeof(Object));
    o->cell.flags |= OBJ_NON_EXTENSIBLE;
    if (o->cell.kind == CELL_ARRAY && frozen) o->cell.aux |= OBJ2_LENGTH_READONLY;
    if (o->cell.flags & OBJ_SPARSE) {
        u32 n, *idx = elements_indices(vm, o, &n);
        for (u32 i = 0; i < n; i++) {
            u8 attrs;
            Value v = element_own(o, idx[i], &attrs);
            attrs &= (u8)~ATTR_C;
            if (frozen && !(attrs & ATTR_ACCESSOR)) attrs &= (u8)~ATTR_W;
            element_define(vm, o, idx[i], v, attrs);
        }
        mem_free(idx);
    } else {
        o->cell.aux |= frozen ? OBJ2_ELEMS_FROZEN | OBJ2_ELEMS_SEALED : OBJ2_ELEMS_SEALED;
    }
    object_proto_changed(vm, o);
}

int set_integrity_rjs(VM *vm, Value obj, bool frozen) {
    Object *o = v_object(obj);
    if (!(o->cell.flags & OBJ_EXOTIC)) {
        integrity_fast(vm, o, frozen);
        return 1;
    }
    int r = object_prevent_extensions_rjs(vm, obj);
    if (r <= 0) return r;
    Array *keys = object_own_keys_rjs(vm, obj, KEYS_ALL);
    if (!keys) return -1;
    for (u32 i = 0; i < keys->length; i++) {
        PropKey k;
        if (!to_property_key_rjs(vm, obj_elems(&keys->o)->v[i], &k)) return -1;
        PropDesc d = {V_HOLE, V_HOLE, V_HOLE, 0, ATTR_C};
        if (frozen) {
            PropDesc now;
            r = object_get_own_rjs(vm, obj, k, &now);
            if (r < 0) return -1;
            if (!r) continue;
            if (now.get == V_HOLE) d.has |= ATTR_W;
        }
        if (define_property_or_throw_rjs(vm, obj, k, &d) < 0) return -1;
    }
    return 1;
}

int test_integrity_rjs(VM *vm, Value obj, bool frozen) {
    int r = object_is_extensible_rjs(vm, obj);
    if (r) return r < 0 ? -1 : 0;
    Array *keys = object_own_keys_rjs(vm, obj, KEYS_ALL);
    if (!keys) return -1;
    for (u32 i = 0; i < keys->length; i++) {
        PropKey k;
        PropDesc d;
        if (!to_property_key_rjs(vm, obj_elems(&keys->o)->v[i], &k)) return -1;
        r = object_get_own_rjs(vm, obj, k, &d);
        if (r < 0) return -1;
        if (r && ((d.attrs & ATTR_C) || (frozen && d.get == V_HOLE && (d.attrs & ATTR_W)))) return 0;
    }
    return 1;
}

// ---- own keys

static void keys_push(VM *vm, Array *to, Value v) { array_push(vm, to, v); }

void own_keys_append(VM *vm, Object *o, Array *to, int which, bool elements, bool names) {
    bool enum_only = which & KEYS_ENUMERABLE_ONLY;
    if (elements && (which & KEYS_STRINGS)) {
        u32 n, *idx = elements_indices(vm, o, &n);
        for (u32 i = 0; i < n; i++) {
            u8 attrs;
            element_own(o, idx[i], &attrs);
            if (!enum_only || (attrs & ATTR_E)) keys_push(vm, to, key_to_value(vm, key_from_index(idx[i])));
        }
        mem_free(idx);
    }
    if (!names) return;
    if (o->cell.flags & OBJ_LAZY_FUNC) func_materialize(vm, o);
    if (o->cell.kind == CELL_ARRAY && (which & KEYS_STRINGS) && !enum_only) keys_push(vm, to, A_(vm, length));
    Shape *s = o->shape;
    if (!s->count) return;
    PropKey local[64], *keys = s->count <= 64 ? local : mem_alloc((size_t)s->count * 9);
    u8 local_attrs[64], *attrs = s->count <= 64 ? local_attrs : (u8 *)(keys + s->count);
    u32 count = s->count;
    shape_list(vm, s, keys, attrs);
    bool symbols = false;
    for (u32 i = 0; i < count; i++) {
        if (v_is_symbol(keys[i])) symbols = true;
        else if (keys[i] != V_DELETED && (which & KEYS_STRINGS) && (!enum_only || (attrs[i] & ATTR_E)))
            keys_push(vm, to, keys[i]);
    }
    for (u32 i = 0; symbols && (which & KEYS_SYMBOLS) && i < count; i++)
        if (v_is_symbol(keys[i]) && !key_is_private(keys[i]) && (!enum_only || (attrs[i] & ATTR_E)))
            keys_push(vm, to, keys[i]);
    if (keys != local) mem_free(keys);
}

Array *object_own_keys_rjs(VM *vm, Value obj, int which) {
    Object *o = v_object(obj);
    if (o->cell.kind == CELL_PROXY) {
        Array *all = proxy_own_keys_rjs(vm, o);
        if (!all || which == KEYS_ALL) return all;
        Array *out = array_new(vm, all->length);
        for (u32 i = 0; i < all->length; i++) {
            Value v = obj_elems(&all->o)->v[i];
            if (!(which & (v_is_symbol(v) ? KEYS_SYMBOLS : KEYS_STRINGS))) continue;
            if (which & KEYS_ENUMERABLE_ONLY) {
                PropKey k;
                PropDesc d;
                if (!to_property_key_rjs(vm, v, &k)) return NULL;
                int r = proxy_get_own_rjs(vm, o, k, &d);
                if (r < 0) return NULL;
                if (!r || !(d.attrs & ATTR_E)) continue;
            }
            array_push(vm, out, v);
        }
        return out;
    }
    if (o->cell.flags & OBJ_EXOTIC) return exotic_own_keys(vm, o, which);
    Array *to = array_new(vm, dx_min_u32(elements_count(o) + o->shape->count, 1u << 20));
    own_keys_append(vm, o, to, which, true, true);
    return to;
}

// ---- fast paths for C

Value object_own_data(VM *vm, Object *o, PropKey k) {
    if (o->cell.flags & OBJ_EXOTIC) {
        PropDesc d;
        if (o->cell.kind == CELL_PROXY) return V_HOLE;
        return exotic_get_own_rjs(vm, o, k, &d) == 1 ? d.value : V_HOLE;
    }
    Found f;
    return own_find(vm, o, k, &f) && !(f.attrs & ATTR_ACCESSOR) ? f.value : V_HOLE;
}

Value object_find_data(VM *vm, Value obj, PropKey k) {
    while (v_is_object(obj)) {
        Object *o = v_object(obj);
        Found f;
        if (o->cell.flags & OBJ_EXOTIC) return V_HOLE;
        if (own_find(vm, o, k, &f)) return f.attrs & ATTR_ACCESSOR ? V_HOLE : f.value;
        obj = o->shape->proto;
    }
    return V_HOLE;
}

void object_put(VM *vm, Object *o, PropKey k, Value v, u8 attrs) {
    Found f;
    bool has = own_find(vm, o, k, &f);
    own_store(vm, o, k, has ? &f : NULL, v, attrs);
}

void object_put_accessor(VM *vm, Object *o, PropKey k, Value get, Value set, u8 attrs) {
    object_put(vm, o, k, v_from_ptr(TAG_INTERNAL, accessor_new(vm, get, set)),
               (u8)((attrs & ~ATTR_W) | ATTR_ACCESSOR));
}
