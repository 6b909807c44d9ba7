// SPDX-License-Identifier: MIT
// Request, Response and their bodies (WHATWG Fetch). Bodies are bytes in memory or a stream; there is no network, so fetch() rejects.
//
// State is a ValueArray in data[0]. A body that came as bytes gets a stream only when somebody asks for `body`.
#include "runtime/web/fetch.h"

#include <stdio.h>

#include "runtime/web/stream.h"
#include "runtime/web/url.h"
#include "vm/builtins/json.h"

enum { B_BYTES, B_STREAM, B_USED, B_HEADERS, F_URL, F_METHOD, F_SIGNAL, F_STATUS, F_STATUS_TEXT, F_TYPE, F_REDIRECTED, F_OPTIONS, F_COUNT };
enum { CONSUME_TEXT, CONSUME_JSON, CONSUME_BUFFER, CONSUME_BYTES, CONSUME_BLOB, CONSUME_FORM };

static Value *st(HostObject *o) { return ((ValueArray *)v_ptr(o->data[0]))->v; }
static void put(VM *vm, HostObject *o, u32 f, Value v) { heap_set(vm, &st(o)[f], v); }
static void state_new(VM *vm, HostObject *o) {
    ValueArray *f = values_new(vm, F_COUNT);
    f->v[B_USED] = f->v[F_REDIRECTED] = V_FALSE;
    HEAP_STORE(vm, o->data[0], v_from_ptr(TAG_INTERNAL, f));
}
static HostObject *body_this(VM *vm, Value self) {
    HostObject *o = web_of(self, WEB_Request);
    return o ? o : web_this(vm, self, WEB_Response);
}
static bool has_body(HostObject *o) { return v_is_object(st(o)[B_BYTES]) || v_is_object(st(o)[B_STREAM]); }
static bool used(HostObject *o) { return st(o)[B_USED] == V_TRUE || (v_is_object(st(o)[B_STREAM]) && rs_disturbed(st(o)[B_STREAM])); }

// ---- taking a body

static bool extract_rjs(VM *vm, HostObject *o, Value v, Value *type) {
    Buf b = {0};
    u8 *p;
    size_t n;
    *type = V_UNDEFINED;
    HostObject *h;
    if (web_of(v, WEB_ReadableStream)) {
        if (rs_locked(v) || rs_disturbed(v)) return throw_type(vm, "Response body object should not be disturbed or locked"), false;
        put(vm, o, B_STREAM, v);
        return true;
    }
    if ((h = web_of(v, WEB_Blob))) {
        if (v_string(h->data[1])->length) *type = h->data[1];
        put(vm, o, B_BYTES, h->data[0]);
        return true;
    }
    if (bytes_of(v, &p, &n)) buf_put(&b, p, n);
    else if (web_of(v, WEB_FormData)) {
        static u32 counter;
        char boundary[64];
        snprintf(boundary, sizeof boundary, "----formdata-dx-%012u", ++counter);
        multipart_write(vm, v, boundary, &b);
        *type = v_from_string(str_format(vm, "multipart/form-data; boundary=%s", boundary));
    } else {
        if (!utf8_arg_rjs(vm, v, &b)) return false;
        *type = v_str(vm, web_of(v, WEB_URLSearchParams) ? "application/x-www-form-urlencoded;charset=UTF-8" : "text/plain;charset=UTF-8");
    }
    Value bytes = uint8_array_from_bytes(vm, b.data, b.len);
    buf_free(&b);
    if (v_is_exc(bytes)) return false;
    put(vm, o, B_BYTES, bytes);
    return true;
}
static bool set_body_rjs(VM *vm, HostObject *o, Value v) {
    Value type;
    if (v_is_nullish(v)) return true;
    if (!extract_rjs(vm, o, v, &type)) return false;
    if (!v_is_undefined(type) && v_is_null(headers_get(vm, st(o)[B_HEADERS], "content-type"))) headers_set(vm, st(o)[B_HEADERS], "content-type", type);
    return true;
}

// ---- giving it

static Value body_get(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = body_this(vm, self);
    if (!o) return V_EXC;
    if (!has_body(o)) return V_NULL;
    if (!v_is_object(st(o)[B_STREAM])) {
        Value s = rs_from_bytes(vm, st(o)[B_BYTES]);
        put(vm, o, B_STREAM, s);
        if (st(o)[B_USED] == V_TRUE) promise_mark_handled(vm, rs_read_all(vm, s));
    }
    return st(o)[B_STREAM];
}
static Value body_used(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = body_this(vm, self);
    return o ? v_from_bool(has_body(o) && used(o)) : V_EXC;
}
static Value read_form_rjs(VM *vm, HostObject *o, u8 *p, size_t n) {
    Value type = headers_get(vm, st(o)[B_HEADERS], "content-type"), form = form_data_new(vm);
    Buf b = {0};
    bool ok = false;
    if (v_is_string(type)) usv_utf8(vm, v_string(type), &b);
    char *text = (char *)buf_cstr(&b), *at = strstr(text, "boundary=");
    if (!strncmp(text, "multipart/form-data", 19) && at) {
        at += 9;
        size_t len = strcspn(at, ";");
        if (*at == '"') at++, len = strcspn(at, "\"");
        while (len && at[len - 1] == ' ') len--;
        at[len] = 0;
        ok = multipart_read(vm, form, p, n, at);
    } else if (!strncmp(text, "application/x-www-form-urlencoded", 33)) {
        urlencoded_read(vm, form, p, n);
        ok = true;
    }
    bool known = ok || at;
    buf_free(&b);
    if (ok) return form;
    if (known) return throw_type(vm, "Failed to parse body as FormData.");
    return throw_type(vm, "Content-Type was not one of \"multipart/form-data\" or \"application/x-www-form-urlencoded\".");
}
static Value convert_rjs(VM *vm, HostObject *o, u32 how, Value bytes) {
    u8 *p = NULL;
    size_t n = 0;
    bool bad;
    bytes_of(bytes, &p, &n);
    if (how <= CONSUME_JSON) {
        if (n >= 3 && !memcmp(p, "\xEF\xBB\xBF", 3)) p += 3, n -= 3;
        Value text = text_from_utf8(vm, p, n, false, &bad);
        return how == CONSUME_TEXT || v_is_exc(text) ? text : json_parse(vm, v_string(text), NULL);
    }
    if (how == CONSUME_FORM) return read_form_rjs(vm, o, p, n);
    Value copy = uint8_array_from_bytes(vm, p, n);
    if (v_is_exc(copy) || how == CONSUME_BYTES) return copy;
    if (how == CONSUME_BUFFER) return v_obj(((TypedArrayObject *)v_ptr(copy))->buffer);
    Value type = headers_get(vm, st(o)[B_HEADERS], "content-type");
    return blob_new(vm, copy, v_is_string(type) ? type : v_str(vm, ""));
}
static Value collected(VM *vm, Value self, int argc, Value *argv) { // slots: object, how, promise
    Value *s = native_slots(vm), r = convert_rjs(vm, v_ptr(s[0]), (u32)v_int(s[1]), ARG(0));
    if (v_is_exc(r)) promise_reject(vm, s[2], vm_take_exception(vm));
    else promise_resolve(vm, s[2], r);
    return V_UNDEFINED;
}
static Value collect_failed(VM *vm, Value self, int argc, Value *argv) {
    promise_reject(vm, native_slots(vm)[0], ARG(0));
    return V_UNDEFINED;
}
const NativeRow body_internal_rows[] = {FN("", 1, collected), FN("", 1, collect_failed), ROWS_END};
static Value body_consume(VM *vm, Value self, int argc, Value *argv) {
    u32 how = native_magic(vm);
    HostObject *o = body_this(vm, self);
    if (!o) return rejected(vm);
    Value stream = st(o)[B_STREAM];
    if (has_body(o) && (used(o) || (v_is_object(stream) && rs_locked(stream)))) return throw_type(vm, "Body is unusable: Body has already been read"), rejected(vm);
    if (has_body(o)) put(vm, o, B_USED, V_TRUE);
    if (v_is_object(stream)) {
        Value p = promise_new(vm);
        promise_then_native(vm, rs_read_all(vm, stream), closure(vm, RUNTIME_ID(body_internal_rows, 0), 3, self, v_from_int((i32)how), p), closure(vm, RUNTIME_ID(body_internal_rows, 1), 1, p));
        return p;
    }
    Value r = convert_rjs(vm, o, how, st(o)[B_BYTES]);
    return v_is_exc(r) ? rejected(vm) : resolved(vm, r);
}
static bool clone_body_rjs(VM *vm, HostObject *from, HostObject *to, const char *what) {
    Value stream = st(from)[B_STREAM];
    if (has_body(from) && (used(from) || (v_is_object(stream) && rs_locked(stream)))) return throw_type(vm, "%s.clone: Body has already been consumed.", what), false;
    if (v_is_object(st(from)[B_BYTES])) {
        put(vm, to, B_BYTES, st(from)[B_BYTES]);
        return true;
    }
    if (!v_is_object(stream)) return true;
    Value two[2];
    if (!rs_tee_rjs(vm, stream, two)) return false;
    put(vm, from, B_STREAM, two[0]);
    put(vm, to, B_STREAM, two[1]);
    return true;
}
#define BODY_ROWS                                                                                                                                       \
    {.name = "body", .fn = body_get, .kind = ROW_GETTER, .attrs = ATTR_E | ATTR_C}, {.name = "bodyUsed", .fn = body_used, .kind = ROW_GETTER, .attrs = ATTR_E | ATTR_C}, \
    FN_MAGIC("text", 0, body_consume, CONSUME_TEXT), FN_MAGIC("json", 0, body_consume, CONSUME_JSON), FN_MAGIC("arrayBuffer", 0, body_consume, CONSUME_BUFFER),          \
    FN_MAGIC("bytes", 0, body_consume, CONSUME_BYTES), FN_MAGIC("blob", 0, body_consume, CONSUME_BLOB), FN_MAGIC("formData", 0, body_consume, CONSUME_FORM)
#define FIELD(n, get, f) {.name = n, .fn = get, .kind = ROW_GETTER, .attrs = ATTR_E | ATTR_C, .magic = f}

// ---- Request

static const struct { const char *name, *dflt; } options[] = {
    {"mode", "cors"}, {"credentials", "same-origin"}, {"cache", "default"}, {"redirect", "follow"}, {"referrer", "about:client"}, {"referrerPolicy", ""}, {"integrity", ""},
    {"destination", ""}, {"duplex", "half"}};
static bool request_url_rjs(VM *vm, HostObject *o, Value input) {
    Buf b = {0}, out = {0};
    Url u = {0};
    if (!utf8_arg_rjs(vm, input, &b)) return false;
    bool ok = url_parse(&u, b.data ? (char *)b.data : "", b.len, NULL);
    if (!ok) throw_type(vm, "Failed to parse URL from %s", buf_cstr(&b));
    else if (u.user.len || u.pass.len) ok = false, throw_type(vm, "Request cannot be constructed from a URL that includes credentials: %s", buf_cstr(&b));
    else {
        url_serialize(&u, &out, true);
        put(vm, o, F_URL, bytes_str(vm, &out));
    }
    buf_free(&out);
    buf_free(&b);
    url_free(&u);
    return ok;
}
static bool request_method_rjs(VM *vm, HostObject *o, Value v) {
    static const char *const known[] = {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"};
    Buf b = {0};
    if (!utf8_arg_rjs(vm, v, &b)) return false;
    bool bad = !b.len;
    for (size_t i = 0; i < b.len; i++) bad |= b.data[i] <= 0x20 || b.data[i] >= 0x7F || strchr("\"(),/:;<=>?@[\\]{}", b.data[i]);
    Buf up = {0};
    for (size_t i = 0; i < b.len; i++) buf_u8(&up, b.data[i] >= 'a' && b.data[i] <= 'z' ? b.data[i] - 32 : b.data[i]);
    const char *upper = buf_cstr(&up);
    if (bad || !strcmp(upper, "CONNECT") || !strcmp(upper, "TRACE") || !strcmp(upper, "TRACK")) throw_type(vm, "'%s' is not a valid HTTP method.", buf_cstr(&b)), bad = true;
    else {
        put(vm, o, F_METHOD, bytes_str(vm, &b));
        for (u32 i = 0; i + 1 < DX_COUNTOF(known); i++) // patch keeps its case
            if (!strcmp(known[i], upper)) put(vm, o, F_METHOD, v_str(vm, upper));
    }
    buf_free(&b);
    buf_free(&up);
    return !bad;
}
static Value request_init_rjs(VM *vm, HostObject *o, Value input, Value init) {
    HostObject *from = web_of(input, WEB_Request);
    Value opts = v_obj(object_new_proto(vm, V_NULL));
    state_new(vm, o);
    put(vm, o, F_OPTIONS, opts);
    put(vm, o, F_METHOD, from ? st(from)[F_METHOD] : v_str(vm, "GET"));
    if (from) put(vm, o, F_URL, st(from)[F_URL]);
    else if (!request_url_rjs(vm, o, input)) return V_EXC;
    Value method = prop_rjs(vm, init, "method"), headers = prop_rjs(vm, init, "headers"), body = prop_rjs(vm, init, "body"), signal = prop_rjs(vm, init, "signal");
    Value duplex = prop_rjs(vm, init, "duplex");
    if (v_is_exc(method) || v_is_exc(headers) || v_is_exc(body) || v_is_exc(signal) || v_is_exc(duplex)) return V_EXC;
    if (!v_is_undefined(method) && !request_method_rjs(vm, o, method)) return V_EXC;
    Value h = headers_new_rjs(vm, !v_is_undefined(headers) ? headers : from ? st(from)[B_HEADERS] : V_UNDEFINED);
    if (v_is_exc(h)) return V_EXC;
    put(vm, o, B_HEADERS, h);
    for (u32 i = 0; i < DX_COUNTOF(options); i++) {
        Value v = prop_rjs(vm, init, options[i].name);
        if (v_is_exc(v)) return V_EXC;
        if (v_is_undefined(v)) v = from ? prop_rjs(vm, st(from)[F_OPTIONS], options[i].name) : v_str(vm, options[i].dflt);
        prop_put(vm, opts, options[i].name, v);
    }
    Value referrer = prop_rjs(vm, init, "referrer");
    if (v_is_exc(referrer)) return V_EXC;
    if (v_is_string(referrer) && v_string(referrer)->length && !is_c(vm, referrer, "about:client")) {
        Value href = call_method_rjs(vm, web_ctor(vm, WEB_URL), "parse", 1, &referrer);
        if (v_is_exc(href)) return V_EXC;
        if (v_is_null(href)) return throw_type(vm, "Referrer is not a valid URL.");
        prop_put(vm, opts, "referrer", ((HostObject *)v_ptr(href))->data[0]);
    }
    Value keepalive = prop_rjs(vm, init, "keepalive");
    if (v_is_exc(keepalive)) return V_EXC;
    prop_put(vm, opts, "keepalive", v_from_bool(to_boolean(keepalive)));
    if (v_is_undefined(signal) && from) signal = st(from)[F_SIGNAL];
    if (!v_is_nullish(signal) && !web_of(signal, WEB_AbortSignal)) return throw_type(vm, "Request constructor: Expected signal (\"AbortSignal {}\") to be an instance of AbortSignal.");
    Value own = v_is_nullish(signal) ? abort_signal_new(vm) : call_method_rjs(vm, web_ctor(vm, WEB_AbortSignal), "any", 1, (Value[]){v_from_array(array_from(vm, &signal, 1))});
    if (v_is_exc(own)) return V_EXC;
    put(vm, o, F_SIGNAL, own);
    bool bodyless = is_c(vm, st(o)[F_METHOD], "GET") || is_c(vm, st(o)[F_METHOD], "HEAD");
    if (bodyless && (!v_is_nullish(body) || (from && has_body(from) && v_is_undefined(body)))) return throw_type(vm, "Request with GET/HEAD method cannot have body.");
    if (web_of(body, WEB_ReadableStream) && v_is_undefined(duplex)) return throw_type(vm, "RequestInit: duplex option is required when sending a body.");
    if (!v_is_nullish(body)) return set_body_rjs(vm, o, body) ? v_obj(o) : V_EXC;
    if (from && has_body(from) && !v_is_null(body)) { // moved
        Value stream = st(from)[B_STREAM];
        if (used(from) || (v_is_object(stream) && rs_locked(stream))) return throw_type(vm, "Cannot construct a Request with a Request object that has already been used.");
        put(vm, o, B_BYTES, st(from)[B_BYTES]);
        if (!v_is_object(st(from)[B_BYTES])) put(vm, o, B_STREAM, stream);
        put(vm, from, B_USED, V_TRUE);
    }
    return v_obj(o);
}
static Value request_ctor(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_construct_rjs(vm, WEB_Request, native_new_target(vm));
    if (!o) return V_EXC;
    if (!argc) return throw_type(vm, "Request constructor: 1 argument required, but only 0 present.");
    return request_init_rjs(vm, o, argv[0], ARG(1));
}
static Value request_get(VM *vm, Value self, int argc, Value *argv) {
    u32 f = native_magic(vm);
    HostObject *o = web_this(vm, self, WEB_Request);
    if (!o) return V_EXC;
    if (f < F_COUNT) return st(o)[f];
    f -= F_COUNT;
    return prop_rjs(vm, st(o)[F_OPTIONS], f < DX_COUNTOF(options) ? options[f].name : "keepalive");
}
static Value request_clone(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_this(vm, self, WEB_Request), *c = web_new(vm, WEB_Request);
    if (!o) return V_EXC;
    state_new(vm, c);
    if (!clone_body_rjs(vm, o, c, "Request")) return V_EXC;
    Value h = headers_new_rjs(vm, st(o)[B_HEADERS]);
    if (v_is_exc(h)) return V_EXC;
    put(vm, c, B_HEADERS, h);
    static const u8 same[] = {F_URL, F_METHOD, F_SIGNAL, F_OPTIONS};
    for (u32 i = 0; i < DX_COUNTOF(same); i++) put(vm, c, same[i], st(o)[same[i]]);
    return v_obj(c);
}
const NativeRow request_rows[] = {CTOR("Request", 1, request_ctor), ROWS_END};
const NativeRow request_proto_rows[] = {
    FIELD("method", request_get, F_METHOD), FIELD("url", request_get, F_URL), FIELD("headers", request_get, B_HEADERS), FIELD("signal", request_get, F_SIGNAL),
    FIELD("mode", request_get, F_COUNT), FIELD("credentials", request_get, F_COUNT + 1), FIELD("cache", request_get, F_COUNT + 2), FIELD("redirect", request_get, F_COUNT + 3),
    FIELD("referrer", request_get, F_COUNT + 4), FIELD("referrerPolicy", request_get, F_COUNT + 5), FIELD("integrity", request_get, F_COUNT + 6),
    FIELD("destination", request_get, F_COUNT + 7), FIELD("duplex", request_get, F_COUNT + 8), FIELD("keepalive", request_get, F_COUNT + 9), BODY_ROWS,
    FN("clone", 0, request_clone), ROWS_END,
};

// ---- Response

static bool response_init_rjs(VM *vm, HostObject *o, Value body, Value init) {
    state_new(vm, o);
    if (!v_is_nullish(init) && !v_is_object(init)) return throw_type(vm, "Response constructor: Expected init (\"%s\") to be one of: Dictionary.", "value"), false;
    Value status = prop_rjs(vm, init, "status"), text = prop_rjs(vm, init, "statusText"), headers = prop_rjs(vm, init, "headers");
    if (v_is_exc(status) || v_is_exc(text) || v_is_exc(headers)) return false;
    f64 code = 200;
    if (!v_is_undefined(status) && !to_integer_rjs(vm, status, &code)) return false;
    if (code < 200 || code > 599) {
        vm_throw_value(vm, error_new(vm, REALM_RangeErrorPrototype, v_str(vm, "init[\"status\"] must be in the range of 200 to 599, inclusive.")));
        return false;
    }
    String *reason = v_is_undefined(text) ? v_string(A_(vm, empty)) : to_string_rjs(vm, text);
    Value h = reason ? headers_new_rjs(vm, v_is_null(headers) ? V_UNDEFINED : headers) : V_EXC;
    if (v_is_exc(h)) return false;
    put(vm, o, F_STATUS, v_from_num(code));
    put(vm, o, F_STATUS_TEXT, v_from_string(reason));
    put(vm, o, B_HEADERS, h);
    put(vm, o, F_URL, v_from_string(v_string(A_(vm, empty))));
    put(vm, o, F_TYPE, v_str(vm, "default"));
    if (!v_is_nullish(body) && (code == 204 || code == 205 || code == 304)) return throw_type(vm, "Response constructor: Invalid response status code %d", (int)code), false;
    return set_body_rjs(vm, o, body);
}
static Value response_ctor(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_construct_rjs(vm, WEB_Response, native_new_target(vm));
    return o && response_init_rjs(vm, o, ARG(0), ARG(1)) ? v_obj(o) : V_EXC;
}
static Value response_json(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_new(vm, WEB_Response);
    Value text = call_method_rjs(vm, vm->realm->JSON, "stringify", 1, argv);
    if (v_is_exc(text)) return V_EXC;
    if (v_is_undefined(text)) return throw_type(vm, "Value is not JSON serializable");
    if (!response_init_rjs(vm, o, V_NULL, ARG(1))) return V_EXC;
    Value type;
    i32 code = v_int(st(o)[F_STATUS]);
    if (code == 204 || code == 205 || code == 304) return throw_type(vm, "Response constructor: Invalid response status code %d", code);
    if (!extract_rjs(vm, o, text, &type)) return V_EXC;
    if (v_is_null(headers_get(vm, st(o)[B_HEADERS], "content-type"))) headers_set(vm, st(o)[B_HEADERS], "content-type", v_str(vm, "application/json"));
    return v_obj(o);
}
static Value response_redirect(VM *vm, Value self, int argc, Value *argv) {
    f64 code = 302;
    HostObject *o = web_new(vm, WEB_Response), *u = web_new(vm, WEB_Request);
    state_new(vm, u);
    if (!request_url_rjs(vm, u, ARG(0)) || (!v_is_undefined(ARG(1)) && !to_integer_rjs(vm, argv[1], &code)) || !response_init_rjs(vm, o, V_NULL, V_UNDEFINED)) return V_EXC;
    if (code != 301 && code != 302 && code != 303 && code != 307 && code != 308)
        return vm_throw_value(vm, error_new(vm, REALM_RangeErrorPrototype, v_from_string(str_format(vm, "Invalid status code %d", (int)code))));
    put(vm, o, F_STATUS, v_from_num(code));
    headers_set(vm, st(o)[B_HEADERS], "location", st(u)[F_URL]);
    HEAP_STORE(vm, ((HostObject *)v_ptr(st(o)[B_HEADERS]))->data[1], V_TRUE);
    return v_obj(o);
}
static Value response_error(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_new(vm, WEB_Response);
    if (!response_init_rjs(vm, o, V_NULL, V_UNDEFINED)) return V_EXC;
    put(vm, o, F_STATUS, v_from_int(0));
    put(vm, o, F_TYPE, v_str(vm, "error"));
    return v_obj(o);
}
static Value response_get(VM *vm, Value self, int argc, Value *argv) {
    u32 f = native_magic(vm);
    HostObject *o = web_this(vm, self, WEB_Response);
    if (!o) return V_EXC;
    if (f < F_COUNT) return st(o)[f];
    f64 code = v_num(st(o)[F_STATUS]);
    return v_from_bool(code >= 200 && code < 300);
}
static Value response_clone(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_this(vm, self, WEB_Response), *c = web_new(vm, WEB_Response);
    if (!o) return V_EXC;
    state_new(vm, c);
    if (!clone_body_rjs(vm, o, c, "Response")) return V_EXC;
    Value h = headers_new_rjs(vm, st(o)[B_HEADERS]);
    if (v_is_exc(h)) return V_EXC;
    put(vm, c, B_HEADERS, h);
    static const u8 same[] = {F_URL, F_STATUS, F_STATUS_TEXT, F_TYPE, F_REDIRECTED};
    for (u32 i = 0; i < DX_COUNTOF(same); i++) put(vm, c, same[i], st(o)[same[i]]);
    return v_obj(c);
}
const NativeRow response_rows[] = {
    CTOR("Response", 0, response_ctor), FN("json", 1, response_json), FN("redirect", 1, response_redirect), FN("error", 0, response_error), ROWS_END,
};
const NativeRow response_proto_rows[] = {
    FIELD("type", response_get, F_TYPE), FIELD("url", response_get, F_URL), FIELD("redirected", response_get, F_REDIRECTED), FIELD("status", response_get, F_STATUS),
    FIELD("ok", response_get, F_COUNT), FIELD("statusText", response_get, F_STATUS_TEXT), FIELD("headers", response_get, B_HEADERS), BODY_ROWS, FN("clone", 0, response_clone), ROWS_END,
};

static Value web_fetch(VM *vm, Value self, int argc, Value *argv) {
    vm_mark_impure(vm, IMPURE_NETWORK);
    Value e = error_new(vm, REALM_TypeErrorPrototype, v_str(vm, "fetch failed"));
    object_put(vm, v_object(e), A_(vm, cause), error_new(vm, REALM_ErrorPrototype, v_str(vm, "dx does not reach the network: mock fetch in tests")), ATTR_WC);
    vm_throw_value(vm, e);
    return rejected(vm);
}
const NativeRow fetch_global_rows[] = {FN_ATTR("fetch", 1, web_fetch, ATTR_WEC), ROWS_END};
