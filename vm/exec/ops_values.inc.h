// SPDX-License-Identifier: MIT
// Handlers that work on operands, slots and environments: stack, locals, immediates, arithmetic, comparison,
// conversion. Included by interp.c, inside the dispatch loop.

    // ---- stack
    CASE(Nop) NEXT(1);
    CASE(StrictPart) NEXT(2);
    CASE(Push) PUSH(code->consts[op_u32(pc + 1)]); NEXT(5);
    CASE(Pop) sp--; NEXT(1);
    CASE(Dup) sp[0] = sp[-1], sp++; NEXT(1);
    CASE(Dup2) sp[0] = sp[-2], sp[1] = sp[-1], sp += 2; NEXT(1);
    CASE(Swap) r = sp[-1], sp[-1] = sp[-2], sp[-2] = r; NEXT(1);
    CASE(Rot3) r = sp[-1], sp[-1] = sp[-2], sp[-2] = sp[-3], sp[-3] = r; NEXT(1);
    CASE(Rot4) r = sp[-1], sp[-1] = sp[-2], sp[-2] = sp[-3], sp[-3] = sp[-4], sp[-4] = r; NEXT(1);
    CASE(Rot5)
        r = sp[-1], sp[-1] = sp[-2], sp[-2] = sp[-3], sp[-3] = sp[-4], sp[-4] = sp[-5], sp[-5] = r;
        NEXT(1);
    CASE(Rot3R) r = sp[-3], sp[-3] = sp[-2], sp[-2] = sp[-1], sp[-1] = r; NEXT(1);
    CASE(Nip) sp[-2] = sp[-1], sp--; NEXT(1);
    CASE(Over) sp[0] = sp[-2], sp++; NEXT(1);
    CASE(PopN) sp -= op_u16(pc + 1); NEXT(3);
    CASE(PickN) r = sp[-1 - (int)op_u16(pc + 1)]; PUSH(r); NEXT(3);

    // ---- locals
    CASE(LoadLocal) PUSH(fp[op_u16(pc + 1)]); NEXT(3);
    CASE(StoreLocal) fp[op_u16(pc + 1)] = *--sp; NEXT(3);
    CASE(LoadConst) fp[op_u16(pc + 1)] = code->consts[op_u32(pc + 3)]; NEXT(7);
    CASE(SetLocal) fp[op_u16(pc + 1)] = sp[-1]; NEXT(3);
    CASE(MoveLocal) fp[op_u16(pc + 1)] = fp[op_u16(pc + 3)]; NEXT(5);
    CASE(LoadLocal2) sp[0] = fp[op_u16(pc + 1)], sp[1] = fp[op_u16(pc + 3)], sp += 2; NEXT(5);
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

    // ---- environments: those the function was made in, by depth, and those of its own frame, by slot
#define UP_ENV(env, depth, slot) \
        Env *env = frame->func->env; \
        for (u32 d_ = (depth); d_; d_--) env = env->parent; \
        DX_ASSERT(env && (slot) < env->count)
#define SLOT_ENV(env, s, slot) \
        Env *env = (Env *)v_ptr(fp[s]); \
        DX_ASSERT(v_env(fp[s]) && (slot) < env->count)
#define ENV_OPS(suffix, FIND) \
    CASE(Load##suffix) { \
        u32 e = op_u16(pc + 3); \
        FIND(env, op_u16(pc + 1), e); \
        PUSH(env->v[e]); \
        NEXT(5); \
    } \
    CASE(Store##suffix) { \
        u32 e = op_u16(pc + 3); \
        FIND(env, op_u16(pc + 1), e); \
        heap_set(vm, &env->v[e], *--sp); \
        NEXT(5); \
    } \
    CASE(Load##suffix##Check) { \
        u32 e = op_u16(pc + 3); \
        FIND(env, op_u16(pc + 1), e); \
        r = env->v[e]; \
        if (DX_UNLIKELY(r == V_TDZ)) { r = STR(5); goto tdz; } \
        PUSH(r); \
        NEXT(9); \
    } \
    CASE(Store##suffix##Check) { \
        u32 e = op_u16(pc + 3); \
        FIND(env, op_u16(pc + 1), e); \
        if (DX_UNLIKELY(env->v[e] == V_TDZ)) { r = STR(5); goto tdz; } \
        heap_set(vm, &env->v[e], *--sp); \
        NEXT(9); \
    }
    ENV_OPS(Up, UP_ENV)
    ENV_OPS(Env, SLOT_ENV)
    CASE(LoadUp0) {
        u32 e = op_u16(pc + 1);
        UP_ENV(env, 0, e);
        PUSH(env->v[e]);
        NEXT(3);
    }
    CASE(LoadUpCallee) {
        u32 e = op_u16(pc + 3);
        UP_ENV(env, op_u16(pc + 1), e);
        sp[0] = env->v[e], sp[1] = V_UNDEFINED, sp += 2;
        NEXT(5);
    }
    CASE(NewEnv) {
        u32 parent = op_u16(pc + 3), n = op_u16(pc + 5);
        Env *up = parent == SLOT_CAPTURED ? frame->func->env : (Env *)v_ptr(fp[parent]);
        Env *env = heap_alloc(vm, sizeof(Env) + n * sizeof(Value), CELL_ENV);
        env->parent = up;
        env->count = n;
        env->scope = op_u32(pc + 7);
        env->code = env->scope == SCOPE_NONE ? NULL : code;
        if (env->code && code->module->dxt->scopes[env->scope].flags & SCOPE_VARS)
            env->cell.flags |= ENV_VAR_SCOPE;
        for (u32 i = 0; i < n; i++) env->v[i] = V_TDZ;
        fp[op_u16(pc + 1)] = v_internal(env);
        NEXT(11);
    }
    CASE(CopyEnv) {
        Value *slot = &fp[op_u16(pc + 1)];
        Env *old = (Env *)v_ptr(*slot);
        Env *env = heap_alloc(vm, sizeof(Env) + old->count * sizeof(Value), CELL_ENV);
        memcpy((char *)env + sizeof(Cell), (char *)old + sizeof(Cell),
               sizeof(Env) - sizeof(Cell) + old->count * sizeof(Value));
        env->cell.flags = old->cell.flags;
        *slot = v_internal(env);
        NEXT(3);
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
    // result: where the value goes; the stack grows by `grow`.
#define ARITH(name, len, left, right, result, grow, overflow, c_op, slow) \
    CASE(name) { \
        Value a = (left), b = (right); \
        f64 x, y; \
        if (DX_LIKELY(IS_INT2(a, b))) { \
            i32 n; \
            if (DX_LIKELY(!overflow(v_int(a), v_int(b), &n))) result = v_from_int(n); \
            else result = v_from_raw_double((f64)v_int(a) c_op (f64)v_int(b)); \
            sp += (grow); \
            NEXT(len); \
        } \
        x = v_double(a) c_op v_double(b); \
        if (DX_LIKELY(x == x)) { \
            result = v_from_real(x); \
            sp += (grow); \
            NEXT(len); \
        } \
        if (DX_LIKELY(num_of(a, &x) && num_of(b, &y))) { \
            result = v_from_raw_double(x c_op y); \
            sp += (grow); \
            NEXT(len); \
        } \
        SLOW_VALUE(1 - (grow), len, slow); \
    }
#define SLOW_ARITH(op) slow_arith_rjs(vm, op, a, b)
    ARITH(Add, 1, sp[-2], sp[-1], sp[-2], -1, __builtin_add_overflow, +, slow_add_rjs(vm, a, b))
    ARITH(Sub, 1, sp[-2], sp[-1], sp[-2], -1, __builtin_sub_overflow, -, SLOW_ARITH(OP_Sub))
    ARITH(Mul, 1, sp[-2], sp[-1], sp[-2], -1, MUL_OVERFLOW, *, SLOW_ARITH(OP_Mul))
    ARITH(AddLocal, 3, sp[-1], fp[op_u16(pc + 1)], sp[-1], 0, __builtin_add_overflow, +, slow_add_rjs(vm, a, b))
    ARITH(SubLocal, 3, sp[-1], fp[op_u16(pc + 1)], sp[-1], 0, __builtin_sub_overflow, -, SLOW_ARITH(OP_Sub))
    ARITH(MulLocal, 3, sp[-1], fp[op_u16(pc + 1)], sp[-1], 0, MUL_OVERFLOW, *, SLOW_ARITH(OP_Mul))
#define ARITH_INT(name, overflow, c_op, slow) \
    CASE(name) { \
        Value a = sp[-1]; \
        i32 n, k = op_i32(pc + 1); \
        if (DX_LIKELY(v_is_int(a))) { \
            if (DX_LIKELY(!overflow(v_int(a), k, &n))) sp[-1] = v_from_int(n); \
            else sp[-1] = v_from_raw_double((f64)v_int(a) c_op (f64)k); \
            NEXT(5); \
        } \
        if (DX_LIKELY(v_is_double(a))) { \
            sp[-1] = v_from_raw_double(v_double(a) c_op (f64)k); \
            NEXT(5); \
        } \
        SLOW_VALUE(1, 5, slow); \
    }
    ARITH_INT(AddInt, __builtin_add_overflow, +, slow_add_rjs(vm, a, v_from_int(k)))
    ARITH_INT(SubInt, __builtin_sub_overflow, -, slow_arith_rjs(vm, OP_Sub, a, v_from_int(k)))
    CASE(Div) {
        Value b = sp[-1], a = sp[-2];
        f64 x, y;
        if (IS_INT2(a, b) && v_int(b) > 0 && v_int(a) % v_int(b) == 0) { // one division gives both; zero by more than zero is no -0
            sp--;
            sp[-1] = v_from_int(v_int(a) / v_int(b));
            NEXT(1);
        }
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
        if (!slow_bump_rjs(vm, slot, op)) goto exception; \
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
#define LOOP_LT(name, get_b, label, len) \
    CASE(name) { \
        Value *slot = &fp[op_u16(pc + 1)]; \
        if (DX_LIKELY(v_is_int(*slot) && v_int(*slot) != INT32_MAX)) { \
            *slot = v_from_int(v_int(*slot) + 1); \
        } else { \
            SAVE(); \
            if (!slow_bump_rjs(vm, slot, OP_Inc)) goto exception; \
        } \
        Value b = get_b; \
        f64 x, y; \
        bool yes; \
        if (DX_LIKELY(IS_INT2(*slot, b))) yes = v_int(*slot) < v_int(b); \
        else if (num_of(*slot, &x) && num_of(b, &y)) yes = x < y; \
        else { \
            SAVE(); \
            int c = slow_compare_rjs(vm, OP_Lt, *slot, b); \
            if (c < 0) goto exception; \
            yes = c; \
        } \
        if (yes) JUMP_REL(op_i32(pc + label)); \
        NEXT(len); \
    }
    LOOP_LT(LoopLt, fp[op_u16(pc + 3)], 5, 9)
    LOOP_LT(LoopLtInt, v_from_int(op_i32(pc + 3)), 7, 11)
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
#define STRICT_EQ(a, b) ((a) == (b) ? (a) != V_NAN : !IS_INT2(a, b) && slow_strict_equal(vm, a, b))
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
            (void)vm_throw(vm, ERR_IN_OPERATOR, sp[-2], sp[-1]);
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
