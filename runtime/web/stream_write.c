// SPDX-License-Identifier: MIT
// WritableStream, TransformStream (WHATWG Streams), the text streams and queuing strategies. A transform's readable side is a ReadableStream whose
// controller the transform's own controller forwards to.
#include "runtime/web/deflate.h"
#include "runtime/web/stream.h"

enum { WS_STATE, WS_ERROR, WS_SINK, WS_WRITE, WS_CLOSE, WS_ABORT, WS_CONTROLLER, WS_WRITER, WS_QUEUE, WS_BUSY, WS_CLOSED, WS_READY, WS_HWM, WS_CLOSING, WS_COUNT };
enum { WRITABLE, W_CLOSED, W_ERRORED };
enum { IN_STARTED, IN_WRITTEN, IN_WRITE_FAILED, IN_CLOSED, IN_CLOSE_FAILED, IN_T_WRITE, IN_T_CLOSE, IN_T_FLUSHED, IN_T_ABORT, IN_DECODE, IN_DECODE_FLUSH, IN_ENCODE, IN_T_FAILED, IN_GATHER, IN_DEFLATE, IN_INFLATE };
#define IN(row) RUNTIME_ID(ws_internal_rows, row)

static Value *st(Value s) { return ((ValueArray *)v_ptr(((HostObject *)v_ptr(s))->data[0]))->v; }
static void put(VM *vm, Value s, u32 f, Value v) { heap_set(vm, &st(s)[f], v); }
static u32 state_of(Value s) { return (u32)v_int(st(s)[WS_STATE]); }

static void error_now(VM *vm, Value s, Value e) {
    if (state_of(s) != WRITABLE) return;
    put(vm, s, WS_STATE, v_from_int(W_ERRORED));
    put(vm, s, WS_ERROR, e);
    Value q = st(s)[WS_QUEUE];
    for (u32 i = 1; i < v_array(q)->length; i += 2) promise_reject(vm, obj_elems(v_object(q))->v[i], e);
    put(vm, s, WS_QUEUE, v_from_array(array_new(vm, 0)));
    u32 ends[] = {WS_CLOSED, WS_READY, WS_CLOSING};
    for (u32 i = 0; i < 3; i++) {
        Value p = st(s)[ends[i]];
        if (!v_is_object(p) || promise_state(p) != PROMISE_PENDING) continue;
        promise_reject(vm, p, e);
        if (i < 2) promise_mark_handled(vm, p);
    }
}
static void settle(VM *vm, Value r, Value ok, Value bad) {
    Value p = v_is_exc(r) ? rejected(vm) : promise_resolve_value_rjs(vm, vm->realm->Promise, r);
    if (v_is_exc(p)) p = rejected(vm);
    if (!v_is_exc(p)) promise_then_native(vm, p, ok, bad);
}
static void advance(VM *vm, Value s) { // starts the next write, or the close
    if (st(s)[WS_BUSY] != V_FALSE || state_of(s) != WRITABLE) return;
    Value q = st(s)[WS_QUEUE], c = st(s)[WS_CONTROLLER];
    if (v_array(q)->length) {
        Value *e = obj_elems(v_object(q))->v, chunk = e[0], p = e[1];
        Array *rest = array_new(vm, v_array(q)->length);
        for (u32 i = 2; i < v_array(q)->length; i++) array_push(vm, rest, obj_elems(v_object(q))->v[i]);
        put(vm, s, WS_QUEUE, v_from_array(rest));
        put(vm, s, WS_BUSY, V_TRUE);
        Value r = v_is_callable(st(s)[WS_WRITE]) ? CALL2(vm, st(s)[WS_WRITE], st(s)[WS_SINK], chunk, c) : V_UNDEFINED;
        settle(vm, r, closure(vm, IN(IN_WRITTEN), 2, s, p), closure(vm, IN(IN_WRITE_FAILED), 2, s, p));
    } else if (v_is_object(st(s)[WS_CLOSING])) {
        put(vm, s, WS_BUSY, V_TRUE);
        Value r = v_is_callable(st(s)[WS_CLOSE]) ? CALL0(vm, st(s)[WS_CLOSE], st(s)[WS_SINK]) : V_UNDEFINED;
        settle(vm, r, closure(vm, IN(IN_CLOSED), 1, s), closure(vm, IN(IN_CLOSE_FAILED), 1, s));
    }
}
static bool has_room(Value s) { return v_num(st(s)[WS_HWM]) - (f64)(v_array(st(s)[WS_QUEUE])->length / 2) - (st(s)[WS_BUSY] == V_TRUE) > 0; }
static Value in_started(VM *vm, Value self, int argc, Value *argv) {
    Value s = native_slots(vm)[0];
    put(vm, s, WS_BUSY, V_FALSE);
    advance(vm, s);
    return V_UNDEFINED;
}
static Value in_written(VM *vm, Value self, int argc, Value *argv) {
    Value *sl = native_slots(vm), s = sl[0];
    put(vm, s, WS_BUSY, V_FALSE);
    promise_resolve(vm, sl[1], V_UNDEFINED);
    if (has_room(s) && promise_state(st(s)[WS_READY]) == PROMISE_PENDING) promise_resolve(vm, st(s)[WS_READY], V_UNDEFINED);
    advance(vm, s);
    return V_UNDEFINED;
}
static Value in_write_failed(VM *vm, Value self, int argc, Value *argv) {
    Value *sl = native_slots(vm);
    promise_reject(vm, sl[1], ARG(0));
    error_now(vm, sl[0], ARG(0));
    return V_UNDEFINED;
}
static Value in_closed(VM *vm, Value self, int argc, Value *argv) {
    Value s = native_slots(vm)[0];
    put(vm, s, WS_STATE, v_from_int(W_CLOSED));
    promise_resolve(vm, st(s)[WS_CLOSING], V_UNDEFINED);
    promise_resolve(vm, st(s)[WS_CLOSED], V_UNDEFINED);
    return V_UNDEFINED;
}
static Value in_close_failed(VM *vm, Value self, int argc, Value *argv) {
    error_now(vm, native_slots(vm)[0], ARG(0));
    return V_UNDEFINED;
}
static Value stream_init_rjs(VM *vm, HostObject *o, Value sink, Value write, Value close, Value abort, Value start, f64 hwm) {
    ValueArray *f = values_new(vm, WS_COUNT);
    HEAP_STORE(vm, o->data[0], v_from_ptr(TAG_INTERNAL, f));
    Value s = v_obj(o);
    f->v[WS_STATE] = v_from_int(0);
    f->v[WS_SINK] = sink;
    f->v[WS_WRITE] = write;
    f->v[WS_CLOSE] = close;
    f->v[WS_ABORT] = abort;
    f->v[WS_HWM] = v_from_num(hwm);
    f->v[WS_BUSY] = V_TRUE;
    f->v[WS_QUEUE] = v_from_array(array_new(vm, 4));
    f->v[WS_CLOSED] = promise_new(vm);
    f->v[WS_READY] = promise_new(vm);
    if (hwm > 0) promise_resolve(vm, f->v[WS_READY], V_UNDEFINED);
    HostObject *c = web_new(vm, WEB_WritableStreamDefaultController);
    c->data[0] = s;
    put(vm, s, WS_CONTROLLER, v_obj(c));
    Value r = v_is_callable(start) ? CALL1(vm, start, sink, v_obj(c)) : V_UNDEFINED;
    if (v_is_exc(r)) return V_EXC;
    settle(vm, r, closure(vm, IN(IN_STARTED), 1, s), closure(vm, IN(IN_CLOSE_FAILED), 1, s));
    return s;
}
static Value ws_ctor(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_construct_rjs(vm, WEB_WritableStream, native_new_target(vm));
    static const char *const names[] = {"write", "close", "abort", "start"};
    Value f[4], hwm = prop_rjs(vm, ARG(1), "highWaterMark");
    f64 n = 1;
    if (!o || v_is_exc(hwm) || (!v_is_undefined(hwm) && !to_f64_rjs(vm, hwm, &n))) return V_EXC;
    for (u32 i = 0; i < 4; i++)
        if (v_is_exc(f[i] = prop_rjs(vm, ARG(0), names[i]))) return V_EXC;
    return stream_init_rjs(vm, o, ARG(0), f[0], f[1], f[2], f[3], n);
}
static Value invalid_state(VM *vm, const char *text) { return throw_coded(vm, REALM_TypeErrorPrototype, "ERR_INVALID_STATE", "Invalid state: %s", text); }
static Value write_chunk(VM *vm, Value s, Value chunk) { // promise
    Value p = promise_new(vm);
    if (state_of(s) == W_ERRORED) return promise_reject(vm, p, st(s)[WS_ERROR]), p;
    if (state_of(s) == W_CLOSED || v_is_object(st(s)[WS_CLOSING])) return invalid_state(vm, "WritableStream is closed"), rejected(vm);
    array_push(vm, v_array(st(s)[WS_QUEUE]), chunk);
    array_push(vm, v_array(st(s)[WS_QUEUE]), p);
    advance(vm, s);
    if (!has_room(s) && promise_state(st(s)[WS_READY]) == PROMISE_FULFILLED) put(vm, s, WS_READY, promise_new(vm));
    return p;
}
static Value close_stream(VM *vm, Value s) {
    if (state_of(s) == W_ERRORED) {
        Value p = promise_new(vm);
        return promise_reject(vm, p, st(s)[WS_ERROR]), p;
    }
    if (state_of(s) == W_CLOSED || v_is_object(st(s)[WS_CLOSING])) return invalid_state(vm, "WritableStream is closed"), rejected(vm);
    put(vm, s, WS_CLOSING, promise_new(vm));
    Value p = st(s)[WS_CLOSING];
    advance(vm, s);
    return p;
}
static Value abort_stream(VM *vm, Value s, Value reason) {
    if (state_of(s) != WRITABLE) return resolved(vm, V_UNDEFINED);
    error_now(vm, s, reason);
    Value r = v_is_callable(st(s)[WS_ABORT]) ? CALL1(vm, st(s)[WS_ABORT], st(s)[WS_SINK], reason) : V_UNDEFINED;
    return v_is_exc(r) ? rejected(vm) : resolved(vm, r);
}
#define THIS_WS                                                \
    HostObject *o = web_this(vm, self, WEB_WritableStream);    \
    if (!o) return V_EXC;                                      \
    Value s = v_obj(o)
static Value ws_locked(VM *vm, Value self, int argc, Value *argv) {
    THIS_WS;
    return v_from_bool(v_is_object(st(s)[WS_WRITER]));
}
static Value ws_get_writer(VM *vm, Value self, int argc, Value *argv) {
    THIS_WS;
    if (v_is_object(st(s)[WS_WRITER])) return invalid_state(vm, "WritableStream is locked");
    HostObject *w = web_new(vm, WEB_WritableStreamDefaultWriter);
    w->data[0] = s;
    put(vm, s, WS_WRITER, v_obj(w));
    return v_obj(w);
}
static Value ws_close(VM *vm, Value self, int argc, Value *argv) {
    THIS_WS;
    if (v_is_object(st(s)[WS_WRITER])) return invalid_state(vm, "WritableStream is locked"), rejected(vm);
    return close_stream(vm, s);
}
static Value ws_abort(VM *vm, Value self, int argc, Value *argv) {
    THIS_WS;
    if (v_is_object(st(s)[WS_WRITER])) return invalid_state(vm, "WritableStream is locked"), rejected(vm);
    return abort_stream(vm, s, ARG(0));
}
const NativeRow ws_rows[] = {CTOR("WritableStream", 0, ws_ctor), ROWS_END};
const NativeRow ws_proto_rows[] = {GETTER("locked", ws_locked), FN("getWriter", 0, ws_get_writer), FN("close", 0, ws_close), FN("abort", 0, ws_abort), ROWS_END};

// ---- writer: data[0] the stream, undefined once released

static Value writer_ctor(VM *vm, Value self, int argc, Value *argv) {
    if (!web_of(ARG(0), WEB_WritableStream)) return throw_arg_type(vm, "stream", "an instance of WritableStream", ARG(0));
    return ws_get_writer(vm, argv[0], 0, NULL);
}
enum { W_DO_WRITE, W_DO_CLOSE, W_DO_ABORT, W_DO_RELEASE, W_GET_CLOSED, W_GET_READY, W_GET_SIZE };
static Value writer_act(VM *vm, Value self, int argc, Value *argv) {
    u32 what = native_magic(vm);
    HostObject *o = web_this(vm, self, WEB_WritableStreamDefaultWriter);
    if (!o) return V_EXC;
    Value s = o->data[0];
    if (!v_is_object(s)) {
        if (what == W_DO_RELEASE) return V_UNDEFINED;
        invalid_state(vm, "Writer is not bound to a WritableStream");
        return what == W_GET_SIZE ? V_EXC : rejected(vm);
    }
    switch (what) {
    case W_DO_WRITE: return write_chunk(vm, s, ARG(0));
    case W_DO_CLOSE: return close_stream(vm, s);
    case W_DO_ABORT: return abort_stream(vm, s, ARG(0));
    case W_GET_CLOSED: return st(s)[WS_CLOSED];
    case W_GET_READY: return st(s)[WS_READY];
    case W_GET_SIZE: return state_of(s) == W_ERRORED ? V_NULL : state_of(s) == W_CLOSED ? v_from_int(0) : v_from_num(v_num(st(s)[WS_HWM]) - (f64)(v_array(st(s)[WS_QUEUE])->length / 2));
    default: break;
    }
    put(vm, s, WS_WRITER, V_UNDEFINED);
    HEAP_STORE(vm, o->data[0], V_UNDEFINED);
    return V_UNDEFINED;
}
const NativeRow ws_writer_rows[] = {CTOR("WritableStreamDefaultWriter", 1, writer_ctor), ROWS_END};
const NativeRow ws_writer_proto_rows[] = {
    FN_MAGIC("write", 0, writer_act, W_DO_WRITE), FN_MAGIC("close", 0, writer_act, W_DO_CLOSE), FN_MAGIC("abort", 0, writer_act, W_DO_ABORT),
    FN_MAGIC("releaseLock", 0, writer_act, W_DO_RELEASE), GETTER_MAGIC("closed", writer_act, W_GET_CLOSED), GETTER_MAGIC("ready", writer_act, W_GET_READY),
    GETTER_MAGIC("desiredSize", writer_act, W_GET_SIZE), ROWS_END,
};
static Value illegal_ctor(VM *vm, Value self, int argc, Value *argv) { return throw_coded(vm, REALM_TypeErrorPrototype, "ERR_ILLEGAL_CONSTRUCTOR", "Illegal constructor"); }
static Value ws_controller_error(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_this(vm, self, WEB_WritableStreamDefaultController);
    if (!o) return V_EXC;
    error_now(vm, o->data[0], ARG(0));
    return V_UNDEFINED;
}
const NativeRow ws_controller_rows[] = {CTOR("WritableStreamDefaultController", 0, illegal_ctor), ROWS_END};
const NativeRow ws_controller_proto_rows[] = {FN("error", 0, ws_controller_error), ROWS_END};

// ---- TransformStream: data[0] readable, data[1] writable, data[2] the controller (its data[0] the readable's controller)

static Value readable_controller(Value controller) { return ((HostObject *)v_ptr(controller))->data[0]; }
static Value in_t_write(VM *vm, Value self, int argc, Value *argv) { // slots: transformer, transform, controller
    Value *sl = native_slots(vm);
    if (v_is_callable(sl[1])) return CALL2(vm, sl[1], sl[0], ARG(0), sl[2]);
    return call_method_rjs(vm, readable_controller(sl[2]), "enqueue", 1, argv);
}
static Value in_t_flushed(VM *vm, Value self, int argc, Value *argv) { // slots: controller
    Value r = call_method_rjs(vm, readable_controller(native_slots(vm)[0]), "close", 0, NULL);
    if (v_is_exc(r) && !vm_terminated(vm)) (void)vm_take_exception(vm); // terminated already
    return V_UNDEFINED;
}
static Value in_t_failed(VM *vm, Value self, int argc, Value *argv) { // slots: controller
    Value e = ARG(0), r = call_method_rjs(vm, readable_controller(native_slots(vm)[0]), "error", 1, &e);
    return v_is_exc(r) ? V_EXC : vm_throw_value(vm, e);
}
static Value in_t_close(VM *vm, Value self, int argc, Value *argv) { // slots: transformer, flush, controller
    Value *sl = native_slots(vm), c = sl[2], r = v_is_callable(sl[1]) ? CALL1(vm, sl[1], sl[0], c) : V_UNDEFINED, out = promise_new(vm);
    Value p = v_is_exc(r) ? rejected(vm) : promise_resolve_value_rjs(vm, vm->realm->Promise, r);
    if (v_is_exc(p)) return V_EXC;
    promise_then_into(vm, p, closure(vm, IN(IN_T_FLUSHED), 1, c), closure(vm, IN(IN_T_FAILED), 1, c), out);
    return out;
}
static Value in_t_abort(VM *vm, Value self, int argc, Value *argv) { return call_method_rjs(vm, readable_controller(native_slots(vm)[2]), "error", 1, argv); }
static Value transform_init_rjs(VM *vm, HostObject *o, Value transformer, Value start, Value transform, Value flush) {
    Value readable = vm_construct(vm, web_ctor(vm, WEB_ReadableStream), 0, NULL, web_ctor(vm, WEB_ReadableStream));
    if (v_is_exc(readable)) return V_EXC;
    HostObject *c = web_new(vm, WEB_TransformStreamDefaultController);
    Value *rs = ((ValueArray *)v_ptr(((HostObject *)v_ptr(readable))->data[0]))->v;
    for (u32 i = 0; i < values_capacity(v_ptr(((HostObject *)v_ptr(readable))->data[0])); i++) // the readable's controller is the one host object in its state
        if (web_of(rs[i], WEB_ReadableStreamDefaultController)) {
            c->data[0] = rs[i];
            break;
        }
    c->data[1] = v_obj(o);
    HEAP_STORE(vm, o->data[0], readable);
    HEAP_STORE(vm, o->data[2], v_obj(c));
    Value cv = v_obj(c), r = v_is_callable(start) ? CALL1(vm, start, transformer, cv) : V_UNDEFINED;
    if (v_is_exc(r)) return V_EXC;
    HostObject *w = web_new(vm, WEB_WritableStream);
    Value ws = stream_init_rjs(vm, w, V_UNDEFINED, closure(vm, IN(IN_T_WRITE), 3, transformer, transform, cv), closure(vm, IN(IN_T_CLOSE), 3, transformer, flush, cv),
                               closure(vm, IN(IN_T_ABORT), 3, transformer, flush, cv), V_UNDEFINED, 1);
    if (v_is_exc(ws)) return V_EXC;
    HEAP_STORE(vm, o->data[1], ws);
    return v_obj(o);
}
static Value ts_ctor(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_construct_rjs(vm, WEB_TransformStream, native_new_target(vm));
    if (!o) return V_EXC;
    Value start = prop_rjs(vm, ARG(0), "start"), transform = prop_rjs(vm, ARG(0), "transform"), flush = prop_rjs(vm, ARG(0), "flush");
    if (v_is_exc(start) || v_is_exc(transform) || v_is_exc(flush)) return V_EXC;
    return transform_init_rjs(vm, o, ARG(0), start, transform, flush);
}
static Value ts_get(VM *vm, Value self, int argc, Value *argv) {
    u32 i = native_magic(vm);
    HostObject *o = web_this(vm, self, WEB_TransformStream);
    return o ? o->data[i] : V_EXC;
}
const NativeRow ts_rows[] = {CTOR("TransformStream", 0, ts_ctor), ROWS_END};
const NativeRow ts_proto_rows[] = {GETTER_MAGIC("readable", ts_get, 0), GETTER_MAGIC("writable", ts_get, 1), ROWS_END};
static Value ts_controller_act(VM *vm, Value self, int argc, Value *argv) { // enqueue (0), error (1), terminate (2), desiredSize (3)
    u32 what = native_magic(vm);
    HostObject *o = web_this(vm, self, WEB_TransformStreamDefaultController);
    if (!o) return V_EXC;
    Value c = o->data[0];
    if (what == 3) return prop_rjs(vm, c, "desiredSize");
    Value r = call_method_rjs(vm, c, what == 0 ? "enqueue" : what == 1 ? "error" : "close", argc, argv);
    if (!v_is_exc(r) && what == 1) error_now(vm, ((HostObject *)v_ptr(o->data[1]))->data[1], ARG(0));
    return r;
}
const NativeRow ts_controller_rows[] = {CTOR("TransformStreamDefaultController", 0, illegal_ctor), ROWS_END};
const NativeRow ts_controller_proto_rows[] = {
    FN_MAGIC("enqueue", 0, ts_controller_act, 0), FN_MAGIC("error", 0, ts_controller_act, 1), FN_MAGIC("terminate", 0, ts_controller_act, 2),
    GETTER_MAGIC("desiredSize", ts_controller_act, 3), ROWS_END,
};

// ---- text streams

static Value in_decode(VM *vm, Value self, int argc, Value *argv) { // slots: decoder; magic 1: the end
    bool end = native_magic(vm);
    Value options = v_obj(object_new(vm)), decoder = native_slots(vm)[0], controller = end ? ARG(0) : ARG(1);
    prop_put(vm, options, "stream", v_from_bool(!end));
    Value text = call_method_rjs(vm, decoder, "decode", 2, (Value[]){end ? V_UNDEFINED : ARG(0), options});
    if (v_is_exc(text)) return V_EXC;
    return v_string(text)->length ? call_method_rjs(vm, controller, "enqueue", 1, &text) : V_UNDEFINED;
}
static Value in_encode(VM *vm, Value self, int argc, Value *argv) {
    Buf b = {0};
    Value controller = ARG(1);
    if (!utf8_arg_rjs(vm, ARG(0), &b)) return V_EXC;
    Value bytes = uint8_array_from_bytes(vm, b.data, b.len);
    size_t n = b.len;
    buf_free(&b);
    return v_is_exc(bytes) ? V_EXC : n ? call_method_rjs(vm, controller, "enqueue", 1, &bytes) : V_UNDEFINED;
}
static Value tds_ctor(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_construct_rjs(vm, WEB_TextDecoderStream, native_new_target(vm));
    Value d = o ? vm_construct(vm, web_ctor(vm, WEB_TextDecoder), argc, argv, web_ctor(vm, WEB_TextDecoder)) : V_EXC;
    if (v_is_exc(d)) return V_EXC;
    return transform_init_rjs(vm, o, V_UNDEFINED, V_UNDEFINED, closure(vm, IN(IN_DECODE), 1, d), closure(vm, IN(IN_DECODE_FLUSH), 1, d));
}
static Value tes_ctor(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_construct_rjs(vm, WEB_TextEncoderStream, native_new_target(vm));
    return o ? transform_init_rjs(vm, o, V_UNDEFINED, V_UNDEFINED, closure(vm, IN(IN_ENCODE), 0), V_UNDEFINED) : V_EXC;
}
static Value text_stream_encoding(VM *vm, Value self, int argc, Value *argv) { return v_str(vm, "utf-8"); }
const NativeRow tds_rows[] = {CTOR("TextDecoderStream", 0, tds_ctor), ROWS_END};
const NativeRow tds_proto_rows[] = {GETTER("encoding", text_stream_encoding), ROWS_END};
const NativeRow tes_rows[] = {CTOR("TextEncoderStream", 0, tes_ctor), ROWS_END};
const NativeRow tes_proto_rows[] = {GETTER("encoding", text_stream_encoding), ROWS_END};

// ---- CompressionStream, DecompressionStream: chunks are gathered and go through at the end; slots array of chunks, format

static Value in_gather(VM *vm, Value self, int argc, Value *argv) {
    u8 *p;
    size_t n;
    if (!bytes_of(ARG(0), &p, &n)) return throw_arg_type(vm, "chunk", "an instance of ArrayBuffer, Buffer, TypedArray, or DataView", ARG(0));
    array_push(vm, v_array(native_slots(vm)[0]), uint8_array_from_bytes(vm, p, n));
    return V_UNDEFINED;
}
static Value in_deflate(VM *vm, Value self, int argc, Value *argv) { // magic 1: inflate
    bool inflate = native_magic(vm), ok = true;
    Value *s = native_slots(vm), controller = ARG(0);
    Array *chunks = v_array(s[0]);
    Buf all = {0}, out = {0};
    u8 *p;
    size_t n;
    for (u32 i = 0; i < chunks->length; i++)
        if (bytes_of(obj_elems(&chunks->o)->v[i], &p, &n) && n) buf_put(&all, p, n);
    if (inflate) ok = inflate_bytes((enum DeflateFormat)v_int(s[1]), all.data, all.len, &out);
    else deflate_bytes((enum DeflateFormat)v_int(s[1]), all.data, all.len, &out);
    Value bytes = ok ? uint8_array_from_bytes(vm, out.data, out.len) : throw_type(vm, "The compressed data is not valid");
    n = out.len;
    buf_free(&all);
    buf_free(&out);
    return v_is_exc(bytes) ? V_EXC : n ? call_method_rjs(vm, controller, "enqueue", 1, &bytes) : V_UNDEFINED;
}
static Value compression_ctor(VM *vm, Value self, int argc, Value *argv) { // magic: class
    static const char *const formats[] = {"deflate-raw", "deflate", "gzip"};
    WebClass c = (WebClass)native_magic(vm);
    HostObject *o = web_construct_rjs(vm, c, native_new_target(vm));
    if (!o) return V_EXC;
    i32 f = 0;
    while (f < 3 && !is_c(vm, ARG(0), formats[f])) f++;
    if (f == 3) return throw_coded(vm, REALM_TypeErrorPrototype, "ERR_INVALID_ARG_VALUE", "The argument 'format' must be one of: 'deflate', 'deflate-raw', 'gzip'");
    Value chunks = v_from_array(array_new(vm, 4));
    return transform_init_rjs(vm, o, V_UNDEFINED, V_UNDEFINED, closure(vm, IN(IN_GATHER), 1, chunks),
                              closure(vm, IN(c == WEB_CompressionStream ? IN_DEFLATE : IN_INFLATE), 2, chunks, v_from_int(f)));
}
const NativeRow compression_rows[] = {{.name = "CompressionStream", .fn = compression_ctor, .kind = ROW_CTOR, .length = 1, .attrs = ATTR_WC, .magic = WEB_CompressionStream}, ROWS_END};
const NativeRow decompression_rows[] = {{.name = "DecompressionStream", .fn = compression_ctor, .kind = ROW_CTOR, .length = 1, .attrs = ATTR_WC, .magic = WEB_DecompressionStream}, ROWS_END};
const NativeRow compression_proto_rows[] = {ROWS_END};
const NativeRow decompression_proto_rows[] = {ROWS_END};

// ---- strategies

static Value strategy_ctor(VM *vm, Value self, int argc, Value *argv) { // magic: class
    HostObject *o = web_construct_rjs(vm, (WebClass)native_magic(vm), native_new_target(vm));
    Value hwm = o ? prop_rjs(vm, ARG(0), "highWaterMark") : V_EXC;
    if (v_is_exc(hwm)) return V_EXC;
    o->data[0] = hwm;
    return v_obj(o);
}
static Value strategy_hwm(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_this(vm, self, (WebClass)native_magic(vm));
    return o ? o->data[0] : V_EXC;
}
static Value strategy_size(VM *vm, Value self, int argc, Value *argv) {
    return native_magic(vm) == WEB_CountQueuingStrategy ? v_from_int(1) : prop_rjs(vm, ARG(0), "byteLength");
}
const NativeRow count_strategy_rows[] = {{.name = "CountQueuingStrategy", .fn = strategy_ctor, .kind = ROW_CTOR, .length = 1, .attrs = ATTR_WC, .magic = WEB_CountQueuingStrategy}, ROWS_END};
const NativeRow count_strategy_proto_rows[] = {GETTER_MAGIC("highWaterMark", strategy_hwm, WEB_CountQueuingStrategy), FN_MAGIC("size", 0, strategy_size, WEB_CountQueuingStrategy), ROWS_END};
const NativeRow byte_strategy_rows[] = {{.name = "ByteLengthQueuingStrategy", .fn = strategy_ctor, .kind = ROW_CTOR, .length = 1, .attrs = ATTR_WC, .magic = WEB_ByteLengthQueuingStrategy}, ROWS_END};
const NativeRow byte_strategy_proto_rows[] = {GETTER_MAGIC("highWaterMark", strategy_hwm, WEB_ByteLengthQueuingStrategy), FN_MAGIC("size", 1, strategy_size, WEB_ByteLengthQueuingStrategy), ROWS_END};
const NativeRow ws_internal_rows[] = {
    FN("", 0, in_started), FN("", 0, in_written), FN("", 0, in_write_failed), FN("", 0, in_closed), FN("", 0, in_close_failed), FN("", 1, in_t_write), FN("", 0, in_t_close),
    FN("", 0, in_t_flushed), FN("", 0, in_t_abort), FN_MAGIC("", 2, in_decode, 0), FN_MAGIC("", 1, in_decode, 1), FN("", 2, in_encode), FN("", 0, in_t_failed), FN("", 2, in_gather),
    FN_MAGIC("", 1, in_deflate, 0), FN_MAGIC("", 1, in_deflate, 1), ROWS_END,
};
