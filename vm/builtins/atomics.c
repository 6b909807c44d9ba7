// SPDX-License-Identifier: MIT
// Atomics (25.4). A process has one agent, so plain memory accesses are atomic; what the order of conversions and checks must be is the
// specification's all the same. waitAsync's waiters are a list on the realm, in order; a finite timeout would need the host's timers.
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

static u64 bits_load(const u8 *p, u32 size) {
    u64 v = 0;
    memcpy(&v, p, size); // little-endian
    return v;
}
static void bits_store(VM *vm, u8 *p, u32 size, u64 v) {
    heap_touch(vm, p, size);
    memcpy(p, &v, size);
}

// ---- read, modify, write

enum { RMW_ADD, RMW_AND, RMW_EXCHANGE, RMW_OR, RMW_SUB, RMW_XOR };

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
    Value old = element_load(vm, (ElementType)at.t->type, p);
    u64 v = bits_load(p, size);
    switch (op) {
    case RMW_ADD: v += bits; break;
    case RMW_AND: v &= bits; break;
    case RMW_EXCHANGE: v = bits; break;
    case RMW_OR: v |= bits; break;
    case RMW_SUB: v -= bits; break;
    default: v ^= bits; break;
    }
    bits_store(vm, p, size, v);
    return old;
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
    u64 mask = size == 8 ? ~0ull : (1ull << size * 8) - 1;
    Value old = element_load(vm, (ElementType)at.t->type, p);
    if (bits_load(p, size) == (expected & mask)) bits_store(vm, p, size, replacement);
    return old;
}

static Value atomics_load(VM *vm, Value self, int argc, Value *argv) { // 25.4.9
    Place at;
    if (!place_of(vm, ARG(0), ARG(1), ACCESS_READ, "Atomics.load", &at)) return V_EXC;
    u8 *p = place_data(vm, at, "Atomics.load");
    return p ? element_load(vm, (ElementType)at.t->type, p) : V_EXC;
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

// ---- waiting (25.4.3.14). Waiters: vm->realm->AtomicsWaiters, an array of triples {buffer, byte offset, promise}

static Array *waiters(VM *vm) {
    if (!v_is_array(vm->realm->AtomicsWaiters)) HEAP_STORE(vm, vm->realm->AtomicsWaiters, v_from_array(array_new(vm, 0)));
    return v_array(vm->realm->AtomicsWaiters);
}

static Value wait_answer(VM *vm, bool async, bool promised, Value v) {
    if (!async) return v;
    Object *o = object_new(vm);
    object_put(vm, o, key_c(vm, "async"), v_from_bool(promised), ATTR_WEC);
    object_put(vm, o, A_(vm, value), v, ATTR_WEC);
    return v_obj(o);
}

// Nobody else can wake this agent: the time passes, or the run is interrupted.
static Value wait_sleep(VM *vm, f64 ms) {
    struct timespec start, now;
    clock_gettime(CLOCK_MONOTONIC, &start);
    vm_mark_impure(vm, IMPURE_CLOCK);
    for (;;) {
        if (vm->interrupt && !exec_poll(vm)) return V_EXC;
        clock_gettime(CLOCK_MONOTONIC, &now);
        f64 left = ms - ((f64)(now.tv_sec - start.tv_sec) * 1e3 + (f64)(now.tv_nsec - start.tv_nsec) * 1e-6);
        if (left <= 0) return v_str(vm, "timed-out");
        u32 us = left < 10 ? (u32)(left * 1000) + 1 : 10000;
        nanosleep(&(struct timespec){0, (long)us * 1000}, NULL);
    }
}

static Value atomics_wait(VM *vm, Value self, int argc, Value *argv) { // 25.4.15, 25.4.16: magic 1 is waitAsync
    bool async = native_magic(vm);
    const char *method = async ? "Atomics.waitAsync" : "Atomics.wait";
    TypedArrayObject *t = validate_integer(vm, ARG(0), true, ACCESS_READ, method);
    if (!t) return V_EXC;
    if (!t->buffer->shared) return vm_throw(vm, ERR_ATOMICS_NOT_SHARED, argv[0]);
    Place at;
    u64 bits;
    f64 timeout;
    if (!access_at(vm, t, ARG(1), &at)) return V_EXC;
    if (element_is_big(t->type)) {
        Value b = to_bigint_rjs(vm, ARG(2));
        if (v_is_exc(b)) return V_EXC;
        bits = bigint_to_u64(b);
    } else {
        i32 v;
        if (!to_int32_rjs(vm, ARG(2), &v)) return V_EXC;
        bits = (u32)v;
    }
    if (!to_f64_rjs(vm, ARG(3), &timeout)) return V_EXC;
    if (isnan(timeout)) timeout = INFINITY;
    u32 size = element_size[t->type];
    if (bits_load(typed_data(t) + at.index * size, size) != bits) return wait_answer(vm, async, false, v_str(vm, "not-equal"));
    if (!async) return wait_sleep(vm, timeout);
    if (timeout <= 0) return wait_answer(vm, true, false, v_str(vm, "timed-out"));
    if (timeout != INFINITY) return vm_throw(vm, ERR_CUSTOM_ERROR, "Atomics.waitAsync with a finite timeout is not supported: there is no timer for it");
    Value promise = promise_new(vm);
    Array *list = waiters(vm);
    array_push(vm, list, v_obj(t->buffer));
    array_push(vm, list, v_from_num((f64)(t->offset + at.index * size)));
    array_push(vm, list, promise);
    return wait_answer(vm, true, true, promise);
}

static Value atomics_notify(VM *vm, Value self, int argc, Value *argv) { // 25.4.10
    TypedArrayObject *t = validate_integer(vm, ARG(0), true, ACCESS_READ, "Atomics.notify");
    Place at;
    f64 count = INFINITY;
    if (!t || !access_at(vm, t, ARG(1), &at)) return V_EXC;
    if (ARG(2) != V_UNDEFINED && !to_integer_rjs(vm, argv[2], &count)) return V_EXC;
    if (!t->buffer->shared) return v_from_int(0);
    Value offset = v_from_num((f64)(t->offset + at.index * element_size[t->type]));
    Array *list = waiters(vm);
    Value rest = v_from_array(array_new(vm, 0));
    u32 woken = 0;
    for (u32 i = 0; i + 3 <= list->length; i += 3) {
        const Value *w = &obj_elems(&list->o)->v[i];
        bool mine = ((BufferObject *)v_ptr(w[0]))->store == t->buffer->store && same_value(vm, w[1], offset) && woken < count;
        if (mine) promise_resolve(vm, w[2], v_str(vm, "ok"));
        woken += mine;
        for (u32 k = 0; !mine && k < 3; k++) array_push(vm, v_array(rest), obj_elems(&list->o)->v[i + k]);
    }
    HEAP_STORE(vm, vm->realm->AtomicsWaiters, rest);
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
    builtin_install(vm, o, TABLE_atomics_rows);
    object_put(vm, v_object(vm->realm->global), key_c(vm, "Atomics"), o, ATTR_WC);
}
