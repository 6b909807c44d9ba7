// SPDX-License-Identifier: MIT
// Array.fromAsync (23.1.2.2): an async function written as the list of places where it waits. Its variables lie in a ValueArray that the
// reactions of each awaited promise carry in a slot.
#include "vm/builtins/array_util.h"
#include "vm/exec/exec.h"

enum { FA_PROMISE, FA_ARRAY, FA_ITER, FA_NEXT, FA_MAP, FA_THIS, FA_K, FA_LIKE, FA_LEN, FA_AT, FA_ERROR, FA_COUNT };
enum { AT_RESULT = 1, AT_MAPPED, AT_LIKE_VALUE, AT_LIKE_MAPPED, AT_CLOSED }; // what was awaited
typedef enum Outcome { WAITS, ENDED, THROWN, THROWN_CLOSE } Outcome; // THROWN…: pending; CLOSE: the iterator is closed first

static bool wait_for(VM *vm, ValueArray *st, Value v, int at) {
    Value p = promise_resolve_value_rjs(vm, vm->realm->Promise, v), on[2];
    if (v_is_exc(p)) return false;
    heap_set(vm, &st->v[FA_AT], v_from_int(at));
    for (u32 i = 0; i < 2; i++) {
        NativeFunction *f = native_new(vm, NATIVE_ID(array_from_async_internal_rows, i), 1);
        f->slots[0] = v_internal(st);
        on[i] = v_obj(f);
    }
    promise_then_native(vm, p, on[0], on[1]);
    return true;
}

static Outcome next_result(VM *vm, ValueArray *st) {
    Value r = CALL0(vm, st->v[FA_NEXT], st->v[FA_ITER]);
    return !v_is_exc(r) && wait_for(vm, st, r, AT_RESULT) ? WAITS : THROWN;
}

static Outcome finish(VM *vm, ValueArray *st) {
    return set_length_rjs(vm, st->v[FA_ARRAY], (i64)v_num(st->v[FA_K])) ? ENDED : THROWN;
}

static Outcome like_next(VM *vm, ValueArray *st) {
    i64 k = (i64)v_num(st->v[FA_K]);
    if (k >= (i64)v_num(st->v[FA_LEN])) return finish(vm, st);
    Value v = elem_get_rjs(vm, st->v[FA_LIKE], k);
    return !v_is_exc(v) && wait_for(vm, st, v, AT_LIKE_VALUE) ? WAITS : THROWN;
}

static bool store(VM *vm, ValueArray *st, Value v) {
    i64 k = (i64)v_num(st->v[FA_K]);
    if (!elem_create_rjs(vm, st->v[FA_ARRAY], k, v)) return false;
    heap_set(vm, &st->v[FA_K], v_from_i64(k + 1));
    return true;
}

static Value mapped(VM *vm, ValueArray *st, Value v) { return CALL2(vm, st->v[FA_MAP], st->v[FA_THIS], v, st->v[FA_K]); }

static Outcome on_result(VM *vm, ValueArray *st, Value result) {
    if (!v_is_object(result)) return vm_throw(vm, ERR_ITER_RESULT, result), THROWN;
    Value done = get_rjs(vm, result, A_(vm, done));
    if (v_is_exc(done)) return THROWN;
    if (to_boolean(done)) return finish(vm, st);
    Value v = get_rjs(vm, result, A_(vm, value));
    if (v_is_exc(v)) return THROWN;
    if (st->v[FA_MAP] == V_UNDEFINED) return store(vm, st, v) ? next_result(vm, st) : THROWN_CLOSE;
    v = mapped(vm, st, v);
    return !v_is_exc(v) && wait_for(vm, st, v, AT_MAPPED) ? WAITS : THROWN_CLOSE;
}

static Outcome resumed(VM *vm, ValueArray *st, Value v, bool thrown) {
    int at = v_int(st->v[FA_AT]);
    if (at == AT_CLOSED) return vm_throw_value(vm, st->v[FA_ERROR]), THROWN;
    if (thrown) return vm_throw_value(vm, v), at == AT_MAPPED ? THROWN_CLOSE : THROWN;
    switch (at) {
    case AT_RESULT: return on_result(vm, st, v);
    case AT_MAPPED: return store(vm, st, v) ? next_result(vm, st) : THROWN_CLOSE;
    case AT_LIKE_VALUE:
        if (st->v[FA_MAP] != V_UNDEFINED) {
            v = mapped(vm, st, v);
            return !v_is_exc(v) && wait_for(vm, st, v, AT_LIKE_MAPPED) ? WAITS : THROWN;
        }
        break;
    default: break;
    }
    return store(vm, st, v) ? like_next(vm, st) : THROWN;
}

// AsyncIteratorClose with a throw completion: what return() gives is awaited and forgotten. False: nothing to wait for.
static bool close_waits(VM *vm, ValueArray *st) {
    heap_set(vm, &st->v[FA_ERROR], vm_take_exception(vm));
    Value method = get_method_rjs(vm, st->v[FA_ITER], A_(vm, return)), r = V_UNDEFINED;
    if (!v_is_exc(method) && method != V_UNDEFINED) {
        r = CALL0(vm, method, st->v[FA_ITER]);
        if (!v_is_exc(r) && wait_for(vm, st, r, AT_CLOSED)) return true;
    }
    if (vm->exec->terminated) return true;
    if (vm->exception != V_HOLE) (void)vm_take_exception(vm);
    (void)vm_throw_value(vm, st->v[FA_ERROR]);
    return false;
}

static void settle(VM *vm, ValueArray *st, Outcome o) {
    if (vm->exec->terminated || o == WAITS) return;
    if (o == ENDED) promise_resolve(vm, st->v[FA_PROMISE], st->v[FA_ARRAY]);
    else if (o == THROWN || !close_waits(vm, st)) promise_reject(vm, st->v[FA_PROMISE], vm_take_exception(vm));
}

static Value from_async_resume(VM *vm, Value self, int argc, Value *argv) { // magic: 1 the promise was rejected
    ValueArray *st = v_ptr(native_slots(vm)[0]);
    bool thrown = native_magic(vm);
    settle(vm, st, resumed(vm, st, ARG(0), thrown));
    return vm->exec->terminated ? V_EXC : V_UNDEFINED;
}
const NativeRow array_from_async_internal_rows[] = {
    FN_MAGIC("", 1, from_async_resume, 0),
    FN_MAGIC("", 1, from_async_resume, 1),
    ROWS_END
};

static bool open_iterator(VM *vm, ValueArray *st, Value items, Value method, bool sync) {
    Value it = CALL0(vm, method, items);
    if (v_is_exc(it)) return false;
    if (!v_is_object(it)) return vm_throw(vm, sync ? ERR_ITER_OBJECT : ERR_ASYNC_ITER_OBJECT), false;
    Value next = get_rjs(vm, it, A_(vm, next));
    if (v_is_exc(next)) return false;
    if (sync) {
        it = async_from_sync_iterator(vm, it, next);
        next = get_rjs(vm, it, A_(vm, next));
        if (v_is_exc(next)) return false;
    }
    heap_set(vm, &st->v[FA_ITER], it);
    heap_set(vm, &st->v[FA_NEXT], next);
    return true;
}

static bool make_array(VM *vm, ValueArray *st, Value c, i64 len) { // len < 0: none is given
    Value a;
    Value arg = v_from_i64(len);
    if (v_is_constructor(c)) a = vm_construct(vm, c, len >= 0, &arg, c);
    else if (len > 0xFFFFFFFFll) a = vm_throw(vm, ERR_ARRAY_LENGTH);
    else a = new_array_value(vm, 0);
    if (v_is_exc(a)) return false;
    heap_set(vm, &st->v[FA_ARRAY], a);
    return true;
}

static Outcome begin(VM *vm, ValueArray *st, Value c, Value items) {
    if (st->v[FA_MAP] != V_UNDEFINED && !v_is_callable(st->v[FA_MAP])) return vm_throw(vm, ERR_V_NOT_FUNCTION, st->v[FA_MAP]), THROWN;
    if (v_is_nullish(items)) return vm_throw(vm, ERR_V_NOT_ITERABLE, items), THROWN;
    Value method = get_method_rjs(vm, items, SYM_(vm, asyncIterator));
    if (v_is_exc(method)) return THROWN;
    bool sync = method == V_UNDEFINED;
    if (sync) method = get_method_rjs(vm, items, SYM_(vm, iterator));
    if (v_is_exc(method)) return THROWN;
    if (method != V_UNDEFINED) {
        if (!open_iterator(vm, st, items, method, sync) || !make_array(vm, st, c, -1)) return THROWN;
        return next_result(vm, st);
    }
    Value like = to_object(vm, items);
    if (v_is_exc(like)) return THROWN;
    heap_set(vm, &st->v[FA_LIKE], like);
    i64 len = length_of_array_like_rjs(vm, like);
    if (len < 0 || !make_array(vm, st, c, len)) return THROWN;
    heap_set(vm, &st->v[FA_LEN], v_from_i64(len));
    return like_next(vm, st);
}

static Value array_from_async(VM *vm, Value self, int argc, Value *argv) {
    ValueArray *st = values_new(vm, FA_COUNT);
    Value items = ARG(0);
    st->v[FA_MAP] = ARG(1);
    st->v[FA_THIS] = ARG(2);
    st->v[FA_K] = v_from_int(0);
    Value promise = promise_new(vm);
    heap_set(vm, &st->v[FA_PROMISE], promise);
    settle(vm, st, begin(vm, st, self, items));
    return vm->exec->terminated ? V_EXC : promise;
}
const NativeRow array_from_async_rows[] = {FN("fromAsync", 1, array_from_async), ROWS_END};

void builtin_array_from_async_install(VM *vm) { builtin_install(vm, vm->realm->Array, TABLE_array_from_async_rows); }
