// SPDX-License-Identifier: MIT
// Iterator.prototype.chunks, windows (proposal-iterator-chunking), includes and join. Helpers of chunks and windows keep the size in extra[1]
// and the values collected so far, an array, in extra[2]; index 1 of windows: a window too small is given too.
#include "vm/builtins/iterator_helpers.h"

#include <math.h>

// ---- helpers

static Array *buffer_of(VM *vm, IteratorObject *it) {
    if (v_is_undefined(it->extra[2])) HEAP_STORE(vm, it->extra[2], v_from_array(array_new(vm, 4)));
    return v_array(it->extra[2]);
}

static Value buffer_take(VM *vm, IteratorObject *it) { // the array itself: the next one is another
    Value v = it->extra[2];
    HEAP_STORE(vm, it->extra[2], V_UNDEFINED);
    return v;
}

// The underlying iterator is at its end: it is not asked again nor closed. What is left over is the last value, if it is wanted.
static Value buffer_finish(VM *vm, IteratorObject *it, bool wanted, bool *done) {
    HEAP_STORE(vm, it->target, V_UNDEFINED);
    *done = !wanted || v_is_undefined(it->extra[2]);
    return *done ? V_UNDEFINED : buffer_take(vm, it);
}

Value helper_chunks_step_rjs(VM *vm, IteratorObject *it, bool *done) {
    if (v_is_undefined(it->target)) return *done = true, V_UNDEFINED;
    for (;;) {
        Value v = pair_step_rjs(vm, it->target, it->extra[0], done);
        if (v_is_exc(v)) return V_EXC;
        if (*done) return buffer_finish(vm, it, true, done);
        Array *buffer = buffer_of(vm, it);
        array_push(vm, buffer, v);
        if ((f64)buffer->length == v_num(it->extra[1])) return buffer_take(vm, it);
    }
}

Value helper_windows_step_rjs(VM *vm, IteratorObject *it, bool *done) {
    if (v_is_undefined(it->target)) return *done = true, V_UNDEFINED;
    for (;;) {
        Value v = pair_step_rjs(vm, it->target, it->extra[0], done);
        if (v_is_exc(v)) return V_EXC;
        Array *buffer = buffer_of(vm, it);
        bool full = (f64)buffer->length == v_num(it->extra[1]);
        if (*done) return buffer_finish(vm, it, it->index && buffer->length && !full, done);
        if (full) { // a window slides by one; those given stay as they are
            buffer = v_array(array_create_from_list(vm, obj_elems(&buffer->o)->v + 1, buffer->length - 1));
            HEAP_STORE(vm, it->extra[2], v_from_array(buffer));
        }
        array_push(vm, buffer, v);
        if ((f64)buffer->length == v_num(it->extra[1])) return array_create_from_list(vm, obj_elems(&buffer->o)->v, buffer->length);
    }
}

// A size is an integral Number of 1 to 2^32 - 1; nothing is converted. False: thrown, and the iterator closed.
static bool size_check_rjs(VM *vm, Value self, Value size) {
    bool integral = v_is_number(size) && isfinite(v_num(size)) && trunc(v_num(size)) == v_num(size);
    if (integral && v_num(size) >= 1 && v_num(size) <= UINT32_MAX) return true;
    if (integral) (void)vm_throw(vm, ERR_ITER_LIMIT, size);
    else (void)vm_throw(vm, ERR_NOT_INTEGER, size);
    return v_is_exc(pair_fail(vm, self)) && false;
}

static Value iterator_proto_chunks(VM *vm, Value self, int argc, Value *argv) {
    if (!helper_this(vm, self, "Iterator.prototype.chunks") || !size_check_rjs(vm, self, ARG(0))) return V_EXC;
    return helper_new_rjs(vm, self, HELP_CHUNKS, argv[0]);
}

static Value iterator_proto_windows(VM *vm, Value self, int argc, Value *argv) {
    if (!helper_this(vm, self, "Iterator.prototype.windows") || !size_check_rjs(vm, self, ARG(0))) return V_EXC;
    Value undersized = ARG(1);
    bool partial = option_is(vm, undersized, "allow-partial");
    bool full = v_is_undefined(undersized) || option_is(vm, undersized, "only-full");
    if (!partial && !full) {
        (void)vm_throw(vm, ERR_CUSTOM_TYPE, "undersized must be \"only-full\" or \"allow-partial\"");
        return pair_fail(vm, self);
    }
    Value helper = helper_new_rjs(vm, self, HELP_WINDOWS, argv[0]);
    if (!v_is_exc(helper)) ((IteratorObject *)v_ptr(helper))->index = partial;
    return helper;
}

// ---- includes and join

// How many values are passed over. False: thrown, and the iterator closed.
static bool skipped_elements_rjs(VM *vm, Value self, Value v, f64 *out) {
    *out = v_is_undefined(v) ? 0 : v_is_number(v) ? v_num(v) : NAN;
    if (isnan(*out) || (isfinite(*out) && trunc(*out) != *out)) (void)vm_throw(vm, ERR_NOT_INTEGER, v);
    else if (*out < 0 || (isfinite(*out) && *out > 9007199254740991.0)) (void)vm_throw(vm, ERR_ITER_LIMIT, v);
    else return true;
    return v_is_exc(pair_fail(vm, self)) && false;
}

static Value iterator_proto_includes(VM *vm, Value self, int argc, Value *argv) { // proposal-iterator-includes
    f64 skip;
    if (!helper_this(vm, self, "Iterator.prototype.includes") || !skipped_elements_rjs(vm, self, ARG(1), &skip)) return V_EXC;
    Value next = get_rjs(vm, self, A_(vm, next));
    if (v_is_exc(next)) return V_EXC;
    for (f64 i = 0;; i += i < skip) {
        bool done;
        Value v = pair_step_rjs(vm, self, next, &done);
        if (v_is_exc(v)) return V_EXC;
        if (done) return V_FALSE;
        if (i >= skip && same_value_zero(vm, v, ARG(0))) return v_is_exc(pair_close_rjs(vm, self)) ? V_EXC : V_TRUE;
    }
}

// Appends what the iterator gives. False: thrown.
static bool join_values_rjs(VM *vm, Value self, Value next, String *separator, StrBuf *out) {
    for (bool first = true;; first = false) {
        bool done;
        Value v = pair_step_rjs(vm, self, next, &done);
        if (v_is_exc(v)) return false;
        if (done) return true;
        if (!first) sb_str(vm, out, separator);
        if (v_is_nullish(v)) continue;
        String *s = to_string_rjs(vm, v);
        if (!s) return v_is_exc(pair_fail(vm, self)) && false;
        sb_str(vm, out, s);
    }
}

static Value iterator_proto_join(VM *vm, Value self, int argc, Value *argv) { // proposal-iterator-join
    if (!helper_this(vm, self, "Iterator.prototype.join")) return V_EXC;
    String *separator = v_is_undefined(ARG(0)) ? v_string(v_str(vm, ",")) : to_string_rjs(vm, argv[0]);
    if (!separator) return pair_fail(vm, self);
    Value next = get_rjs(vm, self, A_(vm, next));
    if (v_is_exc(next)) return V_EXC;
    StrBuf out = {0};
    if (join_values_rjs(vm, self, next, separator, &out)) return sb_finish(vm, &out);
    sb_free(&out);
    return V_EXC;
}

const NativeRow iterator_chunks_rows[] = {
    FN("chunks", 1, iterator_proto_chunks), FN("windows", 1, iterator_proto_windows), FN("includes", 1, iterator_proto_includes),
    FN("join", 1, iterator_proto_join), ROWS_END,
};
