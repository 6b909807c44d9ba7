// SPDX-License-Identifier: MIT
// Function objects, environments, instantiated code and modules.
#ifndef DX_FUNCTION_H
#define DX_FUNCTION_H

#include "format/dxt.h"
#include "vm/object.h"

typedef struct Env { // an environment: parent and variables. Slots of uninitialised bindings hold V_TDZ.
    Cell cell;           // flags: ENV_WITH (slot 0 is the object of a with statement)
    struct Env *parent;  // NULL: none
    u32 count, scope;    // scope: row of the module's SCOP for names (SCOPE_NONE without)
    struct FuncCode *code; // whose module `scope` refers to; NULL without names
    Value v[];
} Env;
enum { ENV_WITH = 1, ENV_VAR_SCOPE = 2 };

typedef struct Ic { // one inline cache. A hit: object's shape == shape (and epoch == vm->proto_epoch when holder is set)
    Shape *shape;
    union { Object *holder; Shape *next; } u; // get: NULL own property, else the prototype holding it; set: NULL overwrite, else the shape after the add
    u32 slot;
    u32 epoch;
} Ic;
typedef struct IcArray { Cell cell; Ic ic[]; } IcArray;

typedef struct FuncCode { // one function of one instantiated module
    Cell cell;
    const u8 *code;         // in the mapping
    const DxtFunc *info;    // in the mapping
    struct Module *module;
    Ic *ics;                // in an IcArray; NULL until first run
    Value *strings;         // module->strings: index → string value (atoms)
    Value *consts;          // module->consts: index → value
    u32 flags;              // DxtFuncFlag
    u16 nparams, nlocals, max_stack, ic_count;
    u32 index;              // function index in the module
    u32 entry;              // 1: a plain call needs no more than a frame (caches made, no class constructor, not async)
    Shape *ctor_shape;      // root shape learned for `new`, valid while the function has shape ctor_func_shape and its "prototype" is ctor_shape->proto; or NULL
    Shape *ctor_func_shape;
    u32 ctor_proto_slot;    // slot of "prototype" in ctor_func_shape
    u32 ctor_inline;        // inline slots learned for `new`
    u32 pad;
} FuncCode;

typedef struct Function { // closure. name/length/prototype are lazy until asked for (OBJ_LAZY_FUNC)
    Object o;
    FuncCode *code;
    Env *env;               // captured environment, NULL at module level without one
    Value home;             // [[HomeObject]] or undefined
    Value fields;           // class constructor: field initialiser function or undefined
} Function;

typedef struct NativeFunction {
    Object o;
    u32 id;                 // native_row(id): table << 10 | row
    u16 magic, nslots;
    struct Realm *realm;
    Value name;             // string for the lazy name property
    Value slots[];          // internal slots of native closures (nslots)
} NativeFunction;

typedef struct BoundFunction { Object o; Value target, bound_this; ValueArray *args; u32 argc; u32 pad; } BoundFunction;

typedef struct Module { // an instantiated module (16.2.1)
    Cell cell;
    DxtModule *dxt;         // views into the mapping (malloc/static lifetime of the layout)
    struct DxProgram *program; // which layout it belongs to
    u32 index;              // module index in the layout
    u8 state;               // ModuleState
    u8 pad[3];
    Env *env;               // module environment
    Value *strings;         // string table as values (atoms interned)
    Value *consts;
    FuncCode **codes;       // function index → FuncCode, created on first use
    struct Module **requests; // request row → module (NULL: unresolved or builtin not yet loaded)
    Value **imports;        // import row → the binding's slot (resolved at link time); NULL: reads undefined
    Value namespace_obj;    // or undefined
    Value meta;             // import.meta or undefined
    Value cjs_module;       // CommonJS: the `module` object, or undefined
    Value error;            // evaluation error (V_HOLE none)
    Value promise;          // of the evaluation as a whole, once it was asked for while pending, or undefined
    Value templates;        // ValueArray of template objects or undefined
    struct Realm *realm;
    u32 dfs_index, dfs_ancestor; // of the walk that evaluated it
    u32 async_order;        // when it turned out to wait for top-level await: 0 never, else see module_eval.c
    u32 pending_async;      // dependencies it waits for
    Value async_parents;    // Array of modules (internal pointers) that wait for this one, or undefined
    struct Module *cycle_root; // the first evaluated of its cycle; NULL before
    Value host;             // runtime/'s slot (mocks ...)
    Value foreign;          // ValueArray (internal pointer): per request the exports object of a host module, or undefined
    struct Module *cycle_next; // next older on the stack of the walk
} Module;
enum ModuleState { MOD_NEW, MOD_LINKING, MOD_LINKED, MOD_EVALUATING, MOD_EVALUATING_ASYNC, MOD_EVALUATED };

Function *function_new(VM *vm, FuncCode *code, Env *env);
// A native closure over a row of a native table (see native.h); slots undefined.
NativeFunction *native_new(VM *vm, u32 id, u32 nslots);
Value bound_function_create(VM *vm, Value target, Value bound_this, const Value *args, u32 argc);
Value function_name(VM *vm, Value f);        // own "name" data value if a string, else empty string; no user code
Value function_source_text(VM *vm, Value f); // Function.prototype.toString
int set_function_name(VM *vm, Value f, PropKey k, const char *prefix);

#endif
