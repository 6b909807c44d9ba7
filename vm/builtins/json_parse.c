// SPDX-License-Identifier: MIT
// JSON.parse (ECMA-262 25.5.1). One pass without recursion: finished values lie on a stack until their array or object
// closes; an object's keys meanwhile walk the shape tree, so objects of the same form share shapes and are built in one
// step. Start at parse_text.
//
// With a reviver, every value also gets a parse record: a ValueArray [value, x] where x is the source text (a string) of
// a primitive, the array of the records of an array's elements, or an object from key to record.
#include "format/base/hash.h"
#include "format/base/numtext.h"
#include "format/base/utf.h"
#include "vm/builtins/json.h"

#include <stdio.h>

// ---- scanning ----

u32 json_plain_latin1(const u8 *p, u32 n) {
    u32 i = 0;
#ifdef __SSE2__
    for (; i + 16 <= n; i += 16) {
        u32 mask = json_special_mask(_mm_loadu_si128((const __m128i *)(p + i)));
        if (mask) return i + (u32)__builtin_ctz(mask);
    }
#endif
    while (i < n && json_is_plain(p[i])) i++;
    return i;
}

u32 json_plain_utf16(const u16 *p, u32 n) {
    u32 i = 0;
    while (i < n && json_is_plain(p[i])) i++;
    return i;
}

void value_stack_init(ValueStack *s) {
    s->v = s->local;
    s->n = 0;
    s->cap = DX_COUNTOF(s->local);
    s->cell = NULL;
}

void value_stack_grow(VM *vm, ValueStack *s) {
    ValueArray *cell = values_new(vm, s->cap * 2);
    memcpy(cell->v, s->v, (size_t)s->n * sizeof(Value));
    s->cell = cell;
    s->v = cell->v;
    s->cap *= 2;
}

// ---- the parser ----

// An open object has three values below its property values on the stack.
enum { H_SHAPE, H_OBJECT, H_KEY, HEADER };
#define FAST_PROPERTIES 64 // objects with more properties, or with index keys, are filled one property at a time
#define KEY_CACHE 64

typedef struct Level {
    u32 base : 31; // where the container's part of the stack begins
    u32 is_object : 1;
} Level;

typedef struct Parser {
    VM *vm;
    String *text;
    const void *chars;
    u32 pos, len;
    Level *levels;
    u32 depth, level_cap;
    bool record;
    ValueStack values;
    ValueStack records; // parallel to values, if record
    Buf scratch; // units of a string with escapes
    Level local_levels[32];
    PropKey key_cache[KEY_CACHE];
} Parser;

#define AT(p, wide, i) ((wide) ? ((const u16 *)(p)->chars)[i] : ((const u8 *)(p)->chars)[i])

static void push(Parser *p, Value v, Value record) {
    value_stack_push(p->vm, &p->values, v);
    if (p->record) value_stack_push(p->vm, &p->records, record);
}

static void truncate_stack(Parser *p, u32 n) {
    p->values.n = n;
    if (p->record) p->records.n = n;
}

static void open_level(Parser *p, bool is_object) {
    if (p->depth == p->level_cap) {
        u32 cap = p->level_cap * 2;
        Level *grown = mem_alloc(cap * sizeof(Level));
        memcpy(grown, p->levels, p->depth * sizeof(Level));
        if (p->levels != p->local_levels) mem_free(p->levels);
        p->levels = grown;
        p->level_cap = cap;
    }
    p->levels[p->depth++] = (Level){p->values.n, is_object};
    if (!is_object) return;
    Shape *root = shape_root(p->vm, p->vm->realm->ObjectPrototype);
    push(p, v_from_ptr(TAG_INTERNAL, root), V_UNDEFINED);
    push(p, V_UNDEFINED, V_UNDEFINED);
    push(p, V_UNDEFINED, V_UNDEFINED);
    if (p->record) p->records.v[p->values.n - HEADER + H_OBJECT] = v_obj(object_new_proto(p->vm, V_NULL));
}

// ---- errors, in V8's words ----

DX_NOINLINE static Value fail_text(Parser *p, StrBuf *message) {
    Value text = sb_finish(p->vm, message);
    if (v_is_exc(text)) return text;
    return vm_throw_value(p->vm, error_new(p->vm, REALM_SyntaxErrorPrototype, text));
}

DX_NOINLINE static Value fail_where(Parser *p, const char *what, const char *where, u32 pos) {
    char tail[48];
    StrBuf message = {0};
    sb_ascii(&message, what);
    snprintf(tail, sizeof tail, "%s JSON at position %u", where, pos);
    sb_ascii(&message, tail);
    return fail_text(p, &message);
}

static Value fail_at(Parser *p, const char *what, u32 pos) { return fail_where(p, what, " in", pos); }
static Value fail_rest(Parser *p) { return fail_where(p, "Unexpected non-whitespace character", " after", p->pos); }

#define CONTEXT 10u // characters shown on either side of the unexpected one

// A value cannot start or go on with the character at pos.
DX_NOINLINE static Value fail_unexpected(Parser *p, u32 pos) {
    Chars c = str_chars(p->vm, p->text);
    StrBuf message = {0};
    if (pos >= p->len) {
        sb_ascii(&message, "Unexpected end of JSON input");
        return fail_text(p, &message);
    }
    u16 unit = chars_at(c, pos);
    if (unit == '"') return fail_at(p, "Unexpected string", pos);
    if (unit == '-' || (unit >= '0' && unit <= '9')) return fail_at(p, "Unexpected number", pos);
    static const char *const usual[] = {"undefined", "NaN", "Infinity", "[object Object]"};
    bool known = false;
    for (u32 i = 0; i < DX_COUNTOF(usual) && !c.wide; i++) known |= c.len == strlen(usual[i]) && memcmp(c.p, usual[i], c.len) == 0;
    if (!known) {
        sb_ascii(&message, "Unexpected token '");
        sb_unit(&message, unit);
        sb_ascii(&message, "', ");
    }
    bool cut = p->len > 2 * CONTEXT && !known;
    bool cut_before = cut && pos >= CONTEXT, cut_behind = cut && pos < p->len - CONTEXT;
    if (cut_before) sb_ascii(&message, "...");
    sb_unit(&message, '"');
    sb_chars(&message, c, cut_before ? pos - CONTEXT : 0, cut_behind ? pos + CONTEXT : p->len);
    sb_unit(&message, '"');
    if (cut_behind) sb_ascii(&message, "...");
    sb_ascii(&message, " is not valid JSON");
    return fail_text(p, &message);
}

// ---- strings ----

static int hex_value(u32 c) {
    if (c - '0' < 10) return (int)(c - '0');
    c |= 0x20;
    return c - 'a' < 6 ? (int)(c - 'a' + 10) : -1;
}

// One escape sequence, p->pos behind the backslash: its unit, or -1: error thrown.
DX_INLINE i32 read_escape(Parser *p, const bool wide) {
    if (p->pos == p->len) {
        fail_unexpected(p, p->pos);
        return -1;
    }
    u32 c = AT(p, wide, p->pos++), unit = 0;
    switch (c) {
    case '"': case '\\': case '/': return (i32)c;
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    case 'u': break;
    default: fail_at(p, "Bad escaped character", p->pos - 1); return -1;
    }
    for (u32 i = 0; i < 4; i++, p->pos++) {
        int d = p->pos < p->len ? hex_value(AT(p, wide, p->pos)) : -1;
        if (d < 0) {
            fail_at(p, "Bad Unicode escape", p->pos);
            return -1;
        }
        unit = unit << 4 | (u32)d;
    }
    return (i32)unit;
}

DX_INLINE u32 plain_run(Parser *p, const bool wide) {
    u32 left = p->len - p->pos;
    return wide ? json_plain_utf16((const u16 *)p->chars + p->pos, left) : json_plain_latin1((const u8 *)p->chars + p->pos, left);
}

static void put_units(Parser *p, const bool wide, u32 from, u32 n) { // the text's own, to the scratch buffer
    if (!wide) {
        buf_put(&p->scratch, (const u8 *)p->chars + from, n);
        return;
    }
    buf_put(&p->scratch, (const u16 *)p->chars + from, (size_t)n * 2);
}

static void widen_scratch(Buf *b) {
    Buf w = {0};
    buf_reserve(&w, b->len * 2 + 64);
    latin1_widen(b->data, b->len, (u16 *)(void *)w.data);
    w.len = b->len * 2;
    buf_free(b);
    *b = w;
}

// The rest of a string that has escapes; `from` is its first character, p->pos the first that is not plain. The scratch buffer holds
// bytes until a wider unit comes.
DX_INLINE String *string_with_escapes(Parser *p, const bool wide, u32 from) {
    Buf *units = &p->scratch;
    bool wide_units = wide;
    units->len = 0;
    for (;;) {
        u32 run = p->pos - from;
        if (wide_units && !wide) {
            for (u32 i = 0; i < run; i++) buf_u16(units, AT(p, wide, from + i));
        } else {
            put_units(p, wide, from, run);
        }
        u32 c = p->pos < p->len ? AT(p, wide, p->pos) : 0;
        if (p->pos == p->len || (c != '"' && c != '\\')) {
            fail_at(p, p->pos == p->len ? "Unterminated string" : "Bad control character in string literal", p->pos);
            return NULL;
        }
        p->pos++;
        if (c == '"') break;
        i32 unit = read_escape(p, wide);
        if (unit < 0) return NULL;
        if (unit > 0xFF && !wide_units) {
            widen_scratch(units);
            wide_units = true;
        }
        if (wide_units) buf_u16(units, (u16)unit);
        else buf_u8(units, (u8)unit);
        from = p->pos;
        p->pos += plain_run(p, wide);
    }
    if (wide_units) return str_new_utf16(p->vm, (const u16 *)(void *)units->data, (u32)(units->len / 2));
    return units->len == 1 ? str_char(p->vm, units->data[0]) : str_new_latin1(p->vm, units->data, (u32)units->len);
}

// p->pos behind the opening quote. NULL: error thrown.
DX_INLINE String *read_string(Parser *p, const bool wide) {
    u32 from = p->pos, n = plain_run(p, wide);
    p->pos += n;
    if (DX_UNLIKELY(p->pos == p->len || AT(p, wide, p->pos) != '"')) return string_with_escapes(p, wide, from);
    p->pos++;
    if (wide) return str_new_utf16(p->vm, (const u16 *)p->chars + from, n);
    const u8 *s = (const u8 *)p->chars + from;
    return n == 1 ? str_char(p->vm, *s) : str_new_latin1(p->vm, s, n);
}

// ---- keys ----

// The shape after adding one more plain property, if it is the only one ever made from this shape.
DX_INLINE Shape *only_transition(const Shape *s) {
    if (!v_is_internal(s->transitions)) return NULL;
    Shape *next = v_ptr(s->transitions);
    return next->cell.kind == CELL_SHAPE && next->attrs == ATTR_WEC ? next : NULL;
}

DX_INLINE bool key_is_text(PropKey k, const u8 *s, u32 n) {
    if (!v_is_string(k)) return false;
    String *a = v_string(k);
    return a->length == n && !(a->cell.flags & (STR_UTF16 | STR_ROPE | STR_REF)) && bytes_equal(a->u.latin1, s, n);
}

// An object key, p->pos behind the opening quote. V_EMPTY: error thrown.
DX_INLINE PropKey read_key(Parser *p, const bool wide, const Shape *shape) {
    if (!wide) {
        const u8 *s = (const u8 *)p->chars + p->pos;
        u32 n = plain_run(p, wide);
        if (p->pos + n < p->len && s[n] == '"') {
            p->pos += n + 1;
            Shape *next = shape ? only_transition(shape) : NULL;
            if (next && key_is_text(next->key, s, n)) return next->key;
            PropKey *cached = &p->key_cache[hash_latin1(s, n) % KEY_CACHE];
            if (!key_is_text(*cached, s, n)) *cached = key_from_string(p->vm, str_new_latin1(p->vm, s, n));
            return *cached;
        }
    }
    String *s = read_string(p, wide);
    return s ? key_from_string(p->vm, s) : V_EMPTY;
}

// ---- containers ----

static Object *build_object(Parser *p, u32 base) {
    Shape *shape = v_ptr(p->values.v[base + H_SHAPE]);
    u32 n = shape->count;
    if (n == 0) return object_new(p->vm);
    Object *o = object_alloc(p->vm, CELL_OBJECT, sizeof *o, shape_root(p->vm, p->vm->realm->ObjectPrototype), n);
    o->shape = v_ptr(p->values.v[base + H_SHAPE]);
    memcpy(o->slots, p->values.v + base + HEADER, n * sizeof(Value));
    return o;
}

// The value of the pending key of the innermost open object is complete.
static void add_property(Parser *p, Value v, Value record) {
    u32 base = p->levels[p->depth - 1].base;
    Value *header = p->values.v + base;
    PropKey key = header[H_KEY];
    if (p->record) object_put(p->vm, v_object(p->records.v[base + H_OBJECT]), key, record, ATTR_WEC);
    if (v_is_undefined(header[H_OBJECT])) {
        Shape *shape = v_ptr(header[H_SHAPE]);
        Shape *next = only_transition(shape);
        if (next && next->key == key) {
            header[H_SHAPE] = v_from_ptr(TAG_INTERNAL, next);
            push(p, v, V_UNDEFINED);
            return;
        }
        if (!key_is_index(key) && shape->count < FAST_PROPERTIES) {
            u8 attrs;
            int slot = shape_lookup(p->vm, shape, key, &attrs);
            if (slot >= 0) { // a name again: the last one counts
                header[HEADER + slot] = v;
                return;
            }
            header[H_SHAPE] = v_from_ptr(TAG_INTERNAL, shape_add(p->vm, shape, key, ATTR_WEC));
            push(p, v, V_UNDEFINED);
            return;
        }
        header[H_OBJECT] = v_obj(build_object(p, base));
        truncate_stack(p, base + HEADER);
    }
    object_put(p->vm, v_object(header[H_OBJECT]), key, v, ATTR_WEC);
}

static Value make_record(Parser *p, Value v, Value details) {
    ValueArray *r = values_new(p->vm, 2);
    r->v[0] = v;
    r->v[1] = details;
    return v_from_ptr(TAG_INTERNAL, r);
}

// Takes the innermost container off the stack.
static Value close_level(Parser *p, Value *record) {
    Level level = p->levels[--p->depth];
    u32 base = level.base;
    Value v, details = V_UNDEFINED;
    if (level.is_object) {
        v = p->values.v[base + H_OBJECT];
        if (v_is_undefined(v)) v = v_obj(build_object(p, base));
        if (p->record) details = p->records.v[base + H_OBJECT];
    } else {
        v = v_from_array(array_from(p->vm, p->values.v + base, p->values.n - base));
        if (p->record) details = v_from_array(array_from(p->vm, p->records.v + base, p->records.n - base));
    }
    truncate_stack(p, base);
    if (p->record) *record = make_record(p, v, details);
    return v;
}

// ---- numbers and words ----

DX_INLINE bool digit_at(Parser *p, const bool wide, u32 i) { return i < p->len && AT(p, wide, i) - '0' < 10u; }

DX_INLINE f64 decimal_at(Parser *p, const bool wide, u32 from, u32 to) {
    size_t used;
    if (!wide) return num_from_decimal((const u8 *)p->chars + from, to - from, &used);
    u8 room[64], *text = to - from <= sizeof room ? room : mem_alloc(to - from);
    for (u32 i = from; i < to; i++) text[i - from] = (u8)AT(p, wide, i);
    f64 v = num_from_decimal(text, to - from, &used);
    if (text != room) mem_free(text);
    return v;
}

DX_INLINE Value read_number(Parser *p, const bool wide) {
    u32 i = p->pos;
    bool negative = AT(p, wide, i) == '-';
    if (negative && !digit_at(p, wide, ++i)) return fail_at(p, "No number after minus sign", i);
    u32 from = i;
    u64 n = 0;
    if (AT(p, wide, i) == '0') {
        if (digit_at(p, wide, ++i)) return fail_at(p, "Unexpected number", i);
    } else {
        for (; digit_at(p, wide, i); i++) n = n * 10 + (u64)(AT(p, wide, i) - '0'); // wraps only where it is not used
    }
    u32 c = i < p->len ? AT(p, wide, i) : 0;
    bool integer = c != '.' && (c | 0x20) != 'e';
    if (integer && i - from <= 15) {
        p->pos = i;
        if (negative) return n ? v_from_i64(-(i64)n) : v_from_num(-0.0);
        return v_from_i64((i64)n);
    }
    if (c == '.') {
        if (!digit_at(p, wide, ++i)) return fail_at(p, "Unterminated fractional number", i);
        while (digit_at(p, wide, i)) i++;
        c = i < p->len ? AT(p, wide, i) : 0;
    }
    if ((c | 0x20) == 'e') {
        i++;
        if (i < p->len && (AT(p, wide, i) == '-' || AT(p, wide, i) == '+')) i++;
        if (!digit_at(p, wide, i)) return fail_at(p, "Exponent part is missing a number", i);
        while (digit_at(p, wide, i)) i++;
    }
    p->pos = i;
    f64 v = decimal_at(p, wide, from, i);
    return v_from_num(negative ? -v : v);
}

DX_INLINE Value read_word(Parser *p, const bool wide, const char *word, Value v) {
    for (; *word; word++, p->pos++)
        if (p->pos == p->len || AT(p, wide, p->pos) != (u8)*word) return fail_unexpected(p, p->pos);
    return v;
}

// ---- the grammar ----

DX_INLINE u32 skip_space(Parser *p, const bool wide) { // returns the next character, 0 at the end
    while (p->pos < p->len) {
        u32 c = AT(p, wide, p->pos);
        if (c > ' ') return c;
        if (c != ' ' && c != '\n' && c != '\t' && c != '\r') return c ? c : 0xFFFF; // a NUL is not the end
        p->pos++;
    }
    return 0;
}

DX_INLINE Value read_primitive(Parser *p, const bool wide, u32 c) {
    switch (c) {
    case '"': {
        p->pos++;
        String *s = read_string(p, wide);
        return s ? v_from_string(s) : V_EXC;
    }
    case 't': return read_word(p, wide, "true", V_TRUE);
    case 'f': return read_word(p, wide, "false", V_FALSE);
    case 'n': return read_word(p, wide, "null", V_NULL);
    default:
        if (c == '-' || c - '0' < 10) return read_number(p, wide);
        return fail_unexpected(p, p->pos);
    }
}

// A property name and its colon. False: error thrown.
DX_INLINE bool read_name(Parser *p, const bool wide, const char *expected) {
    if (skip_space(p, wide) != '"') {
        fail_at(p, expected, p->pos);
        return false;
    }
    p->pos++;
    u32 base = p->levels[p->depth - 1].base;
    bool fast = v_is_undefined(p->values.v[base + H_OBJECT]);
    PropKey key = read_key(p, wide, fast ? v_ptr(p->values.v[base + H_SHAPE]) : NULL);
    if (key == V_EMPTY) return false;
    p->values.v[base + H_KEY] = key;
    if (skip_space(p, wide) != ':') {
        fail_at(p, "Expected ':' after property name", p->pos);
        return false;
    }
    p->pos++;
    return true;
}

DX_INLINE Value parse_text(Parser *p, const bool wide, Value *record) {
    for (;;) {
        // A value begins here.
        u32 c = skip_space(p, wide), from = p->pos;
        Value v;
        *record = V_UNDEFINED;
        if (c == '{' || c == '[') {
            p->pos++;
            open_level(p, c == '{');
            u32 next = skip_space(p, wide);
            if (next != (c == '{' ? '}' : ']')) {
                if (c == '{' && !read_name(p, wide, "Expected property name or '}'")) return V_EXC;
                continue;
            }
            p->pos++;
            v = close_level(p, record);
        } else {
            v = read_primitive(p, wide, c);
            if (v_is_exc(v)) return v;
            if (p->record) *record = make_record(p, v, v_from_string(str_slice(p->vm, p->text, from, p->pos)));
        }
        // It belongs to the innermost open container, which it may close.
        for (;;) {
            if (p->depth == 0) return v;
            bool in_object = p->levels[p->depth - 1].is_object;
            if (in_object) add_property(p, v, *record);
            else push(p, v, *record);
            c = skip_space(p, wide);
            if (c == ',') {
                p->pos++;
                if (in_object && !read_name(p, wide, "Expected double-quoted property name")) return V_EXC;
                break;
            }
            if (c != (in_object ? '}' : ']')) {
                return fail_at(p, in_object ? "Expected ',' or '}' after property value" : "Expected ',' or ']' after array element", p->pos);
            }
            p->pos++;
            v = close_level(p, record);
        }
    }
}

static Value parse_latin1(Parser *p, Value *record) {
    Value v = parse_text(p, false, record);
    return v_is_exc(v) || !skip_space(p, false) ? v : fail_rest(p);
}

static Value parse_utf16(Parser *p, Value *record) {
    Value v = parse_text(p, true, record);
    return v_is_exc(v) || !skip_space(p, true) ? v : fail_rest(p);
}

Value json_parse(VM *vm, String *text, Value *record) {
    Parser p;
    Value unused;
    Chars c = str_chars(vm, text);
    p.vm = vm;
    p.text = text;
    p.chars = c.p;
    p.len = c.len;
    p.pos = p.depth = 0;
    p.levels = p.local_levels;
    p.level_cap = DX_COUNTOF(p.local_levels);
    p.record = record != NULL;
    p.scratch = (Buf){0};
    value_stack_init(&p.values);
    value_stack_init(&p.records);
    for (u32 i = 0; i < KEY_CACHE; i++) p.key_cache[i] = V_EMPTY;
    Value v = (c.wide ? parse_utf16 : parse_latin1)(&p, record ? record : &unused);
    if (p.levels != p.local_levels) mem_free(p.levels);
    buf_free(&p.scratch);
    return v;
}

// ---- reviver ----

typedef struct Reviver {
    VM *vm;
    Value fn;
} Reviver;

static Value internalize(const Reviver *r, Value holder, PropKey name, Value record);

// One property of val: revived, then stored or deleted.
static DX_MUST_USE bool internalize_child(const Reviver *r, Value val, PropKey k, Value record) {
    Value v = internalize(r, val, k, record);
    if (v_is_exc(v)) return false;
    if (v_is_undefined(v)) return object_delete_rjs(r->vm, val, k) >= 0;
    return create_data_property_rjs(r->vm, val, k, v) >= 0;
}

static DX_MUST_USE bool internalize_elements(const Reviver *r, Value val, Value records) {
    i64 len = length_of_array_like_rjs(r->vm, val);
    if (len < 0) return false;
    for (i64 i = 0; i < len; i++) {
        Value record = V_UNDEFINED;
        if (v_is_array(records) && i < v_array(records)->length) record = obj_elems(&v_array(records)->o)->v[i];
        PropKey k = i < 0xFFFFFFFF ? key_from_index((u32)i) : key_from_string(r->vm, v_string(number_to_string(r->vm, (f64)i, 10)));
        if (!internalize_child(r, val, k, record)) return false;
    }
    return true;
}

static DX_MUST_USE bool internalize_properties(const Reviver *r, Value val, Value records) {
    Array *keys = object_own_keys_rjs(r->vm, val, KEYS_STRINGS | KEYS_ENUMERABLE_ONLY);
    if (!keys) return false;
    for (u32 i = 0; i < keys->length; i++) {
        PropKey k = key_from_string(r->vm, v_string(obj_elems(&keys->o)->v[i]));
        Value record = V_UNDEFINED;
        PropDesc d;
        if (v_is_object(records) && !v_is_array(records) && object_get_own_rjs(r->vm, records, k, &d) > 0) record = d.value;
        if (!internalize_child(r, val, k, record)) return false;
    }
    return true;
}

// 25.5.1.1 InternalizeJSONProperty
static Value internalize(const Reviver *r, Value holder, PropKey name, Value record) {
    VM *vm = r->vm;
    if (vm_stack_low(vm)) return V_EXC;
    Value val = get_rjs(vm, holder, name);
    if (v_is_exc(val)) return val;
    Object *context = object_new(vm);
    Value details = V_UNDEFINED;
    if (v_is_internal(record) && same_value(vm, ((ValueArray *)v_ptr(record))->v[0], val)) {
        details = ((ValueArray *)v_ptr(record))->v[1];
        if (!v_is_object(val)) object_put(vm, context, A_(vm, source), details, ATTR_WEC);
    }
    if (v_is_object(val)) {
        int is_array = is_array_rjs(vm, val);
        if (is_array < 0 || !(is_array ? internalize_elements : internalize_properties)(r, val, details)) return V_EXC;
    }
    return vm_call(vm, r->fn, holder, 3, (Value[]){key_to_value(vm, name), val, v_obj(context)});
}

Value json_parse_with_reviver_rjs(VM *vm, String *text, Value reviver) {
    Value record;
    Value v = json_parse(vm, text, &record);
    if (v_is_exc(v)) return v;
    Object *root = object_new(vm);
    object_put(vm, root, A_(vm, empty), v, ATTR_WEC);
    Reviver r = {vm, reviver};
    return internalize(&r, v_obj(root), A_(vm, empty), record);
}
