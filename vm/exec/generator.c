// SPDX-License-Identifier: MIT
// Suspending and resuming frames: a frame's slice of the value stack goes to a FrameCopy and back.
// Synchronous generators (27.5).
#include "vm/exec/exec.h"

static u32 frame_room(const FuncCode *c) { return 2u + c->nparams + c->nlocals + c->max_stack; }

FrameCopy *framecopy_new(VM *vm, Frame *f) {
    u32 n = frame_room(f->code);
    FrameCopy *fc = heap_alloc(vm, sizeof(FrameCopy) + n * sizeof(Value), CELL_FRAMECOPY);
    fc->code = f->code;
    fc->func = f->func;
    fc->pc = f->pc;
    fc->new_target = f->new_target;
    fc->promise = fc->owner = V_UNDEFINED;
    fc->count = 0;
    fc->state = FRAME_RUNNING;
    f->activation = fc;
    return fc;
}

void frame_suspend(VM *vm, Frame *f, const u8 *pc, Value *sp) {
    FrameCopy *fc = f->activation;
    u32 n = (u32)(sp - (f->fp - 2));
    DX_ASSERT(n <= frame_room(f->code));
    heap_touch(vm, fc, sizeof *fc + n * sizeof(Value));
    const Value *from = f->fp - 2;
    for (u32 i = 0; i < n; i++) fc->v[i] = from[i]; // short: a call of memcpy costs more
    fc->pc = pc;
    fc->count = n;
    fc->state = FRAME_SUSPENDED;
}

bool frame_resume(VM *vm, FrameCopy *fc, Value *base, u32 flags) {
    Frame *f = vm->frame + 1;
    FuncCode *c = fc->code;
    if (DX_UNLIKELY(vm->interrupt) && !exec_poll(vm)) return false;
    if (DX_UNLIKELY(!exec_room(vm, f) || base + frame_room(c) > vm->stack_end)) {
        (void)throw_stack_overflow(vm);
        return false;
    }
    u32 n = fc->count;
    for (u32 i = 0; i < n; i++) base[i] = fc->v[i];
    f->pc = fc->pc;
    f->fp = f->args = base + 2;
    f->sp = base + n;
    f->code = c;
    f->func = fc->func;
    f->new_target = fc->new_target;
    f->argc = c->nparams;
    f->flags = (u16)flags;
    f->activation = fc;
    heap_touch(vm, fc, sizeof *fc);
    fc->count = 0;
    fc->state = FRAME_RUNNING;
    vm->frame = f;
    return true;
}

bool resume_deliver(VM *vm, Frame *f, Value v, enum ResumeMode mode) {
    u8 op = *f->pc++;
    switch (op) {
    case OP_GenStart: return true;
    case OP_Yield:
        if (mode == RESUME_THROW) break;
        *f->sp++ = v;
        *f->sp++ = v_from_bool(mode == RESUME_RETURN);
        return true;
    case OP_YieldDelegate:
        *f->sp++ = v;
        *f->sp++ = v_from_int((i32)mode);
        return true;
    default:
        if (mode == RESUME_THROW) break;
        *f->sp++ = v;
        return true;
    }
    (void)vm_throw_value(vm, v);
    return false;
}

Value generator_start_rjs(VM *vm, Frame *f) {
    bool async = f->code->flags & FUNC_ASYNC;
    Value proto = get_rjs(vm, v_from_ptr(TAG_OBJECT, f->func), A_(vm, prototype));
    if (v_is_exc(proto)) return V_EXC;
    if (!v_is_object(proto))
        proto = async ? vm->realm->AsyncGeneratorPrototype : vm->realm->GeneratorPrototype;
    GeneratorObject *g = (GeneratorObject *)object_alloc(vm, async ? CELL_ASYNCGENERATOR : CELL_GENERATOR,
                                                         sizeof(GeneratorObject), shape_root(vm, proto), 0);
    g->frame = NULL;
    g->state = FRAME_START;
    g->queue = V_UNDEFINED;
    g->queue_head = g->queue_count = 0;
    FrameCopy *fc = framecopy_new(vm, f);
    fc->owner = v_from_ptr(TAG_OBJECT, g);
    g->frame = fc;
    return v_from_ptr(TAG_OBJECT, g);
}

Value generator_resume_rjs(VM *vm, Value gen, Value v, enum ResumeMode mode) {
    GeneratorObject *g = (GeneratorObject *)v_ptr(gen);
    if (g->state == FRAME_RUNNING) return vm_throw(vm, ERR_GENERATOR_RUNNING);
    if (g->state == FRAME_START && mode != RESUME_NEXT) {
        heap_touch(vm, g, sizeof *g);
        g->state = FRAME_DONE;
        g->frame = NULL;
    }
    if (g->state == FRAME_DONE) {
        if (mode == RESUME_THROW) return vm_throw_value(vm, v);
        return create_iter_result(vm, mode == RESUME_RETURN ? v : V_UNDEFINED, true);
    }
    if (vm_stack_low(vm)) return V_EXC;
    FrameCopy *fc = g->frame;
    if (!frame_resume(vm, fc, vm->frame->sp, FRAME_ENTRY | FRAME_GENERATOR)) return V_EXC;
    HEAP_STORE(vm, g->state, FRAME_RUNNING);
    if (!fc->code->ics) ics_make(vm, fc->code);
    return interp_run(vm, !resume_deliver(vm, vm->frame, v, mode));
}
