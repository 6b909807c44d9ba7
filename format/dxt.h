// SPDX-License-Identifier: MIT
// Public header of format/: a module as the compiler builds it, as a .dxt/.dxtl holds it and as the VM runs it.
// The byte layout of the containers is spec/dxt.md and spec/dxtl.md; the structs below are those bytes (little-endian, 8-byte
// aligned), used straight from the mapping. Indices are module-local; SLOT_/..._NONE constants mark absence.
#ifndef DXT_H
#define DXT_H

#include "format/base/mem.h"
#include "format/opcodes.h"
#include "format/strcell.h"

#define DXT_NONE 0xFFFFFFFFu

// ---- functions

enum DxtFuncFlag {
    FUNC_STRICT = 1 << 0,
    FUNC_ARROW = 1 << 1,
    FUNC_ASYNC = 1 << 2,
    FUNC_GENERATOR = 1 << 3,
    FUNC_METHOD = 1 << 4,          // methods, getters, setters: no [[Construct]], no prototype
    FUNC_CLASS_CTOR = 1 << 5,      // [[Call]] throws
    FUNC_DERIVED_CTOR = 1 << 6,    // `this` starts uninitialised
    FUNC_FIELD_INIT = 1 << 7,      // the synthesized field initialiser of a class, or a static block
    FUNC_MODULE = 1 << 8,          // module or script body
    FUNC_GETTER = 1 << 9,
    FUNC_SETTER = 1 << 10,
    FUNC_EVAL = 1 << 11,           // eval code
    FUNC_HAS_EVAL = 1 << 12,       // contains a direct eval: all variables live in named environments
    FUNC_SIMPLE_PARAMS = 1 << 13,
    FUNC_NO_CTOR = 1 << 14,        // not a constructor (arrow, async, generator, method); derived by the emitter
    FUNC_TEST_BODY = 1 << 15,      // callback literal of a test or hook call
    FUNC_ANONYMOUS = 1 << 16,      // no own name property until SetFunctionName
    FUNC_NATIVE_SOURCE = 1 << 17,  // toString gives the native form (compiler-made functions)
    FUNC_STRICT_PARTS = 1 << 18,   // sloppy, with StrictPart instructions
};

typedef struct DxtFunc { // 64 bytes, section FUNC
    u32 name;            // string index; the empty string when anonymous
    u32 flags;           // DxtFuncFlag
    u32 code_off;        // first byte in section CODE
    u32 code_len;        // includes the final End
    u32 handler_first;   // first row in section HNDL
    u16 handler_count;
    u16 ic_count;        // inline caches used by the code
    u16 nparams;         // frame slots 0..nparams-1 hold the declared parameters (missing ones are undefined)
    u16 length;          // the function's `length`
    u16 nlocals;         // further frame slots, undefined at entry
    u16 max_stack;       // operand stack depth, proven by the verifier
    u32 src_start, src_end; // byte range in section SRC (Function.prototype.toString)
    u32 pos_first, pos_count; // rows of section POS
    u32 parent;          // enclosing function or DXT_NONE
    u32 reserved[3];     // zero
} DxtFunc;

typedef struct DxtHandler { // 16 bytes, section HNDL; inner ranges come first; offsets relative to the function's code
    u32 start, end;  // covers instructions whose first byte is in [start, end)
    u32 target;      // where control goes, with the exception pushed on a stack cut to `depth`
    u16 depth;
    u16 reserved;
} DxtHandler;

typedef struct DxtPos { // 12 bytes, section POS (cold): sorted by pc
    u32 pc;          // relative to the function's code
    u32 offset;      // byte offset in SRC of the construct V8 reports (call: callee's property name or the callee; throw: the keyword)
    u32 span;        // bytes of source from `expr` on that name the culprit ("obj.foo" of "obj.foo is not a function"); low 12 bits: offset minus the start of `expr`, signed; high 20 bits: length, 0: no culprit
} DxtPos;

DX_INLINE i32 dxt_pos_back(const DxtPos *p) { return (i32)(p->span << 20) >> 20; } // offset minus start of the culprit's text

// ---- constants

enum DxtConstKind {
    DXT_CONST_F64 = 1,      // bits: the double
    DXT_CONST_I32 = 2,      // bits: sign-extended
    DXT_CONST_STRING = 3,   // bits: string index
    DXT_CONST_BIGINT = 4,   // bits: string index of decimal text
    DXT_CONST_REGEXP = 5,   // bits: string index of pattern (low 32), of flags (high 32); aux: offset in section DATA of the compiled program (u32 length first), or DXT_NONE
    DXT_CONST_TEMPLATE = 6, // bits: offset in DATA: u32 n, then n times {u32 cooked string index or DXT_NONE, u32 raw}
    DXT_CONST_SWITCH = 7,   // reserved for jump tables
};
typedef struct DxtConst { // 16 bytes, section CNST
    u32 kind, aux;
    u64 bits;
} DxtConst;

// ---- module linkage (ECMA-262 16.2.1)

typedef struct DxtRequest { // section REQS: one row a distinct specifier
    u32 specifier;   // string index
    u32 module;      // .dxtl: index of the resolved module, DXT_NONE if unresolved (throws when evaluated); .dxt: DXT_NONE
    u32 attributes;  // string index of "type" attribute's value or DXT_NONE
    u32 flags;       // DxtRequestFlag
} DxtRequest;
enum DxtRequestFlag {
    REQ_STATIC = 1,    // from import/export ... from; evaluated before the module
    REQ_REQUIRE = 2,   // from require("literal")
    REQ_DYNAMIC = 4,   // from import("literal")
    REQ_BUILTIN = 8,   // resolved to a host module (node:fs, vitest, bun:test ...); specifier names it
    REQ_LAX = 16,      // an import of a missing name reads undefined instead of failing (TypeScript importer)
};
typedef struct DxtImport { // section IMPT: import bindings, the operand of LoadImport / ImportNs
    u32 request;     // row of REQS
    u32 name;        // imported name; DXT_NONE: the namespace object
} DxtImport;
typedef struct DxtExport { // section EXPT: sorted by nothing; source order
    u32 name;        // exported name; DXT_NONE: export * from request
    u32 kind;        // 0 local: slot of the module environment; 1 indirect: (request, import name); 2 star; 3 namespace (export * as name)
    u32 slot_or_request;
    u32 import_name; // kind 1
} DxtExport;

// A scope row stands for a named environment, or (SCOPE_SITE, no names) for a place where a direct eval stands.
enum DxtScopeFlag {
    SCOPE_VARS = 1,        // variable environment of a function with a sloppy direct eval: eval code declares its vars here
    SCOPE_MODULE_ENV = 2,  // names the module environment
    SCOPE_SITE = 4,
    SCOPE_SITE_STRICT = 8, SCOPE_SITE_NEW_TARGET = 16, SCOPE_SITE_SUPER = 32, SCOPE_SITE_FIELD = 64, SCOPE_SITE_SUPER_CALL = 128, SCOPE_SITE_THIS = 256, // what eval code may use at the site
};
typedef struct DxtScope { u32 first_name, count, flags, parent; } DxtScope; // section SCOP: names of an environment (rows of section SNAM = {u32 string, u32 flags: 1 const, 2 lexical, 4 function name, 8 param})
typedef struct DxtScopeName { u32 name, flags; } DxtScopeName;
enum { SCOPE_NAME_IMPORT = 16, SCOPE_NAME_ROW = 8 }; // flags: the name is no slot but the import whose row is flags >> SCOPE_NAME_ROW

typedef struct DxtSite { // 24 bytes, section SITE: one assertion call in the source
    u32 offset;          // byte offset in SRC of the matcher name (where Jest's caret points)
    u32 line, column;    // 1-based, of the same place
    u32 matcher;         // string index ("toBe")
    u32 flags;           // DxtSiteFlag
    u32 func;            // function it stands in
} DxtSite;
enum DxtSiteFlag { SITE_NOT = 1, SITE_MESSAGE = 2, SITE_GLOBAL = 4 /* expect is the global of that name, not an import */ };

typedef struct DxtTest { // section TEST: statically listed tests and suites, in source order
    u32 name;            // full name, string index (own title; parents by `parent`)
    u32 parent;          // row of the enclosing describe or DXT_NONE
    u32 flags;           // DxtTestFlag
    u32 timeout_ms;      // 0: default
    u32 func;            // callback function or DXT_NONE
    u32 offset;          // SRC offset of the call
    u32 line, column;
} DxtTest;
enum DxtTestFlag { TEST_SUITE = 1, TEST_SKIP = 2, TEST_ONLY = 4, TEST_TODO = 8, TEST_CONCURRENT = 16, TEST_FAILING = 32, TEST_EACH = 64 };

enum { DECLARE_CHECK = 16 }; // in the flags of DeclareGlobal and DeclareDyn: throws as the declaration would, declares nothing

enum DxtModuleKind { MODULE_ESM = 1, MODULE_SCRIPT = 2, MODULE_COMMONJS = 3, MODULE_JSON = 4, MODULE_TEXT = 5 };
enum DxtModuleFlag {
    MODF_TLA = 1,          // the body contains top-level await (body is FUNC_ASYNC)
    MODF_DYNAMIC_TESTS = 2, // the tests cannot be listed without running the file
    MODF_TYPESCRIPT = 4,
    MODF_USES_TEST_API = 8,
    MODF_ESMODULE_INTEROP = 16, // CommonJS that sets __esModule
};

// ---- a module, in memory. The compiler fills one; dxt_write turns it into bytes; dxt_open gives one whose pointers lie in the mapping.
typedef struct DxtModule {
    u32 kind, flags;         // DxtModuleKind, DxtModuleFlag
    u32 main_func;           // body: ESM/script: no parameters; CommonJS: (exports, require, module, __filename, __dirname)
    u32 init_func;           // ESM: run for every module of the graph before any body, over the module environment: creates the hoisted functions and undefined vars. DXT_NONE: nothing to do
    u32 env_slots;           // slots of the module environment (ESM top-level bindings). The body's captured environment IS the module environment
    const char *path;        // absolute or project-relative path (UTF-8), for stacks
    u32 dialect;             // 0 unknown, 1 jest, 2 vitest, 3 bun, 4 node:test

    const u8 *strings;       // section STRS: string cells back to back
    const u32 *string_off;   // section STRX: byte offset of each string in STRS
    u32 string_count;
    const DxtConst *consts;  u32 const_count;
    const DxtFunc *funcs;    u32 func_count;
    const u8 *code;          u32 code_len;
    const DxtHandler *handlers; u32 handler_count;
    const DxtRequest *requests; u32 request_count;
    const DxtImport *imports;   u32 import_count;
    const DxtExport *exports;   u32 export_count;
    const DxtScope *scopes;     u32 scope_count;
    const DxtScopeName *scope_names; u32 scope_name_count;
    const DxtSite *sites;    u32 site_count;
    const DxtTest *tests;    u32 test_count;
    const u8 *data;          u32 data_len;   // section DATA: regexp programs, template rows
    // cold (compressed in the file; see dxt_cold)
    const DxtPos *pos;       u32 pos_count;
    const char *source;      u32 source_len; // UTF-8 source text
    const u8 *cold; u32 cold_len; // section COLD as stored; NULL while the compiler owns the module
    u8 hash[16];             // content hash: names the .dxt; zero while the compiler owns the module
    const u32 *string_uid;   // opened from a layout: each string's number in the layout's list of unique strings; else NULL
    void *cold_handle;       // reader's; NULL while the compiler owns the module
} DxtModule;

// ---- status: files and host (stable numbers, format/status.def)
typedef enum DxtStatus {
    DXT_OK = 0,
#define STATUS(num, name, text) DXT_##name = num,
#include "format/status.def"
#undef STATUS
} DxtStatus;
typedef struct DxtFault { // where a reader or the verifier stopped
    DxtStatus status;
    u32 rule;        // number of the spec's rule, 0 none
    u32 func;        // function index or DXT_NONE
    u64 offset;      // byte offset in the file (container faults) or in the function's code (verifier)
    char detail[120];
} DxtFault;
const char *dxt_status_text(DxtStatus s);

// Number of the rule's sentence in format/rules.def; NULL if there is none.
const char *dxt_rule_text(u32 rule);

// ---- strings: appends a finished cell (narrowed to Latin-1 if it fits, hashed, padded) at an 8-aligned place of `cells`;
// returns its offset, which goes into string_off.
u32 dxt_string_put_utf16(Buf *cells, const u16 *units, u32 n);
u32 dxt_string_put_latin1(Buf *cells, const u8 *text, u32 n);
u32 dxt_string_put_utf8(Buf *cells, const char *text, size_t n); // WTF-8

// ---- one module file (.dxt)
// Deterministic; appends to out (8-aligned). Functions' code, handlers and positions may lie in any order in `m`; the file has
// them in function order. A status other than DXT_OK: m breaks a limit or a range (nothing was appended).
DxtStatus dxt_write(const DxtModule *m, Buf *out);
void dxt_write_end(void); // frees what this thread keeps between writes: before a thread ends
// Bytes must be 8-aligned and stay mapped while the module is used. verify: content hash, every row, string and regular expression,
// and the bytecode verifier (always, except for the user's own store); without it only header and section table are checked.
DxtStatus dxt_open(const u8 *bytes, size_t len, bool verify, DxtModule *out, DxtFault *fault);
DxtStatus dxt_cold(DxtModule *m, DxtFault *fault);   // makes pos/source available (decompresses once; source is NUL-terminated)
void dxt_close(DxtModule *m);                        // frees what dxt_cold made
DxtStatus dxt_verify(const DxtModule *m, DxtFault *fault); // the bytecode verifier alone (rows must be sound)
#define DXT_HASH_AT 8 // where a written .dxt holds its content hash (16 bytes)

// ---- layout file (.dxtl): every module of a run, linked
typedef struct DxtlFile { // 72 bytes, section FILE: one test file or program, in run order
    u64 path_hash;       // hash_bytes of the path
    u8 dxt_hash[16];     // content hash of the module's .dxt
    u64 dxt_offset;      // of the module's image in the layout
    u32 dxt_size;        // bytes of the image
    u32 module;          // module index
    u32 test_count, first_test;   // rows of TEST
    u32 suite_count, first_suite; // rows of SUIT
    u32 flags;           // DxtModuleFlag
    u32 dialect;
    u32 reserved[2];     // zero
} DxtlFile;
typedef struct DxtlTest { // 72 bytes, section TEST: flattened, in file and source order
    u64 name_hash;       // hash_bytes of the full name
    u64 code_off;        // byte offset in the layout of the callback's code; 0 if func is DXT_NONE
    u64 dependencies;    // bit (hash_bytes(path) & 63) is set for the file and every module it can reach
    u32 name_off, name_len; // full name in NAMS: titles from the outermost suite on, joined by one space, WTF-8
    u32 code_len;
    u32 file;            // row of FILE
    u32 suite;           // row of SUIT or DXT_NONE
    u32 row;             // row of the module's TEST section (position, title)
    u32 func;            // callback function of the module or DXT_NONE
    u32 timeout_ms;      // 0: default
    u16 flags;           // DxtTestFlag, skip/only/todo inherited from suites
    u16 assertions;      // assertion sites in the callback itself; 65535: that many or more
    u32 reserved[3];     // zero
} DxtlTest;
typedef struct DxtlSuite { // 40 bytes, section SUIT
    u64 name_hash;
    u32 name_off, name_len; // full name, as above
    u32 file, parent;    // parent: row of SUIT or DXT_NONE
    u32 row;             // row of the module's TEST section
    u32 first_test, test_count; // tests in it and its inner suites: rows of TEST
    u32 flags;           // DxtTestFlag
} DxtlSuite;
enum DxtlInputFlag { INPUT_DIRECTORY = 1, INPUT_ABSENT = 2 };
typedef struct DxtlInput { // 56 bytes, section INPT: what decides validity
    u32 path; u32 flags;   // index of the layout's path table (dxtl_path); DxtlInputFlag
    u64 size; u64 mtime_ns; u64 ctime_ns; u64 inode; // ctime_ns: time of the last change of state, which nobody can set; 0: never trusted
    u8 hash[16];
} DxtlInput;
typedef struct DxtLayout {
    DxtModule *modules; u32 module_count;  // filled on first use: go through dxtl_module
    const DxtlFile *files; u32 file_count;
    const DxtlTest *tests; u32 test_count;
    const DxtlSuite *suites; u32 suite_count;
    const DxtlInput *inputs; u32 input_count;
    const char *names; u64 names_len;      // full names of tests and suites
    const u8 *strings; u64 strings_len;    // merged string table
    const u32 *unique_off; u32 unique_count; // offset of each unique string in `strings`; DxtModule.string_uid indexes this
    const u32 *graph_first;                // module m imports graph_edges[graph_first[m] .. graph_first[m+1])
    const u32 *graph_edges;
    const u32 *path_off; const char *path_text; // path table; path i ends with a zero byte
    u32 path_count;
    const u8 *base;                        // the file's first byte
    u64 created_ns; u8 source_hash[16]; u8 hash[16];
    void *map; size_t map_len;
} DxtLayout;
typedef struct DxtlBuild { // what dxtl_write takes: modules with their requests resolved; entries = indices of test files / programs
    const DxtModule *modules; u32 module_count; // compiler-owned or opened from .dxt files; cold parts are copied as stored when opened
    const u32 *(*resolved);                // resolved[m][r] = module index for request r of module m, or DXT_NONE
    const u32 *entries; u32 entry_count;
    const DxtlInput *inputs; const char *const *input_paths; u32 input_count; // inputs[i].path is ignored: input_paths[i]
    u64 created_ns;                        // 0 keeps the file a function of its inputs
    u8 source_hash[16];                    // all zero: computed from the input paths and hashes
} DxtlBuild;
DxtStatus dxtl_write(const DxtlBuild *b, Buf *out);
// mmap, header and checksum (about 0.1 ms a megabyte). verify: also the content hash and everything dxt_open verifies, for every module.
// The mapping is private and writable, so that the VM may mark string cells as atoms; nothing is written back.
DxtStatus dxtl_open(const char *path, bool verify, DxtLayout *out, DxtFault *fault);
DxtStatus dxtl_open_bytes(const u8 *bytes, size_t len, bool verify, DxtLayout *out, DxtFault *fault);
void dxtl_close(DxtLayout *l);
// The layout's bytes with checksum and content hash made anew, for a caller that changed rows of its (private) mapping.
void dxtl_copy(const DxtLayout *l, Buf *out);
// Module i < module_count; its views are made on first use. NULL: the image's section table is malformed (only without verify).
DxtModule *dxtl_module(DxtLayout *l, u32 i);
DX_INLINE const char *dxtl_path(const DxtLayout *l, u32 i) { return l->path_text + l->path_off[i]; }

DX_INLINE const String *dxt_string(const DxtModule *m, u32 i) { return (const String *)(m->strings + m->string_off[i]); }

// ---- text forms
int dxt_disassemble(DxtModule *m, Buf *out);                              // whole module as text; assemble() reads it back; 0 or -1 if the cold part is corrupt
DxtStatus dxt_assemble(const char *text, size_t len, Buf *out, DxtFault *fault); // → .dxt bytes (not verified; fault.offset is the line)

#endif
