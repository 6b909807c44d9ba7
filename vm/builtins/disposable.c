// SPDX-License-Identifier: MIT
// DisposableStack and AsyncDisposableStack (27.3, 27.4). `using` itself is compiled (compiler/lower/using.c).
//
// A stack's value is an array of resources, three elements each: what it is (ResourceKind), value, function. undefined: disposed of.
#include "vm/builtins/builtins.h"
#include "vm/exec/exec.h"

typedef enum ResourceKind {
    RES_METHOD,      // function called on value
    RES_SYNC_METHOD, // … of an async stack: its result is not awaited
    RES_ADOPTED,     // function called with value
    RES_NONE,        // null or undefined in an async stack: waits a turn
} ResourceKind;

static PrimitiveObject *this_stack(VM *vm, Value self, bool async, const char *method) {
    if (v_is_kind(self, async ? CELL_ASYNCDISPOSABLE : CELL_DISPOSABLE)) return v_ptr(self);
    Buf name = {0};
    buf_printf(&name, "%s.prototype.%s", async ? "AsyncDisposableStack" : "DisposableStack", method);
    (void)vm_throw(vm, ERR_INCOMPATIBLE, buf_cstr(&name), self);
    buf_free(&name);
    return NULL;
}

static PrimitiveObject *this_pending(VM *vm, Value self, bool async, const char *method) {
    PrimitiveObject *s = this_stack(vm, self, async, method);
    if (!s || s->value != V_UNDEFINED) return s;
    (void)vm_throw(vm, ERR_DISPOSED_STACK, async ? "AsyncDisposableStack" : "DisposableStack");
    return NULL;
}

static Value stack_alloc(VM *vm, Value proto, bool async) {
    Value resources = v_from_array(array_new(vm, 0));
    PrimitiveObject *s = (PrimitiveObject *)object_alloc(vm, async ? CELL_ASYNCDISPOSABLE : CELL_DISPOSABLE, sizeof *s, shape_root(vm, proto), 0);
    s->value = resources;
    return v_obj(s);
}

static Value stack_ctor(VM *vm, Value self, int argc, Value *argv) { // 27.3.1.1, 27.4.1.1
    bool async = native_magic(vm);
    Value nt = native_new_target(vm);
    if (v_is_undefined(nt)) return vm_throw(vm, ERR_CTOR_NEEDS_NEW, async ? "AsyncDisposableStack" : "DisposableStack");
    Value proto = proto_from_ctor_rjs(vm, nt, async ? REALM_AsyncDisposableStackPrototype : REALM_DisposableStackPrototype);
    return v_is_exc(proto) ? V_EXC : stack_alloc(vm, proto, async);
}

static void resource_add(VM *vm, PrimitiveObject *s, ResourceKind kind, Value value, Value function) {
    Array *a = v_array(s->value);
    array_push(vm, a, v_from_int((i32)kind));
    array_push(vm, a, value);
    array_push(vm, a, function);
}

static Value stack_use(VM *vm, Value self, int argc, Value *argv) {
    bool async = native_magic(vm);
    PrimitiveObject *s = this_pending(vm, self, async, "use");
    if (!s) return V_EXC;
    Value v = ARG(0);
    if (v_is_nullish(v)) {
        if (async) resource_add(vm, s, RES_NONE, V_UNDEFINED, V_UNDEFINED);
        return v;
    }
    if (!v_is_object(v)) return vm_throw(vm, ERR_NOT_DISPOSABLE, v);
    ResourceKind kind = RES_METHOD;
    Value f = async ? get_method_rjs(vm, v, SYM_(vm, asyncDispose)) : V_UNDEFINED;
    if (f == V_UNDEFINED) {
        f = get_method_rjs(vm, v, SYM_(vm, dispose));
        if (async) kind = RES_SYNC_METHOD;
    }
    if (v_is_exc(f)) return V_EXC;
    if (f == V_UNDEFINED) return vm_throw(vm, ERR_NOT_DISPOSABLE, v);
    resource_add(vm, s, kind, v, f);
    return v;
}

static Value stack_adopt(VM *vm, Value self, int argc, Value *argv) {
    PrimitiveObject *s = this_pending(vm, self, native_magic(vm), "adopt");
    if (!s) return V_EXC;
    if (!v_is_callable(ARG(1))) return vm_throw(vm, ERR_V_NOT_FUNCTION, ARG(1));
    resource_add(vm, s, RES_ADOPTED, ARG(0), argv[1]);
    return ARG(0);
}

static Value stack_defer(VM *vm, Value self, int argc, Value *argv) {
    PrimitiveObject *s = this_pending(vm, self, native_magic(vm), "defer");
    if (!s) return V_EXC;
    if (!v_is_callable(ARG(0))) return vm_throw(vm, ERR_V_NOT_FUNCTION, ARG(0));
    resource_add(vm, s, RES_METHOD, V_UNDEFINED, argv[0]);
    return V_UNDEFINED;
}

static Value stack_move(VM *vm, Value self, int argc, Value *argv) {
    bool async = native_magic(vm);
    PrimitiveObject *s = this_pending(vm, self, async, "move");
    if (!s) return V_EXC;
    Value to = stack_alloc(vm, async ? vm->realm->AsyncDisposableStackPrototype : vm->realm->DisposableStackPrototype, async);
    ((PrimitiveObject *)v_ptr(to))->value = s->value;
    heap_set(vm, &s->value, V_UNDEFINED);
    return to;
}

static Value stack_disposed(VM *vm, Value self, int argc, Value *argv) {
    PrimitiveObject *s = this_stack(vm, self, native_magic(vm), "disposed");
    return s ? v_from_bool(s->value == V_UNDEFINED) : V_EXC;
}

// ---- disposing

static Value resource_dispose(VM *vm, const Value *r) {
    switch (v_int(r[0])) {
    case RES_ADOPTED: return CALL1(vm, r[2], V_UNDEFINED, r[1]);
    case RES_NONE: return V_UNDEFINED;
    default: return CALL0(vm, r[2], r[1]);
    }
}

// The pending exception on top of an earlier one (V_HOLE: none).
static Value combine(VM *vm, Value earlier) {
    Value e = vm_take_exception(vm);
    if (earlier == V_HOLE) return e;
    Value s = error_new(vm, REALM_SuppressedErrorPrototype, v_str(vm, "An error was suppressed during disposal."));
    object_put(vm, v_object(s), A_(vm, error), e, ATTR_WC);
    object_put(vm, v_object(s), A_(vm, suppressed), earlier, ATTR_WC);
    return s;
}

static Value stack_dispose(VM *vm, Value self, int argc, Value *argv) { // 27.3.3.3
    PrimitiveObject *s = this_stack(vm, self, false, "dispose");
    if (!s) return V_EXC;
    if (s->value == V_UNDEFINED) return V_UNDEFINED;
    Array *a = v_array(s->value);
    Value error = V_HOLE;
    heap_set(vm, &s->value, V_UNDEFINED);
    for (u32 i = a->length; i >= 3; i -= 3) {
        Value r[3];
        memcpy(r, &obj_elems(&a->o)->v[i - 3], sizeof r);
        if (!v_is_exc(resource_dispose(vm, r))) continue;
        if (vm->exec->terminated) return V_EXC;
        error = combine(vm, error);
    }
    return error == V_HOLE ? V_UNDEFINED : vm_throw_value(vm, error);
}

// disposeAsync: variables of the loop, in a ValueArray that the reactions carry.
enum { DA_PROMISE, DA_RESOURCES, DA_AT, DA_ERROR, DA_NEEDS_AWAIT, DA_HAS_AWAITED, DA_COUNT };

static bool dispose_wait(VM *vm, ValueArray *st, Value v) {
    Value p = promise_resolve_value_rjs(vm, vm->realm->Promise, v), on[2];
    if (v_is_exc(p)) return false;
    for (u32 i = 0; i < 2; i++) {
        NativeFunction *f = native_new(vm, NATIVE_ID(disposable_internal_rows, i), 1);
        f->slots[0] = v_internal(st);
        on[i] = v_obj(f);
    }
    promise_then_native(vm, p, on[0], on[1]);
    return true;
}

static bool dispose_failed(VM *vm, ValueArray *st) {
    if (vm->exec->terminated) return false;
    heap_set(vm, &st->v[DA_ERROR], combine(vm, st->v[DA_ERROR]));
    return true;
}

// DisposeResources from the current place on, until it waits or ends.
static void dispose_run(VM *vm, ValueArray *st) {
    Array *a = v_array(st->v[DA_RESOURCES]);
    for (u32 i; (i = (u32)v_int(st->v[DA_AT])) >= 3;) {
        Value r[3];
        memcpy(r, &obj_elems(&a->o)->v[i - 3], sizeof r);
        heap_set(vm, &st->v[DA_AT], v_from_int((i32)i - 3));
        if (v_int(r[0]) == RES_NONE) {
            heap_set(vm, &st->v[DA_NEEDS_AWAIT], V_TRUE);
            continue;
        }
        Value v = resource_dispose(vm, r);
        if (v_is_exc(v) && v_int(r[0]) == RES_SYNC_METHOD && !vm->exec->terminated) { // the promise of the wrapper is rejected
            v = promise_new(vm);
            promise_reject(vm, v, vm_take_exception(vm));
        } else if (v_int(r[0]) == RES_SYNC_METHOD) {
            v = V_UNDEFINED;
        }
        if (!v_is_exc(v) && dispose_wait(vm, st, v)) return;
        if (!dispose_failed(vm, st)) return;
    }
    if (st->v[DA_NEEDS_AWAIT] == V_TRUE && st->v[DA_HAS_AWAITED] == V_FALSE) {
        heap_set(vm, &st->v[DA_NEEDS_AWAIT], V_FALSE);
        if (dispose_wait(vm, st, V_UNDEFINED)) return;
    }
    if (st->v[DA_ERROR] == V_HOLE) promise_resolve(vm, st->v[DA_PROMISE], V_UNDEFINED);
    else promise_reject(vm, st->v[DA_PROMISE], st->v[DA_ERROR]);
}

static Value dispose_resume(VM *vm, Value self, int argc, Value *argv) { // magic: 1 the promise was rejected
    ValueArray *st = v_ptr(native_slots(vm)[0]);
    heap_set(vm, &st->v[DA_HAS_AWAITED], V_TRUE);
    if (native_magic(vm)) {
        (void)vm_throw_value(vm, ARG(0));
        if (!dispose_failed(vm, st)) return V_EXC;
    }
    dispose_run(vm, st);
    return vm->exec->terminated ? V_EXC : V_UNDEFINED;
}
const NativeRow disposable_internal_rows[] = {FN_MAGIC("", 1, dispose_resume, 0), FN_MAGIC("", 1, dispose_resume, 1), ROWS_END};

static Value stack_dispose_async(VM *vm, Value self, int argc, Value *argv) { // 27.4.3.3
    Value promise = promise_new(vm);
    PrimitiveObject *s = this_stack(vm, self, true, "disposeAsync");
    if (!s) {
        promise_reject(vm, promise, vm_take_exception(vm));
        return promise;
    }
    if (s->value == V_UNDEFINED) {
        promise_resolve(vm, promise, V_UNDEFINED);
        return promise;
    }
    ValueArray *st = values_new(vm, DA_COUNT);
    st->v[DA_PROMISE] = promise;
    st->v[DA_RESOURCES] = s->value;
    st->v[DA_AT] = v_from_int((i32)v_array(s->value)->length);
    st->v[DA_ERROR] = V_HOLE;
    st->v[DA_NEEDS_AWAIT] = st->v[DA_HAS_AWAITED] = V_FALSE;
    heap_set(vm, &s->value, V_UNDEFINED);
    dispose_run(vm, st);
    return vm->exec->terminated ? V_EXC : promise;
}

#define GETTER_OF(n, f, m) {.name = n, .fn = f, .kind = ROW_GETTER, .attrs = ATTR_C, .magic = m}
const NativeRow disposable_rows[] = {CTOR("DisposableStack", 0, stack_ctor), ROWS_END};
const NativeRow disposable_proto_rows[] = {
    FN_MAGIC("adopt", 2, stack_adopt, 0), FN_MAGIC("defer", 1, stack_defer, 0), FN("dispose", 0, stack_dispose), GETTER_OF("disposed", stack_disposed, 0),
    FN_MAGIC("move", 0, stack_move, 0), FN_MAGIC("use", 1, stack_use, 0), ALIAS("@@dispose", "dispose"),
    VALUE_STR("@@toStringTag", "DisposableStack", ATTR_C), ROWS_END,
};
const NativeRow async_disposable_rows[] = {
    {.name = "AsyncDisposableStack", .fn = stack_ctor, .kind = ROW_CTOR, .length = 0, .attrs = ATTR_WC, .magic = 1}, ROWS_END,
};
const NativeRow async_disposable_proto_rows[] = {
    FN_MAGIC("adopt", 2, stack_adopt, 1), FN_MAGIC("defer", 1, stack_defer, 1), FN("disposeAsync", 0, stack_dispose_async),
    GETTER_OF("disposed", stack_disposed, 1), FN_MAGIC("move", 0, stack_move, 1), FN_MAGIC("use", 1, stack_use, 1),
    ALIAS("@@asyncDispose", "disposeAsync"), VALUE_STR("@@toStringTag", "AsyncDisposableStack", ATTR_C), ROWS_END,
};

void builtin_disposable_install(VM *vm) {
    Realm *r = vm->realm;
    r->DisposableStackPrototype = v_obj(object_new(vm));
    r->AsyncDisposableStackPrototype = v_obj(object_new(vm));
    (void)builtin_class(vm, TABLE_disposable_rows, TABLE_disposable_proto_rows, r->DisposableStackPrototype, r->FunctionPrototype);
    (void)builtin_class(vm, TABLE_async_disposable_rows, TABLE_async_disposable_proto_rows, r->AsyncDisposableStackPrototype, r->FunctionPrototype);
}
