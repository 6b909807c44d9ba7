// SPDX-License-Identifier: MIT
// String.prototype.match, matchAll, replace, replaceAll, search, split (ECMA-262 22.1.3): they hand over to the argument's symbol-keyed
// method, or work on plain strings here.
#include "vm/builtins/builtins.h"
#include "vm/regexp.h"

// RequireObjectCoercible(this).
static bool check_receiver(VM *vm, Value self, const char *method) {
    if (!v_is_nullish(self))
        return true;
    vm_throw(vm, ERR_NULLISH_RECEIVER, method);
    return false;
}

// The symbol-keyed method of an object argument: function, undefined, or V_EXC. Primitives are not asked.
static Value delegate_rjs(VM *vm, Value argument, PropKey symbol) {
    return v_is_object(argument) ? get_method_rjs(vm, argument, symbol) : V_UNDEFINED;
}

// An argument whose method is known to be RegExp.prototype's, with a string receiver: the fast bodies apply.
static bool goes_fast(VM *vm, Value self, Value argument) { return v_is_string(self) && regexp_is_pristine(vm, argument); }

// new RegExp(argument, flags)[symbol](this)
static Value through_regexp_rjs(VM *vm, Value self, Value argument, const char *flags, PropKey symbol) {
    String *s = to_string_rjs(vm, self);
    if (!s)
        return V_EXC;
    Value re = regexp_create_rjs(vm, argument, flags ? v_str(vm, flags) : V_UNDEFINED);
    return v_is_exc(re) ? V_EXC : invoke_rjs(vm, re, symbol, 1, (Value[]){v_from_string(s)});
}

static Value string_proto_match(VM *vm, Value self, int argc, Value *argv) { // 22.1.3.13
    if (!check_receiver(vm, self, "String.prototype.match"))
        return V_EXC;
    if (goes_fast(vm, self, ARG(0)))
        return regexp_match_fast_rjs(vm, regexp_of(argv[0]), v_string(self));
    Value method = delegate_rjs(vm, ARG(0), SYM_(vm, match));
    if (!v_is_undefined(method))
        return v_is_exc(method) ? V_EXC : CALL1(vm, method, argv[0], self);
    return through_regexp_rjs(vm, self, ARG(0), NULL, SYM_(vm, match));
}

static Value string_proto_search(VM *vm, Value self, int argc, Value *argv) { // 22.1.3.21
    if (!check_receiver(vm, self, "String.prototype.search"))
        return V_EXC;
    if (goes_fast(vm, self, ARG(0)))
        return regexp_search_fast_rjs(vm, regexp_of(argv[0]), v_string(self));
    Value method = delegate_rjs(vm, ARG(0), SYM_(vm, search));
    if (!v_is_undefined(method))
        return v_is_exc(method) ? V_EXC : CALL1(vm, method, argv[0], self);
    return through_regexp_rjs(vm, self, ARG(0), NULL, SYM_(vm, search));
}

// The flags check of matchAll and replaceAll: a regular expression must be global. False: thrown.
static bool check_global_rjs(VM *vm, Value argument, const char *method) {
    int is_regexp = is_regexp_rjs(vm, argument);
    if (is_regexp <= 0)
        return is_regexp == 0;
    Value flags = get_rjs(vm, argument, A_(vm, flags));
    if (v_is_exc(flags) || v_is_exc(require_object_coercible(vm, flags, method)))
        return false;
    String *text = to_string_rjs(vm, flags);
    if (!text)
        return false;
    Chars c = str_chars(vm, text);
    for (u32 i = 0; i < c.len; i++)
        if (chars_at(c, i) == 'g')
            return true;
    Value message = v_from_string(str_format(vm, "%s called with a non-global RegExp argument", method));
    vm_throw_value(vm, error_new(vm, REALM_TypeErrorPrototype, message));
    return false;
}

static Value string_proto_match_all(VM *vm, Value self, int argc, Value *argv) { // 22.1.3.14
    if (!check_receiver(vm, self, "String.prototype.matchAll"))
        return V_EXC;
    if (v_is_object(ARG(0))) {
        if (!check_global_rjs(vm, argv[0], "String.prototype.matchAll"))
            return V_EXC;
        Value method = get_method_rjs(vm, argv[0], SYM_(vm, matchAll));
        if (!v_is_undefined(method))
            return v_is_exc(method) ? V_EXC : CALL1(vm, method, argv[0], self);
    }
    return through_regexp_rjs(vm, self, ARG(0), "g", SYM_(vm, matchAll));
}

// ---- replace

// Appends what replaces the match of `search` at `at`.
static bool put_replacement_rjs(VM *vm, StrBuf *out, String *s, String *search, u32 at, Value replace, bool plain) {
    if (!v_is_callable(replace)) {
        if (!plain)
            return get_substitution_rjs(vm, out, search, s, at, NULL, 0, V_UNDEFINED, v_string(replace));
        sb_str(vm, out, v_string(replace));
        return true;
    }
    Value v = vm_call(vm, replace, V_UNDEFINED, 3, (Value[]){v_from_string(search), v_from_u32(at), v_from_string(s)});
    String *text = v_is_exc(v) ? NULL : to_string_rjs(vm, v);
    if (text)
        sb_str(vm, out, text);
    return text != NULL;
}

static bool has_dollar(VM *vm, Value v) {
    if (!v_is_string(v))
        return true;
    Chars c = str_chars(vm, v_string(v));
    for (u32 i = 0; i < c.len; i++)
        if (chars_at(c, i) == '$')
            return true;
    return false;
}

static Value replace_strings_rjs(VM *vm, Value self, Value search_value, Value replace, bool all) {
    String *s = to_string_rjs(vm, self), *search = s ? to_string_rjs(vm, search_value) : NULL;
    if (!search)
        return V_EXC;
    if (!v_is_callable(replace)) {
        String *text = to_string_rjs(vm, replace);
        if (!text)
            return V_EXC;
        replace = v_from_string(text);
    }
    i64 at = str_index_of(vm, s, search, 0);
    if (at < 0)
        return v_from_string(s);
    StrBuf out = {0};
    bool plain = !has_dollar(vm, replace);
    u32 done = 0, step = search->length ? search->length : 1;
    while (at >= 0) {
        sb_chars(&out, str_chars(vm, s), done, (u32)at);
        if (!put_replacement_rjs(vm, &out, s, search, (u32)at, replace, plain))
            return sb_free(&out), V_EXC;
        done = (u32)at + search->length;
        if (!all || at + step > s->length)
            break;
        at = str_index_of(vm, s, search, (u32)at + step);
    }
    sb_chars(&out, str_chars(vm, s), done, s->length);
    return sb_finish(vm, &out);
}

static Value string_proto_replace(VM *vm, Value self, int argc, Value *argv) { // 22.1.3.19
    if (!check_receiver(vm, self, "String.prototype.replace"))
        return V_EXC;
    if (v_is_object(ARG(0))) {
        if (goes_fast(vm, self, argv[0]) && (v_is_string(ARG(1)) || v_is_callable(ARG(1))))
            return regexp_replace_fast_rjs(vm, regexp_of(argv[0]), v_string(self), argv[1]);
        Value method = get_method_rjs(vm, argv[0], SYM_(vm, replace));
        if (!v_is_undefined(method))
            return v_is_exc(method) ? V_EXC : CALL2(vm, method, argv[0], self, ARG(1));
    }
    return replace_strings_rjs(vm, self, ARG(0), ARG(1), false);
}

static Value string_proto_replace_all(VM *vm, Value self, int argc, Value *argv) { // 22.1.3.20
    if (!check_receiver(vm, self, "String.prototype.replaceAll"))
        return V_EXC;
    if (v_is_object(ARG(0))) {
        if (!check_global_rjs(vm, argv[0], "String.prototype.replaceAll"))
            return V_EXC;
        Value method = get_method_rjs(vm, argv[0], SYM_(vm, replace));
        if (!v_is_undefined(method))
            return v_is_exc(method) ? V_EXC : CALL2(vm, method, argv[0], self, ARG(1));
    }
    return replace_strings_rjs(vm, self, ARG(0), ARG(1), true);
}

// ---- split

static Value split_units(VM *vm, String *s, u32 limit) {
    u32 n = s->length < limit ? s->length : limit;
    Array *out = array_new(vm, n);
    for (u32 i = 0; i < n; i++)
        array_push(vm, out, v_from_string(str_char(vm, chars_at(str_chars(vm, s), i))));
    return v_from_array(out);
}

static Value split_string(VM *vm, String *s, String *separator, u32 limit) {
    if (!separator->length)
        return split_units(vm, s, limit);
    Array *out = array_new(vm, 4);
    u32 from = 0;
    for (i64 at; s->length && (at = str_index_of(vm, s, separator, from)) >= 0; from = (u32)at + separator->length) {
        array_push(vm, out, v_from_string(str_slice(vm, s, from, (u32)at)));
        if (out->length == limit)
            return v_from_array(out);
    }
    array_push(vm, out, v_from_string(str_slice(vm, s, from, s->length)));
    return v_from_array(out);
}

static Value string_proto_split(VM *vm, Value self, int argc, Value *argv) { // 22.1.3.23
    if (!check_receiver(vm, self, "String.prototype.split"))
        return V_EXC;
    Value method = delegate_rjs(vm, ARG(0), SYM_(vm, split));
    if (!v_is_undefined(method))
        return v_is_exc(method) ? V_EXC : CALL2(vm, method, argv[0], self, ARG(1));
    String *s = to_string_rjs(vm, self);
    u32 limit = 0xffffffff;
    if (!s || (!v_is_undefined(ARG(1)) && !to_uint32_rjs(vm, argv[1], &limit)))
        return V_EXC;
    String *separator = to_string_rjs(vm, ARG(0));
    if (!separator)
        return V_EXC;
    if (!limit)
        return v_from_array(array_new(vm, 0));
    if (v_is_undefined(ARG(0)))
        return array_create_from_list(vm, (Value[]){v_from_string(s)}, 1);
    return split_string(vm, s, separator, limit);
}

const NativeRow string_regexp_rows[] = {
    FN("match", 1, string_proto_match),
    FN("matchAll", 1, string_proto_match_all),
    FN("replace", 2, string_proto_replace),
    FN("replaceAll", 2, string_proto_replace_all),
    FN("search", 1, string_proto_search),
    FN("split", 2, string_proto_split),
    ROWS_END,
};

void builtin_string_regexp_install(VM *vm) { builtin_install(vm, vm->realm->StringPrototype, TABLE_string_regexp_rows); }
