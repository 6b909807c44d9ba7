// SPDX-License-Identifier: MIT
// TextEncoder and TextDecoder (WHATWG Encoding; utf-8, utf-16le, utf-16be, latin1), atob and btoa, base64.
#include "runtime/web/web.h"

// ---- UTF-8

// One code point at p[i..n): its value and *used, or 0xFFFFFFFF with *used the maximal subpart to replace.
static u32 utf8_step(const u8 *p, size_t n, size_t i, u32 *used) {
    u8 b = p[i];
    *used = 1;
    if (b < 0x80) return b;
    u32 need = b >= 0xC2 && b <= 0xDF ? 1 : b >= 0xE0 && b <= 0xEF ? 2 : b >= 0xF0 && b <= 0xF4 ? 3 : 0;
    if (!need) return 0xFFFFFFFFu;
    u8 lo = b == 0xE0 ? 0xA0 : b == 0xF0 ? 0x90 : 0x80, hi = b == 0xED ? 0x9F : b == 0xF4 ? 0x8F : 0xBF;
    u32 cp = b & (0x3F >> need);
    for (u32 k = 1; k <= need; k++, lo = 0x80, hi = 0xBF) {
        if (i + k >= n || p[i + k] < lo || p[i + k] > hi) return 0xFFFFFFFFu;
        cp = cp << 6 | (p[i + k] & 0x3F);
        *used = k + 1;
    }
    return cp;
}

Value text_from_utf8(VM *vm, const u8 *p, size_t n, bool fatal, bool *bad) {
    size_t ascii = 0;
    while (ascii < n && p[ascii] < 0x80) ascii++;
    if (ascii == n) return v_from_string(str_new_latin1(vm, n ? p : (const u8 *)"", (u32)n));
    StrBuf b = {0};
    for (size_t i = 0; i < n;) {
        u32 used, cp = utf8_step(p, n, i, &used);
        if (cp == 0xFFFFFFFFu) {
            if (fatal) {
                *bad = true;
                sb_free(&b);
                return V_UNDEFINED;
            }
            cp = 0xFFFD;
        }
        sb_cp(&b, cp);
        i += used;
    }
    return sb_finish(vm, &b);
}

static size_t utf8_incomplete(const u8 *p, size_t n) { // bytes at the end that could still become a character
    for (size_t back = 1; back <= 3 && back <= n; back++) {
        u8 b = p[n - back];
        if (b < 0x80) return 0;
        if (b >= 0xC0) {
            size_t need = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2;
            u32 used;
            if (back >= need || b > 0xF4 || b < 0xC2) return 0;
            utf8_step(p, n, n - back, &used);
            return used == back ? back : 0;
        }
    }
    return 0;
}

// ---- base64

void base64_encode(const u8 *p, size_t n, bool url, Buf *out) {
    const char *abc = url ? "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_" : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < n; i += 3) {
        u32 left = (u32)(n - i < 3 ? n - i : 3), w = (u32)p[i] << 16 | (left > 1 ? p[i + 1] << 8 : 0) | (left > 2 ? p[i + 2] : 0);
        buf_u8(out, (u8)abc[w >> 18]);
        buf_u8(out, (u8)abc[w >> 12 & 63]);
        if (left > 1) buf_u8(out, (u8)abc[w >> 6 & 63]);
        else if (!url) buf_u8(out, '=');
        if (left > 2) buf_u8(out, (u8)abc[w & 63]);
        else if (!url) buf_u8(out, '=');
    }
}
static i8 base64_digits[2][256]; // [strict]; -1: no digit
static void base64_digits_make(void) {
    memset(base64_digits, -1, sizeof base64_digits);
    for (int strict = 0; strict < 2; strict++) {
        i8 *d = base64_digits[strict];
        for (int i = 0; i < 26; i++) d['A' + i] = (i8)i, d['a' + i] = (i8)(i + 26);
        for (int i = 0; i < 10; i++) d['0' + i] = (i8)(i + 52);
        d['+'] = 62, d['/'] = 63;
        if (!strict) d['-'] = 62, d['_'] = 63;
    }
}
// Whole groups of four digits from p on; *i is where they end.
static void base64_groups(const i8 *digit, const u8 *p, size_t n, size_t *i, Buf *out) {
    buf_reserve(out, (n - *i) / 4 * 3 + 3);
    u8 *to = out->data + out->len;
    size_t k = *i;
    for (; k + 4 <= n; k += 4) {
        i32 a = digit[p[k]], b = digit[p[k + 1]], c = digit[p[k + 2]], d = digit[p[k + 3]];
        if ((a | b | c | d) < 0) break;
        u32 w = (u32)a << 18 | (u32)b << 12 | (u32)c << 6 | (u32)d;
        *to++ = (u8)(w >> 16), *to++ = (u8)(w >> 8), *to++ = (u8)w;
    }
    out->len = (size_t)(to - out->data);
    *i = k;
}
bool base64_decode(const char *p, size_t n, bool strict, Buf *out) {
    if (!base64_digits[1][0]) base64_digits_make();
    const i8 *digit = base64_digits[strict];
    u32 acc = 0, bits = 0;
    size_t digits = 0, pads = 0;
    for (size_t i = 0; i < n; i++) {
        if (!bits && !pads) {
            size_t from = i;
            base64_groups(digit, (const u8 *)p, n, &i, out);
            digits += i - from;
            if (i == n) break;
        }
        u8 c = (u8)p[i];
        if (c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r') continue;
        if (c == '=') {
            if (!strict) break;
            pads++;
            continue;
        }
        int d = digit[c];
        if (d < 0 || pads) {
            if (strict) return false;
            if (d < 0) continue;
        }
        digits++;
        acc = acc << 6 | (u32)d;
        if ((bits += 6) >= 8) buf_u8(out, (u8)(acc >> (bits -= 8)));
    }
    if (!strict) return true;
    if (digits % 4 == 1) return false;
    return !pads || (pads <= 2 && (digits + pads) % 4 == 0);
}

static Value web_btoa(VM *vm, Value self, int argc, Value *argv) {
    if (!argc) return throw_coded(vm, REALM_TypeErrorPrototype, "ERR_MISSING_ARGS", "The \"data\" argument must be specified");
    String *s = to_string_rjs(vm, argv[0]);
    if (!s) return V_EXC;
    Chars c = str_chars(vm, s);
    Buf in = {0}, out = {0};
    for (u32 i = 0; i < c.len; i++) {
        u16 u = chars_at(c, i);
        if (u > 0xFF) {
            buf_free(&in);
            return throw_dom(vm, "InvalidCharacterError", v_str(vm, "Invalid character"));
        }
        buf_u8(&in, (u8)u);
    }
    base64_encode(in.data, in.len, false, &out);
    buf_free(&in);
    return buf_take_str(vm, &out);
}
static Value web_atob(VM *vm, Value self, int argc, Value *argv) {
    if (!argc) return throw_coded(vm, REALM_TypeErrorPrototype, "ERR_MISSING_ARGS", "The \"data\" argument must be specified");
    Buf in = {0}, out = {0};
    if (!utf8_arg_rjs(vm, argv[0], &in)) return V_EXC;
    bool ok = base64_decode((const char *)in.data, in.len, true, &out);
    buf_free(&in);
    Value r = ok ? v_from_string(str_new_latin1(vm, out.len ? out.data : (const u8 *)"", (u32)out.len)) : V_EXC;
    buf_free(&out);
    return ok ? r : throw_dom(vm, "InvalidCharacterError", v_str(vm, "The string to be decoded is not correctly encoded."));
}
const NativeRow web_global_rows[] = {FN_ATTR("btoa", 1, web_btoa, ATTR_WEC), FN_ATTR("atob", 1, web_atob, ATTR_WEC), ROWS_END};

// ---- TextEncoder

static Value text_encoder_ctor(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_construct_rjs(vm, WEB_TextEncoder, native_new_target(vm));
    return o ? v_obj(o) : V_EXC;
}
static Value text_encoder_encode(VM *vm, Value self, int argc, Value *argv) {
    Buf b = {0};
    if (!v_is_undefined(ARG(0)) && !utf8_arg_rjs(vm, argv[0], &b)) return V_EXC;
    Value r = uint8_array_from_bytes(vm, b.data, b.len);
    buf_free(&b);
    return r;
}
static Value text_encoder_into(VM *vm, Value self, int argc, Value *argv) {
    Buf b = {0};
    u8 *to;
    size_t cap, used = 0, read = 0;
    if (!v_is_kind(ARG(1), CELL_TYPEDARRAY)) return throw_arg_type(vm, "dest", "an instance of Uint8Array", ARG(1));
    if (!utf8_arg_rjs(vm, argv[0], &b)) return V_EXC;
    bytes_of(argv[1], &to, &cap);
    while (used < b.len) {
        u32 len;
        u32 cp = utf8_step(b.data, b.len, used, &len);
        if (used + len > cap) break;
        used += len;
        read += cp > 0xFFFF ? 2 : 1;
    }
    heap_touch(vm, to, used);
    if (used) memcpy(to, b.data, used);
    buf_free(&b);
    Value r = v_obj(object_new(vm));
    prop_put(vm, r, "read", v_from_i64((i64)read));
    prop_put(vm, r, "written", v_from_i64((i64)used));
    return r;
}
static Value text_encoder_encoding(VM *vm, Value self, int argc, Value *argv) { return v_str(vm, "utf-8"); }
const NativeRow text_encoder_rows[] = {CTOR("TextEncoder", 0, text_encoder_ctor), ROWS_END};
const NativeRow text_encoder_proto_rows[] = {
    FN("encode", 0, text_encoder_encode), FN("encodeInto", 2, text_encoder_into), GETTER("encoding", text_encoder_encoding), ROWS_END,
};

// ---- TextDecoder: data[0] encoding, data[1] flags, data[2] bytes kept by a stream (Uint8Array or undefined), data[3] whether the BOM was passed

enum { ENC_UTF8, ENC_UTF16LE, ENC_UTF16BE, ENC_LATIN1 };
enum { DEC_FATAL = 1, DEC_IGNORE_BOM = 2 };
static const struct { const char *label; u8 encoding; } labels[] = {
    {"utf-8", ENC_UTF8}, {"utf8", ENC_UTF8}, {"unicode-1-1-utf-8", ENC_UTF8}, {"utf-16", ENC_UTF16LE}, {"utf-16le", ENC_UTF16LE}, {"ucs-2", ENC_UTF16LE},
    {"utf-16be", ENC_UTF16BE}, {"latin1", ENC_LATIN1}, {"iso-8859-1", ENC_LATIN1}, {"windows-1252", ENC_LATIN1}, {"ascii", ENC_LATIN1}, {"us-ascii", ENC_LATIN1},
};
static Value text_decoder_ctor(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_construct_rjs(vm, WEB_TextDecoder, native_new_target(vm));
    if (!o) return V_EXC;
    Buf b = {0};
    if (v_is_undefined(ARG(0))) buf_str(&b, "utf-8");
    else if (!utf8_arg_rjs(vm, argv[0], &b)) return V_EXC;
    lower_ascii(&b);
    char *name = (char *)buf_cstr(&b);
    while (*name == ' ' || *name == '\n' || *name == '\t') name++;
    for (size_t n = strlen(name); n && (name[n - 1] == ' ' || name[n - 1] == '\n' || name[n - 1] == '\t');) name[--n] = 0;
    u32 i = 0;
    while (i < DX_COUNTOF(labels) && strcmp(labels[i].label, name)) i++;
    if (i == DX_COUNTOF(labels)) {
        throw_coded(vm, REALM_RangeErrorPrototype, "ERR_ENCODING_NOT_SUPPORTED", "The \"%s\" encoding is not supported", name);
        buf_free(&b);
        return V_EXC;
    }
    buf_free(&b);
    Value fatal = prop_rjs(vm, ARG(1), "fatal"), ignore = v_is_exc(fatal) ? V_EXC : prop_rjs(vm, ARG(1), "ignoreBOM");
    if (v_is_exc(ignore)) return V_EXC;
    o->data[0] = v_from_int(labels[i].encoding);
    o->data[1] = v_from_int((to_boolean(fatal) ? DEC_FATAL : 0) | (to_boolean(ignore) ? DEC_IGNORE_BOM : 0));
    o->data[3] = V_FALSE;
    return v_obj(o);
}
static Value decode_utf16(VM *vm, const u8 *p, size_t n, bool big, bool fatal, bool *bad) {
    StrBuf b = {0};
    for (size_t i = 0; i < n; i += 2) {
        if (i + 1 == n) {
            *bad = true;
            sb_unit(&b, 0xFFFD);
            break;
        }
        u16 u = big ? (u16)(p[i] << 8 | p[i + 1]) : (u16)(p[i + 1] << 8 | p[i]);
        bool high = u >= 0xD800 && u < 0xDC00;
        u16 next = i + 3 < n ? (big ? (u16)(p[i + 2] << 8 | p[i + 3]) : (u16)(p[i + 3] << 8 | p[i + 2])) : 0;
        if (high && next >= 0xDC00 && next < 0xE000) {
            sb_unit(&b, u);
            sb_unit(&b, next);
            i += 2;
        } else if (u >= 0xD800 && u < 0xE000) {
            *bad = true;
            sb_unit(&b, 0xFFFD);
        } else sb_unit(&b, u);
    }
    return sb_finish(vm, &b);
}
static Value decode_bytes(VM *vm, HostObject *o, u8 *p, size_t n, bool *bad) {
    u32 encoding = (u32)v_int(o->data[0]);
    bool fatal = v_int(o->data[1]) & DEC_FATAL;
    static const u16 high[32] = { // windows-1252, 0x80..0x9F
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F,
        0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178};
    if (encoding == ENC_LATIN1) {
        StrBuf b = {0};
        for (size_t i = 0; i < n; i++) sb_unit(&b, p[i] >= 0x80 && p[i] < 0xA0 ? high[p[i] - 0x80] : p[i]);
        return sb_finish(vm, &b);
    }
    if (!(v_int(o->data[1]) & DEC_IGNORE_BOM) && o->data[3] == V_FALSE) {
        if (encoding == ENC_UTF8 && n >= 3 && !memcmp(p, "\xEF\xBB\xBF", 3)) p += 3, n -= 3;
        else if (encoding == ENC_UTF16LE && n >= 2 && !memcmp(p, "\xFF\xFE", 2)) p += 2, n -= 2;
        else if (encoding == ENC_UTF16BE && n >= 2 && !memcmp(p, "\xFE\xFF", 2)) p += 2, n -= 2;
    }
    if (encoding == ENC_UTF8) return text_from_utf8(vm, p, n, fatal, bad);
    return decode_utf16(vm, p, n, encoding == ENC_UTF16BE, fatal, bad);
}
static Value text_decoder_decode(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = web_this(vm, self, WEB_TextDecoder);
    if (!o) return V_EXC;
    u8 *p = NULL;
    size_t n = 0;
    if (!v_is_undefined(ARG(0)) && !bytes_of(argv[0], &p, &n)) return throw_arg_type(vm, "list", "an instance of SharedArrayBuffer, ArrayBuffer or ArrayBufferView", argv[0]);
    Value stream = prop_rjs(vm, ARG(1), "stream");
    if (v_is_exc(stream)) return V_EXC;
    Buf all = {0};
    u8 *kept;
    size_t kept_n;
    if (bytes_of(o->data[2], &kept, &kept_n)) {
        buf_put(&all, kept, kept_n);
        HEAP_STORE(vm, o->data[2], V_UNDEFINED);
    }
    if (n) buf_put(&all, p, n);
    size_t use = all.len;
    if (to_boolean(stream)) {
        u32 encoding = (u32)v_int(o->data[0]);
        size_t rest = encoding == ENC_UTF8 ? utf8_incomplete(all.data, all.len) : encoding == ENC_LATIN1 ? 0 : all.len % 2;
        use -= rest;
        if (rest) HEAP_STORE(vm, o->data[2], uint8_array_from_bytes(vm, all.data + use, rest));
    }
    bool bad = false;
    Value r = decode_bytes(vm, o, all.data, use, &bad);
    buf_free(&all);
    HEAP_STORE(vm, o->data[3], v_from_bool(to_boolean(stream) && (use > 0 || o->data[3] == V_TRUE)));
    if (bad && v_int(o->data[1]) & DEC_FATAL) {
        static const char *const names[] = {"utf-8", "utf-16le", "utf-16be", "windows-1252"};
        return throw_coded(vm, REALM_TypeErrorPrototype, "ERR_ENCODING_INVALID_ENCODED_DATA", "The encoded data was not valid for encoding %s", names[v_int(o->data[0])]);
    }
    return r;
}
static Value text_decoder_get(VM *vm, Value self, int argc, Value *argv) {
    static const char *const names[] = {"utf-8", "utf-16le", "utf-16be", "windows-1252"};
    u32 what = native_magic(vm);
    HostObject *o = web_this(vm, self, WEB_TextDecoder);
    if (!o) return V_EXC;
    if (!what) return v_str(vm, names[v_int(o->data[0])]);
    return v_from_bool(v_int(o->data[1]) & (i32)what);
}
const NativeRow text_decoder_rows[] = {CTOR("TextDecoder", 0, text_decoder_ctor), ROWS_END};
const NativeRow text_decoder_proto_rows[] = {
    FN("decode", 0, text_decoder_decode), GETTER_MAGIC("encoding", text_decoder_get, 0), GETTER_MAGIC("fatal", text_decoder_get, DEC_FATAL),
    GETTER_MAGIC("ignoreBOM", text_decoder_get, DEC_IGNORE_BOM), ROWS_END,
};
