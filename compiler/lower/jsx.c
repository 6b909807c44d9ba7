// SPDX-License-Identifier: MIT
// JSX elements as calls: jsx(type, props, key) of the automatic runtime, or createElement(type, props, ...children) of the classic.
#include "compiler/lower/lower.h"

static bool is_key(const Node *a) { return a->kind == N_JSX_ATTR && str_equals(a->jsx_attr.name, "key"); }

// `key` behind a spread cannot be told apart from one in the spread: React asks for createElement then.
static bool key_after_spread(const Node *n) {
    bool spread = false;
    for (u32 i = 0; i < n->jsx.attrs.count; i++) {
        if (n->jsx.attrs.items[i]->kind == N_SPREAD) spread = true;
        else if (spread && is_key(n->jsx.attrs.items[i])) return true;
    }
    return false;
}

static void emit_attr_value(Emitter *m, const Node *a) {
    if (a->jsx_attr.value) emit_expr(m, a->jsx_attr.value);
    else OP0(m, PushTrue);
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
            emit_attr_value(m, a);
            OP1(m, DefineProp, module_string(m, a->jsx_attr.name));
        }
    }
}

static const char *import_source(Emitter *m) {
    if (m->ast->jsx_import_source) return m->ast->jsx_import_source->data;
    return m->options->jsx_import_source ? m->options->jsx_import_source : "react";
}

// → a function of the automatic runtime
static void load_runtime(Emitter *m, const char *subpath, const char *name) {
    Str *source = module_str_concat(m, import_source(m), module_str(m, subpath));
    if (m->commonjs) {
        module_request(m, source, NULL, REQ_REQUIRE);
        binding_load(m, scope_find(m->ast->scope, m->s_require), false);
        OP0(m, PushUndefined);
        emit_string(m, source);
        OP1(m, Call, 1);
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
    load_name(m, str_table_intern(m->strings, dotted, dot ? (size_t)(dot - dotted) : strlen(dotted)));
    while (dot) {
        const char *start = dot + 1;
        dot = strchr(start, '.');
        emit_get(m, str_table_intern(m->strings, start, dot ? (size_t)(dot - start) : strlen(start)));
        at_node(m, at);
    }
}

static void emit_tag(Emitter *m, Node *n, bool classic) {
    if (n->jsx.tag) {
        emit_expr(m, n->jsx.tag);
    } else if (classic) {
        const char *fragment = m->ast->jsx_frag_pragma ? m->ast->jsx_frag_pragma->data : m->options->jsx_fragment;
        load_factory(m, fragment ? fragment : "React.Fragment", n);
    } else {
        load_runtime(m, "/jsx-runtime", "Fragment");
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
    if (c->count == 1 && c->items[0]->kind != N_SPREAD) emit_expr(m, c->items[0]);
    else emit_spread_array(m, c, 0);
    OP1(m, DefineProp, module_string_z(m, "children"));
}

void lower_jsx(Emitter *m, Node *n) {
    Str *runtime = m->ast->jsx_runtime;
    bool classic = runtime ? str_equals(runtime, "classic") : m->options->jsx == DXC_JSX_CLASSIC || m->ast->jsx_pragma;
    if (classic) {
        const char *factory = m->ast->jsx_pragma ? m->ast->jsx_pragma->data : m->options->jsx_factory;
        load_factory(m, factory ? factory : "React.createElement", n);
        OP0(m, PushUndefined);
        emit_create_element(m, n);
        return;
    }
    if (key_after_spread(n)) {
        load_runtime(m, "", "createElement");
        OP0(m, PushUndefined);
        emit_create_element(m, n);
        return;
    }
    const Node *key = NULL;
    for (u32 i = 0; i < n->jsx.attrs.count; i++)
        if (is_key(n->jsx.attrs.items[i])) key = n->jsx.attrs.items[i];
    bool many = n->jsx.children.count > 1 || has_spread(&n->jsx.children);
    load_runtime(m, "/jsx-runtime", many ? "jsxs" : "jsx");
    OP0(m, PushUndefined);
    emit_tag(m, n, false);
    emit_props(m, n, true);
    emit_children(m, n);
    if (key) emit_attr_value(m, key);
    OP1(m, Call, key ? 3 : 2);
    at_node(m, n);
}
