// SPDX-License-Identifier: MIT
// What the processor can do, as the C library found out when the process started. (__builtin_cpu_supports asks again, before main, and
// under a hypervisor each question costs microseconds.)
#ifndef DX_CPU_H
#define DX_CPU_H

#include "format/base/base.h"

#include <stdlib.h>

#if defined(__x86_64__) && defined(__GLIBC__) && __has_include(<sys/platform/x86.h>)
#include <sys/platform/x86.h>
DX_INLINE bool cpu_has_avx2(void) { return CPU_FEATURE_ACTIVE(AVX2); }
#elif defined(__x86_64__)
DX_INLINE bool cpu_has_avx2(void) { return __builtin_cpu_supports("avx2"); }
#endif

#endif
