// SPDX-License-Identifier: MIT
// node:stream: Readable, Writable, Duplex, Transform, PassThrough over EventEmitter, with chunk queues but no back pressure; pipeline and finished.
// A stream's own state is in ordinary properties with a leading underscore, so that subclasses written in JavaScript see plain objects.
#include "runtime/node/node.h"
#include "vm/exec/jobs.h"

static Value flag(VM *vm, Value s, const char *name) {
    Value v = object_own_data(vm, v_object(s), key_c(vm, name));
    return v == V_HOLE ? V_UNDEFINED : v;
}
static void set_hidden(VM *vm, Value s, const char *name, Value v) { object_put(vm, v_object(s), key_c(vm, name), v, ATTR_WC); }
static bool emit(VM *vm, Value s, const char *event, int argc, const Value *argv) { return !v_is_exc(emitter_emit_rjs(vm, s, event, argc, argv)); }
enum { IN_FLOW, IN_FINISH, IN_WRITTEN, IN_TRANSFORMED, IN_FLUSHED, IN_PIPE_DATA, IN_PIPE_END, IN_NEXT_STEP, IN_FINISHED, IN_FAILED, IN_ITER_NEXT, IN_ITER_RETURN, IN_EMIT_ERROR };
#define IN(row) RUNTIME_ID(stream_internal_rows, row)
static void later(VM *vm, u32 row, Value s) {
    Value f = closure(vm, IN(row), 1, s);
    job_enqueue(vm, JOB_MICROTASK, 1, &f);
}

// ---- construction: READABLE and WRITABLE sides of one object

enum { READABLE = 1, WRITABLE = 2, TRANSFORM = 4, PASS = 8 };
static bool has_side(VM *vm, Value s, u32 side) { Value v = flag(vm, s, "_sides"); return v_is_int(v) && (u32)v_int(v) & side; }

static Value stream_ctor(VM *vm, Value self, int argc, Value *argv) { // magic: sides
    u32 sides = native_magic(vm);
    Value nt = native_new_target(vm), callee = native_callee(vm), proto = v_is_undefined(nt) ? V_UNDEFINED : get_rjs(vm, nt, A_(vm, prototype)), s = self, options = ARG(0);
    if (v_is_exc(proto)) return V_EXC;
    if (v_is_object(proto)) s = v_obj(object_new_proto(vm, proto));
    else if (!v_is_object(self)) return vm_construct(vm, callee, argc, argv, callee);
    set_hidden(vm, s, "_events", v_obj(object_new_proto(vm, V_NULL)));
    set_hidden(vm, s, "_sides", v_from_int((i32)sides));
    set_hidden(vm, s, "_queue", v_from_array(array_new(vm, 4)));
    set_hidden(vm, s, "_writes", v_from_array(array_new(vm, 4)));
    prop_put(vm, s, "destroyed", V_FALSE);
    Value object_mode = prop_rjs(vm, options, "objectMode"), encoding = prop_rjs(vm, options, "encoding");
    if (v_is_exc(object_mode) || v_is_exc(encoding)) return V_EXC;
    set_hidden(vm, s, "_objectMode", v_from_bool(to_boolean(object_mode)));
    if (v_is_string(encoding)) set_hidden(vm, s, "_encoding", encoding);
    static const struct { const char *option, *method; } hooks[] = {{"read", "_read"}, {"write", "_write"}, {"final", "_final"}, {"transform", "_transform"}, {"flush", "_flush"}, {"destroy", "_destroy"}};
    for (u32 i = 0; i < DX_COUNTOF(hooks); i++) {
        Value f = prop_rjs(vm, options, hooks[i].option);
        if (v_is_exc(f)) return V_EXC;
        if (v_is_callable(f)) prop_put(vm, s, hooks[i].method, f);
    }
    if (sides & READABLE) prop_put(vm, s, "readable", V_TRUE);
    if (sides & WRITABLE) prop_put(vm, s, "writable", V_TRUE);
    return s;
}

// ---- reading: chunks wait in _queue; _flowing once somebody listens

static Value shift(VM *vm, Value s, const char *list) { // V_HOLE when empty
    Value q = flag(vm, s, list);
    if (!v_is_array(q) || !v_array(q)->length) return V_HOLE;
    Value first = obj_elems(v_object(q))->v[0];
    Array *rest = array_new(vm, v_array(q)->length);
    for (u32 i = 1; i < v_array(q)->length; i++) array_push(vm, rest, obj_elems(v_object(q))->v[i]);
    set_hidden(vm, s, list, v_from_array(rest));
    return first;
}
static bool flow_rjs(VM *vm, Value s) { // hands over what waits; asks for more when nothing does
    if (flag(vm, s, "_inFlow") == V_TRUE) return true;
    set_hidden(vm, s, "_inFlow", V_TRUE);
    bool ok = true;
    for (u32 asked = 0; ok && flag(vm, s, "_flowing") == V_TRUE && prop_rjs(vm, s, "destroyed") != V_TRUE;) {
        Value chunk = shift(vm, s, "_queue");
        if (chunk != V_HOLE) {
            ok = emit(vm, s, "data", 1, &chunk);
            asked = 0;
            continue;
        }
        if (flag(vm, s, "_ended") == V_TRUE) {
            if (flag(vm, s, "_endSent") != V_TRUE) {
                set_hidden(vm, s, "_endSent", V_TRUE);
                prop_put(vm, s, "readable", V_FALSE);
                set_hidden(vm, s, "readableEnded", V_TRUE);
                ok = emit(vm, s, "end", 0, NULL) && (has_side(vm, s, WRITABLE) || emit(vm, s, "close", 0, NULL));
            }
            break;
        }
        Value f = prop_rjs(vm, s, "_read");
        if (v_is_exc(f)) ok = false;
        else if (asked++ || !v_is_callable(f)) break;
        else ok = !v_is_exc(CALL1(vm, f, s, v_from_int(16384)));
    }
    set_hidden(vm, s, "_inFlow", V_FALSE);
    return ok;
}
static Value in_flow(VM *vm, Value self, int argc, Value *argv) { return flow_rjs(vm, native_slots(vm)[0]) ? V_UNDEFINED : V_EXC; }
static Value readable_push(VM *vm, Value self, int argc, Value *argv) {
    Value chunk = ARG(0);
    if (v_is_null(chunk)) set_hidden(vm, self, "_ended", V_TRUE);
    else {
        Value encoding = flag(vm, self, "_encoding");
        if (flag(vm, self, "_objectMode") != V_TRUE && v_is_string(chunk) && v_is_undefined(encoding)) {
            Buf b = {0};
            if (!buffer_bytes_rjs(vm, chunk, ARG(1), &b)) return V_EXC;
            chunk = buffer_from_bytes(vm, b.data, b.len);
            buf_free(&b);
        } else if (v_is_string(encoding) && !v_is_string(chunk)) chunk = call_method_rjs(vm, chunk, "toString", 1, &encoding);
        if (v_is_exc(chunk)) return V_EXC;
        array_push(vm, v_array(flag(vm, self, "_queue")), chunk);
    }
    later(vm, IN_FLOW, self);
    if (!emit(vm, self, "readable", 0, NULL)) return V_EXC;
    return v_from_bool(!v_is_null(ARG(0)));
}
static Value readable_on(VM *vm, Value self, int argc, Value *argv) { // EventEmitter's on, and data starts the flow
    Value proto = ((ValueArray *)v_ptr(vm->realm->NodeModules))->v[0], f = prop_rjs(vm, proto, "on"), r = v_is_exc(f) ? V_EXC : vm_call(vm, f, self, argc, argv);
    if (v_is_exc(r)) return V_EXC;
    if (is_c(vm, ARG(0), "data") && has_side(vm, self, READABLE) && flag(vm, self, "_flowing") != V_FALSE) {
        set_hidden(vm, self, "_flowing", V_TRUE);
        later(vm, IN_FLOW, self);
    }
    return r;
}
static Value readable_flow(VM *vm, Value self, int argc, Value *argv) { // resume (1), pause (0)
    bool on = native_magic(vm);
    set_hidden(vm, self, "_flowing", v_from_bool(on));
    if (on) later(vm, IN_FLOW, self);
    return self;
}
static Value readable_read(VM *vm, Value self, int argc, Value *argv) {
    Value chunk = shift(vm, self, "_queue");
    return chunk == V_HOLE ? V_NULL : chunk;
}
static Value readable_set_encoding(VM *vm, Value self, int argc, Value *argv) {
    set_hidden(vm, self, "_encoding", v_is_string(ARG(0)) ? argv[0] : v_str(vm, "utf8"));
    return self;
}
static Value in_pipe_data(VM *vm, Value self, int argc, Value *argv) { return call_method_rjs(vm, native_slots(vm)[0], "write", 1, argv); }
static Value in_pipe_end(VM *vm, Value self, int argc, Value *argv) { return call_method_rjs(vm, native_slots(vm)[0], "end", 0, NULL); }
static Value readable_pipe(VM *vm, Value self, int argc, Value *argv) {
    Value to = ARG(0), keep = prop_rjs(vm, ARG(1), "end");
    if (v_is_exc(keep) || v_is_exc(call_method_rjs(vm, self, "on", 2, (Value[]){v_str(vm, "data"), closure(vm, IN(IN_PIPE_DATA), 1, to)}))) return V_EXC;
    if (keep != V_FALSE && v_is_exc(call_method_rjs(vm, self, "on", 2, (Value[]){v_str(vm, "end"), closure(vm, IN(IN_PIPE_END), 1, to)}))) return V_EXC;
    return emit(vm, to, "pipe", 1, &self) ? to : V_EXC;
}

// async iteration: waiting nexts are promises in _waiting
static bool settle_waiting(VM *vm, Value s) {
    for (;;) {
        Value w = flag(vm, s, "_waiting");
        if (!v_is_array(w) || !v_array(w)->length) return true;
        Value error = flag(vm, s, "_error"), chunk = shift(vm, s, "_queue");
        bool over = flag(vm, s, "_ended") == V_TRUE || prop_rjs(vm, s, "destroyed") == V_TRUE;
        if (chunk == V_HOLE && !over && v_is_undefined(error)) return true;
        Value p = shift(vm, s, "_waiting");
        if (chunk != V_HOLE) promise_resolve(vm, p, create_iter_result(vm, chunk, false));
        else if (!v_is_undefined(error)) promise_reject(vm, p, error);
        else promise_resolve(vm, p, create_iter_result(vm, V_UNDEFINED, true));
    }
}
static Value in_next_step(VM *vm, Value self, int argc, Value *argv) { return settle_waiting(vm, native_slots(vm)[0]) ? V_UNDEFINED : V_EXC; }
static Value in_iter_next(VM *vm, Value self, int argc, Value *argv) {
    Value s = native_slots(vm)[0], p = promise_new(vm), f = V_UNDEFINED;
    array_push(vm, v_array(flag(vm, s, "_waiting")), p);
    if (!v_array(flag(vm, s, "_queue"))->length && flag(vm, s, "_ended") != V_TRUE) {
        f = prop_rjs(vm, s, "_read");
        if (v_is_exc(f) || (v_is_callable(f) && v_is_exc(CALL1(vm, f, s, v_from_int(16384))))) return V_EXC;
    }
    return settle_waiting(vm, s) ? p : V_EXC;
}
static Value in_iter_return(VM *vm, Value self, int argc, Value *argv) {
    Value s = native_slots(vm)[0];
    if (v_is_exc(call_method_rjs(vm, s, "destroy", 0, NULL))) return V_EXC;
    return resolved(vm, create_iter_result(vm, ARG(0), true));
}
static Value readable_iterate(VM *vm, Value self, int argc, Value *argv) {
    static const char *const events[] = {"readable", "end", "error", "close"};
    if (!v_is_array(flag(vm, self, "_waiting"))) {
        set_hidden(vm, self, "_waiting", v_from_array(array_new(vm, 2)));
        for (u32 i = 0; i < DX_COUNTOF(events); i++)
            if (v_is_exc(call_method_rjs(vm, self, "on", 2, (Value[]){v_str(vm, events[i]), closure(vm, IN(IN_NEXT_STEP), 1, self)}))) return V_EXC;
    }
    Value it = v_obj(object_new_proto(vm, vm->realm->AsyncIteratorPrototype));
    prop_put(vm, it, "next", closure(vm, IN(IN_ITER_NEXT), 1, self));
    prop_put(vm, it, "return", closure(vm, IN(IN_ITER_RETURN), 1, self));
    return it;
}
static Value readable_from(VM *vm, Value self, int argc, Value *argv) { // iterables that are at hand
    Value exports = node_exports(vm, "stream"), ctor = prop_rjs(vm, exports, "Readable"), options = v_obj(object_new(vm)), v;
    prop_put(vm, options, "objectMode", V_TRUE);
    Value s = v_is_exc(ctor) ? V_EXC : vm_construct(vm, ctor, 1, &options, ctor);
    if (v_is_exc(s)) return V_EXC;
    u8 *p;
    size_t n;
    if (v_is_string(ARG(0)) || bytes_of(ARG(0), &p, &n)) array_push(vm, v_array(flag(vm, s, "_queue")), argv[0]);
    else {
        IterRecord it;
        int r;
        if (!iter_get_rjs(vm, ARG(0), &it)) return V_EXC;
        while ((r = iter_step_rjs(vm, &it, &v)) > 0) array_push(vm, v_array(flag(vm, s, "_queue")), v);
        if (r < 0) return V_EXC;
    }
    set_hidden(vm, s, "_ended", V_TRUE);
    return s;
}

// ---- writing: one _write at a time; the rest waits in _writes as [chunk, encoding, callback]

static bool write_next_rjs(VM *vm, Value s);
static bool fail_rjs(VM *vm, Value s, Value error) { return !v_is_exc(call_method_rjs(vm, s, "destroy", 1, &error)); }
static Value in_written(VM *vm, Value self, int argc, Value *argv) { // the callback of _write: slots stream, user callback
    Value *sl = native_slots(vm), s = sl[0], cb = sl[1], error = ARG(0);
    set_hidden(vm, s, "_writing", V_FALSE);
    if (v_is_callable(cb) && v_is_exc(CALL1(vm, cb, V_UNDEFINED, v_is_undefined(error) ? V_NULL : error))) return V_EXC;
    if (!v_is_nullish(error)) return fail_rjs(vm, s, error) ? V_UNDEFINED : V_EXC;
    return write_next_rjs(vm, s) ? V_UNDEFINED : V_EXC;
}
static Value in_transformed(VM *vm, Value self, int argc, Value *argv) { // the callback of _transform: slots stream, done
    Value *sl = native_slots(vm), s = sl[0], done = sl[1];
    if (!v_is_nullish(ARG(1)) && v_is_nullish(ARG(0)) && v_is_exc(call_method_rjs(vm, s, "push", 1, &argv[1]))) return V_EXC;
    return CALL1(vm, done, V_UNDEFINED, ARG(0));
}
static Value in_finish(VM *vm, Value self, int argc, Value *argv) { // the callback of _final, or the end itself
    Value s = native_slots(vm)[0];
    if (!v_is_nullish(ARG(0))) return fail_rjs(vm, s, argv[0]) ? V_UNDEFINED : V_EXC;
    set_hidden(vm, s, "writableFinished", V_TRUE);
    if (has_side(vm, s, TRANSFORM)) {
        Value null = V_NULL;
        if (v_is_exc(call_method_rjs(vm, s, "push", 1, &null))) return V_EXC;
    }
    if (!emit(vm, s, "finish", 0, NULL)) return V_EXC;
    return has_side(vm, s, READABLE) || emit(vm, s, "close", 0, NULL) ? V_UNDEFINED : V_EXC;
}
static Value in_flushed(VM *vm, Value self, int argc, Value *argv) { // the callback of _flush
    Value s = native_slots(vm)[0], none = V_UNDEFINED;
    if (!v_is_nullish(ARG(0))) return fail_rjs(vm, s, argv[0]) ? V_UNDEFINED : V_EXC;
    if (!v_is_nullish(ARG(1)) && v_is_exc(call_method_rjs(vm, s, "push", 1, &argv[1]))) return V_EXC;
    return CALL1(vm, closure(vm, IN(IN_FINISH), 1, s), V_UNDEFINED, none);
}
static bool finish_rjs(VM *vm, Value s) {
    if (flag(vm, s, "_finishing") == V_TRUE) return true;
    set_hidden(vm, s, "_finishing", V_TRUE);
    bool transform = has_side(vm, s, TRANSFORM);
    Value f = prop_rjs(vm, s, transform ? "_flush" : "_final");
    if (v_is_exc(f)) return false;
    if (!v_is_callable(f)) return later(vm, IN_FINISH, s), true;
    return !v_is_exc(CALL1(vm, f, s, closure(vm, IN(transform ? IN_FLUSHED : IN_FINISH), 1, s)));
}
static bool write_next_rjs(VM *vm, Value s) {
    if (flag(vm, s, "_writing") == V_TRUE) return true;
    Value entry = shift(vm, s, "_writes");
    if (entry == V_HOLE) {
        if (flag(vm, s, "_ending") == V_TRUE) return finish_rjs(vm, s);
        return flag(vm, s, "_needDrain") != V_TRUE || (set_hidden(vm, s, "_needDrain", V_FALSE), emit(vm, s, "drain", 0, NULL));
    }
    Value *e = obj_elems(v_object(entry))->v, done = closure(vm, IN(IN_WRITTEN), 2, s, e[2]);
    bool transform = has_side(vm, s, TRANSFORM);
    set_hidden(vm, s, "_writing", V_TRUE);
    if (has_side(vm, s, PASS) && v_is_exc(call_method_rjs(vm, s, "push", 1, e))) return false;
    if (has_side(vm, s, PASS)) return !v_is_exc(CALL0(vm, done, V_UNDEFINED));
    Value f = prop_rjs(vm, s, transform ? "_transform" : "_write");
    if (v_is_exc(f)) return false;
    if (!v_is_callable(f)) return throw_coded(vm, REALM_ErrorPrototype, "ERR_METHOD_NOT_IMPLEMENTED", "The %s method is not implemented", transform ? "_transform()" : "_write()"), false;
    return !v_is_exc(vm_call(vm, f, s, 3, (Value[]){e[0], e[1], transform ? closure(vm, IN(IN_TRANSFORMED), 2, s, done) : done}));
}
static Value writable_write(VM *vm, Value self, int argc, Value *argv) {
    Value chunk = ARG(0), encoding = v_is_string(ARG(1)) ? argv[1] : v_str(vm, "utf8"), cb = v_is_callable(ARG(1)) ? argv[1] : ARG(2);
    if (flag(vm, self, "_ending") == V_TRUE) {
        throw_coded(vm, REALM_ErrorPrototype, "ERR_STREAM_WRITE_AFTER_END", "write after end");
        return fail_rjs(vm, self, vm_take_exception(vm)) ? V_FALSE : V_EXC;
    }
    if (flag(vm, self, "_objectMode") != V_TRUE && v_is_string(chunk)) {
        Buf b = {0};
        if (!buffer_bytes_rjs(vm, chunk, encoding, &b)) return V_EXC;
        chunk = buffer_from_bytes(vm, b.data, b.len);
        buf_free(&b);
        encoding = v_str(vm, "buffer");
    }
    array_push(vm, v_array(flag(vm, self, "_writes")), array_create_from_list(vm, (Value[]){chunk, encoding, cb}, 3));
    if (!write_next_rjs(vm, self)) return V_EXC;
    return V_TRUE;
}
static Value writable_end(VM *vm, Value self, int argc, Value *argv) {
    Value cb = V_UNDEFINED;
    for (int i = 0; i < argc; i++)
        if (v_is_callable(argv[i])) cb = argv[i];
    if (v_is_callable(cb) && v_is_exc(call_method_rjs(vm, self, "once", 2, (Value[]){v_str(vm, "finish"), cb}))) return V_EXC;
    if (argc && !v_is_nullish(argv[0]) && !v_is_callable(argv[0]) && v_is_exc(writable_write(vm, self, argc > 1 && !v_is_callable(argv[1]) ? 2 : 1, argv))) return V_EXC;
    set_hidden(vm, self, "_ending", V_TRUE);
    prop_put(vm, self, "writable", V_FALSE);
    set_hidden(vm, self, "writableEnded", V_TRUE);
    return write_next_rjs(vm, self) ? self : V_EXC;
}
static Value in_emit_error(VM *vm, Value self, int argc, Value *argv) { // slots: stream, error or V_HOLE
    Value *sl = native_slots(vm), s = sl[0], e = ARG(0);
    if (v_is_nullish(e)) e = sl[1];
    if (e != V_HOLE && !v_is_nullish(e) && !emit(vm, s, "error", 1, &e)) return V_EXC;
    return emit(vm, s, "close", 0, NULL) ? V_UNDEFINED : V_EXC;
}
static Value stream_destroy(VM *vm, Value self, int argc, Value *argv) {
    if (prop_rjs(vm, self, "destroyed") == V_TRUE) return self;
    prop_put(vm, self, "destroyed", V_TRUE);
    Value error = v_is_nullish(ARG(0)) ? V_HOLE : argv[0];
    if (error != V_HOLE) set_hidden(vm, self, "_error", error);
    Value done = closure(vm, IN(IN_EMIT_ERROR), 2, self, error), f = prop_rjs(vm, self, "_destroy");
    if (v_is_exc(f)) return V_EXC;
    if (v_is_callable(f)) return v_is_exc(CALL2(vm, f, self, error == V_HOLE ? V_NULL : error, done)) ? V_EXC : self;
    job_enqueue(vm, JOB_MICROTASK, 1, &done);
    return self;
}
static Value stream_nothing(VM *vm, Value self, int argc, Value *argv) { return self; }

// ---- pipeline, finished: slots callback

static Value in_finished(VM *vm, Value self, int argc, Value *argv) { // magic 1: with the error
    bool failed = native_magic(vm);
    Value *sl = native_slots(vm), cb = sl[0];
    if (!v_is_callable(cb)) return V_UNDEFINED;
    heap_set(vm, &sl[0], V_UNDEFINED);
    return failed ? CALL1(vm, cb, V_UNDEFINED, ARG(0)) : CALL0(vm, cb, V_UNDEFINED);
}
static bool watch_rjs(VM *vm, Value s, const char *done, Value cb) {
    return !v_is_exc(call_method_rjs(vm, s, "on", 2, (Value[]){v_str(vm, done), closure(vm, IN(IN_FINISHED), 1, cb)})) &&
           !v_is_exc(call_method_rjs(vm, s, "on", 2, (Value[]){v_str(vm, "error"), closure(vm, IN(IN_FAILED), 1, cb)}));
}
static Value stream_finished(VM *vm, Value self, int argc, Value *argv) {
    Value cb = v_is_callable(ARG(1)) ? argv[1] : ARG(2);
    if (!v_is_object(ARG(0))) return throw_arg_type(vm, "stream", "an instance of Stream", ARG(0));
    return watch_rjs(vm, argv[0], has_side(vm, argv[0], WRITABLE) ? "finish" : "end", cb) ? V_UNDEFINED : V_EXC;
}
static Value stream_pipeline(VM *vm, Value self, int argc, Value *argv) {
    int n = argc && v_is_callable(argv[argc - 1]) ? argc - 1 : argc;
    Value cb = n < argc ? argv[argc - 1] : V_UNDEFINED;
    for (int i = 0; i + 1 < n; i++) {
        if (v_is_exc(call_method_rjs(vm, argv[i], "pipe", 1, &argv[i + 1]))) return V_EXC;
        if (v_is_exc(call_method_rjs(vm, argv[i], "on", 2, (Value[]){v_str(vm, "error"), closure(vm, IN(IN_FAILED), 1, cb)}))) return V_EXC;
    }
    if (n < 1) return throw_coded(vm, REALM_TypeErrorPrototype, "ERR_MISSING_ARGS", "The \"streams\" argument must be specified");
    return watch_rjs(vm, argv[n - 1], "finish", cb) ? argv[n - 1] : V_EXC;
}

const NativeRow stream_internal_rows[] = {
    FN("", 0, in_flow), FN("", 1, in_finish), FN("", 1, in_written), FN("", 2, in_transformed), FN("", 2, in_flushed), FN("", 1, in_pipe_data), FN("", 0, in_pipe_end), FN("", 0, in_next_step),
    FN_MAGIC("", 0, in_finished, 0), FN_MAGIC("", 1, in_finished, 1), FN("next", 0, in_iter_next), FN("return", 0, in_iter_return), FN("", 1, in_emit_error), ROWS_END,
};
#define SIDES(n, m) {.name = n, .fn = stream_ctor, .kind = ROW_CTOR, .length = 1, .attrs = ATTR_WEC, .magic = m}
const NativeRow stream_rows[] = {
    SIDES("Stream", 0), SIDES("Readable", READABLE), SIDES("Writable", WRITABLE), SIDES("Duplex", READABLE | WRITABLE), SIDES("Transform", READABLE | WRITABLE | TRANSFORM),
    SIDES("PassThrough", READABLE | WRITABLE | TRANSFORM | PASS), FN("pipeline", 2, stream_pipeline), FN("finished", 2, stream_finished), ROWS_END,
};
const NativeRow stream_base_rows[] = {FN("pipe", 1, readable_pipe), FN("destroy", 1, stream_destroy), ROWS_END};
const NativeRow readable_rows[] = {
    FN("push", 1, readable_push), FN("on", 2, readable_on), FN("addListener", 2, readable_on), FN("read", 1, readable_read), FN_MAGIC("resume", 0, readable_flow, 1),
    FN_MAGIC("pause", 0, readable_flow, 0), FN("setEncoding", 1, readable_set_encoding), FN("unpipe", 1, stream_nothing), FN("@@asyncIterator", 0, readable_iterate), ROWS_END,
};
const NativeRow writable_rows[] = {
    FN("write", 2, writable_write), FN("end", 2, writable_end), FN("cork", 0, stream_nothing), FN("uncork", 0, stream_nothing), FN("setDefaultEncoding", 1, stream_nothing), ROWS_END,
};
const NativeRow readable_static_rows[] = {FN("from", 1, readable_from), ROWS_END};

static Value stream_class(VM *vm, Value exports, const char *name, Value up) { // wires the prototype; up: the parent's constructor
    Value ctor = object_own_data(vm, v_object(exports), key_c(vm, name)), up_proto = object_own_data(vm, v_object(up), A_(vm, prototype));
    Value proto = v_obj(object_new_proto(vm, up_proto));
    func_materialize(vm, v_object(ctor));
    object_put(vm, v_object(ctor), A_(vm, prototype), proto, 0);
    object_put(vm, v_object(proto), A_(vm, constructor), ctor, ATTR_WC);
    if (object_set_proto_rjs(vm, ctor, up) < 0) return V_EXC;
    return ctor;
}
static Value proto_of(VM *vm, Value ctor) { return object_own_data(vm, v_object(ctor), A_(vm, prototype)); }
Value stream_module(VM *vm) { // the exports are the legacy Stream class, as in Node
    Value o = v_obj(object_new(vm));
    exports_rows(vm, o, RT_stream_rows);
    Value base = stream_class(vm, o, "Stream", node_exports(vm, "events")), r = stream_class(vm, o, "Readable", base), w = stream_class(vm, o, "Writable", base);
    Value d = stream_class(vm, o, "Duplex", r), t = stream_class(vm, o, "Transform", d), p = stream_class(vm, o, "PassThrough", t);
    builtin_install(vm, proto_of(vm, base), RT_stream_base_rows);
    builtin_install(vm, proto_of(vm, r), RT_readable_rows);
    builtin_install(vm, proto_of(vm, w), RT_writable_rows);
    builtin_install(vm, proto_of(vm, d), RT_writable_rows);
    builtin_install(vm, r, RT_readable_static_rows);
    static const char *const names[] = {"Readable", "Writable", "Duplex", "Transform", "PassThrough", "Stream", "pipeline", "finished"};
    for (u32 i = 0; i < DX_COUNTOF(names); i++) prop_put(vm, base, names[i], object_own_data(vm, v_object(o), key_c(vm, names[i])));
    (void)p;
    return base;
}
static Value promised(VM *vm, Value self, int argc, Value *argv) { // pipeline (0), finished (1) as promises
    bool finished = native_magic(vm);
    Value util = node_exports(vm, "util"), f = prop_rjs(vm, node_exports(vm, "stream"), finished ? "finished" : "pipeline");
    Value g = v_is_exc(f) ? V_EXC : call_method_rjs(vm, util, "promisify", 1, &f);
    return v_is_exc(g) ? rejected(vm) : vm_call(vm, g, V_UNDEFINED, argc, argv);
}
const NativeRow stream_promises_rows[] = {FN_MAGIC("pipeline", 2, promised, 0), FN_MAGIC("finished", 2, promised, 1), ROWS_END};
Value stream_promises_module(VM *vm) {
    Value o = v_obj(object_new(vm));
    exports_rows(vm, o, RT_stream_promises_rows);
    return o;
}
Value stream_web_module(VM *vm) {
    static const char *const names[] = {"ReadableStream", "WritableStream", "TransformStream", "ReadableStreamDefaultReader", "TextDecoderStream", "TextEncoderStream", "CountQueuingStrategy", "ByteLengthQueuingStrategy"};
    Value o = v_obj(object_new(vm));
    for (u32 i = 0; i < DX_COUNTOF(names); i++) prop_put(vm, o, names[i], object_own_data(vm, v_object(vm->realm->global), key_c(vm, names[i])));
    return o;
}

// ---- modules that need what this runtime does not have: they can be imported, their functions say so when called

static const struct { const char *module, *classes, *functions; } absent[] = {
    {"http", "Agent Server ClientRequest IncomingMessage ServerResponse OutgoingMessage", "createServer request get"},
    {"https", "Agent Server", "createServer request get"},
    {"_http_common", "HTTPParser", ""},
    {"http2", "", "connect createServer createSecureServer"},
    {"net", "Socket Server", "connect createConnection createServer"},
    {"tls", "TLSSocket Server", "connect createServer createSecureContext"},
    {"dns", "Resolver", "lookup resolve"},
    {"child_process", "ChildProcess", "spawn spawnSync exec execSync execFile execFileSync fork"},
    {"worker_threads", "Worker", "postMessageToThread"},
    {"zlib", "", "gzip gunzip deflate inflate gzipSync gunzipSync deflateSync inflateSync deflateRawSync inflateRawSync createGzip createGunzip createDeflate createInflate createDeflateRaw "
             "createInflateRaw createBrotliCompress createBrotliDecompress brotliCompressSync brotliDecompressSync"},
    {"readline", "Interface", "createInterface"},
    {"diagnostics_channel", "Channel", ""},
    {"inspector", "Session", "open"},
    {"cluster", "", "fork"},
    {"dgram", "Socket", "createSocket"},
    {"v8", "", "serialize deserialize getHeapStatistics"},
};
static Value absent_call(VM *vm, Value self, int argc, Value *argv) { // slots: module's name, function's name
    Value *s = native_slots(vm);
    Buf a = {0}, b = {0};
    Value r = throw_coded(vm, REALM_ErrorPrototype, "ERR_NOT_SUPPORTED", "node:%s is not supported by dx (%s)", str_to_cstr(vm, v_string(s[0]), &a), str_to_cstr(vm, v_string(s[1]), &b));
    buf_free(&a);
    buf_free(&b);
    return r;
}
const NativeRow absent_rows[] = {
    FN("unsupported", 0, absent_call), {.name = "Unsupported", .fn = stream_ctor, .kind = ROW_CTOR, .length = 0, .attrs = ATTR_WC, .magic = 0}, ROWS_END,
};
bool absent_module(VM *vm, const char *name, Value *exports) {
    u32 m = 0;
    while (m < DX_COUNTOF(absent) && strcmp(absent[m].module, name)) m++;
    if (m == DX_COUNTOF(absent)) return false;
    Value o = v_obj(object_new(vm)), stream = node_exports(vm, "stream");
    for (u32 pass = 0; pass < 2; pass++)
        for (const char *p = pass ? absent[m].functions : absent[m].classes; *p;) {
            size_t n = strcspn(p, " ");
            String *s = str_new_utf8(vm, p, n);
            Value f;
            if (pass) f = closure(vm, RUNTIME_ID(absent_rows, 0), 2, v_str(vm, name), v_from_string(s));
            else {
                f = native_make(vm, RUNTIME_ID(absent_rows, 1));
                object_put(vm, v_object(o), key_from_string(vm, s), f, ATTR_WEC);
                Buf b = {0};
                buf_put(&b, p, n);
                f = stream_class(vm, o, buf_cstr(&b), stream);
                buf_free(&b);
            }
            object_put(vm, v_object(o), key_from_string(vm, s), f, ATTR_WEC);
            for (p += n; *p == ' ';) p++;
        }
    static const char *const empty[] = {"constants", "STATUS_CODES", "globalAgent", "METHODS"};
    for (u32 i = 0; i < DX_COUNTOF(empty); i++) prop_put(vm, o, empty[i], v_obj(object_new(vm)));
    if (!strcmp(name, "worker_threads")) prop_put(vm, o, "isMainThread", V_TRUE), prop_put(vm, o, "threadId", v_from_int(0)), prop_put(vm, o, "parentPort", V_NULL), prop_put(vm, o, "workerData", V_NULL);
    if (!strcmp(name, "http")) {
        static const char *const methods[] = {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT"};
        static const struct { u16 code; const char *text; } codes[] = {{200, "OK"}, {201, "Created"}, {202, "Accepted"}, {204, "No Content"}, {301, "Moved Permanently"}, {302, "Found"},
            {304, "Not Modified"}, {307, "Temporary Redirect"}, {308, "Permanent Redirect"}, {400, "Bad Request"}, {401, "Unauthorized"}, {403, "Forbidden"}, {404, "Not Found"},
            {405, "Method Not Allowed"}, {409, "Conflict"}, {410, "Gone"}, {418, "I'm a Teapot"}, {422, "Unprocessable Entity"}, {429, "Too Many Requests"}, {500, "Internal Server Error"},
            {501, "Not Implemented"}, {502, "Bad Gateway"}, {503, "Service Unavailable"}, {504, "Gateway Timeout"}};
        Array *a = array_new(vm, 9);
        for (u32 i = 0; i < DX_COUNTOF(methods); i++) array_push(vm, a, v_str(vm, methods[i]));
        prop_put(vm, o, "METHODS", v_from_array(a));
        Value status = object_own_data(vm, v_object(o), key_c(vm, "STATUS_CODES"));
        for (u32 i = 0; i < DX_COUNTOF(codes); i++) object_put(vm, v_object(status), key_from_index(codes[i].code), v_str(vm, codes[i].text), ATTR_WEC);
    }
    *exports = o;
    return true;
}
