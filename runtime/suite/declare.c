// SPDX-License-Identifier: MIT
// test, it, describe and the hooks: what runs while a file is collected. A callable such as `test.skip.each` is a native closure
// whose slot 0 holds its flags; its modifiers are getters on a shared prototype that make the next closure, so any chain works.
#include "runtime/suite/suite.h"

enum { ROW_CALL, ROW_EACH_CALL }; // rows of declare_call_rows

static const char *const outside_message = "Cannot add a test after tests have started running. Tests must be defined synchronously.";

// ---- values of a declaration

static char *title_text_rjs(Dxtest *t, Value v) { // string, number, function or class; NULL thrown
    VM *vm = t->vm;
    if (v_is_callable(v)) {
        Value n = function_name(vm, v);
        return runtime_utf8(t, v_string(n));
    }
    if (!v_is_string(v) && !v_is_number(v)) {
        vm_throw(vm, ERR_CUSTOM_TYPE, "Invalid first argument. It must be a named class, named function, number, or string.");
        return NULL;
    }
    String *s = to_string_rjs(vm, v);
    return s ? runtime_utf8(t, s) : NULL;
}

static void append_child(Suite *parent, Arena *a, Suite *s, Test *test) {
    Child *c = ARENA_NEW(a, Child);
    c->suite = s;
    c->test = test;
    if (parent->last) parent->last->next = c;
    else parent->first = c;
    parent->last = c;
}

typedef struct DeclareOptions { u32 timeout_ms, retry, repeats, flags; } DeclareOptions;

static bool read_u32_rjs(VM *vm, Value o, const char *name, u32 *out) {
    Value v = get_rjs(vm, o, key_c(vm, name));
    f64 d;
    if (v_is_exc(v)) return false;
    if (v_is_undefined(v) || v_is_object(v)) return true;
    if (!to_f64_rjs(vm, v, &d)) return false;
    *out = d > 4294967294.0 ? 0xFFFFFFFE : d < 0 ? 0 : (u32)d;
    return true;
}
static bool read_flag_rjs(VM *vm, Value o, const char *name, u32 flag, u32 *flags) {
    Value v = get_rjs(vm, o, key_c(vm, name));
    if (v_is_exc(v)) return false;
    if (to_boolean(v)) *flags |= flag;
    return true;
}
static bool read_concurrent_rjs(VM *vm, Value o, u32 *flags) { // false opts out of what the suite says
    Value v = get_rjs(vm, o, key_c(vm, "concurrent"));
    if (v_is_exc(v)) return false;
    if (!v_is_undefined(v)) *flags = to_boolean(v) ? *flags | TF_CONCURRENT : (*flags & ~(u32)TF_CONCURRENT) | TF_SEQUENTIAL;
    return true;
}
// Vitest's retry: {count, delay, condition}.
static bool read_retry_rjs(VM *vm, Value o, u32 *out) {
    Value r = get_rjs(vm, o, key_c(vm, "retry"));
    if (v_is_exc(r)) return false;
    if (!v_is_object(r)) return read_u32_rjs(vm, o, "retry", out);
    static const char *const unsupported[] = {"delay", "condition"};
    for (u32 i = 0; i < DX_COUNTOF(unsupported); i++) {
        Value v = get_rjs(vm, r, key_c(vm, unsupported[i]));
        if (!v_is_undefined(v)) return v_is_exc(v) ? false : (throw_error(vm, "the option retry.%s is not supported yet by dx", unsupported[i]), false);
    }
    return read_u32_rjs(vm, r, "count", out);
}
// A number is the timeout; an object carries Vitest's and Bun's options.
static bool read_options_rjs(VM *vm, Value v, DeclareOptions *o) {
    if (v_is_number(v)) {
        f64 d = v_num(v);
        o->timeout_ms = d == 0 || d > 4294967294.0 ? 0xFFFFFFFE : (u32)d;
        return true;
    }
    if (!v_is_object(v) || v_is_callable(v)) return true;
    return read_u32_rjs(vm, v, "timeout", &o->timeout_ms) && read_retry_rjs(vm, v, &o->retry) && read_u32_rjs(vm, v, "repeats", &o->repeats) &&
           read_flag_rjs(vm, v, "skip", TF_SKIP, &o->flags) && read_flag_rjs(vm, v, "only", TF_ONLY, &o->flags) &&
           read_flag_rjs(vm, v, "todo", TF_TODO, &o->flags) && read_concurrent_rjs(vm, v, &o->flags) &&
           read_flag_rjs(vm, v, "fails", TF_FAILING, &o->flags) && read_flag_rjs(vm, v, "shuffle", TF_SHUFFLE, &o->flags);
}

// ---- declaring

static bool declare_test_rjs(Dxtest *t, char *title, Value fn, Value args, Value fixtures, const DeclareOptions *o) {
    if (!t->collecting) return vm_throw(t->vm, ERR_CUSTOM_ERROR, outside_message), false;
    Test *x = ARENA_NEW(t->arena, Test);
    x->parent = t->declaring;
    x->title = title;
    x->flags = o->flags;
    x->fn = v_is_undefined(fn) ? NO_ROOT : runtime_root(t, fn);
    x->args = v_is_undefined(args) ? NO_ROOT : runtime_root(t, args);
    x->fixtures = v_is_undefined(fixtures) ? NO_ROOT : runtime_root(t, fixtures);
    x->timeout_ms = o->timeout_ms ? o->timeout_ms : t->declaring->timeout_ms;
    x->retry = o->retry ? o->retry : t->declaring->retry;
    x->repeats = o->repeats;
    x->expected_assertions = -1;
    x->expected_site = NO_ROOT;
    if (o->flags & TF_ONLY) t->has_only = true;
    *t->tests_tail = x;
    t->tests_tail = &x->next_all;
    append_child(t->declaring, t->arena, NULL, x);
    return true;
}

static bool run_describe_rjs(Dxtest *t, Suite *s, Value fn, Value args) {
    Suite *outer = t->declaring;
    t->declaring = s;
    u32 n = v_is_array(args) ? v_array(args)->length : 0;
    Value r = run_and_wait_rjs(t, fn, V_UNDEFINED, (int)n, n ? obj_elems(v_object(args))->v : NULL, 0xFFFFFFFE, "describe");
    t->declaring = outer;
    return !v_is_exc(r);
}

static bool declare_suite_rjs(Dxtest *t, char *title, Value fn, Value args, const DeclareOptions *o) {
    VM *vm = t->vm;
    if (!t->collecting) return vm_throw(vm, ERR_CUSTOM_ERROR, "Cannot nest a describe inside a test. Describe block cannot run because it is nested within a test."), false;
    Suite *s = ARENA_NEW(t->arena, Suite);
    s->parent = t->declaring;
    s->title = title;
    s->flags = o->flags;
    s->number = ++t->suite_count;
    s->timeout_ms = o->timeout_ms ? o->timeout_ms : t->declaring->timeout_ms;
    s->retry = o->retry ? o->retry : t->declaring->retry;
    if (o->flags & TF_ONLY) t->has_only = true;
    append_child(t->declaring, t->arena, s, NULL);
    s->fn = s->args = NO_ROOT;
    if (v_is_undefined(fn)) return true;
    if (t->dialect != DIALECT_VITEST) return run_describe_rjs(t, s, fn, args);
    s->fn = runtime_root(t, fn);
    s->args = runtime_root(t, args);
    return true;
}

// Vitest runs describe bodies level by level: a suite's own body first, then those of the suites it declared.
bool declare_deferred_rjs(Dxtest *t, Suite *s) {
    if (s->parent && s->fn != NO_ROOT) {
        Value fn = runtime_value(t, s->fn), args = runtime_value(t, s->args);
        s->fn = NO_ROOT;
        if (!run_describe_rjs(t, s, fn, args)) return false;
    }
    for (Child *c = s->first; c; c = c->next)
        if (c->suite && !declare_deferred_rjs(t, c->suite)) return false;
    return true;
}

// (title, fn, timeout|options) or (title, options, fn)
static Value declare_call(VM *vm, u32 flags, Value fixtures, Value title, Value a, Value b, Value args) {
    Dxtest *t = dxtest;
    if (!t) return vm_throw(vm, ERR_CUSTOM_ERROR, "tests can only be declared in a file run by dx test");
    DeclareOptions o = {.flags = flags};
    Value fn = v_is_callable(a) ? a : b, opts = v_is_callable(a) ? b : a;
    if (!v_is_callable(fn)) fn = V_UNDEFINED;
    if (!read_options_rjs(vm, opts, &o)) return V_EXC;
    char *text = title_text_rjs(t, title);
    if (!text) return V_EXC;
    if (o.flags & TF_SUITE) return declare_suite_rjs(t, text, fn, args, &o) ? V_UNDEFINED : V_EXC;
    if (v_is_undefined(fn) && !(o.flags & TF_TODO)) {
        if (t->dialect == DIALECT_VITEST) o.flags |= TF_TODO;
        else if (!(o.flags & TF_SKIP)) return vm_throw(vm, ERR_CUSTOM_ERROR, "Missing second argument. It must be a callback function. Perhaps you want to use `test.todo` for a test placeholder.");
    }
    return declare_test_rjs(t, text, fn, args, fixtures, &o) ? V_UNDEFINED : V_EXC;
}

static u32 callee_flags(VM *vm) { return (u32)v_int(native_slots(vm)[0]); }

static Value test_call(VM *vm, Value self, int argc, Value *argv) {
    return declare_call(vm, callee_flags(vm), native_slots(vm)[1], ARG(0), ARG(1), ARG(2), V_UNDEFINED);
}

// ---- each, for

// Rows of a tagged template table: headings from the first line, then one object a row.
static Value template_rows_rjs(VM *vm, Value strings, int argc, Value *argv) {
    String *head = to_string_rjs(vm, get_rjs(vm, strings, key_from_index(0)));
    if (!head) return V_EXC;
    Array *names = array_new(vm, 4), *rows = array_new(vm, 8);
    Chars c = str_chars(vm, head);
    for (u32 i = 0, from = 0; i <= c.len; i++) {
        u16 u = i < c.len ? chars_at(c, i) : '|';
        if (u != '|' && u != '\n') continue;
        u32 a = from, b = i;
        while (a < b && str_is_space(chars_at(c, a))) a++;
        while (b > a && str_is_space(chars_at(c, b - 1))) b--;
        if (b > a) array_push(vm, names, v_from_string(str_slice(vm, head, a, b)));
        from = i + 1;
        if (u == '\n' && names->length) break;
    }
    if (!names->length || argc % (int)names->length)
        return vm_throw(vm, ERR_CUSTOM_ERROR, "Not enough arguments supplied for given headings of the tagged template table");
    for (int i = 0; i < argc; i += (int)names->length) {
        Object *row = object_new(vm);
        for (u32 k = 0; k < names->length; k++)
            object_put(vm, row, key_from_string(vm, v_string(obj_elems(&names->o)->v[k])), argv[i + (int)k], ATTR_WEC);
        array_push(vm, rows, v_obj(row));
    }
    return v_from_array(rows);
}

static Value test_each(VM *vm, Value self, int argc, Value *argv) { // test.each(table) / test.for(table) / tagged template
    bool is_for = native_magic(vm);
    if (!v_is_kind(self, CELL_NATIVE)) return vm_throw(vm, ERR_CUSTOM_TYPE, "each must be called as a method of test or describe");
    u32 flags = (u32)v_int(((NativeFunction *)v_ptr(self))->slots[0]) | (is_for ? TF_FOR : 0);
    Value table = ARG(0);
    if (!v_is_object(table)) return vm_throw(vm, ERR_CUSTOM_ERROR, "`.each` must be called with an Array or Tagged Template Literal.");
    Value raw = get_rjs(vm, table, A_(vm, raw));
    if (v_is_exc(raw)) return V_EXC;
    if (!v_is_undefined(raw)) table = template_rows_rjs(vm, table, argc - 1, argv + 1);
    else {
        Value from = get_rjs(vm, vm->realm->Array, key_c(vm, "from"));
        table = v_is_exc(from) ? V_EXC : CALL1(vm, from, vm->realm->Array, table);
    }
    if (v_is_exc(table)) return V_EXC;
    NativeFunction *f = native_new(vm, RUNTIME_ID(declare_call_rows, ROW_EACH_CALL), 3);
    f->slots[0] = v_from_int((i32)flags);
    f->slots[1] = ((NativeFunction *)v_ptr(self))->slots[1];
    f->slots[2] = table;
    return v_obj(f);
}

static Value each_call(VM *vm, Value self, int argc, Value *argv) { // (title, fn, timeout)
    u32 flags = callee_flags(vm);
    Array *table = v_array(native_slots(vm)[2]);
    Value fixtures = native_slots(vm)[1];
    if (!dxtest) return vm_throw(vm, ERR_CUSTOM_ERROR, "tests can only be declared in a file run by dx test");
    if (table->length == 0 && dxtest->dialect == DIALECT_JEST)
        return vm_throw(vm, ERR_CUSTOM_ERROR, "`.each` called with an empty Array of table data.");
    bool all_arrays = true;
    for (u32 i = 0; i < table->length; i++) all_arrays &= v_is_array(obj_elems(&table->o)->v[i]);
    String *pattern = v_is_callable(ARG(0)) ? v_string(function_name(vm, argv[0])) : to_string_rjs(vm, ARG(0));
    if (!pattern) return V_EXC;
    for (u32 i = 0; i < table->length; i++) {
        Value row = obj_elems(&table->o)->v[i];
        bool spread = !(flags & TF_FOR) && v_is_array(row) && (all_arrays || dxtest->dialect == DIALECT_BUN);
        String *title = each_title_rjs(vm, pattern, row, v_from_array(table), i, spread || (flags & TF_FOR));
        if (!title) return V_EXC;
        Value args = spread ? v_from_array(array_from(vm, obj_elems(v_object(row)) ? obj_elems(v_object(row))->v : NULL, v_array(row)->length)) : v_from_array(array_from(vm, &row, 1));
        if (v_is_exc(declare_call(vm, flags | TF_FROM_EACH, fixtures, v_from_string(title), ARG(1), ARG(2), args))) return V_EXC;
    }
    return V_UNDEFINED;
}

// ---- modifiers

static Value make_callable(VM *vm, u32 flags, Value fixtures, Value proto) { // slots: flags, fixtures or undefined
    NativeFunction *f = native_new(vm, RUNTIME_ID(declare_call_rows, ROW_CALL), 2);
    f->slots[0] = v_from_int((i32)flags);
    f->slots[1] = fixtures;
    if (object_set_proto_rjs(vm, v_obj(f), proto) < 0) return V_EXC;
    return v_obj(f);
}
static Value modifier_get(VM *vm, Value self, int argc, Value *argv) { // get test.skip ...: magic is the flag
    u32 add = native_magic(vm);
    if (!v_is_kind(self, CELL_NATIVE)) return V_UNDEFINED;
    NativeFunction *f = (NativeFunction *)v_ptr(self);
    u32 flags = (u32)v_int(f->slots[0]);
    return make_callable(vm, add == TF_SEQUENTIAL ? (flags & ~(u32)TF_CONCURRENT) | add : flags | add, f->slots[1], object_get_proto_rjs(vm, self));
}
static Value modifier_if(VM *vm, Value self, int argc, Value *argv) { // skipIf, runIf/if, todoIf, ...: magic = flag << 1 | inverted
    u32 magic = native_magic(vm);
    if (!v_is_kind(self, CELL_NATIVE)) return vm_throw(vm, ERR_CUSTOM_TYPE, "this must be called as a method of test or describe");
    Value *s = ((NativeFunction *)v_ptr(self))->slots;
    bool on = to_boolean(ARG(0)) != (bool)(magic & 1);
    return make_callable(vm, on ? (u32)v_int(s[0]) | magic >> 1 : (u32)v_int(s[0]), s[1], object_get_proto_rjs(vm, self));
}
static Value test_extend(VM *vm, Value self, int argc, Value *argv) { // extend (0), override and scoped (1)
    bool override = native_magic(vm);
    if (!v_is_kind(self, CELL_NATIVE) || !dxtest) return vm_throw(vm, ERR_CUSTOM_TYPE, "extend must be called as a method of test");
    Value *s = ((NativeFunction *)v_ptr(self))->slots;
    if (override && v_is_undefined(s[1])) return vm_throw(vm, ERR_CUSTOM_ERROR, "test.override needs a test made by test.extend");
    if (override) return fixtures_override_rjs(vm, s[1], argc, argv) ? self : V_EXC;
    Value fixtures = fixtures_extend_rjs(vm, s[1], argc, argv);
    return v_is_exc(fixtures) ? V_EXC : make_callable(vm, (u32)v_int(s[0]), fixtures, object_get_proto_rjs(vm, self));
}
static Value test_describe(VM *vm, Value self, int argc, Value *argv) { // get test.describe, test.suite
    return object_own_data(vm, v_object(vm->realm->TestApi), key_c(vm, "describe"));
}

// ---- hooks

Hook *hook_new(Dxtest *t, Value fn, u32 timeout_ms) {
    Hook *h = ARENA_NEW(t->arena, Hook);
    h->fn = runtime_root(t, fn);
    h->timeout_ms = timeout_ms;
    h->fixtures = NO_ROOT;
    return h;
}
static Value hook_declare(VM *vm, Value self, int argc, Value *argv) {
    u32 kind = native_magic(vm);
    Dxtest *t = dxtest;
    if (!t) return vm_throw(vm, ERR_CUSTOM_ERROR, "hooks can only be declared in a file run by dx test");
    if (!v_is_callable(ARG(0))) return vm_throw(vm, ERR_CUSTOM_ERROR, "Invalid first argument. It must be a callback function.");
    if (!t->collecting) return vm_throw(vm, ERR_CUSTOM_ERROR, "Hooks cannot be defined inside tests.");
    DeclareOptions o = {0};
    if (!read_options_rjs(vm, ARG(1), &o)) return V_EXC;
    Hook *h = hook_new(t, argv[0], o.timeout_ms);
    bool of_test = v_is_kind(self, CELL_NATIVE) && ((NativeFunction *)v_ptr(self))->id == RUNTIME_ID(declare_call_rows, ROW_CALL);
    Value fixtures = of_test ? ((NativeFunction *)v_ptr(self))->slots[1] : V_UNDEFINED; // test.beforeAll(...)
    if (v_is_internal(fixtures)) h->fixtures = runtime_root(t, fixtures);
    Suite *s = t->declaring;
    if (s->hooks_last[kind]) s->hooks_last[kind]->next = h;
    else s->hooks[kind] = h;
    s->hooks_last[kind] = h;
    return V_UNDEFINED;
}
static Value test_hook(VM *vm, Value self, int argc, Value *argv) { // onTestFinished (0), onTestFailed (1)
    bool failed = native_magic(vm);
    Dxtest *t = dxtest;
    if (!t || !t->current) return vm_throw(vm, ERR_CUSTOM_ERROR, failed ? "onTestFailed() can only be called inside a test" : "onTestFinished() can only be called inside a test");
    if (!v_is_callable(ARG(0))) return vm_throw(vm, ERR_V_NOT_FUNCTION, ARG(0));
    Hook *h = hook_new(t, argv[0], v_is_number(ARG(1)) ? (u32)v_num(argv[1]) : 0), **list = failed ? &t->current->failed : &t->current->finished;
    h->next = *list;
    *list = h;
    return V_UNDEFINED;
}

void declare_reset(Dxtest *t) {
    t->root = t->declaring = ARENA_NEW(t->arena, Suite);
    t->root->title = "";
    t->tests = NULL;
    t->tests_tail = &t->tests;
    t->has_only = false;
    t->current = NULL;
    t->suite_count = 0;
}

// ---- tables

const NativeRow declare_call_rows[] = {FN("test", 2, test_call), FN("", 2, each_call), ROWS_END};
#define IF_ROW(name, flag, inverted) FN_MAGIC(name, 1, modifier_if, (flag) << 1 | (inverted))
const NativeRow declare_modifier_rows[] = { // prototype of every test / describe callable
    GETTER_MAGIC("only", modifier_get, TF_ONLY),
    GETTER_MAGIC("skip", modifier_get, TF_SKIP),
    GETTER_MAGIC("todo", modifier_get, TF_TODO),
    GETTER_MAGIC("failing", modifier_get, TF_FAILING),
    GETTER_MAGIC("fails", modifier_get, TF_FAILING),
    GETTER_MAGIC("concurrent", modifier_get, TF_CONCURRENT),
    GETTER_MAGIC("sequential", modifier_get, TF_SEQUENTIAL),
    GETTER_MAGIC("serial", modifier_get, TF_SEQUENTIAL),
    GETTER_MAGIC("shuffle", modifier_get, TF_SHUFFLE),
    FN_MAGIC("each", 1, test_each, 0),
    FN_MAGIC("for", 1, test_each, 1),
    IF_ROW("skipIf", TF_SKIP, 0),
    IF_ROW("runIf", TF_SKIP, 1),
    IF_ROW("if", TF_SKIP, 1),
    IF_ROW("todoIf", TF_TODO, 0),
    IF_ROW("failingIf", TF_FAILING, 0),
    IF_ROW("concurrentIf", TF_CONCURRENT, 0),
    IF_ROW("serialIf", TF_SEQUENTIAL, 0),
    FN_MAGIC("extend", 1, test_extend, 0),
    FN_MAGIC("override", 1, test_extend, 1),
    FN_MAGIC("scoped", 1, test_extend, 1),
    GETTER("describe", test_describe),
    GETTER("suite", test_describe),
    FN_MAGIC("beforeAll", 1, hook_declare, HOOK_BEFORE_ALL),
    FN_MAGIC("afterAll", 1, hook_declare, HOOK_AFTER_ALL),
    FN_MAGIC("beforeEach", 1, hook_declare, HOOK_BEFORE_EACH),
    FN_MAGIC("afterEach", 1, hook_declare, HOOK_AFTER_EACH),
    ROWS_END,
};
const NativeRow declare_hook_rows[] = { // globals
    FN_MAGIC("beforeAll", 1, hook_declare, HOOK_BEFORE_ALL),
    FN_MAGIC("afterAll", 1, hook_declare, HOOK_AFTER_ALL),
    FN_MAGIC("beforeEach", 1, hook_declare, HOOK_BEFORE_EACH),
    FN_MAGIC("afterEach", 1, hook_declare, HOOK_AFTER_EACH),
    FN_MAGIC("onTestFinished", 1, test_hook, 0),
    FN_MAGIC("onTestFailed", 1, test_hook, 1),
    ROWS_END,
};

void suite_install(VM *vm) {
    static const struct { const char *name; u32 flags; } globals[] = {
        {"test", 0}, {"it", 0}, {"describe", TF_SUITE}, {"suite", TF_SUITE}, {"xit", TF_SKIP}, {"xtest", TF_SKIP}, {"fit", TF_ONLY},
        {"xdescribe", TF_SUITE | TF_SKIP}, {"fdescribe", TF_SUITE | TF_ONLY},
    };
    Value proto = v_obj(object_new_proto(vm, vm->realm->FunctionPrototype));
    builtin_install(vm, proto, RT_declare_modifier_rows);
    Object *api = v_object(vm->realm->TestApi);
    for (u32 i = 0; i < DX_COUNTOF(globals); i++)
        object_put(vm, api, key_c(vm, globals[i].name), make_callable(vm, globals[i].flags, V_UNDEFINED, proto), ATTR_WEC);
    builtin_install(vm, vm->realm->TestApi, RT_declare_hook_rows);
}
