// SPDX-License-Identifier: MIT
// Small modules: os, tty, module, async_hooks, querystring, string_decoder.
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "runtime/node/node.h"
#include "runtime/web/url.h"
#include "vm/cells.h"
#include "vm/exec/module.h"
#include "vm/host.h"

// ---- os, tty

enum { OS_HOSTNAME, OS_HOME, OS_TMP, OS_TYPE, OS_RELEASE, OS_ARCH, OS_PLATFORM, OS_ENDIAN, OS_CPUS, OS_MEMORY, OS_UPTIME, OS_USER, OS_LOAD, OS_NET, OS_PARALLEL };
static Value os_get(VM *vm, Value self, int argc, Value *argv) {
    char text[256] = "localhost";
    Value o = v_obj(object_new(vm));
    const char *env;
    u32 what = native_magic(vm);
    vm_mark_impure(vm, IMPURE_ENV);
    switch (what) {
    case OS_HOSTNAME: gethostname(text, sizeof text - 1); return v_str(vm, text);
    case OS_HOME: return v_str(vm, (env = getenv("HOME")) ? env : "/root");
    case OS_TMP: return v_str(vm, (env = getenv("TMPDIR")) && *env ? env : "/tmp");
    case OS_TYPE: return v_str(vm, "Linux");
    case OS_RELEASE: return v_str(vm, "6.0.0");
    case OS_ARCH: return v_str(vm, "x64");
    case OS_PLATFORM: return v_str(vm, "linux");
    case OS_ENDIAN: return v_str(vm, "LE");
    case OS_MEMORY: return v_from_num((f64)sysconf(_SC_PHYS_PAGES) * (f64)sysconf(_SC_PAGESIZE));
    case OS_PARALLEL: return v_from_int((i32)sysconf(_SC_NPROCESSORS_ONLN));
    case OS_UPTIME: return v_from_num((f64)(runtime_now_ns() / 1000000000));
    case OS_LOAD: return array_create_from_list(vm, (Value[]){v_from_int(0), v_from_int(0), v_from_int(0)}, 3);
    case OS_NET: return o;
    case OS_USER:
        prop_put(vm, o, "username", v_str(vm, (env = getenv("USER")) ? env : "root"));
        prop_put(vm, o, "uid", v_from_int((i32)getuid()));
        prop_put(vm, o, "homedir", v_str(vm, (env = getenv("HOME")) ? env : "/root"));
        return o;
    default: break;
    }
    Array *a = array_new(vm, 4);
    for (long i = 0; i < sysconf(_SC_NPROCESSORS_ONLN); i++) {
        Value cpu = v_obj(object_new(vm));
        prop_put(vm, cpu, "model", v_str(vm, "cpu"));
        prop_put(vm, cpu, "speed", v_from_int(0));
        array_push(vm, a, cpu);
    }
    return v_from_array(a);
}
const NativeRow os_rows[] = {
    FN_MAGIC("hostname", 0, os_get, OS_HOSTNAME), FN_MAGIC("homedir", 0, os_get, OS_HOME), FN_MAGIC("tmpdir", 0, os_get, OS_TMP), FN_MAGIC("type", 0, os_get, OS_TYPE),
    FN_MAGIC("release", 0, os_get, OS_RELEASE), FN_MAGIC("arch", 0, os_get, OS_ARCH), FN_MAGIC("platform", 0, os_get, OS_PLATFORM), FN_MAGIC("endianness", 0, os_get, OS_ENDIAN),
    FN_MAGIC("cpus", 0, os_get, OS_CPUS), FN_MAGIC("totalmem", 0, os_get, OS_MEMORY), FN_MAGIC("freemem", 0, os_get, OS_MEMORY), FN_MAGIC("uptime", 0, os_get, OS_UPTIME),
    FN_MAGIC("userInfo", 0, os_get, OS_USER), FN_MAGIC("loadavg", 0, os_get, OS_LOAD), FN_MAGIC("networkInterfaces", 0, os_get, OS_NET),
    FN_MAGIC("availableParallelism", 0, os_get, OS_PARALLEL), ROWS_END,
};
Value os_module(VM *vm) {
    Value o = v_obj(object_new(vm));
    exports_rows(vm, o, RT_os_rows);
    prop_put(vm, o, "EOL", v_str(vm, "\n"));
    prop_put(vm, o, "devNull", v_str(vm, "/dev/null"));
    prop_put(vm, o, "constants", v_obj(object_new(vm)));
    return o;
}
static Value tty_is(VM *vm, Value self, int argc, Value *argv) { return V_FALSE; } // tests are not run on a terminal
const NativeRow tty_rows[] = {FN("isatty", 1, tty_is), ROWS_END};
Value tty_module(VM *vm) {
    Value o = v_obj(object_new(vm));
    exports_rows(vm, o, RT_tty_rows);
    return o;
}

// ---- module

static Value required(VM *vm, Value self, int argc, Value *argv) { // slots: module
    return module_require_rjs(vm, v_ptr(native_slots(vm)[0]), ARG(0));
}
static Value required_resolve(VM *vm, Value self, int argc, Value *argv) {
    if (vm->host && vm->host->resolve_module) return vm->host->resolve_module(vm, v_ptr(native_slots(vm)[0]), ARG(0));
    return throw_coded(vm, REALM_ErrorPrototype, "MODULE_NOT_FOUND", "require.resolve of what the layout does not know is not supported by dx");
}
const NativeRow module_internal_rows[] = {FN("require", 1, required), FN("resolve", 1, required_resolve), ROWS_END};
static Value module_create_require(VM *vm, Value self, int argc, Value *argv) { // resolves as the calling module does
    Module *m = NULL;
    for (Frame *f = vm->frame; f && f >= vm->frames && !m; f--)
        if (f->code) m = f->code->module;
    if (!m) return throw_error(vm, "createRequire outside a module");
    Value mv = v_from_ptr(TAG_INTERNAL, m), f = closure(vm, RUNTIME_ID(module_internal_rows, 0), 1, mv);
    prop_put(vm, f, "resolve", closure(vm, RUNTIME_ID(module_internal_rows, 1), 1, mv));
    prop_put(vm, f, "cache", v_obj(object_new_proto(vm, V_NULL)));
    return f;
}
static Value module_is_builtin(VM *vm, Value self, int argc, Value *argv) {
    Buf b = {0};
    Value exports = V_UNDEFINED;
    if (!utf8_arg_rjs(vm, ARG(0), &b)) return V_EXC;
    bool known = node_module(vm, buf_cstr(&b), &exports);
    buf_free(&b);
    if (v_is_exc(exports)) (void)vm_take_exception(vm);
    return v_from_bool(known);
}
const NativeRow module_module_rows[] = {FN("createRequire", 1, module_create_require), FN("isBuiltin", 1, module_is_builtin), ROWS_END};
Value module_module(VM *vm) {
    Value o = v_obj(object_new(vm));
    exports_rows(vm, o, RT_module_module_rows);
    prop_put(vm, o, "builtinModules", v_from_array(array_new(vm, 0)));
    return o;
}

enum { HOST_ASYNC_HOOK = 50 }; // host_class of AsyncLocalStorage and AsyncResource

// ---- async_hooks: what a storage holds is part of vm->async_context, which promises, jobs and timers carry along

static Value context_with(VM *vm, Value storage, Value store) {
    ValueArray *c = values_new(vm, 3);
    c->v[0] = storage;
    c->v[1] = store;
    c->v[2] = vm->async_context;
    return v_from_ptr(TAG_INTERNAL, c);
}
static Value call_in_context(VM *vm, Value context, Value f, Value self, int argc, const Value *argv) {
    Value outer = vm->async_context;
    vm->async_context = context;
    Value r = vm_call(vm, f, self, argc, argv);
    vm->async_context = outer;
    return r;
}
static Value bound_call(VM *vm, Value self, int argc, Value *argv) { // what bind (f in slot 1) and snapshot (no f) give
    Value *s = native_slots(vm), context = s[0], f = s[1];
    if (f != V_UNDEFINED) return call_in_context(vm, context, f, self, argc, argv);
    return call_in_context(vm, context, ARG(0), V_UNDEFINED, argc > 1 ? argc - 1 : 0, argv + 1);
}
static Value storage_ctor(VM *vm, Value self, int argc, Value *argv) { // AsyncLocalStorage; AsyncResource remembers its context
    Value nt = native_new_target(vm), proto = v_is_object(nt) ? get_rjs(vm, nt, A_(vm, prototype)) : V_UNDEFINED;
    if (v_is_exc(proto)) return V_EXC;
    Shape *root = shape_root(vm, v_is_object(proto) ? proto : vm->realm->ObjectPrototype);
    HostObject *o = (HostObject *)object_alloc(vm, CELL_HOST, sizeof(HostObject), root, 2);
    o->host_class = HOST_ASYNC_HOOK;
    o->data[0] = vm->async_context;
    o->data[1] = o->data[2] = o->data[3] = V_UNDEFINED;
    return v_obj(o);
}
static Value storage_get(VM *vm, Value self, int argc, Value *argv) {
    for (Value c = vm->async_context; v_is_internal(c);) {
        ValueArray *a = v_ptr(c);
        if (a->v[0] == self) return a->v[1];
        c = a->v[2];
    }
    return V_UNDEFINED;
}
static Value storage_enter(VM *vm, Value self, int argc, Value *argv) {
    vm->async_context = context_with(vm, self, ARG(0));
    return V_UNDEFINED;
}
static Value storage_run(VM *vm, Value self, int argc, Value *argv) { // run(store, f, ...args) (0), exit(f, ...args) (1)
    int skip = native_magic(vm) ? 1 : 2;
    Value f = skip == 2 ? ARG(1) : ARG(0), context = context_with(vm, self, skip == 2 ? ARG(0) : V_UNDEFINED);
    return call_in_context(vm, context, f, V_UNDEFINED, argc > skip ? argc - skip : 0, argv + skip);
}
static Value hooks_bind(VM *vm, Value self, int argc, Value *argv) { // bind(f) (0), snapshot() (1)
    Value f = native_magic(vm) ? V_UNDEFINED : ARG(0);
    return closure(vm, RUNTIME_ID(async_hooks_internal_rows, 0), 2, vm->async_context, f);
}
static Value hooks_nothing(VM *vm, Value self, int argc, Value *argv) { return self; }
static Value hooks_id(VM *vm, Value self, int argc, Value *argv) { return v_from_int(1); }
static Value hooks_create(VM *vm, Value self, int argc, Value *argv) {
    Value o = v_obj(object_new(vm));
    builtin_install(vm, o, RT_async_hook_rows);
    return o;
}
static Value resource_run(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = v_is_kind(self, CELL_HOST) ? (HostObject *)v_ptr(self) : NULL;
    Value context = o && o->host_class == HOST_ASYNC_HOOK ? o->data[0] : vm->async_context;
    return call_in_context(vm, context, ARG(0), ARG(1), argc > 2 ? argc - 2 : 0, argv + 2);
}
const NativeRow async_hooks_internal_rows[] = {FN("", 0, bound_call), ROWS_END};
const NativeRow async_hook_rows[] = {FN("enable", 0, hooks_nothing), FN("disable", 0, hooks_nothing), ROWS_END};
const NativeRow storage_proto_rows[] = {
    FN("getStore", 0, storage_get), FN_MAGIC("run", 2, storage_run, 0), FN_MAGIC("exit", 1, storage_run, 1), FN("enterWith", 1, storage_enter), FN("disable", 0, storage_enter), ROWS_END,
};
const NativeRow storage_static_rows[] = {FN_MAGIC("bind", 1, hooks_bind, 0), FN_MAGIC("snapshot", 0, hooks_bind, 1), ROWS_END};
const NativeRow resource_proto_rows[] = {FN("runInAsyncScope", 1, resource_run), FN("emitDestroy", 0, hooks_nothing), FN("asyncId", 0, hooks_id), ROWS_END};
const NativeRow async_hooks_rows[] = {
    CTOR("AsyncLocalStorage", 0, storage_ctor), CTOR("AsyncResource", 1, storage_ctor), FN("createHook", 1, hooks_create), FN("executionAsyncId", 0, hooks_id),
    FN("triggerAsyncId", 0, hooks_id), ROWS_END,
};
static void class_proto(VM *vm, Value exports, const char *name, u32 rows) {
    Value ctor = object_own_data(vm, v_object(exports), key_c(vm, name)), proto = v_obj(object_new(vm));
    func_materialize(vm, v_object(ctor));
    object_put(vm, v_object(ctor), A_(vm, prototype), proto, 0);
    object_put(vm, v_object(proto), A_(vm, constructor), ctor, ATTR_WC);
    builtin_install(vm, proto, rows);
}
Value async_hooks_module(VM *vm) {
    Value o = v_obj(object_new(vm));
    exports_rows(vm, o, RT_async_hooks_rows);
    class_proto(vm, o, "AsyncLocalStorage", RT_storage_proto_rows);
    class_proto(vm, o, "AsyncResource", RT_resource_proto_rows);
    builtin_install(vm, object_own_data(vm, v_object(o), key_c(vm, "AsyncLocalStorage")), RT_storage_static_rows);
    return o;
}

// ---- querystring

static void escape(Buf *out, const char *p, size_t n) {
    for (size_t i = 0; i < n; i++) {
        u8 c = (u8)p[i];
        bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c && c < 0x80 && strchr("-_.!~*'()", c));
        if (plain) buf_u8(out, c);
        else buf_printf(out, "%%%02X", c);
    }
}
static bool put_pair_rjs(VM *vm, Buf *out, Value k, Value v, const char *sep, const char *eq) {
    Buf a = {0}, b = {0};
    bool scalar = v_is_string(v) || v_is_number(v) || v_is_bool(v) || v_is_bigint(v);
    if (!utf8_arg_rjs(vm, k, &a) || (scalar && !utf8_arg_rjs(vm, v, &b))) return false;
    if (out->len) buf_str(out, sep);
    escape(out, a.data ? (char *)a.data : "", a.len);
    buf_str(out, eq);
    escape(out, b.data ? (char *)b.data : "", b.len);
    buf_free(&a);
    buf_free(&b);
    return true;
}
static Value qs_stringify(VM *vm, Value self, int argc, Value *argv) {
    Buf out = {0}, sep = {0}, eq = {0};
    if (!v_is_object(ARG(0))) return v_from_string(v_string(A_(vm, empty)));
    if (v_is_string(ARG(1))) usv_utf8(vm, v_string(argv[1]), &sep);
    else buf_u8(&sep, '&');
    if (v_is_string(ARG(2))) usv_utf8(vm, v_string(argv[2]), &eq);
    else buf_u8(&eq, '=');
    Array *keys = object_own_keys_rjs(vm, argv[0], KEYS_STRINGS | KEYS_ENUMERABLE_ONLY);
    bool ok = keys != NULL;
    for (u32 i = 0; ok && i < keys->length; i++) {
        Value k = obj_elems(&keys->o)->v[i], v = get_rjs(vm, argv[0], key_from_string(vm, v_string(k)));
        if (v_is_exc(v)) ok = false;
        else if (v_is_array(v))
            for (u32 x = 0; ok && x < v_array(v)->length; x++) ok = put_pair_rjs(vm, &out, k, obj_elems(v_object(v))->v[x], buf_cstr(&sep), buf_cstr(&eq));
        else ok = put_pair_rjs(vm, &out, k, v, buf_cstr(&sep), buf_cstr(&eq));
    }
    buf_free(&sep);
    buf_free(&eq);
    Value r = buf_take_str(vm, &out);
    return ok ? r : V_EXC;
}
static Value qs_parse(VM *vm, Value self, int argc, Value *argv) {
    Value o = v_obj(object_new_proto(vm, V_NULL));
    if (!v_is_string(ARG(0))) return o;
    Buf b = {0};
    usv_utf8(vm, v_string(argv[0]), &b);
    const char *p = b.data ? (char *)b.data : "";
    for (size_t i = 0, from = 0; i <= b.len; i++) {
        if (i < b.len && p[i] != '&') continue;
        if (i > from) {
            size_t eq = from;
            while (eq < i && p[eq] != '=') eq++;
            Value half[2];
            for (u32 h = 0; h < 2; h++) {
                Buf d = {0};
                bool bad;
                size_t a = h ? (eq < i ? eq + 1 : i) : from, z = h ? i : eq;
                url_decode(&d, p + a, z - a, true);
                half[h] = text_from_utf8(vm, d.data, d.len, false, &bad);
                buf_free(&d);
            }
            PropKey k = key_from_string(vm, v_string(half[0]));
            int has = has_own_rjs(vm, o, k);
            Value old = has > 0 ? get_rjs(vm, o, k) : V_HOLE;
            if (v_is_array(old)) array_push(vm, v_array(old), half[1]);
            else object_put(vm, v_object(o), k, old == V_HOLE ? half[1] : array_create_from_list(vm, (Value[]){old, half[1]}, 2), ATTR_WEC);
        }
        from = i + 1;
    }
    buf_free(&b);
    return o;
}
static Value qs_escape(VM *vm, Value self, int argc, Value *argv) { // escape (0), unescape (1)
    bool un = native_magic(vm), bad;
    Buf b = {0}, out = {0};
    if (!utf8_arg_rjs(vm, ARG(0), &b)) return V_EXC;
    if (un) url_decode(&out, b.data ? (char *)b.data : "", b.len, false);
    else escape(&out, b.data ? (char *)b.data : "", b.len);
    Value r = text_from_utf8(vm, out.data, out.len, false, &bad);
    buf_free(&b);
    buf_free(&out);
    return r;
}
const NativeRow querystring_rows[] = {
    FN("stringify", 1, qs_stringify), FN("encode", 1, qs_stringify), FN("parse", 1, qs_parse), FN("decode", 1, qs_parse), FN_MAGIC("escape", 1, qs_escape, 0),
    FN_MAGIC("unescape", 1, qs_escape, 1), ROWS_END,
};
Value querystring_module(VM *vm) {
    Value o = v_obj(object_new(vm));
    exports_rows(vm, o, RT_querystring_rows);
    return o;
}

// ---- string_decoder: a TextDecoder kept in `_decoder` for UTF-8, other encodings decode each chunk

static Value decoder_ctor(VM *vm, Value self, int argc, Value *argv) {
    Value nt = native_new_target(vm), proto = v_is_object(nt) ? get_rjs(vm, nt, A_(vm, prototype)) : V_UNDEFINED, encoding = v_is_string(ARG(0)) ? argv[0] : v_str(vm, "utf8");
    if (v_is_exc(proto)) return V_EXC;
    Value o = v_obj(object_new_proto(vm, proto));
    prop_put(vm, o, "encoding", encoding);
    if (is_c(vm, encoding, "utf8") || is_c(vm, encoding, "utf-8"))
        object_put(vm, v_object(o), key_c(vm, "_decoder"), vm_construct(vm, web_ctor(vm, WEB_TextDecoder), 0, NULL, web_ctor(vm, WEB_TextDecoder)), ATTR_WC);
    return o;
}
static Value decoder_write(VM *vm, Value self, int argc, Value *argv) { // write (0), end (1)
    bool end = native_magic(vm);
    Value d = prop_rjs(vm, self, "_decoder"), encoding = prop_rjs(vm, self, "encoding"), options = v_obj(object_new(vm));
    if (v_is_exc(d) || v_is_exc(encoding)) return V_EXC;
    if (v_is_string(ARG(0))) return argv[0];
    if (v_is_undefined(ARG(0)) && !v_is_object(d)) return v_from_string(v_string(A_(vm, empty)));
    prop_put(vm, options, "stream", v_from_bool(!end));
    return v_is_object(d) ? call_method_rjs(vm, d, "decode", 2, (Value[]){ARG(0), options}) : call_method_rjs(vm, argv[0], "toString", 1, &encoding);
}
const NativeRow decoder_proto_rows[] = {FN_MAGIC("write", 1, decoder_write, 0), FN_MAGIC("end", 1, decoder_write, 1), ROWS_END};
const NativeRow string_decoder_rows[] = {CTOR("StringDecoder", 1, decoder_ctor), ROWS_END};
Value string_decoder_module(VM *vm) {
    Value o = v_obj(object_new(vm));
    exports_rows(vm, o, RT_string_decoder_rows);
    class_proto(vm, o, "StringDecoder", RT_decoder_proto_rows);
    return o;
}
