// SPDX-License-Identifier: MIT
// A cluster of agents (ECMA-262 9.6, 25.4.3): processes, each with a VM of its own, that parted by fork after the cluster's memory was mapped. The bytes of
// SharedArrayBuffers lie in it, at the same address in each, and so do the lists of those who wait there. An embedder that wants agents puts
// a cluster into its DxHost; a VM without one is the only agent.
#ifndef DX_AGENTS_H
#define DX_AGENTS_H

#include "vm/vm.h"

typedef struct AgentCluster AgentCluster;

AgentCluster *agents_new(void);            // before the first fork. NULL: no such memory
// Once one agent is left: its buffers and waiters are forgotten, the memory is zero again.
void agents_clear(AgentCluster *c);
u8 *agents_alloc(AgentCluster *c, u64 bytes); // zeroed; NULL: no room

typedef enum WaitResult { WAIT_NOT_EQUAL, WAIT_OK, WAIT_TIMED_OUT, WAIT_ENDED, WAIT_FULL } WaitResult; // ENDED: the run is; FULL: too many wait
// Waits for a notification at p if the `size` (4 or 8) bytes there are `expected`. ms may be infinite.
WaitResult agents_wait(VM *vm, AgentCluster *c, const u8 *p, u32 size, u64 expected, f64 ms);
// The same without blocking: on WAIT_OK a ticket, to be given back by agents_leave.
WaitResult agents_enter(AgentCluster *c, const u8 *p, u32 size, u64 expected, u32 *ticket);
bool agents_notified(AgentCluster *c, u32 ticket);
bool agents_leave(AgentCluster *c, u32 ticket); // true: it had been notified
u32 agents_notify(AgentCluster *c, const u8 *p, f64 count); // the oldest `count` that wait at p; how many there were

// builtins/atomics.c: resolves promises of waitAsync that other agents have notified. How many are still waited for.
u32 atomics_poll(VM *vm);

#endif
