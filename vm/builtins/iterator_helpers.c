// SPDX-License-Identifier: MIT
// Iterator, Iterator.from, Iterator.concat and the iterator helpers (ECMA-262 27.1). A helper is an IteratorObject: target the underlying
// iterator, extra[0] its next method, extra[1] the function or the list, extra[2] the inner iterator of flatMap or concat (an array [iterator, next]);
// index counts; state is HelperState; limit of take and drop is kept in `extra[1]` as a number. Further helpers: iterator_chunks.c, iterator_zip.c.
#include "vm/builtins/iterator_helpers.h"

// ---- records over (iterator, next) pairs

static Value result_rjs(VM *vm, Value iterator, Value next, bool *done) { // IteratorNext and IteratorComplete
    *done = false;
    Value r = CALL0(vm, next, iterator);
    if (v_is_exc(r)) return V_EXC;
    if (!v_is_object(r)) return vm_throw(vm, ERR_ITER_RESULT, r);
    Value d = get_rjs(vm, r, A_(vm, done));
    if (v_is_exc(d)) return V_EXC;
    *done = to_boolean(d);
    return r;
}
Value pair_step_rjs(VM *vm, Value iterator, Value next, bool *done) {
    Value r = result_rjs(vm, iterator, next, done);
    return v_is_exc(r) ? V_EXC : *done ? V_UNDEFINED : get_rjs(vm, r, A_(vm, value));
}
bool pair_step_done_rjs(VM *vm, Value iterator, Value next, bool *done) { return !v_is_exc(result_rjs(vm, iterator, next, done)); }

Value pair_close_rjs(VM *vm, Value iterator) {
    bool pending = vm->exception != V_HOLE;
    Value saved = pending ? vm_take_exception(vm) : V_UNDEFINED;
    Value f = get_method_rjs(vm, iterator, A_(vm, return)), r = V_UNDEFINED;
    if (!v_is_exc(f) && !v_is_undefined(f)) r = CALL0(vm, f, iterator);
    bool thrown = v_is_exc(f) || v_is_exc(r);
    if (pending) {
        if (thrown) vm_take_exception(vm);
        return vm_throw_value(vm, saved);
    }
    if (thrown) return V_EXC;
    if (!v_is_undefined(f) && !v_is_object(r)) return vm_throw(vm, ERR_NOT_OBJECT, r);
    return V_UNDEFINED;
}
Value pair_fail(VM *vm, Value iterator) { // an exception is pending
    pair_close_rjs(vm, iterator);
    return V_EXC;
}

// ---- helper objects

Value helper_new_rjs(VM *vm, Value iterator, enum HelperKind kind, Value arg) {
    Value next = V_UNDEFINED;
    if (kind != HELP_CONCAT && kind != HELP_ZIP && v_is_exc(next = get_rjs(vm, iterator, A_(vm, next)))) return V_EXC;
    IteratorObject *it = iterator_object_new(vm, vm->realm->IteratorHelperPrototype, kind, iterator);
    it->state = HELP_START;
    it->extra[0] = next;
    it->extra[1] = arg;
    return v_obj(it);
}
static IteratorObject *helper_of(VM *vm, Value v, const char *method) {
    IteratorObject *it = v_is_kind(v, CELL_ITERATOR) ? (IteratorObject *)v_ptr(v) : NULL;
    if (it && it->state >= HELP_START) return it;
    vm_throw(vm, ERR_INCOMPATIBLE, method, v);
    return NULL;
}
static void set_inner(VM *vm, IteratorObject *it, Value iterator, Value next) {
    heap_touch(vm, it, sizeof *it);
    it->extra[2] = v_is_undefined(iterator) ? V_UNDEFINED : array_create_from_list(vm, (Value[]){iterator, next}, 2);
}
static Value inner(const IteratorObject *it, u32 i) { return obj_elems(v_object(it->extra[2]))->v[i]; }

bool pair_flattenable_rjs(VM *vm, Value v, bool strings, Value *iterator, Value *next) {
    if (!v_is_object(v) && !(strings && v_is_string(v))) return vm_throw(vm, ERR_NOT_OBJECT, v), false;
    Value m = get_method_rjs(vm, v, SYM_(vm, iterator));
    if (v_is_exc(m)) return false;
    *iterator = v_is_undefined(m) ? v : CALL0(vm, m, v);
    if (v_is_exc(*iterator)) return false;
    if (!v_is_object(*iterator)) return vm_throw(vm, ERR_ITER_OBJECT), false;
    *next = get_rjs(vm, *iterator, A_(vm, next));
    return !v_is_exc(*next);
}

// One step of the inner iterator. 1 and *out, 0 exhausted, -1 thrown.
static int inner_step_rjs(VM *vm, IteratorObject *it, Value *out, bool close_outer) {
    bool done;
    *out = pair_step_rjs(vm, inner(it, 0), inner(it, 1), &done);
    if (v_is_exc(*out)) return close_outer ? pair_fail(vm, it->target) : 0, -1;
    if (!done) return 1;
    set_inner(vm, it, V_UNDEFINED, V_UNDEFINED);
    return 0;
}

static Value concat_next_rjs(VM *vm, IteratorObject *it, bool *done) { // extra[1]: [iterable, method]* pairs
    Array *list = v_array(it->extra[1]);
    for (;;) {
        Value v;
        if (!v_is_undefined(it->extra[2])) {
            int r = inner_step_rjs(vm, it, &v, false);
            if (r) return r < 0 ? V_EXC : v;
        }
        if (it->index >= list->length) return *done = true, V_UNDEFINED;
        Value *e = obj_elems(&list->o)->v + it->index;
        HEAP_STORE(vm, it->index, it->index + 2);
        Value iter = CALL0(vm, e[1], e[0]);
        if (v_is_exc(iter)) return V_EXC;
        if (!v_is_object(iter)) return vm_throw(vm, ERR_ITER_OBJECT);
        Value next = get_rjs(vm, iter, A_(vm, next));
        if (v_is_exc(next)) return V_EXC;
        set_inner(vm, it, iter, next);
    }
}

static Value helper_step_rjs(VM *vm, IteratorObject *it, bool *done) {
    Value src = it->target, next = it->extra[0], v;
    *done = false;
    switch (it->kind) {
    case HELP_CONCAT: return concat_next_rjs(vm, it, done);
    case HELP_CHUNKS: return helper_chunks_step_rjs(vm, it, done);
    case HELP_WINDOWS: return helper_windows_step_rjs(vm, it, done);
    case HELP_ZIP: return helper_zip_step_rjs(vm, it, done);
    }
    if (it->kind == HELP_TAKE) {
        f64 left = v_num(it->extra[1]);
        if (left <= 0) {
            *done = true;
            return pair_close_rjs(vm, src);
        }
        HEAP_STORE(vm, it->extra[1], v_from_num(left - 1));
        return pair_step_rjs(vm, src, next, done);
    }
    if (it->kind == HELP_DROP) {
        for (f64 left = v_num(it->extra[1]); left > 0; left--) {
            HEAP_STORE(vm, it->extra[1], v_from_num(left - 1));
            v = pair_step_rjs(vm, src, next, done);
            if (v_is_exc(v) || *done) return v;
        }
        return pair_step_rjs(vm, src, next, done);
    }
    for (;;) {
        if (it->kind == HELP_FLATMAP && !v_is_undefined(it->extra[2])) {
            int r = inner_step_rjs(vm, it, &v, true);
            if (r) return r < 0 ? V_EXC : v;
        }
        v = pair_step_rjs(vm, src, next, done);
        if (v_is_exc(v) || *done) return v;
        Value k = v_from_num((f64)it->index), r = CALL2(vm, it->extra[1], V_UNDEFINED, v, k);
        if (v_is_exc(r)) return pair_fail(vm, src);
        HEAP_STORE(vm, it->index, it->index + 1);
        if (it->kind == HELP_MAP) return r;
        if (it->kind == HELP_FILTER) {
            if (to_boolean(r)) return v;
            continue;
        }
        Value iter, inner_next;
        if (!pair_flattenable_rjs(vm, r, false, &iter, &inner_next)) return pair_fail(vm, src);
        set_inner(vm, it, iter, inner_next);
    }
}

static Value helper_next(VM *vm, Value self, int argc, Value *argv) {
    IteratorObject *it = helper_of(vm, self, "Iterator Helper.prototype.next");
    if (!it) return V_EXC;
    if (it->state == HELP_RUNNING) return vm_throw(vm, ERR_GENERATOR_RUNNING);
    if (it->state == HELP_DONE) return create_iter_result(vm, V_UNDEFINED, true);
    HEAP_STORE(vm, it->state, HELP_RUNNING);
    bool done;
    Value v = helper_step_rjs(vm, it, &done);
    HEAP_STORE(vm, it->state, v_is_exc(v) || done ? HELP_DONE : HELP_SUSPENDED);
    return v_is_exc(v) ? V_EXC : create_iter_result(vm, v, done);
}
static Value helper_close_rjs(VM *vm, IteratorObject *it, bool started) {
    Value r = V_UNDEFINED;
    if (it->kind == HELP_ZIP) return helper_zip_close_rjs(vm, it);
    if (it->kind == HELP_CHUNKS || it->kind == HELP_WINDOWS) return v_is_undefined(it->target) ? r : pair_close_rjs(vm, it->target);
    if (started && !v_is_undefined(it->extra[2])) {
        r = pair_close_rjs(vm, inner(it, 0));
        if (v_is_exc(r)) return it->kind == HELP_CONCAT ? V_EXC : pair_fail(vm, it->target);
    }
    return it->kind == HELP_CONCAT ? r : pair_close_rjs(vm, it->target);
}
static Value helper_return(VM *vm, Value self, int argc, Value *argv) {
    IteratorObject *it = helper_of(vm, self, "Iterator Helper.prototype.return");
    if (!it) return V_EXC;
    if (it->state == HELP_RUNNING) return vm_throw(vm, ERR_GENERATOR_RUNNING);
    if (it->state == HELP_DONE) return create_iter_result(vm, V_UNDEFINED, true);
    bool started = it->state == HELP_SUSPENDED;
    HEAP_STORE(vm, it->state, started ? HELP_RUNNING : HELP_DONE); // the body of a generator runs its closing part
    Value r = helper_close_rjs(vm, it, started);
    HEAP_STORE(vm, it->state, HELP_DONE);
    return v_is_exc(r) ? V_EXC : create_iter_result(vm, V_UNDEFINED, true);
}

// ---- Iterator.prototype

bool helper_this(VM *vm, Value self, const char *name) {
    if (v_is_object(self)) return true;
    vm_throw(vm, ERR_CALLED_ON_NON_OBJECT, name);
    return false;
}
static Value iterator_proto_make(VM *vm, Value self, int argc, Value *argv) { // map, filter, flatMap
    u32 kind = native_magic(vm);
    if (!helper_this(vm, self, "Iterator.prototype method")) return V_EXC;
    if (!v_is_callable(ARG(0))) {
        vm_throw(vm, ERR_V_NOT_FUNCTION, ARG(0));
        return pair_fail(vm, self);
    }
    return helper_new_rjs(vm, self, (enum HelperKind)kind, argv[0]);
}
static Value iterator_proto_limit(VM *vm, Value self, int argc, Value *argv) { // take, drop
    u32 kind = native_magic(vm);
    if (!helper_this(vm, self, kind == HELP_TAKE ? "Iterator.prototype.take" : "Iterator.prototype.drop")) return V_EXC;
    f64 n;
    if (!to_f64_rjs(vm, ARG(0), &n)) return pair_fail(vm, self);
    if (n == n) n = n < 0 ? __builtin_ceil(n) : __builtin_floor(n);
    if (n != n || n < 0 || (n > 9007199254740991.0 && n != __builtin_inf())) {
        vm_throw(vm, ERR_ITER_LIMIT, ARG(0));
        return pair_fail(vm, self);
    }
    return helper_new_rjs(vm, self, (enum HelperKind)kind, v_from_num(n == 0 ? 0 : n));
}

enum Consume { EACH_FOREACH, EACH_SOME, EACH_EVERY, EACH_FIND };
static Value iterator_proto_consume(VM *vm, Value self, int argc, Value *argv) { // forEach, some, every, find
    u32 how = native_magic(vm);
    if (!helper_this(vm, self, "Iterator.prototype method")) return V_EXC;
    if (!v_is_callable(ARG(0))) {
        vm_throw(vm, ERR_V_NOT_FUNCTION, ARG(0));
        return pair_fail(vm, self);
    }
    Value next = get_rjs(vm, self, A_(vm, next));
    if (v_is_exc(next)) return V_EXC;
    for (i64 i = 0;; i++) {
        bool done;
        Value v = pair_step_rjs(vm, self, next, &done);
        if (v_is_exc(v)) return V_EXC;
        if (done) return how == EACH_SOME ? V_FALSE : how == EACH_EVERY ? V_TRUE : V_UNDEFINED;
        Value r = CALL2(vm, argv[0], V_UNDEFINED, v, v_from_i64(i));
        if (v_is_exc(r)) return pair_fail(vm, self);
        if (how == EACH_FOREACH || to_boolean(r) == (how == EACH_EVERY)) continue;
        if (v_is_exc(pair_close_rjs(vm, self))) return V_EXC;
        return how == EACH_SOME ? V_TRUE : how == EACH_EVERY ? V_FALSE : v;
    }
}
static Value iterator_proto_reduce(VM *vm, Value self, int argc, Value *argv) { // 27.1.4.10
    if (!helper_this(vm, self, "Iterator.prototype.reduce")) return V_EXC;
    if (!v_is_callable(ARG(0))) {
        vm_throw(vm, ERR_V_NOT_FUNCTION, ARG(0));
        return pair_fail(vm, self);
    }
    Value next = get_rjs(vm, self, A_(vm, next)), acc = argc > 1 ? argv[1] : V_HOLE;
    if (v_is_exc(next)) return V_EXC;
    for (i64 i = 0;; i++) {
        bool done;
        Value v = pair_step_rjs(vm, self, next, &done);
        if (v_is_exc(v)) return V_EXC;
        if (done) return acc == V_HOLE ? vm_throw(vm, ERR_ITER_REDUCE_EMPTY) : acc;
        if (acc == V_HOLE) {
            acc = v;
            continue;
        }
        Value args[3] = {acc, v, v_from_i64(i)};
        acc = vm_call(vm, argv[0], V_UNDEFINED, 3, args);
        if (v_is_exc(acc)) return pair_fail(vm, self);
    }
}
static Value iterator_proto_to_array(VM *vm, Value self, int argc, Value *argv) {
    if (!helper_this(vm, self, "Iterator.prototype.toArray")) return V_EXC;
    Value next = get_rjs(vm, self, A_(vm, next));
    if (v_is_exc(next)) return V_EXC;
    Array *out = array_new(vm, 8);
    for (;;) {
        bool done;
        Value v = pair_step_rjs(vm, self, next, &done);
        if (v_is_exc(v)) return V_EXC;
        if (done) return v_from_array(out);
        array_push(vm, out, v);
    }
}
static Value iterator_proto_dispose(VM *vm, Value self, int argc, Value *argv) { // [Symbol.dispose]
    Value f = get_method_rjs(vm, self, A_(vm, return));
    if (v_is_exc(f)) return V_EXC;
    if (!v_is_undefined(f) && v_is_exc(CALL0(vm, f, self))) return V_EXC;
    return V_UNDEFINED;
}

// SetterThatIgnoresPrototypeProperties: constructor and @@toStringTag of %Iterator.prototype% are accessors (27.1.4.1, 27.1.4.14)
static Value weird_set_rjs(VM *vm, Value self, PropKey k, Value v) {
    if (!v_is_object(self)) return vm_throw(vm, ERR_NOT_OBJECT, self);
    if (self == vm->realm->IteratorPrototype) return vm_throw(vm, ERR_CUSTOM_TYPE, "Cannot assign to this property of %Iterator.prototype%");
    int own = has_own_rjs(vm, self, k);
    if (own < 0) return V_EXC;
    int r = own ? set_rjs(vm, self, k, v, true) : create_data_property_or_throw_rjs(vm, self, k, v);
    return r < 0 ? V_EXC : V_UNDEFINED;
}
static Value weird_get(VM *vm, Value self, int argc, Value *argv) { return native_magic(vm) ? vm->realm->Iterator : v_str(vm, "Iterator"); }
static Value weird_set_tag(VM *vm, Value self, int argc, Value *argv) { return weird_set_rjs(vm, self, SYM_(vm, toStringTag), ARG(0)); }
static Value weird_set_ctor(VM *vm, Value self, int argc, Value *argv) { return weird_set_rjs(vm, self, A_(vm, constructor), ARG(0)); }

// ---- Iterator and its statics

static Value iterator_ctor(VM *vm, Value self, int argc, Value *argv) { // 27.1.3.1
    Value nt = native_new_target(vm), callee = native_callee(vm);
    if (v_is_undefined(nt)) return vm_throw(vm, ERR_CTOR_NEEDS_NEW, "Iterator");
    if (nt == callee) return vm_throw(vm, ERR_CUSTOM_TYPE, "Abstract class Iterator not directly constructable");
    Value proto = proto_from_ctor_rjs(vm, nt, REALM_IteratorPrototype);
    return v_is_exc(proto) ? V_EXC : v_obj(object_new_proto(vm, proto));
}
static Value iterator_from(VM *vm, Value self, int argc, Value *argv) { // 27.1.3.2
    Value iter, next;
    if (!pair_flattenable_rjs(vm, ARG(0), true, &iter, &next)) return V_EXC;
    int is = ordinary_has_instance_rjs(vm, vm->realm->Iterator, iter);
    if (is) return is < 0 ? V_EXC : iter;
    IteratorObject *w = iterator_object_new(vm, vm->realm->WrapForValidIteratorPrototype, 0, iter);
    w->state = 7;
    w->extra[0] = next;
    return v_obj(w);
}
static IteratorObject *wrap_of(VM *vm, Value v) {
    IteratorObject *it = v_is_kind(v, CELL_ITERATOR) ? (IteratorObject *)v_ptr(v) : NULL;
    if (it && it->state == 7) return it;
    vm_throw(vm, ERR_INCOMPATIBLE, "%WrapForValidIteratorPrototype% method", v);
    return NULL;
}
static Value wrap_next(VM *vm, Value self, int argc, Value *argv) {
    IteratorObject *w = wrap_of(vm, self);
    return w ? CALL0(vm, w->extra[0], w->target) : V_EXC;
}
static Value wrap_return(VM *vm, Value self, int argc, Value *argv) {
    IteratorObject *w = wrap_of(vm, self);
    if (!w) return V_EXC;
    Value f = get_method_rjs(vm, w->target, A_(vm, return));
    if (v_is_exc(f)) return V_EXC;
    return v_is_undefined(f) ? create_iter_result(vm, V_UNDEFINED, true) : CALL0(vm, f, w->target);
}
static Value iterator_concat(VM *vm, Value self, int argc, Value *argv) { // Iterator.concat(...items)
    Array *list = array_new(vm, (u32)argc * 2);
    for (int i = 0; i < argc; i++) {
        if (!v_is_object(argv[i])) return vm_throw(vm, ERR_NOT_OBJECT, argv[i]);
        Value m = get_method_rjs(vm, argv[i], SYM_(vm, iterator));
        if (v_is_exc(m)) return V_EXC;
        if (v_is_undefined(m)) return vm_throw(vm, ERR_V_NOT_ITERABLE, argv[i]);
        array_push(vm, list, argv[i]);
        array_push(vm, list, m);
    }
    return helper_new_rjs(vm, V_UNDEFINED, HELP_CONCAT, v_from_array(list));
}

const NativeRow iterator_rows[] = {CTOR("Iterator", 0, iterator_ctor), FN("from", 1, iterator_from), FN("concat", 0, iterator_concat), ROWS_END};
const NativeRow iterator_proto_rows[] = {
    FN_MAGIC("map", 1, iterator_proto_make, HELP_MAP), FN_MAGIC("filter", 1, iterator_proto_make, HELP_FILTER), FN_MAGIC("flatMap", 1, iterator_proto_make, HELP_FLATMAP),
    FN_MAGIC("take", 1, iterator_proto_limit, HELP_TAKE), FN_MAGIC("drop", 1, iterator_proto_limit, HELP_DROP),
    FN_MAGIC("forEach", 1, iterator_proto_consume, EACH_FOREACH), FN_MAGIC("some", 1, iterator_proto_consume, EACH_SOME), FN_MAGIC("every", 1, iterator_proto_consume, EACH_EVERY),
    FN_MAGIC("find", 1, iterator_proto_consume, EACH_FIND), FN("reduce", 1, iterator_proto_reduce), FN("toArray", 0, iterator_proto_to_array), FN("@@dispose", 0, iterator_proto_dispose),
    {.name = "@@toStringTag", .fn = weird_get, .fn2 = weird_set_tag, .kind = ROW_ACCESSOR, .attrs = ATTR_C, .magic = 0},
    ROWS_END,
};
const NativeRow iterator_ctor_rows[] = {{.name = "constructor", .fn = weird_get, .fn2 = weird_set_ctor, .kind = ROW_ACCESSOR, .attrs = ATTR_C, .magic = 1}, ROWS_END};
const NativeRow iterator_helper_rows[] = {FN("next", 0, helper_next), FN("return", 0, helper_return), VALUE_STR("@@toStringTag", "Iterator Helper", ATTR_C), ROWS_END};
const NativeRow iterator_wrap_rows[] = {FN("next", 0, wrap_next), FN("return", 0, wrap_return), ROWS_END};

void builtin_iterator_helpers_install(VM *vm) {
    Realm *r = vm->realm;
    r->Iterator = builtin_class(vm, TABLE_iterator_rows, TABLE_iterator_proto_rows, r->IteratorPrototype, r->FunctionPrototype);
    DX_CHECK(object_delete_rjs(vm, r->IteratorPrototype, A_(vm, constructor)) > 0);
    builtin_install(vm, r->IteratorPrototype, TABLE_iterator_ctor_rows);
    builtin_install(vm, r->Iterator, TABLE_iterator_zip_rows);
    builtin_install(vm, r->IteratorPrototype, TABLE_iterator_chunks_rows);
    r->IteratorHelperPrototype = v_obj(object_new_proto(vm, r->IteratorPrototype));
    builtin_install(vm, r->IteratorHelperPrototype, TABLE_iterator_helper_rows);
    r->WrapForValidIteratorPrototype = v_obj(object_new_proto(vm, r->IteratorPrototype));
    builtin_install(vm, r->WrapForValidIteratorPrototype, TABLE_iterator_wrap_rows);
}
