// SPDX-License-Identifier: MIT
// The process object. What it tells of the outside (environment, clock, directory) marks the run impure. process.env is a proxy whose target
// is filled on first use; assignments become strings and reach the C environment, so that TZ takes effect at once.
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "runtime/node/node.h"
#include "vm/builtins/date.h"
#include "vm/host.h"
#include "vm/num/bigint.h"

extern char **environ;
static char *original_tz; // TZ as the process was started with; env_dirty: a file has assigned it
static bool env_dirty, tz_known;

// ---- env

static void env_apply(VM *vm, String *name, String *value) { // NULL deletes
    Buf n = {0}, v = {0};
    const char *key = str_to_cstr(vm, name, &n);
    if (!strcmp(key, "TZ")) {
        if (!tz_known) {
            const char *tz = getenv("TZ");
            original_tz = tz ? strcpy(mem_alloc(strlen(tz) + 1), tz) : NULL;
            tz_known = true;
        }
        env_dirty = true;
        if (value) setenv("TZ", str_to_cstr(vm, value, &v), 1);
        else unsetenv("TZ");
        zone_environment_changed();
    }
    buf_free(&n);
    buf_free(&v);
}
static Value env_set(VM *vm, Value self, int argc, Value *argv) { // handler.set(target, key, value)
    PropKey k;
    if (v_is_symbol(ARG(1))) return throw_type(vm, "Cannot convert a Symbol value to a string");
    String *s = to_string_rjs(vm, ARG(2));
    if (!s || !to_property_key_rjs(vm, ARG(1), &k)) return V_EXC;
    object_put(vm, v_object(argv[0]), k, v_from_string(s), ATTR_WEC);
    env_apply(vm, v_string(argv[1]), s);
    return V_TRUE;
}
static Value env_define(VM *vm, Value self, int argc, Value *argv) {
    PropDesc d;
    if (v_is_exc(to_property_descriptor_rjs(vm, ARG(2), &d))) return V_EXC;
    if (d.value == V_HOLE) return throw_coded(vm, REALM_TypeErrorPrototype, "ERR_INVALID_OBJECT_DEFINE_PROPERTY", "'process.env' does not accept an accessor(getter/setter) descriptor");
    Value args[3] = {ARG(0), ARG(1), d.value};
    return env_set(vm, self, 3, args);
}
static Value env_delete(VM *vm, Value self, int argc, Value *argv) {
    PropKey k;
    if (!to_property_key_rjs(vm, ARG(1), &k) || object_delete_rjs(vm, argv[0], k) < 0) return V_EXC;
    if (v_is_string(argv[1])) env_apply(vm, v_string(argv[1]), NULL);
    return V_TRUE;
}
static Value env_new(VM *vm) {
    Value target = v_obj(object_new(vm)), handler = v_obj(object_new(vm));
    for (char **e = environ; e && *e; e++) {
        const char *eq = strchr(*e, '=');
        if (!eq || eq == *e) continue;
        PropKey k = key_from_string(vm, str_new_utf8(vm, *e, (size_t)(eq - *e)));
        object_put(vm, v_object(target), k, v_from_string(str_new_utf8(vm, eq + 1, strlen(eq + 1))), ATTR_WEC);
    }
    if (dxtest) { // what the runners set for tests
        bool vitest = runtime_dialect() == DIALECT_VITEST;
        const struct { const char *name, *value; } preset[] = {{"NODE_ENV", "test"}, {vitest ? "VITEST" : "JEST_WORKER_ID", vitest ? "true" : "1"}};
        for (u32 i = 0; i < DX_COUNTOF(preset); i++)
            if (object_own_data(vm, v_object(target), key_c(vm, preset[i].name)) == V_HOLE) prop_put(vm, target, preset[i].name, v_str(vm, preset[i].value));
    }
    builtin_install(vm, handler, RT_process_env_rows);
    return vm_construct(vm, vm->realm->Proxy, 2, (Value[]){target, handler}, vm->realm->Proxy);
}
const NativeRow process_env_rows[] = {FN("set", 4, env_set), FN("defineProperty", 3, env_define), FN("deleteProperty", 2, env_delete), ROWS_END};

static Value process_object(VM *vm) { return vm->realm->Process; }
Value process_env(VM *vm) { return prop_rjs(vm, process_object(vm), "env"); }
void process_env_set_rjs(VM *vm, const char *name, Value v) {
    Value env = process_env(vm);
    if (!v_is_object(env)) return;
    int r = v_is_undefined(v) ? object_delete_rjs(vm, env, key_c(vm, name)) : object_set_rjs(vm, env, key_c(vm, name), v, env);
    if (r < 0) (void)vm_take_exception(vm);
}

// ---- values made on first use: the getter replaces itself with the value

enum { LAZY_ENV, LAZY_ARGV, LAZY_EXEC_ARGV, LAZY_VERSIONS, LAZY_RELEASE, LAZY_STDOUT, LAZY_STDERR, LAZY_STDIN, LAZY_FEATURES, LAZY_CONFIG, LAZY_PID, LAZY_EXEC_PATH, LAZY_MAX_MEM };
static const char *const lazy_names[] = {"env", "argv", "execArgv", "versions", "release", "stdout", "stderr", "stdin", "features", "config", "pid", "execPath", "constrained"};

static struct { const char *program; char **rest; int count; } arguments = {"dx", NULL, 0};

void process_set_arguments(const char *program, char **rest, int count) {
    arguments.program = program;
    arguments.rest = rest;
    arguments.count = count;
}

static Value argv_new(VM *vm) {
    Array *a = array_new(vm, 2 + (u32)arguments.count);
    array_push(vm, a, v_str(vm, "/usr/local/bin/node"));
    array_push(vm, a, v_str(vm, dxtest && dxtest->file_path ? dxtest->file_path : arguments.program));
    for (int i = 0; i < arguments.count; i++) array_push(vm, a, v_str(vm, arguments.rest[i]));
    return v_from_array(a);
}

static Value stream_new(VM *vm, int fd) {
    Value s = v_obj(object_new(vm));
    builtin_install(vm, s, RT_process_stream_rows);
    prop_put(vm, s, "fd", v_from_int(fd));
    prop_put(vm, s, "isTTY", V_FALSE);
    prop_put(vm, s, "writable", v_from_bool(fd != 0));
    prop_put(vm, s, "columns", v_from_int(80));
    return s;
}
static Value lazy_value(VM *vm, u32 which) {
    static const struct { const char *name, *value; } versions[] = {
        {"node", "24.0.0"}, {"v8", "13.6.233.8-node.10"}, {"uv", "1.50.0"}, {"zlib", "1.3.0.1"}, {"modules", "137"}, {"openssl", "3.0.16"}, {"unicode", "16.0"}};
    switch (which) {
    case LAZY_ENV:
        vm_mark_impure(vm, IMPURE_ENV);
        return env_new(vm);
    case LAZY_ARGV: return argv_new(vm);
    case LAZY_EXEC_ARGV: return v_from_array(array_new(vm, 0));
    case LAZY_EXEC_PATH: return v_str(vm, "/usr/local/bin/node");
    case LAZY_PID: return vm_mark_impure(vm, IMPURE_PROCESS), v_from_int(getpid());
    case LAZY_STDOUT: return stream_new(vm, 1);
    case LAZY_STDERR: return stream_new(vm, 2);
    case LAZY_STDIN: return stream_new(vm, 0);
    default: break;
    }
    Value o = v_obj(object_new(vm));
    if (which == LAZY_VERSIONS)
        for (u32 i = 0; i < DX_COUNTOF(versions); i++) prop_put(vm, o, versions[i].name, v_str(vm, versions[i].value));
    if (which == LAZY_RELEASE) prop_put(vm, o, "name", v_str(vm, "node"));
    return o;
}
static Value process_lazy(VM *vm, Value self, int argc, Value *argv) {
    u32 which = native_magic(vm);
    Value v = lazy_value(vm, which);
    if (v_is_exc(v)) return v;
    PropDesc d = {v, V_HOLE, V_HOLE, ATTR_WEC, ATTR_WEC};
    return define_property_or_throw_rjs(vm, process_object(vm), key_c(vm, lazy_names[which]), &d) < 0 ? V_EXC : v;
}
static Value process_lazy_set(VM *vm, Value self, int argc, Value *argv) {
    u32 which = native_magic(vm);
    PropDesc d = {ARG(0), V_HOLE, V_HOLE, ATTR_WEC, ATTR_WEC};
    return define_property_or_throw_rjs(vm, process_object(vm), key_c(vm, lazy_names[which]), &d) < 0 ? V_EXC : V_UNDEFINED;
}

// ---- stdout, stderr

static Value stream_write(VM *vm, Value self, int argc, Value *argv) {
    Value fd = prop_rjs(vm, self, "fd");
    Buf b = {0};
    u8 *p;
    size_t n;
    if (v_is_exc(fd)) return V_EXC;
    if (bytes_of(ARG(0), &p, &n)) buf_put(&b, p, n);
    else if (!v_is_string(ARG(0))) return throw_arg_type(vm, "chunk", "of type string or an instance of Buffer, TypedArray, or DataView", ARG(0));
    else usv_utf8(vm, v_string(argv[0]), &b);
    if (vm->host && vm->host->write) vm->host->write(vm->host->ctx, v_is_int(fd) ? v_int(fd) : 1, (const char *)b.data, b.len);
    buf_free(&b);
    for (int i = 1; i < argc; i++)
        if (v_is_callable(argv[i])) job_enqueue(vm, 2, 1, &argv[i]); // JOB_MICROTASK
    return V_TRUE;
}
static Value stream_nothing(VM *vm, Value self, int argc, Value *argv) { return native_magic(vm) ? V_FALSE : self; }
const NativeRow process_stream_rows[] = {
    FN("write", 1, stream_write), FN_MAGIC("end", 0, stream_nothing, 0), FN_MAGIC("on", 2, stream_nothing, 0), FN_MAGIC("once", 2, stream_nothing, 0),
    FN_MAGIC("off", 2, stream_nothing, 0), FN_MAGIC("emit", 1, stream_nothing, 1), FN_MAGIC("removeListener", 2, stream_nothing, 0), FN_MAGIC("hasColors", 0, stream_nothing, 1),
    FN_MAGIC("setEncoding", 1, stream_nothing, 0), FN_MAGIC("resume", 0, stream_nothing, 0), FN_MAGIC("pause", 0, stream_nothing, 0), ROWS_END,
};

// ---- nextTick: vm->roots[ROOT_TICKS], a flat array of callback, arguments array

static Value process_next_tick(VM *vm, Value self, int argc, Value *argv) {
    if (!v_is_callable(ARG(0))) return throw_arg_type(vm, "callback", "of type function", ARG(0));
    if (!v_is_array(vm->roots[ROOT_TICKS])) vm->roots[ROOT_TICKS] = v_from_array(array_new(vm, 8));
    Array *a = v_array(vm->roots[ROOT_TICKS]);
    array_push(vm, a, argv[0]);
    array_push(vm, a, argc > 1 ? array_create_from_list(vm, argv + 1, (u32)argc - 1) : V_UNDEFINED);
    array_push(vm, a, vm->async_context);
    return V_UNDEFINED;
}
static Value process_get_builtin(VM *vm, Value self, int argc, Value *argv) { // getBuiltinModule
    if (!v_is_string(ARG(0))) return throw_arg_type(vm, "id", "of type string", ARG(0));
    Buf name = {0};
    Value exports = V_UNDEFINED;
    bool found = node_module(vm, str_to_cstr(vm, v_string(argv[0]), &name), &exports);
    buf_free(&name);
    return found ? exports : V_UNDEFINED;
}
bool process_has_ticks(VM *vm) { return v_is_array(vm->roots[ROOT_TICKS]); }
void process_run_ticks(VM *vm) { // a tick that queues another runs it in the same round; promise jobs follow each round
    while (v_is_array(vm->roots[ROOT_TICKS])) {
        Array *a = v_array(vm->roots[ROOT_TICKS]);
        for (u32 i = 0; i + 2 < a->length; i += 3) {
            Value f = obj_elems(&a->o)->v[i], args = obj_elems(&a->o)->v[i + 1];
            u32 n = v_is_array(args) ? v_array(args)->length : 0;
            vm->async_context = obj_elems(&a->o)->v[i + 2];
            void *before = job_entered(vm);
            if (v_is_exc(vm_call(vm, f, V_UNDEFINED, (int)n, n ? obj_elems(v_object(args))->v : NULL))) {
                if (vm_terminated(vm)) return;
                Value e = vm_take_exception(vm);
                if (vm->host && vm->host->on_job_error) vm->host->on_job_error(vm, e);
            }
            job_left(vm, before);
        }
        vm->roots[ROOT_TICKS] = V_UNDEFINED;
        vm->async_context = V_UNDEFINED;
        jobs_run(vm);
    }
}
void process_file_begin(VM *vm) {
    vm->roots[ROOT_TICKS] = V_UNDEFINED;
    if (!env_dirty) return;
    if (original_tz) setenv("TZ", original_tz, 1);
    else unsetenv("TZ");
    zone_environment_changed();
    env_dirty = false;
}

// ---- the rest

static Value process_cwd(VM *vm, Value self, int argc, Value *argv) {
    char dir[4096];
    vm_mark_impure(vm, IMPURE_ENV);
    return getcwd(dir, sizeof dir) ? v_str(vm, dir) : throw_error(vm, "ENOENT: no such file or directory, uv_cwd");
}
static Value process_chdir(VM *vm, Value self, int argc, Value *argv) {
    Buf b = {0};
    if (!v_is_string(ARG(0))) return throw_arg_type(vm, "directory", "of type string", ARG(0));
    vm_mark_impure(vm, IMPURE_PROCESS);
    int r = chdir(str_to_cstr(vm, v_string(argv[0]), &b));
    buf_free(&b);
    return r ? throw_coded(vm, REALM_ErrorPrototype, "ENOENT", "ENOENT: no such file or directory, chdir") : V_UNDEFINED;
}
static u64 now_ns(VM *vm) {
    struct timespec t;
    vm_mark_impure(vm, IMPURE_CLOCK);
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (u64)t.tv_sec * 1000000000ull + (u64)t.tv_nsec;
}
static Value process_hrtime(VM *vm, Value self, int argc, Value *argv) {
    u64 t = now_ns(vm);
    if (v_is_array(ARG(0)) && v_array(argv[0])->length >= 2) {
        Value *e = obj_elems(v_object(argv[0]))->v;
        if (v_is_number(e[0]) && v_is_number(e[1])) t -= (u64)(v_num(e[0]) * 1e9 + v_num(e[1]));
    }
    return array_create_from_list(vm, (Value[]){v_from_i64((i64)(t / 1000000000)), v_from_i64((i64)(t % 1000000000))}, 2);
}
static Value process_hrtime_bigint(VM *vm, Value self, int argc, Value *argv) {
    char text[32];
    int n = snprintf(text, sizeof text, "%llu", (unsigned long long)now_ns(vm));
    return bigint_from_digits(vm, (const u8 *)text, (u32)n, 10, false);
}
static Value process_uptime(VM *vm, Value self, int argc, Value *argv) {
    static u64 start;
    u64 t = now_ns(vm);
    if (!start) start = t - 50000000;
    return v_from_num((f64)(t - start) / 1e9);
}
static Value process_memory(VM *vm, Value self, int argc, Value *argv) {
    Value o = v_obj(object_new(vm));
    struct rusage u;
    vm_mark_impure(vm, IMPURE_PROCESS);
    getrusage(RUSAGE_SELF, &u);
    f64 used = (f64)heap_used(vm);
    prop_put(vm, o, "rss", v_from_num((f64)u.ru_maxrss * 1024));
    prop_put(vm, o, "heapTotal", v_from_num(used));
    prop_put(vm, o, "heapUsed", v_from_num(used));
    prop_put(vm, o, "external", v_from_int(0));
    prop_put(vm, o, "arrayBuffers", v_from_int(0));
    return o;
}
static Value process_cpu_usage(VM *vm, Value self, int argc, Value *argv) {
    Value o = v_obj(object_new(vm));
    struct rusage u;
    vm_mark_impure(vm, IMPURE_CLOCK);
    getrusage(RUSAGE_SELF, &u);
    prop_put(vm, o, "user", v_from_num((f64)u.ru_utime.tv_sec * 1e6 + (f64)u.ru_utime.tv_usec));
    prop_put(vm, o, "system", v_from_num((f64)u.ru_stime.tv_sec * 1e6 + (f64)u.ru_stime.tv_usec));
    return o;
}
static Value process_exit(VM *vm, Value self, int argc, Value *argv) {
    Value code = v_is_undefined(ARG(0)) ? prop_rjs(vm, process_object(vm), "exitCode") : ARG(0);
    if (v_is_exc(code)) return V_EXC;
    Buf b = {0};
    if (v_is_undefined(code)) code = v_from_int(0);
    if (!utf8_arg_rjs(vm, code, &b)) return V_EXC;
    Value r = throw_error(vm, runtime_dialect() == DIALECT_VITEST ? "process.exit unexpectedly called with \"%s\"" : "process.exit called with \"%s\"", buf_cstr(&b));
    buf_free(&b);
    return r;
}
static Value process_emit_warning(VM *vm, Value self, int argc, Value *argv) {
    Buf b = {0}, kind = {0};
    Value text = ARG(0), type = ARG(1);
    if (v_is_object(type)) type = prop_rjs(vm, type, "type");
    if (v_is_object(text)) text = get_rjs(vm, text, A_(vm, message));
    if (v_is_exc(text) || v_is_exc(type) || !utf8_arg_rjs(vm, text, &b)) return V_EXC;
    if (v_is_string(type)) usv_utf8(vm, v_string(type), &kind);
    else buf_str(&kind, "Warning");
    Buf out = {0};
    buf_printf(&out, "(node:%d) %s: %s\n", getpid(), buf_cstr(&kind), buf_cstr(&b));
    if (vm->host && vm->host->write) vm->host->write(vm->host->ctx, 2, (const char *)out.data, out.len);
    buf_free(&out);
    buf_free(&b);
    buf_free(&kind);
    return V_UNDEFINED;
}
static Value process_id(VM *vm, Value self, int argc, Value *argv) { return v_from_int(native_magic(vm) ? (i32)getgid() : (i32)getuid()); }
static Value process_binding(VM *vm, Value self, int argc, Value *argv) { return throw_error(vm, "process.binding is not supported by dx"); }
static Value process_nothing(VM *vm, Value self, int argc, Value *argv) { return V_UNDEFINED; }

#define LAZY(n, m) {.name = n, .fn = process_lazy, .fn2 = process_lazy_set, .kind = ROW_ACCESSOR, .attrs = ATTR_E | ATTR_C, .magic = m}
const NativeRow process_rows[] = {
    LAZY("env", LAZY_ENV), LAZY("argv", LAZY_ARGV), LAZY("execArgv", LAZY_EXEC_ARGV), LAZY("versions", LAZY_VERSIONS), LAZY("release", LAZY_RELEASE), LAZY("stdout", LAZY_STDOUT),
    LAZY("stderr", LAZY_STDERR), LAZY("stdin", LAZY_STDIN), LAZY("features", LAZY_FEATURES), LAZY("config", LAZY_CONFIG), LAZY("pid", LAZY_PID), LAZY("execPath", LAZY_EXEC_PATH),
    VALUE_STR("version", "v24.0.0", ATTR_WEC), VALUE_STR("arch", "x64", ATTR_WEC), VALUE_STR("platform", "linux", ATTR_WEC), VALUE_STR("title", "node", ATTR_WEC),
    VALUE_NUM("ppid", 1, ATTR_WEC), {.name = "exitCode", .kind = ROW_UNDEFINED, .attrs = ATTR_WEC}, VALUE_NUM("debugPort", 9229, ATTR_WEC),
    FN("cwd", 0, process_cwd), FN("chdir", 1, process_chdir), FN("nextTick", 1, process_next_tick), FN("getBuiltinModule", 1, process_get_builtin), FN("hrtime", 1, process_hrtime), FN("uptime", 0, process_uptime),
    FN("memoryUsage", 0, process_memory), FN("cpuUsage", 0, process_cpu_usage), FN("exit", 1, process_exit), FN("reallyExit", 1, process_exit), FN("abort", 0, process_exit),
    FN("kill", 2, process_binding), FN("emitWarning", 1, process_emit_warning), FN_MAGIC("getuid", 0, process_id, 0), FN_MAGIC("geteuid", 0, process_id, 0),
    FN_MAGIC("getgid", 0, process_id, 1), FN("binding", 1, process_binding), FN("umask", 0, process_nothing), FN("setSourceMapsEnabled", 1, process_nothing), ROWS_END,
};
const NativeRow process_hrtime_rows[] = {FN("bigint", 0, process_hrtime_bigint), ROWS_END};

void process_install(VM *vm) {
    Realm *r = vm->realm;
    Value emitter = r->NodeModules == V_UNDEFINED ? V_UNDEFINED : ((ValueArray *)v_ptr(r->NodeModules))->v[0]; // EventEmitter.prototype
    Value base = v_obj(v_is_object(emitter) ? object_new_proto(vm, emitter) : object_new(vm));
    r->Process = v_obj(object_new_proto(vm, base));
    builtin_install(vm, r->Process, RT_process_rows);
    builtin_install(vm, object_own_data(vm, v_object(r->Process), key_c(vm, "hrtime")), RT_process_hrtime_rows);
    object_put(vm, v_object(r->Process), SYM_(vm, toStringTag), v_str(vm, "process"), ATTR_C);
    object_put(vm, v_object(r->global), key_c(vm, "process"), r->Process, ATTR_WC);
    object_put(vm, v_object(r->global), A_(vm, global), r->global_this, ATTR_WC);
}
