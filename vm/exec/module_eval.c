// SPDX-License-Identifier: MIT
// Evaluating modules (16.2.1.6.1.3): the depth-first walk over a graph that runs the bodies, cycles found on
// the way, bodies with top-level await and what waits for them; import(). Instantiating and linking: module.c.
//
// A graph without top-level await costs the walk alone: no promise is made and errors are thrown at the caller.
#include "vm/builtins/builtins.h"
#include "vm/exec/exec.h"
#include "vm/exec/jobs.h"
#include "vm/text.h"

#include <stdlib.h>

#define ASYNC_DONE UINT32_MAX // Module.async_order: an asynchronous evaluation that is over; 0: none

// One walk. Modules are numbered upwards over the VM's life, so that a module of an outer walk (a CommonJS body
// required an ECMAScript module) is not taken for one of this walk's stack.
typedef struct Evaluation {
    Module *stack; // modules whose cycle is still open, newest first through cycle_next
    u32 first;     // dfs_index of this walk's first module
} Evaluation;

static bool is_pending(const Module *m) { return m->async_order && m->async_order != ASYNC_DONE; }

// ---- one body

// CommonJS, JSON, text, scripts: no imports of their own. A CommonJS module that threw may be required again.
static bool execute_synthetic_rjs(VM *vm, Module *m) {
    Value r;
    HEAP_STORE(vm, m->state, MOD_EVALUATING);
    switch (m->dxt->kind) {
    case MODULE_SCRIPT:
        r = vm_call(vm, module_function(vm, m, m->dxt->main_func, NULL), vm->realm->global_this, 0, NULL);
        break;
    case MODULE_COMMONJS: r = commonjs_run_rjs(vm, m); break;
    default: r = V_UNDEFINED; break; // data: made when it was linked
    }
    HEAP_STORE(vm, m->state, v_is_exc(r) ? MOD_LINKED : MOD_EVALUATED);
    return !v_is_exc(r);
}

// ExecuteModule (16.2.1.6.5): the body's promise when it has top-level await.
static Value execute_module_rjs(VM *vm, Module *m) {
    return vm_call(vm, module_function(vm, m, m->dxt->main_func, m->env), V_UNDEFINED, 0, NULL);
}

// ExecuteAsyncModule (16.2.1.6.1.3.2). False: the run was ended.
static bool execute_async_module_rjs(VM *vm, Module *m) {
    Value body = execute_module_rjs(vm, m), handlers[2];
    if (v_is_exc(body)) {
        if (vm->exec->terminated) return false;
        body = promise_new(vm);
        promise_reject(vm, body, vm_take_exception(vm));
    }
    for (u32 i = 0; i < 2; i++) {
        NativeFunction *f = native_new(vm, NATIVE_ID(module_rows, i), 1);
        f->slots[0] = v_internal(m);
        handlers[i] = v_from_ptr(TAG_OBJECT, f);
    }
    promise_then_native(vm, body, handlers[0], handlers[1]);
    return true;
}

// ---- the walk

static void async_parent_add(VM *vm, Module *m, Module *parent) {
    if (m->async_parents == V_UNDEFINED) HEAP_STORE(vm, m->async_parents, v_from_array(array_new(vm, 4)));
    array_push(vm, v_array(m->async_parents), v_internal(parent));
    HEAP_STORE(vm, parent->pending_async, parent->pending_async + 1);
}

static bool inner_module_evaluation_rjs(VM *vm, Evaluation *ev, Module *m);

// What m imports statically, in order. False: thrown.
static bool evaluate_requests_rjs(VM *vm, Evaluation *ev, Module *m) {
    for (u32 i = 0; i < m->dxt->request_count; i++) {
        if (!(m->dxt->requests[i].flags & REQ_STATIC)) continue;
        Module *target;
        Value foreign;
        if (!module_request_rjs(vm, m, i, &target, &foreign)) return false;
        if (!target) continue;
        if (!inner_module_evaluation_rjs(vm, ev, target)) return false;
        if (target->dxt->kind != MODULE_ESM) continue;
        if (target->state == MOD_EVALUATING) { // in a cycle with m, or being evaluated further out
            if (target->dfs_index < ev->first) continue;
            if (target->dfs_ancestor < m->dfs_ancestor) HEAP_STORE(vm, m->dfs_ancestor, target->dfs_ancestor);
        } else {
            target = target->cycle_root;
            if (target->error != V_HOLE) return vm_throw_value(vm, target->error), false;
        }
        if (is_pending(target)) async_parent_add(vm, target, m);
    }
    return true;
}

static void cycle_close(VM *vm, Evaluation *ev, Module *root) {
    for (Module *m = NULL; m != root;) {
        m = ev->stack;
        ev->stack = m->cycle_next;
        HEAP_STORE(vm, m->state, m->async_order ? MOD_EVALUATING_ASYNC : MOD_EVALUATED);
        HEAP_STORE(vm, m->cycle_root, root);
    }
}

// InnerModuleEvaluation (16.2.1.6.1.3.1). False: thrown; the stack then holds the modules that fail with it.
static bool inner_module_evaluation_rjs(VM *vm, Evaluation *ev, Module *m) {
    if (m->state >= MOD_EVALUATING_ASYNC)
        return m->error == V_HOLE || (vm_throw_value(vm, m->error), false);
    if (m->state != MOD_LINKED) return true;
    if (m->dxt->kind != MODULE_ESM) return execute_synthetic_rjs(vm, m);
    if (vm_stack_low(vm)) return false;
    heap_touch(vm, m, sizeof *m);
    m->state = MOD_EVALUATING;
    m->dfs_index = m->dfs_ancestor = ++vm->exec->module_dfs;
    m->pending_async = 0;
    m->cycle_next = ev->stack;
    ev->stack = m;
    if (!evaluate_requests_rjs(vm, ev, m)) return false;
    if (m->pending_async || m->dxt->flags & MODF_TLA) {
        HEAP_STORE(vm, m->async_order, ++vm->exec->module_async);
        if (!m->pending_async && !execute_async_module_rjs(vm, m)) return false;
    } else if (v_is_exc(execute_module_rjs(vm, m))) {
        return false;
    }
    if (m->dfs_ancestor == m->dfs_index) cycle_close(vm, ev, m);
    return true;
}

// Evaluate (16.2.1.6.1.3) of an ECMAScript module: as module_start_rjs. Errors are thrown where the
// specification rejects the promise.
static Value evaluate_rjs(VM *vm, Module *m) {
    if (m->state >= MOD_EVALUATING_ASYNC && m->cycle_root) m = m->cycle_root;
    Evaluation ev = {NULL, vm->exec->module_dfs + 1};
    if (!inner_module_evaluation_rjs(vm, &ev, m)) {
        for (Module *f = ev.stack; f; f = f->cycle_next) {
            HEAP_STORE(vm, f->state, MOD_EVALUATED);
            if (!vm->exec->terminated) HEAP_STORE(vm, f->error, vm->exception);
        }
        return V_EXC;
    }
    if (is_pending(m) && m->promise == V_UNDEFINED) HEAP_STORE(vm, m->promise, promise_new(vm));
    return is_pending(m) ? m->promise : V_UNDEFINED;
}

Value module_start_rjs(VM *vm, Module *m) {
    if (m->state == MOD_NEW && !module_link_rjs(vm, m)) return V_EXC;
    if (m->dxt->kind == MODULE_ESM) return evaluate_rjs(vm, m);
    return m->state == MOD_LINKED && !execute_synthetic_rjs(vm, m) ? V_EXC : V_UNDEFINED;
}

Value module_run_rjs(VM *vm, Module *m, Value *promise) {
    *promise = module_start_rjs(vm, m);
    if (v_is_exc(*promise)) return V_EXC;
    return m->dxt->kind == MODULE_ESM ? module_namespace_rjs(vm, m) : module_exports(vm, m);
}

// ---- what a settled body lets go on

static void async_module_done(VM *vm, Module *m) {
    HEAP_STORE(vm, m->async_order, ASYNC_DONE);
    HEAP_STORE(vm, m->state, MOD_EVALUATED);
}

// AsyncModuleExecutionRejected (16.2.1.6.1.3.5)
static void async_module_execution_rejected(VM *vm, Module *m, Value error) {
    if (m->state == MOD_EVALUATED) return;
    HEAP_STORE(vm, m->error, error);
    async_module_done(vm, m);
    if (m->promise != V_UNDEFINED) promise_reject(vm, m->promise, error);
    if (m->async_parents == V_UNDEFINED) return;
    Array *parents = v_array(m->async_parents);
    for (u32 i = 0; i < parents->length; i++)
        async_module_execution_rejected(vm, v_ptr(obj_elems(&parents->o)->v[i]), error);
}

// GatherAvailableAncestors (16.2.1.6.1.3.3). A parent comes onto the list once: when its count of pending
// dependencies, one for each place in a list of parents, comes to 0.
static void gather_available_ancestors(VM *vm, const Module *m, Array *list) {
    if (m->async_parents == V_UNDEFINED) return;
    Array *parents = v_array(m->async_parents);
    for (u32 i = 0; i < parents->length; i++) {
        Module *p = v_ptr(obj_elems(&parents->o)->v[i]);
        if (!p->pending_async || !p->cycle_root || p->cycle_root->error != V_HOLE) continue;
        HEAP_STORE(vm, p->pending_async, p->pending_async - 1);
        if (p->pending_async) continue;
        array_push(vm, list, v_internal(p));
        if (!(p->dxt->flags & MODF_TLA)) gather_available_ancestors(vm, p, list);
    }
}

static int by_async_order(const void *a, const void *b) {
    const Module *x = v_ptr(*(const Value *)a), *y = v_ptr(*(const Value *)b);
    return (x->async_order > y->async_order) - (x->async_order < y->async_order);
}

// AsyncModuleExecutionFulfilled (16.2.1.6.1.3.4). False: the run was ended.
static bool async_module_execution_fulfilled_rjs(VM *vm, Module *m) {
    if (m->state == MOD_EVALUATED) return true; // failed meanwhile, with another of its cycle
    async_module_done(vm, m);
    if (m->promise != V_UNDEFINED) promise_resolve(vm, m->promise, V_UNDEFINED);
    Array *list = array_new(vm, 8);
    gather_available_ancestors(vm, m, list);
    if (list->length) qsort(obj_elems(&list->o)->v, list->length, sizeof(Value), by_async_order);
    for (u32 i = 0; i < list->length; i++) {
        Module *p = v_ptr(obj_elems(&list->o)->v[i]);
        if (p->state == MOD_EVALUATED) continue; // failed
        if (p->dxt->flags & MODF_TLA) {
            if (!execute_async_module_rjs(vm, p)) return false;
        } else if (v_is_exc(execute_module_rjs(vm, p))) {
            if (vm->exec->terminated) return false;
            async_module_execution_rejected(vm, p, vm_take_exception(vm));
        } else {
            async_module_done(vm, p);
            if (p->promise != V_UNDEFINED) promise_resolve(vm, p->promise, V_UNDEFINED);
        }
    }
    return true;
}

// A body's promise settled: slots {module}, magic 1 when rejected.
static Value async_module_settled(VM *vm, Value self, int argc, Value *argv) {
    Module *m = v_ptr(native_slots(vm)[0]);
    if (native_magic(vm)) async_module_execution_rejected(vm, m, ARG(0));
    else if (!async_module_execution_fulfilled_rjs(vm, m)) return V_EXC;
    return V_UNDEFINED;
}
const NativeRow module_rows[] = {
    FN_MAGIC("", 1, async_module_settled, 0),
    FN_MAGIC("", 1, async_module_settled, 1),
    ROWS_END
};

// ---- import()

static Value import_done(VM *vm, Value self, int argc,
                         Value *argv) { // the module's promise settled: slots {module, promise}
    Value *slots = native_slots(vm), whole = slots[1];
    Value ns = module_namespace_rjs(vm, v_ptr(slots[0]));
    if (v_is_exc(ns)) promise_reject(vm, whole, vm_take_exception(vm));
    else promise_resolve(vm, whole, ns);
    return V_UNDEFINED;
}
static Value import_failed(VM *vm, Value self, int argc, Value *argv) {
    promise_reject(vm, native_slots(vm)[1], ARG(0));
    return V_UNDEFINED;
}
// Starts the load one job later, as a host's load is never synchronous: slots {module, promise, specifier,
// type}.
static Value import_start(VM *vm, Value self, int argc, Value *argv) {
    Value *slots = native_slots(vm), whole = slots[1], spec = slots[2], foreign = V_UNDEFINED, ns,
          pending = V_UNDEFINED;
    Module *m = v_ptr(slots[0]), *target = NULL;
    u32 r = module_request_find(m, spec, slots[3]);
    if (r != DXT_NONE) {
        if (!module_request_rjs(vm, m, r, &target, &foreign)) goto thrown;
    } else {
        if (vm->host && vm->host->find_module && !vm->host->find_module(vm, m, spec, slots[3], &target))
            goto thrown;
        if (!target && vm->host && vm->host->load_module) {
            foreign = vm->host->load_module(vm, m, spec, REQ_DYNAMIC);
            if (v_is_exc(foreign)) goto thrown;
        } else if (!target) {
            (void)throw_module_not_found(vm, spec);
            goto thrown;
        }
    }
    if (!target) {
        ns = interop_namespace_rjs(vm, foreign);
        if (v_is_exc(ns)) goto thrown;
        promise_resolve(vm, whole, ns);
        return V_UNDEFINED;
    }
    ns = module_run_rjs(vm, target, &pending);
    if (v_is_exc(ns)) goto thrown;
    if (pending == V_UNDEFINED) {
        ns = module_namespace_rjs(vm, target);
        if (v_is_exc(ns)) goto thrown;
        promise_resolve(vm, whole, ns);
        return V_UNDEFINED;
    }
    NativeFunction *ok = native_new(vm, NATIVE_ID(import_rows, 1), 2),
                   *err = native_new(vm, NATIVE_ID(import_rows, 2), 2);
    ok->slots[0] = err->slots[0] = v_internal(target);
    ok->slots[1] = err->slots[1] = whole;
    promise_then_native(vm, pending, v_from_ptr(TAG_OBJECT, ok), v_from_ptr(TAG_OBJECT, err));
    return V_UNDEFINED;
thrown:
    if (vm->exec->terminated) return V_EXC;
    promise_reject(vm, whole, vm_take_exception(vm));
    return V_UNDEFINED;
}
const NativeRow import_rows[] = {
    FN("", 0, import_start),
    FN("", 1, import_done),
    FN("", 1, import_failed),
    ROWS_END
};

// The attributes of import(specifier, options) (13.3.10.2): *type gets the value of "type", the one attribute
// there is.
static bool import_attributes_rjs(VM *vm, Value options, Value *type) {
    if (options == V_UNDEFINED || options == V_HOLE) return true;
    if (!v_is_object(options))
        return vm_throw(vm, ERR_CUSTOM_TYPE, "The second argument of import() must be an object"), false;
    Value with = get_rjs(vm, options, key_c(vm, "with"));
    if (v_is_exc(with) || with == V_UNDEFINED) return !v_is_exc(with);
    if (!v_is_object(with))
        return vm_throw(vm, ERR_CUSTOM_TYPE, "The 'assert' option must be an object"), false;
    Array *keys = object_own_keys_rjs(vm, with, KEYS_STRINGS);
    if (!keys) return false;
    Value unknown = V_UNDEFINED;
    bool strings = true;
    for (u32 i = 0; i < keys->length; i++) {
        PropDesc d;
        PropKey k;
        if (!to_property_key_rjs(vm, obj_elems(&keys->o)->v[i], &k)) return false;
        int own = object_get_own_rjs(vm, with, k, &d);
        if (own < 0) return false;
        if (!own || !(d.attrs & ATTR_E)) continue;
        Value v = get_rjs(vm, with, k);
        if (v_is_exc(v)) return false;
        strings &= v_is_string(v);
        if (k == A_(vm, type)) *type = v;
        else unknown = obj_elems(&keys->o)->v[i];
    }
    if (!strings) return vm_throw(vm, ERR_CUSTOM_TYPE, "Import attribute value must be a string"), false;
    if (unknown != V_UNDEFINED) return vm_throw(vm, ERR_IMPORT_ATTRIBUTE, unknown), false;
    if (*type != V_UNDEFINED) *type = v_from_string(str_intern(vm, v_string(*type)));
    return true;
}

Value module_dynamic_import_rjs(VM *vm, Module *m, Value specifier, Value options, u32 flags) {
    Value promise = promise_new(vm), type = V_UNDEFINED;
    String *s = to_string_rjs(vm, specifier);
    if (s && !import_attributes_rjs(vm, options, &type)) s = NULL;
    if (!s) {
        if (vm->exec->terminated) return V_EXC;
        promise_reject(vm, promise, vm_take_exception(vm));
        return promise;
    }
    NativeFunction *f = native_new(vm, NATIVE_ID(import_rows, 0), 4);
    f->slots[0] = v_internal(m);
    f->slots[1] = promise;
    f->slots[2] = v_from_string(str_intern(vm, s));
    f->slots[3] = type;
    Value start = v_from_ptr(TAG_OBJECT, f);
    job_enqueue(vm, JOB_MICROTASK, 1, &start);
    return promise;
}

