// SPDX-License-Identifier: MIT
// The dispatch loop. One handler an opcode, in the order of opcodes.def; the fast case inline, everything else in the files named in exec.h.
//
// Registers: pc points at the instruction being executed; sp one past the top operand; fp at slot 0. `frame` is vm->frame.
// Before anything that may throw, run user code or look at frames: SAVE() (frame->pc is one past the opcode byte, frame->sp the top).
// A suspended caller's frame->pc is its next instruction; in both cases frame->pc - 1 lies inside the instruction that was executing.
//
// Safety: spec/verifier.md lists what is proven (operand ranges, stack depths, environments and iteration triples in their places). The kinds of
// ordinary values are not, so they are looked at here before they are trusted.
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

// A typed array whose buffer cannot change size: its length and data. Else NULL.
DX_INLINE u8 *typed_fixed(const TypedArrayObject *t, u32 i) {
    const BufferObject *b = t->buffer;
    return DX_LIKELY(i < t->length && !t->tracking && !b->detached && !b->resizable) ? b->data + t->offset : NULL;
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
    if (!vm->host || !vm->host->test_op) return vm_throw(vm, ERR_CUSTOM_ERROR, "Test opcodes need the test runtime");
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
        u64 open = assert_batch(vm, op, v, k);
        if (DX_LIKELY(!open)) vm->assertions += k;
        else
            for (u32 i = 0; i < k; i++) {
                if (!(open >> i & 1)) vm->assertions++;
                else if (v_is_exc(test_op(vm, single_op, v + i * width, width, site + done + i))) return false;
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
#define LOAD_FRAME() do { frame = vm->frame; pc = frame->pc; sp = frame->sp; fp = frame->fp; code = frame->code; } while (0)
#define JUMP_REL(rel) do { \
        i32 rel_ = (rel); \
        if (DX_UNLIKELY(rel_ <= 0 && vm->interrupt)) { jump_rel = rel_; goto poll; } \
        pc += rel_; DISPATCH(); } while (0)
#define STRICT() (code->flags & FUNC_STRICT)
// A handler's shorthand for a slow case giving a value in place of `n` operands.
#define SLOW_VALUE(n, len, expr) do { SAVE(); Value r_ = (expr); if (DX_UNLIKELY(v_is_exc(r_))) goto exception; sp -= (n); PUSH(r_); NEXT(len); } while (0)

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

    // ---- stack
    CASE(Nop) CASE(Debugger) NEXT(1);
    CASE(Push) PUSH(code->consts[op_u32(pc + 1)]); NEXT(5);
    CASE(Pop) sp--; NEXT(1);
    CASE(Dup) sp[0] = sp[-1]; sp++; NEXT(1);
    CASE(Swap) r = sp[-1]; sp[-1] = sp[-2]; sp[-2] = r; NEXT(1);
    CASE(Dup2) sp[0] = sp[-2]; sp[1] = sp[-1]; sp += 2; NEXT(1);
    CASE(Rot3) r = sp[-1]; sp[-1] = sp[-2]; sp[-2] = sp[-3]; sp[-3] = r; NEXT(1);
    CASE(Rot4) r = sp[-1]; sp[-1] = sp[-2]; sp[-2] = sp[-3]; sp[-3] = sp[-4]; sp[-4] = r; NEXT(1);
    CASE(Nip) sp[-2] = sp[-1]; sp--; NEXT(1);
    CASE(Rot3R) r = sp[-3]; sp[-3] = sp[-2]; sp[-2] = sp[-1]; sp[-1] = r; NEXT(1);
    CASE(Rot5) r = sp[-1]; sp[-1] = sp[-2]; sp[-2] = sp[-3]; sp[-3] = sp[-4]; sp[-4] = sp[-5]; sp[-5] = r; NEXT(1);
    CASE(Over) sp[0] = sp[-2]; sp++; NEXT(1);
    CASE(PopN) sp -= op_u16(pc + 1); NEXT(3);
    CASE(PickN) r = sp[-1 - (int)op_u16(pc + 1)]; PUSH(r); NEXT(3);

    // ---- locals and environments
    CASE(LoadLocal) PUSH(fp[op_u16(pc + 1)]); NEXT(3);
    CASE(StoreLocal) fp[op_u16(pc + 1)] = *--sp; NEXT(3);
    CASE(LoadConst) fp[op_u16(pc + 1)] = code->consts[op_u32(pc + 3)]; NEXT(7);
    CASE(SetLocal) fp[op_u16(pc + 1)] = sp[-1]; NEXT(3);
    CASE(MoveLocal) fp[op_u16(pc + 1)] = fp[op_u16(pc + 3)]; NEXT(5);
    CASE(LoadLocal2) sp[0] = fp[op_u16(pc + 1)]; sp[1] = fp[op_u16(pc + 3)]; sp += 2; NEXT(5);
    CASE(LoadLocalCheck) {
        r = fp[op_u16(pc + 1)];
        if (DX_UNLIKELY(r == V_TDZ)) { r = STR(3); goto tdz; }
        PUSH(r);
        NEXT(7);
    }
    CASE(StoreLocalCheck) {
        Value *slot = &fp[op_u16(pc + 1)];
        if (DX_UNLIKELY(*slot == V_TDZ)) { r = STR(3); goto tdz; }
        *slot = *--sp;
        NEXT(7);
    }
    CASE(InitTdz) fp[op_u16(pc + 1)] = V_TDZ; NEXT(3);

#define UP_ENV(env, depth, slot) \
        Env *env = frame->func->env; \
        for (u32 d_ = (depth); d_; d_--) env = env->parent; \
        DX_ASSERT(env && (slot) < env->count)
#define SLOT_ENV(env, s, slot) \
        Env *env = (Env *)v_ptr(fp[s]); \
        DX_ASSERT(v_env(fp[s]) && (slot) < env->count)
    CASE(LoadUp) {
        u32 e = op_u16(pc + 3);
        UP_ENV(env, op_u16(pc + 1), e);
        PUSH(env->v[e]);
        NEXT(5);
    }
    CASE(LoadUp0) {
        u32 e = op_u16(pc + 1);
        UP_ENV(env, 0, e);
        PUSH(env->v[e]);
        NEXT(3);
    }
    CASE(LoadUpCallee) {
        u32 e = op_u16(pc + 3);
        UP_ENV(env, op_u16(pc + 1), e);
        sp[0] = env->v[e];
        sp[1] = V_UNDEFINED;
        sp += 2;
        NEXT(5);
    }
    CASE(StoreUp) {
        u32 e = op_u16(pc + 3);
        UP_ENV(env, op_u16(pc + 1), e);
        heap_set(vm, &env->v[e], *--sp);
        NEXT(5);
    }
    CASE(LoadUpCheck) {
        u32 e = op_u16(pc + 3);
        UP_ENV(env, op_u16(pc + 1), e);
        r = env->v[e];
        if (DX_UNLIKELY(r == V_TDZ)) { r = STR(5); goto tdz; }
        PUSH(r);
        NEXT(9);
    }
    CASE(StoreUpCheck) {
        u32 e = op_u16(pc + 3);
        UP_ENV(env, op_u16(pc + 1), e);
        if (DX_UNLIKELY(env->v[e] == V_TDZ)) { r = STR(5); goto tdz; }
        heap_set(vm, &env->v[e], *--sp);
        NEXT(9);
    }
    CASE(NewEnv) {
        u32 parent = op_u16(pc + 3), n = op_u16(pc + 5);
        Env *up = parent == SLOT_CAPTURED ? frame->func->env : (Env *)v_ptr(fp[parent]);
        Env *env = heap_alloc(vm, sizeof(Env) + n * sizeof(Value), CELL_ENV);
        env->parent = up;
        env->count = n;
        env->scope = op_u32(pc + 7);
        env->code = env->scope == SCOPE_NONE ? NULL : code;
        if (env->code && code->module->dxt->scopes[env->scope].flags & SCOPE_VARS) env->cell.flags |= ENV_VAR_SCOPE;
        for (u32 i = 0; i < n; i++) env->v[i] = V_TDZ;
        fp[op_u16(pc + 1)] = v_internal(env);
        NEXT(11);
    }
    CASE(CopyEnv) {
        Value *slot = &fp[op_u16(pc + 1)];
        Env *old = (Env *)v_ptr(*slot);
        Env *env = heap_alloc(vm, sizeof(Env) + old->count * sizeof(Value), CELL_ENV);
        memcpy((char *)env + sizeof(Cell), (char *)old + sizeof(Cell), sizeof(Env) - sizeof(Cell) + old->count * sizeof(Value));
        env->cell.flags = old->cell.flags;
        *slot = v_internal(env);
        NEXT(3);
    }
    CASE(LoadEnv) {
        u32 e = op_u16(pc + 3);
        SLOT_ENV(env, op_u16(pc + 1), e);
        PUSH(env->v[e]);
        NEXT(5);
    }
    CASE(StoreEnv) {
        u32 e = op_u16(pc + 3);
        SLOT_ENV(env, op_u16(pc + 1), e);
        heap_set(vm, &env->v[e], *--sp);
        NEXT(5);
    }
    CASE(LoadEnvCheck) {
        u32 e = op_u16(pc + 3);
        SLOT_ENV(env, op_u16(pc + 1), e);
        r = env->v[e];
        if (DX_UNLIKELY(r == V_TDZ)) { r = STR(5); goto tdz; }
        PUSH(r);
        NEXT(9);
    }
    CASE(StoreEnvCheck) {
        u32 e = op_u16(pc + 3);
        SLOT_ENV(env, op_u16(pc + 1), e);
        if (DX_UNLIKELY(env->v[e] == V_TDZ)) { r = STR(5); goto tdz; }
        heap_set(vm, &env->v[e], *--sp);
        NEXT(9);
    }
    CASE(LoadImport) {
        Value *slot = code->module->imports[op_u32(pc + 1)];
        if (DX_LIKELY(slot != NULL)) {
            r = *slot;
            if (DX_UNLIKELY(r == V_TDZ)) { r = STR(5); goto tdz; }
            PUSH(r);
            NEXT(9);
        }
        SLOW_VALUE(0, 9, module_load_import_rjs(vm, code->module, op_u32(pc + 1), STR(5)));
    }
    CASE(PushEnvOf) {
        u32 s = op_u16(pc + 1);
        if (s == SLOT_CAPTURED) r = frame->func->env ? v_internal(frame->func->env) : V_UNDEFINED;
        else r = fp[s];
        PUSH(r);
        NEXT(3);
    }

    // ---- immediates
    CASE(PushInt) PUSH(v_from_int(op_i32(pc + 1))); NEXT(5);
    CASE(PushFloat) PUSH(v_from_raw_double(op_f64(pc + 1))); NEXT(9);
    CASE(PushTrue) PUSH(V_TRUE); NEXT(1);
    CASE(PushFalse) PUSH(V_FALSE); NEXT(1);
    CASE(PushNull) PUSH(V_NULL); NEXT(1);
    CASE(PushUndefined) PUSH(V_UNDEFINED); NEXT(1);
    CASE(PushString) PUSH(STR(1)); NEXT(5);
    CASE(PushHole) PUSH(V_HOLE); NEXT(1);
    CASE(PushThis) PUSH(fp[-1]); NEXT(1);
    CASE(PushNewTarget) PUSH(frame->new_target); NEXT(1);
    CASE(PushFunc) PUSH(fp[-2]); NEXT(1);
    CASE(PushHome) PUSH(frame->func->home); NEXT(1);
    CASE(PushArguments) {
        Env *mapped = pc[1] & 1 && frame->flags & FRAME_MAPPED ? frame->mapped : NULL;
        SLOW_VALUE(0, 2, arguments_new(vm, frame, mapped));
    }
    CASE(MapArguments) {
        Env *env = (Env *)v_ptr(fp[op_u16(pc + 1)]);
        u32 n = dx_min_u32(code->nparams, env->count);
        for (u32 i = 0; i < n; i++) heap_set(vm, &env->v[i], fp[i]);
        frame->mapped = env;
        frame->flags |= FRAME_MAPPED;
        NEXT(3);
    }
    CASE(PushRest) {
        u32 from = op_u16(pc + 1);
        frame->sp = sp;
        r = array_create_from_list(vm, frame->args + from, from < frame->argc ? frame->argc - from : 0);
        PUSH(r);
        NEXT(3);
    }
    CASE(CoerceThis) {
        r = fp[-1];
        if (v_is_object(r)) NEXT(1);
        if (v_is_nullish(r)) {
            fp[-1] = vm->realm->global_this;
            NEXT(1);
        }
        SAVE();
        r = to_object(vm, r);
        if (v_is_exc(r)) goto exception;
        fp[-1] = r;
        NEXT(1);
    }

    // ---- arithmetic
#define ARITH(name, overflow_op, c_op) \
    CASE(name) { \
        Value b = sp[-1], a = sp[-2]; \
        f64 x, y; \
        if (DX_LIKELY(IS_INT2(a, b))) { \
            i32 n; \
            sp--; \
            if (DX_LIKELY(!overflow_op(v_int(a), v_int(b), &n))) sp[-1] = v_from_int(n); \
            else sp[-1] = v_from_raw_double((f64)v_int(a) c_op (f64)v_int(b)); \
            NEXT(1); \
        } \
        if (DX_LIKELY(num_of(a, &x) && num_of(b, &y))) { \
            sp--; \
            sp[-1] = v_from_raw_double(x c_op y); \
            NEXT(1); \
        }
    ARITH(Add, __builtin_add_overflow, +)
        SLOW_VALUE(2, 1, slow_add_rjs(vm, a, b));
    }
    ARITH(Sub, __builtin_sub_overflow, -)
        SLOW_VALUE(2, 1, slow_arith_rjs(vm, OP_Sub, a, b));
    }
    CASE(Mul) {
        Value b = sp[-1], a = sp[-2];
        f64 x, y;
        if (DX_LIKELY(IS_INT2(a, b))) {
            i32 n;
            sp--;
            if (DX_LIKELY(!__builtin_mul_overflow(v_int(a), v_int(b), &n) && (n != 0 || (v_int(a) | v_int(b)) >= 0))) sp[-1] = v_from_int(n);
            else sp[-1] = v_from_raw_double((f64)v_int(a) * (f64)v_int(b));
            NEXT(1);
        }
        if (DX_LIKELY(num_of(a, &x) && num_of(b, &y))) {
            sp--;
            sp[-1] = v_from_raw_double(x * y);
            NEXT(1);
        }
        SLOW_VALUE(2, 1, slow_arith_rjs(vm, OP_Mul, a, b));
    }
    CASE(Div) {
        Value b = sp[-1], a = sp[-2];
        f64 x, y;
        if (DX_LIKELY(num_of(a, &x) && num_of(b, &y))) {
            sp--;
            sp[-1] = v_from_num(x / y);
            NEXT(1);
        }
        SLOW_VALUE(2, 1, slow_arith_rjs(vm, OP_Div, a, b));
    }
    CASE(Mod) {
        Value b = sp[-1], a = sp[-2];
        if (DX_LIKELY(IS_INT2(a, b) && v_int(a) >= 0 && v_int(b) > 0)) {
            sp--;
            sp[-1] = v_from_int((i32)((u32)v_int(a) % (u32)v_int(b)));
            NEXT(1);
        }
        f64 x, y;
        if (num_of(a, &x) && num_of(b, &y)) {
            sp--;
            sp[-1] = v_from_num(number_mod(x, y));
            NEXT(1);
        }
        SLOW_VALUE(2, 1, slow_arith_rjs(vm, OP_Mod, a, b));
    }
    CASE(Neg) {
        Value a = sp[-1];
        if (v_is_int(a) && v_int(a) != 0 && v_int(a) != INT32_MIN) {
            sp[-1] = v_from_int(-v_int(a));
            NEXT(1);
        }
        f64 x;
        if (num_of(a, &x)) {
            sp[-1] = v_from_raw_double(-x);
            NEXT(1);
        }
        SLOW_VALUE(1, 1, slow_unary_rjs(vm, OP_Neg, a));
    }
    CASE(Exp) {
        f64 x, y;
        if (num_of(sp[-2], &x) && num_of(sp[-1], &y)) {
            sp--;
            sp[-1] = v_from_num(number_pow(x, y));
            NEXT(1);
        }
        SLOW_VALUE(2, 1, slow_arith_rjs(vm, OP_Exp, sp[-2], sp[-1]));
    }
#define BITOP(name, c_op) \
    CASE(name) { \
        Value b = sp[-1], a = sp[-2]; \
        if (DX_LIKELY(IS_INT2(a, b))) { \
            sp--; \
            sp[-1] = v_from_int(v_int(a) c_op v_int(b)); \
            NEXT(1); \
        } \
        f64 x, y; \
        if (num_of(a, &x) && num_of(b, &y)) { \
            sp--; \
            sp[-1] = v_from_int(f64_to_int32(x) c_op f64_to_int32(y)); \
            NEXT(1); \
        } \
        SLOW_VALUE(2, 1, slow_arith_rjs(vm, OP_##name, a, b)); \
    }
    BITOP(BitAnd, &)
    BITOP(BitOr, |)
    BITOP(BitXor, ^)
    CASE(Shl) {
        Value b = sp[-1], a = sp[-2];
        f64 x, y;
        if (DX_LIKELY(IS_INT2(a, b))) {
            sp--;
            sp[-1] = v_from_int((i32)((u32)v_int(a) << (v_int(b) & 31)));
            NEXT(1);
        }
        if (num_of(a, &x) && num_of(b, &y)) {
            sp--;
            sp[-1] = v_from_int((i32)((u32)f64_to_int32(x) << (f64_to_int32(y) & 31)));
            NEXT(1);
        }
        SLOW_VALUE(2, 1, slow_arith_rjs(vm, OP_Shl, a, b));
    }
    CASE(Shr) {
        Value b = sp[-1], a = sp[-2];
        f64 x, y;
        if (DX_LIKELY(IS_INT2(a, b))) {
            sp--;
            sp[-1] = v_from_int(v_int(a) >> (v_int(b) & 31));
            NEXT(1);
        }
        if (num_of(a, &x) && num_of(b, &y)) {
            sp--;
            sp[-1] = v_from_int(f64_to_int32(x) >> (f64_to_int32(y) & 31));
            NEXT(1);
        }
        SLOW_VALUE(2, 1, slow_arith_rjs(vm, OP_Shr, a, b));
    }
    CASE(UShr) {
        Value b = sp[-1], a = sp[-2];
        f64 x, y;
        if (num_of(a, &x) && num_of(b, &y)) {
            sp--;
            u32 ua = IS_INT2(a, b) ? (u32)v_int(a) : (u32)f64_to_int32(x);
            u32 ub = v_is_int(b) ? (u32)v_int(b) : (u32)f64_to_int32(y);
            sp[-1] = v_from_u32(ua >> (ub & 31));
            NEXT(1);
        }
        SLOW_VALUE(2, 1, slow_arith_rjs(vm, OP_UShr, a, b));
    }
    CASE(BitNot) {
        Value a = sp[-1];
        f64 x;
        if (v_is_int(a)) {
            sp[-1] = v_from_int(~v_int(a));
            NEXT(1);
        }
        if (num_of(a, &x)) {
            sp[-1] = v_from_int(~f64_to_int32(x));
            NEXT(1);
        }
        SLOW_VALUE(1, 1, slow_unary_rjs(vm, OP_BitNot, a));
    }
    CASE(Inc) {
        Value a = sp[-1];
        f64 x;
        if (DX_LIKELY(v_is_int(a) && v_int(a) != INT32_MAX)) {
            sp[-1] = v_from_int(v_int(a) + 1);
            NEXT(1);
        }
        if (num_of(a, &x)) {
            sp[-1] = v_from_raw_double(x + 1);
            NEXT(1);
        }
        SLOW_VALUE(1, 1, slow_unary_rjs(vm, OP_Inc, a));
    }
    CASE(Dec) {
        Value a = sp[-1];
        f64 x;
        if (DX_LIKELY(v_is_int(a) && v_int(a) != INT32_MIN)) {
            sp[-1] = v_from_int(v_int(a) - 1);
            NEXT(1);
        }
        if (num_of(a, &x)) {
            sp[-1] = v_from_raw_double(x - 1);
            NEXT(1);
        }
        SLOW_VALUE(1, 1, slow_unary_rjs(vm, OP_Dec, a));
    }
#define ARITH_SUPER(name, len, get_b, overflow_op, c_op, slow) \
    CASE(name) { \
        Value a = sp[-1], b = get_b; \
        f64 x, y; \
        if (DX_LIKELY(IS_INT2(a, b))) { \
            i32 n; \
            if (DX_LIKELY(!overflow_op(v_int(a), v_int(b), &n))) sp[-1] = v_from_int(n); \
            else sp[-1] = v_from_raw_double((f64)v_int(a) c_op (f64)v_int(b)); \
            NEXT(len); \
        } \
        if (DX_LIKELY(num_of(a, &x) && num_of(b, &y))) { \
            sp[-1] = v_from_raw_double(x c_op y); \
            NEXT(len); \
        } \
        SLOW_VALUE(1, len, slow); \
    }
    ARITH_SUPER(AddInt, 5, v_from_int(op_i32(pc + 1)), __builtin_add_overflow, +, slow_add_rjs(vm, a, b))
    ARITH_SUPER(SubInt, 5, v_from_int(op_i32(pc + 1)), __builtin_sub_overflow, -, slow_arith_rjs(vm, OP_Sub, a, b))
    ARITH_SUPER(AddLocal, 3, fp[op_u16(pc + 1)], __builtin_add_overflow, +, slow_add_rjs(vm, a, b))
    ARITH_SUPER(SubLocal, 3, fp[op_u16(pc + 1)], __builtin_sub_overflow, -, slow_arith_rjs(vm, OP_Sub, a, b))
    CASE(MulLocal) {
        Value a = sp[-1], b = fp[op_u16(pc + 1)];
        f64 x, y;
        if (DX_LIKELY(IS_INT2(a, b))) {
            i32 n;
            if (DX_LIKELY(!__builtin_mul_overflow(v_int(a), v_int(b), &n) && (n != 0 || (v_int(a) | v_int(b)) >= 0))) sp[-1] = v_from_int(n);
            else sp[-1] = v_from_raw_double((f64)v_int(a) * (f64)v_int(b));
            NEXT(3);
        }
        if (DX_LIKELY(num_of(a, &x) && num_of(b, &y))) {
            sp[-1] = v_from_raw_double(x * y);
            NEXT(3);
        }
        SLOW_VALUE(1, 3, slow_arith_rjs(vm, OP_Mul, a, b));
    }
    CASE(ModInt) {
        Value a = sp[-1];
        i32 k = op_i32(pc + 1);
        if (DX_LIKELY(v_is_int(a) && v_int(a) >= 0 && k > 0)) {
            sp[-1] = v_from_int((i32)((u32)v_int(a) % (u32)k));
            NEXT(5);
        }
        f64 x;
        if (num_of(a, &x)) {
            sp[-1] = v_from_num(number_mod(x, k));
            NEXT(5);
        }
        SLOW_VALUE(1, 5, slow_arith_rjs(vm, OP_Mod, a, v_from_int(k)));
    }
    CASE(AndInt) {
        Value a = sp[-1];
        f64 x;
        if (DX_LIKELY(v_is_int(a))) {
            sp[-1] = v_from_int(v_int(a) & op_i32(pc + 1));
            NEXT(5);
        }
        if (num_of(a, &x)) {
            sp[-1] = v_from_int(f64_to_int32(x) & op_i32(pc + 1));
            NEXT(5);
        }
        SLOW_VALUE(1, 5, slow_arith_rjs(vm, OP_BitAnd, a, v_from_int(op_i32(pc + 1))));
    }
#define BUMP_LOCAL(name, limit, c_op, op) \
    CASE(name) { \
        Value *slot = &fp[op_u16(pc + 1)]; \
        if (DX_LIKELY(v_is_int(*slot) && v_int(*slot) != limit)) { \
            *slot = v_from_int(v_int(*slot) c_op 1); \
            NEXT(3); \
        } \
        SAVE(); \
        r = to_numeric_rjs(vm, *slot); \
        if (v_is_exc(r)) goto exception; \
        r = slow_unary_rjs(vm, op, r); \
        if (v_is_exc(r)) goto exception; \
        *slot = r; \
        NEXT(3); \
    }
    BUMP_LOCAL(IncLocal, INT32_MAX, +, OP_Inc)
    BUMP_LOCAL(DecLocal, INT32_MIN, -, OP_Dec)

    // ---- comparison and conversion
    CASE(Eq) CASE(Ne) {
        Value b = sp[-1], a = sp[-2];
        bool eq;
        if (DX_LIKELY(IS_INT2(a, b))) eq = a == b;
        else {
            SAVE();
            if (!is_loosely_equal_rjs(vm, a, b, &eq)) goto exception;
        }
        sp--;
        sp[-1] = v_from_bool(eq ^ (*pc == OP_Ne));
        NEXT(1);
    }
#define COMPARE(name, c_op) \
    CASE(name) { \
        Value b = sp[-1], a = sp[-2]; \
        f64 x, y; \
        if (DX_LIKELY(IS_INT2(a, b))) { \
            sp--; \
            sp[-1] = v_from_bool(v_int(a) c_op v_int(b)); \
            NEXT(1); \
        } \
        if (num_of(a, &x) && num_of(b, &y)) { \
            sp--; \
            sp[-1] = v_from_bool(x c_op y); \
            NEXT(1); \
        } \
        SAVE(); \
        int c = slow_compare_rjs(vm, OP_##name, a, b); \
        if (c < 0) goto exception; \
        sp--; \
        sp[-1] = v_from_bool(c); \
        NEXT(1); \
    }
    COMPARE(Lt, <)
    COMPARE(Le, <=)
    COMPARE(Gt, >)
    COMPARE(Ge, >=)
#define JUMP_COMPARE(name, c_op, op, want) \
    CASE(name) { \
        Value b = sp[-1], a = sp[-2]; \
        f64 x, y; \
        bool yes; \
        if (DX_LIKELY(IS_INT2(a, b))) yes = v_int(a) c_op v_int(b); \
        else if (num_of(a, &x) && num_of(b, &y)) yes = x c_op y; \
        else { \
            SAVE(); \
            int c = slow_compare_rjs(vm, op, a, b); \
            if (c < 0) goto exception; \
            yes = c; \
        } \
        sp -= 2; \
        if (yes == want) JUMP_REL(op_i32(pc + 1)); \
        NEXT(5); \
    }
    JUMP_COMPARE(JumpIfLt, <, OP_Lt, true)
    JUMP_COMPARE(JumpIfLe, <=, OP_Le, true)
    JUMP_COMPARE(JumpIfGt, >, OP_Gt, true)
    JUMP_COMPARE(JumpIfGe, >=, OP_Ge, true)
    JUMP_COMPARE(JumpIfNotLt, <, OP_Lt, false)
    JUMP_COMPARE(JumpIfNotLe, <=, OP_Le, false)
    JUMP_COMPARE(JumpIfNotGt, >, OP_Gt, false)
    JUMP_COMPARE(JumpIfNotGe, >=, OP_Ge, false)
#define JUMP_LOCAL_LT(name, get_b, label, len, want) \
    CASE(name) { \
        Value a = fp[op_u16(pc + 1)], b = get_b; \
        f64 x, y; \
        bool yes; \
        if (DX_LIKELY(IS_INT2(a, b))) yes = v_int(a) < v_int(b); \
        else if (num_of(a, &x) && num_of(b, &y)) yes = x < y; \
        else { \
            SAVE(); \
            int c = slow_compare_rjs(vm, OP_Lt, a, b); \
            if (c < 0) goto exception; \
            yes = c; \
        } \
        if (yes == want) JUMP_REL(op_i32(pc + label)); \
        NEXT(len); \
    }
    JUMP_LOCAL_LT(JumpIfLocalNotLt, fp[op_u16(pc + 3)], 5, 9, false)
    JUMP_LOCAL_LT(JumpIfLocalNotLtInt, v_from_int(op_i32(pc + 3)), 7, 11, false)
    JUMP_LOCAL_LT(JumpIfLocalLt, fp[op_u16(pc + 3)], 5, 9, true)
    JUMP_LOCAL_LT(JumpIfLocalLtInt, v_from_int(op_i32(pc + 3)), 7, 11, true)
#define JUMP_LOCAL_INT(name, want) \
    CASE(name) { \
        Value a = fp[op_u16(pc + 1)]; \
        i32 k = op_i32(pc + 3); \
        bool eq = v_is_int(a) ? v_int(a) == k : v_is_double(a) && v_double(a) == k; \
        if (eq == want) JUMP_REL(op_i32(pc + 7)); \
        NEXT(11); \
    }
    JUMP_LOCAL_INT(JumpIfLocalEqInt, true)
    JUMP_LOCAL_INT(JumpIfLocalNeInt, false)
#define STRICT_EQ(a, b) (IS_INT2(a, b) ? (a) == (b) : slow_strict_equal(vm, a, b))
    CASE(StrictEq) {
        Value b = sp[-1], a = sp[-2];
        sp--;
        sp[-1] = v_from_bool(STRICT_EQ(a, b));
        NEXT(1);
    }
    CASE(StrictNe) {
        Value b = sp[-1], a = sp[-2];
        sp--;
        sp[-1] = v_from_bool(!STRICT_EQ(a, b));
        NEXT(1);
    }
    CASE(JumpIfStrictEq) {
        Value b = sp[-1], a = sp[-2];
        sp -= 2;
        if (STRICT_EQ(a, b)) JUMP_REL(op_i32(pc + 1));
        NEXT(5);
    }
    CASE(JumpIfStrictNe) {
        Value b = sp[-1], a = sp[-2];
        sp -= 2;
        if (!STRICT_EQ(a, b)) JUMP_REL(op_i32(pc + 1));
        NEXT(5);
    }
    CASE(InstanceOf) {
        SAVE();
        int is = instance_of_rjs(vm, sp[-2], sp[-1]);
        if (is < 0) goto exception;
        sp--;
        sp[-1] = v_from_bool(is);
        NEXT(1);
    }
    CASE(In) {
        SAVE();
        PropKey k;
        if (DX_UNLIKELY(!v_is_object(sp[-1]))) {
            k = V_UNDEFINED;
            if (!to_property_key_rjs(vm, sp[-2], &k)) goto exception;
            (void)vm_throw(vm, ERR_IN_OPERATOR, k, sp[-1]);
            goto exception;
        }
        if (!to_property_key_rjs(vm, sp[-2], &k)) goto exception;
        int has = object_has_rjs(vm, sp[-1], k);
        if (has < 0) goto exception;
        sp--;
        sp[-1] = v_from_bool(has);
        NEXT(1);
    }
    CASE(TypeOf) sp[-1] = typeof_value(vm, sp[-1]); NEXT(1);
    CASE(LogNot) sp[-1] = v_from_bool(!to_boolean(sp[-1])); NEXT(1);
    CASE(ToNumber) {
        if (v_is_number(sp[-1])) NEXT(1);
        SLOW_VALUE(1, 1, to_number_rjs(vm, sp[-1]));
    }
    CASE(ToNumeric) {
        if (v_is_number(sp[-1])) NEXT(1);
        SLOW_VALUE(1, 1, to_numeric_rjs(vm, sp[-1]));
    }
    CASE(ToPropertyKey) {
        if (v_is_string(sp[-1]) || v_is_int(sp[-1]) || v_is_symbol(sp[-1])) NEXT(1);
        SAVE();
        PropKey k;
        if (!to_property_key_rjs(vm, sp[-1], &k)) goto exception;
        sp[-1] = key_to_value(vm, k);
        NEXT(1);
    }
    CASE(ToElementKey) {
        if (v_is_nullish(sp[-2])) SLOW_VALUE(2, 1, prop_get_index_rjs(vm, sp[-2], sp[-1])); // throws
        if (v_is_string(sp[-1]) || v_is_int(sp[-1]) || v_is_symbol(sp[-1])) NEXT(1);
        SAVE();
        PropKey k;
        if (!to_property_key_rjs(vm, sp[-1], &k)) goto exception;
        sp[-1] = key_to_value(vm, k);
        NEXT(1);
    }
    CASE(ToString) {
        if (v_is_string(sp[-1])) NEXT(1);
        SAVE();
        String *s = to_string_rjs(vm, sp[-1]);
        if (!s) goto exception;
        sp[-1] = v_from_string(s);
        NEXT(1);
    }

    // ---- assertions
#define ASSERT_OP(name, n, len, site) \
    CASE(name) { \
        SAVE(); \
        if (DX_LIKELY(!vm->assert_not && assert_passes(vm, OP_##name, sp - (n)))) vm->assertions++; \
        else if (assert_fast(vm, OP_##name, sp - (n)) == !vm->assert_not) vm->assertions++, vm->assert_not = 0; \
        else if (v_is_exc(test_op(vm, OP_##name, sp - (n), (n), (site)))) goto exception; \
        sp -= (n); \
        NEXT(len); \
    }
    ASSERT_OP(AssertEq, 2, 5, op_u32(pc + 1))
    ASSERT_OP(AssertDeepEq, 2, 5, op_u32(pc + 1))
    ASSERT_OP(AssertTruthy, 1, 5, op_u32(pc + 1))
    ASSERT_OP(AssertFalsy, 1, 5, op_u32(pc + 1))
    ASSERT_OP(AssertNull, 1, 5, op_u32(pc + 1))
    ASSERT_OP(AssertDefined, 1, 5, op_u32(pc + 1))
    ASSERT_OP(AssertUndefined, 1, 5, op_u32(pc + 1))
    ASSERT_OP(AssertContains, 2, 5, op_u32(pc + 1))
    ASSERT_OP(AssertLength, 2, 5, op_u32(pc + 1))
    ASSERT_OP(AssertMatch, 2, 5, op_u32(pc + 1))
    ASSERT_OP(AssertThrows, 2, 5, op_u32(pc + 1))
    ASSERT_OP(AssertSnapshot, 2, 5, op_u32(pc + 1))
    ASSERT_OP(AssertType, 2, 5, op_u32(pc + 1))
    ASSERT_OP(AssertInstanceOf, 2, 5, op_u32(pc + 1))
    ASSERT_OP(AssertCloseTo, 3, 5, op_u32(pc + 1))
    ASSERT_OP(AssertArrayEq, 2, 5, op_u32(pc + 1))
    ASSERT_OP(AssertStringEq, 2, 5, op_u32(pc + 1))
    ASSERT_OP(AssertStrictDeepEq, 2, 5, op_u32(pc + 1))
    CASE(Not) vm->assert_not ^= 1; NEXT(1);
#define BATCH_OP(name, single, width) \
    CASE(name) { \
        u32 n = op_u32(pc + 1); \
        SAVE(); \
        if (!batch_assert(vm, OP_##name, single, sp - (size_t)n * (width), n, width, op_u32(pc + 5))) goto exception; \
        sp -= (size_t)n * (width); \
        NEXT(9); \
    }
    BATCH_OP(BatchAssertEqI32, OP_AssertEq, 2)
    BATCH_OP(BatchAssertEqF64, OP_AssertEq, 2)
    BATCH_OP(BatchAssertTruthy, OP_AssertTruthy, 1)
    BATCH_OP(BatchAssertNull, OP_AssertNull, 1)
    BATCH_OP(BatchAssertStringEq, OP_AssertStringEq, 2)
#define TEST_OP(name, n, len, site, push) \
    CASE(name) { \
        SAVE(); \
        r = test_op(vm, OP_##name, sp - (n), (n), (site)); \
        if (v_is_exc(r)) goto exception; \
        sp -= (n); \
        if (push) PUSH(r); \
        NEXT(len); \
    }
    TEST_OP(MockCreate, 1, 1, DXT_NONE, true)
    TEST_OP(MockCall, op_u16(pc + 1) + 2, 3, DXT_NONE, true)
    TEST_OP(MockVerify, 1, 5, op_u32(pc + 1), false)
    TEST_OP(SpyCreate, 2, 1, DXT_NONE, true)
    TEST_OP(SpyVerify, 2, 5, op_u32(pc + 1), false)
    TEST_OP(BeforeAll, 2, 1, DXT_NONE, false)
    TEST_OP(AfterAll, 2, 1, DXT_NONE, false)
    TEST_OP(BeforeEach, 2, 1, DXT_NONE, false)
    TEST_OP(AfterEach, 2, 1, DXT_NONE, false)
    TEST_OP(TestPass, 0, 1, DXT_NONE, false)
    TEST_OP(TestFail, 1, 1, DXT_NONE, false)
    TEST_OP(TestSkip, 2, 1, DXT_NONE, false)
    TEST_OP(TestTodo, 1, 1, DXT_NONE, false)

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
                if (nf->id == NATIVE_ID(function_proto_rows, FUNCTION_PROTO_CALL) && v_is_kind(base[1], CELL_FUNCTION)) {
                    base[0] = base[1]; // f.call(self, ...): the arguments move down by one
                    base[1] = argc ? base[2] : V_UNDEFINED;
                    if (argc) argc--;
                    for (u32 i = 0; i < argc; i++) base[2 + i] = base[3 + i];
                    frame->sp = base;
                    new_target = V_UNDEFINED;
                    push_flags = 0;
                    goto enter;
                }
                if (nf->id == NATIVE_ID(generator_proto_rows, 0) && v_is_kind(base[1], CELL_GENERATOR)) {
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
                r = native_fn(nf->id)(vm, base[1], (int)argc, base + 2);
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

    // Entering a JS function: base[0] callee, base[1] this, base[2..] argc arguments; frame->pc and frame->sp are where the caller goes on.
enter: {
        Function *func = (Function *)v_ptr(base[0]);
        FuncCode *c = func->code;
        Value *args = base + 2;
        u32 nparams = c->nparams;
        if (DX_UNLIKELY(!c->entry)) { // classes, async functions, the first call
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
            if (vm->interrupt && !exec_poll(vm)) goto exception_saved; // an interrupt lowers frames_end (vm_interrupt)
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

    // ---- objects
    CASE(NewObject) {
        frame->sp = sp;
        u32 n = op_u16(pc + 1);
        Object *o = n <= 4 ? object_new(vm) : object_alloc(vm, CELL_OBJECT, sizeof(Object), vm->realm->shape_object, n < 64 ? n : 64);
        PUSH(v_from_ptr(TAG_OBJECT, o));
        NEXT(3);
    }
    CASE(NewArray) {
        u32 n = op_u32(pc + 1);
        frame->sp = sp;
        r = array_create_from_list(vm, sp - n, n);
        sp -= n;
        PUSH(r);
        NEXT(5);
    }
#define GET_PROP(o, k, ic, dest_n, len) do { \
        Value o_ = (o); \
        Ic *ic_ = (ic); \
        if (DX_LIKELY(v_is_object(o_))) { \
            Object *ob_ = v_object(o_); \
            if (DX_LIKELY(ob_->shape == ic_->shape)) { \
                if (!ic_->u.holder) { \
                    if (DX_LIKELY(ic_->slot < IC_LENGTH)) { \
                        sp -= (dest_n); PUSH(ob_->slots[ic_->slot]); NEXT(len); \
                    } \
                    if (ic_->slot == IC_LENGTH && v_is_array(o_)) { \
                        sp -= (dest_n); PUSH(v_from_u32(v_array(o_)->length)); NEXT(len); \
                    } \
                } else if (ic_->epoch == vm->proto_epoch) { \
                    if (DX_LIKELY(ic_->slot < IC_LENGTH)) { \
                        sp -= (dest_n); PUSH(ic_->u.holder->slots[ic_->slot]); NEXT(len); \
                    } \
                    r = ((Accessor *)v_ptr(ic_->u.holder->slots[ic_->slot & ~IC_ACCESSOR]))->get; \
                    if (v_is_kind(r, CELL_FUNCTION)) { /* a getter of the class: entered without leaving the loop */ \
                        sp -= (dest_n); \
                        base = sp; \
                        base[0] = r; \
                        base[1] = o_; \
                        argc = 0; \
                        frame->pc = pc + (len); \
                        frame->sp = base; \
                        new_target = V_UNDEFINED; \
                        push_flags = 0; \
                        goto enter; \
                    } \
                } \
            } \
        } else if (v_is_string(o_) && (k) == A_(vm, length)) { \
            sp -= (dest_n); PUSH(v_from_int((i32)v_string(o_)->length)); NEXT(len); \
        } \
        SLOW_VALUE(dest_n, len, prop_get_rjs(vm, o_, (k), ic_)); \
    } while (0)
    CASE(GetProp) GET_PROP(sp[-1], STR(1), IC(5), 1, 7);
    CASE(GetLocalProp) GET_PROP(fp[op_u16(pc + 1)], STR(3), IC(7), 0, 9);
    CASE(GetThisProp) GET_PROP(fp[-1], STR(1), IC(5), 0, 7);
#define GET_METHOD(o, k, ic, dest_n, len) do { \
        Value o_ = (o); \
        Ic *ic_ = (ic); \
        Object *ob_; \
        if (DX_LIKELY(v_is_object(o_))) ob_ = v_object(o_); \
        else if (v_is_string(o_)) ob_ = v_object(vm->realm->StringPrototype); \
        else if (v_is_number(o_)) ob_ = v_object(vm->realm->NumberPrototype); \
        else ob_ = NULL; \
        if (DX_LIKELY(ob_ && ob_->shape == ic_->shape && ic_->slot < IC_LENGTH)) { \
            if (!ic_->u.holder) r = ob_->slots[ic_->slot]; \
            else if (ic_->epoch == vm->proto_epoch) r = ic_->u.holder->slots[ic_->slot]; \
            else goto method_slow_##len; \
        } else { \
        method_slow_##len: \
            SAVE(); \
            r = prop_get_rjs(vm, o_, (k), ic_); \
            if (DX_UNLIKELY(v_is_exc(r))) goto exception; \
        } \
        sp -= (dest_n); \
        sp[0] = r; \
        sp[1] = o_; \
        sp += 2; \
        NEXT(len); \
    } while (0)
    CASE(GetMethod) GET_METHOD(sp[-1], STR(1), IC(5), 1, 7);
    CASE(GetLocalMethod) GET_METHOD(fp[op_u16(pc + 1)], STR(3), IC(7), 0, 9);
    CASE(SetProp) CASE(SetPropPop) {
        Value o = sp[-2], v = sp[-1];
        Ic *ic = IC(5);
        if (DX_LIKELY(v_is_object(o))) {
            Object *ob = v_object(o);
            if (DX_LIKELY(ob->shape == ic->shape)) {
                if (!ic->u.next) {
                    heap_set(vm, &ob->slots[ic->slot], v);
                    goto set_done;
                }
                if (ic->epoch == vm->proto_epoch && !(ob->cell.flags & (OBJ_PROTO | OBJ_EXOTIC)) && ic->slot < object_slot_room(ob)) {
                    heap_touch(vm, ob, sizeof *ob);
                    heap_set(vm, &ob->slots[ic->slot], v);
                    ob->shape = ic->u.next;
                    goto set_done;
                }
            }
        }
        SAVE();
        if (prop_set_rjs(vm, o, STR(1), v, ic, STRICT()) < 0) goto exception;
    set_done:
        if (*pc == OP_SetPropPop) sp -= 2;
        else {
            sp--;
            sp[-1] = v;
        }
        NEXT(7);
    }
    CASE(GetIndex) {
        Value k = sp[-1], o = sp[-2];
        if (DX_LIKELY(v_is_int(k))) {
            u32 i = (u32)v_int(k);
            if (DX_LIKELY(v_is_object(o))) {
                Object *ob = v_object(o);
                if (DX_LIKELY(obj_is_dense(ob))) {
                    Elements *e = obj_elems(ob);
                    if (DX_LIKELY(e && i < e->len && e->v[i] != V_HOLE)) {
                        sp--;
                        sp[-1] = e->v[i];
                        NEXT(1);
                    }
                } else if (ob->cell.kind == CELL_TYPEDARRAY) {
                    r = typed_peek((TypedArrayObject *)ob, i);
                    if (DX_LIKELY(r != V_HOLE)) {
                        sp--;
                        sp[-1] = r;
                        NEXT(1);
                    }
                }
            } else if (v_is_string(o)) {
                String *s = v_string(o);
                if (i < s->length) {
                    frame->sp = sp;
                    Chars c = str_chars(vm, s);
                    r = v_from_string(str_char(vm, chars_at(c, i)));
                    sp--;
                    sp[-1] = r;
                    NEXT(1);
                }
            }
        }
        SLOW_VALUE(2, 1, prop_get_index_rjs(vm, o, k));
    }
    CASE(GetLocalIndex) {
        Value k = fp[op_u16(pc + 3)], o = fp[op_u16(pc + 1)];
        if (DX_LIKELY(v_is_int(k) && v_is_object(o))) {
            Object *ob = v_object(o);
            u32 i = (u32)v_int(k);
            if (DX_LIKELY(obj_is_dense(ob))) {
                Elements *e = obj_elems(ob);
                if (DX_LIKELY(e && i < e->len && e->v[i] != V_HOLE)) {
                    PUSH(e->v[i]);
                    NEXT(5);
                }
            } else if (ob->cell.kind == CELL_TYPEDARRAY) {
                r = typed_peek((TypedArrayObject *)ob, i);
                if (DX_LIKELY(r != V_HOLE)) {
                    PUSH(r);
                    NEXT(5);
                }
            }
        }
        SLOW_VALUE(0, 5, prop_get_index_rjs(vm, o, k));
    }
    CASE(SetIndex) CASE(SetIndexPop) {
        Value v = sp[-1], k = sp[-2], o = sp[-3];
        if (DX_LIKELY(v_is_int(k) && v_is_object(o))) {
            Object *ob = v_object(o);
            u32 i = (u32)v_int(k);
            if (DX_LIKELY(obj_is_dense(ob) && !(ob->cell.aux & (OBJ2_ELEMS_FROZEN | OBJ2_ELEMS_COW)))) {
                Elements *e = obj_elems(ob);
                if (e) {
                    if (DX_LIKELY(i < e->len && e->v[i] != V_HOLE)) {
                        heap_set(vm, &e->v[i], v);
                        goto set_index_done;
                    }
                    if (i == e->len && i < e->cap && ob->shape == vm->realm->shape_array && v_is_array(o) && v_array(o)->length == i &&
                        !(ob->cell.aux & OBJ2_LENGTH_READONLY) && !(ob->cell.flags & (OBJ_NON_EXTENSIBLE | OBJ_PROTO)) &&
                        !v_object(vm->realm->ArrayPrototype)->elems && !v_object(vm->realm->ObjectPrototype)->elems) {
                        heap_touch(vm, &e->len, 4);
                        heap_touch(vm, &v_array(o)->length, 4);
                        heap_set(vm, &e->v[i], v);
                        e->len = i + 1;
                        v_array(o)->length = i + 1;
                        goto set_index_done;
                    }
                }
            } else if (ob->cell.kind == CELL_TYPEDARRAY && typed_poke(vm, (TypedArrayObject *)ob, i, v)) {
                goto set_index_done;
            }
        }
        SAVE();
        if (prop_set_index_rjs(vm, o, k, v, STRICT()) < 0) goto exception;
    set_index_done:
        if (*pc == OP_SetIndexPop) sp -= 3;
        else {
            sp -= 2;
            sp[-1] = v;
        }
        NEXT(1);
    }
    CASE(GetIndexMethod) {
        SAVE();
        r = prop_get_index_rjs(vm, sp[-2], sp[-1]);
        if (v_is_exc(r)) goto exception;
        sp[-1] = sp[-2];
        sp[-2] = r;
        NEXT(1);
    }
    CASE(DefineProp) {
        Value o = sp[-2], v = sp[-1];
        Ic *ic = IC(5);
        if (DX_LIKELY(v_is_object(o))) {
            Object *ob = v_object(o);
            if (DX_LIKELY(ob->shape == ic->shape && ic->u.next && !(ob->cell.flags & (OBJ_PROTO | OBJ_EXOTIC)) && ic->slot < object_slot_room(ob))) {
                heap_touch(vm, ob, sizeof *ob);
                heap_set(vm, &ob->slots[ic->slot], v);
                ob->shape = ic->u.next;
                sp--;
                NEXT(7);
            }
        }
        SAVE();
        if (prop_define_rjs(vm, o, STR(1), v, ic) < 0) goto exception;
        sp--;
        NEXT(7);
    }
    CASE(DefineIndex) {
        SAVE();
        PropKey k;
        if (!v_is_object(sp[-3])) goto invalid;
        if (!to_property_key_rjs(vm, sp[-2], &k)) goto exception;
        if (create_data_property_or_throw_rjs(vm, sp[-3], k, sp[-1]) < 0) goto exception;
        sp -= 2;
        NEXT(1);
    }
    CASE(DefineMethod) {
        SAVE();
        if (define_method_rjs(vm, sp[-3], sp[-2], sp[-1], pc[1]) < 0) goto exception;
        sp -= 2;
        NEXT(2);
    }
    CASE(SetProto) {
        SAVE();
        if (!v_is_object(sp[-2])) goto invalid;
        if ((v_is_object(sp[-1]) || v_is_null(sp[-1])) && object_set_proto_rjs(vm, sp[-2], sp[-1]) < 0) goto exception;
        sp--;
        NEXT(1);
    }
    CASE(CopyDataProps) {
        SAVE();
        if (!v_is_object(sp[-2])) goto invalid;
        if (copy_data_properties_rjs(vm, sp[-2], sp[-1], NULL, 0) < 0) goto exception;
        sp--;
        NEXT(1);
    }
    CASE(CopyRest) {
        u32 n = op_u16(pc + 1);
        SAVE();
        r = v_from_ptr(TAG_OBJECT, object_new(vm));
        if (copy_data_properties_rjs(vm, r, sp[-1 - (int)n], sp - n, n) < 0) goto exception;
        sp -= n;
        PUSH(r);
        NEXT(3);
    }
    CASE(DeleteProp) {
        SAVE();
        int ok = delete_rjs(vm, sp[-1], STR(1), STRICT());
        if (ok < 0) goto exception;
        sp[-1] = v_from_bool(ok);
        NEXT(5);
    }
    CASE(DeleteIndex) {
        SAVE();
        int ok = delete_rjs(vm, sp[-2], sp[-1], STRICT());
        if (ok < 0) goto exception;
        sp--;
        sp[-1] = v_from_bool(ok);
        NEXT(1);
    }
    CASE(AppendElem) {
        if (!v_is_array(sp[-2])) goto invalid;
        SAVE();
        array_push(vm, v_array(sp[-2]), sp[-1]);
        sp--;
        NEXT(1);
    }
    CASE(AppendSpread) {
        if (!v_is_array(sp[-2])) goto invalid;
        SAVE();
        if (append_spread_rjs(vm, sp[-2], sp[-1]) < 0) goto exception;
        sp--;
        NEXT(1);
    }
    CASE(NewRegExp) SLOW_VALUE(0, 5, regexp_literal(vm, code->module, op_u32(pc + 1)));
    CASE(GetTemplate) SLOW_VALUE(0, 5, template_object(vm, code->module, op_u32(pc + 1)));
    CASE(GetSuper) SLOW_VALUE(3, 1, super_get_rjs(vm, sp[-3], sp[-2], sp[-1]));
    CASE(SetSuper) {
        SAVE();
        if (super_set_rjs(vm, sp[-4], sp[-3], sp[-2], sp[-1], STRICT()) < 0) goto exception;
        sp[-4] = sp[-1];
        sp -= 3;
        NEXT(1);
    }
    CASE(SuperCtor) {
        SAVE();
        if (!v_is_object(sp[-1])) goto invalid;
        r = object_get_proto_rjs(vm, sp[-1]);
        if (v_is_exc(r)) goto exception;
        sp[-1] = r; // whether it is a constructor is asked after the arguments (13.3.7.1)
        NEXT(1);
    }
    CASE(SetFunctionName) {
        static const char *const prefix[4] = {NULL, "get", "set", NULL};
        SAVE();
        PropKey k;
        if (!to_property_key_rjs(vm, sp[-2], &k)) goto exception;
        if (v_is_object(sp[-1]) && set_function_name(vm, sp[-1], k, prefix[pc[1] & 3]) < 0) goto exception;
        NEXT(2);
    }

    // ---- functions and classes
    CASE(NewFunction) {
        u32 s = op_u16(pc + 5);
        frame->sp = sp;
        Env *env = s == SLOT_CAPTURED ? frame->func->env : (Env *)v_ptr(fp[s]);
        FuncCode *fc = code->module->codes[op_u32(pc + 1)];
        if (DX_UNLIKELY(!fc)) fc = module_code(vm, code->module, op_u32(pc + 1));
        PUSH(v_from_ptr(TAG_OBJECT, function_new(vm, fc, env)));
        NEXT(7);
    }
    CASE(CallFunction) {
        SAVE();
        if (!v_is_callable(sp[-3])) {
            (void)throw_not_callable(vm, sp[-3]);
            goto exception;
        }
        SLOW_VALUE(3, 1, call_spread_rjs(vm, sp[-3], sp[-2], sp[-1], V_HOLE));
    }
    CASE(New) {
        argc = op_u16(pc + 1);
        base = sp - argc - 1;
        Value f = base[0];
        if (DX_LIKELY(v_is_kind(f, CELL_FUNCTION) && v_is_constructor(f))) {
            Function *func = (Function *)v_ptr(f);
            SAVE();
            if (func->code->flags & FUNC_DERIVED_CTOR) r = V_TDZ;
            else {
                r = construct_this_rjs(vm, func, f);
                if (DX_UNLIKELY(v_is_exc(r))) goto exception;
            }
            for (u32 i = argc; i > 0; i--) base[i + 1] = base[i]; // room for `this`
            base[1] = r;
            frame->pc = pc + 3;
            frame->sp = base;
            new_target = f;
            push_flags = FRAME_CONSTRUCT;
            goto enter;
        }
        SAVE();
        if (!v_is_constructor(f)) {
            (void)throw_not_constructor(vm, f);
            goto exception;
        }
        r = vm_construct(vm, f, (int)argc, base + 1, f);
        if (v_is_exc(r)) goto exception;
        sp = base;
        PUSH(r);
        NEXT(3);
    }
    CASE(NewSpread) {
        SAVE();
        if (!v_is_constructor(sp[-2])) {
            (void)throw_not_constructor(vm, sp[-2]);
            goto exception;
        }
        SLOW_VALUE(2, 1, call_spread_rjs(vm, sp[-2], V_UNDEFINED, sp[-1], sp[-2]));
    }
    CASE(SuperCall) {
        argc = op_u16(pc + 1);
        base = sp - argc - 2;
        Value f = base[0];
        SAVE();
        if (!v_is_constructor(base[1])) goto invalid;
        if (!v_is_constructor(f)) {
            (void)throw_super(vm, f, base[1]);
            goto exception;
        }
        if (DX_LIKELY(v_is_kind(f, CELL_FUNCTION))) {
            Function *func = (Function *)v_ptr(f);
            new_target = base[1];
            if (func->code->flags & FUNC_DERIVED_CTOR) r = V_TDZ;
            else {
                r = construct_this_rjs(vm, func, new_target);
                if (v_is_exc(r)) goto exception;
            }
            base[1] = r;
            frame->pc = pc + 3;
            frame->sp = base;
            push_flags = FRAME_CONSTRUCT;
            goto enter;
        }
        r = vm_construct(vm, f, (int)argc, base + 2, base[1]);
        if (v_is_exc(r)) goto exception;
        sp = base;
        PUSH(r);
        NEXT(3);
    }
    CASE(SuperCallSpread) {
        SAVE();
        if (!v_is_constructor(sp[-2])) goto invalid;
        if (!v_is_constructor(sp[-3])) {
            (void)throw_super(vm, sp[-3], sp[-2]);
            goto exception;
        }
        SLOW_VALUE(3, 1, call_spread_rjs(vm, sp[-3], V_UNDEFINED, sp[-1], sp[-2]));
    }
    CASE(DefineClass) {
        u32 s = op_u16(pc + 5);
        SAVE();
        Env *env = s == SLOT_CAPTURED ? frame->func->env : (Env *)v_ptr(fp[s]);
        Value proto;
        r = define_class_rjs(vm, code->module, op_u32(pc + 1), env, sp[-1], &proto);
        if (v_is_exc(r)) goto exception;
        sp[-1] = r;
        PUSH(proto);
        NEXT(8);
    }
    CASE(SetFieldInit) {
        if (!v_is_kind(sp[-2], CELL_FUNCTION) || !v_is_kind(sp[-1], CELL_FUNCTION)) goto invalid;
        SAVE();
        Function *ctor = (Function *)v_ptr(sp[-2]), *init = (Function *)v_ptr(sp[-1]);
        HEAP_STORE(vm, ctor->fields, sp[-1]);
        HEAP_STORE(vm, ctor->o.cell.flags, ctor->o.cell.flags | OBJ_CLASS_FIELDS);
        HEAP_STORE(vm, init->home, ctor->home);
        sp--;
        NEXT(1);
    }
    CASE(RunFieldInit) {
        if (!v_is_kind(sp[-1], CELL_FUNCTION)) goto invalid;
        Function *ctor = (Function *)v_ptr(sp[-1]);
        if (!(ctor->o.cell.flags & OBJ_CLASS_FIELDS)) {
            sp -= 2;
            NEXT(1);
        }
        SAVE();
        r = vm_call(vm, ctor->fields, sp[-2], 0, NULL);
        if (v_is_exc(r)) goto exception;
        sp -= 2;
        NEXT(1);
    }
    CASE(NewPrivateName) {
        frame->sp = sp;
        Symbol *p = symbol_new(vm, STR(1));
        p->cell.flags |= SYM_PRIVATE;
        PUSH(v_from_ptr(TAG_SYMBOL, p));
        NEXT(5);
    }
    CASE(GetPrivate) {
        Value o = sp[-2], p = sp[-1], *field;
        if (DX_LIKELY(v_is_object(o) && (field = private_field_cached(vm, o, p)))) {
            sp--;
            sp[-1] = *field;
            NEXT(1);
        }
        SLOW_VALUE(2, 1, private_get_rjs(vm, o, p));
    }
    CASE(SetPrivate) {
        Value *field;
        SAVE();
        if (DX_LIKELY(v_is_object(sp[-3]) && (field = private_field_cached(vm, sp[-3], sp[-2])))) heap_set(vm, field, sp[-1]);
        else if (private_set_rjs(vm, sp[-3], sp[-2], sp[-1]) < 0) goto exception;
        sp[-3] = sp[-1];
        sp -= 2;
        NEXT(1);
    }
    CASE(DefinePrivate) {
        SAVE();
        if (private_define(vm, sp[-3], sp[-2], sp[-1], pc[1]) < 0) goto exception;
        sp -= 2;
        NEXT(2);
    }
    CASE(HasPrivate) {
        SAVE();
        int has = private_has(vm, sp[-2], sp[-1]);
        if (has < 0) goto exception;
        sp--;
        sp[-1] = v_from_bool(has);
        NEXT(1);
    }
    CASE(SetHome) {
        if (v_is_kind(sp[-1], CELL_FUNCTION)) HEAP_STORE(vm, ((Function *)v_ptr(sp[-1]))->home, sp[-2]);
        NEXT(1);
    }
    CASE(CheckCtorReturn) {
        Value v = sp[-2], self = sp[-1];
        if (!v_is_object(v)) {
            SAVE();
            if (v != V_UNDEFINED) {
                (void)vm_throw(vm, ERR_DERIVED_RETURN);
                goto exception;
            }
            if (self == V_TDZ || self == V_HOLE) {
                (void)vm_throw(vm, ERR_THIS_TDZ);
                goto exception;
            }
            v = self;
        }
        sp--;
        sp[-1] = v;
        NEXT(1);
    }

    // ---- async, generators, iteration
    CASE(Await) {
        SAVE();
        sp--;
        r = async_await(vm, frame, pc, sp, sp[0]);
        goto leave;
    }
    CASE(GenStart) {
        SAVE();
        r = generator_start_rjs(vm, frame);
        if (v_is_exc(r)) goto exception;
        frame_suspend(vm, frame, pc, sp);
        frame->activation->state = FRAME_START;
        goto leave;
    }
    CASE(Yield) CASE(YieldDelegate) {
        SAVE();
        r = *--sp;
        if (frame->flags & FRAME_ASYNC) {
            async_gen_yield(vm, frame, pc, sp, r, *pc == OP_YieldDelegate);
            r = V_UNDEFINED;
            goto leave;
        }
        bool raw = *pc == OP_YieldDelegate;
        FrameCopy *fc = frame->activation;
        frame_suspend(vm, frame, pc, sp);
        HEAP_STORE(vm, ((GeneratorObject *)v_ptr(fc->owner))->state, FRAME_SUSPENDED);
        if (frame->flags & FRAME_FOROF) {
            bool done = false;
            if (raw) { // an inner result object as it is: the loop takes it apart
                r = iter_result_unpack_rjs(vm, r, &done);
                if (v_is_exc(r)) goto pop_throw;
            }
            frame--;
            vm->frame = frame;
            LOAD_FRAME();
            pc--;
            if (done) {
                sp[-1] = V_TRUE;
                JUMP_REL(op_i32(pc + 1));
            }
            PUSH(r);
            NEXT(5);
        }
        if (!raw) r = create_iter_result(vm, r, false);
        goto leave;
    }
    CASE(GetIterator) {
        Value v = sp[-1];
        if (DX_LIKELY(v_is_array(v) && array_iteration_pristine_for(vm, v))) {
            sp[0] = V_ITER_ARRAY;
            sp[1] = v_from_int(0);
            sp += 2;
            NEXT(1);
        }
        SAVE();
        if (!triple_open_rjs(vm, v, sp - 1)) goto exception;
        sp += 2;
        NEXT(1);
    }
    CASE(GetAsyncIterator) {
        SAVE();
        if (!triple_open_async_rjs(vm, sp[-1], sp - 1)) goto exception;
        sp += 2;
        NEXT(1);
    }
    CASE(ForOfNext) {
        Value it = sp[-3], next = sp[-2], st = sp[-1];
        if (DX_LIKELY(next == V_ITER_ARRAY && v_is_int(st))) {
            Array *a = v_array(it);
            u32 i = (u32)v_int(st);
            if (i < a->length) {
                Elements *e = obj_elems(&a->o);
                if (DX_LIKELY(!(a->o.cell.flags & OBJ_SPARSE) && e && i < e->len && e->v[i] != V_HOLE)) r = e->v[i];
                else {
                    SAVE();
                    r = object_get_rjs(vm, it, key_from_index(i), it);
                    if (v_is_exc(r)) {
                        sp[-1] = V_TRUE;
                        goto exception;
                    }
                }
                sp[-1] = v_from_int((i32)(i + 1));
                PUSH(r);
                NEXT(5);
            }
            sp[-1] = V_TRUE;
            JUMP_REL(op_i32(pc + 1));
        }
        if (next == vm->realm->GeneratorNext && v_is_kind(it, CELL_GENERATOR) && st == V_FALSE) {
            GeneratorObject *g = (GeneratorObject *)v_ptr(it);
            if (DX_LIKELY((g->state == FRAME_SUSPENDED || g->state == FRAME_START) && g->frame)) {
                SAVE();
                bool start = g->state == FRAME_START;
                if (!frame_resume(vm, g->frame, sp, FRAME_GENERATOR | FRAME_FOROF)) goto exception;
                HEAP_STORE(vm, g->state, FRAME_RUNNING);
                if (DX_UNLIKELY(!g->frame->code->ics)) ics_make(vm, g->frame->code);
                LOAD_FRAME();
                if (start) NEXT(1);
                sp[0] = V_UNDEFINED;
                sp[1] = *pc == OP_YieldDelegate ? v_from_int(RESUME_NEXT) : V_FALSE;
                sp += 2;
                NEXT(1);
            }
        }
        SAVE();
        int got = triple_step_rjs(vm, sp - 3, &r);
        if (DX_UNLIKELY(got < 0)) goto exception;
        if (got) {
            PUSH(r);
            NEXT(5);
        }
        JUMP_REL(op_i32(pc + 1));
    }
    CASE(IteratorStep) {
        SAVE();
        r = V_UNDEFINED;
        if (sp[-1] != V_TRUE) {
            int got = triple_step_rjs(vm, sp - 3, &r);
            if (got < 0) goto exception;
            if (!got) r = V_UNDEFINED;
        }
        PUSH(r);
        NEXT(1);
    }
    CASE(IteratorRest) {
        SAVE();
        Array *rest = array_new(vm, 0);
        while (sp[-1] != V_TRUE) {
            int got = triple_step_rjs(vm, sp - 3, &r);
            if (got < 0) goto exception;
            if (!got) break;
            array_push(vm, rest, r);
        }
        PUSH(v_from_array(rest));
        NEXT(1);
    }
    CASE(IteratorClose) CASE(IteratorCloseThrow) {
        if (sp[-1] != V_TRUE && sp[-2] != V_ITER_ARRAY) {
            SAVE();
            bool thrown = *pc == OP_IteratorCloseThrow;
            if (!triple_close_rjs(vm, sp - 3, thrown)) goto exception;
        }
        sp -= 3;
        NEXT(1);
    }
    CASE(IteratorDone) sp[-1] = V_TRUE; NEXT(1);
    CASE(AsyncIterNext) {
        SAVE();
        r = vm_call(vm, sp[-2], sp[-3], 0, NULL);
        if (v_is_exc(r)) {
            sp[-1] = V_TRUE;
            goto exception;
        }
        PUSH(r);
        NEXT(1);
    }
    CASE(AsyncIterResult) {
        SAVE();
        bool done = false;
        r = iter_result_unpack_rjs(vm, sp[-1], &done);
        sp--;
        if (v_is_exc(r) || done) sp[-1] = V_TRUE;
        if (v_is_exc(r)) goto exception;
        if (done) JUMP_REL(op_i32(pc + 1));
        PUSH(r);
        NEXT(5);
    }
    CASE(IterReturnCall) {
        SAVE();
        Value has;
        if (!triple_return_call_rjs(vm, sp - 3, &r, &has)) goto exception;
        sp[0] = r;
        sp[1] = has;
        sp += 2;
        NEXT(1);
    }
    CASE(DelegateCall) {
        SAVE();
        Value how;
        if (!delegate_call_rjs(vm, sp - 5, sp[-2], sp[-1], code->flags & FUNC_ASYNC, &r, &how)) goto exception;
        sp[-2] = r;
        sp[-1] = how;
        NEXT(1);
    }
    CASE(DelegateResult) {
        SAVE();
        int done = delegate_result_rjs(vm, sp[-1], code->flags & FUNC_ASYNC, &r);
        if (done < 0) goto exception;
        sp[-1] = r;
        PUSH(v_from_bool(done));
        NEXT(1);
    }
    CASE(ForInStart) SLOW_VALUE(1, 1, for_in_start_rjs(vm, sp[-1]));
    CASE(ForInNext) {
        SAVE();
        int got = for_in_next_rjs(vm, sp[-1], &r);
        if (got < 0) goto exception;
        if (!got) JUMP_REL(op_i32(pc + 1));
        PUSH(r);
        NEXT(5);
    }

    // ---- globals, modules, dynamic scopes
    CASE(GetGlobal) {
        Ic *ic = IC(5);
        Object *global = v_object(vm->realm->global);
        if (DX_LIKELY(ic->shape == global->shape && ic->epoch == vm->proto_epoch && ic->u.holder && ic->slot < IC_LENGTH)) {
            r = ic->u.holder->slots[ic->slot];
            if (DX_LIKELY(r != V_TDZ)) {
                PUSH(r);
                NEXT(7);
            }
        }
        SLOW_VALUE(0, 7, prop_get_global_rjs(vm, STR(1), ic, false));
    }
    CASE(SetGlobal) {
        SAVE();
        if (prop_set_global_rjs(vm, STR(1), sp[-1], IC(5), STRICT()) < 0) goto exception;
        sp--;
        NEXT(7);
    }
    CASE(TypeofGlobal) {
        SAVE();
        r = prop_get_global_rjs(vm, STR(1), IC(5), true);
        if (v_is_exc(r)) goto exception;
        PUSH(typeof_value(vm, r));
        NEXT(7);
    }
    CASE(DeclareGlobal) {
        SAVE();
        if (global_declare_rjs(vm, STR(1), pc[5]) < 0) goto exception;
        NEXT(6);
    }
    CASE(InitGlobal) {
        SAVE();
        if (global_init_rjs(vm, STR(1), sp[-1]) < 0) goto exception;
        sp--;
        NEXT(5);
    }
    CASE(DynImport) SLOW_VALUE(2, 2, module_dynamic_import_rjs(vm, code->module, sp[-2], sp[-1], pc[1]));
    CASE(ImportMeta) SLOW_VALUE(0, 1, module_import_meta(vm, code->module));
    CASE(ImportNs) SLOW_VALUE(0, 5, module_import_ns_rjs(vm, code->module, op_u32(pc + 1)));
#define DYN_ENV(i) (op_u16(pc + (i)) == SLOT_CAPTURED ? (frame->func->env ? v_internal(frame->func->env) : V_UNDEFINED) : fp[op_u16(pc + (i))])
    CASE(LoadDyn) SLOW_VALUE(0, 7, dyn_load_rjs(vm, DYN_ENV(5), STR(1), false, STRICT(), NULL));
    CASE(StoreDyn) {
        SAVE();
        if (dyn_store_rjs(vm, DYN_ENV(5), STR(1), sp[-1], STRICT()) < 0) goto exception;
        sp--;
        NEXT(7);
    }
    CASE(ResolveDyn) SLOW_VALUE(0, 7, dyn_resolve_rjs(vm, DYN_ENV(5), STR(1)));
    CASE(LoadDynRef) SLOW_VALUE(1, 7, dyn_ref_load_rjs(vm, DYN_ENV(5), STR(1), sp[-1], STRICT()));
    CASE(StoreDynRef) {
        SAVE();
        if (dyn_ref_store_rjs(vm, DYN_ENV(5), STR(1), sp[-2], sp[-1], STRICT()) < 0) goto exception;
        sp[-2] = sp[-1];
        sp--;
        NEXT(7);
    }
    CASE(TypeofDyn) {
        SAVE();
        r = dyn_load_rjs(vm, DYN_ENV(5), STR(1), true, STRICT(), NULL);
        if (v_is_exc(r)) goto exception;
        PUSH(typeof_value(vm, r));
        NEXT(7);
    }
    CASE(LoadDynCall) {
        SAVE();
        Value self = V_UNDEFINED;
        r = dyn_load_rjs(vm, DYN_ENV(5), STR(1), false, STRICT(), &self);
        if (v_is_exc(r)) goto exception;
        PUSH(r);
        PUSH(self);
        NEXT(7);
    }
    CASE(DeleteDyn) SLOW_VALUE(0, 7, dyn_delete_rjs(vm, DYN_ENV(5), STR(1)));
    CASE(NewWithEnv) {
        u32 parent = op_u16(pc + 3);
        SAVE();
        r = to_object(vm, sp[-1]);
        if (v_is_exc(r)) goto exception;
        Env *env = heap_alloc(vm, sizeof(Env) + sizeof(Value), CELL_ENV);
        env->cell.flags = ENV_WITH;
        env->parent = parent == SLOT_CAPTURED ? frame->func->env : (Env *)v_ptr(fp[parent]);
        env->count = 1;
        env->scope = SCOPE_NONE;
        env->code = NULL;
        env->v[0] = r;
        fp[op_u16(pc + 1)] = v_internal(env);
        sp--;
        NEXT(5);
    }
    CASE(CallEval) {
        argc = op_u16(pc + 1);
        base = sp - argc - 2;
        SAVE();
        if (base[0] == vm->realm->Eval) {
            r = eval_direct_rjs(vm, argc ? base[2] : V_UNDEFINED, frame, DYN_ENV(3), op_u32(pc + 5));
        } else if (!v_is_callable(base[0])) {
            r = throw_not_callable(vm, base[0]);
        } else {
            r = vm_call(vm, base[0], base[1], (int)argc, base + 2);
        }
        if (v_is_exc(r)) goto exception;
        sp = base;
        PUSH(r);
        NEXT(9);
    }
    CASE(CallEvalSpread) {
        SAVE();
        if (sp[-3] == vm->realm->Eval) {
            r = v_is_array(sp[-1]) ? prop_get_index_rjs(vm, sp[-1], v_from_int(0)) : V_UNDEFINED;
            if (!v_is_exc(r)) r = eval_direct_rjs(vm, r, frame, DYN_ENV(1), op_u32(pc + 3));
        } else if (!v_is_callable(sp[-3])) {
            r = throw_not_callable(vm, sp[-3]);
        } else {
            r = call_spread_rjs(vm, sp[-3], sp[-2], sp[-1], V_HOLE);
        }
        if (v_is_exc(r)) goto exception;
        sp -= 3;
        PUSH(r);
        NEXT(7);
    }
    CASE(DeclareDyn) {
        SAVE();
        if (dyn_declare_rjs(vm, DYN_ENV(5), STR(1), pc[7]) < 0) goto exception;
        NEXT(8);
    }
    CASE(CheckUnbound) {
        r = *--sp;
        if (DX_LIKELY(r == V_TDZ || r == V_HOLE)) NEXT(1);
        SAVE();
        (void)vm_throw(vm, ERR_SUPER_TWICE);
        goto exception;
    }

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
