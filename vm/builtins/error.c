// SPDX-License-Identifier: MIT
// Error and its kinds (ECMA-262 20.5), stacks as V8 prints them. Frames are captured by exec/stack.c; their
// text is made when "stack" is first read, the property being ATTR_LAZY: its slot holds the StackTrace
// (internal pointer) until then.
#include <stdio.h>

#include "format/base/utf.h"
#include "vm/builtins/builtins.h"
#include "vm/object/layout.h"
#include "vm/vm.h"

#define STACK_MAX 200u // Error.stackTraceLimit may ask for more; nobody reads them

extern __attribute__((weak)) StackTrace *
stack_capture(VM *vm, Value above, u32 limit); // exec/; absent in programs that only build objects

// ---- positions

typedef struct Lines { const DxtModule *module; const char *source; LineTable table; } Lines;
static Lines lines_cache[16];

static LineTable *lines_of(DxtModule *m) {
    DxtFault fault;
    if (dxt_cold(m, &fault) != DXT_OK || !m->source) return NULL;
    Lines *l = &lines_cache[((uintptr_t)m >> 6) % DX_COUNTOF(lines_cache)];
    if (l->module != m || l->source != m->source) {
        line_table_free(&l->table);
        l->table = (LineTable){0};
        l->module = m;
        l->source = m->source;
        line_table_build(&l->table, (const u8 *)m->source, m->source_len);
    }
    return &l->table;
}

// Source offset of the construct at pc of a function; false when there is no position.
static bool position_offset(FuncCode *c, u32 pc, u32 *offset) {
    DxtModule *m = c->module->dxt;
    DxtFault fault;
    if (dxt_cold(m, &fault) != DXT_OK || !m->pos) return false;
    const DxtPos *p = m->pos + c->info->pos_first;
    u32 lo = 0, hi = c->info->pos_count;
    if (!hi || c->info->pos_first + hi > m->pos_count) return false;
    while (lo < hi) {
        u32 mid = (lo + hi) / 2;
        if (p[mid].pc <= pc) lo = mid + 1;
        else hi = mid;
    }
    *offset = p[lo ? lo - 1 : 0].offset;
    return true;
}

static void entry_info(VM *vm, const StackEntry *e, StackFrameInfo *out) {
    *out =
        (StackFrameInfo){.function_name = v_is_object(e->func) ? function_name(vm, e->func) : A_(vm, empty),
                         .native = !e->code};
    if (!e->code || !e->code->module || !e->code->module->dxt) return;
    DxtModule *m = e->code->module->dxt;
    out->file = m->path;
    out->module = m;
    LineTable *t = lines_of(m);
    if (!t || !position_offset(e->code, e->pc, &out->offset)) return;
    u32 line = line_table_find(t, out->offset);
    out->line = line + 1;
    out->column = line_table_column(t, (const u8 *)m->source, line, out->offset) + 1;
}

// ---- text

static Value type_name(VM *vm, Value self) {
    if (!v_is_object(self)) {
        Value o = to_object(vm, self);
        return v_is_exc(o) ? A_(vm, empty) : type_name(vm, o);
    }
    Object *o = v_object(self);
    if (o->cell.kind == CELL_PROXY) return A_(vm, Object);
    if (o->cell.kind == CELL_FUNCTION) { // static methods: the class's name
        Value n = function_name(vm, self);
        if ((((Function *)o)->code->flags & FUNC_CLASS_CTOR) && v_string(n)->length) return n;
        return A_(vm, Function);
    }
    Value c = object_find_data(vm, self, A_(vm, constructor));
    Value n = v_is_callable(c) ? function_name(vm, c) : A_(vm, empty);
    return v_string(n)->length ? n : A_(vm, Object);
}

// The key under which the receiver has the function, when it differs from the function's name; or V_HOLE.
static Value method_name(VM *vm, Value self, Value func, Value name) {
    if (!v_is_object(self)) return V_HOLE;
    String *s = v_string(name);
    if (s->length && object_find_data(vm, self, key_from_string(vm, s)) == func) return V_HOLE;
    Value found = V_HOLE;
    for (int depth = 0; v_is_object(self) && depth < 4; depth++, self = v_object(self)->shape->proto) {
        Object *o = v_object(self);
        if ((o->cell.flags & (OBJ_EXOTIC | OBJ_LAZY_FUNC)) || o->shape->count > 200) return V_HOLE;
        PropKey keys[200];
        u8 attrs[200];
        shape_list(vm, o->shape, keys, attrs);
        for (u32 i = 0; i < o->shape->count; i++) {
            if (!v_is_string(keys[i])) continue;
            Value v = o->slots[i];
            if (attrs[i] & ATTR_ACCESSOR) {
                Accessor *a = v_ptr(v);
                if (a->get != func && a->set != func) continue;
            } else if (v != func) {
                continue;
            }
            if (found != V_HOLE) return V_HOLE;
            found = keys[i];
        }
        if (found != V_HOLE) return found;
    }
    return V_HOLE;
}

static bool starts_with(Chars s, const char *prefix) {
    u32 n = (u32)strlen(prefix);
    for (u32 i = 0; i < n; i++)
        if (i >= s.len || chars_at(s, i) != (u8)prefix[i]) return false;
    return true;
}

static void put_location(VM *vm, StrBuf *b, const StackFrameInfo *f) {
    char pos[32];
    sb_str(vm, b, str_new_c(vm, f->file ? f->file : "<anonymous>"));
    if (!f->line) return;
    snprintf(pos, sizeof pos, ":%u:%u", f->line, f->column);
    sb_ascii(b, pos);
}

static void put_combinator(VM *vm, StrBuf *b, const StackEntry *e) { // "async Promise.all (index 0)"
    char text[64];
    const char *name = "";
    u32 index = 0;
    (void)promise_passed_to(e->func, &name, &index);
    snprintf(text, sizeof text, "async Promise.%s (index %u)", name ? name : "", index);
    sb_ascii(b, text);
}

static void put_frame(VM *vm, StrBuf *b, const StackEntry *e) {
    if (e->flags & STACK_COMBINATOR) {
        put_combinator(vm, b, e);
        return;
    }
    StackFrameInfo f;
    entry_info(vm, e, &f);
    String *name = v_string(f.function_name);
    u32 before = b->len;
    bool initialiser = e->code && e->code->flags & FUNC_FIELD_INIT;
    bool esm_body = e->code && (e->code->flags & FUNC_MODULE) && e->code->module->dxt->kind == MODULE_ESM;
    bool top = initialiser || esm_body || v_is_nullish(e->self) || e->self == vm->realm->global_this ||
               v_is_internal(e->self);
    if (e->flags & STACK_ASYNC) {
        if (!name->length) top = true;
        sb_ascii(b, "async ");
    }
    if (e->flags & STACK_CONSTRUCT) {
        sb_ascii(b, "new ");
        if (name->length) sb_str(vm, b, name);
        else sb_ascii(b, "<anonymous>");
    } else if (esm_body) {
        b->len = before;
    } else if (!top) {
        Chars c = str_chars(vm, name);
        bool accessor = starts_with(c, "get ") || starts_with(c, "set ");
        if (!accessor && !starts_with(c, "#")) {
            sb_str(vm, b, v_string(type_name(vm, e->self)));
            sb_ascii(b, ".");
        }
        if (name->length) sb_str(vm, b, name);
        else sb_ascii(b, "<anonymous>");
        Value as = f.native ? V_HOLE : method_name(vm, e->self, e->func, f.function_name);
        if (as != V_HOLE && name->length) {
            sb_ascii(b, " [as ");
            sb_str(vm, b, v_string(as));
            sb_ascii(b, "]");
        }
    } else if (name->length) {
        sb_str(vm, b, name);
    }
    if (b->len == before) {
        put_location(vm, b, &f);
        return;
    }
    if (e->flags & STACK_ASYNC && !name->length) { // "async file:1:2"
        put_location(vm, b, &f);
        return;
    }
    sb_ascii(b, " (");
    put_location(vm, b, &f);
    sb_ascii(b, ")");
}

// name or message for the first line; a getter is called, and what it throws is dropped.
static Value header_part(VM *vm, Value err, PropKey k) {
    Value v = object_find_data(vm, err, k);
    if (v != V_HOLE) return v;
    NativeContext native = vm->native;
    Value pending = vm->exception;
    vm->exception = V_HOLE;
    v = get_rjs(vm, err, k);
    if (v_is_exc(v)) v = V_UNDEFINED;
    vm->exception = pending;
    vm->native = native;
    return v;
}

// ErrorUtils::ToString
static void put_header(VM *vm, StrBuf *b, Value err) {
    Value name = header_part(vm, err, A_(vm, name)), msg = header_part(vm, err, A_(vm, message));
    String *n = v_is_undefined(name) ? v_string(A_(vm, Error)) : value_display(vm, name);
    String *m = v_is_undefined(msg) ? v_string(A_(vm, empty)) : value_display(vm, msg);
    sb_str(vm, b, n);
    if (n->length && m->length) sb_ascii(b, ": ");
    sb_str(vm, b, m);
}

static Value trace_text(VM *vm, Value err, StackTrace *t) {
    StrBuf b = {0};
    put_header(vm, &b, err);
    for (u32 i = 0; t && i < t->count; i++) {
        sb_ascii(&b, "\n    at ");
        put_frame(vm, &b, &t->e[i]);
    }
    Value r = sb_finish(vm, &b);
    return v_is_exc(r) ? A_(vm, empty) : r;
}

static StackTrace *slot_trace(Value v) {
    if (!v_is_internal(v) || (v & VALUE_PAYLOAD) < 4096) return NULL;
    return ((Cell *)v_ptr(v))->kind == CELL_STACKTRACE ? v_ptr(v) : NULL;
}

Value error_stack_text(VM *vm, Value err) {
    if (!v_is_object(err) || (v_object(err)->cell.flags & OBJ_EXOTIC)) return A_(vm, empty);
    Object *o = v_object(err);
    u8 attrs;
    int i = shape_lookup(vm, o->shape, A_(vm, stack), &attrs);
    if (i < 0) return o->cell.kind == CELL_ERROR ? trace_text(vm, err, NULL) : A_(vm, empty);
    Value v = o->slots[i];
    if (attrs & ATTR_ACCESSOR) return A_(vm, empty);
    if (!v_is_internal(v)) return v_is_string(v) ? v : A_(vm, empty);
    Value text = trace_text(vm, err, slot_trace(v));
    heap_set(vm, &o->slots[i], text);
    return text;
}

static StackTrace *trace_of(VM *vm, Value err) {
    if (v_is_kind(err, CELL_ERROR)) return ((ErrorObject *)v_ptr(err))->trace;
    if (!v_is_object(err) || (v_object(err)->cell.flags & OBJ_EXOTIC)) return NULL;
    u8 attrs;
    int i = shape_lookup(vm, v_object(err)->shape, A_(vm, stack), &attrs);
    return i < 0 ? NULL : slot_trace(v_object(err)->slots[i]);
}

u32 error_stack_frames(VM *vm, Value err, StackFrameInfo *out, u32 max) {
    StackTrace *t = trace_of(vm, err);
    u32 n = t ? dx_min_u32(t->count, max) : 0;
    for (u32 i = 0; i < n; i++) entry_info(vm, &t->e[i], &out[i]);
    return n;
}

// ---- making errors

static StackTrace *capture(VM *vm, Value above) {
    Value limit = v_is_object(vm->realm->Error)
                      ? object_own_data(vm, v_object(vm->realm->Error), vm->realm->KeyStackTraceLimit)
                      : v_from_int(10);
    if (!v_is_number(limit)) return NULL;
    f64 n = v_num(limit);
    u32 max = n > 0 ? n > STACK_MAX ? STACK_MAX : (u32)n : 0;
    if (stack_capture && vm->frame) return stack_capture(vm, above, max);
    return heap_alloc0(vm, sizeof(StackTrace), CELL_STACKTRACE);
}

static Value error_alloc(VM *vm, Value proto, Value above) {
    ErrorObject *e =
        (ErrorObject *)object_alloc(vm, CELL_ERROR, sizeof(ErrorObject), shape_root(vm, proto), 4);
    StackTrace *t = capture(vm, above);
    e->trace = t;
    if (t) object_add(vm, &e->o, A_(vm, stack), v_from_ptr(TAG_INTERNAL, t), ATTR_WC | ATTR_LAZY);
    return v_obj(e);
}

Value error_new(VM *vm, u32 proto_field, Value message) {
    Value e = error_alloc(vm, vm->realm->intrinsics[proto_field], V_UNDEFINED);
    if (!v_is_undefined(message)) object_add(vm, v_object(e), A_(vm, message), message, ATTR_WC);
    return e;
}

void error_capture_stack(VM *vm, Value obj, Value above) {
    StackTrace *t = capture(vm, above);
    if (!t) return;
    Object *o = v_object(obj);
    if (o->cell.kind == CELL_ERROR) HEAP_STORE(vm, ((ErrorObject *)o)->trace, t);
    if (o->cell.flags & (OBJ_EXOTIC | OBJ_NON_EXTENSIBLE)) return;
    if (o->cell.flags & OBJ_LAZY_FUNC) func_materialize(vm, o);
    object_put(vm, o, A_(vm, stack), v_from_ptr(TAG_INTERNAL, t), ATTR_WC | ATTR_LAZY);
}

// ---- Error.prepareStackTrace: called at capture with CallSite objects, when the program has set it

static Value call_site_new(VM *vm, const StackEntry *e) {
    Object *o = object_new_proto(vm, vm->realm->CallSitePrototype);
    StackFrameInfo f;
    entry_info(vm, e, &f);
    StrBuf b = {0};
    put_frame(vm, &b, e);
    Value text = sb_finish(vm, &b);
    ValueArray *a = values_new(vm, 8);
    a->v[0] = f.file ? v_from_string(str_new_c(vm, f.file)) : V_UNDEFINED;
    a->v[1] = f.line ? v_from_u32(f.line) : V_NULL;
    a->v[2] = f.line ? v_from_u32(f.column) : V_NULL;
    a->v[3] = v_string(f.function_name)->length ? f.function_name : V_NULL;
    a->v[4] = e->func;
    a->v[5] = e->self;
    a->v[6] = v_from_u32(e->flags | (f.native ? STACK_NATIVE : 0));
    a->v[7] = text;
    object_put(vm, o, vm->realm->KeyCallSite, v_from_ptr(TAG_INTERNAL, a), ATTR_C);
    return v_obj(o);
}

enum {
    SITE_FILE,
    SITE_LINE,
    SITE_COLUMN,
    SITE_FUNCTION_NAME,
    SITE_FUNCTION,
    SITE_THIS,
    SITE_TYPE,
    SITE_METHOD,
    SITE_NATIVE,
    SITE_TOP,
    SITE_CONSTRUCT,
    SITE_ASYNC,
    SITE_FALSE,
    SITE_NULL,
    SITE_TEXT
};

static Value call_site_get(VM *vm, Value self, int argc, Value *argv) {
    u32 what = native_magic(vm);
    Value data = v_is_object(self) ? object_own_data(vm, v_object(self), vm->realm->KeyCallSite) : V_HOLE;
    if (data == V_HOLE) return vm_throw(vm, ERR_INCOMPATIBLE, "CallSite", self);
    Value *v = ((ValueArray *)v_ptr(data))->v;
    u32 flags = (u32)v_int(v[6]);
    bool top = v_is_nullish(v[5]) || v[5] == vm->realm->global_this;
    switch (what) {
    case SITE_TYPE: return top ? V_NULL : type_name(vm, v[5]);
    case SITE_METHOD: return top ? V_NULL : v[3];
    case SITE_NATIVE: return v_from_bool(flags & STACK_NATIVE);
    case SITE_TOP: return v_from_bool(top);
    case SITE_CONSTRUCT: return v_from_bool(flags & STACK_CONSTRUCT);
    case SITE_ASYNC: return v_from_bool(flags & STACK_ASYNC);
    case SITE_FALSE: return V_FALSE;
    case SITE_NULL: return V_UNDEFINED;
    case SITE_TEXT: return v[7];
    default: return v[what];
    }
}

const NativeRow error_call_site_rows[] = {
    FN_MAGIC("getFileName", 0, call_site_get, SITE_FILE),
    FN_MAGIC("getScriptNameOrSourceURL", 0, call_site_get, SITE_FILE),
    FN_MAGIC("getLineNumber", 0, call_site_get, SITE_LINE),
    FN_MAGIC("getColumnNumber", 0, call_site_get, SITE_COLUMN),
    FN_MAGIC("getFunctionName", 0, call_site_get, SITE_FUNCTION_NAME),
    FN_MAGIC("getFunction", 0, call_site_get, SITE_FUNCTION),
    FN_MAGIC("getThis", 0, call_site_get, SITE_THIS),
    FN_MAGIC("getTypeName", 0, call_site_get, SITE_TYPE),
    FN_MAGIC("getMethodName", 0, call_site_get, SITE_METHOD),
    FN_MAGIC("isNative", 0, call_site_get, SITE_NATIVE),
    FN_MAGIC("isToplevel", 0, call_site_get, SITE_TOP),
    FN_MAGIC("isConstructor", 0, call_site_get, SITE_CONSTRUCT),
    FN_MAGIC("isAsync", 0, call_site_get, SITE_ASYNC),
    FN_MAGIC("isEval", 0, call_site_get, SITE_FALSE),
    FN_MAGIC("isPromiseAll", 0, call_site_get, SITE_FALSE),
    FN_MAGIC("getEvalOrigin", 0, call_site_get, SITE_NULL),
    FN_MAGIC("toString", 0, call_site_get, SITE_TEXT),
    ROWS_END,
};

// Replaces the lazy stack by what the program's Error.prepareStackTrace gives.
static Value prepare_rjs(VM *vm, Value err) {
    Value f = object_own_data(vm, v_object(vm->realm->Error), vm->realm->KeyPrepareStackTrace);
    if (!v_is_callable(f)) return err;
    StackTrace *t = trace_of(vm, err);
    if (!t) return err;
    Array *sites = array_new(vm, t->count);
    for (u32 i = 0; i < t->count; i++) array_push(vm, sites, call_site_new(vm, &t->e[i]));
    Value r = CALL2(vm, f, vm->realm->Error, err, v_from_array(sites));
    if (v_is_exc(r)) return r;
    object_put(vm, v_object(err), A_(vm, stack), r, ATTR_WC);
    return err;
}

// ---- natives

// 20.5.8.1
static bool install_cause_rjs(VM *vm, Value e, Value options) {
    if (!v_is_object(options)) return true;
    int has = object_has_rjs(vm, options, A_(vm, cause));
    if (has <= 0) return has == 0;
    Value cause = get_rjs(vm, options, A_(vm, cause));
    if (v_is_exc(cause)) return false;
    object_put(vm, v_object(e), A_(vm, cause), cause, ATTR_WC);
    return true;
}

static Value error_begin_rjs(VM *vm, Value new_target, u32 intrinsic, Value message, Value above) {
    Value proto = proto_from_ctor_rjs(vm, new_target, intrinsic);
    if (v_is_exc(proto)) return proto;
    Value e = error_alloc(vm, proto, above);
    if (v_is_undefined(message)) return e;
    String *s = to_string_rjs(vm, message);
    if (!s) return V_EXC;
    object_put(vm, v_object(e), A_(vm, message), v_from_string(s), ATTR_WC);
    return e;
}

// 20.5.1.1, 20.5.6.1.1
static Value error_ctor(VM *vm, Value self, int argc, Value *argv) {
    u32 intrinsic = native_magic(vm);
    Value callee = native_callee(vm), nt = native_new_target(vm);
    Value e = error_begin_rjs(vm, v_is_undefined(nt) ? callee : nt, intrinsic, ARG(0), callee);
    if (v_is_exc(e) || !install_cause_rjs(vm, e, ARG(1))) return V_EXC;
    return prepare_rjs(vm, e);
}

static bool collect_error(VM *vm, Value v, void *ctx) {
    array_push(vm, ctx, v);
    return true;
}

// 20.5.7.1.1
static Value aggregate_error_ctor(VM *vm, Value self, int argc, Value *argv) {
    Value callee = native_callee(vm), nt = native_new_target(vm);
    Value e =
        error_begin_rjs(vm, v_is_undefined(nt) ? callee : nt, REALM_AggregateErrorPrototype, ARG(1), callee);
    if (v_is_exc(e) || !install_cause_rjs(vm, e, ARG(2))) return V_EXC;
    Array *list = array_new(vm, 0);
    if (!iterate_rjs(vm, ARG(0), collect_error, list)) return V_EXC;
    object_put(vm, v_object(e), A_(vm, errors), v_from_array(list), ATTR_WC);
    return e;
}

// SuppressedError(error, suppressed, message)
static Value suppressed_error_ctor(VM *vm, Value self, int argc, Value *argv) {
    Value callee = native_callee(vm), nt = native_new_target(vm);
    Value e =
        error_begin_rjs(vm, v_is_undefined(nt) ? callee : nt, REALM_SuppressedErrorPrototype, ARG(2), callee);
    if (v_is_exc(e)) return e;
    object_put(vm, v_object(e), A_(vm, error), ARG(0), ATTR_WC);
    object_put(vm, v_object(e), A_(vm, suppressed), ARG(1), ATTR_WC);
    return e;
}

// V8's Error.captureStackTrace(object, above)
static Value error_capture_stack_trace(VM *vm, Value self, int argc, Value *argv) {
    Value callee = native_callee(vm), obj = ARG(0);
    if (!v_is_object(obj)) return vm_throw(vm, ERR_CAPTURE_NON_OBJECT, obj);
    if (v_object(obj)->cell.flags & OBJ_NON_EXTENSIBLE)
        return vm_throw(vm, ERR_DEFINE_NOT_EXT, A_(vm, stack));
    error_capture_stack(vm, obj, v_is_callable(ARG(1)) ? ARG(1) : callee);
    return v_is_exc(prepare_rjs(vm, obj)) ? V_EXC : V_UNDEFINED;
}

static Value error_is_error(VM *vm, Value self, int argc, Value *argv) {
    return v_from_bool(v_is_kind(ARG(0), CELL_ERROR));
}

// 20.5.3.4
static Value error_proto_to_string(VM *vm, Value self, int argc, Value *argv) {
    if (!v_is_object(self)) return vm_throw(vm, ERR_INCOMPATIBLE, "Error.prototype.toString", self);
    Value name = get_rjs(vm, self, A_(vm, name));
    if (v_is_exc(name)) return name;
    String *n = v_is_undefined(name) ? v_string(A_(vm, Error)) : to_string_rjs(vm, name);
    if (!n) return V_EXC;
    Value msg = get_rjs(vm, self, A_(vm, message));
    if (v_is_exc(msg)) return msg;
    String *m = v_is_undefined(msg) ? v_string(A_(vm, empty)) : to_string_rjs(vm, msg);
    if (!m) return V_EXC;
    if (!n->length) return v_from_string(m);
    if (!m->length) return v_from_string(n);
    StrBuf b = {0};
    sb_str(vm, &b, n);
    sb_ascii(&b, ": ");
    sb_str(vm, &b, m);
    return sb_finish(vm, &b);
}

const NativeRow error_rows[] = {
    {.name = "Error",
     .fn = error_ctor,
     .kind = ROW_CTOR,
     .length = 1,
     .attrs = ATTR_WC,
     .magic = REALM_ErrorPrototype},
    FN("captureStackTrace", 2, error_capture_stack_trace),
    FN("isError", 1, error_is_error),
    VALUE_NUM("stackTraceLimit", 10, ATTR_WEC),
    ROWS_END,
};
const NativeRow error_proto_rows[] = {
    VALUE_STR("name", "Error", ATTR_WC),
    VALUE_STR("message", "", ATTR_WC),
    FN("toString", 0, error_proto_to_string),
    ROWS_END,
};

#define NATIVE_ERROR(id, Name, ctor, len) \
    const NativeRow id##_rows[] = {{.name = #Name, \
                                    .fn = ctor, \
                                    .kind = ROW_CTOR, \
                                    .length = len, \
                                    .attrs = ATTR_WC, \
                                    .magic = REALM_##Name##Prototype}, \
                                   ROWS_END}; \
    const NativeRow id##_proto_rows[] = {VALUE_STR("name", #Name, ATTR_WC), \
                                         VALUE_STR("message", "", ATTR_WC), ROWS_END};
NATIVE_ERROR(type_error, TypeError, error_ctor, 1)
NATIVE_ERROR(range_error, RangeError, error_ctor, 1)
NATIVE_ERROR(reference_error, ReferenceError, error_ctor, 1)
NATIVE_ERROR(syntax_error, SyntaxError, error_ctor, 1)
NATIVE_ERROR(eval_error, EvalError, error_ctor, 1)
NATIVE_ERROR(uri_error, URIError, error_ctor, 1)
NATIVE_ERROR(aggregate_error, AggregateError, aggregate_error_ctor, 2)
NATIVE_ERROR(suppressed_error, SuppressedError, suppressed_error_ctor, 3)

void builtin_error_install(VM *vm) {
    Realm *r = vm->realm;
    r->KeyStackTraceLimit = key_c(vm, "stackTraceLimit");
    r->KeyPrepareStackTrace = key_c(vm, "prepareStackTrace");
    Symbol *site = symbol_new(vm, v_str(vm, "#site"));
    site->cell.flags |= SYM_PRIVATE;
    r->KeyCallSite = v_from_ptr(TAG_SYMBOL, site);
    r->CallSitePrototype = v_obj(object_new(vm));
    builtin_install(vm, r->CallSitePrototype, TABLE_error_call_site_rows);
    r->ErrorPrototype = v_obj(object_new(vm));
    r->Error =
        builtin_class(vm, TABLE_error_rows, TABLE_error_proto_rows, r->ErrorPrototype, r->FunctionPrototype);
#define INSTALL(name, Name) \
    r->Name##Prototype = v_obj(object_new_proto(vm, r->ErrorPrototype)); \
    r->Name = builtin_class(vm, TABLE_##name##_rows, TABLE_##name##_proto_rows, r->Name##Prototype, r->Error);
    INSTALL(type_error, TypeError)
    INSTALL(range_error, RangeError)
    INSTALL(reference_error, ReferenceError)
    INSTALL(syntax_error, SyntaxError)
    INSTALL(eval_error, EvalError)
    INSTALL(uri_error, URIError)
    INSTALL(aggregate_error, AggregateError)
    INSTALL(suppressed_error, SuppressedError)
#undef INSTALL
}
