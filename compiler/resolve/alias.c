// SPDX-License-Identifier: MIT
// What dotted names of enums and namespaces stand for, as far as this file alone tells; and which `import a = b.c` are left at run time.
// An alias that nothing uses as a value, or that names a type, is no use of b: the import behind it may go too.
#include "compiler/resolve/pass.h"

static Binding *find_exported(const Scope *block, const Str *name) {
    for (const Scope *s = block; s; s = s->merged) {
        Binding *b = scope_find(s, name);
        if (b && (b->kind == BIND_MEMBER || b->flags & BF_EXPORTED)) return b;
    }
    return NULL;
}

// Is everything the name has in the blocks of this file: no class, function or import is merged with it?
static bool only_blocks(const Binding *b) { return b->kind == BIND_ENUM || b->kind == BIND_MEMBER; }

static Binding *follow_alias(Binding *b, bool *is_type) {
    while (b && b->decl && b->decl->kind == N_TS_IMPORT_EQUALS && b->decl->ts_import_equals.entity)
        b = scope_entity(b->decl->ts_import_equals.entity, is_type);
    return b;
}

Binding *scope_entity(const Node *entity, bool *is_type) {
    *is_type = false;
    if (entity->flags & NF_ASSERTED) return NULL;
    if (entity->kind == N_IDENT) return follow_alias(entity->ident.binding, is_type);
    if (entity->kind != N_MEMBER) return NULL;
    Binding *object = scope_entity(entity->member.object, is_type);
    if (!object || !object->block) return NULL;
    Binding *b = find_exported(object->block, entity->member.name);
    if (!b) *is_type = only_blocks(object);
    return follow_alias(b, is_type);
}

static Node *root_of(Node *entity) {
    while (entity->kind == N_MEMBER) entity = entity->member.object;
    return entity;
}

static void drop_alias(Node *n) {
    Node *entity = n->ts_import_equals.entity;
    Binding *alias = n->ts_import_equals.name->ident.binding;
    bool is_type = false, used = alias->refs || alias->flags & BF_EXPORTED;
    if (entity) scope_entity(entity, &is_type);
    if (n->flags & NF_TYPE_ONLY || (used && !is_type)) return;
    n->flags |= NF_TYPE_ONLY;
    if (!entity) return;
    Binding *b = root_of(entity)->ident.binding;
    if (b && b->refs) b->refs--;
}

void resolver_drop_aliases(NodeList *body) {
    for (u32 i = body->count; i-- > 0;) { // backwards: an alias of an alias comes after it
        Node *n = body->items[i];
        if (n->kind == N_EXPORT_DECL) n = n->unary.arg;
        if (n->kind == N_TS_IMPORT_EQUALS) drop_alias(n);
        else if (n->kind == N_TS_MODULE && !(n->flags & NF_DECLARE)) resolver_drop_aliases(&n->ts_module.body);
    }
}
