// SPDX-License-Identifier: MIT
// Matchers on strings, lists and properties: toContain, toContainEqual, toHaveLength, toHaveProperty, toMatch.
#include "runtime/expect/match.h"
#include "runtime/expect/pretty.h"
#include "vm/assert/equal.h"

// Array.from(received) for iterables and array-likes; V_HOLE when it is neither.
static Value list_of_rjs(VM *vm, Value v) {
    if (v_is_array(v)) return v;
    if (v_is_nullish(v)) return V_HOLE;
    Value it = get_v_rjs(vm, v, SYM_(vm, iterator));
    if (v_is_exc(it)) return V_EXC;
    if (v_is_nullish(it) && !(runtime_dialect() == DIALECT_VITEST && v_is_object(v))) return V_HOLE;
    Value from = get_rjs(vm, vm->realm->Array, key_c(vm, "from"));
    return v_is_exc(from) ? V_EXC : CALL1(vm, from, vm->realm->Array, v);
}

static int list_has_rjs(VM *vm, Value list, Value want, bool deep) { // 1, 0, -1
    i64 n = length_of_array_like_rjs(vm, list);
    if (n < 0) return -1;
    for (i64 i = 0; i < n; i++) {
        Value x = get_rjs(vm, list, key_from_index((u32)i));
        if (v_is_exc(x)) return -1;
        int r = deep ? equals_rjs(vm, x, want) : is_strictly_equal(vm, x, want);
        if (r) return r;
    }
    return 0;
}

static bool contain(Match *m, bool deep) {
    VM *vm = m->vm;
    Value want = MARG(0);
    if (v_is_nullish(m->received)) return usage_error(m, "expected", "received value must not be null nor undefined", "Received", m->received);
    if (v_is_string(m->received) && !deep) {
        if (!v_is_string(want) && runtime_dialect() != DIALECT_VITEST)
            return usage_error(m, "expected", "expected value must be a string if received value is a string", "Expected", want);
        String *w = to_string_rjs(vm, want);
        if (!w) return false;
        m->pass = str_index_of(vm, v_string(m->received), w, 0) >= 0;
        if (!WRONG(m)) return true;
        put_hint(m, "expected", "indexOf");
        if (!put_labelled(m, m->is_not ? "Expected substring: not " : "Expected substring: ", true, v_from_string(w))) return false;
        put(m, m->is_not ? "Received string:        " : "Received string:    ");
        return put_received(m, m->received);
    }
    Value list = list_of_rjs(vm, m->received);
    if (v_is_exc(list)) return false;
    if (list == V_HOLE) return usage_error(m, "expected", "received value must be iterable", "Received", m->received);
    int r = list_has_rjs(vm, list, want, deep);
    if (r < 0) return false;
    m->pass = r;
    if (!WRONG(m)) return true;
    const char *type = type_name(vm, m->received);
    put_hint(m, "expected", deep ? "deep equality" : "indexOf");
    if (!put_labelled(m, m->is_not ? "Expected value: not " : "Expected value: ", true, want)) return false;
    put(m, "Received ");
    put(m, type);
    put(m, ": ");
    for (u32 i = (u32)strlen(type) + 11; i < (m->is_not ? 20u : 16u); i++) put(m, " ");
    if (!put_received(m, m->received)) return false;
    if (!deep && !m->is_not && v_is_object(want)) {
        int same = list_has_rjs(vm, list, want, true);
        if (same < 0) return false;
        if (same) put(m, "\n\nLooks like you wanted to test for object/array equality with the stricter `toContain` matcher. You probably need to use `toContainEqual` instead.");
    }
    return true;
}
bool match_contain(Match *m) { return contain(m, false); }
bool match_contain_equal(Match *m) { return contain(m, true); }

bool match_length(Match *m) {
    VM *vm = m->vm;
    Value want = MARG(0), len = v_is_nullish(m->received) ? V_UNDEFINED : get_v_rjs(vm, m->received, A_(vm, length));
    if (v_is_exc(len)) return false;
    if (!v_is_number(len) && runtime_dialect() != DIALECT_JEST && v_is_object(m->received)) {
        len = get_rjs(vm, m->received, A_(vm, size));
        if (v_is_exc(len)) return false;
    }
    if (!v_is_number(len)) return usage_error(m, "expected", "received value must have a length property whose value must be a number", "Received", m->received);
    if (!v_is_number(want)) return usage_error(m, "expected", "expected value must be a non-negative integer", "Expected", want);
    m->pass = v_num(len) == v_num(want);
    if (!WRONG(m)) return true;
    put_hint(m, "expected", NULL);
    if (!put_labelled(m, m->is_not ? "Expected length: not " : "Expected length: ", true, want)) return false;
    if (!m->is_not && !put_labelled(m, "Received length: ", false, len)) return false;
    const char *type = type_name(vm, m->received);
    put(m, "Received ");
    put(m, type);
    put(m, ": ");
    for (u32 i = (u32)strlen(type) + 11; i < (m->is_not ? 21u : 17u); i++) put(m, " ");
    return put_received(m, m->received);
}

bool match_match(Match *m) {
    VM *vm = m->vm;
    Value want = MARG(0);
    if (!v_is_string(m->received)) return usage_error(m, "expected", "received value must be a string", "Received", m->received);
    bool re = v_is_kind(want, CELL_REGEXP);
    if (!re && !v_is_string(want)) return usage_error(m, "expected", "expected value must be a string or regular expression", "Expected", want);
    if (re) { // a fresh object: lastIndex of the caller's stays as it is, except in Bun
        Value r = runtime_dialect() == DIALECT_BUN ? want : vm_construct(vm, vm->realm->RegExp, 1, &want, vm->realm->RegExp);
        Value b = v_is_exc(r) ? V_EXC : invoke_rjs(vm, r, A_(vm, test), 1, &m->received);
        if (v_is_exc(b)) return false;
        m->pass = to_boolean(b);
    } else m->pass = str_index_of(vm, v_string(m->received), v_string(want), 0) >= 0;
    if (!WRONG(m)) return true;
    put_hint(m, "expected", NULL);
    const char *kind = re ? "pattern" : "substring";
    put(m, "Expected ");
    put(m, kind);
    put(m, m->is_not ? ": not " : ": ");
    if (!put_expected(m, want)) return false;
    put(m, "\nReceived string: ");
    for (u32 i = 17; i < (re ? 18u : 20u) + (m->is_not ? 4 : 0); i++) put(m, " ");
    return put_received(m, m->received);
}

// ---- toHaveProperty

// Path text "a.b[0].c" → array of keys. Empty segments are keys in Jest and Bun.
static Array *path_keys_rjs(VM *vm, Value path) {
    Array *keys = array_new(vm, 4);
    if (v_is_array(path)) {
        i64 n = length_of_array_like_rjs(vm, path);
        for (i64 i = 0; i < n; i++) {
            Value x = get_rjs(vm, path, key_from_index((u32)i));
            if (v_is_exc(x)) return NULL;
            array_push(vm, keys, x);
        }
        return keys;
    }
    String *s = to_string_rjs(vm, path);
    if (!s) return NULL;
    Chars c = str_chars(vm, s);
    StrBuf seg = {0};
    bool any = false;
    for (u32 i = 0; i < c.len; i++) {
        u16 u = chars_at(c, i);
        if (u == '\\' && i + 1 < c.len && runtime_dialect() == DIALECT_VITEST) sb_unit(&seg, chars_at(c, ++i)), any = true;
        else if (u == '.' || u == '[') {
            if (any || u == '.') {
                if (any || i == 0 || chars_at(c, i - 1) != ']') array_push(vm, keys, sb_finish(vm, &seg));
            }
            seg = (StrBuf){0};
            any = false;
            if (u == '[') {
                u32 from = ++i;
                while (i < c.len && chars_at(c, i) != ']') i++;
                array_push(vm, keys, v_from_string(str_slice(vm, s, from, i)));
            }
        } else sb_unit(&seg, u), any = true;
    }
    if (any || c.len == 0 || chars_at(c, c.len - 1) == '.') array_push(vm, keys, sb_finish(vm, &seg));
    else sb_free(&seg);
    return keys;
}

// How far `keys` lead from a value: the value there, the number walked; 1 all of them, 0 not all, -1 thrown.
static int walk_path_rjs(VM *vm, Value from, Array *keys, Value *at, u32 *walked) {
    *at = from;
    for (*walked = 0; *walked < keys->length; ++*walked) {
        PropKey k;
        if (!to_property_key_rjs(vm, obj_elems(&keys->o)->v[*walked], &k)) return -1;
        if (v_is_nullish(*at)) return 0;
        Value o = to_object(vm, *at);
        int has = v_is_exc(o) ? -1 : object_has_rjs(vm, o, k);
        if (has <= 0) return has;
        Value next = get_v_rjs(vm, *at, k);
        if (v_is_exc(next)) return -1;
        *at = next;
    }
    return 1;
}

static bool put_incomplete_path(Match *m, Value path, Array *keys, u32 walked, Value at) {
    VM *vm = m->vm;
    if (walked == 0) put(m, "Received path: []\n\n");
    else {
        Value part = array_create_from_list(vm, obj_elems(&keys->o)->v, walked);
        if (v_is_string(path)) {
            Value sep = v_str(vm, ".");
            part = invoke_rjs(vm, part, A_(vm, join), 1, &sep);
            if (v_is_exc(part)) return false;
        }
        if (!put_labelled(m, "Received path: ", false, part)) return false;
        put(m, "\n");
    }
    if (m->argc > 1 && !put_labelled(m, "Expected value: ", true, m->argv[1])) return false;
    put(m, "Received value: ");
    return put_received(m, walked == 0 ? m->received : at);
}

bool match_property(Match *m) {
    VM *vm = m->vm;
    Value path = MARG(0);
    bool with_value = m->argc > 1;
    const char *label = with_value ? "path, value" : "path";
    if (v_is_nullish(m->received)) return usage_error(m, label, "received value must not be null nor undefined", "Received", m->received);
    bool ok_path = v_is_string(path) || v_is_array(path) || (runtime_dialect() == DIALECT_VITEST && v_is_number(path));
    if (!ok_path) return usage_error(m, label, "expected path must be a string or array", "Expected path", path);
    Array *keys = NULL;
    if (v_is_string(path) && runtime_dialect() == DIALECT_VITEST && v_is_object(m->received)) {
        int own = has_own_rjs(vm, m->received, key_from_string(vm, v_string(path)));
        if (own < 0) return false;
        if (own) keys = array_from(vm, &path, 1);
    }
    if (!keys && !(keys = path_keys_rjs(vm, path))) return false;
    if (keys->length == 0 && runtime_dialect() == DIALECT_JEST) return usage_error(m, label, "expected path must not be an empty array", "Expected path", path);
    Value cur;
    u32 walked;
    int complete = walk_path_rjs(vm, m->received, keys, &cur, &walked);
    if (complete < 0) return false;
    int eq = complete && with_value ? equals_rjs(vm, cur, m->argv[1]) : 1;
    if (eq < 0) return false;
    m->pass = complete && eq;
    if (!WRONG(m)) return true;
    put_hint(m, label, NULL);
    if (!put_labelled(m, m->is_not ? "Expected path: not " : "Expected path: ", true, path)) return false;
    if (!m->is_not && !complete) return put_incomplete_path(m, path, keys, walked, cur);
    put(m, "\n");
    if (!with_value) return put(m, "Received value: "), put_received(m, cur);
    if (m->is_not) return put(m, "Expected value: not "), put_expected(m, m->argv[1]);
    return put_diff_or_values(m, m->argv[1], cur, "Expected value", "Received value");
}
