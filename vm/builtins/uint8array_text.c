// SPDX-License-Identifier: MIT
// Uint8Array to and from base64 and hexadecimal text (23.3). Options are read in the specification's order and never coerced.
#include "vm/builtins/typedarray.h"
#include "vm/text.h"

typedef enum LastChunk { CHUNK_LOOSE, CHUNK_STRICT, CHUNK_STOP } LastChunk;
typedef struct Decoded { u8 *bytes; u64 n, read; bool failed; } Decoded; // bytes: malloc memory of the caller

static const char standard[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static const char url_safe[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

// ---- decoding

static u32 skip_space(Chars c, u32 i) {
    while (i < c.len) {
        u16 u = chars_at(c, i);
        if (u != ' ' && u != '\t' && u != '\n' && u != '\f' && u != '\r') break;
        i++;
    }
    return i;
}

static int digit_of(u16 c, bool url) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    if (c == (url ? '-' : '+')) return 62;
    return c == (url ? '_' : '/') ? 63 : -1;
}

// DecodeFinalBase64Chunk: two or three digits. False: bits are left over and may not be.
static bool final_chunk(Decoded *d, u32 chunk, u32 count, bool strict) {
    u32 bits = chunk << (4 - count) * 6;
    if (strict && (count == 2 ? bits & 0xFFFF : bits & 0xFF)) return false;
    d->bytes[d->n++] = (u8)(bits >> 16);
    if (count == 3) d->bytes[d->n++] = (u8)(bits >> 8);
    return true;
}

// After the first "=": is the text a complete last chunk? 1 yes, 0 stop before it, -1 no
static int padding(Chars c, u32 i, u32 count, LastChunk last) {
    if (count < 2) return -1;
    i = skip_space(c, i);
    if (count == 2) {
        if (i == c.len) return last == CHUNK_STOP ? 0 : -1;
        if (chars_at(c, i) == '=') i = skip_space(c, i + 1);
    }
    return i < c.len ? -1 : 1;
}

static void decode_base64(Chars c, bool url, LastChunk last, u64 max, Decoded *d) { // FromBase64
    u32 chunk = 0, count = 0, i = 0;
    if (!max) return;
    for (;;) {
        i = skip_space(c, i);
        if (i == c.len) {
            if (count && last == CHUNK_STOP) return;
            d->failed = count && (last == CHUNK_STRICT || count == 1);
            if (count && !d->failed) d->failed = !final_chunk(d, chunk, count, false);
            if (!d->failed) d->read = c.len;
            return;
        }
        u16 u = chars_at(c, i++);
        if (u == '=') {
            int complete = padding(c, i, count, last);
            if (!complete) return;
            d->failed = complete < 0 || !final_chunk(d, chunk, count, last == CHUNK_STRICT);
            if (!d->failed) d->read = c.len;
            return;
        }
        int digit = digit_of(u, url);
        if (digit < 0) {
            d->failed = true;
            return;
        }
        u64 left = max - d->n;
        if ((left == 1 && count == 2) || (left == 2 && count == 3)) return;
        chunk = chunk << 6 | (u32)digit;
        if (++count < 4) continue;
        d->bytes[d->n++] = (u8)(chunk >> 16);
        d->bytes[d->n++] = (u8)(chunk >> 8);
        d->bytes[d->n++] = (u8)chunk;
        chunk = count = 0;
        d->read = i;
        if (d->n == max) return;
    }
}

static int hex_of(u16 c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static void decode_hex(Chars c, u64 max, Decoded *d) { // FromHex
    d->failed = c.len % 2;
    while (!d->failed && d->read < c.len && d->n < max) {
        int hi = hex_of(chars_at(c, (u32)d->read)), lo = hex_of(chars_at(c, (u32)d->read + 1));
        d->failed = hi < 0 || lo < 0;
        if (d->failed) return;
        d->bytes[d->n++] = (u8)(hi << 4 | lo);
        d->read += 2;
    }
}

// ---- operands

static bool options_get_rjs(VM *vm, Value options, const char *name, Value *out) {
    *out = V_UNDEFINED;
    if (options == V_UNDEFINED) return true;
    *out = get_rjs(vm, options, key_c(vm, name));
    return !v_is_exc(*out);
}

static bool options_check(VM *vm, Value options) {
    return options == V_UNDEFINED || v_is_object(options) || (vm_throw(vm, ERR_CUSTOM_TYPE, "options must be an object"), false);
}

// Which of the names the option is; the first when it is undefined. -1: thrown
static int option_choice_rjs(VM *vm, Value options, const char *name, const char *const *names, int n) {
    Value v;
    if (!options_get_rjs(vm, options, name, &v)) return -1;
    if (v == V_UNDEFINED) return 0;
    for (int i = 0; i < n && v_is_string(v); i++)
        if (str_equal(vm, v_string(v), atom_c(vm, names[i]))) return i;
    Buf text = {0};
    buf_printf(&text, "Invalid value for option \"%s\"", name);
    (void)vm_throw(vm, ERR_CUSTOM_TYPE, buf_cstr(&text));
    buf_free(&text);
    return -1;
}

static const char *const alphabets[] = {"base64", "base64url"};

static bool decode_options_rjs(VM *vm, Value options, bool *url, LastChunk *last) {
    static const char *const chunks[] = {"loose", "strict", "stop-before-partial"};
    if (!options_check(vm, options)) return false;
    int a = option_choice_rjs(vm, options, "alphabet", alphabets, 2);
    int c = a < 0 ? -1 : option_choice_rjs(vm, options, "lastChunkHandling", chunks, 3);
    *url = a == 1;
    *last = (LastChunk)c;
    return c >= 0;
}

static bool text_check(VM *vm, Value v) { return v_is_string(v) || (vm_throw(vm, ERR_CUSTOM_TYPE, "The argument must be a string"), false); }

static Value throw_encoding(VM *vm, bool hex) {
    return vm_throw(vm, ERR_CUSTOM_SYNTAX, hex ? "Input string must contain hex characters in even length" : "The string to be decoded is not correctly encoded.");
}

static TypedArrayObject *this_bytes(VM *vm, Value self, const char *method) {
    if (v_is_kind(self, CELL_TYPEDARRAY) && ((TypedArrayObject *)v_ptr(self))->type == EL_Uint8) return v_ptr(self);
    (void)vm_throw(vm, ERR_INCOMPATIBLE, method, self);
    return NULL;
}

static bool bytes_length(VM *vm, const TypedArrayObject *t, const char *method, u64 *n) {
    bool out;
    *n = typed_length(t, &out);
    return !out || (vm_throw(vm, ERR_DETACHED, method), false);
}

// ---- natives: magic 0 base64, 1 hex

static Value uint8_from_text(VM *vm, Value self, int argc, Value *argv) {
    bool hex = native_magic(vm), url = false;
    LastChunk last = CHUNK_LOOSE;
    if (!text_check(vm, ARG(0)) || (!hex && !decode_options_rjs(vm, ARG(1), &url, &last))) return V_EXC;
    Chars c = str_chars(vm, v_string(argv[0]));
    Decoded d = {.bytes = mem_alloc((size_t)c.len + 4)};
    if (hex) decode_hex(c, ~0ull, &d);
    else decode_base64(c, url, last, ~0ull, &d);
    Value r = d.failed ? throw_encoding(vm, hex) : uint8_array_from_bytes(vm, d.bytes, d.n);
    mem_free(d.bytes);
    return r;
}

static bool writable(VM *vm, const TypedArrayObject *t, const char *method) {
    return !t->buffer->immutable || (vm_throw(vm, ERR_IMMUTABLE_BUFFER, method), false);
}

static Value uint8_set_from_text(VM *vm, Value self, int argc, Value *argv) {
    bool hex = native_magic(vm), url = false;
    const char *method = hex ? "Uint8Array.prototype.setFromHex" : "Uint8Array.prototype.setFromBase64";
    LastChunk last = CHUNK_LOOSE;
    u64 max;
    TypedArrayObject *t = this_bytes(vm, self, method);
    if (!t || !writable(vm, t, method) || !text_check(vm, ARG(0)) || (!hex && !decode_options_rjs(vm, ARG(1), &url, &last)) || !bytes_length(vm, t, method, &max)) return V_EXC;
    Chars c = str_chars(vm, v_string(argv[0]));
    Decoded d = {.bytes = mem_alloc((size_t)c.len + 4)};
    if (hex) decode_hex(c, max, &d);
    else decode_base64(c, url, last, max, &d);
    if (d.n) {
        heap_touch(vm, typed_data(t), d.n);
        memcpy(typed_data(t), d.bytes, d.n);
    }
    mem_free(d.bytes);
    if (d.failed) return throw_encoding(vm, hex);
    Object *o = object_new(vm);
    object_put(vm, o, key_c(vm, "read"), v_from_num((f64)d.read), ATTR_WEC);
    object_put(vm, o, key_c(vm, "written"), v_from_num((f64)d.n), ATTR_WEC);
    return v_obj(o);
}

static Value uint8_proto_to_base64(VM *vm, Value self, int argc, Value *argv) {
    TypedArrayObject *t = this_bytes(vm, self, "Uint8Array.prototype.toBase64");
    Value omit, options = ARG(0);
    u64 n;
    if (!t || !options_check(vm, options)) return V_EXC;
    int alphabet = option_choice_rjs(vm, options, "alphabet", alphabets, 2);
    if (alphabet < 0 || !options_get_rjs(vm, options, "omitPadding", &omit) || !bytes_length(vm, t, "Uint8Array.prototype.toBase64", &n)) return V_EXC;
    const char *digits = alphabet ? url_safe : standard;
    const u8 *p = typed_data(t);
    Buf out = {0};
    for (u64 i = 0; i < n; i += 3) {
        u32 have = n - i < 3 ? (u32)(n - i) : 3;
        u32 bits = (u32)p[i] << 16 | (have > 1 ? (u32)p[i + 1] << 8 : 0) | (have > 2 ? p[i + 2] : 0);
        for (u32 k = 0; k <= have; k++) buf_u8(&out, (u8)digits[bits >> (18 - 6 * k) & 63]);
        for (u32 k = have; k < 3 && !to_boolean(omit); k++) buf_u8(&out, '=');
    }
    Value r = v_from_string(str_new_latin1(vm, out.data, (u32)out.len));
    buf_free(&out);
    return r;
}

static Value uint8_proto_to_hex(VM *vm, Value self, int argc, Value *argv) {
    TypedArrayObject *t = this_bytes(vm, self, "Uint8Array.prototype.toHex");
    u64 n;
    if (!t || !bytes_length(vm, t, "Uint8Array.prototype.toHex", &n)) return V_EXC;
    const u8 *p = typed_data(t);
    Buf out = {0};
    for (u64 i = 0; i < n; i++) {
        buf_u8(&out, (u8)"0123456789abcdef"[p[i] >> 4]);
        buf_u8(&out, (u8)"0123456789abcdef"[p[i] & 15]);
    }
    Value r = v_from_string(str_new_latin1(vm, out.data, (u32)out.len));
    buf_free(&out);
    return r;
}

const NativeRow uint8_text_rows[] = {FN_MAGIC("fromBase64", 1, uint8_from_text, 0), FN_MAGIC("fromHex", 1, uint8_from_text, 1), ROWS_END};
const NativeRow uint8_text_proto_rows[] = {
    FN_MAGIC("setFromBase64", 1, uint8_set_from_text, 0), FN_MAGIC("setFromHex", 1, uint8_set_from_text, 1),
    FN("toBase64", 0, uint8_proto_to_base64), FN("toHex", 0, uint8_proto_to_hex), ROWS_END,
};

void builtin_uint8array_text_install(VM *vm) {
    Value proto = vm->realm->Uint8ArrayPrototype;
    builtin_install(vm, object_own_data(vm, v_object(proto), A_(vm, constructor)), TABLE_uint8_text_rows);
    builtin_install(vm, proto, TABLE_uint8_text_proto_rows);
}
