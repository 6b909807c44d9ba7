// SPDX-License-Identifier: MIT
// Values in the messages of chai's assertions: loupe's inspect with its budget of 40 characters, objDisplay, type-detect.
#include <stdio.h>

#include "runtime/expect/expectation.h"
#include "vm/collection.h"

enum { BUDGET = 40 };
typedef struct Loupe { VM *vm; f64 left; Array *seen; } Loupe; // left: characters that may still be spent
typedef String *(*ItemFn)(Loupe *l, Value a, Value b);        // b: the value of a property or entry
static String *inspect(Loupe *l, Value v);

static String *text(VM *vm, const char *s) { return str_new_utf8(vm, s, strlen(s)); }
static String *finish(VM *vm, StrBuf *b) {
    Value v = sb_finish(vm, b);
    return v_is_exc(v) ? NULL : v_string(v);
}
static String *cut(VM *vm, String *s, f64 n) { // truncate(): with an ellipsis
    if (s->length <= n || s->length <= 1) return s;
    u32 end = n > 1 ? (u32)n - 1 : 0;
    if (end && (chars_at(str_chars(vm, s), end - 1) & 0xFC00) == 0xD800) end--;
    StrBuf b = {0};
    sb_str(vm, &b, str_slice(vm, s, 0, end));
    sb_unit(&b, 0x2026);
    return finish(vm, &b);
}
static String *more(VM *vm, u32 n) { return str_format(vm, "\xE2\x80\xA6(%u)", n); }
static String *joined(VM *vm, String *a, const char *between, String *b) {
    StrBuf s = {0};
    sb_str(vm, &s, a);
    sb_ascii(&s, between);
    if (b) sb_str(vm, &s, b);
    return finish(vm, &s);
}

// inspectList: items (pairs when `width` is 2) while they fit.
static String *list(Loupe *l, Array *items, u32 width, ItemFn item) {
    VM *vm = l->vm;
    u32 n = items->length / width;
    f64 budget = l->left;
    String *out = v_string(A_(vm, empty)), *peek = NULL, *rest = NULL;
    for (u32 i = 0; i < n; i++) {
        Value *v = &obj_elems(&items->o)->v[i * width];
        bool last = i + 1 == n, before_last = i + 2 == n;
        rest = more(vm, n - i);
        l->left = budget - out->length - (last ? 0 : 2);
        String *s = peek;
        if (!s) {
            if (!(s = item(l, v[0], width == 2 ? v[1] : V_UNDEFINED))) return NULL;
            if (!last) s = joined(vm, s, ", ", NULL);
        }
        f64 next = (f64)out->length + s->length, with_rest = next + rest->length;
        if (last && next > budget && out->length + rest->length <= budget) break;
        if (!last && !before_last && with_rest > budget) break;
        peek = NULL;
        if (!last) {
            if (!(peek = item(l, v[width], width == 2 ? v[width + 1] : V_UNDEFINED))) return NULL;
            if (!before_last) peek = joined(vm, peek, ", ", NULL);
        }
        f64 peeked = peek ? peek->length : 0;
        if (!last && before_last && with_rest > budget && next + peeked > budget) break;
        out = joined(vm, out, "", s);
        if (!last && !before_last && next + peeked >= budget) {
            rest = more(vm, n - i - 1);
            break;
        }
        rest = NULL;
    }
    return rest ? joined(vm, out, "", rest) : out;
}

static String *item_value(Loupe *l, Value v, Value unused) { return inspect(l, v); }
static bool is_plain_key(Chars c) {
    for (u32 i = 0; i < c.len; i++) {
        u16 u = chars_at(c, i);
        bool letter = u == '_' || ((u | 32) >= 'a' && (u | 32) <= 'z');
        if (!letter && !(i && u >= '0' && u <= '9')) return false;
    }
    return c.len > 0;
}
static String *escaped(VM *vm, String *s) { // as loupe and quoteComplexKey write between single quotes
    StrBuf b = {0};
    Chars c = str_chars(vm, s);
    for (u32 i = 0; i < c.len; i++) {
        u16 u = chars_at(c, i);
        const char *e = u == '\b' ? "\\b" : u == '\t' ? "\\t" : u == '\n' ? "\\n" : u == '\f' ? "\\f" : u == '\r' ? "\\r" : u == '\'' ? "\\'" : NULL;
        bool odd = u < 0x20 || (u >= 0x7F && u <= 0x9F) || u == 0xAD || (u >= 0x200C && u <= 0x200F) || (u >= 0x2028 && u <= 0x202F) || u == 0xFEFF || u >= 0xFFF0;
        char hex[8];
        snprintf(hex, sizeof hex, "\\u%04x", u);
        if (e || odd) sb_ascii(&b, e ? e : hex);
        else sb_unit(&b, u);
    }
    return finish(vm, &b);
}
static String *item_property(Loupe *l, Value key, Value v) {
    VM *vm = l->vm;
    String *k;
    l->left -= 2;
    if (!v_is_string(key)) {
        if (!(k = inspect(l, key))) return NULL;
        k = joined(vm, text(vm, "["), "", joined(vm, k, "]", NULL));
    } else if (is_plain_key(str_chars(vm, v_string(key)))) k = v_string(key);
    else k = joined(vm, text(vm, "'"), "", joined(vm, escaped(vm, v_string(key)), "'", NULL));
    l->left -= k->length;
    String *s = inspect(l, v);
    return s ? joined(vm, k, ": ", s) : NULL;
}
static String *item_entry(Loupe *l, Value key, Value v) {
    l->left -= 4;
    String *k = inspect(l, key);
    if (!k) return NULL;
    l->left -= k->length;
    String *s = inspect(l, v);
    return s ? joined(l->vm, k, " => ", s) : NULL;
}
static String *braced(VM *vm, const char *open, String *s, const char *close) {
    return s ? joined(vm, text(vm, open), "", joined(vm, s, close, NULL)) : NULL;
}

// Own properties as pairs, strings before symbols; `skip`: those of errors that the message shows already.
static Array *properties_rjs(VM *vm, Value o, bool error) {
    static const char *const of_errors[] = {"stack", "line", "column", "name", "message", "fileName", "lineNumber", "columnNumber", "number", "description", "cause"};
    Array *keys = object_own_keys_rjs(vm, o, KEYS_ALL), *out = array_new(vm, 8);
    for (u32 i = 0; keys && i < keys->length; i++) {
        Value key = obj_elems(&keys->o)->v[i];
        bool skip = false;
        for (u32 k = 0; error && k < DX_COUNTOF(of_errors); k++) skip |= is_c(vm, key, of_errors[k]);
        if (skip) continue;
        PropKey pk;
        Value v = to_property_key_rjs(vm, key, &pk) ? get_rjs(vm, o, pk) : V_EXC;
        if (v_is_exc(v)) return NULL;
        array_push(vm, out, key);
        array_push(vm, out, v);
    }
    return keys ? out : NULL;
}
static String *inspect_object(Loupe *l, Value o) {
    VM *vm = l->vm;
    Array *p = properties_rjs(vm, o, false);
    if (!p) return NULL;
    if (!p->length) return text(vm, "{}");
    l->left -= 4;
    for (u32 i = 0; i < l->seen->length; i++)
        if (obj_elems(&l->seen->o)->v[i] == o) return text(vm, "[Circular]");
    array_push(vm, l->seen, o);
    String *s = list(l, p, 2, item_property);
    l->seen->length--;
    obj_elems(&l->seen->o)->len--;
    return braced(vm, "{ ", s, " }");
}
static String *inspect_array(Loupe *l, Value o) {
    Array *a = array_new(l->vm, 8);
    u32 n = v_array(o)->length;
    for (u32 i = 0; i < n; i++) {
        Value v = get_rjs(l->vm, o, key_from_index(i));
        if (v_is_exc(v)) return NULL;
        array_push(l->vm, a, v);
    }
    if (!n) return text(l->vm, "[]");
    l->left -= 4;
    for (u32 i = 0; i < l->seen->length; i++)
        if (obj_elems(&l->seen->o)->v[i] == o) return text(l->vm, "[Circular]");
    array_push(l->vm, l->seen, o);
    String *s = list(l, a, 1, item_value);
    l->seen->length--;
    obj_elems(&l->seen->o)->len--;
    return braced(l->vm, "[ ", s, " ]");
}
static String *inspect_collection(Loupe *l, Value o, bool map) {
    HashTable *t = ((CollectionObject *)v_ptr(o))->table;
    Array *a = array_new(l->vm, 8);
    u64 at = 0;
    for (HashEntry *e; (e = table_next(&t, &at)); at++) {
        array_push(l->vm, a, e->key);
        if (map) array_push(l->vm, a, e->value);
    }
    if (!a->length) return text(l->vm, map ? "Map{}" : "Set{}");
    l->left -= 7;
    return braced(l->vm, map ? "Map{ " : "Set{ ", list(l, a, map ? 2 : 1, map ? item_entry : item_value), " }");
}
static String *inspect_function(Loupe *l, Value f) {
    Buf type = {0};
    String *name = v_string(function_name(l->vm, f));
    if (!chai_type_rjs(l->vm, f, &type)) return NULL;
    String *open = str_format(l->vm, name->length ? "[%s " : "[%s", buf_cstr(&type));
    buf_free(&type);
    if (!name->length) return joined(l->vm, open, "]", NULL);
    return joined(l->vm, joined(l->vm, open, "", cut(l->vm, name, l->left - 11)), "]", NULL);
}
static String *inspect_error(Loupe *l, Value e) {
    VM *vm = l->vm;
    Value name = get_rjs(vm, e, A_(vm, name)), message = v_is_exc(name) ? V_EXC : get_rjs(vm, e, A_(vm, message));
    Array *p = v_is_exc(message) ? NULL : properties_rjs(vm, e, true);
    if (!p) return NULL;
    String *n = v_is_string(name) ? v_string(name) : text(vm, "Error");
    l->left -= n->length;
    if (v_is_string(message) && v_string(message)->length) n = joined(vm, n, ": ", cut(vm, v_string(message), l->left));
    l->left -= n->length + 5;
    if (!p->length) return n;
    return joined(vm, n, "", braced(vm, " { ", list(l, p, 2, item_property), " }"));
}
static String *inspect_other(Loupe *l, Value o) { // plain objects and instances
    VM *vm = l->vm;
    Value tag = get_rjs(vm, o, SYM_(vm, toStringTag)), ctor = v_is_exc(tag) ? V_EXC : get_rjs(vm, o, A_(vm, constructor));
    if (v_is_exc(ctor)) return NULL;
    Value global = get_rjs(vm, vm->realm->global, key_c(vm, "Object"));
    if (v_is_undefined(ctor) || ctor == global || v_is_exc(global)) return inspect_object(l, o);
    String *name = v_is_string(tag) && v_string(tag)->length ? v_string(tag) : v_is_callable(ctor) ? v_string(function_name(vm, ctor)) : v_string(A_(vm, empty));
    if (!name->length) name = text(vm, "<Anonymous Class>");
    l->left -= name->length;
    String *s = inspect_object(l, o);
    return s ? joined(vm, name, "", s) : NULL;
}
static String *inspect(Loupe *l, Value v) {
    VM *vm = l->vm;
    if (vm_stack_low(vm)) return NULL;
    if (v_is_string(v)) return joined(vm, text(vm, "'"), "", joined(vm, cut(vm, escaped(vm, v_string(v)), l->left - 2), "'", NULL));
    if (v_is_number(v) && v_num(v) == 0) return text(vm, 1 / v_num(v) > 0 ? "+0" : "-0");
    if (v_is_symbol(v)) return v_string(symbol_descriptive_string(vm, v_symbol(v)));
    if (!v_is_object(v)) {
        String *s = to_string_rjs(vm, v);
        if (!s) return NULL;
        if (v_is_bigint(v)) return joined(vm, cut(vm, s, l->left - 1), "n", NULL);
        return v_is_number(v) ? cut(vm, s, l->left) : s;
    }
    if (v_is_callable(v)) return inspect_function(l, v);
    switch (((Cell *)v_ptr(v))->kind) {
    case CELL_ARRAY: return inspect_array(l, v);
    case CELL_MAP: return inspect_collection(l, v, true);
    case CELL_SET: return inspect_collection(l, v, false);
    case CELL_ERROR: return inspect_error(l, v);
    case CELL_PROMISE: return text(vm, "Promise{\xE2\x80\xA6}");
    case CELL_REGEXP: return to_string_rjs(vm, v);
    case CELL_DATE: {
        Value s = call_method_rjs(vm, v, "toJSON", 0, NULL);
        return v_is_exc(s) ? NULL : v_is_string(s) ? cut(vm, v_string(s), l->left) : text(vm, "Invalid Date");
    }
    default: return inspect_other(l, v);
    }
}

String *chai_inspect_rjs(VM *vm, Value v) {
    Loupe l = {vm, BUDGET, array_new(vm, 4)};
    return inspect(&l, v);
}

bool chai_type_rjs(VM *vm, Value v, Buf *out) {
    if (v_is_nullish(v)) return buf_str(out, v_is_null(v) ? "null" : "undefined"), true;
    Value tag = get_v_rjs(vm, v, SYM_(vm, toStringTag));
    if (v_is_exc(tag)) return false;
    if (v_is_string(tag)) return str_to_utf8(vm, v_string(tag), out), true;
    Value f = object_own_data(vm, v_object(vm->realm->ObjectPrototype), key_c(vm, "toString"));
    Value s = CALL0(vm, f, v); // [object X]
    if (v_is_exc(s)) return false;
    str_to_utf8(vm, str_slice(vm, v_string(s), 8, v_string(s)->length - 1), out);
    return true;
}

String *chai_display_rjs(VM *vm, Value v) {
    String *s = chai_inspect_rjs(vm, v);
    if (!s || s->length < BUDGET || !v_is_object(v)) return s;
    if (v_is_callable(v)) {
        String *name = v_string(function_name(vm, v));
        return name->length ? braced(vm, "[Function: ", name, "]") : text(vm, "[Function]");
    }
    if (v_is_array(v)) return str_format(vm, "[ Array(%u) ]", v_array(v)->length);
    Buf type = {0};
    Value f = object_own_data(vm, v_object(vm->realm->ObjectPrototype), key_c(vm, "toString")), tag = CALL0(vm, f, v);
    if (v_is_exc(tag)) return NULL;
    bool plain = is_c(vm, tag, "[object Object]");
    buf_free(&type);
    if (!plain) return s;
    Array *keys = object_own_keys_rjs(vm, v, KEYS_STRINGS | KEYS_ENUMERABLE_ONLY);
    StrBuf b = {0};
    for (u32 i = 0; keys && i < keys->length && i < 2; i++) {
        if (i) sb_ascii(&b, ", ");
        sb_str(vm, &b, v_string(obj_elems(&keys->o)->v[i]));
    }
    if (keys && keys->length > 2) sb_ascii(&b, ", ...");
    String *names = finish(vm, &b);
    return keys && names ? braced(vm, "{ Object (", names, ") }") : NULL;
}
