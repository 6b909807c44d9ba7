// SPDX-License-Identifier: MIT
// Internal header of exec/: the interpreter's entry, frame pushing, slow cases, modules. Nothing outside
// exec/ and the four builtins files it owns (promise, generator, asyncfunc, iterators_core) includes it.
#ifndef DX_EXEC_H
#define DX_EXEC_H

#include "vm/convert.h"
#include "vm/exec/module.h"
#include "vm/host.h"
#include "vm/iterate.h"
#include "vm/native.h"

#define EXEC_DEFAULT_DEPTH 200000u
#define EXEC_STACK_VALUES  (32u << 20)  // 256 MB of address space; touched pages only cost memory
#define EXEC_STACK_SLACK   (512u << 10) // past stack_end: a call's operands, copied parameters and locals fit unchecked

typedef struct Vm_exec {
    StackTrace *(*capture)(VM *vm, Value above, u32 limit); // stack_capture, so that every program links it
    void *stack_map, *frames_map;
    size_t stack_bytes, frames_bytes;
    u64 steps_left, charged; // charged: heap.allocated when the last step was taken
    Frame *frames_limit; // end of the control stack; vm->frames_end is lower while an interrupt waits
    Realm *caller_realm; // while there are several: where the innermost frame with FRAME_ENTRY was called from
    bool step_limited;
    bool terminated;
    u32 program_count;
    u32 module_dfs, module_async; // numbers given out by module_eval.c
    DxProgram *programs;
} Vm_exec;

// Markers in the `next` position of an iteration triple on the operand stack: the iterable is walked without
// an iterator object. The state is then the index (int); V_TRUE in the state position means done, for every
// form.
#define V_ITER_ARRAY  TAGGED(TAG_INTERNAL, 16)
#define V_ITER_STRING TAGGED(TAG_INTERNAL, 17)

enum { FRAME_MAPPED = 128 }; // Frame.mapped is set (MapArguments)
enum { FRAME_FOROF = 64 }; // a generator resumed by ForOfNext: a yield hands the bare value to the loop

enum ResumeMode { RESUME_NEXT, RESUME_THROW, RESUME_RETURN };

// ---- interp.c
// Runs vm->frame, which must carry FRAME_ENTRY, until it leaves. With `throwing` the pending exception is
// raised at its pc first.
Value interp_run(VM *vm, bool throwing) DX_MUST_USE;

// ---- props.c
// Throws why k could not be set, looked up from holder: V8 tells a missing setter, a read-only property and a closed object apart.
int set_refused_rjs(VM *vm, Value holder, Value receiver, PropKey k) DX_MUST_USE;
bool code_in_strict_part(const FuncCode *c, const u8 *pc); // between StrictPart 1 and StrictPart 0

// ---- call.c
// Pushes a frame for a JS function whose callee, this and arguments lie at base[0], base[1], base[2..].
// False: stack overflow thrown.
bool frame_push(VM *vm, Value *base, u32 argc, Value new_target, u32 flags) DX_MUST_USE;
// A JS function of another realm than the running one, as frame_push takes it; runs to its end. The caller's
// sp is then base.
Value call_other_realm_rjs(VM *vm, Value *base, u32 argc, Value new_target, u32 flags) DX_MUST_USE;
Value call_native(VM *vm, NativeFunction *f, Value self, int argc, Value *argv, Value new_target) DX_MUST_USE;
// [[Construct]]'s this for a base constructor: OrdinaryCreateFromConstructor, with the learned shape.
Value construct_this_rjs(VM *vm, Function *f, Value new_target) DX_MUST_USE;
bool exec_room(VM *vm, const Frame *f); // f is inside the control stack
bool exec_poll(VM *vm);        // interrupt seen: false when the run ends
void ics_make(VM *vm, FuncCode *code);
void construct_learn(VM *vm, FuncCode *code, Value made); // how many slots objects of this constructor need
Value throw_stack_overflow(VM *vm);
Value throw_class_call(VM *vm, Value f);
// A derived constructor gave v without a this value to fall back on: an error of its caller's realm, since its
// own context is gone by then (10.2.2).
Value throw_ctor_return(VM *vm, Value v);
Value throw_super(VM *vm, Value super, Value f); // f: the class whose super constructor it is
Value throw_not_callable(VM *vm, Value f);     // names the culprit from the source
Value throw_not_constructor(VM *vm, Value f);
Value throw_not_iterable(VM *vm, Value v);
Value throw_not_async_iterable(VM *vm, Value v);
Value throw_spread_nullish(VM *vm, Value v); // the last argument of a call, spread
// source text of what the current instruction's error names; false: not known
bool culprit_text(VM *vm, Buf *out);
// builtins/proxy.c
Value proxy_call_rjs(VM *vm, Object *p, Value self, int argc, const Value *argv) DX_MUST_USE;
Value proxy_construct_rjs(VM *vm, Object *p, int argc, const Value *argv, Value new_target) DX_MUST_USE;
// new_target V_HOLE: a call
Value call_spread_rjs(VM *vm, Value f, Value self, Value args, Value new_target) DX_MUST_USE;

// ---- slow.c: arithmetic, conversions
Value slow_add_rjs(VM *vm, Value a, Value b) DX_MUST_USE;
Value slow_arith_rjs(VM *vm, u32 op, Value a, Value b) DX_MUST_USE; // op: the Opcode
Value slow_unary_rjs(VM *vm, u32 op, Value a) DX_MUST_USE;
int slow_compare_rjs(VM *vm, u32 op, Value a, Value b) DX_MUST_USE; // Lt Le Gt Ge: 1/0/-1
bool slow_bump_rjs(VM *vm, Value *slot, u32 op) DX_MUST_USE; // ++ and -- of a frame slot
bool slow_strict_equal(VM *vm, Value a, Value b);
f64 number_mod(f64 a, f64 b);

// ---- props.c: property access with caches
Value prop_get_rjs(VM *vm, Value o, PropKey k, Ic *ic) DX_MUST_USE;
Value prop_get_index_rjs(VM *vm, Value o, Value k) DX_MUST_USE;
int prop_set_rjs(VM *vm, Value o, PropKey k, Value v, Ic *ic, bool strict) DX_MUST_USE;
int prop_set_index_rjs(VM *vm, Value o, Value k, Value v, bool strict) DX_MUST_USE;
int prop_define_rjs(VM *vm, Value o, PropKey k, Value v, Ic *ic) DX_MUST_USE;
Value prop_get_global_rjs(VM *vm, PropKey k, Ic *ic, bool for_typeof) DX_MUST_USE;
int global_has_rjs(VM *vm, PropKey k) DX_MUST_USE; // HasBinding of the global environment
int prop_set_global_rjs(VM *vm, PropKey k, Value v, Ic *ic, bool strict) DX_MUST_USE;
DX_INLINE u32 object_slot_room(const Object *o) { // property slots o can hold without growing
    const char *end = (const char *)o + (size_t)o->cell.size * 8, *p = (const char *)o->slots;
    if (p >= (const char *)o && p <= end) return (u32)((end - p) >> 3); // inline behind the struct
    return ((const Cell *)p - 1)->size - 1;                             // a SlotArray
}
#define IC_ACCESSOR 0x80000000u // Ic.slot: the slot holds an Accessor
#define IC_LENGTH   0x40000000u // Ic.slot: an array's length
#define IC_HOLDER   0x20000000u // Ic.slot: on the prototype u.holder. Without any of the three: an own data property
#define IC_SLOT     0x1FFFFFFFu // Ic.slot: the number alone

#define GET_CACHE_INDEX(shape, k) (((((uintptr_t)(shape)) >> 5) ^ ((uintptr_t)(k) >> 4)) & 1023)
// named k looked up from o on, for super
Value prop_get_from_rjs(VM *vm, Value receiver, Object *o, PropKey k) DX_MUST_USE;

// ---- define.c: classes, methods, private names, templates, arguments, spread
Value define_class_rjs(VM *vm, Module *m, u32 func, Env *env, Value heritage, Value *proto) DX_MUST_USE;
int define_method_rjs(VM *vm, Value o, Value k, Value f, u32 b) DX_MUST_USE;
// o an object; NULL: not a field or method of it, an accessor, not writable
Value *private_field_cached(VM *vm, Value o, Value p, bool write);
Value private_get_rjs(VM *vm, Value o, Value p) DX_MUST_USE;
int private_set_rjs(VM *vm, Value o, Value p, Value v) DX_MUST_USE;
int private_define(VM *vm, Value o, Value p, Value v, u32 b) DX_MUST_USE;
int private_has(VM *vm, Value p, Value o) DX_MUST_USE;
int copy_data_properties_rjs(VM *vm, Value target, Value src, const Value *excluded, u32 n) DX_MUST_USE;
Value arguments_new(VM *vm, Frame *f, Env *mapped);
Value template_object(VM *vm, Module *m, u32 konst);
Value super_base_rjs(VM *vm, Value home) DX_MUST_USE; // GetSuperBase
Value super_get_rjs(VM *vm, Value self, Value base, Value k) DX_MUST_USE;
int super_set_rjs(VM *vm, Value self, Value base, Value k, Value v, bool strict) DX_MUST_USE;
int delete_rjs(VM *vm, Value o, Value k, bool strict) DX_MUST_USE;
Value throw_kind(VM *vm, u32 kind, Value name);
Value throw_unbound(VM *vm, Value name); // TDZ, or the this wording
Value check_coercible(VM *vm, Value v, Value name) DX_MUST_USE;

// ---- iterops.c: the iteration opcodes over a triple at t[0..2]
bool triple_open_rjs(VM *vm, Value v, Value *t) DX_MUST_USE;
bool triple_open_async_rjs(VM *vm, Value v, Value *t) DX_MUST_USE;
int triple_step_rjs(VM *vm, Value *t, Value *out) DX_MUST_USE; // 1 value, 0 done, -1 thrown (marked done); out NULL: the value is not read
bool triple_close_rjs(VM *vm, Value *t, bool thrown) DX_MUST_USE;
bool triple_return_call_rjs(VM *vm, Value *t, Value *r, Value *has) DX_MUST_USE;
// value and done of an iterator result object (undefined when done)
Value iter_result_unpack_rjs(VM *vm, Value result, bool *done) DX_MUST_USE;
bool delegate_call_rjs(VM *vm, Value *t, Value received, Value mode, bool async, Value *r,
                       Value *how) DX_MUST_USE;
int delegate_result_rjs(VM *vm, Value r, bool async, Value *v) DX_MUST_USE; // 1 done, 0 not, -1
int append_spread_rjs(VM *vm, Value array, Value it) DX_MUST_USE;
Value for_in_start_rjs(VM *vm, Value o) DX_MUST_USE;
int for_in_next_rjs(VM *vm, Value it, Value *k) DX_MUST_USE;
bool array_iteration_pristine_for(VM *vm, Value array);
// builtins/iterators_core.c; -2: not an array iterator
int array_iterator_step_rjs(VM *vm, Value it, Value *out) DX_MUST_USE;
Value async_from_sync_iterator(VM *vm, Value iterator, Value next);   // CreateAsyncFromSyncIterator's object

// ---- generator.c
FrameCopy *framecopy_new(VM *vm, Frame *f);
void frame_suspend(VM *vm, Frame *f, const u8 *pc, Value *sp);                // into f->activation
bool frame_resume(VM *vm, FrameCopy *fc, Value *base, u32 flags) DX_MUST_USE;  // pushes it as vm->frame
Value generator_start_rjs(VM *vm, Frame *f) DX_MUST_USE; // GenStart: the generator object
// the iterator result
Value generator_resume_rjs(VM *vm, Value gen, Value v, enum ResumeMode mode) DX_MUST_USE;
// Lets a resumed frame see the value at its Yield / YieldDelegate / Await / GenStart. False: throw at its pc
// instead.
bool resume_deliver(VM *vm, Frame *f, Value v, enum ResumeMode mode);

// ---- async.c
// schedules the continuation; exceptions become rejections of the await itself
void await_value(VM *vm, FrameCopy *fc, Value v);
Value async_await(VM *vm, Frame *f, const u8 *pc, Value *sp, Value v); // suspends; what the caller gets
Value async_return(VM *vm, Frame *f, Value v);             // async function done; what the caller gets
Value async_throw(VM *vm, Frame *f);                       // async function ends with vm->exception
void async_resume(VM *vm, FrameCopy *fc, Value v, enum ResumeMode mode);
void async_gen_yield(VM *vm, Frame *f, const u8 *pc, Value *sp, Value v, bool delegate);
void async_gen_return(VM *vm, Frame *f, Value v);
void async_gen_throw(VM *vm, Frame *f);
void async_gen_finish(VM *vm, GeneratorObject *g, Value v, enum ResumeMode mode); // the body is over
// AsyncGeneratorAwaitReturn's promise settled
void async_gen_return_settled(VM *vm, GeneratorObject *g, Value v, bool thrown);
void promise_await(VM *vm, Value promise, FrameCopy *fc); // builtins/promise.c: continue fc when it settles
void promise_gen_return(VM *vm, Value promise, GeneratorObject *g); // ... call async_gen_return_settled
Value async_gen_enqueue(VM *vm, Value gen, Value v, enum ResumeMode mode, const char *method);

// ---- dynamic scopes (with, eval): dynscope.c
Value dyn_load_rjs(VM *vm, Value env, PropKey k, bool for_typeof, bool strict, Value *self) DX_MUST_USE;
int dyn_store_rjs(VM *vm, Value env, PropKey k, Value v, bool strict) DX_MUST_USE;
// A reference to a name: ResolveDyn's base, and the name's value and assignment there.
Value dyn_resolve_rjs(VM *vm, Value env, PropKey k) DX_MUST_USE;
Value dyn_ref_load_rjs(VM *vm, Value env, PropKey k, Value base, bool strict) DX_MUST_USE;
int dyn_ref_store_rjs(VM *vm, Value env, PropKey k, Value base, Value v, bool strict) DX_MUST_USE;
Value dyn_delete_rjs(VM *vm, Value env, PropKey k) DX_MUST_USE;
int dyn_declare_rjs(VM *vm, Value env, PropKey k, u32 kind) DX_MUST_USE;
int global_declare_rjs(VM *vm, PropKey k, u32 kind) DX_MUST_USE;
int global_init_rjs(VM *vm, PropKey k, Value v) DX_MUST_USE;
Value eval_indirect_rjs(VM *vm, Value source) DX_MUST_USE;
Value eval_direct_rjs(VM *vm, Value source, Frame *f, Value env, u32 scope) DX_MUST_USE;

// ---- module.c, for module_eval.c
bool module_link_rjs(VM *vm, Module *m) DX_MUST_USE; // a new module and what it imports
// What request r of m leads to: a module (NULL: none), else *foreign gets the exports object of a host module.
// False: thrown.
bool module_request_rjs(VM *vm, Module *m, u32 r, Module **target, Value *foreign) DX_MUST_USE;
// The request for a module (an atom) and, as in import declarations, a type of module or undefined; DXT_NONE: none.
u32 module_request_find(const Module *m, Value specifier, Value type);
Value module_function(VM *vm, Module *m, u32 func, Env *env);
Value module_exports(VM *vm, Module *m); // of CommonJS, JSON, text: once evaluated, or being so
Value commonjs_run_rjs(VM *vm, Module *m) DX_MUST_USE;
// The namespace object importers see of what is no ECMAScript module.
Value interop_namespace_rjs(VM *vm, Value exports) DX_MUST_USE;
Value throw_module_not_found(VM *vm, Value specifier);

// ---- jobs.c
void jobs_boot(VM *vm);

// ---- stack.c
StackTrace *stack_capture(VM *vm, Value above, u32 limit);

DX_INLINE Env *v_env(Value v) { // the environment a slot holds, or NULL
    if (v_tag(v) != TAG_INTERNAL || (v & VALUE_PAYLOAD) < 4096) return NULL;
    Cell *c = (Cell *)v_ptr(v);
    return c->kind == CELL_ENV ? (Env *)c : NULL;
}
DX_INLINE Value v_internal(const void *p) { return v_from_ptr(TAG_INTERNAL, p); }
DX_INLINE bool code_strict_at(const FuncCode *c, const u8 *pc) {
    return c->flags & FUNC_STRICT || (DX_UNLIKELY(c->flags & FUNC_STRICT_PARTS) && code_in_strict_part(c, pc));
}
DX_INLINE bool frame_strict(const Frame *f) { return code_strict_at(f->code, f->pc); }

#endif
