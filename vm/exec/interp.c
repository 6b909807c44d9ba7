// SPDX-License-Identifier: MIT
// The dispatch loop: registers, entering and leaving frames, calls, exceptions. One handler an opcode, in the
// order of opcodes.def, most of them in ops_*.inc.h by group; the fast case inline, everything else in the
// files named in exec.h.
//
// Registers: pc points at the instruction being executed; sp one past the top operand; fp at slot 0. `frame`
// is vm->frame. Before anything that may throw, run user code or look at frames: SAVE() (frame->pc is one
// past the opcode byte, frame->sp the top). A suspended caller's frame->pc is its next instruction; in both
// cases frame->pc - 1 lies inside the instruction that was executing.
//
// Safety: spec/verifier.md lists what is proven (operand ranges, stack depths, environments and iteration
// triples in their places). The kinds of ordinary values are not, so they are looked at here before they are
// trusted.
#include "vm/assert/assert.h"
#include "vm/buffer.h"
#include "vm/builtins/function.h"
#include "vm/collection.h"
#include "vm/exec/exec.h"
#include "vm/num/number.h"
#include "vm/text.h"

#if defined(__clang__)
#pragma clang diagnostic ignored "-Winitializer-overrides"
#else
#pragma GCC diagnostic ignored "-Woverride-init"
#endif

#define IS_INT2(a, b) (v_tag(a) == TAG_INT && v_tag(b) == TAG_INT)
DX_INLINE bool num_of(Value v, f64 *out) {
    if (v_is_double(v)) {
        *out = v_double(v);
        return true;
    }
    if (v_is_int(v)) {
        *out = v_int(v);
        return true;
    }
    return false;
}

// What is no double is a NaN when its bits are taken for one, and NaN op x is NaN. So a result that is not NaN says that both operands
// were doubles, with no look at their tags.
DX_INLINE Value v_from_real(f64 d) { // d is not NaN
    Value v;
    memcpy(&v, &d, 8);
    return v;
}
#define MUL_OVERFLOW(a, b, n) (__builtin_mul_overflow(a, b, n) || (*(n) == 0 && ((a) | (b)) < 0)) // -0 is no int

// A typed array whose buffer cannot change size: its length and data. Else NULL.
DX_INLINE u8 *typed_fixed(const TypedArrayObject *t, u32 i) {
    const BufferObject *b = t->buffer;
    return DX_LIKELY(i < t->length && !t->tracking && !b->detached && !b->resizable) ? b->data + t->offset
                                                                                     : NULL;
}
// Element i of a typed array, in bounds and not a BigInt, or V_HOLE for the general path.
static Value typed_peek(const TypedArrayObject *t, u32 i) {
    const u8 *p = typed_fixed(t, i);
    if (!p) return V_HOLE;
    switch (t->type) {
    case EL_Int8: return v_from_int(((const i8 *)p)[i]);
    case EL_Uint8: case EL_Uint8Clamped: return v_from_int(p[i]);
    case EL_Int16: return v_from_int(((const i16 *)(const void *)p)[i]);
    case EL_Uint16: return v_from_int(((const u16 *)(const void *)p)[i]);
    case EL_Int32: return v_from_int(((const i32 *)(const void *)p)[i]);
    case EL_Uint32: return v_from_u32(((const u32 *)(const void *)p)[i]);
    case EL_Float32: return v_from_raw_double(((const float *)(const void *)p)[i]);
    case EL_Float64: return v_from_raw_double(((const f64 *)(const void *)p)[i]);
    default: return V_HOLE;
    }
}
// The same for writing a number. False: the general path must.
static bool typed_poke(VM *vm, TypedArrayObject *t, u32 i, Value v) {
    u8 *p = typed_fixed(t, i);
    f64 d;
    if (!p || t->buffer->immutable || !num_of(v, &d)) return false;
    u32 n = v_is_int(v) ? (u32)v_int(v) : 0;
    switch (t->type) {
    case EL_Float32: heap_touch(vm, p + i * 4, 4); ((float *)(void *)p)[i] = (float)d; return true;
    case EL_Float64: heap_touch(vm, p + i * 8, 8); ((f64 *)(void *)p)[i] = d; return true;
    case EL_Uint8Clamped:
        if (!v_is_int(v)) return false;
        heap_touch(vm, p + i, 1);
        p[i] = (i32)n < 0 ? 0 : n > 255 ? 255 : (u8)n;
        return true;
    default: break;
    }
    if (!v_is_int(v)) n = (u32)f64_to_int32(d);
    switch (t->type) {
    case EL_Int8: case EL_Uint8: heap_touch(vm, p + i, 1); p[i] = (u8)n; return true;
    case EL_Int16: case EL_Uint16: heap_touch(vm, p + i * 2, 2); ((u16 *)(void *)p)[i] = (u16)n; return true;
    case EL_Int32: case EL_Uint32: heap_touch(vm, p + i * 4, 4); ((u32 *)(void *)p)[i] = n; return true;
    default: return false;
    }
}

// Mock, lifecycle and failing assertion opcodes belong to the test runtime, reached through the host.
static Value test_op(VM *vm, u32 op, Value *operands, u32 n, u32 site) {
    if (!vm->host || !vm->host->test_op)
        return vm_throw(vm, ERR_CUSTOM_ERROR, "Test opcodes need the test runtime");
    return vm->host->test_op(vm, op, operands, n, site, vm->frame->code->module);
}

static bool assert_passes(VM *vm, u32 op, const Value *v) {
    switch (op) {
    case OP_AssertEq:
    case OP_AssertStringEq: return v[0] == v[1] || same_value(vm, v[0], v[1]);
    case OP_AssertTruthy: return to_boolean(v[0]);
    case OP_AssertFalsy: return !to_boolean(v[0]);
    case OP_AssertNull: return v[0] == V_NULL;
    case OP_AssertDefined: return v[0] != V_UNDEFINED;
    case OP_AssertUndefined: return v[0] == V_UNDEFINED;
    default: return false;
    }
}

// A batch, 64 at a time: what the compare kernel does not decide goes to the runtime, in order.
static bool batch_assert(VM *vm, u32 op, u32 single_op, Value *v, u32 n, u32 width, u32 site) {
    for (u32 done = 0; done < n;) {
        u32 k = n - done < 64 ? n - done : 64;
        u64 open = DX_LIKELY(expect_pristine(vm)) ? assert_batch(vm, op, v, k) : ~0ull;
        if (DX_LIKELY(!open)) vm->assertions += k;
        else
            for (u32 i = 0; i < k; i++) {
                if (!(open >> i & 1)) vm->assertions++;
                else if (v_is_exc(test_op(vm, single_op, v + i * width, width, site + done + i)))
                    return false;
            }
        done += k;
        v += (size_t)k * width;
    }
    return true;
}

// The innermost handler covering the instruction a frame is executing.
static const DxtHandler *find_handler(VM *vm, const Frame *f) {
    u32 n = f->code->info->handler_count;
    if (!n || vm->exec->terminated) return NULL;
    const DxtHandler *h = f->code->module->dxt->handlers + f->code->info->handler_first;
    u32 at = (u32)(f->pc - 1 - f->code->code);
    for (u32 i = 0; i < n; i++, h++)
        if (at >= h->start && at < h->end) return h;
    return NULL;
}

#define SAVE() (frame->pc = pc + 1, frame->sp = sp)
#define DISPATCH() goto *labels[*pc]
#define NEXT(n) do { pc += (n); DISPATCH(); } while (0)
#define CASE(name) L_##name:
#define PUSH(v) (*sp++ = (v))
#define STR(i) (code->strings[op_u32(pc + (i))])
#define IC(i) (code->ics + op_u16(pc + (i)))
#define LOAD_FRAME() \
    do { \
        frame = vm->frame; \
        pc = frame->pc; \
        sp = frame->sp; \
        fp = frame->fp; \
        code = frame->code; \
    } while (0)
#define JUMP_REL(rel) do { \
        i32 rel_ = (rel); \
        if (DX_UNLIKELY(rel_ <= 0 && vm->interrupt)) { jump_rel = rel_; goto poll; } \
        pc += rel_; DISPATCH(); } while (0)
#define STRICT() code_strict_at(code, pc)
// A handler's shorthand for a slow case giving a value in place of `n` operands.
#define SLOW_VALUE(n, len, expr) \
    do { \
        SAVE(); \
        Value r_ = (expr); \
        if (DX_UNLIKELY(v_is_exc(r_))) goto exception; \
        sp -= (n); \
        PUSH(r_); \
        NEXT(len); \
    } while (0)

Value interp_run(VM *vm, bool throwing) {
    static const void *const labels[256] = {
        [0 ... 255] = &&L_bad,
#define OP(num, name, operands, pops, pushes, jump, flags, picture, sentence) [num] = &&L_##name,
#include "format/opcodes.def"
#undef OP
    };
    Frame *frame;
    const u8 *pc;
    Value *sp, *fp;
    FuncCode *code;
    Value r, *base, new_target;
    u32 argc, push_flags;
    i32 jump_rel;

    LOAD_FRAME();
    if (DX_UNLIKELY(throwing)) goto exception;
    DISPATCH();

#include "vm/exec/ops_values.inc.h"
#include "vm/exec/ops_test.inc.h"

    // ---- control
    CASE(Jump) JUMP_REL(op_i32(pc + 1));
    CASE(JumpIf) {
        r = *--sp;
        if (r == V_TRUE || (r != V_FALSE && to_boolean(r))) JUMP_REL(op_i32(pc + 1));
        NEXT(5);
    }
    CASE(JumpIfNot) {
        r = *--sp;
        if (r == V_FALSE || (r != V_TRUE && !to_boolean(r))) JUMP_REL(op_i32(pc + 1));
        NEXT(5);
    }
    CASE(JumpIfNullish) {
        r = *--sp;
        if (v_is_nullish(r)) JUMP_REL(op_i32(pc + 1));
        NEXT(5);
    }
    CASE(JumpIfKeep) {
        if (to_boolean(sp[-1])) JUMP_REL(op_i32(pc + 1));
        sp--;
        NEXT(5);
    }
    CASE(JumpIfNotKeep) {
        if (!to_boolean(sp[-1])) JUMP_REL(op_i32(pc + 1));
        sp--;
        NEXT(5);
    }
    CASE(JumpIfNotNullishKeep) {
        if (!v_is_nullish(sp[-1])) JUMP_REL(op_i32(pc + 1));
        sp--;
        NEXT(5);
    }
    CASE(JumpIfNotUndefinedKeep) {
        if (sp[-1] != V_UNDEFINED) JUMP_REL(op_i32(pc + 1));
        sp--;
        NEXT(5);
    }

    CASE(Call) {
        argc = op_u16(pc + 1);
        base = sp - argc - 2;
        frame->pc = pc + 3;
        if (DX_LIKELY(v_is_object(base[0]))) {
            Object *callee = v_object(base[0]);
            if (DX_LIKELY(callee->cell.kind == CELL_FUNCTION)) {
                frame->sp = base;
                new_target = V_UNDEFINED;
                push_flags = 0;
                goto enter;
            }
            if (DX_LIKELY(callee->cell.kind == CELL_NATIVE)) {
                NativeFunction *nf = (NativeFunction *)callee;
                if (nf->id == NATIVE_ID(function_proto_rows, FUNCTION_PROTO_CALL) &&
                    v_is_kind(base[1], CELL_FUNCTION)) {
                    base[0] = base[1]; // f.call(self, ...): the arguments move down by one
                    base[1] = argc ? base[2] : V_UNDEFINED;
                    if (argc) argc--;
                    for (u32 i = 0; i < argc; i++) base[2 + i] = base[3 + i];
                    frame->sp = base;
                    new_target = V_UNDEFINED;
                    push_flags = 0;
                    goto enter;
                }
                if (nf->id == NATIVE_ID(generator_proto_rows, 0) && v_is_kind(base[1], CELL_GENERATOR) &&
                    !vm->further_realms) {
                    GeneratorObject *g = (GeneratorObject *)v_ptr(base[1]);
                    if (DX_LIKELY((g->state == FRAME_SUSPENDED || g->state == FRAME_START) && g->frame)) {
                        bool start = g->state == FRAME_START;
                        r = argc ? base[2] : V_UNDEFINED;
                        frame->sp = base;
                        if (!frame_resume(vm, g->frame, base, FRAME_GENERATOR)) goto exception_saved;
                        HEAP_STORE(vm, g->state, FRAME_RUNNING);
                        if (DX_UNLIKELY(!g->frame->code->ics)) ics_make(vm, g->frame->code);
                        LOAD_FRAME();
                        if (start) NEXT(1);
                        sp[0] = r;
                        sp[1] = *pc == OP_YieldDelegate ? v_from_int(RESUME_NEXT) : V_FALSE;
                        sp += 2;
                        NEXT(1);
                    }
                }
                frame->sp = sp;
                vm->native.callee = base[0];
                vm->native.new_target = V_UNDEFINED;
                vm->native.magic = nf->magic;
                if (DX_LIKELY(!vm->further_realms)) r = native_fn(nf->id)(vm, base[1], (int)argc, base + 2);
                else r = call_native(vm, nf, base[1], (int)argc, base + 2, V_UNDEFINED);
                if (DX_UNLIKELY(v_is_exc(r))) goto exception_saved;
                sp = base;
                PUSH(r);
                NEXT(3);
            }
        }
        SAVE();
        if (DX_UNLIKELY(!v_is_callable(base[0]))) {
            (void)throw_not_callable(vm, base[0]);
            goto exception;
        }
        r = vm_call(vm, base[0], base[1], (int)argc, base + 2);
        if (v_is_exc(r)) goto exception;
        sp = base;
        PUSH(r);
        NEXT(3);
    }

    // Entering a JS function: base[0] callee, base[1] this, base[2..] argc arguments; frame->pc and frame->sp
    // are where the caller goes on.
enter: {
        Function *func = (Function *)v_ptr(base[0]);
        FuncCode *c = func->code;
        Value *args = base + 2;
        u32 nparams = c->nparams;
        if (DX_UNLIKELY(!c->entry)) { // classes, async functions, the first call, several realms
            if (c->module->realm != vm->realm) {
                r = call_other_realm_rjs(vm, base, argc, new_target, push_flags);
                if (v_is_exc(r)) goto exception_saved;
                LOAD_FRAME();
                PUSH(r);
                DISPATCH();
            }
            if (c->flags & FUNC_CLASS_CTOR && !(push_flags & FRAME_CONSTRUCT)) {
                (void)throw_class_call(vm, base[0]);
                goto exception_saved;
            }
            if ((c->flags & (FUNC_ASYNC | FUNC_GENERATOR)) == FUNC_ASYNC) push_flags |= FRAME_ASYNC;
            if (!c->ics) ics_make(vm, c);
        }
        fp = args;
        if (DX_UNLIKELY(argc != nparams)) {
            if (argc < nparams) {
                for (u32 i = argc; i < nparams; i++) args[i] = V_UNDEFINED;
            } else {
                fp = args + argc + 2;
                fp[-2] = base[0];
                fp[-1] = base[1];
                for (u32 i = 0; i < nparams; i++) fp[i] = args[i];
            }
        }
        sp = fp + nparams;
        Value *locals_end = sp + c->nlocals;
        if (DX_UNLIKELY(locals_end + c->max_stack > vm->stack_end || frame + 1 >= vm->frames_end)) {
            if (vm->interrupt && !exec_poll(vm))
                goto exception_saved; // an interrupt lowers frames_end (vm_interrupt)
            if (locals_end + c->max_stack > vm->stack_end || !exec_room(vm, frame + 1)) {
                (void)throw_stack_overflow(vm);
                goto exception_saved;
            }
        }
        while (sp < locals_end) *sp++ = V_UNDEFINED;
        frame++;
        vm->frame = frame;
        pc = c->code;
        code = c;
        frame->fp = fp;
        frame->code = c;
        frame->func = func;
        frame->args = args;
        frame->new_target = new_target;
        frame->argc = argc;
        frame->flags = (u16)push_flags;
        frame->activation = NULL;
#ifdef DX_DEBUG
        SAVE();
#endif
        DISPATCH();
    }

    CASE(ReturnLocal) r = fp[op_u16(pc + 1)]; goto do_return;
    CASE(ReturnUndefined) r = V_UNDEFINED; goto do_return;
    CASE(Return) r = sp[-1];
do_return:
    if (DX_UNLIKELY(frame->flags)) goto return_special;
    frame--;
    vm->frame = frame;
    LOAD_FRAME();
    PUSH(r);
    DISPATCH();

return_special: {
        u32 flags = frame->flags;
        SAVE();
        if (flags & FRAME_CONSTRUCT && !v_is_object(r)) {
            if (DX_UNLIKELY(code->flags & FUNC_DERIVED_CTOR && r != V_UNDEFINED)) {
                (void)vm_throw(vm, ERR_DERIVED_RETURN);
                goto exception;
            }
            r = fp[-1];
            if (DX_UNLIKELY(!v_is_object(r))) {
                (void)vm_throw(vm, ERR_THIS_TDZ);
                goto exception;
            }
            if (DX_UNLIKELY(v_object(r)->shape->count > code->ctor_inline)) construct_learn(vm, code, r);
        }
        if (flags & FRAME_GENERATOR) {
            FrameCopy *fc = frame->activation;
            GeneratorObject *g = (GeneratorObject *)v_ptr(fc->owner);
            if (flags & FRAME_ASYNC) {
                async_gen_return(vm, frame, r);
                r = V_UNDEFINED;
            } else {
                HEAP_STORE(vm, g->state, FRAME_DONE);
                HEAP_STORE(vm, g->frame, NULL);
                HEAP_STORE(vm, fc->state, FRAME_DONE);
                if (flags & FRAME_FOROF) {
                    frame--;
                    vm->frame = frame;
                    LOAD_FRAME();
                    pc--;
                    if (*pc == OP_ForOfNext) {
                        sp[-1] = V_TRUE;
                        JUMP_REL(op_i32(pc + 1));
                    }
                    goto invalid;
                }
                r = create_iter_result(vm, r, true);
            }
        } else if (flags & FRAME_ASYNC) {
            r = async_return(vm, frame, r);
        }
    }
leave: // pops the frame; r goes to whoever called
    if (frame->flags & FRAME_ENTRY) {
        vm->frame = frame - 1;
        return r;
    }
    frame--;
    vm->frame = frame;
    LOAD_FRAME();
    PUSH(r);
    DISPATCH();

    CASE(Throw) {
        SAVE();
        (void)vm_throw_value(vm, sp[-1]);
        goto exception;
    }
    CASE(ThrowError) {
        SAVE();
        (void)throw_kind(vm, pc[1], STR(2));
        goto exception;
    }
    CASE(CheckObject) {
        if (DX_LIKELY(v_is_object(sp[-1]))) NEXT(2);
        SAVE();
        (void)vm_throw(vm, pc[1] == 1 ? ERR_DERIVED_RETURN : ERR_ITER_RESULT, sp[-1]);
        goto exception;
    }
    CASE(CheckCoercible) {
        if (DX_LIKELY(!v_is_nullish(sp[-1]))) NEXT(5);
        SAVE();
        r = check_coercible(vm, sp[-1], STR(1));
        goto exception;
    }

#include "vm/exec/ops_objects.inc.h"
#include "vm/exec/ops_flow.inc.h"

    CASE(End)
L_bad:
invalid:
    SAVE();
    (void)vm_throw(vm, ERR_CUSTOM_ERROR, "Invalid bytecode");
    goto exception;
tdz:
    SAVE();
    (void)throw_unbound(vm, r);
    goto exception;
poll: // a backward jump saw the interrupt
    SAVE();
    if (!exec_poll(vm)) goto exception;
    pc += jump_rel;
    DISPATCH();
pop_throw: // the generator's frame is suspended already; the error is the loop's
    frame--;
    vm->frame = frame;
    LOAD_FRAME();
    sp[-1] = V_TRUE;
exception_saved:
exception: // vm->exception is set and frame->pc saved: finds a handler, popping frames
    if (DX_UNLIKELY(vm->interrupt)) (void)exec_poll(vm); // a handler inside the range it guards is a loop
    for (;;) {
        const DxtHandler *h = find_handler(vm, frame);
        if (h) {
            fp = frame->fp;
            code = frame->code;
            sp = fp + code->nparams + code->nlocals + h->depth;
            PUSH(vm->exception);
            vm->exception = V_HOLE;
            pc = code->code + h->target;
            DISPATCH();
        }
        u32 flags = frame->flags;
        if (flags & FRAME_GENERATOR) {
            if (flags & FRAME_ASYNC) {
                async_gen_throw(vm, frame);
                r = V_UNDEFINED;
                if (!vm->exec->terminated) goto leave;
            } else {
                GeneratorObject *g = (GeneratorObject *)v_ptr(frame->activation->owner);
                HEAP_STORE(vm, g->state, FRAME_DONE);
                HEAP_STORE(vm, g->frame, NULL);
                HEAP_STORE(vm, frame->activation->state, FRAME_DONE);
            }
        } else if (flags & FRAME_ASYNC && !vm->exec->terminated) {
            r = async_throw(vm, frame);
            goto leave;
        }
        frame--;
        vm->frame = frame;
        if (flags & FRAME_ENTRY) return V_EXC;
        if (flags & FRAME_FOROF) frame->sp[-1] = V_TRUE;
    }
}
