// SPDX-License-Identifier: MIT
// Vitest's fixtures: test.extend and test.override, which fixtures a function wants (by the names it destructures, read from its source
// text as Vitest does), setting them up before the call and taking them down after the test, or after the file for scopes file and worker.
//
// The fixtures of a test object are a ValueArray {registrations, overrides}: registrations an array of entries (FixtureField) in order of
// definition, overrides an array of pairs (Suite, registrations).
#include "runtime/suite/suite.h"

enum FixtureField { FX_NAME, FX_VALUE, FX_AUTO, FX_SCOPE, FX_DEPS, FX_PARENT, FX_BUILDER, FX_PROMISE, FX_COUNT }; // PROMISE: of file scope, begun
enum { SCOPE_TEST, SCOPE_FILE, SCOPE_WORKER };
static const char *const scope_names[] = {"test", "file", "worker"};
enum { SET_REGISTRATIONS, SET_OVERRIDES, SET_COUNT };

static Value *entry_at(Array *a, u32 i) { return ((ValueArray *)v_ptr(obj_elems(&a->o)->v[i]))->v; }
static bool same_name(VM *vm, Value a, Value b) { return str_equal(vm, v_string(a), v_string(b)); }
static Value *entry_find(VM *vm, Array *list, Value name, u32 *at) {
    for (u32 i = 0; i < list->length; i++)
        if (same_name(vm, entry_at(list, i)[FX_NAME], name)) return *at = i, entry_at(list, i);
    return NULL;
}
static Value name_or_text(VM *vm, Value v) { return v_is_string(v) ? v : v_str(vm, "?"); }
static Value throw_named(VM *vm, const char *fmt, Value a, Value b) { // fmt with one or two %s
    Buf x = {0}, y = {0};
    str_to_utf8(vm, v_string(name_or_text(vm, a)), &x);
    str_to_utf8(vm, v_string(name_or_text(vm, b)), &y);
    Value msg = v_from_string(str_format(vm, fmt, buf_cstr(&x), buf_cstr(&y)));
    buf_free(&x);
    buf_free(&y);
    return vm_throw_value(vm, error_new(vm, REALM_ErrorPrototype, msg));
}

// ---- the names a function destructures

static void without_comments(const char *s, Buf *out) {
    for (char quote = 0; *s; s++) {
        if (quote) {
            if (*s == '\\' && s[1]) buf_u8(out, (u8)*s++);
            else if (*s == quote) quote = 0;
        } else if (*s == '/' && s[1] == '/') {
            while (s[1] && s[1] != '\n') s++;
            continue;
        } else if (*s == '/' && s[1] == '*') {
            for (s += 2; *s && !(*s == '*' && s[1] == '/'); s++) {}
            if (!*s) break;
            s++;
            continue;
        } else if (*s == '"' || *s == '\'' || *s == '`') quote = *s;
        buf_u8(out, (u8)*s);
    }
}
// The pieces of s[0..n) between commas outside brackets, trimmed and not empty, as strings.
static Array *split_by_comma(VM *vm, const char *s, size_t n) {
    Array *out = array_new(vm, 4);
    u32 depth = 0;
    for (size_t i = 0, from = 0; i <= n; i++) {
        if (i < n && (s[i] == '{' || s[i] == '[')) depth++;
        if (i < n && depth && (s[i] == '}' || s[i] == ']')) depth--;
        if (i < n && (s[i] != ',' || depth)) continue;
        size_t a = from, b = i;
        while (a < b && strchr(" \t\r\n", s[a])) a++;
        while (b > a && strchr(" \t\r\n", s[b - 1])) b--;
        if (b > a) array_push(vm, out, v_from_string(str_new_utf8(vm, s + a, b - a)));
        from = i + 1;
    }
    return out;
}
static void keep_without_spaces(Buf *b) {
    size_t w = 0;
    for (size_t i = 0; i < b->len; i++)
        if (!strchr(" \t\r\n", (char)b->data[i])) b->data[w++] = b->data[i];
    b->len = w;
}
static Array *names_of_pattern_rjs(VM *vm, Value pattern, u32 index) {
    Buf b = {0};
    str_to_utf8(vm, v_string(pattern), &b);
    if (b.len < 2 || b.data[0] != '{' || b.data[b.len - 1] != '}') {
        static const char *const ordinals[] = {"1st", "2nd"};
        throw_error(vm, "The %s argument inside a fixture must use object destructuring pattern, e.g. ({ task } => {}). Instead, received \"%s\".", ordinals[index], buf_cstr(&b));
        buf_free(&b);
        return NULL;
    }
    keep_without_spaces(&b);
    Array *parts = split_by_comma(vm, (const char *)b.data + 1, b.len - 2), *names = array_new(vm, parts->length);
    buf_free(&b);
    for (u32 i = 0; i < parts->length; i++) {
        Value part = obj_elems(&parts->o)->v[i];
        Buf name = {0};
        const char *s = str_to_cstr(vm, v_string(part), &name);
        if (!strncmp(s, "...", 3)) {
            throw_error(vm, "Rest parameters are not supported in fixtures, received \"%s\".", s);
            buf_free(&name);
            return NULL;
        }
        array_push(vm, names, v_from_string(str_new_utf8(vm, s, strcspn(s, ":="))));
        buf_free(&name);
    }
    return names;
}
// What parameter `index` of f destructures; NULL thrown.
static Array *used_names_rjs(VM *vm, Value f, u32 index) {
    Value source = function_source_text(vm, f);
    if (!v_is_string(source)) return v_is_exc(source) ? NULL : array_new(vm, 0);
    Buf text = {0}, code = {0};
    str_to_utf8(vm, v_string(source), &text);
    without_comments(buf_cstr(&text), &code);
    buf_free(&text);
    const char *open = strchr(buf_cstr(&code), '(');
    Array *args = open ? split_by_comma(vm, open + 1, strcspn(open + 1, ")")) : NULL;
    buf_free(&code);
    if (!args || args->length <= index) return array_new(vm, 0);
    return names_of_pattern_rjs(vm, obj_elems(&args->o)->v[index], index);
}

// ---- defining

static bool is_builtin_name(VM *vm, Value name) {
    static const char *const names[] = {"task", "signal", "onTestFailed", "onTestFinished", "skip", "annotate", "expect"};
    for (u32 i = 0; i < DX_COUNTOF(names); i++)
        if (is_c(vm, name, names[i])) return true;
    return false;
}
static bool looks_like_options_rjs(VM *vm, Value v) {
    static const char *const keys[] = {"auto", "injected", "scope"};
    bool any = false;
    for (u32 i = 0; v_is_object(v) && !v_is_array(v) && i < DX_COUNTOF(keys); i++) any |= has_own_rjs(vm, v, key_c(vm, keys[i])) > 0;
    return any;
}
static bool read_fixture_options_rjs(VM *vm, Value o, Value *e) {
    Value is_auto = prop_rjs(vm, o, "auto"), scope = v_is_exc(is_auto) ? V_EXC : prop_rjs(vm, o, "scope");
    if (v_is_exc(scope)) return false;
    e[FX_AUTO] = v_from_bool(to_boolean(is_auto));
    for (i32 i = 0; v_is_string(scope) && i < (i32)DX_COUNTOF(scope_names); i++)
        if (is_c(vm, scope, scope_names[i])) return e[FX_SCOPE] = v_from_int(i), true;
    if (v_is_undefined(scope)) return true;
    throw_named(vm, "The \"%s\" fixture has unknown scope \"%s\".", e[FX_NAME], scope);
    return false;
}
static bool define_rjs(VM *vm, Array *list, Value name, Value value, Value options, bool builder) {
    u32 at = 0;
    Value *parent = entry_find(vm, list, name, &at);
    ValueArray *cell = values_new(vm, FX_COUNT);
    Value *e = cell->v, entry = v_from_ptr(TAG_INTERNAL, cell);
    e[FX_NAME] = name;
    e[FX_AUTO] = parent ? parent[FX_AUTO] : V_FALSE;
    e[FX_SCOPE] = parent ? parent[FX_SCOPE] : v_from_int(SCOPE_TEST);
    if (v_is_object(options)) {
        e[FX_AUTO] = V_FALSE;
        e[FX_SCOPE] = v_from_int(SCOPE_TEST);
        if (!read_fixture_options_rjs(vm, options, e)) return false;
        if (parent && parent[FX_SCOPE] != e[FX_SCOPE])
            return throw_named(vm, "The \"%s\" fixture was already registered with a \"%s\" scope.", name, v_str(vm, scope_names[v_int(parent[FX_SCOPE])])), false;
        if (parent && parent[FX_AUTO] != e[FX_AUTO])
            return throw_named(vm, "The \"%s\" fixture was already registered as { auto: %s }.", name, v_str(vm, e[FX_AUTO] == V_TRUE ? "true" : "false")), false;
    }
    if (dxtest && dxtest->declaring && dxtest->declaring->parent && e[FX_SCOPE] != v_from_int(SCOPE_TEST))
        return throw_named(vm, "The \"%s\" fixture cannot be defined with a %s scope inside the describe block.", name, v_str(vm, scope_names[v_int(e[FX_SCOPE])])), false;
    e[FX_VALUE] = value;
    e[FX_PARENT] = parent ? obj_elems(&list->o)->v[at] : V_UNDEFINED;
    e[FX_BUILDER] = v_from_bool(builder);
    if (v_is_callable(value)) {
        Array *deps = used_names_rjs(vm, value, 0);
        if (!deps) return false;
        e[FX_DEPS] = v_from_array(deps);
    }
    if (parent) heap_set(vm, &obj_elems(&list->o)->v[at], entry);
    else array_push(vm, list, entry);
    return true;
}
static bool check_dependencies_rjs(VM *vm, Array *list) {
    for (u32 i = 0; i < list->length; i++) {
        Value *e = entry_at(list, i);
        u32 n = v_is_array(e[FX_DEPS]) ? v_array(e[FX_DEPS])->length : 0, at;
        for (u32 k = 0; k < n; k++) {
            Value name = obj_elems(v_object(e[FX_DEPS]))->v[k], *d = entry_find(vm, list, name, &at);
            if (!d && is_builtin_name(vm, name)) continue;
            if (!d) return throw_named(vm, "The \"%s\" fixture depends on unknown fixture \"%s\".", e[FX_NAME], name), false;
            if (d == e && v_is_undefined(e[FX_PARENT]))
                return throw_named(vm, "The \"%s\" fixture depends on itself, but does not have a base implementation.", name, name), false;
            if (v_int(e[FX_SCOPE]) > v_int(d[FX_SCOPE])) {
                Buf b = {0};
                str_to_utf8(vm, v_string(e[FX_NAME]), &b);
                String *text = str_format(vm, "The %s \"%s\" fixture cannot depend on a %s fixture", scope_names[v_int(e[FX_SCOPE])], buf_cstr(&b), scope_names[v_int(d[FX_SCOPE])]);
                buf_free(&b);
                return throw_named(vm, "%s \"%s\".", v_from_string(text), name), false;
            }
        }
    }
    return true;
}
// Object form {name: value | [value, options]} or builder form (name, [options,] value); all appended to a copy of `base`.
static Value registrations_rjs(VM *vm, Value base, int argc, Value *argv) {
    Array *list = v_is_array(base) ? array_from(vm, obj_elems(v_object(base)) ? obj_elems(v_object(base))->v : NULL, v_array(base)->length) : array_new(vm, 4);
    if (v_is_string(ARG(0))) {
        Value options = V_UNDEFINED, value = ARG(1);
        if (argc > 2) options = argv[1], value = argv[2];
        else if (looks_like_options_rjs(vm, value)) options = value, value = v_obj(object_new(vm));
        if (!define_rjs(vm, list, argv[0], value, options, v_is_callable(value))) return V_EXC;
        return check_dependencies_rjs(vm, list) ? v_from_array(list) : V_EXC;
    }
    if (!v_is_object(ARG(0))) return throw_type(vm, "test.extend takes an object of fixtures, or a name and a value");
    Array *keys = object_own_keys_rjs(vm, argv[0], KEYS_STRINGS | KEYS_ENUMERABLE_ONLY);
    for (u32 i = 0; keys && i < keys->length; i++) {
        Value name = obj_elems(&keys->o)->v[i], value = get_rjs(vm, argv[0], key_from_string(vm, v_string(name))), options = V_UNDEFINED;
        if (v_is_exc(value)) return V_EXC;
        if (v_is_array(value) && v_array(value)->length >= 2) {
            Value second = get_rjs(vm, value, key_from_index(1));
            if (looks_like_options_rjs(vm, second)) options = second, value = get_rjs(vm, value, key_from_index(0));
        }
        if (v_is_exc(value) || !define_rjs(vm, list, name, value, options, false)) return V_EXC;
    }
    return keys && check_dependencies_rjs(vm, list) ? v_from_array(list) : V_EXC;
}

static Value registrations_of(Value fixtures, const Suite *s) { // the closest override
    if (!v_is_internal(fixtures)) return V_UNDEFINED;
    ValueArray *set = v_ptr(fixtures);
    Array *o = v_is_array(set->v[SET_OVERRIDES]) ? v_array(set->v[SET_OVERRIDES]) : NULL;
    for (; o && s && s->parent; s = s->parent)
        for (u32 i = o->length; i >= 2; i -= 2)
            if (v_num(obj_elems(&o->o)->v[i - 2]) == (f64)s->number) return obj_elems(&o->o)->v[i - 1];
    return set->v[SET_REGISTRATIONS];
}
Value fixtures_extend_rjs(VM *vm, Value base, int argc, Value *argv) {
    Value list = registrations_rjs(vm, registrations_of(base, dxtest ? dxtest->declaring : NULL), argc, argv);
    if (v_is_exc(list)) return V_EXC;
    ValueArray *set = values_new(vm, SET_COUNT);
    set->v[SET_REGISTRATIONS] = list;
    return v_from_ptr(TAG_INTERNAL, set);
}
bool fixtures_override_rjs(VM *vm, Value fixtures, int argc, Value *argv) {
    Suite *s = dxtest->declaring;
    Value list = registrations_rjs(vm, registrations_of(fixtures, s), argc, argv);
    if (v_is_exc(list)) return false;
    ValueArray *set = v_ptr(fixtures);
    if (!s->parent) {
        heap_set(vm, &set->v[SET_REGISTRATIONS], list);
        return true;
    }
    if (!v_is_array(set->v[SET_OVERRIDES])) heap_set(vm, &set->v[SET_OVERRIDES], v_from_array(array_new(vm, 2)));
    array_push(vm, v_array(set->v[SET_OVERRIDES]), v_from_u32(s->number));
    array_push(vm, v_array(set->v[SET_OVERRIDES]), list);
    return true;
}

// ---- which are to be set up, dependencies first

static bool list_has(Array *a, Value v) {
    for (u32 i = 0; i < a->length; i++)
        if (obj_elems(&a->o)->v[i] == v) return true;
    return false;
}
static bool add_needed_rjs(VM *vm, Array *registrations, Value entry, Array *chain, Array *out) {
    Value *e = ((ValueArray *)v_ptr(entry))->v;
    if (list_has(out, entry)) return true;
    if (list_has(chain, entry)) {
        StrBuf b = {0};
        for (u32 i = chain->length; i--;) {
            sb_ascii(&b, " <- ");
            sb_str(vm, &b, v_string(entry_at(chain, i)[FX_NAME]));
        }
        Value path = sb_finish(vm, &b);
        return v_is_exc(path) ? false : (throw_named(vm, "Circular fixture dependency detected: %s%s", e[FX_NAME], path), false);
    }
    array_push(vm, chain, entry);
    u32 n = v_is_array(e[FX_DEPS]) ? v_array(e[FX_DEPS])->length : 0, at;
    for (u32 i = 0; i < n; i++) {
        Value name = obj_elems(v_object(e[FX_DEPS]))->v[i], *d = entry_find(vm, registrations, name, &at);
        Value next = same_name(vm, name, e[FX_NAME]) ? e[FX_PARENT] : d ? obj_elems(&registrations->o)->v[at] : V_UNDEFINED;
        if (v_is_internal(next) && !add_needed_rjs(vm, registrations, next, chain, out)) return false;
    }
    chain->length--;
    obj_elems(&chain->o)->len--;
    array_push(vm, out, entry);
    return true;
}
// Array of entries; undefined: none.
static Value needed_rjs(Dxtest *t, Task *k, Value f, u32 index) {
    VM *vm = t->vm;
    Value regs = registrations_of(runtime_value(t, k->fixtures), k->test ? k->test->parent : k->suite);
    if (!v_is_array(regs) || !v_array(regs)->length) return V_UNDEFINED;
    Array *list = v_array(regs), *out = array_new(vm, 4), *names = used_names_rjs(vm, f, index);
    if (!names) return V_EXC;
    for (u32 i = 0; i < list->length; i++) {
        Value *e = entry_at(list, i);
        bool wanted = e[FX_AUTO] == V_TRUE && (k->test || e[FX_SCOPE] != v_from_int(SCOPE_TEST));
        for (u32 n = 0; n < names->length && !wanted; n++) wanted = same_name(vm, obj_elems(&names->o)->v[n], e[FX_NAME]);
        if (wanted && !add_needed_rjs(vm, list, obj_elems(&list->o)->v[i], array_new(vm, 4), out)) return V_EXC;
    }
    for (u32 i = 0; !k->test && i < out->length; i++)
        if (entry_at(out, i)[FX_SCOPE] == v_from_int(SCOPE_TEST))
            return throw_named(vm, "Test-scoped fixtures cannot be used inside beforeAll or afterAll hook. The following fixtures are test-scoped: \"%s\". "
                                   "Use { scope: 'file' } or { scope: 'worker' } fixtures instead, or move the logic to beforeEach or afterEach hook.", entry_at(out, i)[FX_NAME], V_UNDEFINED);
    return v_from_array(out);
}

// ---- setting one up. Cleanups are pairs: what to call (the resolver of use's promise, or onCleanup's function) and what to wait for.

enum { ROW_USE, ROW_RETURNED, ROW_THREW, ROW_ON_CLEANUP, ROW_BUILT };
enum { USE_VALUE, USE_CLEANUPS, USE_RETURN, USE_NAME, USE_SLOTS }; // slots of use, shared with its siblings through USE_RETURN's array

static Value use_call(VM *vm, Value self, int argc, Value *argv) { // use(value): a promise that the clean-up fulfils
    Value *s = native_slots(vm), hold = promise_new(vm);
    array_push(vm, v_array(s[USE_CLEANUPS]), hold);
    array_push(vm, v_array(s[USE_CLEANUPS]), s[USE_RETURN]);
    promise_resolve(vm, s[USE_VALUE], ARG(0));
    return hold;
}
static Value fixture_returned(VM *vm, Value self, int argc, Value *argv) { // slots: value promise, name; before use was called: an error
    Value *s = native_slots(vm);
    if (promise_state(s[0]) != PROMISE_PENDING) return V_UNDEFINED;
    throw_named(vm, "Fixture \"%s\" returned without calling \"use\". Make sure to call \"use\" in every code path of the fixture function.", s[1], s[1]);
    promise_reject(vm, s[0], vm_take_exception(vm));
    return V_UNDEFINED;
}
static Value fixture_threw(VM *vm, Value self, int argc, Value *argv) {
    Value *s = native_slots(vm);
    if (promise_state(s[0]) == PROMISE_PENDING) promise_reject(vm, s[0], ARG(0));
    return V_UNDEFINED;
}
static Value on_cleanup(VM *vm, Value self, int argc, Value *argv) { // slots: cleanups, called already
    Value *s = native_slots(vm);
    if (s[1] == V_TRUE)
        return throw_error(vm, "onCleanup can only be called once per fixture. Define separate fixtures if you need multiple cleanup functions.");
    heap_set(vm, &s[1], V_TRUE);
    array_push(vm, v_array(s[0]), ARG(0));
    array_push(vm, v_array(s[0]), V_UNDEFINED);
    return V_UNDEFINED;
}
const NativeRow fixture_rows[] = {FN("use", 1, use_call), FN("", 0, fixture_returned), FN("", 1, fixture_threw), FN("onCleanup", 1, on_cleanup), ROWS_END};

// Calls the fixture's function; the promise of its value, or V_EXC.
static Value fixture_call_rjs(VM *vm, Value *e, Value ctx, Array *cleanups) {
    Value value = promise_new(vm);
    promise_mark_handled(vm, value);
    if (e[FX_BUILDER] == V_TRUE) {
        Value tools = v_obj(object_new(vm));
        prop_put(vm, tools, "onCleanup", closure(vm, RUNTIME_ID(fixture_rows, ROW_ON_CLEANUP), 2, v_from_array(cleanups), V_FALSE));
        Value r = CALL2(vm, e[FX_VALUE], V_UNDEFINED, ctx, tools);
        if (v_is_exc(r)) return V_EXC;
        promise_resolve(vm, value, r);
        return value;
    }
    Value returned = promise_new(vm), names = e[FX_NAME];
    promise_mark_handled(vm, returned);
    Value use = closure(vm, RUNTIME_ID(fixture_rows, ROW_USE), USE_SLOTS, value, v_from_array(cleanups), returned, names);
    Value r = CALL2(vm, e[FX_VALUE], V_UNDEFINED, ctx, use);
    if (v_is_exc(r)) {
        r = vm_take_exception(vm);
        promise_reject(vm, returned, r);
        if (promise_state(value) == PROMISE_PENDING) return vm_throw_value(vm, r);
        return value;
    }
    promise_resolve(vm, returned, r);
    promise_then_native(vm, returned, closure(vm, RUNTIME_ID(fixture_rows, ROW_RETURNED), 2, value, names), closure(vm, RUNTIME_ID(fixture_rows, ROW_THREW), 2, value, names));
    return value;
}
static Array *root_array(Dxtest *t, u32 *root) {
    if (*root == NO_ROOT) *root = runtime_root(t, v_from_array(array_new(t->vm, 4)));
    return v_array(runtime_value(t, *root));
}

// Begins entry e for the context. CALL_WAITING: k->set_up waits for it.
static enum CallState begin_entry_rjs(Dxtest *t, Task *k, Value entry, Value *value) {
    VM *vm = t->vm;
    Value *e = ((ValueArray *)v_ptr(entry))->v;
    bool test_scope = e[FX_SCOPE] == v_from_int(SCOPE_TEST);
    *value = e[FX_VALUE];
    if (!v_is_callable(*value)) return CALL_DONE;
    Value p = e[FX_PROMISE];
    if (test_scope || v_is_undefined(p)) {
        p = fixture_call_rjs(vm, e, runtime_value(t, k->ctx), root_array(t, test_scope ? &k->fixture_cleanups : &t->file_fixtures));
        if (v_is_exc(p)) return CALL_THREW;
        if (!test_scope) heap_set(vm, &e[FX_PROMISE], p);
    }
    k->set_up = k->call;
    k->set_up.done = NO_ROOT;
    call_await(t, &k->set_up, p);
    loop_jobs(vm);
    return call_poll_rjs(t, &k->set_up, value);
}

enum CallState fixtures_step_rjs(Dxtest *t, Task *k, Value f, u32 index) {
    VM *vm = t->vm;
    if (k->fixtures == NO_ROOT) return CALL_DONE;
    if (!k->fixtures_known) {
        Value pending = needed_rjs(t, k, f, index);
        if (v_is_exc(pending)) return CALL_THREW;
        k->fixtures_known = true;
        k->pending_at = 0;
        runtime_root_free(t, &k->pending);
        k->pending = runtime_root(t, pending);
    }
    Value pending = runtime_value(t, k->pending);
    for (; v_is_array(pending) && k->pending_at < v_array(pending)->length; k->pending_at++) {
        Value entry = obj_elems(v_object(pending))->v[k->pending_at], value = V_UNDEFINED;
        Array *ready = root_array(t, &k->ready);
        enum CallState s;
        if (k->setting_up) s = call_poll_rjs(t, &k->set_up, &value);
        else {
            if (list_has(ready, entry)) continue;
            s = begin_entry_rjs(t, k, entry, &value);
        }
        k->setting_up = s == CALL_WAITING;
        if (s != CALL_DONE) return s;
        array_push(vm, ready, entry);
        object_put(vm, v_object(runtime_value(t, k->ctx)), key_from_string(vm, v_string(((ValueArray *)v_ptr(entry))->v[FX_NAME])), value, ATTR_WEC);
    }
    return CALL_DONE;
}

enum CallState fixtures_down_rjs(Dxtest *t, Call *c, u32 cleanups, bool *waiting) {
    VM *vm = t->vm;
    Value list = runtime_value(t, cleanups), r = V_UNDEFINED;
    while (*waiting || (v_is_array(list) && v_array(list)->length)) {
        enum CallState s;
        if (*waiting) s = call_poll_rjs(t, c, &r);
        else {
            Elements *e = obj_elems(v_object(list));
            Value what = e->v[e->len - 2], wait = e->v[e->len - 1];
            e->len -= 2;
            v_array(list)->length -= 2;
            call_prepare(c, hook_timeout(t, 0), "hook");
            if (v_is_callable(what)) s = call_start_rjs(t, c, what, V_UNDEFINED, 0, NULL, &r);
            else {
                promise_resolve(vm, what, V_UNDEFINED);
                call_await(t, c, wait);
                loop_jobs(vm);
                s = call_poll_rjs(t, c, &r);
            }
        }
        *waiting = s == CALL_WAITING;
        if (s != CALL_DONE) return s;
    }
    return CALL_DONE;
}
