// SPDX-License-Identifier: MIT
// The event loop: timers, immediates, waiting for promises. One loop a process. Deadlines are runtime_now_ns() values, UINT64_MAX for none.
#ifndef DX_LOOP_H
#define DX_LOOP_H

#include "vm/host.h"

u64 runtime_now_ns(void);                                              // monotonic
void loop_reset(VM *vm);                                               // forgets every timer
bool loop_wait_promise(VM *vm, Value promise, u64 deadline_ns);        // true when settled; false at the deadline or when nothing is left that could settle it
bool loop_jobs(VM *vm);                                                // promise jobs and ticks until none is left; false when there was none
bool loop_turn(VM *vm, u64 deadline_ns);                               // runs what is due, or sleeps to it; false when there is nothing to wait for
void loop_drain(VM *vm, u64 deadline_ns);                              // until no referenced timer is left
void loop_plug(DxHost *host);                                          // sets its set_timeout and clear_timeout
void loop_install(VM *vm);                                             // setTimeout and its family on the global object

#endif
