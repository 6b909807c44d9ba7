// SPDX-License-Identifier: MIT
// Async functions (27.7) and async generators (27.6): await, the request queue, resuming from jobs.
//
// An activation is a FrameCopy. `await` registers one Reaction that names the activation; its job calls
// async_resume. While an async generator awaits on behalf of Yield (before handing the value out, or on the
// value of a return request) the FrameCopy's state says so.
#include "vm/exec/exec.h"

enum { FC_YIELD_AWAIT = 16, FC_RETURN_AWAIT }; // FrameCopy.state, beyond FrameState

typedef struct Request { Value mode, value, promise; } Request; // three Values in GeneratorObject.queue

static GeneratorObject *owner_of(const FrameCopy *fc) {
    return v_is_object(fc->owner) ? (GeneratorObject *)v_ptr(fc->owner) : NULL;
}

static void fc_set_state(VM *vm, FrameCopy *fc, u32 state) { HEAP_STORE(vm, fc->state, state); }

void await_value(VM *vm, FrameCopy *fc, Value v) {
    Value p = promise_resolve_value_rjs(vm, vm->realm->Promise, v);
    if (v_is_exc(p)) { // a hostile "constructor" getter of a promise
        if (vm->exec->terminated) return;
        Value e = vm_take_exception(vm);
        p = promise_new(vm);
        promise_reject(vm, p, e);
    }
    promise_await(vm, p, fc);
}

Value async_await(VM *vm, Frame *f, const u8 *pc, Value *sp, Value v) {
    FrameCopy *fc = f->activation;
    bool first = !fc;
    if (first) {
        fc = framecopy_new(vm, f);
        fc->promise = promise_new(vm);
    }
    frame_suspend(vm, f, pc, sp);
    await_value(vm, fc, v);
    return first ? fc->promise : V_UNDEFINED;
}

Value async_return(VM *vm, Frame *f, Value v) {
    FrameCopy *fc = f->activation;
    Value p = fc ? fc->promise : promise_new(vm);
    promise_resolve(vm, p, v);
    if (!fc) return p;
    fc_set_state(vm, fc, FRAME_DONE);
    return V_UNDEFINED;
}

Value async_throw(VM *vm, Frame *f) {
    FrameCopy *fc = f->activation;
    Value e = vm_take_exception(vm);
    Value p = fc ? fc->promise : promise_new(vm);
    promise_reject(vm, p, e);
    if (!fc) return p;
    fc_set_state(vm, fc, FRAME_DONE);
    return V_UNDEFINED;
}

static void run_activation(VM *vm, FrameCopy *fc, Value v, enum ResumeMode mode) {
    u32 flags = FRAME_ENTRY | FRAME_ASYNC | (owner_of(fc) ? FRAME_GENERATOR : 0);
    if (vm_stack_low(vm) || !frame_resume(vm, fc, vm->frame->sp, flags)) {
        if (vm->exec->terminated) return;
        Value e = vm_take_exception(vm); // no room to run in: the activation ends with the error
        GeneratorObject *g = owner_of(fc);
        fc_set_state(vm, fc, FRAME_DONE);
        if (!g) promise_reject(vm, fc->promise, e);
        else async_gen_finish(vm, g, e, RESUME_THROW);
        return;
    }
    if (!fc->code->ics) ics_make(vm, fc->code);
    Realm *outer = vm->realm;
    vm->realm = fc->code->module->realm;
    Value r = interp_run(vm, !resume_deliver(vm, vm->frame, v, mode));
    vm->realm = outer;
    DX_ASSERT(!v_is_exc(r) || vm->exec->terminated);
    (void)r;
}

// ---- async generators

static Value gen_queue_push(VM *vm, GeneratorObject *g, Value v, enum ResumeMode mode) {
    Value promise = promise_new(vm);
    ValueArray *q = g->queue == V_UNDEFINED ? NULL : v_ptr(g->queue);
    u32 at = (g->queue_head + g->queue_count) * 3;
    if (!q || at + 3 > values_capacity(q)) { // compact or grow
        u32 room = (g->queue_count + 2) * 2 * 3;
        ValueArray *n = values_new(vm, room);
        if (g->queue_count) memcpy(n->v, q->v + g->queue_head * 3, g->queue_count * sizeof(Request));
        heap_touch(vm, g, sizeof *g);
        g->queue = v_internal(n);
        g->queue_head = 0;
        q = n;
        at = g->queue_count * 3;
    }
    heap_touch(vm, &q->v[at], sizeof(Request));
    q->v[at] = v_from_int((i32)mode);
    q->v[at + 1] = v;
    q->v[at + 2] = promise;
    HEAP_STORE(vm, g->queue_count, g->queue_count + 1);
    return promise;
}

static Request *gen_first(GeneratorObject *g) {
    if (!g->queue_count) return NULL;
    return (Request *)(void *)&((ValueArray *)v_ptr(g->queue))->v[g->queue_head * 3];
}

// AsyncGeneratorCompleteStep
static void gen_complete_step(VM *vm, GeneratorObject *g, Value v, bool thrown, bool done) {
    Request *first = gen_first(g);
    if (!first) return;
    Value promise = first->promise;
    heap_touch(vm, g, sizeof *g);
    g->queue_head++;
    g->queue_count--;
    if (thrown) promise_reject(vm, promise, v);
    else promise_resolve(vm, promise, create_iter_result(vm, v, done));
}

static void gen_drain(VM *vm, GeneratorObject *g);

// AsyncGeneratorAwaitReturn: the first request is a return on a generator that will not run again.
static void gen_await_return(VM *vm, GeneratorObject *g) {
    HEAP_STORE(vm, g->state, FRAME_DRAINING);
    Value p = promise_resolve_value_rjs(vm, vm->realm->Promise, gen_first(g)->value);
    if (v_is_exc(p)) {
        if (vm->exec->terminated) return;
        gen_complete_step(vm, g, vm_take_exception(vm), true, true);
        gen_drain(vm, g);
        return;
    }
    promise_gen_return(vm, p, g);
}

// AsyncGeneratorDrainQueue
static void gen_drain(VM *vm, GeneratorObject *g) {
    for (;;) {
        Request *first = gen_first(g);
        if (!first) {
            HEAP_STORE(vm, g->state, FRAME_DONE);
            return;
        }
        if (first->mode == v_from_int(RESUME_RETURN)) {
            gen_await_return(vm, g);
            return;
        }
        bool thrown = first->mode == v_from_int(RESUME_THROW);
        gen_complete_step(vm, g, thrown ? first->value : V_UNDEFINED, thrown, true);
    }
}

void async_gen_return_settled(VM *vm, GeneratorObject *g, Value v, bool thrown) {
    gen_complete_step(vm, g, v, thrown, true);
    gen_drain(vm, g);
}

void async_gen_finish(VM *vm, GeneratorObject *g, Value v, enum ResumeMode mode) {
    heap_touch(vm, g, sizeof *g);
    g->frame = NULL;
    g->state = FRAME_DRAINING;
    gen_complete_step(vm, g, v, mode == RESUME_THROW, true);
    gen_drain(vm, g);
}

void async_gen_return(VM *vm, Frame *f, Value v) {
    fc_set_state(vm, f->activation, FRAME_DONE);
    async_gen_finish(vm, owner_of(f->activation), v, RESUME_NEXT);
}

void async_gen_throw(VM *vm, Frame *f) {
    fc_set_state(vm, f->activation, FRAME_DONE);
    if (vm->exec->terminated) return;
    async_gen_finish(vm, owner_of(f->activation), vm_take_exception(vm), RESUME_THROW);
}

// Runs the generator with its first request (27.6.3.7, and AsyncGeneratorUnwrapYieldResumption for a return
// at a yield).
static void gen_run_first(VM *vm, GeneratorObject *g) {
    Request first = *gen_first(g);
    enum ResumeMode mode = (enum ResumeMode)v_int(first.mode);
    FrameCopy *fc = g->frame;
    HEAP_STORE(vm, g->state, FRAME_RUNNING);
    if (mode == RESUME_RETURN) {
        fc_set_state(vm, fc, FC_RETURN_AWAIT);
        await_value(vm, fc, first.value);
        return;
    }
    run_activation(vm, fc, first.value, mode);
}

// AsyncGeneratorYield once the value is known; the frame is suspended at its Yield.
static void gen_yield_now(VM *vm, GeneratorObject *g, Value v) {
    gen_complete_step(vm, g, v, false, false);
    if (g->queue_count) gen_run_first(vm, g);
    else HEAP_STORE(vm, g->state, FRAME_SUSPENDED);
}

void async_gen_yield(VM *vm, Frame *f, const u8 *pc, Value *sp, Value v, bool delegate) {
    FrameCopy *fc = f->activation;
    frame_suspend(vm, f, pc, sp);
    if (delegate) {
        gen_yield_now(vm, owner_of(fc), v);
        return;
    }
    fc_set_state(vm, fc, FC_YIELD_AWAIT);
    await_value(vm, fc, v);
}

void async_resume(VM *vm, FrameCopy *fc, Value v, enum ResumeMode mode) {
    u32 state = fc->state;
    fc_set_state(vm, fc, FRAME_SUSPENDED);
    if (state == FC_YIELD_AWAIT && mode == RESUME_NEXT) gen_yield_now(vm, owner_of(fc), v);
    else if (state == FC_RETURN_AWAIT && mode == RESUME_NEXT) run_activation(vm, fc, v, RESUME_RETURN);
    else run_activation(vm, fc, v, mode);
}

// %AsyncGeneratorPrototype%.next, return, throw
Value async_gen_enqueue(VM *vm, Value gen, Value v, enum ResumeMode mode, const char *method) {
    if (!v_is_kind(gen, CELL_ASYNCGENERATOR)) {
        Value p = promise_new(vm);
        (void)vm_throw(vm, ERR_INCOMPATIBLE, method, gen);
        promise_reject(vm, p, vm_take_exception(vm));
        return p;
    }
    GeneratorObject *g = (GeneratorObject *)v_ptr(gen);
    if (g->state == FRAME_START && mode != RESUME_NEXT) {
        heap_touch(vm, g, sizeof *g);
        g->frame = NULL;
        g->state = FRAME_DONE;
    }
    if (g->state == FRAME_DONE && mode != RESUME_RETURN) {
        Value p = promise_new(vm);
        if (mode == RESUME_THROW) promise_reject(vm, p, v);
        else promise_resolve(vm, p, create_iter_result(vm, V_UNDEFINED, true));
        return p;
    }
    Value p = gen_queue_push(vm, g, v, mode);
    if (g->state == FRAME_DONE) gen_await_return(vm, g);
    else if (g->state == FRAME_START || g->state == FRAME_SUSPENDED) gen_run_first(vm, g);
    return p;
}
