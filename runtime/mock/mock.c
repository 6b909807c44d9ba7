// SPDX-License-Identifier: MIT
// Mock functions and spies. A mock is a native constructor closure; its slots are MockSlot below. Its `mock` state is an ordinary object
// (calls, contexts, instances, invocationCallOrder, results, lastCall) that mockClear replaces, so references taken before stay as they were.
#include "runtime/mock/modules.h"
#include "runtime/mock/mock.h"

#include "runtime/expect/match.h"
#include "vm/cells.h"

enum MockSlot {
    SLOT_IMPL,      // current implementation or undefined
    SLOT_ONCE,      // array of implementations for the next calls
    SLOT_STATE,     // the `mock` object
    SLOT_NAME,      // string or undefined
    SLOT_RESTORE,   // spies: [object, key, descriptor object or undefined]; else undefined
    SLOT_ORIGINAL,  // implementation given at creation / the spied function
    SLOT_WHEN,      // whenCalledWith: array of [matchers, mock] arrays, or undefined
    MOCK_SLOTS
};
enum { ROW_MOCK, ROW_VALUE, ROW_RESOLVED, ROW_REJECTED, ROW_THIS, ROW_THROW }; // rows of mock_call_rows
// realm->host[6]: prototype of mock functions. vm->roots[ROOT_MOCK]: array of every mock of the file; [ROOT_MOCK+...] call counter below.
static u64 call_order;

static NativeFunction *mock_of(Value v) {
    if (!v_is_kind(v, CELL_NATIVE)) return NULL;
    NativeFunction *f = (NativeFunction *)v_ptr(v);
    return f->id == RUNTIME_ID(mock_call_rows, ROW_MOCK) && f->nslots == MOCK_SLOTS ? f : NULL;
}
bool mock_is(VM *vm, Value v) { return mock_of(v) != NULL; }

static void slot_set(VM *vm, NativeFunction *f, u32 i, Value v) { heap_set(vm, &f->slots[i], v); }

// ---- state

static Value state_new(VM *vm) {
    static const char *const lists[] = {"calls", "contexts", "instances", "invocationCallOrder", "results", "settledResults"};
    Object *o = object_new(vm);
    u32 n = DX_COUNTOF(lists) - (runtime_dialect() != DIALECT_VITEST);
    for (u32 i = 0; i < n; i++) object_put(vm, o, key_c(vm, lists[i]), v_from_array(array_new(vm, 0)), ATTR_WEC);
    if (runtime_dialect() != DIALECT_JEST) object_put(vm, o, key_c(vm, "lastCall"), V_UNDEFINED, ATTR_WEC);
    return v_obj(o);
}
static Array *state_list(VM *vm, NativeFunction *f, const char *name) {
    Value v = object_own_data(vm, v_object(f->slots[SLOT_STATE]), key_c(vm, name));
    return v_is_array(v) ? v_array(v) : array_new(vm, 0);
}
Array *mock_calls(VM *vm, Value f) { return state_list(vm, mock_of(f), "calls"); }
Array *mock_results(VM *vm, Value f) { return state_list(vm, mock_of(f), "results"); }
Array *mock_settled(VM *vm, Value f) { return state_list(vm, mock_of(f), "settledResults"); }
Array *mock_call_order(VM *vm, Value f) { return state_list(vm, mock_of(f), "invocationCallOrder"); }
String *mock_name(VM *vm, Value f) {
    Value n = mock_of(f)->slots[SLOT_NAME];
    return v_is_string(n) ? v_string(n) : NULL;
}
bool mock_text_rjs(VM *vm, Value f, MockText *out) {
    *out = (MockText){mock_name(vm, f), mock_calls(vm, f), mock_results(vm, f)};
    return true;
}

// ---- creation and calls

Value mock_new(VM *vm, Value impl) { // impl: function or undefined
    NativeFunction *f = native_new(vm, RUNTIME_ID(mock_call_rows, ROW_MOCK), MOCK_SLOTS);
    f->slots[SLOT_IMPL] = f->slots[SLOT_ORIGINAL] = impl;
    f->slots[SLOT_ONCE] = v_from_array(array_new(vm, 0));
    f->slots[SLOT_NAME] = f->slots[SLOT_RESTORE] = V_UNDEFINED;
    f->slots[SLOT_STATE] = state_new(vm);
    f->slots[SLOT_WHEN] = V_UNDEFINED;
    if (object_set_proto_rjs(vm, v_obj(f), vm->realm->host[6]) < 0) return V_EXC;
    Value length = v_is_callable(impl) ? get_rjs(vm, impl, A_(vm, length)) : V_UNDEFINED;
    if (v_is_exc(length)) return V_EXC;
    if (v_is_number(length) && v_num(length) != 0) object_put(vm, OBJ(f), A_(vm, length), length, ATTR_C);
    Object *proto = object_new(vm);
    object_put(vm, proto, A_(vm, constructor), v_obj(f), ATTR_WC);
    object_put(vm, OBJ(f), A_(vm, prototype), v_obj(proto), ATTR_W);
    if (!v_is_array(vm->roots[ROOT_MOCK])) vm->roots[ROOT_MOCK] = v_from_array(array_new(vm, 8));
    array_push(vm, v_array(vm->roots[ROOT_MOCK]), v_obj(f));
    return v_obj(f);
}

static Value result_object(VM *vm, const char *type, Value v) {
    Object *o = object_new(vm);
    object_put(vm, o, A_(vm, type), v_str(vm, type), ATTR_WEC);
    object_put(vm, o, A_(vm, value), v, ATTR_WEC);
    return v_obj(o);
}

// Of the branches whose matchers fit: the first with something queued, else the last with an implementation, else none.
static Value when_branch_rjs(VM *vm, NativeFunction *f, Value args) {
    Array *all = v_array(f->slots[SLOT_WHEN]);
    Value last = V_UNDEFINED;
    for (u32 i = 0; i < all->length; i++) {
        Value *branch = obj_elems(v_object(obj_elems(&all->o)->v[i]))->v;
        int fits = equals_rjs(vm, args, branch[0]);
        if (fits < 0) return V_EXC;
        NativeFunction *sub = mock_of(branch[1]);
        if (!fits || !sub) continue;
        if (v_array(sub->slots[SLOT_ONCE])->length) return branch[1];
        if (!v_is_undefined(sub->slots[SLOT_IMPL])) last = branch[1];
    }
    return last;
}
static Value next_implementation_rjs(VM *vm, NativeFunction *f, Value args) {
    Array *once = v_array(f->slots[SLOT_ONCE]);
    if (!once->length && v_is_array(f->slots[SLOT_WHEN])) {
        Value branch = when_branch_rjs(vm, f, args);
        if (!v_is_undefined(branch)) return branch;
    }
    if (!once->length) return v_is_undefined(f->slots[SLOT_IMPL]) && runtime_dialect() == DIALECT_VITEST && v_is_array(f->slots[SLOT_RESTORE]) ? f->slots[SLOT_ORIGINAL] : f->slots[SLOT_IMPL];
    Elements *e = obj_elems(&once->o);
    Value v = e->v[0];
    heap_touch(vm, e, sizeof *e + e->len * 8);
    memmove(e->v, e->v + 1, (e->len - 1) * 8);
    e->len--;
    HEAP_STORE(vm, once->length, once->length - 1);
    return v;
}

// Vitest's settledResults: the record of a call becomes what the returned promise becomes. Slots: [record].
static void settled_set(VM *vm, Value record, Value type, Value v) {
    object_put(vm, v_object(record), A_(vm, type), type, ATTR_WEC);
    object_put(vm, v_object(record), A_(vm, value), v, ATTR_WEC);
}
static Value settled_ok(VM *vm, Value self, int argc, Value *argv) { return settled_set(vm, native_slots(vm)[0], A_(vm, fulfilled), ARG(0)), V_UNDEFINED; }
static Value settled_err(VM *vm, Value self, int argc, Value *argv) { return settled_set(vm, native_slots(vm)[0], A_(vm, rejected), ARG(0)), V_UNDEFINED; }
static void settled_record(VM *vm, NativeFunction *f, Value r, Value thrown) {
    Value record = result_object(vm, "incomplete", V_UNDEFINED);
    array_push(vm, state_list(vm, f, "settledResults"), record);
    if (thrown != V_HOLE) settled_set(vm, record, A_(vm, rejected), thrown);
    else if (!v_is_kind(r, CELL_PROMISE)) settled_set(vm, record, A_(vm, fulfilled), r);
    else {
        NativeFunction *ok = native_new(vm, RUNTIME_ID(mock_restore_rows, 1), 1), *err = native_new(vm, RUNTIME_ID(mock_restore_rows, 2), 1);
        ok->slots[0] = err->slots[0] = record;
        promise_then_native(vm, r, v_obj(ok), v_obj(err));
    }
}

// What `new` on the mock makes of an implementation: Vitest constructs it whatever it is; Jest calls it on a new object, classes apart.
static bool builds(Value impl) {
    if (runtime_dialect() == DIALECT_VITEST) return v_is_callable(impl);
    return v_is_constructor(impl) && v_is_kind(impl, CELL_FUNCTION) && ((Function *)v_ptr(impl))->code->flags & FUNC_CLASS_CTOR;
}
static bool inherit_prototype_rjs(VM *vm, Value mock, Value impl) { // instances of the mock have the methods of the class behind it
    Value own = object_own_data(vm, v_object(mock), A_(vm, prototype)), proto = V_UNDEFINED;
    if (runtime_dialect() == DIALECT_VITEST && v_is_constructor(impl) && v_is_kind(impl, CELL_FUNCTION)) proto = get_rjs(vm, impl, A_(vm, prototype));
    if (v_is_exc(proto)) return false;
    return !v_is_object(proto) || !v_is_object(own) || object_get_proto_rjs(vm, own) == proto || object_set_proto_rjs(vm, own, proto) >= 0;
}

static Value mock_call(VM *vm, Value self, int argc, Value *argv) {
    Value callee = native_callee(vm), nt = native_new_target(vm);
    NativeFunction *f = mock_of(callee);
    bool construct = !v_is_undefined(nt);
    Value args = array_create_from_list(vm, argv, (u32)argc);
    Value impl = next_implementation_rjs(vm, f, args), instance = self;
    if (v_is_exc(impl)) return V_EXC;
    bool build = construct && builds(impl);
    if (build && !inherit_prototype_rjs(vm, callee, impl)) return V_EXC;
    if (construct && !build) {
        Value proto = proto_from_ctor_rjs(vm, nt, REALM_ObjectPrototype);
        if (v_is_exc(proto)) return V_EXC;
        instance = v_obj(object_new_proto(vm, proto));
    }
    u32 at = state_list(vm, f, "calls")->length;
    Object *state = v_object(f->slots[SLOT_STATE]);
    array_push(vm, state_list(vm, f, "calls"), args);
    array_push(vm, state_list(vm, f, "contexts"), instance);
    array_push(vm, state_list(vm, f, "instances"), instance);
    array_push(vm, state_list(vm, f, "invocationCallOrder"), v_from_num((f64)++call_order));
    Array *results = state_list(vm, f, "results");
    array_push(vm, results, result_object(vm, "incomplete", V_UNDEFINED));
    object_put(vm, state, key_c(vm, "lastCall"), args, ATTR_WEC);
    Value r = V_UNDEFINED;
    Value target = nt == callee && runtime_dialect() != DIALECT_VITEST ? impl : nt;
    if (v_is_callable(impl)) r = build ? vm_construct(vm, impl, argc, argv, target) : vm_call(vm, impl, instance, argc, argv);
    Value thrown = v_is_exc(r) ? vm_take_exception(vm) : V_HOLE;
    Value record = thrown != V_HOLE ? result_object(vm, "throw", thrown) : result_object(vm, "return", r);
    if (at < results->length && obj_elems(&results->o) && at < obj_elems(&results->o)->len) heap_set(vm, &obj_elems(&results->o)->v[at], record);
    if (runtime_dialect() == DIALECT_VITEST) settled_record(vm, f, r, thrown);
    if (thrown != V_HOLE) return vm_throw_value(vm, thrown);
    if (build) {
        Array *const lists[] = {state_list(vm, f, "instances"), state_list(vm, f, "contexts")};
        for (u32 i = 0; i < 2; i++)
            if (at < lists[i]->length) heap_set(vm, &obj_elems(&lists[i]->o)->v[at], r);
        return r;
    }
    return construct ? (v_is_object(r) ? r : instance) : r;
}

// Canned implementations: slot 0 the value.
static Value canned_value(VM *vm, Value self, int argc, Value *argv) { return native_slots(vm)[0]; }
static Value canned_resolved(VM *vm, Value self, int argc, Value *argv) { return promise_resolve_value_rjs(vm, vm->realm->Promise, native_slots(vm)[0]); }
static Value canned_rejected(VM *vm, Value self, int argc, Value *argv) {
    Value v = native_slots(vm)[0], p = promise_new(vm);
    promise_reject(vm, p, v);
    return p;
}
static Value canned_this(VM *vm, Value self, int argc, Value *argv) { return self; }
static Value canned_throw(VM *vm, Value self, int argc, Value *argv) { return vm_throw_value(vm, native_slots(vm)[0]); }

static Value canned_new(VM *vm, u32 row, Value v) {
    NativeFunction *f = native_new(vm, RUNTIME_ID(mock_call_rows, row), 1);
    f->slots[0] = v;
    return v_obj(f);
}

// ---- methods

#define THIS_MOCK \
    NativeFunction *f = mock_of(self); \
    if (!f) return vm_throw(vm, ERR_CUSTOM_TYPE, "this method must be called on a mock function")

// magic: row of the canned implementation (0xFF: the argument itself is the implementation) << 1 | once
static Value mock_proto_set(VM *vm, Value self, int argc, Value *argv) {
    u32 magic = native_magic(vm), row = magic >> 1;
    THIS_MOCK;
    Value impl = row == 0xFF ? ARG(0) : canned_new(vm, row, ARG(0));
    if (magic & 1) array_push(vm, v_array(f->slots[SLOT_ONCE]), impl);
    else slot_set(vm, f, SLOT_IMPL, impl);
    return self;
}
static void implementation_set(VM *vm, Value mock, Value impl, Value once) {
    slot_set(vm, mock_of(mock), SLOT_IMPL, impl);
    slot_set(vm, mock_of(mock), SLOT_ONCE, once);
}
static Value mock_proto_with(VM *vm, Value self, int argc, Value *argv) { // withImplementation(fn, callback)
    THIS_MOCK;
    Value impl = f->slots[SLOT_IMPL], once = f->slots[SLOT_ONCE];
    implementation_set(vm, self, ARG(0), v_from_array(array_new(vm, 0)));
    Value r = CALL0(vm, ARG(1), V_UNDEFINED);
    if (v_is_kind(r, CELL_PROMISE)) { // goes back when the promise settles
        Value back = closure(vm, RUNTIME_ID(mock_restore_rows, 0), 3, self, impl, once);
        return CALL2(vm, vm->realm->PromiseThen, r, back, back);
    }
    implementation_set(vm, self, impl, once);
    return v_is_exc(r) ? V_EXC : runtime_dialect() == DIALECT_VITEST ? self : V_UNDEFINED;
}
static Value put_back(VM *vm, Value self, int argc, Value *argv) { // slots [mock, implementation, queue]
    Value *s = native_slots(vm);
    implementation_set(vm, s[0], s[1], s[2]);
    return runtime_dialect() == DIALECT_VITEST ? s[0] : V_UNDEFINED;
}

static void mock_clear(VM *vm, NativeFunction *f) {
    Value fresh = state_new(vm);
    if (runtime_dialect() != DIALECT_VITEST) return slot_set(vm, f, SLOT_STATE, fresh);
    Array *keys = object_own_keys_rjs(vm, fresh, KEYS_STRINGS); // there the object stays
    for (u32 i = 0; keys && i < keys->length; i++) {
        PropKey k = key_from_string(vm, v_string(obj_elems(&keys->o)->v[i]));
        object_put(vm, v_object(f->slots[SLOT_STATE]), k, object_own_data(vm, v_object(fresh), k), ATTR_WEC);
    }
}
static void mock_reset(VM *vm, NativeFunction *f) {
    enum DxDialect d = runtime_dialect();
    Value when = f->slots[SLOT_WHEN];
    bool spy = v_is_array(f->slots[SLOT_RESTORE]);
    mock_clear(vm, f);
    slot_set(vm, f, SLOT_ONCE, v_from_array(array_new(vm, 0)));
    slot_set(vm, f, SLOT_IMPL, d == DIALECT_VITEST && !spy ? f->slots[SLOT_ORIGINAL] : V_UNDEFINED);
    if (d != DIALECT_BUN) slot_set(vm, f, SLOT_NAME, spy && d == DIALECT_VITEST ? obj_elems(v_object(f->slots[SLOT_RESTORE]))->v[1] : V_UNDEFINED);
    slot_set(vm, f, SLOT_WHEN, V_UNDEFINED);
    for (u32 i = 0; v_is_array(when) && i < v_array(when)->length; i++) mock_reset(vm, mock_of(obj_elems(v_object(obj_elems(v_object(when))->v[i]))->v[1]));
}
// An export of a module, seen through its namespace: the binding itself changes, as it does where imports are compiled to property reads.
static bool namespace_set(VM *vm, Value obj, PropKey k, Value v) {
    Value *slot = v_is_kind(obj, CELL_NAMESPACE) ? namespace_slot((NamespaceObject *)v_ptr(obj), k) : NULL;
    if (slot) heap_set(vm, slot, v);
    return slot != NULL;
}
// Puts back what a spy replaced. Its record is cleared by mockRestore, and in Bun by restoreAllMocks too.
static bool mock_restore_rjs(VM *vm, NativeFunction *f, bool all) {
    enum DxDialect d = runtime_dialect();
    Value restore = f->slots[SLOT_RESTORE];
    if (!all) mock_reset(vm, f);
    else if (d == DIALECT_BUN) mock_clear(vm, f);
    if (!v_is_array(restore)) return true;
    Value *r = obj_elems(v_object(restore))->v, obj = r[0], desc = r[2];
    PropKey k;
    if (!to_property_key_rjs(vm, r[1], &k)) return false;
    slot_set(vm, f, SLOT_RESTORE, V_UNDEFINED);
    if (d == DIALECT_VITEST) slot_set(vm, f, SLOT_IMPL, f->slots[SLOT_ORIGINAL]); // the spy itself calls through from now on
    if (namespace_set(vm, obj, k, f->slots[SLOT_ORIGINAL])) return true;
    if (v_is_undefined(desc)) return delete_or_throw_rjs(vm, obj, k) >= 0;
    PropDesc now;
    return !v_is_exc(to_property_descriptor_rjs(vm, desc, &now)) && define_property_or_throw_rjs(vm, obj, k, &now) >= 0;
}
static Value mock_proto_when(VM *vm, Value self, int argc, Value *argv) { // whenCalledWith(...matchers)
    THIS_MOCK;
    Value sub = mock_new(vm, V_UNDEFINED);
    if (v_is_exc(sub)) return V_EXC;
    if (!v_is_array(f->slots[SLOT_WHEN])) slot_set(vm, f, SLOT_WHEN, v_from_array(array_new(vm, 2)));
    Value branch = array_create_from_list(vm, (Value[]){array_create_from_list(vm, argv, (u32)argc), sub}, 2);
    array_push(vm, v_array(f->slots[SLOT_WHEN]), branch);
    return sub;
}
static Value mock_proto_clear(VM *vm, Value self, int argc, Value *argv) { // mockClear (0), mockReset (1), mockRestore (2)
    u32 how = native_magic(vm);
    THIS_MOCK;
    if (how == 0) mock_clear(vm, f);
    if (how == 1) mock_reset(vm, f);
    if (how == 2 && !mock_restore_rjs(vm, f, false)) return V_EXC;
    return how == 2 ? V_UNDEFINED : self;
}
static Value mock_proto_get_state(VM *vm, Value self, int argc, Value *argv) {
    NativeFunction *f = mock_of(self);
    return f ? f->slots[SLOT_STATE] : V_UNDEFINED;
}
static Value mock_proto_name(VM *vm, Value self, int argc, Value *argv) { // mockName (1), getMockName (0)
    bool set = native_magic(vm);
    THIS_MOCK;
    if (!set) return v_is_string(f->slots[SLOT_NAME]) ? f->slots[SLOT_NAME] : v_str(vm, runtime_dialect() == DIALECT_VITEST ? "vi.fn()" : "jest.fn()");
    slot_set(vm, f, SLOT_NAME, ARG(0));
    return self;
}
static Value mock_proto_implementation(VM *vm, Value self, int argc, Value *argv) {
    THIS_MOCK;
    Array *once = v_array(f->slots[SLOT_ONCE]);
    return once->length && runtime_dialect() != DIALECT_JEST ? obj_elems(&once->o)->v[0] : f->slots[SLOT_IMPL];
}

// ---- fn, spyOn, bulk operations

static Value api_fn(VM *vm, Value self, int argc, Value *argv) {
    if (argc > 0 && !v_is_undefined(argv[0]) && !v_is_callable(argv[0])) return vm_throw(vm, ERR_V_NOT_FUNCTION, argv[0]);
    if (runtime_dialect() == DIALECT_VITEST && mock_of(ARG(0))) return argv[0];
    return mock_new(vm, ARG(0));
}

enum SpyFault { SPY_MISSING, SPY_NO_FUNCTION, SPY_NO_ACCESS, SPY_FIXED, SPY_FAULTS };
static Value throw_spy(VM *vm, enum SpyFault fault, Value key, Value found, const char *access) {
    bool vitest = runtime_dialect() == DIALECT_VITEST;
    Buf b = {0};
    if (!utf8_arg_rjs(vm, v_is_symbol(key) ? symbol_descriptive_string(vm, v_symbol(key)) : key, &b)) return V_EXC;
    const char *k = buf_cstr(&b), *type = type_name(vm, found);
    String *s;
    switch (fault) {
    case SPY_MISSING: s = vitest ? str_format(vm, "The property \"%s\" is not defined on the object.", k) : str_format(vm, "Property `%s` does not exist in the provided object", k); break;
    case SPY_NO_FUNCTION:
        if (vitest) s = str_format(vm, "vi.spyOn() can only spy on a function. Received %s.", v_is_null(found) ? "object" : type);
        else if (v_is_object(found)) s = str_format(vm, "Cannot spy on the `%s` property because it is not a function; %s given instead.", k, type);
        else s = str_format(vm, "Cannot spy on the `%s` property because it is not a function; %s given instead. If you are trying to mock a property, use `jest.replaceProperty(object, '%s', value)` instead.", k, type, k);
        break;
    case SPY_NO_ACCESS: s = str_format(vm, "Property `%s` does not have access type %s", k, access); break;
    default: s = str_format(vm, "Property `%s` is not declared configurable", k);
    }
    buf_free(&b);
    u32 proto = fault == SPY_NO_FUNCTION && !vitest ? REALM_TypeErrorPrototype : REALM_ErrorPrototype;
    return vm_throw_value(vm, error_new(vm, proto, v_from_string(s)));
}

// Vitest: a spied function keeps what else it carries (static members).
static bool copy_statics_rjs(VM *vm, Value mock, Value original) {
    if (runtime_dialect() != DIALECT_VITEST || !v_is_callable(original)) return true;
    Array *keys = object_own_keys_rjs(vm, original, KEYS_ALL);
    for (u32 i = 0; keys && i < keys->length; i++) {
        PropKey k;
        PropDesc d;
        if (!to_property_key_rjs(vm, obj_elems(&keys->o)->v[i], &k)) return false;
        int has = object_has_rjs(vm, mock, k);
        if (has == 0) has = object_get_own_rjs(vm, original, k, &d) > 0 ? define_property_or_throw_rjs(vm, mock, k, &d) : 0;
        if (has < 0) return false;
    }
    return keys != NULL;
}
static Value spy_install_rjs(VM *vm, Value obj, PropKey k, Value key, const char *access, PropDesc *d, bool own) {
    Value original = access ? (access[0] == 'g' ? d->get : d->set) : d->value;
    Value m = mock_new(vm, v_is_callable(original) ? original : V_UNDEFINED);
    if (v_is_exc(m) || !copy_statics_rjs(vm, m, original)) return V_EXC;
    NativeFunction *f = mock_of(m);
    Value desc = own ? from_property_descriptor(vm, d) : V_UNDEFINED;
    f->slots[SLOT_RESTORE] = array_create_from_list(vm, (Value[]){obj, key, desc}, 3);
    if (runtime_dialect() == DIALECT_VITEST) f->slots[SLOT_NAME] = key, f->slots[SLOT_IMPL] = V_UNDEFINED;
    PropDesc n = *d;
    if (access) {
        if (access[0] == 'g') n.get = m;
        else n.set = m;
    } else {
        n.value = m;
        n.get = n.set = V_HOLE;
    }
    if (!own) n.attrs = n.has = ATTR_WEC;
    if (access) n.has &= (u8)~ATTR_W;
    if (namespace_set(vm, obj, k, m)) return m;
    return define_property_or_throw_rjs(vm, obj, k, &n) < 0 ? V_EXC : m;
}
static Value plain_value(VM *vm, Value self, int argc, Value *argv) { return native_slots(vm)[0]; } // getter of a spied data property

static Value spy_accessor_rjs(VM *vm, Value obj, PropKey k, Value key, const char *access, PropDesc *d, bool own) {
    bool get = access[0] == 'g';
    Value has = get ? d->get : d->set;
    if (mock_of(has)) return has;
    if (!(d->attrs & ATTR_C)) return throw_spy(vm, SPY_FIXED, key, V_UNDEFINED, access);
    if (d->value == V_HOLE && v_is_callable(has)) return spy_install_rjs(vm, obj, k, key, access, d, own);
    if (runtime_dialect() != DIALECT_VITEST || d->value == V_HOLE) return throw_spy(vm, SPY_NO_ACCESS, key, V_UNDEFINED, access);
    Value before = own ? from_property_descriptor(vm, d) : V_UNDEFINED; // a data property becomes an accessor for a while
    PropDesc n = {V_HOLE, get ? closure(vm, RUNTIME_ID(mock_restore_rows, 3), 1, d->value) : V_UNDEFINED, V_UNDEFINED, d->attrs & (u8)~ATTR_W, ATTR_E | ATTR_C};
    Value m = spy_install_rjs(vm, obj, k, key, access, &n, true);
    if (!v_is_exc(m)) heap_set(vm, &obj_elems(v_object(mock_of(m)->slots[SLOT_RESTORE]))->v[2], before);
    return m;
}

static Value api_spy_on(VM *vm, Value self, int argc, Value *argv) {
    bool vitest = runtime_dialect() == DIALECT_VITEST;
    Value obj = ARG(0), key = ARG(1);
    if (!v_is_object(obj) && vitest)
        return throw_error(vm, v_is_nullish(obj) ? "The vi.spyOn() function could not find an object to spy upon. The first argument must be defined." : "Vitest cannot spy on a primitive value.");
    if (!v_is_object(obj)) return throw_error(vm, "Cannot use spyOn on a primitive value; %s given", type_name(vm, obj));
    if (v_is_nullish(key)) return throw_error(vm, "No property name supplied");
    PropKey k;
    PropDesc d;
    if (!to_property_key_rjs(vm, key, &k)) return V_EXC;
    Value holder = obj;
    int has = 0;
    while (v_is_object(holder) && !(has = object_get_own_rjs(vm, holder, k, &d))) {
        holder = object_get_proto_rjs(vm, holder);
        if (v_is_exc(holder)) return V_EXC;
    }
    if (has < 0) return V_EXC;
    if (!has) return throw_spy(vm, SPY_MISSING, key, V_UNDEFINED, NULL);
    if (v_is_string(ARG(2))) return spy_accessor_rjs(vm, obj, k, key, is_c(vm, argv[2], "get") ? "get" : "set", &d, holder == obj);
    Value v = d.value == V_HOLE ? get_rjs(vm, obj, k) : d.value; // of an accessor: what it gives is spied on
    if (v_is_exc(v)) return V_EXC;
    if (mock_of(v)) return v;
    if (!v_is_callable(v)) return throw_spy(vm, SPY_NO_FUNCTION, key, v, NULL);
    PropDesc plain = {v, V_HOLE, V_HOLE, ATTR_WEC, ATTR_WEC};
    return spy_install_rjs(vm, obj, k, key, NULL, d.value == V_HOLE ? &plain : &d, holder == obj);
}

static Value api_is_mock(VM *vm, Value self, int argc, Value *argv) { return v_from_bool(mock_is(vm, ARG(0))); }
static Value api_mocked(VM *vm, Value self, int argc, Value *argv) { return ARG(0); }

bool replaced_restore_all_rjs(VM *vm); // modules.c
bool mock_all_rjs(VM *vm, u32 how) {
    if (v_is_array(vm->roots[ROOT_MOCK])) {
        Array *all = v_array(vm->roots[ROOT_MOCK]);
        for (u32 i = 0; i < all->length; i++) {
            NativeFunction *f = mock_of(obj_elems(&all->o)->v[i]);
            if (how == 0) mock_clear(vm, f);
            else if (how == 1) mock_reset(vm, f);
            else if (v_is_array(f->slots[SLOT_RESTORE]) && !mock_restore_rjs(vm, f, true)) return false;
        }
    }
    return how != 2 || replaced_restore_all_rjs(vm);
}
static Value api_all(VM *vm, Value self, int argc, Value *argv) { return mock_all_rjs(vm, native_magic(vm)) ? self : V_EXC; }
static Value api_set_timeout(VM *vm, Value self, int argc, Value *argv) { // jest.setTimeout(ms)
    f64 ms;
    if (!to_f64_rjs(vm, ARG(0), &ms)) return V_EXC;
    if (dxtest) dxtest->default_timeout_ms = ms > 0 && ms < 4e9 ? (u32)ms : 0xFFFFFFFE;
    return self;
}
// vi.setConfig: what may change while a file runs; other names are refused.
static bool config_set_rjs(VM *vm, Value name, Value v) {
    static const struct { const char *name; u32 bit; } flags[] = {{"clearMocks", 1}, {"mockReset", 2}, {"restoreMocks", 4}};
    Dxtest *t = dxtest;
    f64 ms = v_is_number(v) ? v_num(v) : 0;
    u32 limit = ms > 0 && ms < 4e9 ? (u32)ms : 0xFFFFFFFE;
    for (u32 i = 0; i < DX_COUNTOF(flags); i++)
        if (is_c(vm, name, flags[i].name)) return t->mocks_before_test = to_boolean(v) ? t->mocks_before_test | flags[i].bit : t->mocks_before_test & ~flags[i].bit, true;
    if (is_c(vm, name, "testTimeout")) return t->default_timeout_ms = limit, true;
    if (is_c(vm, name, "hookTimeout")) return t->hook_timeout_ms = limit, true;
    if (is_c(vm, name, "maxConcurrency")) return t->max_concurrency = ms >= 1 ? (u32)ms : 1, true;
    if (is_c(vm, name, "fakeTimers")) return vm->roots[ROOT_FAKE_CONFIG] = v, true;
    if (is_c(vm, name, "sequence") && v_is_object(v)) {
        Value hooks = prop_rjs(vm, v, "hooks");
        if (v_is_exc(hooks)) return false;
        if (v_is_undefined(hooks) || is_c(vm, hooks, "stack")) return t->hooks_in_order = false, true;
        if (is_c(vm, hooks, "list")) return t->hooks_in_order = true, true;
        return throw_error(vm, "vi.setConfig: sequence.hooks may be 'stack' or 'list' in dx"), false;
    }
    Buf b = {0};
    throw_error(vm, "vi.setConfig: %s is not supported by dx", str_to_cstr(vm, v_string(name), &b));
    buf_free(&b);
    return false;
}
static Value api_set_config(VM *vm, Value self, int argc, Value *argv) {
    if (!v_is_object(ARG(0))) return vm_throw(vm, ERR_CUSTOM_TYPE, "vi.setConfig takes an object");
    Array *keys = dxtest ? object_own_keys_rjs(vm, argv[0], KEYS_STRINGS | KEYS_ENUMERABLE_ONLY) : NULL;
    for (u32 i = 0; keys && i < keys->length; i++) {
        Value name = obj_elems(&keys->o)->v[i], v = get_rjs(vm, argv[0], key_from_string(vm, v_string(name)));
        if (v_is_exc(v) || !config_set_rjs(vm, name, v)) return V_EXC;
    }
    return keys ? self : V_EXC;
}
static Value api_reset_config(VM *vm, Value self, int argc, Value *argv) {
    if (dxtest) runtime_config_reset(dxtest);
    vm->roots[ROOT_FAKE_CONFIG] = V_UNDEFINED;
    return self;
}
static Value api_mock_object(VM *vm, Value self, int argc, Value *argv) { // vi.mockObject(value, {spy})
    Value spy = v_is_object(ARG(1)) ? prop_rjs(vm, argv[1], "spy") : V_FALSE;
    return v_is_exc(spy) ? V_EXC : automock_rjs(vm, ARG(0), to_boolean(spy));
}
static Value api_retry_times(VM *vm, Value self, int argc, Value *argv) { // jest.retryTimes(n, {waitBeforeRetry, retryImmediately, entireDescribe})
    u32 n, wait = 0;
    Value o = ARG(1), ms = v_is_object(o) ? prop_rjs(vm, o, "waitBeforeRetry") : V_UNDEFINED, now = v_is_object(o) ? prop_rjs(vm, o, "retryImmediately") : V_FALSE;
    Value whole = v_is_object(o) ? prop_rjs(vm, o, "entireDescribe") : V_FALSE;
    if (v_is_exc(ms) || v_is_exc(now) || v_is_exc(whole) || !to_uint32_rjs(vm, ARG(0), &n)) return V_EXC;
    if (to_boolean(whole)) return throw_error(vm, "jest.retryTimes: entireDescribe is not supported by dx");
    if (!v_is_undefined(ms) && !to_uint32_rjs(vm, ms, &wait)) return V_EXC;
    if (!dxtest) return self;
    dxtest->retry_times = n;
    dxtest->retry_wait_ms = wait;
    dxtest->retry_now = to_boolean(now);
    return self;
}
static Value api_hoisted(VM *vm, Value self, int argc, Value *argv) { return CALL0(vm, ARG(0), V_UNDEFINED); }

// ---- stubGlobal: originals in an array of [key, descriptor or undefined]

static Value api_stub_global(VM *vm, Value self, int argc, Value *argv) {
    PropKey k;
    PropDesc d;
    if (!to_property_key_rjs(vm, ARG(0), &k)) return V_EXC;
    Value global = vm->realm->global;
    int has = object_get_own_rjs(vm, global, k, &d);
    if (has < 0) return V_EXC;
    if (!v_is_array(vm->roots[ROOT_STUBS])) vm->roots[ROOT_STUBS] = v_from_array(array_new(vm, 8));
    Array *stubs = v_array(vm->roots[ROOT_STUBS]);
    bool known = false;
    for (u32 i = 0; i < stubs->length; i += 2) known |= same_value(vm, obj_elems(&stubs->o)->v[i], key_to_value(vm, k));
    if (!known) {
        array_push(vm, stubs, key_to_value(vm, k));
        array_push(vm, stubs, has ? from_property_descriptor(vm, &d) : V_UNDEFINED);
    }
    PropDesc n = {ARG(1), V_HOLE, V_HOLE, ATTR_WEC, ATTR_WEC};
    return define_property_or_throw_rjs(vm, global, k, &n) < 0 ? V_EXC : self;
}
static Value api_unstub_globals(VM *vm, Value self, int argc, Value *argv) {
    if (!v_is_array(vm->roots[ROOT_STUBS])) return self;
    Array *stubs = v_array(vm->roots[ROOT_STUBS]);
    for (u32 i = 0; i < stubs->length; i += 2) {
        Value *e = obj_elems(&stubs->o)->v;
        PropKey k;
        PropDesc d;
        if (!to_property_key_rjs(vm, e[i], &k)) return V_EXC;
        if (v_is_undefined(e[i + 1])) {
            if (delete_or_throw_rjs(vm, vm->realm->global, k) < 0) return V_EXC;
        } else if (v_is_exc(to_property_descriptor_rjs(vm, e[i + 1], &d)) || define_property_or_throw_rjs(vm, vm->realm->global, k, &d) < 0) return V_EXC;
    }
    vm->roots[ROOT_STUBS] = V_UNDEFINED;
    return self;
}

// What is not built yet says so by name.
static const char *const missing_names[] = {"setTimerTickMode"};
static Value api_missing(VM *vm, Value self, int argc, Value *argv) {
    Value text = v_from_string(str_format(vm, "%s is not supported yet by dx", missing_names[native_magic(vm)]));
    return vm_throw_value(vm, error_new(vm, REALM_ErrorPrototype, text));
}

// ---- expectTypeOf, assertType: nothing at run time

static Value type_chain(VM *vm, Value self, int argc, Value *argv) { return native_callee(vm); }

// ---- tables

#define SET_ROW(name, row, once) FN_MAGIC(name, 1, mock_proto_set, (row) << 1 | (once))
const NativeRow mock_call_rows[] = {
    CTOR("mockConstructor", 0, mock_call), FN("", 0, canned_value), FN("", 0, canned_resolved), FN("", 0, canned_rejected), FN("", 0, canned_this), FN("", 0, canned_throw), ROWS_END,
};
const NativeRow mock_restore_rows[] = {FN("", 0, put_back), FN("", 1, settled_ok), FN("", 1, settled_err), FN("", 0, plain_value), ROWS_END};
const NativeRow mock_proto_rows[] = {
    GETTER("mock", mock_proto_get_state),
    SET_ROW("mockImplementation", 0xFF, 0), SET_ROW("mockImplementationOnce", 0xFF, 1), SET_ROW("mockReturnValue", ROW_VALUE, 0), SET_ROW("mockReturnValueOnce", ROW_VALUE, 1),
    SET_ROW("mockResolvedValue", ROW_RESOLVED, 0), SET_ROW("mockResolvedValueOnce", ROW_RESOLVED, 1), SET_ROW("mockRejectedValue", ROW_REJECTED, 0),
    SET_ROW("mockRejectedValueOnce", ROW_REJECTED, 1), SET_ROW("mockReturnThis", ROW_THIS, 0), SET_ROW("mockThrow", ROW_THROW, 0), SET_ROW("mockThrowOnce", ROW_THROW, 1),
    FN("withImplementation", 2, mock_proto_with), FN("whenCalledWith", 0, mock_proto_when), FN_MAGIC("@@dispose", 0, mock_proto_clear, 2),
    FN_MAGIC("mockClear", 0, mock_proto_clear, 0), FN_MAGIC("mockReset", 0, mock_proto_clear, 1), FN_MAGIC("mockRestore", 0, mock_proto_clear, 2),
    FN_MAGIC("mockName", 1, mock_proto_name, 1), FN_MAGIC("getMockName", 0, mock_proto_name, 0), FN("getMockImplementation", 0, mock_proto_implementation), ROWS_END,
};
const NativeRow mock_api_rows[] = { // the jest and vi objects
    FN("fn", 1, api_fn), FN("spyOn", 2, api_spy_on), FN("isMockFunction", 1, api_is_mock), FN("mocked", 1, api_mocked),
    FN_MAGIC("clearAllMocks", 0, api_all, 0), FN_MAGIC("resetAllMocks", 0, api_all, 1), FN_MAGIC("restoreAllMocks", 0, api_all, 2),
    FN("setTimeout", 1, api_set_timeout), FN("retryTimes", 1, api_retry_times), FN("setConfig", 1, api_set_config), FN("resetConfig", 0, api_reset_config), FN("mockObject", 2, api_mock_object), FN("hoisted", 1, api_hoisted),
    FN("stubGlobal", 2, api_stub_global), FN("unstubAllGlobals", 0, api_unstub_globals), ROWS_END,
};
const NativeRow mock_missing_rows[] = {FN("missing", 0, api_missing), ROWS_END};
const NativeRow mock_global_rows[] = {FN("mock", 1, api_fn), FN("spyOn", 2, api_spy_on), FN("setDefaultTimeout", 1, api_set_timeout), FN("expectTypeOf", 1, type_chain), FN("assertType", 1, type_chain), ROWS_END};

static void install_type_chain(VM *vm, Object *f) {
    static const char *const names[] = {
        "toEqualTypeOf", "toMatchTypeOf", "toExtend", "toMatchObjectType", "toBeAny", "toBeUnknown", "toBeNever", "toBeFunction", "toBeObject", "toBeArray", "toBeNumber", "toBeString",
        "toBeBoolean", "toBeVoid", "toBeSymbol", "toBeBigInt", "toBeNull", "toBeUndefined", "toBeNullable", "toBeCallableWith", "toBeConstructibleWith", "returns", "parameters", "parameter",
        "constructorParameters", "instance", "items", "resolves", "guards", "asserts", "extract", "exclude", "pick", "omit", "toHaveProperty", "thisParameter", "branded", "not", "map", "toBeDate", "toBeIterable", "toBeOneOf", "toBeInstanceOf",
    };
    for (u32 i = 0; i < DX_COUNTOF(names); i++) object_put(vm, f, key_c(vm, names[i]), v_obj(f), ATTR_WEC);
}

void mock_install(VM *vm) {
    Realm *r = vm->realm;
    Object *api = v_object(r->TestApi), *jest = object_new(vm);
    r->host[6] = v_obj(object_new_proto(vm, r->FunctionPrototype));
    builtin_install(vm, r->host[6], RT_mock_proto_rows);
    object_put(vm, v_object(r->host[6]), key_c(vm, "_isMockFunction"), V_TRUE, ATTR_WC);
    builtin_install(vm, v_obj(jest), RT_mock_api_rows);
    builtin_install(vm, v_obj(jest), RT_fake_api_rows);
    builtin_install(vm, v_obj(jest), RT_module_api_rows);
    builtin_install(vm, v_obj(jest), RT_stub_api_rows);
    builtin_install(vm, r->TestApi, RT_fake_global_rows);
    for (u32 i = 0; i < DX_COUNTOF(missing_names); i++) {
        NativeFunction *f = native_new(vm, RUNTIME_ID(mock_missing_rows, 0), 0);
        f->magic = (u16)i;
        f->name = v_str(vm, missing_names[i]);
        object_put(vm, jest, key_c(vm, missing_names[i]), v_obj(f), ATTR_WC);
    }
    object_put(vm, api, A_(vm, jest), v_obj(jest), ATTR_WEC);
    object_put(vm, api, A_(vm, vi), v_obj(jest), ATTR_WEC);
    object_put(vm, api, key_c(vm, "vitest"), v_obj(jest), ATTR_WEC);
    builtin_install(vm, r->TestApi, RT_mock_global_rows);
    install_type_chain(vm, v_object(object_own_data(vm, api, key_c(vm, "expectTypeOf"))));
    Value mock = object_own_data(vm, api, key_c(vm, "mock")); // bun: mock.restore(), mock.clearAllMocks()
    object_put(vm, v_object(mock), key_c(vm, "restore"), object_own_data(vm, jest, key_c(vm, "restoreAllMocks")), ATTR_WC);
    object_put(vm, v_object(mock), key_c(vm, "clearAllMocks"), object_own_data(vm, jest, key_c(vm, "clearAllMocks")), ATTR_WC);
    object_put(vm, v_object(mock), key_c(vm, "module"), object_own_data(vm, jest, key_c(vm, "mock")), ATTR_WC);
}
