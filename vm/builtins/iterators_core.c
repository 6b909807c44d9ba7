// SPDX-License-Identifier: MIT
// %IteratorPrototype%, %AsyncIteratorPrototype%, %ArrayIteratorPrototype% (23.1.5),
// %AsyncFromSyncIteratorPrototype% (27.1.4) and the objects of the iterator classes. The Iterator constructor
// and iterator helpers are elsewhere.
#include "vm/buffer.h"
#include "vm/builtins/builtins.h"
#include "vm/exec/exec.h"
#include "vm/text.h"

enum { STATE_ARRAY = 0x41, STATE_ASYNC_FROM_SYNC = 0x42 }; // IteratorObject.state of the classes made here

IteratorObject *iterator_object_new(VM *vm, Value proto, u32 kind, Value target) {
    IteratorObject *it =
        (IteratorObject *)object_alloc(vm, CELL_ITERATOR, sizeof(IteratorObject), shape_root(vm, proto), 0);
    it->kind = kind;
    it->state = 0;
    it->index = 0;
    it->target = target;
    it->extra[0] = it->extra[1] = it->extra[2] = V_UNDEFINED;
    return it;
}

Value array_iterator_new(VM *vm, Value array, enum IterKind kind) {
    IteratorObject *it = iterator_object_new(vm, vm->realm->ArrayIteratorPrototype, kind, array);
    it->state = STATE_ARRAY;
    return v_from_ptr(TAG_OBJECT, it);
}

// ---- %ArrayIteratorPrototype%.next (23.1.5.2.1)

static PropKey index_key(VM *vm, u64 i) {
    if (i < 0xFFFFFFFFu) return key_from_index((u32)i);
    PropKey k = A_(vm, empty);
    bool ok = to_property_key_rjs(vm, v_from_num((f64)i), &k);
    (void)ok;
    return k;
}

int array_iterator_step_rjs(VM *vm, Value iterator, Value *out) {
    IteratorObject *it = (IteratorObject *)v_ptr(iterator);
    if (it->state != STATE_ARRAY) return -2;
    Value a = it->target;
    if (a == V_UNDEFINED) return 0;
    i64 len;
    if (v_is_array(a)) {
        len = v_array(a)->length;
    } else if (v_is_kind(a, CELL_TYPEDARRAY)) {
        bool out_of_bounds = false;
        TypedArrayObject *t = (TypedArrayObject *)v_ptr(a);
        len = (i64)typed_length(t, &out_of_bounds);
        if (out_of_bounds) {
            (void)vm_throw(vm, ERR_DETACHED, "%ArrayIteratorPrototype%.next");
            return -1;
        }
    } else {
        len = length_of_array_like_rjs(vm, a);
        if (len < 0) return -1;
    }
    u64 i = it->index;
    if ((i64)i >= len) {
        HEAP_STORE(vm, it->target, V_UNDEFINED);
        return 0;
    }
    HEAP_STORE(vm, it->index, i + 1);
    if (it->kind == ITER_KEYS) {
        *out = v_from_num((f64)i);
        return 1;
    }
    Value v = i < 0x7FFFFFFF ? prop_get_index_rjs(vm, a, v_from_int((i32)i))
                             : object_get_rjs(vm, a, index_key(vm, i), a);
    if (v_is_exc(v)) return -1;
    *out = it->kind == ITER_VALUES ? v : array_create_from_list(vm, (Value[]){v_from_num((f64)i), v}, 2);
    return 1;
}

static Value array_iterator_next(VM *vm, Value self, int argc, Value *argv) {
    Value v = V_UNDEFINED;
    int r = v_is_kind(self, CELL_ITERATOR) ? array_iterator_step_rjs(vm, self, &v) : -2;
    if (r == -2) return vm_throw(vm, ERR_INCOMPATIBLE, "Array Iterator.prototype.next", self);
    if (r < 0) return V_EXC;
    return create_iter_result(vm, r ? v : V_UNDEFINED, !r);
}

static Value iterator_proto_iterator(VM *vm, Value self, int argc, Value *argv) { return self; }

// ---- %AsyncFromSyncIteratorPrototype%

Value async_from_sync_iterator(VM *vm, Value iterator, Value next) {
    IteratorObject *it = iterator_object_new(vm, vm->realm->AsyncFromSyncIteratorPrototype, 0, iterator);
    it->state = STATE_ASYNC_FROM_SYNC;
    it->extra[0] = next;
    return v_from_ptr(TAG_OBJECT, it);
}

static Value unwrap_result(VM *vm, Value self, int argc, Value *argv) { // slots {done}
    return create_iter_result(vm, ARG(0), native_slots(vm)[0] == V_TRUE);
}

static void close_dropping(VM *vm, Value iterator) { // IteratorClose for a throw completion
    Value method = get_method_rjs(vm, iterator, A_(vm, return));
    if (!v_is_exc(method) && method != V_UNDEFINED) method = CALL0(vm, method, iterator);
    if (v_is_exc(method) && !vm->exec->terminated) (void)vm_take_exception(vm);
}
static Value close_and_throw(VM *vm, Value self, int argc, Value *argv) { // slots {iterator}
    Value iterator = native_slots(vm)[0], error = ARG(0);
    close_dropping(vm, iterator);
    return vm_throw_value(vm, error);
}
const NativeRow async_from_sync_closure_rows[] = {
    FN("", 1, unwrap_result),
    FN("", 1, close_and_throw),
    ROWS_END
};

static Value reject_pending(VM *vm, Value promise) {
    if (vm->exec->terminated) return V_EXC;
    promise_reject(vm, promise, vm_take_exception(vm));
    return promise;
}

// AsyncFromSyncIteratorContinuation (27.1.4.4)
static Value continuation(VM *vm, Value result, Value promise, Value iterator, bool close) {
    Value d = get_rjs(vm, result, A_(vm, done));
    if (v_is_exc(d)) return reject_pending(vm, promise);
    bool done = to_boolean(d);
    Value value = get_rjs(vm, result, A_(vm, value));
    if (v_is_exc(value)) return reject_pending(vm, promise);
    Value wrapper = promise_resolve_value_rjs(vm, vm->realm->Promise, value);
    if (v_is_exc(wrapper)) {
        if (vm->exec->terminated) return V_EXC;
        Value e = vm_take_exception(vm);
        if (!done && close) close_dropping(vm, iterator);
        promise_reject(vm, promise, e);
        return promise;
    }
    NativeFunction *unwrap = native_new(vm, NATIVE_ID(async_from_sync_closure_rows, 0), 1);
    unwrap->slots[0] = v_from_bool(done);
    Value on_rejected = V_UNDEFINED;
    if (!done && close) {
        NativeFunction *f = native_new(vm, NATIVE_ID(async_from_sync_closure_rows, 1), 1);
        f->slots[0] = iterator;
        on_rejected = v_from_ptr(TAG_OBJECT, f);
    }
    promise_then_into(vm, wrapper, v_from_ptr(TAG_OBJECT, unwrap), on_rejected, promise);
    return promise;
}

static Value async_from_sync_resume(VM *vm, Value self, int argc, Value *argv) {
    u32 mode = native_magic(vm);
    Value promise = promise_new(vm);
    if (!v_is_kind(self, CELL_ITERATOR) || ((IteratorObject *)v_ptr(self))->state != STATE_ASYNC_FROM_SYNC) {
        (void)vm_throw(vm, ERR_INCOMPATIBLE, "%AsyncFromSyncIterator%.prototype.next", self);
        return reject_pending(vm, promise);
    }
    IteratorObject *it = (IteratorObject *)v_ptr(self);
    Value iterator = it->target, method = it->extra[0];
    if (mode != RESUME_NEXT) {
        method = get_method_rjs(vm, iterator, mode == RESUME_RETURN ? A_(vm, return) : A_(vm, throw));
        if (v_is_exc(method)) return reject_pending(vm, promise);
        if (method == V_UNDEFINED) {
            if (mode == RESUME_RETURN) {
                promise_resolve(vm, promise, create_iter_result(vm, ARG(0), true));
                return promise;
            }
            Value close = get_method_rjs(vm, iterator, A_(vm, return)), r = V_UNDEFINED;
            if (v_is_exc(close)) return reject_pending(vm, promise);
            if (close != V_UNDEFINED) r = CALL0(vm, close, iterator);
            if (v_is_exc(r)) return reject_pending(vm, promise);
            if (close != V_UNDEFINED && !v_is_object(r)) (void)vm_throw(vm, ERR_ITER_RESULT, r);
            else (void)vm_throw(vm, ERR_NO_THROW_METHOD);
            return reject_pending(vm, promise);
        }
    }
    Value result = vm_call(vm, method, iterator, argc > 0 ? 1 : 0, argv);
    if (v_is_exc(result)) return reject_pending(vm, promise);
    if (!v_is_object(result)) {
        (void)vm_throw(vm, ERR_ITER_RESULT, result);
        return reject_pending(vm, promise);
    }
    return continuation(vm, result, promise, iterator, mode != RESUME_RETURN);
}

// %AsyncIteratorPrototype%[@@asyncDispose] (explicit resource management, 27.1.5.2)
static Value dispose_done(VM *vm, Value self, int argc, Value *argv) { return V_UNDEFINED; }
const NativeRow async_dispose_closure_rows[] = {
    FN("", 1, dispose_done),
    ROWS_END
};
static Value async_iterator_dispose(VM *vm, Value self, int argc, Value *argv) {
    Value promise = promise_new(vm), r = V_UNDEFINED;
    Value method = get_method_rjs(vm, self, A_(vm, return));
    if (v_is_exc(method)) return reject_pending(vm, promise);
    if (method == V_UNDEFINED) {
        promise_resolve(vm, promise, V_UNDEFINED);
        return promise;
    }
    r = vm_call(vm, method, self, 0, NULL);
    if (v_is_exc(r)) return reject_pending(vm, promise);
    Value wrapper = promise_resolve_value_rjs(vm, vm->realm->Promise, r);
    if (v_is_exc(wrapper)) return reject_pending(vm, promise);
    promise_then_into(vm, wrapper, native_make(vm, NATIVE_ID(async_dispose_closure_rows, 0)), V_UNDEFINED,
                      promise);
    return promise;
}

const NativeRow iterator_proto_core_rows[] = {
    FN("@@iterator", 0, iterator_proto_iterator),
    ROWS_END
};
const NativeRow async_iterator_proto_rows[] = {
    FN("@@asyncIterator", 0, iterator_proto_iterator),
    FN("@@asyncDispose", 0, async_iterator_dispose),
    ROWS_END
};
const NativeRow array_iterator_proto_rows[] = {
    FN("next", 0, array_iterator_next),
    VALUE_STR("@@toStringTag", "Array Iterator", ATTR_C),
    ROWS_END
};
const NativeRow async_from_sync_proto_rows[] = {
    FN_MAGIC("next", 1, async_from_sync_resume, RESUME_NEXT),
    FN_MAGIC("return", 1, async_from_sync_resume, RESUME_RETURN),
    FN_MAGIC("throw", 1, async_from_sync_resume, RESUME_THROW),
    ROWS_END
};

void builtin_iterators_core_install(VM *vm) {
    Realm *r = vm->realm;
    builtin_install(vm, r->IteratorPrototype, TABLE_iterator_proto_core_rows);
    builtin_install(vm, r->AsyncIteratorPrototype, TABLE_async_iterator_proto_rows);
    r->ArrayIteratorPrototype = v_obj(object_new_proto(vm, r->IteratorPrototype));
    builtin_install(vm, r->ArrayIteratorPrototype, TABLE_array_iterator_proto_rows);
    r->ArrayIteratorNext = object_own_data(vm, v_object(r->ArrayIteratorPrototype), A_(vm, next));
    r->AsyncFromSyncIteratorPrototype = v_obj(object_new_proto(vm, r->AsyncIteratorPrototype));
    builtin_install(vm, r->AsyncFromSyncIteratorPrototype, TABLE_async_from_sync_proto_rows);
}
