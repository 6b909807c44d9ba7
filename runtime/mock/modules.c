// SPDX-License-Identifier: MIT
// Module mocks: jest.mock, vi.mock, mock.module and their relatives, __mocks__ folders, the module registry.
//
// A mock is a record in the array vm->roots[ROOT_MODULE_MOCKS]. Modules meet it through host->replace_module, which exists only once a file
// has mocked something or the project has a __mocks__ folder at its root. What a static import got stays with the importing module
// (Module.host), as its binding would.
#include "runtime/mock/modules.h"

#include <sys/stat.h>

#include "runtime/mock/mock.h"
#include "runtime/node/node.h"
#include "vm/exec/exec.h"
#include "vm/exec/module.h"

// TARGET: the module's path (interned), undefined for what is no file: then SPEC counts. FACTORY: function; undefined: automock; null: EXPORTS
// were given; true: the file MANUAL of a __mocks__ folder; false: not mocked after all. BUSY: its exports are being made.
enum { MM_TARGET, MM_SPEC, MM_FACTORY, MM_EXPORTS, MM_FROM, MM_SPY, MM_MANUAL, MM_BUSY, MM_COUNT };
static Value replace_module(VM *vm, Module *from, u32 request);

// ---- which module a specifier means

static Module *calling_module(VM *vm) {
    for (Frame *f = vm->frame; f && f >= vm->frames; f--)
        if (f->code && f->code->module) return f->code->module;
    return program_module(vm, dxtest->program, dxtest->file_module);
}
static Value path_value(VM *vm, const char *path) { return v_from_string(str_intern(vm, str_new_utf8(vm, path, strlen(path)))); }
static bool has_path(VM *vm, Value path, const char *text) {
    Buf b = {0};
    str_to_utf8(vm, v_string(path), &b);
    bool same = !strcmp(buf_cstr(&b), text);
    buf_free(&b);
    return same;
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
// Packages, aliases, configured names, files the layout does not hold: what only the embedder's resolver knows.
static Value resolve_by_host(VM *vm, Module *from, Value spec) {
    if (!vm->host || !vm->host->resolve_module) return V_UNDEFINED;
    Value v = vm->host->resolve_module(vm, from, spec);
    if (v_is_exc(v)) return (void)vm_take_exception(vm), V_UNDEFINED;
    if (!v_is_string(v) || !v_string(v)->length || chars_at(str_chars(vm, v_string(v)), 0) != '/') return V_UNDEFINED;
    return v_from_string(str_intern(vm, v_string(v)));
}
static Value request_path(VM *vm, Module *from, u32 request) { // undefined: no file
    const DxtRequest *q = &from->dxt->requests[request];
    if (q->module != DXT_NONE && q->module < from->program->count) return path_value(vm, from->program->modules[q->module].path);
    return resolve_by_host(vm, from, from->strings[q->specifier]);
}
static Value resolve(VM *vm, Module *from, String *spec) { // path or undefined
    Value atom = v_from_string(str_intern(vm, spec));
    for (u32 i = 0; i < from->dxt->request_count; i++)
        if (from->strings[from->dxt->requests[i].specifier] == atom) return request_path(vm, from, i);
    Buf text = {0}, path = {0};
    const char *s = str_to_cstr(vm, spec, &text);
    i32 found = -1;
    if (s[0] == '.' || s[0] == '/') {
        path_join(&path, from->dxt->path, s);
        found = module_by_path(buf_cstr(&path));
    }
    buf_free(&text);
    buf_free(&path);
    return found >= 0 ? path_value(vm, dxtest->program->modules[found].path) : resolve_by_host(vm, from, v_from_string(spec));
}
static Value plain_specifier(VM *vm, String *s) { // without node:
    Buf b = {0};
    const char *text = str_to_cstr(vm, s, &b);
    String *r = str_intern(vm, !strncmp(text, "node:", 5) ? str_slice(vm, s, 5, s->length) : s);
    buf_free(&b);
    return v_from_string(r);
}
static Value *mock_at(Array *a, u32 i) { return ((ValueArray *)v_ptr(obj_elems(&a->o)->v[i]))->v; }
static bool mock_is_for(const Value *m, Value target, Value spec) {
    return v_is_string(target) ? m[MM_TARGET] == target : v_is_undefined(m[MM_TARGET]) && m[MM_SPEC] == spec;
}
static Value *mock_find(VM *vm, Value target, Value spec) {
    Value list = vm->roots[ROOT_MODULE_MOCKS];
    for (u32 i = v_is_array(list) ? v_array(list)->length : 0; i--;) {
        Value *m = mock_at(v_array(list), i);
        if (mock_is_for(m, target, spec)) return m;
    }
    return NULL;
}
static Value *mock_add(VM *vm, Value target, Value spec, Value factory, Module *from) {
    ValueArray *m = values_new(vm, MM_COUNT);
    m->v[MM_TARGET] = target;
    m->v[MM_SPEC] = spec;
    m->v[MM_FACTORY] = factory;
    m->v[MM_EXPORTS] = V_HOLE;
    m->v[MM_FROM] = v_from_ptr(TAG_INTERNAL, from);
    m->v[MM_SPY] = m->v[MM_BUSY] = V_FALSE;
    if (!v_is_array(vm->roots[ROOT_MODULE_MOCKS])) vm->roots[ROOT_MODULE_MOCKS] = v_from_array(array_new(vm, 4));
    array_push(vm, v_array(vm->roots[ROOT_MODULE_MOCKS]), v_from_ptr(TAG_INTERNAL, m));
    vm->host->replace_module = replace_module;
    return m->v;
}

// ---- __mocks__: beside a module, and at the project's root for packages and builtins

static bool is_file(const char *path) {
    struct stat st;
    return !stat(path, &st) && S_ISREG(st.st_mode);
}
// FOLDER/__mocks__/NAME with one of the usual extensions, interned; undefined: there is none.
static Value manual_file(VM *vm, const char *folder, size_t n, const char *name) {
    static const char *const tails[] = {"", ".js", ".ts", ".tsx", ".jsx", ".mjs", ".cjs", ".mts", ".cts", ".json", "/index.js", "/index.ts"};
    const char *dot = strrchr(name, '.');
    size_t len = strlen(name), stem = dot && dot != name && !strchr(dot, '/') ? (size_t)(dot - name) : len;
    Value found = V_UNDEFINED;
    vm_mark_impure(vm, IMPURE_FILES);
    for (u32 pass = 0; pass < (stem < len ? 2u : 1u) && v_is_undefined(found); pass++)
        for (u32 i = 0; i < DX_COUNTOF(tails) && v_is_undefined(found); i++) {
            Buf b = {0};
            buf_printf(&b, "%.*s/__mocks__/%.*s%s", (int)n, folder, (int)(pass ? stem : len), name, tails[i]);
            if (is_file(buf_cstr(&b))) found = path_value(vm, buf_cstr(&b));
            buf_free(&b);
        }
    return found;
}
static Value manual_of(VM *vm, Value target, Value spec) {
    Buf b = {0};
    str_to_utf8(vm, v_string(v_is_string(target) ? target : spec), &b);
    const char *path = buf_cstr(&b), *slash = strrchr(path, '/'), *root = dxtest->opt.root;
    bool own = v_is_string(target) && !strstr(path, "/node_modules/");
    Value found = own && slash ? manual_file(vm, path, (size_t)(slash - path), slash + 1) : V_UNDEFINED;
    buf_free(&b);
    if (own || !root) return found;
    str_to_utf8(vm, v_string(spec), &b);
    if (b.data[0] != '.' && b.data[0] != '/') found = manual_file(vm, root, strlen(root), buf_cstr(&b));
    buf_free(&b);
    return found;
}
static bool root_has_mocks(void) {
    static char seen[4096];
    static bool has;
    const char *root = dxtest && dxtest->dialect == DIALECT_JEST ? dxtest->opt.root : NULL;
    if (!root || strlen(root) + 12 > sizeof seen) return false;
    if (strcmp(seen, root)) { // once a process
        struct stat st;
        Buf b = {0};
        buf_printf(&b, "%s/__mocks__", root);
        has = !stat(buf_cstr(&b), &st) && S_ISDIR(st.st_mode);
        buf_free(&b);
        memcpy(seen, root, strlen(root) + 1);
    }
    return has;
}
// Jest takes the file of the root's folder for a package that nobody mocked or unmocked.
static Value *root_mock(VM *vm, Module *from, Value target, Value spec) {
    Buf b = {0};
    Value exports;
    str_to_utf8(vm, v_string(spec), &b);
    bool package = b.len && b.data[0] != '.' && b.data[0] != '/' && root_has_mocks() && strncmp(buf_cstr(&b), "node:", 5);
    if (package && v_is_string(target)) {
        Buf path = {0};
        str_to_utf8(vm, v_string(target), &path);
        package = strstr(buf_cstr(&path), "/node_modules/") != NULL; // else an alias of the project's own
        buf_free(&path);
    } else if (package && vm->host->load_builtin && vm->host->load_builtin(vm, buf_cstr(&b), &exports)) {
        if (v_is_exc(exports)) vm_take_exception(vm);
        package = false;
    }
    buf_free(&b);
    Value file = package ? manual_of(vm, target, spec) : V_UNDEFINED;
    if (v_is_undefined(file)) return NULL;
    Value *m = mock_add(vm, target, spec, V_TRUE, from);
    m[MM_MANUAL] = file;
    return m;
}

void module_mocks_reset(VM *vm) {
    if (vm->host) vm->host->replace_module = root_has_mocks() ? replace_module : NULL;
    vm->roots[ROOT_MODULE_MOCKS] = vm->roots[ROOT_STUBBED_ENV] = vm->roots[ROOT_REPLACED] = vm->roots[ROOT_AUTOMOCK] = V_UNDEFINED;
}

// ---- the registry of instantiated modules: vm->roots[ROOT_PROGRAMS], per program an array of modules

static u32 registry_size(VM *vm) { return v_is_internal(vm->roots[ROOT_PROGRAMS]) ? values_capacity(v_ptr(vm->roots[ROOT_PROGRAMS])) : 0; }
static Value *registry_at(VM *vm, u32 program) { return &((ValueArray *)v_ptr(vm->roots[ROOT_PROGRAMS]))->v[program]; }

// A request that some import reads through each time (namespaces, names of CommonJS) must go on leading to the same module.
static bool read_by_import(const Module *m, u32 request) {
    if (!(m->dxt->requests[request].flags & REQ_STATIC)) return false;
    if (!(m->dxt->requests[request].flags & (REQ_REQUIRE | REQ_DYNAMIC))) return true;
    for (u32 i = 0; i < m->dxt->import_count; i++)
        if (m->dxt->imports[i].request == request && !m->imports[i]) return true;
    return false;
}
// Undefined target: all. Only those asked for at run time: imports keep their bindings.
static void forget_of_module(VM *vm, Module *m, Value target) {
    for (u32 r = 0; r < m->dxt->request_count; r++) {
        if (read_by_import(m, r)) continue;
        if (m->requests[r] && (v_is_undefined(target) || has_path(vm, target, m->requests[r]->dxt->path))) HEAP_STORE(vm, m->requests[r], NULL);
        if (v_is_internal(m->foreign)) heap_set(vm, &((ValueArray *)v_ptr(m->foreign))->v[r], V_UNDEFINED);
    }
}
static void forget_requests(VM *vm, Value target) {
    for (u32 p = 0; p < registry_size(vm); p++) {
        if (!v_is_internal(*registry_at(vm, p))) continue;
        ValueArray *a = v_ptr(*registry_at(vm, p));
        for (u32 i = 0; i < values_capacity(a); i++)
            if (v_is_internal(a->v[i])) forget_of_module(vm, v_ptr(a->v[i]), target);
    }
}
static ValueArray *registry_save(VM *vm) {
    ValueArray *all = values_new(vm, registry_size(vm) ? registry_size(vm) : 1);
    memcpy(all->v, registry_at(vm, 0), registry_size(vm) * sizeof(Value));
    return all;
}
static void registry_restore(VM *vm, ValueArray *saved) {
    forget_requests(vm, V_UNDEFINED);
    for (u32 p = 0; p < registry_size(vm); p++) heap_set(vm, registry_at(vm, p), p < values_capacity(saved) ? saved->v[p] : V_UNDEFINED);
    forget_requests(vm, V_UNDEFINED);
}
static void registry_reset(VM *vm) {
    forget_requests(vm, V_UNDEFINED);
    Module *entry = program_module(vm, dxtest->program, dxtest->file_module);
    for (u32 p = 0; p < registry_size(vm); p++) heap_set(vm, registry_at(vm, p), V_UNDEFINED);
    ValueArray *fresh = values_new(vm, dxtest->program->count ? dxtest->program->count : 1);
    fresh->v[entry->index] = v_from_ptr(TAG_INTERNAL, entry); // the test file itself goes on
    heap_set(vm, registry_at(vm, dxtest->program->id), v_from_ptr(TAG_INTERNAL, fresh));
    Value list = vm->roots[ROOT_MODULE_MOCKS];
    for (u32 i = 0; v_is_array(list) && i < v_array(list)->length; i++) {
        Value *m = mock_at(v_array(list), i);
        if (!v_is_null(m[MM_FACTORY])) heap_set(vm, &m[MM_EXPORTS], V_HOLE);
    }
}

// ---- the original

static Value run_module_rjs(VM *vm, Module *m, bool namespace) {
    Value promise, r = module_run_rjs(vm, m, &promise);
    if (v_is_exc(r)) return V_EXC;
    if (v_is_object(promise)) {
        promise_mark_handled(vm, promise);
        if (!loop_wait_promise(vm, promise, UINT64_MAX)) return throw_error(vm, "the module's top-level await never settled");
        if (promise_state(promise) == PROMISE_REJECTED) return vm_throw_value(vm, promise_result(promise));
    }
    return namespace ? module_namespace_rjs(vm, m) : r;
}
static Value run_path_rjs(VM *vm, Module *from, Value path, bool namespace) {
    Buf b = {0};
    str_to_utf8(vm, v_string(path), &b);
    Module *m = NULL;
    for (u32 i = 0; i < dxtest->program->count && !m; i++)
        if (!strcmp(dxtest->program->modules[i].path, buf_cstr(&b))) m = program_module(vm, dxtest->program, i);
    buf_free(&b);
    if (!m && vm->host->find_module && !vm->host->find_module(vm, from, path, V_UNDEFINED, &m)) return V_EXC;
    if (m) return run_module_rjs(vm, m, namespace);
    return vm->host->load_module(vm, from, path, REQ_REQUIRE);
}
static Value actual_rjs(VM *vm, Module *from, String *spec, bool namespace) {
    Value path = resolve(vm, from, spec);
    if (v_is_string(path)) return run_path_rjs(vm, from, path, namespace);
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

// ---- what importers get

// Vitest: the factory's object is the namespace; a name it lacks is an error when it is read. Slots of the get trap: the specifier.
static Value namespace_get(VM *vm, Value self, int argc, Value *argv) { // (target, key)
    PropKey k;
    if (!to_property_key_rjs(vm, ARG(1), &k)) return V_EXC;
    int has = object_has_rjs(vm, ARG(0), k);
    if (has < 0) return V_EXC;
    if (has) return get_rjs(vm, ARG(0), k);
    if (k == A_(vm, __esModule)) return V_TRUE;
    if (!v_is_string(ARG(1)) || is_c(vm, argv[1], "then")) return V_UNDEFINED;
    Buf key = {0}, spec = {0};
    str_to_utf8(vm, v_string(argv[1]), &key);
    str_to_utf8(vm, v_string(native_slots(vm)[0]), &spec);
    throw_error(vm, "[vitest] No \"%s\" export is defined on the \"%s\" mock. Did you forget to return it from \"vi.mock\"?\n"
                    "If you need to partially mock a module, you can use \"importOriginal\" helper inside:\n\n"
                    "vi.mock(import(\"%s\"), async (importOriginal) => {\n  const actual = await importOriginal()\n  return {\n    ...actual,\n    // your mocked methods\n  }\n})",
                buf_cstr(&key), buf_cstr(&spec), buf_cstr(&spec));
    buf_free(&key);
    buf_free(&spec);
    return V_EXC;
}
static Value as_namespace_rjs(VM *vm, Value v, Value spec) {
    if (!v_is_object(v)) {
        Buf b = {0};
        str_to_utf8(vm, v_string(spec), &b);
        throw_type(vm, "[vitest] vi.mock(\"%s\", factory?: () => unknown) is not returning an object. Did you mean to return an object with a \"default\" key?", buf_cstr(&b));
        buf_free(&b);
        return V_EXC;
    }
    Value handler = v_obj(object_new(vm)), proxy = prop_rjs(vm, vm->realm->global, "Proxy");
    prop_put(vm, handler, "get", closure(vm, RUNTIME_ID(module_mock_rows, 3), 1, spec));
    return v_is_exc(proxy) ? V_EXC : vm_construct(vm, proxy, 2, (Value[]){v, handler}, proxy);
}
static Value factory_exports_rjs(VM *vm, Value *m) {
    Value original = closure(vm, RUNTIME_ID(module_mock_rows, 0), 2, m[MM_FROM], m[MM_SPEC]);
    Value out = CALL1(vm, m[MM_FACTORY], V_UNDEFINED, original);
    if (v_is_kind(out, CELL_PROMISE) && runtime_dialect() != DIALECT_JEST) {
        promise_mark_handled(vm, out);
        if (!loop_wait_promise(vm, out, UINT64_MAX)) return throw_error(vm, "the factory of a module mock never settled");
        out = promise_state(out) == PROMISE_REJECTED ? vm_throw_value(vm, promise_result(out)) : promise_result(out);
    }
    return !v_is_exc(out) && runtime_dialect() == DIALECT_VITEST ? as_namespace_rjs(vm, out, m[MM_SPEC]) : out;
}
static Value mock_exports_rjs(VM *vm, Value *m) {
    if (m[MM_EXPORTS] != V_HOLE) return m[MM_EXPORTS];
    Value out;
    heap_set(vm, &m[MM_BUSY], V_TRUE);
    if (v_is_callable(m[MM_FACTORY])) out = factory_exports_rjs(vm, m);
    else if (m[MM_FACTORY] == V_TRUE) out = run_path_rjs(vm, v_ptr(m[MM_FROM]), m[MM_MANUAL], false);
    else {
        Value actual = actual_rjs(vm, v_ptr(m[MM_FROM]), v_string(m[MM_SPEC]), true);
        out = v_is_exc(actual) ? V_EXC : automock_rjs(vm, actual, m[MM_SPY] == V_TRUE);
        if (v_is_object(out) && v_is_kind(actual, CELL_NAMESPACE)) object_put(vm, v_object(out), A_(vm, __esModule), V_TRUE, ATTR_WC);
    }
    heap_set(vm, &m[MM_BUSY], V_FALSE);
    if (!v_is_exc(out)) heap_set(vm, &m[MM_EXPORTS], out);
    return out;
}
static Value *mock_default(VM *vm, Module *from, Value target, Value spec) { // __mocks__ or an automock
    Value *m = mock_add(vm, target, spec, V_UNDEFINED, from);
    heap_set(vm, &m[MM_MANUAL], manual_of(vm, target, spec));
    if (v_is_string(m[MM_MANUAL])) heap_set(vm, &m[MM_FACTORY], V_TRUE);
    m[MM_SPY] = V_UNDEFINED; // nobody asked for it by name: disableAutomock forgets it
    return m;
}
static Value replace_module(VM *vm, Module *from, u32 request) {
    const DxtRequest *q = &from->dxt->requests[request];
    bool stays = q->flags & REQ_STATIC;
    if (stays && v_is_internal(from->host)) {
        Value kept = ((ValueArray *)v_ptr(from->host))->v[request];
        if (kept != V_UNDEFINED) return kept;
    }
    Value target = request_path(vm, from, request), spec = plain_specifier(vm, v_string(from->strings[q->specifier]));
    Value *m = mock_find(vm, target, spec);
    if (!m) m = root_mock(vm, from, target, from->strings[q->specifier]);
    if (!m && v_is_string(target) && vm->roots[ROOT_AUTOMOCK] == V_TRUE) m = mock_default(vm, from, target, spec);
    if (!m || m[MM_FACTORY] == V_FALSE || m[MM_BUSY] == V_TRUE) return V_HOLE;
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
static void mock_forget(VM *vm, Value target, Value spec) {
    Value list = vm->roots[ROOT_MODULE_MOCKS];
    if (!v_is_array(list)) return;
    Array *rest = array_new(vm, v_array(list)->length);
    for (u32 i = 0; i < v_array(list)->length; i++)
        if (!mock_is_for(mock_at(v_array(list), i), target, spec)) array_push(vm, rest, obj_elems(v_object(list))->v[i]);
    vm->roots[ROOT_MODULE_MOCKS] = v_from_array(rest);
}

// Bun: modules that ran already take what they export from the mock, name by name.
static bool patch_loaded_rjs(VM *vm, Value target, Value *m) {
    for (u32 p = 0; p < registry_size(vm); p++) {
        ValueArray *a = v_is_internal(*registry_at(vm, p)) ? v_ptr(*registry_at(vm, p)) : NULL;
        for (u32 i = 0; a && i < values_capacity(a); i++) {
            Module *x = v_is_internal(a->v[i]) ? v_ptr(a->v[i]) : NULL;
            if (!x || x->state != MOD_EVALUATED || !has_path(vm, target, x->dxt->path)) continue;
            Value exports = mock_exports_rjs(vm, m);
            if (v_is_exc(exports) || (v_is_object(exports) && !module_patch_exports_rjs(vm, x, exports))) return false;
        }
    }
    return true;
}

enum { MOCK_FACTORY, MOCK_VALUE, MOCK_REMOVE };
static Value api_mock_module(VM *vm, Value self, int argc, Value *argv) {
    u32 how = native_magic(vm);
    enum DxDialect d = runtime_dialect();
    String *spec = specifier_rjs(vm, ARG(0));
    if (!spec || !dxtest) return V_EXC;
    Module *from = calling_module(vm);
    Value target = resolve(vm, from, spec), key = v_is_undefined(target) ? plain_specifier(vm, spec) : v_from_string(str_intern(vm, spec));
    mock_forget(vm, target, key);
    forget_requests(vm, target);
    if (how == MOCK_REMOVE) {
        if (root_has_mocks() || vm->roots[ROOT_AUTOMOCK] == V_TRUE) mock_add(vm, target, key, V_FALSE, from); // not the root's either
        return self;
    }
    Value spy = v_is_object(ARG(1)) && !v_is_callable(argv[1]) ? prop_rjs(vm, argv[1], "spy") : V_FALSE;
    if (v_is_exc(spy)) return V_EXC;
    if (d == DIALECT_BUN && how == MOCK_FACTORY && !v_is_callable(ARG(1))) return throw_type(vm, "mock(module, fn) requires a function");
    Value *m = mock_add(vm, target, key, how == MOCK_VALUE ? V_NULL : v_is_callable(ARG(1)) ? argv[1] : V_UNDEFINED, from);
    if (how == MOCK_VALUE) heap_set(vm, &m[MM_EXPORTS], ARG(1));
    heap_set(vm, &m[MM_SPY], v_from_bool(to_boolean(spy)));
    if (v_is_undefined(m[MM_FACTORY]) && m[MM_SPY] == V_FALSE) {
        heap_set(vm, &m[MM_MANUAL], manual_of(vm, target, key));
        if (v_is_string(m[MM_MANUAL])) heap_set(vm, &m[MM_FACTORY], V_TRUE);
    }
    return d != DIALECT_BUN || v_is_undefined(target) || patch_loaded_rjs(vm, target, m) ? self : V_EXC;
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
    Value target = resolve(vm, from, spec), key = plain_specifier(vm, spec), r;
    Value *m = how == 2 ? NULL : mock_find(vm, target, key), file = m ? V_UNDEFINED : how == 2 ? V_UNDEFINED : manual_of(vm, target, key);
    if (m && m[MM_FACTORY] != V_FALSE) r = mock_exports_rjs(vm, m);
    else if (v_is_string(file)) r = run_path_rjs(vm, from, file, how == 1);
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
    registry_restore(vm, v_ptr(s[0]));
    if (failed) promise_reject(vm, s[1], ARG(0));
    else promise_resolve(vm, s[1], ARG(0));
    return V_UNDEFINED;
}
static Value api_isolate(VM *vm, Value self, int argc, Value *argv) { // isolateModules (0), isolateModulesAsync (1)
    bool async = native_magic(vm);
    if (!dxtest) return V_UNDEFINED;
    ValueArray *old = registry_save(vm);
    registry_reset(vm);
    Value r = CALL0(vm, ARG(0), V_UNDEFINED);
    if (async && !v_is_exc(r)) {
        Value p = promise_resolve_value_rjs(vm, vm->realm->Promise, r), out = promise_new(vm);
        if (v_is_exc(p)) return V_EXC;
        Value keep = v_from_ptr(TAG_INTERNAL, old);
        promise_then_native(vm, p, closure(vm, RUNTIME_ID(module_mock_rows, 1), 2, keep, out), closure(vm, RUNTIME_ID(module_mock_rows, 2), 2, keep, out));
        return out;
    }
    registry_restore(vm, old);
    return v_is_exc(r) ? V_EXC : self;
}
static Value api_automock(VM *vm, Value self, int argc, Value *argv) { // enableAutomock (1), disableAutomock (0)
    bool on = native_magic(vm);
    vm->roots[ROOT_AUTOMOCK] = v_from_bool(on);
    if (on) vm->host->replace_module = replace_module;
    Value list = vm->roots[ROOT_MODULE_MOCKS];
    Array *rest = array_new(vm, 4);
    for (u32 i = 0; v_is_array(list) && i < v_array(list)->length; i++)
        if (on || !v_is_undefined(mock_at(v_array(list), i)[MM_SPY])) array_push(vm, rest, obj_elems(v_object(list))->v[i]);
    vm->roots[ROOT_MODULE_MOCKS] = v_from_array(rest);
    return self;
}
static Value api_imports_settled(VM *vm, Value self, int argc, Value *argv) { // vi.dynamicImportSettled: a turn of the loop later they are
    Value p = promise_new(vm), timer = CALL2(vm, native_make(vm, RUNTIME_ID(timer_global_rows, 0)), V_UNDEFINED, closure(vm, RUNTIME_ID(run_rows, 0), 1, p), v_from_int(1));
    return v_is_exc(timer) ? V_EXC : p;
}

const NativeRow module_mock_rows[] = {
    FN("importOriginal", 0, import_original), FN_MAGIC("", 1, isolate_done, 0), FN_MAGIC("", 1, isolate_done, 1), FN("get", 2, namespace_get), ROWS_END,
};
const NativeRow module_api_rows[] = { // on the jest and vi objects
    FN_MAGIC("mock", 2, api_mock_module, MOCK_FACTORY), FN_MAGIC("doMock", 2, api_mock_module, MOCK_FACTORY), FN_MAGIC("setMock", 2, api_mock_module, MOCK_VALUE),
    FN_MAGIC("unmock", 1, api_mock_module, MOCK_REMOVE), FN_MAGIC("doUnmock", 1, api_mock_module, MOCK_REMOVE), FN_MAGIC("dontMock", 1, api_mock_module, MOCK_REMOVE),
    FN_MAGIC("deepUnmock", 1, api_mock_module, MOCK_REMOVE), FN_MAGIC("unstable_mockModule", 2, api_mock_module, MOCK_FACTORY),
    FN_MAGIC("requireActual", 1, api_actual, 0), FN_MAGIC("importActual", 1, api_actual, 1), FN_MAGIC("requireMock", 1, api_mocked_module, 0),
    FN_MAGIC("importMock", 1, api_mocked_module, 1), FN_MAGIC("createMockFromModule", 1, api_mocked_module, 2), FN("resetModules", 0, api_reset_modules),
    FN_MAGIC("isolateModules", 1, api_isolate, 0), FN_MAGIC("isolateModulesAsync", 1, api_isolate, 1), FN_MAGIC("enableAutomock", 0, api_automock, 1), FN_MAGIC("disableAutomock", 0, api_automock, 0),
    FN_MAGIC("autoMockOn", 0, api_automock, 1), FN_MAGIC("autoMockOff", 0, api_automock, 0), FN("dynamicImportSettled", 0, api_imports_settled),
    ROWS_END,
};
