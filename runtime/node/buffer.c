// SPDX-License-Identifier: MIT
// Buffer: a Uint8Array whose prototype adds encodings, comparisons and number access (node:buffer).
#include <stdio.h>

#include "runtime/node/node.h"
#include "vm/builtins/typedarray.h"
#include "vm/num/bigint.h"

enum Encoding { ENC_UTF8, ENC_HEX, ENC_BASE64, ENC_BASE64URL, ENC_LATIN1, ENC_ASCII, ENC_UTF16LE };
static const struct { const char *name; u8 encoding; } encodings[] = {
    {"utf8", ENC_UTF8}, {"utf-8", ENC_UTF8}, {"hex", ENC_HEX}, {"base64", ENC_BASE64}, {"base64url", ENC_BASE64URL}, {"latin1", ENC_LATIN1}, {"binary", ENC_LATIN1},
    {"ascii", ENC_ASCII}, {"utf16le", ENC_UTF16LE}, {"utf-16le", ENC_UTF16LE}, {"ucs2", ENC_UTF16LE}, {"ucs-2", ENC_UTF16LE}};

static int encoding_of(VM *vm, Value v) { // -1 unknown
    if (!v_is_string(v)) return v_is_undefined(v) || v_is_null(v) ? ENC_UTF8 : -1;
    Buf b = {0};
    usv_utf8(vm, v_string(v), &b);
    lower_ascii(&b);
    int r = -1;
    for (u32 i = 0; i < DX_COUNTOF(encodings) && r < 0; i++)
        if (!strcmp(encodings[i].name, buf_cstr(&b))) r = encodings[i].encoding;
    buf_free(&b);
    return r;
}
static int encoding_rjs(VM *vm, Value v) {
    int e = encoding_of(vm, v);
    if (e >= 0) return e;
    Buf b = {0};
    if (utf8_arg_rjs(vm, v, &b)) throw_coded(vm, REALM_TypeErrorPrototype, "ERR_UNKNOWN_ENCODING", "Unknown encoding: %s", buf_cstr(&b));
    buf_free(&b);
    return -1;
}
static int hex_digit(u16 c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1; }
static void string_bytes(VM *vm, String *s, int e, Buf *out) {
    Chars c = str_chars(vm, s);
    if (e == ENC_UTF8) usv_utf8(vm, s, out);
    else if (e == ENC_HEX)
        for (u32 i = 0; i + 1 < c.len; i += 2) {
            int a = hex_digit(chars_at(c, i)), b = hex_digit(chars_at(c, i + 1));
            if (a < 0 || b < 0) break;
            buf_u8(out, (u8)(a << 4 | b));
        }
    else if (e == ENC_BASE64 || e == ENC_BASE64URL) {
        Buf text = {0};
        usv_utf8(vm, s, &text);
        base64_decode((char *)text.data, text.len, false, out);
        buf_free(&text);
    } else
        for (u32 i = 0; i < c.len; i++) {
            buf_u8(out, (u8)chars_at(c, i));
            if (e == ENC_UTF16LE) buf_u8(out, (u8)(chars_at(c, i) >> 8));
        }
}
static Value bytes_text(VM *vm, const u8 *p, size_t n, int e) {
    Buf b = {0};
    bool bad;
    switch (e) {
    case ENC_HEX:
        for (size_t i = 0; i < n; i++) buf_printf(&b, "%02x", p[i]);
        return buf_take_str(vm, &b);
    case ENC_BASE64: case ENC_BASE64URL:
        base64_encode(p, n, e == ENC_BASE64URL, &b);
        return buf_take_str(vm, &b);
    case ENC_LATIN1: return v_from_string(str_new_latin1(vm, n ? p : (const u8 *)"", (u32)n));
    case ENC_ASCII: {
        for (size_t i = 0; i < n; i++) buf_u8(&b, p[i] & 0x7F);
        return buf_take_str(vm, &b);
    }
    case ENC_UTF16LE: {
        StrBuf s = {0};
        for (size_t i = 0; i + 1 < n; i += 2) sb_unit(&s, (u16)(p[i] | p[i + 1] << 8));
        return sb_finish(vm, &s);
    }
    default: return text_from_utf8(vm, p, n, false, &bad);
    }
}
// The bytes of a string (in an encoding) or of a view. False: thrown.
bool buffer_bytes_rjs(VM *vm, Value v, Value encoding, Buf *out) {
    u8 *p;
    size_t n;
    if (v_is_string(v)) {
        int e = encoding_rjs(vm, encoding);
        if (e < 0) return false;
        string_bytes(vm, v_string(v), e, out);
        return true;
    }
    if (!bytes_of(v, &p, &n)) return throw_arg_type(vm, "data", "of type string or an instance of Buffer, TypedArray, or DataView", v), false;
    buf_put(out, p, n);
    return true;
}
static Value buffer_proto(VM *vm) { return ((ValueArray *)v_ptr(vm->realm->NodeModules))->v[1]; }
static Value buffer_ctor_value(VM *vm) { return object_own_data(vm, v_object(buffer_proto(vm)), A_(vm, constructor)); }
static Value buffer_alloc(VM *vm, u64 n) { return typed_array_new_proto(vm, EL_Uint8, n, buffer_proto(vm)); }
Value buffer_from_bytes(VM *vm, const void *p, size_t n) {
    Value v = buffer_alloc(vm, n);
    if (!v_is_exc(v) && n) memcpy(typed_data(v_ptr(v)), p, n);
    return v;
}
static Value view_of(VM *vm, BufferObject *b, u64 offset, u64 length) { // over the same bytes
    return vm_construct(vm, object_find_data(vm, vm->realm->Uint8ArrayPrototype, A_(vm, constructor)), 3, (Value[]){v_obj(b), v_from_i64((i64)offset), v_from_i64((i64)length)}, buffer_ctor_value(vm));
}
static Value throw_range(VM *vm, const char *name, Value v, const char *range) {
    Buf b = {0};
    Value r = throw_coded(vm, REALM_RangeErrorPrototype, "ERR_OUT_OF_RANGE", "The value of \"%s\" is out of range. It must be %s. Received %s", name, range, str_to_cstr(vm, value_display(vm, v), &b));
    buf_free(&b);
    return r;
}
static Value from_rjs(VM *vm, int argc, Value *argv) {
    Value v = ARG(0);
    u8 *p;
    size_t n;
    Buf b = {0};
    if (v_is_string(v)) {
        int e = encoding_rjs(vm, v_is_string(ARG(1)) ? argv[1] : V_UNDEFINED);
        if (e < 0) return V_EXC;
        string_bytes(vm, v_string(v), e, &b);
        Value r = buffer_from_bytes(vm, b.data, b.len);
        buf_free(&b);
        return r;
    }
    if (v_is_kind(v, CELL_ARRAYBUFFER) || v_is_kind(v, CELL_SHAREDBUFFER)) {
        i64 from = 0, len;
        bytes_of(v, &p, &n);
        if (!to_index_rjs(vm, ARG(1), &from, "offset")) return V_EXC;
        if ((u64)from > n) return throw_coded(vm, REALM_RangeErrorPrototype, "ERR_BUFFER_OUT_OF_BOUNDS", "\"offset\" is outside of buffer bounds");
        len = (i64)n - from;
        if (!v_is_undefined(ARG(2)) && !to_index_rjs(vm, argv[2], &len, "length")) return V_EXC;
        if ((u64)(from + len) > n) return throw_coded(vm, REALM_RangeErrorPrototype, "ERR_BUFFER_OUT_OF_BOUNDS", "\"length\" is outside of buffer bounds");
        return view_of(vm, v_ptr(v), (u64)from, (u64)len);
    }
    if (v_is_object(v)) {
        if (v_is_kind(v, CELL_TYPEDARRAY) && ((TypedArrayObject *)v_ptr(v))->type == EL_Uint8 && bytes_of(v, &p, &n)) return buffer_from_bytes(vm, p, n);
        Value prim = get_rjs(vm, v, A_(vm, valueOf));
        if (v_is_callable(prim)) prim = CALL0(vm, prim, v);
        if (v_is_exc(prim)) return V_EXC;
        if (v_is_string(prim)) return from_rjs(vm, 1, &prim);
        Value type = prop_rjs(vm, v, "type"), data = prop_rjs(vm, v, "data");
        if (v_is_exc(type) || v_is_exc(data)) return V_EXC;
        if (is_c(vm, type, "Buffer") && v_is_array(data)) v = data;
        Value has = get_rjs(vm, v, A_(vm, length));
        if (v_is_exc(has)) return V_EXC;
        if (v_is_number(has)) {
            i64 len = length_of_array_like_rjs(vm, v);
            if (len < 0) return V_EXC;
            Value out = buffer_alloc(vm, (u64)len);
            for (i64 i = 0; !v_is_exc(out) && i < len; i++) {
                Value x = get_rjs(vm, v, key_from_index((u32)i));
                i32 byte;
                if (v_is_exc(x) || !to_int32_rjs(vm, x, &byte)) return V_EXC;
                typed_data(v_ptr(out))[i] = (u8)byte;
            }
            return out;
        }
        Value proto = object_find_data(vm, v, A_(vm, constructor));
        (void)proto;
    }
    return throw_arg_type(vm, "first argument", "of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object", v);
}
static Value buffer_from(VM *vm, Value self, int argc, Value *argv) { return from_rjs(vm, argc, argv); }
static bool fill_rjs(VM *vm, u8 *p, size_t n, Value v, Value encoding) {
    Buf b = {0};
    i32 byte;
    heap_touch(vm, p, n);
    if (v_is_string(v) || v_is_object(v)) {
        if (!buffer_bytes_rjs(vm, v, encoding, &b)) return false;
        for (size_t i = 0; i < n; i++) p[i] = b.len ? b.data[i % b.len] : 0;
        buf_free(&b);
        return true;
    }
    if (!to_int32_rjs(vm, v, &byte)) return false;
    memset(p, byte, n);
    return true;
}
static Value buffer_alloc_fn(VM *vm, Value self, int argc, Value *argv) {
    if (!v_is_number(ARG(0))) return throw_arg_type(vm, "size", "of type number", ARG(0));
    f64 n = v_num(argv[0]);
    if (!(n >= 0 && n <= 4294967296.0)) return throw_range(vm, "size", argv[0], ">= 0 && <= 9007199254740991");
    Value b = buffer_alloc(vm, (u64)n);
    if (!v_is_exc(b) && argc > 1 && !v_is_undefined(argv[1]) && !fill_rjs(vm, typed_data(v_ptr(b)), (size_t)n, argv[1], ARG(2))) return V_EXC;
    return b;
}
static Value buffer_ctor(VM *vm, Value self, int argc, Value *argv) { // Buffer(…), new Buffer(…), and species
    return v_is_number(ARG(0)) ? buffer_alloc_fn(vm, self, 1, argv) : from_rjs(vm, argc, argv);
}
static Value buffer_concat(VM *vm, Value self, int argc, Value *argv) {
    if (!v_is_array(ARG(0))) return throw_arg_type(vm, "list", "an instance of Array", ARG(0));
    Buf b = {0};
    u8 *p;
    size_t n;
    for (u32 i = 0; i < v_array(argv[0])->length; i++) {
        Value v = get_rjs(vm, argv[0], key_from_index(i));
        if (v_is_exc(v)) return buf_free(&b), V_EXC;
        if (!bytes_of(v, &p, &n)) return buf_free(&b), throw_arg_type(vm, "list[0]", "an instance of Buffer or Uint8Array", v);
        if (n) buf_put(&b, p, n);
    }
    f64 want = (f64)b.len;
    if (!v_is_undefined(ARG(1)) && !to_integer_rjs(vm, argv[1], &want)) return V_EXC;
    if (want > (f64)b.len) buf_zero(&b, (size_t)want - b.len);
    Value r = buffer_from_bytes(vm, b.data, (size_t)want);
    buf_free(&b);
    return r;
}
static Value buffer_is(VM *vm, Value self, int argc, Value *argv) {
    Value proto = buffer_proto(vm), at = ARG(0);
    if (!v_is_kind(at, CELL_TYPEDARRAY)) return V_FALSE;
    for (at = obj_proto(v_object(at)); v_is_object(at); at = obj_proto(v_object(at)))
        if (at == proto) return V_TRUE;
    return V_FALSE;
}
static Value buffer_is_encoding(VM *vm, Value self, int argc, Value *argv) { return v_from_bool(v_is_string(ARG(0)) && encoding_of(vm, argv[0]) >= 0); }
static Value buffer_byte_length(VM *vm, Value self, int argc, Value *argv) {
    Buf b = {0};
    if (!buffer_bytes_rjs(vm, ARG(0), v_is_string(ARG(1)) && encoding_of(vm, argv[1]) >= 0 ? argv[1] : V_UNDEFINED, &b)) return V_EXC;
    Value n = v_from_i64((i64)b.len);
    buf_free(&b);
    return n;
}
static Value compare_rjs(VM *vm, Value a, Value b) {
    u8 *p, *q;
    size_t n, m;
    if (!bytes_of(a, &p, &n)) return throw_arg_type(vm, "buf1", "an instance of Buffer or Uint8Array", a);
    if (!bytes_of(b, &q, &m)) return throw_arg_type(vm, "buf2", "an instance of Buffer or Uint8Array", b);
    int r = n && m ? memcmp(p, q, n < m ? n : m) : 0;
    return v_from_int(r < 0 ? -1 : r > 0 ? 1 : n < m ? -1 : n > m);
}
static Value buffer_compare(VM *vm, Value self, int argc, Value *argv) { return compare_rjs(vm, ARG(0), ARG(1)); }

// ---- prototype

#define THIS_BYTES                                                                             \
    u8 *p;                                                                                     \
    size_t n;                                                                                  \
    if (!v_is_kind(self, CELL_TYPEDARRAY)) return throw_type(vm, "argument must be a buffer"); \
    bytes_of(self, &p, &n)
static bool range_rjs(VM *vm, Value from, Value to, size_t n, size_t *a, size_t *z) {
    f64 x = 0, y = (f64)n;
    if (!v_is_undefined(from) && !to_integer_rjs(vm, from, &x)) return false;
    if (!v_is_undefined(to) && !to_integer_rjs(vm, to, &y)) return false;
    *a = x <= 0 ? 0 : x > (f64)n ? n : (size_t)x;
    *z = y <= 0 ? 0 : y > (f64)n ? n : (size_t)y;
    if (*z < *a) *z = *a;
    return true;
}
static Value buffer_proto_to_string(VM *vm, Value self, int argc, Value *argv) {
    THIS_BYTES;
    size_t a, z;
    int e = encoding_rjs(vm, ARG(0));
    if (e < 0 || !range_rjs(vm, ARG(1), ARG(2), n, &a, &z)) return V_EXC;
    return bytes_text(vm, p + a, z - a, e);
}
static Value buffer_proto_to_json(VM *vm, Value self, int argc, Value *argv) {
    THIS_BYTES;
    Value o = v_obj(object_new(vm));
    Array *a = array_new(vm, (u32)n);
    for (size_t i = 0; i < n; i++) array_push(vm, a, v_from_int(p[i]));
    prop_put(vm, o, "type", v_str(vm, "Buffer"));
    prop_put(vm, o, "data", v_from_array(a));
    return o;
}
static Value buffer_proto_equals(VM *vm, Value self, int argc, Value *argv) {
    Value r = compare_rjs(vm, self, ARG(0));
    return v_is_exc(r) ? V_EXC : v_from_bool(v_int(r) == 0);
}
static Value buffer_proto_compare(VM *vm, Value self, int argc, Value *argv) { return compare_rjs(vm, self, ARG(0)); }
static Value buffer_proto_slice(VM *vm, Value self, int argc, Value *argv) {
    THIS_BYTES;
    i64 a, z;
    if (!to_relative_index_rjs(vm, ARG(0), (i64)n, 0, &a) || !to_relative_index_rjs(vm, ARG(1), (i64)n, (i64)n, &z)) return V_EXC;
    TypedArrayObject *t = v_ptr(self);
    return view_of(vm, t->buffer, t->offset + (u64)a, z > a ? (u64)(z - a) : 0);
}
static Value buffer_proto_copy(VM *vm, Value self, int argc, Value *argv) {
    THIS_BYTES;
    u8 *to;
    size_t m, a, z;
    f64 at = 0;
    if (!bytes_of(ARG(0), &to, &m)) return throw_arg_type(vm, "target", "an instance of Buffer or Uint8Array", ARG(0));
    if ((!v_is_undefined(ARG(1)) && !to_integer_rjs(vm, argv[1], &at)) || !range_rjs(vm, ARG(2), ARG(3), n, &a, &z)) return V_EXC;
    if (at < 0 || at >= (f64)m) return v_from_int(0);
    size_t count = z - a < m - (size_t)at ? z - a : m - (size_t)at;
    heap_touch(vm, to + (size_t)at, count);
    memmove(to + (size_t)at, p + a, count);
    return v_from_i64((i64)count);
}
static Value buffer_proto_fill(VM *vm, Value self, int argc, Value *argv) {
    THIS_BYTES;
    size_t a, z;
    bool text = v_is_string(ARG(1)); // fill(value, encoding)
    if (!range_rjs(vm, text ? V_UNDEFINED : ARG(1), text ? V_UNDEFINED : ARG(2), n, &a, &z)) return V_EXC;
    return fill_rjs(vm, p + a, z - a, ARG(0), text ? argv[1] : ARG(3)) ? self : V_EXC;
}
static Value buffer_proto_write(VM *vm, Value self, int argc, Value *argv) { // (string, offset?, length?, encoding?)
    THIS_BYTES;
    if (!v_is_string(ARG(0))) return throw_arg_type(vm, "argument", "of type string", ARG(0));
    Value encoding = V_UNDEFINED;
    f64 at = 0, len = 1e18;
    for (int i = 1; i < argc; i++) {
        if (v_is_string(argv[i])) encoding = argv[i];
        else if (v_is_number(argv[i]) && i == 1) at = v_num(argv[i]);
        else if (v_is_number(argv[i])) len = v_num(argv[i]);
    }
    Buf b = {0};
    int e = encoding_rjs(vm, encoding);
    if (e < 0) return V_EXC;
    if (at < 0 || at > (f64)n) return throw_range(vm, "offset", v_from_num(at), ">= 0");
    string_bytes(vm, v_string(argv[0]), e, &b);
    size_t count = b.len < n - (size_t)at ? b.len : n - (size_t)at;
    if ((f64)count > len) count = (size_t)len;
    while (e == ENC_UTF8 && count < b.len && count && (b.data[count] & 0xC0) == 0x80) count--; // whole characters only
    heap_touch(vm, p + (size_t)at, count);
    if (count) memcpy(p + (size_t)at, b.data, count);
    buf_free(&b);
    return v_from_i64((i64)count);
}
enum { FIND_FIRST, FIND_LAST, FIND_HAS };
static Value buffer_proto_find(VM *vm, Value self, int argc, Value *argv) {
    u32 how = native_magic(vm);
    THIS_BYTES;
    Buf b = {0};
    i32 byte;
    if (v_is_number(ARG(0))) {
        if (!to_int32_rjs(vm, argv[0], &byte)) return V_EXC;
        buf_u8(&b, (u8)byte);
    } else if (!buffer_bytes_rjs(vm, ARG(0), v_is_string(ARG(1)) ? argv[1] : ARG(2), &b)) return V_EXC;
    f64 from = how == FIND_LAST ? (f64)n : 0;
    if (v_is_number(ARG(1))) from = v_num(argv[1]) < 0 ? (f64)n + v_num(argv[1]) : v_num(argv[1]);
    i64 found = -1;
    if (how == FIND_LAST) {
        for (i64 i = (i64)n - (i64)b.len; i >= 0 && found < 0; i--)
            if ((f64)i <= from && !memcmp(p + i, b.data, b.len)) found = i;
    } else
        for (i64 i = from > 0 ? (i64)from : 0; i + (i64)b.len <= (i64)n && found < 0; i++)
            if (!b.len || !memcmp(p + i, b.data, b.len)) found = i;
    buf_free(&b);
    return how == FIND_HAS ? v_from_bool(found >= 0) : v_from_i64(found);
}

// Numbers. magic: bytes | BIG | SIGNED | FLOAT | BIGINT
enum { BIG = 16, SIGNED = 32, FLOATING = 64, LARGE = 128 };
static bool offset_rjs(VM *vm, Value v, size_t n, u32 bytes, size_t *out) {
    f64 at = 0;
    if (!v_is_undefined(v) && !v_is_number(v)) return throw_arg_type(vm, "offset", "of type number", v), false;
    if (!v_is_undefined(v)) at = v_num(v);
    if (n < bytes) return throw_coded(vm, REALM_RangeErrorPrototype, "ERR_BUFFER_OUT_OF_BOUNDS", "Attempt to access memory outside buffer bounds"), false;
    if (!(at >= 0 && at <= (f64)(n - bytes)) || at != (f64)(i64)at) {
        char range[64];
        snprintf(range, sizeof range, ">= 0 and <= %llu", (unsigned long long)(n - bytes));
        return throw_range(vm, "offset", v, range), false;
    }
    *out = (size_t)at;
    return true;
}
static Value buffer_proto_read(VM *vm, Value self, int argc, Value *argv) {
    u32 m = native_magic(vm), bytes = m & 15;
    THIS_BYTES;
    size_t at;
    Value where = ARG(0);
    if (!bytes) { // readUIntBE(offset, byteLength)
        if (!v_is_number(ARG(1))) return throw_arg_type(vm, "byteLength", "of type number", ARG(1));
        bytes = (u32)v_num(argv[1]);
        if (bytes < 1 || bytes > 6) return throw_range(vm, "byteLength", argv[1], ">= 1 and <= 6");
    }
    if (!offset_rjs(vm, where, n, bytes, &at)) return V_EXC;
    u64 v = 0;
    for (u32 i = 0; i < bytes; i++) v |= (u64)p[at + (m & BIG ? bytes - 1 - i : i)] << (8 * i);
    if (m & FLOATING) {
        float f;
        f64 d;
        u32 w = (u32)v;
        if (bytes == 4) return memcpy(&f, &w, 4), v_from_num(f);
        return memcpy(&d, &v, 8), v_from_num(d);
    }
    if (m & LARGE) {
        char text[32];
        int len = m & SIGNED ? snprintf(text, sizeof text, "%lld", (long long)((i64)v < 0 ? -(i64)v : (i64)v)) : snprintf(text, sizeof text, "%llu", (unsigned long long)v);
        return bigint_from_digits(vm, (const u8 *)text, (u32)len, 10, m & SIGNED && (i64)v < 0);
    }
    if (m & SIGNED && bytes < 8 && v >> (8 * bytes - 1)) return v_from_i64((i64)(v - (1ull << (8 * bytes))));
    return v_from_num((f64)v);
}
static Value buffer_proto_store(VM *vm, Value self, int argc, Value *argv) {
    u32 m = native_magic(vm), bytes = m & 15;
    THIS_BYTES;
    size_t at;
    if (!bytes) {
        if (!v_is_number(ARG(2))) return throw_arg_type(vm, "byteLength", "of type number", ARG(2));
        bytes = (u32)v_num(argv[2]);
        if (bytes < 1 || bytes > 6) return throw_range(vm, "byteLength", argv[2], ">= 1 and <= 6");
    }
    if (!offset_rjs(vm, ARG(1), n, bytes, &at)) return V_EXC;
    u64 v;
    if (m & LARGE) {
        Value tmp = typed_array_new(vm, m & SIGNED ? EL_BigInt64 : EL_BigUint64, 1);
        if (v_is_exc(tmp) || !typed_store_rjs(vm, v_ptr(tmp), 0, ARG(0))) return V_EXC;
        memcpy(&v, typed_data(v_ptr(tmp)), 8);
    } else {
        f64 d;
        if (!to_f64_rjs(vm, ARG(0), &d)) return V_EXC;
        float f = (float)d;
        u32 w;
        if (m & FLOATING && bytes == 4) memcpy(&w, &f, 4), v = w;
        else if (m & FLOATING) memcpy(&v, &d, 8);
        else {
            f64 top = (f64)(1ull << (8 * bytes - (m & SIGNED ? 1 : 0))), low = m & SIGNED ? -top : 0;
            if (d < low || d >= top) {
                char range[80];
                snprintf(range, sizeof range, ">= %.0f and <= %.0f", low, top - 1);
                return throw_range(vm, "value", ARG(0), range);
            }
            v = d != d ? 0 : (u64)(i64)d;
        }
    }
    heap_touch(vm, p + at, bytes);
    for (u32 i = 0; i < bytes; i++) p[at + (m & BIG ? bytes - 1 - i : i)] = (u8)(v >> (8 * i));
    return v_from_i64((i64)(at + bytes));
}
static Value buffer_proto_swap(VM *vm, Value self, int argc, Value *argv) { // magic: unit
    u32 unit = native_magic(vm);
    THIS_BYTES;
    if (n % unit) return throw_coded(vm, REALM_RangeErrorPrototype, "ERR_INVALID_BUFFER_SIZE", "Buffer size must be a multiple of %u-bits", unit * 8);
    heap_touch(vm, p, n);
    for (size_t i = 0; i < n; i += unit)
        for (u32 k = 0; k < unit / 2; k++) {
            u8 t = p[i + k];
            p[i + k] = p[i + unit - 1 - k];
            p[i + unit - 1 - k] = t;
        }
    return self;
}
static Value buffer_proto_parent(VM *vm, Value self, int argc, Value *argv) {
    bool offset = native_magic(vm);
    if (!v_is_kind(self, CELL_TYPEDARRAY)) return V_UNDEFINED;
    TypedArrayObject *t = v_ptr(self);
    return offset ? v_from_i64((i64)t->offset) : v_obj(t->buffer);
}
static Value buffer_proto_inspect(VM *vm, Value self, int argc, Value *argv) {
    THIS_BYTES;
    Buf b = {0};
    buf_str(&b, "<Buffer");
    for (size_t i = 0; i < n && i < 50; i++) buf_printf(&b, " %02x", p[i]);
    if (n > 50) buf_printf(&b, " ... %llu more byte%s", (unsigned long long)(n - 50), n == 51 ? "" : "s");
    buf_u8(&b, '>');
    return buf_take_str(vm, &b);
}
const NativeRow buffer_inspect_rows[] = {FN("inspect", 2, buffer_proto_inspect), ROWS_END};
#define NUMBER(name, m) FN_MAGIC("read" name, 1, buffer_proto_read, m), FN_MAGIC("write" name, 2, buffer_proto_store, m)
const NativeRow buffer_ctor_rows[] = {CTOR("Buffer", 2, buffer_ctor), ROWS_END};
const NativeRow buffer_static_rows[] = {
    FN("from", 3, buffer_from), FN("alloc", 3, buffer_alloc_fn), FN("allocUnsafe", 1, buffer_alloc_fn), FN("allocUnsafeSlow", 1, buffer_alloc_fn), FN("concat", 2, buffer_concat),
    FN("isBuffer", 1, buffer_is), FN("isEncoding", 1, buffer_is_encoding), FN("byteLength", 2, buffer_byte_length), FN("compare", 2, buffer_compare), VALUE_NUM("poolSize", 8192, ATTR_WEC),
    ROWS_END,
};
const NativeRow buffer_proto_rows[] = {
    FN("toString", 3, buffer_proto_to_string), FN("toLocaleString", 3, buffer_proto_to_string), FN("toJSON", 0, buffer_proto_to_json), FN("equals", 1, buffer_proto_equals),
    FN("compare", 1, buffer_proto_compare), FN("slice", 2, buffer_proto_slice), FN("subarray", 2, buffer_proto_slice), FN("copy", 4, buffer_proto_copy), FN("fill", 4, buffer_proto_fill),
    FN("write", 4, buffer_proto_write), FN_MAGIC("indexOf", 3, buffer_proto_find, FIND_FIRST), FN_MAGIC("lastIndexOf", 3, buffer_proto_find, FIND_LAST),
    FN_MAGIC("includes", 3, buffer_proto_find, FIND_HAS), NUMBER("UInt8", 1), NUMBER("UInt16LE", 2), NUMBER("UInt16BE", 2 | BIG), NUMBER("UInt32LE", 4), NUMBER("UInt32BE", 4 | BIG),
    NUMBER("Int8", 1 | SIGNED), NUMBER("Int16LE", 2 | SIGNED), NUMBER("Int16BE", 2 | BIG | SIGNED), NUMBER("Int32LE", 4 | SIGNED), NUMBER("Int32BE", 4 | BIG | SIGNED),
    NUMBER("FloatLE", 4 | FLOATING), NUMBER("FloatBE", 4 | BIG | FLOATING), NUMBER("DoubleLE", 8 | FLOATING), NUMBER("DoubleBE", 8 | BIG | FLOATING),
    NUMBER("BigInt64LE", 8 | LARGE | SIGNED), NUMBER("BigInt64BE", 8 | LARGE | SIGNED | BIG), NUMBER("BigUInt64LE", 8 | LARGE), NUMBER("BigUInt64BE", 8 | LARGE | BIG),
    NUMBER("UIntLE", 0), NUMBER("UIntBE", BIG), NUMBER("IntLE", SIGNED), NUMBER("IntBE", SIGNED | BIG),
    ALIAS("readUint8", "readUInt8"), ALIAS("writeUint8", "writeUInt8"), ALIAS("readUint16LE", "readUInt16LE"), ALIAS("readUint16BE", "readUInt16BE"), ALIAS("readUint32LE", "readUInt32LE"),
    ALIAS("readUint32BE", "readUInt32BE"), ALIAS("writeUint16LE", "writeUInt16LE"), ALIAS("writeUint16BE", "writeUInt16BE"), ALIAS("writeUint32LE", "writeUInt32LE"),
    ALIAS("writeUint32BE", "writeUInt32BE"), FN_MAGIC("swap16", 0, buffer_proto_swap, 2), FN_MAGIC("swap32", 0, buffer_proto_swap, 4), FN_MAGIC("swap64", 0, buffer_proto_swap, 8),
    GETTER_MAGIC("parent", buffer_proto_parent, 0), GETTER_MAGIC("offset", buffer_proto_parent, 1), ROWS_END,
};
Value buffer_install(VM *vm) { // the prototype
    Value up = vm->realm->Uint8ArrayPrototype, up_ctor = object_find_data(vm, up, A_(vm, constructor));
    Value proto = v_obj(object_new_proto(vm, up)), ctor = native_make(vm, RUNTIME_ID(buffer_ctor_rows, 0));
    DX_CHECK(object_set_proto_rjs(vm, ctor, up_ctor) == 1);
    func_materialize(vm, v_object(ctor));
    object_put(vm, v_object(ctor), A_(vm, prototype), proto, 0);
    builtin_install(vm, ctor, RT_buffer_static_rows);
    builtin_install(vm, proto, RT_buffer_proto_rows);
    Value custom = CALL1(vm, get_rjs(vm, get_rjs(vm, vm->realm->global, A_(vm, Symbol)), key_c(vm, "for")), V_UNDEFINED, v_str(vm, "nodejs.util.inspect.custom"));
    object_put(vm, v_object(proto), custom, native_make(vm, RUNTIME_ID(buffer_inspect_rows, 0)), ATTR_WC);
    object_put(vm, v_object(proto), A_(vm, constructor), ctor, ATTR_WC);
    object_put(vm, v_object(vm->realm->global), key_c(vm, "Buffer"), ctor, ATTR_WC);
    return proto;
}
Value buffer_module(VM *vm) {
    static const char *const names[] = {"Blob", "File", "atob", "btoa"};
    Value o = v_obj(object_new(vm)), constants = v_obj(object_new(vm));
    prop_put(vm, o, "Buffer", buffer_ctor_value(vm));
    prop_put(vm, o, "kMaxLength", v_from_num(9007199254740991.0));
    prop_put(vm, constants, "MAX_LENGTH", v_from_num(9007199254740991.0));
    prop_put(vm, constants, "MAX_STRING_LENGTH", v_from_int(536870888));
    prop_put(vm, o, "constants", constants);
    for (u32 i = 0; i < DX_COUNTOF(names); i++) {
        Value v = object_own_data(vm, v_object(vm->realm->global), key_c(vm, names[i]));
        if (v != V_HOLE) prop_put(vm, o, names[i], v);
    }
    return o;
}
