// SPDX-License-Identifier: MIT
// Declaring names: which declarations may meet in one scope, and hoisting of `var`.
#include "compiler/resolve/pass.h"

static bool is_lexical_kind(const Binding *b) {
    switch (b->kind) {
    case BIND_LET: case BIND_CONST: case BIND_CLASS: case BIND_IMPORT: return true;
    case BIND_FUNCTION: return (b->flags & BF_LEXICAL) != 0;
    case BIND_ENUM: return false;
    default: return false;
    }
}

static void redeclared(Resolver *r, Str *name, u32 pos) { diag_add(r->diags, DIAG_REDECLARED, pos, pos + name->len, name->data); }

// TypeScript lets enum, namespace, class and function of one name merge.
static bool may_merge(Resolver *r, const Binding *old, BindKind kind) {
    if (!r->ast->is_typescript) return false;
    bool a = old->kind == BIND_ENUM || old->kind == BIND_CLASS || old->kind == BIND_FUNCTION || old->kind == BIND_IMPORT;
    bool b = kind == BIND_ENUM || (kind == BIND_CLASS && old->kind == BIND_ENUM) || (kind == BIND_FUNCTION && old->kind == BIND_ENUM);
    return a && b;
}

// `import a = A.b` where A is nothing but types: no declaration, should another want the name.
bool resolver_names_types(Resolver *r, const Node *import_equals) {
    const Node *head = import_equals->ts_import_equals.entity;
    while (head && head->kind == N_MEMBER) head = head->member.object;
    if (!head || head->kind != N_IDENT) return false;
    for (const Scope *s = r->scope; s; s = s->parent)
        if (scope_find_any(s, head->ident.name)) return false;
    for (const TypeName *t = r->ast->types; t; t = t->next)
        if (t->name == head->ident.name) return true;
    return false;
}

static bool gives_way(Resolver *r, Binding *old) {
    if (!old->decl || old->decl->kind != N_TS_IMPORT_EQUALS || !resolver_names_types(r, old->decl)) return false;
    old->decl->kind = N_EMPTY;
    old->decl = NULL;
    old->flags &= ~(u32)(BF_CONST | BF_LEXICAL);
    return true;
}

static Binding *declare_var(Resolver *r, Str *name, u32 pos) {
    Scope *s = r->scope;
    for (; !s->var_scope; s = s->parent) {
        Binding *b = scope_find_any(s, name);
        if (b && is_lexical_kind(b)) {
            redeclared(r, name, pos);
            return b;
        }
        if (!b) scope_add(r->arena, s, name, BIND_THROUGH, pos);
    }
    Binding *b = scope_find_any(s, name);
    if (b && is_lexical_kind(b)) {
        if (gives_way(r, b)) b->kind = BIND_VAR;
        else redeclared(r, name, pos);
    }
    if (b) return b;
    return scope_add(r->arena, s, name, BIND_VAR, pos);
}

// A lexical declaration of the body may not repeat a parameter, nor one of a catch block its parameter.
static bool clashes_with_outer(const Scope *s, const Str *name) {
    const Scope *p = s->parent;
    if (s->kind == SCOPE_BODY || (s->kind == SCOPE_BLOCK && p && p->kind == SCOPE_CATCH && p->node->catch_.body == s->node)) {
        Binding *b = scope_find(p, name);
        return b && (b->kind == BIND_PARAM || b->kind == BIND_CATCH || b->kind == BIND_LET);
    }
    return false;
}

Binding *resolver_declare(Resolver *r, Str *name, BindKind kind, u32 pos) {
    Scope *s = r->scope;
    if (kind == BIND_VAR) return declare_var(r, name, pos);
    bool top_function = kind == BIND_FUNCTION && s->var_scope && s->kind != SCOPE_MODULE && s->kind != SCOPE_NAMESPACE;
    Binding *old = scope_find_any(s, name), *given = old && gives_way(r, old) ? old : NULL;
    if (old && !given) {
        if (top_function && !is_lexical_kind(old) && old->kind != BIND_ENUM) return old;
        if (may_merge(r, old, kind)) {
            old->flags |= BF_DECLARED_TWICE;
            return old;
        }
        bool both_sloppy = kind == BIND_FUNCTION && old->kind == BIND_FUNCTION && !s->strict && s->kind != SCOPE_MODULE;
        if (both_sloppy && r->plain_function && !(old->decl && old->decl->function.flags & (FN_ASYNC | FN_GENERATOR))) return old;
        if (kind == BIND_ENUM && old->kind == BIND_ENUM) return old;
        redeclared(r, name, pos);
        return old;
    }
    if (!top_function && clashes_with_outer(s, name)) redeclared(r, name, pos);
    Binding *b = given ? given : scope_add(r->arena, s, name, kind, pos);
    b->kind = kind;
    if (kind == BIND_LET || kind == BIND_CONST || kind == BIND_CLASS) {
        b->flags |= BF_LEXICAL;
        b->valid_end = s->kind == SCOPE_SWITCH ? r->case_end : UINT32_MAX;
        b->init_end = UINT32_MAX; // the walker lowers it once the initialiser has been seen
    }
    if (kind == BIND_CONST || kind == BIND_IMPORT) b->flags |= BF_CONST;
    if (kind == BIND_FUNCTION && !top_function) b->flags |= BF_LEXICAL;
    return b;
}

// ---- references

void resolver_ref(Resolver *r, Node *node, Str *name, u32 flags) {
    Ref *ref = ARENA_NEW(r->arena, Ref);
    ref->node = node;
    ref->name = name;
    ref->pos = node->start;
    ref->flags = flags;
    ref->next = r->scope->refs;
    r->scope->refs = ref;
}

static void ref_bind(Ref *ref, Binding *b) {
    if (ref->flags & REFF_EXPORT) b->flags |= BF_EXPORTED;
    b->refs++;
    if (ref->flags & REFF_CROSSED) b->flags |= BF_CAPTURED;
    if (ref->flags & REFF_WRITE) b->flags |= BF_ASSIGNED;
    if (!(ref->flags & REFF_ELEMENT)) b->flags |= BF_ESCAPES;
    if (b->kind == BIND_MEMBER) { // the object is what is captured
        b->object->refs++;
        if (ref->flags & REFF_CROSSED) b->object->flags |= BF_CAPTURED;
    }
    if (ref->node->kind == N_PRIVATE_MEMBER || ref->node->kind == N_PRIVATE_IN) {
        ref->node->member.binding = b;
        return;
    }
    ref->node->ident.binding = b;
    if (ref->flags & REFF_DYNAMIC) ref->node->extra |= REF_DYNAMIC;
    bool tdz = (b->flags & BF_LEXICAL) && b->kind != BIND_FUNCTION;
    if (tdz && (ref->pos < b->init_end || ref->pos >= b->valid_end) && !(ref->flags & REFF_EXPORT)) {
        ref->node->extra |= REF_CHECK;
        b->flags |= BF_CHECKED;
    }
}

// Names of the functions in a sloppy block also become vars of the function (B.3.3), unless something stands in the way.
static void hoist_block_functions(Resolver *r, Scope *s) {
    BlockFunction *list = NULL; // back into source order
    for (BlockFunction *f = s->block_functions, *next; f; f = next) {
        next = f->next;
        f->next = list;
        list = f;
    }
    for (BlockFunction *f = list; f; f = f->next) {
        bool blocked = f->block->name == r->arguments && s->func->kind == SCOPE_FUNCTION && !s->func->arrow && s->func->node;
        for (Scope *p = f->block->scope->parent; p != s && !blocked; p = p->parent) {
            Binding *b = scope_find(p, f->block->name);
            blocked = b && (is_lexical_kind(b) || b->kind == BIND_PARAM);
        }
        Binding *b = scope_find(s, f->block->name);
        if (s->kind == SCOPE_BODY && scope_find(s->parent, f->block->name)) blocked = true;
        if (blocked || (b && (is_lexical_kind(b) || b->kind == BIND_PARAM || b->kind == BIND_ENUM))) continue;
        if (!b) b = scope_add(r->arena, s, f->block->name, BIND_VAR, f->block->pos);
        b->refs++;
        f->block->object = b;
        if (f->block->scope->func != s->func) b->flags |= BF_CAPTURED;
    }
}

// Functions have an arguments object, and CommonJS modules, whose wrapper is one.
static bool resolver_has_arguments(const Resolver *r, const Scope *s) { return s->node || (r->options->commonjs && !s->parent); }

// Names that a function gets without declaring them.
static Binding *implicit_binding(Resolver *r, Scope *s, Ref *ref) {
    if (s->kind != SCOPE_FUNCTION) return NULL;
    if (!s->arrow && ref->name == r->arguments && resolver_has_arguments(r, s) && !(ref->node->kind == N_PRIVATE_MEMBER)) {
        s->arguments = scope_add(r->arena, s, ref->name, BIND_PSEUDO, s->start);
        s->arguments->flags |= BF_ARGUMENTS;
        return s->arguments;
    }
    Node *n = s->node;
    if (n && n->kind == N_FUNCTION && n->function.name && n->function.name->ident.name == ref->name &&
        !(n->function.flags & FN_METHOD))
        return scope_add(r->arena, s, ref->name, BIND_FUNC_NAME, s->start);
    return NULL;
}

static Binding *merged_member(Resolver *r, Scope *s, Ref *ref) {
    for (Scope *m = s->merged; m; m = m->merged) {
        Binding *old = scope_find(m, ref->name);
        if (!old || !(old->kind == BIND_MEMBER || (old->flags & BF_EXPORTED))) continue;
        Binding *b = scope_add(r->arena, s, ref->name, BIND_MEMBER, old->pos);
        b->object = s->first; // the object is declared first
        b->decl = old->decl;
        b->block = old->block;
        return b;
    }
    return NULL;
}

static void mark_mapped_parameters(Scope *s) {
    if (!s->arguments || s->strict || !s->node || s->arrow) return;
    if (s->node->kind != N_FUNCTION && s->node->kind != N_FUNCTION_DECL) return;
    if (!(s->node->function.flags & FN_SIMPLE_PARAMS)) return;
    bool shared = s->dynamic || s->arguments->flags & (BF_ESCAPES | BF_ASSIGNED | BF_CAPTURED);
    for (Binding *b = s->first; b; b = b->next) shared |= b->kind == BIND_PARAM && (b->flags & BF_ASSIGNED || b->decl);
    if (!shared) return; // nobody can tell the parameters from the elements
    s->mapped = true;
    for (Binding *b = s->first; b; b = b->next)
        if (b->kind == BIND_PARAM) b->flags |= BF_CAPTURED;
}

// Leaves a scope: its own names are bound, the rest goes outwards.
void resolver_leave(Resolver *r) {
    Scope *s = r->scope;
    if (s->var_scope && s->block_functions) hoist_block_functions(r, s);
    bool function = s->kind == SCOPE_FUNCTION, dynamic = s->kind == SCOPE_WITH || s->sloppy_eval;
    u32 outer_pos = s->start;
    if (function && s->node && s->node->kind == N_FUNCTION_DECL) outer_pos = s->parent ? s->parent->start : 0;
    Ref *next;
    for (Ref *ref = s->refs; ref; ref = next) {
        next = ref->next;
        Binding *b = scope_find(s, ref->name);
        if (!b) b = implicit_binding(r, s, ref);
        if (!b && s->merged) b = merged_member(r, s, ref);
        if (b) {
            ref_bind(ref, b);
        } else if (s->parent) {
            if (dynamic) ref->flags |= REFF_DYNAMIC;
            if (function) {
                ref->flags |= REFF_CROSSED;
                ref->pos = outer_pos;
            }
            ref->next = s->parent->refs;
            s->parent->refs = ref;
        } else if (ref->flags & REFF_DYNAMIC || s->eval_root || dynamic) {
            if (ref->node->kind == N_IDENT) ref->node->extra |= REF_DYNAMIC;
        } else if (ref->flags & REFF_EXPORT) {
            if (!r->ast->is_typescript)
                diag_add(r->diags, DIAG_EXPORT_UNDEFINED, ref->node->start, ref->node->end, ref->name->data);
        }
    }
    s->refs = NULL;
    if (function && !s->arrow && !s->arguments) { // `var arguments` holds the arguments object at first
        Binding *b = scope_find(s, r->arguments);
        if (b && b->kind == BIND_VAR && resolver_has_arguments(r, s)) {
            b->flags |= BF_ARGUMENTS;
            s->arguments = b;
        }
    }
    if (function) mark_mapped_parameters(s);
    for (Binding *b = s->dynamic ? s->first : NULL; b; b = b->next) b->flags |= b->flags & BF_LEXICAL ? BF_CAPTURED | BF_CHECKED : BF_CAPTURED;
    r->scope = s->parent;
}

// Something here looks names up by text: everything visible must have a name at run time.
void resolver_mark_dynamic(Resolver *r) {
    for (Scope *s = r->scope; s; s = s->parent) s->dynamic = true;
}

Scope *resolver_enter(Resolver *r, ScopeKind kind, Node *node, u32 start) {
    return r->scope = scope_new(r->arena, kind, r->scope, node, start);
}
