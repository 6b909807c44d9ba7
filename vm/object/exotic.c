// SPDX-License-Identifier: MIT
// Internal methods of exotic objects (ECMA-262 10.4): String objects, mapped arguments, typed arrays, module
// namespaces; proxies are handed on to builtins/proxy.c. Each function gets objects with OBJ_EXOTIC only.
// Where the contract says 2, the key is not an own property.
#include <math.h>

#include "vm/buffer.h"
#include "vm/object/layout.h"
#include "vm/vm.h"

// ---- String objects (10.4.3)

static String *string_data(const Object *o) { return v_string(((const PrimitiveObject *)o)->value); }

static int string_get_own(VM *vm, Object *o, PropKey k, PropDesc *out) {
    String *s = string_data(o);
    *out = (PropDesc){V_HOLE, V_HOLE, V_HOLE, 0, ATTR_WEC};
    if (k == A_(vm, length)) {
        out->value = v_from_u32(s->length);
        return 1;
    }
    if (key_is_index(k) && key_index(k) < s->length) {
        out->value = v_from_string(str_char(vm, chars_at(str_chars(vm, s), key_index(k))));
        out->attrs = ATTR_E;
        return 1;
    }
    return 0;
}

// ---- arguments (10.4.4): while mapped, the value lives in the environment and the element holds the last
// value that was not read through it

static Value *mapped_slot(const Object *o, PropKey k) {
    const ArgumentsObject *a = (const ArgumentsObject *)o;
    if (!a->env || !key_is_index(k) || key_index(k) >= a->mapped_count || !a->mapped->data[key_index(k)])
        return NULL;
    return &a->env->v[key_index(k)];
}

static void unmap(VM *vm, Object *o, PropKey k) {
    u8 *m = &((ArgumentsObject *)o)->mapped->data[key_index(k)];
    HEAP_STORE(vm, *m, 0);
}

static int arguments_define_own(VM *vm, Object *o, PropKey k, const PropDesc *d) {
    Value *slot = mapped_slot(o, k);
    if (!slot) return ordinary_define_own(vm, o, k, d);
    PropDesc n = *d;
    bool accessor = d->get != V_HOLE || d->set != V_HOLE;
    if (!accessor && d->value == V_HOLE && (d->has & ATTR_W) && !(d->attrs & ATTR_W)) n.value = *slot;
    int r = ordinary_define_own(vm, o, k, &n);
    if (r <= 0) return r;
    if (accessor) {
        unmap(vm, o, k);
    } else {
        if (d->value != V_HOLE) heap_set(vm, slot, d->value);
        if ((d->has & ATTR_W) && !(d->attrs & ATTR_W)) unmap(vm, o, k);
    }
    return 1;
}

// ---- typed arrays (10.4.5)

// The numeric index a key means for a typed array: 1 and *index, or 0.
static int typed_index(VM *vm, PropKey k, f64 *index) {
    if (key_is_index(k)) {
        *index = key_index(k);
        return 1;
    }
    return v_is_string(k) && canonical_numeric_index(vm, k, index);
}

static bool typed_valid(const TypedArrayObject *t, f64 i) {
    if (i != floor(i) || i < 0 || (i == 0 && signbit(i))) return false;
    return i < (f64)typed_length(t, NULL);
}

bool typed_array_fixed_length(const Object *o) {
    const TypedArrayObject *t = (const TypedArrayObject *)o;
    return !t->tracking && !(t->buffer && t->buffer->resizable && !t->buffer->shared);
}

// ---- namespaces (10.4.6)

static Value *namespace_find(VM *vm, Object *o, PropKey k) {
    if (v_is_symbol(k)) return NULL;
    return namespace_slot((NamespaceObject *)o,
                          key_is_index(k) ? v_from_string(str_intern(vm, v_string(key_to_value(vm, k)))) : k);
}

static bool namespace_exports(VM *vm, Object *o, PropKey k) {
    NamespaceObject *n = (NamespaceObject *)o;
    if (v_is_symbol(k)) return false;
    Value name = key_is_index(k) ? v_from_string(str_intern(vm, v_string(key_to_value(vm, k)))) : k;
    for (u32 i = 0; i < n->count; i++)
        if (n->names->v[i] == name) return true;
    return false;
}

// V_EXC when the binding is uninitialised.
static Value namespace_value(VM *vm, Object *o, PropKey k) {
    Value *slot = namespace_find(vm, o, k);
    if (!slot) return V_UNDEFINED;
    return *slot == V_TDZ ? vm_throw(vm, ERR_TDZ, k) : *slot;
}

// ---- dispatch

int exotic_get_own_rjs(VM *vm, Object *o, PropKey k, PropDesc *out) {
    f64 index;
    switch (o->cell.kind) {
    case CELL_PROXY: return proxy_get_own_rjs(vm, o, k, out);
    case CELL_STRINGOBJ:
        if (string_get_own(vm, o, k, out)) return 1;
        break;
    case CELL_ARGUMENTS: {
        int r = ordinary_get_own(vm, o, k, out);
        Value *slot = r ? mapped_slot(o, k) : NULL;
        if (slot) out->value = *slot;
        return r;
    }
    case CELL_TYPEDARRAY:
        if (typed_index(vm, k, &index)) {
            TypedArrayObject *t = (TypedArrayObject *)o;
            if (!typed_valid(t, index)) return 0;
            *out = (PropDesc){typed_load(vm, t, (u64)index), V_HOLE, V_HOLE, t->buffer->immutable ? ATTR_E : ATTR_WEC, ATTR_WEC};
            return 1;
        }
        break;
    case CELL_NAMESPACE:
        if (namespace_exports(vm, o, k)) {
            Value v = namespace_value(vm, o, k);
            if (v_is_exc(v)) return -1;
            *out = (PropDesc){v, V_HOLE, V_HOLE, ATTR_WE, ATTR_WEC};
            return 1;
        }
        break;
    default: break;
    }
    return ordinary_get_own(vm, o, k, out);
}

Value exotic_get_rjs(VM *vm, Object *o, PropKey k, Value receiver, bool *handled) {
    *handled = true;
    f64 index;
    switch (o->cell.kind) {
    case CELL_PROXY: return proxy_get_rjs(vm, o, k, receiver);
    case CELL_TYPEDARRAY:
        if (typed_index(vm, k, &index)) {
            TypedArrayObject *t = (TypedArrayObject *)o;
            return typed_valid(t, index) ? typed_load(vm, t, (u64)index) : V_UNDEFINED;
        }
        break;
    case CELL_NAMESPACE:
        if (namespace_exports(vm, o, k)) return namespace_value(vm, o, k);
        break;
    default: break;
    }
    PropDesc d;
    int r = exotic_get_own_rjs(vm, o, k, &d);
    if (r == 1) {
        if (d.get == V_HOLE) return d.value;
        return v_is_undefined(d.get) ? V_UNDEFINED : CALL0(vm, d.get, receiver);
    }
    *handled = r < 0;
    return V_EXC;
}

int exotic_has_rjs(VM *vm, Object *o, PropKey k) {
    f64 index;
    if (o->cell.kind == CELL_PROXY) return proxy_has_rjs(vm, o, k);
    if (o->cell.kind == CELL_TYPEDARRAY && typed_index(vm, k, &index))
        return typed_valid((TypedArrayObject *)o, index);
    if (o->cell.kind == CELL_NAMESPACE && namespace_exports(vm, o, k)) return 1;
    PropDesc d;
    int r = exotic_get_own_rjs(vm, o, k, &d);
    return r ? r : 2;
}

int exotic_define_own_rjs(VM *vm, Object *o, PropKey k, const PropDesc *d) {
    f64 index;
    PropDesc now;
    switch (o->cell.kind) {
    case CELL_PROXY: return proxy_define_own_rjs(vm, o, k, d);
    case CELL_STRINGOBJ:
        if (string_get_own(vm, o, k, &now))
            return descriptor_compatible(vm, !(o->cell.flags & OBJ_NON_EXTENSIBLE), d, &now);
        break;
    case CELL_ARGUMENTS: return arguments_define_own(vm, o, k, d);
    case CELL_TYPEDARRAY:
        if (typed_index(vm, k, &index)) {
            if (!typed_valid((TypedArrayObject *)o, index)) return 0;
            if (((TypedArrayObject *)o)->buffer->immutable)
                return exotic_get_own_rjs(vm, o, k, &now) && descriptor_compatible(vm, true, d, &now);
            if (d->get != V_HOLE || d->set != V_HOLE || (d->has & ~d->attrs & ATTR_WEC)) return 0;
            if (d->value == V_HOLE) return 1;
            return typed_store_rjs(vm, (TypedArrayObject *)o, index, d->value) ? 1 : -1;
        }
        break;
    case CELL_NAMESPACE: {
        if (v_is_symbol(k)) break;
        int r = exotic_get_own_rjs(vm, o, k, &now);
        if (r <= 0) return r;
        if (d->get != V_HOLE || d->set != V_HOLE || ((d->has & ATTR_C) && (d->attrs & ATTR_C))) return 0;
        if ((d->has & ATTR_E) && !(d->attrs & ATTR_E)) return 0;
        if ((d->has & ATTR_W) && !(d->attrs & ATTR_W)) return 0;
        return d->value == V_HOLE || same_value(vm, d->value, now.value);
    }
    default: break;
    }
    return ordinary_define_own(vm, o, k, d);
}

int exotic_set_rjs(VM *vm, Object *o, PropKey k, Value v, Value receiver) {
    f64 index;
    switch (o->cell.kind) {
    case CELL_PROXY: return proxy_set_rjs(vm, o, k, v, receiver);
    case CELL_NAMESPACE: return 0;
    case CELL_TYPEDARRAY:
        if (typed_index(vm, k, &index)) {
            TypedArrayObject *t = (TypedArrayObject *)o;
            if (t->buffer->immutable && typed_valid(t, index)) break;
            if (receiver == v_obj(o)) return typed_store_rjs(vm, t, index, v) ? 1 : -1;
            if (!typed_valid(t, index)) return 1;
        }
        break;
    case CELL_ARGUMENTS: {
        Value *slot = receiver == v_obj(o) ? mapped_slot(o, k) : NULL;
        if (slot) {
            u8 attrs;
            if (element_own(o, key_index(k), &attrs) == V_HOLE) break;
            heap_set(vm, slot, v);
            element_define(vm, o, key_index(k), v, attrs);
            return 1;
        }
        break;
    }
    default: break;
    }
    PropDesc d;
    int r = exotic_get_own_rjs(vm, o, k, &d);
    if (r <= 0) return r ? -1 : 2;
    return ordinary_set_with_own_rjs(vm, v_obj(o), k, v, receiver, &d);
}

int exotic_delete_rjs(VM *vm, Object *o, PropKey k) {
    f64 index;
    PropDesc d;
    switch (o->cell.kind) {
    case CELL_PROXY: return proxy_delete_rjs(vm, o, k);
    case CELL_STRINGOBJ:
        if (string_get_own(vm, o, k, &d)) return 0;
        break;
    case CELL_ARGUMENTS: {
        Value *slot = mapped_slot(o, k);
        int r = ordinary_delete(vm, o, k);
        if (r == 1 && slot) unmap(vm, o, k);
        return r;
    }
    case CELL_TYPEDARRAY:
        if (typed_index(vm, k, &index)) return !typed_valid((TypedArrayObject *)o, index);
        break;
    case CELL_NAMESPACE:
        if (!v_is_symbol(k)) return !namespace_exports(vm, o, k);
        break;
    default: break;
    }
    return ordinary_delete(vm, o, k);
}

Array *exotic_own_keys(VM *vm, Object *o, int which) {
    Array *to = array_new(vm, 0);
    bool strings = which & KEYS_STRINGS, enum_only = which & KEYS_ENUMERABLE_ONLY;
    u32 n = 0;
    switch (o->cell.kind) {
    case CELL_STRINGOBJ: n = string_data(o)->length; break;
    case CELL_TYPEDARRAY: n = (u32)typed_length((TypedArrayObject *)o, NULL); break;
    case CELL_NAMESPACE: {
        NamespaceObject *ns = (NamespaceObject *)o;
        for (u32 i = 0; strings && i < ns->count; i++) {
            if (enum_only && v_is_exc(namespace_value(vm, o, key_from_string(vm, v_string(ns->names->v[i])))))
                return NULL;
            array_push(vm, to, ns->names->v[i]);
        }
        own_keys_append(vm, o, to, which, false, true);
        return to;
    }
    default: break;
    }
    for (u32 i = 0; strings && i < n; i++) array_push(vm, to, key_to_value(vm, key_from_index(i)));
    own_keys_append(vm, o, to, which, true, false);
    if (o->cell.kind == CELL_STRINGOBJ && strings && !enum_only) array_push(vm, to, A_(vm, length));
    own_keys_append(vm, o, to, which, false, true);
    return to;
}
