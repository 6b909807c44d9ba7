// SPDX-License-Identifier: MIT
// A VM with the compiler in it, for conformance tests: reads one source text, runs it as a script, a module or CommonJS, with print and a
// $262 object. Exit codes: 0 ok, 1 an error was thrown (printed), 3 the source does not compile, 4 the compiler's output was rejected.
#include "cli/lib/eval_hook.h"
#include "compiler/dxc.h"
#include "runtime/console.h"
#include "runtime/inspect.h"
#include "vm/exec/module.h"
#include "vm/native.h"
#include "vm/convert.h"
#include "vm/text.h"

#include <stdio.h>

static void write_out(void *ctx, int fd, const char *p, size_t n) { fwrite(p, 1, n, fd == 2 ? stderr : stdout); }

static Value host_print(VM *vm, Value self, int argc, Value *argv) {
    Buf text = {0};
    for (int i = 0; i < argc; i++) {
        String *s = to_string_rjs(vm, argv[i]);
        if (!s) return V_EXC;
        if (i) buf_u8(&text, ' ');
        str_to_utf8(vm, s, &text);
    }
    buf_u8(&text, '\n');
    write_out(NULL, 1, (const char *)text.data, text.len);
    buf_free(&text);
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

static Value host_gc(VM *vm, Value self, int argc, Value *argv) { return V_UNDEFINED; }

static const NativeRow host_rows[] = {FN("print", 1, host_print), ROWS_END};
static const NativeRow t262_rows[] = {FN("evalScript", 1, host_eval_script), FN("gc", 0, host_gc), ROWS_END};

static int report(VM *vm, Value error) {
    Buf text = {0};
    if (!v_is_kind(error, CELL_ERROR)) buf_str(&text, "Uncaught ");
    if (!inspect_rjs(vm, error, &inspect_defaults, &text)) (void)vm_take_exception(vm);
    buf_u8(&text, '\n');
    write_out(NULL, 2, (const char *)text.data, text.len);
    buf_free(&text);
    return 1;
}

static int job_errors;
static void on_job_error(VM *vm, Value error) { job_errors |= report(vm, error); }

static bool compile(DxcGoal goal, const char *path, const Buf *text, Arena *arena, DxtModule *out, int *status) {
    DiagList diags;
    DxcOptions options = dxc_options_default();
    Buf messages = {0};
    DxtFault fault = {0};
    options.goal = goal;
    diag_init(&diags, arena, path, (const char *)text->data, text->len);
    DxcResult r = dxc_compile(&options, path, (const char *)text->data, text->len, arena, out, &diags);
    if (r != DXC_OK) {
        diag_sort(&diags);
        diag_print(&diags, &messages);
        write_out(NULL, 2, (const char *)messages.data, messages.len);
        buf_free(&messages);
        *status = 3;
        return false;
    }
    if (dxt_verify(out, &fault) == DXT_OK) return true;
    fprintf(stderr, "%s: rule %u: %s\n", path, fault.rule, fault.detail);
    *status = 4;
    return false;
}

int main(int argc, char **argv) {
    DxcGoal goal = DXC_GOAL_SCRIPT;
    int i = 1, status = 0;
    if (i < argc && !strcmp(argv[i], "--module")) goal = DXC_GOAL_MODULE, i++;
    else if (i < argc && !strcmp(argv[i], "--commonjs")) goal = DXC_GOAL_COMMONJS, i++;
    if (i >= argc) return fprintf(stderr, "usage: t262 [--module|--commonjs] FILE\n"), 2;
    Buf text = {0};
    Arena arena = {0};
    DxtModule *module = ARENA_NEW(&arena, DxtModule);
    if (file_read(argv[i], &text)) return perror(argv[i]), 2;
    (void)buf_cstr(&text);
    if (!compile(goal, argv[i], &text, &arena, module, &status)) return status;
    static const NativeRow *const tables[] = {console_rows, performance_rows, host_rows, t262_rows};
    static DxHost host = {.write = write_out, .on_job_error = on_job_error, .compile = eval_hook_compile};
    native_register(tables, 4);
    VM *vm = vm_boot(NULL);
    vm->host = &host;
    console_install(vm, NATIVE_TABLE_COUNT, NATIVE_TABLE_COUNT + 1);
    builtin_install(vm, vm->realm->global, NATIVE_TABLE_COUNT + 2);
    Value t262 = v_from_ptr(TAG_OBJECT, object_new(vm));
    builtin_install(vm, t262, NATIVE_TABLE_COUNT + 3);
    object_put(vm, v_object(t262), key_c(vm, "global"), vm->realm->global_this, ATTR_WC);
    object_put(vm, v_object(vm->realm->global), key_c(vm, "$262"), t262, ATTR_WC);
    Value r, promise;
    if (goal == DXC_GOAL_SCRIPT) r = script_run_rjs(vm, module, NULL, vm->realm->global_this);
    else r = module_run_rjs(vm, program_module(vm, program_new(vm, module, 1), 0), &promise);
    if (v_is_exc(r)) status = vm_terminated(vm) ? 1 : report(vm, vm_take_exception(vm));
    else if (!jobs_run(vm)) status = 1;
    fflush(stdout);
    return status | job_errors;
}
