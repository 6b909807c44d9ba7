// SPDX-License-Identifier: MIT
// Asymmetric matchers. Ours are HostObjects: host_class ASYM_*, data[0] sample, data[1] inverse, data[2] second argument; `sample`, `inverse`,
// `$$typeof` are readable as on Jest's classes, so pretty-format, user code and equality treat them alike.
#include "runtime/expect/asymmetric.h"
#include "runtime/expect/match.h"
#include "runtime/expect/pretty.h"
#include "vm/assert/equal.h"
#include "vm/collection.h"

enum AsymKind { ASYM_ANY = 16, ASYM_ANYTHING, ASYM_ARRAY, ASYM_ARRAY_OF, ASYM_OBJECT, ASYM_STRING, ASYM_MATCHING, ASYM_CLOSE, ASYM_CUSTOM, ASYM_END };
static const char *const asym_names[][2] = {
    {"Any", "Any"}, {"Anything", "Anything"}, {"ArrayContaining", "ArrayNotContaining"}, {"ArrayOf", "NotArrayOf"}, {"ObjectContaining", "ObjectNotContaining"},
    {"StringContaining", "StringNotContaining"}, {"StringMatching", "StringNotMatching"}, {"NumberCloseTo", "NumberNotCloseTo"}, {"", ""},
};

static HostObject *asym_of(Value v) {
    if (!v_is_kind(v, CELL_HOST)) return NULL;
    HostObject *o = (HostObject *)v_ptr(v);
    return o->host_class >= ASYM_ANY && o->host_class < ASYM_END ? o : NULL;
}
static bool inverse_of(const HostObject *o) { return o->data[1] == V_TRUE; }

int is_asymmetric_rjs(VM *vm, Value v) {
    if (!v_is_object(v)) return 0;
    if (asym_of(v)) return 1;
    Object *o = v_object(v);
    if (o->cell.kind != CELL_OBJECT && o->cell.kind != CELL_PROXY && o->cell.kind != CELL_HOST) return 0;
    if (o->cell.kind == CELL_OBJECT && obj_proto(o) == vm->realm->ObjectPrototype && o->shape->count == 0) return 0;
    Value f = get_rjs(vm, v, vm->realm->host[3]);
    if (v_is_exc(f)) return -1;
    return v_is_symbol(f) && f == vm->realm->host[2];
}

int asymmetric_match_rjs(VM *vm, Value matcher, Value received) {
    Value r = invoke_rjs(vm, matcher, key_c(vm, "asymmetricMatch"), 1, &received);
    return v_is_exc(r) ? -1 : to_boolean(r);
}

// ---- creation

static Value asym_new(VM *vm, u32 kind, Value sample, bool inverse, Value second) {
    HostObject *o = (HostObject *)object_alloc(vm, CELL_HOST, sizeof(HostObject), shape_root(vm, vm->realm->host[1]), 0);
    o->host_class = kind;
    o->data[0] = sample;
    o->data[1] = v_from_bool(inverse);
    o->data[2] = second;
    o->data[3] = V_UNDEFINED;
    return v_obj(o);
}
static Value asym_create(VM *vm, Value self, int argc, Value *argv) { // magic: kind << 1 | inverse
    u32 magic = native_magic(vm), kind = magic >> 1;
    Value s = ARG(0);
    if (kind == ASYM_ANY && v_is_undefined(s))
        return vm_throw(vm, ERR_CUSTOM_TYPE, "any() expects to be passed a constructor function. Please pass one or use anything() to match any object.");
    if (kind == ASYM_STRING && !v_is_string(s)) return vm_throw(vm, ERR_CUSTOM_ERROR, "Expected is not a string");
    if (kind == ASYM_MATCHING && !v_is_string(s) && !v_is_kind(s, CELL_REGEXP)) return vm_throw(vm, ERR_CUSTOM_ERROR, "Expected is not a String or a RegExp");
    if (kind == ASYM_CLOSE && !v_is_number(s)) return vm_throw(vm, ERR_CUSTOM_ERROR, "Expected is not a Number");
    if (kind == ASYM_CLOSE && argc > 1 && !v_is_undefined(argv[1]) && !v_is_number(argv[1])) return vm_throw(vm, ERR_CUSTOM_ERROR, "Precision is not a Number");
    return asym_new(vm, kind, s, magic & 1, ARG(1));
}

// ---- matching

static int any_matches_rjs(VM *vm, Value c, Value v) {
    Realm *r = vm->realm;
    if (c == r->String) return v_is_string(v) || v_is_kind(v, CELL_STRINGOBJ);
    if (c == r->Number) return v_is_number(v) || v_is_kind(v, CELL_NUMBER);
    if (c == r->Function) return v_is_callable(v);
    if (c == r->Boolean) return v_is_bool(v) || v_is_kind(v, CELL_BOOLEAN);
    if (c == r->BigInt) return v_is_bigint(v) || v_is_kind(v, CELL_BIGINTOBJ);
    if (c == r->Symbol) return v_is_symbol(v) || v_is_kind(v, CELL_SYMBOLOBJ);
    if (c == r->Object) return v_is_null(v) || (v_is_object(v) && !v_is_callable(v));
    if (c == r->Array) return is_array_rjs(vm, v);
    return instance_of_rjs(vm, v, c);
}

static int array_containing_rjs(VM *vm, Value sample, Value v) {
    if (!v_is_array(sample)) return vm_throw(vm, ERR_CUSTOM_ERROR, "You must provide an array to ArrayContaining"), -1;
    if (v_array(sample)->length == 0) return 1;
    int arr = is_array_rjs(vm, v);
    if (arr <= 0) return arr;
    i64 n = length_of_array_like_rjs(vm, v), k = length_of_array_like_rjs(vm, sample);
    if (n < 0 || k < 0) return -1;
    for (i64 i = 0; i < k; i++) {
        Value want = get_rjs(vm, sample, key_from_index((u32)i));
        int found = v_is_exc(want) ? -1 : 0;
        for (i64 j = 0; j < n && !found; j++) {
            Value have = get_rjs(vm, v, key_from_index((u32)j));
            found = v_is_exc(have) ? -1 : equals_rjs(vm, have, want);
        }
        if (found <= 0) return found;
    }
    return 1;
}

static int object_containing_rjs(VM *vm, Value sample, Value v) {
    if (!v_is_object(sample)) return vm_throw(vm, ERR_CUSTOM_ERROR, "You must provide an object to ObjectContaining"), -1;
    Array *keys = object_own_keys_rjs(vm, sample, KEYS_ALL | KEYS_ENUMERABLE_ONLY);
    if (!keys) return -1;
    if (!v_is_object(v)) return keys->length == 0 && runtime_dialect() != DIALECT_BUN;
    for (u32 i = 0; i < keys->length; i++) {
        PropKey k;
        if (!to_property_key_rjs(vm, obj_elems(&keys->o)->v[i], &k)) return -1;
        int has = object_has_rjs(vm, v, k);
        if (has <= 0) return has;
        Value want = get_rjs(vm, sample, k), have = v_is_exc(want) ? V_EXC : get_rjs(vm, v, k);
        int eq = v_is_exc(have) ? -1 : equals_rjs(vm, have, want);
        if (eq <= 0) return eq;
    }
    return 1;
}

static int array_of_rjs(VM *vm, Value sample, Value v) {
    int arr = is_array_rjs(vm, v);
    i64 n = arr > 0 ? length_of_array_like_rjs(vm, v) : 0;
    if (arr <= 0 || n < 0) return arr < 0 || n < 0 ? -1 : 0;
    for (i64 i = 0; i < n; i++) {
        Value have = get_rjs(vm, v, key_from_index((u32)i));
        int eq = v_is_exc(have) ? -1 : equals_rjs(vm, have, sample);
        if (eq <= 0) return eq;
    }
    return 1;
}

static int close_to(Value sample, Value digits, Value v) {
    if (!v_is_number(v)) return 0;
    f64 a = v_num(sample), b = v_num(v), p = v_is_number(digits) ? v_num(digits) : 2;
    if (a == b) return 1;
    f64 d = a < b ? b - a : a - b;
    return d < __builtin_pow(10, -p) / 2;
}

static int string_matching_rjs(VM *vm, Value sample, Value v) {
    if (!v_is_string(v)) return 0;
    Value re = sample;
    if (v_is_string(sample)) re = vm_construct(vm, vm->realm->RegExp, 1, &sample, vm->realm->RegExp);
    if (v_is_exc(re)) return -1;
    Value r = invoke_rjs(vm, re, A_(vm, test), 1, &v);
    return v_is_exc(r) ? -1 : to_boolean(r);
}

static int custom_matches_rjs(VM *vm, HostObject *o, Value v) { // data[0] matcher function, data[2] array of arguments
    u32 n = v_array(o->data[2])->length;
    Value args[17] = {v};
    for (u32 i = 0; i < n && i < 16; i++) args[i + 1] = obj_elems(v_object(o->data[2]))->v[i];
    Value ctx = expect_matcher_context(vm, inverse_of(o), "");
    Value r = vm_call(vm, o->data[0], ctx, (int)(n < 16 ? n : 16) + 1, args);
    if (v_is_exc(r)) return -1;
    if (!v_is_object(r)) return vm_throw(vm, ERR_CUSTOM_ERROR, "Unexpected return from a matcher function."), -1;
    Value pass = get_rjs(vm, r, key_c(vm, "pass"));
    return v_is_exc(pass) ? -1 : to_boolean(pass);
}

static Value asym_proto_match(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = asym_of(self);
    if (!o) return vm_throw(vm, ERR_INCOMPATIBLE, "asymmetricMatch", self);
    Value v = ARG(0), s = o->data[0];
    int r = 0;
    switch (o->host_class) {
    case ASYM_ANY: r = any_matches_rjs(vm, s, v); break;
    case ASYM_ANYTHING: r = !v_is_nullish(v); break;
    case ASYM_ARRAY: r = array_containing_rjs(vm, s, v); break;
    case ASYM_ARRAY_OF: r = array_of_rjs(vm, s, v); break;
    case ASYM_OBJECT: r = object_containing_rjs(vm, s, v); break;
    case ASYM_STRING: r = v_is_string(v) && str_index_of(vm, v_string(v), v_string(s), 0) >= 0; break;
    case ASYM_MATCHING: r = string_matching_rjs(vm, s, v); break;
    case ASYM_CLOSE: r = close_to(s, o->data[2], v); break;
    default: r = custom_matches_rjs(vm, o, v); break;
    }
    return r < 0 ? V_EXC : v_from_bool(r != inverse_of(o));
}

// ---- as text

static Value asym_proto_to_string(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = asym_of(self);
    if (!o) return vm_throw(vm, ERR_INCOMPATIBLE, "toString", self);
    if (o->host_class == ASYM_CUSTOM) {
        String *name = v_string(o->data[3]);
        return inverse_of(o) ? str_concat(vm, v_string(v_str(vm, "not.")), name) : v_from_string(name);
    }
    return v_str(vm, asym_names[o->host_class - ASYM_ANY][inverse_of(o)]);
}
static Value asym_proto_text(VM *vm, Value self, int argc, Value *argv) { // toAsymmetricMatcher
    HostObject *o = asym_of(self);
    if (!o) return vm_throw(vm, ERR_INCOMPATIBLE, "toAsymmetricMatcher", self);
    Buf a = {0}, b = {0};
    Value r;
    if (o->host_class == ASYM_ANY) {
        String *n = v_is_callable(o->data[0]) ? v_string(function_name(vm, o->data[0])) : v_string(A_(vm, empty));
        r = v_from_string(str_format(vm, "Any<%s>", n->length ? str_to_cstr(vm, n, &a) : "anonymous"));
    } else if (o->host_class == ASYM_ANYTHING) r = v_str(vm, "Anything");
    else if (o->host_class == ASYM_CLOSE) {
        f64 digits = v_is_number(o->data[2]) ? v_num(o->data[2]) : 2;
        String *n = v_string(number_to_string(vm, v_num(o->data[0]), 10));
        r = v_from_string(str_format(vm, "%s %s (%g digit%s)", asym_names[ASYM_CLOSE - ASYM_ANY][inverse_of(o)], str_to_cstr(vm, n, &a), digits, digits == 1 ? "" : "s"));
    } else if (o->host_class == ASYM_CUSTOM) {
        StrBuf sb = {0};
        Value name = asym_proto_to_string(vm, self, 0, NULL);
        sb_str(vm, &sb, v_string(name));
        sb_ascii(&sb, "<");
        Array *args = v_array(o->data[2]);
        for (u32 i = 0; i < args->length; i++) {
            String *s = pretty_inline_rjs(vm, obj_elems(&args->o)->v[i], 10);
            if (!s) return sb_free(&sb), V_EXC;
            if (i) sb_ascii(&sb, ", ");
            sb_str(vm, &sb, s);
        }
        sb_ascii(&sb, ">");
        r = sb_finish(vm, &sb);
    } else r = asym_proto_to_string(vm, self, 0, NULL);
    buf_free(&a);
    buf_free(&b);
    return r;
}
static Value asym_proto_field(VM *vm, Value self, int argc, Value *argv) { // get sample (0), inverse (1)
    u32 which = native_magic(vm);
    HostObject *o = asym_of(self);
    return o ? o->data[which] : V_UNDEFINED;
}

Value asymmetric_custom_new(VM *vm, Value fn, String *name, bool inverse, int argc, Value *argv) {
    Value v = asym_new(vm, ASYM_CUSTOM, fn, inverse, array_create_from_list(vm, argv, (u32)argc));
    ((HostObject *)v_ptr(v))->data[3] = v_from_string(name);
    return v;
}

const NativeRow asym_proto_rows[] = {
    FN("asymmetricMatch", 1, asym_proto_match), FN("toString", 0, asym_proto_to_string), FN("toAsymmetricMatcher", 0, asym_proto_text),
    GETTER_MAGIC("sample", asym_proto_field, 0), GETTER_MAGIC("inverse", asym_proto_field, 1), ROWS_END,
};
#define ASYM_FN(name, len, kind, inv) FN_MAGIC(name, len, asym_create, (kind) << 1 | (inv))
const NativeRow asym_static_rows[] = {
    ASYM_FN("any", 1, ASYM_ANY, 0), ASYM_FN("anything", 0, ASYM_ANYTHING, 0), ASYM_FN("arrayContaining", 1, ASYM_ARRAY, 0),
    ASYM_FN("arrayOf", 1, ASYM_ARRAY_OF, 0), ASYM_FN("objectContaining", 1, ASYM_OBJECT, 0), ASYM_FN("stringContaining", 1, ASYM_STRING, 0),
    ASYM_FN("stringMatching", 1, ASYM_MATCHING, 0), ASYM_FN("closeTo", 2, ASYM_CLOSE, 0), ROWS_END,
};
const NativeRow asym_not_rows[] = {
    ASYM_FN("arrayContaining", 1, ASYM_ARRAY, 1), ASYM_FN("arrayOf", 1, ASYM_ARRAY_OF, 1), ASYM_FN("objectContaining", 1, ASYM_OBJECT, 1),
    ASYM_FN("stringContaining", 1, ASYM_STRING, 1), ASYM_FN("stringMatching", 1, ASYM_MATCHING, 1), ASYM_FN("closeTo", 2, ASYM_CLOSE, 1), ROWS_END,
};

void asymmetric_install(VM *vm, Value expect) {
    Realm *r = vm->realm;
    r->host[1] = v_obj(object_new(vm));
    builtin_install(vm, r->host[1], RT_asym_proto_rows);
    Value sym_for = get_rjs(vm, r->Symbol, key_c(vm, "for"));
    Value name = v_str(vm, "jest.asymmetricMatcher");
    r->host[2] = CALL1(vm, sym_for, r->Symbol, name);
    r->host[3] = key_c(vm, "$$typeof");
    DX_CHECK(!v_is_exc(r->host[2]));
    object_put(vm, v_object(r->host[1]), r->host[3], r->host[2], ATTR_WEC);
    builtin_install(vm, expect, RT_asym_static_rows);
    Object *not_obj = object_new(vm);
    builtin_install(vm, v_obj(not_obj), RT_asym_not_rows);
    object_put(vm, v_object(expect), key_c(vm, "not"), v_obj(not_obj), ATTR_WEC);
}
