// SPDX-License-Identifier: MIT
// The one entry of the front end: source text in, syntax tree (ast.h) and diagnostics (../diag.h) out.
#ifndef DX_READ_H
#define DX_READ_H

#include "compiler/diag.h"
#include "compiler/read/ast.h"

typedef enum ReadLang { READ_JS, READ_JSX, READ_TS, READ_TSX, READ_DTS } ReadLang;
typedef enum ReadGoal {
    READ_SCRIPT,
    READ_MODULE,
    READ_COMMONJS, // a script inside a function: `return` and `new.target` at the top are allowed, `await` is an identifier
    READ_UNKNOWN,  // module if import/export/import.meta/top-level await appears, else as READ_COMMONJS
} ReadGoal;

typedef struct ReadOptions {
    ReadLang lang;
    ReadGoal goal;
    const char *file;     // for diagnostics and `Ast.file`; may be NULL
    StrTable *strings;    // shared between the files of one compilation; NULL: the Ast gets its own
    bool strict;          // strict from the start (direct eval in strict code)
    bool experimental_decorators; // parameter decorators are legal and kept
    // What the caller of eval / new Function allows at the top.
    bool allow_return, allow_new_target, allow_super_property, allow_super_call, allow_await;
    u32 function_params_end; // new Function: offset of the parenthesis that ends its parameters; 0: something else is read
    bool in_class_field;  // eval inside a field initialiser: `arguments` is an error
    Str *const *private_names; // private names in scope of a direct eval, without '#'
    u32 private_name_count;
    // Syntax of a RegExp literal: NULL when valid, else V8's reason ("Unterminated group"). NULL: literals are not checked here.
    const char *(*check_regexp)(Arena *arena, const Str *pattern, const Str *flags);
} ReadOptions;

// A check_regexp that asks format/regexp.
const char *read_check_regexp(Arena *arena, const Str *pattern, const Str *flags);

// File-name extension -> language (.ts .mts .cts .tsx .jsx .js .mjs .cjs .d.ts); READ_JS when unknown.
ReadLang read_lang_of_file(const char *file);

// Parses all of `text` (UTF-8 or WTF-8; a BOM and a hashbang line are skipped). `text` must stay alive and readable as long as
// the Ast (offsets point into it); it need not be NUL-terminated and is at most 2^31 bytes. Always returns a tree; it is
// only meaningful when `diags->errors` is 0. Runs no user code, never recurses deeper than AST_MAX_DEPTH.
Ast *read_source(Arena *arena, const ReadOptions *options, const char *text, size_t len, DiagList *diags);

// `new Function(params, body)`: the text is "(async function* anonymous(params\n) {\nbody\n})" with the body's brace at offset
// `brace`. Read as a script of one expression statement; params and body must be such by themselves, as the specification asks.
Ast *read_function(Arena *arena, const ReadOptions *options, const char *text, size_t len, u32 brace, DiagList *diags);

#endif
