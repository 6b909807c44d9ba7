// SPDX-License-Identifier: MIT
// The syntax tree: every node kind, its fields and its flags. Types are erased; what TypeScript leaves behind at run time stays.
//
// A Node is a 16-byte header and one member of a union; only the member its kind uses (ast.def) is allocated, so read no other
// member. Nodes live in the arena of the compilation and are never freed one by one. Offsets are bytes into `Ast.text`.
//
// Parentheses are not nodes: the inner node has NF_PAREN. So `(a) = 1` is ASSIGN(IDENT with NF_PAREN), `(a?.b).c` is
// MEMBER(CHAIN with NF_PAREN); a function with NF_PAREN is still an anonymous function definition for naming.
// `x as T`, `x!`, `<T>x`, `x satisfies T` are x. Sizes: nesting is at most AST_MAX_DEPTH except the left spines of BINARY,
// LOGICAL, MEMBER/INDEX/CALL/TAGGED_TEMPLATE chains, `else if` chains (IF.no) and `a ? b : c ? …` chains (CONDITIONAL.no), which may be of any length: loop there.
#ifndef DX_READ_AST_H
#define DX_READ_AST_H

#include "compiler/read/str.h"
#include "format/base/base.h"

enum { AST_MAX_DEPTH = 2000 };

typedef struct Node Node;
struct Scope;   // of the resolve pass
struct Binding; // of the resolve pass

typedef enum NodeKind {
#define NODE(kind, member, name) N_##kind,
#include "compiler/read/ast.def"
#undef NODE
    N_KIND_COUNT
} NodeKind;

typedef enum Op {
    OP_NONE, // plain assignment
    // binary (also the compound part of ASSIGN)
    OP_ADD, OP_SUB, OP_MUL, OP_DIV, OP_MOD, OP_EXP, OP_SHL, OP_SHR, OP_USHR, OP_BIT_AND, OP_BIT_OR, OP_BIT_XOR,
    OP_EQ, OP_NE, OP_SEQ, OP_SNE, OP_LT, OP_GT, OP_LE, OP_GE, OP_IN, OP_INSTANCEOF,
    // logical (also ASSIGN)
    OP_AND, OP_OR, OP_NULLISH,
    // unary
    OP_PLUS, OP_MINUS, OP_NOT, OP_BIT_NOT, OP_TYPEOF, OP_VOID, OP_DELETE,
    // update
    OP_INC, OP_DEC,
    OP_COUNT
} Op;
const char *op_text(Op op);

// Flags of the header. A bit may serve kinds that can never meet (the comment says which).
enum {
    NF_PAREN = 1 << 0,      // any expression: was parenthesised
    NF_OPTIONAL = 1 << 1,   // MEMBER INDEX CALL PRIVATE_MEMBER: `?.` stands before this link. CLASS_MEMBER/PARAM: TS `?`
    NF_PREFIX = 1 << 2,     // UPDATE
    NF_COMPUTED = 1 << 3,   // PROPERTY CLASS_MEMBER TS_ENUM_MEMBER: [key]
    NF_SHORTHAND = 1 << 4,  // PROPERTY: {a} or {a = 1}
    NF_PROTO = 1 << 5,      // PROPERTY: `__proto__: v` that sets the prototype
    NF_DIRECTIVE = 1 << 6,  // EXPR: in a directive prologue
    NF_AWAIT = 1 << 7,      // FOR_OF: for await
    NF_STATIC = 1 << 8,     // CLASS_MEMBER
    NF_REST = 1 << 5,       // PARAM
    NF_NAME_KEY = 1 << 3,   // STRING used as key: spelled as an identifier name, not quoted
    NF_TRAILING_COMMA = 1 << 9, // ARRAY OBJECT CALL: a comma stands after the last item
    NF_DIRECT_EVAL = 1 << 4,  // CALL: callee is the plain name `eval`, not optional
    NF_DECLARE = 1 << 10,   // EMPTY: was a declared value. TS_ENUM TS_MODULE CLASS_DECL FUNCTION_DECL VAR CLASS_MEMBER: `declare`: nothing at run time (VAR etc. are
                            //   replaced by EMPTY; CLASS_MEMBER fields stay, flagged, for decorators)
    NF_ABSTRACT = 1 << 11,  // CLASS, CLASS_MEMBER (the member has no body: nothing at run time)
    NF_CONST = 1 << 12,     // TS_ENUM: const enum
    NF_TYPE_ONLY = 1 << 12, // IMPORT IMPORT_SPEC EXPORT_NAMED EXPORT_SPEC EXPORT_ALL TS_IMPORT_EQUALS: `type`
    NF_DEFINITE = 1 << 13,  // DECLARATOR CLASS_MEMBER: `x!: T`
    NF_READONLY = 1 << 14,  // CLASS_MEMBER, PARAM
    NF_ACCESS = 1 << 15,    // CLASS_MEMBER, PARAM: public, private, protected or override was written.
    NF_BARE = 1 << 15,      // IMPORT: import "x", without a clause
    NF_ASSERTED = 1 << 15,  // any expression: `as`, `satisfies`, `<T>` or `!` stood around it
    NF_DEFER = 1 << 1,      // IMPORT IMPORT_CALL: import defer
    NF_SOURCE_PHASE = 1 << 2, // IMPORT IMPORT_CALL: import source
};
// A PARAM is a parameter property exactly when NF_ACCESS or NF_READONLY is set.

typedef struct NodeList {
    Node **items;
    u32 count;
} NodeList;

// What is kept of a TypeScript type annotation, for emitDecoratorMetadata.
typedef enum TypeNoteKind {
    TYPE_NONE, TYPE_ANY /* any, unions of different kinds, … -> Object */, TYPE_UNKNOWN, TYPE_VOID, TYPE_NULLISH /* undefined null */, TYPE_NEVER,
    TYPE_BOOLEAN, TYPE_NUMBER, TYPE_STRING, TYPE_BIGINT, TYPE_SYMBOL, TYPE_FUNCTION, TYPE_ARRAY /* arrays and tuples */,
    TYPE_REFERENCE /* name: possibly a class */, TYPE_OBJECT
} TypeNoteKind;
typedef struct TypeNote {
    u32 start, end;
    TypeNoteKind kind;
    Node *name;    // TYPE_REFERENCE: IDENT or MEMBER chain of IDENTs (not a value use by itself), else NULL
    bool nullable; // a union with null or undefined, which `kind` leaves out
    const struct TypeNote *element; // of T[] and of a reference with one type argument; NULL where unknown or not wanted
} TypeNote;

// A name that stands for a type only: an alias, an interface, a namespace of types.
typedef struct TypeName {
    struct TypeName *next;
    Str *name;
    TypeNote alias; // TYPE_NONE: not an alias
} TypeName;

typedef struct TemplatePart {
    Str *cooked; // NULL: an invalid escape (tagged templates only)
    Str *raw;
} TemplatePart;

// Facts of a function, in function.flags.
enum {
    FN_ARROW = 1 << 0,
    FN_ASYNC = 1 << 1,
    FN_GENERATOR = 1 << 2,
    FN_METHOD = 1 << 3,         // has a home object; not a constructor. Set for getters, setters and class constructors too
    FN_GETTER = 1 << 4,
    FN_SETTER = 1 << 5,
    FN_CLASS_CTOR = 1 << 6,
    FN_DERIVED_CTOR = 1 << 7,   // with FN_CLASS_CTOR
    FN_STRICT = 1 << 8,
    FN_SIMPLE_PARAMS = 1 << 9,  // no default, rest or pattern
    FN_EXPR_BODY = 1 << 10,     // arrow: body.stmts holds one RETURN
    FN_USE_STRICT = 1 << 11,    // its own "use strict" directive
    FN_DUPLICATE_PARAMS = 1 << 12, // sloppy simple parameters with a repeated name
    FN_NO_BODY = 1 << 13,       // overload signature, abstract or declared: nothing at run time
    FN_STATIC = 1 << 14,        // static method
    // Used inside this function itself or inside arrows within it (an arrow carries them too, for what it encloses).
    FN_USES_THIS = 1 << 16,
    FN_USES_ARGUMENTS = 1 << 17, // the name `arguments` is mentioned (it may still resolve to a local)
    FN_USES_SUPER_PROPERTY = 1 << 18,
    FN_USES_SUPER_CALL = 1 << 19,
    FN_USES_NEW_TARGET = 1 << 20,
    FN_HAS_DIRECT_EVAL = 1 << 21, // here or in arrows within
    FN_HAS_INNER_EVAL = 1 << 22,  // a direct eval here or in *any* function within: names may be looked up dynamically
    FN_HAS_AWAIT = 1 << 23,       // an await expression directly in this function
    FN_HAS_YIELD = 1 << 24,
    FN_HAS_WITH = 1 << 25,        // a `with` statement here or in any function within
    FN_USES_MASK = 0x3ff0000,
};

typedef enum VarKind { VAR_VAR, VAR_LET, VAR_CONST, VAR_USING, VAR_AWAIT_USING } VarKind;

typedef enum MemberKind {
    MEMBER_METHOD, MEMBER_GETTER, MEMBER_SETTER, MEMBER_CONSTRUCTOR, MEMBER_FIELD,
    MEMBER_ACCESSOR,     // accessor x = 1
    MEMBER_STATIC_BLOCK, // value: FUNCTION (FN_METHOD) without parameters
} MemberKind;

typedef enum PropertyKind { PROP_INIT, PROP_METHOD, PROP_GETTER, PROP_SETTER } PropertyKind;

struct Node {
    u16 kind;    // NodeKind
    u16 flags;   // NF_*
    u32 start, end; // bytes; a PAREN node spans its inside, not the parentheses
    u32 extra;   // per kind: Op of UNARY UPDATE BINARY LOGICAL ASSIGN; VarKind of VAR; MemberKind of CLASS_MEMBER; PropertyKind of PROPERTY; end of the token before a JSX_ELEMENT (a nested one: its start); else free to later passes
    union {
        struct { Str *name; struct Binding *binding; u32 slot; } ident; // binding, slot: of the resolve pass
        struct { f64 value; } number;
        struct { Str *value; } string;
        struct { Str *pattern, *flags; } regexp;
        struct { TemplatePart *parts; NodeList exprs; /* parts = exprs.count + 1 */ } template;
        struct { Node *tag; Node *quasi; /* TEMPLATE */ } tagged;
        struct { NodeList items; } list;
        struct { Node *key; Node *value; } property; // key: STRING NUMBER BIGINT, or any expression when NF_COMPUTED
        struct { Node *arg; } unary;
        struct { Node *left, *right; } binary;
        struct { Node *test, *yes, *no; } conditional; // CONDITIONAL, IF
        struct { Node *callee; NodeList args; } call;
        struct { Node *object; Str *name; struct Binding *binding; } member; // binding: private names, for the resolve pass
        struct {
            Node *name;        // IDENT or NULL
            NodeList params;   // PARAM
            NodeList body;     // statements
            u32 flags;         // FN_*
            u32 length;        // ExpectedArgumentCount: the `length` property
            u32 body_start;    // offset of `{` (or of the expression body)
            u32 text_start;    // Function.prototype.toString spans text_start … node.end (methods begin at their key / modifiers)
            TypeNote *return_type;
            struct Scope *scope;      // of the parameters (and of the body when they share it)
            struct Scope *body_scope; // when it differs
            struct Scope *name_scope; // of a named function expression's own name
            void *user;               // for later passes
        } function;
        struct {
            Node *name;         // IDENT or NULL
            Node *super;        // heritage expression or NULL
            NodeList members;   // CLASS_MEMBER, in source order; overloads, abstract members and index signatures are left out
            NodeList decorators; // expressions
            Node *ctor;         // the CLASS_MEMBER of the constructor, or NULL
            struct Scope *scope;
            void *user;
        } class_;
        struct {
            Node *key;          // as property.key, or PRIVATE_NAME; NULL for a static block
            Node *value;        // FUNCTION; field initialiser or NULL
            NodeList decorators;
            TypeNote *type;     // fields and accessors
            u32 fn_flags;       // FN_USES_* and eval facts of a field initialiser
            struct Scope *scope; // fields: each initialiser is a function of its own
        } member_def;
        struct {
            Node *target;       // IDENT, ARRAY_PATTERN, OBJECT_PATTERN
            Node *init;         // default or NULL
            TypeNote *type;     // or NULL
            NodeList decorators;
        } param;
        struct { NodeList stmts; struct Scope *scope; } block;
        struct { NodeList decls; /* DECLARATOR */ } var;
        struct { Node *target; Node *init; /* NULL: none */ TypeNote *type; } declarator;
        struct { Node *init, *test, *update; /* each may be NULL */ Node *body; struct Scope *scope; } for_;
        struct {
            Node *left;  // VAR with one DECLARATOR (init only for sloppy `for (var a = 1 in o)`), or an assignment target / pattern
            Node *right, *body;
            struct Scope *scope;
        } for_each;
        struct { Node *test, *body; } loop;
        struct { Str *label; /* or NULL */ Node *target; /* the loop, SWITCH or LABELED it leaves or continues */ } jump;
        struct { Node *block; /* BLOCK */ Node *handler; /* CATCH or NULL */ Node *finalizer; /* BLOCK or NULL */ } try_;
        struct { Node *param; /* pattern or NULL */ Node *body; /* BLOCK */ struct Scope *scope; } catch_;
        struct { Node *value; NodeList cases; /* CASE */ struct Scope *scope; } switch_;
        struct { Node *test; /* NULL: default */ NodeList body; } case_;
        struct { Str *label; Node *body; } labeled;
        struct { Node *object, *body; struct Scope *scope; } with;
        struct {
            Node *tag;          // NULL: fragment; STRING: intrinsic name or a:b; else IDENT, MEMBER, THIS
            NodeList attrs;     // JSX_ATTR, SPREAD
            NodeList children;  // JSX_TEXT, JSX_EXPR, SPREAD, JSX_ELEMENT
        } jsx;
        struct { Str *name; Node *value; /* NULL: true; STRING, expression, JSX_ELEMENT */ } jsx_attr;
        struct { Str *source; NodeList specs; NodeList attrs; /* IMPORT_ATTR */ } import;
        struct {
            Str *imported;      // "default" for a default import; NULL for `* as local`
            Node *local;        // IDENT
        } import_spec;
        struct { NodeList specs; Str *source; /* or NULL */ NodeList attrs; } export_named;
        struct {
            Node *local;        // IDENT; with a source: STRING (the name in the other module)
            Str *exported;
        } export_spec;
        struct { Str *exported; /* NULL: export * */ Str *source; NodeList attrs; } export_all;
        struct { Str *key, *value; } import_attr;
        struct { Node *name; NodeList members; struct Scope *scope; } ts_enum;
        struct {
            Node *name;         // IDENT, or STRING (ambient module)
            NodeList body;      // `namespace A.B {}` is A holding an EXPORT_DECL of B
            struct Scope *scope;
        } ts_module;
        struct {
            Node *name;         // IDENT
            Str *require;       // import x = require("…"), or NULL
            Node *entity;       // import x = A.B: IDENT or MEMBER, or NULL
        } ts_import_equals;
        u8 none;
    };
};

typedef struct Ast {
    const char *file;
    const char *text;
    u32 text_len;
    StrTable *strings;
    Arena *arena;
    NodeList body;       // statements, directives first
    u32 fn_flags;        // FN_* facts of the top level (FN_STRICT, FN_ASYNC = has top-level await, FN_USES_…, eval facts)
    bool is_module;      // what the goal turned out to be
    bool has_module_syntax; // import/export declarations, import.meta or top-level await were seen
    bool is_typescript;
    bool is_jsx;
    u32 node_count;
    u32 *line_starts;    // byte offset of each line's first byte
    u32 line_count;
    struct Scope *scope;
    TypeName *types;     // TypeScript: declared anywhere in the file, the last first
    // Pragmas of the leading comments, NULL when absent: @jsx, @jsxFrag, @jsxImportSource, @jsxRuntime.
    Str *jsx_pragma, *jsx_frag_pragma, *jsx_import_source, *jsx_runtime;
    u32 source_map_start, source_map_end; // the value of the last `//# sourceMappingURL=` comment; both 0 when absent
} Ast;

// Line and column of an offset, both from 1; the column counts UTF-16 units.
void ast_position(const Ast *ast, u32 offset, u32 *line, u32 *column);
const char *node_kind_name(NodeKind kind);
// Writes the tree as S-expressions (tests, debugging); `ranges` adds @start-end to each node.
void ast_dump(const Ast *ast, Buf *out, bool ranges);

#endif
