// SPDX-License-Identifier: MIT
// The global object's own values and the URI functions (ECMA-262 19.1, 19.2.6, B.2.1). Functions like
// parseInt belong to number.c, eval to exec.
#include "format/base/utf.h"
#include "vm/builtins/builtins.h"
#include "vm/vm.h"

static bool in_set(u32 c, const char *set) { return c < 128 && c && strchr(set, (int)c); }
static bool is_alnum(u32 c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
static void put_hex(StrBuf *b, u32 v, int digits) {
    for (int i = digits - 1; i >= 0; i--) sb_unit(b, (u16)"0123456789ABCDEF"[v >> (4 * i) & 15]);
}
static int hex_value(u32 c) {
    if (c >= '0' && c <= '9') return (int)c - '0';
    c |= 32;
    return c >= 'a' && c <= 'f' ? (int)c - 'a' + 10 : -1;
}
// `digits` hex digits at i, or -1
static i32 read_hex(Chars c, u32 i, u32 digits) {
    i32 v = 0;
    if (i + digits > c.len) return -1;
    for (u32 k = 0; k < digits; k++) {
        int d = hex_value(chars_at(c, i + k));
        if (d < 0) return -1;
        v = v * 16 + d;
    }
    return v;
}

#define URI_MARK "-_.!~*'()"
#define URI_RESERVED ";/?:@&=+$,"

// 19.2.6.5
static Value encode(VM *vm, Value v, const char *keep) {
    String *s = to_string_rjs(vm, v);
    if (!s) return V_EXC;
    Chars c = str_chars(vm, s);
    StrBuf b = {0};
    for (u32 i = 0; i < c.len; i++) {
        u32 u = chars_at(c, i);
        if (is_alnum(u) || in_set(u, keep)) {
            sb_unit(&b, (u16)u);
            continue;
        }
        if (utf_is_surrogate(u)) {
            if (utf_is_trail(u) || i + 1 >= c.len || !utf_is_trail(chars_at(c, i + 1))) {
                sb_free(&b);
                return vm_throw(vm, ERR_URI_MALFORMED);
            }
            u = utf_pair(u, chars_at(c, ++i));
        }
        u8 bytes[4];
        u32 n = utf8_encode(u, bytes);
        for (u32 k = 0; k < n; k++) {
            sb_unit(&b, '%');
            put_hex(&b, bytes[k], 2);
        }
    }
    return sb_finish(vm, &b);
}

// 19.2.6.6: `keep`: characters whose escapes stay
static Value decode(VM *vm, Value v, const char *keep) {
    String *s = to_string_rjs(vm, v);
    if (!s) return V_EXC;
    Chars c = str_chars(vm, s);
    StrBuf b = {0};
    for (u32 i = 0; i < c.len; i++) {
        u32 u = chars_at(c, i), start = i;
        if (u != '%') {
            sb_unit(&b, (u16)u);
            continue;
        }
        u8 bytes[4];
        i32 first = read_hex(c, i + 1, 2);
        if (first < 0) goto malformed;
        i += 2;
        u32 n = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2, len;
        bytes[0] = (u8)first;
        for (u32 k = 1; k < n; k++) {
            i32 x = i + 1 < c.len && chars_at(c, i + 1) == '%' ? read_hex(c, i + 2, 2) : -1;
            if (x < 0) goto malformed;
            bytes[k] = (u8)x;
            i += 3;
        }
        u32 cp = utf8_decode(bytes, bytes + n, UTF_8, &len);
        if (cp == UTF_BAD || len != n) goto malformed;
        if (n == 1 && in_set(cp, keep)) sb_chars(&b, c, start, i + 1);
        else sb_cp(&b, cp);
    }
    return sb_finish(vm, &b);
malformed:
    sb_free(&b);
    return vm_throw(vm, ERR_URI_MALFORMED);
}

static Value global_encode_uri(VM *vm, Value self, int argc, Value *argv) {
    return encode(vm, ARG(0), URI_RESERVED URI_MARK "#");
}
static Value global_encode_uri_component(VM *vm, Value self, int argc, Value *argv) {
    return encode(vm, ARG(0), URI_MARK);
}
static Value global_decode_uri(VM *vm, Value self, int argc, Value *argv) {
    return decode(vm, ARG(0), URI_RESERVED "#");
}
static Value global_decode_uri_component(VM *vm, Value self, int argc, Value *argv) {
    return decode(vm, ARG(0), "");
}

// B.2.1.1
static Value global_escape(VM *vm, Value self, int argc, Value *argv) {
    String *s = to_string_rjs(vm, ARG(0));
    if (!s) return V_EXC;
    Chars c = str_chars(vm, s);
    StrBuf b = {0};
    for (u32 i = 0; i < c.len; i++) {
        u32 u = chars_at(c, i);
        if (is_alnum(u) || in_set(u, "@*_+-./")) {
            sb_unit(&b, (u16)u);
        } else {
            sb_ascii(&b, u < 256 ? "%" : "%u");
            put_hex(&b, u, u < 256 ? 2 : 4);
        }
    }
    return sb_finish(vm, &b);
}

// B.2.1.2
static Value global_unescape(VM *vm, Value self, int argc, Value *argv) {
    String *s = to_string_rjs(vm, ARG(0));
    if (!s) return V_EXC;
    Chars c = str_chars(vm, s);
    StrBuf b = {0};
    for (u32 i = 0; i < c.len; i++) {
        u16 u = chars_at(c, i);
        if (u == '%') {
            bool wide = i + 1 < c.len && chars_at(c, i + 1) == 'u';
            i32 x = read_hex(c, i + 1 + wide, wide ? 4 : 2);
            if (x >= 0) {
                u = (u16)x;
                i += wide ? 5 : 2;
            }
        }
        sb_unit(&b, u);
    }
    return sb_finish(vm, &b);
}

const NativeRow global_rows[] = {
    FN("encodeURI", 1, global_encode_uri),
    FN("encodeURIComponent", 1, global_encode_uri_component),
    FN("decodeURI", 1, global_decode_uri),
    FN("decodeURIComponent", 1, global_decode_uri_component),
    FN("escape", 1, global_escape),
    FN("unescape", 1, global_unescape),
    ROWS_END,
};

void builtin_global_install(VM *vm) {
    Object *g = v_object(vm->realm->global);
    object_put(vm, g, A_(vm, globalThis), vm->realm->global_this, ATTR_WC);
    object_put(vm, g, A_(vm, undefined), V_UNDEFINED, 0);
    object_put(vm, g, A_(vm, NaN_), V_NAN, 0);
    object_put(vm, g, A_(vm, Infinity), v_from_num(__builtin_inf()), 0);
    builtin_install(vm, vm->realm->global, TABLE_global_rows);
}
