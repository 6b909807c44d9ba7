// SPDX-License-Identifier: MIT
// One test in one mode: harness files, the $262 object, modules on demand, the verdict. The realm is built once a process; every test starts
// from the mark behind assert.js and sta.js and is undone by a reset.
#include "tests/test262/runner.h"

#include "cli/lib/eval_hook.h"
#include "compiler/dxc.h"
#include "compiler/link/data.h"
#include "vm/buffer.h"
#include "vm/convert.h"
#include "vm/exec/exec.h"
#include "vm/text.h"

#include <stdio.h>
#include <stdlib.h>

#define HEAP_LIMIT (2ull << 30)

typedef struct Unit { // a compiled file
    Arena arena;
    char *path;       // absolute
    Value key_type;   // attribute it was imported with: the module map's key has two parts
    DxtModule *module;
    DxProgram *program; // when it was asked for as a module
    struct Unit *next;
} Unit;

static struct {
    VM *vm;
    char *checkout;
    Unit *harness;    // compiled once
    Unit *modules;    // of the current test
    Unit *loose;      // of the current test: its script
    u32 mark;         // of programs, at the realm's mark
    bool with_harness; // the inner level (after assert.js and sta.js) stands
    u32 harness_mark;
    Buf printed;
    char *dir;        // the current test's directory, for specifiers of code without a path
} t262;

// ---- compiling

static void unit_free(Unit **list) {
    while (*list) {
        Unit *u = *list;
        *list = u->next;
        arena_free(&u->arena);
        mem_free(u);
    }
}

static Unit *unit_new(const char *path) {
    Unit *u = mem_zalloc(sizeof *u);
    u->path = arena_strndup(&u->arena, path, strlen(path));
    u->module = ARENA_NEW(&u->arena, DxtModule);
    u->key_type = V_UNDEFINED;
    return u;
}

static bool unit_compile_text(Unit *u, DxcGoal goal, char *source, size_t len) {
    VM *vm = t262.vm;
    DxcOptions options = dxc_options_default();
    options.goal = goal;
    DiagList *diags = ARENA_NEW(&u->arena, DiagList);
    diag_init(diags, &u->arena, u->path, source, len);
    if (dxc_compile(&options, u->path, source, len, &u->arena, u->module, diags) != DXC_OK) return eval_hook_throw(vm, diags);
    DxtFault fault = {0};
    if (dxt_verify(u->module, &fault) == DXT_OK) return true;
    Buf message = {0};
    buf_printf(&message, "the compiler's output breaks rule %u: %s", fault.rule, fault.detail);
    (void)vm_throw(vm, ERR_CUSTOM_ERROR, buf_cstr(&message));
    buf_free(&message);
    return false;
}

// Reads and compiles u->path. False: thrown (a SyntaxError, or an Error when the file cannot be read or what was compiled is not valid).
static bool unit_compile(Unit *u, DxcGoal goal, const char *prefix) {
    VM *vm = t262.vm;
    Buf text = {0};
    buf_str(&text, prefix);
    if (file_read(u->path, &text)) {
        (void)vm_throw(vm, ERR_MODULE_NOT_FOUND, u->path);
        buf_free(&text);
        return false;
    }
    char *source = arena_strndup(&u->arena, (const char *)text.data, text.len);
    size_t len = text.len;
    buf_free(&text);
    return unit_compile_text(u, goal, source, len);
}

// A module whose value is the file's bytes.
static bool unit_bytes(Unit *u) {
    Buf text = {0};
    if (file_read(u->path, &text)) return v_is_exc(vm_throw(t262.vm, ERR_MODULE_NOT_FOUND, u->path)) && false;
    (void)data_to_source(&u->arena, u->path, "bytes", &text); // fails for JSON only
    bool ok = unit_compile_text(u, DXC_GOAL_COMMONJS, arena_strndup(&u->arena, (const char *)text.data, text.len), text.len);
    buf_free(&text);
    return ok;
}

// A module whose value is the file's text (import attributes).
static bool unit_data(Unit *u, u32 kind) {
    Buf text = {0};
    if (file_read(u->path, &text)) return v_is_exc(vm_throw(t262.vm, ERR_MODULE_NOT_FOUND, u->path)) && false;
    DxtModule *m = u->module;
    m->kind = kind;
    m->path = u->path;
    m->main_func = m->init_func = DXT_NONE;
    m->source = arena_strndup(&u->arena, (const char *)text.data, text.len);
    m->source_len = (u32)text.len;
    buf_free(&text);
    return true;
}

// ---- modules

static char *resolve_path(Arena *arena, const char *from, const char *specifier) {
    Buf path = {0};
    if (from[0] == '/') {
        const char *slash = strrchr(from, '/');
        buf_put(&path, from, (size_t)(slash - from));
    } else {
        buf_str(&path, t262.dir);
    }
    for (const char *p = specifier; *p;) { // only the dots that stand in tests
        const char *end = strchr(p, '/');
        size_t n = end ? (size_t)(end - p) : strlen(p);
        if (n == 2 && !memcmp(p, "..", 2)) {
            while (path.len && path.data[path.len - 1] != '/') path.len--;
            if (path.len) path.len--;
        } else if (n && !(n == 1 && *p == '.')) {
            buf_u8(&path, '/');
            buf_put(&path, p, n);
        }
        p += n + (end != NULL);
    }
    char *out = arena_strndup(arena, (const char *)path.data, path.len);
    buf_free(&path);
    return out;
}

static bool find_module(VM *vm, Module *from, Value specifier, Value type, Module **out) {
    Buf tmp = {0}, kind_text = {0};
    Arena scratch = {0};
    const char *path = resolve_path(&scratch, from->dxt->path ? from->dxt->path : "", str_to_cstr(vm, v_string(specifier), &tmp));
    const char *kind = v_is_string(type) ? str_to_cstr(vm, v_string(type), &kind_text) : "";
    Unit *u;
    bool ok = true;
    for (u = t262.modules; u; u = u->next)
        if (!strcmp(u->path, path) && u->key_type == type && u->program) break;
    if (!u) {
        u = unit_new(path);
        u->key_type = type;
        u->next = t262.modules;
        t262.modules = u;
        if (!*kind) ok = unit_compile(u, DXC_GOAL_MODULE, "");
        else if (!strcmp(kind, "json")) ok = unit_data(u, MODULE_JSON);
        else if (!strcmp(kind, "text")) ok = unit_data(u, MODULE_TEXT);
        else if (!strcmp(kind, "bytes")) ok = unit_bytes(u);
        else ok = v_is_exc(vm_throw(vm, ERR_CUSTOM_TYPE, "Import attribute type is not supported")) && false;
        if (ok) u->program = program_new(vm, u->module, 1);
    }
    if (ok) *out = program_module(vm, u->program, 0);
    arena_free(&scratch);
    buf_free(&tmp);
    buf_free(&kind_text);
    return ok;
}

// ---- the host object

static Value host_print(VM *vm, Value self, int argc, Value *argv) {
    String *s = to_string_rjs(vm, ARG(0));
    if (!s) return V_EXC;
    str_to_utf8(vm, s, &t262.printed);
    buf_u8(&t262.printed, '\n');
    return V_UNDEFINED;
}

static Value host_eval_script(VM *vm, Value self, int argc, Value *argv) {
    Buf text = {0};
    DxtModule *m = NULL;
    String *s = to_string_rjs(vm, ARG(0));
    if (!s) return V_EXC;
    str_to_utf8(vm, s, &text);
    bool ok = eval_hook_compile(vm, buf_cstr(&text), text.len, COMPILE_SCRIPT, NULL, &m);
    buf_free(&text);
    return ok ? script_run_rjs(vm, m, NULL, vm->realm->global_this) : V_EXC;
}

static Value host_gc(VM *vm, Value self, int argc, Value *argv) {
    heap_collect(vm);
    return V_UNDEFINED;
}

static Value host_detach(VM *vm, Value self, int argc, Value *argv) {
    if (!v_is_kind(ARG(0), CELL_ARRAYBUFFER)) return vm_throw(vm, ERR_CUSTOM_TYPE, "detachArrayBuffer: not an ArrayBuffer");
    BufferObject *b = v_ptr(argv[0]);
    heap_touch(vm, b, sizeof *b);
    b->data = NULL;
    b->store = NULL;
    b->length = b->max_length = 0;
    b->detached = true;
    return V_NULL;
}

static Value host_create_realm(VM *vm, Value self, int argc, Value *argv) {
    Realm *outer = vm->realm;
    vm->realm = realm_new(vm);
    Value object = host_install(vm);
    vm->realm = outer;
    return object;
}

static const NativeRow global_host_rows[] = {FN("print", 1, host_print), ROWS_END};
// [[IsHTMLDDA]] (B.3.6): called with no argument or "" it gives null.
static Value host_html_dda(VM *vm, Value self, int argc, Value *argv) { return V_NULL; }
static const NativeRow inner_rows[] = {FN("IsHTMLDDA", 0, host_html_dda), ROWS_END};

static const NativeRow t262_rows[] = {
    FN("evalScript", 1, host_eval_script), FN("gc", 0, host_gc), FN("detachArrayBuffer", 1, host_detach),
    FN("createRealm", 0, host_create_realm), ROWS_END,
};

enum { TABLE_GLOBAL = NATIVE_TABLE_COUNT, TABLE_262, TABLE_INNER, TABLE_TIMER, TABLE_AGENT_MAIN, TABLE_AGENT_OTHER };
static const NativeRow *const host_tables[] = {global_host_rows, t262_rows, inner_rows, agent_global_rows, agent_main_rows, agent_other_rows};

Value host_install(VM *vm) {
    builtin_install(vm, vm->realm->global, TABLE_GLOBAL);
    builtin_install(vm, vm->realm->global, TABLE_TIMER);
    Value object = v_from_ptr(TAG_OBJECT, object_new(vm)), agent = v_from_ptr(TAG_OBJECT, object_new(vm));
    builtin_install(vm, object, TABLE_262);
    builtin_install(vm, agent, agent_is_other() ? TABLE_AGENT_OTHER : TABLE_AGENT_MAIN);
    object_put(vm, v_object(object), key_c(vm, "agent"), agent, ATTR_WC);
    object_put(vm, v_object(object), key_c(vm, "global"), vm->realm->global_this, ATTR_WC);
    Value dda = native_make(vm, (u32)TABLE_INNER << 10);
    v_object(dda)->cell.aux |= OBJ2_HTMLDDA;
    object_put(vm, v_object(object), key_c(vm, "IsHTMLDDA"), dda, ATTR_WC);
    object_put(vm, v_object(vm->realm->global), key_c(vm, "$262"), object, ATTR_WC);
    return object;
}

static DxHost host = {.compile = eval_hook_compile, .find_module = find_module};
static void host_write(void *ctx, int fd, const char *bytes, size_t n) {}

void run_boot(const char *checkout) {
    native_register(host_tables, DX_COUNTOF(host_tables));
    VM *vm = t262.vm = vm_boot(&(VmOptions){.heap_limit = HEAP_LIMIT});
    host.write = host_write;
    vm->host = &host;
    (void)host_install(vm);
    t262.checkout = realpath(checkout, NULL);
    t262.mark = program_mark(vm);
    heap_mark_level(vm);
}

void run_begin(void) { agent_boot(&host); }

void run_end(void) {
    vm_shutdown(t262.vm);
    free(t262.checkout);
}

// ---- harness files

static bool harness_run(const char *name) {
    Arena scratch = {0};
    Buf path = {0};
    buf_printf(&path, "%s/harness/%s", t262.checkout, name);
    Unit *u = t262.harness;
    while (u && strcmp(u->path, buf_cstr(&path))) u = u->next;
    bool ok = true;
    if (!u) {
        u = unit_new(buf_cstr(&path));
        u->next = t262.harness;
        t262.harness = u;
        ok = unit_compile(u, DXC_GOAL_SCRIPT, "");
    }
    buf_free(&path);
    arena_free(&scratch);
    return ok && !v_is_exc(script_run_rjs(t262.vm, u->module, NULL, t262.vm->realm->global_this));
}

static void forget_units(u32 mark) {
    program_release(t262.vm, mark);
    unit_free(&t262.modules);
    unit_free(&t262.loose);
    eval_hook_release();
}

// The state a test starts from. False: the harness itself failed (thrown).
static bool realm_prepare(bool raw) {
    VM *vm = t262.vm;
    if (raw) {
        if (t262.with_harness) heap_pop_level(vm);
        t262.with_harness = false;
        heap_reset(vm);
        return true;
    }
    if (t262.with_harness) return true;
    if (!harness_run("assert.js") || !harness_run("sta.js")) return false;
    t262.harness_mark = program_mark(vm);
    heap_mark_level(vm);
    t262.with_harness = true;
    return true;
}

static void realm_restore(void) {
    agent_reset(t262.vm);
    heap_reset(t262.vm);
    forget_units(t262.with_harness ? t262.harness_mark : t262.mark);
    vm_set_step_limit(t262.vm, 0);
    t262.printed.len = 0;
}

// ---- verdicts

static void error_text(Value error, Buf *out) {
    VM *vm = t262.vm;
    String *s = NULL;
    if (v_is_object(error)) {
        Value ctor = get_rjs(vm, error, key_c(vm, "constructor"));
        Value name = v_is_object(ctor) ? get_rjs(vm, ctor, key_c(vm, "name")) : V_UNDEFINED;
        Value message = get_rjs(vm, error, key_c(vm, "message"));
        if (v_is_exc(ctor) || v_is_exc(name) || v_is_exc(message)) (void)vm_take_exception(vm);
        if (v_is_string(name)) str_to_utf8(vm, v_string(name), out);
        buf_str(out, ": ");
        if (v_is_string(message)) str_to_utf8(vm, v_string(message), out);
        return;
    }
    if (v_is_symbol(error)) return buf_str(out, "a symbol was thrown");
    s = to_string_rjs(vm, error);
    buf_str(out, "thrown: ");
    if (s) str_to_utf8(vm, s, out);
}

static void result_set(Result *out, Outcome outcome, const char *text, size_t n) {
    if (n >= sizeof out->message) {
        n = sizeof out->message - 1;
        while (n && ((u8)text[n] & 0xC0) == 0x80) n--; // whole characters
    }
    for (size_t i = 0; i < n; i++) out->message[i] = (u8)text[i] < ' ' ? ' ' : text[i];
    out->message[n] = 0;
    out->outcome = outcome;
}

static void result_fail(Result *out, const char *text) { result_set(out, OUTCOME_FAIL, text, strlen(text)); }

// The test threw; vm->exception is pending unless the run was ended.
static void verdict_thrown(const Meta *m, const char *phase, Result *out) {
    if (vm_terminated(t262.vm)) return result_fail(out, "the run was ended");
    Buf text = {0};
    error_text(vm_take_exception(t262.vm), &text);
    if (m->negative_type && !strcmp(phase, m->negative_phase)) {
        size_t n = strlen(m->negative_type);
        if (text.len > n && !memcmp(text.data, m->negative_type, n) && text.data[n] == ':') result_set(out, OUTCOME_PASS, "", 0);
    }
    if (out->outcome != OUTCOME_PASS) result_set(out, OUTCOME_FAIL, (const char *)text.data, text.len);
    buf_free(&text);
}

static void verdict_ended(const Meta *m, Result *out) {
    static const char complete[] = "Test262:AsyncTestComplete", failure[] = "Test262:AsyncTestFailure:";
    if (m->negative_type) {
        Buf text = {0};
        buf_printf(&text, "no %s in phase %s", m->negative_type, m->negative_phase);
        result_set(out, OUTCOME_FAIL, (const char *)text.data, text.len);
        buf_free(&text);
        return;
    }
    if (!(m->flags & FLAG_ASYNC)) return result_set(out, OUTCOME_PASS, "", 0);
    const char *text = buf_cstr(&t262.printed), *failed = strstr(text, failure);
    if (failed) result_set(out, OUTCOME_FAIL, failed + strlen(failure), strcspn(failed + strlen(failure), "\n"));
    else if (strstr(text, complete)) result_set(out, OUTCOME_PASS, "", 0);
    else result_fail(out, "$DONE was not called");
}

static bool test_over(void) { // $DONE was called
    return t262.printed.len && strstr(buf_cstr(&t262.printed), "Test262:Async");
}

static void run_script(Unit *u, const Meta *m, Mode mode, Result *out) {
    VM *vm = t262.vm;
    u->next = t262.loose;
    t262.loose = u;
    if (!unit_compile(u, DXC_GOAL_SCRIPT, mode == MODE_STRICT ? "\"use strict\";\n" : "")) return verdict_thrown(m, "parse", out);
    if (v_is_exc(script_run_rjs(vm, u->module, NULL, vm->realm->global_this))) return verdict_thrown(m, "runtime", out);
    if (!agent_loop(vm, test_over)) return result_fail(out, "the run was ended");
    verdict_ended(m, out);
}

static void run_module(Unit *u, const Meta *m, Result *out) {
    VM *vm = t262.vm;
    u->next = t262.modules;
    t262.modules = u;
    if (!unit_compile(u, DXC_GOAL_MODULE, "")) return verdict_thrown(m, "parse", out);
    u->program = program_new(vm, u->module, 1);
    Module *module = program_module(vm, u->program, 0);
    if (!module_link_rjs(vm, module)) return verdict_thrown(m, "resolution", out);
    Value promise = module_start_rjs(vm, module);
    if (v_is_exc(promise)) return verdict_thrown(m, "runtime", out);
    if (!agent_loop(vm, test_over)) return result_fail(out, "the run was ended");
    if (v_is_object(promise) && promise_state(promise) == PROMISE_REJECTED) {
        (void)vm_throw_value(vm, promise_result(promise));
        return verdict_thrown(m, "runtime", out);
    }
    if (v_is_object(promise) && promise_state(promise) == PROMISE_PENDING && !(m->flags & FLAG_ASYNC))
        return result_fail(out, "the module's promise is still pending");
    verdict_ended(m, out);
}

static bool run_includes(const Meta *m) {
    if (m->flags & FLAG_RAW) return true;
    if (m->flags & FLAG_ASYNC && !harness_run("doneprintHandle.js")) return false;
    for (u32 i = 0; i < m->include_count; i++)
        if (!harness_run(m->includes[i])) return false;
    return true;
}

void run_job(const char *path, Mode mode, Result *out) {
    Buf full = {0}, text = {0};
    Arena arena = {0};
    Meta meta;
    buf_printf(&full, "%s/%s", t262.checkout, path);
    Unit *u = unit_new(buf_cstr(&full));
    char *slash = strrchr(u->path, '/');
    t262.dir = arena_strndup(&arena, u->path, (size_t)(slash - u->path));
    host.cannot_block = false;
    if (file_read(u->path, &text) || !meta_read(&arena, (const char *)text.data, text.len, &meta)) {
        result_fail(out, "no frontmatter");
        arena_free(&u->arena);
        mem_free(u);
    } else if (!realm_prepare(meta.flags & FLAG_RAW) || !run_includes(&meta)) {
        verdict_thrown(&(Meta){0}, "harness", out);
        arena_free(&u->arena);
        mem_free(u);
    } else if (host.cannot_block = meta.flags & FLAG_CANNOT_BLOCK, mode == MODE_MODULE) {
        run_module(u, &meta, out);
    } else {
        run_script(u, &meta, mode, out);
    }
    realm_restore();
    arena_free(&arena);
    buf_free(&full);
    buf_free(&text);
}
