// SPDX-License-Identifier: MIT
// String and String.prototype (ECMA-262 22.1) except the methods that go through regular expressions (string_regexp.c).
#include "format/base/unicode.h"
#include "format/base/utf.h"
#include "vm/builtins/builtins.h"

// ---- helpers

static String *this_string_rjs(VM *vm, Value self, const char *method) { // RequireObjectCoercible + ToString; NULL on throw
    if (DX_LIKELY(v_is_string(self))) return v_string(self);
    if (v_is_nullish(self)) return vm_throw(vm, ERR_NULLISH_RECEIVER, method), NULL;
    return to_string_rjs(vm, self);
}
#define THIS_STRING(name) \
    String *s = this_string_rjs(vm, self, "String.prototype." name); \
    if (!s) return V_EXC

static Value string_of_units(VM *vm, const u16 *p, u32 n) { return v_from_string(str_new_utf16(vm, p, n)); }

bool str_is_space(u32 c) { // WhiteSpace and LineTerminator (12.2, 12.3)
    if (c < 0x80) return c == ' ' || (c >= 9 && c <= 13);
    return c == 0xA0 || c == 0xFEFF || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

// IsRegExp (7.2.6): 1, 0, -1 thrown
static DX_MUST_USE int is_regexp_rjs(VM *vm, Value v) {
    if (!v_is_object(v)) return 0;
    Value m = get_rjs(vm, v, SYM_(vm, match));
    if (v_is_exc(m)) return -1;
    return v_is_undefined(m) ? v_is_kind(v, CELL_REGEXP) : to_boolean(m);
}

// ---- constructor and statics

static Value string_ctor(VM *vm, Value self, int argc, Value *argv) { // 22.1.1.1
    Value nt = native_new_target(vm), s = A_(vm, empty);
    if (argc > 0) {
        if (v_is_undefined(nt) && v_is_symbol(argv[0])) return symbol_descriptive_string(vm, v_symbol(argv[0]));
        String *t = to_string_rjs(vm, argv[0]);
        if (!t) return V_EXC;
        s = v_from_string(t);
    }
    if (v_is_undefined(nt)) return s;
    Value proto = proto_from_ctor_rjs(vm, nt, REALM_StringPrototype);
    if (v_is_exc(proto)) return V_EXC;
    Value o = to_object(vm, s);
    if (proto != vm->realm->StringPrototype && object_set_proto_rjs(vm, o, proto) < 0) return V_EXC;
    return o;
}

static Value string_from_char_code(VM *vm, Value self, int argc, Value *argv) { // 22.1.2.1
    if (argc == 1 && v_is_int(argv[0])) return v_from_string(str_char(vm, (u16)v_int(argv[0])));
    StrBuf sb = {0};
    for (int i = 0; i < argc; i++) {
        u32 u;
        if (!to_uint32_rjs(vm, argv[i], &u)) return sb_free(&sb), V_EXC;
        sb_unit(&sb, (u16)u);
    }
    return sb_finish(vm, &sb);
}

static Value string_from_code_point(VM *vm, Value self, int argc, Value *argv) { // 22.1.2.2
    StrBuf sb = {0};
    for (int i = 0; i < argc; i++) {
        f64 d;
        if (!to_f64_rjs(vm, argv[i], &d)) return sb_free(&sb), V_EXC;
        if (!(d >= 0 && d <= 0x10FFFF) || d != (f64)(u32)d) {
            String *shown = to_string_rjs(vm, argv[i]);
            sb_free(&sb);
            return shown ? vm_throw(vm, ERR_INVALID_CODE_POINT, v_from_string(shown)) : V_EXC;
        }
        sb_cp(&sb, (u32)d);
    }
    return sb_finish(vm, &sb);
}

static Value string_raw(VM *vm, Value self, int argc, Value *argv) { // 22.1.2.4
    Value cooked = to_object(vm, ARG(0));
    if (v_is_exc(cooked)) return V_EXC;
    Value raw = get_rjs(vm, cooked, A_(vm, raw));
    if (v_is_exc(raw) || v_is_exc(raw = to_object(vm, raw))) return V_EXC;
    i64 n = length_of_array_like_rjs(vm, raw);
    if (n < 0) return V_EXC;
    StrBuf sb = {0};
    for (i64 i = 0; i < n; i++) {
        Value part = get_rjs(vm, raw, key_from_index((u32)i));
        String *s = v_is_exc(part) ? NULL : to_string_rjs(vm, part);
        if (!s) return sb_free(&sb), V_EXC;
        sb_str(vm, &sb, s);
        if (i + 1 < n && i + 1 < argc) {
            if (!(s = to_string_rjs(vm, argv[i + 1]))) return sb_free(&sb), V_EXC;
            sb_str(vm, &sb, s);
        }
    }
    return sb_finish(vm, &sb);
}

// ---- single characters

static Value string_proto_char_at(VM *vm, Value self, int argc, Value *argv) { // charAt (0), charCodeAt (1), codePointAt (2), at (3)
    static const char *const names[] = {"String.prototype.charAt", "String.prototype.charCodeAt", "String.prototype.codePointAt", "String.prototype.at"};
    u32 how = native_magic(vm);
    String *s = this_string_rjs(vm, self, names[how]);
    f64 pos;
    if (!s || !to_integer_rjs(vm, ARG(0), &pos)) return V_EXC;
    if (how == 3 && pos < 0) pos += s->length;
    if (pos < 0 || pos >= s->length) return how == 0 ? A_(vm, empty) : how == 1 ? V_NAN : V_UNDEFINED;
    u32 i = (u32)pos;
    if (how == 2) return v_from_int((i32)str_code_point_at(vm, s, i));
    u16 u = chars_at(str_chars(vm, s), i);
    return how == 1 ? v_from_int(u) : v_from_string(str_char(vm, u));
}

// ---- searching

static Value string_proto_includes(VM *vm, Value self, int argc, Value *argv) { // includes (0), startsWith (1), endsWith (2)
    static const char *const names[] = {"includes", "startsWith", "endsWith"};
    u32 how = native_magic(vm);
    if (v_is_nullish(self)) return vm_throw(vm, ERR_NULLISH_RECEIVER, how == 0 ? "String.prototype.includes" : how == 1 ? "String.prototype.startsWith" : "String.prototype.endsWith");
    String *s = to_string_rjs(vm, self);
    if (!s) return V_EXC;
    int re = is_regexp_rjs(vm, ARG(0));
    if (re < 0) return V_EXC;
    if (re) return vm_throw(vm, ERR_NOT_REGEXP_ARG, names[how]);
    String *needle = to_string_rjs(vm, ARG(0));
    if (!needle) return V_EXC;
    f64 pos = how == 2 ? s->length : 0;
    if (!v_is_undefined(ARG(1)) && !to_integer_rjs(vm, argv[1], &pos)) return V_EXC;
    u32 at = pos < 0 ? 0 : pos > s->length ? s->length : (u32)pos;
    if (how == 0) return v_from_bool(str_index_of(vm, s, needle, at) >= 0);
    if (how == 2) {
        if (needle->length > at) return V_FALSE;
        at -= needle->length;
    }
    if (needle->length > s->length - at) return V_FALSE;
    Chars a = str_chars(vm, s), b = str_chars(vm, needle);
    for (u32 i = 0; i < b.len; i++)
        if (chars_at(a, at + i) != chars_at(b, i)) return V_FALSE;
    return V_TRUE;
}

static Value string_proto_index_of(VM *vm, Value self, int argc, Value *argv) { // 22.1.3.9
    THIS_STRING("indexOf");
    String *needle = to_string_rjs(vm, ARG(0));
    f64 pos;
    if (!needle || !to_integer_rjs(vm, ARG(1), &pos)) return V_EXC;
    return v_from_i64(str_index_of(vm, s, needle, pos < 0 ? 0 : pos > s->length ? s->length : (u32)pos));
}

static Value string_proto_last_index_of(VM *vm, Value self, int argc, Value *argv) { // 22.1.3.11
    THIS_STRING("lastIndexOf");
    String *needle = to_string_rjs(vm, ARG(0));
    f64 pos;
    if (!needle || !to_f64_rjs(vm, ARG(1), &pos)) return V_EXC;
    if (needle->length > s->length) return v_from_int(-1);
    u32 start = s->length - needle->length;
    if (pos == pos && pos < start) start = pos < 0 ? 0 : (u32)pos;
    Chars a = str_chars(vm, s), b = str_chars(vm, needle);
    for (i64 k = start; k >= 0; k--) {
        u32 i = 0;
        while (i < b.len && chars_at(a, (u32)k + i) == chars_at(b, i)) i++;
        if (i == b.len) return v_from_i64(k);
    }
    return v_from_int(-1);
}

// ---- parts

static Value string_proto_slice(VM *vm, Value self, int argc, Value *argv) { // 22.1.3.22
    THIS_STRING("slice");
    i64 from, to;
    if (!to_relative_index_rjs(vm, ARG(0), s->length, 0, &from) || !to_relative_index_rjs(vm, ARG(1), s->length, s->length, &to)) return V_EXC;
    return from >= to ? A_(vm, empty) : v_from_string(str_slice(vm, s, (u32)from, (u32)to));
}

static Value string_proto_substring(VM *vm, Value self, int argc, Value *argv) { // 22.1.3.25
    THIS_STRING("substring");
    f64 a, b = s->length;
    if (!to_integer_rjs(vm, ARG(0), &a) || (!v_is_undefined(ARG(1)) && !to_integer_rjs(vm, argv[1], &b))) return V_EXC;
    a = a < 0 ? 0 : a > s->length ? s->length : a;
    b = b < 0 ? 0 : b > s->length ? s->length : b;
    u32 from = (u32)(a < b ? a : b), to = (u32)(a < b ? b : a);
    return v_from_string(str_slice(vm, s, from, to));
}

static Value string_proto_substr(VM *vm, Value self, int argc, Value *argv) { // B.2.2.1
    THIS_STRING("substr");
    f64 start, n;
    if (!to_integer_rjs(vm, ARG(0), &start)) return V_EXC;
    start = start < 0 ? (start + s->length < 0 ? 0 : start + s->length) : start > s->length ? s->length : start;
    n = s->length - start;
    if (!v_is_undefined(ARG(1))) {
        f64 want;
        if (!to_integer_rjs(vm, argv[1], &want)) return V_EXC;
        n = want < 0 ? 0 : want < n ? want : n;
    }
    return n <= 0 ? A_(vm, empty) : v_from_string(str_slice(vm, s, (u32)start, (u32)(start + n)));
}

enum { TRIM_START = 1, TRIM_END = 2 };
static Value string_proto_trim(VM *vm, Value self, int argc, Value *argv) { // 22.1.3.32-34
    u32 how = native_magic(vm);
    String *s = this_string_rjs(vm, self, how == 3 ? "String.prototype.trim" : how == 1 ? "String.prototype.trimLeft" : "String.prototype.trimRight");
    if (!s) return V_EXC;
    Chars c = str_chars(vm, s);
    u32 from = 0, to = c.len;
    if (how & TRIM_START) while (from < to && str_is_space(chars_at(c, from))) from++;
    if (how & TRIM_END) while (to > from && str_is_space(chars_at(c, to - 1))) to--;
    return from == 0 && to == c.len ? v_from_string(s) : v_from_string(str_slice(vm, s, from, to));
}

// ---- building

static Value string_proto_concat(VM *vm, Value self, int argc, Value *argv) { // 22.1.3.5
    THIS_STRING("concat");
    Value r = v_from_string(s);
    for (int i = 0; i < argc; i++) {
        String *t = to_string_rjs(vm, argv[i]);
        if (!t || v_is_exc(r = str_concat(vm, v_string(r), t))) return V_EXC;
    }
    return r;
}

static Value repeat_string(VM *vm, String *s, u64 n) {
    if (s->length == 0 || n == 0) return A_(vm, empty);
    if (n > STRING_MAX_LENGTH / s->length) return vm_throw(vm, ERR_STRING_LENGTH);
    u32 total = (u32)(s->length * n);
    Chars c = str_chars(vm, s);
    void *dst;
    u8 *d8;
    u16 *d16;
    size_t unit = c.wide ? 2 : 1, filled = c.len * unit, bytes = total * unit;
    String *r = c.wide ? str_alloc_utf16(vm, total, &d16) : str_alloc_latin1(vm, total, &d8);
    c = str_chars(vm, s);
    dst = c.wide ? (void *)d16 : (void *)d8;
    memcpy(dst, c.p, filled);
    while (filled < bytes) {
        size_t step = filled < bytes - filled ? filled : bytes - filled;
        memcpy((char *)dst + filled, dst, step);
        filled += step;
    }
    return v_from_string(r);
}

static Value string_proto_repeat(VM *vm, Value self, int argc, Value *argv) { // 22.1.3.18
    THIS_STRING("repeat");
    f64 n;
    if (!to_integer_rjs(vm, ARG(0), &n)) return V_EXC;
    if (n < 0 || n == __builtin_inf()) return vm_throw(vm, ERR_REPEAT_COUNT, v_from_num(n));
    if (s->length == 0) return A_(vm, empty);
    return repeat_string(vm, s, n > 4e9 ? 4000000000ull : (u64)n);
}

static Value string_proto_pad(VM *vm, Value self, int argc, Value *argv) { // padStart (0), padEnd (1)
    bool end = native_magic(vm);
    String *s = this_string_rjs(vm, self, end ? "String.prototype.padEnd" : "String.prototype.padStart");
    i64 want;
    if (!s || !to_length_rjs(vm, ARG(0), &want)) return V_EXC;
    if (want <= (i64)s->length) return v_from_string(s);
    String *fill = v_is_undefined(ARG(1)) ? v_string(vm->char_strings[' ']) : to_string_rjs(vm, argv[1]);
    if (!fill) return V_EXC;
    if (fill->length == 0) return v_from_string(s);
    i64 n = want - s->length;
    if (want > STRING_MAX_LENGTH) return vm_throw(vm, ERR_STRING_LENGTH);
    Value pad = repeat_string(vm, fill, (u64)(n / fill->length) + 1);
    if (v_is_exc(pad)) return V_EXC;
    String *p = str_slice(vm, v_string(pad), 0, (u32)n);
    return end ? str_concat(vm, s, p) : str_concat(vm, p, s);
}

// ---- case, normalization, well-formedness

static u16 *units_copy(VM *vm, String *s, size_t room, size_t factor) { // malloc'ed UTF-16 copy followed by room
    Chars c = str_chars(vm, s);
    u16 *p = mem_alloc((c.len * (1 + factor) + room + 1) * 2);
    for (u32 i = 0; i < c.len; i++) p[i] = chars_at(c, i);
    return p;
}

static Value string_proto_to_case(VM *vm, Value self, int argc, Value *argv) { // toLowerCase (0), toUpperCase (1) and the Locale forms
    bool upper = native_magic(vm);
    String *s = this_string_rjs(vm, self, upper ? "String.prototype.toUpperCase" : "String.prototype.toLowerCase");
    if (!s) return V_EXC;
    Chars c = str_chars(vm, s);
    if (!c.wide) {
        u8 *d;
        String *r = str_alloc_latin1(vm, c.len, &d);
        c = str_chars(vm, s);
        if (!upper) return unicode_lower_latin1(c.p, c.len, d), v_from_string(r);
        if (unicode_upper_latin1(c.p, c.len, d)) return v_from_string(r);
    }
    u16 *p = units_copy(vm, s, 0, 3), *out = p + s->length;
    size_t n = upper ? unicode_upper_utf16(p, s->length, out) : unicode_lower_utf16(p, s->length, out);
    Value r = n > STRING_MAX_LENGTH ? vm_throw(vm, ERR_STRING_LENGTH) : string_of_units(vm, out, (u32)n);
    mem_free(p);
    return r;
}

static Value string_proto_normalize(VM *vm, Value self, int argc, Value *argv) { // 22.1.3.15
    THIS_STRING("normalize");
    UnicodeForm form = UNICODE_NFC;
    if (!v_is_undefined(ARG(0))) {
        static const char *const names[] = {"NFC", "NFD", "NFKC", "NFKD"};
        String *f = to_string_rjs(vm, argv[0]);
        if (!f) return V_EXC;
        u32 i = 0;
        while (i < 4 && !str_equal(vm, f, str_new_c(vm, names[i]))) i++;
        if (i == 4) return vm_throw(vm, ERR_CUSTOM_RANGE, "The normalization form should be one of NFC, NFD, NFKC, NFKD.");
        form = (UnicodeForm)i;
    }
    Chars c = str_chars(vm, s);
    bool ascii = !c.wide;
    for (u32 i = 0; ascii && i < c.len; i++) ascii = ((const u8 *)c.p)[i] < 0x80;
    if (ascii) return v_from_string(s);
    u16 *p = units_copy(vm, s, 0, 0);
    Buf out = {0};
    unicode_normalize(p, s->length, form, &out);
    Value r = string_of_units(vm, (const u16 *)out.data, (u32)(out.len / 2));
    mem_free(p);
    buf_free(&out);
    return r;
}

static Value string_proto_well_formed(VM *vm, Value self, int argc, Value *argv) { // isWellFormed (0), toWellFormed (1)
    bool repair = native_magic(vm);
    String *s = this_string_rjs(vm, self, repair ? "String.prototype.toWellFormed" : "String.prototype.isWellFormed");
    if (!s) return V_EXC;
    Chars c = str_chars(vm, s);
    if (!c.wide) return repair ? v_from_string(s) : V_TRUE;
    u16 *p = repair ? units_copy(vm, s, 0, 0) : NULL;
    bool ok = true;
    for (u32 i = 0; i < c.len; i++) {
        u16 u = chars_at(c, i);
        if ((u & 0xFC00) == 0xD800 && i + 1 < c.len && (chars_at(c, i + 1) & 0xFC00) == 0xDC00) i++;
        else if ((u & 0xF800) == 0xD800) {
            ok = false;
            if (p) p[i] = 0xFFFD;
        }
    }
    Value r = !repair ? v_from_bool(ok) : ok ? v_from_string(s) : string_of_units(vm, p, c.len);
    mem_free(p);
    return r;
}

static Value string_proto_locale_compare(VM *vm, Value self, int argc, Value *argv) { // 22.1.3.12: root collation approximated by keys
    THIS_STRING("localeCompare");
    String *t = to_string_rjs(vm, ARG(0));
    if (!t) return V_EXC;
    return v_from_int(str_locale_compare(vm, s, t));
}

// ---- the rest

static Value this_string_value(VM *vm, Value self, const char *method) {
    if (v_is_string(self)) return self;
    if (v_is_kind(self, CELL_STRINGOBJ)) return ((PrimitiveObject *)v_ptr(self))->value;
    return vm_throw(vm, ERR_STRING_THIS, method);
}
static Value string_proto_to_string(VM *vm, Value self, int argc, Value *argv) { return this_string_value(vm, self, "String.prototype.toString"); }
static Value string_proto_value_of(VM *vm, Value self, int argc, Value *argv) { return this_string_value(vm, self, "String.prototype.valueOf"); }

static Value string_proto_iterator(VM *vm, Value self, int argc, Value *argv) { // 22.1.3.36
    THIS_STRING("[Symbol.iterator]");
    return v_obj(iterator_object_new(vm, vm->realm->StringIteratorPrototype, 0, v_from_string(s)));
}

static Value string_iterator_next(VM *vm, Value self, int argc, Value *argv) { // 22.1.5.1.1
    if (!v_is_kind(self, CELL_ITERATOR) || obj_proto(v_object(self)) == V_NULL) goto bad;
    IteratorObject *it = (IteratorObject *)v_ptr(self);
    if (it->kind != 0 || (!v_is_string(it->target) && !v_is_undefined(it->target))) goto bad;
    if (v_is_undefined(it->target)) return create_iter_result(vm, V_UNDEFINED, true);
    String *s = v_string(it->target);
    if (it->index >= s->length) {
        HEAP_STORE(vm, it->target, V_UNDEFINED);
        return create_iter_result(vm, V_UNDEFINED, true);
    }
    u32 i = (u32)it->index, n = str_code_point_at(vm, s, i) > 0xFFFF ? 2 : 1;
    HEAP_STORE(vm, it->index, i + n);
    Value v = n == 1 ? v_from_string(str_char(vm, chars_at(str_chars(vm, s), i))) : v_from_string(str_slice(vm, s, i, i + 2));
    return create_iter_result(vm, v, false);
bad:
    return vm_throw(vm, ERR_INCOMPATIBLE, "String Iterator.prototype.next", self);
}

// B.2.2.2 CreateHTML: tag and attribute by row
static const struct { const char *name, *tag, *attr; } html_rows[] = {
    {"anchor", "a", "name"}, {"big", "big", NULL}, {"blink", "blink", NULL}, {"bold", "b", NULL}, {"fixed", "tt", NULL},
    {"fontcolor", "font", "color"}, {"fontsize", "font", "size"}, {"italics", "i", NULL}, {"link", "a", "href"},
    {"small", "small", NULL}, {"strike", "strike", NULL}, {"sub", "sub", NULL}, {"sup", "sup", NULL},
};
static Value string_proto_html(VM *vm, Value self, int argc, Value *argv) {
    u32 row = native_magic(vm);
    if (v_is_nullish(self)) {
        Value name = v_from_string(str_format(vm, "String.prototype.%s", html_rows[row].name));
        Buf tmp = {0};
        Value r = vm_throw(vm, ERR_NULLISH_RECEIVER, str_to_cstr(vm, v_string(name), &tmp));
        buf_free(&tmp);
        return r;
    }
    String *s = to_string_rjs(vm, self);
    if (!s) return V_EXC;
    StrBuf sb = {0};
    sb_ascii(&sb, "<");
    sb_ascii(&sb, html_rows[row].tag);
    if (html_rows[row].attr) {
        String *a = to_string_rjs(vm, ARG(0));
        if (!a) return sb_free(&sb), V_EXC;
        sb_ascii(&sb, " ");
        sb_ascii(&sb, html_rows[row].attr);
        sb_ascii(&sb, "=\"");
        Chars c = str_chars(vm, a);
        for (u32 i = 0; i < c.len; i++) chars_at(c, i) == '"' ? sb_ascii(&sb, "&quot;") : sb_unit(&sb, chars_at(c, i));
        sb_ascii(&sb, "\"");
    }
    sb_ascii(&sb, ">");
    sb_str(vm, &sb, s);
    sb_ascii(&sb, "</");
    sb_ascii(&sb, html_rows[row].tag);
    sb_ascii(&sb, ">");
    return sb_finish(vm, &sb);
}

const NativeRow string_rows[] = {
    CTOR("String", 1, string_ctor),
    FN("fromCharCode", 1, string_from_char_code),
    FN("fromCodePoint", 1, string_from_code_point),
    FN("raw", 1, string_raw),
    ROWS_END,
};
const NativeRow string_proto_rows[] = {
    FN_MAGIC("at", 1, string_proto_char_at, 3),
    FN_MAGIC("charAt", 1, string_proto_char_at, 0),
    FN_MAGIC("charCodeAt", 1, string_proto_char_at, 1),
    FN_MAGIC("codePointAt", 1, string_proto_char_at, 2),
    FN("concat", 1, string_proto_concat),
    FN_MAGIC("endsWith", 1, string_proto_includes, 2),
    FN_MAGIC("includes", 1, string_proto_includes, 0),
    FN("indexOf", 1, string_proto_index_of),
    FN_MAGIC("isWellFormed", 0, string_proto_well_formed, 0),
    FN("lastIndexOf", 1, string_proto_last_index_of),
    FN("localeCompare", 1, string_proto_locale_compare),
    FN("normalize", 0, string_proto_normalize),
    FN_MAGIC("padEnd", 1, string_proto_pad, 1),
    FN_MAGIC("padStart", 1, string_proto_pad, 0),
    FN("repeat", 1, string_proto_repeat),
    FN("slice", 2, string_proto_slice),
    FN_MAGIC("startsWith", 1, string_proto_includes, 1),
    FN("substr", 2, string_proto_substr),
    FN("substring", 2, string_proto_substring),
    FN_MAGIC("toLocaleLowerCase", 0, string_proto_to_case, 0),
    FN_MAGIC("toLocaleUpperCase", 0, string_proto_to_case, 1),
    FN_MAGIC("toLowerCase", 0, string_proto_to_case, 0),
    FN("toString", 0, string_proto_to_string),
    FN_MAGIC("toUpperCase", 0, string_proto_to_case, 1),
    FN_MAGIC("toWellFormed", 0, string_proto_well_formed, 1),
    FN_MAGIC("trim", 0, string_proto_trim, TRIM_START | TRIM_END),
    FN_MAGIC("trimEnd", 0, string_proto_trim, TRIM_END),
    FN_MAGIC("trimStart", 0, string_proto_trim, TRIM_START),
    ALIAS("trimLeft", "trimStart"),
    ALIAS("trimRight", "trimEnd"),
    FN("valueOf", 0, string_proto_value_of),
    FN("@@iterator", 0, string_proto_iterator),
    FN_MAGIC("anchor", 1, string_proto_html, 0),
    FN_MAGIC("big", 0, string_proto_html, 1),
    FN_MAGIC("blink", 0, string_proto_html, 2),
    FN_MAGIC("bold", 0, string_proto_html, 3),
    FN_MAGIC("fixed", 0, string_proto_html, 4),
    FN_MAGIC("fontcolor", 1, string_proto_html, 5),
    FN_MAGIC("fontsize", 1, string_proto_html, 6),
    FN_MAGIC("italics", 0, string_proto_html, 7),
    FN_MAGIC("link", 1, string_proto_html, 8),
    FN_MAGIC("small", 0, string_proto_html, 9),
    FN_MAGIC("strike", 0, string_proto_html, 10),
    FN_MAGIC("sub", 0, string_proto_html, 11),
    FN_MAGIC("sup", 0, string_proto_html, 12),
    ROWS_END,
};
const NativeRow string_iterator_rows[] = {
    FN("next", 0, string_iterator_next),
    VALUE_STR("@@toStringTag", "String Iterator", ATTR_C),
    ROWS_END,
};

void builtin_string_install(VM *vm) {
    Realm *r = vm->realm;
    if (!v_is_object(r->StringPrototype)) { // a String exotic object holding ""
        r->StringPrototype = r->ObjectPrototype; // to_object below takes its prototype from here
        r->StringPrototype = to_object(vm, A_(vm, empty));
    }
    r->String = builtin_class(vm, TABLE_string_rows, TABLE_string_proto_rows, r->StringPrototype, r->FunctionPrototype);
    r->StringProtoIterator = object_own_data(vm, v_object(r->StringPrototype), SYM_(vm, iterator));
    r->StringIteratorPrototype = v_obj(object_new_proto(vm, r->IteratorPrototype));
    builtin_install(vm, r->StringIteratorPrototype, TABLE_string_iterator_rows);
}
