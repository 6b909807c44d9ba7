// SPDX-License-Identifier: MIT
// $262.agent: further agents are forks of this process, each with a fresh realm and job queue, that share the memory of an agent cluster (vm/agents.h) and the
// messages below. Also the event loop: timers, jobs, promises of waitAsync, broadcasts.
#include "tests/test262/runner.h"

#include "cli/lib/eval_hook.h"
#include "vm/agents.h"
#include "vm/buffer.h"
#include "vm/convert.h"
#include "vm/exec/exec.h"
#include "vm/num/bigint.h"
#include "vm/text.h"

#include <math.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { AGENTS_MAX = 64, REPORT_BYTES = 1 << 20, TURN_US = 200, ROOT_TIMERS = 31 }; // vm->roots[31]: an array of rows callable, deadline, number

typedef struct Post { // shared by the agents of a test
    u32 lock, running;    // agents that have begun and not left
    u32 broadcast, taken; // number of the latest broadcast; how many have it
    u8 *data;             // its buffer, in the cluster's memory
    u64 length;
    i64 id;
    u32 id_is_big, reports_read;
    u32 reports_end;
    char reports[REPORT_BYTES]; // texts, each with its NUL
} Post;

static struct {
    Post *post;
    pid_t pids[AGENTS_MAX];
    u32 count;
    bool is_agent, leaving;
    u32 seen;         // broadcasts
    Value receive;    // agents: the callback of receiveBroadcast, also on the realm's global
} agent;

static f64 now_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (f64)t.tv_sec * 1e3 + (f64)t.tv_nsec * 1e-6;
}
static void post_lock(void) {
    while (__atomic_exchange_n(&agent.post->lock, 1, __ATOMIC_ACQUIRE)) sched_yield();
}
static void post_unlock(void) { __atomic_store_n(&agent.post->lock, 0, __ATOMIC_RELEASE); }
static u32 post_read(const u32 *field) { return __atomic_load_n(field, __ATOMIC_ACQUIRE); }

// ---- timers

enum { TIMER_CALL, TIMER_AT, TIMER_ID, TIMER_WORDS };

static Value timer_add(VM *vm, Value f, f64 ms) {
    static i32 last;
    if (!v_is_array(vm->roots[ROOT_TIMERS])) vm->roots[ROOT_TIMERS] = v_from_array(array_new(vm, 4));
    Array *list = v_array(vm->roots[ROOT_TIMERS]);
    array_push(vm, list, f);
    array_push(vm, list, v_from_num(now_ms() + ms));
    array_push(vm, list, v_from_int(++last));
    return v_from_int(last);
}

static void timer_clear(VM *vm, Value id) {
    Array *list = v_array(vm->roots[ROOT_TIMERS]), *rest = array_new(vm, list->length);
    const Value *v = obj_elems(&list->o)->v;
    for (u32 i = 0; i < list->length; i++)
        if (v[i - i % TIMER_WORDS + TIMER_ID] != id) array_push(vm, rest, v[i]);
    vm->roots[ROOT_TIMERS] = v_from_array(rest);
}

static bool callable(VM *vm, Value f) { return v_is_callable(f) || (vm_throw(vm, ERR_V_NOT_FUNCTION, f), false); }

static bool timers_waiting(VM *vm) { return v_is_array(vm->roots[ROOT_TIMERS]) && v_array(vm->roots[ROOT_TIMERS])->length; }

// Calls the earliest if it is due. What it throws is nobody's.
static bool timer_run(VM *vm) {
    if (!timers_waiting(vm)) return false;
    const Value *v = obj_elems(v_object(vm->roots[ROOT_TIMERS]))->v, *first = v;
    for (u32 i = 0; i < v_array(vm->roots[ROOT_TIMERS])->length; i += TIMER_WORDS)
        if (v_num(v[i + TIMER_AT]) < v_num(first[TIMER_AT])) first = &v[i];
    if (v_num(first[TIMER_AT]) > now_ms()) return false;
    Value f = first[TIMER_CALL];
    timer_clear(vm, first[TIMER_ID]);
    if (v_is_exc(CALL0(vm, f, V_UNDEFINED)) && !vm_terminated(vm)) (void)vm_take_exception(vm);
    return true;
}

static Value host_set_timeout(VM *vm, Value self, int argc, Value *argv) {
    f64 ms;
    if (!callable(vm, ARG(0)) || !to_f64_rjs(vm, ARG(1), &ms)) return V_EXC;
    return timer_add(vm, argv[0], ms >= 1 ? ms : 1);
}

// ---- the loop

static bool broadcast_deliver(VM *vm) {
    Post *p = agent.post;
    if (!agent.is_agent || agent.receive == V_UNDEFINED || post_read(&p->broadcast) == agent.seen) return false;
    post_lock();
    agent.seen = p->broadcast;
    Value id = p->id_is_big ? bigint_from_i64(vm, p->id) : v_from_i64(p->id), buffer = shared_buffer_over(vm, p->data, p->length), f = agent.receive;
    p->taken++;
    post_unlock();
    agent.receive = V_UNDEFINED;
    if (v_is_exc(CALL2(vm, f, V_UNDEFINED, buffer, id)) && !vm_terminated(vm)) (void)vm_take_exception(vm);
    return true;
}

bool agent_loop(VM *vm, bool (*over)(void)) {
    for (;;) {
        if (!jobs_run(vm)) return false;
        if (agent.leaving || (over && over())) return true;
        bool waiting = atomics_poll(vm) && (agent.is_agent || post_read(&agent.post->running));
        if (jobs_waiting(vm) || finalization_poll(vm) || timer_run(vm) || broadcast_deliver(vm)) continue;
        if (!waiting && !timers_waiting(vm) && agent.receive == V_UNDEFINED) return true;
        usleep(TURN_US);
    }
}

// ---- what every agent has

static Value agent_sleep(VM *vm, Value self, int argc, Value *argv) {
    f64 ms;
    if (!to_f64_rjs(vm, ARG(0), &ms)) return V_EXC;
    for (f64 end = now_ms() + ms; now_ms() < end;) usleep(TURN_US);
    return V_UNDEFINED;
}

static Value agent_monotonic_now(VM *vm, Value self, int argc, Value *argv) { return v_from_num(now_ms()); }

// ---- the agent that runs the test

static _Noreturn void agent_main(VM *vm, const char *source, size_t len) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    agent.is_agent = true;
    agent.count = 0;
    vm->roots[ROOT_TIMERS] = V_UNDEFINED;
    jobs_boot(vm);
    vm->realm = realm_new(vm);
    vm->realm->AtomicsWaiters = v_from_array(array_new(vm, 0));
    host_install(vm);
    DxtModule *m = NULL;
    __atomic_fetch_add(&agent.post->running, 1, __ATOMIC_SEQ_CST);
    bool ok = eval_hook_compile(vm, source, len, COMPILE_SCRIPT, NULL, &m) && !v_is_exc(script_run_rjs(vm, m, NULL, vm->realm->global_this));
    ok = agent_loop(vm, NULL) && ok;
    __atomic_fetch_sub(&agent.post->running, 1, __ATOMIC_SEQ_CST);
    _exit(!ok);
}

static Value agent_start(VM *vm, Value self, int argc, Value *argv) {
    Buf text = {0};
    String *s = to_string_rjs(vm, ARG(0));
    if (!s) return V_EXC;
    if (agent.is_agent || agent.count == AGENTS_MAX) return vm_throw(vm, ERR_CUSTOM_ERROR, "$262.agent.start: too many agents");
    str_to_utf8(vm, s, &text);
    u32 before = post_read(&agent.post->running);
    pid_t pid = fork();
    if (!pid) agent_main(vm, buf_cstr(&text), text.len);
    buf_free(&text);
    if (pid < 0) return vm_throw(vm, ERR_CUSTOM_ERROR, "$262.agent.start: no process");
    agent.pids[agent.count++] = pid;
    while (post_read(&agent.post->running) == before && waitpid(pid, NULL, WNOHANG) == 0) usleep(TURN_US);
    return V_UNDEFINED;
}

static Value agent_broadcast(VM *vm, Value self, int argc, Value *argv) {
    Post *p = agent.post;
    i64 id = 0;
    f64 number;
    if (!v_is_kind(ARG(0), CELL_SHAREDBUFFER)) return vm_throw(vm, ERR_CUSTOM_TYPE, "$262.agent.broadcast: not a SharedArrayBuffer");
    BufferObject *b = v_ptr(argv[0]);
    if (b->resizable) return vm_throw(vm, ERR_CUSTOM_TYPE, "$262.agent.broadcast: agents do not share the length of growable buffers");
    if (v_is_bigint(ARG(1))) id = (i64)bigint_to_u64(argv[1]);
    else if (!to_integer_rjs(vm, ARG(1), &number)) return V_EXC;
    else id = (i64)number;
    post_lock();
    p->data = b->data;
    p->length = b->length;
    p->id = id;
    p->id_is_big = v_is_bigint(ARG(1));
    p->taken = 0;
    p->broadcast++;
    post_unlock();
    while (post_read(&p->taken) < post_read(&p->running)) usleep(TURN_US);
    return V_UNDEFINED;
}

static Value agent_get_report(VM *vm, Value self, int argc, Value *argv) {
    Post *p = agent.post;
    Value text = V_NULL;
    post_lock();
    if (p->reports_read < p->reports_end) {
        const char *from = p->reports + p->reports_read;
        size_t n = strlen(from);
        text = v_from_string(str_new_utf8(vm, from, n));
        p->reports_read += (u32)n + 1;
    }
    post_unlock();
    return text;
}

// ---- the others

static Value agent_receive_broadcast(VM *vm, Value self, int argc, Value *argv) {
    if (!callable(vm, ARG(0))) return V_EXC;
    agent.receive = argv[0];
    object_put(vm, v_object(vm->realm->global), key_c(vm, "%receiveBroadcast"), argv[0], 0); // keeps it alive
    return V_UNDEFINED;
}

static Value agent_report(VM *vm, Value self, int argc, Value *argv) {
    Post *p = agent.post;
    Buf text = {0};
    String *s = to_string_rjs(vm, ARG(0));
    if (!s) return V_EXC;
    str_to_utf8(vm, s, &text);
    buf_u8(&text, 0);
    post_lock();
    bool fits = text.len <= REPORT_BYTES - p->reports_end;
    if (fits) {
        memcpy(p->reports + p->reports_end, text.data, text.len);
        p->reports_end += (u32)text.len;
    }
    post_unlock();
    buf_free(&text);
    return fits ? V_UNDEFINED : vm_throw(vm, ERR_CUSTOM_RANGE, "$262.agent.report: no room for more");
}

static Value agent_leaving(VM *vm, Value self, int argc, Value *argv) {
    agent.leaving = agent.is_agent;
    return V_UNDEFINED;
}

const NativeRow agent_global_rows[] = {FN("setTimeout", 2, host_set_timeout), ROWS_END};
const NativeRow agent_main_rows[] = {
    FN("start", 1, agent_start), FN("broadcast", 2, agent_broadcast), FN("getReport", 0, agent_get_report), FN("sleep", 1, agent_sleep),
    FN("monotonicNow", 0, agent_monotonic_now), ROWS_END,
};
const NativeRow agent_other_rows[] = {
    FN("receiveBroadcast", 1, agent_receive_broadcast), FN("report", 1, agent_report), FN("leaving", 0, agent_leaving), FN("sleep", 1, agent_sleep),
    FN("monotonicNow", 0, agent_monotonic_now), ROWS_END,
};

// ---- life

void agent_boot(DxHost *host) {
    host->agents = agents_new();
    host->set_timeout = timer_add;
    host->clear_timeout = timer_clear;
    agent.post = mmap(NULL, sizeof(Post), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    agent.receive = V_UNDEFINED;
    DX_CHECK(host->agents && agent.post != MAP_FAILED);
}

bool agent_is_other(void) { return agent.is_agent; }

void agent_reset(VM *vm) {
    for (u32 i = 0; i < agent.count; i++) {
        kill(agent.pids[i], SIGKILL);
        waitpid(agent.pids[i], NULL, 0);
    }
    if (agent.count) memset(agent.post, 0, offsetof(Post, reports));
    agent.count = 0;
    agents_clear(vm->host->agents);
}
