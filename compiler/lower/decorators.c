// SPDX-License-Identifier: MIT
// Decorators, the standard ones and TypeScript's legacy form. The class is defined as if it had none; every decorated member leaves a
// record in an array; a helper function applies the decorators and returns what the field initialisers need (the hidden variable
// `%decoration` of the class scope).
#include "compiler/lower/lower.h"

static ClassInfo *info_of(const Node *cls) { return cls->class_.user; }

bool lower_is_decorated(const Node *cls) { return info_of(cls)->decoration != NULL; }

// decorators → array of function, this, function, this …
static void emit_decorator_list(Emitter *m, const NodeList *list) {
    for (u32 i = 0; i < list->count; i++) {
        Node *d = list->items[i];
        if (d->kind == N_MEMBER || d->kind == N_INDEX || d->kind == N_PRIVATE_MEMBER) {
            emit_chain(m, d, true);
        } else {
            emit_expr(m, d);
            OP0(m, PushUndefined);
        }
    }
    OP1(m, NewArray, list->count * 2);
}

// Legacy constructor parameters count as decorators of the class: [index, function, this] triples.
static void emit_parameter_list(Emitter *m, const Node *fn) {
    u32 total = 0;
    for (u32 i = 0; fn && i < fn->function.params.count; i++) {
        const NodeList *list = &fn->function.params.items[i]->param.decorators;
        for (u32 k = 0; k < list->count; k++) {
            OP1(m, PushInt, i);
            emit_expr(m, list->items[k]);
            OP0(m, PushUndefined);
            total += 3;
        }
    }
    OP1(m, NewArray, total);
}

void lower_decorators_start(Emitter *m, Node *cls) { emit_decorator_list(m, &cls->class_.decorators); }

static void define(Emitter *m, const char *name) { OP1(m, DefineProp, module_string_z(m, name)); }

static void push_bool(Emitter *m, bool v) {
    if (v) OP0(m, PushTrue);
    else OP0(m, PushFalse);
}

static const char *kind_name(const Node *member) {
    switch (member->extra) {
    case MEMBER_GETTER: return "getter";
    case MEMBER_SETTER: return "setter";
    case MEMBER_FIELD: return "field";
    case MEMBER_ACCESSOR: return "accessor";
    default: return "method";
    }
}

// (o) => o.#x, (o, v) => { o.#x = v }, (o) => #x in o
static void emit_access(Emitter *m, Binding *name, u32 which) {
    FuncState *fs = func_begin(m, NULL, NULL, FUNC_STRICT | FUNC_ARROW | FUNC_NO_CTOR | FUNC_NATIVE_SOURCE | FUNC_SIMPLE_PARAMS);
    fs->nparams = fs->next_slot = which == 1 ? 2 : 1;
    if (which == 2) {
        binding_load(m, name, false);
        OP1(m, LoadLocal, 0);
        OP0(m, HasPrivate);
    } else {
        OP1(m, LoadLocal, 0);
        binding_load(m, name, false);
        if (which == 1) OP1(m, LoadLocal, 1);
        if (which == 1) OP0(m, SetPrivate);
        else OP0(m, GetPrivate);
    }
    OP0(m, Return);
    new_function(m, func_end(m, 0, 0));
}

static void emit_private_parts(Emitter *m, Node *cls, Node *member, u32 i) {
    ClassInfo *info = info_of(cls);
    Str *name = module_str_concat(m, "#", member->member_def.key->string.value);
    Binding *b = scope_find(info->scope, name);
    emit_string(m, name);
    define(m, "name");
    static const char *const access[] = {"get", "set", "has"};
    for (u32 k = 0; k < 3; k++) {
        emit_access(m, b, k);
        define(m, access[k]);
    }
    if (info->hidden[i]) {
        binding_load(m, info->hidden[i], false);
        define(m, "value");
        if (member->extra == MEMBER_ACCESSOR) {
            binding_load(m, info->keys[i], false);
            define(m, "setter");
        }
    } else if (member->extra != MEMBER_FIELD) {
        module_not_supported(m, member, "decorators of static private methods");
    }
}

// Appends the record of a decorated member to the array in `elements`.
void lower_decorated_record(Emitter *m, Node *cls, u32 i, u32 elements, u32 decorators, u32 key_slot) {
    Node *member = cls->class_.members.items[i];
    bool is_private = member->member_def.key->kind == N_PRIVATE_NAME;
    OP1(m, LoadLocal, elements);
    OP1(m, NewObject, 8);
    OP1(m, PushInt, i);
    define(m, "index");
    emit_string(m, module_str(m, kind_name(member)));
    define(m, "kind");
    push_bool(m, member->flags & NF_STATIC);
    define(m, "isStatic");
    push_bool(m, is_private);
    define(m, "isPrivate");
    OP1(m, LoadLocal, decorators);
    define(m, "decorators");
    if (is_private) {
        emit_private_parts(m, cls, member, i);
    } else {
        if (key_slot != NO_LABEL) OP1(m, LoadLocal, key_slot);
        else emit_key(m, member->member_def.key);
        define(m, "key");
    }
    OP0(m, AppendElem);
    OP0(m, Pop);
}

void lower_decorated_list(Emitter *m, const Node *member) { emit_decorator_list(m, &member->member_def.decorators); }

// Decorated private methods and accessors are called through their hidden variables: these take the replacements.
static void update_private(Emitter *m, Node *cls) {
    ClassInfo *info = info_of(cls);
    for (u32 i = 0; i < cls->class_.members.count; i++) {
        Node *member = cls->class_.members.items[i];
        if (!member->member_def.decorators.count || !info->hidden[i]) continue;
        for (u32 k = 0; k < (member->extra == MEMBER_ACCESSOR ? 2u : 1u); k++) {
            binding_load(m, info->decoration, false);
            emit_get(m, module_str(m, "members"));
            OP1(m, PushInt, i);
            OP0(m, GetIndex);
            emit_get(m, module_str(m, k ? "setter" : "value"));
            binding_init(m, k ? info->keys[i] : info->hidden[i]);
        }
    }
}

// ctor → ctor result
void lower_decorate(Emitter *m, Node *cls, u32 elements, u32 decorators, Str *name) {
    ClassInfo *info = info_of(cls);
    lower_helper(m, HELPER_DECORATE);
    OP0(m, PushUndefined);
    OP1(m, PickN, 2);
    OP1(m, LoadLocal, elements);
    OP1(m, LoadLocal, decorators);
    if (name) emit_string(m, name);
    else OP0(m, PushUndefined);
    OP1(m, Call, 4);
    at_node(m, cls);
    OP0(m, Dup);
    binding_init(m, info->decoration);
    update_private(m, cls);
    emit_get(m, module_str(m, "ctor"));
}

static void load_method(Emitter *m, Node *cls, const char *name) {
    binding_load(m, info_of(cls)->decoration, false);
    OP1(m, GetMethod, module_string_z(m, name));
}

void lower_decorated_value(Emitter *m, Node *cls, u32 member) {
    u32 value = slot_new(m);
    OP1(m, StoreLocal, value);
    load_method(m, cls, "init");
    OP1(m, PushInt, member);
    OP0(m, PushThis);
    OP1(m, LoadLocal, value);
    OP1(m, Call, 3);
    at_node(m, cls->class_.members.items[member]);
    slot_free(m, value);
}

void lower_decorated_extra(Emitter *m, Node *cls, i32 member) {
    load_method(m, cls, "extra");
    OP1(m, PushInt, (u32)member);
    OP0(m, PushThis);
    OP1(m, Call, 2);
    at_node(m, cls);
    OP0(m, Pop);
}

// result → result ; the initialisers that class decorators added
void lower_class_extra(Emitter *m, Node *cls) {
    load_method(m, cls, "extra");
    OP1(m, PushInt, (u32)-3);
    OP1(m, PickN, 3);
    OP1(m, Call, 2);
    at_node(m, cls);
    OP0(m, Pop);
}

// ---- the legacy form

static const Node *parameters_of(const Node *member) {
    const Node *value = member ? member->member_def.value : NULL;
    bool method = value && value->kind == N_FUNCTION && member->extra != MEMBER_FIELD && member->extra != MEMBER_ACCESSOR;
    return method ? value : NULL;
}

// ctor → ctor ; one member's decorators, evaluated and applied
static void decorate_member(Emitter *m, Node *cls, u32 i, u32 helper, u32 key_slot) {
    Node *member = cls->class_.members.items[i];
    ClassInfo *info = info_of(cls);
    OP1(m, LoadLocal, helper);
    OP0(m, PushUndefined);
    OP1(m, PickN, 2);
    push_bool(m, member->flags & NF_STATIC);
    if (key_slot != NO_LABEL) OP1(m, LoadLocal, key_slot);
    else if (info->keys[i]) binding_load(m, info->keys[i], false);
    else emit_key(m, member->member_def.key);
    emit_string(m, module_str(m, kind_name(member)));
    emit_decorator_list(m, &member->member_def.decorators);
    emit_parameter_list(m, parameters_of(member));
    OP1(m, Call, 6);
    at_node(m, member);
    OP0(m, Pop);
}

bool lower_member_is_decorated(Emitter *m, const Node *member) {
    const Node *fn = m->options->experimental_decorators ? parameters_of(member) : NULL;
    if (member->member_def.decorators.count) return true;
    for (u32 i = 0; fn && i < fn->function.params.count; i++)
        if (fn->function.params.items[i]->param.decorators.count) return true;
    return false;
}

// ctor → result ; key_slots: of members with computed keys, NO_LABEL for the others
void lower_decorate_legacy(Emitter *m, Node *cls, const u32 *key_slots) {
    u32 helper = slot_new(m);
    lower_helper(m, HELPER_DECORATE_LEGACY);
    OP1(m, StoreLocal, helper);
    for (u32 is_static = 0; is_static < 2; is_static++) {
        for (u32 i = 0; i < cls->class_.members.count; i++) {
            Node *member = cls->class_.members.items[i];
            if (member->extra == MEMBER_CONSTRUCTOR || member->extra == MEMBER_STATIC_BLOCK) continue;
            if (((member->flags & NF_STATIC) != 0) != is_static || !lower_member_is_decorated(m, member)) continue;
            decorate_member(m, cls, i, helper, key_slots[i]);
        }
    }
    const Node *ctor = cls->class_.ctor;
    if (cls->class_.decorators.count || (ctor && lower_member_is_decorated(m, ctor))) {
        u32 class_slot = slot_new(m);
        OP1(m, StoreLocal, class_slot);
        OP1(m, LoadLocal, helper);
        OP0(m, PushUndefined);
        OP1(m, LoadLocal, class_slot);
        OP0(m, PushTrue);
        OP0(m, PushUndefined);
        emit_string(m, module_str(m, "class"));
        emit_decorator_list(m, &cls->class_.decorators);
        emit_parameter_list(m, parameters_of(ctor));
        OP1(m, Call, 6);
        at_node(m, cls);
        slot_free(m, class_slot);
    }
    slot_free(m, helper);
}
