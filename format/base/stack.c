// SPDX-License-Identifier: MIT
#define _GNU_SOURCE // pthread_getattr_np
// Where the stack of a thread ends. The first thread's grows up to a limit that pthread_getattr_np would read from /proc.
#include "format/base/stack.h"

#include <pthread.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

extern void *__libc_stack_end;

static char *first_thread_end(void) {
    struct rlimit rl;
    size_t size = 8u << 20;
    if (getrlimit(RLIMIT_STACK, &rl) == 0) size = rl.rlim_cur > (64u << 20) ? 64u << 20 : rl.rlim_cur;
    return (char *)__libc_stack_end - size;
}

static char *other_thread_end(void) {
    pthread_attr_t attr;
    void *low = NULL;
    size_t size = 0;
    if (pthread_getattr_np(pthread_self(), &attr)) return NULL;
    pthread_attr_getstack(&attr, &low, &size);
    pthread_attr_destroy(&attr);
    return low;
}

char *stack_floor(void) {
    static _Thread_local char *floor;
    if (!floor) floor = (syscall(SYS_gettid) == getpid() ? first_thread_end() : other_thread_end()) + STACK_RESERVE;
    return floor;
}
