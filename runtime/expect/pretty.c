// SPDX-License-Identifier: MIT
// pretty-format: the text of values in snapshots, diffs and titles, as Jest's package of that name prints them.
#include "runtime/expect/pretty.h"
#include "runtime/expect/asymmetric.h"
#include "runtime/mock/mock.h"
#include "runtime/runtime.h"
#include "vm/buffer.h"
#include "vm/collection.h"

#define DEFAULTS .indent = 2, .escape_string = true, .escape_regex = true, .call_to_json = true, .plugins = V_UNDEFINED
const PrettyOptions pretty_snapshot_options = {.indent = 2, .escape_string = false, .escape_regex = true, .call_to_json = true, .plugins = V_UNDEFINED};
const PrettyOptions pretty_diff_options = {DEFAULTS, .print_basic_prototype = true, .print_function_name = true};

typedef struct Refs { Value v; const struct Refs *up; } Refs; // objects being printed, innermost first

typedef struct Printer {
    VM *vm;
    const PrettyOptions *o;
    StrBuf *out;
} Printer;

static bool print_rjs(Printer *p, Value v, u32 indent, u32 depth, const Refs *refs, bool from_json);

// ---- small pieces

static void put_spaces(Printer *p, u32 n) { while (n--) sb_unit(p->out, ' '); }
static void put_ascii(Printer *p, const char *s) { sb_ascii(p->out, s); }
static bool put_str(Printer *p, String *s) {
    if (!s) return false;
    sb_str(p->vm, p->out, s);
    return true;
}

static void put_quoted(Printer *p, String *s) {
    Chars c = str_chars(p->vm, s);
    sb_unit(p->out, '"');
    if (!p->o->escape_string) sb_chars(p->out, c, 0, c.len);
    else
        for (u32 i = 0; i < c.len; i++) {
            u16 u = chars_at(c, i);
            if (u == '"' || u == '\\') sb_unit(p->out, '\\');
            sb_unit(p->out, u);
        }
    sb_unit(p->out, '"');
}

static bool print_primitive_rjs(Printer *p, Value v) {
    if (v_is_string(v)) return put_quoted(p, v_string(v)), true;
    if (v_is_symbol(v)) return put_str(p, v_string(symbol_descriptive_string(p->vm, v_symbol(v))));
    if (v_is_double(v) && v_double(v) == 0) return put_ascii(p, "-0"), true;
    if (!put_str(p, to_string_rjs(p->vm, v))) return false;
    if (v_is_bigint(v)) put_ascii(p, "n");
    return true;
}

static void print_function(Printer *p, Value f) {
    put_ascii(p, "[Function");
    if (p->o->print_function_name) {
        String *name = v_string(function_name(p->vm, f));
        put_ascii(p, " ");
        if (name->length) sb_str(p->vm, p->out, name);
        else put_ascii(p, "anonymous");
    }
    put_ascii(p, "]");
}

static bool print_error_rjs(Printer *p, Value v) { // [Name: message]
    VM *vm = p->vm;
    Value f = object_own_data(vm, v_object(vm->realm->ErrorPrototype), A_(vm, toString));
    Value s = CALL0(vm, f, v);
    if (v_is_exc(s)) return false;
    put_ascii(p, "[");
    if (!put_str(p, to_string_rjs(vm, s))) return false;
    put_ascii(p, "]");
    return true;
}

static bool print_date_rjs(Printer *p, Value v) {
    Value time = ((PrimitiveObject *)v_ptr(v))->value;
    if (v_is_double(time) && v_double(time) != v_double(time)) return put_ascii(p, "Date { NaN }"), true;
    Value s = invoke_rjs(p->vm, v, A_(p->vm, toISOString), 0, NULL);
    return !v_is_exc(s) && put_str(p, to_string_rjs(p->vm, s));
}

static bool print_regexp_rjs(Printer *p, Value v) {
    VM *vm = p->vm;
    Value s = invoke_rjs(vm, v, A_(vm, toString), 0, NULL);
    String *text = v_is_exc(s) ? NULL : to_string_rjs(vm, s);
    if (!text) return false;
    Chars c = str_chars(vm, text);
    for (u32 i = 0; i < c.len; i++) {
        u16 u = chars_at(c, i);
        if (p->o->escape_regex && u < 0x80 && u && strchr("$()*+.?[\\]^{|}", u)) sb_unit(p->out, '\\');
        sb_unit(p->out, u);
    }
    return true;
}

// val.constructor.name, or "Object". NULL: thrown
static String *constructor_name_rjs(VM *vm, Value v) {
    Value c = get_rjs(vm, v, A_(vm, constructor));
    if (v_is_exc(c)) return NULL;
    if (v_is_object(c)) {
        Value n = get_rjs(vm, c, A_(vm, name));
        if (v_is_exc(n)) return NULL;
        if (v_is_string(n) && v_string(n)->length) return v_string(n);
    }
    return v_string(A_(vm, Object));
}

// ---- lists

typedef struct ListState { Printer *p; u32 indent, depth, count; const Refs *refs; bool open; } ListState;

// Opens the list before its first item, separates the others. False when the width limit is reached (an ellipsis is put).
static bool list_item(ListState *l) {
    Printer *p = l->p;
    const PrettyOptions *o = p->o;
    if (!l->open) {
        l->open = true;
        if (!o->min) put_ascii(p, "\n");
    } else put_ascii(p, o->min ? ", " : ",\n");
    if (!o->min) put_spaces(p, l->indent + o->indent);
    if (o->max_width && l->count == o->max_width) {
        sb_unit(p->out, 0x2026);
        l->count++;
        return false;
    }
    l->count++;
    return true;
}
static void list_end(ListState *l) {
    if (!l->open || l->p->o->min) return;
    put_ascii(l->p, ",\n");
    put_spaces(l->p, l->indent);
}
static u32 inner(const ListState *l) { return l->indent + l->p->o->indent; }

static bool print_array_items_rjs(ListState *l, Value v) {
    VM *vm = l->p->vm;
    i64 n = length_of_array_like_rjs(vm, v);
    if (n < 0) return false;
    for (i64 i = 0; i < n; i++) {
        if (!list_item(l)) break;
        PropKey k = key_from_index((u32)i);
        int has = object_has_rjs(vm, v, k);
        if (has < 0) return false;
        if (!has) continue; // a hole prints as nothing between commas
        Value x = get_rjs(vm, v, k);
        if (v_is_exc(x) || !print_rjs(l->p, x, inner(l), l->depth, l->refs, false)) return false;
    }
    list_end(l);
    return true;
}

static Array *sorted_keys_rjs(VM *vm, Value v) { // enumerable string keys sorted, then enumerable symbols
    Array *names = object_own_keys_rjs(vm, v, KEYS_STRINGS | KEYS_ENUMERABLE_ONLY);
    if (!names) return NULL;
    for (u32 i = 0; i < names->length; i++) str_chars(vm, v_string(obj_elems(&names->o)->v[i]));
    if (names->length > 1) {
        Value *k = obj_elems(&names->o)->v;
        for (u32 i = 1; i < names->length; i++) { // insertion: objects are small; long ones are nearly sorted or rare
            Value x = k[i];
            u32 j = i;
            while (j && str_compare(vm, v_string(k[j - 1]), v_string(x)) > 0) k[j] = k[j - 1], j--;
            k[j] = x;
        }
    }
    Array *symbols = object_own_keys_rjs(vm, v, KEYS_SYMBOLS | KEYS_ENUMERABLE_ONLY);
    if (!symbols) return NULL;
    for (u32 i = 0; i < symbols->length; i++) array_push(vm, names, obj_elems(&symbols->o)->v[i]);
    return names;
}

static bool print_properties_rjs(ListState *l, Value v, bool skip_indices) {
    VM *vm = l->p->vm;
    Array *keys = sorted_keys_rjs(vm, v);
    if (!keys) return false;
    for (u32 i = 0; i < keys->length; i++) {
        Value name = obj_elems(&keys->o)->v[i];
        PropKey k = v_is_string(name) ? key_from_string(vm, v_string(name)) : name;
        if (skip_indices && key_is_index(k)) continue;
        if (!list_item(l)) break;
        if (!print_primitive_rjs(l->p, name)) return false;
        put_ascii(l->p, ": ");
        Value x = get_rjs(vm, v, k);
        if (v_is_exc(x) || !print_rjs(l->p, x, inner(l), l->depth, l->refs, false)) return false;
    }
    list_end(l);
    return true;
}

static bool print_collection_rjs(ListState *l, Value v, bool map) {
    HashTable *t = ((CollectionObject *)v_ptr(v))->table;
    u64 at = 0;
    for (HashEntry *e; (e = table_next(&t, &at)); at++) {
        Value key = e->key, value = e->value;
        if (!list_item(l)) break;
        if (!print_rjs(l->p, key, inner(l), l->depth, l->refs, false)) return false;
        if (!map) continue;
        put_ascii(l->p, " => ");
        if (!print_rjs(l->p, value, inner(l), l->depth, l->refs, false)) return false;
    }
    list_end(l);
    return true;
}

// ---- composite values

static bool put_bracketed_name(Printer *p, String *name) { // [Name]
    put_ascii(p, "[");
    if (!put_str(p, name)) return false;
    put_ascii(p, "]");
    return true;
}

static bool print_array_like_rjs(Printer *p, Value v, String *name, bool plain, u32 indent, u32 depth, const Refs *refs) {
    ListState l = {p, indent, depth, 0, refs, false};
    if (!p->o->min && (!plain || p->o->print_basic_prototype)) {
        sb_str(p->vm, p->out, name);
        put_ascii(p, " ");
    }
    put_ascii(p, "[");
    if (!print_array_items_rjs(&l, v)) return false;
    put_ascii(p, "]");
    return true;
}

static bool print_array_buffer_rjs(Printer *p, Value v, String *name, u32 indent, u32 depth, const Refs *refs) {
    BufferObject *b = (BufferObject *)v_ptr(v);
    ListState l = {p, indent, depth, 0, refs, false};
    sb_str(p->vm, p->out, name);
    put_ascii(p, " [");
    for (u64 i = 0; i < b->length; i++) {
        if (!list_item(&l)) break;
        if (!print_primitive_rjs(p, v_from_int(b->data[i]))) return false;
    }
    list_end(&l);
    put_ascii(p, "]");
    return true;
}

static bool print_composite_rjs(Printer *p, Value v, u32 indent, u32 depth, const Refs *refs) {
    VM *vm = p->vm;
    CellKind kind = ((Cell *)v_ptr(v))->kind;
    int arr = is_array_rjs(vm, v);
    String *name = arr < 0 ? NULL : constructor_name_rjs(vm, v);
    if (!name) return false;
    bool too_deep = p->o->max_depth && depth > p->o->max_depth;
    bool list = arr || kind == CELL_ARGUMENTS || kind == CELL_TYPEDARRAY;
    if (kind == CELL_ARGUMENTS) name = v_string(v_str(vm, "Arguments"));
    if (kind == CELL_MAP || kind == CELL_SET) name = v_string(v_str(vm, kind == CELL_MAP ? "Map" : "Set"));
    if (too_deep) return put_bracketed_name(p, name);
    bool plain = arr && name->length == 5 && str_equal(vm, name, v_string(A_(vm, Array)));
    if (list) return print_array_like_rjs(p, v, name, plain, indent, depth, refs);
    if (kind == CELL_ARRAYBUFFER || kind == CELL_SHAREDBUFFER) return print_array_buffer_rjs(p, v, name, indent, depth, refs);
    ListState l = {p, indent, depth, 0, refs, false};
    if (kind == CELL_MAP || kind == CELL_SET) {
        sb_str(vm, p->out, name);
        put_ascii(p, " {");
        if (!print_collection_rjs(&l, v, kind == CELL_MAP)) return false;
    } else {
        bool is_object = str_equal(vm, name, v_string(A_(vm, Object)));
        if (!p->o->min && (!is_object || p->o->print_basic_prototype)) {
            sb_str(vm, p->out, name);
            put_ascii(p, " ");
        }
        put_ascii(p, "{");
        if (!print_properties_rjs(&l, v, false)) return false;
    }
    put_ascii(p, "}");
    return true;
}

// ---- plugins: asymmetric matchers, mock functions, the user's serializers

static bool print_asymmetric_rjs(Printer *p, Value v, u32 indent, u32 depth, const Refs *refs) {
    VM *vm = p->vm;
    Value s = invoke_rjs(vm, v, A_(vm, toString), 0, NULL);
    String *name = v_is_exc(s) ? NULL : to_string_rjs(vm, s);
    if (!name) return false;
    Value sample = get_rjs(vm, v, key_c(vm, "sample"));
    if (v_is_exc(sample)) return false;
    Buf tmp = {0};
    const char *n = str_to_cstr(vm, name, &tmp);
    bool list = !strcmp(n, "ArrayContaining") || !strcmp(n, "ArrayNotContaining"), object = !strcmp(n, "ObjectContaining") || !strcmp(n, "ObjectNotContaining");
    bool string = !strcmp(n, "StringMatching") || !strcmp(n, "StringNotMatching") || !strcmp(n, "StringContaining") || !strcmp(n, "StringNotContaining");
    bool array_of = !strcmp(n, "ArrayOf") || !strcmp(n, "NotArrayOf");
    buf_free(&tmp);
    if (list || object) {
        ListState l = {p, indent, depth, 0, refs, false};
        sb_str(vm, p->out, name);
        if (p->o->max_depth && depth > p->o->max_depth) return put_ascii(p, list ? "[Array]" : "[Object]"), true;
        put_ascii(p, list ? " [" : " {");
        if (list ? !print_array_items_rjs(&l, sample) : !print_properties_rjs(&l, sample, false)) return false;
        put_ascii(p, list ? "]" : "}");
        return true;
    }
    if (string || array_of) {
        sb_str(vm, p->out, name);
        put_ascii(p, " ");
        return print_rjs(p, sample, indent, depth, refs, false);
    }
    Value f = get_rjs(vm, v, key_c(vm, "toAsymmetricMatcher"));
    if (v_is_exc(f)) return false;
    if (!v_is_callable(f)) return sb_str(vm, p->out, name), true;
    Value t = CALL0(vm, f, v);
    return !v_is_exc(t) && put_str(p, to_string_rjs(vm, t));
}

static bool print_mock_rjs(Printer *p, Value f, u32 indent, u32 depth, const Refs *refs) {
    VM *vm = p->vm;
    MockText m;
    if (!mock_text_rjs(vm, f, &m)) return false;
    put_ascii(p, "[MockFunction");
    if (m.name) {
        put_ascii(p, " ");
        sb_str(vm, p->out, m.name);
    }
    put_ascii(p, "]");
    if (m.calls->length == 0) return true;
    ListState l = {p, indent, depth, 0, refs, false};
    put_ascii(p, " {");
    const struct { const char *key; Array *list; } rows[] = {{"calls", m.calls}, {"results", m.results}};
    for (u32 i = 0; i < 2; i++) {
        list_item(&l);
        put_quoted(p, v_string(v_str(vm, rows[i].key)));
        put_ascii(p, ": ");
        if (!print_rjs(p, v_from_array(rows[i].list), inner(&l), depth, refs, false)) return false;
    }
    list_end(&l);
    put_ascii(p, "}");
    return true;
}

// Slots of the `printer` function handed to a serializer: options are those of the print in progress (one at a time per C frame).
typedef struct Active { Printer *p; const Refs *refs; u32 indent, depth; struct Active *up; } Active;
static Active *active;

static Value printer_call(VM *vm, Value self, int argc, Value *argv) { // printer(value, config, indentation, depth, refs) or print(value)
    if (!active) return vm_throw(vm, ERR_CUSTOM_ERROR, "the serializer's printer was called after the serializer returned");
    u32 indent = active->indent, depth = active->depth;
    if (v_is_string(ARG(2))) indent = v_string(argv[2])->length;
    if (v_is_int(ARG(3))) depth = (u32)v_int(argv[3]);
    StrBuf sb = {0};
    Printer p = {vm, active->p->o, &sb};
    if (!print_rjs(&p, ARG(0), indent, depth, active->refs, false)) return sb_free(&sb), V_EXC;
    return sb_finish(vm, &sb);
}
static Value indent_call(VM *vm, Value self, int argc, Value *argv) { // indent(text): every line moved in by the current indentation
    String *s = to_string_rjs(vm, ARG(0));
    if (!s || !active) return V_EXC;
    u32 n = active->indent + active->p->o->indent;
    Chars c = str_chars(vm, s);
    StrBuf sb = {0};
    for (u32 k = n; k; k--) sb_unit(&sb, ' ');
    for (u32 i = 0; i < c.len; i++) {
        sb_unit(&sb, chars_at(c, i));
        if (chars_at(c, i) == '\n') for (u32 k = n; k; k--) sb_unit(&sb, ' ');
    }
    return sb_finish(vm, &sb);
}

static Value config_object(Printer *p) {
    VM *vm = p->vm;
    Object *o = object_new(vm);
    StrBuf sb = {0};
    for (u32 i = 0; i < p->o->indent; i++) sb_unit(&sb, ' ');
    const struct { const char *k; Value v; } rows[] = {
        {"callToJSON", v_from_bool(p->o->call_to_json)}, {"escapeRegex", v_from_bool(p->o->escape_regex)}, {"escapeString", v_from_bool(p->o->escape_string)},
        {"indent", sb_finish(vm, &sb)}, {"min", v_from_bool(p->o->min)}, {"printBasicPrototype", v_from_bool(p->o->print_basic_prototype)},
        {"printFunctionName", v_from_bool(p->o->print_function_name)}, {"spacingInner", v_str(vm, p->o->min ? " " : "\n")}, {"spacingOuter", v_str(vm, p->o->min ? "" : "\n")},
        {"maxDepth", v_from_raw_double(p->o->max_depth ? p->o->max_depth : __builtin_inf())}, {"maxWidth", v_from_raw_double(p->o->max_width ? p->o->max_width : __builtin_inf())},
        {"plugins", p->o->plugins},
    };
    for (u32 i = 0; i < DX_COUNTOF(rows); i++) object_put(vm, o, key_c(vm, rows[i].k), rows[i].v, ATTR_WEC);
    return v_obj(o);
}

static int print_with_plugin_rjs(Printer *p, Value v, u32 indent, u32 depth, const Refs *refs) { // 1 printed, 0 none applies, -1 thrown
    VM *vm = p->vm;
    if (!v_is_array(p->o->plugins)) return 0;
    Array *list = v_array(p->o->plugins);
    for (u32 i = 0; i < list->length; i++) {
        Value plugin = obj_elems(&list->o)->v[i];
        if (!v_is_object(plugin)) continue;
        Value ok = invoke_rjs(vm, plugin, A_(vm, test), 1, &v);
        if (v_is_exc(ok)) return -1;
        if (!to_boolean(ok)) continue;
        Active here = {p, refs, indent, depth, active};
        active = &here;
        Value printer = native_make(vm, RUNTIME_ID(pretty_rows, 0)), ind = native_make(vm, RUNTIME_ID(pretty_rows, 1));
        Value ser = get_rjs(vm, plugin, key_c(vm, "serialize")), text = V_EXC;
        if (v_is_callable(ser)) {
            StrBuf sb = {0};
            for (u32 k = 0; k < indent; k++) sb_unit(&sb, ' ');
            Value args[6] = {v, config_object(p), sb_finish(vm, &sb), v_from_u32(depth), v_from_array(array_new(vm, 0)), printer};
            text = vm_call(vm, ser, plugin, 6, args);
        } else if (!v_is_exc(ser)) {
            Value args[5] = {v, printer, ind, config_object(p), v_obj(object_new(vm))};
            text = invoke_rjs(vm, plugin, key_c(vm, "print"), 5, args);
        }
        active = here.up;
        if (v_is_exc(text)) return -1;
        return put_str(p, to_string_rjs(vm, text)) ? 1 : -1;
    }
    return 0;
}

// ---- the printer

static bool print_object_rjs(Printer *p, Value v, u32 indent, u32 depth, const Refs *refs, bool from_json) {
    VM *vm = p->vm;
    for (const Refs *r = refs; r; r = r->up)
        if (r->v == v) return put_ascii(p, "[Circular]"), true;
    Refs here = {v, refs};
    depth++;
    if (p->o->call_to_json && !from_json && !(p->o->max_depth && depth > p->o->max_depth)) {
        Value f = get_rjs(vm, v, A_(vm, toJSON));
        if (v_is_exc(f)) return false;
        if (v_is_callable(f)) {
            Value x = CALL0(vm, f, v);
            return !v_is_exc(x) && print_rjs(p, x, indent, depth, &here, true);
        }
    }
    return print_composite_rjs(p, v, indent, depth, &here);
}

static bool print_rjs(Printer *p, Value v, u32 indent, u32 depth, const Refs *refs, bool from_json) {
    VM *vm = p->vm;
    if (vm_stack_low(vm)) return false;
    int plugged = print_with_plugin_rjs(p, v, indent, depth, refs);
    if (plugged) return plugged > 0;
    if (!v_is_object(v)) return print_primitive_rjs(p, v);
    int asym = is_asymmetric_rjs(vm, v);
    if (asym) return asym > 0 && print_asymmetric_rjs(p, v, indent, depth, refs);
    if (mock_is(vm, v)) return print_mock_rjs(p, v, indent, depth, refs);
    if (v_is_callable(v)) return print_function(p, v), true;
    switch (((Cell *)v_ptr(v))->kind) {
    case CELL_DATE: return print_date_rjs(p, v);
    case CELL_ERROR: return print_error_rjs(p, v);
    case CELL_REGEXP: return print_regexp_rjs(p, v);
    case CELL_WEAKMAP: return put_ascii(p, "WeakMap {}"), true;
    case CELL_WEAKSET: return put_ascii(p, "WeakSet {}"), true;
    default: return print_object_rjs(p, v, indent, depth, refs, from_json);
    }
}

bool pretty_format_rjs(VM *vm, Value v, const PrettyOptions *o, StrBuf *out) {
    Printer p = {vm, o, out};
    return print_rjs(&p, v, 0, 0, NULL, false);
}

String *pretty_inline_rjs(VM *vm, Value v, u32 max_depth) {
    PrettyOptions o = {DEFAULTS, .min = true, .max_depth = max_depth, .print_function_name = true};
    StrBuf sb = {0};
    if (!pretty_format_rjs(vm, v, &o, &sb)) return sb_free(&sb), NULL;
    Value s = sb_finish(vm, &sb);
    return v_is_exc(s) ? NULL : v_string(s);
}

const NativeRow pretty_rows[] = {FN("printer", 5, printer_call), FN("indent", 1, indent_call), ROWS_END};
