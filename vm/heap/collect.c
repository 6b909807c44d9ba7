// SPDX-License-Identifier: MIT
// The collector of last resort: a full, non-moving mark-sweep over the region.
//
//   1. A walk over all cells fills a bitmap of cell starts (one bit for 8 bytes).
//   2. Roots: the VM struct, frames and the value stack, the C stack and registers. They are conservative:
//   any word that leads
//      into a cell, also into its middle, keeps it. Cells are traced from an explicit stack; trace.c knows
//      their contents.
//   3. A second walk turns runs of dead cells into FREE cells, from which allocation continues.
// Cells below old_limit are never freed (a reset may bring back whatever points at them).
#include "vm/heap/trace.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "format/base/mem.h"

extern __attribute__((weak)) Value *vm_stack_top(VM *vm); // exec/; absent in programs that only build objects

static size_t bit_of(const void *p) { return ((const char *)p - REGION_BASE) >> 3; }
static bool bit_get(const u64 *map, size_t i) { return map[i >> 6] >> (i & 63) & 1; }

// The two bitmaps stay allocated, zeroed, between collections.
static u64 *bitmap_take(u64 **kept, size_t *kept_words, size_t words) {
    if (*kept_words < words) {
        mem_free(*kept);
        *kept_words = words + words / 2;
        *kept = mem_zalloc(*kept_words * 8);
    }
    return *kept;
}

// The cell that contains p, or NULL. p is inside [HEAP_CELLS, high).
static Cell *cell_around(Tracer *t, const char *p) {
    size_t i = bit_of(p), w = i >> 6;
    u64 bits = t->starts[w] & (~0ull >> (63 - (i & 63)));
    while (!bits) {
        if (w == t->first_word) return NULL;
        bits = t->starts[--w];
    }
    size_t start = (w << 6) + 63 - (size_t)__builtin_clzll(bits);
    Cell *c = (Cell *)(REGION_BASE + (start << 3));
    return p < (char *)c + (size_t)c->size * 8 ? c : NULL;
}

static void push(Tracer *t, Cell *c) {
    if (t->depth == t->cap) {
        t->cap = t->cap ? t->cap * 2 : 4096;
        t->stack = mem_realloc(t->stack, t->cap * sizeof *t->stack);
    }
    t->stack[t->depth++] = c;
}

void trace_cell(Tracer *t, Cell *c) {
    size_t i = bit_of(c);
    u64 bit = 1ull << (i & 63);
    if (t->marks[i >> 6] & bit) return;
    t->marks[i >> 6] |= bit;
    if (!trace_is_leaf(c)) push(t, c);
}

bool trace_is_marked(Tracer *t, const void *p) {
    if ((const char *)p < HEAP_CELLS || (const char *)p >= t->end) return true; // artifacts, VM: never die
    return bit_get(t->marks, bit_of(p));
}

void trace_word(Tracer *t, u64 w) {
    u32 tag = (u32)(w >> 48);
    if (tag && (tag < TAG_STRING || tag > TAG_ARRAY) && (tag < TAG_SYMBOL || tag > TAG_INTERNAL)) return;
    char *p = (char *)(w & VALUE_PAYLOAD);
    if (p < HEAP_CELLS || p >= t->end) return;
    Cell *c = (Cell *)p;
    if (((uintptr_t)p & 7) || !bit_get(t->starts, bit_of(p))) c = cell_around(t, p);
    if (c && c->kind != CELL_FREE) trace_cell(t, c);
}

__attribute__((no_sanitize_address)) void trace_words(Tracer *t, const void *from, const void *to) {
    for (const u64 *p = (const u64 *)(((uintptr_t)from + 7) & ~(uintptr_t)7); p + 1 <= (const u64 *)to; p++)
        trace_word(t, *p);
}

static void drain(Tracer *t) {
    while (t->depth) trace_children(t, t->stack[--t->depth]);
}

static Tracer *current; // for extra_roots callbacks
static void trace_range(const void *from, const void *to) { trace_words(current, from, to); }

static __attribute__((noinline, no_sanitize_address)) void trace_c_stack(Tracer *t) {
    jmp_buf regs; // callee-saved registers; setjmp may mangle some, so they are also spilled by this frame's
                  // callers
    setjmp(regs);
    __builtin_unwind_init();
    char *here = __builtin_frame_address(0);
    char *low = (char *)&regs < here ? (char *)&regs : here;
    trace_words(t, low, t->vm->heap.state->c_stack_end);
}

static void trace_roots(Tracer *t) {
    VM *vm = t->vm;
    HeapState *st = vm->heap.state;
    trace_words(t, &vm->exception, (char *)vm + offsetof(VM, get_cache));
    if (vm->frames && vm->frame) {
        trace_words(t, vm->frames, vm->frame + 1);
        Value *top = vm_stack_top ? vm_stack_top(vm) : vm->stack_end;
        trace_words(t, vm->stack, top);
    }
    for (u32 i = 0; i < st->depth; i++)
        trace_words(t, &st->levels[i].vm->exception, (char *)st->levels[i].vm + offsetof(VM, get_cache));
    for (u32 i = 0; i < st->depth; i++) // contents that a reset will bring back
        trace_words(t, st->levels[i].copies, st->levels[i].copies + st->levels[i].count);
    if (st->extra_roots) {
        current = t;
        st->extra_roots(vm, trace_range);
    }
    trace_c_stack(t);
}

static int by_address(const void *a, const void *b) {
    const char *x = *(char *const *)a, *y = *(char *const *)b;
    return x < y ? -1 : x > y;
}

#define WALKERS 6

// Fills the start bitmap. A walk from header to header waits for memory at each step, so several stretches
// between known cell starts are walked at the same time.
static void find_starts(Tracer *t) {
    HeapState *st = t->vm->heap.state;
    u32 n = 0, next = 0;
    qsort(st->anchors, st->anchor_count, sizeof *st->anchors, by_address);
    for (u32 i = 0; i < st->anchor_count; i++)
        if (st->anchors[i] > HEAP_CELLS && st->anchors[i] < t->end &&
            (!n || st->anchors[i] > st->anchors[n - 1]))
            st->anchors[n++] = st->anchors[i];
    char *p[WALKERS], *end[WALKERS], *from = HEAP_CELLS;
    u32 live = 0;
    while (live < WALKERS && next <= n) {
        p[live] = from;
        end[live] = from = next < n ? st->anchors[next] : t->end;
        live++;
        next++;
    }
    while (live) {
        for (u32 w = 0; w < live; w++) {
            if (p[w] < end[w]) {
                u32 size = ((Cell *)p[w])->size;
                DX_CHECK(size > 0);
                size_t i = bit_of(p[w]);
                t->starts[i >> 6] |= 1ull << (i & 63);
                p[w] += (size_t)size * 8;
                continue;
            }
            DX_CHECK(p[w] == end[w]);
            if (next <= n) {
                p[w] = from;
                end[w] = from = next < n ? st->anchors[next] : t->end;
                next++;
            } else {
                live--;
                p[w] = p[live];
                end[w] = end[live];
            }
        }
    }
    st->anchor_count = 0;
}

static void run_found(VM *vm, char *from, char *to) {
    HeapState *st = vm->heap.state;
    size_t bytes = to - from;
    heap_fill_free(from, to);
#if defined(DX_DEBUG) || defined(DX_GC_STRESS)
    memset(from + sizeof(Cell), 0xDB, bytes - sizeof(Cell));
#endif
    if (bytes >= (4u << 20)) { // give whole pages back, but keep what is likely to be used soon
        char *lo = (char *)dx_align_up((uintptr_t)from + (2u << 20), 2u << 20),
             *hi = (char *)((uintptr_t)to & ~(uintptr_t)((2u << 20) - 1));
        if (hi > lo && st->live > st->base_threshold) madvise(lo, hi - lo, MADV_DONTNEED);
    }
    if (bytes >= HEAP_BIG_RUN) runlist_push(&st->big, from, bytes);
    else if (bytes >= HEAP_MIN_RUN) runlist_push(&st->small, from, bytes);
}

static void sweep(Tracer *t) {
    VM *vm = t->vm;
    Heap *h = VM_HEAP(vm);
    HeapState *st = h->state;
    st->big.count = st->big.next = st->small.count = st->small.next = 0;
    char *start = h->old_limit > HEAP_CELLS ? h->old_limit : HEAP_CELLS;
    char *end = start; // of the last live cell
    char *anchored = start;
    u64 live = 0;
    for (size_t w = bit_of(start) >> 6, last = bit_of(t->end - 1) >> 6; t->end > start && w <= last; w++) {
        for (u64 bits = t->marks[w]; bits; bits &= bits - 1) {
            char *p = REGION_BASE + (((w << 6) + (size_t)__builtin_ctzll(bits)) << 3);
            if (p < start) continue;
            size_t n = (size_t)((Cell *)p)->size * 8;
            live += n;
            if (p > end) run_found(vm, end, p);
            end = p + n;
            if (end - anchored >= (64 << 10)) anchor_push(st, anchored = p);
        }
    }
    h->high = end;
    st->live = live;
    h->top = h->run_end = h->high; // an empty window at the end; free runs are taken first
    h->allocated = 0;
    h->threshold = heap_next_threshold(st);
}

u64 heap_collections(VM *vm) { return vm->heap.state->collections; }

void heap_collect_off(VM *vm) { vm->heap.state->no_collect++; }
void heap_collect_on(VM *vm) {
    DX_CHECK(vm->heap.state->no_collect);
    vm->heap.state->no_collect--;
}

__attribute__((noinline)) void heap_collect(VM *vm) {
    Heap *h = VM_HEAP(vm);
    HeapState *st = h->state;
    if (st->no_collect) return;
    heap_fill_free(h->top, h->run_end);
#ifdef DX_DEBUG
    heap_check(vm);
#endif
    Tracer t = {.vm = vm, .end = h->high, .first_word = bit_of(HEAP_CELLS) >> 6};
    size_t words = (bit_of(h->high) >> 6) + 2;
    t.starts = bitmap_take(&st->starts, &st->starts_words, words);
    t.marks = bitmap_take(&st->marks, &st->marks_words, words);
    memset(&vm->get_cache, 0, sizeof vm->get_cache);
    shape_cache_clear();
    find_starts(&t);
    trace_roots(&t);
    drain(&t);
    while (trace_ephemerons(&t)) drain(&t);
    trace_weak_finish(&t);
    sweep(&t);
    memset(t.starts, 0, words * 8);
    memset(t.marks, 0, words * 8);
    mem_free(t.stack);
    mem_free(t.weak);
    st->collections++;
}

void heap_each(VM *vm, void (*visit)(VM *vm, Cell *c, void *ctx), void *ctx) {
    Heap *h = VM_HEAP(vm);
    heap_fill_free(h->top, h->run_end);
    for (char *p = HEAP_CELLS; p < h->high; p += (size_t)((Cell *)p)->size * 8) visit(vm, (Cell *)p, ctx);
}

void heap_check(VM *vm) {
    Heap *h = VM_HEAP(vm);
    heap_fill_free(h->top, h->run_end);
    for (char *p = HEAP_CELLS; p < h->high;) {
        Cell *c = (Cell *)p;
        if (!c->size || p + (size_t)c->size * 8 > h->high || c->kind > CELL_ASYNCDISPOSABLE) {
            fprintf(stderr, "heap: broken cell at %p: size %u kind %u\n", (void *)p, c->size, c->kind);
            dx_panic(__FILE__, __LINE__, "heap walk");
        }
        if (c->kind >= CELL_FIRST_OBJECT) {
            Object *o = (Object *)c;
            if (!heap_contains(o->shape) || o->shape->cell.kind != CELL_SHAPE)
                dx_panic(__FILE__, __LINE__, "object without a shape");
            if (o->elems && o->elems->kind != (c->flags & OBJ_SPARSE ? CELL_SPARSE : CELL_ELEMENTS))
                dx_panic(__FILE__, __LINE__, "object with wrong elements");
        }
        p += (size_t)c->size * 8;
    }
}
