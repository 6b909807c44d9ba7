// SPDX-License-Identifier: MIT
// Event, CustomEvent, MessageEvent, EventTarget, AbortController, AbortSignal, MessageChannel (DOM 2, 3; HTML 9.5). There is no tree: an event has
// one target, and listeners run in the order they were added.
#include <time.h>

#include "runtime/web/web.h"
#include "vm/exec/jobs.h"
#include "vm/host.h"

// ---- Event: data[0] fields

enum { EV_TYPE, EV_FLAGS, EV_TARGET, EV_CURRENT, EV_TIME, EV_DETAIL, EV_COUNT };
enum { BUBBLES = 1, CANCELABLE = 2, COMPOSED = 4, CANCELED = 8, STOPPED = 16, STOPPED_NOW = 32, DISPATCHING = 64, PASSIVE = 128, TRUSTED = 256 };

static Value *fields_of(HostObject *o) { return ((ValueArray *)v_ptr(o->data[0]))->v; }
static u32 event_flags(HostObject *o) { return (u32)v_int(fields_of(o)[EV_FLAGS]); }
static void event_flag(VM *vm, HostObject *o, u32 on, u32 off) { heap_set(vm, &fields_of(o)[EV_FLAGS], v_from_int((i32)((event_flags(o) | on) & ~off))); }

static void event_fields(VM *vm, HostObject *o, Value type, u32 flags) {
    ValueArray *f = values_new(vm, EV_COUNT);
    f->v[EV_TYPE] = type;
    f->v[EV_FLAGS] = v_from_int((i32)flags);
    f->v[EV_TARGET] = f->v[EV_CURRENT] = f->v[EV_DETAIL] = V_NULL;
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    f->v[EV_TIME] = v_from_num((f64)t.tv_sec * 1e3 + (f64)t.tv_nsec / 1e6);
    HEAP_STORE(vm, o->data[0], v_from_ptr(TAG_INTERNAL, f));
}
Value event_new(VM *vm, WebClass c, const char *type) {
    HostObject *o = web_new(vm, c);
    event_fields(vm, o, v_str(vm, type), TRUSTED);
    return v_obj(o);
}
static Value event_ctor(VM *vm, Value self, int argc, Value *argv) { // magic: WebClass
    WebClass c = (WebClass)native_magic(vm);
    HostObject *o = web_construct_rjs(vm, c, native_new_target(vm));
    if (!o) return V_EXC;
    if (!argc) return throw_coded(vm, REALM_TypeErrorPrototype, "ERR_MISSING_ARGS", "The \"type\" argument must be specified");
    String *type = to_string_rjs(vm, argv[0]);
    if (!type) return V_EXC;
    static const struct { const char *name; u32 flag; } init[] = {{"bubbles", BUBBLES}, {"cancelable", CANCELABLE}, {"composed", COMPOSED}};
    u32 flags = 0;
    for (u32 i = 0; i < 3; i++) {
        Value v = prop_rjs(vm, ARG(1), init[i].name);
        if (v_is_exc(v)) return V_EXC;
        if (to_boolean(v)) flags |= init[i].flag;
    }
    event_fields(vm, o, v_from_string(type), flags);
    if (c != WEB_Event) {
        Value v = prop_rjs(vm, ARG(1), c == WEB_CustomEvent ? "detail" : "data");
        if (v_is_exc(v)) return V_EXC;
        fields_of(o)[EV_DETAIL] = v_is_undefined(v) ? V_NULL : v;
    }
    return v_obj(o);
}
enum { GET_FIELD, GET_FLAG = 16, GET_PHASE = 32, GET_RETURN, GET_PREVENTED };
static Value event_get(VM *vm, Value self, int argc, Value *argv) {
    u32 what = native_magic(vm);
    HostObject *o = web_this(vm, self, WEB_Event);
    if (!o) return V_EXC;
    if (what < GET_FLAG) return fields_of(o)[what];
    if (what < GET_PHASE) return v_from_bool(event_flags(o) >> (what - GET_FLAG) & 1);
    if (what == GET_PHASE) return v_from_int(event_flags(o) & DISPATCHING ? 2 : 0);
    bool canceled = event_flags(o) & CANCELED;
    return v_from_bool(what == GET_RETURN ? !canceled : canceled);
}
static Value event_act(VM *vm, Value self, int argc, Value *argv) { // magic: flags to raise
    u32 raise = native_magic(vm);
    HostObject *o = web_this(vm, self, WEB_Event);
    if (!o) return V_EXC;
    if (raise == CANCELED && (!(event_flags(o) & CANCELABLE) || event_flags(o) & PASSIVE)) return V_UNDEFINED;
    event_flag(vm, o, raise, 0);
    return V_UNDEFINED;
}
static Value event_path(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_this(vm, self, WEB_Event);
    if (!o) return V_EXC;
    Array *a = array_new(vm, 1);
    if (event_flags(o) & DISPATCHING) array_push(vm, a, fields_of(o)[EV_CURRENT]);
    return v_from_array(a);
}
const NativeRow event_rows[] = {
    {.name = "Event", .fn = event_ctor, .kind = ROW_CTOR, .length = 1, .attrs = ATTR_WC, .magic = WEB_Event},
    VALUE_NUM("NONE", 0, ATTR_E), VALUE_NUM("CAPTURING_PHASE", 1, ATTR_E), VALUE_NUM("AT_TARGET", 2, ATTR_E), VALUE_NUM("BUBBLING_PHASE", 3, ATTR_E), ROWS_END,
};
const NativeRow event_proto_rows[] = {
    GETTER_MAGIC("type", event_get, EV_TYPE), GETTER_MAGIC("target", event_get, EV_TARGET), GETTER_MAGIC("srcElement", event_get, EV_TARGET),
    GETTER_MAGIC("currentTarget", event_get, EV_CURRENT), GETTER_MAGIC("timeStamp", event_get, EV_TIME), GETTER_MAGIC("bubbles", event_get, GET_FLAG),
    GETTER_MAGIC("cancelable", event_get, GET_FLAG + 1), GETTER_MAGIC("composed", event_get, GET_FLAG + 2), GETTER_MAGIC("isTrusted", event_get, GET_FLAG + 8),
    GETTER_MAGIC("cancelBubble", event_get, GET_FLAG + 4), GETTER_MAGIC("eventPhase", event_get, GET_PHASE), GETTER_MAGIC("returnValue", event_get, GET_RETURN),
    GETTER_MAGIC("defaultPrevented", event_get, GET_PREVENTED), FN_MAGIC("preventDefault", 0, event_act, CANCELED), FN_MAGIC("stopPropagation", 0, event_act, STOPPED),
    FN_MAGIC("stopImmediatePropagation", 0, event_act, STOPPED | STOPPED_NOW), FN("composedPath", 0, event_path), ROWS_END,
};
const NativeRow custom_event_rows[] = {{.name = "CustomEvent", .fn = event_ctor, .kind = ROW_CTOR, .length = 1, .attrs = ATTR_WC, .magic = WEB_CustomEvent}, ROWS_END};
const NativeRow custom_event_proto_rows[] = {GETTER_MAGIC("detail", event_get, EV_DETAIL), ROWS_END};
const NativeRow message_event_rows[] = {{.name = "MessageEvent", .fn = event_ctor, .kind = ROW_CTOR, .length = 1, .attrs = ATTR_WC, .magic = WEB_MessageEvent}, ROWS_END};
const NativeRow message_event_proto_rows[] = {GETTER_MAGIC("data", event_get, EV_DETAIL), ROWS_END};

// ---- EventTarget: data[0] array of listeners, each a ValueArray {type, callback, flags}; data[2] the on… handler of signals and ports

enum { L_TYPE, L_CALLBACK, L_FLAGS, L_COUNT };
enum { L_CAPTURE = 1, L_ONCE = 2, L_PASSIVE = 4, L_REMOVED = 8 };

static Value event_target_ctor(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_construct_rjs(vm, WEB_EventTarget, native_new_target(vm));
    return o ? v_obj(o) : V_EXC;
}
static Value *listener_at(Array *a, u32 i) { return ((ValueArray *)v_ptr(obj_elems(&a->o)->v[i]))->v; }
static Array *listeners_of(HostObject *o) { return v_is_array(o->data[0]) ? v_array(o->data[0]) : NULL; }
static u32 listener_find(VM *vm, Array *a, Value type, Value callback, u32 capture) {
    u32 i = 0;
    for (; a && i < a->length; i++) {
        Value *l = listener_at(a, i);
        if (l[L_CALLBACK] == callback && ((u32)v_int(l[L_FLAGS]) & L_CAPTURE) == capture && str_equal(vm, v_string(l[L_TYPE]), v_string(type))) break;
    }
    return i;
}
static void listener_remove(VM *vm, HostObject *o, u32 at) { // a fresh list: a dispatch in progress keeps walking the old one
    Array *a = listeners_of(o), *b = array_new(vm, a->length);
    heap_set(vm, &listener_at(a, at)[L_FLAGS], v_from_int(v_int(listener_at(a, at)[L_FLAGS]) | L_REMOVED));
    for (u32 i = 0; i < a->length; i++)
        if (i != at) array_push(vm, b, obj_elems(&a->o)->v[i]);
    HEAP_STORE(vm, o->data[0], v_from_array(b));
}
static bool listener_options_rjs(VM *vm, Value options, u32 *flags, Value *signal) {
    *flags = 0;
    *signal = V_UNDEFINED;
    if (!v_is_object(options)) {
        *flags = to_boolean(options) ? L_CAPTURE : 0;
        return true;
    }
    static const struct { const char *name; u32 flag; } known[] = {{"capture", L_CAPTURE}, {"once", L_ONCE}, {"passive", L_PASSIVE}};
    for (u32 i = 0; i < 3; i++) {
        Value v = prop_rjs(vm, options, known[i].name);
        if (v_is_exc(v)) return false;
        if (to_boolean(v)) *flags |= known[i].flag;
    }
    *signal = prop_rjs(vm, options, "signal");
    return !v_is_exc(*signal);
}
static Value remove_on_abort(VM *vm, Value self, int argc, Value *argv) { // slots: target, type, callback, capture
    Value *s = native_slots(vm);
    HostObject *o = v_ptr(s[0]);
    Array *a = listeners_of(o);
    u32 i = listener_find(vm, a, s[1], s[2], (u32)v_int(s[3]));
    if (a && i < a->length) listener_remove(vm, o, i);
    return V_UNDEFINED;
}
static void add_listener(VM *vm, HostObject *o, Value type, Value callback, u32 flags) {
    if (!listeners_of(o)) HEAP_STORE(vm, o->data[0], v_from_array(array_new(vm, 2)));
    ValueArray *l = values_new(vm, L_COUNT);
    l->v[L_TYPE] = type;
    l->v[L_CALLBACK] = callback;
    l->v[L_FLAGS] = v_from_int((i32)flags);
    Array *a = listeners_of(o), *b = array_new(vm, a->length + 1);
    for (u32 i = 0; i < a->length; i++) array_push(vm, b, obj_elems(&a->o)->v[i]);
    array_push(vm, b, v_from_ptr(TAG_INTERNAL, l));
    HEAP_STORE(vm, o->data[0], v_from_array(b));
}
static Value event_target_add(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_this(vm, self, WEB_EventTarget);
    if (!o) return V_EXC;
    if (argc < 2) return throw_coded(vm, REALM_TypeErrorPrototype, "ERR_MISSING_ARGS", "The \"type\" and \"listener\" arguments must be specified");
    u32 flags;
    Value signal;
    if (v_is_nullish(argv[1])) return V_UNDEFINED;
    if (!v_is_object(argv[1])) return throw_arg_type(vm, "listener", "an instance of EventListener", argv[1]);
    if (!listener_options_rjs(vm, ARG(2), &flags, &signal)) return V_EXC;
    String *type = to_string_rjs(vm, argv[0]);
    if (!type) return V_EXC;
    if (v_is_object(signal)) {
        Value reason;
        if (!web_of(signal, WEB_AbortSignal)) return throw_arg_type(vm, "options.signal", "an instance of AbortSignal", signal);
        if (abort_signal_aborted(signal, &reason)) return V_UNDEFINED;
        add_listener(vm, web_of(signal, WEB_AbortSignal), v_str(vm, "abort"),
                     closure(vm, RUNTIME_ID(event_internal_rows, 0), 4, self, v_from_string(type), argv[1], v_from_int(flags & L_CAPTURE)), L_ONCE);
    }
    Array *a = listeners_of(o);
    if (a && listener_find(vm, a, v_from_string(type), argv[1], flags & L_CAPTURE) < a->length) return V_UNDEFINED;
    add_listener(vm, o, v_from_string(type), argv[1], flags);
    return V_UNDEFINED;
}
static Value event_target_remove(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_this(vm, self, WEB_EventTarget);
    if (!o) return V_EXC;
    u32 flags;
    Value signal;
    if (!listener_options_rjs(vm, ARG(2), &flags, &signal)) return V_EXC;
    String *type = to_string_rjs(vm, ARG(0));
    if (!type) return V_EXC;
    Array *a = listeners_of(o);
    u32 i = listener_find(vm, a, v_from_string(type), ARG(1), flags & L_CAPTURE);
    if (a && i < a->length) listener_remove(vm, o, i);
    return V_UNDEFINED;
}
static void report(VM *vm) { // a listener threw: it is nobody's exception
    if (vm_terminated(vm)) return;
    Value e = vm_take_exception(vm);
    if (vm->host && vm->host->on_job_error) vm->host->on_job_error(vm, e);
}
static void call_listener(VM *vm, HostObject *target, Value callback, Value event) {
    Value f = callback, self = v_obj(target);
    if (!v_is_callable(callback)) {
        f = get_rjs(vm, callback, key_c(vm, "handleEvent"));
        self = callback;
        if (v_is_exc(f)) return report(vm);
    }
    if (v_is_exc(CALL1(vm, f, self, event))) report(vm);
}
bool event_dispatch_rjs(VM *vm, HostObject *target, HostObject *event) {
    Value ev = v_obj(event), *f = fields_of(event);
    heap_touch(vm, f, EV_COUNT * 8);
    f[EV_TARGET] = f[EV_CURRENT] = v_obj(target);
    event_flag(vm, event, DISPATCHING, 0);
    const char *handled = web_of(v_obj(target), WEB_AbortSignal) ? "abort" : web_of(v_obj(target), WEB_MessagePort) || web_of(v_obj(target), WEB_BroadcastChannel) ? "message" : NULL;
    if (handled && v_is_callable(target->data[2]) && is_c(vm, f[EV_TYPE], handled)) call_listener(vm, target, target->data[2], ev);
    Array *a = listeners_of(target);
    for (u32 i = 0; a && i < a->length && !(event_flags(event) & STOPPED_NOW); i++) {
        Value *l = listener_at(a, i);
        u32 flags = (u32)v_int(l[L_FLAGS]);
        if (flags & L_REMOVED || !str_equal(vm, v_string(l[L_TYPE]), v_string(fields_of(event)[EV_TYPE]))) continue;
        if (flags & L_ONCE) {
            Array *now = listeners_of(target);
            u32 at = listener_find(vm, now, l[L_TYPE], l[L_CALLBACK], flags & L_CAPTURE);
            if (at < now->length) listener_remove(vm, target, at);
        }
        event_flag(vm, event, flags & L_PASSIVE ? PASSIVE : 0, 0);
        call_listener(vm, target, l[L_CALLBACK], ev);
        event_flag(vm, event, 0, PASSIVE);
        if (vm_terminated(vm)) return false;
    }
    event_flag(vm, event, 0, DISPATCHING | STOPPED | STOPPED_NOW);
    heap_set(vm, &fields_of(event)[EV_CURRENT], V_NULL);
    return true;
}
static Value event_target_dispatch(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_this(vm, self, WEB_EventTarget), *e = web_of(ARG(0), WEB_Event);
    if (!o) return V_EXC;
    if (!e) return throw_arg_type(vm, "event", "an instance of Event", ARG(0));
    if (event_flags(e) & DISPATCHING) return throw_dom(vm, "InvalidStateError", v_str(vm, "The event is already being dispatched"));
    if (!event_dispatch_rjs(vm, o, e)) return V_EXC;
    return v_from_bool(!(event_flags(e) & CANCELED));
}
const NativeRow event_target_rows[] = {CTOR("EventTarget", 0, event_target_ctor), ROWS_END};
const NativeRow event_target_proto_rows[] = {
    FN("addEventListener", 2, event_target_add), FN("removeEventListener", 2, event_target_remove), FN("dispatchEvent", 1, event_target_dispatch), ROWS_END,
};

// ---- AbortSignal: data[1] the reason, V_HOLE while not aborted; data[2] onabort; data[3] array of the signals that follow this one

Value abort_signal_new(VM *vm) {
    HostObject *o = web_new(vm, WEB_AbortSignal);
    o->data[1] = V_HOLE;
    o->data[2] = V_NULL;
    return v_obj(o);
}
bool abort_signal_aborted(Value signal, Value *reason) {
    HostObject *o = web_of(signal, WEB_AbortSignal);
    if (!o || o->data[1] == V_HOLE) return false;
    *reason = o->data[1];
    return true;
}
static Value abort_reason(VM *vm, Value reason) {
    return v_is_undefined(reason) ? dom_exception_new(vm, "AbortError", v_str(vm, "This operation was aborted")) : reason;
}
void abort_signal_abort_rjs(VM *vm, Value signal, Value reason) {
    HostObject *o = web_of(signal, WEB_AbortSignal);
    if (!o || o->data[1] != V_HOLE) return;
    HEAP_STORE(vm, o->data[1], abort_reason(vm, reason));
    Value followers = o->data[3];
    for (u32 i = 0; v_is_array(followers) && i < v_array(followers)->length; i++) { // all are aborted before any event
        HostObject *f = v_ptr(obj_elems(v_object(followers))->v[i]);
        if (f->data[1] == V_HOLE) HEAP_STORE(vm, f->data[1], o->data[1]);
        else heap_set(vm, &obj_elems(v_object(followers))->v[i], v_obj(o));
    }
    event_dispatch_rjs(vm, o, v_ptr(event_new(vm, WEB_Event, "abort")));
    for (u32 i = 0; v_is_array(followers) && i < v_array(followers)->length; i++) {
        HostObject *f = v_ptr(obj_elems(v_object(followers))->v[i]);
        if (f != o) event_dispatch_rjs(vm, f, v_ptr(event_new(vm, WEB_Event, "abort")));
    }
}
static Value abort_signal_ctor(VM *vm, Value self, int argc, Value *argv) {
    return throw_coded(vm, REALM_TypeErrorPrototype, "ERR_ILLEGAL_CONSTRUCTOR", "Illegal constructor");
}
static Value abort_signal_static_abort(VM *vm, Value self, int argc, Value *argv) {
    Value s = abort_signal_new(vm);
    ((HostObject *)v_ptr(s))->data[1] = abort_reason(vm, ARG(0));
    return s;
}
static Value signal_timed_out(VM *vm, Value self, int argc, Value *argv) {
    abort_signal_abort_rjs(vm, native_slots(vm)[0], dom_exception_new(vm, "TimeoutError", v_str(vm, "The operation was aborted due to timeout")));
    return V_UNDEFINED;
}
static Value abort_signal_timeout(VM *vm, Value self, int argc, Value *argv) {
    Value s = abort_signal_new(vm), f = closure(vm, RUNTIME_ID(event_internal_rows, 1), 1, s);
    f64 ms;
    if (!to_f64_rjs(vm, ARG(0), &ms)) return V_EXC;
    Value timer = CALL2(vm, native_make(vm, RUNTIME_ID(timer_global_rows, 0)), V_UNDEFINED, f, v_from_num(ms));
    if (v_is_exc(timer) || v_is_exc(call_method_rjs(vm, timer, "unref", 0, NULL))) return V_EXC;
    return s;
}
static Value abort_signal_any(VM *vm, Value self, int argc, Value *argv) {
    Value out = abort_signal_new(vm), v;
    IterRecord it;
    if (!iter_get_rjs(vm, ARG(0), &it)) return V_EXC;
    Array *sources = array_new(vm, 4);
    int r;
    while ((r = iter_step_rjs(vm, &it, &v)) > 0) {
        if (!web_of(v, WEB_AbortSignal)) return throw_arg_type(vm, "signals", "an instance of AbortSignal", v), iter_close_rjs(vm, &it);
        array_push(vm, sources, v);
    }
    if (r < 0) return V_EXC;
    for (u32 i = 0; i < sources->length; i++) {
        Value reason;
        if (!abort_signal_aborted(obj_elems(&sources->o)->v[i], &reason)) continue;
        ((HostObject *)v_ptr(out))->data[1] = reason;
        return out;
    }
    for (u32 i = 0; i < sources->length; i++) {
        HostObject *s = v_ptr(obj_elems(&sources->o)->v[i]);
        if (!v_is_array(s->data[3])) HEAP_STORE(vm, s->data[3], v_from_array(array_new(vm, 2)));
        array_push(vm, v_array(s->data[3]), out);
    }
    return out;
}
enum { SIGNAL_ABORTED, SIGNAL_REASON, SIGNAL_THROW, SIGNAL_ON };
static Value abort_signal_get(VM *vm, Value self, int argc, Value *argv) {
    u32 what = native_magic(vm);
    HostObject *o = web_this(vm, self, WEB_AbortSignal);
    if (!o) return V_EXC;
    if (what == SIGNAL_ON) return o->data[2];
    bool aborted = o->data[1] != V_HOLE;
    if (what == SIGNAL_ABORTED) return v_from_bool(aborted);
    if (what == SIGNAL_REASON) return aborted ? o->data[1] : V_UNDEFINED;
    return aborted ? vm_throw_value(vm, o->data[1]) : V_UNDEFINED;
}
static Value set_handler(VM *vm, Value self, int argc, Value *argv) { // onabort, onmessage
    HostObject *o = web_this(vm, self, WEB_EventTarget);
    if (!o) return V_EXC;
    HEAP_STORE(vm, o->data[2], v_is_callable(ARG(0)) ? ARG(0) : V_NULL);
    return V_UNDEFINED;
}
static Value on_abort_get(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_this(vm, self, WEB_EventTarget);
    return o ? o->data[2] : V_EXC;
}
const NativeRow abort_signal_rows[] = {
    CTOR("AbortSignal", 0, abort_signal_ctor), FN("abort", 0, abort_signal_static_abort), FN("timeout", 1, abort_signal_timeout), FN("any", 1, abort_signal_any), ROWS_END,
};
const NativeRow abort_signal_proto_rows[] = {
    GETTER_MAGIC("aborted", abort_signal_get, SIGNAL_ABORTED), GETTER_MAGIC("reason", abort_signal_get, SIGNAL_REASON), ACCESSOR("onabort", on_abort_get, set_handler),
    FN_MAGIC("throwIfAborted", 0, abort_signal_get, SIGNAL_THROW), ROWS_END,
};
static Value abort_controller_ctor(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_construct_rjs(vm, WEB_AbortController, native_new_target(vm));
    if (!o) return V_EXC;
    o->data[0] = abort_signal_new(vm);
    return v_obj(o);
}
static Value abort_controller_signal(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_this(vm, self, WEB_AbortController);
    return o ? o->data[0] : V_EXC;
}
static Value abort_controller_abort(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_this(vm, self, WEB_AbortController);
    if (!o) return V_EXC;
    abort_signal_abort_rjs(vm, o->data[0], ARG(0));
    return V_UNDEFINED;
}
const NativeRow abort_controller_rows[] = {CTOR("AbortController", 0, abort_controller_ctor), ROWS_END};
const NativeRow abort_controller_proto_rows[] = {GETTER("signal", abort_controller_signal), FN("abort", 0, abort_controller_abort), ROWS_END};

// ---- MessageChannel: a port's data[1] is the other port, data[2] onmessage, data[3] true when closed. A message arrives in a task of its own.

static Value deliver(VM *vm, Value self, int argc, Value *argv) { // slots: port, message
    Value *s = native_slots(vm), message = s[1];
    HostObject *port = v_ptr(s[0]);
    if (port->data[3] == V_TRUE) return V_UNDEFINED;
    Value e = event_new(vm, WEB_MessageEvent, "message");
    fields_of(v_ptr(e))[EV_DETAIL] = message;
    event_dispatch_rjs(vm, port, v_ptr(e));
    return V_UNDEFINED;
}
static Value message_port_ctor(VM *vm, Value self, int argc, Value *argv) { return abort_signal_ctor(vm, self, argc, argv); }
static Value message_port_post(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_this(vm, self, WEB_MessagePort);
    if (!o) return V_EXC;
    Value clone = get_rjs(vm, vm->realm->global, key_c(vm, "structuredClone"));
    Value copy = v_is_exc(clone) ? V_EXC : CALL1(vm, clone, V_UNDEFINED, ARG(0));
    if (v_is_exc(copy) || o->data[3] == V_TRUE) return copy == V_EXC ? V_EXC : V_UNDEFINED;
    Value f = closure(vm, RUNTIME_ID(event_internal_rows, 2), 2, o->data[1], copy);
    Value r = CALL1(vm, native_make(vm, RUNTIME_ID(timer_global_rows, 2)), V_UNDEFINED, f); // setImmediate
    return v_is_exc(r) ? V_EXC : V_UNDEFINED;
}
static Value message_port_close(VM *vm, Value self, int argc, Value *argv) {
    bool close = native_magic(vm);
    HostObject *o = web_this(vm, self, WEB_MessagePort);
    if (!o) return V_EXC;
    if (close) HEAP_STORE(vm, o->data[3], V_TRUE);
    return V_UNDEFINED;
}
static Value message_channel_ctor(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_construct_rjs(vm, WEB_MessageChannel, native_new_target(vm));
    if (!o) return V_EXC;
    HostObject *a = web_new(vm, WEB_MessagePort), *b = web_new(vm, WEB_MessagePort);
    a->data[1] = v_obj(b);
    b->data[1] = v_obj(a);
    a->data[2] = b->data[2] = V_NULL;
    prop_put(vm, v_obj(o), "port1", v_obj(a));
    prop_put(vm, v_obj(o), "port2", v_obj(b));
    return v_obj(o);
}
const NativeRow message_port_rows[] = {CTOR("MessagePort", 0, message_port_ctor), ROWS_END};
const NativeRow message_port_proto_rows[] = {
    FN("postMessage", 1, message_port_post), FN_MAGIC("close", 0, message_port_close, 1), FN_MAGIC("start", 0, message_port_close, 0), FN_MAGIC("ref", 0, message_port_close, 0),
    FN_MAGIC("unref", 0, message_port_close, 0), ACCESSOR("onmessage", on_abort_get, set_handler), ROWS_END,
};
const NativeRow message_channel_rows[] = {CTOR("MessageChannel", 0, message_channel_ctor), ROWS_END};
const NativeRow message_channel_proto_rows[] = {ROWS_END};

// ---- BroadcastChannel: data[1] name, data[2] onmessage, data[3] true when closed. The open ones of the file hang on vm->roots[ROOT_CHANNELS].

static Value broadcast_ctor(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_construct_rjs(vm, WEB_BroadcastChannel, native_new_target(vm));
    String *name = o ? to_string_rjs(vm, ARG(0)) : NULL;
    if (!name) return V_EXC;
    o->data[1] = v_from_string(name);
    o->data[2] = V_NULL;
    if (!v_is_array(vm->roots[ROOT_CHANNELS])) vm->roots[ROOT_CHANNELS] = v_from_array(array_new(vm, 2));
    array_push(vm, v_array(vm->roots[ROOT_CHANNELS]), v_obj(o));
    return v_obj(o);
}
static Value broadcast_post(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_this(vm, self, WEB_BroadcastChannel);
    if (!o) return V_EXC;
    if (o->data[3] == V_TRUE) return throw_dom(vm, "InvalidStateError", v_str(vm, "BroadcastChannel is closed."));
    Value clone = get_rjs(vm, vm->realm->global, key_c(vm, "structuredClone"));
    Array *all = v_array(vm->roots[ROOT_CHANNELS]);
    for (u32 i = 0; i < all->length; i++) {
        HostObject *c = v_ptr(obj_elems(&all->o)->v[i]);
        if (c == o || c->data[3] == V_TRUE || !str_equal(vm, v_string(c->data[1]), v_string(o->data[1]))) continue;
        Value copy = v_is_exc(clone) ? V_EXC : CALL1(vm, clone, V_UNDEFINED, ARG(0));
        if (v_is_exc(copy)) return V_EXC;
        Value f = closure(vm, RUNTIME_ID(event_internal_rows, 2), 2, v_obj(c), copy);
        if (v_is_exc(CALL1(vm, native_make(vm, RUNTIME_ID(timer_global_rows, 2)), V_UNDEFINED, f))) return V_EXC;
    }
    return V_UNDEFINED;
}
static Value broadcast_close(VM *vm, Value self, int argc, Value *argv) { // close (1), ref and unref (0)
    bool close = native_magic(vm);
    HostObject *o = web_this(vm, self, WEB_BroadcastChannel);
    if (!o) return V_EXC;
    if (close) HEAP_STORE(vm, o->data[3], V_TRUE);
    return close ? V_UNDEFINED : self;
}
static Value broadcast_name(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_this(vm, self, WEB_BroadcastChannel);
    return o ? o->data[1] : V_EXC;
}
const NativeRow broadcast_rows[] = {CTOR("BroadcastChannel", 1, broadcast_ctor), ROWS_END};
const NativeRow broadcast_proto_rows[] = {
    FN("postMessage", 1, broadcast_post), FN_MAGIC("close", 0, broadcast_close, 1), FN_MAGIC("ref", 0, broadcast_close, 0), FN_MAGIC("unref", 0, broadcast_close, 0),
    GETTER("name", broadcast_name), ACCESSOR("onmessage", on_abort_get, set_handler), ROWS_END,
};
const NativeRow event_internal_rows[] = {FN("", 0, remove_on_abort), FN("", 0, signal_timed_out), FN("", 0, deliver), ROWS_END};
