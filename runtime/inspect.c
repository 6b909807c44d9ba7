// SPDX-License-Identifier: MIT
// util.inspect and util.format after Node (lib/internal/util/inspect.js describes the layout rules): values
// as text. Owns no console.
#include "runtime/inspect.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "vm/buffer.h"
#include "vm/builtins/builtins.h"
#include "vm/collection.h"
#include "vm/text.h"

const InspectOptions inspect_defaults = {.depth = 2, .break_length = 80, .compact = 3};

typedef struct List { Buf *v; u32 n, cap; } List; // formatted entries

typedef struct Ctx {
    VM *vm;
    const InspectOptions *o;
    Value seen[256];
    u32 seen_count;
    Value circular[64];
    u32 circular_count;
    u32 indent, current_depth;
    Value custom; // Symbol.for("nodejs.util.inspect.custom"), or undefined before it is needed
} Ctx;

static Buf *list_add(List *l) {
    if (l->n == l->cap) l->v = mem_realloc(l->v, (l->cap = l->cap ? l->cap * 2 : 16) * sizeof(Buf));
    l->v[l->n] = (Buf){0};
    return &l->v[l->n++];
}
static void list_free(List *l) {
    for (u32 i = 0; i < l->n; i++) buf_free(&l->v[i]);
    mem_free(l->v);
}
static u32 width(const Buf *b) { // UTF-16 units of UTF-8 text
    u32 n = 0;
    for (size_t i = 0; i < b->len; i++)
        if ((b->data[i] & 0xC0) != 0x80) n += b->data[i] >= 0xF0 ? 2 : 1;
    return n;
}
static void put_str(VM *vm, Buf *out, Value s) { str_to_utf8(vm, v_string(s), out); }
static void put_buf(Buf *out, const Buf *b) { buf_put(out, b->data, b->len); }
static bool buf_equals(const Buf *b, const char *s) {
    return b->len == strlen(s) && !memcmp(b->data, s, b->len);
}

static bool format_value(Ctx *c, Value v, u32 level, bool typed, Buf *out);

// ---- primitives

static void put_quoted(VM *vm, String *s, Buf *out) {
    Chars c = str_chars(vm, s);
    bool single = false, dbl = false, back = false;
    for (u32 i = 0; i < c.len; i++) {
        u16 u = chars_at(c, i);
        if (u == '\'') single = true;
        if (u == '"') dbl = true;
        if (u == '`' || (u == '$' && i + 1 < c.len && chars_at(c, i + 1) == '{')) back = true;
    }
    char q = !single ? '\'' : !dbl ? '"' : !back ? '`' : '\'';
    buf_u8(out, (u8)q);
    for (u32 i = 0; i < c.len; i++) {
        u16 u = chars_at(c, i);
        if (u == (u16)q || u == '\\') buf_printf(out, "\\%c", u);
        else if (u == '\n') buf_str(out, "\\n");
        else if (u == '\t') buf_str(out, "\\t");
        else if (u == '\r') buf_str(out, "\\r");
        else if (u == '\b') buf_str(out, "\\b");
        else if (u == '\f') buf_str(out, "\\f");
        else if (u == '\v') buf_str(out, "\\v");
        else if (u < 0x20 || (u >= 0x7F && u <= 0x9F)) buf_printf(out, "\\x%02X", u);
        else if (u < 0x80) buf_u8(out, (u8)u);
        else if (u >= 0xD800 && u <= 0xDFFF) {
            u32 cp = str_code_point_at(vm, s, i);
            if (cp > 0xFFFF) {
                str_to_utf8(vm, str_slice(vm, s, i, i + 2), out);
                i++;
            } else {
                buf_printf(out, "\\u%04X", u);
            }
        } else {
            str_to_utf8(vm, str_char(vm, u), out);
        }
    }
    buf_u8(out, (u8)q);
}

static void put_string_value(Ctx *c, String *s, Buf *out) { // long multi-line strings break at their newlines
    VM *vm = c->vm;
    if (s->length > 16 && s->length > c->o->break_length - dx_min_u32(c->indent + 4, c->o->break_length)) {
        Chars ch = str_chars(vm, s);
        u32 from = 0;
        bool first = true;
        for (u32 i = 0; i < s->length; i++) {
            if (chars_at(ch, i) != '\n' && i + 1 != s->length) continue;
            if (!first) {
                buf_str(out, " +\n");
                for (u32 k = 0; k < c->indent + 2; k++) buf_u8(out, ' ');
            }
            put_quoted(vm, str_slice(vm, s, from, i + 1), out);
            from = i + 1;
            first = false;
        }
        return;
    }
    put_quoted(vm, s, out);
}

static bool put_primitive(Ctx *c, Value v, Buf *out) {
    VM *vm = c->vm;
    if (v_is_string(v)) put_string_value(c, v_string(v), out);
    else if (v_is_number(v)) {
        f64 d = v_num(v);
        if (d == 0 && signbit(d)) buf_str(out, "-0");
        else put_str(vm, out, number_to_string(vm, d, 10));
    } else if (v_is_bigint(v)) {
        String *s = to_string_rjs(vm, v);
        if (!s) return false;
        str_to_utf8(vm, s, out);
        buf_u8(out, 'n');
    } else if (v_is_symbol(v)) {
        put_str(vm, out, symbol_descriptive_string(vm, v_symbol(v)));
    } else {
        str_to_utf8(vm, value_display(vm, v), out);
    }
    return true;
}

// ---- names

static bool is_identifier(Chars c) {
    if (!c.len) return false;
    for (u32 i = 0; i < c.len; i++) {
        u16 u = chars_at(c, i);
        bool alpha = (u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z') || u == '_';
        if (!alpha && !(i && u >= '0' && u <= '9')) return false;
    }
    return true;
}
static void put_key(Ctx *c, PropKey k, bool enumerable, Buf *out) {
    VM *vm = c->vm;
    if (v_is_symbol(k)) {
        buf_u8(out, '[');
        put_str(vm, out, symbol_descriptive_string(vm, v_symbol(k)));
        buf_u8(out, ']');
        return;
    }
    String *s = v_string(key_to_value(vm, k));
    if (!enumerable) {
        buf_u8(out, '[');
        str_to_utf8(vm, s, out);
        buf_u8(out, ']');
    } else if (is_identifier(str_chars(vm, s))) {
        str_to_utf8(vm, s, out);
    } else {
        put_quoted(vm, s, out);
    }
}

// Name of the constructor found along the prototypes without running code; false: null prototype chain.
static bool constructor_name(Ctx *c, Value obj, Buf *out) {
    VM *vm = c->vm;
    for (Value at = obj; v_is_object(at); at = v_object(at)->shape->proto) {
        if (v_object(at)->cell.kind == CELL_PROXY) break;
        Value ctor = object_own_data(vm, v_object(at), A_(vm, constructor));
        if (!v_is_callable(ctor)) continue;
        Value name = function_name(vm, ctor);
        if (v_is_string(name) && v_string(name)->length) {
            put_str(vm, out, name);
            return true;
        }
    }
    return false;
}

static void string_tag(Ctx *c, Value obj, Buf *out) {
    VM *vm = c->vm;
    Value own = object_own_data(vm, v_object(obj), SYM_(vm, toStringTag));
    Value tag = object_find_data(vm, obj, SYM_(vm, toStringTag));
    if (v_is_kind(obj, CELL_TYPEDARRAY)) return;
    u8 attrs = 0;
    if (own != V_HOLE && shape_lookup(vm, v_object(obj)->shape, SYM_(vm, toStringTag), &attrs) >= 0 &&
        attrs & ATTR_E)
        return;
    if (v_is_string(tag)) put_str(vm, out, tag);
}

static void put_prefix(Buf *out, const Buf *ctor, bool has_ctor, const Buf *tag, const char *fallback,
                       const char *size) {
    if (!has_ctor) {
        buf_printf(out, "[%s%s: null prototype] ", fallback, size);
        if (tag->len && !buf_equals(tag, fallback)) {
            buf_u8(out, '[');
            put_buf(out, tag);
            buf_str(out, "] ");
        }
        return;
    }
    put_buf(out, ctor);
    buf_str(out, size);
    buf_u8(out, ' ');
    if (tag->len && !(tag->len == ctor->len && !memcmp(tag->data, ctor->data, tag->len))) {
        buf_u8(out, '[');
        put_buf(out, tag);
        buf_str(out, "] ");
    }
}

// ---- joining entries (reduceToSingleString, groupArrayElements)

static void group_elements(Ctx *c, List *l, bool extra_line, Value array) {
    u32 n = l->n - (extra_line ? 1 : 0), total = 0, longest = 0;
    if (l->n <= 6 || !n) return;
    for (u32 i = 0; i < n; i++) {
        u32 w = width(&l->v[i]);
        total += w + 2;
        if (w > longest) longest = w;
    }
    u32 actual = longest + 2;
    if (actual * 3 + c->indent >= c->o->break_length || !((f64)total / actual > 5 || longest <= 6)) return;
    f64 bias = sqrt(actual - (f64)total / l->n), biased = actual - 3 - bias > 1 ? actual - 3 - bias : 1;
    f64 columns_f = floor(sqrt(2.5 * biased * n) / biased + 0.5);
    u32 columns = (u32)columns_f, fit = (c->o->break_length - c->indent) / actual;
    if (fit < columns) columns = fit;
    if (c->o->compact * 4 < columns) columns = c->o->compact * 4;
    if (columns > 15) columns = 15;
    if (columns <= 1) return;
    u32 widths[15];
    for (u32 i = 0; i < columns; i++) {
        u32 w = 0;
        for (u32 j = i; j < n; j += columns)
            if (width(&l->v[j]) > w) w = width(&l->v[j]);
        widths[i] = w + 2;
    }
    bool numbers = v_is_object(array);
    for (u32 i = 0; numbers && i < n; i++) {
        Value v = V_UNDEFINED;
        if (v_is_array(array)) {
            Elements *e = v_object(array)->cell.flags & OBJ_SPARSE ? NULL : obj_elems(v_object(array));
            v = e && i < e->len ? e->v[i] : V_UNDEFINED;
        } else if (v_is_kind(array, CELL_TYPEDARRAY)) {
            v = v_from_int(0);
        }
        numbers = v_is_number(v) || v_is_bigint(v);
    }
    List rows = {0};
    for (u32 i = 0; i < n; i += columns) {
        u32 max = i + columns < n ? i + columns : n;
        Buf *row = list_add(&rows);
        for (u32 j = i; j < max; j++) {
            bool last = j + 1 == max;
            u32 w = width(&l->v[j]), pad = widths[j - i] - (last ? 2 : 0), have = w + (last ? 0 : 2);
            if (numbers)
                for (u32 k = have; k < pad; k++) buf_u8(row, ' ');
            put_buf(row, &l->v[j]);
            if (!last) buf_str(row, ", ");
            if (!numbers && !last)
                for (u32 k = have; k < pad; k++) buf_u8(row, ' ');
        }
    }
    if (extra_line) put_buf(list_add(&rows), &l->v[l->n - 1]);
    list_free(l);
    *l = rows;
}

static void join_entries(Ctx *c, List *l, const Buf *base, const Buf *open, const char *close, bool array,
                         bool extra_line, u32 level, Value value, Buf *out) {
    u32 entries = l->n;
    if (array) group_elements(c, l, extra_line, value);
    if (base->len) {
        put_buf(out, base);
        buf_u8(out, ' ');
    }
    put_buf(out, open);
    if ((i32)(c->current_depth - level) < (i32)c->o->compact && entries == l->n) {
        u32 start = l->n + c->indent + width(open) + width(base) + 10, total = l->n + start;
        bool fits = total + l->n <= c->o->break_length &&
                    !memchr(base->data ? (void *)base->data : (void *)"", '\n', base->len);
        for (u32 i = 0; fits && i < l->n; i++) {
            total += width(&l->v[i]);
            if (total > c->o->break_length || (l->v[i].len && memchr(l->v[i].data, '\n', l->v[i].len)))
                fits = false;
        }
        if (fits) {
            for (u32 i = 0; i < l->n; i++) {
                buf_str(out, i ? ", " : " ");
                put_buf(out, &l->v[i]);
            }
            buf_u8(out, ' ');
            buf_str(out, close);
            return;
        }
    }
    for (u32 i = 0; i < l->n; i++) {
        buf_str(out, i ? ",\n" : "\n");
        for (u32 k = 0; k < c->indent + 2; k++) buf_u8(out, ' ');
        put_buf(out, &l->v[i]);
    }
    buf_u8(out, '\n');
    for (u32 k = 0; k < c->indent; k++) buf_u8(out, ' ');
    buf_str(out, close);
}

// ---- entries

static bool put_property(Ctx *c, Value obj, PropKey k, u32 level, List *l) {
    VM *vm = c->vm;
    PropDesc d;
    int has = object_get_own_rjs(vm, obj, k, &d);
    if (has < 0) return false;
    if (!has) return true;
    Buf *out = list_add(l), text = {0};
    put_key(c, k, d.attrs & ATTR_E, &text);
    buf_str(&text, ": ");
    if (d.get != V_HOLE || d.set != V_HOLE) {
        bool g = v_is_callable(d.get), s = v_is_callable(d.set);
        buf_str(&text, g && s ? "[Getter/Setter]" : g ? "[Getter]" : s ? "[Setter]" : "undefined");
    } else {
        c->indent += 2;
        bool ok = format_value(c, d.value, level, true, &text);
        c->indent -= 2;
        if (!ok) {
            buf_free(&text);
            return false;
        }
    }
    *out = text;
    // formatting may have grown no list of ours: `out` is still the last entry
    l->v[l->n - 1] = text;
    return true;
}

#define ARRAY_MAX 100u

static bool put_elements(Ctx *c, Value obj, u32 len, u32 level, List *l, bool *more) {
    VM *vm = c->vm;
    u32 shown = 0;
    *more = false;
    for (u32 i = 0; i < len;) {
        if (shown == ARRAY_MAX) {
            buf_printf(list_add(l), "... %u more item%s", len - i, len - i == 1 ? "" : "s");
            *more = true;
            return true;
        }
        PropDesc d = {0};
        int has = object_get_own_rjs(vm, obj, key_from_index(i), &d);
        if (has < 0) return false;
        if (!has) {
            u32 from = i;
            while (i < len && !(has = has_own_rjs(vm, obj, key_from_index(i)))) i++;
            if (has < 0) return false;
            buf_printf(list_add(l), "<%u empty item%s>", i - from, i - from == 1 ? "" : "s");
            shown++;
            continue;
        }
        Buf text = {0};
        bool ok = true;
        if (d.get != V_HOLE || d.set != V_HOLE)
            buf_str(&text, d.get != V_HOLE && d.set != V_HOLE ? "[Getter/Setter]"
                           : d.get != V_HOLE                  ? "[Getter]"
                                                              : "[Setter]");
        else {
            c->indent += 2;
            ok = format_value(c, d.value, level, true, &text);
            c->indent -= 2;
        }
        *list_add(l) = text;
        if (!ok) return false;
        shown++;
        i++;
    }
    return true;
}

static bool put_collection(Ctx *c, HashTable *t, bool map, u32 level, List *l) {
    u64 index = 0;
    HashEntry *e;
    while ((e = table_next(&t, &index))) {
        Value k = e->key, v = e->value;
        index++;
        Buf text = {0};
        c->indent += 2;
        bool ok = format_value(c, k, level, true, &text);
        if (ok && map) {
            buf_str(&text, " => ");
            ok = format_value(c, v, level, true, &text);
        }
        c->indent -= 2;
        *list_add(l) = text;
        if (!ok) return false;
    }
    return true;
}

static bool put_iterator(Ctx *c, const IteratorObject *it, bool map, u32 level,
                         List *l) { // what is left of a Map or Set iterator
    HashTable *t = v_ptr(it->extra[0]);
    u64 index = it->index;
    HashEntry *e;
    while ((e = table_next(&t, &index))) {
        Value k = e->key, v = map ? e->value : e->key;
        index++;
        Buf text = {0};
        Value shown = it->kind == ITER_KEYS ? k : v;
        if (it->kind == ITER_ENTRIES) shown = array_create_from_list(c->vm, (Value[]){k, v}, 2);
        c->indent += 2;
        bool ok = format_value(c, shown, level, true, &text);
        c->indent -= 2;
        *list_add(l) = text;
        if (!ok) return false;
    }
    return true;
}

static bool put_bytes(BufferObject *b, List *l) {
    Buf *out = list_add(l);
    buf_str(out, "[Uint8Contents]: <");
    u64 n = b->length < 50 ? b->length : 50;
    for (u64 i = 0; i < n; i++) buf_printf(out, i ? " %02x" : "%02x", b->data[i]);
    if (b->length > 50)
        buf_printf(out, " ... %llu more byte%s", (unsigned long long)(b->length - 50),
                   b->length - 50 == 1 ? "" : "s");
    buf_u8(out, '>');
    buf_printf(list_add(l), "byteLength: %llu", (unsigned long long)b->length);
    return true;
}

// ---- objects

static void put_function_base(Ctx *c, Value f, const Buf *ctor, bool has_ctor, const Buf *tag, Buf *out) {
    VM *vm = c->vm;
    Value name = function_name(vm, f);
    bool named = v_is_string(name) && v_string(name)->length;
    Object *o = v_object(f);
    if (o->cell.kind == CELL_FUNCTION && ((Function *)o)->code->flags & FUNC_CLASS_CTOR) {
        buf_str(out, "[class ");
        if (named) put_str(vm, out, name);
        else buf_str(out, "(anonymous)");
        Value super = o->shape->proto;
        if (v_is_callable(super)) {
            Value sn = function_name(vm, super);
            if (v_is_string(sn) && v_string(sn)->length) {
                buf_str(out, " extends ");
                put_str(vm, out, sn);
            }
        } else if (v_is_null(super)) {
            buf_str(out, " extends null");
        }
        buf_u8(out, ']');
        return;
    }
    u32 flags = o->cell.kind == CELL_FUNCTION ? ((Function *)o)->code->flags : 0;
    const char *type = flags & FUNC_ASYNC
                           ? flags & FUNC_GENERATOR ? "AsyncGeneratorFunction" : "AsyncFunction"
                       : flags & FUNC_GENERATOR ? "GeneratorFunction"
                                                : "Function";
    buf_printf(out, "[%s", type);
    if (!has_ctor) buf_str(out, " (null prototype)");
    if (named) {
        buf_str(out, ": ");
        put_str(vm, out, name);
    } else {
        buf_str(out, " (anonymous)");
    }
    buf_u8(out, ']');
    if (has_ctor && !buf_equals(ctor, type) && ctor->len) {
        buf_u8(out, ' ');
        put_buf(out, ctor);
    }
    (void)tag;
}

static bool put_error_base(Ctx *c, Value err, Buf *out) {
    VM *vm = c->vm;
    Value stack = error_stack_text(vm, err);
    Buf text = {0};
    if (v_is_string(stack) && v_string(stack)->length) put_str(vm, &text, stack);
    if (!text.len) {
        Value name = object_find_data(vm, err, A_(vm, name)),
              msg = object_find_data(vm, err, A_(vm, message));
        if (v_is_string(name)) put_str(vm, &text, name);
        if (v_is_string(msg) && v_string(msg)->length) {
            if (text.len) buf_str(&text, ": ");
            put_str(vm, &text, msg);
        }
    }
    const char *s = buf_cstr(&text);
    if (!strstr(s, "\n    at ")) {
        buf_u8(out, '[');
        put_buf(out, &text);
        buf_u8(out, ']');
    } else {
        for (size_t i = 0; i < text.len; i++) {
            buf_u8(out, text.data[i]);
            if (text.data[i] == '\n')
                for (u32 k = 0; k < c->indent; k++) buf_u8(out, ' ');
        }
    }
    buf_free(&text);
    return true;
}

static bool name_in_stack(VM *vm, Value err) { // an own name that the stack's text shows anyway
    Value name = object_own_data(vm, v_object(err), A_(vm, name)), stack = error_stack_text(vm, err);
    return v_is_string(name) && v_is_string(stack) &&
           str_index_of(vm, v_string(stack), v_string(name), 0) >= 0;
}

// The keys Node lists: own enumerable strings (arrays: without indices) and enumerable symbols; errors: also
// cause and errors.
static Array *visible_keys(Ctx *c, Value v, bool no_index) {
    VM *vm = c->vm;
    Array *all = object_own_keys_rjs(vm, v, KEYS_ALL | (c->o->show_hidden ? 0 : KEYS_ENUMERABLE_ONLY));
    if (!all) return NULL;
    Array *keys = array_new(vm, all->length);
    bool err = v_is_kind(v, CELL_ERROR);
    for (u32 i = 0; i < all->length; i++) {
        Value name = obj_elems(&all->o)->v[i];
        PropKey k;
        if (!to_property_key_rjs(vm, name, &k)) return NULL;
        if (no_index && key_is_index(k)) continue;
        if (err &&
            (k == A_(vm, stack) || k == A_(vm, message) || (k == A_(vm, name) && name_in_stack(vm, v))))
            continue;
        array_push(vm, keys, name);
    }
    if (err && !c->o->show_hidden) {
        PropKey extra[2] = {A_(vm, cause), A_(vm, errors)};
        for (u32 i = 0; i < 2; i++) {
            PropDesc d;
            int has = object_get_own_rjs(vm, v, extra[i], &d);
            if (has < 0) return NULL;
            if (has && !(d.attrs & ATTR_E)) array_push(vm, keys, extra[i]);
        }
    }
    return keys;
}

typedef struct Layout { Buf base, open; const char *close; bool array, more; List l; } Layout;

static bool set_braces(Layout *y, Ctx *c, Value v, const Buf *ctor, bool has_ctor, const Buf *tag,
                       const char *fallback, const char *size, const char *open) {
    put_prefix(&y->open, ctor, has_ctor, tag, fallback, size);
    buf_str(&y->open, open);
    return true;
}

// Entries and braces by class. 1: go on with the keys, 0: *out is complete, -1: thrown.
static int format_class(Ctx *c, Value v, u32 level, Array *keys, Layout *y, Buf *out, const Buf *ctor,
                        bool has_ctor, const Buf *tag) {
    VM *vm = c->vm;
    Object *o = v_object(v);
    char size[32] = "";
    bool deep = c->o->depth != 0xFFFFFFFFu && level > c->o->depth, empty = false;
    y->close = "}";
// Node counts a level only when something inside it is shown.
#define ENTER() do { if (!deep && !(empty && !keys->length)) c->current_depth = level; } while (0)
    switch (o->cell.kind) {
    case CELL_ARRAY: {
        snprintf(size, sizeof size, "(%u)", v_array(v)->length);
        if (!has_ctor || !buf_equals(ctor, "Array") || tag->len)
            set_braces(y, c, v, ctor, has_ctor, tag, "Array", size, "[");
        else buf_str(&y->open, "[");
        y->close = "]";
        y->array = true;
        empty = v_array(v)->length == 0;
        ENTER();
        if (!empty && !deep && !put_elements(c, v, v_array(v)->length, level + 1, &y->l, &y->more)) return -1;
        break;
    }
    case CELL_ARGUMENTS:
        buf_str(&y->open, "[Arguments] {");
        empty = true;
        break;
    case CELL_DATAVIEW: {
        TypedArrayObject *t = (TypedArrayObject *)o;
        set_braces(y, c, v, ctor, has_ctor, tag, "DataView", "", "{");
        if (deep) break;
        ENTER();
        buf_printf(list_add(&y->l), "byteLength: %llu", (unsigned long long)typed_length(t, NULL));
        buf_printf(list_add(&y->l), "byteOffset: %llu", (unsigned long long)t->offset);
        Buf text = {0};
        buf_str(&text, "buffer: ");
        c->indent += 2;
        bool ok = format_value(c, v_from_ptr(TAG_OBJECT, t->buffer), level + 1, true, &text);
        c->indent -= 2;
        *list_add(&y->l) = text;
        if (!ok) return -1;
        break;
    }
    case CELL_ITERATOR: {
        bool map = o->shape->proto == vm->realm->MapIteratorPrototype,
             set = o->shape->proto == vm->realm->SetIteratorPrototype;
        IteratorObject *it = (IteratorObject *)o;
        if (!map && !set) {
            set_braces(y, c, v, ctor, has_ctor, tag, "Object", "", "{");
            empty = true;
            break;
        }
        buf_printf(&y->open, "[%s %s] {", map ? "Map" : "Set",
                   it->kind == ITER_ENTRIES ? "Entries" : "Iterator");
        empty = v_is_undefined(it->target);
        ENTER();
        if (!empty && !deep && !put_iterator(c, it, map, level + 1, &y->l)) return -1;
        break;
    }
    case CELL_TYPEDARRAY: {
        u64 n = typed_length((TypedArrayObject *)o, NULL);
        snprintf(size, sizeof size, "(%llu)", (unsigned long long)n);
        set_braces(y, c, v, ctor, has_ctor, tag, "TypedArray", size, "[");
        y->close = "]";
        y->array = true;
        empty = n == 0;
        ENTER();
        for (u64 i = 0; i < n && !deep; i++) {
            if (i == ARRAY_MAX) {
                buf_printf(list_add(&y->l), "... %llu more item%s", (unsigned long long)(n - i),
                           n - i == 1 ? "" : "s");
                y->more = true;
                break;
            }
            if (!put_primitive(c, typed_load(vm, (TypedArrayObject *)o, i), list_add(&y->l))) return -1;
        }
        break;
    }
    case CELL_MAP: case CELL_SET: {
        bool map = o->cell.kind == CELL_MAP;
        HashTable *t = ((CollectionObject *)o)->table;
        snprintf(size, sizeof size, "(%u)", t->live);
        set_braces(y, c, v, ctor, has_ctor, tag, map ? "Map" : "Set", size, "{");
        empty = t->live == 0;
        ENTER();
        if (!deep && !put_collection(c, t, map, level + 1, &y->l)) return -1;
        break;
    }
    case CELL_WEAKMAP: case CELL_WEAKSET:
        set_braces(y, c, v, ctor, has_ctor, tag, "WeakMap", "", "{");
        ENTER();
        buf_str(list_add(&y->l), "<items unknown>");
        break;
    case CELL_PROMISE: {
        set_braces(y, c, v, ctor, has_ctor, tag, "Promise", "", "{");
        if (deep) break;
        ENTER();
        Buf text = {0};
        enum PromiseState st = promise_state(v);
        if (st == PROMISE_PENDING) buf_str(&text, "<pending>");
        else {
            if (st == PROMISE_REJECTED) buf_str(&text, "<rejected> ");
            c->indent += 2;
            bool ok = format_value(c, promise_result(v), level + 1, true, &text);
            c->indent -= 2;
            if (!ok) {
                buf_free(&text);
                return -1;
            }
        }
        *list_add(&y->l) = text;
        break;
    }
    case CELL_ARRAYBUFFER: case CELL_SHAREDBUFFER:
        set_braces(y, c, v, ctor, has_ctor, tag, "ArrayBuffer", "", "{");
        ENTER();
        if (!deep) put_bytes((BufferObject *)o, &y->l);
        break;
    case CELL_NAMESPACE:
        buf_str(&y->open, "[Module: null prototype] {");
        empty = keys->length == 0;
        break;
    case CELL_FUNCTION:
    case CELL_NATIVE:
    case CELL_BOUND: put_function_base(c, v, ctor, has_ctor, tag, &y->base); goto based;
    case CELL_ERROR: put_error_base(c, v, &y->base); goto based;
    case CELL_REGEXP: {
        String *s = to_string_rjs(vm, v);
        if (!s) return -1;
        str_to_utf8(vm, s, &y->base);
        goto based;
    }
    case CELL_DATE: {
        f64 t = v_num(((PrimitiveObject *)o)->value);
        if (t != t) buf_str(&y->base, "Invalid Date");
        else {
            Value s = invoke_rjs(vm, v, A_(vm, toISOString), 0, NULL);
            if (!v_is_string(s)) return -1;
            put_str(vm, &y->base, s);
        }
        goto based;
    }
    case CELL_NUMBER: case CELL_BOOLEAN: case CELL_STRINGOBJ: case CELL_SYMBOLOBJ: case CELL_BIGINTOBJ: {
        static const char *const names[] = {"Boolean", "Number", "String", "Symbol", "BigInt"};
        buf_printf(&y->base, "[%s: ", names[o->cell.kind - CELL_BOOLEAN]);
        if (!put_primitive(c, ((PrimitiveObject *)o)->value, &y->base)) return -1;
        buf_u8(&y->base, ']');
        goto based;
    }
    case CELL_GENERATOR: case CELL_ASYNCGENERATOR:
        buf_printf(&y->open, "Object [%s] {",
                   o->cell.kind == CELL_GENERATOR ? "Generator" : "AsyncGenerator");
        empty = true;
        break;
    case CELL_WEAKREF: {
        set_braces(y, c, v, ctor, has_ctor, tag, "WeakRef", "", "{");
        ENTER();
        Buf text = {0};
        bool ok = format_value(c, ((PrimitiveObject *)o)->value, level + 1, true, &text);
        *list_add(&y->l) = text;
        if (!ok) return -1;
        break;
    }
    default:
        if (has_ctor && buf_equals(ctor, "Object") && !tag->len) buf_str(&y->open, "{");
        else set_braces(y, c, v, ctor, has_ctor, tag, "Object", "", "{");
        empty = true;
    }
    if (empty && !keys->length) {
        put_buf(out, &y->open);
        buf_str(out, y->close);
        return 0;
    }
    if (deep) goto too_deep;
    return 1;
based:
    if (!keys->length) {
        put_buf(out, &y->base);
        return 0;
    }
    if (deep) goto too_deep;
    buf_str(&y->open, "{");
    return 1;
too_deep: {
        Buf name = {0};
        put_prefix(&name, ctor, has_ctor, tag, o->cell.kind == CELL_ARRAY ? "Array" : "Object", "");
        name.len--;
        buf_u8(out, '[');
        put_buf(out, &name);
        buf_u8(out, ']');
        buf_free(&name);
        return 0;
    }
    }

static bool format_object(Ctx *c, Value v, u32 level, Buf *out) {
    Array *keys =
        visible_keys(c, v, v_is_array(v) || v_is_kind(v, CELL_TYPEDARRAY) || v_is_kind(v, CELL_STRINGOBJ));
    if (!keys) return false;
    Buf ctor = {0}, tag = {0};
    bool has_ctor = constructor_name(c, v, &ctor), ok = true;
    string_tag(c, v, &tag);
    if (has_ctor && tag.len == ctor.len && !memcmp(tag.data, ctor.data, tag.len)) tag.len = 0;
    Layout y = {0};
    c->seen[c->seen_count++] = v;
    int go = format_class(c, v, level, keys, &y, out, &ctor, has_ctor, &tag);
    if (go > 0) {
        if (!y.l.n) c->current_depth = level;
        for (u32 i = 0; ok && i < keys->length; i++) {
            PropKey k;
            ok = to_property_key_rjs(c->vm, obj_elems(&keys->o)->v[i], &k) &&
                 put_property(c, v, k, level + 1, &y.l);
        }
        c->seen_count--;
        if (ok) {
            for (u32 i = 0; i < c->circular_count; i++) {
                if (c->circular[i] != v) continue;
                Buf ref = {0};
                buf_printf(&ref, "<ref *%u> ", i + 1);
                Buf *to = y.base.len ? &y.base : &y.open;
                put_buf(&ref, to);
                buf_free(to);
                *to = ref;
            }
            join_entries(c, &y.l, &y.base, &y.open, y.close, y.array, y.more, level, v, out);
        }
    } else {
        c->seen_count--;
        ok = go == 0;
    }
    list_free(&y.l);
    buf_free(&y.base);
    buf_free(&y.open);
    buf_free(&ctor);
    buf_free(&tag);
    return ok;
}

// Calls [nodejs.util.inspect.custom] if the object has one. 1: done, 0: has none, -1: thrown.
static int format_custom(Ctx *c, Value v, u32 level, Buf *out) {
    VM *vm = c->vm;
    if (c->custom == V_UNDEFINED) {
        Value arg = v_str(vm, "nodejs.util.inspect.custom");
        Value of = get_rjs(vm, vm->realm->Symbol, key_c(vm, "for"));
        c->custom = v_is_callable(of) ? vm_call(vm, of, vm->realm->Symbol, 1, &arg) : V_NULL;
    }
    if (!v_is_symbol(c->custom)) return 0;
    Value f = object_find_data(vm, v, c->custom);
    if (!v_is_callable(f)) return 0;
    Object *options = object_new(vm);
    Value args[2] = {c->o->depth == 0xFFFFFFFFu ? V_NULL : v_from_int((i32)c->o->depth - (i32)level),
                     v_obj(options)};
    Value r = vm_call(vm, f, v, 2, args);
    if (v_is_exc(r)) return -1;
    if (v_is_string(r)) {
        put_str(vm, out, r);
        return 1;
    }
    if (r == v) return 0;
    return format_value(c, r, level, true, out) ? 1 : -1;
}

static bool format_value(Ctx *c, Value v, u32 level, bool typed, Buf *out) {
    VM *vm = c->vm;
    if (!v_is_object(v)) return put_primitive(c, v, out);
    while (v_is_kind(v, CELL_PROXY)) {
        Value target = ((Value *)(v_object(v) + 1))[0];
        if (!v_is_object(target)) {
            buf_str(out, "<Revoked Proxy>");
            return true;
        }
        v = target;
    }
    int custom = format_custom(c, v, level, out);
    if (custom) return custom > 0;
    for (u32 i = 0; i < c->seen_count; i++) {
        if (c->seen[i] != v) continue;
        u32 at = 0;
        while (at < c->circular_count && c->circular[at] != v) at++;
        if (at == c->circular_count && at < DX_COUNTOF(c->circular)) c->circular[c->circular_count++] = v;
        buf_printf(out, "[Circular *%u]", at + 1);
        return true;
    }
    if (c->seen_count == DX_COUNTOF(c->seen)) {
        buf_str(out, "[...]");
        return true;
    }
    if (vm_stack_low(vm)) return false;
    return format_object(c, v, level, out);
}

bool inspect_rjs(VM *vm, Value v, const InspectOptions *o, Buf *out) {
    Ctx *c = mem_zalloc(sizeof *c);
    c->vm = vm;
    c->o = o;
    c->custom = V_UNDEFINED;
    bool ok = format_value(c, v, 0, false, out);
    mem_free(c);
    return ok;
}

// ---- format

static bool put_number_as(VM *vm, Value v, char how, Buf *out) {
    if (v_is_symbol(v) || (v_is_object(v) && how != 'd')) {
        buf_str(out, "NaN");
        return true;
    }
    if (v_is_bigint(v)) return inspect_rjs(vm, v, &inspect_defaults, out);
    if (v_is_object(v)) {
        buf_str(out, "NaN");
        return true;
    }
    f64 d;
    if (how == 'd') {
        if (!to_f64_rjs(vm, v, &d)) return false;
    } else {
        String *s = to_string_rjs(vm, v);
        if (!s) return false;
        Buf tmp = {0};
        const char *text = str_to_cstr(vm, s, &tmp);
        char *end;
        d = strtod(text, &end);
        if (end == text) d = NAN;
        buf_free(&tmp);
        if (how == 'i') d = trunc(d);
    }
    return inspect_rjs(vm, v_from_num(d), &inspect_defaults, out);
}

static bool put_as_string(VM *vm, Value v, Buf *out) { // %s
    if (v_is_string(v)) {
        put_str(vm, out, v);
        return true;
    }
    if (v_is_object(v) && !v_is_kind(v, CELL_ERROR) && !v_is_callable(v)) {
        Value f = object_find_data(vm, v, A_(vm, toString));
        bool user = v_is_kind(f, CELL_FUNCTION);
        if (!user) {
            InspectOptions o = inspect_defaults;
            o.depth = 0;
            return inspect_rjs(vm, v, &o, out);
        }
    } else if (!v_is_object(v)) {
        return inspect_rjs(vm, v, &inspect_defaults, out);
    }
    String *s = to_string_rjs(vm, v);
    if (!s) return false;
    str_to_utf8(vm, s, out);
    return true;
}

bool inspect_format_rjs(VM *vm, int argc, const Value *argv, Buf *out) {
    int next = 0;
    if (argc > 1 && v_is_string(argv[0])) {
        Buf tmp = {0};
        const char *f = str_to_cstr(vm, v_string(argv[0]), &tmp);
        bool ok = true;
        next = 1;
        for (; *f && ok; f++) {
            if (f[0] != '%' || !f[1]) {
                buf_u8(out, (u8)*f);
                continue;
            }
            char how = f[1];
            if (how == '%') {
                buf_u8(out, '%');
                f++;
                continue;
            }
            if (!strchr("sdifjoOc", how) || next >= argc) {
                buf_u8(out, '%');
                continue;
            }
            Value v = argv[next++];
            f++;
            switch (how) {
            case 's': ok = put_as_string(vm, v, out); break;
            case 'd': case 'i': case 'f': ok = put_number_as(vm, v, how, out); break;
            case 'c': break;
            case 'j': {
                Value s = invoke_rjs(vm, vm->realm->JSON, A_(vm, stringify), 1, &v);
                ok = !v_is_exc(s);
                if (v_is_string(s)) put_str(vm, out, s);
                else if (ok) buf_str(out, "undefined");
                break;
            }
            default: {
                InspectOptions o = inspect_defaults;
                o.depth = how == 'o' ? 4 : inspect_defaults.depth;
                o.show_hidden = how == 'o';
                ok = inspect_rjs(vm, v, &o, out);
            }
            }
        }
        buf_free(&tmp);
        if (!ok) return false;
    }
    for (int i = next; i < argc; i++) {
        if (i) buf_u8(out, ' ');
        if (v_is_string(argv[i])) put_str(vm, out, argv[i]);
        else if (!inspect_rjs(vm, argv[i], &inspect_defaults, out)) return false;
    }
    return true;
}
