// SPDX-License-Identifier: MIT
// chai's assertions on Vitest's expectations: expect(x).to.be.an('array').that.includes(1). Verdicts and messages are chai's. The links are
// getters of the expectation prototype (chai.def); outside of Vitest's dialect they read undefined, as they do there.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "runtime/expect/expectation.h"
#include "vm/assert/equal.h"
#include "vm/collection.h"

typedef struct Chai {
    VM *vm;
    u32 flags;
    Value obj, message; // what is asserted about; the user's text
    int argc;
    Value *argv;
    Value subject;      // what the chain goes on with
    Value extra;        // text for ^ in messages
} Chai;
typedef bool (*ChaiFn)(Chai *c); // false: an exception is pending

#define CARG(i) ((i) < c->argc ? c->argv[i] : V_UNDEFINED)

// ---- failing

static bool put_part(VM *vm, StrBuf *b, String *s) {
    if (s) sb_str(vm, b, s);
    return s != NULL;
}
// #{this}, #{exp}, #{act} and ^ filled in.
static Value fill_rjs(Chai *c, const char *form, Value expected, Value actual) {
    VM *vm = c->vm;
    StrBuf b = {0};
    for (const char *p = form; *p;) {
        bool ok = true;
        if (!strncmp(p, "#{this}", 7)) ok = put_part(vm, &b, chai_display_rjs(vm, c->obj)), p += 7;
        else if (!strncmp(p, "#{exp}", 6)) ok = put_part(vm, &b, chai_display_rjs(vm, expected)), p += 6;
        else if (!strncmp(p, "#{act}", 6)) ok = put_part(vm, &b, chai_display_rjs(vm, actual)), p += 6;
        else if (*p == '^') ok = put_part(vm, &b, v_string(c->extra)), p++;
        else sb_unit(&b, (u8)*p++);
        if (!ok) return sb_free(&b), V_EXC;
    }
    return sb_finish(vm, &b);
}
static bool fail_with(Chai *c, Value text) {
    if (!v_is_exc(text)) (void)!v_is_exc(vm_throw_value(c->vm, matcher_error(c->vm, text, c->message)));
    return false;
}
static bool fail(Chai *c, const char *text) { return fail_with(c, fill_rjs(c, text, V_UNDEFINED, V_UNDEFINED)); }
static bool says(Chai *c, bool holds, const char *form, const char *negated, Value expected, Value actual) {
    bool negate = c->flags & EX_NOT;
    return holds != negate || fail_with(c, fill_rjs(c, negate ? negated : form, expected, actual));
}
#define SAYS_PLAIN(holds, form, negated) says(c, holds, form, negated, V_UNDEFINED, V_UNDEFINED)
static bool extra_inspect(Chai *c, Value v) {
    String *s = chai_inspect_rjs(c->vm, v);
    c->extra = s ? v_from_string(s) : V_EXC;
    return s != NULL;
}
static void extra_text(Chai *c, const char *s) { c->extra = v_from_string(str_new_utf8(c->vm, s, strlen(s))); }
static void take_message(Chai *c, int at) {
    if (at < c->argc && to_boolean(c->argv[at])) c->message = c->argv[at];
}
static bool type_of(Chai *c, Value v, Buf *out, bool lower) {
    if (!chai_type_rjs(c->vm, v, out)) return false;
    for (size_t i = 0; lower && i < out->len; i++) out->data[i] = (u8)(out->data[i] >= 'A' && out->data[i] <= 'Z' ? out->data[i] | 32 : out->data[i]);
    return true;
}
static bool is_numeric(Value v) { return v_is_number(v) || v_is_bigint(v); }
static bool is_nan_value(Value v) { return v_is_number(v) && isnan(v_num(v)); }

// ---- deep equality as deep-eql has it: kinds of builtins and enumerable properties count, constructors do not

static int eql_rjs(VM *vm, Value a, Value b, u32 depth);
static int eql_keys_rjs(VM *vm, Value a, Value b, u32 depth) {
    Array *x = object_own_keys_rjs(vm, a, KEYS_ALL | KEYS_ENUMERABLE_ONLY), *y = x ? object_own_keys_rjs(vm, b, KEYS_ALL | KEYS_ENUMERABLE_ONLY) : NULL;
    if (!y) return -1;
    if (x->length != y->length) return 0;
    for (u32 i = 0; i < x->length; i++) {
        PropKey k;
        if (!to_property_key_rjs(vm, obj_elems(&x->o)->v[i], &k)) return -1;
        int has = has_own_rjs(vm, b, k);
        Value p = has > 0 ? get_rjs(vm, a, k) : V_UNDEFINED, q = has > 0 && !v_is_exc(p) ? get_rjs(vm, b, k) : V_UNDEFINED;
        if (has < 0 || v_is_exc(p) || v_is_exc(q)) return -1;
        int same = has ? eql_rjs(vm, p, q, depth + 1) : 0;
        if (same <= 0) return same;
    }
    return 1;
}
static int eql_rjs(VM *vm, Value a, Value b, u32 depth) {
    int asym = equal_hooks.is_asymmetric ? equal_hooks.is_asymmetric(vm, b) : 0;
    if (asym < 0) return -1;
    if (asym) return equal_hooks.asymmetric_match(vm, b, a);
    if (!v_is_object(a) || !v_is_object(b)) return same_value(vm, a, b);
    if (a == b) return 1;
    if (vm_stack_low(vm)) return -1;
    Cell *x = v_ptr(a), *y = v_ptr(b);
    if (depth > 500 || x->kind != y->kind || (x->kind != CELL_ARRAY && x->kind != CELL_OBJECT && x->kind != CELL_ERROR)) return deep_equal_rjs(vm, a, b, EQUAL_STRICT | EQUAL_ARRAY_LENGTH | EQUAL_NAN_DATE);
    if (x->kind == CELL_ERROR) {
        static const char *const names[] = {"name", "message", "code"};
        for (u32 i = 0; i < DX_COUNTOF(names); i++) {
            Value p = prop_rjs(vm, a, names[i]), q = v_is_exc(p) ? V_EXC : prop_rjs(vm, b, names[i]);
            int same = v_is_exc(q) ? -1 : eql_rjs(vm, p, q, depth + 1);
            if (same <= 0) return same;
        }
        return 1;
    }
    if (x->kind == CELL_ARRAY && v_array(a)->length != v_array(b)->length) return 0;
    return eql_keys_rjs(vm, a, b, depth);
}
static int equal_or_eql_rjs(Chai *c, Value a, Value b) { return c->flags & EX_DEEP ? eql_rjs(c->vm, a, b, 0) : is_strictly_equal(c->vm, a, b); }

// ---- simple ones

static bool chai_ok(Chai *c) { return SAYS_PLAIN(to_boolean(c->obj), "expected #{this} to be truthy", "expected #{this} to be falsy"); }
static bool chai_true(Chai *c) { return SAYS_PLAIN(c->obj == V_TRUE, "expected #{this} to be true", "expected #{this} to be false"); }
static bool chai_false(Chai *c) { return SAYS_PLAIN(c->obj == V_FALSE, "expected #{this} to be false", "expected #{this} to be true"); }
static bool chai_null(Chai *c) { return SAYS_PLAIN(v_is_null(c->obj), "expected #{this} to be null", "expected #{this} not to be null"); }
static bool chai_undefined(Chai *c) { return SAYS_PLAIN(v_is_undefined(c->obj), "expected #{this} to be undefined", "expected #{this} not to be undefined"); }
static bool chai_nan(Chai *c) { return SAYS_PLAIN(is_nan_value(c->obj), "expected #{this} to be NaN", "expected #{this} not to be NaN"); }
static bool chai_exist(Chai *c) { return SAYS_PLAIN(!v_is_nullish(c->obj), "expected #{this} to exist", "expected #{this} to not exist"); }
static bool chai_numeric(Chai *c) { return SAYS_PLAIN(is_numeric(c->obj), "expected #{this} to be numeric", "expected #{this} to not be numeric"); }
static bool chai_finite(Chai *c) { return SAYS_PLAIN(v_is_number(c->obj) && isfinite(v_num(c->obj)), "expected #{this} to be a finite number", "expected #{this} to not be a finite number"); }
static bool chai_callable(Chai *c) {
    if (!extra_inspect(c, c->obj)) return false;
    return SAYS_PLAIN(v_is_callable(c->obj), "expected ^ to be a callable function", "expected ^ not to be a callable function");
}
static bool chai_arguments(Chai *c) {
    Buf b = {0};
    if (!type_of(c, c->obj, &b, false)) return false;
    bool is = !strcmp(buf_cstr(&b), "Arguments");
    extra_text(c, buf_cstr(&b));
    buf_free(&b);
    return SAYS_PLAIN(is, "expected #{this} to be arguments but got ^", "expected #{this} to not be arguments");
}
static int iterable_rjs(VM *vm, Value v) {
    Value it = v_is_nullish(v) ? V_UNDEFINED : get_v_rjs(vm, v, SYM_(vm, iterator));
    return v_is_exc(it) ? -1 : v_is_callable(it);
}
static bool chai_iterable(Chai *c) {
    int is = iterable_rjs(c->vm, c->obj);
    return is >= 0 && SAYS_PLAIN(is, "expected #{this} to be an iterable", "expected #{this} to not be an iterable");
}
static int object_state_rjs(Chai *c, const char *method) { // Object.isSealed ...
    Value object = prop_rjs(c->vm, c->vm->realm->global, "Object"), r = v_is_exc(object) ? V_EXC : call_method_rjs(c->vm, object, method, 1, &c->obj);
    return v_is_exc(r) ? -1 : to_boolean(r);
}
static bool chai_extensible(Chai *c) {
    int is = object_state_rjs(c, "isExtensible");
    return is >= 0 && SAYS_PLAIN(is, "expected #{this} to be extensible", "expected #{this} to not be extensible");
}
static bool chai_sealed(Chai *c) {
    int is = object_state_rjs(c, "isSealed");
    return is >= 0 && SAYS_PLAIN(is, "expected #{this} to be sealed", "expected #{this} to not be sealed");
}
static bool chai_frozen(Chai *c) {
    int is = object_state_rjs(c, "isFrozen");
    return is >= 0 && SAYS_PLAIN(is, "expected #{this} to be frozen", "expected #{this} to not be frozen");
}
static bool chai_empty(Chai *c) {
    VM *vm = c->vm;
    Value n = V_UNDEFINED;
    if (v_is_string(c->obj)) n = v_from_u32(v_string(c->obj)->length);
    else if (v_is_kind(c->obj, CELL_MAP) || v_is_kind(c->obj, CELL_SET)) n = get_rjs(vm, c->obj, key_c(vm, "size"));
    else if (v_is_kind(c->obj, CELL_WEAKMAP) || v_is_kind(c->obj, CELL_WEAKSET)) return fail(c, ".empty was passed a weak collection");
    else if (v_is_callable(c->obj)) {
        Value name = function_name(vm, c->obj);
        c->extra = name;
        return fail(c, v_string(name)->length ? ".empty was passed a function ^" : ".empty was passed a function");
    } else if (!v_is_object(c->obj)) return extra_inspect(c, c->obj) && fail(c, ".empty was passed non-string primitive ^");
    else if (v_is_array(c->obj)) n = v_from_u32(v_array(c->obj)->length);
    else {
        Array *keys = object_own_keys_rjs(vm, c->obj, KEYS_STRINGS | KEYS_ENUMERABLE_ONLY);
        n = keys ? v_from_u32(keys->length) : V_EXC;
    }
    if (v_is_exc(n)) return false;
    return SAYS_PLAIN(v_is_number(n) && v_num(n) == 0, "expected #{this} to be empty", "expected #{this} not to be empty");
}
static bool chai_an(Chai *c) {
    Buf want = {0}, have = {0}, shown = {0};
    take_message(c, 1);
    if (!utf8_arg_rjs(c->vm, CARG(0), &want)) return false;
    lower_ascii(&want);
    const char *w = buf_cstr(&want);
    if (!type_of(c, c->obj, &have, true)) return buf_free(&want), false;
    const char *h = buf_cstr(&have);
    bool is = !strcmp(w, h), async = !strcmp(h, "asyncfunction"), gen = !strcmp(h, "generatorfunction"), both = !strcmp(h, "asyncgeneratorfunction");
    if (!strcmp(w, "function")) is |= async || gen || both;
    if (!strcmp(w, "asyncfunction") || !strcmp(w, "generatorfunction")) is |= both;
    buf_printf(&shown, "%s %s", w[0] && strchr("aeiou", w[0]) ? "an" : "a", w);
    extra_text(c, buf_cstr(&shown));
    buf_free(&want);
    buf_free(&have);
    buf_free(&shown);
    return SAYS_PLAIN(is, "expected #{this} to be ^", "expected #{this} not to be ^");
}
static bool chai_eql(Chai *c) {
    take_message(c, 1);
    int same = eql_rjs(c->vm, c->obj, CARG(0), 0);
    return same >= 0 && says(c, same, "expected #{this} to deeply equal #{exp}", "expected #{this} to not deeply equal #{exp}", CARG(0), c->obj);
}
static bool chai_equal(Chai *c) {
    take_message(c, 1);
    if (c->flags & EX_DEEP) return chai_eql(c);
    return says(c, is_strictly_equal(c->vm, CARG(0), c->obj), "expected #{this} to equal #{exp}", "expected #{this} to not equal #{exp}", CARG(0), c->obj);
}

// ---- numbers, dates and lengths

static bool must_have(Chai *c, const char *name) { // property `name`, whatever `not` says
    int has = v_is_nullish(c->obj) ? 0 : !v_is_object(c->obj) ? v_is_string(c->obj) : object_has_rjs(c->vm, c->obj, key_c(c->vm, name));
    if (has) return has > 0;
    if (v_is_nullish(c->obj)) return fail(c, "Target cannot be null or undefined.");
    return extra_inspect(c, v_str(c->vm, name)) && fail(c, "expected #{this} to have property ^");
}
// The number to compare: the subject, or its length (size). *what: "", "length" or "size".
static bool measure(Chai *c, Value *n, const char **what) {
    *what = "";
    *n = c->obj;
    if (!(c->flags & EX_LENGTH)) return true;
    bool sized = v_is_kind(c->obj, CELL_MAP) || v_is_kind(c->obj, CELL_SET);
    *what = sized ? "size" : "length";
    if (!sized && !must_have(c, "length")) return false;
    *n = get_v_rjs(c->vm, c->obj, key_c(c->vm, *what));
    return !v_is_exc(*n);
}
static bool comparable(Chai *c, const char *name, int args, bool many) {
    VM *vm = c->vm;
    bool length = c->flags & EX_LENGTH, date = v_is_kind(c->obj, CELL_DATE), dates = true, numbers = true;
    for (int i = 0; i < args; i++) dates &= v_is_kind(CARG(i), CELL_DATE), numbers &= is_numeric(CARG(i));
    Buf b = {0};
    if (!length && date && !dates) buf_printf(&b, many ? "the arguments to %s must be dates" : "the argument to %s must be a date", name);
    else if (!numbers && (length || is_numeric(c->obj))) buf_printf(&b, many ? "the arguments to %s must be numbers" : "the argument to %s must be a number", name);
    else if (!length && !date && !is_numeric(c->obj)) {
        buf_str(&b, v_is_string(c->obj) ? "expected '" : "expected ");
        if (!utf8_arg_rjs(vm, c->obj, &b)) return buf_free(&b), false;
        buf_str(&b, v_is_string(c->obj) ? "' to be a number or a date" : " to be a number or a date");
    }
    bool fine = !b.len;
    extra_text(c, buf_cstr(&b));
    buf_free(&b);
    return fine || fail(c, "^");
}
static int less_rjs(VM *vm, Value a, Value b) { // a < b: 1, 0, -1; NaN is 0
    f64 x, y;
    if (v_is_bigint(a) || v_is_bigint(b)) {
        int r = is_less_than_rjs(vm, a, b, true);
        return r < 0 ? -1 : r == 1;
    }
    if (!to_f64_rjs(vm, a, &x) || !to_f64_rjs(vm, b, &y)) return -1;
    return x < y;
}
typedef struct Comparison { const char *name, *form, *negated, *of_length, *of_length_negated; bool swap, or_equal; } Comparison;
static bool compare(Chai *c, const Comparison *k) {
    Value n;
    const char *what;
    take_message(c, 1);
    if (!measure(c, &n, &what) || !comparable(c, k->name, 1, false)) return false;
    int holds = k->swap ? less_rjs(c->vm, CARG(0), n) : less_rjs(c->vm, n, CARG(0));
    if (holds == 0 && k->or_equal) {
        int other = k->swap ? less_rjs(c->vm, n, CARG(0)) : less_rjs(c->vm, CARG(0), n);
        holds = other < 0 ? -1 : !other && !is_nan_value(n) && !is_nan_value(CARG(0));
    }
    if (holds < 0) return false;
    extra_text(c, what);
    if (*what) return says(c, holds, k->of_length, k->of_length_negated, CARG(0), n);
    return says(c, holds, k->form, k->negated, CARG(0), n);
}
static bool chai_above(Chai *c) {
    static const Comparison k = {"above", "expected #{this} to be above #{exp}", "expected #{this} to be at most #{exp}", "expected #{this} to have a ^ above #{exp} but got #{act}", "expected #{this} to not have a ^ above #{exp}", true, false};
    return compare(c, &k);
}
static bool chai_least(Chai *c) {
    static const Comparison k = {"least", "expected #{this} to be at least #{exp}", "expected #{this} to be below #{exp}", "expected #{this} to have a ^ at least #{exp} but got #{act}", "expected #{this} to have a ^ below #{exp}", true, true};
    return compare(c, &k);
}
static bool chai_below(Chai *c) {
    static const Comparison k = {"below", "expected #{this} to be below #{exp}", "expected #{this} to be at least #{exp}", "expected #{this} to have a ^ below #{exp} but got #{act}", "expected #{this} to not have a ^ below #{exp}", false, false};
    return compare(c, &k);
}
static bool chai_most(Chai *c) {
    static const Comparison k = {"most", "expected #{this} to be at most #{exp}", "expected #{this} to be above #{exp}", "expected #{this} to have a ^ at most #{exp} but got #{act}", "expected #{this} to have a ^ above #{exp}", false, true};
    return compare(c, &k);
}
static bool chai_within(Chai *c) {
    VM *vm = c->vm;
    Value n;
    const char *what;
    take_message(c, 2);
    if (!measure(c, &n, &what) || !comparable(c, "within", 2, true)) return false;
    int under = less_rjs(vm, n, CARG(0)), over = under < 0 ? -1 : less_rjs(vm, CARG(1), n);
    if (over < 0) return false;
    Buf b = {0};
    buf_str(&b, *what ? "have a " : "be ");
    buf_printf(&b, "%s%swithin ", what, *what ? " " : "");
    for (int i = 0; i < 2; i++) {
        Value v = CARG(i);
        if (v_is_kind(v, CELL_DATE)) v = call_method_rjs(vm, v, "toISOString", 0, NULL);
        if (v_is_exc(v) || !utf8_arg_rjs(vm, v, &b)) return buf_free(&b), false;
        if (!i) buf_str(&b, "..");
    }
    extra_text(c, buf_cstr(&b));
    buf_free(&b);
    return SAYS_PLAIN(!under && !over && !is_nan_value(n), "expected #{this} to ^", "expected #{this} to not ^");
}
static bool chai_length(Chai *c) {
    Value n;
    const char *what;
    take_message(c, 1);
    c->flags |= EX_LENGTH;
    if (!measure(c, &n, &what)) return false;
    extra_text(c, what);
    bool same;
    return is_loosely_equal_rjs(c->vm, n, CARG(0), &same) && says(c, same, "expected #{this} to have a ^ of #{exp} but got #{act}", "expected #{this} to not have a ^ of #{act}", CARG(0), n);
}
static bool chai_close_to(Chai *c) {
    VM *vm = c->vm;
    take_message(c, 2);
    for (int i = 0; i < 3; i++) {
        Value v = i ? CARG(2 - i) : c->obj;
        if (i && v_is_nullish(v)) return fail(c, i == 1 ? "A `delta` value is required for `closeTo`" : "A `expected` value is required for `closeTo`");
        Chai of = *c;
        of.obj = v;
        of.flags = 0;
        if (!is_numeric(v)) return fail(&of, "expected #{this} to be numeric");
    }
    f64 a, b, d;
    char text[32];
    if (!to_f64_rjs(vm, c->obj, &a) || !to_f64_rjs(vm, CARG(0), &b) || !to_f64_rjs(vm, CARG(1), &d)) return false;
    snprintf(text, sizeof text, "%.12g", fabs(a - b));
    Buf shown = {0};
    if (!utf8_arg_rjs(vm, CARG(0), &shown)) return false;
    buf_str(&shown, " +/- ");
    if (!utf8_arg_rjs(vm, CARG(1), &shown)) return false;
    extra_text(c, buf_cstr(&shown));
    buf_free(&shown);
    return SAYS_PLAIN(strtod(text, NULL) <= d, "expected #{this} to be close to ^", "expected #{this} not to be close to ^");
}

// ---- properties, keys, members

static bool chai_instance_of(Chai *c) {
    take_message(c, 1);
    Value ctor = CARG(0);
    if (!v_is_callable(ctor)) {
        Buf b = {0};
        if (!type_of(c, ctor, &b, false)) return false;
        extra_text(c, buf_cstr(&b));
        buf_free(&b);
        return fail(c, "The instanceof assertion needs a constructor but ^ was given.");
    }
    int is = instance_of_rjs(c->vm, c->obj, ctor);
    c->extra = function_name(c->vm, ctor);
    if (!v_string(c->extra)->length) extra_text(c, "an unnamed constructor");
    return is >= 0 && SAYS_PLAIN(is, "expected #{this} to be an instance of ^", "expected #{this} to not be an instance of ^");
}
// a.b[0]["c"] or a.b\.c: the value, *exists. False: thrown.
static bool follow_path_rjs(Chai *c, Value path, Value *value, bool *exists) {
    VM *vm = c->vm;
    Buf b = {0}, part = {0};
    str_to_utf8(vm, v_string(path), &b);
    *value = c->obj;
    *exists = true;
    for (const char *p = buf_cstr(&b); *p && *exists;) {
        part.len = 0;
        if (*p == '.') p++;
        if (*p == '[') {
            for (p++; *p && *p != ']'; p++) buf_u8(&part, (u8)*p);
            if (*p) p++;
        } else
            for (; *p && *p != '.' && *p != '['; p++) {
                if (*p == '\\' && p[1]) p++;
                buf_u8(&part, (u8)*p);
            }
        PropKey k = key_from_string(vm, str_new_utf8(vm, buf_cstr(&part), part.len));
        int has = v_is_nullish(*value) ? 0 : v_is_object(*value) ? object_has_rjs(vm, *value, k) : 1;
        Value next = has > 0 ? get_v_rjs(vm, *value, k) : V_UNDEFINED;
        if (has < 0 || v_is_exc(next)) return buf_free(&b), buf_free(&part), false;
        if (has && !v_is_object(*value) && v_is_undefined(next)) has = 0;
        *exists = has;
        *value = next;
    }
    buf_free(&b);
    buf_free(&part);
    return true;
}
static bool property_says(Chai *c, Value name, bool with_value, Value want) {
    VM *vm = c->vm;
    bool nested = c->flags & EX_NESTED, own = c->flags & EX_OWN, has = false;
    Value value;
    if (nested && !v_is_string(name)) return fail(c, "the argument to property must be a string when using nested syntax");
    if (!v_is_string(name) && !v_is_number(name) && !v_is_symbol(name)) return fail(c, "the argument to property must be a string, number, or symbol");
    if (nested && own) return fail(c, "The \"nested\" and \"own\" flags cannot be combined.");
    if (v_is_nullish(c->obj)) return fail(c, "Target cannot be null or undefined.");
    PropKey k;
    if (!to_property_key_rjs(vm, name, &k)) return false;
    if (nested) {
        if (!follow_path_rjs(c, name, &value, &has)) return false;
    } else {
        value = get_v_rjs(vm, c->obj, k);
        Value holder = v_is_exc(value) ? V_EXC : to_object(vm, c->obj);
        int is = v_is_exc(holder) ? -1 : own ? has_own_rjs(vm, holder, k) : object_has_rjs(vm, holder, k);
        if (is < 0) return false;
        has = is;
    }
    Buf b = {0};
    String *shown = chai_inspect_rjs(vm, name);
    if (!shown) return false;
    buf_printf(&b, "%s%s%sproperty ", c->flags & EX_DEEP ? "deep " : "", own ? "own " : "", nested ? "nested " : "");
    str_to_utf8(vm, shown, &b);
    extra_text(c, buf_cstr(&b));
    buf_free(&b);
    if (!with_value || !(c->flags & EX_NOT)) {
        if (!SAYS_PLAIN(has, "expected #{this} to have ^", "expected #{this} to not have ^")) return false;
    }
    if (with_value) {
        int same = has ? equal_or_eql_rjs(c, value, want) : 0;
        if (same < 0 || !says(c, same, "expected #{this} to have ^ of #{exp}, but got #{act}", "expected #{this} to not have ^ of #{act}", want, value)) return false;
    }
    c->subject = value;
    return true;
}
static bool chai_property(Chai *c) {
    take_message(c, 2);
    return property_says(c, CARG(0), c->argc > 1, CARG(1));
}
static bool chai_own_property(Chai *c) {
    c->flags |= EX_OWN;
    return chai_property(c);
}
static bool chai_own_descriptor(Chai *c) {
    VM *vm = c->vm;
    Value object = to_object(vm, c->obj);
    PropKey k;
    PropDesc d;
    if (v_is_exc(object) || !to_property_key_rjs(vm, CARG(0), &k) || !extra_inspect(c, CARG(0))) return false;
    int has = object_get_own_rjs(vm, object, k, &d);
    if (has < 0) return false;
    Value have = has ? from_property_descriptor(vm, &d) : V_UNDEFINED;
    c->subject = have;
    if (!has || !v_is_object(CARG(1))) return SAYS_PLAIN(has, "expected #{this} to have an own property descriptor for ^", "expected #{this} to not have an own property descriptor for ^");
    int same = eql_rjs(vm, have, CARG(1), 0);
    return same >= 0 && says(c, same, "expected the own property descriptor for ^ on #{this} to match #{exp}, got #{act}", "expected the own property descriptor for ^ on #{this} to not match #{exp}", CARG(1), have);
}
static Array *list_of_rjs(Chai *c, Value v) { // Array.from
    Value from = prop_rjs(c->vm, c->vm->realm->Array, "from"), r = v_is_exc(from) ? V_EXC : CALL1(c->vm, from, c->vm->realm->Array, v);
    return v_is_exc(r) ? NULL : v_array(r);
}
static int list_has_rjs(Chai *c, Array *list, Value v) {
    for (u32 i = 0; i < list->length; i++) {
        Value x = obj_elems(&list->o)->v[i];
        int same = c->flags & EX_DEEP ? eql_rjs(c->vm, x, v, 0) : same_value_zero(c->vm, x, v);
        if (same) return same;
    }
    return 0;
}
static bool include_properties(Chai *c, Value want) { // every property of an object, one assertion each
    VM *vm = c->vm;
    Array *keys = object_own_keys_rjs(vm, want, KEYS_STRINGS | KEYS_ENUMERABLE_ONLY);
    bool negate = c->flags & EX_NOT;
    Value first = V_HOLE;
    u32 failed = 0;
    for (u32 i = 0; keys && i < keys->length; i++) {
        Value name = obj_elems(&keys->o)->v[i], v = get_rjs(vm, want, key_from_string(vm, v_string(name)));
        Chai of = *c;
        if (v_is_exc(v)) return false;
        if (property_says(&of, name, true, v)) continue;
        if (!negate || keys->length == 1 || vm_terminated(vm)) return false;
        Value e = vm_take_exception(vm);
        if (first == V_HOLE) first = e;
        failed++;
    }
    if (!keys) return false;
    if (negate && keys->length > 1 && failed == keys->length) return vm_throw_value(vm, first), false;
    return true;
}
static bool chai_include(Chai *c) {
    VM *vm = c->vm;
    Value v = CARG(0);
    bool deep = c->flags & EX_DEEP;
    int has;
    take_message(c, 1);
    if (v_is_string(c->obj)) {
        String *s = to_string_rjs(vm, v);
        if (!s) return false;
        has = str_index_of(vm, v_string(c->obj), s, 0) >= 0;
    } else if (v_is_kind(c->obj, CELL_WEAKSET)) {
        if (deep) return fail(c, "unable to use .deep.include with WeakSet");
        Value r = call_method_rjs(vm, c->obj, "has", 1, &v);
        if (v_is_exc(r)) return false;
        has = to_boolean(r);
    } else if (v_is_array(c->obj) || v_is_kind(c->obj, CELL_MAP) || v_is_kind(c->obj, CELL_SET)) {
        Value of = v_is_kind(c->obj, CELL_MAP) ? call_method_rjs(vm, c->obj, "values", 0, NULL) : c->obj;
        Array *all = v_is_exc(of) ? NULL : list_of_rjs(c, of);
        if (!all || (has = list_has_rjs(c, all, v)) < 0) return false;
        if (v_is_array(c->obj) && !deep && is_nan_value(v)) has = 0; // there indexOf decides
    } else if (!v_is_object(v)) {
        Buf a = {0}, b = {0};
        if (!type_of(c, c->obj, &a, true) || !type_of(c, v, &b, true)) return buf_free(&a), false;
        String *s = str_format(vm, "the given combination of arguments (%s and %s) is invalid for this assertion. You can use an array, a map, an object, a set, a string, or a weakset instead of a %s",
                               buf_cstr(&a), buf_cstr(&b), buf_cstr(&b));
        buf_free(&a);
        buf_free(&b);
        return fail_with(c, v_from_string(s));
    } else return include_properties(c, v);
    if (!extra_inspect(c, v)) return false;
    return SAYS_PLAIN(has, deep ? "expected #{this} to deep include ^" : "expected #{this} to include ^", deep ? "expected #{this} to not deep include ^" : "expected #{this} to not include ^");
}
static bool put_keys(Chai *c, Array *keys, Buf *b) { // key 'a' / keys 'a', and 'b'
    VM *vm = c->vm;
    buf_printf(b, "%s %s ", c->flags & EX_CONTAINS ? "contain" : "have", keys->length > 1 ? "keys" : "key");
    for (u32 i = 0; i < keys->length; i++) {
        bool last = i + 1 == keys->length;
        if (i) buf_str(b, last ? c->flags & EX_ANY ? ", or " : ", and " : ", ");
        String *s = chai_inspect_rjs(vm, obj_elems(&keys->o)->v[i]);
        if (!s) return false;
        str_to_utf8(vm, s, b);
    }
    return true;
}
static bool chai_keys(Chai *c) {
    VM *vm = c->vm;
    bool collection = v_is_kind(c->obj, CELL_MAP) || v_is_kind(c->obj, CELL_SET), any = c->flags & EX_ANY;
    static const char mixed[] = "when testing keys against an object or an array you must give a single Array|Object|String argument or multiple String arguments";
    Array *keys = NULL, *have;
    if (collection) {
        Value it = call_method_rjs(vm, c->obj, "keys", 0, NULL);
        have = v_is_exc(it) ? NULL : list_of_rjs(c, it);
    } else have = v_is_object(c->obj) ? object_own_keys_rjs(vm, c->obj, KEYS_ALL | KEYS_ENUMERABLE_ONLY) : array_new(vm, 0);
    if (!have) return false;
    if (v_is_array(CARG(0)) || (!collection && v_is_object(CARG(0)))) {
        if (!collection && c->argc > 1) return fail(c, mixed);
        keys = v_is_array(CARG(0)) ? list_of_rjs(c, CARG(0)) : object_own_keys_rjs(vm, CARG(0), KEYS_STRINGS | KEYS_ENUMERABLE_ONLY);
    } else keys = array_from(vm, c->argv, (u32)c->argc);
    if (!keys) return false;
    Array *unique = array_new(vm, keys->length);
    u32 hits = 0;
    for (u32 i = 0; i < keys->length; i++) {
        Value k = obj_elems(&keys->o)->v[i];
        if (!collection && !v_is_symbol(k) && !v_is_string(k)) {
            String *s = to_string_rjs(vm, k);
            if (!s) return false;
            heap_set(vm, &obj_elems(&keys->o)->v[i], k = v_from_string(s));
        }
        bool seen = false;
        for (u32 u = 0; u < unique->length; u++) seen |= same_value_zero(vm, obj_elems(&unique->o)->v[u], k);
        if (seen) continue;
        array_push(vm, unique, k);
        int has = list_has_rjs(c, have, k);
        if (has < 0) return false;
        hits += (u32)has;
    }
    if (!keys->length) return fail(c, "keys required");
    bool ok = any ? hits > 0 : hits == unique->length && (c->flags & EX_CONTAINS || unique->length == have->length);
    Buf b = {0};
    if (collection && c->flags & EX_DEEP) buf_str(&b, "deeply ");
    if (!put_keys(c, keys, &b)) return buf_free(&b), false;
    extra_text(c, buf_cstr(&b));
    buf_free(&b);
    return SAYS_PLAIN(ok, "expected #{this} to ^", "expected #{this} to not ^");
}
static int subset_rjs(Chai *c, Array *sub, Array *super) {
    bool contains = c->flags & EX_CONTAINS, ordered = c->flags & EX_ORDERED;
    if (!contains && sub->length != super->length) return 0;
    Array *left = array_from(c->vm, super->length ? obj_elems(&super->o)->v : NULL, super->length);
    for (u32 i = 0; i < sub->length; i++) {
        Value v = obj_elems(&sub->o)->v[i];
        int found = 0;
        if (ordered) found = i < left->length ? equal_or_eql_rjs(c, v, obj_elems(&left->o)->v[i]) : 0;
        for (u32 k = 0; !ordered && k < left->length && !found; k++) {
            Value x = obj_elems(&left->o)->v[k];
            found = x == V_HOLE ? 0 : equal_or_eql_rjs(c, v, x);
            if (found > 0 && !contains) obj_elems(&left->o)->v[k] = V_HOLE; // taken
        }
        if (found <= 0) return found;
    }
    return 1;
}
static bool chai_members(Chai *c) {
    take_message(c, 1);
    bool contains = c->flags & EX_CONTAINS, ordered = c->flags & EX_ORDERED;
    for (int i = 0; i < 2; i++) {
        Chai of = *c;
        of.flags = 0;
        if (i) of.obj = CARG(0);
        if (!chai_iterable(&of)) return false;
    }
    Array *super = list_of_rjs(c, c->obj), *sub = super ? list_of_rjs(c, CARG(0)) : NULL;
    int is = sub ? subset_rjs(c, sub, super) : -1;
    if (is < 0) return false;
    extra_text(c, contains ? ordered ? "an ordered superset" : "a superset" : ordered ? "ordered members" : "members");
    return says(c, is, contains ? "expected #{this} to be ^ of #{exp}" : "expected #{this} to have the same ^ as #{exp}",
                contains ? "expected #{this} to not be ^ of #{exp}" : "expected #{this} to not have the same ^ as #{exp}", CARG(0), c->obj);
}
static bool chai_one_of(Chai *c) {
    take_message(c, 1);
    bool deep = c->flags & EX_DEEP;
    if (!v_is_array(CARG(0))) {
        Chai of = *c;
        of.obj = CARG(0);
        of.flags = 0;
        return fail(&of, "expected #{this} to be an array");
    }
    Array *list = v_array(CARG(0));
    int is = 0;
    if (c->flags & EX_CONTAINS) {
        for (u32 i = 0; i < list->length && !is; i++) {
            Value x = obj_elems(&list->o)->v[i];
            if (v_is_string(c->obj)) is = v_is_string(x) && str_index_of(c->vm, v_string(c->obj), v_string(x), 0) >= 0;
            else if (v_is_array(c->obj)) is = list_has_rjs(c, v_array(c->obj), x);
        }
        return is >= 0 && says(c, is, deep ? "expected #{this} to deeply contain one of #{exp}" : "expected #{this} to contain one of #{exp}",
                               deep ? "expected #{this} to not deeply contain one of #{exp}" : "expected #{this} to not contain one of #{exp}", CARG(0), c->obj);
    }
    for (u32 i = 0; i < list->length && !is; i++) is = equal_or_eql_rjs(c, c->obj, obj_elems(&list->o)->v[i]);
    return is >= 0 && says(c, is, deep ? "expected #{this} to deeply equal one of #{exp}" : "expected #{this} to be one of #{exp}",
                           deep ? "expected #{this} to not deeply equal one of #{exp}" : "expected #{this} to not be one of #{exp}", CARG(0), c->obj);
}

// ---- strings and functions

static bool chai_match(Chai *c) {
    take_message(c, 1);
    if (!v_is_object(CARG(0))) return vm_throw(c->vm, ERR_CUSTOM_TYPE, "re.exec is not a function"), false;
    Value r = call_method_rjs(c->vm, c->argv[0], "exec", 1, &c->obj);
    Buf b = {0};
    if (v_is_exc(r) || !utf8_arg_rjs(c->vm, c->argv[0], &b)) return false;
    extra_text(c, buf_cstr(&b));
    buf_free(&b);
    return SAYS_PLAIN(to_boolean(r), "expected #{this} to match ^", "expected #{this} not to match ^");
}
static bool chai_string(Chai *c) {
    take_message(c, 1);
    if (!v_is_string(c->obj)) return fail(c, "expected #{this} to be a string");
    String *s = to_string_rjs(c->vm, CARG(0));
    if (!s || !extra_inspect(c, CARG(0))) return false;
    return SAYS_PLAIN(str_index_of(c->vm, v_string(c->obj), s, 0) >= 0, "expected #{this} to contain ^", "expected #{this} to not contain ^");
}
static bool chai_respond_to(Chai *c) {
    VM *vm = c->vm;
    take_message(c, 1);
    Value on = c->obj;
    PropKey k;
    if (v_is_callable(on) && !(c->flags & EX_ITSELF)) on = get_rjs(vm, on, A_(vm, prototype));
    if (v_is_exc(on) || !to_property_key_rjs(vm, CARG(0), &k)) return false;
    Value f = get_v_rjs(vm, on, k);
    if (v_is_exc(f) || !extra_inspect(c, CARG(0))) return false;
    return SAYS_PLAIN(v_is_callable(f), "expected #{this} to respond to ^", "expected #{this} to not respond to ^");
}
static bool chai_satisfy(Chai *c) {
    take_message(c, 1);
    Value r = CALL1(c->vm, CARG(0), V_UNDEFINED, c->obj);
    String *s = v_is_exc(r) ? NULL : chai_display_rjs(c->vm, CARG(0));
    if (!s) return false;
    c->extra = v_from_string(s);
    return SAYS_PLAIN(to_boolean(r), "expected #{this} to satisfy ^", "expected #{this} to not satisfy^");
}

// What a thrown value is called in a message: an error's text, a string, or a constructor's name.
static Value thrown_text(Chai *c, Value e) {
    VM *vm = c->vm;
    if (v_is_kind(e, CELL_ERROR)) {
        String *s = to_string_rjs(vm, e);
        return s ? v_from_string(s) : V_EXC;
    }
    if (v_is_callable(e)) return function_name(vm, e);
    if (!v_is_object(e)) return e;
    Value ctor = get_rjs(vm, e, A_(vm, constructor));
    return v_is_exc(ctor) ? V_EXC : v_is_callable(ctor) ? function_name(vm, ctor) : e;
}
static int fits_message_rjs(Chai *c, Value e, Value want) {
    VM *vm = c->vm;
    Value message = v_is_string(e) ? e : v_is_object(e) ? get_rjs(vm, e, A_(vm, message)) : V_UNDEFINED;
    if (v_is_exc(message)) return -1;
    if (v_is_undefined(message)) message = A_(vm, empty);
    if (v_is_string(want)) {
        String *s = to_string_rjs(vm, message);
        return s ? str_index_of(vm, s, v_string(want), 0) >= 0 : -1;
    }
    Value r = call_method_rjs(vm, want, "test", 1, &message);
    return v_is_exc(r) ? -1 : to_boolean(r);
}
// What the error itself must be: the same error, or of a constructor. 1, 0, -1.
static int fits_error_rjs(Chai *c, Value e, Value want) {
    VM *vm = c->vm;
    if (!v_is_callable(want)) return e == want;
    return v_is_object(e) ? instance_of_rjs(vm, e, want) : 0;
}
static bool chai_throw(Chai *c) {
    VM *vm = c->vm;
    bool negate = c->flags & EX_NOT;
    Value like = CARG(0), message = CARG(1);
    take_message(c, 2);
    if (!v_is_callable(c->obj)) return fail(c, "expected #{this} to be a function");
    if (v_is_string(like) || v_is_kind(like, CELL_REGEXP)) message = like, like = V_UNDEFINED;
    Value r = CALL0(vm, c->obj, V_UNDEFINED), e = V_UNDEFINED;
    bool thrown = v_is_exc(r);
    if (thrown && vm_terminated(vm)) return false;
    if (thrown) e = vm_take_exception(vm);
    bool nothing = v_is_nullish(like) && v_is_nullish(message), both = !v_is_nullish(like) && !v_is_nullish(message);
    Value shown = thrown ? thrown_text(c, e) : V_UNDEFINED, wanted = v_is_nullish(like) ? V_UNDEFINED : thrown_text(c, like);
    if (v_is_exc(shown) || v_is_exc(wanted)) return false;
    if (nothing || !negate) {
        extra_text(c, "an error");
        if (v_is_callable(like)) c->extra = wanted;
        if (!says(c, thrown, v_is_kind(like, CELL_ERROR) ? "expected #{this} to throw #{exp}" : "expected #{this} to throw ^", "expected #{this} to not throw an error but #{act} was thrown", wanted, shown)) return false;
    }
    c->subject = e;
    if (!thrown) return true;
    int fits = v_is_nullish(like) ? !negate : fits_error_rjs(c, e, like), fits_text = v_is_nullish(message) ? !negate : fits_message_rjs(c, e, message);
    if (fits < 0 || fits_text < 0) return false;
    if (both && negate) { // wrong only when both fit
        if (!fits || !fits_text) return true;
        return fail_with(c, fill_rjs(c, "expected #{this} to not throw #{exp} but #{act} was thrown", wanted, shown));
    }
    if ((bool)fits == negate && !v_is_nullish(like))
        return fail_with(c, fill_rjs(c, negate ? "expected #{this} to not throw #{exp} but #{act} was thrown" : "expected #{this} to throw #{exp} but #{act} was thrown", wanted, shown));
    if ((bool)fits_text == negate && !v_is_nullish(message)) {
        extra_text(c, v_is_string(message) ? "including" : "matching");
        Value text = v_is_object(e) ? get_rjs(vm, e, A_(vm, message)) : e;
        if (v_is_exc(text)) return false;
        return fail_with(c, fill_rjs(c, negate ? "expected #{this} to throw error not ^ #{exp}" : "expected #{this} to throw error ^ #{exp} but got #{act}", message, text));
    }
    return true;
}

// ---- change, increase, decrease

enum { CHANGES, INCREASES, DECREASES };
static bool changes(Chai *c, u32 how) {
    static const char *const forms[][2] = {{"expected ^ to change", "expected ^ to not change"}, {"expected ^ to increase", "expected ^ to not increase"}, {"expected ^ to decrease", "expected ^ to not decrease"}};
    VM *vm = c->vm;
    Value on = CARG(0), before, after;
    PropKey k = 0;
    take_message(c, 2);
    bool by_call = v_is_nullish(CARG(1));
    if (!v_is_callable(c->obj)) return fail(c, "expected #{this} to be a function");
    if (!by_call && !to_property_key_rjs(vm, c->argv[1], &k)) return false;
    if (by_call && !v_is_callable(on)) {
        c->obj = on;
        return fail(c, "expected #{this} to be a function");
    }
    before = by_call ? CALL0(vm, on, V_UNDEFINED) : get_v_rjs(vm, on, k);
    if (v_is_exc(before) || v_is_exc(CALL0(vm, c->obj, V_UNDEFINED))) return false;
    after = by_call ? CALL0(vm, on, V_UNDEFINED) : get_v_rjs(vm, on, k);
    if (v_is_exc(after)) return false;
    Buf b = {0};
    if (!by_call) buf_str(&b, ".");
    if (!utf8_arg_rjs(vm, by_call ? before : c->argv[1], &b)) return false;
    extra_text(c, buf_cstr(&b));
    buf_free(&b);
    if (how != CHANGES && !v_is_number(before)) {
        c->obj = before;
        return fail(c, "expected #{this} to be a number");
    }
    int is = how == CHANGES ? !is_strictly_equal(vm, before, after) : how == INCREASES ? less_rjs(vm, before, after) : less_rjs(vm, after, before);
    return is >= 0 && SAYS_PLAIN(is, forms[how][0], forms[how][1]);
}
static bool chai_change(Chai *c) { return changes(c, CHANGES); }
static bool chai_increase(Chai *c) { return changes(c, INCREASES); }
static bool chai_decrease(Chai *c) { return changes(c, DECREASES); }

// ---- the chain

enum LinkKind { KIND_LINK, KIND_FLAG, KIND_SAYS, KIND_CALL, KIND_BOTH };
static const struct Link { const char *name; enum LinkKind kind; ChaiFn fn; u32 flag; } links[] = {
#define LINK(name) {#name, KIND_LINK, NULL, 0},
#define FLAG(name, flag) {#name, KIND_FLAG, NULL, flag},
#define SAYS(name, fn) {#name, KIND_SAYS, fn, 0},
#define CALL(name, fn) {#name, KIND_CALL, fn, 0},
#define BOTH(name, fn, flag) {#name, KIND_BOTH, fn, flag},
#include "runtime/expect/chai.def"
#undef LINK
#undef FLAG
#undef SAYS
#undef CALL
#undef BOTH
};
const char *chai_name(u32 row) { return links[row].name; }

Value chai_run_rjs(VM *vm, u32 row, Value received, u32 flags, Value message, int argc, Value *argv, Value *subject) {
    Chai c = {vm, flags, received, message, argc, argv, V_HOLE, A_(vm, empty)};
    if (!links[row].fn(&c)) return V_EXC;
    if (subject && c.subject != V_HOLE) *subject = c.subject;
    return V_UNDEFINED;
}
static Value chai_call(VM *vm, Value self, int argc, Value *argv) { // magic: the row
    Call c = {CALL_CHAI + native_magic(vm), V_UNDEFINED, V_UNDEFINED, V_UNDEFINED};
    return call_apply_rjs(vm, &c, self, argc, argv);
}
static Value chain_call(VM *vm, Value self, int argc, Value *argv) { // slots: the expectation before its flag, the row
    Value *s = native_slots(vm);
    Call c = {CALL_CHAI + (u32)v_int(s[1]), V_UNDEFINED, V_UNDEFINED, V_UNDEFINED};
    return call_apply_rjs(vm, &c, s[2], argc, argv);
}
static Value with_flag(VM *vm, HostObject *o, u32 flag) {
    u32 flags = (u32)v_int(o->data[1]);
    if (flag == EX_ANY) flags &= ~(u32)EX_ALL;
    if (flag == EX_ALL) flags &= ~(u32)EX_ANY;
    Value e = expectation_new(vm, o->data[0], flags | flag, o->data[2]);
    expectation_of(e)->data[3] = o->data[3];
    return e;
}
static Value chai_get(VM *vm, Value self, int argc, Value *argv) { // the getter of each link; magic: its row
    const struct Link *l = &links[native_magic(vm)];
    u32 row = native_magic(vm);
    HostObject *o = expectation_of(self);
    if (!o || runtime_dialect() != DIALECT_VITEST) return V_UNDEFINED;
    Call c = {CALL_CHAI + row, V_UNDEFINED, V_UNDEFINED, V_UNDEFINED};
    switch (l->kind) {
    case KIND_LINK: return v_obj(o);
    case KIND_FLAG: return with_flag(vm, o, l->flag);
    case KIND_SAYS: return call_apply_rjs(vm, &c, self, 0, NULL);
    case KIND_CALL: return native_make(vm, RUNTIME_ID(chai_method_rows, row));
    default: break;
    }
    Value f = closure(vm, RUNTIME_ID(chai_chain_rows, 0), 3, with_flag(vm, o, l->flag), v_from_int((i32)row), v_obj(o));
    return object_set_proto_rjs(vm, f, vm->realm->host[4]) < 0 ? V_EXC : f;
}
enum {
#define ROW(name, ...) ROW_##name,
#define LINK ROW
#define FLAG ROW
#define SAYS ROW
#define CALL ROW
#define BOTH ROW
#include "runtime/expect/chai.def"
};
#undef ROW
const NativeRow chai_rows[] = {
#define ROW(name, ...) GETTER_MAGIC(#name, chai_get, ROW_##name),
#include "runtime/expect/chai.def"
#undef ROW
    ROWS_END,
};
const NativeRow chai_method_rows[] = { // by row; those of other kinds are never made
#define ROW(name, ...) FN_MAGIC(#name, 1, chai_call, ROW_##name),
#include "runtime/expect/chai.def"
    ROWS_END,
};
const NativeRow chai_chain_rows[] = {FN("", 1, chain_call), ROWS_END};
