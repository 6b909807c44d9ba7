// SPDX-License-Identifier: MIT
// Between the files of inspect: the state of one call, and the pieces that objects are shown with. inspect.c decides what kind of thing a value
// is, inspect_object.c shows objects by class, inspect_parts.c has primitives, names, entries and the layout of entries in lines.
#ifndef DX_INSPECT_PARTS_H
#define DX_INSPECT_PARTS_H

#include "runtime/inspect.h"
#include "vm/buffer.h"
#include "vm/builtins/builtins.h"
#include "vm/collection.h"
#include "vm/text.h"

#define ARRAY_MAX 100u // elements shown

typedef struct List { Buf *v; u32 n, cap; } List; // formatted entries

typedef struct Ctx {
    VM *vm;
    const InspectOptions *o;
    Value seen[256];       // objects being shown, outermost first
    u32 seen_count;
    Value circular[64];    // those that were met again: numbered in that order
    u32 circular_count;
    u32 indent, current_depth;
    Value custom;          // Symbol.for("nodejs.util.inspect.custom"), or undefined before it is needed
} Ctx;

Buf *list_add(List *l);                                      // an empty entry; valid until the next one
void list_free(List *l);
void put_str(VM *vm, Buf *out, Value string);
void put_buf(Buf *out, const Buf *b);
bool buf_equals(const Buf *b, const char *s);

// What returns bool gives false when something was thrown, unless it says otherwise.
bool put_primitive(Ctx *c, Value v, Buf *out);               // a value that is no object
bool constructor_name(Ctx *c, Value obj, Buf *out);          // false: null prototype chain
void string_tag(Ctx *c, Value obj, Buf *out);
// "Name(size) [tag] " before an opening brace, as Node's getPrefix has it.
void put_prefix(Buf *out, const Buf *ctor, bool has_ctor, const Buf *tag, const char *fallback, const char *size);

bool put_property(Ctx *c, Value obj, PropKey k, u32 level, List *l);
bool put_elements(Ctx *c, Value obj, u32 len, u32 level, List *l, bool *more);
bool put_collection(Ctx *c, HashTable *t, bool map, u32 level, List *l);
bool put_iterator(Ctx *c, const IteratorObject *it, bool map, u32 level, List *l);
bool put_bytes(BufferObject *b, List *l);
// Node's reduceToSingleString: entries in one line, in columns or one a line.
void join_entries(Ctx *c, List *l, const Buf *base, const Buf *open, const char *close, bool array, bool extra_line, u32 level, Value value, Buf *out);

bool format_value(Ctx *c, Value v, u32 level, bool typed, Buf *out); // inspect.c
bool format_object(Ctx *c, Value v, u32 level, Buf *out);            // inspect_object.c: an object that is not being shown already

#endif
