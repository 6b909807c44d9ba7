// SPDX-License-Identifier: MIT
// The iteration opcodes. An iteration on the operand stack is three values: the iterator (or iterable), its
// next method (or a marker of a fast form) and a state: V_FALSE running, V_TRUE done; in fast forms the index
// until done. Also yield*, for-in, array spread.
#include "vm/builtins/builtins.h"
#include "vm/collection.h"
#include "vm/exec/exec.h"
#include "vm/text.h"

// ---- when arrays may be walked without an iterator (checked by value: assignments to the properties are
// seen at once)

static bool slot_of(VM *vm, Value obj, PropKey k, Shape **shape, u32 *slot) {
    u8 attrs;
    Object *o = v_object(obj);
    int i = shape_lookup(vm, o->shape, k, &attrs);
    if (i < 0 || attrs & ATTR_ACCESSOR) return false;
    *shape = o->shape;
    *slot = (u32)i;
    return true;
}

bool array_iteration_pristine(VM *vm) {
    Realm *r = vm->realm;
    Object *a = v_object(r->ArrayPrototype), *i = v_object(r->ArrayIteratorPrototype);
    if (a->shape != vm->get_cache.pristine.array_shape &&
        !slot_of(vm, r->ArrayPrototype, SYM_(vm, iterator), &vm->get_cache.pristine.array_shape,
                 &vm->get_cache.pristine.array_slot))
        return vm->get_cache.pristine.array_shape = NULL, false;
    if (i->shape != vm->get_cache.pristine.iter_shape &&
        !slot_of(vm, r->ArrayIteratorPrototype, A_(vm, next), &vm->get_cache.pristine.iter_shape,
                 &vm->get_cache.pristine.iter_slot))
        return vm->get_cache.pristine.iter_shape = NULL, false;
    return a->slots[vm->get_cache.pristine.array_slot] == r->ArrayProtoValues &&
           i->slots[vm->get_cache.pristine.iter_slot] == r->ArrayIteratorNext;
}

// Also: nobody gave array iterators a `return` method, which closing would have to call.
static bool closing_pristine(VM *vm) {
    u8 attrs;
    Realm *r = vm->realm;
    return shape_lookup(vm, v_object(r->ArrayIteratorPrototype)->shape, A_(vm, return), &attrs) < 0 &&
           shape_lookup(vm, v_object(r->IteratorPrototype)->shape, A_(vm, return), &attrs) < 0 &&
           shape_lookup(vm, v_object(r->ObjectPrototype)->shape, A_(vm, return), &attrs) < 0;
}

bool array_iteration_pristine_for(VM *vm, Value array) {
    Array *a = v_array(array);
    if (a->o.shape != vm->realm->shape_array) { // own properties or another prototype
        u8 attrs;
        if (a->o.shape->proto != vm->realm->ArrayPrototype ||
            shape_lookup(vm, a->o.shape, SYM_(vm, iterator), &attrs) >= 0)
            return false;
    }
    if (vm->get_cache.pristine.epoch != vm->proto_epoch || vm->get_cache.pristine.realm != vm->realm) {
        if (!closing_pristine(vm)) return false;
        vm->get_cache.pristine.epoch = vm->proto_epoch;
        vm->get_cache.pristine.realm = vm->realm;
    }
    return array_iteration_pristine(vm);
}

static bool string_pristine(VM *vm) {
    Realm *r = vm->realm;
    if (object_own_data(vm, v_object(r->StringPrototype), SYM_(vm, iterator)) != r->StringProtoIterator)
        return false;
    Value next = object_own_data(vm, v_object(r->StringIteratorPrototype), A_(vm, next));
    return v_is_kind(next, CELL_NATIVE) &&
           ((NativeFunction *)v_ptr(next))->id >> 10 == TABLE_string_iterator_rows;
}

// ---- triples

// GetIteratorFromMethod (7.4.3), as a triple.
static bool open_by_method_rjs(VM *vm, Value v, Value method, ErrorId not_object, Value *t) {
    Value it = vm_call(vm, method, v, 0, NULL);
    if (v_is_exc(it)) return false;
    if (!v_is_object(it)) return vm_throw(vm, not_object), false;
    Value next = get_rjs(vm, it, A_(vm, next));
    if (v_is_exc(next)) return false;
    t[0] = it;
    t[1] = next;
    t[2] = V_FALSE;
    return true;
}

bool triple_open_rjs(VM *vm, Value v, Value *t) {
    if (v_is_string(v) && string_pristine(vm)) {
        t[0] = v;
        t[1] = V_ITER_STRING;
        t[2] = v_from_int(0);
        return true;
    }
    if (v_is_nullish(v) || v_is_internal(v)) return throw_not_iterable(vm, v), false;
    Value method = get_v_rjs(vm, v, SYM_(vm, iterator));
    if (v_is_exc(method)) return false;
    if (!v_is_callable(method)) return throw_not_iterable(vm, v), false;
    return open_by_method_rjs(vm, v, method, ERR_ITER_OBJECT, t);
}

bool triple_open_async_rjs(VM *vm, Value v, Value *t) {
    if (v_is_nullish(v) || v_is_internal(v)) return throw_not_async_iterable(vm, v), false;
    Value method = get_method_rjs(vm, v, SYM_(vm, asyncIterator));
    if (v_is_exc(method)) return false;
    if (method == V_UNDEFINED) {
        method = get_method_rjs(vm, v, SYM_(vm, iterator));
        if (v_is_exc(method)) return false;
        if (method == V_UNDEFINED) return throw_not_async_iterable(vm, v), false;
        if (!open_by_method_rjs(vm, v, method, ERR_ITER_OBJECT, t)) return false;
        t[0] = async_from_sync_iterator(vm, t[0], t[1]);
        t[1] = get_rjs(vm, t[0], A_(vm, next));
        t[2] = V_FALSE;
        return !v_is_exc(t[1]);
    }
    return open_by_method_rjs(vm, v, method, ERR_ASYNC_ITER_OBJECT, t);
}

static Value result_unpack_rjs(VM *vm, Value result, bool *done, bool want_value) {
    *done = false;
    if (!v_is_object(result)) return vm_throw(vm, ERR_ITER_RESULT, result);
    Object *o = v_object(result);
    if (DX_LIKELY(o->shape == vm->realm->shape_iter_result)) { // {value, done}, made by create_iter_result
        *done = to_boolean(o->slots[1]);
        return *done ? V_UNDEFINED : o->slots[0];
    }
    Value d = get_rjs(vm, result, A_(vm, done));
    if (v_is_exc(d)) return V_EXC;
    *done = to_boolean(d);
    return *done || !want_value ? V_UNDEFINED : get_rjs(vm, result, A_(vm, value));
}

Value iter_result_unpack_rjs(VM *vm, Value result, bool *done) { return result_unpack_rjs(vm, result, done, true); }

// Map and Set iterators of the library, stepped without a result object. Returns -2 if `it` is not one.
static int collection_step(VM *vm, Value it, Value next, Value *out) {
    IteratorObject *i = (IteratorObject *)v_ptr(it);
    bool map = next == vm->realm->MapIteratorNext;
    if (i->state != 0 || !v_is_kind(i->target, map ? CELL_MAP : CELL_SET)) return -2;
    HashTable *table = (HashTable *)v_ptr(i->extra[0]);
    heap_touch(vm, i, sizeof *i);
    HashEntry *e = table_next(&table, &i->index);
    if (!e) {
        i->target = V_UNDEFINED;
        return 0;
    }
    i->extra[0] = v_internal(table);
    i->index++;
    if (i->kind == ITER_KEYS) *out = e->key;
    else if (i->kind == ITER_VALUES) *out = map ? e->value : e->key;
    else *out = array_create_from_list(vm, (Value[]){e->key, map ? e->value : e->key}, 2);
    return 1;
}

int triple_step_rjs(VM *vm, Value *t, Value *out) {
    Value next = t[1], skipped;
    bool want_value = out != NULL;
    if (!out) out = &skipped;
    if (t[2] == V_TRUE) return 0;
    if (DX_UNLIKELY(vm->interrupt) && !exec_poll(vm)) { // a native `next` may never be done and polls nothing itself
        t[2] = V_TRUE;
        return -1;
    }
    if (next == V_ITER_ARRAY) {
        u32 i = (u32)v_int(t[2]);
        if (i >= v_array(t[0])->length) {
            t[2] = V_TRUE;
            return 0;
        }
        t[2] = v_from_int((i32)(i + 1));
        *out = object_get_rjs(vm, t[0], key_from_index(i), t[0]);
        if (v_is_exc(*out)) t[2] = V_TRUE;
        return v_is_exc(*out) ? -1 : 1;
    }
    if (next == V_ITER_STRING) {
        String *s = v_string(t[0]);
        u32 i = (u32)v_int(t[2]);
        if (i >= s->length) {
            t[2] = V_TRUE;
            return 0;
        }
        u32 cp = str_code_point_at(vm, s, i), n = cp > 0xFFFF ? 2 : 1;
        *out = v_from_string(n == 1 ? str_char(vm, (u16)cp) : str_slice(vm, s, i, i + 2));
        t[2] = v_from_int((i32)(i + n));
        return 1;
    }
    int r = -2;
    if (v_is_kind(t[0], CELL_ITERATOR)) {
        if (next == vm->realm->ArrayIteratorNext) r = array_iterator_step_rjs(vm, t[0], out);
        else if (next == vm->realm->MapIteratorNext || next == vm->realm->SetIteratorNext)
            r = collection_step(vm, t[0], next, out);
    }
    if (r == -2) {
        bool done;
        Value result = vm_call(vm, next, t[0], 0, NULL);
        r = -1;
        if (!v_is_exc(result)) {
            *out = result_unpack_rjs(vm, result, &done, want_value);
            if (!v_is_exc(*out)) r = !done;
        }
    }
    if (r <= 0) t[2] = V_TRUE;
    return r;
}

bool triple_close_rjs(VM *vm, Value *t, bool thrown) {
    if (t[2] == V_TRUE || t[1] == V_ITER_ARRAY || t[1] == V_ITER_STRING) return true;
    t[2] = V_TRUE;
    Value method = get_v_rjs(vm, t[0], A_(vm, return));
    if (v_is_null(method)) method = V_UNDEFINED;
    Value r = method;
    if (!v_is_exc(method) && method != V_UNDEFINED && !v_is_callable(method)) r = vm_throw(vm, ERR_C_NOT_FUNCTION, method);
    else if (!v_is_exc(method) && method != V_UNDEFINED) r = vm_call(vm, method, t[0], 0, NULL);
    if (v_is_exc(r)) {
        if (thrown && !vm->exec->terminated) {
            (void)vm_take_exception(vm);
            return true;
        }
        return false;
    }
    if (method != V_UNDEFINED && !thrown && !v_is_object(r)) return vm_throw(vm, ERR_ITER_RESULT, r), false;
    return true;
}

bool triple_return_call_rjs(VM *vm, Value *t, Value *r, Value *has) {
    *r = V_UNDEFINED;
    *has = V_FALSE;
    if (t[2] == V_TRUE) return true;
    t[2] = V_TRUE;
    Value method = get_method_rjs(vm, t[0], A_(vm, return));
    if (v_is_exc(method)) return false;
    if (method == V_UNDEFINED) return true;
    *r = vm_call(vm, method, t[0], 0, NULL);
    *has = V_TRUE;
    return !v_is_exc(*r);
}

// ---- yield* (15.5.5)

// Delegation needs a real iterator: fast forms become one.
static bool triple_materialize(VM *vm, Value *t) {
    if (t[1] == V_ITER_ARRAY) {
        IteratorObject *i = (IteratorObject *)v_ptr(array_iterator_new(vm, t[0], ITER_VALUES));
        if (t[2] == V_TRUE) i->target = V_UNDEFINED;
        else i->index = (u64)v_int(t[2]);
        t[0] = v_from_ptr(TAG_OBJECT, i);
        t[1] = vm->realm->ArrayIteratorNext;
        t[2] = V_FALSE;
    } else if (t[1] == V_ITER_STRING) {
        Value it = vm_call(vm, vm->realm->StringProtoIterator, t[0], 0, NULL);
        if (v_is_exc(it)) return false;
        t[0] = it;
        t[1] = get_rjs(vm, it, A_(vm, next));
        t[2] = V_FALSE;
        return !v_is_exc(t[1]);
    }
    return true;
}

bool delegate_call_rjs(VM *vm, Value *t, Value received, Value mode, bool async, Value *r, Value *how) {
    *how = v_from_int(0);
    if (!triple_materialize(vm, t)) return false;
    if (mode == v_from_int(RESUME_THROW)) {
        Value method = get_method_rjs(vm, t[0], A_(vm, throw));
        if (v_is_exc(method)) return false;
        if (method != V_UNDEFINED) {
            *r = vm_call(vm, method, t[0], 1, &received);
            return !v_is_exc(*r);
        }
        if (async) { // close, await what return() gives, then throw
            Value has;
            if (!triple_return_call_rjs(vm, t, r, &has)) return false;
            *how = v_from_int(2);
            return true;
        }
        if (!triple_close_rjs(vm, t, false)) return false;
        return vm_throw(vm, ERR_NO_THROW_METHOD), false;
    }
    if (mode == v_from_int(RESUME_RETURN)) {
        Value method = get_method_rjs(vm, t[0], A_(vm, return));
        if (v_is_exc(method)) return false;
        if (method == V_UNDEFINED) {
            *r = received;
            *how = v_from_int(1);
            return true;
        }
        *r = vm_call(vm, method, t[0], 1, &received);
        return !v_is_exc(*r);
    }
    *r = vm_call(vm, t[1], t[0], 1, &received);
    return !v_is_exc(*r);
}

int delegate_result_rjs(VM *vm, Value r, bool async, Value *v) {
    if (!v_is_object(r)) return v_is_exc(vm_throw(vm, ERR_ITER_RESULT, r)) ? -1 : 0;
    Value d = get_rjs(vm, r, A_(vm, done));
    if (v_is_exc(d)) return -1;
    bool done = to_boolean(d);
    *v = done || async ? get_rjs(vm, r, A_(vm, value)) : r;
    return v_is_exc(*v) ? -1 : done;
}

int append_spread_rjs(VM *vm, Value array, Value v) {
    Array *a = v_array(array);
    Value t[3];
    if (v_is_array(v) && array_iteration_pristine_for(vm, v)) {
        Array *from = v_array(v);
        for (u32 i = 0; i < from->length; i++) {
            Elements *e = from->o.cell.flags & OBJ_SPARSE ? NULL : obj_elems(&from->o);
            Value x = e && i < e->len ? e->v[i] : V_HOLE;
            if (x == V_HOLE) {
                x = object_get_rjs(vm, v, key_from_index(i), v);
                if (v_is_exc(x)) return -1;
            }
            array_push(vm, a, x);
        }
        return 1;
    }
    u8 next_op = *vm->frame->pc; // V8 words the last argument of a call in its own way
    if (next_op == OP_CallFunction || next_op == OP_NewSpread || next_op == OP_SuperCallSpread) {
        if (v_is_nullish(v)) return throw_spread_nullish(vm, v), -1;
        Value method = get_v_rjs(vm, v, SYM_(vm, iterator));
        if (v_is_exc(method)) return -1;
        if (!v_is_callable(method)) return v_is_exc(vm_throw(vm, ERR_SPREAD)) ? -1 : 0;
    }
    if (!triple_open_rjs(vm, v, t)) return -1;
    for (;;) {
        Value x;
        int got = triple_step_rjs(vm, t, &x);
        if (got <= 0) return got < 0 ? -1 : 1;
        array_push(vm, a, x);
    }
}

// ---- for-in (14.7.5.9): keys are listed at the start, and looked up again before each is visited. State:
// {object, keys, index, shape}

// Own names of o, enumerable or not, into an object that stands for a set. False: thrown.
static bool names_add_rjs(VM *vm, Value names, Value o) {
    Array *all = object_own_keys_rjs(vm, o, KEYS_STRINGS);
    for (u32 i = 0; all && i < all->length; i++) {
        PropKey k;
        if (!to_property_key_rjs(vm, obj_elems(&all->o)->v[i], &k)) return false;
        if (create_data_property_rjs(vm, names, k, V_TRUE) < 0) return false;
    }
    return all != NULL;
}

// The names of obj and its prototypes down to `last`: what they hide.
static Value names_between_rjs(VM *vm, Value obj, Value last) {
    Value names = v_from_ptr(TAG_OBJECT, object_new_proto(vm, V_NULL));
    for (Value o = obj; v_is_object(o);) {
        if (!names_add_rjs(vm, names, o)) return V_EXC;
        if (o == last) break;
        o = object_get_proto_rjs(vm, o); // a proxy may answer otherwise this time
        if (v_is_exc(o)) return V_EXC;
    }
    return names;
}

Value for_in_start_rjs(VM *vm, Value v) {
    ValueArray *s = values_new(vm, 4);
    if (v_is_nullish(v) || v_is_internal(v)) {
        s->v[2] = v_from_int(0);
        return v_internal(s);
    }
    Value obj = to_object(vm, v);
    if (v_is_exc(obj)) return V_EXC;
    Array *keys = object_own_keys_rjs(vm, obj, KEYS_STRINGS | KEYS_ENUMERABLE_ONLY);
    if (!keys) return V_EXC;
    Value seen = V_UNDEFINED; // an object whose own keys are the names met so far, made when a prototype has
                              // enumerable ones
    Value at = obj;
    for (;;) {
        Value up = object_get_proto_rjs(vm, at);
        if (v_is_exc(up)) return V_EXC;
        if (!v_is_object(up)) break;
        Array *more = object_own_keys_rjs(vm, up, KEYS_STRINGS | KEYS_ENUMERABLE_ONLY);
        if (!more) return V_EXC;
        if (more->length && seen == V_UNDEFINED && v_is_exc(seen = names_between_rjs(vm, obj, at))) return V_EXC;
        for (u32 i = 0; i < more->length; i++) {
            Value name = obj_elems(&more->o)->v[i];
            PropKey k;
            if (!to_property_key_rjs(vm, name, &k)) return V_EXC;
            int has = has_own_rjs(vm, seen, k);
            if (has < 0) return V_EXC;
            if (!has) array_push(vm, keys, name);
        }
        if (seen != V_UNDEFINED && !names_add_rjs(vm, seen, up)) return V_EXC;
        at = up;
    }
    s->v[0] = obj;
    s->v[1] = v_from_array(keys);
    s->v[2] = v_from_int(0);
    s->v[3] = v_internal(v_object(obj)->shape);
    return v_internal(s);
}

int for_in_next_rjs(VM *vm, Value it, Value *k) {
    ValueArray *s = v_ptr(it);
    if (!v_is_array(s->v[1])) return 0;
    Array *keys = v_array(s->v[1]);
    Value obj = s->v[0];
    Object *o = v_object(obj);
    for (;;) {
        u32 i = (u32)v_int(s->v[2]);
        if (i >= keys->length) return 0;
        Value name = obj_elems(&keys->o)->v[i];
        heap_set(vm, &s->v[2], v_from_int((i32)(i + 1)));
        *k = name;
        // Still there? With the shape it started with, named keys of an ordinary object are.
        PropKey key;
        if (!to_property_key_rjs(vm, name, &key)) return -1;
        if (!key_is_index(key) && !(o->cell.flags & OBJ_EXOTIC) && s->v[3] == v_internal(o->shape)) return 1;
        if (obj_is_dense(o) && key_is_index(key)) {
            Elements *e = obj_elems(o);
            if (e && key_index(key) < e->len && e->v[key_index(key)] != V_HOLE) return 1;
        }
        Value at = obj;
        while (v_is_object(at)) {
            PropDesc d;
            int has = object_get_own_rjs(vm, at, key, &d);
            if (has < 0) return -1;
            if (has && d.attrs & ATTR_E) return 1;
            if (has) break;
            at = object_get_proto_rjs(vm, at);
            if (v_is_exc(at)) return -1;
        }
    }
}
