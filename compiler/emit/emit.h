// SPDX-License-Identifier: MIT
// Private to emit/ and lower/: the state of a module and of a function being emitted, and what the files call of each other.
//
// Conventions. emit_expr leaves one value on the operand stack, emit_effect none. A Control entry is pushed for everything that a
// break, continue or return has to get out of; leaving one emits the clean-up (control.c). Every scope with captured variables
// keeps its environment in one frame slot for as long as the scope is open (vars.c).
#ifndef DX_EMIT_EMIT_H
#define DX_EMIT_EMIT_H

#include "format/base/stack.h"
#include "compiler/dxc.h"
#include "compiler/emit/code.h"
#include "compiler/read/ast.h"
#include "compiler/resolve/resolve.h"

typedef struct Map { // u64 key → u32, for one module
    u64 *keys;
    u32 *values;
    u32 cap, count;
} Map;

typedef struct FuncUnit { // a finished function
    DxtFunc row;
    Code code;
} FuncUnit;

typedef enum ControlKind {
    CONTROL_LOOP,    // break and continue
    CONTROL_BREAK,   // switch, labelled statement: break only
    CONTROL_STACK,   // values on the operand stack that need only be dropped
    CONTROL_ITER,    // iterator triple to be closed
    CONTROL_ASYNC_ITER,
    CONTROL_FINALLY,
    CONTROL_CATCH,   // protected block of try … catch: nothing to do but its range pauses inside inner clean-up
} ControlKind;

typedef struct Control {
    struct Control *outer;
    u8 kind;             // ControlKind
    Node *node;          // statement that jumps name; NULL: none
    u32 depth;           // operand stack when the entry was pushed (CONTROL_ITER: the triple included)
    u32 break_label, continue_label;
    u32 range_start;     // label: start of the open piece of the protected range, NO_LABEL while paused
    u32 handler;         // label of the handler
    u32 handler_depth;
    // CONTROL_FINALLY
    u32 finally_label, kind_slot, value_slot;
    u32 saved_using, saved_completion; // of lower_using_begin, finally_middle
    bool async_using;
    struct Exit *exits;
    u32 exit_count;
} Control;
#define NO_LABEL 0xFFFFFFFFu

typedef struct Exit { // a way out through a finally block
    struct Exit *next;
    u32 code;            // value of kind_slot
    Node *target;        // NULL: return
    bool is_continue;
} Exit;

typedef struct SlotStack { u32 *v, count, cap; } SlotStack;

typedef struct FuncState {
    struct FuncState *parent;
    Node *node;          // FUNCTION, ARROW, FUNCTION_DECL or NULL (module body, initialisers)
    u32 index;           // in the function table
    u32 flags;           // DxtFuncFlag
    Code code;
    Scope *scope;        // innermost open scope
    Scope *env;          // innermost open scope of this function that has an environment, or NULL
    Scope *captured;     // scope whose environment the function closes over, or NULL
    u32 nparams, next_slot;
    SlotStack free_slots, free_envs; // slots of closed scopes, to be used again
    Control *control;
    u32 stmt_first, stmt_start; // V8 puts the first instruction of a statement at the statement's start: its index, that offset
    u32 using_slot;      // array of the resources of the innermost block with `using`; NO_LABEL: none
    Node *ctor_class;    // class whose constructor this is
    u32 completion_slot; // eval code: where statement values go; NO_LABEL: not wanted
} FuncState;

typedef struct Emitter {
    Ast *ast;
    const char *stack_floor; // lowest address of this thread's stack to go to
    Arena *arena;
    StrTable *strings;
    DiagList *diags;
    const DxcOptions *options;
    DxtModule *out;
    FuncState *fs;
    FuncUnit **units;    // function table
    u32 unit_count, unit_cap;
    Buf str_bytes, str_offs, consts, requests, imports, exports, sites, tests, data, scopes, scope_names;
    Map str_map, const_map, request_map, import_map;
    CodeOut code;
    u32 test_parent;     // row of the describe being listed
    bool commonjs, eval;
    u32 class_key;       // slot with the computed key that names the class about to be emitted; NO_LABEL: none
    u32 eval_allows;     // eval code: DxtScopeFlag of what its site allows
    u32 eval_names;      // eval code: scope row + 1 of the private names its site sees, for eval code within; 0: none
    DxcJsx jsx;          // never DXC_JSX_DEFAULT
    bool pattern_nested;       // the pattern about to be emitted is part of another
    u32 spread_start;          // of the call whose arguments are being spread; 0: an array literal
    const Node *pattern_value; // expression a pattern about to be emitted takes apart, for messages; NULL: none in the source
    bool no_positions;   // compiler-made code: its offsets are not in this source
    Str *s_undefined, *s_eval, *s_require, *s_empty, *s_default;
} Emitter;

// ---- module.c: tables
u32 module_string(Emitter *m, const Str *s);
u32 module_string_z(Emitter *m, const char *text);
u32 module_const(Emitter *m, DxtConst row);
u32 module_request(Emitter *m, Str *specifier, Str *type_attribute, u32 flags);
u32 module_import(Emitter *m, u32 request, u32 name);
u32 module_scope(Emitter *m, Scope *s);     // SCOP row of the nearest environment from s outwards that has names; SCOPE_NONE
void module_private_names(Emitter *m, Str *const *names, u32 count); // of eval code: what its site sees
u32 module_eval_site(Emitter *m);           // SCOP row of a direct eval here
u32 module_func(Emitter *m); // reserves an index
Str *module_str(Emitter *m, const char *text);
Str *module_str_concat(Emitter *m, const char *prefix, const Str *s);
void module_assemble(Emitter *m);
void module_not_supported(Emitter *m, const Node *n, const char *what);

// ---- vars.c
u32 env_slot_new(Emitter *m);        // a frame slot for an environment; scope_close gives it back
u32 slot_new(Emitter *m);            // a frame slot for an ordinary value
void slot_free(Emitter *m, u32 slot);
void scope_open(Emitter *m, Scope *s);  // places the bindings, makes the environment, creates hoisted functions
void scope_close(Emitter *m, Scope *s);
void scope_place(Emitter *m, Scope *s); // scope_open without the hoisted functions and dead zones
void scope_functions(Emitter *m, Scope *s);
void scope_dead_zones(Emitter *m, Scope *s);
void scope_new_env(Emitter *m, Scope *s); // a fresh environment for a scope already placed
u32 env_operand(Emitter *m);         // what NewFunction takes here
void binding_load(Emitter *m, Binding *b, bool check);
void binding_init(Emitter *m, Binding *b);  // value → ; first value of the binding
void binding_store(Emitter *m, Binding *b, bool check, const Node *at); // value → ; assignment
void ident_load(Emitter *m, Node *n);
bool is_eval_var(const Binding *b); // var or function at the top of sloppy eval code
void dynamic_op(Emitter *m, Opcode op, const Str *name, const Node *at); // LoadDyn and relatives from here
void ident_store(Emitter *m, Node *n);      // value → ; assignment
void pseudo_load(Emitter *m, Pseudo which, const Node *at);
void this_load(Emitter *m, const Node *at);
void new_function(Emitter *m, u32 index);

// ---- func.c
u32 emit_function(Emitter *m, Node *fn, Str *name, Node *ctor_class, u32 extra_flags); // compiles it; index
void emit_closure(Emitter *m, Node *fn, Str *name);                   // … and makes the closure: → f
FuncState *func_begin(Emitter *m, Node *node, Str *name, u32 flags);
u32 func_end(Emitter *m, u32 src_start, u32 src_end);
void emit_program(Emitter *m);
void emit_eval_program(Emitter *m);
bool is_anonymous_function(const Node *n);
void scope_pseudo_init(Emitter *m, Scope *s); // this, new.target, home, function: the ones inner functions use

// ---- expr.c
bool emit_too_deep(Emitter *m, const Node *n);
void emit_expr(Emitter *m, Node *n);
void emit_effect(Emitter *m, Node *n);                 // value not wanted
void private_load(Emitter *m, Node *n);                // PRIVATE_MEMBER, PRIVATE_IN: → private name
void emit_named(Emitter *m, Node *n, Str *name);       // expr that gives an anonymous function its name
void emit_branch(Emitter *m, Node *n, u32 if_true, u32 if_false, bool fall_true); // falls through on the given outcome
void emit_number(Emitter *m, f64 v);
void emit_string(Emitter *m, const Str *s);
void emit_args(Emitter *m, const NodeList *args, u32 first);
bool has_spread(const NodeList *args);
bool str_is_index(const Str *s, u32 *index);
void emit_spread_array(Emitter *m, const NodeList *items, u32 first);
Str *key_str(Emitter *m, const Node *key);             // property name of a literal key, NULL: an array index or not a literal
void emit_key(Emitter *m, Node *key);                  // literal or computed key as a value
void emit_get(Emitter *m, const Str *name);            // o → v
bool const_fold(Emitter *m, Node *n, f64 *out);

// ---- call.c: member chains and calls
// The chain up to `last`, which `remove` takes away: o → boolean.
void emit_delete_chain(Emitter *m, Node *n, Node *last, void (*remove)(Emitter *m, Node *n, Node *last));
void emit_chain(Emitter *m, Node *n, bool want_this);  // MEMBER INDEX CALL …; want_this: leaves f this

// ---- assign.c
void emit_assign(Emitter *m, Node *n, bool want);
void emit_update(Emitter *m, Node *n, bool want);
void emit_binary_op(Emitter *m, u32 op, const Node *at); // at: the BINARY or ASSIGN node
u32 operator_offset(Emitter *m, u32 op, bool assign, u32 from, u32 to); // of an operator in the source between two operands

// ---- pattern.c
typedef enum StoreMode { STORE_ASSIGN, STORE_INIT } StoreMode;
void emit_pattern_of(Emitter *m, Node *target, StoreMode mode, const Node *value); // value: names the culprit in messages
void emit_pattern(Emitter *m, Node *target, StoreMode mode); // value → ; stores into a target or pattern

// ---- object.c
void emit_array(Emitter *m, Node *n);
void emit_object(Emitter *m, Node *n);
void emit_template(Emitter *m, Node *n);
void emit_template_object(Emitter *m, Node *quasi); // → the frozen array
void emit_regexp(Emitter *m, Node *n);
Str *key_function_name(Emitter *m, const Node *key, bool computed, u32 prop_kind);

// ---- class.c
void emit_class(Emitter *m, Node *n, Str *name);
void emit_parameter_properties(Emitter *m, Node *fn);
void emit_super_call(Emitter *m, Node *n);
void emit_super_reference(Emitter *m, Node *n);       // super.x, super[x]: → this base key

// ---- stmt.c, loop.c, control.c, gen.c
void completion_reset(Emitter *m); // eval code: the value of the statements so far is undefined
void emit_stmt(Emitter *m, Node *n);
void emit_stmts(Emitter *m, const NodeList *list);
void emit_for(Emitter *m, Node *n);
void emit_for_in(Emitter *m, Node *n);
void emit_for_of(Emitter *m, Node *n);
void emit_while(Emitter *m, Node *n);
void emit_var(Emitter *m, Node *n);
void emit_switch(Emitter *m, Node *n);
void emit_try(Emitter *m, Node *n);
void emit_with(Emitter *m, Node *n);
void finally_begin(Emitter *m, Control *c);            // the protected part follows
void finally_middle(Emitter *m, Control *c);           // the finalizer follows
void finally_end(Emitter *m, Control *c);
void control_push(Emitter *m, Control *c, ControlKind kind, Node *node);
void control_pop(Emitter *m);
void control_protect(Emitter *m, Control *c, u32 handler, u32 depth); // opens the protected range
void control_unprotect(Emitter *m, Control *c);                      // ends it
void control_jump(Emitter *m, Node *target, bool is_continue);
void control_return(Emitter *m);                                      // v → ; with clean-up
void emit_yield(Emitter *m, Node *n);
void emit_yield_star(Emitter *m, Node *n);
void emit_await(Emitter *m, const Node *n); // v → r
void emit_async_close(Emitter *m);          // it next st → ; normal completion

// ---- modules.c
void emit_module_linkage(Emitter *m);       // requests, imports and exports of the whole program
void emit_module_item(Emitter *m, Node *n);
void import_load(Emitter *m, Binding *b);
bool import_is_kept(Emitter *m, const Node *n);    // N_IMPORT: something of it is left at run time
bool export_has_values(Emitter *m, const Node *n); // N_EXPORT_NAMED with a source: the same

// ---- commonjs.c: a CommonJS module written with import and export
extern const char unnamed_default[];
void emit_require(Emitter *m, Str *specifier, const Node *at); // → what require gives, in any kind of module
void commonjs_announce(Emitter *m);          // __esModule, and the exported names as undefined
void commonjs_require_imports(Emitter *m);   // every module that is used, in source order
void commonjs_load_import(Emitter *m, Binding *b); // → value of an imported name
void export_value(Emitter *m, const Binding *b);   // v → v ; to the names it is exported under
u32 import_row(Emitter *m, Binding *b);

// ---- lower/
void lower_enum(Emitter *m, Node *n);
void lower_namespace(Emitter *m, Node *n);
void lower_import_equals(Emitter *m, Node *n);
void lower_jsx(Emitter *m, Node *n);
typedef enum Helper {
    HELPER_USE, HELPER_DISPOSE, HELPER_DISPOSE_ASYNC, HELPER_DECORATE, HELPER_DECORATE_LEGACY, HELPER_ES_MODULE, HELPER_EXPORT_GETTER,
    HELPER_EXPORT_STAR, HELPER_IMPORT_STAR
} Helper;
void lower_helper(Emitter *m, Helper which);           // → function
bool lower_has_using(const NodeList *list);            // a `using` declaration directly in the list
void lower_using_stmts(Emitter *m, const NodeList *list);
void lower_using_begin(Emitter *m, Control *c, bool async);
void lower_using_end(Emitter *m, Control *c);
void lower_using_value(Emitter *m, bool async);        // v → v, registered for disposal
void lower_decorators_start(Emitter *m, Node *cls);    // → array of class decorators (only when the class is decorated)
bool lower_is_decorated(const Node *cls);
bool lower_names_default(Emitter *m, const Node *cls); // tsc gives an exported class without a name one of its own
void lower_decorated_list(Emitter *m, const Node *member); // → array of a member's decorators
void lower_decorated_record(Emitter *m, Node *cls, u32 member, u32 elements, u32 decorators, u32 key_slot);
void lower_decorate(Emitter *m, Node *cls, u32 elements, u32 decorators, Str *name); // ctor → ctor result
bool lower_member_is_decorated(Emitter *m, const Node *member);
void lower_decorate_legacy(Emitter *m, Node *cls, const u32 *key_slots); // ctor → result
void lower_class_extra(Emitter *m, Node *cls);         // result → result
void lower_decorated_value(Emitter *m, Node *cls, u32 member); // v → v in an initialiser function
void lower_decorated_extra(Emitter *m, Node *cls, i32 member); // runs the initialisers added for a member (-1 methods, -2 static methods)


// ---- shorthands
#define OP0(m, op) code_op(&(m)->fs->code, OP_##op, 0, 0, 0, 0)
#define OP1(m, op, a) code_op(&(m)->fs->code, OP_##op, (u32)(a), 0, 0, 0)
#define OP2(m, op, a, b) code_op(&(m)->fs->code, OP_##op, (u32)(a), (u32)(b), 0, 0)
#define OP3(m, op, a, b, c) code_op(&(m)->fs->code, OP_##op, (u32)(a), (u32)(b), (u32)(c), 0)
#define OP4(m, op, a, b, c, d) code_op(&(m)->fs->code, OP_##op, (u32)(a), (u32)(b), (u32)(c), (u32)(d))
DX_INLINE u32 label_new(Emitter *m) { return code_label(&m->fs->code); }
DX_INLINE void label_bind(Emitter *m, u32 l) { code_bind(&m->fs->code, l); }
DX_INLINE void at_pos(Emitter *m, u32 offset, u32 expr_start, u32 expr_end) { if (!m->no_positions) code_pos(&m->fs->code, offset, expr_start, expr_end); }
DX_INLINE void at_node(Emitter *m, const Node *n) { if (!m->no_positions) code_pos(&m->fs->code, n->start, n->start, n->end); }
DX_INLINE bool is_dead(const Emitter *m) { return m->fs->code.dead; }

#endif
