// SPDX-License-Identifier: MIT
// The web classes' registry and the small tools their natives are written with.
#include <stdarg.h>
#include <stdio.h>

#include "runtime/web/web.h"

static const u8 parents[WEB_COUNT] = {
#define WEB(id, parent, ctor, proto) [WEB_##id] = WEB_##parent,
#include "runtime/web/classes.def"
#undef WEB
};
static const u32 proto_tables[WEB_COUNT] = {
#define WEB(id, parent, ctor, proto) [WEB_##id] = RT_##proto,
#include "runtime/web/classes.def"
#undef WEB
};
static const u32 ctor_tables[WEB_COUNT] = {
#define WEB(id, parent, ctor, proto) [WEB_##id] = RT_##ctor,
#include "runtime/web/classes.def"
#undef WEB
};

void web_install(VM *vm) {
    ValueArray *protos = values_new(vm, WEB_COUNT);
    vm->realm->WebPrototypes = v_from_ptr(TAG_INTERNAL, protos);
    for (u32 c = 1; c < WEB_COUNT; c++) {
        u32 up = parents[c];
        Value proto = v_obj(up ? object_new_proto(vm, protos->v[up]) : object_new(vm));
        protos->v[c] = proto;
        Value up_ctor = up ? object_own_data(vm, v_object(protos->v[up]), A_(vm, constructor)) : vm->realm->FunctionPrototype;
        builtin_class(vm, ctor_tables[c], proto_tables[c], proto, up_ctor);
        if (object_own_data(vm, v_object(proto), SYM_(vm, toStringTag)) == V_HOLE)
            object_put(vm, v_object(proto), SYM_(vm, toStringTag), v_from_string(atom_c(vm, native_tables[ctor_tables[c]][0].name)), ATTR_C);
    }
}

Value web_proto(VM *vm, WebClass c) { return ((ValueArray *)v_ptr(vm->realm->WebPrototypes))->v[c]; }
Value web_ctor(VM *vm, WebClass c) { return object_own_data(vm, v_object(web_proto(vm, c)), A_(vm, constructor)); }

HostObject *web_of(Value v, WebClass c) {
    if (!v_is_kind(v, CELL_HOST)) return NULL;
    HostObject *o = v_ptr(v);
    if (o->host_class < HOST_WEB || o->host_class >= HOST_WEB + WEB_COUNT) return NULL;
    for (u32 k = o->host_class - HOST_WEB; k; k = parents[k])
        if (k == c) return o;
    return NULL;
}
HostObject *web_this(VM *vm, Value self, WebClass c) {
    HostObject *o = web_of(self, c);
    if (!o) throw_coded(vm, REALM_TypeErrorPrototype, "ERR_INVALID_THIS", "Value of \"this\" must be of type %s", native_tables[ctor_tables[c]][0].name);
    return o;
}
static HostObject *make(VM *vm, WebClass c, Value proto) {
    HostObject *o = (HostObject *)object_alloc(vm, CELL_HOST, sizeof(HostObject), shape_root(vm, proto), 0);
    o->host_class = HOST_WEB + c;
    for (u32 i = 0; i < 4; i++) o->data[i] = V_UNDEFINED;
    return o;
}
HostObject *web_new(VM *vm, WebClass c) { return make(vm, c, web_proto(vm, c)); }
HostObject *web_construct_rjs(VM *vm, WebClass c, Value nt) {
    const char *name = native_tables[ctor_tables[c]][0].name;
    if (v_is_undefined(nt)) return throw_type(vm, "Class constructor %s cannot be invoked without 'new'", name), NULL;
    Value proto = get_rjs(vm, nt, A_(vm, prototype));
    if (v_is_exc(proto)) return NULL;
    return make(vm, c, v_is_object(proto) ? proto : web_proto(vm, c));
}

// ---- tools

Value prop_rjs(VM *vm, Value obj, const char *name) { return v_is_object(obj) ? get_rjs(vm, obj, key_c(vm, name)) : V_UNDEFINED; }
void prop_put(VM *vm, Value obj, const char *name, Value v) { object_put(vm, v_object(obj), key_c(vm, name), v, ATTR_WEC); }
bool prop_assign_rjs(VM *vm, Value obj, const char *name, Value v) { return set_rjs(vm, obj, key_c(vm, name), v, true) >= 0; }
Value call_method_rjs(VM *vm, Value obj, const char *name, int argc, const Value *argv) { return invoke_rjs(vm, obj, key_c(vm, name), argc, argv); }

Value closure(VM *vm, u32 id, u32 n, ...) {
    NativeFunction *f = native_new(vm, id, n);
    va_list ap;
    va_start(ap, n);
    for (u32 i = 0; i < n; i++) f->slots[i] = va_arg(ap, Value);
    va_end(ap);
    return v_obj(f);
}
Value bytes_str(VM *vm, const Buf *b) { return v_from_string(str_new_utf8(vm, b->data ? (const char *)b->data : "", b->len)); }
Value buf_take_str(VM *vm, Buf *b) {
    Value v = bytes_str(vm, b);
    buf_free(b);
    return v;
}
static Value throw_text(VM *vm, u32 proto, const char *code, const char *fmt, va_list ap) {
    char text[1024];
    vsnprintf(text, sizeof text, fmt, ap);
    Value e = error_new(vm, proto, v_str(vm, text));
    if (code) object_put(vm, v_object(e), A_(vm, code), v_str(vm, code), ATTR_WEC);
    return vm_throw_value(vm, e);
}
#define THROW_TEXT(proto, code) \
    va_list ap;                 \
    va_start(ap, fmt);          \
    Value r = throw_text(vm, proto, code, fmt, ap); \
    va_end(ap);                 \
    return r
Value throw_type(VM *vm, const char *fmt, ...) { THROW_TEXT(REALM_TypeErrorPrototype, NULL); }
Value throw_error(VM *vm, const char *fmt, ...) { THROW_TEXT(REALM_ErrorPrototype, NULL); }
Value throw_coded(VM *vm, u32 proto, const char *code, const char *fmt, ...) { THROW_TEXT(proto, code); }

Value throw_arg_type(VM *vm, const char *name, const char *expected, Value got) {
    Buf b = {0};
    if (v_is_nullish(got)) buf_printf(&b, "Received %s", v_is_null(got) ? "null" : "undefined");
    else if (v_is_callable(got)) {
        Buf n = {0};
        buf_printf(&b, "Received function %s", str_to_cstr(vm, v_string(function_name(vm, got)), &n));
        buf_free(&n);
    } else if (v_is_object(got)) {
        Value ctor = object_find_data(vm, got, A_(vm, constructor));
        Buf n = {0};
        buf_printf(&b, "Received an instance of %s", v_is_callable(ctor) ? str_to_cstr(vm, v_string(function_name(vm, ctor)), &n) : "Object");
        buf_free(&n);
    } else {
        Buf n = {0}, t = {0};
        buf_printf(&b, "Received type %s (", str_to_cstr(vm, v_string(typeof_value(vm, got)), &t));
        const char *shown = str_to_cstr(vm, value_display(vm, got), &n);
        if (v_is_string(got)) buf_printf(&b, strlen(shown) > 27 ? "'%.25s...')" : "'%s')", v_is_string(got) && shown[0] == '"' ? shown : shown);
        else buf_printf(&b, v_is_bigint(got) ? "%sn)" : "%s)", shown);
        buf_free(&n);
        buf_free(&t);
    }
    Value r = throw_coded(vm, REALM_TypeErrorPrototype, "ERR_INVALID_ARG_TYPE", strstr(name, " argument") ? "The %s must be %s. %s" : "The \"%s\" argument must be %s. %s", name, expected, buf_cstr(&b));
    buf_free(&b);
    return r;
}
Value rejected(VM *vm) {
    if (vm_terminated(vm)) return V_EXC;
    Value p = promise_new(vm);
    promise_reject(vm, p, vm_take_exception(vm));
    return p;
}
Value resolved(VM *vm, Value v) {
    Value p = promise_new(vm);
    promise_resolve(vm, p, v);
    return p;
}
bool is_c(VM *vm, Value v, const char *text) {
    if (!v_is_string(v)) return false;
    Chars c = str_chars(vm, v_string(v));
    size_t n = strlen(text);
    return !c.wide && c.len == n && !memcmp(c.p, text, n);
}
void usv_utf8(VM *vm, String *s, Buf *out) {
    size_t from = out->len;
    str_to_utf8(vm, s, out);
    for (size_t i = from; i + 2 < out->len; i++)
        if (out->data[i] == 0xED && out->data[i + 1] >= 0xA0) memcpy(out->data + i, "\xEF\xBF\xBD", 3);
}
bool utf8_arg_rjs(VM *vm, Value v, Buf *out) {
    String *s = to_string_rjs(vm, v);
    if (!s) return false;
    usv_utf8(vm, s, out);
    return true;
}
bool bytes_of(Value v, u8 **p, size_t *n) {
    if (v_is_kind(v, CELL_ARRAYBUFFER) || v_is_kind(v, CELL_SHAREDBUFFER)) {
        BufferObject *b = v_ptr(v);
        *p = b->data;
        *n = b->detached ? 0 : b->length;
        return true;
    }
    if (!v_is_kind(v, CELL_TYPEDARRAY) && !v_is_kind(v, CELL_DATAVIEW)) return false;
    TypedArrayObject *t = v_ptr(v);
    *n = v_is_kind(v, CELL_DATAVIEW) ? t->length : typed_length(t, NULL) * element_size[t->type];
    *p = *n ? typed_data(t) : NULL;
    return true;
}
void lower_ascii(Buf *b) {
    for (size_t i = 0; i < b->len; i++)
        if (b->data[i] >= 'A' && b->data[i] <= 'Z') b->data[i] += 32;
}
