// SPDX-License-Identifier: MIT
// The heap region: one contiguous reservation at a fixed address; every JS-visible thing lives in it.
//
//   REGION_BASE                                                      top ->                    limit
//   | VM struct, realm image (level 0) | layout, module (level 1) | file and test (level 2) | reserved ...
//
// Allocation bumps a pointer. Nothing moves, ever: plain pointers and Values may be kept in C locals and on the C stack (scanned
// conservatively, interior pointers count). Memory reached only from malloc'ed or static C memory is NOT kept alive: hang it on an object, the realm
// or vm->roots.
//
// RESET: everything below `old_limit` belongs to the level to go back to. Before the first write to such a page its bytes are saved, so
// heap_reset puts back exactly the dirty pages and the bump pointer. Therefore EVERY write to a cell that you did not allocate
// just now goes through heap_set / heap_touch. DX_DEBUG builds compare untouched pages with a pristine copy at reset and abort on a missed one.
#ifndef DX_HEAP_H
#define DX_HEAP_H

#include "vm/value.h"

typedef struct VM VM;

typedef enum CellKind {
#define CELL(num, NAME, type, js) CELL_##NAME = num,
#include "vm/classes.def"
#undef CELL
    CELL_FIRST_OBJECT = 32
} CellKind;

#define REGION_BASE ((char *)0x200000000000ull)
#define REGION_SIZE (64ull << 30)

typedef struct Heap {
    char *top;        // next free byte of the current free run
    char *run_end;    // end of the current free run
    char *old_limit;  // writes below are saved for reset
    char *high;       // end of memory ever handed out
    u64 threshold;    // collect when allocated bytes since the last collection pass this
    u64 allocated;    // estimate of bytes handed out since the last collection
    struct HeapState *state; // free runs, mark bits, saved pages (malloc memory; heap/ only)
} Heap;

#define VM_HEAP(vm) ((Heap *)(vm)) // the Heap is the first member of VM

// Allocation: `bytes` rounded up to 8; header filled (size, kind), the rest is NOT cleared by heap_alloc; heap_alloc0 clears.
// May collect (never moves). Never returns NULL: when the limit is reached the run ends as V8's does (fatal, "JavaScript heap out of memory").
void *heap_alloc_slow(VM *vm, size_t bytes, CellKind kind);
DX_INLINE void *heap_alloc(VM *vm, size_t bytes, CellKind kind) {
    bytes = (bytes + 7) & ~(size_t)7;
#ifndef DX_GC_STRESS
    Heap *h = VM_HEAP(vm);
    if (DX_LIKELY((size_t)(h->run_end - h->top) >= bytes)) {
        Cell *c = (Cell *)h->top;
        h->top += bytes;
        u64 header = (u64)(bytes >> 3) | (u64)kind << 32;
        memcpy(c, &header, 8);
        return c;
    }
#endif
    return heap_alloc_slow(vm, bytes, kind);
}
DX_INLINE void *heap_alloc0(VM *vm, size_t bytes, CellKind kind) {
    char *p = (char *)heap_alloc(vm, bytes, kind);
    memset(p + sizeof(Cell), 0, ((bytes + 7) & ~(size_t)7) - sizeof(Cell));
    return p;
}

// Write barrier. Call BEFORE writing [p, p+n) inside an existing cell. A no-op test for young memory.
void heap_touch_slow(VM *vm, const void *p, size_t n);
DX_INLINE void heap_touch(VM *vm, const void *p, size_t n) {
    if (DX_UNLIKELY((const char *)p < VM_HEAP(vm)->old_limit)) heap_touch_slow(vm, p, n);
}
DX_INLINE void heap_set(VM *vm, Value *slot, Value v) {
    heap_touch(vm, slot, 8);
    *slot = v;
}
#define HEAP_STORE(vm, lvalue, v) do { heap_touch((vm), &(lvalue), sizeof(lvalue)); (lvalue) = (v); } while (0)

// Levels. heap_mark_level: everything allocated so far becomes "old"; heap_reset returns to that mark.
// Levels nest (8 deep): a reset goes to the innermost mark and keeps it. Fields of VM are put back too, except the stacks, host, exec, frame,
// interrupt, impure, assertions and random_state; marks are therefore made and reset at the same frame.
void heap_mark_level(VM *vm);
void heap_reset(VM *vm);
void heap_pop_level(VM *vm);         // heap_reset, then forgets the mark
void heap_keep_level(VM *vm);        // forgets the innermost mark and keeps what was done since (the level outside can still be reset)
u32 heap_dirty_pages(VM *vm);        // old pages written since the innermost mark: 0 means that nothing older points at new memory
// Called when the limit is reached, before the process ends with HEAP_FULL_STATUS. True: it set a higher limit; it is asked
// again while that is not enough. May leave by longjmp instead: the VM is then good for vm_shutdown only.
#define HEAP_FULL_STATUS 134 // as of a process that aborts, which is how V8 ends
extern bool (*heap_limit_hook)(VM *vm);
void heap_discard(VM *vm);            // gives the memory of all cells back: the VM is then good for vm_shutdown only
void heap_set_limit(VM *vm, u64 bytes); // at most VmOptions.heap_limit, which is what is reserved
void heap_collect(VM *vm);           // full collection, now
u64 heap_collections(VM *vm);        // how many there were
size_t heap_used(VM *vm);            // bytes in live or not yet collected cells
bool heap_contains(const void *p);
// Collections are off between these (they nest); for code that builds cells whose links are not in place yet.
void heap_collect_off(VM *vm);
void heap_collect_on(VM *vm);

// Raw helpers
typedef struct ByteCell { Cell cell; u8 data[]; } ByteCell;
typedef struct ValueArray { Cell cell; Value v[]; } ValueArray;
ByteCell *bytes_new(VM *vm, size_t n);
ValueArray *values_new(VM *vm, u32 n); // filled with undefined
DX_INLINE u32 values_capacity(const ValueArray *a) { return a->cell.size - 1; }

#endif
