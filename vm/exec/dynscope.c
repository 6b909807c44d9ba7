// SPDX-License-Identifier: MIT
// Names looked up at run time: with statements, direct eval, global declarations (9.1.1.4, 16.1.7, 19.2.1.3),
// and eval itself.
//
// A named environment knows its variables through its row of SCOP. Variables that eval code adds to a
// function live in a hidden object kept in an extra last slot of the function's variable environment
// (SCOPE_VARS in its scope's flags).
#include "vm/builtins/function.h"
#include "vm/exec/exec.h"
#include "vm/text.h"

enum { NAME_CONST = 1, NAME_LEXICAL = 2, NAME_FUNCTION = 4 }; // DxtScopeName.flags

// The slot of a name in a named environment, or NULL. The value of an import that is no slot of a module (a namespace, a name of a
// CommonJS module) is put into *made, which is V_EXC when that threw.
static Value *env_slot_rjs(VM *vm, const Env *env, PropKey k, u32 *flags, Value *made) {
    if (env->scope == SCOPE_NONE || !env->code) return NULL;
    Module *m = env->code->module;
    const DxtScope *s = &m->dxt->scopes[env->scope];
    for (u32 i = 0; i < s->count; i++) {
        const DxtScopeName *n = &m->dxt->scope_names[s->first_name + i];
        if (m->strings[n->name] != k) continue;
        *flags = n->flags;
        if (!(n->flags & SCOPE_NAME_IMPORT)) return i < env->count ? (Value *)&env->v[i] : NULL;
        u32 row = n->flags >> SCOPE_NAME_ROW;
        if (m->imports[row]) return m->imports[row];
        *made = m->dxt->imports[row].name == DXT_NONE ? module_import_ns_rjs(vm, m, row) : module_load_import_rjs(vm, m, row, k);
        return made;
    }
    return NULL;
}

// 1 the with object has the name (HasBinding, 9.1.1.2.1), 0 not, -1 thrown
static int with_has_rjs(VM *vm, Value object, PropKey k) {
    int has = object_has_rjs(vm, object, k);
    if (has <= 0) return has;
    Value block = get_rjs(vm, object, SYM_(vm, unscopables));
    if (v_is_exc(block)) return -1;
    if (!v_is_object(block)) return 1;
    Value blocked = get_rjs(vm, block, k);
    return v_is_exc(blocked) ? -1 : !to_boolean(blocked);
}

typedef struct Found { enum { GLOBAL, SLOT, WITH } kind; Value *slot; Value object; u32 flags; Value made; /* what slot may point to */ } Found;

static bool dyn_find_rjs(VM *vm, Value env_value, PropKey k, Found *out) {
    for (Env *env = v_env(env_value); env; env = env->parent) {
        if (env->cell.flags & ENV_WITH) {
            int has = with_has_rjs(vm, env->v[0], k);
            if (has < 0) return false;
            if (has) {
                *out = (Found){.kind = WITH, .object = env->v[0]};
                return true;
            }
            continue;
        }
        Value *slot = env_slot_rjs(vm, env, k, &out->flags, &out->made);
        if (slot) {
            if (v_is_exc(*slot)) return false;
            out->kind = SLOT;
            out->slot = slot;
            return true;
        }
        if (env->cell.flags & ENV_VAR_SCOPE && env->count && v_is_object(env->v[env->count - 1])) {
            int has = has_own_rjs(vm, env->v[env->count - 1], k);
            if (has < 0) return false;
            if (has) {
                *out = (Found){.kind = WITH, .object = env->v[env->count - 1], .flags = 1};
                return true;
            }
        }
    }
    *out = (Found){.kind = GLOBAL};
    return true;
}

static Value throw_not_defined(VM *vm, PropKey k) { return vm_throw(vm, ERR_NOT_DEFINED, k); }

// 9.1.1.2.6: the binding may be gone since it was found.
static Value binding_object_get_rjs(VM *vm, Value object, PropKey k, bool strict) {
    int has = object_has_rjs(vm, object, k);
    if (has < 0) return V_EXC;
    if (!has) return strict ? throw_not_defined(vm, k) : V_UNDEFINED;
    return object_get_rjs(vm, object, k, object);
}

// 9.1.1.2.5
static int binding_object_set_rjs(VM *vm, Value object, PropKey k, Value v, bool strict) {
    int has = object_has_rjs(vm, object, k);
    if (has < 0) return -1;
    if (!has && strict) return v_is_exc(throw_not_defined(vm, k)) ? -1 : 0;
    return set_rjs(vm, object, k, v, strict);
}

static int slot_store(VM *vm, Value *slot, PropKey k, Value v, u32 flags, bool strict) {
    if (k == A_(vm, this)) { // BindThisValue (9.1.1.3.1): super() of eval code
        if (*slot != V_TDZ) return v_is_exc(vm_throw(vm, ERR_SUPER_TWICE)) ? -1 : 0;
        heap_set(vm, slot, v);
        return 1;
    }
    if (*slot == V_TDZ) return v_is_exc(throw_unbound(vm, k)) ? -1 : 0;
    if (flags & NAME_CONST || (flags & NAME_FUNCTION && strict))
        return v_is_exc(vm_throw(vm, ERR_CONST_ASSIGN)) ? -1 : 0;
    if (!(flags & NAME_FUNCTION)) heap_set(vm, slot, v); // else the name of a function expression
    return 1;
}

Value dyn_resolve_rjs(VM *vm, Value env_value, PropKey k) {
    Found f = {0};
    if (!dyn_find_rjs(vm, env_value, k, &f)) return V_EXC;
    if (f.kind == WITH) return f.object;
    if (f.kind == GLOBAL) {
        int has = global_has_rjs(vm, k);
        return has < 0 ? V_EXC : has ? V_UNDEFINED : V_NULL;
    }
    i32 depth = 0;
    u32 flags;
    for (Env *env = v_env(env_value); env && (env->cell.flags & ENV_WITH || env_slot_rjs(vm, env, k, &flags, &f.made) != f.slot); env = env->parent) depth++;
    return v_from_int(depth);
}

// The slot that an integer base stands for; NULL: no such environment or name (only in code that no compiler
// wrote).
static Value *ref_slot_rjs(VM *vm, Value env_value, PropKey k, Value base, u32 *flags, Value *made) {
    Env *env = v_env(env_value);
    for (i32 depth = v_int(base); env && depth > 0; depth--) env = env->parent;
    return env ? env_slot_rjs(vm, env, k, flags, made) : NULL;
}

Value dyn_ref_load_rjs(VM *vm, Value env, PropKey k, Value base, bool strict) {
    u32 flags = 0;
    if (v_is_object(base)) return binding_object_get_rjs(vm, base, k, strict);
    Value made, *slot = v_is_int(base) ? ref_slot_rjs(vm, env, k, base, &flags, &made) : NULL;
    if (slot) return *slot == V_TDZ ? throw_unbound(vm, k) : *slot;
    Ic scratch = {0};
    return prop_get_global_rjs(vm, k, &scratch, false);
}

int dyn_ref_store_rjs(VM *vm, Value env, PropKey k, Value base, Value v, bool strict) {
    u32 flags = 0;
    if (v_is_object(base)) return binding_object_set_rjs(vm, base, k, v, strict);
    Value made, *slot = v_is_int(base) ? ref_slot_rjs(vm, env, k, base, &flags, &made) : NULL;
    if (slot && v_is_exc(*slot)) return -1;
    if (slot) return slot_store(vm, slot, k, v, flags, strict);
    if (v_is_null(base) && strict) return v_is_exc(throw_not_defined(vm, k)) ? -1 : 0;
    Ic scratch = {0};
    return prop_set_global_rjs(vm, k, v, &scratch, strict);
}

Value dyn_load_rjs(VM *vm, Value env, PropKey k, bool for_typeof, bool strict, Value *self) {
    Found f = {0};
    if (!dyn_find_rjs(vm, env, k, &f)) return V_EXC;
    if (f.kind == SLOT) return *f.slot == V_TDZ ? throw_unbound(vm, k) : *f.slot;
    if (f.kind == WITH) {
        if (self && !f.flags) *self = f.object;
        return binding_object_get_rjs(vm, f.object, k, strict);
    }
    Ic scratch = {0};
    return prop_get_global_rjs(vm, k, &scratch, for_typeof);
}

int dyn_store_rjs(VM *vm, Value env, PropKey k, Value v, bool strict) {
    Found f = {0};
    if (!dyn_find_rjs(vm, env, k, &f)) return -1;
    if (f.kind == SLOT) return slot_store(vm, f.slot, k, v, f.flags, strict);
    if (f.kind == WITH) return binding_object_set_rjs(vm, f.object, k, v, strict);
    Ic scratch = {0};
    return prop_set_global_rjs(vm, k, v, &scratch, strict);
}

Value dyn_delete_rjs(VM *vm, Value env, PropKey k) {
    Found f = {0};
    if (!dyn_find_rjs(vm, env, k, &f)) return V_EXC;
    if (f.kind == SLOT) return V_FALSE;
    Value holder = f.kind == WITH ? f.object : vm->realm->global;
    if (f.kind == GLOBAL && object_own_data(vm, v_object(vm->realm->lexical), k) != V_HOLE) return V_FALSE;
    int ok = object_delete_rjs(vm, holder, k);
    return ok < 0 ? V_EXC : v_from_bool(ok);
}

// A var or function of eval code: in the nearest variable environment, else global. kind as in DeclareGlobal.
int dyn_declare_rjs(VM *vm, Value env_value, PropKey k, u32 kind) {
    for (Env *env = v_env(env_value); env; env = env->parent) {
        u32 flags;
        if (env->cell.flags & ENV_WITH) continue;
        Value made, *slot = env_slot_rjs(vm, env, k, &flags, &made);
        if (slot && v_is_exc(*slot)) return -1;
        if (slot && flags & NAME_LEXICAL) return v_is_exc(vm_throw(vm, ERR_GLOBAL_REDECLARED, k)) ? -1 : 0;
        if (!(env->cell.flags & ENV_VAR_SCOPE)) {
            if (slot) return 1;
            continue;
        }
        if (slot || kind & DECLARE_CHECK) return 1;
        Value *extra = &env->v[env->count - 1];
        if (!v_is_object(*extra)) heap_set(vm, extra, v_from_ptr(TAG_OBJECT, object_new_proto(vm, V_NULL)));
        int has = has_own_rjs(vm, *extra, k);
        if (has) return has;
        return create_data_property_rjs(vm, *extra, k, V_UNDEFINED);
    }
    return global_declare_rjs(vm, k, kind | 8);
}

// ---- global declarations (9.1.1.4.15 - 9.1.1.4.18)

static int throw_redeclared(VM *vm, PropKey k, bool type_error) {
    return v_is_exc(type_error ? vm_throw(vm, ERR_GLOBAL_NOT_DEFINABLE, k)
                               : vm_throw(vm, ERR_GLOBAL_REDECLARED, k))
               ? -1
               : 0;
}

int global_declare_rjs(VM *vm, PropKey k, u32 kind) {
    bool deletable = kind & 8, check = kind & DECLARE_CHECK;
    Object *lex = v_object(vm->realm->lexical);
    Value global = vm->realm->global;
    kind &= 7;
    u8 attrs;
    PropDesc d;
    if (shape_lookup(vm, lex->shape, k, &attrs) >= 0) return throw_redeclared(vm, k, false);
    int own = object_get_own_rjs(vm, global, k, &d);
    if (own < 0) return -1;
    if (kind >= 2) {
        if (own && !(d.attrs & ATTR_C)) return throw_redeclared(vm, k, false);
        if (check) return 1;
        object_add(vm, lex, k, V_TDZ, kind == 3 ? ATTR_E : ATTR_WE);
        vm->proto_epoch++; // caches of a global property of that name
        return 1;
    }
    PropDesc fresh = {.value = V_UNDEFINED,
                      .get = V_HOLE,
                      .set = V_HOLE,
                      .attrs = deletable ? ATTR_WEC : ATTR_WE,
                      .has = ATTR_WEC};
    if (own && kind == 1 && !(d.attrs & ATTR_C) && (d.get != V_HOLE || (d.attrs & ATTR_WE) != ATTR_WE))
        return throw_redeclared(vm, k, true);
    if (own && !(kind == 1 && d.attrs & ATTR_C)) return 1;
    if (!own) {
        int extensible = object_is_extensible_rjs(vm, global);
        if (extensible <= 0) return extensible < 0 ? -1 : throw_redeclared(vm, k, true);
    }
    return check ? 1 : define_property_or_throw_rjs(vm, global, k, &fresh);
}

int global_init_rjs(VM *vm, PropKey k, Value v) {
    Object *lex = v_object(vm->realm->lexical);
    u8 attrs;
    int i = shape_lookup(vm, lex->shape, k, &attrs);
    if (i >= 0) {
        heap_set(vm, &lex->slots[i], v);
        return 1;
    }
    return set_rjs(vm, vm->realm->global, k, v, false);
}

// ---- source compiled at run time

static DxtModule *compile_rjs(VM *vm, String *source, u32 kind, const void *scope) {
    if (!vm->host || !vm->host->compile) {
        (void)vm_throw(vm, ERR_NO_EVAL);
        return NULL;
    }
    Buf text = {0};
    str_to_utf8(vm, source, &text);
    DxtModule *m = NULL;
    if (!vm->host->compile(vm, buf_cstr(&text), text.len, kind, scope, &m)) m = NULL;
    buf_free(&text);
    return m;
}

Value eval_direct_rjs(VM *vm, Value source, Frame *f, Value env, u32 scope) {
    if (!v_is_string(source)) return source;
    DxEvalScope where = {f->code->module->dxt, scope, frame_strict(f)};
    Value self = f->fp[-1];
    DxtModule *m = compile_rjs(vm, v_string(source), COMPILE_EVAL_DIRECT, &where);
    return m ? script_run_rjs(vm, m, v_env(env), self) : V_EXC;
}

Value eval_indirect_rjs(VM *vm, Value source) {
    if (!v_is_string(source)) return source;
    DxtModule *m = compile_rjs(vm, v_string(source), COMPILE_EVAL, NULL);
    return m ? script_run_rjs(vm, m, NULL, vm->realm->global_this) : V_EXC;
}

Value vm_compile_function_rjs(VM *vm, String *source, u32 brace) {
    Buf before = {0};
    str_to_utf8(vm, str_slice(vm, source, 0, brace), &before);
    u32 offset = (u32)before.len;
    buf_free(&before);
    DxtModule *m = compile_rjs(vm, source, COMPILE_FUNCTION, &offset);
    return m ? script_run_rjs(vm, m, NULL, vm->realm->global_this) : V_EXC;
}
