// SPDX-License-Identifier: MIT
// Literals with structure: arrays, objects, templates, regular expressions.
#include "compiler/emit/emit.h"

#include "format/base/numtext.h"
#include "format/base/utf.h"
#include "format/regexp/regexp.h"

void emit_array(Emitter *m, Node *n) { emit_spread_array(m, &n->list.items, 0); }

// Name of a function under a literal key ("get x" for accessors); NULL when the key is computed.
Str *key_function_name(Emitter *m, const Node *key, bool computed, u32 prop_kind) {
    static const char *const prefix[] = {"", "", "get ", "set "};
    if (computed) return NULL;
    Str *name = NULL;
    if (key->kind == N_STRING || key->kind == N_BIGINT) name = key->string.value;
    if (key->kind == N_NUMBER) {
        char text[64];
        name = str_table_intern(m->strings, text, num_to_text(key->number.value, text));
    }
    if (key->kind == N_PRIVATE_NAME) name = module_str_concat(m, "#", key->string.value);
    return name && *prefix[prop_kind] ? module_str_concat(m, prefix[prop_kind], name) : name;
}

// o → o, with a method or accessor defined
static void emit_method_property(Emitter *m, Node *p) {
    bool computed = p->flags & NF_COMPUTED;
    u32 kind = p->extra == PROP_METHOD ? 0 : p->extra == PROP_GETTER ? 1 : 2;
    emit_key(m, p->property.key);
    u32 index = emit_function(m, p->property.value, key_function_name(m, p->property.key, computed, p->extra), NULL,
                              computed ? FUNC_ANONYMOUS : 0);
    new_function(m, index);
    OP1(m, DefineMethod, kind | 4 | (computed ? 0 : 8));
}

static void emit_computed_property(Emitter *m, Node *p) {
    Node *value = p->property.value;
    emit_key(m, p->property.key);
    if (is_anonymous_function(value) && value->kind != N_CLASS) {
        new_function(m, emit_function(m, value, NULL, NULL, FUNC_ANONYMOUS));
        OP1(m, SetFunctionName, 0);
    } else {
        bool decorated = value->kind == N_CLASS && is_anonymous_function(value) && lower_is_decorated(value);
        u32 key = decorated ? slot_new(m) : NO_LABEL; // its decorators want to know the name
        if (decorated) {
            OP0(m, Dup);
            OP1(m, StoreLocal, key);
        }
        m->class_key = key;
        emit_expr(m, value);
        m->class_key = NO_LABEL;
        if (decorated) slot_free(m, key);
        if (is_anonymous_function(value)) OP1(m, SetFunctionName, 0);
    }
    OP0(m, DefineIndex);
    at_node(m, p);
}

static void emit_property(Emitter *m, Node *p) {
    if (p->kind == N_SPREAD) { // a smaller node: it has no property part
        emit_expr(m, p->unary.arg);
        OP0(m, CopyDataProps);
        at_node(m, p->unary.arg);
        return;
    }
    Node *key = p->property.key, *value = p->property.value;
    if (p->extra != PROP_INIT) {
        emit_method_property(m, p);
    } else if (p->flags & NF_PROTO) {
        emit_expr(m, value);
        OP0(m, SetProto);
    } else if (p->flags & NF_COMPUTED) {
        emit_computed_property(m, p);
    } else {
        Str *name = key_str(m, key);
        if (!name) emit_key(m, key);
        emit_named(m, value, key_function_name(m, key, false, PROP_INIT));
        if (name) OP1(m, DefineProp, module_string(m, name));
        else OP0(m, DefineIndex);
        at_node(m, p);
    }
}

void emit_object(Emitter *m, Node *n) {
    u32 count = n->list.items.count;
    OP1(m, NewObject, count < 64 ? count : 64);
    for (u32 i = 0; i < count; i++) emit_property(m, n->list.items.items[i]);
}

void emit_template(Emitter *m, Node *n) {
    bool any = false;
    for (u32 i = 0; i <= n->template.exprs.count; i++) {
        const Str *text = n->template.parts[i].cooked;
        if (text->len || (!n->template.exprs.count)) {
            emit_string(m, text);
            if (any) OP0(m, Add);
            any = true;
        }
        if (i == n->template.exprs.count) break;
        Node *e = n->template.exprs.items[i];
        emit_expr(m, e);
        if (e->kind != N_TEMPLATE && e->kind != N_STRING) OP0(m, ToString);
        at_node(m, e);
        if (any) OP0(m, Add);
        any = true;
    }
}

void emit_template_object(Emitter *m, Node *quasi) {
    u32 count = quasi->template.exprs.count + 1;
    buf_align(&m->data, 4);
    DxtConst row = {DXT_CONST_TEMPLATE, 0, m->data.len};
    buf_u32(&m->data, count);
    for (u32 i = 0; i < count; i++) {
        const TemplatePart *p = &quasi->template.parts[i];
        buf_u32(&m->data, p->cooked ? module_string(m, p->cooked) : DXT_NONE);
        buf_u32(&m->data, module_string(m, p->raw));
    }
    OP1(m, GetTemplate, module_const(m, row));
}

// Compiles the pattern into section DATA; a bad one is an early error.
static u32 compile_pattern(Emitter *m, const Node *n, u32 flags) {
    const Str *p = n->regexp.pattern;
    u16 *units = arena_alloc(m->arena, ((size_t)p->len + 1) * sizeof(u16));
    size_t len = utf8_to_utf16((const u8 *)p->data, p->len, UTF_WTF8, units);
    Buf program = {0};
    RxError error;
    u32 at = DXT_NONE;
    if (rx_compile(units, len, flags, &program, &error) < 0) {
        diag_add(m->diags, DIAG_BAD_REGEXP, n->start, n->end, p->data, n->regexp.flags->data, error.message);
    } else {
        buf_align(&m->data, 4);
        at = (u32)m->data.len;
        buf_u32(&m->data, (u32)program.len);
        buf_put(&m->data, program.data, program.len);
    }
    buf_free(&program);
    return at;
}

void emit_regexp(Emitter *m, Node *n) {
    u16 letters[8];
    size_t count = n->regexp.flags->len;
    for (size_t i = 0; i < count && i < 8; i++) letters[i] = (u8)n->regexp.flags->data[i];
    int flags = count <= 8 ? rx_flags_parse(letters, count) : -1;
    if (flags < 0) {
        diag_add(m->diags, DIAG_BAD_REGEXP_FLAGS, n->start, n->end);
        return;
    }
    DxtConst row = {DXT_CONST_REGEXP, compile_pattern(m, n, (u32)flags), 0};
    row.bits = (u64)module_string(m, n->regexp.pattern) | (u64)module_string(m, n->regexp.flags) << 32;
    OP1(m, NewRegExp, module_const(m, row));
    at_node(m, n);
}
