// SPDX-License-Identifier: MIT
// Life of a VM: placing the realm image, or building the realm when no image is linked in (mkimage). The VM
// struct is the start of the region, so that an image is one block: [REGION_BASE, top).
#include <elf.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <unistd.h>

#include "vm/builtins/builtins.h"
#include "vm/heap/state.h"
#include "vm/object/layout.h"
#include "vm/text/atom.h"
#include "vm/vm.h"

extern __attribute__((weak)) void exec_boot(VM *vm,
                                            u32 max_depth); // absent in programs that only build objects
extern __attribute__((weak)) void exec_shutdown(VM *vm);
extern __attribute__((weak)) void module_shapes_make(VM *vm);

// ---- the image

// File offset of an address of the main program, or -1.
static i64 file_offset_of(const void *p) {
    const Elf64_Phdr *ph = (const Elf64_Phdr *)getauxval(AT_PHDR);
    u64 n = getauxval(AT_PHNUM), bias = 0;
    if (!ph) return -1;
    for (u64 i = 0; i < n; i++)
        if (ph[i].p_type == PT_PHDR) bias = (u64)(uintptr_t)ph - ph[i].p_vaddr;
    u64 at = (u64)(uintptr_t)p - bias;
    for (u64 i = 0; i < n; i++)
        if (ph[i].p_type == PT_LOAD && at >= ph[i].p_vaddr && at < ph[i].p_vaddr + ph[i].p_filesz)
            return (i64)(ph[i].p_offset + (at - ph[i].p_vaddr));
    return -1;
}

static void image_place(void) {
    size_t n = (size_t)(realm_image_end - realm_image_start);
    i64 offset = file_offset_of(realm_image_start);
    if (offset >= 0 && offset % HEAP_PAGE == 0) {
        int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
        if (fd >= 0) {
            void *p = mmap(REGION_BASE, n, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_FIXED, fd, offset);
            close(fd);
            if (p == (void *)REGION_BASE && (size_t)(((VM *)p)->heap.high - REGION_BASE) == n) return;
        }
    }
    memcpy(REGION_BASE, realm_image_start, n);
}

// ---- building

static void atoms_build(VM *vm) {
    static const struct { const char *text; bool symbol; } rows[ATOM_COUNT] = {
#define ATOM(id, text) {text, false},
#include "vm/atoms.def"
#undef ATOM
#define SYM(id, text) {text, true},
#include "vm/wellknown.def"
#undef SYM
    };
    vm->atom_table = atom_table_new(vm, 4096);
    u8 *p;
    String *empty = str_alloc_latin1(vm, 0, &p);
    vm->atoms[ATOM_empty] = v_from_string(empty);
    DX_CHECK(str_intern(vm, empty) == empty);
    for (int i = 0; i < 256; i++) {
        String *s = str_alloc_latin1(vm, 1, &p);
        *p = (u8)i;
        vm->char_strings[i] = v_from_string(s);
        DX_CHECK(str_intern(vm, s) == s);
    }
    for (int i = 0; i < ATOM_COUNT; i++) {
        Value text = v_from_string(atom_c(vm, rows[i].text));
        vm->atoms[i] = rows[i].symbol ? v_from_ptr(TAG_SYMBOL, symbol_new(vm, text)) : text;
    }
}

static void realm_build(VM *vm) {
    Realm *r = heap_alloc0(vm, sizeof(Realm), CELL_REALM);
    vm->realm = r;
    for (u32 i = 0; i < REALM_FIELD_COUNT; i++) r->intrinsics[i] = V_UNDEFINED;
    for (u32 i = 0; i < DX_COUNTOF(r->host); i++) r->host[i] = V_UNDEFINED;
    r->ObjectPrototype = v_obj(object_new_proto(vm, V_NULL));
    r->shape_object = shape_root(vm, r->ObjectPrototype);
    r->shape_function = r->shape_object; // for the next object only
    r->FunctionPrototype = native_make(vm, NATIVE_ID(function_internal_rows, 0));
    func_materialize(vm, v_object(r->FunctionPrototype));
    r->shape_function = shape_root(vm, r->FunctionPrototype);
    r->shape_array = r->shape_object;
    r->ArrayPrototype = v_from_array(array_new(vm, 0));
    r->shape_array = shape_root(vm, r->ArrayPrototype);
    r->shape_iter_result =
        shape_add(vm, shape_add(vm, r->shape_object, A_(vm, value), ATTR_WEC), A_(vm, done), ATTR_WEC);
    r->IteratorPrototype = v_obj(object_new(vm));
    r->AsyncIteratorPrototype = v_obj(object_new(vm));
    r->global = v_obj(object_alloc(vm, CELL_GLOBAL, sizeof(Object), r->shape_object, 0));
    r->global_this = r->global;
    object_to_dictionary(vm, v_object(r->global));
    r->lexical = v_obj(object_new_proto(vm, V_NULL));
    object_to_dictionary(vm, v_object(r->lexical));
    // A new binding can hide one that a cache of global accesses remembers, so additions bump the epoch.
    object_make_proto(vm, v_object(r->global));
    object_make_proto(vm, v_object(r->lexical));
#define BUILTIN(name) builtin_##name##_install(vm);
#include "vm/builtins/installers.def"
#undef BUILTIN
}

static void code_call_slowly(VM *vm, Cell *c, void *ctx) {
    if (c->kind == CELL_CODE) HEAP_STORE(vm, ((FuncCode *)c)->entry, 0);
}

Realm *realm_new(VM *vm) {
    Realm *outer = vm->realm;
    heap_collect_off(vm);
    realm_build(vm);
    heap_collect_on(vm);
    Realm *r = vm->realm;
    r->SymbolRegistry = outer->SymbolRegistry; // both belong to the agent
    r->AtomicsWaiters = outer->AtomicsWaiters;
    vm->realm = outer;
    if (!vm->further_realms++) heap_each(vm, code_call_slowly, NULL);
    return r;
}

static void vm_build(VM *vm, u64 limit, u64 threshold) {
    vm->heap.top = HEAP_CELLS;
    heap_open(vm, limit, threshold);
    vm->exception = V_HOLE;
    vm->native.callee = vm->native.new_target = V_UNDEFINED;
    for (u32 i = 0; i < DX_COUNTOF(vm->roots); i++) vm->roots[i] = V_UNDEFINED;
    heap_collect_off(vm);
    atoms_build(vm);
    realm_build(vm);
    if (module_shapes_make) module_shapes_make(vm);
    heap_collect_on(vm);
}

// ---- life

// 8 GB, but not more than half of the machine: better V8's message than the kernel's choice.
static u64 default_limit(void) {
    u64 half = (u64)sysconf(_SC_PHYS_PAGES) * (u64)sysconf(_SC_PAGESIZE) / 2, most = 8ull << 30;
    return half && half < most ? half : most;
}

VM *vm_boot(const VmOptions *o) {
    u64 region, limit = o && o->heap_limit ? o->heap_limit : default_limit(),
                threshold = o && o->gc_threshold ? o->gc_threshold : 256ull << 20;
    if (!heap_reserve(&region)) {
        fprintf(stderr, "dx: cannot reserve address space for the heap at %p\n", (void *)REGION_BASE);
        exit(2);
    }
    if (limit > region) limit = region;
    VM *vm = (VM *)REGION_BASE;
    bool image = &realm_image_end[0] != &realm_image_start[0];
    if (image) {
        image_place();
        heap_open(vm, limit, threshold);
    } else {
        vm_build(vm, limit, threshold);
    }
    vm->heap.state->region_end = REGION_BASE + region;
    if (exec_boot) exec_boot(vm, o ? o->max_depth : 0);
    return vm;
}

void vm_shutdown(VM *vm) {
    if (exec_shutdown) exec_shutdown(vm);
    heap_close(vm);
}

size_t vm_image(VM *vm) {
    HeapState *st = vm->heap.state;
    if (exec_shutdown) exec_shutdown(vm);
    vm->exec = NULL;
    vm->stack = vm->stack_end = NULL;
    vm->frames = vm->frame = vm->frames_end = NULL;
    vm->jobs = NULL;
    heap_collect(vm);
    heap_fill_free(vm->heap.top, vm->heap.run_end);
    vm->heap.run_end = vm->heap.top = vm->heap.high = (char *)dx_align_up((uintptr_t)vm->heap.high, 8);
    vm->heap.state = NULL;
    vm->heap.allocated = 0;
    vm->c_stack_limit = NULL;
    vm->host = NULL;
    mem_free(st->big.runs);
    mem_free(st->small.runs);
    mem_free(st->starts);
    mem_free(st->marks);
    mem_free(st->anchors);
    mem_free(st);
    return (size_t)(vm->heap.high - REGION_BASE);
}
