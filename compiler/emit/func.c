// SPDX-License-Identifier: MIT
// Functions: the prologue (environment, this, arguments, parameters, hoisted declarations), the body, and the program as a function.
#include "compiler/emit/testapi.h"

FuncState *func_begin(Emitter *m, Node *node, Str *name, u32 flags) {
    FuncState *fs = ARENA_NEW(m->arena, FuncState), *outer = m->fs;
    fs->parent = outer;
    fs->node = node;
    fs->flags = flags;
    fs->index = module_func(m);
    fs->completion_slot = fs->using_slot = fs->stmt_first = NO_LABEL;
    if (outer) {
        fs->captured = outer->env ? outer->env : outer->captured;
        fs->scope = outer->scope;
    }
    code_init(&fs->code, m->arena);
    DxtFunc *row = &m->units[fs->index]->row;
    row->name = module_string(m, name ? name : m->s_empty);
    row->parent = outer ? outer->index : DXT_NONE;
    m->fs = fs;
    return fs;
}

u32 func_end(Emitter *m, u32 src_start, u32 src_end) {
    FuncState *fs = m->fs;
    FuncUnit *u = m->units[fs->index];
    u->code = fs->code;
    u->row.flags = fs->flags;
    u->row.nparams = (u16)fs->nparams;
    u->row.nlocals = (u16)(fs->next_slot - fs->nparams);
    u->row.src_start = m->no_positions ? 0 : src_start;
    u->row.src_end = m->no_positions ? 0 : src_end;
    if (m->no_positions) u->row.flags |= FUNC_NATIVE_SOURCE;
    m->fs = fs->parent;
    return fs->index;
}

bool is_anonymous_function(const Node *n) {
    switch (n->kind) {
    case N_ARROW: return true;
    case N_FUNCTION: return n->function.name == NULL;
    case N_CLASS: return n->class_.name == NULL;
    default: return false;
    }
}

static u32 function_flags(u32 fn) {
    static const u32 pairs[][2] = {
        {FN_STRICT, FUNC_STRICT}, {FN_ARROW, FUNC_ARROW | FUNC_NO_CTOR}, {FN_ASYNC, FUNC_ASYNC | FUNC_NO_CTOR},
        {FN_GENERATOR, FUNC_GENERATOR | FUNC_NO_CTOR}, {FN_GETTER, FUNC_GETTER}, {FN_SETTER, FUNC_SETTER},
        {FN_CLASS_CTOR, FUNC_CLASS_CTOR}, {FN_DERIVED_CTOR, FUNC_DERIVED_CTOR}, {FN_SIMPLE_PARAMS, FUNC_SIMPLE_PARAMS}, {FN_HAS_DIRECT_EVAL, FUNC_HAS_EVAL},
    };
    u32 flags = 0;
    for (u32 i = 0; i < DX_COUNTOF(pairs); i++)
        if (fn & pairs[i][0]) flags |= pairs[i][1];
    if (fn & FN_METHOD && !(fn & FN_CLASS_CTOR)) flags |= FUNC_METHOD | FUNC_NO_CTOR;
    return flags;
}

static bool is_rest(const Node *param) { return param->flags & NF_REST || param->param.target->kind == N_REST; }
static Node *rest_target(Node *param) {
    return param->param.target->kind == N_REST ? param->param.target->unary.arg : param->param.target;
}

// ---- prologue

static bool mapped_arguments(const Node *fn, const Scope *s) {
    return s->mapped && fn->function.params.count;
}

// Simple parameters are where the caller put them, or in environment slots of the same index when `arguments` is mapped.
static void place_simple_params(Emitter *m, Node *fn, Scope *s, bool mapped) {
    for (u32 i = 0; i < fn->function.params.count; i++) {
        Binding *b = fn->function.params.items[i]->param.target->ident.binding;
        if (mapped) {
            b->placed = b->in_env = true;
            b->slot = i;
        } else if (!(b->flags & BF_CAPTURED)) {
            b->placed = true;
            b->slot = i;
        }
    }
    if (mapped) s->env_count = fn->function.params.count;
}

// Parameters with patterns or defaults: a plain name without a dead zone stays in its argument slot.
static void place_complex_params(Node *fn) {
    for (u32 i = 0; i < fn->function.params.count; i++) {
        Node *p = fn->function.params.items[i];
        if (is_rest(p) || p->param.target->kind != N_IDENT) continue;
        Binding *b = p->param.target->ident.binding;
        if (b->flags & (BF_CAPTURED | BF_CHECKED)) continue;
        b->placed = true;
        b->slot = i;
    }
}

void scope_pseudo_init(Emitter *m, Scope *s) {
    for (u32 i = 0; i < PSEUDO_COUNT; i++) {
        Binding *b = s->pseudo[i];
        if (!b || !b->placed) continue;
        if (i == PSEUDO_THIS && s->derived) {
            if (!b->in_env) OP1(m, InitTdz, b->slot);
            continue;
        }
        if (i == PSEUDO_THIS) OP0(m, PushThis);
        else if (i == PSEUDO_NEW_TARGET) OP0(m, PushNewTarget);
        else if (i == PSEUDO_HOME) OP0(m, PushHome);
        else OP0(m, PushFunc);
        binding_init(m, b);
    }
}

static void emit_implicit_variables(Emitter *m, Scope *s, bool mapped) {
    scope_pseudo_init(m, s);
    for (Binding *b = s->first; b; b = b->next) {
        if (b->kind != BIND_FUNC_NAME || !b->placed) continue;
        OP0(m, PushFunc);
        binding_init(m, b);
    }
    if (s->arguments && !s->arrow && s->arguments->flags & BF_ARGUMENTS) {
        if (mapped) OP1(m, MapArguments, s->env_slot);
        OP1(m, PushArguments, mapped ? 1 : 0);
        binding_init(m, s->arguments);
    }
}

static void emit_simple_params(Emitter *m, Node *fn) {
    for (u32 i = 0; i < fn->function.params.count; i++) {
        Binding *b = fn->function.params.items[i]->param.target->ident.binding;
        if (!b->in_env) continue;
        OP1(m, LoadLocal, i);
        binding_init(m, b);
    }
}

static void emit_complex_params(Emitter *m, Node *fn, Scope *s) {
    for (Binding *b = s->first; b; b = b->next)
        if (b->kind == BIND_PARAM && b->placed && !b->in_env && b->flags & BF_CHECKED) OP1(m, InitTdz, b->slot);
    for (u32 i = 0; i < fn->function.params.count; i++) {
        Node *p = fn->function.params.items[i], *target = p->param.target;
        if (is_rest(p)) {
            OP1(m, PushRest, i);
            emit_pattern(m, rest_target(p), STORE_INIT);
            continue;
        }
        bool in_place = target->kind == N_IDENT && target->ident.binding->placed && !target->ident.binding->in_env &&
                        target->ident.binding->slot == i;
        if (in_place && !p->param.init) continue;
        OP1(m, LoadLocal, i);
        if (p->param.init) {
            u32 have = label_new(m);
            OP1(m, JumpIfNotUndefinedKeep, have);
            if (target->kind == N_IDENT) emit_named(m, p->param.init, target->ident.name);
            else emit_expr(m, p->param.init);
            label_bind(m, have);
        }
        emit_pattern(m, target, STORE_INIT);
    }
}

// A body with its own scope starts its vars of parameter names from the parameters.
static void copy_params_to_body(Emitter *m, Scope *params, Scope *body) {
    for (Binding *b = body->first; b; b = b->next) {
        if (b->kind != BIND_VAR) continue;
        Binding *p = scope_find(params, b->name);
        if (!p || !p->placed) continue;
        binding_load(m, p, false);
        binding_init(m, b);
    }
}

static bool class_has_instance_init(const Node *cls) { return cls && ((ClassInfo *)cls->class_.user)->has_instance_init; }

static void emit_run_field_init(Emitter *m) {
    OP0(m, PushThis);
    OP0(m, PushFunc);
    OP0(m, RunFieldInit);
}

static void emit_prologue(Emitter *m, Node *fn, Node *ctor_class) {
    Scope *s = fn->function.scope;
    u32 facts = fn->function.flags;
    bool simple = facts & FN_SIMPLE_PARAMS, mapped = mapped_arguments(fn, s);
    bool base_fields = ctor_class && !s->derived && class_has_instance_init(ctor_class);
    bool late_fields = m->options->legacy_class_fields; // parameter properties come before the fields
    if (simple) place_simple_params(m, fn, s, mapped);
    else place_complex_params(fn);
    scope_place(m, s);
    if (!s->arrow && !s->strict && facts & (FN_USES_THIS | FN_HAS_DIRECT_EVAL | FN_USES_SUPER_PROPERTY)) OP0(m, CoerceThis);
    if (base_fields && !late_fields) emit_run_field_init(m);
    emit_implicit_variables(m, s, mapped);
    if (simple && !mapped) emit_simple_params(m, fn);
    scope_dead_zones(m, s);
    if (!simple) {
        emit_complex_params(m, fn, s);
        Scope *body = fn->function.body_scope;
        scope_place(m, body);
        scope_dead_zones(m, body);
        copy_params_to_body(m, s, body);
        scope_functions(m, body);
    } else {
        scope_functions(m, s);
    }
    if (ctor_class && !s->derived) emit_parameter_properties(m, fn);
    if (base_fields && late_fields) emit_run_field_init(m);
    if (facts & FN_GENERATOR) OP0(m, GenStart);
}

static void emit_function_end(Emitter *m) {
    if (m->fs->flags & FUNC_DERIVED_CTOR) {
        OP0(m, PushUndefined);
        control_return(m);
    } else {
        OP0(m, ReturnUndefined);
    }
}

u32 emit_function(Emitter *m, Node *fn, Str *name, Node *ctor_class, u32 extra_flags) {
    u32 count = fn->function.params.count;
    if (count && is_rest(fn->function.params.items[count - 1])) count--;
    if (fn->function.name && fn->kind != N_ARROW && !(fn->function.flags & FN_METHOD)) name = fn->function.name->ident.name;
    TestMark *mark = fn->function.user;
    FuncState *fs = func_begin(m, fn, name, function_flags(fn->function.flags) | extra_flags | (mark ? FUNC_TEST_BODY : 0));
    if (mark && mark->row != DXT_NONE) ((DxtTest *)(void *)m->tests.data)[mark->row].func = fs->index;
    for (u32 i = 0; mark && mark->suite && i < fn->function.body.count; i++) testapi_list(m, fn->function.body.items[i], mark->row);
    fs->nparams = fs->next_slot = count;
    fs->ctor_class = ctor_class;
    m->units[fs->index]->row.length = (u16)fn->function.length;
    emit_prologue(m, fn, ctor_class);
    Scope *s = fn->function.scope;
    if (fn->function.flags & FN_EXPR_BODY) {
        if (emit_single_assertion(m, fn->function.body.items[0]->unary.arg)) OP0(m, PushUndefined);
        else emit_expr(m, fn->function.body.items[0]->unary.arg);
        if ((fs->flags & (FUNC_ASYNC | FUNC_GENERATOR)) == (FUNC_ASYNC | FUNC_GENERATOR)) emit_await(m, fn);
        control_return(m);
    } else {
        lower_using_stmts(m, &fn->function.body);
        emit_function_end(m);
    }
    if (fn->function.body_scope) scope_close(m, fn->function.body_scope);
    scope_close(m, s);
    return func_end(m, fn->function.text_start, fn->end);
}

void emit_closure(Emitter *m, Node *fn, Str *name) {
    u32 index = emit_function(m, fn, name, NULL, 0);
    new_function(m, index);
}

// ---- programs

static void emit_init_function(Emitter *m, Scope *s) {
    bool needed = false, hoists = false;
    for (u32 i = 0; i < m->ast->body.count; i++) hoists |= testapi_is_hoisted(m, m->ast->body.items[i]);
    needed = hoists;
    for (Binding *b = s->first; b; b = b->next)
        if (b->in_env && (b->kind == BIND_VAR || b->kind == BIND_ENUM || (b->decl && b->decl->kind == N_FUNCTION_DECL))) needed = true;
    m->out->init_func = DXT_NONE;
    if (!needed) return;
    FuncState *fs = func_begin(m, NULL, NULL, FUNC_MODULE | FUNC_STRICT | FUNC_NO_CTOR);
    fs->captured = s;
    fs->env = NULL;
    fs->scope = s;
    for (Binding *b = s->first; b; b = b->next) {
        if (!b->in_env) continue;
        if (b->decl && b->decl->kind == N_FUNCTION_DECL && b->kind != BIND_ENUM) {
            emit_closure(m, b->decl, b->kind == BIND_FUNCTION && b->name->data[0] == '*' ? m->s_default : b->name);
            binding_init(m, b);
        } else if (b->kind == BIND_VAR || b->kind == BIND_ENUM) {
            OP0(m, PushUndefined);
            binding_init(m, b);
        }
    }
    if (hoists) testapi_hoisted(m);
    OP0(m, ReturnUndefined);
    m->out->init_func = func_end(m, 0, 0);
}

static void declare_globals(Emitter *m, Scope *s) {
    for (u32 pass = s->count > 1 ? 0 : 1; pass < 2; pass++) // one name that cannot be declared: none is
    for (Binding *b = s->first; b; b = b->next) {
        u32 kind = b->kind == BIND_VAR || b->kind == BIND_ENUM ? 0 : b->kind == BIND_FUNCTION ? 1 : b->kind == BIND_LET ? 2 :
                   b->kind == BIND_CONST ? 3 : b->kind == BIND_CLASS ? 4 : 9;
        if (kind != 9) OP2(m, DeclareGlobal, module_string(m, b->name), pass ? kind : kind | DECLARE_CHECK);
    }
}

static void emit_body(Emitter *m) {
    NodeList *body = &m->ast->body;
    bool test = m->options->test_file;
    for (u32 i = 0; test && i < body->count; i++) testapi_list(m, body->items[i], DXT_NONE);
    Control c;
    bool has_using = lower_has_using(body);
    if (has_using) lower_using_begin(m, &c, m->fs->flags & FUNC_ASYNC);
    for (u32 i = 0; i < body->count;) {
        Node *n = body->items[i];
        u32 taken = test ? emit_assertions(m, body, i) : 0;
        if (!taken && !(test && testapi_is_hoisted(m, n))) emit_module_item(m, n);
        i += taken ? taken : 1;
    }
    if (has_using) lower_using_end(m, &c);
}

// Eval code: a function over the caller's environment that returns the completion value.
void emit_eval_program(Emitter *m) {
    Scope *s = m->ast->scope;
    FuncState *fs = func_begin(m, NULL, NULL, FUNC_EVAL | FUNC_NO_CTOR | (s->strict ? FUNC_STRICT : 0));
    m->out->main_func = fs->index;
    m->out->init_func = DXT_NONE;
    for (u32 pass = s->count > 1 ? 0 : 1; pass < 2 && s->eval_vars; pass++)
        for (Binding *b = s->first; b; b = b->next)
            if (b->kind == BIND_VAR || b->kind == BIND_FUNCTION)
                OP3(m, DeclareDyn, module_string(m, b->name), SLOT_CAPTURED, (b->kind == BIND_FUNCTION) | (pass ? 0 : DECLARE_CHECK));
    fs->completion_slot = slot_new(m);
    scope_place(m, s);
    if (!s->eval_this) scope_pseudo_init(m, s);
    scope_dead_zones(m, s);
    scope_functions(m, s);
    for (u32 i = 0; i < m->ast->body.count; i++) emit_stmt(m, m->ast->body.items[i]);
    OP1(m, LoadLocal, fs->completion_slot);
    OP0(m, Return);
    scope_close(m, s);
    func_end(m, 0, m->ast->text_len);
}

void emit_program(Emitter *m) {
    Ast *ast = m->ast;
    Scope *s = ast->scope;
    bool tla = ast->is_module && (ast->fn_flags & (FN_ASYNC | FN_HAS_AWAIT));
    u32 flags = FUNC_MODULE | FUNC_NO_CTOR | (s->strict ? FUNC_STRICT : 0) | (tla ? FUNC_ASYNC : 0);
    FuncState *fs = func_begin(m, NULL, NULL, flags);
    if (tla) m->out->flags |= MODF_TLA;
    m->out->main_func = fs->index;
    m->out->init_func = DXT_NONE;
    if (m->commonjs) {
        fs->flags |= FUNC_SIMPLE_PARAMS;
        fs->nparams = fs->next_slot = 5;
        u32 i = 0;
        for (Binding *b = s->first; b && i < 5; b = b->next, i++) {
            if (b->flags & BF_CAPTURED) continue;
            b->placed = true;
            b->slot = i;
        }
    }
    if (s->kind == SCOPE_MODULE) fs->captured = s;
    testapi_prepare(m);
    scope_place(m, s);
    if (s->kind == SCOPE_MODULE) {
        emit_module_linkage(m);
        m->out->env_slots = s->env_count;
        emit_init_function(m, s);
    }
    if (m->commonjs) {
        u32 i = 0;
        for (Binding *b = s->first; b && i < 5; b = b->next, i++) {
            if (!b->in_env) continue;
            OP1(m, LoadLocal, i);
            binding_init(m, b);
        }
    }
    if (s->kind == SCOPE_FUNCTION) emit_implicit_variables(m, s, false);
    else scope_pseudo_init(m, s); // a module's `this` is undefined in its frame too
    if (s->kind == SCOPE_SCRIPT) declare_globals(m, s);
    if (m->commonjs) commonjs_announce(m);
    scope_dead_zones(m, s);
    scope_functions(m, s);
    if (m->commonjs) testapi_hoisted(m);
    if (m->commonjs) commonjs_require_imports(m);
    emit_body(m);
    OP0(m, ReturnUndefined);
    scope_close(m, s);
    func_end(m, 0, ast->text_len);
}
