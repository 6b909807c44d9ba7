// SPDX-License-Identifier: MIT
// Diagnostics of the compiler: what they are (diag.def), a list of them per file, and their printing.
// A message is worded as V8 words it where V8 reports the same mistake, because `eval` and `new Function` surface it.
#ifndef DX_COMPILER_DIAG_H
#define DX_COMPILER_DIAG_H

#include "format/base/base.h"
#include "format/base/mem.h"

typedef enum DiagId {
#define DIAG(id, number, type, text) DIAG_##id = number,
#include "compiler/diag.def"
#undef DIAG
} DiagId;

typedef enum DiagType { DIAG_TYPE_SYNTAX, DIAG_TYPE_REFERENCE, DIAG_TYPE_WARNING } DiagType;

typedef struct Diag {
    DiagId id;
    DiagType type;       // which JS error `eval` throws for it; a warning does not stop the compilation
    u32 start, end;      // byte range in the text
    const char *message; // in the list's arena
} Diag;

enum { DIAG_LIMIT = 50 };

typedef struct DiagList {
    Arena *arena;      // owns the messages
    const char *file;  // name for printing
    const char *text;  // the source, for the caret line
    size_t text_len;
    Diag items[DIAG_LIMIT];
    u32 count;         // kept; sorted by start after diag_sort
    u32 dropped;       // reported past the limit
    u32 errors;        // how many of `count` + `dropped` are not warnings
} DiagList;

void diag_init(DiagList *l, Arena *arena, const char *file, const char *text, size_t len);
// Adds one. The variadic arguments fill the row's %s (all are const char *). The same id at the same start is kept once.
void diag_add(DiagList *l, DiagId id, u32 start, u32 end, ...);
void diag_sort(DiagList *l);
const char *diag_name(DiagId id);
// Line and column of a byte offset, both from 1; the column counts UTF-16 units, as V8's stack traces do.
void diag_position(const DiagList *l, u32 offset, u32 *line, u32 *column);
// `file:line:col: error: message`, the source line, a caret line, per diagnostic; says how many were dropped.
void diag_print(const DiagList *l, Buf *out);
void diag_print_brief(const DiagList *l, Buf *out); // without source and caret lines

#endif
