// SPDX-License-Identifier: MIT
// The URL and URLSearchParams classes. A URL keeps its href (data[0]) and its searchParams (data[1]); parts are read from the href.
#include "runtime/web/url.h"

#include <stdlib.h>

#include "runtime/web/web.h"

// ---- URLSearchParams: data[0] flat array name, value, name, value ...; data[1] the URL it belongs to

static Array *pairs_of(HostObject *o) { return v_array(o->data[0]); }
static Value pair_at(HostObject *o, u32 i) { return obj_elems(&pairs_of(o)->o)->v[i]; }

static void parse_form(VM *vm, Array *out, const char *p, size_t n) {
    for (size_t i = 0, from = 0; i <= n; i++) {
        if (i < n && p[i] != '&') continue;
        if (i > from) {
            size_t eq = from;
            while (eq < i && p[eq] != '=') eq++;
            for (u32 half = 0; half < 2; half++) {
                Buf b = {0};
                bool bad;
                size_t a = half ? (eq < i ? eq + 1 : i) : from, z = half ? i : eq;
                url_decode(&b, p + a, z - a, true);
                array_push(vm, out, text_from_utf8(vm, b.data, b.len, false, &bad));
                buf_free(&b);
            }
        }
        from = i + 1;
    }
}
static void params_text(VM *vm, HostObject *o, Buf *out) {
    Array *a = pairs_of(o);
    for (u32 i = 0; i < a->length; i++) {
        if (i) buf_u8(out, i & 1 ? '=' : '&');
        Buf b = {0};
        usv_utf8(vm, v_string(pair_at(o, i)), &b);
        url_encode(out, b.data ? (char *)b.data : "", b.len, SET_FORM);
        buf_free(&b);
    }
}
static bool url_load(VM *vm, HostObject *o, Url *u) {
    Buf b = {0};
    usv_utf8(vm, v_string(o->data[0]), &b);
    bool ok = url_parse(u, b.data ? (char *)b.data : "", b.len, NULL);
    buf_free(&b);
    return ok;
}
static void url_store(VM *vm, HostObject *o, const Url *u) {
    Buf b = {0};
    url_serialize(u, &b, true);
    HEAP_STORE(vm, o->data[0], buf_take_str(vm, &b));
}
static void params_changed(VM *vm, HostObject *o) {
    HostObject *url = web_of(o->data[1], WEB_URL);
    if (!url) return;
    Url u = {0};
    Buf q = {0};
    params_text(vm, o, &q);
    if (url_load(vm, url, &u)) {
        u.query.len = 0;
        buf_put(&u.query, q.data, q.len);
        u.has_query = q.len > 0;
        url_store(vm, url, &u);
    }
    buf_free(&q);
    url_free(&u);
}
static bool push_text_rjs(VM *vm, Array *a, Value v) {
    Buf b = {0};
    if (!utf8_arg_rjs(vm, v, &b)) return buf_free(&b), false;
    array_push(vm, a, buf_take_str(vm, &b));
    return true;
}
static bool params_from_iterable_rjs(VM *vm, Array *out, Value list) {
    IterRecord it;
    Value pair;
    int r;
    if (!iter_get_rjs(vm, list, &it)) return false;
    while ((r = iter_step_rjs(vm, &it, &pair)) > 0) {
        IterRecord inner;
        Value v;
        u32 n = 0;
        int k = 0;
        bool ok = v_is_object(pair) && iter_get_rjs(vm, pair, &inner);
        while (ok && (k = iter_step_rjs(vm, &inner, &v)) > 0 && n++ < 3)
            if (!push_text_rjs(vm, out, v)) return false;
        if (k < 0) return false;
        if (!ok || n != 2) {
            throw_coded(vm, REALM_TypeErrorPrototype, "ERR_INVALID_TUPLE", "Each query pair must be an iterable [name, value] tuple");
            return iter_close_rjs(vm, &it), false;
        }
    }
    return r == 0;
}
static bool params_init_rjs(VM *vm, Array *out, Value init) {
    if (v_is_nullish(init)) return true;
    if (v_is_object(init)) {
        HostObject *other = web_of(init, WEB_URLSearchParams);
        if (other) {
            for (u32 i = 0; i < pairs_of(other)->length; i++) array_push(vm, out, pair_at(other, i));
            return true;
        }
        Value method = get_rjs(vm, init, SYM_(vm, iterator));
        if (v_is_exc(method)) return false;
        if (!v_is_nullish(method)) return params_from_iterable_rjs(vm, out, init);
        Array *keys = object_own_keys_rjs(vm, init, KEYS_STRINGS | KEYS_ENUMERABLE_ONLY);
        if (!keys) return false;
        for (u32 i = 0; i < keys->length; i++) {
            Value k = obj_elems(&keys->o)->v[i];
            Value v = get_rjs(vm, init, key_from_string(vm, v_string(k)));
            if (v_is_exc(v) || !push_text_rjs(vm, out, k) || !push_text_rjs(vm, out, v)) return false;
        }
        return true;
    }
    Buf b = {0};
    if (!utf8_arg_rjs(vm, init, &b)) return false;
    bool mark = b.len && b.data[0] == '?';
    parse_form(vm, out, (b.data ? (char *)b.data : "") + mark, b.len - mark);
    buf_free(&b);
    return true;
}
static Value url_params_ctor(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_construct_rjs(vm, WEB_URLSearchParams, native_new_target(vm));
    if (!o) return V_EXC;
    o->data[0] = v_from_array(array_new(vm, 4));
    return params_init_rjs(vm, pairs_of(o), ARG(0)) ? v_obj(o) : V_EXC;
}
#define THIS_PARAMS(min)                                                   \
    HostObject *o = web_this(vm, self, WEB_URLSearchParams);               \
    if (!o) return V_EXC;                                                  \
    String *name = NULL, *value = NULL;                                    \
    if (!params_args_rjs(vm, argc, argv, min, &name, &value)) return V_EXC
static bool params_args_rjs(VM *vm, int argc, Value *argv, int min, String **name, String **value) {
    if (argc < min) {
        throw_coded(vm, REALM_TypeErrorPrototype, "ERR_MISSING_ARGS", min == 2 ? "The \"name\" and \"value\" arguments must be specified" : "The \"name\" argument must be specified");
        return false;
    }
    *name = to_string_rjs(vm, ARG(0));
    if (*name && argc > 1 && !v_is_undefined(argv[1])) return (*value = to_string_rjs(vm, argv[1])) != NULL;
    return *name != NULL;
}
static bool name_is(VM *vm, HostObject *o, u32 i, String *name) { return str_equal(vm, v_string(pair_at(o, i)), name); }
static Value url_params_append(VM *vm, Value self, int argc, Value *argv) {
    THIS_PARAMS(2);
    if (!value) value = v_string(A_(vm, undefined));
    array_push(vm, pairs_of(o), v_from_string(name));
    array_push(vm, pairs_of(o), v_from_string(value));
    params_changed(vm, o);
    return V_UNDEFINED;
}
static Value url_params_delete(VM *vm, Value self, int argc, Value *argv) {
    THIS_PARAMS(1);
    Array *rest = array_new(vm, pairs_of(o)->length);
    for (u32 i = 0; i < pairs_of(o)->length; i += 2) {
        if (name_is(vm, o, i, name) && (!value || str_equal(vm, v_string(pair_at(o, i + 1)), value))) continue;
        array_push(vm, rest, pair_at(o, i));
        array_push(vm, rest, pair_at(o, i + 1));
    }
    HEAP_STORE(vm, o->data[0], v_from_array(rest));
    params_changed(vm, o);
    return V_UNDEFINED;
}
enum { PARAMS_GET, PARAMS_ALL, PARAMS_HAS };
static Value url_params_get(VM *vm, Value self, int argc, Value *argv) {
    u32 how = native_magic(vm);
    THIS_PARAMS(1);
    Array *all = how == PARAMS_ALL ? array_new(vm, 2) : NULL;
    for (u32 i = 0; i < pairs_of(o)->length; i += 2) {
        if (!name_is(vm, o, i, name) || (how == PARAMS_HAS && value && !str_equal(vm, v_string(pair_at(o, i + 1)), value))) continue;
        if (how == PARAMS_GET) return pair_at(o, i + 1);
        if (how == PARAMS_HAS) return V_TRUE;
        array_push(vm, all, pair_at(o, i + 1));
    }
    return all ? v_from_array(all) : how == PARAMS_GET ? V_NULL : V_FALSE;
}
static Value url_params_set(VM *vm, Value self, int argc, Value *argv) {
    THIS_PARAMS(2);
    if (!value) value = v_string(A_(vm, undefined));
    Array *rest = array_new(vm, pairs_of(o)->length + 2);
    bool done = false;
    for (u32 i = 0; i < pairs_of(o)->length; i += 2) {
        bool same = name_is(vm, o, i, name);
        if (same && done) continue;
        array_push(vm, rest, pair_at(o, i));
        array_push(vm, rest, same ? v_from_string(value) : pair_at(o, i + 1));
        done |= same;
    }
    if (!done) {
        array_push(vm, rest, v_from_string(name));
        array_push(vm, rest, v_from_string(value));
    }
    HEAP_STORE(vm, o->data[0], v_from_array(rest));
    params_changed(vm, o);
    return V_UNDEFINED;
}
static VM *sort_vm;
static int pair_compare(const void *a, const void *b) {
    const Value *x = a, *y = b;
    int r = str_compare(sort_vm, v_string(x[0]), v_string(y[0]));
    return r ? r : x[2] < y[2] ? -1 : x[2] > y[2]; // stable
}
static Value url_params_sort(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_this(vm, self, WEB_URLSearchParams);
    if (!o) return V_EXC;
    u32 n = pairs_of(o)->length / 2;
    ValueArray *rows = values_new(vm, n * 3 + 1);
    for (u32 i = 0; i < n; i++) {
        rows->v[3 * i] = pair_at(o, 2 * i);
        rows->v[3 * i + 1] = pair_at(o, 2 * i + 1);
        rows->v[3 * i + 2] = v_from_u32(i);
    }
    sort_vm = vm;
    qsort(rows->v, n, 24, pair_compare);
    Array *sorted = array_new(vm, n * 2);
    for (u32 i = 0; i < n; i++) {
        array_push(vm, sorted, rows->v[3 * i]);
        array_push(vm, sorted, rows->v[3 * i + 1]);
    }
    HEAP_STORE(vm, o->data[0], v_from_array(sorted));
    params_changed(vm, o);
    return V_UNDEFINED;
}
static Value url_params_to_string(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_this(vm, self, WEB_URLSearchParams);
    if (!o) return V_EXC;
    Buf b = {0};
    params_text(vm, o, &b);
    return buf_take_str(vm, &b);
}
static Value url_params_iterate(VM *vm, Value self, int argc, Value *argv) { // magic: IterKind
    u32 kind = native_magic(vm);
    HostObject *o = web_this(vm, self, WEB_URLSearchParams);
    if (!o) return V_EXC;
    Array *list = array_new(vm, pairs_of(o)->length);
    for (u32 i = 0; i < pairs_of(o)->length; i += 2)
        array_push(vm, list, kind == ITER_ENTRIES ? array_create_from_list(vm, (Value[]){pair_at(o, i), pair_at(o, i + 1)}, 2) : pair_at(o, i + (kind == ITER_VALUES)));
    return array_iterator_new(vm, v_from_array(list), ITER_VALUES);
}
static Value url_params_for_each(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_this(vm, self, WEB_URLSearchParams);
    if (!o) return V_EXC;
    if (!v_is_callable(ARG(0))) return throw_arg_type(vm, "callback", "of type function", ARG(0));
    for (u32 i = 0; i + 1 < pairs_of(o)->length; i += 2)
        if (v_is_exc(vm_call(vm, argv[0], ARG(1), 3, (Value[]){pair_at(o, i + 1), pair_at(o, i), self}))) return V_EXC;
    return V_UNDEFINED;
}
static Value url_params_size(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_this(vm, self, WEB_URLSearchParams);
    return o ? v_from_u32(pairs_of(o)->length / 2) : V_EXC;
}
const NativeRow url_params_rows[] = {CTOR("URLSearchParams", 0, url_params_ctor), ROWS_END};
const NativeRow url_params_proto_rows[] = {
    FN("append", 2, url_params_append), FN("delete", 1, url_params_delete), FN_MAGIC("get", 1, url_params_get, PARAMS_GET), FN_MAGIC("getAll", 1, url_params_get, PARAMS_ALL),
    FN_MAGIC("has", 1, url_params_get, PARAMS_HAS), FN("set", 2, url_params_set), FN("sort", 0, url_params_sort), FN("toString", 0, url_params_to_string),
    FN_MAGIC("keys", 0, url_params_iterate, ITER_KEYS), FN_MAGIC("values", 0, url_params_iterate, ITER_VALUES), FN_MAGIC("entries", 0, url_params_iterate, ITER_ENTRIES),
    ALIAS("@@iterator", "entries"), FN("forEach", 1, url_params_for_each), GETTER("size", url_params_size), ROWS_END,
};

// ---- URL

static Value throw_invalid(VM *vm, Value input, Value base) {
    Value e = error_new(vm, REALM_TypeErrorPrototype, v_str(vm, "Invalid URL"));
    object_put(vm, v_object(e), A_(vm, code), v_str(vm, "ERR_INVALID_URL"), ATTR_WEC);
    object_put(vm, v_object(e), A_(vm, input), input, ATTR_WEC);
    if (!v_is_undefined(base)) prop_put(vm, e, "base", base);
    return vm_throw_value(vm, e);
}
// The parsed URL of (url, base) arguments. 1, 0 not a URL, -1 thrown.
static int parse_args_rjs(VM *vm, int argc, Value *argv, Url *u, Value *input, Value *base) {
    Buf text = {0}, base_text = {0};
    Url b = {0};
    int r = -1;
    *base = V_UNDEFINED;
    if (!utf8_arg_rjs(vm, ARG(0), &text)) goto out;
    *input = bytes_str(vm, &text);
    if (!v_is_undefined(ARG(1))) {
        if (!utf8_arg_rjs(vm, argv[1], &base_text)) goto out;
        *base = bytes_str(vm, &base_text);
        r = 0;
        if (!url_parse(&b, base_text.data ? (char *)base_text.data : "", base_text.len, NULL)) goto out;
    }
    r = url_parse(u, text.data ? (char *)text.data : "", text.len, v_is_undefined(*base) ? NULL : &b);
out:
    url_free(&b);
    buf_free(&text);
    buf_free(&base_text);
    return r;
}
static Value url_finish(VM *vm, HostObject *o, const Url *u) {
    url_store(vm, o, u);
    HostObject *params = web_new(vm, WEB_URLSearchParams);
    params->data[0] = v_from_array(array_new(vm, 4));
    params->data[1] = v_obj(o);
    parse_form(vm, pairs_of(params), u->query.data ? (char *)u->query.data : "", u->query.len);
    HEAP_STORE(vm, o->data[1], v_obj(params));
    return v_obj(o);
}
static Value url_ctor(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_construct_rjs(vm, WEB_URL, native_new_target(vm));
    if (!o) return V_EXC;
    if (!argc) return throw_coded(vm, REALM_TypeErrorPrototype, "ERR_MISSING_ARGS", "The \"url\" argument must be specified");
    Url u = {0};
    Value input, base, r = V_EXC;
    int ok = parse_args_rjs(vm, argc, argv, &u, &input, &base);
    if (ok > 0) r = url_finish(vm, o, &u);
    else if (ok == 0) r = throw_invalid(vm, input, base);
    url_free(&u);
    return r;
}
static Value url_static(VM *vm, Value self, int argc, Value *argv) { // canParse (0), parse (1)
    bool make = native_magic(vm);
    Url u = {0};
    Value input, base, r;
    int ok = parse_args_rjs(vm, argc, argv, &u, &input, &base);
    r = ok < 0 ? V_EXC : !make ? v_from_bool(ok) : ok ? url_finish(vm, web_new(vm, WEB_URL), &u) : V_NULL;
    url_free(&u);
    return r;
}
static Value url_get_part(VM *vm, Value self, int argc, Value *argv) {
    u32 part = native_magic(vm);
    HostObject *o = web_this(vm, self, WEB_URL);
    if (!o) return V_EXC;
    Url u = {0};
    Buf b = {0};
    if (url_load(vm, o, &u)) url_get(&u, part, &b);
    url_free(&u);
    return buf_take_str(vm, &b);
}
static Value url_set_part(VM *vm, Value self, int argc, Value *argv) {
    u32 part = native_magic(vm);
    HostObject *o = web_this(vm, self, WEB_URL);
    Buf b = {0};
    if (!o || !utf8_arg_rjs(vm, ARG(0), &b)) return V_EXC;
    Url u = {0};
    if (url_load(vm, o, &u) && url_set(&u, part, buf_cstr(&b), b.len)) {
        url_store(vm, o, &u);
        if (part == URL_SEARCH) {
            HostObject *params = v_ptr(o->data[1]);
            HEAP_STORE(vm, params->data[0], v_from_array(array_new(vm, 4)));
            parse_form(vm, pairs_of(params), u.query.data ? (char *)u.query.data : "", u.query.len);
        }
    }
    url_free(&u);
    buf_free(&b);
    return V_UNDEFINED;
}
static Value url_href(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_this(vm, self, WEB_URL);
    return o ? o->data[0] : V_EXC;
}
static Value url_set_href(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_this(vm, self, WEB_URL);
    if (!o) return V_EXC;
    Url u = {0};
    Value input, base, r = V_EXC;
    int ok = parse_args_rjs(vm, argc < 1 ? argc : 1, argv, &u, &input, &base);
    if (ok > 0) {
        HostObject *params = v_ptr(o->data[1]);
        url_store(vm, o, &u);
        HEAP_STORE(vm, params->data[0], v_from_array(array_new(vm, 4)));
        parse_form(vm, pairs_of(params), u.query.data ? (char *)u.query.data : "", u.query.len);
        r = V_UNDEFINED;
    } else if (ok == 0) r = throw_invalid(vm, input, V_UNDEFINED);
    url_free(&u);
    return r;
}
static Value url_params_of(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_this(vm, self, WEB_URL);
    return o ? o->data[1] : V_EXC;
}
static Value url_origin(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_this(vm, self, WEB_URL);
    if (!o) return V_EXC;
    Url u = {0};
    Buf b = {0};
    bool ok = url_load(vm, o, &u);
    if (ok && url_is_special(&u) && strncmp((char *)u.scheme.data, "file", 4)) {
        url_get(&u, URL_PROTOCOL, &b);
        buf_str(&b, "//");
        url_get(&u, URL_HOST, &b);
    } else buf_str(&b, "null");
    url_free(&u);
    return buf_take_str(vm, &b);
}
#define PART(n, part) {.name = n, .fn = url_get_part, .fn2 = url_set_part, .kind = ROW_ACCESSOR, .attrs = ATTR_E | ATTR_C, .magic = part}
const NativeRow url_rows[] = {CTOR("URL", 1, url_ctor), FN_MAGIC("canParse", 1, url_static, 0), FN_MAGIC("parse", 1, url_static, 1), ROWS_END};
const NativeRow url_proto_rows[] = {
    {.name = "href", .fn = url_href, .fn2 = url_set_href, .kind = ROW_ACCESSOR, .attrs = ATTR_E | ATTR_C},
    {.name = "origin", .fn = url_origin, .kind = ROW_GETTER, .attrs = ATTR_E | ATTR_C},
    PART("protocol", URL_PROTOCOL), PART("username", URL_USERNAME), PART("password", URL_PASSWORD), PART("host", URL_HOST), PART("hostname", URL_HOSTNAME), PART("port", URL_PORT),
    PART("pathname", URL_PATHNAME), PART("search", URL_SEARCH), {.name = "searchParams", .fn = url_params_of, .kind = ROW_GETTER, .attrs = ATTR_E | ATTR_C}, PART("hash", URL_HASH),
    FN("toString", 0, url_href), FN("toJSON", 0, url_href), ROWS_END,
};
