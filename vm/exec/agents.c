// SPDX-License-Identifier: MIT
// The memory of an agent cluster: one shared mapping that holds the lock, the waiters and the bytes of shared buffers. Waiters block in the kernel (futex) on
// a word of their own row; the order of notification is that of arrival, which futexes alone do not promise.
#include "vm/agents.h"

#include <linux/futex.h>
#include <math.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define CLUSTER_BASE  ((char *)REGION_BASE + REGION_SIZE) // behind every heap, so that no address is taken for one of a heap's cells
#define CLUSTER_BYTES (8ull << 30)                          // address space; touched pages only cost memory
#define WAITERS_MAX   4096u                                 // a call past it says so
#define SLICE_MS      100                                   // a sleeper looks at vm->interrupt this often

enum WaiterState { WAITER_FREE, WAITER_WAITING, WAITER_NOTIFIED };
typedef struct Waiter { u32 state, pad; const u8 *at; u64 seq; } Waiter;

struct AgentCluster {
    u32 lock;       // 0 or 1
    u32 top;        // rows in use lie below
    u64 seq;        // arrivals
    u64 used;       // bytes of `data` handed out
    Waiter waiters[WAITERS_MAX];
    _Alignas(4096) u8 data[];
};

AgentCluster *agents_new(void) {
    void *p = mmap(CLUSTER_BASE, CLUSTER_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
    return p == (void *)CLUSTER_BASE ? p : NULL;
}

void agents_clear(AgentCluster *c) {
    if (c->used) madvise(c->data, (c->used + 4095) & ~4095ull, MADV_REMOVE);
    memset(c, 0, offsetof(AgentCluster, waiters) + c->top * sizeof(Waiter));
}

static void cluster_lock(AgentCluster *c) {
    while (__atomic_exchange_n(&c->lock, 1, __ATOMIC_ACQUIRE)) sched_yield();
}
static void cluster_unlock(AgentCluster *c) { __atomic_store_n(&c->lock, 0, __ATOMIC_RELEASE); }

u8 *agents_alloc(AgentCluster *c, u64 bytes) {
    u64 room = CLUSTER_BYTES - offsetof(AgentCluster, data), n = (bytes + 63) & ~63ull;
    u8 *p = NULL;
    cluster_lock(c);
    if (n <= room - c->used) {
        p = c->data + c->used;
        c->used += n ? n : 64;
    }
    cluster_unlock(c);
    return p;
}

// ---- waiting

static u64 load(const u8 *p, u32 size) {
    return size == 8 ? __atomic_load_n((const u64 *)(const void *)p, __ATOMIC_SEQ_CST) : __atomic_load_n((const u32 *)(const void *)p, __ATOMIC_SEQ_CST);
}

WaitResult agents_enter(AgentCluster *c, const u8 *p, u32 size, u64 expected, u32 *ticket) {
    WaitResult result = WAIT_NOT_EQUAL;
    cluster_lock(c); // the value is read inside: a notifier that changed it before cannot be missed
    if (load(p, size) == expected) {
        u32 i = 0;
        while (i < c->top && c->waiters[i].state != WAITER_FREE) i++;
        result = i < WAITERS_MAX ? WAIT_OK : WAIT_FULL;
        if (i < WAITERS_MAX) {
            c->waiters[i] = (Waiter){WAITER_WAITING, 0, p, ++c->seq};
            if (i == c->top) c->top++;
            *ticket = i;
        }
    }
    cluster_unlock(c);
    return result;
}

bool agents_notified(AgentCluster *c, u32 ticket) { return __atomic_load_n(&c->waiters[ticket].state, __ATOMIC_ACQUIRE) == WAITER_NOTIFIED; }

bool agents_leave(AgentCluster *c, u32 ticket) {
    cluster_lock(c);
    bool notified = c->waiters[ticket].state == WAITER_NOTIFIED;
    c->waiters[ticket].state = WAITER_FREE;
    cluster_unlock(c);
    return notified;
}

static f64 now_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (f64)t.tv_sec * 1e3 + (f64)t.tv_nsec * 1e-6;
}

WaitResult agents_wait(VM *vm, AgentCluster *c, const u8 *p, u32 size, u64 expected, f64 ms) {
    u32 ticket;
    WaitResult entered = agents_enter(c, p, size, expected, &ticket);
    if (entered != WAIT_OK) return entered;
    bool ended = false;
    for (f64 end = now_ms() + ms; !agents_notified(c, ticket);) {
        f64 left = end - now_ms();
        ended = vm->interrupt && !exec_poll(vm);
        if (ended || left <= 0) break;
        i64 ns = (i64)((left < SLICE_MS ? left : SLICE_MS) * 1e6);
        struct timespec slice = {ns / 1000000000, ns % 1000000000};
        syscall(SYS_futex, &c->waiters[ticket].state, FUTEX_WAIT, WAITER_WAITING, &slice, NULL, 0);
    }
    bool notified = agents_leave(c, ticket);
    return ended ? WAIT_ENDED : notified ? WAIT_OK : WAIT_TIMED_OUT;
}

u32 agents_notify(AgentCluster *c, const u8 *p, f64 count) {
    u32 woken = 0;
    cluster_lock(c);
    for (; woken < count; woken++) {
        Waiter *oldest = NULL;
        for (Waiter *w = c->waiters; w < c->waiters + c->top; w++)
            if (w->state == WAITER_WAITING && w->at == p && (!oldest || w->seq < oldest->seq)) oldest = w;
        if (!oldest) break;
        __atomic_store_n(&oldest->state, WAITER_NOTIFIED, __ATOMIC_RELEASE);
        syscall(SYS_futex, &oldest->state, FUTEX_WAKE, 1, NULL, NULL, 0);
    }
    cluster_unlock(c);
    return woken;
}
