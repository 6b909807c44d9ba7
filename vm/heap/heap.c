// SPDX-License-Identifier: MIT
// The heap region: reservation, allocation beyond the inline fast path, levels and their reset.
// Does not own: finding dead cells (collect.c), what lies in cells.
//
// Memory is always a sequence of cells from HEAP_CELLS to `high`, except for the current run [top, run_end),
// which is filled with a FREE cell whenever somebody walks. The current run is either a window of the bump
// area (run_end == high) or a free run found by the collector.
#include "vm/heap/state.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "format/base/mem.h"

#define WINDOW (256u << 10)    // the bump area is handed out in windows of this size, so that `allocated` is known
#define HUGE_FROM (4u << 20)   // huge pages from here on: below, small programs stay with few small pages
#define LARGE_CELL 16384u      // cells from this size on never cut a run short

bool heap_reserve(u64 *bytes) {
    for (u64 size = REGION_SIZE; size >= (256ull << 20); size >>= 1) {
        void *p = mmap(REGION_BASE, size, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
        if (p == (void *)REGION_BASE) {
            madvise(REGION_BASE + HUGE_FROM, size - HUGE_FROM, MADV_HUGEPAGE);
            *bytes = size;
            return true;
        }
        if (p != MAP_FAILED) munmap(p, size);
    }
    return false;
}

extern void *__libc_stack_end;

void heap_open(VM *vm, u64 limit, u64 threshold) {
    Heap *h = VM_HEAP(vm);
    HeapState *st = mem_zalloc(sizeof *st);
    h->state = st;
    st->limit = limit;
    st->region_end = REGION_BASE + limit;
    st->base_threshold = threshold;
    st->c_stack_end = (char *)__libc_stack_end;
    h->threshold = heap_next_threshold(st);
    h->old_limit = REGION_BASE;
    h->allocated = 0;
    h->run_end = h->high = h->top;
}

static void level_free(HeapLevel *l) {
    mem_free(l->vm);
    mem_free(l->dirty);
    mem_free(l->pages);
    mem_free(l->copies);
    mem_free(l->pristine);
    memset(l, 0, sizeof *l);
}

void heap_close(VM *vm) {
    HeapState *st = vm->heap.state;
    char *end = st->region_end;
    while (st->depth) level_free(&st->levels[--st->depth]);
    mem_free(st->big.runs);
    mem_free(st->small.runs);
    mem_free(st->starts);
    mem_free(st->marks);
    mem_free(st->anchors);
    mem_free(st);
    munmap(REGION_BASE, end - REGION_BASE);
    shape_cache_clear();
}

void heap_discard(VM *vm) {
    char *from = (char *)dx_align_up((uintptr_t)HEAP_CELLS, 4096);
    if (vm->heap.high > from) madvise(from, vm->heap.high - from, MADV_DONTNEED);
}

bool heap_contains(const void *p) {
    return (const char *)p >= REGION_BASE && (const char *)p < ((VM *)REGION_BASE)->heap.high;
}

// ---- allocation

void heap_fill_free(char *from, char *to) {
    if (from >= to) return;
    Cell *c = (Cell *)from;
    *c = (Cell){.size = (u32)((to - from) >> 3), .kind = CELL_FREE};
}

void runlist_push(RunList *l, char *at, size_t bytes) {
    if (l->count == l->cap) {
        l->cap = l->cap ? l->cap * 2 : 64;
        l->runs = mem_realloc(l->runs, l->cap * sizeof *l->runs);
    }
    l->runs[l->count++] = (FreeRun){at, bytes};
}

void anchor_push(HeapState *st, char *at) {
    if (st->anchor_count == st->anchor_cap) {
        st->anchor_cap = st->anchor_cap ? st->anchor_cap * 2 : 64;
        st->anchors = mem_realloc(st->anchors, st->anchor_cap * sizeof *st->anchors);
    }
    st->anchors[st->anchor_count++] = at;
}

bool (*heap_limit_hook)(VM *vm);

void heap_set_limit(VM *vm, u64 bytes) {
    HeapState *st = vm->heap.state;
    u64 reserved = (u64)(st->region_end - REGION_BASE);
    st->limit = bytes < reserved ? bytes : reserved;
}

static bool past_limit(const HeapState *st, const char *from, size_t bytes) {
    return (u64)(from - REGION_BASE) + bytes > st->limit || from + bytes > st->region_end;
}

// Returns only when the hook made room for `bytes` at `from`.
static void heap_exhausted(VM *vm, const char *from, size_t bytes) {
    while (heap_limit_hook && heap_limit_hook(vm))
        if (!past_limit(vm->heap.state, from, bytes)) return;
    fprintf(stderr,
            "\nFATAL ERROR: Reached heap limit (%llu MB) Allocation failed - JavaScript heap out of memory\n",
            (unsigned long long)(vm->heap.state->limit >> 20));
    fflush(NULL);
    _exit(HEAP_FULL_STATUS);
}

static bool run_take(VM *vm, RunList *l, size_t bytes) {
    Heap *h = VM_HEAP(vm);
    while (l->next < l->count) {
        FreeRun r = l->runs[l->next++];
        if (r.bytes < bytes) continue; // stays a FREE cell until the next collection
        heap_fill_free(h->top, h->run_end);
        h->top = r.at;
        h->run_end = r.at + r.bytes;
        if (r.bytes >= HEAP_BIG_RUN) anchor_push(h->state, r.at);
        h->allocated += r.bytes;
        return true;
    }
    return false;
}

static void bump_extend(VM *vm, size_t bytes) {
    Heap *h = VM_HEAP(vm);
    HeapState *st = h->state;
    size_t step = bytes > WINDOW ? dx_align_up(bytes, WINDOW) : WINDOW;
    bool at_bump = h->run_end == h->high;
    char *from = at_bump ? h->top : h->high;
    if (past_limit(st, h->high, step)) {
        step = bytes;
        if (past_limit(st, from, step)) heap_exhausted(vm, from, step);
        if (!at_bump) heap_fill_free(h->top, h->run_end);
        h->top = from;
        h->high = h->run_end = from + step;
        h->allocated += step;
        return;
    }
    if (!at_bump) {
        heap_fill_free(h->top, h->run_end);
        h->top = h->high;
    }
    anchor_push(st, h->top);
    h->high += step;
    h->run_end = h->high;
    h->allocated += step;
}

static Cell *cell_init(char *p, size_t bytes, CellKind kind) {
    u64 header = (u64)(bytes >> 3) | (u64)kind << 32;
    memcpy(p, &header, 8);
    return (Cell *)p;
}

// A large cell outside the current run: from a big free run, else from the bump area. NULL: let the current
// run be extended.
static Cell *large_alloc(VM *vm, size_t bytes, CellKind kind) {
    Heap *h = VM_HEAP(vm);
    RunList *l = &h->state->big;
    for (u32 i = l->next; i < l->count; i++) {
        FreeRun *r = &l->runs[i];
        if (r->bytes < bytes) continue;
        char *p = r->at;
        r->at += bytes;
        r->bytes -= bytes;
        heap_fill_free(r->at, r->at + r->bytes);
        h->allocated += bytes;
        return cell_init(p, bytes, kind);
    }
    if (h->run_end == h->high) return NULL;
    if (past_limit(h->state, h->high, bytes)) return NULL;
    char *p = h->high;
    h->high += bytes;
    h->allocated += bytes;
    return cell_init(p, bytes, kind);
}

void *heap_alloc_slow(VM *vm, size_t bytes, CellKind kind) {
    Heap *h = VM_HEAP(vm);
    HeapState *st = h->state;
    bytes = (bytes + 7) & ~(size_t)7;
    if (bytes >= (32ull << 30)) heap_exhausted(vm, st->region_end, bytes);
#ifdef DX_GC_STRESS
    static u64 every;
    if (!every) every = getenv("DX_GC_EVERY") ? strtoull(getenv("DX_GC_EVERY"), NULL, 10) | 1 : 211;
    if (++st->stress_count % every == 0 && !st->no_collect) heap_collect(vm);
#endif
    if ((size_t)(h->run_end - h->top) < bytes) {
        if ((h->allocated > h->threshold || past_limit(st, h->high, bytes)) && !st->no_collect) heap_collect(vm);
    }
    while ((size_t)(h->run_end - h->top) < bytes) {
        if (bytes >= LARGE_CELL) {
            Cell *c = large_alloc(vm, bytes, kind);
            if (c) return c;
        } else if (run_take(vm, &st->big, bytes) || run_take(vm, &st->small, bytes)) {
            break;
        }
        bump_extend(vm, bytes);
    }
    Cell *c = cell_init(h->top, bytes, kind);
    h->top += bytes;
    return c;
}

ByteCell *bytes_new(VM *vm, size_t n) { return heap_alloc(vm, sizeof(ByteCell) + n, CELL_BYTES); }

ValueArray *values_new(VM *vm, u32 n) {
    ValueArray *a = heap_alloc(vm, sizeof(ValueArray) + (size_t)n * 8, CELL_VALUES);
    for (u32 i = 0; i < n; i++) a->v[i] = V_UNDEFINED;
    return a;
}

size_t heap_used(VM *vm) {
    Heap *h = VM_HEAP(vm);
    size_t free_bytes = h->run_end - h->top;
    RunList *lists[2] = {&h->state->big, &h->state->small};
    for (int k = 0; k < 2; k++)
        for (u32 i = lists[k]->next; i < lists[k]->count; i++) free_bytes += lists[k]->runs[i].bytes;
    return h->high - HEAP_CELLS - free_bytes;
}

// ---- levels

void heap_touch_slow(VM *vm, const void *p, size_t n) {
    HeapState *st = vm->heap.state;
    if ((const char *)p < HEAP_CELLS || !st->depth || !n) return; // fields of VM are saved as a whole
    HeapLevel *l = &st->levels[st->depth - 1];
    u32 page = (u32)(((const char *)p - REGION_BASE) / HEAP_PAGE);
    u32 last = (u32)(((const char *)p + n - 1 - REGION_BASE) / HEAP_PAGE);
    u32 end = (u32)((l->limit - REGION_BASE + HEAP_PAGE - 1) / HEAP_PAGE);
    for (; page <= last && page < end; page++) {
        u64 bit = 1ull << (page & 63);
        if (l->dirty[page >> 6] & bit) continue;
        if (l->count == l->cap) {
            l->cap = l->cap ? l->cap * 2 : 32;
            l->pages = mem_realloc(l->pages, l->cap * sizeof *l->pages);
            l->copies = mem_realloc(l->copies, (size_t)l->cap * HEAP_PAGE);
        }
        l->dirty[page >> 6] |= bit;
        memcpy(l->copies[l->count], REGION_BASE + (size_t)page * HEAP_PAGE, HEAP_PAGE);
        l->pages[l->count++] = page;
    }
}

#define VM_SAVED offsetof(VM, get_cache)

void heap_mark_level(VM *vm) {
    Heap *h = VM_HEAP(vm);
    HeapState *st = h->state;
    DX_CHECK(st->depth < HEAP_LEVELS);
    // What comes now must lie above everything that exists, so free runs below are given up.
    heap_fill_free(h->top, h->run_end);
    if (h->run_end == h->high) h->high = h->top;
    h->top = h->run_end = h->high;
    st->big.count = st->big.next = st->small.count = st->small.next = 0;
    st->anchor_count = 0;
    HeapLevel *l = &st->levels[st->depth++];
    memset(l, 0, sizeof *l);
    l->limit = h->old_limit = h->top;
    l->vm = mem_alloc(sizeof(VM));
    memcpy(l->vm, vm, VM_SAVED);
    size_t pages = (l->limit - REGION_BASE + HEAP_PAGE - 1) / HEAP_PAGE;
    l->dirty = mem_zalloc((pages + 63) / 64 * 8);
#ifdef DX_DEBUG
    l->pristine = mem_alloc(l->limit - HEAP_CELLS + 1);
    memcpy(l->pristine, HEAP_CELLS, l->limit - HEAP_CELLS);
#endif
}

#ifdef DX_DEBUG
static void pristine_check(HeapLevel *l) {
    if (!memcmp(l->pristine, HEAP_CELLS, l->limit - HEAP_CELLS)) return;
    char *p = HEAP_CELLS;
    while (*p == (char)l->pristine[p - HEAP_CELLS]) p++;
    char *c = HEAP_CELLS;
    while (c + (size_t)((Cell *)c)->size * 8 <= p) c += (size_t)((Cell *)c)->size * 8;
    fprintf(stderr, "heap: a write without heap_touch: cell %p kind %d, offset %d\n", (void *)c,
            ((Cell *)c)->kind, (int)(p - c));
    dx_panic(__FILE__, __LINE__, "old memory changed without a barrier");
}
#endif

static void vm_restore(VM *vm, const VM *saved) {
    VM keep;
    memcpy(&keep, vm, VM_SAVED);
    memcpy(vm, saved, VM_SAVED);
    vm->heap = keep.heap;
    vm->stack = keep.stack;
    vm->stack_end = keep.stack_end;
    vm->frames = keep.frames;
    vm->frame = keep.frame;
    vm->frames_end = keep.frames_end;
    vm->c_stack_limit = keep.c_stack_limit;
    vm->interrupt = keep.interrupt;
    vm->impure = keep.impure;
    vm->assertions = keep.assertions;
    vm->host = keep.host;
    vm->exec = keep.exec;
    memcpy(vm->random_state, keep.random_state, sizeof keep.random_state);
    memset(&vm->get_cache, 0, sizeof vm->get_cache);
    shape_cache_clear();
}

static void level_restore(VM *vm, HeapLevel *l) {
    Heap *h = VM_HEAP(vm);
    for (u32 i = 0; i < l->count; i++) {
        u32 page = l->pages[i];
        memcpy(REGION_BASE + (size_t)page * HEAP_PAGE, l->copies[i], HEAP_PAGE);
        l->dirty[page >> 6] &= ~(1ull << (page & 63));
    }
    l->count = 0;
#ifdef DX_DEBUG
    pristine_check(l);
    memset(l->limit, 0xDB, h->high - l->limit);
#endif
    vm_restore(vm, l->vm);
    h->old_limit = h->top = l->limit;
    // The memory above is mapped and warm: the next windows use it again.
    h->run_end = h->high = l->limit;
    h->allocated = 0;
    h->state->live = (u64)(l->limit - REGION_BASE);
    h->threshold = heap_next_threshold(h->state);
    h->state->anchor_count = 0;
    h->state->big.count = h->state->big.next = h->state->small.count = h->state->small.next = 0;
}

void heap_reset(VM *vm) {
    HeapState *st = vm->heap.state;
    DX_CHECK(st->depth > 0);
    level_restore(vm, &st->levels[st->depth - 1]);
}

void heap_pop_level(VM *vm) {
    HeapState *st = vm->heap.state;
    heap_reset(vm);
    level_free(&st->levels[--st->depth]);
    vm->heap.old_limit = st->depth ? st->levels[st->depth - 1].limit : REGION_BASE;
}

// Pages saved in the inner level belong to the outer one unless it has an older copy already.
void heap_keep_level(VM *vm) {
    HeapState *st = vm->heap.state;
    DX_CHECK(st->depth > 0);
    HeapLevel *inner = &st->levels[st->depth - 1], *outer = st->depth > 1 ? inner - 1 : NULL;
    for (u32 i = 0; outer && i < inner->count; i++) {
        u32 page = inner->pages[i];
        if (REGION_BASE + (size_t)page * HEAP_PAGE >= outer->limit) continue;
        u64 bit = 1ull << (page & 63);
        if (outer->dirty[page >> 6] & bit) continue;
        if (outer->count == outer->cap) {
            outer->cap = outer->cap ? outer->cap * 2 : 32;
            outer->pages = mem_realloc(outer->pages, outer->cap * sizeof *outer->pages);
            outer->copies = mem_realloc(outer->copies, (size_t)outer->cap * HEAP_PAGE);
        }
        outer->dirty[page >> 6] |= bit;
        memcpy(outer->copies[outer->count], inner->copies[i], HEAP_PAGE);
        outer->pages[outer->count++] = page;
    }
    level_free(inner);
    st->depth--;
    vm->heap.old_limit = outer ? outer->limit : REGION_BASE;
}

u32 heap_dirty_pages(VM *vm) {
    HeapState *st = vm->heap.state;
    return st->depth ? st->levels[st->depth - 1].count : 0;
}
