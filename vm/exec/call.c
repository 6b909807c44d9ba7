// SPDX-License-Identifier: MIT
// Calling from C: the stacks, vm_call and vm_construct, bound functions, spread calls, depth limits,
// interrupts, and the errors of calls. JS-to-JS calls do not come through here: the loop in interp.c enters
// and leaves frames itself.
#define _GNU_SOURCE
#include "vm/exec/callsite.h"
#include "vm/exec/exec.h"
#include "vm/exec/module.h"
#include "vm/text.h"
#include <sys/mman.h>
#include <sys/resource.h>

// ---- life

static void *map_memory(size_t bytes) {
    void *p = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    DX_CHECK(p != MAP_FAILED);
    return p;
}

#define C_STACK_RESERVE (256u << 10) // left for natives that do not ask

extern void
    *__libc_stack_end; // the collector scans up to there too: the VM runs on the process's first thread

// (pthread_getattr_np would read /proc/self/maps, which costs as much as the rest of booting.)
static char *c_stack_limit(void) {
    struct rlimit rl;
    size_t size = 8u << 20;
    if (getrlimit(RLIMIT_STACK, &rl) == 0) size = rl.rlim_cur > (64u << 20) ? 64u << 20 : rl.rlim_cur;
    if (size < 2 * C_STACK_RESERVE) size = 2 * C_STACK_RESERVE;
    return (char *)__libc_stack_end - size + C_STACK_RESERVE;
}

void exec_boot(VM *vm, u32 max_depth) {
    if (!max_depth) max_depth = EXEC_DEFAULT_DEPTH;
    Vm_exec *x = mem_zalloc(sizeof *x);
    vm->exec = x;
    x->capture = stack_capture;
    x->stack_bytes = ((size_t)EXEC_STACK_VALUES + EXEC_STACK_SLACK) * sizeof(Value);
    x->frames_bytes = ((size_t)max_depth + 16) * sizeof(Frame);
    x->stack_map = map_memory(x->stack_bytes);
    x->frames_map = map_memory(x->frames_bytes);
    vm->stack = x->stack_map;
    vm->stack_end = vm->stack + EXEC_STACK_VALUES;
    vm->frames = x->frames_map;
    vm->frames_end = vm->frames + max_depth;
    x->frames_limit = vm->frames_end;
    vm->frame = vm->frames; // the bottom: no code
    vm->frame->fp = vm->frame->sp = vm->stack;
    vm->frame->flags = FRAME_ENTRY;
    vm->c_stack_limit = c_stack_limit();
    vm->exception = V_HOLE;
    vm->interrupt = 0;
    vm->async_context = V_UNDEFINED;
    jobs_boot(vm);
}

void exec_shutdown(VM *vm) {
    if (!vm->exec) return;
    for (DxProgram *p = vm->exec->programs, *next; p; p = next) {
        next = p->next;
        program_free(p);
    }
    munmap(vm->exec->stack_map, vm->exec->stack_bytes);
    munmap(vm->exec->frames_map, vm->exec->frames_bytes);
    mem_free(vm->exec);
    vm->exec = NULL;
}

Value *vm_stack_top(VM *vm) {
    const Frame *f = vm->frame;
    if (!f) return vm->stack;
    if (!f->code) return f->sp;
    Value *top = f->fp + f->code->nparams + f->code->nlocals + f->code->max_stack + 2;
    return f->sp > top ? f->sp : top;
}

bool vm_stack_low(VM *vm) {
    char here;
    if (DX_LIKELY(&here > vm->c_stack_limit)) return false;
    (void)throw_stack_overflow(vm);
    return true;
}

// ---- interrupts

#define STEP_BYTES (64u << 10) // allocated bytes that count as a step

enum { INTERRUPT_STEPS = 0x80000000u }; // any other bit of vm->interrupt asks for the end of the run

// Calls look at one limit only: an interrupt lowers it, so that the next call takes the long way.
void vm_interrupt(VM *vm, u32 why) {
    vm->interrupt |= why;
    vm->frames_end = vm->frames;
}

bool exec_room(VM *vm, const Frame *f) { return f < vm->exec->frames_limit; }

void vm_set_step_limit(VM *vm, u64 steps) {
    vm->exec->steps_left = steps;
    vm->exec->charged = vm->heap.allocated;
    vm->exec->step_limited = steps != 0;
    vm->exec->terminated = false;
    vm->interrupt = 0;
    vm->frames_end = vm->exec->frames_limit;
    if (steps) vm_interrupt(vm, INTERRUPT_STEPS);
}

bool vm_terminated(VM *vm) { return vm->exec->terminated; }

// One native call may copy megabytes: what was allocated since the last step counts too. A collection in between
// sets `allocated` back, and what came before it goes uncounted.
static bool step_take(VM *vm) {
    Vm_exec *x = vm->exec;
    u64 now = vm->heap.allocated, bytes = now >= x->charged ? now - x->charged : now;
    u64 cost = 1 + bytes / STEP_BYTES;
    x->charged = now;
    if (x->steps_left < cost) return false;
    x->steps_left -= cost;
    return true;
}

bool exec_poll(VM *vm) {
    Vm_exec *x = vm->exec;
    if (!x->terminated) {
        if (!(vm->interrupt & ~INTERRUPT_STEPS)) {
            if (!x->step_limited) {
                vm->interrupt = 0;
                vm->frames_end = x->frames_limit;
                return true;
            }
            if (step_take(vm)) return true;
        }
        x->terminated = true;
    }
    vm->exception = V_HOLE;
    return false;
}

// ---- errors of calls

Value throw_stack_overflow(VM *vm) { return vm_throw(vm, ERR_STACK_OVERFLOW); }

Value throw_class_call(VM *vm, Value f) {
    Buf tmp = {0};
    Value name = function_name(vm, f);
    const char *text = v_is_string(name) ? str_to_cstr(vm, v_string(name), &tmp) : "";
    Value r = vm_throw(vm, ERR_CLASS_CALL, text);
    buf_free(&tmp);
    return r;
}

Value throw_super(VM *vm, Value super, Value f) {
    Buf text = {0};
    Value name = function_name(vm, f);
    if (v_is_string(name) && v_string(name)->length) str_to_utf8(vm, v_string(name), &text);
    else buf_str(&text, "anonymous class");
    if (super == vm->realm->FunctionPrototype) super = V_NULL; // class extends null
    Value r = vm_throw(vm, ERR_SUPER_NOT_CTOR, super, buf_cstr(&text));
    buf_free(&text);
    return r;
}

// The source of the expression that the instruction at the current frame's pc was made from. False: not known.
static bool culprit_source(VM *vm, const char **text, u32 *len) {
    const Frame *f = vm->frame;
    if (!f->code) return false;
    DxtModule *m = f->code->module->dxt;
    const DxtFunc *info = f->code->info;
    DxtFault fault;
    if (dxt_cold(m, &fault) != DXT_OK || !m->pos) return false;
    u32 at = (u32)(f->pc - 1 - f->code->code), row = DXT_NONE;
    for (u32 i = 0; i < info->pos_count && info->pos_first + i < m->pos_count; i++) {
        if (m->pos[info->pos_first + i].pc > at) break;
        row = info->pos_first + i;
    }
    if (row == DXT_NONE) return false;
    *len = m->pos[row].span >> 12;
    u32 start = m->pos[row].offset - (u32)dxt_pos_back(&m->pos[row]);
    *text = m->source + start;
    return *len != 0;
}

static bool culprit_name(VM *vm, CallsiteUse use, Buf *out) {
    const char *text;
    u32 len;
    if (!culprit_source(vm, &text, &len)) return false;
    if (callsite_print(text, len, use, out) == CALLSITE_UNKNOWN) buf_put(out, text, len);
    return true;
}

bool culprit_text(VM *vm, Buf *out) { return culprit_name(vm, CALLSITE_AS_OPERAND, out); }

static Value throw_culprit(VM *vm, ErrorId named, ErrorId by_value, Value v) {
    Buf b = {0};
    Value r;
    if (culprit_name(vm, CALLSITE_AS_CALLEE, &b)) r = vm_throw(vm, named, buf_cstr(&b));
    else r = vm_throw(vm, by_value, v);
    buf_free(&b);
    return r;
}

static Value throw_no_iterator(VM *vm, Value v, ErrorId named, ErrorId called) {
    const char *text;
    u32 len;
    Buf b = {0};
    CallsiteKind kind = culprit_source(vm, &text, &len) ? callsite_print(text, len, CALLSITE_AS_ITERABLE, &b) : CALLSITE_UNKNOWN;
    Value r = kind == CALLSITE_UNKNOWN ? vm_throw(vm, ERR_V_NOT_ITERABLE_SYM, v) : vm_throw(vm, kind == CALLSITE_CALL ? called : named, buf_cstr(&b));
    buf_free(&b);
    return r;
}

// V8 takes the call for the culprit also when it is the callee of what is iterated that is no function.
static bool is_iterated_next(const Frame *f) {
    if (!f->code) return false;
    const u8 *next = f->pc - 1 + op_info[f->pc[-1]].length;
    return *next == OP_GetIterator || (*next == OP_AppendSpread && next[1] != OP_CallFunction && next[1] != OP_NewSpread && next[1] != OP_SuperCallSpread);
}

Value throw_not_callable(VM *vm, Value f) {
    if (is_iterated_next(vm->frame)) return throw_no_iterator(vm, f, ERR_NOT_CALLABLE_ITERABLE, ERR_NOT_CALLABLE_ITERABLE);
    return throw_culprit(vm, ERR_NOT_FUNCTION, ERR_V_NOT_FUNCTION, f);
}
Value throw_not_constructor(VM *vm, Value f) {
    return throw_culprit(vm, ERR_NOT_CONSTRUCTOR, ERR_V_NOT_CONSTRUCTOR, f);
}
Value throw_spread_nullish(VM *vm, Value v) {
    Buf b = {0};
    if (!culprit_text(vm, &b)) buf_str(&b, v_is_null(v) ? "null" : "undefined");
    Value r = vm_throw(vm, ERR_SPREAD_NULLISH, buf_cstr(&b), v);
    buf_free(&b);
    return r;
}

Value throw_not_iterable(VM *vm, Value v) { return throw_no_iterator(vm, v, ERR_NOT_ITERABLE, ERR_NOT_CALLABLE_ITERABLE); }
Value throw_not_async_iterable(VM *vm, Value v) { return throw_no_iterator(vm, v, ERR_NOT_ASYNC_ITERABLE, ERR_NOT_CALLABLE_ASYNC_ITERABLE); }

// ---- frames

void ics_make(VM *vm, FuncCode *c) {
    u32 n = c->ic_count ? c->ic_count : 1;
    IcArray *a = heap_alloc0(vm, sizeof(IcArray) + n * sizeof(Ic), CELL_ICS);
    HEAP_STORE(vm, c->ics, a->ic);
    HEAP_STORE(vm, c->entry, !(c->flags & (FUNC_CLASS_CTOR | FUNC_ASYNC)) && !vm->further_realms);
}

bool frame_push(VM *vm, Value *base, u32 argc, Value new_target, u32 flags) {
    Function *func = (Function *)v_ptr(base[0]);
    FuncCode *c = func->code;
    Frame *f = vm->frame + 1;
    Value *args = base + 2, *fp = args;
    u32 nparams = c->nparams;
    if (c->flags & FUNC_CLASS_CTOR && !(flags & FRAME_CONSTRUCT)) {
        (void)throw_class_call(vm, base[0]);
        return false;
    }
    if ((c->flags & (FUNC_ASYNC | FUNC_GENERATOR)) == FUNC_ASYNC) flags |= FRAME_ASYNC;
    if (argc > nparams) fp = args + argc + 2;
    if (DX_UNLIKELY(vm->interrupt) && !exec_poll(vm)) return false;
    if (DX_UNLIKELY(!exec_room(vm, f) || fp + nparams + c->nlocals + c->max_stack > vm->stack_end)) {
        (void)throw_stack_overflow(vm);
        return false;
    }
    for (u32 i = argc; i < nparams; i++) args[i] = V_UNDEFINED;
    if (argc > nparams) {
        fp[-2] = base[0];
        fp[-1] = base[1];
        memcpy(fp, args, nparams * sizeof(Value));
    }
    for (u32 i = 0; i < c->nlocals; i++) fp[nparams + i] = V_UNDEFINED;
    *f = (Frame){.pc = c->code,
                 .fp = fp,
                 .sp = fp + nparams + c->nlocals,
                 .code = c,
                 .func = func,
                 .args = args,
                 .new_target = new_target,
                 .argc = argc,
                 .flags = (u16)flags};
    vm->frame = f;
    if (!c->ics) ics_make(vm, c);
    return true;
}

// A frame for values that lie on the value stack while a native works on them. `end` is one past the last.
static bool boundary_push(VM *vm, Value *base, Value *end) {
    Frame *f = vm->frame + 1;
    if (!exec_room(vm, f) || end > vm->stack_end) {
        (void)throw_stack_overflow(vm);
        return false;
    }
    *f = (Frame){.fp = base, .sp = end, .flags = FRAME_ENTRY | FRAME_NATIVE_BOUNDARY};
    vm->frame = f;
    return true;
}

Value call_native(VM *vm, NativeFunction *f, Value self, int argc, Value *argv, Value new_target) {
    vm->native.callee = v_from_ptr(TAG_OBJECT, f);
    vm->native.new_target = new_target;
    vm->native.magic = f->magic;
    if (DX_LIKELY(!vm->further_realms)) return native_fn(f->id)(vm, self, argc, argv);
    Realm *outer = vm->realm;
    vm->realm = f->realm;
    Value r = native_fn(f->id)(vm, self, argc, argv);
    vm->realm = outer;
    return r;
}

// ---- calls

static Value call_function(VM *vm, Value f, Value self, int argc, const Value *argv, Value new_target,
                           u32 flags) {
    Value *base = vm->frame->sp;
    if (base + argc + 2 > vm->stack_end) return throw_stack_overflow(vm);
    base[0] = f;
    base[1] = self;
    if (argc) memmove(base + 2, argv, (size_t)argc * sizeof(Value));
    Realm *outer = vm->realm, *further = vm->exec->caller_realm;
    vm->realm = ((Function *)v_ptr(f))->code->module->realm;
    vm->exec->caller_realm = outer;
    Value r =
        frame_push(vm, base, (u32)argc, new_target, flags | FRAME_ENTRY) ? interp_run(vm, false) : V_EXC;
    vm->exec->caller_realm = further;
    vm->realm = outer;
    return r;
}

Value throw_ctor_return(VM *vm, Value v) {
    Realm *own = vm->realm;
    if (vm->further_realms && vm->frame->flags & FRAME_ENTRY) vm->realm = vm->exec->caller_realm;
    Value r = vm_throw(vm, v == V_UNDEFINED ? ERR_THIS_TDZ : ERR_DERIVED_RETURN);
    vm->realm = own;
    return r;
}

Value call_other_realm_rjs(VM *vm, Value *base, u32 argc, Value new_target, u32 flags) {
    vm->frame->sp = base + 2 + argc;
    Value r = call_function(vm, base[0], base[1], (int)argc, base + 2, new_target, flags);
    vm->frame->sp = base;
    return r;
}

// The common callback: an ordinary function, few arguments, room on the stacks. One frame written, nothing
// moved twice.
static Value call_plain(VM *vm, Function *func, Value self, u32 argc, const Value *argv) {
    FuncCode *c = func->code;
    Frame *f = vm->frame + 1;
    Value *base = vm->frame->sp, *fp = base + 2;
    u32 nparams = c->nparams;
    if (DX_UNLIKELY(!c->entry || f >= vm->frames_end ||
                    fp + argc + 2 + nparams + c->nlocals + c->max_stack > vm->stack_end))
        return call_function(vm, v_from_ptr(TAG_OBJECT, func), self, (int)argc, argv, V_UNDEFINED, 0);
    Value *args = fp;
    for (u32 i = 0; i < argc; i++) args[i] = argv[i];
    if (argc > nparams) {
        base[0] = v_from_ptr(TAG_OBJECT, func);
        base[1] = self;
        fp = args + argc + 2;
        for (u32 i = 0; i < nparams; i++) fp[i] = args[i];
    } else {
        for (u32 i = argc; i < nparams; i++) args[i] = V_UNDEFINED;
    }
    fp[-2] = v_from_ptr(TAG_OBJECT, func);
    fp[-1] = self;
    Value *at = fp + nparams, *end = at + c->nlocals;
    while (at < end) *at++ = V_UNDEFINED;
    f->pc = c->code;
    f->fp = fp;
    f->sp = end;
    f->code = c;
    f->func = func;
    f->args = args;
    f->new_target = V_UNDEFINED;
    f->argc = argc;
    f->flags = FRAME_ENTRY;
    f->activation = NULL;
    vm->frame = f;
    return interp_run(vm, false);
}

// new_target V_HOLE: a call, else a construction.
static Value call_bound(VM *vm, BoundFunction *b, Value self, int argc, const Value *argv, Value new_target) {
    Value *base = vm->frame->sp, fval = v_from_ptr(TAG_OBJECT, b);
    u32 total = b->argc + (u32)argc;
    if (base + total > vm->stack_end) return throw_stack_overflow(vm);
    if (argc) memmove(base + b->argc, argv, (size_t)argc * sizeof(Value));
    if (b->argc) memcpy(base, b->args->v, b->argc * sizeof(Value));
    if (!boundary_push(vm, base, base + total)) return V_EXC;
    Value r;
    if (new_target == V_HOLE) r = vm_call(vm, b->target, b->bound_this, (int)total, base);
    else r = vm_construct(vm, b->target, (int)total, base, new_target == fval ? b->target : new_target);
    vm->frame--;
    return r;
}

Value vm_call(VM *vm, Value f, Value self, int argc, const Value *argv) {
    if (DX_UNLIKELY(!v_is_object(f))) return vm_throw(vm, ERR_V_NOT_FUNCTION, f);
    if (DX_UNLIKELY(vm_stack_low(vm))) return V_EXC;
    Object *o = v_object(f);
    switch (o->cell.kind) {
    case CELL_FUNCTION:
        if (DX_LIKELY(argc <= 8)) return call_plain(vm, (Function *)o, self, (u32)argc, argv);
        return call_function(vm, f, self, argc, argv, V_UNDEFINED, 0);
    case CELL_NATIVE: return call_native(vm, (NativeFunction *)o, self, argc, (Value *)argv, V_UNDEFINED);
    case CELL_BOUND: return call_bound(vm, (BoundFunction *)o, self, argc, argv, V_HOLE);
    case CELL_PROXY:
        if (o->cell.flags & OBJ_CALLABLE) return proxy_call_rjs(vm, o, self, argc, argv);
        break;
    default:
        if (o->cell.flags & OBJ_CALLABLE && vm->host && vm->host->call_object)
            return vm->host->call_object(vm, f, self, argc, argv);
    }
    return vm_throw(vm, ERR_V_NOT_FUNCTION, f);
}

#define CTOR_INLINE_MAX 24u

void construct_learn(VM *vm, FuncCode *c, Value made) {
    u32 n = v_object(made)->shape->count;
    if (n > CTOR_INLINE_MAX) n = CTOR_INLINE_MAX;
    if (n > c->ctor_inline) HEAP_STORE(vm, c->ctor_inline, n);
}

Value construct_this_rjs(VM *vm, Function *f, Value new_target) {
    FuncCode *c = f->code;
    if (v_is_kind(new_target, CELL_FUNCTION)) {
        Function *nt = (Function *)v_ptr(new_target);
        c = nt->code;
        if (DX_UNLIKELY(!(c->ctor_shape && nt->o.shape == c->ctor_func_shape &&
                          nt->o.slots[c->ctor_proto_slot] == c->ctor_shape->proto))) {
            u8 attrs;
            if (nt->o.cell.flags & OBJ_LAZY_FUNC) func_materialize(vm, &nt->o);
            int slot = shape_lookup(vm, nt->o.shape, A_(vm, prototype), &attrs);
            if (slot < 0 || attrs & (ATTR_ACCESSOR | ATTR_LAZY) || !v_is_object(nt->o.slots[slot]))
                goto generic;
            Shape *root = shape_root(vm, nt->o.slots[slot]);
            heap_touch(vm, c, sizeof *c);
            c->ctor_shape = root;
            c->ctor_func_shape = nt->o.shape;
            c->ctor_proto_slot = (u32)slot;
        }
        return v_from_ptr(TAG_OBJECT, object_alloc(vm, CELL_OBJECT, sizeof(Object), c->ctor_shape,
                                                   c->ctor_inline ? c->ctor_inline : 4));
    }
generic:;
    Value proto = proto_from_ctor_rjs(vm, new_target, REALM_ObjectPrototype);
    if (v_is_exc(proto)) return V_EXC;
    return v_from_ptr(TAG_OBJECT, object_new_proto(vm, proto));
}

Value vm_construct(VM *vm, Value f, int argc, const Value *argv, Value new_target) {
    if (!v_is_constructor(f)) return vm_throw(vm, ERR_V_NOT_CONSTRUCTOR, f);
    if (!v_is_constructor(new_target)) return vm_throw(vm, ERR_V_NOT_CONSTRUCTOR, new_target);
    if (vm_stack_low(vm)) return V_EXC;
    Object *o = v_object(f);
    switch (o->cell.kind) {
    case CELL_FUNCTION: {
        Value self = V_TDZ;
        if (!(((Function *)o)->code->flags & FUNC_DERIVED_CTOR))
            self = construct_this_rjs(vm, (Function *)o, new_target);
        if (v_is_exc(self)) return V_EXC;
        return call_function(vm, f, self, argc, argv, new_target, FRAME_CONSTRUCT);
    }
    case CELL_NATIVE:
        return call_native(vm, (NativeFunction *)o, V_UNDEFINED, argc, (Value *)argv, new_target);
    case CELL_BOUND: return call_bound(vm, (BoundFunction *)o, V_UNDEFINED, argc, argv, new_target);
    case CELL_PROXY: return proxy_construct_rjs(vm, o, argc, argv, new_target);
    default: return vm_throw(vm, ERR_V_NOT_CONSTRUCTOR, f);
    }
}

Value call_spread_rjs(VM *vm, Value f, Value self, Value args, Value new_target) {
    if (!v_is_array(args)) return vm_throw(vm, ERR_CUSTOM_ERROR, "Invalid bytecode");
    Array *a = v_array(args);
    u32 n = a->length;
    Value *base = vm->frame->sp;
    if ((size_t)(vm->stack_end - base) < (size_t)n + 16) return throw_stack_overflow(vm);
    if (!boundary_push(vm, base, base + n)) return V_EXC;
    Elements *e = a->o.cell.flags & OBJ_SPARSE ? NULL : obj_elems(&a->o);
    for (u32 i = 0; i < n; i++) {
        Value v = e && i < e->len ? e->v[i] : V_HOLE;
        base[i] = v == V_HOLE ? V_UNDEFINED : v;
    }
    Value r = new_target == V_HOLE ? vm_call(vm, f, self, (int)n, base)
                                   : vm_construct(vm, f, (int)n, base, new_target);
    vm->frame--;
    return r;
}
