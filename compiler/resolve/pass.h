// SPDX-License-Identifier: MIT
// Private to resolve/: the state of the pass and what its files call of each other.
#ifndef DX_RESOLVE_PASS_H
#define DX_RESOLVE_PASS_H

#include "format/base/stack.h"
#include "compiler/resolve/resolve.h"

enum { REFF_CROSSED = 1 /* met a function boundary on its way out */, REFF_WRITE = 2, REFF_EXPORT = 4, REFF_DYNAMIC = 8, REFF_ELEMENT = 16 /* arguments.length, arguments[i] read */ };

typedef struct Ref {
    struct Ref *next;
    Node *node; // IDENT, PRIVATE_MEMBER, PRIVATE_IN
    Str *name;
    u32 pos;    // the earliest place from which it can run: its own, or where the enclosing function comes to life
    u32 flags;
} Ref;

typedef struct BlockFunction {
    struct BlockFunction *next;
    Binding *block;
} BlockFunction;

typedef struct Resolver {
    Ast *ast;
    Arena *arena;
    StrTable *strings;
    DiagList *diags;
    const ResolveOptions *options;
    Scope *scope;
    Str *arguments;
    bool plain_function; // the function being declared is neither async nor a generator
    u32 case_end; // end of the switch clause being read
    const char *stack_floor;
} Resolver;

bool resolver_too_deep(Resolver *r, const Node *n); // the C stack is nearly used up: said as a diagnostic, the node is to be left alone
// Scopes nest as the pass walks: enter makes r->scope a child, leave binds its names and hands the references that found nothing outwards.
Scope *resolver_enter(Resolver *r, ScopeKind kind, Node *node, u32 start);
void resolver_leave(Resolver *r);
// The binding of a declaration at `pos` in r->scope (var: in the function's), perhaps an earlier one that it merges with. A redeclaration that is
// an error is reported and gives the earlier one.
Binding *resolver_declare(Resolver *r, Str *name, BindKind kind, u32 pos);
void resolver_ref(Resolver *r, Node *node, Str *name, u32 flags); // `node` uses the name; flags: REFF_…. Bound when a scope is left

bool resolver_names_types(Resolver *r, const Node *import_equals); // `import a = b.c`: it stands for types alone
void resolver_drop_aliases(NodeList *body); // `import a = b.c` that name types, or nothing uses, are no uses of b
void resolver_mark_dynamic(Resolver *r);            // something here looks names up by text: all that is visible keeps its name at run time

// Each walks its node once, in source order; early errors go to r->diags.
void resolve_expr(Resolver *r, Node *n);
void resolve_stmt(Resolver *r, Node *n);
void resolve_stmts(Resolver *r, const NodeList *list);
void resolve_function(Resolver *r, Node *n);
void resolve_class(Resolver *r, Node *n);
// Declares the names of a pattern (kind) or, with kind BIND_THROUGH, resolves it as an assignment target.
void resolve_pattern(Resolver *r, Node *n, int kind, u32 init_end);
void resolve_namespace(Resolver *r, Node *n, bool exported);
void resolve_enum(Resolver *r, Node *n);

#endif
