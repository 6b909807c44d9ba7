// SPDX-License-Identifier: MIT
// JSON.stringify (ECMA-262 25.5.2). Plain data (ordinary objects, dense arrays, no toJSON in sight, no replacer function)
// is written straight from slots and elements; anything else goes the specification's way. Start at write_value.
#include "format/base/numtext.h"
#include "format/base/utf.h"
#include "vm/builtins/json.h"
#include "vm/num/bigint.h"

#include <math.h>
#include <stdio.h>

// ---- output: Latin-1 until the first wider character ----

typedef struct Out {
    u8 *p;
    size_t len, cap; // in units
    bool wide;
} Out;

static void out_reserve(Out *o, size_t more) {
    if (DX_LIKELY(o->cap - o->len >= more)) return;
    size_t cap = o->cap ? o->cap * 2 : 256;
    if (cap < o->len + more) cap = o->len + more;
    o->p = mem_realloc(o->p, cap << o->wide);
    o->cap = cap;
}

static void out_widen(Out *o) {
    u16 *w = mem_alloc((o->cap ? o->cap : 1) * 2);
    if (o->len) latin1_widen(o->p, o->len, w);
    mem_free(o->p);
    o->p = (u8 *)w;
    o->wide = true;
}

// Room was reserved.
DX_INLINE void out_put(Out *o, u16 unit) {
    if (o->wide) ((u16 *)o->p)[o->len++] = unit;
    else o->p[o->len++] = (u8)unit;
}

DX_INLINE void out_unit(Out *o, u16 unit) {
    out_reserve(o, 1);
    out_put(o, unit);
}

static void out_latin1(Out *o, const u8 *p, size_t n) {
    out_reserve(o, n);
    if (o->wide) latin1_widen(p, n, (u16 *)o->p + o->len);
    else memcpy(o->p + o->len, p, n);
    o->len += n;
}

static void out_utf16(Out *o, const u16 *p, size_t n) {
    if (!o->wide) out_widen(o);
    out_reserve(o, n);
    memcpy((u16 *)o->p + o->len, p, n * 2);
    o->len += n;
}

static void out_ascii(Out *o, const char *s) { out_latin1(o, (const u8 *)s, strlen(s)); }

static void out_chars(Out *o, Chars c) {
    if (c.wide) out_utf16(o, c.p, c.len);
    else out_latin1(o, c.p, c.len);
}

static void out_hex_escape(Out *o, u16 unit) {
    static const char hex[] = "0123456789abcdef";
    char s[] = {'\\', 'u', hex[unit >> 12], hex[unit >> 8 & 15], hex[unit >> 4 & 15], hex[unit & 15], 0};
    out_ascii(o, s);
}

static void out_escape(Out *o, u16 unit) {
    static const u8 letters[0x60] = {['\b'] = 'b', ['\f'] = 'f', ['\n'] = 'n', ['\r'] = 'r', ['\t'] = 't', ['"'] = '"', ['\\'] = '\\'};
    if (unit >= sizeof letters || !letters[unit]) {
        out_hex_escape(o, unit);
        return;
    }
    out_reserve(o, 2);
    out_put(o, '\\');
    out_put(o, letters[unit]);
}

#define COPY_SLACK 16 // bytes that copy_plain may write behind the run

// Copies the plain run at the start of p; returns its length.
static u32 copy_plain(const u8 *p, u32 n, u8 *to) {
    u32 i = 0;
#ifdef __SSE2__
    for (; i + 16 <= n; i += 16) {
        __m128i x = _mm_loadu_si128((const __m128i *)(p + i));
        u32 mask = json_special_mask(x);
        _mm_storeu_si128((__m128i *)(to + i), x);
        if (mask) return i + (u32)__builtin_ctz(mask);
    }
    if (i + 8 <= n) {
        __m128i x = _mm_loadl_epi64((const __m128i *)(p + i));
        u32 mask = json_special_mask(x) & 0xFF;
        _mm_storel_epi64((__m128i *)(to + i), x);
        if (mask) return i + (u32)__builtin_ctz(mask);
        i += 8;
    }
#endif
    for (; i < n && json_is_plain(p[i]); i++) to[i] = p[i];
    return i;
}

static void quote_latin1(Out *o, const u8 *p, u32 n) {
    for (u32 i = 0; i < n;) {
        u32 run;
        if (DX_LIKELY(!o->wide)) {
            out_reserve(o, (size_t)(n - i) + COPY_SLACK);
            run = copy_plain(p + i, n - i, o->p + o->len);
            o->len += run;
        } else {
            run = json_plain_latin1(p + i, n - i);
            out_latin1(o, p + i, run);
        }
        i += run;
        if (i < n) out_escape(o, p[i++]);
    }
}

// Lone surrogates are escaped, so that the text is well-formed.
static void quote_utf16(Out *o, const u16 *p, u32 n) {
    for (u32 i = 0; i < n;) {
        u32 run = json_plain_utf16(p + i, n - i), end = i + run;
        for (u32 from = i; i < end;) {
            if (utf_is_surrogate(p[i]) && !(utf_is_lead(p[i]) && i + 1 < end && utf_is_trail(p[i + 1]))) {
                out_utf16(o, p + from, i - from);
                out_hex_escape(o, p[i++]);
                from = i;
                continue;
            }
            i += utf_is_surrogate(p[i]) ? 2 : 1;
            if (i == end) out_utf16(o, p + from, i - from);
        }
        if (i < n) out_escape(o, p[i++]);
    }
}

// 25.5.2.3 QuoteJSONString
static void out_quoted(VM *vm, Out *o, String *s) {
    Chars c = str_chars(vm, s);
    out_unit(o, '"');
    if (c.wide) quote_utf16(o, c.p, c.len);
    else quote_latin1(o, c.p, c.len);
    out_unit(o, '"');
}

static Value out_finish(VM *vm, Out *o) {
    Value v;
    if (o->len > STRING_MAX_LENGTH) v = vm_throw(vm, ERR_STRING_LENGTH);
    else if (o->wide) v = v_from_string(str_new_utf16(vm, (u16 *)o->p, (u32)o->len));
    else v = v_from_string(str_new_latin1(vm, o->p, (u32)o->len));
    mem_free(o->p);
    return v;
}

Value json_quote(VM *vm, String *s) {
    Out o = {0};
    out_quoted(vm, &o, s);
    return out_finish(vm, &o);
}

// ---- the writer ----

typedef struct Writer {
    VM *vm;
    Out out;
    Value replacer;     // function or undefined
    Value allowed;      // property list: array of strings, or undefined
    Chars gap;
    u32 depth;
    ValueStack path;    // objects being written, and the keys that led to them: (object, key inside its parent)
    Shape *plain[4];    // shapes found to have neither toJSON nor a prototype with it; dropped when user code may have run
    u32 plain_next;     // the entry to replace
} Writer;

enum Outcome { WROTE_NOTHING, WROTE, FAILED };

static enum Outcome write_value(Writer *w, Value holder, PropKey key, Value v);

static void user_code_ran(Writer *w) { memset(w->plain, 0, sizeof w->plain); }

static void new_line(Writer *w) {
    if (!w->gap.len) return;
    out_unit(&w->out, '\n');
    for (u32 i = 0; i < w->depth; i++) out_chars(&w->out, w->gap);
}

// ---- circular structures: V8's message ----

// The name V8 gives an object's constructor: that of the first prototype with a named constructor function.
static Value constructor_name(VM *vm, Value obj) {
    for (Value p = v_is_kind(obj, CELL_PROXY) ? V_NULL : obj_proto(v_object(obj)); v_is_object(p);) {
        Value c = object_own_data(vm, v_object(p), A_(vm, constructor));
        if (v_is_callable(c)) {
            Value name = function_name(vm, c);
            if (v_is_string(name) && v_string(name)->length) return name;
        }
        p = v_is_kind(p, CELL_PROXY) ? V_NULL : obj_proto(v_object(p));
    }
    return v_str(vm, "Object");
}

static void add_constructor(VM *vm, StrBuf *b, Value obj) {
    sb_ascii(b, "object with constructor '");
    sb_str(vm, b, v_string(constructor_name(vm, obj)));
    sb_unit(b, '\'');
}

static void add_key(VM *vm, StrBuf *b, Value parent, PropKey key) {
    bool index = v_is_array(parent) && key_is_index(key);
    sb_ascii(b, index ? "index " : "property '");
    sb_str(vm, b, key_display(vm, key));
    if (!index) sb_unit(b, '\'');
}

static void add_path_line(Writer *w, StrBuf *b, u32 i) {
    sb_ascii(b, "\n    |     ");
    add_key(w->vm, b, w->path.v[2 * i - 2], w->path.v[2 * i + 1]);
    sb_ascii(b, " -> ");
    add_constructor(w->vm, b, w->path.v[2 * i]);
}

// The object at path index `start` was reached again through `key` of the innermost one.
static enum Outcome fail_circular(Writer *w, u32 start, PropKey key) {
    u32 n = w->path.n / 2, shown = dx_min_u32(n, start + 3); // two lines, then the last one
    VM *vm = w->vm;
    StrBuf b = {0};
    sb_ascii(&b, "Converting circular structure to JSON\n    --> starting at ");
    add_constructor(vm, &b, w->path.v[2 * start]);
    for (u32 i = start + 1; i < shown; i++) add_path_line(w, &b, i);
    if (n > shown + 1) sb_ascii(&b, "\n    |     ...");
    if (n > shown) add_path_line(w, &b, n - 1);
    sb_ascii(&b, "\n    --- ");
    add_key(vm, &b, w->path.v[2 * n - 2], key);
    sb_ascii(&b, " closes the circle");
    Value text = sb_finish(vm, &b);
    if (!v_is_exc(text)) vm_throw_value(vm, error_new(vm, REALM_TypeErrorPrototype, text));
    return FAILED;
}

static bool enter(Writer *w, Value obj, PropKey key) {
    if (vm_stack_low(w->vm)) return false;
    for (u32 i = 0; i < w->path.n; i += 2) {
        if (w->path.v[i] == obj) {
            fail_circular(w, i / 2, key);
            return false;
        }
    }
    value_stack_push(w->vm, &w->path, obj);
    value_stack_push(w->vm, &w->path, key);
    w->depth++;
    return true;
}

static void leave(Writer *w) {
    w->path.n -= 2;
    w->depth--;
}

// ---- objects ----

// Writes one property, with what separates it from the one before. *any: something was written already.
static bool write_property(Writer *w, Value obj, PropKey key, Value v, bool *any) {
    size_t before = w->out.len;
    if (*any) out_unit(&w->out, ',');
    new_line(w);
    out_quoted(w->vm, &w->out, v_string(key_to_value(w->vm, key)));
    out_unit(&w->out, ':');
    if (w->gap.len) out_unit(&w->out, ' ');
    enum Outcome r = write_value(w, obj, key, v);
    if (r == WROTE) *any = true;
    else w->out.len = before;
    return r != FAILED;
}

static bool write_listed(Writer *w, Value obj, Array *keys, u32 from, bool *any) {
    for (u32 i = from; i < keys->length; i++) {
        PropKey key = key_from_string(w->vm, v_string(obj_elems(&keys->o)->v[i]));
        Value v = get_rjs(w->vm, obj, key);
        user_code_ran(w);
        if (v_is_exc(v) || !write_property(w, obj, key, v, any)) return false;
    }
    return true;
}

#define FAST_KEYS 48 // keys kept in the C frame of one level

// An ordinary object with plain, named properties only.
static bool is_plain(const Object *o) {
    return o->cell.kind == CELL_OBJECT && !(o->cell.flags & (OBJ_EXOTIC | OBJ_SPARSE)) && (!o->elems || obj_elems(o)->len == 0) &&
           !(o->shape->cell.flags & (SHAPE_DICT | SHAPE_HAS_SPECIAL | SHAPE_NON_EXTENSIBLE)) && o->shape->count <= FAST_KEYS;
}

static bool write_plain(Writer *w, Object *o, bool *any) {
    PropKey keys[FAST_KEYS];
    Shape *shape = o->shape;
    u32 n = shape->count;
    for (Shape *s = shape; s->count; s = s->parent) keys[s->count - 1] = s->key;
    for (u32 i = 0; i < n; i++) {
        Value v;
        if (DX_LIKELY(o->shape == shape)) {
            v = o->slots[i];
        } else { // user code below changed the object
            v = get_rjs(w->vm, v_obj(o), keys[i]);
            user_code_ran(w);
            if (v_is_exc(v)) return false;
        }
        if (!write_property(w, v_obj(o), keys[i], v, any)) return false;
    }
    return true;
}

// 25.5.2.5 SerializeJSONObject
static enum Outcome write_object(Writer *w, Value obj, PropKey key) {
    if (!enter(w, obj, key)) return FAILED;
    bool any = false, ok;
    out_unit(&w->out, '{');
    if (v_is_array(w->allowed)) {
        ok = write_listed(w, obj, v_array(w->allowed), 0, &any);
    } else if (is_plain(v_object(obj))) {
        ok = write_plain(w, v_object(obj), &any);
    } else {
        Array *keys = object_own_keys_rjs(w->vm, obj, KEYS_STRINGS | KEYS_ENUMERABLE_ONLY);
        user_code_ran(w);
        ok = keys && write_listed(w, obj, keys, 0, &any);
    }
    if (!ok) return FAILED;
    leave(w);
    if (any) new_line(w);
    out_unit(&w->out, '}');
    return WROTE;
}

// 25.5.2.6 SerializeJSONArray
static enum Outcome write_array(Writer *w, Value arr, PropKey key) {
    i64 len = v_is_array(arr) ? v_array(arr)->length : length_of_array_like_rjs(w->vm, arr);
    if (!v_is_array(arr)) user_code_ran(w);
    if (len < 0 || !enter(w, arr, key)) return FAILED;
    out_unit(&w->out, '[');
    for (i64 i = 0; i < len; i++) {
        Object *o = v_object(arr);
        Elements *e = v_is_array(arr) && obj_is_dense(o) ? obj_elems(o) : NULL;
        PropKey k = i < 0xFFFFFFFF ? key_from_index((u32)i) : key_from_string(w->vm, v_string(number_to_string(w->vm, (f64)i, 10)));
        Value v = e && i < e->len ? e->v[i] : V_HOLE;
        if (v == V_HOLE) {
            v = get_rjs(w->vm, arr, k);
            user_code_ran(w);
            if (v_is_exc(v)) return FAILED;
        }
        if (i) out_unit(&w->out, ',');
        new_line(w);
        enum Outcome r = write_value(w, arr, k, v);
        if (r == FAILED) return FAILED;
        if (r == WROTE_NOTHING) out_ascii(&w->out, "null");
    }
    leave(w);
    if (len) new_line(w);
    out_unit(&w->out, ']');
    return WROTE;
}

// ---- values ----

static void write_number(Out *o, Value v) {
    char room[NUM_TEXT_MAX];
    if (!v_is_int(v) && !isfinite(v_double(v))) {
        out_ascii(o, "null");
        return;
    }
    out_reserve(o, NUM_TEXT_MAX);
    char *text = o->wide ? room : (char *)o->p + o->len;
    u32 n = v_is_int(v) ? num_i32_to_text(v_int(v), text) : num_to_text(v_double(v), text);
    if (o->wide) out_latin1(o, (u8 *)room, n);
    else o->len += n;
}

// True if looking for toJSON on the object cannot run code and finds nothing.
static bool lacks_to_json(Writer *w, Object *o) {
    VM *vm = w->vm;
    for (u32 i = 0; i < DX_COUNTOF(w->plain); i++)
        if (o->shape == w->plain[i]) return true;
    for (Value p = v_obj(o); v_is_object(p); p = obj_proto(v_object(p))) {
        Object *at = v_object(p);
        u8 attrs;
        if (at->cell.flags & (OBJ_EXOTIC | OBJ_LAZY_FUNC)) return false;
        if (shape_lookup(vm, at->shape, A_(vm, toJSON), &attrs) >= 0) return false;
    }
    if (!(o->shape->cell.flags & SHAPE_DICT)) {
        w->plain[w->plain_next++ % DX_COUNTOF(w->plain)] = o->shape;
    }
    return true;
}

// Steps 2 and 3 of SerializeJSONProperty: toJSON and the replacer function.
static Value transformed(Writer *w, Value holder, PropKey key, Value v) {
    VM *vm = w->vm;
    if ((v_is_object(v) && !lacks_to_json(w, v_object(v))) || v_is_bigint(v)) {
        Value f = get_v_rjs(vm, v, A_(vm, toJSON));
        user_code_ran(w);
        if (v_is_exc(f)) return f;
        if (v_is_callable(f)) v = CALL1(vm, f, v, key_to_value(vm, key));
        if (v_is_exc(v)) return v;
    }
    if (!v_is_undefined(w->replacer)) {
        if (holder == V_HOLE) { // the wrapper around the outermost value
            Object *wrapper = object_new(vm);
            object_put(vm, wrapper, A_(vm, empty), v, ATTR_WEC);
            holder = v_obj(wrapper);
        }
        v = CALL2(vm, w->replacer, holder, key_to_value(vm, key), v);
        user_code_ran(w);
    }
    return v;
}

// Step 4: Number, String, Boolean and BigInt objects stand for their values.
static Value unwrapped(Writer *w, Value v) {
    VM *vm = w->vm;
    switch (((Cell *)v_ptr(v))->kind) {
    case CELL_NUMBER: user_code_ran(w); return to_number_rjs(vm, v);
    case CELL_STRINGOBJ: {
        user_code_ran(w);
        String *s = to_string_rjs(vm, v);
        return s ? v_from_string(s) : V_EXC;
    }
    case CELL_BOOLEAN:
    case CELL_BIGINTOBJ: return ((PrimitiveObject *)v_ptr(v))->value;
    default: return v;
    }
}

// 25.5.2.2 SerializeJSONProperty
static enum Outcome write_value(Writer *w, Value holder, PropKey key, Value v) {
    VM *vm = w->vm;
    if (v_is_object(v) || v_is_bigint(v) || !v_is_undefined(w->replacer)) {
        v = transformed(w, holder, key, v);
        if (v_is_object(v)) v = unwrapped(w, v);
        if (v_is_exc(v)) return FAILED;
    }
    if (v_is_string(v)) {
        out_quoted(vm, &w->out, v_string(v));
    } else if (v_is_number(v)) {
        write_number(&w->out, v);
    } else if (v_is_null(v) || v_is_bool(v)) {
        out_ascii(&w->out, v_is_null(v) ? "null" : v == V_TRUE ? "true" : "false");
    } else if (v_is_bigint(v)) {
        vm_throw(vm, ERR_JSON_BIGINT);
        return FAILED;
    } else if (v_is_object(v) && json_is_raw(vm, v)) {
        out_chars(&w->out, str_chars(vm, v_string(object_own_data(vm, v_object(v), A_(vm, rawJSON)))));
    } else if (v_is_object(v) && !v_is_callable(v)) {
        int is_array = v_is_array(v) ? 1 : is_array_rjs(vm, v);
        if (is_array < 0) return FAILED;
        return is_array ? write_array(w, v, key) : write_object(w, v, key);
    } else {
        return WROTE_NOTHING;
    }
    return WROTE;
}

// ---- arguments ----

// Step 4 of JSON.stringify: the strings and numbers of a replacer array, each once.
static bool property_list(Writer *w, Value list) {
    VM *vm = w->vm;
    i64 len = length_of_array_like_rjs(vm, list);
    if (len < 0) return false;
    Array *keys = array_new(vm, 0);
    Object *seen = object_new_proto(vm, V_NULL);
    for (i64 i = 0; i < len; i++) {
        Value v = get_rjs(vm, list, key_from_index((u32)i));
        if (v_is_exc(v)) return false;
        if (!v_is_string(v) && !v_is_number(v) && !v_is_kind(v, CELL_STRINGOBJ) && !v_is_kind(v, CELL_NUMBER)) continue;
        String *s = to_string_rjs(vm, v);
        if (!s) return false;
        PropKey k = key_from_string(vm, s);
        int had = has_own_rjs(vm, v_obj(seen), k); // ordinary: runs no code
        if (had < 0) return false;
        if (had) continue;
        object_put(vm, seen, k, V_TRUE, ATTR_WEC);
        array_push(vm, keys, v_from_string(s));
    }
    w->allowed = v_from_array(keys);
    return true;
}

// Steps 5 to 8: the gap as a string. NULL: thrown.
static String *read_space(VM *vm, Value space) {
    if (v_is_kind(space, CELL_NUMBER)) space = to_number_rjs(vm, space);
    else if (v_is_kind(space, CELL_STRINGOBJ)) {
        String *s = to_string_rjs(vm, space);
        if (!s) return NULL;
        space = v_from_string(s);
    }
    if (v_is_exc(space)) return NULL;
    if (v_is_number(space)) {
        f64 n = v_num(space);
        u32 blanks = n >= 10 ? 10 : n >= 1 ? (u32)n : 0;
        return str_new_latin1(vm, (const u8 *)"          ", blanks);
    }
    if (v_is_string(space)) return str_slice(vm, v_string(space), 0, dx_min_u32(10, v_string(space)->length));
    return v_string(A_(vm, empty));
}

Value json_stringify_rjs(VM *vm, Value value, Value replacer, Value space) {
    Writer w = {.vm = vm, .replacer = V_UNDEFINED, .allowed = V_UNDEFINED};
    if (v_is_callable(replacer)) {
        w.replacer = replacer;
    } else if (v_is_object(replacer)) {
        int is_array = is_array_rjs(vm, replacer);
        if (is_array < 0 || (is_array && !property_list(&w, replacer))) return V_EXC;
    }
    String *gap = read_space(vm, space);
    if (!gap) return V_EXC;
    w.gap = str_chars(vm, gap);
    value_stack_init(&w.path);
    enum Outcome r = write_value(&w, V_HOLE, A_(vm, empty), value);
    if (r == WROTE) return out_finish(vm, &w.out);
    mem_free(w.out.p);
    return r == FAILED ? V_EXC : V_UNDEFINED;
}
