// SPDX-License-Identifier: MIT
// What the embedder plugs in: output, module loading beyond the layout, compilation on demand, error reporting.
#ifndef DX_HOST_H
#define DX_HOST_H

#include "vm/vm.h"

enum DxCompileKind { COMPILE_SCRIPT, COMPILE_EVAL, COMPILE_EVAL_DIRECT, COMPILE_FUNCTION }; // but for SCRIPT the body returns the completion value
typedef struct DxEvalScope { // where a direct eval stands
    const DxtModule *module;
    u32 scope;        // row of the module's SCOP: names visible there, innermost first through `parent`
    bool strict;
} DxEvalScope;

typedef struct DxHost {
    void *ctx;
    void (*write)(void *ctx, int fd, const char *bytes, size_t n);                    // console output
    void (*on_job_error)(VM *vm, Value error);                                        // an exception left a job
    void (*on_rejection)(VM *vm, Value promise, int handled);                         // HostPromiseRejectionTracker: 0 reject, 1 handle
    // eval/new Function: compiles source (kind: DxCompileKind; scope: DxEvalScope of a direct eval, u32 offset of the body's brace of a FUNCTION, else NULL); fills *out (owned by the callee, lives as long as the process) or throws SyntaxError. NULL: dxvm.
    bool (*compile)(VM *vm, const char *source, size_t len, u32 kind, const void *scope, DxtModule **out);
    // A request the layout did not resolve (computed require/import, builtin module): returns the module's exports/namespace or V_EXC.
    Value (*load_module)(VM *vm, Module *from, Value specifier, u32 flags);
    // Before load_module: the module a request leads to that its program does not hold (instantiated, perhaps of another program), in *out; left
    // NULL: not known here. `type`: the attribute's value or undefined. False: thrown. The answer for one (from, specifier, type) must not change.
    bool (*find_module)(VM *vm, Module *from, Value specifier, Value type, Module **out);
    bool (*load_builtin)(VM *vm, const char *specifier, Value *exports);              // node:fs, vitest, bun:test ...
    // Test opcodes that do not simply pass: failing or compound assertions, mocks, hooks. operands[0..n); site: assertion site or DXT_NONE.
    // Returns the value to push (mocks, spies) or V_EXC. Honours and clears vm->assert_not.
    Value (*test_op)(VM *vm, u32 opcode, Value *operands, u32 n, u32 site, Module *module);
    Value (*call_object)(VM *vm, Value f, Value self, int argc, const Value *argv);   // calls a callable HOST object
    Value (*replace_module)(VM *vm, Module *from, u32 request);                      // module mocks: exports to use instead, or V_HOLE. NULL: none registered
    Value (*resolve_module)(VM *vm, Module *from, Value specifier);                   // require.resolve of what the layout does not know
    Value (*set_timeout)(VM *vm, Value f, f64 ms);                                   // calls f once, from the loop: a timer, for clear_timeout. NULL: there is no loop
    void (*clear_timeout)(VM *vm, Value timer);                                      // one that has not fired
    Value (*clone_object)(VM *vm, Value v);                                          // structuredClone of a HOST object; V_HOLE: it cannot be cloned. NULL: none can
    struct AgentCluster *agents;                                                      // vm/agents.h. NULL: this is the only agent
    bool cannot_block;                                                                // [[CanBlock]] is false: Atomics.wait throws
    void (*import_meta)(VM *vm, Module *m, Value meta);                               // adds to import.meta
    // Around each job, tick and timer, vm->async_context being the one it was made in; what `job_enter` returns goes to `job_leave`. NULL: nobody
    // wants to know.
    void *(*job_enter)(VM *vm);
    void (*job_leave)(VM *vm, void *before);
} DxHost;

DX_INLINE void *job_entered(VM *vm) { return vm->host && vm->host->job_enter ? vm->host->job_enter(vm) : NULL; }
DX_INLINE void job_left(VM *vm, void *before) {
    if (vm->host && vm->host->job_leave) vm->host->job_leave(vm, before);
}

#endif
