// SPDX-License-Identifier: MIT
// The virtual machine's state, frames, realms; calling functions; jobs.
#ifndef DX_VM_H
#define DX_VM_H

#include "vm/atoms.h"
#include "vm/cells.h"
#include "vm/function.h"
#include "vm/heap.h"
#include "vm/object.h"
#include "vm/value.h"

enum RealmField {
#define INTRINSIC(name) REALM_##name,
#include "vm/realm.def"
#undef INTRINSIC
    REALM_FIELD_COUNT
};

typedef struct Realm {
    Cell cell;
    union {
        struct {
#define INTRINSIC(name) Value name;
#include "vm/realm.def"
#undef INTRINSIC
        };
        Value intrinsics[REALM_FIELD_COUNT];
    };
    Value global;          // the global object
    Value global_this;
    Value lexical;         // object with null prototype holding global let/const/class bindings
    Shape *shape_object;   // roots used on hot paths
    Shape *shape_array;
    Shape *shape_function; // lazy functions
    Shape *shape_iter_result;
    Shape *shape_null;     // objects without prototype
    Value host[8];         // runtime/'s per-realm state
} Realm;

// A frame of the interpreter (control stack; operands live on the value stack):
//
//   value stack:  [callee][this] slot0 .. slot(nparams-1) | locals | operands ...      fp points at slot0; fp[-1] = this, fp[-2] = callee
//   With more arguments than parameters the callee, this and parameters are copied above the arguments, so `args`..argc stays readable.
typedef struct Frame {
    const u8 *pc;         // next instruction while suspended in a call
    Value *fp, *sp;
    FuncCode *code;
    Function *func;       // NULL for entry frames
    Value *args;          // actual arguments
    Value new_target;
    u32 argc;
    u16 flags;            // FrameFlag
    u16 pad;
    FrameCopy *activation; // generators and async functions that have been suspended before; else NULL
    Env *mapped;          // environment the arguments object maps to; only with FRAME_MAPPED
} Frame;
enum FrameFlag { FRAME_ENTRY = 1, FRAME_CONSTRUCT = 2, FRAME_GENERATOR = 4, FRAME_ASYNC = 8, FRAME_NATIVE_BOUNDARY = 16, FRAME_FIELD_INIT = 32 };

typedef struct NativeContext { Value callee, new_target; u32 magic; u32 pad; } NativeContext;

typedef struct GetCacheEntry { Shape *shape; PropKey key; Object *holder; u32 slot; u32 epoch; } GetCacheEntry; // as an Ic, with the key

enum VmRoot { ROOT_PROGRAMS, ROOT_SHARED, ROOT_FINREGS }; // exec/module.c (2), builtins/weak.c

struct VM {
    Heap heap;               // first member (VM_HEAP)
    Value exception;         // pending when a function returned V_EXC; V_HOLE otherwise
    Realm *realm;
    Value *stack, *stack_end;       // value stack
    Frame *frames, *frame, *frames_end; // control stack; frame = current
    char *c_stack_limit;     // lowest C address natives may recurse to
    NativeContext native;
    u32 proto_epoch;         // see OBJ_PROTO
    u32 further_realms;      // made by realm_new: while there are any, calls compare realms (FuncCode.entry is 0)
    u32 impure;              // ImpureFlag: what the run has seen of the outside
    u32 interrupt;           // set through vm_interrupt (timeout, ^C): polled at loop back edges and calls
    u32 assert_not;          // the Not prefix
    u64 assertions;          // assertions counted in the current test
    struct JoinChain *joining; // Array.prototype.join in progress, innermost first (builtins/array.c)
    // The expect that assertion opcodes stand for, and the slot of the global object where it lies (see expect_pristine). 0: no test runtime.
    Value expect_fn;
    u32 expect_slot, expect_pad;
    u64 finreg_seen;         // collections when finalization_poll last looked
    Value atoms[ATOM_COUNT]; // predefined property keys
    Value char_strings[256]; // one-character Latin-1 strings
    struct AtomTable *atom_table;
    struct JobQueue *jobs;   // promise jobs (in the region)
    struct DxHost *host;     // callbacks of the embedder: see vm/host.h
    struct Vm_exec *exec;    // exec/'s private state
    Value roots[32];         // VmRoot; from 8 on for embedder and runtime
    // What AsyncLocalStorage has bound: ValueArray {storage, store, outer} (internal pointer), innermost first, or undefined. Reactions, awaits,
    // jobs and timers remember it from where they were made.
    Value async_context;
    u64 random_state[2];
    struct { // cleared whenever cells may have gone: collections and resets
        u32 epoch;
        u32 pad;
        GetCacheEntry e[1024]; // megamorphic property gets
        struct { // where the properties that array iteration depends on lie (checked by value, so assignments are seen)
            Shape *array_shape, *iter_shape;
            u32 array_slot, iter_slot, epoch, pad;
            Realm *realm;
        } pristine;
    } get_cache;
};

enum ImpureFlag { IMPURE_CLOCK = 1, IMPURE_RANDOM = 2, IMPURE_ENV = 4, IMPURE_FILES = 8, IMPURE_NETWORK = 16, IMPURE_PROCESS = 32 };
DX_INLINE void vm_mark_impure(VM *vm, u32 what) { vm->impure |= what; }

// ---- calling JS (exec/). argv is copied; may be any memory. V_EXC on a throw.
Value vm_call(VM *vm, Value f, Value self, int argc, const Value *argv) DX_MUST_USE;       // TypeError unless callable
Value vm_construct(VM *vm, Value f, int argc, const Value *argv, Value new_target) DX_MUST_USE; // new_target: f itself usually
#define CALL0(vm, f, self)        vm_call((vm), (f), (self), 0, NULL)
#define CALL1(vm, f, self, a)     vm_call((vm), (f), (self), 1, (Value[]){(a)})
#define CALL2(vm, f, self, a, b)  vm_call((vm), (f), (self), 2, (Value[]){(a), (b)})
void exec_boot(VM *vm, u32 max_depth); // maps the stacks, makes the job queue; vm_boot calls it once the realm stands. 0: default depth
void exec_shutdown(VM *vm);
void vm_set_step_limit(VM *vm, u64 steps); // ends the run (uncatchable) after about so many calls, loop iterations, throws and 64 KB allocated; 0: none
void vm_interrupt(VM *vm, u32 why);        // asks for the end of the run: any bit but the top one. Async-signal safe
bool exec_poll(VM *vm);                    // call when vm->interrupt is set, in native loops that call nothing: false ends the run (return V_EXC)
bool vm_terminated(VM *vm);                // the step limit or an interrupt ended the run: V_EXC with no exception pending
// The collector scans the value stack [vm->stack, vm_stack_top(vm)) conservatively: slots above a frame's sp may be stale.
Value *vm_stack_top(VM *vm);
bool vm_stack_low(VM *vm);        // C recursion guard: true (and RangeError thrown) when the C stack is nearly used up. Call in recursive natives.

// ---- exceptions
// Throws (sets vm->exception) and returns V_EXC. Message text by errors.def; arguments printf-like: %s C string, %V Value (ToDisplay as V8 does), %K PropKey, %d int.
typedef enum ErrorId {
#define ERR(id, type, text) ERR_##id,
#include "vm/errors.def"
#undef ERR
    ERR_COUNT
} ErrorId;
Value vm_throw(VM *vm, ErrorId id, ...);
Value vm_throw_value(VM *vm, Value v);
Value vm_take_exception(VM *vm);                    // clears and returns it
Value error_new(VM *vm, u32 proto_field, Value message); // e.g. REALM_TypeErrorPrototype; captures the stack
// Error.captureStackTrace: gives obj a lazy "stack"; frames above and including `above` (function value or undefined) are left out.
void error_capture_stack(VM *vm, Value obj, Value above);
Value error_stack_text(VM *vm, Value err);          // formatted stack as V8 prints it (string); no user code
// Structured frames for runtime/ (code frames): number of frames stored, newest first.
typedef struct StackFrameInfo { const char *file; u32 line, column; Value function_name; bool native; const DxtModule *module; u32 offset; } StackFrameInfo;
u32 error_stack_frames(VM *vm, Value err, StackFrameInfo *out, u32 max);

// ---- promises and jobs (builtins/promise.c, exec/jobs.c)
Value promise_new(VM *vm);                                        // pending
void promise_resolve(VM *vm, Value promise, Value resolution);    // the promise's resolve function steps (27.2.1.3.2)
void promise_reject(VM *vm, Value promise, Value reason);         // RejectPromise
void promise_fulfill(VM *vm, Value promise, Value value);
Value promise_resolve_value_rjs(VM *vm, Value c, Value x) DX_MUST_USE; // PromiseResolve(C, x)
void promise_then_native(VM *vm, Value promise, Value on_ok, Value on_err); // PerformPromiseThen without a result capability
void promise_then_into(VM *vm, Value promise, Value on_ok, Value on_err, Value derived); // ... with an ordinary derived promise
enum PromiseState { PROMISE_PENDING, PROMISE_FULFILLED, PROMISE_REJECTED };
enum PromiseState promise_state(Value promise);
Value promise_result(Value promise);
typedef Value (*JobFn)(VM *vm, Value *data);                      // registered job functions: see exec/jobs.def
void job_enqueue(VM *vm, u32 job_kind, int n, const Value *data); // n <= 6
bool jobs_run(VM *vm);                                            // runs until empty; unhandled exceptions of jobs go to host->on_job_error. False if interrupted
bool jobs_waiting(VM *vm);
bool finalization_poll(VM *vm);                                   // after collections: queues the callbacks of FinalizationRegistries (true: some). Call where a turn ends

// ---- life
typedef struct VmOptions { u64 heap_limit, gc_threshold; u32 max_depth; } VmOptions; // zeros: defaults (8 GB or half of the machine; 256 MB, see heap/state.h; 200000 frames)
VM *vm_boot(const VmOptions *o);        // reserve the region and place the realm image (or build the realm when none is linked in: mkimage)
void vm_shutdown(VM *vm);
Realm *function_realm(VM *vm, Value f); // GetFunctionRealm (7.3.25); NULL: a revoked proxy (thrown)
Realm *realm_new(VM *vm);               // a further realm: the ECMAScript library only; its functions run in it. vm->realm stays; keep the result alive (a Value of TAG_INTERNAL)
size_t vm_image(VM *vm);                // mkimage: makes [REGION_BASE, +result) a realm image; the VM cannot be used any more
extern __attribute__((weak)) const u8 realm_image_start[], realm_image_end[]; // incbin, page-aligned; absent in mkimage

#endif
