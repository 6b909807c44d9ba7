// SPDX-License-Identifier: MIT
// Decorators, the standard ones and TypeScript's legacy form. The class is defined as if it had none; every decorated member leaves a
// record in an array; a helper function applies the decorators and returns what the field initialisers need (the hidden variable
// `%decoration` of the class scope).
#include "compiler/lower/lower.h"

static ClassInfo *info_of(const Node *cls) { return cls->class_.user; }

bool lower_is_decorated(const Node *cls) { return info_of(cls)->decoration != NULL; }

bool lower_names_default(Emitter *m, const Node *cls) {
    if (!m->ast->is_typescript || !lower_is_decorated(cls)) return false;
    if (m->options->experimental_decorators) return true;
    for (u32 i = 0; i < cls->class_.members.count; i++)
        if (cls->class_.members.items[i]->member_def.decorators.count) return true;
    return false;
}

// decorators → array of function, this, function, this …; tsc's legacy form calls them without a this value
static void emit_decorator_list(Emitter *m, const NodeList *list) {
    for (u32 i = 0; i < list->count; i++) {
        Node *d = list->items[i];
        if (m->options->experimental_decorators) {
            emit_expr(m, d);
            OP0(m, PushUndefined);
        } else if (d->kind == N_MEMBER || d->kind == N_INDEX || d->kind == N_PRIVATE_MEMBER) {
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
    emit_string(m, name ? name : m->s_empty);
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

static void push_global(Emitter *m, const char *name) { OP1(m, GetGlobal, module_string_z(m, name)); }

static bool is_string_member(const Node *member) {
    const Node *value = member->property.value;
    return value && (value->kind == N_STRING || value->kind == N_TEMPLATE);
}

// An enum of this file is the type of its members; a member is that of its value.
static const char *enum_type(const Node *name) {
    bool is_type;
    const Binding *b = scope_entity(name, &is_type);
    const Node *decl = b ? b->decl : NULL;
    if (decl && decl->kind == N_TS_ENUM_MEMBER) return is_string_member(decl) ? "String" : "Number";
    if (!decl || decl->kind != N_TS_ENUM) return NULL;
    u32 strings = 0, count = decl->ts_enum.members.count;
    for (u32 i = 0; i < count; i++) strings += is_string_member(decl->ts_enum.members.items[i]);
    return !strings ? "Number" : strings == count ? "String" : "Object";
}

static const TypeName *type_named(const Emitter *m, const Node *name) {
    const TypeName *t = name->kind == N_IDENT && !name->ident.binding ? m->ast->types : NULL;
    while (t && t->name != name->ident.name) t = t->next;
    return t;
}

// The value a type's name stands for if it is a class or function at run time, else Object.
static void push_reference(Emitter *m, Node *name) {
    u32 other = label_new(m), end = label_new(m);
    Node *root = name;
    while (root->kind == N_MEMBER) root = root->member.object;
    if (root->kind == N_IDENT && !root->ident.binding) {
        OP1(m, TypeofGlobal, module_string(m, root->ident.name));
        emit_string(m, m->s_undefined);
        OP0(m, StrictEq);
        OP1(m, JumpIf, other);
    }
    emit_expr(m, name);
    OP0(m, Dup);
    OP0(m, TypeOf);
    emit_string(m, module_str(m, "function"));
    OP0(m, StrictEq);
    OP1(m, JumpIf, end);
    OP0(m, Pop);
    label_bind(m, other);
    push_global(m, "Object");
    label_bind(m, end);
}

// Follows aliases of this file; one of a class is only an object.
static const char *type_global(Emitter *m, const TypeNote *t, u32 depth) {
    static const char *const names[] = {
        [TYPE_BOOLEAN] = "Boolean", [TYPE_NUMBER] = "Number", [TYPE_STRING] = "String", [TYPE_BIGINT] = "BigInt",
        [TYPE_SYMBOL] = "Symbol", [TYPE_FUNCTION] = "Function", [TYPE_ARRAY] = "Array",
    };
    enum { ALIASES_MAX = 64 }; // a longer chain is a circle
    if (!t) return "Object";
    if (t->kind == TYPE_VOID || t->kind == TYPE_NULLISH || t->kind == TYPE_NEVER) return "undefined";
    if (t->nullable && m->options->strict_null_checks) return "Object";
    if (t->kind == TYPE_ARRAY && depth) return "Object"; // without its library tsc does not know an array behind an alias
    if (t->kind < DX_COUNTOF(names) && names[t->kind]) return names[t->kind];
    if (t->kind != TYPE_REFERENCE || !t->name) return "Object";
    const char *of_enum = enum_type(t->name);
    if (of_enum) return of_enum;
    const TypeName *alias = type_named(m, t->name);
    if (alias && alias->alias.kind != TYPE_NONE && depth < ALIASES_MAX) {
        const char *name = type_global(m, &alias->alias, depth + 1);
        return name ? name : "Object";
    }
    return alias ? "Object" : NULL; // NULL: the name itself
}

static void push_type(Emitter *m, const TypeNote *t) {
    const char *name = type_global(m, t, 0);
    if (!name) push_reference(m, t->name);
    else if (!strcmp(name, "undefined")) OP0(m, PushUndefined);
    else push_global(m, name);
}

static void push_parameter_types(Emitter *m, const Node *fn) {
    u32 count = fn ? fn->function.params.count : 0;
    for (u32 i = 0; i < count; i++) push_type(m, parameter_type(fn->function.params.items[i]));
    OP1(m, NewArray, count);
}

static bool is_accessor_half(const Node *member) { return member->extra == MEMBER_GETTER || member->extra == MEMBER_SETTER; }

// The getter or setter of the same property as a getter or setter, which may be that one; NULL when there is none.
static const Node *accessor_half(const Node *cls, const Node *member, u32 kind) {
    for (u32 i = 0; i < cls->class_.members.count; i++) {
        const Node *other = cls->class_.members.items[i], *a = member->member_def.key, *b = other->member_def.key;
        if (other->extra != kind || (other->flags ^ member->flags) & NF_STATIC) continue;
        bool same = other == member || (a->kind == N_STRING && b->kind == N_STRING && a->string.value == b->string.value);
        if (same && !((member->flags | other->flags) & NF_COMPUTED && other != member)) return other;
    }
    return NULL;
}

// What takes the parameters of a decorated member: for accessors the setter, whichever half is decorated.
static const Node *decorated_parameters(const Node *cls, const Node *member) {
    const Node *setter = is_accessor_half(member) ? accessor_half(cls, member, MEMBER_SETTER) : NULL;
    return parameters_of(setter ? setter : member);
}

static void push_member_type(Emitter *m, const Node *cls, const Node *member) {
    if (is_accessor_half(member)) {
        const Node *setter = accessor_half(cls, member, MEMBER_SETTER), *getter = accessor_half(cls, member, MEMBER_GETTER);
        const NodeList *params = setter ? &setter->member_def.value->function.params : NULL;
        const TypeNote *type = params && params->count ? params->items[0]->param.type : NULL;
        if (!type && getter) type = getter->member_def.value->function.return_type;
        push_type(m, type);
    } else if (parameters_of(member)) {
        push_global(m, "Function");
    } else {
        push_type(m, member->member_def.type);
    }
}

// → array of keys and values for Reflect.metadata; member NULL: of the class itself
static void emit_metadata(Emitter *m, const Node *cls, const Node *member) {
    u32 pairs = 0;
    const Node *fn = member ? decorated_parameters(cls, member) : parameters_of(cls->class_.ctor);
    if (m->options->decorator_metadata && member) {
        emit_string(m, module_str(m, "design:type"));
        push_member_type(m, cls, member);
        pairs++;
    }
    if (m->options->decorator_metadata && fn) {
        emit_string(m, module_str(m, "design:paramtypes"));
        push_parameter_types(m, fn);
        pairs++;
    }
    if (m->options->decorator_metadata && fn && member && !is_accessor_half(member)) {
        emit_string(m, module_str(m, "design:returntype"));
        if (fn->function.return_type) push_type(m, fn->function.return_type);
        else if (fn->function.flags & FN_ASYNC) push_global(m, "Promise");
        else OP0(m, PushUndefined);
        pairs++;
    }
    OP1(m, NewArray, pairs * 2);
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
    emit_parameter_list(m, decorated_parameters(cls, member));
    emit_metadata(m, cls, member);
    OP1(m, Call, 7);
    at_node(m, member);
    OP0(m, Pop);
}

bool lower_member_is_decorated(Emitter *m, const Node *member) {
    const Node *fn = m->options->experimental_decorators ? parameters_of(member) : NULL;
    if (member->member_def.decorators.count) return true;
    if (is_accessor_half(member)) return false; // parameters alone do not make tsc decorate an accessor
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
        emit_metadata(m, cls, NULL);
        OP1(m, Call, 7);
        at_node(m, cls);
        slot_free(m, class_slot);
    }
    slot_free(m, helper);
}
