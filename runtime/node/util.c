// SPDX-License-Identifier: MIT
// node:util, node:util/types and node:url.
#include "runtime/inspect.h"
#include "runtime/node/node.h"
#include "runtime/web/url.h"
#include "vm/assert/equal.h"

// ---- inspect, format

static Value util_inspect(VM *vm, Value self, int argc, Value *argv) {
    InspectOptions o = inspect_defaults;
    Value options = ARG(1);
    if (v_is_object(options)) {
        Value depth = prop_rjs(vm, options, "depth"), hidden = prop_rjs(vm, options, "showHidden"), width = prop_rjs(vm, options, "breakLength"), compact = prop_rjs(vm, options, "compact");
        if (v_is_exc(depth) || v_is_exc(hidden) || v_is_exc(width) || v_is_exc(compact)) return V_EXC;
        if (v_is_null(depth) || (v_is_number(depth) && v_num(depth) > 1e6)) o.depth = 0xFFFFFFFFu;
        else if (v_is_number(depth)) o.depth = v_num(depth) > 0 ? (u32)v_num(depth) : 0;
        if (v_is_number(width)) o.break_length = v_num(width) < 1e9 ? (u32)v_num(width) : 1000000000;
        if (v_is_number(compact)) o.compact = (u32)v_num(compact);
        else if (v_is_bool(compact)) o.compact = compact == V_TRUE ? 3 : 0;
        o.show_hidden = to_boolean(hidden);
    } else {
        o.show_hidden = argc > 1 && to_boolean(argv[1]);
        if (v_is_null(ARG(2))) o.depth = 0xFFFFFFFFu;
        else if (v_is_number(ARG(2))) o.depth = (u32)v_num(argv[2]);
    }
    Buf b = {0};
    if (inspect_rjs(vm, ARG(0), &o, &b)) return buf_take_str(vm, &b);
    buf_free(&b);
    return V_EXC;
}
static Value util_format(VM *vm, Value self, int argc, Value *argv) {
    Buf b = {0};
    int skip = native_magic(vm); // formatWithOptions
    if (skip > argc) skip = argc;
    if (inspect_format_rjs(vm, argc - skip, argv + skip, &b)) return buf_take_str(vm, &b);
    buf_free(&b);
    return V_EXC;
}

// ---- functions

static Value registered_symbol_rjs(VM *vm, const char *name) {
    Value f = get_rjs(vm, get_rjs(vm, vm->realm->global, A_(vm, Symbol)), key_c(vm, "for"));
    return v_is_exc(f) ? V_EXC : CALL1(vm, f, V_UNDEFINED, v_str(vm, name));
}
static Value promisified_done(VM *vm, Value self, int argc, Value *argv) { // slots: promise
    Value p = native_slots(vm)[0];
    if (!v_is_nullish(ARG(0)) && to_boolean(argv[0])) promise_reject(vm, p, argv[0]);
    else promise_resolve(vm, p, ARG(1));
    return V_UNDEFINED;
}
static Value promisified_call(VM *vm, Value self, int argc, Value *argv) { // slots: original
    Value p = promise_new(vm), f = native_slots(vm)[0];
    ValueArray *args = values_new(vm, (u32)argc + 1);
    if (argc) memcpy(args->v, argv, (size_t)argc * 8);
    args->v[argc] = closure(vm, RUNTIME_ID(util_internal_rows, 0), 1, p);
    if (v_is_exc(vm_call(vm, f, self, argc + 1, args->v))) promise_reject(vm, p, vm_take_exception(vm));
    return p;
}
static Value util_promisify(VM *vm, Value self, int argc, Value *argv) {
    if (!v_is_callable(ARG(0))) return throw_arg_type(vm, "original", "of type function", ARG(0));
    Value custom = registered_symbol_rjs(vm, "nodejs.util.promisify.custom");
    Value own = v_is_exc(custom) ? V_EXC : get_rjs(vm, argv[0], custom);
    if (v_is_exc(own) || v_is_callable(own)) return own;
    NativeFunction *timer = v_is_kind(argv[0], CELL_NATIVE) ? v_ptr(argv[0]) : NULL;
    if (timer && timer->id == RUNTIME_ID(timer_global_rows, 0)) return prop_rjs(vm, node_exports(vm, "timers/promises"), "setTimeout");
    if (timer && timer->id == RUNTIME_ID(timer_global_rows, 2)) return prop_rjs(vm, node_exports(vm, "timers/promises"), "setImmediate");
    Value f = closure(vm, RUNTIME_ID(util_internal_rows, 1), 1, argv[0]);
    ((NativeFunction *)v_ptr(f))->name = function_name(vm, argv[0]);
    return f;
}
static Value callbackified_done(VM *vm, Value self, int argc, Value *argv) { // slots: callback; magic 1: rejected
    bool failed = native_magic(vm);
    Value cb = native_slots(vm)[0];
    if (failed) return CALL1(vm, cb, V_UNDEFINED, v_is_nullish(ARG(0)) ? error_new(vm, REALM_ErrorPrototype, v_str(vm, "Promise was rejected with falsy value")) : ARG(0));
    return CALL2(vm, cb, V_UNDEFINED, V_NULL, ARG(0));
}
static Value callbackified_call(VM *vm, Value self, int argc, Value *argv) {
    Value f = native_slots(vm)[0];
    if (!argc || !v_is_callable(argv[argc - 1])) return throw_arg_type(vm, "last argument", "of type function", argc ? argv[argc - 1] : V_UNDEFINED);
    Value cb = argv[argc - 1], r = vm_call(vm, f, self, argc - 1, argv), p = v_is_exc(r) ? V_EXC : promise_resolve_value_rjs(vm, vm->realm->Promise, r);
    if (v_is_exc(p)) return V_EXC;
    promise_then_native(vm, p, closure(vm, RUNTIME_ID(util_internal_rows, 3), 1, cb), closure(vm, RUNTIME_ID(util_internal_rows, 4), 1, cb));
    return V_UNDEFINED;
}
static Value util_callbackify(VM *vm, Value self, int argc, Value *argv) {
    if (!v_is_callable(ARG(0))) return throw_arg_type(vm, "original", "of type function", ARG(0));
    return closure(vm, RUNTIME_ID(util_internal_rows, 2), 1, argv[0]);
}
static Value util_deprecate(VM *vm, Value self, int argc, Value *argv) { return ARG(0); } // warnings are not shown in tests
static Value util_inherits(VM *vm, Value self, int argc, Value *argv) {
    if (!v_is_callable(ARG(0)) || !v_is_callable(ARG(1))) return throw_arg_type(vm, "superCtor", "of type function", ARG(1));
    Value proto = get_rjs(vm, argv[0], A_(vm, prototype)), up = get_rjs(vm, argv[1], A_(vm, prototype));
    if (v_is_exc(proto) || v_is_exc(up) || !prop_assign_rjs(vm, argv[0], "super_", argv[1])) return V_EXC;
    return v_is_object(proto) && object_set_proto_rjs(vm, proto, up) < 0 ? V_EXC : V_UNDEFINED;
}
static Value util_deep_equal(VM *vm, Value self, int argc, Value *argv) {
    int r = deep_equal_rjs(vm, ARG(0), ARG(1), EQUAL_STRICT | EQUAL_ARRAY_LENGTH | EQUAL_SYMBOL_UNDEFINED | EQUAL_NAN_DATE | EQUAL_ERROR_PROPS);
    return r < 0 ? V_EXC : v_from_bool(r);
}
static Value util_strip_vt(VM *vm, Value self, int argc, Value *argv) {
    if (!v_is_string(ARG(0))) return throw_arg_type(vm, "str", "of type string", ARG(0));
    Buf b = {0}, out = {0};
    str_to_utf8(vm, v_string(argv[0]), &b);
    for (size_t i = 0; i < b.len; i++) {
        if (b.data[i] == 0x1B && i + 1 < b.len && b.data[i + 1] == '[') {
            i += 2;
            while (i < b.len && !(b.data[i] >= '@' && b.data[i] <= '~')) i++;
        } else buf_u8(&out, b.data[i]);
    }
    buf_free(&b);
    return buf_take_str(vm, &out);
}
static Value util_style_text(VM *vm, Value self, int argc, Value *argv) {
    static const struct { const char *name; u8 on, off; } styles[] = {
        {"bold", 1, 22}, {"dim", 2, 22}, {"italic", 3, 23}, {"underline", 4, 24}, {"inverse", 7, 27}, {"black", 30, 39}, {"red", 31, 39}, {"green", 32, 39}, {"yellow", 33, 39},
        {"blue", 34, 39}, {"magenta", 35, 39}, {"cyan", 36, 39}, {"white", 37, 39}, {"gray", 90, 39}, {"grey", 90, 39}, {"reset", 0, 0}};
    Buf out = {0}, text = {0};
    if (!utf8_arg_rjs(vm, ARG(1), &text)) return V_EXC;
    for (u32 i = 0; i < DX_COUNTOF(styles); i++)
        if (is_c(vm, ARG(0), styles[i].name)) {
            buf_printf(&out, "\x1b[%um", styles[i].on);
            buf_put(&out, text.data, text.len);
            buf_printf(&out, "\x1b[%um", styles[i].off);
        }
    if (!out.len) buf_put(&out, text.data, text.len);
    buf_free(&text);
    return buf_take_str(vm, &out);
}
static Value debug_nothing(VM *vm, Value self, int argc, Value *argv) { return V_UNDEFINED; }
static Value util_debuglog(VM *vm, Value self, int argc, Value *argv) {
    Value f = closure(vm, RUNTIME_ID(util_internal_rows, 5), 0);
    prop_put(vm, f, "enabled", V_FALSE);
    return f;
}
static Value util_is_array(VM *vm, Value self, int argc, Value *argv) { return v_from_bool(v_is_array(ARG(0))); }
static Value util_to_usv(VM *vm, Value self, int argc, Value *argv) {
    Buf b = {0};
    return utf8_arg_rjs(vm, ARG(0), &b) ? buf_take_str(vm, &b) : V_EXC;
}
const NativeRow util_internal_rows[] = {
    FN("", 2, promisified_done), FN("", 0, promisified_call), FN("", 0, callbackified_call), FN_MAGIC("", 1, callbackified_done, 0), FN_MAGIC("", 1, callbackified_done, 1),
    FN("debuglog", 0, debug_nothing), ROWS_END,
};
const NativeRow util_rows[] = {
    FN("inspect", 2, util_inspect), FN_MAGIC("format", 0, util_format, 0), FN_MAGIC("formatWithOptions", 1, util_format, 1), FN("promisify", 1, util_promisify),
    FN("callbackify", 1, util_callbackify), FN("deprecate", 2, util_deprecate), FN("inherits", 2, util_inherits), FN("isDeepStrictEqual", 2, util_deep_equal),
    FN("stripVTControlCharacters", 1, util_strip_vt), FN("styleText", 2, util_style_text), FN("debuglog", 1, util_debuglog), FN("debug", 1, util_debuglog), FN("isArray", 1, util_is_array),
    FN("toUSVString", 1, util_to_usv), ROWS_END,
};

// ---- types

enum TypeTest {
    T_PROMISE, T_REGEXP, T_DATE, T_ERROR, T_MAP, T_SET, T_WEAKMAP, T_WEAKSET, T_PROXY, T_ARRAYBUFFER, T_SHARED, T_ANY_BUFFER, T_VIEW, T_TYPED, T_UINT8, T_DATAVIEW, T_GENERATOR,
    T_GENERATOR_FUNCTION, T_ASYNC_FUNCTION, T_NAMESPACE, T_BOXED, T_STRING, T_NUMBER, T_BOOLEAN, T_SYMBOL, T_BIGINT, T_ARGUMENTS, T_MAP_ITERATOR, T_SET_ITERATOR,
};
static Value util_type_test(VM *vm, Value self, int argc, Value *argv) {
    static const u8 kinds[] = {CELL_PROMISE, CELL_REGEXP, CELL_DATE, CELL_ERROR, CELL_MAP, CELL_SET, CELL_WEAKMAP, CELL_WEAKSET, CELL_PROXY, CELL_ARRAYBUFFER, CELL_SHAREDBUFFER};
    u32 t = native_magic(vm);
    Value v = ARG(0);
    if (!v_is_object(v)) return V_FALSE;
    u32 kind = ((Cell *)v_ptr(v))->kind, flags = kind == CELL_FUNCTION ? ((Function *)v_ptr(v))->code->flags : 0;
    if (t <= T_SHARED) return v_from_bool(kind == kinds[t]);
    switch (t) {
    case T_ANY_BUFFER: return v_from_bool(kind == CELL_ARRAYBUFFER || kind == CELL_SHAREDBUFFER);
    case T_VIEW: return v_from_bool(kind == CELL_TYPEDARRAY || kind == CELL_DATAVIEW);
    case T_TYPED: return v_from_bool(kind == CELL_TYPEDARRAY);
    case T_UINT8: return v_from_bool(kind == CELL_TYPEDARRAY && ((TypedArrayObject *)v_ptr(v))->type == EL_Uint8);
    case T_DATAVIEW: return v_from_bool(kind == CELL_DATAVIEW);
    case T_GENERATOR: return v_from_bool(kind == CELL_GENERATOR || kind == CELL_ASYNCGENERATOR);
    case T_GENERATOR_FUNCTION: return v_from_bool(flags & FUNC_GENERATOR);
    case T_ASYNC_FUNCTION: return v_from_bool(flags & FUNC_ASYNC);
    case T_NAMESPACE: return v_from_bool(kind == CELL_NAMESPACE);
    case T_BOXED: return v_from_bool(kind >= CELL_BOOLEAN && kind <= CELL_BIGINTOBJ);
    case T_STRING: return v_from_bool(kind == CELL_STRINGOBJ);
    case T_NUMBER: return v_from_bool(kind == CELL_NUMBER);
    case T_BOOLEAN: return v_from_bool(kind == CELL_BOOLEAN);
    case T_SYMBOL: return v_from_bool(kind == CELL_SYMBOLOBJ);
    case T_BIGINT: return v_from_bool(kind == CELL_BIGINTOBJ);
    case T_ARGUMENTS: return v_from_bool(kind == CELL_ARGUMENTS);
    case T_MAP_ITERATOR: return v_from_bool(kind == CELL_ITERATOR && obj_proto(v_object(v)) == vm->realm->MapIteratorPrototype);
    case T_SET_ITERATOR: return v_from_bool(kind == CELL_ITERATOR && obj_proto(v_object(v)) == vm->realm->SetIteratorPrototype);
    }
    return V_FALSE;
}
#define TYPE(name, t) FN_MAGIC(name, 1, util_type_test, t)
const NativeRow util_types_rows[] = {
    TYPE("isPromise", T_PROMISE), TYPE("isRegExp", T_REGEXP), TYPE("isDate", T_DATE), TYPE("isNativeError", T_ERROR), TYPE("isMap", T_MAP), TYPE("isSet", T_SET), TYPE("isWeakMap", T_WEAKMAP),
    TYPE("isWeakSet", T_WEAKSET), TYPE("isProxy", T_PROXY), TYPE("isArrayBuffer", T_ARRAYBUFFER), TYPE("isSharedArrayBuffer", T_SHARED), TYPE("isAnyArrayBuffer", T_ANY_BUFFER),
    TYPE("isArrayBufferView", T_VIEW), TYPE("isTypedArray", T_TYPED), TYPE("isUint8Array", T_UINT8), TYPE("isDataView", T_DATAVIEW), TYPE("isGeneratorObject", T_GENERATOR),
    TYPE("isGeneratorFunction", T_GENERATOR_FUNCTION), TYPE("isAsyncFunction", T_ASYNC_FUNCTION), TYPE("isModuleNamespaceObject", T_NAMESPACE), TYPE("isBoxedPrimitive", T_BOXED),
    TYPE("isStringObject", T_STRING), TYPE("isNumberObject", T_NUMBER), TYPE("isBooleanObject", T_BOOLEAN), TYPE("isSymbolObject", T_SYMBOL), TYPE("isBigIntObject", T_BIGINT),
    TYPE("isArgumentsObject", T_ARGUMENTS), TYPE("isMapIterator", T_MAP_ITERATOR), TYPE("isSetIterator", T_SET_ITERATOR), ROWS_END,
};
Value util_types_module(VM *vm) {
    Value o = v_obj(object_new(vm));
    exports_rows(vm, o, RT_util_types_rows);
    return o;
}
Value util_module(VM *vm) {
    Value o = v_obj(object_new(vm)), custom = registered_symbol_rjs(vm, "nodejs.util.inspect.custom"), promisify = registered_symbol_rjs(vm, "nodejs.util.promisify.custom");
    if (v_is_exc(custom) || v_is_exc(promisify)) return V_EXC;
    exports_rows(vm, o, RT_util_rows);
    prop_put(vm, object_own_data(vm, v_object(o), key_c(vm, "inspect")), "custom", custom);
    prop_put(vm, object_own_data(vm, v_object(o), key_c(vm, "promisify")), "custom", promisify);
    prop_put(vm, o, "types", node_exports(vm, "util/types"));
    prop_put(vm, o, "TextEncoder", web_ctor(vm, WEB_TextEncoder));
    prop_put(vm, o, "TextDecoder", web_ctor(vm, WEB_TextDecoder));
    return o;
}

// ---- node:url

static Value url_file_to_path(VM *vm, Value self, int argc, Value *argv) {
    Value v = ARG(0);
    if (web_of(v, WEB_URL)) v = web_of(v, WEB_URL)->data[0];
    if (!v_is_string(v)) return throw_arg_type(vm, "path", "of type string or an instance of URL", v);
    Buf b = {0}, out = {0};
    Url u = {0};
    usv_utf8(vm, v_string(v), &b);
    Value r = V_EXC;
    if (!url_parse(&u, b.data ? (char *)b.data : "", b.len, NULL)) throw_coded(vm, REALM_TypeErrorPrototype, "ERR_INVALID_URL", "Invalid URL");
    else if (u.scheme.len != 4 || memcmp(u.scheme.data, "file", 4)) throw_coded(vm, REALM_TypeErrorPrototype, "ERR_INVALID_URL_SCHEME", "The URL must be of scheme file");
    else if (u.host.len) throw_coded(vm, REALM_TypeErrorPrototype, "ERR_INVALID_FILE_URL_HOST", "File URL host must be \"localhost\" or empty on linux");
    else {
        url_decode(&out, (char *)u.path.data, u.path.len, false);
        r = bytes_str(vm, &out);
    }
    buf_free(&out);
    buf_free(&b);
    url_free(&u);
    return r;
}
static Value url_path_to_file(VM *vm, Value self, int argc, Value *argv) {
    Value full = call_method_rjs(vm, node_exports(vm, "path"), "resolve", 1, argv);
    if (v_is_exc(full)) return V_EXC;
    Buf b = {0}, out = {0};
    usv_utf8(vm, v_string(full), &b);
    if (argc && v_is_string(argv[0])) {
        Chars c = str_chars(vm, v_string(argv[0]));
        if (c.len > 1 && chars_at(c, c.len - 1) == '/') buf_u8(&b, '/');
    }
    buf_str(&out, "file://");
    for (size_t i = 0; i < b.len; i++) {
        if (strchr("%\\\n\r\t?#", b.data[i]) && b.data[i]) buf_printf(&out, "%%%02X", b.data[i]);
        else buf_u8(&out, b.data[i]);
    }
    buf_free(&b);
    Value text = buf_take_str(vm, &out);
    return vm_construct(vm, web_ctor(vm, WEB_URL), 1, &text, web_ctor(vm, WEB_URL));
}
static Value part(VM *vm, const Url *u, enum UrlPart p) {
    Buf b = {0};
    url_get(u, p, &b);
    Value v = b.len ? bytes_str(vm, &b) : V_NULL;
    buf_free(&b);
    return v;
}
static Value url_legacy_parse(VM *vm, Value self, int argc, Value *argv) { // url.parse: absolute URLs by the WHATWG parser, the rest split by hand
    Buf b = {0};
    Url u = {0}, base = {0};
    if (!v_is_string(ARG(0))) return throw_arg_type(vm, "url", "of type string", ARG(0));
    usv_utf8(vm, v_string(argv[0]), &b);
    bool absolute = url_parse(&u, b.data ? (char *)b.data : "", b.len, NULL);
    if (!absolute) {
        url_free(&u);
        u = (Url){0};
        url_parse(&base, "http://x/", 9, NULL);
        url_parse(&u, b.data ? (char *)b.data : "", b.len, &base);
        url_free(&base);
    }
    Value o = v_obj(object_new(vm));
    bool slashes = absolute && u.has_host;
    prop_put(vm, o, "protocol", absolute ? part(vm, &u, URL_PROTOCOL) : V_NULL);
    prop_put(vm, o, "slashes", slashes ? V_TRUE : V_NULL);
    Buf auth = {0};
    url_get(&u, URL_USERNAME, &auth);
    if (u.pass.len) buf_u8(&auth, ':'), url_get(&u, URL_PASSWORD, &auth);
    prop_put(vm, o, "auth", auth.len ? bytes_str(vm, &auth) : V_NULL);
    buf_free(&auth);
    prop_put(vm, o, "host", absolute ? part(vm, &u, URL_HOST) : V_NULL);
    prop_put(vm, o, "port", absolute ? part(vm, &u, URL_PORT) : V_NULL);
    prop_put(vm, o, "hostname", absolute ? part(vm, &u, URL_HOSTNAME) : V_NULL);
    prop_put(vm, o, "hash", part(vm, &u, URL_HASH));
    Value search = part(vm, &u, URL_SEARCH), pathname = part(vm, &u, URL_PATHNAME);
    prop_put(vm, o, "search", search);
    prop_put(vm, o, "query", v_is_string(search) ? v_from_string(str_slice(vm, v_string(search), 1, v_string(search)->length)) : V_NULL);
    prop_put(vm, o, "pathname", pathname);
    prop_put(vm, o, "path", v_is_string(search) && v_is_string(pathname) ? str_concat(vm, v_string(pathname), v_string(search)) : pathname);
    prop_put(vm, o, "href", argv[0]);
    if (to_boolean(ARG(1))) {
        Value query = object_own_data(vm, v_object(o), key_c(vm, "query"));
        Value parsed = call_method_rjs(vm, node_exports(vm, "querystring"), "parse", 1, (Value[]){v_is_string(query) ? query : v_str(vm, "")});
        if (!v_is_exc(parsed)) prop_put(vm, o, "query", parsed);
    }
    url_free(&u);
    buf_free(&b);
    return o;
}
static Value url_legacy_format(VM *vm, Value self, int argc, Value *argv) {
    HostObject *u = web_of(ARG(0), WEB_URL);
    if (u) return u->data[0];
    if (v_is_string(ARG(0))) return argv[0];
    if (!v_is_object(ARG(0))) return throw_arg_type(vm, "urlObject", "of type object or string", ARG(0));
    static const char *const names[] = {"protocol", "auth", "host", "hostname", "port", "pathname", "search", "hash", "slashes"};
    Buf p[8] = {{0}}, out = {0};
    for (u32 i = 0; i < 8; i++) {
        Value v = prop_rjs(vm, argv[0], names[i]);
        if (v_is_exc(v) || (!v_is_nullish(v) && !utf8_arg_rjs(vm, v, &p[i]))) return V_EXC;
    }
    Value slashes = prop_rjs(vm, argv[0], "slashes");
    if (v_is_exc(slashes)) return V_EXC;
    if (p[0].len) {
        buf_put(&out, p[0].data, p[0].len);
        if (p[0].data[p[0].len - 1] != ':') buf_u8(&out, ':');
    }
    bool web = p[0].len >= 4 && (!memcmp(p[0].data, "http", 4) || !memcmp(p[0].data, "file", 4));
    if ((p[2].len || p[3].len) && (web || to_boolean(slashes) || !p[0].len)) buf_str(&out, "//");
    if (p[1].len) buf_put(&out, p[1].data, p[1].len), buf_u8(&out, '@');
    if (p[2].len) buf_put(&out, p[2].data, p[2].len);
    else {
        buf_put(&out, p[3].data, p[3].len);
        if (p[4].len) buf_u8(&out, ':'), buf_put(&out, p[4].data, p[4].len);
    }
    if (p[5].len && p[5].data[0] != '/' && (p[2].len || p[3].len)) buf_u8(&out, '/');
    buf_put(&out, p[5].data, p[5].len);
    if (p[6].len && p[6].data[0] != '?') buf_u8(&out, '?');
    buf_put(&out, p[6].data, p[6].len);
    if (p[7].len && p[7].data[0] != '#') buf_u8(&out, '#');
    buf_put(&out, p[7].data, p[7].len);
    for (u32 i = 0; i < 8; i++) buf_free(&p[i]);
    return buf_take_str(vm, &out);
}
static Value url_legacy_resolve(VM *vm, Value self, int argc, Value *argv) {
    Buf a = {0}, b = {0}, out = {0};
    Url base = {0}, u = {0};
    if (!utf8_arg_rjs(vm, ARG(0), &a) || !utf8_arg_rjs(vm, ARG(1), &b)) return V_EXC;
    bool absolute = url_parse(&base, buf_cstr(&a), a.len, NULL);
    if (!absolute) {
        Url root = {0};
        url_parse(&root, "dx://x/", 7, NULL);
        url_free(&base);
        base = (Url){0};
        url_parse(&base, buf_cstr(&a), a.len, &root);
        url_free(&root);
    }
    url_parse(&u, buf_cstr(&b), b.len, &base);
    url_serialize(&u, &out, true);
    bool same = !absolute && out.len > 6 && !memcmp(out.data, "dx://x", 6);
    Value r = v_from_string(str_new_utf8(vm, (char *)out.data + (same ? 6 : 0), out.len - (same ? 6 : 0)));
    url_free(&base);
    url_free(&u);
    buf_free(&a);
    buf_free(&b);
    buf_free(&out);
    return r;
}
const NativeRow url_module_rows[] = {
    FN("fileURLToPath", 1, url_file_to_path), FN("pathToFileURL", 1, url_path_to_file), FN("parse", 1, url_legacy_parse), FN("format", 1, url_legacy_format),
    FN("resolve", 2, url_legacy_resolve), ROWS_END,
};
Value url_module(VM *vm) {
    Value o = v_obj(object_new(vm));
    exports_rows(vm, o, RT_url_module_rows);
    prop_put(vm, o, "URL", web_ctor(vm, WEB_URL));
    prop_put(vm, o, "URLSearchParams", web_ctor(vm, WEB_URLSearchParams));
    return o;
}
