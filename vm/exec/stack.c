// SPDX-License-Identifier: MIT
// Capturing the frames of the control stack for errors. Their text and positions are made by builtins/error.c
// when asked for.
#include "vm/builtins/builtins.h"
#include "vm/exec/exec.h"

static StackEntry entry_of(const Frame *f) {
    u32 flags = f->flags & FRAME_CONSTRUCT ? STACK_CONSTRUCT : 0;
    return (StackEntry){f->code, f->fp[-2], f->fp[-1], (u32)(f->pc - 1 - f->code->code), flags};
}

// What an activation settles: the promise of an async function, or of the first request of an async generator.
static Value promise_of(const FrameCopy *fc) {
    if (!v_is_object(fc->owner)) return fc->promise;
    const GeneratorObject *g = v_ptr(fc->owner);
    return g->queue_count ? ((ValueArray *)v_ptr(g->queue))->v[g->queue_head * 3 + 2] : V_UNDEFINED;
}

// Who waits for a promise and for nothing else: V8's "async" frames. An activation that awaits it, or a combinator that gathers it, is
// an entry (1); reactions that only hand on are followed (0). *promise becomes the next of the chain. -1: nobody.
static int waiter_of(Value *promise, StackEntry *out) {
    if (!v_is_kind(*promise, CELL_PROMISE)) return -1;
    const Reaction *r = ((PromiseObject *)v_ptr(*promise))->reactions;
    const char *combinator = NULL;
    u32 index = 0;
    if (!r || r->next || r->cell.flags & REACTION_GEN_RETURN) return -1;
    if (r->cell.flags & REACTION_AWAIT) {
        FrameCopy *fc = v_ptr(r->on_fulfilled);
        if (fc->count < 2) return -1;
        *out = (StackEntry){fc->code, fc->v[0], fc->v[1], (u32)(fc->pc - fc->code->code), STACK_ASYNC};
        *promise = promise_of(fc);
        return 1;
    }
    for (u32 i = 0; i < 2; i++) {
        Value handler = i ? r->on_rejected : r->on_fulfilled, to = promise_passed_to(handler, &combinator, &index);
        if (to == V_UNDEFINED || (i && !combinator)) continue;
        if (!i && !combinator && promise_passed_to(r->on_rejected, &combinator, &index) != V_UNDEFINED && combinator) continue; // Promise.any
        *promise = to;
        if (combinator) *out = (StackEntry){NULL, handler, V_UNDEFINED, 0, STACK_ASYNC | STACK_COMBINATOR};
        return combinator != NULL;
    }
    *promise = r->promise;
    return 0;
}

// Static and instance initialisers of fields run in a function of their own within the one of the class.
static bool is_outer_initialiser(const Frame *f, const StackEntry *inner) {
    return f->code->info->flags & FUNC_FIELD_INIT && inner->code && inner->code->info->flags & FUNC_FIELD_INIT &&
           inner->code->module == f->code->module && inner->code->info->parent == f->code->index;
}

StackTrace *stack_capture(VM *vm, Value above, u32 limit) {
    StackEntry e[256];
    u32 n = 0;
    bool skipping = v_is_object(above);
    if (limit > DX_COUNTOF(e)) limit = DX_COUNTOF(e);
    if (skipping) { // a function that is on no frame hides nothing
        const Frame *f = vm->frame;
        while (f > vm->frames && !(f->code && f->fp[-2] == above)) f--;
        if (f == vm->frames) skipping = v_is_kind(above, CELL_FUNCTION);
    }
    const Frame *last = NULL;
    for (const Frame *f = vm->frame; f > vm->frames && n < limit; f--) {
        if (!f->code) continue;
        last = f;
        if (skipping) {
            if (f->fp[-2] == above) skipping = false;
            continue;
        }
        if (f->code->info->flags & FUNC_FIELD_INIT && !f->code->info->pos_count) continue;
        if (n && is_outer_initialiser(f, &e[n - 1])) continue;
        e[n++] = entry_of(f);
    }
    if (last && last->activation && last->flags & FRAME_ASYNC) {
        Value promise = promise_of(last->activation);
        for (u32 hops = 0; n < limit && hops < 256; hops++) {
            int found = waiter_of(&promise, &e[n]);
            if (found < 0) break;
            if (found && skipping) skipping = e[n].func != above; // the function may be among those that wait
            else n += (u32)found;
        }
    }
    StackTrace *t = heap_alloc(vm, sizeof(StackTrace) + n * sizeof(StackEntry), CELL_STACKTRACE);
    t->count = n;
    t->pad = 0;
    memcpy(t->e, e, n * sizeof(StackEntry));
    return t;
}
