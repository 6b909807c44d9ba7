// SPDX-License-Identifier: MIT
// Iterator.zip and Iterator.zipKeyed (joint iteration, ECMA-262 27.1.3). Such a helper has in extra[0] an array of pairs iterator, next, the
// iterator being null once it is done or has thrown; in extra[1] the padding, one value each; in extra[2] the keys of the results, undefined
// for arrays; index is ZipMode.
#include "vm/builtins/iterator_helpers.h"

enum ZipMode { ZIP_SHORTEST, ZIP_LONGEST, ZIP_STRICT };

// ---- the helper

static PropKey key_of(VM *vm, Value k) { return v_is_symbol(k) ? k : key_from_string(vm, v_string(k)); }

static Value *pair_at(Array *iters, u32 i) { return obj_elems(&iters->o)->v + 2 * i; }
static u32 pair_count(const Array *iters) { return iters->length / 2; }
static void pair_forget(VM *vm, Array *iters, u32 i) { heap_set(vm, pair_at(iters, i), V_NULL); }

// IteratorCloseAll, last first: V_EXC when an exception is pending afterwards.
static Value close_all_rjs(VM *vm, Array *iters) {
    for (u32 i = pair_count(iters); i-- > 0;)
        if (!v_is_null(*pair_at(iters, i))) (void)pair_close_rjs(vm, *pair_at(iters, i));
    return vm->exception == V_HOLE ? V_UNDEFINED : V_EXC;
}
static Value fail_all(VM *vm, Array *iters) { // an exception is pending, or the run was ended
    (void)close_all_rjs(vm, iters);
    return V_EXC;
}

Value helper_zip_close_rjs(VM *vm, IteratorObject *it) { return close_all_rjs(vm, v_array(it->extra[0])); }

static Value throw_lengths(VM *vm, Array *iters) {
    (void)vm_throw(vm, ERR_CUSTOM_TYPE, "Iterator.zip: the iterators do not have the same length");
    return fail_all(vm, iters);
}

// Iterator i came to its end in strict mode: all others must be there too.
static Value strict_end_rjs(VM *vm, Array *iters, u32 i) {
    if (i) return throw_lengths(vm, iters);
    for (u32 k = 1; k < pair_count(iters); k++) {
        bool done;
        bool ok = pair_step_done_rjs(vm, pair_at(iters, k)[0], pair_at(iters, k)[1], &done);
        if (ok && !done) return throw_lengths(vm, iters);
        pair_forget(vm, iters, k);
        if (!ok) return fail_all(vm, iters);
    }
    return V_UNDEFINED;
}

static Value zip_result(VM *vm, IteratorObject *it, Array *values) {
    if (v_is_undefined(it->extra[2])) return v_from_array(values);
    Array *keys = v_array(it->extra[2]);
    Object *o = object_new_proto(vm, V_NULL);
    for (u32 i = 0; i < keys->length; i++)
        if (create_data_property_or_throw_rjs(vm, v_obj(o), key_of(vm, obj_elems(&keys->o)->v[i]), obj_elems(&values->o)->v[i]) < 0) return V_EXC;
    return v_obj(o);
}

static bool any_open(Array *iters) {
    for (u32 i = 0; i < pair_count(iters); i++)
        if (!v_is_null(*pair_at(iters, i))) return true;
    return false;
}

Value helper_zip_step_rjs(VM *vm, IteratorObject *it, bool *done) { // IteratorZip's closure
    Array *iters = v_array(it->extra[0]), *padding = v_array(it->extra[1]);
    u32 n = pair_count(iters);
    if (!n) return *done = true, V_UNDEFINED;
    Array *values = array_new(vm, n);
    for (u32 i = 0; i < n; i++) {
        Value v = obj_elems(&padding->o)->v[i];
        if (!v_is_null(*pair_at(iters, i))) {
            bool end;
            Value stepped = pair_step_rjs(vm, pair_at(iters, i)[0], pair_at(iters, i)[1], &end);
            if (v_is_exc(stepped) || end) pair_forget(vm, iters, i);
            if (v_is_exc(stepped)) return fail_all(vm, iters);
            if (!end) v = stepped;
            *done = end && (it->index != ZIP_LONGEST || !any_open(iters));
            if (*done) return it->index == ZIP_SHORTEST ? close_all_rjs(vm, iters) : it->index == ZIP_STRICT ? strict_end_rjs(vm, iters, i) : V_UNDEFINED;
        }
        array_push(vm, values, v);
    }
    return zip_result(vm, it, values);
}

// ---- zip, zipKeyed

typedef struct ZipOptions { enum ZipMode mode; Value padding; } ZipOptions; // padding: an object or undefined

static bool zip_options_rjs(VM *vm, Value iterables, Value options, ZipOptions *out) {
    static const char *const modes[] = {"shortest", "longest", "strict"};
    *out = (ZipOptions){ZIP_SHORTEST, V_UNDEFINED};
    if (!v_is_object(iterables)) return vm_throw(vm, ERR_NOT_OBJECT, iterables), false;
    if (v_is_undefined(options)) return true;
    if (!v_is_object(options)) return vm_throw(vm, ERR_NOT_OBJECT, options), false;
    Value mode = get_rjs(vm, options, key_c(vm, "mode"));
    if (v_is_exc(mode)) return false;
    u32 m = v_is_undefined(mode) ? ZIP_SHORTEST : DX_COUNTOF(modes);
    for (u32 i = 0; i < DX_COUNTOF(modes); i++)
        if (option_is(vm, mode, modes[i])) m = i;
    if (m == DX_COUNTOF(modes)) return vm_throw(vm, ERR_CUSTOM_TYPE, "mode must be \"shortest\", \"longest\" or \"strict\""), false;
    out->mode = (enum ZipMode)m;
    if (m != ZIP_LONGEST) return true;
    out->padding = get_rjs(vm, options, key_c(vm, "padding"));
    if (v_is_exc(out->padding)) return false;
    return v_is_undefined(out->padding) || v_is_object(out->padding) || (vm_throw(vm, ERR_NOT_OBJECT, out->padding), false);
}

static bool add_iterator_rjs(VM *vm, Array *iters, Value v) {
    Value iterator, next;
    if (!pair_flattenable_rjs(vm, v, false, &iterator, &next)) return false;
    array_push(vm, iters, iterator);
    array_push(vm, iters, next);
    return true;
}

static Value zip_make(VM *vm, enum ZipMode mode, Array *iters, Array *padding, Value keys) {
    Value helper = helper_new_rjs(vm, V_UNDEFINED, HELP_ZIP, v_from_array(padding));
    IteratorObject *it = v_ptr(helper);
    it->extra[0] = v_from_array(iters);
    it->extra[2] = keys;
    it->index = mode;
    return helper;
}

// One value for each iterator, from an iterable if there is one. False: thrown.
static bool padding_iterate_rjs(VM *vm, Value option, u32 n, Array *padding) {
    IterRecord it;
    bool open = !v_is_undefined(option);
    if (open && !iter_get_rjs(vm, option, &it)) return false;
    for (u32 i = 0; i < n; i++) {
        Value v = V_UNDEFINED;
        int got = open ? iter_step_rjs(vm, &it, &v) : 0;
        if (got < 0) return false;
        if (!got) v = V_UNDEFINED, open = false;
        array_push(vm, padding, v);
    }
    return !open || !v_is_exc(iter_close_rjs(vm, &it));
}

static Value iterator_zip(VM *vm, Value self, int argc, Value *argv) { // Iterator.zip(iterables, options)
    ZipOptions options;
    IterRecord input;
    if (!zip_options_rjs(vm, ARG(0), ARG(1), &options) || !iter_get_rjs(vm, argv[0], &input)) return V_EXC;
    Array *iters = array_new(vm, 8), *padding = array_new(vm, 4);
    for (;;) {
        Value v;
        int got = iter_step_rjs(vm, &input, &v);
        if (got < 0) return fail_all(vm, iters);
        if (!got) break;
        if (add_iterator_rjs(vm, iters, v)) continue;
        (void)close_all_rjs(vm, iters);
        (void)iter_close_rjs(vm, &input);
        return V_EXC;
    }
    if (!padding_iterate_rjs(vm, options.padding, pair_count(iters), padding)) return fail_all(vm, iters);
    return zip_make(vm, options.mode, iters, padding, V_UNDEFINED);
}

// The property's value when it is there and enumerable: 1, 0 not, -1 thrown.
static int enumerable_get_rjs(VM *vm, Value o, PropKey k, Value *out) {
    PropDesc d;
    int own = object_get_own_rjs(vm, o, k, &d);
    if (own <= 0 || !(d.attrs & ATTR_E)) return own < 0 ? -1 : 0;
    *out = get_rjs(vm, o, k);
    return v_is_exc(*out) ? -1 : 1;
}

static Value iterator_zip_keyed(VM *vm, Value self, int argc, Value *argv) { // Iterator.zipKeyed(iterables, options)
    ZipOptions options;
    if (!zip_options_rjs(vm, ARG(0), ARG(1), &options)) return V_EXC;
    Array *all = object_own_keys_rjs(vm, argv[0], KEYS_ALL), *iters = array_new(vm, 8), *padding = array_new(vm, 4), *keys = array_new(vm, 4);
    if (!all) return V_EXC;
    for (u32 i = 0; i < all->length; i++) {
        Value key = obj_elems(&all->o)->v[i], v = V_UNDEFINED;
        int got = enumerable_get_rjs(vm, argv[0], key_of(vm, key), &v);
        if (got < 0) return fail_all(vm, iters);
        if (!got || v_is_undefined(v)) continue;
        array_push(vm, keys, key);
        if (!add_iterator_rjs(vm, iters, v)) return fail_all(vm, iters);
    }
    for (u32 i = 0; i < keys->length; i++) {
        Value v = v_is_undefined(options.padding) ? V_UNDEFINED : get_rjs(vm, options.padding, key_of(vm, obj_elems(&keys->o)->v[i]));
        if (v_is_exc(v)) return fail_all(vm, iters);
        array_push(vm, padding, v);
    }
    return zip_make(vm, options.mode, iters, padding, v_from_array(keys));
}

const NativeRow iterator_zip_rows[] = {FN("zip", 1, iterator_zip), FN("zipKeyed", 1, iterator_zip_keyed), ROWS_END};
