// SPDX-License-Identifier: MIT
// JSX elements as calls: jsx(type, props, key) of the automatic runtime, or createElement(type, props, ...children) of the classic.
#include "compiler/lower/lower.h"

static bool is_key(const Node *a) { return a->kind == N_JSX_ATTR && str_equals(a->jsx_attr.name, "key"); }

// An object literal whose properties are all written out.
static bool is_plain_object(const Node *n) {
    for (u32 i = 0; n->kind == N_OBJECT && i < n->list.items.count; i++)
        if (n->list.items.items[i]->kind == N_SPREAD) return false;
    return n->kind == N_OBJECT;
}

// `key` behind a spread cannot be told apart from one in the spread: React asks for createElement then.
static bool key_after_spread(const Node *n) {
    bool spread = false;
    for (u32 i = 0; i < n->jsx.attrs.count; i++) {
        const Node *a = n->jsx.attrs.items[i];
        if (a->kind == N_SPREAD) spread |= !is_plain_object(a->unary.arg);
        else if (spread && is_key(a)) return true;
    }
    return false;
}

static Node *unwrapped(Node *n) { return n->kind == N_JSX_EXPR ? n->unary.arg : n; }

// name: of the property that the value becomes; NULL: of none
static void emit_attr_value(Emitter *m, const Node *a, Str *name) {
    if (!a->jsx_attr.value) OP0(m, PushTrue);
    else if (name) emit_named(m, unwrapped(a->jsx_attr.value), name);
    else emit_expr(m, a->jsx_attr.value);
}

// → props object, without `key` when skip_key
static void emit_props(Emitter *m, Node *n, bool skip_key) {
    OP1(m, NewObject, n->jsx.attrs.count + 1);
    for (u32 i = 0; i < n->jsx.attrs.count; i++) {
        Node *a = n->jsx.attrs.items[i];
        if (a->kind == N_SPREAD) {
            emit_expr(m, a->unary.arg);
            OP0(m, CopyDataProps);
        } else if (!(skip_key && is_key(a))) {
            emit_attr_value(m, a, a->jsx_attr.name);
            OP1(m, DefineProp, module_string(m, a->jsx_attr.name));
        }
    }
}

static const char *import_source(Emitter *m) {
    if (m->ast->jsx_import_source) return m->ast->jsx_import_source->data;
    return m->options->jsx_import_source ? m->options->jsx_import_source : "react";
}

// → a function of the automatic runtime
static void load_runtime(Emitter *m, const char *subpath, const char *name, const Node *at) {
    Str *source = module_str_concat(m, import_source(m), module_str(m, subpath));
    if (m->commonjs) {
        emit_require(m, source, at);
        emit_get(m, module_str(m, name));
        return;
    }
    u32 request = module_request(m, source, NULL, REQ_STATIC);
    OP2(m, LoadImport, module_import(m, request, module_string_z(m, name)), module_string_z(m, name));
}

static void load_name(Emitter *m, Str *name) {
    for (Scope *s = m->fs->scope; s; s = s->parent) {
        Binding *b = scope_find(s, name);
        if (!b) continue;
        binding_load(m, b, false);
        return;
    }
    OP1(m, GetGlobal, module_string(m, name));
}

// A dotted name such as React.createElement.
static void load_factory(Emitter *m, const char *dotted, const Node *at) {
    const char *dot = strchr(dotted, '.');
    if (!strcmp(dotted, "null")) { // a fragment factory may be null
        OP0(m, PushNull);
        return;
    }
    load_name(m, str_table_intern(m->strings, dotted, dot ? (size_t)(dot - dotted) : strlen(dotted)));
    while (dot) {
        const char *start = dot + 1;
        dot = strchr(start, '.');
        emit_get(m, str_table_intern(m->strings, start, dot ? (size_t)(dot - start) : strlen(start)));
        at_node(m, at);
    }
}

static const char *runtime_path(const Emitter *m) { return m->jsx == DXC_JSX_DEVELOPMENT ? "/jsx-dev-runtime" : "/jsx-runtime"; }

static void emit_tag(Emitter *m, Node *n, bool classic) {
    if (n->jsx.tag) {
        emit_expr(m, n->jsx.tag);
    } else if (classic) {
        const char *fragment = m->ast->jsx_frag_pragma ? m->ast->jsx_frag_pragma->data : m->options->jsx_fragment;
        load_factory(m, fragment ? fragment : "React.Fragment", n);
    } else {
        load_runtime(m, runtime_path(m), "Fragment", n);
    }
}

static void emit_create_element(Emitter *m, Node *n) {
    emit_tag(m, n, true);
    if (n->jsx.attrs.count) emit_props(m, n, false);
    else OP0(m, PushNull);
    if (has_spread(&n->jsx.children)) {
        u32 args = slot_new(m), props = slot_new(m);
        OP1(m, StoreLocal, props);
        OP1(m, StoreLocal, args);
        OP1(m, LoadLocal, args);
        OP1(m, LoadLocal, props);
        OP1(m, NewArray, 2);
        NodeList *c = &n->jsx.children;
        for (u32 i = 0; i < c->count; i++) {
            emit_expr(m, c->items[i]->kind == N_SPREAD ? c->items[i]->unary.arg : c->items[i]);
            if (c->items[i]->kind == N_SPREAD) OP0(m, AppendSpread);
            else OP0(m, AppendElem);
        }
        OP0(m, CallFunction);
        slot_free(m, args);
        slot_free(m, props);
    } else {
        emit_args(m, &n->jsx.children, 0);
        OP1(m, Call, n->jsx.children.count + 2);
    }
    at_node(m, n);
}

static void emit_children(Emitter *m, Node *n) {
    NodeList *c = &n->jsx.children;
    if (!c->count) return;
    if (c->count == 1 && c->items[0]->kind != N_SPREAD) emit_named(m, unwrapped(c->items[0]), module_str(m, "children"));
    else emit_spread_array(m, c, 0);
    OP1(m, DefineProp, module_string_z(m, "children"));
}

// Where the element stands in the source: { fileName, lineNumber, columnNumber }. As in TypeScript, what stands before it belongs to it.
static void emit_source(Emitter *m, const Node *n) {
    u32 line, column;
    ast_position(m->ast, n->extra, &line, &column);
    OP1(m, NewObject, 3);
    emit_string(m, module_str(m, m->ast->file));
    OP1(m, DefineProp, module_string_z(m, "fileName"));
    emit_number(m, line);
    OP1(m, DefineProp, module_string_z(m, "lineNumber"));
    emit_number(m, column);
    OP1(m, DefineProp, module_string_z(m, "columnNumber"));
}

static void lower_classic(Emitter *m, Node *n) {
    const char *factory = m->ast->jsx_pragma ? m->ast->jsx_pragma->data : m->options->jsx_factory;
    load_factory(m, factory ? factory : "React.createElement", n);
    OP0(m, PushUndefined);
    emit_create_element(m, n);
}

void lower_jsx(Emitter *m, Node *n) {
    if (m->jsx == DXC_JSX_CLASSIC) {
        lower_classic(m, n);
        return;
    }
    if (key_after_spread(n)) {
        load_runtime(m, "", "createElement", n);
        OP0(m, PushUndefined);
        emit_create_element(m, n);
        return;
    }
    const Node *key = NULL;
    for (u32 i = 0; i < n->jsx.attrs.count; i++)
        if (is_key(n->jsx.attrs.items[i])) key = n->jsx.attrs.items[i];
    bool many = n->jsx.children.count > 1 || has_spread(&n->jsx.children), dev = m->jsx == DXC_JSX_DEVELOPMENT;
    load_runtime(m, runtime_path(m), dev ? "jsxDEV" : many ? "jsxs" : "jsx", n);
    OP0(m, PushUndefined);
    emit_tag(m, n, false);
    emit_props(m, n, true);
    emit_children(m, n);
    if (key) emit_attr_value(m, key, NULL);
    else if (dev) OP0(m, PushUndefined);
    if (dev) {
        if (many) OP0(m, PushTrue);
        else OP0(m, PushFalse);
        emit_source(m, n);
        this_load(m, n);
    }
    OP1(m, Call, dev ? 6 : key ? 3 : 2);
    at_node(m, n);
}
