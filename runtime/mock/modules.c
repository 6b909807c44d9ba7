// SPDX-License-Identifier: MIT
// Module mocks: jest.mock, vi.mock and their relatives, automocks, the module registry; stubEnv, replaceProperty, waitFor.
//
// A mock is a record in the array vm->roots[ROOT_MODULE_MOCKS]. Modules meet it through host->replace_module, which exists only once a file
// has mocked something. What a static import got stays with the importing module (Module.host), as its binding would.
#include "runtime/mock/timers.h"

#include "runtime/mock/mock.h"
#include "runtime/node/node.h"
#include "vm/collection.h"
#include "vm/exec/exec.h"
#include "vm/exec/module.h"

enum { MM_TARGET, MM_SPEC, MM_FACTORY, MM_EXPORTS, MM_FROM, MM_SPY, MM_COUNT }; // target: module index or -1 (then the specifier counts)
Value mock_new(VM *vm, Value impl);
static Value replace_module(VM *vm, Module *from, u32 request);

void module_mocks_reset(VM *vm) {
    if (vm->host) vm->host->replace_module = NULL;
    vm->roots[ROOT_MODULE_MOCKS] = vm->roots[ROOT_STUBBED_ENV] = vm->roots[ROOT_REPLACED] = V_UNDEFINED;
}

// ---- which module a specifier means

static Module *calling_module(VM *vm) {
    for (Frame *f = vm->frame; f && f >= vm->frames; f--)
        if (f->code && f->code->module) return f->code->module;
    return program_module(vm, dxtest->program, dxtest->file_module);
}
static void path_join(Buf *out, const char *file, const char *spec) { // spec relative to the folder of `file`
    const char *slash = strrchr(file, '/');
    Buf all = {0};
    if (spec[0] != '/') buf_put(&all, file, slash ? (size_t)(slash - file) : 0), buf_u8(&all, '/');
    buf_str(&all, spec);
    const char *p = buf_cstr(&all);
    for (size_t i = 0, n = all.len; i < n;) {
        while (i < n && p[i] == '/') i++;
        size_t from = i;
        while (i < n && p[i] != '/') i++;
        size_t len = i - from;
        if (!len || (len == 1 && p[from] == '.')) continue;
        if (len == 2 && p[from] == '.' && p[from + 1] == '.') {
            while (out->len && out->data[out->len - 1] != '/') out->len--;
            if (out->len) out->len--;
            continue;
        }
        buf_u8(out, '/');
        buf_put(out, p + from, len);
    }
    buf_free(&all);
}
static i32 module_by_path(const char *path) { // as it stands, with an extension, as a folder; .js may mean a TypeScript source
    static const char *const tails[] = {"", ".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".mts", ".cts", ".json", "/index.ts", "/index.tsx", "/index.js", "/index.mjs"};
    DxProgram *p = dxtest->program;
    size_t n = strlen(path), stem = n > 3 && !strcmp(path + n - 3, ".js") ? n - 3 : n;
    for (u32 pass = 0; pass < (stem < n ? 2u : 1u); pass++)
        for (u32 t = 0; t < DX_COUNTOF(tails); t++)
            for (u32 i = 0; i < p->count; i++) {
                size_t len = pass ? stem : n;
                if (!strncmp(p->modules[i].path, path, len) && !strcmp(p->modules[i].path + len, tails[t])) return (i32)i;
            }
    return -1;
}
// Packages, aliases, configured names: what only the embedder's resolver knows.
static i32 resolve_by_host(VM *vm, Module *from, Value spec) {
    if (!vm->host || !vm->host->resolve_module) return -1;
    Value v = vm->host->resolve_module(vm, from, spec);
    if (v_is_exc(v)) return (void)vm_take_exception(vm), -1;
    Buf path = {0};
    const char *text = v_is_string(v) ? str_to_cstr(vm, v_string(v), &path) : "";
    DxProgram *p = dxtest->program;
    i32 found = -1;
    for (u32 i = 0; i < p->count && found < 0; i++)
        if (!strcmp(p->modules[i].path, text)) found = (i32)i;
    buf_free(&path);
    return found;
}
static i32 resolve(VM *vm, Module *from, String *spec) {
    Value atom = v_from_string(str_intern(vm, spec));
    for (u32 i = 0; i < from->dxt->request_count; i++) {
        const DxtRequest *q = &from->dxt->requests[i];
        if (from->strings[q->specifier] == atom && q->module != DXT_NONE && q->module < from->program->count && from->program == dxtest->program) return (i32)q->module;
    }
    Buf text = {0}, path = {0};
    const char *s = str_to_cstr(vm, spec, &text);
    i32 found = -1;
    if (s[0] == '.' || s[0] == '/') {
        path_join(&path, from->dxt->path, s);
        found = module_by_path(buf_cstr(&path));
    }
    if (found < 0) found = resolve_by_host(vm, from, v_from_string(spec));
    buf_free(&text);
    buf_free(&path);
    return found;
}
static String *plain_specifier(VM *vm, String *s) { // without node:
    Buf b = {0};
    const char *text = str_to_cstr(vm, s, &b);
    String *r = str_intern(vm, !strncmp(text, "node:", 5) ? str_slice(vm, s, 5, s->length) : s);
    buf_free(&b);
    return r;
}
static Value *mock_at(Array *a, u32 i) { return ((ValueArray *)v_ptr(obj_elems(&a->o)->v[i]))->v; }
static Value *mock_find(VM *vm, i32 target, Value spec) {
    Value list = vm->roots[ROOT_MODULE_MOCKS];
    for (u32 i = v_is_array(list) ? v_array(list)->length : 0; i--;) {
        Value *m = mock_at(v_array(list), i);
        if (target >= 0 ? v_int(m[MM_TARGET]) == target : v_int(m[MM_TARGET]) < 0 && m[MM_SPEC] == spec) return m;
    }
    return NULL;
}

// ---- the registry of instantiated modules

static ValueArray **registry_slot(VM *vm, ValueArray **holder) { // vm->roots[0]: per program
    if (!v_is_internal(vm->roots[0])) return NULL;
    ValueArray *all = v_ptr(vm->roots[0]);
    if (!v_is_internal(all->v[dxtest->program->id])) return NULL;
    *holder = v_ptr(all->v[dxtest->program->id]);
    return holder;
}
// A request that some import reads through each time (namespaces, names of CommonJS) must go on leading to the same module.
static bool read_by_import(const Module *m, u32 request) {
    if (!(m->dxt->requests[request].flags & REQ_STATIC)) return false;
    if (!(m->dxt->requests[request].flags & (REQ_REQUIRE | REQ_DYNAMIC))) return true;
    for (u32 i = 0; i < m->dxt->import_count; i++)
        if (m->dxt->imports[i].request == request && !m->imports[i]) return true;
    return false;
}
static void forget_requests(VM *vm, i32 target) { // -1: all. Only those asked for at run time: imports keep their bindings
    ValueArray *a;
    if (!registry_slot(vm, &a)) return;
    for (u32 i = 0; i < dxtest->program->count; i++) {
        if (!v_is_internal(a->v[i])) continue;
        Module *m = v_ptr(a->v[i]);
        for (u32 r = 0; r < m->dxt->request_count; r++) {
            if (read_by_import(m, r)) continue;
            if (m->requests[r] && (target < 0 || m->requests[r]->index == (u32)target)) HEAP_STORE(vm, m->requests[r], NULL);
            if (v_is_internal(m->foreign)) heap_set(vm, &((ValueArray *)v_ptr(m->foreign))->v[r], V_UNDEFINED);
        }
    }
}
static void registry_set(VM *vm, ValueArray *instances) {
    ValueArray *all = v_ptr(vm->roots[0]);
    heap_set(vm, &all->v[dxtest->program->id], v_from_ptr(TAG_INTERNAL, instances));
}
static void registry_reset(VM *vm) {
    ValueArray *a, *fresh;
    if (!registry_slot(vm, &a)) return;
    forget_requests(vm, -1);
    fresh = values_new(vm, dxtest->program->count ? dxtest->program->count : 1);
    Module *entry = program_module(vm, dxtest->program, dxtest->file_module);
    fresh->v[entry->index] = v_from_ptr(TAG_INTERNAL, entry); // the test file itself goes on
    registry_set(vm, fresh);
    Value list = vm->roots[ROOT_MODULE_MOCKS];
    for (u32 i = 0; v_is_array(list) && i < v_array(list)->length; i++) {
        Value *m = mock_at(v_array(list), i);
        if (v_is_callable(m[MM_FACTORY]) || v_is_undefined(m[MM_FACTORY])) heap_set(vm, &m[MM_EXPORTS], V_HOLE);
    }
}

// ---- the original

static Value actual_rjs(VM *vm, Module *from, String *spec, bool namespace) {
    i32 at = resolve(vm, from, spec);
    if (at >= 0) {
        Value promise, r = module_run_rjs(vm, program_module(vm, dxtest->program, (u32)at), &promise);
        if (v_is_exc(r)) return V_EXC;
        if (v_is_object(promise)) {
            promise_mark_handled(vm, promise);
            if (!loop_wait_promise(vm, promise, UINT64_MAX)) return throw_error(vm, "the module's top-level await never settled");
            if (promise_state(promise) == PROMISE_REJECTED) return vm_throw_value(vm, promise_result(promise));
        }
        return namespace ? module_namespace_rjs(vm, program_module(vm, dxtest->program, (u32)at)) : r;
    }
    Buf b = {0};
    Value exports = V_UNDEFINED;
    bool found = vm->host->load_builtin && vm->host->load_builtin(vm, str_to_cstr(vm, spec, &b), &exports);
    if (!found && vm->host->load_module) exports = vm->host->load_module(vm, from, v_from_string(spec), REQ_REQUIRE);
    else if (!found) exports = throw_coded(vm, REALM_ErrorPrototype, "MODULE_NOT_FOUND", "Cannot find module '%s'", buf_cstr(&b));
    buf_free(&b);
    return exports;
}
static Value import_original(VM *vm, Value self, int argc, Value *argv) { // slots: module, specifier
    Value *s = native_slots(vm);
    Value r = actual_rjs(vm, v_ptr(s[0]), v_string(s[1]), true);
    return v_is_exc(r) ? rejected(vm) : resolved(vm, r);
}

// ---- automock (what each kind of value becomes)

typedef struct Auto { VM *vm; CollectionObject *seen; bool vitest, spy; } Auto;
static Value auto_value_rjs(Auto *a, Value v);

static bool auto_property_rjs(Auto *a, Value from, Value to, PropKey k) {
    VM *vm = a->vm;
    PropDesc d;
    int has = object_get_own_rjs(vm, from, k, &d);
    if (has <= 0) return has == 0;
    if (d.value == V_HOLE) {
        if (a->vitest && !a->spy) object_put(vm, v_object(to), k, V_UNDEFINED, ATTR_WEC);
        else if (a->spy) object_put_accessor(vm, v_object(to), k, d.get, d.set, ATTR_E | ATTR_C);
        return true;
    }
    if (v_is_symbol(k) && !a->vitest) return true;
    Value v = auto_value_rjs(a, d.value);
    if (v_is_exc(v)) return false;
    if (v != V_HOLE) object_put(vm, v_object(to), k, v, ATTR_WEC);
    return true;
}
static bool auto_keys_rjs(Auto *a, Value from, Value to, bool methods) { // methods: of a prototype chain
    VM *vm = a->vm;
    for (Value at = from; v_is_object(at) && at != vm->realm->ObjectPrototype && at != vm->realm->FunctionPrototype;) {
        Array *keys = object_own_keys_rjs(vm, at, KEYS_ALL);
        if (!keys) return false;
        for (u32 i = 0; i < keys->length; i++) {
            PropKey k;
            if (!to_property_key_rjs(vm, obj_elems(&keys->o)->v[i], &k)) return false;
            if (k == A_(vm, constructor) || (v_is_callable(from) && (k == A_(vm, length) || k == A_(vm, name) || k == A_(vm, prototype) || k == A_(vm, arguments) || k == A_(vm, caller)))) continue;
            int has = has_own_rjs(vm, to, k);
            if (has < 0 || (!has && !auto_property_rjs(a, at, to, k))) return false;
        }
        if (v_is_callable(from)) break;
        at = object_get_proto_rjs(vm, at);
        if (v_is_exc(at)) return false;
    }
    return true;
}
static Value auto_value_rjs(Auto *a, Value v) {
    VM *vm = a->vm;
    if (!v_is_object(v)) return v;
    if (vm_stack_low(vm)) return V_EXC;
    HashEntry *e = table_find(vm, a->seen->table, v);
    if (e) return e->value;
    if (v_is_callable(v)) {
        if (mock_is(vm, v)) return v;
        Value m = mock_new(vm, a->spy ? v : V_UNDEFINED);
        if (v_is_exc(m)) return V_EXC;
        collection_put(vm, a->seen, v, m);
        Value proto = object_find_data(vm, v, A_(vm, prototype));
        if (v_is_kind(v, CELL_FUNCTION)) proto = get_rjs(vm, v, A_(vm, prototype));
        if (v_is_exc(proto)) return V_EXC;
        Value own = object_own_data(vm, v_object(m), A_(vm, prototype));
        if (v_is_object(proto) && v_is_object(own) && !auto_keys_rjs(a, proto, own, true)) return V_EXC;
        return auto_keys_rjs(a, v, m, false) ? m : V_EXC;
    }
    switch (((Cell *)v_ptr(v))->kind) {
    case CELL_ARRAY: return a->spy ? v : v_from_array(array_new(vm, 0));
    case CELL_MAP: case CELL_SET: return v;
    case CELL_REGEXP: return a->vitest ? v : vm_construct(vm, vm->realm->RegExp, 0, NULL, vm->realm->RegExp);
    case CELL_OBJECT: case CELL_NAMESPACE: case CELL_HOST: break;
    default: return a->vitest ? v : V_HOLE;
    }
    Value out = v_obj(object_new(vm));
    collection_put(vm, a->seen, v, out);
    return auto_keys_rjs(a, v, out, false) ? out : V_EXC;
}
static Value automock_rjs(VM *vm, Value exports, bool spy) {
    Auto a = {vm, v_ptr(map_new(vm)), runtime_dialect() == DIALECT_VITEST, spy};
    Value v = auto_value_rjs(&a, exports);
    return v == V_HOLE ? V_UNDEFINED : v;
}

// ---- what importers get

static Value as_namespace_rjs(VM *vm, Value v) { // Vitest: the factory's object is the namespace
    if (!v_is_object(v)) return throw_error(vm, "[vitest] vi.mock factory must return an object");
    Object *o = object_new(vm);
    if (copy_data_properties_rjs(vm, v_obj(o), v, NULL, 0) < 0) return V_EXC;
    object_put(vm, o, A_(vm, __esModule), V_TRUE, ATTR_WC);
    return v_obj(o);
}
static Value mock_exports_rjs(VM *vm, Value *m) {
    if (m[MM_EXPORTS] != V_HOLE) return m[MM_EXPORTS];
    Value out;
    bool vitest = runtime_dialect() == DIALECT_VITEST;
    if (v_is_callable(m[MM_FACTORY])) {
        Value original = closure(vm, RUNTIME_ID(module_mock_rows, 0), 2, m[MM_FROM], m[MM_SPEC]);
        out = CALL1(vm, m[MM_FACTORY], V_UNDEFINED, original);
        if (v_is_kind(out, CELL_PROMISE) && runtime_dialect() != DIALECT_JEST) {
            promise_mark_handled(vm, out);
            if (!loop_wait_promise(vm, out, UINT64_MAX)) return throw_error(vm, "the factory of a module mock never settled");
            out = promise_state(out) == PROMISE_REJECTED ? vm_throw_value(vm, promise_result(out)) : promise_result(out);
        }
        if (!v_is_exc(out) && vitest) out = as_namespace_rjs(vm, out);
    } else {
        Value actual = actual_rjs(vm, v_ptr(m[MM_FROM]), v_string(m[MM_SPEC]), true);
        out = v_is_exc(actual) ? V_EXC : automock_rjs(vm, actual, m[MM_SPY] == V_TRUE);
        if (v_is_object(out) && v_is_kind(actual, CELL_NAMESPACE)) object_put(vm, v_object(out), A_(vm, __esModule), V_TRUE, ATTR_WC);
    }
    if (!v_is_exc(out)) heap_set(vm, &m[MM_EXPORTS], out);
    return out;
}
static Value replace_module(VM *vm, Module *from, u32 request) {
    const DxtRequest *q = &from->dxt->requests[request];
    bool stays = q->flags & REQ_STATIC;
    if (stays && v_is_internal(from->host)) {
        Value kept = ((ValueArray *)v_ptr(from->host))->v[request];
        if (kept != V_UNDEFINED) return kept;
    }
    i32 target = q->module != DXT_NONE && q->module < from->program->count && from->program == dxtest->program ? (i32)q->module : -1;
    Value *m = mock_find(vm, target, target < 0 ? v_from_string(plain_specifier(vm, v_string(from->strings[q->specifier]))) : V_UNDEFINED);
    if (!m) return V_HOLE;
    Value exports = mock_exports_rjs(vm, m);
    if (v_is_exc(exports) || !stays) return exports;
    if (!v_is_internal(from->host)) HEAP_STORE(vm, from->host, v_from_ptr(TAG_INTERNAL, values_new(vm, from->dxt->request_count)));
    heap_set(vm, &((ValueArray *)v_ptr(from->host))->v[request], exports);
    return exports;
}

// ---- the API

static String *specifier_rjs(VM *vm, Value v) {
    if (v_is_string(v)) return v_string(v);
    throw_error(vm, "a module mock needs the module's name as a string");
    return NULL;
}
static void mock_forget(VM *vm, i32 target, Value spec) {
    Value list = vm->roots[ROOT_MODULE_MOCKS];
    if (!v_is_array(list)) return;
    Array *rest = array_new(vm, v_array(list)->length);
    for (u32 i = 0; i < v_array(list)->length; i++) {
        Value *m = mock_at(v_array(list), i);
        if (!(target >= 0 ? v_int(m[MM_TARGET]) == target : v_int(m[MM_TARGET]) < 0 && m[MM_SPEC] == spec)) array_push(vm, rest, obj_elems(v_object(list))->v[i]);
    }
    vm->roots[ROOT_MODULE_MOCKS] = v_from_array(rest);
}
enum { MOCK_FACTORY, MOCK_VALUE, MOCK_REMOVE };
static Value api_mock_module(VM *vm, Value self, int argc, Value *argv) {
    u32 how = native_magic(vm);
    String *spec = specifier_rjs(vm, ARG(0));
    if (!spec || !dxtest) return V_EXC;
    Module *from = calling_module(vm);
    i32 target = resolve(vm, from, spec);
    Value key = v_from_string(target < 0 ? plain_specifier(vm, spec) : str_intern(vm, spec));
    mock_forget(vm, target, key);
    forget_requests(vm, target);
    if (how == MOCK_REMOVE) return self;
    Value spy = v_is_object(ARG(1)) && !v_is_callable(argv[1]) ? prop_rjs(vm, argv[1], "spy") : V_FALSE;
    if (v_is_exc(spy)) return V_EXC;
    if (runtime_dialect() == DIALECT_BUN && how == MOCK_FACTORY && !v_is_callable(ARG(1))) return throw_type(vm, "mock(module, fn) requires a function");
    ValueArray *m = values_new(vm, MM_COUNT);
    m->v[MM_TARGET] = v_from_int(target);
    m->v[MM_SPEC] = key;
    m->v[MM_FACTORY] = how == MOCK_VALUE ? V_NULL : v_is_callable(ARG(1)) ? argv[1] : V_UNDEFINED;
    m->v[MM_EXPORTS] = how == MOCK_VALUE ? ARG(1) : V_HOLE;
    m->v[MM_FROM] = v_from_ptr(TAG_INTERNAL, from);
    m->v[MM_SPY] = v_from_bool(to_boolean(spy));
    if (!v_is_array(vm->roots[ROOT_MODULE_MOCKS])) vm->roots[ROOT_MODULE_MOCKS] = v_from_array(array_new(vm, 4));
    array_push(vm, v_array(vm->roots[ROOT_MODULE_MOCKS]), v_from_ptr(TAG_INTERNAL, m));
    vm->host->replace_module = replace_module;
    return self;
}
static Value api_actual(VM *vm, Value self, int argc, Value *argv) { // requireActual (0), importActual (1)
    bool import = native_magic(vm);
    String *spec = specifier_rjs(vm, ARG(0));
    Value r = spec ? actual_rjs(vm, calling_module(vm), spec, import) : V_EXC;
    if (!import) return r;
    return v_is_exc(r) ? rejected(vm) : resolved(vm, r);
}
static Value api_mocked_module(VM *vm, Value self, int argc, Value *argv) { // requireMock (0), importMock (1), createMockFromModule (2)
    u32 how = native_magic(vm);
    String *spec = specifier_rjs(vm, ARG(0));
    if (!spec) return V_EXC;
    Module *from = calling_module(vm);
    i32 target = resolve(vm, from, spec);
    Value *m = how == 2 ? NULL : mock_find(vm, target, v_from_string(plain_specifier(vm, spec)));
    Value r;
    if (m) r = mock_exports_rjs(vm, m);
    else {
        r = actual_rjs(vm, from, spec, true);
        if (!v_is_exc(r)) r = automock_rjs(vm, r, false);
    }
    if (how != 1) return r;
    return v_is_exc(r) ? rejected(vm) : resolved(vm, r);
}
static Value api_reset_modules(VM *vm, Value self, int argc, Value *argv) {
    if (dxtest) registry_reset(vm);
    return self;
}
static Value isolate_done(VM *vm, Value self, int argc, Value *argv) { // slots: registry, result; magic 1: rejected
    bool failed = native_magic(vm);
    Value *s = native_slots(vm);
    forget_requests(vm, -1);
    registry_set(vm, v_ptr(s[0]));
    forget_requests(vm, -1);
    if (failed) promise_reject(vm, s[1], ARG(0));
    else promise_resolve(vm, s[1], ARG(0));
    return V_UNDEFINED;
}
static Value api_isolate(VM *vm, Value self, int argc, Value *argv) { // isolateModules (0), isolateModulesAsync (1)
    bool async = native_magic(vm);
    ValueArray *old;
    if (!dxtest || !registry_slot(vm, &old)) return V_UNDEFINED;
    registry_reset(vm);
    Value r = CALL0(vm, ARG(0), V_UNDEFINED);
    if (async && !v_is_exc(r)) {
        Value p = promise_resolve_value_rjs(vm, vm->realm->Promise, r), out = promise_new(vm);
        if (v_is_exc(p)) return V_EXC;
        Value keep = v_from_ptr(TAG_INTERNAL, old);
        promise_then_native(vm, p, closure(vm, RUNTIME_ID(module_mock_rows, 1), 2, keep, out), closure(vm, RUNTIME_ID(module_mock_rows, 2), 2, keep, out));
        return out;
    }
    forget_requests(vm, -1);
    registry_set(vm, old);
    forget_requests(vm, -1);
    return v_is_exc(r) ? V_EXC : self;
}
static Value api_nothing(VM *vm, Value self, int argc, Value *argv) { return self; }

// ---- stubEnv: vm->roots[ROOT_STUBBED_ENV], flat array of name, value or undefined

static Value api_stub_env(VM *vm, Value self, int argc, Value *argv) {
    String *name = to_string_rjs(vm, ARG(0));
    Value env = name ? process_env(vm) : V_EXC;
    if (v_is_exc(env)) return V_EXC;
    PropKey k = key_from_string(vm, name);
    int has = object_has_rjs(vm, env, k);
    Value old = has > 0 ? get_rjs(vm, env, k) : V_UNDEFINED;
    if (has < 0 || v_is_exc(old)) return V_EXC;
    if (!v_is_array(vm->roots[ROOT_STUBBED_ENV])) vm->roots[ROOT_STUBBED_ENV] = v_from_array(array_new(vm, 4));
    Array *a = v_array(vm->roots[ROOT_STUBBED_ENV]);
    bool known = false;
    for (u32 i = 0; i < a->length; i += 2) known |= same_value(vm, obj_elems(&a->o)->v[i], v_from_string(name));
    if (!known) {
        array_push(vm, a, v_from_string(name));
        array_push(vm, a, old);
    }
    Value v = ARG(1);
    if (v_is_bool(v)) v = v_str(vm, v == V_TRUE ? "1" : "");
    int r = v_is_undefined(v) ? object_delete_rjs(vm, env, k) : object_set_rjs(vm, env, k, v, env);
    return r < 0 ? V_EXC : self;
}
static Value api_unstub_envs(VM *vm, Value self, int argc, Value *argv) {
    Value list = vm->roots[ROOT_STUBBED_ENV], env = v_is_array(list) ? process_env(vm) : V_UNDEFINED;
    if (v_is_exc(env)) return V_EXC;
    for (u32 i = 0; v_is_array(list) && i < v_array(list)->length; i += 2) {
        Value *e = obj_elems(v_object(list))->v;
        PropKey k = key_from_string(vm, v_string(e[i]));
        int r = v_is_undefined(e[i + 1]) ? object_delete_rjs(vm, env, k) : object_set_rjs(vm, env, k, e[i + 1], env);
        if (r < 0) return V_EXC;
    }
    vm->roots[ROOT_STUBBED_ENV] = V_UNDEFINED;
    return self;
}

// ---- replaceProperty: vm->roots[ROOT_REPLACED], flat array of object, key, original

static bool replaced_restore_rjs(VM *vm, Value obj, PropKey k) { // k V_HOLE: all
    Value list = vm->roots[ROOT_REPLACED];
    if (!v_is_array(list)) return true;
    Array *rest = array_new(vm, 4);
    for (u32 i = 0; i < v_array(list)->length; i += 3) {
        Value *e = obj_elems(v_object(list))->v;
        PropKey key;
        if (!to_property_key_rjs(vm, e[i + 1], &key)) return false;
        if (k == V_HOLE || (e[i] == obj && key == k)) {
            if (object_set_rjs(vm, e[i], key, e[i + 2], e[i]) < 0) return false;
            continue;
        }
        for (u32 x = 0; x < 3; x++) array_push(vm, rest, e[i + x]);
    }
    vm->roots[ROOT_REPLACED] = v_from_array(rest);
    return true;
}
bool replaced_restore_all_rjs(VM *vm) { return replaced_restore_rjs(vm, V_UNDEFINED, V_HOLE); }
static Value replaced_act(VM *vm, Value self, int argc, Value *argv) { // replaceValue (0), restore (1); slots: object, key
    bool restore = native_magic(vm);
    Value *s = native_slots(vm), obj = s[0];
    PropKey k;
    if (!to_property_key_rjs(vm, s[1], &k)) return V_EXC;
    if (restore) return replaced_restore_rjs(vm, obj, k) ? V_UNDEFINED : V_EXC;
    return object_set_rjs(vm, obj, k, ARG(0), obj) < 0 ? V_EXC : self;
}
static Value replace_error(VM *vm, const char *fmt, Value key) {
    Buf b = {0};
    if (!utf8_arg_rjs(vm, v_is_symbol(key) ? symbol_descriptive_string(vm, v_symbol(key)) : key, &b)) return V_EXC;
    String *s = str_format(vm, fmt, buf_cstr(&b), buf_cstr(&b));
    buf_free(&b);
    return vm_throw_value(vm, error_new(vm, REALM_ErrorPrototype, v_from_string(s)));
}
static Value api_replace_property(VM *vm, Value self, int argc, Value *argv) {
    PropKey k;
    if (!v_is_object(ARG(0))) return throw_error(vm, "Cannot use replaceProperty on a primitive value; an object must be given");
    if (v_is_nullish(ARG(1))) return throw_error(vm, "No property name supplied");
    if (!to_property_key_rjs(vm, argv[1], &k)) return V_EXC;
    int has = object_has_rjs(vm, argv[0], k);
    Value old = has > 0 ? get_rjs(vm, argv[0], k) : V_EXC;
    if (has == 0) return replace_error(vm, "Property `%s` does not exist in the provided object", argv[1]);
    if (v_is_exc(old)) return V_EXC;
    if (v_is_callable(old)) return replace_error(vm, "Cannot replace the `%s` property because it is a function. Use `jest.spyOn(object, '%s')` instead.", argv[1]);
    if (!v_is_array(vm->roots[ROOT_REPLACED])) vm->roots[ROOT_REPLACED] = v_from_array(array_new(vm, 6));
    Array *a = v_array(vm->roots[ROOT_REPLACED]);
    bool known = false;
    for (u32 i = 0; i < a->length; i += 3) known |= obj_elems(&a->o)->v[i] == argv[0] && same_value(vm, obj_elems(&a->o)->v[i + 1], argv[1]);
    if (!known) {
        array_push(vm, a, argv[0]);
        array_push(vm, a, argv[1]);
        array_push(vm, a, old);
    }
    if (object_set_rjs(vm, argv[0], k, ARG(2), argv[0]) < 0) return V_EXC;
    Value out = v_obj(object_new(vm));
    prop_put(vm, out, "replaceValue", closure(vm, RUNTIME_ID(module_mock_rows, 3), 2, argv[0], argv[1]));
    prop_put(vm, out, "restore", closure(vm, RUNTIME_ID(module_mock_rows, 4), 2, argv[0], argv[1]));
    return out;
}

// ---- waitFor, waitUntil: tries, then tries again after each interval of the real clock

enum { W_PROMISE, W_CALLBACK, W_DEADLINE, W_INTERVAL, W_UNTIL, W_COUNT };
static bool wait_later_rjs(VM *vm, Value *s, Value error) { // error V_HOLE: not yet truthy
    if ((f64)(runtime_now_ns() / 1000000) >= v_num(s[W_DEADLINE])) {
        if (error == V_HOLE) error = error_new(vm, REALM_ErrorPrototype, v_str(vm, "Timed out in waitUntil!"));
        promise_reject(vm, s[W_PROMISE], error);
        return true;
    }
    Value api = object_own_data(vm, v_object(vm->realm->TestApi), A_(vm, vi));
    Value fake = call_method_rjs(vm, api, "isFakeTimers", 0, NULL);
    if (fake == V_TRUE && v_is_exc(call_method_rjs(vm, api, "advanceTimersByTime", 1, &s[W_INTERVAL]))) return false;
    Value f = closure(vm, RUNTIME_ID(module_mock_rows, 5), W_COUNT, s[0], s[1], s[2], s[3], s[4]);
    return !v_is_exc(CALL2(vm, native_make(vm, RUNTIME_ID(timer_global_rows, 0)), V_UNDEFINED, f, s[W_INTERVAL]));
}
static Value wait_settled(VM *vm, Value self, int argc, Value *argv) { // magic 1: the callback's promise was rejected
    bool failed = native_magic(vm);
    Value *s = native_slots(vm);
    if (!failed && (s[W_UNTIL] != V_TRUE || to_boolean(ARG(0)))) {
        promise_resolve(vm, s[W_PROMISE], ARG(0));
        return V_UNDEFINED;
    }
    return wait_later_rjs(vm, s, failed ? ARG(0) : V_HOLE) ? V_UNDEFINED : V_EXC;
}
static Value wait_try(VM *vm, Value self, int argc, Value *argv) {
    Value *s = native_slots(vm), r = CALL0(vm, s[W_CALLBACK], V_UNDEFINED);
    if (v_is_exc(r)) {
        if (vm_terminated(vm)) return V_EXC;
        Value e = vm_take_exception(vm);
        if (s[W_UNTIL] == V_TRUE) return promise_reject(vm, s[W_PROMISE], e), V_UNDEFINED;
        return wait_later_rjs(vm, s, e) ? V_UNDEFINED : V_EXC;
    }
    if (v_is_kind(r, CELL_PROMISE)) {
        promise_then_native(vm, r, closure(vm, RUNTIME_ID(module_mock_rows, 6), W_COUNT, s[0], s[1], s[2], s[3], s[4]), closure(vm, RUNTIME_ID(module_mock_rows, 7), W_COUNT, s[0], s[1], s[2], s[3], s[4]));
        return V_UNDEFINED;
    }
    if (s[W_UNTIL] == V_TRUE && !to_boolean(r)) return wait_later_rjs(vm, s, V_HOLE) ? V_UNDEFINED : V_EXC;
    promise_resolve(vm, s[W_PROMISE], r);
    return V_UNDEFINED;
}
static Value api_wait(VM *vm, Value self, int argc, Value *argv) { // waitFor (0), waitUntil (1)
    bool until = native_magic(vm);
    f64 timeout = 1000, interval = 50;
    Value o = ARG(1);
    if (v_is_number(o)) timeout = v_num(o);
    else if (v_is_object(o)) {
        Value t = prop_rjs(vm, o, "timeout"), i = prop_rjs(vm, o, "interval");
        if (v_is_exc(t) || v_is_exc(i)) return V_EXC;
        if (v_is_number(t)) timeout = v_num(t);
        if (v_is_number(i)) interval = v_num(i);
    }
    vm_mark_impure(vm, IMPURE_CLOCK);
    Value p = promise_new(vm);
    Value f = closure(vm, RUNTIME_ID(module_mock_rows, 5), W_COUNT, p, ARG(0), v_from_num((f64)(runtime_now_ns() / 1000000) + timeout), v_from_num(interval), v_from_bool(until));
    return v_is_exc(CALL0(vm, f, V_UNDEFINED)) ? V_EXC : p;
}

const NativeRow module_mock_rows[] = {
    FN("importOriginal", 0, import_original), FN_MAGIC("", 1, isolate_done, 0), FN_MAGIC("", 1, isolate_done, 1), FN_MAGIC("replaceValue", 1, replaced_act, 0),
    FN_MAGIC("restore", 0, replaced_act, 1), FN("", 0, wait_try), FN_MAGIC("", 1, wait_settled, 0), FN_MAGIC("", 1, wait_settled, 1), ROWS_END,
};
const NativeRow module_api_rows[] = { // on the jest and vi objects
    FN_MAGIC("mock", 2, api_mock_module, MOCK_FACTORY), FN_MAGIC("doMock", 2, api_mock_module, MOCK_FACTORY), FN_MAGIC("setMock", 2, api_mock_module, MOCK_VALUE),
    FN_MAGIC("unmock", 1, api_mock_module, MOCK_REMOVE), FN_MAGIC("doUnmock", 1, api_mock_module, MOCK_REMOVE), FN_MAGIC("dontMock", 1, api_mock_module, MOCK_REMOVE),
    FN_MAGIC("deepUnmock", 1, api_mock_module, MOCK_REMOVE), FN_MAGIC("unstable_mockModule", 2, api_mock_module, MOCK_FACTORY),
    FN_MAGIC("requireActual", 1, api_actual, 0), FN_MAGIC("importActual", 1, api_actual, 1), FN_MAGIC("requireMock", 1, api_mocked_module, 0),
    FN_MAGIC("importMock", 1, api_mocked_module, 1), FN_MAGIC("createMockFromModule", 1, api_mocked_module, 2), FN("resetModules", 0, api_reset_modules),
    FN_MAGIC("isolateModules", 1, api_isolate, 0), FN_MAGIC("isolateModulesAsync", 1, api_isolate, 1), FN("disableAutomock", 0, api_nothing),
    FN("stubEnv", 2, api_stub_env), FN("unstubAllEnvs", 0, api_unstub_envs), FN("replaceProperty", 3, api_replace_property), FN_MAGIC("waitFor", 2, api_wait, 0),
    FN_MAGIC("waitUntil", 2, api_wait, 1), ROWS_END,
};
