// SPDX-License-Identifier: MIT
// WeakMap, WeakSet, WeakRef, FinalizationRegistry (ECMA-262 24.3, 24.4, 26.1, 26.2). Weakness itself is heap/collect.c's: tables flagged
// TABLE_WEAK are ephemerons, WEAKREF cells are cleared when only they reach their target.
#include "vm/builtins/builtins.h"
#include "vm/collection.h"
#include "vm/exec/jobs.h"

Value collection_construct(VM *vm, int argc, Value *argv, CellKind kind, u32 proto_field, const char *name, const char *adder_name, bool pairs);

static bool can_be_held_weakly(Value v) { // 9.14
    return v_is_object(v) || (v_is_symbol(v) && !(v_symbol(v)->cell.flags & SYM_REGISTERED));
}
static CollectionObject *this_weak(VM *vm, Value self, CellKind kind, const char *method) {
    if (v_is_kind(self, kind)) return (CollectionObject *)v_ptr(self);
    vm_throw(vm, ERR_INCOMPATIBLE, method, self);
    return NULL;
}

static Value weakmap_ctor(VM *vm, Value self, int argc, Value *argv) {
    return collection_construct(vm, argc, argv, CELL_WEAKMAP, REALM_WeakMapPrototype, "WeakMap", "set", true);
}
static Value weakset_ctor(VM *vm, Value self, int argc, Value *argv) {
    return collection_construct(vm, argc, argv, CELL_WEAKSET, REALM_WeakSetPrototype, "WeakSet", "add", false);
}
static Value weakmap_proto_get(VM *vm, Value self, int argc, Value *argv) {
    CollectionObject *c = this_weak(vm, self, CELL_WEAKMAP, "WeakMap.prototype.get");
    if (!c) return V_EXC;
    HashEntry *e = can_be_held_weakly(ARG(0)) ? table_find(vm, c->table, argv[0]) : NULL;
    return e ? e->value : V_UNDEFINED;
}
static Value weakmap_proto_get_or_insert(VM *vm, Value self, int argc, Value *argv) { // magic: 1 computed
    bool computed = native_magic(vm);
    CollectionObject *c = this_weak(vm, self, CELL_WEAKMAP, computed ? "WeakMap.prototype.getOrInsertComputed" : "WeakMap.prototype.getOrInsert");
    if (!c) return V_EXC;
    if (!can_be_held_weakly(ARG(0))) return vm_throw(vm, ERR_WEAKMAP_KEY, ARG(0));
    if (computed && !v_is_callable(ARG(1))) return vm_throw(vm, ERR_V_NOT_FUNCTION, ARG(1));
    HashEntry *e = table_find(vm, c->table, argv[0]);
    if (e) return e->value;
    Value v = computed ? CALL1(vm, argv[1], V_UNDEFINED, argv[0]) : ARG(1);
    if (!v_is_exc(v)) collection_put(vm, c, argv[0], v);
    return v;
}
static Value weakmap_proto_set(VM *vm, Value self, int argc, Value *argv) {
    CollectionObject *c = this_weak(vm, self, CELL_WEAKMAP, "WeakMap.prototype.set");
    if (!c) return V_EXC;
    if (!can_be_held_weakly(ARG(0))) return vm_throw(vm, ERR_WEAKMAP_KEY, ARG(0));
    collection_put(vm, c, argv[0], ARG(1));
    return self;
}
static Value weakset_proto_add(VM *vm, Value self, int argc, Value *argv) {
    CollectionObject *c = this_weak(vm, self, CELL_WEAKSET, "WeakSet.prototype.add");
    if (!c) return V_EXC;
    if (!can_be_held_weakly(ARG(0))) return vm_throw(vm, ERR_WEAKSET_VALUE, ARG(0));
    collection_put(vm, c, argv[0], V_UNDEFINED);
    return self;
}
static Value weak_proto_has(VM *vm, Value self, int argc, Value *argv) { // magic: 0 map, 1 set
    bool set = native_magic(vm);
    CollectionObject *c = this_weak(vm, self, set ? CELL_WEAKSET : CELL_WEAKMAP, set ? "WeakSet.prototype.has" : "WeakMap.prototype.has");
    if (!c) return V_EXC;
    return v_from_bool(can_be_held_weakly(ARG(0)) && table_find(vm, c->table, argv[0]));
}
static Value weak_proto_delete(VM *vm, Value self, int argc, Value *argv) {
    bool set = native_magic(vm);
    CollectionObject *c = this_weak(vm, self, set ? CELL_WEAKSET : CELL_WEAKMAP, set ? "WeakSet.prototype.delete" : "WeakMap.prototype.delete");
    if (!c) return V_EXC;
    return v_from_bool(can_be_held_weakly(ARG(0)) && collection_delete(vm, c, argv[0]));
}

// ---- WeakRef

static Value weakref_ctor(VM *vm, Value self, int argc, Value *argv) { // 26.1.1.1
    Value nt = native_new_target(vm);
    if (v_is_undefined(nt)) return vm_throw(vm, ERR_CTOR_NEEDS_NEW, "WeakRef");
    if (!can_be_held_weakly(ARG(0))) return vm_throw(vm, ERR_WEAKREF_TARGET, ARG(0));
    Value proto = proto_from_ctor_rjs(vm, nt, REALM_WeakRefPrototype);
    if (v_is_exc(proto)) return V_EXC;
    PrimitiveObject *o = (PrimitiveObject *)object_alloc(vm, CELL_WEAKREF, sizeof(PrimitiveObject), shape_root(vm, proto), 0);
    o->value = argv[0];
    return v_obj(o);
}
static Value weakref_proto_deref(VM *vm, Value self, int argc, Value *argv) {
    if (!v_is_kind(self, CELL_WEAKREF)) return vm_throw(vm, ERR_INCOMPATIBLE, "WeakRef.prototype.deref", self);
    return ((PrimitiveObject *)v_ptr(self))->value;
}

// ---- FinalizationRegistry: data[0] the callback, data[1] an array of registrations, three values each: WeakRef of the target, held value,
// WeakRef of the token or undefined. Registries with registrations are in the array vm->roots[ROOT_FINREGS]. Once a collection has cleared a
// target, finalization_poll (called where the job queue has run dry) queues its callback.

static Value finreg_ctor(VM *vm, Value self, int argc, Value *argv) { // 26.2.1.1
    Value nt = native_new_target(vm);
    if (v_is_undefined(nt)) return vm_throw(vm, ERR_CTOR_NEEDS_NEW, "FinalizationRegistry");
    if (!v_is_callable(ARG(0))) return vm_throw(vm, ERR_CUSTOM_TYPE, "FinalizationRegistry: cleanup must be callable");
    Value proto = proto_from_ctor_rjs(vm, nt, REALM_FinalizationRegistryPrototype);
    if (v_is_exc(proto)) return V_EXC;
    HostObject *o = (HostObject *)object_alloc(vm, CELL_FINREG, sizeof(HostObject), shape_root(vm, proto), 0);
    o->data[0] = argv[0];
    o->data[1] = o->data[2] = o->data[3] = V_UNDEFINED;
    o->data[1] = v_from_array(array_new(vm, 0));
    return v_obj(o);
}
static HostObject *this_finreg(VM *vm, Value self, const char *method) {
    if (v_is_kind(self, CELL_FINREG)) return (HostObject *)v_ptr(self);
    vm_throw(vm, ERR_INCOMPATIBLE, method, self);
    return NULL;
}
static Value weak_holder(VM *vm, Value v) {
    PrimitiveObject *o = (PrimitiveObject *)object_alloc(vm, CELL_WEAKREF, sizeof(PrimitiveObject), shape_root(vm, vm->realm->WeakRefPrototype), 0);
    o->value = v;
    return v_obj(o);
}
static Value weak_held(Value holder) { return v_is_object(holder) ? ((PrimitiveObject *)v_ptr(holder))->value : V_UNDEFINED; }

static void finreg_listen(VM *vm, HostObject *o) {
    if (o->data[2] == V_TRUE) return; // in the list already
    HEAP_STORE(vm, o->data[2], V_TRUE);
    if (!v_is_array(vm->roots[ROOT_FINREGS])) vm->roots[ROOT_FINREGS] = v_from_array(array_new(vm, 4));
    array_push(vm, v_array(vm->roots[ROOT_FINREGS]), v_obj(o));
}
static Value finreg_proto_register(VM *vm, Value self, int argc, Value *argv) { // 26.2.3.2
    HostObject *o = this_finreg(vm, self, "FinalizationRegistry.prototype.register");
    if (!o) return V_EXC;
    if (!can_be_held_weakly(ARG(0))) return vm_throw(vm, ERR_FINREG_TARGET, ARG(0));
    if (same_value(vm, argv[0], ARG(1))) return vm_throw(vm, ERR_CUSTOM_TYPE, "FinalizationRegistry.prototype.register: target and holdings must not be same");
    if (!can_be_held_weakly(ARG(2)) && !v_is_undefined(ARG(2))) return vm_throw(vm, ERR_FINREG_TOKEN, ARG(2));
    Value target = weak_holder(vm, argv[0]), token = v_is_undefined(ARG(2)) ? V_UNDEFINED : weak_holder(vm, argv[2]);
    Array *rows = v_array(o->data[1]);
    array_push(vm, rows, target);
    array_push(vm, rows, ARG(1));
    array_push(vm, rows, token);
    finreg_listen(vm, o);
    return V_UNDEFINED;
}
// Keeps the registrations that `keep` wants; the others are gone. Returns whether any was.
static bool finreg_filter(VM *vm, HostObject *o, bool (*keep)(VM *vm, Value *row, Value ctx), Value ctx) {
    Array *rows = v_array(o->data[1]), *rest = array_new(vm, rows->length);
    for (u32 i = 0; i < rows->length; i += 3) {
        Value *row = &obj_elems(&rows->o)->v[i];
        for (u32 k = 0; keep(vm, row, ctx) && k < 3; k++) array_push(vm, rest, row[k]);
    }
    bool any = rest->length != rows->length;
    if (any) HEAP_STORE(vm, o->data[1], v_from_array(rest));
    return any;
}
static bool keep_other_token(VM *vm, Value *row, Value token) { return v_is_undefined(row[2]) || weak_held(row[2]) != token; }
static Value finreg_proto_unregister(VM *vm, Value self, int argc, Value *argv) { // 26.2.3.3
    HostObject *o = this_finreg(vm, self, "FinalizationRegistry.prototype.unregister");
    if (!o) return V_EXC;
    if (!can_be_held_weakly(ARG(0))) return vm_throw(vm, ERR_FINREG_TOKEN, ARG(0));
    return v_from_bool(finreg_filter(vm, o, keep_other_token, argv[0]));
}
static bool keep_alive(VM *vm, Value *row, Value ctx) { return !v_is_undefined(weak_held(row[0])); }

// CleanupFinalizationRegistry (9.12) for every registry, a job for each callback.
bool finalization_poll(VM *vm) {
    u64 now = heap_collections(vm);
    Value list = vm->roots[ROOT_FINREGS];
    if (!v_is_array(list) || now == vm->finreg_seen) return false;
    bool any = false;
    vm->finreg_seen = now;
    for (u32 i = 0; i < v_array(list)->length; i++) {
        HostObject *o = v_ptr(obj_elems(v_object(list))->v[i]);
        Array *rows = v_array(o->data[1]);
        for (u32 k = 0; k < rows->length; k += 3) {
            Value *row = &obj_elems(&rows->o)->v[k];
            if (v_is_undefined(weak_held(row[0]))) job_enqueue(vm, JOB_FINALIZATION, 2, (Value[]){o->data[0], row[1]});
        }
        any |= finreg_filter(vm, o, keep_alive, V_UNDEFINED);
    }
    return any;
}
Value job_finalization(VM *vm, Value *data) { return CALL1(vm, data[0], V_UNDEFINED, data[1]); }

const NativeRow weakmap_rows[] = {CTOR("WeakMap", 0, weakmap_ctor), ROWS_END};
const NativeRow weakmap_proto_rows[] = {
    FN_MAGIC("delete", 1, weak_proto_delete, 0), FN("get", 1, weakmap_proto_get), FN("set", 2, weakmap_proto_set),
    FN_MAGIC("getOrInsert", 2, weakmap_proto_get_or_insert, 0), FN_MAGIC("getOrInsertComputed", 2, weakmap_proto_get_or_insert, 1),
    FN_MAGIC("has", 1, weak_proto_has, 0), VALUE_STR("@@toStringTag", "WeakMap", ATTR_C), ROWS_END,
};
const NativeRow weakset_rows[] = {CTOR("WeakSet", 0, weakset_ctor), ROWS_END};
const NativeRow weakset_proto_rows[] = {
    FN_MAGIC("delete", 1, weak_proto_delete, 1), FN_MAGIC("has", 1, weak_proto_has, 1), FN("add", 1, weakset_proto_add),
    VALUE_STR("@@toStringTag", "WeakSet", ATTR_C), ROWS_END,
};
const NativeRow weakref_rows[] = {CTOR("WeakRef", 1, weakref_ctor), ROWS_END};
const NativeRow weakref_proto_rows[] = {FN("deref", 0, weakref_proto_deref), VALUE_STR("@@toStringTag", "WeakRef", ATTR_C), ROWS_END};
const NativeRow finreg_rows[] = {CTOR("FinalizationRegistry", 1, finreg_ctor), ROWS_END};
const NativeRow finreg_proto_rows[] = {
    FN("register", 2, finreg_proto_register), FN("unregister", 1, finreg_proto_unregister),
    VALUE_STR("@@toStringTag", "FinalizationRegistry", ATTR_C), ROWS_END,
};

void builtin_weak_install(VM *vm) {
    Realm *r = vm->realm;
    r->WeakMapPrototype = v_obj(object_new_proto(vm, r->ObjectPrototype));
    r->WeakMap = builtin_class(vm, TABLE_weakmap_rows, TABLE_weakmap_proto_rows, r->WeakMapPrototype, r->FunctionPrototype);
    r->WeakSetPrototype = v_obj(object_new_proto(vm, r->ObjectPrototype));
    r->WeakSet = builtin_class(vm, TABLE_weakset_rows, TABLE_weakset_proto_rows, r->WeakSetPrototype, r->FunctionPrototype);
    r->WeakRefPrototype = v_obj(object_new_proto(vm, r->ObjectPrototype));
    builtin_class(vm, TABLE_weakref_rows, TABLE_weakref_proto_rows, r->WeakRefPrototype, r->FunctionPrototype);
    r->FinalizationRegistryPrototype = v_obj(object_new_proto(vm, r->ObjectPrototype));
    builtin_class(vm, TABLE_finreg_rows, TABLE_finreg_proto_rows, r->FinalizationRegistryPrototype, r->FunctionPrototype);
}
