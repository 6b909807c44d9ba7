// SPDX-License-Identifier: MIT
// Job kinds and their functions.
#ifndef DX_JOBS_H
#define DX_JOBS_H

#include "vm/vm.h"

enum JobKind {
#define JOB(name, fn) JOB_##name,
#include "vm/exec/jobs.def"
#undef JOB
};
#define JOB(name, fn) Value fn(VM *vm, Value *data);
#include "vm/exec/jobs.def"
#undef JOB

#endif
