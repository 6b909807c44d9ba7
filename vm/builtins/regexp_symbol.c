// SPDX-License-Identifier: MIT
// RegExp.prototype[@@match], [@@matchAll], [@@replace], [@@search], [@@split] (ECMA-262 22.2.6.8 to 22.2.6.14), the iterator behind matchAll,
// and GetSubstitution. Each method exists twice: the specification's steps, and a body for pristine expressions that needs no
// property access and makes no match arrays.
#include "vm/builtins/builtins.h"
#include "vm/builtins/regexp_internal.h"

#define THIS_REGEXP(name)                                                                                                        \
    if (!v_is_object(self))                                                                                                      \
    return vm_throw(vm, ERR_INCOMPATIBLE, "RegExp.prototype." name, self)

static bool is_full_unicode(u32 flags) { return flags & (RX_UNICODE | RX_UNICODE_SETS); }

// AdvanceStringIndex (22.2.7.3)
static i64 advance_index(VM *vm, String *s, i64 i, bool unicode) {
    if (!unicode || i + 1 >= s->length)
        return i + 1;
    Chars c = str_chars(vm, s);
    bool pair = c.wide && (chars_at(c, (u32)i) & 0xfc00) == 0xd800 && (chars_at(c, (u32)i + 1) & 0xfc00) == 0xdc00;
    return i + (pair ? 2 : 1);
}

// ToString(Get(o, k)); NULL on throw.
static String *get_string_rjs(VM *vm, Value o, PropKey k) {
    Value v = get_rjs(vm, o, k);
    return v_is_exc(v) ? NULL : to_string_rjs(vm, v);
}

static bool has_unit(VM *vm, String *s, u16 unit) {
    Chars c = str_chars(vm, s);
    for (u32 i = 0; i < c.len; i++)
        if (chars_at(c, i) == unit)
            return true;
    return false;
}

// lastIndex of any object: set, and moved past an empty match.
static bool set_last_index_rjs(VM *vm, Value rx, Value v) { return set_rjs(vm, rx, A_(vm, lastIndex), v, true) >= 0; }

static bool bump_last_index_rjs(VM *vm, Value rx, String *s, bool unicode) {
    i64 i;
    Value v = get_rjs(vm, rx, A_(vm, lastIndex));
    if (v_is_exc(v) || !to_length_rjs(vm, v, &i))
        return false;
    return set_last_index_rjs(vm, rx, v_from_i64(advance_index(vm, s, i, unicode)));
}

// ---- match

Value regexp_match_fast_rjs(VM *vm, RegExpObject *re, String *s) {
    if (!(re->flags & RX_GLOBAL))
        return regexp_exec_rjs(vm, v_obj(re), s);
    if (!regexp_set_last_index_rjs(vm, re, 0))
        return V_EXC;
    RegExpMatch m;
    regexp_match_init(&m, re);
    Array *out = NULL;
    int found = 1;
    for (i64 at = 0; at <= s->length; at = m.v[1] == m.v[0] ? advance_index(vm, s, m.v[1], is_full_unicode(re->flags)) : m.v[1]) {
        found = regexp_run(vm, re, s, (u32)at, re->flags & RX_STICKY, &m);
        if (found <= 0)
            break;
        if (!out)
            out = array_new(vm, 4);
        array_push(vm, out, regexp_capture(vm, s, &m, 0));
    }
    regexp_match_free(&m);
    if (found < 0)
        return V_EXC;
    return out ? v_from_array(out) : V_NULL;
}

static Value regexp_proto_match(VM *vm, Value self, int argc, Value *argv) { // 22.2.6.8
    THIS_REGEXP("@@match");
    String *s = to_string_rjs(vm, ARG(0));
    if (!s)
        return V_EXC;
    if (regexp_is_pristine(vm, self))
        return regexp_match_fast_rjs(vm, regexp_of(self), s);
    String *flags = get_string_rjs(vm, self, A_(vm, flags));
    if (!flags)
        return V_EXC;
    if (!has_unit(vm, flags, 'g'))
        return regexp_exec_rjs(vm, self, s);
    bool unicode = has_unit(vm, flags, 'u') || has_unit(vm, flags, 'v');
    if (!set_last_index_rjs(vm, self, v_from_int(0)))
        return V_EXC;
    Array *out = array_new(vm, 4);
    for (;;) {
        Value result = regexp_exec_rjs(vm, self, s);
        if (v_is_exc(result))
            return V_EXC;
        if (v_is_null(result))
            return out->length ? v_from_array(out) : V_NULL;
        String *matched = get_string_rjs(vm, result, key_from_index(0));
        if (!matched || (!matched->length && !bump_last_index_rjs(vm, self, s, unicode)))
            return V_EXC;
        array_push(vm, out, v_from_string(matched));
    }
}

// ---- matchAll

enum { MATCH_ALL_GLOBAL = 1, MATCH_ALL_UNICODE = 2, MATCH_ALL_DONE = 4 };

static Value regexp_proto_match_all(VM *vm, Value self, int argc, Value *argv) { // 22.2.6.9
    THIS_REGEXP("@@matchAll");
    String *s = to_string_rjs(vm, ARG(0));
    if (!s)
        return V_EXC;
    Value matcher;
    u32 state = 0;
    i64 last_index;
    if (regexp_is_pristine(vm, self) && regexp_species_is_pristine(vm)) {
        RegExpObject *re = regexp_of(self);
        if (!regexp_get_last_index_rjs(vm, re, &last_index))
            return V_EXC;
        matcher = regexp_clone(vm, re, re->flags);
        if (v_is_exc(matcher) || !regexp_set_last_index_rjs(vm, regexp_of(matcher), last_index))
            return V_EXC;
        state = (re->flags & RX_GLOBAL ? MATCH_ALL_GLOBAL : 0) | (is_full_unicode(re->flags) ? MATCH_ALL_UNICODE : 0);
    } else {
        Value ctor = species_constructor_rjs(vm, self, vm->realm->RegExp);
        String *flags = v_is_exc(ctor) ? NULL : get_string_rjs(vm, self, A_(vm, flags));
        if (!flags)
            return V_EXC;
        matcher = vm_construct(vm, ctor, 2, (Value[]){self, v_from_string(flags)}, ctor);
        Value v = v_is_exc(matcher) ? V_EXC : get_rjs(vm, self, A_(vm, lastIndex));
        if (v_is_exc(v) || !to_length_rjs(vm, v, &last_index) || !set_last_index_rjs(vm, matcher, v_from_i64(last_index)))
            return V_EXC;
        state = (has_unit(vm, flags, 'g') ? MATCH_ALL_GLOBAL : 0) |
                (has_unit(vm, flags, 'u') || has_unit(vm, flags, 'v') ? MATCH_ALL_UNICODE : 0);
    }
    IteratorObject *it = iterator_object_new(vm, vm->realm->RegExpStringIteratorPrototype, ITER_VALUES, matcher);
    it->state = state;
    it->extra[0] = v_from_string(s);
    return v_obj(it);
}

static Value regexp_string_iterator_next(VM *vm, Value self, int argc, Value *argv) { // 22.2.9.2.1
    IteratorObject *it = v_ptr(self);
    if (!v_is_kind(self, CELL_ITERATOR) || obj_proto(&it->o) != vm->realm->RegExpStringIteratorPrototype || !v_is_string(it->extra[0]))
        return vm_throw(vm, ERR_INCOMPATIBLE, "%RegExpStringIterator%.prototype.next", self);
    if (it->state & MATCH_ALL_DONE)
        return create_iter_result(vm, V_UNDEFINED, true);
    String *s = v_string(it->extra[0]);
    Value result = regexp_exec_rjs(vm, it->target, s);
    if (v_is_exc(result) || v_is_null(result) || !(it->state & MATCH_ALL_GLOBAL))
        HEAP_STORE(vm, it->state, it->state | MATCH_ALL_DONE);
    if (v_is_exc(result))
        return V_EXC;
    if (v_is_null(result))
        return create_iter_result(vm, V_UNDEFINED, true);
    if (it->state & MATCH_ALL_GLOBAL) {
        String *matched = get_string_rjs(vm, result, key_from_index(0));
        if (!matched || (!matched->length && !bump_last_index_rjs(vm, it->target, s, it->state & MATCH_ALL_UNICODE)))
            return V_EXC;
    }
    return create_iter_result(vm, result, false);
}

// ---- search

Value regexp_search_fast_rjs(VM *vm, RegExpObject *re, String *s) {
    RegExpMatch m;
    regexp_match_init(&m, re);
    int found = regexp_run(vm, re, s, 0, re->flags & RX_STICKY, &m);
    Value at = found > 0 ? v_from_int(m.v[0]) : v_from_int(-1);
    regexp_match_free(&m);
    return found < 0 ? V_EXC : at;
}

static Value regexp_proto_search(VM *vm, Value self, int argc, Value *argv) { // 22.2.6.12
    THIS_REGEXP("@@search");
    String *s = to_string_rjs(vm, ARG(0));
    if (!s)
        return V_EXC;
    if (regexp_is_pristine(vm, self))
        return regexp_search_fast_rjs(vm, regexp_of(self), s);
    Value previous = get_rjs(vm, self, A_(vm, lastIndex));
    if (v_is_exc(previous) || (!same_value(vm, previous, v_from_int(0)) && !set_last_index_rjs(vm, self, v_from_int(0))))
        return V_EXC;
    Value result = regexp_exec_rjs(vm, self, s);
    Value current = v_is_exc(result) ? V_EXC : get_rjs(vm, self, A_(vm, lastIndex));
    if (v_is_exc(current) || (!same_value(vm, current, previous) && !set_last_index_rjs(vm, self, previous)))
        return V_EXC;
    return v_is_null(result) ? v_from_int(-1) : get_rjs(vm, result, A_(vm, index));
}

// ---- GetSubstitution

// Where a substitution takes its captures from: strings, or ranges of the subject.
typedef struct Captures {
    const Value *strings; // captures 1..n, or NULL
    const i32 *ranges;    // of captures 0..n
    u32 n;
} Captures;

static bool put_capture(VM *vm, StrBuf *out, Chars subject, const Captures *c, u32 i) {
    if (!c->strings) {
        if (c->ranges[2 * i] >= 0)
            sb_chars(out, subject, (u32)c->ranges[2 * i], (u32)c->ranges[2 * i + 1]);
    } else if (!v_is_undefined(c->strings[i - 1])) {
        sb_str(vm, out, v_string(c->strings[i - 1]));
    }
    return true;
}

// $1 or $12 with the digit at t[i]: how many digits belong to it and which capture it is; 0 when it is none.
static u32 capture_reference(Chars t, u32 i, u32 n, u32 *digits) {
    u32 one = chars_at(t, i) - '0', next = i + 1 < t.len ? chars_at(t, i + 1) - '0' : 10u;
    *digits = 1;
    if (next < 10 && one * 10 + next <= n) {
        *digits = 2;
        return one * 10 + next;
    }
    return one <= n ? one : 0;
}

// $<name>, i at the name: appends the group's text; i moves past '>'. False on throw.
static bool put_named_rjs(VM *vm, StrBuf *out, String *replacement, u32 *i, Value groups) {
    Chars t = str_chars(vm, replacement);
    u32 end = *i;
    while (end < t.len && chars_at(t, end) != '>')
        end++;
    if (end == t.len) {
        sb_ascii(out, "$<");
        return true;
    }
    Value v = get_rjs(vm, groups, key_from_string(vm, str_slice(vm, replacement, *i, end)));
    *i = end + 1;
    if (v_is_exc(v) || v_is_undefined(v))
        return !v_is_exc(v);
    String *text = to_string_rjs(vm, v);
    if (text)
        sb_str(vm, out, text);
    return text != NULL;
}

static bool substitute_rjs(VM *vm, StrBuf *out, String *s, u32 from, u32 to, const Captures *captures, Value groups, String *replacement) {
    Chars t = str_chars(vm, replacement), subject = str_chars(vm, s);
    for (u32 i = 0; i < t.len;) {
        u32 c = chars_at(t, i), next = i + 1 < t.len ? chars_at(t, i + 1) : 0, digits, k;
        if (c != '$') {
            u32 run = i + 1;
            while (run < t.len && chars_at(t, run) != '$')
                run++;
            sb_chars(out, t, i, run);
            i = run;
            continue;
        }
        i += 2;
        if (next == '$') {
            sb_unit(out, '$');
        } else if (next == '&') {
            sb_chars(out, subject, from, to);
        } else if (next == '`') {
            sb_chars(out, subject, 0, from);
        } else if (next == '\'') {
            sb_chars(out, subject, to, subject.len);
        } else if (next - '0' < 10u && (k = capture_reference(t, i - 1, captures->n, &digits))) {
            i += digits - 1;
            put_capture(vm, out, subject, captures, k);
        } else if (next == '<' && !v_is_undefined(groups)) {
            if (!put_named_rjs(vm, out, replacement, &i, groups))
                return false;
        } else {
            sb_unit(out, '$');
            i--;
        }
    }
    return true;
}

bool get_substitution_rjs(VM *vm, StrBuf *out, String *matched, String *s, u32 position, const Value *captures, u32 n, Value groups,
                          String *replacement) {
    Captures c = {captures, NULL, n};
    u32 from = position < s->length ? position : s->length;
    u64 end = (u64)position + matched->length;
    u32 to = end < s->length ? (u32)end : s->length;
    // A user's exec may claim a match that is not the subject's text: then $& is what it says.
    if (to - from == matched->length && str_equal(vm, str_slice(vm, s, from, to), matched))
        return substitute_rjs(vm, out, s, from, to, &c, groups, replacement);
    Chars t = str_chars(vm, replacement);
    StrBuf expanded = {0};
    for (u32 i = 0; i < t.len; i++) { // $& becomes the text with its dollars doubled; the rest is as before
        u32 u = chars_at(t, i), next = i + 1 < t.len ? chars_at(t, i + 1) : 0;
        if (u == '$' && next == '&') {
            Chars m = str_chars(vm, matched);
            for (u32 k = 0; k < m.len; k++) {
                if (chars_at(m, k) == '$')
                    sb_unit(&expanded, '$');
                sb_unit(&expanded, chars_at(m, k));
            }
            i++;
            continue;
        }
        sb_unit(&expanded, (u16)u);
        if (u == '$' && next) {
            sb_unit(&expanded, (u16)next);
            i++;
        }
    }
    Value text = sb_finish(vm, &expanded);
    return !v_is_exc(text) && substitute_rjs(vm, out, s, from, to, &c, groups, v_string(text));
}

// ---- replace

// One call of a replacement function; the result is appended. args: matched, captures, position, subject, groups.
static bool put_call_rjs(VM *vm, StrBuf *out, Value f, Value *args, u32 n) {
    Value v = vm_call(vm, f, V_UNDEFINED, (int)n, args);
    String *text = v_is_exc(v) ? NULL : to_string_rjs(vm, v);
    if (text)
        sb_str(vm, out, text);
    return text != NULL;
}

// Replaces the matches in `found` (2 * n ranges each) by what f returns. re: for the groups' names, NULL when it has none.
static Value replace_by_calls_rjs(VM *vm, const RegExpObject *re, String *s, const Buf *found, u32 n, Value f) {
    StrBuf out = {0};
    u32 at = 0, total = (u32)(found->len / (2 * n * sizeof(i32)));
    ValueArray *args = values_new(vm, n + 3);
    RegExpMatch m = {.n = n};
    for (u32 i = 0; i < total; i++) {
        u32 k = 0;
        m.v = (i32 *)found->data + (size_t)i * 2 * n;
        for (; k < n; k++)
            args->v[k] = regexp_capture(vm, s, &m, k);
        args->v[k++] = v_from_int(m.v[0]);
        args->v[k++] = v_from_string(s);
        if (re)
            args->v[k++] = regexp_groups(vm, re, s, &m);
        sb_chars(&out, str_chars(vm, s), at, (u32)m.v[0]);
        if (!put_call_rjs(vm, &out, f, args->v, k)) {
            sb_free(&out);
            return V_EXC;
        }
        at = (u32)m.v[1];
    }
    sb_chars(&out, str_chars(vm, s), at, s->length);
    return sb_finish(vm, &out);
}

// A function may change the expression, so all matches are found before the first call.
static Value replace_function_fast_rjs(VM *vm, RegExpObject *re, String *s, u32 start, Value f) {
    RegExpMatch m;
    Buf found = {0};
    u32 n = re->captures;
    int status;
    bool global = re->flags & RX_GLOBAL, unicode = is_full_unicode(re->flags);
    // Names are read from the program: keep it even if the function recompiles the expression.
    Value shadow = rx_name_count(re->program) ? regexp_clone(vm, re, re->flags) : V_UNDEFINED;
    if (v_is_exc(shadow))
        return V_EXC;
    regexp_match_init(&m, re);
    for (i64 at = start;;) {
        status = at > s->length ? 0 : regexp_run(vm, re, s, (u32)at, re->flags & RX_STICKY, &m);
        if (status <= 0)
            break;
        buf_put(&found, m.v, 2 * n * sizeof(i32));
        if (!global)
            break;
        at = m.v[1] == m.v[0] ? advance_index(vm, s, m.v[1], unicode) : m.v[1];
    }
    Value result = V_EXC;
    i64 after = !global && status > 0 ? m.v[1] : 0;
    bool moves = re->flags & (RX_GLOBAL | RX_STICKY);
    if (status >= 0 && (!moves || regexp_set_last_index_rjs(vm, re, after)))
        result = found.len ? replace_by_calls_rjs(vm, v_is_object(shadow) ? regexp_of(shadow) : NULL, s, &found, n, f) : v_from_string(s);
    regexp_match_free(&m);
    buf_free(&found);
    return result;
}

static Value replace_text_fast_rjs(VM *vm, RegExpObject *re, String *s, u32 start, String *text) {
    RegExpMatch m;
    StrBuf out = {0};
    bool global = re->flags & RX_GLOBAL, unicode = is_full_unicode(re->flags), plain = !has_unit(vm, text, '$');
    bool named = !plain && rx_name_count(re->program);
    Chars subject = str_chars(vm, s), literal = str_chars(vm, text);
    u32 done = 0;
    bool any = false;
    int status;
    regexp_match_init(&m, re);
    for (i64 at = start;;) {
        status = at > s->length ? 0 : regexp_run(vm, re, s, (u32)at, re->flags & RX_STICKY, &m);
        if (status <= 0)
            break;
        any = true;
        sb_chars(&out, subject, done, (u32)m.v[0]);
        if (plain) {
            sb_chars(&out, literal, 0, literal.len);
        } else {
            Captures c = {NULL, m.v, m.n - 1};
            Value groups = named ? regexp_groups(vm, re, s, &m) : V_UNDEFINED;
            if (!substitute_rjs(vm, &out, s, (u32)m.v[0], (u32)m.v[1], &c, groups, text)) {
                status = -1;
                break;
            }
        }
        done = (u32)m.v[1];
        if (!global)
            break;
        at = m.v[1] == m.v[0] ? advance_index(vm, s, m.v[1], unicode) : m.v[1];
    }
    i64 after = !global && status > 0 ? m.v[1] : 0;
    regexp_match_free(&m);
    if (status < 0 || ((re->flags & (RX_GLOBAL | RX_STICKY)) && !regexp_set_last_index_rjs(vm, re, after)))
        return sb_free(&out), V_EXC;
    if (!any)
        return sb_free(&out), v_from_string(s);
    sb_chars(&out, subject, done, subject.len);
    return sb_finish(vm, &out);
}

Value regexp_replace_fast_rjs(VM *vm, RegExpObject *re, String *s, Value replace) {
    i64 start = 0;
    if (!regexp_get_last_index_rjs(vm, re, &start)) // read even when unused, as RegExpBuiltinExec does
        return V_EXC;
    if ((re->flags & RX_GLOBAL) || !(re->flags & RX_STICKY))
        start = 0;
    if (start > s->length)
        return regexp_set_last_index_rjs(vm, re, 0) ? v_from_string(s) : V_EXC;
    return v_is_callable(replace) ? replace_function_fast_rjs(vm, re, s, (u32)start, replace)
                                  : replace_text_fast_rjs(vm, re, s, (u32)start, v_string(replace));
}

// Steps 14 on of 22.2.6.11 for one result object.
static bool replace_result_rjs(VM *vm, StrBuf *out, Value result, String *s, Value replace, i64 *next) {
    i64 n, position;
    f64 where;
    n = length_of_array_like_rjs(vm, result);
    if (n < 0)
        return false;
    n = n ? n - 1 : 0;
    String *matched = get_string_rjs(vm, result, key_from_index(0));
    Value v = matched ? get_rjs(vm, result, A_(vm, index)) : V_EXC;
    if (v_is_exc(v) || !to_integer_rjs(vm, v, &where))
        return false;
    position = where < 0 ? 0 : where > s->length ? s->length : (i64)where;
    ValueArray *args = values_new(vm, (u32)n + 4);
    args->v[0] = v_from_string(matched);
    for (i64 i = 1; i <= n; i++) {
        v = get_rjs(vm, result, key_from_index((u32)i));
        String *text = v_is_exc(v) ? NULL : v_is_undefined(v) ? v_string(A_(vm, empty)) : to_string_rjs(vm, v);
        if (!text)
            return false;
        args->v[i] = v_is_undefined(v) ? V_UNDEFINED : v_from_string(text);
    }
    Value groups = get_rjs(vm, result, A_(vm, groups));
    if (v_is_exc(groups))
        return false;
    StrBuf piece = {0};
    bool ok;
    if (v_is_callable(replace)) {
        u32 k = (u32)n + 1;
        args->v[k++] = v_from_i64(position);
        args->v[k++] = v_from_string(s);
        if (!v_is_undefined(groups))
            args->v[k++] = groups;
        ok = put_call_rjs(vm, &piece, replace, args->v, k);
    } else {
        if (!v_is_undefined(groups))
            groups = to_object(vm, groups);
        ok = !v_is_exc(groups) &&
             get_substitution_rjs(vm, &piece, matched, s, (u32)position, args->v + 1, (u32)n, groups, v_string(replace));
    }
    Value text = ok ? sb_finish(vm, &piece) : (sb_free(&piece), V_EXC);
    if (v_is_exc(text))
        return false;
    if (position >= *next) {
        sb_chars(out, str_chars(vm, s), (u32)*next, (u32)position);
        sb_str(vm, out, v_string(text));
        *next = position + matched->length;
    }
    return true;
}

static Value regexp_proto_replace(VM *vm, Value self, int argc, Value *argv) { // 22.2.6.11
    THIS_REGEXP("@@replace");
    String *s = to_string_rjs(vm, ARG(0));
    Value replace = ARG(1);
    if (!s)
        return V_EXC;
    if (!v_is_callable(replace)) {
        String *text = to_string_rjs(vm, replace);
        if (!text)
            return V_EXC;
        replace = v_from_string(text);
    }
    if (regexp_is_pristine(vm, self))
        return regexp_replace_fast_rjs(vm, regexp_of(self), s, replace);
    String *flags = get_string_rjs(vm, self, A_(vm, flags));
    if (!flags)
        return V_EXC;
    bool global = has_unit(vm, flags, 'g'), unicode = has_unit(vm, flags, 'u') || has_unit(vm, flags, 'v');
    if (global && !set_last_index_rjs(vm, self, v_from_int(0)))
        return V_EXC;
    Array *results = array_new(vm, 4);
    for (;;) {
        Value result = regexp_exec_rjs(vm, self, s);
        if (v_is_exc(result))
            return V_EXC;
        if (v_is_null(result))
            break;
        array_push(vm, results, result);
        if (!global)
            break;
        String *matched = get_string_rjs(vm, result, key_from_index(0));
        if (!matched || (!matched->length && !bump_last_index_rjs(vm, self, s, unicode)))
            return V_EXC;
    }
    StrBuf out = {0};
    i64 next = 0;
    for (u32 i = 0; i < results->length; i++)
        if (!replace_result_rjs(vm, &out, obj_elems(&results->o)->v[i], s, replace, &next))
            return sb_free(&out), V_EXC;
    if (next < s->length)
        sb_chars(&out, str_chars(vm, s), (u32)next, s->length);
    return sb_finish(vm, &out);
}

// ---- split

// The splitter tries each place stickily, which is a search; `sticky` of the expression itself makes no difference.
Value regexp_split_fast_rjs(VM *vm, RegExpObject *re, String *s, u32 limit) {
    Array *out = array_new(vm, 4);
    if (!limit)
        return v_from_array(out);
    RegExpMatch m;
    regexp_match_init(&m, re);
    u32 size = s->length, from = 0;
    int found = 0;
    if (!size) {
        found = regexp_run(vm, re, s, 0, true, &m);
        if (!found)
            array_push(vm, out, v_from_string(s));
        goto done;
    }
    for (i64 at = 0; at < size;) {
        found = regexp_run(vm, re, s, (u32)at, false, &m);
        if (found <= 0 || m.v[0] >= (i32)size)
            break;
        if (m.v[1] == (i32)from) {
            at = advance_index(vm, s, m.v[0], is_full_unicode(re->flags));
            continue;
        }
        array_push(vm, out, v_from_string(str_slice(vm, s, from, (u32)m.v[0])));
        if (out->length == limit)
            goto done;
        from = (u32)m.v[1];
        for (u32 i = 1; i < m.n; i++) {
            array_push(vm, out, regexp_capture(vm, s, &m, i));
            if (out->length == limit)
                goto done;
        }
        at = from;
    }
    if (found >= 0)
        array_push(vm, out, v_from_string(str_slice(vm, s, from, size)));
done:
    regexp_match_free(&m);
    return found < 0 ? V_EXC : v_from_array(out);
}

// Steps 19 on of 22.2.6.14.
static Value split_loop_rjs(VM *vm, Value splitter, String *s, u32 limit, bool unicode) {
    Array *out = array_new(vm, 4);
    u32 size = s->length, from = 0;
    if (!size) {
        Value z = regexp_exec_rjs(vm, splitter, s);
        if (v_is_null(z))
            array_push(vm, out, v_from_string(s));
        return v_is_exc(z) ? V_EXC : v_from_array(out);
    }
    for (i64 q = 0; q < size;) {
        i64 e;
        if (!set_last_index_rjs(vm, splitter, v_from_i64(q)))
            return V_EXC;
        Value z = regexp_exec_rjs(vm, splitter, s);
        if (v_is_exc(z))
            return V_EXC;
        if (v_is_null(z)) {
            q = advance_index(vm, s, q, unicode);
            continue;
        }
        Value v = get_rjs(vm, splitter, A_(vm, lastIndex));
        if (v_is_exc(v) || !to_length_rjs(vm, v, &e))
            return V_EXC;
        e = e < size ? e : size;
        if (e == from) {
            q = advance_index(vm, s, q, unicode);
            continue;
        }
        array_push(vm, out, v_from_string(str_slice(vm, s, from, (u32)q)));
        if (out->length == limit)
            return v_from_array(out);
        from = (u32)e;
        i64 n = length_of_array_like_rjs(vm, z);
        if (n < 0)
            return V_EXC;
        for (i64 i = 1; i < n; i++) {
            v = get_rjs(vm, z, key_from_index((u32)i));
            if (v_is_exc(v))
                return V_EXC;
            array_push(vm, out, v);
            if (out->length == limit)
                return v_from_array(out);
        }
        q = from;
    }
    array_push(vm, out, v_from_string(str_slice(vm, s, from, size)));
    return v_from_array(out);
}

static Value regexp_proto_split(VM *vm, Value self, int argc, Value *argv) { // 22.2.6.14
    THIS_REGEXP("@@split");
    String *s = to_string_rjs(vm, ARG(0));
    if (!s)
        return V_EXC;
    u32 limit = 0xffffffff;
    // A limit that is a number runs no code, so nothing can change between the check and the work.
    if (regexp_is_pristine(vm, self) && regexp_species_is_pristine(vm) && (v_is_undefined(ARG(1)) || v_is_number(ARG(1)))) {
        if (!v_is_undefined(ARG(1)) && !to_uint32_rjs(vm, argv[1], &limit))
            return V_EXC;
        return regexp_split_fast_rjs(vm, regexp_of(self), s, limit);
    }
    Value ctor = species_constructor_rjs(vm, self, vm->realm->RegExp);
    String *flags = v_is_exc(ctor) ? NULL : get_string_rjs(vm, self, A_(vm, flags));
    if (!flags)
        return V_EXC;
    bool unicode = has_unit(vm, flags, 'u') || has_unit(vm, flags, 'v');
    Value with_y = v_from_string(flags);
    if (!has_unit(vm, flags, 'y'))
        with_y = str_concat(vm, flags, str_new_c(vm, "y"));
    if (v_is_exc(with_y))
        return V_EXC;
    Value splitter = vm_construct(vm, ctor, 2, (Value[]){self, with_y}, ctor);
    if (v_is_exc(splitter) || (!v_is_undefined(ARG(1)) && !to_uint32_rjs(vm, argv[1], &limit)))
        return V_EXC;
    return limit ? split_loop_rjs(vm, splitter, s, limit, unicode) : v_from_array(array_new(vm, 0));
}

// ---- tables

const NativeRow regexp_symbol_rows[] = {
    FN("@@match", 1, regexp_proto_match),
    FN("@@matchAll", 1, regexp_proto_match_all),
    FN("@@replace", 2, regexp_proto_replace),
    FN("@@search", 1, regexp_proto_search),
    FN("@@split", 2, regexp_proto_split),
    ROWS_END,
};

const NativeRow regexp_string_iterator_rows[] = {
    FN("next", 0, regexp_string_iterator_next),
    VALUE_STR("@@toStringTag", "RegExp String Iterator", ATTR_C),
    ROWS_END,
};
