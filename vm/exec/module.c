// SPDX-License-Identifier: MIT
// Programs and modules: instantiating rows of a DxtModule in the heap, linking import bindings to export
// slots (16.2.1.6), namespaces, CommonJS. Where the specification would fail on a missing name, REQ_LAX
// importers read undefined. In which order bodies run: module_eval.c.
#include "vm/builtins/builtins.h"
#include "vm/builtins/json.h"
#include "vm/exec/exec.h"
#include "vm/exec/jobs.h"
#include "vm/num/bigint.h"
#include "vm/text.h"

#include <stdlib.h>

// vm->roots[ROOT_PROGRAMS], [ROOT_SHARED]: ValueArray per program of its instantiated modules; chain of shared tables

typedef struct SharedTables { Value *strings, *consts; } SharedTables;

// ---- programs and instances

DxProgram *program_new(VM *vm, DxtModule *modules, u32 count) {
    DxProgram *p = mem_zalloc(sizeof *p);
    p->modules = modules;
    p->count = count;
    p->id = vm->exec->program_count++;
    p->next = vm->exec->programs;
    vm->exec->programs = p;
    return p;
}

void program_free(DxProgram *p) {
    mem_free(p->shared);
    mem_free(p->uses);
    mem_free(p);
}

u32 program_mark(VM *vm) { return vm->exec->program_count; }

void program_release(VM *vm, u32 mark) {
    Vm_exec *x = vm->exec;
    while (x->programs && x->programs->id >= mark) {
        DxProgram *p = x->programs;
        x->programs = p->next;
        program_free(p);
    }
    x->program_count = mark;
}

static ValueArray *program_instances(VM *vm, DxProgram *p) {
    Value *root = &vm->roots[ROOT_PROGRAMS];
    if (!v_is_internal(*root) || values_capacity(v_ptr(*root)) <= p->id) {
        ValueArray *all = values_new(vm, (p->id + 8) * 2);
        if (v_is_internal(*root))
            memcpy(all->v, ((ValueArray *)v_ptr(*root))->v, values_capacity(v_ptr(*root)) * sizeof(Value));
        *root = v_internal(all);
    }
    Value *slot = &((ValueArray *)v_ptr(*root))->v[p->id];
    if (*slot == V_UNDEFINED) {
        ValueArray *a = values_new(vm, p->count ? p->count : 1);
        heap_set(vm, slot, v_internal(a));
    }
    return v_ptr(*slot);
}

static void *pointers_new(VM *vm, u32 n) { // zeroed memory for n pointers, traced
    ValueArray *a = values_new(vm, n ? n : 1);
    memset(a->v, 0, (n ? n : 1) * sizeof(Value));
    return a->v;
}

static Value const_value(VM *vm, const Value *strings, const DxtConst *c) {
    switch (c->kind) {
    case DXT_CONST_F64: {
        f64 d;
        memcpy(&d, &c->bits, 8);
        return v_from_raw_double(d);
    }
    case DXT_CONST_I32: return v_from_int((i32)c->bits);
    case DXT_CONST_STRING: return strings[(u32)c->bits];
    case DXT_CONST_BIGINT: {
        Chars t = str_chars(vm, v_string(strings[(u32)c->bits]));
        return t.wide ? V_UNDEFINED : bigint_from_digits(vm, t.p, t.len, 10, false);
    }
    default: return V_UNDEFINED;
    }
}

static Value *strings_new(VM *vm, const DxtModule *d) {
    Value *v = pointers_new(vm, d->string_count);
    for (u32 i = 0; i < d->string_count; i++)
        v[i] = v_from_string(str_intern(vm, (String *)(uintptr_t)dxt_string(d, i)));
    return v;
}

static Value *consts_new(VM *vm, const DxtModule *d, const Value *strings) {
    Value *v = pointers_new(vm, d->const_count);
    for (u32 i = 0; i < d->const_count; i++) v[i] = const_value(vm, strings, &d->consts[i]);
    return v;
}

static void module_tables(VM *vm, DxProgram *p, Module *m) {
    if (p->shared && p->shared[m->index].strings) {
        m->strings = p->shared[m->index].strings;
        m->consts = p->shared[m->index].consts;
        return;
    }
    m->strings = strings_new(vm, m->dxt);
    m->consts = consts_new(vm, m->dxt, m->strings);
    if (!p->uses) p->uses = mem_zalloc(p->count ? p->count : 1);
    if (p->uses[m->index] < 2 && ++p->uses[m->index] == 2) p->share_wanted++;
}

void program_share(VM *vm, DxProgram *p) {
    if (!p->shared) p->shared = mem_zalloc((p->count ? p->count : 1) * sizeof *p->shared);
    for (u32 i = 0; i < p->count && p->share_wanted; i++) {
        SharedTables *s = &p->shared[i];
        if (p->uses[i] < 2 || s->strings) continue;
        ValueArray *link = values_new(vm, 3); // keeps the tables alive
        link->v[0] = vm->roots[ROOT_SHARED];
        vm->roots[ROOT_SHARED] = v_internal(link);
        s->strings = strings_new(vm, &p->modules[i]);
        link->v[1] = v_internal((Cell *)s->strings - 1);
        s->consts = consts_new(vm, &p->modules[i], s->strings);
        link->v[2] = v_internal((Cell *)s->consts - 1);
        p->share_wanted--;
    }
}

static Module *module_new(VM *vm, DxProgram *p, u32 index) {
    DxtModule *d = &p->modules[index];
    Module *m = heap_alloc0(vm, sizeof(Module), CELL_MODULE);
    m->dxt = d;
    m->program = p;
    m->index = index;
    m->state = MOD_NEW;
    m->realm = vm->realm;
    m->namespace_obj = m->meta = m->cjs_module = m->promise = m->templates = m->host = m->foreign =
        m->async_parents = V_UNDEFINED;
    m->error = V_HOLE;
    module_tables(vm, p, m);
    m->codes = pointers_new(vm, d->func_count);
    m->requests = pointers_new(vm, d->request_count);
    m->imports = pointers_new(vm, d->import_count);
    if (d->kind == MODULE_ESM) {
        Env *env = heap_alloc(vm, sizeof(Env) + d->env_slots * sizeof(Value), CELL_ENV);
        env->parent = NULL;
        env->count = d->env_slots;
        env->scope = SCOPE_NONE;
        env->code = NULL;
        for (u32 i = 0; i < d->env_slots; i++) env->v[i] = V_TDZ;
        m->env = env;
        for (u32 i = 0; i < d->scope_count; i++) { // direct eval looks the module's variables up by name
            if (!(d->scopes[i].flags & SCOPE_MODULE_ENV)) continue;
            FuncCode *code = module_code(vm, m, d->main_func);
            env->code = code;
            env->scope = i;
            break;
        }
    }
    return m;
}

Module *program_module(VM *vm, DxProgram *p, u32 index) {
    ValueArray *a = program_instances(vm, p);
    if (a->v[index] == V_UNDEFINED) {
        Module *m = module_new(vm, p, index);
        heap_set(vm, &a->v[index], v_internal(m));
    }
    return v_ptr(a->v[index]);
}

FuncCode *module_code(VM *vm, Module *m, u32 index) {
    FuncCode *c = m->codes[index];
    if (c) return c;
    const DxtFunc *info = &m->dxt->funcs[index];
    c = heap_alloc0(vm, sizeof(FuncCode), CELL_CODE);
    c->code = m->dxt->code + info->code_off;
    c->info = info;
    c->module = m;
    c->strings = m->strings;
    c->consts = m->consts;
    c->flags = info->flags;
    c->nparams = info->nparams;
    c->nlocals = info->nlocals;
    c->max_stack = info->max_stack;
    c->ic_count = info->ic_count;
    c->index = index;
    HEAP_STORE(vm, m->codes[index], c);
    return c;
}

Value module_function(VM *vm, Module *m, u32 index, Env *env) {
    return v_from_ptr(TAG_OBJECT, function_new(vm, module_code(vm, m, index), env));
}

// ---- requests

Value throw_module_not_found(VM *vm, Value specifier) {
    Buf tmp = {0};
    const char *text = v_is_string(specifier) ? str_to_cstr(vm, v_string(specifier), &tmp) : "";
    Value r = vm_throw(vm, ERR_MODULE_NOT_FOUND, text);
    buf_free(&tmp);
    if (v_is_object(vm->exception))
        object_put(vm, v_object(vm->exception), A_(vm, code), v_str(vm, "MODULE_NOT_FOUND"), ATTR_WEC);
    return r;
}

bool module_request_rjs(VM *vm, Module *m, u32 r, Module **target, Value *foreign) {
    const DxtRequest *q = &m->dxt->requests[r];
    *foreign = V_UNDEFINED;
    *target = m->requests[r];
    if (*target) return true;
    if (v_is_internal(m->foreign) && (*foreign = ((ValueArray *)v_ptr(m->foreign))->v[r]) != V_UNDEFINED)
        return true;
    if (q->module != DXT_NONE && q->module < m->program->count && !(vm->host && vm->host->replace_module)) {
        *target = program_module(vm, m->program, q->module);
        HEAP_STORE(vm, m->requests[r], *target);
        return true;
    }
    Value spec = m->strings[q->specifier];
    if (vm->host && vm->host->replace_module) { // module mocks decide first
        Value replaced = vm->host->replace_module(vm, m, r);
        if (v_is_exc(replaced)) return false;
        if (replaced != V_HOLE) {
            *foreign = replaced;
            return true;
        }
        if (q->module != DXT_NONE && q->module < m->program->count) {
            *target = program_module(vm, m->program, q->module);
            HEAP_STORE(vm, m->requests[r], *target);
            return true;
        }
    }
    if (vm->host && vm->host->find_module) {
        if (!vm->host->find_module(
                vm, m, spec, q->attributes == DXT_NONE ? V_UNDEFINED : m->strings[q->attributes], target))
            return false;
        if (*target) {
            HEAP_STORE(vm, m->requests[r], *target);
            return true;
        }
    }
    if (vm->host && vm->host->load_builtin) {
        Buf tmp = {0};
        Value exports = V_UNDEFINED;
        bool found = vm->host->load_builtin(vm, str_to_cstr(vm, v_string(spec), &tmp), &exports);
        buf_free(&tmp);
        if (found) {
            if (v_is_exc(exports)) return false;
            *foreign = exports;
        }
    }
    if (*foreign == V_UNDEFINED && vm->host && vm->host->load_module) {
        Value exports = vm->host->load_module(vm, m, spec, q->flags);
        if (v_is_exc(exports)) return false;
        *foreign = exports;
    }
    if (*foreign == V_UNDEFINED) return throw_module_not_found(vm, spec), false;
    if (m->foreign == V_UNDEFINED)
        HEAP_STORE(vm, m->foreign, v_internal(values_new(vm, m->dxt->request_count)));
    heap_set(vm, &((ValueArray *)v_ptr(m->foreign))->v[r], *foreign);
    return true;
}

// ---- what a module that is not an ECMAScript module gives its importers

// exports.default when the exports say they come from ECMAScript, else the exports themselves.
static Value interop_default_rjs(VM *vm, Value exports) {
    if (!v_is_object(exports)) return exports;
    Value es = prop_get_from_rjs(vm, exports, v_object(exports), A_(vm, __esModule));
    if (v_is_exc(es)) return V_EXC;
    return to_boolean(es) ? get_rjs(vm, exports, A_(vm, default)) : exports;
}

static Value interop_get_rjs(VM *vm, Value exports, PropKey name) {
    if (name == A_(vm, default)) return interop_default_rjs(vm, exports);
    if (v_is_object(exports)) return prop_get_from_rjs(vm, exports, v_object(exports), name);
    return v_is_nullish(exports) ? V_UNDEFINED : get_v_rjs(vm, exports, name);
}

Value interop_namespace_rjs(VM *vm, Value exports) {
    if (v_is_kind(exports, CELL_NAMESPACE)) return exports;
    if (v_is_object(exports)) {
        Value es = get_rjs(vm, exports, A_(vm, __esModule));
        if (v_is_exc(es)) return V_EXC;
        if (to_boolean(es)) return exports;
    }
    Object *ns = object_new_proto(vm, V_NULL);
    Value v = v_from_ptr(TAG_OBJECT, ns);
    if (v_is_object(exports) && copy_data_properties_rjs(vm, v, exports, NULL, 0) < 0) return V_EXC;
    int has = has_own_rjs(vm, v, A_(vm, default));
    if (has < 0) return V_EXC;
    if (!has || !v_is_object(exports)) object_put(vm, ns, A_(vm, default), exports, ATTR_WEC);
    return v;
}

Value module_exports(VM *vm, Module *m) { // CommonJS, JSON, text: once evaluated (or being evaluated)
    if (m->dxt->kind == MODULE_COMMONJS && v_is_object(m->cjs_module))
        return get_rjs(vm, m->cjs_module, A_(vm, exports));
    return m->cjs_module;
}

// JSON and text: one export, "default", and no interoperation with CommonJS.
static bool is_data(const Module *m) {
    return m && (m->dxt->kind == MODULE_JSON || m->dxt->kind == MODULE_TEXT);
}

// ---- resolving exports (16.2.1.6.3)

typedef struct Resolved {
    enum { NOT_FOUND, SLOT, NAMESPACE, DYNAMIC, AMBIGUOUS } how;
    Value *slot;
    Module *module;
    Value foreign;
    Value name;
} Resolved;
typedef struct ResolvePath { struct ResolvePath *up; Module *m; Value name; } ResolvePath;

static bool resolve_export_rjs(VM *vm, Module *m, Value name, ResolvePath *up, Resolved *out);

static bool resolve_through_rjs(VM *vm, Module *m, u32 request, Value name, ResolvePath *path,
                                Resolved *out) {
    Module *target;
    Value foreign;
    if (!module_request_rjs(vm, m, request, &target, &foreign)) return false;
    if (target && target->dxt->kind == MODULE_ESM) return resolve_export_rjs(vm, target, name, path, out);
    *out = (Resolved){is_data(target) && name != A_(vm, default) ? NOT_FOUND : DYNAMIC, NULL, target, foreign,
                      name};
    return true;
}

static bool resolve_export_rjs(VM *vm, Module *m, Value name, ResolvePath *up, Resolved *out) {
    *out = (Resolved){.how = NOT_FOUND};
    for (ResolvePath *p = up; p; p = p->up)
        if (p->m == m && p->name == name) return true;
    ResolvePath path = {up, m, name};
    const DxtModule *d = m->dxt;
    for (u32 i = 0; i < d->export_count; i++) {
        const DxtExport *e = &d->exports[i];
        if (e->kind == 2 || m->strings[e->name] != name) continue;
        if (e->kind == 0) {
            *out = (Resolved){SLOT, &m->env->v[e->slot_or_request], m, V_UNDEFINED, name};
            return true;
        }
        if (e->kind == 1)
            return resolve_through_rjs(vm, m, e->slot_or_request, m->strings[e->import_name], &path, out);
        Module *target;
        Value foreign;
        if (!module_request_rjs(vm, m, e->slot_or_request, &target, &foreign)) return false;
        *out = (Resolved){NAMESPACE, NULL, target, foreign, name};
        return true;
    }
    if (name == A_(vm, default)) return true; // export * never gives it
    Resolved found = {.how = NOT_FOUND}, dynamic = {.how = NOT_FOUND};
    for (u32 i = 0; i < d->export_count; i++) {
        const DxtExport *e = &d->exports[i];
        if (e->kind != 2) continue;
        Resolved r;
        if (!resolve_through_rjs(vm, m, e->slot_or_request, name, &path, &r)) return false;
        if (r.how == AMBIGUOUS) {
            *out = r;
            return true;
        }
        if (r.how == DYNAMIC) {
            if (dynamic.how == NOT_FOUND) dynamic = r;
        } else if (r.how != NOT_FOUND) {
            if (found.how != NOT_FOUND && (found.slot != r.slot || found.module != r.module)) {
                out->how = AMBIGUOUS;
                return true;
            }
            found = r;
        }
    }
    *out = found.how != NOT_FOUND ? found : dynamic; // a star over CommonJS may have the name
    return true;
}

// ---- namespaces (10.4.6, 16.2.1.10)

typedef struct NameList { Value *v; u32 count, cap; Module **seen; u32 seen_count, seen_cap; } NameList;

static void names_add(NameList *l, Value name) {
    for (u32 i = 0; i < l->count; i++)
        if (l->v[i] == name) return;
    if (l->count == l->cap) l->v = mem_realloc(l->v, (l->cap = l->cap ? l->cap * 2 : 32) * sizeof(Value));
    l->v[l->count++] = name;
}

// GetExportedNames. Names are atoms, which modules keep alive.
static bool names_collect_rjs(VM *vm, Module *m, NameList *l, bool top) {
    for (u32 i = 0; i < l->seen_count; i++)
        if (l->seen[i] == m) return true;
    if (l->seen_count == l->seen_cap)
        l->seen = mem_realloc(l->seen, (l->seen_cap = l->seen_cap ? l->seen_cap * 2 : 8) * sizeof(Module *));
    l->seen[l->seen_count++] = m;
    const DxtModule *d = m->dxt;
    for (u32 i = 0; i < d->export_count; i++) {
        const DxtExport *e = &d->exports[i];
        if (e->kind != 2) {
            Value name = m->strings[e->name];
            if (top || name != A_(vm, default)) names_add(l, name);
            continue;
        }
        Module *target;
        Value foreign;
        if (!module_request_rjs(vm, m, e->slot_or_request, &target, &foreign)) return false;
        if (target && target->dxt->kind == MODULE_ESM) {
            if (!names_collect_rjs(vm, target, l, false)) return false;
            continue;
        }
        Value exports = target ? module_exports(vm, target) : foreign;
        if (v_is_exc(exports)) return false;
        if (!v_is_object(exports)) continue;
        Array *keys = object_own_keys_rjs(vm, exports, KEYS_STRINGS | KEYS_ENUMERABLE_ONLY);
        if (!keys) return false;
        for (u32 k = 0; k < keys->length; k++) {
            Value name = v_from_string(str_intern(vm, v_string(obj_elems(&keys->o)->v[k])));
            if (name != A_(vm, default) && name != A_(vm, __esModule)) names_add(l, name);
        }
    }
    return true;
}

static VM *sort_vm;
static int names_compare(const void *a, const void *b) {
    return str_compare(sort_vm, v_string(*(const Value *)a), v_string(*(const Value *)b));
}

static Value resolved_value_rjs(VM *vm, const Resolved *r) {
    switch (r->how) {
    case SLOT: return *r->slot;
    case NAMESPACE:
        return r->module ? module_namespace_rjs(vm, r->module) : interop_namespace_rjs(vm, r->foreign);
    case DYNAMIC: {
        Value exports = r->module ? module_exports(vm, r->module) : r->foreign;
        return v_is_exc(exports) ? V_EXC : interop_get_rjs(vm, exports, r->name);
    }
    default: return V_UNDEFINED;
    }
}

Value module_namespace_rjs(VM *vm, Module *m) {
    if (m->namespace_obj != V_UNDEFINED) return m->namespace_obj;
    if (m->dxt->kind != MODULE_ESM) {
        Value exports = module_exports(vm, m);
        if (is_data(m)) {
            Object *only = object_new_proto(vm, V_NULL);
            object_put(vm, only, A_(vm, default), exports, ATTR_WE);
            object_put(vm, only, SYM_(vm, toStringTag), v_from_string(atom_c(vm, "Module")), 0);
            only->cell.flags |= OBJ_NON_EXTENSIBLE;
            HEAP_STORE(vm, m->namespace_obj, v_from_ptr(TAG_OBJECT, only));
            return m->namespace_obj;
        }
        Value ns = v_is_exc(exports) ? V_EXC : interop_namespace_rjs(vm, exports);
        if (!v_is_exc(ns) && m->state == MOD_EVALUATED) HEAP_STORE(vm, m->namespace_obj, ns);
        return ns;
    }
    NameList l = {0};
    Value result = V_EXC;
    if (!names_collect_rjs(vm, m, &l, true)) goto out;
    sort_vm = vm;
    if (l.count) qsort(l.v, l.count, sizeof(Value), names_compare);
    NamespaceObject *ns = (NamespaceObject *)object_alloc(vm, CELL_NAMESPACE, sizeof(NamespaceObject),
                                                          shape_root(vm, V_NULL), 1);
    ns->module = m;
    ns->count = 0;
    ns->names = values_new(vm, l.count + 1);
    ValueArray *slots = values_new(vm, l.count + 1);
    ns->slots = (ByteCell *)slots;
    result = v_from_ptr(TAG_OBJECT, ns);
    HEAP_STORE(vm, m->namespace_obj, result); // before resolving: cycles of export * as
    for (u32 i = 0; i < l.count; i++) {
        Resolved r;
        if (!resolve_export_rjs(vm, m, l.v[i], NULL, &r)) {
            HEAP_STORE(vm, m->namespace_obj, V_UNDEFINED);
            result = V_EXC;
            goto out;
        }
        if (r.how == NOT_FOUND || r.how == AMBIGUOUS) continue;
        Value *slot = r.slot;
        if (r.how != SLOT) { // a value of its own: namespaces and names of CommonJS
            Value v = resolved_value_rjs(vm, &r);
            if (v_is_exc(v)) {
                result = V_EXC;
                goto out;
            }
            slot = values_new(vm, 1)->v;
            *slot = v;
        }
        ns->names->v[ns->count] = l.v[i];
        slots->v[ns->count++] = (Value)(uintptr_t)slot;
    }
    object_put(vm, &ns->o, SYM_(vm, toStringTag), v_from_string(atom_c(vm, "Module")), 0);
    ns->o.cell.flags |= OBJ_EXOTIC | OBJ_NON_EXTENSIBLE;
out:
    mem_free(l.v);
    mem_free(l.seen);
    return result;
}

Value *namespace_slot(const NamespaceObject *ns, PropKey k) {
    const ValueArray *slots = (const ValueArray *)ns->slots;
    for (u32 i = 0; i < ns->count; i++)
        if (ns->names->v[i] == k) return (Value *)(uintptr_t)slots->v[i];
    return NULL;
}

// ---- linking

static Value throw_missing(VM *vm, Module *m, u32 request, u32 name, bool ambiguous) {
    Buf tmp = {0};
    const char *text = str_to_cstr(vm, v_string(m->strings[m->dxt->requests[request].specifier]), &tmp);
    Value r = vm_throw(vm, ambiguous ? ERR_IMPORT_AMBIGUOUS : ERR_IMPORT_MISSING, text, m->strings[name]);
    buf_free(&tmp);
    return r;
}

// InitializeEnvironment, step 1: what is exported from elsewhere must be there.
static bool link_exports_rjs(VM *vm, Module *m) {
    const DxtModule *d = m->dxt;
    for (u32 i = 0; i < d->export_count; i++) {
        const DxtExport *e = &d->exports[i];
        if (e->kind != 1 || d->requests[e->slot_or_request].flags & REQ_LAX) continue;
        Resolved r;
        if (!resolve_export_rjs(vm, m, m->strings[e->name], NULL, &r)) return false;
        if (r.how == NOT_FOUND || r.how == AMBIGUOUS)
            return throw_missing(vm, m, e->slot_or_request, e->import_name, r.how == AMBIGUOUS), false;
    }
    return true;
}

static bool link_imports_rjs(VM *vm, Module *m) {
    const DxtModule *d = m->dxt;
    for (u32 i = 0; i < d->import_count; i++) {
        const DxtImport *im = &d->imports[i];
        if (im->name == DXT_NONE) continue;
        Resolved r;
        Module *target;
        Value foreign;
        if (!module_request_rjs(vm, m, im->request, &target, &foreign)) return false;
        if (is_data(target) && m->strings[im->name] != A_(vm, default))
            return throw_missing(vm, m, im->request, im->name, false), false;
        if (!target || target->dxt->kind != MODULE_ESM) continue; // read when used
        if (!resolve_export_rjs(vm, target, m->strings[im->name], NULL, &r)) return false;
        if (r.how == SLOT) HEAP_STORE(vm, m->imports[i], r.slot);
        else if ((r.how == NOT_FOUND || r.how == AMBIGUOUS) && !(d->requests[im->request].flags & REQ_LAX))
            return throw_missing(vm, m, im->request, im->name, r.how == AMBIGUOUS), false;
    }
    return true;
}

// ParseJSONModule (16.2.1.8.2), CreateTextModule: the source is the value, wrong JSON an error before anything is evaluated.
static bool data_link_rjs(VM *vm, Module *m) {
    DxtFault fault;
    if (m->dxt->main_func != DXT_NONE && m->dxt->func_count) {
        Value v = vm_call(vm, module_function(vm, m, m->dxt->main_func, NULL), V_UNDEFINED, 0, NULL);
        if (v_is_exc(v)) return false;
        HEAP_STORE(vm, m->cjs_module, v);
        return true;
    }
    if (dxt_cold(m->dxt, &fault) != DXT_OK) return vm_throw(vm, ERR_CUSTOM_ERROR, fault.detail), false;
    Value text = v_from_string(str_new_utf8(vm, m->dxt->source, m->dxt->source_len));
    Value v = m->dxt->kind == MODULE_JSON ? json_parse(vm, v_string(text), NULL) : text;
    if (v_is_exc(v)) return false;
    HEAP_STORE(vm, m->cjs_module, v);
    return true;
}

bool module_link_rjs(VM *vm, Module *m) {
    if (m->state != MOD_NEW) return true;
    HEAP_STORE(vm, m->state, MOD_LINKING);
    if (m->dxt->kind != MODULE_ESM) {
        if (is_data(m) && !data_link_rjs(vm, m)) goto fail;
        HEAP_STORE(vm, m->state, MOD_LINKED);
        return true;
    }
    if (vm_stack_low(vm)) goto fail;
    if (m->dxt->init_func !=
        DXT_NONE) { // first, since what it hoists may be module mocks, which decide what the requests lead to
        Value f = module_function(vm, m, m->dxt->init_func, m->env);
        if (v_is_exc(vm_call(vm, f, V_UNDEFINED, 0, NULL))) goto fail;
    }
    for (u32 i = 0; i < m->dxt->request_count; i++) {
        if (!(m->dxt->requests[i].flags & REQ_STATIC)) continue;
        Module *target;
        Value foreign;
        if (!module_request_rjs(vm, m, i, &target, &foreign)) goto fail;
        if (target && !module_link_rjs(vm, target)) goto fail;
    }
    if (!link_exports_rjs(vm, m) || !link_imports_rjs(vm, m)) goto fail;
    HEAP_STORE(vm, m->state, MOD_LINKED);
    return true;
fail:
    HEAP_STORE(vm, m->state, MOD_NEW);
    return false;
}

// LoadImport without a slot: names of CommonJS and host modules, lax misses, namespaces re-exported by name.
Value module_load_import_rjs(VM *vm, Module *m, u32 import, Value local_name) {
    const DxtImport *im = &m->dxt->imports[import];
    Module *target;
    Value foreign;
    if (!module_request_rjs(vm, m, im->request, &target, &foreign)) return V_EXC;
    Value name = m->strings[im->name];
    if (!target) return interop_get_rjs(vm, foreign, name);
    if (target->dxt->kind != MODULE_ESM) {
        Value exports = module_exports(vm, target);
        return v_is_exc(exports) ? V_EXC : interop_get_rjs(vm, exports, name);
    }
    Resolved r;
    if (!resolve_export_rjs(vm, target, name, NULL, &r)) return V_EXC;
    Value v = resolved_value_rjs(vm, &r);
    if (r.how == NAMESPACE && !v_is_exc(v)) { // never changes: a slot of its own from now on
        ValueArray *slot = values_new(vm, 1);
        slot->v[0] = v;
        HEAP_STORE(vm, m->imports[import], slot->v);
    }
    return v == V_TDZ ? throw_unbound(vm, local_name) : v;
}

Value module_import_ns_rjs(VM *vm, Module *m, u32 import) {
    Module *target;
    Value foreign;
    if (!module_request_rjs(vm, m, m->dxt->imports[import].request, &target, &foreign)) return V_EXC;
    return target ? module_namespace_rjs(vm, target) : interop_namespace_rjs(vm, foreign);
}

bool module_patch_exports_rjs(VM *vm, Module *m, Value values) {
    Array *names = object_own_keys_rjs(vm, values, KEYS_STRINGS | KEYS_ENUMERABLE_ONLY);
    Value exports = !names ? V_EXC : m->dxt->kind == MODULE_ESM ? V_UNDEFINED : module_exports(vm, m);
    for (u32 i = 0; names && !v_is_exc(exports) && i < names->length; i++) {
        Value name = v_from_string(str_intern(vm, v_string(obj_elems(&names->o)->v[i])));
        Value v = get_rjs(vm, values, key_from_string(vm, v_string(name)));
        Resolved r = {.how = NOT_FOUND};
        if (v_is_exc(v) || (m->dxt->kind == MODULE_ESM && !resolve_export_rjs(vm, m, name, NULL, &r))) return false;
        if (r.how == SLOT) heap_set(vm, r.slot, v);
        if (v_is_object(exports) && object_set_rjs(vm, exports, key_from_string(vm, v_string(name)), v, exports) < 0) return false;
    }
    return names && !v_is_exc(exports);
}

// ---- paths and import.meta

static Value path_value(VM *vm, Module *m) {
    return v_from_string(str_new_utf8(vm, m->dxt->path, strlen(m->dxt->path)));
}
static Value path_dirname(VM *vm, Module *m) {
    const char *p = m->dxt->path, *slash = strrchr(p, '/');
    if (!slash) return v_str(vm, ".");
    return v_from_string(str_new_utf8(vm, p, slash == p ? 1 : (size_t)(slash - p)));
}

static Value require_make(VM *vm, Module *m);

Value module_import_meta(VM *vm, Module *m) {
    if (m->meta != V_UNDEFINED) return m->meta;
    Object *o = object_new_proto(vm, V_NULL);
    Buf url = {0};
    buf_str(&url, "file://");
    for (const char *p = m->dxt->path; *p; p++) { // the characters pathToFileURL escapes
        if (strchr("%\\\n\r\t ?#", *p)) buf_printf(&url, "%%%02X", (u8)*p);
        else buf_u8(&url, (u8)*p);
    }
    object_put(vm, o, A_(vm, dirname), path_dirname(vm, m), ATTR_WEC);
    object_put(vm, o, A_(vm, filename), path_value(vm, m), ATTR_WEC);
    object_put(vm, o, A_(vm, url), v_from_string(str_new_utf8(vm, (const char *)url.data, url.len)),
               ATTR_WEC);
    buf_free(&url);
    HEAP_STORE(vm, m->meta, v_from_ptr(TAG_OBJECT, o));
    object_put(vm, o, A_(vm, require), require_make(vm, m),
               ATTR_WC); // what the compiler makes of a free `require`
    if (vm->host && vm->host->import_meta) vm->host->import_meta(vm, m, m->meta);
    return m->meta;
}

// ---- CommonJS

static Value require_native(VM *vm, Value self, int argc, Value *argv) {
    Module *m = v_ptr(native_slots(vm)[0]);
    return module_require_rjs(vm, m, ARG(0));
}
static Value require_resolve(VM *vm, Value self, int argc, Value *argv) {
    Module *m = v_ptr(native_slots(vm)[0]);
    Value spec = ARG(0);
    String *s = v_is_string(spec) ? str_intern(vm, v_string(spec)) : NULL;
    for (u32 i = 0; s && i < m->dxt->request_count; i++) {
        const DxtRequest *q = &m->dxt->requests[i];
        if (m->strings[q->specifier] == v_from_string(s) && q->module != DXT_NONE &&
            q->module < m->program->count)
            return path_value(vm, program_module(vm, m->program, q->module));
    }
    if (vm->host && vm->host->resolve_module) return vm->host->resolve_module(vm, m, spec);
    return throw_module_not_found(vm, spec);
}
const NativeRow require_rows[] = {
    FN("require", 1, require_native),
    FN("resolve", 1, require_resolve),
    ROWS_END
};

static Value require_make(VM *vm, Module *m) {
    NativeFunction *f = native_new(vm, NATIVE_ID(require_rows, 0), 1),
                   *r = native_new(vm, NATIVE_ID(require_rows, 1), 1);
    f->slots[0] = r->slots[0] = m ? v_internal(m) : V_UNDEFINED;
    func_materialize(vm, &f->o);
    object_add(vm, &f->o, A_(vm, resolve), v_from_ptr(TAG_OBJECT, r), ATTR_WEC);
    object_add(vm, &f->o, A_(vm, cache), v_from_ptr(TAG_OBJECT, object_new_proto(vm, V_NULL)), ATTR_WEC);
    object_add(vm, &f->o, A_(vm, main), V_UNDEFINED, ATTR_WEC);
    return v_from_ptr(TAG_OBJECT, f);
}

// What the body sees as `module`.
static Object *module_object(VM *vm, Value path, Value dirname, Value exports, Value require) {
    Object *o = object_new(vm);
    object_add(vm, o, A_(vm, id), path, ATTR_WEC);
    object_add(vm, o, A_(vm, path), dirname, ATTR_WEC);
    object_add(vm, o, A_(vm, exports), exports, ATTR_WEC);
    object_add(vm, o, A_(vm, filename), path, ATTR_WEC);
    object_add(vm, o, A_(vm, loaded), V_FALSE, ATTR_WEC);
    object_add(vm, o, A_(vm, children), v_from_array(array_new(vm, 0)), ATTR_WEC);
    object_add(vm, o, A_(vm, require), require, ATTR_WC);
    return o;
}

void module_shapes_make(VM *vm) {
    Value nothing = V_UNDEFINED;
    (void)module_object(vm, nothing, nothing, nothing, require_make(vm, NULL));
}

Value commonjs_run_rjs(VM *vm, Module *m) {
    Value ev = v_from_ptr(TAG_OBJECT, object_new(vm)), path = path_value(vm, m), dirname = path_dirname(vm, m);
    Value require = require_make(vm, m);
    Object *module = module_object(vm, path, dirname, ev, require);
    Value mv = v_from_ptr(TAG_OBJECT, module), args[5] = {ev, require, mv, path, dirname};
    HEAP_STORE(vm, m->cjs_module, mv);
    Value r = vm_call(vm, module_function(vm, m, m->dxt->main_func, NULL), ev, 5, args);
    if (v_is_exc(r)) return V_EXC;
    object_put(vm, module, A_(vm, loaded), V_TRUE, ATTR_WEC);
    return V_UNDEFINED;
}

u32 module_request_find(const Module *m, Value spec, Value type) {
    const DxtRequest *rows = m->dxt->requests;
    for (u32 i = 0; i < m->dxt->request_count; i++)
        if (m->strings[rows[i].specifier] == spec && (rows[i].attributes == DXT_NONE ? V_UNDEFINED : m->strings[rows[i].attributes]) == type) return i;
    return DXT_NONE;
}

Value module_require_rjs(VM *vm, Module *from, Value specifier) {
    if (!v_is_string(specifier))
        return vm_throw(vm, ERR_CUSTOM_TYPE, "The \"id\" argument must be of type string.");
    Value spec = v_from_string(str_intern(vm, v_string(specifier)));
    u32 r = module_request_find(from, spec, V_UNDEFINED);
    Module *target;
    Value foreign = V_UNDEFINED;
    if (r == DXT_NONE) { // computed
        if (vm->host && vm->host->load_builtin) {
            Buf tmp = {0};
            bool found = vm->host->load_builtin(vm, str_to_cstr(vm, v_string(spec), &tmp), &foreign);
            buf_free(&tmp);
            if (found) return foreign;
        }
        if (vm->host && vm->host->load_module) return vm->host->load_module(vm, from, spec, REQ_REQUIRE);
        return throw_module_not_found(vm, spec);
    }
    if (!module_request_rjs(vm, from, r, &target, &foreign)) return V_EXC;
    if (!target) return foreign;
    Value promise;
    return module_run_rjs(vm, target, &promise);
}

// ---- scripts and compiled source

Value script_run_rjs(VM *vm, DxtModule *dxt, Env *env, Value self) {
    DxProgram *p = program_new(vm, dxt, 1);
    Module *m = program_module(vm, p, 0);
    return vm_call(vm, module_function(vm, m, dxt->main_func, env), self, 0, NULL);
}
