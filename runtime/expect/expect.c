// SPDX-License-Identifier: MIT
// expect(value) and its statics: the matcher table, modifiers, promise modifiers, expect.extend, assertion counting. The assertion
// opcodes' slow path is in opcodes.c, chai's assertions in chai.c, expect.poll in poll.c.
#include <stdio.h>

#include "runtime/expect/expect.h"
#include "runtime/expect/asymmetric.h"
#include "runtime/expect/expectation.h"
#include "runtime/expect/pretty.h"
#include "runtime/mock/mock.h"
#include "vm/assert/equal.h"
#include "vm/assert/simd.h"
#include "vm/cells.h"

enum { HOST_EXPECTATION = 2 };
// realm->host[4]: prototype of expectations. vm->roots[ROOT_EXPECT]: HostObject of the file: data[0] custom matchers, data[1] serializers, data[2] equality testers

enum {
#define MATCHER(name, fn, length) MATCHER_##name,
#include "runtime/expect/matchers.def"
#undef MATCHER
    MATCHER_COUNT
};
const Matcher matchers[] = {
#define MATCHER(name, fn, length) {#name, fn, length},
#include "runtime/expect/matchers.def"
#undef MATCHER
};

u32 matcher_find(const char *name) {
    for (u32 i = 0; i < DX_COUNTOF(matchers); i++)
        if (!strcmp(matchers[i].name, name)) return i;
    return 0xFFFFFFFF;
}

// ---- errors

Value matcher_error(VM *vm, Value message, Value prefix) {
    if (v_is_string(prefix) && v_string(prefix)->length) {
        Value sep = v_str(vm, runtime_dialect() == DIALECT_BUN ? "\n\n" : ": ");
        message = str_concat(vm, v_string(str_concat(vm, v_string(prefix), v_string(sep))), v_string(message));
    }
    Value e = error_new(vm, REALM_ErrorPrototype, message);
    object_put(vm, v_object(e), vm->realm->host[5], V_TRUE, 0); // private mark: a matcher's error
    return e;
}
bool expect_is_matcher_error(VM *vm, Value e) {
    return v_is_kind(e, CELL_ERROR) && object_own_data(vm, v_object(e), vm->realm->host[5]) != V_HOLE;
}

// ---- running a matcher

static Value run_matcher_rjs(VM *vm, u32 index, Value received, u32 flags, Value message, int argc, Value *argv, bool thrown, Value site) {
    Match m = {.site = site, .vm = vm, .name = matchers[index].name, .received = received, .argc = argc, .argv = argv, .is_not = flags & EX_NOT,
               .promise = flags & EX_RESOLVES ? "resolves" : flags & EX_REJECTS ? "rejects" : "", .from_promise_throw = thrown};
    bool ok = matchers[index].fn(&m);
    if (ok && !WRONG(&m)) return sb_free(&m.out), V_UNDEFINED;
    if (!ok) return sb_free(&m.out), V_EXC;
    Value text = sb_finish(vm, &m.out);
    return v_is_exc(text) ? V_EXC : vm_throw_value(vm, matcher_error(vm, text, message));
}

Value expect_run_matcher_rjs(VM *vm, u32 index, Value received, bool negate, int argc, Value *argv) {
    vm->assertions++;
    return run_matcher_rjs(vm, index, received, negate ? EX_NOT : 0, V_UNDEFINED, argc, argv, false, V_UNDEFINED);
}
bool expect_matcher_is_builtin(VM *vm, u32 index) {
    Value m = object_own_data(vm, v_object(vm->realm->host[4]), key_c(vm, matchers[index].name));
    return v_is_kind(m, CELL_NATIVE) && ((NativeFunction *)v_ptr(m))->id >> 10 == RT_matcher_rows;
}

const char *call_name(const Call *c) {
    if (!v_is_undefined(c->custom)) return "matcher";
    return c->index >= CALL_CHAI ? chai_name(c->index - CALL_CHAI) : matchers[c->index].name;
}
static Value run_custom_rjs(VM *vm, const Call *c, Value received, u32 flags, Value message, int argc, Value *argv);
Value call_run_rjs(VM *vm, const Call *c, Value received, u32 flags, Value message, int argc, Value *argv, bool thrown, Value *subject) {
    if (!v_is_undefined(c->custom)) return run_custom_rjs(vm, c, received, flags, message, argc, argv);
    if (c->index >= CALL_CHAI) return chai_run_rjs(vm, c->index - CALL_CHAI, received, flags, message, argc, argv, subject);
    return run_matcher_rjs(vm, c->index, received, flags, message, argc, argv, thrown, c->site);
}
Value soft_record(VM *vm, u32 flags) {
    if (!(flags & EX_SOFT) || vm_terminated(vm) || !dxtest || !dxtest->current) return V_EXC;
    test_add_failure(dxtest, dxtest->current, vm_take_exception(vm));
    return V_UNDEFINED;
}

// ---- promise modifiers: the closure's slots are [fulfilled?, flags, custom, name, index, args array, message, site]

static Value settled_call(VM *vm, Value self, int argc, Value *argv) {
    Value *s = native_slots(vm);
    bool fulfilled = s[0] == V_TRUE;
    u32 flags = (u32)v_int(s[1]);
    Call c = {(u32)v_int(s[4]), s[2], s[3], s[7]};
    Array *args = v_array(s[5]);
    Value message = s[6];
    if (fulfilled == (bool)(flags & EX_RESOLVES)) {
        Value r = call_run_rjs(vm, &c, ARG(0), flags, message, (int)args->length, args->length ? obj_elems(&args->o)->v : NULL, !fulfilled, NULL);
        return v_is_exc(r) ? soft_record(vm, flags) : r;
    }
    Match m = {.vm = vm, .name = call_name(&c), .received = ARG(0), .is_not = flags & EX_NOT, .promise = flags & EX_RESOLVES ? "resolves" : "rejects"};
    put_hint(&m, args->length ? "expected" : "", NULL);
    put(&m, fulfilled ? "Received promise resolved instead of rejected\nResolved to value: " : "Received promise rejected instead of resolved\nRejected to value: ");
    if (!put_received(&m, ARG(0))) return sb_free(&m.out), V_EXC;
    return vm_throw_value(vm, matcher_error(vm, sb_finish(vm, &m.out), message));
}

static Value settled_closure(VM *vm, bool fulfilled, u32 flags, const Call *c, Value args, Value message) {
    NativeFunction *f = native_new(vm, RUNTIME_ID(expect_internal_rows, 0), 8);
    const Value slots[8] = {v_from_bool(fulfilled), v_from_int((i32)flags), c->custom, c->name, v_from_int((i32)c->index), args, message, c->site};
    memcpy(f->slots, slots, sizeof slots);
    return v_obj(f);
}

static Value run_promised_rjs(VM *vm, const Call *c, Value received, u32 flags, Value message, int argc, Value *argv) {
    bool fn_ok = runtime_dialect() == DIALECT_JEST || (runtime_dialect() == DIALECT_VITEST && flags & EX_REJECTS);
    if (v_is_callable(received) && fn_ok) {
        received = CALL0(vm, received, V_UNDEFINED);
        if (v_is_exc(received)) return V_EXC;
    }
    Value then = v_is_object(received) ? get_rjs(vm, received, A_(vm, then)) : V_UNDEFINED;
    if (v_is_exc(then)) return V_EXC;
    if (!v_is_callable(then)) {
        Match m = {.vm = vm, .name = call_name(c), .received = received, .is_not = flags & EX_NOT, .promise = flags & EX_RESOLVES ? "resolves" : "rejects"};
        usage_error(&m, argc ? "expected" : "", flags & EX_REJECTS && fn_ok ? "received value must be a promise or a function returning a promise" : "received value must be a promise", "Received", received);
        Value e = vm_take_exception(vm), p = promise_new(vm);
        promise_reject(vm, p, e);
        return p;
    }
    Value p = promise_resolve_value_rjs(vm, vm->realm->Promise, received);
    if (v_is_exc(p)) return V_EXC;
    Value args = array_create_from_list(vm, argv, (u32)argc);
    Value ok = settled_closure(vm, true, flags, c, args, message), err = settled_closure(vm, false, flags, c, args, message);
    return CALL2(vm, vm->realm->PromiseThen, p, ok, err);
}

// ---- expectations

HostObject *expectation_of(Value v) {
    if (v_is_kind(v, CELL_NATIVE) && ((NativeFunction *)v_ptr(v))->id == RUNTIME_ID(chai_chain_rows, 0)) v = ((NativeFunction *)v_ptr(v))->slots[0];
    return v_is_kind(v, CELL_HOST) && ((HostObject *)v_ptr(v))->host_class == HOST_EXPECTATION ? (HostObject *)v_ptr(v) : NULL;
}
Value expectation_new(VM *vm, Value received, u32 flags, Value message) {
    HostObject *o = (HostObject *)object_alloc(vm, CELL_HOST, sizeof(HostObject), shape_root(vm, vm->realm->host[4]), 0);
    o->host_class = HOST_EXPECTATION;
    o->data[0] = received;
    o->data[1] = v_from_int((i32)flags);
    o->data[2] = message;
    o->data[3] = V_UNDEFINED;
    return v_obj(o);
}
static Value expect_call(VM *vm, Value self, int argc, Value *argv) {
    if (argc > 1 && runtime_dialect() == DIALECT_JEST)
        return vm_throw(vm, ERR_CUSTOM_ERROR, "Expect takes at most one argument.");
    if (runtime_dialect() == DIALECT_VITEST) vm->assertions++; // there expectations count, elsewhere assertions
    return expectation_new(vm, ARG(0), 0, ARG(1));
}
static Value expect_soft(VM *vm, Value self, int argc, Value *argv) { // a failure is noted, the test goes on
    if (!dxtest || !dxtest->current) return throw_error(vm, "expect.soft() can only be used inside a test");
    vm->assertions++;
    return expectation_new(vm, ARG(0), EX_SOFT, ARG(1));
}
static Value expectation_modifier(VM *vm, Value self, int argc, Value *argv) { // get not, resolves, rejects
    u32 add = native_magic(vm);
    HostObject *o = expectation_of(self);
    if (!o) return V_UNDEFINED;
    u32 flags = (u32)v_int(o->data[1]);
    if (add == EX_NOT && flags & EX_NOT) {
        if (runtime_dialect() == DIALECT_JEST) return V_UNDEFINED;
        if (runtime_dialect() == DIALECT_BUN) return expectation_new(vm, o->data[0], flags & ~EX_NOT, o->data[2]);
    }
    if (flags & EX_POLL && add != EX_NOT) return throw_error(vm, "expect.poll() is not supported in combination with .%s", add == EX_RESOLVES ? "resolves" : "rejects");
    Value e = expectation_new(vm, o->data[0], flags | add, o->data[2]);
    expectation_of(e)->data[3] = o->data[3];
    return e;
}
Value expectation_chain(Value self) { return runtime_dialect() == DIALECT_VITEST ? self : V_UNDEFINED; }

Value call_apply_rjs(VM *vm, const Call *c, Value self, int argc, Value *argv) {
    HostObject *o = expectation_of(self);
    if (!o) return vm_throw(vm, ERR_INCOMPATIBLE, call_name(c), self);
    u32 flags = (u32)v_int(o->data[1]);
    if (runtime_dialect() != DIALECT_VITEST) vm->assertions++;
    if (flags & EX_POLL) return poll_start(vm, o, c, argc, argv);
    if (flags & (EX_RESOLVES | EX_REJECTS)) {
        Call placed = *c;
        if (c->index == MATCHER_toMatchInlineSnapshot || c->index == MATCHER_toThrowErrorMatchingInlineSnapshot)
            placed.site = error_new(vm, REALM_ErrorPrototype, A_(vm, empty)); // later there is no frame of the caller
        return run_promised_rjs(vm, &placed, o->data[0], flags, o->data[2], argc, argv);
    }
    Value subject = V_HOLE, r = call_run_rjs(vm, c, o->data[0], flags, o->data[2], argc, argv, false, &subject);
    if (v_is_exc(r)) return v_is_exc(soft_record(vm, flags)) ? V_EXC : expectation_chain(self);
    if (!v_is_undefined(r)) return r; // of an asynchronous custom matcher
    return subject == V_HOLE ? expectation_chain(self) : expectation_new(vm, subject, flags, o->data[2]);
}
static Value matcher_call(VM *vm, Value self, int argc, Value *argv) { // magic: row of the matcher table
    Call c = {native_magic(vm), V_UNDEFINED, V_UNDEFINED, V_UNDEFINED};
    return call_apply_rjs(vm, &c, self, argc, argv);
}

// ---- expect.extend

static HostObject *file_state(VM *vm) { return (HostObject *)v_ptr(vm->roots[ROOT_EXPECT]); }

static Value equals_call(VM *vm, Value self, int argc, Value *argv) { // this.equals(a, b, testers, strict)
    int r = deep_equal_rjs(vm, ARG(0), ARG(1), equal_flags(runtime_dialect(), argc > 3 && to_boolean(argv[3])));
    return r < 0 ? V_EXC : v_from_bool(r);
}
static Value util_print(VM *vm, Value self, int argc, Value *argv) { // this.utils: stringify (0), printReceived (1), printExpected (2)
    u32 how = native_magic(vm);
    Match m = {.vm = vm, .name = "", .promise = ""};
    bool ok = how == 0 ? put_value(&m, ARG(0)) : how == 1 ? put_received(&m, ARG(0)) : put_expected(&m, ARG(0));
    return ok ? sb_finish(vm, &m.out) : (sb_free(&m.out), V_EXC);
}
static Value util_hint(VM *vm, Value self, int argc, Value *argv) { // this.utils.matcherHint(name, received, expected, options)
    String *name = to_string_rjs(vm, ARG(0)), *rec = v_is_undefined(ARG(1)) ? v_string(v_str(vm, "received")) : to_string_rjs(vm, argv[1]);
    String *exp = v_is_undefined(ARG(2)) ? v_string(v_str(vm, "expected")) : to_string_rjs(vm, argv[2]);
    if (!name || !rec || !exp) return V_EXC;
    Match m = {.vm = vm, .promise = ""};
    if (v_is_object(ARG(3))) {
        Value n = get_rjs(vm, argv[3], key_c(vm, "isNot")), p = v_is_exc(n) ? V_EXC : get_rjs(vm, argv[3], A_(vm, promise));
        if (v_is_exc(p)) return V_EXC;
        m.is_not = to_boolean(n);
        if (v_is_string(p) && v_string(p)->length) m.promise = str_equal(vm, v_string(p), v_string(A_(vm, resolve))) ? "resolves" : v_string(p)->length == 8 ? "resolves" : "rejects";
    }
    Buf a = {0}, b = {0}, c = {0};
    m.name = str_to_cstr(vm, name, &a);
    put_hint_received(&m, str_to_cstr(vm, rec, &b), str_to_cstr(vm, exp, &c), NULL);
    Value s = sb_finish(vm, &m.out);
    buf_free(&a);
    buf_free(&b);
    buf_free(&c);
    return v_is_exc(s) ? s : v_from_string(str_slice(vm, v_string(s), 0, v_string(s)->length - 2)); // without the blank line
}
static Value util_diff(VM *vm, Value self, int argc, Value *argv) { // this.utils.diff(a, b)
    Match m = {.vm = vm, .name = "", .promise = ""};
    if (!put_diff_or_values(&m, ARG(0), ARG(1), "Expected", "Received")) return sb_free(&m.out), V_EXC;
    return sb_finish(vm, &m.out);
}

Value expect_matcher_context(VM *vm, bool is_not, const char *promise) {
    Object *o = object_new(vm), *utils = object_new(vm);
    object_put(vm, o, key_c(vm, "isNot"), v_from_bool(is_not), ATTR_WEC);
    object_put(vm, o, A_(vm, promise), v_str(vm, promise), ATTR_WEC);
    builtin_install(vm, v_obj(o), RT_expect_context_rows);
    builtin_install(vm, v_obj(utils), RT_expect_utils_rows);
    object_put(vm, o, key_c(vm, "utils"), v_obj(utils), ATTR_WEC);
    object_put(vm, o, key_c(vm, "customTesters"), v_from_array(array_new(vm, 0)), ATTR_WEC);
    object_put(vm, o, key_c(vm, "expand"), V_FALSE, ATTR_WEC);
    object_put(vm, o, key_c(vm, "dontThrow"), native_make(vm, RUNTIME_ID(expect_internal_rows, 3)), ATTR_WEC);
    if (dxtest && dxtest->current) {
        const char *full = test_full_name(dxtest, dxtest->current, runtime_dialect() == DIALECT_VITEST ? " > " : " ");
        object_put(vm, o, key_c(vm, "currentTestName"), v_from_string(str_new_utf8(vm, full, strlen(full))), ATTR_WEC);
    }
    if (dxtest) object_put(vm, o, key_c(vm, "testPath"), v_from_string(str_new_utf8(vm, dxtest->file_path, strlen(dxtest->file_path))), ATTR_WEC);
    return v_obj(o);
}

// {pass, message} → throws when wrong. Slots of the closure used after an asynchronous matcher: [flags, message].
static Value custom_verdict_rjs(VM *vm, Value result, u32 flags, Value message) {
    if (!v_is_object(result)) {
        String *shown = pretty_inline_rjs(vm, result, 10);
        if (!shown) return V_EXC;
        Buf b = {0};
        Value text = v_from_string(str_format(vm, "Unexpected return from a matcher function.\nMatcher functions should return an object in the following format:\n  {message?: string | function, pass: boolean}\n'%s' was returned", str_to_cstr(vm, shown, &b)));
        buf_free(&b);
        return vm_throw_value(vm, error_new(vm, REALM_ErrorPrototype, text));
    }
    Value pass = get_rjs(vm, result, key_c(vm, "pass"));
    if (v_is_exc(pass)) return V_EXC;
    if (to_boolean(pass) != (bool)(flags & EX_NOT)) return V_UNDEFINED;
    Value msg = get_rjs(vm, result, A_(vm, message));
    if (v_is_callable(msg)) msg = CALL0(vm, msg, result);
    if (v_is_exc(msg)) return V_EXC;
    String *s = v_is_undefined(msg) ? v_string(v_str(vm, "No message was specified for this matcher.")) : to_string_rjs(vm, msg);
    return s ? vm_throw_value(vm, matcher_error(vm, v_from_string(s), message)) : V_EXC;
}
static Value custom_settled(VM *vm, Value self, int argc, Value *argv) {
    Value *s = native_slots(vm);
    return custom_verdict_rjs(vm, ARG(0), (u32)v_int(s[0]), s[1]);
}
static Value run_custom_rjs(VM *vm, const Call *c, Value received, u32 flags, Value message, int argc, Value *argv) {
    Array *args = array_new(vm, (u32)argc + 1);
    array_push(vm, args, received);
    for (int i = 0; i < argc; i++) array_push(vm, args, argv[i]);
    Value ctx = expect_matcher_context(vm, flags & EX_NOT, flags & EX_RESOLVES ? "resolves" : flags & EX_REJECTS ? "rejects" : "");
    Value r = vm_call(vm, c->custom, ctx, argc + 1, obj_elems(&args->o)->v);
    if (v_is_exc(r)) return V_EXC;
    if (!v_is_kind(r, CELL_PROMISE)) return custom_verdict_rjs(vm, r, flags, message);
    NativeFunction *f = native_new(vm, RUNTIME_ID(expect_internal_rows, 2), 2);
    f->slots[0] = v_from_int((i32)flags);
    f->slots[1] = message;
    return CALL1(vm, vm->realm->PromiseThen, r, v_obj(f));
}
static Value custom_call(VM *vm, Value self, int argc, Value *argv) { // expect(x).custom(...): slots [function, name]
    Value *s = native_slots(vm);
    Call c = {0, s[0], s[1], V_UNDEFINED};
    return call_apply_rjs(vm, &c, self, argc, argv);
}
static Value custom_asymmetric(VM *vm, Value self, int argc, Value *argv) { // expect.custom(...): slots [function, name, inverse]
    Value *s = native_slots(vm);
    return asymmetric_custom_new(vm, s[0], v_string(s[1]), s[2] == V_TRUE, argc, argv);
}

static Value expect_extend(VM *vm, Value self, int argc, Value *argv) {
    if (!v_is_object(ARG(0))) return vm_throw(vm, ERR_CUSTOM_ERROR, "expect.extend takes an object of matchers");
    Array *keys = object_own_keys_rjs(vm, argv[0], KEYS_STRINGS | KEYS_ENUMERABLE_ONLY);
    if (!keys) return V_EXC;
    Value expect = expect_function(vm), not_obj = get_rjs(vm, expect, key_c(vm, "not"));
    if (v_is_exc(not_obj)) return V_EXC;
    for (u32 i = 0; i < keys->length; i++) {
        Value name = obj_elems(&keys->o)->v[i];
        PropKey k = key_from_string(vm, v_string(name));
        Value fn = get_rjs(vm, argv[0], k);
        if (v_is_exc(fn)) return V_EXC;
        if (!v_is_callable(fn)) {
            Buf b = {0};
            Value text = v_from_string(str_format(vm, "expect.extend: `%s` is not a valid matcher. Must be a function, is \"%s\"", str_to_cstr(vm, v_string(name), &b), type_name(vm, fn)));
            buf_free(&b);
            return vm_throw_value(vm, error_new(vm, REALM_TypeErrorPrototype, text));
        }
        NativeFunction *m = native_new(vm, RUNTIME_ID(expect_internal_rows, 1), 2);
        m->slots[0] = fn;
        m->slots[1] = m->name = name;
        object_put(vm, v_object(vm->realm->host[4]), k, v_obj(m), ATTR_WC);
        vm->expect_fn = V_HOLE; // matchers with opcodes of their own may have been replaced: expect_test_op looks at each
        for (int inv = 0; inv < 2; inv++) {
            NativeFunction *a = native_new(vm, RUNTIME_ID(expect_internal_rows, 4), 3);
            a->slots[0] = fn;
            a->slots[1] = a->name = name;
            a->slots[2] = v_from_bool(inv);
            object_put(vm, v_object(inv ? not_obj : expect), k, v_obj(a), ATTR_WEC);
        }
    }
    return V_UNDEFINED;
}

// ---- other statics

static Test *current_test(VM *vm, const char *what) {
    if (dxtest && dxtest->current) return dxtest->current;
    Value text = v_from_string(str_format(vm, "%s can only be called inside a test", what));
    vm_throw_value(vm, error_new(vm, REALM_ErrorPrototype, text));
    return NULL;
}
static Value expect_assertions(VM *vm, Value self, int argc, Value *argv) {
    f64 n;
    if (!to_integer_rjs(vm, ARG(0), &n)) return V_EXC;
    Test *x = current_test(vm, "expect.assertions()");
    if (!x) return V_EXC;
    x->expected_assertions = (i32)n;
    x->expected_site = runtime_root(dxtest, error_new(vm, REALM_ErrorPrototype, A_(vm, empty)));
    return V_UNDEFINED;
}
static Value expect_has_assertions(VM *vm, Value self, int argc, Value *argv) {
    Test *x = current_test(vm, "expect.hasAssertions()");
    if (!x) return V_EXC;
    x->has_assertions = true;
    x->expected_site = runtime_root(dxtest, error_new(vm, REALM_ErrorPrototype, A_(vm, empty)));
    return V_UNDEFINED;
}
Value expect_assertions_error(Dxtest *t, Test *x) {
    static const char *const words[] = {"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"};
    VM *vm = t->vm;
    char buf[256], want[32], have[32];
    u64 n = vm->assertions;
    if (x->expected_assertions >= 0 && n != (u64)x->expected_assertions) {
        u32 e = (u32)x->expected_assertions;
        e < 14 ? snprintf(want, sizeof want, "%s", words[e]) : snprintf(want, sizeof want, "%u", e);
        n < 14 ? snprintf(have, sizeof have, "%s", words[n]) : snprintf(have, sizeof have, "%llu", (unsigned long long)n);
        snprintf(buf, sizeof buf, "expect.assertions(%u)\n\nExpected %s assertion%s to be called but received %s assertion call%s.", e, want, e == 1 ? "" : "s", have, n == 1 ? "" : "s");
    } else if (x->has_assertions && n == 0)
        snprintf(buf, sizeof buf, "expect.hasAssertions()\n\nExpected at least one assertion to be called but received none.");
    else return V_HOLE;
    Value e = runtime_value(t, x->expected_site);
    object_put(vm, v_object(e), A_(vm, message), v_str(vm, buf), ATTR_WC);
    object_put(vm, v_object(e), vm->realm->host[5], V_TRUE, 0);
    return e;
}
static Value expect_unreachable(VM *vm, Value self, int argc, Value *argv) {
    String *s = v_is_undefined(ARG(0)) ? v_string(v_str(vm, "expected not to be reached")) : to_string_rjs(vm, argv[0]);
    return s ? vm_throw_value(vm, matcher_error(vm, v_from_string(s), V_UNDEFINED)) : V_EXC;
}
static Value expect_add_serializer(VM *vm, Value self, int argc, Value *argv) { // newest first
    if (!v_is_object(vm->roots[ROOT_EXPECT])) return V_UNDEFINED;
    HostObject *s = file_state(vm);
    Array *old = v_array(s->data[1]), *list = array_new(vm, old->length + 1);
    array_push(vm, list, ARG(0));
    for (u32 i = 0; i < old->length; i++) array_push(vm, list, obj_elems(&old->o)->v[i]);
    HEAP_STORE(vm, s->data[1], v_from_array(list));
    return V_UNDEFINED;
}
static Value expect_add_testers(VM *vm, Value self, int argc, Value *argv) {
    if (!v_is_array(ARG(0))) return vm_throw(vm, ERR_CUSTOM_ERROR, "expect.addEqualityTesters takes an array of functions");
    Array *all = v_array(file_state(vm)->data[2]), *more = v_array(argv[0]);
    for (u32 i = 0; i < more->length; i++) array_push(vm, all, obj_elems(&more->o)->v[i]);
    return V_UNDEFINED;
}
Value expect_serializers(VM *vm) { return v_is_object(vm->roots[ROOT_EXPECT]) ? file_state(vm)->data[1] : V_UNDEFINED; }

static int custom_testers(VM *vm, Value a, Value b) { // equal_hooks.custom
    if (!v_is_object(vm->roots[ROOT_EXPECT])) return 2;
    Array *all = v_array(file_state(vm)->data[2]);
    for (u32 i = 0; i < all->length; i++) {
        Value ctx = v_obj(object_new(vm));
        builtin_install(vm, ctx, RT_expect_context_rows);
        Value args[3] = {a, b, v_from_array(all)};
        Value r = vm_call(vm, obj_elems(&all->o)->v[i], ctx, 3, args);
        if (v_is_exc(r)) return -1;
        if (!v_is_undefined(r)) return to_boolean(r);
    }
    return 2;
}

static Value expect_get_state(VM *vm, Value self, int argc, Value *argv) {
    Value o = expect_matcher_context(vm, false, "");
    object_put(vm, v_object(o), key_c(vm, "assertionCalls"), v_from_num((f64)vm->assertions), ATTR_WEC);
    if (dxtest && dxtest->current) {
        Test *x = dxtest->current;
        object_put(vm, v_object(o), key_c(vm, "isExpectingAssertions"), v_from_bool(x->has_assertions), ATTR_WEC);
        object_put(vm, v_object(o), key_c(vm, "expectedAssertionsNumber"), x->expected_assertions < 0 ? V_NULL : v_from_int(x->expected_assertions), ATTR_WEC);
    }
    return o;
}
static Value ignore_call(VM *vm, Value self, int argc, Value *argv) { return V_UNDEFINED; }

Value expect_function(VM *vm) { return object_own_data(vm, v_object(vm->realm->TestApi), key_c(vm, "expect")); }

void expect_init(void) {
    equal_hooks = (EqualHooks){.is_asymmetric = is_asymmetric_rjs, .asymmetric_match = asymmetric_match_rjs, .custom = custom_testers};
    simd_init();
}

void expect_file_begin(Dxtest *t) {
    VM *vm = t->vm;
    HostObject *o = (HostObject *)object_alloc(vm, CELL_HOST, sizeof(HostObject), shape_root(vm, V_NULL), 0);
    o->host_class = 0;
    o->data[0] = o->data[3] = V_UNDEFINED;
    o->data[1] = v_from_array(array_new(vm, 0));
    o->data[2] = v_from_array(array_new(vm, 0));
    vm->roots[ROOT_EXPECT] = v_obj(o);
    vm->expect_fn = expect_function(vm);
    vm->expect_slot = expect_global_slot(vm);
}

// ---- tables

const NativeRow expect_internal_rows[] = { // not installed anywhere: closures refer to them by index
    FN("", 1, settled_call), FN("", 1, custom_call), FN("", 1, custom_settled), FN("dontThrow", 0, ignore_call), FN("", 1, custom_asymmetric), ROWS_END,
};
const NativeRow expect_context_rows[] = {FN_ATTR("equals", 2, equals_call, ATTR_WEC), ROWS_END};
const NativeRow expect_utils_rows[] = {
    FN_MAGIC("stringify", 1, util_print, 0), FN_MAGIC("printReceived", 1, util_print, 1), FN_MAGIC("printExpected", 1, util_print, 2),
    FN("matcherHint", 4, util_hint), FN("diff", 2, util_diff), ROWS_END,
};
const NativeRow expect_global_rows[] = {FN("expect", 1, expect_call), ROWS_END};
const NativeRow expect_static_rows[] = {
    FN("extend", 1, expect_extend), FN("soft", 1, expect_soft), FN("poll", 1, expect_poll), FN("assertions", 1, expect_assertions), FN("hasAssertions", 0, expect_has_assertions), FN("unreachable", 1, expect_unreachable),
    FN("fail", 1, expect_unreachable), FN("addSnapshotSerializer", 1, expect_add_serializer), FN("addEqualityTesters", 1, expect_add_testers),
    FN("getState", 0, expect_get_state), FN("setState", 1, ignore_call), ROWS_END,
};
const NativeRow expectation_rows[] = {
    GETTER_MAGIC("not", expectation_modifier, EX_NOT), GETTER_MAGIC("resolves", expectation_modifier, EX_RESOLVES), GETTER_MAGIC("rejects", expectation_modifier, EX_REJECTS), ROWS_END,
};
const NativeRow matcher_rows[] = {
#define MATCHER(name, fn, length) FN_MAGIC(#name, length, matcher_call, MATCHER_##name),
#include "runtime/expect/matchers.def"
#undef MATCHER
    ROWS_END,
};

void expect_install(VM *vm) {
    Realm *r = vm->realm;
    r->host[4] = v_obj(object_new(vm));
    builtin_install(vm, r->host[4], RT_expectation_rows);
    builtin_install(vm, r->host[4], RT_matcher_rows);
    builtin_install(vm, r->host[4], RT_chai_rows);
    Symbol *mark = symbol_new(vm, v_str(vm, "matcher error"));
    mark->cell.flags |= SYM_PRIVATE;
    r->host[5] = v_from_ptr(TAG_SYMBOL, mark);
    builtin_install(vm, r->TestApi, RT_expect_global_rows);
    Value expect = expect_function(vm);
    builtin_install(vm, expect, RT_expect_static_rows);
    asymmetric_install(vm, expect);
}
