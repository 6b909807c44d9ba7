// SPDX-License-Identifier: MIT
// Public header of compiler/: source text in, module out. Runs no user code, reads no files, keeps no state between calls.
#ifndef DXC_H
#define DXC_H

#include "compiler/diag.h"
#include "format/dxt.h"

typedef enum DxcGoal {
    DXC_GOAL_AUTO,    // .mjs/.mts module, .cjs/.cts CommonJS, else a module if module syntax is used (TypeScript: always), else CommonJS
    DXC_GOAL_MODULE,
    DXC_GOAL_COMMONJS,
    DXC_GOAL_SCRIPT,
} DxcGoal;

typedef enum DxcDialect { DXC_DIALECT_UNKNOWN, DXC_DIALECT_JEST, DXC_DIALECT_VITEST, DXC_DIALECT_BUN, DXC_DIALECT_NODE } DxcDialect;
typedef enum DxcJsx {
    DXC_JSX_DEFAULT,     // automatic, unless a @jsx pragma asks for the classic form
    DXC_JSX_CLASSIC,     // createElement; a @jsxRuntime or @jsxImportSource pragma or an import source asks for the automatic form
    DXC_JSX_AUTOMATIC, DXC_JSX_DEVELOPMENT,
} DxcJsx;

// Where the processor time of the thread went, added up over compilations: text to tree; scopes and their early errors; tree to instructions; optimising and coding them.
typedef struct DxcTimes { u64 parse_ns, scopes_ns, emit_ns, assemble_ns; } DxcTimes;

typedef struct DxcOptions {
    DxcGoal goal;
    bool test_file;              // assertion lowering, list of tests
    DxcDialect dialect;          // of the project; a file's imports override it
    bool legacy_class_fields;    // useDefineForClassFields: false
    bool verbatim_module_syntax; // keep imports that are never used as values
    bool es_module_interop;      // CommonJS written with import: `* as x` of a plain CommonJS module is an object around it
    bool experimental_decorators;
    bool strict_null_checks;     // `T | null` is recorded as Object by decorator_metadata
    bool decorator_metadata;     // emitDecoratorMetadata, with experimental_decorators
    bool lax_imports;            // importing a name that is not exported reads undefined, as bundlers and test runners have it (TypeScript: always)
    DxcJsx jsx;
    const char *jsx_factory;       // classic: NULL is React.createElement
    const char *jsx_fragment;      // classic: NULL is React.Fragment
    const char *jsx_import_source; // automatic: NULL is react
    int optimize;                // 0: the instructions as emitted
    DxcTimes *times;             // NULL: not measured
} DxcOptions; // zero-initialise, then set what differs; dxc_options_default gives optimize 1

typedef enum DxcResult { DXC_OK = 0, DXC_ERRORS = 1 } DxcResult;

u64 dxc_cpu_ns(void); // processor time of the calling thread, for such sums
DxcOptions dxc_options_default(void);
// Compiles one file. `text` must outlive *out (its `source` points there); everything else *out names lives in `arena`.
// DXC_ERRORS: diags says why and *out is not to be used. Warnings may come with DXC_OK. `path` goes into the module and decides the language.
DxcResult dxc_compile(const DxcOptions *options, const char *path, const char *text, size_t len, Arena *arena, DxtModule *out,
                      DiagList *diags);

// ---- code from text at run time: eval, new Function. *out is a script whose main function returns the completion value.

typedef struct DxcEval {
    bool direct;             // the free names of the code are those of the caller: looked up by name through its environment
    const DxtModule *module; // direct: the caller's module …
    u32 scope;               // … and the SCOPE_SITE row of its CallEval
} DxcEval;
DxcResult dxc_compile_eval(const DxcEval *eval, const char *text, size_t len, Arena *arena, DxtModule *out, DiagList *diags);
// new Function: `text` is the whole function expression in parentheses, `brace` the offset of its body; the completion value is the function.
DxcResult dxc_compile_function(const char *text, size_t len, u32 brace, Arena *arena, DxtModule *out, DiagList *diags);

#endif
