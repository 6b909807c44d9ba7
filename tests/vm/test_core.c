// SPDX-License-Identifier: MIT
// Drives the heap, strings and objects from C, without the interpreter: levels and reset, the collector,
// ropes and atoms, shapes, elements.
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "tests/vm/test_simd.h"
#include "vm/builtins/builtins.h"
#include "vm/collection.h"
#include "vm/heap/state.h"
#include "vm/vm.h"

static int failures, checks;
#define CHECK(c) (checks++, (c) ? (void)0 : (void)(failures++, printf("%s:%d: %s\n", __FILE__, __LINE__, #c)))

static bool text_is(VM *vm, Value v, const char *want) {
    Buf b = {0};
    bool ok = v_is_string(v) && !strcmp(str_to_cstr(vm, v_string(v), &b), want);
    if (!ok) printf("  got \"%s\", want \"%s\"\n", v_is_string(v) ? (char *)b.data : "(no string)", want);
    buf_free(&b);
    return ok;
}

static void test_strings(VM *vm) {
    Value s = v_str(vm, "");
    for (int i = 0; i < 20000; i++)
        s = str_concat(vm, v_string(s), v_string(v_str(vm, i & 1 ? "ab" : "\xc3\xa9")));
    CHECK(v_string(s)->length == 30000);
    CHECK(str_chars(vm, v_string(s)).wide == false);
    Value left = v_str(vm, "x");
    for (int i = 0; i < 20000; i++) left = str_concat(vm, v_string(v_str(vm, "q")), v_string(left));
    CHECK(str_chars(vm, v_string(left)).len == 20001 && chars_at(str_chars(vm, v_string(left)), 20000) == 'x');
    Value grown = v_str(vm, "start of a text "), branch = V_UNDEFINED;
    for (int i = 0; i < 3000; i++) {
        grown = str_concat(vm, v_string(grown),
                           i == 2000 ? str_new_c(vm, "\xe2\x82\xac") : str_char(vm, (u16)('a' + i % 26)));
        if (i == 1000) branch = grown;
    }
    Value other = str_concat(vm, v_string(branch), str_new_c(vm, "XYZ")); // not at the tip any more
    Chars g = str_chars(vm, v_string(grown)), o = str_chars(vm, v_string(other));
    bool same = g.len == 3016 && o.len == 1020 && chars_at(g, 2016) == 0x20AC && chars_at(o, 1017) == 'X';
    for (int i = 0; i < 3000; i++) {
        if (i != 2000) same &= chars_at(g, (u32)i + 16) == 'a' + i % 26;
        if (i <= 1000) same &= chars_at(o, (u32)i + 16) == 'a' + i % 26;
    }
    CHECK(same);
    String *euro = str_new_c(vm, "price: 5\xe2\x82\xac in the shop around the corner, every day");
    CHECK(str_chars(vm, euro).wide);
    String *tail = str_slice(vm, euro, 9, euro->length);
    CHECK(!str_chars(vm, tail).wide);
    CHECK(text_is(vm, v_from_string(tail), " in the shop around the corner, every day"));
    CHECK(str_index_of(vm, euro, str_new_c(vm, "corner"), 0) == 33);
    CHECK(str_index_of(vm, euro, str_new_c(vm, "\xe2\x82\xac"), 0) == 8);
    CHECK(str_index_of(vm, euro, str_new_c(vm, "day!"), 0) == -1);
    CHECK(str_compare(vm, str_new_c(vm, "abc"), str_new_c(vm, "abd")) < 0);
    CHECK(str_equal(vm, tail, str_new_c(vm, " in the shop around the corner, every day")));
    CHECK(str_intern(vm, tail) == atom_c(vm, " in the shop around the corner, every day"));
    CHECK(key_is_index(key_c(vm, "4294967294")) && !key_is_index(key_c(vm, "4294967295")) && !key_is_index(key_c(vm, "01")));
    CHECK(key_c(vm, "length") == A_(vm, length));
    CHECK(text_is(vm, number_to_string(vm, 0.1, 10), "0.1") && text_is(vm, number_to_string(vm, -12345, 10), "-12345"));
    CHECK(text_is(vm, v_from_string(str_format(vm, "%d %s", 5, "x")), "5 x"));
}

static void test_objects(VM *vm) {
    Object *o = object_new(vm);
    PropKey a = key_c(vm, "a"), b = key_c(vm, "b"), c = key_c(vm, "c");
    Value ov = v_obj(o);
    CHECK(set_rjs(vm, ov, a, v_from_int(1), true) == 1 && set_rjs(vm, ov, b, v_from_int(2), true) == 1 && set_rjs(vm, ov, c, v_from_int(3), true) == 1);
    Object *p = object_new(vm);
    object_put(vm, p, a, V_TRUE, ATTR_WEC), object_put(vm, p, b, V_TRUE, ATTR_WEC),
        object_put(vm, p, c, V_TRUE, ATTR_WEC);
    CHECK(o->shape == p->shape);
    CHECK(object_delete_rjs(vm, ov, c) == 1 && o->shape == p->shape->parent);
    CHECK(object_delete_rjs(vm, ov, a) == 1 && get_rjs(vm, ov, a) == V_UNDEFINED && get_rjs(vm, ov, b) == v_from_int(2));
    for (int i = 0; i < 1000; i++) {
        char name[16];
        snprintf(name, sizeof name, "key%d", i);
        CHECK(set_rjs(vm, ov, key_c(vm, name), v_from_int(i), true) == 1);
        if (i % 3 == 0) CHECK(object_delete_rjs(vm, ov, key_c(vm, name)) == 1);
    }
    CHECK(get_rjs(vm, ov, key_c(vm, "key998")) == v_from_int(998) && get_rjs(vm, ov, key_c(vm, "key999")) == V_UNDEFINED);
    Array *keys = object_own_keys_rjs(vm, ov, KEYS_STRINGS);
    CHECK(keys->length == 1 + 666);
    Object *child = object_new_proto(vm, ov);
    CHECK(get_rjs(vm, v_obj(child), b) == v_from_int(2) && has_own_rjs(vm, v_obj(child), b) == 0);
    u32 epoch = vm->proto_epoch;
    CHECK(set_rjs(vm, ov, key_c(vm, "fresh"), V_NULL, true) == 1 && vm->proto_epoch != epoch);
    PropDesc ro = {v_from_int(9), V_HOLE, V_HOLE, 0, ATTR_WEC};
    CHECK(object_define_own_rjs(vm, ov, key_c(vm, "ro"), &ro) == 1);
    CHECK(object_set_rjs(vm, v_obj(child), key_c(vm, "ro"), V_NULL, v_obj(child)) == 0);
    CHECK(set_rjs(vm, v_obj(child), key_c(vm, "ro"), V_NULL, true) == -1);
    Value e = vm_take_exception(vm);
    CHECK(text_is(vm, get_rjs(vm, e, A_(vm, message)), "Cannot assign to read only property 'ro' of object '#<Object>'"));
    CHECK(set_integrity_rjs(vm, v_obj(p), true) == 1 && test_integrity_rjs(vm, v_obj(p), true) == 1);
    CHECK(object_set_rjs(vm, v_obj(p), a, V_NULL, v_obj(p)) == 0 && object_set_rjs(vm, v_obj(p), key_c(vm, "zz"), V_NULL, v_obj(p)) == 0);
    CHECK(v_is_exc(get_v_rjs(vm, V_UNDEFINED, key_c(vm, "x"))));
    CHECK(text_is(vm, get_rjs(vm, vm_take_exception(vm), A_(vm, message)), "Cannot read properties of undefined (reading 'x')"));
    CHECK(object_set_proto_rjs(vm, ov, v_obj(child)) == 0);
    Value f = get_rjs(vm, vm->realm->Object, key_c(vm, "keys"));
    CHECK(v_is_callable(f) && text_is(vm, get_rjs(vm, f, A_(vm, name)), "keys") && get_rjs(vm, f, A_(vm, length)) == v_from_int(1));
    CHECK(get_rjs(vm, vm->realm->ArrayPrototype, A_(vm, constructor)) == vm->realm->Array);
}

static void test_elements(VM *vm) {
    Array *a = array_new(vm, 0);
    Value av = v_from_array(a);
    for (int i = 0; i < 1000; i++) array_push(vm, a, v_from_int(i));
    CHECK(a->length == 1000 && get_rjs(vm, av, key_from_index(999)) == v_from_int(999) && array_is_fast(vm, av));
    CHECK(set_rjs(vm, av, key_from_index(5000000), V_TRUE, true) == 1 && a->length == 5000001 && (a->o.cell.flags & OBJ_SPARSE));
    CHECK(get_rjs(vm, av, key_from_index(500)) == v_from_int(500) && get_rjs(vm, av, key_from_index(4000)) == V_UNDEFINED);
    CHECK(set_rjs(vm, av, A_(vm, length), v_from_int(10), true) == 1);
    Array *keys = object_own_keys_rjs(vm, av, KEYS_ALL);
    CHECK(keys->length == 11);
    CHECK(object_delete_rjs(vm, av, key_from_index(3)) == 1 && get_rjs(vm, av, key_from_index(3)) == V_UNDEFINED && a->length == 10);
    CHECK(set_integrity_rjs(vm, av, true) == 1 && object_set_rjs(vm, av, key_from_index(0), V_NULL, av) == 0);
    CHECK(object_set_rjs(vm, av, A_(vm, length), v_from_int(0), av) == 0 && a->length == 10);
    Array *d = array_from(vm, (Value[]){V_TRUE, V_FALSE, V_NULL}, 3);
    CHECK(set_integrity_rjs(vm, v_from_array(d), false) == 1 && object_delete_rjs(vm, v_from_array(d), key_from_index(1)) == 0);
    CHECK(object_set_rjs(vm, v_from_array(d), key_from_index(1), v_from_int(7), v_from_array(d)) == 1);
    CHECK(get_rjs(vm, v_from_array(d), key_from_index(1)) == v_from_int(7));
    CHECK(set_rjs(vm, v_from_array(array_new(vm, 2)), A_(vm, length), v_from_raw_double(1.5), true) == -1);
    CHECK(text_is(vm, get_rjs(vm, vm_take_exception(vm), A_(vm, message)), "Invalid array length"));
    Value s = to_object(vm, v_str(vm, "h\xc3\xa9"));
    CHECK(text_is(vm, get_rjs(vm, s, key_from_index(1)), "\xc3\xa9") && get_rjs(vm, s, A_(vm, length)) == v_from_int(2));
}

static Value list_of(VM *vm, int n, const char *prefix) { // a linked structure with text to verify
    Value head = V_NULL;
    for (int i = 0; i < n; i++) {
        Object *o = object_new(vm);
        object_put(vm, o, key_c(vm, "next"), head, ATTR_WEC);
        object_put(vm, o, key_c(vm, "id"), v_from_int(i), ATTR_WEC);
        object_put(vm, o, key_c(vm, "text"),
                   str_concat(vm, str_new_c(vm, prefix), v_string(number_to_string(vm, i * 0.5, 10))),
                   ATTR_WEC);
        head = v_obj(o);
    }
    return head;
}

static bool list_ok(VM *vm, Value head, int n, const char *prefix) {
    for (int i = n - 1; i >= 0; i--) {
        char want[64];
        if (!v_is_object(head) || get_rjs(vm, head, key_c(vm, "id")) != v_from_int(i)) return false;
        snprintf(want, sizeof want, "%s%g", prefix, i * 0.5);
        if (!text_is(vm, get_rjs(vm, head, key_c(vm, "text")), want)) return false;
        head = get_rjs(vm, head, key_c(vm, "next"));
    }
    return head == V_NULL;
}

static void test_collect(VM *vm) {
    vm->roots[0] = list_of(vm, 500, "node number ");
    Object *map = object_new_proto(vm, V_NULL);
    vm->roots[1] = v_obj(map);
    for (int round = 0; round < 5; round++) {
        for (int i = 0; i < 20000; i++) {
            Object *o = object_new(vm);
            object_put(vm, o, A_(vm, value), v_str(vm, "garbage of some length"), ATTR_WEC);
            if (i % 1000 == 0) {
                char name[40];
                snprintf(name, sizeof name, "r%d_%d", round, i);
                object_put(vm, map, key_c(vm, name), v_obj(o), ATTR_WEC);
            }
        }
        size_t before = heap_used(vm);
        heap_collect(vm);
        heap_check(vm);
        CHECK(heap_used(vm) < before);
        CHECK(list_ok(vm, vm->roots[0], 500, "node number "));
    }
    CHECK(object_own_keys_rjs(vm, v_obj(map), KEYS_ALL)->length == 100);
    CHECK(text_is(vm, get_rjs(vm, get_rjs(vm, v_obj(map), key_c(vm, "r3_7000")), A_(vm, value)), "garbage of some length"));
    // large cells come and go in bounded space
    size_t high = 0;
    for (int i = 0; i < 40; i++) {
        ByteCell *big = bytes_new(vm, 4 << 20);
        big->data[0] = (u8)i;
        if (i % 8 == 7) {
            big = NULL;
            heap_collect(vm);
            if (i == 15) high = (size_t)(vm->heap.high - REGION_BASE);
        }
    }
    CHECK((size_t)(vm->heap.high - REGION_BASE) <= high + (64u << 20));
    vm->roots[0] = vm->roots[1] = V_UNDEFINED;
}

static void test_weak(VM *vm) {
    CollectionObject *w = v_ptr(collection_new(vm, CELL_WEAKMAP, vm->realm->WeakMapPrototype));
    vm->roots[0] = v_obj(w);
    vm->roots[1] = v_obj(object_new(vm));
    for (int i = 0; i < 300; i++) collection_put(vm, w, v_obj(object_new(vm)), v_obj(object_new(vm)));
    Object *value = object_new(vm); // the value refers to its own key: still weak
    collection_put(vm, w, vm->roots[1], v_obj(value));
    object_put(vm, value, A_(vm, value), vm->roots[1], ATTR_WEC);
    heap_collect(vm);
    HashTable *t = w->table;
    CHECK(t->live < 50);
    HashEntry *e = table_find(vm, t, vm->roots[1]);
    CHECK(e && v_is_object(e->value) && get_rjs(vm, e->value, A_(vm, value)) == vm->roots[1]);
    vm->roots[0] = vm->roots[1] = V_UNDEFINED;
}

static void test_levels(VM *vm) {
    vm->roots[0] = list_of(vm, 200, "old ");
    Value shared = v_obj(object_new(vm));
    vm->roots[1] = shared;
    heap_mark_level(vm);
    for (int round = 0; round < 50; round++) {
        Value young = list_of(vm, 100, "young ");
        CHECK(set_rjs(vm, shared, key_c(vm, "leak"), young, true) == 1);
        CHECK(set_rjs(vm, vm->realm->global, key_c(vm, "leaked"), young, true) == 1);
        vm->roots[2] = young;
        if (round == 20) heap_collect(vm);
        heap_mark_level(vm);
        CHECK(set_rjs(vm, shared, key_c(vm, "inner"), list_of(vm, 10, "inner "), true) == 1);
        CHECK(set_rjs(vm, vm->roots[0], key_c(vm, "id"), V_NULL, true) == 1);
        if (round % 2) {
            heap_pop_level(vm);
            CHECK(has_own_rjs(vm, shared, key_c(vm, "inner")) == 0);
            CHECK(list_ok(vm, vm->roots[0], 200, "old "));
        } else {
            heap_keep_level(vm);
            CHECK(list_ok(vm, get_rjs(vm, shared, key_c(vm, "inner")), 10, "inner "));
        }
        CHECK(list_ok(vm, get_rjs(vm, shared, key_c(vm, "leak")), 100, "young "));
        heap_reset(vm);
        CHECK(has_own_rjs(vm, shared, key_c(vm, "leak")) == 0 &&
              has_own_rjs(vm, vm->realm->global, key_c(vm, "leaked")) == 0);
        CHECK(vm->roots[2] == V_UNDEFINED && list_ok(vm, vm->roots[0], 200, "old "));
        heap_check(vm);
    }
    heap_pop_level(vm);
    vm->roots[0] = vm->roots[1] = V_UNDEFINED;
}

// ---- random operations against a model: an ordered list of properties for each object

typedef struct ModelProp { i32 key; u8 attrs; bool live; Value value; } ModelProp; // key < 0: index -key-1
typedef struct Model { ModelProp p[800]; u32 n; bool frozen; } Model;
#define MODEL_OBJECTS 12
#define MODEL_KEYS 60
static Model models[MODEL_OBJECTS], saved_models[MODEL_OBJECTS];

static u64 rnd_state = 88172645463325252ull;
static u32 rnd(u32 n) {
    rnd_state ^= rnd_state << 13, rnd_state ^= rnd_state >> 7, rnd_state ^= rnd_state << 17;
    return (u32)(rnd_state >> 20) % n;
}

static PropKey model_key(VM *vm, i32 key) {
    if (key < 0) {
        static const u32 far[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 40, 1000, 100000, 50000000, 4294967294u};
        return key_from_index(far[(-key - 1) % DX_COUNTOF(far)]);
    }
    char name[24];
    snprintf(name, sizeof name, "property%d", key);
    return key_c(vm, name);
}

static ModelProp *model_find(Model *m, i32 key) {
    for (u32 i = 0; i < m->n; i++)
        if (m->p[i].live && m->p[i].key == key) return &m->p[i];
    return NULL;
}

static void model_compact(Model *m) {
    u32 n = 0;
    for (u32 i = 0; i < m->n; i++)
        if (m->p[i].live) m->p[n++] = m->p[i];
    m->n = n;
}

static bool model_agrees(VM *vm, Value o, Model *m) {
    model_compact(m);
    Array *keys = object_own_keys_rjs(vm, o, KEYS_STRINGS);
    if (keys->length != m->n) return false;
    u32 at = 0;
    for (u32 i = 0; i < keys->length; i++) {
        PropKey k;
        PropDesc d;
        if (!to_property_key_rjs(vm, obj_elems(&keys->o)->v[i], &k)) return false;
        if (object_get_own_rjs(vm, o, k, &d) != 1) return false;
        ModelProp *p = NULL;
        if (key_is_index(k)) {
            for (u32 j = 0; j < m->n && !p; j++)
                if (m->p[j].key < 0 && model_key(vm, m->p[j].key) == k) p = &m->p[j];
        } else {
            while (at < m->n && m->p[at].key < 0) at++;
            p = at < m->n ? &m->p[at++] : NULL;
        }
        if (!p || model_key(vm, p->key) != k || p->value != d.value || p->attrs != d.attrs) return false;
    }
    return true;
}

static void model_step(VM *vm, Value o, Model *m) {
    i32 key = rnd(4) ? (i32)rnd(MODEL_KEYS) : -(i32)rnd(15) - 1;
    PropKey k = model_key(vm, key);
    ModelProp *p = model_find(m, key);
    Value v = v_from_int((i32)rnd(1000000));
    if (m->n > 700) model_compact(m);
    switch (rnd(10)) {
    default: { // assignment
        int want = p ? p->attrs & ATTR_W ? 1 : 0 : !m->frozen;
        CHECK(object_set_rjs(vm, o, k, v, o) == want);
        if (!want) break;
        if (p) p->value = v;
        else m->p[m->n++] = (ModelProp){key, ATTR_WEC, true, v};
        break;
    }
    case 6: case 7: { // delete
        int want = !p || (p->attrs & ATTR_C) ? 1 : 0;
        CHECK(object_delete_rjs(vm, o, k) == want);
        if (want && p) p->live = false;
        break;
    }
    case 8: { // define with attributes
        PropDesc d = {v, V_HOLE, V_HOLE, rnd(6) ? (u8)(rnd(8) | ATTR_C) : (u8)rnd(8), ATTR_WEC};
        int want = p ? p->attrs & ATTR_C : !m->frozen;
        if (p && !(p->attrs & ATTR_C)) break;
        CHECK(object_define_own_rjs(vm, o, k, &d) == !!want);
        if (!want) break;
        if (!p) p = &m->p[m->n++], *p = (ModelProp){key, 0, true, v};
        p->attrs = d.attrs;
        p->value = v;
        break;
    }
    case 9:
        if (rnd(200)) break;
        CHECK(set_integrity_rjs(vm, o, true) == 1);
        m->frozen = true;
        for (u32 i = 0; i < m->n; i++) m->p[i].attrs &= ATTR_E;
    }
}

static void test_model(VM *vm) {
    for (int i = 0; i < MODEL_OBJECTS; i++) {
        Object *o = object_new(vm);
        vm->roots[i] = v_obj(o);
        if (i % 3 == 0) (void)object_new_proto(vm, v_obj(o)); // as a prototype
    }
    for (int round = 0; round < 40; round++) {
        for (int step = 0; step < 500; step++) {
            u32 i = rnd(MODEL_OBJECTS);
            model_step(vm, vm->roots[i], &models[i]);
        }
        for (int i = 0; i < MODEL_OBJECTS; i++) CHECK(model_agrees(vm, vm->roots[i], &models[i]));
        if (round == 10 || round == 20) {
            memcpy(saved_models, models, sizeof models);
            heap_mark_level(vm);
        }
        if (round > 20 && round % 4 == 0) {
            heap_reset(vm);
            memcpy(models, saved_models, sizeof models);
            for (int i = 0; i < MODEL_OBJECTS; i++) CHECK(model_agrees(vm, vm->roots[i], &models[i]));
        }
        if (round % 7 == 0) heap_collect(vm);
        heap_check(vm);
    }
    heap_pop_level(vm);
    heap_pop_level(vm);
    for (int i = 0; i < MODEL_OBJECTS; i++) vm->roots[i] = V_UNDEFINED;
}

static f64 now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e9 + t.tv_nsec;
}

static void bench(VM *vm) {
    f64 t = now();
    int n = 3000000;
    PropKey k[4] = {key_c(vm, "alpha"), key_c(vm, "beta"), key_c(vm, "gamma"), key_c(vm, "delta")};
    Object *o = NULL;
    for (int i = 0; i < n; i++) {
        o = object_new(vm);
        for (int j = 0; j < 4; j++) object_add(vm, o, k[j], v_from_int(j), ATTR_WEC);
    }
    printf("new object + 4 adds %.1f ns\n", (now() - t) / n);
    t = now();
    u64 sum = 0;
    for (int i = 0; i < n; i++) sum += object_get_rjs(vm, v_obj(o), k[i & 3], v_obj(o));
    printf("object_get own %.1f ns (%llu)\n", (now() - t) / n, (unsigned long long)sum);
    t = now();
    Array *a = array_new(vm, 0);
    for (int i = 0; i < n; i++) array_push(vm, a, v_from_int(i));
    printf("array_push %.1f ns\n", (now() - t) / n);
    t = now();
    Value s = A_(vm, empty);
    String *x = str_new_c(vm, "xyz");
    for (int i = 0; i < n; i++) s = str_concat(vm, v_string(s), x);
    CHECK(str_chars(vm, v_string(s)).len == (u32)n * 3);
    printf("concat %.1f ns\n", (now() - t) / n);
    t = now();
    for (int i = 0; i < n; i++) sum += (u64)(uintptr_t)atom_c(vm, i & 1 ? "constructor" : "prototype");
    printf("intern hit %.1f ns (%llu)\n", (now() - t) / n, (unsigned long long)sum);
    heap_mark_level(vm);
    t = now();
    for (int i = 0; i < 1000; i++) {
        CHECK(set_rjs(vm, vm->realm->global, k[i & 3], v_obj(object_new(vm)), true) == 1);
        heap_reset(vm);
    }
    printf("reset after one global write %.0f ns\n", (now() - t) / 1000);
    heap_pop_level(vm);
}

int main(int argc, char **argv) {
    f64 t = now();
    VM *vm = vm_boot(NULL);
    f64 boot = (now() - t) / 1000;
    test_strings(vm);
    test_objects(vm);
    test_elements(vm);
    test_collect(vm);
    test_weak(vm);
    test_levels(vm);
    test_model(vm);
    heap_check(vm);
    test_simd();
    checks += (int)test_checks, failures += test_failures;
    if (argc > 1 && !strcmp(argv[1], "bench")) bench(vm);
    printf("core: %d checks, %d failures; boot %.0f us, image %u KB\n", checks, failures, boot,
           (u32)((realm_image_end ? realm_image_end - realm_image_start : 0) >> 10));
    vm_shutdown(vm);
    return failures != 0;
}
