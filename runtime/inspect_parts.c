// SPDX-License-Identifier: MIT
// Pieces of inspect: primitives and strings, names and prefixes, entries of objects and collections, and how entries are laid out in lines.
#include "runtime/inspect_parts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

Buf *list_add(List *l) {
    if (l->n == l->cap) l->v = mem_realloc(l->v, (l->cap = l->cap ? l->cap * 2 : 16) * sizeof(Buf));
    l->v[l->n] = (Buf){0};
    return &l->v[l->n++];
}
void list_free(List *l) {
    for (u32 i = 0; i < l->n; i++) buf_free(&l->v[i]);
    mem_free(l->v);
}
static u32 width(const Buf *b) { // UTF-16 units of UTF-8 text
    u32 n = 0;
    for (size_t i = 0; i < b->len; i++)
        if ((b->data[i] & 0xC0) != 0x80) n += b->data[i] >= 0xF0 ? 2 : 1;
    return n;
}
void put_str(VM *vm, Buf *out, Value s) { str_to_utf8(vm, v_string(s), out); }
void put_buf(Buf *out, const Buf *b) { buf_put(out, b->data, b->len); }
bool buf_equals(const Buf *b, const char *s) {
    return b->len == strlen(s) && !memcmp(b->data, s, b->len);
}

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

bool put_primitive(Ctx *c, Value v, Buf *out) {
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
bool constructor_name(Ctx *c, Value obj, Buf *out) {
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

void string_tag(Ctx *c, Value obj, Buf *out) {
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

void put_prefix(Buf *out, const Buf *ctor, bool has_ctor, const Buf *tag, const char *fallback,
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

void join_entries(Ctx *c, List *l, const Buf *base, const Buf *open, const char *close, bool array,
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

bool put_property(Ctx *c, Value obj, PropKey k, u32 level, List *l) {
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


// Puts the first index from `from` that is there into *end, or len. Past some holes the keys are listed instead: there may be billions.
static bool holes_end_rjs(VM *vm, Value obj, u32 from, u32 len, u32 *end) {
    enum { PROBES = 1024 };
    u32 probed = len - from < PROBES ? len : from + PROBES, i = from;
    int has = 0;
    while (i < probed && !(has = has_own_rjs(vm, obj, key_from_index(i)))) i++;
    *end = i;
    if (has || i == len) return has >= 0;
    Array *keys = object_own_keys_rjs(vm, obj, KEYS_STRINGS);
    if (!keys) return false;
    *end = len;
    for (u32 k = 0; k < keys->length; k++) { // indices come first and ascend
        PropKey key;
        if (!to_property_key_rjs(vm, obj_elems(&keys->o)->v[k], &key)) return false;
        if (!key_is_index(key) || key_index(key) >= len) break;
        if (key_index(key) < i) continue;
        *end = key_index(key);
        break;
    }
    return true;
}

bool put_elements(Ctx *c, Value obj, u32 len, u32 level, List *l, bool *more) {
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
            if (!holes_end_rjs(vm, obj, from, len, &i)) return false;
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

bool put_collection(Ctx *c, HashTable *t, bool map, u32 level, List *l) {
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

bool put_iterator(Ctx *c, const IteratorObject *it, bool map, u32 level,
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

bool put_bytes(BufferObject *b, List *l) {
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
