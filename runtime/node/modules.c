// SPDX-License-Identifier: MIT
// The registry of node: modules, and the ones that only gather what exists elsewhere. Realm.NodeModules is a ValueArray: 0 EventEmitter.prototype,
// 1 Buffer.prototype, 2 path, 3 the prototype of fs.Stats, then the exports of each module of modules.def once somebody asked for it.
#include "runtime/node/node.h"

enum { FIRST_MODULE = 4 };

#define NODE_MODULE(name, build) Value build(VM *vm);
#include "runtime/node/modules.def"
#undef NODE_MODULE

static const struct { const char *name; Value (*build)(VM *); } modules[] = {
#define NODE_MODULE(name, build) {name, build},
#include "runtime/node/modules.def"
#undef NODE_MODULE
};
// Known, and not there at all: importing them says so. Those of stream.c's table can be imported; their functions say so.
static const char *const unsupported[] = {"repl", "sqlite", "trace_events", "wasi", "readline/promises", "dns/promises", "domain", "punycode"};
bool absent_module(VM *vm, const char *name, Value *exports); // stream.c

void exports_rows(VM *vm, Value exports, u32 table) {
    builtin_install(vm, exports, table);
    for (u32 i = 0; native_tables[table][i].kind != ROW_END; i++) { // enumerable, as module.exports properties are
        const NativeRow *row = &native_tables[table][i];
        if (row->kind != ROW_FN && row->kind != ROW_CTOR) continue;
        PropKey k = key_c(vm, row->name);
        object_put(vm, v_object(exports), k, object_own_data(vm, v_object(exports), k), ATTR_WEC);
    }
}
bool node_module(VM *vm, const char *specifier, Value *exports) {
    bool prefixed = !strncmp(specifier, "node:", 5);
    if (prefixed) specifier += 5;
    for (u32 i = 0; i < DX_COUNTOF(modules); i++) {
        if (strcmp(modules[i].name, specifier)) continue;
        ValueArray *all = v_ptr(vm->realm->NodeModules);
        Value *slot = &all->v[FIRST_MODULE + i];
        if (v_is_undefined(*slot)) {
            Value v = modules[i].build(vm);
            if (v_is_exc(v)) return *exports = V_EXC, true;
            heap_set(vm, slot, v);
        }
        *exports = *slot;
        return true;
    }
    Value *kept = &((ValueArray *)v_ptr(vm->realm->NodeModules))->v[FIRST_MODULE + DX_COUNTOF(modules)];
    if (v_is_object(*kept) && (*exports = object_own_data(vm, v_object(*kept), key_c(vm, specifier))) != V_HOLE) return true;
    if (absent_module(vm, specifier, exports)) {
        if (v_is_undefined(*kept)) heap_set(vm, kept, v_obj(object_new_proto(vm, V_NULL)));
        prop_put(vm, *kept, specifier, *exports);
        return true;
    }
    *exports = V_UNDEFINED;
    for (u32 i = 0; i < DX_COUNTOF(unsupported); i++)
        if (!strcmp(unsupported[i], specifier)) {
            *exports = throw_coded(vm, REALM_ErrorPrototype, "ERR_NOT_SUPPORTED", "The module 'node:%s' is not supported by dx", specifier);
            return true;
        }
    return false;
}
Value node_exports(VM *vm, const char *name) {
    Value v = V_UNDEFINED;
    node_module(vm, name, &v);
    return v;
}

// ---- gathered

static void take_globals(VM *vm, Value to, const char *const *names, u32 n) {
    for (u32 i = 0; i < n; i++) {
        Value v = object_own_data(vm, v_object(vm->realm->global), key_c(vm, names[i]));
        if (v != V_HOLE) prop_put(vm, to, names[i], v);
    }
}
Value process_module(VM *vm) { return vm->realm->Process; }
Value console_module(VM *vm) { return vm->realm->Console; }
Value constants_module(VM *vm) { return v_obj(object_new(vm)); }
Value perf_hooks_module(VM *vm) {
    static const char *const names[] = {"performance"};
    Value o = v_obj(object_new(vm));
    take_globals(vm, o, names, DX_COUNTOF(names));
    return o;
}
Value timers_module(VM *vm) {
    static const char *const names[] = {"setTimeout", "setInterval", "setImmediate", "clearTimeout", "clearInterval", "clearImmediate"};
    Value o = v_obj(object_new(vm));
    take_globals(vm, o, names, DX_COUNTOF(names));
    prop_put(vm, o, "promises", node_exports(vm, "timers/promises"));
    return o;
}

// ---- timers/promises

static Value later_fire(VM *vm, Value self, int argc, Value *argv) { // slots: promise, value
    Value *s = native_slots(vm);
    promise_resolve(vm, s[0], s[1]);
    return V_UNDEFINED;
}
static Value later_abort(VM *vm, Value self, int argc, Value *argv) { // slots: promise, signal
    Value *s = native_slots(vm), reason = V_UNDEFINED, e = dom_exception_new(vm, "AbortError", v_str(vm, "The operation was aborted"));
    if (abort_signal_aborted(s[1], &reason)) object_put(vm, v_object(e), A_(vm, cause), reason, ATTR_WC);
    promise_reject(vm, s[0], e);
    return V_UNDEFINED;
}
const NativeRow timers_internal_rows[] = {FN("", 0, later_fire), FN("", 0, later_abort), ROWS_END};
static Value timers_later(VM *vm, Value self, int argc, Value *argv) { // setTimeout(ms, value, options) (0), setImmediate(value, options) (1)
    bool immediate = native_magic(vm);
    Value value = immediate ? ARG(0) : ARG(1), options = immediate ? ARG(1) : ARG(2), p = promise_new(vm), reason;
    Value signal = prop_rjs(vm, options, "signal"), f = closure(vm, RUNTIME_ID(timers_internal_rows, 0), 2, p, value);
    if (v_is_exc(signal)) return V_EXC;
    Value abort = closure(vm, RUNTIME_ID(timers_internal_rows, 1), 2, p, signal);
    if (abort_signal_aborted(signal, &reason)) return CALL0(vm, abort, V_UNDEFINED) == V_EXC ? V_EXC : p;
    if (v_is_object(signal) && v_is_exc(call_method_rjs(vm, signal, "addEventListener", 2, (Value[]){v_str(vm, "abort"), abort}))) return V_EXC;
    const char *name = immediate ? "setImmediate" : "setTimeout"; // as the globals are now: fake timers count
    return v_is_exc(call_method_rjs(vm, vm->realm->global, name, 2, (Value[]){f, immediate ? V_UNDEFINED : v_is_undefined(ARG(0)) ? v_from_int(1) : argv[0]})) ? V_EXC : p;
}
const NativeRow timers_promises_rows[] = {FN_MAGIC("setTimeout", 2, timers_later, 0), FN_MAGIC("setImmediate", 1, timers_later, 1), ROWS_END};
Value timers_promises_module(VM *vm) {
    Value o = v_obj(object_new(vm)), scheduler = v_obj(object_new(vm));
    exports_rows(vm, o, RT_timers_promises_rows);
    prop_put(vm, scheduler, "wait", object_own_data(vm, v_object(o), key_c(vm, "setTimeout")));
    prop_put(vm, o, "scheduler", scheduler);
    return o;
}

// ---- image

Value emitter_install(VM *vm);
Value buffer_install(VM *vm);
void process_install(VM *vm);
void crypto_install(VM *vm);
void node_install(VM *vm) {
    ValueArray *all = values_new(vm, FIRST_MODULE + DX_COUNTOF(modules) + 1); // the last: exports of absent modules by name
    vm->realm->NodeModules = v_from_ptr(TAG_INTERNAL, all);
    all->v[0] = emitter_install(vm);
    all->v[1] = buffer_install(vm);
    process_install(vm);
    crypto_install(vm);
}
