// SPDX-License-Identifier: MIT
// Property: whatever the verifier accepts runs inside its memory: it ends, throws or meets the step limit, and never crashes.
#include "tests/fuzz/mutate.h"

#include <setjmp.h>

#include "runtime/dxtest.h"
#include "runtime/loop/loop.h"
#include "vm/exec/module.h"
#include "vm/host.h"
#include "vm/vm.h"

#define STEPS 4000 // enough for every seed
#define HEAP_LIMIT (256ull << 20)
#define HEAP_SPARE (512ull << 20) // for natives under way when the limit is reached

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed) {
    return mutate_artifact(data, size, max_size, seed);
}

// The VM measures the C stack by the addresses of locals and scans it: they must lie on the real one.
const char *__asan_default_options(void);
const char *__asan_default_options(void) { return "detect_stack_use_after_return=0:detect_leaks=0"; }

static void drop_output(void *ctx, int fd, const char *p, size_t n) {}
static void drop_error(VM *vm, Value error) {}
static void drop_rejection(VM *vm, Value promise, int handled) {}

// A program may fill its heap: that ends the run, not the search. At first orderly, so that what natives hold in malloc memory is
// freed; a native that needs more than that at once is left where it stands.
static jmp_buf heap_full;
static bool on_heap_limit(VM *vm) {
    if (vm->interrupt & 1) longjmp(heap_full, 1);
    heap_set_limit(vm, HEAP_LIMIT + HEAP_SPARE);
    vm_interrupt(vm, 1);
    return true;
}

static void run(DxtModule *modules, u32 count, u32 first) {
    static DxHost host = {.write = drop_output, .on_job_error = drop_error, .on_rejection = drop_rejection};
    VM *volatile vm = vm_boot(&(VmOptions){.heap_limit = HEAP_LIMIT + HEAP_SPARE, .gc_threshold = 8u << 20, .max_depth = 500});
    Value promise;
    heap_set_limit(vm, HEAP_LIMIT);
    heap_limit_hook = on_heap_limit;
    if (setjmp(heap_full)) {
        vm_shutdown(vm);
        return;
    }
    vm->host = &host; // no modules, files or compiler: what the bytes can reach is the language and timers
    dxtest_loop_open(vm);
    vm_set_step_limit(vm, STEPS);
    Value r = module_run_rjs(vm, program_module(vm, program_new(vm, modules, count), first), &promise);
    if (v_is_exc(r) && !vm_terminated(vm))
        (void)vm_take_exception(vm);
    if (!vm_terminated(vm))
        (void)jobs_run(vm);
    if (!vm_terminated(vm))
        loop_drain(vm, runtime_now_ns() + 2000000);
    vm_shutdown(vm);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static bool registered;
    if (!registered)
        dxtest_register();
    registered = true;
    u8 *bytes = aligned_alloc(16, (size + 16) & ~(size_t)15);
    memcpy(bytes, data, size);
    DxtModule m;
    DxtLayout l;
    if (!dxt_open(bytes, size, true, &m, NULL)) {
        run(&m, 1, 0);
        dxt_close(&m);
    } else if (!dxtl_open_bytes(bytes, size, true, &l, NULL)) {
        for (u32 i = 0; i < l.file_count && i < 4; i++)
            run(l.modules, l.module_count, l.files[i].module);
        dxtl_close(&l);
    }
    free(bytes);
    return 0;
}
