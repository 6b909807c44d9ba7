// SPDX-License-Identifier: MIT
// ReadableStream (WHATWG Streams): default readers and controllers; byte streams are read through default readers. Also what pipes and tees.
//
// A stream's state is a ValueArray in data[0], fields RS_*. Whoever waits for a chunk is a promise in RS_READS.
#include "runtime/web/stream.h"

enum {
    RS_STATE, RS_ERROR, RS_QUEUE, RS_SIZES, RS_TOTAL, RS_READER, RS_CONTROLLER, RS_SOURCE, RS_PULL, RS_CANCEL, RS_FLAGS, RS_HWM, RS_SIZE, RS_READS, RS_CLOSED, RS_COUNT
};
enum { READABLE, CLOSED, ERRORED };
enum { STARTED = 1, PULLING = 2, AGAIN = 4, CLOSE_ASKED = 8, DISTURBED = 16 };
enum { // rows of rs_internal_rows
    IN_STARTED, IN_PULLED, IN_FAILED, IN_NEXT, IN_RETURN, IN_TEE_PULL, IN_TEE_CANCEL, IN_TEE_READ, IN_PIPE_STEP, IN_PIPE_WRITTEN, IN_PIPE_READ_FAILED, IN_PIPE_WRITE_FAILED,
    IN_PIPE_DONE, IN_COLLECT, IN_COLLECT_FAILED, IN_FROM_PULL, IN_FROM_STEP, IN_FROM_CANCEL, IN_DONE_UNDEFINED,
};
#define IN(row) RUNTIME_ID(rs_internal_rows, row)

static Value *st(Value stream) { return ((ValueArray *)v_ptr(((HostObject *)v_ptr(stream))->data[0]))->v; }
static u32 flags_of(Value s) { return (u32)v_int(st(s)[RS_FLAGS]); }
static void put(VM *vm, Value s, u32 field, Value v) { heap_set(vm, &st(s)[field], v); }
static void flag(VM *vm, Value s, u32 on, u32 off) { put(vm, s, RS_FLAGS, v_from_int((i32)((flags_of(s) | on) & ~off))); }
static u32 state_of(Value s) { return (u32)v_int(st(s)[RS_STATE]); }
static Value shift(VM *vm, Value array) { // takes the first element off
    Array *a = v_array(array);
    Elements *e = obj_elems(&a->o);
    Value v = e->v[0];
    heap_touch(vm, e, sizeof *e + e->len * 8);
    memmove(e->v, e->v + 1, (e->len - 1) * 8);
    e->len--;
    HEAP_STORE(vm, a->length, a->length - 1);
    return v;
}
bool rs_locked(Value s) { return v_is_object(st(s)[RS_READER]); }
bool rs_disturbed(Value s) { return flags_of(s) & DISTURBED; }

static Value stream_alloc(VM *vm, HostObject *o) {
    ValueArray *f = values_new(vm, RS_COUNT);
    f->v[RS_STATE] = f->v[RS_TOTAL] = f->v[RS_FLAGS] = v_from_int(0);
    f->v[RS_HWM] = v_from_int(1);
    HEAP_STORE(vm, o->data[0], v_from_ptr(TAG_INTERNAL, f));
    f->v[RS_QUEUE] = v_from_array(array_new(vm, 4));
    f->v[RS_SIZES] = v_from_array(array_new(vm, 4));
    f->v[RS_READS] = v_from_array(array_new(vm, 2));
    HostObject *c = web_new(vm, WEB_ReadableStreamDefaultController);
    c->data[0] = v_obj(o);
    f->v[RS_CONTROLLER] = v_obj(c);
    return v_obj(o);
}
static void close_now(VM *vm, Value s) {
    put(vm, s, RS_STATE, v_from_int(CLOSED));
    Value reads = st(s)[RS_READS];
    while (v_array(reads)->length) promise_resolve(vm, shift(vm, reads), create_iter_result(vm, V_UNDEFINED, true));
    if (v_is_object(st(s)[RS_CLOSED])) promise_resolve(vm, st(s)[RS_CLOSED], V_UNDEFINED);
}
static void error_now(VM *vm, Value s, Value e) {
    if (state_of(s) != READABLE) return;
    put(vm, s, RS_STATE, v_from_int(ERRORED));
    put(vm, s, RS_ERROR, e);
    put(vm, s, RS_QUEUE, v_from_array(array_new(vm, 0)));
    Value reads = st(s)[RS_READS];
    while (v_array(reads)->length) promise_reject(vm, shift(vm, reads), e);
    if (v_is_object(st(s)[RS_CLOSED])) {
        promise_reject(vm, st(s)[RS_CLOSED], e);
        promise_mark_handled(vm, st(s)[RS_CLOSED]);
    }
}
static f64 desired(Value s) { return state_of(s) == CLOSED ? 0 : v_num(st(s)[RS_HWM]) - v_num(st(s)[RS_TOTAL]); }
static void settle(VM *vm, Value r, Value ok, Value bad) { // then() on whatever a callback returned
    Value p = v_is_exc(r) ? rejected(vm) : promise_resolve_value_rjs(vm, vm->realm->Promise, r);
    if (v_is_exc(p)) p = rejected(vm);
    if (!v_is_exc(p)) promise_then_native(vm, p, ok, bad);
}
static void pull_if_needed(VM *vm, Value s) {
    u32 f = flags_of(s);
    bool wanted = state_of(s) == READABLE && !(f & CLOSE_ASKED) && f & STARTED && (v_array(st(s)[RS_READS])->length || desired(s) > 0);
    if (!wanted) return;
    if (f & PULLING) return flag(vm, s, AGAIN, 0);
    if (!v_is_callable(st(s)[RS_PULL])) return;
    flag(vm, s, PULLING, 0);
    Value c = st(s)[RS_CONTROLLER];
    settle(vm, CALL1(vm, st(s)[RS_PULL], st(s)[RS_SOURCE], c), closure(vm, IN(IN_PULLED), 1, s), closure(vm, IN(IN_FAILED), 1, s));
}
static Value in_started(VM *vm, Value self, int argc, Value *argv) {
    Value s = native_slots(vm)[0];
    flag(vm, s, STARTED, 0);
    pull_if_needed(vm, s);
    return V_UNDEFINED;
}
static Value in_pulled(VM *vm, Value self, int argc, Value *argv) {
    Value s = native_slots(vm)[0];
    bool again = flags_of(s) & AGAIN;
    flag(vm, s, 0, PULLING | AGAIN);
    if (again) pull_if_needed(vm, s);
    return V_UNDEFINED;
}
static Value in_failed(VM *vm, Value self, int argc, Value *argv) {
    error_now(vm, native_slots(vm)[0], ARG(0));
    return V_UNDEFINED;
}
static Value enqueue_rjs(VM *vm, Value s, Value chunk) {
    if (state_of(s) != READABLE || flags_of(s) & CLOSE_ASKED)
        return throw_coded(vm, REALM_TypeErrorPrototype, "ERR_INVALID_STATE", "Invalid state: Controller is already closed");
    Value reads = st(s)[RS_READS];
    if (v_array(reads)->length) promise_resolve(vm, shift(vm, reads), create_iter_result(vm, chunk, false));
    else {
        f64 size = 1;
        if (v_is_callable(st(s)[RS_SIZE])) {
            Value r = CALL1(vm, st(s)[RS_SIZE], V_UNDEFINED, chunk);
            if (v_is_exc(r) || !to_f64_rjs(vm, r, &size)) return V_EXC;
        }
        array_push(vm, v_array(st(s)[RS_QUEUE]), chunk);
        array_push(vm, v_array(st(s)[RS_SIZES]), v_from_num(size));
        put(vm, s, RS_TOTAL, v_from_num(v_num(st(s)[RS_TOTAL]) + size));
    }
    pull_if_needed(vm, s);
    return V_UNDEFINED;
}
static Value close_rjs(VM *vm, Value s) {
    if (state_of(s) != READABLE || flags_of(s) & CLOSE_ASKED)
        return throw_coded(vm, REALM_TypeErrorPrototype, "ERR_INVALID_STATE", "Invalid state: Controller is already closed");
    flag(vm, s, CLOSE_ASKED, 0);
    if (!v_array(st(s)[RS_QUEUE])->length) close_now(vm, s);
    return V_UNDEFINED;
}
static Value read(VM *vm, Value s) { // promise of {value, done}
    Value p = promise_new(vm);
    flag(vm, s, DISTURBED, 0);
    if (v_array(st(s)[RS_QUEUE])->length) {
        Value chunk = shift(vm, st(s)[RS_QUEUE]), size = shift(vm, st(s)[RS_SIZES]);
        put(vm, s, RS_TOTAL, v_from_num(v_num(st(s)[RS_TOTAL]) - v_num(size)));
        if (flags_of(s) & CLOSE_ASKED && !v_array(st(s)[RS_QUEUE])->length) close_now(vm, s);
        else pull_if_needed(vm, s);
        promise_resolve(vm, p, create_iter_result(vm, chunk, false));
    } else if (state_of(s) == CLOSED) promise_resolve(vm, p, create_iter_result(vm, V_UNDEFINED, true));
    else if (state_of(s) == ERRORED) promise_reject(vm, p, st(s)[RS_ERROR]);
    else {
        array_push(vm, v_array(st(s)[RS_READS]), p);
        pull_if_needed(vm, s);
    }
    return p;
}
static Value in_done_undefined(VM *vm, Value self, int argc, Value *argv) { return V_UNDEFINED; }
static Value cancel(VM *vm, Value s, Value reason) { // promise
    flag(vm, s, DISTURBED, 0);
    if (state_of(s) == CLOSED) return resolved(vm, V_UNDEFINED);
    if (state_of(s) == ERRORED) {
        Value p = promise_new(vm);
        promise_reject(vm, p, st(s)[RS_ERROR]);
        return p;
    }
    put(vm, s, RS_QUEUE, v_from_array(array_new(vm, 0)));
    close_now(vm, s);
    if (!v_is_callable(st(s)[RS_CANCEL])) return resolved(vm, V_UNDEFINED);
    Value r = CALL1(vm, st(s)[RS_CANCEL], st(s)[RS_SOURCE], reason);
    if (v_is_exc(r)) return rejected(vm);
    Value p = promise_resolve_value_rjs(vm, vm->realm->Promise, r), out = promise_new(vm);
    if (v_is_exc(p)) return rejected(vm);
    promise_then_into(vm, p, closure(vm, IN(IN_DONE_UNDEFINED), 0), V_UNDEFINED, out);
    return out;
}
static Value native_stream(VM *vm, Value pull, Value on_cancel, f64 hwm) { // source in C, already started
    Value s = stream_alloc(vm, web_new(vm, WEB_ReadableStream));
    put(vm, s, RS_PULL, pull);
    put(vm, s, RS_CANCEL, on_cancel);
    put(vm, s, RS_HWM, v_from_num(hwm));
    flag(vm, s, STARTED, 0);
    return s;
}
Value rs_from_bytes(VM *vm, Value bytes) {
    Value s = native_stream(vm, V_UNDEFINED, V_UNDEFINED, 0);
    u8 *p;
    size_t n;
    if (bytes_of(bytes, &p, &n) && n) (void)enqueue_rjs(vm, s, bytes);
    (void)close_rjs(vm, s);
    return s;
}

// ---- constructor and methods

static bool strategy_rjs(VM *vm, Value s, Value strategy, f64 dflt) {
    Value hwm = prop_rjs(vm, strategy, "highWaterMark"), size = prop_rjs(vm, strategy, "size");
    f64 n = dflt;
    if (v_is_exc(hwm) || v_is_exc(size) || (!v_is_undefined(hwm) && !to_f64_rjs(vm, hwm, &n))) return false;
    if (!(n >= 0)) return vm_throw_value(vm, error_new(vm, REALM_RangeErrorPrototype, v_str(vm, "Invalid highWaterMark"))), false;
    put(vm, s, RS_HWM, v_from_num(n));
    put(vm, s, RS_SIZE, size);
    return true;
}
static Value rs_ctor(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_construct_rjs(vm, WEB_ReadableStream, native_new_target(vm));
    if (!o) return V_EXC;
    Value s = stream_alloc(vm, o), source = ARG(0), start = prop_rjs(vm, source, "start"), pull = prop_rjs(vm, source, "pull"), can = prop_rjs(vm, source, "cancel");
    Value type = prop_rjs(vm, source, "type");
    if (v_is_exc(start) || v_is_exc(pull) || v_is_exc(can) || v_is_exc(type) || !strategy_rjs(vm, s, ARG(1), is_c(vm, type, "bytes") ? 0 : 1)) return V_EXC;
    put(vm, s, RS_SOURCE, source);
    put(vm, s, RS_PULL, pull);
    put(vm, s, RS_CANCEL, can);
    Value r = v_is_callable(start) ? CALL1(vm, start, source, st(s)[RS_CONTROLLER]) : V_UNDEFINED;
    if (v_is_exc(r)) return V_EXC;
    settle(vm, r, closure(vm, IN(IN_STARTED), 1, s), closure(vm, IN(IN_FAILED), 1, s));
    return s;
}
#define THIS_RS                                                \
    HostObject *o = web_this(vm, self, WEB_ReadableStream);    \
    if (!o) return V_EXC;                                      \
    Value s = v_obj(o)
#define REQUIRE_UNLOCKED \
    if (rs_locked(s)) return throw_coded(vm, REALM_TypeErrorPrototype, "ERR_INVALID_STATE", "Invalid state: ReadableStream is locked")
static Value rs_get_locked(VM *vm, Value self, int argc, Value *argv) {
    THIS_RS;
    return v_from_bool(rs_locked(s));
}
static Value reader_attach(VM *vm, Value s, HostObject *r) {
    r->data[0] = s;
    r->data[1] = promise_new(vm);
    put(vm, s, RS_READER, v_obj(r));
    put(vm, s, RS_CLOSED, r->data[1]);
    if (state_of(s) == CLOSED) promise_resolve(vm, r->data[1], V_UNDEFINED);
    if (state_of(s) == ERRORED) promise_reject(vm, r->data[1], st(s)[RS_ERROR]), promise_mark_handled(vm, r->data[1]);
    return v_obj(r);
}
static void reader_release(VM *vm, Value s) {
    put(vm, s, RS_READER, V_UNDEFINED);
    put(vm, s, RS_CLOSED, V_UNDEFINED);
}
static Value rs_get_reader(VM *vm, Value self, int argc, Value *argv) {
    THIS_RS;
    REQUIRE_UNLOCKED;
    return reader_attach(vm, s, web_new(vm, WEB_ReadableStreamDefaultReader));
}
static Value rs_cancel(VM *vm, Value self, int argc, Value *argv) {
    THIS_RS;
    if (rs_locked(s)) return throw_coded(vm, REALM_TypeErrorPrototype, "ERR_INVALID_STATE", "Invalid state: ReadableStream is locked"), rejected(vm);
    return cancel(vm, s, ARG(0));
}

// iteration: slots stream, preventCancel
static Value in_next(VM *vm, Value self, int argc, Value *argv) { return read(vm, native_slots(vm)[0]); }
static Value in_return(VM *vm, Value self, int argc, Value *argv) {
    Value *sl = native_slots(vm), s = sl[0];
    if (sl[1] != V_TRUE) {
        Value p = cancel(vm, s, ARG(0));
        if (v_is_exc(p)) return V_EXC;
        promise_mark_handled(vm, p);
    }
    reader_release(vm, s);
    return resolved(vm, create_iter_result(vm, ARG(0), true));
}
static Value rs_values(VM *vm, Value self, int argc, Value *argv) {
    THIS_RS;
    REQUIRE_UNLOCKED;
    Value keep = prop_rjs(vm, ARG(0), "preventCancel");
    if (v_is_exc(keep)) return V_EXC;
    reader_attach(vm, s, web_new(vm, WEB_ReadableStreamDefaultReader));
    Value it = v_obj(object_new_proto(vm, vm->realm->AsyncIteratorPrototype));
    prop_put(vm, it, "next", closure(vm, IN(IN_NEXT), 1, s));
    prop_put(vm, it, "return", closure(vm, IN(IN_RETURN), 2, s, v_from_bool(to_boolean(keep))));
    return it;
}

// tee: a shared ValueArray {source, branch 1, branch 2, reading, cancelled bits}
enum { TEE_SOURCE, TEE_A, TEE_B, TEE_READING, TEE_CANCELLED, TEE_COUNT };
static Value *tee_of(Value shared) { return ((ValueArray *)v_ptr(shared))->v; }
static Value in_tee_pull(VM *vm, Value self, int argc, Value *argv) { // slots: shared
    Value shared = native_slots(vm)[0], *t = tee_of(shared);
    if (t[TEE_READING] == V_TRUE) return V_UNDEFINED;
    heap_set(vm, &t[TEE_READING], V_TRUE);
    promise_then_native(vm, read(vm, t[TEE_SOURCE]), closure(vm, IN(IN_TEE_READ), 2, shared, V_FALSE), closure(vm, IN(IN_TEE_READ), 2, shared, V_TRUE));
    return V_UNDEFINED;
}
static Value in_tee_read(VM *vm, Value self, int argc, Value *argv) { // slots: shared, failed
    Value *sl = native_slots(vm), *t = tee_of(sl[0]);
    bool failed = sl[1] == V_TRUE;
    heap_set(vm, &t[TEE_READING], V_FALSE);
    Value done = failed ? V_FALSE : prop_rjs(vm, ARG(0), "done"), chunk = failed ? V_UNDEFINED : prop_rjs(vm, ARG(0), "value");
    for (u32 i = TEE_A; i <= TEE_B; i++) {
        Value s = t[i];
        if (state_of(s) != READABLE || flags_of(s) & CLOSE_ASKED) continue;
        if (failed) error_now(vm, s, ARG(0));
        else if (done == V_TRUE) (void)close_rjs(vm, s);
        else if (v_is_exc(enqueue_rjs(vm, s, chunk))) return V_EXC;
    }
    for (u32 i = TEE_A; i <= TEE_B && !failed && done != V_TRUE; i++)
        if (v_array(st(t[i])[RS_READS])->length) pull_if_needed(vm, t[i]);
    return V_UNDEFINED;
}
static Value in_tee_cancel(VM *vm, Value self, int argc, Value *argv) { // slots: shared, bit
    Value *sl = native_slots(vm), *t = tee_of(sl[0]);
    i32 now = (v_is_int(t[TEE_CANCELLED]) ? v_int(t[TEE_CANCELLED]) : 0) | v_int(sl[1]);
    heap_set(vm, &t[TEE_CANCELLED], v_from_int(now));
    return now == 3 ? cancel(vm, t[TEE_SOURCE], ARG(0)) : V_UNDEFINED;
}
bool rs_tee_rjs(VM *vm, Value s, Value out[2]) {
    ValueArray *t = values_new(vm, TEE_COUNT);
    Value shared = v_from_ptr(TAG_INTERNAL, t);
    reader_attach(vm, s, web_new(vm, WEB_ReadableStreamDefaultReader));
    for (u32 i = 0; i < 2; i++) {
        out[i] = native_stream(vm, closure(vm, IN(IN_TEE_PULL), 1, shared), closure(vm, IN(IN_TEE_CANCEL), 2, shared, v_from_int(1 << i)), 1);
        heap_set(vm, &t->v[TEE_A + i], out[i]);
    }
    heap_set(vm, &t->v[TEE_SOURCE], s);
    return true;
}
static Value rs_tee(VM *vm, Value self, int argc, Value *argv) {
    THIS_RS;
    REQUIRE_UNLOCKED;
    Value two[2];
    return rs_tee_rjs(vm, s, two) ? array_create_from_list(vm, two, 2) : V_EXC;
}

// pipeTo: a shared ValueArray {source, writer, promise, preventClose, preventAbort, preventCancel}
enum { PIPE_SOURCE, PIPE_WRITER, PIPE_PROMISE, PIPE_KEEP_OPEN, PIPE_KEEP_ABORT, PIPE_KEEP_CANCEL, PIPE_COUNT };
static void pipe_read(VM *vm, Value shared) {
    promise_then_native(vm, read(vm, tee_of(shared)[PIPE_SOURCE]), closure(vm, IN(IN_PIPE_STEP), 1, shared), closure(vm, IN(IN_PIPE_READ_FAILED), 1, shared));
}
static Value in_pipe_step(VM *vm, Value self, int argc, Value *argv) {
    Value shared = native_slots(vm)[0], *t = tee_of(shared), done = prop_rjs(vm, ARG(0), "done"), chunk = prop_rjs(vm, ARG(0), "value");
    Value w = t[PIPE_WRITER];
    if (done == V_TRUE) {
        reader_release(vm, t[PIPE_SOURCE]);
        Value r = t[PIPE_KEEP_OPEN] == V_TRUE ? V_UNDEFINED : call_method_rjs(vm, w, "close", 0, NULL);
        settle(vm, r, closure(vm, IN(IN_PIPE_DONE), 2, shared, V_HOLE), closure(vm, IN(IN_PIPE_WRITE_FAILED), 1, shared));
        return V_UNDEFINED;
    }
    settle(vm, call_method_rjs(vm, w, "write", 1, &chunk), closure(vm, IN(IN_PIPE_WRITTEN), 1, shared), closure(vm, IN(IN_PIPE_WRITE_FAILED), 1, shared));
    return V_UNDEFINED;
}
static Value in_pipe_written(VM *vm, Value self, int argc, Value *argv) {
    pipe_read(vm, native_slots(vm)[0]);
    return V_UNDEFINED;
}
static Value in_pipe_done(VM *vm, Value self, int argc, Value *argv) { // slots: shared, error or V_HOLE
    Value *sl = native_slots(vm), *t = tee_of(sl[0]), e = sl[1];
    Value r = call_method_rjs(vm, t[PIPE_WRITER], "releaseLock", 0, NULL);
    if (v_is_exc(r)) return V_EXC;
    if (e == V_HOLE) promise_resolve(vm, t[PIPE_PROMISE], V_UNDEFINED);
    else promise_reject(vm, t[PIPE_PROMISE], e);
    return V_UNDEFINED;
}
static Value in_pipe_read_failed(VM *vm, Value self, int argc, Value *argv) {
    Value shared = native_slots(vm)[0], *t = tee_of(shared), e = ARG(0);
    reader_release(vm, t[PIPE_SOURCE]);
    Value r = t[PIPE_KEEP_ABORT] == V_TRUE ? V_UNDEFINED : call_method_rjs(vm, t[PIPE_WRITER], "abort", 1, &e), done = closure(vm, IN(IN_PIPE_DONE), 2, shared, e);
    settle(vm, r, done, done);
    return V_UNDEFINED;
}
static Value in_pipe_write_failed(VM *vm, Value self, int argc, Value *argv) {
    Value shared = native_slots(vm)[0], *t = tee_of(shared), e = ARG(0), done = closure(vm, IN(IN_PIPE_DONE), 2, shared, e);
    if (v_is_object(st(t[PIPE_SOURCE])[RS_READER])) reader_release(vm, t[PIPE_SOURCE]);
    Value r = t[PIPE_KEEP_CANCEL] == V_TRUE ? V_UNDEFINED : cancel(vm, t[PIPE_SOURCE], e);
    settle(vm, r, done, done);
    return V_UNDEFINED;
}
static Value pipe_rjs(VM *vm, Value s, Value to, Value options) {
    if (!web_of(to, WEB_WritableStream)) return throw_arg_type(vm, "transform.writable", "an instance of WritableStream", to);
    static const char *const names[] = {"preventClose", "preventAbort", "preventCancel"};
    ValueArray *t = values_new(vm, PIPE_COUNT);
    for (u32 i = 0; i < 3; i++) {
        Value v = prop_rjs(vm, options, names[i]);
        if (v_is_exc(v)) return V_EXC;
        t->v[PIPE_KEEP_OPEN + i] = v_from_bool(to_boolean(v));
    }
    Value w = call_method_rjs(vm, to, "getWriter", 0, NULL);
    if (v_is_exc(w)) return V_EXC;
    reader_attach(vm, s, web_new(vm, WEB_ReadableStreamDefaultReader));
    t->v[PIPE_SOURCE] = s;
    t->v[PIPE_WRITER] = w;
    t->v[PIPE_PROMISE] = promise_new(vm);
    pipe_read(vm, v_from_ptr(TAG_INTERNAL, t));
    return t->v[PIPE_PROMISE];
}
static Value rs_pipe_to(VM *vm, Value self, int argc, Value *argv) {
    THIS_RS;
    if (rs_locked(s)) return throw_coded(vm, REALM_TypeErrorPrototype, "ERR_INVALID_STATE", "Invalid state: ReadableStream is locked"), rejected(vm);
    Value p = pipe_rjs(vm, s, ARG(0), ARG(1));
    return v_is_exc(p) ? rejected(vm) : p;
}
static Value rs_pipe_through(VM *vm, Value self, int argc, Value *argv) {
    THIS_RS;
    REQUIRE_UNLOCKED;
    Value r = prop_rjs(vm, ARG(0), "readable"), w = v_is_exc(r) ? V_EXC : prop_rjs(vm, ARG(0), "writable"), p = v_is_exc(w) ? V_EXC : pipe_rjs(vm, s, w, ARG(1));
    if (v_is_exc(p)) return V_EXC;
    promise_mark_handled(vm, p);
    return r;
}

// ReadableStream.from(iterable): slots iterator, next
static Value in_from_pull(VM *vm, Value self, int argc, Value *argv) {
    Value *sl = native_slots(vm), c = ARG(0), r = CALL0(vm, sl[1], sl[0]), p = v_is_exc(r) ? V_EXC : promise_resolve_value_rjs(vm, vm->realm->Promise, r), out = promise_new(vm);
    if (v_is_exc(p)) return V_EXC;
    promise_then_into(vm, p, closure(vm, IN(IN_FROM_STEP), 1, c), V_UNDEFINED, out);
    return out;
}
static Value in_from_step(VM *vm, Value self, int argc, Value *argv) {
    Value s = ((HostObject *)v_ptr(native_slots(vm)[0]))->data[0], done = prop_rjs(vm, ARG(0), "done"), v = v_is_exc(done) ? V_EXC : prop_rjs(vm, ARG(0), "value");
    if (v_is_exc(v)) return V_EXC;
    return to_boolean(done) ? close_rjs(vm, s) : enqueue_rjs(vm, s, v);
}
static Value in_from_cancel(VM *vm, Value self, int argc, Value *argv) {
    Value it = native_slots(vm)[0], f = get_method_rjs(vm, it, A_(vm, return));
    return v_is_callable(f) ? CALL1(vm, f, it, ARG(0)) : v_is_exc(f) ? V_EXC : V_UNDEFINED;
}
static Value rs_from(VM *vm, Value self, int argc, Value *argv) {
    Value f = v_is_object(ARG(0)) ? get_method_rjs(vm, argv[0], SYM_(vm, asyncIterator)) : V_UNDEFINED;
    if (v_is_undefined(f)) f = get_method_rjs(vm, ARG(0), SYM_(vm, iterator));
    if (v_is_exc(f)) return V_EXC;
    if (!v_is_callable(f)) return throw_type(vm, "iterable is not iterable");
    Value it = CALL0(vm, f, argv[0]), next = v_is_object(it) ? get_rjs(vm, it, A_(vm, next)) : it;
    if (v_is_exc(next)) return V_EXC;
    return native_stream(vm, closure(vm, IN(IN_FROM_PULL), 2, it, next), closure(vm, IN(IN_FROM_CANCEL), 1, it), 0);
}
const NativeRow rs_rows[] = {CTOR("ReadableStream", 0, rs_ctor), FN("from", 1, rs_from), ROWS_END};
const NativeRow rs_proto_rows[] = {
    GETTER("locked", rs_get_locked), FN("getReader", 0, rs_get_reader), FN("cancel", 0, rs_cancel), FN("tee", 0, rs_tee), FN("pipeTo", 1, rs_pipe_to),
    FN("pipeThrough", 1, rs_pipe_through), FN("values", 0, rs_values), ALIAS("@@asyncIterator", "values"), ROWS_END,
};

// ---- reader

static Value reader_ctor(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_construct_rjs(vm, WEB_ReadableStreamDefaultReader, native_new_target(vm));
    if (!o) return V_EXC;
    if (!web_of(ARG(0), WEB_ReadableStream)) return throw_arg_type(vm, "stream", "an instance of ReadableStream", ARG(0));
    Value s = argv[0];
    REQUIRE_UNLOCKED;
    return reader_attach(vm, s, o);
}
static Value released(VM *vm) { return throw_coded(vm, REALM_TypeErrorPrototype, "ERR_INVALID_STATE", "Invalid state: The reader is not attached to a stream"), rejected(vm); }
static Value reader_read(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_this(vm, self, WEB_ReadableStreamDefaultReader);
    if (!o) return rejected(vm);
    return v_is_object(o->data[0]) ? read(vm, o->data[0]) : released(vm);
}
static Value reader_cancel(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_this(vm, self, WEB_ReadableStreamDefaultReader);
    if (!o) return rejected(vm);
    return v_is_object(o->data[0]) ? cancel(vm, o->data[0], ARG(0)) : released(vm);
}
static Value reader_release_lock(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_this(vm, self, WEB_ReadableStreamDefaultReader);
    if (!o) return V_EXC;
    Value s = o->data[0];
    if (!v_is_object(s)) return V_UNDEFINED;
    Value reads = st(s)[RS_READS];
    while (v_array(reads)->length) {
        Value p = shift(vm, reads);
        throw_coded(vm, REALM_TypeErrorPrototype, "ERR_INVALID_STATE", "Releasing reader");
        promise_reject(vm, p, vm_take_exception(vm));
    }
    reader_release(vm, s);
    HEAP_STORE(vm, o->data[0], V_UNDEFINED);
    return V_UNDEFINED;
}
static Value reader_closed(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_this(vm, self, WEB_ReadableStreamDefaultReader);
    return o ? o->data[1] : V_EXC;
}
const NativeRow rs_reader_rows[] = {CTOR("ReadableStreamDefaultReader", 1, reader_ctor), ROWS_END};
const NativeRow rs_reader_proto_rows[] = {
    FN("read", 0, reader_read), FN("cancel", 0, reader_cancel), FN("releaseLock", 0, reader_release_lock), GETTER("closed", reader_closed), ROWS_END,
};

// ---- controller: data[0] the stream

static Value controller_ctor(VM *vm, Value self, int argc, Value *argv) { return throw_coded(vm, REALM_TypeErrorPrototype, "ERR_ILLEGAL_CONSTRUCTOR", "Illegal constructor"); }
#define THIS_CONTROLLER                                                        \
    HostObject *o = web_this(vm, self, WEB_ReadableStreamDefaultController);   \
    if (!o) return V_EXC
static Value controller_enqueue(VM *vm, Value self, int argc, Value *argv) {
    THIS_CONTROLLER;
    return enqueue_rjs(vm, o->data[0], ARG(0));
}
static Value controller_close(VM *vm, Value self, int argc, Value *argv) {
    THIS_CONTROLLER;
    return close_rjs(vm, o->data[0]);
}
static Value controller_error(VM *vm, Value self, int argc, Value *argv) {
    THIS_CONTROLLER;
    error_now(vm, o->data[0], ARG(0));
    return V_UNDEFINED;
}
static Value controller_desired(VM *vm, Value self, int argc, Value *argv) {
    THIS_CONTROLLER;
    return state_of(o->data[0]) == ERRORED ? V_NULL : v_from_num(desired(o->data[0]));
}
const NativeRow rs_controller_rows[] = {CTOR("ReadableStreamDefaultController", 0, controller_ctor), ROWS_END};
const NativeRow rs_controller_proto_rows[] = {
    FN("enqueue", 0, controller_enqueue), FN("close", 0, controller_close), FN("error", 0, controller_error), GETTER("desiredSize", controller_desired), ROWS_END,
};

// ---- reading everything: slots stream, promise, array of chunks

static void collect_next(VM *vm, Value s, Value p, Value chunks) {
    promise_then_native(vm, read(vm, s), closure(vm, IN(IN_COLLECT), 3, s, p, chunks), closure(vm, IN(IN_COLLECT_FAILED), 1, p));
}
static Value in_collect(VM *vm, Value self, int argc, Value *argv) {
    Value *sl = native_slots(vm), s = sl[0], p = sl[1], chunks = sl[2], done = prop_rjs(vm, ARG(0), "done"), chunk = prop_rjs(vm, ARG(0), "value");
    u8 *at;
    size_t n;
    if (done != V_TRUE) {
        if (!bytes_of(chunk, &at, &n)) {
            throw_type(vm, "Received non-Uint8Array chunk");
            promise_reject(vm, p, vm_take_exception(vm));
            return V_UNDEFINED;
        }
        array_push(vm, v_array(chunks), chunk);
        collect_next(vm, s, p, chunks);
        return V_UNDEFINED;
    }
    Buf all = {0};
    for (u32 i = 0; i < v_array(chunks)->length; i++)
        if (bytes_of(obj_elems(v_object(chunks))->v[i], &at, &n) && n) buf_put(&all, at, n);
    Value out = uint8_array_from_bytes(vm, all.data, all.len);
    buf_free(&all);
    if (v_is_exc(out)) promise_reject(vm, p, vm_take_exception(vm));
    else promise_resolve(vm, p, out);
    return V_UNDEFINED;
}
static Value in_collect_failed(VM *vm, Value self, int argc, Value *argv) {
    promise_reject(vm, native_slots(vm)[0], ARG(0));
    return V_UNDEFINED;
}
Value rs_read_all(VM *vm, Value s) {
    Value p = promise_new(vm);
    reader_attach(vm, s, web_new(vm, WEB_ReadableStreamDefaultReader));
    collect_next(vm, s, p, v_from_array(array_new(vm, 4)));
    return p;
}
const NativeRow rs_internal_rows[] = {
    FN("", 0, in_started), FN("", 0, in_pulled), FN("", 0, in_failed), FN("next", 0, in_next), FN("return", 1, in_return), FN("", 0, in_tee_pull), FN("", 0, in_tee_cancel),
    FN("", 0, in_tee_read), FN("", 0, in_pipe_step), FN("", 0, in_pipe_written), FN("", 0, in_pipe_read_failed), FN("", 0, in_pipe_write_failed), FN("", 0, in_pipe_done),
    FN("", 0, in_collect), FN("", 0, in_collect_failed), FN("", 0, in_from_pull), FN("", 0, in_from_step), FN("", 0, in_from_cancel), FN("", 0, in_done_undefined), ROWS_END,
};
