// SPDX-License-Identifier: MIT
// Objects as inspect shows them: a function for each class that Node shows in its own way, then what all have in common.
#include "runtime/inspect_parts.h"

#include <stdio.h>

static void put_function_base(Ctx *c, Value f, const Buf *ctor, bool has_ctor, Buf *out) {
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

typedef struct Shown { // an object on its way to text
    Ctx *c;
    Value v;
    u32 level;
    Array *keys;        // of the properties behind what its class shows
    Buf ctor, tag;      // names
    bool has_ctor;
    bool deep;          // below the depth asked for: only the name is shown
    bool empty;         // nothing inside but perhaps properties
    bool based;         // `base` stands for it where there are no properties
    Buf base, open;     // what comes before the entries: a text of its own, a brace with its prefix
    const char *close;
    bool array, more;   // entries may stand in columns; the last one counts those left out
    List l;
} Shown;

static void open_with(Shown *s, const char *fallback, const char *size, const char *brace) {
    put_prefix(&s->open, &s->ctor, s->has_ctor, &s->tag, fallback, size);
    buf_str(&s->open, brace);
}

static void enter(Shown *s) { // Node counts a level only when something inside it is shown
    if (!s->deep && !(s->empty && !s->keys->length)) s->c->current_depth = s->level;
}

static bool put_inner(Shown *s, const char *label, Value v, u32 indent) { // one entry: a value behind a label
    Buf text = {0};
    buf_str(&text, label);
    s->c->indent += indent;
    bool ok = format_value(s->c, v, s->level + 1, true, &text);
    s->c->indent -= indent;
    *list_add(&s->l) = text;
    return ok;
}

// ---- by class: each fills open, close, base, the entries; false: thrown

static bool show_array(Shown *s) {
    char size[32];
    u32 n = v_array(s->v)->length;
    snprintf(size, sizeof size, "(%u)", n);
    if (!s->has_ctor || !buf_equals(&s->ctor, "Array") || s->tag.len) open_with(s, "Array", size, "[");
    else buf_str(&s->open, "[");
    s->close = "]";
    s->array = true;
    s->empty = n == 0;
    enter(s);
    return s->empty || s->deep || put_elements(s->c, s->v, n, s->level + 1, &s->l, &s->more);
}

static bool show_typed_array(Shown *s) {
    TypedArrayObject *t = (TypedArrayObject *)v_object(s->v);
    char size[32];
    u64 n = typed_length(t, NULL);
    snprintf(size, sizeof size, "(%llu)", (unsigned long long)n);
    open_with(s, "TypedArray", size, "[");
    s->close = "]";
    s->array = true;
    s->empty = n == 0;
    enter(s);
    for (u64 i = 0; i < n && !s->deep; i++) {
        if (i == ARRAY_MAX) {
            buf_printf(list_add(&s->l), "... %llu more item%s", (unsigned long long)(n - i), n - i == 1 ? "" : "s");
            s->more = true;
            break;
        }
        if (!put_primitive(s->c, typed_load(s->c->vm, t, i), list_add(&s->l))) return false;
    }
    return true;
}

static bool show_data_view(Shown *s) {
    TypedArrayObject *t = (TypedArrayObject *)v_object(s->v);
    open_with(s, "DataView", "", "{");
    if (s->deep) return true;
    enter(s);
    buf_printf(list_add(&s->l), "byteLength: %llu", (unsigned long long)typed_length(t, NULL));
    buf_printf(list_add(&s->l), "byteOffset: %llu", (unsigned long long)t->offset);
    return put_inner(s, "buffer: ", v_from_ptr(TAG_OBJECT, t->buffer), 2);
}

static bool show_iterator(Shown *s) {
    VM *vm = s->c->vm;
    IteratorObject *it = (IteratorObject *)v_object(s->v);
    Value proto = v_object(s->v)->shape->proto;
    bool map = proto == vm->realm->MapIteratorPrototype, set = proto == vm->realm->SetIteratorPrototype;
    if (!map && !set) {
        open_with(s, "Object", "", "{");
        s->empty = true;
        return true;
    }
    buf_printf(&s->open, "[%s %s] {", map ? "Map" : "Set", it->kind == ITER_ENTRIES ? "Entries" : "Iterator");
    s->empty = v_is_undefined(it->target);
    enter(s);
    return s->empty || s->deep || put_iterator(s->c, it, map, s->level + 1, &s->l);
}

static bool show_collection(Shown *s, bool map) {
    char size[32];
    HashTable *t = ((CollectionObject *)v_object(s->v))->table;
    snprintf(size, sizeof size, "(%u)", t->live);
    open_with(s, map ? "Map" : "Set", size, "{");
    s->empty = t->live == 0;
    enter(s);
    return s->deep || put_collection(s->c, t, map, s->level + 1, &s->l);
}

static bool show_weak_collection(Shown *s) {
    open_with(s, "WeakMap", "", "{");
    enter(s);
    buf_str(list_add(&s->l), "<items unknown>");
    return true;
}

static bool show_weak_ref(Shown *s) {
    open_with(s, "WeakRef", "", "{");
    enter(s);
    return put_inner(s, "", ((PrimitiveObject *)v_object(s->v))->value, 0);
}

static bool show_promise(Shown *s) {
    open_with(s, "Promise", "", "{");
    if (s->deep) return true;
    enter(s);
    enum PromiseState state = promise_state(s->v);
    if (state == PROMISE_PENDING) return buf_str(list_add(&s->l), "<pending>"), true;
    return put_inner(s, state == PROMISE_REJECTED ? "<rejected> " : "", promise_result(s->v), 2);
}

static bool show_buffer(Shown *s) {
    open_with(s, "ArrayBuffer", "", "{");
    enter(s);
    if (!s->deep) put_bytes((BufferObject *)v_object(s->v), &s->l);
    return true;
}

static bool show_regexp(Shown *s) {
    String *text = to_string_rjs(s->c->vm, s->v);
    if (text) str_to_utf8(s->c->vm, text, &s->base);
    return text != NULL;
}

static bool show_date(Shown *s) {
    VM *vm = s->c->vm;
    f64 t = v_num(((PrimitiveObject *)v_object(s->v))->value);
    if (t != t) return buf_str(&s->base, "Invalid Date"), true;
    Value text = invoke_rjs(vm, s->v, A_(vm, toISOString), 0, NULL);
    if (!v_is_string(text)) return false;
    put_str(vm, &s->base, text);
    return true;
}

static bool show_wrapper(Shown *s) {
    static const char *const names[] = {"Boolean", "Number", "String", "Symbol", "BigInt"};
    PrimitiveObject *o = (PrimitiveObject *)v_object(s->v);
    buf_printf(&s->base, "[%s: ", names[o->o.cell.kind - CELL_BOOLEAN]);
    if (!put_primitive(s->c, o->value, &s->base)) return false;
    buf_u8(&s->base, ']');
    return true;
}

static bool show_plain(Shown *s, const char *open) { // NULL: by constructor and tag
    s->empty = true;
    if (open) buf_str(&s->open, open);
    else if (s->has_ctor && buf_equals(&s->ctor, "Object") && !s->tag.len) buf_str(&s->open, "{");
    else open_with(s, "Object", "", "{");
    return true;
}

static bool show_namespace(Shown *s) {
    buf_str(&s->open, "[Module: null prototype] {");
    s->empty = s->keys->length == 0;
    return true;
}

static bool show_by_class(Shown *s) {
    CellKind kind = v_object(s->v)->cell.kind;
    switch (kind) {
    case CELL_ARRAY: return show_array(s);
    case CELL_TYPEDARRAY: return show_typed_array(s);
    case CELL_DATAVIEW: return show_data_view(s);
    case CELL_ITERATOR: return show_iterator(s);
    case CELL_MAP: case CELL_SET: return show_collection(s, kind == CELL_MAP);
    case CELL_WEAKMAP: case CELL_WEAKSET: return show_weak_collection(s);
    case CELL_WEAKREF: return show_weak_ref(s);
    case CELL_PROMISE: return show_promise(s);
    case CELL_ARRAYBUFFER: case CELL_SHAREDBUFFER: return show_buffer(s);
    case CELL_NAMESPACE: return show_namespace(s);
    case CELL_ARGUMENTS: return show_plain(s, "[Arguments] {");
    case CELL_GENERATOR: return show_plain(s, "Object [Generator] {");
    case CELL_ASYNCGENERATOR: return show_plain(s, "Object [AsyncGenerator] {");
    default: break;
    }
    s->based = true;
    switch (kind) {
    case CELL_FUNCTION: case CELL_NATIVE: case CELL_BOUND: return put_function_base(s->c, s->v, &s->ctor, s->has_ctor, &s->base), true;
    case CELL_ERROR: return put_error_base(s->c, s->v, &s->base);
    case CELL_REGEXP: return show_regexp(s);
    case CELL_DATE: return show_date(s);
    case CELL_NUMBER: case CELL_BOOLEAN: case CELL_STRINGOBJ: case CELL_SYMBOLOBJ: case CELL_BIGINTOBJ: return show_wrapper(s);
    default: break;
    }
    s->based = false;
    return show_plain(s, NULL);
}

// ---- the whole

static void put_name_only(Shown *s, Buf *out) { // deeper than was asked for
    Buf name = {0};
    put_prefix(&name, &s->ctor, s->has_ctor, &s->tag, v_is_array(s->v) ? "Array" : "Object", "");
    name.len--;
    buf_u8(out, '[');
    put_buf(out, &name);
    buf_u8(out, ']');
    buf_free(&name);
}

static void put_reference_mark(Shown *s) { // it was met again inside itself: "<ref *1> "
    Ctx *c = s->c;
    for (u32 i = 0; i < c->circular_count; i++) {
        if (c->circular[i] != s->v) continue;
        Buf ref = {0}, *to = s->base.len ? &s->base : &s->open;
        buf_printf(&ref, "<ref *%u> ", i + 1);
        put_buf(&ref, to);
        buf_free(to);
        *to = ref;
    }
}

static bool put_properties(Shown *s) {
    Ctx *c = s->c;
    if (!s->l.n) c->current_depth = s->level;
    for (u32 i = 0; i < s->keys->length; i++) {
        PropKey k;
        if (!to_property_key_rjs(c->vm, obj_elems(&s->keys->o)->v[i], &k)) return false;
        if (!put_property(c, s->v, k, s->level + 1, &s->l)) return false;
    }
    return true;
}

static bool show(Shown *s, Buf *out) {
    Ctx *c = s->c;
    c->seen[c->seen_count++] = s->v;
    bool ok = show_by_class(s);
    if (ok && !s->keys->length && (s->empty || s->based)) {
        put_buf(out, s->based ? &s->base : &s->open);
        if (!s->based) buf_str(out, s->close);
        c->seen_count--;
        return true;
    }
    if (ok && s->deep) {
        put_name_only(s, out);
        c->seen_count--;
        return true;
    }
    if (s->based) buf_str(&s->open, "{");
    ok = ok && put_properties(s);
    c->seen_count--;
    if (!ok) return false;
    put_reference_mark(s);
    join_entries(c, &s->l, &s->base, &s->open, s->close, s->array, s->more, s->level, s->v, out);
    return true;
}

bool format_object(Ctx *c, Value v, u32 level, Buf *out) {
    bool indexed = v_is_array(v) || v_is_kind(v, CELL_TYPEDARRAY) || v_is_kind(v, CELL_STRINGOBJ);
    Shown s = {.c = c, .v = v, .level = level, .close = "}", .keys = visible_keys(c, v, indexed), .deep = c->o->depth != 0xFFFFFFFFu && level > c->o->depth};
    if (!s.keys) return false;
    s.has_ctor = constructor_name(c, v, &s.ctor);
    string_tag(c, v, &s.tag);
    if (s.has_ctor && s.tag.len == s.ctor.len && !memcmp(s.tag.data, s.ctor.data, s.tag.len)) s.tag.len = 0;
    bool ok = show(&s, out);
    list_free(&s.l);
    buf_free(&s.base);
    buf_free(&s.open);
    buf_free(&s.ctor);
    buf_free(&s.tag);
    return ok;
}
