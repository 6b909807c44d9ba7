// SPDX-License-Identifier: MIT
// Handlers of async functions, generators, iteration, globals, modules and dynamic scopes. Included by
// interp.c, inside the dispatch loop.

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
                if (DX_LIKELY(!(a->o.cell.flags & OBJ_SPARSE) && e && i < e->len && e->v[i] != V_HOLE))
                    r = e->v[i];
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
            int got = triple_step_rjs(vm, sp - 3, pc[1] ? NULL : &r);
            if (got < 0) goto exception;
            if (!got) r = V_UNDEFINED;
        }
        PUSH(r);
        NEXT(2);
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
        if (!delegate_call_rjs(vm, sp - 5, sp[-2], sp[-1], code->flags & FUNC_ASYNC, &r, &how))
            goto exception;
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
        if (DX_LIKELY(ic->shape == global->shape && ic->epoch == vm->proto_epoch && (ic->slot & ~IC_SLOT) == IC_HOLDER)) {
            r = ic->u.holder->slots[ic->slot & IC_SLOT];
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
#define DYN_ENV(i) \
    (op_u16(pc + (i)) == SLOT_CAPTURED ? (frame->func->env ? v_internal(frame->func->env) : V_UNDEFINED) \
                                       : fp[op_u16(pc + (i))])
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
