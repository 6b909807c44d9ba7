// SPDX-License-Identifier: MIT
// dxvm run: opens and verifies a module or a layout, boots a VM, runs it with its jobs, reports an uncaught
// error as Node does.
#include "cli/dxvm_artifacts.h"
#include "runtime/dxtest.h"
#include "runtime/loop/loop.h"
#include "runtime/inspect.h"
#include "runtime/node/node.h"
#include "vm/exec/module.h"
#include "vm/host.h"
#include "vm/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int dxvm_run(int argc, char **argv);

static void write_all(void *ctx, int fd, const char *p, size_t n) {
    static char out[1 << 16];
    static size_t used;
    if (fd == 1 && n && used + n <= sizeof out) {
        memcpy(out + used, p, n);
        used += n;
        return;
    }
    if (used) fwrite(out, 1, used, stdout), fflush(stdout), used = 0;
    if (fd < 0) return; // only the flush
    fwrite(p, 1, n, fd == 2 ? stderr : stdout);
    fflush(fd == 2 ? stderr : stdout);
}

// Promises rejected without a handler when the jobs ran dry. An array on the realm's host slots.
enum { HOST_REJECTIONS = 7 };

static void on_rejection(VM *vm, Value promise, int handled) {
    Value *slot = &vm->realm->host[HOST_REJECTIONS];
    if (!v_is_array(*slot)) heap_set(vm, slot, v_from_array(array_new(vm, 4)));
    Array *a = v_array(*slot);
    if (!handled) {
        array_push(vm, a, promise);
        return;
    }
    u32 i = a->length; // the latest is the likeliest
    while (i && obj_elems(&a->o)->v[i - 1] != promise) i--;
    if (!i) return;
    heap_set(vm, &obj_elems(&a->o)->v[i - 1], V_UNDEFINED);
    while (a->length && v_is_undefined(obj_elems(&a->o)->v[a->length - 1]))
        if (array_set_length_rjs(vm, a, v_from_u32(a->length - 1)) < 0) return;
}

static int report(VM *vm, Value error) {
    Buf text = {0};
    buf_str(&text, "Uncaught ");
    if (v_is_kind(error, CELL_ERROR)) {
        text.len = 0;
        if (!inspect_rjs(vm, error, &inspect_defaults, &text)) (void)vm_take_exception(vm);
    } else if (!inspect_rjs(vm, error, &inspect_defaults, &text)) {
        (void)vm_take_exception(vm);
    }
    buf_u8(&text, '\n');
    write_all(NULL, 2, (const char *)text.data, text.len);
    buf_free(&text);
    return 1;
}

static int job_errors;
static void on_job_error(VM *vm, Value error) { job_errors |= report(vm, error); }

static int finish(VM *vm) { // the jobs, then what nobody handled
    if (!jobs_run(vm)) return 1;
    if (!job_errors) dxtest_drain(vm);
    if (vm_terminated(vm)) return 1;
    if (job_errors) return 1;
    Value list = vm->realm->host[HOST_REJECTIONS];
    for (u32 i = 0; v_is_array(list) && i < v_array(list)->length; i++) {
        Value p = obj_elems(v_object(list))->v[i];
        if (p != V_UNDEFINED) return report(vm, promise_result(p));
    }
    return 0;
}

static int run_modules(VM *vm, DxtModule *modules, u32 count, u32 first) {
    DxProgram *p = program_new(vm, modules, count);
    if (v_is_exc(module_start_rjs(vm, program_module(vm, p, first)))) return vm_terminated(vm) ? 1 : report(vm, vm_take_exception(vm));
    loop_drain(vm, UINT64_MAX);
    return finish(vm);
}

// ---- the command

typedef struct RunArgs {
    u64 steps;        // 0: no limit
    const char *path;
    char **rest;      // the program's own
    int rest_count;
} RunArgs;

static int usage(void) {
    fprintf(stderr, "usage: dxvm run [--steps N] FILE [ARG...]\n");
    return EXIT_USAGE;
}

static int parse_args(int argc, char **argv, RunArgs *a) {
    int at = 1;
    for (; at < argc && argv[at][0] == '-' && argv[at][1]; at++) {
        char *end = NULL;
        if (!strcmp(argv[at], "--")) {
            at++;
            break;
        }
        if (strcmp(argv[at], "--steps") || at + 1 == argc) return usage();
        a->steps = strtoull(argv[++at], &end, 10);
        if (!a->steps || *end || argv[at][0] == '-') return usage();
    }
    if (at >= argc) return usage();
    a->path = argv[at];
    a->rest = argv + at + 1;
    a->rest_count = argc - at - 1;
    return EXIT_OK;
}

static int run_opened(const RunArgs *a, DxtLayout *layout, DxtModule *module) { // one of them
    static DxHost host = {.write = write_all, .on_job_error = on_job_error, .on_rejection = on_rejection, .load_builtin = node_module};
    dxtest_register();
    VM *vm = vm_boot(NULL);
    vm->host = &host;
    dxtest_loop_open(vm);
    process_set_arguments(a->path, a->rest, a->rest_count);
    if (a->steps) vm_set_step_limit(vm, a->steps);
    int code = module ? run_modules(vm, module, 1, 0) : 0;
    for (u32 i = 0; layout && i < layout->file_count && code == 0; i++) code = run_modules(vm, layout->modules, layout->module_count, layout->files[i].module);
    write_all(NULL, -1, "", 0);
#ifndef DX_DEBUG
    _exit(exit_status("dxvm", code)); // the kernel gives memory back faster than anything here could
#endif
    vm_shutdown(vm);
    return code;
}

int dxvm_run(int argc, char **argv) {
    RunArgs a = {0};
    if (parse_args(argc, argv, &a)) return EXIT_USAGE;
    Artifact artifact;
    int code = artifact_open(a.path, &artifact);
    if (code) return code;
    code = run_opened(&a, artifact.is_layout ? &artifact.layout : NULL, artifact.is_layout ? NULL : &artifact.module);
    artifact_close(&artifact);
    return code;
}
