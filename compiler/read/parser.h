// SPDX-License-Identifier: MIT
// The parser's own state and the functions its files call across. Private to compiler/read.
//
// Errors never jump: fail() records one diagnostic and sets `panic`, which turns the current token into the end of input until
// the nearest statement list skips ahead. So every loop must stop at T_EOF, and no parse function returns NULL for a node.
// While `speculating`, fail() records nothing; the speculator sees `panic` and restores its Mark.
#ifndef DX_READ_PARSER_H
#define DX_READ_PARSER_H

#include "format/base/stack.h"
#include "compiler/read/read.h"

#include <stdio.h>

typedef enum TokenKind {
    T_EOF,
    T_NUMBER,
    T_BIGINT,
    T_STRING,
    T_PRIVATE_NAME,    // #name
    T_ESCAPED_RESERVED, // a reserved word spelled with an escape: only a property name
#define PUNCT(kind, text, prec, op) T_##kind,
#include "compiler/read/token.def"
    T_IDENT,
#define WORD(kind, text, class) T_##kind,
#include "compiler/read/token.def"
    T_COUNT,
    T_FIRST_STRICT = T_YIELD, // from here on not identifiers in strict code
    T_LAST_IDENT = T_PUBLIC,  // T_IDENT … here may be identifiers
    T_LAST_WORD = T_WITH,
} TokenKind;

enum { NOWHERE = 0xffffffffu };

typedef struct Token {
    u8 kind;
    bool newline;    // a line terminator stands before it
    bool escaped;    // identifier with \u
    u8 octal;        // OCTAL_*: legacy forms that strict code forbids
    u32 start, end;
    u32 octal_at;    // where
    Str *str;        // words, T_STRING, T_BIGINT, T_PRIVATE_NAME
    f64 num;
} Token;
enum { OCTAL_NONE, OCTAL_NUMBER, OCTAL_DECIMAL, OCTAL_ESCAPE, OCTAL_8_OR_9 };

// A statement that break or continue may name, or a label.
typedef struct JumpTarget {
    struct JumpTarget *up;
    Str *label;       // LABELED only
    Node *node;       // LABELED, loop or SWITCH
    Node *loop;       // label directly before a loop: the loop
    u32 start, body_start;
    bool is_loop;
} JumpTarget;

// The function (or top level, field initialiser, static block) being read.
typedef struct FnCtx {
    u32 uses;               // FN_USES_* … collected so far
    bool is_async, is_generator, is_arrow;
    bool allow_return, allow_new_target, allow_super_property, allow_super_call;
    bool in_field;          // `arguments` is an error; also in arrows inside
    bool in_static_block;   // `await` is an error; not in functions inside
    bool in_params;
    bool is_top;
    JumpTarget *jumps;
    struct FnCtx *outer;
    // of the parser, put back when this closes
    bool saved_strict, saved_no_in, saved_no_colon, saved_no_conditional_type;
    u32 saved_await, saved_yield;
} FnCtx;

// Str -> small number, for duplicate checks.
typedef struct NameMap {
    struct NameCell { Str *name; u32 value; } *cells;
    u32 cap, count;
} NameMap; // zero-initialise; name_map_free

typedef struct PrivateUse {
    Str *name;
    u32 start, end;
} PrivateUse;

typedef struct ClassCtx {
    struct ClassCtx *up;
    u32 first_use;     // index into Parser.private_uses of the first use inside this class
    NameMap privates;  // PRIV_* bits of each declared private name
    bool derived;
    Node *node;
} ClassCtx;

// Positions of things legal only if the surrounding literal turns out to be a pattern.
typedef struct Cover {
    u32 init;  // {a = 1}
    u32 proto; // second __proto__: v
} Cover;

// Which statement list is being read: import and export stand only in LIST_TOP.
typedef enum ListKind { LIST_TOP, LIST_FUNCTION, LIST_BLOCK, LIST_CASE } ListKind;

typedef struct Parser {
    // text
    const char *src, *end, *cur; // NUL at *end; cur: first byte after tok
    Token tok;
    u32 prev_end;    // end of the token before tok
    Buf scratch;     // decoded text of a literal
    // results
    Arena *arena;
    StrTable *strings;
    DiagList *diags;
    const ReadOptions *options;
    Ast *ast;
    // mode
    bool ts, jsx, dts, strict, module, unknown_goal;
    bool restart_as_module;
    bool ambient;            // inside `declare …` or a .d.ts
    bool no_in;              // `in` is not an operator here (for heads)
    bool no_conditional_colon; // in a TypeScript `c ? here : …` or `case here:`, where `(a):` need not start a return type
    bool no_conditional_type;  // in `infer T extends here`
    bool in_namespace;       // in a TypeScript namespace: export is not module syntax
    bool no_labeled_function; // `if (a) b: function f() {}` is not allowed
    ListKind list_kind;
    bool panic, speculating;
    const char *stack_floor; // lowest address of this thread's stack to go to
    u32 too_deep;            // where some reading met the nesting limit, or NOWHERE
    bool give_up;            // nothing after this error can be read: nesting limit, text that never closes
    u32 depth;
    u32 arrow_at;            // an arrow function may start only here: the first token of the assignment expression
    Cover cover;
    u32 first_await, first_yield; // in what may become arrow parameters
    u32 html_comment;        // first one, for the unknown goal
    FnCtx *fn;
    ClassCtx *class_;
    PrivateUse *private_uses;
    u32 private_use_count, private_use_cap;
    Node **stack;            // list items under construction
    u32 stack_len, stack_cap;
    u64 *failed;             // memo of speculation that failed: position * 4 + what; open addressing
    u32 failed_count, failed_cap;
    NameMap exported;
    TypeNote type;           // what the last parse_type saw
    Str *s_use_strict, *s_default, *s_empty;
} Parser;

typedef struct Mark {
    const char *cur;
    Token tok;
    u32 prev_end, stack_len, private_use_count, arrow_at, depth, first_await, first_yield, uses;
    Cover cover;
    bool strict, speculating, no_in, no_conditional_colon, no_conditional_type;
} Mark;

// lexer.c
void lex_next(Parser *p);                // tok becomes the next token
void lex_regexp(Parser *p, Str **pattern, Str **flags); // tok is / or /=; afterwards tok is the token after the literal
bool lex_template(Parser *p, TemplatePart *part, bool tagged); // cur is after ` or }; true: ended with `${`; does not advance tok
void lex_split(Parser *p, TokenKind kind); // makes tok just its first character, '<' or '>'
int lex_peek_char(const Parser *p);      // first significant byte after tok (skips spaces and comments); -1 at the end
Token lex_peek(Parser *p);               // the token after tok, leaving the state as it is
// lexer_literal.c
void lex_number(Parser *p);
void lex_string(Parser *p, char quote);
u32 lex_unicode_escape(Parser *p, const char **at); // after `\u`; UTF_BAD when malformed
bool lex_is_id_start(u32 c);
bool lex_is_id_part(u32 c);
// jsx text and attribute strings, parse_jsx.c
Str *jsx_entities_decode(Parser *p, const char *s, size_t n);

// parser.c: basics
void fail(Parser *p, DiagId id, u32 start, u32 end, const char *arg); // stops reading here until the statement list recovers
void complain(Parser *p, DiagId id, u32 start, u32 end, const char *arg); // reports and goes on
void fail_token(Parser *p);              // "Unexpected token …" for tok
void fail_given_token(Parser *p, const Token *t);
Mark mark_take(Parser *p);               // starts speculating
void mark_restore(Parser *p, const Mark *m);
void mark_commit(Parser *p, const Mark *m); // keeps what was read
bool memo_failed(Parser *p, u32 at, u32 what);
void memo_fail(Parser *p, u32 at, u32 what);
enum { MEMO_TYPE_ARGS, MEMO_ARROW, MEMO_ASYNC };
Node *node_new(Parser *p, NodeKind kind, u32 start);
Node *node_end(Parser *p, Node *n);      // sets end to the end of the last token
Node *node_error(Parser *p);
Node *node_string(Parser *p, Str *s, u32 start, u32 end);
void list_push(Parser *p, Node *n);
NodeList list_take(Parser *p, u32 base); // the items pushed since stack_len was `base`
u32 *name_map_at(NameMap *m, Str *name); // the name's number, 0 when new
u32 name_map_get(const NameMap *m, Str *name); // 0 when absent
void name_map_free(NameMap *m);
bool enter(Parser *p);                   // one level deeper; false (and panic) when too deep
DX_INLINE void leave(Parser *p) { p->depth--; }

DX_INLINE bool at(const Parser *p, TokenKind k) { return p->tok.kind == k; }
DX_INLINE bool eat(Parser *p, TokenKind k) {
    if (p->tok.kind != k) return false;
    lex_next(p);
    return true;
}
DX_INLINE bool expect(Parser *p, TokenKind k) {
    if (DX_LIKELY(p->tok.kind == k)) {
        lex_next(p);
        return true;
    }
    fail_token(p);
    return false;
}
DX_INLINE bool is_ident_like(const Token *t) { return t->kind >= T_IDENT && t->kind <= T_LAST_IDENT; }
DX_INLINE bool is_word(const Token *t) {
    return (t->kind >= T_IDENT && t->kind <= T_LAST_WORD) || t->kind == T_ESCAPED_RESERVED;
}
DX_INLINE bool is_bare(const Node *n, NodeKind k) { return n->kind == k && !(n->flags & NF_PAREN); }
void semicolon(Parser *p); // automatic semicolon insertion
bool can_insert_semicolon(const Parser *p);
const char *token_text(TokenKind k);
u8 token_prec(TokenKind k);
Op token_op(TokenKind k);

// Identifiers
bool check_ident(Parser *p, const Token *t, bool binding); // reserved in this context? reports
Node *parse_binding_ident(Parser *p);
Node *ident_from(Parser *p, const Token *t);
bool yield_is_keyword(const Parser *p);
bool await_is_keyword(const Parser *p);

// parse_expr.c
Node *parse_expression(Parser *p);          // with commas
Node *parse_assign(Parser *p);              // AssignmentExpression
Node *parse_assign_cover(Parser *p);        // may leave p->cover pending
void cover_check(Parser *p);                // reports what is pending
Node *parse_lhs(Parser *p);                 // LeftHandSideExpression
Node *parse_unary(Parser *p);
Node *parse_dot_member(Parser *p, Node *object, u32 start); // tok is .
Node *parse_binary(Parser *p, u32 min_prec);
Node *parse_in_brackets(Parser *p, Node *(*what)(Parser *)); // with `in` and conditional colons free again
// parse_primary.c
Node *parse_primary(Parser *p);
Node *parse_template(Parser *p, bool tagged);
Node *parse_property_key(Parser *p, u16 *flags); // sets NF_COMPUTED; T_PRIVATE_NAME is not accepted
void parse_arguments_into(Parser *p, Node *call); // tok is (
void check_octal(Parser *p, const Token *t);     // legacy forms in strict code
// parse_arrow.c
Node *parse_paren(Parser *p);               // ( … ): parenthesised expression or arrow function
Node *parse_async(Parser *p);               // tok is async: identifier, async function, async arrow, or call
Node *parse_arrow_from_ident(Parser *p, const Token *name, bool is_async, u32 start);
// parse_pattern.c
Node *to_assign_target(Parser *p, Node *n, DiagId otherwise); // expression -> assignment target or pattern, in place
Node *to_binding(Parser *p, Node *n);       // cover expression -> binding pattern, in place
Node *parse_binding_target(Parser *p);      // identifier or pattern
typedef void (*NameVisitor)(Parser *p, Node *ident, void *arg);
void pattern_each_name(Parser *p, Node *pattern, NameVisitor visit, void *arg);
// parse_function.c
enum { FUNC_DECL = 1, FUNC_EXPR = 2, FUNC_DEFAULT = 4 };
Node *parse_function(Parser *p, u32 start, bool is_async, u32 how); // tok is `function`
void need_body(Parser *p, const Node *fn);
Node *parse_method(Parser *p, u32 start, u32 fn_flags);             // tok is ( or <
void fn_ctx_open(Parser *p, FnCtx *c, u32 fn_flags);
void fn_ctx_close(Parser *p, FnCtx *c);
void function_take_params(Parser *p, Node *fn, NodeList params); // length, simplicity
void function_check_names(Parser *p, Node *fn); // after the body, when strictness is known: duplicates, reserved names
void parse_function_body(Parser *p, Node *fn); // tok is {
bool parse_params(Parser *p, Node *fn, bool constructor); // tok is (
Node *param_new(Parser *p, Node *target, Node *init, u16 flags);
// parse_class.c
Node *parse_class(Parser *p, u32 start, u32 how, NodeList decorators, u16 node_flags); // tok is `class`
NodeList parse_decorators(Parser *p);
void check_private_names_at_end(Parser *p);  // uses that no class declares
// parse_stmt.c
Node *parse_statement_item(Parser *p);      // statement or declaration
Node *parse_statement(Parser *p);
NodeList parse_statement_list(Parser *p, TokenKind end, ListKind kind, Node *fn); // stops at, does not eat, `end`
Node *parse_body(Parser *p);                // of a loop, `if` or `with`
bool using_declaration_follows(Parser *p);  // tok is using
bool await_using_follows(Parser *p);        // tok is await
Node *parse_block(Parser *p);
Node *parse_var(Parser *p, VarKind kind, u32 start, bool in_for); // tok is after the keyword; no semicolon
// parse_loop.c
Node *parse_for(Parser *p);
Node *parse_while(Parser *p);
Node *parse_do_while(Parser *p);
Node *parse_loop_body(Parser *p, Node *loop);
// parse_module.c
Node *parse_import(Parser *p);
Node *parse_export(Parser *p, NodeList decorators);
Node *parse_import_expr(Parser *p);         // import( … ) / import.meta in an expression
void module_finish(Parser *p);
bool need_module(Parser *p);                // module syntax was seen; false: reported, or the text is read again as a module
void export_name(Parser *p, Str *name, u32 start, u32 end);
// parse_type.c
void parse_type(Parser *p);
TypeNote *parse_type_annotation(Parser *p);  // tok is `:`; eats it
TypeNote *parse_return_type(Parser *p);      // tok is `:`; predicates too
void parse_type_params(Parser *p);           // tok is <
void parse_type_args(Parser *p);             // tok is <
bool try_type_args_in_expr(Parser *p);       // true: eaten
void skip_type_member_list(Parser *p);       // { … } of an interface
// parse_ts.c
Node *parse_ts_declaration(Parser *p, bool exported); // NULL when tok does not start one here
Node *parse_ts_enum(Parser *p, u32 start, u16 flags);
Node *parse_ts_import_equals(Parser *p, u32 start, Node *name, u16 flags); // tok is =
Node *parse_ts_module(Parser *p, u32 start, u16 flags); // tok is namespace, module or global
bool ts_starts_declaration(Parser *p);
// parse_jsx.c
Node *parse_jsx(Parser *p); // tok is <

#endif
