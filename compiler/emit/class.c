// SPDX-License-Identifier: MIT
// Classes. While the members are defined the operand stack holds `ctor proto`. Instance fields and private methods are installed
// by one synthesized function (SetFieldInit, run by the constructor), static fields and blocks by another, called once.
#include "compiler/emit/emit.h"

typedef struct ClassState {
    Node *node;
    ClassInfo *info;
    Scope *scope;
    u32 key_slot;  // holds the computed key of the member being defined; NO_LABEL: evaluate it
    u32 *key_slots; // legacy decorators: slots of computed keys by member
    u32 elements, decorators; // slots of a decorated class: records of members, class decorators
    u32 name_key;  // slot of the computed key that names the class; NO_LABEL: none
} ClassState;

static Binding *private_binding(Emitter *m, const ClassState *c, const Node *member) {
    return scope_find(c->scope, module_str_concat(m, "#", member->member_def.key->string.value));
}

static bool is_private(const Node *member) { return member->member_def.key && member->member_def.key->kind == N_PRIVATE_NAME; }

static bool has_code(const Node *member) {
    if (member->flags & NF_ABSTRACT) return false;
    if (member->extra == MEMBER_FIELD) return !(member->flags & NF_DECLARE);
    return true;
}

static void emit_member(Emitter *m, ClassState *c, Node *member, u32 i);

static u32 method_kind(const Node *member) {
    return member->extra == MEMBER_GETTER ? 1 : member->extra == MEMBER_SETTER ? 2 : 0;
}

static Str *member_function_name(Emitter *m, const Node *member, u32 kind) {
    u32 prop = kind == 1 ? PROP_GETTER : kind == 2 ? PROP_SETTER : PROP_METHOD;
    return key_function_name(m, member->member_def.key, member->flags & NF_COMPUTED, prop);
}

// ---- constructors

static bool has_instance_init(const ClassState *c) { return c->info->has_instance_init; }

static u32 emit_default_ctor(Emitter *m, const ClassState *c, Str *name) {
    bool derived = c->node->class_.super != NULL;
    func_begin(m, NULL, name, FUNC_STRICT | FUNC_CLASS_CTOR | (derived ? FUNC_DERIVED_CTOR : 0) | FUNC_SIMPLE_PARAMS);
    if (derived) {
        OP0(m, PushFunc);
        OP0(m, SuperCtor);
        at_node(m, c->node);
        OP0(m, PushNewTarget);
        OP1(m, PushRest, 0);
        OP0(m, SuperCallSpread);
        at_node(m, c->node);
        if (has_instance_init(c)) {
            OP0(m, Dup);
            OP0(m, PushFunc);
            OP0(m, RunFieldInit);
            at_node(m, c->node);
        }
        OP0(m, Return);
    } else {
        if (has_instance_init(c)) {
            OP0(m, PushThis);
            OP0(m, PushFunc);
            OP0(m, RunFieldInit);
            at_node(m, c->node);
        }
        OP0(m, ReturnUndefined);
    }
    return func_end(m, c->node->start, c->node->end);
}

void emit_parameter_properties(Emitter *m, Node *fn) {
    for (u32 i = 0; i < fn->function.params.count; i++) {
        Node *p = fn->function.params.items[i];
        if (!(p->flags & (NF_ACCESS | NF_READONLY)) || p->param.target->kind != N_IDENT) continue;
        this_load(m, p);
        binding_load(m, p->param.target->ident.binding, false);
        OP1(m, SetProp, module_string(m, p->param.target->ident.name));
        OP0(m, Pop);
    }
}

// The class whose constructor encloses this code, through arrows; NULL when it is not known (eval).
static Node *enclosing_ctor_class(Emitter *m) {
    FuncState *fs = m->fs;
    while (fs && fs->flags & FUNC_ARROW) fs = fs->parent;
    return fs ? fs->ctor_class : NULL;
}

// The result of super() becomes `this`, once: v → v
static void bind_this(Emitter *m, Node *n) {
    Scope *f = scope_this_function(m->fs->scope);
    if (f->eval_this) {
        OP0(m, Dup);
        dynamic_op(m, OP_StoreDyn, module_str(m, "this"), n);
        return;
    }
    binding_load(m, f->pseudo[PSEUDO_THIS], false);
    OP0(m, CheckUnbound);
    at_node(m, n);
    OP0(m, Dup);
    binding_init(m, f->pseudo[PSEUDO_THIS]);
}

void emit_super_call(Emitter *m, Node *n) {
    pseudo_load(m, PSEUDO_FUNC, n);
    OP0(m, SuperCtor);
    at_node(m, n);
    pseudo_load(m, PSEUDO_NEW_TARGET, n);
    if (has_spread(&n->call.args)) {
        emit_spread_array(m, &n->call.args, 0);
        OP0(m, SuperCallSpread);
    } else {
        emit_args(m, &n->call.args, 0);
        OP1(m, SuperCall, n->call.args.count);
    }
    at_node(m, n);
    bind_this(m, n);
    Node *cls = enclosing_ctor_class(m);
    bool own = m->fs->ctor_class && m->fs->node, legacy = m->options->legacy_class_fields;
    if (own && legacy) emit_parameter_properties(m, m->fs->node);
    if (!cls || ((ClassInfo *)cls->class_.user)->has_instance_init) {
        OP0(m, Dup);
        pseudo_load(m, PSEUDO_FUNC, n);
        OP0(m, RunFieldInit);
        at_node(m, n);
    }
    if (own && !legacy) emit_parameter_properties(m, m->fs->node);
}

// ---- methods

static void member_key(Emitter *m, const ClassState *c, Node *member) {
    if (c->key_slot != NO_LABEL) OP1(m, LoadLocal, c->key_slot);
    else emit_key(m, member->member_def.key);
}

// ctor proto → ctor proto; the home object is on top while the method is defined
static void emit_method(Emitter *m, ClassState *c, Node *member) {
    bool is_static = member->flags & NF_STATIC, computed = member->flags & NF_COMPUTED;
    u32 kind = method_kind(member);
    if (is_static) OP0(m, Swap);
    member_key(m, c, member);
    u32 index = emit_function(m, member->member_def.value, member_function_name(m, member, kind), NULL, computed ? FUNC_ANONYMOUS : 0);
    new_function(m, index);
    OP1(m, DefineMethod, kind | (computed ? 0 : 8));
    at_node(m, member);
    if (is_static) OP0(m, Swap);
}

static void emit_private_method(Emitter *m, ClassState *c, Node *member, u32 i) {
    bool is_static = member->flags & NF_STATIC;
    u32 kind = method_kind(member), index;
    if (is_static) OP0(m, Swap);
    index = emit_function(m, member->member_def.value, member_function_name(m, member, kind), NULL, 0);
    new_function(m, index);
    OP0(m, SetHome);
    if (c->info->hidden[i]) { // installed by an initialiser
        binding_init(m, c->info->hidden[i]);
        if (is_static) OP0(m, Swap);
        return;
    }
    binding_load(m, private_binding(m, c, member), false);
    OP0(m, Swap);
    OP1(m, DefinePrivate, kind + 1);
    at_node(m, member);
    OP0(m, Swap);
}

// A getter or setter over the storage of an `accessor` field: → f
static void emit_storage_function(Emitter *m, ClassState *c, Node *member, u32 i, u32 kind) {
    Binding *storage = c->info->storage[i];
    bool computed = member->flags & NF_COMPUTED;
    FuncState *fs = func_begin(m, NULL, member_function_name(m, member, kind),
                               FUNC_STRICT | FUNC_METHOD | FUNC_NO_CTOR | FUNC_SIMPLE_PARAMS | FUNC_NATIVE_SOURCE |
                                   (kind == 1 ? FUNC_GETTER : FUNC_SETTER) | (computed ? FUNC_ANONYMOUS : 0));
    fs->nparams = fs->next_slot = kind == 2;
    m->units[fs->index]->row.length = kind == 2;
    OP0(m, PushThis);
    binding_load(m, storage, false);
    if (kind == 1) {
        OP0(m, GetPrivate);
        at_node(m, member);
        OP0(m, Return);
    } else {
        OP1(m, LoadLocal, 0);
        OP0(m, SetPrivate);
        at_node(m, member);
        OP0(m, Pop);
        OP0(m, ReturnUndefined);
    }
    new_function(m, func_end(m, member->start, member->end));
}

static void emit_accessor(Emitter *m, ClassState *c, Node *member, u32 i) {
    bool is_static = member->flags & NF_STATIC, computed = member->flags & NF_COMPUTED;
    if (is_private(member)) {
        for (u32 kind = 1; kind <= 2; kind++) {
            if (is_static) OP0(m, Swap);
            emit_storage_function(m, c, member, i, kind);
            if (c->info->hidden[i]) {
                binding_init(m, kind == 1 ? c->info->hidden[i] : c->info->keys[i]);
            } else {
                binding_load(m, private_binding(m, c, member), false);
                OP0(m, Swap);
                OP1(m, DefinePrivate, kind + 1);
            }
            if (is_static) OP0(m, Swap);
        }
        return;
    }
    u32 key = slot_new(m);
    if (is_static) OP0(m, Swap);
    if (computed) {
        member_key(m, c, member);
        OP1(m, StoreLocal, key);
    }
    for (u32 kind = 1; kind <= 2; kind++) {
        if (computed) OP1(m, LoadLocal, key);
        else emit_key(m, member->member_def.key);
        emit_storage_function(m, c, member, i, kind);
        OP1(m, DefineMethod, kind | (computed ? 0 : 8));
        at_node(m, member);
    }
    if (is_static) OP0(m, Swap);
    slot_free(m, key);
}

static void emit_member(Emitter *m, ClassState *c, Node *member, u32 i) {
    switch (member->extra) {
    case MEMBER_METHOD: case MEMBER_GETTER: case MEMBER_SETTER:
        if (is_private(member)) emit_private_method(m, c, member, i);
        else emit_method(m, c, member);
        break;
    case MEMBER_FIELD:
        if (!c->info->keys[i]) break;
        member_key(m, c, member);
        binding_init(m, c->info->keys[i]);
        break;
    case MEMBER_ACCESSOR: emit_accessor(m, c, member, i); break;
    default: break;
    }
}

// A decorated member: its decorators come before its key, its record behind its definition.
static void emit_decorated_member(Emitter *m, ClassState *c, Node *member, u32 i) {
    u32 list = slot_new(m);
    lower_decorated_list(m, member);
    OP1(m, StoreLocal, list);
    if (member->flags & NF_COMPUTED) {
        c->key_slot = slot_new(m);
        emit_key(m, member->member_def.key);
        OP1(m, StoreLocal, c->key_slot);
    }
    emit_member(m, c, member, i);
    lower_decorated_record(m, c->node, i, c->elements, list, c->key_slot);
    if (c->key_slot != NO_LABEL) slot_free(m, c->key_slot);
    c->key_slot = NO_LABEL;
    slot_free(m, list);
}

// ---- field initialisers

static bool wants_initialisers(Emitter *m, const Node *member) {
    return member->member_def.decorators.count && !m->options->experimental_decorators;
}

static bool fields_are_assigned(const Emitter *m) { return m->options->legacy_class_fields && m->ast->is_typescript; }

// An assignment `this.a = …` gives an anonymous function no name, nor does tsc's call of the initialisers that decorators added.
static bool names_value(Emitter *m, const Node *member) {
    if (!m->ast->is_typescript) return true;
    if (wants_initialisers(m, member)) return false;
    return !fields_are_assigned(m) || member->extra == MEMBER_ACCESSOR || is_private(member);
}

static void emit_field_value(Emitter *m, ClassState *c, Node *member, u32 i) {
    Node *value = member->member_def.value;
    bool computed = member->flags & NF_COMPUTED;
    if (!value) OP0(m, PushUndefined);
    else if (!names_value(m, member)) emit_expr(m, value);
    else if (computed && is_anonymous_function(value) && value->kind != N_CLASS)
        new_function(m, emit_function(m, value, NULL, NULL, FUNC_ANONYMOUS));
    else emit_named(m, value, computed ? NULL : key_function_name(m, member->member_def.key, false, PROP_INIT));
    if (value && computed && is_anonymous_function(value) && names_value(m, member)) OP1(m, SetFunctionName, 0);
    if (wants_initialisers(m, member)) lower_decorated_value(m, c->node, i);
}

static void emit_field(Emitter *m, ClassState *c, Node *member, u32 i) {
    bool legacy = fields_are_assigned(m);
    Node *key = member->member_def.key;
    bool initialised = member->member_def.value || is_private(member) || wants_initialisers(m, member);
    if (member->extra == MEMBER_FIELD && legacy && !initialised) return;
    OP0(m, PushThis);
    if (member->extra == MEMBER_ACCESSOR || is_private(member)) {
        binding_load(m, member->extra == MEMBER_ACCESSOR ? c->info->storage[i] : private_binding(m, c, member), false);
        emit_field_value(m, c, member, i);
        OP1(m, DefinePrivate, 0);
    } else if (c->info->keys[i]) {
        binding_load(m, c->info->keys[i], false);
        emit_field_value(m, c, member, i);
        if (legacy) OP0(m, SetIndex);
        else OP0(m, DefineIndex);
    } else {
        Str *name = key_str(m, key);
        if (!name) emit_key(m, key);
        emit_field_value(m, c, member, i);
        if (name && legacy) OP1(m, SetProp, module_string(m, name));
        else if (name) OP1(m, DefineProp, module_string(m, name));
        else if (legacy) OP0(m, SetIndex);
        else OP0(m, DefineIndex);
    }
    at_node(m, member);
    OP0(m, Pop);
    if (wants_initialisers(m, member)) lower_decorated_extra(m, c->node, (i32)i);
}

// Initialisers that the decorators of methods added run before the fields.
static void emit_method_extras(Emitter *m, ClassState *c, bool is_static) {
    for (u32 i = 0; i < c->node->class_.members.count; i++) {
        Node *member = c->node->class_.members.items[i];
        bool field = member->extra == MEMBER_FIELD || member->extra == MEMBER_ACCESSOR;
        if (field || !wants_initialisers(m, member) || is_static != ((member->flags & NF_STATIC) != 0)) continue;
        lower_decorated_extra(m, c->node, is_static ? -2 : -1);
        return;
    }
}

static void emit_private_install(Emitter *m, ClassState *c, Node *member, Binding *function, u32 kind) {
    OP0(m, PushThis);
    binding_load(m, private_binding(m, c, member), false);
    binding_load(m, function, false);
    OP1(m, DefinePrivate, kind + 1);
    at_node(m, member);
    OP0(m, Pop);
}

// Private methods and accessors that initialisers install: those of instances, and static ones that decorators may replace.
static void emit_private_installs(Emitter *m, ClassState *c, bool is_static) {
    for (u32 i = 0; i < c->node->class_.members.count; i++) {
        Node *member = c->node->class_.members.items[i];
        if (((member->flags & NF_STATIC) != 0) != is_static || !c->info->hidden[i] || !has_code(member)) continue;
        if (member->extra == MEMBER_ACCESSOR) {
            emit_private_install(m, c, member, c->info->hidden[i], 1);
            emit_private_install(m, c, member, c->info->keys[i], 2);
        } else {
            emit_private_install(m, c, member, c->info->hidden[i], method_kind(member));
        }
    }
}

static void begin_init(Emitter *m, Scope *s, const char *name) {
    func_begin(m, NULL, module_str(m, name), FUNC_STRICT | FUNC_FIELD_INIT | FUNC_METHOD | FUNC_NO_CTOR | FUNC_SIMPLE_PARAMS);
    scope_place(m, s);
    scope_pseudo_init(m, s);
}

static void end_init(Emitter *m, Scope *s, const Node *n) {
    OP0(m, ReturnUndefined);
    scope_close(m, s);
    new_function(m, func_end(m, n->start, n->end));
}

// ctor → ctor
static void emit_instance_init(Emitter *m, ClassState *c) {
    NodeList *members = &c->node->class_.members;
    Node *ctor = c->node->class_.ctor;
    begin_init(m, c->info->instance_scope, "<instance_members_initializer>");
    emit_private_installs(m, c, false);
    emit_method_extras(m, c, false);
    for (u32 i = 0; ctor && !m->options->legacy_class_fields && i < ctor->member_def.value->function.params.count; i++) {
        Node *p = ctor->member_def.value->function.params.items[i]; // parameter properties are fields, declared first
        if (!(p->flags & (NF_ACCESS | NF_READONLY)) || p->param.target->kind != N_IDENT) continue;
        OP0(m, PushThis);
        OP0(m, PushUndefined);
        OP1(m, DefineProp, module_string(m, p->param.target->ident.name));
        OP0(m, Pop);
    }
    for (u32 i = 0; i < members->count; i++) {
        Node *member = members->items[i];
        bool field = member->extra == MEMBER_FIELD || member->extra == MEMBER_ACCESSOR;
        if (field && !(member->flags & NF_STATIC) && has_code(member)) emit_field(m, c, member, i);
    }
    end_init(m, c->info->instance_scope, c->node);
    OP0(m, SetFieldInit);
}

static void emit_static_block(Emitter *m, Node *member) {
    OP0(m, PushThis);
    u32 index = emit_function(m, member->member_def.value, module_str(m, "<static_initializer>"), NULL, FUNC_FIELD_INIT);
    new_function(m, index);
    OP0(m, SetHome);
    OP0(m, Swap);
    OP1(m, Call, 0);
    at_node(m, member);
    OP0(m, Pop);
}

// ctor → ctor
static void emit_static_init(Emitter *m, ClassState *c) {
    NodeList *members = &c->node->class_.members;
    begin_init(m, c->info->static_scope, "<static_initializer>");
    emit_private_installs(m, c, true);
    emit_method_extras(m, c, true);
    for (u32 i = 0; i < members->count; i++) {
        Node *member = members->items[i];
        bool field = member->extra == MEMBER_FIELD || member->extra == MEMBER_ACCESSOR;
        if (member->extra == MEMBER_STATIC_BLOCK) emit_static_block(m, member);
        else if (field && member->flags & NF_STATIC && has_code(member)) emit_field(m, c, member, i);
    }
    end_init(m, c->info->static_scope, c->node);
    OP0(m, SetHome);
    OP0(m, Over);
    OP1(m, Call, 0);
    at_node(m, c->node);
    OP0(m, Pop);
}

// ---- the class

// What has the private methods and accessors of that name, in the words of V8's messages; "" for fields.
static Str *private_receiver(Emitter *m, const ClassState *c, const Binding *b) {
    Str *class_name = c->node->class_.name ? c->node->class_.name->ident.name : module_str(m, "anonymous");
    if (!b->decl) return m->s_empty;
    return module_str_concat(m, b->decl->flags & NF_STATIC ? "class " : "an instance of class ", class_name);
}

static void emit_private_names(Emitter *m, const ClassState *c) {
    for (Binding *b = c->scope->first; b; b = b->next) {
        if (b->kind != BIND_PRIVATE) continue;
        u32 name = module_string(m, b->name), receiver = module_string(m, private_receiver(m, c, b));
        OP2(m, NewPrivateName, name, receiver);
        binding_init(m, b);
    }
}

// Legacy decorators run when the class is complete; computed keys are kept for them.
static void emit_legacy_member(Emitter *m, ClassState *c, Node *member, u32 i) {
    if (member->flags & NF_COMPUTED && !c->info->keys[i]) {
        c->key_slots[i] = c->key_slot = slot_new(m);
        emit_key(m, member->member_def.key);
        OP1(m, StoreLocal, c->key_slot);
    }
    if (has_code(member)) emit_member(m, c, member, i);
    c->key_slot = NO_LABEL;
}

static void emit_members(Emitter *m, ClassState *c) {
    u32 count = c->node->class_.members.count;
    bool legacy = m->options->experimental_decorators;
    c->key_slots = arena_alloc(m->arena, (count + 1) * sizeof(u32));
    for (u32 i = 0; i < count; i++) {
        Node *member = c->node->class_.members.items[i];
        bool decorated = lower_is_decorated(c->node) && member->extra != MEMBER_CONSTRUCTOR && lower_member_is_decorated(m, member);
        c->key_slots[i] = NO_LABEL;
        if (decorated && legacy) emit_legacy_member(m, c, member, i);
        else if (decorated) emit_decorated_member(m, c, member, i);
        else if (has_code(member)) emit_member(m, c, member, i);
    }
}

static u32 emit_ctor(Emitter *m, ClassState *c, Str *name) {
    Node *n = c->node;
    if (!n->class_.ctor || !n->class_.ctor->member_def.value) return emit_default_ctor(m, c, name);
    u32 index = emit_function(m, n->class_.ctor->member_def.value, name, n, 0);
    m->units[index]->row.src_start = n->start;
    m->units[index]->row.src_end = n->end;
    return index;
}

static void init_name(Emitter *m, ClassState *c) {
    if (!c->info->name) return;
    OP0(m, Dup);
    binding_init(m, c->info->name);
}

// ctor → result
static void finish_decorated(Emitter *m, ClassState *c, Str *name) {
    if (c->name_key != NO_LABEL) { // ctor → ctor
        OP1(m, LoadLocal, c->name_key);
        OP0(m, Swap);
        OP1(m, SetFunctionName, 0);
        OP0(m, Swap);
        OP0(m, Pop);
    }
    lower_decorate(m, c->node, c->elements, c->decorators, name);
    init_name(m, c);
    OP0(m, Swap);
    if (c->info->static_scope) emit_static_init(m, c);
    OP0(m, Pop);
    lower_class_extra(m, c->node);
    slot_free(m, c->elements);
    slot_free(m, c->decorators);
}

// Whether strict mode could be told from sloppy mode while n is evaluated: not by reading names and properties, nor by a call.
static bool is_strict_sensitive(const Node *n) {
    switch (n->kind) {
    case N_IDENT: case N_STRING: case N_NUMBER: case N_BIGINT: case N_NULL: case N_THIS: return false;
    case N_MEMBER: return is_strict_sensitive(n->member.object);
    case N_CALL:
        for (u32 i = 0; i < n->call.args.count; i++)
            if (is_strict_sensitive(n->call.args.items[i])) return true;
        return n->flags & NF_DIRECT_EVAL || is_strict_sensitive(n->call.callee);
    default: return true;
    }
}

// All parts of a class are strict code (11.2.2), its heritage and computed keys too, which run in the function around it.
static bool has_strict_part(const Emitter *m, const Node *n) {
    if (m->fs->flags & FUNC_STRICT) return false;
    if (n->class_.super && is_strict_sensitive(n->class_.super)) return true;
    for (u32 i = 0; i < n->class_.members.count; i++) {
        const Node *member = n->class_.members.items[i];
        if (member->kind == N_CLASS_MEMBER && member->flags & NF_COMPUTED && is_strict_sensitive(member->member_def.key)) return true;
    }
    return false;
}

void emit_class(Emitter *m, Node *n, Str *name) {
    ClassInfo *info = n->class_.user;
    ClassState c = {n, info, info->scope, NO_LABEL, NULL, 0, 0, m->class_key};
    m->class_key = NO_LABEL; // not that of a class inside
    bool legacy = lower_is_decorated(n) && m->options->experimental_decorators, decorated = lower_is_decorated(n) && !legacy;
    if (n->class_.name) name = n->class_.name->ident.name;
    if (decorated) {
        c.elements = slot_new(m);
        c.decorators = slot_new(m);
        lower_decorators_start(m, n);
        OP1(m, StoreLocal, c.decorators);
        OP1(m, NewArray, 0);
        OP1(m, StoreLocal, c.elements);
    }
    scope_open(m, c.scope);
    emit_private_names(m, &c);
    bool strict_part = has_strict_part(m, n);
    if (strict_part) {
        m->fs->flags |= FUNC_STRICT_PARTS;
        OP1(m, StrictPart, 1);
    }
    if (n->class_.super) emit_expr(m, n->class_.super);
    else OP0(m, PushHole);
    OP3(m, DefineClass, emit_ctor(m, &c, name), env_operand(m), 0);
    at_node(m, n->class_.super ? n->class_.super : n);
    emit_members(m, &c);
    if (strict_part) OP1(m, StrictPart, 0);
    OP0(m, Pop);
    if (has_instance_init(&c)) emit_instance_init(m, &c);
    if (decorated) {
        finish_decorated(m, &c, name);
    } else {
        init_name(m, &c);
        if (info->static_scope) emit_static_init(m, &c);
    }
    if (legacy) {
        lower_decorate_legacy(m, n, c.key_slots);
        init_name(m, &c);
        for (u32 i = 0; i < n->class_.members.count; i++)
            if (c.key_slots[i] != NO_LABEL) slot_free(m, c.key_slots[i]);
    }
    scope_close(m, c.scope);
}
