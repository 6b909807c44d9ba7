// SPDX-License-Identifier: MIT
// Array.prototype methods that call a function for each element (ECMA-262 23.1.3).
#include "vm/builtins/array_util.h"

Value array_species_create_rjs(VM *vm, Value original, i64 len);

// Receiver, length and callback of every method here. `what` is what an uncallable argument is reported as.
static DX_MUST_USE bool begin_rjs(VM *vm, Value self, int argc, Value *argv, Value *obj, i64 *len) {
    *obj = to_object(vm, self);
    if (v_is_exc(*obj)) return false;
    *len = length_of_array_like_rjs(vm, *obj);
    if (*len < 0) return false;
    return !v_is_exc(callable_or_throw(vm, ARG(0)));
}
static DX_MUST_USE Value call3_rjs(VM *vm, Value f, Value self, Value v, i64 k, Value o) {
    Value args[3] = {v, v_from_i64(k), o};
    return vm_call(vm, f, self, 3, args);
}

enum { EACH_EVERY, EACH_SOME, EACH_FOREACH };

static Value array_proto_each(VM *vm, Value self, int argc, Value *argv) { // every, some, forEach
    u32 how = native_magic(vm);
    Value o; i64 len;
    if (!begin_rjs(vm, self, argc, argv, &o, &len)) return V_EXC;
    Value f = argv[0], this_arg = ARG(1);
    for (i64 k = 0; k < len; k++) {
        Value v = elem_get_if_present_rjs(vm, o, k);
        if (v == V_HOLE) continue;
        if (v_is_exc(v)) return V_EXC;
        Value r = call3_rjs(vm, f, this_arg, v, k, o);
        if (v_is_exc(r)) return V_EXC;
        if (how == EACH_EVERY && !to_boolean(r)) return V_FALSE;
        if (how == EACH_SOME && to_boolean(r)) return V_TRUE;
    }
    return how == EACH_FOREACH ? V_UNDEFINED : v_from_bool(how == EACH_EVERY);
}

static Value array_proto_filter(VM *vm, Value self, int argc, Value *argv) { // 23.1.3.8
    Value o; i64 len, n = 0;
    if (!begin_rjs(vm, self, argc, argv, &o, &len)) return V_EXC;
    Value f = argv[0], this_arg = ARG(1), a = array_species_create_rjs(vm, o, 0);
    if (v_is_exc(a)) return V_EXC;
    for (i64 k = 0; k < len; k++) {
        Value v = elem_get_if_present_rjs(vm, o, k);
        if (v == V_HOLE) continue;
        if (v_is_exc(v)) return V_EXC;
        Value r = call3_rjs(vm, f, this_arg, v, k, o);
        if (v_is_exc(r)) return V_EXC;
        if (to_boolean(r) && !elem_create_rjs(vm, a, n++, v)) return V_EXC;
    }
    return a;
}

static Value array_proto_map(VM *vm, Value self, int argc, Value *argv) { // 23.1.3.21
    Value o; i64 len;
    if (!begin_rjs(vm, self, argc, argv, &o, &len)) return V_EXC;
    Value f = argv[0], this_arg = ARG(1), a = array_species_create_rjs(vm, o, len);
    if (v_is_exc(a)) return V_EXC;
    bool plain = array_begin_fill(vm, a, o);
    for (i64 k = 0; k < len; k++) {
        Value v = elem_get_if_present_rjs(vm, o, k);
        if (v == V_HOLE) continue;
        if (v_is_exc(v)) return V_EXC;
        v = call3_rjs(vm, f, this_arg, v, k, o);
        if (v_is_exc(v) || !elem_create_rjs(vm, a, k, v)) return V_EXC;
    }
    if (plain && (i64)v_array(a)->length != len && !set_length_rjs(vm, a, len)) return V_EXC;
    return a;
}

enum { FIND_VALUE = 0, FIND_INDEX = 1, FIND_LAST = 2 };

static Value array_proto_find(VM *vm, Value self, int argc, Value *argv) { // find, findIndex, findLast, findLastIndex
    u32 how = native_magic(vm);
    Value o; i64 len;
    if (!begin_rjs(vm, self, argc, argv, &o, &len)) return V_EXC;
    Value f = argv[0], this_arg = ARG(1);
    for (i64 i = 0; i < len; i++) {
        i64 k = how & FIND_LAST ? len - 1 - i : i;
        Value v = elem_get_rjs(vm, o, k);
        if (v_is_exc(v)) return V_EXC;
        Value r = call3_rjs(vm, f, this_arg, v, k, o);
        if (v_is_exc(r)) return V_EXC;
        if (to_boolean(r)) return how & FIND_INDEX ? v_from_i64(k) : v;
    }
    return how & FIND_INDEX ? v_from_int(-1) : V_UNDEFINED;
}

static Value array_proto_reduce(VM *vm, Value self, int argc, Value *argv) { // reduce, reduceRight (magic 1)
    bool right = native_magic(vm);
    Value o; i64 len;
    if (!begin_rjs(vm, self, argc, argv, &o, &len)) return V_EXC;
    Value f = argv[0], acc = argc > 1 ? argv[1] : V_HOLE;
    for (i64 i = 0; i < len; i++) {
        i64 k = right ? len - 1 - i : i;
        Value v = elem_get_if_present_rjs(vm, o, k);
        if (v == V_HOLE) continue;
        if (v_is_exc(v)) return V_EXC;
        if (acc == V_HOLE) {
            acc = v;
            continue;
        }
        Value args[4] = {acc, v, v_from_i64(k), o};
        acc = vm_call(vm, f, V_UNDEFINED, 4, args);
        if (v_is_exc(acc)) return V_EXC;
    }
    return acc == V_HOLE ? vm_throw(vm, ERR_REDUCE_EMPTY) : acc;
}

const NativeRow array_iterate_rows[] = {
    FN_MAGIC("every", 1, array_proto_each, EACH_EVERY),
    FN_MAGIC("some", 1, array_proto_each, EACH_SOME),
    FN_MAGIC("forEach", 1, array_proto_each, EACH_FOREACH),
    FN("filter", 1, array_proto_filter),
    FN("map", 1, array_proto_map),
    FN_MAGIC("find", 1, array_proto_find, FIND_VALUE),
    FN_MAGIC("findIndex", 1, array_proto_find, FIND_INDEX),
    FN_MAGIC("findLast", 1, array_proto_find, FIND_LAST),
    FN_MAGIC("findLastIndex", 1, array_proto_find, FIND_LAST | FIND_INDEX),
    FN_MAGIC("reduce", 1, array_proto_reduce, 0),
    FN_MAGIC("reduceRight", 1, array_proto_reduce, 1),
    ROWS_END,
};
