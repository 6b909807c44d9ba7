// SPDX-License-Identifier: MIT
// Fake timers: a clock that moves only when told. Timers are HostObjects in vm->roots[ROOT_FAKE_TIMERS] beside the C entries here; the entry of
// a timer holds when it is due. Faked globals are replaced and put back; Date follows through date_clock.
//
// Time of timers (now) and time of Date (now + date_offset) differ after setSystemTime, which moves no timer.
#include "runtime/mock/timers.h"

#include <time.h>

#include "runtime/node/node.h"
#include "vm/builtins/date.h"
#include "vm/host.h"

enum { HOST_FAKE_TIMER = 2 };
enum FakeKind { KIND_TIMEOUT, KIND_INTERVAL, KIND_IMMEDIATE };
typedef struct Entry { f64 when, interval; u64 seq; u32 id; u8 kind; bool refed; } Entry;

static struct {
    bool active, date_faked, date_only; // date_only: setSystemTime without fake timers
    f64 now, start, date_offset;
    Entry *e; u32 count, cap;           // values in the root array at the same index
    u64 seq;
    u32 next_id, limit;
} fake = {.next_id = 1};

static const struct { const char *name; u32 row; } faked_globals[] = {
    {"setTimeout", 0}, {"setInterval", 1}, {"setImmediate", 2}, {"clearTimeout", 3}, {"clearInterval", 3}, {"clearImmediate", 3}, {"queueMicrotask", 4},
};
enum { ROW_NEXT_TICK = 5, ROW_PERFORMANCE_NOW, ROW_HRTIME };

static f64 real_now(void) {
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return (f64)t.tv_sec * 1000 + (f64)(t.tv_nsec / 1000000);
}
static f64 fake_clock(VM *vm) { return fake.now + fake.date_offset; }

// ---- the list of timers

static ValueArray *values(VM *vm) { return v_is_internal(vm->roots[ROOT_FAKE_TIMERS]) ? v_ptr(vm->roots[ROOT_FAKE_TIMERS]) : NULL; }
static void entry_add(VM *vm, Entry x, Value timer) {
    ValueArray *a = values(vm);
    u32 cap = a ? values_capacity(a) : 0;
    if (fake.count == cap) {
        ValueArray *grown = values_new(vm, cap ? cap * 2 : 16);
        if (a) memcpy(grown->v, a->v, cap * 8);
        vm->roots[ROOT_FAKE_TIMERS] = v_from_ptr(TAG_INTERNAL, grown);
        a = grown;
    }
    if (fake.count == fake.cap) fake.e = mem_realloc(fake.e, (fake.cap = fake.cap ? fake.cap * 2 : 16) * sizeof(Entry));
    fake.e[fake.count] = x;
    heap_set(vm, &a->v[fake.count++], timer);
}
static void entry_remove(VM *vm, u32 i) {
    ValueArray *a = values(vm);
    fake.e[i] = fake.e[--fake.count];
    heap_set(vm, &a->v[i], a->v[fake.count]);
    heap_set(vm, &a->v[fake.count], V_UNDEFINED);
}
static u32 entry_of(u32 id) {
    u32 i = 0;
    while (i < fake.count && fake.e[i].id != id) i++;
    return i;
}
static bool sooner(const Entry *a, const Entry *b) {
    if (a->when != b->when) return a->when < b->when;
    bool ia = a->kind == KIND_IMMEDIATE, ib = b->kind == KIND_IMMEDIATE;
    if (ia != ib) return ia;
    return a->seq < b->seq;
}
static u32 first_entry(f64 upto) { // fake.count: none due
    u32 best = fake.count;
    for (u32 i = 0; i < fake.count; i++)
        if (fake.e[i].when <= upto && (best == fake.count || sooner(&fake.e[i], &fake.e[best]))) best = i;
    return best;
}

// ---- the replaced functions; timers: data[0] callback, data[1] arguments, data[2] id

static HostObject *fake_timer_of(Value v) {
    return v_is_kind(v, CELL_HOST) && ((HostObject *)v_ptr(v))->host_class == HOST_FAKE_TIMER ? v_ptr(v) : NULL;
}
static Value fake_set(VM *vm, Value self, int argc, Value *argv) {
    u32 kind = native_magic(vm);
    if (!v_is_callable(ARG(0))) return throw_arg_type(vm, "callback", "of type function", ARG(0));
    f64 ms = 0;
    if (kind != KIND_IMMEDIATE && argc > 1 && !to_f64_rjs(vm, argv[1], &ms)) return V_EXC;
    if (!(ms >= 0)) ms = 0;
    if (ms > 2147483647) ms = 1;
    if (kind == KIND_INTERVAL && ms < 1) ms = 1;
    int skip = kind == KIND_IMMEDIATE ? 1 : 2;
    HostObject *o = (HostObject *)object_alloc(vm, CELL_HOST, sizeof(HostObject), shape_root(vm, vm->roots[ROOT_FAKE_PROTO]), 0);
    o->host_class = HOST_FAKE_TIMER;
    o->data[0] = argv[0];
    o->data[1] = argc > skip ? array_create_from_list(vm, argv + skip, (u32)(argc - skip)) : V_UNDEFINED;
    o->data[2] = v_from_u32(fake.next_id);
    o->data[3] = V_UNDEFINED;
    entry_add(vm, (Entry){fake.now + ms, ms, fake.seq++, fake.next_id++, (u8)kind, true}, v_obj(o));
    return v_obj(o);
}
static Value fake_clear(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = fake_timer_of(ARG(0));
    u32 id = 0;
    if (o) id = (u32)v_num(o->data[2]);
    else if (v_is_number(ARG(0)) || v_is_string(ARG(0))) {
        if (!to_uint32_rjs(vm, argv[0], &id)) return V_EXC;
    } else if (v_is_object(ARG(0))) { // a timer made before the clock was faked
        return call_method_rjs(vm, argv[0], "close", 0, NULL) == V_EXC ? V_EXC : V_UNDEFINED;
    }
    u32 i = entry_of(id);
    if (i < fake.count) entry_remove(vm, i);
    return V_UNDEFINED;
}
static Value fake_job(VM *vm, Value self, int argc, Value *argv) { // nextTick, queueMicrotask: run by runAllTicks and before each timer
    if (!v_is_callable(ARG(0))) return throw_arg_type(vm, "callback", "of type function", ARG(0));
    if (!v_is_array(vm->roots[ROOT_FAKE_JOBS])) vm->roots[ROOT_FAKE_JOBS] = v_from_array(array_new(vm, 4));
    Array *a = v_array(vm->roots[ROOT_FAKE_JOBS]);
    array_push(vm, a, argv[0]);
    array_push(vm, a, array_create_from_list(vm, argv + 1, (u32)(argc - 1)));
    return V_UNDEFINED;
}
static Value fake_performance_now(VM *vm, Value self, int argc, Value *argv) { return v_from_num(fake.now - fake.start); }
static Value fake_hrtime(VM *vm, Value self, int argc, Value *argv) {
    f64 ms = fake.now - fake.start;
    return array_create_from_list(vm, (Value[]){v_from_num((f64)(i64)(ms / 1000)), v_from_num((ms - 1000 * (f64)(i64)(ms / 1000)) * 1e6)}, 2);
}
static Value fake_proto_ref(VM *vm, Value self, int argc, Value *argv) {
    u32 how = native_magic(vm);
    HostObject *o = fake_timer_of(self);
    u32 i = o ? entry_of((u32)v_num(o->data[2])) : fake.count;
    if (how == 2) return v_from_bool(i < fake.count && fake.e[i].refed);
    if (i < fake.count) fake.e[i].refed = how == 1;
    return self;
}
static Value fake_proto_refresh(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = fake_timer_of(self);
    u32 i = o ? entry_of((u32)v_num(o->data[2])) : fake.count;
    if (i < fake.count) fake.e[i].when = fake.now + fake.e[i].interval;
    return self;
}
static Value fake_proto_primitive(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = fake_timer_of(self);
    return o ? o->data[2] : V_NAN;
}
static Value fake_proto_close(VM *vm, Value self, int argc, Value *argv) { return fake_clear(vm, V_UNDEFINED, 1, &self) == V_EXC ? V_EXC : self; }
const NativeRow fake_timer_rows[] = {
    FN_MAGIC("setTimeout", 2, fake_set, KIND_TIMEOUT), FN_MAGIC("setInterval", 2, fake_set, KIND_INTERVAL), FN_MAGIC("setImmediate", 1, fake_set, KIND_IMMEDIATE),
    FN("clearTimeout", 1, fake_clear), FN("queueMicrotask", 1, fake_job), FN("nextTick", 1, fake_job), FN("now", 0, fake_performance_now), FN("hrtime", 1, fake_hrtime), ROWS_END,
};
const NativeRow fake_timer_proto_rows[] = {
    FN_MAGIC("ref", 0, fake_proto_ref, 1), FN_MAGIC("unref", 0, fake_proto_ref, 0), FN_MAGIC("hasRef", 0, fake_proto_ref, 2), FN("refresh", 0, fake_proto_refresh),
    FN("close", 0, fake_proto_close), FN("@@toPrimitive", 0, fake_proto_primitive), ROWS_END,
};

// ---- installing and removing

static void replace_global(VM *vm, Value obj, const char *name, u32 row) { // remembers [object, key, value]
    if (!v_is_object(obj)) return;
    Array *saved = v_array(vm->roots[ROOT_FAKE_SAVED]);
    PropKey k = key_c(vm, name);
    Value old = object_own_data(vm, v_object(obj), k);
    if (old == V_HOLE) return;
    array_push(vm, saved, obj);
    array_push(vm, saved, key_to_value(vm, k));
    array_push(vm, saved, old);
    Value f = native_make(vm, RUNTIME_ID(fake_timer_rows, row));
    if (object_set_rjs(vm, obj, k, f, obj) < 0) (void)vm_take_exception(vm);
}
static void put_back(VM *vm) {
    Value saved = vm->roots[ROOT_FAKE_SAVED];
    for (u32 i = 0; v_is_array(saved) && i < v_array(saved)->length; i += 3) {
        Value *e = obj_elems(v_object(saved))->v;
        if (object_set_rjs(vm, e[i], key_from_string(vm, v_string(e[i + 1])), e[i + 2], e[i]) < 0) (void)vm_take_exception(vm);
    }
    vm->roots[ROOT_FAKE_SAVED] = vm->roots[ROOT_FAKE_TIMERS] = vm->roots[ROOT_FAKE_JOBS] = V_UNDEFINED;
    fake.active = fake.date_faked = fake.date_only = false;
    fake.count = 0;
    date_clock = NULL;
}
void fake_timers_reset(VM *vm) {
    fake.active = fake.date_faked = fake.date_only = false;
    fake.count = 0;
    fake.next_id = 1;
    date_clock = NULL;
    vm->roots[ROOT_FAKE_SAVED] = vm->roots[ROOT_FAKE_TIMERS] = vm->roots[ROOT_FAKE_JOBS] = vm->roots[ROOT_FAKE_PROTO] = V_UNDEFINED;
}
static bool listed(VM *vm, Value list, const char *name) {
    for (u32 i = 0; v_is_array(list) && i < v_array(list)->length; i++)
        if (is_c(vm, obj_elems(v_object(list))->v[i], name)) return true;
    return false;
}
static bool time_of_rjs(VM *vm, Value v, f64 *out) { // number, Date, or (Vitest) date text
    if (v_is_kind(v, CELL_DATE)) *out = v_num(((PrimitiveObject *)v_ptr(v))->value);
    else if (v_is_string(v)) *out = date_parse(vm, v_string(v));
    else return to_f64_rjs(vm, v, out);
    return true;
}
static Value real_function(VM *vm, u32 row) { return native_make(vm, RUNTIME_ID(timer_global_rows, row)); }

static Value api_use_fake_timers(VM *vm, Value self, int argc, Value *argv) {
    bool vitest = runtime_dialect() == DIALECT_VITEST, bun = runtime_dialect() == DIALECT_BUN;
    if (fake.active && bun) return self;
    Value options = v_is_undefined(ARG(0)) ? vm->roots[ROOT_FAKE_CONFIG] : argv[0], now = prop_rjs(vm, options, "now"), only = V_UNDEFINED, not = V_UNDEFINED, advance = V_UNDEFINED, delta = V_UNDEFINED, limit = V_UNDEFINED;
    if (v_is_object(options)) {
        Value legacy = prop_rjs(vm, options, "legacyFakeTimers");
        if (v_is_exc(legacy)) return V_EXC;
        if (to_boolean(legacy)) return throw_error(vm, "legacy fake timers are not supported by dx");
        only = prop_rjs(vm, options, "toFake");
        not = prop_rjs(vm, options, vitest ? "toNotFake" : "doNotFake");
        advance = prop_rjs(vm, options, vitest ? "shouldAdvanceTime" : "advanceTimers");
        delta = vitest ? prop_rjs(vm, options, "advanceTimeDelta") : advance;
        limit = prop_rjs(vm, options, vitest ? "loopLimit" : "timerLimit");
    }
    if (v_is_exc(now) || v_is_exc(only) || v_is_exc(not) || v_is_exc(advance) || v_is_exc(delta) || v_is_exc(limit)) return V_EXC;
    f64 at = fake.date_only ? fake.now + fake.date_offset : real_now();
    if (!v_is_undefined(now) && !time_of_rjs(vm, now, &at)) return V_EXC;
    put_back(vm);
    fake.active = true;
    fake.now = fake.start = at;
    fake.date_offset = 0;
    fake.limit = v_is_number(limit) ? (u32)v_num(limit) : vitest ? 10000 : 100000;
    vm->roots[ROOT_FAKE_SAVED] = v_from_array(array_new(vm, 24));
    if (!v_is_object(vm->roots[ROOT_FAKE_PROTO])) {
        vm->roots[ROOT_FAKE_PROTO] = v_obj(object_new(vm));
        builtin_install(vm, vm->roots[ROOT_FAKE_PROTO], RT_fake_timer_proto_rows);
    }
    Value global = vm->realm->global, process = vm->realm->Process;
    for (u32 i = 0; i < DX_COUNTOF(faked_globals); i++) {
        const char *name = faked_globals[i].name;
        bool micro = !strcmp(name, "queueMicrotask"), immediate = strstr(name, "Immediate") != NULL;
        bool on = v_is_array(only) ? listed(vm, only, name) : !(micro && runtime_dialect() != DIALECT_JEST) && !(bun && immediate);
        if (on && !listed(vm, not, name)) replace_global(vm, global, name, faked_globals[i].row);
    }
    bool tick = v_is_array(only) ? listed(vm, only, "nextTick") : runtime_dialect() == DIALECT_JEST;
    if (tick && !listed(vm, not, "nextTick")) replace_global(vm, process, "nextTick", ROW_NEXT_TICK);
    if ((v_is_array(only) ? listed(vm, only, "performance") : true) && !listed(vm, not, "performance"))
        replace_global(vm, object_own_data(vm, v_object(global), key_c(vm, "performance")), "now", ROW_PERFORMANCE_NOW);
    if ((v_is_array(only) ? listed(vm, only, "hrtime") : true) && !listed(vm, not, "hrtime")) replace_global(vm, process, "hrtime", ROW_HRTIME);
    if ((v_is_array(only) ? listed(vm, only, "Date") : true) && !listed(vm, not, "Date")) {
        fake.date_faked = true;
        date_clock = fake_clock;
    }
    if (to_boolean(advance)) { // the fake clock also follows the real one, in steps
        Value step = v_is_number(delta) ? delta : v_from_int(20);
        Value f = closure(vm, RUNTIME_ID(fake_step_rows, 1), 1, step);
        Value timer = CALL2(vm, real_function(vm, 1), V_UNDEFINED, f, step);
        if (v_is_exc(timer) || v_is_exc(call_method_rjs(vm, timer, "unref", 0, NULL))) return V_EXC;
        ((NativeFunction *)v_ptr(f))->slots[0] = step;
    }
    return self;
}
static Value api_legacy(VM *vm, Value self, int argc, Value *argv) {
    return throw_error(vm, "`jest.runAllImmediates()` is only available when using legacy fake timers.");
}
static Value api_use_real_timers(VM *vm, Value self, int argc, Value *argv) {
    put_back(vm);
    return self;
}

// ---- moving

static bool require_fake(VM *vm) { // false: V_EXC or a warning was given
    if (fake.active) return true;
    if (runtime_dialect() == DIALECT_VITEST) {
        throw_error(vm, "A function to advance timers was called but the timers APIs are not mocked. Call `vi.useFakeTimers()` in the test file first.");
        return false;
    }
    if (runtime_dialect() == DIALECT_BUN) return throw_error(vm, "Fake timers are not active. Call useFakeTimers() first."), false;
    Value console = prop_rjs(vm, vm->realm->global, "console"), text = v_str(vm,
        "A function to advance timers was called but the timers APIs are not replaced with fake timers. Call `jest.useFakeTimers()` in this test file or "
        "enable fake timers for all tests by setting 'fakeTimers': {'enableGlobally': true} in Jest configuration file.");
    if (v_is_object(console) && v_is_exc(call_method_rjs(vm, console, "warn", 1, &text))) return false; // what it throws is pending
    return false;
}
#define REQUIRE_FAKE \
    if (!require_fake(vm)) return vm->exception != V_HOLE ? V_EXC : V_UNDEFINED

static bool run_fake_jobs_rjs(VM *vm) {
    Value jobs = vm->roots[ROOT_FAKE_JOBS];
    for (u32 i = 0, n = 0; v_is_array(jobs) && i < v_array(jobs)->length; i += 2, n++) {
        Value *e = obj_elems(v_object(jobs))->v, f = e[i], args = e[i + 1];
        if (n > fake.limit) return throw_error(vm, "Aborting after running %u timers, assuming an infinite loop!", fake.limit), false;
        u32 count = v_array(args)->length;
        if (v_is_exc(vm_call(vm, f, V_UNDEFINED, (int)count, count ? obj_elems(v_object(args))->v : NULL))) {
            vm->roots[ROOT_FAKE_JOBS] = V_UNDEFINED;
            return false;
        }
    }
    vm->roots[ROOT_FAKE_JOBS] = V_UNDEFINED;
    return true;
}
static bool fire_rjs(VM *vm, u32 i) {
    HostObject *o = v_ptr(values(vm)->v[i]);
    Entry *e = &fake.e[i];
    if (e->when > fake.now) fake.now = e->when;
    if (e->kind == KIND_INTERVAL) {
        e->when = fake.now + e->interval;
        e->seq = fake.seq++;
    } else entry_remove(vm, i);
    if (!run_fake_jobs_rjs(vm)) return false;
    Value args = o->data[1];
    u32 n = v_is_array(args) ? v_array(args)->length : 0;
    return !v_is_exc(vm_call(vm, o->data[0], v_obj(o), (int)n, n ? obj_elems(v_object(args))->v : NULL));
}
// Moves to `target`, firing what is due. The first exception is thrown when all is done (kept over later ones).
static Value advance_rjs(VM *vm, f64 target) {
    Value first = V_HOLE;
    u32 fired = 0;
    if (!run_fake_jobs_rjs(vm)) return V_EXC;
    for (u32 i; (i = first_entry(target)) < fake.count;) {
        if (++fired > 1000000) return throw_error(vm, "Aborting after running %u timers, assuming an infinite loop!", fired - 1);
        if (fire_rjs(vm, i)) continue;
        if (vm_terminated(vm)) return V_EXC;
        Value e = vm_take_exception(vm);
        if (first == V_HOLE) first = e;
        if (!fake.active) break;
    }
    if (fake.active && target > fake.now) fake.now = target;
    return first == V_HOLE ? V_UNDEFINED : vm_throw_value(vm, first);
}
static Value api_result(Value self, Value r) { return v_is_exc(r) ? V_EXC : runtime_dialect() == DIALECT_JEST ? V_UNDEFINED : self; }

static Value api_advance(VM *vm, Value self, int argc, Value *argv) {
    f64 ms = 0;
    REQUIRE_FAKE;
    if (argc && !to_f64_rjs(vm, argv[0], &ms)) return V_EXC;
    if (ms < 0) return throw_type(vm, "Negative ticks are not supported");
    if (ms != ms) ms = 0;
    return api_result(self, advance_rjs(vm, fake.now + ms));
}
static Value throw_endless(VM *vm) {
    return throw_error(vm, "Aborting after running %u timers, assuming an infinite loop!", fake.limit);
}
static Value api_run_all(VM *vm, Value self, int argc, Value *argv) {
    REQUIRE_FAKE;
    if (!run_fake_jobs_rjs(vm)) return V_EXC;
    for (u32 n = 0;; n++) {
        u32 i = first_entry(1e300);
        if (i == fake.count) break;
        if (n >= fake.limit) return throw_endless(vm);
        if (!fire_rjs(vm, i)) return V_EXC;
    }
    return api_result(self, V_UNDEFINED);
}
static f64 last_pending(void) {
    f64 last = fake.now;
    for (u32 i = 0; i < fake.count; i++)
        if (fake.e[i].when > last) last = fake.e[i].when;
    return last;
}
static Value api_run_pending(VM *vm, Value self, int argc, Value *argv) {
    REQUIRE_FAKE;
    return api_result(self, fake.count ? advance_rjs(vm, last_pending()) : run_fake_jobs_rjs(vm) ? V_UNDEFINED : V_EXC);
}
static Value api_next(VM *vm, Value self, int argc, Value *argv) {
    u32 steps = 1;
    REQUIRE_FAKE;
    if (runtime_dialect() == DIALECT_JEST && v_is_number(ARG(0))) steps = v_num(argv[0]) > 0 ? (u32)v_num(argv[0]) : 0;
    for (; steps; steps--) {
        u32 i = first_entry(1e300);
        if (i == fake.count) break;
        if (!fire_rjs(vm, i)) return V_EXC;
    }
    return api_result(self, V_UNDEFINED);
}
static Value api_next_frame(VM *vm, Value self, int argc, Value *argv) {
    REQUIRE_FAKE;
    f64 since = fake.now - fake.start;
    return api_result(self, advance_rjs(vm, fake.now + 16 - (since - 16 * (f64)(i64)(since / 16))));
}
static Value api_run_ticks(VM *vm, Value self, int argc, Value *argv) {
    REQUIRE_FAKE;
    return run_fake_jobs_rjs(vm) ? api_result(self, V_UNDEFINED) : V_EXC;
}

// ---- the asynchronous ones: a step each turn of the real loop, so that promise jobs run between timers

enum { STEP_TICK, STEP_ALL, STEP_NEXT };
enum { SLOT_PROMISE, SLOT_HOW, SLOT_LIMIT, SLOT_ERROR, SLOT_SELF, STEP_SLOTS };

static bool step_later_rjs(VM *vm, Value step) { return !v_is_exc(CALL1(vm, real_function(vm, 2), V_UNDEFINED, step)); }
static Value step_run(VM *vm, Value self, int argc, Value *argv) {
    Value *s = native_slots(vm), callee = native_callee(vm);
    u32 how = (u32)v_int(s[SLOT_HOW]), i = fake.active ? first_entry(how == STEP_TICK ? v_num(s[SLOT_LIMIT]) : 1e300) : fake.count;
    if (how == STEP_TICK && i < fake.count && fake.e[i].when > v_num(s[SLOT_LIMIT])) i = fake.count;
    if (how != STEP_TICK && i < fake.count && v_num(s[SLOT_LIMIT]) <= 0) {
        if (how == STEP_NEXT) i = fake.count;
        else {
            throw_endless(vm);
            promise_reject(vm, s[SLOT_PROMISE], vm_take_exception(vm));
            return V_UNDEFINED;
        }
    }
    if (fake.active && i < fake.count) {
        if (how != STEP_TICK) heap_set(vm, &s[SLOT_LIMIT], v_from_num(v_num(s[SLOT_LIMIT]) - 1));
        if (!fire_rjs(vm, i)) {
            if (vm_terminated(vm)) return V_EXC;
            Value e = vm_take_exception(vm);
            if (s[SLOT_ERROR] == V_HOLE) heap_set(vm, &s[SLOT_ERROR], e);
            if (how != STEP_TICK) {
                promise_reject(vm, s[SLOT_PROMISE], e);
                return V_UNDEFINED;
            }
        }
        return step_later_rjs(vm, callee) ? V_UNDEFINED : V_EXC;
    }
    if (how == STEP_TICK && fake.active && v_num(s[SLOT_LIMIT]) > fake.now) fake.now = v_num(s[SLOT_LIMIT]);
    if (s[SLOT_ERROR] != V_HOLE) promise_reject(vm, s[SLOT_PROMISE], s[SLOT_ERROR]);
    else promise_resolve(vm, s[SLOT_PROMISE], s[SLOT_SELF]);
    return V_UNDEFINED;
}
static Value step_drift(VM *vm, Value self, int argc, Value *argv) { // shouldAdvanceTime
    f64 by = v_num(native_slots(vm)[0]);
    return fake.active ? advance_rjs(vm, fake.now + by) : V_UNDEFINED;
}
const NativeRow fake_step_rows[] = {FN("", 0, step_run), FN("", 0, step_drift), ROWS_END};

static Value step_start(VM *vm, Value self, u32 how, f64 limit) {
    Value p = promise_new(vm);
    Value f = closure(vm, RUNTIME_ID(fake_step_rows, 0), STEP_SLOTS, p, v_from_int((i32)how), v_from_num(limit), V_HOLE, runtime_dialect() == DIALECT_JEST ? V_UNDEFINED : self);
    if (!run_fake_jobs_rjs(vm)) return rejected(vm);
    return step_later_rjs(vm, f) ? p : V_EXC;
}
#define REQUIRE_FAKE_ASYNC \
    if (!require_fake(vm)) return vm->exception != V_HOLE ? rejected(vm) : resolved(vm, V_UNDEFINED)
static Value api_advance_async(VM *vm, Value self, int argc, Value *argv) {
    f64 ms = 0;
    REQUIRE_FAKE_ASYNC;
    if (argc && !to_f64_rjs(vm, argv[0], &ms)) return rejected(vm);
    if (ms < 0) return throw_type(vm, "Negative ticks are not supported"), rejected(vm);
    return step_start(vm, self, STEP_TICK, fake.now + (ms == ms ? ms : 0));
}
static Value api_run_all_async(VM *vm, Value self, int argc, Value *argv) {
    REQUIRE_FAKE_ASYNC;
    return step_start(vm, self, STEP_ALL, fake.limit);
}
static Value api_run_pending_async(VM *vm, Value self, int argc, Value *argv) {
    REQUIRE_FAKE_ASYNC;
    return step_start(vm, self, STEP_TICK, last_pending());
}
static Value api_next_async(VM *vm, Value self, int argc, Value *argv) {
    f64 steps = 1;
    REQUIRE_FAKE_ASYNC;
    if (runtime_dialect() == DIALECT_JEST && v_is_number(ARG(0))) steps = v_num(argv[0]);
    return step_start(vm, self, STEP_NEXT, steps);
}

// ---- asking and setting

static Value api_clear_all(VM *vm, Value self, int argc, Value *argv) {
    fake.count = 0;
    vm->roots[ROOT_FAKE_TIMERS] = vm->roots[ROOT_FAKE_JOBS] = V_UNDEFINED;
    return api_result(self, V_UNDEFINED);
}
static Value api_timer_count(VM *vm, Value self, int argc, Value *argv) {
    REQUIRE_FAKE;
    u32 n = fake.count;
    if (runtime_dialect() == DIALECT_JEST && v_is_array(vm->roots[ROOT_FAKE_JOBS])) n += v_array(vm->roots[ROOT_FAKE_JOBS])->length / 2;
    return v_from_u32(n);
}
static Value api_set_system_time(VM *vm, Value self, int argc, Value *argv) {
    enum DxDialect d = runtime_dialect();
    f64 t = real_now();
    if (v_is_undefined(ARG(0)) && d == DIALECT_BUN && !fake.active) {
        date_clock = NULL;
        fake.date_only = false;
        return self;
    }
    if (!v_is_undefined(ARG(0)) && !time_of_rjs(vm, argv[0], &t)) return V_EXC;
    if (!fake.active && d == DIALECT_JEST) {
        REQUIRE_FAKE;
    }
    if (fake.active && fake.date_faked) {
        fake.date_offset = t - fake.now;
        return api_result(self, V_UNDEFINED);
    }
    fake.date_only = true;
    fake.now = t;
    fake.date_offset = 0;
    date_clock = fake_clock;
    return api_result(self, V_UNDEFINED);
}
static Value api_real_system_time(VM *vm, Value self, int argc, Value *argv) {
    vm_mark_impure(vm, IMPURE_CLOCK);
    return v_from_num(real_now());
}
static Value api_mocked_system_time(VM *vm, Value self, int argc, Value *argv) { return date_clock ? date_new(vm, fake_clock(vm)) : V_NULL; }
static Value api_now(VM *vm, Value self, int argc, Value *argv) { return v_from_num(date_clock ? fake_clock(vm) : real_now()); }
static Value api_is_fake(VM *vm, Value self, int argc, Value *argv) { return v_from_bool(fake.active); }

const NativeRow fake_api_rows[] = { // on the jest and vi objects
    FN("useFakeTimers", 1, api_use_fake_timers), FN("useRealTimers", 0, api_use_real_timers), FN("isFakeTimers", 0, api_is_fake), FN("advanceTimersByTime", 1, api_advance),
    FN("advanceTimersByTimeAsync", 1, api_advance_async), FN("runAllTimers", 0, api_run_all), FN("runAllTimersAsync", 0, api_run_all_async), FN("runOnlyPendingTimers", 0, api_run_pending),
    FN("runOnlyPendingTimersAsync", 0, api_run_pending_async), FN("advanceTimersToNextTimer", 0, api_next), FN("advanceTimersToNextTimerAsync", 0, api_next_async),
    FN("advanceTimersToNextFrame", 0, api_next_frame), FN("runAllTicks", 0, api_run_ticks), FN("runAllImmediates", 0, api_legacy), FN("clearAllTimers", 0, api_clear_all), FN("getTimerCount", 0, api_timer_count),
    FN("setSystemTime", 1, api_set_system_time), FN("getRealSystemTime", 0, api_real_system_time), FN("getMockedSystemTime", 0, api_mocked_system_time), FN("now", 0, api_now), ROWS_END,
};
const NativeRow fake_global_rows[] = {FN("setSystemTime", 1, api_set_system_time), ROWS_END}; // bun:test
