// SPDX-License-Identifier: MIT
// structuredClone (HTML 2.7): serialises and deserialises in one pass over the value. Identity is kept within
// one call by a Map from originals to copies.
#include "vm/buffer.h"
#include "vm/builtins/builtins.h"
#include "vm/builtins/dom_exception.h"
#include "vm/collection.h"
#include "vm/host.h"
#include "vm/object/layout.h"
#include "vm/regexp.h"
#include "vm/vm.h"

typedef struct Clone { VM *vm; CollectionObject *seen; } Clone;

static Value clone_rjs(Clone *c, Value v);

static Value cannot(VM *vm, Value v) {
    StrBuf b = {0};
    sb_str(vm, &b, value_display(vm, v));
    sb_ascii(&b, " could not be cloned.");
    Value text = sb_finish(vm, &b);
    return v_is_exc(text) ? text : throw_dom(vm, "DataCloneError", text);
}

static void remember(Clone *c, Value from, Value to) { collection_put(c->vm, c->seen, from, to); }

// Own enumerable string-keyed properties of `from` onto `to`.
static bool clone_properties_rjs(Clone *c, Value from, Value to) {
    VM *vm = c->vm;
    Array *keys = object_own_keys_rjs(vm, from, KEYS_STRINGS | KEYS_ENUMERABLE_ONLY);
    if (!keys) return false;
    for (u32 i = 0; i < keys->length; i++) {
        PropKey k;
        if (!to_property_key_rjs(vm, obj_elems(&keys->o)->v[i], &k)) return false;
        int has = has_own_rjs(vm, from, k);
        if (has < 0) return false;
        if (!has) continue;
        Value v = get_rjs(vm, from, k);
        if (v_is_exc(v) || v_is_exc(v = clone_rjs(c, v)) || create_data_property_rjs(vm, to, k, v) < 0)
            return false;
    }
    return true;
}

static Value clone_collection_rjs(Clone *c, Value v) {
    VM *vm = c->vm;
    bool map = v_is_kind(v, CELL_MAP);
    Value out = map ? map_new(vm) : set_object_new(vm);
    remember(c, v, out);
    u32 n = 0, cap = ((CollectionObject *)v_ptr(v))->table->live;
    ValueArray *list = values_new(vm, cap * 2); // getters met below may change the original
    HashTable *t = ((CollectionObject *)v_ptr(v))->table;
    u64 at = 0;
    for (HashEntry *e; n < cap && (e = table_next(&t, &at)); n++, at++) {
        list->v[2 * n] = e->key;
        list->v[2 * n + 1] = e->value;
    }
    for (u32 i = 0; i < n; i++) {
        Value key = clone_rjs(c, list->v[2 * i]);
        if (v_is_exc(key)) return key;
        Value value = map ? clone_rjs(c, list->v[2 * i + 1]) : key;
        if (v_is_exc(value)) return value;
        collection_put(vm, v_ptr(out), key, value);
    }
    return out;
}

static Value clone_error_rjs(Clone *c, Value v) {
    static const struct { const char *name; u32 proto;
    } kinds[] = {
        {"EvalError", REALM_EvalErrorPrototype},           {"RangeError", REALM_RangeErrorPrototype},
        {"ReferenceError", REALM_ReferenceErrorPrototype}, {"SyntaxError", REALM_SyntaxErrorPrototype},
        {"TypeError", REALM_TypeErrorPrototype},           {"URIError", REALM_URIErrorPrototype}};
    VM *vm = c->vm;
    Value name = get_rjs(vm, v, A_(vm, name));
    if (v_is_exc(name)) return name;
    u32 proto = REALM_ErrorPrototype;
    for (u32 i = 0; v_is_string(name) && i < DX_COUNTOF(kinds); i++)
        if (str_equal(vm, v_string(name), atom_c(vm, kinds[i].name))) proto = kinds[i].proto;
    Value message = object_own_data(vm, v_object(v), A_(vm, message)), stack = error_stack_text(vm, v);
    Value out = error_new(vm, proto, V_UNDEFINED);
    remember(c, v, out);
    object_put(vm, v_object(out), A_(vm, stack), stack, ATTR_WC);
    if (message != V_HOLE) {
        String *s = to_string_rjs(vm, message);
        if (!s) return V_EXC;
        object_put(vm, v_object(out), A_(vm, message), v_from_string(s), ATTR_WC);
    }
    Value cause = object_own_data(vm, v_object(v), A_(vm, cause));
    if (cause != V_HOLE) {
        if (v_is_exc(cause = clone_rjs(c, cause))) return cause;
        object_put(vm, v_object(out), A_(vm, cause), cause, ATTR_WC);
    }
    return out;
}

static Value clone_buffer(Clone *c, Value v) {
    VM *vm = c->vm;
    BufferObject *b = v_ptr(v);
    if (b->detached)
        return throw_dom(vm, "DataCloneError",
                         v_str(vm, "An ArrayBuffer is detached and could not be cloned."));
    Value out = array_buffer_new(vm, b->length);
    if (v_is_exc(out)) return out;
    if (b->length) memcpy(((BufferObject *)v_ptr(out))->data, b->data, b->length);
    remember(c, v, out);
    return out;
}

static Value clone_view_rjs(Clone *c, Value v) {
    VM *vm = c->vm;
    TypedArrayObject *t = v_ptr(v);
    Value buffer = clone_rjs(c, v_obj(t->buffer));
    if (v_is_exc(buffer)) return buffer;
    static const u32 protos[EL_COUNT] = {
#define ELEMENT(name, ctype, size) REALM_##name##ArrayPrototype,
#include "vm/elements.def"
#undef ELEMENT
    };
    Value proto =
        v_is_kind(v, CELL_DATAVIEW) ? vm->realm->DataViewPrototype : vm->realm->intrinsics[protos[t->type]];
    Value ctor = object_find_data(vm, proto, A_(vm, constructor));
    if (!v_is_constructor(ctor)) return cannot(vm, v);
    u64 length = v_is_kind(v, CELL_DATAVIEW) ? t->length : typed_length(t, NULL);
    Value out = vm_construct(vm, ctor, 3,
                             (Value[]){buffer, v_from_i64((i64)t->offset), v_from_i64((i64)length)}, ctor);
    if (!v_is_exc(out)) remember(c, v, out);
    return out;
}

static Value clone_rjs(Clone *c, Value v) {
    VM *vm = c->vm;
    if (v_is_symbol(v)) return cannot(vm, v);
    if (!v_is_object(v)) return v;
    if (vm_stack_low(vm)) return V_EXC;
    HashEntry *e = table_find(vm, c->seen->table, v);
    if (e) return e->value;
    Value out;
    switch (((Cell *)v_ptr(v))->kind) {
    case CELL_BOOLEAN: case CELL_NUMBER: case CELL_STRINGOBJ: case CELL_BIGINTOBJ:
        out = to_object(vm, ((PrimitiveObject *)v_ptr(v))->value);
        break;
    case CELL_DATE: {
        PrimitiveObject *d = (PrimitiveObject *)object_alloc(vm, CELL_DATE, sizeof *d,
                                                             shape_root(vm, vm->realm->DatePrototype), 0);
        d->value = ((PrimitiveObject *)v_ptr(v))->value;
        out = v_obj(d);
        break;
    }
    case CELL_REGEXP:
        out = regexp_create_rjs(vm, regexp_of(v)->source, regexp_flags_text(vm, regexp_of(v)->flags));
        break;
    case CELL_MAP: case CELL_SET: return clone_collection_rjs(c, v);
    case CELL_ARRAYBUFFER: return clone_buffer(c, v);
    case CELL_SHAREDBUFFER: out = v; break;
    case CELL_TYPEDARRAY: case CELL_DATAVIEW: return clone_view_rjs(c, v);
    case CELL_ERROR: return clone_error_rjs(c, v);
    case CELL_ARRAY: {
        Array *a = array_new(vm, 0);
        if (array_set_length_rjs(vm, a, v_from_u32(v_array(v)->length)) < 0) return V_EXC;
        out = v_from_array(a);
        remember(c, v, out);
        return clone_properties_rjs(c, v, out) ? out : V_EXC;
    }
    case CELL_OBJECT: case CELL_ARGUMENTS: case CELL_NAMESPACE:
        if (v_is_callable(v)) return cannot(vm, v);
        out = v_obj(object_new(vm));
        remember(c, v, out);
        return clone_properties_rjs(c, v, out) ? out : V_EXC;
    case CELL_HOST:
        out = vm->host && vm->host->clone_object ? vm->host->clone_object(vm, v) : V_HOLE;
        if (out == V_HOLE) return cannot(vm, v);
        break;
    default: return cannot(vm, v);
    }
    if (!v_is_exc(out)) remember(c, v, out);
    return out;
}

// Detaches the buffers of options.transfer after the copy.
static bool transfer_rjs(Clone *c, Value options) {
    VM *vm = c->vm;
    if (v_is_nullish(options)) return true;
    Value list = get_v_rjs(vm, options, key_c(vm, "transfer"));
    if (v_is_exc(list)) return false;
    if (v_is_undefined(list)) return true;
    i64 n = v_is_object(list) ? length_of_array_like_rjs(vm, list) : 0;
    for (i64 i = 0; i < n; i++) {
        Value b = get_rjs(vm, list, key_from_index((u32)i));
        if (v_is_exc(b)) return false;
        if (!v_is_kind(b, CELL_ARRAYBUFFER)) {
            (void)throw_dom(vm, "DataCloneError", v_str(vm, "Value could not be transferred."));
            return false;
        }
        BufferObject *x = v_ptr(b);
        heap_touch(vm, x, sizeof *x);
        x->data = NULL;
        x->store = NULL;
        x->length = 0;
        x->detached = 1;
    }
    return n >= 0;
}

static Value global_structured_clone(VM *vm, Value self, int argc, Value *argv) {
    if (argc == 0) return vm_throw(vm, ERR_CUSTOM_TYPE, "The \"value\" argument must be specified");
    Clone c = {vm, v_ptr(map_new(vm))};
    Value out = clone_rjs(&c, argv[0]);
    if (v_is_exc(out) || !transfer_rjs(&c, ARG(1))) return V_EXC;
    return out;
}

const NativeRow structured_clone_rows[] = {FN_ATTR("structuredClone", 1, global_structured_clone, ATTR_WEC),
                                           ROWS_END};

void builtin_structured_clone_install(VM *vm) {
    builtin_install(vm, vm->realm->global, TABLE_structured_clone_rows);
}
