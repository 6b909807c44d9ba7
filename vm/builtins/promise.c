// SPDX-License-Identifier: MIT
// Promise (27.2): states, reactions and their jobs, the constructor, its statics and prototype. Also what
// `await` registers.
//
// A reaction whose derived promise is an ordinary one of this realm keeps no resolving functions: the job
// settles the promise directly.
#include "vm/builtins/builtins.h"
#include "vm/exec/exec.h"
#include "vm/exec/jobs.h"
#include "vm/text.h"

typedef struct Capability {
    Value promise, resolve, reject;
} Capability; // resolve undefined: an ordinary promise, settled directly

static PromiseObject *promise_of(Value v) { return (PromiseObject *)v_ptr(v); }

static Value promise_alloc(VM *vm, Value proto) {
    PromiseObject *p =
        (PromiseObject *)object_alloc(vm, CELL_PROMISE, sizeof(PromiseObject), shape_root(vm, proto), 0);
    p->state = PROMISE_PENDING;
    p->flags = 0;
    p->result = V_UNDEFINED;
    p->reactions = NULL;
    return v_from_ptr(TAG_OBJECT, p);
}

Value promise_new(VM *vm) { return promise_alloc(vm, vm->realm->PromisePrototype); }
enum PromiseState promise_state(Value p) { return (enum PromiseState)promise_of(p)->state; }
Value promise_result(Value p) { return promise_of(p)->result; }

// ---- settling

static void reaction_enqueue(VM *vm, Reaction *r, Value argument, bool rejected) {
    Value data[3] = {v_internal(r), argument, v_from_bool(rejected)};
    job_enqueue(vm, JOB_REACTION, 3, data);
}

static void promise_settle(VM *vm, Value promise, enum PromiseState state, Value v) {
    PromiseObject *p = promise_of(promise);
    if (p->state != PROMISE_PENDING) return;
    Reaction *r = p->reactions, *first = NULL;
    heap_touch(vm, p, sizeof *p);
    p->state = state;
    p->result = v;
    p->reactions = NULL;
    p->flags |= PROMISE_RESOLVED;
    while (r) { // oldest first
        Reaction *next = r->next;
        HEAP_STORE(vm, r->next, first);
        first = r;
        r = next;
    }
    if (state == PROMISE_REJECTED && !(p->flags & PROMISE_HANDLED) && vm->host && vm->host->on_rejection)
        vm->host->on_rejection(vm, promise, 0);
    for (r = first; r; r = r->next) reaction_enqueue(vm, r, v, state == PROMISE_REJECTED);
}

void promise_fulfill(VM *vm, Value p, Value v) { promise_settle(vm, p, PROMISE_FULFILLED, v); }
void promise_reject(VM *vm, Value p, Value reason) { promise_settle(vm, p, PROMISE_REJECTED, reason); }

// 27.2.1.3.2 from step 7 on; the already-resolved flag is the caller's
void promise_resolve(VM *vm, Value p, Value v) {
    if (!v_is_object(v)) {
        promise_fulfill(vm, p, v);
        return;
    }
    Value then;
    if (v == p) {
        then = vm_throw(vm, ERR_CUSTOM_TYPE, "Chaining cycle detected for promise #<Promise>");
    } else {
        then = get_rjs(vm, v, A_(vm, then));
    }
    if (v_is_exc(then)) {
        if (!vm->exec->terminated) promise_reject(vm, p, vm_take_exception(vm));
        return;
    }
    if (!v_is_callable(then)) {
        promise_fulfill(vm, p, v);
        return;
    }
    heap_touch(vm, promise_of(p), sizeof(PromiseObject));
    promise_of(p)->flags |= PROMISE_RESOLVED;
    Value data[3] = {p, v, then};
    job_enqueue(vm, JOB_THENABLE, 3, data);
}

static void promise_react(VM *vm, Value promise, Reaction *r) { // the tail of PerformPromiseThen
    PromiseObject *p = promise_of(promise);
    if (p->state == PROMISE_PENDING) {
        heap_touch(vm, p, sizeof *p);
        r->next = p->reactions;
        p->reactions = r;
    } else {
        if (p->state == PROMISE_REJECTED && !(p->flags & PROMISE_HANDLED) && vm->host &&
            vm->host->on_rejection)
            vm->host->on_rejection(vm, promise, 1);
        reaction_enqueue(vm, r, p->result, p->state == PROMISE_REJECTED);
    }
    HEAP_STORE(vm, p->flags, p->flags | PROMISE_HANDLED);
}

static Reaction *reaction_new(VM *vm, u32 flags, Value ok, Value err, Capability c) {
    Reaction *r = heap_alloc(vm, sizeof(Reaction), CELL_REACTION);
    r->cell.flags = (u8)flags;
    r->next = NULL;
    r->on_fulfilled = ok;
    r->on_rejected = err;
    r->promise = c.promise;
    r->resolve = c.resolve;
    r->reject = c.reject;
    r->context = vm->async_context;
    return r;
}
static const Capability no_capability = {V_UNDEFINED, V_UNDEFINED, V_UNDEFINED};

void promise_await(VM *vm, Value promise, FrameCopy *fc) {
    promise_react(vm, promise, reaction_new(vm, REACTION_AWAIT, v_internal(fc), V_UNDEFINED, no_capability));
}
void promise_gen_return(VM *vm, Value promise, GeneratorObject *g) {
    promise_react(
        vm, promise,
        reaction_new(vm, REACTION_GEN_RETURN, v_from_ptr(TAG_OBJECT, g), V_UNDEFINED, no_capability));
}
void promise_then_native(VM *vm, Value promise, Value on_ok, Value on_err) {
    promise_react(vm, promise, reaction_new(vm, 0, on_ok, on_err, no_capability));
}

void promise_then_into(VM *vm, Value promise, Value on_ok, Value on_err, Value derived) {
    Capability c = {derived, V_UNDEFINED, V_UNDEFINED};
    promise_react(vm, promise, reaction_new(vm, 0, on_ok, on_err, c));
}

// ---- capabilities (27.2.1.5)

// {promise, already-resolved record} of CreateResolvingFunctions in the slots; the record is a ValueArray of
// one.
static Value resolve_function(VM *vm, Value self, int argc, Value *argv) {
    Value *slots = native_slots(vm), promise = slots[0];
    ValueArray *record = v_ptr(slots[1]);
    bool reject = native_magic(vm);
    if (record->v[0] != V_UNDEFINED) return V_UNDEFINED;
    heap_set(vm, &record->v[0], V_TRUE);
    if (reject) promise_reject(vm, promise, ARG(0));
    else promise_resolve(vm, promise, ARG(0));
    return vm->exec->terminated ? V_EXC : V_UNDEFINED;
}
static Value capability_executor(VM *vm, Value self, int argc, Value *argv) {
    Value *slots = native_slots(vm);
    if (slots[0] != V_UNDEFINED || slots[1] != V_UNDEFINED)
        return vm_throw(vm, ERR_CUSTOM_TYPE,
                        "Promise executor has already been invoked with non-undefined arguments");
    heap_touch(vm, slots, 16);
    slots[0] = ARG(0);
    slots[1] = ARG(1);
    return V_UNDEFINED;
}

static Value all_element(VM *vm, Value self, int argc, Value *argv);
static Value finally_function(VM *vm, Value self, int argc, Value *argv);
static Value finally_result(VM *vm, Value self, int argc, Value *argv);
const NativeRow promise_closure_rows[] = {
    FN_MAGIC("", 1, resolve_function, 0),
    FN_MAGIC("", 1, resolve_function, 1),
    FN("", 2, capability_executor),
    FN("", 1, all_element),
    FN_MAGIC("", 1, finally_function, 0),
    FN_MAGIC("", 1, finally_function, 1),
    FN_MAGIC("", 0, finally_result, 0),
    FN_MAGIC("", 0, finally_result, 1),
    ROWS_END
};
enum {
    CLOSURE_RESOLVE,
    CLOSURE_REJECT,
    CLOSURE_EXECUTOR,
    CLOSURE_ALL,
    CLOSURE_THEN_FINALLY,
    CLOSURE_CATCH_FINALLY,
    CLOSURE_VALUE,
    CLOSURE_THROWER
};

static NativeFunction *closure(VM *vm, u32 row, u32 nslots) {
    return native_new(vm, NATIVE_ID(promise_closure_rows, row), nslots);
}

static void resolving_functions(VM *vm, Value promise, Capability *out) {
    ValueArray *record = values_new(vm, 1);
    NativeFunction *a = closure(vm, CLOSURE_RESOLVE, 2), *b = closure(vm, CLOSURE_REJECT, 2);
    a->slots[0] = b->slots[0] = promise;
    a->slots[1] = b->slots[1] = v_internal(record);
    out->promise = promise;
    out->resolve = v_from_ptr(TAG_OBJECT, a);
    out->reject = v_from_ptr(TAG_OBJECT, b);
}

// functions: the caller hands resolve/reject to user code, so they must exist.
static bool capability_new_rjs(VM *vm, Value c, bool functions, Capability *out) {
    if (c == vm->realm->Promise) {
        *out = no_capability;
        out->promise = promise_new(vm);
        if (functions) resolving_functions(vm, out->promise, out);
        return true;
    }
    if (!v_is_constructor(c)) return vm_throw(vm, ERR_V_NOT_CONSTRUCTOR, c), false;
    NativeFunction *executor = closure(vm, CLOSURE_EXECUTOR, 2);
    Value arg = v_from_ptr(TAG_OBJECT, executor);
    out->promise = vm_construct(vm, c, 1, &arg, c);
    if (v_is_exc(out->promise)) return false;
    out->resolve = executor->slots[0];
    out->reject = executor->slots[1];
    if (!v_is_callable(out->resolve) || !v_is_callable(out->reject))
        return vm_throw(vm, ERR_CUSTOM_TYPE, "Promise resolve or reject function is not callable"), false;
    return true;
}
static bool capability_settle_rjs(VM *vm, const Capability *c, Value v, bool reject) {
    if (c->resolve != V_UNDEFINED)
        return !v_is_exc(CALL1(vm, reject ? c->reject : c->resolve, V_UNDEFINED, v));
    if (reject) promise_reject(vm, c->promise, v);
    else promise_resolve(vm, c->promise, v);
    return !vm->exec->terminated;
}
// IfAbruptRejectPromise: the pending exception becomes the rejection of the capability.
static Value capability_abrupt(VM *vm, const Capability *c) {
    if (vm->exec->terminated) return V_EXC;
    Value e = vm_take_exception(vm);
    return capability_settle_rjs(vm, c, e, true) ? c->promise : V_EXC;
}

// ---- jobs

Value job_reaction(VM *vm, Value *data) { // 27.2.2.1
    Reaction *r = v_ptr(data[0]);
    Value argument = data[1], result;
    bool rejected = data[2] == V_TRUE;
    vm->async_context = r->context;
    if (r->cell.flags & REACTION_AWAIT) {
        async_resume(vm, v_ptr(r->on_fulfilled), argument, rejected ? RESUME_THROW : RESUME_NEXT);
        return vm->exec->terminated ? V_EXC : V_UNDEFINED;
    }
    if (r->cell.flags & REACTION_GEN_RETURN) {
        async_gen_return_settled(vm, (GeneratorObject *)v_ptr(r->on_fulfilled), argument, rejected);
        return V_UNDEFINED;
    }
    if (r->cell.flags & REACTION_FORWARD) {
        if (rejected) promise_reject(vm, r->promise, argument);
        else promise_resolve(vm, r->promise, argument);
        return vm->exec->terminated ? V_EXC : V_UNDEFINED;
    }
    Value handler = rejected ? r->on_rejected : r->on_fulfilled;
    Capability c = {r->promise, r->resolve, r->reject};
    bool failed = rejected;
    if (handler == V_UNDEFINED) {
        result = argument;
    } else {
        result = CALL1(vm, handler, V_UNDEFINED, argument);
        failed = v_is_exc(result);
        if (failed) {
            if (vm->exec->terminated || c.promise == V_UNDEFINED) return V_EXC;
            result = vm_take_exception(vm);
        }
    }
    if (c.promise == V_UNDEFINED) return V_UNDEFINED;
    return capability_settle_rjs(vm, &c, result, failed) ? V_UNDEFINED : V_EXC;
}

static bool species_pristine(VM *vm, Value promise);

Value job_thenable(VM *vm, Value *data) { // 27.2.2.2
    Value p = data[0], thenable = data[1], then = data[2];
    if (then == vm->realm->PromiseThen && v_is_kind(thenable, CELL_PROMISE) &&
        species_pristine(vm, thenable)) {
        Capability forward = {p, V_UNDEFINED,
                              V_UNDEFINED}; // what then(resolve, reject) would do, without the functions
        promise_react(vm, thenable, reaction_new(vm, REACTION_FORWARD, V_UNDEFINED, V_UNDEFINED, forward));
        return V_UNDEFINED;
    }
    Capability c;
    resolving_functions(vm, p, &c);
    Value r = CALL2(vm, then, thenable, c.resolve, c.reject);
    if (!v_is_exc(r)) return V_UNDEFINED;
    if (vm->exec->terminated) return V_EXC;
    Value e = vm_take_exception(vm);
    return CALL1(vm, c.reject, V_UNDEFINED, e);
}

// ---- constructor and statics

static Value promise_ctor(VM *vm, Value self, int argc, Value *argv) { // 27.2.3.1
    Value nt = native_new_target(vm), executor = ARG(0);
    if (nt == V_UNDEFINED)
        return vm_throw(vm, ERR_CUSTOM_TYPE, "Promise constructor cannot be invoked without 'new'");
    if (!v_is_callable(executor)) {
        Buf tmp = {0};
        buf_str(&tmp, "Promise resolver ");
        str_to_utf8(vm, value_display(vm, executor), &tmp);
        buf_str(&tmp, " is not a function");
        Value r = vm_throw(vm, ERR_CUSTOM_TYPE, buf_cstr(&tmp));
        buf_free(&tmp);
        return r;
    }
    Value proto = proto_from_ctor_rjs(vm, nt, REALM_PromisePrototype);
    if (v_is_exc(proto)) return V_EXC;
    Capability c;
    resolving_functions(vm, promise_alloc(vm, proto), &c);
    Value r = CALL2(vm, executor, V_UNDEFINED, c.resolve, c.reject);
    if (v_is_exc(r)) {
        if (vm->exec->terminated) return V_EXC;
        Value e = vm_take_exception(vm);
        if (v_is_exc(CALL1(vm, c.reject, V_UNDEFINED, e))) return V_EXC;
    }
    return c.promise;
}

// PromiseResolve (27.2.4.7.1)
Value promise_resolve_value_rjs(VM *vm, Value c, Value x) {
    if (v_is_kind(x, CELL_PROMISE)) {
        Value ctor = get_rjs(vm, x, A_(vm, constructor));
        if (v_is_exc(ctor)) return V_EXC;
        if (ctor == c) return x;
    }
    Capability cap;
    if (!capability_new_rjs(vm, c, false, &cap)) return V_EXC;
    return capability_settle_rjs(vm, &cap, x, false) ? cap.promise : V_EXC;
}

static bool this_object(VM *vm, Value self, const char *name) {
    if (v_is_object(self)) return true;
    Buf tmp = {0};
    buf_printf(&tmp, "%s called on non-object", name);
    (void)vm_throw(vm, ERR_CUSTOM_TYPE, buf_cstr(&tmp));
    buf_free(&tmp);
    return false;
}

static Value promise_static_resolve(VM *vm, Value self, int argc, Value *argv) { // 27.2.4.7
    if (!this_object(vm, self, "PromiseResolve")) return V_EXC;
    return promise_resolve_value_rjs(vm, self, ARG(0));
}
static Value promise_static_reject(VM *vm, Value self, int argc, Value *argv) { // 27.2.4.6
    if (!this_object(vm, self, "PromiseReject")) return V_EXC;
    Capability c;
    if (!capability_new_rjs(vm, self, false, &c)) return V_EXC;
    return capability_settle_rjs(vm, &c, ARG(0), true) ? c.promise : V_EXC;
}
static Value promise_static_with_resolvers(VM *vm, Value self, int argc, Value *argv) { // 27.2.4.9
    Capability c;
    if (!capability_new_rjs(vm, self, true, &c)) return V_EXC;
    Object *o = object_new(vm);
    object_put(vm, o, A_(vm, promise), c.promise, ATTR_WEC);
    object_put(vm, o, A_(vm, resolve), c.resolve, ATTR_WEC);
    object_put(vm, o, A_(vm, reject), c.reject, ATTR_WEC);
    return v_from_ptr(TAG_OBJECT, o);
}
static Value promise_static_try(VM *vm, Value self, int argc, Value *argv) { // 27.2.4.8
    if (!this_object(vm, self, "Promise.try")) return V_EXC;
    Capability c;
    if (!capability_new_rjs(vm, self, false, &c)) return V_EXC;
    Value r = vm_call(vm, ARG(0), V_UNDEFINED, argc > 1 ? argc - 1 : 0, argv + 1);
    if (v_is_exc(r)) return capability_abrupt(vm, &c);
    return capability_settle_rjs(vm, &c, r, false) ? c.promise : V_EXC;
}

// all, allSettled, any share one walk (27.2.4.1 - 27.2.4.3); race is the walk without elements
enum Combine { COMBINE_ALL, COMBINE_SETTLED_OK, COMBINE_SETTLED_ERR, COMBINE_ANY, COMBINE_RACE };
enum {
    STATE_REMAINING,
    STATE_VALUES,
    STATE_PROMISE,
    STATE_RESOLVE,
    STATE_REJECT,
    STATE_KEYS, // of allKeyed and allSettledKeyed, else undefined
    STATE_COUNT
};                                                                   // a combination's ValueArray
enum { ELEM_CALLED, ELEM_INDEX, ELEM_STATE, ELEM_KIND, ELEM_COUNT }; // slots of an element function

// The array of values, or an object without prototype that has them under their keys.
static Value combine_result(VM *vm, ValueArray *st) {
    if (!v_is_array(st->v[STATE_KEYS])) return st->v[STATE_VALUES];
    const Array *keys = v_array(st->v[STATE_KEYS]), *values = v_array(st->v[STATE_VALUES]);
    Value o = v_obj(object_new_proto(vm, V_NULL));
    for (u32 i = 0; i < keys->length; i++) {
        PropKey k;
        if (!to_property_key_rjs(vm, obj_elems(&keys->o)->v[i], &k) ||
            create_data_property_or_throw_rjs(vm, o, k, obj_elems(&values->o)->v[i]) < 0)
            return V_EXC; // not for strings and symbols
    }
    return o;
}

static bool combine_finish(VM *vm, ValueArray *st, bool any) {
    Capability c = {st->v[STATE_PROMISE], st->v[STATE_RESOLVE], st->v[STATE_REJECT]};
    if (!any) return capability_settle_rjs(vm, &c, combine_result(vm, st), false);
    Value error = error_new(vm, REALM_AggregateErrorPrototype, v_str(vm, "All promises were rejected"));
    object_put(vm, v_object(error), A_(vm, errors), st->v[STATE_VALUES], ATTR_WC);
    return capability_settle_rjs(vm, &c, error, true);
}
static bool combine_step(VM *vm, ValueArray *st, bool any) { // one element is in; true unless thrown
    i32 left = v_int(st->v[STATE_REMAINING]) - 1;
    heap_set(vm, &st->v[STATE_REMAINING], v_from_int(left));
    return left != 0 || combine_finish(vm, st, any);
}

static Value all_element(VM *vm, Value self, int argc, Value *argv) {
    Value *slots = native_slots(vm), v = ARG(0);
    ValueArray *called = v_ptr(slots[ELEM_CALLED]), *st = v_ptr(slots[ELEM_STATE]);
    if (called->v[0] == V_TRUE) return V_UNDEFINED;
    heap_set(vm, &called->v[0], V_TRUE);
    u32 kind = (u32)v_int(slots[ELEM_KIND]), index = (u32)v_int(slots[ELEM_INDEX]);
    if (kind == COMBINE_SETTLED_OK || kind == COMBINE_SETTLED_ERR) {
        Object *o = object_new(vm);
        bool ok = kind == COMBINE_SETTLED_OK;
        object_put(vm, o, A_(vm, status), ok ? A_(vm, fulfilled) : A_(vm, rejected), ATTR_WEC);
        object_put(vm, o, ok ? A_(vm, value) : A_(vm, reason), v, ATTR_WEC);
        v = v_from_ptr(TAG_OBJECT, o);
    }
    heap_set(vm, &obj_elems(v_object(st->v[STATE_VALUES]))->v[index], v);
    return combine_step(vm, st, kind == COMBINE_ANY) ? V_UNDEFINED : V_EXC;
}

static Value element_function(VM *vm, ValueArray *called, u32 index, ValueArray *st, u32 kind) {
    NativeFunction *f = closure(vm, CLOSURE_ALL, ELEM_COUNT);
    f->slots[ELEM_CALLED] = v_internal(called);
    f->slots[ELEM_INDEX] = v_from_int((i32)index);
    f->slots[ELEM_STATE] = v_internal(st);
    f->slots[ELEM_KIND] = v_from_int((i32)kind);
    return v_from_ptr(TAG_OBJECT, f);
}

// One element: resolved through the constructor, then told to settle its place. False: thrown.
static bool combine_add_rjs(VM *vm, Value ctor, Value resolve, Value element, const Capability *c, ValueArray *st, u32 kind,
                            u32 index) {
    Value args[2];
    if (kind != COMBINE_RACE) {
        array_push(vm, v_array(st->v[STATE_VALUES]), V_UNDEFINED);
        heap_set(vm, &st->v[STATE_REMAINING], v_from_int(v_int(st->v[STATE_REMAINING]) + 1));
    }
    Value p = CALL1(vm, resolve, ctor, element);
    if (v_is_exc(p)) return false;
    ValueArray *called = kind == COMBINE_RACE ? NULL : values_new(vm, 1);
    args[0] =
        kind == COMBINE_ANY || kind == COMBINE_RACE ? c->resolve : element_function(vm, called, index, st, kind);
    if (kind == COMBINE_SETTLED_OK) args[1] = element_function(vm, called, index, st, COMBINE_SETTLED_ERR);
    else args[1] = kind == COMBINE_ANY ? element_function(vm, called, index, st, kind) : c->reject;
    return !v_is_exc(invoke_rjs(vm, p, A_(vm, then), 2, args));
}

Value promise_passed_to(Value handler, const char **combinator, u32 *index) {
    static const char *const names[] = {"all", "allSettled", "allSettled", "any", "race"};
    if (!v_is_kind(handler, CELL_NATIVE)) return V_UNDEFINED;
    NativeFunction *f = (NativeFunction *)v_ptr(handler);
    *combinator = NULL;
    if (f->id == NATIVE_ID(promise_closure_rows, CLOSURE_RESOLVE)) return f->slots[0];
    if (f->id != NATIVE_ID(promise_closure_rows, CLOSURE_ALL)) return V_UNDEFINED;
    *combinator = names[v_int(f->slots[ELEM_KIND])];
    *index = (u32)v_int(f->slots[ELEM_INDEX]);
    return ((ValueArray *)v_ptr(f->slots[ELEM_STATE]))->v[STATE_PROMISE];
}

static Value get_promise_resolve_rjs(VM *vm, Value ctor) { // GetPromiseResolve (27.2.4.1.1)
    Value resolve = get_rjs(vm, ctor, A_(vm, resolve));
    if (v_is_exc(resolve) || v_is_callable(resolve)) return resolve;
    return vm_throw(vm, ERR_CUSTOM_TYPE, "Promise resolve or reject function is not callable");
}

static bool combine_walk(VM *vm, Value ctor, Value iterable, const Capability *c, ValueArray *st, u32 kind) {
    Value resolve = get_promise_resolve_rjs(vm, ctor);
    IterRecord it;
    if (v_is_exc(resolve) || !iter_get_rjs(vm, iterable, &it)) return false;
    for (u32 index = 0;; index++) {
        Value next;
        int got = iter_step_rjs(vm, &it, &next);
        if (got < 0) return false;
        if (!got) break;
        if (!combine_add_rjs(vm, ctor, resolve, next, c, st, kind, index)) return (void)iter_close_rjs(vm, &it), false;
    }
    return kind == COMBINE_RACE || combine_step(vm, st, kind == COMBINE_ANY);
}

static ValueArray *combine_state(VM *vm, const Capability *c) {
    ValueArray *st = values_new(vm, STATE_COUNT);
    st->v[STATE_REMAINING] = v_from_int(1);
    st->v[STATE_VALUES] = v_from_array(array_new(vm, 4));
    st->v[STATE_PROMISE] = c->promise;
    st->v[STATE_RESOLVE] = c->resolve;
    st->v[STATE_REJECT] = c->reject;
    return st;
}

static Value promise_static_combine(VM *vm, Value self, int argc, Value *argv) {
    static const char *const names[] = {"Promise.all", "Promise.allSettled", "", "Promise.any",
                                        "Promise.race"};
    u32 kind = native_magic(vm);
    Capability c;
    if (!this_object(vm, self, names[kind])) return V_EXC;
    if (!capability_new_rjs(vm, self, true, &c)) return V_EXC;
    return combine_walk(vm, self, ARG(0), &c, combine_state(vm, &c), kind) ? c.promise : capability_abrupt(vm, &c);
}

// PerformPromiseAllKeyed (proposal-await-dictionary): the own enumerable properties of an object.
static bool keyed_walk_rjs(VM *vm, Value ctor, Value promises, const Capability *c, ValueArray *st, u32 kind) {
    Value resolve = get_promise_resolve_rjs(vm, ctor);
    if (v_is_exc(resolve)) return false;
    if (!v_is_object(promises)) return vm_throw(vm, ERR_NOT_OBJECT, promises), false;
    Array *all = object_own_keys_rjs(vm, promises, KEYS_ALL), *keys = array_new(vm, 4);
    if (!all) return false;
    st->v[STATE_KEYS] = v_from_array(keys);
    for (u32 i = 0; i < all->length; i++) {
        Value key = obj_elems(&all->o)->v[i];
        PropKey k;
        PropDesc d;
        if (!to_property_key_rjs(vm, key, &k)) return false;
        int own = object_get_own_rjs(vm, promises, k, &d);
        if (own < 0) return false;
        if (!own || !(d.attrs & ATTR_E)) continue;
        Value element = get_rjs(vm, promises, k);
        if (v_is_exc(element)) return false;
        array_push(vm, keys, key);
        if (!combine_add_rjs(vm, ctor, resolve, element, c, st, kind, keys->length - 1)) return false;
    }
    return combine_step(vm, st, false);
}

static Value promise_static_keyed(VM *vm, Value self, int argc, Value *argv) { // allKeyed, allSettledKeyed
    u32 kind = native_magic(vm);
    Capability c;
    if (!this_object(vm, self, kind == COMBINE_ALL ? "Promise.allKeyed" : "Promise.allSettledKeyed")) return V_EXC;
    if (!capability_new_rjs(vm, self, true, &c)) return V_EXC;
    return keyed_walk_rjs(vm, self, ARG(0), &c, combine_state(vm, &c), kind) ? c.promise : capability_abrupt(vm, &c);
}

static Value promise_species(VM *vm, Value self, int argc, Value *argv) { return self; } // 27.2.4.10

// ---- prototype

// SpeciesConstructor(promise, %Promise%) is %Promise% and nothing can tell.
static bool species_pristine(VM *vm, Value promise) {
    Object *o = v_object(promise);
    Realm *r = vm->realm;
    if (o->shape->proto != r->PromisePrototype || o->shape->count) return false;
    if (object_own_data(vm, v_object(r->PromisePrototype), A_(vm, constructor)) != r->Promise) return false;
    u8 attrs;
    Object *c = v_object(r->Promise);
    int slot = shape_lookup(vm, c->shape, SYM_(vm, species), &attrs);
    if (slot < 0 || !(attrs & ATTR_ACCESSOR)) return false;
    Value get = ((Accessor *)v_ptr(c->slots[slot]))->get;
    return v_is_kind(get, CELL_NATIVE) &&
           native_row(((NativeFunction *)v_ptr(get))->id)->fn == promise_species;
}

static Value promise_proto_then(VM *vm, Value self, int argc, Value *argv) { // 27.2.5.4
    if (!v_is_kind(self, CELL_PROMISE)) return vm_throw(vm, ERR_INCOMPATIBLE, "Promise.prototype.then", self);
    Value ok = ARG(0), err = ARG(1);
    Capability c = no_capability;
    if (species_pristine(vm, self)) {
        c.promise = promise_new(vm);
    } else {
        Value ctor = species_constructor_rjs(vm, self, vm->realm->Promise);
        if (v_is_exc(ctor) || !capability_new_rjs(vm, ctor, false, &c)) return V_EXC;
    }
    promise_react(
        vm, self,
        reaction_new(vm, 0, v_is_callable(ok) ? ok : V_UNDEFINED, v_is_callable(err) ? err : V_UNDEFINED, c));
    return c.promise;
}
static Value promise_proto_catch(VM *vm, Value self, int argc, Value *argv) { // 27.2.5.1
    Value args[2] = {V_UNDEFINED, ARG(0)};
    return invoke_rjs(vm, self, A_(vm, then), 2, args);
}

static Value finally_result(VM *vm, Value self, int argc, Value *argv) { // valueThunk, thrower
    Value v = native_slots(vm)[0];
    return native_magic(vm) ? vm_throw_value(vm, v) : v;
}
static Value finally_function(VM *vm, Value self, int argc,
                              Value *argv) { // thenFinally, catchFinally: slots onFinally, C
    Value *slots = native_slots(vm), on_finally = slots[0], c = slots[1];
    bool thrown = native_magic(vm);
    Value r = CALL0(vm, on_finally, V_UNDEFINED);
    if (v_is_exc(r)) return V_EXC;
    Value p = promise_resolve_value_rjs(vm, c, r);
    if (v_is_exc(p)) return V_EXC;
    NativeFunction *f = closure(vm, thrown ? CLOSURE_THROWER : CLOSURE_VALUE, 1);
    f->slots[0] = ARG(0);
    Value arg = v_from_ptr(TAG_OBJECT, f);
    return invoke_rjs(vm, p, A_(vm, then), 1, &arg);
}
static Value promise_proto_finally(VM *vm, Value self, int argc, Value *argv) { // 27.2.5.3
    if (!v_is_object(self)) return vm_throw(vm, ERR_INCOMPATIBLE, "Promise.prototype.finally", self);
    Value on = ARG(0), args[2] = {on, on};
    Value c = species_constructor_rjs(vm, self, vm->realm->Promise);
    if (v_is_exc(c)) return V_EXC;
    for (u32 i = 0; i < 2 && v_is_callable(on); i++) {
        NativeFunction *f = closure(vm, i ? CLOSURE_CATCH_FINALLY : CLOSURE_THEN_FINALLY, 2);
        f->slots[0] = on;
        f->slots[1] = c;
        args[i] = v_from_ptr(TAG_OBJECT, f);
    }
    return invoke_rjs(vm, self, A_(vm, then), 2, args);
}

static Value queue_microtask(VM *vm, Value self, int argc, Value *argv) {
    Value f = ARG(0);
    if (!v_is_callable(f))
        return vm_throw(vm, ERR_CUSTOM_TYPE, "The \"callback\" argument must be of type function.");
    job_enqueue(vm, JOB_MICROTASK, 1, &f);
    return V_UNDEFINED;
}

const NativeRow promise_rows[] = {
    CTOR("Promise", 1, promise_ctor),
    FN_MAGIC("all", 1, promise_static_combine, COMBINE_ALL),
    FN_MAGIC("allSettled", 1, promise_static_combine, COMBINE_SETTLED_OK),
    FN_MAGIC("allKeyed", 1, promise_static_keyed, COMBINE_ALL),
    FN_MAGIC("allSettledKeyed", 1, promise_static_keyed, COMBINE_SETTLED_OK),
    FN_MAGIC("any", 1, promise_static_combine, COMBINE_ANY),
    FN_MAGIC("race", 1, promise_static_combine, COMBINE_RACE),
    FN("resolve", 1, promise_static_resolve),
    FN("reject", 1, promise_static_reject),
    FN("try", 1, promise_static_try),
    FN("withResolvers", 0, promise_static_with_resolvers),
    GETTER("@@species", promise_species),
    ROWS_END
};
const NativeRow promise_proto_rows[] = {
    FN("then", 2, promise_proto_then),
    FN("catch", 1, promise_proto_catch),
    FN("finally", 1, promise_proto_finally),
    VALUE_STR("@@toStringTag", "Promise", ATTR_C),
    ROWS_END
};
const NativeRow microtask_rows[] = {
    FN_ATTR("queueMicrotask", 1, queue_microtask, ATTR_WEC),
    ROWS_END
};

void builtin_promise_install(VM *vm) {
    Realm *r = vm->realm;
    r->PromisePrototype = v_obj(object_new_proto(vm, r->ObjectPrototype));
    r->Promise = builtin_class(vm, TABLE_promise_rows, TABLE_promise_proto_rows, r->PromisePrototype,
                               r->FunctionPrototype);
    r->PromiseThen = object_own_data(vm, v_object(r->PromisePrototype), A_(vm, then));
    r->PromiseResolve = object_own_data(vm, v_object(r->Promise), A_(vm, resolve));
    builtin_install(vm, r->global, TABLE_microtask_rows);
}
