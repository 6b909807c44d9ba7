// SPDX-License-Identifier: MIT
// Handlers of objects, properties, functions and classes. Included by interp.c, inside the dispatch loop.

    // ---- objects
    CASE(NewObject) {
        frame->sp = sp;
        u32 n = op_u16(pc + 1);
        Object *o =
            n <= 4 ? object_new(vm)
                   : object_alloc(vm, CELL_OBJECT, sizeof(Object), vm->realm->shape_object, n < 64 ? n : 64);
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
                u32 slot_ = ic_->slot; \
                if (DX_LIKELY(slot_ < IC_HOLDER)) { \
                    sp -= (dest_n); PUSH(ob_->slots[slot_]); NEXT(len); \
                } \
                if (slot_ == IC_LENGTH && v_is_array(o_)) { \
                    sp -= (dest_n); PUSH(v_from_u32(v_array(o_)->length)); NEXT(len); \
                } \
                if (slot_ & IC_HOLDER && ic_->epoch == vm->proto_epoch) { \
                    r = ic_->u.holder->slots[slot_ & IC_SLOT]; \
                    if (DX_LIKELY(slot_ < IC_LENGTH)) { \
                        sp -= (dest_n); PUSH(r); NEXT(len); \
                    } \
                    r = ((Accessor *)v_ptr(r))->get; \
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
    // SLOT_THIS is -1 as an i16, and this lies in fp[-1].
#define LOCAL_OR_THIS(i) fp[(i16)op_u16(pc + (i))]
    CASE(GetLocalProp) GET_PROP(LOCAL_OR_THIS(1), STR(3), IC(7), 0, 9);
#define GET_METHOD(o, k, ic, dest_n, len) do { \
        Value o_ = (o); \
        Ic *ic_ = (ic); \
        Object *ob_; \
        if (DX_LIKELY(v_is_object(o_))) ob_ = v_object(o_); \
        else if (v_is_string(o_)) ob_ = v_object(vm->realm->StringPrototype); \
        else if (v_is_number(o_)) ob_ = v_object(vm->realm->NumberPrototype); \
        else ob_ = NULL; \
        if (DX_LIKELY(ob_ && ob_->shape == ic_->shape && ic_->slot < IC_LENGTH)) { \
            if (ic_->slot < IC_HOLDER) r = ob_->slots[ic_->slot]; \
            else if (ic_->epoch == vm->proto_epoch) r = ic_->u.holder->slots[ic_->slot & IC_SLOT]; \
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
#define SET_PROP(o, k, ic) do { \
        Value o_ = (o), v_ = sp[-1]; \
        Ic *ic_ = (ic); \
        if (DX_LIKELY(v_is_object(o_))) { \
            Object *ob_ = v_object(o_); \
            if (DX_LIKELY(ob_->shape == ic_->shape)) { \
                if (!ic_->u.next) { \
                    heap_set(vm, &ob_->slots[ic_->slot], v_); \
                    break; \
                } \
                if (ic_->epoch == vm->proto_epoch && !(ob_->cell.flags & (OBJ_PROTO | OBJ_EXOTIC)) && \
                    ic_->slot < object_slot_room(ob_)) { \
                    heap_touch(vm, ob_, sizeof *ob_); \
                    heap_set(vm, &ob_->slots[ic_->slot], v_); \
                    ob_->shape = ic_->u.next; \
                    break; \
                } \
            } \
        } \
        SAVE(); \
        if (prop_set_rjs(vm, o_, (k), v_, ic_, STRICT()) < 0) goto exception; \
    } while (0)
    CASE(SetProp) {
        SET_PROP(sp[-2], STR(1), IC(5));
        sp--;
        sp[-1] = sp[0];
        NEXT(7);
    }
    CASE(SetPropPop) {
        SET_PROP(sp[-2], STR(1), IC(5));
        sp -= 2;
        NEXT(7);
    }
    CASE(SetLocalPropPop) {
        SET_PROP(LOCAL_OR_THIS(1), STR(3), IC(7));
        sp--;
        NEXT(9);
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
                    if (i == e->len && i < e->cap && ob->shape == vm->realm->shape_array && v_is_array(o) &&
                        v_array(o)->length == i && !(ob->cell.aux & OBJ2_LENGTH_READONLY) &&
                        !(ob->cell.flags & (OBJ_NON_EXTENSIBLE | OBJ_PROTO)) &&
                        !v_object(vm->realm->ArrayPrototype)->elems &&
                        !v_object(vm->realm->ObjectPrototype)->elems) {
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
            if (DX_LIKELY(ob->shape == ic->shape && ic->u.next &&
                          !(ob->cell.flags & (OBJ_PROTO | OBJ_EXOTIC)) && ic->slot < object_slot_room(ob))) {
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
        if ((v_is_object(sp[-1]) || v_is_null(sp[-1])) && object_set_proto_rjs(vm, sp[-2], sp[-1]) < 0)
            goto exception;
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
    CASE(SuperBase) SLOW_VALUE(1, 1, super_base_rjs(vm, sp[-1]));
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
        if (v_string(STR(5))->length) p->receiver = STR(5);
        PUSH(v_from_ptr(TAG_SYMBOL, p));
        NEXT(9);
    }
    CASE(GetPrivate) {
        Value o = sp[-2], p = sp[-1], *field;
        if (DX_LIKELY(v_is_object(o) && (field = private_field_cached(vm, o, p, false)))) {
            sp--;
            sp[-1] = *field;
            NEXT(1);
        }
        SLOW_VALUE(2, 1, private_get_rjs(vm, o, p));
    }
    CASE(SetPrivate) {
        Value *field;
        SAVE();
        if (DX_LIKELY(v_is_object(sp[-3]) && (field = private_field_cached(vm, sp[-3], sp[-2], true))))
            heap_set(vm, field, sp[-1]);
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
            if (v != V_UNDEFINED || self == V_TDZ || self == V_HOLE) {
                SAVE();
                (void)throw_ctor_return(vm, v);
                goto exception;
            }
            v = self;
        }
        sp--;
        sp[-1] = v;
        NEXT(1);
    }
