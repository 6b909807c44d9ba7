// SPDX-License-Identifier: MIT
// The event loop: timers, immediates, and waiting for promises. Time is monotonic; between turns the promise jobs run dry, as in Node.
// Timer objects live in the heap, in the slots of a ValueArray under vm->roots[ROOT_TIMERS]; the queue here refers to slots.
#include <time.h>

#include "runtime/node/node.h"

typedef struct Timer { u64 when_ms, seq; u32 slot, id; } Timer; // binary heap by (when, seq)
typedef struct TimerSlot { u32 interval_ms, id; bool active, repeat, refed, immediate; } TimerSlot;

static struct {
    Timer *heap; u32 count, cap;
    TimerSlot *slots; u32 slot_count, slot_cap;
    u32 *immediates; u32 imm_head, imm_count, imm_cap;
    u64 seq;
    u32 next_id, live; // live: active and refed
} loop = {.next_id = 1}; // id 0 marks a free slot

u64 runtime_now_ns(void) {
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (u64)ts.tv_sec * 1000000000ull + (u64)ts.tv_nsec;
}
static u64 now_ms(void) { return runtime_now_ns() / 1000000; }

void loop_reset(VM *vm) {
    loop.count = loop.slot_count = loop.imm_count = loop.imm_head = loop.live = 0;
    loop.next_id = 1;
    vm->roots[ROOT_TIMERS] = V_UNDEFINED;
}

// ---- the queue

static bool before(const Timer *a, const Timer *b) { return a->when_ms != b->when_ms ? a->when_ms < b->when_ms : a->seq < b->seq; }

static void heap_push(Timer x) {
    if (loop.count == loop.cap) loop.heap = mem_realloc(loop.heap, (loop.cap = loop.cap ? loop.cap * 2 : 64) * sizeof(Timer));
    u32 i = loop.count++;
    for (; i && before(&x, &loop.heap[(i - 1) / 2]); i = (i - 1) / 2) loop.heap[i] = loop.heap[(i - 1) / 2];
    loop.heap[i] = x;
}
static Timer heap_pop(void) {
    Timer top = loop.heap[0], x = loop.heap[--loop.count];
    u32 i = 0;
    for (u32 c; (c = 2 * i + 1) < loop.count; i = c) {
        if (c + 1 < loop.count && before(&loop.heap[c + 1], &loop.heap[c])) c++;
        if (!before(&loop.heap[c], &x)) break;
        loop.heap[i] = loop.heap[c];
    }
    if (loop.count) loop.heap[i] = x;
    return top;
}

// ---- slots

static Value *slot_value(VM *vm, u32 slot) { return &((ValueArray *)v_ptr(vm->roots[ROOT_TIMERS]))->v[slot]; }

static u32 slot_take(VM *vm, Value timer) {
    u32 s = 0;
    while (s < loop.slot_count && loop.slots[s].id) s++; // few timers are alive at a time
    if (s == loop.slot_count) {
        loop.slot_count++;
        if (s >= loop.slot_cap) loop.slots = mem_realloc(loop.slots, (loop.slot_cap = loop.slot_cap ? loop.slot_cap * 2 : 32) * sizeof(TimerSlot));
        ValueArray *old = v_is_undefined(vm->roots[ROOT_TIMERS]) ? NULL : v_ptr(vm->roots[ROOT_TIMERS]);
        u32 cap = old ? values_capacity(old) : 0;
        if (s >= cap) {
            ValueArray *grown = values_new(vm, cap ? cap * 2 : 32);
            if (old) memcpy(grown->v, old->v, cap * 8);
            vm->roots[ROOT_TIMERS] = v_from_ptr(TAG_INTERNAL, grown);
        }
    }
    heap_set(vm, slot_value(vm, s), timer);
    return s;
}
static void slot_free(VM *vm, u32 s) {
    if (loop.slots[s].active && loop.slots[s].refed) loop.live--;
    loop.slots[s] = (TimerSlot){0};
    heap_set(vm, slot_value(vm, s), V_UNDEFINED);
}

// ---- timer objects: data[0] callback (with its async context: an internal pointer to both), data[1] arguments array or undefined, data[2] id, data[3] slot or undefined once gone

enum { HOST_TIMER = 1 };

static Value timer_schedule(VM *vm, HostObject *o, u32 ms, bool repeat, bool immediate) {
    u32 s = slot_take(vm, v_obj(o));
    loop.slots[s] = (TimerSlot){ms, loop.next_id++, true, repeat, true, immediate};
    loop.live++;
    heap_touch(vm, o, sizeof *o);
    o->data[2] = v_from_u32(loop.slots[s].id);
    o->data[3] = v_from_u32(s);
    if (!immediate) {
        heap_push((Timer){(runtime_now_ns() + 999999) / 1000000 + ms, loop.seq++, s, loop.slots[s].id}); // never early
        return v_obj(o);
    }
    if (loop.imm_count == loop.imm_cap) loop.immediates = mem_realloc(loop.immediates, (loop.imm_cap = loop.imm_cap ? loop.imm_cap * 2 : 32) * 4);
    loop.immediates[loop.imm_count++] = s;
    return v_obj(o);
}

static Value timer_new(VM *vm, int argc, Value *argv, bool repeat, bool immediate) {
    if (!v_is_callable(ARG(0))) {
        String *shown = value_display(vm, ARG(0));
        Value msg = v_from_string(str_format(vm, "The \"callback\" argument must be of type function. Received %.*s", (int)shown->length, (const char *)str_chars(vm, shown).p));
        Value e = error_new(vm, REALM_TypeErrorPrototype, msg);
        object_put(vm, v_object(e), A_(vm, code), v_str(vm, "ERR_INVALID_ARG_TYPE"), ATTR_WEC);
        return vm_throw_value(vm, e);
    }
    f64 ms = 0;
    if (!immediate && argc > 1 && !to_f64_rjs(vm, argv[1], &ms)) return V_EXC;
    if (!(ms >= 1 && ms <= 2147483647)) ms = 1;
    int skip = immediate ? 1 : 2;
    HostObject *o = (HostObject *)object_alloc(vm, CELL_HOST, sizeof(HostObject), shape_root(vm, vm->realm->host[0]), 2);
    o->host_class = HOST_TIMER;
    o->data[0] = argv[0];
    if (v_is_internal(vm->async_context)) { // remembered beside the callback
        ValueArray *pair = values_new(vm, 2);
        pair->v[0] = argv[0];
        pair->v[1] = vm->async_context;
        o->data[0] = v_from_ptr(TAG_INTERNAL, pair);
    }
    o->data[1] = argc > skip ? array_create_from_list(vm, argv + skip, (u32)(argc - skip)) : V_UNDEFINED;
    o->data[2] = o->data[3] = V_UNDEFINED;
    return timer_schedule(vm, o, (u32)ms, repeat, immediate);
}
static Value timers_set_timeout(VM *vm, Value self, int argc, Value *argv) { return timer_new(vm, argc, argv, false, false); }
static Value timers_set_interval(VM *vm, Value self, int argc, Value *argv) { return timer_new(vm, argc, argv, true, false); }
static Value timers_set_immediate(VM *vm, Value self, int argc, Value *argv) { return timer_new(vm, argc, argv, false, true); }

static Value loop_set_timeout(VM *vm, Value f, f64 ms) {
    Value args[2] = {f, v_from_num(ms < INT32_MAX ? ms : INT32_MAX)};
    return timer_new(vm, 2, args, false, false); // a function and a number: throws nothing
}

static HostObject *timer_of(Value v) {
    return v_is_kind(v, CELL_HOST) && ((HostObject *)v_ptr(v))->host_class == HOST_TIMER ? (HostObject *)v_ptr(v) : NULL;
}
static void timer_cancel(VM *vm, HostObject *o) {
    if (v_is_undefined(o->data[3])) return;
    slot_free(vm, (u32)v_int(o->data[3])); // its queue entry is recognised as stale by the timer object in the slot
    HEAP_STORE(vm, o->data[3], V_UNDEFINED);
}
static void loop_clear_timeout(VM *vm, Value timer) { timer_cancel(vm, timer_of(timer)); }
void loop_plug(DxHost *host) {
    host->set_timeout = loop_set_timeout;
    host->clear_timeout = loop_clear_timeout;
}
static Value timers_clear(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = timer_of(ARG(0));
    if (!o && (v_is_number(ARG(0)) || v_is_string(ARG(0)))) {
        u32 id;
        if (!to_uint32_rjs(vm, argv[0], &id)) return V_EXC;
        for (u32 s = 0; s < loop.slot_count && !o; s++)
            if (loop.slots[s].id == id && id) o = timer_of(*slot_value(vm, s));
    }
    if (o) timer_cancel(vm, o);
    return V_UNDEFINED;
}
static Value timer_proto_ref(VM *vm, Value self, int argc, Value *argv) { // ref (1), unref (0), hasRef (2)
    u32 how = native_magic(vm);
    HostObject *o = timer_of(self);
    if (!o || v_is_undefined(o->data[3])) return how == 2 ? V_FALSE : self;
    TimerSlot *s = &loop.slots[v_int(o->data[3])];
    if (how == 2) return v_from_bool(s->refed);
    if (s->refed != (how == 1)) loop.live += how == 1 ? 1 : -1;
    s->refed = how == 1;
    return self;
}
static Value timer_proto_refresh(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = timer_of(self);
    if (!o || v_is_undefined(o->data[3])) return self;
    TimerSlot s = loop.slots[v_int(o->data[3])];
    timer_cancel(vm, o);
    return timer_schedule(vm, o, s.interval_ms, s.repeat, false);
}
static Value timer_proto_close(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = timer_of(self);
    if (o) timer_cancel(vm, o);
    return self;
}
static Value timer_proto_to_primitive(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = timer_of(self);
    return o ? o->data[2] : V_NAN;
}

// ---- turning

static void run_jobs(VM *vm) { // promise jobs, then the ticks they queued
    do {
        jobs_run(vm);
        process_run_ticks(vm);
    } while (finalization_poll(vm));
}

bool loop_jobs(VM *vm) {
    bool any = jobs_waiting(vm) || process_has_ticks(vm);
    run_jobs(vm);
    return any;
}

static void timer_fire(VM *vm, u32 s) {
    HostObject *o = timer_of(*slot_value(vm, s));
    TimerSlot info = loop.slots[s];
    Value args = o->data[1];
    if (info.repeat) heap_push((Timer){now_ms() + info.interval_ms, loop.seq++, s, info.id});
    else timer_cancel(vm, o);
    u32 n = v_is_array(args) ? v_array(args)->length : 0;
    Value f = o->data[0], outer = vm->async_context;
    vm->async_context = V_UNDEFINED;
    if (v_is_internal(f)) {
        vm->async_context = ((ValueArray *)v_ptr(f))->v[1];
        f = ((ValueArray *)v_ptr(f))->v[0];
    }
    void *before = job_entered(vm);
    Value r = vm_call(vm, f, v_obj(o), (int)n, n ? obj_elems(v_object(args))->v : NULL);
    if (v_is_exc(r)) {
        Value e = vm_take_exception(vm);
        if (vm->host && vm->host->on_job_error) vm->host->on_job_error(vm, e);
    }
    job_left(vm, before);
    vm->async_context = outer;
    process_run_ticks(vm);
    run_jobs(vm);
}

static bool timer_stale(const Timer *x) { // cancelled, or its slot now belongs to another timer
    return x->slot >= loop.slot_count || loop.slots[x->slot].id != x->id;
}

static void sleep_until_ms(u64 when) {
    u64 now = runtime_now_ns(), at = when * 1000000;
    if (at <= now) return;
    struct timespec ts = {(time_t)((at - now) / 1000000000), (long)((at - now) % 1000000000)};
    nanosleep(&ts, NULL);
}

bool loop_turn(VM *vm, u64 deadline_ns) {
    if (loop.imm_count) {
        u32 n = loop.imm_count; // those queued while these run wait for the next turn
        for (u32 i = 0; i < n; i++) {
            u32 s = loop.immediates[i];
            if (loop.slots[s].active && loop.slots[s].immediate) timer_fire(vm, s);
        }
        memmove(loop.immediates, loop.immediates + n, (loop.imm_count - n) * 4);
        loop.imm_count -= n;
        return true;
    }
    while (loop.count && timer_stale(&loop.heap[0])) heap_pop();
    if (!loop.count) return false;
    u64 when = loop.heap[0].when_ms, limit = deadline_ns / 1000000;
    if (when > limit) {
        sleep_until_ms(limit);
        return true;
    }
    sleep_until_ms(when);
    u64 now = now_ms();
    do {
        Timer x = heap_pop();
        if (!timer_stale(&x)) timer_fire(vm, x.slot);
    } while (loop.count && loop.heap[0].when_ms <= now && runtime_now_ns() < deadline_ns);
    return true;
}

bool loop_wait_promise(VM *vm, Value promise, u64 deadline_ns) {
    for (;;) {
        run_jobs(vm);
        if (promise_state(promise) != PROMISE_PENDING) return true;
        if (runtime_now_ns() >= deadline_ns || !loop_turn(vm, deadline_ns)) return false; // nothing left that could settle it
    }
}

void loop_drain(VM *vm, u64 deadline_ns) {
    run_jobs(vm);
    while (loop.live && runtime_now_ns() < deadline_ns && loop_turn(vm, deadline_ns)) run_jobs(vm);
}

void dxtest_drain(VM *vm) { loop_drain(vm, ~0ull); }

const NativeRow timer_global_rows[] = {
    FN_ATTR("setTimeout", 2, timers_set_timeout, ATTR_WEC),
    FN_ATTR("setInterval", 2, timers_set_interval, ATTR_WEC),
    FN_ATTR("setImmediate", 1, timers_set_immediate, ATTR_WEC),
    FN_ATTR("clearTimeout", 1, timers_clear, ATTR_WEC),
    FN_ATTR("clearInterval", 1, timers_clear, ATTR_WEC),
    FN_ATTR("clearImmediate", 1, timers_clear, ATTR_WEC),
    ROWS_END,
};
const NativeRow timer_proto_rows[] = {
    FN_MAGIC("ref", 0, timer_proto_ref, 1), FN_MAGIC("unref", 0, timer_proto_ref, 0), FN_MAGIC("hasRef", 0, timer_proto_ref, 2),
    FN("refresh", 0, timer_proto_refresh), FN("close", 0, timer_proto_close), FN("@@toPrimitive", 0, timer_proto_to_primitive),
    ROWS_END,
};

void loop_install(VM *vm) {
    Value proto = v_obj(object_new(vm));
    builtin_install(vm, proto, RT_timer_proto_rows);
    vm->realm->host[0] = proto;
    builtin_install(vm, vm->realm->global, RT_timer_global_rows);
    NativeFunction *ctor = native_new(vm, RUNTIME_ID(timer_proto_rows, 4), 0); // what `timeout.constructor.name` shows
    ctor->name = v_str(vm, "Timeout");
    object_put(vm, v_object(proto), A_(vm, constructor), v_obj(ctor), ATTR_WC);
}
