// SPDX-License-Identifier: MIT
// Programs and their modules: instantiating, linking, evaluating (ECMA-262 16.2.1), and CommonJS. The
// embedder's view of running code.
#ifndef DX_MODULE_H
#define DX_MODULE_H

#include "vm/vm.h"

// The modules of one layout, of one .dxt file, or of one piece of source compiled on demand. Malloc memory,
// lives as long as the process; the instantiated Modules live in the heap region and belong to the current
// realm.
typedef struct DxProgram {
    DxtModule *modules;
    u32 count;
    u32 id;              // row of the VM's instance table
    struct DxProgram *next; // all of them, for exec_shutdown
    struct SharedTables *shared; // by module index; NULL until program_share
    u8 *uses;            // times each module was instantiated (saturating); NULL while unused
    u32 share_wanted;    // modules instantiated twice whose tables are not shared yet
} DxProgram;

DxProgram *program_new(VM *vm, DxtModule *modules, u32 count);
// Programs made since the mark are forgotten (after heap_reset, when nothing refers to their modules any
// more).
u32 program_mark(VM *vm);
void program_release(VM *vm, u32 mark);
Module *program_module(VM *vm, DxProgram *p, u32 index);           // instantiates on first use (no code runs)
// A process that runs one file after another instantiates the same modules again after each reset. Between
// heap_pop_level and heap_mark_level this makes the string and constant tables of those seen twice, so that
// they survive the resets to come. Worth it when share_wanted > 0.
void program_share(VM *vm, DxProgram *p);
void program_free(DxProgram *p);
void module_shapes_make(VM *vm); // of the objects every CommonJS module gets, so that they are in the realm image
// Loads, links and evaluates a module and what it imports: undefined, the evaluation promise of ESM with
// top-level await, or V_EXC.
Value module_start_rjs(VM *vm, Module *m) DX_MUST_USE;
// The same, then the namespace object (ESM), module.exports (CommonJS) or the value (JSON, text), or V_EXC.
Value module_run_rjs(VM *vm, Module *m, Value *promise) DX_MUST_USE;
Value module_namespace_rjs(VM *vm, Module *m) DX_MUST_USE;         // linked on demand
// Gives what an evaluated module exports under the names of `values` those values; other names are not added. For module mocks.
bool module_patch_exports_rjs(VM *vm, Module *m, Value values) DX_MUST_USE;
Value module_require_rjs(VM *vm, Module *from, Value specifier) DX_MUST_USE;
// Runs a script's or eval's compiled code. env: the environment of direct eval, NULL at global level.
Value script_run_rjs(VM *vm, DxtModule *dxt, Env *env, Value self) DX_MUST_USE;

// for the interpreter
FuncCode *module_code(VM *vm, Module *m, u32 func);
Value module_load_import_rjs(VM *vm, Module *m, u32 import,
                             Value name) DX_MUST_USE; // the cases without a binding slot
Value module_import_ns_rjs(VM *vm, Module *m, u32 import) DX_MUST_USE;
Value module_import_meta(VM *vm, Module *m);
Value module_dynamic_import_rjs(VM *vm, Module *m, Value specifier, Value options, u32 flags) DX_MUST_USE;
Value regexp_literal(VM *vm, Module *m, u32 konst);                // builtins/regexp.c

#endif
