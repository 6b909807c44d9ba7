// SPDX-License-Identifier: MIT
// Blob, File, FormData and Headers, and multipart/form-data both ways.
#include "runtime/web/fetch.h"

#include <stdlib.h>
#include <time.h>

#include "runtime/web/stream.h"
#include "runtime/web/url.h"
#include "vm/builtins/date.h"

// ---- Blob: data[0] bytes (Uint8Array), data[1] type; File: data[2] name, data[3] lastModified

Value blob_new(VM *vm, Value bytes, Value type) {
    HostObject *o = web_new(vm, WEB_Blob);
    o->data[0] = bytes;
    o->data[1] = type;
    return v_obj(o);
}
Value file_new(VM *vm, Value bytes, Value type, Value name) {
    HostObject *o = web_new(vm, WEB_File);
    o->data[0] = bytes;
    o->data[1] = type;
    o->data[2] = name;
    o->data[3] = v_from_num(date_now(vm));
    return v_obj(o);
}
static bool part_bytes_rjs(VM *vm, Value v, Buf *out) {
    u8 *p;
    size_t n;
    HostObject *b = web_of(v, WEB_Blob);
    if (bytes_of(b ? b->data[0] : v, &p, &n)) return buf_put(out, p, n), true;
    return utf8_arg_rjs(vm, v, out);
}
static bool parts_rjs(VM *vm, Value parts, Buf *out) {
    IterRecord it;
    Value v;
    int r;
    if (v_is_undefined(parts)) return true;
    if (!v_is_object(parts)) return throw_arg_type(vm, "sources", "a sequence", parts), false;
    if (!iter_get_rjs(vm, parts, &it)) return false;
    while ((r = iter_step_rjs(vm, &it, &v)) > 0)
        if (!part_bytes_rjs(vm, v, out)) return iter_close_rjs(vm, &it), false;
    return r == 0;
}
static Value type_rjs(VM *vm, Value options) {
    Value t = prop_rjs(vm, options, "type");
    Buf b = {0};
    if (v_is_exc(t) || (!v_is_undefined(t) && !utf8_arg_rjs(vm, t, &b))) return V_EXC;
    for (size_t i = 0; i < b.len; i++)
        if (b.data[i] < 0x20 || b.data[i] > 0x7E) b.len = 0;
    lower_ascii(&b);
    return buf_take_str(vm, &b);
}
static Value blob_ctor(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_construct_rjs(vm, WEB_Blob, native_new_target(vm));
    Buf b = {0};
    if (!o || !parts_rjs(vm, ARG(0), &b)) return buf_free(&b), V_EXC;
    Value bytes = uint8_array_from_bytes(vm, b.data, b.len), type = v_is_exc(bytes) ? V_EXC : type_rjs(vm, ARG(1));
    buf_free(&b);
    if (v_is_exc(type)) return V_EXC;
    o->data[0] = bytes;
    o->data[1] = type;
    return v_obj(o);
}
static Value file_ctor(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_construct_rjs(vm, WEB_File, native_new_target(vm));
    Buf b = {0}, name = {0};
    if (!o) return V_EXC;
    if (argc < 2) return throw_coded(vm, REALM_TypeErrorPrototype, "ERR_MISSING_ARGS", "The \"fileBits\" and \"fileName\" arguments must be specified");
    if (!parts_rjs(vm, argv[0], &b) || !utf8_arg_rjs(vm, argv[1], &name)) return buf_free(&b), V_EXC;
    Value bytes = uint8_array_from_bytes(vm, b.data, b.len), type = v_is_exc(bytes) ? V_EXC : type_rjs(vm, ARG(2)), modified = v_is_exc(type) ? V_EXC : prop_rjs(vm, ARG(2), "lastModified");
    buf_free(&b);
    f64 t = 0;
    if (v_is_exc(modified) || (!v_is_undefined(modified) && !to_f64_rjs(vm, modified, &t))) return buf_free(&name), V_EXC;
    o->data[0] = bytes;
    o->data[1] = type;
    o->data[2] = buf_take_str(vm, &name);
    o->data[3] = v_from_num(v_is_undefined(modified) ? date_now(vm) : t == t ? (f64)(i64)t : 0);
    return v_obj(o);
}
enum { BLOB_SIZE, BLOB_TYPE, BLOB_TEXT, BLOB_BUFFER, BLOB_BYTES, BLOB_STREAM };
static Value blob_get(VM *vm, Value self, int argc, Value *argv) {
    u32 what = native_magic(vm);
    HostObject *o = web_this(vm, self, WEB_Blob);
    if (!o) return V_EXC;
    u8 *p;
    size_t n;
    bool bad;
    bytes_of(o->data[0], &p, &n);
    switch (what) {
    case BLOB_SIZE: return v_from_i64((i64)n);
    case BLOB_TYPE: return o->data[1];
    case BLOB_TEXT: return resolved(vm, text_from_utf8(vm, p, n, false, &bad));
    case BLOB_STREAM: return rs_from_bytes(vm, uint8_array_from_bytes(vm, p, n));
    default: break;
    }
    Value copy = uint8_array_from_bytes(vm, p, n);
    if (v_is_exc(copy)) return rejected(vm);
    return resolved(vm, what == BLOB_BYTES ? copy : v_obj(((TypedArrayObject *)v_ptr(copy))->buffer));
}
static Value blob_slice(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_this(vm, self, WEB_Blob);
    if (!o) return V_EXC;
    u8 *p;
    size_t n;
    i64 from, to;
    bytes_of(o->data[0], &p, &n);
    if (!to_relative_index_rjs(vm, ARG(0), (i64)n, 0, &from) || !to_relative_index_rjs(vm, ARG(1), (i64)n, (i64)n, &to)) return V_EXC;
    Buf type = {0};
    if (!v_is_undefined(ARG(2)) && !utf8_arg_rjs(vm, argv[2], &type)) return V_EXC;
    lower_ascii(&type);
    if (to < from) to = from;
    Value bytes = uint8_array_from_bytes(vm, p + from, (u64)(to - from));
    return blob_new(vm, bytes, buf_take_str(vm, &type));
}
static Value file_get(VM *vm, Value self, int argc, Value *argv) {
    u32 i = native_magic(vm);
    HostObject *o = web_this(vm, self, WEB_File);
    return o ? o->data[i] : V_EXC;
}
Value web_clone_object(VM *vm, Value v) { // blobs never change: what they hold is shared
    HostObject *from = web_of(v, WEB_Blob);
    if (!from) return V_HOLE;
    HostObject *o = web_new(vm, web_of(v, WEB_File) ? WEB_File : WEB_Blob);
    memcpy(o->data, from->data, sizeof o->data);
    return v_obj(o);
}
const NativeRow blob_rows[] = {CTOR("Blob", 0, blob_ctor), ROWS_END};
const NativeRow blob_proto_rows[] = {
    GETTER_MAGIC("size", blob_get, BLOB_SIZE), GETTER_MAGIC("type", blob_get, BLOB_TYPE), FN_MAGIC("text", 0, blob_get, BLOB_TEXT), FN_MAGIC("arrayBuffer", 0, blob_get, BLOB_BUFFER),
    FN_MAGIC("bytes", 0, blob_get, BLOB_BYTES), FN_MAGIC("stream", 0, blob_get, BLOB_STREAM), FN("slice", 0, blob_slice), ROWS_END,
};
const NativeRow file_rows[] = {CTOR("File", 2, file_ctor), ROWS_END};
const NativeRow file_proto_rows[] = {GETTER_MAGIC("name", file_get, 2), GETTER_MAGIC("lastModified", file_get, 3), ROWS_END};

// ---- lists of pairs: data[0] of FormData and Headers, flat array name, value ...

static Array *pairs(HostObject *o) { return v_array(o->data[0]); }
static Value at(HostObject *o, u32 i) { return obj_elems(&pairs(o)->o)->v[i]; }
static void pair_add(VM *vm, HostObject *o, Value name, Value v) {
    array_push(vm, pairs(o), name);
    array_push(vm, pairs(o), v);
}
static bool same(VM *vm, HostObject *o, u32 i, Value name) { return str_equal(vm, v_string(at(o, i)), v_string(name)); }
static void pair_remove(VM *vm, HostObject *o, Value name) {
    Array *rest = array_new(vm, pairs(o)->length);
    for (u32 i = 0; i < pairs(o)->length; i += 2)
        if (!same(vm, o, i, name)) {
            array_push(vm, rest, at(o, i));
            array_push(vm, rest, at(o, i + 1));
        }
    HEAP_STORE(vm, o->data[0], v_from_array(rest));
}
static void pair_set(VM *vm, HostObject *o, Value name, Value v) { // the first is replaced where it stands, others go
    Array *rest = array_new(vm, pairs(o)->length + 2);
    bool done = false;
    for (u32 i = 0; i < pairs(o)->length; i += 2) {
        bool hit = same(vm, o, i, name);
        if (hit && done) continue;
        array_push(vm, rest, at(o, i));
        array_push(vm, rest, hit ? v : at(o, i + 1));
        done |= hit;
    }
    if (!done) {
        array_push(vm, rest, name);
        array_push(vm, rest, v);
    }
    HEAP_STORE(vm, o->data[0], v_from_array(rest));
}
static Value iterate_list(VM *vm, Array *list, u32 kind) { // list: flat pairs
    Array *out = array_new(vm, list->length);
    for (u32 i = 0; i < list->length; i += 2) {
        Value *e = obj_elems(&list->o)->v + i;
        array_push(vm, out, kind == ITER_ENTRIES ? array_create_from_list(vm, e, 2) : e[kind == ITER_VALUES]);
    }
    return array_iterator_new(vm, v_from_array(out), ITER_VALUES);
}
static Value for_each_list(VM *vm, Value self, Array *list, Value f, Value this_arg) {
    if (!v_is_callable(f)) return throw_arg_type(vm, "callback", "of type function", f);
    for (u32 i = 0; i < list->length; i += 2) {
        Value *e = obj_elems(&list->o)->v + i;
        if (v_is_exc(vm_call(vm, f, this_arg, 3, (Value[]){e[1], e[0], self}))) return V_EXC;
    }
    return V_UNDEFINED;
}

// ---- FormData

Value form_data_new(VM *vm) {
    HostObject *o = web_new(vm, WEB_FormData);
    o->data[0] = v_from_array(array_new(vm, 8));
    return v_obj(o);
}
void form_data_append(VM *vm, Value form, Value name, Value v) { pair_add(vm, v_ptr(form), name, v); }
static Value form_data_ctor(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_construct_rjs(vm, WEB_FormData, native_new_target(vm));
    if (!o) return V_EXC;
    if (!v_is_undefined(ARG(0))) return throw_type(vm, "FormData constructor: Argument 1 could not be converted to: undefined.");
    o->data[0] = v_from_array(array_new(vm, 8));
    return v_obj(o);
}
static Value entry_value_rjs(VM *vm, int argc, Value *argv) { // string, or a File
    HostObject *b = web_of(ARG(1), WEB_Blob);
    Buf t = {0};
    if (!b) return utf8_arg_rjs(vm, ARG(1), &t) ? buf_take_str(vm, &t) : V_EXC;
    if (web_of(argv[1], WEB_File) && argc < 3) return argv[1];
    if (argc > 2 && !utf8_arg_rjs(vm, argv[2], &t)) return V_EXC;
    if (argc < 3) buf_str(&t, "blob");
    return file_new(vm, b->data[0], b->data[1], buf_take_str(vm, &t));
}
static Value name_rjs(VM *vm, Value v) {
    Buf b = {0};
    return utf8_arg_rjs(vm, v, &b) ? buf_take_str(vm, &b) : V_EXC;
}
enum { FD_APPEND, FD_SET, FD_DELETE, FD_GET, FD_ALL, FD_HAS };
static Value form_data_act(VM *vm, Value self, int argc, Value *argv) {
    u32 what = native_magic(vm);
    HostObject *o = web_this(vm, self, WEB_FormData);
    Value name = o ? name_rjs(vm, ARG(0)) : V_EXC;
    if (v_is_exc(name)) return V_EXC;
    if (what <= FD_SET) {
        Value v = entry_value_rjs(vm, argc, argv);
        if (v_is_exc(v)) return V_EXC;
        if (what == FD_APPEND) pair_add(vm, o, name, v);
        else pair_set(vm, o, name, v);
        return V_UNDEFINED;
    }
    if (what == FD_DELETE) return pair_remove(vm, o, name), V_UNDEFINED;
    Array *all = array_new(vm, 2);
    for (u32 i = 0; i < pairs(o)->length; i += 2) {
        if (!same(vm, o, i, name)) continue;
        if (what == FD_GET) return at(o, i + 1);
        array_push(vm, all, at(o, i + 1));
    }
    return what == FD_ALL ? v_from_array(all) : what == FD_GET ? V_NULL : v_from_bool(all->length);
}
static Value form_data_iterate(VM *vm, Value self, int argc, Value *argv) {
    u32 kind = native_magic(vm);
    HostObject *o = web_this(vm, self, WEB_FormData);
    return o ? iterate_list(vm, pairs(o), kind) : V_EXC;
}
static Value form_data_for_each(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_this(vm, self, WEB_FormData);
    return o ? for_each_list(vm, self, pairs(o), ARG(0), ARG(1)) : V_EXC;
}
const NativeRow form_data_rows[] = {CTOR("FormData", 0, form_data_ctor), ROWS_END};
const NativeRow form_data_proto_rows[] = {
    FN_MAGIC("append", 2, form_data_act, FD_APPEND), FN_MAGIC("set", 2, form_data_act, FD_SET), FN_MAGIC("delete", 1, form_data_act, FD_DELETE), FN_MAGIC("get", 1, form_data_act, FD_GET),
    FN_MAGIC("getAll", 1, form_data_act, FD_ALL), FN_MAGIC("has", 1, form_data_act, FD_HAS), FN_MAGIC("keys", 0, form_data_iterate, ITER_KEYS),
    FN_MAGIC("values", 0, form_data_iterate, ITER_VALUES), FN_MAGIC("entries", 0, form_data_iterate, ITER_ENTRIES), ALIAS("@@iterator", "entries"),
    FN("forEach", 1, form_data_for_each), ROWS_END,
};

// ---- multipart/form-data (RFC 7578, HTML 4.10.21.8)

static void put_name(VM *vm, Buf *out, Value v) {
    Buf b = {0};
    usv_utf8(vm, v_string(v), &b);
    for (size_t i = 0; i < b.len; i++) {
        if (b.data[i] == '"') buf_str(out, "%22");
        else if (b.data[i] == '\n') buf_str(out, "%0A");
        else if (b.data[i] == '\r') buf_str(out, "%0D");
        else buf_u8(out, b.data[i]);
    }
    buf_free(&b);
}
void multipart_write(VM *vm, Value form, const char *boundary, Buf *out) {
    HostObject *o = v_ptr(form);
    for (u32 i = 0; i < pairs(o)->length; i += 2) {
        HostObject *f = web_of(at(o, i + 1), WEB_File);
        buf_printf(out, "--%s\r\nContent-Disposition: form-data; name=\"", boundary);
        put_name(vm, out, at(o, i));
        buf_u8(out, '"');
        if (f) {
            u8 *p;
            size_t n;
            buf_str(out, "; filename=\"");
            put_name(vm, out, f->data[2]);
            buf_str(out, "\"\r\nContent-Type: ");
            if (v_string(f->data[1])->length) usv_utf8(vm, v_string(f->data[1]), out);
            else buf_str(out, "application/octet-stream");
            buf_str(out, "\r\n\r\n");
            if (bytes_of(f->data[0], &p, &n)) buf_put(out, p, n);
        } else {
            buf_str(out, "\r\n\r\n");
            usv_utf8(vm, v_string(at(o, i + 1)), out);
        }
        buf_str(out, "\r\n");
    }
    buf_printf(out, "--%s--\r\n", boundary);
}
static const u8 *find(const u8 *p, const u8 *end, const char *s, size_t n) {
    for (; p + n <= end; p++)
        if (!memcmp(p, s, n)) return p;
    return NULL;
}
static bool parameter(VM *vm, const u8 *p, const u8 *end, const char *name, Value *out) { // name="value" in a header line
    size_t n = strlen(name);
    for (const u8 *x = p; (x = find(x, end, name, n)); x += n) {
        if (x > p && x[-1] != ' ' && x[-1] != ';') continue;
        x += n;
        const u8 *stop = x;
        if (x < end && *x == '"') for (stop = ++x; stop < end && *stop != '"';) stop++;
        else while (stop < end && *stop != ';' && *stop != '\r') stop++;
        bool bad;
        Buf b = {0};
        for (; x < stop; x++) {
            if (x + 2 < stop && !memcmp(x, "%22", 3)) buf_u8(&b, '"'), x += 2;
            else if (x + 2 < stop && !memcmp(x, "%0A", 3)) buf_u8(&b, '\n'), x += 2;
            else if (x + 2 < stop && !memcmp(x, "%0D", 3)) buf_u8(&b, '\r'), x += 2;
            else buf_u8(&b, *x);
        }
        *out = text_from_utf8(vm, b.data, b.len, false, &bad);
        buf_free(&b);
        return true;
    }
    return false;
}
bool multipart_read(VM *vm, Value form, const u8 *p, size_t n, const char *boundary) {
    const u8 *end = p + n;
    Buf mark = {0};
    buf_printf(&mark, "--%s", boundary);
    bool ok = false;
    const u8 *x = find(p, end, (char *)mark.data, mark.len);
    while (x) {
        x += mark.len;
        if (x + 2 <= end && !memcmp(x, "--", 2)) {
            ok = true;
            break;
        }
        const u8 *head_end = find(x, end, "\r\n\r\n", 4), *next;
        if (!head_end) break;
        const u8 *body = head_end + 4;
        next = find(body, end, (char *)mark.data, mark.len);
        if (!next) break;
        const u8 *body_end = next - 2 >= body ? next - 2 : body;
        Value name = V_UNDEFINED, filename, type = v_str(vm, "");
        bool bad;
        Buf low = {0};
        buf_put(&low, x, (size_t)(head_end - x));
        lower_ascii(&low);
        const u8 *t = find(low.data, low.data + low.len, "content-type:", 13);
        if (t) {
            const u8 *from = x + (t - low.data) + 13, *stop;
            while (from < head_end && *from == ' ') from++;
            for (stop = from; stop < head_end && *stop != '\r';) stop++;
            type = v_from_string(str_new_utf8(vm, (const char *)from, (size_t)(stop - from)));
        }
        buf_free(&low);
        if (!parameter(vm, x, head_end, "name=", &name)) break;
        if (parameter(vm, x, head_end, "filename=", &filename)) {
            if (!v_string(type)->length) type = v_str(vm, "text/plain");
            form_data_append(vm, form, name, file_new(vm, uint8_array_from_bytes(vm, body, (u64)(body_end - body)), type, filename));
        } else form_data_append(vm, form, name, text_from_utf8(vm, body, (size_t)(body_end - body), false, &bad));
        x = next;
    }
    buf_free(&mark);
    return ok;
}
void urlencoded_read(VM *vm, Value form, const u8 *p, size_t n) {
    Value text = v_from_string(str_new_utf8(vm, (const char *)p, n));
    Value params = vm_construct(vm, web_ctor(vm, WEB_URLSearchParams), 1, &text, web_ctor(vm, WEB_URLSearchParams));
    if (v_is_exc(params)) return;
    Array *list = v_array(((HostObject *)v_ptr(params))->data[0]);
    for (u32 i = 0; i < list->length; i += 2) form_data_append(vm, form, obj_elems(&list->o)->v[i], obj_elems(&list->o)->v[i + 1]);
}

// ---- Headers: names in lower case; data[1] true: immutable

static bool token(const Buf *b) {
    for (size_t i = 0; i < b->len; i++)
        if (!(b->data[i] > 0x20 && b->data[i] < 0x7F && !strchr("\"(),/:;<=>?@[\\]{}", b->data[i]))) return false;
    return b->len > 0;
}
static Value header_name_rjs(VM *vm, Value v, const char *method) {
    Buf b = {0};
    if (!utf8_arg_rjs(vm, v, &b)) return V_EXC;
    Value r = V_EXC;
    if (!token(&b)) throw_type(vm, "Headers.%s: \"%s\" is an invalid header name.", method, buf_cstr(&b));
    else {
        lower_ascii(&b);
        r = bytes_str(vm, &b);
    }
    buf_free(&b);
    return r;
}
static Value header_value_rjs(VM *vm, Value v, const char *method) {
    String *s = to_string_rjs(vm, v);
    if (!s) return V_EXC;
    Chars c = str_chars(vm, s);
    u32 from = 0, to = c.len;
    while (from < to && strchr(" \t\r\n", chars_at(c, from)) && chars_at(c, from)) from++;
    while (to > from && chars_at(c, to - 1) < 0x80 && chars_at(c, to - 1) && strchr(" \t\r\n", chars_at(c, to - 1))) to--;
    for (u32 i = from; i < to; i++) {
        u16 u = chars_at(c, i);
        if (u > 0xFF) return throw_type(vm, "Cannot convert argument to a ByteString because the character at index %u has a value of %u which is greater than 255.", i, u);
        if (!u || u == '\n' || u == '\r') {
            Buf b = {0};
            throw_type(vm, "Headers.%s: \"%s\" is an invalid header value.", method, str_to_cstr(vm, s, &b));
            buf_free(&b);
            return V_EXC;
        }
    }
    return v_from_string(str_slice(vm, s, from, to));
}
static bool headers_fill_rjs(VM *vm, HostObject *o, Value init) {
    if (v_is_undefined(init)) return true;
    if (!v_is_object(init)) return throw_type(vm, "Headers constructor: init was given by %s, but should be a sequence or record", v_is_null(init) ? "null" : "a primitive"), false;
    HostObject *other = web_of(init, WEB_Headers);
    if (other) {
        for (u32 i = 0; i < pairs(other)->length; i += 2) pair_add(vm, o, at(other, i), at(other, i + 1));
        return true;
    }
    Value method = get_rjs(vm, init, SYM_(vm, iterator));
    if (v_is_exc(method)) return false;
    if (v_is_callable(method)) {
        IterRecord it;
        Value pair;
        int r;
        if (!iter_get_rjs(vm, init, &it)) return false;
        while ((r = iter_step_rjs(vm, &it, &pair)) > 0) {
            i64 n = v_is_object(pair) ? length_of_array_like_rjs(vm, pair) : 0;
            if (n != 2) return throw_type(vm, "Headers constructor: expected name/value pair to be length 2, found %d.", (int)n), iter_close_rjs(vm, &it), false;
            Value k = get_rjs(vm, pair, key_from_index(0)), v = get_rjs(vm, pair, key_from_index(1));
            if (v_is_exc(k) || v_is_exc(v) || v_is_exc(k = header_name_rjs(vm, k, "append")) || v_is_exc(v = header_value_rjs(vm, v, "append"))) return iter_close_rjs(vm, &it), false;
            pair_add(vm, o, k, v);
        }
        return r == 0;
    }
    Array *keys = object_own_keys_rjs(vm, init, KEYS_STRINGS | KEYS_ENUMERABLE_ONLY);
    for (u32 i = 0; keys && i < keys->length; i++) {
        Value k = obj_elems(&keys->o)->v[i], v = get_rjs(vm, init, key_from_string(vm, v_string(k)));
        if (v_is_exc(v) || v_is_exc(k = header_name_rjs(vm, k, "append")) || v_is_exc(v = header_value_rjs(vm, v, "append"))) return false;
        pair_add(vm, o, k, v);
    }
    return keys != NULL;
}
Value headers_new_rjs(VM *vm, Value init) {
    HostObject *o = web_new(vm, WEB_Headers);
    o->data[0] = v_from_array(array_new(vm, 8));
    return headers_fill_rjs(vm, o, init) ? v_obj(o) : V_EXC;
}
static Value headers_ctor(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_construct_rjs(vm, WEB_Headers, native_new_target(vm));
    if (!o) return V_EXC;
    o->data[0] = v_from_array(array_new(vm, 8));
    return headers_fill_rjs(vm, o, ARG(0)) ? v_obj(o) : V_EXC;
}
static Value combined(VM *vm, HostObject *o, Value name) {
    StrBuf b = {0};
    bool any = false;
    for (u32 i = 0; i < pairs(o)->length; i += 2) {
        if (!same(vm, o, i, name)) continue;
        if (any) sb_ascii(&b, is_c(vm, name, "cookie") ? "; " : ", ");
        sb_str(vm, &b, v_string(at(o, i + 1)));
        any = true;
    }
    if (!any) return sb_free(&b), V_NULL;
    return sb_finish(vm, &b);
}
Value headers_get(VM *vm, Value headers, const char *name) { return combined(vm, v_ptr(headers), v_str(vm, name)); }
void headers_set(VM *vm, Value headers, const char *name, Value v) { pair_set(vm, v_ptr(headers), v_str(vm, name), v); }

enum { H_APPEND, H_SET, H_DELETE, H_GET, H_HAS };
static Value headers_act(VM *vm, Value self, int argc, Value *argv) {
    static const char *const names[] = {"append", "set", "delete", "get", "has"};
    u32 what = native_magic(vm);
    HostObject *o = web_this(vm, self, WEB_Headers);
    if (!o) return V_EXC;
    if (argc < (what <= H_SET ? 2 : 1)) return throw_type(vm, "Headers.%s: %d argument%s required, but%s %d found.", names[what], what <= H_SET ? 2 : 1, what <= H_SET ? "s" : "", argc ? " only" : "", argc);
    Value name = header_name_rjs(vm, ARG(0), names[what]);
    if (v_is_exc(name)) return V_EXC;
    if (what <= H_DELETE && o->data[1] == V_TRUE) return throw_type(vm, "immutable");
    if (what <= H_SET) {
        Value v = header_value_rjs(vm, argv[1], names[what]);
        if (v_is_exc(v)) return V_EXC;
        if (what == H_APPEND) pair_add(vm, o, name, v);
        else pair_set(vm, o, name, v);
        return V_UNDEFINED;
    }
    if (what == H_DELETE) return pair_remove(vm, o, name), V_UNDEFINED;
    Value v = combined(vm, o, name);
    return what == H_GET ? v : v_is_exc(v) ? V_EXC : v_from_bool(!v_is_null(v));
}
static Value headers_cookies(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_this(vm, self, WEB_Headers);
    if (!o) return V_EXC;
    Array *a = array_new(vm, 2);
    for (u32 i = 0; i < pairs(o)->length; i += 2)
        if (is_c(vm, at(o, i), "set-cookie")) array_push(vm, a, at(o, i + 1));
    return v_from_array(a);
}
static VM *sort_vm;
static int by_name(const void *a, const void *b) { return str_compare(sort_vm, v_string(*(const Value *)a), v_string(*(const Value *)b)); }
static Array *sorted(VM *vm, HostObject *o) { // flat pairs, by name, combined; set-cookie stays apart
    u32 n = 0;
    ValueArray *names = values_new(vm, pairs(o)->length + 1);
    for (u32 i = 0; i < pairs(o)->length; i += 2) {
        u32 k = 0;
        while (k < n && !str_equal(vm, v_string(names->v[k]), v_string(at(o, i)))) k++;
        if (k == n) names->v[n++] = at(o, i);
    }
    sort_vm = vm;
    qsort(names->v, n, 8, by_name);
    Array *out = array_new(vm, n * 2);
    for (u32 k = 0; k < n; k++) {
        bool cookie = is_c(vm, names->v[k], "set-cookie");
        for (u32 i = 0; cookie && i < pairs(o)->length; i += 2)
            if (same(vm, o, i, names->v[k])) {
                array_push(vm, out, names->v[k]);
                array_push(vm, out, at(o, i + 1));
            }
        if (cookie) continue;
        array_push(vm, out, names->v[k]);
        array_push(vm, out, combined(vm, o, names->v[k]));
    }
    return out;
}
static Value headers_iterate(VM *vm, Value self, int argc, Value *argv) {
    u32 kind = native_magic(vm);
    HostObject *o = web_this(vm, self, WEB_Headers);
    return o ? iterate_list(vm, sorted(vm, o), kind) : V_EXC;
}
static Value headers_for_each(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_this(vm, self, WEB_Headers);
    return o ? for_each_list(vm, self, sorted(vm, o), ARG(0), ARG(1)) : V_EXC;
}
const NativeRow headers_rows[] = {CTOR("Headers", 0, headers_ctor), ROWS_END};
const NativeRow headers_proto_rows[] = {
    FN_MAGIC("append", 2, headers_act, H_APPEND), FN_MAGIC("set", 2, headers_act, H_SET), FN_MAGIC("delete", 1, headers_act, H_DELETE), FN_MAGIC("get", 1, headers_act, H_GET),
    FN_MAGIC("has", 1, headers_act, H_HAS), FN("getSetCookie", 0, headers_cookies), FN_MAGIC("keys", 0, headers_iterate, ITER_KEYS), FN_MAGIC("values", 0, headers_iterate, ITER_VALUES),
    FN_MAGIC("entries", 0, headers_iterate, ITER_ENTRIES), ALIAS("@@iterator", "entries"), FN("forEach", 1, headers_for_each), ROWS_END,
};
