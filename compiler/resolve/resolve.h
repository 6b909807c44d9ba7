// SPDX-License-Identifier: MIT
// Scope analysis: every name of a tree is tied to its binding, every binding learns whether it is captured by an inner function,
// written, exported or read before it is initialised. Owns scopes, bindings and the early errors of redeclaration;
// does not choose frame or environment slots (emit/ does, from the facts here).
#ifndef DX_RESOLVE_H
#define DX_RESOLVE_H

#include "compiler/diag.h"
#include "compiler/read/ast.h"

typedef struct Scope Scope;
typedef struct Binding Binding;

typedef enum BindKind {
    BIND_VAR,
    BIND_FUNCTION,   // function declaration; lexical inside blocks and at module level
    BIND_PARAM,
    BIND_LET,
    BIND_CONST,      // const, using
    BIND_CLASS,      // class declaration
    BIND_CATCH,      // catch (e): a `var e` in the block is allowed
    BIND_IMPORT,
    BIND_FUNC_NAME,  // a function expression's own name
    BIND_CLASS_NAME, // a class's own name inside it
    BIND_ENUM,       // TypeScript enum / namespace object
    BIND_MEMBER,     // exported variable of a namespace or member of an enum: a property of `object`
    BIND_PRIVATE,    // "#x": holds a private name value
    BIND_PSEUDO,     // this, arguments, new.target, home object, active function
    BIND_HIDDEN,     // made by the compiler (private method functions, computed keys, `*default*`)
    BIND_THROUGH,    // not a binding: a `var` of this name was hoisted through this block
} BindKind;

enum {
    BF_CAPTURED = 1,   // used by an inner function: lives in the environment of its scope
    BF_ASSIGNED = 2,   // written after its initialisation
    BF_CHECKED = 4,    // some use may see it uninitialised: that use is checked, and the slot must start uninitialised
    BF_EXPORTED = 8,
    BF_LEXICAL = 16,   // has a temporal dead zone
    BF_CONST = 32,
    BF_ARGUMENTS = 64, // holds the arguments object at entry
    BF_TYPE_ONLY = 128, // import written with `type`
    BF_DECLARED_TWICE = 256, // TypeScript: merges with an earlier declaration
    BF_ESCAPES = 512,        // the arguments object: used otherwise than by reading its length or an element
};

typedef struct ExportName {
    struct ExportName *next;
    Str *name;
} ExportName;

struct Binding {
    Str *name;
    u8 kind;         // BindKind
    u16 flags;       // BF_*
    u32 pos;         // of the declaration
    u32 init_end;    // uses at or after this offset (and before valid_end) see it initialised
    u32 valid_end;
    u32 refs;        // value uses
    u32 slot;        // of the emitter: frame slot, or environment slot when `in_env`
    bool in_env;
    bool placed;     // slot is valid
    Scope *scope;
    Node *decl;      // FUNCTION_DECL (the last one), CLASS_DECL, TS_ENUM, TS_MODULE, TS_ENUM_MEMBER, CLASS_MEMBER of a private method, IMPORT_SPEC, IMPORT, TS_IMPORT_EQUALS,
                     // DECLARATOR of a TypeScript const; else NULL
    Scope *block;    // enums and namespaces, also when merged with a class or function: the last block of the name so far
    Binding *object; // BIND_MEMBER: the namespace or enum object; sloppy block functions: the var they are copied to
    Node *literal;   // const with a literal initialiser: that; else NULL
    Binding *next;   // in the scope, in order of declaration
    struct ExportName *exported_as; // of a CommonJS module: the properties of `exports` that follow it, of emit/
    struct EnumValue *constant; // BIND_MEMBER of an enum: value known at build time, of lower/
    u32 import_row;  // BIND_IMPORT, of the emitter: row + 1
};

typedef enum ScopeKind {
    SCOPE_FUNCTION, // parameters, and the body's variables when they share it
    SCOPE_BODY,     // body of a function whose parameters are not simple
    SCOPE_BLOCK, SCOPE_CATCH, SCOPE_SWITCH, SCOPE_FOR,
    SCOPE_CLASS,
    SCOPE_MODULE, SCOPE_SCRIPT,
    SCOPE_NAMESPACE, SCOPE_ENUM,
    SCOPE_WITH,
} ScopeKind;

typedef enum Pseudo { PSEUDO_THIS, PSEUDO_NEW_TARGET, PSEUDO_HOME, PSEUDO_FUNC, PSEUDO_COUNT } Pseudo;

struct Scope {
    u8 kind;       // ScopeKind
    bool arrow;    // SCOPE_FUNCTION of an arrow function
    bool strict;
    bool derived;  // SCOPE_FUNCTION of a derived constructor
    bool var_scope; // `var` stops here
    bool dynamic;  // a direct eval or `with` inside may look names up by text: all bindings live in named environments
    bool mapped;      // SCOPE_FUNCTION: the arguments object shares its elements with the parameters
    bool sloppy_eval; // variables may appear here at run time
    bool eval_root;   // top of direct eval code: free names are looked up by text
    bool eval_this;   // … and so are this, new.target and the like
    bool eval_vars;   // top of sloppy eval code: var and function belong to the variable environment of the caller
    u32 start;
    Node *node;    // FUNCTION, CLASS, ...; NULL for field initialisers
    Scope *parent;
    Scope *func;   // nearest SCOPE_FUNCTION, SCOPE_MODULE or SCOPE_SCRIPT, itself included
    Binding *first, *last;
    u32 count;
    Binding **table; // open addressing once there are more than a few; NULL before
    u32 table_cap;
    Binding *pseudo[PSEUDO_COUNT]; // of functions that are not arrows; made on demand
    Binding *arguments;
    struct Ref *refs;     // unresolved so far (resolve pass only)
    struct BlockFunction *block_functions; // sloppy functions in blocks (resolve pass only)
    // of the emitter
    u32 env_count;        // slots of this scope's environment, 0: none
    u32 env_slot;         // frame slot that holds it
    Scope *env_parent;    // next environment outwards
    void *owner;          // FuncState whose frame holds it
    u32 scope_row;        // row of the module's SCOP table + 1
    Scope *merged;        // namespaces and enums: the block of the same name before this one
};

// What class_.user points to.
typedef struct ClassInfo {
    Scope *scope;          // the class's own name, private names, hidden values
    Binding *name;         // inner name or NULL
    Scope *instance_scope; // of the field initialiser function, or NULL
    Scope *static_scope;   // of the static initialiser function, or NULL
    Binding **keys;        // for each member: hidden binding of a computed field key, or NULL
    Binding **hidden;      // for each member: hidden binding of an instance private method / accessor function, or NULL
    Binding **storage;     // for each member: private name of an `accessor`, or NULL
    Binding *decoration;   // hidden: what the decorators left for the initialisers, or NULL
    bool has_instance_init;
} ClassInfo;

typedef struct ResolveOptions {
    bool commonjs;         // wrap the body in the five CommonJS parameters
    bool metadata;         // types of decorated members are values
    bool jsx_classic;      // elements use the factory's name
    bool jsx_this;         // elements pass `this` on
    Str *jsx_factory;      // first identifier of the factory ("React"), classic only
    Str *jsx_fragment;     // first identifier of the fragment factory
    bool eval, eval_direct; // the program is eval code
    bool eval_this;         // the caller's environments name `this`
} ResolveOptions;

// IDENT.extra after this pass.
enum { REF_CHECK = 1, REF_DYNAMIC = 4 /* looked up by name at run time */, REF_LISTED = 2 /* of emit/: the test API call this names is in the list of tests */ };

// Fills ident.binding (NULL: global), the scopes of all nodes and ClassInfo. Problems go to diags.
void resolve_program(Ast *ast, const ResolveOptions *options, DiagList *diags);

Binding *scope_find(const Scope *s, const Str *name);        // in this scope alone; BIND_THROUGH counts as absent
Binding *scope_find_any(const Scope *s, const Str *name);    // BIND_THROUGH included
Binding *scope_add(Arena *arena, Scope *s, Str *name, BindKind kind, u32 pos);
Scope *scope_new(Arena *arena, ScopeKind kind, Scope *parent, Node *node, u32 start);
// The binding that a dotted name of enums and namespaces of this file stands for. NULL: not known here, or with *is_type a type or a namespace
// that holds only types.
Binding *scope_entity(const Node *entity, bool *is_type);
const TypeNote *parameter_type(const Node *param);            // what emitDecoratorMetadata records of it
Scope *scope_this_function(Scope *s);                         // nearest function that is not an arrow
// The functions whose variables `super`, `this` and the like are, as needed from scope `from`.
Binding *scope_pseudo(Arena *arena, StrTable *strings, Scope *from, Pseudo which);

#endif
