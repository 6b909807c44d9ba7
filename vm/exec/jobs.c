// SPDX-License-Identifier: MIT
// The job queue: a ring of values in the region, so that it is traced and goes back with a reset. A job is
// its kind and count, then its values.
#include "vm/exec/exec.h"
#include "vm/exec/jobs.h"

static const JobFn job_functions[] = {
#define JOB(name, fn) fn,
#include "vm/exec/jobs.def"
#undef JOB
};

void jobs_boot(VM *vm) {
    JobQueue *q = heap_alloc(vm, sizeof(JobQueue), CELL_HOSTCELL);
    q->head = q->tail = v_from_int(0);
    q->buf = V_UNDEFINED;
    vm->jobs = q;
    q->buf = v_internal(values_new(vm, 62));
}

void job_enqueue(VM *vm, u32 kind, int n, const Value *data) {
    JobQueue *q = vm->jobs;
    ValueArray *buf = v_ptr(q->buf);
    u32 head = (u32)v_int(q->head), tail = (u32)v_int(q->tail), cap = values_capacity(buf);
    if (tail + 2 + (u32)n > cap) { // move down, or grow
        u32 live = tail - head;
        ValueArray *to = buf;
        if (live + 2 + (u32)n > cap / 2) to = values_new(vm, (live + 8) * 4);
        heap_touch(vm, to->v, live * sizeof(Value));
        memmove(to->v, buf->v + head, live * sizeof(Value));
        heap_touch(vm, q, sizeof *q);
        q->buf = v_internal(to);
        q->head = v_from_int(0);
        buf = to;
        tail = live;
    }
    heap_touch(vm, &buf->v[tail], ((u32)n + 2) * sizeof(Value));
    buf->v[tail] = v_from_int((i32)(kind << 8 | (u32)n));
    buf->v[tail + 1] = vm->async_context;
    memcpy(&buf->v[tail + 2], data, (size_t)n * sizeof(Value));
    heap_set(vm, &q->tail, v_from_int((i32)(tail + 2 + (u32)n)));
}

static void job_failed(VM *vm) {
    Value e = vm_take_exception(vm);
    if (vm->host && vm->host->on_job_error) vm->host->on_job_error(vm, e);
}

bool jobs_waiting(VM *vm) { return vm->jobs->head != vm->jobs->tail; }

bool jobs_run(VM *vm) {
    JobQueue *q = vm->jobs;
    Value context = vm->async_context;
    while (q->head != q->tail) {
        ValueArray *buf = v_ptr(q->buf);
        u32 head = (u32)v_int(q->head), what = (u32)v_int(buf->v[head]), n = what & 0xFF;
        Value data[6] = {V_UNDEFINED, V_UNDEFINED, V_UNDEFINED, V_UNDEFINED, V_UNDEFINED, V_UNDEFINED};
        memcpy(data, &buf->v[head + 2], n * sizeof(Value));
        vm->async_context = buf->v[head + 1];
        head += n + 2;
        heap_touch(vm, q, sizeof *q);
        if (head == (u32)v_int(q->tail)) q->head = q->tail = v_from_int(0);
        else q->head = v_from_int((i32)head);
        void *before = job_entered(vm);
        if (v_is_exc(job_functions[what >> 8](vm, data))) {
            if (vm->exec->terminated) break;
            job_failed(vm);
        }
        job_left(vm, before);
    }
    vm->async_context = context;
    return !vm->exec->terminated;
}

Value job_microtask(VM *vm, Value *data) { return CALL0(vm, data[0], V_UNDEFINED); }
