// SPDX-License-Identifier: MIT
// node:events. Listeners live in the emitter's `_events`: an object without prototype, name to array; functions added with once are wrapped.
#include "runtime/node/node.h"

static Value events_of_rjs(VM *vm, Value self, bool make) { // the _events object or undefined
    if (!v_is_object(self)) return throw_type(vm, "Cannot read properties of undefined (reading '_events')");
    PropKey k = key_c(vm, "_events");
    Value v = object_own_data(vm, v_object(self), k);
    if (v_is_object(v)) return v;
    if (!make) return V_UNDEFINED;
    v = v_obj(object_new_proto(vm, V_NULL));
    object_put(vm, v_object(self), k, v, ATTR_WEC);
    return v;
}
static Array *listeners(VM *vm, Value events, PropKey k) {
    Value v = v_is_object(events) ? object_own_data(vm, v_object(events), k) : V_UNDEFINED;
    return v_is_array(v) ? v_array(v) : NULL;
}
static Value unwrap(VM *vm, Value f) {
    if (!v_is_kind(f, CELL_NATIVE) || ((NativeFunction *)v_ptr(f))->id != RUNTIME_ID(emitter_internal_rows, 0)) return f;
    return ((NativeFunction *)v_ptr(f))->slots[2];
}
static Value emit_rjs(VM *vm, Value self, PropKey k, int argc, const Value *argv) {
    Value events = events_of_rjs(vm, self, false);
    if (v_is_exc(events)) return V_EXC;
    Array *a = listeners(vm, events, k);
    if (!a || !a->length) {
        if (k != key_c(vm, "error")) return V_FALSE;
        Value er = argc ? argv[0] : V_UNDEFINED;
        if (v_is_kind(er, CELL_ERROR)) return vm_throw_value(vm, er);
        Buf b = {0};
        str_to_cstr(vm, value_display(vm, er), &b);
        Value r = throw_coded(vm, REALM_ErrorPrototype, "ERR_UNHANDLED_ERROR", "Unhandled error. (%s%s%s)", v_is_string(er) ? "'" : "", buf_cstr(&b), v_is_string(er) ? "'" : "");
        buf_free(&b);
        return r;
    }
    Value list = array_create_from_list(vm, obj_elems(&a->o)->v, a->length);
    for (u32 i = 0; i < v_array(list)->length; i++)
        if (v_is_exc(vm_call(vm, obj_elems(v_object(list))->v[i], self, argc, argv))) return V_EXC;
    return V_TRUE;
}
Value emitter_emit_rjs(VM *vm, Value self, const char *event, int argc, const Value *argv) { return emit_rjs(vm, self, key_c(vm, event), argc, argv); }

static Value emitter_emit(VM *vm, Value self, int argc, Value *argv) {
    PropKey k;
    if (!to_property_key_rjs(vm, ARG(0), &k)) return V_EXC;
    return emit_rjs(vm, self, k, argc > 1 ? argc - 1 : 0, argv + 1);
}
enum { ADD_ONCE = 1, ADD_FIRST = 2 };
static Value emitter_add(VM *vm, Value self, int argc, Value *argv) {
    u32 how = native_magic(vm);
    PropKey k;
    if (!v_is_callable(ARG(1))) return throw_arg_type(vm, "listener", "of type function", ARG(1));
    if (!to_property_key_rjs(vm, argv[0], &k)) return V_EXC;
    Value events = events_of_rjs(vm, self, true), f = argv[1];
    if (v_is_exc(events)) return V_EXC;
    if (listeners(vm, events, key_c(vm, "newListener")) && v_is_exc(emit_rjs(vm, self, key_c(vm, "newListener"), 2, (Value[]){argv[0], f}))) return V_EXC;
    if (how & ADD_ONCE) {
        f = closure(vm, RUNTIME_ID(emitter_internal_rows, 0), 3, self, argv[0], argv[1]);
        prop_put(vm, f, "listener", argv[1]);
    }
    Array *a = listeners(vm, events, k), *b = array_new(vm, (a ? a->length : 0) + 1);
    if (how & ADD_FIRST) array_push(vm, b, f);
    for (u32 i = 0; a && i < a->length; i++) array_push(vm, b, obj_elems(&a->o)->v[i]);
    if (!(how & ADD_FIRST)) array_push(vm, b, f);
    object_put(vm, v_object(events), k, v_from_array(b), ATTR_WEC);
    return self;
}
static Value remove_rjs(VM *vm, Value self, Value name, Value f) {
    PropKey k;
    if (!to_property_key_rjs(vm, name, &k)) return V_EXC;
    Value events = events_of_rjs(vm, self, false);
    if (v_is_exc(events)) return V_EXC;
    Array *a = listeners(vm, events, k);
    u32 at = a ? a->length : 0;
    while (at && obj_elems(&a->o)->v[at - 1] != f && unwrap(vm, obj_elems(&a->o)->v[at - 1]) != f) at--;
    if (!at) return self;
    Array *b = array_new(vm, a->length);
    for (u32 i = 0; i < a->length; i++)
        if (i != at - 1) array_push(vm, b, obj_elems(&a->o)->v[i]);
    if (b->length) object_put(vm, v_object(events), k, v_from_array(b), ATTR_WEC);
    else if (object_delete_rjs(vm, events, k) < 0) return V_EXC;
    if (listeners(vm, events, key_c(vm, "removeListener")) && v_is_exc(emit_rjs(vm, self, key_c(vm, "removeListener"), 2, (Value[]){name, unwrap(vm, f)}))) return V_EXC;
    return self;
}
static Value emitter_remove(VM *vm, Value self, int argc, Value *argv) {
    if (!v_is_callable(ARG(1))) return throw_arg_type(vm, "listener", "of type function", ARG(1));
    return remove_rjs(vm, self, argv[0], argv[1]);
}
static Value once_call(VM *vm, Value self, int argc, Value *argv) { // slots: emitter, name, listener
    Value *s = native_slots(vm), emitter = s[0], f = s[2];
    if (v_is_exc(remove_rjs(vm, emitter, s[1], native_callee(vm)))) return V_EXC;
    return vm_call(vm, f, emitter, argc, argv);
}
static Value emitter_remove_all(VM *vm, Value self, int argc, Value *argv) {
    Value events = events_of_rjs(vm, self, false);
    if (!v_is_object(events)) return v_is_exc(events) ? V_EXC : self;
    PropKey k;
    if (!argc || v_is_undefined(argv[0])) object_put(vm, v_object(self), key_c(vm, "_events"), v_obj(object_new_proto(vm, V_NULL)), ATTR_WEC);
    else if (!to_property_key_rjs(vm, argv[0], &k) || object_delete_rjs(vm, events, k) < 0) return V_EXC;
    return self;
}
enum { LIST_COUNT, LIST_PLAIN, LIST_RAW };
static Value list_rjs(VM *vm, Value self, Value name, u32 how) {
    PropKey k;
    Value events = events_of_rjs(vm, self, false);
    if (v_is_exc(events) || !to_property_key_rjs(vm, name, &k)) return V_EXC;
    Array *a = listeners(vm, events, k), *b = array_new(vm, a ? a->length : 0);
    if (how == LIST_COUNT) return v_from_u32(a ? a->length : 0);
    for (u32 i = 0; a && i < a->length; i++) array_push(vm, b, how == LIST_RAW ? obj_elems(&a->o)->v[i] : unwrap(vm, obj_elems(&a->o)->v[i]));
    return v_from_array(b);
}
static Value emitter_list(VM *vm, Value self, int argc, Value *argv) {
    u32 how = native_magic(vm);
    return list_rjs(vm, self, ARG(0), how);
}
static Value emitter_names(VM *vm, Value self, int argc, Value *argv) {
    Value events = events_of_rjs(vm, self, false);
    if (v_is_exc(events)) return V_EXC;
    Array *a = v_is_object(events) ? object_own_keys_rjs(vm, events, KEYS_ALL) : array_new(vm, 0);
    return a ? v_from_array(a) : V_EXC;
}
static Value emitter_max(VM *vm, Value self, int argc, Value *argv) { // get (0), set (1)
    bool set = native_magic(vm);
    if (!v_is_object(self)) return V_EXC;
    if (set) return prop_assign_rjs(vm, self, "_maxListeners", ARG(0)) ? self : V_EXC;
    Value v = prop_rjs(vm, self, "_maxListeners");
    return v_is_undefined(v) ? v_from_int(10) : v;
}
static Value emitter_ctor(VM *vm, Value self, int argc, Value *argv) { // also EventEmitter.call(this)
    Value nt = native_new_target(vm), proto = v_is_undefined(nt) ? V_UNDEFINED : get_rjs(vm, nt, A_(vm, prototype));
    if (v_is_exc(proto)) return V_EXC;
    Value o = v_is_undefined(nt) ? self : v_obj(object_new_proto(vm, v_is_object(proto) ? proto : ((ValueArray *)v_ptr(vm->realm->NodeModules))->v[0]));
    if (!v_is_object(o)) return V_UNDEFINED;
    if (object_own_data(vm, v_object(o), key_c(vm, "_events")) == V_HOLE) {
        object_put(vm, v_object(o), key_c(vm, "_events"), v_obj(object_new_proto(vm, V_NULL)), ATTR_WEC);
        object_put(vm, v_object(o), key_c(vm, "_eventsCount"), v_from_int(0), ATTR_WEC);
        object_put(vm, v_object(o), key_c(vm, "_maxListeners"), V_UNDEFINED, ATTR_WEC);
    }
    return o;
}

// ---- events.once(emitter, name)

static Value once_settle(VM *vm, Value self, int argc, Value *argv) { // slots: promise; magic 1: the error event
    bool error = native_magic(vm);
    Value p = native_slots(vm)[0];
    if (error) promise_reject(vm, p, ARG(0));
    else promise_resolve(vm, p, array_create_from_list(vm, argv, (u32)argc));
    return V_UNDEFINED;
}
static Value events_once(VM *vm, Value self, int argc, Value *argv) {
    Value p = promise_new(vm), ok = closure(vm, RUNTIME_ID(emitter_internal_rows, 1), 1, p), bad = closure(vm, RUNTIME_ID(emitter_internal_rows, 2), 1, p);
    if (!v_is_object(ARG(0))) return throw_arg_type(vm, "emitter", "an instance of EventEmitter", ARG(0));
    if (web_of(argv[0], WEB_EventTarget)) {
        Value options = v_obj(object_new(vm));
        prop_put(vm, options, "once", V_TRUE);
        return v_is_exc(call_method_rjs(vm, argv[0], "addEventListener", 3, (Value[]){ARG(1), ok, options})) ? V_EXC : p;
    }
    if (v_is_exc(call_method_rjs(vm, argv[0], "once", 2, (Value[]){ARG(1), ok}))) return V_EXC;
    if (!is_c(vm, ARG(1), "error") && v_is_exc(call_method_rjs(vm, argv[0], "once", 2, (Value[]){v_str(vm, "error"), bad}))) return V_EXC;
    return p;
}
static Value events_listener_count(VM *vm, Value self, int argc, Value *argv) {
    u32 how = native_magic(vm);
    return list_rjs(vm, ARG(0), ARG(1), how);
}
static Value events_on(VM *vm, Value self, int argc, Value *argv) { return throw_error(vm, "events.on is not supported by dx"); }

const NativeRow emitter_ctor_rows[] = {CTOR("EventEmitter", 1, emitter_ctor), ROWS_END};
const NativeRow emitter_static_rows[] = {
    FN("once", 2, events_once), FN("on", 2, events_on), FN_MAGIC("listenerCount", 2, events_listener_count, LIST_COUNT), FN_MAGIC("getEventListeners", 2, events_listener_count, LIST_PLAIN),
    VALUE_NUM("defaultMaxListeners", 10, ATTR_WEC), FN_MAGIC("setMaxListeners", 1, emitter_max, 1), ROWS_END,
};
const NativeRow emitter_proto_rows[] = {
    FN("emit", 1, emitter_emit), FN_MAGIC("on", 2, emitter_add, 0), FN_MAGIC("addListener", 2, emitter_add, 0), FN_MAGIC("once", 2, emitter_add, ADD_ONCE),
    FN_MAGIC("prependListener", 2, emitter_add, ADD_FIRST), FN_MAGIC("prependOnceListener", 2, emitter_add, ADD_FIRST | ADD_ONCE), FN("off", 2, emitter_remove),
    FN("removeListener", 2, emitter_remove), FN("removeAllListeners", 1, emitter_remove_all), FN_MAGIC("listenerCount", 1, emitter_list, LIST_COUNT),
    FN_MAGIC("listeners", 1, emitter_list, LIST_PLAIN), FN_MAGIC("rawListeners", 1, emitter_list, LIST_RAW), FN("eventNames", 0, emitter_names),
    FN_MAGIC("getMaxListeners", 0, emitter_max, 0), FN_MAGIC("setMaxListeners", 1, emitter_max, 1), ROWS_END,
};
const NativeRow emitter_internal_rows[] = {FN("bound onceWrapper", 0, once_call), FN_MAGIC("", 0, once_settle, 0), FN_MAGIC("", 0, once_settle, 1), ROWS_END};

Value emitter_install(VM *vm) { // the prototype
    Value proto = v_obj(object_new(vm)), ctor = native_make(vm, RUNTIME_ID(emitter_ctor_rows, 0));
    func_materialize(vm, v_object(ctor));
    object_put(vm, v_object(ctor), A_(vm, prototype), proto, 0);
    builtin_install(vm, ctor, RT_emitter_static_rows);
    builtin_install(vm, proto, RT_emitter_proto_rows);
    object_put(vm, v_object(proto), A_(vm, constructor), ctor, ATTR_WC);
    prop_put(vm, ctor, "EventEmitter", ctor);
    Symbol *monitor = symbol_new(vm, v_str(vm, "events.errorMonitor"));
    prop_put(vm, ctor, "errorMonitor", v_from_ptr(TAG_SYMBOL, monitor));
    return proto;
}
Value events_module(VM *vm) { return object_own_data(vm, v_object(((ValueArray *)v_ptr(vm->realm->NodeModules))->v[0]), A_(vm, constructor)); }
