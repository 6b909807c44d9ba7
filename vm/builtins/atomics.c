// SPDX-License-Identifier: MIT
// Atomics (25.4). Accesses are sequentially consistent, since a shared buffer may lie in memory of several agents (vm/agents.h). Without a cluster
// nobody else can notify: wait sleeps, and waitAsync's waiters are a list of this VM's. A finite timeout of waitAsync needs the host's timers.
#include "vm/agents.h"
#include "vm/builtins/typedarray.h"
#include "vm/exec/exec.h"
#include "vm/num/bigint.h"

#include <math.h>
#include <time.h>

// ---- 25.4.3: operands

typedef struct Place { TypedArrayObject *t; u64 index; } Place; // element index

static TypedArrayObject *validate_integer(VM *vm, Value v, bool waitable, AccessMode access, const char *method) {
    TypedArrayObject *t = typed_validate(vm, v, access, method);
    if (!t) return NULL;
    bool is_float = t->type == EL_Float16 || t->type == EL_Float32 || t->type == EL_Float64 || t->type == EL_Uint8Clamped;
    if (waitable ? t->type == EL_Int32 || t->type == EL_BigInt64 : !is_float) return t;
    (void)vm_throw(vm, waitable ? ERR_ATOMICS_WAIT_TYPE : ERR_ATOMICS_TYPE, v);
    return NULL;
}

static bool access_at(VM *vm, TypedArrayObject *t, Value index, Place *out) {
    u64 length = typed_length(t, NULL);
    i64 i;
    if (!to_index_rjs(vm, index, &i, "atomic access index")) return false;
    *out = (Place){t, (u64)i};
    return (u64)i < length || (vm_throw(vm, ERR_CUSTOM_RANGE, "Invalid atomic access index"), false);
}

static bool place_of(VM *vm, Value ta, Value index, AccessMode access, const char *method, Place *out) {
    TypedArrayObject *t = validate_integer(vm, ta, false, access, method);
    return t && access_at(vm, t, index, out);
}

// RevalidateAtomicAccess: conversions may have detached or shrunk the buffer.
static u8 *place_data(VM *vm, Place p, const char *method) {
    bool out;
    u64 length = typed_length(p.t, &out);
    if (out) return vm_throw(vm, ERR_DETACHED, method), NULL;
    if (p.index >= length) return vm_throw(vm, ERR_CUSTOM_RANGE, "Invalid atomic access index"), NULL;
    return typed_data(p.t) + p.index * element_size[p.t->type];
}

// The operand as its element's bits; *kept: what store returns.
static bool operand_rjs(VM *vm, const TypedArrayObject *t, Value v, u64 *bits, Value *kept) {
    if (element_is_big(t->type)) {
        Value b = to_bigint_rjs(vm, v);
        if (v_is_exc(b)) return false;
        *bits = bigint_to_u64(b);
        *kept = b;
        return true;
    }
    f64 d;
    if (!to_integer_rjs(vm, v, &d)) return false;
    *bits = (u32)f64_to_int32(d);
    *kept = v_from_num(d + 0.0);
    return true;
}

#define EACH_SIZE(size, OP) \
    switch (size) { \
    case 1: OP(u8); break; \
    case 2: OP(u16); break; \
    case 4: OP(u32); break; \
    default: OP(u64); break; \
    }

static u64 bits_load(const u8 *p, u32 size) {
    u64 v = 0;
#define LOAD(type) v = __atomic_load_n((const type *)(const void *)p, __ATOMIC_SEQ_CST)
    EACH_SIZE(size, LOAD)
    return v;
}
static void bits_store(VM *vm, u8 *p, u32 size, u64 v) {
    heap_touch(vm, p, size);
#define STORE(type) __atomic_store_n((type *)(void *)p, (type)v, __ATOMIC_SEQ_CST)
    EACH_SIZE(size, STORE)
}
// The old value; the new one is stored if the old one is `expected`.
static u64 bits_compare_exchange(VM *vm, u8 *p, u32 size, u64 expected, u64 v) {
    u64 old = 0;
    heap_touch(vm, p, size);
#define EXCHANGE(type) \
    { \
        type e = (type)expected; \
        __atomic_compare_exchange_n((type *)(void *)p, &e, (type)v, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST); \
        old = e; \
    }
    EACH_SIZE(size, EXCHANGE)
    return old;
}
// RawBytesToNumeric
static Value value_of(VM *vm, const TypedArrayObject *t, u64 bits) { return element_load(vm, (ElementType)t->type, (const u8 *)&bits); } // little-endian

// ---- read, modify, write

enum { RMW_ADD, RMW_AND, RMW_EXCHANGE, RMW_OR, RMW_SUB, RMW_XOR };

static u64 rmw(u32 op, u64 old, u64 operand) {
    switch (op) {
    case RMW_ADD: return old + operand;
    case RMW_AND: return old & operand;
    case RMW_EXCHANGE: return operand;
    case RMW_OR: return old | operand;
    case RMW_SUB: return old - operand;
    default: return old ^ operand;
    }
}

static Value atomics_rmw(VM *vm, Value self, int argc, Value *argv) { // 25.4.4 - 25.4.14
    static const char *const names[] = {"Atomics.add", "Atomics.and", "Atomics.exchange", "Atomics.or", "Atomics.sub", "Atomics.xor"};
    u32 op = native_magic(vm);
    Place at;
    u64 bits;
    Value kept;
    if (!place_of(vm, ARG(0), ARG(1), ACCESS_WRITE, names[op], &at) || !operand_rjs(vm, at.t, ARG(2), &bits, &kept)) return V_EXC;
    u8 *p = place_data(vm, at, names[op]);
    if (!p) return V_EXC;
    u32 size = element_size[at.t->type];
    for (u64 old = bits_load(p, size);;) {
        u64 seen = bits_compare_exchange(vm, p, size, old, rmw(op, old, bits));
        if (seen == old) return value_of(vm, at.t, old);
        old = seen;
    }
}

static Value atomics_compare_exchange(VM *vm, Value self, int argc, Value *argv) { // 25.4.6
    Place at;
    u64 expected, replacement;
    Value kept;
    if (!place_of(vm, ARG(0), ARG(1), ACCESS_WRITE, "Atomics.compareExchange", &at) || !operand_rjs(vm, at.t, ARG(2), &expected, &kept) ||
        !operand_rjs(vm, at.t, ARG(3), &replacement, &kept))
        return V_EXC;
    u8 *p = place_data(vm, at, "Atomics.compareExchange");
    if (!p) return V_EXC;
    u32 size = element_size[at.t->type];
    return value_of(vm, at.t, bits_compare_exchange(vm, p, size, expected, replacement));
}

static Value atomics_load(VM *vm, Value self, int argc, Value *argv) { // 25.4.9
    Place at;
    if (!place_of(vm, ARG(0), ARG(1), ACCESS_READ, "Atomics.load", &at)) return V_EXC;
    u8 *p = place_data(vm, at, "Atomics.load");
    return p ? value_of(vm, at.t, bits_load(p, element_size[at.t->type])) : V_EXC;
}

static Value atomics_store(VM *vm, Value self, int argc, Value *argv) { // 25.4.12
    Place at;
    u64 bits;
    Value kept;
    if (!place_of(vm, ARG(0), ARG(1), ACCESS_WRITE, "Atomics.store", &at) || !operand_rjs(vm, at.t, ARG(2), &bits, &kept)) return V_EXC;
    u8 *p = place_data(vm, at, "Atomics.store");
    if (!p) return V_EXC;
    bits_store(vm, p, element_size[at.t->type], bits);
    return kept;
}

static Value atomics_is_lock_free(VM *vm, Value self, int argc, Value *argv) { // 25.4.8
    f64 n;
    if (!to_integer_rjs(vm, ARG(0), &n)) return V_EXC;
    return v_from_bool(n == 1 || n == 2 || n == 4 || n == 8);
}

static Value atomics_pause(VM *vm, Value self, int argc, Value *argv) {
    Value n = ARG(0);
    if (n == V_UNDEFINED || v_is_int(n) || (v_is_number(n) && isfinite(v_num(n)) && trunc(v_num(n)) == v_num(n))) return V_UNDEFINED;
    return vm_throw(vm, ERR_CUSTOM_TYPE, "Atomics.pause: the argument must be an integral number");
}

// What wait compares with: ToBigInt64 or ToInt32.
static bool wait_operand_rjs(VM *vm, const TypedArrayObject *t, Value v, u64 *bits) {
    if (element_is_big((ElementType)t->type)) {
        Value b = to_bigint_rjs(vm, v);
        if (v_is_exc(b)) return false;
        *bits = bigint_to_u64(b);
        return true;
    }
    i32 i;
    if (!to_int32_rjs(vm, v, &i)) return false;
    *bits = (u32)i;
    return true;
}

// ---- waiting (25.4.3). Waiters of waitAsync: AtomicsWaiters, one array of rows for all realms of the agent

enum { WAITER_BUFFER, WAITER_OFFSET, WAITER_PROMISE, WAITER_TICKET, WAITER_TIMER, WAITER_WORDS }; // ticket: of the cluster, or undefined; timer: the host's, or undefined

static Array *waiters(VM *vm) { return v_array(vm->realm->AtomicsWaiters); }
static Value *waiter_at(VM *vm, u32 i) { return &obj_elems(&waiters(vm)->o)->v[i]; }
static AgentCluster *cluster(VM *vm) { return vm->host ? vm->host->agents : NULL; }

static void waiter_remove(VM *vm, u32 i) {
    Array *list = waiters(vm);
    Elements *e = obj_elems(&list->o);
    heap_touch(vm, &e->v[i], (size_t)(list->length - i) * sizeof(Value));
    memmove(&e->v[i], &e->v[i + WAITER_WORDS], (size_t)(list->length - i - WAITER_WORDS) * sizeof(Value));
    HEAP_STORE(vm, e->len, e->len - WAITER_WORDS);
    HEAP_STORE(vm, list->length, list->length - WAITER_WORDS);
}

static void waiter_settle(VM *vm, u32 i, const char *result) {
    Value promise = waiter_at(vm, i)[WAITER_PROMISE];
    waiter_remove(vm, i);
    promise_resolve(vm, promise, v_str(vm, result));
}

static void waiter_notified(VM *vm, u32 i) {
    Value timer = waiter_at(vm, i)[WAITER_TIMER];
    if (timer != V_UNDEFINED) vm->host->clear_timeout(vm, timer);
    waiter_settle(vm, i, "ok");
}

u32 atomics_poll(VM *vm) {
    AgentCluster *c = cluster(vm);
    for (u32 i = 0; c && i < waiters(vm)->length;) {
        Value ticket = waiter_at(vm, i)[WAITER_TICKET];
        if (agents_notified(c, (u32)v_int(ticket))) {
            agents_leave(c, (u32)v_int(ticket));
            waiter_notified(vm, i);
        } else {
            i += WAITER_WORDS;
        }
    }
    return waiters(vm)->length / WAITER_WORDS;
}

static Value waiter_timeout(VM *vm, Value self, int argc, Value *argv) { // slots {promise}
    Value promise = native_slots(vm)[0];
    for (u32 i = 0; i < waiters(vm)->length; i += WAITER_WORDS) {
        if (waiter_at(vm, i)[WAITER_PROMISE] != promise) continue;
        bool notified = cluster(vm) && agents_leave(cluster(vm), (u32)v_int(waiter_at(vm, i)[WAITER_TICKET])); // since the last poll
        waiter_settle(vm, i, notified ? "ok" : "timed-out");
        break;
    }
    return V_UNDEFINED;
}
const NativeRow atomics_internal_rows[] = {FN("", 0, waiter_timeout), ROWS_END};

static Value wait_answer(VM *vm, bool promised, Value v) { // the result object of waitAsync
    Object *o = object_new(vm);
    object_put(vm, o, key_c(vm, "async"), v_from_bool(promised), ATTR_WEC);
    object_put(vm, o, A_(vm, value), v, ATTR_WEC);
    return v_obj(o);
}

static Value wait_result(VM *vm, WaitResult r) {
    static const char *const texts[] = {[WAIT_NOT_EQUAL] = "not-equal", [WAIT_OK] = "ok", [WAIT_TIMED_OUT] = "timed-out"};
    if (r == WAIT_ENDED) return V_EXC;
    return r == WAIT_FULL ? vm_throw(vm, ERR_CUSTOM_RANGE, "Atomics.wait: too many agents wait") : v_str(vm, texts[r]);
}

// Nobody else can wake this agent: the time passes, or the run is interrupted.
static Value wait_alone(VM *vm, f64 ms) {
    struct timespec start, now;
    clock_gettime(CLOCK_MONOTONIC, &start);
    for (;;) {
        if (vm->interrupt && !exec_poll(vm)) return V_EXC;
        clock_gettime(CLOCK_MONOTONIC, &now);
        f64 left = ms - ((f64)(now.tv_sec - start.tv_sec) * 1e3 + (f64)(now.tv_nsec - start.tv_nsec) * 1e-6);
        if (left <= 0) return wait_result(vm, WAIT_TIMED_OUT);
        u32 us = left < 10 ? (u32)(left * 1000) + 1 : 10000;
        nanosleep(&(struct timespec){0, (long)us * 1000}, NULL);
    }
}

typedef struct Wait { Place at; u8 *p; u32 size; u64 expected; f64 timeout; } Wait;

static Value wait_block(VM *vm, const Wait *w) {
    vm_mark_impure(vm, IMPURE_CLOCK);
    if (cluster(vm)) return wait_result(vm, agents_wait(vm, cluster(vm), w->p, w->size, w->expected, w->timeout));
    if (bits_load(w->p, w->size) != w->expected) return wait_result(vm, WAIT_NOT_EQUAL);
    return wait_alone(vm, w->timeout);
}

static Value wait_promise(VM *vm, const Wait *w) {
    u32 ticket = 0;
    WaitResult entered = bits_load(w->p, w->size) == w->expected ? WAIT_OK : WAIT_NOT_EQUAL;
    if (entered == WAIT_OK && w->timeout <= 0) entered = WAIT_TIMED_OUT;
    bool finite = w->timeout != INFINITY;
    if (entered == WAIT_OK && finite && !(vm->host && vm->host->set_timeout))
        return vm_throw(vm, ERR_CUSTOM_ERROR, "Atomics.waitAsync with a finite timeout is not supported: there is no timer for it");
    if (entered == WAIT_OK && cluster(vm)) entered = agents_enter(cluster(vm), w->p, w->size, w->expected, &ticket);
    if (entered != WAIT_OK) {
        Value text = wait_result(vm, entered);
        return v_is_exc(text) ? V_EXC : wait_answer(vm, false, text);
    }
    Value promise = promise_new(vm), timer = V_UNDEFINED;
    if (finite) {
        vm_mark_impure(vm, IMPURE_CLOCK);
        NativeFunction *f = native_new(vm, NATIVE_ID(atomics_internal_rows, 0), 1);
        f->slots[0] = promise;
        timer = vm->host->set_timeout(vm, v_obj(f), w->timeout);
    }
    Array *list = waiters(vm);
    array_push(vm, list, v_obj(w->at.t->buffer));
    array_push(vm, list, v_from_num((f64)(w->p - w->at.t->buffer->data)));
    array_push(vm, list, promise);
    array_push(vm, list, cluster(vm) ? v_from_int((i32)ticket) : V_UNDEFINED);
    array_push(vm, list, timer);
    return wait_answer(vm, true, promise);
}

static Value atomics_wait(VM *vm, Value self, int argc, Value *argv) { // 25.4.15, 25.4.16: magic 1 is waitAsync
    bool async = native_magic(vm);
    Wait w = {0};
    TypedArrayObject *t = validate_integer(vm, ARG(0), true, ACCESS_READ, async ? "Atomics.waitAsync" : "Atomics.wait");
    if (!t) return V_EXC;
    if (!t->buffer->shared) return vm_throw(vm, ERR_ATOMICS_NOT_SHARED, argv[0]);
    if (!access_at(vm, t, ARG(1), &w.at) || !wait_operand_rjs(vm, t, ARG(2), &w.expected) || !to_f64_rjs(vm, ARG(3), &w.timeout)) return V_EXC;
    if (isnan(w.timeout)) w.timeout = INFINITY;
    if (!async && vm->host && vm->host->cannot_block) return vm_throw(vm, ERR_CUSTOM_TYPE, "Atomics.wait cannot be called in this context");
    w.size = element_size[t->type];
    w.p = typed_data(t) + w.at.index * w.size;
    return async ? wait_promise(vm, &w) : wait_block(vm, &w);
}

static Value atomics_notify(VM *vm, Value self, int argc, Value *argv) { // 25.4.10
    TypedArrayObject *t = validate_integer(vm, ARG(0), true, ACCESS_READ, "Atomics.notify");
    Place at;
    f64 count = INFINITY;
    if (!t || !access_at(vm, t, ARG(1), &at)) return V_EXC;
    if (ARG(2) != V_UNDEFINED && !to_integer_rjs(vm, argv[2], &count)) return V_EXC;
    if (!t->buffer->shared) return v_from_int(0);
    u8 *p = typed_data(t) + at.index * element_size[t->type];
    if (cluster(vm)) {
        u32 woken = agents_notify(cluster(vm), p, count);
        (void)atomics_poll(vm);
        return v_from_u32(woken);
    }
    u32 woken = 0;
    for (u32 i = 0; i < waiters(vm)->length && woken < count;) {
        const Value *w = waiter_at(vm, i);
        bool mine = ((BufferObject *)v_ptr(w[WAITER_BUFFER]))->data + (u64)v_num(w[WAITER_OFFSET]) == p;
        if (mine) waiter_notified(vm, i);
        else i += WAITER_WORDS;
        woken += mine;
    }
    return v_from_u32(woken);
}

const NativeRow atomics_rows[] = {
    FN_MAGIC("add", 3, atomics_rmw, RMW_ADD), FN_MAGIC("and", 3, atomics_rmw, RMW_AND), FN("compareExchange", 4, atomics_compare_exchange),
    FN_MAGIC("exchange", 3, atomics_rmw, RMW_EXCHANGE), FN("isLockFree", 1, atomics_is_lock_free), FN("load", 2, atomics_load),
    FN("notify", 3, atomics_notify), FN_MAGIC("or", 3, atomics_rmw, RMW_OR), FN("pause", 0, atomics_pause), FN("store", 3, atomics_store),
    FN_MAGIC("sub", 3, atomics_rmw, RMW_SUB), FN_MAGIC("wait", 4, atomics_wait, 0), FN_MAGIC("waitAsync", 4, atomics_wait, 1),
    FN_MAGIC("xor", 3, atomics_rmw, RMW_XOR), VALUE_STR("@@toStringTag", "Atomics", ATTR_C), ROWS_END,
};

void builtin_atomics_install(VM *vm) {
    Value o = v_obj(object_new(vm));
    vm->realm->AtomicsWaiters = v_from_array(array_new(vm, 0));
    builtin_install(vm, o, TABLE_atomics_rows);
    object_put(vm, v_object(vm->realm->global), key_c(vm, "Atomics"), o, ATTR_WC);
}
