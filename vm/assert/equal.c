// SPDX-License-Identifier: MIT
// Deep equality: Jest's `equals` with its iterable, type, sparse-array, array-buffer and subset testers in one recursion. Plain objects of
// one shape and dense arrays are compared without any property lookup.
#include "vm/assert/equal.h"
#include "vm/assert/simd.h"
#include "vm/buffer.h"
#include "vm/collection.h"
#include "vm/iterate.h"

EqualHooks equal_hooks;

typedef struct Pair { Value a, b; const struct Pair *up; } Pair; // objects being compared, innermost first
typedef struct Eq { VM *vm; u32 flags; } Eq;

static int eq_rjs(Eq *e, Value a, Value b, const Pair *stack);

// ---- helpers

static int get2_rjs(VM *vm, Value a, Value b, PropKey k, Value *x, Value *y) { // 1, -1
    *x = get_rjs(vm, a, k);
    if (v_is_exc(*x)) return -1;
    *y = get_rjs(vm, b, k);
    return v_is_exc(*y) ? -1 : 1;
}
static int asymmetric(Eq *e, Value v) { return equal_hooks.is_asymmetric && v_is_object(v) ? equal_hooks.is_asymmetric(e->vm, v) : 0; }
static CellKind kind_of(Value v) { return ((Cell *)v_ptr(v))->kind; }

// Object.prototype.toString's classes, as far as `equals` tells them apart.
enum Class { CLASS_OBJECT, CLASS_ARRAY, CLASS_BOOLEAN, CLASS_NUMBER, CLASS_STRING, CLASS_DATE, CLASS_REGEXP, CLASS_FUNCTION, CLASS_ARGUMENTS, CLASS_ERROR, CLASS_TAGGED };

static int class_rjs(VM *vm, Value v, enum Class *c, Value *tag) { // 1, -1. tag: string @@toStringTag or undefined
    int arr = is_array_rjs(vm, v);
    if (arr < 0) return -1;
    *tag = get_rjs(vm, v, SYM_(vm, toStringTag));
    if (v_is_exc(*tag)) return -1;
    if (!v_is_string(*tag)) *tag = V_UNDEFINED;
    switch (kind_of(v)) {
    case CELL_BOOLEAN: *c = CLASS_BOOLEAN; break;
    case CELL_NUMBER: *c = CLASS_NUMBER; break;
    case CELL_STRINGOBJ: *c = CLASS_STRING; break;
    case CELL_DATE: *c = CLASS_DATE; break;
    case CELL_REGEXP: *c = CLASS_REGEXP; break;
    case CELL_ARGUMENTS: *c = CLASS_ARGUMENTS; break;
    case CELL_ERROR: *c = CLASS_ERROR; break;
    default: *c = arr ? CLASS_ARRAY : v_is_callable(v) ? CLASS_FUNCTION : CLASS_OBJECT;
    }
    if (!v_is_undefined(*tag)) *c = CLASS_TAGGED;
    return 1;
}

// ---- own enumerable keys

static Array *keys_rjs(VM *vm, Value v) {
    Array *names = object_own_keys_rjs(vm, v, KEYS_STRINGS | KEYS_ENUMERABLE_ONLY);
    Array *symbols = names ? object_own_keys_rjs(vm, v, KEYS_SYMBOLS | KEYS_ENUMERABLE_ONLY) : NULL;
    if (!symbols) return NULL;
    for (u32 i = 0; i < symbols->length; i++) array_push(vm, names, obj_elems(&symbols->o)->v[i]);
    return names;
}
static PropKey key_of(VM *vm, Value name) { return v_is_string(name) ? key_from_string(vm, v_string(name)) : name; }

// Keys of `from` that `other` lacks may be left out of the count when their value is undefined or an asymmetric matcher (not strict).
// Returns the number of keys that `other` has or that must be compared; -1 thrown; -2: a key is missing for good.
static int compare_keys_rjs(Eq *e, Value a, Value b, const Pair *stack) {
    VM *vm = e->vm;
    Array *bk = keys_rjs(vm, b), *ak = bk ? keys_rjs(vm, a) : NULL;
    if (!ak) return -1;
    bool strict = e->flags & EQUAL_STRICT;
    for (u32 i = 0; i < bk->length; i++) {
        Value name = obj_elems(&bk->o)->v[i];
        PropKey k = key_of(vm, name);
        int has = has_own_rjs(vm, a, k);
        if (has < 0) return -1;
        Value x = V_UNDEFINED, y = get_rjs(vm, b, k);
        if (v_is_exc(y)) return -1;
        if (!has) {
            int asym = asymmetric(e, y);
            bool undef_ok = v_is_undefined(y) && !((e->flags & EQUAL_SYMBOL_UNDEFINED) && v_is_symbol(name));
            if (asym < 0) return -1;
            if (strict || (!asym && !undef_ok)) return 0;
        }
        x = get_rjs(vm, a, k); // an inherited value counts once the key is compared at all
        if (v_is_exc(x)) return -1;
        int r = eq_rjs(e, x, y, stack);
        if (r <= 0) return r;
    }
    for (u32 i = 0; i < ak->length; i++) {
        Value name = obj_elems(&ak->o)->v[i];
        PropKey k = key_of(vm, name);
        int has = has_own_rjs(vm, b, k);
        if (has < 0) return -1;
        if (has) continue;
        Value x = get_rjs(vm, a, k);
        if (v_is_exc(x)) return -1;
        int asym = asymmetric(e, x);
        if (asym < 0) return -1;
        bool undef_ok = v_is_undefined(x) && !((e->flags & EQUAL_SYMBOL_UNDEFINED) && v_is_symbol(name));
        if (strict || (!asym && !undef_ok)) return 0;
    }
    return 1;
}

// ---- fast forms

static bool plain_object(Value v) { // slots tell everything
    Object *o = v_object(v);
    return o->cell.kind == CELL_OBJECT && !(o->cell.flags & (OBJ_EXOTIC | OBJ_SPARSE)) && !o->elems && !(o->shape->cell.flags & (SHAPE_DICT | SHAPE_HAS_SPECIAL));
}
static int same_shape_rjs(Eq *e, Value a, Value b, const Pair *stack) {
    Object *x = v_object(a), *y = v_object(b);
    u32 n = x->shape->count;
    Shape *s = x->shape;
    for (u32 i = 0; i < n; i++) {
        Value p = x->slots[i], q = y->slots[i];
        if (p == q && !v_is_double(p) && !v_is_object(p)) continue;
        int r = eq_rjs(e, p, q, stack);
        if (r <= 0) return r;
        if (x->shape != s || y->shape != s) return compare_keys_rjs(e, a, b, stack); // user code changed them
    }
    return 1;
}
static bool dense_array(Value v) {
    Object *o = v_object(v);
    return o->cell.kind == CELL_ARRAY && obj_is_dense(o) && o->shape->count == 0 && (v_array(v)->length == 0 || (obj_elems(o) && obj_elems(o)->len == v_array(v)->length));
}
// Both dense without named properties and of one length. 2: the generic comparison must decide.
static int dense_arrays_rjs(Eq *e, Value a, Value b, const Pair *stack) {
    u64 n = v_array(a)->length;
    for (u64 i = 0; i < n; i++) {
        if (!dense_array(a) || !dense_array(b) || v_array(a)->length != n || v_array(b)->length != n) return 2;
        Value *p = obj_elems(v_object(a))->v, *q = obj_elems(v_object(b))->v;
        i += simd->mismatch_u64(p + i, q + i, n - i);
        if (i >= n) break;
        Value x = p[i], y = q[i];
        if (x == V_HOLE || y == V_HOLE) {
            if (e->flags & EQUAL_STRICT) return 0;
            if (x == V_HOLE) x = V_UNDEFINED;
            if (y == V_HOLE) y = V_UNDEFINED;
        }
        int r = eq_rjs(e, x, y, stack);
        if (r <= 0) return r;
    }
    return 1;
}

// ---- Map, Set, iterables

static int set_equal_rjs(Eq *e, Value a, Value b, const Pair *stack) {
    VM *vm = e->vm;
    CollectionObject *x = (CollectionObject *)v_ptr(a), *y = (CollectionObject *)v_ptr(b);
    if (x->table->live != y->table->live) return 0;
    HashTable *t = x->table;
    u64 i = 0;
    for (HashEntry *p; (p = table_next(&t, &i)); i++) {
        if (table_find(vm, y->table, p->key)) continue;
        HashTable *u = y->table;
        u64 j = 0;
        int found = 0;
        Value key = p->key;
        for (HashEntry *q; !found && (q = table_next(&u, &j)); j++) found = eq_rjs(e, key, q->key, stack);
        if (found <= 0) return found;
    }
    return 1;
}
static int map_equal_rjs(Eq *e, Value a, Value b, const Pair *stack) {
    VM *vm = e->vm;
    CollectionObject *x = (CollectionObject *)v_ptr(a), *y = (CollectionObject *)v_ptr(b);
    if (x->table->live != y->table->live) return 0;
    HashTable *t = x->table;
    u64 i = 0;
    for (HashEntry *p; (p = table_next(&t, &i)); i++) {
        Value key = p->key, value = p->value;
        HashEntry *same = table_find(vm, y->table, key);
        int found = same ? eq_rjs(e, value, same->value, stack) : 0;
        HashTable *u = y->table;
        u64 j = 0;
        for (HashEntry *q; !found && (q = table_next(&u, &j)); j++) {
            Value other = q->value;
            found = eq_rjs(e, key, q->key, stack);
            if (found > 0) found = eq_rjs(e, value, other, stack);
        }
        if (found <= 0) return found;
    }
    return 1;
}
// iterableEquality for the rest: same constructor, same sequence, same own properties. 2: not iterables.
static int iterable_equal_rjs(Eq *e, Value a, Value b, const Pair *stack) {
    VM *vm = e->vm;
    CellKind ka = kind_of(a), kb = kind_of(b);
    if (ka == CELL_ARRAY || kb == CELL_ARRAY || ka == CELL_TYPEDARRAY || kb == CELL_TYPEDARRAY) return 2;
    Value x, y;
    if (get2_rjs(vm, a, b, SYM_(vm, iterator), &x, &y) < 0) return -1;
    if (v_is_nullish(x) || v_is_nullish(y)) return 2;
    if (get2_rjs(vm, a, b, A_(vm, constructor), &x, &y) < 0) return -1;
    if (x != y) return 0;
    if (ka == CELL_SET && kb == CELL_SET) return set_equal_rjs(e, a, b, stack);
    if (ka == CELL_MAP && kb == CELL_MAP) return map_equal_rjs(e, a, b, stack);
    IterRecord p, q;
    if (!iter_get_rjs(vm, a, &p) || !iter_get_rjs(vm, b, &q)) return -1;
    for (;;) {
        int s = iter_step_rjs(vm, &p, &x), t = s < 0 ? -1 : iter_step_rjs(vm, &q, &y);
        if (s < 0 || t < 0) return -1;
        if (s != t) return 0;
        if (!s) break;
        int r = eq_rjs(e, x, y, stack);
        if (r <= 0) return r;
    }
    return compare_keys_rjs(e, a, b, stack);
}

// ---- errors

static int errors_equal_rjs(Eq *e, Value a, Value b, const Pair *stack) {
    VM *vm = e->vm;
    Value x, y;
    if (get2_rjs(vm, a, b, A_(vm, message), &x, &y) < 0) return -1;
    if (!same_value(vm, x, y)) return 0;
    if (!(e->flags & EQUAL_ERROR_PROPS)) {
        if (!(e->flags & EQUAL_STRICT)) return 1;
        if (get2_rjs(vm, a, b, A_(vm, constructor), &x, &y) < 0) return -1;
        return x == y;
    }
    if (get2_rjs(vm, a, b, A_(vm, name), &x, &y) < 0) return -1;
    if (!same_value(vm, x, y)) return 0;
    const struct { PropKey k; bool both; } rows[] = {{A_(vm, cause), e->flags & EQUAL_ERROR_CAUSE}, {A_(vm, errors), false}};
    for (u32 i = 0; i < 2; i++) {
        int in_b = has_own_rjs(vm, b, rows[i].k), in_a = in_b < 0 ? -1 : has_own_rjs(vm, a, rows[i].k);
        if (in_a < 0) return -1;
        if (!in_b && !(rows[i].both && in_a)) continue;
        if (get2_rjs(vm, a, b, rows[i].k, &x, &y) < 0) return -1;
        int r = eq_rjs(e, x, y, stack);
        if (r <= 0) return r;
    }
    if (e->flags & EQUAL_STRICT && object_get_proto_rjs(vm, a) != object_get_proto_rjs(vm, b)) return 0;
    return compare_keys_rjs(e, a, b, stack);
}

// ---- binary data

static int typed_equal(Eq *e, Value a, Value b) {
    TypedArrayObject *x = (TypedArrayObject *)v_ptr(a), *y = (TypedArrayObject *)v_ptr(b);
    u64 n = typed_length(x, NULL);
    if (x->type != y->type || n != typed_length(y, NULL)) return 0;
    for (u64 i = 0; i < n; i++) {
        Value p = typed_load(e->vm, x, i), q = typed_load(e->vm, y, i);
        if (p != q && !same_value(e->vm, p, q)) return 0;
    }
    return 1;
}
static int buffers_equal(Value a, Value b) {
    BufferObject *x = (BufferObject *)v_ptr(a), *y = (BufferObject *)v_ptr(b);
    return x->length == y->length && (x->length == 0 || simd->mismatch_bytes(x->data, y->data, x->length) == x->length);
}

// ---- subset (toMatchObject)

static bool subset_keys(Value v) { // isObjectWithKeys
    return v_is_object(v) && kind_of(v) != CELL_ARRAY && kind_of(v) != CELL_DATE && kind_of(v) != CELL_ERROR && kind_of(v) != CELL_SET && kind_of(v) != CELL_MAP && !v_is_callable(v);
}
static int subset_rjs(Eq *e, Value a, Value b, const Pair *stack) {
    VM *vm = e->vm;
    Array *keys = keys_rjs(vm, b);
    if (!keys) return -1;
    if (!v_is_object(a)) return 0;
    for (u32 i = 0; i < keys->length; i++) {
        PropKey k = key_of(vm, obj_elems(&keys->o)->v[i]);
        int has = object_has_rjs(vm, a, k);
        if (has <= 0) return has;
        Value x, y;
        if (get2_rjs(vm, a, b, k, &x, &y) < 0) return -1;
        int r = eq_rjs(e, x, y, stack);
        if (r <= 0) return r;
    }
    return 1;
}

// ---- the recursion

static int types_equal_rjs(Eq *e, Value a, Value b) { // typeEquality: same constructor
    Value x, y;
    if (get2_rjs(e->vm, a, b, A_(e->vm, constructor), &x, &y) < 0) return -1;
    return x == y || (kind_of(a) == CELL_ARRAY && kind_of(b) == CELL_ARRAY);
}

static int primitives_or_boxes(Eq *e, enum Class c, Value a, Value b) { // 2: not decided
    VM *vm = e->vm;
    switch (c) {
    case CLASS_BOOLEAN: case CLASS_NUMBER: case CLASS_STRING:
        return same_value(vm, ((PrimitiveObject *)v_ptr(a))->value, ((PrimitiveObject *)v_ptr(b))->value);
    case CLASS_DATE: {
        f64 x = v_num(((PrimitiveObject *)v_ptr(a))->value), y = v_num(((PrimitiveObject *)v_ptr(b))->value);
        return x == y || (e->flags & EQUAL_NAN_DATE && x != x && y != y);
    }
    case CLASS_REGEXP: {
        Value p, q;
        if (get2_rjs(vm, a, b, A_(vm, source), &p, &q) < 0) return -1;
        if (!same_value(vm, p, q)) return 0;
        if (get2_rjs(vm, a, b, A_(vm, flags), &p, &q) < 0) return -1;
        return same_value(vm, p, q);
    }
    default: return 2;
    }
}

static int objects_rjs(Eq *e, Value a, Value b, const Pair *stack) {
    VM *vm = e->vm;
    bool strict = e->flags & EQUAL_STRICT;
    for (const Pair *p = stack; p; p = p->up) { // circular structures match by position
        if (p->a == a) return p->b == b;
        if (p->b == b) return 0;
    }
    Pair here = {a, b, stack};
    if (kind_of(a) == CELL_OBJECT && kind_of(b) == CELL_OBJECT && !(e->flags & EQUAL_SUBSET) && v_object(a)->shape == v_object(b)->shape && plain_object(a))
        return same_shape_rjs(e, a, b, &here);
    if (v_is_array(a) && v_is_array(b)) {
        if ((strict || e->flags & (EQUAL_ARRAY_LENGTH | EQUAL_SUBSET)) && v_array(a)->length != v_array(b)->length) return 0;
        if (dense_array(a) && dense_array(b) && v_array(a)->length == v_array(b)->length) {
            if (strict && obj_proto(v_object(a)) != obj_proto(v_object(b))) {
                int t = types_equal_rjs(e, a, b);
                if (t <= 0) return t;
            }
            int r = dense_arrays_rjs(e, a, b, &here);
            if (r != 2) return r;
        }
    }
    if (kind_of(a) == CELL_ERROR && kind_of(b) == CELL_ERROR) return errors_equal_rjs(e, a, b, &here);
    enum Class ca, cb;
    Value ta, tb;
    if (class_rjs(vm, a, &ca, &ta) < 0 || class_rjs(vm, b, &cb, &tb) < 0) return -1;
    if (!(e->flags & EQUAL_SUBSET && subset_keys(b)) && (ca != cb || !same_value(vm, ta, tb))) return 0;
    if (ca == cb) {
        int boxed = primitives_or_boxes(e, ca, a, b);
        if (boxed != 2) return boxed;
    }
    if (v_is_callable(a) || v_is_callable(b)) return 0;
    if (equal_hooks.is_url && equal_hooks.is_url(a) && equal_hooks.is_url(b)) {
        Value x, y;
        if (get2_rjs(vm, a, b, key_c(vm, "href"), &x, &y) < 0) return -1;
        return same_value(vm, x, y);
    }
    int it = iterable_equal_rjs(e, a, b, &here);
    if (it != 2) return it;
    if (strict) {
        int t = types_equal_rjs(e, a, b);
        if (t <= 0) return t;
    }
    if (kind_of(a) == CELL_TYPEDARRAY && kind_of(b) == CELL_TYPEDARRAY) return typed_equal(e, a, b);
    if (kind_of(a) == CELL_ARRAYBUFFER && kind_of(b) == CELL_ARRAYBUFFER && (e->flags & (EQUAL_STRICT | EQUAL_BUFFER_BYTES))) return buffers_equal(a, b);
    if (e->flags & EQUAL_SUBSET && subset_keys(b)) return subset_rjs(e, a, b, &here);
    return compare_keys_rjs(e, a, b, &here);
}

static int eq_rjs(Eq *e, Value a, Value b, const Pair *stack) {
    VM *vm = e->vm;
    if (vm_stack_low(vm)) return -1;
    bool oa = v_is_object(a), ob = v_is_object(b);
    if (oa || ob) {
        int xa = oa ? asymmetric(e, a) : 0, xb = ob && xa >= 0 ? asymmetric(e, b) : 0;
        if (xa < 0 || xb < 0) return -1;
        if (xa && !xb) return equal_hooks.asymmetric_match(vm, a, b);
        if (xb && !xa) return equal_hooks.asymmetric_match(vm, b, a);
        if (equal_hooks.custom) {
            int r = equal_hooks.custom(vm, a, b);
            if (r != 2) return r;
        }
    }
    if (a == b && !v_is_double(a)) return 1;
    if (!oa || !ob) return same_value(vm, a, b);
    return objects_rjs(e, a, b, stack);
}

int deep_equal_rjs(VM *vm, Value a, Value b, u32 flags) {
    Eq e = {vm, flags};
    return eq_rjs(&e, a, b, NULL);
}
