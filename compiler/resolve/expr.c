// SPDX-License-Identifier: MIT
// The walk over expressions and patterns. Order of visiting does not matter: names are bound when a scope is left.
#include "compiler/resolve/pass.h"

static void pseudo(Resolver *r, Pseudo which) { scope_pseudo(r->arena, r->strings, r->scope, which); }

static void resolve_this(Resolver *r) {
    Scope *f = scope_this_function(r->scope);
    if (f->kind == SCOPE_MODULE) return; // undefined
    if (f != r->scope->func || f->derived) pseudo(r, PSEUDO_THIS);
}

static void resolve_super(Resolver *r) {
    resolve_this(r);
    pseudo(r, PSEUDO_HOME);
}

static Str *private_str(Resolver *r, const Str *name) {
    char small[64];
    char *p = name->len + 2 <= sizeof small ? small : arena_alloc(r->arena, name->len + 2);
    p[0] = '#';
    memcpy(p + 1, name->data, name->len);
    return str_table_intern(r->strings, p, name->len + 1);
}

static void resolve_list(Resolver *r, const NodeList *l) {
    for (u32 i = 0; i < l->count; i++)
        if (l->items[i]) resolve_expr(r, l->items[i]);
}

static void resolve_property(Resolver *r, Node *n) {
    if (n->flags & NF_COMPUTED) resolve_expr(r, n->property.key);
    if (n->property.value) resolve_expr(r, n->property.value);
}

static void resolve_jsx(Resolver *r, Node *n) {
    if (r->options->jsx_classic) {
        Str *name = n->jsx.tag ? r->options->jsx_factory : r->options->jsx_fragment;
        Node *id = ARENA_NEW(r->arena, Node);
        id->kind = N_IDENT;
        id->start = n->start;
        id->end = n->start + 1;
        id->ident.name = name;
        resolver_ref(r, id, name, 0);
    }
    if (r->options->jsx_this) pseudo(r, PSEUDO_THIS);
    if (!r->options->jsx_classic && r->options->commonjs) { // the runtime is required where it is used
        Binding *b = scope_find(r->ast->scope, str_table_intern_z(r->strings, "require"));
        if (b && r->scope->func != r->ast->scope) b->flags |= BF_CAPTURED;
    }
    if (n->jsx.tag && n->jsx.tag->kind != N_STRING) resolve_expr(r, n->jsx.tag);
    for (u32 i = 0; i < n->jsx.attrs.count; i++) {
        Node *a = n->jsx.attrs.items[i];
        if (a->kind == N_SPREAD) resolve_expr(r, a->unary.arg);
        else if (a->jsx_attr.value) resolve_expr(r, a->jsx_attr.value);
    }
    resolve_list(r, &n->jsx.children);
}

static void resolve_assign(Resolver *r, Node *n) {
    resolve_expr(r, n->binary.right);
    resolve_pattern(r, n->binary.left, BIND_THROUGH, 0);
}

static bool is_arguments(const Resolver *r, const Node *n) { return n->kind == N_IDENT && n->ident.name == r->arguments; }

// arguments[i] = v and arguments[i](): more than reading an element.
static void arguments_escape(Resolver *r, Node *n) {
    Node *object = n->kind == N_INDEX ? n->binary.left : n->kind == N_MEMBER ? n->member.object : NULL;
    if (object && is_arguments(r, object)) resolver_ref(r, object, r->arguments, 0);
}

// `var e = 1` inside `catch (e)` or `with` writes to what the name means there.
static bool var_is_shadowed(Resolver *r, const Str *name) {
    for (Scope *s = r->scope; !s->var_scope; s = s->parent) {
        Binding *b = s->kind == SCOPE_CATCH ? scope_find(s, name) : NULL;
        if (s->kind == SCOPE_WITH || (b && b->kind == BIND_CATCH)) return true;
    }
    return false;
}

void resolve_pattern(Resolver *r, Node *n, int kind, u32 init_end) {
    bool declare = kind != BIND_THROUGH;
    switch (n->kind) {
    case N_IDENT:
        if (declare) {
            Binding *b = resolver_declare(r, n->ident.name, (BindKind)kind, n->start);
            if (b->init_end == UINT32_MAX) b->init_end = init_end;
            n->ident.binding = b;
            if (kind == BIND_VAR && var_is_shadowed(r, n->ident.name)) resolver_ref(r, n, n->ident.name, REFF_WRITE);
        } else {
            resolver_ref(r, n, n->ident.name, REFF_WRITE);
        }
        break;
    case N_ARRAY_PATTERN:
        for (u32 i = 0; i < n->list.items.count; i++)
            if (n->list.items.items[i]) resolve_pattern(r, n->list.items.items[i], kind, init_end);
        break;
    case N_OBJECT_PATTERN:
        for (u32 i = 0; i < n->list.items.count; i++) resolve_pattern(r, n->list.items.items[i], kind, init_end);
        break;
    case N_PROPERTY:
        if (n->flags & NF_COMPUTED) resolve_expr(r, n->property.key);
        resolve_pattern(r, n->property.value, kind, init_end);
        break;
    case N_ASSIGN_PATTERN:
        resolve_expr(r, n->binary.right);
        resolve_pattern(r, n->binary.left, kind, init_end); // not before: the value, which comes behind the pattern, is evaluated first
        break;
    case N_REST:
        resolve_pattern(r, n->unary.arg, kind, init_end);
        break;
    default:
        arguments_escape(r, n);
        resolve_expr(r, n);
    }
}

// eval(…) sees this, new.target, super and arguments of the function it stands in, and may add variables to it in sloppy code.
static void resolve_direct_eval(Resolver *r, Node *n) {
    resolver_mark_dynamic(r);
    for (Pseudo p = 0; p < PSEUDO_COUNT && !scope_this_function(r->scope)->eval_this; p++) pseudo(r, p); // else they are names already
    Scope *s = r->scope;
    while (!s->var_scope) s = s->parent;
    if (!r->scope->strict) s->sloppy_eval = true;
    Node *id = ARENA_NEW(r->arena, Node);
    id->kind = N_IDENT;
    id->start = n->start;
    id->end = n->end;
    id->ident.name = r->arguments;
    resolver_ref(r, id, r->arguments, 0);
}

void resolve_expr(Resolver *r, Node *n) {
    if (resolver_too_deep(r, n)) return;
    for (;;) {
        switch (n->kind) {
        case N_IDENT:
            resolver_ref(r, n, n->ident.name, 0);
            return;
        case N_THIS: resolve_this(r); return;
        case N_NEW_TARGET:
            if (scope_this_function(r->scope) != r->scope->func) pseudo(r, PSEUDO_NEW_TARGET);
            return;
        case N_SUPER: resolve_super(r); return;
        case N_TEMPLATE: resolve_list(r, &n->template.exprs); return;
        case N_TAGGED_TEMPLATE:
            resolve_expr(r, n->tagged.quasi);
            n = n->tagged.tag;
            continue;
        case N_ARRAY: case N_OBJECT: case N_SEQUENCE: resolve_list(r, &n->list.items); return;
        case N_PROPERTY: resolve_property(r, n); return;
        case N_FUNCTION: case N_ARROW: resolve_function(r, n); return;
        case N_CLASS: resolve_class(r, n); return;
        case N_UPDATE:
            resolve_pattern(r, n->unary.arg, BIND_THROUGH, 0);
            return;
        case N_SPREAD: case N_UNARY: case N_CHAIN: case N_YIELD: case N_YIELD_STAR: case N_AWAIT: case N_JSX_EXPR:
            if (!n->unary.arg) return;
            n = n->unary.arg;
            continue;
        case N_BINARY: case N_LOGICAL: case N_INDEX:
            resolve_expr(r, n->binary.right);
            if (n->kind == N_INDEX && is_arguments(r, n->binary.left)) {
                resolver_ref(r, n->binary.left, r->arguments, REFF_ELEMENT);
                return;
            }
            n = n->binary.left;
            continue;
        case N_ASSIGN: resolve_assign(r, n); return;
        case N_CONDITIONAL:
            resolve_expr(r, n->conditional.test);
            resolve_expr(r, n->conditional.yes);
            n = n->conditional.no;
            continue;
        case N_CALL:
            if (n->flags & NF_DIRECT_EVAL && n->call.callee->kind == N_IDENT) resolve_direct_eval(r, n);
            resolve_list(r, &n->call.args);
            arguments_escape(r, n->call.callee); // as the call's this value
            if (n->call.callee->kind == N_SUPER) {
                pseudo(r, PSEUDO_THIS);
                pseudo(r, PSEUDO_NEW_TARGET);
                pseudo(r, PSEUDO_FUNC);
                return;
            }
            n = n->call.callee;
            continue;
        case N_NEW: case N_IMPORT_CALL:
            resolve_list(r, &n->call.args);
            if (!n->call.callee) return;
            n = n->call.callee;
            continue;
        case N_PRIVATE_MEMBER: case N_PRIVATE_IN:
            resolver_ref(r, n, private_str(r, n->member.name), 0);
            n = n->member.object;
            continue;
        case N_MEMBER:
            if (is_arguments(r, n->member.object) && str_equals(n->member.name, "length")) {
                resolver_ref(r, n->member.object, r->arguments, REFF_ELEMENT);
                return;
            }
            n = n->member.object;
            continue;
        case N_ARRAY_PATTERN: case N_OBJECT_PATTERN: resolve_pattern(r, n, BIND_THROUGH, 0); return;
        case N_JSX_ELEMENT: resolve_jsx(r, n); return;
        default: return; // literals
        }
    }
}

// ---- functions and classes

static void resolve_params(Resolver *r, Node *fn, bool simple) {
    for (u32 i = 0; i < fn->function.params.count; i++) {
        Node *p = fn->function.params.items[i];
        for (u32 d = 0; d < p->param.decorators.count; d++) resolve_expr(r, p->param.decorators.items[d]);
        if (simple) {
            Node *id = p->param.target;
            Binding *b = scope_find(r->scope, id->ident.name);
            if (!b) b = scope_add(r->arena, r->scope, id->ident.name, BIND_PARAM, id->start);
            id->ident.binding = b;
            continue;
        }
        if (p->param.init) resolve_expr(r, p->param.init);
        resolve_pattern(r, p->param.target, BIND_PARAM, 0);
    }
}

// With defaults, a parameter may be read before it is initialised: give each its own dead zone.
static void param_dead_zones(Resolver *r, Node *n, u32 init_end) {
    switch (n->kind) {
    case N_IDENT: {
        Binding *b = n->ident.binding;
        b->flags |= BF_LEXICAL;
        b->init_end = init_end;
        break;
    }
    case N_ARRAY_PATTERN: case N_OBJECT_PATTERN:
        for (u32 i = 0; i < n->list.items.count; i++)
            if (n->list.items.items[i]) param_dead_zones(r, n->list.items.items[i], init_end);
        break;
    case N_PROPERTY: param_dead_zones(r, n->property.value, init_end); break;
    case N_ASSIGN_PATTERN: param_dead_zones(r, n->binary.left, init_end); break;
    case N_REST: param_dead_zones(r, n->unary.arg, init_end); break;
    default: break;
    }
}

static bool has_parameter_property(const Node *fn) {
    for (u32 i = 0; i < fn->function.params.count; i++)
        if (fn->function.params.items[i]->flags & (NF_ACCESS | NF_READONLY)) return true;
    return false;
}

void resolve_function(Resolver *r, Node *n) {
    bool simple = (n->function.flags & FN_SIMPLE_PARAMS) != 0;
    u32 saved_case = r->case_end;
    Scope *s = resolver_enter(r, SCOPE_FUNCTION, n, n->start);
    s->arrow = (n->function.flags & FN_ARROW) != 0;
    s->strict = (n->function.flags & FN_STRICT) != 0;
    s->derived = (n->function.flags & FN_DERIVED_CTOR) != 0;
    n->function.scope = s;
    resolve_params(r, n, simple);
    if (!simple) {
        for (u32 i = 0; i < n->function.params.count; i++)
            param_dead_zones(r, n->function.params.items[i]->param.target, n->function.params.items[i]->end);
        Scope *body = resolver_enter(r, SCOPE_BODY, n, n->function.body_start);
        body->strict = s->strict;
        n->function.body_scope = body;
    }
    if (s->derived && has_parameter_property(n)) pseudo(r, PSEUDO_THIS);
    resolve_stmts(r, &n->function.body);
    if (!simple) {
        Scope *body = r->scope;
        Binding *args = scope_find(body, r->arguments); // `var arguments` starts as a copy of the arguments object
        if (args && args->kind == BIND_VAR && !s->arrow && !scope_find(s, r->arguments)) {
            s->arguments = scope_add(r->arena, s, r->arguments, BIND_PSEUDO, s->start);
            s->arguments->flags |= BF_ARGUMENTS;
        }
        resolver_leave(r);
    }
    resolver_leave(r);
    r->case_end = saved_case;
}

static Binding *hidden(Resolver *r, Scope *s, const char *prefix, u32 index) {
    char text[40];
    int len = 0;
    for (const char *p = prefix; *p; p++) text[len++] = *p;
    char digits[12];
    int d = 0;
    do digits[d++] = (char)('0' + index % 10); while (index /= 10);
    while (d) text[len++] = digits[--d];
    Binding *b = scope_add(r->arena, s, str_table_intern(r->strings, text, (size_t)len), BIND_HIDDEN, s->start);
    b->flags |= BF_CAPTURED;
    return b;
}

static bool class_runs_code_early(const Node *n) {
    if (n->class_.decorators.count) return true;
    for (u32 i = 0; i < n->class_.members.count; i++) {
        Node *m = n->class_.members.items[i];
        if (m->flags & NF_COMPUTED || m->member_def.decorators.count) return true;
    }
    return false;
}

static bool class_is_decorated(const Node *n) {
    if (n->class_.decorators.count) return true;
    for (u32 i = 0; i < n->class_.members.count; i++) {
        Node *m = n->class_.members.items[i], *fn = m->member_def.value;
        if (m->member_def.decorators.count) return true;
        bool method = fn && fn->kind == N_FUNCTION && m->extra != MEMBER_FIELD && m->extra != MEMBER_ACCESSOR;
        for (u32 k = 0; method && k < fn->function.params.count; k++)
            if (fn->function.params.items[k]->param.decorators.count) return true;
    }
    return false;
}

static void resolve_type(Resolver *r, const TypeNote *t) {
    if (t && t->kind == TYPE_REFERENCE && t->name) resolve_expr(r, t->name);
}

// A rest parameter is recorded as what its array holds.
const TypeNote *parameter_type(const Node *p) { return p->flags & NF_REST && p->param.type ? p->param.type->element : p->param.type; }

static void resolve_parameter_types(Resolver *r, const Node *fn) {
    for (u32 i = 0; i < fn->function.params.count; i++) resolve_type(r, parameter_type(fn->function.params.items[i]));
}

static bool has_decorated_parameter(const Node *fn) {
    for (u32 i = 0; i < fn->function.params.count; i++)
        if (fn->function.params.items[i]->param.decorators.count) return true;
    return false;
}

// emitDecoratorMetadata makes values of the types of what is decorated.
static void resolve_metadata(Resolver *r, const Node *n) {
    for (u32 i = 0; i < n->class_.members.count; i++) {
        Node *m = n->class_.members.items[i], *value = m->member_def.value;
        bool function = value && value->kind == N_FUNCTION && m->extra != MEMBER_FIELD && m->extra != MEMBER_ACCESSOR;
        bool decorated = m->member_def.decorators.count || (function && has_decorated_parameter(value));
        if (m->extra == MEMBER_CONSTRUCTOR) decorated |= n->class_.decorators.count != 0;
        if (!decorated) continue;
        resolve_type(r, m->member_def.type);
        if (!function) continue;
        resolve_parameter_types(r, value);
        resolve_type(r, value->function.return_type);
    }
}

static Scope *init_scope(Resolver *r, Scope **slot, Scope *class_scope) {
    if (!*slot) {
        Node *n = class_scope->node; // initialisers run at the earliest after the heritage has been evaluated
        u32 start = n->class_.super ? n->class_.super->end : n->class_.name ? n->class_.name->end : n->start;
        *slot = scope_new(r->arena, SCOPE_FUNCTION, class_scope, NULL, start);
        (*slot)->strict = true;
    }
    return *slot;
}

static void declare_private(Resolver *r, ClassInfo *info, Node *m, u32 i) {
    Str *name = private_str(r, m->member_def.key->string.value);
    Binding *b = scope_find(info->scope, name);
    bool function = m->extra == MEMBER_METHOD || m->extra == MEMBER_GETTER || m->extra == MEMBER_SETTER;
    if (!b) b = scope_add(r->arena, info->scope, name, BIND_PRIVATE, m->start);
    if (function && !b->decl) b->decl = m;
    bool is_static = m->flags & NF_STATIC;
    if (!function || (is_static && !m->member_def.decorators.count)) return;
    info->hidden[i] = hidden(r, info->scope, "%method", i);
    if (!is_static) info->has_instance_init = true;
}

static void resolve_member(Resolver *r, ClassInfo *info, Node *m, u32 i) {
    if (m->flags & NF_ABSTRACT && m->extra != MEMBER_FIELD) return;
    if (m->flags & NF_COMPUTED) resolve_expr(r, m->member_def.key);
    for (u32 d = 0; d < m->member_def.decorators.count; d++) resolve_expr(r, m->member_def.decorators.items[d]);
    bool is_static = (m->flags & NF_STATIC) != 0;
    Scope *outer = r->scope;
    switch (m->extra) {
    case MEMBER_FIELD: case MEMBER_ACCESSOR:
        if (m->flags & NF_COMPUTED && m->extra == MEMBER_FIELD) info->keys[i] = hidden(r, info->scope, "%key", i);
        if (m->extra == MEMBER_ACCESSOR) {
            info->storage[i] = hidden(r, info->scope, "%storage", i);
            info->storage[i]->kind = BIND_PRIVATE;
            if (m->member_def.key->kind == N_PRIVATE_NAME && (!is_static || m->member_def.decorators.count)) { // getter and setter are installed later
                info->hidden[i] = hidden(r, info->scope, "%accessor", 2 * i);
                info->keys[i] = hidden(r, info->scope, "%accessor", 2 * i + 1);
            }
        }
        r->scope = init_scope(r, is_static ? &info->static_scope : &info->instance_scope, outer);
        if (!is_static) info->has_instance_init = true;
        m->member_def.scope = r->scope;
        if (m->member_def.value) resolve_expr(r, m->member_def.value);
        r->scope = outer;
        break;
    case MEMBER_STATIC_BLOCK:
        r->scope = init_scope(r, &info->static_scope, outer);
        resolve_function(r, m->member_def.value);
        r->scope = outer;
        break;
    default:
        if (m->member_def.value) resolve_function(r, m->member_def.value);
    }
}

void resolve_class(Resolver *r, Node *n) {
    ClassInfo *info = ARENA_NEW(r->arena, ClassInfo);
    u32 count = n->class_.members.count;
    n->class_.user = info;
    info->keys = arena_zalloc(r->arena, (count + 1) * sizeof(Binding *));
    info->hidden = arena_zalloc(r->arena, (count + 1) * sizeof(Binding *));
    info->storage = arena_zalloc(r->arena, (count + 1) * sizeof(Binding *));
    for (u32 i = 0; i < n->class_.decorators.count; i++) resolve_expr(r, n->class_.decorators.items[i]);
    Scope *s = resolver_enter(r, SCOPE_CLASS, n, n->start);
    s->strict = true;
    info->scope = n->class_.scope = s;
    if (n->class_.name) {
        info->name = scope_add(r->arena, s, n->class_.name->ident.name, BIND_CLASS_NAME, n->class_.name->start);
        info->name->flags |= BF_LEXICAL | BF_CONST;
        // Methods cannot run before the class is complete, unless computed keys or decorators get hold of them.
        info->name->init_end = n->end;
        if (!class_runs_code_early(n))
            info->name->init_end = n->class_.super ? n->class_.super->end : n->class_.name->end;
    }
    if (class_is_decorated(n)) info->decoration = hidden(r, s, "%decoration", 0);
    if (n->class_.super) resolve_expr(r, n->class_.super);
    for (u32 i = 0; i < count; i++) {
        Node *m = n->class_.members.items[i];
        if (m->member_def.key && m->member_def.key->kind == N_PRIVATE_NAME) declare_private(r, info, m, i);
    }
    for (u32 i = 0; i < count; i++) resolve_member(r, info, n->class_.members.items[i], i);
    if (r->options->metadata && info->decoration) resolve_metadata(r, n);
    for (u32 i = 0; i < count; i++) { // initialisers that decorators add run with the fields
        Node *m = n->class_.members.items[i];
        if (!m->member_def.decorators.count) continue;
        if (m->flags & NF_STATIC) init_scope(r, &info->static_scope, s);
        else info->has_instance_init = true;
    }
    if (n->class_.decorators.count) init_scope(r, &info->static_scope, s);
    if (n->class_.ctor && has_parameter_property(n->class_.ctor->member_def.value)) info->has_instance_init = true;
    if (info->has_instance_init) init_scope(r, &info->instance_scope, s);
    Scope *inits[2] = {info->instance_scope, info->static_scope};
    for (int i = 0; i < 2; i++) {
        if (!inits[i]) continue;
        r->scope = inits[i];
        resolver_leave(r);
    }
    for (u32 i = 0; i < count; i++) { // used by the field initialiser function
        Node *m = n->class_.members.items[i];
        if (!m->member_def.key || m->member_def.key->kind != N_PRIVATE_NAME) continue;
        Binding *b = scope_find(s, private_str(r, m->member_def.key->string.value));
        bool on_init = info->hidden[i] || m->extra == MEMBER_FIELD || m->extra == MEMBER_ACCESSOR || !(m->flags & NF_STATIC);
        if (b && on_init) b->flags |= BF_CAPTURED;
    }
    r->scope = s;
    resolver_leave(r);
}
