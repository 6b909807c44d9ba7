// SPDX-License-Identifier: MIT
// Map and Set (ECMA-262 24.1, 24.2) with their iterators and the set methods. The table is collection.c.
#include "vm/builtins/builtins.h"
#include "vm/collection.h"

// ---- receivers

static CollectionObject *this_kind(VM *vm, Value self, CellKind kind, const char *method) {
    if (DX_LIKELY(v_is_kind(self, kind))) return (CollectionObject *)v_ptr(self);
    vm_throw(vm, ERR_INCOMPATIBLE, method, self);
    return NULL;
}
#define THIS_MAP(name) \
    CollectionObject *c = this_kind(vm, self, CELL_MAP, "Map.prototype." name); \
    if (!c) return V_EXC
#define THIS_SET(name) \
    CollectionObject *c = this_kind(vm, self, CELL_SET, "Set.prototype." name); \
    if (!c) return V_EXC

// ---- constructors

typedef struct FillContext { Value target, adder; CollectionObject *direct; bool pairs; } FillContext;

static bool fill_one(VM *vm, Value item, void *ctx) {
    FillContext *f = ctx;
    if (!f->pairs) {
        if (f->direct) return collection_put(vm, f->direct, item, V_UNDEFINED), true;
        return !v_is_exc(CALL1(vm, f->adder, f->target, item));
    }
    if (!v_is_object(item)) return vm_throw(vm, ERR_ITER_VALUE_ENTRY, item), false;
    Value k = get_rjs(vm, item, key_from_index(0));
    if (v_is_exc(k)) return false;
    Value v = get_rjs(vm, item, key_from_index(1));
    if (v_is_exc(v)) return false;
    if (f->direct) return collection_put(vm, f->direct, k, v), true;
    return !v_is_exc(CALL2(vm, f->adder, f->target, k, v));
}

// The body of all four constructors. `direct_adder`: the intrinsic adder; while it is in place entries are put without calls.
Value collection_construct(VM *vm, int argc, Value *argv, CellKind kind, u32 proto_field, const char *name, const char *adder_name, bool pairs) {
    Value nt = native_new_target(vm), callee = native_callee(vm);
    if (v_is_undefined(nt)) return vm_throw(vm, ERR_CTOR_NEEDS_NEW, name);
    Value proto = nt == callee ? vm->realm->intrinsics[proto_field] : proto_from_ctor_rjs(vm, nt, proto_field);
    if (v_is_exc(proto)) return V_EXC;
    Value c = collection_new(vm, kind, proto);
    if (argc < 1 || v_is_nullish(argv[0])) return c;
    FillContext f = {c, get_rjs(vm, c, key_c(vm, adder_name)), NULL, pairs};
    if (v_is_exc(f.adder)) return V_EXC;
    if (!v_is_callable(f.adder)) return vm_throw(vm, ERR_ADDER, f.adder, key_c(vm, adder_name), name);
    bool strong = kind == CELL_MAP || kind == CELL_SET;
    if (strong && v_is_kind(f.adder, CELL_NATIVE) && f.adder == object_own_data(vm, v_object(vm->realm->intrinsics[proto_field]), key_c(vm, adder_name)) &&
        ((NativeFunction *)v_ptr(f.adder))->id == (kind == CELL_MAP ? NATIVE_ID(map_proto_rows, 0) : NATIVE_ID(set_proto_rows, 0)))
        f.direct = (CollectionObject *)v_ptr(c);
    return iterate_rjs(vm, argv[0], fill_one, &f) ? c : V_EXC;
}

static Value map_ctor(VM *vm, Value self, int argc, Value *argv) { // 24.1.1.1
    return collection_construct(vm, argc, argv, CELL_MAP, REALM_MapPrototype, "Map", "set", true);
}
static Value set_ctor(VM *vm, Value self, int argc, Value *argv) { // 24.2.2.1
    return collection_construct(vm, argc, argv, CELL_SET, REALM_SetPrototype, "Set", "add", false);
}
static Value return_this(VM *vm, Value self, int argc, Value *argv) { return self; }

// ---- Map.prototype

static Value map_proto_set(VM *vm, Value self, int argc, Value *argv) {
    THIS_MAP("set");
    collection_put(vm, c, ARG(0), ARG(1));
    return self;
}
static Value map_proto_get(VM *vm, Value self, int argc, Value *argv) {
    THIS_MAP("get");
    HashEntry *e = table_find(vm, c->table, ARG(0));
    return e ? e->value : V_UNDEFINED;
}
static Value normalise_zero(Value key) { return v_is_double(key) && v_double(key) == 0 ? v_from_int(0) : key; }
static Value map_proto_get_or_insert(VM *vm, Value self, int argc, Value *argv) {
    THIS_MAP("getOrInsert");
    HashEntry *e = table_find(vm, c->table, ARG(0));
    if (e) return e->value;
    collection_put(vm, c, ARG(0), ARG(1));
    return ARG(1);
}
static Value map_proto_get_or_insert_computed(VM *vm, Value self, int argc, Value *argv) {
    THIS_MAP("getOrInsertComputed");
    Value key = normalise_zero(ARG(0));
    if (!v_is_callable(ARG(1))) return vm_throw(vm, ERR_V_NOT_FUNCTION, ARG(1));
    HashEntry *e = table_find(vm, c->table, key);
    if (e) return e->value;
    Value v = CALL1(vm, argv[1], V_UNDEFINED, key);
    if (!v_is_exc(v)) collection_put(vm, c, key, v); // also over what the callback has put there
    return v;
}
static Value map_proto_has(VM *vm, Value self, int argc, Value *argv) {
    THIS_MAP("has");
    return v_from_bool(table_find(vm, c->table, ARG(0)) != NULL);
}
static Value map_proto_delete(VM *vm, Value self, int argc, Value *argv) {
    THIS_MAP("delete");
    return v_from_bool(collection_delete(vm, c, ARG(0)));
}
static Value map_proto_clear(VM *vm, Value self, int argc, Value *argv) {
    THIS_MAP("clear");
    if (c->table->used) collection_clear(vm, c);
    return V_UNDEFINED;
}
static Value map_proto_size(VM *vm, Value self, int argc, Value *argv) {
    CollectionObject *c = this_kind(vm, self, CELL_MAP, "get Map.prototype.size");
    return c ? v_from_u32(c->table->live) : V_EXC;
}

static Value for_each_rjs(VM *vm, CollectionObject *c, Value self, Value f, Value this_arg, bool map) {
    if (!v_is_callable(f)) return vm_throw(vm, ERR_V_NOT_FUNCTION, f);
    HashTable *t = c->table;
    u64 i = 0;
    for (HashEntry *e; (e = table_next(&t, &i)); i++) {
        Value args[3] = {map ? e->value : e->key, e->key, self};
        if (v_is_exc(vm_call(vm, f, this_arg, 3, args))) return V_EXC;
    }
    return V_UNDEFINED;
}
static Value map_proto_for_each(VM *vm, Value self, int argc, Value *argv) {
    THIS_MAP("forEach");
    return for_each_rjs(vm, c, self, ARG(0), ARG(1), true);
}

static Value map_group_by(VM *vm, Value self, int argc, Value *argv) { // 24.1.2.1
    Value items = ARG(0), f = ARG(1);
    if (v_is_nullish(items)) return vm_throw(vm, ERR_V_NOT_ITERABLE, items);
    if (!v_is_callable(f)) return vm_throw(vm, ERR_V_NOT_FUNCTION, f);
    Value m = map_new(vm);
    CollectionObject *c = (CollectionObject *)v_ptr(m);
    IterRecord it;
    if (!iter_get_rjs(vm, items, &it)) return V_EXC;
    for (i64 k = 0;; k++) {
        Value v;
        int st = iter_step_rjs(vm, &it, &v);
        if (st <= 0) return st < 0 ? V_EXC : m;
        Value key = CALL2(vm, f, V_UNDEFINED, v, v_from_i64(k));
        if (v_is_exc(key)) return iter_close_rjs(vm, &it), V_EXC;
        HashEntry *e = table_find(vm, c->table, key);
        if (e) array_push(vm, v_array(e->value), v);
        else collection_put(vm, c, key, v_from_array(array_from(vm, &v, 1)));
    }
}

// ---- iterators (24.1.5, 24.2.6): target = the collection, extra[0] = its table at the current position

static Value collection_iterator(VM *vm, Value self, CollectionObject *c, u32 kind, Value proto) {
    IteratorObject *it = iterator_object_new(vm, proto, kind, self);
    it->extra[0] = v_from_ptr(TAG_INTERNAL, c->table);
    return v_obj(it);
}
static Value map_proto_iterator(VM *vm, Value self, int argc, Value *argv) {
    static const char *const names[] = {"Map.prototype.keys", "Map.prototype.values", "Map.prototype.entries"};
    u32 kind = native_magic(vm);
    CollectionObject *c = this_kind(vm, self, CELL_MAP, names[kind]);
    return c ? collection_iterator(vm, self, c, kind, vm->realm->MapIteratorPrototype) : V_EXC;
}
static Value set_proto_iterator(VM *vm, Value self, int argc, Value *argv) {
    u32 kind = native_magic(vm);
    CollectionObject *c = this_kind(vm, self, CELL_SET, kind == ITER_ENTRIES ? "Set.prototype.entries" : "Set.prototype.values");
    return c ? collection_iterator(vm, self, c, kind, vm->realm->SetIteratorPrototype) : V_EXC;
}

static Value collection_iterator_next(VM *vm, Value self, int argc, Value *argv) { // both %MapIteratorPrototype%.next and the Set one
    bool map = native_magic(vm);
    IteratorObject *it = v_is_kind(self, CELL_ITERATOR) ? (IteratorObject *)v_ptr(self) : NULL;
    if (!it || it->state != 0 || !(v_is_undefined(it->target) ? v_is_internal(it->extra[0]) : v_is_kind(it->target, map ? CELL_MAP : CELL_SET)))
        return vm_throw(vm, ERR_INCOMPATIBLE, map ? "Map Iterator.prototype.next" : "Set Iterator.prototype.next", self);
    if (v_is_undefined(it->target)) return create_iter_result(vm, V_UNDEFINED, true);
    HashTable *t = (HashTable *)v_ptr(it->extra[0]);
    HashEntry *e = table_next(&t, &it->index);
    heap_touch(vm, it, sizeof *it);
    if (!e) {
        it->target = V_UNDEFINED;
        return create_iter_result(vm, V_UNDEFINED, true);
    }
    it->extra[0] = v_from_ptr(TAG_INTERNAL, t);
    it->index++;
    if (it->kind == ITER_KEYS) return create_iter_result(vm, e->key, false);
    if (it->kind == ITER_VALUES) return create_iter_result(vm, map ? e->value : e->key, false);
    Value pair[2] = {e->key, map ? e->value : e->key};
    return create_iter_result(vm, array_create_from_list(vm, pair, 2), false);
}

// ---- Set.prototype

static Value set_proto_add(VM *vm, Value self, int argc, Value *argv) {
    THIS_SET("add");
    collection_put(vm, c, ARG(0), V_UNDEFINED);
    return self;
}
static Value set_proto_has(VM *vm, Value self, int argc, Value *argv) {
    THIS_SET("has");
    return v_from_bool(table_find(vm, c->table, ARG(0)) != NULL);
}
static Value set_proto_delete(VM *vm, Value self, int argc, Value *argv) {
    THIS_SET("delete");
    return v_from_bool(collection_delete(vm, c, ARG(0)));
}
static Value set_proto_clear(VM *vm, Value self, int argc, Value *argv) {
    THIS_SET("clear");
    if (c->table->used) collection_clear(vm, c);
    return V_UNDEFINED;
}
static Value set_proto_size(VM *vm, Value self, int argc, Value *argv) {
    CollectionObject *c = this_kind(vm, self, CELL_SET, "get Set.prototype.size");
    return c ? v_from_u32(c->table->live) : V_EXC;
}
static Value set_proto_for_each(VM *vm, Value self, int argc, Value *argv) {
    THIS_SET("forEach");
    return for_each_rjs(vm, c, self, ARG(0), ARG(1), false);
}

// ---- set methods (24.2.4.5 ...): the argument is a Set Record

typedef struct SetRecord { Value obj, has, keys; f64 size; } SetRecord;

static DX_MUST_USE bool get_set_record_rjs(VM *vm, Value v, SetRecord *r) { // GetSetRecord (24.2.1.2)
    if (!v_is_object(v)) return vm_throw(vm, ERR_NOT_OBJECT, v), false;
    r->obj = v;
    Value size = get_rjs(vm, v, A_(vm, size));
    if (v_is_exc(size)) return false;
    f64 n;
    if (!to_f64_rjs(vm, size, &n)) return false;
    if (n != n) return vm_throw(vm, ERR_SET_SIZE_NAN, size), false;
    if (!to_integer_rjs(vm, v_from_num(n), &r->size)) return false;
    if (r->size < 0) return vm_throw(vm, ERR_SET_SIZE_NEGATIVE, v_from_num(r->size)), false;
    if (v_is_exc(r->has = get_rjs(vm, v, A_(vm, has)))) return false;
    if (!v_is_callable(r->has)) return vm_throw(vm, ERR_SET_PROP_CALLABLE, "has"), false;
    if (v_is_exc(r->keys = get_rjs(vm, v, A_(vm, keys)))) return false;
    if (!v_is_callable(r->keys)) return vm_throw(vm, ERR_SET_PROP_CALLABLE, "keys"), false;
    return true;
}
static DX_MUST_USE int record_has_rjs(VM *vm, SetRecord *r, Value v) {
    Value b = CALL1(vm, r->has, r->obj, v);
    return v_is_exc(b) ? -1 : to_boolean(b);
}
static DX_MUST_USE bool record_keys_rjs(VM *vm, SetRecord *r, IterRecord *it) {
    Value k = CALL0(vm, r->keys, r->obj);
    if (v_is_exc(k)) return false;
    if (!v_is_object(k)) return vm_throw(vm, ERR_NOT_OBJECT, k), false;
    return iter_direct_rjs(vm, k, it);
}
static CollectionObject *set_copy(VM *vm, CollectionObject *c) {
    CollectionObject *r = (CollectionObject *)v_ptr(set_object_new(vm));
    HashTable *t = c->table;
    u64 i = 0;
    for (HashEntry *e; (e = table_next(&t, &i)); i++) collection_put(vm, r, e->key, V_UNDEFINED);
    return r;
}
static Value canonical(Value v) { return v_is_double(v) && v_double(v) == 0 ? v_from_int(0) : v; }

enum SetOp { SET_UNION, SET_INTERSECTION, SET_DIFFERENCE, SET_SYMMETRIC };
static const char *const set_op_names[] = {"Set.prototype.union", "Set.prototype.intersection", "Set.prototype.difference", "Set.prototype.symmetricDifference"};

// Keys of the record go into / out of the result according to the operation.
static Value set_from_keys_rjs(VM *vm, CollectionObject *c, CollectionObject *r, SetRecord *rec, u32 op) {
    IterRecord it;
    if (!record_keys_rjs(vm, rec, &it)) return V_EXC;
    for (;;) {
        Value v;
        int st = iter_step_rjs(vm, &it, &v);
        if (st <= 0) return st < 0 ? V_EXC : v_obj(r);
        v = canonical(v);
        bool in_this = table_find(vm, c->table, v) != NULL;
        if (op == SET_UNION || (op == SET_INTERSECTION && in_this) || (op == SET_SYMMETRIC && !in_this)) collection_put(vm, r, v, V_UNDEFINED);
        else if (op == SET_DIFFERENCE || (op == SET_SYMMETRIC && in_this)) collection_delete(vm, r, v);
    }
}

static Value set_proto_combine(VM *vm, Value self, int argc, Value *argv) {
    u32 op = native_magic(vm);
    CollectionObject *c = this_kind(vm, self, CELL_SET, set_op_names[op]);
    SetRecord rec;
    if (!c || !get_set_record_rjs(vm, ARG(0), &rec)) return V_EXC;
    bool by_has = (op == SET_INTERSECTION || op == SET_DIFFERENCE) && (f64)c->table->live <= rec.size;
    CollectionObject *r = op == SET_INTERSECTION ? (CollectionObject *)v_ptr(set_object_new(vm)) : set_copy(vm, c);
    if (!by_has) return set_from_keys_rjs(vm, c, r, &rec, op);
    HashTable *t = c->table;
    u64 i = 0;
    for (HashEntry *e; (e = table_next(&t, &i)); i++) {
        Value k = e->key;
        int in = record_has_rjs(vm, &rec, k);
        if (in < 0) return V_EXC;
        if (op == SET_INTERSECTION && in) collection_put(vm, r, k, V_UNDEFINED);
        if (op == SET_DIFFERENCE && in) collection_delete(vm, r, k);
    }
    return v_obj(r);
}

enum SetTest { SET_SUBSET, SET_SUPERSET, SET_DISJOINT };
static const char *const set_test_names[] = {"Set.prototype.isSubsetOf", "Set.prototype.isSupersetOf", "Set.prototype.isDisjointFrom"};

static Value set_proto_test(VM *vm, Value self, int argc, Value *argv) {
    u32 op = native_magic(vm);
    CollectionObject *c = this_kind(vm, self, CELL_SET, set_test_names[op]);
    SetRecord rec;
    if (!c || !get_set_record_rjs(vm, ARG(0), &rec)) return V_EXC;
    if (op == SET_SUBSET && c->table->live > rec.size) return V_FALSE;
    if (op == SET_SUPERSET && c->table->live < rec.size) return V_FALSE;
    if (op == SET_SUBSET || (op == SET_DISJOINT && c->table->live <= rec.size)) {
        HashTable *t = c->table;
        u64 i = 0;
        for (HashEntry *e; (e = table_next(&t, &i)); i++) {
            int in = record_has_rjs(vm, &rec, e->key);
            if (in < 0) return V_EXC;
            if (in == (op == SET_DISJOINT)) return V_FALSE;
        }
        return V_TRUE;
    }
    IterRecord it;
    if (!record_keys_rjs(vm, &rec, &it)) return V_EXC;
    for (;;) {
        Value v;
        int st = iter_step_rjs(vm, &it, &v);
        if (st <= 0) return st < 0 ? V_EXC : V_TRUE;
        if ((table_find(vm, c->table, v) != NULL) == (op == SET_DISJOINT)) return v_is_exc(iter_close_rjs(vm, &it)) ? V_EXC : V_FALSE;
    }
}

// ---- tables. Row 0 of map_proto_rows / set_proto_rows is the adder (collection_construct).

const NativeRow map_rows[] = {CTOR("Map", 0, map_ctor), FN("groupBy", 2, map_group_by), GETTER("@@species", return_this), ROWS_END};
const NativeRow map_proto_rows[] = {
    FN("set", 2, map_proto_set),
    FN("get", 1, map_proto_get),
    FN("has", 1, map_proto_has),
    FN("delete", 1, map_proto_delete),
    FN("clear", 0, map_proto_clear),
    FN("getOrInsert", 2, map_proto_get_or_insert), FN("getOrInsertComputed", 2, map_proto_get_or_insert_computed),
    FN_MAGIC("entries", 0, map_proto_iterator, ITER_ENTRIES),
    FN("forEach", 1, map_proto_for_each),
    FN_MAGIC("keys", 0, map_proto_iterator, ITER_KEYS),
    GETTER("size", map_proto_size),
    FN_MAGIC("values", 0, map_proto_iterator, ITER_VALUES),
    ALIAS("@@iterator", "entries"),
    VALUE_STR("@@toStringTag", "Map", ATTR_C),
    ROWS_END,
};
const NativeRow set_rows[] = {CTOR("Set", 0, set_ctor), GETTER("@@species", return_this), ROWS_END};
const NativeRow set_proto_rows[] = {
    FN("add", 1, set_proto_add),
    FN("has", 1, set_proto_has),
    FN("delete", 1, set_proto_delete),
    FN("clear", 0, set_proto_clear),
    FN_MAGIC("entries", 0, set_proto_iterator, ITER_ENTRIES),
    FN("forEach", 1, set_proto_for_each),
    GETTER("size", set_proto_size),
    FN_MAGIC("values", 0, set_proto_iterator, ITER_VALUES),
    ALIAS("keys", "values"),
    ALIAS("@@iterator", "values"),
    FN_MAGIC("union", 1, set_proto_combine, SET_UNION),
    FN_MAGIC("intersection", 1, set_proto_combine, SET_INTERSECTION),
    FN_MAGIC("difference", 1, set_proto_combine, SET_DIFFERENCE),
    FN_MAGIC("symmetricDifference", 1, set_proto_combine, SET_SYMMETRIC),
    FN_MAGIC("isSubsetOf", 1, set_proto_test, SET_SUBSET),
    FN_MAGIC("isSupersetOf", 1, set_proto_test, SET_SUPERSET),
    FN_MAGIC("isDisjointFrom", 1, set_proto_test, SET_DISJOINT),
    VALUE_STR("@@toStringTag", "Set", ATTR_C),
    ROWS_END,
};
const NativeRow map_iterator_rows[] = {FN_MAGIC("next", 0, collection_iterator_next, 1), VALUE_STR("@@toStringTag", "Map Iterator", ATTR_C), ROWS_END};
const NativeRow set_iterator_rows[] = {FN_MAGIC("next", 0, collection_iterator_next, 0), VALUE_STR("@@toStringTag", "Set Iterator", ATTR_C), ROWS_END};

void builtin_map_set_install(VM *vm) {
    Realm *r = vm->realm;
    r->MapPrototype = v_obj(object_new_proto(vm, r->ObjectPrototype));
    r->SetPrototype = v_obj(object_new_proto(vm, r->ObjectPrototype));
    r->Map = builtin_class(vm, TABLE_map_rows, TABLE_map_proto_rows, r->MapPrototype, r->FunctionPrototype);
    r->Set = builtin_class(vm, TABLE_set_rows, TABLE_set_proto_rows, r->SetPrototype, r->FunctionPrototype);
    r->MapProtoEntries = object_own_data(vm, v_object(r->MapPrototype), key_c(vm, "entries"));
    r->SetProtoValues = object_own_data(vm, v_object(r->SetPrototype), key_c(vm, "values"));
    r->MapIteratorPrototype = v_obj(object_new_proto(vm, r->IteratorPrototype));
    r->SetIteratorPrototype = v_obj(object_new_proto(vm, r->IteratorPrototype));
    builtin_install(vm, r->MapIteratorPrototype, TABLE_map_iterator_rows);
    builtin_install(vm, r->SetIteratorPrototype, TABLE_set_iterator_rows);
    r->MapIteratorNext = object_own_data(vm, v_object(r->MapIteratorPrototype), A_(vm, next));
    r->SetIteratorNext = object_own_data(vm, v_object(r->SetIteratorPrototype), A_(vm, next));
}
