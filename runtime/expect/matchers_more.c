// SPDX-License-Identifier: MIT
// Matchers of Bun and Vitest beyond Jest's.
#include <math.h>

#include "runtime/expect/match.h"
#include "vm/assert/equal.h"
#include "vm/collection.h"

static bool conclude(Match *m, bool pass) { // verdict and the plain message
    m->pass = pass;
    if (!WRONG(m)) return true;
    put_hint(m, m->argc ? "expected" : "", NULL);
    if (m->argc && !put_labelled(m, m->is_not ? "Expected: not " : "Expected: ", true, m->argv[0])) return false;
    put(m, "Received: ");
    return put_received(m, m->received);
}

static i64 enumerable_count_rjs(VM *vm, Value v) {
    Array *k = object_own_keys_rjs(vm, v, KEYS_STRINGS | KEYS_ENUMERABLE_ONLY);
    return k ? (i64)k->length : -1;
}
static int is_empty_rjs(VM *vm, Value v) {
    if (v_is_string(v)) return v_string(v)->length == 0;
    if (!v_is_object(v)) return v_is_nullish(v) || (v_is_number(v) && v_num(v) == 0);
    if (v_is_array(v)) return v_array(v)->length == 0;
    if (v_is_kind(v, CELL_MAP) || v_is_kind(v, CELL_SET)) return ((CollectionObject *)v_ptr(v))->table->live == 0;
    i64 n = enumerable_count_rjs(vm, v);
    return n < 0 ? -1 : n == 0;
}

static bool is_integer(Value v) { return v_is_int(v) || (v_is_double(v) && trunc(v_double(v)) == v_double(v) && fabs(v_double(v)) < 9007199254740992.0); }

bool match_simple(Match *m) {
    VM *vm = m->vm;
    Value v = m->received;
    const char *n = m->name + 4; // behind "toBe"
    f64 d = v_is_number(v) ? v_num(v) : NAN;
    if (!strcmp(n, "Nullable") || !strcmp(n, "Nil")) return conclude(m, v_is_nullish(v));
    if (!strcmp(n, "Array")) {
        int r = is_array_rjs(vm, v);
        return r >= 0 && conclude(m, r);
    }
    if (!strcmp(n, "Boolean")) return conclude(m, v_is_bool(v));
    if (!strcmp(n, "True")) return conclude(m, v == V_TRUE);
    if (!strcmp(n, "False")) return conclude(m, v == V_FALSE);
    if (!strcmp(n, "String")) return conclude(m, v_is_string(v) || v_is_kind(v, CELL_STRINGOBJ));
    if (!strcmp(n, "Symbol")) return conclude(m, v_is_symbol(v));
    if (!strcmp(n, "Function")) return conclude(m, v_is_callable(v));
    if (!strcmp(n, "Number")) return conclude(m, v_is_number(v));
    if (!strcmp(n, "Finite")) return conclude(m, isfinite(d));
    if (!strcmp(n, "Integer")) return conclude(m, is_integer(v));
    if (!strcmp(n, "Positive")) return conclude(m, isfinite(d) && round(d) > 0);
    if (!strcmp(n, "Negative")) return conclude(m, isfinite(d) && round(d) < 0);
    if (!strcmp(n, "Even")) return conclude(m, is_integer(v) && fmod(d, 2) == 0);
    if (!strcmp(n, "Odd")) return conclude(m, is_integer(v) && fmod(d, 2) != 0);
    if (!strcmp(n, "Date")) return conclude(m, v_is_kind(v, CELL_DATE));
    if (!strcmp(n, "ValidDate")) return conclude(m, v_is_kind(v, CELL_DATE) && !isnan(v_num(((PrimitiveObject *)v_ptr(v))->value)));
    if (!strcmp(n, "Object")) return conclude(m, v_is_object(v));
    int r = is_empty_rjs(vm, v);
    if (r < 0) return false;
    if (!strcmp(n, "Empty")) return conclude(m, r || v_is_callable(v));
    if (!v_is_object(v) || v_is_kind(v, CELL_MAP) || v_is_kind(v, CELL_SET)) return conclude(m, false);
    i64 count = enumerable_count_rjs(vm, v); // toBeEmptyObject
    return count >= 0 && conclude(m, count == 0);
}

static int list_contains_rjs(VM *vm, Value list, Value v) {
    i64 n = length_of_array_like_rjs(vm, list);
    for (i64 i = 0; i < n; i++) {
        Value x = get_rjs(vm, list, key_from_index((u32)i));
        int r = v_is_exc(x) ? -1 : equals_rjs(vm, v, x);
        if (r) return r;
    }
    return n < 0 ? -1 : 0;
}
bool match_one_of(Match *m) {
    VM *vm = m->vm;
    Value list = MARG(0);
    if (v_is_kind(list, CELL_SET)) list = CALL1(vm, get_rjs(vm, vm->realm->Array, key_c(vm, "from")), vm->realm->Array, list);
    if (!v_is_object(list)) return usage_error(m, "expected", "expected value must be an array or a set", "Expected", list);
    int r = list_contains_rjs(vm, list, m->received);
    return r >= 0 && conclude(m, r);
}
bool match_satisfy(Match *m) {
    Value f = MARG(0);
    if (!v_is_callable(f)) return usage_error(m, "expected", "expected value must be a function", "Expected", f);
    Value r = CALL1(m->vm, f, V_UNDEFINED, m->received);
    return !v_is_exc(r) && conclude(m, runtime_dialect() == DIALECT_BUN ? r == V_TRUE : to_boolean(r));
}
bool match_within(Match *m) {
    Value a = MARG(0), b = MARG(1);
    if (!v_is_number(a) || !v_is_number(b)) return usage_error(m, "start, end", "bounds must be numbers", "Expected", v_is_number(a) ? b : a);
    return conclude(m, v_is_number(m->received) && v_num(m->received) >= v_num(a) && v_num(m->received) < v_num(b));
}
bool match_size(Match *m) {
    return conclude(m, v_is_array(m->received) && v_is_number(MARG(0)) && v_array(m->received)->length == v_num(MARG(0)));
}

// ---- strings

static bool need_string(Match *m, Value v) { return v_is_string(v) || usage_error(m, "expected", "expected value must be a string", "Expected", v); }
bool match_string_part(Match *m) { // toInclude, toStartWith, toEndWith
    VM *vm = m->vm;
    Value w = MARG(0);
    if (!need_string(m, w)) return false;
    if (!v_is_string(m->received)) return conclude(m, false);
    String *s = v_string(m->received), *t = v_string(w);
    if (!strcmp(m->name, "toInclude")) return conclude(m, str_index_of(vm, s, t, 0) >= 0);
    if (t->length > s->length) return conclude(m, false);
    u32 at = !strcmp(m->name, "toEndWith") ? s->length - t->length : 0;
    return conclude(m, str_equal(vm, str_slice(vm, s, at, at + t->length), t));
}
bool match_include_repeated(Match *m) {
    VM *vm = m->vm;
    Value w = MARG(0);
    if (!need_string(m, w)) return false;
    if (!v_string(w)->length) return usage_error(m, "expected", "expected value must not be empty", "Expected", w);
    if (!v_is_string(m->received)) return conclude(m, false);
    i64 n = 0;
    for (i64 at = 0; (at = str_index_of(vm, v_string(m->received), v_string(w), (u32)at)) >= 0; at += v_string(w)->length) n++;
    return conclude(m, v_is_number(MARG(1)) && (f64)n == v_num(MARG(1)));
}
static String *without_spaces(VM *vm, String *s) {
    Chars c = str_chars(vm, s);
    StrBuf sb = {0};
    for (u32 i = 0; i < c.len; i++)
        if (!str_is_space(chars_at(c, i))) sb_unit(&sb, chars_at(c, i));
    return v_string(sb_finish(vm, &sb));
}
bool match_ignoring_whitespace(Match *m) {
    if (!need_string(m, MARG(0))) return false;
    if (!v_is_string(m->received)) return conclude(m, false);
    return conclude(m, str_equal(m->vm, without_spaces(m->vm, v_string(m->received)), without_spaces(m->vm, v_string(MARG(0)))));
}

// ---- keys and values

static bool collection_matcher(Match *m, Value have, int (*has)(Match *, Value, Value)) {
    VM *vm = m->vm;
    Value want = MARG(0);
    bool one = m->name[strlen(m->name) - 1] != 's', all = strstr(m->name, "All") != NULL, any = strstr(m->name, "Any") != NULL;
    if (!one && !v_is_array(want)) return usage_error(m, "expected", "expected value must be an array", "Expected", want);
    Value list = one ? array_create_from_list(vm, &want, 1) : want;
    u32 n = v_array(list)->length, found = 0;
    for (u32 i = 0; i < n; i++) {
        Value x = get_rjs(vm, list, key_from_index(i));
        int r = v_is_exc(x) ? -1 : has(m, have, x);
        if (r < 0) return false;
        found += (u32)r;
    }
    if (any) return conclude(m, found > 0);
    return conclude(m, found == n && (!all || n == v_array(have)->length));
}
static int has_key_rjs(Match *m, Value keys, Value k) {
    PropKey key;
    return to_property_key_rjs(m->vm, k, &key) ? has_own_rjs(m->vm, m->received, key) : -1;
}
static int has_value_rjs(Match *m, Value values, Value v) { return list_contains_rjs(m->vm, values, v); }

bool match_keys(Match *m) {
    if (!v_is_object(m->received)) return conclude(m, false);
    Array *k = object_own_keys_rjs(m->vm, m->received, KEYS_STRINGS | KEYS_ENUMERABLE_ONLY);
    return k && collection_matcher(m, v_from_array(k), has_key_rjs);
}
bool match_values(Match *m) {
    if (!v_is_object(m->received)) return conclude(m, false);
    Value f = get_rjs(m->vm, m->vm->realm->Object, key_c(m->vm, "values"));
    Value values = v_is_exc(f) ? V_EXC : CALL1(m->vm, f, m->vm->realm->Object, m->received);
    return !v_is_exc(values) && collection_matcher(m, values, has_value_rjs);
}
