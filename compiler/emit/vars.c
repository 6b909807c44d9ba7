// SPDX-License-Identifier: MIT
// Where variables live and how they are read and written: frame slots, environments, module imports, globals.
//
// A binding that no inner function uses has a frame slot; others have a slot of their scope's environment, a cell held by one
// frame slot of the function that opened the scope. Inner functions reach it by counting environments outwards from the one they
// captured (`LoadUp depth slot`), which is known here because both sides follow Scope.env_parent.
#include "compiler/emit/testapi.h"

// ---- frame slots

static u32 slot_take(Emitter *m) {
    FuncState *fs = m->fs;
    if (fs->next_slot < 0xfffe) return fs->next_slot++;
    u32 at = fs->scope ? fs->scope->start : 0;
    diag_add(m->diags, DIAG_TOO_MANY_VARIABLES, at, at);
    return 0;
}

static u32 slot_reuse(Emitter *m, SlotStack *free) { return free->count ? free->v[--free->count] : slot_take(m); }

static void slot_keep(Emitter *m, SlotStack *free, u32 slot) {
    if (free->count == free->cap) {
        u32 cap = free->cap ? free->cap * 2 : 16, *v = arena_alloc(m->arena, cap * sizeof *v);
        if (free->count) memcpy(v, free->v, free->count * sizeof *v);
        free->v = v;
        free->cap = cap;
    }
    free->v[free->count++] = slot;
}

u32 slot_new(Emitter *m) { return slot_reuse(m, &m->fs->free_slots); }
void slot_free(Emitter *m, u32 slot) { slot_keep(m, &m->fs->free_slots, slot); }

// Environments get slots that are never used for anything but environments; scopes that lie beside each other take turns.
u32 env_slot_new(Emitter *m) { return slot_reuse(m, &m->fs->free_envs); }

// ---- scopes

// var and function of sloppy eval code: variables of the calling function, or of the global object.
bool is_eval_var(const Binding *b) { return b->scope->eval_vars && (b->kind == BIND_VAR || b->kind == BIND_FUNCTION); }

static bool wants_no_slot(const Binding *b) {
    if (is_eval_var(b)) return true;
    switch (b->kind) {
    case BIND_THROUGH: case BIND_MEMBER: case BIND_IMPORT: return true;
    case BIND_FUNC_NAME: return !(b->flags & BF_CAPTURED);
    case BIND_PSEUDO:
        if (b->flags & (BF_CAPTURED | BF_ARGUMENTS)) return false;
        return !(b->scope->derived && b == b->scope->pseudo[PSEUDO_THIS]);
    default: return false;
    }
}

u32 env_operand(Emitter *m) { return m->fs->env ? m->fs->env->env_slot : SLOT_CAPTURED; }

void scope_new_env(Emitter *m, Scope *s) {
    u32 parent = SLOT_CAPTURED;
    if (s->env_parent && s->env_parent->owner == m->fs) parent = s->env_parent->env_slot;
    u32 extra = s->sloppy_eval; // a last slot for what eval declares
    OP4(m, NewEnv, s->env_slot, parent, s->env_count + extra, s->dynamic ? module_scope(m, s) : SCOPE_NONE);
}

void scope_place(Emitter *m, Scope *s) {
    FuncState *fs = m->fs;
    fs->scope = s;
    if (s->kind == SCOPE_SCRIPT) return;
    for (Binding *b = s->first; b; b = b->next) {
        if (b->placed || wants_no_slot(b)) continue;
        b->placed = true;
        b->in_env = (b->flags & BF_CAPTURED) || (s->kind == SCOPE_MODULE && b->flags & BF_EXPORTED);
        b->slot = b->in_env ? s->env_count++ : slot_new(m);
    }
    if (s->env_count + s->sloppy_eval > 0xffff) diag_add(m->diags, DIAG_TOO_MANY_CAPTURED, s->start, s->start);
    if (s->kind == SCOPE_MODULE || (!s->env_count && !s->sloppy_eval)) return;
    s->owner = fs;
    s->env_slot = env_slot_new(m);
    s->env_parent = fs->env ? fs->env : fs->captured;
    scope_new_env(m, s);
    fs->env = s;
}

static Node *hoisted_function(const Binding *b) {
    bool kind = b->kind == BIND_FUNCTION || b->kind == BIND_VAR || b->kind == BIND_PARAM;
    return kind && b->decl && b->decl->kind == N_FUNCTION_DECL ? b->decl : NULL;
}

// Creates the functions declared directly in the scope. For modules only those in frame slots: the others are made by init_func.
void scope_functions(Emitter *m, Scope *s) {
    for (Binding *b = s->first; b; b = b->next) {
        Node *fn = hoisted_function(b);
        if (!fn || (s->kind == SCOPE_MODULE && b->in_env)) continue;
        bool unnamed = b->name == module_str(m, "*default*");
        emit_closure(m, fn, !unnamed ? b->name : m->commonjs ? module_str(m, unnamed_default) : m->s_default);
        binding_init(m, b);
    }
}

void scope_dead_zones(Emitter *m, Scope *s) {
    bool function_top = s == s->func && s->kind != SCOPE_NAMESPACE;
    for (Binding *b = s->first; b; b = b->next) {
        if (!b->placed) continue;
        if (b->in_env) {
            bool var_like = b->kind == BIND_VAR || (b->kind == BIND_ENUM && !(b->flags & BF_LEXICAL));
            if (var_like && s->kind != SCOPE_MODULE && !(b->flags & BF_ARGUMENTS)) {
                OP0(m, PushUndefined);
                binding_init(m, b);
            }
        } else if (b->flags & BF_CHECKED && b->kind != BIND_PARAM) {
            OP1(m, InitTdz, b->slot);
        } else if ((b->kind == BIND_VAR || b->kind == BIND_ENUM) && !function_top) {
            OP0(m, PushUndefined);
            OP1(m, StoreLocal, b->slot);
        }
    }
}

void scope_open(Emitter *m, Scope *s) {
    scope_place(m, s);
    scope_dead_zones(m, s);
    scope_functions(m, s);
}

void scope_close(Emitter *m, Scope *s) {
    FuncState *fs = m->fs;
    if (s->kind != SCOPE_SCRIPT)
        for (Binding *b = s->first; b; b = b->next)
            if (b->placed && !b->in_env) slot_free(m, b->slot);
    if (s->owner == fs) slot_keep(m, &fs->free_envs, s->env_slot);
    if (fs->env == s) fs->env = s->env_parent && s->env_parent->owner == fs ? s->env_parent : NULL;
    fs->scope = s->parent;
}

// ---- access

typedef enum Place { PLACE_FRAME, PLACE_ENV, PLACE_UP } Place;

static Place place_of(Emitter *m, const Binding *b, u32 *first) {
    if (!b->in_env) return PLACE_FRAME;
    Scope *s = b->scope;
    if (s->owner == m->fs) {
        *first = s->env_slot;
        return PLACE_ENV;
    }
    u32 depth = 0;
    for (Scope *e = m->fs->captured; e != s; e = e->env_parent) {
        DX_CHECK(e != NULL);
        depth++;
    }
    *first = depth;
    return PLACE_UP;
}

static bool is_script_global(const Binding *b) { return b->scope->kind == SCOPE_SCRIPT; }

static void pseudo_direct(Emitter *m, Pseudo which) {
    switch (which) {
    case PSEUDO_THIS: OP0(m, PushThis); break;
    case PSEUDO_NEW_TARGET: OP0(m, PushNewTarget); break;
    case PSEUDO_HOME: OP0(m, PushHome); break;
    default: OP0(m, PushFunc); break;
    }
}

void dynamic_op(Emitter *m, Opcode op, const Str *name, const Node *at) {
    code_op(&m->fs->code, op, module_string(m, name), env_operand(m), 0, 0);
    if (at) at_node(m, at);
}

void binding_load(Emitter *m, Binding *b, bool check) {
    if (is_eval_var(b)) {
        dynamic_op(m, OP_LoadDyn, b->name, NULL);
        return;
    }
    if (b->kind == BIND_IMPORT) {
        import_load(m, b);
        return;
    }
    if (b->kind == BIND_MEMBER) {
        binding_load(m, b->object, false);
        emit_get(m, b->name);
        return;
    }
    if (is_script_global(b)) {
        OP1(m, GetGlobal, module_string(m, b->name));
        return;
    }
    if (!b->placed && b->kind == BIND_FUNC_NAME) {
        OP0(m, PushFunc);
        return;
    }
    DX_CHECK(b->placed);
    u32 first = 0, name = check ? module_string(m, b->name) : 0;
    switch (place_of(m, b, &first)) {
    case PLACE_FRAME:
        if (check) OP2(m, LoadLocalCheck, b->slot, name);
        else OP1(m, LoadLocal, b->slot);
        break;
    case PLACE_ENV:
        if (check) OP3(m, LoadEnvCheck, first, b->slot, name);
        else OP2(m, LoadEnv, first, b->slot);
        break;
    case PLACE_UP:
        if (check) OP3(m, LoadUpCheck, first, b->slot, name);
        else OP2(m, LoadUp, first, b->slot);
        break;
    }
}

void binding_init(Emitter *m, Binding *b) {
    if (b->exported_as) export_value(m, b);
    if (is_eval_var(b)) {
        dynamic_op(m, OP_StoreDyn, b->name, NULL);
        return;
    }
    if (b->kind == BIND_MEMBER) {
        binding_load(m, b->object, false);
        OP0(m, Swap);
        OP1(m, SetProp, module_string(m, b->name));
        OP0(m, Pop);
        return;
    }
    if (is_script_global(b)) {
        if (b->flags & BF_LEXICAL || b->kind == BIND_FUNCTION) OP1(m, InitGlobal, module_string(m, b->name));
        else OP1(m, SetGlobal, module_string(m, b->name));
        return;
    }
    DX_CHECK(b->placed);
    u32 first = 0;
    switch (place_of(m, b, &first)) {
    case PLACE_FRAME: OP1(m, StoreLocal, b->slot); break;
    case PLACE_ENV: OP2(m, StoreEnv, first, b->slot); break;
    case PLACE_UP: OP2(m, StoreUp, first, b->slot); break;
    }
}

static bool is_constant(Emitter *m, const Binding *b) {
    if (b->kind == BIND_FUNC_NAME) return true;
    return b->flags & BF_CONST && b->kind != BIND_MEMBER;
}

void binding_store(Emitter *m, Binding *b, bool check, const Node *at) {
    if (is_constant(m, b)) {
        if (b->kind == BIND_FUNC_NAME && !m->fs->scope->strict) {
            OP0(m, Pop);
            return;
        }
        if (check && b->placed) {
            binding_load(m, b, true);
            at_node(m, at);
        }
        OP2(m, ThrowError, THROW_CONST_ASSIGN, module_string(m, b->name));
        at_node(m, at);
        return;
    }
    if (!check || !b->placed) {
        if (is_script_global(b)) {
            OP1(m, SetGlobal, module_string(m, b->name));
            at_node(m, at);
        } else {
            binding_init(m, b);
        }
        return;
    }
    u32 first = 0, name = module_string(m, b->name);
    if (b->exported_as) OP0(m, Dup); // exported only if the store is allowed
    switch (place_of(m, b, &first)) {
    case PLACE_FRAME: OP2(m, StoreLocalCheck, b->slot, name); break;
    case PLACE_ENV: OP3(m, StoreEnvCheck, first, b->slot, name); break;
    case PLACE_UP: OP3(m, StoreUpCheck, first, b->slot, name); break;
    }
    at_node(m, at);
    if (!b->exported_as) return;
    export_value(m, b);
    OP0(m, Pop);
}

// Test runners give ES modules the names of CommonJS too; `typeof require` still says undefined.
static bool load_commonjs_name(Emitter *m, const Node *n) {
    static const char *const names[][2] = {{"require", "require"}, {"__dirname", "dirname"}, {"__filename", "filename"}};
    for (u32 i = 0; i < DX_COUNTOF(names); i++) {
        if (!str_equals(n->ident.name, names[i][0])) continue;
        OP0(m, ImportMeta);
        emit_get(m, module_str(m, names[i][1]));
        at_node(m, n);
        return true;
    }
    return false;
}

void ident_load(Emitter *m, Node *n) {
    Binding *b = n->ident.binding;
    if (m->options->test_file && !(n->extra & REF_LISTED) && testapi_declares(m, n)) m->out->flags |= MODF_DYNAMIC_TESTS;
    if (n->extra & REF_DYNAMIC) {
        dynamic_op(m, OP_LoadDyn, n->ident.name, n);
    } else if (b && b->literal && !(n->extra & REF_CHECK)) {
        emit_expr(m, b->literal);
    } else if (b) {
        binding_load(m, b, n->extra & REF_CHECK);
        at_node(m, n);
    } else if (m->ast->is_module && load_commonjs_name(m, n)) {
        return;
    } else if (n->ident.name == m->s_undefined) {
        OP0(m, PushUndefined);
    } else {
        FuncState *fs = m->fs;
        bool first = fs->code.count == fs->stmt_first && !fs->code.dead;
        OP1(m, GetGlobal, module_string(m, n->ident.name));
        if (first) at_pos(m, fs->stmt_start, 0, 0);
        else at_node(m, n);
    }
}

void ident_store(Emitter *m, Node *n) {
    Binding *b = n->ident.binding;
    if (n->extra & REF_DYNAMIC) {
        dynamic_op(m, OP_StoreDyn, n->ident.name, n);
    } else if (b) {
        binding_store(m, b, n->extra & REF_CHECK, n);
    } else {
        OP1(m, SetGlobal, module_string(m, n->ident.name));
        at_node(m, n);
    }
}

void pseudo_load(Emitter *m, Pseudo which, const Node *at) {
    Scope *f = scope_this_function(m->fs->scope);
    bool own = f == m->fs->scope->func;
    if (which == PSEUDO_THIS && f->kind == SCOPE_MODULE) {
        OP0(m, PushUndefined);
        return;
    }
    bool global_code = (f->kind == SCOPE_SCRIPT && !own) || (m->eval && !f->parent && !f->node && !f->eval_this);
    if (which == PSEUDO_THIS && global_code) { // the global object, whatever arrow asks
        OP1(m, GetGlobal, module_string_z(m, "globalThis"));
        return;
    }
    if (f->eval_this) {
        static const char *const names[PSEUDO_COUNT] = {"this", "new.target", "%home", "%function"};
        dynamic_op(m, OP_LoadDyn, module_str(m, names[which]), at);
        return;
    }
    if (own && !(which == PSEUDO_THIS && f->derived)) {
        pseudo_direct(m, which);
        return;
    }
    Binding *b = f->pseudo[which];
    DX_CHECK(b != NULL);
    binding_load(m, b, which == PSEUDO_THIS && f->derived);
    if (at) at_node(m, at);
}

void this_load(Emitter *m, const Node *at) { pseudo_load(m, PSEUDO_THIS, at); }

void new_function(Emitter *m, u32 index) { OP2(m, NewFunction, index, env_operand(m)); }
