// SPDX-License-Identifier: MIT
// Capturing the frames of the control stack for errors. Their text and positions are made by builtins/error.c
// when asked for.
#include "vm/exec/exec.h"

static StackEntry entry_of(const Frame *f) {
    u32 flags = f->flags & FRAME_CONSTRUCT ? STACK_CONSTRUCT : 0;
    return (StackEntry){f->code, f->fp[-2], f->fp[-1], (u32)(f->pc - 1 - f->code->code), flags};
}

// The activation that awaits the completion of fc, through the promise of an async function: V8's "async"
// frames. NULL: none.
static FrameCopy *awaiting_of(VM *vm, FrameCopy *fc) {
    if (!v_is_kind(fc->promise, CELL_PROMISE)) return NULL;
    const Reaction *r = ((PromiseObject *)v_ptr(fc->promise))->reactions;
    if (!r || r->next || !(r->cell.flags & REACTION_AWAIT)) return NULL;
    return v_ptr(r->on_fulfilled);
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
        e[n++] = entry_of(f);
    }
    if (last && last->activation && last->flags & FRAME_ASYNC) {
        FrameCopy *fc = awaiting_of(vm, last->activation);
        for (u32 hops = 0; fc && n < limit && hops < 64 && fc->count >= 2; hops++, fc = awaiting_of(vm, fc)) {
            if (skipping) { // the function may be among those that wait
                if (fc->v[0] == above) skipping = false;
                continue;
            }
            e[n++] = (StackEntry){fc->code, fc->v[0], fc->v[1], (u32)(fc->pc - fc->code->code), STACK_ASYNC};
        }
    }
    StackTrace *t = heap_alloc(vm, sizeof(StackTrace) + n * sizeof(StackEntry), CELL_STACKTRACE);
    t->count = n;
    t->pad = 0;
    memcpy(t->e, e, n * sizeof(StackEntry));
    return t;
}
